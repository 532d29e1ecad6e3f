"""
What each way to agree on a loan costs to plan, beside a level payment.

    python benchmarks/methods.py

The measure is a level payment of the same length, by the candidate's own day count and
read in the same way: its columns alone, or all rows, dated, with their amounts. Terms
are built before the clock starts. Every figure is the fastest of many rounds in which
all candidates run in turn.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from rounds import interleaved

from loanmath import (
    AddOnInterest,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FixedPrincipal,
    FloatingRate,
    GraduatedPayment,
    Holiday,
    Index,
    InstallmentLoan,
    InterestPayments,
    LevelPayment,
    Rate,
    SteppedPayment,
)

COUNTS = (12, 360)
LEVEL = {
    "1/12": "level payment, 1/12",
    "30/360 CN": "level payment, 30/360 CN",
    "ACT/365F": "level payment, ACT/365F",
}
INDEX = Index("index", {date(2025, 1, 1): "3.5%", date(2030, 1, 1): "4%"})
PAYMENT = {12: "860.67", 360: "59.96"}


def loan(count: int, **terms: Any) -> InstallmentLoan:
    """Return a loan of 10,000 at 6 %, by level payment unless told otherwise."""
    words = {
        "currency": "CNY",
        "principal": "10000",
        "disbursed": date(2026, 1, 15),
        "every": "monthly",
        "rate": Rate("6%/year"),
        "repayment": LevelPayment(count),
    }
    return InstallmentLoan(**(words | terms))


def methods(count: int) -> dict[str, InstallmentLoan]:
    """Return a loan by each repayment method, all of one length."""
    payment = PAYMENT[count]
    share = f"{10_000 / count:.2f}"
    repayments = {
        "level payment, second pass": LevelPayment(count, residue="second_pass"),
        "level payment, residue spread": LevelPayment(count, residue="spread"),
        "level payment, residue first": LevelPayment(count, residue="first"),
        "balloon, residue first": LevelPayment(count, balloon="3000", residue="first"),
        "level payment, balloon": LevelPayment(count, balloon="3000"),
        "fixed payment": FixedPayment(payment, count),
        "fixed payment, the term follows": FixedPayment(payment),
        "fixed principal": FixedPrincipal(share),
        "graduated payment": GraduatedPayment(count, "3%", shortfall="capitalize"),
        "add-on interest": AddOnInterest(count),
        "equal principal, balloon": EqualPrincipal(count, balloon="3000"),
    }
    found = {
        name: loan(count, repayment=repayment) for name, repayment in repayments.items()
    }
    found["stepped payment"] = loan(
        count,
        repayment=SteppedPayment(
            [(count // 2, "40"), (count // 2, None)], shortfall="capitalize"
        ),
    )
    # Earlier interest than level must not exceed the payment of a long loan.
    cheap = Rate("3%/year")
    rule_of_78 = AddOnInterest(count, earned="rule_of_78")
    found["add-on interest, rule of 78"] = loan(count, rate=cheap, repayment=rule_of_78)
    found["annuity due"] = loan(count, first_due=date(2026, 1, 15))
    return found


def terms(count: int) -> dict[str, InstallmentLoan]:
    """Return a level payment with each other term, all of one length."""
    due = {"day_count": "30/360 CN"}
    return {
        "principal holiday of three": loan(
            count, holidays=[Holiday(1, 3, "principal")]
        ),
        "rate reset yearly on a due date": loan(
            count, **due, rate=floating(date(2027, 1, 15))
        ),
        "rate reset yearly inside a period": loan(
            count, **due, rate=floating(date(2027, 1, 1))
        ),
        "interest monthly, principal quarterly": loan(
            count // 3,
            every="quarterly",
            day_count="ACT/365F",
            repayment=EqualPrincipal(count // 3),
            interest_payments=InterestPayments("monthly"),
        ),
        "one drawdown": loan(
            count,
            day_count="ACT/365F",
            drawdowns=[Drawdown(date(2026, 3, 1), "5000")],
        ),
        "a fee with every installment": loan(
            count, fees=[Fee("g", "0.1%", of="outstanding", due="installments")]
        ),
        "interest rounded per day": loan(
            count, day_count="ACT/365F", interest_rounded="day"
        ),
        "broken period paid apart": loan(
            count,
            day_count="ACT/365F",
            first_due=date(2026, 3, 1),
            broken_period="separate",
        ),
    }


def floating(first_reset: date) -> FloatingRate:
    """Return an index plus a spread, reset once a year."""
    return FloatingRate(INDEX, "2.5%", resets="yearly", first_reset=first_reset)


def columns(loan: InstallmentLoan) -> object:
    """Plan a loan, and read the columns of its schedule."""
    return loan.schedule().columns()


def rows(loan: InstallmentLoan) -> object:
    """Plan a loan, and read every row of its schedule."""
    return list(loan.schedule())


def ratios(count: int, read: Callable[[InstallmentLoan], object]) -> dict[str, float]:
    """Return how often each takes a level payment by its own day count."""
    loans = {name: loan(count, day_count=by) for by, name in LEVEL.items()}
    loans |= methods(count) | terms(count)
    timings = interleaved(
        {name: partial(read, candidate) for name, candidate in loans.items()},
        rounds=60,
    )
    return {
        name: timing.best / timings[LEVEL[loans[name].counted_by.name]].best
        for name, timing in timings.items()
    }


def main() -> None:
    """Print the table."""
    measured = [ratios(count, read) for read in (columns, rows) for count in COUNTS]
    heads = [f"{what}, n = {n}" for what in ("columns", "all rows") for n in COUNTS]
    print(f"| planning, as a multiple of a level payment | {' | '.join(heads)} |")
    print("| --- | --: | --: | --: | --: |")
    for name in list(measured[0])[len(LEVEL) :]:
        cells = [f"{found[name]:.2f}" for found in measured]
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
