import ast
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from loanmath.calendars import NONE, WEEKENDS, BusinessDayRule, HolidayCalendar
from loanmath.daycount import DAY_COUNTS, HeadTail
from loanmath.errors import InputTypeError, ScheduleError, UnknownNameError
from loanmath.rates import Rate, RateUnit
from loanmath.rounding import Rounding, RoundingMode
from loanmath.term_sheets import Language, Section, term_sheet
from loanmath.term_sheets.chinese import charges as zh_charges
from loanmath.term_sheets.chinese import dates as zh_dates
from loanmath.term_sheets.chinese import interest as zh_interest
from loanmath.term_sheets.chinese import openings as zh_openings
from loanmath.term_sheets.chinese import repayment as zh_repayment
from loanmath.term_sheets.chinese import words as zh_words
from loanmath.term_sheets.english import charges as en_charges
from loanmath.term_sheets.english import dates as en_dates
from loanmath.term_sheets.english import interest as en_interest
from loanmath.term_sheets.english import openings as en_openings
from loanmath.term_sheets.english import repayment as en_repayment
from loanmath.term_sheets.english import words as en_words
from loanmath.term_sheets.open_details import Detail
from loanmath.term_sheets.open_points import OpenPoint
from loanmath.terms import (
    AddOnInterest,
    BrokenPeriod,
    BusinessDays,
    Drawdown,
    EqualPrincipal,
    Fee,
    FeeOf,
    FeePaid,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    FloatingRate,
    GraduatedPayment,
    Holiday,
    Index,
    InstallmentLoan,
    InterestDates,
    InterestOnly,
    InterestPayments,
    LevelPayment,
    PrincipalAmounts,
    RateChange,
    SinglePayment,
    SteppedPayment,
    SteppedRate,
)

PAYOUT, REPAYMENT, INTEREST, DATES, ROUNDING, FEES = range(6)
BASE = {
    "currency": "CNY",
    "principal": "10000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("12%/year"),
    "repayment": LevelPayment(12),
}
LPR = Index("LPR", {date(2025, 12, 20): "3.5%"}, source="NIFC")
STEPPED = SteppedRate(Rate("1%/month"), {date(2026, 5, 15): Rate("0.9%/month")})


def loan(**changes):
    return InstallmentLoan(**(BASE | changes))


def both(section, **changes):
    """The lines of one section, in English and in Chinese."""
    terms = loan(**changes)
    return tuple(
        term_sheet(terms, lang).sections[section].lines for lang in ("en", "zh")
    )


def left_open(**changes):
    terms = loan(**changes)
    return tuple(term_sheet(terms, lang).left_open for lang in ("en", "zh"))


# --- the sheet as a whole -----------------------------------------------------------

PLAIN = """\
The loan agreement in plain words

1. Money paid out
   - On 2026-01-15 you receive CNY 10,000.00.

2. Repayment
   - 12 installments of the same amount, interest and principal together.
   - 11 payments of CNY 888.49 each, from 2026-02-15 to 2026-12-15.
   - 1 payment of CNY 888.47 on 2027-01-15.
   - Altogether you pay CNY 10,661.86: CNY 10,000.00 principal, CNY 661.86 interest.

3. Interest
   - For the whole term the rate is 12% a year.
   - Interest is charged on what you still owe.
   - Time is counted by whole months, each a twelfth of a year whatever its length (1/12).

4. Due dates
   - Installments fall due every month, the first on 2026-02-15, on day 15 of the month.

5. Rounding
   - Interest is rounded to the nearest CNY 0.01, a half away from zero, once in each period.
   - The last installment takes what rounding leaves over.

6. Fees and taxes
   - There are no fees.

7. Late payment
   - These terms state no penalty interest and no charge for being late.

8. Early repayment
   - If you repay a part of the principal early and say so, the installments stay as they are and the loan ends sooner.
   - An installment that is paid some days before its due date saves no interest.
   - Principal that is repaid early bears interest to that day.
   - If you repay all of it, interest of later periods is not owed.
   - These terms state no charge for repaying early.

9. Where a payment goes
   - A payment clears what is past due, then what is due that day, then what is yet to come; of each, first penalty, then compound interest, then fees, then interest, then principal.
   - The oldest installment is cleared of all this before the next.
   - Money beyond what is due pays the next installments.
   - A credit pays what falls due.

10. What these terms leave open
   - No day count is stated. What follows from the rate is taken: whole months, each a twelfth of a year whatever its length.
   - What happens where a due date is a day off is not agreed: due dates are taken to stay where they are.
   - How amounts are rounded need not have been agreed: the nearest smallest unit of the currency is taken, a half away from zero.
   - How the installment is rounded need not have been agreed: as interest is.
   - Who takes what rounding leaves over need not have been agreed: the last installment is taken.
   - What being late costs (penalty interest, charges) is not stated: none is taken.
   - When the whole loan may fall due at once is not part of these terms.
   - Whether you may repay early is not stated. Of early repayment this need not have been agreed, and is taken: what a part repaid early changes (the loan ends sooner); how long it bears interest (to the day); the interest of later periods (not owed); what it costs (nothing); whether some days before a due date save interest (they do not).
   - Of where a payment goes this need not have been agreed, and is taken: the order (penalty, compound interest, fees, interest, principal); whether installments come one after the other (the oldest first); money beyond what is due (for the next installments); what a credit pays (what falls due).
   - The yearly cost of the loan as the law of your country defines it (APR) is not stated here."""

