"""Level payments with every term of theirs, worked out again in fractions or by hand."""

from datetime import date
from fractions import Fraction

import pytest

from by_hand import ALL, actual, half_up, level, rows_of, walked
from loanmath import (
    EqualPrincipal,
    Holiday,
    InstallmentLoan,
    LevelPayment,
    Rate,
    Rounding,
    SteppedPayment,
)
from loanmath.errors import ScheduleError, TermsError

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


# Level payments.


def test_a_balloon_stays_until_the_last_installment():
    schedule = plan(LevelPayment(6, balloon="500"))
    payment = half_up(level(100_000, [MONTH] * 6, 50_000))
    assert payment == 9127
    assert rows_of(schedule) == walked(100_000, [MONTH] * 6, [payment] * 5 + [ALL])
    assert str(schedule[-1].payment) == "591.30"


def test_a_balloon_of_everything_leaves_interest_alone():
    schedule = plan(LevelPayment(3, balloon="1000"))
    assert column(schedule, "payment") == ["10.00", "10.00", "1010.00"]


def test_payments_sized_for_a_longer_term():
    schedule = plan(LevelPayment(6, amortized_over=12))
    assert column(schedule, "payment")[:5] == ["88.85"] * 5
    assert rows_of(schedule) == walked(100_000, [MONTH] * 6, [8885] * 5 + [ALL])


def test_payments_sized_for_a_longer_term_on_actual_days():
    schedule = plan(LevelPayment(2, amortized_over=4), day_count="ACT/365F")
    growths = actual("0.12", 31, 28, 31, 30)
    payment = half_up(level(100_000, growths))
    assert rows_of(schedule) == walked(100_000, growths[:2], [payment, ALL])


@pytest.mark.parametrize("residue", ["first", "second_pass"])
def test_payments_sized_for_a_longer_term_leave_no_residue_to_place(residue):
    with pytest.raises(TermsError, match="residue"):
        plan(LevelPayment(3, amortized_over=12, residue=residue))


def spread_by_trying(owed, growths, unit=1, balloon=0):
    count = len(growths)
    floor = level(owed, growths, balloon) // unit * unit

    def tried(more):
        payments = [floor + unit] * more + [floor] * (count - more - 1) + [ALL]
        return walked(owed, growths, payments)

    return min(
        (tried(more) for more in range(count)),
        key=lambda rows: abs(rows[-1].payment - balloon - floor),
    )


@pytest.mark.parametrize("principal", range(999_90, 1000_40, 3))
def test_a_spread_residue_brings_the_last_payment_nearest(principal):
    schedule = plan(
        LevelPayment(6, residue="spread"),
        principal=f"{principal // 100}.{principal % 100:02}",
    )
    assert rows_of(schedule) == spread_by_trying(principal, [MONTH] * 6)


@pytest.mark.parametrize("unit", ["1", "5", "100"])
def test_a_spread_residue_in_coarse_units_with_a_balloon(unit):
    terms = LevelPayment(
        12, residue="spread", rounding=Rounding("half_up", unit=unit), balloon="2000"
    )
    schedule = plan(terms, principal="10000")
    tried = spread_by_trying(1_000_000, [MONTH] * 12, 100 * int(unit), 200_000)
    assert rows_of(schedule) == tried


def test_a_spread_residue_of_one_installment():
    schedule = plan(LevelPayment(1, residue="spread"))
    assert column(schedule, "payment") == ["1010.00"]


def second_pass(owed, growths, unit=1):
    count = len(growths)

    def rounded(value):
        return half_up(value / unit) * unit

    def tried(payment):
        return walked(owed, growths, [payment] * (count - 1) + [ALL])

    first = rounded(level(owed, growths))
    rows = tried(first)
    gap = rows[-1].payment - first
    if abs(gap) <= count // 2:
        return "near enough", rows
    moved = first + rounded(Fraction(gap, count))
    again = tried(moved)
    if abs(again[-1].payment - moved) < abs(gap):
        return "moved", again
    return "kept", rows


def test_a_second_pass_moves_the_level_where_that_is_nearer():
    seen = set()
    for cents in range(1_000_000, 1_000_400, 7):
        for unit in (1, 100):
            schedule = plan(
                LevelPayment(
                    60,
                    residue="second_pass",
                    rounding=Rounding("half_up", unit=f"{unit // 100}.{unit % 100:02}"),
                ),
                principal=f"{cents // 100}.{cents % 100:02}",
            )
            what, rows = second_pass(cents, [MONTH] * 60, unit)
            assert rows_of(schedule) == rows
            seen.add((what, unit))
    assert {what for what, _ in seen} == {"near enough", "moved", "kept"}


