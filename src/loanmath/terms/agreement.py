"""The installment loan: the parts of the contract, checked against each other."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from loanmath.currency import check_limit, currency_digits, from_units, to_units
from loanmath.daycount import DayCount, HeadTail
from loanmath.doors import to_date, to_enum, to_flag
from loanmath.errors import InputTypeError, LimitError
from loanmath.recurrence import Step, to_dates
from loanmath.recurrence_rules import rule_dates, to_rule
from loanmath.rounding import Rounding
from loanmath.terms.amounts import to_amount
from loanmath.terms.business_days import BusinessDays
from loanmath.terms.coherence import check_coherence
from loanmath.terms.combinations import check_combinations
from loanmath.terms.consequences import (
    anchor,
    counted_by,
    financed_units,
    regular_months,
    regular_start,
    roll_day,
    stated_installments,
)
from loanmath.terms.conventions import (
    MAX_INSTALLMENTS,
    RoundedPer,
    to_optional_day_count,
    to_rounded_per,
    to_rounding,
)
from loanmath.terms.drawdowns import Drawdown, to_drawdowns
from loanmath.terms.fees import Fee, to_fees
from loanmath.terms.holidays import Holiday, to_holidays
from loanmath.terms.interest_payments import (
    BrokenPeriod,
    InterestPayments,
    to_broken_period,
)
from loanmath.terms.lateness import check_servicing
from loanmath.terms.methods import Repayment, to_repayment
from loanmath.terms.plan_kinds import has_plain_rows, is_plain
from loanmath.terms.rate_plan import LoanRate, to_loan_rate
from loanmath.terms.servicing import (
    PenaltyInterest,
    Servicing,
    to_penalty,
    to_servicing,
)

if TYPE_CHECKING:
    from dateutil.rrule import rrule

    from loanmath.schedule import Schedule

__all__ = ["InstallmentLoan"]

Every: TypeAlias = "relativedelta | Step | str | Sequence[date] | rrule"


def _to_currency(currency: str) -> str:
    currency_digits(currency)
    return currency


def _to_principal(principal: str | int | Decimal) -> Decimal:
    return to_amount(principal, "principal", least=1)


def _to_disbursed(disbursed: date) -> date:
    return to_date(disbursed, "disbursed")


def _to_every(every: Every) -> Any:
    # A rule becomes dates once the number of installments is known.
    if isinstance(every, (list, tuple)):
        return to_dates(every, "every")
    if isinstance(every, (relativedelta, Step, str)):
        return Step.of(every)
    return to_rule(every)


def _to_head_tail(head_tail: str | HeadTail) -> HeadTail:
    return to_enum(head_tail, HeadTail, "head_tail")


def _to_first_due(first_due: date | None) -> date | None:
    return None if first_due is None else to_date(first_due, "first_due")


def _to_first_after(first_after: relativedelta | Step | str | None) -> Step | None:
    return None if first_after is None else Step.of(first_after)


def _to_last_due(last_due: date | None) -> date | None:
    return None if last_due is None else to_date(last_due, "last_due")


def _to_discount(discount: str | int | Decimal | None) -> Decimal | None:
    return None if discount is None else to_amount(discount, "discount", least=None)


def _to_interest_payments(term: InterestPayments | None) -> InterestPayments | None:
    if term is not None and type(term) is not InterestPayments:
        raise InputTypeError(
            "interest_payments", got=term, allowed="InterestPayments(...)"
        )
    return term


def _to_due_day(due_day: int | None) -> int | None:
    if due_day is None:
        return None
    if type(due_day) is not int:
        raise InputTypeError("due_day", got=due_day, allowed="int")
    if not 1 <= due_day <= 31:
        raise LimitError("due_day", got=due_day, allowed="1 to 31")
    return due_day


def _to_flag(flag: bool) -> bool:
    return to_flag(flag, "end_of_month")


def _to_business_days(business_days: BusinessDays | None) -> BusinessDays | None:
    if business_days is not None and type(business_days) is not BusinessDays:
        raise InputTypeError(
            "business_days", got=business_days, allowed="BusinessDays(...)"
        )
    return business_days


_USUAL_SERVICING = Servicing()


def _servicing_text(servicing: Servicing) -> str:
    # What is usual would fill most of what a loan prints as.
    return "Servicing()" if servicing == _USUAL_SERVICING else repr(servicing)


def _derived() -> Any:
    # Worked out once from the agreed fields, so that planning need not do it again.
    return field(init=False, repr=False, eq=False)


@frozen(kw_only=True)
class InstallmentLoan:
    """
    A loan that is paid out once and repaid in planned installments (分期贷款).

    Args:
        currency: ISO 4217 code, such as `"CNY"`.
        principal: The amount lent in major units, above zero, at most 10^13 minor
            units, no finer than the currency.
        disbursed: The day the money is paid out; interest starts here.
        every: The step between due dates: a `relativedelta` such as `MONTHLY`, a word
            such as `"monthly"`, a `dateutil` `rrule` (third Friday, twice a month), or
            the due dates themselves, ascending.
        repayment: The method, one of `loanmath.terms.Repayment`.
        rate: A `Rate` with its unit, a `SteppedRate` or a `FloatingRate`; left out for
            `FlatFee` alone.
        day_count: How time becomes interest. Left open, a daily rate counts actual
            days, and a monthly or yearly rate counts whole months (`"1/12"`), which
            needs regular monthly periods; everything else must be named. With `"1/12"`
            stated, a period that a change of the rate or a drawdown cuts is shared by
            its actual days.
        head_tail: Which end days bear interest, for the loan as a whole; inner dates
            are always counted once.
        rounding: How interest (and, unless its method says otherwise, the payment) is
            rounded, once per period: a `Rounding` or a mode's name.
        first_due: The first due date, where it is not one step after disbursement. The
            day of disbursement itself makes payments fall due at the start of each
            period (期初付款, annuity due).
        due_day: The day of the month on which installments fall due, 1 to 31, clamped
            to short months. Without `first_due` the first such day that is at least one
            step after disbursement is the first due date.
        end_of_month: Where the first date (`first_due`, or else `disbursed`) is a month
            end, all due dates are.
        business_days: What happens to a due date on a day off; left out, nothing.
        first_after: The least time from disbursement to the first due date, where it is
            not one step: the first day on `due_day` that is not earlier.
        last_due: The last due date, where it is not a regular one, so that the last
            period is shorter or longer.
        broken_period: How the days before the first regular period are paid for.
        interest_payments: When interest is paid, where not with every installment.
        holidays: Installments on which principal, interest or both are not due.
        drawdowns: Further amounts paid out on dates known in advance.
        discount: What is withheld from the amount paid out, in major units (折价);
            negative, a premium on top of it. What is owed stays the principal.
        fees: Fees that the plan holds.
        interest_rounded: Whether interest is rounded once per `"period"`, per
            `"segment"` of one rate and one balance, or per `"day"`.
        penalty: What an overdue installment costs by the day; left out, nothing.
        servicing: How the account is kept: allocation, late charges, caps, prepayment.

    Attributes:
        digits: Decimals of every amount in the schedule.
        principal_units: What is owed at the start in units of 10^-digits: the
            principal and the fees financed with it.
        roll_day: The day of the month that due dates aim at, 1 to 31.
        anchor: The first due date before any business-day rule; all others count from
            it.
        regular_start: Where a regular first period would have started: it differs from
            `disbursed` where the first period is longer or shorter. `None` for stated
            dates.
        regular_months: The months of a regular period, the whole term of a single
            payment; `None` where periods are days or stated dates.
        counted_by: The day count that interest accrues by, agreed or following from
            the rate.
        has_plain_rows: Whether every row of the plan is an installment that interest is
            due on at one rate, rounded once.
        is_plain: Whether the plan needs one factor per period and nothing else.

    Raises:
        InputTypeError: If a value is of the wrong type (`float`, `bool`, `datetime`).
        InputValueError: If a value is not allowed (see its subclasses in
            `loanmath.errors`).
        TermsError: If two terms contradict each other.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.recurrence import MONTHLY
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal="10000",
        ...     disbursed=date(2026, 1, 15), every=MONTHLY, rate=Rate("0.04%/day"),
        ...     repayment=LevelPayment(12))
        >>> loan.schedule().totals.interest
        Decimal('804.93')

    ACTUS: the attributes IED, NT, IPNR, IPDC, PRCL and PRNXT of ANN, LAM, PAM and LAX.
    """

    currency: str = field(converter=_to_currency)
    principal: Decimal = field(converter=_to_principal)
    disbursed: date = field(converter=_to_disbursed)
    every: Step | tuple[date, ...] = field(converter=_to_every)
    repayment: Repayment = field(converter=to_repayment)
    rate: LoanRate | None = field(default=None, converter=to_loan_rate)
    day_count: DayCount | None = field(default=None, converter=to_optional_day_count)
    head_tail: HeadTail = field(default=HeadTail.HEAD, converter=_to_head_tail)
    rounding: Rounding = field(default=Rounding(), converter=to_rounding)
    first_due: date | None = field(default=None, converter=_to_first_due)
    due_day: int | None = field(default=None, converter=_to_due_day)
    end_of_month: bool = field(default=False, converter=_to_flag)
    business_days: BusinessDays | None = field(
        default=None, converter=_to_business_days
    )
    first_after: Step | None = field(default=None, converter=_to_first_after)
    last_due: date | None = field(default=None, converter=_to_last_due)
    broken_period: BrokenPeriod = field(
        default=BrokenPeriod.COUNTED, converter=to_broken_period
    )
    interest_payments: InterestPayments | None = field(
        default=None, converter=_to_interest_payments
    )
    holidays: tuple[Holiday, ...] = field(default=(), converter=to_holidays)
    drawdowns: tuple[Drawdown, ...] = field(default=(), converter=to_drawdowns)
    discount: Decimal | None = field(default=None, converter=_to_discount)
    fees: tuple[Fee, ...] = field(default=(), converter=to_fees)
    interest_rounded: RoundedPer = field(
        default=RoundedPer.PERIOD, converter=to_rounded_per
    )
    penalty: PenaltyInterest | None = field(default=None, converter=to_penalty)
    servicing: Servicing = field(
        default=_USUAL_SERVICING, converter=to_servicing, repr=_servicing_text
    )
    digits: int = _derived()
    principal_units: int = _derived()
    roll_day: int = _derived()
    anchor: date = _derived()
    regular_start: date | None = _derived()
    regular_months: int | None = _derived()
    counted_by: DayCount = _derived()
    has_plain_rows: bool = _derived()
    is_plain: bool = _derived()

    def __attrs_post_init__(self) -> None:
        currency = currency_digits(self.currency)
        digits = self.rounding.digits(currency)
        units = to_units(self.principal, digits, "principal")
        check_limit(units, digits, currency, "principal")
        self._derive("digits", digits)
        self._derive("principal_units", units)
        self._derive("principal", from_units(units, digits))
        if not isinstance(self.every, (Step, tuple)):
            most = stated_installments(self.repayment) or MAX_INSTALLMENTS
            self._derive("every", rule_dates(self.every, self.disbursed, most))
        self._derive("roll_day", roll_day(self))
        self._derive("anchor", anchor(self))
        self._derive("regular_start", regular_start(self))
        self._derive("regular_months", regular_months(self))
        self._derive("counted_by", counted_by(self))
        self._derive("has_plain_rows", has_plain_rows(self))
        self._derive("is_plain", is_plain(self))
        if self.fees:
            units += financed_units(self)
            self._derive(
                "principal_units", check_limit(units, digits, currency, "fees")
            )
        check_coherence(self)
        if not self.is_plain or self.discount is not None:
            check_combinations(self)
        if self.penalty is not None or self.servicing is not _USUAL_SERVICING:
            check_servicing(self)

    def _derive(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def schedule(self) -> "Schedule":
        """
        Return the plan that these terms agree on.

        Returns:
            The schedule, with one row per installment.

        Raises:
            ScheduleError: If no plan follows from the terms, for example because the
                level payment does not cover the interest.
            DayCountError: If the day count has no meaning for these dates.
            CalendarRangeError: If a due date is beyond what the calendar knows.
            DateRangeError: If a date is after the year 2200, or an index was not
                observed so early.
            LimitError: If an index makes a rate that is out of range.

        Example:
            >>> from loanmath.rates import Rate
            >>> from loanmath.recurrence import MONTHLY
            >>> from loanmath.terms import LevelPayment
            >>> loan = InstallmentLoan(currency="USD", principal="1000",
            ...     disbursed=date(2026, 1, 31), every=MONTHLY, rate=Rate("0%/year"),
            ...     repayment=LevelPayment(3))
            >>> [str(row.payment) for row in loan.schedule()]
            ['333.33', '333.33', '333.34']

        中文: 还款计划表.
        """
        return _planner()(self)


@cache
def _planner() -> Callable[[InstallmentLoan], "Schedule"]:
    # The one upward import of the library: terms stay ignorant of schedules, but the
    # word that a reader looks for is `loan.schedule()`.
    from loanmath.schedule import plan  # noqa: PLC0415

    return plan
