"""
The rows of a loan before any amount is known, and what a principal earns in them.

A row ends where something falls due or joins the principal. Its interest is counted by
segments, cut where the rate or the principal changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from oracle.agreement import LAST_DATE, Agreement, Holiday, RatePath
from oracle.planner import (
    RefusedError,
    Span,
    at_day,
    first_due_date,
    on_a_business_day,
    roll_day,
)

# --- due dates ------------------------------------------------------------------------


def anchor(terms: Agreement) -> date:
    """The first due date; with `first_after`, the first roll day not earlier."""
    if terms.first_after is None or terms.first_due or terms.stated_dates:
        return first_due_date(terms)
    months, days = terms.first_after
    earliest = terms.disbursed + relativedelta(months=months, days=days)
    if not terms.months:
        return earliest
    aim = roll_day(terms)
    if at_day(earliest, aim) >= earliest:
        return at_day(earliest, aim)
    return at_day(earliest + relativedelta(day=1, months=1), aim)


def regular_start(terms: Agreement) -> date | None:
    """Where a regular first period would have started."""
    if terms.stated_dates:
        return None
    step = relativedelta(months=terms.months, days=terms.days)
    start = anchor(terms) - step
    return at_day(start, roll_day(terms)) if terms.months else start


def installment_dates(terms: Agreement, count: int) -> list[date]:
    """The due dates of so many installments, before any business-day rule."""
    if terms.stated_dates:
        return list(terms.stated_dates)
    first, aim, dates = anchor(terms), roll_day(terms), []
    for number in range(count):
        months, days = terms.months * number, terms.days * number
        due = first + relativedelta(months=months, days=days)
        due = at_day(due, aim) if terms.months else due
        if due > LAST_DATE:
            break
        dates.append(due)
    if terms.last_due is not None:
        dates[-1] = terms.last_due
        if len(dates) > 1 and dates[-1] <= dates[-2]:
            raise RefusedError("the last due date is not the last")
    return dates


def grid(start: date, first: date, step: tuple[int, int], last: date) -> list[date]:
    """Dates a step apart from the first, as far as the last; months keep their day."""
    dates, number = [], 0
    while True:
        months, days = step[0] * number, step[1] * number
        day = first + relativedelta(months=months, days=days)
        day = at_day(day, start.day) if step[0] else day
        if day > last:
            return dates
        dates.append(day)
        number += 1


def own_interest_dates(terms: Agreement, last: date) -> list[date]:
    """The dates of interest that are agreed apart from installments."""
    own = terms.interest
    if own is None or not own.are_own:
        return []
    if own.dates:
        return [day for day in own.dates if day <= last]
    step, first = (own.months, own.days), own.first_due
    if first is not None:
        return grid(first, first, step, last)
    first = terms.disbursed + relativedelta(months=own.months, days=own.days)
    return grid(terms.disbursed, first, step, last)


@lru_cache(maxsize=64)
def regular_spans(terms: Agreement, count: int) -> dict[tuple[date, date], int]:
    """The spans of whole months by anniversary, and their months."""
    if terms.stated_dates or not terms.months:
        spans: dict[tuple[date, date], int] = {}
    else:
        dates, start = installment_dates(terms, count), regular_start(terms)
        if terms.last_due is not None:
            dates = dates[:-1]
        spans = dict.fromkeys(pairwise(dates), terms.months)
        if dates:
            spans[start, dates[0]] = terms.months
        if terms.method == "single" and start == terms.disbursed and dates:
            spans[terms.disbursed, dates[-1]] = terms.months * len(dates)
    own = terms.interest
    if own is not None and own.months:
        dates = own_interest_dates(terms, LAST_DATE.replace(year=2190))[: 12 * 60]
        if own.first_due is None:
            dates.insert(0, terms.disbursed)
        spans |= dict.fromkeys(pairwise(dates), own.months)
    return spans


# --- rows -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Slot:
    """
    A row to be: its period, and what falls due at its end.

    `number` is the installment's, or None where interest alone falls due; `pays` says
    that principal falls due, `interest` is "due", "carry", "capitalize", "waive" or, of
    the last installment, "free": none accrues, and what was carried is due at last.
    `accrues_from` is the day that its interest counts from, `first` and `last` say
    that the loan's first or last day is in it.
    """

    start: date
    end: date
    due: date
    number: int | None
    pays: bool
    interest: str
    accrues_from: date
    first: bool = False
    last: bool = False

    @property
    def accrues(self) -> bool:
        return self.interest not in ("waive", "free")

    @property
    def is_due(self) -> bool:
        return self.interest in ("due", "free")


def holiday_of(terms: Agreement, number: int) -> Holiday | None:
    return next((one for one in terms.holidays if one.holds(number)), None)


def installment_slots(terms: Agreement, count: int, own: Sequence[date]) -> list[Slot]:
    dates = installment_dates(terms, count)
    numbered = list(enumerate(dates, start=1))
    if terms.method == "single":
        numbered = [(1, dates[-1])]
    slots = []
    for number, day in numbered:
        due = end = day
        if terms.business_rule is not None:
            due = on_a_business_day(day, terms.business_rule)
            end = due if terms.interest_to == "adjusted" else day
        interest, pays = "due", True
        apart = terms.interest is not None and terms.interest.are_own
        if apart and not terms.pays_interest_first and end not in own:
            interest = "due" if number == numbered[-1][0] else "carry"
        holiday = holiday_of(terms, number)
        if holiday is not None:
            pays = holiday.of == "interest"
            interest = holiday.interest or interest
        if interest == "waive" and number == numbered[-1][0]:
            interest = "free"
        slots.append(Slot(end, end, due, number, pays, interest, end))
    return slots


def interest_slots(terms: Agreement, own: Sequence[date]) -> list[Slot]:
    """Rows where interest alone falls due, or joins the principal."""
    until = terms.interest.capitalized_until if terms.interest else None
    slots = []
    for day in own:
        joins = until is not None and day <= until
        interest = "capitalize" if joins else "due"
        slots.append(Slot(day, day, day, None, False, interest, day))
    return slots


def slots_of(terms: Agreement, count: int) -> list[Slot]:
    """The rows of so many installments, without those on disbursement or for fees."""
    ends = installment_dates(terms, count)
    if not ends:
        raise RefusedError("no due date")
    own = own_interest_dates(terms, ends[-1])
    slots = installment_slots(terms, count, own)
    taken = {slot.end for slot in slots}
    start = regular_start(terms)
    if terms.broken == "separate" and start is not None:
        own = [start]
    slots += interest_slots(terms, [day for day in own if day not in taken])
    slots.sort(key=lambda slot: slot.end)
    return with_starts(terms, slots)


def with_starts(terms: Agreement, slots: Sequence[Slot]) -> list[Slot]:
    found, start, first = [], terms.disbursed, True
    for slot in slots:
        if slot.end < start or slot.due < terms.disbursed:
            raise RefusedError("due before the money is paid out")
        counted = start
        if terms.broken in ("added", "at_disbursement") and not found:
            counted, first = regular_start(terms) or start, False
            start = counted if terms.broken == "at_disbursement" else start
        is_first = first and slot.end > start
        first = first and not is_first
        found.append(replace(slot, start=start, accrues_from=counted, first=is_first))
        start = slot.end
    if terms.business_rule and found[0].due <= terms.disbursed:
        raise RefusedError("due before the money is paid out")
    found[-1] = replace(found[-1], last=True)
    return found


# --- accrual --------------------------------------------------------------------------


def inside(slot: Slot, days: Sequence[date]) -> list[date]:
    return [day for day in days if slot.accrues_from < day < slot.end]


def segments(terms: Agreement, slot: Slot, path: RatePath) -> list[tuple[date, date]]:
    changes = inside(slot, [*path.cuts(), *(day for day, _ in terms.drawdowns)])
    if changes and terms.counted_by == "1/12" and terms.day_count is None:
        raise RefusedError("whole months cannot be cut where they are left open")
    return list(pairwise(sorted({slot.accrues_from, slot.end, *changes})))


def span_of(terms: Agreement, slot: Slot, cut: tuple[date, date]) -> tuple[Span, int]:
    """A segment with the days that the head-and-tail rule moves its ends by."""
    count = terms.count
    while slot.number is not None and count < slot.number:
        count += 50
    spans = regular_spans(terms, count)
    regular, months = cut in spans, spans.get(cut, 0)
    start = end = 0
    if terms.head_tail == "tail":
        start = end = 1
    if terms.head_tail == "both" and slot.last and cut[1] == slot.end:
        end = 1
    if terms.head_tail == "neither" and slot.first and cut[0] == slot.accrues_from:
        start = 1
    month_ends = terms.end_of_month and roll_day(terms) == 31
    return Span(*cut, months, regular, start, end, month_ends), months


def months_of(terms: Agreement, slot: Slot, cut: tuple[date, date]) -> Fraction:
    """The whole months of a row, shared by its days, in the unit of the rate."""
    whole = slot.accrues_from, slot.end
    _, months = span_of(terms, slot, whole)
    if not months:
        raise RefusedError("a period of no whole months")
    shared = Fraction((cut[1] - cut[0]).days, (whole[1] - whole[0]).days)
    return months * shared / {"month": 1, "year": 12}[terms.rate_per]


def factor(
    terms: Agreement, slot: Slot, cut: tuple[date, date], rate: Fraction, name: str
) -> Fraction:
    """Rate x time of one segment."""
    if cut[0] == cut[1]:
        return Fraction(0)
    span, _ = span_of(terms, slot, cut)
    if terms.rate_per == "day":
        return rate * span.days(name)
    if name == "1/12":
        return rate * months_of(terms, slot, cut)
    return rate * {"month": 12, "year": 1}[terms.rate_per] * span.years(name)


def drawn_on(terms: Agreement, start: date, end: date) -> Fraction:
    """What is drawn from a day to the day before another."""
    amounts = [amount for day, amount in terms.drawdowns if start <= day < end]
    return sum(amounts, Fraction(0))


def earned(
    terms: Agreement,
    slot: Slot,
    path: RatePath,
    owed: Fraction,
    name: str | None = None,
) -> Fraction:
    """The exact interest of a row on what is owed as it opens and is drawn in it."""
    total = Fraction(0)
    for start, end in segments(terms, slot, path):
        owing = owed + drawn_on(terms, slot.start, start + timedelta(1))
        rate, counted = path.from_day(start), name or terms.counted_by
        total += owing * factor(terms, slot, (start, end), rate, counted)
    return total
