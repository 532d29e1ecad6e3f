"""Where a payment goes: tables, standings, what is left, and what the payer said."""

from decimal import Decimal

import pytest

from loanmath.account import Account, Status
from loanmath.errors import CurrencyError, EventError
from loanmath.events import Charge, Chargeback, Payment, Refund, Reversal
from loanmath.rates import Rate
from loanmath.terms import (
    Allocation,
    AllocationTier,
    Fee,
    LevelPayment,
    PenaltyInterest,
    Prepayment,
    Servicing,
    SinglePayment,
)
from serviced import D1, D2, D3, START, after, loan, opened, owed, paid, terms

pytestmark = pytest.mark.usefixtures("either_way")

FREE = {"rate": "0%/day"}


def rows(account, day, *numbers):
    position = account.position(day)
    return [owed(position, number)[3:] for number in numbers or (1, 2, 3)]


def spent(amount, day, *, future="credit", by="installment", order=None, **words):
    """Return interest and principal owed of all rows after one payment."""
    named = {} if order is None else {"order": order}
    account = opened(
        paid(amount, day, **words),
        penalty=FREE,
        allocation=Allocation(**named, by=by, future=future),
    )
    return rows(account, day)


FULL = [["30.00", "1000.00"], ["20.00", "1000.00"], ["10.00", "1000.00"]]


def test_a_payment_of_nothing_does_nothing():
    assert spent("0", D1) == FULL


def test_interest_goes_before_principal_by_default():
    assert spent("30", D1)[0] == ["0.00", "1000.00"]
    assert spent("30.01", D1)[0] == ["0.00", "999.99"]
    assert spent("29.99", D1)[0] == ["0.01", "1000.00"]


def test_penalty_compound_and_fee_go_first():
    account = opened(
        Charge(id="c1", on=D1, amount="5", installment=1),
        paid("7", after(D1, 3)),
    )
    # 3.00 of penalty, then 4.00 of the fee of 5.00.
    assert owed(account.position(after(D1, 3))) == [
        "0.00",
        "0.00",
        "1.00",
        "30.00",
        "1000.00",
    ]


def test_by_installment_the_oldest_row_is_cleared_first():
    # On 20 March two rows are past due.
    day = after(D2, 5)
    assert spent("1045", day) == [
        ["0.00", "0.00"],
        ["5.00", "1000.00"],
        ["10.00", "1000.00"],
    ]


def test_by_component_interest_of_all_rows_is_cleared_first():
    day = after(D2, 5)
    assert spent("1045", day, by="component") == [
        ["0.00", "5.00"],
        ["0.00", "1000.00"],
        ["10.00", "1000.00"],
    ]


def test_what_is_past_due_goes_before_what_is_due():
    for by in ("installment", "component"):
        assert spent("1035", D2, by=by)[:2] == [["0.00", "0.00"], ["15.00", "1000.00"]]


def test_slots_of_the_table_may_mix_the_standings():
    order = [
        "past_due.interest", "due.interest", "past_due.principal", "due.principal",
        "past_due.penalty", "past_due.compound", "past_due.fee",
        "due.penalty", "due.compound", "due.fee",
    ]  # fmt: skip
    # 30.00 and 20.00 of interest before any principal.
    assert spent("60", D2, order=order)[:2] == [["0.00", "990.00"], ["0.00", "1000.00"]]


def test_runs_of_one_standing_are_cleared_row_by_row():
    order = [
        "past_due.interest", "past_due.principal", "due.interest", "due.principal",
        "past_due.penalty", "past_due.compound", "past_due.fee",
        "due.penalty", "due.compound", "due.fee",
    ]  # fmt: skip
    day = after(D2, 1)
    assert spent("1040", day, order=order)[:2] == [
        ["0.00", "0.00"],
        ["10.00", "1000.00"],
    ]
    # By component each slot runs over both rows.
    by = {"by": "component", "order": order}
    assert spent("1040", day, **by)[:2] == [["0.00", "10.00"], ["0.00", "1000.00"]]


