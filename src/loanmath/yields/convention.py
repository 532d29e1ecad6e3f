"""A convention for annual rates: how time runs, and how the rate is quoted."""

from datetime import date
from enum import Enum

from attrs import field, frozen

from loanmath.doors import to_count, to_date, to_enum, to_flag, to_text
from loanmath.errors import InputTypeError, InputValueError, TermsError
from loanmath.yields.timing import TimeRule

__all__ = ["Accumulation", "Quoted", "RateConvention"]

_MOST_DECIMALS = 10


class Quoted(Enum):
    """
    How a periodic rate becomes a yearly one.

    `NOMINAL` (单利年化): times the periods of a year.
    `EFFECTIVE` (复利年化): compounded over them.
    """

    NOMINAL = "nominal"
    EFFECTIVE = "effective"


class Accumulation(Enum):
    """
    How interest accumulates between flows.

    `COMPOUND`: powers, also of parts of a period. `SIMPLE_PARTS`: powers of whole
    unit-periods, and simple interest for the part of one. `WHEN_PAID`: simple interest,
    due when a payment is made; what that does not cover bears none (US Rule).
    """

    COMPOUND = "compound"
    SIMPLE_PARTS = "simple_parts"
    WHEN_PAID = "when_paid"


def _to_name(name: str) -> str:
    if not to_text(name, "name"):
        raise InputValueError("name", got=name, allowed="a name")
    return name


def _to_timing(timing: TimeRule) -> TimeRule:
    if not callable(getattr(timing, "measure", None)):
        raise InputTypeError(
            "timing", got=timing, allowed="a rule of time, such as UnitPeriods()"
        )
    return timing


def _to_quoted(quoted: str | Quoted) -> Quoted:
    return to_enum(quoted, Quoted, "quoted")


def _to_accumulation(accumulation: str | Accumulation) -> Accumulation:
    return to_enum(accumulation, Accumulation, "accumulation")


def _to_decimals(decimals: int) -> int:
    return to_count(decimals, "decimals", _MOST_DECIMALS)


@frozen
class RateConvention:
    """
    A convention for annual percentage rates (年化利率口径).

    Args:
        name: What it is called.
        timing: How the time between flows is counted.
        quoted: `"nominal"` or `"effective"`.
        accumulation: `"compound"`, `"simple_parts"` or `"when_paid"`.
        decimals: Decimals of the percentage that it is shown with, 1 to 10.
        in_force: The day it took effect; `None` where it is not known, or no law's.
        source: The document that states it.
        recalled: Whether it is stated from memory, not checked against a text.
        chinese: Its name in Chinese.
        note: What to know before relying on it.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If one is not allowed.
        LimitError: If the decimals are out of range.
        DateRangeError: If the date is outside 1900 to 2200.
        TermsError: If a convention that is not recalled has no source.

    Example:
        >>> from loanmath.yields import US_REG_Z
        >>> print(US_REG_Z)
        US Regulation Z (nominal, 2 decimals)
    """

    name: str = field(converter=_to_name)
    timing: TimeRule = field(converter=_to_timing)
    quoted: Quoted = field(converter=_to_quoted, kw_only=True)
    accumulation: Accumulation = field(
        default=Accumulation.COMPOUND, converter=_to_accumulation, kw_only=True
    )
    decimals: int = field(default=2, converter=_to_decimals, kw_only=True)
    in_force: date | None = field(default=None, kw_only=True)
    source: str = field(default="", kw_only=True)
    recalled: bool = field(default=True, kw_only=True)
    chinese: str = field(default="", kw_only=True)
    note: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.in_force is not None:
            to_date(self.in_force, "in_force")
        for name in ("source", "chinese", "note"):
            to_text(getattr(self, name), name)
        to_flag(self.recalled, "recalled")
        if not self.recalled and not self.source:
            raise TermsError(
                "source", got="", allowed="empty only where the rule is recalled"
            )
        compound = self.accumulation is Accumulation.COMPOUND
        if not compound and self.quoted is Quoted.EFFECTIVE:
            raise TermsError(
                "quoted",
                got="effective, with simple interest for parts of a period",
                allowed="nominal where interest is not compound throughout",
            )

    def __str__(self) -> str:
        return f"{self.name} ({self.quoted.value}, {self.decimals} decimals)"