CHINESE = """\
借款合同要点

1. 放款
   - 2026年1月15日放款，借款人实收10,000.00元。

2. 还款
   - 等额本息：共12期，每期还款额相同，包含本金和利息。
   - 2026年2月15日至2026年12月15日共11次，每次还款888.49元。
   - 2027年1月15日，还款888.47元。
   - 合计还款10,661.86元：本金10,000.00元、利息661.86元。

3. 计息
   - 固定利率：年利率12%。
   - 利息按剩余本金计收。
   - 计息基准1/12：按整月计息，每月为一年的十二分之一，不论当月天数。

4. 还款日
   - 每月还款一次，首个还款日为2026年2月15日，还款日为当月15日。

5. 取整与尾差
   - 利息四舍五入到0.01元，每期取整一次。
   - 尾差由最后一期承担。

6. 费用与税
   - 无费用。

7. 逾期
   - 合同条款未列罚息和逾期收费。

8. 提前还款
   - 申请提前归还部分本金的，每期还款额不变，缩短还款期限。
   - 在还款日前几天提前支付当期款项的，利息不减少。
   - 提前归还的本金，利息算至还款当日。
   - 全部提前还清的，以后各期利息不再收取。
   - 合同条款未列提前还款的收费。

9. 还款冲抵顺序
   - 还款依次冲抵逾期款项、当日到期款项、未到期款项；各款项内依次为罚息、复利、费用、利息、本金。
   - 逐期冲抵：还清最早一期的上述各项后，再冲抵下一期。
   - 超出到期应还的部分，依次支付以后各期。
   - 溢缴款用于支付到期款项。

10. 未约定事项
   - 计息基准未约定：此处依利率单位，按整月计息，每月为一年的十二分之一，不论当月天数。
   - 还款日为非工作日时如何处理未约定：此处还款日不变。
   - 取整规则可能未约定：此处四舍五入到货币最小单位。
   - 每期还款额如何取整可能未约定：此处与利息相同。
   - 尾差由哪一期承担可能未约定：此处由最后一期承担。
   - 逾期费用（罚息、违约金）未约定：此处不计。
   - 何种情形下全部借款提前到期，不在合同条款之内。
   - 是否允许提前还款未约定。提前还款的以下事项可能未约定，此处按括号内处理：归还部分本金的后果（缩短期限）、利息算至何日（还款当日）、以后各期利息（不收取）、收费（无）、还款日前几天付款是否减少利息（不减少）。
   - 还款冲抵的以下事项可能未约定，此处按括号内处理：冲抵顺序（罚息、复利、费用、利息、本金）、各期先后（从最早一期起逐期）、超出到期应还的部分（支付以后各期）、溢缴款用途（支付到期款项）。
   - 综合年化成本（年化利率）须按当地监管规定另行测算，此处未列。"""


def test_a_plain_loan_in_both_languages():
    assert str(term_sheet(loan())) == PLAIN
    assert str(term_sheet(loan(), lang="zh")) == CHINESE


def test_the_sheet_is_a_value():
    sheet = term_sheet(loan(), Language.CHINESE)
    assert sheet == term_sheet(loan(), "zh")
    assert sheet.lang is Language.CHINESE
    assert sheet.loan == loan()
    assert len(sheet.sections) == 9
    assert isinstance(sheet.sections[0], Section)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        sheet.title = "another"


def test_the_sheet_as_markdown_and_html():
    sheet = term_sheet(loan(fees=[Fee("<b>*file*</b>", "5")]))
    markdown = sheet.to_markdown()
    assert markdown.startswith(
        "# The loan agreement in plain words\n\n## Money paid out"
    )
    assert r"- \<b\>\*file\*\</b\>: CNY 5.00, paid by you" in markdown
    html = sheet._repr_html_()
    assert "&lt;b&gt;*file*&lt;/b&gt;" in html
    assert html.count("<h4>") == 10


# --- money paid out -----------------------------------------------------------------


def test_what_is_withheld_and_what_is_financed():
    fees = [
        Fee("service", "1%", tax="6%", paid="deducted"),
        Fee("insurance", "50", paid="financed"),
    ]
    english, chinese = both(PAYOUT, discount="100", fees=fees)
    assert english == (
        "On 2026-01-15 you receive CNY 9,794.00.",
        (
            "The loan is CNY 10,000.00. Withheld from it: CNY 100.00 as a discount and"
            " CNY 106.00 for fees and taxes."
        ),
        (
            "You owe CNY 10,050.00, not what you receive, and interest is charged on what"
            " you owe."
        ),
        (
            "Fees and taxes of CNY 50.00 are added to the loan: you owe CNY 10,050.00 from"
            " the start."
        ),
    )
    assert chinese == (
        "2026年1月15日放款，借款人实收9,794.00元。",
        "借款金额为10,000.00元，放款时预扣100.00元，放款时扣除费用及税106.00元。",
        "应还本金为10,050.00元，而非实收金额；利息按应还本金计收。",
        "费用及税50.00元计入本金，放款当日的应还本金为10,050.00元。",
    )
    totals = both(REPAYMENT, discount="100", fees=fees)[0][-1]
    # What is withheld is not paid again.
    assert "fees" not in totals


