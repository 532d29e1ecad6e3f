"""Changes of the billing days, and the order in which a line's events are entered."""

from datetime import date

import pytest

from kept_lines import (
    BOUGHT,
    DUE,
    NOV5,
    OCT5,
    OPENED,
    SEP5,
    aug,
    buy,
    interest,
    kept,
    line,
    nov,
    octo,
    owed,
    pay,
    sep,
)
from loanmath import CycleChange, LineAccount, Payment, Purchase, Reversal
from loanmath.errors import DateRangeError, EventError, InputTypeError

WAITING = line(interest())


def change(on, statement_day, name="y1", **due):
    return CycleChange(id=name, on=on, statement_day=statement_day, **due)


def cycles(account, until):
    return [(one.cycle.statement, one.due) for one in account.statements(until)]


# --- other billing days -----------------------------------------------------------------------


def test_a_shorter_cycle():
    # From 10 September on the 20th, due on the 8th.
    account = kept(
        WAITING, *BOUGHT, change(sep(10), 20, due_day=8), buy(sep(12), 100, "u3")
    )
    assert cycles(account, octo(20)) == [
        (SEP5, DUE), (sep(20), octo(8)), (octo(20), nov(8)),
    ]  # fmt: skip
    # 300 x 10 and 500 x 61 to 19 October; 100 from 12 September, 38 days.
    assert owed(account, octo(20))[2] == "37.30"


def test_a_longer_cycle():
    # On 6 September the 4th is the first new statement day: a cycle to 4 October.
    account = kept(WAITING, *BOUGHT, change(sep(6), 4, due_after=21))
    assert cycles(account, octo(4)) == [(SEP5, DUE), (octo(4), octo(25))]
    assert account.statement(2026, 10).cycle.start == SEP5


def test_the_new_statement_day_is_after_the_change():
    # On the new statement day itself the cycle is cut a month later; where a purchase
    # of the statement day joins the closing cycle, too.
    account = kept(WAITING, *BOUGHT, change(sep(10), 10, due_after=20))
    assert cycles(account, octo(10))[-1] == (octo(10), octo(30))
    closing = line(interest(), statement_day_joins="closing")
    account = kept(closing, *BOUGHT, change(sep(10), 10, due_after=20))
    assert cycles(account, octo(11))[-1] == (octo(10), octo(30))


def test_what_waits_has_the_new_due_day():
    # 100 of 6 September, billed on the 20th, are due on 8 October, in time then.
    later = (change(sep(10), 20, due_day=8), buy(sep(6), 100, "u3"))
    in_time = kept(WAITING, *later, pay(octo(8), 100))
    assert owed(in_time, octo(20))[2] == "0.00"
    late = kept(WAITING, *later, pay(octo(9), 100))
    # 33 days to 8 October.
    assert owed(late, octo(20))[2] == "3.30"


def test_what_bears_keeps_its_first_day():
    # From the statement, its free period lost: 200 of 26 September bear at once, 24
    # days to 19 October, as 500 do from 5 September, 45 days.
    terms = line(interest(bears_from="statement", free_period="lost"))
    account = kept(
        terms, *BOUGHT, buy(sep(26), 200, "u3"), change(sep(28), 20, due_day=12)
    )
    assert owed(account, octo(20))[2] == "27.30"


def test_a_bill_due_before_the_one_before_it_is_refused():
    # The bill of 5 September is due on the 25th; one of the 12th, 5 days on, would be
    # due on the 17th.
    with pytest.raises(EventError) as caught:
        kept(WAITING, *BOUGHT, change(sep(10), 12, due_after=5))
    assert str(caught.value) == (
        "event y1: got 'a bill due before the one before it'; allowed: after 2026-09-25;"
        " change the days once that bill was due"
    )
    # Once it was decided nothing is in the way.
    kept(WAITING, *BOUGHT, change(sep(26), 28, due_after=5))


# --- in any order -----------------------------------------------------------------------------

EVENTS = (
    *BOUGHT,
    pay(sep(10), 100),
    buy(sep(12), 50, "u3"),
    pay(DUE, 400, "p2"),
    pay(octo(20), 50, "p3"),
)


def test_a_late_entry_replays_what_is_after_it():
    one, *others = EVENTS
    late = LineAccount.open(WAITING, OPENED).record(*others[::-1]).record(one)
    assert late == kept(WAITING, *EVENTS)
    assert [event.id for event in late.events] == ["u1", "u2", "p1", "u3", "p2", "p3"]
    assert late.position(NOV5) == kept(WAITING, *EVENTS).position(NOV5)
    # Without the payment of 10 September 100 of the bill were missing.
    without = kept(WAITING, *(event for event in EVENTS if event.id != "p1"))
    assert owed(without, OCT5)[2] != "0.00"
    assert owed(late, OCT5)[2] == "0.00"


