"""The schedule itself: an immutable value that prints as a table."""

from collections.abc import Iterator
from itertools import repeat
from typing import Any, overload

from attrs import field, frozen

from loanmath.currency import from_units, from_units_column, to_units
from loanmath.errors import InputTypeError, LimitError
from loanmath.schedule.columns import Columns
from loanmath.schedule.explanation import Explanation, explain
from loanmath.schedule.printing import csv_text, html_table, markdown_table, text_table
from loanmath.schedule.resolve import resolve
from loanmath.schedule.rows import CashFlow, Installment, Totals
from loanmath.terms import InstallmentLoan
from loanmath.terms.consequences import deducted_units, paid_out_units

__all__ = ["Schedule", "plan"]


@frozen(repr=False)
class Schedule:
    """
    What is planned: one row per installment, right to the cent (还款计划表).

    A schedule is made by `InstallmentLoan.schedule()`. It is kept as integer columns;
    rows of `Decimal` are made when they are read. It prints as a table, and shows
    itself as HTML in notebooks.

    Attributes:
        loan: The terms it was planned from.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("12%/year"),
        ...     repayment=LevelPayment(2))
        >>> print(loan.schedule())
        Level payment (等额本息): CNY 1,000.00 on 2026-01-15 at 12%/year (1/12), monthly
        No  Due          Opening   Payment  Principal  Interest  Closing
         1  2026-02-15  1,000.00    507.51     497.51     10.00   502.49
         2  2026-03-15    502.49    507.51     502.49      5.02     0.00
            Total                 1,015.02   1,000.00     15.02
    """

    loan: InstallmentLoan
    _columns: Columns = field(alias="columns")

    def __len__(self) -> int:
        return len(self._columns.due)

    def __iter__(self) -> Iterator[Installment]:
        return iter(self.rows())

    @overload
    def __getitem__(self, index: int) -> Installment: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Installment, ...]: ...
    def __getitem__(self, index: int | slice) -> Installment | tuple[Installment, ...]:
        if isinstance(index, slice):
            return self.rows()[index]
        return self._row(range(len(self))[index])

    def _row(self, index: int) -> Installment:
        columns, digits = self._columns, self.loan.digits
        dates = [column[index] for column in columns[:3]]
        amounts = from_units_column([column[index] for column in columns[3:]], digits)
        return Installment._make([index + 1, *dates, *amounts])

    def rows(self) -> tuple[Installment, ...]:
        """
        Return every row, with amounts in major units as exact `Decimal`.

        Example:
            >>> from datetime import date
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import InterestOnly
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=InterestOnly(2))
            >>> [row.payment for row in loan.schedule().rows()]
            [Decimal('10.00'), Decimal('1010.00')]
        """
        columns, digits = self._columns, self.loan.digits
        opening = from_units_column(columns.opening, digits)
        closing = (*opening[1:], from_units(columns.closing[-1], digits))
        nothing = (from_units(0, digits),) * len(self)
        fee, tax, drawn, capitalized = (
            from_units_column(column, digits) if any(column) else nothing
            for column in (columns.fee, *columns[9:])
        )
        cells = zip(
            range(1, len(self) + 1),
            columns.start,
            columns.end,
            columns.due,
            opening,
            from_units_column(columns.payment, digits),
            from_units_column(columns.principal, digits),
            from_units_column(columns.interest, digits),
            fee,
            closing,
            tax,
            drawn,
            capitalized,
            strict=True,
        )
        # As Installment._make does it, without a Python call per row.
        return tuple(map(tuple.__new__, repeat(Installment), cells))

    def columns(self) -> dict[str, tuple[Any, ...]]:
        """
        Return the columns as they are kept, one entry per installment.

        Returns:
            `number`, `start`, `end`, `due` (dates), and `opening`, `payment`,
            `principal`, `interest`, `fee`, `closing`, `tax`, `drawn`, `capitalized` as
            `int` of 10^-digits, where `digits` is `loan.digits` (cents, fen, yen; finer
            where nothing is rounded).

        Example:
            >>> from datetime import date
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import InterestOnly
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=InterestOnly(2))
            >>> loan.schedule().columns()["payment"]
            (1000, 101000)
        """
        numbers = tuple(range(1, len(self) + 1))
        return {"number": numbers, **self._columns._asdict()}

    @property
    def totals(self) -> Totals:
        """
        The sums of what is paid and of what is capitalized, in major units.

        Example:
            >>> from datetime import date
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import InterestOnly
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=InterestOnly(2))
            >>> loan.schedule().totals.interest
            Decimal('20.00')
        """
        return self._sums(self._columns)

    def _sums(self, columns: Columns) -> Totals:
        principal, interest = sum(columns.principal), sum(columns.interest)
        fee, tax = sum(columns.fee), sum(columns.tax)
        payment = principal + interest + fee + tax
        capitalized = sum(columns.capitalized)
        units = (payment, principal, interest, fee, tax, capitalized)
        return Totals._make(from_units_column(units, self.loan.digits))

    def by_year(self) -> dict[int, Totals]:
        """
        Return subtotals by the calendar year in which installments fall due.

        Example:
            >>> from datetime import date
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import InterestOnly
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 11, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=InterestOnly(2))
            >>> loan.schedule().by_year()[2027].payment
            Decimal('1010.00')
        """
        years = [due.year for due in self._columns.due]
        sums, first = {}, 0
        for index, year in enumerate(years, start=1):
            if index == len(years) or years[index] != year:
                rows = slice(first, index)
                sums[year] = self._sums(
                    Columns._make(column[rows] for column in self._columns)
                )
                first = index
        return sums

    def cash_flows(self) -> tuple[CashFlow, ...]:
        """
        Return the dated cash flows, as the lender sees them.

        Returns:
            The amount paid out, negative, on the day of disbursement: the principal
            less discount and deducted fees. Then, by date, every drawdown, negative,
            and every payment that is not zero, positive, on its due date.

        Example:
            >>> from datetime import date
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=SinglePayment(6))
            >>> [str(flow.amount) for flow in loan.schedule().cash_flows()]
            ['-1000.00', '1060.00']
        """
        loan, columns = self.loan, self._columns
        flows = [(loan.disbursed, -paid_out_units(loan))]
        flows += [
            (drawdown.on, -to_units(drawdown.amount, loan.digits, "drawdown"))
            for drawdown in loan.drawdowns
        ]
        # What is deducted from the amount paid out is never paid.
        payments = list(columns.payment)
        payments[0] -= deducted_units(loan)
        flows += [
            (due, payment)
            for due, payment in zip(columns.due, payments, strict=True)
            if payment
        ]
        if loan.drawdowns:
            flows.sort(key=lambda flow: (flow[0], flow[1] > 0))
        return tuple(
            CashFlow(on, from_units(amount, loan.digits)) for on, amount in flows
        )

    def explain(self, number: int, column: str) -> Explanation:
        """
        Return the derivation of one cell, as a value.

        Args:
            number: The installment, from 1.
            column: A field of `Installment`, such as `"interest"`.

        Returns:
            Formula, inputs, result, rule and source; it prints as a paragraph.

        Raises:
            InputTypeError: If the number is not an `int`, or the column not a `str`.
            LimitError: If there is no such installment.
            UnknownNameError: If there is no such column.

        Example:
            >>> from datetime import date
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import InterestOnly
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("0.04%/day"), repayment=InterestOnly(2))
            >>> loan.schedule().explain(1, "interest").formula
            'round(opening * rate * days)'
        """
        if type(number) is not int:
            raise InputTypeError("number", got=number, allowed="int")
        if not 1 <= number <= len(self):
            raise LimitError("number", got=number, allowed=f"1 to {len(self)}")
        return explain(self.loan, self._columns, number - 1, column)

    def __str__(self) -> str:
        return text_table(self.loan, self._columns)

    def __repr__(self) -> str:
        totals = self.totals
        return (
            f"<Schedule of {len(self)} installments: {self.loan.currency}"
            f" {totals.payment} to {self._columns.due[-1]}>"
        )

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_csv(self) -> str:
        """
        Return the rows as CSV, plain numbers and ISO dates, with a header line.

        Example:
            >>> from datetime import date
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=SinglePayment(6))
            >>> loan.schedule().to_csv().splitlines()[1][:50]
            '1,2026-01-15,2026-07-15,2026-07-15,1000.00,1060.00'
        """
        return csv_text(self.loan, self._columns)

    def to_markdown(self) -> str:
        """
        Return the table as Markdown.

        Example:
            >>> from datetime import date
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=SinglePayment(6))
            >>> print(loan.schedule().to_markdown().splitlines()[2])
            | No | Due | Opening | Payment | Principal | Interest | Closing |
        """
        return markdown_table(self.loan, self._columns)

    def to_html(self) -> str:
        r"""
        Return the table as HTML, every text escaped.

        Example:
            >>> from datetime import date
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=SinglePayment(6))
            >>> loan.schedule().to_html()[:30]
            '<table class="loanmath">\n<capt'
        """
        return html_table(self.loan, self._columns)


def plan(loan: InstallmentLoan) -> Schedule:
    """
    Return the schedule that the terms agree on; the same as `loan.schedule()`.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import EqualPrincipal
        >>> loan = InstallmentLoan(currency="CNY", principal="1000",
        ...     disbursed=date(2026, 1, 15), every="monthly",
        ...     rate=Rate("1%/month"), repayment=EqualPrincipal(2))
        >>> plan(loan) == loan.schedule()
        True
    """
    return Schedule(loan, resolve(loan))
