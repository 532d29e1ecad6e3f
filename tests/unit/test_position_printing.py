"""A position as a table."""

from datetime import date

from loanmath.account import Account
from loanmath.account.position_printing import (
    position_csv,
    position_html,
    position_markdown,
    position_text,
)
from loanmath.events import Payment, Waiver
from loanmath.rates import Rate
from loanmath.terms import (
    Allocation,
    EqualPrincipal,
    InstallmentLoan,
    PenaltyInterest,
    Servicing,
)

DUE = date(2026, 2, 15)
LOAN = InstallmentLoan(
    currency="CNY",
    principal="6000",
    disbursed=date(2026, 1, 15),
    every="monthly",
    rate=Rate("1%/month"),
    repayment=EqualPrincipal(3),
    penalty=PenaltyInterest(rate="0.05%/day"),
    servicing=Servicing(allocation=Allocation(future="credit")),
)
ACCOUNT = Account.open(LOAN)


def test_what_is_overdue():
    position = ACCOUNT.record(Payment(id="p1", on=DUE, amount="60")).position(
        date(2026, 2, 25)
    )
    # Ten days of 2,000 are 10.00; ten of 28 days of 40.00 are 14.29.
    assert position_text(position).splitlines() == [
        "2026-02-25: overdue, 10 days past due, payoff CNY 6,024.29",
        "No  Due           To pay   Paid  Outstanding  Days late",
        " 1  2026-02-15  2,070.00  60.00     2,010.00         10",
        " 2  2026-03-15  2,040.00   0.00     2,040.00",
        " 3  2026-04-15  2,020.00   0.00     2,020.00",
        "    Total       6,130.00  60.00     6,070.00",
    ]
    assert position_markdown(position).splitlines()[3] == (
        "| ---: | --- | ---: | ---: | ---: | ---: |"
    )
    assert "<caption>2026-02-25: overdue, 10 days" in position_html(position)
    assert position_csv(position) == (
        "number,due,to_pay,paid,waived,outstanding,days_late\n"
        "1,2026-02-15,2070.00,60.00,0.00,2010.00,10\n"
        "2,2026-03-15,2040.00,0.00,0.00,2040.00,0\n"
        "3,2026-04-15,2020.00,0.00,0.00,2020.00,0\n"
    )


def test_credit_and_what_was_waived_are_shown_where_there_is_some():
    events = [
        Payment(id="p1", on=DUE, amount="2100"),
        Waiver(id="w1", on=DUE, component="interest", amount="10"),
    ]
    lines = position_text(ACCOUNT.record(*events).position(DUE)).splitlines()
    # 2,050 are due after the waiver: 50.00 is beyond.
    assert lines[0] == (
        "2026-02-15: current, 0 days past due, payoff CNY 3,950.00, credit CNY 50.00"
    )
    assert lines[1].split() == [
        "No", "Due", "To", "pay", "Paid", "Waived", "Outstanding", "Days", "late"
    ]  # fmt: skip
    assert lines[2].split() == [
        "1",
        "2026-02-15",
        "2,060.00",
        "2,050.00",
        "10.00",
        "0.00",
    ]


def test_a_single_day():
    position = ACCOUNT.position(date(2026, 2, 16))
    assert ", 1 day past due," in position_text(position)
