"""Since when an account is late, day by day, found by jumping from change to change."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, pairwise
from typing import NamedTuple, TypeAlias

from loanmath.account import Account
from loanmath.account.history import History, history_of
from loanmath.analysis.delinquency.counting import Pauses, counted, day_of
from loanmath.billing.line_state import LineState
from loanmath.doors import to_date
from loanmath.errors import DateRangeError, InputTypeError
from loanmath.ledger.carrier import INTEGERS
from loanmath.ledger.state import AccountState
from loanmath.ledger.transitions import days_past_due
from loanmath.line_account import LineAccount

__all__ = [
    "AnyAccount",
    "Lateness",
    "first_day",
    "lateness_of",
    "line_states",
    "states_on",
    "to_day",
]

AnyAccount: TypeAlias = Account | LineAccount


class Lateness(NamedTuple):
    """
    A run of days on which the oldest unpaid due date is the same.

    Attributes:
        since: The first day, an ordinal.
        until: The last.
        oldest: The oldest due date before it that is unpaid; `None` where there is
            none.
        grace: Up to so many days count as none.
    """

    since: int
    until: int
    oldest: int | None
    grace: int

    def days_on(self, day: int, pauses: Pauses) -> int:
        """
        Return the days past due on a day of the run.

        Example:
            >>> Lateness(11, 20, 10, 0).days_on(15, ())
            5
        """
        if self.oldest is None:
            return 0
        late = counted(self.oldest, day, pauses)
        return late if late > self.grace else 0

    def first_days(self, starts: Iterable[int], pauses: Pauses) -> list[int]:
        """
        Return the days of the run on which the count comes to one of some numbers.

        The first day of the run is among them, and the day on which grace is over.

        Example:
            >>> Lateness(11, 50, 10, 0).first_days((0, 1, 31), ())
            [11, 41]
        """
        if self.oldest is None:
            return [self.since]
        days = {
            day_of(self.oldest, max(start, self.grace + 1), pauses) for start in starts
        }
        return sorted(
            {self.since, *(day for day in days if self.since < day <= self.until)}
        )


def first_day(account: AnyAccount) -> date:
    """
    Return the day an account begins, refusing anything that is no account.

    Raises:
        InputTypeError: If it is neither an `Account` nor a `LineAccount`.

    Example:
        >>> from loanmath.presets import cn
        >>> first_day(LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1)))
        datetime.date(2026, 3, 1)
    """
    if isinstance(account, Account):
        return account.loan.disbursed
    if isinstance(account, LineAccount):
        return account.opened
    raise InputTypeError(
        "account", got=account, allowed="Account(...) or LineAccount(...)"
    )


def to_day(account: AnyAccount, on: object, what: str = "on") -> date:
    """
    Return a day on or after the first of an account.

    Raises:
        InputTypeError: If it is not a `date`, or the account is none.
        DateRangeError: If it is before the account, or out of range.

    Example:
        >>> from loanmath.presets import cn
        >>> line = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> to_day(line, date(2026, 3, 2)).day
        2
    """
    first = first_day(account)
    day = to_date(on, what)
    if day < first:
        raise DateRangeError(what, got=str(day), allowed=f"on or after {first}")
    return day


def lateness_of(account: AnyAccount, until: date) -> list[Lateness]:
    """
    Return since when an account is late, from its first day to another.

    Only events, due dates and what the terms do can change it, so only such days are
    looked at. Runs follow each other without a gap.

    Example:
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> runs = lateness_of(Account.open(loan), date(2026, 3, 1))
        >>> [(run.until - run.since + 1, run.oldest is None) for run in runs]
        [(32, True), (14, False)]
    """
    last = until.toordinal()
    if isinstance(account, Account):
        grace = account.loan.servicing.days_past_due.grace_days
        found = [
            (day, _oldest_row(state, day), grace)
            for day, state in _loan_changes(history_of(account), last)
        ]
    else:
        found = list(_line_changes(account, last))
    return list(_runs(found, last))


def _runs(
    found: Iterable[tuple[int, int | None, int]], last: int
) -> Iterator[Lateness]:
    kept: list[tuple[int, int | None, int]] = []
    for day, oldest, grace in found:
        if not kept or kept[-1][1:] != (oldest, grace):
            kept.append((day, oldest, grace))
    ends = [*(day - 1 for day, *_ in kept[1:]), last]
    for (day, oldest, grace), end in zip(kept, ends, strict=True):
        yield Lateness(day, end, oldest, grace)


def states_on(history: History, days: Iterable[int]) -> list[tuple[int, AccountState]]:
    """
    Return the states of a loan's account after some days, and after all that changed.

    Args:
        history: What the account keeps.
        days: Ordinals; the first is the day the account opened.

    Example:
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> first = loan.disbursed.toordinal()
        >>> found = states_on(history_of(Account.open(loan)), [first, first + 40])
        >>> [day - first for day, state in found][-1]
        40
    """
    wanted = set(days)
    opening = min(wanted)
    after: dict[int, AccountState] = {}
    for entry in chain(*history.cut_at(wanted)):
        after[max(entry.day, opening)] = entry.after
    found, state = [], after[opening]
    for day in sorted(wanted | after.keys()):
        state = after.get(day, state)
        found.append((day, state))
    return found


def _loan_changes(history: History, last: int) -> list[tuple[int, AccountState]]:
    """Return the states on all days on which lateness may change."""
    opening = history.course.loan.disbursed.toordinal()
    days = {opening, last}
    states = [history.opened[-1].after]
    for step in history.steps:
        days.add(step.event.on.toordinal())
        states.append(step.after)
    days |= {due + 1 for state in states for due in state.balances.due}
    days = {day for day in days if opening <= day <= last}
    found = states_on(history, days)
    # What is left within the tolerance may outgrow it on any day.
    more = {
        day
        for (since, state), (until, _) in pairwise([*found, found[-1]])
        if _has_remainder(state, since)
        for day in range(since, until)
    }
    return states_on(history, days | more) if more else found


def _has_remainder(state: AccountState, day: int) -> bool:
    tolerance = state.course.late_tolerance
    if not tolerance:
        return False
    _, _, fees, interest, principal = state.balances.segment
    return any(
        0 < fees[row] + interest[row] + principal[row] <= tolerance
        for row in range(state.balances.fallen_due(day))
    )


def _oldest_row(state: AccountState, day: int) -> int | None:
    tolerance = state.course.late_tolerance
    late: int = days_past_due(INTEGERS, state.balances, day, tolerance)
    return day - late if late else None


def line_states(account: LineAccount, until: int) -> list[tuple[int, LineState]]:
    """
    Return the states of a line after all that changed, and on days after due dates.

    Example:
        >>> from loanmath.presets import cn
        >>> line = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> found = line_states(line, date(2026, 4, 30).toordinal())
        >>> [str(date.fromordinal(day)) for day, state in found]
        ['2026-04-01', '2026-04-11']
    """
    after = {entry.day: entry.after for entry in account.entries_until(until)}
    dues = {due.due + 1 for state in after.values() for due in state.dues}
    found: list[tuple[int, LineState]] = []
    for day in sorted({*after, *(due for due in dues if due <= until)}):
        # What is due was billed before, so that the first day has a state of its own.
        state = after[day] if day in after else found[-1][1]
        found.append((day, state))
    return found


def _line_changes(
    account: LineAccount, last: int
) -> Iterator[tuple[int, int | None, int]]:
    opening = account.opened.toordinal()
    states = line_states(account, last)
    if not states or states[0][0] > opening:
        yield opening, None, 0
    for day, state in states:
        oldest = state.dues[0].due if state.dues else day
        yield day, oldest if oldest < day else None, state.rules.minimum_grace
