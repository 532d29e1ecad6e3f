"""What an advertisement for credit shows in the United Kingdom."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from attrs import field, frozen

from loanmath.analysis.disclosure.assumed_repayment import open_end_monthly
from loanmath.analysis.disclosure.planned_costs import netted
from loanmath.analysis.disclosure.printed import PrintedLines, lines_table
from loanmath.analysis.disclosure.standard_information import (
    StandardInformation,
    standard_information,
)
from loanmath.analysis.disclosure.third_parties import (
    ThirdPartyCost,
    dated_amounts,
)
from loanmath.currency import currency_digits, from_units, sum_of, to_units
from loanmath.doors import to_count, to_date, to_enum
from loanmath.rates import Rate, to_rate
from loanmath.rounding import Rounding, RoundingMode, divide
from loanmath.schedule import CashFlow
from loanmath.schedule.printing import Table
from loanmath.terms import (
    FloatingRate,
    InstallmentLoan,
    LevelPayment,
    SteppedRate,
)
from loanmath.terms.amounts import to_amount
from loanmath.yields import UK_APR, AnnualRate, apr

__all__ = [
    "EqualPart",
    "RepresentativeExample",
    "RunningAccountSummary",
    "representative_example",
    "running_account_summary",
]

_DECIMALS = 1
_EXACT_DIGITS = 10
_MOST_MONTHS = 1200


@frozen
class RepresentativeExample(PrintedLines):
    """
    The representative example of an advertisement for credit of a fixed sum.

    Attributes:
        information: Credit, cost, installments and the annual rate to one decimal.

    Example:
        >>> from loanmath.terms import InterestOnly
        >>> loan = InstallmentLoan(currency="GBP", principal="1000",
        ...     disbursed=date(2026, 1, 15), every="monthly",
        ...     rate=Rate("1%/month"), repayment=InterestOnly(12))
        >>> print(representative_example(loan))
        Representative example
        What                  Disclosed
        Amount of credit      GBP 1,000.00
        Rate of interest      1%/month, fixed
        Duration              2026-01-15 to 2027-01-15
        Repayments            every month: 11 of GBP 10.00, 1 of GBP 1,010.00
        Total amount payable  GBP 1,120.00
        Representative APR    12.7% APR
    """

    information: StandardInformation

    def _tables(self) -> list[Table]:
        told = self.information
        told_lines = dict(told.lines())
        rate = told.loan.rate
        kind = "fixed"
        if isinstance(rate, FloatingRate):
            kind = "variable"
        elif isinstance(rate, SteppedRate):
            kind = "fixed in steps"
        lines = (
            ("Amount of credit", told_lines["Total amount of credit"]),
            ("Rate of interest", f"{told.borrowing_rate}, {kind}"),
            ("Duration", told_lines["Duration"]),
            ("Repayments", told_lines["Installments"]),
            ("Total amount payable", told_lines["Total amount payable"]),
            ("Representative APR", f"{told.shown:f}% APR"),
        )
        return [lines_table("Representative example", lines)]


def representative_example(
    loan: InstallmentLoan, *, others: Sequence[ThirdPartyCost] = ()
) -> RepresentativeExample:
    """
    Return the representative example of a loan, its APR to one decimal.

    Args:
        loan: The loan that is typical of the agreements advertised.
        others: What third parties charge for it.

    Raises:
        InputTypeError: If a value is of the wrong type.
        SolverError: If no rate can be proved for the flows.
        LoanmathError: If no schedule can be planned from the terms.

    Example:
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="GBP", principal="5000",
        ...     disbursed=date(2026, 1, 15), every="yearly", day_count="1/1",
        ...     rate=Rate("9.7%/year"), repayment=LevelPayment(3))
        >>> representative_example(loan).information.shown
        Decimal('9.7')

    Source: FCA Handbook, CONC 3.5 (recalled, not checked against the text).
    """
    return RepresentativeExample(
        standard_information(loan, others=others, convention=UK_APR, decimals=_DECIMALS)
    )


class EqualPart(Enum):
    """Whether `CAPITAL` or the whole `PAYMENT` is the same in every installment."""

    CAPITAL = "capital"
    PAYMENT = "payment"


@frozen
class RunningAccountSummary(PrintedLines):
    """
    The figures of an advertisement for running-account credit, such as a card.

    Formula: `payable = limit + cost`.

    Attributes:
        currency: The currency of every amount.
        limit: The credit limit that is assumed.
        rate: The rate of purchases.
        charges: What is charged beside interest: (date, amount).
        months: The installments that it is taken to be repaid in.
        cost: Interest and charges, in major units.
        payable: What is paid in all.
        apr: The annual rate, shown to one decimal.

    Example:
        >>> print(running_account_summary("1200", date(2026, 1, 15),
        ...     rate="18%/year", months=12, currency="GBP"))
        Running-account credit
        What                      Disclosed
        Assumed credit limit      GBP 1,200.00
        Repaid in                 12 monthly installments
        Rate of purchases         18%/year
        Other charges             GBP 0.00
        Total cost of the credit  GBP 117.00
        Total amount payable      GBP 1,317.00
        Representative APR        19.6% APR
    """

    currency: str
    limit: Decimal
    rate: Rate
    charges: tuple[CashFlow, ...] = field(repr=False)
    months: int
    cost: Decimal
    payable: Decimal
    apr: AnnualRate

    def _tables(self) -> list[Table]:
        digits = currency_digits(self.currency)
        charged = sum_of([amount for _, amount in self.charges], digits)
        lines = (
            ("Assumed credit limit", f"{self.currency} {self.limit:,f}"),
            ("Repaid in", f"{self.months} monthly installments"),
            ("Rate of purchases", str(self.rate)),
            ("Other charges", f"{self.currency} {charged:,f}"),
            ("Total cost of the credit", f"{self.currency} {self.cost:,f}"),
            ("Total amount payable", f"{self.currency} {self.payable:,f}"),
            ("Representative APR", f"{self.apr.shown:f}% APR"),
        )
        return [lines_table("Running-account credit", lines)]


def running_account_summary(  # noqa: PLR0913 what the figures rest on
    limit: str | int | Decimal,
    start: date,
    *,
    rate: Rate | str,
    months: int,
    currency: str,
    charges: Sequence[tuple[date, str | int | Decimal]] = (),
    equal: str | EqualPart = "capital",
) -> RunningAccountSummary:
    """
    Return the figures of running-account credit, drawn in full and repaid in a year.

    Without charges the annual rate is that of the monthly rate alone, however it is
    repaid. Amounts are not rounded on the way; the sums are, to the minor unit.

    Args:
        limit: The limit that is assumed, in major units: 1,200 pounds, or 1,500 where
            the credit is secured (see `loanmath.presets.uk`).
        start: The day that all of it is drawn.
        rate: The rate of purchases, per month or year.
        months: The installments: 12.
        currency: ISO 4217 code.
        charges: Yearly and other charges: (date, amount) tuples, in major units.
        equal: What is equal in the installments: the `"capital"`, or the whole
            `"payment"` of capital and interest.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        SolverError: If no rate can be proved for the flows.

    Example:
        >>> summary = running_account_summary("1200", date(2026, 1, 15),
        ...     rate="18%/year", months=12, currency="GBP",
        ...     charges=[(date(2026, 1, 15), "30")])
        >>> summary.cost, summary.apr.shown
        (Decimal('147.00'), Decimal('25.6'))

    Source: FCA Handbook, CONC 3.5 and App 1.2 (the limit and the twelve installments as
    reported; the text was not seen, so that which part is equal is left to choose).
    """
    digits = currency_digits(currency)
    units = to_units(to_amount(limit, "limit", least=1), digits, "limit")
    amount, first = from_units(units, digits), to_date(start, "start")
    yearly, count = to_rate(rate), to_count(months, "months", _MOST_MONTHS)
    charged = tuple(
        CashFlow(on, from_units(to_units(part, digits, "charges"), digits))
        for on, part in dated_amounts(charges, "charges")
    )
    line = _Line(currency, amount, first, yearly, count)
    flows = line.flows(to_enum(equal, EqualPart, "equal"))
    exact_flows = [
        (on, to_units(part, _EXACT_DIGITS, "flow")) for on, part in (*flows, *charged)
    ]
    exact = sum(part for _, part in exact_flows)
    below = int(10 ** (_EXACT_DIGITS - digits))
    cost = from_units(divide(exact, below, RoundingMode.HALF_UP), digits)
    return RunningAccountSummary(
        currency=currency,
        limit=amount,
        rate=yearly,
        charges=charged,
        months=count,
        cost=cost,
        payable=sum_of([amount, cost], digits),
        apr=apr(netted(exact_flows, _EXACT_DIGITS), UK_APR),
    )


class _Line(NamedTuple):
    """What is drawn of running-account credit, and how it is repaid."""

    currency: str
    limit: Decimal
    start: date
    rate: Rate
    months: int

    def flows(self, equal: EqualPart) -> tuple[CashFlow, ...]:
        """Return drawdown and payments, unrounded."""
        if equal is EqualPart.CAPITAL:
            return open_end_monthly(
                self.limit, self.start, self.rate, months=self.months
            )
        loan = InstallmentLoan(
            currency=self.currency,
            principal=self.limit,
            disbursed=self.start,
            every="monthly",
            rate=self.rate.per_month(),
            repayment=LevelPayment(self.months),
            rounding=Rounding.unrounded(_EXACT_DIGITS),
        )
        return loan.schedule().cash_flows()
