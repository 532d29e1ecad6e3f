"""How contract interest grows inside the periods of a plan, exactly."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from math import lcm

from attrs import frozen

from loanmath.ledger.pauses import Pauses
from loanmath.ledger.plan_rows import plan_rows
from loanmath.schedule import Schedule, rate_path
from loanmath.schedule.frame import frame
from loanmath.terms import InstallmentLoan, SinglePayment
from loanmath.terms.replanning import can_be_replanned

__all__ = ["RowGrowth", "row_growth"]


@frozen(slots=False)
class RowGrowth:
    """
    The growth of each row, and how much of it has passed on a day.

    Attributes:
        factors: What a balance grows by in each row, as a numerator.
        unit: The denominator of factors.
        replans: Whether rows can be planned anew from a balance: interest follows what
            is owed, rounded once a period and due with its installment.
    """

    factors: tuple[int, ...]
    unit: int
    replans: bool
    _loan: InstallmentLoan
    _starts: tuple[int, ...]
    _ends: tuple[int, ...]
    _path: tuple[tuple[date, int], ...]
    _pauses: Pauses

    def whole(self, row: int) -> int:
        """Return the weight of a whole row, at least 1, pauses and all."""
        return self._weight(row, self._ends[row]) or 1

    def passed(self, row: int, day: int) -> int:
        """Return the weight of a row that bore up to a day, a share of `whole`."""
        weight = self._weight(row, day)
        if self._pauses:
            weight -= self._paused(row, self._starts[row], day)
        return weight

    def between(self, row: int, since: int, until: int) -> int:
        """Return the weight of a row that bore from one day of it to another."""
        if self._counts_days and not self._pauses:
            return until - since
        return self.passed(row, until) - self.passed(row, since)

    def left(self, row: int, day: int) -> int:
        """Return the weight of a row that is to bear from a day on."""
        paused = self._paused(row, day, self._ends[row])
        return self.whole(row) - self._weight(row, day) - paused

    def from_day(self, rows: Sequence[int], day: int) -> tuple[list[int], int]:
        """Return how rows grow from a day on, as numerators, and their denominator."""
        partial = {
            row: self.whole(row)
            for row in rows
            if self._starts[row] < day or self._has_pause(row)
        }
        scale = lcm(*partial.values())
        factors = [self.factors[row] * scale for row in rows]
        for place, row in enumerate(rows):
            if row in partial:
                factors[place] = factors[place] // partial[row] * self.left(row, day)
        return factors, self.unit * scale

    def _has_pause(self, row: int) -> bool:
        start, end = self._starts[row], self._ends[row]
        return any(since < end and start < until for since, until in self._pauses)

    def _paused(self, row: int, since: int, until: int) -> int:
        """Return the weight of the days of a row between two that bear nothing."""
        return sum(
            self._weight(row, min(until, ended)) - self._weight(row, max(since, begun))
            for begun, ended in self._pauses
            if begun < until and since < ended
        )

    @cached_property
    def _counts_days(self) -> bool:
        """Whether every actual day of a row weighs the same."""
        by = self._loan.counted_by
        one_rate = len(self._path) == 1 and (by.basis is None or by.counts_actual_days)
        return one_rate or not self.replans

    def _weight(self, row: int, until: int) -> int:
        """Return the weight of a row up to a day, pauses and all."""
        first, until = self._starts[row], min(until, self._ends[row])
        if until <= first:
            return 0
        if self._counts_days:
            return until - first
        start, day = date.fromordinal(first), date.fromordinal(until)
        if len(self._path) == 1:
            return self._days(start, day)
        cuts = [cut for cut, _ in self._path if start < cut < day]
        total = 0
        for since, cut in pairwise([start, *cuts, day]):
            rate = [rate for begins, rate in self._path if begins <= since][-1]
            total += rate * self._days(since, cut)
        return total

    def _days(self, start: date, day: date) -> int:
        by = self._loan.counted_by
        if by.basis is None or by.counts_actual_days:
            return (day - start).days
        return by.days(start, day)


def row_growth(
    loan: InstallmentLoan, schedule: Schedule, pauses: Pauses = ()
) -> RowGrowth:
    """
    Return how the rows of a plan grow, if nothing does in pauses.

    Formula: of a row's factor, the share `weight(day) / weight(end)` has passed on a
    day, where a weight is the sum over rates of rate times days: actual days, or those
    of a count by months of 30 days.
    """
    rows = plan_rows(loan, schedule)
    replans = can_be_replanned(loan)
    factors, unit = (0,) * len(schedule), 1
    path = [(loan.disbursed, 1)]
    if replans:
        # One row may stand for the steps of a single payment.
        single = isinstance(loan.repayment, SinglePayment)
        count = loan.repayment.count if single else None
        found = frame(loan, count or max(rows.period) + 1)
        # The row of a fee alone earns nothing.
        grown = [*found.growth.factors, 0]
        factors = tuple(grown[period] for period in rows.period)
        unit = found.growth.denominator
        rates = rate_path(loan, date.fromordinal(rows.end[-1]))
        common = lcm(*(rate.value.denominator for _, rate in rates))
        path = [(cut, int(rate.value * common)) for cut, rate in rates]
    return RowGrowth(
        factors, unit, replans, loan, rows.start, rows.end, tuple(path), pauses
    )
