"""The way back: terms as plain values that JSON and TOML can hold."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import product
from typing import Any

import attrs

from loanmath.daycount import DayCount
from loanmath.errors import InputTypeError
from loanmath.rates import Rate, percentage_text
from loanmath.recurrence import Step
from loanmath.rounding import Rounding
from loanmath.serialization.words import CAPS, CONCEDED, METHODS, WORDS, calendar_name
from loanmath.terms import (
    BusinessDays,
    CreditLine,
    DefaultCharge,
    Drawdown,
    Fee,
    FloatingRate,
    Holiday,
    Index,
    InstallmentLoan,
    InstallmentTerms,
    InterestPayments,
    LineAllocation,
    LineInterest,
    LineSegment,
    MinimumPayment,
    Promotion,
    SteppedPayment,
    SteppedRate,
    TransactionFee,
)
from loanmath.terms.servicing import (
    Allocation,
    AllocationTier,
    Compounding,
    DaysPastDue,
    LateCharge,
    PenaltyInterest,
    Prepayment,
    PrepaymentFee,
    Servicing,
    Slot,
    Standing,
)

__all__ = ["line_document", "stated_fields", "terms_document"]

_MAX_DECIMALS = 12
_LEFT_OUT = (None, (), Servicing())


def terms_document(loan: InstallmentLoan) -> dict[str, Any]:
    """
    Return a loan as plain values that JSON and TOML can hold, and the reader reads.

    Args:
        loan: The terms.

    Returns:
        A dictionary of strings, integers, lists and dictionaries; amounts are strings,
        dates are ISO strings, and what was left open is left out.

    Raises:
        InputTypeError: If it is no loan.
        InputValueError: If a calendar is the caller's own, which has no name in a file.

    Example:
        >>> from loanmath.terms import FlatFee
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "2.3%"))
        >>> terms_document(loan)["repayment"]["fee"]
        '2.3%'
    """
    if type(loan) is not InstallmentLoan:
        raise InputTypeError("loan", got=loan, allowed="InstallmentLoan(...)")
    return {"type": WORDS[InstallmentLoan], **_plain_fields(loan)}


def line_document(line: CreditLine) -> dict[str, Any]:
    """
    Return a credit line as plain values that JSON and TOML hold, and the reader reads.

    Args:
        line: The terms.

    Returns:
        A dictionary of strings, integers, lists and dictionaries; amounts are strings,
        dates are ISO strings, and what is as usual is left out.

    Raises:
        InputTypeError: If it is no credit line.
        InputValueError: If a calendar is the caller's own, which has no name in a file.

    Example:
        >>> from loanmath.terms import MinimumPayment
        >>> line_document(CreditLine(currency="CNY", limit="20000", statement_day=5,
        ...     due_day=23, minimum=MinimumPayment("10%")))["minimum"]
        {'share': '10%'}
    """
    if type(line) is not CreditLine:
        raise InputTypeError("line", got=line, allowed="CreditLine(...)")
    return {"type": WORDS[CreditLine], **stated_fields(line)}


def _plain_fields(value: Any) -> dict[str, Any]:
    return {
        field.name: _plain(getattr(value, field.name))
        for field in attrs.fields(type(value))
        if field.init and getattr(value, field.name) not in _LEFT_OUT
    }


def stated_fields(value: Any) -> dict[str, Any]:
    """Return the fields of a value as plain values, but for those left as usual."""
    return {
        field.name: _plain(getattr(value, field.name))
        for field in attrs.fields(type(value))
        if field.init and getattr(value, field.name) != _usual(field)
    }


def _usual(field: "attrs.Attribute[Any]") -> Any:
    if field.default is attrs.NOTHING or not callable(field.converter):
        return field.default
    return field.converter(field.default)


def _plain(value: Any) -> Any:
    plain = _PLAIN.get(type(value))
    if plain is not None:
        return plain(value)
    return value.value if isinstance(value, Enum) else calendar_name(value)


def _plain_share(share: Fraction) -> str:
    # Of a percentage at most 12 decimals are read, and so a longer one is a quotient.
    text = percentage_text(share)
    _, _, decimals = text.removesuffix("%").partition(".")
    if len(decimals) <= _MAX_DECIMALS:
        return text
    above, below = (share * 100).as_integer_ratio()
    return f"{above}/{below}%"


def _plain_quote(rate: Rate) -> str:
    return f"{_plain_share(rate.value)}/{rate.per.value}"


def _plain_method(value: Any) -> dict[str, Any]:
    return {"method": WORDS[type(value)], **_plain_fields(value)}


def _plain_stages(value: SteppedPayment) -> dict[str, Any]:
    # TOML has no null: the stage that is to be solved says so.
    stages = [
        [count, "solved" if payment is None else f"{payment:f}"]
        for count, payment in value.stages
    ]
    plain = _plain_method(attrs.evolve(value, stages=((value.count, Decimal(1)),)))
    return plain | {"stages": stages}


def _plain_rate(value: Any) -> dict[str, Any]:
    return {"kind": WORDS[type(value)], **_plain_fields(value)}


def _plain_steps(value: SteppedRate) -> dict[str, Any]:
    changes = {on.isoformat(): _plain_quote(rate) for on, rate in value.changes}
    return _plain_rate(value) | {"changes": changes}


def _plain_floating(value: FloatingRate) -> dict[str, Any]:
    # A multiplier is a plain number in a file, or a fraction of two integers.
    plain = _plain_rate(value) | {"multiplier": str(value.multiplier)}
    if isinstance(value.resets, tuple):
        plain["resets"] = [day.isoformat() for day in value.resets]
    return plain


def _plain_index(index: Index) -> dict[str, Any]:
    observations = {on.isoformat(): _plain_share(v) for on, v in index.observations}
    return _plain_fields(index) | {"observations": observations}


def _plain_rounding(rounding: Rounding) -> Any:
    return rounding.mode.value if rounding.unit is None else _plain_fields(rounding)


def _plain_day_count(counted: DayCount) -> Any:
    if counted.calendar is None:
        return counted.name
    return {"name": counted.name, "calendar": calendar_name(counted.calendar)}


def _with_multiple(name: str) -> Callable[[Any], dict[str, Any]]:
    # A multiple is no percentage, but a number or a quotient.
    def plain(value: Any) -> dict[str, Any]:
        stated = stated_fields(value)
        if name in stated:
            stated[name] = str(getattr(value, name))
        return stated

    return plain


def _plain_installments(value: InstallmentTerms) -> dict[str, Any]:
    fees = {str(count): _plain_share(fee) for count, fee in value.fees}
    return stated_fields(value) | {"fees": fees}


def _plain_allocation(value: Allocation | AllocationTier) -> dict[str, Any]:
    plain = stated_fields(value)
    if "order" in plain:
        plain["order"] = _plain_order(value.order)
    if "kinds" in plain:
        plain["kinds"] = dict(plain["kinds"])
    return plain


def _plain_order(order: tuple[Slot, ...]) -> list[str]:
    # The same components in every standing are named once.
    components = dict.fromkeys(component for _, component in order)
    if order == tuple(product(Standing, components)):
        return [component.value for component in components]
    return [f"{standing.value}.{component.value}" for standing, component in order]


def _plain_kind(value: Any) -> dict[str, Any]:
    return {"kind": WORDS[type(value)], **stated_fields(value)}


_PLAIN: dict[type, Callable[[Any], Any]] = {
    bool: bool,
    int: int,
    str: str,
    Decimal: "{:f}".format,
    date: date.isoformat,
    Fraction: _plain_share,
    tuple: lambda items: [_plain(item) for item in items],
    Rate: _plain_quote,
    Step: str,
    Rounding: _plain_rounding,
    DayCount: _plain_day_count,
    Index: _plain_index,
    SteppedRate: _plain_steps,
    FloatingRate: _plain_floating,
    **dict.fromkeys(METHODS.values(), _plain_method),
    **dict.fromkeys(
        (BusinessDays, Drawdown, Fee, Holiday, InterestPayments), _plain_fields
    ),
    SteppedPayment: _plain_stages,
    **dict.fromkeys(
        (Compounding, DaysPastDue, LateCharge, Prepayment, PrepaymentFee, Servicing),
        stated_fields,
    ),
    PenaltyInterest: _with_multiple("multiple"),
    Allocation: _plain_allocation,
    AllocationTier: _plain_allocation,
    **dict.fromkeys((*CAPS.values(), *CONCEDED.values()), _plain_kind),
    InstallmentLoan: terms_document,
    LineInterest: _with_multiple("overdue_multiple"),
    InstallmentTerms: _plain_installments,
    **dict.fromkeys(
        (
            DefaultCharge,
            LineAllocation,
            LineSegment,
            MinimumPayment,
            Promotion,
            TransactionFee,
        ),
        stated_fields,
    ),
}
