"""What an event would do to a line, with nothing booked."""

import pytest

from kept_lines import (
    BOUGHT,
    DUE,
    OCT5,
    aug,
    buy,
    interest,
    kept,
    line,
    octo,
    pay,
    sep,
    split,
)
from loanmath.errors import EventError, InputTypeError
from loanmath.terms.lines import InstallmentTerms

ACCOUNT = kept(line(interest()), *BOUGHT, pay(DUE, 400), pay(octo(6), 50, "p2"))


def test_a_payment_of_today():
    seen = ACCOUNT.preview(pay(octo(6), 10, "p3"))
    # 26.00 less 10 days of 400 bear to 4 October: 22.00; 50 pay them and 28 more.
    assert (seen.before.owed, seen.after.owed) == (72, 62)
    assert [(one.event, str(one.amount)) for one in seen.added] == [("p3", "-10.00")]
    assert seen.removed == ()
    assert str(seen).splitlines() == [
        "Owed on 2026-10-06: CNY 72.00 before, CNY 62.00 after",
        "+ On 2026-10-06 CNY 10.00 of payment p3 went to principal of purchases.",
    ]
    assert len(ACCOUNT.events) == 4


def test_a_late_payment_takes_interest_back():
    seen = ACCOUNT.preview(pay(sep(20), 100, "p3"))
    assert (seen.before.owed, seen.after.owed) == (500, 400)
    # The bill is paid in time: no interest, and 50 are a credit.
    assert [one.rule for one in seen.removed] == ["interest", "payment", "payment"]
    assert str(seen).splitlines()[:2] == [
        "Owed on 2026-09-20: CNY 500.00 before, CNY 400.00 after",
        (
            "- On 2026-10-05 interest of CNY 22.00 became owed on purchases: CNY 300.00 for"
            " 10 days from 2026-08-10 at 0.1% a day; CNY 500.00 for 36 days from 2026-08-20"
            " at 0.1% a day; CNY 100.00 for 10 days from 2026-09-25 at 0.1% a day."
        ),
    ]
    assert seen.event.id == "p3"


def test_postings_that_are_alike_are_told_apart():
    # Two plans of 300: each adds 100 on 5 September and on 5 October.
    terms = line(installments=InstallmentTerms(fees={3: "0%"}))
    account = kept(
        terms,
        buy(aug(10), 300),
        buy(aug(10), 300, "u2"),
        split(aug(10), of="u1", count=3),
        pay(OCT5, 0),
    )
    seen = account.preview(split(aug(10), "s2", of="u2", count=3))
    assert [(one.rule, str(one.amount)) for one in seen.added] == [
        ("conversion", "-300.00"), ("installment", "100.00"), ("installment", "100.00"),
    ]  # fmt: skip
    assert seen.removed == ()


def test_what_cannot_be_booked_or_is_there():
    with pytest.raises(EventError) as caught:
        ACCOUNT.preview(BOUGHT[0])
    assert str(caught.value) == (
        "event u1: got 'recorded already'; allowed: an event that is not recorded"
    )
    with pytest.raises(EventError, match="what is available"):
        ACCOUNT.preview(buy(octo(6), 20001, "u9"))
    with pytest.raises(InputTypeError):
        ACCOUNT.preview("event")