def test_an_event_recorded_twice_changes_nothing():
    account = kept(WAITING, *EVENTS)
    assert account.record(EVENTS[0]) is account
    assert account.record() is account
    more = account.record(EVENTS[0], buy(octo(21), 1, "u9"))
    assert more.events[:-1] == account.events


def test_another_event_under_the_same_id():
    with pytest.raises(EventError) as caught:
        kept(WAITING, *EVENTS).record(buy(aug(10), 301, "u1"))
    assert str(caught.value) == (
        "event u1: got 'another event under an id that is taken'; allowed: one event for"
        " each id; give it an id of its own, or reverse the first"
    )


def test_an_event_before_the_line_was_opened():
    with pytest.raises(EventError) as caught:
        kept(WAITING, buy(aug(4), 1))
    assert str(caught.value) == (
        "event u1: got '2026-08-04'; allowed: on or after 2026-08-05, when the line was"
        " opened"
    )


def test_a_late_entry_that_makes_a_later_one_impossible():
    # 400 of 500 were drawn; 200 before them leave 300.
    account = kept(line(limit=500), buy(aug(20), 400))
    with pytest.raises(EventError) as caught:
        account.record(buy(aug(10), 200, "u0"))
    assert str(caught.value) == (
        "event u1: got '400.00'; allowed: at most 300.00, what is available"
    )
    assert len(account.events) == 1


def test_the_order_of_a_day():
    # By kind: the purchase before the payment; by sequence: the payment first.
    paid = Payment(id="p1", on=aug(10), amount=100, sequence=1)
    bought = Purchase(id="u1", on=aug(10), amount=100, sequence=2)
    assert [event.id for event in kept(line(), paid, bought).events] == ["u1", "p1"]
    by_sequence = kept(line(same_day="sequence"), paid, bought)
    assert [event.id for event in by_sequence.events] == ["p1", "u1"]


def test_what_was_known_on_a_day():
    late = Payment(id="p9", on=sep(20), recorded=octo(8), amount=500)
    account = kept(WAITING, *BOUGHT, late)
    assert owed(account, OCT5)[2] == "0.00"
    before, after = account.as_known_on(octo(7)), account.as_known_on(octo(8))
    assert owed(before, OCT5)[2] == "26.00"
    assert after == account
    # It may be recorded there again.
    assert before.record(late) == account


def test_a_reversal_was_not_known_before():
    account = kept(
        WAITING, *BOUGHT, pay(DUE, 500), Reversal(id="x1", on=octo(7), of="p1")
    )
    assert owed(account, OCT5)[2] == "26.00"
    assert owed(account.as_known_on(octo(6)), OCT5)[2] == "0.00"


# --- the account ------------------------------------------------------------------------------


def test_an_account_prints_as_what_it_is():
    assert repr(kept(WAITING, *BOUGHT)) == (
        "<LineAccount of CNY 20000.00 from 2026-08-05: 2 events>"
    )


def test_what_is_no_line_and_no_event():
    with pytest.raises(InputTypeError) as caught:
        LineAccount.open("line", OPENED)  # type: ignore[arg-type]
    assert str(caught.value) == "line: got 'line'; allowed: CreditLine(...)"
    with pytest.raises(InputTypeError) as caught:
        kept(WAITING, "event")
    assert str(caught.value) == (
        "event: got 'event'; allowed: an event of loanmath.events"
    )
    with pytest.raises(InputTypeError):
        LineAccount.open(WAITING, "2026-08-05")  # type: ignore[arg-type]


def test_days_before_the_line_was_opened():
    account = kept(WAITING, *BOUGHT)
    before = date(2026, 8, 4)
    for what, ask in (
        ("on", account.position),
        ("on", account.payoff),
        ("until", account.statements),
        ("since", account.postings),
    ):
        with pytest.raises(DateRangeError) as caught:
            ask(before)
        assert str(caught.value) == (
            f"{what}: got '2026-08-04'; allowed: on or after 2026-08-05"
        )


def test_what_is_worked_out_does_not_depend_on_when_it_is_asked():
    account = kept(WAITING, *EVENTS)
    later = account.position(nov(30))
    assert account.position(NOV5) == kept(WAITING, *EVENTS).position(NOV5)
    assert account.position(nov(30)) == later
