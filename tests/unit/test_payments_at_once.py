"""Which payments go at once: those that clear what is due, on plain terms."""

from datetime import date
from fractions import Fraction

import pytest

from loanmath.account import Account
from loanmath.events import ChargeOff, InterestPause, Payment, Refund, WriteOff
from loanmath.ledger.paying_at_once import paid_at_once
from loanmath.ledger.state import AccountState
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.terms import (
    Allocation,
    AllocationTier,
    Compounding,
    Fee,
    LateCharge,
    Prepayment,
    RateCap,
    SinglePayment,
)
from serviced import D1, D2, after, loan, opened, paid, terms

LATE = after(D1, 10)
ORDER = ["principal", "interest", "fee", "compound", "penalty"]


def state_of(account: Account) -> AccountState:
    return account._steps[-1].after if account._steps else account._opened[-1].after


def rules(account: Account, payment: Payment) -> list[str]:
    return [entry.rule for entry in paid_at_once(state_of(account), payment)]


def test_what_is_due_is_paid_at_once():
    account = opened()
    assert rules(account, paid("1030", D1)) == ["lateness", "payment"]
    assert rules(account, paid("0", D1)) == ["lateness", "payment"]
    assert rules(account.record(paid("500", D1)), paid("530", D1, "p2")) == ["payment"]


def test_it_pays_penalty_first_and_what_is_left_stays_owed():
    # 1 % of a principal in ten nights at 0.1 % a day: 10.00; then interest, principal.
    lateness, payment = paid_at_once(state_of(opened()), paid("100", LATE))
    assert lateness.after.balances.segment.penalty == (10_00, 0, 0)
    segment = payment.after.balances.segment
    assert (segment.penalty[0], segment.interest[0], segment.principal[0]) == (
        0,
        0,
        940_00,
    )
    assert payment.after.balances.since == LATE.toordinal()


def test_a_row_that_falls_due_between_payments_bears_from_its_own_day():
    state = paid_at_once(state_of(opened()), paid("0", LATE))[-1].after
    grown = paid_at_once(state, paid("0", after(D2, 5), "p2"))[-1].after
    # From 15 February to 20 March are 33 nights, from 15 March five.
    assert grown.balances.segment.penalty == (33_00, 5_00, 0)


def test_the_day_after_bears_a_night_less():
    account = opened(penalty={"first_day": "day_after"})
    paid_off = paid_at_once(state_of(account), paid("0", after(D1, 1)))[-1].after
    assert paid_off.balances.segment.penalty == (0, 0, 0)
    later = paid_at_once(paid_off, paid("0", LATE, "p2"))[-1].after
    assert later.balances.segment.penalty == (9_00, 0, 0)


def test_half_a_cent_a_night_is_rounded_as_a_sum():
    # 0.005 a night on 1,000: the first night rounds up, and the second adds nothing.
    state = state_of(opened(penalty={"rate": "0.0005%/day"}))
    for night, penalty in enumerate((1, 1, 2, 2, 3), 1):
        payment = paid("0", after(D1, night), f"p{night}")
        state = paid_at_once(state, payment)[-1].after
        assert state.balances.segment.penalty == (penalty, 0, 0)


@pytest.mark.parametrize(
    ("mode", "penalties"), [("up", (1, 1, 2, 2, 3)), ("down", (0, 1, 1, 2, 2))]
)
def test_sums_are_rounded_as_the_penalty_says(mode, penalties):
    penalty = {"rate": "0.0005%/day", "rounding": Rounding(mode)}
    state = state_of(opened(penalty=penalty))
    for night, owed in enumerate(penalties, 1):
        payment = paid("0", after(D1, night), f"p{night}")
        state = paid_at_once(state, payment)[-1].after
        assert state.balances.segment.penalty == (owed, 0, 0)
        unit = state.course.rules[0].unit
        assert Fraction(state.balances.sums[0][0], unit) == Fraction(night, 2)


def test_a_row_due_the_day_after_the_last_payment_bears_from_its_first_day():
    state = state_of(opened(penalty={"first_day": "day_after"}))
    state = paid_at_once(state, paid("1030", D1))[-1].after
    state = paid_at_once(state, paid("0", after(D2, -1), "p2"))[-1].after
    grown = paid_at_once(state, paid("0", after(D2, 3), "p3"))[-1].after
    assert grown.balances.segment.penalty == (0, 2_00, 0)


