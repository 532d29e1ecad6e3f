"""
One rate quoted in another way: nominal, effective, continuous, in advance.

With i the effective yearly rate, i(m) the nominal rate of m periods a year, d(m) the
nominal rate of discount and f the force of interest,
`1 + i = (1 + i(m) / m) ** m = (1 - d(m) / m) ** -m = exp(f)`.
"""

from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction

from loanmath.currency import from_units
from loanmath.doors import to_count
from loanmath.errors import LimitError
from loanmath.search import last_where
from loanmath.yields.certificate import to_digits
from loanmath.yields.shares import Share, rounded, to_share

__all__ = [
    "continuous_rate",
    "discount_rate",
    "effective_from_continuous",
    "effective_from_discount",
    "effective_rate",
    "nominal_rate",
    "rising_root",
]

_MAX_PERIODS = 366
_HIGHEST = Fraction(10_000)
_MOST_LOST = Fraction(99, 100)
_FIRST_PRECISION = 40
_MAX_FORCE = Fraction(10)


def effective_rate(nominal: Share, periods: int, *, digits: int = 10) -> Decimal:
    """
    Return the effective yearly rate that a nominal one compounds to (实际年利率).

    Formula: `(1 + nominal / periods) ** periods - 1`, rounded half-up once.

    Args:
        nominal: The nominal yearly rate, `"0.12"` or `"12%"`; from -99 % a period.
        periods: Periods a year, 1 to 366.
        digits: Decimals of the share, 1 to 15.

    Returns:
        The share, with exactly `digits` decimals.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the rate is not a number.
        LimitError: If a value, or the result, is out of range.

    Example:
        >>> effective_rate("12%", 12, digits=6)
        Decimal('0.126825')

    Source: The ECB's annualized agreed rate is this formula; any actuarial text.
    """
    count = _to_periods(periods)
    share = to_share(nominal, "nominal", lowest=-count * _MOST_LOST)
    grown = _growth(share / count, count)
    return rounded(grown - 1, to_digits(digits, 1))


def nominal_rate(effective: Share, periods: int, *, digits: int = 10) -> Decimal:
    """
    Return the nominal yearly rate that compounds to an effective one (名义年利率).

    Formula: `periods * ((1 + effective) ** (1 / periods) - 1)`, every digit proved.

    Args:
        effective: The effective yearly rate, `"0.1"` or `"10%"`, from -99 %.
        periods: Periods a year, 1 to 366.
        digits: Decimals of the share, 1 to 15.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the rate is not a number.
        LimitError: If a value is out of range.

    Example:
        >>> nominal_rate("10%", 12, digits=6)
        Decimal('0.095690')

    Source: Any actuarial text.
    """
    growth, count = 1 + to_share(effective, "effective"), _to_periods(periods)

    def above(rate: Fraction) -> Fraction:
        # A gate below -100 % a period is below the rate for certain.
        return max(1 + rate / count, Fraction(0)) ** count - growth

    guess = count * (float(growth) ** (1 / count) - 1)
    return rising_root(above, guess, to_digits(digits, 1))


def discount_rate(effective: Share, periods: int = 1, *, digits: int = 10) -> Decimal:
    """
    Return the nominal rate of discount, interest taken in advance (贴现率).

    Formula: `periods * (1 - (1 + effective) ** (-1 / periods))`, every digit proved.

    Args:
        effective: The effective yearly rate, from -99 %.
        periods: Periods a year, 1 to 366.
        digits: Decimals of the share, 1 to 15.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the rate is not a number.
        LimitError: If a value is out of range.

    Example:
        >>> discount_rate("25%", digits=4)
        Decimal('0.2000')

    Source: Any actuarial text.
    """
    growth, count = 1 + to_share(effective, "effective"), _to_periods(periods)

    def above(rate: Fraction) -> Fraction:
        # The rate stays below 100 % a period, whatever the growth.
        return 1 - max(1 - rate / count, Fraction(0)) ** count * growth

    guess = count * (1 - float(growth) ** (-1 / count))
    return rising_root(above, guess, to_digits(digits, 1))


