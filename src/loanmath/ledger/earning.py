"""What is lent and earned by a day, where a plan holds more than that in its rows."""

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from loanmath.arithmetic import CARRIED
from loanmath.currency import to_units
from loanmath.schedule.detailed import Detail, detail
from loanmath.terms import InstallmentLoan

__all__ = ["Earning", "earning"]


@frozen
class Earning:
    """
    How principal comes about by the day, and interest that keeps to its plan is earned.

    Interest of a row may be paid with a later one, or join the principal; principal may
    be drawn after the rows that repay it were planned.

    Attributes:
        start: The first day of each row of the plan, as an ordinal.
        end: The day each row's period ends on.
        opening: The principal that each row starts with, in units.
        weights: What is earned in each row, as exact numerators of one unit.
        pays: The row with which the interest of each row is paid, or joins.
        joins: The interest that joins the principal as each row ends, in units.
        drawn: Principal that is drawn later than the loan begins, with its day.
    """

    start: tuple[int, ...]
    end: tuple[int, ...]
    opening: tuple[int, ...]
    weights: tuple[int, ...]
    pays: tuple[int, ...]
    joins: tuple[int, ...]
    drawn: tuple[tuple[int, int], ...]

    def to_come(self, day: int) -> int:
        """Return what rows hold of principal that is not drawn, or not joined, yet."""
        joins = zip(self.end, self.joins, strict=True)
        return sum(units for on, units in (*self.drawn, *joins) if on > day)

    def ahead_of(self, start: int) -> int:
        """Return what rows hold that a period of some first day does not open with."""
        drawn_first = sum(units for on, units in self.drawn if on == start)
        return self.to_come(start) + drawn_first

    def drawn_between(self, since: int, day: int) -> int:
        """Return the principal drawn after one day, up to another."""
        return sum(units for on, units in self.drawn if since < on <= day)

    def passed(self, row: int, day: int) -> Fraction:
        """
        Return the share of a payment of interest that is earned by a day.

        Formula: of each row that is paid with it, the share of its `principal * days`
        so far; weighed by what the rows earn.

        Args:
            row: A row that is paid with it.
            day: The day.
        """
        pays = self.pays[row]
        rows = range(self.pays.index(pays), pays + 1)
        earned = (self.weights[each] * self._share(each, day) for each in rows)
        whole = sum(self.weights[each] for each in rows)
        return sum(earned, Fraction(0)) / (whole or 1)

    def _share(self, row: int, day: int) -> Fraction:
        """Return what part of the principal of a row, day by day, was lent by a day."""
        whole = self._lent_days(row, self.end[row])
        return Fraction(self._lent_days(row, min(day, self.end[row])), whole or 1)

    def _lent_days(self, row: int, day: int) -> int:
        start, end = self.start[row], self.end[row]
        more = [(on, units) for on, units in self.drawn if start <= on < end]
        held = ((start, self.opening[row]), *more)
        return sum(units * max(day - since, 0) for since, units in held)


def earning(loan: InstallmentLoan) -> Earning | None:
    """
    Return how a plan is earned, or nothing where each row pays what it earns itself.

    With drawings, holidays or interest dates of its own, it may not.

    Raises:
        ScheduleError: If no plan follows from the terms.
    """
    dates = loan.interest_payments
    own_dates = dates is not None and not dates.in_advance
    if not (loan.drawdowns or loan.holidays or own_dates):
        return None
    plan = detail(loan)
    rows = plan.rows
    return Earning(
        start=tuple(row.start.toordinal() for row in rows),
        end=tuple(row.end.toordinal() for row in rows),
        opening=tuple(row.opening for row in rows),
        weights=tuple(_weights(plan)),
        pays=_pays(plan),
        joins=tuple(row.capitalized for row in rows),
        drawn=tuple(
            (part.on.toordinal(), to_units(part.amount, loan.digits, "drawdown"))
            for part in loan.drawdowns
        ),
    )


def _weights(plan: Detail) -> Iterator[int]:
    growth, after = plan.frame.growth, 0
    for row in plan.rows:
        # A row may have the days of a broken period before it, or none of its own.
        until = max(row.frame_row + 1, after)
        factors, extra = growth.factors[after:until], growth.extra[after:until]
        yield row.opening * sum(factors) + sum(extra)
        after = until


def _pays(plan: Detail) -> tuple[int, ...]:
    treatments, found = plan.frame.treatments, list[int]()
    pays = len(plan.rows) - 1
    for number, row in reversed(list(enumerate(plan.rows))):
        if row.frame_row >= 0 and treatments[row.frame_row] != CARRIED:
            pays = number
        found.append(pays)
    return tuple(reversed(found))
