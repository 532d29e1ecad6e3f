"""Prepayment of principal, and rows in advance planned anew, for the servicing oracle."""

from datetime import date
from fractions import Fraction

from oracle.servicing_allocation import Money
from oracle.servicing_numbers import (
    amount_or_share,
    contract_monthly,
    growth,
    rounding_of,
)
from oracle.servicing_rows import Book, Row

LEVEL = ("LevelPayment", "FixedPayment", "GraduatedPayment", "SteppedPayment")


def pays_level(book: Book) -> bool:
    return type(book.loan.repayment).__name__ in LEVEL


def ahead_principal(book: Book, day: date) -> int:
    return sum(row.owed["principal"] for row in book.in_advance(day))


# --- interest of rows in advance ----------------------------------------------------------


def exact_interest(book: Book, row: Row, balance: int, day: date) -> Fraction:
    """Interest of a row for its whole period, where so much is owed from now on."""
    runs = not (book.paused and book.on_balance)
    if row.start <= day < row.end:
        rest = growth(book.loan, row, day, row.end) if runs else 0
        return row.accrued + balance * rest
    return balance * growth(book.loan, row, row.start, row.end) if runs else Fraction(0)


def set_interest(book: Book, row: Row, balance: int, day: date, kept: bool) -> None:
    is_over = row.end <= day
    if is_over or (kept and row.start < day):
        return
    row.replan_interest(book.round(exact_interest(book, row, balance, day)))


# --- planning anew ------------------------------------------------------------------------


def keep_payments(book: Book, day: date, left: int, payments: dict, kept: bool) -> None:
    """Every row in advance keeps its payment while principal is left to pay."""
    rows = book.in_advance(day)
    for row in rows:
        set_interest(book, row, left, day, kept)
        most = max(0, payments[row] - row.owed["interest"])
        principal = left if row is rows[-1] else min(left, most)
        row.replan_principal(principal)
        left -= principal


def keep_principals(book: Book, day: date, kept: bool) -> None:
    rows = book.in_advance(day)
    left = sum(row.owed["principal"] for row in rows)
    for row in rows:
        if book.is_recast:
            set_interest(book, row, left, day, kept)
        left -= row.owed["principal"]


def take_from_the_last(book: Book, day: date, amount: int) -> None:
    for row in reversed(book.in_advance(day)):
        taken = min(amount, row.owed["principal"])
        row.replan_principal(row.owed["principal"] - taken)
        amount -= taken


def scale_principals(book: Book, day: date, left: int) -> None:
    rows, total = book.in_advance(day), ahead_principal(book, day)
    rest = left
    for row in rows[:-1]:
        share = left * row.owed["principal"] // total
        row.replan_principal(share)
        rest -= share
    rows[-1].replan_principal(rest)


def solve_level(book: Book, day: date, left: int, kept: bool) -> None:
    """One level payment over the rows in advance; the last takes the rest."""
    rows = book.in_advance(day)
    first = rows[0]
    if first.end <= day or (kept and first.start < day):
        grown = Fraction(left + first.planned["interest"])
    else:
        grown = left + exact_interest(book, first, left, day)
    worth, discount = Fraction(1), Fraction(1)
    for row in rows[1:]:
        discount /= 1 + growth(book.loan, row, row.start, row.end)
        worth += discount
    fixed = rounding_of(book.loan, getattr(book.loan.repayment, "rounding", None))
    payment = fixed(grown / worth)
    for row in rows:
        set_interest(book, row, left, day, kept)
        most = max(0, payment - row.planned["interest"])
        principal = left if row is rows[-1] else min(left, most)
        row.replan_principal(principal)
        left -= principal


def drop_fees_of_rows_gone(book: Book, day: date) -> None:
    """A row for which no principal was left is no installment any more."""
    left = ahead_principal(book, day)
    for row in book.in_advance(day):
        gone = left == 0 and row.owed["interest"] == 0 and row.start > day
        if gone:
            row.owed["fee"], row.planned["fee"] = row.fee_by_hand, 0
        left -= row.owed["principal"]


def recast(book: Book, day: date, effect: str, left: int, *, kept: bool) -> None:
    """
    Plan rows in advance anew for the principal that is left of them.

    `kept` is whether the current row keeps its interest.
    """
    rows = book.in_advance(day)
    payments = {row: row.owed["principal"] + row.owed["interest"] for row in rows}
    if book.is_recast and pays_level(book):
        if effect == "smaller":
            solve_level(book, day, left, kept)
        else:
            keep_payments(book, day, left, payments, kept)
    else:
        if effect == "smaller":
            scale_principals(book, day, left)
        else:
            take_from_the_last(book, day, ahead_principal(book, day) - left)
        keep_principals(book, day, kept)
    fees = book.loan.servicing.prepayment.remaining_fees.value
    if effect == "shorter" and book.is_recast and fees == "waived":
        drop_fees_of_rows_gone(book, day)


def follow_balance(book: Book, day: date) -> None:
    """With interest on the balance, interest follows what is owed from now on."""
    rows = book.in_advance(day)
    if not (book.on_balance and book.is_recast and rows):
        return
    payments = {row: row.owed["principal"] + row.owed["interest"] for row in rows}
    if pays_level(book):
        keep_payments(book, day, ahead_principal(book, day), payments, kept=False)
    else:
        keep_principals(book, day, kept=False)


# --- prepayment ---------------------------------------------------------------------------


def prepayment_fee(book: Book, principal: int, day: date) -> int:
    terms = book.loan.servicing.prepayment.fee
    if terms is None or principal == 0:
        return 0
    fell_due = sum(1 for row in book.of_loan if row.due <= day)
    if terms.within is not None and fell_due >= terms.within:
        return 0
    if terms.amount is not None:
        fee = amount_or_share(book.loan, terms.amount, principal, terms.rounding)
    else:
        monthly = principal * contract_monthly(book.loan, day)
        fee = terms.months_of_interest * rounding_of(book.loan, terms.rounding)(monthly)
    return max(fee, book.units(terms.least))


def most_principal(book: Book, amount: int, day: date) -> int:
    """The largest principal that an amount prepays together with its fee."""
    low, high = 0, min(amount, ahead_principal(book, day))
    while low < high:
        middle = (low + high + 1) // 2
        if middle + prepayment_fee(book, middle, day) <= amount:
            low = middle
        else:
            high = middle - 1
    return low


def fee_row(book: Book, day: date) -> Row:
    row = book.current(day)
    return row if row is not None else (book.in_advance(day) or book.rows[-1:])[0]


def prepay(money: Money, effect: str) -> None:
    book, day = money.book, money.day
    principal = most_principal(book, money.left, day)
    if principal == 0:
        return
    fee = prepayment_fee(book, principal, day)
    if fee:
        row = fee_row(book, day)
        money.left -= fee
        money.cleared.append((row.number, "fee", fee))
    if effect == "next":
        for row in book.in_advance(day):
            principal -= money.clear(row, "principal", principal)
        follow_balance(book, day)
        return
    kept = book.loan.servicing.prepayment.interest.value == "period"
    before = [(row, row.owed["principal"]) for row in book.in_advance(day)]
    recast(book, day, effect, ahead_principal(book, day) - principal, kept=kept)
    money.left -= principal
    fell = [(row.number, owed - row.owed["principal"]) for row, owed in before]
    if any(amount < 0 for _, amount in fell):
        # Of no row: with less interest, earlier payments hold more principal.
        fell = [(0, principal)]
    money.cleared += [(row, "principal", amount) for row, amount in fell if amount]
