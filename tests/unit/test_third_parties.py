"""What others charge, who charges which fee, and what a plan costs by item."""

from datetime import date

import pytest

from loanmath import FlatFee, InstallmentLoan, InterestOnly, LevelPayment, Rate
from loanmath.analysis.disclosure import DatedCharges, ThirdPartyCost
from loanmath.analysis.disclosure.planned_costs import capital_flows, planned_costs
from loanmath.analysis.disclosure.third_parties import to_payees, to_third_parties
from loanmath.errors import (
    InputTypeError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from loanmath.terms import Drawdown, Fee, Holiday, LateCharge, Servicing

START, FIRST, SECOND = date(2026, 1, 15), date(2026, 2, 15), date(2026, 3, 15)


def loan(**terms):
    usual = {
        "currency": "CNY",
        "principal": "1000",
        "disbursed": START,
        "every": "monthly",
        "rate": Rate("1%/month"),
        "repayment": InterestOnly(2),
    }
    return InstallmentLoan(**{**usual, **terms})


def costs(terms, others=(), payees=None):
    return [
        (cost.kind, cost.name, cost.payee, cost.amount, cost.flows)
        for cost in planned_costs(terms, others, payees)
    ]


def test_interest_alone():
    assert costs(loan()) == [
        ("interest", "", "", 2000, ((FIRST, 1000), (SECOND, 1000)))
    ]
    assert capital_flows(loan()) == [(START, -100_000), (SECOND, 100_000)]


def test_interest_that_joins_the_principal_is_a_cost_without_a_day_of_its_own():
    terms = loan(
        repayment=LevelPayment(3),
        holidays=[Holiday(1, 1, of="payment", interest="capitalize")],
    )
    (interest,) = planned_costs(terms)
    paid = sum(units for _, units in interest.flows)
    assert interest.amount == paid + 1000
    assert sum(units for _, units in capital_flows(terms)) == 1000


def test_a_flat_fee_and_a_fee_beside_it_are_told_apart():
    terms = loan(
        rate=None,
        repayment=FlatFee(2, "6%"),
        fees=[Fee("service", "10", due="installments", tax="5%")],
    )
    assert costs(terms)[1:] == [
        ("plan fee", "", "", 6000, ((FIRST, 3000), (SECOND, 3000))),
        ("fee", "service", "", 2000, ((FIRST, 1000), (SECOND, 1000))),
        ("tax", "service", "", 100, ((FIRST, 50), (SECOND, 50))),
    ]


def test_what_is_withheld_financed_or_paid_apart_on_the_day():
    terms = loan(
        discount="8",
        fees=[
            Fee("deducted", "10", paid="deducted"),
            Fee("financed", "20", paid="financed", tax="50%"),
            Fee("apart", "5"),
        ],
    )
    on_the_day = [cost[3:] for cost in costs(terms)[1:]]
    amounts = [800, 1000, 2000, 1000, 500]
    assert on_the_day == [(units, ((START, units),)) for units in amounts]
    assert capital_flows(terms) == [(START, -103_000), (SECOND, 103_000)]


def test_fees_of_the_loan_may_be_charged_by_somebody_else():
    terms = loan(fees=[Fee("survey", "20"), Fee("file", "1")])
    found = costs(terms, payees=to_payees({"survey": "Surveyor"}, terms))
    assert [cost[1:3] for cost in found[1:]] == [("survey", "Surveyor"), ("file", "")]


def test_third_parties_charge_by_plan_or_on_days():
    others = [
        ThirdPartyCost(
            Fee("guarantee", "1%", of="outstanding", due="installments"), payee="G"
        ),
        ThirdPartyCost(
            DatedCharges("insurance", [(SECOND, "3"), (START, "4"), (START, "5")]),
            payee="I",
        ),
        ThirdPartyCost(LateCharge("recovery", "50"), payee="G"),
    ]
    assert costs(loan(), others)[1:] == [
        ("fee", "guarantee", "G", 2000, ((FIRST, 1000), (SECOND, 1000))),
        ("charges", "insurance", "I", 1200, ((START, 900), (SECOND, 300))),
    ]


def test_a_further_drawdown_is_lent():
    terms = loan(
        drawdowns=[Drawdown(FIRST, "500")], day_count="30/360 CN", rate=Rate("12%/year")
    )
    assert (FIRST, -50_000) in capital_flows(terms)


@pytest.mark.parametrize("paid", ["deducted", "financed"])
def test_a_fee_out_of_the_loan_is_one_of_the_loan(paid):
    with pytest.raises(TermsError, match="payees"):
        ThirdPartyCost(Fee("guarantee", "1%", paid=paid), payee="G")


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: ThirdPartyCost("guarantee", payee="G"), InputTypeError),
        (lambda: ThirdPartyCost(Fee("guarantee", "1%"), payee=1), InputTypeError),
        (lambda: DatedCharges("insurance", []), LimitError),
        (lambda: DatedCharges("insurance", "none"), InputTypeError),
        (lambda: DatedCharges("insurance", [START]), InputTypeError),
        (lambda: DatedCharges("insurance", [(START, "0")]), LimitError),
        (lambda: DatedCharges("insurance", [(START, 1.5)]), InputTypeError),
        (lambda: DatedCharges(None, [(START, "1")]), InputTypeError),
        (lambda: to_third_parties("none"), InputTypeError),
        (lambda: to_third_parties([Fee("guarantee", "1%")]), InputTypeError),
        (lambda: to_payees([], loan()), InputTypeError),
        (lambda: to_payees({"survey": "S"}, loan()), UnknownNameError),
        (lambda: to_payees({"file": 1}, loan(fees=[Fee("file", "1")])), InputTypeError),
    ],
)
def test_what_is_refused(make, error):
    with pytest.raises(error):
        make()


def test_payees_of_late_charges_are_known():
    terms = loan(servicing=Servicing(late_charges=[LateCharge("late", "5")]))
    assert to_payees({"late": "Agency"}, terms) == {"late": "Agency"}
    with pytest.raises(UnknownNameError, match="late"):
        to_payees({"early": "Agency"}, terms)
