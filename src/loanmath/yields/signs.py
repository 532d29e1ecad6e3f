"""
The sign of a sum of discounted cash flows at a rational rate, always proved.

The first of these that can decides:

1. floats, where the sum is larger than a proved bound on its error;
2. exact integers: Horner's rule where time is whole, and a test for zero everywhere;
3. decimals of 34, 68, 136, ... digits with a proved bound on their error, which ends
   because the sum is not zero.
"""

from collections.abc import Sequence
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    Underflow,
)
from fractions import Fraction
from math import exp, fsum, log1p
from typing import TYPE_CHECKING

from loanmath.yields.sign import Sign, sign_of

if TYPE_CHECKING:
    from loanmath.yields.equation import Equation

__all__ = [
    "FIRST_DIGITS",
    "MAX_EXACT_BITS",
    "context_of",
    "enclosed",
    "enclosure",
    "proved_sign",
    "sign_at",
    "vanishes",
]

_HALF_ULP = 2.0**-53
FIRST_DIGITS = 34
# Up to so many bits Horner's rule in integers takes a few milliseconds at most.
MAX_EXACT_BITS = 1 << 16


def sign_at(equation: "Equation", above: int, below: int) -> tuple[Sign, str]:
    """
    Return the sign of the value at the rate `above / below`, and what decided it.

    Args:
        equation: The equation of value.
        above: Numerator of the rate; the rate is above -1.
        below: Denominator of the rate, above zero.

    Returns:
        The sign and `"float filter"`, `"exact"` or `"decimal 34 digits"` (68, ...).

    Example:
        >>> from loanmath.yields.equation import Equation
        >>> sign_at(Equation.netted([(0, -100), (1, 110)], 1), 5, 100)
        (<Sign.POSITIVE: 1>, 'float filter')
    """
    value = _filtered(equation, above, below)
    if value:
        return Sign.POSITIVE if value > 0 else Sign.NEGATIVE, "float filter"
    return proved_sign(equation, above, below)


def _filtered(equation: "Equation", above: int, below: int) -> float:
    """
    Return a float of the value's sign where that is proved, else zero.

    Time is counted from the flow whose factor is largest, so no exponent is positive
    and the term of that flow is at least 1: nothing overflows, and what underflows is
    far below the bound. With u = 2^-53, an exponent `s t` errs by u times
    T |X| / (1 + X) from rounding X, and (4 + 2) |s t| from a `log1p` within 4 ulps, a
    quotient and a product. The term errs by that, 4 ulps of `exp`, one rounding of the
    amount and one of the product; `fsum` rounds once. With t <= T and S = |s T| that is
    at most `u * sum|terms| * (6 S + T |X| / (1 + X) + 7)`, to first order in u; the
    bound has over twice as much.
    """
    if not equation.weights:
        return 0.0
    rate = above / below
    scale = -log1p(rate) / equation.unit
    span = equation.times[-1]
    times: tuple[int, ...] | list[int] = equation.times
    if rate < 0:
        times = [time - span for time in times]
    terms = [
        weight * exp(scale * time)
        for weight, time in zip(equation.weights, times, strict=True)
    ]
    drift = span / equation.unit * abs(rate) / (1 + rate)
    bound = _HALF_ULP * (16 * abs(scale) * span + 4 * drift + 32)
    total = fsum(terms)
    return total if abs(total) > bound * sum(map(abs, terms)) else 0.0


def proved_sign(equation: "Equation", above: int, below: int) -> tuple[Sign, str]:
    """
    Return what `sign_at` returns, decided without a float.

    Example:
        >>> from loanmath.yields.equation import Equation
        >>> proved_sign(Equation.netted([(0, -100), (1, 110)], 1), 10, 100)
        (<Sign.ZERO: 0>, 'exact')
    """
    growth = Fraction(below + above, below)
    bits = max(growth.as_integer_ratio()).bit_length()
    if equation.unit == 1 and bits * equation.times[-1] <= MAX_EXACT_BITS:
        total = _horner(equation, growth)
        return sign_of(total), "exact"
    if vanishes(equation, growth):
        return Sign.ZERO, "exact"
    digits = FIRST_DIGITS
    while True:
        value, bound = enclosure(equation, growth, digits)
        if value.copy_abs() > bound:
            sign = Sign.POSITIVE if value > 0 else Sign.NEGATIVE
            return sign, f"decimal {digits} digits"
        digits *= 2


def _horner(equation: "Equation", growth: Fraction) -> int:
    """Return an integer of the value's sign: the value times `(numerator) ** T`."""
    above, below = growth.as_integer_ratio()
    total, scale, before = 0, 1, 0
    for amount, time in zip(equation.amounts, equation.times, strict=True):
        gap = time - before
        scale *= int(below**gap)
        total = total * int(above**gap) + amount * scale
        before = time
    return total


def vanishes(equation: "Equation", growth: Fraction) -> bool:
    """
    Return whether the value is exactly zero where `1 + rate` is `growth`.

    Write `growth = b ** m` with b no perfect p-th power for any prime p of the unit N.
    Then x^N - b is irreducible over the rationals (Capelli; b is positive), so the
    powers b^(j/N), j < N, are linearly independent: the value is zero if and only if
    the flows of every residue class of `m * time mod N` vanish by themselves.

    Example:
        >>> from loanmath.yields.equation import Equation
        >>> equation = Equation.netted([(0, -100), (730, 121)], 365)
        >>> vanishes(equation, Fraction(11, 10)), vanishes(equation, Fraction(12, 10))
        (True, False)
    """
    if growth == 1:
        return sum(equation.amounts) == 0
    base, power = _without_powers(growth, equation.unit)
    classes: dict[int, list[tuple[int, int]]] = {}
    for amount, time in zip(equation.amounts, equation.times, strict=True):
        whole, residue = divmod(power * time, equation.unit)
        classes.setdefault(residue, []).append((whole, amount))
    # One flow alone in its class cannot vanish, and most classes are such.
    if any(len(flows) == 1 for flows in classes.values()):
        return False
    return all(_class_vanishes(flows, base) for flows in classes.values())


