"""Lateness, classes and default in the details that a small slip would change."""

from datetime import date
from fractions import Fraction

from kept_lines import DUE, aug, buy, kept, line, octo, pay, sep
from loanmath import Account
from loanmath.analysis.delinquency import (
    BucketScheme,
    LoanFacts,
    Pause,
    days_past_due,
    default_on,
    exposures_of,
    loan_class,
    stage_history,
)
from loanmath.analysis.delinquency.buckets import M_STAGES
from loanmath.analysis.delinquency.periods import due_days, paid_periods
from loanmath.analysis.delinquency.stages import cures_of
from loanmath.presets.cn.classes import FIVE_CLASSES
from loanmath.presets.eu import DEFAULT_RETAIL
from loanmath.terms import Fee
from serviced import D1, D2, D3, after, loan, opened, paid

RETAIL, FIVE = DEFAULT_RETAIL.value, FIVE_CLASSES.value
FIRST = date(2026, 1, 1)
FREE = {"rate": "0%/day"}


# --- days ---------------------------------------------------------------------------


def march(day):
    return date(2026, 3, day)


def test_days_of_pauses_that_touch_count_once():
    """2 to 4, 6 to 9 and 8 to 12 March: ten days of twenty do not count."""
    pauses = [
        Pause(march(8), march(12)),
        Pause(march(2), march(4)),
        Pause(march(6), march(9)),
    ]
    assert days_past_due(march(1), march(21), pauses=pauses) == 10
    # A day that ends one and begins the next, and one within another.
    pauses = [Pause(march(2), march(5)), Pause(march(5), march(6))]
    assert days_past_due(march(1), march(21), pauses=pauses) == 15
    pauses = [Pause(march(2), march(10)), Pause(march(3), march(4))]
    assert days_past_due(march(1), march(21), pauses=pauses) == 11


def test_the_largest_numbers_are_allowed():
    assert M_STAGES.bucket_of(200_000).name == "M7+"
    assert len(BucketScheme("all", [*range(1, 101)], edge="from").starts) == 101
    facts = LoanFacts(on=march(1), days_past_due=0, periods_paid=1200)
    assert facts.periods_paid == 1200


# --- stages and cures ---------------------------------------------------------------


def test_a_stage_holds_on_its_last_day():
    account = opened(penalty=FREE)
    history = stage_history(account, D1, after(D1, 40), M_STAGES)
    found = [(one.since, one.until, one.bucket.name) for one in history.stages]
    assert found == [
        (D1, D1, "M0"),
        (after(D1, 1), after(D1, 30), "M1"),
        (after(D1, 31), after(D1, 40), "M2"),
    ]
    for one in history.stages:
        assert history.bucket_on(one.until) == one.bucket
    assert history.scheme == M_STAGES
    assert (
        str(history).splitlines()[3] == "2026-02-16  2026-03-17  M1                  30"
    )


def test_a_history_of_one_day():
    history = stage_history(opened(penalty=FREE), after(D1, 1), after(D1, 1), M_STAGES)
    assert [one.bucket.name for one in history.stages] == ["M1"]


def test_cures_are_told_apart_from_what_is_late_now():
    account = opened(
        paid("1030", after(D1, 10), "p1"),
        paid("1020", after(D2, 5), "p2"),
        penalty=FREE,
    )
    cures, now = cures_of(account, after(D3, 1))
    assert [(one.since, one.on, one.days_past_due) for one in cures] == [
        (after(D1, 1), after(D1, 10), 9),
        (after(D2, 1), after(D2, 5), 4),
    ]
    assert (now.since, now.on, now.days_past_due) == (after(D3, 1), after(D3, 1), 1)
    assert cures_of(account, D3)[1] is None


# --- classes ------------------------------------------------------------------------


def five(days=0, **facts):
    return loan_class(
        LoanFacts(on=date(2026, 6, 30), days_past_due=days, **facts), FIVE
    )


def test_what_was_just_bad_rises_on_the_day_and_with_the_period():
    """Six months and two periods since 30 December: until 30 June."""
    words = {"before": "substandard", "cleared": date(2025, 12, 30)}
    assert five(**words, periods_paid=2).verdict == "normal"
    assert five(**words, periods_paid=2).reasons[-1].endswith("it may rise")
    assert five(**words, periods_paid=1).verdict == "substandard"
    day_short = words | {"cleared": date(2026, 1, 1)}
    found = five(**day_short, periods_paid=2)
    assert found.verdict == "substandard"
    assert not any("it may rise" in reason for reason in found.reasons)
    assert five(before="substandard").verdict == "substandard"


def test_a_technical_delay_is_none_from_its_first_day():
    days = FIVE.technical_days
    for late in (1, days):
        found = five(late, is_technical=True)
        assert (found.verdict, "technical reason" in found.reasons[0]) == (
            "normal",
            True,
        )
    assert five(days + 1, is_technical=True).verdict == "special mention"
    assert "technical" not in five(0, is_technical=True).reasons[0]


