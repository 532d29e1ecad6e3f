"""The servicing oracle itself, against figures worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from accounts import OwedBefore
from loanmath.events import (
    Acceleration,
    Charge,
    Chargeback,
    ChargeOff,
    Disbursement,
    InterestPause,
    InterestResume,
    Payment,
    Payout,
    Recovery,
    Refund,
    Reversal,
    Waiver,
    WriteOff,
)
from loanmath.rates import Rate
from loanmath.terms import (
    AddOnInterest,
    Drawdown,
    EqualPrincipal,
    FlatFee,
    Holiday,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    LevelPayment,
)
from loanmath.terms.servicing import (
    Allocation,
    AllocationTier,
    AmountCap,
    Compounding,
    DaysPastDue,
    InDuplum,
    LateCharge,
    PenaltyInterest,
    Prepayment,
    PrepaymentFee,
    RateCap,
    Servicing,
)
from oracle.servicing import Refused, replay
from oracle.servicing_numbers import days_30e, growth, rounded
from oracle.servicing_rows import opened

START = date(2026, 1, 15)
DUE = date(2026, 2, 15)
FEES_FIRST = ("fee", "penalty", "compound", "interest", "principal")
PRINCIPAL_FIRST = ("principal", "interest", "fee", "penalty", "compound")


def after(days, due=DUE):
    return due + timedelta(days)


def lent(principal="2000", repayment=None, rate="0%/day", penalty="0.05%/day", **terms):
    servicing = {
        name: terms.pop(name) for name in list(terms) if hasattr(Servicing(), name)
    }
    if isinstance(penalty, str):
        penalty = PenaltyInterest(rate=penalty)
    return InstallmentLoan(
        currency="CNY",
        principal=principal,
        disbursed=START,
        every="monthly",
        rate=None if rate is None else Rate(rate),
        repayment=repayment or InterestOnly(1),
        penalty=penalty,
        servicing=Servicing(**servicing),
        **terms,
    )


def paid(amount, on, **named):
    return Payment(id="p1", on=on, amount=amount, **named)


# --- numbers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "down", "tie", "odd_tie", "negative"),
    [
        ("half_up", 2, 3, 4, -3),
        ("half_even", 2, 2, 4, -2),
        ("up", 3, 3, 4, -3),
        ("down", 2, 2, 3, -2),
        ("floor", 2, 2, 3, -3),
        ("ceiling", 3, 3, 4, -2),
    ],
)
def test_six_ways_to_round(mode, down, tie, odd_tie, negative):
    halves = [Fraction(12, 5), Fraction(5, 2), Fraction(7, 2), Fraction(-5, 2)]
    assert [rounded(value, mode) for value in halves] == [down, tie, odd_tie, negative]
    assert rounded(Fraction(25), mode, 10) == 10 * rounded(Fraction(5, 2), mode)


def test_months_of_thirty_days():
    assert days_30e(date(2026, 1, 31), date(2026, 2, 28)) == 28
    assert days_30e(date(2024, 2, 29), date(2024, 3, 31)) == 31


@pytest.mark.parametrize(
    ("rate", "day_count", "whole", "ten_days"),
    [
        ("12%/year", "1/12", Fraction(1, 100), Fraction(10, 3100)),
        ("12%/year", "ACT/365F", Fraction(12 * 31, 36500), Fraction(120, 36500)),
        ("12%/year", "ACT/360", Fraction(12 * 31, 36000), Fraction(120, 36000)),
        ("12%/year", "30E/360", Fraction(1, 100), Fraction(10, 3000)),
        ("1%/month", "30E/360", Fraction(1, 100), Fraction(10, 3000)),
        ("0.04%/day", None, Fraction(4 * 31, 10_000), Fraction(4, 1000)),
    ],
)
def test_growth_within_a_period(rate, day_count, whole, ten_days):
    loan = lent(rate=rate, day_count=day_count, penalty=None)
    row = opened(loan).rows[0]
    assert growth(loan, row, START, DUE) == whole
    assert growth(loan, row, START, START + timedelta(10)) == ten_days


# --- penalty ------------------------------------------------------------------------------


def penalty_after(days, **terms):
    return replay(lent(**terms), [], after(days)).total("penalty")


def test_two_thousand_for_thirty_days():
    assert penalty_after(30) == 30_00


@pytest.mark.parametrize(
    ("days", "penalty"), [(0, 0), (1, 5_00), (10, 50_00), (30, 150_00), (365, 1825_00)]
)
def test_ten_thousand_at_half_a_thousandth(days, penalty):
    assert penalty_after(days, principal="10000") == penalty


@pytest.mark.parametrize("cap", [AmountCap("all", "1000"), InDuplum()])
def test_penalty_ends_where_it_equals_the_principal(cap):
    loan = lent("1000", caps=[cap])
    assert replay(loan, [], after(10)).total("penalty") == 5_00
    state = replay(loan, [], after(10_000))
    assert state.total("penalty") == 1000_00
    cut = 5000_00 - 1000_00
    assert (state.lost, state.backlog) == (
        (cut, 0) if type(cap) is InDuplum else (0, cut)
    )


def test_the_day_after_is_one_day_less():
    terms = PenaltyInterest(rate="0.05%/day", first_day="day_after")
    assert penalty_after(30, penalty=terms) == 29_00


@pytest.mark.parametrize(
    ("payment_day", "days"), [("not_counted", 10), ("counted", 11)]
)
def test_the_day_of_payment(payment_day, days):
    loan = lent(penalty=PenaltyInterest(rate="0.05%/day", payment_day=payment_day))
    assert replay(loan, [], after(10)).total("penalty") == days * 100
    assert replay(loan, [], DUE).total("penalty") == 0
    in_full = paid("2000", DUE)
    assert replay(loan, [in_full], after(10)).status == "closed"


@pytest.mark.parametrize(
    ("grace", "on_time", "late"), [("cliff", 0, 4_00), ("free", 0, 1_00)]
)
def test_three_days_of_grace(grace, on_time, late):
    loan = lent(penalty=PenaltyInterest(rate="0.05%/day", grace_days=3, grace=grace))
    assert replay(loan, [], after(3)).payoff == 2000_00 + on_time
    assert replay(loan, [], after(4)).total("penalty") == late
    assert replay(loan, [paid("2000", after(3))], after(4)).status == "closed"


@pytest.mark.parametrize(("rounded_for", "cents"), [("installment", 5), ("day", 6)])
def test_three_days_of_a_cent_and_two_thirds(rounded_for, cents):
    # 33.33 * 0.05 % = 0.016665: three days are 0.049995, or three times 0.02.
    terms = PenaltyInterest(rate="0.05%/day", rounded=rounded_for)
    assert penalty_after(3, principal="33.33", penalty=terms) == cents


def test_a_rounded_total_of_two_installments():
    # 10.00 each: on March 16 the first bears 29 days, 0.145, the second 1, 0.005.
    terms = PenaltyInterest(rate="0.05%/day", rounded="total")
    loan = lent("20", EqualPrincipal(2), penalty=terms)
    state = replay(loan, [], date(2026, 3, 16))
    assert [row["penalty"] for row in state.owed] == [15, 0]


@pytest.mark.parametrize(
    ("base", "cents"),
    [
        ("overdue_principal", 100_00),
        ("overdue_principal_and_interest", 101_00),
        ("overdue_installment", 101_50),
    ],
)
def test_what_penalty_is_charged_on(base, cents):
    terms = PenaltyInterest(rate="1%/day", base=base)
    before = OwedBefore(START, Decimal(1000), Decimal(10), Decimal(5))
    state = replay(lent("1", penalty=terms), [], START + timedelta(10), [before])
    assert state.total("penalty") == cents


@pytest.mark.parametrize(
    ("terms", "cents"),
    [
        ({"multiple": "1.5", "days_in_year": 360}, 15_00),
        ({"addition": Rate("18%/year"), "days_in_year": 360}, 15_00),
        ({"rate": Rate("3%/month"), "days_in_year": 360}, 10_00),
    ],
)
def test_rates_by_the_contract(terms, cents):
    # 36 % a year is 0.1 % a day of 360; 1000 for ten days.
    penalty = PenaltyInterest(**terms)
    loan = lent("1000", rate="36%/year", day_count="ACT/360", penalty=penalty)
    assert replay(loan, [], after(10)).total("penalty") == cents


def test_contract_interest_goes_on():
    penalty = PenaltyInterest(rate="0.05%/day", contract_interest="continues")
    loan = lent("1000", rate="0.1%/day", penalty=penalty)
    state = replay(loan, [], after(10))
    # 31 days of the plan, and ten more; penalty is on the principal alone.
    assert (state.total("interest"), state.total("penalty")) == (41_00, 5_00)


def test_interest_on_interest_from_the_compounding_day():
    daily = Compounding(["penalty"], "daily")
    penalty = PenaltyInterest(rate="1%/day", compounding=daily)
    # Penalty 10.00 a day; nights bear 1 % of 0, 10, 20 that the mornings found.
    state = replay(lent("1000", penalty=penalty), [], after(3))
    assert (state.total("penalty"), state.total("compound")) == (30_00, 30)
    monthly = Compounding(["penalty"], "monthly", day=16)
    penalty = PenaltyInterest(rate="1%/day", compounding=monthly)
    state = replay(lent("1000", penalty=penalty), [], after(3))
    assert (state.total("penalty"), state.total("compound")) == (30_00, 20)


def test_a_pause_bears_nothing():
    pause = InterestPause(id="s1", on=after(5))
    resume = InterestResume(id="s2", on=after(15))
    assert replay(lent(), [pause, resume], after(30)).total("penalty") == 20_00
    with pytest.raises(Refused):
        replay(lent(), [resume], after(30))


# --- late charges and caps ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "terms", "cents"),
    [
        ("5%", {"least": "10"}, 100_00),
        ("0.1%", {"least": "10"}, 10_00),
        ("5%", {"most": "50"}, 50_00),
        ("25", {}, 25_00),
        ("25", {"tolerance": "2000"}, 0),
    ],
)
def test_a_late_charge_is_made_once(amount, terms, cents):
    loan = lent(penalty=None, late_charges=[LateCharge("late", amount, **terms)])
    assert replay(loan, [], DUE).total("penalty") == 0
    assert replay(loan, [], after(1)).total("penalty") == cents
    assert replay(loan, [], after(40)).total("penalty") == cents


def test_a_rate_cap_holds_back_what_it_allows_later():
    cap = RateCap("highest", "0.04%/day", until=after(10))
    loan = lent(caps=[cap])
    state = replay(loan, [], after(10))
    assert (state.total("penalty"), state.backlog) == (8_00, 2_00)
    # The tenth night is free of it: what was held back, and that day.
    assert replay(loan, [], after(11)).total("penalty") == 11_00


# --- allocation ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "cleared"),
    [
        (90, {"fee": 20_00, "interest": 50_00, "principal": 30_00}),
        (91, {"principal": 100_00}),
    ],
)
def test_the_order_turns_after_ninety_days(days, cleared):
    tier = AllocationTier(91, PRINCIPAL_FIRST)
    loan = lent("1", penalty=None, allocation=Allocation(FEES_FIRST, tiers=[tier]))
    before = OwedBefore(
        START - timedelta(days), Decimal(1000), Decimal(50), Decimal(20)
    )
    state = replay(loan, [paid("100", START)], START, [before])
    assert state.days_past_due == days
    assert state.allocations["p1"] == {
        (1, part): amount for part, amount in cleared.items()
    }


def test_installment_by_installment_or_component_by_component():
    before = [
        OwedBefore(START - timedelta(60), Decimal(100), Decimal(10)),
        OwedBefore(START - timedelta(30), Decimal(100), Decimal(10)),
    ]
    found = {}
    for by in ("installment", "component"):
        loan = lent("1", penalty=None, allocation=Allocation(FEES_FIRST, by))
        state = replay(loan, [paid("50", START)], START, before)
        found[by] = state.allocations["p1"]
    assert found["installment"] == {(1, "interest"): 10_00, (1, "principal"): 40_00}
    assert found["component"] == {
        (1, "interest"): 10_00,
        (2, "interest"): 10_00,
        (1, "principal"): 30_00,
    }


@pytest.mark.parametrize(
    ("future", "principals"),
    [
        ("next", {1: 300, 2: 200}),
        ("last", {3: 300, 2: 200}),
        ("next_last", {1: 300, 3: 200}),
        ("spread", {1: 167, 2: 167, 3: 166}),
        ("credit", {"credit": 500}),
    ],
)
def test_money_before_its_time(future, principals):
    loan = lent("9", EqualPrincipal(3), allocation=Allocation(future=future))
    state = replay(loan, [paid("5", START)], START)
    assert state.allocations["p1"] == {
        key if key == "credit" else (key, "principal"): amount
        for key, amount in principals.items()
    }


def test_a_kind_of_payment_has_its_own_rule():
    kinds = {"refund": Allocation(future="last")}
    loan = lent("9", EqualPrincipal(3), allocation=Allocation(kinds=kinds))
    back = Refund(id="r1", on=START, amount="1")
    assert replay(loan, [back], START).allocations["r1"] == {(3, "principal"): 100}


def test_a_payment_says_itself_where_it_goes():
    loan = lent("9", EqualPrincipal(3), penalty=None)
    second = paid("4", START, installments=[2])
    assert replay(loan, [second], START).allocations["p1"] == {
        (2, "principal"): 300,
        "credit": 100,
    }
    before = [OwedBefore(START, Decimal(3), Decimal(2))]
    split = paid("4", START, split={"principal": "3", "interest": "1"})
    assert replay(loan, [split], START, before).allocations["p1"] == {
        (1, "interest"): 100,
        (1, "principal"): 300,
    }
    too_much = paid("4", START, split={"principal": "1", "interest": "3"})
    with pytest.raises(Refused):
        replay(loan, [too_much], START, before)
    order = paid("2", START, order=PRINCIPAL_FIRST)
    state = replay(loan, [order], START, before)
    assert state.allocations["p1"] == {(1, "principal"): 200}


def test_a_credit_pays_what_falls_due():
    loan = lent("9", EqualPrincipal(3), allocation=Allocation(future="credit"))
    advance = paid("5", START)
    assert replay(loan, [advance], after(-1)).credit == 500
    state = replay(loan, [advance], DUE)
    assert (state.credit, state.owed[0]["principal"]) == (200, 0)
    with pytest.raises(Refused):
        replay(loan, [advance, Payout(id="y1", on=DUE, amount="2.01")], DUE)


# --- prepayment and payoff ----------------------------------------------------------------


def test_interest_to_the_day():
    # 1000 * 12 % * 10 / 365 = 3.2877
    loan = lent("1000", rate="12%/year", day_count="ACT/365F")
    state = replay(loan, [], START + timedelta(10))
    assert (state.accrued, state.payoff) == (3_29, 1003_29)
    closing = paid("1004", START + timedelta(10))
    state = replay(loan, [closing], START + timedelta(40))
    assert (state.status, state.credit) == ("closed", 71)
    period = Prepayment(interest="period")
    loan = lent("1000", rate="12%/year", day_count="ACT/365F", prepayment=period)
    assert replay(loan, [], START + timedelta(10)).payoff == 1010_19


def test_what_was_prepaid_to_the_end_of_its_period_goes_on_bearing():
    words = {"prepayment": Prepayment(interest="period"), "interest_on": "balance"}
    loan = lent("1000", rate="12%/year", day_count="ACT/365F", penalty=None, **words)
    days = [START + timedelta(days) for days in (10, 20)]
    closing, part = paid("1010.19", days[0]), paid("500", days[0], effect="shorter")
    for first in (closing, part):
        back = Reversal(id="r1", on=days[1], of="p1", reversed_as="today")
        state = replay(loan, [first, back], days[1])
        # 31 days on 1,000, of which 20 are over.
        assert (dues(state, 1), state.accrued) == ([(1000_00, 10_19)], 6_58)
    state = replay(loan, [part], days[1])
    assert (dues(state, 1), state.accrued) == ([(500_00, 10_19)], 6_58)


@pytest.mark.parametrize(
    ("effect", "left"),
    [("shorter", [250, 200, 0]), ("smaller", [150, 150, 150]), ("next", [0, 200, 250])],
)
@pytest.mark.parametrize("method", [LevelPayment, EqualPrincipal])
def test_three_hundred_prepaid_of_seven_hundred_fifty(method, effect, left):
    loan = lent(
        "1000",
        method(4),
        allocation=Allocation(future="principal"),
        prepayment=Prepayment(effect=effect),
    )
    state = replay(loan, [paid("550", DUE)], DUE)
    assert [row["principal"] for row in state.owed[1:]] == [100 * due for due in left]


def test_prepaid_principal_bears_no_more_interest():
    # 1 % a month on 1000, of which 500 is prepaid on the first due date, for 1 %.
    loan = lent(
        "1000",
        InterestOnly(2),
        "1%/month",
        penalty=None,
        allocation=Allocation(future="principal"),
        prepayment=Prepayment(fee=PrepaymentFee("1%")),
    )
    state = replay(loan, [paid("515", DUE)], DUE)
    assert state.owed[1]["principal"] == 500_00
    assert state.owed[1]["interest"] == 5_00
    assert state.allocations["p1"] == {
        (1, "interest"): 10_00,
        (2, "fee"): 5_00,
        (2, "principal"): 500_00,
    }


def test_a_smaller_level_payment_is_solved_anew():
    # 1 % a month, three installments: 340.02 each. After the first, 669.98 less 300
    # is 369.98, over two months: 369.98 / (1 / 1.01 + 1 / 1.01**2) = 187.77.
    loan = lent(
        "1000",
        LevelPayment(3),
        "1%/month",
        penalty=None,
        allocation=Allocation(future="principal"),
        prepayment=Prepayment(effect="smaller"),
    )
    state = replay(loan, [paid("640.02", DUE)], DUE)
    assert [row["interest"] for row in state.owed] == [0, 3_70, 1_86]
    assert [row["principal"] for row in state.owed] == [0, 184_07, 185_91]


def test_interest_on_the_balance_of_each_day():
    # 36.5 % a year: 10.00 for ten days, which the payment clears with 390 of principal,
    # and 610 for the other 21 days.
    terms = {"rate": "36.5%/year", "day_count": "ACT/365F", "penalty": None}
    early = paid("400", START + timedelta(10))
    kept = replay(lent("1000", **terms), [early], DUE)
    saved = replay(lent("1000", interest_on="balance", **terms), [early], DUE)
    # By the plan, 31.00 for the whole period, which the payment cleared first.
    assert kept.total("interest") == 0
    assert kept.total("principal") == 631_00
    assert saved.allocations["p1"] == {(1, "interest"): 10_00, (1, "principal"): 390_00}
    assert (saved.total("interest"), saved.total("principal")) == (12_81, 610_00)


def six_months_at_seven(principal, **terms):
    """Lent on New Year's Day; one unit earns 0.07 / 12 a month, by days within one."""
    terms = {"day_count": "1/12", "penalty": None, "interest_on": "balance"} | terms
    servicing = {
        name: terms.pop(name) for name in list(terms) if hasattr(Servicing(), name)
    }
    return InstallmentLoan(
        currency="CNY",
        principal=principal,
        disbursed=date(2026, 1, 1),
        every="monthly",
        rate=Rate("7%/year"),
        repayment=LevelPayment(6),
        servicing=Servicing(**servicing),
        **terms,
    )