def test_a_premium_and_a_second_payout():
    changes = {
        "discount": "-100",
        "drawdowns": [Drawdown(date(2026, 4, 15), "5000")],
        "day_count": "30/360 CN",
        "currency": "USD",
    }
    english, chinese = both(PAYOUT, **changes)
    assert english[0] == "On 2026-01-15 you receive USD 10,100.00."
    assert english[1] == "USD 100.00 of it is a premium on top of the loan."
    assert english[-1] == (
        "On 2026-04-15 you receive a further USD 5,000.00, which bears interest from"
        " that day."
    )
    assert chinese[1] == "其中USD 100.00为借款金额之外的溢价。"
    assert chinese[-1] == "2026年4月15日再放款USD 5,000.00，自当日起计息。"
    english, chinese = both(REPAYMENT, **changes)
    assert english[1].startswith("It takes into account what is paid out later")
    assert chinese[1] == "还款额自始按全部放款（含以后各次放款）测算。"


# --- repayment ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        (
            {"repayment": LevelPayment(12, balloon="2000")},
            "CNY 2,000.00 of principal is due on top of the last installment.",
            "尾款2,000.00元随最后一期一并偿还。",
        ),
        (
            {"repayment": LevelPayment(12, amortized_over=60)},
            (
                "The installment is worked out as if there were 60; the last of the 12"
                " repays everything that is left."
            ),
            "还款额按60期测算，第12期一次还清剩余本息。",
        ),
        (
            {"repayment": LevelPayment(12, sized_by="30/360 CN")},
            (
                "The size of the installment is worked out by whole months of 30 days and"
                " odd days as they are, over a year of 360 days."
            ),
            "测算还款额时对年对月对日：整月按30天、零头天数按实际天数，一年按360天计。",
        ),
        (
            {"repayment": EqualPrincipal(12, balloon="2000")},
            "12 installments, each repaying the same share of principal.",
            "等额本金：共12期，每期归还相同的本金。",
        ),
        (
            {
                "repayment": EqualPrincipal(12),
                "day_count": "30/360 CN",
                "drawdowns": [Drawdown(date(2026, 4, 15), "5000")],
            },
            (
                "Where more is paid out or interest joins the loan on the way, the shares"
                " that are left are worked out anew."
            ),
            "期间再放款或利息转入本金的，剩余各期应还本金重新计算。",
        ),
        (
            {"repayment": InterestOnly(1)},
            "1 installment of interest alone; the whole principal is due with the last.",
            "先息后本：共1期，每期只付利息，本金随最后一期一次还清。",
        ),
        (
            {"repayment": SinglePayment(6)},
            "You repay once, at the end: principal and all interest together.",
            "到期一次还本付息：期末一次还清全部本金和利息。",
        ),
        (
            {"repayment": FixedPayment("900")},
            (
                "You pay CNY 900.00 in every installment, interest first, until the loan is"
                " repaid; the last installment clears it."
            ),
            "定额还款：每期还款900.00元，先付利息、后还本金，直至还清；最后一期还清余额。",
        ),
        (
            {"repayment": FixedPayment("500", 3)},
            (
                "You pay CNY 500.00 in every installment, interest first; the last of 3"
                " installments clears the loan."
            ),
            "定额还款：每期还款500.00元，先付利息、后还本金；共3期，最后一期还清余额。",
        ),
        (
            {"repayment": FixedPrincipal("10%")},
            (
                "Every installment repays 10% of the loan, until the loan is repaid; the"
                " last installment clears it."
            ),
            "定额还本：每期归还借款本金的10%，直至还清；最后一期还清余额。",
        ),
        (
            {"repayment": FixedPrincipal("5000", 2)},
            (
                "Every installment repays CNY 5,000.00; the last of 2 installments clears"
                " the loan."
            ),
            "定额还本：每期归还本金5,000.00元；共2期，最后一期还清余额。",
        ),
        (
            {"repayment": GraduatedPayment(24, "5%")},
            (
                "24 installments that grow by 5% after every 12 installments; the last"
                " clears the loan."
            ),
            "递增还款：共24期，每12期还款额递增5%，最后一期还清余额。",
        ),
        (
            {"repayment": GraduatedPayment(24, "-5%", every=1)},
            (
                "24 installments that fall by 5% after every 1 installment; the last clears"
                " the loan."
            ),
            "递减还款：共24期，每1期还款额递减5%，最后一期还清余额。",
        ),
        (
            {"repayment": SteppedPayment([(1, "500"), (11, None)])},
            "Installments 2 to 12: the same amount, which repays the loan, each.",
            "第2期至第12期：每期还款额相同，按还清借款测算。",
        ),
        (
            {"repayment": SteppedPayment([(1, "500"), (11, None)])},
            "Installment 1: CNY 500.00 each.",
            "第1期：每期500.00元。",
        ),
        (
            {"repayment": PrincipalAmounts(["4000", "6000"])},
            "2 installments, repaying this principal in turn: CNY 4,000.00, CNY 6,000.00.",
            "按约定金额还本：共2期，各期本金依次为4,000.00元、6,000.00元。",
        ),
        (
            {"rate": None, "repayment": FlatFee(12, "7.5%")},
            (
                "12 installments of equal principal. In place of interest there is a fee of"
                " 7.5% of the loan for the whole plan, due in equal shares with the"
                " installments."
            ),
            (
                "分期还款：共12期，每期归还相同的本金；不计利息，全程手续费为借款本金的7.5%，"
                "随各期平均收取。"
            ),
        ),
        (
            {
                "rate": None,
                "repayment": FlatFee(
                    12, "0.6%", fee_for="installment", charged="first"
                ),
            },
            (
                "12 installments of equal principal. In place of interest there is a fee of"
                " 0.6% of the loan for each installment, all of it due with the first"
                " installment."
            ),
            (
                "分期还款：共12期，每期归还相同的本金；不计利息，每期手续费为借款本金的0.6%，"
                "随首期一次收取。"
            ),
        ),
        (
            {"repayment": AddOnInterest(12)},
            "Every installment holds the same interest.",
            "各期所含利息相同。",
        ),
        (
            {"repayment": AddOnInterest(12, earned="rule_of_78")},
            "Principal and interest are paid in 12 equal installments.",
            "利息按78法则（年数总和法）分摊：前期利息多、后期利息少，中途已还本金少于平均分摊。",
        ),
        (
            {"repayment": LevelPayment(12, shortfall="capitalize")},
            (
                "Where an installment does not cover its interest, the rest of the interest"
                " is added to what you owe."
            ),
            "某期还款额不足以支付当期利息的，不足部分计入本金。",
        ),
        (
            {"repayment": EqualPrincipal(12)},
            (
                "12 payments from 2026-02-15 to 2027-01-15, each from CNY 841.70 to"
                " CNY 933.33; the schedule lists them."
            ),
            "2026年2月15日至2027年1月15日共还款12次，每次841.70元至933.33元，详见还款计划表。",
        ),
    ],
)
def test_every_method(changes, english, chinese):
    in_english, in_chinese = both(REPAYMENT, **changes)
    assert english in in_english
    assert chinese in in_chinese


