"""
The one reader of events, from CSV and lines of JSON.

Reading is strict: unknown fields, cells that a kind of event does not take, floats and
ids with two meanings are refused, and the problems of all lines are reported at once.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from loanmath.doors import to_text
from loanmath.errors import EventsFileError, InputValueError
from loanmath.events import Event
from loanmath.serialization.csv_rows import numbered
from loanmath.serialization.events_csv import csv_table, event_of_row
from loanmath.serialization.events_json import event_of_line
from loanmath.serialization.structure import PROBLEMS, problems_of
from loanmath.serialization.texts import file_text

__all__ = ["events_from_csv", "events_from_json_lines", "read_events"]

_MAX_BYTES = 40_000_000
_MAX_EVENTS = 100_000


def read_events(path: str | Path) -> tuple[Event, ...]:
    r"""
    Read what happened to an account from a CSV file or a file of JSON lines.

    Args:
        path: A file ending in `.csv` or `.jsonl`, at most 40 MB of UTF-8.

    Returns:
        The events, in the order of the file; one that stands in it twice is kept once.

    Raises:
        EventsFileError: If the file cannot be read as at most 100,000 events; it lists
            the problems of every line, up to 100 of them.
        OSError: If the file cannot be opened.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "events.csv"
        >>> _ = path.write_text("kind,id,on,amount\npayment,p1,2026-02-20,500.00\n")
        >>> read_events(path)[0].amount
        Decimal('500.00')
    """
    path = Path(path)
    text = file_text(path, ("csv", "jsonl"), _MAX_BYTES, EventsFileError)
    if path.suffix.lower() == ".csv":
        return events_from_csv(text, name=path.name)
    return events_from_json_lines(text, name=path.name)


def events_from_csv(text: str, *, name: str = "events") -> tuple[Event, ...]:
    """
    Read events from CSV: a line of column names, then one event per row.

    Args:
        text: The columns are `kind`, a kind of event, and the names of fields, as
            `id`, `on` and `amount`; the kind of a payment is in `payment_kind`. An
            empty cell is left out. `installments` and `order` are separated by spaces;
            `split` is as `interest=10 principal=90`; `stops_accrual` and
            `drops_unearned` are `true` or `false`. New terms have a rate and `first_due` here; what is repaid how,
            penalty, a restructuring and the plan of a conversion are for JSON.
        name: What to call the text in an error.

    Returns:
        The events, in the order of the text; one that stands in it twice is kept once.

    Raises:
        EventsFileError: If it cannot be read as at most 100,000 events; it lists the
            problems of every line, up to 100 of them.
        InputTypeError: If the text is not a `str`.

    Example:
        >>> events_from_csv('''kind,id,on,amount,of
        ... payment,p1,2026-02-30,500,
        ... reversal,x1,2026-03-01,500,p1''')
        Traceback (most recent call last):
        ...
        loanmath.errors.EventsFileError: events: 2 problem(s)
          - line 2: on: date: got '2026-02-30'; allowed: a real date (day is out of range for month)
          - line 3: amount: not for this kind of event

    Source: RFC 4180.
    """  # noqa: E501 the message is one line
    table = csv_table(to_text(text, name))
    return _events(
        table.rows, lambda row: event_of_row(table.columns, row), name, table.problems
    )


def events_from_json_lines(text: str, *, name: str = "events") -> tuple[Event, ...]:
    """
    Read events from lines of JSON: one object per line, lines may be blank.

    Args:
        text: The key `event` of an object is the kind of event; the others are its
            fields by their names. Amounts are strings or integers, dates ISO strings,
            `split` is an object of amounts by component, and new terms and the plan of
            a conversion look as they do in a file of terms.
        name: What to call the text in an error.

    Returns:
        The events, in the order of the text; one that stands in it twice is kept once.

    Raises:
        EventsFileError: If it cannot be read as at most 100,000 events; it lists the
            problems of every line, up to 100 of them.
        InputTypeError: If the text is not a `str`.

    Example:
        >>> events_from_json_lines(
        ...     '{"event": "payment", "id": "p1", "on": "2026-02-20", "amount": 0.1}')
        Traceback (most recent call last):
        ...
        loanmath.errors.EventsFileError: events: 1 problem(s)
          - line 1: amount: amount: got the float 0.1, which is not exact (put it in quotes); allowed: str, int or Decimal

    Source: RFC 8259, one text per line.
    """  # noqa: E501 the message is one line
    # Only a line feed ends a line: other separators may stand within a JSON string.
    lines = enumerate(to_text(text, name).split("\n"), start=1)
    stated = ((number, line) for number, line in lines if line.strip())
    return _events(stated, event_of_line, name, ())


def _events(
    lines: Iterable[tuple[int, Any]],
    read: Callable[[Any], Event],
    name: str,
    problems: Iterable[tuple[int, str]],
) -> tuple[Event, ...]:
    wrong = list(problems)
    found: dict[str, tuple[int, Event]] = {}
    for count, (number, line) in enumerate(lines, start=1):
        if count > _MAX_EVENTS:
            wrong.append((number, f"more than {_MAX_EVENTS:,} events"))
            break
        try:
            event = read(line)
            _check_same(found.setdefault(event.id, (number, event)), event)
        except PROBLEMS as error:
            said = problems_of(error, unknown="not for this kind of event")
            wrong += [(number, problem) for problem in said]
    if wrong:
        raise EventsFileError(name, got=numbered(wrong))
    return tuple(event for _, event in found.values())


def _check_same(first: tuple[int, Event], event: Event) -> None:
    number, other = first
    if event != other:
        raise InputValueError(
            "id",
            got=event.id,
            allowed=f"one event of that id: that in line {number} is another",
        )
