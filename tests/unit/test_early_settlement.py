"""What settles a loan early by its annual rate, worked by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import (
    Drawdown,
    FlatFee,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    Rate,
)
from loanmath.analysis.accounting import EarlySettlementRule, early_settlement
from loanmath.errors import DateRangeError, InputTypeError, LimitError, TermsError
from loanmath.presets.uk import EARLY_SETTLEMENT
from refusals import refused

RULE = EARLY_SETTLEMENT.value
START = date(2026, 1, 15)


def yearly(count=3):
    """300 over some years, for 30 % of it: three payments of 130 on 15 January."""
    return InstallmentLoan(
        currency="GBP",
        principal="300",
        disbursed=START,
        every="P1Y",
        repayment=FlatFee(count, "30%"),
    ).schedule()


def monthly(**words):
    terms = {
        "currency": "GBP",
        "principal": "1200",
        "disbursed": START,
        "every": "monthly",
        "rate": Rate("12%/year"),
        "day_count": "1/12",
        "repayment": LevelPayment(24),
    }
    return InstallmentLoan(**(terms | words)).schedule()


def test_what_is_due_after_the_day_counted_to_is_worth_less():
    """
    Notice on 17 November is settled on 15 December and counted to 15 January 2027.

    130 / 1.1 + 130 / 1.21 = 225.6198; the payment of 15 January is due in full.
    """
    found = early_settlement(yearly(), date(2026, 11, 17), RULE, rate="10%")
    assert (found.settled, found.counted) == (date(2026, 12, 15), date(2027, 1, 15))
    assert (found.left, found.rebate, found.payable) == (
        Decimal("390.00"),
        Decimal("34.38"),
        Decimal("355.62"),
    )
    assert found.rate == Fraction(1, 10)


def test_a_loan_of_a_year_is_counted_to_the_day_it_is_settled():
    for count, counted in ((12, date(2026, 6, 15)), (13, date(2026, 7, 15))):
        schedule = monthly(repayment=LevelPayment(count))
        found = early_settlement(schedule, date(2026, 5, 18), RULE)
        assert (found.settled, found.counted) == (date(2026, 6, 15), counted)


def test_at_its_own_rate_a_loan_is_worth_what_is_owed():
    """At 1 % a month, what is left after a due date is the principal owed."""
    schedule = monthly()
    found = early_settlement(schedule, date(2026, 5, 18), RULE)
    row = schedule[5]
    assert (row.due, found.counted) == (date(2026, 7, 15), date(2026, 7, 15))
    assert abs(found.payable - (row.payment + row.closing)) <= Decimal("0.01")


def test_days_between_payments_count_by_their_year():
    """Two months and 10 days before 130 falls due, at 21 %: 10 days of 2027."""
    rule = EarlySettlementRule("own", notice_days=0, deferred_months=0, above_months=0)
    found = early_settlement(yearly(1), date(2026, 11, 5), rule, rate="21%")
    worth = 390 / 1.21 ** (2 / 12 + 10 / 365)
    assert abs(float(found.payable) - worth) <= 0.005


def test_weeks_are_counted_where_payments_are_due_in_weeks():
    """Three days before 30 falls due, and a week and two weeks before the next ones."""
    schedule = InstallmentLoan(
        currency="GBP",
        principal="100",
        disbursed=date(2026, 1, 1),
        every="weekly",
        repayment=FlatFee(4, "20%"),
    ).schedule()
    rule = EarlySettlementRule("own", notice_days=1, deferred_months=0, above_months=12)
    found = early_settlement(schedule, date(2026, 1, 11), rule, rate="900%")
    assert found.counted == date(2026, 1, 12)
    worth = sum(30 / 10 ** (weeks / 52 + 3 / 365) for weeks in (0, 1, 2))
    assert abs(float(found.payable) - worth) <= 0.005


def test_listed_dates_are_counted_in_months():
    dates = [date(2026, 3, 15), date(2026, 4, 25)]
    schedule = monthly(
        every=dates, repayment=FlatFee(2, "20%"), rate=None, day_count=None
    )
    rule = EarlySettlementRule("own", notice_days=0, deferred_months=0, above_months=0)
    found = early_settlement(schedule, date(2026, 3, 15), rule, rate="44%")
    worth = 720 / 1.44 ** (1 / 12 + 10 / 365)
    assert abs(float(found.payable) - worth) <= 0.005


def test_it_prints():
    found = early_settlement(yearly(), date(2026, 11, 17), RULE, rate="10%")
    assert str(found) == (
        "Early settlement on 2026-12-15, charges counted to 2027-01-15\n"
        "                  GBP\n"
        "Payments left  390.00\n"
        "Rebate          34.38\n"
        "To settle      355.62"
    )
    assert found.to_csv().splitlines()[:2] == ["what,amount", "Payments left,390.00"]


@pytest.mark.parametrize("notice", [date(2026, 1, 14), date(2028, 12, 18)])
def test_something_is_left_when_it_is_settled(notice):
    with refused(DateRangeError, match="2026-01-15 to 2028-12-17"):
        early_settlement(yearly(), notice, RULE)
    for day in (START, date(2028, 12, 17)):
        early_settlement(yearly(), day, RULE)


def test_what_is_paid_out_later_is_refused():
    schedule = monthly(
        repayment=InterestOnly(24),
        drawdowns=[Drawdown(date(2026, 9, 20), 600)],
    )
    with refused(TermsError, match="in a period that ends after 2026-08-29"):
        early_settlement(schedule, date(2026, 8, 1), RULE)
    assert early_settlement(schedule, date(2026, 10, 1), RULE).left > 1200


def test_wrong_kinds_are_refused():
    with refused(InputTypeError, match="schedule"):
        early_settlement(monthly().loan, START, RULE)
    with refused(InputTypeError, match="rule"):
        early_settlement(monthly(), START, EARLY_SETTLEMENT)
    with refused(LimitError, match="notice_days"):
        EarlySettlementRule("own", notice_days=-1, deferred_months=0, above_months=0)
    with refused(InputTypeError, match="above_months"):
        EarlySettlementRule("own", notice_days=1, deferred_months=0, above_months=False)
