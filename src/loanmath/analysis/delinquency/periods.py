"""Which payment periods of an account were paid, and facts that follow from them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from attrs import evolve

from loanmath.account import Account
from loanmath.account.history import history_of
from loanmath.analysis.delinquency.buckets import M_STAGES
from loanmath.analysis.delinquency.counting import Pause
from loanmath.analysis.delinquency.lateness import AnyAccount, first_day, to_day
from loanmath.analysis.delinquency.loan_classes import LoanFacts
from loanmath.analysis.delinquency.stages import cures_of
from loanmath.analysis.delinquency.standing import delinquency
from loanmath.errors import UnknownNameError

__all__ = ["due_days", "loan_facts", "paid_periods"]

_STATED = (
    "is_technical",
    "before",
    "again",
    "bad_share",
    "overdue_share",
    "judged",
)


def due_days(account: AnyAccount, since: date, until: date) -> tuple[date, ...]:
    """
    Return the due days of an account from one day to another, both included.

    Of a line, those of bills of which something was due.

    Example:
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "6%"))
        >>> len(due_days(Account.open(loan), date(2026, 2, 15), date(2026, 4, 14)))
        2
    """
    if isinstance(account, Account):
        found = history_of(account).dues_between(since.toordinal(), until.toordinal())
        return tuple(map(date.fromordinal, found))
    bills = account.statements(until)
    return tuple(
        bill.due for bill in bills if bill.closing > 0 and since <= bill.due <= until
    )


def _first_unpaid(account: AnyAccount, on: date) -> date | None:
    """Return the oldest due date, not after a day, of which something is unpaid."""
    if isinstance(account, Account):
        found = [
            row.due
            for row in account.position(on).installments
            if row.due <= on and any(row.owed[2:])
        ]
    else:
        entries = account.entries_until(on.toordinal())
        dues = entries[-1].after.dues if entries else ()
        found = [date.fromordinal(due.due) for due in dues]
    return min((due for due in found if due <= on), default=None)


def paid_periods(account: AnyAccount, since: date, on: date) -> int:
    """
    Return how many due days in a row, from a day on, were followed by payment.

    Formula: the due days from the first to the day, before the oldest of which
    something is unpaid (penalty left out).

    Example:
        >>> from loanmath import FlatFee, InstallmentLoan, Payment
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> account = Account.open(loan).record(
        ...     Payment(id="p1", on=date(2026, 2, 15), amount="530"))
        >>> paid_periods(account, date(2026, 1, 16), date(2026, 4, 1))
        1
    """
    unpaid = _first_unpaid(account, on)
    days = due_days(account, since, on)
    return sum(1 for due in days if unpaid is None or due < unpaid)


def loan_facts(
    account: AnyAccount,
    on: date,
    *,
    restructured: date | None = None,
    pauses: Sequence[Pause] = (),
    **stated: Any,
) -> LoanFacts:
    """
    Return what an account's ledger says of its class, with what is stated.

    The ledger says the days past due; since when nothing is past due (from the day the
    account was opened, where nothing ever was); and how many due days after that, and
    from the first one that a restructuring agreed on, were paid.

    Args:
        account: The account of a loan or of a line.
        on: The day, not before the account.
        restructured: The first payment date that a restructuring agreed on, if any.
        pauses: Days that do not count as past due.
        stated: Other facts of `LoanFacts`, which no ledger has: `is_technical`,
            `before`, `again`, `bad_share`, `overdue_share`, `judged`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If a fact is not one of these.
        LimitError: If a number is out of range.
        DateRangeError: If a day is out of range.
        TermsError: If facts contradict each other.

    Example:
        >>> from loanmath import FlatFee, InstallmentLoan, Payment
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(4, "6%"))
        >>> account = Account.open(loan).record(
        ...     Payment(id="p1", on=date(2026, 2, 25), amount="265"),
        ...     Payment(id="p2", on=date(2026, 3, 15), amount="265"))
        >>> facts = loan_facts(account, date(2026, 4, 1), before="substandard")
        >>> str(facts.cleared), facts.periods_paid
        ('2026-02-25', 1)
    """
    day = to_day(account, on)
    late = delinquency(account, day, M_STAGES, pauses=pauses).days_past_due
    cures, now = cures_of(account, day, pauses=pauses)
    facts = LoanFacts(on=day, days_past_due=late, restructured=restructured)
    if facts.restructured is not None and facts.restructured <= day:
        observed = paid_periods(account, facts.restructured, day)
        facts = evolve(facts, periods_observed=observed)
    if now is None:
        cleared = cures[-1].on if cures else first_day(account)
        following = date.fromordinal(cleared.toordinal() + 1)
        paid = paid_periods(account, following, day) if following <= day else 0
        facts = evolve(facts, cleared=cleared, periods_paid=paid)
    for name in stated:
        if name not in _STATED:
            raise UnknownNameError("fact", got=name, allowed=", ".join(_STATED))
    return evolve(facts, **stated)
