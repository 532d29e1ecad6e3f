"""What lines in columns cannot hold is refused by name, never guessed or wrapped."""

from datetime import date
from fractions import Fraction

import pytest

from loanmath.errors import (
    DateRangeError,
    EventError,
    InputTypeError,
    InputValueError,
    LimitError,
    TermsError,
)
from loanmath.events import (
    BillDeferral,
    CashAdvance,
    Conversion,
    Payment,
    Purchase,
    Refund,
)
from loanmath.line_account import LineAccount
from loanmath.portfolio import (
    Columns,
    LineDay,
    keep_lines,
    lines_on,
    open_lines,
    packed_days,
)
from loanmath.portfolio.lines import most_units
from loanmath.rounding import Rounding
from loanmath.terms.lines import (
    CreditLine,
    DefaultCharge,
    LineInterest,
    LineSegment,
    MinimumPayment,
)

OPENED = date(2026, 1, 5)


@pytest.fixture
def x():
    pytest.importorskip("numpy", reason="the extra 'portfolio' is not installed")
    return Columns()


def interest(**said):
    words = {"rate": "0.05%/day", "bears_from": "posting", "rounded": "statement"}
    return LineInterest(**(words | said))


def line(**said):
    words = {
        "currency": "CNY",
        "limit": "5000",
        "statement_day": 1,
        "due_day": 20,
        "interest": interest(),
        "minimum": MinimumPayment("10%"),
        "default_charge": DefaultCharge("5%"),
    }
    return CreditLine(**(words | said))


def book(x, *, accounts=2, limit=500_000, **said):
    return open_lines(x, line(**said), OPENED, [limit] * accounts)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("rounded", {"rounded": "segment"}),
        ("bears_on", {"bears_on": "unpaid"}),
        (
            "overdue_cap",
            {"bears_from": "after_due", "overdue_cap": "100%", "rounded": "period"},
        ),
        ("overdue_multiple", {"bears_from": "use", "overdue_multiple": "1.5"}),
        ("balance", {"bears_from": "statement", "balance": "average"}),
        ("balance", {"bears_from": "statement", "balance": "previous"}),
    ],
)
def test_interest_beyond_sums_is_named(x, named, said):
    with pytest.raises(TermsError, match=f"^{named} of a line as aggregates"):
        book(x, interest=interest(**said))


@pytest.mark.parametrize("said", [{}, {"interest": None}])
def test_days_of_grace_of_a_minimum_are_named(x, said):
    with pytest.raises(TermsError, match=r"^grace_days of a line as aggregates"):
        book(x, minimum=MinimumPayment("10%", grace_days=3), **said)


def test_what_bears_over_the_cut_is_named(x):
    terms = {"repayment_day": "old", "last_day": "excluded"}
    with pytest.raises(TermsError, match=r"^repayment_day of a line as aggregates"):
        book(x, statement_day_joins="closing", interest=interest(**terms))
    book(x, statement_day_joins="next", interest=interest(**terms))


@pytest.mark.parametrize(
    "said",
    [
        {"interest": interest(rounding=Rounding("half_even"))},
        {"minimum": MinimumPayment("10%", rounding=Rounding("up", unit="1"))},
        {"default_charge": DefaultCharge("5%", rounding=Rounding("down"))},
    ],
)
def test_other_roundings_are_named(x, said):
    with pytest.raises(TermsError, match=r"^rounding of columns"):
        book(x, **said)


def test_a_bill_is_decided_before_the_next_one(x):
    late = book(x, due_day=None, due_after=28)
    with pytest.raises(TermsError, match=r"^due day .*2026-03-01.*2026-03-01"):
        lines_on(x, late, date(2026, 3, 1))
    lines_on(x, book(x, due_day=None, due_after=27), date(2027, 3, 1))
    grace = book(x, due_day=None, due_after=25, interest=interest(grace_days=3))
    with pytest.raises(TermsError, match=r"^due day"):
        lines_on(x, grace, date(2026, 3, 1))


