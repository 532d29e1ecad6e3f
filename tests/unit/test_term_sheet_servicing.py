"""What the sheet says of late, early and partial payments, beside what an account does."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from loanmath.account import Account
from loanmath.events import Payment
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.serialization import read_terms
from loanmath.term_sheets import term_sheet
from loanmath.term_sheets.chinese import allocation as zh_allocation
from loanmath.term_sheets.chinese import early as zh_early
from loanmath.term_sheets.chinese import late as zh_late
from loanmath.term_sheets.chinese import words as zh_words
from loanmath.term_sheets.english import allocation as en_allocation
from loanmath.term_sheets.english import early as en_early
from loanmath.term_sheets.english import late as en_late
from loanmath.term_sheets.english import words as en_words
from loanmath.terms import (
    AddOnInterest,
    AllocateBy,
    Allocation,
    AllocationTier,
    AmountCap,
    Component,
    Compounded,
    Compounding,
    ContractInterest,
    CreditUse,
    DaysPastDue,
    EqualPrincipal,
    Fee,
    FirstDay,
    FlatFee,
    FutureRule,
    Holiday,
    InDuplum,
    InstallmentLoan,
    InterestOn,
    InterestTo,
    LateCharge,
    LateChargeOf,
    PaymentDay,
    PenaltyBase,
    PenaltyInterest,
    PenaltyRounded,
    Prepayment,
    PrepaymentEffect,
    PrepaymentFee,
    RateCap,
    RemainingFees,
    Servicing,
    Standing,
    SteppedRate,
    Unearned,
)

LATE, EARLY, ORDER = 6, 7, 8
BASE = {
    "currency": "CNY",
    "principal": "12000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("6%/year"),
    "day_count": "ACT/360",
    "repayment": EqualPrincipal(12),
}
DUE = date(2026, 2, 15)
HALF_MORE = PenaltyInterest(multiple="1.5")


def loan(penalty=None, servicing=None, **changes):
    return InstallmentLoan(
        penalty=penalty, servicing=servicing or Servicing(), **(BASE | changes)
    )


def both(section, *parts, **changes):
    """The lines of one section, in English and in Chinese."""
    terms = loan(*parts, **changes)
    return tuple(
        term_sheet(terms, lang).sections[section].lines for lang in ("en", "zh")
    )


def left_open(*parts, **changes):
    terms = loan(*parts, **changes)
    return tuple(" ".join(term_sheet(terms, lang).left_open) for lang in ("en", "zh"))


def penalty_on(day, *parts, **changes):
    """What the first installment owes of penalty on a day, when nothing is paid."""
    account = Account.open(loan(*parts, **changes))
    return account.position(day).installments[0].owed.penalty


# --- late payment -------------------------------------------------------------------


def test_the_example_of_a_late_loan_says_what_it_costs():
    example = Path(__file__).parents[2] / "examples" / "late_loan.toml"
    terms = read_terms(example)
    english, chinese = term_sheet(terms), term_sheet(terms, "zh")
    assert english.sections[LATE].title == "Late payment"
    assert english.sections[LATE].lines[:3] == (
        (
            "Penalty interest is charged on overdue principal, at 1.5 times the contract"
            " rate, that is 0.06% a day, for every day until it is paid."
        ),
        "It starts with the due day; the day on which you pay does not count.",
        (
            "Whoever pays within 3 days after the due date owes none; after that it is"
            " owed for these days too."
        ),
    )
    assert chinese.sections[LATE].title == "逾期"
    assert chinese.sections[LATE].lines[:3] == (
        "罚息：对逾期本金，按合同利率的1.5倍（即日利率0.06%）逐日计收，直至还清。",
        "罚息自还款日当日起计，实际还款当日不计。",
        "宽限期3天：还款日后3天内还清的，不计罚息；超过宽限期的，宽限期内也计罚息。",
    )
    # 1,000.00 * 0.06 % = 0.60 a day, from the due day on.
    account = Account.open(terms)
    owed = [
        account.position(date(2026, 2, day)).installments[0].owed.penalty
        for day in (18, 19)
    ]
    assert owed == [Decimal("0.00"), Decimal("2.40")]
    assert not any("penalty interest, charges" in line for line in english.left_open)
    assert not any("逾期费用" in line for line in chinese.left_open)


def test_nothing_stated_costs_nothing():
    english, chinese = both(LATE)
    assert english == (
        "These terms state no penalty interest and no charge for being late.",
    )
    assert chinese == ("合同条款未列罚息和逾期收费。",)
    assert penalty_on(date(2026, 3, 1)) == 0
    in_english, in_chinese = left_open()
    assert "What being late costs (penalty interest, charges) is not stated" in (
        in_english
    )
    assert "逾期费用（罚息、违约金）未约定：此处不计。" in in_chinese
    assert "Of penalty interest" not in in_english


@pytest.mark.parametrize(
    ("terms", "english", "chinese", "owed"),
    [
        # 1,000.00 of principal for 14 days, from the due day to the last of February.
        (
            HALF_MORE,
            (
                "at 1.5 times the contract rate, that is 9% a year (a day being 1/360 of a"
                " year), for"
            ),
            "按合同利率的1.5倍（即年利率9%，一年按360天折算为日利率）逐日计收",
            "3.50",
        ),
        (
            PenaltyInterest(addition="3%/year"),
            (
                "at the contract rate plus 3 percentage points a year (a day being 1/360 of"
                " a year), for"
            ),
            "按合同利率加3个百分点（年利率，一年按360天折算为日利率）逐日计收",
            "3.50",
        ),
        (
            PenaltyInterest(rate="0.05%/day"),
            "at 0.05% a day, for",
            "按日利率0.05%逐日计收",
            "7.00",
        ),
        (
            PenaltyInterest(rate="3.65%/year", days_in_year=365),
            "at 3.65% a year (a day being 1/365 of a year), for",
            "按年利率3.65%（一年按365天折算为日利率）逐日计收",
            "1.40",
        ),
    ],
)
def test_the_penalty_rate(terms, english, chinese, owed):
    in_english, in_chinese = both(LATE, terms)
    assert english in in_english[0]
    assert chinese in in_chinese[0]
    assert penalty_on(date(2026, 3, 1), terms) == Decimal(owed)


def test_the_penalty_rate_beside_a_rate_that_changes():
    rate = SteppedRate(Rate("0.02%/day"), {date(2026, 5, 15): Rate("0.03%/day")})
    english, chinese = both(LATE, HALF_MORE, rate=rate)
    assert "at 1.5 times the contract rate, for" in english[0]
    assert "按合同利率的1.5倍逐日计收" in chinese[0]
    addition = PenaltyInterest(addition="0.01%/day")
    english, chinese = both(LATE, addition, rate=rate)
    assert "at the contract rate plus 0.01 percentage points a day, for" in english[0]
    assert "按合同利率加0.01个百分点（日利率）逐日计收" in chinese[0]


@pytest.mark.parametrize(
    ("words", "english", "chinese", "owed"),
    [
        # 1,000.00 at 9 % over 360 days is 0.25 a day; paid on 20 February.
        (
            {},
            "It starts with the due day; the day on which you pay does not count.",
            "罚息自还款日当日起计，实际还款当日不计。",
            "1.25",
        ),
        (
            {"first_day": "day_after"},
            (
                "It starts with the day after the due day; the day on which you pay does"
                " not count."
            ),
            "罚息自还款日次日起计，实际还款当日不计。",
            "1.00",
        ),
        (
            {"payment_day": "counted"},
            (
                "It starts with the due day; the day on which you pay, if late, counts"
                " too."
            ),
            "罚息自还款日当日起计，逾期后实际还款当日也计。",
            "1.50",
        ),
        (
            {"grace_days": 3, "grace": "free"},
            "The first 3 days bear none.",
            "前3天为宽限期，不计罚息。",
            "0.50",
        ),
        (
            {"grace_days": 5},
            (
                "Whoever pays within 5 days after the due date owes none; after that it"
                " is owed for these days too."
            ),
            "宽限期5天：还款日后5天内还清的，不计罚息；超过宽限期的，宽限期内也计罚息。",
            "0.00",
        ),
        (
            {"tolerance": "1000"},
            (
                "None is charged on an installment where what it would be charged on is"
                " no more than CNY 1,000.00."
            ),
            "某期计收基数不超过1,000.00元的，不计罚息。",
            "0.00",
        ),
        (
            {"base": "overdue_principal_and_interest"},
            (
                "Penalty interest is charged on overdue principal and interest, at 1.5"
                " times the contract rate, that is 9% a year (a day being 1/360 of a"
                " year), for every day until it is paid."
            ),
            (
                "罚息：对逾期本金和利息，按合同利率的1.5倍（即年利率9%，"
                "一年按360天折算为日利率）逐日计收，直至还清。"
            ),
            # 1,062.00 * 9 % / 360 * 5 = 1.3275
            "1.33",
        ),
        (
            {"rounded": "day", "rounding": Rounding("up", "0.1")},
            (
                "Penalty interest is rounded up to the next CNY 0.10, away from zero,"
                " for every single day."
            ),
            "罚息逐日取整：只入不舍，不足0.10元的进为0.10元。",
            "1.50",
        ),
    ],
)
def test_the_days_of_penalty(words, english, chinese, owed):
    terms = PenaltyInterest(multiple="1.5", **words)
    in_english, in_chinese = both(LATE, terms)
    assert english in in_english
    assert chinese in in_chinese
    paid = Payment(id="p1", on=date(2026, 2, 20), amount="2000")
    account = Account.open(loan(terms)).record(paid)
    assert account.position(paid.on).paid.penalty == Decimal(owed)


@pytest.mark.parametrize(
    ("rule", "english", "chinese", "interest"),
    [
        (
            "replaced",
            "On overdue principal it takes the place of the contract's own interest.",
            "逾期本金计收罚息后，不再另计合同利息。",
            "62.00",
        ),
        (
            "continues",
            "The contract's own interest on overdue principal goes on beside it.",
            "逾期本金除罚息外，合同利息继续计收。",
            # 1,000.00 * 6 % / 360 * 6 = 1.00
            "63.00",
        ),
    ],
)
def test_contract_interest_beside_penalty(rule, english, chinese, interest):
    terms = PenaltyInterest(multiple="1.5", contract_interest=rule)
    in_english, in_chinese = both(LATE, terms)
    assert english in in_english
    assert chinese in in_chinese
    owed = Account.open(loan(terms)).position(date(2026, 2, 21)).installments[0].owed
    assert owed.interest == Decimal(interest)


def test_penalty_where_there_is_no_interest():
    terms = PenaltyInterest(rate="0.07%/day", base="overdue_installment")
    changes = {"rate": None, "day_count": None, "repayment": FlatFee(12, "6%")}
    english, chinese = both(LATE, terms, **changes)
    assert english[0] == (
        "Penalty interest is charged on the overdue installment, at 0.07% a day, for"
        " every day until it is paid."
    )
    assert chinese[0] == "罚息：对逾期的当期应还款，按日利率0.07%逐日计收，直至还清。"
    assert not any("contract" in line for line in english)
    assert not any("合同利息" in line for line in chinese)
    # 1,060.00 * 0.07 % = 0.742
    assert penalty_on(date(2026, 2, 16), terms, **changes) == Decimal("0.74")
    in_english, _ = left_open(terms, **changes)
    assert "contract's own interest" not in in_english


@pytest.mark.parametrize(
    ("terms", "english", "chinese"),
    [
        (
            Compounding(["interest"]),
            "Unpaid interest bears interest too, at the penalty rate.",
            "未还的利息按罚息利率计收复利。",
        ),
        (
            Compounding(["interest", "penalty"], at_contract_rate=True),
            (
                "Unpaid interest and penalty bears interest too, at the contract rate"
                " until the last due date and at the penalty rate then; penalty from the"
                " next day 21 of March, June, September or December on."
            ),
            (
                "未还的利息、罚息按合同利率（最后还款日起按罚息利率）计收复利，"
                "其中罚息自下一个季末月（3月、6月、9月、12月）21日起计收。"
            ),
        ),
        (
            Compounding(["penalty", "compound"], every="monthly", day=5),
            (
                "Unpaid penalty and compound interest bears interest too, at the penalty"
                " rate; penalty and compound interest from the next day 5 of a month on."
            ),
            "未还的罚息、复利按罚息利率计收复利，其中罚息、复利自下一个每月5日起计收。",
        ),
    ],
)
def test_interest_on_interest(terms, english, chinese):
    in_english, in_chinese = both(
        LATE, PenaltyInterest(multiple="1.5", compounding=terms)
    )
    assert in_english[-2:] == (
        english,
        "These terms state no other charge for being late.",
    )
    assert in_chinese[-2:] == (chinese, "合同条款未列其他逾期收费。")


def test_charges_made_once():
    fee = LateCharge("late fee", "5%", days_late=10, least="10", most="60")
    small = LateCharge("n", "25", tolerance="1", rounding="up")
    servicing = Servicing(late_charges=[fee, small])
    english, chinese = both(LATE, None, servicing)
    assert english == (
        "There is no penalty interest by the day.",
        (
            "late fee: 5% of what is overdue, at least CNY 10.00, at most CNY 60.00,"
            " once for an installment that is 10 days late."
        ),
        (
            "n: CNY 25.00, once for an installment that is 1 day late with more than"
            " CNY 1.00 overdue, rounded up to the next CNY 0.01, away from zero."
        ),
    )
    assert chinese == (
        "不按日计收罚息。",
        "late fee：逾期金额的5%，最低10.00元，最高60.00元，某期逾期满10天的收取一次。",
        (
            "n：25.00元，某期逾期满1天且逾期金额超过1.00元的收取一次，"
            "金额只入不舍，不足0.01元的进为0.01元。"
        ),
    )
    other = "These terms state no other charge for being late."
    assert other in both(LATE, HALF_MORE)[0]
    assert other not in both(LATE, HALF_MORE, servicing)[0]
    # 5 % of 1,062.00, and 25.00.
    assert penalty_on(date(2026, 2, 24), None, servicing) == Decimal("25.00")
    assert penalty_on(date(2026, 2, 25), None, servicing) == Decimal("78.10")
    assert "(penalty interest, charges)" not in left_open(None, servicing)[0]


def test_ceilings():
    caps = [
        RateCap("24 a year", "24%/year", days_in_year=365, since=date(2020, 8, 20)),
        RateCap("by the day", "0.05%/day", until=date(2030, 1, 1)),
        AmountCap("total", "100%", ["penalty", "compound", "fee", "interest"]),
        AmountCap("default fees", "15"),
        InDuplum(),
    ]
    dear = PenaltyInterest(rate="0.1%/day")
    english, chinese = both(LATE, dear, Servicing(caps=caps))
    assert english[-5:] == (
        (
            "Ceiling (24 a year): all that lateness ever costs is at most 24% a year on"
            " overdue principal (a day being 1/365 of a year), from 2020-08-20 on."
        ),
        (
            "Ceiling (by the day): all that lateness ever costs is at most 0.05% a day"
            " on overdue principal, until 2030-01-01."
        ),
        (
            "Ceiling (total): penalty, compound interest, fees and interest, with every"
            " charge for being late, are together at most 100% of the amount lent."
        ),
        (
            "Ceiling (default fees): penalty and compound interest, with every charge"
            " for being late, are together at most CNY 15.00."
        ),
        (
            "Ceiling (in duplum): unpaid overdue interest, penalty and compound interest"
            " together are at most the unpaid principal."
        ),
    )
    assert chinese[-5:] == (
        (
            "上限（24 a year）：逾期各项费用累计不超过逾期本金按年利率24%"
            "（一年按365天折算为日利率）计算的金额，自2020年8月20日起适用。"
        ),
        (
            "上限（by the day）：逾期各项费用累计不超过逾期本金按日利率0.05%计算的金额，"
            "至2030年1月1日前适用。"
        ),
        "上限（total）：罚息、复利、费用、利息（含全部逾期收费）合计不超过借款金额的100%。",
        "上限（default fees）：罚息、复利（含全部逾期收费）合计不超过15.00元。",
        "上限（in duplum）：未还的逾期利息、罚息和复利合计不超过未还本金。",
    )
    # 0.1 % a day is 10.00 in ten days; 24 % a year leaves 6.57 of it.
    day = date(2026, 2, 25)
    assert penalty_on(day, dear) == Decimal("10.00")
    assert penalty_on(day, dear, Servicing(caps=caps[:1])) == Decimal("6.57")


def test_how_days_past_due_are_counted():
    servicing = Servicing(days_past_due=DaysPastDue(grace_days=3, tolerance="5"))
    english, chinese = both(LATE, None, servicing)
    assert english[-2:] == (
        "Up to 3 days past due count as none; after that all count.",
        "An overdue amount up to CNY 5.00 does not count as late.",
    )
    assert chinese[-2:] == (
        "逾期不超过3天的不计逾期天数，超过的全部计入逾期天数。",
        "逾期金额不超过5.00元的不视为逾期。",
    )
    account = Account.open(loan(None, servicing))
    days = [account.position(date(2026, 2, day)).days_past_due for day in (18, 19)]
    assert days == [0, 4]


def test_details_of_penalty_that_are_open():
    english, chinese = left_open(HALF_MORE)
    assert (
        "Of penalty interest this need not have been agreed, and is taken: what it is"
        " charged on (overdue principal); its first day (the due day); the day of a"
        " late payment (not counted); days of grace (none); whether the contract's own"
        " interest goes on beside it (it does not); what is rounded (the sum of each"
        " installment)."
    ) in english
    assert (
        "罚息的以下事项可能未约定，此处按括号内处理：计收基数（逾期本金）、"
        "起计日（还款日当日）、逾期后还款当日是否计收（不计）、宽限期（无）、"
        "合同利息是否继续计收（不计）、取整对象（每期累计额）。"
    ) in chinese
    stated = PenaltyInterest(
        multiple="1.5",
        base="overdue_installment",
        first_day="day_after",
        payment_day="counted",
        grace_days=3,
        contract_interest="continues",
        rounded="day",
    )
    english, chinese = left_open(stated)
    assert "Of penalty interest" not in english
    assert "罚息的以下事项" not in chinese
    assert "When the whole loan may fall due at once is not part of these" in english


# --- early repayment ----------------------------------------------------------------


def prepaid(words, amount, **changes):
    """The payments that are left once an amount beyond the due came on the due date."""
    servicing = Servicing(
        prepayment=Prepayment(**words), allocation=Allocation(future="principal")
    )
    account = Account.open(loan(None, servicing, **changes))
    due = account.position(DUE).due.total
    paid = account.record(Payment(id="p1", on=DUE, amount=due + amount))
    rows = paid.position(DUE).installments[1:]
    return [row.owed.principal for row in rows if row.owed.total]


@pytest.mark.parametrize(
    ("effect", "english", "chinese", "left"),
    [
        (
            "shorter",
            "the installments stay as they are and the loan ends sooner.",
            "每期还款额不变，缩短还款期限。",
            [Decimal("1000.00")] * 9,
        ),
        (
            "smaller",
            "the term stays and the installments get smaller.",
            "还款期限不变，减少每期还款额。",
            [Decimal("818.18")] * 10 + [Decimal("818.20")],
        ),
        (
            "next",
            "the next installments of principal are paid with it.",
            "依次冲抵以后各期应还本金。",
            [Decimal("0.00")] * 2 + [Decimal("1000.00")] * 9,
        ),
    ],
)
def test_what_a_part_repaid_early_changes(effect, english, chinese, left):
    servicing = Servicing(
        prepayment=Prepayment(effect=effect), allocation=Allocation(future="principal")
    )
    in_english, in_chinese = both(EARLY, None, servicing)
    start = "If you repay a part of the principal early"
    assert in_english[0] == f"{start}, {english}"
    assert in_chinese[0] == f"提前归还部分本金的，{chinese}"
    assert prepaid({"effect": effect}, 2000) == left
    # Where money beyond what is due goes elsewhere, a payment has to say so.
    other = Servicing(prepayment=Prepayment(effect=effect))
    in_english, in_chinese = both(EARLY, None, other)
    assert in_english[0] == f"{start} and say so, {english}"
    assert in_chinese[0] == f"申请提前归还部分本金的，{chinese}"


@pytest.mark.parametrize(
    ("words", "english", "chinese", "payoff"),
    [
        # 12,000.00 for ten days at 6 % over 360, for 31 days, or all that is planned.
        (
            {},
            "If you repay all of it, interest of later periods is not owed.",
            "全部提前还清的，以后各期利息不再收取。",
            "12020.00",
        ),
        (
            {"interest": "period"},
            (
                "Principal that is repaid early bears interest to the end of the period it"
                " is repaid in."
            ),
            "提前归还的本金，利息算至还款当期期末。",
            "12062.00",
        ),
        (
            {"unearned": "due"},
            "If you repay all of it, all interest of the plan is owed just the same.",
            "全部提前还清的，仍须支付计划内的全部利息。",
            "12393.83",
        ),
        (
            {"unearned": "rule_of_78"},
            (
                "If you repay all of it, all interest of the plan is owed, less what the"
                " rule of 78 gives back for the periods not begun."
            ),
            "全部提前还清的，须支付计划内的全部利息，但按78法则退还尚未开始各期的利息。",
            # 393.83 * 66 / 78 = 333.24
            "12060.59",
        ),
    ],
)
def test_what_all_of_it_costs_early(words, english, chinese, payoff):
    servicing = Servicing(prepayment=Prepayment(**words), interest_on="balance")
    in_english, in_chinese = both(EARLY, None, servicing)
    assert english in in_english
    assert chinese in in_chinese
    account = Account.open(loan(None, servicing))
    assert account.payoff(date(2026, 1, 25)) == Decimal(payoff)


def test_a_part_where_all_of_it_owes_all_interest():
    servicing = Servicing(prepayment=Prepayment(unearned="due"))
    english, chinese = both(EARLY, None, servicing)
    assert (
        "Principal that is repaid early, where some is left, bears interest to that"
        in (english[2])
    )
    assert chinese[2] == "提前归还的本金（未全部还清的），利息算至还款当日。"


@pytest.mark.parametrize(
    ("interest_on", "english", "chinese", "saved"),
    [
        (
            "schedule",
            "An installment that is paid some days before its due date saves no interest.",
            "在还款日前几天提前支付当期款项的，利息不减少。",
            "0.00",
        ),
        (
            "balance",
            (
                "Interest runs on what you owe each day: an installment that is paid"
                " some days before its due date saves interest."
            ),
            (
                "利息按实际占用金额和天数计算：在还款日前几天提前支付当期款项的，"
                "利息相应减少。"
            ),
            # 11,000.00 and 51.33 for 28 days; 10,980.00 and 69.54 for 38 days.
            "1.79",
        ),
    ],
)
def test_days_before_the_due_date(interest_on, english, chinese, saved):
    servicing = Servicing(interest_on=interest_on)
    in_english, in_chinese = both(EARLY, None, servicing)
    assert english in in_english
    assert chinese in in_chinese
    early = Account.open(loan(None, servicing)).record(
        Payment(id="p1", on=date(2026, 2, 5), amount="1062")
    )
    late = Account.open(loan(None, servicing)).record(
        Payment(id="p1", on=DUE, amount="1062")
    )
    day = date(2026, 3, 15)
    assert late.payoff(day) - early.payoff(day) == Decimal(saved)


@pytest.mark.parametrize(
    ("fee", "english", "chinese", "cost"),
    [
        (
            PrepaymentFee("1%", within=12, least="150", rounding="up"),
            (
                "Repaying early costs 1% of the principal that is repaid early, at least"
                " CNY 150.00, rounded up to the next CNY 0.01, away from zero; once 12"
                " installments fell due, nothing."
            ),
            (
                "提前还款收费：提前归还本金的1%，最低150.00元，"
                "金额只入不舍，不足0.01元的进为0.01元；已有12期到期后不再收取。"
            ),
            "150.00",
        ),
        (
            PrepaymentFee(months_of_interest=2),
            (
                "Repaying early costs 2 months of interest on the principal that is repaid"
                " early."
            ),
            "提前还款收费：提前归还本金2个月的利息。",
            "120.00",
        ),
        (
            PrepaymentFee(months_of_interest=1),
            (
                "Repaying early costs 1 month of interest on the principal that is repaid"
                " early."
            ),
            "提前还款收费：提前归还本金1个月的利息。",
            "60.00",
        ),
        (
            None,
            "These terms state no charge for repaying early.",
            "合同条款未列提前还款的收费。",
            "0.00",
        ),
    ],
)
def test_what_repaying_early_costs(fee, english, chinese, cost):
    servicing = Servicing(prepayment=Prepayment(fee=fee))
    in_english, in_chinese = both(EARLY, None, servicing)
    assert in_english[-1] == english
    assert in_chinese[-1] == chinese
    account = Account.open(loan(None, servicing))
    assert account.payoff(date(2026, 1, 15)) - 12000 == Decimal(cost)


@pytest.mark.parametrize(
    ("rule", "english", "chinese", "payoff"),
    [
        (
            "waived",
            "If you repay all of it, fees of later installments are not owed.",
            "全部提前还清的，以后各期费用不再收取。",
            "12000.00",
        ),
        (
            "due",
            "If you repay all of it, fees of later installments are owed just the same.",
            "全部提前还清的，仍须支付以后各期费用。",
            "12720.00",
        ),
    ],
)
def test_fees_of_later_installments(rule, english, chinese, payoff):
    servicing = Servicing(prepayment=Prepayment(remaining_fees=rule))
    changes = {"rate": None, "day_count": None, "repayment": FlatFee(12, "6%")}
    in_english, in_chinese = both(EARLY, None, servicing, **changes)
    assert in_english[1] == english
    assert in_chinese[1] == chinese
    account = Account.open(loan(None, servicing, **changes))
    assert account.payoff(date(2026, 1, 25)) == Decimal(payoff)
    planned = {"fees": [Fee("f", "5", due="installments")]}
    assert english in both(EARLY, None, servicing, **planned)[0]
    assert english not in both(EARLY, None, servicing, fees=[Fee("f", "5")])[0]


@pytest.mark.parametrize(
    ("words", "english", "chinese", "payoff"),
    [
        # 12,206.00 in three: 68.67 of interest for 31 days, 22.15 of them for ten.
        (
            {},
            (
                "If you repay all of it, interest to that day is owed, and none"
                " of later periods."
            ),
            "全部提前还清的，利息算至还款当日，以后各期利息不再收取。",
            None,
        ),
        (
            {"interest": "period"},
            (
                "If you repay all of it, interest to the end of the period it is repaid"
                " in is owed, and none of later periods."
            ),
            "全部提前还清的，利息算至还款当期期末，以后各期利息不再收取。",
            "12060.00",
        ),
        (
            {"unearned": "due"},
            "If you repay all of it, all interest of the plan is owed just the same.",
            "全部提前还清的，仍须支付计划内的全部利息。",
            "12180.00",
        ),
    ],
)
def test_interest_that_is_added_on(words, english, chinese, payoff):
    servicing = Servicing(prepayment=Prepayment(**words))
    changes = {"repayment": AddOnInterest(3), "day_count": "30/360 CN"}
    in_english, in_chinese = both(EARLY, None, servicing, **changes)
    assert in_english[1].startswith("What is paid early saves no interest")
    assert in_chinese[1].startswith("提前还款的，利息不减少")
    assert in_english[2] == english
    assert in_chinese[2] == chinese
    found = Account.open(loan(None, servicing, **changes)).payoff(date(2026, 1, 25))
    if payoff is None:
        assert 12000 < found < 12060
    else:
        assert found == Decimal(payoff)


HOLIDAY = {"holidays": [Holiday(2, 1, "principal")]}


@pytest.mark.parametrize(
    ("effect", "interest_on", "changes", "saved"),
    [
        # 3,000.00 less for 28, 31, 30 and so on days, or nothing at all.
        ("shorter", "schedule", {}, True),
        ("smaller", "schedule", {}, True),
        ("next", "schedule", {}, False),
        ("next", "balance", {}, True),
        ("shorter", "balance", {}, True),
        ("shorter", "schedule", HOLIDAY, False),
        ("shorter", "balance", HOLIDAY, False),
        ("smaller", "schedule", {"interest_rounded": "day"}, False),
        ("smaller", "schedule", {"repayment": AddOnInterest(12)}, False),
    ],
)
def test_whether_a_part_repaid_early_saves_interest(
    effect, interest_on, changes, saved
):
    servicing = Servicing(
        interest_on=interest_on,
        prepayment=Prepayment(effect=effect),
        allocation=Allocation(future="principal"),
    )
    english, chinese = both(EARLY, None, servicing, **changes)
    kept = "What is paid early saves no interest, unless you repay all of it."
    assert (kept not in english) is saved
    assert ("提前还款的，利息不减少，全部提前还清的除外。" not in chinese) is saved
    assert (
        "Principal that is repaid early bears interest to that day." in english
    ) is (saved)
    account = Account.open(loan(None, servicing, **changes))
    due = account.position(DUE).due.total
    paid = account.record(Payment(id="p1", on=DUE, amount=due + 3000))
    interest = [
        sum(row.owed.interest for row in each.position(DUE).installments[1:])
        for each in (account, paid)
    ]
    assert (interest[1] < interest[0]) is saved


@pytest.mark.parametrize(
    ("interest_on", "changes", "english", "chinese", "interest"),
    [
        ("schedule", {}, None, None, "62.00"),
        # 1,000.00 at 6 % over 360 for 59 days after the last due date.
        (
            "balance",
            {},
            "Overdue principal goes on bearing the contract's own interest.",
            "逾期本金继续按合同利率计息。",
            "71.83",
        ),
        (
            "balance",
            {"day_count": "30/360 CN", "rate": Rate("6%/year")},
            "Overdue principal goes on bearing the contract's own interest.",
            "逾期本金继续按合同利率计息。",
            "69.83",
        ),
        (
            "balance",
            {"day_count": None},
            (
                "Overdue principal goes on bearing the contract's own interest until the"
                " last due date."
            ),
            "逾期本金继续按合同利率计息，至最后还款日止。",
            "60.00",
        ),
        ("balance", HOLIDAY, None, None, "62.00"),
    ],
)
def test_interest_goes_on_without_a_penalty(
    interest_on, changes, english, chinese, interest
):
    servicing = Servicing(interest_on=interest_on)
    in_english, in_chinese = both(LATE, None, servicing, **changes)
    assert in_english[1:] == (() if english is None else (english,))
    assert in_chinese[1:] == (() if chinese is None else (chinese,))
    account = Account.open(loan(None, servicing, **changes))
    first = account.position(date(2027, 3, 15)).installments[0]
    assert first.owed.interest == Decimal(interest)
    assert not any("goes on" in line for line in both(LATE, HALF_MORE, servicing)[0])


def test_details_of_early_repayment_that_are_open():
    english, chinese = left_open()
    assert (
        "Whether you may repay early is not stated. Of early repayment this need not"
        " have been agreed, and is taken: what a part repaid early changes (the loan"
        " ends sooner); how long it bears interest (to the day); the interest of later"
        " periods (not owed); what it costs (nothing); whether some days before a due"
        " date save interest (they do not)."
    ) in english
    assert (
        "是否允许提前还款未约定。提前还款的以下事项可能未约定，此处按括号内处理："
        "归还部分本金的后果（缩短期限）、利息算至何日（还款当日）、"
        "以后各期利息（不收取）、收费（无）、还款日前几天付款是否减少利息（不减少）。"
    ) in chinese
    some = Servicing(prepayment=Prepayment(effect="smaller"), interest_on="balance")
    english, chinese = left_open(None, some, fees=[Fee("f", "5", due="installments")])
    assert "Whether you may" not in english
    assert (
        "is taken: how long it bears interest (to the day); the interest of later"
        " periods (not owed); the fees of later installments (not owed); what it costs"
        " (nothing)."
    ) in english
    assert "是否允许提前还款" not in chinese
    everything = Servicing(
        prepayment=Prepayment(
            effect="next",
            interest="period",
            unearned="due",
            remaining_fees="due",
            fee=PrepaymentFee("1%"),
        ),
        interest_on="balance",
    )
    english, chinese = left_open(None, everything)
    assert "early repayment" not in english
    assert "提前还款" not in chinese
    # Of interest that is added on, a part repaid early moves none.
    added = Servicing(prepayment=Prepayment(unearned="due"))
    english, _ = left_open(None, added, repayment=AddOnInterest(3))
    assert "how long it bears interest" not in english
    assert "save interest" not in english


# --- where a payment goes -----------------------------------------------------------


def test_the_usual_order():
    english, chinese = both(ORDER)
    assert english == (
        (
            "A payment clears what is past due, then what is due that day, then what is"
            " yet to come; of each, first penalty, then compound interest, then fees,"
            " then interest, then principal."
        ),
        "The oldest installment is cleared of all this before the next.",
        "Money beyond what is due pays the next installments.",
        "A credit pays what falls due.",
    )
    assert chinese == (
        (
            "还款依次冲抵逾期款项、当日到期款项、未到期款项；"
            "各款项内依次为罚息、复利、费用、利息、本金。"
        ),
        "逐期冲抵：还清最早一期的上述各项后，再冲抵下一期。",
        "超出到期应还的部分，依次支付以后各期。",
        "溢缴款用于支付到期款项。",
    )
    in_english, in_chinese = left_open()
    assert (
        "Of where a payment goes this need not have been agreed, and is taken: the order"
        " (penalty, compound interest, fees, interest, principal); whether installments"
        " come one after the other (the oldest first); money beyond what is due (for"
        " the next installments); what a credit pays (what falls due)."
    ) in in_english
    assert (
        "还款冲抵的以下事项可能未约定，此处按括号内处理："
        "冲抵顺序（罚息、复利、费用、利息、本金）、各期先后（从最早一期起逐期）、"
        "超出到期应还的部分（支付以后各期）、溢缴款用途（支付到期款项）。"
    ) in in_chinese


@pytest.mark.parametrize(
    ("order", "english", "chinese", "paid"),
    [
        (
            ["penalty", "compound", "fee", "interest", "principal"],
            (
                "first penalty, then compound interest, then fees, then interest, then"
                " principal."
            ),
            "依次为罚息、复利、费用、利息、本金。",
            (Decimal("1.25"), Decimal("62.00"), Decimal("436.75")),
        ),
        (
            ["principal", "interest", "fee", "compound", "penalty"],
            (
                "first principal, then interest, then fees, then compound interest, then"
                " penalty."
            ),
            "依次为本金、利息、费用、复利、罚息。",
            (Decimal("0.00"), Decimal("0.00"), Decimal("500.00")),
        ),
    ],
)
def test_the_order_of_components(order, english, chinese, paid):
    servicing = Servicing(allocation=Allocation(order))
    in_english, in_chinese = both(ORDER, HALF_MORE, servicing)
    assert in_english[0].endswith(english)
    assert in_chinese[0].endswith(chinese)
    payment = Payment(id="p1", on=date(2026, 2, 20), amount="500")
    account = Account.open(loan(HALF_MORE, servicing)).record(payment)
    found = account.position(payment.on).paid
    assert (found.penalty, found.interest, found.principal) == paid


def test_an_order_of_its_own_for_each_standing():
    order = [f"past_due.{part.value}" for part in Component]
    order += [f"due.{part.value}" for part in reversed(Component)]
    later = ["principal", "interest", "penalty", "compound", "fee"]
    rule = Allocation(
        order,
        by="component",
        future="credit",
        tiers=[AllocationTier(91, later)],
        kinds={"refund": Allocation(future="last")},
    )
    servicing = Servicing(allocation=rule, credit="kept")
    english, chinese = both(ORDER, None, servicing)
    assert english == (
        (
            "A payment clears of what is past due, first penalty, then compound"
            " interest, then fees, then interest, then principal; then of what is due"
            " that day, first principal, then interest, then fees, then compound"
            " interest, then penalty."
        ),
        "Each of these is cleared over all installments before the next of them.",
        (
            "From 91 days past due on it clears what is past due, then what is due that"
            " day, then what is yet to come; of each, first principal, then interest,"
            " then penalty, then compound interest, then fees."
        ),
        "Money beyond what is due is kept as a credit.",
        "A credit pays nothing by itself.",
        (
            "A payment of the kind refund: A payment clears what is past due, then what"
            " is due that day, then what is yet to come; of each, first penalty, then"
            " compound interest, then fees, then interest, then principal. The oldest"
            " installment is cleared of all this before the next. Money beyond what is"
            " due pays the last installments, backwards."
        ),
    )
    assert chinese == (
        (
            "还款依次冲抵逾期款项的罚息、复利、费用、利息、本金；"
            "当日到期款项的本金、利息、费用、复利、罚息。"
        ),
        "逐项冲抵：还清各期的同一项后，再冲抵下一项。",
        (
            "逾期满91天起，还款依次冲抵逾期款项、当日到期款项、未到期款项；"
            "各款项内依次为本金、利息、罚息、复利、费用。"
        ),
        "超出到期应还的部分，转为溢缴款。",
        "溢缴款不自动用于还款。",
        (
            "类型为“refund”的还款：还款依次冲抵逾期款项、当日到期款项、未到期款项；"
            "各款项内依次为罚息、复利、费用、利息、本金。"
            "逐期冲抵：还清最早一期的上述各项后，再冲抵下一期。"
            "超出到期应还的部分，从最后一期起倒序支付。"
        ),
    )
    in_english, in_chinese = left_open(None, servicing)
    assert "Of where a payment goes" not in in_english
    assert "还款冲抵的以下事项" not in in_chinese


# --- completeness -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tables", "members"),
    [
        ((en_words.COMPONENTS, zh_words.COMPONENTS), Component),
        ((en_late.PENALTY_BASES, zh_late.PENALTY_BASES), PenaltyBase),
        ((en_late.LATE_BASES, zh_late.LATE_BASES), LateChargeOf),
        ((en_late._FIRST, zh_late._FIRST), FirstDay),
        ((en_late._PAYMENT, zh_late._PAYMENT), PaymentDay),
        ((en_late._CONTRACT, zh_late._CONTRACT), ContractInterest),
        ((en_late._ROUNDED, zh_late._ROUNDED), PenaltyRounded),
        ((en_late._COMPOUNDED, zh_late._COMPOUNDED), Compounded),
        ((en_early._EFFECTS, zh_early._EFFECTS), PrepaymentEffect),
        ((en_early._TO, zh_early._TO), InterestTo),
        ((en_early._UNEARNED, zh_early._UNEARNED), Unearned),
        ((en_early._FEES, zh_early._FEES), RemainingFees),
        ((en_early._ON, zh_early._ON), InterestOn),
        ((en_allocation._STANDINGS, zh_allocation._STANDINGS), Standing),
        ((en_allocation._BY, zh_allocation._BY), AllocateBy),
        ((en_allocation._FUTURE, zh_allocation._FUTURE), FutureRule),
        ((en_allocation._CREDIT, zh_allocation._CREDIT), CreditUse),
    ],
)
def test_every_choice_has_its_words(tables, members):
    for table in tables:
        assert list(table) == list(members)
