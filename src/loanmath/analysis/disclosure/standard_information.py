"""The standard information on consumer credit that European law requires."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from attrs import field, frozen

from loanmath.analysis.disclosure.planned_costs import (
    capital_flows,
    flows_of,
    planned_costs,
)
from loanmath.analysis.disclosure.printed import PrintedLines, lines_table
from loanmath.analysis.disclosure.third_parties import (
    ThirdPartyCost,
    to_loan,
    to_third_parties,
)
from loanmath.currency import from_units, sum_of
from loanmath.doors import decimal_parts, to_count
from loanmath.errors import InputTypeError
from loanmath.rounding import RoundingMode, divide
from loanmath.schedule import CashFlow
from loanmath.schedule.printing import Table
from loanmath.term_sheets.english.words import step_words
from loanmath.terms import InstallmentLoan
from loanmath.yields import EU_APRC, AnnualRate, RateConvention, apr

__all__ = [
    "EqualInstallments",
    "StandardInformation",
    "shown_percent",
    "standard_information",
]

_MOST_DECIMALS = 8


def shown_percent(percent: str | int | Decimal, decimals: int = 1) -> Decimal:
    """
    Return an annual percentage rate at the decimals that it is shown with, half up.

    Formula: the digit after the last one shown rounds it up where it is 5 or more.
    A rate that was rounded before may round otherwise than the exact one:
    `AnnualRate.at` rounds the exact one.

    Args:
        percent: The rate in percent.
        decimals: Decimals shown, 1 to 8.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the percentage is not a finite number.
        LimitError: If the decimals are out of range.

    Example:
        >>> shown_percent("3.055", 1), shown_percent("3.055", 2)
        (Decimal('3.1'), Decimal('3.06'))

    Source: Directive 2008/48/EC, Annex I, remark (d); the example is that of
    SWD(2012)128, 4.1.2.
    """
    coefficient, exponent = decimal_parts(percent, "percent")
    digits = to_count(decimals, "decimals", _MOST_DECIMALS)
    if exponent + digits >= 0:
        return from_units(coefficient * int(10 ** (exponent + digits)), digits)
    below = int(10 ** -(exponent + digits))
    return from_units(divide(coefficient, below, RoundingMode.HALF_UP), digits)


@frozen
class EqualInstallments:
    """
    Payments of one amount that follow each other.

    Attributes:
        count: How many.
        amount: Each of them, in major units.
        first: The day of the first.
        last: The day of the last.

    Example:
        >>> EqualInstallments(11, Decimal("888.49"), date(2026, 2, 15),
        ...     date(2026, 12, 15)).count
        11
    """

    count: int
    amount: Decimal
    first: date
    last: date


@frozen
class StandardInformation(PrintedLines):
    """
    What a consumer is told of a credit before the contract (标准信息).

    Formula: `payable = credit + cost`.

    Attributes:
        loan: The loan.
        credit: The total amount of credit: what is made available, so without what is
            withheld or financed for costs.
        cost: The total cost of the credit: interest and all charges, those of third
            parties included.
        payable: The total amount payable.
        aprc: The annual percentage rate of charge.
        decimals: The decimals that it is shown with.
        borrowing_rate: The rate of the contract, in words.
        drawdowns: What is paid out, and when: amounts above zero.
        installments: What is paid, equal payments in a row together.
        every: How often.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import InterestOnly
        >>> loan = InstallmentLoan(currency="EUR", principal="1000",
        ...     disbursed=date(2026, 1, 15), every="monthly",
        ...     rate=Rate("1%/month"), repayment=InterestOnly(12))
        >>> print(standard_information(loan))
        Standard information on consumer credit
        What                             Disclosed
        Total amount of credit           EUR 1,000.00
        Drawdown                         EUR 1,000.00 on 2026-01-15
        Duration                         2026-01-15 to 2027-01-15
        Installments                     every month: 11 of EUR 10.00, 1 of EUR 1,010.00
        Total amount payable             EUR 1,120.00
        Total cost of the credit         EUR 120.00
        Borrowing rate                   1%/month
        Annual percentage rate (APR, %)  12.7
    """

    loan: InstallmentLoan
    credit: Decimal
    cost: Decimal
    payable: Decimal
    aprc: AnnualRate
    decimals: int
    borrowing_rate: str
    drawdowns: tuple[CashFlow, ...]
    installments: tuple[EqualInstallments, ...] = field(repr=False)
    every: str

    @property
    def shown(self) -> Decimal:
        """The annual rate in percent at the decimals that it is shown with."""
        return self.aprc.at(self.decimals)

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return what is disclosed as pairs of texts, in the order of the form."""
        currency = self.loan.currency
        drawn = ", ".join(
            f"{currency} {amount:,f} on {on}" for on, amount in self.drawdowns
        )
        paid = ", ".join(
            f"{group.count} of {currency} {group.amount:,f}"
            for group in self.installments
        )
        last = self.installments[-1].last
        return (
            ("Total amount of credit", f"{currency} {self.credit:,f}"),
            ("Drawdown", drawn),
            ("Duration", f"{self.loan.disbursed} to {last}"),
            ("Installments", f"{self.every}: {paid}"),
            ("Total amount payable", f"{currency} {self.payable:,f}"),
            ("Total cost of the credit", f"{currency} {self.cost:,f}"),
            ("Borrowing rate", self.borrowing_rate),
            ("Annual percentage rate (APR, %)", f"{self.shown:f}"),
        )

    def _tables(self) -> list[Table]:
        return [lines_table("Standard information on consumer credit", self.lines())]


