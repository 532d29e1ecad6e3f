"""What an account did over its last bills, installments and months, as numbers."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from loanmath.account import Account
from loanmath.currency import to_units
from loanmath.line_account import LineAccount
from loanmath.recurrence import shift_months

__all__ = [
    "bill_outcomes",
    "days_late_of_line",
    "days_late_of_loan",
    "month_ends",
    "slope",
    "used_and_limit",
]


def slope(values: Sequence[Fraction]) -> Fraction:
    """
    Return the slope of a least-squares line through values one step apart.

    Formula: `sum((k - mean_k) * (v_k - mean_v)) / sum((k - mean_k)**2)`.

    Args:
        values: Two values or more.

    Example:
        >>> slope([Fraction(1), Fraction(3), Fraction(2)])
        Fraction(1, 2)
    """
    middle = Fraction(len(values) - 1, 2)
    mean = sum(values, Fraction(0)) / len(values)
    steps = [k - middle for k in range(len(values))]
    above = sum(
        (step * (value - mean) for step, value in zip(steps, values, strict=True)),
        Fraction(0),
    )
    return above / sum((step * step for step in steps), Fraction(0))


def month_ends(first: date, on: date, count: int) -> list[date]:
    """
    Return the last days of the last months that ended by a day, from a first day on.

    Example:
        >>> [str(day) for day in month_ends(date(2026, 1, 15), date(2026, 4, 1), 2)]
        ['2026-02-28', '2026-03-31']
    """
    found: list[date] = []
    day = on.replace(day=monthrange(on.year, on.month)[1])
    while len(found) < count and day >= first:
        if day <= on:
            found.append(day)
        day = shift_months(day, -1, roll_day=31)
    return found[::-1]


def used_and_limit(account: LineAccount, on: date) -> tuple[int, int]:
    """
    Return what occupies the limit on a day, and the limit, in units.

    Example:
        >>> from loanmath import Purchase
        >>> from loanmath.presets import cn
        >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1)).record(
        ...     Purchase(id="u1", on=date(2026, 3, 2), amount="1000"))
        >>> used_and_limit(account, date(2026, 3, 2))
        (100000, 500000)
    """
    limit = to_units(account.position(on).limit, account.line.digits, "limit")
    return account.used_units(on), limit


def days_late_of_loan(account: Account, on: date) -> list[int]:
    """
    Return the days by which each installment that was due was late, in order.

    Formula: `max(cleared - due, 0)`, of what is unpaid `on - due`.

    Example:
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> days_late_of_loan(Account.open(loan), date(2026, 3, 20))
        [33, 5]
    """
    return [
        (row.cleared - row.due).days
        if row.cleared is not None and row.cleared > row.due
        else row.days_past_due
        for row in account.position(on).installments
        if row.due <= on
    ]


def days_late_of_line(account: LineAccount, on: date) -> list[int]:
    """
    Return the days by which each minimum that was due was late, in order.

    Formula: as for installments, up to the day on which nothing of it was missing.

    Example:
        >>> from loanmath import Payment, Purchase
        >>> from loanmath.presets import cn
        >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1)).record(
        ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"),
        ...     Payment(id="p1", on=date(2026, 4, 13), amount="1000"))
        >>> days_late_of_line(account, date(2026, 4, 30))
        [3]
    """
    late: dict[int, int] = {}
    missing: set[int] = set()
    for entry in account.entries_until(on.toordinal()):
        now = {due.due for due in entry.after.dues}
        late |= {due: max(entry.day - due, 0) for due in missing - now}
        missing = now
    late |= {due: on.toordinal() - due for due in missing}
    return [late[due] for due in sorted(late) if due <= on.toordinal()]


def bill_outcomes(account: LineAccount, on: date) -> list[str]:
    """
    Return what was paid in time of each bill that was decided by a day, in order.

    Returns:
        `"in full"`, `"minimum"` (the minimum or more, not all) or `"missed"`; bills of
        which nothing was due are left out.

    Example:
        >>> from loanmath import Payment, Purchase
        >>> from loanmath.presets import cn
        >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1)).record(
        ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"),
        ...     Payment(id="p1", on=date(2026, 4, 10), amount="100"))
        >>> bill_outcomes(account, date(2026, 4, 11))
        ['minimum']
    """
    words = {
        "paid in full": "in full",
        "not paid in full": "minimum",
        "minimum missed": "missed",
    }
    found: dict[int, str] = {}
    for entry in account.entries_until(on.toordinal()):
        bill = entry.bill
        if entry.rule in words and bill is not None and bill.balance > 0:
            found[bill.cycle.cut] = words[entry.rule]
    return list(found.values())
