"""The level payment alone, for whoever needs no dates."""

from decimal import Decimal

from loanmath.arithmetic import level_installment
from loanmath.currency import check_limit, from_units, to_units
from loanmath.doors import to_count
from loanmath.errors import InputTypeError, LimitError, ScheduleError, TermsError
from loanmath.rates import Rate, RateUnit
from loanmath.recurrence import MONTHLY, Step
from loanmath.rounding import Rounding, RoundingMode
from loanmath.terms.conventions import MAX_INSTALLMENTS, to_rounding

__all__ = ["level_payment"]

_MOST_DIGITS = 4


def level_payment(  # noqa: PLR0913 the terms of a loan without dates
    principal: str | int | Decimal,
    rate: Rate,
    count: int,
    *,
    every: object = MONTHLY,
    rounding: str | RoundingMode | Rounding = "half_up",
    digits: int = 2,
) -> Decimal:
    """
    Return the level payment that repays a principal over regular months (等额本息).

    Formula: `round(principal * f / (1 - (1 + f) ** -count))` with `f` = rate x months
    of a period, and `round(principal / count)` where `f` is zero; decided in integers,
    so ties are exact.

    Args:
        principal: The amount lent in major units, above zero.
        rate: The rate per month or year. A rate per day needs dates: use
            `InstallmentLoan`, or convert it by name with `Rate.per_month`.
        count: Payments, 1 to 1,200.
        every: The step between payments, in whole months.
        rounding: The rounding of the payment.
        digits: Decimals of the currency, 0 to 4.

    Returns:
        The payment in major units.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed, or out of range.
        TermsError: If the rate is per day or the step is not whole months.
        ScheduleError: If a negative rate eats the whole balance in one period.

    Example:
        >>> level_payment("10000", Rate("1%/month"), 12)
        Decimal('888.49')
        >>> level_payment("1.00", Rate("0.5%/month"), 1)
        Decimal('1.01')

    ACTUS: PRNXT of an ANN contract. Source: the annuity formula of any text on the
    theory of interest; the tie 1.005 is decided by exact division.
    """
    if type(digits) is not int or not 0 <= digits <= _MOST_DIGITS:
        raise LimitError("digits", got=digits, allowed=f"0 to {_MOST_DIGITS}")
    rule = to_rounding(rounding)
    grid = rule.digits(digits)
    units = to_units(principal, grid, "principal")
    if units <= 0:
        raise LimitError("principal", got=principal, allowed="above zero")
    check_limit(units, grid, digits, "principal")
    numerator, denominator = _factor(rate, Step.of(every))
    factors = [numerator] * to_count(count, "count", MAX_INSTALLMENTS)
    payment = level_installment(units, factors, denominator, rule.quotient(grid))
    return from_units(payment, grid)


def _factor(rate: Rate, step: Step) -> tuple[int, int]:
    if type(rate) is not Rate:
        raise InputTypeError("rate", got=rate, allowed="Rate('1%/month') or per year")
    if rate.per is RateUnit.DAY:
        raise TermsError(
            "rate",
            got=str(rate),
            allowed="a rate per month or year",
            do="convert it with rate.per_month(days_in_year=...), or plan with dates",
        )
    if step.days:
        raise TermsError("every", got=str(step), allowed="whole months")
    factor = rate.per_month().value * step.months
    if factor <= -1:
        raise ScheduleError("rate", got=str(rate), allowed="above -100% in a period")
    return factor.numerator, factor.denominator