@pytest.mark.parametrize(
    ("holiday", "english", "chinese"),
    [
        (
            Holiday(2, 1, "principal"),
            "Exception for installment 2: no principal is due, interest is as usual.",
            "例外：第2期不还本金，照常付息。",
        ),
        (
            Holiday(1, 3, "payment", interest="capitalize"),
            "Exception for installments 1 to 3: neither principal nor interest is due; the interest is added to what you owe.",
            "例外：第1期至第3期不还本金，不付利息，期间利息计入本金。",
        ),
        (
            Holiday(2, 1, "payment", interest="carry"),
            (
                "Exception for installment 2: neither principal nor interest is due; the"
                " interest is due later, and bears none itself."
            ),
            "例外：第2期不还本金，不付利息，期间利息顺延至以后支付，本身不再计息。",
        ),
        (
            Holiday(1, 2, "interest", interest="waive"),
            (
                "Exception for installments 1 to 2: principal is due, no interest; no"
                " interest is charged for that time."
            ),
            "例外：第1期至第2期照还本金，不付利息，期间免息。",
        ),
    ],
)
def test_holidays(holiday, english, chinese):
    in_english, in_chinese = both(REPAYMENT, holidays=[holiday])
    assert english in in_english
    assert chinese in in_chinese


def test_payments_of_nothing_and_capitalized_interest():
    holidays = [Holiday(1, 3, "payment", interest="capitalize")]
    english, chinese = both(REPAYMENT, holidays=holidays)
    assert "Nothing is due on 3 dates, from 2026-02-15 to 2026-04-15." in english
    assert "2026年2月15日至2026年4月15日共3次无需还款。" in chinese
    # 10000 * (1.01 ** 3 - 1) = 303.01
    assert (
        "CNY 303.01 of that principal is interest that joins the loan on the way."
    ) in english
    assert "上述本金中有303.01元为期间转入本金的利息。" in chinese
    once = [Holiday(1, 1, "payment", interest="capitalize")]
    english, chinese = both(REPAYMENT, holidays=once)
    assert "Nothing is due on 2026-02-15." in english
    assert "2026年2月15日无需还款。" in chinese


def test_a_deducted_fee_is_no_payment():
    """With and without a payment of its own on the day of disbursement."""
    deducted = Fee("service", "100", paid="deducted")
    english, _ = both(REPAYMENT, fees=[deducted])
    assert english[1] == (
        "11 payments of CNY 888.49 each, from 2026-02-15 to 2026-12-15."
    )
    english, _ = both(REPAYMENT, fees=[deducted, Fee("file", "5")])
    assert english[1] == "1 payment of CNY 5.00 on 2026-01-15."
    assert english[-1].endswith("CNY 5.00 fees and taxes.")


@pytest.mark.parametrize("change", RateChange)
def test_what_a_rate_change_changes(change):
    terms = LevelPayment(12, on_rate_change=change)
    changes = {"rate": STEPPED, "repayment": terms, "day_count": "30/360 CN"}
    english, chinese = both(REPAYMENT, **changes)
    assert en_repayment._RATE_CHANGES[change] in english
    assert zh_repayment._RATE_CHANGES[change] in chinese


# --- interest -----------------------------------------------------------------------


def test_rates_and_their_conversion():
    english, chinese = both(INTEREST, rate=Rate("1%/month"))
    assert english[0] == (
        "For the whole term the rate is 1% a month, that is 12% a year (12 times)."
    )
    assert chinese[0] == "固定利率：月利率1%，按12个月折算为年利率12%（单利）。"
    english, chinese = both(INTEREST, rate=Rate("0.05%/day"), day_count="ACT/360")
    assert "that is 18% a year (for a year of 360 days)" in english[0]
    assert "按一年360天折算为年利率18%" in chinese[0]
    assert english[2].startswith("Days are counted as in ACT/360 (the actual days")
    assert chinese[2].startswith("天数按ACT/360计算（按实际天数计息")
    english, chinese = both(INTEREST, rate=Rate("0.05%/day"))
    assert english[0] == "For the whole term the rate is 0.05% a day."
    assert english[2] == "Time is counted by actual days, each bearing the daily rate."
    assert chinese[2] == "按实际天数逐日计息，每日适用日利率。"
    english, _ = both(INTEREST, rate=Rate("0.05%/day"), day_count="ACT/ACT ISDA")
    assert english[0] == "For the whole term the rate is 0.05% a day."


