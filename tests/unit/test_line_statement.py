"""Bills of a line: they foot, they chain, and say what follows."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from kept_lines import (
    BOUGHT,
    DUE,
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
    CycleChange,
    DefaultCharge,
    LineSegment,
    MinimumPayment,
    Outlook,
    Payout,
    PlanSettlement,
    Reversal,
    StatementItem,
    TransactionFee,
    Transfer,
    Waiver,
)
from loanmath.errors import DateRangeError, InputTypeError, LimitError
from loanmath.terms.lines import InstallmentTerms

TERMS = line(
    interest(),
    segments=[
        cash_at(fee=TransactionFee("1%", least=10)),
        LineSegment(name="transfers", interest=interest(bears_from="use")),
    ],
    minimum=MinimumPayment("10%"),
    default_charge=DefaultCharge("5%"),
    installments=InstallmentTerms(fees={3: "3%"}),
)
EVENTS = (
    buy(aug(10), 300, "u1", name="bicycle"),
    buy(aug(20), 200, "u2"),
    cash(aug(10), 200),
    Transfer(id="t1", on=aug(10), amount=100),
    buy(aug(10), 900, "u3"),
    split(aug(10), of="u3", count=3),
    Charge(id="c1", on=aug(11), amount=5, name="letter"),
    Charge(id="c2", on=aug(11), amount=3),
    Waiver(id="w1", on=aug(12), component="fee", amount=1),
    back(aug(21), 50, "u1"),
    pay(sep(10), 100),
    PlanSettlement(id="e1", on=octo(10), of="s1"),
    Chargeback(id="b1", on=octo(11), of="p1", amount=40),
    Reversal(id="x1", on=octo(12), of="u2", reversed_as="today"),
    pay(octo(20), 3000, "p2"),
    Payout(id="o1", on=octo(21), amount=1),
)
ACCOUNT = kept(TERMS, *EVENTS)


def items(bill):
    return [(one.what, one.name, one.event, str(one.amount)) for one in bill.items]


# --- items ------------------------------------------------------------------------------------


def test_the_items_of_a_bill():
    # Cash 200 bears 26 days: 5.20; transfers of 100 2.60.
    bill = ACCOUNT.statement(2026, 9)
    assert items(bill) == [
        ("purchase", "bicycle", "u1", "300.00"),
        ("purchase", "", "u3", "900.00"),
        ("cash advance", "", "k1", "200.00"),
        ("transaction fee", "cash", "k1", "10.00"),
        ("transfer", "", "t1", "100.00"),
        ("conversion", "s1", "s1", "-900.00"),
        ("charge", "letter", "c1", "5.00"),
        ("charge", "", "c2", "3.00"),
        ("waiver", "fee", "w1", "-1.00"),
        ("purchase", "", "u2", "200.00"),
        ("refund", "", "r1", "-50.00"),
        ("interest", "cash", "", "5.20"),
        ("interest", "transfers", "", "2.60"),
        ("installment", "s1", "", "309.00"),
    ]
    assert bill.items[0] == StatementItem(
        aug(10), "purchase", "bicycle", "u1", Decimal("300.00")
    )
    assert bill.interest == (("cash", Decimal("5.20")), ("transfers", Decimal("2.60")))


def test_items_of_later_bills():
    kinds = [[item.what for item in bill.items] for bill in ACCOUNT.statements(NOV5)]
    assert kinds[1] == ["payment", "default charge", *["interest"] * 4, "installment"]
    assert kinds[2][:4] == ["plan settled", "payment returned", "reversal", "interest"]
    assert [kind for kind in kinds[2] if kind in ("payment", "payout")] == [
        "payment", "payout",
    ]  # fmt: skip


def test_a_bill_foots_and_the_next_begins_where_it_ends():
    opening = 0
    for bill in ACCOUNT.statements(date(2027, 2, 1)):
        assert bill.opening == opening
        assert bill.closing == opening + sum(item.amount for item in bill.items)
        cut = ACCOUNT.position(bill.cycle.end)
        assert bill.closing == cut.owed - cut.credit
        opening = bill.closing


def test_what_items_of_one_kind_come_to():
    bill = ACCOUNT.statement(2026, 9)
    assert str(bill.total("purchase")) == "1400.00"
    assert str(bill.total("payment")) == "0.00"


def test_interest_that_a_payment_posts_is_an_item_of_its_day():
    terms = line(segments=[cash_at(interest(bears_from="use", posted="payment"))])
    bill = kept(terms, cash(aug(10), 1000), pay(aug(20), 500)).statement(2026, 9)
    assert items(bill)[1:3] == [
        ("interest", "cash", "p1", "10.00"), ("payment", "", "p1", "-500.00"),
    ]  # fmt: skip
    # 10.00, and 510 for 16 days.
    assert bill.interest == (("cash", Decimal("18.16")),)


def test_interest_that_a_credit_pays_is_charged_all_the_same():
    # 9.99 beyond the principal, and 10.00 for 10 days of 1,000.
    terms = line(segments=[cash_at()])
    bill = kept(terms, cash(aug(10), 1000), pay(aug(20), "1009.99")).statement(2026, 9)
    assert bill.interest == (("cash", Decimal("10.00")),)
    assert str(bill.closing) == "0.01"


# --- what it says -----------------------------------------------------------------------------


def test_yearly_rates_of_what_is_owed_or_charged():
    assert ACCOUNT.statement(2026, 9).rates == (
        ("purchases", Fraction(365, 1000)),
        ("installments", Fraction(365, 1000)),
        ("cash", Fraction(365, 1000)),
        ("transfers", Fraction(365, 1000)),
    )
    assert kept(line(), *BOUGHT).statement(2026, 9).rates == ()
    for rate, yearly in (("18%/year", "18%"), ("2%/month", "24%")):
        rule = interest(rate=rate, days_in_year=360)
        [(_, found)] = kept(line(rule), *BOUGHT).statement(2026, 9).rates
        assert found == Fraction(int(yearly[:-1]), 100)


def test_whether_purchases_are_free_if_it_is_paid():
    def is_free(terms, *events):
        return kept(terms, *events).statement(2026, 9).free_if_paid

    assert is_free(line(interest()), *BOUGHT)
    assert not is_free(line(interest(bears_from="use")), *BOUGHT)
    assert not is_free(line(interest()), *BOUGHT, pay(aug(21), 500))
    # Nothing costs anything; and cash alone has no free period.
    assert not is_free(line(), *BOUGHT)
    assert not is_free(line(interest(), segments=[cash_at()]), cash(aug(10), 5))


def test_whether_an_earlier_minimum_was_missed():
    missed = [bill.minimum_missed for bill in ACCOUNT.statements(OCT5)]
    assert missed == [False, True]
    paid = kept(TERMS, *BOUGHT, pay(DUE, 50))
    assert not paid.statement(2026, 10).minimum_missed


def test_its_due_day_and_minimum():
    bill = kept(TERMS, *BOUGHT).statement(2026, 9)
    assert (bill.due, bill.minimum) == (DUE, 50)


# --- the outlook ------------------------------------------------------------------------------


def outlook(terms, *events, month=9):
    found = kept(terms, *events).statement(2026, month).outlook()
    return [(one.paid, str(one.amount), str(one.charged)) for one in found]


def test_what_the_next_bill_would_charge():
    # The minimum, 50, leaves 450: 26.00 less 10 days of 50; nothing: 26.00 and 5 % of
    # 50.
    terms = line(
        interest(), minimum=MinimumPayment("10%"), default_charge=DefaultCharge("5%")
    )
    assert outlook(terms, *BOUGHT) == [
        ("in full", "500.00", "0.00"),
        ("minimum", "50.00", "25.50"),
        ("nothing", "0.00", "28.50"),
    ]
    assert kept(terms, *BOUGHT).statement(2026, 9).outlook()[1] == Outlook(
        "minimum", Decimal("50.00"), Decimal("25.50")
    )


def test_the_outlook_of_what_bears_anyway():
    # 5.20 are billed and paid; 200 of principal bear 20 days to 24 September, or 30.
    terms = line(segments=[cash_at()])
    assert outlook(terms, cash(aug(10), 200)) == [
        ("in full", "205.20", "4.00"),
        ("minimum", "205.20", "4.00"),
        ("nothing", "0.00", "6.00"),
    ]


def test_the_outlook_of_interest_that_a_payment_posts():
    # 20 days to the 24th, 4.00, are posted by the payment of 205.20, which leaves 4.00
    # of principal for 10 days: 0.04.
    terms = line(segments=[cash_at(interest(bears_from="use", posted="payment"))])
    assert outlook(terms, cash(aug(10), 200))[0] == ("in full", "205.20", "4.04")


def test_the_outlook_of_a_bill_due_after_the_next():
    # Due on 15 October: in full nothing; else by 5 November 300 x 10 + 500 x 77, and
    # the charge on 50.
    terms = line(
        interest(),
        due_after=40,
        minimum=MinimumPayment("10%"),
        default_charge=DefaultCharge("10%"),
    )
    found = outlook(terms, *BOUGHT)
    assert found[0] == ("in full", "500.00", "0.00")
    # 50 paid on 15 October: 21 days of 50 less, 1.05.
    assert found[1:] == [("minimum", "50.00", "40.45"), ("nothing", "0.00", "46.50")]


def test_nothing_due_has_no_outlook():
    assert outlook(line(interest())) == []
    assert outlook(line(interest()), pay(aug(10), 5)) == []


# --- printing ---------------------------------------------------------------------------------


def test_it_prints_as_text():
    bill = kept(line(interest()), *BOUGHT, back(aug(21), 50, "u1")).statement(2026, 9)
    # With nothing: 300 x 10, 500 on 20 August, 450 x 45.
    assert str(bill).splitlines() == [
        "Bill of 2026-09-05: CNY 450.00",
        "On          What      Event  Amount",
        "2026-08-05  opening            0.00",
        "2026-08-10  purchase  u1     300.00",
        "2026-08-20  purchase  u2     200.00",
        "2026-08-21  refund    r1     -50.00",
        "2026-09-05  closing          450.00",
        "Due: 2026-09-25, at least 450.00",
        "Free of interest if paid in full by then: purchases of this bill",
        "Paid in full on the due day, the next bill charges 0.00",
        "With the minimum alone, the next bill charges 0.00",
        "With nothing, the next bill charges 23.75",
        "Yearly rates: purchases 36.5%",
    ]


def test_it_prints_as_markdown():
    bought = buy(aug(10), 300, name="a|b")
    bill = kept(line(interest(bears_from="use")), bought).statement(2026, 9)
    assert bill.to_markdown().splitlines() == [
        "Bill of 2026-09-05: CNY 307.80",
        "",
        "| On | What | Event | Amount |",
        "| --- | --- | --- | ---: |",
        "| 2026-08-05 | opening |  | 0.00 |",
        "| 2026-08-10 | purchase, a\\|b | u1 | 300.00 |",
        "| 2026-09-05 | interest, purchases |  | 7.80 |",
        "| 2026-09-05 | closing |  | 307.80 |",
        "",
        "- Due: 2026-09-25, at least 307.80",
        "- Paid in full on the due day, the next bill charges 6.00",
        "- With the minimum alone, the next bill charges 6.00",
        "- With nothing, the next bill charges 9.00",
        "- Yearly rates: purchases 36.5%",
    ]


def test_it_prints_as_html():
    bill = kept(line(), buy(aug(10), 300, name="<b>")).statement(2026, 9)
    shown = bill.to_html()
    assert "purchase, &lt;b&gt;" in shown
    assert shown.endswith(
        "<ul><li>Due: 2026-09-25, at least 300.00</li>"
        "<li>Paid in full on the due day, the next bill charges 0.00</li>"
        "<li>With the minimum alone, the next bill charges 0.00</li>"
        "<li>With nothing, the next bill charges 0.00</li></ul>"
    )
    assert bill._repr_html_() == shown
    assert repr(bill) == "<LineStatement of 2026-09-05: CNY 300.00>"


def test_nothing_due_prints_so():
    bill = kept(line(), pay(aug(10), 5)).statement(2026, 9)
    assert str(bill).splitlines()[-1] == "Nothing is due"
    assert (bill.closing, bill.minimum) == (-5, 0)


# --- of a month -------------------------------------------------------------------------------


def refusal(year, month, account=ACCOUNT, error=DateRangeError):
    with pytest.raises(error) as caught:
        account.statement(year, month)
    return str(caught.value)


def test_a_month_without_a_bill():
    assert refusal(2026, 7) == (
        "statement: got '0 bills in 2026-07'; allowed: a month in which one bill is made"
    )


def test_a_month_with_two_bills():
    change = CycleChange(id="y1", on=sep(10), statement_day=20, due_day=8)
    account = kept(line(), *BOUGHT, change)
    assert refusal(2026, 9, account) == (
        "statement: got '2 bills in 2026-09'; allowed: a month in which one bill is made;"
        " look at all of them: account.statements(until)"
    )
    assert [bill.cycle.statement for bill in account.statements(sep(20))] == [
        SEP5, sep(20),
    ]  # fmt: skip


def test_what_is_no_month():
    assert refusal("2026", 7, error=InputTypeError) == "year: got '2026'; allowed: int"
    assert refusal(1900, 7, error=LimitError) == "year: got 1900; allowed: 1901 to 2199"
    assert refusal(2026, 13, error=LimitError) == "month: got 13; allowed: 1 to 12"


def test_bills_until_a_day():
    assert ACCOUNT.statements(date(2026, 9, 4)) == ()
    assert len(ACCOUNT.statements(SEP5)) == 1
