"""The account as a value: how it opens, what it records, and what it then knows."""

from datetime import date, datetime
from decimal import Decimal
from itertools import permutations

import pytest

from loanmath.account import Account, Arrear, Status
from loanmath.errors import (
    CurrencyError,
    DateRangeError,
    EventError,
    InputTypeError,
    LimitError,
)
from loanmath.events import (
    Charge,
    Disbursement,
    InterestPause,
    Payment,
    Reversal,
    Waiver,
    WriteOff,
)
from loanmath.terms import AddOnInterest, Allocation, LevelPayment
from serviced import D1, D2, D3, START, after, loan, opened, owed, paid, terms

FREE = {"rate": "0%/day"}
PLAIN = loan(**terms(FREE))


def drawn(amount, on, name="d1", **words):
    return Disbursement(id=name, on=on, amount=amount, **words)


def undrawn(*events, **agreed):
    account = Account.open(loan(**(terms(FREE) | agreed)), undrawn=True)
    return account.record(*events)


def rows(account, day):
    position = account.position(day)
    return [owed(position, n)[3:] for n in (1, 2, 3)]


def test_an_account_opens_with_what_is_planned():
    account = Account.open(PLAIN)
    assert (account.events, account.arrears, account.credit) == ((), (), 0)
    assert account.undrawn is False
    position = account.position(START)
    assert position.status is Status.CURRENT
    assert position.payoff == Decimal("3000.00")
    assert position.in_advance.principal == Decimal("3000.00")
    assert position.in_advance.interest == Decimal("60.00")
    assert position.accrued == 0
    assert position.next_due == (D1, Decimal("1030.00"))
    assert position.outstanding == Decimal("3000.00")
    assert repr(account) == "<Account of CNY 3000.00 from 2026-01-15: 0 events>"
    assert repr(position) == (
        "<Position on 2026-01-15: current, 0 days past due, payoff CNY 3000.00>"
    )


def test_a_position_inside_and_at_the_ends_of_a_period():
    account = Account.open(PLAIN)
    inside = account.position(after(START, 16))
    assert inside.accrued == Decimal("15.48")
    on_the_day = account.position(D1)
    # The next row's period begins with the day; what fell due is due, not accrued.
    assert (on_the_day.accrued, on_the_day.due.interest) == (0, Decimal("30.00"))
    assert on_the_day.next_due == (D2, Decimal("1020.00"))
    assert on_the_day.outstanding == Decimal("3030.00")
    last = account.position(D3)
    assert (last.accrued, last.next_due) == (0, None)


def test_two_rows_that_are_due_on_one_day_are_due_together():
    agreed = loan(**terms(FREE))
    arrears = [Arrear(due=START, principal="10"), Arrear(due=START, principal="5")]
    account = Account.open(agreed, arrears=arrears)
    position = account.position(START)
    assert position.due.principal == Decimal("15.00")
    assert position.next_due == (D1, Decimal("1030.00"))


def test_what_falls_due_next_leaves_paid_rows_out():
    account = opened(paid("1030", START, installments=[1]), penalty=FREE)
    assert account.position(START).next_due == (D2, Decimal("1020.00"))


def test_a_position_prints_itself():
    position = Account.open(PLAIN).position(D1)
    assert str(position).startswith("2026-02-15: current, 0 days past due")
    assert position._repr_html_() == position.to_html()
    assert "<table" in position.to_html()
    assert position.to_markdown().splitlines()[2].startswith("| No |")
    assert position.to_csv().splitlines()[1].startswith("1,2026-02-15,1030.00")


def test_what_an_account_may_not_be_opened_with():
    with pytest.raises(InputTypeError, match="InstallmentLoan"):
        Account.open("loan")
    with pytest.raises(InputTypeError, match="True or False"):
        Account.open(PLAIN, undrawn=1)
    with pytest.raises(InputTypeError, match="list of Arrear"):
        Account.open(PLAIN, arrears="no")
    with pytest.raises(InputTypeError, match=r"Arrear\(\.\.\.\)"):
        Account.open(PLAIN, arrears=[1])
    with pytest.raises(LimitError):
        Account.open(PLAIN, credit="-1")
    with pytest.raises(InputTypeError):
        Account.open(PLAIN, credit=1.5)
    with pytest.raises(CurrencyError):
        Account.open(PLAIN, credit="0.001")


