"""
What an account of a credit line comes to, against figures that somebody else printed.

Tolerance is zero. Each case says its source, and under which convention an account says
what the source says. What cannot be said of an account:

- CN-042: the source truncates an installment of 341.66 to 341.6.
- CN-002, CN-007, us-f-1: rates of cost, which are of yields.
- The sample of 12 CFR 1026, Appendix M2 (35.45 for 36 months; 94 months of minimums):
  it counts all months as 365/12 days, where an account counts days.
- in-card-3 prints ten days for 22 January to 2 February, twelve with both ends: ten
  days are taken as they stand.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from loanmath import (
    CashAdvance,
    Charge,
    Conversion,
    InstallmentTerms,
    LineAccount,
    LineInterest,
    LineSegment,
    Payment,
    Promotion,
    Purchase,
    Refund,
    Transfer,
)
from loanmath.presets import cn, india, us


def account(line, *events):
    return LineAccount.open(line, date(2026, 1, 1)).record(*events)


def buy(on, amount, name="u1"):
    return Purchase(id=name, on=on, amount=amount)


def pay(on, amount, name="p1"):
    return Payment(id=name, on=on, amount=amount)


def charged(kept, until):
    """All interest that became owed by a day."""
    return sum(
        (
            posting.amount
            for posting in kept.postings(until=until)
            if posting.component == "interest" and posting.rule == "interest"
        ),
        Decimal(0),
    )


def pieces(kept, until):
    """Days and exact interest of each stretch of the interest posted by a day."""
    found = []
    for posting in kept.postings(until=until):
        if posting.rule != "interest" or posting.component != "interest":
            continue
        inputs, number = posting.inputs, 1
        while f"days_{number}" in inputs:
            days, owed = inputs[f"days_{number}"], Fraction(inputs[f"owed_{number}"])
            found.append((days, owed * days * inputs[f"rate_{number}"]))
            number += 1
    return found


# --- bank cards in full-balance mode ------------------------------------------------


def test_cn_020_the_day_of_repayment_on_the_old_balance():
    """
    CN-020 (high): 10,000.00 posted on 31 March, 9,000.00 repaid on the due day.

    Source: wodefinance.com/Creditcardoverdue/zkaqmrmnpj. Convention A: 26 days through
    the day of repayment, 130.00, and five days to the day before the statement, 2.50.
    """
    card = cn.bank_card("20000", statement_day=1, due_day=25, convention="a")
    kept = account(
        card, buy(date(2026, 3, 31), "10000"), pay(date(2026, 4, 25), "9000")
    )
    day = date(2026, 5, 1)
    assert pieces(kept, day) == [(26, Decimal("130.00")), (5, Decimal("2.50"))]
    assert kept.statement(2026, 5).interest == (("purchases", Decimal("132.50")),)


def test_cn_023_the_statement_day_included():
    """
    CN-023 (high): 1,000.00 posted on 30 March, 100.00 repaid on the due day.

    Source: wodefinance.com/Creditcardoverdue/djzmbaodnq. Convention B: 24 days to the
    day before repayment, 12.00, and 13 days through the statement day, 5.85.
    """
    card = cn.bank_card("20000", statement_day=5, due_day=23, convention="b")
    kept = account(card, buy(date(2026, 3, 30), "1000"), pay(date(2026, 4, 23), "100"))
    assert pieces(kept, date(2026, 5, 5)) == [
        (24, Decimal("12.00")),
        (13, Decimal("5.85")),
    ]
    assert kept.statement(2026, 5).interest == (("purchases", Decimal("17.85")),)


# --- vectors of an open-source bookkeeping program: no issuer's document ------------

DAYS = {"statement_day": 5, "due_day": 25}
USED = (buy(date(2026, 8, 10), "3000"), buy(date(2026, 8, 20), "2000", "u2"))
PAID = pay(date(2026, 9, 8), "2000")
CHARGED = date(2026, 10, 5)


def test_cn_027_the_share_that_was_not_paid():
    """
    CN-027 (medium): of the bill of 5,000.00, 3,000.00 is missing when it is due.

    Until the due day three fifths of what is owed bear, after it all of it.
    """
    card = cn.bank_card("20000", **DAYS, convention="c")
    shared = evolve(card.interest, bears_on="unpaid_share")
    kept = account(evolve(card, interest=shared), *USED, PAID)
    assert charged(kept, CHARGED) == Decimal("67.20")


@pytest.mark.parametrize(
    ("case", "line", "interest"),
    [("CN-030", cn.huabei_line, "13.50"), ("CN-031", cn.baitiao_line, "18.90")],
)
def test_cn_030_and_031_from_the_day_after_the_due_day(case, line, interest):
    """
    CN-030 and CN-031 (medium): 3,000.00 for nine days, 26 September to 4 October.

    0.05 % a day like Huabei's, or a default charge of 0.07 % like Baitiao's; no charge
    beside it.
    """
    kept = account(line("20000", **DAYS), *USED, PAID)
    bill = kept.statement(2026, 10)
    assert bill.interest == (("purchases", Decimal(interest)),)
    assert bill.closing == 3000 + Decimal(interest)
    assert bill.total("default charge") == 0


FENFU = evolve(
    cn.fenfu_line("20000"),
    **DAYS,
    interest=evolve(cn.fenfu_line("20000").interest, posted="statement"),
    allocation=evolve(
        cn.fenfu_line("20000").allocation,
        order=["principal", "penalty", "fee", "interest"],
    ),
    minimum=None,
)


def test_cn_032_from_the_day_of_use():
    """
    CN-032 (medium): interest from use at 0.04 % a day, 1.5 times that after the due day.

    In the source money repays principal alone, and any unpaid part is past due: here
    principal is paid first, and the whole bill is to be paid. The bill of 5 September
    charges 44.00.
    """
    in_full = pay(date(2026, 9, 25), "3044", "p2")
    assert charged(account(FENFU, *USED, PAID, in_full), CHARGED) == Decimal("70.40")
    assert charged(account(FENFU, *USED, PAID), CHARGED) == Decimal("87.80")


# --- minimum, default charge --------------------------------------------------------


def test_cn_035_a_default_charge_on_what_is_missing_of_the_minimum():
    """
    CN-035 (high): bill of 2,000.00, minimum 200.00, 100.00 paid: 5.00.

    Source: wodefinance.com/Creditcardoverdue/aqinwktqoo and apzrzneicm. Once for the
    bill, 5 %; a bank's floor of 5 yuan changes nothing.
    """
    card = cn.bank_card("20000", statement_day=5, due_day=23)
    for least in (card.default_charge.least, Decimal(5)):
        floored = evolve(card, default_charge=evolve(card.default_charge, least=least))
        kept = account(
            floored, buy(date(2026, 3, 30), "2000"), pay(date(2026, 4, 23), "100")
        )
        assert kept.statement(2026, 4).minimum == Decimal("200.00")
        assert kept.statement(2026, 5).total("default charge") == Decimal("5.00")


def test_cn_047_the_minimum_of_a_huabei_bill():
    """
    CN-047 (medium): bill of 1,000.00 due on the 10th, minimum 100.00.

    Source: en.doing.city/2406/065943cd8fc9ac16. 900.00 bears 0.45 a day from the 11th;
    all of it, with its interest, is in the next minimum.
    """
    kept = account(
        cn.huabei_line("5000"),
        buy(date(2026, 3, 30), "1000"),
        pay(date(2026, 4, 10), "100"),
    )
    assert kept.statement(2026, 4).minimum == Decimal("100.00")
    assert kept.position(date(2026, 4, 10)).owed == Decimal("900.00")
    # A payment on the 11th would be one day late.
    assert kept.position(date(2026, 4, 10)).accrued == 0
    assert kept.position(date(2026, 4, 11)).accrued == Decimal("0.45")
    following = kept.statement(2026, 5)
    # Twenty days of April.
    assert following.minimum == following.closing == Decimal("909.00")


# --- overdue interest by the day ----------------------------------------------------


@pytest.mark.parametrize(
    ("case", "amount", "days", "interest"),
    [
        ("CN-044", "500", 5, "1.25"),
        ("CN-045", "2000", 30, "30.00"),
        ("CN-046", "10000", 1, "5.00"),
        ("CN-046", "10000", 10, "50.00"),
        ("CN-046", "10000", 30, "150.00"),
        ("CN-046", "10000", 365, "1825.00"),
    ],
)
def test_cn_044_to_046_unpaid_for_some_days(case, amount, days, interest):
    """
    CN-044, CN-045, CN-046 (high): 0.05 % a day of what is unpaid.

    Source: en.4hw.com.cn/646/28659 and 36784; wodefinance.com/Creditcardoverdue/
    srexguyfqw. The days are those from the due day to the payment, which counts; simple
    interest, though a page of the first says that it joins the base monthly.
    """
    line = cn.huabei_line("20000", repayment_day="old")
    kept = account(line, buy(date(2026, 3, 30), amount))
    day = date(2026, 4, 10) + timedelta(days)
    assert kept.payoff(day) - Decimal(amount) == Decimal(interest)
    assert kept.record(pay(day, amount)).payoff(day) == Decimal(interest)


@pytest.mark.parametrize(("due_day", "most"), [(9, 39), (10, 40)])
def test_cn_048_the_longest_free_period(due_day, most):
    """
    CN-048 (high): posted on 1 August, billed on 1 September, due on the 9th or 10th.

    40 days, or 41 with both ends; computed from the published days. A purchase of that
    day, paid for on the due day, costs nothing.
    """
    line = cn.huabei_line("5000", due_day=due_day)
    posted, due = date(2026, 8, 1), date(2026, 9, due_day)
    assert line.free_days(posted) == most
    assert line.free_days(posted, inclusive=True) == most + 1
    kept = account(line, buy(posted, "1000"), pay(due, "1000"))
    assert kept.position(due + timedelta(60)).owed == 0
    assert (due - posted).days == most


# --- installments -------------------------------------------------------------------


def plan(line, amount, count):
    """Principal and fee of each installment of a purchase of 5 January."""
    kept = account(
        line,
        buy(date(2026, 1, 5), amount),
        Conversion(id="s1", on=date(2026, 1, 5), of="u1", count=count),
    )
    last = date(2026 + count // 12, count % 12 + 1, line.statement_day)
    found = {}
    for posting in kept.postings(until=last):
        if posting.rule == "installment":
            parts = found.setdefault(posting.on, {"principal": 0, "fee": 0})
            parts[posting.component] += posting.amount
    return [(one["principal"], one["fee"]) for one in found.values()]


HUABEI = cn.huabei_line("20000")
CONSUMER = cn.huabei_line("20000", installments=cn.huabei_installments(fees="consumer"))


@pytest.mark.parametrize(
    ("case", "amount", "count", "regular", "fee"),
    [
        ("CN-040a", "123.67", 3, "42.16", "2.84"),
        ("CN-040b", "3.45", 3, "1.17", "0.08"),
        ("CN-040c", "3.45", 6, "0.59", "0.16"),
        ("CN-040d", "3.45", 12, "0.30", "0.26"),
        ("CN-040e", "1111.11", 3, "378.89", "25.56"),
        ("CN-040g", "1111.11", 12, "99.53", "83.33"),
    ],
)
def test_cn_040_installments_as_alipay_shows_them(case, amount, count, regular, fee):
    """
    CN-040 (high): the regular installment and the total fee, 2.3, 4.5 and 7.5 %.

    Source: results on Alipay's pages of 2022-01-06, published with public code (of
    CN-040a the installments; its fee follows from the rate).
    """
    rows = plan(HUABEI, amount, count)
    assert len(rows) == count
    assert {sum(row) for row in rows[1:]} == {Decimal(regular)}
    assert sum(row[1] for row in rows) == Decimal(fee)
    assert sum(row[0] for row in rows) == Decimal(amount)


@pytest.mark.parametrize(
    ("case", "line", "amount", "count", "first", "other", "fee"),
    [
        ("CN-041b", HUABEI, "123.67", 12, ("10.37", "0.81"), "11.07", "9.28"),
        ("CN-041c", CONSUMER, "1000", 12, ("83.37", "7.37"), "90.66", "88.00"),
        ("CN-041e", CONSUMER, "1000", 9, ("111.12", "7.24"), "118.33", "65.00"),
        ("CN-041g", HUABEI, "3.45", 12, ("0.37", "0.04"), "0.30", "0.26"),
        # CN-042: the source truncates to 341.6; the fee of 25.00 is its own.
        ("CN-042", CONSUMER, "1000", 3, ("333.34", "8.34"), "341.66", "25.00"),
    ],
)
def test_cn_041_the_first_installment_takes_what_is_left_over(
    case, line, amount, count, first, other, fee
):
    """
    CN-041 (medium, derived from the published algorithm) and CN-042 (medium).

    Source of CN-042: wodefinance.com/Creditcardoverdue/oyyjwfwqjs.
    """
    rows = plan(line, amount, count)
    assert rows[0] == tuple(map(Decimal, first))
    assert {sum(row) for row in rows[1:]} == {Decimal(other)}
    assert sum(row[1] for row in rows) == Decimal(fee)


@pytest.mark.parametrize(("days", "fee"), [(10, "5.00"), (10_000, "1000.00")])
def test_cn_065_an_overdue_fee_ends_where_it_equals_the_installment(days, fee):
    """
    CN-065 (high): 1,000.00 of principal and fee overdue at 0.05 % a day.

    Source: learnku.com/courses/ecommerce-advance/5.7/overdue-payment, an application of
    its author. 800.00 with a fee of 200.00 in one installment, added to the bill of 1
    February, due on the 10th; the fee bears too. No cent above 1,000.00 in 27 years.
    """
    line = cn.huabei_line("20000", installments=InstallmentTerms(fees={1: "25%"}))
    line = evolve(line, interest=evolve(line.interest, overdue_cap="100%"))
    kept = account(
        line,
        buy(date(2026, 1, 5), "800"),
        Conversion(id="s1", on=date(2026, 1, 5), of="u1", count=1),
    )
    due = date(2026, 2, 10)
    assert kept.payoff(due) == 1000
    assert kept.payoff(due + timedelta(days)) - 1000 == Decimal(fee)


def test_cn_003_a_card_s_monthly_fee_on_the_original_principal():
    """
    CN-003 (high): 10,000.00 in twelve at 0.6 % a month: 893.33 a month, 720.00 of fee.

    Source: toolcool.cn/en/t/credit-card-installment. The last one takes 0.04 more.
    """
    terms = InstallmentTerms(fees={12: "7.2%"})
    card = cn.bank_card("20000", statement_day=5, due_day=23, installments=terms)
    rows = plan(card, "10000", 12)
    assert {sum(row) for row in rows[:-1]} == {Decimal("893.33")}
    assert sum(rows[-1]) == Decimal("893.37")
    assert sum(row[1] for row in rows) == Decimal("720.00")


def refunded(terms, amount, count, bills, refund):
    """The position after a refund of a converted purchase, and the account."""
    card = cn.bank_card("20000", statement_day=5, due_day=23, installments=terms)
    day = date(2026, 1 + bills, 10)
    kept = account(
        card,
        buy(date(2026, 1, 6), amount),
        Conversion(id="s1", on=date(2026, 1, 6), of="u1", count=count),
        Refund(id="r1", on=day, of="u1", amount=refund),
    )
    return kept, kept.position(day)


@pytest.mark.parametrize(("refund", "credit"), [("400", "400.00"), ("1000", "1200.00")])
def test_cn_130_a_refund_is_credited_and_the_plan_goes_on(refund, credit):
    """
    CN-130 (medium): 1,000.00 with a fee of 200.00 in three, all or 400.00 refunded.

    Source: wwpfw.com/xinyongqiataoxian/15282, for ABC, CEB, CGB, CMBC and BOC. The
    installment is rounded from 1,200.00 / 3; with a whole refund all of the fee comes
    back.
    """
    terms = InstallmentTerms(
        fees={3: "20%"}, split="together", refund="kept", fee_return="whole"
    )
    kept, owed = refunded(terms, "1000", 3, 0, refund)
    assert owed.credit == Decimal(credit)
    installments = [
        str(kept.statement(2026, month).total("installment")) for month in (2, 3, 4)
    ]
    # As they were before it.
    assert installments == ["400.00", "400.00", "400.00"]


@pytest.mark.parametrize(("refund", "fee"), [("12000", "576.00"), ("3000", "216.00")])
def test_cn_132_a_fee_that_was_taken_whole_comes_back_in_part(refund, fee):
    """
    CN-132 (medium, derived from a published formula): 12,000.00 with a fee of 864.00.

    Source: wodefinance.com/Creditcardoverdue/jccufdfpdt (Hua Xia). Four of twelve
    installments are posted: 8 / 12 of the fee with a whole refund, 3 / 12 with 3,000.00.
    The refund and the fee are received; the plan goes on.
    """
    terms = InstallmentTerms(
        fees={12: "7.2%"}, billed="first", fee_return="unbilled", refund="kept"
    )
    kept, _ = refunded(terms, "12000", 12, 4, refund)
    received = sum(
        -posting.amount
        for posting in kept.postings(since=date(2026, 5, 10))
        if posting.event == "r1" and posting.rule == "refund"
    )
    assert received == Decimal(refund) + Decimal(fee)


# --- where payments go --------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "charges", "principal"), [(90, "0.00", "970.00"), (91, "70.00", "900.00")]
)
def test_cn_104_from_the_91st_day_principal_is_paid_first(days, charges, principal):
    """
    CN-104 (high): 1,000.00 of principal, 50.00 of interest, 20.00 of fees, 100.00 paid.

    Source: CBRC Order 2011 No. 2, art. 57, as told by wodefinance.com/
    Creditcardoverdue/hbdvxojbun; the amounts are derived. The bill of 5 April is due on
    the 23rd; interest of 100 days at 0.05 %, 27 March to 4 July, is 50.00, where it
    bears none itself and nothing is charged for the minimum.
    """
    card = cn.bank_card("20000", statement_day=5, due_day=23, convention="c")
    simple = evolve(
        card,
        interest=evolve(card.interest, bearing=["principal"]),
        default_charge=None,
    )
    day = date(2026, 4, 23) + timedelta(days)
    kept = account(
        simple,
        buy(date(2026, 3, 27), "1000"),
        Charge(id="c1", on=date(2026, 3, 28), amount="20", name="fee"),
    )
    before = kept.position(day)
    owed = before.segment("purchases")
    assert (before.days_past_due, str(owed.interest)) == (days, "50.00")
    after = kept.record(pay(day, "100")).position(day).segment("purchases")
    assert str(after.interest + after.fee) == charges
    assert str(after.principal) == principal


def test_us_alloc_2_beyond_the_minimum_purchases_before_a_promotion():
    """
    us-alloc-2 (medium): 200.00 at 11.99 % and 10,000.00 at 0 %, 3,000.00 in excess.

    Source: BankersOnline, question on 12 CFR 1026.53: 200.00 and 2,800.00. The minimum
    of 103.03 goes to the promotion first, which stood at 10,103.03.
    """
    card = us.credit_card(
        "20000", rate="11.99%/year", statement_day=1, due_day=26,
        transfers=Promotion(months=12),
    )  # fmt: skip
    kept = account(
        card,
        buy(date(2026, 1, 10), "200"),
        Transfer(id="t1", on=date(2026, 1, 10), amount="10103.03"),
    )
    bill = kept.statement(2026, 2)
    assert bill.minimum == Decimal("103.03")
    day = date(2026, 2, 10)
    owed = kept.record(pay(day, Decimal(3000) + bill.minimum)).position(day)
    assert owed.segment("purchases").total == 0
    assert owed.segment("transfers").total == Decimal("7200.00")


def test_us_alloc_4_three_balances():
    """
    us-alloc-4 (recalled): 100.00 at 20 %, 300.00 at 18 %, 600.00 at 12 %, 500.00 paid.

    Source: comment 53(a)-1 on 12 CFR 1026.53: 100.00, 300.00 and 100.00. It is paid
    before a bill, so that all is beyond the minimum and no interest is owed.
    """
    card = us.credit_card(
        "5000", rate="18%/year", cash_rate="20%/year", statement_day=1, due_day=26
    )
    protected = LineSegment(
        name="protected",
        interest=LineInterest(rate="12%/year", bears_from="use", days_in_year=365),
    )
    free_cash = evolve(card.segments[0], fee=None)
    card = evolve(card, segments=[free_cash, protected])
    kept = account(
        card,
        Transfer(id="t1", on=date(2026, 1, 3), amount="600", segment="protected"),
        buy(date(2026, 1, 3), "300"),
        CashAdvance(id="k1", on=date(2026, 1, 3), amount="100"),
        pay(date(2026, 1, 20), "500"),
    )
    owed = kept.position(date(2026, 1, 20))
    assert owed.segment("cash").total == owed.segment("purchases").total == 0
    assert owed.segment("protected").total == Decimal("500.00")


# --- other countries' interest ------------------------------------------------------


def test_us_adb_1_an_average_daily_balance():
    """
    us-adb-1 (medium): 100.00 on day 1 of 30 and 200.00 on day 16: on average 200.00.

    Source: a web explainer. New transactions are included, the day of posting counts.
    It is told of cash, which has no grace period; 0.1 % a day for 30 days is 6.00.
    """
    card = us.credit_card("5000", rate="36.5%/year", statement_day=1, due_day=26)
    card = evolve(card, segments=[evolve(card.segments[0], fee=None)])
    # The cycle from 2 April to 1 May has 30 days.
    kept = account(
        card,
        CashAdvance(id="k1", on=date(2026, 4, 2), amount="100"),
        CashAdvance(id="k2", on=date(2026, 4, 17), amount="200"),
    )
    assert pieces(kept, date(2026, 5, 2)) == [(30, 200 * 30 * Fraction(1, 1000))]
    assert kept.statement(2026, 5).interest == (("cash", Decimal("6.00")),)


def test_in_card_1_a_purchase_that_lost_its_free_period():
    """
    in-card-1 (medium): 500 at 3.35 % a month, 15 December to 22 January: 21.48.

    Source: most important terms of an Indian card. 39 days with both ends; the bill of
    22 December was not paid when it was due.
    """
    card = india.credit_card("50000", rate="3.35%/month", statement_day=22)
    opened = LineAccount.open(card, date(2025, 12, 1))
    kept = opened.record(buy(date(2025, 12, 15), "500"))
    ((days, _),) = pieces(kept, date(2026, 1, 23))
    assert days == 39
    assert kept.statement(2026, 1).interest == (("purchases", Decimal("21.48")),)


@pytest.mark.parametrize(
    ("case", "first", "interest"),
    [
        ("34 days", date(2025, 12, 20), "22.47"),
        ("in-card-3, ten days", date(2026, 1, 13), "6.61"),
    ],
)
def test_in_card_3_cash_bears_from_its_day(case, first, interest):
    """
    in-card-3 (medium), and the 34 days printed beside it: 600 at 3.35 % a month.

    Source: most important terms of an Indian card. Told of cash, which bears from its
    day through the statement day; its fee bears nothing.
    """
    card = india.credit_card("50000", rate="3.35%/month", statement_day=22)
    opened = LineAccount.open(card, date(2025, 12, 1))
    kept = opened.record(CashAdvance(id="k1", on=first, amount="600"))
    assert charged(kept, date(2026, 1, 23)) == Decimal(interest)