def test_interest_on_the_original_amount_and_none_at_all():
    english, chinese = both(INTEREST, repayment=AddOnInterest(12))
    assert "however much has been repaid" in english[1]
    assert chinese[1] == "利息按全部借款本金和整个期限计收，不随已还本金减少。"
    english, chinese = both(INTEREST, rate=None, repayment=FlatFee(12, "7.5%"))
    assert english == ("There is no interest; a fee takes its place.",)
    assert chinese == ("不计利息，以手续费代替。",)


def test_rates_that_change():
    changes = {"rate": STEPPED, "day_count": "30/360 CN"}
    english, chinese = both(INTEREST, **changes)
    assert english[:2] == (
        "At first the rate is 1% a month, that is 12% a year (12 times).",
        "From 2026-05-15 the rate is 0.9% a month, that is 10.8% a year (12 times).",
    )
    assert chinese[1] == (
        "自2026年5月15日起为月利率0.9%，按12个月折算为年利率10.8%（单利）。"
    )


def test_parts_of_whole_months():
    said = "A part of a period has the share of the period's actual days."
    english, chinese = both(INTEREST, rate=STEPPED, day_count="1/12")
    assert english[-2] == said
    assert chinese[-2] == "期内分段时，各段按实际天数占该期实际天数的比例计算。"
    # The parts count days, so that it matters which of them bear interest.
    assert english[-1] == en_interest._HEAD_TAIL[HeadTail.HEAD]
    assert chinese[-1] == zh_interest._HEAD_TAIL[HeadTail.HEAD]
    assert said not in both(INTEREST, day_count="1/12")[0]
    assert said not in both(INTEREST, rate=STEPPED)[0]


def test_a_floating_rate():
    rate = FloatingRate(
        LPR,
        "-39bp",
        multiplier="1.1",
        resets="yearly",
        first_reset=date(2027, 1, 1),
        next_rate=Rate("3%/year"),
        floor="1%",
        cap="6%",
        fixing_days=2,
    )
    english, chinese = both(INTEREST, rate=rate, day_count="30/360 CN")
    # 3.5 % * 1.1 - 0.39 % = 3.46 %
    assert english[:7] == (
        "The rate floats: it is 110% of the index LPR (NIFC) minus 0.39 percentage points.",
        "Until the first reset it is 3.46% a year.",
        "It is reset every year, first on 2027-01-01.",
        "At the first reset it is 3% a year.",
        "The index is the latest one published up to 2 days before the reset.",
        "The rate that the index gives is never below 1%.",
        "The rate that the index gives is never above 6%.",
    )
    assert chinese[:7] == (
        "浮动利率：按LPR（NIFC）的110%减0.39个百分点确定。",
        "首个重定价日之前为年利率3.46%。",
        "每年重定价一次，首个重定价日为2027年1月1日。",
        "首个重定价日起为年利率3%。",
        "定价基准取截至重定价日前2天最近一次公布的数值。",
        "按定价基准确定的利率下限为1%。",
        "按定价基准确定的利率上限为6%。",
    )


def test_a_floating_rate_of_few_words():
    index = attrs.evolve(LPR, source="")
    rate = FloatingRate(index, "1%", resets=[date(2026, 7, 1)], initial=Rate("4%/year"))
    changes = {"rate": rate, "day_count": "30/360 CN"}
    english, chinese = both(INTEREST, **changes)
    assert english[:4] == (
        "The rate floats: it is the index LPR plus 1 percentage point.",
        "Until the first reset it is 4% a year.",
        "It is reset on the 1 agreed date.",
        "The index is the latest one published up to the reset.",
    )
    assert chinese[0] == "浮动利率：按LPR加1个百分点确定。"
    assert chinese[2] == "按约定的1个日期重定价。"
    opened, in_chinese = left_open(**changes)
    assert "There is no lowest rate." in opened
    assert "未约定利率上限：还款额可能持续上升。" in in_chinese
    plain = FloatingRate(index, resets=[date(2026, 7, 1)])
    assert both(INTEREST, rate=plain, day_count="30/360 CN")[0][0] == (
        "The rate floats: it is the index LPR."
    )


@pytest.mark.parametrize("rule", HeadTail)
def test_end_days(rule):
    english, chinese = both(INTEREST, day_count="ACT/360", head_tail=rule)
    assert english[-1] == en_interest._HEAD_TAIL[rule]
    assert chinese[-1] == zh_interest._HEAD_TAIL[rule]
    opened, _ = left_open(day_count="ACT/360", head_tail=rule)
    assert any("end days" in line for line in opened) is (rule is HeadTail.HEAD)