def test_arrears_are_due_by_the_day_of_the_book():
    on_the_day = Account.open(PLAIN, arrears=[Arrear(due=START, principal="1")])
    assert on_the_day.position(START).due.principal == Decimal("1.00")
    with pytest.raises(DateRangeError, match="2026-01-15") as caught:
        Account.open(PLAIN, arrears=[Arrear(due=after(START, 1), principal="1")])
    assert caught.value.got == "2026-01-16"
    with pytest.raises(CurrencyError):
        Account.open(PLAIN, arrears=[Arrear(due=START, principal="0.001")])
    with pytest.raises(LimitError):
        Arrear(due=START, penalty="-1")
    with pytest.raises(InputTypeError):
        Arrear(due="2026-01-15")


def test_arrears_are_the_first_rows_by_their_due_dates():
    later = Arrear(due=after(START, -1), principal="100", fee="7")
    earlier = Arrear(
        due=after(START, -31), principal="200", interest="3", penalty="1", compound="2"
    )
    account = Account.open(loan(**terms()), arrears=[later, earlier])
    assert account.arrears == (earlier, later)
    position = account.position(START)
    assert [row.due for row in position.installments] == [
        after(START, -31),
        after(START, -1),
        D1,
        D2,
        D3,
    ]
    assert owed(position, 1) == ["1.00", "2.00", "0.00", "3.00", "200.00"]
    assert position.days_past_due == 31
    # Before the day of the book nothing more accrues: 0.20 and 0.10 for its own night.
    day_after = account.position(after(START, 1))
    assert [owed(day_after, n)[0] for n in (1, 2)] == ["1.20", "0.10"]
    # Arrears have no period of contract interest.
    assert account.payoff(START) == Decimal("3313.00")
    assert account.payoff(after(START, 16)) == Decimal("3333.28")  # 15.48 and 4.80


def test_a_credit_from_the_book_pays_what_is_due_on_its_day():
    arrear = Arrear(due=START, principal="10")
    account = Account.open(PLAIN, arrears=[arrear], credit="25")
    position = account.position(START)
    assert (position.credit, position.due.total) == (Decimal("15.00"), 0)
    assert account.credit == Decimal(25)


def test_recording_gives_another_account():
    before = opened(penalty=FREE)
    one = before.record(paid("30", D1))
    assert before.events == ()
    assert one.events == (paid("30", D1),)
    assert one == before.record(paid("30", D1))
    assert one != before
    assert before.record() is before


def test_a_duplicate_changes_nothing_and_a_contradiction_is_refused():
    account = opened(paid("30", D1), penalty=FREE)
    assert account.record(paid("30", D1)) is account
    assert account.record(paid("30.00", D1)) is account
    both = Account.open(account.loan).record(paid("30", D1), paid("30", D1))
    assert both == account
    for other in (paid("31", D1), paid("30", D2), Charge(id="p1", on=D1, amount="30")):
        with pytest.raises(EventError, match="under an id that is taken"):
            account.record(other)
    assert len(account.events) == 1


def test_something_else_is_no_event():
    with pytest.raises(InputTypeError, match="loanmath.events"):
        Account.open(PLAIN).record("payment")


def test_no_event_comes_before_the_loan():
    with pytest.raises(EventError, match="on or after 2026-01-15"):
        Account.open(PLAIN).record(paid("1", after(START, -1)))
    assert Account.open(PLAIN).record(paid("1", START)).events


def test_the_order_of_entry_does_not_matter():
    events = [
        paid("100", D1, "p1"),
        paid("1030", D2, "p2"),
        Charge(id="c1", on=D1, amount="5"),
        Waiver(id="w1", on=D2, component="penalty", amount="50%"),
    ]
    found = set()
    for order in permutations(events):
        account = Account.open(loan(**terms()))
        for event in order:
            account = account.record(event)
        found.add(str(account.position(after(D2, 3))))
        assert [event.id for event in account.events] == ["c1", "p1", "w1", "p2"]
    assert found == {str(opened(*events).position(after(D2, 3)))}


