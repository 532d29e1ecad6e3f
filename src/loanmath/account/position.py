"""What is owed on a day: in all, and installment by installment."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from attrs import field, frozen

from loanmath.account.amounts import Amounts, to_amounts
from loanmath.account.position_printing import (
    position_csv,
    position_html,
    position_markdown,
    position_text,
)
from loanmath.account.tallies import Tallies
from loanmath.currency import from_units, to_units
from loanmath.ledger.balances import Segment
from loanmath.ledger.course import Course
from loanmath.ledger.days import late_on
from loanmath.ledger.settlement import accrued_and_owed, payoff
from loanmath.ledger.state import AccountState, Entry

__all__ = ["InstallmentPosition", "NextDue", "Position", "Status", "position_of"]


class Status(Enum):
    """
    What an account is on a day.

    `UNDRAWN`: nothing was paid out. `CURRENT` (正常), `OVERDUE` (逾期), `CLOSED`
    (结清), `CHARGED_OFF`, `WRITTEN_OFF` (核销).
    """

    UNDRAWN = "undrawn"
    CURRENT = "current"
    OVERDUE = "overdue"
    CLOSED = "closed"
    CHARGED_OFF = "charged_off"
    WRITTEN_OFF = "written_off"


class NextDue(NamedTuple):
    """
    What falls due next: the day, and the amount in major units.

    Example:
        >>> NextDue(date(2026, 2, 15), Decimal("900.41")).on.day
        15
    """

    on: date
    amount: Decimal


class InstallmentPosition(NamedTuple):
    """
    One installment on a day (分期状态), with amounts in major units.

    Attributes:
        number: 1 for the first row.
        due: The day on which it is due.
        owed: What is unpaid of it, by component.
        paid: What was paid of it.
        paid_early: What of that was paid before the due date.
        paid_late: What of that was paid after it.
        waived: What was given up of it.
        cleared: The day on which nothing was owed of it any more, where there is one.
        days_past_due: The days since the due date, while something is unpaid.

    Example:
        >>> InstallmentPosition._fields[:4]
        ('number', 'due', 'owed', 'paid')
    """

    number: int
    due: date
    owed: Amounts
    paid: Amounts
    paid_early: Decimal
    paid_late: Decimal
    waived: Decimal
    cleared: date | None
    days_past_due: int


@frozen(slots=False, repr=False, eq=False)
class Position:
    """
    What is owed on a day, after its events (账户状态).

    Attributes:
        on: The day.
        currency: The currency of every amount.
        status: The status.
        days_past_due: As the terms count them (逾期天数).
        overdue: What was due before the day and is unpaid.
        due: What is due on the day itself and unpaid.
        in_advance: Principal, fees and planned interest of later installments.
        accrued: Contract interest of the current period up to the day, not yet due.
        payoff: The payment that closes the account on the day.
        credit: What was paid beyond what is owed.
        next_due: What falls due next, after the day.
        cut_off: What a ceiling cut off what lateness would have cost.
        written_off: What was written off and not recovered.

    Example:
        >>> from loanmath.account import Account
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import InstallmentLoan, LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("0.05%/day"),
        ...     repayment=LevelPayment(2))
        >>> owed = Account.open(loan).position(date(2026, 2, 20))
        >>> owed.status.value, owed.days_past_due, owed.overdue.total
        ('overdue', 5, Decimal('511.28'))
        >>> [row.number for row in owed.installments if row.days_past_due]
        [1]
    """

    on: date
    currency: str
    status: Status
    days_past_due: int
    overdue: Amounts
    due: Amounts
    in_advance: Amounts
    accrued: Decimal
    payoff: Decimal
    credit: Decimal
    next_due: NextDue | None
    cut_off: Decimal
    written_off: Decimal
    _state: AccountState = field(alias="state")
    _entries: Sequence[Sequence[Entry]] = field(alias="entries")

    @property
    def outstanding(self) -> Decimal:
        """All that is unpaid and due, with all principal lent, in major units."""
        units, day = self._state.balances.segment, self.on.toordinal()
        now = self._state.balances.fallen_due(day)
        total = sum(sum(column[:now]) for column in units)
        total += sum(units.principal[now:])
        if self._state.drawn:
            # Rows hold principal that is drawn, or joins the debt, only later.
            total -= self._state.course.to_come(day)
        return from_units(total, self._state.course.loan.digits)

    @property
    def drawn(self) -> Decimal:
        """The principal that was paid out so far, in major units."""
        units, earning = self._state.drawn, self._state.course.earning
        if units and earning is not None:
            units += earning.drawn_between(0, self.on.toordinal())
        return from_units(units, self._state.course.loan.digits)

    @cached_property
    def installments(self) -> tuple[InstallmentPosition, ...]:
        """Every installment on the day."""
        return self._tallied[0]

    @cached_property
    def _tallied(self) -> tuple[tuple[InstallmentPosition, ...], Amounts]:
        return _installments(self._state, self._entries, self.on)

    @property
    def paid(self) -> Amounts:
        """What was paid so far, by component, on replaced installments too."""
        rows, replaced = self._tallied
        return _sum(
            [*(row.paid for row in rows), replaced], self._state.course.loan.digits
        )

    def __str__(self) -> str:
        return position_text(self)

    def _repr_html_(self) -> str:
        return position_html(self)

    def to_csv(self) -> str:
        """Return the installments as CSV, plain numbers and ISO dates."""
        return position_csv(self)

    def to_markdown(self) -> str:
        """Return the installments as a Markdown table."""
        return position_markdown(self)

    def to_html(self) -> str:
        """Return the installments as an HTML table, every text escaped."""
        return position_html(self)

    def __repr__(self) -> str:
        return (
            f"<Position on {self.on}: {self.status.value}, {self.days_past_due} days"
            f" past due, payoff {self.currency} {self.payoff}>"
        )


def _sum(amounts: Sequence[Amounts], digits: int) -> Amounts:
    units = [
        sum(to_units(part, digits, "amount") for part in column)
        for column in zip(*amounts, strict=True)
    ]
    return to_amounts(units, digits)


def position_of(entries: Sequence[Sequence[Entry]], day: int) -> Position:
    """Return the position on a day, given all that led to it, in order."""
    state = next(part for part in reversed(entries) if part)[-1].after
    course = state.course
    balances, digits = state.balances, course.loan.digits
    segment, due = balances.segment, balances.due
    past = balances.fallen_due(day - 1)
    now = balances.fallen_due(day)
    quote = payoff(course, balances, day)
    late = late_on(course, state, day)
    return Position(
        on=date.fromordinal(day),
        currency=course.loan.currency,
        status=_status(state, late),
        days_past_due=late,
        overdue=to_amounts([sum(column[:past]) for column in segment], digits),
        due=to_amounts([sum(column[past:now]) for column in segment], digits),
        in_advance=to_amounts([sum(column[now:]) for column in segment], digits),
        accrued=from_units(_accrued(course, state, day), digits),
        payoff=from_units(quote.amount, digits),
        credit=from_units(balances.credit, digits),
        next_due=_next_due(segment, due, now, digits),
        cut_off=from_units(_cut_off(state), digits),
        written_off=from_units(state.written_off or 0, digits),
        state=state,
        entries=entries,
    )


def _cut_off(state: AccountState) -> int:
    return state.charged.cut + sum(amount for _, amount in state.charged.backlog)


def _accrued(course: Course, state: AccountState, day: int) -> int:
    row = course.current_row(day)
    due = state.balances.due
    if row == len(due) or due[row] <= day:
        return 0
    return accrued_and_owed(course, state.balances, day)


def _status(state: AccountState, late: int) -> Status:
    if state.written_off is not None:
        return Status.WRITTEN_OFF
    if not state.drawn:
        return Status.UNDRAWN
    if not any(map(any, state.balances.segment)):
        return Status.CLOSED
    if state.charged_off:
        return Status.CHARGED_OFF
    return Status.OVERDUE if late else Status.CURRENT


def _next_due(
    segment: Segment, due: Sequence[int], now: int, digits: int
) -> NextDue | None:
    for row in range(now, len(due)):
        owed = sum(
            sum(
                column[other]
                for other in range(now, len(due))
                if due[other] == due[row]
            )
            for column in segment
        )
        if owed:
            return NextDue(date.fromordinal(due[row]), from_units(owed, digits))
    return None


def _installments(
    state: AccountState, entries: Sequence[Sequence[Entry]], on: date
) -> tuple[tuple[InstallmentPosition, ...], Amounts]:
    """Return the rows on a day, and what was paid on rows that a new plan replaced."""
    due, digits = state.balances.due, state.course.loan.digits
    tallied = Tallies(entries)
    tallies, replaced = tallied.rows, tallied.replaced
    segment, today = state.balances.segment, on.toordinal()
    found = []
    for row, tally in enumerate(tallies):
        owed = [column[row] for column in segment]
        unpaid = any(owed)
        found.append(
            InstallmentPosition(
                number=row + 1,
                due=date.fromordinal(due[row]),
                owed=to_amounts(owed, digits),
                paid=to_amounts(tally.paid, digits),
                paid_early=from_units(tally.early, digits),
                paid_late=from_units(tally.late, digits),
                waived=from_units(tally.waived, digits),
                cleared=None
                if unpaid or tally.cleared is None
                else date.fromordinal(tally.cleared),
                days_past_due=max(today - due[row], 0) if unpaid else 0,
            )
        )
    return tuple(found), to_amounts(replaced, digits)
