"""What a payoff asks for where rows hold what is not lent, or not earned, yet."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath.account import Account, Status
from loanmath.errors import EventError, TermsError
from loanmath.events import (
    Acceleration,
    Charge,
    Chargeback,
    Reversal,
    TermsChange,
    Waiver,
    WriteOff,
)
from loanmath.rates import Rate
from loanmath.terms import (
    Allocation,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPrincipal,
    Holiday,
    InstallmentLoan,
    InterestPayments,
    Prepayment,
    PrepaymentFee,
    Servicing,
)
from oracle.servicing import replay
from posting_formulas import worked_out
from serviced import D1, D2, D3, START, after, paid

D4 = date(2026, 5, 15)
DRAWING = after(D1, 5)
# 1,000 bear 0.40 a day, and 500 more from the drawing on 0.20.
DRAWN = {"drawdowns": [Drawdown(DRAWING, "500")], "rate": Rate("0.04%/day")}
JOINS = {"holidays": [Holiday(1, 2, "payment", interest="capitalize")]}
CARRIES = {"holidays": [Holiday(1, 2, "payment", interest="carry")]}


def opened(agreed, **servicing):
    """1,000 at 1 % a month in four principals, with terms of its own."""
    words = {
        "currency": "CNY",
        "principal": "1000",
        "disbursed": START,
        "every": "monthly",
        "rate": Rate("1%/month"),
        "repayment": EqualPrincipal(4),
        "servicing": Servicing(**servicing),
    }
    return Account.open(InstallmentLoan(**(words | agreed)))


def payoffs(account, *days):
    return [str(account.payoff(day)) for day in days]


BOTH = pytest.mark.parametrize("interest_on", ["schedule", "balance"])


@BOTH
def test_a_payoff_asks_for_nothing_that_is_yet_to_be_drawn(interest_on):
    # 31 days are 12.40; then 750 bear 0.30 a day.
    account = opened(DRAWN, interest_on=interest_on)
    days = (START, D1, after(DRAWING, -1), DRAWING)
    assert payoffs(account, *days) == ["1000.00", "1012.40", "1013.60", "1513.90"]


@BOTH
def test_a_drawing_earns_from_its_day_on(interest_on):
    # After 23 days of 0.30 and 18 of 0.20; and after 28 and 23.
    account = opened(DRAWN, interest_on=interest_on)
    assert payoffs(account, date(2026, 3, 10), D2) == ["1522.90", "1525.40"]


@BOTH
def test_a_payoff_asks_for_capitalized_interest_as_it_is_earned(interest_on):
    # 10.00 join after a month, 10.10 after two; of the second, 5 of 28 days are 1.80.
    account = opened(JOINS, interest_on=interest_on)
    days = (START, D1, after(D1, 5), D2, D3)
    found = payoffs(account, *days)
    assert found == ["1000.00", "1010.00", "1011.80", "1020.10", "1030.30"]
    assert str(account.position(after(D1, 5)).accrued) == "1.80"


@BOTH
def test_a_payoff_asks_for_interest_that_is_carried(interest_on):
    # 10.00 a month, due after three; 5 of 28 days of the second month are 1.79.
    account = opened(CARRIES, interest_on=interest_on)
    days = (START, D1, after(D1, 5), D2, D3, D4)
    found = payoffs(account, *days)
    assert found == ["1000.00", "1010.00", "1011.79", "1020.00", "1030.00", "1035.00"]
    assert str(account.position(D2).accrued) == "20.00"


def test_interest_of_a_quarter_is_earned_month_by_month():
    # 10.00, 8.33 and 6.67 are due together; principals of 166.67 are overdue meanwhile.
    dates = {
        "interest_payments": InterestPayments("quarterly"),
        "repayment": EqualPrincipal(6),
    }
    found = payoffs(opened(dates), START, D1, D2, D3)
    assert found == ["1000.00", "1010.00", "1018.33", "1025.00"]


def test_a_month_that_is_waived_earns_nothing_of_what_was_carried():
    rests = [
        Holiday(1, 1, "payment", interest="carry"),
        Holiday(2, 1, "payment", interest="waive"),
    ]
    found = payoffs(opened({"holidays": rests}), D1, after(D1, 9), D2, D3)
    assert found == ["1010.00", "1010.00", "1010.00", "1020.00"]


def test_a_fee_inside_a_period_takes_nothing_off_what_is_earned():
    visit = {"fees": [Fee("visit", "5", due=after(D1, 9))]}
    # What is planned for a fee to come is waived; on its day it is due.
    found = payoffs(opened(CARRIES | visit), after(D1, 5), after(D1, 9), D2)
    assert found == ["1011.79", "1018.21", "1025.00"]
    to_end = Prepayment(interest="period")
    found = payoffs(opened(CARRIES | visit, prepayment=to_end), D1, after(D1, 5))
    assert found == ["1010.00", "1020.00"]


@pytest.mark.parametrize(
    ("agreed", "expected"),
    [
        (CARRIES, ["1000.00", "1010.00", "1010.00", "1020.00", "1020.00"]),
        (JOINS, ["1000.00", "1010.00", "1010.00", "1020.10", "1020.10"]),
    ],
)
def test_interest_to_the_end_of_the_period_is_of_that_period_alone(agreed, expected):
    account = opened(agreed, prepayment=Prepayment(interest="period"))
    days = (START, after(START, 1), D1, after(D1, 1), D2)
    assert payoffs(account, *days) == expected


@pytest.mark.parametrize("agreed", [DRAWN, JOINS, CARRIES])
@pytest.mark.parametrize("day", [START, after(START, 7), D1, after(D1, 3), D2])
def test_the_payoff_settles_the_account(agreed, day):
    fee = PrepaymentFee("1%")
    account = opened(agreed, prepayment=Prepayment(fee=fee))
    less = account.payoff(day) - Decimal("0.01")
    settled = account.record(paid(str(account.payoff(day)), day))
    assert settled.position(day).status is Status.CLOSED
    assert settled.payoff(D4) == 0
    assert (
        account.record(paid(str(less), day)).position(day).status is not Status.CLOSED
    )
    state = replay(account.loan, settled.events, day)
    assert (state.status, state.payoff) == ("closed", 0)
    for posting in settled.postings(START, day):
        assert worked_out(posting) == Fraction(posting.amount)


def test_what_is_charged_for_repaying_early_is_on_what_was_lent():
    account = opened(DRAWN, prepayment=Prepayment(fee=PrepaymentFee("1%")))
    # 1 % of 1,000, and of 750 that are not due with 500 more.
    assert payoffs(account, START, D1, DRAWING) == ["1010.00", "1019.90", "1526.40"]


@pytest.mark.parametrize("unearned", ["due", "rule_of_78"])
def test_interest_that_is_due_in_full_is_not_quoted_on_what_is_to_come(unearned):
    account = opened(JOINS, prepayment=Prepayment(unearned=unearned))
    with pytest.raises(TermsError, match="'waived'") as refused:
        account.payoff(after(D1, 3))
    assert refused.value.got == f"{unearned}, on {after(D1, 3)}"
    assert account.payoff(D2) > 1020


def test_a_payment_clears_no_principal_that_is_not_lent():
    principal_first = Allocation(
        order=[
            (standing, part)
            for standing in ("past_due", "due", "in_advance")
            for part in ("principal", "interest", "fee", "penalty", "compound")
        ],
        by="component",
    )
    account = opened(DRAWN, allocation=principal_first)
    day = after(START, 15)
    # 1,000 and 6.00 of interest are owed: 1,002 would clear 2.00 that are to be drawn.
    with pytest.raises(EventError, match=r"at least 500\.00") as refused:
        account.record(paid("1002", day))
    assert refused.value.got == "498.00 of principal left in advance"
    assert account.record(paid("1000", day)).payoff(day) == 6
    named = paid("1300", day, installments=(1, 2, 3, 4))
    split = paid("1002", day, split=[("principal", "1002")])
    waiver = Waiver(id="w", on=day, component="principal", amount="1001")
    for event in (named, split, waiver):
        with pytest.raises(EventError, match="clear less of the principal"):
            account.record(event)


@pytest.mark.parametrize("effect", ["shorter", "smaller", "next"])
def test_principal_that_is_not_lent_is_not_prepaid(effect):
    account = opened(DRAWN, interest_on="schedule")
    day = after(START, 15)
    # All 1,000 are prepaid; 2.00 are a credit against the 6.00 earned.
    part = account.record(paid("1002", day, effect=effect))
    position = part.position(day)
    assert (str(position.credit), str(position.payoff)) == ("2.00", "4.00")


def test_a_loan_that_is_paid_off_by_its_plan_goes_on_with_the_next_drawing():
    words = DRAWN | {"drawdowns": [Drawdown(after(D2, 5), "500")]}
    account = opened(words | {"repayment": FixedPrincipal("500")})
    # 31 days of 0.40, and 28 of 0.20.
    account = account.record(paid("512.40", D1), paid("505.60", D2, "p2"))
    assert account.payoff(D2) == 0
    assert account.position(D2).status is Status.CURRENT
    assert account.payoff(after(D2, 5)) == 500


@pytest.mark.parametrize("agreed", [DRAWN, JOINS])
def test_all_falls_due_once_nothing_is_to_come(agreed):
    account = opened(agreed)
    with pytest.raises(EventError, match="no more interest joins") as refused:
        account.record(Acceleration(id="x", on=after(START, 3)))
    assert "after 2026-01-18" in str(refused.value.got)
    assert "on a later day" in refused.value.do
    called = account.record(Acceleration(id="x", on=D2))
    assert called.payoff(D2) == account.payoff(D2)


def test_new_terms_are_of_what_is_lent_and_the_drawing_still_comes():
    change = TermsChange(id="t", on=D1, repayment=EqualPrincipal(2))
    changed = opened(DRAWN).record(change)
    assert payoffs(changed, D1, DRAWING) == ["1012.40", "1513.90"]
    position = changed.position(D1)
    assert sum(row.owed.principal for row in position.installments) == 1500
    on_the_day = TermsChange(id="t", on=DRAWING, repayment=EqualPrincipal(2))
    with pytest.raises(EventError, match="a drawing on the day"):
        opened(DRAWN).record(on_the_day)


def test_new_terms_come_as_interest_joins_the_principal():
    words = {"repayment": EqualPrincipal(3), "rate": Rate("2%/month")}
    changed = opened(JOINS).record(TermsChange(id="t", on=D1, **words))
    # 1,010.00 at 2 %: 20.20 join after a month.
    assert payoffs(changed, D1, D2) == ["1010.00", "1030.20"]
    with pytest.raises(EventError, match="on 2026-03-15, or later") as refused:
        opened(JOINS).record(TermsChange(id="t", on=after(D1, 5), **words))
    assert refused.value.got == "interest earned that is to join the principal"
    with pytest.raises(EventError, match="while some principal is not due"):
        opened(JOINS).record(TermsChange(id="t", on=D4, **words))


@BOTH
def test_all_that_was_carried_falls_due_when_all_does(interest_on):
    account = opened(CARRIES, interest_on=interest_on)
    day = after(D1, 5)
    due = account.record(Acceleration(id="a", on=day)).position(day).due
    assert (str(due.interest), str(due.principal)) == ("11.79", "1000.00")
    changed = account.record(TermsChange(id="t", on=D2, repayment=EqualPrincipal(2)))
    assert changed.payoff(D2) == Decimal("1020.00")


@pytest.mark.parametrize(
    ("agreed", "lost"), [(DRAWN, "1006.00"), (JOINS, "1004.84"), (CARRIES, "1004.84")]
)
def test_what_is_written_off_is_what_was_lent_and_earned(agreed, lost):
    # 15 days of 0.40, or 15 of 31 days of 10.00.
    day = after(START, 15)
    position = opened(agreed).record(WriteOff(id="w", on=day)).position(day)
    assert str(position.written_off) == lost


@pytest.mark.parametrize(
    ("agreed", "asked", "later_asked"),
    [(DRAWN, "1006", "1012.40"), (JOINS, "1004.84", "1010.00")],
)
def test_a_settlement_that_is_taken_back_brings_back_what_was_to_come(
    agreed, asked, later_asked
):
    account, day = opened(agreed), after(START, 15)
    settled = account.record(paid(asked, day))
    later = after(day, 1)
    back = settled.record(Reversal(id="r", on=later, of="p1", reversed_as="today"))
    assert payoffs(back, later, D1) == payoffs(account, later, D1)
    assert payoffs(back, D1) == [later_asked]
    never = settled.record(Reversal(id="r", on=D2, of="p1", reversed_as="never"))
    assert payoffs(never, D2) == payoffs(account, D2)


def test_a_settlement_that_ended_the_lending_is_not_taken_back_in_part():
    settled = opened(DRAWN).record(paid("1006", after(START, 15)))
    part = Chargeback(id="c", on=after(START, 16), of="p1", amount="6")
    with pytest.raises(EventError, match="as if it had never been") as refused:
        settled.record(part)
    assert refused.value.got == "a part"
    late = Chargeback(id="c", on=DRAWING, of="p1", amount="1006")
    with pytest.raises(EventError, match="before the next drawing") as refused:
        settled.record(late)
    assert refused.value.got == "after a drawing that the payment ended"


def test_a_settlement_that_dropped_no_principal_is_taken_back_in_part():
    settled = opened(CARRIES).record(paid("1010", D1))
    back = settled.record(Chargeback(id="c", on=after(D1, 1), of="p1", amount="10"))
    assert back.payoff(after(D1, 1)) == 10


def test_a_charge_on_a_settled_account_is_all_that_is_owed():
    settled = opened(JOINS).record(paid("1000", START))
    charged = settled.record(
        Charge(id="f", on=D1, component="fee", amount="7", name="x")
    )
    assert payoffs(charged, D1, after(D1, 9)) == ["7.00", "7.00"]


def test_a_drawing_moves_the_principal_of_a_bridge_and_no_credit():
    bridge = opened(DRAWN).bridge(START, DRAWING)
    # 31 days on 1,000.00 and 5 more at 0.04 % a day are due or earned.
    assert [item.component for item in bridge.items] == ["interest", "principal"]
    drawn = next(item for item in bridge.items if item.component == "principal")
    assert drawn.charged + drawn.other == Decimal("500.00")
    assert bridge.opening == Decimal("1000.00")
