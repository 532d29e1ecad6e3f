"""Repayment methods, each worked out again in fractions or by hand."""

from datetime import date
from fractions import Fraction
from typing import get_args

import pytest

from by_hand import ALL, actual, half_up, rows_of, walked, worth
from loanmath import (
    AddOnInterest,
    EqualPrincipal,
    FixedPayment,
    FlatFee,
    Holiday,
    InstallmentLoan,
    Rate,
    Rounding,
    SteppedPayment,
)
from loanmath.errors import InvariantError, LimitError, ScheduleError
from loanmath.schedule import detailed as detailed_module
from loanmath.schedule import paying as paying_module
from loanmath.schedule import resolve as resolve_module
from loanmath.terms import FixedPrincipal, GraduatedPayment, Repayment

BASE = {
    "currency": "CNY",
    "principal": "1000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("12%/year"),
}
MONTH = Fraction(1, 100)


def plan(repayment, **changes):
    return InstallmentLoan(repayment=repayment, **(BASE | changes)).schedule()


def column(schedule, name):
    return [str(getattr(row, name)) for row in schedule]


# Stated payments.


def test_a_fixed_payment_until_the_loan_is_repaid():
    schedule = plan(FixedPayment("300"))
    assert column(schedule, "payment") == ["300.00", "300.00", "300.00", "122.48"]
    assert rows_of(schedule) == walked(100_000, [MONTH] * 4, [30_000] * 3 + [ALL])
    assert column(plan(FixedPayment("5000")), "payment") == ["1010.00"]
    exact = plan(FixedPayment("340.02"), principal="999.99")
    assert len(exact) == 3


def test_a_fixed_payment_with_a_number_of_installments():
    fewer = plan(FixedPayment("300", 2))
    assert rows_of(fewer) == walked(100_000, [MONTH] * 2, [30_000, ALL])
    more = plan(FixedPayment("600", 4))
    assert column(more, "payment") == ["600.00", "414.10", "0.00", "0.00"]
    assert column(more, "closing") == ["410.00", "0.00", "0.00", "0.00"]


def test_a_fixed_payment_that_does_not_cover_its_interest():
    with pytest.raises(ScheduleError, match="not repaid after 1,200"):
        plan(FixedPayment("10"))
    with pytest.raises(ScheduleError, match="installment 1: got 'a payment of 9.99"):
        plan(FixedPayment("9.99", 6))
    grows = plan(FixedPayment("5", 3, shortfall="capitalize"))
    assert column(grows, "principal") == ["-5.00", "-5.05", "1010.05"]
    with pytest.raises(ScheduleError, match="not repaid after 3"):
        plan(
            FixedPayment("5", shortfall="capitalize"),
            every=[date(2026, month, 1) for month in (2, 3, 4)],
            day_count="30E/360",
        )


def test_a_fixed_payment_over_stated_dates_and_long_first_periods():
    dates = [date(2026, month, 1) for month in (2, 3, 4, 5, 6)]
    dated = plan(FixedPayment("400"), every=dates, day_count="ACT/365F")
    growths = actual("0.12", 17, 28, 31)
    assert rows_of(dated) == walked(100_000, growths, [40_000, 40_000, ALL])
    assert [row.due for row in dated] == dates[:3]
    late = plan(FixedPayment("400"), first_due=date(2027, 12, 15), day_count="ACT/365F")
    growths = actual("0.12", 699, 31, 31, 29)
    assert rows_of(late) == walked(100_000, growths, [40_000] * 3 + [ALL])


def test_a_last_day_that_bears_interest_does_not_go_on_for_ever(monkeypatch):
    # As the last of 4, the last payment bears a day more and is 309.30; where a fifth
    # follows, 308.45 repay the loan with the fourth.
    asked = []

    def counted(loan, count, **options):
        asked.append(count)
        assert len(asked) < 20, asked
        return frame(loan, count, **options)

    frame = paying_module.frame
    monkeypatch.setattr(paying_module, "frame", counted)
    schedule = plan(FixedPayment("308.75"), rate=Rate("0.3%/day"), head_tail="both")
    assert column(schedule, "payment")[:3] == ["308.75"] * 3
    assert len(schedule) in (4, 5)


