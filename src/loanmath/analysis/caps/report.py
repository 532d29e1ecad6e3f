"""What ceilings say of a loan: one check, and a report of several."""

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from attrs import frozen

from loanmath.analysis.caps.annual import AnnualCheck, check_annual
from loanmath.analysis.caps.checks import (
    CostCheck,
    QuotientCheck,
    check_cost,
    check_simple,
)
from loanmath.analysis.caps.costs import CreditCost, credit_cost
from loanmath.analysis.caps.lending_cap import LendingCap, to_lending_caps
from loanmath.analysis.caps.limits import AnnualLimit, SimpleLimit
from loanmath.doors import to_date
from loanmath.errors import InputTypeError, TermsError
from loanmath.schedule import Schedule
from loanmath.schedule.printed import PrintedRecords
from loanmath.schedule.printing import (
    Table,
)
from loanmath.yields import DatedAmounts, RateConvention

__all__ = [
    "CapCheck",
    "CapReport",
    "Judged",
    "check_cap",
    "check_caps",
]

CapCheck: TypeAlias = CostCheck | QuotientCheck | AnnualCheck
Judged: TypeAlias = Schedule | CreditCost | DatedAmounts
"""What a ceiling judges: a plan, costs by kind, or cash flows."""


def check_cap(
    loan: Judged,
    cap: LendingCap,
    *,
    convention: RateConvention | str | None = None,
    currency: str | None = None,
    signed: date | None = None,
) -> CapCheck:
    """
    Return whether a loan is within a ceiling, by how much not, and what would comply.

    Args:
        loan: A `Schedule`, for every kind of cap; costs by kind, a `CreditCost`, for a
            cap on a total or on simple interest; or a list of (date, amount), what is
            paid out negative, for a cap on the annual rate.
        cap: The ceiling.
        convention: For a cap on the annual rate: how the rate is measured, such as
            `CN_SIMPLE`. Laws often leave that open, so that there is no default.
        currency: Of a list of cash flows: their currency, an ISO 4217 code.
        signed: The day of the contract, for a cap that follows an index; by default the
            first day that money is paid out.

    Returns:
        An `AnnualCheck`, a `QuotientCheck` (simple interest) or a `CostCheck`.

    Raises:
        InputTypeError: If a value is of the wrong type, or the loan is not of a kind
            that the cap can judge.
        TermsError: If the convention or the currency is missing, or one is stated where
            it means nothing, or the cap's amount is in another currency.
        FlowsError: If the flows are not those of a loan.
        SolverError: If no one rate fits.
        DateRangeError: If the index of the cap was not published so early.

    Example:
        >>> from loanmath.analysis.caps.limits import CostLimit
        >>> cap = LendingCap("total cost", CostLimit("100%"), jurisdiction="GB",
        ...     lenders=["high_cost_short_term"], effect="void")
        >>> lent = [(date(2026, 1, 1), "300"), (date(2026, 1, 31), 0)]
        >>> cost = CreditCost(currency="GBP", outstanding=lent, interest="310.50")
        >>> check_cap(cost, cap).answer
        'outside by 10.50'

    中文: 利率上限检查.
    """
    if type(cap) is not LendingCap:
        raise InputTypeError("cap", got=cap, allowed="a LendingCap")
    on = None if signed is None else to_date(signed, "signed")
    if isinstance(cap.limit, AnnualLimit):
        return _annual(loan, cap, convention, currency, on)
    cost = credit_cost(loan) if isinstance(loan, Schedule) else loan
    if type(cost) is not CreditCost:
        raise InputTypeError(
            "loan",
            got=loan,
            allowed=f"a Schedule or a CreditCost, to judge by {cap.name!r}",
            do="flows alone do not say what is principal and what is a cost",
        )
    _refuse_stated(cap, convention=convention, currency=currency)
    if isinstance(cap.limit, SimpleLimit):
        return check_simple(cost, cap, signed=on)
    return check_cost(cost, cap)


def _refuse_stated(cap: LendingCap, **stated: object) -> None:
    for name, value in stated.items():
        if value is not None:
            raise TermsError(
                name, got=value, allowed=f"nothing, to judge by {cap.name!r}"
            )


