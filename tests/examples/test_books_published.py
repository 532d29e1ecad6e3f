"""Published examples of measures of a book, each with its source."""

from decimal import Decimal
from fractions import Fraction

import pytest

from loan_books import APRIL, JUNE, MAY, spread
from loanmath.analysis.book import (
    BookState,
    LossPeriod,
    RollRateChain,
    TransitionMatrix,
    coverage_ratio,
    expected_credit_loss,
    flow_rates,
    loan_provision_ratio,
    non_performing_ratio,
    provision_matrix,
    provisions,
)
from loanmath.analysis.delinquency import M_STAGES_FROM_30
from loanmath.errors import TermsError
from loanmath.presets.provisioning import (
    CN_COVERAGE_STANDARD,
    CN_LOAN_PROVISION_STANDARD,
    CN_PROVISION_RATES,
)
from loanmath.rounding import Rounding


# ac-ie8: IFRS 9, Illustrative Example 8, recalled. PD x LGD x EAD without discount.
def test_the_first_twelve_months_of_a_new_loan():
    new = [LossPeriod(pd="0.5%", lgd="25%", ead="1000000", at=0)]
    found = expected_credit_loss(new, currency="EUR", rate=0, horizon=12)
    assert (found.total, found.exact) == (Decimal("1250.00"), 1250)


# ac-ie12: IFRS 9, Illustrative Example 12, recalled.
def test_a_provision_matrix_of_trade_receivables():
    names = ["current", "1-30", "31-60", "61-90", "90+"]
    gross = ["15000000", "7500000", "4000000", "2500000", "1000000"]
    rates = ["0.3%", "1.6%", "3.6%", "6.6%", "10.6%"]
    book = spread(dict(zip(names, gross, strict=True)), currency="EUR")
    found = provision_matrix(book, dict(zip(names, rates, strict=True)))
    assert [str(row.allowance) for row in found.rows] == [
        "45000.00",
        "120000.00",
        "144000.00",
        "165000.00",
        "106000.00",
    ]
    assert found.total == Decimal("580000.00")


# CN-125: laitimes.com, a roll-rate write-up of one installment portfolio, medium.
# Buckets from 1-29, 30-59, ... on.
ROWS = {
    "M0": {"M0": "90.81%", "M1": "9.19%"},
    "M1": {"M0": "30.59%", "M1": "6.35%", "M2": "61.82%"},
}


def test_the_row_of_loans_in_time_adds_up():
    moved = [Fraction(share.rstrip("%")) for share in ROWS["M0"].values()]
    assert sum(moved) == Fraction("100.00")
    assert M_STAGES_FROM_30.bucket_of(30).name == "M2"


def test_the_published_row_of_m1_leaves_something_out():
    states = [BookState("M0", 0), BookState("M1", 1), BookState("M2", 2)]
    with pytest.raises(TermsError, match=r"98\.76% in all.*say where 1\.24% go"):
        TransitionMatrix(states, {**ROWS, "M2": {"M2": "100%"}})


def test_the_chain_of_the_published_rates():
    chain = RollRateChain(
        {"M0": "9.19%", "M1": "61.82%", "M2": "72.11%", "M3": "76.56%"}
    )
    by_hand = Fraction(919 * 6182 * 7211 * 7656, 10_000**4)
    assert dict(chain.loss_rates)["M0"] == by_hand
    assert str(chain).splitlines()[2].split() == ["M0", "9.19%", "3.1365%"]


# CN-120: (substandard + doubtful + loss) / loans; the standards of 150 % and 2.5 % are
# recalled. The amounts are written by hand.
def test_a_book_that_just_meets_both_standards():
    classes = {
        "normal": "9700",
        "special mention": "133.33",
        "substandard": "100",
        "doubtful": "50",
        "loss": "16.67",
    }
    book = spread(classes)
    bad = ["substandard", "doubtful", "loss"]
    assert non_performing_ratio(book, bad).percent == Decimal("1.67")
    assert coverage_ratio(book, "250.01", bad).percent == Decimal("150.00")
    assert coverage_ratio(book, "250.01", bad).ratio > CN_COVERAGE_STANDARD.value[1]
    ratio = loan_provision_ratio(book, "250.00")
    assert ratio.ratio == CN_LOAN_PROVISION_STANDARD.value[1] == Fraction(1, 40)


# General 1 %, specific 2, 25, 50 and 100 %, substandard and doubtful 20 % either way.
def test_general_and_specific_provisions():
    book = spread(
        {
            "normal": "9000",
            "special mention": "500",
            "substandard": "300",
            "doubtful": "150",
            "loss": "50",
        }
    )
    rates = CN_PROVISION_RATES.value
    found = provisions(book, rates)
    assert [str(row.allowance) for row in found.rows] == [
        "100.00",
        "10.00",
        "75.00",
        "75.00",
        "50.00",
    ]
    assert found.total == Decimal("310.00")
    most = provisions(book, rates, moved={"substandard": "20%", "doubtful": "20%"})
    least = provisions(book, rates, moved={"substandard": "-20%", "doubtful": "-20%"})
    assert (most.total, least.total) == (Decimal("340.00"), Decimal("280.00"))


# The flow-rate matrix of 27,567: IFRScommunity.com, example of lifetime losses of trade
# receivables, its calculation seen; amounts are printed in whole units.
def test_the_loss_rates_of_what_was_sold():
    names = ["not overdue", "1-30", "31-60", "61-90", "91+"]
    sold = ["100000", "50000", "23000", "8000", "2000"]
    owed = ["300000", "140000", "60000", "23000", "5000"]
    chain = RollRateChain.of_cohort(dict(zip(names, sold, strict=True)), loss="100%")
    assert [rate for _, rate in chain.loss_rates] == [
        Fraction(2, 100),
        Fraction(4, 100),
        Fraction(2, 23),
        Fraction(25, 100),
        1,
    ]
    book = spread(dict(zip(names, owed, strict=True)), currency="EUR")
    found = chain.provision(book, rounding=Rounding(unit="1"))
    assert [int(row.allowance) for row in found.rows] == [6000, 5600, 5217, 5750, 5000]
    assert found.total == 27_567
    assert chain.provision(book).total == Decimal("27567.39")


# M_i to M_(i+1) at t = balance in M_(i+1) at t / balance in M_i at t - 1; loss rate =
# the product of the averages; provision = sum of balance x product. Written by hand.
def test_a_flow_rate_matrix():
    books = [
        spread({"M0": "1000", "M1": "100", "M2": "50"}, on=APRIL),
        spread({"M0": "1200", "M1": "80", "M2": "40"}, on=MAY),
        spread({"M0": "1000", "M1": "72", "M2": "48"}, on=JUNE),
    ]
    found = flow_rates(books, average="simple")
    # (80/1000 + 72/1200) / 2 = 7 %; (40/100 + 48/80) / 2 = 50 %.
    assert dict(found.averages) == {"M0": Fraction(7, 100), "M1": Fraction(1, 2)}
    chain = found.chain("80%")
    # 7 % x 50 % x 80 % = 2.8 %; 40 %; 80 %.
    provision = chain.provision(books[-1])
    assert [str(row.allowance) for row in provision.rows] == ["28.00", "28.80", "38.40"]
    assert provision.total == Decimal("95.20")
