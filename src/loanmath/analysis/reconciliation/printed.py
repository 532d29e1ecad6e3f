"""What a lender printed: rows of a schedule, or bills; what is blank is unknown."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeAlias, TypeVar

from attrs import field, fields, frozen

from loanmath.doors import to_date, to_tuple_of
from loanmath.errors import DateRangeError, InputTypeError, InputValueError, LimitError
from loanmath.terms.amounts import to_amount

__all__ = ["Printed", "PrintedBill", "PrintedBills", "PrintedRow", "PrintedSchedule"]

_MOST_ROWS = 2_400

Amount: TypeAlias = str | int | Decimal | None
RowT = TypeVar("RowT")


def _to_optional_date(day: date | None) -> date | None:
    return None if day is None else to_date(day, "due")


def _to_statement(day: date) -> date:
    return to_date(day, "statement")


def _cell(name: str) -> Decimal | None:
    def convert(amount: Amount) -> Decimal | None:
        return None if amount is None else to_amount(amount, name, least=None)

    cell: Decimal | None = field(default=None, converter=convert)
    return cell


@frozen(kw_only=True)
class PrintedRow:
    """
    One printed row of a schedule; what is left out is unknown, not zero.

    Args:
        due: The due date.
        opening: What is owed before, in major units.
        payment: What is to be paid.
        principal: The principal in it.
        interest: The interest in it.
        fee: The fee in it.
        closing: What is owed after it.

    Raises:
        InputTypeError: If a value is of the wrong type (`float`, `bool`, `datetime`).
        InputValueError: If an amount is not a finite number, or a date out of range.

    Example:
        >>> PrintedRow(due=date(2026, 2, 15), payment="507.51").payment
        Decimal('507.51')

    中文: 还款计划表的一行.
    """

    due: date | None = field(default=None, converter=_to_optional_date)
    opening: Decimal | None = _cell("opening")
    payment: Decimal | None = _cell("payment")
    principal: Decimal | None = _cell("principal")
    interest: Decimal | None = _cell("interest")
    fee: Decimal | None = _cell("fee")
    closing: Decimal | None = _cell("closing")


@frozen(kw_only=True)
class PrintedBill:
    """
    One printed bill of a credit line; what is left out is unknown, not zero.

    Args:
        statement: The statement date (账单日).
        interest: The interest that it charges, of all segments, in major units.
        fees: The fees and penalties that it charges.
        minimum: What is to be paid of it at least.
        closing: What it comes to; negative, a credit.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is not a finite number, or a date out of range.

    Example:
        >>> PrintedBill(statement=date(2026, 5, 1), interest="132.50").interest
        Decimal('132.50')

    中文: 信用卡账单的一期.
    """

    statement: date = field(converter=_to_statement)
    interest: Decimal | None = _cell("interest")
    fees: Decimal | None = _cell("fees")
    minimum: Decimal | None = _cell("minimum")
    closing: Decimal | None = _cell("closing")


def _rows_of(rows: Sequence[RowT], kind: type[RowT], what: str) -> tuple[RowT, ...]:
    found = to_tuple_of(rows, kind, what)
    if not found:
        raise InputValueError(what, got="none", allowed="at least one")
    if len(found) > _MOST_ROWS:
        raise LimitError(what, got=len(found), allowed=f"at most {_MOST_ROWS:,}")
    return found


def _check_amounts(rows: Iterable[Any], what: str) -> None:
    for row in rows:
        cells = (getattr(row, cell.name) for cell in fields(type(row)))
        if any(isinstance(cell, Decimal) for cell in cells):
            return
    raise InputValueError(what, got="no amount", allowed="at least one printed amount")


def _to_rows(rows: Sequence[PrintedRow]) -> tuple[PrintedRow, ...]:
    return _rows_of(rows, PrintedRow, "rows")


def _to_bills(bills: Sequence[PrintedBill]) -> tuple[PrintedBill, ...]:
    found = _rows_of(bills, PrintedBill, "bills")
    for before, after in pairwise(found):
        if after.statement <= before.statement:
            raise DateRangeError(
                "bills",
                got=str(after.statement),
                allowed=f"after {before.statement}, the bill before it",
            )
    return found


def _to_totals(totals: PrintedRow | None) -> PrintedRow | None:
    if totals is None:
        return None
    if type(totals) is not PrintedRow:
        raise InputTypeError("totals", got=totals, allowed="PrintedRow(...)")
    for name in ("due", "opening", "closing"):
        if getattr(totals, name) is not None:
            raise InputValueError(
                f"totals.{name}",
                got=str(getattr(totals, name)),
                allowed="sums of payment, principal, interest and fee",
            )
    return totals


@frozen
class PrintedSchedule:
    """
    A schedule as a lender printed it (对方出具的还款计划).

    Args:
        rows: All rows, in order; a row of which nothing is known stands for itself.
        totals: The printed sums; left out, none are known.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If there is no row, or no amount in any.
        LimitError: If there are more than 2,400 rows.

    Example:
        >>> printed = PrintedSchedule([PrintedRow(payment="507.51"), PrintedRow()],
        ...     totals=PrintedRow(interest="15.02"))
        >>> len(printed.rows)
        2
    """

    rows: tuple[PrintedRow, ...] = field(converter=_to_rows)
    totals: PrintedRow | None = field(default=None, converter=_to_totals)

    def __attrs_post_init__(self) -> None:
        sums = () if self.totals is None else (self.totals,)
        _check_amounts((*self.rows, *sums), "rows")


@frozen
class PrintedBills:
    """
    Bills of a credit line as a lender printed them (对方出具的账单).

    Args:
        bills: The bills, by statement date; months may be missing.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If there is no bill, or no amount in any.
        DateRangeError: If they are not in order.
        LimitError: If there are more than 2,400.

    Example:
        >>> bill = PrintedBill(statement=date(2026, 5, 1), interest="132.50")
        >>> PrintedBills([bill]).bills[0].closing is None
        True
    """

    bills: tuple[PrintedBill, ...] = field(converter=_to_bills)

    def __attrs_post_init__(self) -> None:
        _check_amounts(self.bills, "bills")


Printed: TypeAlias = PrintedSchedule | PrintedBills
