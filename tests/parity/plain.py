"""
A ledger that a person reads once: one account, plain integers, no carrier.

It shares no code with the library's ledger. It knows daily rates, half-up, one
component after another, and what columns know; the rest is refused elsewhere.
"""

from fractions import Fraction
from itertools import groupby
from math import floor

PARTS = ("penalty", "compound", "fee", "interest", "principal")
BASES = {
    "overdue_principal": ("principal",),
    "overdue_principal_and_interest": ("interest", "principal"),
    "overdue_installment": ("fee", "interest", "principal"),
}


def half_up(exact):
    return floor(exact + Fraction(1, 2))


class PlainLedger:
    """What is owed, by component and row, changed in place."""

    def __init__(self, loan, due, owed, credit, today):
        self.loan, self.due, self.credit, self.today = loan, due, credit, today
        self.owed = {part: list(column) for part, column in owed.items()}
        self.rows = range(len(due))
        self.day_is_counted = False
        # What was behind at the opening bears interest from the next due date.
        self.bearing = {part: [0] * len(due) for part in ("penalty", "compound")}
        self.exact = [[Fraction(0)] * len(due) for _ in self.costs()]

    # --- what lateness costs ---------------------------------------------------------

    def costs(self):
        """Yield (target, what it is charged on, daily rate, first day, tolerance)."""
        terms = self.loan.penalty
        if terms is None:
            return
        contract = self.loan.rate.value
        rate = terms.rate.value if terms.rate else contract * (terms.multiple or 1)
        if terms.addition:
            rate = contract + terms.addition.value
        first = terms.first_day.value == "day_after"
        first += terms.grace_days
        tolerance = int(terms.tolerance * 100)
        yield "penalty", BASES[terms.base.value], rate, first, tolerance
        if terms.contract_interest.value == "continues":
            yield "interest", ("principal",), contract, 0, 0
        for part in terms.compounding.of if terms.compounding else ():
            yield "compound", part.value, rate, first, 0

    def base(self, charged_on, tolerance, row):
        if charged_on in ("penalty", "compound"):
            return self.bearing[charged_on][row]
        parts = ("interest",) if charged_on == "interest" else charged_on
        base = sum(self.owed[part][row] for part in parts)
        return base if base > tolerance else 0

    def accrue(self, nights, due_before):
        grown = []
        for exact, (target, charged_on, rate, first, tolerance) in zip(
            self.exact, list(self.costs()), strict=True
        ):
            for row in self.rows:
                due = self.due[row]
                days = sum(
                    night >= due + first
                    and not (
                        night == self.today and self.day_is_counted and due < night
                    )
                    for night in nights
                )
                base = self.base(charged_on, tolerance, row) if due < due_before else 0
                by_day = self.rounded_by_day(target)
                daily = half_up(base * rate) if by_day else base * rate
                before = half_up(exact[row])
                exact[row] += daily * days
                grown.append((target, row, half_up(exact[row]) - before))
        for target, row, amount in grown:
            self.owed[target][row] += amount

    def rounded_by_day(self, target):
        # Contract interest that continues is always rounded as one sum.
        return target != "interest" and self.loan.penalty.rounded.value == "day"

    def sleep_until(self, day):
        if day > self.today:
            self.accrue(range(self.today, day), due_before=day)
            self.today, self.day_is_counted = day, False

    def days_past_due(self):
        terms = self.loan.servicing.days_past_due
        for row in self.rows:
            open_ = sum(
                self.owed[part][row] for part in ("fee", "interest", "principal")
            )
            if self.due[row] < self.today and open_ > terms.tolerance * 100:
                late = self.today - self.due[row]
                return late if late > terms.grace_days else 0
        return 0

    # --- days ------------------------------------------------------------------------

    def go_to(self, day):
        terms = self.loan.penalty
        if self.compounds() or (self.credit and self.applies()):
            for due in sorted(set(self.due)):
                if self.today < due <= day:
                    self.sleep_until(due)
                    self.fall_due()
        self.sleep_until(day)
        if terms is not None and terms.payment_day.value == "counted":
            if not self.day_is_counted:
                self.accrue([day], due_before=day)
            self.day_is_counted = True

    def compounds(self):
        return bool(self.loan.penalty and self.loan.penalty.compounding)

    def applies(self):
        return self.loan.servicing.credit.value == "applied"

    def fall_due(self):
        if self.applies():
            self.credit = self.clear(self.credit, ahead=False)
        if self.compounds():
            self.bearing = {part: list(self.owed[part]) for part in self.bearing}

    # --- events ----------------------------------------------------------------------

    def pay(self, amount):
        owed = sum(map(sum, self.owed.values()))
        over = self.today >= self.due[-1]
        if amount and over and owed and amount + self.credit >= owed:
            amount, self.credit = amount + self.credit, 0
            # Fractions of a cent end with the debt.
            self.exact = [[Fraction(0)] * len(self.due) for _ in self.exact]
        ahead = self.loan.servicing.allocation.future.value == "next"
        self.credit += self.clear(amount, ahead=ahead)

    def charge(self, part, amount, installment):
        coming = sum(due < self.today for due in self.due)
        row = min(coming, len(self.due) - 1) if installment is None else installment - 1
        self.owed[part][row] += amount

    def waive(self, part, amount):
        for row in self.rows:
            if part not in ("fee", "interest") or self.due[row] <= self.today:
                amount -= self.take(part, row, amount)

    def clear(self, money, *, ahead):
        for run in self.table():
            standing = run[0][0]
            rows = [row for row in self.rows if self.standing(row) == standing]
            if standing == "in_advance" and not ahead:
                continue
            for row in rows:
                for _, part in run:
                    money -= self.take(part, row, money)
        return money

    def table(self):
        """Runs of slots: of one standing by installment, of one slot by component."""
        allocation = self.loan.servicing.allocation
        late, slots = self.days_past_due(), allocation.order
        for tier in allocation.tiers:
            if late >= tier.from_days:
                slots = tier.order
        slots = [(standing.value, part.value) for standing, part in slots]
        if all(standing != "in_advance" for standing, _ in slots):
            slots += [
                ("in_advance", part) for standing, part in slots if standing == "due"
            ]
        if allocation.by.value == "component":
            return [[slot] for slot in slots]
        return [list(run) for _, run in groupby(slots, key=lambda slot: slot[0])]

    def standing(self, row):
        if self.due[row] < self.today:
            return "past_due"
        return "due" if self.due[row] == self.today else "in_advance"

    def take(self, part, row, money):
        taken = min(money, self.owed[part][row])
        self.owed[part][row] -= taken
        if part in self.bearing:
            # What bears interest is cleared before what does not.
            self.bearing[part][row] = max(self.bearing[part][row] - taken, 0)
        return taken
