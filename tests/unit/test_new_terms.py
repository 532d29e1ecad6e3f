"""New terms for what is not due: what they plan, what they keep, what they refuse."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath.account import Account, explain
from loanmath.calendars import WEEKENDS
from loanmath.errors import EventError, TermsError
from loanmath.events import (
    Acceleration,
    Charge,
    Chargeback,
    ChargeOff,
    Disbursement,
    Payment,
    Reversal,
    TermsChange,
)
from loanmath.rates import Rate
from loanmath.terms import (
    AddOnInterest,
    Allocation,
    BusinessDays,
    Compounding,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FixedPrincipal,
    GraduatedPayment,
    Holiday,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    LateCharge,
    LevelPayment,
    PenaltyInterest,
    Prepayment,
    PrepaymentFee,
    PrincipalAmounts,
    SinglePayment,
    SteppedPayment,
)
from serviced import D1, D2, D3, START, after, loan, opened, owed, paid

CHEAPER = Rate("0.5%/month")


def changed(on=D1, name="t1", **words):
    return TermsChange(id=name, on=on, **({"rate": CHEAPER} | words))


def rows(account, day):
    """Due date, interest and principal of each installment."""
    return [
        (row.due, str(row.owed.interest), str(row.owed.principal))
        for row in account.position(day).installments
    ]


def daily(**words):
    """The loan at 0.04 % a day: 37.20, 22.40 and 12.40 of interest."""
    return loan(rate=Rate("0.04%/day"), **words)


def test_a_new_rate_on_a_due_date_plans_the_rest_by_it():
    account = opened(changed())
    # What fell due keeps its 30.00; then half a percent of 2,000 and of 1,000.
    assert rows(account, D1) == [
        (D1, "30.00", "1000.00"),
        (D2, "10.00", "1000.00"),
        (D3, "5.00", "1000.00"),
    ]
    assert account.payoff(D1) == opened().payoff(D1)


def test_a_rate_changes_inside_a_period_and_each_day_bears_its_own():
    account = Account.open(daily()).record(
        changed(after(D1, 10), rate=Rate("0.02%/day"))
    )
    # Ten days of 2,000 at 0.04 % are due with the next installment; 18 days at 0.02 %.
    assert rows(account, after(D1, 10)) == [
        (D1, "37.20", "1000.00"),
        (D2, "8.00", "0.00"),
        (D2, "7.20", "1000.00"),
        (D3, "6.20", "1000.00"),
    ]
    assert account.payoff(after(D1, 10)) == Account.open(daily()).payoff(after(D1, 10))
    # A day later 2,000 bears 0.40.
    quote = account.payoff(after(D1, 11)) - account.payoff(after(D1, 10))
    assert quote == Decimal("0.40")


def test_new_due_dates_leave_the_rate():
    account = Account.open(daily()).record(
        TermsChange(id="t1", on=D1, first_due=date(2026, 3, 31))
    )
    # 44 days of 2,000, and 30 of 1,000: a month after 31 March is 30 April.
    assert rows(account, D1)[1:] == [
        (date(2026, 3, 31), "35.20", "1000.00"),
        (date(2026, 4, 30), "12.00", "1000.00"),
    ]
    assert account.position(D1).next_due.on == date(2026, 3, 31)


def test_month_ends_stay_month_ends():
    agreed = InstallmentLoan(
        currency="CNY", principal="4000", disbursed=date(2026, 1, 31),
        every="monthly", rate=Rate("0.04%/day"), repayment=EqualPrincipal(4),
    )  # fmt: skip
    # From 31 March the next due date is 30 April, and the last day of May is the 31st.
    for on in (date(2026, 2, 28), date(2026, 3, 31)):
        for words in ({}, {"end_of_month": True}, {"due_day": 31}):
            same = InstallmentLoan(
                currency="CNY", principal="4000", disbursed=date(2026, 1, 31),
                every="monthly", rate=Rate("0.04%/day"), repayment=EqualPrincipal(4),
                **words,
            )  # fmt: skip
            account = Account.open(same).record(changed(on, rate=Rate("0.03%/day")))
            assert [due for due, _, _ in rows(account, on)] == [
                row.due for row in agreed.schedule()
            ]


def test_weeks_go_on_as_weeks():
    weekly = daily(every="weekly")
    on = date(2026, 1, 24)
    account = Account.open(weekly).record(changed(on, rate=Rate("0.02%/day")))
    assert [due for due, _, _ in rows(account, on)] == [
        date(2026, 1, 22), date(2026, 1, 29), date(2026, 1, 29), date(2026, 2, 5),
    ]  # fmt: skip


def test_another_method_repays_what_is_left():
    account = opened(changed(rate=None, repayment=LevelPayment(4)))
    # 2,000 at 1 % a month in four payments of 512.56.
    assert [str(row.owed.total) for row in account.position(D1).installments] == [
        "1030.00", "512.56", "512.56", "512.56", "512.56",
    ]  # fmt: skip
    assert account.loan_on(START).repayment == EqualPrincipal(3)
    assert account.loan_on(D1).repayment == LevelPayment(4)


def test_what_is_overdue_stays_and_bears_by_the_new_rate():
    agreed = daily(penalty=PenaltyInterest(multiple="1.5"))
    account = Account.open(agreed).record(
        changed(after(D1, 10), rate=Rate("0.02%/day"))
    )
    # Ten nights at 0.06 % of 1,000, then at 0.03 %.
    assert owed(account.position(after(D1, 10)))[0] == "6.00"
    assert owed(account.position(after(D1, 20)))[0] == "9.00"
    assert account.position(after(D1, 20)).days_past_due == 20


def test_penalty_that_no_term_changes_goes_on_to_the_fraction():
    # 0.0004 % of 1,000 is 0.004: posted on the second night, whatever lies between.
    agreed = daily(penalty=PenaltyInterest(rate=Rate("0.0004%/day")))
    cut = Account.open(agreed).record(changed(after(D1, 1), rate=Rate("0.02%/day")))
    assert [owed(cut.position(after(D1, days)))[0] for days in (1, 2, 3)] == [
        "0.00",
        "0.01",
        "0.01",
    ]


def test_penalty_by_another_rule_starts_anew():
    agreed = daily(penalty=PenaltyInterest(rate=Rate("0.0004%/day")))
    other = PenaltyInterest(rate=Rate("0.0012%/day"))
    cut = Account.open(agreed).record(changed(after(D1, 1), rate=None, penalty=other))
    # 0.004 were rounded to nothing: a night of 0.012 is a cent, and not two.
    assert [owed(cut.position(after(D1, days)))[0] for days in (1, 2, 3)] == [
        "0.00",
        "0.01",
        "0.02",
    ]


def test_a_day_that_was_counted_before_the_change_counts_once():
    agreed = daily(
        penalty=PenaltyInterest(rate=Rate("0.1%/day"), payment_day="counted")
    )
    day = after(D1, 3)
    plain = Account.open(agreed)
    cut = plain.record(changed(day, rate=Rate("0.02%/day")))
    for days in (0, 1, 2):
        seen = [owed(one.position(after(day, days)))[0] for one in (plain, cut)]
        assert seen == [f"{4 + days}.00"] * 2


def test_credit_is_kept():
    kept = opened(paid("1530", D1), changed(), allocation=Allocation(future="credit"))
    assert kept.position(D1).credit == Decimal("500.00")
    # On the next due date it pays 10.00 of interest, and 490.00.
    assert owed(kept.position(D2), 2)[3:] == ["0.00", "510.00"]


def test_nothing_more_is_drawn_after_it():
    account = Account.open(daily(), undrawn=True).record(
        Disbursement(id="d1", on=START, amount="3000"), changed()
    )
    with pytest.raises(EventError, match=r"at most 0\.00"):
        account.record(Disbursement(id="d2", on=D2, amount="1"))


def test_a_unit_that_is_left_can_be_planned():
    agreed = daily(repayment=PrincipalAmounts(["2999.99", "0.01"]))
    account = Account.open(agreed).record(changed(D1, rate=Rate("0.02%/day")))
    assert rows(account, D1)[1:] == [(D2, "0.00", "0.01")]


def test_a_monthly_rate_is_cut_on_due_dates_alone():
    with pytest.raises(
        EventError, match="event t1, day_count: .*name a day count that counts days"
    ):
        opened(changed(after(D1, 1)))


def test_a_penalty_agreed_anew():
    agreed = daily(penalty=PenaltyInterest(rate=Rate("0.1%/day")))
    stricter = PenaltyInterest(rate=Rate("1%/day"))
    account = Account.open(agreed).record(
        changed(after(D1, 10), rate=None, penalty=stricter)
    )
    assert owed(account.position(after(D1, 10)))[0] == "10.00"
    assert owed(account.position(after(D1, 11)))[0] == "20.00"


def test_money_ahead_of_time_is_in_the_new_plan():
    early = paid("537.20", after(START, 31), "p0")
    account = Account.open(daily()).record(
        early, paid("1500", after(D1, 5), "p1"), changed(D2, rate=Rate("0.02%/day"))
    )
    before = Account.open(daily()).record(early, paid("1500", after(D1, 5), "p1"))
    assert account.payoff(D2) == before.payoff(D2)
    assert account.position(D2).paid == before.position(D2).paid
    assert account.position(D2).paid.total == Decimal("2037.20")


def test_charges_by_hand_fall_due_with_the_next_installment():
    account = opened(
        Charge(id="c1", on=START, amount="25", installment=3),
        Charge(id="c2", on=START, amount="7", component="penalty", installment=2),
        changed(),
    )
    held = account.position(D1).installments[1]
    assert (held.due, str(held.owed.fee), str(held.owed.penalty)) == (
        D2,
        "25.00",
        "7.00",
    )
    assert account.position(D1).payoff == Decimal("3062.00")


def test_late_charges_of_rows_before_the_change_are_still_made():
    charge = LateCharge("late fee", "10%", days_late=5, of="installment")
    account = opened(
        paid("500", D1), changed(), late_charges=[charge], penalty={"rate": "0%/day"}
    )
    # A tenth of all of the first installment, not of what is left of it.
    assert owed(account.position(after(D1, 5)))[0] == "103.00"


def test_compounding_goes_on():
    daily_on_penalty = Compounding(["penalty"], "daily")
    agreed = daily(
        penalty=PenaltyInterest(rate=Rate("1%/day"), compounding=daily_on_penalty)
    )
    late = Account.open(agreed)
    cut = late.record(changed(after(D1, 4), rate=Rate("0.02%/day")))
    # 10.00 a night, and a hundredth of what was posted: 0.10, 0.20, ..., 0.70.
    assert owed(late.position(after(D1, 8)))[:2] == ["80.00", "2.80"]
    assert owed(cut.position(after(D1, 8)))[:2] == ["80.00", "2.80"]


def test_a_payment_before_the_change_is_taken_back_after_it():
    whole = paid("1030", D1)
    account = opened(whole, changed(), Chargeback(id="b1", on=D2, of="p1", amount="30"))
    # The last that it cleared was principal of the first installment.
    assert owed(account.position(D2)) == ["0.00", "0.00", "0.00", "0.00", "30.00"]
    undone = opened(
        whole, changed(), Reversal(id="x1", on=D2, of="p1", reversed_as="today")
    )
    assert owed(undone.position(D2))[3:] == ["30.00", "1000.00"]


def test_money_ahead_is_owed_again_with_the_first_new_installment():
    ahead = paid("1530", D1)
    account = Account.open(daily()).record(
        ahead, changed(D1), Chargeback(id="b1", on=after(D1, 3), of="p1", amount="400")
    )
    plain = Account.open(daily()).record(ahead, changed(D1))
    day = after(D1, 3)
    moved = account.payoff(day) - plain.payoff(day)
    assert moved == Decimal("400.00")
    assert account.position(day).installments[1].owed.principal == (
        plain.position(day).installments[1].owed.principal + 400
    )


def test_postings_lead_from_the_old_plan_to_the_new():
    on = after(D1, 10)
    account = Account.open(daily()).record(changed(on, rate=Rate("0.02%/day")))
    told = [posting for posting in account.postings() if posting.rule == "terms change"]
    assert [(p.installment, p.component, str(p.amount)) for p in told] == [
        (2, "interest", "-14.40"),
        (2, "principal", "-1000.00"),
        (3, "interest", "-5.20"),
        (4, "interest", "6.20"),
        (4, "principal", "1000.00"),
    ]
    assert told[0].inputs["earned"] == Decimal("8.00")
    assert [explain(posting) for posting in told[:2]] == [
        (
            "On 2026-02-25 CNY 8.00 of interest up to the day became an installment of its"
            " own by the new terms t1."
        ),
        (
            "On 2026-02-25 the principal of installment 2 fell by CNY 1,000.00 by the new"
            " terms t1."
        ),
    ]
    assert (
        explain(told[1], "zh") == "2026年2月25日，合同变更t1，第2期本金减少1,000.00元。"
    )


def test_a_statement_says_what_changed():
    account = Account.open(loan()).record(changed(first_due=D3, day_count="30/360 CN"))
    lines = account.statement(D1, date(2026, 5, 15)).lines
    assert [line.what for line in lines] == [
        "installment 1 due: interest 30.00",
        "terms change t1: rate 0.5%/month, first due 2026-04-15",
        "installment 2 due: interest 20.00",
        "installment 3 due: interest 5.00",
    ]
    # Two months of half a percent on 2,000, and one on 1,000.
    assert str(lines[-1].balance) == "3055.00"


def test_a_second_change_counts_from_the_first():
    account = opened(changed(), changed(D2, "t2", rate=Rate("2%/month")))
    assert rows(account, D2) == [
        (D1, "30.00", "1000.00"),
        (D2, "10.00", "1000.00"),
        (D3, "20.00", "1000.00"),
    ]


def test_a_change_that_never_was():
    account = opened(changed(), Reversal(id="x1", on=D2, of="t1"))
    assert rows(account, D3) == rows(opened(), D3)


def test_a_late_payment_is_replayed_under_new_terms():
    late = Payment(id="p1", on=START, recorded=D3, amount="1000")
    account = opened(changed()).record(late)
    assert account.payoff(D1) == opened(late).payoff(D1)
    assert account.as_known_on(D2).payoff(D1) == opened().payoff(D1)


# --- what is left of each method ----------------------------------------------------------

LEFT = {
    "level": (LevelPayment(3), LevelPayment(2)),
    "longer amortization": (
        LevelPayment(3, amortized_over=6), LevelPayment(2, amortized_over=5),
    ),
    "equal principal": (EqualPrincipal(3), EqualPrincipal(2)),
    "interest only": (InterestOnly(3), InterestOnly(2)),
    "fixed payment": (FixedPayment("1020", 3), FixedPayment("1020", 2)),
    "fixed payment, the term follows": (FixedPayment("1020"), FixedPayment("1020")),
    "fixed principal": (FixedPrincipal("900", 3), FixedPrincipal("900", 2)),
    "amounts": (
        PrincipalAmounts(["1500", "1000", "500"]), PrincipalAmounts(["1000", "500"]),
    ),
    "steps": (
        SteppedPayment([(2, "1020"), (1, None)]),
        SteppedPayment([(1, "1020"), (1, None)]),
    ),
    "steps all through": (
        SteppedPayment([(1, "1020"), (2, None)]), SteppedPayment([(2, None)]),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("agreed", "left"), LEFT.values(), ids=LEFT)
def test_the_same_method_goes_on(agreed, left):
    account = Account.open(loan(repayment=agreed)).record(changed())
    assert account.loan_on(D1).repayment == left


def test_a_single_payment_keeps_its_day():
    account = Account.open(daily(repayment=SinglePayment(3))).record(
        changed(D1, rate=Rate("0.02%/day"))
    )
    # 31 days of 3,000 at 0.04 %, and 59 at 0.02 %.
    assert rows(account, D1) == [(D3, "37.20", "0.00"), (D3, "35.40", "3000.00")]


@pytest.mark.parametrize("repayment", [AddOnInterest(3), GraduatedPayment(3, "1%")])
def test_a_method_that_does_not_go_on_is_to_be_stated(repayment):
    account = Account.open(loan(repayment=repayment))
    with pytest.raises(EventError, match=type(repayment).__name__):
        account.record(changed())
    stated = account.record(changed(repayment=EqualPrincipal(2)))
    assert stated.loan_on(D1).repayment == EqualPrincipal(2)


def test_dates_that_were_stated():
    days = (date(2026, 2, 10), date(2026, 3, 20), date(2026, 4, 5))
    account = Account.open(daily(every=days))
    cheaper = account.record(changed(days[0], rate=Rate("0.02%/day")))
    assert [due for due, _, _ in rows(cheaper, days[0])] == list(days)
    with pytest.raises(EventError, match="every, the new dates"):
        account.record(TermsChange(id="t1", on=days[0], first_due=date(2026, 3, 1)))


def test_holidays_fees_and_drawdowns_that_are_to_come():
    agreed = daily(
        repayment=EqualPrincipal(4),
        holidays=[Holiday(1, 3, "principal")],
        fees=[
            Fee("opening", "50", due="disbursement"),
            Fee("past", "5", due=D1),
            Fee("service", "0.1%", due="installments"),
            Fee("later", "9", due=D3),
        ],
        drawdowns=[Drawdown(date(2026, 1, 20), "500"), Drawdown(D3, "100")],
    )
    left = Account.open(agreed).record(changed(D1, rate=Rate("0.02%/day"))).loan_on(D1)
    assert left.holidays == (Holiday(1, 2, "principal"),)
    # A thousandth of what was lent stays 3.00.
    assert [(fee.name, fee.amount) for fee in left.fees] == [
        ("service", Decimal("3.00")),
        ("later", Decimal(9)),
    ]
    assert left.drawdowns == (Drawdown(D3, "100"),)


def test_a_holiday_that_is_over():
    agreed = daily(holidays=[Holiday(1, 1, "principal")])
    left = Account.open(agreed).record(changed(D1, rate=Rate("0.02%/day"))).loan_on(D1)
    assert left.holidays == ()


@pytest.mark.parametrize(("within", "kept"), [(1, None), (2, 1)])
def test_a_fee_for_early_repayment_counts_from_the_first_installment(within, kept):
    prepayment = Prepayment(fee=PrepaymentFee("1%", within=within))
    account = opened(changed(), prepayment=prepayment)
    fee = account.loan_on(D1).servicing.prepayment.fee
    assert (None if fee is None else fee.within) == kept


def test_an_early_broken_period_does_not_come_again():
    agreed = daily(first_due=date(2026, 3, 1), broken_period="separate")
    on = date(2026, 1, 20)
    account = Account.open(agreed).record(changed(on, rate=Rate("0.02%/day")))
    # Five days of 3,000 at 0.04 %, then 40 at 0.02 %.
    assert rows(account, on)[:2] == [
        (date(2026, 3, 1), "6.00", "0.00"),
        (date(2026, 3, 1), "24.00", "1000.00"),
    ]


def test_interest_whose_due_date_is_to_come_is_owed_whole():
    moved = daily(
        business_days=BusinessDays("following", WEEKENDS, interest="unadjusted")
    )
    # 15 February 2026 is a Sunday: due on the 16th, for a period that ends on the 15th.
    account = Account.open(moved).record(changed(D1, rate=Rate("0.02%/day")))
    assert rows(account, D1)[0] == (date(2026, 2, 16), "37.20", "1000.00")


# --- refusals -----------------------------------------------------------------------------


def test_nothing_new_is_no_change():
    with pytest.raises(TermsError, match="event t1: got 'no new terms'"):
        TermsChange(id="t1", on=D1)


REFUSED = {
    "all due": (
        [Acceleration(id="a1", on=D1)], changed(D2),
        "event t1: got 'accelerated'; allowed: a loan whose installments fall due by a",
    ),
    "charged off": (
        [ChargeOff(id="a1", on=D1)], changed(D2), "event t1: got 'charged off'",
    ),
    "nothing left": (
        [], changed(D3),
        "event t1: got 'new terms on 2026-04-15'; allowed: while some principal is not",
    ),
    "a due date that is over": (
        [], changed(first_due=D1),
        "event t1: got 'first_due 2026-02-15'; allowed: after 2026-02-15",
    ),
    "a payment too low": (
        [], changed(repayment=FixedPayment("1", 2)), "event t1, installment 1",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "change", "said"), REFUSED.values(), ids=REFUSED)
def test_a_change_that_cannot_be(before, change, said):
    account = opened(*before)
    with pytest.raises(EventError, match=said):
        account.record(change)
    assert len(account.events) == len(before)


def test_more_to_be_drawn():
    account = Account.open(loan(), undrawn=True).record(
        Disbursement(id="d1", on=START, amount="1000")
    )
    with pytest.raises(
        EventError,
        match="got 'more to be drawn'; allowed: a loan that is drawn in full",
    ):
        account.record(changed())


def test_interest_on_dates_of_its_own():
    agreed = loan(
        every="quarterly", interest_payments=InterestPayments("monthly"),
        rate=Rate("0.04%/day"), repayment=EqualPrincipal(2),
    )  # fmt: skip
    with pytest.raises(EventError, match="dates of its own"):
        Account.open(agreed).record(changed(D1, rate=Rate("0.02%/day")))


def test_interest_that_fell_due_before_its_period_ended():
    moved = daily(
        business_days=BusinessDays("preceding", WEEKENDS, interest="unadjusted")
    )
    # Due on Friday 13 February, for a period that ends on Sunday.
    account = Account.open(moved)
    with pytest.raises(
        EventError,
        match="event t1: got '2026-02-14'; allowed: from 2026-02-15 on: interest",
    ):
        account.record(changed(date(2026, 2, 14), rate=Rate("0.02%/day")))
    assert account.record(changed(D1, rate=Rate("0.02%/day")))
