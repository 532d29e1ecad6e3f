"""Buckets of days past due: their edges, their names, what they refuse."""

from datetime import date, datetime

import pytest

from loanmath.analysis.delinquency import (
    AGES_BY_30,
    AGES_FROM_30,
    CARD_STAGES,
    M_STAGES,
    M_STAGES_FROM_30,
    Bucket,
    BucketScheme,
    Counts,
    Edge,
    Pause,
    days_past_due,
)
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from refusals import refused


def named(scheme, *days):
    return [scheme.bucket_of(late).name for late in days]


def test_edges_above_belong_to_the_bucket_before():
    assert named(M_STAGES, 0, 1, 30, 31, 60, 61, 90, 91, 180, 181, 9999) == [
        "M0", "M1", "M1", "M2", "M2", "M3", "M3", "M4", "M6", "M7+", "M7+",
    ]  # fmt: skip


def test_edges_from_begin_their_bucket():
    assert named(M_STAGES_FROM_30, 0, 1, 29, 30, 59, 60, 89, 90, 179, 180) == [
        "M0", "M1", "M1", "M2", "M2", "M3", "M3", "M4", "M6", "M7+",
    ]  # fmt: skip


def test_the_other_schemes():
    assert [str(one) for one in AGES_BY_30.buckets] == [
        "0", "1-30", "31-60", "61-90", "91+",
    ]  # fmt: skip
    assert [str(one) for one in AGES_FROM_30.buckets] == [
        "0", "1-29", "30-59", "60-89", "90+",
    ]  # fmt: skip
    assert CARD_STAGES.counts is Counts.STATEMENTS
    assert named(CARD_STAGES, 0, 1, 2, 7, 8, 20) == [
        "in time", "M0", "M1", "M6", "M7+", "M7+",
    ]  # fmt: skip


def test_a_first_bucket_may_hold_more_than_no_days():
    scheme = BucketScheme("late", (5,), edge=Edge.FROM)
    assert scheme.buckets == (Bucket(0, "0-4", 0, 4), Bucket(1, "5+", 5, None))
    assert str(scheme) == "late: 0-4, 5+"
    assert scheme.starts == (0, 5)


def test_a_bucket_by_its_name():
    assert M_STAGES.named("M7+") == Bucket(7, "M7+", 181, None)
    assert str(M_STAGES.named("M7+")) == "M7+ (181+)"
    with refused(UnknownNameError):
        M_STAGES.named("M8")
    with refused(InputTypeError):
        M_STAGES.named(8)


@pytest.mark.parametrize(
    ("edges", "words", "error"),
    [
        (5, {}, InputTypeError),
        (["5"], {}, InputTypeError),
        ([True], {}, InputTypeError),
        ([-1], {}, LimitError),
        ([200_001], {}, LimitError),
        ([], {}, LimitError),
        (list(range(101)), {}, LimitError),
        ([30, 0], {}, TermsError),
        ([30, 30], {}, TermsError),
        ([0, 30], {"edge": "from"}, TermsError),
        ([30], {"edge": ">"}, UnknownNameError),
        ([30], {"names": "ab"}, InputTypeError),
        ([30], {"names": ["a", 1]}, InputTypeError),
        ([30], {"names": ["a"]}, TermsError),
        ([30], {"names": ["a", "a"]}, TermsError),
        ([30], {"counts": "weeks"}, UnknownNameError),
    ],
)
def test_a_scheme_refuses_what_is_none(edges, words, error):
    with refused(error):
        BucketScheme("a", edges, **({"edge": "above"} | words))


def test_a_scheme_refuses_a_name_that_is_none():
    with refused(InputTypeError):
        BucketScheme(1, [30], edge="above")


@pytest.mark.parametrize(
    ("days", "error"),
    [("30", InputTypeError), (True, InputTypeError), (-1, LimitError)],
)
def test_days_are_refused_that_are_none(days, error):
    with refused(error):
        M_STAGES.bucket_of(days)


# --- counting -----------------------------------------------------------------------


DUE = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (date(2026, 3, 1), 0),
        (DUE, 0),
        (date(2026, 3, 11), 1),
        (date(2026, 4, 10), 31),
    ],
)
def test_the_day_after_the_due_date_is_the_first(on, days):
    assert days_past_due(DUE, on) == days


def test_days_of_pauses_do_not_count_and_none_counts_twice():
    pauses = [
        Pause(date(2026, 3, 15), date(2026, 3, 18)),
        Pause(date(2026, 3, 5), date(2026, 3, 12)),
        Pause(date(2026, 3, 17), date(2026, 3, 20)),
        Pause(date(2026, 1, 1), date(2026, 1, 2)),
    ]
    # The 11th and 12th, and the 15th to the 20th, do not count.
    assert days_past_due(DUE, date(2026, 3, 12), pauses=pauses) == 0
    assert days_past_due(DUE, date(2026, 3, 14), pauses=pauses) == 2
    assert days_past_due(DUE, date(2026, 3, 20), pauses=pauses) == 2
    assert days_past_due(DUE, date(2026, 3, 31), pauses=pauses) == 13


@pytest.mark.parametrize(
    ("since", "until", "error"),
    [
        ("2026-03-01", DUE, InputTypeError),
        (DUE, datetime(2026, 3, 11), InputTypeError),
        (DUE, date(2026, 3, 9), DateRangeError),
        (date(1899, 1, 1), DUE, DateRangeError),
    ],
)
def test_a_pause_refuses_what_is_none(since, until, error):
    with refused(error):
        Pause(since, until)


@pytest.mark.parametrize("pauses", [Pause(DUE, DUE), [DUE], None])
def test_pauses_are_a_list_of_pauses(pauses):
    with refused(InputTypeError):
        days_past_due(DUE, DUE, pauses=pauses)
