"""Rows and the book of the servicing oracle: plain mutable values, one object per row."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from oracle.servicing_numbers import COMPONENTS, Refused, rounding_of, units


@dataclass(eq=False)
class Row:
    number: int
    start: date
    end: date
    due: date
    owed: dict
    of_loan: bool
    # The plan in force: what the row owes before anything is paid.
    planned: dict = field(default_factory=dict)
    # Contract interest earned in the period so far, exact.
    accrued: Fraction = Fraction(0)
    # Principal that was prepaid in the period, and bears on to the end of it.
    prepaid: int = 0
    # Interest of the period before that is owed with this one, as that row was cleared.
    carried: int = 0
    # Exact sums by class of accrual, and what of them was booked (posted or cut); told, what of
    # them was seen when the total was last rounded.
    sums: dict = field(default_factory=dict)
    booked: dict = field(default_factory=dict)
    told: dict = field(default_factory=dict)
    capital: dict = field(default_factory=lambda: {"penalty": 0, "compound": 0})
    charged: set = field(default_factory=set)
    # What the plan as agreed owes: fees by hand come on top of it.
    agreed: dict = field(default_factory=dict)

    def __post_init__(self):
        self.planned = {
            part: self.owed[part] for part in ("fee", "interest", "principal")
        }

    def standing(self, day: date) -> str:
        if self.due < day:
            return "past_due"
        return "due" if self.due == day else "in_advance"

    @property
    def unpaid(self) -> int:
        """Fee, interest and principal: what makes a row late."""
        return self.owed["fee"] + self.owed["interest"] + self.owed["principal"]

    @property
    def all_owed(self) -> int:
        return sum(self.owed.values())

    def take(self, part: str, most: int) -> int:
        """Clear up to an amount of a component; penalty that bears interest goes first."""
        taken = min(most, self.owed[part])
        self.owed[part] -= taken
        if part in self.capital:
            self.capital[part] = max(0, self.capital[part] - taken)
        return taken

    @property
    def fee_by_hand(self) -> int:
        """What is owed of fees beyond the plan."""
        return max(0, self.owed["fee"] - self.planned["fee"] * self.of_loan)

    def replan_interest(self, interest: int) -> None:
        """Another interest for the period; what was paid of it already stays paid."""
        settled = self.planned["interest"] - self.owed["interest"]
        self.planned["interest"] = max(interest, settled)
        self.owed["interest"] = max(0, interest - settled)

    def replan_principal(self, principal: int) -> None:
        settled = self.planned["principal"] - self.owed["principal"]
        self.planned["principal"] = principal + settled
        self.owed["principal"] = principal


@dataclass(eq=False)
class Received:
    """A payment as it stands: what is left of it, and what it cleared, in order."""

    amount: int
    cleared: list = field(default_factory=list)
    # What a settlement left out and dropped, where it charged its fee, and what interest
    # rows had carried to them before it.
    dropped: list = field(default_factory=list)
    fee_at: int | None = None
    carried: list = field(default_factory=list)
    forgiven: tuple | None = None
    # The row in whose period it prepaid principal that bears on.
    bears_on: Row | None = None
    is_whole: bool = True
    on: date | None = None

    def make_room(self, place: int) -> None:
        """Rows from a place on have numbers that are one more."""

        def moved(parts: list) -> list:
            return [
                (number if number is None else number + (number > place), *rest)
                for number, *rest in parts
            ]

        self.cleared, self.dropped = moved(self.cleared), moved(self.dropped)
        if self.carried:
            self.carried.insert(place, 0)
        if self.forgiven is not None:
            [self.forgiven] = moved([self.forgiven])


@dataclass(eq=False)
class Book:
    loan: object
    rows: list
    credit: int
    # The plan as it was agreed, which no event changes.
    lines: tuple = ()
    undrawn: bool = False
    drawn: int = 0
    # The day that was last borne before its events.
    counted_on: date | None = None
    # Of each pause the first day that bears nothing, and the first that counts again.
    pauses: list = field(default_factory=list)
    stopped: bool = False
    # Interest that was planned and is not earned falls due no more.
    drops: bool = False
    accelerated: date | None = None
    charged_off: bool = False
    written_off: int | None = None
    recovered: int = 0
    # While a payment is allocated, rows in advance stand as if nothing accrued any more.
    standing_still: bool = False
    # Of every cap on a rate, the exact sum that lateness may have cost so far.
    allowed: dict = field(default_factory=dict)
    charged: dict = field(default_factory=dict)
    for_lateness: int = 0
    backlog: list = field(default_factory=list)
    lost: int = 0
    payments: dict = field(default_factory=dict)
    from_credit: list = field(default_factory=list)
    reversed: set = field(default_factory=set)

    def is_paused(self, day: date) -> bool:
        return any(since <= day < until for since, until in self.pauses)

    def bearing(self, first: date, last: date) -> list:
        """What is left of the days from one to another without those of pauses."""
        found = [(first, last)]
        for since, until in self.pauses if self.follows else ():
            parts = [
                part
                for begun, ended in found
                for part in ((begun, min(ended, since)), (max(begun, until), ended))
            ]
            found = [(begun, ended) for begun, ended in parts if begun < ended]
        return found

    @property
    def of_loan(self) -> list:
        return [row for row in self.rows if row.of_loan]

    @property
    def is_closed(self) -> bool:
        return all(row.all_owed == 0 for row in self.rows)

    @property
    def is_recast(self) -> bool:
        """Whether interest follows the balance at all."""
        loan = self.loan
        own_plan = type(loan.repayment).__name__ in ("FlatFee", "AddOnInterest")
        own_dates = loan.interest_payments or loan.broken_period.value != "counted"
        by_parts = loan.interest_rounded.value != "period"
        due_at_once = self.lines[0].due == loan.disbursed
        return not (
            own_plan
            or own_dates
            or by_parts
            or due_at_once
            or loan.holidays
            or loan.drawdowns
        )

    @property
    def is_bundled(self) -> bool:
        """Whether rows hold interest of others, or principal that is to come."""
        loan = self.loan
        own_dates = loan.interest_payments and not loan.interest_payments.in_advance
        return bool(loan.drawdowns or loan.holidays or own_dates)

    def line(self, row: Row):
        """The line of the plan that a row is."""
        return self.lines[self.of_loan.index(row)]

    def period_on(self, day: date):
        """The row whose days run, and not one of a fee alone."""
        runs = (row for row in self.of_loan if row.start <= day < row.end)
        return next(runs, self.of_loan[-1])

    @property
    def follows(self) -> bool:
        """
        Whether interest of rows in advance follows the balance of each day.

        Where it was agreed apart from the balance, all is as on the schedule.
        """
        return self.loan.servicing.interest_on.value == "balance" and self.is_recast

    @property
    def overdue_bears(self) -> bool:
        """Whether overdue principal goes on to bear contract interest."""
        terms = self.loan.penalty
        replaced = terms is not None and terms.contract_interest.value == "replaced"
        return self.follows and not replaced

    @property
    def maturity(self) -> date:
        """The end of the last period; all that is accelerated is at its end."""
        return self.accelerated or max(row.end for row in self.of_loan)

    def in_advance(self, day: date) -> list:
        return [row for row in self.rows if row.due > day]

    def planned_ahead(self, day: date) -> list:
        return [row for row in self.of_loan if row.due > day]

    def add_row(self, due: date) -> Row:
        """A row of its own, after all that fall due by then; it is of no plan."""
        place = sum(1 for row in self.rows if row.due <= due)
        is_last = place == len(self.rows)
        start = self.rows[-1].end if is_last else self.rows[place].start
        owed = dict.fromkeys(COMPONENTS, 0)
        row = Row(place + 1, start, start, due, owed, of_loan=False)
        self.rows.insert(place, row)
        for number, one in enumerate(self.rows, start=1):
            one.number = number
        for received in self.payments.values():
            received.make_room(place)
        return row

    def current(self, day: date):
        for row in self.of_loan:
            if row.start <= day < row.end:
                return row
        return None

    def carried_on(self, row: Row) -> int:
        """What of the interest of a row is owed with the next one."""
        later = [one for one in self.of_loan if one.number > row.number]
        return sum(one.carried for one in later[:1])

    def row(self, number: int) -> Row:
        if not 1 <= number <= len(self.rows):
            raise Refused(f"no row {number}")
        return self.rows[number - 1]

    def round(self, value) -> int:
        return rounding_of(self.loan)(value)

    def units(self, amount) -> int:
        return units(amount, self.loan.digits)

    def days_past_due(self, day: date) -> int:
        terms = self.loan.servicing.days_past_due
        late = [
            row.due
            for row in self.rows
            if row.due < day and row.unpaid > self.units(terms.tolerance)
        ]
        days = (day - min(late)).days if late else 0
        return 0 if days <= terms.grace_days else days

    def status(self, day: date) -> str:
        if self.written_off is not None:
            return "written_off"
        if self.undrawn and self.drawn == 0:
            return "undrawn"
        if self.is_closed:
            return "closed"
        if self.charged_off:
            return "charged_off"
        return "overdue" if self.days_past_due(day) else "current"


def opened(loan, arrears=(), credit=0, *, undrawn=False) -> Book:
    """The book on the day of disbursement, before its first morning."""
    rows = []
    for arrear in arrears:
        owed = {part: units(getattr(arrear, part), loan.digits) for part in COMPONENTS}
        if arrear.due > loan.disbursed:
            raise Refused("arrears are due on or before the day of the book")
        due = arrear.due
        rows.append(Row(len(rows) + 1, due, due, due, owed, of_loan=False))
    rows.sort(key=lambda row: row.due)
    for number, row in enumerate(rows, start=1):
        row.number = number
    lines = tuple(loan.schedule())
    for line in lines:
        owed = dict.fromkeys(COMPONENTS, 0)
        owed["fee"] = units(line.fee, loan.digits) + units(line.tax, loan.digits)
        owed["interest"] = units(line.interest, loan.digits)
        owed["principal"] = units(line.principal, loan.digits)
        number = len(rows) + 1
        row = Row(number, line.start, line.end, line.due, owed, of_loan=True)
        row.agreed = dict(row.planned)
        if undrawn:
            row.owed, row.planned = (
                dict.fromkeys(COMPONENTS, 0),
                dict.fromkeys(row.planned, 0),
            )
        rows.append(row)
    book = Book(loan, rows, units(credit, loan.digits), lines, undrawn)
    book.drawn = 0 if undrawn else loan.principal_units
    for part in ("penalty", "compound"):
        book.charged[part] = sum(row.owed[part] for row in rows)
    return book