def dues(state, *numbers):
    rows = [state.owed[number - 1] for number in numbers]
    return [(row["principal"], row["interest"]) for row in rows]


@pytest.mark.parametrize(
    ("day_count", "first", "second"),
    [
        # 14 of 31 days: 0.2634, and 0.2663 on 83.25: 0.53, of which 0.27 is left.
        ("1/12", {(1, "interest"): 26, (1, "principal"): 16_75}, (16_25, 49 + 27)),
        # 14 of 30 days: 0.2722, and 0.2590 on 83.26: 0.53, of which 0.26 is left.
        ("30E/360", {(1, "interest"): 27, (1, "principal"): 16_74}, (16_26, 49 + 26)),
    ],
)
def test_an_installment_paid_in_the_middle_of_its_month(day_count, first, second):
    loan = six_months_at_seven("100", day_count=day_count)
    early = paid("17.01", date(2026, 1, 15))
    for day in (date(2026, 1, 15), date(2026, 2, 1)):
        state = replay(loan, [early], day)
        assert state.allocations["p1"] == first
        assert dues(state, 1, 2) == [(0, 0), second]


def test_a_second_payment_in_a_month_that_is_cleared():
    # By January 20 another 0.0783 accrued: 0.34 in all, less 0.26, owed with row 2.
    loan = six_months_at_seven("100")
    early = paid("17.01", date(2026, 1, 15))
    state = replay(loan, [early], date(2026, 1, 20))
    assert (state.accrued, state.payoff) == (8, 83_33)
    more = Payment(id="p2", on=date(2026, 1, 20), amount="1")
    state = replay(loan, [early, more], date(2026, 1, 20))
    assert state.allocations["p2"] == {(2, "interest"): 8, (2, "principal"): 92}
    # On 82.33: January 0.5276 in all, less 0.26 and 0.08; February 0.48; 16.01 to pay.
    assert dues(state, 1, 2) == [(0, 0), (16_01 - 67, 48 + 19)]
    # What January carried on is owed from the first day of February.
    settled = replay(loan, [early, more], date(2026, 2, 1))
    assert (settled.accrued, settled.payoff) == (19, 82_52)


