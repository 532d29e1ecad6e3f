"""What is due of the installments of an account, and what being late costs."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import add, sub

from loanmath.account import Account
from loanmath.account.amounts import to_amounts
from loanmath.account.history import history_of
from loanmath.ledger.fold import Step, seen_on
from loanmath.ledger.rules import INTEREST
from loanmath.ledger.state import AccountState, Entry
from loanmath.reminders.claims import Claim
from loanmath.reminders.policy import days_after
from loanmath.reminders.reminder import LateCost

__all__ = ["InstallmentClaims"]

_LATENESS = ("lateness", "allowed by a ceiling", "end of grace", "late charge")


class InstallmentClaims:
    """
    What an account owes by due dates, as it is known.

    Args:
        account: The account, with what is known and nothing more.
        late_days: After how many days late to say what that costs.
    """

    def __init__(self, account: Account, late_days: Sequence[int]) -> None:
        self._loan, self._late_days = account.loan, late_days
        self._history = history_of(account)
        self._state = lru_cache(maxsize=None)(self._folded)
        self._costs = lru_cache(maxsize=None)(self._charged)

    def dues(self) -> Iterator[date]:
        """Yield the due dates, each once."""
        steps = self._history.steps
        last = steps[-1].after if steps else self._history.opened[-1].after
        yield from map(date.fromordinal, sorted(set(last.balances.due)))

    def claim(self, due: date, on: date) -> Claim | None:
        """Return what is owed of a due date on a day; nothing, where nothing is."""
        day, late = due.toordinal(), (on - due).days
        opened = self._loan.disbursed.toordinal()
        state = self._state(max(day, on.toordinal(), opened))
        rows = _rows(state, day)
        owed = [sum(column[row] for row in rows) for column in state.balances.segment]
        terms = self._loan.servicing.days_past_due
        tolerance = state.course.late_tolerance if late > 0 else 0
        if sum(owed) <= tolerance or 0 < late <= terms.grace_days:
            return None
        amount = to_amounts(owed, self._loan.digits).total
        return Claim(
            due=due,
            installments=tuple(row + 1 for row in rows),
            statement=None,
            currency=self._loan.currency,
            amount=amount,
            full=amount,
            costs=() if day < opened else self._costs(due),
        )

    def _steps(self, first: int, day: int) -> Sequence[Step]:
        """Return the steps of events after one day, up to another."""
        steps = self._history.steps
        return steps[bisect_right(steps, first, key=_day_of) : self._until(day)]

    def _until(self, day: int) -> int:
        return bisect_right(self._history.steps, day, key=_day_of)

    def _seen(self, day: int) -> tuple[AccountState, tuple[Entry, ...]]:
        """Return the state after the last event by a day, and what followed it."""
        steps = self._history.steps[: self._until(day)]
        last = steps[-1].after if steps else self._history.opened[-1].after
        return last, seen_on(last, day)

    def _folded(self, day: int) -> AccountState:
        last, seen = self._seen(day)
        return seen[-1].after if seen else last

    def _charged(self, due: date) -> tuple[LateCost, ...]:
        """Return what being late costs, by days."""
        before, found = self._cost(due, due), []
        for days in self._late_days:
            on = days_after(due, days)
            units = map(sub, self._cost(due, on), before)
            found.append(LateCost(days, on, to_amounts(list(units), self._loan.digits)))
        return tuple(found)

    def _cost(self, due: date, on: date) -> list[int]:
        """
        Return what lateness cost by a day, by component, in units.

        It is what rows of the due date were charged, and where overdue principal goes
        on bearing, the interest that it adds to later rows.
        """
        day = due.toordinal()
        state = self._state(day)
        rows, bears = _rows(state, day), state.course.overdue_bears
        steps = self._steps(day, on.toordinal())
        entries = chain(
            *(step.entries for step in steps), self._seen(on.toordinal())[1]
        )
        total = [0] * 5
        for entry in entries:
            if entry.rule in _LATENESS:
                total = list(map(add, total, _grown(entry, rows)))
            elif bears and entry.rule == "replanned" and entry.event is None:
                total[INTEREST] += _grown(entry, None)[INTEREST]
        return total


def _day_of(step: Step) -> int:
    return step.event.on.toordinal()


def _rows(state: AccountState, day: int) -> list[int]:
    return [row for row, due in enumerate(state.balances.due) if due == day]


def _grown(entry: Entry, rows: Iterable[int] | None) -> list[int]:
    """Return what more is owed by component, of some rows or of all."""
    before, after = entry.before.balances.segment, entry.after.balances.segment
    if rows is None:
        return [sum(new) - sum(old) for old, new in zip(before, after, strict=True)]
    return [
        # Before new terms an account may have had fewer rows.
        sum(new[row] - old[row] for row in rows if row < len(new))
        for old, new in zip(before, after, strict=True)
    ]
