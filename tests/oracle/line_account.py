"""
The account of a line of credit for its oracle: what happens at the beginning of a day.

Readings of the page:

* Grace and tolerance of a bill are those of the line's own interest; where the line has
  none, there are none. A bill that is paid in full is not missed.
* The first cycle is that of the first event; every cycle after it has a bill.
* As a day begins, a deferred promotion that ends is looked at, then bills are decided,
  then the cycle is cut: interest, installments, the bill, the joining of rows.
* A bill is all that is owed less the credit, and may be below zero; it is then paid.
* What is left of a row that waited moves, with all its components, to the row of the
  next cycle whose bill is not decided. Its purchases are in that row from then on.
* Interest was charged of a row once any of its days was counted, to whatever amount.
* Rows "of that bill", for the overdue rate, are those of its cycle or before. Days that
  were charged before the bill was decided are not charged anew.
* Segments without interest wait and bear like others, at no rate.
* A change of the limit on the day of a cut comes after it, like every event; one that
  ended the day before holds no more.
* A bill whose minimum is deferred, or has days of grace of its own, is decided on the
  day it would have been, its minimum on its own day; its rows are joined to no others
  until then. It may be the last to be decided of several bills.
* A conversion on the day of a cut has its first installment at the next one.
"""

from datetime import date, timedelta
from math import floor

from oracle import line_interest
from oracle.line_days import DAY, Days, months_before
from oracle.line_interest import Segment
from oracle.line_minimum import arrears_in, default_charge, minimum_of
from oracle.line_numbers import COMPONENTS, units
from oracle.line_plans import Plan
from oracle.line_rows import Bill, Row, joined, rate_before_overdue

PURCHASES, INSTALLMENTS = "purchases", "installments"


