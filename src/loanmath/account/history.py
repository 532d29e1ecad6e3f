"""All that led to a day, cut where somebody looks at it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from loanmath.doors import to_date
from loanmath.errors import DateRangeError
from loanmath.events import InterestPause, InterestResume
from loanmath.ledger.course import Course
from loanmath.ledger.days import advance, counted
from loanmath.ledger.fold import Step, seen_on
from loanmath.ledger.state import AccountState, Entry

if TYPE_CHECKING:
    from loanmath.account.account import Account

__all__ = ["History", "history_of"]


class History(NamedTuple):
    """
    What an account keeps.

    Attributes:
        course: The course it opened on.
        opened: How it opened.
        steps: What each event did.
    """

    course: Course
    opened: tuple[Entry, ...]
    steps: tuple[Step, ...]

    def day_of(self, on: object, what: str) -> int:
        """Return the ordinal of a day, refusing one before the loan."""
        day, first = to_date(on, what), self.course.loan.disbursed
        if day < first:
            raise DateRangeError(what, got=str(day), allowed=f"on or after {first}")
        return day.toordinal()

    def days_of(self, since: object, until: object) -> tuple[int, int]:
        """Return the ordinals of two days, refusing them in the wrong order."""
        first, last = self.day_of(since, "since"), self.day_of(until, "until")
        if last < first:
            raise DateRangeError(
                "until", got=str(until), allowed=f"on or after {since}"
            )
        return first, last

    def cut_at(self, days: Iterable[int]) -> tuple[tuple[Entry, ...], ...]:
        """
        Return all entries up to the last of some days, cut after the events of each.

        Nights that an event would pass in one go are passed in parts, so that what is
        owed on each of these days is the state after an entry. No amount depends on it.

        Args:
            days: Ordinals, none before the account opened.
        """
        stops = sorted(set(days))
        steps = self._steps_until(stops[-1])
        found = [self.opened]
        state = self.opened[-1].after
        for step in steps:
            day = step.event.on.toordinal()
            while stops and stops[0] < day:
                seen = seen_on(state, stops.pop(0))
                found.append(seen)
                state = seen[-1].after if seen else state
            found.append(tuple(self._again(state, step)))
            state = step.after
        for stop in stops:
            seen = seen_on(state, stop)
            found.append(seen)
            state = seen[-1].after if seen else state
        return tuple(found)

    def dues_between(self, since: int, until: int) -> list[int]:
        """Return the days on which rows fall due, each by the terms then in force."""
        chapters = [(since, self.course)]
        for step in self.steps:
            if step.after.course is not chapters[-1][1]:
                chapters.append((_day_of(step), step.after.course))
        stops = [*(day for day, _ in chapters[1:]), until]
        found = {
            due
            for (_, course), stop in zip(chapters, stops, strict=True)
            for due in course.due
            if since <= due <= min(stop, until)
        }
        return sorted(found)

    def _steps_until(self, day: int) -> Sequence[Step]:
        return self.steps[: bisect_right(self.steps, day, key=_day_of)]

    def _again(self, state: AccountState, step: Step) -> Iterator[Entry]:
        """Yield the entries of an event, from a state on the days before it."""
        course = state.course
        for entry in advance(course, state, _day_of(step)):
            yield entry
            state = entry.after
        if not isinstance(step.event, InterestPause | InterestResume):
            yield from counted(course, state)
        yield from (entry for entry in step.entries if entry.event is not None)


def _day_of(step: Step) -> int:
    return step.event.on.toordinal()


def history_of(account: "Account") -> History:
    """
    Return what an account keeps.

    Example:
        >>> from datetime import date
        >>> from loanmath.account import Account
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "2.3%"))
        >>> len(history_of(Account.open(loan)).steps)
        0
    """
    return History(account._course, account._opened, account._steps)  # noqa: SLF001
