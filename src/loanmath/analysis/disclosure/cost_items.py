"""The lines of a cost sheet: what is paid in any case, and what only lateness costs."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from attrs import frozen

from loanmath.analysis.disclosure.cost_rates import counted_alike
from loanmath.analysis.disclosure.cost_words import (
    compound_basis,
    cost_basis,
    cost_name,
    cost_timing,
    late_charge_basis,
    penalty_basis,
    text,
)
from loanmath.analysis.disclosure.late_payment import LatePayments
from loanmath.analysis.disclosure.planned_costs import (
    PlannedCost,
    capital_flows,
    flows_of,
)
from loanmath.analysis.disclosure.third_parties import (
    ThirdPartyCost,
)
from loanmath.currency import from_units, sum_of
from loanmath.rounding import RoundingMode, divide
from loanmath.schedule.rate_path import rate_path
from loanmath.term_sheets import Language
from loanmath.terms import InstallmentLoan, LateCharge, PenaltyInterest
from loanmath.terms.lateness import YEARS
from loanmath.yields import AnnualRate, apr

__all__ = [
    "CostItem",
    "CostTrigger",
    "Telling",
    "contingent_items",
    "levels",
    "normal_items",
    "penalty_rate",
]

PERCENT_DIGITS = 2
_USUAL_YEAR = 365


class CostTrigger(Enum):
    """
    What makes a cost due.

    `NORMAL`: performance as agreed (正常履约). `DEFAULT`: a breach, such as lateness
    (违约情形).
    """

    NORMAL = "normal"
    DEFAULT = "default"


@frozen
class CostItem:
    """
    One line of a cost sheet (融资成本项目).

    Attributes:
        name: What it is.
        payee: Who charges it.
        trigger: Whether it is due in any case, or in default alone.
        timing: When it is paid, in words.
        basis: How it is worked out, in words.
        amount: What it comes to by plan; of a cost of default, under the lateness that
            is stated, and nothing where none is.
        simple: Of a normal cost, the percentage points that it adds to the simple
            yearly rate of the costs above it; of a cost of default, its own rate times
            the days or months of a year, and nothing where it has no rate.
        effective: What a normal cost adds to the effective yearly rate.

    Example:
        >>> CostItem("Interest", "Bank", CostTrigger.NORMAL, "monthly", "1%/month",
        ...     Decimal("66.19"), Decimal("12.00"), Decimal("12.68")).trigger.value
        'normal'
    """

    name: str
    payee: str
    trigger: CostTrigger
    timing: str
    basis: str
    amount: Decimal | None
    simple: Decimal | None
    effective: Decimal | None


class Telling(NamedTuple):
    """
    Who charges what is charged, and the language that it is told in.

    Attributes:
        lender: The name of the lender.
        payees: Who charges which fee, where not the lender.
        lang: The language.

    Example:
        >>> Telling("Bank", {}, Language.ENGLISH).lender
        'Bank'
    """

    lender: str
    payees: Mapping[str, str]
    lang: Language


def levels(
    loan: InstallmentLoan, costs: Sequence[PlannedCost], total: AnnualRate
) -> list[Decimal]:
    """
    Return what each cost adds to the yearly rate of those before it, in percent.

    Formula: `rate of the flows with the costs up to it - rate without it`, both proved
    to two decimals and counted in the unit-period of the total, so that the levels add
    up to the rate of all.

    Args:
        loan: The loan.
        costs: Its costs, in order.
        total: The rate with all of them.

    Example:
        >>> from datetime import date
        >>> from loanmath.analysis.disclosure.planned_costs import planned_costs
        >>> from loanmath.terms import FlatFee
        >>> from loanmath.yields import CN_SIMPLE, apr
        >>> loan = InstallmentLoan(currency="CNY", principal="1200", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(12, "7.2%"))
        >>> total = apr(loan.schedule(), CN_SIMPLE)
        >>> [str(level) for level in levels(loan, planned_costs(loan), total)]
        ['0.00', '13.03']
    """
    capital, digits = capital_flows(loan), loan.digits
    convention = counted_alike(total, flows_of(capital, costs, digits))
    before, found = from_units(0, PERCENT_DIGITS), []
    for count, cost in enumerate(costs, start=1):
        rate = before
        if count == len(costs):
            rate = total.at(PERCENT_DIGITS)
        elif cost.amount:
            flows = flows_of(capital, costs[:count], digits)
            rate = apr(flows, convention, digits=PERCENT_DIGITS + 2).percent
        found.append(sum_of([rate, before.copy_negate()], PERCENT_DIGITS))
        before = rate
    return found


def normal_items(
    loan: InstallmentLoan,
    costs: Sequence[PlannedCost],
    totals: tuple[AnnualRate, AnnualRate],
    telling: Telling,
) -> list[CostItem]:
    """Return a line for each planned cost, with what it adds to both rates."""
    simple, effective = (levels(loan, costs, total) for total in totals)
    return [
        CostItem(
            cost_name(cost, telling.lang),
            cost.payee or telling.lender,
            CostTrigger.NORMAL,
            cost_timing(cost, telling.lang),
            cost_basis(cost, loan, telling.lang),
            from_units(cost.amount, loan.digits),
            *added,
        )
        for cost, *added in zip(costs, simple, effective, strict=True)
    ]


def contingent_items(
    loan: InstallmentLoan,
    others: Sequence[ThirdPartyCost],
    late: LatePayments | None,
    telling: Telling,
) -> list[CostItem]:
    """Return a line for each cost of default, with its own rate and what it came to."""
    items = _penalty_items(loan, late, telling)
    charges = [
        (charge, telling.payees.get(charge.name, telling.lender))
        for charge in loan.servicing.late_charges
    ]
    charges += [
        (other.charge, other.payee)
        for other in others
        if isinstance(other.charge, LateCharge)
    ]
    for place, (charge, payee) in enumerate(charges):
        when = text(telling.lang, "late once", days=charge.days_late)
        basis = late_charge_basis(charge, loan, telling.lang)
        told = (charge.name, payee, CostTrigger.DEFAULT, when, basis)
        items.append(CostItem(*told, late.charges[place] if late else None, None, None))
    if late and late.beyond:
        basis = text(telling.lang, "as agreed")
        items.append(
            _of_lender(("beyond", "while late", basis), telling, late.beyond, None)
        )
    return items


def _penalty_items(
    loan: InstallmentLoan, late: LatePayments | None, telling: Telling
) -> list[CostItem]:
    terms, when = loan.penalty, "each day late"
    if terms is None:
        return []
    rate = _percent(penalty_rate(loan, terms))
    basis = penalty_basis(terms, telling.lang)
    amount = late.penalty if late else None
    items = [_of_lender(("penalty", when, basis), telling, amount, rate)]
    if terms.compounding is not None:
        basis = compound_basis(terms, telling.lang)
        amount = late.compound if late else None
        items.append(_of_lender(("compound", when, basis), telling, amount, rate))
    return items


def _of_lender(
    words: tuple[str, str, str],
    telling: Telling,
    amount: Decimal | None,
    rate: Decimal | None,
) -> CostItem:
    name, when, basis = words
    lang = telling.lang
    told = (text(lang, name), telling.lender, CostTrigger.DEFAULT, text(lang, when))
    return CostItem(*told, basis, amount, rate, None)


def penalty_rate(loan: InstallmentLoan, terms: PenaltyInterest) -> Fraction:
    """
    Return the rate of a penalty per year, simple, as a share.

    Formula: the rate, or the contract rate on the day of disbursement times the
    multiple or with the addition; times 12 per month, and per day times the days of the
    year that the terms state, else those of the loan's day count, else 365.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("12%/year"),
        ...     repayment=LevelPayment(2))
        >>> penalty_rate(loan, PenaltyInterest(multiple="1.5", days_in_year=360))
        Fraction(9, 50)
    """
    basis = loan.counted_by.basis
    usual = int(basis) if basis in YEARS else _USUAL_YEAR
    days = terms.days_in_year or usual
    if terms.rate is not None:
        return terms.rate.per_year(days).value
    contract = rate_path(loan, loan.disbursed)[0][1].per_year(days).value
    if terms.addition is not None:
        return contract + terms.addition.per_year(days).value
    return contract * (terms.multiple or 0)


def _percent(share: Fraction) -> Decimal:
    above, below = share.as_integer_ratio()
    units = divide(above * 10 ** (PERCENT_DIGITS + 2), below, RoundingMode.HALF_UP)
    return from_units(units, PERCENT_DIGITS)
