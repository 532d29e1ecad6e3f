"""When to remind of what is due, as `python -m loanmath remind` prints it."""

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import NamedTuple

from loanmath.account import Account
from loanmath.commands.answer import Answer
from loanmath.commands.lines import read_account
from loanmath.errors import InputValueError, TermsFileError
from loanmath.events import Disbursement
from loanmath.line_account import LineAccount
from loanmath.presets.cn import REMINDER_POLICY
from loanmath.reminders import Reminders, remind, to_icalendar
from loanmath.schedule import Schedule
from loanmath.serialization import read_events, read_terms

__all__ = ["FORMATS", "answer"]


class _Told(NamedTuple):
    """Reminders, what their source is called, and the language of sentences."""

    reminders: Reminders
    name: str
    lang: str


def answer(options: Namespace) -> Answer:
    """
    Return when to remind of what is due, by the usual policy of mainland China.

    A loan without events is taken as its plan; a line needs what happened on it.
    """
    source = _source(options.file, options.events)
    found = remind(source, options.since, options.until, REMINDER_POLICY.value)
    told = _Told(found, Path(options.file).stem, options.lang)
    return Answer(FORMATS[options.format](told))


def _source(file: str, events: str | None) -> Schedule | Account | LineAccount:
    try:
        loan = read_terms(file)
    except TermsFileError as error:
        # Only what calls itself a line is read as one.
        if not error.problems[0].startswith("type: got 'credit_line'"):
            raise
        return _line(file, events)
    if events is None:
        return loan.schedule()
    happened = read_events(events)
    undrawn = any(isinstance(event, Disbursement) for event in happened)
    return Account.open(loan, undrawn=undrawn).record(*happened)


def _line(file: str, events: str | None) -> LineAccount:
    if events is None:
        raise InputValueError(
            "events",
            got="none",
            allowed="a file of events, where the terms are of a line",
            do="name the file after that of the terms",
        )
    return read_account(file, events)


def _text(told: _Told) -> str:
    sentences = told.reminders.sentences(told.lang)
    said = [
        f"{reminder.on} {reminder.window} {reminder.stage.day}: {sentence}"
        for reminder, sentence in zip(told.reminders.rows, sentences, strict=True)
    ]
    return "\n\n".join([str(told.reminders), *(["\n".join(said)] if said else [])])


def _json(told: _Told) -> str:
    return json.dumps(told.reminders.document(told.lang), ensure_ascii=False, indent=2)


def _ical(told: _Told) -> str:
    # The day that was asked for, not the clock: the same question has the same bytes.
    stamped = datetime.combine(told.reminders.since, time())
    text = to_icalendar(
        told.reminders, name=told.name, stamped=stamped, lang=told.lang, alarms=True
    )
    return text.rstrip("\r\n")


FORMATS: Mapping[str, Callable[[_Told], str]] = {
    "text": _text,
    "csv": lambda told: told.reminders.to_csv().rstrip("\n"),
    "json": _json,
    "ical": _ical,
}
"""What reminders are printed as."""
