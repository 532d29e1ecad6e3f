"""Cash loans at a daily rate, like Jiebei (借呗), Weilidai (微粒贷) and Xiaomi's."""

from datetime import date
from enum import Enum

from loanmath.doors import to_count, to_enum
from loanmath.errors import InputTypeError, InputValueError, TermsError
from loanmath.presets.cn.methods import Amount, Method, repayment_by
from loanmath.presets.facts import Fact
from loanmath.rates import Rate, RateUnit
from loanmath.recurrence import MONTHLY
from loanmath.terms import InstallmentLoan, LevelPayment, Repayment

__all__ = [
    "JIEBEI_RATES",
    "WEILIDAI_COUNTS",
    "WEILIDAI_RATE",
    "XIAOMI_COUNT",
    "XIAOMI_RATE",
    "MonthLength",
    "jiebei_like",
    "weilidai_like",
    "xiaomi_like",
]

_MOST_INSTALLMENTS = 1_200

JIEBEI_RATES: Fact[tuple[Rate, Rate]] = Fact(
    (Rate("0.015%/day"), Rate("0.06%/day")),
    in_force=None,
    source="",
    recalled=True,
    note="lowest and highest rate by customer; pages mention 0.045% and 0.05% only",
)
"""The lowest and the highest daily rate (recalled)."""

WEILIDAI_RATE: Fact[Rate] = Fact(
    Rate("0.05%/day"),
    in_force=None,
    source="ylsglaw.com/b/325474 (a worked example)",
    recalled=False,
    note="rates by customer below it, down to 0.02%, are mentioned as well",
)
"""The daily rate of the worked example."""

WEILIDAI_COUNTS: Fact[tuple[int, ...]] = Fact(
    (5, 10, 20),
    in_force=None,
    source="ylsglaw.com/b/325474 (a worked example)",
    recalled=False,
)
"""The numbers of installments."""

XIAOMI_RATE: Fact[Rate] = Fact(
    Rate("0.05%/day"),
    in_force=None,
    source="topic.alibabacloud.com, article 20003711",
    recalled=False,
    note="one secondary source",
)
"""The daily rate."""

XIAOMI_COUNT: Fact[int] = Fact(
    6,
    in_force=None,
    source="topic.alibabacloud.com, article 20003711",
    recalled=False,
    note="one secondary source",
)
"""The number of installments of the example."""


class MonthLength(Enum):
    """
    How a level payment is worked out from a daily rate, where months differ in length.

    `EXACT`: over the actual days of every period. `THIRTY_DAY_MONTH`: as if every month
    had 30 days, while interest runs by actual days and the last payment takes the
    difference. `DAILY_TIMES_365_OVER_12`: payment and interest by whole months at the
    daily rate times 365 / 12.
    """

    EXACT = "exact"
    THIRTY_DAY_MONTH = "thirty_day_month"
    DAILY_TIMES_365_OVER_12 = "daily_times_365_over_12"


def jiebei_like(  # noqa: PLR0913 the terms of a contract
    principal: Amount,
    disbursed: date,
    count: int,
    rate: Rate,
    *,
    method: str | Method = Method.LEVEL,
    construction: str | MonthLength = MonthLength.EXACT,
    due_day: int | None = None,
    first_due: date | None = None,
) -> InstallmentLoan:
    """
    Return a cash loan at a daily rate with monthly installments, like Jiebei's (借呗).

    Formula: `interest = round(opening * rate * actual days)`; a level payment solves
    `principal = payment * sum_k prod_{j<=k} 1 / (1 + rate * days_j)`, with 30 for
    `days_j` in the second construction and 365 / 12 in the third (where interest is
    counted so as well).

    Args:
        principal: The amount lent in yuan.
        disbursed: The day the money is paid out.
        count: Installments; months to maturity for a single payment.
        rate: The rate per day; `JIEBEI_RATES` has the range as it is recalled.
        method: `"level"`, `"equal_principal"`, `"interest_only"` or `"single"`.
        construction: Of a level payment: `"exact"`, `"thirty_day_month"` or
            `"daily_times_365_over_12"`.
        due_day: The day of the month on which installments fall due; the first is then
            at least a month after disbursement. Not with the third construction.
        first_due: The first due date, where it is another. Not with the third
            construction.

    Returns:
        The loan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If two values contradict each other, or the rate is not per day.

    Example:
        >>> day, rate = date(2025, 1, 15), Rate("0.04%/day")
        >>> for construction in MonthLength:
        ...     plan = jiebei_like("10000", day, 12, rate, construction=construction)
        ...     rows = plan.schedule()
        ...     print(construction.value, rows[0].payment, rows[-1].payment)
        exact 900.41 900.42
        thirty_day_month 899.75 908.22
        daily_times_365_over_12 900.70 900.66

    Source: no published text says which construction Jiebei uses. The third reproduces
    a published example (6,500 at 0.0625 % a day). The methods, the terms, the due day
    and a first period by actual days are recalled, not checked against the text.
    """
    chosen = to_enum(method, Method, "method")
    built = to_enum(construction, MonthLength, "construction")
    daily = _daily(rate)
    if built is MonthLength.DAILY_TIMES_365_OVER_12:
        daily = daily.per_month(days_in_year=365)
        for name, value in (("due_day", due_day), ("first_due", first_due)):
            if value is not None:
                raise TermsError(
                    name,
                    got=value,
                    allowed="only in a construction that counts days",
                    do="leave it out: whole months run from the day of disbursement",
                )
    return InstallmentLoan(
        currency="CNY",
        principal=principal,
        disbursed=disbursed,
        every=MONTHLY,
        rate=daily,
        repayment=_repayment(chosen, built, count),
        due_day=due_day,
        first_due=first_due,
    )