def test_what_was_prepaid_bears_on_to_the_end_of_its_period():
    servicing = {
        "interest_on": "balance",
        "prepayment": Prepayment(effect="smaller", interest="period"),
    }
    early = paid("500", after(D1, 3), "e", effect="smaller")
    account = opened(paid("1030", D1), early, **servicing)
    (*_, payment) = paid_at_once(state_of(account), paid("0", after(D1, 9), "p2"))
    assert payment.after.balances.prepaid == 500_00
    # 2,000 bore 28 days of the period at 1 % a month, 500 of it prepaid: nine of them.
    growth = account._course.growth
    whole = growth.unit * growth.whole(1)
    assert payment.after.balances.accrued * 28 == 20_00 * 9 * whole


def test_a_base_of_two_components_and_a_tolerance():
    penalty = {"base": "overdue_principal_and_interest", "tolerance": "1030"}
    within = paid_at_once(state_of(opened(penalty=penalty)), paid("0", LATE))[-1]
    assert within.after.balances.segment.penalty == (0, 0, 0)
    penalty["tolerance"] = "1029.99"
    above = paid_at_once(state_of(opened(penalty=penalty)), paid("0", LATE))[-1]
    assert above.after.balances.segment.penalty == (10_30, 0, 0)


@pytest.mark.parametrize(
    "payment",
    [
        paid("1030.01", D1),  # more than is due
        paid("3000", D1),  # may settle
        paid("100", D1, split={"principal": "100"}),
        paid("100", D1, installments=[1]),
        paid("100", D1, order=ORDER),
        paid("100", D1, effect="shorter"),
        Refund(id="r", on=D1, amount="100"),
    ],
)
def test_other_money_takes_every_step(payment):
    assert rules(opened(), payment) == []


@pytest.mark.parametrize(
    "servicing",
    [
        {"late_charges": [LateCharge("late", "5")]},
        {"caps": [RateCap("highest rate", "0.05%/day")]},
        {"allocation": Allocation(tiers=[AllocationTier(91, ORDER)])},
        {"penalty": {"payment_day": "counted"}},
        {"penalty": {"rounded": "day"}},
        {"penalty": {"rounded": "total"}},
        {"penalty": {"grace_days": 3, "grace": "cliff"}},
        {"penalty": {"compounding": Compounding(["penalty"], "monthly", day=21)}},
    ],
)
def test_other_terms_take_every_step(servicing):
    assert rules(opened(**servicing), paid("100", LATE)) == []


def test_other_states_take_every_step():
    account = opened()
    assert rules(account, paid("100", LATE))
    for event in (
        ChargeOff(id="x", on=D1),
        WriteOff(id="x", on=D1),
        InterestPause(id="x", on=D1),
    ):
        assert rules(account.record(event), paid("100", LATE)) == []
    with_credit = Account.open(loan(**terms()), credit="1")
    assert rules(with_credit, paid("100", LATE)) == []
    undrawn = Account.open(loan(**terms()), undrawn=True)
    assert rules(undrawn, paid("100", LATE)) == []


def test_rates_below_zero_take_every_step():
    negative = loan(rate=Rate("-1%/month"), **terms())
    assert rules(Account.open(negative), paid("100", LATE)) == []


def test_money_that_goes_ahead_of_what_is_due_takes_every_step():
    ahead = ["in_advance.principal", *(f"past_due.{part}" for part in ORDER)]
    ahead += [f"due.{part}" for part in ORDER]
    account = opened(allocation=Allocation(ahead))
    assert rules(account, paid("100", LATE)) == []


def test_fees_are_cleared_with_their_installment():
    account = Account.open(
        loan(fees=[Fee("service", "7", due="installments")], **terms())
    )
    (*_, payment) = paid_at_once(state_of(account), paid("1037", D1))
    assert payment.after.balances.segment.fee == (0, 7_00, 7_00)


def test_a_loan_of_one_payment_goes_at_once_until_it_may_settle():
    account = Account.open(
        loan(repayment=SinglePayment(3), **terms()),
    )
    due = account.loan.schedule()[-1].due
    assert due == date(2026, 4, 15)
    assert rules(account, paid("100", due)) == ["lateness", "payment"]
    assert rules(account, paid("3000", due)) == []
