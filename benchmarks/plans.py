"""
What a restructured plan costs, beside the schedule and the fold that it rests on.

    python benchmarks/plans.py [rounds]

A loan of 12 and one of 360 level payments, a third of them paid on time, two late. The
plan re-ages what is overdue and adds six months. "Schedule" plans as many payments as a
loan of its own, "fold" records the events that the plan follows, and the ratio is the
plan, recorded, worked out or compared with the old, over the two together.
"""

import platform
import sys
from datetime import date, timedelta
from functools import partial

from rounds import interleaved

from loanmath import InstallmentLoan, LevelPayment, Rate
from loanmath.account import Account
from loanmath.events import Payment
from loanmath.restructuring import restructure
from loanmath.terms import PenaltyInterest
from loanmath.terms.concessions import Extension, ReAging

_ROUNDS = 20
CONCESSIONS = (ReAging(), Extension(months=6))


def agreed(count: int) -> InstallmentLoan:
    """Return the loan."""
    return InstallmentLoan(
        currency="CNY",
        principal="100000",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate("0.03%/day"),
        repayment=LevelPayment(count),
        penalty=PenaltyInterest(multiple="1.5"),
    )


def paid(loan: InstallmentLoan) -> tuple[list[Payment], date]:
    """Return a third of the payments on time, and a day two installments later."""
    rows = list(loan.schedule())
    third = len(rows) // 3
    payments = [
        Payment(id=f"p{row.number}", on=row.due, amount=row.payment)
        for row in rows[:third]
    ]
    return payments, rows[third + 1].due + timedelta(10)


def measured(count: int, rounds: int) -> None:
    """Print the times of one loan."""
    loan = agreed(count)
    events, on = paid(loan)
    opened = Account.open(loan)
    account = opened.record(*events)
    plan = restructure(account, on, *CONCESSIONS)
    event, left = plan.accept(id="r1"), plan.new.installments
    times = interleaved(
        {
            "schedule": lambda: list(agreed(left).schedule()),
            "fold": partial(opened.record, *events),
            "recorded": partial(account.record, event),
            "worked out": lambda: restructure(account, on, *CONCESSIONS).new,
            "compared": lambda: restructure(account, on, *CONCESSIONS).compare(),
        },
        rounds=rounds,
    )
    whole = times["schedule"].best + times["fold"].best
    print(f"{count} installments, {left} in the plan")
    for name, taken in times.items():
        ratio = f"{taken.best / whole:8.2f}"
        print(f"  {name:12}{taken.best * 1e3:10.3f} ms{ratio}")


if __name__ == "__main__":
    print(f"Python {platform.python_version()}; the ratio is to schedule and fold")
    for length in (12, 360):
        measured(length, int(sys.argv[1]) if sys.argv[1:] else _ROUNDS)
