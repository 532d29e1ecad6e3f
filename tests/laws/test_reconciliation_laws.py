"""What reconciliations find of loans whose conventions are known."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from loanmath.analysis.reconciliation import PrintedRow, PrintedSchedule, reconcile
from loanmath.errors import LoanmathError
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.terms import EqualPrincipal, InstallmentLoan, InterestOnly, LevelPayment
from oracle.planner import round_to

COLUMNS = ("due", "opening", "payment", "principal", "interest", "fee", "closing")
AMOUNTS = COLUMNS[1:]
CENT = Fraction(1, 100)


@st.composite
def agreed(draw):
    """A loan of which nothing is stated that could be left open."""
    count = draw(st.integers(2, 8))
    method = draw(st.sampled_from([LevelPayment, EqualPrincipal, InterestOnly]))
    return InstallmentLoan(
        currency="CNY",
        principal=draw(st.integers(1_000, 1_000_000)),
        disbursed=date(2026, draw(st.integers(1, 12)), draw(st.integers(1, 28))),
        every="monthly",
        rate=Rate(f"{draw(st.integers(100, 2400))}bp/year"),
        repayment=method(count),
    )


@st.composite
def kept(draw, loan):
    """The same loan with conventions that a lender may follow."""
    words = {
        "day_count": draw(
            st.sampled_from(["1/12", "30E/360", "ACT/360", "ACT/365F", "ACT/ACT ISDA"])
        ),
        "head_tail": draw(st.sampled_from(["head", "tail", "both"])),
        "rounding": draw(st.sampled_from(["half_up", "half_even", "up", "down"])),
        "interest_rounded": draw(st.sampled_from(["period", "day"])),
    }
    terms = loan.repayment
    if not isinstance(terms, InterestOnly):
        residue = draw(st.sampled_from(["last", "first", "spread"]))
        words["repayment"] = terms = evolve(terms, residue=residue)
    if isinstance(terms, LevelPayment):
        rule = draw(st.sampled_from([None, Rounding("ceiling"), Rounding("down", "1")]))
        sized = draw(st.sampled_from([None, "30/360 CN"]))
        words["repayment"] = evolve(terms, rounding=rule, sized_by=sized)
    try:
        followed = evolve(loan, **words)
        followed.schedule()
    except LoanmathError:
        assume(False)
    return followed


@st.composite
def cases(draw):
    loan = draw(agreed())
    followed = draw(kept(loan))
    shown = draw(st.sets(st.sampled_from(COLUMNS), min_size=1))
    assume(shown - {"due"})
    return loan, followed, [name for name in COLUMNS if name in shown]


def printed(loan, shown):
    return PrintedSchedule(
        [
            PrintedRow(**{name: getattr(row, name) for name in shown})
            for row in loan.schedule()
        ]
    )


def as_shown(value):
    """A planned cell as it would be printed."""
    if isinstance(value, date):
        return value
    return round_to(Fraction(value), "half_up", CENT)


def misses(loan, statement):
    """Every printed cell that a loan does not plan, row by row."""
    return [
        (number, name)
        for number, (row, cells) in enumerate(
            zip(loan.schedule(), statement.rows, strict=True), start=1
        )
        for name in COLUMNS
        if getattr(cells, name) is not None
        and as_shown(getattr(row, name)) != as_shown(getattr(cells, name))
    ]


def choices_of(followed):
    """What a loan follows, in the words of a reconciliation."""
    terms = followed.repayment
    chosen = {
        "day_count": followed.day_count.name,
        "head_and_tail": followed.head_tail.value,
        "rounding_mode": followed.rounding.mode.value,
        "rounding_place": f"once per {followed.interest_rounded.value}",
    }
    if not isinstance(terms, InterestOnly):
        chosen["residue"] = terms.residue.value
    return chosen


@given(cases())
@settings(max_examples=4, deadline=None)
def test_what_a_lender_follows_is_among_the_matches(case):
    loan, followed, shown = case
    found = reconcile(loan, printed(followed, shown))
    assert found.nearest == ()
    if not found.complete:
        # Too little was printed: no more than so many classes are told.
        assert len(found.matches) >= 1_000
        return
    chosen = choices_of(followed)
    assert any(one.holds(**chosen) for match in found.matches for one in match.sets)


@given(cases())
@settings(max_examples=4, deadline=None)
def test_every_match_reproduces_every_cell(case):
    loan, followed, shown = case
    statement = printed(followed, shown)
    for match in reconcile(loan, statement).matches:
        assert misses(match.terms, statement) == []


@given(cases(), st.data())
@settings(max_examples=4, deadline=None)
def test_a_cent_more_is_found_where_it_was_printed(case, data):
    loan, followed, shown = case
    statement = printed(followed, shown)
    row = data.draw(st.integers(0, len(statement.rows) - 1))
    name = data.draw(st.sampled_from([one for one in shown if one != "due"]))
    wrong = evolve(
        statement.rows[row],
        **{name: getattr(statement.rows[row], name) + Decimal("0.01")},
    )
    rows = [*statement.rows[:row], wrong, *statement.rows[row + 1 :]]
    changed = PrintedSchedule(rows)
    found = reconcile(loan, changed)
    for match in found.matches:
        # Other conventions may print just that cent.
        assert misses(match.terms, changed) == []
    if not found.matches:
        nearest = found.nearest[0]
        assert nearest.cells == len(misses(nearest.terms, changed)) == 1
        assert nearest.total == Decimal("0.01")
        first = nearest.first
        assert (first.number, first.column) == misses(nearest.terms, changed)[0]
        assert (row + 1, name) in {
            (near.first.number, near.first.column)
            for near in found.nearest
            if near.cells == 1
        }
