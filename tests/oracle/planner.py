"""
An independent model of an installment loan: slow, readable, in `Fraction`s only.

It shares no code with the library. It takes plain parameters (a `Contract`), and works
everything out again from the definitions: due dates by `relativedelta` from the anchor,
days one convention at a time, rounding by comparing distances, the annuity as the sum
of products of 1 / (1 + factor).
"""

from calendar import isleap, monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import floor

from dateutil.relativedelta import relativedelta

DIGITS = {"JPY": 0, "KRW": 0, "CNY": 2, "USD": 2, "EUR": 2, "KWD": 3, "CLF": 4}


class RefusedError(Exception):
    """No plan follows from this contract."""


# --- rounding, from its definition ------------------------------------------------


def round_to(value: Fraction, mode: str, unit: Fraction) -> Fraction:
    """The multiple of `unit` that `mode` picks of the two around `value`."""
    below = unit * floor(value / unit)
    if below == value:
        return value
    above = below + unit
    toward_zero, away = (below, above) if value > 0 else (above, below)
    directed = {"floor": below, "ceiling": above, "down": toward_zero, "up": away}
    if mode in directed:
        return directed[mode]
    if value - below != above - value:
        return below if value - below < above - value else above
    even = below if (below / unit) % 2 == 0 else above
    return {"half_up": away, "half_down": toward_zero, "half_even": even}[mode]


@dataclass(frozen=True)
class Rule:
    """A rounding rule: a mode, and the unit that amounts are multiples of."""

    mode: str
    unit: Fraction

    def __call__(self, value: Fraction) -> Fraction:
        return round_to(Fraction(value), self.mode, self.unit)


# --- dates, always from the anchor ------------------------------------------------


def at_day(month_of: date, day: int) -> date:
    """That day of the month, or the month's last where the month is too short."""
    return month_of.replace(day=min(day, monthrange(month_of.year, month_of.month)[1]))


def is_month_end(day: date) -> bool:
    return (day + timedelta(1)).month != day.month


def first_due_date(contract: "Contract") -> date:
    """The first due date: stated, or a step after disbursement, on its due day."""
    if contract.first_due is not None:
        return contract.first_due
    step = relativedelta(months=contract.months, days=contract.days)
    earliest = contract.disbursed + step
    if not contract.months:
        return earliest
    first = at_day(earliest, roll_day(contract))
    if first < earliest:
        first = at_day(earliest + relativedelta(day=1, months=1), roll_day(contract))
    return first


def roll_day(contract: "Contract") -> int:
    """The day of the month that due dates aim at; 31 is every month end."""
    if contract.due_day is not None:
        return contract.due_day
    counted_from = contract.first_due or contract.disbursed
    if contract.end_of_month and is_month_end(counted_from):
        return 31
    return counted_from.day


def due_dates(contract: "Contract") -> list[date]:
    """The due dates that the terms mean, before any business-day rule."""
    if contract.stated_dates:
        return list(contract.stated_dates)
    first, aim = first_due_date(contract), roll_day(contract)
    months, days = contract.months, contract.days
    dates = [
        first + relativedelta(months=months * number, days=days * number)
        for number in range(contract.count)
    ]
    return [at_day(due, aim) for due in dates] if months else dates


def on_a_business_day(day: date, rule: str) -> date:
    """Where a rule moves a day on which every weekend is off."""
    step = timedelta(1 if "following" in rule else -1)
    moved = day
    while moved.weekday() >= 5:
        moved += step
    if "modified" in rule and moved.month != day.month:
        moved = day
        while moved.weekday() >= 5:
            moved -= step
    return moved


def payable_dates(contract: "Contract") -> list[date]:
    """The due dates as they are paid: on business days, where that is agreed."""
    dates = due_dates(contract)
    if contract.method == "single":
        dates = dates[-1:]
    if contract.business_rule is None:
        return dates
    moved = [on_a_business_day(day, contract.business_rule) for day in dates]
    if moved[0] <= contract.disbursed:
        raise RefusedError("due before the money is paid out")
    return moved


def interest_dates(contract: "Contract") -> list[date]:
    """The days that interest runs to, one for every row."""
    if contract.interest_to == "adjusted":
        return payable_dates(contract)
    dates = due_dates(contract)
    return dates[-1:] if contract.method == "single" else dates


