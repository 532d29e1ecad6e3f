"""Accounts that are opened with rows behind, with nothing drawn, or from one day on."""

from loanmath.account import Account, Arrear
from loanmath.terms import AmountCap, LateCharge, RateCap
from serviced import D1, START, after, loan, owed, terms

FREE = {"rate": "0%/day"}
COST = ["penalty", "compound", "interest"]


def behind(days, **owed_then):
    return Arrear(due=after(START, -days), **({"principal": "1000"} | owed_then))


def test_a_row_behind_is_charged_late_before_anything_is_drawn():
    # A tenth of 10.00 and 5.00, three days after it was due.
    charge = LateCharge("late fee", "10%", of="installment", days_late=3)
    agreed = loan(**terms(FREE, late_charges=[charge]))
    arrears = [behind(1, principal="10", interest="5")]
    account = Account.open(agreed, arrears=arrears, undrawn=True)
    assert owed(account.position(after(START, 2)))[0] == "1.50"


def test_rows_that_were_not_drawn_cost_nothing_that_a_ceiling_counts():
    # The row behind bears 1.00 a day until all of 40.00 are charged.
    cap = AmountCap("all cost", "40", of=COST)
    account = Account.open(loan(**terms(caps=[cap])), arrears=[behind(1)], undrawn=True)
    assert owed(account.position(D1))[0] == "31.00"
    assert owed(account.position(after(D1, 20)))[0] == "40.00"


def test_no_night_has_passed_on_the_day_of_opening():
    # 1,000 may cost 1,000.00 a night; a charge in the first morning finds no room.
    charge = LateCharge("late fee", "5", days_late=3)
    caps = [RateCap("by the night", "100%/day")]
    account = Account.open(
        loan(**terms(FREE, caps=caps, late_charges=[charge])), arrears=[behind(3)]
    )
    assert owed(account.position(START))[0] == "0.00"
    assert owed(account.position(after(START, 1)))[0] == "5.00"
