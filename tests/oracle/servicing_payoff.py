"""What it takes to be rid of the loan on a day, for the servicing oracle."""

from datetime import date
from fractions import Fraction

from oracle.servicing_allocation import Money
from oracle.servicing_numbers import COMPONENTS, Refused
from oracle.servicing_recast import (
    ahead_principal,
    bear_on,
    fee_row,
    pays_level,
    prepayment_fee,
)
from oracle.servicing_rows import Book, Row
from oracle.servicing_to_come import bundle_of, earned_in, lent_ahead, to_come


def accrued_owed(book: Book, row: Row, day: date) -> int:
    """Interest of the current row earned to the day, less what was settled of it."""
    if row.end <= day or not row.of_loan:
        return row.owed["interest"]
    if book.is_bundled:
        return bundled(book, row, day)
    if row.start > day:
        return 0
    settled = row.planned["interest"] - row.owed["interest"]
    if not book.is_recast:
        part = Fraction((day - row.start).days, (row.end - row.start).days)
        earned = book.round(row.planned["interest"] * part)
        return min(max(0, earned - settled), row.owed["interest"])
    earned = max(0, book.round(row.accrued) + row.carried - settled)
    # On the schedule a row owes what was planned, whatever its principal bears.
    return earned if book.follows else min(earned, row.owed["interest"])


def bundled(book: Book, row: Row, day: date) -> int:
    """The same of a row that is paid interest of others too, or none in money."""
    line = book.line(row)
    share = earned_in(book, row, day)
    joins = book.units(line.capitalized)
    if joins:
        left = sum(r.owed["principal"] for r in book.rows if r.number >= row.number)
        return min(book.round(joins * share), left)
    settled = row.planned["interest"] - row.owed["interest"]
    earned = book.round(row.planned["interest"] * share)
    return min(max(0, earned - settled), row.owed["interest"])


def whole_owed(book: Book, row: Row, day: date) -> int:
    """Interest of a period that has begun, wherever it is owed."""
    if book.is_bundled and day < row.end and row.of_loan:
        return bundled(book, row, book.period_on(day).end)
    carried_on = book.carried_on(row) if day < row.end else 0
    return row.owed["interest"] + carried_on


def parts(book: Book, day: date, *, claim: bool = False) -> dict:
    """
    What the payoff consists of: amounts by (row, component), credit left out.

    A claim that is given up is the same without what is not earned yet.
    """
    found = {}
    for row in book.rows:
        for part in COMPONENTS:
            if row.due <= day or part in ("principal", "penalty", "compound"):
                found[row, part] = row.owed[part]
    terms = book.loan.servicing.prepayment
    for row in book.in_advance(day):
        fees_due = terms.remaining_fees.value == "due" and not claim
        found[row, "fee"] = row.owed["fee"] if fees_due else row.fee_by_hand
    unearned = "waived" if claim else terms.unearned.value
    if not_lent(book, day):
        if unearned != "waived":
            raise Refused("interest that is due on what is not lent")
        for row, amount in not_lent(book, day).items():
            found[row, "principal"] -= amount
    for row, amount in interest_ahead(book, unearned, day).items():
        found[row, "interest"] = amount
    return found


def not_lent(book: Book, day: date) -> dict:
    """What the last rows hold of principal that is still to come, by row."""
    found, left = {}, to_come(book, day)
    for row in reversed(book.in_advance(day)):
        found[row] = min(left, row.owed["principal"])
        left -= found[row]
    return {row: amount for row, amount in found.items() if amount}


def begun(book: Book, row: Row, day: date) -> bool:
    """Whether the period that runs, which a row is paid for, has begun before the day."""
    if not (book.is_bundled and row.of_loan):
        return row.start < day
    runs = book.period_on(day)
    return runs in bundle_of(book, row) and runs.start < day