def standard_information(
    loan: InstallmentLoan,
    *,
    others: Sequence[ThirdPartyCost] = (),
    convention: RateConvention = EU_APRC,
    decimals: int = 1,
) -> StandardInformation:
    """
    Return what a consumer is told of a credit before the contract.

    Args:
        loan: The loan.
        others: What third parties charge and the lender knows: insurance that is
            required, brokers, guarantees.
        convention: The convention of the annual rate.
        decimals: Decimals that the annual rate is shown with, 1 to 8, half up.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If the decimals are out of range.
        SolverError: If no rate can be proved for the flows.
        LoanmathError: If no schedule can be planned from the terms.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import Fee, LevelPayment
        >>> loan = InstallmentLoan(currency="EUR", principal="6000",
        ...     disbursed=date(2026, 1, 15), every="monthly", rate=Rate("9%/year"),
        ...     repayment=LevelPayment(48), fees=[Fee("file", "60", paid="deducted")])
        >>> told = standard_information(loan)
        >>> told.credit, told.cost, told.payable, told.shown
        (Decimal('5940.00'), Decimal('1226.90'), Decimal('7166.90'), Decimal('10.0'))

    Source: Directive 2008/48/EC, Art. 3, 5 and Annexes I and II, applied since
    2010-06-11; that sums withheld for costs are no credit: Court of Justice, C-377/14
    (Radlinger), 2016-04-21. Directive (EU) 2023/2225 takes its place on 2026-11-20.
    Articles and judgment are recalled, not checked against the text.
    """
    to_loan(loan)
    if type(convention) is not RateConvention:
        raise InputTypeError("convention", got=convention, allowed="EU_APRC or another")
    places = to_count(decimals, "decimals", _MOST_DECIMALS)
    costs = planned_costs(loan, to_third_parties(others))
    flows = flows_of(capital_flows(loan), costs, loan.digits)
    own = loan.schedule().cash_flows()
    drawn = tuple(
        CashFlow(on, amount.copy_negate()) for on, amount in own if amount < 0
    )
    credit = sum_of([amount for _, amount in drawn], loan.digits)
    cost = from_units(sum(cost.amount for cost in costs), loan.digits)
    rate = loan.rate
    return StandardInformation(
        loan=loan,
        credit=credit,
        cost=cost,
        payable=sum_of([credit, cost], loan.digits),
        aprc=apr(flows, convention),
        decimals=places,
        borrowing_rate="none" if rate is None else str(rate),
        drawdowns=drawn,
        installments=_grouped(own),
        every=step_words(loan.every),
    )


def _grouped(flows: Sequence[CashFlow]) -> tuple[EqualInstallments, ...]:
    found = []
    paid = [flow for flow in flows if flow.amount > 0]
    for amount, group in groupby(paid, key=lambda flow: flow.amount):
        days = [on for on, _ in group]
        found.append(EqualInstallments(len(days), amount, days[0], days[-1]))
    return tuple(found)
