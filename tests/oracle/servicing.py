"""
An account kept by hand, day after day, in fractions: the servicing oracle.

It shares no code with `src/`: it reads the values of terms and events and the rows of
the plan, and does everything else itself, slowly and one day at a time.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date

from oracle.servicing_accrual import before_events, morning, night
from oracle.servicing_events import happen
from oracle.servicing_numbers import COMPONENTS, DAY, Refused, Unsupported
from oracle.servicing_payoff import accrued_not_due, payoff
from oracle.servicing_recast import end_period, keep_up
from oracle.servicing_rows import Book, opened

__all__ = [
    "COMPONENTS",
    "Refused",
    "State",
    "Unsupported",
    "in_order",
    "live",
    "once",
    "open_account",
    "replay",
]


@dataclass(frozen=True)
class State:
    """
    An account on a day, after its events: amounts in units of 10^-digits.

    `owed` has a dict by component for every row, arrears first. `allocations` say for
    every payment what it cleared: amounts by (row, component); a row of 0 is principal
    prepaid with the rows planned anew, and `"credit"` what joined (or left) the credit.
    """

    on: date
    owed: tuple
    credit: int
    days_past_due: int
    payoff: int
    accrued: int
    status: str
    lost: int
    backlog: int
    allocations: dict
    paid: dict

    def total(self, component: str) -> int:
        return sum(row[component] for row in self.owed)


def open_account(loan, arrears=(), credit=0, *, undrawn=False) -> Book:
    """The book of a new account, before anything happens."""
    return opened(loan, arrears, credit, undrawn=undrawn)


def replay(loan, events, until: date, arrears=(), credit=0, *, undrawn=False) -> State:
    """The account on a day, given all events that are known of."""
    book = open_account(loan, arrears, credit, undrawn=undrawn)
    log = in_order(loan, live(once(events)))
    if until < loan.disbursed or any(event.on < loan.disbursed for event in log):
        raise Refused("before the account was opened")
    day = loan.disbursed
    while True:
        today = [event for event in log if event.on == day]
        end_period(book, day)
        morning(book, day)
        if today:
            keep_up(book, day)
        happen_all(book, day, today)
        if day == until:
            keep_up(book, day)
            return state_of(book, day)
        night(book, day)
        day += DAY


def once(events) -> list:
    """Each event once; two that share a name and nothing else are refused."""
    found: dict = {}
    for event in events:
        if found.setdefault(event.id, event) != event:
            raise Refused(f"two events are called {event.id}")
    return list(found.values())


def live(events: list) -> list:
    """The events that no reversal takes out of the log, and no reversal that does."""
    by_id = {event.id: event for event in events}
    never = [event for event in events if is_never(event)]
    gone: set = set()
    # A later reversal may take out an earlier one, and must be heard first.
    for reversal in sorted(never, key=lambda e: (e.on, e.sequence, e.id), reverse=True):
        if reversal.id in gone:
            continue
        target = by_id.get(reversal.of)
        if target is None or target.on > reversal.on or target is reversal:
            raise Refused(f"nothing to reverse: {reversal.of}")
        if target.id in gone:
            raise Refused(f"reversed already: {reversal.of}")
        gone.add(target.id)
    return [event for event in events if event.id not in gone and not is_never(event)]


def is_never(event) -> bool:
    return type(event).__name__ == "Reversal" and event.reversed_as.value == "never"


def kind_of(event) -> str:
    """InterestPause is interest_pause, as the order within a day has it."""
    name = type(event).__name__
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)[1:]


def in_order(loan, events: list) -> list:
    ranks = [kind.value for kind in loan.servicing.day_order]
    by_sequence = loan.servicing.same_day.value == "sequence"

    def key(e):
        rank = ranks.index(kind_of(e))
        placed = (e.sequence, rank) if by_sequence else (rank, e.sequence)
        return (e.on, *placed, e.id)

    return sorted(events, key=key)


def happen_all(book: Book, day: date, today: list) -> None:
    """
    The events of a day, and before them the day as what it began with bears it.

    A pause or resumption that comes first says whether the day counts at all.
    """
    turns = ("interest_pause", "interest_resume")
    first = [kind_of(event) in turns for event in today]
    heard = first.index(False) if False in first else len(first)
    for event in today[:heard]:
        happen(book, event)
    before_events(book, day)
    for event in today[heard:]:
        happen(book, event)


def paid_so_far(book: Book) -> dict:
    """What payments cleared, and what credit did, by component."""
    found = dict.fromkeys(COMPONENTS, 0)
    cleared = [part for found in book.payments.values() for part in found.cleared]
    for _, component, amount in cleared + book.from_credit:
        if component != "credit":
            found[component] += amount
    return found


def state_of(book: Book, day: date) -> State:
    allocations = {}
    for name, received in book.payments.items():
        shares: dict = {}
        for number, part, amount in received.cleared:
            key = "credit" if part == "credit" else (number, part)
            shares[key] = shares.get(key, 0) + amount
        allocations[name] = shares
    return State(
        on=day,
        owed=tuple(deepcopy(row.owed) for row in book.rows),
        credit=book.credit,
        days_past_due=0 if book.is_closed else book.days_past_due(day),
        payoff=payoff(book, day),
        accrued=accrued_not_due(book, day),
        status=book.status(day),
        lost=book.lost,
        backlog=sum(amount for _, amount in book.backlog),
        allocations=allocations,
        paid=paid_so_far(book),
    )
