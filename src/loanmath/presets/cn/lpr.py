"""Mortgages at the loan prime rate plus points (LPR 加点房贷)."""

from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import evolve

from loanmath.daycount import HeadTail
from loanmath.doors import to_date, to_enum
from loanmath.errors import InputTypeError
from loanmath.presets.cn.methods import Amount, Method, first_days_on_top, repayment_by
from loanmath.presets.facts import Fact
from loanmath.rates import Rate
from loanmath.recurrence import MONTHLY, YEARLY, add_months
from loanmath.terms import (
    FloatingRate,
    Index,
    InstallmentLoan,
    LevelPayment,
    RateChange,
)

__all__ = [
    "LPR_1Y",
    "LPR_5Y",
    "LPR_OF_CONVERSION",
    "Repricing",
    "lpr_mortgage",
    "points_over_lpr",
]

_PUBLISHER = "National Interbank Funding Center, monthly"

LPR_OF_CONVERSION: Fact[Index] = Fact(
    Index(
        "LPR over 5 years, December 2019",
        {date(2019, 12, 20): "4.80%"},
        source=_PUBLISHER,
    ),
    in_force=date(2019, 12, 20),
    source="tellerreport.com, 2020-03-04, on Announcement [2019] No. 30 of the "
    "People's Bank of China",
    recalled=False,
    note="the reference of loans converted from the benchmark rate; the day of the "
    "month is recalled",
)
"""The LPR over five years that loans were converted at."""

LPR_1Y: Fact[Index] = Fact(
    Index(
        "LPR 1 year",
        {
            date(2019, 8, 20): "4.25%",
            date(2019, 9, 20): "4.20%",
            date(2019, 11, 20): "4.15%",
            date(2020, 2, 20): "4.05%",
            date(2020, 4, 20): "3.85%",
            date(2021, 12, 20): "3.80%",
            date(2022, 1, 20): "3.70%",
            date(2022, 8, 22): "3.65%",
            date(2023, 6, 20): "3.55%",
            date(2023, 8, 21): "3.45%",
            date(2024, 7, 22): "3.35%",
            date(2024, 10, 21): "3.10%",
            date(2025, 5, 20): "3.00%",
        },
        source=_PUBLISHER,
    ),
    in_force=date(2019, 8, 20),
    source="news of the day for several of them (2020-08: 3.85%; 2025-05 to 2025-12: "
    "3.00%)",
    recalled=True,
    note="the changes to the end of 2025; add later ones before planning with it",
)
"""The LPR of one year by the dates it changed on, to the end of 2025 (recalled)."""

LPR_5Y: Fact[Index] = Fact(
    Index(
        "LPR over 5 years",
        {
            date(2019, 8, 20): "4.85%",
            date(2019, 11, 20): "4.80%",
            date(2020, 2, 20): "4.75%",
            date(2020, 4, 20): "4.65%",
            date(2022, 1, 20): "4.60%",
            date(2022, 5, 20): "4.45%",
            date(2022, 8, 22): "4.30%",
            date(2023, 6, 20): "4.20%",
            date(2024, 2, 20): "3.95%",
            date(2024, 7, 22): "3.85%",
            date(2024, 10, 21): "3.60%",
            date(2025, 5, 20): "3.50%",
        },
        source=_PUBLISHER,
    ),
    in_force=date(2019, 8, 20),
    source="news of the day for several of them (2019-12: 4.80%; 2024-02: 3.95%; "
    "2025-05: 3.50%)",
    recalled=True,
    note="the changes to September 2025; add later ones before planning with it",
)
"""The LPR over five years by the dates it changed on, to 2025-09 (recalled)."""


class Repricing(Enum):
    """
    When a mortgage takes on a new rate (重定价日).

    `JANUARY`: 1 January. `ANNIVERSARY`: the day of disbursement in every later year
    (对月对日).
    """

    JANUARY = "january"
    ANNIVERSARY = "anniversary"


