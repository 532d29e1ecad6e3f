"""The rebate of charges when a loan is settled early on notice, by its annual rate."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import lcm

from attrs import field, frozen

from loanmath.analysis.accounting.terms import AccountingTerms
from loanmath.analysis.measurement import Growth
from loanmath.analysis.stream import StatedRate, to_growth
from loanmath.currency import from_units
from loanmath.doors import to_count, to_date, to_text
from loanmath.errors import DateRangeError, InputTypeError, TermsError
from loanmath.recurrence import Step, shift_months
from loanmath.schedule import Schedule
from loanmath.schedule.printed import PrintedRecords, amount_cell
from loanmath.schedule.printing import Table
from loanmath.terms import InstallmentLoan
from loanmath.yields import UK_APR, apr
from loanmath.yields.timing import ForwardIntervals

__all__ = ["EarlySettlement", "EarlySettlementRule", "early_settlement"]

_DIGITS = 15
_MOST_DAYS = 366
_MOST_MONTHS = 1200
_TIME = ForwardIntervals()


def _to_name(name: object) -> str:
    return to_text(name, "name")


def _counted(value: object, what: str, most: int) -> int:
    return 0 if type(value) is int and value == 0 else to_count(value, what, most)


def _to_notice(days: object) -> int:
    return _counted(days, "notice_days", _MOST_DAYS)


def _to_deferred(months: object) -> int:
    return _counted(months, "deferred_months", _MOST_MONTHS)


def _to_above(months: object) -> int:
    return _counted(months, "above_months", _MOST_MONTHS)


@frozen
class EarlySettlementRule:
    """
    To which day charges are counted when a borrower gives notice (提前结清返还规则).

    Args:
        name: What the rule is called.
        notice_days: How many days after the notice the loan is settled.
        deferred_months: How many months after that charges are counted to.
        above_months: Of loans that run longer than so many months; others are counted
            to the day they are settled.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a number is out of range.

    Example:
        >>> EarlySettlementRule("rule", notice_days=28, deferred_months=1,
        ...     above_months=12).notice_days
        28
    """

    name: str = field(converter=_to_name)
    notice_days: int = field(converter=_to_notice, kw_only=True)
    deferred_months: int = field(converter=_to_deferred, kw_only=True)
    above_months: int = field(converter=_to_above, kw_only=True)


@frozen
class EarlySettlement(PrintedRecords):
    """
    What settles a loan early, and what of its charges is given back (提前结清返还).

    Attributes:
        rule: The rule.
        currency: The currency of the amounts.
        notice: The day of the notice.
        settled: The day the loan is settled.
        counted: The day that charges are counted to.
        rate: The annual rate as a share.
        left: The payments due after the day it is settled.
        rebate: What of them is given back.
        payable: What settles the loan, beside all that was due by then.

    Example:
        >>> from loanmath.presets.uk import EARLY_SETTLEMENT
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="GBP", principal="1200", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(12, "6%"))
        >>> print(early_settlement(loan.schedule(), date(2026, 6, 1),
        ...     EARLY_SETTLEMENT.value))
        Early settlement on 2026-06-29, charges counted to 2026-06-29
                          GBP
        Payments left  742.00
        Rebate          23.28
        To settle      718.72
    """

    rule: EarlySettlementRule
    currency: str
    notice: date
    settled: date
    counted: date
    rate: Fraction
    left: Decimal
    rebate: Decimal
    payable: Decimal

    def _lines(self) -> list[tuple[str, Decimal]]:
        return [
            ("Payments left", self.left),
            ("Rebate", self.rebate),
            ("To settle", self.payable),
        ]

    def _table(self) -> Table:
        caption = (
            f"Early settlement on {self.settled}, charges counted to {self.counted}"
        )
        rows = [[what, amount_cell(amount)] for what, amount in self._lines()]
        return Table(caption, ["", self.currency], rows, [], words=(0,))

    def _records(self) -> list[Sequence[object]]:
        return [("what", "amount"), *self._lines()]


def early_settlement(
    schedule: Schedule,
    notice: date,
    rule: EarlySettlementRule,
    *,
    rate: StatedRate | None = None,
) -> EarlySettlement:
    """
    Return what settles a loan early on notice, by its annual rate (提前结清返还).

    Formula: `rebate = sum A_k - round(sum A_k / (1 + rate) ** t_k)` over the payments
    due after the day that charges are counted to, `t_k` years after it, counted on in
    months (weeks, where payments are) and days as for the British APR; `payable` is all
    payments due after the loan is settled, less the rebate.

    Args:
        schedule: The schedule.
        notice: The day of the notice, from the disbursement to before the last payment.
        rule: How far the days are from it.
        rate: The annual rate, as a share or a percentage; by default the British APR of
            the schedule, with 15 digits.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If the rate is not a finite number.
        LimitError: If the rate is out of range.
        DateRangeError: If a day is out of range, or nothing is left when it is settled.
        TermsError: If principal is paid out after that.
        FlowsError: If the schedule has no annual rate.
        SolverError: If no single rate fits.

    Example:
        >>> from loanmath.presets.uk import EARLY_SETTLEMENT
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="GBP", principal="1200", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(24, "12%"))
        >>> found = early_settlement(loan.schedule(), date(2026, 6, 1),
        ...     EARLY_SETTLEMENT.value)
        >>> str(found.settled), str(found.counted), found.rebate
        ('2026-06-29', '2026-07-29', Decimal('79.66'))

    中文: 提前结清返还. Source: Consumer Credit (Early Settlement) Regulations 2004
    (United Kingdom), as a secondary account states them; the text was not seen.
    """
    if type(schedule) is not Schedule:
        raise InputTypeError("schedule", got=schedule, allowed="Schedule")
    if type(rule) is not EarlySettlementRule:
        raise InputTypeError("rule", got=rule, allowed="EarlySettlementRule(...)")
    loan, due = schedule.loan, schedule.columns()["due"]
    settled, counted = _days(loan.disbursed, due[-1], to_date(notice, "notice"), rule)
    left, later = _due_after(schedule, settled), _due_after(schedule, counted)
    stated = apr(schedule, UK_APR, digits=_DIGITS).value if rate is None else rate
    growth = to_growth(stated)
    terms = AccountingTerms(loan.currency, rounding=loan.rounding)
    total = sum(units for _, units in left)
    times = [_TIME.between(counted, day, _step(loan)) for day, _ in later]
    rebate = sum(units for _, units in later) - _worth(later, times, growth, terms)
    amounts = (total, rebate, total - rebate)
    return EarlySettlement(
        rule,
        loan.currency,
        notice,
        settled,
        counted,
        growth - 1,
        *(from_units(units, loan.digits) for units in amounts),
    )


def _step(loan: InstallmentLoan) -> Step:
    """Return what time is counted in: weeks where payments are due in weeks."""
    if isinstance(loan.every, Step) and loan.every.days:
        return Step(days=7)
    return Step(months=1)


def _due_after(schedule: Schedule, day: date) -> list[tuple[date, int]]:
    """Return the payments due after a day, in units; nothing may be paid out then."""
    columns = schedule.columns()
    place = bisect_right(columns["due"], day)
    if any(columns["drawn"][place:]):
        raise TermsError(
            "schedule",
            got=f"principal paid out in a period that ends after {day}",
            allowed="one that is paid out whole by the day it is settled",
        )
    found = zip(columns["due"][place:], columns["payment"][place:], strict=True)
    return list(found)


def _days(
    start: date, last: date, notice: date, rule: EarlySettlementRule
) -> tuple[date, date]:
    """Return the day on which a loan is settled, and that charges are counted to."""
    settled = notice + timedelta(rule.notice_days)
    if notice < start or settled >= last:
        latest = last - timedelta(rule.notice_days + 1)
        raise DateRangeError(
            "notice",
            got=str(notice),
            allowed=f"{start} to {latest}, so that something is left to settle",
        )
    is_long = last > shift_months(start, rule.above_months)
    return settled, shift_months(settled, rule.deferred_months if is_long else 0)


def _worth(
    payments: Sequence[tuple[date, int]],
    times: Sequence[Fraction],
    growth: Fraction,
    terms: AccountingTerms,
) -> int:
    """Return what payments are worth, each so many years before it is due."""
    of = lcm(*(time.denominator for time in times))
    flows = [
        (int(time * of), units)
        for time, (_, units) in zip(times, payments, strict=True)
    ]
    return Growth(growth, of).value(flows, Fraction(1), terms.quotient)
