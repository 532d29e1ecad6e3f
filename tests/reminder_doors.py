"""The doors of reminders, for the fuzzing of every door."""

from datetime import date, datetime, time

import loanmath
from loanmath import reminders
from loanmath.presets import cn
from loanmath.reminders import (
    ContactAttempt,
    ContactWindow,
    DailyLimits,
    ReminderPolicy,
    ReminderStage,
)

__all__ = ["REMINDER_DOORS"]

LOAN = loanmath.InstallmentLoan(
    currency="CNY",
    principal="10000",
    disbursed=date(2026, 1, 15),
    every=loanmath.MONTHLY,
    rate=loanmath.Rate("1%/month"),
    repayment=loanmath.LevelPayment(3),
)
ACCOUNT = loanmath.Account.open(LOAN)
LINE = loanmath.LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1)).record(
    loanmath.Purchase(id="u1", on=date(2026, 3, 30), amount="1000")
)
SOURCES = [LOAN.schedule(), ACCOUNT]
POLICY = cn.REMINDER_POLICY.value
SINCE, UNTIL = date(2026, 2, 12), date(2026, 4, 12)
FOUND = reminders.remind(ACCOUNT, SINCE, UNTIL, POLICY)
WINDOW = ContactWindow(time(8), time(22))
LIMITS = DailyLimits(effective=3, attempts=6)
STAGE = ReminderStage(1, "early", ["robot"])
STAMPED = datetime(2026, 2, 1)


def _policy(**terms):
    """A policy of which some terms are hostile."""
    return ReminderPolicy(
        **({"stages": [STAGE], "window": WINDOW, "limits": LIMITS} | terms)
    )


REMINDER_DOORS = {
    "ContactWindow": lambda v: ContactWindow(v(), v()),
    "ContactWindow.holds": lambda v: WINDOW.holds(v()),
    "DailyLimits": lambda v: DailyLimits(effective=v(), attempts=v()),
    "ReminderStage": lambda v: ReminderStage(v(), v(), v()),
    "ReminderStage channels": lambda v: ReminderStage(v(), "early", [v()]),
    "ReminderPolicy": lambda v: ReminderPolicy(stages=v(), window=v(), limits=v()),
    "ReminderPolicy stages": lambda v: _policy(stages=[v(), STAGE]),
    "ReminderPolicy terms": lambda v: _policy(
        notices_through=v(), late_days=v(), calendar=v()
    ),
    "ReminderPolicy days": lambda v: _policy(late_days=[v(), 7]),
    "ReminderPolicy.kind_of": lambda v: POLICY.kind_of(v()),
    "ReminderPolicy.day_of": lambda v: POLICY.day_of(STAGE, v()),
    "remind": lambda v: reminders.remind(v(), v(), v(), v()),
    "remind days": lambda v: reminders.remind(v.pick.choice(SOURCES), v(), v(), POLICY),
    "remind until": lambda v: reminders.remind(
        v.pick.choice(SOURCES), SINCE, v(), POLICY
    ),
    "remind line": lambda v: reminders.remind(LINE, v(), UNTIL, POLICY),
    "remind paused": lambda v: reminders.remind(
        ACCOUNT, SINCE, UNTIL, POLICY, paused=v.pick.choice([v(), [v()], [(v(), v())]])
    ),
    "explain_reminder": lambda v: reminders.explain_reminder(v(), v()),
    "explain_reminder lang": lambda v: reminders.explain_reminder(FOUND.rows[0], v()),
    "Reminders.sentences": lambda v: FOUND.sentences(v()),
    "Reminders.document": lambda v: FOUND.document(v()),
    "ContactAttempt": lambda v: ContactAttempt(
        v(), effective=v(), agreed=v(), name=v()
    ),
    "ContactAttempt at": lambda v: ContactAttempt(v(), effective=True),
    "check_attempts": lambda v: reminders.check_attempts(v(), v(), paused=v()),
    "check_attempts log": lambda v: reminders.check_attempts([v(), v()], POLICY),
    "to_icalendar": lambda v: reminders.to_icalendar(v(), name=v(), stamped=v()),
    "to_icalendar terms": lambda v: reminders.to_icalendar(
        FOUND, name=v(), stamped=STAMPED, lang=v(), alarms=v()
    ),
    "to_icalendar name": lambda v: reminders.to_icalendar(
        FOUND, name=v(), stamped=STAMPED
    ),
}
