"""
Accounting figures that somebody else printed, each with its source.

A printed figure is compared at the digits that it was printed with. Cases are named by
the identifiers of the list of worked examples that they were taken from.
"""

from decimal import Decimal

from loanmath import Rounding
from loanmath.analysis.accounting import (
    AccountingTerms,
    ValueBasis,
    earned_share,
    effective_interest,
    present_value_test,
    refund,
    remeasure,
    revise,
)
from loanmath.analysis.duration import duration
from loanmath.presets.accounting import EBA_DIMINISHED_OBLIGATION

EUR = AccountingTerms("EUR")
USD = AccountingTerms("USD")
WHOLE = AccountingTerms("EUR", rounding=Rounding(unit="1"), rounded="carrying")
NOTE = ["-995", "59", "59", "59", "59", "1309"]


def test_a_note_bought_with_costs():
    # ac-igb26-eir (IAS 39 IGB.26, shown on a teaching site): about 10 %; carrying
    # amounts 1,000, 1,041, 1,086, 1,136, 1,190.
    found = effective_interest(NOTE, WHOLE, costs="5")
    assert abs(found.eir.percent - 10) < Decimal("0.01")
    assert round(found.eir.percent, 4) == Decimal("9.9953")
    assert [int(row.opening) for row in found.rows] == [1000, 1041, 1086, 1136, 1190]


def test_a_note_whose_estimate_is_revised():
    # ac-igb26-rev (IAS 39 IGB.26, second part; recalled): half is prepaid after three
    # years; 1,086 becomes 1,138, so 52 is a gain. Printed figures are cut.
    basis = ValueBasis("10%", EUR, 2)
    change = remeasure("1086", ["684", "30", "655"], basis)
    assert (int(change.after), int(change.gain)) == (1138, 52)
    again = revise(effective_interest(NOTE, EUR, costs="5"), 2, ["684", "30", "655"])
    assert (int(again.before), int(again.after), int(again.gain)) == (1086, 1138, 52)


def test_a_loan_with_fee_and_direct_cost():
    # ac-fas91 (ASC 310-20-55, recalled): 100,000 with a fee of 3,000 and costs of 1,000
    # yields 10.4736 %, of which 10,264 in the first year.
    flows = ["-100000"] + ["16275"] * 10
    found = effective_interest(flows, USD, costs="1000", fees="3000")
    assert found.initial == 98000
    assert str(found.eir.percent).startswith("10.4736")
    assert round(found.rows[0].interest) == 10264


def test_a_bond_of_the_standard_for_small_entities():
    # IFRS for SMEs (2009), 11.20, as a copy of the text prints it: 900 with costs of 50
    # yields 6.9583 %. Its rate is not the root in the fourth decimal, and its rows are
    # at that rate, so that cents may differ by one.
    flows = ["-900", "40", "40", "40", "40", "1140"]
    found = effective_interest(flows, EUR, costs="50")
    assert abs(found.eir.percent - Decimal("6.9583")) < Decimal("0.0002")
    openings = ["950.00", "976.11", "1004.03", "1033.89", "1065.83"]
    interests = ["66.10", "67.92", "69.86", "71.94", "74.16"]
    for row, opening, interest in zip(found.rows, openings, interests, strict=True):
        assert abs(row.opening - Decimal(opening)) <= Decimal("0.01")
        assert abs(row.interest - Decimal(interest)) <= Decimal("0.01")


def test_a_deferral_of_two_years():
    # EBA's diminished obligation: two years' deferral at 5 % loses roughly 9 to 10 %.
    basis = ValueBasis("5%", EUR)
    found = present_value_test(
        ["1050"], ["0", "0", "1050"], EBA_DIMINISHED_OBLIGATION.value, basis
    )
    assert str(found.ratio) == "0.092971"
    assert found.is_met


def test_refunds_by_the_rule_of_78():
    # us-r78-1 (a calculator's explanation): 9 of 12 months left of a charge of 100.
    assert refund("100", 12, 3, "rule_of_78", USD).refund == Decimal("57.69")
    # us-r78-3 (a financial dictionary): 15.38 % and, cut, 29.48 % are earned.
    shares = [earned_share(12, after, "rule_of_78") * 100 for after in (1, 2)]
    assert [int(share * 100) for share in shares] == [1538, 2948]


def test_duration_of_a_level_loan():
    # Teaching formula: twelve months at 1 %.
    found = duration([1] * 12, "1%", digits=5)
    assert (found.macaulay, found.modified) == (Decimal("6.38145"), Decimal("6.31827"))


def test_the_subsidy_of_a_purchase_without_interest():
    # te-curo-4 (a cash-flow library): 6,000 in six payments, the first at once; the
    # supplier pays 61.90 so that the lender earns 5 %.
    monthly = ValueBasis("5/12%", AccountingTerms("GBP"))
    assert 5000 - monthly.present_value([1000] * 5) == Decimal("61.90")
