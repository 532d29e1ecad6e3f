"""Early repayment, in part and in full: what it changes, what it saves, what it costs."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath import WEEKENDS, BusinessDays
from loanmath.account import Account, Status
from loanmath.events import Charge, Chargeback
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.terms import (
    AddOnInterest,
    Allocation,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FlatFee,
    Holiday,
    InterestOnly,
    LevelPayment,
    Prepayment,
    PrepaymentFee,
    Servicing,
    SinglePayment,
    SteppedRate,
)
from serviced import D1, D2, D3, START, after, loan, opened, owed, paid, terms

FREE = {"rate": "0%/day"}
HALF = date(2026, 3, 1)  # 14 of the 28 days of the second period
NOTHING = ["0.00", "0.00"]


def rows(account, day, *numbers):
    position = account.position(day)
    return [owed(position, number)[3:] for number in numbers or (1, 2, 3)]


def prepaid(amount, day, effect, agreed=None, first="1030", **prepayment):
    """Return an account whose first row is paid, with one prepayment."""
    words = terms(FREE, prepayment=Prepayment(**prepayment))
    account = Account.open(loan(**words, **(agreed or {})))
    return account.record(paid(first, D1, "p0"), paid(amount, day, "p1", effect=effect))


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        # 1,500 are left: 15.00, and 1 % of what is owed after the second row.
        ("shorter", [["15.00", "1000.00"], ["5.00", "500.00"]]),
        ("smaller", [["15.00", "750.00"], ["7.50", "750.00"]]),
        ("next", [["20.00", "500.00"], ["10.00", "1000.00"]]),
    ],
)
def test_equal_principals_after_a_prepayment_on_a_due_date(effect, expected):
    assert rows(prepaid("500", D1, effect), D1) == [NOTHING, *expected]


@pytest.mark.parametrize(
    ("effect", "interest", "expected"),
    [
        # Half a month on 2,000, and half a month on 1,500.
        ("shorter", "day", [["17.50", "1000.00"], ["5.00", "500.00"]]),
        ("smaller", "day", [["17.50", "750.00"], ["7.50", "750.00"]]),
        # Prepaid principal bears interest to the end of its period.
        ("shorter", "period", [["20.00", "1000.00"], ["5.00", "500.00"]]),
        ("smaller", "period", [["20.00", "750.00"], ["7.50", "750.00"]]),
    ],
)
def test_prepayment_inside_a_period(effect, interest, expected):
    account = prepaid("500", HALF, effect, interest=interest)
    assert rows(account, HALF) == [NOTHING, *expected]


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        # 28 days on 1,500, then 31 days on what is left.
        ("shorter", [["12.60", "1000.00"], ["4.65", "500.00"]]),
        ("smaller", [["12.60", "750.00"], ["6.98", "750.00"]]),
    ],
)
def test_prepayment_after_a_due_date_that_came_before_its_period_ended(
    effect, expected
):
    # Due on Friday the 13th; the period ends on Sunday the 15th.
    agreed = loan(
        rate=Rate("0.03%/day"),
        day_count="ACT/365F",
        business_days=BusinessDays("preceding", WEEKENDS, interest="unadjusted"),
        **terms(FREE),
    )
    account = Account.open(agreed).record(
        paid("1027.90", after(D1, -2), "p0"),
        paid("500", after(D1, -1), effect=effect),
    )
    assert rows(account, D1) == [NOTHING, *expected]


@pytest.mark.parametrize("effect", ["shorter", "smaller", "next"])
def test_prepayment_after_the_last_period_and_before_its_due_date(effect):
    # Two rows of 1,500; the last is due on Monday the 16th, a day after its period.
    agreed = loan(
        rate=Rate("0.03%/day"),
        day_count="ACT/365F",
        repayment=EqualPrincipal(2),
        business_days=BusinessDays("following", WEEKENDS, interest="unadjusted"),
        **terms(FREE),
    )
    account = Account.open(agreed).record(
        paid("1527.90", after(D1, 1), "p0"), paid("500", D2, effect=effect)
    )
    # 28 days of 0.45 were earned.
    assert rows(account, D2, 1, 2) == [NOTHING, ["12.60", "1000.00"]]
    assert account.payoff(D2) == Decimal("1012.60")


def test_prepaid_principal_comes_back_on_the_rows_that_it_lowered():
    back = Chargeback(id="b1", on=after(D1, 1), of="p1", amount="500")
    account = opened(
        paid("1530", D1),
        back,
        penalty=FREE,
        allocation=Allocation(future="principal"),
        prepayment=Prepayment(effect="smaller"),
    )
    # 250 were taken off either row; the last of them comes back first.
    principals = [row[1] for row in rows(account, after(D1, 1))]
    assert principals == ["0.00", "1000.00", "1000.00"]
    # Of a level loan, the row before the last rose by 5.00 of interest saved.
    level = prepaid("500", D1, "shorter", LEVEL, "1020.07").record(back)
    principals = [row[1] for row in rows(level, after(D1, 1))]
    assert principals == ["0.00", "1004.97", "1004.96"]


def test_prepaid_principal_that_clears_rows():
    # 500 are left in the second row; the third owes nothing.
    account = prepaid("1500", D1, "shorter")
    assert rows(account, D1) == [NOTHING, ["5.00", "500.00"], NOTHING]
    assert account.position(D1).installments[2].cleared == D1
    # 1,000 exactly leave the second row as it was.
    account = prepaid("1000", D1, "shorter")
    assert rows(account, D1) == [NOTHING, ["10.00", "1000.00"], NOTHING]
    # 0.01 more takes it from there.
    account = prepaid("1000.01", D1, "shorter")
    assert rows(account, D1) == [NOTHING, ["10.00", "999.99"], NOTHING]


LEVEL = {"repayment": LevelPayment(3)}
FIXED = {"repayment": FixedPayment("1020.07")}


def test_fixed_payments_become_level_ones():
    # The plan, and so the new one, is that of the level loan below.
    account = prepaid("500", D1, "smaller", FIXED, "1020.07")
    assert rows(account, D1, 2, 3) == [["15.10", "751.21"], ["7.59", "758.72"]]


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        # 1,020.07 a month; 1,509.93 are left after 990.07 and 500.
        ("shorter", [["15.10", "1004.97"], ["5.05", "504.96"]]),
        # Two payments of 766.31: 1,509.93 * 0.507512.
        ("smaller", [["15.10", "751.21"], ["7.59", "758.72"]]),
        ("next", [["20.10", "499.97"], ["10.10", "1009.96"]]),
    ],
)
def test_level_payments_after_a_prepayment(effect, expected):
    account = prepaid("500", D1, effect, LEVEL, "1020.07")
    assert rows(account, D1, 2, 3) == expected


def test_level_payments_that_keep_the_period():
    # 20.10 and 999.97 stay; 509.96 are left, which bear 5.10.
    account = prepaid("500", HALF, "shorter", LEVEL, "1020.07", interest="period")
    assert rows(account, HALF, 2, 3) == [["20.10", "999.97"], ["5.10", "509.96"]]
    # On the first day of a period there is no interest to keep.
    account = prepaid("500", D1, "shorter", LEVEL, "1020.07", interest="period")
    assert rows(account, D1, 2, 3) == [["15.10", "1004.97"], ["5.05", "504.96"]]


def test_a_level_payment_inside_its_last_period():
    account = prepaid("1020.06", D2, "shorter", LEVEL, "1020.07", interest="period")
    # 1,020.07 fall due on 15 March: 0.01 short.
    assert rows(account, D2) == [NOTHING, ["0.00", "0.01"], ["10.10", "1009.96"]]
    more = account.record(
        paid("0.01", D2, "p2"), paid("9.96", after(D2, 1), "p3", effect="shorter")
    )
    assert rows(more, after(D2, 1)) == [NOTHING, NOTHING, ["10.10", "1000.00"]]


def test_a_level_payment_with_a_balloon():
    # 15.00 on the balloon of 1,500, and 510.03: 525.03; 2,504.97 are left, less 500.
    # Two payments: 15.00 and 504.97 * 0.507512 are 271.28.
    agreed = {"repayment": LevelPayment(3, balloon="1500")}
    account = prepaid("500", D1, "smaller", agreed, "525.03")
    assert rows(account, D1, 2, 3) == [["20.05", "251.23"], ["17.54", "1753.74"]]
    # A balloon above what is left is all that is left.
    account = prepaid("1504.97", D1, "smaller", agreed, "525.03")
    assert rows(account, D1, 2, 3) == [["10.00", "0.00"], ["10.00", "1000.00"]]


def test_a_level_payment_that_is_rounded_by_its_own_rule():
    # 1,021.00 a month, rounded up; then 1,509.00 * 0.507512 = 765.84: 766.00.
    up = {"repayment": LevelPayment(3, rounding=Rounding("ceiling", unit="1"))}
    account = prepaid("500", D1, "smaller", up, "1021")
    assert rows(account, D1, 2, 3) == [["15.09", "750.91"], ["7.58", "758.09"]]


def test_interest_only_and_a_single_payment_state_their_principals():
    only = {"repayment": InterestOnly(3)}
    account = prepaid("600", D1, "smaller", only, "30")
    assert rows(account, D1, 2, 3) == [["24.00", "0.00"], ["24.00", "2400.00"]]
    agreed = loan(repayment=SinglePayment(1), **terms(FREE))
    account = Account.open(agreed).record(paid("1000", START, effect="shorter"))
    assert rows(account, START, 1) == [["20.00", "2000.00"]]


@pytest.mark.parametrize(
    ("effect", "principals"),
    [("shorter", ["1000.00", "500.00"]), ("smaller", ["750.00", "750.00"])],
)
def test_add_on_interest_stays_whatever_is_prepaid(effect, principals):
    agreed = {"repayment": AddOnInterest(3)}
    account = prepaid("500", HALF, effect, agreed, "1030")
    assert rows(account, HALF, 2, 3) == [["30.00", part] for part in principals]
    # Of 30.00, half a period is earned.
    assert account.payoff(HALF) == Decimal("1515.00")


@pytest.mark.parametrize(
    "agreed",
    [
        {"holidays": [Holiday(1, 1, "principal")]},
        {"drawdowns": [Drawdown(after(D1, 1), "1")], "day_count": "ACT/365F"},
        {"interest_rounded": "day", "day_count": "ACT/365F"},
        {"first_due": START},
    ],
)
def test_rows_that_are_not_planned_anew_keep_their_interest(agreed):
    account = Account.open(loan(**terms(FREE, interest_on="balance"), **agreed))
    day = after(START, 10)
    before = [row[0] for row in rows(account, day)]
    part = account.record(paid("100", day, effect="smaller"))
    assert [row[0] for row in rows(part, day)] == before


# Two principals of 1,500 after one month without; the last month is 1 % of one of them.
RESTED = {"holidays": [Holiday(1, 1, "principal")]}


@pytest.mark.parametrize("interest_on", ["schedule", "balance"])
def test_interest_that_is_kept_is_paid_ahead_as_on_the_schedule(interest_on):
    account = Account.open(loan(**terms(FREE, interest_on=interest_on), **RESTED))
    day = after(START, 10)
    account = account.record(paid("45", day))
    left = [NOTHING, ["15.00", "1500.00"], ["15.00", "1500.00"]]
    assert rows(account, day) == left


@pytest.mark.parametrize("interest_on", ["schedule", "balance"])
def test_overdue_principal_bears_by_the_day_where_interest_is_kept(interest_on):
    goes_on = {"rate": "0%/day", "contract_interest": "continues", "days_in_year": 360}
    agreed = loan(**terms(goes_on, interest_on=interest_on), **RESTED)
    account = Account.open(agreed)
    # 1,500 at 12 % a year are 0.50 a night, before the last due date as after it.
    assert rows(account, after(D2, 10), 2) == [["35.00", "1500.00"]]
    assert rows(account, after(D3, 10), 2, 3) == [
        ["50.50", "1500.00"],
        ["20.00", "1500.00"],
    ]


def test_a_flat_fee_has_no_interest_to_follow_what_is_owed():
    words = {"rate": None, "repayment": FlatFee(3, "3%")}
    account = Account.open(loan(**terms(FREE, interest_on="balance"), **words))
    account = account.record(paid("1060", START))
    assert [owed(account.position(D3), number) for number in (1, 2, 3)] == [
        ["0.00"] * 5,
        ["0.00", "0.00", "0.00", "0.00", "1000.00"],
        ["0.00", "0.00", "30.00", "0.00", "1000.00"],
    ]


def test_money_that_comes_once_all_is_repaid_is_a_credit():
    # 18.00 of interest on 1,000, of which the rule of 78 gives 27.00 back: none is owed.
    kept = Prepayment(interest="period", unearned="rule_of_78")
    agreed = loan(
        rate=Rate("0.03%/day"),
        day_count="ACT/365F",
        servicing=Servicing(interest_on="balance", prepayment=kept),
    )
    last = after(START, 15)
    account = Account.open(agreed).record(
        paid("2000", START, effect="smaller"),
        paid("1000", after(START, 10), "p2"),
        paid("100", last, "p3"),
    )
    # What was prepaid bears to the end of its period, but is not to be paid any more.
    assert rows(account, last) == [NOTHING] * 3
    assert account.position(last).credit == 100


def test_a_share_of_the_principal_prepaid_is_charged():
    account = prepaid("505", D1, "next", fee=PrepaymentFee("1%"))
    assert rows(account, D1, 2) == [["20.00", "500.00"]]
    # 495.05 and 4.95 are 500.00; a cent more of principal would be one too many.
    account = prepaid("500", D1, "next", fee=PrepaymentFee("1%"))
    assert rows(account, D1, 2) == [["20.00", "504.95"]]
    row = account.position(D1).installments[1]
    assert (row.paid.fee, row.paid.principal) == (Decimal("4.95"), Decimal("495.05"))
    assert account.position(D1).credit == 0


@pytest.mark.parametrize(
    ("amount", "left", "credit"),
    [
        ("50", "1000.00", "50.00"),
        ("50.01", "999.99", "0.00"),
        ("49.99", "1000.00", "49.99"),
    ],
)
def test_money_that_only_covers_the_fee_repays_nothing(amount, left, credit):
    account = prepaid(amount, D1, "next", fee=PrepaymentFee("50"))
    assert rows(account, D1, 2) == [["20.00", left]]
    assert str(account.position(D1).credit) == credit


def test_all_principal_and_too_little_for_the_rest_is_credit():
    # 16 of 31 days of 30.00 are 15.48: 3,010.00 settle nothing, but leave no principal.
    day = after(START, 16)
    account = opened(paid("3010", day, effect="shorter"), penalty=FREE)
    assert rows(account, day) == [["15.48", "0.00"], NOTHING, NOTHING]
    assert account.position(day).credit == Decimal("10.00")


@pytest.mark.parametrize(
    ("day", "left"),
    [(after(D1, -1), "550.00"), (D1, "500.00")],
)
def test_a_fee_within_so_many_installments(day, left):
    # On the first due date one installment has fallen due.
    fee = PrepaymentFee("50", within=1)
    account = opened(
        paid("1030", START, "p0", installments=[1]),
        paid("500", day, effect="next"),
        penalty=FREE,
        prepayment=Prepayment(fee=fee),
    )
    assert rows(account, day, 2) == [["20.00", left]]


@pytest.mark.parametrize(
    ("fee", "charge"),
    [
        (PrepaymentFee("1%"), "20.00"),
        (PrepaymentFee("1%", least="20.01"), "20.01"),
        (PrepaymentFee("1%", least="19.99"), "20.00"),
        (PrepaymentFee("35"), "35.00"),
        (PrepaymentFee(months_of_interest=2), "40.00"),
        (PrepaymentFee(months_of_interest=1, least="50"), "50.00"),
        (PrepaymentFee("1%", within=2), "20.00"),
        (PrepaymentFee("1%", within=1), "0.00"),
        # 0.00025 % of 2,000 is half a cent.
        (PrepaymentFee("0.00025%"), "0.01"),
        (PrepaymentFee("0.00025%", rounding="half_even"), "0.00"),
        (None, "0.00"),
    ],
)
def test_a_settlement_pays_the_fee_too(fee, charge):
    account = opened(
        penalty=FREE,
        prepayment=Prepayment(fee=fee),
        allocation=Allocation(future="credit"),
    )
    # 2,000 are in advance on the first due date.
    payoff = 3030 + Decimal(charge)
    assert account.payoff(D1) == payoff
    less = account.record(paid(str(payoff - Decimal("0.01")), D1))
    assert less.position(D1).status is not Status.CLOSED
    settled = account.record(paid(str(payoff), D1)).position(D1)
    assert (settled.status, settled.credit) == (Status.CLOSED, 0)
    assert settled.paid.fee == Decimal(charge)


@pytest.mark.parametrize(
    ("rate", "charge"),
    [
        # 30 days of 0.04 % are 1.2 %, a twelfth of 12 % is 1 %.
        (Rate("0.04%/day"), "36.00"),
        (Rate("12%/year"), "30.00"),
        (Rate("1%/month"), "30.00"),
        (SteppedRate(Rate("12%/year"), {date(2026, 2, 1): Rate("6%/year")}), "30.00"),
        (SteppedRate(Rate("12%/year"), {after(START, 1): Rate("6%/year")}), "30.00"),
    ],
)
def test_a_month_of_interest_by_the_rate_in_force(rate, charge):
    fee = PrepaymentFee(months_of_interest=1)
    agreed = loan(
        rate=rate, day_count="ACT/360", **terms(FREE, prepayment=Prepayment(fee=fee))
    )
    assert Account.open(agreed).payoff(START) == 3000 + Decimal(charge)


def test_a_month_of_interest_after_the_rate_has_changed():
    stepped = SteppedRate(Rate("12%/year"), {D1: Rate("6%/year")})
    fee = Prepayment(fee=PrepaymentFee(months_of_interest=1))
    agreed = loan(rate=stepped, day_count="ACT/360", **terms(FREE, prepayment=fee))
    account = Account.open(agreed)
    # The day before, 30 days of 1.00 and 30.00; on the day itself 31.00, and 0.5 % of
    # the 2,000.00 in advance.
    assert account.payoff(after(D1, -1)) == Decimal("3060.00")
    assert account.payoff(D1) == Decimal("3041.00")


@pytest.mark.parametrize(
    ("interest", "payoffs"),
    [
        # 16 of 31 days; the due date itself; 14 of 28 days.
        ("day", ["3000.00", "3000.97", "3015.48", "3030.00", "3040.00"]),
        ("period", ["3000.00", "3030.00", "3030.00", "3030.00", "3050.00"]),
    ],
)
def test_a_payoff_bears_interest_to_the_day_or_the_period(interest, payoffs):
    account = opened(penalty=FREE, prepayment=Prepayment(interest=interest))
    days = [START, after(START, 1), after(START, 16), D1, HALF]
    assert [str(account.payoff(day)) for day in days] == payoffs


@pytest.mark.parametrize(
    ("unearned", "payoffs"),
    [
        ("due", ["3060.00"] * 6),
        # 60.00 less 60 * u(u+1)/12: u periods have not begun.
        (
            "rule_of_78",
            ["3000.00", "3030.00", "3030.00", "3050.00", "3050.00", "3060.00"],
        ),
    ],
)
def test_a_payoff_may_cost_interest_that_is_not_earned(unearned, payoffs):
    account = opened(penalty=FREE, prepayment=Prepayment(unearned=unearned))
    days = [START, after(START, 1), D1, after(D1, 1), D2, after(D2, 1)]
    assert [str(account.payoff(day)) for day in days] == payoffs
    settled = account.record(paid(payoffs[1], after(START, 1)))
    position = settled.position(after(START, 1))
    assert (position.status, position.credit) == (Status.CLOSED, 0)


def test_the_sum_of_digits_is_rounded():
    # Interest of 10, 6.67 and 3.33: 20.00 * 2 * 3 / 12 = 10.00; 20.00 * 2 / 12 = 3.33.
    agreed = loan(
        principal="1000", **terms(FREE, prepayment=Prepayment(unearned="rule_of_78"))
    )
    account = Account.open(agreed)
    assert account.payoff(after(START, 1)) == Decimal("1010.00")
    assert account.payoff(after(D1, 1)) == Decimal("1016.67")


def test_a_rebate_above_the_interest_of_the_last_rows():
    # 45.00 of interest by level shares, 15.00 a row: 60 % of it in the last two rows.
    agreed = loan(
        repayment=AddOnInterest(3),
        **terms(FREE, prepayment=Prepayment(unearned="rule_of_78")),
    )
    account = Account.open(agreed)
    # 90 * 6 / 12 = 45.00 off 90.00: all of the last row, half of the one before.
    assert account.payoff(after(START, 1)) == Decimal("3045.00")


@pytest.mark.parametrize(
    ("remaining", "payoffs"),
    [("waived", ["3000.00", "3050.00"]), ("due", ["3060.00", "3090.00"])],
)
def test_fees_of_rows_to_come_are_waived_or_due(remaining, payoffs):
    agreed = loan(
        fees=[Fee("letter", "20", due="installments")],
        **terms(FREE, prepayment=Prepayment(remaining_fees=remaining)),
    )
    account = Account.open(agreed)
    assert [str(account.payoff(day)) for day in (START, D1)] == payoffs
    # What was charged by hand stays owed, on rows to come too.
    charged = account.record(Charge(id="c1", on=START, amount="7", installment=3))
    assert charged.payoff(START) == Decimal(payoffs[0]) + 7
    settled = charged.record(paid(str(Decimal(payoffs[0]) + 7), START))
    assert settled.position(START).status is Status.CLOSED
    assert settled.position(START).credit == 0


def test_penalty_charged_on_a_row_to_come_is_in_the_payoff():
    charge = Charge(id="c1", on=START, amount="7", component="penalty", installment=3)
    account = opened(charge, penalty=FREE)
    assert account.payoff(START) == Decimal("3007.00")


def test_a_payoff_follows_two_rates_inside_a_period():
    stepped = SteppedRate(Rate("12%/year"), {HALF: Rate("6%/year")})
    agreed = loan(rate=stepped, day_count="ACT/360", **terms(FREE))
    account = Account.open(agreed).record(paid("1031", D1))
    # On 2,000: 14 days at 12 %, 9.33; 7 more at 6 %, 2.3333.
    assert account.payoff(HALF) == Decimal("2009.33")
    assert account.payoff(after(HALF, 7)) == Decimal("2011.67")


def test_a_payoff_by_months_of_thirty_days():
    agreed = loan(rate=Rate("12%/year"), day_count="30E/360", **terms(FREE))
    account = Account.open(agreed).record(paid("1030", D1))
    # On 2,000: 13 days until 28 February, 16 until 1 March, 30 in all.
    assert account.payoff(date(2026, 2, 28)) == Decimal("2008.67")
    assert account.payoff(HALF) == Decimal("2010.67")
    assert account.payoff(D2) == Decimal("2020.00")


def test_a_payoff_is_never_below_zero():
    account = Account.open(loan(**terms(FREE)), credit="3001")
    assert account.payoff(START) == 0
    exact = Account.open(loan(**terms(FREE)), credit="2999.99")
    assert exact.payoff(START) == Decimal("0.01")


def on_balance(*events, penalty=None, **words):
    agreed = loan(
        **({} if penalty is None else {"penalty": penalty}),
        servicing=terms(FREE, interest_on="balance")["servicing"],
        **words,
    )
    return Account.open(agreed).record(*events)


def test_interest_on_the_balance_follows_an_early_payment_inside_the_period():
    account = on_balance(paid("1030", D1, "p0"), paid("505", HALF))
    # Half a month on 2,000 is 10.00; 495.00 are principal. 1,505 bear 7.525 more, and
    # 505 are left of the second row.
    assert rows(account, HALF, 2, 3) == [["7.53", "505.00"], ["10.00", "1000.00"]]


def test_a_prepayment_by_its_own_effect_is_the_same_on_the_balance():
    # Half a month on 2,000 and half on 1,500, all of it still to be paid.
    account = on_balance(paid("1030", D1, "p0"), paid("500", HALF, effect="shorter"))
    assert rows(account, HALF) == [NOTHING, ["17.50", "1000.00"], ["5.00", "500.00"]]


def test_interest_on_the_balance_of_a_level_loan_keeps_the_payments():
    account = on_balance(
        paid("1020.07", D1, "p0"), paid("500", D1), repayment=LevelPayment(3)
    )
    # 1,509.93 bear 15.10. Of 1,020.07, 499.97 and 20.10 are left to pay: 520.07.
    assert rows(account, D1, 2, 3) == [["15.10", "504.97"], ["10.05", "1004.96"]]


def test_interest_on_the_balance_while_principal_is_overdue():
    account = on_balance(rate=Rate("0.03%/day"))
    # 0.90 a day on 3,000: 27.90, 25.20 and 27.90; nothing is replaced by a penalty.
    assert rows(account, D1, 1) == [["27.90", "1000.00"]]
    assert rows(account, D2, 2) == [["25.20", "1000.00"]]
    assert rows(account, D3, 3) == [["27.90", "1000.00"]]
    # Ten days into the second period 9.00 are earned.
    day = after(D1, 10)
    assert account.payoff(day) == Decimal("3036.90")
    assert account.position(day).accrued == Decimal("9.00")
    # After maturity each row bears 0.30 a day.
    assert rows(account, after(D3, 10)) == [
        ["30.90", "1000.00"],
        ["28.20", "1000.00"],
        ["30.90", "1000.00"],
    ]
    assert account.payoff(after(D3, 10)) == Decimal("3090.00")


def test_a_single_payment_of_many_months_accrues_to_the_day():
    account = Account.open(loan(rate=Rate("0.04%/day"), repayment=SinglePayment(3)))
    # 31 days of 3,000 at 0.04 % of the 90 that it is lent for.
    assert account.payoff(D1) == Decimal("3037.20")
    assert account.position(D1).accrued == Decimal("37.20")


def test_a_rate_per_day_accrues_by_the_days_that_its_count_has():
    by_months = loan(rate=Rate("0.03%/day"), day_count="30E/360")
    # 31 January is the thirtieth: 15 days of 3,000 at 0.03 %, of the month's 30.
    assert Account.open(by_months).payoff(date(2026, 1, 31)) == Decimal("3013.50")
    assert Account.open(by_months).payoff(D1) == Decimal("3027.00")
