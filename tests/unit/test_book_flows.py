"""Provisions, migration, flow rates, vintages and expected loss of a book."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loan_books import APRIL, JUNE, MAY, book, loan, spread
from loanmath.analysis.book import (
    Book,
    Distribution,
    Inclusion,
    LossPeriod,
    ProvisionRates,
    RollRateChain,
    TransitionMatrix,
    coverage_ratio,
    expected_credit_loss,
    flow_rates,
    loan_provision_ratio,
    migration,
    migration_ratio,
    months_on_book,
    non_performing_ratio,
    pds_from_conditional,
    pds_from_cumulative,
    provision_matrix,
    provisions,
    vintages,
)
from loanmath.analysis.delinquency import AGES_BY_30, M_STAGES, BucketScheme
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from loanmath.presets.cn.classes import FIVE_CLASSES
from loanmath.rounding import Rounding
from refusals import refused

ALL = Inclusion()
TWO = BucketScheme("two", [0], edge="above", names=["good", "late"])

# --- provisions ---------------------------------------------------------------------


def test_a_matrix_rounds_each_line_and_adds_the_lines():
    book_of_two = spread({"a": "0.10", "b": "0.10"})
    found = provision_matrix(book_of_two, {"a": "5%", "b": Fraction(1, 21)})
    # 0.005 up to 0.01; 0.00476 down to 0.00.
    assert [row.allowance for row in found.rows] == [Decimal("0.01"), Decimal("0.00")]
    assert found.total == Decimal("0.01")
    assert repr(found) == "<Provision on 2026-06-30: CNY 0.01>"
    tiny = provision_matrix(spread({"a": 1}), {"a": Fraction(1, 7_000_001)})
    assert "~0.0000%" in str(tiny)
    assert str(found).splitlines()[2:] == [
        "a         0.10        5%       0.01",
        "b         0.10  ~4.7619%       0.00",
        "Total                          0.01",
    ]


@pytest.mark.parametrize(
    ("rates", "error"),
    [
        ({"a": "1%"}, TermsError),
        ({"a": "1%", "b": 0, "c": 0}, TermsError),
        ({"a": "1%", "b": "101%"}, LimitError),
        ({"a": "1%", "b": "-1%"}, LimitError),
        ({"a": "1%", "b": 0.5}, InputTypeError),
        ("1%", InputTypeError),
    ],
)
def test_a_matrix_that_does_not_fit(rates, error):
    with refused(error):
        provision_matrix(spread({"a": 1, "b": 1}), rates)
    with refused(InputTypeError):
        provision_matrix({"a": 1}, {"a": 0})


RATES = ProvisionRates(general="1%", specific={"b": "50%"}, leeway={"b": "20%"})


def test_specific_rates_move_within_their_leeway():
    two = spread({"a": 100, "b": 100})
    assert provisions(two, RATES).total == Decimal("52.00")
    assert provisions(two, RATES, moved={"b": "20%"}).total == Decimal("62.00")
    # A rate of nothing moves by nothing and is shown.
    assert len(provisions(two, RATES, moved={"a": 0}).rows) == 3
    for moved in ({"b": "21%"}, {"b": "-21%"}, {"a": "1%"}):
        with refused(LimitError):
            provisions(two, RATES, moved=moved)
    with refused(UnknownNameError):
        provisions(two, RATES, moved={"c": 0})
    with refused(TermsError):
        provisions(spread({"a": 1}), RATES)
    with refused(InputTypeError):
        provisions(two, {"b": "1%"})
    with refused(TermsError):
        ProvisionRates(general=0, specific={"b": 0}, leeway={"a": 0})
    rigid = ProvisionRates(general=0, specific={"b": "50%"})
    assert provisions(two, rigid).total == 50
    with refused(LimitError):
        provisions(two, rigid, moved={"b": "1%"})


def test_ratios_of_classes():
    two = spread({"a": 100, "b": 100})
    assert non_performing_ratio(two, ["b"], decimals=0).shown == "50%"
    assert coverage_ratio(two, 150, ["b"]).shown == "150.00%"
    assert loan_provision_ratio(two, 5).counts == "provisions"
    for wrong in ([], "b", ["c"]):
        with refused((InputValueError, InputTypeError)):
            coverage_ratio(two, 1, wrong)


# --- migration ----------------------------------------------------------------------

BEFORE = book(
    ("stays", 100, 0),
    ("worse", 200, 0),
    ("paid", 50, 0),
    ("gone", 25, 40),
    ("lost", 300, 100),
    ("partly", 80, 40),
    on=MAY,
)
AFTER = book(
    ("stays", 90, 0),
    ("worse", 210, 20),
    ("paid", 0, 0),
    loan("lost", 0, written_off=310),
    loan("partly", 30, 71, written_off=40),
    ("fresh", 500, 0),
)


def test_what_was_there_is_somewhere():
    moves = migration(BEFORE, AFTER, AGES_BY_30, by="balance")
    assert moves.opening("0") == 350
    assert moves.moved("0", "0") == 90
    assert moves.moved("0", "1-30") == 200
    assert moves.repaid("0") == 60
    assert moves.new("1-30") == 10
    assert moves.new("0") == 500
    assert (moves.opening("31-60"), moves.repaid("31-60")) == (105, 35)
    assert (moves.written_off("31-60"), moves.moved("31-60", "61-90")) == (40, 30)
    assert moves.written_off("91+") == 300
    assert [moves.closing(name) for name in moves.names] == [590, 210, 0, 30, 0]
    assert moves.share("0", "1-30") == Fraction(4, 7)
    assert repr(moves) == "<Migration by balance from 2026-05-31 to 2026-06-30>"


def test_by_loan_and_by_the_opening_balance():
    by_loan = migration(BEFORE, AFTER, AGES_BY_30, by="loan")
    assert (by_loan.unit, by_loan.opening("0"), by_loan.repaid("0")) == ("loans", 3, 1)
    assert (by_loan.written_off("91+"), by_loan.new("0")) == (1, 1)
    whole = migration(BEFORE, AFTER, AGES_BY_30, by="opening")
    assert (whole.moved("0", "1-30"), whole.repaid("0")) == (200, 50)
    assert (whole.moved("31-60", "61-90"), whole.repaid("31-60")) == (80, 25)


def test_a_migration_prints_amounts_and_shares():
    text = str(migration(BEFORE, AFTER, TWO, by="loan"))
    assert text.splitlines()[:5] == [
        "Migration by loan, 2026-05-31 to 2026-06-30, in loans",
        "From     good  late  Repaid  Written off  Opening",
        "good        1     1       1            0        3",
        "late        0     1       1            1        3",
        "New         1     0",
    ]
    empty = migration(Book("CNY", MAY, []), AFTER, TWO, by="loan")
    assert "shares" in str(empty)
    with refused(InputValueError):
        empty.share("good", "late")
    with refused(UnknownNameError):
        empty.moved("good", "M9")


def test_a_closed_loan_is_in_no_row():
    closed = book(("a", 0), ("b", 0), on=MAY)
    moves = migration(closed, book(("a", 5)), TWO, by="balance")
    assert (moves.opening("good"), moves.new("good")) == (0, 5)


def test_a_lender_grades_both_books():
    moves = migration(BEFORE, AFTER, TWO, by="loan", graded=({"stays": "late"}, None))
    assert moves.moved("late", "good") == 1
    for wrong in (None, ({},), [None, None]):
        with refused(InputTypeError):
            migration(BEFORE, AFTER, TWO, by="loan", graded=wrong)


def test_the_migration_ratio_of_classes():
    classes = FIVE_CLASSES.value.scheme
    before = book(("a", 600, 0), ("b", 400, 0), ("c", 100, 5), ("d", 50, 95), on=APRIL)
    after = book(("a", 500, 0), ("b", 380, 20), ("c", 100, 96), ("d", 40, 300))
    moves = migration(before, after, classes, by="balance")
    normal = migration_ratio(moves, ["normal"])
    # 1,000 less the decrease of 120; 380 of it is worse.
    assert (normal.numerator, normal.denominator) == (380, 880)
    assert migration_ratio(moves, ["substandard"]).ratio == 1
    bad = ["substandard", "doubtful", "loss"]
    both = migration_ratio(moves, ["normal", "special mention"], to=bad)
    assert both.ratio == Fraction(100, 980)
    assert both.counts == "in substandard + doubtful + loss on 2026-06-30"
    with refused(TermsError):
        migration_ratio(migration(before, after, classes, by="loan"), ["normal"])
    with refused(InputTypeError):
        migration_ratio(None, ["normal"])


def test_a_matrix_of_what_migrated():
    moves = migration(BEFORE, AFTER, TWO, by="loan")
    matrix = TransitionMatrix.of_migration(moves)
    assert matrix.share("good", "paid off") == Fraction(1, 3)
    assert matrix.share("late", "written off") == Fraction(1, 3)
    assert matrix.states[1].missed == 1
    with refused(TermsError):
        TransitionMatrix.of_migration(migration(BEFORE, AFTER, TWO, by="balance"))
    with refused(InputTypeError):
        TransitionMatrix.of_migration(None)
    with refused(InputValueError):
        TransitionMatrix.of_migration(migration(BEFORE, AFTER, M_STAGES, by="loan"))


# --- flow rates ---------------------------------------------------------------------

FLOWS = [
    spread({"M0": 1000, "M1": 0, "M2": 0}, on=APRIL),
    spread({"M0": 1000, "M1": 100, "M2": 0}, on=MAY),
    spread({"M0": 3000, "M1": 90, "M2": 30}, on=JUNE),
]


def test_pooled_and_simple_averages_differ():
    assert dict(flow_rates(FLOWS[1:], average="simple").averages) == {
        "M0": Fraction(9, 100),
        "M1": Fraction(3, 10),
    }
    pooled = flow_rates(FLOWS, average="pooled")
    assert dict(pooled.averages) == {
        "M0": Fraction(190, 2000),
        "M1": Fraction(30, 100),
    }
    assert str(pooled).splitlines()[2:] == [
        "2026-05-31            10.00%   no base",
        "2026-06-30             9.00%    30.00%",
        "Average, pooled        9.50%    30.00%",
    ]
    assert repr(pooled) == "<FlowRates of 2 steps over 3 buckets>"
    rounded = flow_rates(FLOWS, average="pooled", decimals=0)
    assert dict(rounded.averages)["M0"] == Fraction(10, 100)


def test_flows_out_of_nothing_are_refused():
    with refused(InputValueError, match="2026-04-30"):
        flow_rates(FLOWS, average="simple")
    nothing = [spread({"M0": 0, "M1": 1}, on=day) for day in (APRIL, MAY)]
    with refused(InputValueError, match="on any date"):
        flow_rates(nothing, average="pooled")


@pytest.mark.parametrize(
    ("spreads", "error"),
    [
        ("books", InputTypeError),
        ([1, 2], InputTypeError),
        (FLOWS[:1], InputValueError),
        (FLOWS[::-1], DateRangeError),
        ([FLOWS[0], spread({"M0": 1, "M1": 1})], TermsError),
    ],
)
def test_books_that_do_not_follow(spreads, error):
    with refused(error):
        flow_rates(spreads, average="pooled")


def test_a_chain_provides_and_is_scaled():
    chain = RollRateChain({"M0": "10%", "M1": "50%"})
    two = spread({"M0": 1000, "M1": 100})
    assert chain.provision(two).total == Decimal("100.00")
    assert chain.provision(two, scaled="50%").total == Decimal("50.00")
    assert repr(chain) == "<RollRateChain over 2 buckets>"
    more = RollRateChain({"M0": "150%", "M1": "100%"})
    with refused(LimitError):
        more.provision(two)
    with refused(LimitError):
        flow_rates(FLOWS[1:], average="simple").chain("101%")


def test_a_cohort_only_runs_off():
    for amounts, error in (
        ({"a": 1, "b": 2}, TermsError),
        ({"a": 0, "b": 0}, InputValueError),
        ({"a": -1}, LimitError),
    ):
        with refused(error):
            RollRateChain.of_cohort(amounts, loss=1)
    assert RollRateChain.of_cohort({"a": 5}, loss="60%").rates == (
        ("a", Fraction(3, 5)),
    )
    with refused(InputTypeError):
        provision_matrix(spread({"a": 1}), {"a": 0}, rounding="half_up")
    with refused(InputValueError):
        provision_matrix(spread({"a": 1}), {"a": 0}, rounding=Rounding.unrounded())


# --- vintages -----------------------------------------------------------------------


def aged(name, month, balance, days, on, **words):
    return loan(name, balance, days, on=on, originated=date(2026, month, 20), **words)


CURVES = [
    book(aged("a", 4, 900, 0, APRIL), aged("b", 4, 1000, 0, APRIL), on=APRIL),
    book(
        aged("a", 4, 900, 10, MAY),
        aged("b", 4, 950, 0, MAY),
        aged("c", 5, 1000, 0, MAY),
        on=MAY,
    ),
    book(aged("b", 4, 800, 5, JUNE), aged("c", 5, 990, 0, JUNE)),
]


def test_current_falls_where_ever_does_not():
    current = vintages(CURVES, 1, seen="current", inclusion=ALL)
    april, may = current.cohorts
    assert (april.month, april.disbursed) == (date(2026, 4, 1), Decimal("2000.00"))
    assert [april.rate(age) for age in (0, 1, 2)] == [
        0,
        Fraction(900, 2000),
        Fraction(800, 2000),
    ]
    assert [point.months for point in may.points] == [0, 1]
    ever = vintages(CURVES, 1, seen="ever", inclusion=ALL)
    assert ever.cohorts[0].rate(2) == Fraction(1700, 2000)
    assert repr(ever) == "<Vintages of 2 cohorts, 1+>"


def test_curves_print_a_triangle():
    lines = str(vintages(CURVES, 1, seen="current", inclusion=ALL)).splitlines()
    assert lines[1:] == [
        "Cohort   Disbursed   MOB0    MOB1    MOB2",
        "2026-04   2,000.00  0.00%  45.00%  40.00%",
        "2026-05   1,000.00  0.00%   0.00%",
    ]


def test_a_point_of_a_curve_is_a_measure():
    curves = vintages(CURVES, 1, seen="current", inclusion=ALL)
    point = curves.measure(date(2026, 4, 9), 1)
    assert (point.name, point.shown) == ("vintage 2026-04, MOB1, 1+", "45.00%")
    for month, age in ((date(2026, 3, 1), 0), (date(2026, 5, 1), 2)):
        with refused(UnknownNameError):
            curves.measure(month, age)
    with refused(InputTypeError):
        curves.measure(date(2026, 5, 1), "1")


def test_write_offs_stay_in_a_curve_if_they_are_in():
    off = [*CURVES[:2], book(aged("a", 4, 0, 0, JUNE, written_off=900))]
    out = vintages(off, 1, seen="current", inclusion=ALL).cohorts[0]
    assert out.rate(2) == 0
    kept = vintages(off, 1, seen="current", inclusion=Inclusion(written_off=True))
    assert kept.cohorts[0].rate(2) == Fraction(900, 2000)


def test_books_that_make_no_curve():
    middle = Book("CNY", date(2026, 6, 15), [])
    with refused(DateRangeError, match="last day of a month"):
        vintages([middle], 1, seen="ever", inclusion=ALL)
    moved = [CURVES[0], book(aged("a", 5, 1, 0, MAY), on=MAY)]
    with refused(TermsError, match="a day of 2026-04"):
        vintages(moved, 1, seen="ever", inclusion=ALL)
    with refused(TermsError, match="more than nothing"):
        vintages([book(loan("a", 1, disbursed=0))], 1, seen="ever", inclusion=ALL)
    unused = vintages([book(loan("a", 0, disbursed=0))], 1, seen="ever", inclusion=ALL)
    assert unused.cohorts == ()
    for wrong, error in (([], InputValueError), ("x", InputTypeError)):
        with refused(error):
            vintages(wrong, 1, seen="ever", inclusion=ALL)


def test_months_on_book():
    assert months_on_book(date(2025, 12, 31), date(2025, 12, 31)) == 0
    assert months_on_book(date(2025, 12, 31), date(2026, 1, 1)) == 1
    with refused(DateRangeError):
        months_on_book(date(2026, 1, 2), date(2026, 1, 1))


# --- expected loss ------------------------------------------------------------------


def period(at, pd="1%", ead=1000):
    return LossPeriod(pd=pd, lgd="50%", ead=ead, at=at)


def test_twelve_months_are_a_part_of_the_life():
    both = [period(12), period(24)]
    year = expected_credit_loss(both, currency="CNY", rate=0, horizon=12)
    assert (year.total, len(year.periods)) == (Decimal("5.00"), 1)
    assert "over 12 periods" in str(year)
    life = expected_credit_loss(both, currency="CNY", rate="1%")
    assert life.exact == 5 / Fraction(101, 100) ** 12 + 5 / Fraction(101, 100) ** 24
    assert repr(life) == "<ExpectedLoss of CNY 8.38>"
    assert str(life).splitlines() == [
        "Expected credit loss over the whole life, in CNY",
        "At        PD     LGD       EAD  Loss  Discounted",
        "12     1.00%  50.00%  1,000.00  5.00        4.44",
        "24     1.00%  50.00%  1,000.00  5.00        3.94",
        "Total                                       8.38",
    ]


@pytest.mark.parametrize(
    ("periods", "error"),
    [
        ("x", InputTypeError),
        ([1], InputTypeError),
        ([], InputValueError),
        ([period(2), period(1)], TermsError),
        ([period(1), period(1)], TermsError),
        ([period(1, "60%"), period(2, "41%")], TermsError),
        ([period(at % 601) for at in range(601)], LimitError),
    ],
)
def test_periods_that_do_not_follow(periods, error):
    with refused(error):
        expected_credit_loss(periods, currency="CNY", rate=0)


def test_a_period_that_cannot_be():
    for at, error in ((601, LimitError), (-1, LimitError), ("1", InputTypeError)):
        with refused(error):
            period(at)


def test_marginal_probabilities():
    assert pds_from_cumulative([]) == ()
    assert sum(pds_from_conditional(["50%", "50%", 1])) == 1
    with refused(TermsError):
        pds_from_cumulative(["2%", "1%"])
    with refused(InputTypeError):
        pds_from_conditional("5%")
    with refused(LimitError):
        pds_from_conditional([0] * 601)


def test_a_value_can_be_written_down_again():
    two = spread({"a": 1, "b": 2}, loans={"a": 1, "b": 1})
    again = Distribution(
        currency=two.currency,
        on=two.on,
        amounts=two.amounts,
        rule=two.rule,
        loans=two.loans,
    )
    assert again == two
