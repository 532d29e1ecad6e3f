"""Prepayment of principal, and rows in advance planned anew, for the servicing oracle."""

from datetime import date
from fractions import Fraction

from oracle.servicing_allocation import Money
from oracle.servicing_fees import follow_fees, is_installment, plans_of
from oracle.servicing_numbers import (
    DAY,
    amount_or_share,
    contract_monthly,
    growth,
    rounding_of,
)
from oracle.servicing_rows import Book, Row
from oracle.servicing_to_come import lent_ahead

LEVEL = ("LevelPayment", "FixedPayment", "GraduatedPayment", "SteppedPayment")


def pays_level(book: Book) -> bool:
    return type(book.loan.repayment).__name__ in LEVEL


def ahead_principal(book: Book, day: date) -> int:
    return sum(row.owed["principal"] for row in book.in_advance(day))


# --- rows in advance, planned anew --------------------------------------------------------


def payments_of(rows: list) -> dict:
    return {row: row.owed["principal"] + row.owed["interest"] for row in rows}


class Plan:
    """
    Rows that are not due, planned anew at the beginning of a day.

    A row with nothing left of its payment is cleared and stays so: with interest on the
    balance, what its period still earns is carried to the row after it.
    """

    def __init__(self, book: Book, day: date, rows: list, payments: dict):
        self.book, self.day, self.rows, self.payments = book, day, rows, payments
        # Whether what is prepaid bears to the end of its period.
        self.kept = False

    def exact_interest(self, row: Row, balance: int) -> Fraction:
        """Interest of a row for its whole period, where so much is owed from now on."""
        return row.accrued + (balance + row.prepaid) * self.rest_of_growth(row)

    def rest_of_growth(self, row: Row) -> Fraction:
        """What one unit earns in the rest of a period, unless nothing accrues."""
        book = self.book
        if book.follows and (book.stopped or book.standing_still):
            return Fraction(0)
        if book.drops:
            return Fraction(0)
        return sum(
            growth(book.loan, row, first, last)
            for first, last in book.bearing(max(row.start, self.day), row.end)
        )

    def is_fixed(self, row: Row) -> bool:
        stays = self.kept and not self.book.follows
        if not row.of_loan or (stays and row.start < self.day):
            return True
        # A period that is over has its interest; one that ends now is told of it.
        return row.end < self.day or (row.end == self.day and not self.book.follows)

    def set_interest(self, row: Row, balance: int) -> int:
        """Plan the interest of a row; what it is, whatever was paid of it already."""
        if self.is_fixed(row):
            return row.planned["interest"]
        interest = self.book.round(self.exact_interest(row, balance)) + row.carried
        row.replan_interest(interest)
        self.carry(row)
        return interest

    def carry(self, row: Row) -> None:
        place = self.rows.index(row)
        if not self.book.follows or row is self.rows[-1]:
            return
        following = self.rows[place + 1]
        following.carried = 0
        if self.payments[row] == 0:
            following.carried = row.owed["interest"]
            row.planned["interest"] -= row.owed["interest"]
            row.owed["interest"] = 0

    def pay(self, row: Row, left: int, most: int) -> int:
        """Give a row its principal, at least what is left on the last; what is then left."""
        principal = left if row is self.rows[-1] else min(left, max(0, most))
        row.replan_principal(principal)
        return left - principal

    def keep_payments(self, left: int) -> None:
        """Every row keeps its payment while principal is left to pay."""
        for row in self.rows:
            self.set_interest(row, left)
            left = self.pay(row, left, self.payments[row] - row.owed["interest"])

    def keep_principals(self) -> None:
        left = sum(row.owed["principal"] for row in self.rows)
        for row in self.rows:
            if self.book.is_recast:
                self.set_interest(row, left)
            left -= row.owed["principal"]

    def solve_level(self, left: int) -> None:
        """One level payment over the rows; the last takes the rest."""
        book, first = self.book, self.rows[0]
        if self.is_fixed(first):
            grown = Fraction(left + first.planned["interest"])
        else:
            grown = left + self.exact_interest(first, left)
        worth, discount = Fraction(1), Fraction(1)
        for row in self.rows[1:]:
            discount /= 1 + self.rest_of_growth(row)
            worth += discount
        fixed = rounding_of(book.loan, getattr(book.loan.repayment, "rounding", None))
        payment = fixed(grown / worth)
        self.payments = dict.fromkeys(self.rows, payment)
        for row in self.rows:
            interest = self.set_interest(row, left)
            left = self.pay(row, left, payment - interest)


def take_from_the_last(book: Book, day: date, amount: int) -> None:
    for row in reversed(book.planned_ahead(day)):
        taken = min(amount, row.owed["principal"])
        row.replan_principal(row.owed["principal"] - taken)
        amount -= taken


def scale_principals(book: Book, day: date, left: int) -> None:
    rows, total = book.planned_ahead(day), ahead_principal(book, day)
    rest = left
    for row in rows[:-1]:
        share = left * row.owed["principal"] // total
        row.replan_principal(share)
        rest -= share
    rows[-1].replan_principal(rest)


def drop_fees_of_rows_gone(book: Book, day: date) -> None:
    """A row for which no principal was left is no installment any more."""
    for row in book.in_advance(day):
        if row.start > day and not is_installment(book, row):
            dropped = row.owed["fee"] - row.fee_by_hand
            row.owed["fee"] -= dropped
            row.planned["fee"] -= dropped


