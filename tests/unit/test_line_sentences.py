"""A sentence for every rule of a line, in English and in Chinese."""

import pytest

from kept_lines import (
    BOUGHT,
    DUE,
    NOV5,
    aug,
    back,
    buy,
    cash,
    cash_at,
    interest,
    kept,
    line,
    octo,
    pay,
    sep,
    split,
)
from loanmath import (
    Charge,
    Chargeback,
    DefaultCharge,
    LineSegment,
    MinimumPayment,
    Payout,
    PlanSettlement,
    Purchase,
    Reversal,
    TransactionFee,
    Transfer,
    Waiver,
    explain_line,
)
from loanmath.errors import InputTypeError, UnknownNameError
from loanmath.terms.lines import InstallmentTerms

USED = interest(bears_from="use")
TERMS = line(
    interest(),
    segments=[
        cash_at(fee=TransactionFee("1%", least=10)),
        LineSegment(name="transfers", interest=USED),
        LineSegment(name="tuition", interest=USED),
    ],
    minimum=MinimumPayment("10%"),
    default_charge=DefaultCharge("5%"),
    installments=InstallmentTerms(fees={3: "3%"}),
)
PLAN = (buy(aug(10), 300), split(aug(11), of="u1", count=3))
REVERSED = Reversal(id="x1", on=sep(8), of="u1", reversed_as="today")

