"""
How fast a pool of loans is paid before its time: by month, by year, beside a benchmark.

What a month prepays of a pool is `SMM * (balance - scheduled principal)`. With s the
share of a month (SMM, 单月提前还款率) and c that of a year (CPR, 条件提前还款率),
`1 - c = (1 - s) ** 12`. The benchmark of the Public Securities Association (PSA) rises
by 0.2 % CPR a month to 6 % in the thirtieth, and stays there.
"""

from decimal import Decimal
from fractions import Fraction

from loanmath.doors import to_count
from loanmath.errors import LimitError
from loanmath.yields.certificate import to_digits
from loanmath.yields.conversions import rising_root
from loanmath.yields.shares import Share, rounded, to_share

__all__ = [
    "conditional_prepayment_rate",
    "psa_prepayment_rate",
    "single_monthly_mortality",
]

_MONTHS = 12
_MAX_AGE = 1_200
_RAMP = 30
_PLATEAU = Fraction(6, 100)


def single_monthly_mortality(annual: Share, *, digits: int = 10) -> Decimal:
    """
    Return the share of a pool that a month prepays, from that of a year.

    Formula: `1 - (1 - annual) ** (1 / 12)`, half-up, every digit proved.

    Args:
        annual: The conditional prepayment rate (CPR), `"0.06"` or `"6%"`; 0 to 100 %.
        digits: Decimals of the share, 1 to 15.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the rate is not a number.
        LimitError: If a value is out of range.

    Example:
        >>> single_monthly_mortality("1%", digits=6)
        Decimal('0.000837')

    中文: 单月提前还款率.

    Source: The Bond Market Association, "Standard Formulas for the Analysis of
    Mortgage-Backed Securities"; recalled, not checked against the text.
    """
    kept = 1 - _to_part(annual, "annual")

    def above(monthly: Fraction) -> Fraction:
        left = 1 - monthly
        # Above 100 % an even power would fall again.
        return kept - (Fraction(left**_MONTHS) if left > 0 else left)

    guess = 1 - float(kept) ** (1 / _MONTHS)
    return rising_root(above, guess, to_digits(digits, 1))


def conditional_prepayment_rate(monthly: Share, *, digits: int = 10) -> Decimal:
    """
    Return the share of a pool that a year prepays, from that of a month.

    Formula: `1 - (1 - monthly) ** 12`, exact, rounded half-up once.

    Args:
        monthly: The single monthly mortality (SMM), 0 to 100 %.
        digits: Decimals of the share, 1 to 15.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the rate is not a number.
        LimitError: If a value is out of range.

    Example:
        >>> conditional_prepayment_rate("0.5143%", digits=4)
        Decimal('0.0600')

    中文: 条件提前还款率.

    Source: As for `single_monthly_mortality`.
    """
    kept = (1 - _to_part(monthly, "monthly")) ** _MONTHS
    return rounded(1 - Fraction(kept), to_digits(digits, 1))


def psa_prepayment_rate(
    month: int, speed: Share = "100%", *, digits: int = 10
) -> Decimal:
    """
    Return the yearly prepayment rate of a month of age under a multiple of PSA.

    Formula: `speed * 6% * min(month, 30) / 30`, exact, rounded half-up once.

    Args:
        month: The age of the loans in months, 1 to 1,200.
        speed: The multiple of the benchmark, `"150%"` or `"1.5"`, from 0.
        digits: Decimals of the share, 1 to 15.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the speed is not a number.
        LimitError: If a value is out of range, or the rate is above 100 %.

    Example:
        >>> rate = psa_prepayment_rate(15, "80%", digits=3)
        >>> rate, single_monthly_mortality(rate, digits=6)
        (Decimal('0.024'), Decimal('0.002022'))

    Source: As for `single_monthly_mortality`.
    """
    age = min(to_count(month, "month", _MAX_AGE), _RAMP)
    multiple = to_share(speed, "speed", lowest=Fraction(0))
    rate = multiple * _PLATEAU * age / _RAMP
    if rate > 1:
        raise LimitError("speed", got=speed, allowed="a rate of at most 100 % a year")
    return rounded(rate, to_digits(digits, 1))


def _to_part(rate: object, what: str) -> Fraction:
    share = to_share(rate, what, lowest=Fraction(0))
    if share > 1:
        raise LimitError(what, got=rate, allowed="0 to 100 %")
    return share
