"""What was paid and waived so far, row by row, as entries tell it."""

from collections.abc import Sequence
from operator import add

from loanmath.events import Chargeback, Reversal
from loanmath.ledger.adding import added_row
from loanmath.ledger.breaches import BREACHED, Told, told_again
from loanmath.ledger.chapters import opens_chapter, rows_kept
from loanmath.ledger.state import Entry

__all__ = ["Tallies", "Tally"]

_PAID = ("payment", "credit applied", "reversal", "chargeback")


class Tally:
    """What was paid and waived of one row so far, in units."""

    def __init__(self) -> None:
        self.paid = [0] * 5
        self.early = self.late = self.waived = 0
        self.cleared: int | None = None


class Tallies:
    """What was paid and waived so far, row by row, and on rows that were replaced."""

    def __init__(self, told: Told) -> None:
        self.rows: list[Tally] = []
        self.replaced = [0] * 5
        self._paid_on: dict[str, int] = {}
        passed = list[Sequence[Entry]]()
        for part in told:
            for entry in part:
                if entry.rule == BREACHED and entry.replayed:
                    again = told_again(passed, entry)
                    known = Tallies(again)
                    self.rows, self.replaced = known.rows, known.replaced
                    self._paid_on = known._paid_on
                    passed = list(again)
                    continue
                self._add(entry)
            passed.append(tuple(entry for entry in part if not entry.replayed))

    def _add(self, entry: Entry) -> None:
        opens, added = opens_chapter(entry), added_row(entry)
        if added is not None:
            self.rows.insert(added, Tally())
            return
        _note_moves(entry, self.rows)
        if opens:
            now = rows_kept(entry.before, entry.day)
            for tally in self.rows[now:]:
                self.replaced = list(map(add, self.replaced, tally.paid))
            del self.rows[now:]
        count = len(entry.after.balances.due)
        self.rows += [Tally() for _ in range(len(self.rows), count)]
        if not opens:
            _tally(entry, self.rows, self._day_of(entry))

    def _day_of(self, entry: Entry) -> int:
        """Return the day that money counts for: what is taken back, as it was paid."""
        event = entry.event
        if isinstance(event, Reversal | Chargeback):
            return self._paid_on.get(event.of, entry.day)
        if entry.rule == "payment" and event is not None:
            self._paid_on[event.id] = entry.day
        return entry.day


def _note_moves(entry: Entry, tallies: list[Tally]) -> None:
    """Note what concessions forgave, and which rows they left nothing on."""
    after = entry.after.balances.segment
    for move in entry.moves:
        if move.row < rows_kept(entry.before, entry.day):
            tally = tallies[move.row]
            tally.waived += move.units if move.what == "forgiven" else 0
            if not any(column[move.row] for column in after):
                tally.cleared = entry.day


def _tally(entry: Entry, tallies: list[Tally], day: int) -> None:
    before, after = entry.before.balances, entry.after.balances
    if before.segment is after.segment:
        return
    paid, waived = entry.rule in _PAID, entry.rule == "waiver"
    for component, (old, new) in enumerate(
        zip(before.segment, after.segment, strict=True)
    ):
        if old is new or old == new:
            continue
        for row, tally in enumerate(tallies):
            moved = old[row] - new[row]
            if not moved:
                continue
            if paid:
                tally.paid[component] += moved
                tally.early += moved if day < after.due[row] else 0
                tally.late += moved if day > after.due[row] else 0
            elif waived:
                tally.waived += moved
            if moved > 0 and not any(column[row] for column in after.segment):
                tally.cleared = entry.day
