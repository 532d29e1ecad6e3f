"""Rows in advance, planned anew from what is owed."""

from collections.abc import Sequence
from typing import NamedTuple

from loanmath.arithmetic import (
    DUE,
    Opening,
    PaymentRows,
    solved_payment,
)
from loanmath.ledger.balances import Balances, Segment
from loanmath.ledger.course import Course
from loanmath.ledger.row_fees import follow_fees
from loanmath.ledger.rules import INTEREST, PRINCIPAL
from loanmath.ledger.settlement import accrue_contract
from loanmath.terms import (
    EqualPrincipal,
    FixedPrincipal,
    InterestOnly,
    LevelPayment,
    PrepaymentEffect,
    PrincipalAmounts,
    SinglePayment,
)

__all__ = ["STATES_PRINCIPAL", "level_payment", "recast", "stands_still"]

STATES_PRINCIPAL = (
    EqualPrincipal,
    FixedPrincipal,
    InterestOnly,
    PrincipalAmounts,
    SinglePayment,
)


def recast(  # noqa: PLR0913 what is owed, when, and how rows are to follow it
    course: Course,
    balances: Balances,
    day: int,
    prepaid: int,
    effect: PrepaymentEffect,
    *,
    keeps_interest: bool = False,
    ending: bool = False,
) -> Balances:
    """
    Return the balances with rows in advance planned anew.

    Formula: the principal of the rows, less what is prepaid, is walked through the rest
    of the current period and the periods after it: `interest = round(accrued + balance
    * growth)`, and the payment that the row had (`SHORTER`), one that is solved anew
    (`SMALLER`), or the principal that its method states. The last row takes the rest.

    Args:
        course: The course.
        balances: What is owed; the prepaid principal is still in it.
        day: The day.
        prepaid: Principal that rows in advance no longer owe.
        effect: What the prepayment changes.
        keeps_interest: Whether what is prepaid bears to the end of its period.
        ending: Whether the row whose period ends on the day is planned too.
    """
    current = course.current_row(day - 1 if ending else day)
    balances = accrue_contract(course, balances, day, current)
    # What fell due before its period ended owes the interest that was planned.
    rows = [
        row
        for row, due in enumerate(balances.due)
        if row >= current
        and row not in course.apart
        and (due > day or (ending and due == day))
    ]
    if not rows:
        return balances
    bears_on = keeps_interest and course.start[rows[0]] < day
    if bears_on:
        balances = balances._replace(prepaid=balances.prepaid + prepaid)
    owed = sum(balances.segment.principal[row] for row in rows) - prepaid
    stated = _stated_principals(balances, rows, owed, effect)
    if not course.growth.replans:
        kept = balances.segment.interest
        found = [
            _Row(principal, kept[row], balances.carried[row])
            for row, principal in zip(rows, stated, strict=True)
        ]
        planned = _with_rows(balances, rows, found)
    else:
        stays = bears_on and not course.follows_balance
        plan = _Plan(course, balances, day, rows, current, stays)
        planned = plan.walked(owed, stated, effect)
    return follow_fees(course, balances, planned, rows, day)


def stands_still(course: Course, balances: Balances) -> bool:
    """Return whether rows in advance bear nothing, not even what was planned."""
    return balances.rests and (course.follows_balance or balances.drops)


