"""Books of accounts: snapshots, and all measures as one value."""

from datetime import date
from decimal import Decimal

import pytest

from loan_books import APRIL, JUNE, MAY
from loanmath import (
    Account,
    Arrear,
    Disbursement,
    EqualPrincipal,
    InstallmentLoan,
    LineAccount,
    Payment,
    Purchase,
    Rate,
    Rounding,
    WriteOff,
)
from loanmath.analysis.book import (
    Book,
    BookChoices,
    ClassChoices,
    Inclusion,
    book_of,
    measure_book,
    report_of,
    snapshot,
)
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from loanmath.presets import cn
from loanmath.presets.cn.classes import FIVE_CLASSES
from loanmath.presets.provisioning import CN_PROVISION_RATES
from refusals import refused


def loan(**words):
    stated = {
        "currency": "CNY",
        "principal": "1200",
        "every": "monthly",
        "disbursed": date(2026, 1, 15),
        "rate": Rate("12%/year"),
        "repayment": EqualPrincipal(12),
    }
    return InstallmentLoan(**stated | words)


def payment(month, amount, day=15):
    return Payment(id=f"p{month}", on=date(2026, month, day), amount=amount)


GOOD = Account.open(loan()).record(payment(2, 112), payment(3, 111), payment(4, 110))
LATE = Account.open(loan()).record(payment(2, 112, 20))
LINE = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1)).record(
    Purchase(id="u1", on=date(2026, 3, 30), amount="1000")
)


# --- snapshots ----------------------------------------------------------------------


def test_a_loan_on_a_day():
    seen = snapshot(LATE, APRIL, name="late", borrower="x", restructured=True)
    assert (seen.balance, seen.disbursed) == (1100, 1200)
    assert (seen.overdue_principal, seen.overdue) == (200, Decimal("221.00"))
    # 112 of February, 111 of March, 110 of April.
    assert (seen.due, seen.days_past_due) == (Decimal("333.00"), 46)
    assert (seen.first_due, seen.first_cleared) == (
        date(2026, 2, 15),
        date(2026, 2, 20),
    )
    assert (seen.borrower, seen.restructured) == ("x", True)


def test_a_loan_that_was_written_off():
    lost = LATE.record(WriteOff(id="w", on=date(2026, 5, 20)))
    seen = snapshot(lost, MAY, name="lost")
    assert (seen.balance, seen.days_past_due, seen.overdue) == (0, 0, 0)
    owed = LATE.position(date(2026, 5, 20)).payoff
    assert seen.written_off == owed


def test_a_loan_that_is_paid_out_in_parts():
    undrawn = Account.open(loan(), undrawn=True)
    seen = snapshot(undrawn, APRIL, name="undrawn")
    assert (seen.disbursed, seen.balance, seen.first_due) == (0, 0, None)
    drawn = undrawn.record(Disbursement(id="d", on=date(2026, 1, 20), amount="600"))
    assert snapshot(drawn, date(2026, 1, 31), name="drawn").disbursed == 600
    assert drawn.position(APRIL).drawn == 600


def test_a_loan_with_arrears_when_it_was_opened():
    behind = Arrear(due=date(2025, 12, 15), principal="100")
    seen = snapshot(Account.open(loan(), arrears=[behind]), APRIL, name="old")
    assert (seen.balance, seen.first_due) == (1300, date(2025, 12, 15))


def test_a_loan_that_does_not_round_is_seen_in_cents():
    fine = loan(rounding=Rounding.unrounded(10), principal="1000")
    seen = snapshot(Account.open(fine), APRIL, name="fine")
    assert str(seen.overdue_principal) == "250.00"


def test_a_line_on_a_day():
    seen = snapshot(LINE, APRIL, name="line")
    assert (seen.balance, seen.disbursed, seen.overdue) == (1000, 1000, 100)
    assert (seen.days_past_due, seen.due, seen.overdue_principal) == (20, None, None)
    assert seen.originated == date(2026, 3, 1)