def test_the_worst_class_counts_by_its_place_not_its_name():
    found = five(91, judged="loss")
    assert (found.rule, found.verdict) == ("five classes", "loss")
    assert found.reasons == (
        "91 days past due: substandard (91-270)",
        "the lender's own judgment: loss",
    )


# --- default ------------------------------------------------------------------------

LATE = [(FIRST, "500", "9000"), (date(2026, 4, 5), "0", "8500")]


def test_a_verdict_says_which_rule_and_day_it_is_of():
    for on in (date(2026, 3, 1), date(2026, 4, 2), date(2026, 5, 1)):
        found = default_on(LATE, on, RETAIL)
        assert (found.rule, found.on) == (RETAIL, on)
    assert found.days == 0


def test_restructured_on_the_last_material_day():
    """In default from 1 April; the year counts from 5 April, when nothing is material."""
    found = default_on(LATE, date(2026, 5, 1), RETAIL, restructured=date(2026, 4, 4))
    assert (found.since, found.returns) == (date(2026, 4, 1), date(2027, 4, 5))


def test_restructured_on_the_day_a_default_ends():
    day = date(2026, 7, 5)
    found = default_on(LATE, day, RETAIL, restructured=day)
    assert (found.since, found.returns) == (day, date(2027, 7, 5))


def test_late_again_on_the_long_probation():
    """Each run of material days begins the year anew."""
    again = [
        *LATE,
        (date(2026, 6, 1), "500", "8500"),
        (date(2026, 6, 11), "0", "8500"),
        (date(2026, 8, 1), "500", "8500"),
        (date(2026, 8, 4), "0", "8500"),
    ]
    plan = date(2026, 4, 20)
    found = default_on(again, date(2026, 7, 1), RETAIL, restructured=plan)
    assert (found.since, found.returns) == (date(2026, 4, 1), date(2027, 6, 11))
    found = default_on(again, date(2026, 9, 1), RETAIL, restructured=plan)
    assert found.returns == date(2027, 8, 4)


def test_restructured_after_default_amid_material_days():
    found = default_on(
        LATE[:1], date(2026, 5, 1), RETAIL, restructured=date(2026, 4, 20)
    )
    assert (found.since, found.verdict) == (date(2026, 4, 1), "in default")


def test_exposures_have_every_day_on_which_something_is_overdue():
    """1,030 are overdue from 16 February on; paid on the 18th, nothing is."""
    account = opened(paid("1030", after(D1, 3)), penalty={"rate": "0.1%/day"})
    found = exposures_of(account, after(D1, 4))
    assert [(one.since, str(one.past_due)) for one in found][1:] == [
        (after(D1, 1), "1031.00"),
        (after(D1, 2), "1032.00"),
        (after(D1, 3), "3.00"),
        (after(D1, 4), "3.00"),
    ]


def test_what_is_due_today_on_a_line_is_not_overdue():
    account = kept(line(), buy(aug(10), 500))
    found = {one.since: str(one.past_due) for one in exposures_of(account, sep(26))}
    assert found[sep(26)] == "500.00"
    assert set(found.values()) - {"0.00"} == {"500.00"}
    assert max(day for day, late in found.items() if late == "0.00") <= DUE


# --- periods ------------------------------------------------------------------------


def test_due_days_of_a_line_count_from_the_first_to_the_last():
    account = kept(line(), buy(aug(10), 500), buy(sep(10), "0.01", "u2"))
    assert due_days(account, DUE, octo(25)) == (DUE, octo(25))
    assert due_days(account, sep(26), octo(24)) == ()


def test_what_is_unpaid_on_a_line_ends_the_periods():
    account = kept(line(), buy(aug(10), 500), pay(DUE, 500), buy(octo(1), 300, "u2"))
    assert paid_periods(account, DUE, octo(25)) == 1
    late = kept(line(), buy(aug(10), 500), buy(octo(1), 300, "u2"))
    assert paid_periods(late, DUE, octo(25)) == 0


def test_a_fee_that_is_unpaid_ends_the_periods():
    """10.00 of fee are due with each installment; without it 1,030 are not enough."""
    known = loan(fees=[Fee("service", "10", due="installments")])
    account = Account.open(known).record(paid("1040", D1, "p1"))
    assert paid_periods(account, D1, after(D1, 1)) == 1
    fee_open = Account.open(known).record(
        paid("1030", D1, "p1", split={"interest": "30", "principal": "1000"})
    )
    assert paid_periods(fee_open, D1, after(D1, 1)) == 0


def test_a_share_of_debt_is_a_limit_that_may_be_reached():
    assert five(bad_share=Fraction(1, 10)).verdict == "normal"
