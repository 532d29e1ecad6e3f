"""Reminders as a table: text, CSV, Markdown, HTML and a document for JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from attrs import frozen

from loanmath.reminders.policy import ReminderPolicy
from loanmath.reminders.reminder import LateCost, Reminder
from loanmath.reminders.sentences import explain_reminder
from loanmath.schedule.printed import PrintedRecords
from loanmath.schedule.printing import (
    Table,
)
from loanmath.term_sheets import Language

__all__ = ["Reminders"]

_COMPONENTS = ("penalty", "compound", "fee", "interest")


@frozen(repr=False)
class Reminders(PrintedRecords):
    """
    Reminders from one day to another, by day (还款提醒计划).

    Attributes:
        since: The first day.
        until: The last day.
        policy: The policy that they follow.
        rows: The reminders.

    Example:
        >>> from datetime import time
        >>> from loanmath import FlatFee, InstallmentLoan
        >>> from loanmath.presets import cn
        >>> from loanmath.reminders import remind
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> print(remind(loan.schedule(), date(2026, 2, 12), date(2026, 2, 15),
        ...     cn.REMINDER_POLICY.value))
        Reminders from 2026-02-12 to 2026-02-15
        On          Hours        Stage        Kind     Of             Due         Amount    Full  Days late  Late 1  Late 7  Late 30
        2026-02-12  08:00-22:00  T-3 notice   service  installment 1  2026-02-15  530.00  530.00          0    0.00    0.00     0.00
        2026-02-14  08:00-22:00  T-1 notice   service  installment 1  2026-02-15  530.00  530.00          0    0.00    0.00     0.00
        2026-02-15  08:00-22:00  T due today  service  installment 1  2026-02-15  530.00  530.00          0    0.00    0.00     0.00
        >>> day = date(2026, 1, 15)
        >>> none = Reminders(day, day, cn.REMINDER_POLICY.value, ())
        >>> none.to_csv().strip().split(",")[:6]
        ['on', 'opens', 'closes', 'day', 'stage', 'kind']
        >>> none.to_csv().strip().split(",")[-6:]
        ['amount', 'full', 'days_late', 'cost_1', 'cost_7', 'cost_30']
    """  # noqa: E501 a row is one line

    since: date
    until: date
    policy: ReminderPolicy
    rows: tuple[Reminder, ...]

    def _table(self) -> Table:
        late = [f"Late {days}" for days in self.policy.late_days]
        header = ["On", "Hours", "Stage", "Kind", "Of", "Due", "Amount", "Full"]
        caption = f"Reminders from {self.since} to {self.until}"
        rows = [self._row(reminder) for reminder in self.rows]
        return Table(
            caption, [*header, "Days late", *late], rows, [], words=tuple(range(6))
        )

    def _row(self, reminder: Reminder) -> list[str]:
        costs = {cost.days: f"{cost.total:,f}" for cost in reminder.costs}
        return [
            str(reminder.on),
            str(reminder.window),
            f"{reminder.stage.day} {reminder.stage.name}",
            reminder.kind.value,
            reminder.what,
            str(reminder.due),
            f"{reminder.amount:,f}",
            f"{reminder.full:,f}",
            str(reminder.days_late),
            *(costs.get(days, "") for days in self.policy.late_days),
        ]

    def __repr__(self) -> str:
        return (
            f"<Reminders from {self.since} to {self.until}: {len(self.rows)} reminders>"
        )

    def sentences(self, lang: str | Language = "en") -> tuple[str, ...]:
        """
        Return each reminder as a sentence.

        Args:
            lang: The language: `"en"` or `"zh"`.

        Raises:
            InputTypeError: If the language is of a wrong type.
            UnknownNameError: If there is no such language.

        Example:
            >>> from loanmath.presets import cn
            >>> day = date(2026, 1, 15)
            >>> Reminders(day, day, cn.REMINDER_POLICY.value, ()).sentences()
            ()
        """
        return tuple(explain_reminder(one, lang) for one in self.rows)

    def document(self, lang: str | Language = "en") -> dict[str, Any]:
        """
        Return the reminders as a document for JSON, each with its sentence.

        Args:
            lang: The language of the sentences: `"en"` or `"zh"`.

        Raises:
            InputTypeError: If the language is of a wrong type.
            UnknownNameError: If there is no such language.

        Example:
            >>> from loanmath.presets import cn
            >>> day = date(2026, 1, 15)
            >>> Reminders(day, day, cn.REMINDER_POLICY.value, ()).document()["since"]
            '2026-01-15'
        """
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "reminders": [_document(one, lang) for one in self.rows],
        }

    def _records(self) -> list[Sequence[object]]:
        days = self.policy.late_days
        names = "on,opens,closes,day,stage,kind,channels,reason,of,due,currency"
        amounts = ["amount", "full", "days_late", *(f"cost_{late}" for late in days)]
        return [[*names.split(","), *amounts], *map(self._record, self.rows)]

    def _record(self, one: Reminder) -> list[object]:
        costs = {cost.days: cost.total for cost in one.costs}
        return [
            one.on,
            f"{one.window.opens:%H:%M}",
            f"{one.window.closes:%H:%M}",
            one.stage.day,
            one.stage.name,
            one.kind.value,
            " ".join(channel.value for channel in one.stage.channels),
            one.reason.value,
            one.what,
            one.due,
            one.currency,
            one.amount,
            one.full,
            one.days_late,
            *(costs.get(late, "") for late in self.policy.late_days),
        ]


def _document(one: Reminder, lang: str | Language) -> dict[str, Any]:
    statement = one.statement
    return {
        "on": one.on.isoformat(),
        "opens": f"{one.window.opens:%H:%M}",
        "closes": f"{one.window.closes:%H:%M}",
        "day": one.stage.day,
        "stage": one.stage.name,
        "channels": [channel.value for channel in one.stage.channels],
        "kind": one.kind.value,
        "limits": None
        if one.limits is None
        else {"effective": one.limits.effective, "attempts": one.limits.attempts},
        "reason": one.reason.value,
        "due": one.due.isoformat(),
        "installments": list(one.installments),
        "statement": None if statement is None else statement.isoformat(),
        "currency": one.currency,
        "amount": f"{one.amount:f}",
        "full": f"{one.full:f}",
        "days_late": one.days_late,
        "costs": [_cost(cost) for cost in one.costs],
        "sentence": explain_reminder(one, lang),
    }


def _cost(cost: LateCost) -> dict[str, Any]:
    parts = cost.charged._asdict()
    return {
        "days": cost.days,
        "on": cost.on.isoformat(),
        **{name: f"{parts[name]:f}" for name in _COMPONENTS},
        "total": f"{cost.total:f}",
        "loses_free_period": cost.loses_free_period,
    }
