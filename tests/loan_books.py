"""Books of loans written by hand, for tests of what is measured on them."""

from datetime import date

from loanmath.analysis.book import Book, Distribution, LoanSnapshot

__all__ = ["APRIL", "JUNE", "MAY", "book", "loan", "spread"]

APRIL, MAY, JUNE = date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)


def loan(name, balance, days=0, *, on=JUNE, **stated):
    """A loan of 1,000.00 paid out in January."""
    words = {
        "currency": "CNY",
        "originated": date(2026, 1, 15),
        "disbursed": "1000",
        "balance": balance,
        "days_past_due": days,
    }
    return LoanSnapshot(name=name, on=on, **words | stated)


def book(*loans, on=JUNE):
    """A book of (name, balance, days) and loans."""
    made = [
        loan(*one, on=on) if isinstance(one, tuple) else one  # as written, or made
        for one in loans
    ]
    return Book("CNY", on, made)


def spread(amounts, *, on=JUNE, currency="CNY", rule="all loans", **stated):
    """What a book holds in each bucket."""
    return Distribution(currency=currency, on=on, amounts=amounts, rule=rule, **stated)
