"""
Measures of a book: buckets partition it, flows lose nothing, ratios fall with the days.

The oracle counts loan by loan in fractions and shares no code with the library.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from loanmath.analysis.book import (
    Assumption,
    Book,
    BookState,
    Inclusion,
    Lending,
    LoanSnapshot,
    Shift,
    TransitionMatrix,
    compare_management,
    distribution,
    flow_rates,
    migration,
    overdue_ratio,
    provision_matrix,
    simulate,
    vintages,
)
from loanmath.analysis.delinquency import BucketScheme

DAYS = [date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)]
LATE = st.sampled_from([0, 0, 0, 1, 29, 30, 31, 59, 60, 61, 90, 91, 180, 181, 400])
NAMES = "abcdefgh"


def money(units):
    return Decimal(units).scaleb(-2)


@st.composite
def books(draw, on=DAYS[0]):
    loans = []
    for name in NAMES[: draw(st.integers(0, len(NAMES)))]:
        if draw(st.integers(0, 5)) == 0:
            continue  # closed, and not in the book
        balance = draw(st.integers(0, 10**6))
        overdue = draw(st.integers(0, balance))
        loans.append(
            LoanSnapshot(
                name=name,
                on=on,
                currency="CNY",
                originated=date(2026, 1 + NAMES.index(name) % 3, 15),
                disbursed="20000",
                balance=money(balance),
                days_past_due=draw(LATE),
                borrower=draw(st.sampled_from("xyz")),
                overdue_principal=money(overdue),
                overdue=money(overdue + 5),
                due=money(overdue + 5 + draw(st.integers(0, 100))),
                written_off=money(draw(st.sampled_from([0, 0, 0, 1, 12_345]))),
                restructured=draw(st.booleans()),
            )
        )
    return Book("CNY", on, loans)


schemes = st.builds(
    lambda edges, edge: BucketScheme("any", sorted(edges), edge=edge),
    st.sets(st.sampled_from([1, 29, 30, 60, 90, 180]), min_size=1),
    st.sampled_from(["above", "from"]),
)
inclusions = st.builds(
    Inclusion,
    written_off=st.booleans(),
    restructured=st.booleans(),
    part=st.sampled_from(["whole", "overdue"]),
)


def counted(book, rule):
    """(balance, overdue principal, written off, days, borrower) of what is in."""
    for loan in book:
        off = loan.written_off if rule.written_off else Decimal(0)
        if loan.restructured and not rule.restructured:
            continue
        if loan.balance > 0 or loan.days_past_due > 0 or off > 0:
            yield (
                Fraction(loan.balance),
                Fraction(loan.overdue_principal),
                Fraction(off),
                loan.days_past_due,
                loan.borrower,
            )


# --- one date -----------------------------------------------------------------------


@given(books(), schemes, inclusions)
def test_buckets_partition_the_book(book, scheme, rule):
    spread = distribution(book, scheme, inclusion=rule)
    rows = list(counted(book, rule))
    assert Fraction(spread.total) == sum(row[0] + row[2] for row in rows)
    assert sum(count for _, count in spread.loans) == len(rows)
    for bucket in scheme.buckets[:-1]:
        inside = [row[0] for row in rows if bucket.least <= row[3] <= bucket.most]
        assert Fraction(spread.amount(bucket.name)) == sum(inside)


@given(books(), st.integers(1, 400), inclusions)
def test_ratios_equal_a_count_by_hand(book, days, rule):
    rows = list(counted(book, rule))
    found = overdue_ratio(book, days, by="balance", inclusion=rule)
    part = 0 if rule.part.value == "whole" else 1
    late = sum(row[2] + (row[part] if row[3] >= days else 0) for row in rows)
    assert Fraction(found.numerator) == late
    assert Fraction(found.denominator) == sum(row[0] + row[2] for row in rows)
    people = overdue_ratio(book, days, by="borrower", inclusion=rule)
    assert people.numerator == len(
        {row[4] for row in rows if row[3] >= days or row[2] > 0}
    )
    assert people.denominator == len({row[4] for row in rows})


@given(
    books(),
    st.integers(1, 300),
    st.integers(1, 100),
    inclusions,
    st.sampled_from(["balance", "due", "borrower", "loan"]),
)
def test_ratios_are_shares_and_fall_as_the_days_rise(book, days, more, rule, by):
    less, least = (
        overdue_ratio(book, number, by=by, inclusion=rule)
        for number in (days + more, days)
    )
    if least.has_ratio:
        assert 0 <= less.ratio <= least.ratio <= 1


@given(books(), schemes, st.integers(0, 100))
def test_one_rate_for_all_buckets_provides_for_the_whole(book, scheme, percent):
    spread = distribution(book, scheme, inclusion=Inclusion())
    found = provision_matrix(spread, dict.fromkeys(spread.names, f"{percent}%"))
    exact = Fraction(spread.total) * percent / 100
    assert abs(Fraction(found.total) - exact) <= Fraction(len(spread.names), 200)


# --- two dates ----------------------------------------------------------------------


@given(books(DAYS[0]), books(DAYS[1]), schemes, st.sampled_from(["balance", "loan"]))
def test_rows_of_a_migration_sum_to_what_was_there(before, after, scheme, by):
    moves = migration(before, after, scheme, by=by)
    there, here = (
        dict.fromkeys(moves.names, Fraction(0)),
        dict.fromkeys(moves.names, Fraction(0)),
    )
    for book, sums in ((before, there), (after, here)):
        for loan in book:
            size = Fraction(loan.balance) if by == "balance" else loan.balance > 0
            sums[scheme.bucket_of(loan.days_past_due).name] += size
    for name in moves.names:
        left = [moves.moved(name, other) for other in moves.names]
        left += [moves.repaid(name), moves.written_off(name)]
        assert sum(map(Fraction, left)) == there[name]
        came = [moves.moved(other, name) for other in moves.names] + [moves.new(name)]
        assert sum(map(Fraction, came)) == here[name]
        assert all(amount >= 0 for amount in left + came)


@given(books(DAYS[0]), books(DAYS[1]), schemes)
def test_the_opening_balance_goes_where_the_loan_goes(before, after, scheme):
    moves = migration(before, after, scheme, by="opening")
    total = sum(Fraction(moves.opening(name)) for name in moves.names)
    assert total == sum(Fraction(loan.balance) for loan in before)


@given(books(DAYS[0]), books(DAYS[1]), schemes)
def test_a_pooled_flow_of_one_step_is_the_quotient(before, after, scheme):
    spreads = [distribution(b, scheme, inclusion=Inclusion()) for b in (before, after)]
    names = spreads[0].names
    if all(spreads[0].amount(name) for name in names[:-1]):
        found = flow_rates(spreads, average="simple")
        assert found.averages == flow_rates(spreads, average="pooled").averages
        for place, (name, rate) in enumerate(found.averages):
            arrived = Fraction(spreads[1].amount(names[place + 1]))
            assert rate == arrived / Fraction(spreads[0].amount(name))


# --- several dates ------------------------------------------------------------------


@given(st.tuples(*map(books, DAYS)), st.integers(1, 200), inclusions)
def test_curves_that_ever_count_never_fall(three, days, rule):
    current = vintages(three, days, seen="current", inclusion=rule)
    ever = vintages(three, days, seen="ever", inclusion=rule)
    for now, most in zip(current.cohorts, ever.cohorts, strict=True):
        late = [point.late for point in most.points]
        assert late == sorted(late)
        assert all(
            point.late <= top.late
            for point, top in zip(now.points, most.points, strict=True)
        )


@given(st.tuples(*map(books, DAYS)), st.integers(1, 200))
def test_cohorts_add_up_to_the_book(three, days):
    curves = vintages(three, days, seen="current", inclusion=Inclusion())
    last = overdue_ratio(three[-1], days, by="balance", inclusion=Inclusion())
    late = sum(Fraction(cohort.points[-1].late) for cohort in curves.cohorts)
    assert late == Fraction(last.numerator)


# --- simulation ---------------------------------------------------------------------

STATES = [
    BookState("M0", 0),
    BookState("plan", 0, restructured=True),
    BookState("M1", 1),
    BookState("M2", 2),
]
TARGETS = ["paid off", "M0", "plan", "M1", "M2", "written off"]


@st.composite
def matrices(draw):
    rows = {}
    for state in STATES:
        weights = draw(st.lists(st.integers(0, 5), min_size=6, max_size=6))
        weights[1] += 1
        total = sum(weights)
        rows[state.name] = {
            target: Fraction(weight, total)
            for target, weight in zip(TARGETS, weights, strict=True)
        }
    return TransitionMatrix(STATES, rows)


lendings = st.builds(
    Lending,
    currency=st.just("CNY"),
    on=st.just(DAYS[0]),
    principal=st.integers(24, 10**5).map(money),
    installments=st.integers(1, 24),
    start=st.fixed_dictionaries(
        {"M0": st.integers(1, 40), "M1": st.integers(0, 20), "plan": st.integers(0, 9)}
    ),
    new_loans=st.integers(0, 5),
    seasoned=st.booleans(),
)
seeds = st.integers(0, 2**63)


@given(lendings, matrices(), seeds, st.integers(1, 8))
def test_a_simulation_loses_no_loan_and_no_cent(lending, matrix, seed, months):
    book = simulate(lending, matrix, seed=seed, months=months)
    for month, row in enumerate(book.rows):
        assert row.opened == lending.loans + month * lending.new_loans
        assert sum(row.loans) + row.paid_off + row.written_off == row.opened
        parts = [*row.principal, row.repaid, row.lost]
        assert sum(map(Fraction, parts)) == Fraction(row.lent)


@given(lendings, matrices(), seeds)
def test_two_equal_matrices_are_one_scenario(lending, matrix, seed):
    words = {"seed": seed, "months": 4, "missed": 1, "inclusion": Inclusion()}
    nothing = [
        Assumption("nothing", [Shift("M0", "M1", "M0", 0)]),
        Assumption("back again", [Shift("M1", "M2", "M2", "50%")]),
    ]
    found = compare_management(lending, matrix, nothing, **words)
    assert found.without.simulation.rows == found.together.simulation.rows
    assert all(before == after for before, after in found.months)


@given(lendings, matrices(), seeds, st.integers(0, 100))
def test_fewer_late_moves_never_make_more_loans_late(lending, matrix, seed, percent):
    """One month on, with the same luck: who would stay in time still does."""
    better = matrix.shifted(Shift("M0", "M1", "M0", f"{percent}%"))
    before, after = (
        simulate(lending, moves, seed=seed, months=1).rows[1].loans
        for moves in (matrix, better)
    )
    assert sum(after[2:]) <= sum(before[2:])
