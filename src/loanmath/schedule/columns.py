"""The columns that a schedule is kept as."""

from datetime import date
from typing import NamedTuple

__all__ = ["Columns"]


class Columns(NamedTuple):
    """The columns of a schedule: dates, and amounts as integers of 10^-digits."""

    start: tuple[date, ...]
    end: tuple[date, ...]
    due: tuple[date, ...]
    opening: tuple[int, ...]
    payment: tuple[int, ...]
    principal: tuple[int, ...]
    interest: tuple[int, ...]
    fee: tuple[int, ...]
    closing: tuple[int, ...]
    tax: tuple[int, ...]
    drawn: tuple[int, ...]
    capitalized: tuple[int, ...]
