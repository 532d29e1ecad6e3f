"""How late an account is on a day, and the stages it went through."""

from datetime import date

import pytest

from kept_lines import DUE, buy, kept, line, nov, octo, sep
from loanmath import Account, LineAccount, TermsChange, Waiver
from loanmath.account import Arrear
from loanmath.analysis.delinquency import (
    AGES_BY_30,
    CARD_STAGES,
    M_STAGES,
    BucketScheme,
    Cure,
    Pause,
    StageHistory,
    delinquency,
    stage_history,
)
from loanmath.errors import DateRangeError, InputTypeError, TermsError
from loanmath.terms import DaysPastDue
from refusals import refused
from serviced import D1, D2, D3, START, after, loan, opened, paid, terms


def rows(found):
    return [
        (row.number, str(row.past_due), row.days_past_due, row.bucket.name)
        for row in found.rows
    ]


def told(history):
    return [
        (str(one.since), str(one.until), one.bucket.name, one.days_past_due)
        for one in history.stages
    ]


# --- a day --------------------------------------------------------------------------


def test_each_installment_has_its_own_days():
    found = delinquency(Account.open(loan()), after(D2, 5), M_STAGES)
    assert rows(found) == [(1, "1030.00", 33, "M2"), (2, "1020.00", 5, "M1")]
    assert (found.days_past_due, found.bucket.name, found.oldest) == (33, "M2", D1)
    assert (str(found.past_due), found.currency, found.on) == (
        "2050.00",
        "CNY",
        date(2026, 3, 20),
    )
    assert repr(found) == (
        "<Delinquency on 2026-03-20: M2, 33 days past due, CNY 2050.00>"
    )


def test_nothing_is_late_on_the_due_date():
    found = delinquency(Account.open(loan()), D1, M_STAGES)
    assert (found.days_past_due, found.bucket.name, found.oldest) == (0, "M0", None)
    assert (found.rows, str(found.past_due)) == ((), "0.00")
    assert str(found).splitlines()[0] == "2026-02-15: M0 (0), 0 days past due, CNY"
    assert delinquency(Account.open(loan()), after(D1, 1), M_STAGES).days_past_due == 1
    assert str(delinquency(Account.open(loan()), after(D1, 1), M_STAGES)).startswith(
        "2026-02-16: M1 (1-30), 1 day past due since 2026-02-15, CNY"
    )


def test_days_of_grace_and_a_tolerance_are_those_of_the_terms():
    lenient = terms(days_past_due=DaysPastDue(grace_days=3, tolerance="30"))
    account = Account.open(loan(**lenient))
    assert delinquency(account, after(D1, 3), M_STAGES).days_past_due == 0
    assert delinquency(account, after(D1, 4), M_STAGES).days_past_due == 4
    # 30.00 are left of 1,030.00, and penalty of 1.00 a day for five days.
    account = account.record(paid("1005", after(D1, 5)))
    found = delinquency(account, after(D1, 5), M_STAGES)
    assert (rows(found), found.oldest) == ([(1, "30.00", 0, "M0")], None)
    found = delinquency(account, after(D2, 5), M_STAGES)
    assert [row[0:3:2] for row in rows(found)] == [(1, 0), (2, 5)]
    assert (found.days_past_due, found.oldest) == (5, D2)


def test_pauses_are_left_out():
    pauses = [Pause(after(D1, 1), after(D1, 10))]
    account = Account.open(loan())
    found = delinquency(account, after(D1, 10), M_STAGES, pauses=pauses)
    assert (found.days_past_due, found.bucket.number, found.oldest) == (0, 0, None)
    found = delinquency(account, after(D2, 5), M_STAGES, pauses=pauses)
    assert rows(found) == [(1, "1030.00", 23, "M1"), (2, "1020.00", 5, "M1")]


def test_arrears_of_an_existing_book_are_late_from_the_first_day():
    arrears = [Arrear(due=date(2025, 12, 15), principal="50")]
    found = delinquency(Account.open(loan(), arrears=arrears), START, M_STAGES)
    assert rows(found) == [(1, "50.00", 31, "M2")]


def test_a_line_has_a_row_for_each_minimum():
    # 500 on the bill of 5 September, due on 25 September; 100 are the minimum of it.
    account = kept(line(), buy(date(2026, 8, 10), 500))
    found = delinquency(account, nov(1), M_STAGES)
    assert [row[:3] for row in rows(found)] == [
        (1, "500.00", 37),
        (2, "0.00", 7),
    ][: len(found.rows)]
    assert (found.oldest, found.days_past_due) == (DUE, 37)
    empty = LineAccount.open(line(), date(2026, 8, 5))
    assert delinquency(empty, date(2026, 8, 5), M_STAGES).rows == ()


