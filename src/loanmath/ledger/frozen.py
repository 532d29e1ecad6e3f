"""What a plan froze: with which installments it is paid, and level payments with it."""

from collections.abc import Iterable, Sequence
from operator import add
from typing import NamedTuple

from loanmath.arithmetic import Opening, distribute
from loanmath.errors import TermsError
from loanmath.events import Restructuring
from loanmath.ledger.course import Course
from loanmath.ledger.recast import level_payment, recast
from loanmath.ledger.rules import INTEREST
from loanmath.ledger.state import AccountState, Entry
from loanmath.rates import Rate
from loanmath.terms import LevelPayment, PrepaymentEffect
from loanmath.terms.concessions import FrozenPaid

__all__ = ["Frozen", "leveled", "with_frozen"]

_WITHIN_LEVEL = (FrozenPaid.EQUAL, FrozenPaid.WITHIN)


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


def with_frozen(state: AccountState, parts: Iterable[Frozen]) -> AccountState:
    """
    Return the first state of a plan with what is frozen on the rows that pay it.

    Raises:
        TermsError: If interest is to be paid within payments that are not level.
    """
    plan, size = _Plan(state.course), len(state.balances.due)
    brought, fees = [0] * size, [0] * size
    # What other parts leave of a level payment decides what is paid within it.
    for part in sorted(parts, key=_is_within):
        column = brought if part.component == INTEREST else fees
        others = [column[row] for row in plan.rows]
        for row, units in zip(plan.rows, plan.shares(part, others), strict=True):
            column[row] += units
    course = state.course.bringing(brought)
    planned, segment = course.opening, state.balances.segment
    segment = segment._replace(
        fee=tuple(map(add, segment.fee, fees)),
        interest=tuple(map(add, segment.interest, brought)),
    )
    owed, interest, principal = state.balances.planned
    interest = tuple(map(add, interest, brought))
    balances = state.balances._replace(
        segments=(segment,),
        planned=(owed, interest, principal),
        carried=planned.carried,
    )
    return state._replace(course=course, balances=balances)


def _is_within(part: Frozen) -> bool:
    return part.paid is FrozenPaid.WITHIN


def leveled(
    state: AccountState, parts: Iterable[Frozen], event: Restructuring
) -> Iterable[Entry]:
    """Return how rows are planned anew, where level payments pay what is frozen."""
    if not _Plan(state.course).is_level or not any(
        part.component == INTEREST and part.paid in _WITHIN_LEVEL for part in parts
    ):
        return []
    day = event.on.toordinal()
    planned = recast(state.course, state.balances, day, 0, PrepaymentEffect.SMALLER)
    after = state.with_balances(planned)
    return [Entry(day, "replanned", event, state, after)]


class _Plan:
    """The installments of a plan, before anything is frozen on them."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._segment = course.opening.segment
        every = range(course.arrears, len(course.due))
        self.rows = [row for row in every if row not in course.of_fees]

    @property
    def is_level(self) -> bool:
        """Whether one level payment is solved over all of them."""
        course = self._course
        terms = course.loan.repayment
        if not isinstance(terms, LevelPayment) or not course.growth.replans:
            return False
        one_size = terms.sized_by is None and terms.amortized_over is None
        return one_size and type(course.loan.rate) is Rate

    def shares(self, part: Frozen, others: Sequence[int]) -> Sequence[int]:
        """Return what each installment pays of an amount, beside what it pays yet."""
        count = len(self.rows)
        match part.paid:
            case FrozenPaid.LAST:
                return [0] * (count - 1) + [part.units]
            case FrozenPaid.PRO_RATA:
                return self._by_principal(part.units)
            case FrozenPaid.EQUAL:
                return self._equal(part.units)
            case _:
                first = (part.units, *[0] * (count - 1))
                if part.component != INTEREST:
                    return first
                return self._within(first, others)

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
        shares = distribute(
            units, count, self._course.rounded(units, count), first=False
        )
        each = iter(shares)
        return [next(each) if due else 0 for due in pays]

    def _within(self, first: tuple[int, ...], others: Sequence[int]) -> Sequence[int]:
        """Return shares that go before principal, given the level payment with them."""
        if not self.is_level:
            raise TermsError(
                "frozen interest",
                got="within payments that are not level",
                allowed="a plan of one level payment: at one rate, without holidays",
                do='state FrozenInterest("equal") instead',
            )
        tried, shares = set[tuple[int, ...]](), first
        # Shares that come later are worth less, which lowers the payment, and so on.
        while shares not in tried:
            tried.add(shares)
            shares = self._paid_first(sum(first), shares, others)
        return shares

    def _paid_first(
        self, left: int, shares: Sequence[int], others: Sequence[int]
    ) -> tuple[int, ...]:
        """Return what the level payment that goes with some shares has room for."""
        course, behind = self._course, self._course.arrears
        unit = course.growth.unit
        factors = [course.growth.factors[row - behind] for row in self.rows]
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