@pytest.mark.parametrize(
    "event",
    [
        CashAdvance(id="e", on=OPENED, amount="1"),
        Purchase(id="e", on=OPENED, amount="1", segment="cash"),
        Refund(id="e", on=OPENED, amount="1"),
        BillDeferral(id="e", on=OPENED, until=OPENED),
        Conversion(id="e", on=OPENED, amount="1", count=3),
        Payment(
            id="e",
            on=OPENED,
            amount="1",
            order=["principal", "interest", "fee", "compound", "penalty"],
        ),
        Payment(id="e", on=OPENED, amount="0"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_other_events_are_named(x, event):
    cash = LineSegment(name="cash", interest=interest(bears_from="use"))
    with pytest.raises(EventError, match=r"^account 1, event e"):
        packed_days(x, line(segments=[cash]), [[], [event]])


def test_what_is_no_event_is_refused(x):
    with pytest.raises(InputTypeError, match=r"loanmath\.events"):
        packed_days(x, line(), [[], [OPENED]])


def test_events_of_a_day_go_by_their_kind(x):
    with pytest.raises(TermsError, match=r"^same_day of accounts in columns"):
        packed_days(x, line(same_day="sequence"), [[]])


def test_more_than_is_available(x):
    day = LineDay(date(2026, 1, 6), [500_000, 500_001], [0, 0])
    with pytest.raises(EventError, match=r"^account 1, drawn on 2026-01-06"):
        keep_lines(x, book(x), [day])
    kept = keep_lines(x, book(x, over_limit="allowed"), [day])
    assert list(lines_on(x, kept, day.day)[0].available) == [0, 0]


def test_days_ascend(x):
    days = [LineDay(date(2026, 1, day), [1, 1], [0, 0]) for day in (7, 6)]
    with pytest.raises(DateRangeError, match="on or after 2026-01-07"):
        keep_lines(x, book(x), days)
    with pytest.raises(DateRangeError, match="on or after 2026-01-05"):
        lines_on(x, book(x), date(2026, 1, 4))


@pytest.mark.parametrize(
    ("entries", "error"),
    [
        ([1], InputValueError),
        ([1, -1], InputValueError),
        ([1, 1.0], InputTypeError),
        ([1, True], InputTypeError),
    ],
)
def test_amounts_are_whole_units_for_each_account(x, entries, error):
    for drawn, paid in ((entries, [0, 0]), ([0, 0], entries)):
        with pytest.raises(error):
            keep_lines(x, book(x), [LineDay(OPENED, drawn, paid)])


def test_arrays_of_other_kinds(x):
    numpy = pytest.importorskip("numpy")
    zeros = numpy.zeros(2, dtype="int64")
    for entries in (
        zeros.astype("int32"),
        zeros.astype("float64"),
        zeros.reshape(1, 2),
    ):
        with pytest.raises(InputTypeError, match="drawn"):
            keep_lines(x, book(x), [LineDay(OPENED, entries, zeros)])


def test_accounts_and_limits(x):
    with pytest.raises(InputValueError, match="limits"):
        book(x, accounts=0)
    with pytest.raises(InputValueError, match="limits"):
        book(x, limit=0)
    numpy = pytest.importorskip("numpy")
    with pytest.raises(LimitError, match=r"limits.*2\^62"):
        open_lines(x, line(), OPENED, numpy.array([1, 2**62 + 1]))
    now, _ = lines_on(x, book(x, limit=2**62), OPENED)
    assert list(now.available) == [2**62] * 2


# --- 64 bits -------------------------------------------------------------------------------


@pytest.mark.parametrize("bears_on", ["whole", "unpaid_share"])
def test_the_most_that_columns_hold_is_the_same_cents(x, bears_on):
    charged = interest(bears_on=bears_on, rate="0.049%/day")
    most = most_units(book(x, interest=charged).kept.rules)
    limit = f"{most // 100}.{most % 100:02}"
    terms = line(limit=limit, over_limit="allowed", interest=charged)
    bought = most // 2
    whole = open_lines(x, terms, OPENED, [most])
    whole = keep_lines(x, whole, [LineDay(OPENED, [bought], [0])])
    day = date(2026, 3, 2)
    now, whole = lines_on(x, whole, day)
    account = LineAccount.open(terms, OPENED).record(
        Purchase(id="u", on=OPENED, amount=f"{bought // 100}.{bought % 100:02}")
    )
    owes = account.position(day)
    for part in ("penalty", "interest", "principal"):
        told = getattr(owes.segment("purchases"), part)
        assert getattr(now, part)[0] == int(told * 100)
    assert now.payoff[0] == int(owes.payoff * 100)
    assert now.interest[0] > 0


def test_beyond_it_is_refused(x):
    most = most_units(book(x).kept.rules)
    one = open_lines(x, line(over_limit="allowed"), OPENED, [1])
    for drawn, paid in ((most + 1, 0), (0, most + 1), (2**62, 2**62)):
        with pytest.raises(LimitError, match="amounts of lines in columns"):
            keep_lines(x, one, [LineDay(OPENED, [drawn], [paid])])


def test_what_grows_beyond_it_is_refused(x):
    growing = interest(
        bears_from="use", rate="10%/day", bearing=["principal", "interest"]
    )
    one = book(x, accounts=1, interest=growing, limit=10**6)
    one = keep_lines(x, one, [LineDay(OPENED, [10**6], [0])])
    with pytest.raises(LimitError, match="amounts of lines in columns"):
        lines_on(x, one, date(2030, 1, 1))


def test_what_is_turned_over_is_bounded(x):
    most = 2**62 // 128
    one = book(x, accounts=1)._replace(turned=most - 2)
    one = keep_lines(x, one, [LineDay(OPENED, [1], [1])])
    with pytest.raises(LimitError, match="amounts of lines in columns"):
        keep_lines(x, one, [LineDay(OPENED, [1], [0])])


def test_denominators_beyond_64_bits_are_refused(x):
    for said in (
        {"interest": interest(rate="1/99999999999999999989%/day")},
        {"minimum": MinimumPayment(Fraction(1, 10**20 - 1))},
        {"default_charge": DefaultCharge(Fraction(1, 10**20 - 1))},
    ):
        with pytest.raises(LimitError, match="amounts of lines in columns"):
            book(x, **said)