def test_a_snapshot_of_nothing():
    with refused(InputTypeError):
        snapshot(loan(), APRIL, name="a")
    with refused(DateRangeError):
        snapshot(GOOD, date(2026, 1, 1), name="a")
    with refused(InputValueError):
        snapshot(GOOD, APRIL, name="")
    with refused(InputTypeError):
        snapshot(GOOD, APRIL, name="a", restructured=1)


def test_a_book_holds_what_is_open():
    pairs = [("good", GOOD), ("line", LINE)]
    told = []
    found = book_of(
        pairs,
        date(2026, 2, 28),
        borrowers={"good": "x"},
        restructured=["good"],
        progress=lambda done, whole: told.append((done, whole)),
    )
    (only,) = found
    assert (only.name, only.borrower, only.restructured) == ("good", "x", True)
    assert told == [(1, 2), (2, 2)]
    assert book_of([("line", LINE)], APRIL).currency == "CNY"


@pytest.mark.parametrize(
    ("pairs", "words", "error"),
    [
        ([], {}, InputValueError),
        ("ab", {}, InputTypeError),
        (5, {}, InputTypeError),
        ([("a",)], {}, InputTypeError),
        ([("", GOOD)], {}, InputValueError),
        ([("a", loan())], {}, InputTypeError),
        ([("a", GOOD), ("a", GOOD)], {}, TermsError),
        ([("a", GOOD)], {"borrowers": {"b": "x"}}, UnknownNameError),
        ([("a", GOOD)], {"restructured": ["b"]}, UnknownNameError),
        ([("a", GOOD)], {"restructured": "a"}, InputTypeError),
        ([("a", GOOD)], {"progress": 1}, InputTypeError),
    ],
)
def test_books_that_cannot_be(pairs, words, error):
    with refused(error):
        book_of(pairs, APRIL, **words)


# --- reports ------------------------------------------------------------------------


def by_name(report):
    return {one.name: one.shown for one in report.measures}


def test_all_measures_of_a_book():
    told = []
    report = measure_book(
        {"good": GOOD, "late": LATE}.items(),
        APRIL,
        since=date(2026, 3, 31),
        vintage_months=2,
        borrowers={"good": "x", "late": "x"},
        progress=lambda done, whole: told.append((done, whole)),
    )
    assert by_name(report) == {
        # Good owes 900, late 1,100 of which 46 days past due.
        "overdue ratio by balance, 1+": "55.00%",
        "overdue ratio by amount due, 1+": "33.18%",
        "overdue ratio by borrower, 1+": "100.00%",
        "overdue ratio by loan, 1+": "50.00%",
        "overdue ratio by balance, 31+": "55.00%",
        "overdue ratio by amount due, 31+": "33.18%",
        "overdue ratio by borrower, 31+": "100.00%",
        "overdue ratio by loan, 31+": "50.00%",
        "overdue ratio by balance, 91+": "0.00%",
        "overdue ratio by amount due, 91+": "0.00%",
        "overdue ratio by borrower, 91+": "0.00%",
        "overdue ratio by loan, 91+": "0.00%",
        # Of the 1,000 and 1,100 of the end of March.
        "overdue ratio by balance, 1+, lagged": "52.38%",
        "overdue ratio by balance, 31+, lagged": "52.38%",
        "overdue ratio by balance, 91+, lagged": "0.00%",
        "first-payment default, 1+": "50.00%",
        "cure rate by balance, 1+": "0.00%",
        "cure rate by loan, 1+": "0.00%",
    }
    assert told[-1] == (4, 4)
    assert [one.by.value for one in report.moves] == ["balance", "loan"]
    assert [one.seen.value for one in report.curves] == ["current", "ever"]
    assert report.left_out == ()
    assert repr(report) == "<BookReport of 2 accounts on 2026-04-30>"


