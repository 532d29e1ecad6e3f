"""
What being late costs, and how often a debtor may be called, as somebody else printed it.

Tolerance is zero. Each case says its source and which of the published rules it follows.
"""

from datetime import date, datetime

from loanmath import (
    InstallmentLoan,
    LevelPayment,
    LineAccount,
    Payment,
    PenaltyInterest,
    Purchase,
    Rate,
)
from loanmath.account import Account
from loanmath.presets import cn
from loanmath.reminders import (
    ContactAttempt,
    ReminderPolicy,
    check_attempts,
    remind,
)


def asking(*days):
    usual = cn.REMINDER_POLICY.value
    return ReminderPolicy(
        stages=usual.stages, window=usual.window, limits=usual.limits, late_days=days
    )


def late_costs(source, on, *days):
    (first,) = remind(source, on, on, asking(*days)).rows
    return [str(cost.total) for cost in first.costs]


def huabei(amount, *events):
    account = LineAccount.open(cn.huabei_line("50000"), date(2026, 3, 1))
    bought = Purchase(id="u1", on=date(2026, 3, 20), amount=amount)
    return account.record(bought, *events)


DUE = date(2026, 4, 10)


def test_huabei_2000_for_thirty_days():
    # CN-045, en.4hw.com.cn/646/36784, high: 30.00.
    assert late_costs(huabei("2000"), DUE, 30) == ["30.00"]


def test_huabei_10000_by_days():
    # CN-046, wodefinance.com/Creditcardoverdue/srexguyfqw, high: 5.00, 50.00, 150.00.
    assert late_costs(huabei("10000"), DUE, 1, 10, 30) == ["5.00", "50.00", "150.00"]


def test_huabei_with_the_minimum_paid():
    # CN-047, en.doing.city/2406/065943cd8fc9ac16, medium: bill 1,000, minimum 100, the
    # rest costs 0.45 a day from the 11th.
    paid = Payment(id="p1", on=date(2026, 4, 9), amount="100")
    found = remind(huabei("1000", paid), date(2026, 4, 7), DUE, asking(1))
    first, *_, today = found.rows
    assert (str(first.amount), str(first.full)) == ("100.00", "1000.00")
    assert (str(today.amount), str(today.full)) == ("0.00", "900.00")
    assert str(today.costs[0].total) == "0.45"


def test_an_installment_for_ten_days():
    # CN-065, learnku.com/courses/ecommerce-advance/5.7, high: 1,000 at 0.05 % a day for
    # 10 days, 5.00.
    loan = InstallmentLoan(
        currency="CNY",
        principal="1000",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate("0%/year"),
        repayment=LevelPayment(1),
        penalty=PenaltyInterest(rate=Rate("0.05%/day")),
    )
    assert late_costs(Account.open(loan), date(2026, 2, 15), 10) == ["5.00"]


def test_how_often_a_debtor_may_be_called():
    # GB/T 45251-2025 as told by chinesestandards.org: none from 22:00 to 08:00, three
    # effective calls a day; the guideline of 2026-01: six attempts.
    usual = cn.REMINDER_POLICY.value
    calls = [
        ContactAttempt(datetime(2026, 3, 2, hour), effective=hour in (8, 12, 20))
        for hour in (8, 10, 12, 14, 16, 20)
    ]
    assert check_attempts(calls, usual).is_clean
    more = [*calls, ContactAttempt(datetime(2026, 3, 2, 21), effective=True)]
    broken = [one.broken.value for one in check_attempts(more, usual).breaches]
    assert broken == ["attempts", "effective contacts"]