def _stated_principals(
    balances: Balances,
    rows: list[int],
    owed: int,
    effect: PrepaymentEffect,
) -> list[int]:
    """Return principals that follow from those the rows have, whatever the interest."""
    old = [balances.segment.principal[row] for row in rows]
    if effect is PrepaymentEffect.SMALLER:
        total = sum(old) or 1
        new = [part * owed // total for part in old]
        new[-1] += owed - sum(new)
        return new
    new, rest = [], owed
    for part in old:
        new.append(min(part, rest))
        rest -= new[-1]
    return new


def _with_rows(
    balances: Balances, rows: list[int], found: Sequence["_Row"]
) -> Balances:
    """Return the balances with rows as they were planned anew."""
    segment = balances.segment
    columns = [list(column) for column in segment]
    planned = [list(column) for column in balances.planned]
    carried = list(balances.carried)
    for row, new in zip(rows, found, strict=True):
        columns[PRINCIPAL][row] = new.principal
        columns[INTEREST][row] = new.interest
        planned[1][row] += new.interest - segment.interest[row]
        planned[2][row] += new.principal - segment.principal[row]
        carried[row] = new.carried
    fees, interest, principal = map(tuple, planned)
    return balances._replace(
        segments=(Segment._make(map(tuple, columns)),),
        planned=(fees, interest, principal),
        carried=tuple(carried),
    )


class _Row(NamedTuple):
    """What a row owes by a new plan, and what earlier periods carried into it."""

    principal: int
    interest: int
    carried: int = 0


class _Plan(NamedTuple):
    """The rows to be planned anew, and what is known of them."""

    course: Course
    balances: Balances
    day: int
    rows: list[int]
    current: int
    stays: bool

    def walked(
        self, owed: int, stated: list[int], effect: PrepaymentEffect
    ) -> Balances:
        """Return the balances with the rows walked anew."""
        found = self._walk(self.rows, owed, stated, effect)
        return _with_rows(self.balances, self.rows, found)

    def _interest(self, row: int) -> int:
        owed: int = self.balances.segment.interest[row]
        return owed

    def _payment(self, row: int) -> int:
        total: int = self.balances.segment.principal[row] + self._interest(row)
        return total

    def _walk(
        self, rows: list[int], owed: int, stated: list[int], effect: PrepaymentEffect
    ) -> list[_Row]:
        """Return the rows that one balance runs through."""
        course = self.course
        factors, accrued, unit = self._growth(rows)
        level: int | None = None
        states = isinstance(course.loan.repayment, STATES_PRINCIPAL)
        brought = [course.brought[row] for row in rows]
        if effect is PrepaymentEffect.SMALLER and not states:
            start = Opening(owed, accrued)
            level = level_payment(course, start, factors, unit, brought)
        found, onward = list[_Row](), self.balances.carried[rows[0]] - brought[0]
        for row, factor, part, from_before in zip(
            rows, factors, stated, brought, strict=True
        ):
            carried = from_before + onward
            accrued += owed * factor
            interest, accrued = course.rounded(accrued, unit), 0
            unpaid, onward = self._unpaid(row, interest + carried), 0
            if level is None and row != rows[-1] and self._is_cleared(row):
                unpaid, onward = 0, unpaid
            if row == rows[-1]:
                principal = owed
            elif states:
                principal = min(part, owed)
            elif level is None:
                principal = min(max(self._payment(row) - unpaid, 0), owed)
            else:
                principal = min(max(level - interest - carried, 0), owed)
            owed -= principal
            found.append(_Row(principal, unpaid, carried))
        return found

    def _growth(self, rows: list[int]) -> tuple[list[int], int, int]:
        """Return the factors of rows, what accrued before, and their denominator."""
        course, balances, first = self.course, self.balances, rows[0]
        growth, places = course.growth, [course.plan_row(row) for row in rows]
        factors, unit = growth.from_day(places, self.day)
        accrued = 0
        if first == self.current:
            whole = growth.unit * growth.whole(places[0])
            accrued = balances.accrued * (unit // whole)
        if self.stays:
            # The planned interest of the period is as good as accrued.
            accrued = (self._interest(first) + balances.early[first]) * unit
            factors[0] = 0
        if stands_still(course, balances):
            factors = [0] * len(rows)
        elif first == self.current:
            accrued += balances.prepaid * factors[0]
        return factors, accrued, unit

    def _is_cleared(self, row: int) -> bool:
        """Return whether a row was paid ahead of the end of its period."""
        return self.course.follows_balance and not self._payment(row)

    def _unpaid(self, row: int, interest: int) -> int:
        """Return what is left of a row's interest after what was paid in advance."""
        early: int = self.balances.early[row]
        return max(interest - early, 0) if early else interest


def level_payment(
    course: Course,
    start: Opening,
    factors: list[int],
    unit: int,
    brought: Sequence[int],
) -> int:
    """
    Return the level payment of rows, with interest from before that some of them pay.

    Formula: `payment = round((owed + accrued * v_1 + sum_k brought_k * v_k - balloon *
    v_n) / sum_k v_k)` with `v_k` the product of all `1 / (1 + f_j)` up to row k.

    Args:
        course: The course.
        start: What is owed, and what accrued in the first period.
        factors: The growth numerators of the rows.
        unit: Their denominator.
        brought: Interest from before that each row pays.
    """
    loan, count = course.loan, len(factors)
    terms = loan.repayment
    balloon, rounding = 0, loan.rounding
    if isinstance(terms, LevelPayment):
        rounding = terms.rounding or loan.rounding
        if terms.balloon is not None:
            balloon = min(course.units(terms.balloon, "balloon"), start.owed)
    rows = PaymentRows(
        factors,
        drawn=[0] * count,
        extra=[units * unit for units in brought],
        treatments=[DUE] * count,
        weights=[1] * count,
        stated=[None] * count,
        denominator=unit,
    )
    return solved_payment(start, rows, balloon, rounding.quotient(loan.digits))