def test_a_table_without_advance_slots_goes_on_in_the_order_of_what_is_due():
    order = [
        *(f"past_due.{name}" for name in NAMES),
        *(f"due.{name}" for name in reversed(NAMES)),
    ]
    # 15 January is before the first due date: principal first, as of what is due.
    assert spent("1010", START, order=order, future="next") == [
        ["20.00", "0.00"],
        ["20.00", "1000.00"],
        ["10.00", "1000.00"],
    ]


NAMES = ("penalty", "compound", "fee", "interest", "principal")


def test_advance_slots_may_stand_first():
    order = [
        "in_advance.principal",
        *(f"past_due.{name}" for name in NAMES),
        *(f"due.{name}" for name in NAMES),
    ]
    # On 20 February the two later principals go before what is past due.
    assert spent("2010", after(D1, 5), order=order, future="next") == [
        ["20.00", "1000.00"],
        ["20.00", "0.00"],
        ["10.00", "0.00"],
    ]


def test_what_is_left_may_be_a_credit():
    account = opened(paid("1100", D1), allocation=Allocation(future="credit"))
    position = account.position(D1)
    assert position.credit == Decimal("70.00")
    assert rows(account, D1) == [["0.00", "0.00"], *FULL[1:]]


@pytest.mark.parametrize(
    ("future", "expected"),
    [
        # 1,100 on the first due date: 70.00 are left.
        ("next", [["0.00", "950.00"], ["10.00", "1000.00"]]),
        ("last", [["20.00", "1000.00"], ["0.00", "940.00"]]),
        ("next_last", [["0.00", "950.00"], ["10.00", "1000.00"]]),
        # 35.00 to each: 20.00 and 15.00, 10.00 and 25.00.
        ("spread", [["0.00", "985.00"], ["0.00", "975.00"]]),
    ],
)
def test_what_is_left_pays_rows_in_advance(future, expected):
    assert spent("1100", D1, future=future)[1:] == expected


@pytest.mark.parametrize(
    ("future", "expected"),
    [
        # Of 1,040 on the day of the loan, before anything is due.
        ("next", [["0.00", "0.00"], ["10.00", "1000.00"], ["10.00", "1000.00"]]),
        ("last", [["30.00", "1000.00"], ["0.00", "1000.00"], ["0.00", "0.00"]]),
        ("next_last", [["0.00", "0.00"], ["20.00", "1000.00"], ["0.00", "1000.00"]]),
        # 346.67, 346.67 and 346.66.
        ("spread", [["0.00", "683.33"], ["0.00", "673.33"], ["0.00", "663.34"]]),
    ],
)
def test_rows_in_advance_before_the_first_due_date(future, expected):
    amounts = {"last": "1030", "next": "1040", "next_last": "1040", "spread": "1040"}
    assert spent(amounts[future], START, future=future) == expected


def test_spread_goes_round_again_where_a_row_has_no_room():
    account = opened(
        paid("1000", START, "p0", installments=[1]),
        paid("100", START),
        penalty=FREE,
        allocation=Allocation(future="spread"),
    )
    # The first row is owed 30.00; 33.34, 33.33 and 33.33: 3.34 go round again in 1.67.
    assert rows(account, START) == [
        ["0.00", "0.00"],
        ["0.00", "985.00"],
        ["0.00", "975.00"],
    ]


def test_spread_stops_where_nothing_is_left_to_pay():
    order = [f"{when}.{name}" for when in ("past_due", "due") for name in NAMES]
    account = opened(
        paid("100", START),
        penalty=FREE,
        allocation=Allocation([*order, "in_advance.interest"], future="spread"),
    )
    # Only 60.00 of interest may be paid ahead.
    assert [row[0] for row in rows(account, START)] == ["0.00"] * 3
    assert account.position(START).credit == Decimal("40.00")


def test_spread_clears_what_is_due_first():
    account = opened(
        paid("1060", D1), penalty=FREE, allocation=Allocation(future="spread")
    )
    assert rows(account, D1) == [
        ["0.00", "0.00"],
        ["5.00", "1000.00"],
        ["0.00", "995.00"],
    ]


def test_a_refund_may_have_its_own_rule():
    kinds = {"refund": Allocation(future="last")}
    refund = Refund(id="r1", on=START, amount="510")
    account = opened(refund, penalty=FREE, allocation=Allocation(kinds=kinds))
    assert rows(account, START) == [*FULL[:2], ["0.00", "500.00"]]
    # Without one it is as any payment.
    account = opened(refund, penalty=FREE)
    assert rows(account, START) == [["0.00", "520.00"], *FULL[1:]]