def test_card_stages_follow_the_statements():
    # Due on 25 September; statements on 5 October, 5 November.
    account = kept(line(), buy(date(2026, 8, 10), 500))

    def stage(on):
        return delinquency(account, on, CARD_STAGES).bucket.name

    assert [stage(sep(25)), stage(sep(26)), stage(octo(4))] == ["in time", "M0", "M0"]
    assert [stage(octo(5)), stage(octo(25)), stage(nov(4))] == ["M1"] * 3
    assert stage(nov(5)) == "M2"
    history = stage_history(account, sep(1), nov(10), CARD_STAGES)
    assert [(one.since, one.bucket.name) for one in history.stages] == [
        (sep(1), "in time"),
        (sep(26), "M0"),
        (octo(5), "M1"),
        (nov(5), "M2"),
    ]
    assert stage_history(account, sep(1), octo(5), CARD_STAGES).worst.name == "M1"


def test_a_line_that_is_used_on_its_first_day():
    account = kept(line(), buy(date(2026, 8, 5), 500))
    history = stage_history(account, date(2026, 8, 5), sep(26), M_STAGES)
    assert told(history) == [
        ("2026-08-05", "2026-09-25", "M0", 0),
        ("2026-09-26", "2026-09-26", "M1", 1),
    ]


def test_it_prints_as_a_table():
    found = delinquency(Account.open(loan()), after(D2, 5), M_STAGES)
    assert found.to_csv().splitlines() == [
        "number,due,past_due,days_past_due,bucket",
        "1,2026-02-15,1030.00,33,M2",
        "2,2026-03-15,1020.00,5,M1",
    ]
    assert "| 2 | 2026-03-15 | 1,020.00 | 5 | M1 |" in found.to_markdown()
    assert "<td" in found.to_html()
    assert found._repr_html_() == found.to_html()


@pytest.mark.parametrize(
    ("account", "on", "scheme", "error"),
    [
        (loan(), D1, M_STAGES, InputTypeError),
        (Account.open(loan()), "2026-02-15", M_STAGES, InputTypeError),
        (Account.open(loan()), date(2026, 1, 14), M_STAGES, DateRangeError),
        (Account.open(loan()), D1, "M", InputTypeError),
        (Account.open(loan()), D1, CARD_STAGES, TermsError),
    ],
)
def test_what_is_no_account_day_or_scheme_is_refused(account, on, scheme, error):
    with refused(error):
        delinquency(account, on, scheme)


# --- stages -------------------------------------------------------------------------


def test_stages_change_on_edges_and_events():
    # Row 1 is cleared on 20 April, when row 2 is 36 days late and row 3 five.
    account = opened(
        paid("1030", after(D3, 5), installments=(1,)), penalty={"rate": "0%/day"}
    )
    history = stage_history(account, START, after(D3, 40), M_STAGES)
    assert told(history) == [
        ("2026-01-15", "2026-02-15", "M0", 0),
        ("2026-02-16", "2026-03-17", "M1", 30),
        ("2026-03-18", "2026-04-16", "M2", 60),
        ("2026-04-17", "2026-04-19", "M3", 63),
        ("2026-04-20", "2026-05-14", "M2", 60),
        ("2026-05-15", "2026-05-25", "M3", 71),
    ]
    assert history.cures == ()
    assert (history.worst.name, history.bucket_on(after(D3, 5)).name) == ("M3", "M2")


def test_cures_are_the_days_on_which_nothing_is_late_any_more():
    account = opened(
        paid("1030", after(D1, 40), "p1", installments=(1,)),
        paid("1020", after(D1, 40), "p2", installments=(2,)),
        paid("1010", after(D3, 1), "p3"),
        penalty={"rate": "0%/day"},
    )
    cures = (Cure(after(D1, 1), after(D1, 40), 39), Cure(after(D3, 1), after(D3, 1), 0))
    history = stage_history(account, START, after(D3, 40), M_STAGES)
    assert history.cures == cures[:1]
    assert stage_history(account, after(D1, 41), D3, M_STAGES).cures == ()
    assert stage_history(account, after(D1, 40), D3, M_STAGES).cures == cures[:1]
    assert repr(history) == (
        "<StageHistory from 2026-01-15 to 2026-05-25: 4 stages, 1 cures>"
    )


