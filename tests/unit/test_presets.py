"""Presets: what they put into a loan, what they refuse, and what their facts say."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanmath import HeadTail, Rate, Step
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    LoanmathError,
    TermsError,
    UnknownNameError,
)
from loanmath.presets import Fact, cn
from loanmath.presets.cn.methods import repayment_by
from loanmath.terms import (
    BrokenPeriod,
    EqualPrincipal,
    Index,
    InterestOnly,
    LevelPayment,
    SinglePayment,
    SteppedRate,
)

DAY = date(2026, 1, 15)
DAILY = Rate("0.04%/day")
YEARLY = Rate("6%/year")
FACTS = [(name, getattr(cn, name)) for name in cn.__all__ if name.isupper()]


def column(loan, name):
    return [str(getattr(row, name)) for row in loan.schedule()]


def dues(loan):
    return [str(row.due) for row in loan.schedule()]


# --- facts --------------------------------------------------------------------------


def test_a_fact_keeps_its_value_date_and_source():
    fact = Fact(
        "7.5%", in_force=date(2022, 1, 6), source="a page", recalled=False, note="list"
    )
    assert (fact.value, fact.in_force, fact.source) == (
        "7.5%",
        date(2022, 1, 6),
        "a page",
    )
    assert (fact.recalled, fact.note) == (False, "list")
    same = Fact(
        "7.5%", in_force=date(2022, 1, 6), source="a page", recalled=False, note="list"
    )
    assert fact == same
    assert hash(fact) == hash(same)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        fact.value = "8%"
    assert Fact(1, in_force=None, source="", recalled=True).note == ""


class Unhashable:
    def __hash__(self):
        raise RuntimeError("hash")


@pytest.mark.parametrize(
    ("change", "error", "what"),
    [
        ({"value": {3: "2.3%"}}, InputTypeError, "value"),
        ({"value": Unhashable()}, InputTypeError, "value"),
        ({"in_force": datetime(2022, 1, 6)}, InputTypeError, "in_force"),
        ({"in_force": date(1899, 12, 31)}, DateRangeError, "in_force"),
        ({"source": None}, InputTypeError, "source"),
        ({"note": 3}, InputTypeError, "note"),
        ({"recalled": 0}, InputTypeError, "recalled"),
        ({"source": "", "recalled": False}, TermsError, "source"),
    ],
)
def test_a_fact_refuses_what_is_no_fact(change, error, what):
    words = {"value": 1, "in_force": None, "source": "a page", "recalled": False}
    with pytest.raises(error) as refusal:
        Fact(**(words | change))
    assert refusal.value.what == what


def test_every_constant_is_a_fact_and_dated_or_noted():
    assert len(FACTS) == 30
    for name, fact in FACTS:
        assert type(fact) is Fact, name
        assert fact.recalled or fact.source, name
        assert fact.in_force is None or fact.in_force >= date(2004, 1, 1), name
        assert not fact.recalled or fact.note, f"{name} does not say what is recalled"


def test_what_is_only_remembered_says_so():
    recalled = {name for name, fact in FACTS if fact.recalled}
    assert recalled == {
        "CARD_ALLOCATION",
        "CARD_CASH_FEE",
        "CARD_LINE_ALLOCATION",
        "CARD_RATE",
        "CIVIL_CODE_ALLOCATION",
        "HUABEI_CONSUMER_FEES",
        "JIEBEI_RATES",
        "LPR_1Y",
        "LPR_5Y",
        "PENALTY_MULTIPLES",
        "PRIVATE_LENDING_24",
        "PRIVATE_LENDING_36",
        "REMINDER_POLICY",
        "REMINDER_STAGES",
    }


# --- Huabei-like --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "fees", "fee"),
    [
        (3, "merchant_2022", Fraction(23, 1000)),
        (6, "merchant_2022", Fraction(45, 1000)),
        (12, cn.HuabeiFees.MERCHANT_2022, Fraction(75, 1000)),
        (3, "consumer", Fraction(25, 1000)),
        (6, "consumer", Fraction(45, 1000)),
        (9, cn.HuabeiFees.CONSUMER, Fraction(65, 1000)),
        (12, "consumer", Fraction(88, 1000)),
    ],
)
def test_the_fee_is_the_table_s(count, fees, fee):
    assert cn.huabei_like("1000", DAY, count, fees=fees).repayment.fee == fee


def test_a_stated_fee_goes_before_the_table():
    assert cn.huabei_like("1000", DAY, 24, fee="9%").repayment.fee == Fraction(9, 100)
    third = Fraction(1, 30)
    assert cn.huabei_like("1000", DAY, 3, fee=third).repayment.fee == third


@pytest.mark.parametrize("paid_by", ["merchant", cn.PaidBy.MERCHANT])
def test_a_merchant_who_pays_leaves_principal_alone(paid_by):
    loan = cn.huabei_like("1000", DAY, 3, paid_by=paid_by)
    assert column(loan, "payment") == ["333.34", "333.33", "333.33"]
    assert str(loan.schedule().totals.fee) == "0.00"
    assert len(cn.huabei_like("1000", DAY, 24, paid_by=paid_by).schedule()) == 24


@pytest.mark.parametrize(
    ("posted", "due_day", "first"),
    [
        (date(2026, 8, 1), 10, date(2026, 9, 10)),
        (date(2026, 8, 31), 10, date(2026, 9, 10)),
        (date(2026, 8, 31), 9, date(2026, 9, 9)),
        (date(2025, 12, 31), 8, date(2026, 1, 8)),
        (date(2026, 8, 4), 15, date(2026, 8, 15)),
        (date(2026, 8, 5), 15, date(2026, 9, 15)),
        (date(2026, 8, 9), 20, date(2026, 8, 20)),
        (date(2026, 8, 10), 20, date(2026, 9, 20)),
    ],
)
def test_the_first_installment_is_in_the_next_bill(posted, due_day, first):
    plan = cn.huabei_like("1000", posted, 3, due_day=due_day).schedule()
    assert plan[0].due == first
    assert [row.due.day for row in plan] == [due_day] * 3


def test_the_longest_time_to_the_first_due_date_is_forty_days():
    days = [
        (cn.huabei_like("1000", posted, 3).schedule()[0].due - posted).days
        for posted in (date(2026, 8, day) for day in range(1, 32))
    ]
    assert (min(days), max(days)) == (10, 40)


@given(
    fen=st.integers(1, 10**9) | st.integers(1, 100),
    count=st.integers(1, 36),
    permyriad=st.integers(0, 2000),
)
def test_shares_are_floors_and_the_first_takes_both_remainders(fen, count, permyriad):
    amount = Decimal(fen).scaleb(-2)
    fee = Fraction(permyriad, 10_000)
    plan = cn.huabei_like(amount, DAY, count, fee=fee).schedule()
    total = round(fen * fee)  # Python rounds a Fraction half to even
    share, fee_share = fen // count, total // count
    rows = [(int(row.principal * 100), int(row.fee * 100)) for row in plan]
    assert rows[1:] == [(share, fee_share)] * (count - 1)
    assert rows[0] == (fen - (count - 1) * share, total - (count - 1) * fee_share)


@pytest.mark.parametrize(
    ("words", "error", "what"),
    [
        ({"count": 9}, InputValueError, "count"),
        ({"count": 24, "fees": "consumer"}, InputValueError, "count"),
        ({"count": True}, InputTypeError, "count"),
        ({"count": 0}, LimitError, "count"),
        ({"count": [3]}, InputTypeError, "count"),
        ({"fee": 0.075}, InputTypeError, "fee"),
        ({"fee": "7.5"}, InputValueError, "fee"),
        ({"fee": "7.5%", "paid_by": "merchant"}, TermsError, "fee"),
        ({"fees": "2022"}, UnknownNameError, "fees"),
        ({"paid_by": "buyer"}, UnknownNameError, "paid_by"),
        ({"due_day": 11}, InputValueError, "due_day"),
        ({"due_day": True}, InputTypeError, "due_day"),
        ({"due_day": None}, InputTypeError, "due_day"),
        ({"disbursed": datetime(2026, 1, 15)}, InputTypeError, "disbursed"),
        ({"disbursed": date(2200, 12, 31)}, DateRangeError, None),
        ({"principal": "0"}, LimitError, "principal"),
        ({"principal": 12.5}, InputTypeError, "principal"),
    ],
)
def test_a_huabei_like_plan_refuses(words, error, what):
    given_words = {"principal": "1000", "disbursed": DAY, "count": 3} | words
    with pytest.raises(error) as refusal:
        cn.huabei_like(**given_words)
    assert what in (None, refusal.value.what)


def test_an_unknown_count_is_told_to_state_the_fee():
    with pytest.raises(InputValueError, match=r"allowed: 3, 6, 12; state the fee"):
        cn.huabei_like("1000", DAY, 9)


# --- Jiebei-like and its class ------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "repayment"),
    [
        ("level", LevelPayment(6)),
        ("equal_principal", EqualPrincipal(6)),
        (cn.Method.INTEREST_ONLY, InterestOnly(6)),
        ("single", SinglePayment(6)),
    ],
)
def test_methods_become_their_terms(method, repayment):
    assert repayment_by(method, 6) == repayment
    loan = cn.jiebei_like("10000", DAY, 6, DAILY, method=method)
    assert (loan.repayment, loan.rate, loan.counted_by.name) == (
        repayment,
        DAILY,
        "ACT/365F",
    )


def test_interest_of_the_four_methods_by_hand():
    # 31, 28 and 31 days from 15 January 2026 at 0.04 % a day: 4.00 a day on 10,000.
    interest = {
        "interest_only": ["124.00", "112.00", "124.00"],
        "equal_principal": ["124.00", "74.67", "41.33"],
        "single": ["360.00"],
    }
    for method, cells in interest.items():
        loan = cn.jiebei_like("10000", DAY, 3, DAILY, method=method)
        assert column(loan, "interest") == cells


def test_the_three_constructions_are_three_contracts():
    def build(construction):
        return cn.jiebei_like("10000", DAY, 12, DAILY, construction=construction)

    assert build("exact").repayment == LevelPayment(12)
    thirty = build(cn.MonthLength.THIRTY_DAY_MONTH)
    assert thirty.repayment == LevelPayment(12, sized_by="30/360 CN")
    assert thirty.rate == DAILY
    monthly = build("daily_times_365_over_12")
    assert monthly.rate == Rate("73/60%/month")
    assert monthly.counted_by.name == "1/12"
    assert monthly.repayment == LevelPayment(12)


def test_a_first_period_of_any_length_is_charged_by_actual_days():
    shorter = cn.jiebei_like("10000", DAY, 3, DAILY, first_due=date(2026, 2, 10))
    longer = cn.jiebei_like("10000", DAY, 3, DAILY, due_day=20)
    both = cn.jiebei_like(
        "10000", DAY, 3, DAILY, due_day=10, first_due=date(2026, 2, 10)
    )
    assert str(shorter.schedule()[0].interest) == "104.00"  # 26 days
    assert str(longer.schedule()[0].interest) == "144.00"  # 36 days
    assert dues(longer) == ["2026-02-20", "2026-03-20", "2026-04-20"]
    assert dues(both) == dues(shorter) == ["2026-02-10", "2026-03-10", "2026-04-10"]


@pytest.mark.parametrize(
    ("words", "error", "what"),
    [
        ({"rate": Rate("12%/year")}, TermsError, "rate"),
        ({"rate": Rate("1%/month")}, TermsError, "rate"),
        ({"rate": "0.04%/day"}, InputTypeError, "rate"),
        ({"rate": None}, InputTypeError, "rate"),
        ({"method": "bullet"}, UnknownNameError, "method"),
        ({"method": None}, InputTypeError, "method"),
        ({"construction": "thirty"}, UnknownNameError, "construction"),
        ({"construction": 30}, InputTypeError, "construction"),
        (
            {"construction": "thirty_day_month", "method": "single"},
            TermsError,
            "construction",
        ),
        (
            {"construction": "daily_times_365_over_12", "method": "interest_only"},
            TermsError,
            "construction",
        ),
        (
            {"construction": "daily_times_365_over_12", "due_day": 15},
            TermsError,
            "due_day",
        ),
        (
            {"construction": "daily_times_365_over_12", "first_due": DAY},
            TermsError,
            "first_due",
        ),
        ({"due_day": 32}, LimitError, "due_day"),
        ({"first_due": date(2026, 1, 14)}, DateRangeError, "first_due"),
        ({"due_day": 20, "first_due": date(2026, 2, 21)}, TermsError, "first_due"),
        ({"count": 0}, LimitError, "count"),
        ({"count": 1201}, LimitError, None),
    ],
)
def test_a_jiebei_like_loan_refuses(words, error, what):
    given_words = {"principal": "10000", "disbursed": DAY, "count": 12, "rate": DAILY}
    with pytest.raises(error) as refusal:
        cn.jiebei_like(**(given_words | words))
    assert what in (None, refusal.value.what)


@pytest.mark.parametrize("count", [5, 10, 20])
def test_a_weilidai_like_loan_has_equal_principal(count):
    loan = cn.weilidai_like("2000", DAY, count)
    assert loan.repayment == EqualPrincipal(count)
    assert loan.rate == Rate("0.05%/day")
    assert column(loan, "principal") == [f"{2000 // count}.00"] * count


def test_a_weilidai_like_loan_takes_a_rate_and_a_due_day():
    loan = cn.weilidai_like("2000", DAY, 5, rate=Rate("0.02%/day"), due_day=1)
    assert dues(loan)[0] == "2026-03-01"
    assert column(loan, "interest")[0] == "18.00"  # 45 days, 0.40 a day


@pytest.mark.parametrize(
    ("count", "error"),
    [
        (12, InputValueError),
        (0, LimitError),
        (True, InputTypeError),
        ("5", InputTypeError),
    ],
)
def test_a_weilidai_like_loan_has_no_other_count(count, error):
    with pytest.raises(error) as refusal:
        cn.weilidai_like("2000", DAY, count)
    assert refusal.value.what == "count"


def test_a_xiaomi_like_loan_pays_interest_first():
    loan = cn.xiaomi_like("10000", DAY)
    assert loan.repayment == InterestOnly(6)
    assert column(loan, "principal") == ["0.00"] * 5 + ["10000.00"]
    shorter = cn.xiaomi_like("10000", DAY, 3, rate=DAILY, due_day=20)
    assert column(shorter, "interest") == ["144.00", "112.00", "124.00"]
    with pytest.raises(TermsError):
        cn.xiaomi_like("10000", DAY, rate=YEARLY)


# --- bank loans ---------------------------------------------------------------------


def test_a_bank_loan_counts_whole_months_and_odd_days():
    loan = cn.bank_loan("10000", date(2026, 7, 1), 3, YEARLY, method="single")
    assert column(loan, "interest") == ["150.00"]  # 90 of 360 days
    actual = cn.bank_loan(
        "10000", date(2026, 7, 1), 3, YEARLY, method="single", day_count="ACT/360"
    )
    assert column(actual, "interest") == ["153.33"]  # 92 of 360 days


def test_month_ends_count_as_whole_months():
    loan = cn.bank_loan(
        "120000", date(2026, 1, 31), 3, Rate("0.5%/month"), method="interest_only"
    )
    assert dues(loan) == ["2026-02-28", "2026-03-31", "2026-04-30"]
    assert column(loan, "interest") == ["600.00"] * 3


def test_first_days_are_due_on_top_of_the_first_payment():
    # 5 odd days of 20.00 each, and then a month as all others.
    loan = cn.bank_loan("120000", DAY, 12, YEARLY, due_day=20)
    regular = cn.bank_loan("120000", date(2026, 1, 20), 12, YEARLY)
    assert loan.broken_period is BrokenPeriod.ADDED
    assert dues(loan)[0] == "2026-02-20"
    first, *rest = column(loan, "payment")
    assert rest == column(regular, "payment")[1:]
    assert Decimal(first) - Decimal(column(regular, "payment")[0]) == 100


def test_methods_without_a_level_payment_carry_the_first_days_too():
    for method in ("equal_principal", "interest_only"):
        loan = cn.bank_loan("120000", DAY, 3, YEARLY, method=method, due_day=20)
        assert column(loan, "interest")[0] == "700.00"
    single = cn.bank_loan("120000", DAY, 3, YEARLY, method="single", due_day=20)
    assert single.broken_period is BrokenPeriod.COUNTED
    assert dues(single) == ["2026-04-20"]


def test_a_bank_loan_takes_other_steps_and_changing_rates():
    loan = cn.bank_loan(
        "120000", DAY, 4, YEARLY, method="interest_only", every="quarterly"
    )
    assert loan.every == Step(months=3)
    assert column(loan, "interest") == ["1800.00"] * 4
    stepped = SteppedRate(YEARLY, {date(2026, 2, 15): Rate("3%/year")})
    changed = cn.bank_loan("120000", DAY, 2, stepped, method="interest_only")
    assert column(changed, "interest") == ["600.00", "300.00"]
    dates = cn.bank_loan("120000", DAY, 1, YEARLY, every=[date(2026, 2, 20)])
    assert column(dates, "interest") == ["700.00"]  # one month and five days


def test_a_bank_loan_refuses():
    for words, error in (
        ({"method": "balloon"}, UnknownNameError),
        ({"rate": "6%/year"}, InputTypeError),
        ({"rate": None}, TermsError),
        ({"every": "fortnightly"}, UnknownNameError),
        ({"day_count": "30/361"}, UnknownNameError),
        ({"count": 1.0}, InputTypeError),
    ):
        given_words = {"principal": "1", "disbursed": DAY, "count": 3, "rate": YEARLY}
        with pytest.raises(error):
            cn.bank_loan(**(given_words | words))


# --- LPR mortgages ------------------------------------------------------------------

INDEX = Index(
    "LPR",
    {
        date(2025, 12, 20): "4%",
        date(2026, 12, 20): "3%",
        date(2027, 1, 15): "2%",
        date(2027, 12, 20): "1%",
    },
)


def mortgage(disbursed=DAY, count=36, points="0bp", index=INDEX, **words):
    return cn.lpr_mortgage("360000", disbursed, count, index, points, **words)


def interest_by_month(loan):
    return {str(row.due)[:7]: str(row.interest) for row in loan.schedule()}


def test_january_splits_the_month_into_actual_days():
    # 30 days are 1,200.00 at 4 %; in January 2027 11 days at 4 % and 20 at 3 % are
    # 440.00 and 600.00, both on 360,000.
    loan = mortgage(date(2026, 1, 20), method="interest_only", due_day=20)
    interest = interest_by_month(loan)
    assert interest["2026-12"] == "1200.00"
    assert interest["2027-01"] == "1040.00"
    assert interest["2027-02"] == "900.00"
    assert interest["2028-01"] == "530.00"  # 11 days at 3 %, 20 at 1 %
    assert loan.head_tail is HeadTail.TAIL


def test_an_anniversary_takes_the_index_of_the_day_before():
    # What is published on the anniversary itself, 2 %, comes too late for it.
    loan = mortgage(method="interest_only", repricing="anniversary")
    interest = interest_by_month(loan)
    assert interest["2027-01"] == "1200.00"
    assert interest["2027-02"] == "900.00"
    assert interest["2028-01"] == "900.00"
    assert interest["2028-02"] == "300.00"
    assert loan.head_tail is HeadTail.HEAD


def test_an_anniversary_inside_a_month_splits_it():
    loan = mortgage(method="interest_only", repricing="anniversary", due_day=20)
    # 20 December to 15 January are 26 days at 4 %, then 5 days at 3 %.
    assert interest_by_month(loan)["2027-01"] == "1190.00"


def test_points_and_a_first_rate_are_agreed():
    loan = mortgage(points="-39bp", method="interest_only", repricing="anniversary")
    assert interest_by_month(loan)["2026-02"] == "1083.00"  # 3.61 %
    points = cn.points_over_lpr(Rate("3.61%/year"), INDEX, DAY)
    assert mortgage(points=points).rate == mortgage(points="-39bp").rate
    first = mortgage(
        initial=Rate("5%/year"), method="interest_only", repricing="anniversary"
    )
    interest = interest_by_month(first)
    assert (interest["2027-01"], interest["2027-02"]) == ("1500.00", "900.00")


@pytest.mark.parametrize(
    ("disbursed", "repricing", "first"),
    [
        (date(2026, 1, 1), "january", date(2027, 1, 1)),
        (date(2026, 12, 31), "january", date(2027, 1, 1)),
        (date(2026, 12, 31), cn.Repricing.ANNIVERSARY, date(2027, 12, 31)),
        (date(2028, 2, 29), "anniversary", date(2029, 2, 28)),
    ],
)
def test_the_first_repricing_date(disbursed, repricing, first):
    assert mortgage(disbursed, repricing=repricing).rate.first_reset == first


def test_a_first_due_day_too_near_is_passed_over():
    loan = mortgage(date(2026, 1, 25), method="interest_only", due_day=20)
    # From 25 January to 20 February are 26 days, then a month: 56 days, 40.00 each.
    assert dues(loan)[:2] == ["2026-03-20", "2026-04-20"]
    assert column(loan, "interest")[:2] == ["2240.00", "1200.00"]


def test_a_level_mortgage_is_solved_anew_and_repaid():
    plan = mortgage(date(2026, 1, 20), count=360, due_day=20).schedule()
    payments = [row.payment for row in plan]
    # At 4 % as published tables have it: 4.7742 for a thousand.
    assert str(payments[0]) == "1718.70"
    assert len(set(payments[:11])) == 1
    # January 2027 is the twelfth: 31 days, 11 of them at the old rate, on top.
    assert payments[10] > payments[11] > payments[12] == payments[22] > payments[24]
    # 354,198.27 at 3 % for 30 days is 885.50, and 1,023.24 for 11 and 20 days.
    assert str(plan[11].interest) == "1023.24"
    assert str(payments[11] - payments[12]) == "137.74"
    assert plan[-1].closing == 0
    assert len(plan) == 360


def test_a_mortgage_refuses():
    for words, error in (
        ({"index": cn.LPR_5Y}, InputTypeError),
        ({"index": "LPR"}, InputTypeError),
        ({"points": "39"}, InputValueError),
        ({"points": -39}, InputTypeError),
        ({"points": "-101%"}, LimitError),
        ({"method": "graduated"}, UnknownNameError),
        ({"repricing": "monthly"}, UnknownNameError),
        ({"initial": "5%/year"}, InputTypeError),
        ({"initial": DAILY}, TermsError),
        ({"disbursed": datetime(2026, 1, 15)}, InputTypeError),
        ({"disbursed": date(2200, 1, 1)}, DateRangeError),
        ({"due_day": 0}, LimitError),
    ):
        with pytest.raises(error):
            mortgage(**words)
    with pytest.raises(DateRangeError, match="index LPR"):
        mortgage(date(2025, 12, 20)).schedule()
    assert mortgage(date(2025, 12, 21)).schedule()


def test_points_refuse_what_has_no_answer():
    index = cn.LPR_OF_CONVERSION.value
    monthly = cn.points_over_lpr(Rate("0.5%/month"), index, DAY)
    assert monthly == Fraction(12, 1000)
    for words, error in (
        ((DAILY, index, DAY), InputValueError),
        (("4.41%/year", index, DAY), InputTypeError),
        ((YEARLY, cn.LPR_OF_CONVERSION, DAY), InputTypeError),
        ((YEARLY, index, "2026-01-15"), InputTypeError),
        ((YEARLY, index, date(2019, 12, 19)), DateRangeError),
    ):
        with pytest.raises(error):
            cn.points_over_lpr(*words)


@pytest.mark.parametrize("name", ["LPR_1Y", "LPR_5Y"])
def test_the_lpr_only_lists_changes_on_working_days_near_the_twentieth(name):
    observations = getattr(cn, name).value.observations
    values = [value for _, value in observations]
    assert values == sorted(set(values), reverse=True)
    for on, _ in observations:
        assert 20 <= on.day <= 22
        assert on.weekday() < 5
    assert getattr(cn, name).in_force == observations[0][0]


# --- car loans ----------------------------------------------------------------------


def test_a_car_loan_with_a_balloon():
    loan = cn.auto_loan("100000", DAY, 36, Rate("0%/year"), balloon="28000")
    assert column(loan, "payment") == ["2000.00"] * 35 + ["30000.00"]
    bearing = cn.auto_loan("100000", DAY, 36, YEARLY, balloon="28000").schedule()
    last = bearing[-1]
    # The balloon bears interest until the end: it is left after 35 payments.
    assert abs(last.payment - 28000 - bearing[0].payment) < Decimal("0.20")
    assert bearing[-2].closing > 28000


def test_a_financed_fee_is_repaid_with_the_principal():
    for fee in ("3000", "3%", Fraction(3, 100)):
        loan = cn.auto_loan("100000", DAY, 100, Rate("0%/year"), financed_fee=fee)
        assert column(loan, "payment") == ["1030.00"] * 100
        assert loan.schedule().cash_flows()[0].amount == -100_000


def test_a_subsidy_is_withheld_from_what_the_dealer_gets():
    loan = cn.auto_loan("38500", DAY, 24, Rate("0%/year"), subsidy="2500")
    plain = cn.auto_loan("38500", DAY, 24, Rate("0%/year"))
    assert column(loan, "payment") == column(plain, "payment")
    assert str(loan.schedule().cash_flows()[0].amount) == "-36000.00"
    assert str(plain.schedule().cash_flows()[0].amount) == "-38500.00"


def test_first_days_of_a_car_loan_are_due_on_top():
    loan = cn.auto_loan("120000", DAY, 36, YEARLY, due_day=20)
    first, second, *_ = column(loan, "payment")
    assert Decimal(first) - Decimal(second) == 100


def test_a_car_loan_refuses():
    for words, error in (
        ({"balloon": "100000.01"}, LimitError),
        ({"balloon": 0}, LimitError),
        ({"balloon": 0.3}, InputTypeError),
        ({"subsidy": "-1"}, LimitError),
        ({"subsidy": 2500.0}, InputTypeError),
        ({"financed_fee": "3percent"}, InputValueError),
        ({"financed_fee": 0.03}, InputTypeError),
        ({"rate": Decimal("0.06")}, InputTypeError),
        ({"count": None}, InputTypeError),
    ):
        given_words = {
            "principal": "100000",
            "disbursed": DAY,
            "count": 36,
            "rate": YEARLY,
        }
        with pytest.raises(error):
            cn.auto_loan(**(given_words | words))


# --- all of them --------------------------------------------------------------------

NASTY = [None, True, 0, -1, 1.5, "", "x", "１２", [], {}, object(), b"1", 10**400, DAY]
DOORS = {
    cn.huabei_like: ("1000", DAY, 3),
    cn.jiebei_like: ("1000", DAY, 3, DAILY),
    cn.weilidai_like: ("1000", DAY, 5),
    cn.xiaomi_like: ("1000", DAY, 3),
    cn.bank_loan: ("1000", DAY, 3, YEARLY),
    cn.lpr_mortgage: ("1000", DAY, 3, INDEX, "0bp"),
    cn.auto_loan: ("1000", DAY, 3, YEARLY),
    cn.points_over_lpr: (YEARLY, INDEX, DAY),
}
KEYWORDS = {
    cn.huabei_like: ("fee", "fees", "paid_by", "due_day"),
    cn.jiebei_like: ("method", "construction", "due_day", "first_due"),
    cn.weilidai_like: ("rate", "due_day"),
    cn.xiaomi_like: ("rate", "due_day"),
    cn.bank_loan: ("method", "every", "due_day", "day_count"),
    cn.lpr_mortgage: ("method", "repricing", "due_day", "initial"),
    cn.auto_loan: ("balloon", "subsidy", "financed_fee", "due_day"),
    cn.points_over_lpr: (),
}


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_no_built_in_error_comes_out_of_any_door(door):
    good = DOORS[door]
    assert door(*good)
    refused = 0
    for nasty in NASTY:
        calls = [((*good[:k], nasty, *good[k + 1 :]), {}) for k in range(len(good))] + [
            (good, {word: nasty}) for word in KEYWORDS[door]
        ]
        for words, keywords in calls:
            try:
                door(*words, **keywords)
            except LoanmathError:
                refused += 1
    assert refused > 2 * len(NASTY)