def test_a_kind_of_payment_may_have_its_own_rule():
    kinds = {"subsidy": Allocation(future="credit")}
    account = opened(
        paid("10", START, kind="subsidy"), allocation=Allocation(kinds=kinds)
    )
    assert account.position(START).credit == Decimal("10.00")
    plain = opened(paid("10", START), allocation=Allocation(kinds=kinds))
    assert plain.position(START).credit == 0


@pytest.mark.parametrize(
    ("days", "left"),
    [
        # 90 days past due: penalty first; from the 91st on principal first.
        (90, ["80.00", "0.00", "0.00", "30.00", "1000.00"]),
        (91, ["91.00", "0.00", "0.00", "30.00", "990.00"]),
    ],
)
def test_the_order_turns_at_a_number_of_days_past_due(days, left):
    flipped = ["principal", "interest", "compound", "penalty", "fee"]
    allocation = Allocation(tiers=[AllocationTier(91, flipped)])
    day = after(D1, days)
    account = opened(paid("10", day), allocation=allocation)
    assert owed(account.position(day)) == left
    spread = Allocation(tiers=[AllocationTier(91, flipped)], future="spread")
    account = opened(paid("10", day), allocation=spread)
    assert owed(account.position(day)) == left


def test_the_payer_may_designate_the_order():
    order = ["principal", "interest", "fee", "compound", "penalty"]
    assert spent("40", after(D1, 1), future="credit")[0] == [
        "0.00",
        "990.00",
    ]
    account = opened(
        paid("40", after(D1, 1), order=order), allocation=Allocation(future="next")
    )
    assert owed(account.position(after(D1, 1))) == [
        "1.00",
        "0.00",
        "0.00",
        "30.00",
        "960.00",
    ]


def test_the_payer_may_name_installments():
    # 2,000.00 to the third row alone: 990.00 are too much for it.
    account = opened(paid("2000", D1, installments=[3]), penalty=FREE)
    position = account.position(D1)
    assert rows(account, D1) == [*FULL[:2], ["0.00", "0.00"]]
    assert position.credit == Decimal("990.00")
    assert position.installments[2].paid_early == Decimal("1010.00")


@pytest.mark.parametrize("future", ["credit", "principal"])
def test_installments_that_are_named_are_paid_in_advance(future):
    account = opened(
        paid("510", D1, installments=[3]),
        penalty=FREE,
        allocation=Allocation(future=future),
    )
    assert rows(account, D1) == [*FULL[:2], ["0.00", "500.00"]]


def test_named_installments_hold_back_an_effect():
    account = opened(paid("510", D1, installments=[3], effect="smaller"), penalty=FREE)
    assert rows(account, D1) == [*FULL[:2], ["0.00", "500.00"]]


def test_an_installment_that_is_not_there():
    assert opened(paid("1", D1, installments=[1, 3])).events
    with pytest.raises(EventError, match="installments 1 to 3") as caught:
        opened(paid("1", D1, installments=[1, 4]))
    assert caught.value.got == "installment 4"


def test_the_payer_may_split_the_amount():
    account = opened(
        Charge(id="c1", on=START, amount="5", installment=3),
        paid(
            "1026.50", D1, split={"principal": "1001.50", "fee": "5", "interest": "20"}
        ),
        penalty=FREE,
    )
    # Principal: the row that is due, then 1.50 of the next; the fee where it is.
    assert rows(account, D1) == [
        ["10.00", "0.00"],
        ["20.00", "998.50"],
        ["10.00", "1000.00"],
    ]
    assert owed(account.position(D1), 3)[2] == "0.00"


def test_a_split_that_does_not_add_up():
    with pytest.raises(EventError, match="sum to the amount"):
        opened(paid("31", D1, split={"interest": "30"}))
    with pytest.raises(EventError, match="sum to the amount"):
        opened(paid("29.99", D1, split={"interest": "30"}))


def test_a_split_above_what_is_owed():
    split = {"interest": "60"}
    assert rows(opened(paid("60", D1, split=split)), D1)[2] == ["0.00", "1000.00"]
    with pytest.raises(EventError, match=r"at most 60\.00") as caught:
        opened(paid("60.01", D1, split={"interest": "60.01"}))
    assert caught.value.got == "60.01 of interest"


