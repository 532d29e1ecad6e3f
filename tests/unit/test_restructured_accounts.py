"""Restructured plans in the ledger: what each concession moves, to the cent."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath.account import Account, explain
from loanmath.errors import EventError
from loanmath.events import (
    Acceleration,
    Breach,
    Charge,
    Chargeback,
    ChargeOff,
    InterestPause,
    Reversal,
)
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.terms import (
    Compounding,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    Holiday,
    InterestOnly,
    LevelPayment,
    Residue,
    SinglePayment,
)
from loanmath.terms.concessions import (
    AffordablePayment,
    Capitalization,
    ConditionalForgiveness,
    Deferral,
    Extension,
    Forgiveness,
    FrozenInterest,
    NewDates,
    PlanFee,
    RateCut,
    ReAging,
    Reamortization,
    Settlement,
)
from refusals import refused
from restructured import late, plan
from serviced import D1, D2, D3, START, after, loan, opened, owed, paid

D4, D5, D6 = (date(2026, month, 15) for month in (5, 6, 7))
NOTHING = ["0.00"] * 5


def rows(account, day=D2, first=3):
    """Due date and total of the installments from one on, with all components."""
    return [
        (row.due, [str(part) for part in row.owed])
        for row in account.position(day).installments[first - 1 :]
    ]


def test_re_aging_takes_what_is_overdue_into_the_plan():
    account = late(ReAging())
    assert rows(account, first=1) == [
        (D1, NOTHING),
        (D2, NOTHING),
        (D3, ["28.00", "0.00", "0.00", "50.00", "0.00"]),
        (D3, ["0.00", "0.00", "0.00", "30.00", "3000.00"]),
    ]
    position = account.position(D2)
    assert (position.days_past_due, position.payoff) == (0, Decimal("3078.00"))
    assert position.installments[0].cleared == D2
    assert [row.waived for row in position.installments] == [0] * 4
    # A day later nothing is late, so that nothing costs a penalty.
    assert owed(account.position(D3), 3)[0] == "28.00"


def test_an_extension_plans_what_is_left_over_more_installments():
    account = late(ReAging(), Extension(installments=2))
    assert rows(account, first=4) == [
        (D3, ["0.00", "0.00", "0.00", "30.00", "1000.00"]),
        (D4, ["0.00", "0.00", "0.00", "20.00", "1000.00"]),
        (D5, ["0.00", "0.00", "0.00", "10.00", "1000.00"]),
    ]
    assert late(ReAging(), Extension(months=2)).loan_on(D2) == account.loan_on(D2)


def test_what_is_overdue_stays_where_it_is_not_conceded():
    account = late(Extension(installments=1))
    assert rows(account, first=1) == [
        (D1, ["28.00", "0.00", "0.00", "30.00", "1000.00"]),
        (D2, ["0.00", "0.00", "0.00", "20.00", "1000.00"]),
        (D3, ["0.00", "0.00", "0.00", "10.00", "500.00"]),
        (D4, ["0.00", "0.00", "0.00", "5.00", "500.00"]),
    ]
    assert account.position(D2).days_past_due == 28
    # Both principals bear 1.00 a day.
    assert owed(account.position(D3), 1)[0] == "59.00"


def test_concessions_are_applied_in_their_order():
    half = Forgiveness("penalty", "50%")
    assert rows(late(half, Capitalization())) == [
        (D3, ["0.00", "0.00", "0.00", "30.64", "3064.00"])
    ]
    # Once it is principal, no penalty is left to forgive.
    assert rows(late(Capitalization(), half)) == [
        (D3, ["0.00", "0.00", "0.00", "30.78", "3078.00"])
    ]


def test_only_what_is_named_is_capitalized():
    account = late(Capitalization(["principal", "interest"]))
    assert rows(account) == [(D3, ["0.00", "0.00", "0.00", "30.50", "3050.00"])]
    assert owed(account.position(D2)) == ["28.00", *NOTHING[1:]]
    # Without its principal, a row bears no penalty.
    assert owed(account.position(D3)) == ["28.00", *NOTHING[1:]]


def test_forgiveness_of_what_is_overdue_leaves_the_plan():
    account = late(Forgiveness("penalty", "8"), Forgiveness("interest", "60%"))
    assert account.loan_on(D2) is account.loan_on(D1)
    # 60 % of 50.00, the oldest first.
    assert rows(account, first=1) == [
        (D1, ["20.00", "0.00", "0.00", "0.00", "1000.00"]),
        (D2, ["0.00", "0.00", "0.00", "20.00", "1000.00"]),
        (D3, ["0.00", "0.00", "0.00", "10.00", "1000.00"]),
    ]
    position = account.position(D2)
    assert [row.waived for row in position.installments] == [
        Decimal("38.00"), Decimal("0.00"), Decimal("0.00"),
    ]  # fmt: skip
    bridge = account.bridge(after(D2, -1), D2)
    assert {item.component: item.waived for item in bridge.items} == {
        "penalty": Decimal("8.00"),
        "interest": Decimal("30.00"),
    }


def test_forgiveness_of_principal_reaches_what_is_not_due():
    account = late(Forgiveness("principal", "2500"))
    assert rows(account, first=1) == [
        (D1, ["28.00", "0.00", "0.00", "30.00", "0.00"]),
        (D2, ["0.00", "0.00", "0.00", "20.00", "0.00"]),
        (D3, ["0.00", "0.00", "0.00", "5.00", "500.00"]),
    ]
    assert account.payoff(D2) == Decimal("578.00")


def test_all_principal_may_be_forgiven():
    account = late(Forgiveness("principal"))
    assert account.payoff(D2) == Decimal("78.00")
    assert account.payoff(D6) == Decimal("78.00")
    on = after(D2, 10)
    daily = Account.open(loan(rate=Rate("0.04%/day"))).record(
        plan(Forgiveness("principal"), on=on)
    )
    # 37.20 and 22.40 were due; ten days of 1,000.00 were earned.
    assert daily.payoff(D6) == Decimal("63.60")
    assert sum(row.owed.total for row in daily.position(on).installments) == Decimal(
        "63.60"
    )
    told = [one.component for one in daily.postings(on, on)]
    assert told.count("principal") == 3


@pytest.mark.parametrize(
    ("deferral", "expected"),
    [
        (Deferral(1), [(D3, "0.00", "0.00"), (D4, "60.00", "3000.00")]),
        (Deferral(1, "principal"), [(D3, "30.00", "0.00"), (D4, "30.00", "3000.00")]),
        (Deferral(1, "both"), [(D3, "0.00", "0.00"), (D4, "60.00", "3000.00")]),
    ],
)
def test_a_deferral_moves_due_dates_while_interest_goes_on(deferral, expected):
    account = late(Capitalization(["principal"]), deferral)
    found = [(due, part[3], part[4]) for due, part in rows(account)]
    assert found == expected


def test_a_deferral_of_interest_alone_leaves_the_term():
    account = late(
        Capitalization(["principal"]),
        Extension(installments=1),
        Deferral(1, "interest"),
    )
    # 1,500 each; 30 and 15 of interest together.
    assert [(due, part[3], part[4]) for due, part in rows(account)] == [
        (D3, "0.00", "1500.00"),
        (D4, "45.00", "1500.00"),
    ]


def test_interest_before_principal_in_one_sum_is_deferred_too():
    agreed = loan(rate=Rate("0.04%/day"), repayment=InterestOnly(3))
    account = Account.open(agreed).record(paid("37.20", D1), paid("33.60", D2, "p2"))
    both = account.record(plan(Deferral(1)))
    # 61 days of 3,000.00 at 0.04 %, in place of 31.
    assert [(due, part[3], part[4]) for due, part in rows(both)] == [
        (D4, "73.20", "3000.00")
    ]
    alone = account.record(plan(Deferral(1, "principal")))
    assert [(due, part[3], part[4]) for due, part in rows(alone)] == [
        (D3, "37.20", "0.00"),
        (D4, "36.00", "3000.00"),
    ]
    twice = account.record(plan(Extension(installments=1), Deferral(1), Deferral(1)))
    assert [(due, part[3]) for due, part in rows(twice)] == [
        (D5, "110.40"),
        (D6, "36.00"),
    ]
    weekly = loan(rate=Rate("0.04%/day"), repayment=InterestOnly(2), every="weekly")
    on = after(START, 7)
    later = Account.open(weekly).record(plan(Deferral(2), on=on))
    assert rows(later, on, 2)[0][0] == after(START, 28)


def test_deferrals_come_before_those_agreed_and_before_each_other():
    agreed = loan(repayment=EqualPrincipal(4), holidays=[Holiday(3, 1, "principal")])
    account = Account.open(agreed).record(
        plan(ReAging(), Extension(installments=2), Deferral(1), Deferral(1))
    )
    assert [
        (holiday.first, holiday.of.value) for holiday in account.loan_on(D2).holidays
    ] == [(1, "payment"), (2, "payment"), (3, "principal")]


def test_a_rate_is_cut_for_good_or_for_a_time():
    cut = Rate("0.5%/month")
    good = late(ReAging(), Extension(installments=2), RateCut(cut))
    assert [row[1][3] for row in rows(good, first=4)] == ["15.00", "10.00", "5.00"]
    time = late(ReAging(), Extension(installments=2), RateCut(cut, until=D4))
    assert [row[1][3] for row in rows(time, first=4)] == ["15.00", "10.00", "10.00"]


def test_a_payment_that_can_be_made_decides_the_term():
    account = late(ReAging(), AffordablePayment("1100"))
    assert [(due, part[3], part[4]) for due, part in rows(account, first=4)] == [
        (D3, "30.00", "1070.00"),
        (D4, "19.30", "1080.70"),
        (D5, "8.49", "849.30"),
    ]


def test_new_dates_and_a_fee():
    account = late(
        ReAging(), Reamortization(count=2), RateCut(Rate("0%/month")),
        NewDates(date(2026, 4, 1), "monthly"), PlanFee("0.5%"),
        agreed={"day_count": "ACT/365F"},
    )  # fmt: skip
    assert rows(account, first=4) == [
        (date(2026, 4, 1), ["0.00", "0.00", "15.00", "0.00", "1500.00"]),
        (date(2026, 5, 1), ["0.00", "0.00", "15.00", "0.00", "1500.00"]),
    ]


def test_a_settlement_is_one_payment_for_all():
    by = date(2026, 3, 31)
    account = late(Settlement("2700", by))
    # 28.00, 50.00 and 300.00 of principal are given up.
    assert rows(account, first=1) == [
        (D1, NOTHING),
        (D2, NOTHING),
        (by, ["0.00", "0.00", "0.00", "0.00", "2700.00"]),
    ]
    bridge = account.bridge(after(D2, -1), D2)
    assert {item.component: str(item.waived) for item in bridge.items} == {
        "penalty": "28.00", "interest": "50.00", "principal": "300.00",
    }  # fmt: skip
    done = account.record(paid("2700", by))
    assert done.position(D5).status.value == "closed"
    broken = account.record(Breach(id="b1", on=D3, of="r1"))
    assert broken.payoff(D3) == opened().payoff(D3)
    # Out of interest alone a part of it is paid.
    small = late(Settlement("3040", by))
    assert rows(small)[0][1][4] == "3040.00"


def test_fees_go_on_with_the_plan():
    review = date(2026, 4, 1)
    fees = [Fee("review", "7", due=review), Fee("service", "2", due="installments")]
    account = Account.open(loan(rate=Rate("0.04%/day"), fees=fees))
    longer = ReAging(), Extension(installments=1), PlanFee("0.1%")
    done = account.record(plan(*longer))
    # What was overdue; then 2.00 and a thousandth of 3,000.00 with each installment,
    # and the review as agreed: it is not overdue.
    assert [(due, part[2]) for due, part in rows(done)] == [
        (review, "7.00"),
        (D3, "4.00"),
        (D3, "5.00"),
        (D4, "5.00"),
    ]
    assert done.position(D2).days_past_due == 0
    # It is not owed on a payoff, as it was not.
    assert done.payoff(D2) == account.payoff(D2) == Decimal("3063.60")
    again = done.record(plan(ReAging(), name="r2"))
    assert rows(again)[0] == (review, ["0.00", "0.00", "7.00", "0.00", "0.00"])
    assert again.payoff(D2) == account.payoff(D2)
    # Once it was due it is overdue as all else, and goes into the plan.
    on = after(D3, -11)
    later = account.record(plan(*longer, on=on))
    assert rows(later, on)[0] == (review, NOTHING)
    assert rows(later, on)[1][1][2] == "11.00"
    assert later.payoff(on) == account.payoff(on)


def test_a_loan_that_is_over_gets_installments_again():
    on = date(2026, 5, 20)
    daily = loan(rate=Rate("0.04%/day"))
    account = Account.open(daily)
    for more in (Extension(installments=2), Reamortization(count=2)):
        after_all = account.record(plan(ReAging(), more, on=on))
        assert [due for due, _ in rows(after_all, on, 4)] == [D5, D5, D6]
    stated = account.record(
        plan(ReAging(), NewDates(date(2026, 7, 1)), Extension(installments=1), on=on)
    )
    assert rows(stated, on, 5)[0][0] == date(2026, 7, 1)
    fixed = account.record(plan(ReAging(), AffordablePayment("2000"), on=on))
    assert [due for due, _ in rows(fixed, on, 5)] == [D5, D6]


def test_stated_dates_that_are_over_need_new_ones():
    days = [D1, D2, D3]
    account = Account.open(loan(rate=Rate("0.04%/day"), every=days))
    on = date(2026, 5, 20)
    with refused(EventError, match="state NewDates"):
        account.record(plan(ReAging(), Reamortization(count=2), on=on))
    with refused(EventError, match=r"state NewDates\(\.\.\.\) first"):
        account.record(plan(ReAging(), Extension(installments=2), on=D2))
    dates = NewDates(every=[D5, D6])
    done = account.record(plan(ReAging(), Reamortization(count=2), dates, on=on))
    assert [due for due, _ in rows(done, on, 5)] == [D5, D6]


def test_a_plan_undoes_an_acceleration():
    due = opened(Acceleration(id="a1", on=D1, sequence=1))
    assert due.position(D2).next_due is None
    account = due.record(plan(ReAging(), Extension(installments=1)))
    position = account.position(D2)
    # 28 days of 3.00 on 3,000; the 30.00 of the first period.
    assert [str(part) for part in position.installments[3].owed][:4] == [
        "84.00", "0.00", "0.00", "30.00",
    ]  # fmt: skip
    assert [(due, part[4]) for due, part in rows(account, first=5)] == [
        (D3, "1500.00"),
        (D4, "1500.00"),
    ]
    assert position.days_past_due == 0
    with refused(EventError, match="none that is not due.*ReAging"):
        due.record(plan(Extension(installments=1)))
    # Forgiving leaves all due.
    assert due.record(plan(Forgiveness("penalty"))).payoff(D2) == Decimal("3030.00")


def test_compound_interest_stops_on_what_is_forgiven():
    compounding = Compounding(of=["penalty"])
    account = late(
        Forgiveness("penalty"), ReAging(), penalty={"compounding": compounding}
    )
    assert owed(account.position(D3), 3)[:2] == ["0.00", "0.00"]


def test_credit_and_charges_by_hand_go_on():
    fee = Charge(id="c1", on=D1, amount="12", installment=3)
    account = opened(fee, plan(ReAging(), Extension(installments=1)))
    assert rows(account)[0] == (D3, ["28.00", "0.00", "12.00", "50.00", "0.00"])
    paused = opened(
        InterestPause(id="i1", on=D1), plan(ReAging(), Extension(installments=1))
    )
    assert paused.position(after(D3, 9)).overdue.penalty == Decimal("0.00")


def test_money_taken_back_after_a_plan_is_owed_again():
    account = opened(paid("1030", D1), plan(Extension(installments=1)))
    back = account.record(Chargeback(id="b1", on=D3, of="p1", amount="1030"))
    assert owed(back.position(D3))[3:] == ["30.00", "1000.00"]
    kept = opened(
        paid("1030", D1), plan(Forgiveness("interest")),
        Chargeback(id="b1", on=D3, of="p1", amount="1030"),
    )  # fmt: skip
    assert owed(kept.position(D3))[3:] == ["30.00", "1000.00"]


def test_a_plan_that_was_reversed_never_was():
    undone = late(ReAging()).record(Reversal(id="x1", on=D3, of="r1"))
    assert undone.position(D3).to_csv() == opened().position(D3).to_csv()


def test_a_late_payment_is_credited_before_the_plan():
    account = late(ReAging()).record(paid("1030", D1, recorded=D3))
    assert rows(account)[0] == (D3, ["0.00", "0.00", "0.00", "20.00", "0.00"])
    assert account.revision is not None


@pytest.mark.parametrize(
    ("concessions", "said"),
    [
        ([Forgiveness("penalty", "28.01")], "at most 28.00, what is owed of it"),
        ([Forgiveness("penalty", "0.001")], "amount"),
        ([Forgiveness("principal"), RateCut(Rate("0%/month"))], "none that is not due"),
        ([ReAging(), RateCut(Rate("2%/month"))], "at most 1%/month"),
        ([RateCut(Rate("0%/month"), until=D2)], "after 2026-03-15"),
        ([RateCut(Rate("0%/day"), until=D4)], "a rate per day"),
        ([NewDates(D2)], "after 2026-03-15"),
        ([Settlement("3078.01", D3)], "at most 3078.00, all that is owed"),
        ([Settlement("100", D2)], "after 2026-03-15"),
        ([AffordablePayment("5")], "a payment that repays the loan"),
        ([AffordablePayment("500"), Extension(months=1)], "Reamortization"),
        ([NewDates(every="P2W"), Extension(months=1)], "steps of months"),
        ([NewDates(every="P2M"), Extension(months=3)], "a multiple of 2"),
    ],
)  # fmt: skip
def test_refused_plans_say_what_would_do(concessions, said):
    account = opened()
    with refused(EventError, match="event r1") as caught:
        account.record(plan(*concessions))
    assert said in str(caught.value)
    assert account.events == ()


def test_a_plan_needs_a_loan_that_is_planned():
    with refused(EventError, match="charged off"):
        opened(ChargeOff(id="o1", on=D1), plan(ReAging(), on=D2))
    over = Account.open(loan(rate=Rate("0.04%/day")))
    with refused(EventError, match=r"Extension\(installments=\.\.\.\)"):
        over.record(plan(ReAging(), on=D4))
    with refused(EventError, match="count, how many installments"):
        over.record(plan(ReAging(), Reamortization(), on=D4))


def test_methods_are_planned_as_they_were():
    def left(repayment, *concessions, on=D2, **words):
        agreed = loan(**{"rate": Rate("0.04%/day"), "repayment": repayment} | words)
        account = Account.open(agreed).record(plan(ReAging(), *concessions, on=on))
        return account.loan_on(on).repayment

    spread = LevelPayment(3, residue="spread")
    assert left(spread, Extension(months=2)) == LevelPayment(3, residue=Residue.SPREAD)
    assert left(spread, Reamortization()) == LevelPayment(1, residue="spread")
    whole = LevelPayment(3, rounding=Rounding(unit="1"), balloon="300")
    assert left(whole, Reamortization(count=5)) == LevelPayment(
        5, rounding=Rounding(unit="1")
    )
    equal = EqualPrincipal(3, residue="first", balloon="300")
    assert left(equal, Reamortization(count=5)) == EqualPrincipal(5, residue="first")
    free = RateCut(Rate("0%/year"))
    flat = left(FlatFee(3, "6%"), free, Reamortization(count=5), rate=None)
    assert flat == LevelPayment(5)
    assert left(LevelPayment(3, amortized_over=9), Extension(months=2)) == LevelPayment(
        3, amortized_over=7
    )
    assert left(LevelPayment(3, amortized_over=5), Extension(months=2)) == LevelPayment(
        3
    )
    assert left(InterestOnly(3), Extension(months=2)) == InterestOnly(3)
    assert left(SinglePayment(3), Extension(months=2)) == SinglePayment(3)
    assert left(SinglePayment(3), Deferral(2)) == SinglePayment(3)
    assert left(FixedPayment("1200"), RateCut(Rate("0%/day"))) == FixedPayment("1200")
    assert left(FixedPrincipal("1000", 3), Reamortization(count=4)) == LevelPayment(4)


def test_a_last_date_of_its_own_gives_way_to_more_installments():
    agreed = loan(rate=Rate("0.04%/day"), last_due=date(2026, 4, 20))
    account = Account.open(agreed)
    for more in (Extension(installments=1), Reamortization(count=2)):
        done = account.record(plan(ReAging(), more))
        assert [due for due, _ in rows(done, D2, 4)][-1] == date(2026, 5, 20)


def test_a_rate_in_steps_goes_on_after_a_cut():
    from loanmath.terms import FloatingRate, Index, SteppedRate

    low, old, high = (Rate(f"{share}%/month") for share in ("0.5", "1", "2"))
    stepped = SteppedRate(old, {D1: high, D6: old})
    account = Account.open(loan(rate=stepped, day_count="30/360"))
    cut = RateCut(low, until=D4)
    done = account.record(plan(ReAging(), Extension(installments=3), cut))
    assert done.loan_on(D2).rate == SteppedRate(low, {D4: high, D6: old})
    index = Index("example", {date(2026, 1, 1): "12%"})
    floating = FloatingRate(index, resets=[])
    yearly = Account.open(loan(rate=floating, day_count="30/360"))
    with refused(EventError, match="one that floats has no steps"):
        yearly.record(plan(ReAging(), RateCut(Rate("6%/year"), until=D4)))


def test_postings_tell_each_concession():
    account = late(
        Forgiveness("penalty", "8"), FrozenInterest("last", components=["penalty"]),
        Capitalization(["interest"]), ReAging(), Extension(installments=1),
        ConditionalForgiveness("compound"),
    )  # fmt: skip
    told = [explain(posting) for posting in account.postings(D2, D2)]
    day = "On 2026-03-15"
    assert (
        f"{day} CNY 8.00 of penalty of installment 1 was forgiven, by the plan r1."
        in told
    )
    assert (
        f"{day} CNY 20.00 of penalty of installment 1 was frozen, by the plan r1."
        in told
    )
    assert (
        f"{day} CNY 30.00 of interest of installment 1 became principal of the plan,"
        " by the plan r1."
    ) in told
    assert (
        f"{day} CNY 1,000.00 of principal of installment 2 went into the plan, by the"
        " plan r1."
    ) in told
    assert (
        f"{day} the fees of installment 4 rose by CNY 20.00, with CNY 20.00 that was"
        " frozen, by the plan r1."
    ) in told
    chinese = [explain(posting, "zh") for posting in account.postings(D2, D2)]
    assert "2026年3月15日，债务重组r1，第1期罚息8.00元减免。" in chinese
    carried = [explain(one, lang) for one in late(ReAging()).postings(D2, D2)
               for lang in ("en", "zh")]  # fmt: skip
    assert (
        f"{day} CNY 50.00 of interest from before became due with installment 3, by the"
        " plan r1."
    ) in carried
    assert "2026年3月15日，债务重组r1，此前的利息50.00元随第3期偿还。" in carried


def test_the_statement_and_the_dues_follow_the_plan():
    account = late(ReAging(), Extension(installments=1))
    lines = [(line.on, line.what) for line in account.statement(D2, D4).lines]
    assert (D2, "restructuring r1") in lines
    assert (D4, "installment 5 due: interest 15.00") in lines
