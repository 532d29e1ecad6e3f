"""The box of the Truth in Lending Act: what a closed-end loan costs."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple, TypeAlias

from attrs import field, frozen

from loanmath.analysis.disclosure.financed import (
    ALL,
    Financed,
    MortgageInsurance,
    financed,
)
from loanmath.currency import currency_digits, from_units, to_units
from loanmath.doors import to_date, to_flag
from loanmath.errors import FlowsError, InputTypeError
from loanmath.rounding import RoundingMode, divide
from loanmath.schedule.printing import (
    Table,
    html_layout,
    markdown_layout,
    text_layout,
)
from loanmath.terms import InstallmentLoan
from loanmath.terms.amounts import to_amount
from loanmath.yields import US_REG_Z, AnnualRate, apr

__all__ = [
    "ClosingCosts",
    "ClosingTotals",
    "PaymentLine",
    "TruthInLending",
    "truth_in_lending",
    "truth_in_lending_of_flows",
]

Amount: TypeAlias = str | int | Decimal


class PaymentLine(NamedTuple):
    """
    A line of the payment schedule: payments in a row that are alike.

    Attributes:
        payments: How many payments.
        amount: Each of them, in major units.
        first_due: When the first one is due.

    Example:
        >>> PaymentLine(360, Decimal("761.78"), date(2013, 6, 1)).payments
        360
    """

    payments: int
    amount: Decimal
    first_due: date


def _to_loan_costs(amount: Amount) -> Decimal:
    return to_amount(amount, "loan_costs")


def _to_prepaid(amount: Amount) -> Decimal:
    return to_amount(amount, "prepaid_interest")


@frozen(kw_only=True)
class ClosingCosts:
    """
    What a mortgage's closing disclosure counts beside the payments.

    Args:
        loan_costs: All loan costs that the borrower pays, in major units.
        prepaid_interest: Interest for the days before the first full period.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> ClosingCosts(loan_costs="4694.05", prepaid_interest="279.04").loan_costs
        Decimal('4694.05')

    Source: 12 CFR 1026.38(o)(1) and (5).
    """

    loan_costs: Decimal = field(default=Decimal(0), converter=_to_loan_costs)
    prepaid_interest: Decimal = field(default=Decimal(0), converter=_to_prepaid)


class ClosingTotals(NamedTuple):
    """
    What a mortgage's closing disclosure says beside the box.

    Attributes:
        total_of_payments: The payments, loan costs and prepaid interest, in major
            units.
        total_interest_percentage: All interest in percent of the principal.

    Example:
        >>> ClosingTotals(Decimal("285803.36"), Decimal("69.46")).total_of_payments
        Decimal('285803.36')
    """

    total_of_payments: Decimal
    total_interest_percentage: Decimal


@frozen(repr=False)
class TruthInLending:
    """
    What the Truth in Lending Act has disclosed of a closed-end loan (贷款披露框).

    Formula: `amount financed + finance charge = total of payments`.

    Attributes:
        currency: The currency of every amount.
        amount_financed: The credit that is at the borrower's disposal, in major units.
        finance_charge: What it costs.
        total_of_payments: What is paid for it.
        rate: The annual percentage rate, proved.
        lines: The payment schedule, payments alike in one line.
        closing: What a mortgage's closing disclosure says beside; `None` where no
            closing costs were stated.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import Fee, LevelPayment
        >>> loan = InstallmentLoan(currency="USD", principal="5000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("12%/year"),
        ...     repayment=LevelPayment(24), fees=[Fee("origination", "100")])
        >>> print(truth_in_lending(loan))
        Truth in Lending disclosure in USD
        Annual percentage rate  Finance charge  Amount financed  Total of payments
                        14.04%          748.80         4,900.00           5,648.80
        <BLANKLINE>
        Payment schedule
        Payments  Amount of each   First due
              23          235.37  2026-02-15
               1          235.29  2028-01-15

    Source: 12 CFR 1026.18(b) to (h).
    """

    currency: str
    amount_financed: Decimal
    finance_charge: Decimal
    total_of_payments: Decimal
    rate: AnnualRate
    lines: tuple[PaymentLine, ...]
    closing: ClosingTotals | None = None

    def _tables(self) -> list[Table]:
        header = [
            "Annual percentage rate",
            "Finance charge",
            "Amount financed",
            "Total of payments",
        ]
        amounts = (self.finance_charge, self.amount_financed, self.total_of_payments)
        cells = [f"{self.rate.shown}%", *(f"{amount:,f}" for amount in amounts)]
        if self.closing is not None:
            header += ["With closing costs", "Total interest percentage"]
            cells += [
                f"{self.closing.total_of_payments:,f}",
                f"{self.closing.total_interest_percentage:f}%",
            ]
        lines = [
            [f"{line.payments}", f"{line.amount:,f}", f"{line.first_due}"]
            for line in self.lines
        ]
        names = ["Payments", "Amount of each", "First due"]
        caption = f"Truth in Lending disclosure in {self.currency}"
        return [
            Table(caption, header, [cells], []),
            Table("Payment schedule", names, lines, []),
        ]

    def __str__(self) -> str:
        return "\n\n".join(map(text_layout, self._tables()))

    def __repr__(self) -> str:
        return (
            f"<TruthInLending: {self.rate.shown}% a year, {self.currency}"
            f" {self.finance_charge} on {self.amount_financed}>"
        )

    def to_markdown(self) -> str:
        """Return the box and the payment schedule as Markdown tables."""
        return "\n\n".join(map(markdown_layout, self._tables()))

    def to_html(self) -> str:
        """Return the box and the payment schedule as HTML tables, escaped."""
        return "\n".join(map(html_layout, self._tables()))

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_csv(self) -> str:
        """Return one line for each figure and payment line, as plain numbers."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["item", "value", "payments", "first_due"])
        writer.writerow(["annual percentage rate", f"{self.rate.shown}", "", ""])
        for name in ("finance_charge", "amount_financed", "total_of_payments"):
            writer.writerow(
                [name.replace("_", " "), f"{getattr(self, name):f}", "", ""]
            )
        if self.closing is not None:
            total, share = self.closing
            writer.writerow(["total with closing costs", f"{total:f}", "", ""])
            writer.writerow(["total interest percentage", f"{share:f}", "", ""])
        for line in self.lines:
            cells = [f"{line.amount:f}", line.payments, line.first_due]
            writer.writerow(["payment", *cells])
        return text.getvalue()


