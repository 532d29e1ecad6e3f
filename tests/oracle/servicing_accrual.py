"""What a day does by itself: credit, late charges, grace, compounding, accrual."""

from datetime import date, timedelta
from fractions import Fraction

from oracle.servicing_allocation import spend_credit
from oracle.servicing_numbers import (
    DAY,
    Unsupported,
    amount_or_share,
    contract_daily,
    growth,
    penalty_daily,
    rounding_of,
)
from oracle.servicing_posting import POSTED_TO, allow, post, post_accrued, release
from oracle.servicing_rows import Book, Row

BASES = {
    "overdue_principal": ("principal",),
    "overdue_principal_and_interest": ("principal", "interest"),
    "overdue_installment": ("principal", "interest", "fee"),
}


# --- morning ------------------------------------------------------------------------------


def morning(book: Book, day: date) -> None:
    if book.written_off is not None:
        return
    if book.loan.servicing.credit.value != "kept":
        spend_credit(book, day)
    if not book.stopped:
        late_charges(book, day)
    end_of_grace(book, day)
    if is_compounding_day(book, day):
        for row in book.rows:
            row.capital = {part: row.owed[part] for part in ("penalty", "compound")}


def late_charges(book: Book, day: date) -> None:
    for charge in book.loan.servicing.late_charges:
        for row in book.rows:
            if row.due + timedelta(charge.days_late) != day:
                continue
            if charge.name in row.charged or row.unpaid <= book.units(charge.tolerance):
                continue
            row.charged.add(charge.name)
            base = {
                "overdue": row.unpaid,
                "overdue_principal": row.owed["principal"],
                "installment": sum(row.planned.values()),
            }[charge.of.value]
            amount = amount_or_share(book.loan, charge.amount, base, charge.rounding)
            amount = max(amount, book.units(charge.least))
            if charge.most is not None:
                amount = min(amount, book.units(charge.most))
            post(book, row, charge.component.value, amount, day)


def end_of_grace(book: Book, day: date) -> None:
    terms = book.loan.penalty
    if terms is None or terms.grace.value != "cliff" or terms.grace_days == 0:
        return
    for row in book.rows:
        if day != row.due + timedelta(terms.grace_days + 1):
            continue
        if base_of(book, row) <= book.units(terms.tolerance):
            for kind in POSTED_TO:
                row.sums[kind] = Fraction(0)
    post_accrued(book, day)


def is_compounding_day(book: Book, day: date) -> bool:
    terms = book.loan.penalty and book.loan.penalty.compounding
    if terms is None:
        return False
    if terms.every.value == "daily":
        return True
    if terms.every.value == "due_dates":
        return day in planned_dues(book)
    quarter_ends = terms.every.value == "monthly" or day.month % 3 == 0
    return day.day == terms.day and quarter_ends


def planned_dues(book: Book) -> list:
    return [line.due for line in book.lines]


# --- accrual ------------------------------------------------------------------------------


def before_events(book: Book, day: date) -> None:
    """With the payment day counted, the day is borne by what is owed as it begins."""
    terms = book.loan.penalty
    if terms is None or terms.payment_day.value != "counted":
        return
    if book.stopped or book.is_paused(day) or book.written_off is not None:
        return
    if book.counted_on == day:
        return
    book.counted_on = day
    accrue(book, [row for row in book.rows if row.due < day], day)
    post_accrued(book, day)


def night(book: Book, day: date) -> None:
    if book.written_off is not None:
        return
    terms = book.loan.penalty
    if not book.stopped:
        if not book.is_paused(day):
            allow(book, day)
            release(book, day)
            counted = terms is not None and terms.payment_day.value == "counted"
            first = day if counted or book.counted_on == day else date.min
            accrue(book, [row for row in book.rows if first <= row.due <= day], day)
            post_accrued(book, day)
        earn(book, day)


def earn(book: Book, day: date) -> None:
    """
    Contract interest of the current period, on the principal of it and later rows.

    Where overdue principal goes on to bear, on the principal of all rows; and what was
    prepaid may bear to the end of its period.
    """
    row = book.current(day)
    if row is None or not book.is_recast or (book.is_paused(day) and book.follows):
        return
    bearing = [r for r in book.rows if book.overdue_bears or r.number >= row.number]
    balance = sum(r.owed["principal"] for r in bearing) + row.prepaid
    row.accrued += balance * growth(book.loan, row, day, day + DAY)


def base_of(book: Book, row: Row) -> int:
    return sum(row.owed[part] for part in BASES[book.loan.penalty.base.value])


def first_counted(book: Book, row: Row) -> date:
    terms = book.loan.penalty
    days = 1 if terms.first_day.value == "day_after" else 0
    free = terms.grace_days if terms.grace.value == "free" else 0
    return row.due + timedelta(days + free)


def overdue_rate(book: Book, day: date) -> Fraction:
    """The contract rate that overdue principal bears by itself, outside any period."""
    if book.follows:
        if not book.overdue_bears or day < book.maturity:
            return Fraction(0)
        try:
            return contract_daily(book.loan, day)
        except Unsupported:
            # Without a rate by the day nothing accrues after the last period.
            return Fraction(0)
    terms = book.loan.penalty
    if terms is None or terms.contract_interest.value == "replaced":
        return Fraction(0)
    return contract_daily(book.loan, day)


def accrue(book: Book, rows: list, day: date) -> None:
    terms, contract = book.loan.penalty, overdue_rate(book, day)
    for row in rows:
        if contract and row.due <= day:
            add(row, "contract", row.owed["principal"] * contract)
    if terms is None:
        return
    rate = penalty_daily(book.loan, day)
    for row in rows:
        if day < first_counted(book, row):
            continue
        base = base_of(book, row)
        if base > book.units(terms.tolerance):
            add_penalty(book, row, "penalty", base * rate)
        for part in () if terms.compounding is None else terms.compounding.of:
            of = (
                row.owed["interest"]
                if part.value == "interest"
                else row.capital[part.value]
            )
            add_penalty(
                book, row, f"of_{part.value}", of * compound_rate(book, day, rate)
            )


def compound_rate(book: Book, day: date, rate: Fraction) -> Fraction:
    at_contract = book.loan.penalty.compounding.at_contract_rate
    if at_contract and day < max(planned_dues(book)):
        return contract_daily(book.loan, day)
    return rate


def add(row: Row, kind: str, amount: Fraction) -> None:
    row.sums[kind] = row.sums.get(kind, Fraction(0)) + amount


def add_penalty(book: Book, row: Row, kind: str, amount: Fraction) -> None:
    if book.loan.penalty.rounded.value == "day":
        amount = Fraction(rounding_of(book.loan, book.loan.penalty.rounding)(amount))
    add(row, kind, amount)
