"""
Conventions of public loan engines, for whoever moves a plan from one or checks one.

A preset holds how an engine counts, rounds and names things, and no figure of any
loan. What an engine does with a plan later (recalculation, allocation) is not here.
"""

from datetime import date
from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from loanmath.calendars import Calendar
from loanmath.daycount import HeadTail
from loanmath.doors import to_count, to_date, to_enum
from loanmath.errors import InputTypeError, TermsError, UnknownNameError
from loanmath.rates import Rate
from loanmath.recurrence import Step, step_dates
from loanmath.rounding import Rounding
from loanmath.terms import (
    AddOnInterest,
    BusinessDays,
    Holiday,
    InstallmentLoan,
    LevelPayment,
    Repayment,
)

__all__ = [
    "ACTUS_ROUNDING",
    "DaysInMonth",
    "DaysInYear",
    "FineractProduct",
    "InterestPeriod",
    "actus_business_days",
    "fineract_like",
]

ACTUS_ROUNDING = Rounding.unrounded(20)
"""
The rounding of a contract by ACTUS: none, to twenty decimals.

Source: the ACTUS reference tests of 2021-05-31 carry unrounded amounts; they are
reproduced at 1E-9.
"""

_ACTUS_RULES = {
    "F": "following",
    "MF": "modified_following",
    "P": "preceding",
    "MP": "modified_preceding",
}
_ACTUS_ORDERS = {"SC": "adjusted", "CS": "unadjusted"}


def actus_business_days(code: str, calendar: Calendar) -> BusinessDays | None:
    """
    Return the business-day term that an ACTUS code stands for.

    Formula: `SC..` shifts the date, then calculates interest to it; `CS..` calculates
    first. `F` following, `MF` modified following, `P` preceding, `MP` modified
    preceding. `NOS` and `NULL` shift nothing.

    Args:
        code: The code, such as `"SCMF"`.
        calendar: Which days are business days.

    Returns:
        The term; nothing for a code that shifts nothing.

    Raises:
        InputTypeError: If the code is not a `str`, or the calendar is none.
        UnknownNameError: If there is no such code.

    Example:
        >>> from loanmath.calendars import WEEKENDS
        >>> actus_business_days("CSMF", WEEKENDS).rule.value
        'modified_following'

    Source: ACTUS data dictionary, business day convention (BDC), with the behavior of
    the reference tests of 2021-05-31. 中文: 节假日顺延规则.
    """
    if type(code) is not str:
        raise InputTypeError("code", got=code, allowed="str")
    if code in ("NOS", "NULL"):
        return None
    order, rule = _ACTUS_ORDERS.get(code[:2]), _ACTUS_RULES.get(code[2:])
    if order is None or rule is None:
        known = [start + end for start in _ACTUS_ORDERS for end in _ACTUS_RULES]
        raise UnknownNameError(
            "code", got=code, allowed=", ".join([*known, "NOS", "NULL"])
        )
    return BusinessDays(rule, calendar, interest=order)


class DaysInMonth(Enum):
    """How long a month is: `THIRTY` days, or the `ACTUAL` ones."""

    THIRTY = "30"
    ACTUAL = "actual"


class DaysInYear(Enum):
    """
    How long a year is.

    `ACTUAL` takes 366 for the days of a leap year, `LEAP_PERIOD` for a period that
    holds a 29 February.
    """

    D360 = "360"
    D364 = "364"
    D365 = "365"
    ACTUAL = "actual"
    LEAP_PERIOD = "leap_period"


class InterestPeriod(Enum):
    """Whether interest is counted by the `DAY`, or by whole `INSTALLMENT` periods."""

    DAY = "day"
    INSTALLMENT = "installment"


# A day that is interest's by Fineract is the one that ends a span: of a span over the
# new year it counts 31 December in the old one, and the start day not at all.
_COUNTS: dict[tuple[DaysInMonth, DaysInYear], tuple[str, HeadTail]] = {
    (DaysInMonth.ACTUAL, DaysInYear.D360): ("ACT/360", HeadTail.HEAD),
    (DaysInMonth.ACTUAL, DaysInYear.D364): ("ACT/364", HeadTail.HEAD),
    (DaysInMonth.ACTUAL, DaysInYear.D365): ("ACT/365F", HeadTail.HEAD),
    (DaysInMonth.ACTUAL, DaysInYear.ACTUAL): ("ACT/ACT ISDA", HeadTail.TAIL),
    (DaysInMonth.ACTUAL, DaysInYear.LEAP_PERIOD): ("ACT/ACT AFB", HeadTail.HEAD),
    (DaysInMonth.THIRTY, DaysInYear.D360): ("30/360 CN", HeadTail.HEAD),
    (DaysInMonth.THIRTY, DaysInYear.D365): ("30/365", HeadTail.HEAD),
}


