"""The sheet of all that a personal loan costs (个人贷款综合融资成本明示表)."""

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import field, frozen

from loanmath.analysis.disclosure.cost_items import (
    CostItem,
    CostTrigger,
    Telling,
    contingent_items,
    normal_items,
)
from loanmath.analysis.disclosure.cost_rates import counted_alike, yearly_rate
from loanmath.analysis.disclosure.late_payment import Lateness, late_payments
from loanmath.analysis.disclosure.planned_costs import (
    capital_flows,
    flows_of,
    planned_costs,
    third_party_costs,
)
from loanmath.analysis.disclosure.third_parties import (
    ThirdPartyCost,
    to_loan,
    to_payees,
    to_third_parties,
)
from loanmath.currency import from_units, sum_of
from loanmath.doors import to_enum, to_text
from loanmath.errors import InputTypeError
from loanmath.schedule import CashFlow
from loanmath.schedule.printing import (
    Table,
    html_layout,
    loan_line,
    markdown_layout,
    text_layout,
)
from loanmath.term_sheets import Language
from loanmath.terms import InstallmentLoan, LateCharge
from loanmath.yields import CN_EFFECTIVE, CN_SIMPLE, AnnualRate, apr

__all__ = ["CostSheet", "LateTotal", "cost_sheet"]

_ENGLISH = {
    "normal": "Cost if every payment is made when it is due",
    "default": "Cost in default, beside that",
    "header": "Cost|Charged by|When|How|Amount|Simple %/year|Effective %/year",
    "later": "Cost|Charged by|When|How|Amount|Own rate %/year",
    "total": "Total",
    "none": "None stated",
    "late": ". If installment {number} is {days} days late: {money} in all;"
    " {simple} % a year simple, {effective} % effective",
}
_CHINESE = {
    "normal": "正常履约情形下的综合融资成本",
    "default": "违约情形下另行发生的成本",
    "header": "项目|收取主体|收取时间|计收方式|金额|年化（单利）%|年化（复利）%",
    "later": "项目|收取主体|收取时间|计收方式|金额|自身年利率%",
    "total": "合计",
    "none": "未约定",
    "late": "。若第{number}期逾期{days}天：成本合计{money}；"
    "年化（单利）{simple}%，年化（复利）{effective}%",
}
_WORDS = {Language.ENGLISH: _ENGLISH, Language.CHINESE: _CHINESE}
_COLUMNS = (
    "trigger",
    "name",
    "payee",
    "timing",
    "basis",
    "amount",
    "simple",
    "effective",
)


@frozen
class LateTotal:
    """
    What a loan costs in all where one installment is late.

    Attributes:
        lateness: Which one, and how late.
        cost: All costs, those of normal performance included.
        simple: The simple yearly rate of what is then paid.
        effective: The effective yearly rate.

    Example:
        >>> from datetime import date
        >>> from loanmath.terms import FlatFee
        >>> loan = InstallmentLoan(currency="CNY", principal="1200", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(12, "7.2%"))
        >>> late = cost_sheet(loan, lender="Bank", late=Lateness(12, 30)).late
        >>> late.cost, late.effective.shown < Decimal("13.84")
        (Decimal('86.40'), True)
    """

    lateness: Lateness
    cost: Decimal
    simple: AnnualRate
    effective: AnnualRate


