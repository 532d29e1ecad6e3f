"""The reminders of a schedule, an account or a line, from one day to another."""

from collections.abc import Iterator, Sequence
from datetime import date

from loanmath.account import Account
from loanmath.currency import from_units
from loanmath.doors import LAST_DATE
from loanmath.errors import InputTypeError
from loanmath.events import Payment
from loanmath.line_account import LineAccount
from loanmath.reminders.bills import BillClaims
from loanmath.reminders.claims import (
    Claims,
    epochs,
    is_paused,
    planned,
    to_days,
    to_paused,
)
from loanmath.reminders.installments import InstallmentClaims
from loanmath.reminders.policy import ContactKind, ReminderPolicy, days_after
from loanmath.reminders.reminder import Reminder
from loanmath.reminders.reminders import Reminders
from loanmath.schedule import Schedule

__all__ = ["remind"]


def remind(
    source: Schedule | Account | LineAccount,
    since: date,
    until: date,
    policy: ReminderPolicy,
    *,
    paused: bool | Sequence[tuple[date, date]] = False,
) -> Reminders:
    """
    Return when to remind of what is due, and what being late would cost (还款提醒).

    An account or a line is taken as it was known on each day: what is paid by then, and
    recorded, is not reminded of. Nothing is known of a schedule but the plan: each
    installment is taken to be paid on its due date and seen to be the day after, so
    that there are notices and no collection. What the terms do not hold to be late, by
    days of grace or a tolerance, is not collected; of a bill whose minimum was paid in
    time, the rest is not.

    Formula: being late costs what the ledger charges the installments of the due date
    by so many days after it, nothing more being paid; interest on later installments
    too, where overdue principal goes on bearing. For a bill it is the interest and the
    default charges by then, less what they would be had this bill and those due since
    been paid in full on their due dates.

    Args:
        source: What is due: a schedule, an account or a line.
        since: The first day; days before the source begins have no reminders.
        until: The last day, included.
        policy: The stages, hours, limits and days off.
        paused: Whether collection is paused, as while an agreement is performed: on all
            days, or in spans of days, each with its first and last.

    Returns:
        The reminders by day, then by due date.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        DateRangeError: If a day is out of range, or two are in the wrong order.
        CalendarRangeError: If the calendar of the policy does not know a day.
        EventError: If what was known on a day cannot be booked by itself, such as a
            reversal of a payment that was recorded after it.

    Example:
        >>> from loanmath import InstallmentLoan, LevelPayment, PenaltyInterest, Rate
        >>> from loanmath.presets import cn
        >>> loan = InstallmentLoan(currency="CNY", principal="10000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("0.04%/day"),
        ...     repayment=LevelPayment(12), penalty=PenaltyInterest(multiple="1.5"))
        >>> found = remind(Account.open(loan), date(2026, 2, 12), date(2026, 2, 22),
        ...     cn.REMINDER_POLICY.value)
        >>> [(str(one.on), one.stage.day, str(one.amount)) for one in found.rows[2:4]]
        [('2026-02-15', 'T', '900.41'), ('2026-02-16', 'T+1', '900.88')]
        >>> [str(cost.total) for cost in found.rows[0].costs]
        ['0.47', '3.26', '13.98']

    Source: the calendar is common practice (recalled); that collection stops while a
    card's personalized agreement is performed: CBRC Order 2011 No. 2, art. 70, as told
    by wodefinance.com.
    """
    first, last = to_days(since, until, ("since", "until"))
    if type(policy) is not ReminderPolicy:
        raise InputTypeError("policy", got=policy, allowed="ReminderPolicy(...)")
    spans = to_paused(paused)
    found = [
        one
        for claims, start, end in _known(source, first, last, policy)
        for one in planned(claims, policy, start, end)
        if one.kind is ContactKind.SERVICE or not is_paused(spans, one.on)
    ]
    found.sort(key=_by_day)
    return Reminders(first, last, policy, tuple(found))


def _by_day(reminder: Reminder) -> tuple[date, date]:
    return reminder.on, reminder.due


def _known(
    source: object, first: date, last: date, policy: ReminderPolicy
) -> Iterator[tuple[Claims, date, date]]:
    """Yield what is known over spans of days, with their first and last."""
    if type(source) is Schedule:
        source = _paid_in_time(source)
    if type(source) is Account:
        since = max(first, source.loan.disbursed)
        for start, end in epochs(source.events, since, last):
            known = source.as_known_on(start)
            yield InstallmentClaims(known, policy.late_days), start, end
    elif type(source) is LineAccount:
        for start, end in epochs(source.events, first, last):
            line = source.as_known_on(start)
            yield BillClaims(line, end, policy.late_days), start, end
    else:
        raise InputTypeError(
            "source", got=source, allowed="a Schedule, an Account or a LineAccount"
        )


def _paid_in_time(schedule: Schedule) -> Account:
    """Return an account on which every installment is paid, and seen the day after."""
    columns, digits = schedule.columns(), schedule.loan.digits
    payments = [
        Payment(
            id=f"installment {number}",
            on=due,
            recorded=due if due == LAST_DATE else days_after(due, 1),
            amount=from_units(units, digits),
        )
        for number, (due, units) in enumerate(
            zip(columns["due"], columns["payment"], strict=True), start=1
        )
    ]
    return Account.open(schedule.loan).record(*payments)
