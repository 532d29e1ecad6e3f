"""
Every digit of an annual rate, against ball arithmetic that shares no code with it.

300 random loans by default, 10,000 under `HYPOTHESIS_PROFILE=ci`: odd first periods,
several drawdowns, some of them after a payment, month ends, rates from -99 % to
1,000,000 %, near-ties at a relative 10^-25, and exact ties. A rate is right if the
oracle's value changes sign between half a unit below it and half a unit above; where it
is said to be the one positive rate, the value must not change sign at others.
"""

import os
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from math import log1p
from random import Random

import pytest

from loanmath.errors import NoSignChangeError, NotUniqueError, RateOutOfRangeError
from loanmath.yields import RATE_CONVENTIONS, Quoted, apr
from oracle.rates import (
    Plan,
    actual,
    coupons,
    eu,
    missing,
    month_of,
    on_day,
    reg_z,
    rule_sign,
    sign,
    uk,
    us_semimonths,
    whole,
)

IS_CI = os.environ.get("HYPOTHESIS_PROFILE") in ("ci", "deep")
SEEDS, LOANS = 20, 500 if IS_CI else 15

ANY_STEP = {
    "us-reg-z": reg_z,
    "us-rule": reg_z,
    "cn-corporate": reg_z,
    "eu-aprc": eu,
    "eu-2014-17": eu,
    "eu-2023-2225": eu,
    "uk-apr": uk,
    "xirr": actual,
    "br-cet": actual,
    "ecb-nder": actual,
    "icma-annual": partial(coupons, frequency=1),
    "icma-semiannual": partial(coupons, frequency=2),
    "icma-quarterly": partial(coupons, frequency=4),
}
WHOLE_STEPS = {
    "cn-simple": whole,
    "cn-effective": whole,
    "in-kfs": whole,
    "hk-apr": whole,
    "sg-eir": whole,
    "au-comparison": partial(whole, weeks=Fraction("52.18")),
}
assert ANY_STEP.keys() | WHOLE_STEPS.keys() == RATE_CONVENTIONS.keys()


# --- loans ------------------------------------------------------------------------


def a_plan(random, is_whole):
    """Days and signs; amounts of 1."""
    start = date(1990, 1, 1) + timedelta(random.randrange(18_000))
    step = random.choice(
        [("month", 1)] * 5
        + [("month", size) for size in (2, 3, 6, 12)]
        + [("week", 1), ("week", 2), ("week", 4), ("day", 10), ("day", 50)]
    )
    count = random.choice([5, 6, 12, 13, 24, 36, 60])
    unit, size = step
    aim = random.choice([31, random.randint(1, 27)])
    if is_whole:
        start = on_day(month_of(start), aim) if unit == "month" else start
        first = 1
    else:
        first = random.choice([1, 1, 1, 2, 3])
    if unit == "month":
        months = month_of(start) + size * first
        if not is_whole and on_day(months - size, aim) > start:
            months -= random.choice([0, size])
        days = [on_day(months + size * k, aim) for k in range(count)]
    else:
        length = size * (7 if unit == "week" else 1)
        odd = 0 if is_whole else random.randrange(length)
        days = [start + timedelta(odd + length * (first + k)) for k in range(count)]
    advances = [start]
    room = (days[0] - start).days
    if not is_whole and room > 5 and random.random() < 0.4:
        later = random.sample(range(1, room), random.choice([1, 2]))
        advances += [start + timedelta(day) for day in sorted(later)]
    if not is_whole and random.random() < 0.15:
        # After a payment or more: the flows change sign three times.
        advances.append(random.choice(days[:3]) + timedelta(random.randint(1, 5)))
    # What last days of months aim at is told for payments only.
    advances = [on for on in advances if on.day < 28 or on == start]
    advances = [on for on in advances if on not in days]
    return Plan(
        [(on, Fraction(1)) for on in advances],
        [(on, Fraction(1)) for on in days],
        step,
        aim,
    )


def a_bullet(random):
    start = date(1990, 1, 1) + timedelta(random.randrange(18_000))
    start = start.replace(day=min(start.day, 27))
    if random.random() < 0.5:
        end = on_day(month_of(start) + random.randint(1, 40), start.day)
    else:
        end = start + timedelta(random.randint(1, 1_500))
        end = end.replace(day=min(end.day, 27)) if end.month != start.month else end
        end = end if end > start else start + timedelta(1)
        end = end if end.day <= 27 else end + timedelta(7)
    one = Fraction(1)
    return Plan([(start, one)], [(end, one)], ("once", 1), end.day)