def _to_every(every: object) -> Step:
    return Step.of(every)


def _to_days_in_month(days: str | DaysInMonth) -> DaysInMonth:
    return to_enum(days, DaysInMonth, "days_in_month")


def _to_days_in_year(days: str | DaysInYear) -> DaysInYear:
    return to_enum(days, DaysInYear, "days_in_year")


def _to_interest_by(period: str | InterestPeriod) -> InterestPeriod:
    return to_enum(period, InterestPeriod, "interest_by")


def _to_is_flat(flag: bool) -> bool:
    return _to_flag(flag, "is_flat")


def _to_is_progressive(flag: bool) -> bool:
    return _to_flag(flag, "is_progressive")


def _to_flag(flag: bool, what: str) -> bool:
    if type(flag) is not bool:
        raise InputTypeError(what, got=flag, allowed="True or False")
    return flag


def _to_multiple(multiple: str | int | Decimal | None) -> Decimal | None:
    return None if multiple is None else Rounding("half_even", multiple).unit


def _to_grace_on_principal(count: int) -> int:
    return _to_grace(count, "grace_on_principal")


def _to_grace_on_interest(count: int) -> int:
    return _to_grace(count, "grace_on_interest")


def _to_grace(count: int, what: str) -> int:
    return 0 if type(count) is int and count == 0 else to_count(count, what, 1_199)


@frozen(kw_only=True)
class FineractProduct:
    """
    The settings of a loan product as Apache Fineract names them.

    Args:
        every: The step between installments.
        days_in_month: `"30"` or `"actual"`.
        days_in_year: `"360"`, `"364"`, `"365"`, `"actual"`, or `"leap_period"` for 366
            only in a period that holds a 29 February.
        interest_by: `"day"`, or `"installment"`: a period counts its months alone.
        is_flat: Whether interest is on the original amount.
        is_progressive: Whether the schedule is of the progressive kind: the payment is
            solved in a second pass where the last one would differ too much.
        multiple: What installments are rounded to multiples of, in major units; there
            is no second pass then.
        grace_on_principal: First installments without principal.
        grace_on_interest: First installments without interest, which is due with the
            first one after them.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> FineractProduct(days_in_month="actual", days_in_year="365").every
        Step(months=1, days=0)

    Source: conventions of Apache Fineract 1.14.1 as its end-to-end loan scenarios show
    them, recomputed to the cent. 中文: 贷款产品参数.
    """

    every: Step = field(default=Step(months=1), converter=_to_every)
    days_in_month: DaysInMonth = field(
        default=DaysInMonth.THIRTY, converter=_to_days_in_month
    )
    days_in_year: DaysInYear = field(
        default=DaysInYear.D360, converter=_to_days_in_year
    )
    interest_by: InterestPeriod = field(
        default=InterestPeriod.DAY, converter=_to_interest_by
    )
    is_flat: bool = field(default=False, converter=_to_is_flat)
    is_progressive: bool = field(default=True, converter=_to_is_progressive)
    multiple: Decimal | None = field(default=None, converter=_to_multiple)
    grace_on_principal: int = field(default=0, converter=_to_grace_on_principal)
    grace_on_interest: int = field(default=0, converter=_to_grace_on_interest)

    def counted_by(self) -> tuple[str, HeadTail]:
        """
        Return the day count of the settings, and which end days bear interest.

        Formula: a period of whole months has 30 days each where months have 30,
        whatever its dates; interest by installments counts twelfths of a year. Where
        years are actual, a period over the new year has its days up to 31 December in
        the old one and the days from then on in the new one. Installments that are days
        or weeks apart count actual days.

        Raises:
            TermsError: If no day count stands for the settings.

        Example:
            >>> FineractProduct().counted_by()[0]
            '30/360 CN'
        """
        in_month = self.days_in_month
        if self.every.months and self.interest_by is InterestPeriod.INSTALLMENT:
            return "1/12", HeadTail.HEAD
        if not self.every.months and in_month is DaysInMonth.THIRTY:
            in_month = DaysInMonth.ACTUAL
        found = _COUNTS.get((in_month, self.days_in_year))
        if found is None:
            raise TermsError(
                "days_in_year",
                got=self.days_in_year.value,
                allowed="360 or 365, where a month has 30 days",
            )
        return found

    def repayment(self, count: int) -> Repayment:
        """
        Return the repayment method of the settings.

        Formula: the payment is rounded half-even to the cent, or to the multiple, and
        the last installment takes the rest. Flat interest by the day is that of each
        period's own days.

        Example:
            >>> FineractProduct(multiple="1").repayment(6).residue.value
            'last'
        """
        if self.is_flat:
            by_day = self.interest_by is InterestPeriod.DAY
            return AddOnInterest(count, earned="by_time" if by_day else "level")
        if self.multiple is not None:
            return LevelPayment(count, rounding=Rounding("half_even", self.multiple))
        residue = "second_pass" if self.is_progressive else "last"
        return LevelPayment(count, residue=residue)

    def holidays(self) -> tuple[Holiday, ...]:
        """
        Return the first installments on which principal, or nothing at all, is due.

        Raises:
            TermsError: If interest has more grace than principal.

        Example:
            >>> [holiday.last for holiday in FineractProduct(
            ...     grace_on_principal=3, grace_on_interest=1).holidays()]
            [1, 3]
        """
        interest, principal = self.grace_on_interest, self.grace_on_principal
        if interest > principal:
            raise TermsError(
                "grace_on_interest",
                got=interest,
                allowed=f"no more than grace_on_principal, {principal}",
            )
        found = []
        if interest:
            found.append(Holiday(1, interest, "payment", interest="carry"))
        if principal > interest:
            found.append(Holiday(interest + 1, principal - interest, "principal"))
        return tuple(found)


