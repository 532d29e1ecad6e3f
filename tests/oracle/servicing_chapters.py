"""New terms for what is not due, for the servicing oracle: other rows in the book."""

from datetime import date
from decimal import Decimal

import attrs

from loanmath.errors import LoanmathError
from oracle.servicing_accrual import before_events
from oracle.servicing_numbers import (
    COMPONENTS,
    Refused,
    Unsupported,
    contract_daily,
    penalty_daily,
    units,
)
from oracle.servicing_payoff import accrued_owed, paid_for
from oracle.servicing_recast import follow_balance
from oracle.servicing_rows import Book, Row
from oracle.servicing_to_come import to_come

FOLLOWS_BY_COUNT = ("LevelPayment", "EqualPrincipal", "InterestOnly")


def change_terms(book: Book, event, day: date) -> bool:
    over = [row for row in book.rows if row.end <= day]
    ahead = [row for row in book.rows if row.end > day]
    principal = sum(row.owed["principal"] for row in ahead)
    if book.accelerated or book.charged_off or book.drawn < book.loan.principal_units:
        raise Refused("no plan to change")
    if principal <= 0 or any(row.due <= day for row in ahead):
        raise Refused("nothing to plan, or inside what has fallen due")
    if event.first_due is not None and event.first_due <= day:
        raise Refused("due before it is agreed")
    if to_come(book, day):
        raise Unsupported("new terms while more is to come")
    earned = dict.fromkeys(COMPONENTS, 0)
    for part in ("penalty", "compound"):
        earned[part] = sum(row.owed[part] for row in ahead)
    earned["fee"] = sum(row.fee_by_hand for row in ahead)
    earned["interest"] = sum(
        accrued_owed(book, row, day) for row in paid_for(book, day)
    )
    try:
        planned = [row for row in ahead if row.of_loan]
        loan = left_of(book, event, day, principal, planned)
        lines = tuple(loan.schedule())
    except LoanmathError as error:
        raise Refused(str(error)) from error
    drop_sums(book, loan, over, lines)
    for row in over:
        row.of_loan, row.agreed = False, {}
        row.due = min(row.due, lines[0].due)
    rows = list(over)
    if any(earned.values()):
        number = len(rows) + 1
        rows.append(Row(number, day, day, lines[0].due, earned, of_loan=False))
    first = len(rows) + 1
    for line in lines:
        owed = dict.fromkeys(COMPONENTS, 0)
        owed["fee"] = units(line.fee, loan.digits) + units(line.tax, loan.digits)
        owed["interest"] = units(line.interest, loan.digits)
        owed["principal"] = units(line.principal, loan.digits)
        row = Row(len(rows) + 1, line.start, line.end, line.due, owed, of_loan=True)
        row.agreed = dict(row.planned)
        rows.append(row)
    stay_with(book, {row.number for row in over}, first)
    book.rows, book.loan, book.lines = rows, loan, lines
    book.drawn = loan.principal_units
    if any(until > day for _, until in book.pauses):
        follow_balance(book, day)
    # A day that the old terms left to the night is borne by the new ones.
    before_events(book, day)
    return True


def left_of(book: Book, event, day: date, principal: int, ahead: list):
    """The loan that is left: the small loans that the accounts of the tests have."""
    loan, repayment = book.loan, event.repayment
    if repayment is None:
        if type(loan.repayment).__name__ not in FOLLOWS_BY_COUNT:
            raise Refused("how what is left is repaid is to be stated")
        repayment = attrs.evolve(loan.repayment, count=len(ahead))
    words = {
        "principal": Decimal(principal).scaleb(-loan.digits),
        "disbursed": day,
        "repayment": repayment,
        "first_due": event.first_due or ahead[0].due,
        "due_day": None,
    }
    if event.first_due is None and loan.every.months:
        agreed = loan.due_day or (loan.first_due or loan.disbursed).day
        words["due_day"] = agreed
    for name in ("rate", "day_count", "penalty"):
        if getattr(event, name) is not None:
            words[name] = getattr(event, name)
    words["holidays"] = holidays_left(loan, len(book.of_loan) - len(ahead))
    prepayment = loan.servicing.prepayment
    if prepayment.fee is not None and prepayment.fee.within is not None:
        left = prepayment.fee.within - (len(book.of_loan) - len(ahead))
        fee = attrs.evolve(prepayment.fee, within=left) if left > 0 else None
        prepayment = attrs.evolve(prepayment, fee=fee)
        words["servicing"] = attrs.evolve(loan.servicing, prepayment=prepayment)
    return attrs.evolve(loan, **words)


def holidays_left(loan, passed: int) -> tuple:
    """The holidays that are not over after so many rows, counted from the next one."""
    left = []
    for rest in loan.holidays:
        first, last = max(rest.first - passed, 1), rest.last - passed
        if last >= first:
            left.append(attrs.evolve(rest, first=first, count=last - first + 1))
    return tuple(left)


def drop_sums(book: Book, loan, over: list, lines: tuple) -> None:
    """What lateness came to goes on to the fraction only where its rule does."""
    after = loan.penalty
    days = (lines[0].start, lines[-1].due, date(2199, 1, 1))
    same_rate = all(
        daily(contract_daily, book.loan, day) == daily(contract_daily, loan, day)
        for day in days
    )
    same_penalty = book.loan.penalty == after and (
        after is None
        or all(
            daily(penalty_daily, book.loan, day) == daily(penalty_daily, loan, day)
            for day in days
        )
    )
    same_compound = same_penalty
    if after is not None and after.compounding and after.compounding.at_contract_rate:
        same_end = book.lines[-1].due == lines[-1].due
        same_compound = same_penalty and same_rate and same_end
    for row in over:
        for kind in list(row.sums):
            same = same_penalty if kind == "penalty" else same_compound
            if kind == "contract":
                before = book.loan.penalty
                same = same_rate and continues(before) == continues(after)
            if not same:
                row.sums.pop(kind, None)
                row.booked.pop(kind, None)
                row.told.pop(kind, None)
        if after is None or after.compounding is None:
            row.capital = {"penalty": 0, "compound": 0}


def continues(penalty) -> bool:
    return penalty is not None and penalty.contract_interest.value == "continues"


def daily(rate_of, loan, day: date):
    try:
        return rate_of(loan, day)
    except Unsupported:
        return None


def stay_with(book: Book, over: set, first: int) -> None:
    """What payments cleared of rows that are gone is owed again on the first new one."""
    for received in book.payments.values():
        received.is_whole = False
        received.cleared = [
            (number if part == "credit" or number in over else first, part, amount)
            for number, part, amount in received.cleared
        ]
