"""How a debt goes on: several plans and ways to pay, side by side over time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from attrs import field, frozen

from loanmath.account import Account
from loanmath.currency import from_units
from loanmath.doors import to_date, to_text
from loanmath.errors import DateRangeError, InputTypeError, TermsError
from loanmath.events import Payment
from loanmath.line_account import LineAccount
from loanmath.recurrence import shift_months
from loanmath.restructuring.paying import (
    Debt,
    Pays,
    dues_of,
    owed_on,
    payment_on,
    terms_of,
)
from loanmath.restructuring.plan import Plan
from loanmath.schedule.printed import PrintedRecords, amount_cell
from loanmath.schedule.printing import Table
from loanmath.terms.amounts import to_amount

__all__ = ["Path", "PathRow", "Paths", "compare_paths"]

_MOST_PATHS = 20
_MOST_MONTHS = 600
_PATH = "path of"


def _to_debt(debt: object) -> Debt:
    if type(debt) is Plan:
        return debt.after
    if not isinstance(debt, Account | LineAccount):
        raise InputTypeError(
            "path", got=debt, allowed="an Account, a LineAccount or a Plan"
        )
    return debt


def _to_pays(pays: object) -> Pays | Decimal:
    if isinstance(pays, Pays):
        return pays
    if type(pays) is str and pays in {member.value for member in Pays}:
        return Pays(pays)
    return to_amount(pays, "pays", least=1)


@frozen
class Path:
    """
    A debt and how it is paid from a day on (还款路径).

    Args:
        debt: An account, a line, or a plan as if it were accepted.
        pays: `"in_full"`, `"minimum"` of a line, `"nothing"`, or the most that is paid
            on every due date, in major units.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If `pays` is neither a word nor an amount above zero.
        TermsError: If a loan is to pay a minimum, which it has not.

    Example:
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> Path(Account.open(loan), "100").pays
        Decimal('100')
    """

    debt: Debt = field(converter=_to_debt)
    pays: Pays | Decimal = field(default=Pays.IN_FULL, converter=_to_pays)

    def __attrs_post_init__(self) -> None:
        if self.pays is Pays.MINIMUM and isinstance(self.debt, Account):
            raise TermsError(
                "pays", got="minimum", allowed="of a line", do="state the amount"
            )


class PathRow(NamedTuple):
    """
    One path on one day, in major units.

    Attributes:
        on: The day.
        name: The name of the path.
        debt: What would settle it.
        overdue: What is past due.
        penalty: Penalty and compound interest owed.
        paid: What was paid since the first day.
        days_past_due: As the terms count them.

    Example:
        >>> PathRow._fields[:3]
        ('on', 'name', 'debt')
    """

    on: date
    name: str
    debt: Decimal
    overdue: Decimal
    penalty: Decimal
    paid: Decimal
    days_past_due: int


@frozen
class Paths(PrintedRecords):
    """
    Debts over time, side by side (债务路径对比). It prints as a table of debts.

    Attributes:
        currency: The currency of every amount.
        names: The names of the paths, in their order.
        rows: Every path on every day: day by day, in the order of the names.

    Example:
        >>> nothing = Decimal("0.00")
        >>> rows = (PathRow(date(2026, 6, 1), "kept", Decimal("5.00"), nothing, nothing,
        ...     nothing, 0),)
        >>> print(Paths("CNY", ("kept",), rows))
        Debt in CNY
                    kept
        2026-06-01  5.00
        Paid        0.00
    """

    currency: str
    names: tuple[str, ...]
    rows: tuple[PathRow, ...]

    def of(self, name: str) -> tuple[PathRow, ...]:
        """
        Return the rows of one path, in order of their days.

        Raises:
            KeyError: If no path has the name.
        """
        if name not in self.names:
            raise KeyError(name)
        return tuple(row for row in self.rows if row.name == name)

    def table(self) -> Table:
        """Return the debts as cells: a line for each day, a column for each path."""
        return self._table()

    def _table(self) -> Table:
        days = dict.fromkeys(row.on for row in self.rows)
        columns = [self.of(name) for name in self.names]
        lines = [
            [str(day), *(amount_cell(column[place].debt) for column in columns)]
            for place, day in enumerate(days)
        ]
        paid = ["Paid", *(amount_cell(column[-1].paid) for column in columns)]
        caption = f"Debt in {self.currency}"
        return Table(caption, ["", *self.names], lines, paid, words=(0,))

    def _records(self) -> list[Sequence[object]]:
        return [PathRow._fields, *self.rows]


_Way: TypeAlias = Path | Debt | Plan


def compare_paths(paths: Mapping[str, _Way], since: date, until: date) -> Paths:
    """
    Return several debts over time, each paid in its way (债务路径对比).

    From the day after `since`, each path pays on its own due dates, a loan monthly
    after the last of them; what it owes is shown on `since`, on the same day of every
    month after it, and on `until`.

    Args:
        paths: By name a `Path`, or an account, a line or a plan that is paid in full.
        since: The first day, not before the last event of any account.
        until: The last day, up to 50 years later.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        DateRangeError: If a day is out of range.
        TermsError: If there are no paths, more than 20, or two currencies.

    Example:
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> account = Account.open(loan)
        >>> print(compare_paths({"kept": account, "nothing": Path(account, "nothing")},
        ...     date(2026, 2, 1), date(2026, 3, 31)))
        Debt in CNY
                        kept   nothing
        2026-02-01  1,000.00  1,000.00
        2026-03-01    500.00  1,030.00
        2026-03-31      0.00  1,060.00
        Paid        1,060.00      0.00
    """
    first, last = to_date(since, "since"), to_date(until, "until")
    ways = _to_ways(paths)
    days = _days(first, last)
    currencies = {terms_of(way.debt).currency for way in ways.values()}
    if len(currencies) != 1:
        raise TermsError("paths", got=sorted(currencies), allowed="one currency")
    for name, way in ways.items():
        latest = max((event.on for event in way.debt.events), default=first)
        if latest > first:
            raise DateRangeError(
                "since", got=str(first), allowed=f"from {latest}, an event of {name!r}"
            )
    columns = [list(_rows(name, way, days)) for name, way in ways.items()]
    rows = tuple(row for line in zip(*columns, strict=True) for row in line)
    return Paths(currencies.pop(), tuple(ways), rows)


def _to_ways(paths: object) -> dict[str, Path]:
    if not isinstance(paths, Mapping):
        raise InputTypeError("paths", got=paths, allowed="a mapping of names to paths")
    if not 1 <= len(paths) <= _MOST_PATHS:
        raise TermsError("paths", got=len(paths), allowed=f"1 to {_MOST_PATHS} paths")
    return {
        to_text(name, "name"): way if type(way) is Path else Path(way)
        for name, way in paths.items()
    }


def _days(first: date, last: date) -> list[date]:
    months = 12 * (last.year - first.year) + last.month - first.month
    if last < first or months > _MOST_MONTHS:
        raise DateRangeError(
            "until", got=str(last), allowed=f"up to {_MOST_MONTHS} months from {first}"
        )
    steps = (shift_months(first, number) for number in range(months + 1))
    return [*(day for day in steps if day < last), last]


def _rows(name: str, way: Path, days: Sequence[date]) -> Iterator[PathRow]:
    debt, digits = way.debt, terms_of(way.debt).digits
    paid, passed = 0, days[0]
    for day in days:
        for due in dues_of(debt, passed, day):
            units = payment_on(debt, way.pays, due)
            paid += units
            if units:
                amount = from_units(units, digits)
                payment = Payment(id=f"{_PATH} {due}", on=due, amount=amount)
                debt = debt.record(payment)
        passed = day
        owed = owed_on(debt, day)
        yield PathRow(
            on=day,
            name=name,
            debt=from_units(owed.debt, digits),
            overdue=from_units(owed.overdue, digits),
            penalty=from_units(owed.penalty, digits),
            paid=from_units(paid, digits),
            days_past_due=owed.days_past_due,
        )
