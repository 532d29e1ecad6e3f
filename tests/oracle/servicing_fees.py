"""Planned fees of rows that are planned anew, for the servicing oracle."""

from datetime import date
from fractions import Fraction

from oracle.servicing_numbers import rounding_of
from oracle.servicing_rows import Book, Row


def plans_of(rows: list) -> dict:
    return {row: dict(row.planned) for row in rows}


def follow_fees(
    book: Book, day: date, rows: list, before: dict, *, first: bool = False
) -> None:
    """
    Fees of rows that were planned anew follow what the rows owe.

    What a period opened with stays once it has begun, but for a first drawing. A row
    that lost its fees, as it was no installment any more, has them once it is one again.
    """
    following = [fee for fee in book.loan.fees if follows(fee)]
    for row in rows:
        if not row.of_loan or (first and row.end <= day):
            continue
        shares = [fee for fee in following if number_of(book, row) % fee.every == 0]
        if row.start < day and not first:
            shares = [fee for fee in shares if fee.of.value != "outstanding"]
            moved = total(book, row, shares, row.planned) - total(
                book, row, shares, before[row]
            )
            new = row.planned["fee"] + moved
        else:
            agreed = total(book, row, shares, row.agreed, agreed=True)
            new = row.agreed["fee"] - agreed + total(book, row, shares, row.planned)
            if not is_installment(book, row):
                new = min(new, row.planned["fee"])
        row.owed["fee"] = max(0, row.owed["fee"] + new - row.planned["fee"])
        row.planned["fee"] = new


def is_installment(book: Book, row: Row) -> bool:
    """Whether a row owes interest, or principal is left to run through it."""
    later = [one for one in book.rows if one.number >= row.number]
    return row.owed["interest"] != 0 or any(one.owed["principal"] for one in later)


def follows(fee) -> bool:
    return isinstance(fee.amount, Fraction) and fee.of.value != "principal"


def number_of(book: Book, row: Row) -> int:
    return book.of_loan.index(row) + 1


def total(book: Book, row: Row, fees: list, plan: dict, *, agreed: bool = False) -> int:
    return sum(one_fee(book, row, fee, plan, agreed=agreed) for fee in fees)


def ahead_of(book: Book, row: Row) -> int:
    """Principal of rows that joins or is drawn once a period has opened."""
    drawn = [part.amount for part in book.loan.drawdowns if part.on >= row.start]
    joins = [line.capitalized for line in book.lines if line.end > row.start]
    return sum(book.units(amount) for amount in drawn + joins)


def one_fee(book: Book, row: Row, fee, plan: dict, *, agreed: bool) -> int:
    if fee.of.value == "outstanding":
        later = book.of_loan[number_of(book, row) - 1 :]
        base = sum((one.agreed if agreed else one.owed)["principal"] for one in later)
        base = max(0, base - ahead_of(book, row))
    else:
        parts = {
            "interest": ("interest",),
            "installment_principal": ("principal",),
            "payment": ("interest", "principal"),
        }[fee.of.value]
        base = sum(plan[part] for part in parts)
    rounded = rounding_of(book.loan, fee.rounding)
    amount = rounded(fee.amount * base)
    return amount + (0 if fee.tax is None else rounded(fee.tax * amount))