def test_interest_on_dates_of_its_own():
    term = InterestPayments(
        "monthly", first_due=date(2026, 2, 20), capitalized_until=date(2026, 3, 20)
    )
    changes = {
        "repayment": EqualPrincipal(2),
        "day_count": "ACT/360",
        "first_due": date(2026, 6, 20),
        "interest_payments": term,
    }
    english, chinese = both(INTEREST, **changes)
    assert english[-2:] == (
        (
            "Interest falls due every month, first on 2026-02-20, and with the last"
            " installment."
        ),
        (
            "Up to 2026-03-20 interest is not paid but added to what you owe, and bears"
            " interest itself."
        ),
    )
    assert chinese[-2:] == (
        "每月结息，首个结息日为2026年2月20日，最后一期利随本清。",
        "2026年3月20日及之前的利息不支付，到结息日转入本金并继续计息。",
    )
    changes["interest_payments"] = InterestPayments([date(2026, 4, 1)])
    english, chinese = both(INTEREST, **changes)
    assert english[-1].startswith("Interest falls due on the 1 agreed date, and with")
    assert chinese[-1] == "按约定的1个日期结息，最后一期利随本清。"
    advance = {"repayment": InterestOnly(2)}
    advance["interest_payments"] = InterestPayments(in_advance=True)
    english, chinese = both(INTEREST, **advance)
    assert english[-1].startswith("Interest is paid in advance")
    assert chinese[-1] == "利息预收：各期利息于期初支付，首期利息于放款当日支付。"


# --- due dates ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        (
            {"every": "weekly", "day_count": "ACT/360"},
            "Installments fall due every week, the first on 2026-01-22.",
            "每周还款一次，首个还款日为2026年1月22日。",
        ),
        (
            {"every": "P10D", "day_count": "ACT/360"},
            "Installments fall due every 10 days, the first on 2026-01-25.",
            "每10天还款一次，首个还款日为2026年1月25日。",
        ),
        (
            {"every": "P5M"},
            (
                "Installments fall due every 5 months, the first on 2026-06-15, on day 15"
                " of the month."
            ),
            "每5个月还款一次，首个还款日为2026年6月15日，还款日为当月15日。",
        ),
        (
            {
                "every": [date(2026, 3, 1), date(2026, 5, 1)],
                "repayment": LevelPayment(2),
                "day_count": "ACT/360",
            },
            "Installments fall due on the 2 agreed dates, the first on 2026-03-01.",
            "按约定的2个日期还款，首个还款日为2026年3月1日。",
        ),
        (
            {"disbursed": date(2026, 1, 31)},
            (
                "Installments fall due every month, the first on 2026-02-28, on day 31 of"
                " the month, or on the last day of a shorter month."
            ),
            (
                "每月还款一次，首个还款日为2026年2月28日，还款日为当月31日，"
                "当月无该日的为当月最后一日。"
            ),
        ),
        (
            {"disbursed": date(2026, 1, 31), "end_of_month": True},
            (
                "Installments fall due every month, the first on 2026-02-28, always on the"
                " last day of the month."
            ),
            "每月还款一次，首个还款日为2026年2月28日，以后均为当月最后一日。",
        ),
        (
            {"repayment": SinglePayment(6)},
            "The repayment falls due on 2026-07-15.",
            "还款日为2026年7月15日。",
        ),
        (
            {"last_due": date(2027, 1, 20), "day_count": "ACT/360"},
            "The last installment is due on 2027-01-20, whatever the step.",
            "最后一期还款日为2027年1月20日，不按还款周期推算。",
        ),
        (
            {
                "repayment": LevelPayment(1),
                "first_due": date(2026, 3, 29),
                "last_due": date(2026, 1, 30),
                "day_count": "ACT/360",
            },
            "The only installment is due on 2026-01-30.",
            "唯一一期还款日为2026年1月30日。",
        ),
        (
            {"first_due": date(2026, 1, 15)},
            (
                "Installments are due at the start of each period: the first on the day the"
                " money is paid out, without interest."
            ),
            "期初还款：每期还款日为期初，首期于放款当日偿还，不含利息。",
        ),
        (
            {"first_due": date(2026, 2, 1), "day_count": "ACT/360"},
            "The first period is shorter than the others, from 2026-01-15 to 2026-02-01.",
            "首期（2026年1月15日至2026年2月1日）短于其他各期。",
        ),
    ],
)
def test_due_dates(changes, english, chinese):
    in_english, in_chinese = both(DATES, **changes)
    assert english in in_english
    assert chinese in in_chinese


@pytest.mark.parametrize("broken", BrokenPeriod)
def test_a_longer_first_period(broken):
    changes = {
        "first_due": date(2026, 3, 1),
        "day_count": "ACT/360",
        "broken_period": broken,
    }
    english, chinese = both(DATES, **changes)
    assert english[1] == (
        "The first period is longer than the others, from 2026-01-15 to 2026-03-01:"
        f" {en_dates._BROKEN[broken]}."
    )
    assert chinese[1].endswith(f"长于其他各期：{zh_dates._BROKEN[broken]}。")
    opened, _ = left_open(**changes)
    counted = broken is BrokenPeriod.COUNTED
    assert any("odd first period" in line for line in opened) is counted


