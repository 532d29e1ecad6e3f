"""The lines of a statement in units: entries put together as somebody reads them."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import NamedTuple

from loanmath.account.history import History
from loanmath.currency import amount_text
from loanmath.events import (
    Breach,
    Charge,
    Chargeback,
    Event,
    InterestPause,
    Reversal,
    TermsChange,
    Waiver,
    happening,
)
from loanmath.ledger.course import Course
from loanmath.ledger.rules import COMPOUND, INTEREST, PENALTY
from loanmath.ledger.state import AccountState, Entry

__all__ = ["Line", "balance_on", "lines_of", "money_in"]

_NIGHTS = ("lateness", "allowed by a ceiling", "rest")
_MONEY = ("payment", "reversal", "chargeback", "payout")
_LATENESS = {
    PENALTY: "penalty interest",
    COMPOUND: "compound interest",
    INTEREST: "interest on overdue principal",
}


class Line(NamedTuple):
    """
    A line, with amounts in units.

    Attributes:
        day: The day, as an ordinal.
        what: What happened.
        charged: What was added to the balance.
        paid: What was taken off it by money.
        nights: What nights cost, where the line is of nights.
    """

    day: int
    what: str
    charged: int
    paid: int = 0
    nights: tuple[str, ...] = ()


def balance_on(state: AccountState, day: int) -> int:
    """
    Return the balance on a day, in units.

    Formula: principal, penalty and compound interest of all rows, interest and fees of
    rows fallen due, less the credit.
    """
    segment, due = state.balances.segment, state.balances.due
    now = sum(1 for due_on in due if due_on <= day)
    fallen_due = sum(segment.fee[:now]) + sum(segment.interest[:now])
    always = sum(segment.principal) + sum(segment.penalty) + sum(segment.compound)
    return int(fallen_due + always - state.balances.credit)


def money_in(entry: Entry) -> int:
    """Return the money that an entry brought in, in units; less, where it went out."""
    if entry.rule == "recovery":
        return (entry.before.written_off or 0) - (entry.after.written_off or 0)
    if entry.rule not in _MONEY:
        return 0
    before, after = entry.before.balances, entry.after.balances
    cleared = sum(chain(*before.segment)) - sum(chain(*after.segment))
    return int(cleared + after.credit - before.credit)


def lines_of(history: History, since: int, until: int) -> tuple[int, tuple[Line, ...]]:
    """
    Return the balance as a day begins, and the lines up to the end of another.

    Args:
        history: What the account keeps.
        since: The first day, as an ordinal.
        until: The last day.
    """
    dues = history.dues_between(since, until)
    stops = {until, *dues}
    is_first = since == history.course.loan.disbursed.toordinal()
    parts = history.cut_at(stops if is_first else {since - 1, *stops})
    entries = list(chain(*parts))
    opening = 0
    if not is_first:
        before = [entry for entry in entries if entry.day < since]
        opening = balance_on(before[-1].after, since - 1)
        entries = entries[len(before) :]
    state = entries[0].before if entries else history.opened[0].before
    walk = _Reading(state, dues)
    return opening, tuple(_together(walk.lines(entries)))


def _together(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines, those of nights in a row as one."""
    last: Line | None = None
    for line in lines:
        if last is not None:
            if line.nights and last.nights:
                names = dict.fromkeys([*last.nights, *line.nights])
                charged = last.charged + line.charged
                last = Line(line.day, ", ".join(names), charged, 0, tuple(names))
                continue
            yield last
        last = line
    if last is not None:
        yield last


class _Reading:
    """Entries read in order, with the due dates that fall among them."""

    def __init__(self, state: AccountState, dues: list[int]) -> None:
        self._state, self._dues = state, list(dues)

    @property
    def _course(self) -> Course:
        return self._state.course

    def lines(self, entries: list[Entry]) -> Iterator[Line]:
        """Yield the lines."""
        for _, group in groupby(entries, key=_group):
            found = list(group)
            first = found[0]
            if first.rule != "opening":
                yield from self._due_before(first)
            yield from self._line(found)
            self._state = found[-1].after
        for day in self._dues:
            yield from self._due(day)

    def _due_before(self, entry: Entry) -> Iterator[Line]:
        nights = entry.rule in _NIGHTS
        while self._dues and self._dues[0] < entry.day + (not nights):
            yield from self._due(self._dues.pop(0))

    def _due(self, day: int) -> Iterator[Line]:
        """Yield the installments that fall due on a day."""
        balances, course = self._state.balances, self._course
        segment, opened = balances.segment, course.loan.disbursed.toordinal()
        for row, due in enumerate(balances.due):
            brought = row < course.arrears and due <= opened
            if due != day or brought or not any(part[row] for part in segment):
                continue
            parts = [
                f"{name} {self._text(units)}"
                for name, units in (
                    ("interest", segment.interest[row]),
                    ("fee", segment.fee[row]),
                )
                if units
            ]
            said = ": " + ", ".join(parts) if parts else ""
            charged = segment.interest[row] + segment.fee[row]
            yield Line(day, f"installment {row + 1} due{said}", charged)

    def _line(self, entries: list[Entry]) -> Iterator[Line]:
        first, last = entries[0], entries[-1]
        day = first.day
        if first.rule == "opening":
            yield from self._opening(first)
            return
        paid = sum(map(money_in, entries))
        grown = balance_on(last.after, day) - balance_on(first.before, day)
        if first.event is not None:
            yield Line(day, _words(first.event), grown + paid, paid)
        elif first.rule == "credit applied":
            used = first.before.balances.credit - first.after.balances.credit
            if used:
                yield Line(day, f"credit of {self._text(used)} applied", 0)
        elif first.rule == "late charge" and grown:
            yield Line(day, first.name, grown)
        elif grown:
            names = tuple(_lateness(first))
            yield Line(day, ", ".join(names), grown, 0, names)

    def _opening(self, entry: Entry) -> Iterator[Line]:
        balances, arrears = entry.after.balances, self._course.arrears
        behind = sum(sum(column[:arrears]) for column in balances.segment)
        if behind or balances.credit:
            yield Line(entry.day, "brought forward", behind - balances.credit)
        if entry.after.drawn:
            principal = sum(balances.segment.principal[arrears:])
            yield Line(entry.day, "principal paid out", principal)

    def _text(self, units: int) -> str:
        return amount_text(units, self._course.loan.digits)


def _lateness(entry: Entry) -> Iterator[str]:
    before, after = entry.before.balances.segment, entry.after.balances.segment
    for place, name in _LATENESS.items():
        if before[place] != after[place]:
            yield name


def _group(entry: Entry) -> object:
    return id(entry) if entry.event is None else entry.event.id


def _words(event: Event) -> str:
    kind = happening(event).value.replace("_", " ")
    match event:
        case Charge():
            return f"{kind} {event.id}: {event.name}"
        case InterestPause(since=since, until=until) if since or until:
            ends = "" if until is None else f" until {until}"
            return f"{kind} {event.id}: from {event.first}{ends}"
        case Waiver():
            return f"{kind} {event.id}: {event.component.value}"
        case TermsChange():
            parts = {"rate": event.rate, "first due": event.first_due}
            named = [
                f"{name} {part}" for name, part in parts.items() if part is not None
            ]
            said = ": " + ", ".join(named) if named else ""
            return f"{kind} {event.id}{said}"
        case Reversal() | Chargeback() | Breach():
            return f"{kind} {event.id} of {event.of}"
    return f"{kind} {event.id}"
