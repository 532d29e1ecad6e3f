"""What a plan froze: with which installments it is paid, and level payments with it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import add, sub
from typing import NamedTuple

from loanmath.arithmetic import Opening, distribute
from loanmath.errors import TermsError
from loanmath.events import Restructuring
from loanmath.ledger.balances import Balances
from loanmath.ledger.course import Course
from loanmath.ledger.recast import level_payment, recast
from loanmath.ledger.rules import FEE
from loanmath.ledger.state import AccountState, Entry
from loanmath.rates import Rate
from loanmath.terms import LevelPayment, PrepaymentEffect
from loanmath.terms.concessions import FrozenPaid

__all__ = ["Frozen", "with_frozen"]


class Frozen(NamedTuple):
    """
    An amount that a plan froze.

    Attributes:
        paid: How it is paid.
        component: `INTEREST`, or `FEE` for all else.
        units: The amount, in units.
    """

    paid: FrozenPaid
    component: int
    units: int


class _FrozenRows(NamedTuple):
    """
    What is frozen on each row of an account, in units.

    Attributes:
        interest: Interest from before the plan that the row is to pay.
        fees: All else, which stands as a fee by hand.
        leveled: What of both is within a level payment; nothing where none is solved.
    """

    interest: Sequence[int]
    fees: Sequence[int]
    leveled: Sequence[int]


def with_frozen(
    chapter: AccountState, parts: Sequence[Frozen], event: Restructuring
) -> tuple[AccountState, Sequence[Entry]]:
    """
    Return the first state of a plan with what is frozen on it, and what follows.

    Args:
        chapter: The first state before anything is frozen.
        parts: What was frozen.
        event: The plan.

    Raises:
        TermsError: If it is to be paid within payments that are not level.
    """
    if not parts:
        return chapter, []
    rows = _frozen_rows(chapter.course, parts)
    course = chapter.course.bringing(rows.interest)
    balances = _added(chapter.balances, rows.interest, rows.fees)
    after = chapter._replace(course=course, balances=balances)
    return after, _leveled(after, chapter, rows, event)


def _frozen_rows(course: Course, parts: Iterable[Frozen]) -> _FrozenRows:
    """Return the rows of a plan that pay what is frozen."""
    plan = _Plan(course)
    interest, fees, leveled = ([0] * len(course.due) for _ in range(3))
    within = Counter[int]()
    for part in parts:
        if part.paid is FrozenPaid.WITHIN:
            within[part.component] += part.units
            continue
        column = fees if part.component == FEE else interest
        for row, units in zip(plan.rows, plan.shares(part), strict=True):
            column[row] += units
            leveled[row] += units * (part.paid is FrozenPaid.EQUAL)
    if within:
        # What equal shares leave of a payment decides, and fees go before interest.
        left, others = within[FEE], [leveled[row] for row in plan.rows]
        for row, units in zip(
            plan.rows, plan.within(within.total(), others), strict=True
        ):
            fee = min(units, left)
            left -= fee
            fees[row] += fee
            interest[row] += units - fee
            leveled[row] += units
    return _FrozenRows(interest, fees, leveled if plan.is_level else ())


def _added(
    balances: Balances, interest: Iterable[int], fees: Iterable[int]
) -> Balances:
    """Return the balances with interest brought into rows, and fees by hand on them."""
    brought = balances.with_brought(interest)
    owed = tuple(map(add, brought.segment.fee, fees))
    return brought.with_segment(brought.segment._replace(fee=owed))


def _leveled(
    state: AccountState, before: AccountState, rows: _FrozenRows, event: Restructuring
) -> Sequence[Entry]:
    """Return how a plan is planned anew, where level payments pay what is frozen."""
    if not any(rows.leveled):
        return []
    # To the payment it is all one: interest that is brought into a row.
    course = before.course.bringing(rows.leveled)
    balances = before.balances.with_brought(rows.leveled)
    day = event.on.toordinal()
    planned = recast(course, balances, day, 0, PrepaymentEffect.SMALLER)
    beside = map(sub, rows.interest, rows.leveled)
    planned = _added(planned, beside, rows.fees)
    return [Entry(day, "replanned", event, state, state.with_balances(planned))]


class _Plan:
    """The installments of a plan, before anything is frozen on them."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._segment = course.opening.segment
        self.rows = course.rows_from(course.arrears)

    @property
    def is_level(self) -> bool:
        """Whether one level payment is solved over all of them."""
        course = self._course
        terms = course.loan.repayment
        if not isinstance(terms, LevelPayment) or not course.growth.replans:
            return False
        one_size = terms.sized_by is None and terms.amortized_over is None
        return one_size and type(course.loan.rate) is Rate

    def shares(self, part: Frozen) -> Sequence[int]:
        """Return what each installment pays of an amount, whatever its payment is."""
        match part.paid:
            case FrozenPaid.LAST:
                return [0] * (len(self.rows) - 1) + [part.units]
            case FrozenPaid.PRO_RATA:
                return self._by_principal(part.units)
            case _:
                return self._equal(part.units)

    def _by_principal(self, units: int) -> list[int]:
        principal = [self._segment.principal[row] for row in self.rows]
        whole, passed, spread = sum(principal), 0, 0
        found = []
        for part in principal:
            passed += part
            until = units * passed // whole
            found.append(until - spread)
            spread = until
        return found

    def _equal(self, units: int) -> list[int]:
        """Return equal shares on the installments on which something is due."""
        segment = self._segment
        pays = [segment.interest[row] + segment.principal[row] for row in self.rows]
        count = sum(map(bool, pays))
        share = self._course.rounded(units, count)
        shares = iter(distribute(units, count, share, first=False))
        return [next(shares) if due else 0 for due in pays]

    def within(self, units: int, others: Sequence[int]) -> Sequence[int]:
        """
        Return shares that go before principal, given the level payment with them.

        Args:
            units: The amount.
            others: What else each payment holds beside interest and principal.

        Raises:
            TermsError: If payments are not level.
        """
        if not self.is_level:
            raise TermsError(
                "frozen interest",
                got="within payments that are not level",
                allowed="a plan of one level payment: at one rate, without holidays",
                do='state FrozenInterest("equal") instead',
            )
        tried = set[tuple[int, ...]]()
        shares = (units, *[0] * (len(self.rows) - 1))
        # Shares that come later are worth less, which lowers the payment, and so on.
        while shares not in tried:
            tried.add(shares)
            shares = self._paid_first(units, shares, others)
        return shares

    def _paid_first(
        self, left: int, shares: Sequence[int], others: Sequence[int]
    ) -> tuple[int, ...]:
        """Return what the level payment that goes with some shares has room for."""
        course = self._course
        places = [course.plan_row(row) for row in self.rows]
        factors, unit = course.growth.from_day(places, course.start[self.rows[0]])
        owed = sum(self._segment.principal[row] for row in self.rows)
        brought = list(map(add, shares, others))
        level = level_payment(course, Opening(owed), factors, unit, brought)
        found = []
        for factor, other in zip(factors, others, strict=True):
            room = max(level - course.rounded(owed * factor, unit) - other, 0)
            part = min(room, left)
            owed -= min(room - part, owed)
            left -= part
            found.append(part)
        found[-1] += left
        return tuple(found)