def test_days_off():
    term = BusinessDays("following", WEEKENDS)
    english, chinese = both(DATES, day_count="ACT/360", business_days=term)
    assert english[1:] == (
        "A due date on a day off moves to the next business day (calendar: weekends).",
        "Interest runs to the date as moved.",
    )
    assert chinese[1:] == (
        "还款日为非工作日的，节假日顺延，即顺延至下一工作日（日历：周末休息）。",
        "利息计算到调整后的还款日。",
    )
    mine = HolidayCalendar("mine", [date(2026, 10, 1)], known_through=None)
    stays = BusinessDays("unadjusted", mine, interest="unadjusted")
    english, chinese = both(DATES, business_days=stays)
    assert english[1:] == (
        "A due date on a day off stays where it is (calendar: mine).",
    )
    assert chinese[1:] == ("还款日为非工作日的，还款日不变（日历：mine）。",)
    unmoved = BusinessDays("preceding", NONE, interest="unadjusted")
    english, chinese = both(DATES, business_days=unmoved)
    assert english[2].endswith("only the payment moves.")
    assert "日历：无休息日" in chinese[1]
    assert not any("day off" in line for line in left_open(business_days=unmoved)[0])


# --- rounding and residue -----------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        (
            {"repayment": LevelPayment(12, rounding=Rounding("ceiling", unit="1"))},
            "The installment is rounded up to the next CNY 1.00.",
            "每期还款额向上取整到1.00元。",
        ),
        (
            {"rate": None, "repayment": FlatFee(12, "1%", fee_rounding="half_even")},
            "The fee is rounded to the nearest CNY 0.01, a half to the even one.",
            "手续费四舍六入五成双到0.01元。",
        ),
        (
            {"rate": None, "repayment": FlatFee(12, "1%"), "rounding": "down"},
            "Shares of principal are rounded down to a full CNY 0.01, towards zero.",
            "各期本金只舍不入，截去0.01元以下的零头。",
        ),
        (
            {"repayment": AddOnInterest(12), "rounding": "up", "currency": "JPY"},
            (
                "The whole interest, and every share, is rounded up to the next JPY 1, away"
                " from zero."
            ),
            "全程利息和各期金额均只入不舍，不足JPY 1的进为JPY 1。",
        ),
        (
            {"rounding": Rounding.unrounded(8)},
            "Interest is rounded to 8 decimals, a half to the even one, once in each period.",
            "利息四舍六入五成双，保留8位小数，每期取整一次。",
        ),
        (
            {"repayment": LevelPayment(12, residue="first")},
            (
                "The first installment takes what rounding leaves over, so that the last is"
                " as near to the others as can be."
            ),
            "尾差由首期承担，使最后一期尽可能接近其他各期。",
        ),
        (
            {"repayment": LevelPayment(12, residue="spread")},
            (
                "Installments are rounded down to a full CNY 0.01, and the first few are"
                " CNY 0.01 more, so that what rounding leaves over is spread; the last"
                " clears the loan."
            ),
            "还款额向下取整到0.01元，尾差由前若干期各多还0.01元承担，最后一期还清余额。",
        ),
        (
            {"repayment": LevelPayment(12, residue="second_pass")},
            (
                "Where the last installment would differ by much, all are moved a little to"
                " make it differ less; the last takes what then is left over."
            ),
            "最后一期相差较大时，先微调各期还款额以缩小差额，余下尾差由最后一期承担。",
        ),
        (
            {"repayment": EqualPrincipal(12)},
            "The last installment takes what rounding leaves over of the shares.",
            "分摊产生的尾差由最后一期承担。",
        ),
        (
            {"repayment": EqualPrincipal(12, residue="first")},
            "The first installment takes what rounding leaves over of the shares.",
            "分摊产生的尾差由首期承担。",
        ),
        (
            {"repayment": AddOnInterest(12, residue="spread")},
            "Shares are rounded down, and the first few are one unit more.",
            "各期向下取整，尾差由前若干期各多还一个最小单位承担。",
        ),
        (
            {"repayment": FixedPayment("900")},
            "The last installment takes what rounding leaves over.",
            "尾差由最后一期承担。",
        ),
        (
            {"repayment": InterestOnly(3)},
            "No installment is a rounded share, so rounding leaves nothing over.",
            "各期金额不是平均分摊所得，不产生尾差。",
        ),
    ],
)
def test_rounding(changes, english, chinese):
    in_english, in_chinese = both(ROUNDING, **changes)
    assert english in in_english
    assert chinese in in_chinese


# --- fees ---------------------------------------------------------------------------


def test_fees():
    fees = [
        Fee("service", "1%", tax="6%", paid="deducted"),
        Fee("guarantee", "0.2%", of="outstanding", due="installments"),
        Fee("account", "3", due="installments", every=3, rounding="up"),
        Fee("appraisal", "80", due=date(2026, 3, 1)),
        Fee("care", "1%", of="installment_principal", due="installments"),
    ]
    english, chinese = both(FEES, fees=fees)
    assert english == (
        (
            "service: 1% of the amount lent, withheld from what you receive on the day the"
            " money is paid out. Tax of 6% of the fee is due with it."
        ),
        (
            "guarantee: 0.2% of what you owe as the period begins, due with every"
            " installment."
        ),
        (
            "account: CNY 3.00, due with installments 3, 6 and so on. It is rounded up to"
            " the next CNY 0.01, away from zero."
        ),
        "appraisal: CNY 80.00, due on 2026-03-01.",
        "care: 1% of the principal of the installment, due with every installment.",
    )
    assert chinese == (
        "service：借款金额的1%，放款时从放款金额中扣除。另按费用的6%计收税款。",
        "guarantee：期初剩余本金的0.2%，随每期收取。",
        "account：3.00元，每3期收取一次。金额只入不舍，不足0.01元的进为0.01元。",
        "appraisal：80.00元，2026年3月1日收取。",
        "care：当期应还本金的1%，随每期收取。",
    )


