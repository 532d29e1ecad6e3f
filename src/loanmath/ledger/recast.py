"""Rows in advance, planned anew from what is owed."""

from collections.abc import Sequence
from typing import NamedTuple

from loanmath.arithmetic import (
    DUE,
    Opening,
    PaymentRows,
    solved_payment,
)
from loanmath.ledger.balances import Balances
from loanmath.ledger.course import Course
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

__all__ = ["recast"]

_STATES_PRINCIPAL = (
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
        keeps_interest: Whether the current row keeps the interest it has.
    """
    balances = accrue_contract(course, balances, day)
    current = course.current_row(day)
    rows = [row for row, due in enumerate(balances.due) if due > day and row >= current]
    if not rows:
        return balances
    owed = sum(balances.segment.principal[row] for row in rows) - prepaid
    stated = _stated_principals(balances, rows, owed, effect)
    if not course.growth.replans:
        return _with_rows(balances, rows, stated, None)
    plan = _Plan(course, balances, day, rows, keeps_interest)
    return plan.walked(owed, stated, effect)


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
    # Interest that was capitalized may leave more than the rows had.
    new[-1] += rest
    return new


def _with_rows(
    balances: Balances,
    rows: list[int],
    principal: Sequence[int],
    interest: Sequence[int] | None,
) -> Balances:
    segment = balances.segment
    principals, interests = list(segment.principal), list(segment.interest)
    planned = list(balances.planned[0]), list(balances.planned[1])
    for place, row in enumerate(rows):
        principals[row] = principal[place]
        if interest is not None:
            interests[row] = interest[place]
        planned[0][row] += interests[row] - segment.interest[row]
        planned[1][row] += principals[row] - segment.principal[row]
    segment = segment._replace(principal=tuple(principals), interest=tuple(interests))
    return balances._replace(
        segments=(segment,), planned=(tuple(planned[0]), tuple(planned[1]))
    )


class _Plan(NamedTuple):
    """The rows to be planned anew, and what is known of them."""

    course: Course
    balances: Balances
    day: int
    rows: list[int]
    keeps_interest: bool

    def walked(
        self, owed: int, stated: list[int], effect: PrepaymentEffect
    ) -> Balances:
        """Return the balances with the rows walked anew."""
        loan = self.course.loan
        rows, kept = self.rows, []
        if self.keeps_interest and self._starts_inside():
            first = rows[0]
            taken = min(self._payment(first) - self._interest(first), owed)
            if isinstance(loan.repayment, _STATES_PRINCIPAL):
                taken = stated[0]
            kept, rows, stated = [(taken, self._interest(first))], rows[1:], stated[1:]
            owed -= taken
            if not rows:
                kept = [(taken + owed, self._interest(first))]
        found = self._walk(rows, owed, stated, effect) if rows else []
        principal, interest = zip(*kept, *found, strict=True)
        return _with_rows(self.balances, self.rows, principal, interest)

    def _starts_inside(self) -> bool:
        return self.course.start[self.rows[0]] < self.day

    def _interest(self, row: int) -> int:
        owed: int = self.balances.segment.interest[row]
        return owed

    def _payment(self, row: int) -> int:
        total: int = self.balances.segment.principal[row] + self._interest(row)
        return total

    def _walk(
        self, rows: list[int], owed: int, stated: list[int], effect: PrepaymentEffect
    ) -> list[tuple[int, int]]:
        """Return principal and interest of rows that one balance runs through."""
        course, loan = self.course, self.course.loan
        growth, behind = course.growth, course.arrears
        scale = growth.whole(rows[0] - behind)
        factors = [growth.factors[row - behind] * scale for row in rows]
        accrued = 0
        if rows[0] == course.current_row(self.day):
            passed = growth.passed(rows[0] - behind, self.day)
            factors[0] = growth.factors[rows[0] - behind] * (scale - passed)
            accrued = self.balances.accrued
        if self.balances.rests:
            factors = [0] * len(rows)
        start, unit = Opening(owed, accrued), growth.unit * scale
        level: int | None = None
        states = isinstance(loan.repayment, _STATES_PRINCIPAL)
        if effect is PrepaymentEffect.SMALLER and not states:
            level = self._level(start, factors, unit)
        found = []
        for row, factor, part in zip(rows, factors, stated, strict=True):
            accrued += owed * factor
            interest, accrued = course.rounded(accrued, unit), 0
            unpaid = self._unpaid(row, interest)
            if row == rows[-1]:
                principal = owed
            elif states:
                principal = min(part, owed)
            elif level is None:
                principal = min(max(self._payment(row) - unpaid, 0), owed)
            else:
                principal = min(max(level - interest, 0), owed)
            owed -= principal
            found.append((principal, unpaid))
        return found

    def _unpaid(self, row: int, interest: int) -> int:
        """Return what is left of a row's interest after what was paid in advance."""
        early: int = self.balances.early[row]
        return max(interest - early, 0) if early else interest

    def _level(self, start: Opening, factors: list[int], unit: int) -> int:
        loan, count = self.course.loan, len(factors)
        terms = loan.repayment
        balloon, rounding = 0, loan.rounding
        if isinstance(terms, LevelPayment):
            rounding = terms.rounding or loan.rounding
            if terms.balloon is not None:
                balloon = min(self.course.units(terms.balloon, "balloon"), start.owed)
        rows = PaymentRows(
            factors,
            drawn=[0] * count,
            extra=[0] * count,
            treatments=[DUE] * count,
            weights=[1] * count,
            stated=[None] * count,
            denominator=unit,
        )
        return solved_payment(start, rows, balloon, rounding.quotient(loan.digits))
