"""What every event has, and how its values are read."""

from datetime import date
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from loanmath.doors import to_count, to_date, to_text
from loanmath.errors import InputTypeError, LimitError
from loanmath.terms.amounts import to_amount as exact_amount
from loanmath.terms.conventions import MAX_INSTALLMENTS_DAILY

__all__ = ["Recorded", "to_amount", "to_installments", "to_kind", "to_of"]

_MAX_ID = 200
_MAX_SEQUENCE = 10**9


def _to_id(name: object) -> str:
    text = to_text(name, "id")
    if not text or len(text) > _MAX_ID:
        raise LimitError("id", got=text, allowed=f"1 to {_MAX_ID} characters")
    return text


def _to_on(on: object) -> date:
    return to_date(on, "on")


def _to_recorded(recorded: object) -> Any:
    return None if recorded is None else to_date(recorded, "recorded")


def _to_sequence(sequence: object) -> int:
    if type(sequence) is not int:
        raise InputTypeError("sequence", got=sequence, allowed="int")
    if not 0 <= sequence <= _MAX_SEQUENCE:
        raise LimitError("sequence", got=sequence, allowed=f"0 to {_MAX_SEQUENCE:,}")
    return sequence


def to_amount(amount: object) -> Decimal:
    """Return an amount, zero or above, in major units."""
    return exact_amount(amount, "amount")


def to_installments(numbers: object) -> tuple[int, ...]:
    """Return numbers of installments, ascending."""
    if not isinstance(numbers, (list, tuple)):
        raise InputTypeError("installments", got=numbers, allowed="a list of numbers")
    found = {
        to_count(number, "installment", MAX_INSTALLMENTS_DAILY) for number in numbers
    }
    return tuple(sorted(found))


def to_kind(kind: object) -> str:
    """Return a text."""
    return to_text(kind, "kind")


def to_of(of: object) -> str:
    """Return the id of another event."""
    return to_text(of, "of")


@frozen(kw_only=True)
class Recorded:
    """
    What every event has: a name, the day it happened, and the day it became known.

    Args:
        id: The name of the event, unique in its account.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.

    Example:
        >>> Recorded(id="e1", on=date(2026, 2, 20)).recorded.day
        20
    """

    id: str = field(converter=_to_id)
    on: date = field(converter=_to_on)
    recorded: date = field(default=None, converter=_to_recorded)
    sequence: int = field(default=0, converter=_to_sequence)

    def __attrs_post_init__(self) -> None:
        if self.recorded is None:
            object.__setattr__(self, "recorded", self.on)
