"""Pauses whose days are agreed: known before they begin, and over by themselves."""

from datetime import date

import pytest

from loanmath.account import Account
from loanmath.errors import DateRangeError, EventError
from loanmath.events import InterestPause, InterestResume, TermsChange
from loanmath.rates import Rate
from loanmath.terms import LevelPayment, Servicing
from posting_formulas import worked_out
from serviced import D1, D2, D3, START, after, loan, opened, owed, paid

FREE = {"rate": "0%/day"}
HALF = date(2026, 3, 1)  # 14 of the 28 days of the second period


def rows(account, day):
    return [owed(account.position(day), number)[3:] for number in (1, 2, 3)]


def follows(*events, **agreed):
    """Return the account with its interest on the balance."""
    terms = loan(servicing=Servicing(interest_on="balance"), **agreed)
    return Account.open(terms).record(*events)


def pause(since, until, on=START, name="s1"):
    return InterestPause(id=name, on=on, since=since, until=until)


def test_a_pause_to_come_is_planned_from_the_day_on_which_it_is_agreed():
    account = follows(pause(HALF, D2), paid("1030", D1), paid("1010", D2, "p2"))
    agreed = [["30.00", "1000.00"], ["10.00", "1000.00"], ["10.00", "1000.00"]]
    assert rows(account, START) == agreed
    assert rows(account, HALF)[1:] == agreed[1:]
    assert rows(account, after(D2, 1)) == [["0.00", "0.00"]] * 2 + agreed[2:]
    later = follows(pause(HALF, D2, on=D1), paid("1030", D1))
    assert rows(later, after(D1, -1))[1] == ["20.00", "1000.00"]
    assert rows(later, D1)[1] == ["10.00", "1000.00"]


def test_a_pause_may_reach_into_the_next_period():
    # 14 of 28 days on 2,000, and 16 of the 31 days of the third period on 1,000: 5.1613.
    account = follows(pause(HALF, after(D2, 15)))
    assert rows(account, START)[1:] == [["10.00", "1000.00"], ["5.16", "1000.00"]]


def test_a_pause_of_a_whole_period():
    account = follows(pause(D1, D2))
    assert rows(account, START)[1:] == [["0.00", "1000.00"], ["10.00", "1000.00"]]


def test_interest_to_the_day_stands_still_in_an_agreed_pause():
    account = follows(paid("1030", D1), pause(HALF, after(HALF, 7)))
    # 2,000 and 14 days of 20.00 / 28, seven that bear nothing, and then one more.
    assert str(account.payoff(HALF)) == "2010.00"
    assert str(account.payoff(after(HALF, 7))) == "2010.00"
    assert str(account.payoff(after(HALF, 8))) == "2010.71"
    settled = account.record(paid("2010.71", after(HALF, 8), "p2"))
    assert settled.position(after(HALF, 8)).status.value == "closed"


def test_an_agreed_pause_is_over_by_itself_or_resumed_early():
    resumed = InterestResume(id="s2", on=after(HALF, 7))
    # 21 of the 28 days bear.
    account = follows(pause(HALF, D2), paid("1030", D1), resumed)
    assert rows(account, D2)[1] == ["15.00", "1000.00"]
    with pytest.raises(EventError, match="not paused"):
        follows(pause(HALF, D2), InterestResume(id="s2", on=D2))
    with pytest.raises(EventError, match="not paused"):
        follows(pause(HALF, D2), InterestResume(id="s2", on=after(HALF, -1)))


def test_a_resumption_leaves_the_other_pauses_as_they_are():
    # 21 of 28 days again, and then ten of 31 days on 1,000: 3.2258.
    later, resumed = after(D2, 10), InterestResume(id="s2", on=after(HALF, 7))
    account = follows(
        pause(HALF, D2), pause(later, D3, name="s3"), paid("1030", D1), resumed
    )
    assert rows(account, D1)[1:] == [["10.00", "1000.00"], ["3.23", "1000.00"]]
    assert rows(account, resumed.on)[1:] == [["15.00", "1000.00"], ["3.23", "1000.00"]]