def test_with_interest_on_the_balance_a_split_pays_no_interest_ahead():
    on_balance = {"penalty": FREE, "interest_on": "balance"}
    account = opened(paid("30", D1, split={"interest": "30"}), **on_balance)
    assert rows(account, D1)[0] == ["0.00", "1000.00"]
    with pytest.raises(EventError, match=r"at most 30\.00"):
        opened(paid("31", D1, split={"interest": "31"}), **on_balance)


def test_an_amount_finer_than_the_loan():
    with pytest.raises(CurrencyError):
        opened(paid("0.001", D1))
    with pytest.raises(CurrencyError):
        opened(paid("1", D1, split={"interest": "0.001", "fee": "0.999"}))


def test_a_credit_pays_what_falls_due_on_that_day():
    account = opened(paid("1100", D1), allocation=Allocation(future="credit"))
    before = account.position(after(D2, -1))
    assert before.credit == Decimal("70.00")
    assert before.payoff == Decimal("1949.29")  # 2,000, 27 of 28 days of 20.00, less 70
    on_the_day = account.position(D2)
    assert on_the_day.credit == 0
    assert owed(on_the_day, 2)[3:] == ["0.00", "950.00"]


def test_a_credit_may_be_kept():
    account = opened(
        paid("1100", D1), allocation=Allocation(future="credit"), credit="kept"
    )
    position = account.position(after(D2, 1))
    assert position.credit == Decimal("70.00")
    assert owed(position, 2)[3:] == ["20.00", "1000.00"]


def charged(amount, on, **words):
    return Charge(id="c1", on=on, amount=amount, **words)


def test_a_credit_may_pay_a_charge_at_once():
    made = charged("50", after(D1, 3), installment=2, component="penalty")
    account = opened(
        paid("1100", D1), made, allocation=Allocation(future="credit"), credit="at_once"
    )
    # Of 70.00 of credit, 50.00 are for the charge and 20.00 for what falls due.
    position = account.position(after(D1, 3))
    assert position.credit == Decimal("20.00")
    assert position.installments[1].paid.penalty == Decimal("50.00")
    assert position.installments[1].paid_early == Decimal("50.00")
    on_the_day = account.position(D2)
    assert on_the_day.credit == 0
    assert owed(on_the_day, 2) == ["0.00", "0.00", "0.00", "0.00", "1000.00"]


@pytest.mark.parametrize("credit", ["applied", "kept"])
def test_a_credit_waits_for_the_due_date_of_a_charge(credit):
    made = charged("50", after(D1, 3), installment=2)
    account = opened(
        paid("1100", D1), made, allocation=Allocation(future="credit"), credit=credit
    )
    position = account.position(after(D1, 3))
    assert position.credit == Decimal("70.00")
    assert position.installments[1].owed.fee == Decimal("50.00")


def test_a_charge_above_the_credit_is_owed_for_the_rest():
    agreed = loan(servicing=Servicing(credit="at_once"))
    account = Account.open(agreed, credit="2").record(charged("20", START))
    position = account.position(START)
    assert position.credit == 0
    assert position.installments[0].owed.fee == Decimal("18.00")
    # Nothing is left for another one.
    again = account.record(Charge(id="c2", on=START, amount="20"))
    assert again.position(START).installments[0].owed.fee == Decimal("38.00")


def test_a_charge_that_never_was_gives_its_credit_back():
    agreed = loan(servicing=Servicing(credit="at_once"))
    account = Account.open(agreed, credit="2").record(
        charged("20", START), Reversal(id="r1", on=D1, of="c1")
    )
    position = account.position(after(D1, -1))
    assert position.credit == Decimal("2.00")
    assert position.installments[0].owed.fee == 0


def test_a_credit_above_what_falls_due_is_left():
    agreed = loan(penalty=PenaltyInterest(rate="0.1%/day"))
    account = Account.open(agreed, credit="1040")
    assert account.position(D1).credit == Decimal("10.00")
    # What is past due by then is paid with it, on the next due date.
    assert owed(account.position(D2), 2)[3:] == ["10.00", "1000.00"]