# --- day counts -------------------------------------------------------------------


def days_30e(start: date, end: date) -> int:
    """Every month has 30 days; the 31st is the 30th."""
    months = 12 * (end.year - start.year) + end.month - start.month
    return 30 * months + min(end.day, 30) - min(start.day, 30)


def days_by_months(start: date, end: date) -> int:
    """Whole months by anniversary count 30 days each, the odd days as they are."""
    months = 0
    while start + relativedelta(months=months + 1) <= end:
        months += 1
    return 30 * months + (end - (start + relativedelta(months=months))).days


def days_between_month_ends(start: date, end: date) -> int:
    """The same from the last day of a month, by last days of months."""
    months = 0
    while at_day(start + relativedelta(months=months + 1), 31) <= end:
        months += 1
    return 30 * months + (end - at_day(start + relativedelta(months=months), 31)).days


def years_isda(start: date, end: date) -> Fraction:
    """Days in leap years over 366, other days over 365."""
    total = Fraction(0)
    for year in range(start.year, end.year + 1):
        first = max(start, date(year, 1, 1))
        last = min(end, date(year + 1, 1, 1))
        if first < last:
            total += Fraction((last - first).days, 366 if isleap(year) else 365)
    return total


COUNTED_DAYS: dict[str, Callable[[date, date], int]] = {
    "ACT/360": lambda start, end: (end - start).days,
    "ACT/365F": lambda start, end: (end - start).days,
    "ACT/ACT ISDA": lambda start, end: (end - start).days,
    "30E/360": days_30e,
    "30/360 CN": days_by_months,
}
BASES = {"ACT/360": 360, "ACT/365F": 365, "30E/360": 360, "30/360 CN": 360}


@dataclass(frozen=True)
class Span:
    """
    One interest period: from its start to the day before its end.

    `regular` says that it is a whole number of the loan's months, such as from one
    month end to the next: one "by date anniversary", however long its months are.
    `month_ends` says that the terms go from one month end to the next.
    `added_start` and `added_end` are the days that the head-and-tail rule moves its
    ends by: a span that counts its tail instead of its head is moved by (1, 1).
    """

    start: date
    end: date
    months: int
    regular: bool
    added_start: int = 0
    added_end: int = 0
    month_ends: bool = False

    def days(self, name: str) -> int:
        if name == "30/360 CN" and self.regular:
            counted = 30 * self.months
        elif name == "30/360 CN" and self.month_ends and is_month_end(self.start):
            counted = days_between_month_ends(self.start, self.end)
        else:
            counted = COUNTED_DAYS[name](self.start, self.end)
        return max(0, counted + self.added_end - self.added_start)

    def years(self, name: str) -> Fraction:
        if name == "1/12":
            return Fraction(self.months, 12)
        if name == "ACT/ACT ISDA":
            return years_isda(
                self.start + timedelta(self.added_start),
                self.end + timedelta(self.added_end),
            )
        return Fraction(self.days(name), BASES[name])


def regular_periods(contract: "Contract") -> set[tuple[date, date]]:
    """The periods of whole months between due dates before any business-day rule."""
    if contract.stated_dates or not contract.months:
        return set()
    dates = due_dates(contract)
    periods = {*pairwise(dates)}
    first_month = dates[0] - relativedelta(months=contract.months)
    if at_day(first_month, roll_day(contract)) == contract.disbursed:
        periods.add((contract.disbursed, dates[0]))
        if contract.method == "single":
            periods.add((contract.disbursed, dates[-1]))
    return periods


def interest_spans(contract: "Contract") -> list[Span]:
    """
    The interest periods; inner dates count once, the ends of the loan by its rule.

    Counting both ends adds the last day to the last period; counting neither takes the
    first day from the first period.
    """
    ends, months = interest_dates(contract), contract.months
    if contract.method == "single":
        months *= contract.count
    starts, regular = [contract.disbursed, *ends[:-1]], regular_periods(contract)
    month_ends = contract.end_of_month and roll_day(contract) == 31
    spans = [
        Span(start, end, months, (start, end) in regular, month_ends=month_ends)
        for start, end in zip(starts, ends, strict=True)
    ]
    if contract.head_tail == "tail":
        return [replace(span, added_start=1, added_end=1) for span in spans]
    if contract.head_tail == "both":
        return [*spans[:-1], replace(spans[-1], added_end=1)]
    if contract.head_tail == "neither":
        return [replace(spans[0], added_start=1), *spans[1:]]
    return spans