def test_penalty_rests_for_the_days_that_are_agreed():
    # 1.00 a day on 1,000, from the due date on: two days before the pause, four after.
    account = opened(pause(after(D1, 2), after(D1, 5)))
    charged = [owed(account.position(after(D1, days)))[0] for days in (2, 3, 5, 6, 9)]
    assert charged == ["2.00", "2.00", "2.00", "3.00", "6.00"]


def test_the_day_of_payment_counts_unless_it_is_of_an_agreed_pause():
    # With the day counted: 15 February to the second day after it are three days, and
    # one of them is the pause's.
    agreed = {"payment_day": "counted", "rate": "0.1%/day"}
    later = after(D1, 2)
    account = opened(pause(later, after(later, 1)), paid("10", later), penalty=agreed)
    free = opened(paid("10", later), penalty=agreed)
    assert str(free.position(later).paid.penalty) == "3.00"
    assert str(account.position(later).paid.penalty) == "2.00"


def test_on_the_schedule_interest_falls_due_as_planned():
    account = opened(pause(HALF, D2), penalty=FREE)
    assert rows(account, START)[1] == ["20.00", "1000.00"]


def test_money_ahead_of_time_finds_the_plan_with_the_pause():
    # 500 of principal on the first due date, for a smaller payment: two of 750.
    account = follows(
        pause(HALF, D2), paid("1030", D1), paid("500", D1, "p2", effect="smaller")
    )
    assert rows(account, D1)[1:] == [["7.50", "750.00"], ["7.50", "750.00"]]


def test_a_level_payment_foresees_the_pause():
    # 2,000 at half a percent and at 1 %: a = 2,000 / (1/1.005 + 1/(1.005 * 1.01)).
    account = follows(
        pause(HALF, D2),
        paid("1020.07", D1),
        paid("9.93", D1, "p2", effect="smaller"),
        repayment=LevelPayment(3),
    )
    assert rows(account, D1)[1:] == [["10.00", "1000.00"], ["10.00", "1000.00"]]


def test_new_terms_keep_the_pause():
    change = TermsChange(id="t1", on=D1, rate=Rate("2%/month"))
    account = follows(pause(HALF, D2), paid("1030", D1), change)
    assert rows(account, D1)[1] == ["20.00", "1000.00"]
    # 30 of 31 days of the first period.
    over = follows(pause(after(START, 5), after(START, 6)), paid("1029.03", D1), change)
    assert rows(over, D1)[1] == ["40.00", "1000.00"]


def test_a_statement_says_which_days_bear_nothing():
    account = follows(
        pause(HALF, D2),
        InterestPause(id="s2", on=D2, since=after(D2, 3)),
        InterestResume(id="s3", on=after(D2, 5)),
        InterestPause(id="s4", on=after(D2, 5)),
    )
    said = [line.what for line in account.statement(START, D3).lines]
    for text in (
        f"interest pause s1: from {HALF} until {D2}",
        f"interest pause s2: from {after(D2, 3)}",
        "interest pause s4",
    ):
        assert text in said


def test_postings_of_a_pause_work_out():
    account = follows(
        pause(HALF, after(D2, 15)), paid("1030", D1), paid("500", HALF, "p2")
    )
    postings = account.postings(START, D3)
    assert any(posting.rule == "replanned" for posting in postings)
    for posting in postings:
        assert worked_out(posting) == posting.amount


def test_pauses_do_not_overlap():
    first = pause(HALF, D2)
    for since, until in ((after(HALF, -1), after(HALF, 1)), (after(D2, -1), D3)):
        with pytest.raises(EventError, match=f"paused from {HALF} on"):
            follows(first, pause(since, until, name="s2"))
    with pytest.raises(EventError, match="paused from"):
        follows(first, InterestPause(id="s2", on=D1))
    beside = follows(first, pause(D2, D3, name="s2"), pause(D1, HALF, name="s3"))
    assert rows(beside, START)[1:] == [["0.00", "1000.00"]] * 2


def test_days_of_a_pause_are_in_order():
    with pytest.raises(DateRangeError, match="since: got '2026-02-14'; allowed: from"):
        pause(after(D1, -1), D2, on=D1)
    with pytest.raises(DateRangeError, match="until: got '2026-03-01'; allowed: after"):
        pause(HALF, HALF)
    with pytest.raises(DateRangeError, match="until"):
        InterestPause(id="s1", on=D1, until=D1)
