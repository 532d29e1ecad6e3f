"""One reminder: when, why, of what, and what being late would cost."""

from datetime import date
from decimal import Decimal
from enum import Enum

from attrs import frozen

from loanmath.account import Amounts
from loanmath.reminders.policy import (
    ContactKind,
    ContactWindow,
    DailyLimits,
    ReminderStage,
)

__all__ = ["LateCost", "Reminder", "ReminderReason"]


class ReminderReason(Enum):
    """
    Why to remind.

    It is `COMING_DUE` (即将到期), `DUE_TODAY` (今日到期) or `PAST_DUE` (已逾期).
    """

    COMING_DUE = "coming_due"
    DUE_TODAY = "due_today"
    PAST_DUE = "past_due"


@frozen
class LateCost:
    """
    What being late for some days costs, nothing more being paid (逾期成本).

    Attributes:
        days: The days.
        on: The day that is so many days after the due date.
        charged: What it costs, by component, in major units.
        loses_free_period: Whether purchases lose a free period that they would have
            had; for a line alone.

    Example:
        >>> nothing = Decimal("0.00")
        >>> LateCost(1, date(2026, 2, 16),
        ...     Amounts(Decimal("0.47"), nothing, nothing, nothing, nothing)).total
        Decimal('0.47')
    """

    days: int
    on: date
    charged: Amounts
    loses_free_period: bool = False

    @property
    def total(self) -> Decimal:
        """All that it costs."""
        return self.charged.total


@frozen
class Reminder:
    """
    A day to remind on, what to remind of, and what is at stake (还款提醒).

    Attributes:
        on: The day.
        window: The hours of it at which contact is permitted, in local time.
        stage: The stage of the policy.
        kind: Whether it is a service notice or collection.
        limits: The daily limits that apply; none to a service notice.
        reason: Why.
        due: The day it is or was due.
        installments: The numbers of the installments of that day; none for a bill.
        statement: The statement day of the bill, where it is of a bill.
        currency: The currency of every amount.
        amount: The least that is to be paid, in major units: what is owed of the
            installments by the due date, after it on the day itself; of a bill, what is
            missing of its minimum.
        full: What pays all of it: of a bill, the bill; after its due date, all that
            is billed.
        days_late: The days since the due date.
        costs: What being late costs, by days; none for installments that are older
            than the account.

    Example:
        >>> from datetime import time
        >>> stage = ReminderStage(-1, "notice", ["message"])
        >>> reminder = Reminder(date(2026, 2, 14), ContactWindow(time(8), time(22)),
        ...     stage, ContactKind.SERVICE, None, ReminderReason.COMING_DUE,
        ...     date(2026, 2, 15), (1,), None, "CNY", Decimal("900.41"),
        ...     Decimal("900.41"), 0, ())
        >>> reminder.what, reminder.days_to_go
        ('installment 1', 1)
    """

    on: date
    window: ContactWindow
    stage: ReminderStage
    kind: ContactKind
    limits: DailyLimits | None
    reason: ReminderReason
    due: date
    installments: tuple[int, ...]
    statement: date | None
    currency: str
    amount: Decimal
    full: Decimal
    days_late: int
    costs: tuple[LateCost, ...]

    @property
    def what(self) -> str:
        """What it reminds of, in a few words."""
        if self.statement is not None:
            return f"bill of {self.statement}"
        numbers = ", ".join(map(str, self.installments))
        return f"installment{'s' * (len(self.installments) > 1)} {numbers}"

    @property
    def costs_to_come(self) -> tuple[LateCost, ...]:
        """What being late costs by the day itself or later."""
        return tuple(cost for cost in self.costs if cost.days >= self.days_late)

    @property
    def days_to_go(self) -> int:
        """The days until the due date; none after it."""
        return max((self.due - self.on).days, 0)
