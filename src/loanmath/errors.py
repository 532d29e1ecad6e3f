"""
Every exception of the library, each carrying its evidence as attributes.

All of them descend from `LoanmathError`; each leaf is also the built-in exception a
Python programmer would expect (`ValueError`, `TypeError`, ...). A message says what was
wrong, what was got, what is allowed, and what to do.
"""

import reprlib
from typing import Any

__all__ = [
    "CalendarRangeError",
    "CurrencyError",
    "DateRangeError",
    "DayCountError",
    "EventError",
    "EventsFileError",
    "FlowsError",
    "FlowsFileError",
    "InputTypeError",
    "InputValueError",
    "InvariantError",
    "LimitError",
    "LoanmathError",
    "MissingExtraError",
    "NoSignChangeError",
    "NotUniqueError",
    "RateOutOfRangeError",
    "ScheduleError",
    "SolverError",
    "StatementFileError",
    "TermsError",
    "TermsFileError",
    "UnknownNameError",
]


class LoanmathError(Exception):
    """
    The root of every exception that the library raises on purpose.

    Attributes:
        what: The argument, field or cell that is wrong.
        got: The offending value, as given.
        allowed: What would have been accepted, in words.
        do: What to do about it, in words; empty where nothing helps.
    """

    def __init__(
        self, what: str, *, got: Any = None, allowed: str = "", do: str = ""
    ) -> None:
        self.what = what
        self.got = got
        self.allowed = allowed
        self.do = do
        super().__init__(self._message())

    def _message(self) -> str:
        text = f"{self.what}: got {_shown(self.got)}"
        if self.allowed:
            text += f"; allowed: {self.allowed}"
        if self.do:
            text += f"; {self.do}"
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.what, self.got, self.allowed, self.do)


def _rebuild(
    kind: type[LoanmathError], what: str, got: Any, allowed: str, do: str
) -> LoanmathError:
    return kind(what, got=got, allowed=allowed, do=do)


# `reprlib` prints the first few items of these, where `repr` would print a million.
_CONTAINERS = (list, tuple, dict, set, frozenset)


def _shown(value: Any, limit: int = 80) -> str:
    # A hostile value may be huge or fail to print; a refusal must stay quick and typed.
    if type(value) is int and value.bit_length() > 4 * limit:
        return f"an int of {value.bit_length()} bits"
    if isinstance(value, (str, bytes)) and len(value) > limit:
        return f"{value[:limit]!r}... ({len(value)} long)"
    try:
        text = reprlib.repr(value) if isinstance(value, _CONTAINERS) else repr(value)
    except Exception:  # noqa: BLE001 a foreign __repr__ may raise anything
        return f"a {type(value).__name__}"
    if len(text) > limit:
        text = text[:limit] + "..."
    return text


class InputTypeError(LoanmathError, TypeError):
    """A value of the wrong type came through a public door."""


class InputValueError(LoanmathError, ValueError):
    """A value of the right type is not one that is allowed."""


class LimitError(InputValueError):
    """A value is beyond a declared limit of the library."""


class DateRangeError(InputValueError):
    """A date is outside the years 1900 to 2200, or two dates are in the wrong order."""


class CurrencyError(InputValueError):
    """An amount is finer than its currency, or the currency has no minor unit."""


class UnknownNameError(InputValueError):
    """A name (currency, day count, rule, column) is not one that the library knows."""


class DayCountError(InputValueError):
    """A day count lacks the context it needs, or has no meaning for these dates."""


class CalendarRangeError(LoanmathError, LookupError):
    """A calendar was asked about a day that it has no data for."""


class TermsError(LoanmathError, ValueError):
    """The terms contradict each other."""


class ScheduleError(LoanmathError, ValueError):
    """The terms make sense one by one, but no schedule can be planned from them."""


class EventError(LoanmathError, ValueError):
    """An event cannot be booked; the account stays as it was."""


class _ProblemsError(LoanmathError, ValueError):
    """
    A file cannot be read, for each of the problems listed.

    Attributes:
        problems: One line per problem, in the order of the file.
    """

    def __init__(
        self, what: str, *, got: Any = None, allowed: str = "", do: str = ""
    ) -> None:
        self.problems: tuple[str, ...] = tuple(got or ())
        super().__init__(what, got=self.problems, allowed=allowed, do=do)

    def _message(self) -> str:
        lines = [f"{self.what}: {len(self.problems)} problem(s)"]
        lines += [f"  - {problem}" for problem in self.problems]
        return "\n".join(lines)


class TermsFileError(_ProblemsError):
    """
    A file of terms cannot be read; every problem is listed, each naming its key.

    Attributes:
        problems: One line per problem, in the order of the file's keys.
    """


class EventsFileError(_ProblemsError):
    """
    A file of events cannot be read; every problem is listed, each naming its line.

    Attributes:
        problems: One line per problem, in the order of the file's lines.
    """


class StatementFileError(_ProblemsError):
    """
    A file of what was printed cannot be read; each problem is listed with its line.

    Attributes:
        problems: One line per problem, in the order of the file's lines.
    """


class FlowsFileError(_ProblemsError):
    """
    A file of cash flows cannot be read; every problem is listed, each naming its line.

    Attributes:
        problems: One line per problem, in the order of the file's lines.
    """


class MissingExtraError(LoanmathError, ImportError):
    """An optional dependency is not installed; the message says what to install."""


class SolverError(LoanmathError, ArithmeticError):
    """No rate can be certified for these cash flows."""


class FlowsError(SolverError, ValueError):
    """The cash flows are not flows that a rate is defined for."""


class NoSignChangeError(SolverError):
    """All cash flows have one sign, so no rate makes their value zero."""


class NotUniqueError(SolverError):
    """The cash flows change sign more than once, so several rates may fit."""


class RateOutOfRangeError(SolverError):
    """The rate exists but lies outside -99 % to 1,000,000 % a year."""


class InvariantError(LoanmathError, AssertionError):
    """The library broke one of its own laws: a defect to report, not a bad input."""
