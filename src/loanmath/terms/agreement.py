"""The installment loan: the parts of the contract, checked against each other."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from loanmath.currency import (
    amount_text,
    check_limit,
    currency_digits,
    from_units,
    to_units,
)
from loanmath.daycount import DayCount, HeadTail, day_count
from loanmath.doors import FIRST_DATE, LAST_DATE, decimal_parts, to_date, to_enum
from loanmath.errors import DateRangeError, InputTypeError, LimitError, TermsError
from loanmath.rates import Rate, RateUnit
from loanmath.recurrence import Step, add_months, is_month_end, to_dates
from loanmath.rounding import Rounding
from loanmath.terms.business_days import BusinessDays, InterestDates
from loanmath.terms.repayment import (
    MAX_INSTALLMENTS,
    FlatFee,
    LevelPayment,
    PrincipalAmounts,
    Repayment,
    to_repayment,
    to_rounding,
)

if TYPE_CHECKING:
    from loanmath.schedule import Schedule

__all__ = ["InstallmentLoan"]

_COUNTS_NO_DAYS = ("1/12", "1/1")
_NEEDS_MONTHS = ("1/12", "ACT/365L", "ACT/ACT ICMA")


def _to_currency(currency: str) -> str:
    currency_digits(currency)
    return currency


def _to_principal(principal: str | int | Decimal) -> Decimal:
    coefficient, exponent = decimal_parts(principal, "principal")
    if coefficient <= 0:
        raise LimitError("principal", got=principal, allowed="above zero")
    return Decimal((0, tuple(map(int, str(coefficient))), exponent))


def _to_disbursed(disbursed: date) -> date:
    return to_date(disbursed, "disbursed")


def _to_every(
    every: relativedelta | Step | str | Sequence[date],
) -> Step | tuple[date, ...]:
    if isinstance(every, (list, tuple)):
        return to_dates(every, "every")
    return Step.of(every)


def _to_rate(rate: Rate | None) -> Rate | None:
    if rate is not None and type(rate) is not Rate:
        raise InputTypeError(
            "rate", got=rate, allowed="a Rate", do="write Rate('12%/year')"
        )
    return rate


def _to_day_count(name: str | DayCount | None) -> DayCount | None:
    return None if name is None else day_count(name)


def _to_head_tail(head_tail: str | HeadTail) -> HeadTail:
    return to_enum(head_tail, HeadTail, "head_tail")


def _to_first_due(first_due: date | None) -> date | None:
    return None if first_due is None else to_date(first_due, "first_due")


def _to_due_day(due_day: int | None) -> int | None:
    if due_day is None:
        return None
    if type(due_day) is not int:
        raise InputTypeError("due_day", got=due_day, allowed="int")
    if not 1 <= due_day <= 31:
        raise LimitError("due_day", got=due_day, allowed="1 to 31")
    return due_day


def _to_flag(flag: bool) -> bool:
    if type(flag) is not bool:
        raise InputTypeError("end_of_month", got=flag, allowed="True or False")
    return flag


def _to_business_days(business_days: BusinessDays | None) -> BusinessDays | None:
    if business_days is not None and type(business_days) is not BusinessDays:
        raise InputTypeError(
            "business_days", got=business_days, allowed="BusinessDays(...)"
        )
    return business_days


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
            such as `"monthly"`, or the due dates themselves, ascending.
        repayment: The method: `LevelPayment`, `EqualPrincipal`, `InterestOnly`,
            `SinglePayment`, `FlatFee` or `PrincipalAmounts`.
        rate: The interest rate with its unit; left out for `FlatFee` alone.
        day_count: How time becomes interest. Left open, a daily rate counts actual
            days, and a monthly or yearly rate counts whole months (`"1/12"`), which
            needs regular monthly periods; everything else must be named.
        head_tail: Which end days bear interest, for the loan as a whole; inner dates
            are always counted once.
        rounding: How interest (and, unless its method says otherwise, the payment) is
            rounded, once per period: a `Rounding` or a mode's name.
        first_due: The first due date, where it is not one step after disbursement.
        due_day: The day of the month on which installments fall due, 1 to 31, clamped
            to short months. Without `first_due` the first such day that is at least one
            step after disbursement is the first due date.
        end_of_month: Where the first due date is a month end, all due dates are.
        business_days: What happens to a due date on a day off; left out, nothing.

    Attributes:
        digits: Decimals of every amount in the schedule.
        principal_units: The principal in units of 10^-digits.
        roll_day: The day of the month that due dates aim at, 1 to 31.
        anchor: The first due date before any business-day rule; all others count from
            it.
        regular_start: Where a regular first period would have started: it differs from
            `disbursed` where the first period is longer or shorter. `None` for stated
            dates.
        counted_by: The day count that interest accrues by, agreed or following from
            the rate.

    Raises:
        InputTypeError: If a value is of the wrong type (`float`, `bool`, `datetime`).
        InputValueError: If a value is not allowed (see its subclasses in
            `loanmath.errors`).
        TermsError: If two terms contradict each other.

    Example:
        >>> from loanmath.recurrence import MONTHLY
        >>> loan = InstallmentLoan(currency="CNY", principal="10000",
        ...     disbursed=date(2026, 1, 15), every=MONTHLY, rate=Rate("0.04%/day"),
        ...     repayment=LevelPayment(12))
        >>> loan.schedule().totals.interest
        Decimal('804.68')

    ACTUS: the attributes IED, NT, IPNR, IPDC, PRCL and PRNXT of ANN, LAM, PAM and LAX.
    """

    currency: str = field(converter=_to_currency)
    principal: Decimal = field(converter=_to_principal)
    disbursed: date = field(converter=_to_disbursed)
    every: Step | tuple[date, ...] = field(converter=_to_every)
    repayment: Repayment = field(converter=to_repayment)
    rate: Rate | None = field(default=None, converter=_to_rate)
    day_count: DayCount | None = field(default=None, converter=_to_day_count)
    head_tail: HeadTail = field(default=HeadTail.HEAD, converter=_to_head_tail)
    rounding: Rounding = field(default="half_up", converter=to_rounding)
    first_due: date | None = field(default=None, converter=_to_first_due)
    due_day: int | None = field(default=None, converter=_to_due_day)
    end_of_month: bool = field(default=False, converter=_to_flag)
    business_days: BusinessDays | None = field(
        default=None, converter=_to_business_days
    )
    digits: int = _derived()
    principal_units: int = _derived()
    roll_day: int = _derived()
    anchor: date = _derived()
    regular_start: date | None = _derived()
    counted_by: DayCount = _derived()

    def __attrs_post_init__(self) -> None:
        currency = currency_digits(self.currency)
        digits = self.rounding.digits(currency)
        units = to_units(self.principal, digits, "principal")
        check_limit(units, digits, currency, "principal")
        self._derive("digits", digits)
        self._derive("principal_units", units)
        self._derive("principal", from_units(units, digits))
        self._derive("roll_day", _roll_day(self))
        self._derive("anchor", _anchor(self))
        self._derive("regular_start", _regular_start(self))
        self._derive("counted_by", _counted_by(self))
        _check_dates(self)
        _check_count(self)
        _check_rate(self)
        _check_amounts(self)

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

        Example:
            >>> from loanmath.recurrence import MONTHLY
            >>> loan = InstallmentLoan(currency="USD", principal="1000",
            ...     disbursed=date(2026, 1, 31), every=MONTHLY, rate=Rate("0%/year"),
            ...     repayment=LevelPayment(3))
            >>> [str(row.payment) for row in loan.schedule()]
            ['333.33', '333.33', '333.34']

        中文: 还款计划表.
        """
        # The one upward import of the library: terms stay ignorant of schedules, but
        # the word that a reader looks for is `loan.schedule()`.
        from loanmath.schedule.schedule import plan  # noqa: PLC0415

        return plan(self)


def _roll_day(loan: InstallmentLoan) -> int:
    first = loan.first_due or loan.disbursed
    if loan.end_of_month and is_month_end(first):
        return 31
    return loan.due_day or first.day


def _anchor(loan: InstallmentLoan) -> date:
    if isinstance(loan.every, tuple):
        return loan.every[0] if loan.every else loan.disbursed
    if loan.first_due is not None:
        return loan.first_due
    step = loan.every
    if not step.months:
        return _in_range(loan.disbursed, step.days)
    earliest = add_months(loan.disbursed, step.months)
    first = add_months(earliest, 0, roll_day=loan.roll_day)
    if first < earliest:
        first = add_months(first, 1, roll_day=loan.roll_day)
    return first


def _in_range(day: date, days: int) -> date:
    try:
        later = day + timedelta(days)
    except OverflowError:
        later = date.max
    if not FIRST_DATE <= later <= LAST_DATE:
        raise DateRangeError(
            "every",
            got=f"{days} days from {day}",
            allowed=f"dates from {FIRST_DATE} to {LAST_DATE}",
        )
    return later


def _regular_start(loan: InstallmentLoan) -> date | None:
    if isinstance(loan.every, tuple):
        return None
    if not loan.every.months:
        return loan.anchor - timedelta(loan.every.days)
    return add_months(loan.anchor, -loan.every.months, roll_day=loan.roll_day)


def _counted_by(loan: InstallmentLoan) -> DayCount:
    if loan.day_count is not None:
        return loan.day_count
    daily = loan.rate is not None and loan.rate.per is RateUnit.DAY
    return day_count("ACT/365F" if daily else "1/12")


def _check_dates(loan: InstallmentLoan) -> None:
    every = loan.every
    if isinstance(every, tuple):
        _check_stated_dates(loan, every)
        return
    if loan.due_day is not None and not every.months:
        raise _contradiction("due_day", loan.due_day, "every counts whole months")
    if loan.first_due is not None:
        _check_first_due(loan, loan.first_due)
    # Whatever the count, the last date is reached in one step from the anchor.
    steps = loan.repayment.count - 1
    if every.months:
        add_months(loan.anchor, every.months * steps, roll_day=loan.roll_day)
    else:
        _in_range(loan.anchor, every.days * steps)


def _check_first_due(loan: InstallmentLoan, first_due: date) -> None:
    if first_due <= loan.disbursed:
        raise DateRangeError(
            "first_due", got=first_due, allowed=f"after disbursed, {loan.disbursed}"
        )
    if loan.due_day is not None and first_due != add_months(
        first_due, 0, roll_day=loan.due_day
    ):
        raise _contradiction(
            "first_due", first_due, f"it falls on due_day, {loan.due_day}"
        )


def _check_stated_dates(loan: InstallmentLoan, dates: tuple[date, ...]) -> None:
    count = loan.repayment.count
    if len(dates) != count:
        raise _contradiction(
            "every", f"{len(dates)} dates", f"one date for each of {count} installments"
        )
    if dates[0] <= loan.disbursed:
        raise DateRangeError(
            "every", got=dates[0], allowed=f"after disbursed, {loan.disbursed}"
        )
    for name in ("first_due", "due_day", "end_of_month"):
        if getattr(loan, name):
            raise _contradiction(
                name, getattr(loan, name), "every states a step, not the dates"
            )


def _check_count(loan: InstallmentLoan) -> None:
    daily = isinstance(loan.every, Step) and loan.every.is_daily
    if not daily and loan.repayment.count > MAX_INSTALLMENTS:
        raise LimitError(
            "repayment.count",
            got=loan.repayment.count,
            allowed=f"1 to {MAX_INSTALLMENTS:,}",
            do="only a loan repaid every day may have more",
        )


def _check_rate(loan: InstallmentLoan) -> None:
    if isinstance(loan.repayment, FlatFee):
        for name in ("rate", "day_count"):
            if getattr(loan, name) is not None:
                raise _contradiction(
                    name, getattr(loan, name), "it is left out: a flat fee is no rate"
                )
        return
    if loan.rate is None:
        raise TermsError(
            "rate",
            got=None,
            allowed="a Rate, for every method but FlatFee",
            do="write Rate('0%/year') for a loan free of interest",
        )
    _check_day_count(loan, loan.counted_by, loan.rate)
    if isinstance(loan.repayment, LevelPayment) and loan.repayment.sized_by:
        _check_day_count(loan, loan.repayment.sized_by, loan.rate)


def _check_day_count(loan: InstallmentLoan, counted: DayCount, rate: Rate) -> None:
    step = loan.every
    whole_months = isinstance(step, Step) and step.months > 0
    if counted.name in _COUNTS_NO_DAYS:
        if rate.per is RateUnit.DAY:
            raise _contradiction(
                "day_count", counted.name, f"the rate is not per day, as {rate} is"
            )
        if loan.head_tail in (HeadTail.BOTH, HeadTail.NEITHER):
            raise _contradiction(
                "head_tail", loan.head_tail.value, f"{counted.name} counts days"
            )
    if counted.name in _NEEDS_MONTHS and not whole_months:
        raise _needs_day_count(loan, counted, "every counts whole months")
    if counted.name == "1/12":
        if loan.regular_start != loan.disbursed:
            raise _needs_day_count(loan, counted, "the first period is one step long")
        if loan.business_days and loan.business_days.interest is InterestDates.ADJUSTED:
            raise _needs_day_count(loan, counted, "interest runs to unmoved dates")


def _needs_day_count(
    loan: InstallmentLoan, counted: DayCount, unless: str
) -> TermsError:
    return TermsError(
        "day_count",
        got=None if loan.day_count is None else counted.name,
        allowed=f"{counted.name} only where {unless}",
        do="name a day count that counts days, such as '30E/360' or 'ACT/365F'",
    )


def _check_amounts(loan: InstallmentLoan) -> None:
    if not isinstance(loan.repayment, PrincipalAmounts):
        return
    total = sum(
        to_units(amount, loan.digits, f"amounts[{number}]")
        for number, amount in enumerate(loan.repayment.amounts, start=1)
    )
    if total != loan.principal_units:
        raise _contradiction(
            "repayment.amounts",
            amount_text(total, loan.digits) if total < 10**60 else "a larger sum",
            f"they sum to {amount_text(loan.principal_units, loan.digits)}, the principal",
        )


def _contradiction(what: str, got: object, unless: str) -> TermsError:
    return TermsError(what, got=got, allowed=f"only where {unless}")
