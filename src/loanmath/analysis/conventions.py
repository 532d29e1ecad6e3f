"""The conventions that drafters leave open or dispute, with their alternatives."""

from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from attrs import evolve

from loanmath.calendars import WEEKENDS, BusinessDayRule
from loanmath.currency import currency_digits, from_units
from loanmath.daycount import HeadTail, day_count
from loanmath.rates import Rate, RateUnit
from loanmath.rounding import Rounding, RoundingMode
from loanmath.terms import (
    BrokenPeriod,
    BusinessDays,
    GraduatedPayment,
    InstallmentLoan,
    InterestDates,
    LevelPayment,
    RateChange,
    Repayment,
    Residue,
    RoundedPer,
    SteppedPayment,
)

__all__ = ["Agreed", "Choice", "Convention", "conventions"]


class Agreed(Enum):
    """
    How a convention came into force.

    `STATED`: the terms say so. `DEFAULT`: it is what the library takes where nothing is
    said, so it may have been stated or not. `OPEN`: the terms say nothing, and it
    follows from the others.
    """

    STATED = "stated"
    DEFAULT = "default"
    OPEN = "left open"


class Choice(NamedTuple):
    """An alternative: its name, and the fields of the loan that change."""

    name: str
    terms: dict[str, Any]


class Convention(NamedTuple):
    """A convention: what is in force, how it was agreed, and what else could be."""

    name: str
    in_force: str
    agreed: Agreed
    choices: list[Choice]
    reason: str = ""
    """Why nothing else could be, where nothing can."""


# Those that contracts of loans in installments name, or leave to be guessed.
_DAY_COUNTS = (
    "1/12",
    "30/360 CN",
    "30/360",
    "30E/360",
    "ACT/360",
    "ACT/365F",
    "ACT/365L",
    "ACT/ACT ISDA",
    "ACT/ACT ICMA",
)
_SIZED_BY = ("1/12", "30/360 CN")
_MODES = (
    RoundingMode.HALF_UP,
    RoundingMode.HALF_EVEN,
    RoundingMode.UP,
    RoundingMode.DOWN,
)
_RULES = (
    BusinessDayRule.FOLLOWING,
    BusinessDayRule.MODIFIED_FOLLOWING,
    BusinessDayRule.PRECEDING,
)
_MONTH_RULES = {
    False: "the same day, clamped to short months",
    True: "month end to month end",
}


def conventions(loan: InstallmentLoan) -> list[Convention]:
    """
    Return the conventions of a loan, each with every alternative to what is in force.

    Example:
        >>> from datetime import date
        >>> from loanmath.terms import InterestOnly
        >>> loan = InstallmentLoan(currency="CNY", principal="1000",
        ...     disbursed=date(2026, 1, 15), every="monthly",
        ...     rate=Rate("1%/month"), repayment=InterestOnly(2))
        >>> conventions(loan)[0][:3]
        ('day count', '1/12', <Agreed.OPEN: 'left open'>)
    """
    found = [
        _day_count(loan),
        _head_tail(loan),
        _rounding_mode(loan),
        _rounding_unit(loan),
        _rounding_place(loan),
        _residue(loan),
        _month_rule(loan),
        _business_days(loan),
        _broken_period(loan),
    ]
    if _solves_payment(loan.repayment):
        found.append(_payment_rounding(loan))
    if isinstance(loan.repayment, LevelPayment):
        found.append(_sized_by(loan, loan.repayment))
        if not isinstance(loan.rate, Rate):
            found.append(_rate_change(loan.repayment))
    return [
        convention._replace(
            choices=[
                choice
                for choice in convention.choices
                if choice.name != convention.in_force
            ]
        )
        for convention in found
    ]


def _agreed(*, by_default: bool) -> Agreed:
    return Agreed.DEFAULT if by_default else Agreed.STATED


def _solves_payment(terms: Repayment) -> bool:
    """Return whether a payment is worked out that the method may round on its own."""
    if isinstance(terms, SteppedPayment):
        return terms.is_solved
    return isinstance(terms, LevelPayment | GraduatedPayment)


def _no_interest(name: str) -> Convention:
    reason = "a flat fee is no interest"
    return Convention(name, "none: no interest", Agreed.STATED, [], reason)


def _day_count(loan: InstallmentLoan) -> Convention:
    if loan.rate is None:
        return _no_interest("day count")
    in_force = loan.counted_by.name
    agreed = Agreed.STATED if loan.day_count is not None else Agreed.OPEN
    if loan.day_count is None and loan.rate.per is RateUnit.DAY:
        in_force = "actual days"
    choices = [Choice(name, {"day_count": name}) for name in _DAY_COUNTS]
    return Convention("day count", in_force, agreed, choices)


def _head_tail(loan: InstallmentLoan) -> Convention:
    if loan.rate is None:
        return _no_interest("head and tail")
    in_force = loan.head_tail
    choices = [Choice(rule.value, {"head_tail": rule}) for rule in HeadTail]
    agreed = _agreed(by_default=in_force is HeadTail.HEAD)
    return Convention("head and tail", in_force.value, agreed, choices)


def _rounding_mode(loan: InstallmentLoan) -> Convention:
    rule = loan.rounding
    choices = [
        Choice(mode.value, {"rounding": Rounding(mode, rule.unit)}) for mode in _MODES
    ]
    agreed = _agreed(by_default=rule.mode is RoundingMode.HALF_UP)
    return Convention("rounding mode", rule.mode.value, agreed, choices)