def effective_from_discount(
    discount: Share, periods: int = 1, *, digits: int = 10
) -> Decimal:
    """
    Return the effective yearly rate of a nominal rate of discount.

    Formula: `(1 - discount / periods) ** -periods - 1`, rounded half-up once.

    Args:
        discount: The nominal rate of discount, below 100 % a period.
        periods: Periods a year, 1 to 366.
        digits: Decimals of the share, 1 to 15.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the rate is not a number.
        LimitError: If a value, or the result, is out of range.

    Example:
        >>> effective_from_discount("20%", digits=4)
        Decimal('0.2500')

    Source: Any actuarial text.
    """
    count = _to_periods(periods)
    share = to_share(discount, "discount", lowest=-_HIGHEST)
    if share >= count:
        raise LimitError("discount", got=discount, allowed="below 100 % a period")
    return rounded(_growth(-share / count, -count) - 1, to_digits(digits, 1))


def continuous_rate(effective: Share, *, digits: int = 10) -> Decimal:
    """
    Return the force of interest of an effective yearly rate (连续复利利率).

    Formula: `ln(1 + effective)`, every digit proved.

    Args:
        effective: The effective yearly rate, from -99 %.
        digits: Decimals of the share, 1 to 15.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the rate is not a number.
        LimitError: If a value is out of range.

    Example:
        >>> continuous_rate("10%", digits=6)
        Decimal('0.095310')

    Source: Any actuarial text.
    """
    growth = 1 + to_share(effective, "effective")
    return _narrowed(growth, Context.ln, to_digits(digits, 1))


def effective_from_continuous(force: Share, *, digits: int = 10) -> Decimal:
    """
    Return the effective yearly rate of a force of interest.

    Formula: `exp(force) - 1`, every digit proved.

    Args:
        force: The force of interest, -10 to 10.
        digits: Decimals of the share, 1 to 15.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the rate is not a number.
        LimitError: If a value, or the result, is out of range.

    Example:
        >>> effective_from_continuous("0.1", digits=6)
        Decimal('0.105171')

    Source: Any actuarial text.
    """
    share = to_share(force, "force", lowest=-_MAX_FORCE)
    if share > _MAX_FORCE:
        raise LimitError("force", got=force, allowed="at most 10")

    def grown(context: Context, exact: Decimal) -> Decimal:
        return context.subtract(context.exp(exact), Decimal(1))

    return _narrowed(share, grown, to_digits(digits, 1))


def _to_periods(periods: int) -> int:
    return to_count(periods, "periods", _MAX_PERIODS)


def _growth(rate: Fraction, count: int) -> Fraction:
    grown = (1 + rate) ** count
    if grown > _HIGHEST + 1:
        raise LimitError("rate", got="above", allowed="at most 1,000,000 %")
    return Fraction(grown)


def rising_root(
    above: Callable[[Fraction], Fraction], guess: float, digits: int
) -> Decimal:
    """
    Return the root of a rising function, half-up to a place, decided exactly.

    Example:
        >>> rising_root(lambda x: x**3 - 2, 1.26, 4)
        Decimal('1.2599')
    """
    half = 2 * 10**digits

    def passed(units: int) -> bool:
        gate = Fraction(2 * units - 1, half)
        excess = above(gate)
        # A tie rounds away from zero.
        return excess < 0 or (excess == 0 and gate > 0)

    return from_units(last_where(passed, round(guess * 10**digits)), digits)


def _narrowed(
    exact: Fraction, function: Callable[[Context, Decimal], Decimal], digits: int
) -> Decimal:
    """
    Return a logarithm or an exponential, half-up to a place, proved.

    The argument, at most 10,001, is rounded once and the function once; neither moves
    the result by more than 40 units of the last place of a number of its size. A result
    that is not zero is no fraction (Lindemann), so some precision tells its place.
    """
    precision = _FIRST_PRECISION
    while True:
        context = Context(prec=precision)
        argument = context.divide(Decimal(exact.numerator), Decimal(exact.denominator))
        value = Fraction(function(context, argument))
        error = (abs(value) + 1) * Fraction(40, 10 ** (precision - 1))
        low, high = rounded(value - error, digits), rounded(value + error, digits)
        if low == high:
            return low
        precision *= 2