def _repayment(method: Method, construction: MonthLength, count: int) -> Repayment:
    if construction is MonthLength.EXACT:
        return repayment_by(method, count)
    if method is not Method.LEVEL:
        raise TermsError(
            "construction",
            got=construction.value,
            allowed="only where the payment is level",
        )
    if construction is MonthLength.THIRTY_DAY_MONTH:
        return LevelPayment(count, sized_by="30/360 CN")
    return LevelPayment(count)


def _daily(rate: Rate) -> Rate:
    if type(rate) is not Rate:
        raise InputTypeError(
            "rate", got=rate, allowed="a Rate per day", do="write Rate('0.04%/day')"
        )
    if rate.per is not RateUnit.DAY:
        raise TermsError(
            "rate",
            got=str(rate),
            allowed="a rate per day",
            do="say how many days a year has: rate.per_day(365)",
        )
    return rate


def weilidai_like(
    principal: Amount,
    disbursed: date,
    count: int,
    *,
    rate: Rate = WEILIDAI_RATE.value,
    due_day: int | None = None,
) -> InstallmentLoan:
    """
    Return a cash loan in equal shares of principal, like Weilidai's (微粒贷).

    Formula: `interest = round(remaining principal * rate * actual days)`.

    Args:
        principal: The amount lent in yuan.
        disbursed: The day the money is paid out; interest starts here.
        count: 5, 10 or 20 monthly installments.
        rate: The rate per day.
        due_day: The day of the month on which installments fall due.

    Returns:
        The loan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed, such as another count.
        TermsError: If the rate is not per day.

    Example:
        >>> plan = weilidai_like("2500", date(2026, 5, 15), 5).schedule()
        >>> [str(row.interest) for row in plan]
        ['38.75', '30.00', '23.25', '15.50', '7.50']

    Source: worked examples (ylsglaw.com/b/325474; loan.t8p.cn/articles/
    7087377611082964992.html); counts and rate as there. That the first installment is
    due a month after disbursement, or on the due day after that, is recalled.
    """
    to_count(count, "count", _MOST_INSTALLMENTS)
    if count not in WEILIDAI_COUNTS.value:
        raise InputValueError(
            "count",
            got=count,
            allowed=", ".join(map(str, WEILIDAI_COUNTS.value)),
            do="use jiebei_like with the method 'equal_principal' for another number",
        )
    return jiebei_like(
        principal,
        disbursed,
        count,
        rate,
        method=Method.EQUAL_PRINCIPAL,
        due_day=due_day,
    )


def xiaomi_like(
    principal: Amount,
    disbursed: date,
    count: int = XIAOMI_COUNT.value,
    *,
    rate: Rate = XIAOMI_RATE.value,
    due_day: int | None = None,
) -> InstallmentLoan:
    """
    Return a cash loan with monthly interest, principal last, like Xiaomi's (小米贷款).

    Formula: `interest = round(principal * rate * actual days)`.

    Args:
        principal: The amount lent in yuan.
        disbursed: The day the money is paid out.
        count: Monthly installments.
        rate: The rate per day.
        due_day: The day of the month on which installments fall due.

    Returns:
        The loan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If the rate is not per day.

    Example:
        >>> plan = xiaomi_like("10000", date(2026, 1, 15)).schedule()
        >>> [str(row.payment) for row in plan]
        ['155.00', '140.00', '155.00', '150.00', '155.00', '10150.00']

    Source: topic.alibabacloud.com, article 20003711 (one secondary source: 0.05 % a
    day, interest monthly, principal at maturity after six months); counting actual days
    is the convention of its class.
    """
    return jiebei_like(
        principal,
        disbursed,
        count,
        rate,
        method=Method.INTEREST_ONLY,
        due_day=due_day,
    )
