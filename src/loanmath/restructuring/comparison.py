"""Old beside new: what a restructured plan changes, as a table."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from loanmath.analysis.accounting import PresentValueTest
from loanmath.currency import sum_of
from loanmath.errors import FlowsError, SolverError
from loanmath.restructuring.outlook import Outlook
from loanmath.schedule.printed import PrintedRecords, amount_cell, percent_cell
from loanmath.schedule.printing import Table
from loanmath.schedule.rows import CashFlow
from loanmath.yields import RateConvention, apr, irr

if TYPE_CHECKING:
    from loanmath.restructuring.plan import Plan

__all__ = ["Compared", "Comparison", "comparison_of"]


class Compared(NamedTuple):
    """
    One measure, old beside new.

    Attributes:
        what: What is compared.
        before: What it is without the plan: an amount, a number, a date, a share as a
            `Decimal` named `rate`, or text; empty where it has no meaning.
        after: What it is with the plan.
        is_rate: Whether the two are shares, to be shown in percent.

    Example:
        >>> Compared("To be paid", Decimal("10.00"), Decimal("12.00")).change
        Decimal('2.00')
    """

    what: str
    before: Decimal | int | date | str
    after: Decimal | int | date | str
    is_rate: bool = False

    @property
    def change(self) -> Decimal | int | str:
        """What is more with the plan; empty where it is no number."""
        before, after = self.before, self.after
        if isinstance(before, int) and isinstance(after, int):
            return after - before
        if not isinstance(before, Decimal) or not isinstance(after, Decimal):
            return ""
        digits = -int(after.as_tuple().exponent)
        return sum_of([after, before.copy_negate()], digits)

    def cells(self) -> list[str]:
        """Return the cells of its line."""
        shown = (_cell(part, self) for part in (self.before, self.after))
        change = self.change
        more = _cell(change, self)
        signed = more if not change or more.startswith("-") else f"+{more}"
        return [self.what, *shown, signed]


def _cell(value: Decimal | int | date | str, row: Compared) -> str:
    if isinstance(value, Decimal):
        return percent_cell(value, 2) if row.is_rate else amount_cell(value)
    return str(value)


@frozen
class Comparison(PrintedRecords):
    """
    Old beside new (重组前后对比). It prints as a table.

    Attributes:
        currency: The currency of every amount.
        on: The first day of the plan.
        rows: What is compared.

    Example:
        >>> rows = (Compared("Installments", 4, 6),)
        >>> print(Comparison("CNY", date(2026, 6, 1), rows))
        Plan of 2026-06-01 in CNY
                      Before  After  Change
        Installments       4      6      +2
    """

    currency: str
    on: date
    rows: tuple[Compared, ...]

    def __getitem__(self, what: str) -> Compared:
        """
        Return the row of a measure by its name.

        Raises:
            KeyError: If there is none.
        """
        for row in self.rows:
            if row.what == what:
                return row
        raise KeyError(what)

    def _table(self) -> Table:
        caption = f"Plan of {self.on} in {self.currency}"
        header = ["", "Before", "After", "Change"]
        return Table(
            caption, header, [row.cells() for row in self.rows], [], words=(0,)
        )

    def _records(self) -> list[Sequence[object]]:
        lines = [(row.what, row.before, row.after, row.change) for row in self.rows]
        return [("what", "before", "after", "change"), *lines]


def comparison_of(
    plan: "Plan",
    tests: Sequence[PresentValueTest],
    convention: RateConvention | None,
) -> Comparison:
    """Return old beside new, with tests and annual rates."""
    rows = [*_payments(plan), *_values(plan), _rates(plan, convention)]
    rows += [_tested(plan, test) for test in tests]
    return Comparison(plan.before.loan.currency, plan.on, tuple(rows))


def _tested(plan: "Plan", test: PresentValueTest) -> Compared:
    if not plan.old.flows or not plan.new.flows:
        return Compared(test.name, "", "nothing to be paid")
    found = plan.test(test)
    met = "met" if found.is_met else "not met"
    return Compared(test.name, "", f"{percent_cell(found.ratio, 2)}, {met}")


def _payments(plan: "Plan") -> list[Compared]:
    old, new = plan.old, plan.new
    digits = plan.before.loan.digits

    def less_principal(outlook: Outlook) -> Decimal:
        # Of principal what was lent: capitalized interest is a cost all the same.
        return sum_of([outlook.total, old.principal.copy_negate()], digits)

    return [
        Compared("Owed on the day", old.payoff, new.payoff),
        Compared("Days past due", old.days_past_due, new.days_past_due),
        Compared("Overdue and due", _now(old, digits), _now(new, digits)),
        Compared("Next payment", _first(old)[0], _first(new)[0]),
        Compared("Next amount", _first(old)[1], _first(new)[1]),
        Compared("Largest payment", _largest(old, digits), _largest(new, digits)),
        Compared("Installments", old.installments, new.installments),
        Compared("Last due date", old.ends, new.ends),
        Compared("To be paid", old.total, new.total),
        Compared("Cost to come", less_principal(old), less_principal(new)),
        Compared("Forgiven", "", plan.forgiven.total),
    ]


def _now(outlook: Outlook, digits: int) -> Decimal:
    return sum_of([amount for on, amount in outlook.flows if on == outlook.on], digits)


def _first(outlook: Outlook) -> tuple[date | str, Decimal | str]:
    return outlook.later[0] if outlook.later else ("", "")


def _largest(outlook: Outlook, digits: int) -> Decimal:
    amounts = [amount for _, amount in outlook.later]
    return max(amounts, default=sum_of([], digits))


def _values(plan: "Plan") -> list[Compared]:
    return [
        Compared("Interest forgone", "", plan.interest_forgone),
        Compared("Value at the original rate", plan.old_value, plan.new_value),
        Compared("Loss", "", plan.loss),
    ]


def _rates(plan: "Plan", convention: RateConvention | None) -> Compared:
    before, after = (
        _rate(plan.cash_flows(planned=planned), convention) for planned in (False, True)
    )
    return Compared("Annual rate", before, after, is_rate=True)


def _rate(
    flows: Sequence[CashFlow], convention: RateConvention | None
) -> Decimal | str:
    try:
        return (irr(flows) if convention is None else apr(flows, convention)).value
    except FlowsError:
        return "not covered"
    except SolverError:
        return "no single rate"
