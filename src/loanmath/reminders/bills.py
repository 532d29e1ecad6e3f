"""What is due of the bills of a line, and what being late costs."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from loanmath.account.amounts import to_amounts
from loanmath.billing.line_state import Bill, LineState
from loanmath.currency import from_units, to_units
from loanmath.errors import EventError
from loanmath.events import Payment
from loanmath.line_account import LineAccount, LinePosition
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
        self._bills = {
            date.fromordinal(entry.bill.cycle.due): entry
            for entry in account.entries_until(until.toordinal())
            if entry.rule == "bill" and entry.bill is not None
        }
        self._costs = lru_cache(maxsize=None)(self._charged)

    def dues(self) -> Iterator[date]:
        """Yield the due dates of bills that were made."""
        yield from self._bills

    def claim(self, due: date, on: date) -> Claim | None:
        """Return what is to be paid of a bill on a day; nothing, where nothing is."""
        made = self._bills[due]
        if on.toordinal() < made.day or made.bill is None:
            # What is not billed yet is not due yet.
            return None
        cycle = made.bill.cycle
        state = self._state(on)
        bill = _undecided(state, cycle.cut)
        if bill is not None and on <= due:
            if bill.missing <= state.rules.tolerance:
                return None
            amount, full = _least(bill), bill.missing
        elif any(one.cut == cycle.cut for one in state.dues) and bill is None:
            position = self._account.position(on)
            amount = to_units(position.arrears, self._digits, "arrears")
            full = to_units(position.billed, self._digits, "billed")
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

    def _state(self, on: date) -> LineState:
        return self._account.entries_until(on.toordinal())[-1].after

    def _charged(self, due: date, cut: int) -> tuple[LateCost, ...]:
        """
        Return what being late costs, by days; nothing, where it cannot be known.

        Formula: what is owed in all, less what would be if the bill had been paid in
        full on its due date, and less that payment.
        """
        bill = _undecided(self._state(due), cut)
        full = 0 if bill is None else bill.missing
        amount = from_units(full, self._digits)
        payment = Payment(id=self._unused(), on=due, amount=amount)
        try:
            paid = self._account.record(payment)
        except EventError:
            # What happened since needs the bill as it was left, a conversion of it say.
            return ()
        return tuple(
            self._cost(paid, full, days, days_after(due, days))
            for days in self._late_days
        )

    def _unused(self) -> str:
        taken = {event.id for event in self._account.events}
        number = 0
        while f"paid in time {number}" in taken:
            number += 1
        return f"paid in time {number}"

    def _cost(self, paid: LineAccount, full: int, days: int, on: date) -> LateCost:
        late, timely = self._account.position(on), paid.position(on)
        total = self._net(late) - self._net(timely) - full
        penalty = _penalty(self._account, on) - _penalty(paid, on)
        return LateCost(
            days,
            on,
            to_amounts([penalty, 0, 0, total - penalty, 0], self._digits),
            loses_free_period=timely.has_free_period and not late.has_free_period,
        )

    def _net(self, position: LinePosition) -> int:
        owed, accrued, credit = (
            to_units(amount, self._digits, "amount")
            for amount in (position.owed, position.accrued, position.credit)
        )
        return owed + accrued - credit


def _undecided(state: LineState, cut: int) -> Bill | None:
    return next((bill for bill in state.bills if bill.cycle.cut == cut), None)


def _least(bill: Bill) -> int:
    """Return what is missing of the minimum of a bill, as it will be decided."""
    missing = bill.minimum - (bill.received - bill.converted)
    return max(min(missing, bill.missing), 0)


def _penalty(account: LineAccount, on: date) -> int:
    return sum(
        entry.after.owed - entry.before.owed
        for entry in account.entries_until(on.toordinal())
        if entry.rule == "default charge"
    )