def test_a_cleared_month_settled_to_its_end():
    terms = Prepayment(interest="period")
    loan = six_months_at_seven("100", prepayment=terms)
    early = paid("17.01", date(2026, 1, 15))
    assert replay(loan, [early], date(2026, 1, 20)).payoff == 83_25 + 27


def test_a_settlement_of_a_cleared_month_reversed_today():
    loan = six_months_at_seven("100")
    on = date(2026, 1, 20)
    early, last = paid("17.01", date(2026, 1, 15)), Payment(id="p2", on=on, amount="90")
    state = replay(loan, [early, last], on)
    assert (state.status, state.credit) == ("closed", 90_00 - 83_33)
    next_day = date(2026, 1, 21)
    back = Reversal(id="x1", on=next_day, of="p2", reversed_as="today")
    state = replay(loan, [early, last, back], next_day)
    # Nothing was owed, and nothing accrued, that night.
    assert (state.credit, state.total("principal"), state.payoff) == (0, 83_25, 83_33)


def test_all_of_the_principal_bears_interest_until_it_is_paid():
    # 136.07 a month: 131.40 and 4.67. On February 2, 800 bore one day of 28, and
    # 668.60 is taken to bear the other 27: 0.1667 and 3.7609.
    loan = six_months_at_seven("800")
    assert dues(replay(loan, [], date(2026, 2, 1)), 1, 2) == [
        (131_40, 4_67),
        (132_17, 3_90),
    ]
    state = replay(loan, [], date(2026, 2, 2))
    assert dues(state, 1, 2) == [(131_40, 4_67), (132_14, 3_93)]
    assert (state.accrued, state.payoff) == (17, 804_84)
    # By March 1, all 28 days on 800; 537.20 is left for March.
    ended = replay(loan, [], date(2026, 3, 1))
    assert dues(ended, 2, 3) == [(131_40, 4_67), (132_94, 3_13)]
    replaced = PenaltyInterest(rate="0%/day", days_in_year=360)
    loan = six_months_at_seven("800", penalty=replaced)
    assert dues(replay(loan, [], date(2026, 3, 1)), 2) == [(132_17, 3_90)]


