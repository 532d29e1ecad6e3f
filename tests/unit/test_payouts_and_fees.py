"""Plans with drawdowns, discounts and fees: what is paid out, and what is charged."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from by_hand import ALL, actual, half_up, level, rows_of, walked
from loanmath import (
    WEEKENDS,
    BusinessDays,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FlatFee,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    LevelPayment,
    PrincipalAmounts,
    Rate,
    Rounding,
    SinglePayment,
)
from loanmath.errors import LoanmathError, ScheduleError
from loanmath.terms import Drawdown, FixedPrincipal, SteppedPayment

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


def flows(schedule):
    return [(str(flow.on)[5:], str(flow.amount)) for flow in schedule.cash_flows()]


# Drawdowns.


def test_a_drawdown_inside_a_period_bears_interest_from_its_day():
    schedule = plan(
        InterestOnly(2),
        day_count="ACT/365F",
        drawdowns=[Drawdown(date(2026, 2, 1), "500")],
    )
    first = half_up(100_000 * actual("0.12", 31)[0] + 50_000 * actual("0.12", 14)[0])
    second = half_up(150_000 * actual("0.12", 28)[0])
    assert schedule.columns()["interest"] == (first, second)
    assert column(schedule, "drawn") == ["500.00", "0.00"]
    assert column(schedule, "closing") == ["1500.00", "0.00"]


def test_one_level_payment_knows_every_drawdown():
    draws = [Drawdown(date(2026, 3, 15), "300"), Drawdown(date(2026, 2, 1), "500")]
    schedule = plan(LevelPayment(4), day_count="ACT/365F", drawdowns=draws)
    growths = actual("0.12", 31, 28, 31, 30)
    # What is drawn is worth less on the day of disbursement, but grows as well.
    late = 50_000 * (1 + actual("0.12", 14)[0]) / (1 + growths[0])
    later = 30_000 / (1 + growths[0]) / (1 + growths[1])
    payment = half_up(level(100_000 + late + later, growths))
    assert set(column(schedule, "payment")[:3]) == {f"{Decimal(payment) / 100}"}
    assert abs(schedule.columns()["payment"][-1] - payment) <= 4
    assert column(schedule, "drawn") == ["500.00", "0.00", "300.00", "0.00"]
    # The payment of a date comes before what is drawn on it.
    assert flows(schedule)[3:5] == [
        ("03-15", "-300.00"),
        ("03-15", str(schedule[1].payment)),
    ]


def test_equal_shares_of_what_is_drawn():
    schedule = plan(
        EqualPrincipal(4),
        drawdowns=[Drawdown(date(2026, 3, 15), "600")],
        day_count="30E/360",
    )
    # A quarter of 1000, then a half of 500 and 600.
    assert column(schedule, "principal") == ["250.00", "250.00", "550.00", "550.00"]
    assert column(schedule, "interest") == ["10.00", "7.50", "11.00", "5.50"]


def test_two_drawdowns_on_the_day_that_interest_joins():
    draws = [Drawdown(date(2026, 2, 15), "100"), Drawdown(date(2026, 2, 15), "200")]
    schedule = plan(
        EqualPrincipal(2),
        first_due=date(2026, 3, 15),
        drawdowns=draws,
        interest_payments=InterestPayments("monthly", capitalized_until=date(2026, 2, 15)),
        day_count="30E/360",
    )  # fmt: skip
    assert column(schedule, "closing")[:2] == ["1010.00", "655.00"]
    assert column(schedule, "interest") == ["0.00", "13.10", "6.55"]


def test_drawdowns_and_other_methods():
    draws = [Drawdown(date(2026, 2, 15), "500")]
    terms = {"drawdowns": draws, "day_count": "30E/360"}
    stated = plan(PrincipalAmounts(["0", "600", "900"]), **terms)
    assert column(stated, "interest") == ["10.00", "15.00", "9.00"]
    fixed = plan(FixedPrincipal("700"), **terms)
    assert column(fixed, "principal") == ["700.00", "700.00", "100.00"]
    single = plan(SinglePayment(3), **terms)
    assert column(single, "interest") == ["40.00"]
    payments = plan(FixedPayment("700"), **terms)
    assert column(payments, "payment") == ["700.00", "700.00", "119.28"]
    stages = plan(SteppedPayment([(1, "10"), (2, None)]), **terms)
    payment = half_up(level(150_000, [MONTH] * 2))
    rows = walked(150_000, [MONTH] * 2, [payment, ALL])
    assert rows_of(stages)[1:] == rows
    early = [Drawdown(date(2026, 1, 25), "500")]
    daily = plan(InterestOnly(1), rate=Rate("0.1%/day"), drawdowns=early)
    assert column(daily, "interest") == ["41.50"]


def test_principal_that_is_not_yet_drawn_cannot_fall_due():
    with pytest.raises(
        ScheduleError, match="installment 1: got 'principal of 1,200.00"
    ):
        plan(
            PrincipalAmounts(["1200", "300"]),
            drawdowns=[Drawdown(date(2026, 2, 15), "500")],
            day_count="30E/360",
        )


def test_a_drawdown_after_two_periods_of_a_term_that_follows():
    schedule = plan(
        FixedPayment("300"),
        drawdowns=[Drawdown(date(2026, 4, 15), "500")],
        day_count="30E/360",
    )
    rows = walked(100_000, [MONTH] * 3, [30_000] * 3)
    rows += walked(rows[-1].closing + 50_000, [MONTH] * 3, [30_000] * 2 + [ALL])
    assert rows_of(schedule) == rows


def test_a_loan_is_repaid_only_after_its_last_drawdown():
    schedule = plan(
        FixedPayment("1200"),
        drawdowns=[Drawdown(date(2026, 2, 15), "100")],
        day_count="30E/360",
    )
    assert column(schedule, "payment") == ["1010.00", "101.00"]


def test_a_drawdown_after_the_last_due_date():
    with pytest.raises(LoanmathError, match="before the last due date"):
        plan(
            LevelPayment(3),
            drawdowns=[Drawdown(date(2026, 4, 15), "1")],
            day_count="30E/360",
        )


# Discounts.


@pytest.mark.parametrize(
    ("discount", "received"), [("25", "-975.00"), ("-25", "-1025.00"), (0, "-1000.00")]
)
def test_a_discount_changes_what_is_paid_out(discount, received):
    schedule = plan(LevelPayment(3), discount=discount)
    assert flows(schedule)[0] == ("01-15", received)
    assert schedule.rows() == plan(LevelPayment(3)).rows()


# Fees on disbursement.


def test_a_fee_on_disbursement_has_a_row_of_its_own():
    schedule = plan(LevelPayment(3), fees=[Fee("opening", "1%", tax="6%")])
    assert schedule[0].start == schedule[0].end == schedule[0].due == date(2026, 1, 15)
    assert [str(cell) for cell in schedule[0][4:]] == [
        "1000.00", "10.60", "0.00", "0.00", "10.00", "1000.00", "0.60", "0.00", "0.00",
    ]  # fmt: skip
    assert column(schedule, "payment")[1:] == ["340.02", "340.02", "340.03"]
    assert flows(schedule)[:2] == [("01-15", "-1000.00"), ("01-15", "10.60")]
    assert (schedule.totals.fee, schedule.totals.tax) == (
        Decimal("10.00"),
        Decimal("0.60"),
    )


def test_a_fee_that_is_deducted_is_never_paid():
    fees = [Fee("opening", "1%", paid="deducted"), Fee("survey", "7", tax="50%")]
    schedule = plan(LevelPayment(3), fees=fees, discount="100")
    assert str(schedule[0].payment) == "20.50"
    assert flows(schedule)[:2] == [("01-15", "-890.00"), ("01-15", "10.50")]
    alone = plan(LevelPayment(3), fees=fees[:1])
    assert flows(alone)[:2] == [("01-15", "-990.00"), ("02-15", "340.02")]


def test_a_fee_that_is_financed_is_repaid_with_the_principal():
    fee = Fee("opening", "50", paid="financed", tax="6%")
    schedule = plan(LevelPayment(3), fees=[fee])
    assert column(schedule, "fee") == ["0.00"] * 3
    payment = half_up(level(105_300, [MONTH] * 3))
    rows = walked(105_300, [MONTH] * 3, [payment, payment, ALL])
    assert rows_of(schedule) == rows
    assert flows(schedule)[0] == ("01-15", "-1000.00")
    share = plan(FixedPrincipal("50%"), fees=[fee])
    assert column(share, "principal") == ["526.50", "526.50"]


def test_a_fee_falls_due_with_a_payment_on_the_day():
    schedule = plan(
        LevelPayment(3),
        first_due=date(2026, 1, 15),
        fees=[Fee("opening", "1%", paid="deducted")],
    )
    assert len(schedule) == 3
    paid = schedule[0].principal
    assert schedule[0].payment == paid + Decimal("10.00")
    assert flows(schedule)[:2] == [("01-15", "-990.00"), ("01-15", str(paid))]
    advance = plan(
        InterestOnly(2),
        interest_payments=InterestPayments(in_advance=True),
        fees=[Fee("opening", "5")],
        day_count="30E/360",
    )
    assert column(advance, "payment") == ["15.00", "10.00", "1000.00"]


# Fees later on.


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        (Fee("a", "5", due="installments"), [5, 5, 5, 5]),
        (Fee("a", "5", due="installments", every=2), [0, 5, 0, 5]),
        (Fee("a", "1%", due="installments"), [10, 10, 10, 10]),
        (Fee("a", "1%", of="outstanding", due="installments"), [10, 7.5, 5, 2.5]),
        (Fee("a", "1%", of="payment", due="installments"), [2.6, 2.58, 2.55, 2.53]),
        (Fee("a", "10%", of="interest", due="installments"), [1, 0.75, 0.5, 0.25]),
        (Fee("a", "5", due=date(2026, 3, 15)), [0, 5, 0, 0]),
        (
            Fee("a", "1%", of="installment_principal", due="installments", every=2),
            [0, 2.5, 0, 2.5],
        ),
    ],
)
def test_fees_with_installments(fee, expected):
    schedule = plan(EqualPrincipal(4), fees=[fee])
    assert [float(row.fee) for row in schedule] == expected
    assert column(schedule, "interest") == ["10.00", "7.50", "5.00", "2.50"]


def test_fees_and_their_tax_are_each_rounded():
    fee = Fee("a", "0.155%", due="installments", tax="33%", rounding="down")
    schedule = plan(EqualPrincipal(1), fees=[fee, fee])
    # 1.55 and 0.5115 down to 0.51, twice.
    assert (str(schedule[0].fee), str(schedule[0].tax)) == ("3.10", "1.02")
    usual = Fee("a", "0.1555%", due="installments", tax="33%")
    schedule = plan(EqualPrincipal(1), fees=[usual])
    assert (str(schedule[0].fee), str(schedule[0].tax)) == ("1.56", "0.51")
    coarse = Fee("a", "0.1555%", due="installments", rounding=Rounding("up", unit="1"))
    assert column(plan(EqualPrincipal(1), fees=[coarse]), "fee") == ["2.00"]


def test_a_fee_on_a_date_between_installments_has_a_row():
    fees = [Fee("a", "5", due=date(2026, 3, 1)), Fee("b", "7", due=date(2026, 3, 1))]
    schedule = plan(EqualPrincipal(2), fees=fees)
    assert column(schedule, "due") == ["2026-02-15", "2026-03-01", "2026-03-15"]
    assert [str(cell) for cell in schedule[1][4:10]] == [
        "500.00", "12.00", "0.00", "0.00", "12.00", "500.00",
    ]  # fmt: skip
    assert column(schedule, "number") == ["1", "2", "3"]
    every = plan(EqualPrincipal(2), fees=[*fees, Fee("c", "1", due="installments")])
    assert column(every, "fee") == ["1.00", "12.00", "1.00"]


def test_a_fee_on_a_date_of_a_loan_repaid_by_days():
    terms = {"every": "P14D", "day_count": "ACT/ACT ISDA"}
    fee = Fee("a", "5", due=date(2026, 2, 12))
    schedule = plan(EqualPrincipal(2), fees=[fee], **terms)
    # 14 days of 365 on 1000, then on 500.
    assert column(schedule, "interest") == ["4.60", "2.30"]
    assert column(schedule, "fee") == ["0.00", "5.00"]
    late = Fee("a", "5", due=date(2026, 2, 13))
    with pytest.raises(LoanmathError, match="up to the last due date, 2026-02-12"):
        plan(EqualPrincipal(2), fees=[late], **terms)


@pytest.mark.parametrize("repayment", [EqualPrincipal(2), FixedPayment("600")])
def test_a_fee_on_a_date_beside_stated_dates(repayment):
    terms = {"every": [date(2026, 2, 1), date(2026, 3, 1)], "day_count": "30E/360"}
    schedule = plan(repayment, fees=[Fee("a", "5", due=date(2026, 3, 1))], **terms)
    assert column(schedule, "fee") == ["0.00", "5.00"]
    with pytest.raises(LoanmathError, match="up to the last due date, 2026-03-01"):
        plan(repayment, fees=[Fee("a", "5", due=date(2026, 3, 2))], **terms)


def test_fees_on_top_of_a_flat_fee():
    schedule = plan(FlatFee(2, "3%"), rate=None, fees=[Fee("stamp", "1", tax="10%")])
    assert column(schedule, "fee") == ["1.00", "15.00", "15.00"]
    assert column(schedule, "payment") == ["1.10", "515.00", "515.00"]


def test_a_fee_after_the_last_due_date():
    with pytest.raises(LoanmathError, match="up to the last due date"):
        plan(EqualPrincipal(2), fees=[Fee("late", "1", due=date(2026, 3, 16))])
    with pytest.raises(ScheduleError, match="up to the last due date"):
        plan(FixedPayment("600"), fees=[Fee("late", "1", due=date(2026, 3, 16))])


def test_a_fee_on_a_date_is_charged_once():
    # Saturday's, Sunday's and Monday's installments all fall due on Monday the 19th.
    schedule = plan(
        EqualPrincipal(5),
        every="daily",
        day_count="ACT/365F",
        business_days=BusinessDays("following", WEEKENDS),
        fees=[Fee("a", "5", due=date(2026, 1, 19))],
    )
    assert str(schedule.totals.fee) == "5.00"


def test_a_fee_on_the_day_that_the_last_due_date_moves_to():
    schedule = plan(
        EqualPrincipal(2),
        day_count="ACT/365F",
        business_days=BusinessDays("following", WEEKENDS),
        fees=[Fee("a", "5", due=date(2026, 3, 16))],
    )
    assert column(schedule, "fee") == ["0.00", "5.00"]


@pytest.mark.parametrize("of", ["payment", "interest", "installment_principal"])
def test_a_fee_on_an_installment_needs_one_on_its_date(of):
    fee = Fee("late", "10%", of=of, due=date(2026, 3, 1))
    with pytest.raises(ScheduleError, match="fee late: got 'a percentage of the"):
        plan(LevelPayment(3), fees=[fee])
    on_time = Fee("once", "10%", of=of, due=date(2026, 3, 15))
    row = plan(LevelPayment(3), fees=[on_time])[1]
    base = {
        "payment": row.principal + row.interest,
        "interest": row.interest,
        "installment_principal": row.principal,
    }[of]
    assert row.fee == round(base / 10, 2)
    outstanding = Fee("x", "1%", of="outstanding", due=date(2026, 3, 1))
    assert str(plan(LevelPayment(3), fees=[outstanding])[1].fee) == "6.70"
