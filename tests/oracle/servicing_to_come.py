"""What rows hold that is not lent or earned yet, for the servicing oracle."""

from datetime import date
from fractions import Fraction

from oracle.servicing_numbers import DAY, Refused, growth
from oracle.servicing_rows import Book, Row


def to_come(book: Book, day: date) -> int:
    """Principal that is to be drawn after a day, or interest that joins it then."""
    drawn = [part.amount for part in book.loan.drawdowns if part.on > day]
    joins = [line.capitalized for line in book.lines if line.end > day]
    return sum(book.units(amount) for amount in drawn + joins)


def lent_ahead(book: Book, day: date) -> int:
    """Principal of rows in advance that was lent by a day."""
    ahead = sum(row.owed["principal"] for row in book.in_advance(day))
    return max(0, ahead - to_come(book, day))


def keep_lent(book: Book, before: int, day: date) -> None:
    """Refuse what has cleared principal that is not lent yet."""
    left = sum(row.owed["principal"] for row in book.in_advance(day))
    if left < before and left < to_come(book, day):
        raise Refused("clears principal that is to come")


def bundle_of(book: Book, row: Row) -> list:
    """The rows whose interest is paid, or joins the principal, with this one."""
    found: list = []
    for each in book.of_loan:
        line = book.line(each)
        found.append(each)
        if each is row:
            return found
        if line.interest or line.capitalized:
            found = []
    return found


def earned_in(book: Book, row: Row, day: date) -> Fraction:
    """What part of the interest of a bundle is earned by a day."""
    whole = part = Fraction(0)
    for each in bundle_of(book, row):
        units = earned_by_row(book, each)
        days = lent_days(book, each, each.end)
        whole += units
        if days:
            part += units * lent_days(book, each, min(day, each.end)) / days
    return part / whole if whole else Fraction(0)


def drawn_in(book: Book, row: Row) -> list:
    return [part for part in book.loan.drawdowns if row.start <= part.on < row.end]


def is_free(book: Book, row: Row) -> bool:
    number = installment(book, row)
    return any(
        rest.first <= number <= rest.last
        for rest in book.loan.holidays
        if rest.interest is not None and rest.interest.value == "waive"
    )


def installment(book: Book, row: Row) -> int:
    """The number of a row among those with days of their own, a broken period apart."""
    first = book.loan.regular_start or book.loan.disbursed
    alike = [
        each for each in book.of_loan if each.start < each.end and each.end > first
    ]
    return alike.index(row) + 1 if row in alike else 0


def earned_by_row(book: Book, row: Row) -> Fraction:
    """Interest of a row on what the plan has lent in it, exact."""
    if row.start == row.end or is_free(book, row):
        return Fraction(0)
    opening = book.units(book.line(row).opening)
    found = opening * growth(book.loan, row, row.start, row.end)
    for part in drawn_in(book, row):
        found += book.units(part.amount) * growth(book.loan, row, part.on, row.end)
    return found


def lent_days(book: Book, row: Row, until: date) -> int:
    """The sum of what is lent on each day of a row, up to a day."""
    total, day = 0, row.start
    while day < until:
        drawn = [part.amount for part in drawn_in(book, row) if part.on <= day]
        total += book.units(book.line(row).opening) + sum(map(book.units, drawn))
        day += DAY
    return total