def test_no_fees_beside_the_flat_one():
    english, chinese = both(FEES, rate=None, repayment=FlatFee(12, "7.5%"))
    assert english == ("There are no fees beside the one of the installments.",)
    assert chinese == ("除分期手续费外，无其他费用。",)


# --- what is left open --------------------------------------------------------------


def test_a_daily_rate_leaves_the_year_open():
    english, chinese = left_open(rate=Rate("0.04%/day"))
    assert english[:2] == (
        (
            "No day count is stated. What follows from the rate is taken: actual days,"
            " since the rate is per day."
        ),
        (
            "The rate per year depends on the days that a year is taken to have: 14.4% with"
            " 360 days, 14.6% with 365."
        ),
    )
    assert chinese[:2] == (
        "计息基准未约定：此处依利率单位，按实际天数逐日计息。",
        "年利率取决于一年按多少天折算，未约定：按360天为14.4%，按365天为14.6%。",
    )


def test_a_stepped_daily_rate_leaves_it_open_too():
    rate = SteppedRate(Rate("0.04%/day"), {date(2026, 5, 1): Rate("0.03%/day")})
    english, chinese = left_open(rate=rate)
    assert english[1] == (
        "The rate per year depends on the days that a year is taken to have."
    )
    assert chinese[1] == "年利率取决于一年按多少天折算，未约定。"


# --- completeness -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "members"),
    [
        (en_words.DAY_COUNTS, DAY_COUNTS),
        (zh_words.DAY_COUNTS, DAY_COUNTS),
        (en_words.UNITS, RateUnit),
        (zh_words.UNITS, RateUnit),
        (en_words._MODES, RoundingMode),
        (zh_words._MODES, RoundingMode),
        (en_dates._RULES, BusinessDayRule),
        (zh_dates._RULES, BusinessDayRule),
        (en_dates._BROKEN, BrokenPeriod),
        (zh_dates._BROKEN, BrokenPeriod),
        (en_dates._INTEREST_DATES, InterestDates),
        (zh_dates._INTEREST_DATES, InterestDates),
        (en_interest._HEAD_TAIL, HeadTail),
        (zh_interest._HEAD_TAIL, HeadTail),
        (en_repayment._RATE_CHANGES, RateChange),
        (zh_repayment._RATE_CHANGES, RateChange),
        (en_charges._BASES, FeeOf),
        (zh_charges._BASES, FeeOf),
        (en_charges._PAID, FeePaid),
        (zh_charges._PAID, FeePaid),
    ],
)
def test_every_choice_has_its_words(table, members):
    assert set(table) == set(members)


def test_every_open_point_has_its_words():
    worked_out = {
        OpenPoint.DAY_COUNT,
        OpenPoint.DAYS_IN_YEAR,
        OpenPoint.PENALTY,
        OpenPoint.EARLY,
        OpenPoint.ORDER,
    }
    for module in (en_openings, zh_openings):
        assert set(module._LINES) == set(OpenPoint) - worked_out
        assert list(module._DETAILS) == list(Detail)


def test_the_languages_have_the_same_modules_and_functions():
    for path in Path(en_words.__file__).parent.glob("*.py"):
        other = Path(zh_words.__file__).parent / path.name
        names = [
            {
                node.name
                for node in ast.parse(file.read_text(encoding="utf-8")).body
                if isinstance(node, ast.FunctionDef)
            }
            for file in (path, other)
        ]
        assert names[0] ^ names[1] <= {"times", "listed", "day_words", "_amount"}, path


def test_no_sentence_is_left_in_the_other_language():
    for repayment in (LevelPayment(12), EqualPrincipal(3), SinglePayment(6)):
        sheet = term_sheet(loan(repayment=repayment))
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in str(sheet))


def test_amounts_of_a_share_are_exact():
    third = FixedPrincipal(Fraction(1, 3), 3)
    english, _ = both(REPAYMENT, repayment=third)
    assert english[0].startswith("Every installment repays 100/3% of the loan")


def test_doors():
    with pytest.raises(InputTypeError, match="loan"):
        term_sheet("loan")
    with pytest.raises(UnknownNameError, match="'en', 'zh'"):
        term_sheet(loan(), "fr")
    with pytest.raises(InputTypeError):
        term_sheet(loan(), lang=1)
    with pytest.raises(ScheduleError):
        term_sheet(loan(repayment=FixedPayment("10")))


def test_terms_and_schedules_do_not_import_it():
    code = (
        "import sys, loanmath.terms, loanmath.schedule;"
        "rooms = ('solving', 'analysis', 'term_sheet');"
        "print([room for room in rooms if 'loanmath.' + room in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("place", "english", "chinese"),
    [
        ("segment", "in each part of a period with one rate", "分段取整"),
        ("day", "for every single day", "按日取整后乘以天数"),
    ],
)
def test_where_interest_is_rounded(place, english, chinese):
    known = loan(interest_rounded=place, day_count="ACT/365F")
    assert english in str(term_sheet(known))
    assert chinese in str(term_sheet(known, "zh"))


def test_add_on_interest_by_time():
    known = loan(repayment=AddOnInterest(3, earned="by_time"))
    assert "what its own days earn" in str(term_sheet(known))
    assert "本期天数" in str(term_sheet(known, "zh"))
