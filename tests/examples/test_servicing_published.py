"""
What late and early payment comes to, against figures that somebody else printed.

Tolerance is zero. Each case says its source, and how a loan says what the source says
of it. Cases of credit lines are told as a loan of one bill: what is owed on the bill,
due on its day. Allocation by the rate of each balance (12 CFR 1026.53) is of cards that
have several balances, which no loan has.
"""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from loanmath import (
    Account,
    Allocation,
    AllocationTier,
    AmountCap,
    Arrear,
    FlatFee,
    InstallmentLoan,
    LateCharge,
    LevelPayment,
    Payment,
    PenaltyInterest,
    Rate,
    Refund,
    Servicing,
    SinglePayment,
    read_events,
    read_terms,
)
from loanmath.presets import cn, uk

EXAMPLES = Path(__file__).parents[2] / "examples"
DUE = date(2026, 9, 25)


def bill(amount, **terms):
    """A bill of 5 September, due on the 25th and free of interest until then."""
    usual = {
        "currency": "CNY",
        "principal": amount,
        "disbursed": date(2026, 9, 5),
        "every": [DUE],
        "repayment": FlatFee(1, "0%"),
    }
    return InstallmentLoan(**usual | terms)


def owed(loan, days, *events):
    """What is owed so many days after the due date of a bill."""
    account = Account.open(loan).record(*events)
    return account.position(DUE + timedelta(days)).overdue


# --- a claim ------------------------------------------------------------------------


def test_cn_100_an_accelerated_car_loan():
    """
    CN-100 (high): car loan of 38,500.00 in 24 shares, three missed, then accelerated.

    Source: civil judgment, auto-finance company against borrowers, 2012. Shares are
    rounded half up; 3 % of the accelerated principal is charged. The penalty interest
    of 82.36 is the judgment's, an input: 112 days at 1.5 times 0.91667 % a month give
    82.35. The other fees of 1,210.62 are the 3 % and 200.00 more.
    """
    loan = read_terms(EXAMPLES / "accelerated_car_loan.toml")
    events = read_events(EXAMPLES / "accelerated_car_loan_events.csv")
    assert str(loan.schedule()[0].principal) == "1604.17"
    day = date(2011, 9, 30)
    before = Account.open(loan).position(day)
    assert str(before.overdue.principal) == "4812.51"
    assert str(before.in_advance.principal) == "33687.49"
    claim = Account.open(loan).record(*events).position(day)
    assert str(claim.due.principal) == "33687.49"
    assert str(claim.due.fee) == "1010.62"
    assert str(claim.overdue.penalty) == "82.36"
    assert str(claim.due.fee + claim.overdue.fee) == "1210.62"
    assert claim.payoff == claim.outstanding == Decimal("39792.98")
    # Nothing is left to come, and the parts sum to the claim.
    assert claim.in_advance.total == 0
    assert claim.overdue.total + claim.due.total == Decimal("39792.98")


def test_us_rule_1_interest_of_a_deferred_start_joins_the_principal():
    """
    us-rule-1 (medium): 1,000.00 at 48 % from 1 January, 30 payments from 1 July: 68.95.

    Source: a note on the US Rule, which shows the other way too. Six months of simple
    interest, and then 4 % a month on the balance; unpaid interest is capitalized. What
    settles the account on the first due date is all that six months have made of it.
    """
    loan = InstallmentLoan(
        currency="USD",
        principal="1000",
        disbursed=date(2000, 1, 1),
        every="monthly",
        rate=Rate("48%/year"),
        day_count="30E/360",
        first_due=date(2000, 7, 1),
        repayment=LevelPayment(30, shortfall="capitalize"),
    )
    assert str(loan.schedule()[0].payment) == "68.95"
    assert str(Account.open(loan).payoff(date(2000, 7, 1))) == "1240.00"


# --- overdue interest by the day ----------------------------------------------------


@pytest.mark.parametrize(
    ("case", "rate", "charge"),
    [("CN-030", "0.05%/day", "13.50"), ("CN-031", "0.07%/day", "18.90")],
)
def test_an_unpaid_bill_bears_from_the_day_after(case, rate, charge):
    """
    CN-030 and CN-031 (medium): bill of 5,000.00, 2,000.00 paid before its due day.

    Source: tests of an open bookkeeping program. Nothing bears before the due day; the
    3,000.00 unpaid bears for nine days, 26 September to 4 October.
    """
    penalty = PenaltyInterest(rate=rate, first_day="day_after")
    paid = Payment(id="p1", on=date(2026, 9, 8), amount="2000")
    assert str(owed(bill("5000", penalty=penalty), 10, paid).penalty) == charge