def _class_vanishes(flows: list[tuple[int, int]], base: Fraction) -> bool:
    """
    Return whether `sum of amount * base ** -time` is zero, for whole times.

    The balance that the flows leave must end at zero. By Gauss' lemma a root a/b of a
    polynomial with integer coefficients leaves whole multiples of b on the way; and
    with a > b no balance larger than all amounts together comes back to zero. Either
    way most sums that are not zero are found out after a flow or two.
    """
    above, below = base.as_integer_ratio()
    if above < below:
        last = flows[-1][0]
        flows = [(last - time, amount) for time, amount in reversed(flows)]
        above, below = below, above
    most = sum(abs(amount) for _, amount in flows)
    balance, before = 0, flows[0][0]
    for time, amount in flows:
        gap = time - before
        if balance:
            if gap > most.bit_length():
                return False
            divisor = int(below**gap)
            if balance % divisor:
                return False
            balance = balance // divisor * int(above**gap)
            if abs(balance) > most:
                return False
        balance += amount
        before = time
    return balance == 0


def _without_powers(growth: Fraction, unit: int) -> tuple[Fraction, int]:
    base, power = growth, 1
    for prime in _primes(unit):
        while True:
            above = _root(base.numerator, prime)
            below = _root(base.denominator, prime)
            if not above or not below:
                break
            base, power = Fraction(above, below), power * prime
    return base, power


def _primes(number: int) -> list[int]:
    primes: list[int] = []
    divisor = 2
    while number > 1:
        if divisor * divisor > number:
            divisor = number
        if number % divisor == 0:
            primes.append(divisor)
        while number % divisor == 0:
            number //= divisor
        divisor += 1
    return primes


def _root(number: int, degree: int) -> int:
    """Return the whole root of a positive integer, or 0 where it has none."""
    low, high = 1, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**degree < number:
            low = middle + 1
        else:
            high = middle
    return low if low**degree == number else 0


def enclosure(
    equation: "Equation", growth: Fraction, digits: int
) -> tuple[Decimal, Decimal]:
    """
    Return the value in decimals of so many digits, and a bound on its error.

    Horner's rule, from the last flow back, with one power for each distinct gap. Let
    e = 10^(1-digits) / 2, the relative error of a correctly rounded operation. Then ln
    errs by e (|ln| + 1.01), the exponent of a gap g by e g/N (3.01 |ln| + 1.01), its
    power by 1.01 e more, and each step adds the errors of a product and a sum. A term
    that passes k gaps, together T units, errs by at most
    e (T/N (3.1 |ln| + 1.1) + 3.1 k + 1); the bound has over twice as much.

    Example:
        >>> from loanmath.yields.equation import Equation
        >>> equation = Equation.netted([(0, -100), (1, 110)], 1)
        >>> value, bound = enclosure(equation, Fraction(11, 10), 34)
        >>> abs(value) <= bound < Decimal("1E-28")
        True
    """
    amounts = equation.amounts
    return enclosed(amounts, equation.times, equation.unit, growth, digits)


def enclosed(
    amounts: Sequence[int | Decimal],
    times: Sequence[int],
    unit: int,
    growth: Fraction,
    digits: int,
) -> tuple[Decimal, Decimal]:
    """
    Return what `enclosure` does, of amounts that may be within one rounding of it.

    Example:
        >>> float(enclosed([-100, 110], [0, 1], 1, Fraction(11, 10), 34)[0])
        0.0
    """
    context = context_of(digits)
    add, multiply = context.add, context.multiply
    force = context.ln(context.divide(growth.numerator, growth.denominator))
    powers: dict[int, Decimal] = {}
    value, size, later = Decimal(0), Decimal(0), times[-1]
    for amount, time in zip(reversed(amounts), reversed(times), strict=True):
        gap = later - time
        if gap not in powers:
            exponent = context.divide(multiply(force, -gap), unit)
            powers[gap] = context.exp(exponent)
        value = add(multiply(value, powers[gap]), amount)
        size = add(multiply(size, powers[gap]), context.abs(amount))
        later = time
    span = context.divide(times[-1], unit)
    spread = multiply(span, add(multiply(force.copy_abs(), 4), 2))
    count = add(spread, 4 * len(times) + 8)
    error = Decimal((0, (1,), 1 - digits))
    return value, multiply(multiply(size, count), error)


def context_of(digits: int) -> Context:
    """
    Return a context of so many digits that traps what would not be a number.

    Example:
        >>> context_of(34).prec
        34
    """
    # Made anew each time: whoever holds a context can change it, also another thread.
    return Context(
        prec=digits,
        rounding=ROUND_HALF_EVEN,
        Emin=-999_999,
        Emax=999_999,
        capitals=1,
        clamp=0,
        flags=[],
        traps=[DivisionByZero, InvalidOperation, Overflow, Underflow],
    )