def test_an_overdue_installment_paid_late_and_one_not_asked_for():
    # Ten of 28 days on 800, 18 on 668.60, whoever asks in between: 1.6667 and 2.5073.
    loan = six_months_at_seven("800")
    late = paid("136.07", date(2026, 2, 11))
    nothing = Payment(id="p0", on=date(2026, 2, 7), amount=0)
    for events in ([late], [nothing, late]):
        for day in (date(2026, 2, 11), date(2026, 3, 1)):
            state = replay(loan, events, day)
            assert dues(state, 1, 2) == [(0, 0), (136_07 - 4_17, 4_17)]


def test_principals_that_are_stated_stay():
    # 500.00 and 0.1 % a day: ten days on 1000 and 18 on 500; then 10.00 of 19.00.
    penalty = PenaltyInterest(rate="0.05%/day", contract_interest="continues")
    loan = lent(
        "1000", EqualPrincipal(2), "0.1%/day", penalty=penalty, interest_on="balance"
    )
    state = replay(loan, [], after(10))
    assert dues(state, 1, 2) == [(500_00, 31_00), (500_00, 19_00)]
    assert (state.accrued, state.total("penalty")) == (10_00, 2_50)
    # 536 pays the overdue row and its penalty, and 2.50 of the ten days of row 2.
    state = replay(loan, [paid("536", after(10))], after(10))
    assert state.allocations["p1"][2, "interest"] == 2_50
    assert dues(state, 1, 2) == [(0, 0), (500_00, 16_50)]


