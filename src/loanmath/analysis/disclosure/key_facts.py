"""The key facts statement of a loan in India, with its annual percentage rate."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from attrs import evolve, field, frozen

from loanmath.analysis.disclosure.cost_items import (
    CostItem,
    Telling,
    contingent_items,
)
from loanmath.analysis.disclosure.cost_rates import yearly_rate
from loanmath.analysis.disclosure.planned_costs import (
    PlannedCost,
    capital_flows,
    flows_of,
    planned_costs,
)
from loanmath.analysis.disclosure.printed import PrintedLines, lines_table
from loanmath.analysis.disclosure.third_parties import (
    ThirdPartyCost,
    to_loan,
    to_payees,
    to_third_parties,
)
from loanmath.currency import currency_digits, from_units, sum_of, to_units
from loanmath.doors import to_flag, to_text
from loanmath.rounding import Rounding, RoundingMode, divide
from loanmath.schedule.printing import Table
from loanmath.term_sheets import Language
from loanmath.terms import InstallmentLoan
from loanmath.yields import IN_KFS, AnnualRate

__all__ = ["ChargeTiming", "KeyCharge", "KeyFacts", "key_facts"]

_EXACT_DIGITS = 10
_LANGUAGE = Language.ENGLISH


class ChargeTiming(Enum):
    """Whether a charge is `ONE_TIME` or `RECURRING`."""

    ONE_TIME = "one-time"
    RECURRING = "recurring"


@frozen
class KeyCharge:
    """
    One charge of the table of charges.

    Attributes:
        name: What it is.
        payee: Who charges it.
        to_third_party: Whether that is somebody other than the lender.
        timing: Whether it is charged once or again and again.
        amount: What it comes to by plan, in major units.

    Example:
        >>> KeyCharge("processing fee", "Bank", False, ChargeTiming.ONE_TIME,
        ...     Decimal("240.00")).timing.value
        'one-time'
    """

    name: str
    payee: str
    to_third_party: bool
    timing: ChargeTiming
    amount: Decimal


@frozen
class KeyFacts(PrintedLines):
    """
    The key facts of a loan: amounts, charges, annual rate and what default costs.

    Formula: `payable = sanctioned + interest + charges`, each rounded half up to the
    minor unit where the plan is not rounded.

    Attributes:
        loan: The loan as it was agreed.
        rounded: Whether amounts and rate are those of the rounded plan.
        sanctioned: The amount lent.
        net_disbursed: What is left of it after what is paid on the day of disbursement.
        count: The installments.
        installment: The first of them (EPI), without charges.
        interest: The interest of the whole term.
        charges: The table of charges.
        payable: What the borrower pays in all.
        apr: The annual percentage rate: 12 times the monthly rate on what is received.
        contingent: What default costs.

    Example:
        >>> KeyFacts.__mro__[1] is PrintedLines
        True
    """

    loan: InstallmentLoan
    rounded: bool
    sanctioned: Decimal
    net_disbursed: Decimal
    count: int
    installment: Decimal
    interest: Decimal
    charges: tuple[KeyCharge, ...] = field(repr=False)
    payable: Decimal
    apr: AnnualRate
    contingent: tuple[CostItem, ...] = field(repr=False)

    def _tables(self) -> list[Table]:
        currency = self.loan.currency
        lines = (
            ("Sanctioned amount", f"{currency} {self.sanctioned:,f}"),
            ("Net disbursed amount", f"{currency} {self.net_disbursed:,f}"),
            ("Rate of interest", str(self.loan.rate or "none")),
            ("Installments", f"{self.count} of {currency} {self.installment:,f}"),
            ("Total interest", f"{currency} {self.interest:,f}"),
            ("Total amount to be paid", f"{currency} {self.payable:,f}"),
            ("Annual percentage rate (APR, %)", f"{self.apr.shown:f}"),
        )
        rows = [
            [
                charge.name,
                charge.payee,
                "third party" if charge.to_third_party else "lender",
                charge.timing.value,
                f"{charge.amount:,f}",
            ]
            for charge in self.charges
        ]
        later = [[item.name, item.timing, item.basis] for item in self.contingent]
        header = ["Charge", "Charged by", "To", "Charged", "Amount"]
        return [
            lines_table("Key facts statement", lines),
            Table("Charges", header, rows, [], words=(0, 1, 2, 3)),
            Table(
                "Contingent charges",
                ["Charge", "When", "How"],
                later,
                [],
                words=(0, 1, 2),
            ),
        ]


def key_facts(
    loan: InstallmentLoan,
    *,
    lender: str,
    others: Sequence[ThirdPartyCost] = (),
    payees: Mapping[str, str] | None = None,
    rounded: bool = False,
) -> KeyFacts:
    """
    Return the key facts of a loan, its annual rate on what is received.

    Formula: `APR = 12 * i` with i the monthly rate of the flows, net of all charges,
    those of third parties included. The label of the circular says effective; its own
    example is the nominal rate.

    Args:
        loan: The loan.
        lender: The name of the lender.
        others: What third parties charge for it.
        payees: Who charges a fee of the loan, by its name, where not the lender.
        rounded: Whether amounts are rounded as the loan says. The example of the
            circular has them unrounded: 17.07 %; 24 installments of a whole 970 rupees,
            the last as well, would give 17.10 %.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If the loan has no such fee.
        SolverError: If no rate can be proved for the flows.
        LoanmathError: If no schedule can be planned from the terms.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import Fee, LevelPayment
        >>> loan = InstallmentLoan(currency="INR", principal="20000",
        ...     disbursed=date(2024, 10, 1), every="monthly", rate=Rate("15%/year"),
        ...     repayment=LevelPayment(24), fees=[Fee("processing", "400",
        ...     paid="deducted")])
        >>> facts = key_facts(loan, lender="Bank")
        >>> facts.installment, facts.interest, facts.net_disbursed, facts.apr.shown
        (Decimal('969.73'), Decimal('3273.59'), Decimal('19600.00'), Decimal('17.07'))

    Source: Reserve Bank of India, Key Facts Statement for Loans and Advances,
    2024-04-15, Annexes A and B (figures recalled, not checked against the text).
    """
    to_loan(loan)
    to_flag(rounded, "rounded")
    given = to_third_parties(others)
    telling = Telling(to_text(lender, "lender"), to_payees(payees, loan), _LANGUAGE)
    plan = loan if rounded else _unrounded(loan)
    costs = planned_costs(plan, given, telling.payees)
    shown = _Shown(
        plan.digits, loan.digits if rounded else currency_digits(loan.currency)
    )
    lent = to_units(loan.principal, plan.digits, "principal")
    sanctioned, interest = shown.of(lent), shown.of(costs[0].amount)
    table = tuple(_charge(cost, telling, shown.of(cost.amount)) for cost in costs[1:])
    charged = [charge.amount for charge in table]
    dues = _installments(plan)
    flows = flows_of(capital_flows(plan), costs, plan.digits)
    return KeyFacts(
        loan=loan,
        rounded=rounded,
        sanctioned=sanctioned,
        net_disbursed=shown.of(lent - _paid_on(loan.disbursed, costs)),
        count=len(dues),
        installment=shown.of(dues[0]),
        interest=interest,
        charges=table,
        payable=sum_of([sanctioned, interest, *charged], shown.digits),
        apr=yearly_rate(flows, IN_KFS),
        contingent=tuple(contingent_items(loan, given, None, telling)),
    )


class _Shown(NamedTuple):
    """Amounts in units of 10^-exact, shown with fewer digits, half up."""

    exact: int
    digits: int

    def of(self, units: int) -> Decimal:
        """Return an amount in major units."""
        below = int(10 ** (self.exact - self.digits))
        return from_units(divide(units, below, RoundingMode.HALF_UP), self.digits)


def _paid_on(day: date, costs: Sequence[PlannedCost]) -> int:
    return sum(units for cost in costs for on, units in cost.flows if on == day)


def _installments(loan: InstallmentLoan) -> list[int]:
    """Return principal and interest of every row that has some, in units."""
    columns = loan.schedule().columns()
    rows = map(sum, zip(columns["principal"], columns["interest"], strict=True))
    return [units for units in rows if units]


def _unrounded(loan: InstallmentLoan) -> InstallmentLoan:
    repayment: Any = loan.repayment
    if getattr(repayment, "rounding", None) is not None:
        repayment = evolve(repayment, rounding=None)
    return evolve(loan, repayment=repayment, rounding=Rounding.unrounded(_EXACT_DIGITS))


def _charge(cost: PlannedCost, telling: Telling, amount: Decimal) -> KeyCharge:
    once = len(cost.flows) <= 1
    name = cost.name or cost.kind
    return KeyCharge(
        name=f"tax on {name}" if cost.kind == "tax" else name,
        payee=cost.payee or telling.lender,
        to_third_party=cost.payee not in ("", telling.lender),
        timing=ChargeTiming.ONE_TIME if once else ChargeTiming.RECURRING,
        amount=amount,
    )
