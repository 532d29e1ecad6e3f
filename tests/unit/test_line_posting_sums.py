"""In sum the postings of a line are what is owed."""

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from kept_lines import (
    BOUGHT,
    NOV5,
    OCT5,
    SEP5,
    aug,
    back,
    buy,
    cash,
    cash_at,
    interest,
    kept,
    line,
    octo,
    pay,
    sep,
    split,
)
from loanmath import (
    Charge,
    Chargeback,
    DefaultCharge,
    LineSegment,
    MinimumPayment,
    Payout,
    PlanSettlement,
    Promotion,
    Reversal,
    TransactionFee,
    Transfer,
    Waiver,
)
from loanmath.terms.lines import InstallmentTerms
from posting_formulas import worked_out


def foots(account, until):
    """Work every posting out, and check that in sum they are what is owed."""
    sums: Counter[tuple[str, str]] = Counter()
    for one in account.postings(until=until):
        assert worked_out(one, account.line.digits) == Fraction(one.amount), str(one)
        sums[one.segment, one.component] += one.amount
    position = account.position(until)
    assert -sums.pop(("", "credit"), Decimal(0)) == position.credit
    owed = {
        (segment.name, part): getattr(segment, part)
        for segment in position.segments
        for part in ("penalty", "fee", "interest", "principal")
    }
    assert {key: units for key, units in sums.items() if units} == {
        key: amount for key, amount in owed.items() if amount
    }


# --- in sum -----------------------------------------------------------------------------------

TERMS = line(
    interest(bears_on="unpaid_share"),
    segments=[
        cash_at(fee=TransactionFee("1%", least=10)),
        LineSegment(
            name="transfers",
            interest=interest(bears_from="use"),
            promotion=Promotion(months=2, rate="0.01%/day"),
        ),
    ],
    minimum=MinimumPayment("10%"),
    default_charge=DefaultCharge("5%"),
    installments=InstallmentTerms(fees={3: "3%"}, refund="split_anew"),
)
EVENTS = (
    buy(aug(10), "333.33", "u1"),
    cash(aug(11), 200),
    Transfer(id="t1", on=aug(12), amount=100),
    buy(aug(13), 900, "u3"),
    split(aug(14), of="u3", count=3),
    Charge(id="c1", on=aug(15), amount=5, component="penalty"),
    Waiver(id="w1", on=aug(16), component="penalty", amount="50%"),
    pay(sep(10), 100),
    back(sep(11), 50, "u3"),
    PlanSettlement(id="e1", on=octo(10), of="s1"),
    Chargeback(id="b1", on=octo(11), of="p1", amount=40),
    Reversal(id="x1", on=octo(12), of="u1", reversed_as="today"),
    pay(octo(20), 3000, "p2"),
    Payout(id="o1", on=octo(21), amount=1),
    buy(octo(22), 30, "u4"),
)


@pytest.mark.parametrize(
    "day", [aug(16), SEP5, sep(11), sep(26), OCT5, octo(12), octo(20), octo(22), NOV5]
)
def test_what_is_owed_is_the_sum_of_the_postings(day):
    foots(kept(TERMS, *EVENTS), day)


@pytest.mark.parametrize(
    "rule",
    [
        {"bears_from": "statement", "balance": "average", "rounded": "statement"},
        {"bears_from": "statement", "balance": "previous", "rounded": "statement"},
        {"bears_from": "use", "posted": "payment", "rounding": "up"},
        {
            "bears_from": "use",
            "overdue_multiple": "1.5",
            "bearing": ["principal", "fee"],
        },
        {"bears_on": "unpaid", "tolerance": 10},
    ],
)
def test_it_is_their_sum_by_every_rule(rule):
    terms = line(interest(**rule), minimum=MinimumPayment("10%"))
    events = (
        *BOUGHT,
        pay(sep(10), 100),
        pay(octo(20), 450, "p2"),
        buy(octo(21), 60, "u9"),
    )
    foots(kept(terms, *events), date(2027, 1, 5))


def test_it_is_their_sum_in_yen():
    terms = line(
        interest(), currency="JPY", segments=[cash_at(fee=TransactionFee("1%"))]
    )
    foots(kept(terms, *BOUGHT, cash(aug(11), 150), pay(octo(6), 100)), NOV5)