def recast(
    book: Book,
    day: date,
    effect: str,
    left: int,
    *,
    kept: bool = False,
    first: bool = False,
) -> None:
    """
    Plan rows in advance anew for the principal that is left of them.

    `kept` is whether what is prepaid bears to the end of its period, `first` whether
    nothing was drawn so far.
    """
    # Interest from before new terms is a row of its own, and of no plan.
    rows = book.planned_ahead(day)
    plan, before = Plan(book, day, rows, payments_of(rows)), plans_of(rows)
    plan.kept = kept
    if book.is_recast and pays_level(book):
        if effect == "smaller":
            plan.solve_level(left)
        else:
            plan.keep_payments(left)
    else:
        if effect == "smaller":
            scale_principals(book, day, left)
        else:
            take_from_the_last(book, day, ahead_principal(book, day) - left)
        plan.keep_principals()
    follow_fees(book, day, rows, before, first=first)
    fees = book.loan.servicing.prepayment.remaining_fees.value
    if effect == "shorter" and book.is_recast and fees == "waived":
        drop_fees_of_rows_gone(book, day)


# --- interest on the balance --------------------------------------------------------------


def follow(
    book: Book, day: date, rows: list, payments: dict, before: dict | None = None
) -> None:
    """Interest of rows follows what is owed from a day on; their payments stay."""
    if book.follows and rows:
        replan(book, day, rows, payments, before)


def replan(
    book: Book, day: date, rows: list, payments: dict, before: dict | None = None
) -> None:
    before = before or plans_of(rows)
    plan = Plan(book, day, rows, payments)
    if pays_level(book):
        plan.keep_payments(sum(row.owed["principal"] for row in rows))
    else:
        plan.keep_principals()
    if not book.standing_still:
        follow_fees(book, day, rows, before)


def follow_balance(book: Book, day: date) -> None:
    rows = book.planned_ahead(day)
    follow(book, day, rows, payments_of(rows))


def follow_overdue(book: Book, day: date, rows: list) -> None:
    """Overdue principal has borne interest to the day, and is taken as paid from now on."""
    if not book.overdue_bears or book.written_off is not None:
        return
    if any(row.due < day and row.owed["principal"] for row in book.rows):
        follow(book, day, rows, payments_of(rows))


def keep_up(book: Book, day: date) -> None:
    """The plan before the events of a day, and for whoever asks on it."""
    follow_overdue(book, day, book.planned_ahead(day))


def end_period(book: Book, day: date) -> None:
    """The row that ends with the night before has the interest of its whole period."""
    if any(row.end == day for row in book.of_loan):
        follow_overdue(book, day, book.planned_ahead(day - DAY))


def plan_in_force(rows: list) -> dict:
    return {row: (dict(row.owed), dict(row.planned), row.carried) for row in rows}


class StandingStill:
    """
    Rows in advance while money for them is allocated.

    They owe the interest that accrued so far, and none that is to come; what is left
    of their payments is planned anew when the money is spent.
    """

    def __init__(self, book: Book, day: date):
        self.book, self.day = book, day
        stands = book.follows and not book.is_closed
        self.rows = book.planned_ahead(day) if stands else []

    def begin(self) -> None:
        self.before = plan_in_force(self.rows)
        self.payments = payments_of(self.rows)
        self.book.standing_still = True
        follow(self.book, self.day, self.rows, self.payments)
        self.stood = payments_of(self.rows)

    def end(self) -> None:
        self.book.standing_still = False
        now = payments_of(self.rows)
        if now == self.stood:
            self.restore()
            return
        left = {
            row: self.payments[row] - self.stood[row] + now[row] for row in self.rows
        }
        before = {row: planned for row, (_, planned, _) in self.before.items()}
        follow(self.book, self.day, self.rows, left, before)

    def restore(self) -> None:
        for row, (owed, planned, carried) in self.before.items():
            for part in ("interest", "principal"):
                row.owed[part], row.planned[part] = owed[part], planned[part]
            row.carried = carried


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
    low, high = 0, min(amount, lent_ahead(book, day))
    while low < high:
        middle = (low + high + 1) // 2
        if middle + prepayment_fee(book, middle, day) <= amount:
            low = middle
        else:
            high = middle - 1
    return low


def fee_row(book: Book, day: date) -> Row:
    row = book.current(day)
    return row if row is not None else (book.planned_ahead(day) or book.of_loan[-1:])[0]


def bear_on(money: Money, principal: int) -> None:
    """What is prepaid inside a period may bear interest to the end of it."""
    book, day = money.book, money.day
    row = book.current(day)
    if book.loan.servicing.prepayment.interest.value != "period" or row is None:
        return
    if row.start < day < row.due:
        row.prepaid += principal
        money.bears_on = row


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
    before = [(row, row.owed["principal"]) for row in book.planned_ahead(day)]
    bear_on(money, principal)
    recast(book, day, effect, ahead_principal(book, day) - principal, kept=kept)
    money.left -= principal
    fell = [(row.number, owed - row.owed["principal"]) for row, owed in before]
    if any(amount < 0 for _, amount in fell):
        # Of no row: with less interest, earlier payments hold more principal.
        fell = [(0, principal)]
    money.cleared += [(row, "principal", amount) for row, amount in fell if amount]