@pytest.mark.parametrize(
    ("rate", "day_count", "penalty", "interest"),
    [
        ("0.1%/day", None, None, 31_00 + 10_00),
        ("36%/year", "30E/360", None, 30_00 + 10_00),
        ("3%/month", "1/12", None, 30_00),
        ("0.1%/day", None, "continues", 31_00 + 10_00),
        ("0.1%/day", None, "replaced", 31_00),
    ],
)
def test_after_the_last_period_by_the_day(rate, day_count, penalty, interest):
    terms = penalty and PenaltyInterest(rate="0%/day", contract_interest=penalty)
    servicing = {"penalty": terms, "interest_on": "balance"}
    loan = lent("1000", rate=rate, day_count=day_count, **servicing)
    assert replay(loan, [], after(10)).total("interest") == interest


@pytest.mark.parametrize("interest_on", ["schedule", "balance"])
def test_nothing_accrues_before_a_late_first_drawing(interest_on):
    loan = lent("1000", None, "0.1%/day", interest_on=interest_on)
    drawn = Disbursement(id="d1", on=START + timedelta(10), amount="1000")
    state = replay(loan, [drawn], START + timedelta(11), undrawn=True)
    assert dues(state, 1) == [(1000_00, 21_00)]
    assert (state.accrued, state.payoff) == (1_00, 1001_00)


