"""
The physical floor of a ledger: one payment on an installment loan, in plain integers.

Penalty on overdue principal from the due date, rounded half-up by installment; the
oldest installment first, each by penalty, fee, interest, principal. No dates, no other
terms, no explanation: what a person would write for exactly this contract.
"""

from typing import NamedTuple

__all__ = ["Owed", "paid"]


class Owed(NamedTuple):
    """What is owed, by component and row, in cents."""

    penalty: tuple[int, ...]
    fee: tuple[int, ...]
    interest: tuple[int, ...]
    principal: tuple[int, ...]
    sums: tuple[int, ...]
    since: int
    credit: int


def paid(
    owed: Owed, due: tuple[int, ...], rate: int, unit: int, day: int, amount: int
) -> tuple[Owed, int]:
    """Return what is owed after a payment on a day, and the days past due before it."""
    penalty, fee = list(owed.penalty), list(owed.fee)
    interest, principal = list(owed.interest), list(owed.principal)
    sums, half, late = list(owed.sums), unit // 2, 0
    for row, on in enumerate(due):
        if on >= day:
            break
        base = principal[row]
        if base:
            first = on if on > owed.since else owed.since  # noqa: FURB136 faster
            before = sums[row]
            sums[row] = after = before + base * rate * (day - first)
            penalty[row] += (after + half) // unit - (before + half) // unit
        if not late and (base or interest[row] or fee[row]):
            late = day - on
    for row in range(len(due)):
        if not amount:
            break
        for column in (penalty, fee, interest, principal):
            taken = min(amount, column[row])
            column[row] -= taken
            amount -= taken
    after_all = Owed(
        tuple(penalty),
        tuple(fee),
        tuple(interest),
        tuple(principal),
        tuple(sums),
        day,
        owed.credit + amount,
    )
    return after_all, late
