"""Key facts of loans in India, and the additive cost of a company's loan in China."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from loanmath import FlatFee, InstallmentLoan, LevelPayment, Rate
from loanmath.analysis.disclosure import (
    ChargeTiming,
    DatedCharges,
    ThirdPartyCost,
    corporate_cost,
    key_facts,
)
from loanmath.errors import (
    InputTypeError,
    InputValueError,
    TermsError,
    UnknownNameError,
)
from loanmath.presets import india
from loanmath.terms import (
    AddOnInterest,
    EqualPrincipal,
    Fee,
    LateCharge,
    Servicing,
    SinglePayment,
)

START = date(2026, 1, 15)


def loan(**terms):
    usual = {
        "currency": "INR",
        "principal": "20000",
        "disbursed": START,
        "every": "monthly",
        "rate": Rate("15%/year"),
        "repayment": LevelPayment(24),
    }
    return InstallmentLoan(**{**usual, **terms})


FEES = [
    Fee("processing", "240", paid="deducted", tax="18%"),
    Fee("account", "5", due="installments"),
]
OTHERS = [ThirdPartyCost(DatedCharges("insurance", [(START, "160")]), payee="Insurer")]


def test_the_table_of_charges():
    facts = key_facts(
        loan(fees=FEES), lender="Bank", others=OTHERS, payees={"account": "Agent"}
    )
    assert [
        (charge.name, charge.payee, charge.to_third_party, charge.timing, charge.amount)
        for charge in facts.charges
    ] == [
        ("processing", "Bank", False, ChargeTiming.ONE_TIME, Decimal("240.00")),
        ("tax on processing", "Bank", False, ChargeTiming.ONE_TIME, Decimal("43.20")),
        ("account", "Agent", True, ChargeTiming.RECURRING, Decimal("120.00")),
        ("insurance", "Insurer", True, ChargeTiming.ONE_TIME, Decimal("160.00")),
    ]
    assert facts.net_disbursed == Decimal("19556.80")
    assert facts.payable == Decimal(20000) + facts.interest + Decimal("563.20")
    assert (facts.count, facts.rounded) == (24, False)


def test_contingent_charges_and_tables():
    terms = loan(
        penalty=evolve(india.OVERDUE_INTEREST.value, days_in_year=365),
        servicing=Servicing(late_charges=[LateCharge("penal charge", "2%")]),
    )
    facts = key_facts(terms, lender="Bank")
    assert [item.name for item in facts.contingent] == [
        "Penalty interest",
        "penal charge",
    ]
    text = str(facts)
    assert "Annual percentage rate (APR, %)  15.00" in text
    assert "24 of INR 969.73" in text
    assert text.splitlines()[-1].startswith("penal charge")
    assert facts.to_csv().count("\n") > 10
    assert facts.to_html().count("<table") == 3


def test_a_flat_fee_has_a_name_without_being_named():
    facts = key_facts(loan(rate=None, repayment=FlatFee(4, "6%")), lender="Bank")
    assert [charge.name for charge in facts.charges] == ["plan fee"]
    assert "Rate of interest                 none" in str(facts)


def test_a_stated_rounding_of_the_payment_is_left_out_where_nothing_is_rounded():
    whole = loan(repayment=LevelPayment(24, rounding="up"))
    found = key_facts(whole, lender="Bank")
    assert found.installment == key_facts(loan(), lender="Bank").installment
    plain = key_facts(loan(repayment=EqualPrincipal(24)), lender="Bank")
    assert plain.installment == Decimal("1083.33")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"loan": None}, InputTypeError),
        ({"lender": None}, InputTypeError),
        ({"rounded": 1}, InputTypeError),
        ({"others": "none"}, InputTypeError),
        ({"payees": {"file": "X"}}, UnknownNameError),
    ],
)
def test_what_is_refused(given, error):
    with pytest.raises(error):
        key_facts(**{"loan": loan(), "lender": "Bank", **given})


# --- a company's loan -------------------------------------------------------------


def company(**terms):
    usual = {"currency": "CNY", "principal": "1000000", "rate": Rate("3.6%/year")}
    return loan(**{**usual, "repayment": SinglePayment(12), **terms})


def test_fees_are_set_against_the_principal_alone_and_added():
    terms = company(
        repayment=LevelPayment(12), fees=[Fee("appraisal", "5000"), Fee("file", "100")]
    )
    cost = corporate_cost(terms, lender="Bank", others=OTHERS, borne_by_lender=["file"])
    rows = [row.principal for row in terms.schedule() if row.principal]
    low, high = Fraction(0), Fraction(1, 10)
    for _ in range(60):
        monthly = (low + high) / 2
        worth = sum(
            Fraction(principal) / (1 + monthly) ** (month + 1)
            for month, principal in enumerate(rows)
        )
        low, high = (monthly, high) if worth > 995_000 else (low, monthly)
    appraisal, file, insurance = cost.fees
    assert Fraction(appraisal.percent) == round(1200 * low, 4)
    assert (file.percent, file.by_lender) == (0, True)
    assert insurance.payee == "Insurer"
    assert cost.total == cost.rate + appraisal.percent + insurance.percent
    assert cost.rate == Decimal("3.6")


def test_a_fee_in_one_year_is_what_it_is_of_what_is_received():
    cost = corporate_cost(company(fees=[Fee("appraisal", "5000")]), lender="Bank")
    # A term of exactly a year is the unit-period: 5,000 / 995,000.
    assert Fraction(cost.fees[0].percent) == round(Fraction(500_000, 995_000), 4)


def test_a_daily_rate_needs_the_days_of_its_year():
    daily = company(rate=Rate("0.01%/day"))
    assert corporate_cost(daily, lender="Bank", days_in_year=360).total == Decimal(
        "3.6"
    )
    with pytest.raises(InputValueError, match="days_in_year"):
        corporate_cost(daily, lender="Bank")


def test_the_table_in_both_languages():
    terms = company(fees=[Fee("appraisal", "5000"), Fee("file", "100")])
    cost = corporate_cost(terms, lender="Bank", borne_by_lender=("file",))
    text = str(cost)
    assert text.splitlines()[0] == "Comprehensive financing cost: rates of parts, added"
    assert "Rate of the loan  Bank        3.6%/year of what is outstanding" in text
    assert "borne by the lender" in text
    chinese = str(
        corporate_cost(terms, lender="银行", borne_by_lender=["file"], lang="zh")
    )
    assert "企业贷款综合融资成本：各项年化率相加" in chinese
    assert "由贷款人承担" in chinese
    assert "年利率3.6%，按剩余本金计收" in chinese


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"loan": company(repayment=AddOnInterest(12))}, TermsError),
        ({"loan": "loan"}, InputTypeError),
        ({"borne_by_lender": "file"}, InputTypeError),
        ({"borne_by_lender": [1]}, InputTypeError),
        ({"borne_by_lender": ["file"]}, UnknownNameError),
        ({"lang": "fr"}, UnknownNameError),
        ({"lender": 1}, InputTypeError),
    ],
)
def test_what_a_company_s_loan_refuses(given, error):
    with pytest.raises(error):
        corporate_cost(**{"loan": company(), "lender": "Bank", **given})