def test_a_term_that_follows_is_right_however_far_off_its_guess():
    weekly = plan(FixedPayment("600"), rate=Rate("0%/day"), every="weekly")
    assert column(weekly, "payment") == ["600.00", "400.00"]
    # Every month counts as a year: 12 % of 1,000.00, 780.00, 533.60 and 257.63.
    yearly = plan(FixedPayment("340"), rate=Rate("12%/year"), day_count="1/1")
    assert column(yearly, "interest") == ["120.00", "93.60", "64.03", "30.92"]
    assert column(yearly, "payment") == ["340.00"] * 3 + ["288.55"]
    shrinking = plan(FixedPayment("250"), rate=Rate("-12%/year"))
    assert column(shrinking, "interest") == ["-10.00", "-7.40", "-4.83", "-2.28"]
    assert column(shrinking, "payment") == ["250.00"] * 3 + ["225.49"]


def test_a_fixed_principal():
    schedule = plan(FixedPrincipal("300"))
    assert column(schedule, "principal") == ["300.00", "300.00", "300.00", "100.00"]
    assert column(schedule, "interest") == ["10.00", "7.00", "4.00", "1.00"]
    share = plan(FixedPrincipal("33.333%"))
    assert column(share, "principal") == ["333.33"] * 3 + ["0.01"]
    whole = plan(FixedPrincipal("20%", 3), rounding=Rounding("up", unit="7"))
    assert column(whole, "principal") == ["203.00", "203.00", "594.00"]
    early = plan(FixedPrincipal("600", 4))
    assert column(early, "principal") == ["600.00", "400.00", "0.00", "0.00"]
    with pytest.raises(ScheduleError, match="0.00 after rounding"):
        plan(FixedPrincipal("0.0001%"))
    with pytest.raises(ScheduleError, match="not repaid after 1,200"):
        plan(FixedPrincipal("0.5"))


def test_graduated_payments():
    schedule = plan(GraduatedPayment(6, "10%", every=2))
    growth = Fraction(11, 10)
    steps = [growth**step for step in (0, 0, 1, 1, 2, 2)]
    first = half_up(100_000 / worth([MONTH] * 6, steps))
    payments = [half_up(first * step) for step in steps]
    assert payments[::2] == [15_659, 17_225, 18_947]
    assert rows_of(schedule) == walked(100_000, [MONTH] * 6, [*payments[:-1], ALL])


