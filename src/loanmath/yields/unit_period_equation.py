"""
The equation of value in unit-periods whose parts bear simple interest, in integers.

`F(i) = sum over k of amounts[k] / ((1 + parts[k] / of * i) * (1 + i) ** wholes[k])`,
the general equation of Regulation Z. It is rational in the rate: every sign is exact.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import exp, fsum, gcd, log, log1p
from typing import Self

from attrs import field, frozen

from loanmath.errors import LimitError, NotUniqueError
from loanmath.yields.equation import Equation, weights_of
from loanmath.yields.root_count import has_one_positive_root, shifted
from loanmath.yields.sign import Sign, changes_or_refuse, sign_changes, sign_of
from loanmath.yields.signs import FIRST_DIGITS, MAX_EXACT_BITS, context_of, enclosed

__all__ = ["UnitPeriodEquation"]

_HALF_ULP = 2.0**-53
_SECANT_STEPS = 6
_MAX_DEGREE = 1_000
_MOST_DIGITS = 300
# Counting takes less than a tenth of a second up to here, and seconds at twice as much.
_MOST_COUNTED = 64


@frozen
class UnitPeriodEquation:
    """
    The value of cash flows as a function of the rate of a unit-period, in integers.

    Make it with `UnitPeriodEquation.netted`, which puts flows in order.

    Attributes:
        amounts: What is paid (one sign) and received (the other), none zero.
        wholes: Whole unit-periods since the first flow, ascending.
        parts: The part of a unit-period beside them, over `of`.
        of: What parts are counted in: 30 where they are days of months.
        common: What the amounts were divided by.
        weights: The amounts as floats; empty where a float cannot hold them.

    Example:
        >>> flows = [(0, 0, -100), (1, 15, 110)]
        >>> UnitPeriodEquation.netted(flows, 30).sign_at(1, 10)
        (<Sign.NEGATIVE: -1>, 'float filter')

    Source: 12 CFR 1026 (Regulation Z), Appendix J (b)(8), seen in its examples.
    """

    amounts: tuple[int, ...]
    wholes: tuple[int, ...]
    parts: tuple[int, ...]
    of: int
    common: int = field(default=1, eq=False, repr=False)
    weights: tuple[float, ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "weights", weights_of(self.amounts))

    @classmethod
    def netted(cls, flows: Iterable[tuple[int, int, int]], of: int) -> Self:
        """
        Return the equation of (whole, part, amount) in any order, each time netted.

        Example:
            >>> flows = [(0, 0, -9), (2, 1, 4), (2, 1, 8)]
            >>> UnitPeriodEquation.netted(flows, 30).amounts
            (-3, 4)
        """
        sums: dict[tuple[int, int], int] = {}
        for whole, part, amount in flows:
            sums[whole, part] = sums.get((whole, part), 0) + amount
        kept = sorted((time, amount) for time, amount in sums.items() if amount)
        common = gcd(*(amount for _, amount in kept)) or 1
        return cls(
            tuple(amount // common for _, amount in kept),
            tuple(whole for (whole, _), _ in kept),
            tuple(part for (_, part), _ in kept),
            of,
            common,
        )

    @property
    def count(self) -> int:
        """
        How many flows were left after netting each time.

        Example:
            >>> UnitPeriodEquation.netted([(0, 0, -9), (2, 1, 4)], 30).count
            2
        """
        return len(self.amounts)

    def uniqueness(self) -> str:
        """
        Return what proves that there is one root, and where.

        Where amounts change sign once in the order of time, there is at most one root
        above -100 %: multiplied by the growth to the day of the change, every advance
        grows with the rate and every payment falls. Otherwise the equation, cleared of
        denominators, is a polynomial in the rate whose coefficients change sign at
        least as often as it has positive roots (Descartes); one change is one root. The
        roots of a short one are counted where the signs do not tell.

        Returns:
            `"all"`: one root above -100 %; `"positive"`: one root above zero.

        Raises:
            NoSignChangeError: If all amounts have one sign.
            NotUniqueError: If several roots are possible.
            LimitError: If the polynomial would have a degree above 1,000.

        Example:
            >>> flows = [(0, 0, -100), (1, 5, 60), (2, 5, -10), (3, 5, 90)]
            >>> UnitPeriodEquation.netted(flows, 30).uniqueness()
            'positive'
        """
        changes = changes_or_refuse(self.amounts)
        if changes == 1:
            return "all"
        polynomial = self._polynomial()
        is_single = sign_changes(polynomial) == 1
        if not is_single and len(polynomial) <= _MOST_COUNTED:
            is_single = has_one_positive_root(polynomial)
        if is_single:
            return "positive"
        raise NotUniqueError(
            "sign changes of the cash flows",
            got=changes,
            allowed="1, or an equation that has one positive root for certain",
            do="ask for the present value at a rate of your own",
        )

    def _polynomial(self) -> list[int]:
        """Return the value's coefficients, cleared of denominators, lowest first."""
        parts, last = sorted(set(self.parts)), self.wholes[-1]
        if last + len(parts) > _MAX_DEGREE:
            raise LimitError(
                "cash flows that change sign more than once",
                got=f"{last} unit-periods",
                allowed=f"at most {_MAX_DEGREE - len(parts)}",
            )
        # In growth, g = 1 + rate: of + part * rate = (of - part) + part * g.
        total, others = [0] * last, [1]
        for part in parts:
            total = _times_linear(total, self.of - part, part)
            for whole, amount in self._sums_at(part).items():
                for power, factor in enumerate(others, last - whole):
                    total[power] += amount * factor
            others = _times_linear(others, self.of - part, part)
        return shifted(total)

    def _sums_at(self, part: int) -> dict[int, int]:
        flows = zip(self.amounts, self.wholes, self.parts, strict=True)
        return {whole: amount for amount, whole, here in flows if here == part}

    def proposed_rate(self, digits: int, positive: bool) -> float:
        """
        Return a float near the root: that of powers alone, then the secant's.

        Example:
            >>> equation = UnitPeriodEquation.netted([(0, 0, -100), (0, 15, 110)], 30)
            >>> round(equation.proposed_rate(9, False), 9)
            0.2
        """
        times = zip(self.wholes, self.parts, strict=True)
        smooth = Equation(
            self.amounts,
            tuple(whole * self.of + part for whole, part in times),
            self.of,
        )
        rate = smooth.proposed_rate(digits, positive)
        other, before = rate * 1.0001 + 1e-6, self._log_ratio(rate)
        for _ in range(_SECANT_STEPS):
            here = self._log_ratio(other)
            if here == before:
                break
            moved = here * (other - rate) / (here - before)
            rate, before = other, here
            other = max(other - moved, -0.99)
            if abs(moved) < 10.0 ** -(digits + 2):
                break
        return other

    def _log_ratio(self, rate: float) -> float:
        terms = self._terms(rate)
        first = terms[0] > 0
        one = fsum(abs(term) for term in terms if (term > 0) is first)
        other = fsum(abs(term) for term in terms if (term > 0) is not first)
        return log(other) - log(one) if one and other else 0.0

    def _terms(self, rate: float) -> list[float]:
        """Return the flows' values, counted from the one whose factor is largest."""
        force = log1p(rate)
        origin = self.wholes[0] if rate >= 0 else self.wholes[-1]
        return [
            weight * exp(force * (origin - whole)) / (1.0 + rate * part / self.of)
            for weight, whole, part in zip(
                self.weights, self.wholes, self.parts, strict=True
            )
        ]

    def sign_at(self, above: int, below: int) -> tuple[Sign, str]:
        """
        Return the sign of the value at the rate `above / below`, and what decided it.

        With u = 2^-53 a factor of whole periods errs as in `signs`, and that of a part
        by at most u (4 |i| / (1 + i) + 3): its product, quotient and sum, and the
        rounding of the rate. The bound has over twice as much.

        Example:
            >>> equation = UnitPeriodEquation.netted([(0, 0, -100), (0, 15, 110)], 30)
            >>> equation.sign_at(1, 5), equation.sign_at(1, 4)[1]
            ((<Sign.ZERO: 0>, 'exact'), 'float filter')
        """
        rate = above / below
        span = self.wholes[-1] - self.wholes[0]
        terms = self._terms(rate)
        drift = (span + 4) * abs(rate) / (1 + rate)
        bound = _HALF_ULP * (16 * abs(log1p(rate)) * span + 8 * drift + 64)
        total = fsum(terms)
        if abs(total) > bound * fsum(map(abs, terms)):
            return (Sign.POSITIVE if total > 0 else Sign.NEGATIVE), "float filter"
        return self.proved_sign(above, below)

    def proved_sign(self, above: int, below: int) -> tuple[Sign, str]:
        """
        Return what `sign_at` returns, decided without a float.

        Whole numbers decide where they stay small, else decimals of 34, 68, ... digits;
        where those do not tell, the value is zero or as good as zero, and whole numbers
        decide after all.

        Example:
            >>> equation = UnitPeriodEquation.netted([(0, 0, -100), (0, 15, 110)], 30)
            >>> equation.proved_sign(1, 5)
            (<Sign.ZERO: 0>, 'exact')
        """
        growth = Fraction(above + below, below)
        bits = max(growth.as_integer_ratio()).bit_length()
        if bits * self.wholes[-1] > MAX_EXACT_BITS:
            digits = FIRST_DIGITS
            while digits <= _MOST_DIGITS:
                value, bound = self._enclosure(growth, digits)
                if value.copy_abs() > bound:
                    sign = Sign.POSITIVE if value > 0 else Sign.NEGATIVE
                    return sign, f"decimal {digits} digits"
                digits *= 2
        return sign_of(self._exact(growth - 1).numerator), "exact"

    def _enclosure(self, growth: Fraction, digits: int) -> tuple[Decimal, Decimal]:
        divide = context_of(digits).divide
        above, below = (growth - 1).as_integer_ratio()
        whole = self.of * below
        amounts = [
            divide(amount * whole, whole + part * above)
            for amount, part in zip(self.amounts, self.parts, strict=True)
        ]
        return enclosed(amounts, self.wholes, 1, growth, digits)

    def _exact(self, rate: Fraction) -> Fraction:
        """Return the value times a power of the rate's numerator that is above zero."""
        above, below = (1 + rate).as_integer_ratio()
        sums: dict[int, int] = {}
        scale, before = 1, 0
        for amount, whole, part in zip(
            self.amounts, self.wholes, self.parts, strict=True
        ):
            # By Horner's rule, all parts side by side.
            gap = whole - before
            if gap:
                scale *= int(below**gap)
                grown = int(above**gap)
                sums = {here: total * grown for here, total in sums.items()}
            sums[part] = sums.get(part, 0) + amount * scale
            before = whole
        return sum(
            (
                Fraction(value * self.of, self.of + rate * part)
                for part, value in sums.items()
            ),
            Fraction(0),
        )

    def value(self, rate: Fraction) -> Fraction:
        """
        Return the value of the amounts at a rate, at the time of the first, exactly.

        Example:
            >>> flows = [(0, 0, -100), (1, 0, 120)]
            >>> UnitPeriodEquation.netted(flows, 30).value(Fraction(1, 4))
            Fraction(-1, 5)
        """
        return self._exact(rate) / int((1 + rate).numerator ** self.wholes[-1])

    def __str__(self) -> str:
        return (
            "0 = sum of amount / ((1 + part * rate) * (1 + rate) ** whole), over "
            f"{self.count} netted cash flows"
        )


def _times_linear(column: list[int], constant: int, slope: int) -> list[int]:
    """Return a polynomial times `constant + slope * x`."""
    shifted = [0, *column]
    return [
        constant * here + slope * before
        for here, before in zip([*column, 0], shifted, strict=True)
    ]
