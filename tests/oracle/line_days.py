"""Days of a line of credit for its oracle: months, due days, cycles; plain stepping."""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(1)


class OracleRefusal(Exception):  # noqa: N818 the word of events
    """The event cannot be booked on the line."""


class Unsupported(Exception):  # noqa: N818 no verdict
    """Terms or events that the oracle does not know; never a verdict on them."""


def in_month(year: int, month: int, day: int) -> date:
    """The day of a month, or its last where it has no such day; months run on."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def months_later(day: date, months: int) -> date:
    """The same day so many months later, clamped to a short month."""
    return in_month(day.year, day.month + months, day.day)


@dataclass
class Days:
    """The billing days in force: those of the line, or of its last change."""

    statement_day: int
    due_day: int | None
    due_after: int | None
    joins_closing: bool
    business_days: object

    def statement_from(self, day: date) -> date:
        """The first statement day that is not before a day."""
        while day != in_month(day.year, day.month, self.statement_day):
            day += DAY
        return day

    def statement_before(self, day: date) -> date:
        """The last statement day before a day."""
        day -= DAY
        while day != in_month(day.year, day.month, self.statement_day):
            day -= DAY
        return day

    def due(self, statement: date) -> date:
        """The day that the bill of a statement is due."""
        if self.due_after is not None:
            due = statement + timedelta(self.due_after)
        else:
            assert self.due_day is not None
            due = statement + DAY
            while due != in_month(due.year, due.month, self.due_day):
                due += DAY
        if self.business_days is not None:
            due = moved(due, self.business_days)
        if due <= statement:
            raise OracleRefusal(f"the bill of {statement} would be due on {due}")
        return due

    def cut_of(self, statement: date) -> date:
        """The day at whose beginning the bill is cut: the end of the cycle."""
        return statement + DAY if self.joins_closing else statement


def moved(day: date, term) -> date:
    """Where a business-day rule moves a day, a day at a time."""
    rule, calendar = term.rule.value, term.calendar
    if rule == "unadjusted":
        return day
    step = DAY if rule.endswith("following") else -DAY
    found = day
    while not calendar.is_business_day(found):
        found += step
    if rule.startswith("modified") and found.month != day.month:
        found = day
        while not calendar.is_business_day(found):
            found -= step
    return found


def days_between(first: date, end: date) -> list[date]:
    """Every day from the first to the day before the end."""
    found = []
    while first < end:
        found.append(first)
        first += DAY
    return found


def months_before(day: date, count: int) -> date:
    """The same day of the month so many months before, or the last of a shorter one."""
    return months_later(day, -count)