def _annual(
    loan: Judged,
    cap: LendingCap,
    convention: RateConvention | str | None,
    currency: str | None,
    signed: date | None,
) -> AnnualCheck:
    if isinstance(loan, CreditCost):
        raise InputTypeError(
            "loan",
            got=loan,
            allowed=f"a Schedule or a list of (date, amount), to judge by {cap.name!r}",
            do="costs in all do not say when they are paid",
        )
    if convention is None:
        raise TermsError(
            "convention",
            got=None,
            allowed="how the annual rate is measured, such as CN_SIMPLE",
        )
    flows: DatedAmounts
    if isinstance(loan, Schedule):
        _refuse_stated(cap, currency=currency)
        flows, code = loan.cash_flows(), loan.loan.currency
    elif currency is None:
        raise TermsError(
            "currency", got=None, allowed="the currency of the flows, such as 'CNY'"
        )
    else:
        flows, code = loan, currency
    return check_annual(flows, cap, convention, currency=code, signed=signed)


@frozen(repr=False)
class CapReport(PrintedRecords):
    """
    What several ceilings say of one loan (利率上限报告).

    It prints as a table, and shows itself as HTML in notebooks.

    Attributes:
        checks: One for each cap, in the order given.

    Example:
        >>> from loanmath.analysis.caps.limits import CostLimit
        >>> terms = {"jurisdiction": "GB", "lenders": ["payday"], "effect": "void"}
        >>> caps = [LendingCap("daily", SimpleLimit("0.8%/day"), **terms),
        ...     LendingCap("total cost", CostLimit("100%"), **terms)]
        >>> lent = [(date(2026, 1, 1), "100"), (date(2026, 1, 31), 0)]
        >>> cost = CreditCost(currency="GBP", outstanding=lent, interest="30")
        >>> print(check_caps(cost, caps))
        1 of 2 ceilings exceeded, in GBP
        Cap         Rate             Charged  Allowed  Excess  Above it
        daily       1.000000% a day    30.00    24.00    6.00  void
        total cost                     30.00   100.00    0.00  within
        >>> CapReport(()).to_csv().strip()
        'cap,jurisdiction,rate,currency,charged,allowed,excess,within,effect'
    """

    checks: tuple[CapCheck, ...]

    @property
    def within(self) -> bool:
        """
        Whether the loan complies with every cap.

        Example:
            >>> CapReport(()).within
            True
        """
        return all(check.within for check in self.checks)

    def _table(self) -> Table:
        outside = sum(not check.within for check in self.checks)
        codes = ", ".join(sorted({check.currency for check in self.checks}))
        caption = f"{outside} of {len(self.checks)} ceilings exceeded"
        rows = [
            [
                check.cap.name,
                check.measure,
                *(
                    f"{amount:,f}"
                    for amount in (check.charged, check.allowed, check.excess)
                ),
                "within" if check.within else check.cap.effect.value.replace("_", " "),
            ]
            for check in self.checks
        ]
        header = ["Cap", "Rate", "Charged", "Allowed", "Excess", "Above it"]
        return Table(
            f"{caption}, in {codes}" if codes else caption,
            header,
            rows,
            [],
            words=(0, 1, 5),
        )

    def __repr__(self) -> str:
        return f"<CapReport of {len(self.checks)} ceilings>"

    def _records(self) -> list[Sequence[object]]:
        names = "cap,jurisdiction,rate,currency,charged,allowed,excess,within,effect"
        lines: list[Sequence[object]] = [names.split(",")]
        for check in self.checks:
            cap, amounts = check.cap, (check.charged, check.allowed, check.excess)
            measured = [cap.name, cap.jurisdiction, check.measure, check.currency]
            within = str(check.within).lower()
            lines.append([*measured, *amounts, within, cap.effect.value])
        return lines


def check_caps(
    loan: Judged,
    caps: tuple[LendingCap, ...] | list[LendingCap],
    *,
    convention: RateConvention | str | None = None,
    currency: str | None = None,
    signed: date | None = None,
) -> CapReport:
    """
    Return what each of several ceilings says of a loan.

    Args:
        loan: As for `check_cap`.
        caps: The caps, such as `applicable_caps` gives them.
        convention: For the caps on the annual rate among them.
        currency: Of a list of cash flows: their currency.
        signed: The day of the contract; by default the first day of the loan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LoanmathError: As for `check_cap`.

    Example:
        >>> cap = LendingCap("daily", SimpleLimit("0.8%/day"), jurisdiction="GB",
        ...     lenders=["payday"], effect="void")
        >>> lent = [(date(2026, 1, 1), "100"), (date(2026, 1, 31), 0)]
        >>> cost = CreditCost(currency="GBP", outstanding=lent, interest="24")
        >>> check_caps(cost, [cap]).within
        True
    """
    checks = []
    for cap in to_lending_caps(caps):
        annual = isinstance(cap.limit, AnnualLimit)
        checks.append(
            check_cap(
                loan,
                cap,
                convention=convention if annual else None,
                currency=currency if annual else None,
                signed=signed,
            )
        )
    return CapReport(tuple(checks))