class Account:
    """Everything that is known of a line at one moment, and the rules of a day."""

    def __init__(self, line, first: date):
        self.line, self.digits = line, line.digits
        rule = line.interest
        self.days = Days(
            line.statement_day,
            line.due_day,
            line.due_after,
            line.statement_day_joins.value == "closing",
            line.business_days,
        )
        self.statement = self.days.statement_from(first)
        if self.days.cut_of(self.statement) <= first:
            self.statement = self.days.statement_from(self.statement + DAY)
        before = self.days.statement_before(self.statement)
        self.cycle = 0  # the number of the open cycle
        self.rows: list[Row] = []
        self.bills: list[Bill] = []
        self.dues: list[dict] = []  # of a minimum: its bill, due day, amount, received
        self.plans: list[Plan] = []
        self.limits: list[tuple] = []  # (amount, until) of each change, in order
        self.drawn: dict[
            str, dict
        ] = {}  # of a drawing: amount, row, refunded, converted
        self.credit = 0
        self.segments: dict[str, Segment] = {}
        for name in (PURCHASES, INSTALLMENTS):
            opened = self.window_end(rule, before)
            self.segments[name] = Segment(
                name, rule, None, None, None, due_in_full=False, window=opened
            )
        for one in line.segments:
            opened = self.window_end(one.interest, before)
            self.segments[one.name] = Segment(
                one.name, one.interest, one.promotion, one.fee, one.limit,
                due_in_full=one.due_in_full, window=opened,
            )  # fmt: skip

    def window_end(self, rule, statement: date) -> date:
        """The day at whose beginning a segment's window of a statement closes."""
        included = rule is not None and rule.last_day.value == "included"
        return statement + DAY if included else statement

    # --- rows -------------------------------------------------------------------------

    def rows_of(self, name: str) -> list[Row]:
        return [row for row in self.rows if row.segment == name]

    def row(self, name: str, cycle: int, promotion_end: date | None = None) -> Row:
        """The row of a segment, a cycle and an end of a promotion; a new one if none."""
        for row in self.rows:
            if (row.segment, row.cycle, row.promotion_end) == (
                name, cycle, promotion_end,
            ):  # fmt: skip
                return row
        segment = self.segments[name]
        deferred = promotion_end is not None and segment.promotion.deferred
        lost = segment.is_lost
        bears = segment.has_use or lost
        row = Row(name, cycle, promotion_end, deferred, bears=bears, is_lost=lost)
        self.rows.append(row)
        return row

    def add(
        self, row: Row, component: str, amount: int, day: date, early=False
    ) -> None:
        """Add to a row, from a day on; the credit pays of it what it can."""
        paid = min(self.credit, amount)
        self.credit -= paid
        amount -= paid
        if not amount:
            return
        row.owed[component] += amount
        row.first = day if row.first is None else min(row.first, day)
        if self.does_bear(row.segment, component):
            row.added.append((day, amount, early))

    def take(self, row: Row, component: str, amount: int, day: date) -> None:
        """Take from a row; it counts from the day, or from the day after."""
        row.owed[component] -= amount
        assert row.owed[component] >= 0
        if amount and self.does_bear(row.segment, component):
            segment = self.segments[row.segment]
            since = day + timedelta(segment.takes_later)
            if component == "interest" and row.cycle == self.cycle - 1:
                # What a statement charged bears from its next window on.
                since = max(
                    since, self.window_end(segment.rule, self.bills[-1].statement)
                )
            row.taken.append((since, amount, day))

    def does_bear(self, name: str, component: str) -> bool:
        rule = self.segments[name].rule
        return rule is not None and component in [one.value for one in rule.bearing]

    def owed(self) -> int:
        return sum(row.total() for row in self.rows)

    def place(self, row: Row) -> tuple:
        """The place of a row among others: the oldest cycle, then the segment."""
        names = list(self.segments)
        cycle = -1 if row.is_carried else row.cycle
        return cycle, names.index(row.segment), row.promotion_end or date.min

    def rank(self, row: Row, day: date):
        """The rate that a row is paid by; deferred, first in its last two months."""
        if (
            row.is_deferred
            and row.promotion_end is not None
            and day < row.promotion_end
        ):
            if day >= months_before(row.promotion_end, 2):
                return 10**9
            return 0
        return self.rate(row, day)

    def rate(self, row: Row, day: date):
        """The rate of a row's segment on a day, without an overdue multiple."""
        segment = self.segments[row.segment]
        if segment.rule is None:
            return 0
        return rate_before_overdue(row, day, segment.rule, segment.promotion)

    def limit_on(self, day: date) -> int:
        """The limit in force: that of the last change that still holds."""
        found = self.line.limit_units
        for amount, until in self.limits:
            if until is None or day <= until:
                found = amount
        return found

    def occupied(self) -> int:
        """What occupies the limit: of plans, the principal that is not yet added."""
        plans = sum(plan.principal_left() for plan in self.plans)
        if self.line.limit_covers.value == "balance":
            return self.owed() + plans
        return sum(row.owed["principal"] for row in self.rows) + plans

    # --- a day begins -----------------------------------------------------------------

    def begin(self, day: date) -> None:
        """The decisions of a day, and its cut."""
        for row in self.rows:
            if row.is_deferred and row.promotion_end == day:
                row.was_held = row.owed["principal"] > 0
        for bill in self.bills:
            if bill.is_pending and bill.minimum_due + self.grace() + DAY == day:
                bill.is_pending = False
                self.decide_minimum(bill, day)
            if bill.outcome is None and bill.last_in_time + DAY == day:
                self.decide(bill, day)
        if self.days.cut_of(self.statement) == day:
            self.cut(day)

    def decide(self, bill: Bill, day: date) -> None:
        """Decide a bill: what of its rows waits no more, what is lost, what is missed."""
        rule = self.line.interest
        tolerance = 0 if rule is None else units(rule.tolerance, self.digits)
        paid = bill.balance - bill.received <= tolerance
        bill.outcome = "paid" if paid else "unpaid"
        bill.unpaid = max(bill.balance - bill.received, 0)
        for due in self.dues if paid else []:
            if due["bill"].cycle <= bill.cycle:
                due["received"] = max(due["received"], due["amount"])
        for row in list(self.rows):
            if row.cycle > bill.cycle or row.decided is not None:
                continue
            if not row.bears and paid:
                self.move(row, bill, day)
                continue
            row.decided, row.decided_on, row.bears = bill, day, True
            row.ceiling = self.ceiling_of(row)
        for segment in self.segments.values():
            self.decide_free_period(segment, bill, paid=paid)
        if paid:
            return
        bill.is_pending = bill.minimum_due + self.grace() >= day
        if not bill.is_pending:
            self.decide_minimum(bill, day)

    def ceiling_of(self, row: Row) -> int | None:
        """What an overdue row may cost: a share of what of it bears, rounded down."""
        rule = self.segments[row.segment].rule
        if rule is None or rule.overdue_cap is None:
            return None
        bearing = [one.value for one in rule.bearing]
        return floor(rule.overdue_cap * sum(row.owed[name] for name in bearing))

    def decide_minimum(self, bill: Bill, day: date) -> None:
        """Look whether less than the minimum was received by the day it was due."""
        toward = bill.received - sum(bill.converted.values())
        if toward < bill.minimum:
            self.miss(bill, toward, day)

    def move(self, row: Row, bill: Bill, day: date) -> None:
        """Move what is left of a row that owes no interest to a later cycle's row."""
        self.rows.remove(row)
        if not row.total():
            return
        decided = {one.cycle for one in self.bills if one.outcome is not None}
        cycle = bill.cycle + 1
        while cycle in decided:
            cycle += 1
        later = self.row(row.segment, cycle, row.promotion_end)
        for component in COMPONENTS:
            self.add(later, component, row.owed[component], day, early=True)
        self.follow(row, later)

    def follow(self, old: Row, new: Row) -> None:
        """Drawings that were in one row are in another."""
        for drawing in self.drawn.values():
            if drawing["row"] is old:
                drawing["row"] = new

    def decide_free_period(self, segment: Segment, bill: Bill, *, paid: bool) -> None:
        """What a decision makes of the rows of later cycles."""
        if segment.rule is None or segment.rule.free_period.value != "lost":
            return
        later = [row for row in self.rows_of(segment.name) if row.cycle > bill.cycle]
        if not paid:
            segment.is_lost, segment.paid_in_a_row = True, 0
            for row in later:
                if not row.bears:
                    row.bears = row.is_lost = True
        elif segment.is_lost:
            segment.paid_in_a_row += 1
            if segment.paid_in_a_row >= segment.rule.regained_after:
                segment.is_lost = False
                for row in later:
                    if row.is_lost and row.charged_to is None:
                        row.bears = row.is_lost = False

    def miss(self, bill: Bill, toward: int, day: date) -> None:
        """Less than the minimum came: the default charge, and the overdue rate."""
        before = [one.cycle for one in self.bills if one.missed]
        bill.missed = True
        charge = default_charge(self.line, bill, toward, before)
        for row in self.rows:
            is_first = row.cycle <= bill.cycle and row.overdue_from is None
            rule = self.segments[row.segment].rule
            if is_first and rule is not None and rule.overdue_multiple != 1:
                row.overdue_from = bill.minimum_due + DAY
        self.add(self.row(PURCHASES, self.cycle), "penalty", charge, day, early=True)

    # --- the cut ----------------------------------------------------------------------

    def cut(self, day: date) -> None:
        """Charge interest, add installments, make the bill, join rows."""
        costs = {}
        for name, segment in self.segments.items():
            rows, end = (
                self.rows_of(name),
                self.window_end(segment.rule, self.statement),
            )
            costs[name] = line_interest.earned(
                segment, rows, end, self.digits, with_deferred=True
            )
            line_interest.charge(segment, rows, end, self.digits, with_deferred=True)
            segment.closed = False
        for name, cost in costs.items():
            opened = self.window_end(self.segments[name].rule, self.statement)
            if cost:
                row = self.row(name, self.cycle)
                self.add(row, "interest", cost, opened, early=True)
        for plan in self.plans:
            if plan.left:
                self.add_installment(plan, day)
        self.bill(day)
        self.join(day)
        self.cycle += 1
        self.statement = self.days.statement_from(self.statement + DAY)

    def add_installment(self, plan: Plan, day: date) -> None:
        """Add the next installment of a plan to the row of the cycle that is cut."""
        principal, interest, fee = plan.left.pop(0)
        plan.has_begun = True
        row = self.row(INSTALLMENTS, self.cycle)
        for component, amount in (
            ("principal", principal), ("interest", interest), ("fee", fee),
        ):  # fmt: skip
            self.add(row, component, amount, day, early=True)

    def bill(self, day: date) -> None:
        """Make the bill of everything owed, less the credit."""
        made_of: dict = {}
        for row in self.rows:
            for component in COMPONENTS:
                key = (component, row.segment, row.cycle == self.cycle)
                made_of[key] = made_of.get(key, 0) + row.owed[component]
        rule, due = self.line.interest, self.days.due(self.statement)
        bill = Bill(
            cycle=self.cycle,
            statement=self.statement,
            due=due,
            last_in_time=due + timedelta(0 if rule is None else rule.grace_days),
            balance=self.owed() - self.credit,
            made_of=made_of,
            occupied=self.occupied(),
            limit=self.limit_on(day),
            arrears=sum(self.missing(due) for due in self.dues),
        )
        bill.minimum = bill.first_minimum = minimum_of(self.line, bill)
        self.bills.append(bill)
        own = max(bill.minimum - arrears_in(self.line, bill), 0)
        self.dues.append({"bill": bill, "due": due, "amount": own, "received": 0})
        self.forget_dues()

    def join(self, day: date) -> None:
        """Join the rows of a segment that were decided and charged."""
        for name, segment in self.segments.items():
            end = self.window_end(segment.rule, self.statement)
            alike: dict = {}
            for row in self.rows_of(name):
                # A row that a credit paid as it was added is joined too.
                is_charged = row.charged_to is not None or row.first is None
                if row.decided is None or not is_charged or row.ceiling is not None:
                    continue
                if any(one.is_pending and one.cycle <= row.cycle for one in self.bills):
                    continue
                if not row.is_carried and row.decided.due >= end:
                    continue
                promotion, overdue = row.promotion_end, row.overdue_from
                if promotion is not None and promotion <= min(end, day):
                    promotion = None
                at_multiple = overdue if overdue is None or overdue > end else "overdue"
                alike.setdefault((promotion, at_multiple), []).append(row)
            for (promotion, _), rows in alike.items():
                for row in rows:
                    row.is_carried = promotion is None
                if len(rows) > 1:
                    one = joined(rows, day)
                    one.is_carried = promotion is None
                    for row in rows:
                        self.rows.remove(row)
                        self.follow(row, one)
                    self.rows.append(one)

    # --- lateness ---------------------------------------------------------------------

    def missing(self, due: dict) -> int:
        return max(due["amount"] - due["received"], 0)

    def receive(self, amount: int) -> None:
        """Money goes to what is missing of the oldest minimum first."""
        for due in self.dues:
            part = min(amount, self.missing(due))
            due["received"] += part
            amount -= part

    def forget_dues(self) -> None:
        """No more is missing of minimums than is owed: the newest asks for less."""
        over = sum(self.missing(due) for due in self.dues) - self.owed()
        for due in reversed(self.dues):
            less = min(self.missing(due), max(over, 0))
            due["received"] += less
            over -= less

    def grace(self) -> timedelta:
        """The days after its due day in which a minimum is in time."""
        rule, minimum = self.line.interest, self.line.minimum
        if minimum is not None and minimum.grace_days is not None:
            return timedelta(minimum.grace_days)
        return timedelta(0 if rule is None else rule.grace_days)

    def days_past_due(self, day: date) -> int:
        """The days since the oldest minimum of which something is missing was due."""
        grace = self.grace().days
        late = [(day - due["due"]).days for due in self.dues if self.missing(due)]
        return max(late) if late and max(late) > grace else 0
