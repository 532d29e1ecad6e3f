"""A book simulated month by month, and which assumption moves its ratio."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from loan_books import JUNE
from loanmath.analysis.book import (
    Assumption,
    BookState,
    Inclusion,
    Lending,
    Shift,
    TransitionMatrix,
    compare_management,
    simulate,
)
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from loanmath.presets.book_scenarios import (
    COURSE_BOOK,
    NO_MANAGEMENT,
    REMINDERS_AND_EARLY_PLANS,
)
from refusals import refused

ALL = Inclusion()
STATES = [BookState("M0", 0), BookState("M1", 1), BookState("M2", 2)]
PLAN = BookState("plan", 0, restructured=True)


def matrix(m0="100% M0", m1="100% M1", m2="100% M2", states=STATES, **more):
    """Rows written as "90% M0, 10% M1"."""
    rows = {"M0": m0, "M1": m1, "M2": m2} | more
    return TransitionMatrix(
        states,
        {
            name: dict(reversed(part.split(" ", 1)) for part in row.split(", "))
            for name, row in rows.items()
        },
    )


def lending(start=None, **words):
    stated = {
        "currency": "CNY",
        "on": JUNE,
        "principal": "100",
        "installments": 3,
        "start": start or {"M0": 1},
    }
    return Lending(**stated | words)


# --- matrices -----------------------------------------------------------------------


def test_shifts_apply_in_their_order():
    base = matrix("90% M0, 10% M1")
    once = base.shifted(Shift("M0", "M1", "M0", "50%"))
    assert once.share("M0", "M1") == Fraction(1, 20)
    twice = once.shifted(Shift("M0", "M1", "M2", "100%"))
    assert twice.share("M0", "M1") == 0
    assert twice.share("M0", "M2") == Fraction(1, 20)
    assert base.shifted() == base
    nothing = base.shifted(Shift("M1", "M2", "M0", "50%"))
    assert nothing.share("M1", "M0") == 0
    assert str(Shift("M0", "M1", "M0", "50%")) == "50.00% of M0: from M1 to M0"
    assert repr(base) == "<TransitionMatrix of 3 states>"


def test_a_matrix_prints_only_what_happens():
    assert str(matrix("90% M0, 10% M1")).splitlines() == [
        "Monthly moves",
        "From  paid off      M0       M1       M2  written off",
        "M0              90.00%   10.00%",
        "M1                      100.00%",
        "M2                               100.00%",
    ]


def test_a_shift_of_no_state():
    base = matrix()
    for shift in (
        Shift("M9", "M1", "M0", "1%"),
        Shift("M0", "M9", "M0", "1%"),
        Shift("M0", "M1", "M9", "1%"),
    ):
        with refused(UnknownNameError):
            base.shifted(shift)
    with refused(InputTypeError):
        base.shifted("M0")


@pytest.mark.parametrize(
    ("states", "rows", "error"),
    [
        ("M0", {}, InputTypeError),
        ([1], {"M0": {"M0": 1}}, InputTypeError),
        ([], {"M0": {"M0": 1}}, LimitError),
        ([STATES[0]] * 2, {"M0": {"M0": 1}}, TermsError),
        ([BookState("paid off", 0)], {"paid off": {"paid off": 1}}, TermsError),
        (STATES[:1], {"M1": {"M0": 1}}, UnknownNameError),
        (STATES[:1], {"M0": {"M1": 1}}, UnknownNameError),
        (STATES[:1], {"M0": {"M0": "99%"}}, TermsError),
        (STATES[:2], {"M0": {"M0": 1}}, TermsError),
        (STATES[:1], {"M0": 1}, InputTypeError),
        (STATES[:1], {}, InputValueError),
    ],
)
def test_matrices_that_cannot_be(states, rows, error):
    with refused(error):
        TransitionMatrix(states, rows)


def test_states_that_cannot_be():
    for name, missed, error in (
        ("", 0, InputValueError),
        ("M0", "0", InputTypeError),
        ("M0", 41, LimitError),
    ):
        with refused(error):
            BookState(name, missed)


# --- lending ------------------------------------------------------------------------


def test_the_last_installment_takes_what_division_leaves():
    # 100.00 in 3: 33.33, 33.33, 33.34.
    assert lending().balances == (0, 3334, 6667, 10_000)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"on": date(2026, 6, 29)}, DateRangeError),
        ({"principal": "0.02"}, TermsError),
        ({"principal": "-1"}, LimitError),
        ({"installments": 0}, LimitError),
        ({"start": {"M0": 0}}, LimitError),
        ({"start": {"M0": 100_001}}, LimitError),
        ({"start": {"M0": "1"}}, InputTypeError),
        ({"new_loans": -1}, LimitError),
        ({"seasoned": 1}, InputTypeError),
    ],
)
def test_lending_that_cannot_be(words, error):
    with refused(error):
        lending(**words)


# --- what is paid -------------------------------------------------------------------


def owed(of, months=1, **words):
    book = simulate(of, matrix(**words), seed=1, months=months)
    return [sum(row.principal) for row in book.rows]


def test_a_loan_in_time_pays_one_installment_a_month_and_leaves():
    book = simulate(lending(), matrix(), seed=1, months=4)
    assert [str(row.principal[0]) for row in book.rows] == [
        "100.00",
        "66.67",
        "33.34",
        "0.00",
        "0.00",
    ]
    last = book.rows[-1]
    assert (last.paid_off, last.loans, last.repaid) == (1, (0, 0, 0), Decimal(100))


def test_what_a_loan_pays_follows_from_how_it_moves():
    one = Decimal("33.33")
    # Worse: nothing. The same: one. Better by one: two. The last bucket is open.
    assert owed(lending(), m0="100% M1") == [100, 100]
    assert owed(lending({"M1": 1})) == [100, 100 - one]
    assert owed(lending({"M1": 1}), m1="100% M0") == [100, 100 - 2 * one]
    assert owed(lending({"M2": 1})) == [100, 100]
    assert owed(lending({"M2": 1}), m2="100% M0") == [100, 0]
    assert owed(lending({"M1": 1}), m1="100% paid off") == [100, 0]


def test_a_plan_takes_no_payment_when_it_is_made():
    states = [STATES[0], PLAN, *STATES[1:]]
    words = {"states": states, "plan": "100% plan", "m1": "100% plan"}
    assert owed(lending({"M1": 1}), months=2, **words) == [
        100,
        100,
        Decimal("66.67"),
    ]


def test_a_write_off_is_a_loss_of_what_is_owed():
    book = simulate(lending({"M2": 2}), matrix(m2="100% written off"), seed=1, months=2)
    last = book.rows[-1]
    assert (last.written_off, last.lost, last.repaid) == (2, 200, 0)


def test_first_loans_may_be_of_all_ages():
    book = simulate(lending({"M0": 4}, seasoned=True), matrix(), seed=1, months=1)
    # Left: 3, 2, 1 and 3 installments.
    assert book.rows[0].principal[0] == 200 + Decimal("66.67") + Decimal("33.34")
    assert book.rows[1].paid_off == 1


def test_new_loans_come_after_the_moves():
    book = simulate(lending(new_loans=2), matrix("100% M1"), seed=1, months=2)
    assert [row.loans for row in book.rows] == [(1, 0, 0), (2, 1, 0), (2, 3, 0)]
    assert book.rows[-1].opened == 5
    assert [str(row.on) for row in book.rows] == [
        "2026-06-30",
        "2026-07-31",
        "2026-08-31",
    ]


def test_each_loan_goes_where_its_own_number_falls():
    # The method by hand: Random(seed * 2**16 + month), the i-th getrandbits(32).
    book = simulate(
        lending({"M0": 200}, installments=10),
        matrix("70% M0, 30% M1"),
        seed=5,
        months=1,
    )
    draw = Random(5 * 65_536 + 1)
    cut = 7 * 2**32 // 10
    stay = sum(draw.getrandbits(32) < cut for _ in range(200))
    assert book.rows[1].loans == (stay, 200 - stay, 0)


def test_rows_are_the_same_everywhere():
    book = simulate(COURSE_BOOK.value, NO_MANAGEMENT.value, seed=1, months=2)
    assert book.rows[2].loans == (8566, 0, 295, 189, 149, 127, 104, 98, 368)


# --- ratios of a simulation ---------------------------------------------------------


def test_what_a_simulated_ratio_counts():
    states = [STATES[0], PLAN, *STATES[1:]]
    of = lending({"M0": 1, "plan": 1, "M1": 1, "M2": 1})
    all_lost = matrix(m2="100% written off", states=states, plan="100% plan")
    book = simulate(of, all_lost, seed=1, months=1)
    start = book.ratio(0, missed=1, inclusion=ALL)
    assert start.ratio == Fraction(1, 2)
    assert book.ratio(0, missed=2, inclusion=ALL).ratio == Fraction(1, 4)
    out = Inclusion(restructured=False)
    assert book.ratio(0, missed=1, inclusion=out).ratio == Fraction(2, 3)
    # A month later each of three loans owes 66.67, and 100.00 are lost.
    off = book.ratio(1, missed=2, inclusion=Inclusion(written_off=True))
    assert off.ratio == Fraction(10_000, 10_000 + 3 * 6_667)
    assert book.ratio(-1, missed=2, inclusion=ALL).ratio == 0
    for month, error in (("1", InputTypeError), (2, LimitError), (-3, LimitError)):
        with refused(error):
            book.ratio(month, missed=1, inclusion=ALL)


def test_a_simulation_prints_its_rows():
    book = simulate(lending(), matrix(), seed=3, months=1, name="One loan")
    assert str(book).splitlines() == [
        "One loan: loans by month, seed 3, CNY",
        "Date        M0  M1  M2  Paid off  Written off  Principal  Lost",
        "2026-06-30   1   0   0         0            0     100.00  0.00",
        "2026-07-31   1   0   0         0            0      66.67  0.00",
    ]
    assert repr(book) == "<Simulation One loan: 1 months>"
    rich = simulate(lending({"M0": 9}), matrix(), seed=3, months=1)
    assert "900.00,0.00" in rich.to_csv()
    richer = simulate(lending({"M0": 9}, principal=1000), matrix(), seed=3, months=1)
    assert "9,000.00" in str(richer)
    assert richer.to_csv().splitlines()[1] == "2026-06-30,9,0,0,0,0,9000.00,0.00"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"seed": -1}, LimitError),
        ({"seed": "1"}, InputTypeError),
        ({"months": 0}, LimitError),
        ({"lending": 1}, InputTypeError),
        ({"matrix": 1}, InputTypeError),
        ({"name": ""}, InputValueError),
        ({"lending": lending({"M9": 1})}, TermsError),
        ({"lending": lending(new_loans=50_000), "months": 2}, LimitError),
    ],
)
def test_a_simulation_that_cannot_be(words, error):
    stated = {"lending": lending(), "matrix": matrix(), "seed": 1, "months": 1}
    with refused(error):
        simulate(**stated | words)


# --- management ---------------------------------------------------------------------


def compared(assumptions, **words):
    stated = {"seed": 9, "months": 6, "missed": 1, "inclusion": ALL}
    of = lending({"M0": 300}, installments=12)
    base = matrix("80% M0, 20% M1", "50% M0, 50% M2", "100% M2")
    return compare_management(of, base, assumptions, **stated | words)


FEWER = Assumption("fewer", [Shift("M0", "M1", "M0", "50%")])


def test_one_assumption_does_all_the_work():
    found = compared([FEWER])
    assert found.alone[0].measure.ratio == found.together.measure.ratio
    assert found.interaction == 0
    assert found.change(found.together) < 0
    assert len(found.months) == 7


def test_nothing_assumed_changes_nothing():
    found = compared([])
    assert found.without.simulation.rows == found.together.simulation.rows
    assert found.change(found.together) == 0
    assert "+" not in str(found).splitlines()[-1]


def test_growth_and_the_yardstick_are_assumptions_too():
    growth = Assumption("growth", new_loans=100)
    count = Assumption("write-offs count", counted=Inclusion(written_off=True))
    found = compared([growth, count])
    assert found.alone[0].measure.ratio < found.without.measure.ratio
    assert found.together.measure.rule == "write-offs in, restructured in"
    assert found.months[-1][1] == found.together.measure
    texts = [one.text for one in found.alone]
    assert texts == [
        "100 new loans a month",
        "counted: write-offs in, restructured in",
    ]
    assert Assumption("none").text == "nothing"
    assert repr(found).startswith("<ManagementComparison: ")


@pytest.mark.parametrize(
    ("assumptions", "error"),
    [
        ("fewer", InputTypeError),
        ([1], InputTypeError),
        ([FEWER] * 2, TermsError),
        ([Assumption(str(number)) for number in range(21)], LimitError),
        ([Assumption("x", [Shift("M9", "M1", "M0", "1%")])], UnknownNameError),
    ],
)
def test_assumptions_that_cannot_be(assumptions, error):
    with refused(error):
        compared(assumptions)


def test_a_comparison_of_nothing():
    with refused(InputTypeError):
        compare_management(1, matrix(), [], seed=1, months=1, missed=1, inclusion=ALL)
    with refused(InputTypeError):
        compare_management(lending(), 1, [], seed=1, months=1, missed=1, inclusion=ALL)
    for words in ({"shifts": "x"}, {"shifts": [1]}, {"new_loans": -1}, {"counted": 1}):
        with refused(InputTypeError):
            Assumption("a", **words)


def test_from_a_tenth_to_under_a_twentieth():
    found = compare_management(
        COURSE_BOOK.value,
        NO_MANAGEMENT.value,
        REMINDERS_AND_EARLY_PLANS.value,
        seed=1,
        months=24,
        missed=2,
        inclusion=ALL,
    )
    shown = [one.measure.shown for one in (found.without, *found.alone, found.together)]
    assert shown == ["10.81%", "8.81%", "8.23%", "7.96%", "4.83%"]
    assert found.months[0][0].shown == "10.41%"
