"""Broken plans: what is owed again, and what every payment since was credited to."""

from datetime import date

from loanmath.account import explain
from loanmath.errors import EventError
from loanmath.events import (
    Breach,
    Chargeback,
    Reversal,
    Waiver,
)
from loanmath.rates import Rate
from loanmath.terms.concessions import (
    Capitalization,
    ConditionalForgiveness,
    Extension,
    Forgiveness,
    FrozenInterest,
    RateCut,
    ReAging,
    Settlement,
)
from refusals import refused
from restructured import late, plan
from serviced import D1, D2, D3, after, opened, owed, paid

D4 = date(2026, 5, 15)
AGREED = (ConditionalForgiveness("penalty"), ReAging(), Extension(installments=2))


def breach(of="r1", on=D4, name="b1"):
    return Breach(id=name, on=on, of=of)


def same(one, other, *days):
    for day in days:
        assert one.position(day).to_csv() == other.position(day).to_csv()
        assert one.payoff(day) == other.payoff(day)
        assert one.position(day).credit == other.position(day).credit


def test_a_breach_reinstates_and_credits_what_was_paid():
    # Due by the plan on 15 April: 50.00 carried, 30.00 of interest and 1,000.00.
    kept = late(*AGREED).record(paid("1080", D3))
    assert kept.position(D4).days_past_due == 0
    broken = kept.record(breach())
    # By the old terms 59.00 of penalty and 30.00 of interest of the first installment
    # came first: 991.00 went to its principal.
    assert owed(broken.position(D4))[3:] == ["0.00", "9.00"]
    # 30 nights of 9.00 are 0.27; of 1,000.00 there were 61 and 30.
    assert [owed(broken.position(D4), row)[0] for row in (1, 2, 3)] == [
        "0.27", "61.00", "30.00",
    ]  # fmt: skip
    same(broken, opened(paid("1080", D3)), D4, after(D4, 40))


def test_days_before_a_breach_stay_what_they_were():
    kept = late(*AGREED).record(paid("1080", D3))
    broken = kept.record(breach())
    same(broken, kept, D2, D3, after(D4, -1))
    assert broken.revision is None
    bridge = broken.bridge(after(D4, -1), D4)
    assert bridge.closing == broken.payoff(D4)
    moved = {item.component: item.other for item in bridge.items}
    # 28.00 came back, and what lateness cost since.
    assert moved["penalty"] == broken.position(D4).overdue.penalty
    lines = [line.what for line in broken.statement(D4, D4).lines]
    assert "breach b1 of r1" in lines
    told = [explain(one) for one in broken.postings(D4, D4)]
    assert (
        "On 2026-05-15 the penalty of installment 1 rose by CNY 0.27, as the plan was"
        " broken (b1)."
    ) in told
    chinese = [explain(one, "zh") for one in broken.postings(D4, D4)]
    assert "2026年5月15日，重组协议失效（b1），第1期罚息增加0.27元。" in chinese


def test_what_was_forgiven_for_good_stays_forgiven():
    broken = late(Forgiveness("penalty", "20"), *AGREED).record(breach())
    other = opened(plan(Forgiveness("penalty", "20"))).record()
    same(broken, other, D4, after(D4, 9))


def test_at_most_what_is_owed_stays_forgiven():
    # 3,050.00 were principal once interest had joined it; 3,000.00 are without it.
    both = late(
        Capitalization(["interest", "principal"]), Forgiveness("principal", "3010")
    )
    assert both.payoff(D2) == 68
    broken = both.record(breach(on=D3))
    # 28.00 of penalty and 50.00 of interest are left, and 10.00 of what it would bear.
    assert broken.payoff(D3) == 78


def test_a_condition_that_was_met_holds():
    met = ConditionalForgiveness("penalty", "20", until=D3)
    broken = late(met, ReAging(), Extension(installments=2)).record(breach())
    same(broken, opened(plan(Forgiveness("penalty", "20"))), D4)
    early = late(met, ReAging(), Extension(installments=2)).record(
        breach(on=after(D3, -1))
    )
    same(early, opened(), D3)


def test_what_was_frozen_revives():
    for paid_as in ("last", "pro_rata", "forgiven"):
        account = late(FrozenInterest(paid_as), ReAging(), Extension(installments=2))
        same(account.record(breach()), opened(), D4, after(D4, 9))


def test_a_conditional_forgiveness_alone_is_a_plan_too():
    account = late(ConditionalForgiveness("penalty"))
    same(account.record(breach(on=D3)), opened(), D3)


