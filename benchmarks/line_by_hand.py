"""
The same card as a ledger, by hand: what the library's fold tells of it, in integers.

The contract is that of `line_floor.py`, with a limit. Events are read, not numbers; an
amount that is no whole cent is refused, and a purchase beyond the limit. Each event,
and each thing that happens by the terms alone, is an entry with the state before and
after it, so that any day can be asked. What is owed stands in a row for each cycle, and
one for what earlier bills left; a row knows its penalty, interest and principal, and by
day what bears, so that interest can be explained from the state before it. No other
terms, and no other events: what a careful person would write who needs these answers
for exactly this contract.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from loanmath.events import Event, Payment, Purchase

__all__ = ["Bill", "Entry", "Row", "State", "available", "entered", "kept", "pieces"]

LIMIT = 1_000_000_00
RATE, UNIT = 1, 2_000
STATEMENT_DAY, DUE_DAY = 5, 25

Move: TypeAlias = tuple[int, int]
"""A day, and by how much more bears from then on; less, where it is negative."""

PENALTY, INTEREST, PRINCIPAL = range(3)


class Row(NamedTuple):
    """What is owed of a cycle by its cut, or of all before (0), and what bears."""

    cut: int
    bears: bool
    penalty: int
    interest: int
    principal: int
    moves: tuple[Move, ...]

    @property
    def owed(self) -> tuple[int, int, int]:
        """What is owed of it, first what is paid first."""
        return self.penalty, self.interest, self.principal


class Cycle(NamedTuple):
    """The day a bill is made, and the day it is due, as ordinals."""

    cut: int
    due: int


class Bill(NamedTuple):
    """A bill, what its minimum is made of, and what was received of it."""

    cycle: Cycle
    balance: int
    minimum: int
    share: int
    charges: int
    arrears: int
    received: int


class Due(NamedTuple):
    """What is missing of a minimum, without the arrears in it."""

    day: int
    missing: int


class State(NamedTuple):
    """A card between two events: three rows, and what is paid beyond them."""

    carried: Row
    billed: Row
    opened: Row
    credit: int
    cycle: Cycle
    bill: Bill | None
    dues: tuple[Due, ...]


class Entry(NamedTuple):
    """What an event did, or the terms alone."""

    day: int
    rule: str
    event: Event | None
    before: State
    after: State


NOTHING = Row(0, True, 0, 0, 0, ())


# --- what is told of a state ----------------------------------------------------------


def owed(state: State) -> int:
    """Return all that is owed."""
    return sum(state.carried.owed) + sum(state.billed.owed) + sum(state.opened.owed)


def available(state: State) -> int:
    """Return what may be bought."""
    rows = (state.carried, state.billed, state.opened)
    principal = sum([row.principal for row in rows])
    return max(LIMIT - principal + state.credit, 0)


def pieces(row: Row, until: int) -> list[tuple[int, int, int]]:
    """Return from when to when a row bears how much, to explain its interest."""
    found = []
    held = 0
    days = [day for day, _ in row.moves[1:]]
    for (start, cents), end in zip(row.moves, [*days, until], strict=False):
        held += cents
        if held and start < end:
            found.append((start, end, held))
    return found


# --- the fold -------------------------------------------------------------------------


def entered(events: Iterable[Event], opened: date) -> list[Event]:
    """Return events in their order, each id once."""
    known: dict[str, Event] = {}
    for event in events:
        if event.on < opened:
            raise ValueError(f"{event.id}: {event.on} is before {opened}")
        if known.setdefault(event.id, event) != event:
            raise ValueError(f"{event.id}: two different events")
    ranks = {Purchase: 0, Payment: 1}
    return sorted(
        known.values(),
        key=lambda event: (event.on, ranks[type(event)], event.sequence, event.id),
    )


def kept(events: Sequence[Event], opened: date) -> list[Entry]:
    """Return what all events did, and the terms between them."""
    state = _opening(opened)
    entries: list[Entry] = []
    for event in events:
        day = event.on.toordinal()
        done = _passed(state, day)
        if done:
            entries += done
            state = done[-1].after
        if isinstance(event, Purchase):
            entries.append(_bought(state, event, day))
        elif isinstance(event, Payment):
            entries += _paid(state, event, day)
        else:
            raise TypeError(f"{event.id}: {type(event).__name__}")
        state = entries[-1].after
    return entries


def _opening(day: date) -> State:
    statement = day.replace(day=STATEMENT_DAY)
    cycle = Cycle(statement.toordinal(), day.replace(day=DUE_DAY).toordinal())
    if day >= statement:
        cycle = _following(cycle)
    return State(NOTHING, NOTHING, _new_row(cycle), 0, cycle, None, ())


def _new_row(cycle: Cycle) -> Row:
    return Row(cycle.cut, False, 0, 0, 0, ())


def _following(cycle: Cycle) -> Cycle:
    cut = date.fromordinal(cycle.cut)
    year, month = cut.year + cut.month // 12, cut.month % 12 + 1
    return Cycle(
        date(year, month, STATEMENT_DAY).toordinal(),
        date(year, month, DUE_DAY).toordinal(),
    )


def _passed(state: State, day: int) -> list[Entry]:
    """Return what happens by the terms alone until the events of a day."""
    entries: list[Entry] = []
    while True:
        bill = state.bill
        if bill is not None and bill.cycle.due < day:
            entries += _decided(state, bill)
        elif state.cycle.cut <= day:
            entries += _cut(state)
        else:
            return entries
        state = entries[-1].after


# --- what happens ---------------------------------------------------------------------


def _cents(event: Purchase | Payment) -> int:
    numerator, denominator = event.amount.as_integer_ratio()
    cents, rest = divmod(100 * numerator, denominator)
    if rest:
        raise ValueError(f"{event.id}: {event.amount} is no whole cent")
    return cents


def _bought(state: State, event: Purchase, day: int) -> Entry:
    cents = _cents(event)
    room = available(state)
    if cents > room:
        raise ValueError(f"{event.id}: {cents} is more than {room}, what is available")
    used = min(state.credit, cents)
    cut, bears, penalty, interest, principal, moves = state.opened
    if cents > used:
        principal += cents - used
        moves = (*moves, (day, cents - used))
    row = Row(cut, bears, penalty, interest, principal, moves)
    after = State(state.carried, state.billed, row, state.credit - used, *state[4:])
    return Entry(day, "drawn", event, state, after)


def _paid(state: State, event: Payment, day: int) -> list[Entry]:
    cents = _cents(event)
    entries: list[Entry] = []
    earned = _earned(state, day)
    if earned and cents >= owed(state) - state.credit + earned:
        # It closes the card, so that what was earned becomes owed first.
        after = _posted(_charged(state, day), earned)
        entries.append(Entry(day, "interest", event, state, after))
        state = after
    rows, left = [state.carried, state.billed, state.opened], cents
    for group in ((0, 1), (2,)):
        for part in (PENALTY, INTEREST, PRINCIPAL):
            for place in group:
                paid = min(rows[place].owed[part], left)
                if paid:
                    rows[place] = _less(rows[place], part, paid, day)
                    left -= paid
    bill = state.bill
    if bill is not None:
        bill = bill._replace(received=bill.received + cents)
    dues = _less_missing(state.dues, cents)
    carried, billed, opened = rows
    credit = state.credit + left
    after = State(carried, billed, opened, credit, state.cycle, bill, dues)
    entries.append(Entry(day, "payment", event, state, after))
    return entries


def _posted(state: State, earned: int) -> State:
    """Return the state with interest owed in the oldest row that earned it."""
    used = min(state.credit, earned)
    more, credit = earned - used, state.credit - used
    row = state.carried
    if row.moves:
        row = row._replace(interest=row.interest + more)
        return state._replace(carried=row, credit=credit)
    row = state.billed._replace(interest=state.billed.interest + more)
    return state._replace(billed=row, credit=credit)


def _less(row: Row, part: int, cents: int, day: int) -> Row:
    if part == PENALTY:
        return row._replace(penalty=row.penalty - cents)
    if part == INTEREST:
        return row._replace(interest=row.interest - cents)
    moves = (*row.moves, (day, -cents))
    return row._replace(principal=row.principal - cents, moves=moves)


def _less_missing(dues: Iterable[Due], cents: int) -> tuple[Due, ...]:
    left = []
    for due in dues:
        paid = min(due.missing, cents)
        cents -= paid
        if due.missing > paid:
            left.append(Due(due.day, due.missing - paid))
    return tuple(left)


def _earned(state: State, until: int) -> int:
    """Return what was earned up to a day and is not owed yet."""
    days = sum(
        cents * (until - day)
        for row in (state.carried, state.billed)
        if row.bears
        for day, cents in row.moves
    )
    return (days * RATE + UNIT // 2) // UNIT


def _charged(state: State, day: int) -> State:
    """Return the state with rows that bear charged up to a day."""
    carried, billed = state.carried, state.billed
    if carried.moves:
        carried = carried._replace(moves=((day, carried.principal),))
    if billed.bears and billed.moves:
        billed = billed._replace(moves=((day, billed.principal),))
    return state._replace(carried=carried, billed=billed)


def _decided(state: State, bill: Bill) -> list[Entry]:
    """Return what follows from what was received of a bill by its due day."""
    day = bill.cycle.due + 1
    if bill.received >= bill.balance:
        after = state._replace(billed=NOTHING, bill=None, dues=())
        return [Entry(day, "paid in full", None, state, after)]
    after = state._replace(billed=state.billed._replace(bears=True), bill=None)
    entries = [Entry(day, "not paid in full", None, state, after)]
    if bill.received < bill.minimum:
        entries.append(Entry(day, "minimum missed", None, after, after))
        charge = ((bill.minimum - bill.received) * 5 + 50) // 100
        if charge:
            used, row = min(after.credit, charge), after.opened
            row = row._replace(penalty=row.penalty + charge - used)
            charged = after._replace(opened=row, credit=after.credit - used)
            entries.append(Entry(day, "default charge", None, after, charged))
    return entries


def _cut(state: State) -> list[Entry]:
    """Return what happens as the open cycle ends: interest is owed, a bill is made."""
    day = state.cycle.cut
    entries: list[Entry] = []
    earned = _earned(state, day)
    before, state = state, _charged(state, day)
    if earned:
        used = min(state.credit, earned)
        row = state.opened
        row = row._replace(interest=row.interest + earned - used)
        state = state._replace(opened=row, credit=state.credit - used)
        entries.append(Entry(day, "interest", None, before, state))
    carried = _joined(state.carried, state.billed, day)
    row, cycle = state.opened, _following(state.cycle)
    bill = _billed(state, carried, row)
    dues = state.dues
    if bill.minimum > bill.arrears:
        dues = (*dues, Due(state.cycle.due, bill.minimum - bill.arrears))
    after = State(carried, row, _new_row(cycle), state.credit, cycle, bill, dues)
    entries.append(Entry(day, "bill", None, state, after))
    return entries


def _joined(one: Row, other: Row, day: int) -> Row:
    """Return what earlier bills left, with what the last one did."""
    principal = one.principal + other.principal
    return Row(
        0,
        True,
        one.penalty + other.penalty,
        one.interest + other.interest,
        principal,
        ((day, principal),) if principal else (),
    )


def _billed(state: State, carried: Row, row: Row) -> Bill:
    balance = owed(state) - state.credit
    share = ((carried.principal + row.principal) * 10 + 50) // 100
    arrears = sum(due.missing for due in state.dues)
    earlier = max(carried.penalty + carried.interest, arrears)
    charges = row.penalty + row.interest + earlier
    minimum = max(min(share + charges, balance), 0)
    return Bill(state.cycle, balance, minimum, share, charges, arrears, 0)