def half_months(random):
    low, high = random.choice([(1, 16), (12, 27), (15, 30), (15, 31)])
    months = 12 * random.randint(1990, 2040) + random.randrange(12)
    days = []
    for k in range(random.choice([3, 6, 12])):
        days += [on_day(months + k, low), on_day(months + k, high)]
    days = days[random.choice([0, 1]) :]
    start = days[0] - timedelta(random.randint(1, 40))
    one = Fraction(1)
    return Plan([(start, one)], [(on, one) for on in days], ("half month", 1), high)


def a_rate(random, digits):
    """A share from -95 % to 1,000,000 %, sometimes at the middle of two digits."""
    kind = random.random()
    if kind < 0.6:
        share = random.uniform(0, 0.6)
    elif kind < 0.8:
        share = 10 ** random.uniform(-0.2, 3.9)
    else:
        share = -random.uniform(0, 0.95)
    if random.random() < 0.2:
        return (Fraction(round(share * 10**digits)) + Fraction(1, 2)) / 10**digits
    return Fraction(share)


def worth_nothing(random, plan, rule, rate):
    """Give a plan amounts that are worth nothing near an annual rate, or None."""
    terms, per_year = rule(plan)
    periodic = float(rate / per_year)
    longest = float(max(term.power for term in terms))
    if periodic <= -0.98 or abs(log1p(periodic)) * longest > 600:
        return None
    factors = [
        1 / ((1 + float(t.part) * periodic) * (1 + periodic) ** float(t.power))
        for t in terms
    ]
    sizes = [random.choice([1, 1, 1, random.random() + 0.01, 20]) for _ in terms]
    paid = sum(
        s * f for s, f, t in zip(sizes, factors, terms, strict=True) if t.amount < 0
    )
    back = sum(
        s * f for s, f, t in zip(sizes, factors, terms, strict=True) if t.amount > 0
    )
    if not back or not 1e-24 < paid / back < 1e24:
        return None
    places = random.choice([2, 2, 28])
    scale = paid / back if places == 28 else 1_000 * paid / back
    unit = 1 if places == 28 else 1_000
    advances, payments = [], []
    for size, term, (on, _, _) in zip(sizes, terms, plan.flows, strict=True):
        factor = unit if term.amount < 0 else scale
        amount = Fraction(round(Fraction(size * factor) * 10**places), 10**places)
        if not 0 < amount < 10**11:
            return None
        (advances if term.amount < 0 else payments).append((on, amount))
    return plan._replace(advances=advances, payments=payments)


def at_exactly(plan, rule, rate):
    """Let the last payment be what makes the rate the root, to 28 decimals."""
    terms, per_year = rule(plan)
    periodic = rate / per_year
    amount = Fraction(round(missing(terms, periodic) * 10**28), 10**28)
    if not Fraction(1, 10**20) < amount < 10**10:
        return None
    *rest, (on, _) = plan.payments
    return plan._replace(payments=[*rest, (on, amount)])


# --- the check --------------------------------------------------------------------


def as_flows(plan):
    return [(on, decimal(amount)) for on, amount, _ in plan.flows]


def decimal(amount):
    return Decimal(f"{int(amount * 10**28)}E-28")


def disagreement(name, plan, rule, digits):
    """What the library and the oracle do not agree on, or nothing; None if refused."""
    terms, per_year = rule(plan)
    multiple = per_year if RATE_CONVENTIONS[name].quoted is Quoted.NOMINAL else 1
    signed = rule_sign if name == "us-rule" else sign

    def at(share):
        if multiple == 1 and per_year != 1:
            # An effective rate of a convention that counts periods.
            yearly = [t._replace(power=t.power / per_year) for t in terms]
            return signed(yearly, share)
        return signed(terms, share / multiple)

    flows = as_flows(plan)
    try:
        rate = apr(flows, name, digits=digits)
    except NotUniqueError:
        return None
    except NoSignChangeError:
        is_loss = sum(amount for _, amount in flows) <= 0
        return None if is_loss and name == "us-rule" else "sign"
    except RateOutOfRangeError as error:
        above = at(Fraction(10_000)) > 0
        return "" if above == str(error.got).startswith("above") else "range"
    if rate.certificate.unique == "positive":
        rising = [Fraction(3**k, 10**6) for k in range(20)]
        signs = [at(share) for share in rising]
        if signs != sorted(signs, reverse=True):
            return "several rates"
    half = Fraction(1, 2 * 10**digits)
    found = Fraction(rate.value)
    low, high = found - half, found + half
    at_low = 1 if low / multiple <= -1 else at(low)
    at_high = at(high)
    tie = rate.certificate.is_tie
    if not at_low or not at_high:
        # A tie: the root itself is half a unit away, toward zero.
        away = high if at_low else low
        return "" if tie and abs(away) < abs(found) else "tie"
    return "" if (at_low, at_high) == (1, -1) and not tie else f"{at_low} {at_high}"


