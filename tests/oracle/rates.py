"""
Annual rates by ball arithmetic: an oracle that shares no code with the library.

Times are counted from what the rules say, for loans whose plan is known: the day of the
month that payments aim at is told, not inferred. A sign is that of a ball of Arb, whose
precision doubles until it holds no zero; a ball that never lets go of zero is a tie.
"""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from flint import arb, ctx, fmpq

FIRST_BITS, LAST_BITS = 80, 1_400


class Plan(NamedTuple):
    """A loan: advances, payments so many steps apart, and what day these aim at."""

    advances: list[tuple[date, Fraction]]
    payments: list[tuple[date, Fraction]]
    step: tuple[str, int]
    """("month", 3), ("week", 2), ("day", 10), ("half month", 1) or ("once", 1)."""
    aim: int

    @property
    def flows(self) -> list[tuple[date, Fraction, int]]:
        """(day, signed amount, day of the month aimed at), the first one at the start."""
        paid = [(on, -amount, on.day) for on, amount in self.advances]
        is_monthly = self.step[0] in ("month", "once")
        return sorted(
            paid
            + [
                (on, amount, self.aim if is_monthly else on.day)
                for on, amount in self.payments
            ]
        )

    @property
    def start(self) -> date:
        return self.advances[0][0]


class Term(NamedTuple):
    """An amount discounted by `(1 + part * i) * (1 + i) ** power`."""

    amount: Fraction
    power: Fraction
    part: Fraction = Fraction(0)


# --- dates ------------------------------------------------------------------------


def on_day(months: int, aim: int) -> date:
    """The day aimed at in a month counted from year 0, or its last day."""
    year, month = divmod(months, 12)
    return date(year, month + 1, min(aim, monthrange(year, month + 1)[1]))


def month_of(day: date) -> int:
    return 12 * day.year + day.month - 1


def back(start: date, end: date, aim: int, months: int = 1) -> tuple[int, date]:
    """How many times so many months fit between, from the end, and where that leads."""
    times = 0
    while on_day(month_of(end) - months * (times + 1), aim) >= start:
        times += 1
    return times, on_day(month_of(end) - months * times, aim)


# --- time, by rule ----------------------------------------------------------------


def actual(plan: Plan) -> tuple[list[Term], Fraction]:
    """Days over 365."""
    terms = [
        Term(amount, Fraction((on - plan.start).days, 365))
        for on, amount, _ in plan.flows
    ]
    return terms, Fraction(1)


