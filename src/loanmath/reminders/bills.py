"""What is due of the bills of a line, and what being late costs."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from loanmath.account.amounts import to_amounts
from loanmath.billing.line_fold import advance, fold_line
from loanmath.billing.line_state import Bill, LineEntry, LineState
from loanmath.billing.receiving import earned_units
from loanmath.currency import from_units, to_units
from loanmath.errors import EventError
from loanmath.events import Payment
from loanmath.line_account import LineAccount
from loanmath.line_account.position import position_of
from loanmath.reminders.claims import Claim
from loanmath.reminders.policy import days_after
from loanmath.reminders.reminder import LateCost

__all__ = ["BillClaims"]


class BillClaims:
    """
    What the bills of a line ask for by due dates, as it is known.

    Args:
        account: The account, with what is known and nothing more.
        until: The last day of interest: later bills are not looked for.
        late_days: After how many days late to say what that costs.
    """

    def __init__(
        self, account: LineAccount, until: date, late_days: Sequence[int]
    ) -> None:
        self._account, self._late_days = account, late_days
        self._digits = account.line.digits
        self._known = _Course(account.entries_until(until.toordinal()))
        self._bills = _by_due(self._known.entries)
        self._costs = lru_cache(maxsize=None)(self._charged)

    def dues(self) -> Iterator[date]:
        """Yield the due dates of bills that were made."""
        yield from self._bills

    def claim(self, due: date, on: date) -> Claim | None:
        """Return what is to be paid of a bill on a day; nothing, where nothing is."""
        made = [one for one in self._bills[due] if one.day <= on.toordinal()]
        if not made:
            # What is not billed yet is not due yet.
            return None
        # A bill that was deferred to the due day of the next one is in that.
        cycle = made[-1].bill.cycle
        state = self._known.state(on.toordinal())
        bill = _undecided(state, cycle.cut)
        if bill is not None and on <= due:
            if bill.missing <= state.rules.tolerance:
                return None
            amount, full = _least(state, bill), bill.missing
        elif bill is None and {one.bill.cycle.cut for one in made} & {
            one.cut for one in state.dues
        }:
            position = position_of(state, on.toordinal())
            amount = to_units(position.arrears, self._digits, "arrears")
            billed = to_units(position.billed, self._digits, "billed")
            full = max(amount, billed)
        else:
            # The rest of a bill whose minimum was paid in time is not past due.
            return None
        return Claim(
            due=due,
            installments=(),
            statement=date.fromordinal(cycle.statement),
            currency=self._account.line.currency,
            amount=from_units(amount, self._digits),
            full=from_units(full, self._digits),
            costs=self._costs(due, cycle.cut),
        )

    @cached_property
    def _late(self) -> "_Course":
        """The account with nothing more paid, as far as being late is looked at."""
        last = days_after(max(self._bills), max(self._late_days, default=0))
        return _Course(self._account.entries_until(last.toordinal()))

    def _charged(self, due: date, cut: int) -> tuple[LateCost, ...]:
        """
        Return what being late costs, by days; nothing, where it cannot be known.

        Formula: the interest and default charges, less what they would be had this bill
        and those after it been paid in full on their due dates.
        """
        last = days_after(due, max(self._late_days, default=0)).toordinal()
        try:
            timely = self._in_time(due.toordinal(), cut, last)
        except EventError:
            # What happened since needs the bill as it was left, a conversion of it say.
            return ()
        found, interest = [], 0
        for days in self._late_days:
            on = days_after(due, days)
            day = on.toordinal()
            # A payment may itself cost something: it is rounded, and interest that it
            # makes owed may bear. Nobody saves that by being late.
            interest = max(interest, self._late.interest(day) - timely.interest(day))
            penalty = self._late.charged("default charge", day) - timely.charged(
                "default charge", day
            )
            amounts = to_amounts([penalty, 0, 0, interest, 0], self._digits)
            lost = timely.has_free_period(day) and not self._late.has_free_period(day)
            found.append(LateCost(days, on, amounts, lost))
        return tuple(found)

    def _in_time(self, due: int, cut: int, last: int) -> "_Course":
        """Return the account with bills from one on paid in full, up to a day."""
        dues = [
            day.toordinal()
            for day, made in _by_due(self._late.entries).items()
            if made[-1].bill.cycle.cut >= cut and day.toordinal() <= last
        ]
        if any(event.on.toordinal() >= due for event in self._account.events):
            return self._recorded_in_time(dues, last)
        entries = self._late.until(due)
        state = entries[-1].after
        for day in dues:
            for entry in advance(state, day):
                entries.append(entry)
                state = entry.after
            for payment in self._payments(state, day, self._account):
                (step,) = fold_line((payment,), state, ())
                entries += step.entries
                state = step.after
        return _Course([*entries, *advance(state, last)])

    def _recorded_in_time(self, dues: Sequence[int], last: int) -> "_Course":
        """Return the same, where events follow that each payment may change."""
        account = self._account
        for day in dues:
            state = _Course(account.entries_until(day)).state(day)
            account = account.record(*self._payments(state, day, account))
        return _Course(account.entries_until(last))

    def _payments(
        self, state: LineState, day: int, account: LineAccount
    ) -> Iterator[Payment]:
        """Yield what pays the bill of a day in full; nothing, where it is paid."""
        own = [bill for bill in state.bills if bill.due == day]
        units = own[-1].missing if own else 0
        if units:
            taken = {event.id for event in account.events}
            name = f"paid in time {day}"
            while name in taken:
                name += "'"
            yield Payment(
                id=name,
                on=date.fromordinal(day),
                amount=from_units(units, self._digits),
            )


class _Made(NamedTuple):
    """A bill, as it is due, and the day it was made."""

    day: int
    bill: Bill


def _by_due(entries: Sequence[LineEntry]) -> dict[date, list[_Made]]:
    """Return the bills that were made, by the day on which they are due."""
    made: dict[int, _Made] = {}
    for entry in entries:
        if entry.bill is not None and entry.rule in ("bill", "bill deferred"):
            cut = entry.bill.cycle.cut
            made[cut] = _Made(cut, entry.bill)
    found: dict[date, list[_Made]] = {}
    for one in made.values():
        found.setdefault(date.fromordinal(one.bill.due), []).append(one)
    return found


class _Course:
    """What a line went through, and what it was on any day of that."""

    def __init__(self, entries: Sequence[LineEntry]) -> None:
        self.entries = entries
        self._days = [entry.day for entry in entries]

    def until(self, day: int) -> list[LineEntry]:
        """Return the entries up to the end of a day."""
        return list(self.entries[: bisect_right(self._days, day)])

    def state(self, day: int) -> LineState:
        """Return the state at the end of a day."""
        return self.entries[bisect_right(self._days, day) - 1].after

    def charged(self, rule: str, day: int) -> int:
        """Return what a rule charged by a day, a credit that paid it included."""
        return sum(
            _balance(entry.after) - _balance(entry.before)
            for entry in self.until(day)
            if entry.rule == rule
        )

    def interest(self, day: int) -> int:
        """Return the interest that was charged by a day or is earned."""
        return self.charged("interest", day) + earned_units(self.state(day), day)

    def has_free_period(self, day: int) -> bool:
        """Return whether what is posted on a day is free if its bill is paid."""
        return position_of(self.state(day), day).has_free_period


def _undecided(state: LineState, cut: int) -> Bill | None:
    return next((bill for bill in state.bills if bill.cycle.cut == cut), None)


def _least(state: LineState, bill: Bill) -> int:
    """Return what is missing of the minimum of a bill, as it will be decided."""
    least = max(bill.minimum - (bill.received - bill.converted), 0)
    if bill.parts.arrears:
        return least
    # The minimum of a bill before it that was deferred is due beside it.
    return least + sum(
        one.missing
        for one in state.dues
        if one.cut < bill.cycle.cut and one.due == bill.due
    )


def _balance(state: LineState) -> int:
    return state.owed - state.credit
