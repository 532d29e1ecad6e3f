"""What is converted of bills that are past due, by hand."""

from datetime import date

import pytest

from loanmath import Conversion, CreditLine, LineAccount, MinimumPayment, Purchase


def test_a_bill_that_is_converted_whole_is_not_past_due():
    """
    The bill of January 1,000 is due on February 25 and not paid.

    On March 2 it is turned into three installments: nothing is owed, nothing is missing.
    """
    line = CreditLine(currency="CNY", limit="5000", statement_day=5, due_day=25)
    account = LineAccount.open(line, date(2026, 1, 10)).record(
        Purchase(id="u1", on=date(2026, 1, 10), amount="1000"),
        Conversion(id="c1", on=date(2026, 3, 2), of="u1", count=3, fee="0%"),
    )
    late, then = (account.position(date(2026, 3, day)) for day in (1, 2))
    assert (late.owed, late.minimum, late.days_past_due) == (1000, 1000, 4)
    assert (then.owed, then.minimum, then.days_past_due) == (0, 0, 0)
    assert then.installments == 1000


@pytest.mark.parametrize(
    ("day", "amount", "missing"),
    [
        # Until its due day the bill is made anew: a tenth of 600, and of 50.
        (25, 400, 60),
        (25, 950, 5),
        # After it 100 were due, and stay so, as long as so much is owed.
        (26, 400, 100),
        (26, 900, 100),
        (26, 950, 50),
    ],
)
def test_what_was_due_before_a_conversion_stays_due(day, amount, missing):
    """The bill of January 1,000 is due on February 25, a tenth of it at least."""
    line = CreditLine(
        currency="CNY",
        limit="5000",
        statement_day=5,
        due_day=25,
        minimum=MinimumPayment("10%"),
    )
    account = LineAccount.open(line, date(2026, 1, 10)).record(
        Purchase(id="u1", on=date(2026, 1, 10), amount="1000"),
        Conversion(
            id="c1", on=date(2026, 2, day), of="u1", amount=amount, count=3, fee="0%"
        ),
    )
    found = account.position(date(2026, 2, 27))
    assert (found.owed, found.minimum) == (1000 - amount, missing)
    assert found.days_past_due == 2
