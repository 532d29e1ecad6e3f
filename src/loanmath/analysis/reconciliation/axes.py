"""The conventions that may have to be searched, and what a choice of each changes."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple, TypeAlias

import attrs
from attrs import evolve

from loanmath.analysis.conventions import Agreed, Choice, Convention, conventions
from loanmath.analysis.fee_conventions import flat_fee_conventions
from loanmath.currency import currency_digits, from_units
from loanmath.doors import to_text
from loanmath.errors import InputTypeError, UnknownNameError
from loanmath.rates import Rate, RateUnit, percentage_text
from loanmath.recurrence import Step
from loanmath.rounding import Rounding, RoundingMode, divide
from loanmath.terms import (
    AddOnInterest,
    Earned,
    FlatFee,
    InstallmentLoan,
    LevelPayment,
)

__all__ = [
    "EVERYTHING",
    "Axis",
    "Box",
    "Change",
    "axes_of",
    "box_of",
    "change_of",
    "changed",
    "held_and_searched",
    "loan_conventions",
    "moved",
    "ordered",
]

EVERYTHING = "everything"
"""What to doubt where no convention is taken as agreed."""

_DAYS_IN_MONTH = 30
_RATE_PARTS = 10**6
_PAYMENT_ROUNDING = "payment rounding"
_SIZED_BY = "payment worked out by"

Box: TypeAlias = tuple[frozenset[str], ...]
"""Choices by axis: any one of each, together."""


class Axis(NamedTuple):
    """A convention with the choices to be tried, the one in force first."""

    name: str
    agreed: Agreed
    choices: tuple[Choice, ...]


class Change(NamedTuple):
    """
    Combinations of choices that move the same.

    Attributes:
        words: The fields of the terms that they change.
        boxes: What they are.
        moved: How many of the first of them are not as agreed.
    """

    words: dict[str, Any]
    boxes: tuple[Box, ...]
    moved: int


def axes_of(found: Iterable[Convention], doubt: Sequence[str]) -> list[Axis]:
    """
    Return the conventions to be searched: those left open, by default, or in doubt.

    Of a convention that was stated, and is not doubted, what was stated is the only
    choice.

    Raises:
        InputTypeError: If `doubt` is not a list of names.
        UnknownNameError: If a name is of no convention of these terms.
    """
    known = list(found)
    doubted = _doubted([one.name for one in known], doubt)
    axes = []
    for one in known:
        in_force = Choice(one.in_force, {})
        others = [choice for choice in one.choices if choice.name != one.in_force]
        if one.agreed is Agreed.STATED and one.name not in doubted:
            others = []
        axes.append(Axis(one.name, one.agreed, (in_force, *others)))
    return axes


def _doubted(names: list[str], doubt: Sequence[str]) -> set[str]:
    if not isinstance(doubt, (list, tuple)):
        raise InputTypeError("doubt", got=doubt, allowed="a list of conventions")
    for name in doubt:
        if to_text(name, "doubt") not in (*names, EVERYTHING):
            allowed = ", ".join(map(repr, [*names, EVERYTHING]))
            raise UnknownNameError("doubt", got=name, allowed=allowed)
    return set(names) if EVERYTHING in doubt else set(doubt)


def changed(terms: Any, choices: Iterable[Choice]) -> dict[str, Any]:
    """
    Return the fields of terms that choices change, several of one part put together.

    Example:
        >>> from datetime import date
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "2.3%"))
        >>> up, tens = Rounding("up"), Rounding(unit="10")
        >>> both = [Choice("up", {"rounding": up}), Choice("10", {"rounding": tens})]
        >>> changed(loan, both)["rounding"] == Rounding("up", "10")
        True
    """
    words: dict[str, Any] = {}
    for choice in choices:
        for name, value in choice.terms.items():
            base = getattr(terms, name)
            words[name] = _joined(base, words.get(name, base), value)
    return words


def _joined(base: Any, so_far: Any, value: Any) -> Any:
    """Return a part with what a value changes of it, beside what changed already."""
    if type(base) is not type(value) or type(value) not in (
        Rounding,
        LevelPayment,
        FlatFee,
        AddOnInterest,
    ):
        return value
    names = [field.name for field in attrs.fields(type(value))]
    differing = [name for name in names if getattr(base, name) != getattr(value, name)]
    return evolve(so_far, **{name: getattr(value, name) for name in differing})


def ordered(axes: Sequence[Axis]) -> list[tuple[Choice, ...]]:
    """Return the combinations of some axes, those nearest to what is agreed first."""
    return sorted(product(*(axis.choices for axis in axes)), key=moved)


def moved(choices: Sequence[Choice]) -> int:
    """Return how many choices are not what is in force."""
    return sum(1 for choice in choices if choice.terms)


def change_of(terms: Any, choices: Sequence[Choice]) -> Change:
    """Return a combination as the change that it is."""
    return Change(changed(terms, choices), (box_of(choices),), moved(choices))


def box_of(choices: Sequence[Choice]) -> Box:
    """Return a combination as a box of its own."""
    return tuple(frozenset([choice.name]) for choice in choices)


def held_and_searched(axes: Sequence[Axis]) -> tuple[list[Axis], list[Axis]]:
    """Return the axes with one choice, and those with several."""
    held = [axis for axis in axes if len(axis.choices) == 1]
    return held, [axis for axis in axes if len(axis.choices) > 1]


def loan_conventions(loan: InstallmentLoan) -> list[Convention]:
    """
    Return the conventions of a loan that a lender's schedule may follow.

    They are those of `conventions`, with more roundings of the payment; the step in
    days, a rate that is rounded per month, and what flat charges leave open.
    """
    more = {
        _PAYMENT_ROUNDING: _with_payment_roundings,
        _SIZED_BY: _with_sizings,
        "rounding unit": _as_shown,
    }
    found = [
        more[one.name](loan, one) if one.name in more else one
        for one in conventions(loan)
    ]
    found += [one for one in (_step(loan), _rate(loan)) if one is not None]
    if isinstance(loan.repayment, FlatFee):
        found += flat_fee_conventions(loan.repayment)
    if isinstance(loan.repayment, AddOnInterest):
        found.append(_earned(loan.repayment))
    return [one for one in found if one.choices]


def _with_payment_roundings(loan: InstallmentLoan, one: Convention) -> Convention:
    # A whole payment and a tenth of a yuan, cut or rounded, are printed by Chinese
    # sources (published examples of banks and of installment plans).
    repayment: Any = loan.repayment
    digits = currency_digits(loan.currency)
    units = ["1", "0.1"] if digits else ["100", "10"]
    rules = [Rounding("down")]
    rules += [Rounding(mode, unit) for unit in units for mode in ("half_up", "down")]
    more = []
    for rule in rules:
        unit = "" if rule.unit is None else f" to {rule.unit:f}"
        terms = {"repayment": evolve(repayment, rounding=rule)}
        more.append(Choice(rule.mode.value + unit, terms))
    return one._replace(choices=[*one.choices, *more])


def _as_shown(loan: InstallmentLoan, one: Convention) -> Convention:
    # Amounts finer than the currency cannot be printed: spreadsheets show them rounded.
    digits = currency_digits(loan.currency)
    shown = f", shown to {from_units(1, digits):f}"
    choices = [
        choice._replace(name=choice.name + shown)
        if choice.terms["rounding"].digits(digits) > digits
        else choice
        for choice in one.choices
    ]
    return one._replace(choices=choices)


def _with_sizings(loan: InstallmentLoan, one: Convention) -> Convention:
    # Where interest may be counted otherwise, what it is counted by is a choice too.
    known = [choice.name for choice in one.choices]
    repayment: Any = loan.repayment
    choices = [
        Choice(name, {"repayment": evolve(repayment, sized_by=name)})
        for name in ("1/12", "30/360 CN")
        if name not in known and name != one.in_force
    ]
    return one._replace(choices=[*one.choices, *choices])


def _step(loan: InstallmentLoan) -> Convention | None:
    if not isinstance(loan.every, Step):
        return None
    months, days = loan.every.months, loan.every.days
    if months:
        step, name = Step(days=_DAYS_IN_MONTH * months), "months"
    elif days % _DAYS_IN_MONTH == 0:
        step, name = Step(months=days // _DAYS_IN_MONTH), "days"
    else:
        return None
    other = "days" if months else "months"
    choice = Choice(f"by {other}, {step}", {"every": step})
    return Convention("periods", f"by {name}, {loan.every}", Agreed.STATED, [choice])


def _rate(loan: InstallmentLoan) -> Convention | None:
    """Return the rounding of the rate of a month, as some lenders print and use it."""
    rate = loan.rate
    if type(rate) is not Rate or rate.per is RateUnit.DAY:
        return None
    monthly = rate.value / (12 if rate.per is RateUnit.YEAR else 1)
    parts = monthly * _RATE_PARTS
    choices = []
    if parts.denominator > 1:
        for mode, words in (
            (RoundingMode.DOWN, "cut"),
            (RoundingMode.HALF_UP, "half up"),
        ):
            units = divide(parts.numerator, parts.denominator, mode)
            share = Fraction(units, _RATE_PARTS)
            name = f"{percentage_text(share)}/month, {words} to 6 decimals"
            terms = {"rate": Rate.from_share(share, per=RateUnit.MONTH)}
            choices.append(Choice(name, terms))
    return Convention("rate", str(rate), Agreed.DEFAULT, choices)


def _earned(terms: AddOnInterest) -> Convention:
    choices = [
        Choice(earned.value, {"repayment": evolve(terms, earned=earned)})
        for earned in Earned
    ]
    agreed = Agreed.DEFAULT if terms.earned is Earned.LEVEL else Agreed.STATED
    return Convention("interest earned", terms.earned.value, agreed, choices)
