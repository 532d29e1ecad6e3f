"""The Truth in Lending box, with figures worked by hand."""

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from loanmath import (
    Drawdown,
    EqualPrincipal,
    Fee,
    FlatFee,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    Rate,
    Rounding,
)
from loanmath.analysis.disclosure import (
    ClosingCosts,
    MortgageInsurance,
    PaymentLine,
    truth_in_lending,
    truth_in_lending_of_flows,
    us_rule_payment,
)
from loanmath.errors import (
    CurrencyError,
    FlowsError,
    InputTypeError,
    NoSignChangeError,
    TermsError,
    UnknownNameError,
)


def loan(**terms):
    usual = {
        "currency": "USD",
        "principal": "1200",
        "disbursed": date(2026, 1, 15),
        "every": "monthly",
        "rate": Rate("12%/year"),
        "repayment": EqualPrincipal(3),
    }
    return InstallmentLoan(**usual | terms)


def figures(box):
    names = ("amount_financed", "finance_charge", "total_of_payments")
    return [str(getattr(box, name)) for name in names]


# --- which fees ---------------------------------------------------------------------


def test_interest_alone():
    # 12.00, 8.00 and 4.00 on 400.00 each time.
    box = truth_in_lending(loan())
    assert figures(box) == ["1200.00", "24.00", "1224.00"]
    assert [line.payments for line in box.lines] == [1, 1, 1]
    assert box.lines[2] == (1, Decimal("404.00"), date(2026, 4, 15))
    assert (box.rate.shown, box.closing) == (Decimal("12.00"), None)


@pytest.mark.parametrize("paid", ["separately", "deducted"])
def test_a_prepaid_finance_charge_is_less_financed(paid):
    box = truth_in_lending(loan(fees=[Fee("points", "30", paid=paid, tax="10%")]))
    assert figures(box) == ["1167.00", "57.00", "1224.00"]
    none = truth_in_lending(
        loan(fees=[Fee("points", "30", paid=paid)]), finance_charges=()
    )
    assert figures(none) == ["1200.00", "24.00", "1224.00"]


def test_a_financed_fee_is_repaid_with_the_rest():
    terms = loan(fees=[Fee("points", "30", paid="financed")])
    # 12.30, 8.20 and 4.10 on 1,230.00.
    assert figures(truth_in_lending(terms)) == ["1200.00", "54.60", "1254.60"]
    none = truth_in_lending(terms, finance_charges=[])
    assert figures(none) == ["1230.00", "24.60", "1254.60"]


def test_a_fee_with_installments_is_paid_with_them():
    terms = loan(fees=[Fee("service", "2", due="installments"), Fee("filing", "9")])
    box = truth_in_lending(terms, finance_charges={"service"})
    assert figures(box) == ["1200.00", "30.00", "1230.00"]
    assert str(box.lines[0].amount) == "414.00"
    assert figures(truth_in_lending(terms)) == ["1191.00", "39.00", "1230.00"]


def test_a_fee_on_a_date():
    later = loan(fees=[Fee("survey", "6", due=date(2026, 2, 1))])
    box = truth_in_lending(later)
    assert figures(box) == ["1200.00", "30.00", "1230.00"]
    assert box.lines[0] == PaymentLine(1, Decimal("6.00"), date(2026, 2, 1))


def test_a_discount_is_a_finance_charge():
    box = truth_in_lending(loan(discount="50"))
    assert figures(box) == ["1150.00", "74.00", "1224.00"]


def test_several_advances():
    terms = loan(
        repayment=InterestOnly(3),
        drawdowns=[Drawdown(date(2026, 3, 15), "300")],
    )
    # 12.00 twice, then 15.00, and 1,500.00.
    assert figures(truth_in_lending(terms)) == ["1500.00", "39.00", "1539.00"]


def test_a_flat_fee_is_a_finance_charge():
    terms = loan(rate=None, repayment=FlatFee(3, "3%"))
    assert figures(truth_in_lending(terms)) == ["1200.00", "36.00", "1236.00"]


# --- rounded or not -----------------------------------------------------------------


def test_payments_that_are_not_rounded():
    terms = loan(principal="100", rate=Rate("0%/year"), repayment=LevelPayment(3))
    rounded = truth_in_lending(terms)
    assert rounded.lines == (
        PaymentLine(2, Decimal("33.33"), date(2026, 2, 15)),
        PaymentLine(1, Decimal("33.34"), date(2026, 4, 15)),
    )
    exact = truth_in_lending(terms, rounded=False)
    assert exact.lines == (PaymentLine(3, Decimal("33.33"), date(2026, 2, 15)),)
    assert figures(exact) == figures(rounded) == ["100.00", "0.00", "100.00"]
    whole = LevelPayment(3, rounding=Rounding("half_up", unit="1"))
    in_dollars = evolve(terms, repayment=whole)
    assert truth_in_lending(in_dollars).lines[0].amount == Decimal("33.00")
    assert truth_in_lending(in_dollars, rounded=False).lines == exact.lines


def test_the_three_figures_are_rounded_together():
    # 0.5 % of 100.01 is 0.50005, and 0.50 is what the box takes off.
    terms = loan(
        principal="100.01", repayment=EqualPrincipal(3), fees=[Fee("points", "0.5%")]
    )
    box = truth_in_lending(terms, rounded=False)
    assert box.amount_financed == Decimal("99.51")
    assert box.amount_financed + box.finance_charge == box.total_of_payments


# --- mortgages ----------------------------------------------------------------------