@pytest.mark.parametrize("rate", ["0", "0.25", "1", "2.5", "-0.5"])
@pytest.mark.parametrize("growth", ["0", "1", "3", "-2", "1/4"])
@pytest.mark.parametrize(
    ("count", "every"), [(1, 1), (24, 1), (24, 4), (24, 5), (6, 9)]
)
def test_the_first_of_graduated_payments_is_worth_the_loan(rate, growth, count, every):
    # Growth as high as the interest, too, where every payment is worth the same.
    schedule = plan(
        GraduatedPayment(count, f"{growth}%", every=every, shortfall="capitalize"),
        rate=Rate(f"{rate}%/month"),
    )
    months = [Fraction(rate) / 100] * count
    step = 1 + Fraction(growth) / 100
    first = half_up(
        100_000 / worth(months, [step ** (row // every) for row in range(count)])
    )
    payments = [half_up(first * step ** (row // every)) for row in range(count)]
    assert rows_of(schedule) == walked(100_000, months, [*payments[:-1], ALL])


def test_graduated_payments_that_shrink_or_start_too_low():
    schedule = plan(GraduatedPayment(3, "-50%", every=1, rounding="down"))
    steps = [Fraction(1, 2) ** step for step in range(3)]
    first = int(100_000 / worth([MONTH] * 3, steps))
    payments = [first, first // 2, ALL]
    assert rows_of(schedule) == walked(100_000, [MONTH] * 3, payments)
    with pytest.raises(ScheduleError, match="installment 1"):
        plan(GraduatedPayment(60, "50%"))
    grows = plan(GraduatedPayment(60, "50%", shortfall="capitalize"))
    assert grows[0].principal < 0


def test_stepped_payments_with_a_stage_to_be_solved():
    terms = SteppedPayment([(2, "100"), (3, None), (1, "300")])
    stated = worth([MONTH] * 6, [10_000, 10_000, 0, 0, 0, 30_000])
    solved = half_up((100_000 - stated) / worth([MONTH] * 6, [0, 0, 1, 1, 1, 0]))
    payments = [10_000] * 2 + [solved] * 3 + [ALL]
    rows = rows_of(plan(terms))
    assert rows == walked(100_000, [MONTH] * 6, payments)
    assert abs(rows[-1].payment - 30_000) <= 2


def test_payments_in_stages_where_periods_differ():
    growths = actual("0.12", 31, 28, 31, 30, 31, 30)
    stated = worth(growths, [10_000, 10_000, 0, 0, 0, 30_000])
    solved = half_up((100_000 - stated) / worth(growths, [0, 0, 1, 1, 1, 0]))
    payments = [10_000] * 2 + [solved] * 3 + [ALL]
    terms = SteppedPayment([(2, "100"), (3, None), (1, "300")])
    schedule = plan(terms, day_count="ACT/365F")
    assert rows_of(schedule) == walked(100_000, growths, payments)
    steps = [Fraction(11, 10) ** (row // 4) for row in range(6)]
    first = half_up(100_000 / worth(growths, steps))
    payments = [half_up(first * step) for step in steps]
    graduated = plan(GraduatedPayment(6, "10%", every=4), day_count="ACT/365F")
    assert rows_of(graduated) == walked(100_000, growths, [*payments[:-1], ALL])


def test_a_stage_of_one_installment():
    schedule = plan(SteppedPayment([(1, None)]))
    assert column(schedule, "payment") == ["1010.00"]
    assert schedule.explain(1, "payment").inputs["unpaid"] == 1010


def test_the_solved_of_two_stages_of_one_length_is_explained():
    schedule = plan(SteppedPayment([(3, None), (3, "100")]))
    told = schedule.explain(1, "payment")
    assert told.formula == "round(unpaid / grown)"
    assert told.result == schedule[0].payment


def test_stepped_payments_all_stated():
    schedule = plan(SteppedPayment([(1, "0"), (2, "500")], shortfall="capitalize"))
    assert column(schedule, "payment") == ["0.00", "500.00", "525.30"]
    with pytest.raises(ScheduleError, match="installment 1"):
        plan(SteppedPayment([(1, "0"), (2, "500")]))
    with pytest.raises(ScheduleError, match="installment 2"):
        plan(SteppedPayment([(1, "600"), (1, None), (1, "600")]), rate=Rate("0%/year"))


def test_a_fixed_principal_that_negative_interest_has_repaid_in_part():
    # A cent below zero joins in the second month, and fifty shares of 20.49 are left.
    schedule = plan(
        FixedPrincipal("20.49"),
        principal="1024.51",
        disbursed=date(2023, 1, 29),
        first_due=date(2023, 1, 30),
        rate=Rate.from_share("-0.000061", "year"),
        day_count="ACT/360",
        holidays=[
            Holiday(1, 1, "principal"),
            Holiday(2, 1, "payment", interest="capitalize"),
        ],
    )
    assert str(schedule[1].capitalized) == "-0.01"
    assert len(schedule) == 52
    assert column(schedule, "principal")[2:] == ["20.49"] * 50


# Charges on the original amount.


def test_add_on_interest_in_equal_shares():
    schedule = plan(AddOnInterest(6))
    assert column(schedule, "interest") == ["10.00"] * 6
    assert column(schedule, "principal") == ["166.67"] * 5 + ["166.65"]
    first = plan(AddOnInterest(6, residue="first"))
    assert column(first, "principal") == ["166.65"] + ["166.67"] * 5
    spread = plan(AddOnInterest(6, residue="spread"), principal="1000.25")
    # 1000.25 = 6 x 166.70 + 0.05, and 60.02 (1 % six times) = 6 x 10.00 + 0.02.
    assert column(spread, "principal") == ["166.71"] * 5 + ["166.70"]
    assert column(spread, "interest") == ["10.01"] * 2 + ["10.00"] * 4


def test_add_on_interest_by_the_rule_of_78():
    schedule = plan(AddOnInterest(6, earned="rule_of_78"))
    # 60.00 in proportion to 6, 5, 4, 3, 2, 1 of 21, rounded as running sums.
    assert column(schedule, "interest") == [
        "17.14", "14.29", "11.43", "8.57", "5.71", "2.86",
    ]  # fmt: skip
    assert column(schedule, "payment") == ["176.67"] * 5 + ["176.65"]
    year = plan(AddOnInterest(12, earned="rule_of_78"), principal="6500")
    # 780.00 over the 78 digits of twelve months: 10.00 a digit.
    assert column(year, "interest") == [f"{left * 10}.00" for left in range(12, 0, -1)]


def test_add_on_interest_on_actual_days():
    schedule = plan(AddOnInterest(3), rate=Rate("0.1%/day"))
    assert str(schedule.totals.interest) == "90.00"
    by_time = plan(AddOnInterest(3, earned="by_time"), rate=Rate("0.1%/day"))
    assert column(by_time, "interest") == ["31.00", "28.00", "31.00"]
    assert column(by_time, "payment") == ["363.33", "363.33", "363.34"]


@pytest.mark.parametrize(
    "changes",
    [
        {"every": "weekly"},
        {"head_tail": "both"},
        {"last_due": date(2026, 5, 9)},
        {"first_due": date(2026, 2, 20)},
    ],
)
def test_a_flat_fee_counts_no_time(changes):
    schedule = plan(FlatFee(3, "1.1%", residue="spread"), rate=None, **changes)
    assert column(schedule, "payment") == ["337.01", "337.00", "336.99"]
    told = schedule.explain(3, "interest")
    assert (told.formula, told.rule) == (
        "0",
        "A plan with a flat fee bears no interest.",
    )


def test_a_flat_fee_with_a_spread_residue():
    schedule = plan(FlatFee(3, "1.1%", residue="spread"), rate=None, principal="100")
    assert column(schedule, "principal") == ["33.34", "33.33", "33.33"]
    assert column(schedule, "fee") == ["0.37", "0.37", "0.36"]
    assert column(schedule, "payment") == ["33.71", "33.70", "33.69"]


def test_equal_principal_with_a_spread_residue_and_a_balloon():
    spread = plan(EqualPrincipal(3, residue="spread"))
    assert column(spread, "principal") == ["333.34", "333.33", "333.33"]
    balloon = plan(EqualPrincipal(3, balloon="400"))
    assert column(balloon, "principal") == ["200.00", "200.00", "600.00"]
    first = plan(EqualPrincipal(3, residue="first", balloon="500"))
    assert column(first, "principal") == ["166.66", "166.67", "666.67"]
    assert column(first, "interest") == ["10.00", "8.33", "6.67"]


# Defects.


def test_a_broken_detailed_plan_is_reported_as_a_defect(monkeypatch):
    usual = detailed_module.plan_detailed

    def broken(loan):
        found, done = usual(loan)
        return found, done._replace(closing=[*done.closing[:-1], 1])

    monkeypatch.setattr(detailed_module, "plan_detailed", broken)
    with pytest.raises(InvariantError, match="last balance"):
        plan(FixedPayment("300"))


def test_a_method_that_is_not_plain_is_reported_as_a_defect():
    loan = InstallmentLoan(repayment=FixedPayment("300", 4), **BASE)
    object.__setattr__(loan, "is_plain", True)
    with pytest.raises(InvariantError, match="a plain method"):
        resolve_module.resolve(loan)


def test_the_rule_of_78_may_earn_no_more_than_is_paid():
    with pytest.raises(ScheduleError, match="installment 1"):
        plan(AddOnInterest(3, earned="rule_of_78"), rate=Rate("1000%/year"))
    with pytest.raises(LimitError, match="64 bits"):
        GraduatedPayment(3, Fraction(1, 2**70))


def test_a_stage_to_be_solved_that_is_never_paid_is_explained():
    schedule = plan(
        SteppedPayment([(1, "300"), (1, None), (2, "400")], shortfall="capitalize"),
        holidays=[Holiday(2, 1, "payment", interest="carry")],
    )
    assert schedule.explain(1, "payment").formula == "principal + interest + fee + tax"


def test_every_repayment_method_has_a_planner():
    planners = detailed_module._PLANNERS
    assert set(planners) == set(get_args(Repayment))
