"""
An independent account of a line of credit: plain, slow, and shown as of any day.

It follows the page on how a line of credit is kept, day by day, and shares no code with
the library: of terms and events it reads the plain attributes. Amounts are whole minor
units. Readings chosen where the page leaves a choice stand in the modules `line_*`.

Readings of reversals and views:

* What is reversed as if it had never been is so on every day, those before the reversal
  too. A reversal of a reversal undoes it. Others are not known here.
* Of one day, events go by their kind, then sequence, then id; or by sequence first.
* Days past due are counted from the due day; days of grace are none until they are over.
* The payoff at the end of a day is what a payment after all its events would close the
  line with: interest of the days before, and of the day itself where the day of a
  repayment bears on the old balance. What waits or is deferred is not in it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from oracle.line_account import PURCHASES, Account
from oracle.line_days import DAY, OracleRefusal, Unsupported, days_between
from oracle.line_events import happen, payoff
from oracle.line_numbers import COMPONENTS

__all__ = ["LineOracle", "OracleRefusal", "ShownBill", "State", "Unsupported"]


@dataclass(frozen=True)
class ShownBill:
    """A bill that was cut, its minimum as it is and was; no outcome till it is decided."""

    statement: date
    balance: int
    minimum: int
    due: date
    received: int
    outcome: str | None
    missed: bool
    first_minimum: int
    minimum_due: date
    is_open: bool


@dataclass(frozen=True)
class State:
    """The account at the end of a day, in minor units."""

    day: date
    owed: dict[tuple[str, str], int]
    credit: int
    bills: list[ShownBill]
    dues: list[tuple[date, int]]
    days_past_due: int
    free: bool
    available: int
    payoff: int
    cut_off: int
    plans: dict[str, list[tuple[int, int, int]]]

    @property
    def total(self) -> int:
        """All that is owed."""
        return sum(self.owed.values())


class LineOracle:
    """
    The account of a line with its events, of which `on(day)` shows the end of a day.

    An event that cannot be booked raises an `OracleRefusal` for its day and later.
    """

    def __init__(self, line, events=(), opened=None):
        self.line, self.opened = line, opened
        self.events = sorted(events, key=self.place)
        if len({event.id for event in self.events}) != len(self.events):
            raise OracleRefusal("two events of one id")

    def place(self, event) -> tuple:
        """The place of an event: its day, its kind and its sequence, its id."""
        kinds = [kind.value for kind in self.line.day_order]
        rank = kinds.index(in_words(type(event).__name__))
        if self.line.same_day.value == "sequence":
            return event.on, event.sequence, rank, event.id
        return event.on, rank, event.sequence, event.id

    def effective(self, day: date) -> list:
        """The events up to a day, without those that never were."""
        self.check_reversals(self.events)
        gone = undone(self.events)
        return [
            event for event in self.events if event.on <= day and event.id not in gone
        ]

    def check_reversals(self, known: list) -> None:
        days = {event.id: event.on for event in known}
        never, seen = undone(known), set()
        for event in known:
            if type(event).__name__ != "Reversal":
                continue
            if event.reversed_as.value != "never":
                raise Unsupported(f"{event.id}: reversed as of today")
            is_later = event.of in days and days[event.of] <= event.on
            if event.of == event.id or not is_later:
                raise OracleRefusal(f"{event.id}: nothing before it is {event.of}")
            if event.id in never:
                continue
            if event.of in seen:
                raise OracleRefusal(f"{event.id}: {event.of} was reversed already")
            seen.add(event.of)

    def accounts(self, last: date) -> Iterator[tuple[date, Account]]:
        """The account at the end of every day from the first, the same one each time."""
        events = self.effective(last)
        first = self.opened or (events[0].on if events else None)
        if first is None:
            return
        account = Account(self.line, first)
        for today in days_between(first, last + DAY):
            account.begin(today)
            for event in events:
                if event.on == today:
                    happen(account, event)
            yield today, account

    def account(self, day: date) -> Account | None:
        """The account at the end of a day; None before the first event."""
        found = None
        for _, account in self.accounts(day):
            found = account
        return found

    def on(self, day: date) -> State:
        """The state at the end of a day, after its events."""
        return self.shown(self.account(day) or Account(self.line, day), day)

    def states(self, days: Collection[date]) -> list[State]:
        """The states at the end of days, in their order, by one walk."""
        return [
            self.shown(account, day)
            for day, account in self.accounts(max(days))
            if day in days
        ]

    def shown(self, account: Account, day: date) -> State:
        owed = {
            (name, component): sum(row.owed[component] for row in account.rows_of(name))
            for name in account.segments
            for component in COMPONENTS
        }
        return State(
            day=day,
            owed=owed,
            credit=account.credit,
            bills=[shown_bill(bill) for bill in account.bills],
            dues=[
                (due["due"], account.missing(due))
                for due in account.dues
                if account.missing(due)
            ],
            days_past_due=account.days_past_due(day),
            free=is_free(account),
            available=account.limit_on(day) - account.occupied() + account.credit,
            payoff=payoff(account, day),
            cut_off=sum(row.cut_off for row in account.rows),
            plans={plan.name: list(plan.left) for plan in account.plans},
        )


def shown_bill(bill) -> ShownBill:
    return ShownBill(
        bill.statement,
        bill.balance,
        bill.minimum,
        bill.due,
        bill.received,
        bill.outcome,
        bill.missed,
        bill.first_minimum,
        bill.minimum_due,
        bill.outcome is None or bill.is_pending,
    )


def is_free(account: Account) -> bool:
    """Whether a purchase made now would wait for its bill."""
    segment = account.segments[PURCHASES]
    return not (segment.has_use or segment.is_lost)


def undone(events: list) -> set[str]:
    """The ids of events that never were: a reversal that never was undoes nothing."""
    found: set[str] = set()
    for event in reversed(events):
        if type(event).__name__ == "Reversal" and event.id not in found:
            found.add(event.of)
    return found


def in_words(name: str) -> str:
    """The name of a class in small letters, its words apart."""
    letters = [f"_{letter.lower()}" if letter.isupper() else letter for letter in name]
    return "".join(letters).lstrip("_")