def _rounding_unit(loan: InstallmentLoan) -> Convention:
    mode, digits = loan.rounding.mode, currency_digits(loan.currency)
    units = [_power(exponent - digits) for exponent in (0, 1, 2, -4)]
    unit = loan.rounding.unit or units[0]
    choices = [
        Choice(f"{unit:f}", {"rounding": Rounding(mode, f"{unit:f}")}) for unit in units
    ]
    agreed = _agreed(by_default=loan.rounding.unit is None)
    return Convention("rounding unit", f"{unit:f}", agreed, choices)


def _rounding_place(loan: InstallmentLoan) -> Convention:
    choices = [
        Choice(f"once per {place.value}", {"interest_rounded": place})
        for place in RoundedPer
    ]
    in_force = loan.interest_rounded
    agreed = _agreed(by_default=in_force is RoundedPer.PERIOD)
    return Convention("rounding place", f"once per {in_force.value}", agreed, choices)


def _power(exponent: int) -> Decimal:
    return from_units(int(10 ** max(exponent, 0)), max(-exponent, 0))


def _residue(loan: InstallmentLoan) -> Convention:
    repayment = loan.repayment
    in_force = getattr(repayment, "residue", None)
    if not isinstance(in_force, Residue):
        name = "the last installment clears"
        reason = "its method leaves no residue to place"
        return Convention("residue", name, Agreed.DEFAULT, [], reason)
    rules = [
        rule
        for rule in Residue
        if isinstance(repayment, LevelPayment) or rule is not Residue.SECOND_PASS
    ]
    choices = [
        Choice(rule.value, {"repayment": _with_residue(loan, rule)}) for rule in rules
    ]
    agreed = _agreed(by_default=in_force is Residue.LAST)
    return Convention("residue", in_force.value, agreed, choices)


def _with_residue(loan: InstallmentLoan, rule: Residue) -> Any:
    repayment: Any = loan.repayment
    return evolve(repayment, residue=rule)


def _month_rule(loan: InstallmentLoan) -> Convention:
    choices = [
        Choice(name, {"end_of_month": flag}) for flag, name in _MONTH_RULES.items()
    ]
    in_force = _MONTH_RULES[loan.end_of_month]
    agreed = _agreed(by_default=not loan.end_of_month)
    return Convention("month rule", in_force, agreed, choices)


def _business_days(loan: InstallmentLoan) -> Convention:
    term = loan.business_days
    calendar = term.calendar if term is not None else WEEKENDS
    terms = [
        BusinessDays(rule, calendar, interest=interest)
        for rule in _RULES
        for interest in InterestDates
    ]
    choices = [Choice("dates stay", {"business_days": None})]
    choices += [Choice(_days_name(term), {"business_days": term}) for term in terms]
    in_force = "dates stay" if term is None else _days_name(term)
    agreed = Agreed.OPEN if term is None else Agreed.STATED
    return Convention("business days", in_force, agreed, choices)


def _days_name(term: BusinessDays) -> str:
    if term.rule is BusinessDayRule.UNADJUSTED:
        return f"{term.rule.value} ({term.calendar.name})"
    rule = term.rule.value.replace("_", " ")
    return f"{rule} ({term.calendar.name}), interest {term.interest.value}"


def _broken_period(loan: InstallmentLoan) -> Convention:
    choices = [
        Choice(rule.value.replace("_", " "), {"broken_period": rule})
        for rule in BrokenPeriod
    ]
    in_force = loan.broken_period
    agreed = _agreed(by_default=in_force is BrokenPeriod.COUNTED)
    return Convention(
        "broken period", in_force.value.replace("_", " "), agreed, choices
    )


def _rounding_name(rule: Rounding | None) -> str:
    if rule is None:
        return "as interest"
    unit = "" if rule.unit is None else f" to {rule.unit:f}"
    return rule.mode.value + unit


def _payment_rounding(loan: InstallmentLoan) -> Convention:
    terms: Any = loan.repayment
    whole = f"{_power(2 - currency_digits(loan.currency)):f}"
    rules = (None, Rounding("ceiling"), Rounding("ceiling", whole))
    choices = [
        Choice(_rounding_name(rule), {"repayment": evolve(terms, rounding=rule)})
        for rule in rules
    ]
    agreed = _agreed(by_default=terms.rounding is None)
    return Convention(
        "payment rounding", _rounding_name(terms.rounding), agreed, choices
    )


def _sized_by(loan: InstallmentLoan, terms: LevelPayment) -> Convention:
    rules = [None, *map(day_count, _SIZED_BY)]
    choices = [
        Choice(
            "as interest" if rule is None else rule.name,
            {"repayment": evolve(terms, sized_by=rule)},
        )
        for rule in rules
        if rule is None or rule != loan.counted_by
    ]
    in_force = "as interest" if terms.sized_by is None else terms.sized_by.name
    agreed = _agreed(by_default=terms.sized_by is None)
    return Convention("payment worked out by", in_force, agreed, choices)


def _rate_change(terms: LevelPayment) -> Convention:
    choices = [
        Choice(rule.value, {"repayment": evolve(terms, on_rate_change=rule)})
        for rule in RateChange
    ]
    in_force = terms.on_rate_change
    agreed = _agreed(by_default=in_force is RateChange.PAYMENT)
    return Convention("rate change moves", in_force.value, agreed, choices)
