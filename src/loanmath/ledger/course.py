"""The course an account is to take: what its terms mean for the ledger, in integers."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from attrs import evolve, frozen

from loanmath.currency import agreed_units
from loanmath.events.order import EventKey, event_order
from loanmath.ledger.balances import Balances, Segment
from loanmath.ledger.earning import Earning, earning
from loanmath.ledger.growth import RowGrowth, row_growth
from loanmath.ledger.pauses import Pauses
from loanmath.ledger.plan_rows import plan_rows
from loanmath.ledger.row_fees import RowFees, row_fees
from loanmath.ledger.rules import LatenessRule, Pass, lateness_rules, passes
from loanmath.schedule import Schedule
from loanmath.terms import (
    Allocation,
    Component,
    ContractInterest,
    InstallmentLoan,
    PaymentDay,
    PenaltyBase,
    PenaltyRounded,
)
from loanmath.terms.replanning import follows_balance

__all__ = ["Arrears", "Course", "course"]


@frozen
class Arrears:
    """A row from before an account, or its chapter, was opened, in units."""

    due: int
    owed: tuple[int, ...]
    end: int
    of_fee: bool = False


@frozen(slots=False, eq=False)
class Course:
    """
    The terms as the ledger reads them.

    Attributes:
        loan: The terms.
        schedule: The plan.
        arrears: How many rows stand before those of the plan.
        start: The first day of each row's period, as an ordinal.
        end: The day each row's period ends on.
        due: The due dates agreed.
        of_fees: The rows that stand for a fee alone, and have no period.
        rules: How lateness costs by the day.
        opening: The balances on the first day.
        pauses: The days on which nothing accrues, as far as they are agreed.
        added: Rows that stand among those of the plan, ascending, and are none: a
            charge or a down payment with a due date of its own. They have no period.
    """

    loan: InstallmentLoan
    schedule: Schedule
    arrears: int
    start: tuple[int, ...]
    end: tuple[int, ...]
    due: tuple[int, ...]
    of_fees: frozenset[int]
    rules: tuple[LatenessRule, ...]
    opening: Balances
    pauses: Pauses = ()
    added: tuple[int, ...] = ()

    @property
    def rounded(self) -> Callable[[int, int], int]:
        """The rounding of the loan."""
        return self.loan.rounding.quotient(self.loan.digits)

    @cached_property
    def follows_balance(self) -> bool:
        """Whether contract interest accrues on what is owed, not on the plan."""
        return follows_balance(self.loan)

    @cached_property
    def overdue_bears(self) -> bool:
        """Whether overdue principal bears the contract interest of its period."""
        terms = self.loan.penalty
        return self.follows_balance and (
            terms is None or terms.contract_interest is ContractInterest.CONTINUES
        )

    @cached_property
    def late_tolerance(self) -> int:
        """What a row may still owe without being past due, in units."""
        return self.units(self.loan.servicing.days_past_due.tolerance, "tolerance")

    @cached_property
    def event_key(self) -> EventKey:
        """What events are ordered by."""
        servicing = self.loan.servicing
        return event_order(servicing.day_order, servicing.same_day)

    @cached_property
    def days_after(self) -> frozenset[int]:
        """How many days after a due date the terms do something."""
        charges = self.loan.servicing.late_charges
        held = {rule.held + 1 for rule in self.rules if rule.held}
        return frozenset({*held, *(charge.days_late for charge in charges)})

    @cached_property
    def has_days(self) -> bool:
        """Whether the terms may do something on days of their own, without a credit."""
        terms = self.loan.penalty
        compounds = terms is not None and terms.compounding is not None
        own = bool(self.days_after) or compounds or bool(self.pauses)
        return own or self.overdue_bears or self.goes_day_by_day

    @cached_property
    def counts_payment_day(self) -> bool:
        """Whether a day counts before its payments, for what is overdue on it."""
        terms = self.loan.penalty
        return terms is not None and terms.payment_day is PaymentDay.COUNTED

    @cached_property
    def is_plain(self) -> bool:
        """Whether the terms do nothing by themselves but charge for lateness."""
        more = self.has_days or self.counts_payment_day or self.earning is not None
        steady = all(rule.is_steady and rule.added is not None for rule in self.rules)
        # Below zero, interest may make a payoff less than the principal.
        return steady and not more and min(self.opening.segment.interest) >= 0

    @cached_property
    def goes_day_by_day(self) -> bool:
        """Whether what a day costs depends on the cents of the day before."""
        terms = self.loan.penalty
        if self.loan.servicing.caps or terms is None:
            return bool(self.loan.servicing.caps)
        compounding = terms.compounding
        of_interest = terms.base is not PenaltyBase.PRINCIPAL or (
            compounding is not None and Component.INTEREST in compounding.of
        )
        grows = terms.contract_interest is ContractInterest.CONTINUES
        return (grows and of_interest) or terms.rounded is PenaltyRounded.TOTAL

    @property
    def brought(self) -> tuple[int, ...]:
        """Interest from before the plan that each row is to pay, as was agreed."""
        return self.opening.carried

    def bringing(self, brought: Sequence[int]) -> "Course":
        """Return the course with interest from before the plan on rows that pay it."""
        return evolve(self, opening=self.opening.with_brought(brought))

    @cached_property
    def growth(self) -> RowGrowth:
        """How the rows of the plan grow, for accrual inside a period."""
        pauses = self.pauses if self.follows_balance else ()
        return row_growth(self.loan, self.schedule, pauses)

    @cached_property
    def earning(self) -> Earning | None:
        """How the plan is earned, where its rows hold what is not lent or earned."""
        return earning(self.loan)

    def to_come(self, day: int) -> int:
        """Return what rows hold of principal that is not drawn, or not joined, yet."""
        return 0 if self.earning is None else self.earning.to_come(day)

    def ahead_of(self, row: int) -> int:
        """Return what rows hold that the period of a row does not open with."""
        return 0 if self.earning is None else self.earning.ahead_of(self.start[row])

    def paying_row(self, row: int) -> int:
        """Return the row with which the interest of a row is paid, or joins."""
        if self.earning is None or row == len(self.end):
            return row
        return self._row_of(self.earning.pays[self.plan_row(row)])

    def plan_row(self, row: int) -> int:
        """Return which row of the plan a row is."""
        return row - self.arrears - bisect_left(self.added, row)

    def _row_of(self, plan_row: int) -> int:
        row = self.arrears + plan_row
        for added in self.added:
            row += added <= row
        return row

    def of_plan(self, column: Sequence[int]) -> list[int]:
        """Return what a column has for the rows of the plan."""
        rows = range(self.arrears, len(self.due))
        return [column[row] for row in rows if row not in self.added]

    @cached_property
    def apart(self) -> frozenset[int]:
        """The rows that have no period, and that no plan of the others moves."""
        return self.of_fees.union(self.added)

    def rows_from(self, first: int) -> list[int]:
        """Return the rows from one on that have a period, and follow a plan."""
        return [row for row in range(first, len(self.due)) if row not in self.apart]

    def with_row(self, index: int, due: int) -> "Course":
        """Return the course with one more row before another, or after all."""

        def wider(column: tuple[int, ...], more: int) -> tuple[int, ...]:
            return (*column[:index], more, *column[index:])

        def moved(rows: Iterable[int]) -> list[int]:
            return [row + (row >= index) for row in rows]

        is_last, is_behind = index == len(self.due), index < self.arrears
        # It stands, empty, where the period begins that its place is in.
        start = self.end[-1] if is_last else self.start[index]
        rules = self.rules
        if is_last:
            latest = self.due[-1]
            rules = tuple(
                evolve(rule, maturity=min(rule.maturity, latest)) for rule in rules
            )
        return evolve(
            self,
            arrears=self.arrears + is_behind,
            start=wider(self.start, start),
            end=wider(self.end, start),
            due=wider(self.due, due),
            of_fees=frozenset(moved(self.of_fees)),
            rules=rules,
            opening=self.opening.with_row(index, due),
            added=tuple(sorted((*moved(self.added), *[index] * (not is_behind)))),
        )

    @cached_property
    def fees(self) -> tuple[RowFees, ...]:
        """The planned fees of each row of the plan; nothing where there are none."""
        return row_fees(self.loan, self.schedule)

    @cached_property
    def _tables(self) -> dict[tuple[str, tuple[Component, ...]], "Tiers"]:
        return {}

    def tables(self, kind: str, order: tuple[Component, ...] = ()) -> "Tiers":
        """Return the tables of a kind of payment by days past due."""
        found = self._tables.get((kind, order))
        if found is None:
            rule = self.loan.servicing.allocation.for_kind(kind)
            found = [(0, passes(rule, order))]
            found += [
                (tier.from_days, passes(rule.on_day(tier.from_days), order))
                for tier in rule.tiers
            ]
            self._tables[kind, order] = found
        return found

    def rule(self, kind: str) -> Allocation:
        """Return the rule for a kind of payment."""
        return self.loan.servicing.allocation.for_kind(kind)

    def planned_balances(self, balances: Balances, first: int) -> Balances:
        """Return the balances of an account undrawn so far, with rows as agreed."""
        segment = Segment._make(
            (*owed[:first], *agreed[first:])
            for owed, agreed in zip(balances.segment, self.opening.segment, strict=True)
        )
        planned = (segment.fee, segment.interest, segment.principal)
        return balances._replace(segments=(segment,), planned=planned)

    def undrawn_balances(self) -> Balances:
        """Return the balances of an account on which nothing was paid out."""
        nothing = (0,) * len(self.due)
        segment = self.opening.segment
        kept = self.arrears
        empty = Segment._make((*column[:kept], *nothing[kept:]) for column in segment)
        planned = (empty.fee, empty.interest, empty.principal)
        return self.opening._replace(segments=(empty,), planned=planned)

    @property
    def first_due(self) -> int:
        """The due date of the first installment of the plan, a fee alone is none."""
        return self.due[self.rows_from(self.arrears)[0]]

    def current_row(self, day: int) -> int:
        """Return the row whose period a day lies in; the number of rows after all."""
        return bisect_right(self.end, day)

    def units(self, amount: Decimal, what: str) -> int:
        """Return an amount in units, refusing one finer than the loan keeps."""
        return agreed_units(amount, self.loan.digits, what)


Tiers = Sequence[tuple[int, Sequence[Pass]]]


def course(
    loan: InstallmentLoan, arrears: Sequence[Arrears] = (), credit: int = 0
) -> Course:
    """
    Return the course of an account from its terms and what it is opened with.

    Raises:
        ScheduleError: If no plan follows from the terms.
    """
    schedule = loan.schedule()
    columns = schedule.columns()
    behind = sorted(arrears, key=lambda row: row.due)
    ends = [row.end for row in behind]
    rows = plan_rows(loan, schedule)
    due = (*(row.due for row in behind), *map(date.toordinal, columns["due"]))
    lateness = lateness_rules(loan, due[-1])
    return Course(
        loan=loan,
        schedule=schedule,
        arrears=len(behind),
        start=(*ends, *rows.start),
        end=(*ends, *rows.end),
        due=due,
        of_fees=frozenset(
            [row for row, known in enumerate(behind) if known.of_fee]
            + [len(behind) + row for row, part in enumerate(rows.period) if part < 0]
        ),
        rules=lateness,
        opening=_opening(loan, _segment(columns, behind), due, len(lateness), credit),
    )


def _segment(columns: dict[str, tuple[Any, ...]], behind: list[Arrears]) -> Segment:
    nothing = (0,) * len(columns["due"])
    fees = map(int.__add__, columns["fee"], columns["tax"])
    planned = (nothing, nothing, fees, columns["interest"], columns["principal"])
    return Segment._make(
        (*(row.owed[place] for row in behind), *column)
        for place, column in enumerate(planned)
    )


def _opening(
    loan: InstallmentLoan,
    segment: Segment,
    due: tuple[int, ...],
    rules: int,
    credit: int,
) -> Balances:
    nothing, first = (0,) * len(due), loan.disbursed.toordinal()
    compounds = loan.penalty is not None and loan.penalty.compounding is not None
    return Balances(
        segments=(segment,),
        credit=credit,
        due=due,
        since=first,
        ahead=0,
        sums=(nothing,) * rules,
        capital=(nothing, nothing) if compounds else (),
        planned=(segment.fee, segment.interest, segment.principal),
        early=nothing,
        carried=nothing,
        accrued=0,
        accrued_to=first,
        accrued_row=0,
        prepaid=0,
        rests=False,
    )
