"""
The equation of the United States Rule: interest is counted when a payment is made.

A payment covers accrued interest first, then the balance; interest that it does not
cover is kept apart and bears none. Where payments always cover it, the root is that of
the general equation with simple interest between payments.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import exp, gcd
from typing import Self, TypeVar

from attrs import field, frozen

from loanmath.errors import NoSignChangeError
from loanmath.yields.equation import weights_of
from loanmath.yields.sign import Sign, sign_of

__all__ = ["RuleEquation"]

_BISECTIONS = 80
_HALF_ULP = 2.0**-53
_MOST_SPAN = 100.0

NumberT = TypeVar("NumberT", int, float)


@frozen
class RuleEquation:
    """
    What is left of a debt under the United States Rule, as a function of the rate.

    Make it with `RuleEquation.ordered`.

    Attributes:
        amounts: Advances (the sign of the first) and payments (the other), none zero.
        times: When, never descending, the first one 0; in units of `1 / unit`.
        unit: How many units of time the rate is for.
        common: What the amounts were divided by.
        weights: The amounts as floats; empty where a float cannot hold them.

    Example:
        >>> equation = RuleEquation.ordered([0, 1, 2], [-100, 60, 60], 1)
        >>> equation.sign_at(10, 100)[0].name, equation.sign_at(14, 100)[0].name
        ('POSITIVE', 'NEGATIVE')

    Source: 12 CFR 1026 (Regulation Z), Appendix J (a)(1) and comment 22(a)(1); Story v.
    Livingston (1839); recalled, not checked against the texts.
    """

    amounts: tuple[int, ...]
    times: tuple[int, ...]
    unit: int
    common: int = field(default=1, eq=False, repr=False)
    weights: tuple[float, ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "weights", weights_of(self.amounts))

    @classmethod
    def ordered(cls, times: Sequence[int], amounts: Sequence[int], unit: int) -> Self:
        """
        Return the equation of amounts, none zero, in the order in which they happen.

        Days that count as one time are not netted: a payment covers interest first,
        which less of an advance would not.

        Example:
            >>> RuleEquation.ordered([0, 1], [-100, 110], 1).amounts
            (-10, 11)
        """
        common = gcd(*amounts)
        whole = tuple(amount // common for amount in amounts)
        return cls(whole, tuple(times), unit, common)

    @property
    def count(self) -> int:
        """
        How many flows there are.

        Example:
            >>> RuleEquation.ordered([1, 0], [110, -100], 1).count
            2
        """
        return len(self.times)

    def uniqueness(self) -> str:
        """
        Return where the one root is: above zero.

        Neither the balance nor the unpaid interest falls where the rate rises, and
        their sum rises once a balance has borne interest (what is overpaid bears none),
        so what is left at the end passes zero once; it does so above a rate of zero
        only if more is paid than was advanced.

        Raises:
            NoSignChangeError: If no more is paid than was advanced: no rate above zero
                fits.

        Example:
            >>> RuleEquation.ordered([0, 1], [-100, 110], 1).uniqueness()
            'positive'
        """
        first, left = self.amounts[0], sum(self.amounts)
        if left == 0 or (left > 0) is (first > 0):
            raise NoSignChangeError(
                "cash flows",
                got="no more paid than advanced",
                allowed="payments that add up to more than the advances",
                do="ask for US_REG_Z, which has rates of zero and below",
            )
        return "positive"

    def proposed_rate(self, digits: int, positive: bool) -> float:  # noqa: ARG002
        """
        Return a float near the root, by halving.

        Example:
            >>> equation = RuleEquation.ordered([0, 1], [-100, 110], 1)
            >>> round(equation.proposed_rate(6, True), 9)
            0.1
        """
        low, high = 0.0, 1.0
        while self._is_overpaid(high) and high < 10_000:
            low, high = high, 2 * high
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2
            if self._is_overpaid(middle):
                low = middle
            else:
                high = middle
        return high

    def _is_overpaid(self, rate: float) -> bool:
        return self._left(rate / self.unit, 1, self.weights)[0] < 0

    def sign_at(self, above: int, below: int) -> tuple[Sign, str]:
        """
        Return the sign of what was overpaid at the rate `above / below`, and its proof.

        Let u = 2^-53, n flows, a span of rate times time s, and M all advances times
        1 + s and all payments: no balance and no interest is larger. A step errs by at
        most 6 u M and its interest by 5 u; what is off by some amount grows by at most
        1 + rate * time until the next flow, so by e^s in all. The sum, 11 n u M e^s,
        is doubled and more.

        Example:
            >>> equation = RuleEquation.ordered([0, 1], [-100, 110], 1)
            >>> equation.sign_at(1, 10)
            (<Sign.ZERO: 0>, 'exact')
            >>> equation.sign_at(1, 20)
            (<Sign.POSITIVE: 1>, 'float filter')
        """
        rate = above / below / self.unit
        span = rate * self.times[-1]
        if span < _MOST_SPAN:
            left = self._left(rate, 1, self.weights)[0]
            most = sum(map(abs, self.weights)) * (1.0 + span) * exp(span)
            if abs(left) > 32.0 * _HALF_ULP * len(self.weights) * most:
                is_positive = (left > 0) is (self.weights[0] > 0)
                sign = Sign.POSITIVE if is_positive else Sign.NEGATIVE
                return sign, "float filter"
        return self.proved_sign(above, below)

    def proved_sign(self, above: int, below: int) -> tuple[Sign, str]:
        """
        Return what `sign_at` returns, decided in whole numbers.

        Example:
            >>> RuleEquation.ordered([0, 1], [-100, 110], 1).proved_sign(1, 20)
            (<Sign.POSITIVE: 1>, 'exact')
        """
        return sign_of(self.value(Fraction(above, below)).numerator), "exact"

    def value(self, rate: Fraction) -> Fraction:
        """
        Return what was overpaid at the end at a rate, exactly.

        Example:
            >>> RuleEquation.ordered([0, 1], [-100, 120], 1).value(Fraction(1, 4))
            Fraction(-1, 4)
        """
        above, below = (rate / self.unit).as_integer_ratio()
        left, scale = self._left(above, below, self.amounts)
        return Fraction(left if self.amounts[0] > 0 else -left, scale)

    def _left(
        self, above: NumberT, below: int, amounts: Iterable[NumberT]
    ) -> tuple[NumberT, int]:
        """
        Return balance and unpaid interest after the last flow, times a power of below.

        The rate of a unit of time is `above / below`; the power is returned too. Whole
        numbers stay whole.
        """
        balance = interest = above * 0
        scale = 1
        for time, amount in self._steps(amounts):
            if time:
                earned = balance * above * time if balance > 0 else above * 0
                balance, interest = balance * below, interest * below + earned
                scale *= below
            if amount > 0:
                balance += amount * scale
            else:
                covered = min(interest, -amount * scale)
                interest -= covered
                balance += amount * scale + covered
        return balance + interest, scale

    def _steps(self, amounts: Iterable[NumberT]) -> Iterator[tuple[int, NumberT]]:
        """Yield the time since the flow before, and the amount, advances above zero."""
        before, sign = self.times[0], 1 if self.amounts[0] > 0 else -1
        for time, amount in zip(self.times, amounts, strict=True):
            yield time - before, sign * amount
            before = time

    def __str__(self) -> str:
        return (
            "0 = balance and unpaid interest after the last payment, by the United "
            f"States Rule, over {self.count} cash flows"
        )