def test_a_credit_pays_what_is_past_due_before_what_is_due():
    account = opened(
        paid("100", after(D1, 3), installments=[1]),
        paid("1100", after(D1, 4), "p2", installments=[2]),
        penalty=FREE,
    )
    # 80.00 are too much for the second row; on 15 March the first one takes them.
    assert account.position(after(D2, -1)).credit == Decimal("80.00")
    assert rows(account, D2)[0] == ["0.00", "850.00"]


def test_the_last_unit_closes_the_account():
    agreed = loan(principal="0.01", repayment=SinglePayment(1), rate=Rate("1%/month"))
    account = Account.open(agreed).record(paid("0.01", D1))
    position = account.position(D1)
    assert (position.status, position.credit) == (Status.CLOSED, 0)


def test_one_unit_less_than_the_payoff_leaves_one_unit():
    account = opened(
        paid("1032", after(D1, 2)),
        paid("1020", D2, "p2"),
        paid("1009.99", D3, "p3"),
    )
    position = account.position(D3)
    assert position.status is Status.CURRENT
    assert position.payoff == Decimal("0.01")
    assert account.record(paid("0.01", D3, "p4")).position(D3).status is Status.CLOSED


def test_a_payment_on_a_closed_account_is_credit():
    account = opened(paid("3000", START), paid("5", D1, "p2"))
    position = account.position(D1)
    assert (position.status, position.credit) == (Status.CLOSED, Decimal("5.00"))
    assert position.next_due is None
    refunded = account.record(Refund(id="r1", on=D1, amount="1"))
    assert refunded.position(D1).credit == Decimal("6.00")


@pytest.mark.parametrize(
    ("future", "by", "expected"),
    [
        ("next", "installment", [["0.00", "0.00"], ["11.00", "1000.00"]]),
        ("next", "component", [["0.00", "30.00"], ["0.00", "1000.00"]]),
        ("last", "component", [["0.00", "1000.00"], ["0.00", "1000.00"]]),
    ],
)
def test_in_advance_too_money_goes_by_row_or_by_component(future, by, expected):
    amounts = {"installment": "1039", "component": "1030"}
    found = spent(amounts[by], START, future=future, by=by)
    assert found[:2] == expected


def test_fees_and_tax_of_a_row_are_one_component():
    agreed = loan(
        fees=[Fee("letter", "10", due="installments", tax="6%")],
        penalty=None,
        servicing=Servicing(),
    )
    account = Account.open(agreed).record(paid("10.60", D1))
    assert owed(account.position(START))[2] == "10.60"
    assert owed(account.position(D1)) == ["0.00", "0.00", "0.00", "30.00", "1000.00"]


def test_with_interest_on_the_balance_money_on_the_first_day_is_principal():
    account = opened(paid("990", START), penalty=FREE, interest_on="balance")
    # No interest is earned yet. 2,010 bear 20.10 in the first month.
    assert rows(account, START) == [
        ["20.10", "10.00"],
        ["20.00", "1000.00"],
        ["10.00", "1000.00"],
    ]


def test_a_level_row_cleared_ahead_leaves_its_interest_to_the_next():
    agreed = loan(repayment=LevelPayment(3), **terms(FREE, interest_on="balance"))
    account = Account.open(agreed).record(paid("1020.07", START))
    # 1,979.93 bear 19.80 in the first month, which its row, cleared, does not pay, and
    # 19.80 in the second: 39.60 of its 1,020.07. 999.46 are left and bear 9.99.
    assert rows(account, START) == [
        ["0.00", "0.00"],
        ["39.60", "980.47"],
        ["9.99", "999.46"],
    ]
    told = [one for one in account.postings() if "carried" in one.inputs]
    assert [(one.installment, one.inputs["carried"]) for one in told] == [
        (2, Decimal("19.80"))
    ]


def test_with_interest_of_nothing_the_balance_changes_no_plan():
    agreed = loan(rate=Rate("0%/month"), **terms(FREE, interest_on="balance"))
    account = Account.open(agreed).record(paid("100", START))
    assert rows(account, START) == [
        ["0.00", "900.00"],
        ["0.00", "1000.00"],
        ["0.00", "1000.00"],
    ]


