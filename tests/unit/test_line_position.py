"""What is owed on a line on a day: every figure, and how it prints."""

from datetime import date
from decimal import Decimal

from kept_lines import (
    BOUGHT,
    DUE,
    NOV5,
    OCT5,
    SEP5,
    aug,
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
    DefaultCharge,
    LinePosition,
    MinimumPayment,
    SegmentPosition,
    TransactionFee,
)
from loanmath.terms.lines import InstallmentTerms

TERMS = line(
    interest(),
    segments=[cash_at(fee=TransactionFee("1%", least=10))],
    minimum=MinimumPayment("10%"),
    default_charge=DefaultCharge("5%"),
    installments=InstallmentTerms(fees={3: "3%"}),
)
EVENTS = (
    *BOUGHT,
    cash(aug(10), 200),
    buy(aug(10), 900, "u3"),
    split(aug(10), of="u3", count=3),
    buy(sep(10), 70, "u4"),
)
ACCOUNT = kept(TERMS, *EVENTS)


def money(*amounts):
    return [Decimal(amount) for amount in amounts]


def test_every_figure_of_a_position():
    # Billed on 5 September: 500; cash of 200, a fee of 10 and 5.20 for 26 days; 300 and
    # 9 of installments: 1,024.20. The minimum: a tenth of 700, 10 + 5.20 and 309: 394.20.
    # It was missed: 5 % of it are 19.71. By the 28th 23 days of 0.20 of cash are
    # earned, 4.60; 300 for 10 days and 500 for 39, 22.50; 300 for 23 days, 6.90.
    position = ACCOUNT.position(sep(28))
    assert position == LinePosition(
        on=sep(28),
        currency="CNY",
        segments=(
            SegmentPosition("purchases", *money("19.71", 0, 0, 570)),
            SegmentPosition("installments", *money(0, 9, 0, 300)),
            SegmentPosition("cash", *money(0, 10, "5.20", 200)),
        ),
        owed=Decimal("1113.91"),
        billed=Decimal("1024.20"),
        unbilled=Decimal("89.71"),
        installments=Decimal(600),
        credit=Decimal(0),
        accrued=Decimal("34.00"),
        payoff=Decimal("1147.91"),
        minimum=Decimal("394.20"),
        arrears=Decimal("394.20"),
        cut_off=Decimal(0),
        days_past_due=3,
        next_due=None,
        next_statement=OCT5,
        limit=Decimal(20000),
        # 1,070 of principal and 600 to come occupy it.
        available=Decimal(18330),
        has_free_period=True,
    )
    assert position.segment("cash").total == Decimal("215.20")
    assert position.segment("transfers").total == 0


def test_amounts_have_the_digits_of_the_currency():
    position = ACCOUNT.position(sep(28))
    assert str(position.credit) == "0.00"
    assert str(position.segment("transfers").principal) == "0.00"
    yen = kept(line(currency="JPY"), buy(aug(10), 300)).position(aug(10))
    assert (str(yen.owed), str(yen.available)) == ("300", "19700")


def test_the_next_due_day():
    days = [aug(10), SEP5, DUE, sep(26), OCT5]
    found = [ACCOUNT.position(day).next_due for day in days]
    assert found == [None, DUE, DUE, None, octo(25)]
    # Of bills that are open at once it is the first.
    two = kept(line(due_after=40), *BOUGHT).position(octo(6))
    assert two.next_due == octo(15)


def test_the_next_statement_day():
    assert ACCOUNT.position(date(2026, 9, 4)).next_statement == SEP5
    assert ACCOUNT.position(SEP5).next_statement == OCT5


def test_a_line_without_a_free_period():
    assert not kept(line(interest(bears_from="use"))).position(aug(10)).has_free_period
    assert kept(line()).position(aug(10)).has_free_period


def test_segments_in_the_order_of_the_line():
    names = [segment.name for segment in ACCOUNT.position(sep(28)).segments]
    assert names == ["purchases", "installments", "cash"]
    assert kept(TERMS).position(aug(10)).segments == ()


def test_it_prints_as_a_table_and_what_follows():
    assert str(ACCOUNT.position(sep(28))).splitlines() == [
        "CNY 1,113.91 owed on 2026-09-28, CNY 18,330.00 available",
        "Segment       Penalty    Fee  Interest  Principal     Total",
        "purchases       19.71   0.00      0.00     570.00    589.71",
        "installments     0.00   9.00      0.00     300.00    309.00",
        "cash             0.00  10.00      5.20     200.00    215.20",
        "Total           19.71  19.00      5.20   1,070.00  1,113.91",
        "Minimum: 394.20",
        "Past due: 394.20, 3 days",
        "Interest earned, not yet owed: 34.00",
        "Installments to come: 600.00",
    ]


def test_it_prints_a_day_and_a_credit():
    late = kept(line(), *BOUGHT, Charge(id="c1", on=aug(11), amount=1))
    assert "Past due: 501.00, 1 day" in str(late.position(sep(26))).splitlines()
    credit = kept(line(), pay(aug(10), 30))
    assert str(credit.position(aug(10))).splitlines()[-1] == "Credit: 30.00"


def test_it_prints_a_due_day_while_something_is_billed():
    account = kept(line(), *BOUGHT, pay(sep(10), 500))
    assert "Due: 2026-09-25" in str(account.position(SEP5)).splitlines()
    paid = account.position(sep(10))
    assert paid.next_due == DUE
    assert "Due: 2026-09-25" not in str(paid).splitlines()


def test_it_prints_nothing_owed():
    assert str(kept(line()).position(aug(10))).splitlines() == [
        "CNY 0.00 owed on 2026-08-10, CNY 20,000.00 available",
        "Segment  Penalty   Fee  Interest  Principal  Total",
        "Total       0.00  0.00      0.00       0.00   0.00",
    ]


def test_it_shows_in_a_notebook():
    shown = ACCOUNT.position(sep(28))._repr_html_()
    assert shown.startswith('<table class="loanmath">')
    assert '<td style="text-align: left">purchases</td>' in shown
    assert shown.endswith("<p>Installments to come: 600.00</p>")


def test_its_short_form():
    assert repr(ACCOUNT.position(sep(28))) == (
        "<LinePosition of 2026-09-28: CNY 1113.91 owed>"
    )


def test_it_is_a_value():
    assert ACCOUNT.position(NOV5) == kept(TERMS, *EVENTS).position(NOV5)
    assert ACCOUNT.position(NOV5) != ACCOUNT.position(OCT5)
