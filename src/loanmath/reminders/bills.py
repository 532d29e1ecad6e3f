"""What is due of the bills of a line, and what being late costs."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from loanmath.account.amounts import to_amounts
from loanmath.billing.line_state import Bill, LineState
from loanmath.currency import from_units, to_units
from loanmath.errors import EventError
from loanmath.events import Payment
from loanmath.line_account import LineAccount
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
        state = _state_of(self._account, on.toordinal())
        bill = _undecided(state, cycle.cut)
        if bill is not None and on <= due:
            if bill.missing <= state.rules.tolerance:
                return None
            amount, full = _least(bill), bill.missing
        elif any(one.cut == cycle.cut for one in state.dues) and bill is None:
            position = self._account.position(on)
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

    def _charged(self, due: date, cut: int) -> tuple[LateCost, ...]:
        """
        Return what being late costs, by days; nothing, where it cannot be known.

        Formula: the interest and default charges, less what they would be had this bill
        and those after it been paid in full on their due dates.
        """
        last = days_after(due, max(self._late_days, default=0))
        try:
            kept = self._kept_in_time(cut, last)
        except EventError:
            # What happened since needs the bill as it was left, a conversion of it say.
            return ()
        found, interest = [], 0
        for days in self._late_days:
            on = days_after(due, days)
            # A payment may itself cost something: it is rounded, and interest that it
            # makes owed may bear. Nobody saves that by being late.
            interest = max(interest, self._interest(kept, on))
            found.append(self._cost(kept, days, on, interest))
        return tuple(found)

    def _kept_in_time(self, cut: int, last: date) -> LineAccount:
        """Return the account with bills from one on paid in full, up to a day."""
        account = self._account
        for entry in account.entries_until(last.toordinal()):
            bill = entry.bill
            if entry.rule != "bill" or bill is None or bill.cycle.cut < cut:
                continue
            if bill.cycle.due > last.toordinal():
                break
            own = _undecided(_state_of(account, bill.cycle.due), bill.cycle.cut)
            units = 0 if own is None else own.missing
            if units:
                on = date.fromordinal(bill.cycle.due)
                amount = from_units(units, self._digits)
                payment = Payment(id=_unused(account), on=on, amount=amount)
                account = account.record(payment)
        return account

    def _interest(self, kept: LineAccount, on: date) -> int:
        """Return what more interest there is by a day than with bills paid in time."""
        late, timely = (
            to_units(account.position(on).accrued, self._digits, "accrued")
            for account in (self._account, kept)
        )
        return self._charged_by("interest", on, kept) + late - timely

    def _cost(self, kept: LineAccount, days: int, on: date, interest: int) -> LateCost:
        late, timely = self._account.position(on), kept.position(on)
        penalty = self._charged_by("default charge", on, kept)
        return LateCost(
            days,
            on,
            to_amounts([penalty, 0, 0, interest, 0], self._digits),
            loses_free_period=timely.has_free_period and not late.has_free_period,
        )

    def _charged_by(self, rule: str, on: date, kept: LineAccount) -> int:
        """Return what more a rule charged by a day than with bills paid in time."""
        day = on.toordinal()
        return sum(
            sign * (_balance(entry.after) - _balance(entry.before))
            for sign, account in ((1, self._account), (-1, kept))
            for entry in account.entries_until(day)
            if entry.rule == rule
        )


def _state_of(account: LineAccount, day: int) -> LineState:
    return account.entries_until(day)[-1].after


def _unused(account: LineAccount) -> str:
    taken = {event.id for event in account.events}
    number = 0
    while f"paid in time {number}" in taken:
        number += 1
    return f"paid in time {number}"


def _undecided(state: LineState, cut: int) -> Bill | None:
    return next((bill for bill in state.bills if bill.cycle.cut == cut), None)


def _least(bill: Bill) -> int:
    """Return what is missing of the minimum of a bill, as it will be decided."""
    missing = bill.minimum - (bill.received - bill.converted)
    return max(missing, 0)


def _balance(state: LineState) -> int:
    return state.owed - state.credit
