"""The warning beside a card's minimum payment: how long it takes, what it costs."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import evolve

from loanmath.analysis.disclosure.minimum_months import (
    MONTHS,
    CardBalance,
    Estimate,
    LastMonth,
    Month,
    months_of,
    payment_over,
)
from loanmath.analysis.disclosure.minimum_outcomes import (
    MinimumMonth,
    MinimumWarning,
    NoPayoffWarning,
    NoWarning,
    Outcome,
)
from loanmath.billing.line_units import checked_line
from loanmath.currency import currency_digits, from_units, sum_of
from loanmath.doors import to_count, to_enum, to_flag
from loanmath.errors import InputTypeError, LimitError, TermsError, UnknownNameError
from loanmath.rates import Rate
from loanmath.terms.lines import (
    CreditLine,
    FirstPaid,
    LineInterest,
    MinimumItem,
    MinimumPayment,
    Promotion,
)
from loanmath.terms.lines.segments import PURCHASES

__all__ = ["line_minimum_warning", "minimum_warning"]

_MOST_MONTHS = 12_000
_MOST_BALANCES = 21
_MOST_LEFT = 120


def minimum_warning(  # noqa: PLR0913 what the law leaves to the issuer
    balances: Sequence[CardBalance],
    minimum: MinimumPayment,
    *,
    currency: str = "USD",
    first: str | FirstPaid = FirstPaid.LOWEST_RATE,
    last_month: str | LastMonth = LastMonth.REGULAR,
    whole_amounts: bool = False,
) -> Outcome:
    """
    Return how long it takes, and what it costs, to pay only a card's minimum.

    Formula: month after month, from what is owed as the month begins,
    `minimum = max(least, round(share * owed) + interest of the month if in full)`; each
    balance grows by `round(balance * monthly rate)`, then the minimum is paid. The
    payment of 36 months is `round(owed * r / (1 - (1 + r)^-36))` with r the average of
    the monthly rates by balance, a promotional rate of n months counting n/36.

    Args:
        balances: What is owed, by rate.
        minimum: The terms of the minimum. Its share is of what is owed as a month
            begins, whatever it is of in a bill, since what earlier interest is left is
            owed like the rest. Of what is in full, interest alone occurs here.
        currency: ISO 4217 code.
        first: Which balance a payment reduces first: `"lowest_rate"`,
            `"highest_rate"`, both by the rates of the month, or `"oldest"`: in the
            order given.
        last_month: Whether the last month of a promotion bears at the `"regular"` rate
            already, or at the `"promotional"` one.
        whole_amounts: Whether amounts print in whole units of the currency.

    Returns:
        A `MinimumWarning`; a `NoPayoffWarning` where a minimum does not exceed the
        interest of its month, at rates that hold for good; a `NoWarning` where the
        first minimum is all that is owed, or nothing is.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If the minimum demands all that earlier bills left.
        LimitError: If it takes more than 12,000 months.

    Example:
        >>> card = [CardBalance("20000", "2.5%/month")]
        >>> found = minimum_warning(card, MinimumPayment("1%", least="50"),
        ...     currency="HKD", whole_amounts=True)
        >>> found.duration, found.total
        ('26 years', Decimal('67536.42'))

    Source: 12 CFR 1026, Appendix M1 and M2 (the head of the calculation seen in the
    text, the loop recalled). The Hong Kong figures are those of the HKMA's leaflet of
    December 2015; its floor of 50 dollars is inferred.
    """
    estimate = Estimate(
        _to_balances(balances),
        _to_minimum(minimum),
        currency_digits(currency),
        to_enum(first, FirstPaid, "first"),
        to_enum(last_month, LastMonth, "last_month"),
    )
    to_flag(whole_amounts, "whole_amounts")
    return _outcome(estimate, currency, whole=whole_amounts)


def _to_balances(balances: Sequence[CardBalance]) -> tuple[CardBalance, ...]:
    if not isinstance(balances, (list, tuple)):
        raise InputTypeError("balances", got=balances, allowed="a list of CardBalance")
    for one in balances:
        if type(one) is not CardBalance:
            raise InputTypeError("balances", got=one, allowed="CardBalance(...)")
    if not 1 <= len(balances) <= _MOST_BALANCES:
        raise LimitError(
            "balances", got=len(balances), allowed=f"1 to {_MOST_BALANCES}"
        )
    return tuple(balances)


def _to_minimum(minimum: MinimumPayment) -> MinimumPayment:
    if type(minimum) is not MinimumPayment:
        raise InputTypeError("minimum", got=minimum, allowed="MinimumPayment(...)")
    if MinimumItem.CARRIED in minimum.in_full:
        raise TermsError(
            "minimum",
            got="'carried' in full",
            allowed="a minimum that leaves something to the next bills",
            do="all is paid with the second bill: there is nothing to estimate",
        )
    return minimum


def _outcome(estimate: Estimate, currency: str, *, whole: bool) -> Outcome:
    digits = estimate.digits
    total = sum(estimate.units)
    balance = from_units(total, digits)
    if not total:
        return NoWarning(currency, balance, "nothing is owed")
    payment = payment_over(estimate)
    in_36 = from_units(payment, digits), from_units(MONTHS * payment, digits)
    months: list[Month] = []
    for number, month in enumerate(months_of(estimate), start=1):
        if number == 1 and month.asked >= month.opening:
            reason = "the first minimum is all that is owed"
            return NoWarning(currency, balance, reason)
        if month.paid <= month.interest and estimate.is_settled(number):
            figures = from_units(month.paid, digits), from_units(month.interest, digits)
            return NoPayoffWarning(currency, balance, number, *figures, *in_36, whole)
        if number > _MOST_MONTHS:
            raise LimitError(
                "months", got=f"more than {_MOST_MONTHS:,}", allowed="fewer"
            )
        months.append(month)
    paid = from_units(sum(month.paid for month in months), digits)
    rows = tuple(_row(number, month, digits) for number, month in enumerate(months, 1))
    return MinimumWarning(currency, balance, paid, *in_36, rows, whole)


def _row(number: int, month: Month, digits: int) -> MinimumMonth:
    closing = month.opening + month.interest - month.paid
    units = (month.opening, month.interest, month.paid, closing)
    return MinimumMonth(number, *(from_units(amount, digits) for amount in units))


def line_minimum_warning(
    line: CreditLine,
    balances: Mapping[str, str | int | Decimal],
    *,
    months_left: Mapping[str, int] | None = None,
    last_month: str | LastMonth = LastMonth.REGULAR,
    whole_amounts: bool = False,
) -> Outcome:
    """
    Return the warning beside the minimum of a credit line, by the line's own terms.

    Formula: that of `minimum_warning`, with the line's rates and minimum, of which a
    month's is the daily rate times 365/12; the minimum reduces first what the line's
    allocation says.

    Args:
        line: The line.
        balances: What is owed, by `"purchases"` or the name of a segment, in major
            units.
        months_left: How many months are left of a segment's promotion, by its name, 0
            to 120; left out, all that the terms give.
        last_month: As for `minimum_warning`.
        whole_amounts: As for `minimum_warning`.

    Returns:
        As `minimum_warning`; a `NoWarning` too where the line has no minimum, so that
        every bill is due in full.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If a balance is due in full with its bill, its interest is only
            deferred, or the minimum demands all that earlier bills left.
        UnknownNameError: If the line has no such balance.
        LimitError: If it takes more than 12,000 months.

    Example:
        >>> from loanmath.terms.lines import LineInterest
        >>> card = CreditLine(currency="USD", limit="5000", statement_day=5, due_day=2,
        ...     interest=LineInterest(rate="20%/year", bears_from="posting",
        ...         days_in_year=365),
        ...     minimum=MinimumPayment("1%", least="25"))
        >>> line_minimum_warning(card, {"purchases": "1000"}).months
        66

    Source: as for `minimum_warning`.
    """
    names = [segment.name for segment in checked_line(line).segments]
    left = _named({} if months_left is None else months_left, "months_left", names)
    owed = [
        _balance_of(line, name, amount, left.get(name))
        for name, amount in _named(balances, "balances", [PURCHASES, *names]).items()
    ]
    if line.minimum is None:
        total = sum_of((one.amount for one in owed), line.digits)
        return NoWarning(line.currency, total, "every bill is due in full")
    return minimum_warning(
        owed,
        line.minimum,
        currency=line.currency,
        first=line.allocation.minimum_first or line.allocation.first,
        last_month=last_month,
        whole_amounts=whole_amounts,
    )


def _named(given: object, what: str, names: Sequence[str]) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise InputTypeError(what, got=given, allowed="a mapping by name")
    for name in given:
        if name not in names:
            raise UnknownNameError(what, got=name, allowed=", ".join(names) or "none")
    return dict(given)


def _balance_of(
    line: CreditLine, name: str, amount: str | int | Decimal, left: object
) -> CardBalance:
    if name == PURCHASES:
        return CardBalance(amount, _daily(line.interest))
    segment = next(one for one in line.segments if one.name == name)
    if segment.due_in_full:
        raise TermsError(
            name,
            got="due in full with its bill",
            allowed="a balance that may be paid by and by",
            do="leave it out of the balances",
        )
    promotion = segment.promotion
    if promotion is not None and left is not None:
        promotion = _shortened(promotion, left)
    if promotion is not None:
        first = _daily(evolve(segment.interest, rate=promotion.rate))
        promotion = evolve(promotion, rate=first)
    return CardBalance(amount, _daily(segment.interest), promotion)


def _shortened(promotion: Promotion, left: object) -> Promotion | None:
    if type(left) is int and left == 0:
        return None
    return evolve(promotion, months=to_count(left, "months_left", _MOST_LEFT))


def _daily(interest: LineInterest | None) -> Rate:
    return Rate.from_share(Fraction(0) if interest is None else interest.daily, "day")