@pytest.mark.parametrize("owed", [100_000, 100_001, 100_002, 77_777])
def test_a_residue_first_beside_a_balloon(owed):
    principal = f"{owed // 100}.{owed % 100:02}"
    schedule = plan(
        LevelPayment(4, residue="first", balloon="300"), principal=principal
    )
    usual = half_up(level(owed, [MONTH] * 4, 30_000))
    rows = rows_of(schedule)
    assert [row.payment for row in rows[1:3]] == [usual] * 2

    def miss(first):
        payments = [first, usual, usual, ALL]
        return abs(walked(owed, [MONTH] * 4, payments)[-1].payment - 30_000 - usual)

    nearest = min(range(usual - 9, usual + 10), key=miss)
    assert miss(rows[0].payment) == miss(nearest)
    assert rows == walked(owed, [MONTH] * 4, [rows[0].payment, usual, usual, ALL])


def test_a_residue_first_where_only_one_installment_is_paid():
    schedule = plan(LevelPayment(1, residue="first", balloon="300"))
    assert column(schedule, "payment") == ["1010.00"]


def test_payments_at_the_start_of_each_period():
    schedule = plan(LevelPayment(3), first_due=date(2026, 1, 15))
    assert schedule[0][1:4] == (date(2026, 1, 15),) * 3
    growths = [Fraction(0), MONTH, MONTH]
    payment = half_up(level(100_000, growths))
    assert rows_of(schedule) == walked(100_000, growths, [payment, payment, ALL])
    assert column(schedule, "interest")[0] == "0.00"
    on_days = plan(
        EqualPrincipal(3), first_due=date(2026, 1, 15), rate=Rate("0.1%/day")
    )
    assert column(on_days, "interest") == ["0.00", "20.67", "9.33"]


def test_the_first_day_of_payments_at_the_start_of_each_period():
    # Neither end bears interest: 30 of 31 days, then 28.
    schedule = plan(
        EqualPrincipal(3),
        first_due=date(2026, 1, 15),
        rate=Rate("0.1%/day"),
        head_tail="neither",
    )
    assert column(schedule, "interest") == ["0.00", "20.00", "9.33"]


def test_negative_rates_with_a_balloon():
    schedule = plan(LevelPayment(6, balloon="500"), rate=Rate("-0.6%/year"))
    growths = [Fraction(-1, 2000)] * 6
    payment = half_up(level(100_000, growths, 50_000))
    assert rows_of(schedule) == walked(100_000, growths, [payment] * 5 + [ALL])
    assert schedule.totals.interest < 0
    with pytest.raises(ScheduleError, match="leaves something"):
        plan(LevelPayment(2, balloon="1"), rate=Rate("-99%/year"), every="P60M")


def test_unrounded_payments_with_a_balloon():
    schedule = plan(LevelPayment(4, balloon="500"), rounding=Rounding.unrounded(6))
    owed, balloon = 1000 * 10**6, 500 * 10**6
    payment = half_up(level(owed, [MONTH] * 4, balloon))
    assert rows_of(schedule) == walked(owed, [MONTH] * 4, [payment] * 3 + [ALL])


def test_payments_below_the_interest_in_a_detailed_plan():
    terms = {"rate": Rate("60%/year"), "day_count": "ACT/365F"}
    with pytest.raises(ScheduleError, match="installment 1: got 'a payment of"):
        plan(LevelPayment(360, residue="spread"), **terms)
    grows = plan(LevelPayment(360, balloon="1", shortfall="capitalize"), **terms)
    assert grows[0].principal < 0
    assert str(grows[-1].closing) == "0.00"


def test_no_payment_of_a_detailed_plan_goes_to_the_borrower():
    # Interest of -5 each time: 10 of 11 are repaid by the first 5, and 1 - 5 is -4.
    with pytest.raises(ScheduleError, match="installment 2: got 'a payment of -4'"):
        plan(
            LevelPayment(3),
            currency="JPY",
            principal="11",
            rate=Rate("-0.5%/year"),
            rounding=Rounding("up", unit="5"),
            last_due=date(2026, 4, 20),
            day_count="ACT/365F",
        )


