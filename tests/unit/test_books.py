"""Books of loans and the ratios that are measured on them."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from loan_books import APRIL, JUNE, MAY, book, loan, spread
from loanmath.analysis.book import (
    Book,
    Inclusion,
    LoanSnapshot,
    Measure,
    cure_rate,
    distribution,
    first_payment_default,
    overdue_ratio,
)
from loanmath.analysis.delinquency import CARD_STAGES, M_STAGES
from loanmath.errors import (
    CurrencyError,
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from refusals import refused

ALL = Inclusion()


def ratio(of, days=30, by="balance", **words):
    return overdue_ratio(of, days, by=by, **{"inclusion": ALL} | words)


# --- loans and books ----------------------------------------------------------------


def test_a_loan_keeps_the_digits_of_its_currency():
    seen = loan("a", "12.5", overdue="2", due="3", overdue_principal=1)
    assert str(seen.balance) == "12.50"
    assert (str(seen.overdue), str(seen.overdue_principal)) == ("2.00", "1.00")
    assert (seen.borrower, loan("a", 1, borrower="b").borrower) == ("a", "b")
    assert seen.written_off == 0
    assert seen.first_due is None


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"balance": 1.5}, InputTypeError),
        ({"balance": "-1"}, InputValueError),
        ({"balance": "0.001"}, CurrencyError),
        ({"name": ""}, InputValueError),
        ({"name": 1}, InputTypeError),
        ({"borrower": None}, InputTypeError),
        ({"days_past_due": "3"}, InputTypeError),
        ({"days_past_due": -1}, LimitError),
        ({"restructured": 1}, InputTypeError),
        ({"currency": "XXX"}, CurrencyError),
        ({"originated": date(2026, 7, 1)}, DateRangeError),
        ({"originated": datetime(2026, 1, 1)}, InputTypeError),
        ({"first_due": "2026-02-15"}, InputTypeError),
        ({"first_cleared": date(2026, 2, 15)}, TermsError),
        ({"overdue_principal": "11"}, TermsError),
        ({"overdue_principal": "5", "overdue": "4"}, TermsError),
        ({"overdue": "5", "due": "4"}, TermsError),
    ],
)
def test_a_loan_that_cannot_be(words, error):
    with refused(error):
        loan(**{"name": "a", "balance": "10", "days": 0} | _named(words))


def _named(words):
    return {"days" if name == "days_past_due" else name: v for name, v in words.items()}


def test_a_book_is_of_one_date_one_currency_and_each_loan_once():
    one = loan("a", 10)
    assert list(Book("CNY", JUNE, [one])) == [one]
    assert repr(book(("a", 1), ("b", 2))) == "<Book of 2 loans on 2026-06-30>"
    for wrong in ([one, one], [loan("a", 10, on=MAY)]):
        with refused(TermsError):
            Book("CNY", JUNE, wrong)
    with refused(TermsError, match="CNY on 2026-06-30'; allowed: EUR"):
        Book("EUR", JUNE, [one])
    for wrong in ("loans", [1]):
        with refused(InputTypeError):
            Book("CNY", JUNE, wrong)
    with refused(InputTypeError):
        Book("CNY", "2026-06-30", [])


# --- a measure ----------------------------------------------------------------------


def measure(**words):
    stated = {
        "name": "ratio",
        "numerator": "1",
        "counts": "some",
        "denominator": "3",
        "against": "all",
        "on": JUNE,
        "unit": "loans",
        "rule": "whole",
    }
    return Measure(**stated | words)


def test_a_measure_names_what_it_divides():
    third = measure(decimals=4)
    assert (third.ratio, third.percent) == (Fraction(1, 3), Decimal("33.3333"))
    assert str(third).splitlines() == [
        "ratio on 2026-06-30: 33.3333% (whole)",
        "Part         What  loans",
        "Numerator    some      1",
        "Denominator  all       3",
    ]
    assert repr(third) == "<Measure ratio on 2026-06-30: 33.3333%>"
    assert third.to_csv().splitlines()[1] == "Numerator,some,1"


def test_a_measure_without_a_base_says_so():
    none = measure(denominator=0)
    assert (none.has_ratio, none.shown) == (False, "no base")
    with refused(InputValueError, match="more than nothing: all"):
        none.ratio


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"decimals": "2"}, InputTypeError),
        ({"decimals": 13}, LimitError),
        ({"numerator": "-1"}, LimitError),
        ({"on": None}, InputTypeError),
        ({"rule": ""}, InputValueError),
    ],
)
def test_a_measure_that_cannot_be(words, error):
    with refused(error):
        measure(**words)


# --- overdue ratios -----------------------------------------------------------------

# Balances 700 in time, 200 at 30 days, 100 at 31 days: 300 or 100 of 1,000 late.
THREE = book(("a", 700), ("b", 200, 30), ("c", 100, 31))


def test_or_more_is_not_more_than():
    assert ratio(THREE, 30).ratio == Fraction(3, 10)
    assert ratio(THREE, 31).ratio == Fraction(1, 10)
    assert ratio(THREE, 32).ratio == 0


def test_a_ratio_says_what_it_is():
    found = ratio(THREE, 30)
    assert (found.numerator, found.denominator) == (Decimal("300.00"), 1000)
    assert found.name == "overdue ratio by balance, 30+"
    assert found.counts == "principal of loans 30 or more days past due"
    assert found.against == "principal of all loans, same date"
    assert found.rule == "write-offs out, restructured in, whole loan"
    assert (found.unit, found.on) == ("CNY", JUNE)


def test_one_borrower_with_two_loans_counts_once():
    two = book(loan("a", 500, 40, borrower="x"), loan("b", 500, borrower="x"), ("c", 9))
    assert ratio(two, by="borrower").ratio == Fraction(1, 2)
    assert ratio(two, by="loan").ratio == Fraction(1, 3)
    assert ratio(two, by="loan").unit == "loans"
    assert ratio(two, by="borrower").unit == "borrowers"


def test_by_what_fell_due_only_the_overdue_part_counts():
    due = book(
        loan("a", 900, 0, overdue=0, due=300),
        loan("b", 900, 20, overdue=50, due=100),
        loan("c", 900, 40, overdue=100, due=100),
    )
    assert ratio(due, 30, "due").ratio == Fraction(100, 500)
    assert ratio(due, 1, "due").ratio == Fraction(150, 500)
    for days, missing in ((30, "loan b, overdue"), (90, "loan a, due")):
        with refused(TermsError, match=missing):
            ratio(THREE, days, "due")


def test_the_overdue_part_instead_of_the_whole_loan():
    part = Inclusion(part="overdue")
    partly = book(loan("a", 900), loan("b", 100, 40, overdue_principal=10))
    assert ratio(partly, inclusion=part).ratio == Fraction(10, 1000)
    assert ratio(partly).ratio == Fraction(100, 1000)
    with refused(TermsError, match="loan b, overdue_principal"):
        ratio(THREE, inclusion=part)


def test_write_offs_in_or_out():
    off = book(("a", 900), ("b", 100, 40), loan("c", 0, written_off=250))
    assert ratio(off).ratio == Fraction(100, 1000)
    rule = Inclusion(written_off=True)
    assert ratio(off, inclusion=rule).ratio == Fraction(350, 1250)
    assert ratio(off, 500, inclusion=rule).ratio == Fraction(250, 1250)
    assert ratio(off, by="loan").ratio == Fraction(1, 2)
    assert ratio(off, by="loan", inclusion=rule).ratio == Fraction(2, 3)
    due = book(loan("c", 0, written_off=250, overdue=0, due=50))
    assert ratio(due, by="due", inclusion=rule).ratio == Fraction(250, 300)


def test_restructured_loans_in_or_out():
    eased = book(("a", 500), loan("b", 400, restructured=True), ("c", 100, 40))
    assert ratio(eased).ratio == Fraction(1, 10)
    out = Inclusion(restructured=False)
    assert ratio(eased, inclusion=out).ratio == Fraction(1, 6)


def test_a_lagged_denominator_may_be_smaller_than_the_numerator():
    small = book(("a", 100), on=APRIL)
    found = ratio(THREE, 30, base=small)
    assert found.percent == Decimal("300.00")
    assert found.against == "principal of all loans, lagged, 2026-04-30"
    with refused(DateRangeError):
        ratio(small, 30, base=THREE)
    with refused(TermsError, match="CNY in each book"):
        ratio(Book("EUR", JUNE, []), 30, base=small)


def test_interest_alone_may_be_late():
    repaid = book(loan("a", 0, 40, overdue=5, due=5))
    assert ratio(repaid, by="loan").ratio == 1
    assert ratio(repaid).shown == "no base"


@pytest.mark.parametrize(
    ("days", "words", "error"),
    [
        (0, {}, LimitError),
        (True, {}, InputTypeError),
        (30, {"by": "amount"}, UnknownNameError),
        (30, {"inclusion": None}, InputTypeError),
        (30, {"base": 1}, InputTypeError),
    ],
)
def test_a_ratio_that_means_nothing(days, words, error):
    with refused(error):
        ratio(THREE, days, **words)
    with refused(InputTypeError):
        ratio([], 30)


def test_an_inclusion_in_words():
    assert str(Inclusion(part="overdue", written_off=True)) == (
        "write-offs in, restructured in, overdue part"
    )
    with refused(UnknownNameError):
        Inclusion(part="half")
    with refused(InputTypeError):
        Inclusion(written_off="yes")


# --- first payment ------------------------------------------------------------------


def first(name, due, cleared=None):
    return loan(name, 100, first_due=due, first_cleared=cleared)


def test_first_payment_default_counts_what_was_paid_late_too():
    day = date(2026, 6, 10)
    seen = book(
        first("never", day),
        first("late", day, date(2026, 6, 25)),
        first("in time", day, day),
        first("not yet due", date(2026, 7, 10)),
    )
    found = first_payment_default(seen, 15)
    assert (found.numerator, found.denominator) == (2, 3)
    # Sixteen days: paid 15 days late is no default any more, unpaid for 20 is.
    assert first_payment_default(seen, 16).numerator == 1
    assert first_payment_default(seen, 21).denominator == 0


def test_loans_without_a_first_due_date_are_told_or_refused():
    some = book(first("a", date(2026, 6, 10)), ("b", 100))
    assert "1 loan without a first due date left out" in (
        first_payment_default(some, 1).rule
    )
    with refused(TermsError):
        first_payment_default(THREE, 1)


# --- cures --------------------------------------------------------------------------


def cured(before, after, days=1, by="loan", inclusion=ALL):
    return cure_rate(before, after, days, by=by, inclusion=inclusion)


def test_cured_is_in_time_or_closed_but_not_written_off():
    before = book(
        ("a", 100, 10),
        ("b", 200, 10),
        ("c", 300, 10),
        ("d", 400, 10),
        ("e", 500),
        on=MAY,
    )
    after = book(
        ("a", 90), ("b", 200, 40), loan("d", 0, written_off=400), ("e", 500, 9)
    )
    found = cured(before, after)
    # a is in time, c is closed; b is later still, d is lost; e was not late.
    assert (found.numerator, found.denominator) == (2, 4)
    money = cured(before, after, by="balance")
    assert money.ratio == Fraction(400, 1000)
    assert money.against == "principal of loans 1 or more days past due on 2026-05-31"


def test_cured_by_a_plan_counts_if_it_is_in():
    before = book(("a", 100, 10), loan("x", 9, 10, on=MAY, restructured=True), on=MAY)
    after = book(loan("a", 100, restructured=True), loan("x", 9, restructured=True))
    assert cured(before, after).ratio == 1
    out = Inclusion(restructured=False)
    assert cured(before, after, inclusion=out).denominator == 0


def test_a_cure_rate_that_means_nothing():
    with refused(UnknownNameError):
        cured(book(on=MAY), THREE, by="borrower")
    with refused(DateRangeError):
        cured(THREE, THREE)


# --- distributions ------------------------------------------------------------------


def test_each_loan_is_in_exactly_one_bucket():
    seen = book(*((str(days), 10, days) for days in (0, 1, 30, 31, 60, 61, 181)))
    found = distribution(seen, M_STAGES, inclusion=ALL)
    assert [count for _, count in found.loans] == [1, 2, 2, 1, 0, 0, 0, 1]
    assert found.total == Decimal("70.00")
    assert str(found).splitlines()[0] == (
        "Principal, write-offs out, restructured in on 2026-06-30, in CNY"
    )
    assert str(found).splitlines()[-1].split() == ["Total", "7", "70.00", "100.00%"]
    assert repr(found) == "<Distribution over 8 buckets on 2026-06-30>"


def test_a_lender_may_grade_lower_but_not_higher():
    seen = book(("a", 10, 0), ("b", 10, 100))
    graded = {"a": "M3", "b": "M1"}
    found = distribution(seen, M_STAGES, inclusion=ALL, graded=graded)
    assert [name for name, count in found.loans if count] == ["M3", "M4"]
    for wrong in ({"c": "M1"}, {"a": "bad"}):
        with refused(UnknownNameError):
            distribution(seen, M_STAGES, inclusion=ALL, graded=wrong)


def test_write_offs_that_are_in_stand_last():
    seen = book(loan("a", 0, written_off=7), loan("b", 5, 3, written_off=1))
    found = distribution(seen, M_STAGES, inclusion=Inclusion(written_off=True))
    assert (found.amount("M7+"), found.amount("M1")) == (8, 5)
    assert dict(found.loans)["M7+"] == 1
    assert dict(found.loans)["M1"] == 1


def test_a_distribution_written_by_hand():
    by_hand = spread({"good": 0, "bad": "0.00"}, loans={"good": 0, "bad": 0})
    assert str(by_hand).splitlines()[-1].split() == ["Total", "0", "0.00"]
    for wrong in ({"good": 1}, {"bad": 1, "good": 1}):
        with refused(TermsError):
            spread({"good": 1, "bad": 2}, loans=wrong)
    with refused(InputTypeError):
        spread({"good": 1}, loans={"good": "1"})
    for wrong in ([("a", 1)], 5, (("a", 1, 2),)):
        with refused(InputTypeError):
            spread(wrong)
    for wrong in ({}, (("a", Decimal(1)), ("a", Decimal(2)))):
        with refused(InputValueError):
            spread(wrong)
    with refused(LimitError):
        spread({str(number): 1 for number in range(10_001)})
    with refused(UnknownNameError):
        spread({"good": 1}).amount("bad")
    with refused(InputValueError):
        spread({"good": 1}).sum_of("good", "good")


def test_stages_of_a_card_are_not_days():
    with refused(TermsError):
        distribution(THREE, CARD_STAGES, inclusion=ALL)
    with refused(InputTypeError):
        distribution(THREE, "M0", inclusion=ALL)


def test_a_snapshot_is_a_value():
    one, same = loan("a", "1"), loan("a", Decimal("1.00"))
    assert one == same
    assert isinstance(one, LoanSnapshot)