def test_a_report_prints_in_every_way():
    report = measure_book([("late", LATE), ("line", LINE)], APRIL)
    text = str(report)
    assert text.startswith("2 accounts on 2026-04-30, in CNY\nMeasure ")
    assert [(one.name, one.reason) for one in report.left_out] == [
        (f"overdue ratio by amount due, {days}+", reason)
        for days, reason in (
            (1, "loan line, due is not known"),
            (31, "loan line, due is not known"),
            (91, "loan line, due is not known"),
        )
    ]
    assert text.endswith("91+  loan line, due is not known")
    assert "Not measured" in report.to_markdown()
    assert "<table" in report.to_html()
    assert report.to_csv().startswith("Measure,Ratio,Numerator")
    assert report._repr_html_() == report.to_html()
    assert "1 account on" in str(measure_book([("late", LATE)], APRIL))


def test_choices_of_a_report():
    choices = BookChoices(days=[30], inclusion=Inclusion(restructured=False))
    report = measure_book(
        [("late", LATE)], APRIL, choices=choices, restructured=["late"]
    )
    assert by_name(report)["overdue ratio by balance, 30+"] == "no base"
    for words, error in (
        ({"days": []}, LimitError),
        ({"days": 30}, InputTypeError),
        ({"days": [0]}, LimitError),
        ({"scheme": 1}, InputTypeError),
        ({"inclusion": 1}, InputTypeError),
        ({"vintage_days": 0}, LimitError),
    ):
        with refused(error):
            BookChoices(**words)


def test_a_report_by_class():
    scheme, bad = FIVE_CLASSES.value.scheme, ["substandard", "doubtful", "loss"]
    both = [("good", GOOD), ("late", LATE)]
    by_class = ClassChoices(
        scheme=scheme, non_performing=bad, rates=CN_PROVISION_RATES.value
    )
    choices = BookChoices(days=[1], classes=by_class)
    report = measure_book(both, JUNE, since=APRIL, choices=choices)
    shown = by_name(report)
    # Good: 900, then late since 2026-05-15; late: 1,100 since 2026-03-15, 107 days.
    assert shown["non-performing ratio"] == "55.00%"
    # 1 % of 2,000, 2 % of 900 and 25 % of 1,100.
    assert shown["provision coverage ratio"] == "28.45%"
    assert shown["loan provision ratio"] == "15.65%"
    assert shown["migration ratio of normal"] == "100.00%"
    assert shown["migration ratio of special mention"] == "100.00%"
    assert shown["migration ratio of doubtful"] == "no base"
    assert "General and specific provisions" in str(report)
    bare = ClassChoices(scheme=scheme, non_performing=bad)
    few = measure_book(both, JUNE, choices=BookChoices(classes=bare))
    assert [type(part).__name__ for part in few.classes] == ["Distribution"]
    for words, error in (
        ({"non_performing": []}, InputValueError),
        ({"non_performing": "loss"}, InputTypeError),
        ({"non_performing": ["bad"]}, UnknownNameError),
        ({"rates": 1}, InputTypeError),
        ({"scheme": 1}, InputTypeError),
    ):
        with refused(error):
            ClassChoices(**{"scheme": scheme, "non_performing": bad} | words)
    with refused(InputTypeError):
        BookChoices(classes=scheme)


def test_a_date_inside_a_month_looks_at_the_month_ends_before_it():
    report = measure_book([("late", LATE)], date(2026, 4, 20), vintage_months=2)
    (cohort,) = report.curves[0].cohorts
    assert [str(point.on) for point in cohort.points] == ["2026-02-28", "2026-03-31"]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"since": APRIL}, DateRangeError),
        ({"since": "2026-03-31"}, InputTypeError),
        ({"vintage_months": -1}, LimitError),
        ({"vintage_months": "1"}, InputTypeError),
        ({"choices": 1}, InputTypeError),
    ],
)
def test_reports_that_cannot_be(words, error):
    with refused(error):
        measure_book([("late", LATE)], APRIL, **words)


def test_a_report_of_books():
    with refused(InputTypeError):
        report_of(1)
    with refused(InputTypeError):
        report_of(Book("CNY", JUNE, []), before=1)
    with refused(TermsError):
        report_of(Book("CNY", JUNE, []), before=Book("EUR", MAY, []))
    with refused(InputTypeError):
        report_of(Book("CNY", JUNE, []), month_ends=1)
