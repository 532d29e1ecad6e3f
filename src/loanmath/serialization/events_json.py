"""Events as lines of JSON, read and written."""

import json
from collections.abc import Iterable
from typing import Any

from loanmath.errors import InputValueError, LoanmathError
from loanmath.events import (
    Conversion,
    Event,
    Payment,
    Restructuring,
    TermsChange,
    happening,
)
from loanmath.serialization.events_structure import DATES, EVENTS
from loanmath.serialization.forms import form_of
from loanmath.serialization.structure import Form, strict_converter, tagged
from loanmath.serialization.texts import json_value
from loanmath.serialization.writing import stated_fields

__all__ = ["event_of_line", "events_document", "events_to_json_lines"]


def _form_of(kind: type, name: str) -> Form | None:
    if name in DATES:
        return DATES[name]
    # New terms, concessions, and the plan of a conversion look as in a file of terms.
    with_terms = (TermsChange, Restructuring, Conversion)
    return form_of(kind, name) if kind in with_terms else None


_CONVERTER = strict_converter(EVENTS.values(), _form_of)


def event_of_line(line: str) -> Event:
    """Return the event that a line of JSON describes, or raise."""
    kind, fields = tagged(_object(line), "event", EVENTS)
    event: Event = _CONVERTER.structure(fields, kind)
    return event


def _object(line: str) -> Any:
    try:
        return json_value(line)
    except RecursionError:
        raise _no_json("nested too deeply") from None
    except json.JSONDecodeError as error:
        raise _no_json(f"{error.msg} (column {error.colno})") from None
    except LoanmathError:
        raise
    except ValueError as error:
        raise _no_json(str(error)) from None


def _no_json(reason: str) -> LoanmathError:
    return InputValueError("JSON", got=reason, allowed="one object")


def events_document(events: Iterable[Event]) -> list[dict[str, Any]]:
    """
    Return events as plain values that JSON can hold.

    Args:
        events: The events.

    Returns:
        One dictionary per event, of strings, integers, lists and dictionaries; amounts
        are strings, dates are ISO strings, and what was left open is left out.

    Raises:
        InputTypeError: If one is no event.

    Example:
        >>> from datetime import date
        >>> events_document([Payment(id="p1", on=date(2026, 2, 20), amount="500")])
        [{'event': 'payment', 'id': 'p1', 'on': '2026-02-20', 'amount': '500'}]
    """
    return [_plain_event(event) for event in events]


def _plain_event(event: Event) -> dict[str, Any]:
    plain = {"event": happening(event).value, **stated_fields(event)}
    if event.recorded == event.on:
        del plain["recorded"]
    if isinstance(event, Payment) and event.split:
        plain["split"] = dict(plain["split"])
    return plain


def events_to_json_lines(events: Iterable[Event]) -> str:
    r"""
    Return events as lines of JSON, which the reader reads.

    Args:
        events: The events.

    Returns:
        One object per line; see `events_document`.

    Raises:
        InputTypeError: If one is no event.

    Example:
        >>> from datetime import date
        >>> events_to_json_lines([Payment(id="p1", on=date(2026, 2, 20), amount="500")])
        '{"event": "payment", "id": "p1", "on": "2026-02-20", "amount": "500"}\n'
    """
    lines = [
        json.dumps(event, ensure_ascii=False) + "\n"
        for event in events_document(events)
    ]
    return "".join(lines)
