"""Lines of credit like those of platforms and banks."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath import bill_interest
from loanmath.errors import UnknownNameError
from loanmath.presets import cn

BOUGHT = [(date(2026, 8, 10), "3000"), (date(2026, 8, 20), "2000")]


def unpaid(line):
    return bill_interest(line, BOUGHT).total


def test_platforms():
    # 5,000 from 11 to 30 September: billed on the 1st, due on the 10th.
    assert unpaid(cn.huabei_line("20000")) == Decimal("50.00")
    assert unpaid(cn.baitiao_line("20000")) == Decimal("70.00")
    # 3,000 for ten days and 5,000 for 22, then 20 at 1.5 times the rate.
    assert unpaid(cn.fenfu_line("20000")) == Decimal("116.00")


def test_every_pair_of_days_makes_a_line():
    for line, pairs in (
        (cn.huabei_line, cn.HUABEI_DATES.value),
        (cn.baitiao_line, cn.BAITIAO_DATES.value),
    ):
        for statement_day, due_day in pairs:
            made = line("1000", statement_day=statement_day, due_day=due_day)
            cycle = made.cycle_billed_in(2026, 9)
            assert (cycle.statement.day, cycle.due.day) == (statement_day, due_day)
            assert cycle.grace_days < 20


@pytest.mark.parametrize(
    ("convention", "total"), [("a", "17.45"), ("b", "17.85"), ("c", "17.40")]
)
def test_cards_by_each_convention(convention, total):
    # 1,000 from 30 March, 900 from 23 April or the day after, to 4 or 5 May.
    card = cn.bank_card("20000", statement_day=5, due_day=23, convention=convention)
    owed = bill_interest(
        card, [(date(2026, 3, 30), "1000")], [(date(2026, 4, 23), "100")]
    )
    assert owed.total == Decimal(total)


def test_a_card_that_charges_what_was_not_paid():
    card = cn.bank_card("20000", statement_day=5, due_after=18, residual=True)
    owed = bill_interest(
        card, [(date(2026, 3, 30), "1000")], [(date(2026, 4, 23), "900")]
    )
    # 100 from 30 March to 4 May.
    assert (owed.total, owed.segments[0].days) == (Decimal("1.80"), 36)
    almost = [(date(2026, 4, 26), "990")]
    assert bill_interest(card, [(date(2026, 3, 30), "1000")], almost).total == 0
    with pytest.raises(UnknownNameError, match="convention"):
        cn.bank_card("20000", statement_day=5, due_after=18, convention="d")
