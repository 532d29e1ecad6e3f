"""Measures of a book in the details that a small slip would change, by hand."""

from datetime import date
from fractions import Fraction

from loan_books import APRIL, MAY, book, loan, spread
from loanmath.analysis.book import (
    Inclusion,
    LossPeriod,
    cure_rate,
    expected_credit_loss,
    first_payment_default,
    flow_rates,
    migration,
    overdue_ratio,
    pds_from_cumulative,
    vintages,
)
from loanmath.analysis.delinquency import BucketScheme
from loanmath.errors import DateRangeError
from refusals import refused

ALL = Inclusion()
TWO = BucketScheme("two", [0], edge="above", names=["good", "late"])


def test_first_payments_are_judged_from_the_day_itself():
    """Due on 10 June: 20 days ago on the 30th."""
    day = date(2026, 6, 10)
    seen = book(loan("a", 100, first_due=day), ("b", 100), ("c", 100))
    found = first_payment_default(seen, 20, decimals=1)
    assert (found.numerator, found.denominator, found.shown) == (1, 1, "100.0%")
    assert found.rule == (
        "write-offs in, restructured in, paid late counts as missed;"
        " 2 loans without a first due date left out"
    )
    every = book(loan("a", 100, first_due=day))
    assert "left out" not in first_payment_default(every, 20).rule


def test_a_cure_is_counted_in_money_or_in_loans():
    before = book(("a", "100.50", 10), ("b", 200, 10), on=MAY)
    after = book(("a", 90), ("b", 200, 40))
    money = cure_rate(before, after, 10, by="balance", inclusion=ALL, decimals=0)
    assert (str(money.numerator), money.unit, money.shown) == ("100.50", "CNY", "33%")
    loans = cure_rate(before, after, 10, by="loan", inclusion=ALL)
    assert (loans.numerator, loans.denominator, loans.unit) == (1, 2, "loans")
    assert cure_rate(before, after, 11, by="loan", inclusion=ALL).denominator == 0


def test_a_cure_rate_says_whether_plans_count():
    before, after = book(("a", 100, 10), on=MAY), book(("a", 90))
    for rule, word in (
        (ALL, "restructured in"),
        (Inclusion(restructured=False), "out"),
    ):
        assert word in cure_rate(before, after, 1, by="loan", inclusion=rule).rule
    out = cure_rate(
        before, after, 1, by="loan", inclusion=Inclusion(restructured=False)
    )
    assert "restructured in" not in out.rule


def test_what_was_lost_before_is_not_lost_again():
    """Of 500, 100 were written off before, 150 are by now, and 60 were repaid."""
    before = book(loan("a", 400, 9, on=MAY, written_off=100), on=MAY)
    after = book(loan("a", 290, 9, written_off=150))
    moves = migration(before, after, TWO, by="balance")
    assert [
        str(part) for part in (moves.moved("late", "late"), moves.opening("late"))
    ] == [
        "290.00",
        "400.00",
    ]
    row = " ".join(str(moves).split("late", 2)[-1].split())
    assert "50.00" in row
    assert "60.00" in row


def test_new_loans_add_up_in_a_bucket():
    before = book(("old", 100), ("more", 100), on=MAY)
    after = book(("old", 150), ("more", 130), ("n1", 10), ("n2", 20))
    moves = migration(before, after, TWO, by="balance")
    assert str(moves.new("good")) == "110.00"
    assert migration(before, after, TWO, by="loan").new("good") == 2


def test_a_curve_has_the_month_that_ends_today_and_the_worst_so_far():
    curves = [
        book(loan("a", 1000, 0, on=APRIL, originated=date(2026, 4, 1)), on=APRIL),
        book(loan("a", 900, 5, on=MAY, originated=date(2026, 4, 1)), on=MAY),
        book(loan("a", 100, 0, originated=date(2026, 4, 1))),
    ]
    ever = vintages(curves, 1, seen="ever", inclusion=ALL).cohorts[0]
    assert [ever.rate(age) for age in (0, 1, 2)] == [
        0,
        Fraction(9, 10),
        Fraction(9, 10),
    ]
    last = vintages(curves[:1], 1, seen="ever", inclusion=ALL).cohorts
    assert [point.months for point in last[0].points] == [0]


def test_probabilities_may_stand_still_and_come_to_all():
    assert pds_from_cumulative(["2%", "2%", "5%"]) == (
        Fraction(2, 100),
        0,
        Fraction(3, 100),
    )
    certain = [LossPeriod(pd="50%", lgd="50%", ead=1000, at=at) for at in (1, 2)]
    found = expected_credit_loss(certain, currency="CNY", rate=0)
    assert found.total == 500


def test_books_of_flows_ascend():
    one, same = spread({"a": 1, "b": 1}, on=MAY), spread({"a": 1, "b": 1}, on=MAY)
    with refused(DateRangeError):
        flow_rates([one, same], average="pooled")
    assert repr(book(("a", 1))) != repr(book(("a", 1), ("b", 1)))
    assert "1 loan" in repr(book(("a", 1)))
    assert "loans" in repr(book())


def test_days_that_are_reached_are_late_whatever_counts():
    """40 days late, beside what was written off in part: 10 of 100 and 250."""
    seen = book(("a", 100, 40), loan("b", 900, 0, written_off=10))
    for by in ("balance", "loan", "borrower"):
        late = overdue_ratio(seen, 40, by=by, inclusion=ALL)
        assert late.numerator > 0
        assert overdue_ratio(seen, 41, by=by, inclusion=ALL).numerator == 0
    # What was written off is out, and in where the rule says so.
    out = overdue_ratio(seen, 40, by="balance", inclusion=ALL)
    assert (out.numerator, out.denominator) == (100, 1000)
    rule = Inclusion(written_off=True)
    off = overdue_ratio(seen, 41, by="balance", inclusion=rule)
    assert (off.numerator, off.denominator) == (10, 1010)
    cent = book(loan("b", 0, 0, written_off="0.01"), ("a", 100))
    assert overdue_ratio(cent, 1, by="loan", inclusion=rule).numerator == 1
    none = overdue_ratio(book(("a", 0), ("b", 5)), 1, by="loan", inclusion=rule)
    assert none.denominator == 1


def test_a_loan_may_be_of_the_day_itself():
    today = loan("a", 100, 0, originated=MAY, on=MAY)
    assert today.originated == today.on