def lpr_mortgage(  # noqa: PLR0913 the terms of a contract
    principal: Amount,
    disbursed: date,
    count: int,
    index: Index,
    points: str | Fraction = "0bp",
    *,
    method: str | Method = Method.LEVEL,
    repricing: str | Repricing = Repricing.JANUARY,
    due_day: int | None = None,
    initial: Rate | None = None,
) -> InstallmentLoan:
    """
    Return a mortgage at the LPR plus points, repriced once a year (LPR 房贷).

    Formula: `rate = index + points`, the index as last published before the repricing
    date; `interest = round(opening * rate * days / 360)`, with 30 days for a whole
    month. The month that a new rate starts in is split, and both parts count actual
    days: with due day 20 and repricing on 1 January, 11 days in December bear the old
    rate and 20 in January the new one.

    A level payment is solved anew at every repricing, as if the new rate had held for
    the whole month that it starts in. The payment of that month differs by what its
    split interest does, so it can rise although the rate fell.

    Args:
        principal: The amount lent in yuan.
        disbursed: The day the money is paid out.
        count: Monthly installments.
        index: The LPR by the dates it was published on, your own or `LPR_5Y.value`. A
            plan uses the last one known for all later repricing dates, and is refused
            (`DateRangeError`) where none is known before disbursement.
        points: What is added for life, such as `"-39bp"` or `"0.6%"`.
        method: `"level"`, `"equal_principal"`, `"interest_only"` or `"single"`.
        repricing: `"january"` or `"anniversary"`. A loan paid out on 29 February is
            repriced on 28 February.
        due_day: The day of the month on which installments fall due. A first due day
            less than a month away is passed over, and the next one covers both:
            interest of the days before its month is due on top of the payment.
        initial: The rate until the first repricing date, where it is not the index
            before disbursement plus points.

    Returns:
        The loan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If two values contradict each other.

    Example:
        >>> loan = lpr_mortgage("1000000", date(2019, 12, 25), 360,
        ...     LPR_5Y.value, "-39bp", due_day=20)
        >>> loan.first_due is None, str(loan.anchor), str(loan.rate.first_reset)
        (True, '2020-02-20', '2020-01-01')

    Source: points fixed for life, and the latest LPR before the repricing date:
    tellerreport.com, 2020-03-04; the choice of date: lnmlw.com/Loanintermediary/
    qdyreipqfm; the split of 11 and 20 days, months of 30 days otherwise, and a first
    payment that covers both months: krspcb.com/html/show-14 and lnmlw.com/Bankloan/
    zbswrsvbwy (one secondary source each). Splitting at an anniversary counts the day
    itself at the new rate, from the start of the day (recalled).
    """
    on = to_date(disbursed, "disbursed")
    january = to_enum(repricing, Repricing, "repricing") is Repricing.JANUARY
    rate = FloatingRate(
        index,
        points,
        resets=YEARLY,
        first_reset=add_months(on.replace(month=1, day=1) if january else on, 12),
        initial=initial,
        fixing_days=1,
    )
    repayment = repayment_by(method, count)
    if isinstance(repayment, LevelPayment):
        repayment = evolve(repayment, on_rate_change=RateChange.WHOLE_PERIOD)
    loan = InstallmentLoan(
        currency="CNY",
        principal=principal,
        disbursed=on,
        every=MONTHLY,
        rate=rate,
        day_count="30/360 CN",
        head_tail=HeadTail.TAIL if january else HeadTail.HEAD,
        repayment=repayment,
        due_day=due_day,
    )
    return first_days_on_top(loan)


def points_over_lpr(rate: Rate, index: Index, on: date) -> Fraction:
    """
    Return the points between a contract rate and the LPR of a day (加点数值).

    Formula: `points = yearly rate - index`; negative where the contract is cheaper.

    Args:
        rate: The contract rate per year or month.
        index: The LPR by the dates it was published on.
        on: The day of the contract, or of its conversion.

    Returns:
        The points as a share: `Fraction(-39, 10000)` is -39 basis points.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If the rate is per day.
        DateRangeError: If the index was not published so early.

    Example:
        >>> converted = points_over_lpr(
        ...     Rate("4.41%/year"), LPR_OF_CONVERSION.value, date(2020, 3, 1))
        >>> converted * 10_000
        Fraction(-39, 1)

    Source: the conversion of a benchmark mortgage, 4.9 % times 0.9, as explained for
    Announcement [2019] No. 30 of the People's Bank of China (tellerreport.com,
    2020-03-04).
    """
    if type(rate) is not Rate:
        raise InputTypeError("rate", got=rate, allowed="a Rate")
    if type(index) is not Index:
        raise InputTypeError("index", got=index, allowed="an Index")
    return rate.per_year().value - index.on(to_date(on, "on"))