def test_the_rule_of_78_of_three_months():
    # 6.00 of interest, 2.00 each. Within the second month, 4.00 of it is to come, and one
    # month has not begun: its rebate is 6 * 1 * 2 / (3 * 4) = 1.00.
    loan = lent(
        "600",
        AddOnInterest(3),
        "0.3333333333%/month",
        penalty=None,
        prepayment=Prepayment(unearned="rule_of_78"),
    )
    state = replay(loan, [paid("202", DUE)], after(14))
    assert state.payoff == 400_00 + 4_00 - 1_00
    # As the second month begins, two have not: 6 * 2 * 3 / (3 * 4) = 3.00.
    assert replay(loan, [paid("202", DUE)], DUE).payoff == 400_00 + 4_00 - 3_00


def test_fees_of_later_installments():
    for fees, later in (("waived", 0), ("due", 10_00)):
        terms = Prepayment(remaining_fees=fees)
        loan = lent("1000", FlatFee(2, "2%"), None, penalty=None, prepayment=terms)
        assert replay(loan, [], DUE).payoff == 1000_00 + 10_00 + later


# --- what else can happen -----------------------------------------------------------------


def test_reversed_as_if_never():
    on_time = paid("2000", DUE)
    never = Reversal(id="x1", on=after(20), of="p1")
    assert replay(lent(), [on_time, never], after(20)).total("penalty") == 20_00
    again = Reversal(id="x2", on=after(21), of="x1")
    assert replay(lent(), [never, again, on_time], after(30)).status == "closed"
    with pytest.raises(Refused):
        replay(lent(), [never], after(30))