def test_mortgage_insurance_ends_when_enough_is_repaid():
    # 1,200.00, 800.00 and 400.00 are owed before the payments.
    for until, charged in (("79.99%", 2), ("80%", 1), ("39.9%", 3)):
        insurance = MortgageInsurance("5", value="1000", until=until)
        box = truth_in_lending(loan(), insurance=insurance)
        assert box.total_of_payments == 1224 + 5 * charged


def test_closing_costs_are_in_their_own_totals():
    box = truth_in_lending(
        loan(), closing=ClosingCosts(loan_costs="100", prepaid_interest="12")
    )
    assert figures(box) == ["1200.00", "24.00", "1224.00"]
    assert box.closing == (Decimal("1336.00"), Decimal("3.00"))
    assert "With closing costs" in str(box)
    assert "total with closing costs,1336.00,," in box.to_csv()


# --- what is printed ----------------------------------------------------------------


def test_it_prints():
    box = truth_in_lending(loan())
    assert repr(box) == "<TruthInLending: 12.00% a year, USD 24.00 on 1200.00>"
    assert str(box).splitlines()[2].split() == [
        "12.00%",
        "24.00",
        "1,200.00",
        "1,224.00",
    ]
    assert box.to_markdown().splitlines()[-1] == "| 1 | 404.00 | 2026-04-15 |"
    assert box.to_html().count('<table class="loanmath">') == 2
    assert box._repr_html_() == box.to_html()
    assert box.to_csv().splitlines()[:5] == [
        "item,value,payments,first_due",
        "annual percentage rate,12.00,,",
        "finance charge,24.00,,",
        "amount financed,1200.00,,",
        "total of payments,1224.00,,",
    ]
    assert box.to_csv().splitlines()[-1] == "payment,404.00,1,2026-04-15"


# --- flows --------------------------------------------------------------------------


def test_flows_in_any_order():
    day = date(2026, 1, 15)
    flows = [(date(2026, 3, 15), "560"), (day, "-1000"), (date(2026, 2, 15), "560")]
    box = truth_in_lending_of_flows(flows)
    assert figures(box) == ["1000.00", "120.00", "1120.00"]
    assert box.lines == (PaymentLine(2, Decimal("560.00"), date(2026, 2, 15)),)
    assert box.rate.shown == truth_in_lending_of_flows(sorted(flows)).rate.shown


@pytest.mark.parametrize(
    ("flows", "error", "text"),
    [
        ("flows", InputTypeError, "a list"),
        ([], FlowsError, "none"),
        ([1], InputTypeError, "date, amount"),
        ([(date(2026, 1, 1),)], InputTypeError, "date, amount"),
        ([("2026", 1)], InputTypeError, "date"),
        ([(date(2026, 1, 1), "0.001")], CurrencyError, "2 decimals"),
        (
            [(date(2026, 1, 1), 1), (date(2026, 2, 1), 1)],
            NoSignChangeError,
            "one sign",
        ),
    ],
)
def test_flows_that_are_refused(flows, error, text):
    with pytest.raises(error, match=text):
        truth_in_lending_of_flows(flows)


# --- what is refused ----------------------------------------------------------------


def test_what_is_refused():
    terms = loan(fees=[Fee("points", "30")])
    for change, text in (
        ({"finance_charges": "points"}, "the names of fees"),
        ({"finance_charges": 1}, "the names of fees"),
        ({"rounded": 1}, "rounded"),
        ({"insurance": "82.35"}, "MortgageInsurance"),
        ({"closing": "4694.05"}, "ClosingCosts"),
    ):
        with pytest.raises(InputTypeError, match=text):
            truth_in_lending(terms, **change)
    with pytest.raises(InputTypeError, match="InstallmentLoan"):
        truth_in_lending(terms.schedule())
    with pytest.raises(UnknownNameError, match="points"):
        truth_in_lending(terms, finance_charges=["filing"])
    with pytest.raises(UnknownNameError, match="no fees"):
        truth_in_lending(loan(), finance_charges=["filing"])
    with pytest.raises(TermsError, match="below the principal"):
        truth_in_lending(loan(fees=[Fee("points", "1200")]))


# --- the United States Rule ---------------------------------------------------------


def test_unpaid_interest_bears_nothing():
    # 10 % a month. Actuarial: 1,210.00 after two months. By the rule, the first payment
    # x covers its 100.00: with x = 1,100 / 2.1 both ways. One month later on: the first
    # payment is due after 13 months, 1,300.00 of interest that two payments of x pay.
    rows = {"rate": Rate("10%/month"), "principal": "1000", "day_count": "30E/360"}
    rows |= {"repayment": LevelPayment(2, shortfall="capitalize")}
    level = loan(**rows)
    assert us_rule_payment(level) == level.schedule()[0].payment == Decimal("576.19")
    late = loan(**rows, first_due=date(2027, 2, 15))
    # 1,000.00 and 14 times 100.00 in two payments.
    assert us_rule_payment(late) == Decimal("1200.00")
    # Actuarial, what is left of 1,300.00 bears too: (2300 - x) * 1.1 = x.
    assert late.schedule()[0].payment == Decimal("1204.76")


def test_loans_that_the_rule_is_not_for():
    with pytest.raises(InputTypeError, match="InstallmentLoan"):
        us_rule_payment("loan")
    with pytest.raises(TermsError, match="level payments"):
        us_rule_payment(loan())
    for terms in (LevelPayment(3, balloon="100"), LevelPayment(3, amortized_over=6)):
        with pytest.raises(TermsError, match="no balloon"):
            us_rule_payment(loan(repayment=terms))
    drawn = loan(
        repayment=LevelPayment(3), drawdowns=[Drawdown(date(2026, 2, 15), "300")]
    )
    with pytest.raises(TermsError, match="drawdowns"):
        us_rule_payment(drawn)