def test_with_interest_on_the_balance_early_money_pays_what_is_earned():
    # 16 of 31 days of 30.00 are 15.48; 484.52 of principal are paid. The other 15 days
    # on 2,515.48 are 12.1717: 27.6556 in all, less 15.48.
    account = opened(paid("500", after(START, 16)), penalty=FREE, interest_on="balance")
    assert rows(account, D1) == [
        ["12.18", "515.48"],
        ["20.00", "1000.00"],
        ["10.00", "1000.00"],
    ]


@pytest.mark.parametrize(
    ("days", "early", "late"),
    [(-1, "930.00", "0.00"), (0, "0.00", "0.00"), (1, "0.00", "930.00")],
)
def test_money_taken_back_counts_for_the_day_it_was_paid_on(days, early, late):
    back = Chargeback(id="b1", on=after(D1, 5), of="p1", amount="100")
    account = opened(
        paid("1030", after(D1, days)),
        back,
        penalty={"rate": "0%/day"},
        allocation=Allocation(future="next"),
    )
    row = account.position(after(D1, 5)).installments[0]
    assert (str(row.paid_early), str(row.paid_late)) == (early, late)
    assert row.paid.total == Decimal("930.00")


def test_payments_are_told_early_late_and_on_the_day():
    account = opened(
        paid("10", after(D1, -1), "p1"),
        paid("15", D1, "p2"),
        paid("1006", after(D1, 1), "p3"),
        allocation=Allocation(future="next"),
    )
    row = account.position(after(D1, 1)).installments[0]
    # Of 1,031.00 in all, 1.00 is penalty; the first 10.00 came before the due date.
    assert row.paid_early == Decimal("10.00")
    assert row.paid_late == Decimal("1006.00")
    assert row.paid.total == Decimal("1031.00")
    assert row.cleared == after(D1, 1)
    assert row.days_past_due == 0


def test_a_settlement_by_one_payment_takes_credit_first():
    account = opened(
        paid("1100", D1), allocation=Allocation(future="credit"), penalty=FREE
    )
    # 2,000.00 and 10 of 28 days of 20.00, less 70.00 of credit: 1,937.14.
    day = after(D1, 10)
    assert account.payoff(day) == Decimal("1937.14")
    one_less = account.record(paid("1937.13", day, "p2")).position(day)
    assert one_less.status is Status.CURRENT
    settled = account.record(paid("1937.14", day, "p2")).position(day)
    assert (settled.status, settled.credit) == (Status.CLOSED, 0)
    more = account.record(paid("1938", day, "p2")).position(day)
    assert (more.status, more.credit) == (Status.CLOSED, Decimal("0.86"))


def test_named_installments_or_a_split_never_settle():
    account = opened(
        paid("3030", D1, installments=[1]), prepayment=Prepayment(), penalty=FREE
    )
    assert account.position(D1).credit == Decimal("2000.00")
    split = {"principal": "3000", "interest": "30"}
    account = opened(paid("3030", D1, split=split), penalty=FREE)
    # Interest of later rows is still planned: nothing was settled.
    assert rows(account, D1) == [["0.00", "0.00"], ["20.00", "0.00"], ["10.00", "0.00"]]


def test_the_last_cent_clears_a_row():
    account = opened(
        paid("1029.99", D1), paid("0.01", after(D1, 2), "p2"), penalty=FREE
    )
    assert account.position(D1).installments[0].cleared is None
    row = account.position(after(D1, 2)).installments[0]
    assert (row.cleared, str(row.paid_late)) == (after(D1, 2), "0.01")


def test_an_event_may_not_come_before_the_loan():
    with pytest.raises(EventError, match="on or after 2026-01-15"):
        opened(Payment(id="p1", on=after(START, -1), amount="1"))
    assert opened(paid("1", START), credit="kept").events


def test_below_zero_interest_may_be_settled_for_less_than_principal():
    agreed = loan(rate=Rate("-1%/month"), **terms(FREE))
    account = Account.open(agreed)
    # On the first due date: 1,000.00 less 30.00, and 2,000.00 in advance.
    assert account.payoff(D1) == Decimal("2970.00")
    position = account.record(paid("2970", D1)).position(D1)
    assert (position.status, position.credit) == (Status.CLOSED, 0)
