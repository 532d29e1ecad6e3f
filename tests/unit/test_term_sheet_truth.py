"""Sentences of the sheet, beside the schedule that they are about."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath.calendars import WEEKENDS, HolidayCalendar
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.term_sheets import term_sheet
from loanmath.terms import (
    AddOnInterest,
    BusinessDays,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPrincipal,
    FlatFee,
    FloatingRate,
    Holiday,
    Index,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    LateCharge,
    LevelPayment,
    PrincipalAmounts,
    Servicing,
    SinglePayment,
    SteppedRate,
)

PAYOUT, REPAYMENT, INTEREST, DATES, ROUNDING, FEES = range(6)
IN_ADVANCE = InterestPayments(in_advance=True)
DEDUCTED = Fee("service", "100", paid="deducted")
FINANCED = Fee("insurance", "1000", paid="financed")
BASE = {
    "currency": "CNY",
    "principal": "12000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("6%/year"),
    "repayment": LevelPayment(12),
}


def loan(**changes):
    return InstallmentLoan(**(BASE | changes))


def both(section, **changes):
    """The lines of one section, in English and in Chinese."""
    terms = loan(**changes)
    return tuple(
        term_sheet(terms, lang).sections[section].lines for lang in ("en", "zh")
    )


def opened(**changes):
    terms = loan(**changes)
    return tuple(" ".join(term_sheet(terms, lang).left_open) for lang in ("en", "zh"))


def paid(**changes):
    """Due date, principal and interest of every row."""
    return [
        (row.due, row.principal, row.interest) for row in loan(**changes).schedule()
    ]


# --- interest that is not due with principal ----------------------------------------


@pytest.mark.parametrize(
    ("interest", "english", "chinese", "before"),
    [
        (
            InterestPayments("quarterly"),
            "You repay the principal once, at the end; interest is paid before, too.",
            "到期一次还本：本金于期末一次还清，期间另付利息。",
            "180.00",
        ),
        (
            IN_ADVANCE,
            "You repay the principal once, at the end; interest is paid in advance.",
            "到期一次还本：本金于期末一次还清，利息预先支付。",
            "362.00",
        ),
        (
            InterestPayments("quarterly", capitalized_until=date(2026, 4, 15)),
            "You repay once, at the end: principal and all interest together.",
            "到期一次还本付息：期末一次还清全部本金和利息。",
            "0.00",
        ),
        (
            None,
            "You repay once, at the end: principal and all interest together.",
            "到期一次还本付息：期末一次还清全部本金和利息。",
            "0.00",
        ),
    ],
)
def test_a_single_payment_and_its_interest(interest, english, chinese, before):
    changes = {
        "repayment": SinglePayment(6),
        "day_count": "ACT/360",
        "interest_payments": interest,
    }
    in_english, in_chinese = both(REPAYMENT, **changes)
    assert in_english[0] == english
    assert in_chinese[0] == chinese
    *earlier, last = paid(**changes)
    assert sum(row[2] for row in earlier) == Decimal(before)
    in_english, in_chinese = both(DATES, **changes)
    what, name = ("repayment", "还款日")
    if Decimal(before):
        what, name = ("principal", "还本日")
    assert in_english == (f"The {what} falls due on {last[0]}.",)
    assert in_chinese == (f"{name}为2026年7月15日。",)


def test_interest_alone_in_advance():
    changes = {"repayment": InterestOnly(3), "interest_payments": IN_ADVANCE}
    assert [(row[0].isoformat(), row[2]) for row in paid(**changes)] == [
        ("2026-01-15", Decimal("60.00")),
        ("2026-02-15", Decimal("60.00")),
        ("2026-03-15", Decimal("60.00")),
        ("2026-04-15", Decimal("0.00")),
    ]
    english, chinese = both(REPAYMENT, **changes)
    assert english[0] == (
        "3 installments of interest alone, each for the period that begins; the whole"
        " principal is due as the last period ends."
    )
    assert chinese[0] == (
        "先息后本：共3期，各期利息于期初支付，本金于最后一期期末一次还清。"
    )
    english, chinese = both(DATES, **changes)
    assert english == (
        "Periods end every month, the first on 2026-02-15, on day 15 of the month.",
    )
    assert chinese == ("每月期满一次，首个期末日为2026年2月15日，期末日为当月15日。",)


def test_principal_apart_from_interest_in_advance():
    changes = {"repayment": EqualPrincipal(3), "interest_payments": IN_ADVANCE}
    principal = [row[0] for row in paid(**changes) if row[1]]
    assert principal[0] == date(2026, 2, 15)
    english, chinese = both(DATES, **changes)
    assert english == (
        (
            "Principal falls due every month, the first on 2026-02-15, on day 15 of the"
            " month."
        ),
    )
    assert chinese == ("每月还本一次，首个还本日为2026年2月15日，还本日为当月15日。",)
    english, chinese = both(REPAYMENT, **changes)
    assert english[1] == "Interest on what you still owe is due in advance."
    assert chinese[1] == "利息按剩余本金于期初预付。"
    dates = {
        "every": [date(2026, 3, 1), date(2026, 5, 1)],
        "repayment": EqualPrincipal(2),
        "day_count": "ACT/360",
        "interest_payments": IN_ADVANCE,
    }
    english, chinese = both(DATES, **dates)
    assert english == (
        "Principal falls due on the 2 agreed dates, the first on 2026-03-01.",
    )
    assert chinese == ("按约定的2个日期还本，首个还本日为2026年3月1日。",)


def test_principal_apart_from_interest_on_its_dates():
    changes = {
        "day_count": "30/360 CN",
        "first_due": date(2026, 6, 15),
        "interest_payments": InterestPayments("monthly"),
    }
    for repayment in (
        EqualPrincipal(3),
        FixedPrincipal("4000", 3),
        PrincipalAmounts(["4000", "4000", "4000"]),
    ):
        rows = paid(repayment=repayment, **changes)
        assert [row[1] for row in rows[:4]] == [0] * 4
        assert [row[2] for row in rows[:4]] == [Decimal("60.00")] * 4
        english, chinese = both(REPAYMENT, repayment=repayment, **changes)
        assert english[1] == (
            "Interest on what you still owe is due on dates of its own."
        )
        assert chinese[1] == "利息按剩余本金另行结息。"
        english, chinese = both(INTEREST, repayment=repayment, **changes)
        assert english[-1] == (
            "Interest falls due every month, and with the last installment."
        )
        assert chinese[-1] == "每月结息，最后一期利随本清。"


# --- the first period ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        (
            {
                "repayment": LevelPayment(3),
                "interest_payments": InterestPayments(
                    "P2M", capitalized_until=date(2026, 5, 15)
                ),
            },
            # 120.00 and 121.20 of it joined the principal before.
            "61.21",
        ),
        (
            {
                "repayment": EqualPrincipal(3),
                "interest_payments": InterestPayments("monthly"),
            },
            "60.00",
        ),
        ({"repayment": AddOnInterest(3)}, "140.00"),
        ({"repayment": AddOnInterest(3, earned="rule_of_78")}, "210.00"),
    ],
)
def test_a_longer_first_period_that_its_installment_does_not_pay_for(changes, first):
    changes = {"first_due": date(2026, 6, 15), "day_count": "30/360 CN"} | changes
    due = [row for row in paid(**changes) if row[0] == date(2026, 6, 15)]
    # Five months of interest are 300.00.
    assert due[0][2] == Decimal(first) < 300
    english, chinese = both(DATES, **changes)
    assert english[1] == (
        "The first period is longer than the others, from 2026-01-15 to 2026-06-15."
    )
    assert chinese[1] == "首期（2026年1月15日至2026年6月15日）长于其他各期。"
    in_english, in_chinese = opened(**changes)
    assert "odd first period" not in in_english
    assert "首期不足或超过一期" not in in_chinese


def test_a_longer_first_period_that_its_installment_pays_for():
    changes = {
        "first_due": date(2026, 6, 15),
        "day_count": "30/360 CN",
        "repayment": AddOnInterest(3, earned="by_time"),
    }
    assert paid(**changes)[0][2] == Decimal("300.00")
    english, chinese = both(DATES, **changes)
    assert english[1].endswith("its interest is paid with the first installment.")
    assert chinese[1].endswith("利息随首期支付。")


def test_payments_pay_interest_on_every_installment_date():
    changes = {
        "repayment": LevelPayment(3),
        "day_count": "30/360 CN",
        "interest_payments": InterestPayments("P2M", first_due=date(2026, 3, 1)),
    }
    rows = paid(**changes)
    assert all(interest for _, _, interest in rows)
    english, chinese = both(INTEREST, **changes)
    assert english[-1] == (
        "Interest falls due every 2 months, first on 2026-03-01, and with every"
        " installment."
    )
    assert chinese[-1] == "每2个月结息，首个结息日为2026年3月1日，各期还款日同时结息。"


# --- loans whose interest does not follow what is owed ------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"rate": None, "repayment": FlatFee(3, "3%")},
        {"repayment": AddOnInterest(3)},
    ],
)
def test_a_fee_withheld_from_a_loan_with_a_charge(changes):
    english, chinese = both(PAYOUT, fees=[DEDUCTED], **changes)
    assert english[-1] == "You owe CNY 12,000.00, not what you receive."
    assert chinese[-1] == "应还本金为12,000.00元，而非实收金额。"
    assert not any("on what you" in line for line in both(INTEREST, **changes)[0])
    assert not any("剩余本金" in line for line in both(INTEREST, **changes)[1])


def test_days_off_of_a_loan_without_interest():
    term = BusinessDays("following", WEEKENDS)
    changes = {"rate": None, "repayment": FlatFee(3, "3%"), "business_days": term}
    english, chinese = both(DATES, **changes)
    assert len(english) == len(chinese) == 2
    assert not any("Interest" in line for line in english)
    assert not any("利息" in line for line in chinese)


@pytest.mark.parametrize(
    ("earned", "title", "interest"),
    [
        ("level", "等本等息", ["60.00", "60.00", "60.00"]),
        ("by_time", "平息法", ["62.00", "56.00", "62.00"]),
        ("rule_of_78", "平息法", ["90.00", "60.00", "30.00"]),
    ],
)
def test_the_name_of_added_interest(earned, title, interest):
    changes = {"repayment": AddOnInterest(3, earned=earned), "day_count": "ACT/360"}
    if earned != "by_time":
        changes["day_count"] = "30/360 CN"
    assert [str(row[2]) for row in paid(**changes)] == interest
    _, chinese = both(REPAYMENT, **changes)
    assert chinese[0].startswith(f"{title}：")


# --- rounding -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rounding", "english", "chinese", "interest"),
    [
        # 10,049.54 * 0.5 % = 50.2477 in the third period.
        (
            Rounding("ceiling", "0.005"),
            "up to the next CNY 0.005",
            "向上取整到0.005元",
            "50.250",
        ),
        (
            Rounding("down", "0.0001"),
            "down to a full CNY 0.0001, towards zero",
            "只舍不入，截去0.0001元以下的零头",
            "50.2477",
        ),
        (
            Rounding("up", "0.05"),
            "up to the next CNY 0.05, away from zero",
            "只入不舍，不足0.05元的进为0.05元",
            "50.25",
        ),
        (
            Rounding("half_even", "0.5"),
            "to the nearest CNY 0.50, a half to the even one",
            "四舍六入五成双到0.50元",
            "50.00",
        ),
        (
            Rounding.unrounded(6),
            "to 6 decimals, a half to the even one",
            "四舍六入五成双，保留6位小数",
            "50.247709",
        ),
    ],
)
def test_unit_and_mode_of_every_rounding(rounding, english, chinese, interest):
    in_english, in_chinese = both(ROUNDING, rounding=rounding)
    assert in_english[0] == f"Interest is rounded {english}, once in each period."
    assert in_chinese[0] == f"利息{chinese}，每期取整一次。"
    assert str(paid(rounding=rounding)[2][2]) == interest
    fee = Fee("f", "1%", due="installments", rounding=rounding)
    in_english, in_chinese = both(FEES, rounding=rounding, fees=[fee])
    assert in_english[0].endswith(f"It is rounded {english}.")
    assert in_chinese[0].endswith(f"金额{chinese}。")


def test_the_unit_of_a_payment_in_a_loan_that_is_not_rounded():
    terms = LevelPayment(12, rounding=Rounding("ceiling", "1"))
    english, chinese = both(ROUNDING, rounding=Rounding.unrounded(), repayment=terms)
    assert english[1] == "The installment is rounded up to the next CNY 1.00."
    assert chinese[1] == "每期还款额向上取整到1.00元。"


def test_a_spread_residue_names_the_unit_and_no_mode():
    terms = LevelPayment(7, residue="spread", rounding=Rounding("up", "1"))
    english, chinese = both(ROUNDING, repayment=terms)
    payments = [row.payment for row in loan(repayment=terms).schedule()]
    assert payments == [1749] * 5 + [1748, Decimal("1748.19")]
    assert english[1:] == (
        (
            "Installments are rounded down to a full CNY 1.00, and the first few are"
            " CNY 1.00 more, so that what rounding leaves over is spread; the last"
            " clears the loan."
        ),
    )
    assert chinese[1:] == (
        "还款额向下取整到1.00元，尾差由前若干期各多还1.00元承担，最后一期还清余额。",
    )
    # Shares are rounded down as well, whatever the mode.
    fee = {"rate": None, "repayment": FlatFee(7, "3%", residue="spread")}
    english, chinese = both(ROUNDING, rounding="up", **fee)
    assert english == ("Shares are rounded down, and the first few are one unit more.",)
    assert chinese == ("各期向下取整，尾差由前若干期各多还一个最小单位承担。",)
    shares = [row[1] for row in paid(rounding="up", **fee)]
    assert shares == [Decimal("1714.29")] * 4 + [Decimal("1714.28")] * 3


def test_what_is_rounded_of_added_interest():
    spread = AddOnInterest(7, residue="spread")
    english, chinese = both(ROUNDING, repayment=spread, rounding="up")
    assert english[0] == (
        "The whole interest is rounded up to the next CNY 0.01, away from zero."
    )
    assert chinese[0] == "全程利息只入不舍，不足0.01元的进为0.01元。"
    by_time = AddOnInterest(7, earned="by_time")
    english, chinese = both(ROUNDING, repayment=by_time)
    assert english[0] == (
        "The interest of each installment, and every share, is rounded to the nearest"
        " CNY 0.01, a half away from zero."
    )
    assert chinese[0] == "各期利息和各期金额均四舍五入到0.01元。"


# --- rates --------------------------------------------------------------------------


def test_bounds_hold_for_the_rates_that_the_index_gives():
    index = Index("LPR", {date(2025, 12, 20): "6%"})
    rate = FloatingRate(
        index,
        "-0.3%",
        floor="1%",
        cap="5%",
        initial=Rate("7%/year"),
        next_rate=Rate("9%/year"),
        resets="monthly",
        first_reset=date(2026, 3, 15),
    )
    # 7 %, 9 % and then 5 % a year, on 12,000.00.
    interest = [row[2] for row in paid(rate=rate, repayment=InterestOnly(4))]
    assert interest == [70, 70, 90, 50]
    english, chinese = both(INTEREST, rate=rate)
    assert "The rate that the index gives is never below 1%." in english
    assert "The rate that the index gives is never above 5%." in english
    assert "按定价基准确定的利率下限为1%。" in chinese
    assert "按定价基准确定的利率上限为5%。" in chinese
    plain = FloatingRate(index, floor="1%", cap="5%", resets=[date(2026, 3, 15)])
    english, chinese = both(INTEREST, rate=plain)
    assert "The rate is never below 1%." in english
    assert "The rate is never above 5%." in english
    assert "利率下限为1%。" in chinese
    assert "利率上限为5%。" in chinese


def test_a_number_of_installments_that_follows():
    rate = SteppedRate(Rate("6%/year"), {date(2026, 4, 15): Rate("9%/year")})
    terms = LevelPayment(6, on_rate_change="term")
    english, chinese = both(REPAYMENT, rate=rate, repayment=terms)
    assert len(loan(rate=rate, repayment=terms).schedule()) == 7
    assert english[0] == (
        "Installments of the same amount, interest and principal together, until the"
        " loan is repaid: 6 at the first rate, 7 as planned here."
    )
    assert chinese[0] == (
        "等额本息：每期还款额相同，包含本金和利息，直至还清：按起初利率为6期，"
        "按本表为7期。"
    )
    # Where the rate does not change, the number is the number.
    english, chinese = both(REPAYMENT, repayment=terms)
    assert english[0].startswith("6 installments of the same amount")
    assert chinese[0].startswith("等额本息：共6期")


@pytest.mark.parametrize("change", ["payment", "whole_period", "balance", "foreseen"])
def test_a_payment_that_a_rate_change_moves(change):
    rate = SteppedRate(Rate("6%/year"), {date(2026, 4, 15): Rate("9%/year")})
    terms = LevelPayment(6, on_rate_change=change)
    english, chinese = both(REPAYMENT, rate=rate, repayment=terms)
    payments = [row.payment for row in loan(rate=rate, repayment=terms).schedule()]
    moved = len(set(payments[:-1])) > 1
    assert moved is (change in ("payment", "whole_period"))
    while_it_stays = ", while the rate stays the same," if moved else ""
    assert english[0] == (
        f"6 installments{while_it_stays} of the same amount, interest and principal"
        " together."
    )
    while_it_stays = "利率不变期间" if moved else ""
    assert chinese[0] == (
        f"等额本息：共6期，{while_it_stays}每期还款额相同，包含本金和利息。"
    )


# --- fees and amounts ---------------------------------------------------------------


def test_a_holiday_of_payments_leaves_fees_due():
    changes = {
        "repayment": LevelPayment(4),
        "holidays": [Holiday(2, 1, "payment", interest="capitalize")],
        "fees": [Fee("f", "5", due="installments")],
    }
    assert loan(**changes).schedule()[1].payment == 5
    english, chinese = both(REPAYMENT, **changes)
    assert english[-1] == (
        "Exception for installment 2: neither principal nor interest is due; the"
        " interest is added to what you owe."
    )
    assert chinese[-1] == "例外：第2期不还本金，不付利息，期间利息计入本金。"


def test_a_holiday_of_principal_where_interest_has_its_dates():
    changes = {
        "repayment": EqualPrincipal(4),
        "holidays": [Holiday(1, 2, "principal")],
        "day_count": "30/360 CN",
        "interest_payments": InterestPayments("quarterly"),
    }
    assert [row[1:] for row in paid(**changes)[:2]] == [(0, 0)] * 2
    english, chinese = both(REPAYMENT, **changes)
    assert english[-1] == (
        "Exception for installments 1 to 2: no principal is due, interest is as usual."
    )
    assert chinese[-1] == "例外：第1期至第2期不还本金，照常付息。"


@pytest.mark.parametrize(
    ("head_tail", "english", "chinese", "earned"),
    [
        # 365,000.00 at 36.6 %: 366.00 for 31 December 2027, 365.00 a day in 2028.
        ("head", "that day", "当日", 366 + 14 * 365),
        ("tail", "the day after", "次日", 15 * 365),
    ],
)
def test_the_day_from_which_what_is_drawn_bears_interest(
    head_tail, english, chinese, earned
):
    changes = {
        "disbursed": date(2027, 12, 15),
        "rate": Rate("36.6%/year"),
        "repayment": InterestOnly(2),
        "day_count": "ACT/ACT ISDA",
        "head_tail": head_tail,
    }
    drawn = {"drawdowns": [Drawdown(date(2027, 12, 31), "365000")]}
    in_english, in_chinese = both(PAYOUT, **changes, **drawn)
    assert in_english[-1].endswith(f"which bears interest from {english}.")
    assert in_chinese[-1].endswith(f"，自{chinese}起计息。")
    with_it, without = paid(**changes, **drawn)[0], paid(**changes)[0]
    assert with_it[2] - without[2] == earned


@pytest.mark.parametrize(
    ("changes", "english", "chinese", "share"),
    [
        (
            {"repayment": FixedPrincipal("5%", 3)},
            (
                "Every installment repays 5% of what you owe at first; the last of 3"
                " installments clears the loan."
            ),
            "定额还本：每期归还放款当日应还本金的5%；共3期，最后一期还清余额。",
            # 5 % of 13,000.00
            "650.00",
        ),
        (
            {"rate": None, "repayment": FlatFee(4, "2%", fee_for="installment")},
            (
                "4 installments of equal principal. In place of interest there is a fee of"
                " 2% of what you owe at first for each installment, due in equal shares"
                " with the installments."
            ),
            (
                "分期还款：共4期，每期归还相同的本金；不计利息，"
                "每期手续费为放款当日应还本金的2%，随各期平均收取。"
            ),
            # 2 % of 13,000.00
            "260.00",
        ),
    ],
)
def test_shares_of_a_loan_that_fees_joined(changes, english, chinese, share):
    in_english, in_chinese = both(REPAYMENT, fees=[FINANCED], **changes)
    assert in_english[0] == english
    assert in_chinese[0] == chinese
    row = loan(fees=[FINANCED], **changes).schedule()[0]
    assert Decimal(share) in (row.principal, row.fee)
    in_english, in_chinese = both(REPAYMENT, **changes)
    assert "of the loan" in in_english[0]
    assert "借款本金的" in in_chinese[0]


def test_stated_amounts_of_principal_are_named():
    amounts = ["1000", "2000", "9000"]
    english, chinese = both(REPAYMENT, repayment=PrincipalAmounts(amounts))
    assert english[0] == (
        "3 installments, repaying this principal in turn: CNY 1,000.00, CNY 2,000.00,"
        " CNY 9,000.00."
    )
    assert chinese[0] == (
        "按约定金额还本：共3期，各期本金依次为1,000.00元、2,000.00元、9,000.00元。"
    )
    many = ["1000"] * 11 + ["1000"]
    english, chinese = both(REPAYMENT, repayment=PrincipalAmounts(many))
    named = ", ".join(["CNY 1,000.00"] * 8)
    assert english[0] == (
        f"12 installments, each repaying an agreed principal: {named} and so on, as the"
        " schedule lists them."
    )
    named = "、".join(["1,000.00元"] * 8)
    assert chinese[0] == (
        f"按约定金额还本：共12期，各期本金依次为{named}等，详见还款计划表。"
    )


def test_money_withheld():
    english, chinese = both(PAYOUT, discount="500")
    assert english[1].endswith("Withheld from it: CNY 500.00 as a discount.")
    assert chinese[1] == "借款金额为12,000.00元，放款时预扣500.00元。"
    _, chinese = both(PAYOUT, fees=[DEDUCTED])
    assert chinese[1] == "借款金额为12,000.00元，放款时扣除费用及税100.00元。"


# --- names --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        (
            "china",
            "mainland China, with the weekend days worked to make up",
            "中国法定节假日及调休",
        ),
        ("holidays:CN", "public holidays of CN", "中国法定节假日"),
        ("holidays:US:NY", "public holidays of US:NY", "美国（NY）法定节假日"),
        ("holidays:XK", "public holidays of XK", "XK法定节假日"),
        ("weekends", "weekends", "周末休息"),
        ("holidays", "holidays", "holidays"),
        ("mine", "mine", "mine"),
    ],
)
def test_calendars(name, english, chinese):
    calendar = HolidayCalendar(name, [date(2026, 10, 1)], known_through=None)
    term = BusinessDays("following", calendar, interest="unadjusted")
    in_english, in_chinese = both(DATES, business_days=term)
    assert f"(calendar: {english})" in in_english[1]
    assert f"（日历：{chinese}）" in in_chinese[1]


def test_names_stay_on_their_line():
    name = "a\n\n# b\r\n- c"
    charge = LateCharge(name, "5")
    terms = loan(fees=[Fee(name, "5")], servicing=Servicing(late_charges=[charge]))
    for lang in ("en", "zh"):
        sheet = term_sheet(terms, lang)
        assert sheet.sections[FEES].lines[0].startswith("a # b - c")
        lines = str(sheet).splitlines()
        assert not any(line.startswith(("# b", "- c")) for line in lines)
        markdown = sheet.to_markdown()
        assert markdown.count("a \\# b - c") == 2
        assert "\n# b" not in markdown


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        ("# big", "- \\# big: "),
        ("- more", "- \\- more: "),
        ("+ more", "- \\+ more: "),
        ("1. more", "- 1\\. more: "),
        ("12) more", "- 12\\) more: "),
        ("=== more", "- \\=== more: "),
        ("a | b ~~c~~ &amp; `d`", "- a \\| b \\~\\~c\\~\\~ \\&amp; \\`d\\`: "),
    ],
)
def test_names_are_text_in_markdown(name, escaped):
    markdown = term_sheet(loan(fees=[Fee(name, "5")])).to_markdown()
    assert f"\n{escaped}CNY 5.00" in markdown
