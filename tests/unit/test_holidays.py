"""Plans with holidays: less than usual is due on some installments."""

from datetime import date
from fractions import Fraction

import pytest

from by_hand import ALL, actual, half_up, level, rows_of, walked, worth
from loanmath import (
    EqualPrincipal,
    FixedPayment,
    Holiday,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    LevelPayment,
    PrincipalAmounts,
    Rate,
    Rounding,
    SteppedPayment,
)
from loanmath.terms import Drawdown, FixedPrincipal, GraduatedPayment

BASE = {
    "currency": "CNY",
    "principal": "1000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("12%/year"),
}
MONTH = Fraction(1, 100)


def plan(repayment, *holidays, **changes):
    return InstallmentLoan(
        repayment=repayment, holidays=list(holidays), **(BASE | changes)
    ).schedule()


def column(schedule, name):
    return [str(getattr(row, name)) for row in schedule]


# Interest alone.


def test_interest_only_with_months_free_of_interest():
    free = plan(InterestOnly(4), Holiday(1, 2, "interest", interest="waive"))
    assert column(free, "payment") == ["0.00", "0.00", "10.00", "1010.00"]
    carried = plan(InterestOnly(4), Holiday(1, 2, "payment", interest="carry"))
    assert column(carried, "payment") == ["0.00", "0.00", "30.00", "1010.00"]
    joined = plan(InterestOnly(4), Holiday(1, 2, "payment", interest="capitalize"))
    assert column(joined, "capitalized") == ["10.00", "10.10", "0.00", "0.00"]
    assert column(joined, "payment") == ["0.00", "0.00", "10.20", "1030.30"]
    assert (
        joined.explain(2, "interest").rule == "Interest of the row joins the principal."
    )


def test_stated_amounts_with_a_month_free_of_interest():
    waived = Holiday(2, 1, "interest", interest="waive")
    schedule = plan(PrincipalAmounts(["500", "0", "500"]), waived)
    assert column(schedule, "payment") == ["510.00", "0.00", "505.00"]


def test_a_last_installment_free_of_interest():
    waived = Holiday(3, 1, "interest", interest="waive")
    equal = plan(EqualPrincipal(3, residue="first"), waived)
    assert column(equal, "interest") == ["10.00", "6.67", "0.00"]
    assert column(equal, "payment") == ["343.34", "340.00", "333.33"]
    payment = half_up(level(100_000, [MONTH, MONTH, Fraction(0)]))
    rows = rows_of(plan(LevelPayment(3), waived))
    assert rows == walked(100_000, [MONTH, MONTH, Fraction(0)], [payment] * 2 + [ALL])
    # What was carried before is due with it.
    carried = Holiday(2, 1, "payment", interest="carry")
    both = plan(EqualPrincipal(3), carried, waived)
    assert column(both, "payment") == ["510.00", "0.00", "505.00"]


# Level payments.


def test_a_holiday_of_principal_pays_interest_alone():
    schedule = plan(LevelPayment(6), Holiday(1, 2, "principal"))
    payment = half_up(level(100_000, [MONTH] * 4))
    payments = [None, None, *[payment] * 3, ALL]
    assert rows_of(schedule) == walked(100_000, [MONTH] * 6, payments)
    assert column(schedule, "payment")[:2] == ["10.00", "10.00"]


def test_a_holiday_of_principal_in_the_middle():
    schedule = plan(LevelPayment(6), Holiday(3, 1, "principal"))
    # The interest of the third month is paid, so the balance stands still.
    payment = half_up(level(100_000, [MONTH] * 5))
    payments = [payment, payment, None, payment, payment, ALL]
    assert rows_of(schedule) == walked(100_000, [MONTH] * 6, payments)


def test_a_holiday_of_the_payment_with_interest_that_joins_the_principal():
    schedule = plan(LevelPayment(6), Holiday(1, 2, "payment", interest="capitalize"))
    payment = half_up(100_000 / worth([MONTH] * 6, [0, 0, 1, 1, 1, 1]))
    rules = ["capitalize"] * 2 + ["due"] * 4
    payments = [None, None, *[payment] * 3, ALL]
    rows = walked(100_000, [MONTH] * 6, payments, interest=rules)
    assert rows_of(schedule) == rows
    assert column(schedule, "closing")[:2] == ["1010.00", "1020.10"]


