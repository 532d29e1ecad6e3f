"""Reminders as an iCalendar file, by the package `icalendar` (extra `calendar`)."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from loanmath.doors import to_flag
from loanmath.errors import InputTypeError, LimitError, MissingExtraError
from loanmath.reminders.policy import to_local, to_name
from loanmath.reminders.reminder import Reminder
from loanmath.reminders.reminders import Reminders
from loanmath.reminders.sentences import explain_reminder, title_of
from loanmath.term_sheets import Language

__all__ = ["to_icalendar"]

_MOST_NAME = 200


def to_icalendar(
    reminders: Reminders,
    *,
    name: str,
    stamped: datetime,
    lang: str | Language = "en",
    alarms: bool = False,
) -> str:
    r"""
    Return reminders as the text of an iCalendar file; nothing is sent (日历文件).

    Each is an event of its day from the opening of its hours to their close, in
    floating local time; it does not block time. What is given decides every byte.

    Args:
        reminders: The reminders.
        name: What to call the source, such as the id of an account; a reminder's UID is
            made of it, the due date and the stage, so that it is the same when the file
            is made anew.
        stamped: When the file is made, in UTC, without a zone.
        lang: The language: `"en"` or `"zh"`.
        alarms: Whether each event has an alarm as its hours open.

    Returns:
        Text with lines that end in CR LF, to be encoded as UTF-8.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If the time has a zone, or the name does not print.
        UnknownNameError: If there is no such language.
        LimitError: If the name is empty or has more than 200 characters.
        MissingExtraError: If the package `icalendar` is not installed.

    Example:
        >>> from datetime import date
        >>> from loanmath import FlatFee, InstallmentLoan
        >>> from loanmath.presets import cn
        >>> from loanmath.reminders import remind
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> found = remind(loan.schedule(), date(2026, 2, 12), date(2026, 2, 12),
        ...     cn.REMINDER_POLICY.value)
        >>> text = to_icalendar(found, name="A-1", stamped=datetime(2026, 2, 1))
        >>> print(*text.splitlines()[4:9], sep="\n")
        SUMMARY:CNY 530.00 due on 2026-02-15: installment 1
        DTSTART:20260212T080000
        DTEND:20260212T220000
        DTSTAMP:20260201T000000Z
        UID:A-1/2026-02-15/T-3@loanmath

    Source: RFC 5545 (recalled, not checked against the text).
    """
    if type(reminders) is not Reminders:
        raise InputTypeError("reminders", got=reminders, allowed="Reminders(...)")
    if not 1 <= len(to_name(name)) <= _MOST_NAME:
        raise LimitError("name", got=name, allowed=f"1 to {_MOST_NAME} characters")
    to_flag(alarms, "alarms")
    stamp = to_local(stamped, "stamped").replace(microsecond=0, tzinfo=UTC)
    package = _package()
    calendar = package.Calendar()
    calendar.add("prodid", "-//loanmath//reminders//EN")
    calendar.add("version", "2.0")
    for reminder in reminders.rows:
        event = _event(package, reminder, lang)
        event.add("uid", f"{name}/{reminder.due}/{reminder.stage.day}@loanmath")
        event.add("dtstamp", stamp)
        if alarms:
            event.add_component(_alarm(package, reminder, lang))
        calendar.add_component(event)
    return str(calendar.to_ical().decode("utf-8"))


def _event(package: Any, reminder: Reminder, lang: str | Language) -> Any:
    event, window = package.Event(), reminder.window
    event.add("summary", title_of(reminder, lang))
    event.add("description", explain_reminder(reminder, lang))
    event.add("dtstart", datetime.combine(reminder.on, window.opens))
    event.add("dtend", datetime.combine(reminder.on, window.closes))
    event.add("categories", [reminder.kind.value, reminder.stage.name])
    event.add("transp", "TRANSPARENT")
    return event


def _alarm(package: Any, reminder: Reminder, lang: str | Language) -> Any:
    alarm = package.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title_of(reminder, lang))
    alarm.add("trigger", timedelta(0))
    return alarm


def _package() -> Any:
    try:
        return import_module("icalendar")
    except ImportError:
        raise MissingExtraError(
            "iCalendar file",
            got="not installed",
            allowed="the extra 'calendar'",
            do="pip install 'loanmath[calendar]'",
        ) from None