def truth_in_lending(
    loan: InstallmentLoan,
    *,
    finance_charges: str | Iterable[str] = ALL,
    rounded: bool = True,
    insurance: MortgageInsurance | None = None,
    closing: ClosingCosts | None = None,
) -> TruthInLending:
    """
    Return the Truth in Lending disclosure of a loan.

    Formula: `amount financed = principal + other amounts financed - prepaid finance
    charges - discount`; `total of payments` the sum of principal, interest, mortgage
    insurance and those fees that are finance charges; `finance charge` the difference.

    Which fees are finance charges the law decides by their kind, so it is stated. A
    finance charge on disbursement is a prepaid one, whether it is paid, deducted or
    financed. A fee that is none is no cost of the credit: on disbursement it is part of
    what is financed, or paid in cash, and with installments it is left out.

    Args:
        loan: The loan.
        finance_charges: The names of the fees that are finance charges, or `"all"`.
        rounded: Whether payments count as the loan rounds them. The sample forms of
            mortgages disclose what payments come to that are not rounded: `False`.
        insurance: Mortgage insurance, which is a finance charge.
        closing: The closing costs of a mortgage, for the totals of its closing
            disclosure alone: to count one as a finance charge, state it as a fee.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If the loan has no such fee.
        TermsError: If nothing is left to be financed.
        ScheduleError: If no schedule follows from the terms.
        SolverError: If no rate can be certified.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="USD", principal="162000", every="monthly",
        ...     disbursed=date(2013, 5, 1), rate=Rate("3.875%/year"),
        ...     repayment=LevelPayment(360))
        >>> box = truth_in_lending(loan, rounded=False,
        ...     insurance=MortgageInsurance("82.35", value="180000"),
        ...     closing=ClosingCosts(loan_costs="4694.05", prepaid_interest="279.04"))
        >>> box.finance_charge, box.closing.total_of_payments
        (Decimal('118830.27'), Decimal('285803.36'))

    Source: 12 CFR 1026.18, 1026.2(a)(23) and 1026.38(o). The figures are those of
    Appendix H, sample H-25(B), whose 279.04 are recalled.
    """
    if type(loan) is not InstallmentLoan:
        raise InputTypeError("loan", got=loan, allowed="InstallmentLoan(...)")
    to_flag(rounded, "rounded")
    if closing is not None and type(closing) is not ClosingCosts:
        raise InputTypeError("closing", got=closing, allowed="ClosingCosts(...)")
    found = financed(loan, finance_charges, insurance, rounded=rounded)
    totals = None if closing is None else _closing_totals(loan, found, closing)
    return _box(loan.currency, found, totals)