@frozen
class CostSheet:
    """
    All that a loan costs, line by line, with its yearly rates (综合融资成本明示表).

    Every cent that the plan costs is in one of the normal lines. The level of a line is
    what it adds to the yearly rate of the lines above it, interest first: levels add up
    to the rate of the whole, but another order would give other levels. Costs of
    default are apart, since what is published does not say whether they enter the
    headline; `late` is the total with them, for a lateness that is stated. Paying later
    lowers a rate, so that the rate of a late loan may be the lower one.

    Attributes:
        loan: The loan.
        lender: The name of the lender.
        items: The lines, those of normal performance first.
        cost: What normal performance costs, in major units.
        simple: Its simple yearly rate, 12 times the monthly one: `CN_SIMPLE`; where
            dates are not whole periods apart, by months and odd days over 30.
        effective: Its effective yearly rate, compounded: `CN_EFFECTIVE`, or as above.
        late: The total with the costs of default, where a lateness is stated.
        language: The language of the words.

    Example:
        >>> from datetime import date
        >>> from loanmath.terms import Fee, FlatFee
        >>> loan = InstallmentLoan(currency="CNY", principal="1200", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(12, "7.2%"))
        >>> cost_sheet(loan, lender="Bank").cost
        Decimal('86.40')
    """

    loan: InstallmentLoan
    lender: str
    items: tuple[CostItem, ...] = field(repr=False)
    cost: Decimal
    simple: AnnualRate
    effective: AnnualRate
    late: LateTotal | None
    language: Language = field(repr=False)

    def items_of(self, trigger: str | CostTrigger) -> tuple[CostItem, ...]:
        """
        Return the lines of normal performance, or of default.

        Raises:
            UnknownNameError: If it is neither `"normal"` nor `"default"`.

        Example:
            >>> from datetime import date
            >>> from loanmath.terms import FlatFee
            >>> loan = InstallmentLoan(currency="CNY", principal="1200",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     repayment=FlatFee(12, "7.2%"))
            >>> [item.name for item in cost_sheet(loan, lender="B").items_of("normal")]
            ['Interest', 'Installment fee']
        """
        wanted = to_enum(trigger, CostTrigger, "trigger")
        return tuple(item for item in self.items if item.trigger is wanted)

    def __str__(self) -> str:
        tables = [text_layout(table) for table in self._tables()]
        return "\n\n".join([loan_line(self.loan), *tables])

    def to_markdown(self) -> str:
        """
        Return the sheet as Markdown tables.

        Example:
            >>> from datetime import date
            >>> from loanmath.terms import FlatFee
            >>> loan = InstallmentLoan(currency="CNY", principal="1200",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     repayment=FlatFee(12, "7.2%"))
            >>> cost_sheet(loan, lender="Bank").to_markdown().splitlines()[2]
            'Cost if every payment is made when it is due'
        """
        tables = [markdown_layout(table) for table in self._tables()]
        return "\n\n".join([loan_line(self.loan), *tables])

    def to_html(self) -> str:
        """
        Return the sheet's tables as HTML, every text escaped.

        Example:
            >>> from datetime import date
            >>> from loanmath.terms import FlatFee
            >>> loan = InstallmentLoan(currency="CNY", principal="1200",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     repayment=FlatFee(12, "7.2%"))
            >>> cost_sheet(loan, lender="Bank").to_html().splitlines()[0]
            '<table class="loanmath">'
        """
        return "\n".join(html_layout(table) for table in self._tables())

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_csv(self) -> str:
        r"""
        Return one line for each cost and total, amounts and percent as plain numbers.

        Example:
            >>> from datetime import date
            >>> from loanmath.terms import FlatFee
            >>> loan = InstallmentLoan(currency="CNY", principal="1200",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     repayment=FlatFee(12, "7.2%"))
            >>> print(cost_sheet(loan, lender="Bank").to_csv().splitlines()[-1])
            normal,Total,,,,86.40,13.03,13.84
        """
        lines = io.StringIO()
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for item in self.items:
            words = (item.name, item.payee, item.timing, item.basis)
            numbers = (item.amount, item.simple, item.effective)
            writer.writerow([item.trigger.value, *words, *map(_plain, numbers)])
        totals = [(CostTrigger.NORMAL, self), (CostTrigger.DEFAULT, self.late)]
        for trigger, total in totals:
            if total is not None:
                rates = (total.simple.shown, total.effective.shown)
                name = self._words["total"]
                amounts = map(_plain, (total.cost, *rates))
                writer.writerow([trigger.value, name, "", "", "", *amounts])
        return lines.getvalue()

    @property
    def _words(self) -> dict[str, str]:
        return _WORDS[self.language]

    def _tables(self) -> list[Table]:
        words, places = self._words, (0, 1, 2, 3)
        rows = [
            [*_told(item), _shown(item.effective)] for item in self.items_of("normal")
        ]
        rates = (self.simple.shown, self.effective.shown)
        total = [words["total"], "", "", "", *map(_shown, (self.cost, *rates))]
        header = words["header"].split("|")
        normal = Table(words["normal"], header, rows, total, words=places)
        later = [_told(item) for item in self.items_of("default")]
        nothing = [[words["none"], *[""] * 5]]
        caption, header = words["default"], words["later"].split("|")
        if self.late is not None:
            caption += self._late_line(self.late)
        return [normal, Table(caption, header, later or nothing, [], words=places)]

    def _late_line(self, late: LateTotal) -> str:
        return self._words["late"].format(
            number=late.lateness.installment,
            days=late.lateness.days,
            money=f"{self.loan.currency} {late.cost:,f}",
            simple=late.simple.shown,
            effective=late.effective.shown,
        )


