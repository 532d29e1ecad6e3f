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
from loanmath.serialization.words import KINDS, METHODS, calendar_name
from loanmath.terms import BusinessDays, InstallmentLoan

__all__ = ["terms_document"]

_WORDS = {kind: word for word, kind in (KINDS | METHODS).items()}


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
        if field.init and getattr(value, field.name) is not None
    }


def _plain(value: Any) -> Any:
    plain = _PLAIN.get(type(value))
    if plain is not None:
        return plain(value)
    return value.value if isinstance(value, Enum) else calendar_name(value)


def _plain_method(value: Any) -> dict[str, Any]:
    return {"method": _WORDS[type(value)], **_plain_fields(value)}


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
    BusinessDays: _plain_fields,
    **dict.fromkeys(METHODS.values(), _plain_method),
}