# A long regular part after rows that are not regular.


def test_payments_after_a_holiday_from_principal():
    schedule = plan(LevelPayment(40), holidays=[Holiday(1, 2, "principal")])
    payment = half_up(level(100_000, [MONTH] * 38))
    after = walked(100_000, [MONTH] * 38, [payment] * 37 + [ALL])
    assert column(schedule, "payment")[:2] == ["10.00", "10.00"]
    assert rows_of(schedule)[2:] == after


@pytest.mark.parametrize("residue", ["last", "first", "spread", "second_pass"])
@pytest.mark.parametrize("balloon", [None, "300"])
@pytest.mark.parametrize("count", [4, 40])
def test_rows_of_interest_alone_leave_the_plan_after_them_as_it_is(
    residue, balloon, count
):
    # As much is owed after the holiday as before it: what follows is a loan of its own.
    repayment = LevelPayment(count, residue=residue, balloon=balloon)
    after = plan(repayment, principal="1000.01", disbursed=date(2026, 3, 15))
    held = LevelPayment(count + 2, residue=residue, balloon=balloon)
    schedule = plan(held, principal="1000.01", holidays=[Holiday(1, 2, "principal")])
    assert column(schedule, "payment")[:2] == ["10.00", "10.00"]
    assert column(schedule, "closing")[:2] == ["1000.01", "1000.01"]
    assert rows_of(schedule)[2:] == rows_of(after)


def test_a_broken_period_apart_leaves_the_plan_after_it_as_it_is():
    terms = {"day_count": "ACT/365F", "first_due": date(2026, 3, 15)}
    after = plan(LevelPayment(30), **terms, disbursed=date(2026, 2, 15))
    schedule = plan(
        LevelPayment(30), **terms, disbursed=date(2026, 2, 1), broken_period="separate"
    )
    # 14 days of 12 % on 1,000.
    assert column(schedule, "payment")[0] == "4.60"
    assert rows_of(schedule)[1:] == rows_of(after)


@pytest.mark.parametrize("of", ["payment", "principal"])
def test_interest_that_joins_in_between_is_no_interest_alone(of):
    # Interest of the second row joins what is owed, or is paid: 1,000 grow to 1,010.
    rule = {"interest": "capitalize"} if of == "payment" else {}
    schedule = plan(
        LevelPayment(40),
        holidays=[Holiday(1, 1, "principal"), Holiday(2, 1, of, **rule)],
    )
    owed = 101_000 if of == "payment" else 100_000
    payment = half_up(level(owed, [MONTH] * 38))
    after = walked(owed, [MONTH] * 38, [payment] * 37 + [ALL])
    assert rows_of(schedule)[2:] == after


def test_what_a_holiday_carried_is_due_with_the_first_payment_after_it():
    holiday = Holiday(1, 1, "payment", interest="carry")
    schedule = plan(LevelPayment(40), holidays=[holiday])
    assert column(schedule, "interest")[:2] == ["0.00", "20.00"]
    left = 100_000 + 2_000 - round(schedule[1].payment * 100)
    rest = [round(row.payment * 100) for row in schedule][2:-1]
    assert rows_of(schedule)[2:] == walked(left, [MONTH] * 38, [*rest, ALL])


@pytest.mark.parametrize("held", [1, 3])
def test_nothing_is_lent_again_once_all_is_repaid(held):
    # 2,000 repay the loan at once, so the payment that is solved is below zero.
    schedule = plan(
        SteppedPayment([(3, "2000"), (37, None)]),
        holidays=[Holiday(held, 1, "principal")],
    )
    first = ["10.00", "1010.00"] if held == 1 else ["1010.00", "0.00"]
    assert column(schedule, "payment") == first + ["0.00"] * 38


@pytest.mark.parametrize("broken", ["separate", "added", "at_disbursement"])
@pytest.mark.parametrize("day", [10, 15])
def test_a_broken_period_ends_before_the_only_installment(broken, day):
    with pytest.raises(ScheduleError, match="before the first installment, 2026-02"):
        plan(
            LevelPayment(1),
            disbursed=date(2026, 1, 10),
            day_count="ACT/365F",
            first_due=date(2026, 3, 15),
            last_due=date(2026, 2, day),
            broken_period=broken,
        )