def test_cn_032_interest_from_the_day_of_use_and_half_as_much_again_when_late():
    """
    CN-032 (medium): 3,000.00 used on 10 August and 2,000.00 on 20 August, 0.04 % a day.

    Source: tests of an open bookkeeping program. 2,000.00 are repaid on 8 September.
    The due day bears the normal rate, the days after it 1.5 times that: contract
    interest goes on, and half of it is charged on top from the day after. Each use is
    a loan here, the second one repaid early with interest to the day.
    """
    usual = {
        "currency": "CNY",
        "every": [DUE],
        "rate": Rate("0.04%/day"),
        "repayment": SinglePayment(1),
        "penalty": PenaltyInterest(
            multiple="0.5", first_day="day_after", contract_interest="continues"
        ),
        "servicing": Servicing(interest_on="balance"),
    }
    first = Account.open(
        InstallmentLoan(principal="3000", disbursed=date(2026, 8, 10), **usual)
    )
    second = Account.open(
        InstallmentLoan(principal="2000", disbursed=date(2026, 8, 20), **usual)
    )
    repaid = date(2026, 9, 8)
    settled = second.record(
        Payment(id="p1", on=repaid, amount=second.payoff(repaid))
    ).position(DUE)
    assert settled.status.value == "closed"
    on_time = first.position(DUE).due.interest + settled.paid.interest
    assert str(on_time) == "70.40"
    late = first.position(DUE + timedelta(10)).overdue
    total = late.interest + late.penalty + settled.paid.interest
    assert str(total) == "87.80"


def test_cn_045_two_thousand_for_thirty_days():
    """
    CN-045 (high): 2,000.00 overdue for 30 days at 0.05 % a day is 30.00.

    Source: en.4hw.com.cn/646/36784. 30 days from the due day on, simple.
    """
    penalty = PenaltyInterest(rate="0.05%/day")
    assert str(owed(bill("2000", penalty=penalty), 30).penalty) == "30.00"


@pytest.mark.parametrize(
    ("days", "interest"), [(1, "5.00"), (10, "50.00"), (30, "150.00"), (365, "1825.00")]
)
def test_cn_046_ten_thousand_by_the_day(days, interest):
    """
    CN-046 (high): 0.05 % a day on 10,000.00.

    Source: wodefinance.com/Creditcardoverdue/srexguyfqw. Simple, every day counts.
    """
    penalty = PenaltyInterest(rate="0.05%/day")
    assert str(owed(bill("10000", penalty=penalty), days).penalty) == interest


def test_cn_047_the_rest_of_a_minimum_payment_bears_from_the_next_day():
    """
    CN-047 (medium): bill of 1,000.00, a tenth paid on the due day, 0.45 a day after it.

    Source: en.doing.city/2406/065943cd8fc9ac16. The first day that bears is the day
    after the due day.
    """
    penalty = PenaltyInterest(rate="0.05%/day", first_day="day_after")
    loan = bill("1000", penalty=penalty)
    paid = Payment(id="p1", on=DUE, amount="100")
    rest = owed(loan, 1, paid)
    assert (str(rest.principal), str(rest.penalty)) == ("900.00", "0.00")
    assert [str(owed(loan, days, paid).penalty) for days in (2, 3)] == ["0.45", "0.90"]


@pytest.mark.parametrize(("days", "fee"), [(10, "5.00"), (10_000, "1000.00")])
def test_cn_065_an_overdue_fee_up_to_what_is_overdue(days, fee):
    """
    CN-065 (high): 1,000.00 overdue at 0.05 % a day, at most as much again.

    Source: learnku.com/courses/ecommerce-advance/5.7/overdue-payment. Days times
    amount times rate, up to principal and fee of the installment.
    """
    penalty = PenaltyInterest(rate="0.05%/day", base="overdue_installment")
    servicing = Servicing(caps=[AmountCap("what is overdue", "100%")])
    loan = bill("1000", penalty=penalty, servicing=servicing)
    assert str(owed(loan, days).penalty) == fee


# --- charges made once --------------------------------------------------------------


@pytest.mark.parametrize(
    ("least", "charge"), [("0", "5.00"), ("5", "5.00"), ("10", "10.00")]
)
def test_cn_035_five_percent_of_the_unpaid_minimum(least, charge):
    """
    CN-035 (high): minimum of 200.00, half of it paid by the due date: 5.00.

    Source: wodefinance.com/Creditcardoverdue/aqinwktqoo and apzrzneicm. 5 % of what of
    the minimum is unpaid, once; banks have a smallest charge of 5 or 10 yuan. The
    minimum is the first of ten shares of the bill of 2,000.00.
    """
    servicing = Servicing(late_charges=[LateCharge("default", "5%", least=least)])
    loan = bill(
        "2000", every="monthly", repayment=FlatFee(10, "0%"), servicing=servicing
    )
    due = loan.schedule()[0].due
    paid = Payment(id="p1", on=due, amount="100")
    account = Account.open(loan).record(paid)
    assert account.position(due).due.penalty == 0
    for days in (1, 10):
        late = account.position(due + timedelta(days)).overdue
        assert str(late.penalty) == charge


