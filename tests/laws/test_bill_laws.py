"""Laws of what a bill costs, and the same bill counted out night by night."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import evolve
from hypothesis import assume, event, given
from hypothesis import strategies as st

from loanmath import CreditLine, LineInterest, bill_interest
from loanmath.rounding import RoundingMode

POSTING = ("whole", "unpaid_share", "unpaid")
RATES = ("0.05%/day", "0%/day", "0.0333%/day", "19.9%/year", "3.35%/month")


def cents(units: int) -> Decimal:
    return Decimal(units).scaleb(-2)


@st.composite
def interests(draw, bears_from=("posting", "after_due", "use"), **fixed):
    words = {
        "rate": draw(st.sampled_from(RATES)),
        "bears_from": draw(st.sampled_from(bears_from)),
        "repayment_day": draw(st.sampled_from(["old", "reduced"])),
        "last_day": draw(st.sampled_from(["included", "excluded"])),
        "days_in_year": draw(st.sampled_from([360, 365])),
        "grace_days": draw(st.sampled_from([0, 0, 3])),
        "tolerance": draw(st.sampled_from(["0", "0", "0.01", "10"])),
        "rounded": draw(st.sampled_from(["segment", "statement"])),
        "rounding": draw(st.sampled_from([None, *RoundingMode])),
    }
    if words["bears_from"] == "posting":
        words["bears_on"] = draw(st.sampled_from(POSTING))
    if words["bears_from"] == "use":
        words["overdue_multiple"] = draw(st.sampled_from(["1", "1.5"]))
    return LineInterest(**(words | fixed))


@st.composite
def bills(draw, interest=None):
    """A line, the purchases of one cycle, and payments near the days that matter."""
    line = CreditLine(
        currency="CNY",
        limit="100000",
        statement_day=draw(st.sampled_from([1, 5, 20, 31])),
        due_after=draw(st.sampled_from([1, 9, 20, 50])),
        statement_day_joins=draw(st.sampled_from(["closing", "next"])),
        interest=draw(interest if interest is not None else interests()),
    )
    cycle = line.cycle_of(draw(st.dates(date(2023, 12, 1), date(2026, 12, 31))))
    length = (cycle.end - cycle.start).days
    amounts = st.integers(0, 500_000) | st.sampled_from([0, 1, 100, 1_000_000])
    purchases = [
        (
            cycle.start + timedelta(draw(st.integers(0, length - 1))),
            cents(draw(amounts)),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]
    first = min(day for day, _ in purchases)
    near = [cycle.statement, cycle.due, cycle.due + timedelta(3), first]
    days = st.sampled_from(near).flatmap(
        lambda day: st.integers(-2, 2).map(lambda more: day + timedelta(more))
    )
    total = sum(int(amount * 100) for _, amount in purchases)
    paid = amounts | st.just(total) | st.just(max(total - 1_000, 0))
    payments = [
        (max(draw(days), first), cents(draw(paid)))
        for _ in range(draw(st.integers(0, 3)))
    ]
    return line, purchases, payments


def rounded(mode: str, value: Fraction) -> int:
    below = value.numerator // value.denominator
    over = value - below
    up = {
        "half_up": over >= Fraction(1, 2),
        "half_even": over > Fraction(1, 2) or (over == Fraction(1, 2) and below % 2),
        "up": over > 0,
        "ceiling": over > 0,
        "down": False,
        "floor": False,
    }[mode]
    return below + bool(up)


def charging_cycle(line, cycle, last_in_time):
    """The first cycle after one whose bill can charge what that bill cost."""
    later = line.cycles(cycle.start, 6)[1:]
    if line.interest.bears_from.value == "use":
        return later[0]
    return next(one for one in later if one.end > last_in_time)


def nights(line, purchases, payments):
    """Yield what bears on each day, in units, and its daily rate: no stretch is known."""
    rule, cycle = line.interest, line.cycle_of(purchases[0][0])
    per = {"day": 1, "month": 12, "year": 1}[rule.rate.per.value]
    year = 1 if rule.rate.per.value == "day" else rule.days_in_year
    daily = Fraction(rule.rate.value) * per / year
    posted = sorted((day, int(amount * 100)) for day, amount in purchases)
    paid = sorted((day, int(amount * 100)) for day, amount in payments)
    early = sum(units for day, units in paid if day < cycle.end)
    billed = max(sum(units for _, units in posted) - early, 0)
    last_in_time = cycle.due + timedelta(rule.grace_days)
    in_time = sum(units for day, units in paid if cycle.end <= day <= last_in_time)
    in_time = min(in_time, billed)
    missing = billed - in_time
    if missing <= Fraction(rule.tolerance) * 100:
        missing = 0
    day, charging = posted[0][0], charging_cycle(line, cycle, last_in_time)
    paid = [(on, units) for on, units in paid if on < charging.end]
    until = charging.statement + timedelta(rule.last_day.value == "included")
    while day < until:
        seen = [u for on, u in posted if on <= day]
        gone = [
            u
            for on, u in paid
            if on < day or (on == day and rule.repayment_day.value == "reduced")
        ]
        owed = Fraction(max(sum(seen) - sum(gone), 0))
        late, rate = day > cycle.due, daily
        match rule.bears_from.value:
            case "after_due":
                owed = owed if late and missing else Fraction(0)
            case "use":
                rate = daily * (rule.overdue_multiple if late and missing else 1)
            case _ if not missing:
                owed = Fraction(0)
            case _ if not late and rule.bears_on.value == "unpaid_share":
                owed *= Fraction(missing, billed)
            case _ if not late and rule.bears_on.value == "unpaid":
                covered = min(early, sum(u for _, u in posted)) + in_time
                owed = Fraction(max(sum(seen) - covered, 0))
        yield owed, rate
        day += timedelta(1)


@given(bills())
def test_a_bill_is_what_its_nights_come_to(bill):
    line, purchases, payments = bill
    rule = line.interest
    mode = "half_up" if rule.rounding is None else rule.rounding.mode.value
    runs: list = []
    for owed, rate in nights(*bill):
        if runs and runs[-1][:2] == [owed, rate]:
            runs[-1][2] += 1
        else:
            runs.append([owed, rate, 1])
    exact = [owed * rate * days for owed, rate, days in runs if owed]
    if rule.rounded.value == "statement":
        exact = [sum(exact, Fraction(0))]
    total = bill_interest(line, purchases, payments).total
    assert Fraction(total) * 100 == sum(rounded(mode, part) for part in exact)
    event("free" if not total else "not free")


@given(bills(interests(bears_from=("posting", "after_due"))))
def test_a_bill_that_is_paid_is_free(bill):
    line, purchases, _ = bill
    cycle = line.cycle_of(purchases[0][0])
    total = sum(amount for _, amount in purchases)
    for day in (cycle.statement, cycle.due):
        paid = bill_interest(line, purchases, [(day, total)])
        assert (paid.total, paid.segments, paid.is_paid) == (0, (), True)


@given(bills(interests(bears_from=("posting",), bears_on="whole")))
def test_the_whole_never_costs_less_than_the_unpaid_share(bill):
    line, purchases, payments = bill
    share = evolve(line, interest=evolve(line.interest, bears_on="unpaid_share"))
    whole, part = (bill_interest(one, purchases, payments) for one in (line, share))
    assert sum(s.interest for s in whole.segments) >= sum(
        s.interest for s in part.segments
    )


@given(bills(), st.integers(1, 10_000))
def test_paying_more_never_costs_more_unrounded(bill, more):
    line, purchases, payments = bill
    assume(payments)
    (day, amount), *rest = payments
    before = bill_interest(line, purchases, payments)
    after = bill_interest(line, purchases, [(day, amount + cents(more)), *rest])
    assert sum(s.interest for s in after.segments) <= sum(
        s.interest for s in before.segments
    )


@given(bills(), st.randoms())
def test_the_order_of_entry_does_not_matter(bill, random):
    line, purchases, payments = bill
    told = bill_interest(line, purchases, payments)
    random.shuffle(purchases)
    random.shuffle(payments)
    assert bill_interest(line, purchases, payments) == told
    assert bill_interest(line, [*purchases, (purchases[0][0], 0)], payments) == told
