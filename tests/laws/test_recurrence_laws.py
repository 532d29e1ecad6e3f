"""Due dates are counted from the anchor, as `dateutil.relativedelta` counts them."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from dateutil.relativedelta import relativedelta
from hypothesis import assume, example, given
from hypothesis import strategies as st

from loanmath.errors import ScheduleError, TermsError
from loanmath.recurrence import Step, add_months, step_dates
from oracle.planner import Contract, is_month_end, payable_dates
from strategies import BUSINESS_RULES, contracts, disbursements, loan_of

steps = st.one_of(
    st.builds(relativedelta, months=st.integers(1, 24)),
    st.builds(relativedelta, days=st.integers(1, 120)),
)


def loan_dates(contract: Contract) -> list[date]:
    try:
        return [row.due for row in loan_of(contract).schedule()]
    except ScheduleError:
        # Dates follow from terms that no plan follows from; those are no example.
        assume(False)
        raise


def plain_loan(**terms: object) -> Contract:
    words = {
        "currency": "CNY",
        "principal": Fraction(1_000),
        "method": "equal",
        "count": 14,
        "disbursed": date(2023, 1, 31),
        "day_count": "ACT/365F",
    }
    return Contract(**(words | terms))  # type: ignore[arg-type]


@given(day=disbursements(), months=st.integers(-1_200, 1_200))
@example(day=date(2024, 2, 29), months=12)
@example(day=date(2023, 1, 31), months=1)
@example(day=date(2024, 1, 30), months=-11)
def test_adding_months_is_adding_a_relativedelta(day, months):
    try:
        expected = day + relativedelta(months=months)
    except ValueError:
        return
    assume(1900 <= expected.year <= 2200)
    assert add_months(day, months) == expected


@given(anchor=disbursements(), step=steps, count=st.integers(1, 60))
def test_every_date_is_the_anchor_plus_so_many_steps(anchor, step, count):
    assume((anchor + step * count).year <= 2200)
    dates = step_dates(anchor, Step.of(step), count, anchor.day)
    assert dates == [anchor + step * number for number in range(count)]


@given(
    disbursed=disbursements(),
    step=steps,
    count=st.integers(1, 60),
)
@example(disbursed=date(2023, 1, 31), step=relativedelta(months=1), count=14)
@example(disbursed=date(2024, 2, 29), step=relativedelta(months=1), count=24)
@example(disbursed=date(2024, 2, 29), step=relativedelta(months=12), count=8)
def test_due_dates_are_so_many_steps_from_disbursement(disbursed, step, count):
    assume((disbursed + step * (count + 1)).year <= 2200)
    contract = plain_loan(
        disbursed=disbursed,
        months=step.months + 12 * step.years,
        days=step.days,
        count=count,
    )
    assert loan_dates(contract) == [
        disbursed + step * number for number in range(1, count + 1)
    ]


@given(disbursed=disbursements(), gap=st.integers(1, 200), months=st.integers(1, 12))
def test_due_dates_count_from_a_stated_first_one(disbursed, gap, months):
    first = disbursed + timedelta(gap)
    contract = plain_loan(disbursed=disbursed, first_due=first, months=months)
    assert loan_dates(contract) == [
        first + relativedelta(months=months * number) for number in range(14)
    ]


@given(disbursed=disbursements(), due_day=st.integers(1, 31), months=st.integers(1, 6))
@example(disbursed=date(2024, 1, 31), due_day=30, months=1)
@example(disbursed=date(2024, 1, 30), due_day=31, months=1)
@example(disbursed=date(2023, 1, 31), due_day=28, months=1)
def test_a_due_day_is_the_first_one_a_step_or_more_after_disbursement(
    disbursed, due_day, months
):
    contract = plain_loan(disbursed=disbursed, due_day=due_day, months=months)
    dates = loan_dates(contract)
    for due in dates:
        assert due.day == min(due_day, monthrange(due.year, due.month)[1])
    for number, due in enumerate(dates):
        first = dates[0].replace(day=1) + relativedelta(months=months * number)
        assert due.replace(day=1) == first
    earliest = disbursed + relativedelta(months=months)
    candidates = [
        day
        for day in (earliest + timedelta(offset) for offset in range(62))
        if day.day == min(due_day, monthrange(day.year, day.month)[1])
    ]
    assert dates[0] == candidates[0]


@given(
    disbursed=disbursements().filter(is_month_end),
    months=st.integers(1, 12),
    count=st.integers(1, 40),
)
@example(disbursed=date(2023, 2, 28), months=1, count=24)
@example(disbursed=date(2024, 2, 29), months=12, count=9)
@example(disbursed=date(2023, 4, 30), months=1, count=12)
def test_month_end_loans_stay_at_month_ends(disbursed, months, count):
    contract = plain_loan(
        disbursed=disbursed, end_of_month=True, months=months, count=count
    )
    dates = loan_dates(contract)
    assert all(is_month_end(due) for due in dates)
    assert [12 * due.year + due.month for due in dates] == [
        12 * disbursed.year + disbursed.month + months * number
        for number in range(1, count + 1)
    ]


def test_the_first_day_that_is_allowed_may_open_a_loan():
    """A first period that is cut short has its regular start before the year 1900."""
    contract = plain_loan(
        disbursed=date(1900, 1, 1), first_due=date(1900, 1, 15), count=2
    )
    assert loan_dates(contract) == [date(1900, 1, 15), date(1900, 2, 15)]


def test_a_due_day_is_kept_or_refused_beside_month_ends():
    """Both say where due dates go; neither may silently lose."""
    contract = plain_loan(
        disbursed=date(2025, 1, 31), due_day=15, end_of_month=True, count=3
    )
    try:
        dates = loan_dates(contract)
    except TermsError:
        return
    assert [due.day for due in dates] == [15, 15, 15]


@given(contract=contracts())
def test_due_dates_are_those_of_the_oracle(contract):
    dates = loan_dates(contract.but(shortfall="capitalize"))
    assert dates == payable_dates(contract)


@given(contract=contracts())
def test_due_dates_strictly_ascend_from_disbursement(contract):
    contract = contract.but(shortfall="capitalize", business_rule=None)
    dates = loan_dates(contract)
    assert dates
    for earlier, later in pairwise([contract.disbursed, *dates]):
        assert earlier < later


@given(contract=contracts(), rule=st.sampled_from(BUSINESS_RULES))
def test_due_dates_on_business_days_never_descend(contract, rule):
    """Two of them may fall together: a daily loan has three payments on a Monday."""
    contract = contract.but(
        shortfall="capitalize", business_rule=rule, interest_to="unadjusted"
    )
    dates = loan_dates(contract)
    assert contract.disbursed < dates[0]
    assert dates == sorted(dates)
    assert all(due.weekday() < 5 for due in dates)
