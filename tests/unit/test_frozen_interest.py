"""What a plan freezes: which installments pay it, what that moves, what stays owed."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath.account import Account, Arrear, explain
from loanmath.errors import EventError
from loanmath.events import Acceleration, Breach, TermsChange, WriteOff
from loanmath.rates import Rate
from loanmath.terms import (
    Fee,
    LevelPayment,
    PenaltyInterest,
    Prepayment,
    Servicing,
    SteppedRate,
)
from loanmath.terms.concessions import (
    AffordablePayment,
    Deferral,
    Extension,
    Forgiveness,
    FrozenInterest,
    NewDates,
    RateCut,
    ReAging,
    Reamortization,
)
from restructured import late, plan
from serviced import D1, D2, D3, START, after, loan, paid, terms

D4, D5 = date(2026, 5, 15), date(2026, 6, 15)
LEVEL = {"repayment": LevelPayment(3)}
LONGER = (ReAging(), Extension(installments=2))


def parts(account, day=D2, first=3):
    """Fee, interest and principal owed of each installment from one on."""
    return [
        [str(part) for part in row.owed[2:]]
        for row in account.position(day).installments[first - 1 :]
    ]


def level(how, *more, agreed=None, **servicing):
    """The loan by level payments, late with two of them, without its penalty."""
    conceded = Forgiveness("penalty"), FrozenInterest(how), *LONGER, *more
    return late(*conceded, agreed=LEVEL | (agreed or {}), **servicing)


@pytest.mark.parametrize(
    ("how", "fees", "interest", "later"),
    [
        ("last", ["0.00", "0.00", "28.00"], ["30.00", "20.00", "60.00"],
         ["28.00", "50.00"]),
        ("pro_rata", ["9.33", "9.33", "9.34"], ["46.66", "36.67", "26.67"],
         ["18.67", "33.34"]),
        ("equal", ["9.33", "9.33", "9.34"], ["46.67", "36.67", "26.66"],
         ["18.67", "33.33"]),
    ],
)  # fmt: skip
def test_what_is_frozen_bears_nothing_and_is_paid_as_stated(how, fees, interest, later):
    # 28.00 of penalty are a fee; 50.00 of interest stay interest, beside 30, 20 and 10.
    account = late(FrozenInterest(how), *LONGER)
    found = parts(account)
    assert [row[0] for row in found] == fees
    assert [row[1] for row in found] == interest
    assert account.payoff(D2) == Decimal("3078.00")
    # New terms take what is still frozen into their first installment.
    changed = account.record(TermsChange(id="t1", on=D3, rate=Rate("0.5%/month")))
    assert parts(changed, D3, 4)[0] == [*later, "0.00"]
    assert changed.payoff(D3) == account.payoff(D3)


def test_frozen_interest_that_is_forgiven_is_owed_no_more():
    account = late(FrozenInterest("forgiven", components=["interest"]))
    assert account.payoff(D2) == Decimal("3028.00")
    assert account.loan_on(D2) is account.loan_on(D1)


def test_level_payments_pay_frozen_interest_before_principal():
    # 30.00 and 20.10 are owed; (3,000 + 50.10 / 1.01) / 2.940985 are 1,036.93.
    assert parts(level("within")) == [
        ["0.00", "80.10", "956.83"],
        ["0.00", "20.43", "1016.50"],
        ["0.00", "10.27", "1026.67"],
    ]


def test_level_payments_hold_equal_shares_of_frozen_interest():
    # 3,000 / 2.940985 + 16.70 are 1,036.77.
    assert parts(level("equal")) == [
        ["0.00", "46.70", "990.07"],
        ["0.00", "36.80", "999.97"],
        ["0.00", "26.80", "1009.96"],
    ]


def test_frozen_penalty_is_paid_before_interest():
    # 28 days of 0.1 % on 990.07; (3,000 + 77.82 / 1.01) / 2.940985 are 1,046.26.
    within = late(FrozenInterest("within"), *LONGER, agreed=LEVEL)
    assert parts(within) == [
        ["27.72", "80.10", "938.44"],
        ["0.00", "20.62", "1025.64"],
        ["0.00", "10.36", "1035.92"],
    ]
    # 3,000 / 2.940985 + 16.70 + 9.24 are 1,046.01.
    equal = late(FrozenInterest("equal"), *LONGER, agreed=LEVEL)
    assert parts(equal) == [
        ["9.24", "46.70", "990.07"],
        ["9.24", "36.80", "999.97"],
        ["9.24", "26.80", "1009.96"],
    ]


def test_what_is_paid_last_is_beside_level_payments():
    penalty = FrozenInterest("equal", components=["penalty"])
    interest = FrozenInterest("last", components=["interest"])
    account = late(penalty, interest, *LONGER, agreed=LEVEL)
    # 1,029.31 with 9.24 each, and 50.10 on top of the last.
    assert parts(account) == [
        ["9.24", "30.00", "990.07"],
        ["9.24", "20.10", "999.97"],
        ["9.24", "60.20", "1009.96"],
    ]


def owing(interest, **agreed):
    """A loan that begins with interest from before it."""
    behind = Arrear(due=after(START, -1), interest=interest)
    return Account.open(loan(**agreed), arrears=[behind])


def test_what_one_level_payment_has_no_room_for_the_next_one_pays():
    account = owing(
        "500", principal="300", rate=Rate("0%/month"), repayment=LevelPayment(4)
    ).record(plan(FrozenInterest("within"), ReAging(), on=START))
    # 800 in four payments.
    assert parts(account, START, 2) == [
        ["0.00", "200.00", "0.00"],
        ["0.00", "200.00", "0.00"],
        ["0.00", "100.00", "100.00"],
        ["0.00", "0.00", "200.00"],
    ]


def test_the_level_payment_counts_frozen_interest_when_it_is_paid():
    account = owing(
        "100", principal="100", rate=Rate("10%/month"), repayment=LevelPayment(3)
    ).record(plan(FrozenInterest("within"), ReAging(), on=START))
    # (100 + 65.63 / 1.1 + 34.37 / 1.21) / 2.486852 are 75.63: 10.00 and 65.63, then
    # 10.00 and 34.37 of interest; 68.74 bear 6.87.
    assert parts(account, START, 2) == [
        ["0.00", "75.63", "0.00"],
        ["0.00", "44.37", "31.26"],
        ["0.00", "6.87", "68.74"],
    ]


@pytest.mark.parametrize(
    ("agreed", "more"),
    [
        ({}, ()),
        (LEVEL, (Deferral(1),)),
        (LEVEL, (AffordablePayment("900"),)),
        ({"repayment": LevelPayment(3, amortized_over=6)}, ()),
        ({"repayment": LevelPayment(3, sized_by="30/360 CN")}, ()),
        ({**LEVEL, "day_count": "30/360 CN"}, (RateCut(Rate("0%/month"), until=D4),)),
    ],
)
def test_only_one_level_payment_has_interest_within_it(agreed, more):
    with pytest.raises(EventError, match="within payments that are not level"):
        late(FrozenInterest("within"), *LONGER, *more, agreed=agreed)


def test_frozen_interest_is_owed_on_a_payoff_and_an_acceleration():
    for how in ("last", "pro_rata", "equal", "within"):
        account = level(how)
        assert account.payoff(D2) == Decimal("3050.10")
        # Ten of 31 days of 30.00.
        on = after(D2, 10)
        assert account.payoff(on) == Decimal("3059.78")
        closed = account.record(paid("3059.78", on))
        assert closed.position(D5).status.value == "closed"
        assert closed.payoff(D5) == Decimal("0.00")
        due = account.record(Acceleration(id="a1", on=on))
        assert due.position(on).due.interest == Decimal("59.78")
        lost = account.record(WriteOff(id="w1", on=on))
        assert lost.position(on).written_off == Decimal("3059.78")
        assert lost.payoff(D5) == Decimal("0.00")
        told = [
            posting.formula
            for posting in (*closed.postings(on, on), *due.postings(on, on))
            if posting.component == "interest"
        ]
        kept = "carried - paid_early - owed"
        assert (kept in told) == (how != "within")


def test_money_ahead_of_time_pays_frozen_interest_first():
    account = level("equal", interest_on="balance")
    # All of the first payment, and 500.00 of the second: 16.70 of its interest are
    # frozen, the rest is not earned.
    on = after(D2, 1)
    done = account.record(paid("1536.77", on))
    payoff = done.payoff(on)
    assert done.record(paid(str(payoff), on, "p2")).payoff(D5) == Decimal("0.00")
    assert account.payoff(on) - payoff == Decimal("1536.77")


def test_frozen_interest_is_no_base_of_a_fee():
    fees = [
        Fee("of interest", "10%", of="interest", due="installments"),
        Fee("of payment", "1%", of="payment", due="installments"),
    ]
    account = level("equal", agreed={"fees": fees})
    # A tenth of 30.00, 20.10 and 10.10, and a hundredth of 1,020.07, .07 and .06; the
    # fees of two payments that were overdue are on a row of their own.
    assert [row[0] for row in parts(account)] == ["25.41", "13.20", "12.21", "11.21"]


def test_a_second_plan_takes_what_is_still_frozen():
    account = level("equal").record(paid("1036.77", D3))
    # Two shares of 16.70, and nothing earned.
    again = account.record(plan(ReAging(), Extension(installments=1), on=D3, name="r2"))
    assert parts(again, D3, 4)[0] == ["0.00", "33.40", "0.00"]
    assert again.payoff(D3) == account.payoff(D3) == Decimal("2043.33")


def test_interest_to_come_is_frozen_as_an_amount():
    frozen = FrozenInterest("equal", components=["interest"], to_come=True)
    stopped = RateCut(Rate("0%/month"))
    account = late(Forgiveness("penalty"), frozen, *LONGER, stopped)
    # 50.00 are owed, and 10.00 were to come.
    assert parts(account) == [["0.00", "20.00", "1000.00"]] * 3
    assert account.payoff(D2) == account.payoff(after(D2, 9)) == Decimal("3060.00")
    # Nothing is to come of a loan whose term is over.
    over = late(Forgiveness("penalty"), frozen, *LONGER, stopped, on=D3)
    assert over.payoff(D3) == Decimal("3060.00")


def test_what_is_within_level_payments_may_hold_interest_to_come_too():
    frozen = FrozenInterest("within", components=["interest"], to_come=True)
    account = late(
        Forgiveness("penalty"), frozen, *LONGER, RateCut(Rate("0%/month")), agreed=LEVEL
    )
    # 30.00, 20.10 and 10.10: (3,000 + 60.20) / 3 are 1,020.07.
    assert parts(account) == [
        ["0.00", "60.20", "959.87"],
        ["0.00", "0.00", "1020.07"],
        ["0.00", "0.00", "1020.06"],
    ]


def test_an_installment_on_which_nothing_is_due_pays_no_share():
    account = late(
        Forgiveness("penalty"), FrozenInterest("equal"), ReAging(),
        Extension(installments=1), Deferral(1),
    )  # fmt: skip
    # 30.00 are carried to the second; 50.00 in halves.
    assert parts(account) == [
        ["0.00", "0.00", "0.00"],
        ["0.00", "85.00", "1500.00"],
        ["0.00", "40.00", "1500.00"],
    ]
    assert account.payoff(D2) == Decimal("3050.00")
    # Ten of 31 days of 30.00.
    assert account.payoff(after(D2, 10)) == Decimal("3059.68")


DAILY = {"rate": Rate("0.1%/day"), "interest_rounded": "day"}
"""93, 56 and 31 of interest, rounded day by day, that no balance plans anew."""


def test_shares_stand_beside_interest_that_keeps_to_its_plan():
    account = owing("60", **DAILY).record(
        plan(FrozenInterest("equal"), ReAging(), on=START)
    )
    assert [row[1] for row in parts(account, START, 2)] == ["113.00", "76.00", "51.00"]
    assert account.payoff(START) == Decimal("3060.00")
    # Ten days of 3.00.
    on = after(START, 10)
    assert account.payoff(on) == Decimal("3090.00")
    closed = account.record(paid("3090", on))
    assert closed.payoff(D3) == Decimal("0.00")
    # What is prepaid leaves shares where they are.
    sooner = account.record(paid("1000", on, effect="shorter"))
    assert sooner.payoff(on) == Decimal("2090.00")


def test_a_rebate_by_digits_leaves_frozen_interest():
    servicing = Servicing(prepayment=Prepayment(unearned="rule_of_78"))
    account = owing("60", servicing=servicing, **DAILY).record(
        plan(FrozenInterest("last"), ReAging(), on=START)
    )
    # Before the first day is over all of 180.00 is given back, and none of 60.00.
    assert account.payoff(START) == Decimal("3060.00")
    closed = account.record(paid("3060", START))
    assert closed.payoff(D3) == Decimal("0.00")
    taken = {
        posting.installment: str(posting.amount)
        for posting in closed.postings(START, START)
        if posting.rule == "payoff"
    }
    assert taken == {2: "-93.00", 3: "-56.00", 4: "-31.00"}


def test_interest_to_the_end_of_a_period_counts_no_share_of_the_next():
    account = late(
        Forgiveness("penalty"), FrozenInterest("equal"), *LONGER,
        prepayment=Prepayment(interest="period"),
    )  # fmt: skip
    # The whole of 30.00, and all of 50.00.
    assert account.payoff(after(D2, 10)) == Decimal("3080.00")
    assert account.payoff(D2) == Decimal("3050.00")


def test_a_breach_brings_frozen_interest_back():
    account = level("within").record(Breach(id="b1", on=D3, of="r1"))
    never = late(Forgiveness("penalty"), agreed=LEVEL)
    assert account.payoff(D3) == never.payoff(D3)


def test_a_fee_on_a_date_of_its_own_pays_no_share():
    review = Fee("review", "7", due=date(2026, 4, 1))
    agreed = {"fees": [review], "rate": Rate("12%/year"), "day_count": "30/360"}
    account = level("equal", agreed=agreed)
    shares = [row[1] for row in parts(account)]
    assert shares == ["0.00", "46.70", "36.80", "26.80"]


def test_a_plan_says_what_was_frozen():
    account = late(
        Forgiveness("penalty"), FrozenInterest("within"), ReAging(),
        NewDates(D4), Reamortization(count=2),
        agreed=LEVEL | {"day_count": "30/360", "rate": Rate("12%/year")},
    )  # fmt: skip
    told = [explain(posting) for posting in account.postings(D2, D2)]
    assert (
        "On 2026-03-15 the interest of installment 3 rose by CNY 100.00, with CNY 50.10"
        " that was frozen, by the plan r1."
    ) in told
    chinese = [explain(posting, "zh") for posting in account.postings(D2, D2)]
    assert (
        "2026年3月15日，债务重组r1，第3期利息增加100.00元，含停息挂账50.10元。"
        in chinese
    )


def test_penalty_goes_on_beside_what_is_frozen():
    account = level("equal")
    # The first payment is late: 0.1 % a day on its principal alone.
    assert account.position(after(D3, 10)).overdue.penalty == Decimal("9.90")
    assert isinstance(account.loan.penalty, PenaltyInterest)
    assert terms()["penalty"] == account.loan.penalty


def test_a_rate_in_steps_leaves_shares_beside_the_payments():
    stepped = SteppedRate(Rate("12%/year"), {D4: Rate("6%/year")})
    account = level("equal", agreed={"rate": stepped, "day_count": "30/360"})
    # 50.10 in thirds, beside what is planned as if nothing were frozen.
    assert parts(account) == [
        ["0.00", str(row.interest + Decimal("16.70")), str(row.principal)]
        for row in account.loan_on(D2).schedule()
    ]