def interest_ahead(book: Book, unearned: str, day: date) -> dict:
    """What interest of rows in advance is owed, by row."""
    rows = book.in_advance(day)
    if unearned == "waived":
        to_the_end = book.loan.servicing.prepayment.interest.value == "period"
        return {
            # On its first day a period has not begun for what is prepaid.
            row: whole_owed(book, row, day)
            if to_the_end and begun(book, row, day)
            else accrued_owed(book, row, day)
            for row in rows
        }
    owed = {row: row.owed["interest"] for row in rows}
    if unearned == "due":
        return owed
    total = sum(book.units(line.interest) for line in book.lines)
    count = len(book.lines)
    left = sum(1 for line in book.lines if line.start >= day)
    rebate = book.round(Fraction(total * left * (left + 1), count * (count + 1)))
    # The periods that have not begun are the last ones.
    for row in reversed(rows):
        taken = min(rebate, owed[row])
        owed[row] -= taken
        rebate -= taken
    return owed


def fee_on(book: Book, day: date) -> int:
    return prepayment_fee(book, lent_ahead(book, day), day)


def payoff(book: Book, day: date) -> int:
    if book.written_off is not None or book.is_closed:
        return 0
    return max(0, sum(parts(book, day).values()) + fee_on(book, day) - book.credit)


def settle(money: Money) -> None:
    """Clear all that the payoff consists of; what it leaves out is not owed any more."""
    book, day = money.book, money.day
    owed, fee = parts(book, day), fee_on(book, day)
    if book.follows and pays_level(book):
        owed |= kept_payments(book, owed, day)
    money.carried = [row.carried for row in book.rows]
    bear_on(money, ahead_principal(book, day))
    order = [(row, part) for row in book.rows for part in COMPONENTS]
    for row, part in order:
        amount = owed.get((row, part), 0)
        if amount:
            money.cleared.append((row.number, part, amount))
        if row.owed[part] != amount:
            # More, of a row that was cleared: interest that was carried on.
            money.dropped.append((row.number, part, row.owed[part] - amount))
            row.planned[part] -= row.owed[part] - amount
    forgive(money)
    if fee:
        money.fee_at = len(money.cleared)
        money.cleared.append((fee_row(book, day).number, "fee", fee))
    money.left -= sum(owed.values()) + fee
    for row in book.rows:
        row.owed = dict.fromkeys(COMPONENTS, 0)
        row.capital = {"penalty": 0, "compound": 0}
        if row.start > day:
            # What was to be carried on is settled with the row it was earned in.
            row.carried = 0
        forget_accrued(book, row)
    book.backlog = []


def kept_payments(book: Book, owed: dict, day: date) -> dict:
    """Principal by row: each row keeps its payment, and the last has what is left."""
    found, left = {}, ahead_principal(book, day)
    rows = book.planned_ahead(day)
    for row in rows:
        payment = row.owed["principal"] + row.owed["interest"]
        most = left if row is rows[-1] else payment - owed[row, "interest"]
        found[row, "principal"] = min(left, max(0, most))
        left -= found[row, "principal"]
    return found


def forgive(money: Money) -> None:
    """What the current period earned, and the payoff leaves out, counts as paid."""
    book, row = money.book, money.book.current(money.day)
    if not book.follows or row is None or row.due <= money.day:
        return
    earned = book.round(row.accrued) + row.carried
    if row.planned["interest"] < earned:
        money.forgiven = (row.number, earned - row.planned["interest"])
        row.planned["interest"] = earned


def forget_accrued(book: Book, row: Row) -> None:
    """Fractions of a unit, and penalty that waits for its cliff, end with the debt."""
    row.sums, row.booked, row.told = {}, {}, {}


def paid_for(book: Book, day: date) -> list:
    """The rows that the interest of the period that runs is paid with, or joins."""
    if book.is_bundled:
        return [row for row in book.of_loan if row.end > day]
    return [row for row in (book.current(day),) if row is not None]


def accrued_not_due(book: Book, day: date) -> int:
    row = book.current(day)
    if row is None or row.due <= day or book.written_off is not None:
        return 0
    if book.is_closed:
        return 0
    return sum(accrued_owed(book, each, day) for each in paid_for(book, day))
