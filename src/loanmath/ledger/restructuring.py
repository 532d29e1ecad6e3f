"""A restructured plan: concessions worked out on what is owed, then a new chapter."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from loanmath.currency import from_units
from loanmath.errors import LimitError, LoanmathError, TermsError
from loanmath.events import Restructuring
from loanmath.ledger.balances import COMPONENTS, Balances, Segment
from loanmath.ledger.carrier import INTEGERS
from loanmath.ledger.changes import accrued_to, text_of
from loanmath.ledger.chapters import (
    RESTRUCTURED,
    check_chapter,
    earned_ahead,
    fees_owed,
    next_chapter,
    refusal,
    rows_kept,
)
from loanmath.ledger.frozen import Frozen, with_frozen
from loanmath.ledger.prepaying import replanned
from loanmath.ledger.rules import FEE, INTEREST, PRINCIPAL
from loanmath.ledger.settlement import kept_fees
from loanmath.ledger.state import AccountState, Entry, Move
from loanmath.ledger.transitions import settled_capital
from loanmath.recurrence import Step, step_dates
from loanmath.schedule.timeline import timeline
from loanmath.terms import Component, InstallmentLoan
from loanmath.terms.concessions import (
    Capitalization,
    Concession,
    ConditionalForgiveness,
    Forgiveness,
    FrozenInterest,
    FrozenPaid,
    Left,
    MoneyConcession,
    ReAging,
    Settlement,
)
from loanmath.terms.remainder import Cut, remaining_loan

__all__ = ["depends", "forgiven", "lasting", "restructure"]


def forgiven(entry: Entry) -> tuple[int, ...]:
    """Return what an entry forgave of each component, in units."""
    return tuple(
        sum(
            move.units
            for move in entry.moves
            if move.what == "forgiven" and move.component == component
        )
        for component in range(len(COMPONENTS))
    )


def depends(event: Restructuring) -> bool:
    """Return whether anything of a plan ends with its breach."""
    return not all(isinstance(part, Forgiveness) for part in event.concessions)


def lasting(event: Restructuring, day: int) -> tuple[Concession, ...]:
    """Return what stays conceded where a plan is broken on a day."""
    return tuple(
        Forgiveness(concession.component, concession.amount)
        if isinstance(concession, ConditionalForgiveness)
        else concession
        for concession in event.concessions
        if isinstance(concession, Forgiveness)
        or (
            isinstance(concession, ConditionalForgiveness)
            and concession.until is not None
            and concession.until.toordinal() <= day
        )
    )


def restructure(
    state: AccountState, event: Restructuring, day: int, *, capped: bool = False
) -> Iterator[Entry]:
    """
    Yield what a restructured plan does, in one entry, and the plan that follows.

    Where nothing but what is overdue is forgiven, the plan stays and no chapter begins.

    Args:
        state: The state, with every night before the day accrued.
        event: The plan.
        day: The day.
        capped: Whether more may be forgiven than is owed, and then just that is.

    Raises:
        EventError: If more is conceded than there is, or no plan follows.
    """
    check_chapter(state, event, day, None)
    before, state = state, accrued_to(state.course, state, day)
    debt = _Debt(state, day, capped=capped)
    follows: Iterable[Entry]
    try:
        left = _conceded(state, event, debt)
        after = state._replace(balances=debt.settled())
        if left is None and not debt.reaches_ahead:
            follows = replanned(state.course, after, day, event, state)
        else:
            left = left or _left(state, event)
            chapter = _chapter(after, left, day, debt)
            after, follows = with_frozen(chapter, debt.frozen, event)
    except LoanmathError as error:
        raise refusal(event, error) from error
    moves = tuple(debt.moves)
    yield Entry(day, RESTRUCTURED, event, before, after, moves=moves)
    yield from follows


def _conceded(state: AccountState, event: Restructuring, debt: "_Debt") -> Left | None:
    """Apply concessions in order, and return the terms, where they changed."""
    left = None
    for concession in event.concessions:
        if isinstance(concession, MoneyConcession):
            debt.concede(concession)
        else:
            if isinstance(concession, Settlement):
                debt.settle(concession.amount)
            left = concession.applied(left or _left(state, event))
    return left


def _chapter(state: AccountState, left: Left, day: int, debt: "_Debt") -> AccountState:
    """Return the state on the first day of the plan, before anything is frozen."""
    *ahead, principal = debt.owed[-1]
    if principal <= 0:
        raise TermsError(
            "principal",
            got="none that is not due",
            allowed="a plan of some principal",
            do="state ReAging() or Capitalization() first",
        )
    loan = _loan(state, left, principal)
    penalty, compound, fee, interest = ahead
    return next_chapter(state, loan, day, (penalty, compound, fee, interest))


def _left(state: AccountState, event: Restructuring) -> Left:
    cut, to_come = _cut(state, event.on)
    return Left.of(state.course.loan, event.on, cut, to_come)


def _cut(state: AccountState, on: date) -> tuple[Cut, int]:
    """Return where the plan is cut, and how many installments are to come."""
    course, loan = state.course, state.course.loan
    rows = timeline(loan, loan.repayment.count or len(course.schedule))
    row, last = bisect_right(rows.end, on), rows.number[-1]
    fees_after = fees_owed(course, on, rows_kept(state, on.toordinal()))
    if row == len(rows.end):
        return Cut(last + 1, rows.unmoved[-1], fees_after), 0
    # A broken period before the first installment is none of them.
    row += rows.number[row] == 0
    number = rows.number[row]
    return Cut(number, rows.unmoved[row], fees_after), last - number + 1


def _loan(state: AccountState, left: Left, principal: int) -> InstallmentLoan:
    """Return the new terms of what is not due."""
    changed, loan = left.stated(), state.course.loan
    cut, to_come = _cut(state, left.on)
    if not to_come:
        cut = cut._replace(first_due=_due_after(cut.first_due, left))
    owed = from_units(principal, loan.digits)
    return remaining_loan(loan, left.on, owed, cut, changed)


def _due_after(last: date, left: Left) -> date:
    """Return the next due date of a loan whose last one is over."""
    stated = left.words.get("first_due")
    if isinstance(stated, date):
        return stated
    if not isinstance(left.every, Step):
        if "every" in left.words:
            return left.every[0]
        raise TermsError(
            "due dates",
            got="stated dates that are over",
            allowed="dates of the plan",
            do="state NewDates(...)",
        )
    days = left.every.days or 28 * left.every.months
    count = (left.on - last).days // days + 2
    dates = step_dates(last, left.every, count, left.loan.roll_day)
    return next(day for day in dates if day > left.on)


class _Debt:
    """
    What is owed while concessions move it, one after the other, in units.

    Attributes:
        owed: By row and component; the last is what is not due, with what was earned.
        moves: What was taken off which row, first to last.
        frozen: What is frozen, and is to be paid.
    """

    def __init__(self, state: AccountState, day: int, *, capped: bool) -> None:
        self._capped = capped
        self._state, self._kept = state, rows_kept(state, day)
        self._course = state.course
        segment, kept = state.balances.segment, self._kept
        ahead = sum(segment.principal[kept:])
        if not state.accelerated:
            ahead -= self._course.to_come(day)
        self.owed = [[column[row] for column in segment] for row in range(kept)]
        # A fee on a date of its own that is to come has a row before what is not due.
        coming = {row for row in self._course.apart if state.balances.due[row] > day}
        self._over = [row for row in range(kept) if row not in coming]
        self.owed.append([*earned_ahead(state, day), ahead])
        self._opening = list(self.owed[-1])
        self.moves: list[Move] = []
        self.frozen: list[Frozen] = []

    @property
    def _rows(self) -> list[int]:
        """What concessions are worked out on: all that is over, then what is ahead."""
        return [*self._over, len(self.owed) - 1]

    @property
    def reaches_ahead(self) -> bool:
        """Whether more moved than what is overdue, and a plan is to follow from it."""
        moved = self.owed[-1] != self._opening
        return bool(self.frozen) or (moved and not self._is_gone)

    @property
    def _is_gone(self) -> bool:
        """Whether all principal is gone, and nothing else of what is not due."""
        *others, principal = self.owed[-1]
        return principal == 0 and others == self._opening[:-1]

    def settled(self) -> Balances:
        """Return the balances with what is left of the rows that stay."""
        balances, kept = self._state.balances, self._kept
        ahead = [column[kept:] for column in balances.segment]
        if self._is_gone:
            ahead = self._nothing_to_come(ahead)
            fees, interest, principal = (
                (*column[:kept], *later)
                for column, later in zip(balances.planned, ahead[FEE:], strict=True)
            )
            balances = balances._replace(planned=(fees, interest, principal))
        segment = Segment._make(
            (*(row[component] for row in self.owed[:-1]), *later)
            for component, later in enumerate(ahead)
        )
        return settled_capital(INTEGERS, balances, segment)

    def _nothing_to_come(self, ahead: list[Any]) -> list[Any]:
        """Return rows that are not due without principal, or what is not earned."""
        balances, course, kept = self._state.balances, self._course, self._kept
        nothing = (0,) * len(ahead[PRINCIPAL])
        interest = list(nothing)
        if nothing:
            day = balances.accrued_to
            pays = course.paying_row(course.current_row(day)) - kept
            interest[pays] = self.owed[-1][INTEREST]
        fees = kept_fees(course, balances, kept)[kept:]
        return [*ahead[:FEE], fees, tuple(interest), nothing]

    def concede(self, concession: MoneyConcession) -> None:
        """Apply a concession."""
        match concession:
            case Forgiveness() | ConditionalForgiveness():
                self._forgive(concession.component, concession.amount)
            case Capitalization():
                self._capitalize(concession.components)
            case ReAging():
                self._re_age()
            case _:
                self._freeze(concession)

    def settle(self, amount: Decimal) -> None:
        """Forgive down to an amount, which becomes the principal of the plan."""
        course = self._course
        owed = sum(sum(self.owed[row]) for row in self._rows)
        rest = owed - course.units(amount, "amount")
        if rest < 0:
            raise LimitError(
                "settlement",
                got=f"{amount:f}",
                allowed=f"at most {text_of(course, owed)}, all that is owed",
            )
        for place in range(len(COMPONENTS)):
            part = min(rest, sum(self.owed[row][place] for row in self._rows))
            rest -= self._take("forgiven", place, self._rows, part)
        self._capitalize(COMPONENTS)

    def _forgive(self, component: Component, amount: Decimal | Fraction) -> None:
        place, course = COMPONENTS.index(component), self._course
        owed = sum(self.owed[row][place] for row in self._rows)
        if isinstance(amount, Fraction):
            share = amount.as_integer_ratio()
            units = min(course.rounded(owed * share[0], share[1]), owed)
        else:
            units = course.units(amount, "amount")
        if self._capped:
            units = min(units, owed)
        if units > owed:
            raise LimitError(
                f"forgiveness of {component.value}",
                got=f"{amount:f}",
                allowed=f"at most {text_of(course, owed)}, what is owed of it",
            )
        self._take("forgiven", place, self._rows, units)

    def _capitalize(self, components: Iterable[Component]) -> None:
        for component in components:
            place = COMPONENTS.index(component)
            # Principal that is not due is principal of the plan already.
            rows = self._over if place == PRINCIPAL else self._rows
            self.owed[-1][PRINCIPAL] += self._take("capitalized", place, rows)

    def _re_age(self) -> None:
        for place in range(len(COMPONENTS)):
            self.owed[-1][place] += self._take("re_aged", place, self._over)

    def _freeze(self, concession: FrozenInterest) -> None:
        given_up = concession.paid is FrozenPaid.FORGIVEN
        what = "forgiven" if given_up else "frozen"
        taken = {
            place: self._take(what, place, self._rows)
            for place in map(COMPONENTS.index, concession.components)
        }
        if given_up:
            return
        interest = taken.pop(INTEREST, 0) + concession.to_come * self._to_come
        owed = {INTEREST: interest, FEE: sum(taken.values())}
        self.frozen += [
            Frozen(concession.paid, component, units)
            for component, units in owed.items()
            if units
        ]

    @property
    def _to_come(self) -> int:
        """The interest that rows to come owe by the plan, and that is not earned."""
        planned = sum(self._state.balances.segment.interest[self._kept :])
        return max(int(planned - self._opening[INTEREST]), 0)

    def _take(
        self, what: str, component: int, rows: Iterable[int], units: int | None = None
    ) -> int:
        """Take units of a component off rows, first to last, or all; return the sum."""
        taken = 0
        for row in rows:
            owed = self.owed[row][component]
            part = owed if units is None else min(units - taken, owed)
            if part:
                self.owed[row][component] -= part
                self.moves.append(Move(what, row, component, part))
                taken += part
        return taken
