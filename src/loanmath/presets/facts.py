"""A constant that says where it comes from and when it applied."""

from datetime import date
from typing import Generic, TypeVar

from attrs import field, frozen

from loanmath.doors import to_date, to_flag, to_text
from loanmath.errors import InputTypeError, TermsError

__all__ = ["Fact"]

ValueT = TypeVar("ValueT")


@frozen
class Fact(Generic[ValueT]):
    """
    A dated, cited constant: a rate, a table of fees, a day of the month (规则常量).

    Args:
        value: What it is; a value that cannot be changed.
        in_force: The day it took effect, or the day its source shows it in force;
            `None` where neither is known.
        source: The document or page that states it.
        recalled: Whether it is stated from memory, not checked against a text.
        note: What to know before relying on it.

    Raises:
        InputTypeError: If an argument is of the wrong type, or the value can change.
        DateRangeError: If the date is outside the years 1900 to 2200.
        TermsError: If a value that is not recalled has no source.

    Example:
        >>> due_day = Fact(10, in_force=None, source="a contract", recalled=False)
        >>> due_day.value
        10
    """

    value: ValueT
    in_force: date | None = field(kw_only=True)
    source: str = field(kw_only=True)
    recalled: bool = field(kw_only=True)
    note: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not _is_hashable(self.value):
            raise InputTypeError(
                "value", got=self.value, allowed="a value that cannot be changed"
            )
        if self.in_force is not None:
            to_date(self.in_force, "in_force")
        to_text(self.source, "source")
        to_text(self.note, "note")
        to_flag(self.recalled, "recalled")
        if not self.recalled and not self.source:
            raise TermsError(
                "source", got="", allowed="empty only where the value is recalled"
            )


def _is_hashable(value: object) -> bool:
    try:
        hash(value)
    except Exception:  # noqa: BLE001 a foreign __hash__ may raise anything
        return False
    return True
