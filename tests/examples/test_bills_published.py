"""
What a bill that is not paid in full costs, against figures that somebody else printed.

Tolerance is zero. Each case says its source and which of the published rules it follows.
"""

from datetime import date
from decimal import Decimal

import pytest

from loanmath import CreditLine, LineInterest, bill_interest


def line(statement_day, due_day, **interest):
    return CreditLine(
        currency="CNY",
        limit="50000",
        statement_day=statement_day,
        due_day=due_day,
        interest=LineInterest(**({"rate": "0.05%/day"} | interest)),
    )


# --- bank cards in full-balance mode ------------------------------------------------------


def test_the_day_of_repayment_on_the_old_balance():
    # CN-020, wodefinance.com/Creditcardoverdue/zkaqmrmnpj.
    card = line(1, 25, bears_from="posting", repayment_day="old")
    owed = bill_interest(
        card, [(date(2026, 3, 31), "10000")], [(date(2026, 4, 25), "9000")]
    )
    assert [(part.days, part.interest) for part in owed.segments] == [
        (26, Decimal("130.00")),
        (5, Decimal("2.50")),
    ]
    assert owed.total == Decimal("132.50")


def test_the_statement_day_included():
    # CN-023, wodefinance.com/Creditcardoverdue/djzmbaodnq.
    card = line(5, 23, bears_from="posting", last_day="included")
    owed = bill_interest(
        card, [(date(2026, 3, 30), "1000")], [(date(2026, 4, 23), "100")]
    )
    assert [(part.days, part.interest) for part in owed.segments] == [
        (24, Decimal("12.00")),
        (13, Decimal("5.85")),
    ]
    assert owed.total == Decimal("17.85")


# --- vectors of an open-source bookkeeping program: no issuer's document -------------------

BOUGHT = [(date(2026, 8, 10), "3000"), (date(2026, 8, 20), "2000")]
PAID = [(date(2026, 9, 8), "2000")]
IN_FULL = [*PAID, (date(2026, 9, 25), "3000")]

VECTORS = {
    # CN-027: of the bill, three fifths are unpaid when it is due.
    "unpaid share": (
        {"bears_from": "posting", "bears_on": "unpaid_share"}, PAID, "67.20",
    ),
    # CN-030, like Huabei: nothing until the due date, 3,000 for nine days after it.
    "after the due date": ({"bears_from": "after_due"}, PAID, "13.50"),
    # CN-031, like Baitiao: a default charge by the day.
    "default charge": (
        {"bears_from": "after_due", "rate": "0.07%/day"}, PAID, "18.90",
    ),
    # CN-032, like Fenfu: from the day of use, the due day at the normal rate.
    "from use, paid": (
        {"bears_from": "use", "rate": "0.04%/day", "overdue_multiple": "1.5"},
        IN_FULL, "70.40",
    ),
    "from use, not paid": (
        {"bears_from": "use", "rate": "0.04%/day", "overdue_multiple": "1.5"},
        PAID, "87.80",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("interest", "paid", "total"), VECTORS.values(), ids=VECTORS)
def test_a_bill_by_each_rule(interest, paid, total):
    assert bill_interest(line(5, 25, **interest), BOUGHT, paid).total == Decimal(total)


# --- an Indian card -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "last", "charge"),
    # in-card-1 and -3, most important terms of an Indian card: both ends count.
    [("500", date(2026, 1, 22), "21.48"), ("600", date(2025, 12, 24), "6.61")],
)
def test_a_monthly_rate_by_days_of_a_year_both_ends_counted(amount, last, charge):
    card = CreditLine(
        currency="INR", limit="50000", statement_day=last.day, due_after=20,
        interest=LineInterest(
            rate="3.35%/month", days_in_year=365, bears_from="use",
            last_day="included",
        ),
    )  # fmt: skip
    bought = date(2025, 12, 15)
    if card.cycle_of(bought).statement == last:
        # It is billed at once: that statement charges it until its own day.
        card = CreditLine(
            currency="INR", limit="50000", statement_day=15, due_after=20,
            statement_day_joins="closing", interest=card.interest,
        )  # fmt: skip
    assert bill_interest(card, [(bought, amount)], until=last).total == Decimal(charge)
