"""The line of credit: its limit, and when it is billed and due."""

from datetime import date
from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from loanmath.currency import check_limit, currency_digits, from_units, to_units
from loanmath.doors import to_count, to_date, to_enum, to_flag
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.recurrence import add_months
from loanmath.terms.amounts import to_amount
from loanmath.terms.business_days import BusinessDays
from loanmath.terms.lines.allocation import LineAllocation
from loanmath.terms.lines.coherence import check_line
from loanmath.terms.lines.cycles import (
    Cycle,
    JoinsCycle,
    billed_on,
    cycle_after,
    joined_cycle,
)
from loanmath.terms.lines.interest import LineInterest
from loanmath.terms.lines.minimum import DefaultCharge, MinimumPayment
from loanmath.terms.lines.plans import InstallmentTerms
from loanmath.terms.lines.segments import LineSegment, to_segments
from loanmath.terms.servicing.service import (
    DEFAULT_DAY_ORDER,
    Happening,
    SameDay,
    to_day_order,
    to_same_day,
)

__all__ = ["CreditLine", "LimitCovers", "OverLimit"]

_MOST_CYCLES = 2_400
_MOST_DAYS_TO_PAY = 100

_PARTS: dict[str, type] = {
    "business_days": BusinessDays,
    "interest": LineInterest,
    "minimum": MinimumPayment,
    "default_charge": DefaultCharge,
    "installments": InstallmentTerms,
}


class OverLimit(Enum):
    """Whether drawing more than the limit is `REFUSED` or `ALLOWED`."""

    REFUSED = "refused"
    ALLOWED = "allowed"


class LimitCovers(Enum):
    """What occupies the limit: the `PRINCIPAL`, or the whole `BALANCE`."""

    PRINCIPAL = "principal"
    BALANCE = "balance"


def _to_over_limit(over_limit: str | OverLimit) -> OverLimit:
    return to_enum(over_limit, OverLimit, "over_limit")


def _to_covers(covers: str | LimitCovers) -> LimitCovers:
    return to_enum(covers, LimitCovers, "limit_covers")


def _to_currency(currency: str) -> str:
    currency_digits(currency)
    return currency


def _to_limit(limit: str | int | Decimal) -> Decimal:
    return to_amount(limit, "limit", least=1)


def _to_day(day: object, what: str) -> int:
    if type(day) is not int:
        raise InputTypeError(what, got=day, allowed="int")
    if not 1 <= day <= 31:
        raise LimitError(what, got=day, allowed="1 to 31")
    return day


def _to_statement_day(day: int) -> int:
    return _to_day(day, "statement_day")


def _to_due_day(day: int | None) -> int | None:
    return None if day is None else _to_day(day, "due_day")


def _to_due_after(days: int | None) -> int | None:
    return None if days is None else to_count(days, "due_after", _MOST_DAYS_TO_PAY)


def _to_joins(joins: str | JoinsCycle) -> JoinsCycle:
    return to_enum(joins, JoinsCycle, "statement_day_joins")