def period_factors(contract: "Contract", name: str) -> list[Fraction]:
    """Rate x time of every period: what a principal of 1 earns in it."""
    spans = interest_spans(contract)
    if contract.rate_per == "day":
        factors = [contract.rate * span.days(name) for span in spans]
    else:
        rate = contract.rate * {"month": 12, "year": 1}[contract.rate_per]
        factors = [rate * span.years(name) for span in spans]
    if any(factor <= -1 for factor in factors):
        raise RefusedError("a period takes back all principal")
    return factors


def annuity(factors: Sequence[Fraction]) -> Fraction:
    """
    The sum over k of the product over j <= k of 1 / (1 + factor j).

    The numerators and the denominators are carried apart and reduced once, since
    reducing a long product at every step takes minutes.
    """
    products = [(1, 1)]
    for factor in factors:
        growth = 1 + Fraction(factor)
        above, below = products[-1]
        products.append((above * growth.denominator, below * growth.numerator))
    common = products[-1][1]
    return Fraction(
        sum(above * (common // below) for above, below in products[1:]), common
    )


# --- contracts and rows -----------------------------------------------------------


@dataclass(frozen=True)
class Contract:
    """
    Plain parameters of one loan.

    `method` is "level", "equal", "interest_only", "single", "flat_fee" or "amounts".
    """

    currency: str
    principal: Fraction
    disbursed: date
    method: str
    count: int
    months: int = 1
    days: int = 0
    stated_dates: tuple[date, ...] = ()
    first_due: date | None = None
    due_day: int | None = None
    end_of_month: bool = False
    rate: Fraction = Fraction(0)
    rate_per: str = "year"
    day_count: str | None = None
    head_tail: str = "head"
    business_rule: str | None = None
    interest_to: str = "adjusted"
    rule: Rule = Rule("half_up", Fraction(1, 100))
    digits: int = 2
    payment_rule: Rule | None = None
    sized_by: str | None = None
    residue: str = "last"
    shortfall: str = "refuse"
    fee: Fraction = Fraction(0)
    fee_for: str = "plan"
    charged: str = "spread"
    fee_rule: Rule | None = None
    amounts: tuple[Fraction, ...] = ()

    @property
    def counted_by(self) -> str:
        if self.day_count is not None:
            return self.day_count
        return "ACT/365F" if self.rate_per == "day" else "1/12"

    @property
    def cent(self) -> Fraction:
        """The smallest amount: every cell is a multiple of it."""
        return Fraction(1, 10**self.digits)

    def but(self, **changes: object) -> "Contract":
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Row:
    number: int
    due: date
    opening: Fraction
    payment: Fraction
    principal: Fraction
    interest: Fraction
    fee: Fraction
    closing: Fraction


def rows_of(
    contract: Contract,
    principals: Sequence[Fraction],
    interests: Sequence[Fraction],
    fees: Sequence[Fraction] | None = None,
) -> list[Row]:
    dates = payable_dates(contract)
    opening, rows = contract.principal, []
    for index, (due, principal, interest) in enumerate(
        zip(dates, principals, interests, strict=True)
    ):
        fee = fees[index] if fees else Fraction(0)
        rows.append(
            Row(
                number=index + 1,
                due=due,
                opening=opening,
                payment=principal + interest + fee,
                principal=principal,
                interest=interest,
                fee=fee,
                closing=opening - principal,
            )
        )
        opening -= principal
    return rows


def shares(total: Fraction, count: int, rule: Rule, residue: str) -> list[Fraction]:
    """Equal rounded shares, none more than what is left; one end takes the rest."""
    share, left, parts = rule(total / count), total, []
    for _ in range(count - 1):
        part = min(share, left)
        parts.append(part)
        left -= part
    parts.append(left)
    return parts if residue == "last" else parts[::-1]


def with_interest(contract: Contract, principals: Sequence[Fraction]) -> list[Row]:
    """Rows of stated principals, interest on what is owed at the start of each."""
    factors = period_factors(contract, contract.counted_by)
    opening, interests = contract.principal, []
    for principal, factor in zip(principals, factors, strict=True):
        interests.append(contract.rule(opening * factor))
        opening -= principal
    return rows_of(contract, principals, interests)


# --- the methods ------------------------------------------------------------------


def level_payment(contract: Contract) -> Fraction:
    factors = period_factors(contract, contract.sized_by or contract.counted_by)
    rule = contract.payment_rule or contract.rule
    return rule(contract.principal / annuity(factors))


def pay_down(
    opening: Fraction, payment: Fraction, factors: Sequence[Fraction], rule: Rule
) -> list[tuple[Fraction, Fraction]]:
    """(principal, interest) of every period; the last one clears what is left."""
    parts = []
    for index, factor in enumerate(factors):
        interest = rule(opening * factor)
        principal = min(payment - interest, opening)
        if index == len(factors) - 1:
            principal = opening
        parts.append((principal, interest))
        opening -= principal
    return parts


def last_payment(
    opening: Fraction, payment: Fraction, factors: Sequence[Fraction], rule: Rule
) -> Fraction:
    principal, interest = pay_down(opening, payment, factors, rule)[-1]
    return principal + interest


def first_closing_of(contract: Contract) -> Fraction:
    """
    What the first payment leaves owed where it is the one that takes the residue.

    The balance, from zero up, whose last payment is nearest to the level; of two that
    are equally near, the larger one. The last payment never falls when the balance
    rises, so that a bisection finds the two balances around the level.
    """
    factors = period_factors(contract, contract.counted_by)[1:]
    level, cent = level_payment(contract), contract.cent

    def over(units: int) -> Fraction:
        return last_payment(units * cent, level, factors, contract.rule) - level

    low, high = 0, int(contract.principal / cent)
    while over(high) < 0:
        high *= 2
    while low < high:
        middle = (low + high) // 2
        if over(middle) < 0:
            low = middle + 1
        else:
            high = middle
    if low > 0 and -over(low - 1) < over(low):
        low -= 1
    return low * cent


def plan_level(contract: Contract, first_closing: Fraction | None = None) -> list[Row]:
    """
    Rows of a level payment.

    `first_closing` states what is owed after the first payment, for loans whose first
    payment takes the residue; the remaining rows then follow.
    """
    factors = period_factors(contract, contract.counted_by)
    payment, rule = level_payment(contract), contract.rule
    if first_closing is None:
        parts = pay_down(contract.principal, payment, factors, rule)
    else:
        first = (
            contract.principal - first_closing,
            rule(contract.principal * factors[0]),
        )
        parts = [first, *pay_down(first_closing, payment, factors[1:], rule)]
    if any(sum(part) < 0 for part in parts):
        raise RefusedError("a payment is paid to the borrower")
    if contract.shortfall == "refuse" and any(part[0] < 0 for part in parts):
        raise RefusedError("the payment is less than the interest")
    return rows_of(contract, [part[0] for part in parts], [part[1] for part in parts])


def plan_flat_fee(contract: Contract) -> list[Row]:
    count, principal = contract.count, contract.principal
    fee_rule = contract.fee_rule or contract.rule
    if contract.fee_for == "plan":
        total = fee_rule(principal * contract.fee)
        fees = shares(total, count, contract.rule, contract.residue)
    else:
        fees = [fee_rule(principal * contract.fee)] * count
    if contract.charged == "first":
        fees = [sum(fees, Fraction(0))] + [Fraction(0)] * (count - 1)
    principals = shares(principal, count, contract.rule, contract.residue)
    return rows_of(contract, principals, [Fraction(0)] * count, fees)


def plan(contract: Contract) -> list[Row]:
    """The rows that a contract promises, exact."""
    count, principal = contract.count, contract.principal
    if contract.method == "level":
        if contract.residue == "first" and count > 1:
            return plan_level(contract, first_closing_of(contract))
        return plan_level(contract)
    if contract.method == "flat_fee":
        return plan_flat_fee(contract)
    if contract.method == "equal":
        parts = shares(principal, count, contract.rule, contract.residue)
    elif contract.method == "interest_only":
        parts = [Fraction(0)] * (count - 1) + [principal]
    elif contract.method == "single":
        parts = [principal]
    else:
        parts = list(contract.amounts)
    return with_interest(contract, parts)