def test_a_holiday_of_the_payment_with_interest_carried():
    schedule = plan(LevelPayment(6), Holiday(2, 2, "payment", interest="carry"))
    # Three months of simple interest fall due with the fourth installment.
    growths = [MONTH, 3 * MONTH, MONTH, MONTH]
    payment = half_up(level(100_000, growths))
    rules = ["due", "carry", "carry", "due", "due", "due"]
    payments = [payment, None, None, payment, payment, ALL]
    rows = walked(100_000, [MONTH] * 6, payments, interest=rules)
    assert rows_of(schedule) == rows
    assert [row.interest for row in rows[1:3]] == [0, 0]


def test_a_holiday_of_the_payment_with_interest_waived():
    schedule = plan(LevelPayment(6), Holiday(2, 2, "payment", interest="waive"))
    payment = half_up(level(100_000, [MONTH] * 4))
    growths = [MONTH, Fraction(0), Fraction(0), MONTH, MONTH, MONTH]
    payments = [payment, None, None, payment, payment, ALL]
    assert rows_of(schedule) == walked(100_000, growths, payments)
    assert column(schedule, "payment")[1:3] == ["0.00", "0.00"]


def test_installments_free_of_interest():
    schedule = plan(LevelPayment(6), Holiday(1, 2, "interest", interest="waive"))
    growths = [Fraction(0)] * 2 + [MONTH] * 4
    payment = half_up(level(100_000, growths))
    assert rows_of(schedule) == walked(100_000, growths, [payment] * 5 + [ALL])


def test_two_holidays_beside_a_balloon_and_each_residue():
    holidays = (
        Holiday(5, 1, "payment", interest="carry"),
        Holiday(1, 2, "principal"),
    )
    growths = [MONTH, MONTH, 2 * MONTH, MONTH]
    exact = level(100_000, growths, 20_000)
    rules = ["due"] * 4 + ["carry"] + ["due"] * 2

    def rows(paid):
        payments = [None, None, paid[0], paid[1], None, paid[2], ALL]
        return walked(100_000, [MONTH] * 7, payments, interest=rules)

    usual = half_up(exact)
    last = plan(LevelPayment(7, balloon="200"), *holidays)
    assert rows_of(last) == rows([usual] * 3)
    floor = int(exact)
    tried = [rows([floor + (row < more) for row in range(3)]) for more in range(4)]
    nearest = min(tried, key=lambda rows: abs(rows[-1].payment - 20_000 - floor))
    spread = plan(LevelPayment(7, balloon="200", residue="spread"), *holidays)
    assert rows_of(spread) == nearest
    first = plan(LevelPayment(7, balloon="200", residue="first"), *holidays)
    misses = [
        abs(rows([usual + more, usual, usual])[-1].payment - 20_000 - usual)
        for more in range(-9, 10)
    ]
    paid = rows_of(first)[2].payment
    assert misses[paid - usual + 9] == min(misses)
    assert rows_of(first) == rows([paid, usual, usual])


def test_a_holiday_of_a_payment_sized_on_another_day_count():
    schedule = plan(
        LevelPayment(4, sized_by="30/360 CN"),
        Holiday(1, 1, "principal"),
        rate=Rate("0.04%/day"),
    )
    payment = half_up(level(100_000, [30 * Fraction(4, 10_000)] * 3))
    growths = [days * Fraction(4, 10_000) for days in (31, 28, 31, 30)]
    payments = [None, payment, payment, ALL]
    assert rows_of(schedule) == walked(100_000, growths, payments)


# Other methods.


def test_a_fixed_payment_rests_and_goes_on():
    holiday = Holiday(2, 2, "payment", interest="capitalize")
    rules = ["due", "capitalize", "capitalize", *["due"] * 3]
    schedule = plan(FixedPayment("300"), holiday)
    payments = [30_000, None, None, 30_000, 30_000, ALL]
    rows = walked(100_000, [MONTH] * 6, payments, interest=rules)
    assert rows_of(schedule) == rows
    stated = plan(FixedPayment("300", 4), holiday)
    rows = walked(100_000, [MONTH] * 4, [*payments[:3], ALL], interest=rules[:4])
    assert rows_of(stated) == rows


