"""What was agreed anew in a Fineract scenario, as the terms that then hold."""

from datetime import date, timedelta

from attrs import evolve

from engines.cases import Case
from loanmath import (
    DayCount,
    FixedPayment,
    InstallmentLoan,
    LevelPayment,
    Rate,
    SteppedPayment,
)
from loanmath.recurrence import Step, step_dates
from loanmath.terms import SteppedRate


def rescheduled(
    loan: InstallmentLoan, every: Step, events: list[Case]
) -> InstallmentLoan:
    """Return the loan with what was agreed anew, in the order it was."""
    for event in events:
        if event["kind"] != "reschedule":
            continue
        since = date.fromisoformat(event["reschedule_from_date"])
        if "new_interest_rate" in event:
            loan = _with_rate(loan, since, event["new_interest_rate"])
        more = int(event.get("extra_terms", 0))
        kept = sum(row.due < since for row in loan.schedule())
        payment = str(loan.schedule()[0].payment)
        if more:
            loan = _with_more(loan, every, kept, more)
        if "adjusted_due_date" in event:
            due = date.fromisoformat(event["adjusted_due_date"])
            loan = _with_due(loan, every, kept, due)
            if not more and loan.schedule().totals.interest:
                # The payment stays, and the last one takes what is left.
                fixed = FixedPayment(payment, len(loan.schedule()))
                loan = evolve(loan, repayment=fixed)
    return loan


def _counted_by_dates(loan: InstallmentLoan) -> DayCount:
    """Return how days are counted once due dates are not whole steps apart."""
    by_months = loan.counted_by.name == "1/12"
    return DayCount("30/360 CN") if by_months else loan.counted_by


def _with_rate(loan: InstallmentLoan, since: date, percent: str) -> InstallmentLoan:
    changes: dict[date, Rate] = {}
    initial = loan.rate
    if isinstance(initial, SteppedRate):
        changes = dict(initial.changes)
        initial = initial.initial
    assert isinstance(initial, Rate)
    rate = Rate(f"{percent}%/{initial.per.value}")
    # A day that is interest's is the one that ends a span.
    since -= timedelta(days=1)
    if since <= loan.disbursed:
        return evolve(loan, rate=rate)
    level = loan.repayment
    assert isinstance(level, LevelPayment)
    return evolve(
        loan,
        rate=SteppedRate(initial, {**changes, since: rate}),
        # A second pass over payments is not to be had where the rate changes.
        repayment=evolve(level, residue="last"),
    )


def _with_more(
    loan: InstallmentLoan, every: Step, kept: int, more: int
) -> InstallmentLoan:
    """Return the loan with more installments, and one payment from a row on."""
    level = loan.repayment
    assert isinstance(level, LevelPayment)
    if isinstance(loan.every, tuple):
        last = loan.every[-1]
        extra = step_dates(last, every, more + 1, last.day)
        loan = evolve(loan, every=(*loan.every, *list(extra)[1:]))
    if not kept:
        return evolve(loan, repayment=evolve(level, count=level.count + more))
    stages = [
        (kept, loan.schedule()[0].payment),
        (level.count - kept + more, None),
    ]
    stepped = SteppedPayment(stages, rounding=level.rounding)
    return evolve(loan, repayment=stepped)


def _with_due(
    loan: InstallmentLoan, every: Step, kept: int, due: date
) -> InstallmentLoan:
    """Return the loan with the due dates from a row on counted from another day."""
    rows = loan.schedule()
    before = [row.due for row in rows][:kept]
    after = step_dates(due, every, len(rows) - kept, due.day)
    return evolve(
        loan,
        every=(*before, *after),
        first_due=None,
        due_day=None,
        day_count=_counted_by_dates(loan),
    )