_PRODUCT = FineractProduct()


def fineract_like(  # noqa: PLR0913 a loan, its product and its dates
    principal: str | int | Decimal,
    rate: Rate,
    count: int,
    *,
    currency: str,
    disbursed: date,
    product: FineractProduct = _PRODUCT,
    submitted: date | None = None,
) -> InstallmentLoan:
    """
    Return the loan that a Fineract product plans, before anything is paid.

    Formula: `interest = round(opening * f)`, half-even; the payment is
    `principal * prod (1 + f) / sum of products` with unrounded period factors `f`,
    half-even; see `FineractProduct` for `f`, multiples, grace and the second pass.

    Args:
        principal: The amount disbursed, in major units.
        rate: The rate with its period: a product may quote it per month or per year.
        count: Installments.
        currency: ISO 4217 code.
        disbursed: The day the money is paid out.
        product: The settings of the product.
        submitted: The day that due dates are counted from, where it is not the day of
            disbursement.

    Returns:
        The loan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If the settings contradict each other.

    Example:
        >>> loan = fineract_like("1000", Rate("12%/year"), 2, currency="USD",
        ...     disbursed=date(2026, 1, 31))
        >>> [str(row.payment) for row in loan.schedule()]
        ['507.51', '507.51']

    Source: Apache Fineract 1.14.1, schedules of its end-to-end loan scenarios,
    recomputed to the cent. 中文: 等额本息, 银行家舍入.
    """
    if type(product) is not FineractProduct:
        raise InputTypeError("product", got=product, allowed="a FineractProduct(...)")
    day_count, head_tail = product.counted_by()
    first_due, due_day = None, None
    if submitted is not None:
        submitted = to_date(submitted, "submitted")
        first_due = _first_due(submitted, product.every)
        due_day = submitted.day if product.every.months else None
    return InstallmentLoan(
        currency=currency,
        principal=principal,
        disbursed=disbursed,
        every=product.every,
        rate=rate,
        repayment=product.repayment(count),
        day_count=day_count,
        head_tail=head_tail,
        rounding=Rounding("half_even"),
        first_due=first_due,
        due_day=due_day,
        holidays=product.holidays(),
    )


def _first_due(submitted: date, every: Step) -> date:
    *_, first = step_dates(submitted, every, 2, submitted.day)
    return first
