"""The example of the reference page on portfolios, which shows this very code."""

import pytest


def test_a_book_of_three_cards():
    pytest.importorskip("numpy", reason="the extra 'portfolio' is not installed")
    # A book of three cards
    from datetime import date

    from loanmath.portfolio import Columns, LineDay, keep_lines, lines_on, open_lines
    from loanmath.terms.lines import CreditLine, LineInterest, MinimumPayment

    card = CreditLine(
        currency="CNY",
        limit="20000",
        statement_day=5,
        due_day=25,
        interest=LineInterest(
            rate="0.05%/day", bears_from="posting", rounded="statement"
        ),
        minimum=MinimumPayment("10%"),
    )
    x = Columns()
    book = open_lines(x, card, date(2026, 3, 6), limits=[2_000_000] * 3)
    book = keep_lines(
        x,
        book,
        [
            LineDay(date(2026, 3, 10), drawn=[100_000, 100_000, 0], paid=[0, 0, 0]),
            LineDay(date(2026, 4, 25), drawn=[0, 0, 0], paid=[100_000, 10_000, 0]),
        ],
    )
    owed, book = lines_on(x, book, date(2026, 5, 5))
    # From 10 March 1,000.00 for 46 days, then 900.00 for 10: 27.50.
    assert list(owed.interest) == [0, 2_750, 0]
    assert [list(bill.balance) for bill in book.kept.bills] == [
        [100_000, 100_000, 0],
        [0, 92_750, 0],
    ]
