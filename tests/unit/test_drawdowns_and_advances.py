"""Principal drawn several times in a period, and interest that is paid in advance."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from by_hand import half_up
from loanmath import (
    Drawdown,
    EqualPrincipal,
    Fee,
    InstallmentLoan,
    InterestPayments,
    LevelPayment,
    Rate,
    SinglePayment,
    SteppedRate,
)

BASE = {
    "currency": "CNY",
    "principal": "10000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "day_count": "ACT/365F",
    "rate": Rate("36.5%/year"),
}


def plan(**terms):
    return InstallmentLoan(**(BASE | terms)).schedule()


def test_two_drawdowns_of_a_period_whose_rate_changes_later():
    # 0.1 % a day until March 20: of the first 31 days, 1000 bear interest for 14 and
    # 2000 for 7. The payment does not foresee the change.
    rate = SteppedRate(Rate("36.5%/year"), {date(2026, 3, 20): Rate("3.65%/year")})
    schedule = plan(
        repayment=LevelPayment(3),
        rate=rate,
        drawdowns=[Drawdown(date(2026, 2, 1), 1000), Drawdown(date(2026, 2, 8), 2000)],
    )
    owed = 10_000 * Fraction(1_031, 1_000) + 1_014 + 2_014
    second, third = Fraction(1_000, 1_028), Fraction(1_000, 1_031)
    level = owed / (1 + second + second * third)
    assert schedule[0].payment == Decimal(half_up(100 * level)) / 100
    assert schedule[0].interest == 310 + 14 + 14
    assert schedule[0].payment == schedule[1].payment


def test_two_drawdowns_of_a_later_period_whose_rate_changes():
    # The rate falls on February 22, between two drawdowns of the second period.
    rate = SteppedRate(Rate("36.5%/year"), {date(2026, 2, 22): Rate("3.65%/year")})
    schedule = plan(
        repayment=EqualPrincipal(3),
        rate=rate,
        drawdowns=[Drawdown(date(2026, 2, 20), 1000), Drawdown(date(2026, 3, 1), 2000)],
    )
    # 10000 / 3 are repaid on February 15; then 7 days at 0.1 % and 21 at 0.01 %.
    first = Decimal("3333.33")
    assert schedule[0].principal == first
    owed = Fraction(10_000 - first)
    more = 1_000 * Fraction(2 * 10 + 21, 10_000) + 2_000 * Fraction(14, 10_000)
    interest = owed * Fraction(7 * 10 + 21, 10_000) + more
    assert schedule[1].interest == Decimal(half_up(100 * interest)) / 100
    assert schedule[1].drawn == 3000


def test_the_larger_payments_are_the_fewest_where_all_is_repaid_before_a_drawdown():
    # 107 cents in 15 payments: 2 of 8 and 13 of 7. With 12 of 8 the loan would be
    # repaid in the thirteenth, and the last would be 7 too.
    schedule = plan(
        principal="1",
        disbursed=date(2023, 1, 29),
        rate=Rate("0%/year"),
        repayment=LevelPayment(15, residue="spread"),
        drawdowns=[Drawdown(date(2024, 3, 29), "0.07")],
    )
    assert [int(100 * row.payment) for row in schedule] == [8] * 2 + [7] * 13


def test_a_fee_with_installments_is_not_due_with_interest_in_advance():
    schedule = plan(
        repayment=EqualPrincipal(3),
        interest_payments=InterestPayments(in_advance=True),
        fees=[Fee("service", "5", due="installments")],
    )
    assert [row.fee for row in schedule] == [0, 5, 5, 5]
    assert schedule[0].interest == 310
    every_other = plan(
        repayment=EqualPrincipal(4),
        interest_payments=InterestPayments(in_advance=True),
        fees=[Fee("service", "5", due="installments", every=2)],
    )
    assert [row.fee for row in every_other] == [0, 0, 5, 0, 5]


def test_what_clears_a_loan_that_capitalizes_to_its_end():
    schedule = plan(
        repayment=EqualPrincipal(2),
        rate=Rate("1%/month"),
        day_count="30E/360",
        interest_payments=InterestPayments(
            "monthly", capitalized_until=date(2026, 3, 15)
        ),
    )
    last = schedule[-1]
    assert last.capitalized > 0
    assert last.principal == last.opening + last.capitalized
    told = schedule.explain(2, "principal")
    assert told.formula == "opening + drawn + capitalized"
    assert told.inputs["capitalized"] == last.capitalized


def test_a_drawing_at_a_month_end_cuts_whole_months():
    # 10,000 for three months and 100 for two, at half a percent a month.
    terms = InstallmentLoan(
        currency="CNY",
        principal="10000",
        disbursed=date(2024, 2, 29),
        every="monthly",
        rate=Rate("6%/year"),
        day_count="30/360 CN",
        end_of_month=True,
        repayment=SinglePayment(3),
        drawdowns=[Drawdown(date(2024, 3, 31), "100")],
    )
    assert str(terms.schedule().totals.interest) == "151.00"
