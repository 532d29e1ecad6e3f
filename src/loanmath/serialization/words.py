"""The words of a file: methods, kinds of terms, calendars."""

from typing import Any

from loanmath import calendars
from loanmath.calendars import Calendar
from loanmath.errors import InputTypeError, InputValueError, UnknownNameError
from loanmath.terms import (
    AddOnInterest,
    CreditLine,
    EqualPrincipal,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    FloatingRate,
    GraduatedPayment,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    SinglePayment,
    SteppedPayment,
    SteppedRate,
)
from loanmath.terms.concessions import (
    AffordablePayment,
    Capitalization,
    ConditionalForgiveness,
    Deferral,
    Extension,
    Forgiveness,
    FrozenInterest,
    NewDates,
    PlanFee,
    RateCut,
    ReAging,
    Reamortization,
    Settlement,
)
from loanmath.terms.servicing import AmountCap, InDuplum, RateCap

__all__ = [
    "CAPS",
    "CONCEDED",
    "KINDS",
    "METHODS",
    "RATES",
    "WORDS",
    "calendar_name",
    "calendar_named",
]

METHODS: dict[str, type] = {
    "level_payment": LevelPayment,
    "equal_principal": EqualPrincipal,
    "interest_only": InterestOnly,
    "single_payment": SinglePayment,
    "fixed_payment": FixedPayment,
    "fixed_principal": FixedPrincipal,
    "graduated_payment": GraduatedPayment,
    "stepped_payment": SteppedPayment,
    "principal_amounts": PrincipalAmounts,
    "flat_fee": FlatFee,
    "add_on_interest": AddOnInterest,
}
"""The repayment methods by their word in a file."""

RATES: dict[str, type] = {"stepped": SteppedRate, "floating": FloatingRate}
"""The rates that change by their word in a file."""

CAPS: dict[str, type] = {"rate": RateCap, "amount": AmountCap, "in_duplum": InDuplum}
"""The ceilings on what lateness costs by their word in a file."""

CONCEDED: dict[str, type] = {
    "forgiveness": Forgiveness,
    "conditional_forgiveness": ConditionalForgiveness,
    "capitalization": Capitalization,
    "re_aging": ReAging,
    "frozen_interest": FrozenInterest,
    "extension": Extension,
    "deferral": Deferral,
    "reamortization": Reamortization,
    "rate_cut": RateCut,
    "affordable_payment": AffordablePayment,
    "new_dates": NewDates,
    "plan_fee": PlanFee,
    "settlement": Settlement,
}
"""The concessions of a restructured plan by their word in a file."""

KINDS: dict[str, type] = {
    "installment_loan": InstallmentLoan,
    "credit_line": CreditLine,
}
"""The kinds of terms by their word in a file."""

WORDS = {
    kind: word
    for words in (KINDS, METHODS, RATES, CAPS, CONCEDED)
    for word, kind in words.items()
}
"""The word of each of these classes in a file."""

_CALENDARS = "'none', 'weekends', 'china', or such as 'holidays:US' or 'holidays:US:NY'"


def calendar_named(raw: Any) -> Calendar:
    """Return the calendar that a word of a file means, or refuse."""
    if not isinstance(raw, str):
        raise InputTypeError("calendar", got=raw, allowed=_CALENDARS)
    if raw == "none":
        return calendars.NONE
    if raw == "weekends":
        return calendars.WEEKENDS
    if raw == "china":
        return calendars.chinese_calendar()
    if raw.startswith("holidays:"):
        return calendars.holidays_calendar(*raw.split(":")[1:3])
    raise UnknownNameError("calendar", got=raw, allowed=_CALENDARS)


def calendar_name(calendar: Calendar) -> str:
    """Return the word of a calendar, or refuse one that is the caller's own."""
    name = calendar.name
    if calendar_named(name) != calendar:
        raise InputValueError("calendar", got=name, allowed=_CALENDARS)
    return name
