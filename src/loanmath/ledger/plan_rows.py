"""The periods of the rows of a plan, as the ledger walks through them."""

from datetime import date
from typing import NamedTuple

from loanmath.schedule import Schedule
from loanmath.schedule.charges import own_date
from loanmath.schedule.detailed import detail
from loanmath.terms import InstallmentLoan

__all__ = ["PlanRows", "plan_rows"]

_OF_NO_PERIOD = -1


class PlanRows(NamedTuple):
    """
    The period of each row of a plan, as ordinals, and where it stands among periods.

    A row of a fee that falls due on a date of its own has no period: it stands, empty,
    at the start of the one that its date lies in, so that every day lies in the period
    of the row that earns on it.
    """

    start: tuple[int, ...]
    end: tuple[int, ...]
    period: tuple[int, ...]


def plan_rows(loan: InstallmentLoan, schedule: Schedule) -> PlanRows:
    """
    Return the periods of the rows of a plan.

    Example:
        >>> from loanmath.terms import Fee, FlatFee
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"),
        ...     fees=[Fee("stamp", "5", due=date(2026, 2, 20))])
        >>> rows = plan_rows(loan, loan.schedule())
        >>> rows.period, [str(date.fromordinal(day)) for day in rows.end]
        ((0, -1, 1), ['2026-02-15', '2026-02-15', '2026-03-15'])
    """
    columns = schedule.columns()
    starts = list(map(date.toordinal, columns["start"]))
    ends = list(map(date.toordinal, columns["end"]))
    if all(own_date(fee, loan) is None for fee in loan.fees):
        return PlanRows(tuple(starts), tuple(ends), tuple(range(len(starts))))
    periods = tuple(row.frame_row for row in detail(loan).rows)
    begun = starts[-1]
    for row in reversed(range(len(periods))):
        if periods[row] == _OF_NO_PERIOD:
            starts[row] = ends[row] = begun
        else:
            begun = starts[row]
    return PlanRows(tuple(starts), tuple(ends), periods)