@frozen(kw_only=True)
class CreditLine:
    """
    A line of credit that is billed in cycles (循环额度).

    Args:
        currency: ISO 4217 code, such as `"CNY"`.
        limit: The most that may be owed, in major units, above zero, no finer than the
            currency.
        statement_day: The day of the month on which a bill is made, 1 to 31, clamped to
            short months (账单日).
        due_day: The day of the month on which it is due, 1 to 31, clamped: the first
            such day after the statement (还款日).
        due_after: Or how many days after the statement it is due, 1 to 100.
        statement_day_joins: Whether a purchase posted on the statement day joins the
            `"closing"` cycle, or the `"next"` one.
        business_days: What happens to a due date on a day off; left out, nothing.
        interest: What a bill that is not paid in full costs; left out, nothing.
        minimum: The least that is to be paid of a bill; left out, there is none.
        default_charge: What it costs to pay less than the minimum; left out, nothing.
        segments: Balances at rates of their own, such as cash.
        installments: What it costs to pay in installments; left out, a conversion
            brings its own plan.
        allocation: Where payments go.
        over_limit: Whether more than the limit is `"refused"` or `"allowed"`.
        limit_covers: What occupies the limit: `"principal"`, or the whole `"balance"`.
        day_order: The order of the events of one day, by kind, first to happen first;
            kinds left out follow in their usual order.
        same_day: What orders the events of one day first: their `"kind"` or their
            `"sequence"`.

    Attributes:
        digits: Decimals of every amount.
        limit_units: The limit in units of 10^-digits.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If not exactly one of `due_day` and `due_after` is given.

    Example:
        >>> line = CreditLine(currency="CNY", limit="20000", statement_day=5,
        ...     due_day=23)
        >>> line.free_days(date(2026, 3, 30)), line.free_days(date(2026, 4, 5))
        (24, 48)
    """

    currency: str = field(converter=_to_currency)
    limit: Decimal = field(converter=_to_limit)
    statement_day: int = field(converter=_to_statement_day)
    due_day: int | None = field(default=None, converter=_to_due_day)
    due_after: int | None = field(default=None, converter=_to_due_after)
    statement_day_joins: JoinsCycle = field(
        default=JoinsCycle.NEXT, converter=_to_joins
    )
    business_days: BusinessDays | None = field(default=None)
    interest: LineInterest | None = field(default=None)
    minimum: MinimumPayment | None = field(default=None)
    default_charge: DefaultCharge | None = field(default=None)
    segments: tuple[LineSegment, ...] = field(default=(), converter=to_segments)
    installments: InstallmentTerms | None = field(default=None)
    allocation: LineAllocation = field(default=LineAllocation())
    over_limit: OverLimit = field(default=OverLimit.REFUSED, converter=_to_over_limit)
    limit_covers: LimitCovers = field(
        default=LimitCovers.PRINCIPAL, converter=_to_covers
    )
    day_order: tuple[Happening, ...] = field(
        default=DEFAULT_DAY_ORDER, converter=to_day_order
    )
    same_day: SameDay = field(default=SameDay.KIND, converter=to_same_day)
    digits: int = field(init=False, repr=False, eq=False)
    limit_units: int = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        for name, kind in _PARTS.items():
            part = getattr(self, name)
            if part is not None and type(part) is not kind:
                raise InputTypeError(name, got=part, allowed=f"{kind.__name__}(...)")
        if type(self.allocation) is not LineAllocation:
            raise InputTypeError(
                "allocation", got=self.allocation, allowed="LineAllocation(...)"
            )
        if (self.due_day is None) == (self.due_after is None):
            raise TermsError(
                "due date",
                got="neither" if self.due_day is None else "both",
                allowed="exactly one of due_day and due_after",
            )
        digits = currency_digits(self.currency)
        check_line(self, digits)
        units = to_units(self.limit, digits, "limit")
        check_limit(units, digits, digits, "limit")
        object.__setattr__(self, "digits", digits)
        object.__setattr__(self, "limit_units", units)
        object.__setattr__(self, "limit", from_units(units, digits))

    def cycle_of(self, posted: date) -> Cycle:
        """
        Return the cycle that a purchase joins, by the day it is posted.

        Args:
            posted: The posting date (入账日); where goods are paid for once received,
                not the day they were bought.

        Raises:
            InputTypeError: If it is not a `date`.
            DateRangeError: If a date of the cycle is outside the years 1900 to 2200.
            CalendarRangeError: If the due date is beyond what the calendar knows.
            ScheduleError: If a business-day rule moves the due date to the statement.

        Example:
            >>> line = CreditLine(currency="CNY", limit="5000", statement_day=1,
            ...     due_day=10)
            >>> cycle = line.cycle_of(date(2026, 8, 31))
            >>> str(cycle.statement), str(cycle.due)
            ('2026-09-01', '2026-09-10')
        """
        return joined_cycle(self, to_date(posted, "posted"))

    def cycle_billed_in(self, year: int, month: int) -> Cycle:
        """
        Return the cycle whose bill is made in a month: there is one in every month.

        Args:
            year: The year of the statement, 1901 to 2199.
            month: Its month, 1 to 12.

        Raises:
            InputTypeError: If a value is not an `int`.
            LimitError: If there is no such month.
            CalendarRangeError: If the due date is beyond what the calendar knows.
            ScheduleError: If a business-day rule moves the due date to the statement.

        Example:
            >>> line = CreditLine(currency="CNY", limit="5000", statement_day=20,
            ...     due_day=10)
            >>> line.cycle_billed_in(2026, 10).due
            datetime.date(2026, 11, 10)
        """
        for what, number, (least, most) in (
            ("year", year, (1901, 2199)),
            ("month", month, (1, 12)),
        ):
            if type(number) is not int:
                raise InputTypeError(what, got=number, allowed="int")
            if not least <= number <= most:
                raise LimitError(what, got=number, allowed=f"{least} to {most}")
        first = date(year, month, 1)
        return billed_on(self, add_months(first, 0, roll_day=self.statement_day))

    def cycles(self, since: date, count: int) -> tuple[Cycle, ...]:
        """
        Return cycles in succession, from the one that a day belongs to.

        Args:
            since: A posting date of the first.
            count: How many, 1 to 2,400.

        Raises:
            InputTypeError: If a value is of the wrong type.
            LimitError: If the count is out of range.
            DateRangeError: If a date is outside the years 1900 to 2200.
            CalendarRangeError: If a due date is beyond what the calendar knows.
            ScheduleError: If a business-day rule moves a due date to its statement.

        Example:
            >>> line = CreditLine(currency="CNY", limit="5000", statement_day=1,
            ...     due_day=9)
            >>> [str(cycle.due) for cycle in line.cycles(date(2026, 12, 5), 2)]
            ['2027-01-09', '2027-02-09']
        """
        found = [self.cycle_of(since)]
        for _ in range(to_count(count, "count", _MOST_CYCLES) - 1):
            found.append(cycle_after(self, found[-1]))
        return tuple(found)

    def free_days(self, posted: date, *, inclusive: bool = False) -> int:
        """
        Return how long a purchase is free of interest, if its bill is paid.

        Formula: `due - posted`, in days; with both ends counted, one more. Published
        figures count either way.

        Args:
            posted: The posting date.
            inclusive: Whether both the posting date and the due date count.

        Raises:
            InputTypeError: If a value is of the wrong type.
            DateRangeError: If a date of the cycle is outside the years 1900 to 2200.
            CalendarRangeError: If the due date is beyond what the calendar knows.
            ScheduleError: If a business-day rule moves the due date to the statement.

        Example:
            >>> line = CreditLine(currency="CNY", limit="5000", statement_day=1,
            ...     due_day=10)
            >>> first = date(2026, 8, 1)
            >>> line.free_days(first), line.free_days(first, inclusive=True)
            (40, 41)

        中文: 免息期.
        """
        to_flag(inclusive, "inclusive")
        return (self.cycle_of(posted).due - posted).days + inclusive
