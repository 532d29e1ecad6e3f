"""
The equation of value of cash flows, and the sign of its left side, proved.

`F(X) = sum_k c_k (1 + X) ** (-t_k)` with integer amounts and times `t_k = d_k / N`. The
sign at a rational point is decided by the first of these that can:

1. floats, where the sum is larger than a proved bound on its error;
2. exact integers, where all times are whole (`N = 1`), or where the sum is zero: with
   `1 + X = b ** m`, b != 1 no p-th power for the primes p of N, the powers
   `b ** (j / N)` are linearly independent over the rationals (x ** N - b is
   irreducible, by Capelli), so each residue class must vanish;
3. decimals of 34, 68, 136, ... digits with a bound on their error.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation, Overflow
from enum import Enum
from fractions import Fraction
from math import exp, fsum, log

from attrs import frozen

from loanmath.errors import InvariantError
from loanmath.yields.flows import Flows

__all__ = ["Certificate", "Equation", "Sign"]

_ULP = 2.0**-52
_TINY = 1e-300
_MAX_FLOAT_BITS = 900
_FIRST_DIGITS = 34
_LAST_DIGITS = 2176
MAX_EXACT_BITS = 400_000
"""Up to so many bits an exact value costs less than a decimal one."""

# The primes of the units of time that flows come in.
_PRIMES = {1: (), 365: (5, 73)}


class Sign(Enum):
    """The proved sign of the value of cash flows at a rate."""

    NEGATIVE = -1
    ZERO = 0
    POSITIVE = 1


@frozen
class Certificate:
    """
    The proof of a rounded rate: the signs of the value on either side of it.

    The value of the flows has different signs at `low` and `high` (or is zero at one of
    them), so the rate lies between, and every rate between rounds to the one stated.

    Attributes:
        low: The lower half-unit point.
        high: The upper half-unit point.
        sign_low: The sign of the value at `low`.
        sign_high: The sign of the value at `high`.
        method_low: What decided the sign at `low`: `"float filter"`, `"exact"`,
            `"decimal"` with its digits, or `"below every rate"` at or under -100 %.
        method_high: What decided the sign at `high`.
        unique: `"all"` where the flows change sign once, so that there is one rate
            above -100 %; `"positive"` where only the positive rate is unique.
        equation: The equation in words.

    Example:
        >>> from loanmath.yields import irr
        >>> proof = irr([-100, 110], digits=4).certificate
        >>> proof.low, proof.sign_low.name, proof.high, proof.sign_high.name
        (Decimal('0.09995'), 'POSITIVE', Decimal('0.10005'), 'NEGATIVE')
    """

    low: Decimal
    high: Decimal
    sign_low: Sign
    sign_high: Sign
    method_low: str
    method_high: str
    unique: str
    equation: str


@frozen(eq=False)
class Equation:
    """
    The value of cash flows as a function of the rate, with proved signs.

    Args:
        flows: The flows, netted and in the order of time.

    Example:
        >>> from loanmath.yields.flows import read_flows
        >>> Equation(read_flows([-100, 110])).sign(Fraction(1, 10))
        (<Sign.ZERO: 0>, 'exact')
    """

    flows: Flows

    def sign(self, rate: Fraction) -> tuple[Sign, str]:
        """
        Return the sign of the value at a rate above -100 %, and what decided it.

        Example:
            >>> from loanmath.yields.flows import read_flows
            >>> Equation(read_flows([-100, 110])).sign(Fraction(1, 20))
            (<Sign.POSITIVE: 1>, 'float filter')
        """
        by_float = self._sign_by_float(rate)
        if by_float is not None:
            return by_float, "float filter"
        growth = 1 + rate
        # Exact first where that is cheap, and last where decimals did not decide.
        cheap = self.exact_bits(growth) <= MAX_EXACT_BITS
        by_decimal = None if cheap else self._sign_by_decimal(growth)
        if by_decimal is None:
            exact = self.exact_value(growth)
            if exact is not None:
                return Sign((exact > 0) - (exact < 0)), "exact"
            by_decimal = self._sign_by_decimal(growth)
        if by_decimal is None:
            raise InvariantError(
                "sign of the value",
                got=str(rate),
                allowed=f"one that {_LAST_DIGITS} digits decide",
            )
        return by_decimal

    def log_ratio(self, force: float) -> tuple[float, float]:
        """
        Return the log of received over paid value at a force of interest, with slope.

        It is zero at the root, and nearly a straight line. Floats propose only.

        Example:
            >>> from loanmath.yields.flows import read_flows
            >>> Equation(read_flows([-100, 100])).log_ratio(0.5)
            (-0.5, -1.0)
        """
        received, late = self._log_value(force, 1)
        paid, early = self._log_value(force, -1)
        return received - paid, early - late

    def _log_value(self, force: float, sign: int) -> tuple[float, float]:
        """Return the log of the flows of one sign, and their mean time by value."""
        amounts, times, unit = self.flows[:3]
        logs = [
            (log(abs(amount)) - force * time / unit, time / unit)
            for amount, time in zip(amounts, times, strict=True)
            if amount * sign > 0
        ]
        top = max(size for size, _ in logs)
        weights = [exp(size - top) for size, _ in logs]
        total = fsum(weights)
        moment = fsum(w * time for w, (_, time) in zip(weights, logs, strict=True))
        return top + log(total), moment / total

    def _sign_by_float(self, rate: Fraction) -> Sign | None:
        amounts, times, unit = self.flows[:3]
        growth = float(1 + rate)
        largest = max(map(abs, amounts))
        if growth <= 0 or largest.bit_length() > _MAX_FLOAT_BITS:
            return None
        force, last = log(growth), times[-1] / unit
        powers = [-force * time / unit for time in times]
        shift = max(powers)
        terms = [
            amount * exp(power - shift)
            for amount, power in zip(amounts, powers, strict=True)
        ]
        total, size = fsum(terms), fsum(map(abs, terms))
        # Relative error of a term: rounding 1 + X moves the force by an ulp; log, its
        # product, quotient and shift by a few ulps of the exponent; exp, the amount and
        # the product by a few more. At least twice what is proved; the last summand
        # covers terms that underflow.
        bound = _ULP * size * (6 * last * abs(force) + 2 * last + 16)
        bound += _TINY * len(terms) * largest
        if abs(total) <= bound:
            return None
        return Sign.POSITIVE if total > 0 else Sign.NEGATIVE

    def exact_bits(self, growth: Fraction) -> int:
        """Return about how many bits an exact value at this growth has."""
        widest = max(growth.numerator.bit_length(), growth.denominator.bit_length())
        return widest * self.flows.times[-1]

    def exact_value(self, growth: Fraction) -> Fraction | None:
        """
        Return the value in units of its amounts if it is rational, else None.

        Example:
            >>> from loanmath.yields.flows import read_flows
            >>> Equation(read_flows([-100, 121, 11])).exact_value(Fraction(11, 10))
            Fraction(210, 11)
        """
        amounts, times, unit = self.flows[:3]
        if growth == 1:
            return Fraction(sum(amounts))
        base, power = _without_powers(growth, unit)
        classes: dict[int, tuple[list[int], list[int]]] = {}
        for amount, time in zip(amounts, times, strict=True):
            whole, part = divmod(power * time, unit)
            members = classes.setdefault(part, ([], []))
            members[0].append(amount)
            members[1].append(whole)
        rational = classes.pop(0, ([], []))
        # One flow alone in its class cannot vanish, and most classes are such.
        if any(len(members[0]) == 1 for members in classes.values()):
            return None
        if any(_value(*members, base) for members in classes.values()):
            return None
        return _value(*rational, base)

    def decimal_value(self, growth: Fraction, digits: int) -> tuple[Decimal, Decimal]:
        """
        Return the value in decimals of so many digits, and a bound on its error.

        Python's `ln` and `exp` are correctly rounded; the bound counts every rounding.

        Example:
            >>> from loanmath.yields.flows import read_flows
            >>> equation = Equation(read_flows([-100, 110]))
            >>> value, bound = equation.decimal_value(Fraction(11, 10), 34)
            >>> abs(value) <= bound < Decimal("1E-28")
            True
        """
        amounts, times, unit = self.flows[:3]
        context = _context(digits)
        force = context.ln(context.divide(growth.numerator, growth.denominator))
        total, size = Decimal(0), Decimal(0)
        for amount, time in zip(amounts, times, strict=True):
            power = context.divide(context.multiply(force, -time), unit)
            term = context.multiply(amount, context.exp(power))
            total = context.add(total, term)
            size = context.add(size, term.copy_abs())
        last = context.divide(times[-1], unit)
        spread = context.multiply(last, context.add(force.copy_abs(), 1))
        count = context.add(context.multiply(spread, 8), 2 * len(times) + 16)
        unit_of_error = Decimal((0, (1,), 2 - digits))
        return total, context.multiply(context.multiply(size, count), unit_of_error)

    def _sign_by_decimal(self, growth: Fraction) -> tuple[Sign, str] | None:
        digits = _FIRST_DIGITS
        while digits <= _LAST_DIGITS:
            total, bound = self.decimal_value(growth, digits)
            if total.copy_abs() > bound:
                sign = Sign.POSITIVE if total > 0 else Sign.NEGATIVE
                return sign, f"decimal, {digits} digits"
            digits *= 2
        return None


def _context(digits: int) -> Context:
    return Context(
        prec=digits,
        rounding=ROUND_HALF_EVEN,
        Emin=-999_999_999,
        Emax=999_999_999,
        capitals=1,
        clamp=0,
        flags=[],
        traps=[InvalidOperation, Overflow],
    )


def _value(amounts: list[int], times: list[int], growth: Fraction) -> Fraction:
    """Return the value at time 0, by Horner's rule from the last flow back."""
    if not times:
        return Fraction(0)
    above, below = growth.as_integer_ratio()
    total, scale, later = 0, 1, times[-1]
    for amount, time in zip(reversed(amounts), reversed(times), strict=True):
        gap = later - time
        total = total * below**gap
        scale *= above**gap
        total += amount * scale
        later = time
    return Fraction(total * below**later, scale * above**later)


def _without_powers(growth: Fraction, unit: int) -> tuple[Fraction, int]:
    """Return (b, m), growth = b ** m != 1, b no p-th power for a prime p of unit."""
    base: Fraction = growth
    power = 1
    for prime in _PRIMES[unit]:
        while True:
            above = _root(base.numerator, prime)
            below = _root(base.denominator, prime)
            if above is None or below is None:
                break
            base, power = Fraction(above, below), power * prime
    return base, power


def _root(number: int, degree: int) -> int | None:
    """Return the exact root of a positive integer, or None."""
    low, high = 1, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**degree < number:
            low = middle + 1
        else:
            high = middle
    return low if low**degree == number else None
