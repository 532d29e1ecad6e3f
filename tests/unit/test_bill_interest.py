"""The interest of one bill: which days bear, on what, and what is refused."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import CreditLine, LineInterest, Rate, bill_interest
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    TermsError,
)

FIRST, SECOND = date(2026, 8, 10), date(2026, 8, 20)
BILLED, DUE, NEXT = date(2026, 9, 5), date(2026, 9, 25), date(2026, 10, 5)
BOUGHT = [(FIRST, "300"), (SECOND, "200")]


def line(**interest):
    usual = {"rate": "0.1%/day", "bears_from": "posting"}
    return CreditLine(
        currency="CNY", limit="5000", statement_day=5, due_day=25,
        interest=LineInterest(**(usual | interest)),
    )  # fmt: skip


def stretches(owed):
    """Days, what is owed, and interest of each segment."""
    return [(part.days, str(part.owed), str(part.interest)) for part in owed.segments]


def test_paid_by_its_due_date_it_is_free():
    owed = bill_interest(line(), BOUGHT, [(DUE, "500")])
    assert (owed.total, owed.segments, owed.is_paid) == (Decimal("0.00"), (), True)
    assert (owed.billed, owed.paid) == (Decimal("500.00"), Decimal("500.00"))
    assert (owed.cycle.due, owed.until, owed.currency) == (DUE, NEXT, "CNY")


def test_a_day_late_it_goes_back_to_the_day_of_posting():
    owed = bill_interest(line(), BOUGHT, [(date(2026, 9, 26), "500")])
    # 300 from the 10th to the 19th, 500 from the 20th through the due date.
    assert stretches(owed) == [(10, "300.00", "3"), (37, "500.00", "37/2")]
    assert (owed.total, owed.is_paid) == (Decimal("21.50"), False)


def test_days_of_grace_and_a_tolerance_keep_it_free():
    late = [(date(2026, 9, 28), "490")]
    assert bill_interest(line(grace_days=3, tolerance="10"), BOUGHT, late).total == 0
    assert bill_interest(line(grace_days=2, tolerance="10"), BOUGHT, late).total > 0
    assert bill_interest(line(grace_days=3, tolerance="9.99"), BOUGHT, late).total > 0


def test_only_the_purchases_that_were_unpaid():
    # 400 pay the first in full, and half of the second: 100 bear from the 20th.
    owed = bill_interest(line(bears_on="unpaid"), BOUGHT, [(date(2026, 9, 20), "400")])
    assert stretches(owed) == [(46, "100.00", "23/5")]
    # What is paid before the bill is made is no part of it.
    early = [(date(2026, 8, 25), "300"), (date(2026, 9, 20), "100")]
    owed = bill_interest(line(bears_on="unpaid"), BOUGHT, early)
    assert (owed.billed, owed.paid) == (Decimal("200.00"), Decimal("100.00"))
    assert stretches(owed) == [(46, "100.00", "23/5")]


def test_interest_from_use_is_dearer_after_the_due_date():
    use = {"bears_from": "use", "overdue_multiple": "1.5"}
    owed = bill_interest(line(**use), [(SECOND, "200")])
    assert [(part.days, part.rate) for part in owed.segments] == [
        (37, Fraction(1, 1000)),
        (9, Fraction(3, 2000)),
    ]
    paid = bill_interest(line(**use), [(SECOND, "200")], [(DUE, "200")])
    assert stretches(paid) == [(36, "200.00", "36/5")]


def test_it_is_rounded_by_segment_or_once():
    # 33.33 for 7 days, then 3.33 for 39: 0.2333 and 0.1299.
    bought, paid = [(SECOND, "33.33")], [(date(2026, 8, 27), "30")]
    by_segment = bill_interest(line(), bought, paid)
    assert [part.interest for part in by_segment.segments] == [
        Fraction(23331, 100_000),
        Fraction(12987, 100_000),
    ]
    assert by_segment.total == Decimal("0.36")
    up = {"rounding": "up"}
    assert bill_interest(line(**up), bought, paid).total == Decimal("0.37")
    once = bill_interest(line(rounded="statement", **up), bought, paid)
    assert once.total == Decimal("0.37")
    down = line(rounded="statement", rounding="down")
    assert bill_interest(down, bought, paid).total == Decimal("0.36")


def test_another_statement_may_charge_it():
    owed = bill_interest(line(bears_from="after_due"), BOUGHT, until=date(2026, 11, 5))
    assert stretches(owed) == [(40, "500.00", "20")]


def test_money_beyond_the_debt_bears_nothing():
    owed = bill_interest(line(bears_from="use"), BOUGHT, [(date(2026, 8, 12), "1000")])
    assert stretches(owed) == [(2, "300.00", "3/5")]
    assert (owed.billed, owed.is_paid) == (Decimal("0.00"), True)


def test_what_is_paid_on_the_due_date_leaves_the_rest_from_the_day_after():
    owed = bill_interest(line(bears_from="after_due"), BOUGHT, [(DUE, "100")])
    assert stretches(owed) == [(9, "400.00", "18/5")]


def test_what_is_paid_on_the_statement_day_is_paid_on_the_bill():
    owed = bill_interest(line(), BOUGHT, [(BILLED, "500")])
    assert (owed.billed, owed.paid, owed.total) == (500, 500, 0)


def test_what_is_bought_may_be_paid_on_the_day():
    owed = bill_interest(line(bears_from="use"), [(FIRST, 300)], [(FIRST, 100)])
    assert [part.owed for part in owed.segments] == [200]


def test_nothing_bought_bears_nothing():
    owed = bill_interest(line(bears_from="use"), [(FIRST, 0)])
    assert (owed.total, owed.segments, owed.is_paid) == (Decimal("0.00"), (), True)


def test_a_rate_by_the_year():
    yearly = LineInterest(rate=Rate("36.5%/year"), bears_from="use", days_in_year=365)
    monthly = LineInterest(rate="3%/month", bears_from="use", days_in_year=360)
    assert yearly.daily == monthly.daily == Fraction(1, 1000)


def test_it_prints():
    owed = bill_interest(
        line(bears_on="unpaid_share"), BOUGHT, [(date(2026, 9, 8), "100")]
    )
    assert str(owed).splitlines() == [
        "Interest on the bill of 2026-09-05, billed on 2026-10-05: CNY 19.36",
        "From        Through     Days    Owed  Share  Rate  Interest",
        "2026-08-10  2026-08-19    10  300.00    80%  0.1%      2.40",
        "2026-08-20  2026-09-07    19  500.00    80%  0.1%      7.60",
        "2026-09-08  2026-09-25    18  400.00    80%  0.1%      5.76",
        "2026-09-26  2026-10-04     9  400.00   100%  0.1%      3.60",
        "Total                                                 19.36",
    ]
    assert repr(owed) == "<BillInterest of 2026-09-05: CNY 19.36, 4 segments>"
    assert owed._repr_html_().startswith('<table class="loanmath">')


REFUSED = [
    ({"bears_on": "unpaid", "bears_from": "use"}, TermsError, "bears_on"),
    ({"bears_on": "unpaid_share", "bears_from": "after_due"}, TermsError, "'whole'"),
    ({"overdue_multiple": "1.5"}, TermsError, "where interest bears from use"),
    ({"rate": "18%/year"}, TermsError, "days_in_year"),
    ({"rate": 0.05}, InputTypeError, "rate"),
    ({"grace_days": -1}, LimitError, "0 to 60"),
    ({"grace_days": 61}, LimitError, "0 to 60"),
    ({"grace_days": "3"}, InputTypeError, "grace_days"),
    ({"overdue_multiple": "0.9", "bears_from": "use"}, LimitError, "1 to 10"),
    ({"overdue_multiple": Fraction(11), "bears_from": "use"}, LimitError, "1 to 10"),
    ({"tolerance": "-1"}, InputValueError, "tolerance"),
    ({"bears_from": "bill"}, InputValueError, "bears_from"),
]


@pytest.mark.parametrize(("words", "kind", "said"), REFUSED)
def test_terms_that_are_refused(words, kind, said):
    with pytest.raises(kind, match=said):
        line(**words)


ASKED = [
    ({"purchases": []}, InputValueError, "purchases: got 'none'"),
    ({"purchases": "x"}, InputTypeError, "pairs"),
    ({"purchases": [FIRST]}, InputTypeError, "a pair of a date and an amount"),
    ({"purchases": [(FIRST, 1.5)]}, InputTypeError, "purchases"),
    ({"purchases": [("2026-08-10", 1)]}, InputTypeError, "purchases"),
    ({"purchases": [(FIRST, 1), (BILLED, 1)]}, InputValueError, "one cycle"),
    ({"payments": [(date(2026, 8, 9), 1)]}, InputValueError, "on or after 2026-08-10"),
    ({"payments": [(FIRST, "0.001")]}, InputValueError, "payments"),
    ({"until": BILLED}, InputValueError, "after 2026-09-05"),
    ({"until": "2026-10-05"}, InputTypeError, "until"),
]


@pytest.mark.parametrize(("words", "kind", "said"), ASKED)
def test_questions_that_are_refused(words, kind, said):
    asked = {"purchases": BOUGHT, "payments": []} | words
    purchases, payments = asked.pop("purchases"), asked.pop("payments")
    with pytest.raises(kind, match=said):
        bill_interest(line(), purchases, payments, **asked)


def test_a_line_that_has_no_interest():
    plain = CreditLine(currency="CNY", limit="5000", statement_day=5, due_day=25)
    with pytest.raises(TermsError, match="no interest"):
        bill_interest(plain, BOUGHT)
    with pytest.raises(InputTypeError, match="CreditLine"):
        bill_interest("line", BOUGHT)
    with pytest.raises(InputTypeError, match="LineInterest"):
        CreditLine(
            currency="CNY", limit="5000", statement_day=5, due_day=25, interest="5%"
        )
    with pytest.raises(DateRangeError):
        bill_interest(line(), [(date(2200, 11, 20), 1)])
