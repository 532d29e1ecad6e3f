"""What a reverse mortgage costs in all, as a rate a year."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from attrs import field, frozen

from loanmath.currency import check_limit, currency_digits, from_units, to_units
from loanmath.doors import to_count
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.rates import Rate, RateUnit, to_rate
from loanmath.rounding import RoundingMode, divide
from loanmath.terms.amounts import to_amount, to_share
from loanmath.yields import US_REG_Z, AnnualRate, apr

__all__ = ["ReverseMortgage", "TotalAnnualLoanCost", "total_annual_loan_cost"]

Amount = str | int | Decimal

_MOST_YEARS = 100


def _to_currency(currency: str) -> str:
    currency_digits(currency)
    return currency


def _to_value(amount: Amount) -> Decimal:
    return to_amount(amount, "value", least=1)


def _to_lump_sum(amount: Amount) -> Decimal:
    return to_amount(amount, "lump_sum")


def _to_monthly(amount: Amount) -> Decimal:
    return to_amount(amount, "monthly_advance")


def _to_costs(amount: Amount) -> Decimal:
    return to_amount(amount, "costs")


def _to_reserve(share: str | Fraction) -> Fraction:
    return to_share(share, "selling_costs", most=1)


@frozen(kw_only=True)
class ReverseMortgage:
    """
    A mortgage that pays out and is repaid when the house is sold (反向抵押贷款).

    Args:
        rate: The rate, per month or year.
        value: The value of the house, in major units.
        lump_sum: What is advanced at closing, costs not included.
        monthly_advance: What is advanced at the start of every month.
        costs: The costs that are financed: they are owed, and no advance.
        selling_costs: What selling the house is assumed to cost, of its value.
        currency: ISO 4217 code.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If nothing is advanced, or the rate is a daily one.

    Example:
        >>> ReverseMortgage(rate="8.5%/year", value="100000", lump_sum="10000",
        ...     monthly_advance="725", costs="4500").selling_costs
        Fraction(7, 100)

    Source: 12 CFR 1026, Appendix K; the 7 % are recalled, not checked against the text.
    """

    rate: Rate = field(converter=to_rate)
    value: Decimal = field(converter=_to_value)
    lump_sum: Decimal = field(default=Decimal(0), converter=_to_lump_sum)
    monthly_advance: Decimal = field(default=Decimal(0), converter=_to_monthly)
    costs: Decimal = field(default=Decimal(0), converter=_to_costs)
    selling_costs: Fraction = field(default=Fraction(7, 100), converter=_to_reserve)
    currency: str = field(default="USD", converter=_to_currency)

    def __attrs_post_init__(self) -> None:
        if self.rate.per is RateUnit.DAY:
            raise TermsError(
                "rate", got=str(self.rate), allowed="a rate per month or year"
            )
        if self.rate.value < 0:
            raise LimitError("rate", got=str(self.rate), allowed="zero or above")
        if not self.lump_sum and not self.monthly_advance:
            raise TermsError("advances", got="none", allowed="an amount advanced")


class _Units(NamedTuple):
    """The amounts of a reverse mortgage in units."""

    lump: int
    monthly: int
    costs: int
    value: int


@frozen
class TotalAnnualLoanCost:
    """
    What a reverse mortgage costs if it is repaid after some years (TALC).

    Attributes:
        currency: The currency of every amount.
        years: How many years it lasts.
        appreciation: By how much the house gains in value in a year.
        advances_owed: What the monthly advances have grown to, in major units.
        closing_owed: What the lump sum and the costs have grown to.
        owed: Both.
        value: The value of the house then.
        selling_costs: What selling it costs.
        repaid: What is repaid: what is owed, at most the value less these.
        rate: The rate a year, proved.

    Example:
        >>> home = ReverseMortgage(rate="8.5%/year", value="100000", lump_sum="10000",
        ...     monthly_advance="725", costs="4500")
        >>> print(total_annual_loan_cost(home, 12, appreciation="8%"))
        9.25% a year over 12 years: USD 221,818.31 repaid
    """

    currency: str
    years: int
    appreciation: Fraction
    advances_owed: Decimal
    closing_owed: Decimal
    owed: Decimal
    value: Decimal
    selling_costs: Decimal
    repaid: Decimal
    rate: AnnualRate

    def __str__(self) -> str:
        return (
            f"{self.rate.shown}% a year over {self.years} years:"
            f" {self.currency} {self.repaid:,f} repaid"
        )


def total_annual_loan_cost(
    mortgage: ReverseMortgage, years: int, *, appreciation: str | Fraction = "0%"
) -> TotalAnnualLoanCost:
    """
    Return what a reverse mortgage costs if it is repaid after some years.

    Formula: the rate `12 i` with `sum of advances * (1 + i)^(months left) = min(owed,
    value - selling costs)`; owed are all advances and the costs, grown at the rate of
    the mortgage; `value = value now * (1 + appreciation)^years`. All is rounded half
    up to the minor unit once it is reached.

    Args:
        mortgage: The mortgage.
        years: How long it lasts, 1 to 100.
        appreciation: By how much the house gains in a year, as `"4%"`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        RateOutOfRangeError: If what is repaid is next to nothing.

    Example:
        >>> home = ReverseMortgage(rate="8.5%/year", value="100000", lump_sum="10000",
        ...     monthly_advance="725", costs="4500")
        >>> found = total_annual_loan_cost(home, 12, appreciation="8%")
        >>> found.advances_owed, found.value, found.selling_costs
        (Decimal('181751.31'), Decimal('251817.01'), Decimal('17627.19'))

    Source: 12 CFR 1026.33 and Appendix K; the figures are those of a Federal Reserve
    Bank's working of its example 3, which prints 221,818.30 by rounding what the lump
    sum grew to one cent lower.
    """
    if type(mortgage) is not ReverseMortgage:
        raise InputTypeError("mortgage", got=mortgage, allowed="ReverseMortgage(...)")
    months = 12 * to_count(years, "years", _MOST_YEARS)
    gain = to_share(appreciation, "appreciation", least=Fraction(-1, 2), most=1)
    digits = currency_digits(mortgage.currency)
    units = _units(mortgage, digits)
    grown, annuity = _growth(mortgage.rate, months)
    advances = _nearest(units.monthly * annuity)
    closing = _nearest((units.lump + units.costs) * grown)
    owed = _nearest(units.monthly * annuity + (units.lump + units.costs) * grown)
    value = _nearest(units.value * (1 + gain) ** years)
    selling = _nearest(mortgage.selling_costs * units.value * (1 + gain) ** years)
    repaid = min(owed, value - selling)
    flows = [-units.lump - units.monthly, *[-units.monthly] * (months - 1), repaid]

    def shown(amount: int) -> Decimal:
        return from_units(amount, digits)

    return TotalAnnualLoanCost(
        currency=mortgage.currency,
        years=years,
        appreciation=gain,
        advances_owed=shown(advances),
        closing_owed=shown(closing),
        owed=shown(owed),
        value=shown(value),
        selling_costs=shown(selling),
        repaid=shown(repaid),
        rate=apr(flows, US_REG_Z, every="monthly"),
    )


def _units(mortgage: ReverseMortgage, digits: int) -> _Units:
    names = ("lump_sum", "monthly_advance", "costs", "value")
    return _Units._make(
        check_limit(
            to_units(getattr(mortgage, name), digits, name), digits, digits, name
        )
        for name in names
    )


def _growth(rate: Rate, months: int) -> tuple[Fraction, Fraction]:
    """Return what 1 grows to, and what 1 at the start of every month does."""
    factor = 1 + rate.per_month().value
    grown = factor**months
    if factor == 1:
        return grown, Fraction(months)
    return grown, factor * (grown - 1) / (factor - 1)


def _nearest(amount: Fraction) -> int:
    return divide(amount.numerator, amount.denominator, RoundingMode.HALF_UP)