def test_a_waiver_or_new_terms_may_cure():
    account = opened(
        Waiver(id="w1", on=after(D1, 5), component="interest", amount="all"),
        Waiver(id="w2", on=after(D1, 5), component="principal", amount="1000"),
        penalty={"rate": "0%/day"},
    )
    assert told(stage_history(account, D1, after(D1, 9), AGES_BY_30))[1:] == [
        ("2026-02-16", "2026-02-19", "1-30", 4),
        ("2026-02-20", "2026-02-24", "0", 0),
    ]
    # New terms leave what fell due before as it was.
    account = opened(
        TermsChange(
            id="t1",
            on=after(D1, 5),
            first_due=date(2026, 6, 15),
            day_count="30E/360",
        ),
        penalty={"rate": "0%/day"},
    )
    late = stage_history(account, D1, after(D1, 60), AGES_BY_30)
    assert [one.bucket.name for one in late.stages] == ["0", "1-30", "31-60"]


def test_what_a_tolerance_leaves_may_outgrow_it():
    # 10.00 are left on 20 February and bear 1/300 a day as contract interest, from the
    # 21st: 0.04 after 13 days, 0.05 after 14, on 7 March.
    account = opened(
        paid("1021.67", after(D1, 5)),
        penalty={
            "rate": "0%/day",
            "contract_interest": "continues",
            "days_in_year": 360,
        },
        days_past_due=DaysPastDue(tolerance="10.04"),
    )
    history = stage_history(account, START, date(2026, 3, 18), M_STAGES)
    assert told(history) == [
        ("2026-01-15", "2026-02-15", "M0", 0),
        ("2026-02-16", "2026-02-19", "M1", 4),
        ("2026-02-20", "2026-03-06", "M0", 0),
        ("2026-03-07", "2026-03-17", "M1", 30),
        ("2026-03-18", "2026-03-18", "M2", 31),
    ]
    assert history.cures == (Cure(after(D1, 1), after(D1, 5), 4),)


def test_what_is_as_much_as_the_tolerance_may_outgrow_it():
    # The same 10.00: 0.01 after two days from the 21st on.
    account = opened(
        paid("1021.67", after(D1, 5)),
        penalty={
            "rate": "0%/day",
            "contract_interest": "continues",
            "days_in_year": 360,
        },
        days_past_due=DaysPastDue(tolerance="10"),
    )
    history = stage_history(account, after(D1, 5), after(D1, 9), M_STAGES)
    assert told(history) == [
        ("2026-02-20", "2026-02-22", "M0", 0),
        ("2026-02-23", "2026-02-24", "M1", 9),
    ]


def test_days_of_grace_are_over_at_once():
    account = Account.open(
        loan(**terms({"rate": "0%/day"}, days_past_due=DaysPastDue(grace_days=3)))
    )
    assert told(stage_history(account, D1, after(D1, 5), M_STAGES)) == [
        ("2026-02-15", "2026-02-18", "M0", 0),
        ("2026-02-19", "2026-02-20", "M1", 5),
    ]


def test_a_stage_keeps_the_most_days_of_all_its_days():
    # Row 1 is paid when it is 40 days late: row 2 is 12 days late then.
    account = opened(
        paid("1030", after(D1, 40), installments=(1,)), penalty={"rate": "0%/day"}
    )
    late = BucketScheme("late", [0], edge="above")
    assert told(stage_history(account, after(D1, 30), after(D1, 42), late)) == [
        ("2026-03-17", "2026-03-29", "1+", 39)
    ]


def test_a_pause_holds_a_stage():
    pauses = [Pause(after(D1, 1), after(D1, 10)), Pause(after(D1, 35), after(D1, 44))]
    history = stage_history(
        Account.open(loan()), START, after(D1, 60), M_STAGES, pauses=pauses
    )
    # Ten days are left out at first, ten more before the count comes to 31.
    assert told(history) == [
        ("2026-01-15", "2026-02-25", "M0", 0),
        ("2026-02-26", "2026-04-06", "M1", 30),
        ("2026-04-07", "2026-04-16", "M2", 40),
    ]


def test_a_history_prints_and_answers_for_its_days_alone():
    history = stage_history(Account.open(loan()), START, after(D1, 31), AGES_BY_30)
    assert history.to_csv().splitlines() == [
        "since,until,bucket,days_past_due",
        "2026-01-15,2026-02-15,0,0",
        "2026-02-16,2026-03-17,1-30,30",
        "2026-03-18,2026-03-18,31-60,31",
    ]
    assert "0 cures" in str(history)
    with refused(DateRangeError):
        history.bucket_on(after(D1, 32))
    with refused(DateRangeError):
        stage_history(Account.open(loan()), D1, START, AGES_BY_30)
    assert type(history) is StageHistory


def test_a_scheme_without_a_bucket_for_a_day_in_time():
    scheme = BucketScheme("from 5", [5], edge="from")
    history = stage_history(Account.open(loan()), START, after(D1, 9), scheme)
    assert told(history) == [
        ("2026-01-15", "2026-02-19", "0-4", 4),
        ("2026-02-20", "2026-02-24", "5+", 9),
    ]
