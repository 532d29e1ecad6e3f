"""How money received is spent: on what is due, and on what is to come."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from loanmath.currency import from_units
from loanmath.errors import EventError
from loanmath.events import Event
from loanmath.ledger.balances import COMPONENTS, Balances
from loanmath.ledger.carrier import INTEGERS
from loanmath.ledger.changes import accrued_to, of_what_is_lent
from loanmath.ledger.course import Course
from loanmath.ledger.days import late_on
from loanmath.ledger.prepaying import frozen, prepay, replanned, thawed
from loanmath.ledger.recast import recast
from loanmath.ledger.receipt import Receipt, recorded
from loanmath.ledger.rules import Pass
from loanmath.ledger.settling import settle
from loanmath.ledger.state import STANDSTILL, AccountState, Entry
from loanmath.ledger.transitions import Spent, pay, spend
from loanmath.terms import (
    FutureRule,
    PrepaymentEffect,
    Standing,
)

__all__ = [
    "clearing_order",
    "future_of",
    "receive",
    "replans_rows",
]


def receive(
    course: Course, state: AccountState, receipt: Receipt, event: Event
) -> Iterator[Entry]:
    """
    Yield what money received does: settles the account, or clears what it can.

    Raises:
        EventError: If a stated split contradicts what is owed, or principal is cleared
            that is yet to come.
    """
    state = accrued_to(course, state, receipt.day)
    if receipt.split:
        split = _split(course, state, receipt, event)
        yield from of_what_is_lent(course, state, split, event)
        return
    settled = tuple(settle(course, state, receipt, event))
    if settled:
        yield from settled
        return
    cleared = _clear(course, state, receipt, event)
    yield from of_what_is_lent(course, state, cleared, event)


def _split(
    course: Course, state: AccountState, receipt: Receipt, event: Event
) -> Iterator[Entry]:
    if sum(amount for _, amount in receipt.split) != receipt.amount:
        raise EventError(
            f"event {receipt.id} split",
            got=[_plain(course, amount) for _, amount in receipt.split],
            allowed=f"parts that sum to the amount, {_plain(course, receipt.amount)}",
        )
    stands = state
    if course.follows_balance and state.balances.is_owed and receipt.amount:
        stands = frozen(course, state, receipt.day)
    balances = stands.balances
    for component, amount in receipt.split:
        table = [Pass(standing, (component,)) for standing in Standing]
        spent = _spend(balances, table, amount, receipt)
        if spent.left:
            name = COMPONENTS[component].value
            raise EventError(
                f"event {receipt.id} split",
                got=f"{_plain(course, amount)} of {name}",
                allowed=f"at most {_plain(course, amount - spent.left)}, what is owed",
            )
        balances = spent.balances
    yield from _booked(course, state, stands, balances, receipt, event)


def _booked(  # noqa: PLR0913, PLR0917 what stood, what is left of it, and of whom
    course: Course,
    state: AccountState,
    stands: AccountState,
    balances: Balances,
    receipt: Receipt,
    event: Event,
) -> Iterator[Entry]:
    """Yield a payment, and the plan of rows in advance that follows from it."""
    day = receipt.day
    if stands is not state:
        plan = thawed(state.balances, stands.balances, balances, day)
        ahead = plan.fallen_due(day)
        if _ahead(plan, ahead) == _ahead(state.balances, ahead):
            # Nothing reached the rows in advance: they never stood still.
            stands, balances = state, plan
    entry = recorded(stands, balances, receipt, event)
    if stands is state:
        yield entry
        yield from replanned(course, entry.after, day, event, state)
        return
    yield Entry(day, "replanned", event, state, stands, STANDSTILL)
    yield entry
    paid = entry.after.balances
    plan = thawed(state.balances, stands.balances, paid, day)
    planned = recast(course, plan, day, 0, PrepaymentEffect.NEXT)
    after = entry.after.with_balances(planned)
    if after != entry.after:
        yield Entry(day, "replanned", event, entry.after, after)


def _ahead(balances: Balances, ahead: int) -> list[tuple[int, ...]]:
    segment = balances.segment
    return [column[ahead:] for column in (segment.interest, segment.principal)]


def _plain(course: Course, units: int) -> str:
    return str(from_units(units, course.loan.digits))


def _spend(
    balances: Balances,
    table: Iterable[Pass],
    amount: int,
    receipt: Receipt,
) -> Spent:
    rows_of = _rows_of(balances, receipt, None)
    return spend(INTEGERS, balances, table, amount, receipt.day, rows_of)


def _rows_of(
    balances: Balances, receipt: Receipt, future: FutureRule | None
) -> Callable[[Standing], Iterable[int]]:
    """Return the rows of each standing that money may go to, in order."""

    def rows_of(standing: Standing) -> Iterable[int]:
        found: Sequence[int] = INTEGERS.rows(standing, balances.due, receipt.day)
        if receipt.rows:
            found = [row for row in found if row in receipt.rows]
        if standing is Standing.IN_ADVANCE:
            found = _in_advance(found, future)
        return found

    return rows_of


def _in_advance(rows: Sequence[int], future: FutureRule | None) -> Sequence[int]:
    match future:
        case FutureRule.LAST:
            return rows[::-1]
        case FutureRule.NEXT_LAST:
            return [*rows[:1], *rows[:0:-1]]
        case FutureRule.NEXT | None:
            return rows
        case _:
            return []


def _clear(
    course: Course, state: AccountState, receipt: Receipt, event: Event
) -> Iterator[Entry]:
    future = future_of(course, receipt)
    tiers = course.tables(receipt.kind, receipt.order)
    stands = state
    if _reaches_ahead(course, state.balances, receipt, future):
        stands = frozen(course, state, receipt.day)
    # One table alone holds however late it is.
    late = late_on(course, stands, receipt.day) if len(tiers) > 1 else 0
    if future is FutureRule.SPREAD:
        table = [table for least, table in tiers if least <= late][-1]
        spent = _spread_out(stands.balances, table, receipt)
    else:
        rows_of = _rows_of(stands.balances, receipt, future)
        spent = pay(
            INTEGERS, stands.balances, tiers, receipt.amount, receipt.day, late, rows_of
        )
    if spent.left and future is FutureRule.PRINCIPAL:
        yield from prepay(course, state, spent, receipt, event)
        return
    balances, left = spent
    if left:
        balances = balances._replace(credit=balances.credit + left)
    yield from _booked(course, state, stands, balances, receipt, event)


def future_of(course: Course, receipt: Receipt) -> FutureRule:
    """Return where money goes that is not needed for what is due."""
    future = course.rule(receipt.kind).future
    if receipt.rows:
        # Money for stated installments is never a prepayment of the whole.
        by_plan = future not in (FutureRule.PRINCIPAL, FutureRule.CREDIT)
        return future if by_plan else FutureRule.NEXT
    return future if receipt.effect is None else FutureRule.PRINCIPAL


def _reaches_ahead(
    course: Course, balances: Balances, receipt: Receipt, future: FutureRule
) -> bool:
    """Return whether money may clear rows in advance whose interest is not earned."""
    if not (course.follows_balance and balances.is_owed):
        return False
    if future in (FutureRule.PRINCIPAL, FutureRule.CREDIT):
        return False
    now = balances.fallen_due(receipt.day)
    owed = sum(sum(column[:now]) for column in balances.segment)
    if receipt.rows or receipt.amount > owed:
        return True
    tables = course.tables(receipt.kind, receipt.order)
    return any(
        part.standing is Standing.IN_ADVANCE
        for _, table in tables
        for part in _before_due(table)
    )


def _before_due(table: Sequence[Pass]) -> list[Pass]:
    """Return the parts of a table before the last that is past due or due."""
    due = [part.standing is not Standing.IN_ADVANCE for part in table]
    last = len(due) - 1 - due[::-1].index(True)
    return list(table[:last])


def replans_rows(course: Course, receipt: Receipt) -> bool:
    """Return whether what is beyond what is due prepays principal of a new plan."""
    effect = receipt.effect
    if receipt.rows or receipt.split:
        return False
    if effect is None and course.rule(receipt.kind).future is FutureRule.PRINCIPAL:
        effect = course.loan.servicing.prepayment.effect
    return effect in (PrepaymentEffect.SHORTER, PrepaymentEffect.SMALLER)


def clearing_order(
    course: Course, state: AccountState, receipt: Receipt
) -> list[tuple[int, int]]:
    """Return the (component, row) places that a receipt runs through, in order."""
    if receipt.split:
        rows = range(len(state.balances.due))
        return [(place, row) for place, _ in receipt.split for row in rows]
    late = late_on(course, state, receipt.day)
    tiers = course.tables(receipt.kind, receipt.order)
    table = [table for least, table in tiers if least <= late][-1]
    future = future_of(course, receipt)
    if future is FutureRule.SPREAD:
        # Nothing of what is spread comes before the rest but by its row.
        future, table = FutureRule.NEXT, _joined(table)
    rows_of = _rows_of(state.balances, receipt, future)
    return [
        (component, row)
        for part in table
        for row in rows_of(part.standing)
        for component in part.components
    ]


def _spread_out(balances: Balances, table: Iterable[Pass], receipt: Receipt) -> Spent:
    """Spend money by a table whose parts in advance are spread over all rows."""
    left, rows_of = receipt.amount, _rows_of(balances, receipt, None)
    for part in _joined(table):
        if part.standing is Standing.IN_ADVANCE:
            balances, left = _spread(balances, part, left, receipt)
        else:
            balances, left = spend(
                INTEGERS, balances, [part], left, receipt.day, rows_of
            )
    return Spent(balances, left)


def _joined(table: Iterable[Pass]) -> Sequence[Pass]:
    """Return passes, those in advance that follow each other as one: row by row."""
    found: list[Pass] = []
    for standing, run in groupby(table, key=_standing):
        parts = list(run)
        if standing is Standing.IN_ADVANCE:
            places = tuple(place for part in parts for place in part.components)
            parts = [Pass(standing, places)]
        found += parts
    return found


def _only(row: int) -> Callable[[Standing], tuple[int, ...]]:
    return lambda _: (row,)


def _standing(part: Pass) -> Standing:
    return part.standing


def _spread(balances: Balances, part: Pass, left: int, receipt: Receipt) -> Spent:
    """Spread money evenly over the rows in advance that still owe something."""
    ahead = _rows_of(balances, receipt, None)(Standing.IN_ADVANCE)
    while left:
        open_rows = [
            row
            for row in ahead
            if any(balances.segment[place][row] > 0 for place in part.components)
        ]
        if not open_rows:
            break
        share, extra = divmod(left, len(open_rows))
        left = 0
        for place, row in enumerate(open_rows):
            money = share + (place < extra)
            one = spend(INTEGERS, balances, [part], money, receipt.day, _only(row))
            balances, left = one.balances, left + one.left
    return Spent(balances, left)