def truth_in_lending_of_flows(
    flows: Sequence[tuple[date, Amount]], *, currency: str = "USD"
) -> TruthInLending:
    """
    Return the Truth in Lending disclosure of cash flows that are known.

    Formula: `amount financed` the sum of what is paid out, `total of payments` that of
    what is paid, `finance charge` the difference.

    Args:
        flows: (date, amount) pairs, what is paid out negative and less any prepaid
            finance charge, in major units.
        currency: ISO 4217 code.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        FlowsError: If there are no flows.
        SolverError: If no rate can be certified.

    Example:
        >>> flows = [(date(2026, 1, 15), -300), (date(2026, 1, 29), 345)]
        >>> box = truth_in_lending_of_flows(flows)
        >>> box.finance_charge, box.rate.shown
        (Decimal('45.00'), Decimal('391.07'))

    Source: 12 CFR 1026.18.
    """
    digits = currency_digits(currency)
    if not isinstance(flows, (list, tuple)):
        raise InputTypeError("flows", got=flows, allowed="a list of (date, amount)")
    if not flows:
        raise FlowsError("flows", got="none", allowed="amounts paid out and paid")
    signed = []
    for flow in flows:
        if not isinstance(flow, tuple) or len(flow) != 2:
            raise InputTypeError("flows", got=flow, allowed="(date, amount)")
        signed.append((to_date(flow[0], "flows"), to_units(flow[1], digits, "flows")))
    signed.sort(key=lambda flow: flow[0])
    advances = tuple((on, -units) for on, units in signed if units < 0)
    payments = tuple((on, units) for on, units in signed if units > 0)
    return _box(currency, Financed(advances, payments, 0, 0, digits), None)


def _box(
    currency: str, found: Financed, closing: ClosingTotals | None
) -> TruthInLending:
    digits = currency_digits(currency)
    lent = _minor(sum(units for _, units in found.advances), found, digits)
    paid = _minor(sum(units for _, units in found.payments), found, digits)
    return TruthInLending(
        currency,
        from_units(lent, digits),
        from_units(paid - lent, digits),
        from_units(paid, digits),
        apr(found.flows(), US_REG_Z),
        _lines(found, digits),
        closing,
    )


def _minor(units: int, found: Financed, digits: int) -> int:
    """Return an amount in minor units, rounded half up."""
    return divide(units, int(10 ** (found.digits - digits)), RoundingMode.HALF_UP)


def _lines(found: Financed, digits: int) -> tuple[PaymentLine, ...]:
    lines = []
    paid = [(on, _minor(units, found, digits)) for on, units in found.payments if units]
    for units, alike in groupby(paid, key=lambda payment: payment[1]):
        days = [on for on, _ in alike]
        lines.append(PaymentLine(len(days), from_units(units, digits), days[0]))
    return tuple(lines)


def _closing_totals(
    loan: InstallmentLoan, found: Financed, closing: ClosingCosts
) -> ClosingTotals:
    digits = currency_digits(loan.currency)
    costs = to_units(closing.loan_costs, found.digits, "loan_costs")
    prepaid = to_units(closing.prepaid_interest, found.digits, "prepaid_interest")
    paid = sum(units for _, units in found.payments) + costs + prepaid
    hundredths = 10**4 * (found.interest + prepaid)
    share = divide(hundredths, found.principal, RoundingMode.HALF_UP)
    return ClosingTotals(
        from_units(_minor(paid, found, digits), digits), from_units(share, 2)
    )