def reg_z(plan: Plan) -> tuple[list[Term], Fraction]:
    """Unit-periods counted back, their parts by simple interest."""
    unit, size = plan.step
    start, last = plan.start, plan.payments[-1][0]
    if unit == "once":
        months, reached = back(start, last, plan.aim)
        if reached == start and months <= 12:
            unit, size = "month", months
        elif months < 12:
            unit, size = "day", (last - start).days
        else:
            unit, size = "month", 12
    terms = []
    for on, amount, aim in plan.flows:
        days = (on - start).days
        if unit == "month" and size == 12:
            years, year_start = back(start, on, aim, 12)
            months, reached = back(start, year_start, aim)
            part = Fraction(months, 12)
            if reached != start:
                part = Fraction((year_start - start).days, 365)
            terms.append(Term(amount, Fraction(years), part))
        elif unit == "month":
            months, reached = back(start, on, aim)
            whole, left = divmod(months, size)
            part = Fraction(30 * left + (reached - start).days, 30 * size)
            terms.append(Term(amount, Fraction(whole), part))
        else:
            length = size * (7 if unit == "week" else 1)
            terms.append(
                Term(amount, Fraction(days // length), Fraction(days % length, length))
            )
    a_year = {"month": 12, "week": 52, "day": 365}[unit]
    return terms, Fraction(a_year, size)


def us_semimonths(plan: Plan) -> tuple[list[Term], Fraction]:
    """Half months, one part for all payments: the days to the first of the grid."""
    first = plan.payments[0][0]
    ladder = [first]
    while half_month_before(ladder[-1], plan.aim) >= plan.start:
        ladder.append(half_month_before(ladder[-1], plan.aim))
    part = Fraction((ladder[-1] - plan.start).days, 15)
    terms = [Term(-plan.advances[0][1], Fraction(0))]
    for k, (_, amount) in enumerate(plan.payments):
        terms.append(Term(amount, Fraction(len(ladder) - 1 + k), part))
    return terms, Fraction(24)


def half_month_before(day: date, aim: int) -> date:
    """The day before on a grid of `aim` and 15 days before it; 31 is a month's end."""
    low = aim - 15 if aim < 30 else 15
    if day.day > low:
        return day.replace(day=low)
    return on_day(month_of(day) - 1, aim)


def eu(plan: Plan) -> tuple[list[Term], Fraction]:
    """Years, months or weeks back from the later date, and days of the year there."""
    unit, size = plan.step
    start, last = plan.start, plan.payments[-1][0]
    if unit == "once":
        months, reached = back(start, last, plan.aim)
        unit, size = "year", 1
        if reached == start and months % 12:
            unit = "month"
        elif reached != start and (last - start).days % 7 == 0:
            unit = "week"
    elif unit == "day" or (unit == "month" and size % 12 == 0):
        unit = "year"
    terms = []
    for on, amount, aim in plan.flows:
        if unit == "week":
            whole = (on - start).days // 7
            reached, years = on - timedelta(7 * whole), Fraction(whole, 52)
        else:
            months = 12 if unit == "year" else 1
            times, reached = back(start, on, aim, months)
            years = Fraction(times * months, 12)
        year = (reached - on_day(month_of(reached) - 12, reached.day)).days
        terms.append(Term(amount, years + Fraction((reached - start).days, year)))
    return terms, Fraction(1)


def uk(plan: Plan) -> tuple[list[Term], Fraction]:
    """Months or weeks on from the start, and each odd day of the year it falls in."""
    unit, size = plan.step
    start = plan.start
    terms = []
    for on, amount, _ in plan.flows:
        reached = start
        whole = 0
        if unit == "week":
            whole = (on - start).days // 7
            reached, years = start + timedelta(7 * whole), Fraction(whole, 52)
        else:
            months = 12 if unit == "day" or size % 12 == 0 else 1
            ends = (on + timedelta(1)).day == 1 and (start + timedelta(1)).day == 1
            aim = 31 if ends else start.day
            while on_day(month_of(start) + months * (whole + 1), aim) <= on:
                whole += 1
                reached = on_day(month_of(start) + months * whole, aim)
            years = Fraction(months * whole, 12)
        while reached < on:
            reached += timedelta(1)
            is_leap = monthrange(reached.year, 2)[1] == 29
            years += Fraction(1, 366 if is_leap else 365)
        terms.append(Term(amount, years))
    return terms, Fraction(1)


def whole(plan: Plan, weeks: Fraction = Fraction(52)) -> tuple[list[Term], Fraction]:
    """The number of the period, for loans whose flows all lie on whole ones."""
    unit, size = plan.step
    terms = []
    for on, amount, _ in plan.flows:
        days = (on - plan.start).days
        months = month_of(on) - month_of(plan.start)
        count = {"month": months, "week": Fraction(days, 7), "day": days}[unit]
        terms.append(Term(amount, Fraction(count) / size))
    a_year = {"month": Fraction(12), "week": weeks, "day": Fraction(365)}[unit]
    return terms, a_year / size


def coupons(plan: Plan, frequency: int) -> tuple[list[Term], Fraction]:
    """Coupon periods back from each flow, the first one by its own days."""
    terms = []
    for on, amount, aim in plan.flows:
        months = 12 // frequency
        times, reached = back(plan.start, on, aim, months)
        before = on_day(month_of(on) - months * (times + 1), aim)
        part = Fraction((reached - plan.start).days, (reached - before).days)
        terms.append(Term(amount, times + part))
    return terms, Fraction(frequency)


# --- values -----------------------------------------------------------------------


def value(terms: list[Term], rate: Fraction) -> arb:
    """The value of terms at a periodic rate, as a ball."""
    base = 1 + ball(rate)
    force = base.log()
    total = arb(0)
    for term in terms:
        grown = (force * ball(term.power)).exp() * ball(1 + term.part * rate)
        total += ball(term.amount) / grown
    return total


def ball(number: Fraction) -> arb:
    return arb(fmpq(number.numerator, number.denominator))


def sign(terms: list[Term], rate: Fraction) -> int:
    """The sign of the value: 1, -1, or 0 where no precision tells it from zero."""
    bits = FIRST_BITS
    while bits < LAST_BITS:
        ctx.prec = bits
        found = value(terms, rate)
        if found > 0:
            return 1
        if found < 0:
            return -1
        bits *= 2
    return 0


def rule_sign(terms: list[Term], rate: Fraction) -> int:
    """The sign of what was overpaid under the United States Rule, exactly."""
    principal = unpaid = Fraction(0)
    before = Fraction(0)
    for term in terms:
        time = term.power + term.part
        unpaid += max(principal, Fraction(0)) * rate * (time - before)
        before = time
        if term.amount < 0:
            principal -= term.amount
        elif term.amount <= unpaid:
            unpaid -= term.amount
        else:
            principal -= term.amount - unpaid
            unpaid = Fraction(0)
    return (principal + unpaid < 0) - (principal + unpaid > 0)


def missing(terms: list[Term], rate: Fraction) -> Fraction:
    """What the last amount must be for the terms to be worth nothing, to 40 digits."""
    ctx.prec = 300
    *others, last = terms
    one = value([last._replace(amount=Fraction(1))], rate)
    return Fraction((-value(others, rate) / one).mid().str(40, radius=False))
