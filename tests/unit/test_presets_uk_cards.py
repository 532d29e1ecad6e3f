"""Credit cards of the United Kingdom and of India, with figures worked by hand."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath import (
    CashAdvance,
    DefaultCharge,
    LineAccount,
    Payment,
    Promotion,
    Purchase,
    Transfer,
)
from loanmath.errors import InputTypeError, LimitError
from loanmath.presets import india, uk

# 36.5% a year is 0.1% a day.
RATE = "36.5%/year"


def card(**terms):
    return uk.credit_card("20000", **{"rate": RATE, "statement_day": 12} | terms)


def account(line, *events):
    return LineAccount.open(line, date(2026, 1, 1)).record(*events)


def buy(on, amount, name="u1"):
    return Purchase(id=name, on=on, amount=amount)


def pay(on, amount):
    return Payment(id="p1", on=on, amount=amount)


# --- the United Kingdom -------------------------------------------------------------


def test_a_purchase_is_free_for_up_to_56_days():
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]
    assert max(map(card().free_days, days)) == 56
    assert max(map(card(free_days=46).free_days, days)) == 46
    assert (card(free_days=32).due_after, card(free_days=131).due_after) == (1, 100)
    for days in (31, 132):
        with pytest.raises(LimitError, match="32 to 131"):
            card(free_days=days)
    with pytest.raises(InputTypeError, match="free_days"):
        card(free_days="56")


@pytest.mark.parametrize(("amount", "least"), [("1000", "10.00"), ("300", "5.00")])
def test_the_minimum_is_one_percent_of_the_balance(amount, least):
    kept = account(card(), buy(date(2026, 1, 15), amount))
    assert str(kept.statement(2026, 2).minimum) == least


def test_an_unpaid_bill_bears_from_the_purchase():
    kept = account(card(), buy(date(2026, 1, 15), "1000"))
    bill = kept.statement(2026, 3)
    # 56 days, 15 January to 11 March, and 12 pounds for the minimum that was missed.
    assert bill.interest == (("purchases", Decimal("56.00")),)
    assert str(bill.total("default charge")) == "12.00"
    # 1% of 1,068.00 in all, interest, charge, and 10.00 that is missing.
    assert str(bill.minimum) == "88.68"


def test_later_purchases_lose_their_free_period():
    kept = account(
        card(),
        buy(date(2026, 1, 15), "1000"),
        buy(date(2026, 3, 1), "100", "u2"),
    )
    # 100.00 for the eleven days of March.
    assert kept.statement(2026, 3).interest == (("purchases", Decimal("57.10")),)


def test_a_default_charge_may_be_more_than_the_minimum():
    kept = account(card(), buy(date(2026, 1, 15), "300"))
    assert str(kept.statement(2026, 3).total("default charge")) == "12.00"


def test_the_highest_rate_is_paid_first():
    kept = account(
        card(cash_rate="73%/year", transfers=Promotion(months=12)),
        CashAdvance(id="k1", on=date(2026, 1, 15), amount="100"),
        buy(date(2026, 1, 15), "100"),
        Transfer(id="t1", on=date(2026, 1, 15), amount="100"),
        pay(date(2026, 1, 15), "153"),
    )
    # 3.00 of fee, the cash, and half of the purchases.
    owed = kept.position(date(2026, 1, 15))
    assert [(one.name, str(one.total)) for one in owed.segments] == [
        ("purchases", "50.00"),
        ("transfers", "100.00"),
    ]


def test_cash_bears_from_its_day():
    cash = CashAdvance(id="k1", on=date(2026, 1, 15), amount="1000")
    # 1,000.00 and the fee of 30.00 for 28 days.
    assert account(card(), cash).statement(2026, 2).interest == (
        ("cash", Decimal("28.84")),
    )


# --- India --------------------------------------------------------------------------


def indian(**terms):
    # 3.65% a month is 0.12% a day.
    usual = {"rate": "3.65%/month", "statement_day": 22}
    return india.credit_card("50000", **usual | terms)


def test_both_end_days_count():
    kept = account(
        indian(), buy(date(2026, 1, 15), "1000"), pay(date(2026, 2, 20), "400")
    )
    # 1,000.00 from 15 January through the day it was paid on, 37 days, and 600.00 for
    # 21 and 22 February.
    bill = kept.statement(2026, 2)
    assert bill.interest == (("purchases", Decimal("45.84")),)


def test_three_days_late_cost_interest_and_no_charge():
    late = DefaultCharge("0%", least="100")
    # Billed on 22 January, due on 11 February: 1.20 a day from the 15th, both ends.
    for day, interest, charged in (
        (11, "0.00", "0.00"), (14, "37.20", "0.00"), (15, "38.40", "100.00"),
    ):  # fmt: skip
        kept = account(
            indian(late_charge=late),
            buy(date(2026, 1, 15), "1000"),
            pay(date(2026, 2, day), "1000"),
        )
        bill = kept.statement(2026, 2)
        assert str(bill.total("default charge")) == charged
        assert str(bill.total("interest")) == interest


def test_the_minimum_leaves_no_interest_unpaid():
    cash = CashAdvance(id="k1", on=date(2026, 1, 13), amount="10000")
    bill = account(indian(share="0%"), cash).statement(2026, 1)
    # The fee of 500.00, and ten days of 12.00.
    assert str(bill.minimum) == "620.00"


def test_no_late_charge_is_assumed():
    kept = account(indian(), buy(date(2026, 1, 15), "1000"))
    assert kept.statement(2026, 2).total("default charge") == 0
