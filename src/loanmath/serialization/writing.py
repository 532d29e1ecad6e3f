"""The way back: terms as plain values that JSON and TOML can hold."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import attrs

from loanmath.daycount import DayCount
from loanmath.rates import Rate, percentage_text
from loanmath.recurrence import Step
from loanmath.rounding import Rounding
from loanmath.serialization.words import KINDS, METHODS, RATES, calendar_name
from loanmath.terms import (
    BusinessDays,
    Drawdown,
    Fee,
    FloatingRate,
    Holiday,
    Index,
    InstallmentLoan,
    InterestPayments,
    SteppedPayment,
    SteppedRate,
)

__all__ = ["terms_document"]

_WORDS = {kind: word for word, kind in (KINDS | METHODS | RATES).items()}


def terms_document(loan: InstallmentLoan) -> dict[str, Any]:
    """
    Return a loan as plain values that JSON and TOML can hold, and the reader reads.

    Args:
        loan: The terms.

    Returns:
        A dictionary of strings, integers, lists and dictionaries; amounts are strings,
        dates are ISO strings, and what was left open is left out.

    Raises:
        InputValueError: If a calendar is the caller's own, which has no name in a file.

    Example:
        >>> from loanmath.terms import FlatFee
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "2.3%"))
        >>> terms_document(loan)["repayment"]["fee"]
        '2.3%'
    """
    return {"type": _WORDS[type(loan)], **_plain_fields(loan)}


def _plain_fields(value: Any) -> dict[str, Any]:
    return {
        field.name: _plain(getattr(value, field.name))
        for field in attrs.fields(type(value))
        if field.init and getattr(value, field.name) not in (None, ())
    }


def _plain(value: Any) -> Any:
    plain = _PLAIN.get(type(value))
    if plain is not None:
        return plain(value)
    return value.value if isinstance(value, Enum) else calendar_name(value)


def _plain_method(value: Any) -> dict[str, Any]:
    return {"method": _WORDS[type(value)], **_plain_fields(value)}


def _plain_stages(value: SteppedPayment) -> dict[str, Any]:
    # TOML has no null: the stage that is to be solved says so.
    stages = [
        [count, "solved" if payment is None else f"{payment:f}"]
        for count, payment in value.stages
    ]
    plain = _plain_method(attrs.evolve(value, stages=((value.count, Decimal(1)),)))
    return plain | {"stages": stages}


def _plain_rate(value: Any) -> dict[str, Any]:
    return {"kind": _WORDS[type(value)], **_plain_fields(value)}


def _plain_steps(value: SteppedRate) -> dict[str, Any]:
    changes = {on.isoformat(): str(rate) for on, rate in value.changes}
    return _plain_rate(value) | {"changes": changes}


def _plain_floating(value: FloatingRate) -> dict[str, Any]:
    # A multiplier is a plain number in a file, or a fraction of two integers.
    plain = _plain_rate(value) | {"multiplier": str(value.multiplier)}
    if isinstance(value.resets, tuple):
        plain["resets"] = [day.isoformat() for day in value.resets]
    return plain


def _plain_index(index: Index) -> dict[str, Any]:
    observations = {on.isoformat(): percentage_text(v) for on, v in index.observations}
    return _plain_fields(index) | {"observations": observations}


def _plain_rounding(rounding: Rounding) -> Any:
    return rounding.mode.value if rounding.unit is None else _plain_fields(rounding)


def _plain_day_count(counted: DayCount) -> Any:
    if counted.calendar is None:
        return counted.name
    return {"name": counted.name, "calendar": calendar_name(counted.calendar)}


_PLAIN: dict[type, Callable[[Any], Any]] = {
    bool: bool,
    int: int,
    str: str,
    Decimal: "{:f}".format,
    date: date.isoformat,
    Fraction: percentage_text,
    tuple: lambda items: [_plain(item) for item in items],
    Rate: str,
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
}