def test_events_of_one_day_go_by_kind_then_sequence_then_id():
    early = paid("1", D1, "b", sequence=1)
    late = paid("1", D1, "a", sequence=2)
    same = paid("1", D1, "c", sequence=1)
    fee = Charge(id="z", on=D1, amount="1", sequence=9)
    account = opened(late, same, early, fee, penalty=FREE)
    assert [event.id for event in account.events] == ["z", "b", "c", "a"]
    turned = opened(late, fee, penalty=FREE, day_order=["payment"])
    assert [event.id for event in turned.events] == ["a", "z"]


def test_events_of_one_day_may_go_by_sequence_alone():
    first = paid("30", D1, "b", sequence=1)
    fee = Charge(id="a", on=D1, amount="5", sequence=2, installment=1)
    words = {"penalty": FREE, "same_day": "sequence"}
    account = opened(fee, first, **words)
    assert [event.id for event in account.events] == ["b", "a"]
    # What was charged afterwards is not paid: the money was for interest.
    owing = account.position(D1).installments[0].owed
    assert (owing.fee, owing.interest) == (5, 0)
    # Of one sequence, the charge comes first and takes 5.00 of the payment.
    same = opened(paid("30", D1, "b", sequence=2), fee, **words)
    assert [event.id for event in same.events] == ["a", "b"]
    assert same.position(D1).installments[0].owed.interest == 5
    # One that is recorded later still takes its place.
    late = opened(first, **words).record(fee, paid("1", D1, "c"))
    assert [event.id for event in late.events] == ["c", "b", "a"]


def test_an_event_that_cannot_be_booked_leaves_the_account_as_it_was():
    account = opened(paid("1000", D1), penalty=FREE)
    too_much = Waiver(id="w1", on=D1, component="interest", amount="31")
    with pytest.raises(EventError):
        account.record(too_much)
    assert len(account.events) == 1
    # A late event may make a later one impossible: the fee is paid by then.
    waived = opened(
        Charge(id="c1", on=D1, amount="5"),
        Waiver(id="w1", on=D2, component="fee", amount="5", installments=[1]),
        penalty=FREE,
    )
    with pytest.raises(EventError, match="event w1"):
        waived.record(paid("5", after(D1, 1), "p2"))


def test_what_was_believed_on_a_day():
    late = Payment(id="p1", on=D1, recorded=after(D1, 5), amount="1030")
    account = opened(late, Charge(id="c1", on=D1, amount="1"), penalty=FREE)
    before = account.as_known_on(after(D1, 4))
    assert [event.id for event in before.events] == ["c1"]
    assert before.position(after(D1, 4)).days_past_due == 4
    known = account.as_known_on(after(D1, 5))
    assert known == account
    assert account.as_known_on(START).events == ()
    # What is recorded then is recorded in that past.
    assert before.record(late).events == account.events
    for wrong in ("2026-02-15", datetime(2026, 2, 15), None):
        with pytest.raises(InputTypeError):
            account.as_known_on(wrong)


def test_what_was_believed_before_a_reversal():
    account = opened(paid("1030", D1), Reversal(id="x1", on=D2, of="p1"), penalty=FREE)
    assert account.as_known_on(after(D2, -1)).position(D2).days_past_due == 0
    assert account.position(D2).days_past_due == 28


def test_the_last_recording_may_revise_the_past():
    account = opened(paid("1031", after(D1, 1)))
    assert account.revision is None
    late = account.record(paid("1030", D1, "p2"))
    # The penalty of 1.00 never was; the second payment pays ahead.
    assert owed(late.position(after(D1, 1)))[0] == "0.00"
    assert late.position(after(D1, 1)).installments[0].paid.penalty == 0
    assert late.revision is not None
    assert late.revision.since == D1
    # What comes last revises nothing.
    assert late.record(paid("1", D2, "p3")).revision is None


@pytest.mark.parametrize("name", ["position", "payoff"])
def test_no_answer_before_the_loan(name):
    account = Account.open(PLAIN)
    ask = getattr(account, name)
    assert ask(START) is not None
    with pytest.raises(DateRangeError, match="on or after 2026-01-15") as caught:
        ask(after(START, -1))
    assert caught.value.got == "2026-01-14"
    with pytest.raises(InputTypeError):
        ask("2026-01-15")


def test_postings_have_their_own_first_and_last_day():
    account = opened(paid("30", D1), paid("1000", D2, "p2"), penalty=FREE)
    days = [posting.on for posting in account.postings()]
    assert (days[0], days[-1]) == (D1, D2)
    assert [posting.on for posting in account.postings(since=D2)] == [D2]
    assert [posting.on for posting in account.postings(until=D1)] == [D1]
    assert Account.open(PLAIN).postings() == ()