def test_reversed_from_today():
    today = Reversal(id="x1", on=after(20), of="p1", reversed_as="today")
    state = replay(lent(), [paid("2000", DUE), today], after(25))
    assert (state.total("principal"), state.total("penalty")) == (2000_00, 5_00)


def test_a_chargeback_takes_what_was_cleared_last():
    before = [OwedBefore(START, Decimal(100), Decimal(10), Decimal(5))]
    loan = lent("1", penalty=None)
    back = Chargeback(id="b1", on=START + timedelta(1), of="p1", amount="90")
    payment = paid("100", START)
    state = replay(loan, [payment, back], START + timedelta(1), before)
    # 5.00, 10.00 and 85.00 were cleared; 85.00 and 5.00 come back.
    assert state.owed[0]["principal"] == 100_00
    assert (state.owed[0]["interest"], state.owed[0]["fee"]) == (5_00, 0)
    more = Chargeback(id="b2", on=START + timedelta(2), of="p1", amount="10.01")
    with pytest.raises(Refused):
        replay(loan, [payment, back, more], START + timedelta(2), before)


def test_a_settlement_reversed_today_owes_again_what_it_dropped():
    # 20.00 of interest for two months; the settlement on the first day owes none of it.
    loan = lent("1000", InterestOnly(2), "1%/month", penalty=None)
    on = START + timedelta(1)
    back = Reversal(id="x1", on=on, of="p1", reversed_as="today")
    state = replay(loan, [paid("1000", START), back], on)
    assert (state.total("principal"), state.total("interest")) == (1000_00, 20_00)
    assert (state.credit, state.paid["principal"]) == (0, 0)


def test_principal_drawn_in_parts():
    loan = lent("9", EqualPrincipal(3), penalty=None)
    draws = [
        Disbursement(id="d1", on=START, amount="6"),
        Disbursement(id="d2", on=after(-1), amount="3"),
    ]
    first = replay(loan, draws, START, undrawn=True)
    assert [row["principal"] for row in first.owed] == [200, 200, 200]
    both = replay(loan, draws, DUE, undrawn=True)
    assert [row["principal"] for row in both.owed] == [300, 300, 300]
    assert replay(loan, [], START, undrawn=True).status == "undrawn"
    with pytest.raises(Refused):
        replay(loan, draws[:1], START)


def test_a_waiver_is_of_what_is_due():
    half = Waiver(id="w1", on=after(30), component="penalty", amount="50%")
    state = replay(lent(), [half], after(31))
    assert state.total("penalty") == 15_00 + 1_00
    too_much = Waiver(id="w1", on=after(30), component="penalty", amount="30.01")
    with pytest.raises(Refused):
        replay(lent(), [too_much], after(30))


def test_a_charge_falls_due_with_the_next_installment():
    letter = Charge(id="c1", on=after(1), amount="25")
    loan = lent("9", EqualPrincipal(3))
    state = replay(loan, [letter], after(1))
    assert [row["fee"] for row in state.owed] == [0, 25_00, 0]
    state = replay(lent(), [letter], after(1))
    assert state.owed[0]["fee"] == 25_00


def test_acceleration_makes_all_due():
    # 1000 at 36.5 % a year for ten days: 10.00; 3 % of 1000 on top.
    loan = lent("1000", InterestOnly(3), "36.5%/year", day_count="ACT/365F")
    on = START + timedelta(10)
    state = replay(loan, [Acceleration(id="a1", on=on, charge="3%")], on)
    assert state.total("principal") == state.payoff - 40_00 == 1000_00
    assert (state.total("interest"), state.total("fee")) == (10_00, 30_00)
    late = replay(loan, [Acceleration(id="a1", on=on)], on + timedelta(4))
    assert (late.days_past_due, late.total("penalty")) == (4, 2_00)