def _told(item: CostItem) -> list[str]:
    words = [item.name, item.payee, item.timing, item.basis]
    return [*words, _shown(item.amount), _shown(item.simple)]


def _shown(number: Decimal | None) -> str:
    return "" if number is None else f"{number:,f}"


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"


def cost_sheet(  # noqa: PLR0913 who charges what, and when
    loan: InstallmentLoan,
    *,
    lender: str,
    others: Sequence[ThirdPartyCost] = (),
    payees: Mapping[str, str] | None = None,
    late: Lateness | None = None,
    lang: str | Language = "en",
) -> CostSheet:
    """
    Return the sheet of all that a personal loan costs, as China requires it.

    Formula: the level of a line is `rate(costs up to it) - rate(costs above it)`, in
    percentage points of the simple and of the effective yearly rate of the flows.

    Args:
        loan: The loan; its penalty and late charges are the costs of default.
        lender: The name of the lender.
        others: What third parties charge: guarantees, insurance, late charges.
        payees: Who charges a fee of the loan, by its name, where not the lender.
        late: A lateness to show the total for; what third parties charge in any case is
            taken to be paid on time.
        lang: `"en"` or `"zh"` (简体中文).

    Returns:
        The sheet; it prints as two tables.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If a fee or the language is not known.
        LimitError: If there is no installment that is late.
        SolverError: If no rate can be proved for the flows.
        LoanmathError: If no schedule can be planned from the terms.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import Fee, LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal="10000",
        ...     disbursed=date(2026, 8, 15), every="monthly", rate=Rate("12%/year"),
        ...     repayment=LevelPayment(12))
        >>> guarantee = Fee("Guarantee", "0.2%", of="outstanding", due="installments")
        >>> sheet = cost_sheet(loan, lender="Bank",
        ...     others=[ThirdPartyCost(guarantee, payee="Guarantee Co.")])
        >>> for item in sheet.items:
        ...     print(item.name, item.payee, item.amount, item.simple, item.effective)
        Interest Bank 661.86 12.00 12.68
        Guarantee Guarantee Co. 132.37 2.40 2.71

    Source: the rule of the National Financial Regulatory Administration and the
    People's Bank of China on disclosing the comprehensive cost of personal loans,
    published 2026-03-15, in force 2026-08-01: items, standard, yearly level and payee,
    apart for normal performance and default; its articles were not seen in full. Rates:
    Announcement [2021] No. 3 of the People's Bank of China.

    中文: 综合融资成本明示表.
    """
    to_loan(loan)
    given = to_third_parties(others)
    if late is not None and type(late) is not Lateness:
        raise InputTypeError("late", got=late, allowed="Lateness(...)")
    language = to_enum(lang, Language, "lang")
    telling = Telling(to_text(lender, "lender"), to_payees(payees, loan), language)
    costs = planned_costs(loan, given, telling.payees)
    flows = flows_of(capital_flows(loan), costs, loan.digits)
    rates = (yearly_rate(flows, CN_SIMPLE), yearly_rate(flows, CN_EFFECTIVE))
    kept, total = None, None
    if late is not None:
        kept = late_payments(loan, late, _late_charges(given))
        paid = flows_of(kept.flows, third_party_costs(loan, given), loan.digits)
        total = _late_total(late, paid, rates, loan.digits)
    return CostSheet(
        loan=loan,
        lender=telling.lender,
        items=(
            *normal_items(loan, costs, rates, telling),
            *contingent_items(loan, given, kept, telling),
        ),
        cost=from_units(sum(cost.amount for cost in costs), loan.digits),
        simple=rates[0],
        effective=rates[1],
        late=total,
        language=language,
    )


def _late_charges(others: Sequence[ThirdPartyCost]) -> tuple[LateCharge, ...]:
    return tuple(
        other.charge for other in others if isinstance(other.charge, LateCharge)
    )


def _late_total(
    lateness: Lateness,
    flows: Sequence[CashFlow],
    rates: tuple[AnnualRate, AnnualRate],
    digits: int,
) -> LateTotal:
    simple, effective = (apr(flows, counted_alike(rate, flows)) for rate in rates)
    cost = sum_of([amount for _, amount in flows], digits)
    return LateTotal(lateness, cost, simple, effective)