def test_an_undrawn_account_owes_nothing():
    account = undrawn()
    position = account.position(D1)
    assert position.status is Status.UNDRAWN
    assert (position.payoff, position.outstanding) == (0, 0)
    for event in (
        paid("1", D1),
        InterestPause(id="s1", on=D1),
        WriteOff(id="o1", on=D1),
    ):
        with pytest.raises(EventError, match="after a disbursement"):
            account.record(event)


def test_drawn_in_full_on_the_day_of_the_loan_it_is_as_agreed():
    account = undrawn(drawn("3000", START))
    assert rows(account, START) == rows(Account.open(PLAIN), START)
    assert account.position(START).status is Status.CURRENT


def test_drawn_later_it_bears_interest_from_then():
    # 15 of 31 days of 30.00 are left on 31 January: 14.52.
    account = undrawn(drawn("3000", after(START, 16)))
    assert rows(account, after(START, 16)) == [
        ["14.52", "1000.00"],
        ["20.00", "1000.00"],
        ["10.00", "1000.00"],
    ]


def test_drawn_in_parts_each_part_is_spread_over_the_rows_to_come():
    account = undrawn(drawn("1500", START), drawn("600", D1, "d2"))
    assert rows(account, START) == [
        ["15.00", "500.00"],
        ["10.00", "500.00"],
        ["5.00", "500.00"],
    ]
    # 1,600 are owed by the rows to come, half each.
    assert rows(account, D1) == [
        ["15.00", "500.00"],
        ["16.00", "800.00"],
        ["8.00", "800.00"],
    ]


def test_a_level_loan_drawn_in_part():
    # 1,500 in three level payments of 510.03: half of the plan for 3,000.
    account = undrawn(drawn("1500", START), repayment=LevelPayment(3))
    assert rows(account, START) == [
        ["15.00", "495.03"],
        ["10.05", "499.98"],
        ["5.05", "504.99"],
    ]


def test_no_more_is_drawn_than_was_agreed():
    whole = undrawn(drawn("2999.99", START), drawn("0.01", D1, "d2"))
    # 29.9999 of interest are 30.00.
    assert whole.position(D1).outstanding == Decimal("3030.00")
    with pytest.raises(EventError, match=r"at most 0\.01"):
        undrawn(drawn("2999.99", START), drawn("0.02", D1, "d2"))
    with pytest.raises(EventError, match=r"at most 3000\.00"):
        undrawn(drawn("3000.01", START))
    with pytest.raises(EventError, match="above zero"):
        undrawn(drawn("0", START))
    with pytest.raises(EventError, match=r"at most 0\.00"):
        Account.open(PLAIN).record(drawn("1", START))


def test_what_cannot_be_planned_anew_is_drawn_at_once():
    add_on = {"repayment": AddOnInterest(3)}
    assert rows(undrawn(drawn("3000", START), **add_on), START)[0] == [
        "30.00",
        "1000.00",
    ]
    for amount, day in (("2999.99", START), ("3000", after(START, 1))):
        with pytest.raises(EventError, match="cannot be planned anew"):
            undrawn(drawn(amount, day), **add_on)


def test_a_reversed_disbursement_was_never():
    account = undrawn(drawn("3000", START), Reversal(id="x1", on=D1, of="d1"))
    assert account.position(D1).status is Status.UNDRAWN


def test_undrawn_with_a_book_of_arrears_keeps_them():
    account = Account.open(
        PLAIN, arrears=[Arrear(due=START, principal="10")], undrawn=True
    )
    assert account.position(START).due.total == Decimal("10.00")
    full = account.record(drawn("3000", START))
    assert full.position(START).in_advance.principal == Decimal("3000.00")


def test_statuses_from_opening_to_close():
    account = opened(
        paid("1031", after(D1, 1)),
        paid("2020", D2, "p2"),
        allocation=Allocation(future="next"),
    )
    statuses = [
        account.position(day).status.value for day in (START, D1, date(2026, 2, 16), D2)
    ]
    assert statuses == ["current", "current", "current", "closed"]
    assert opened().position(after(D1, 1)).status is Status.OVERDUE