def test_graduated_payments_count_their_steps_through_a_holiday():
    schedule = plan(
        GraduatedPayment(6, "10%", every=2),
        Holiday(2, 2, "payment", interest="carry"),
    )
    # Installments 1, 4, 5 and 6 are paid, in steps 0, 1, 2 and 2.
    growths = [MONTH, 3 * MONTH, MONTH, MONTH]
    steps = [Fraction(11, 10) ** step for step in (0, 1, 2, 2)]
    first = half_up(100_000 / worth(growths, steps))
    paid = [half_up(first * step) for step in steps]
    payments = [paid[0], None, None, paid[1], paid[2], ALL]
    rules = ["due", "carry", "carry", "due", "due", "due"]
    rows = walked(100_000, [MONTH] * 6, payments, interest=rules)
    assert rows_of(schedule) == rows


def test_stepped_payments_through_a_holiday():
    schedule = plan(
        SteppedPayment([(3, "200"), (3, None)]),
        Holiday(3, 2, "payment", interest="capitalize"),
    )
    stated = worth([MONTH] * 6, [20_000, 20_000, 0, 0, 0, 0])
    solved = half_up((100_000 - stated) / worth([MONTH] * 6, [0, 0, 0, 0, 1, 1]))
    payments = [20_000, 20_000, None, None, solved, ALL]
    rules = ["due", "due", "capitalize", "capitalize", "due", "due"]
    rows = walked(100_000, [MONTH] * 6, payments, interest=rules)
    assert rows_of(schedule) == rows


def test_a_stage_to_be_solved_that_a_holiday_covers():
    schedule = plan(SteppedPayment([(1, None), (2, "500")]), Holiday(1, 1, "principal"))
    assert column(schedule, "payment") == ["10.00", "500.00", "515.10"]


@pytest.mark.parametrize(
    ("holiday", "principal", "interest"),
    [
        # 1000 over five installments, and over six with interest of 0 or of 3 x 8.
        (Holiday(2, 1, "principal"), [200, 0, 200, 200, 200, 200], [10, 8, 8, 6, 4, 2]),
        (
            Holiday(2, 1, "payment", interest="carry"),
            [200, 0, 200, 200, 200, 200],
            [10, 0, 16, 6, 4, 2],
        ),
        (
            Holiday(2, 1, "payment", interest="waive"),
            [200, 0, 200, 200, 200, 200],
            [10, 0, 8, 6, 4, 2],
        ),
    ],
)
def test_equal_principal_over_the_installments_that_repay(holiday, principal, interest):
    schedule = plan(EqualPrincipal(6), holiday)
    assert [int(row.principal) for row in schedule] == principal
    assert [int(row.interest) for row in schedule] == interest


def test_equal_principal_with_interest_carried_or_waived():
    carried = plan(EqualPrincipal(4), Holiday(1, 2, "interest", interest="carry"))
    assert column(carried, "principal") == ["250.00"] * 4
    # 10.00 + 7.50 + 5.00 on 1000, 750 and 500, then 2.50.
    assert column(carried, "interest") == ["0.00", "0.00", "22.50", "2.50"]
    waived = plan(EqualPrincipal(4), Holiday(1, 2, "interest", interest="waive"))
    assert column(waived, "interest") == ["0.00", "0.00", "5.00", "2.50"]


def test_equal_shares_are_worked_out_anew_after_interest_joins():
    schedule = plan(EqualPrincipal(4), Holiday(2, 1, "payment", interest="capitalize"))
    # A third of 1000, then a half of 666.67 and its interest of 6.67.
    assert column(schedule, "principal") == ["333.33", "0.00", "336.67", "336.67"]
    assert column(schedule, "capitalized") == ["0.00", "6.67", "0.00", "0.00"]
    assert column(schedule, "interest") == ["10.00", "0.00", "6.73", "3.37"]


def test_equal_shares_stay_what_they_were_where_nothing_joined():
    """
    One cent free of interest, repaid by installments 2, 6 and 7: a third is no cent.

    The last one takes it. What three installments free of interest capitalize is
    nothing, and half a cent of two installments is never asked for.
    """
    rests = [
        Holiday(1, 1, "principal"),
        Holiday(3, 3, "payment", interest="capitalize"),
    ]
    terms = {"principal": "0.01", "rate": Rate("0%/year")}
    schedule = plan(EqualPrincipal(7), *rests, **terms)
    assert column(schedule, "principal") == ["0.00"] * 6 + ["0.01"]