def loans(random):
    """A convention, its oracle, and a plan with amounts, without end."""
    while True:
        digits = random.choice([3, 4, 6, 8, 12, 15])
        kind = random.random()
        if kind < 0.05:
            name, rule, plan = "us-reg-z", us_semimonths, half_months(random)
        elif kind < 0.2:
            name = random.choice(["us-reg-z", "us-rule", "eu-aprc", "xirr"])
            rule, plan = ANY_STEP[name], a_bullet(random)
        elif kind < 0.35:
            name = random.choice(list(WHOLE_STEPS))
            rule, plan = WHOLE_STEPS[name], a_plan(random, True)
        else:
            name = random.choice(list(ANY_STEP))
            rule, plan = ANY_STEP[name], a_plan(random, False)
        if name == "us-rule":
            # Exact fractions grow with every payment.
            plan = plan._replace(payments=plan.payments[:12])
        rate = a_rate(random, digits)
        if name == "us-rule":
            rate = abs(rate)
        found = worth_nothing(random, plan, rule, rate)
        if found and rate.denominator == 2 * 10**digits and name != "us-rule":
            found = at_exactly(found, rule, rate)
        if found:
            yield name, rule, found, digits


@pytest.mark.parametrize("seed", range(SEEDS))
def test_rates_of_random_loans(seed):
    random = Random(seed)
    checked = refused = 0
    for name, rule, plan, digits in loans(random):
        wrong = disagreement(name, plan, rule, digits)
        assert not wrong, (name, digits, plan, wrong)
        refused += wrong is None
        checked += wrong is not None
        if checked == LOANS:
            break
    assert refused <= LOANS / 5


# (convention, days or months, what 1 grows by at a rate R a year); all are exact.
TIES = [
    ("xirr", "P365D", lambda rate: 1 + rate),
    ("xirr", "P730D", lambda rate: (1 + rate) ** 2),
    ("eu-aprc", "P12M", lambda rate: 1 + rate),
    ("uk-apr", "P24M", lambda rate: (1 + rate) ** 2),
    ("hk-apr", "P12M", lambda rate: 1 + rate),
    ("us-reg-z", "P6M", lambda rate: 1 + rate / 2),
    ("us-reg-z", "P73D", lambda rate: 1 + rate / 5),
    ("us-reg-z", "P24M", lambda rate: (1 + rate) ** 2),
    ("us-rule", "P6M", lambda rate: 1 + rate / 2),
    ("us-rule", "P24M", lambda rate: 1 + 2 * rate),
    ("cn-simple", "P3M", lambda rate: 1 + rate / 4),
    ("icma-semiannual", "P6M", lambda rate: 1 + rate / 2),
    ("icma-semiannual", "P12M", lambda rate: (1 + rate / 2) ** 2),
]


@pytest.mark.parametrize(("name", "term", "growth"), TIES)
def test_exact_ties(name, term, growth):
    start, length = date(2025, 1, 15), int(term[1:-1])
    end = start + timedelta(length)
    if term.endswith("M"):
        end = on_day(month_of(start) + length, 15)
    random = Random(f"{name} {term}")
    for _ in range(20):
        digits = random.randint(2, 6)
        units = random.randrange(10**digits)
        tie = (Fraction(units) + Fraction(1, 2)) / 10**digits
        for nudge, last in ((0, units + 1), (-1, units), (1, units + 1)):
            due = growth(tie) * 1_000 + Fraction(nudge, 10**24)
            flows = [(start, Decimal(-1_000)), (end, decimal(due))]
            rate = apr(flows, name, digits=digits)
            assert Fraction(rate.value) == Fraction(last, 10**digits)
            assert rate.certificate.is_tie is (nudge == 0)
