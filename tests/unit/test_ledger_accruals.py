"""What lateness costs by the day, where terms of rounding, grace and rates meet."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath.account import Account
from loanmath.events import Chargeback, InterestPause, InterestResume, Reversal
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.terms import (
    Compounding,
    InterestPayments,
    RateCap,
    SteppedRate,
)
from serviced import D1, D3, START, after, loan, opened, owed, paid, terms

pytestmark = pytest.mark.usefixtures("either_way")

FREE = {"rate": "0%/day"}
HALF = date(2026, 3, 1)  # 14 of the 28 days of the second period
FIVE_CENTS = Rounding("half_up", unit="0.05")


def component(account, place, *days):
    return [owed(account.position(after(D1, day)))[place] for day in days]


def test_penalty_may_be_rounded_to_units_of_its_own():
    # 1.23 a day: 1.23, 2.46 and 3.69.
    account = opened(penalty={"rate": "0.123%/day", "rounding": FIVE_CENTS})
    assert component(account, 0, 1, 2, 3) == ["1.25", "2.45", "3.70"]


def test_interest_that_continues_is_rounded_as_the_loan_is():
    # 3,000 at 0.0123 % in 31 days are 11.439; 1,000 bear 0.123 a day from then on.
    agreed = loan(
        rate=Rate("0.0123%/day"),
        rounding=FIVE_CENTS,
        **terms(FREE | {"contract_interest": "continues"}),
    )
    account = Account.open(agreed)
    assert component(account, 3, 0, 1, 2, 3) == ["11.45", "11.55", "11.70", "11.80"]


def test_no_days_of_grace_are_none_whatever_their_kind():
    account = opened(penalty={"grace": "free"})
    assert component(account, 0, 0, 1, 2) == ["0.00", "1.00", "2.00"]


def test_each_row_has_days_of_grace_of_its_own():
    # Rows due on 16, 17 and 18 January; 1.00 a day each, after two days of grace.
    agreed = loan(every="daily", rate=Rate("0.01%/day"), **terms({"grace_days": 2}))
    account = Account.open(agreed)
    penalty = [
        [
            str(row.owed.penalty)
            for row in account.position(after(START, day)).installments
        ]
        for day in (3, 4, 5)
    ]
    assert penalty == [
        ["0.00", "0.00", "0.00"],
        ["3.00", "0.00", "0.00"],
        ["4.00", "3.00", "0.00"],
    ]


def test_what_days_of_grace_dropped_is_dropped_for_good():
    # Half a cent is held back and dropped; half a cent of a later night is rounded up.
    account = opened(
        paid("1030", after(D1, 1)),
        Chargeback(id="b1", on=after(D1, 5), of="p1", amount="1030"),
        penalty={"rate": "0.0005%/day", "grace_days": 3},
    )
    assert component(account, 0, 5, 6, 7) == ["0.00", "0.01", "0.01"]


# Of 3,000 at 1 % a day the first row has 930.00 of interest, and 10.00 more each night.
CONTINUES = {"contract_interest": "continues", "rate": "0.1%/day"}


def continuing(**penalty):
    agreed = loan(rate=Rate("1%/day"), **terms(CONTINUES | penalty))
    return Account.open(agreed)


def test_interest_on_interest_that_grows_each_night():
    # 0.1 % of 930, 940 and 950, whether penalty compounds in between or not.
    account = continuing(compounding=Compounding(["interest"], "monthly", day=1))
    assert component(account, 1, 1, 2, 3) == ["0.93", "1.87", "2.82"]


def test_interest_on_interest_is_held_back_with_the_penalty():
    # The fourth night is 0.96, and then all four are charged.
    account = continuing(compounding=Compounding(["interest"]), grace_days=3)
    assert component(account, 1, 3, 4) == ["0.00", "3.78"]


def test_a_day_that_counted_before_a_pause_is_one_of_its_own():
    # Five nights and the day of the payment; then a pause until the 8th day, which counts.
    day = after(D1, 5)
    account = opened(
        paid("0", day),
        InterestPause(id="s1", on=day),
        InterestResume(id="s2", on=after(D1, 8)),
        penalty={"payment_day": "counted"},
        day_order=["payment", "interest_pause"],
    )
    assert component(account, 0, 5, 8, 9) == ["6.00", "7.00", "8.00"]


@pytest.mark.parametrize("tolerance", ["30", "0"])
def test_a_tolerance_is_of_the_base_and_not_of_what_compounds(tolerance):
    # 30.00 of interest bear 0.03 a day.
    penalty = {"compounding": Compounding(["interest"]), "tolerance": tolerance}
    assert component(opened(penalty=penalty), 1, 1, 10) == ["0.03", "0.30"]


def test_one_unit_of_interest_compounds():
    # 29.99 of 30.00 are paid; 0.01 bears 0.01 a day at 100 %.
    account = opened(
        paid("29.99", D1),
        penalty={"rate": "100%/day", "compounding": Compounding(["interest"])},
    )
    assert component(account, 1, 1, 2) == ["0.01", "0.02"]


# At 10 % a day 1,000 bear 100.00: 1,400.00 by 1 March, which bear 140.00 from then on.
DEAR = {"rate": "10%/day", "compounding": Compounding(["penalty"], "monthly", day=1)}


def test_a_payment_of_something_else_leaves_penalty_that_bears_interest():
    order = ["principal", "interest", "fee", "compound", "penalty"]
    account = opened(paid("1", HALF, order=order), penalty=DEAR)
    assert component(account, 0, 14) == ["1400.00"]
    assert component(account, 1, 14, 15, 24) == ["0.00", "140.00", "1400.00"]


def test_penalty_that_was_paid_in_full_bears_nothing_more():
    account = opened(paid("1400", HALF), penalty=DEAR)
    assert component(account, 1, 14, 15, 24) == ["0.00", "0.00", "0.00"]


def test_penalty_that_is_owed_again_bears_interest_from_the_next_compounding_day():
    # 2,000.00 in advance have earned 10.00 by 1 March; 1,030.00 and 1,400.00 are due.
    account = opened(
        paid("4440", HALF),
        Reversal(id="x1", on=after(HALF, 1), of="p1", reversed_as="today"),
        penalty=DEAR,
    )
    assert component(account, 0, 14, 15, 16) == ["0.00", "1400.00", "1500.00"]
    assert component(account, 1, 14, 15, 24) == ["0.00", "0.00", "0.00"]


def test_interest_alone_is_days_past_due():
    order = ["principal", "interest", "fee", "compound", "penalty"]
    account = opened(paid("1000", D1, order=order), penalty=FREE)
    assert component(account, 3, 5) == ["30.00"]
    assert account.position(after(D1, 5)).days_past_due == 5


def test_on_the_schedule_no_interest_goes_on_after_the_last_due_date():
    # 27.90, 16.80 and 9.30 were planned.
    agreed = loan(rate=Rate("0.03%/day"))
    assert Account.open(agreed).payoff(after(D3, 10)) == Decimal("3054.00")


def test_on_the_balance_a_yearly_rate_goes_on_by_the_days_of_its_count():
    # 10.8 % over 360 days are 0.30 a day on each thousand.
    agreed = loan(
        rate=Rate("10.8%/year"),
        day_count="ACT/360",
        servicing=terms(FREE, interest_on="balance")["servicing"],
    )
    account = Account.open(agreed)
    assert account.payoff(after(D3, 10)) - account.payoff(D3) == Decimal("9.00")


def test_on_the_balance_a_daily_rate_goes_on_where_years_differ_in_their_days():
    # 0.30 a day on each thousand; the count has no days of a year of its own.
    agreed = loan(
        rate=Rate("0.03%/day"),
        day_count="ACT/ACT ISDA",
        servicing=terms(FREE, interest_on="balance")["servicing"],
    )
    account = Account.open(agreed)
    assert account.payoff(after(D3, 10)) - account.payoff(D3) == Decimal("9.00")


def test_half_a_cent_of_a_period_in_which_the_rate_changes_is_rounded_up():
    # 301.50 at 12 % over 360 days are 0.1005 a day, and 1.005 for ten days.
    stepped = SteppedRate(Rate("12%/year"), {date(2026, 2, 1): Rate("24%/year")})
    agreed = loan(principal="301.50", rate=stepped, day_count="ACT/360")
    assert Account.open(agreed).payoff(after(START, 10)) == Decimal("302.51")


def test_what_a_ceiling_held_back_is_charged_with_the_first_night_after_it():
    # 0.30 of 1.00 a night until the 18th. That day counts in full before its payment;
    # the 2.10 that were held back come with the night that follows it.
    cap = RateCap("by the day", "0.03%/day", until=after(D1, 3))
    account = opened(penalty={"payment_day": "counted"}, caps=[cap])
    assert component(account, 0, 2, 3, 4) == ["0.60", "1.90", "5.00"]


@pytest.mark.parametrize(
    "agreed",
    [
        {"interest_payments": InterestPayments("monthly")},
        {"broken_period": "added", "first_due": after(D1, 5), "day_count": "ACT/365F"},
    ],
)
def test_rows_with_interest_of_their_own_dates_keep_it(agreed):
    account = Account.open(loan(**terms(FREE, interest_on="balance"), **agreed))
    day = after(START, 10)
    before = [row.owed.interest for row in account.position(day).installments]
    part = account.record(paid("100", day, effect="smaller"))
    rows = part.position(day).installments
    assert [row.owed.interest + row.paid.interest for row in rows] == before


def test_a_rate_that_changes_on_a_day_that_is_asked_for():
    # 31 days of 1.00 on 3,000 by ACT/360; then 14 of 0.67 on 2,000, and 0.33 from then.
    stepped = SteppedRate(Rate("12%/year"), {HALF: Rate("6%/year")})
    agreed = loan(rate=stepped, day_count="ACT/360", **terms(FREE))
    account = Account.open(agreed).record(paid("1031", D1))
    payoffs = [str(account.payoff(after(HALF, day))) for day in (-1, 0, 1)]
    assert payoffs == ["2008.67", "2009.33", "2009.67"]