def test_charged_off_and_written_off():
    off = ChargeOff(id="o1", on=after(10))
    state = replay(lent(), [off], after(30))
    assert (state.status, state.total("penalty")) == ("charged_off", 10_00)
    given_up = WriteOff(id="o2", on=after(40))
    state = replay(lent(), [off, given_up], after(50))
    assert (state.status, state.payoff, state.total("principal")) == (
        "written_off",
        0,
        0,
    )
    all_of_it = Recovery(id="v1", on=after(50), amount="2010")
    assert replay(lent(), [off, given_up, all_of_it], after(50)).payoff == 0
    more = Recovery(id="v1", on=after(50), amount="2010.01")
    with pytest.raises(Refused):
        replay(lent(), [off, given_up, more], after(50))


@pytest.mark.parametrize(("days", "late"), [(0, 0), (2, 2), (3, 0), (4, 4)])
def test_days_past_due(days, late):
    terms = DaysPastDue(grace_days=3 if days > 2 else 0)
    assert replay(lent(days_past_due=terms), [], after(days)).days_past_due == late


def test_accelerated_principal_bears_interest_by_the_day():
    # 10.00 accrued by the tenth day; 1000 at 0.1 % a day for four more.
    loan = lent(
        "1000", InterestOnly(3), "0.1%/day", penalty=None, interest_on="balance"
    )
    on = START + timedelta(10)
    state = replay(loan, [Acceleration(id="a1", on=on)], on + timedelta(4))
    assert dues(state, 1, 2, 3) == [(0, 10_00), (0, 0), (1000_00, 4_00)]


def test_a_charge_off_ends_interest_that_is_to_come():
    # 50.26 of 100.35 is paid: two days on 50.09 are 0.05, of 0.18 for the week.
    loan = InstallmentLoan(
        currency="CNY",
        principal="100",
        disbursed=START,
        every="weekly",
        rate=Rate("0.05%/day"),
        repayment=LevelPayment(2),
        servicing=Servicing(interest_on="balance"),
    )
    week = START + timedelta(7)
    on = week + timedelta(2)
    off = ChargeOff(id="o1", on=on)
    for amount, overdue in (("50.26", 0), ("49", 1_26)):
        for day in (on, on + timedelta(4), on + timedelta(30)):
            state = replay(loan, [paid(amount, week), off], day)
            assert dues(state, 1, 2) == [(overdue, 0), (50_09, 5)]
    going_on = ChargeOff(id="o1", on=on, stops_accrual=False)
    state = replay(loan, [paid("50.26", week), going_on], on)
    assert dues(state, 2) == [(50_09, 18)]


# --- what is to come ----------------------------------------------------------------------

DAILY = Rate("0.04%/day")
FOUR = {"principal": "1000", "repayment": EqualPrincipal(4), "rate": Rate("1%/month")}


@pytest.mark.parametrize(
    ("agreed", "day", "asked"),
    [
        # 500 are drawn on 20 February; 12.40 were due, and 750 bear 0.30 a day.
        (
            {"drawdowns": [Drawdown(after(5), "500")], "rate": DAILY},
            START,
            100_000,
        ),
        (
            {"drawdowns": [Drawdown(after(5), "500")], "rate": DAILY},
            after(5),
            151_390,
        ),
        # 10.00 have joined the principal, and 5 of 28 days of 10.10 are earned.
        (
            {"holidays": [Holiday(1, 2, "payment", interest="capitalize")]},
            START,
            100_000,
        ),
        (
            {"holidays": [Holiday(1, 2, "payment", interest="capitalize")]},
            after(5),
            101_180,
        ),
        # 10.00 are carried, and 5 of 28 days of 10.00 are earned.
        (
            {"holidays": [Holiday(1, 2, "payment", interest="carry")]},
            after(5),
            101_179,
        ),
        # 10.00 and 8.33 of a quarter.
        (
            {
                "interest_payments": InterestPayments("quarterly"),
                "repayment": EqualPrincipal(6),
            },
            date(2026, 3, 15),
            101_833,
        ),
    ],
)
def test_a_payoff_is_of_what_was_lent_and_earned(agreed, day, asked):
    words = {"currency": "CNY", "disbursed": START, "every": "monthly"}
    small = InstallmentLoan(**(words | FOUR | agreed))
    assert replay(small, [], day).payoff == asked