def test_a_second_plan_is_broken_before_the_first():
    first, second = plan(*AGREED), plan(RateCut(Rate("0%/month")), on=D3, name="r2")
    both = opened(first, second)
    with refused(EventError, match="plan in force: 'r2'"):
        both.record(breach("r1"))
    broken = both.record(breach("r2"))
    same(broken, opened(first), D4)
    same(
        broken.record(breach("r1", on=after(D4, 1), name="b2")), opened(), after(D4, 1)
    )


def test_the_first_of_two_plans_may_have_forgiven_for_good():
    first = plan(Forgiveness("penalty", "20"), *AGREED)
    second = plan(RateCut(Rate("0%/month")), on=D3, name="r2")
    broken = opened(first, second, breach("r2"), breach("r1", after(D4, 1), "b2"))
    same(broken, opened(plan(Forgiveness("penalty", "20"))), after(D4, 1))


def test_a_plan_is_broken_once():
    account = late(*AGREED).record(breach())
    with refused(EventError, match="there is none"):
        account.record(breach(on=after(D4, 1), name="b2"))
    with refused(EventError, match="a breach of 'r9'"):
        late(*AGREED).record(breach("r9"))
    with refused(EventError, match="there is none"):
        late(Forgiveness("penalty")).record(breach())


def test_what_the_old_terms_do_not_allow_is_refused():
    account = late(*AGREED).record(
        Waiver(id="w1", on=D3, component="interest", amount="80")
    )
    with refused(EventError, match="event b1, event w1") as caught:
        account.record(breach())
    assert "reverse what the old terms do not allow" in str(caught.value)


def test_money_is_taken_back_after_a_breach():
    kept = late(*AGREED).record(paid("1080", D3), breach())
    back = Chargeback(id="c1", on=after(D4, 5), of="p1", amount="1080")
    other = opened(paid("1080", D3)).record(back)
    same(kept.record(back), other, after(D4, 5), after(D4, 30))
    told = kept.record(back).postings(after(D4, 5), after(D4, 5))
    wanted = other.postings(after(D4, 5), after(D4, 5))
    assert [explain(one) for one in told if one.rule == "chargeback"] == [
        explain(one) for one in wanted if one.rule == "chargeback"
    ]
    # Recorded one by one or all at once, early or late.
    again = opened(back, breach(), paid("1080", D3), plan(*AGREED))
    same(again, other, after(D4, 30))


def test_money_paid_ahead_is_taken_back_after_a_plan():
    # 450.00 and more went to the third installment, which the plan took in.
    ahead = opened(paid("2500", D1), plan(ReAging(), Extension(installments=1)))
    back = Chargeback(id="c1", on=D3, of="p1", amount="2500")
    moved = [
        (one.installment, one.component, one.amount)
        for one in ahead.record(back).postings(D3, D3)
        if one.rule == "chargeback"
    ]
    assert sum(amount for _, _, amount in moved) == 2500
    assert moved[0][:2] == (3, "principal")


def test_credit_of_a_broken_plan():
    # Without its forgiveness, what was too much for the plan is not too much.
    account = late(ConditionalForgiveness("penalty"), Settlement("2000", D3))
    account = account.record(paid("2500", D3))
    assert account.position(D3).credit == 500
    broken = account.record(breach())
    assert broken.position(D4).credit == 0
    told = [
        (explain(one), explain(one, "zh"))
        for one in broken.postings(D4, D4)
        if one.component == "credit"
    ]
    assert told == [
        (
            f"On {D4} CNY 500.00 was taken off the credit, as the plan was broken (b1).",
            "2026年5月15日，重组协议失效（b1），溢缴款减少500.00元。",
        )
    ]
    same(broken, opened(paid("2500", D3)), D4)


def test_a_breach_that_was_reversed_never_was():
    kept = late(*AGREED).record(paid("1080", D3))
    undone = kept.record(breach(), Reversal(id="x1", on=after(D4, 1), of="b1"))
    same(undone, kept, D4, after(D4, 9))
    with refused(EventError, match="a breach of 'r1'"):
        kept.record(breach(), Reversal(id="x1", on=after(D4, 1), of="r1"))


def test_payments_in_a_breached_account_are_tallied_once():
    broken = late(*AGREED).record(paid("1080", D3), breach(), paid("60", D4, "p2"))
    assert broken.position(after(D4, 1)).paid.total == 1140
    assert D1 in {row.due for row in broken.position(D4).installments}