SAID = {
    "drawn": (
        BOUGHT,
        "On 2026-08-10 CNY 300.00 was added to principal of purchases by u1: drawn.",
        "2026年8月10日，入账u1：消费本金增加300.00元。",
    ),
    "drawn, cash": (
        (cash(aug(10), 200),),
        "On 2026-08-10 CNY 200.00 was added to principal of cash by k1: drawn.",
        "2026年8月10日，入账k1：取现本金增加200.00元。",
    ),
    "drawn, transfers": (
        (Transfer(id="t1", on=aug(10), amount=100),),
        "On 2026-08-10 CNY 100.00 was added to principal of transfers by t1: drawn.",
        "2026年8月10日，入账t1：余额代偿本金增加100.00元。",
    ),
    "drawn, a segment of the line's own": (
        (Purchase(id="u1", on=aug(10), amount=100, segment="tuition"),),
        "On 2026-08-10 CNY 100.00 was added to principal of tuition by u1: drawn.",
        "2026年8月10日，入账u1：tuition本金增加100.00元。",
    ),
    "transaction fee": (
        (cash(aug(10), 200),),
        "On 2026-08-10 CNY 10.00 was added to fees of cash by k1: transaction fee.",
        "2026年8月10日，手续费k1：取现费用增加10.00元。",
    ),
    "interest": (
        BOUGHT,
        (
            "On 2026-10-05 interest of CNY 26.00 became owed on purchases: CNY 300.00 for 10"
            " days from 2026-08-10 at 0.1% a day; CNY 500.00 for 46 days from 2026-08-20 at"
            " 0.1% a day."
        ),
        (
            "2026年10月5日，消费计息26.00元：300.00元自2026年8月10日起10天，日利率0.1%；"
            "500.00元自2026年8月20日起46天，日利率0.1%。"
        ),
    ),
    "payment": (
        (*BOUGHT, pay(sep(10), 100)),
        "On 2026-09-10 CNY 100.00 of payment p1 went to principal of purchases.",
        "2026年9月10日，还款p1：消费本金减少100.00元。",
    ),
    "refund": (
        (*BOUGHT, back(sep(10), 100, "u1")),
        "On 2026-09-10 CNY 100.00 of refund r1 went to principal of purchases.",
        "2026年9月10日，退款r1：消费本金减少100.00元。",
    ),
    "conversion": (
        PLAN,
        (
            "On 2026-08-11 CNY 300.00 was taken off principal of purchases by s1:"
            " conversion."
        ),
        "2026年8月11日，转为分期s1：消费本金减少300.00元。",
    ),
    "installment": (
        PLAN,
        "On 2026-09-05 CNY 3.00 was added to fees of installments: installment.",
        "2026年9月5日，分期入账：分期费用增加3.00元。",
    ),
    "plan settled": (
        (*PLAN, PlanSettlement(id="e1", on=sep(8), of="s1")),
        "On 2026-09-08 CNY 6.00 was added to fees of installments by e1: plan settled.",
        "2026年9月8日，分期提前结清e1：分期费用增加6.00元。",
    ),
    "default charge": (
        BOUGHT,
        "On 2026-09-26 CNY 2.50 was added to penalty of purchases: default charge.",
        "2026年9月26日，违约金：消费违约金增加2.50元。",
    ),
    "charge": (
        (Charge(id="c1", on=aug(10), amount=5, component="penalty"),),
        "On 2026-08-10 CNY 5.00 was added to penalty of purchases by c1: charge.",
        "2026年8月10日，收费c1：消费违约金增加5.00元。",
    ),
    "waiver": (
        (*BOUGHT, Waiver(id="w1", on=octo(6), component="interest", amount=1)),
        "On 2026-10-06 CNY 1.00 was taken off interest of purchases by w1: waiver.",
        "2026年10月6日，减免w1：消费利息减少1.00元。",
    ),
    "payment returned": (
        (*BOUGHT, pay(sep(6), 9), Chargeback(id="b1", on=sep(8), of="p1", amount=9)),
        (
            "On 2026-09-08 CNY 9.00 was added to principal of purchases by b1: payment"
            " returned."
        ),
        "2026年9月8日，还款退回b1：消费本金增加9.00元。",
    ),
    "reversal": (
        (*BOUGHT, REVERSED),
        "On 2026-09-08 CNY 300.00 was taken off principal of purchases by x1: reversal.",
        "2026年9月8日，冲正x1：消费本金减少300.00元。",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_a_sentence_for_every_rule(case):
    events, english, chinese = SAID[case]
    rule = case.partition(",")[0]
    found = [
        one for one in kept(TERMS, *events).postings(until=NOV5) if one.rule == rule
    ]
    assert english in [explain_line(one) for one in found]
    assert chinese in [explain_line(one, "zh") for one in found]


def test_no_posting_is_of_another_rule():
    rules = {
        one.rule
        for events, _, _ in SAID.values()
        for one in kept(TERMS, *events).postings(until=NOV5)
    }
    assert rules == {case.partition(",")[0] for case in SAID}


def both(posting):
    return [explain_line(posting), explain_line(posting, "zh")]


def test_a_credit_that_is_made_used_and_paid_out():
    account = kept(
        line(),
        pay(aug(9), 100),
        buy(aug(10), 30),
        Payout(id="o1", on=aug(11), amount=20),
    )
    made, used, out = account.postings()
    assert both(made) == [
        "On 2026-08-09 CNY 100.00 of payment p1 went to the credit.",
        "2026年8月9日，还款p1：溢缴款增加100.00元。",
    ]
    assert both(used) == [
        "On 2026-08-10 CNY 30.00 was taken off the credit by u1: drawn.",
        "2026年8月10日，入账u1：溢缴款减少30.00元。",
    ]
    assert both(out) == [
        "On 2026-08-11 CNY 20.00 was taken off the credit by o1: payout.",
        "2026年8月11日，退还溢缴款o1：溢缴款减少20.00元。",
    ]


def test_a_reversal_that_leaves_a_credit():
    account = kept(line(), *BOUGHT, pay(sep(6), 500), REVERSED)
    [*_, credit] = account.postings()
    assert both(credit) == [
        "On 2026-09-08 CNY 300.00 was added to the credit by x1: reversal.",
        "2026年9月8日，冲正x1：溢缴款增加300.00元。",
    ]


def test_interest_of_which_a_credit_pays_a_part():
    # 10.00 for 10 days of 1,000; 9.99 were paid beyond it.
    account = kept(
        line(segments=[cash_at()]), cash(aug(10), 1000), pay(aug(20), "1009.99")
    )
    [*_, one] = account.postings(until=sep(5))
    assert both(one) == [
        (
            "On 2026-09-05 interest of CNY 0.01 became owed on cash: CNY 1,000.00 for 10 days"
            " from 2026-08-10 at 0.1% a day, less CNY 9.99 of credit."
        ),
        (
            "2026年9月5日，取现计息0.01元：1,000.00元自2026年8月10日起10天，日利率0.1%，"
            "溢缴款抵扣9.99元。"
        ),
    ]


def test_a_share_and_one_day():
    terms = line(interest(bears_on="unpaid_share"))
    account = kept(terms, *BOUGHT, pay(aug(21), 100), pay(DUE, 300, "p2"))
    one = next(one for one in account.postings(until=octo(5)) if one.rule == "interest")
    # 100 of 400 are missing.
    english, chinese = both(one)
    assert "CNY 500.00 * 1/4 for 1 day from 2026-08-20 at 0.1% a day" in english
    assert "500.00元 * 1/4自2026年8月20日起1天，日利率0.1%" in chinese


def test_another_currency():
    terms = line(interest(bears_from="use"), currency="USD")
    drawn, charged = kept(terms, buy(aug(10), 1000)).postings(until=sep(5))
    assert both(drawn) == [
        "On 2026-08-10 USD 1,000.00 was added to principal of purchases by u1: drawn.",
        "2026年8月10日，入账u1：消费本金增加USD 1,000.00。",
    ]
    assert explain_line(charged, "zh") == (
        "2026年9月5日，消费计息USD 26.00：USD 1,000.00自2026年8月10日起26天，日利率0.1%。"
    )


def test_what_is_no_posting_and_no_language():
    with pytest.raises(InputTypeError) as caught:
        explain_line("posting")  # type: ignore[arg-type]
    assert str(caught.value) == "posting: got 'posting'; allowed: LinePosting(...)"
    [posting] = kept(line(), buy(aug(10), 1)).postings()
    with pytest.raises(UnknownNameError):
        explain_line(posting, "fr")