def test_a_fixed_principal_rests_and_goes_on():
    schedule = plan(FixedPrincipal("400"), Holiday(2, 1, "principal"))
    assert column(schedule, "principal") == ["400.00", "0.00", "400.00", "200.00"]
    assert column(schedule, "interest") == ["10.00", "6.00", "6.00", "2.00"]
    grows = plan(FixedPrincipal("500"), Holiday(1, 1, "payment", interest="capitalize"))
    assert column(grows, "principal") == ["0.00", "500.00", "500.00", "10.00"]


def test_interest_that_is_waived_is_waived_on_what_is_drawn_too():
    schedule = plan(
        EqualPrincipal(2),
        Holiday(1, 1, "interest", interest="waive"),
        drawdowns=[Drawdown(date(2026, 2, 1), "500")],
        day_count="ACT/365F",
    )
    assert column(schedule, "interest")[0] == "0.00"
    owed = schedule.columns()["closing"][0]
    assert schedule.columns()["interest"][1] == half_up(owed * actual("0.12", 28)[0])


def test_a_holiday_of_a_payment_between_interest_dates_of_their_own():
    schedule = plan(
        LevelPayment(2),
        Holiday(1, 1, "payment", interest="carry"),
        every="P2M",
        interest_payments=InterestPayments("monthly"),
        day_count="30E/360",
    )
    # Interest is due in months 1 and 3, carried in 2; month 4 clears.
    assert column(schedule, "interest") == ["10.00", "0.00", "20.00", "10.00"]
    assert column(schedule, "payment") == ["10.00", "0.00", "20.00", "1010.00"]


# Terms that follow.


def test_a_holiday_after_repayment_adds_no_installment():
    schedule = plan(FixedPrincipal("500"), Holiday(10, 2, "principal"))
    assert column(schedule, "principal") == ["500.00", "500.00"]


def test_a_holiday_is_kept_where_the_principal_follows():
    rests = [Holiday(number, 1, "payment", interest="capitalize") for number in (1, 4)]
    schedule = plan(FixedPrincipal("500"), *rests)
    assert column(schedule, "principal")[3:] == ["0.00", "10.10"]


def test_a_holiday_is_kept_where_the_payment_follows():
    schedule = plan(
        FixedPayment("510"),
        Holiday(3, 2, "payment", interest="carry"),
        first_due=date(2026, 12, 15),
        day_count="ACT/365F",
    )
    growths = actual("0.12", 334, 31, 31, 28, 31)
    rules = ["due", "due", "carry", "carry", "due"]
    payments = [51_000, 51_000, None, None, ALL]
    assert rows_of(schedule) == walked(100_000, growths, payments, interest=rules)


def test_interest_carried_to_the_end_is_due_with_the_last_installment():
    # Nothing repays before the third, on which interest is waived: what the second
    # carried is due then.
    schedule = plan(
        FixedPrincipal("1000"),
        Holiday(1, 1, "principal"),
        Holiday(2, 1, "payment", interest="carry"),
        Holiday(3, 1, "interest", interest="waive"),
    )
    assert [str(row.interest) for row in schedule] == ["10.00", "0.00", "10.00"]
    assert [str(row.payment) for row in schedule] == ["10.00", "0.00", "1010.00"]


def test_installments_that_land_in_a_holiday_go_past_it():
    schedule = plan(FixedPayment("600"), Holiday(2, 2, "principal"))
    assert [str(row.principal) for row in schedule[:4]] == [
        "590.00",
        "0.00",
        "0.00",
        "410.00",
    ]


def test_interest_below_zero_beyond_the_balance_is_paid_back_at_the_end():
    # 0.01 at a rate below zero, rounded up to 0.05: a holiday that capitalizes pays
    # nothing; what the lender then owes is paid back in the last row.
    loan = InstallmentLoan(
        currency="CNY",
        principal="0.01",
        disbursed=date(2023, 1, 29),
        every="monthly",
        rate=Rate("-0.0001%/year"),
        day_count="ACT/360",
        rounding=Rounding("up", unit="0.05"),
        repayment=EqualPrincipal(3),
        holidays=[
            Holiday(1, 1, "principal"),
            Holiday(2, 1, "payment", interest="capitalize"),
        ],
    )
    rows = [(str(row.payment), str(row.closing)) for row in loan.schedule()]
    assert rows == [("-0.05", "0.01"), ("0.00", "-0.04"), ("0.01", "0.00")]
