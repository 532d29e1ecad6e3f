"""
The interest of a segment of a line of credit, for its oracle: stretches and rounding.

Readings of the page:

* What a deferred balance owes after all is a stretch of its own: it is cut at the end
  of the promotion, and charged by the first cut on or after that day (or by a payment
  that closes the line), with what it bore since; another payment posts neither.
* An average is over the days of the window alone, with those before the first addition
  as zero; the first window opens where the statement before the first cycle would have
  been charged. It is rounded half up to the minor unit. What a row held on days before
  the window, where it only bears by a later decision, is not charged.
* Where the balance is "previous" or "adjusted", what was joined or charged before the
  window opened is in it; "not below zero" is of the segment's sum. Once a payment
  closed the line, nothing more bears in that window.
* A ceiling is on what a row cost so far, as it was rounded; its share is of what of the
  row bears as its bill is decided, and counts from then.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from oracle.line_days import DAY, days_between
from oracle.line_numbers import daily, rounded
from oracle.line_rows import Row, bearing, held, held_when_opened, rate_on


@dataclass
class Segment:
    """A segment of the line: its terms, and where its free period stands."""

    name: str
    rule: object | None  # LineInterest
    promotion: object | None
    fee: object | None
    limit: object | None
    due_in_full: bool
    window: date  # the day that its open window opened, or was last charged to
    closed: bool = False  # a payment closed the line in this window
    is_lost: bool = False
    paid_in_a_row: int = 0

    @property
    def has_use(self) -> bool:
        return self.rule is not None and self.rule.bears_from.value == "use"

    @property
    def takes_later(self) -> int:
        """The days after a payment that what it took counts from."""
        old = self.rule is not None and self.rule.repayment_day.value == "old"
        return 1 if old else 0


def stretches(row: Row, segment: Segment, end: date) -> list[list]:
    """The stretches of a row that are not charged yet: amount, rate, days."""
    found, last = [], None
    since = row.uncharged_from()
    for day in [] if since is None else days_between(since, end):
        amount = bearing(row, day, segment.rule)
        rate = rate_on(row, day, segment.rule, segment.promotion)
        is_cut = day == row.promotion_end
        if amount == 0:
            last = None
        elif last is not None and last[:2] == [amount, rate] and not is_cut:
            last[2] += 1
        else:
            last = [amount, rate, 1]
            found.append(last)
    return found


def deferred_stretches(row: Row, segment: Segment) -> list[list]:
    """The stretches of all days of a promotion, at the segment's rate."""
    rule = segment.rule
    found, last = [], None
    assert row.first is not None
    assert row.promotion_end is not None
    for day in days_between(row.first, row.promotion_end):
        amount, rate = Fraction(held(row, day)), daily(rule.rate, rule.days_in_year)
        if row.overdue_from is not None and day >= row.overdue_from:
            rate *= rule.overdue_multiple
        if amount == 0:
            last = None
        elif last is not None and last[:2] == [amount, rate]:
            last[2] += 1
        else:
            last = [amount, rate, 1]
            found.append(last)
    return found


def earned(
    segment: Segment, rows: list[Row], end: date, digits: int, *, with_deferred: bool
) -> int:
    """What the rows of a segment earned to the day before the end, rounded as agreed."""
    rule = segment.rule
    rows = [row for row in rows if row.bears]
    if rule is None:
        return 0
    if rule.balance.value != "daily":
        return earned_on_one_balance(segment, rows, end, digits)
    if rule.rounded.value == "statement":
        exact = sum(
            (
                sum(exact_costs(row, segment, end, with_deferred=with_deferred))
                for row in rows
            ),
            Fraction(0),
        )
        return rounded(exact, rule.rounding, digits)
    return sum(
        allowed(row, cost_of(row, segment, end, digits, with_deferred=with_deferred))
        for row in rows
    )


def exact_costs(
    row: Row, segment: Segment, end: date, *, with_deferred: bool
) -> list[Fraction]:
    """What each stretch of a row costs, before any rounding."""
    found = stretches_of(row, segment, end, with_deferred=with_deferred)
    return [amount * rate * days for amount, rate, days in found]


def cost_of(
    row: Row, segment: Segment, end: date, digits: int, *, with_deferred: bool
) -> int:
    """What a row costs, rounded by its stretches or as their sum, without a ceiling."""
    rule = segment.rule
    costs = exact_costs(row, segment, end, with_deferred=with_deferred)
    if rule.rounded.value == "period":
        costs = [sum(costs, Fraction(0))]
    return sum(rounded(cost, rule.rounding, digits) for cost in costs)


def allowed(row: Row, cost: int) -> int:
    """What of a cost a row may still bear."""
    return cost if row.ceiling is None else min(cost, row.ceiling - row.cost)


def earning(
    segment: Segment, rows: list[Row], end: date, *, with_deferred: bool
) -> list[Row]:
    """The rows of a segment that earned something, in their order."""
    rule, found = segment.rule, []
    for row in rows:
        if not row.bears:
            continue
        if rule.balance.value in ("previous", "adjusted"):
            if held_when_opened(row, segment.window):
                found.append(row)
        elif stretches_of(row, segment, end, with_deferred=with_deferred):
            found.append(row)
    return found


def stretches_of(
    row: Row, segment: Segment, end: date, *, with_deferred: bool
) -> list[list]:
    """The stretches of a row; one that was deferred is charged by a statement alone."""
    if not row.was_held:
        return stretches(row, segment, end)
    if not with_deferred or (row.promotion_end is not None and row.promotion_end > end):
        return []
    return deferred_stretches(row, segment) + stretches(row, segment, end)


def earned_on_one_balance(
    segment: Segment, rows: list[Row], end: date, digits: int
) -> int:
    """The interest of a window on an average, previous or adjusted balance."""
    rule = segment.rule
    days = days_between(segment.window, end)
    if not days:
        return 0
    if rule.balance.value == "average":
        total = sum(bearing(row, day, rule) for row in rows for day in days)
        balance = rounded(total / len(days), None, digits)
    elif segment.closed:
        return 0
    else:
        balance = sum(held_when_opened(row, segment.window) for row in rows)
    if rule.balance.value == "adjusted":
        balance -= sum(
            amount
            for row in rows
            for since, amount, _ in row.taken
            if segment.window <= since < end
        )
        balance = max(balance, 0)
    cost = balance * daily(rule.rate, rule.days_in_year) * len(days)
    return rounded(cost, rule.rounding, digits)


def charge(
    segment: Segment, rows: list[Row], end: date, digits: int, *, with_deferred: bool
) -> None:
    """Remember that interest was charged for the days before the end."""
    segment.window = max(segment.window, end)
    for row in rows:
        if row.ceiling is not None:
            cost = cost_of(row, segment, end, digits, with_deferred=with_deferred)
            row.cut_off += cost - allowed(row, cost)
            row.cost += allowed(row, cost)
        is_later = row.promotion_end is not None and row.promotion_end > end
        if row.was_held and (is_later or not with_deferred):
            continue
        if row.bears and row.first is not None and row.first < end:
            row.charged_to = max(row.charged_to or end, end)
            if with_deferred:
                row.was_held = False


def last_day_of(day: date, segment: Segment) -> date:
    """
    The day before which a payment that closes the line owes interest.

    Reading: where the day of a repayment bears on the "old" balance, that day is in it;
    else it would be earned after the line was closed.
    """
    return day + DAY if segment.takes_later else day
