"""What a loan costs by plan, cost by cost: each with its payee and dated amounts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from attrs import evolve

from loanmath.analysis.disclosure.third_parties import DatedCharges, ThirdPartyCost
from loanmath.currency import from_units, to_units
from loanmath.schedule import CashFlow
from loanmath.terms import Fee, FeePaid, FlatFee, InstallmentLoan
from loanmath.terms.fees import fee_rule

__all__ = [
    "PlannedCost",
    "capital_flows",
    "flows_of",
    "interest_cost",
    "netted",
    "planned_costs",
    "third_party_costs",
]


class PlannedCost(NamedTuple):
    """
    One cost of a loan, in units of 10^-digits of the loan.

    Attributes:
        kind: `"interest"`, `"plan fee"`, `"discount"`, `"fee"`, `"tax"` or `"charges"`.
        name: The name of the fee; empty where the kind says all.
        payee: Who charges it; empty for the lender.
        amount: Its sum.
        flows: When it is paid: (date, units).
        fee: The fee behind it, where there is one.

    Example:
        >>> PlannedCost("interest", "", "", 0, (), None).kind
        'interest'
    """

    kind: str
    name: str
    payee: str
    amount: int
    flows: tuple[tuple[date, int], ...]
    fee: Fee | None


def planned_costs(
    loan: InstallmentLoan,
    others: Sequence[ThirdPartyCost] = (),
    payees: Mapping[str, str] | None = None,
) -> tuple[PlannedCost, ...]:
    """
    Return every cost of a loan that its plan holds, and those of third parties.

    Each fee is planned alone, beside the fees that are financed, so that every cent
    of the plan's fees belongs to one of them. What is financed counts as paid on the
    day of disbursement out of a loan that is larger by it.

    Returns:
        Interest, the flat fee of the method, discount, then each fee and the tax on it,
        then what third parties charge.

    Example:
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"),
        ...     fees=[Fee("survey", "20", tax="5%")])
        >>> [(cost.kind, cost.amount) for cost in planned_costs(loan)]
        [('interest', 0), ('plan fee', 6000), ('fee', 2000), ('tax', 100)]
    """
    named = payees or {}
    base = _with_fees(loan)
    costs = [interest_cost(loan)]
    plan_fee = _by_date(base, "fee")
    if isinstance(loan.repayment, FlatFee):
        costs.append(_cost("plan fee", "", "", plan_fee))
    if loan.discount is not None:
        units = to_units(loan.discount, loan.digits, "discount")
        costs.append(_cost("discount", "", "", {loan.disbursed: units}))
    for fee in loan.fees:
        costs += _fee_costs(loan, fee, named.get(fee.name, ""), plan_fee)
    return (*costs, *third_party_costs(loan, others))


def third_party_costs(
    loan: InstallmentLoan, others: Sequence[ThirdPartyCost]
) -> tuple[PlannedCost, ...]:
    """
    Return what third parties charge for a loan by plan; late charges are left out.

    Example:
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> premium = DatedCharges("insurance", [(date(2026, 1, 15), "30")])
        >>> insured = ThirdPartyCost(premium, payee="Insurer")
        >>> third_party_costs(loan, [insured])[0].amount
        3000
    """
    plan_fee = _by_date(_with_fees(loan), "fee")
    costs: list[PlannedCost] = []
    for other in others:
        charge = other.charge
        if isinstance(charge, Fee):
            costs += _fee_costs(loan, charge, other.payee, plan_fee)
        elif isinstance(charge, DatedCharges):
            paid: dict[date, int] = {}
            for on, amount in charge.amounts:
                units = to_units(amount, loan.digits, charge.name)
                paid[on] = paid.get(on, 0) + units
            costs.append(_cost("charges", charge.name, other.payee, paid))
    return tuple(costs)


def interest_cost(loan: InstallmentLoan) -> PlannedCost:
    """
    Return the interest of a plan, what joins the principal included in its amount.

    Its flows are what is due as interest: capitalized interest is paid as principal.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import InterestOnly
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("1%/month"),
        ...     repayment=InterestOnly(2))
        >>> interest_cost(loan).amount
        2000
    """
    base = _with_fees(loan)
    cost = _cost("interest", "", "", _by_date(base, "interest"))
    capitalized = sum(base.schedule().columns()["capitalized"])
    return cost._replace(amount=cost.amount + capitalized)


def capital_flows(loan: InstallmentLoan) -> list[tuple[date, int]]:
    """
    Return what is lent and repaid of a loan, without any cost, in units.

    What is lent is with the fees that are financed; what is repaid, with interest that
    joined the principal.

    Example:
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> [units for _, units in capital_flows(loan)]
        [-100000, 50000, 50000]
    """
    flows = [(loan.disbursed, -loan.principal_units)]
    for drawdown in loan.drawdowns:
        units = to_units(drawdown.amount, loan.digits, "drawdown")
        flows.append((drawdown.on, -units))
    return [*flows, *_by_date(_with_fees(loan), "principal").items()]


def flows_of(
    capital: Sequence[tuple[date, int]], costs: Sequence[PlannedCost], digits: int
) -> list[CashFlow]:
    """
    Return capital and costs as dated cash flows, those of one day together.

    Example:
        >>> day = date(2026, 1, 15)
        >>> flows_of([(day, -100)], [], 2)
        [CashFlow(on=datetime.date(2026, 1, 15), amount=Decimal('-1.00'))]
    """
    return netted([*capital, *(flow for cost in costs for flow in cost.flows)], digits)


def netted(flows: Sequence[tuple[date, int]], digits: int) -> list[CashFlow]:
    """
    Return flows in units as cash flows, those of one day together.

    A fee that is paid on the day of disbursement is then no payment of its own, and
    counts as if it were withheld: neither moves the time that a rate is counted in.

    Example:
        >>> day = date(2026, 1, 15)
        >>> netted([(day, -100), (day, 20)], 2)
        [CashFlow(on=datetime.date(2026, 1, 15), amount=Decimal('-0.80'))]
    """
    by_date: dict[date, int] = {}
    for on, units in flows:
        by_date[on] = by_date.get(on, 0) + units
    return [
        CashFlow(on, from_units(units, digits))
        for on, units in sorted(by_date.items())
        if units
    ]


def _with_fees(loan: InstallmentLoan, *fees: Fee) -> InstallmentLoan:
    """Return the loan with the financed fees of its own, and the fees given."""
    if loan.fees == fees:
        return loan
    financed = [fee for fee in loan.fees if fee.paid is FeePaid.FINANCED]
    return evolve(loan, fees=[*financed, *fees])


def _by_date(loan: InstallmentLoan, name: str) -> dict[date, int]:
    columns = loan.schedule().columns()
    found: dict[date, int] = {}
    for due, units in zip(columns["due"], columns[name], strict=True):
        if units:
            found[due] = found.get(due, 0) + units
    return found


def _fee_costs(
    loan: InstallmentLoan, fee: Fee, payee: str, plan_fee: Mapping[date, int]
) -> list[PlannedCost]:
    """Return a fee and, where there is one, the tax on it."""
    if fee.paid is FeePaid.FINANCED:
        lent = to_units(loan.principal, loan.digits, "principal")
        units, taxed = fee_rule(fee, loan.digits, loan.rounding)(lent)
        charged, tax = {loan.disbursed: units}, {loan.disbursed: taxed}
    else:
        alone = _with_fees(loan, fee)
        charged, tax = _by_date(alone, "fee"), _by_date(alone, "tax")
        for on, units in plan_fee.items():
            charged[on] -= units
    costs = [_cost("fee", fee.name, payee, charged, fee)]
    if fee.tax is not None:
        costs.append(_cost("tax", fee.name, payee, tax, fee))
    return costs


def _cost(
    kind: str, name: str, payee: str, paid: Mapping[date, int], fee: Fee | None = None
) -> PlannedCost:
    flows = tuple((on, units) for on, units in sorted(paid.items()) if units)
    amount = sum(units for _, units in flows)
    return PlannedCost(kind, name, payee, amount, flows, fee)
