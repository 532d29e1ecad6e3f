"""The comprehensive financing cost of a company's loan (企业贷款综合融资成本)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import field, frozen

from loanmath.analysis.disclosure.cost_words import cost_basis, cost_name
from loanmath.analysis.disclosure.planned_costs import (
    PlannedCost,
    capital_flows,
    flows_of,
    interest_cost,
    planned_costs,
)
from loanmath.analysis.disclosure.printed import PrintedLines
from loanmath.analysis.disclosure.third_parties import (
    ThirdPartyCost,
    to_loan,
    to_payees,
    to_third_parties,
)
from loanmath.currency import from_units, sum_of
from loanmath.doors import to_enum, to_text
from loanmath.errors import InputTypeError, TermsError, UnknownNameError
from loanmath.rounding import RoundingMode, divide
from loanmath.schedule.printing import Table
from loanmath.schedule.rate_path import rate_path
from loanmath.term_sheets import Language
from loanmath.terms import AddOnInterest, InstallmentLoan
from loanmath.yields import CN_CORPORATE, apr

__all__ = ["CorporateCost", "CorporateFee", "corporate_cost"]

_DIGITS = 4
_WORDS = {
    Language.ENGLISH: {
        "caption": "Comprehensive financing cost: rates of parts, added",
        "header": "Cost|Charged by|How|Amount|% a year",
        "rate": "Rate of the loan",
        "lender": "borne by the lender",
        "total": "Total",
    },
    Language.CHINESE: {
        "caption": "企业贷款综合融资成本：各项年化率相加",
        "header": "项目|收取主体|计收方式|金额|年化率%",
        "rate": "贷款年利率",
        "lender": "由贷款人承担",
        "total": "合计",
    },
}


@frozen
class CorporateFee:
    """
    A fee of a company's loan with its own yearly rate.

    Attributes:
        name: What it is.
        payee: Who charges it.
        basis: How it is worked out, in words.
        amount: What it comes to by plan, in major units.
        by_lender: Whether the lender bears it, so that it counts as nothing.
        percent: Its yearly rate in percent.

    Example:
        >>> CorporateFee("survey", "Surveyor", "CNY 500 each", Decimal("500.00"), True,
        ...     Decimal("0.0000")).by_lender
        True
    """

    name: str
    payee: str
    basis: str
    amount: Decimal
    by_lender: bool
    percent: Decimal


@frozen
class CorporateCost(PrintedLines):
    """
    The rate of a company's loan and the yearly rates of its fees, added.

    Formula: `total = rate of the loan + sum of the rates of the fees`. It is additive:
    each fee is set against the principal alone, so that the total is not the internal
    rate of all flows together.

    Attributes:
        loan: The loan.
        lender: The name of the lender.
        rate: The rate of the loan per year, in percent.
        fees: Every fee with its own rate.
        total: All of them together, in percent.
        language: The language of the words.

    Example:
        >>> CorporateCost.__mro__[1] is PrintedLines
        True
    """

    loan: InstallmentLoan
    lender: str
    rate: Decimal
    fees: tuple[CorporateFee, ...] = field(repr=False)
    total: Decimal
    language: Language = field(repr=False)

    def _tables(self) -> list[Table]:
        words = _WORDS[self.language]
        how = cost_basis(interest_cost(self.loan), self.loan, self.language)
        rows = [[words["rate"], self.lender, how, "", f"{self.rate:f}"]]
        rows += [
            [
                fee.name,
                fee.payee,
                words["lender"] if fee.by_lender else fee.basis,
                f"{fee.amount:,f}",
                f"{fee.percent:f}",
            ]
            for fee in self.fees
        ]
        total = [words["total"], "", "", "", f"{self.total:f}"]
        header = words["header"].split("|")
        return [Table(words["caption"], header, rows, total, words=(0, 1, 2))]


def corporate_cost(  # noqa: PLR0913 who charges and who bears what
    loan: InstallmentLoan,
    *,
    lender: str,
    others: Sequence[ThirdPartyCost] = (),
    payees: Mapping[str, str] | None = None,
    borne_by_lender: Sequence[str] = (),
    days_in_year: int | None = None,
    lang: str | Language = "en",
) -> CorporateCost:
    """
    Return the comprehensive financing cost of a company's loan.

    Formula: a fee's rate R solves `principal - fee = sum of principal_k / ((1 + R) **
    s_k * (1 + f_k * R))`, with fees paid over time as flows beside the principal, s
    whole unit-periods and f parts of one; per year it is R times the periods of a year.

    Args:
        loan: The loan, at a rate on what is outstanding.
        lender: The name of the lender.
        others: What third parties charge: guarantees, appraisal, insurance.
        payees: Who charges a fee of the loan, by its name, where not the lender.
        borne_by_lender: The names of fees that the lender bears: they count as nothing.
        days_in_year: The days of the year that a daily rate is taken times.
        lang: `"en"` or `"zh"` (简体中文).

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a daily rate has no days of the year.
        UnknownNameError: If a fee or the language is not known.
        TermsError: If interest is added on: its rate is no rate on what is outstanding.
        SolverError: If no rate can be proved for a fee.
        LoanmathError: If no schedule can be planned from the terms.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import Fee, SinglePayment
        >>> loan = InstallmentLoan(currency="CNY", principal="1000000",
        ...     disbursed=date(2026, 1, 15), every="monthly", rate=Rate("3.6%/year"),
        ...     repayment=SinglePayment(12), fees=[Fee("appraisal", "5000")])
        >>> cost = corporate_cost(loan, lender="Bank")
        >>> cost.rate, cost.fees[0].percent, cost.total
        (Decimal('3.6000'), Decimal('0.5025'), Decimal('4.1025'))

    Source: the rule of the People's Bank of China on stating the comprehensive
    financing cost of companies' loans, piloted in 30 provinces by September 2025, as
    banks report it; the text was not seen.

    中文: 企业贷款综合融资成本.
    """
    to_loan(loan)
    if isinstance(loan.repayment, AddOnInterest):
        raise TermsError(
            "repayment",
            got="AddOnInterest",
            allowed="a method whose interest is on what is outstanding",
        )
    language = to_enum(lang, Language, "lang")
    name, named = to_text(lender, "lender"), to_payees(payees, loan)
    costs = planned_costs(loan, to_third_parties(others), named)[1:]
    borne = _to_borne(borne_by_lender, costs)
    yearly = rate_path(loan, loan.disbursed)[0][1].per_year(days_in_year).value
    above, below = yearly.as_integer_ratio()
    units = divide(above * 10 ** (_DIGITS + 2), below, RoundingMode.HALF_UP)
    rate = from_units(units, _DIGITS)
    fees = tuple(
        CorporateFee(
            cost_name(cost, language),
            cost.payee or name,
            cost_basis(cost, loan, language),
            from_units(cost.amount, loan.digits),
            cost.name in borne,
            _fee_percent(loan, cost, borne),
        )
        for cost in costs
    )
    total = sum_of([rate, *(fee.percent for fee in fees)], _DIGITS)
    return CorporateCost(loan, name, rate, fees, total, language)


def _fee_percent(
    loan: InstallmentLoan, cost: PlannedCost, borne: frozenset[str]
) -> Decimal:
    if not cost.amount or cost.name in borne:
        return from_units(0, _DIGITS)
    flows = flows_of(capital_flows(loan), [cost], loan.digits)
    return apr(flows, CN_CORPORATE, digits=_DIGITS + 2).percent


def _to_borne(borne: object, costs: Sequence[PlannedCost]) -> frozenset[str]:
    if not isinstance(borne, (list, tuple)):
        raise InputTypeError(
            "borne_by_lender", got=borne, allowed="a list of names of fees"
        )
    known = {cost.name for cost in costs if cost.name}
    for name in borne:
        if to_text(name, "borne_by_lender") not in known:
            listed = ", ".join(sorted(known)) or "none: there are no fees"
            raise UnknownNameError("borne_by_lender", got=name, allowed=listed)
    return frozenset(borne)