# --- where money goes ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "interest_and_fees", "principal"),
    [(90, "70.00", "30.00"), (91, "0.00", "100.00")],
)
@pytest.mark.parametrize(
    "allocation",
    [
        Allocation(
            ["fee", "penalty", "compound", "interest", "principal"],
            tiers=[
                AllocationTier(
                    91, ["principal", "interest", "compound", "penalty", "fee"]
                )
            ],
        ),
        cn.CARD_ALLOCATION.value,
    ],
    ids=["stated", "preset"],
)
def test_cn_104_principal_first_from_day_ninety_one(
    allocation, days, interest_and_fees, principal
):
    """
    CN-104 (high; the amounts are derived): 1,000.00, interest 50.00, fees 20.00.

    Source: Measures for the Supervision of Credit Card Business (CBRC Order 2011 No.
    2), art. 57, as told by wodefinance.com/Creditcardoverdue/hbdvxojbun. Up to 90 days
    overdue interest and fees come first, from 91 on principal. 100.00 are paid.
    """
    book = date(2026, 9, 5)
    arrear = Arrear(
        due=book - timedelta(days), principal="1000", interest="50", fee="20"
    )
    loan = bill("1000", servicing=Servicing(allocation=allocation))
    account = Account.open(loan, arrears=[arrear])
    assert account.position(book).days_past_due == days
    paid = account.record(Payment(id="p1", on=book, amount="100")).position(book).paid
    assert str(paid.interest + paid.fee) == interest_and_fees
    assert str(paid.principal) == principal


def test_cn_130_a_refund_that_leaves_the_plan():
    """
    CN-130 (medium): 1,000.00 with a fee of 200.00 in three, 400.00 returned.

    Source: wwpfw.com/xinyongqiataoxian/15282. Banks that keep the plan credit the
    account with a partial refund, and the installment of 400.00 stays.
    """
    servicing = Servicing(
        allocation=Allocation(kinds={"refund": Allocation(future="credit")})
    )
    loan = bill(
        "1000", every="monthly", repayment=FlatFee(3, "20%"), servicing=servicing
    )
    day = date(2026, 9, 10)
    account = Account.open(loan).record(Refund(id="r1", on=day, amount="400"))
    after = account.position(day)
    assert str(after.credit) == "400.00"
    assert [str(row.owed.total) for row in after.installments[:2]] == ["400.00"] * 2
    # The credit then pays the first installment.
    due = account.position(after.installments[0].due)
    assert (due.due.total, due.credit) == (0, 0)


# --- ceilings -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signed", "lpr", "rate"),
    [
        (date(2020, 8, 20), "3.85%", "15.4%/year"),
        (date(2025, 12, 30), "3.00%", "12%/year"),
    ],
)
def test_cn_102_four_times_the_lpr(signed, lpr, rate):
    """
    CN-102 (high): four times the LPR of one year when the contract was made.

    Source: tellerreport.com, 2020-08-20 (Supreme People's Court); reportify.ai on the
    guideline of December 2025 for micro-loan companies.
    """
    index = cn.LPR_1Y.value
    assert index.on(signed) == Rate(f"{lpr}/year").value
    cap = cn.four_times_lpr(index, signed, days_in_year=365)
    assert cap.rate == Rate(rate)


@pytest.mark.parametrize(("credit", "charge"), [("100", "24.00"), ("300", "72.00")])
def test_uk_cap_1_the_price_cap_of_short_term_credit(credit, charge):
    """
    uk-cap-1 (high): 0.8 % a day on 100 pounds for 30 days is 24; on 300 it is 72.

    Source: press coverage of FCA CP14/10. Simple, on what is outstanding. A borrower who
    never pays owes as much again as was borrowed at the most (CONC 5A, recalled).
    """
    start = date(2026, 9, 5)
    loan = InstallmentLoan(
        currency="GBP",
        principal=credit,
        disbursed=start,
        every=[start + timedelta(30)],
        rate=uk.INITIAL_COST.value,
        repayment=SinglePayment(1),
        penalty=uk.DEFAULT_INTEREST.value,
        servicing=Servicing(caps=[uk.TOTAL_COST.value]),
    )
    account = Account.open(loan)
    assert str(account.position(start + timedelta(30)).due.interest) == charge
    unpaid = account.position(start + timedelta(1_000)).overdue
    assert unpaid.interest + unpaid.penalty == unpaid.principal == Decimal(credit)
