"""Posting what accrued, as far as caps leave room, for the servicing oracle."""

from datetime import date, timedelta
from fractions import Fraction

from oracle.servicing_numbers import per_day, rounded, rounding_of
from oracle.servicing_rows import Book, Row

POSTED_TO = {
    "penalty": "penalty",
    "of_interest": "compound",
    "of_penalty": "compound",
    "of_compound": "compound",
}


def in_grace(book: Book, row: Row, day: date) -> bool:
    """Whether penalty of a row still waits for the cliff."""
    terms = book.loan.penalty
    waits = terms.grace.value == "cliff" and terms.grace_days > 0
    return waits and day <= row.due + timedelta(terms.grace_days)


def post_accrued(book: Book, day: date) -> None:
    """Post what the exact sums have grown to: interest, then penalty row by row."""
    for row in book.rows:
        grown = book.round(row.sums.get("contract", 0)) - row.booked.get("contract", 0)
        row.booked["contract"] = row.booked.get("contract", 0) + grown
        row.owed["interest"] += grown
        book.charged["interest"] = book.charged.get("interest", 0) + grown
    if book.loan.penalty is None:
        return
    if book.loan.penalty.rounded.value == "total":
        post_total(book, day)
        return
    # A row whose grace ends on a day is posted that morning, not the night before.
    for row in book.rows:
        if in_grace(book, row, day):
            continue
        for kind, component in POSTED_TO.items():
            total = nominal(book, row, kind)
            grown = total - row.booked.get(kind, 0)
            row.booked[kind] = total
            post(book, row, component, grown, day)


def post_total(book: Book, day: date) -> None:
    """Post the growth of each rounded total on the oldest row that bears penalty."""
    fixed = rounding_of(book.loan, book.loan.penalty.rounding)
    seen = [row for row in book.rows if not in_grace(book, row, day)]
    grown = []
    for kind, component in POSTED_TO.items():
        growing = [row for row in seen if bears(book, row, kind)]
        before = fixed(sum(Fraction(row.told.get(kind, 0)) for row in seen))
        after = fixed(sum(Fraction(row.sums.get(kind, 0)) for row in seen))
        if growing:
            grown.append((book.rows.index(growing[0]), component, after - before))
        for row in seen:
            row.told[kind] = row.sums.get(kind, Fraction(0))
    for place, component, amount in sorted(grown, key=lambda one: one[0]):
        post(book, book.rows[place], component, amount, day)


def bears(book: Book, row: Row, kind: str) -> bool:
    if not row.sums.get(kind):
        return False
    if kind == "of_interest":
        return row.owed["interest"] != 0
    if kind != "penalty":
        return row.capital[kind.removeprefix("of_")] != 0
    terms = book.loan.penalty
    parts = {
        "overdue_principal": ("principal",),
        "overdue_principal_and_interest": ("interest", "principal"),
        "overdue_installment": ("fee", "interest", "principal"),
    }[terms.base.value]
    return sum(row.owed[part] for part in parts) > book.units(terms.tolerance)


def nominal(book: Book, row: Row, kind: str) -> int:
    terms = book.loan.penalty
    fixed = rounding_of(book.loan, terms.rounding)
    exact = row.sums.get(kind, Fraction(0))
    if terms.rounded.value == "day":
        return int(exact)
    return fixed(exact)


def post(book: Book, row: Row, component: str, amount: int, day: date) -> None:
    if amount < 0:
        # A cent of a rounded total that moved to another row; paid already, it is credit.
        kept = row.take(component, -amount)
        book.credit += -amount - kept
        posted = amount
    else:
        room, final = room_for(book, day)
        posted = amount if room is None else min(amount, room)
        row.owed[component] += posted
        if final:
            book.lost += amount - posted
        elif amount > posted:
            hold_back(book, component, amount - posted)
    count(book, component, posted)


def hold_back(book: Book, component: str, amount: int) -> None:
    """What is cut waits behind what was cut before."""
    if book.backlog and book.backlog[-1][0] == component:
        amount += book.backlog.pop()[1]
    book.backlog.append((component, amount))


def count(book: Book, component: str, amount: int) -> None:
    # A late charge that is owed as a fee counts as lateness, not among the fees.
    name = "late fee" if component == "fee" else component
    book.charged[name] = book.charged.get(name, 0) + amount
    book.for_lateness += amount


def release(book: Book, day: date) -> None:
    """Post what a cap held back, as far as there is room now, to the oldest unpaid row."""
    waiting, book.backlog = book.backlog, []
    for component, amount in waiting:
        unpaid = [row for row in book.rows if row.due <= day and row.all_owed]
        room, _ = room_for(book, day)
        posted = 0
        if unpaid:
            posted = amount if room is None else min(amount, room)
            unpaid[0].owed[component] += posted
            count(book, component, posted)
        if amount > posted:
            hold_back(book, component, amount - posted)


def room_for(book: Book, day: date):
    """The least room of the caps in force, and whether what exceeds it is lost."""
    rooms = []
    for index, cap in enumerate(book.loan.servicing.caps):
        if in_force(cap, day):
            kind = type(cap).__name__
            rooms.append(
                (max(0, ROOMS[kind](book, cap, index, day)), kind != "InDuplum")
            )
    if not rooms:
        return None, False
    room, kept = min(rooms)
    return room, not kept


def in_force(cap, day: date) -> bool:
    return (cap.since is None or cap.since <= day) and (
        cap.until is None or day < cap.until
    )


def rate_room(book: Book, cap, index: int, day: date) -> int:
    return rounded(book.allowed.get(index, 0), "floor") - book.for_lateness


def amount_room(book: Book, cap, index: int, day: date) -> int:
    most = cap.most
    if isinstance(most, Fraction):
        top = rounded(most * book.units(book.loan.principal), "floor")
    else:
        top = book.units(most)
    lateness = ("penalty", "compound", "late fee")
    used = sum(book.charged.get(name, 0) for name in lateness)
    for component in cap.of:
        name = component.value
        if name in ("fee", "interest"):
            used += book.charged.get(name, 0)
            used += sum(row.planned[name] for row in book.rows if row.due <= day)
    return top - used


def duplum_room(book: Book, cap, index: int, day: date) -> int:
    arrear = sum(
        row.owed["penalty"] + row.owed["compound"] + row.owed["interest"]
        for row in book.rows
        if row.due <= day
    )
    return sum(row.owed["principal"] for row in book.rows) - arrear


ROOMS = {"RateCap": rate_room, "AmountCap": amount_room, "InDuplum": duplum_room}


def allow(book: Book, day: date) -> None:
    overdue = sum(row.owed["principal"] for row in book.rows if row.due <= day)
    for index, cap in enumerate(book.loan.servicing.caps):
        if type(cap).__name__ == "RateCap" and in_force(cap, day):
            rate = per_day(cap.rate.value, cap.rate.per.value, cap.days_in_year)
            book.allowed[index] = book.allowed.get(index, Fraction(0)) + overdue * rate
