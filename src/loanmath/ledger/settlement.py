"""What contract interest has accrued, and what would settle the account on a day."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from attrs import evolve

from loanmath.arithmetic import unearned_digits
from loanmath.errors import TermsError
from loanmath.ledger.balances import Balances
from loanmath.ledger.course import Course
from loanmath.ledger.earning import Earning
from loanmath.rates import RateUnit
from loanmath.schedule import rate_path
from loanmath.terms import (
    InterestTo,
    Prepayment,
    PrepaymentFee,
    RemainingFees,
    Unearned,
)

__all__ = [
    "Payoff",
    "accrue_contract",
    "accrued_and_owed",
    "amount_of",
    "bearing_on",
    "brought_and_owed",
    "carried_onward",
    "charged_row",
    "claim",
    "contract_accrued",
    "earned_by",
    "kept_fees",
    "lent_ahead",
    "payoff",
    "payoff_fees",
    "prepayment_fee",
]


class Payoff(NamedTuple):
    """
    What settles an account on a day, in units, and how it is made up.

    Attributes:
        overdue: All that is past due or due, every component.
        principal: Principal of rows in advance that was lent by then.
        interest: Interest of rows in advance that is owed on a payoff.
        rows_interest: The same, row by row of all rows.
        fees: Fees of rows in advance that are owed on a payoff: those charged by hand,
            and the planned ones where the terms say so.
        charge: What early repayment costs.
        credit: The credit that is taken off.
    """

    overdue: int
    principal: int
    interest: int
    rows_interest: tuple[int, ...]
    fees: int
    charge: int
    credit: int

    @property
    def amount(self) -> int:
        """What is to be paid."""
        owed = self.overdue + self.principal + self.interest + self.fees + self.charge
        return max(owed - self.credit, 0)


def accrue_contract(
    course: Course, balances: Balances, day: int, row: int | None = None
) -> Balances:
    """
    Return the balances once contract interest inside the period accrued to a day.

    Args:
        course: The course.
        balances: The balances.
        day: The day.
        row: The row whose period it is, where that ends on the day.
    """
    current = course.current_row(day) if row is None else row
    if balances.accrued_to == day and balances.accrued_row == current:
        return balances
    accrued, prepaid = contract_accrued(course, balances, day, current)
    return balances.accrued_until(day, current, accrued, prepaid)


def contract_accrued(
    course: Course, balances: Balances, day: int, row: int
) -> tuple[int, int]:
    """
    Return what accrued in the period of a row up to a day, as an exact numerator in the
    row's own unit, and the principal that was prepaid in it.
    """
    prepaid = balances.prepaid * (balances.accrued_row == row)
    return _accrued(course, balances, day, row), prepaid


def _accrued(course: Course, balances: Balances, day: int, row: int) -> int:
    """Return the exact numerator accrued in a row up to a day, in its own unit."""
    growth = course.growth
    if row == len(course.end) or not growth.replans:
        return 0
    plan_row = course.plan_row(row)
    since = max(balances.accrued_to, course.start[row])
    begun = since == balances.accrued_to and balances.accrued_row == row
    accrued, prepaid = (balances.accrued, balances.prepaid) if begun else (0, 0)
    if balances.rests or since >= day:
        return accrued
    passed = growth.between(plan_row, since, day)
    bears = 0 if course.overdue_bears else row
    owed = sum(balances.segment.principal[bears:]) + prepaid
    return accrued + owed * growth.factors[plan_row] * passed


def _accrued_interest(course: Course, balances: Balances, day: int) -> int:
    """
    Return the contract interest of the current period up to a day, rounded.

    Formula: `round(sum over days of balance * growth)`, or the share of the planned
    interest by actual days where the terms plan interest apart from the balance.
    """
    row = course.current_row(day)
    growth, plan_row = course.growth, course.plan_row(row)
    if not growth.replans:
        whole = course.end[row] - course.start[row]
        owed = balances.segment.interest[row] + balances.early[row]
        own = owed - balances.carried[row]
        return course.rounded(own * (day - course.start[row]), whole or 1)
    accrued = _accrued(course, balances, day, row)
    return course.rounded(accrued, growth.unit * growth.whole(plan_row))


def payoff(course: Course, balances: Balances, day: int) -> Payoff:
    """
    Return what settles the account on a day, if lateness has accrued to it.

    Formula: all that is past due or due; principal in advance that was lent; interest
    to the day, or to the end of the period, and what of later interest the terms still
    make due; fees and the charge for early repayment; less the credit.

    Raises:
        TermsError: If interest of later periods is due, and some is on principal to
            come.
    """
    return _quote(course, balances, day, course.loan.servicing.prepayment)


def claim(course: Course, balances: Balances, day: int) -> Payoff:
    """Return what is owed on a day: a payoff without what is not earned by then."""
    terms = evolve(
        course.loan.servicing.prepayment,
        unearned=Unearned.WAIVED,
        remaining_fees=RemainingFees.WAIVED,
    )
    return _quote(course, balances, day, terms)


def _quote(course: Course, balances: Balances, day: int, terms: Prepayment) -> Payoff:
    segment = balances.segment
    now = balances.fallen_due(day)
    overdue = sum(sum(column[:now]) for column in segment)
    # Penalty may have been charged by hand on a row that is not due.
    overdue += sum(segment.penalty[now:]) + sum(segment.compound[now:])
    principal = lent_ahead(course, balances, day)
    waived = terms.unearned is Unearned.WAIVED
    if any(segment.principal[now:]) and course.to_come(day) and not waived:
        raise TermsError(
            "prepayment.unearned",
            got=f"{terms.unearned.value}, on {date.fromordinal(day)}",
            allowed="waived, while principal is to be drawn or interest is to join it",
            do="ask for a day from which on neither is, or agree on 'waived'",
        )
    interest = _payoff_interest(course, balances, day, terms)
    fees = sum(_fees(course, balances, now, terms)[now:])
    charge = prepayment_fee(course, terms.fee, principal, day)
    return Payoff(
        overdue, principal, sum(interest), interest, fees, charge, balances.credit
    )


def lent_ahead(course: Course, balances: Balances, day: int) -> int:
    """Return the principal of rows in advance that was lent by a day."""
    ahead = sum(balances.segment.principal[balances.fallen_due(day) :])
    return max(int(ahead) - course.to_come(day), 0)


def payoff_fees(course: Course, balances: Balances, now: int) -> tuple[int, ...]:
    """Return the fees owed of all rows when those from `now` on are repaid early."""
    return _fees(course, balances, now, course.loan.servicing.prepayment)


def _fees(
    course: Course, balances: Balances, now: int, terms: Prepayment
) -> tuple[int, ...]:
    if terms.remaining_fees is RemainingFees.DUE:
        return balances.segment.fee
    return kept_fees(course, balances, now)


def kept_fees(course: Course, balances: Balances, now: int) -> tuple[int, ...]:
    """Return the fees owed of all rows without those planned from `now` on."""
    fee = balances.segment.fee
    if not any(fee):
        return fee
    planned = list(balances.planned[0])
    for row in range(course.arrears):
        # What stands before the plan is owed, but for fees on dates of their own.
        planned[row] *= row in course.of_fees
    by_hand = (max(owed - plan, 0) for owed, plan in zip(fee, planned, strict=True))
    return (*fee[:now], *list(by_hand)[now:])


def _payoff_interest(
    course: Course, balances: Balances, day: int, terms: Prepayment
) -> tuple[int, ...]:
    planned = balances.segment.interest
    found = [0] * len(planned)
    current = course.current_row(day)
    pays = course.paying_row(current)
    for row in range(balances.fallen_due(day), len(planned)):
        if row < current:
            # Its period is over; only its due date is to come.
            found[row] = planned[row]
        elif row == pays:
            found[row] = _current_interest(course, balances, day, terms)
        elif terms.unearned is not Unearned.WAIVED:
            found[row] = planned[row]
        else:
            found[row] = brought_and_owed(course, balances, row)
    if terms.unearned is Unearned.RULE_OF_78:
        _rebate(course, balances, found, day)
    return tuple(found)


def _current_interest(
    course: Course, balances: Balances, day: int, terms: Prepayment
) -> int:
    row = course.current_row(day)
    owed = balances.segment.interest[course.paying_row(row)]
    if terms.unearned is not Unearned.WAIVED:
        return int(owed)
    if course.earning is not None:
        until = earned_by(course, day, terms.interest)
        return _kept_interest(course, course.earning, balances, row, until)
    if terms.interest is InterestTo.PERIOD:
        if day == course.start[row]:
            # The period has not begun; what an earlier one carried is owed.
            return max(int(balances.carried[row] - balances.early[row]), 0)
        return int(owed) or carried_onward(course, balances, row)
    return accrued_and_owed(course, balances, day)


def carried_onward(course: Course, balances: Balances, row: int) -> int:
    """Return interest of a row, cleared before its end, that the next one is to pay."""
    later = course.rows_from(row + 1)
    if not later:
        return 0
    return int(balances.carried[later[0]] - course.brought[later[0]])


def brought_and_owed(course: Course, balances: Balances, row: int) -> int:
    """Return what a row owes of interest from before its plan: all earned, and due."""
    brought = course.brought[row]
    if not brought or not balances.is_owed:
        return 0
    return max(int(brought - balances.early[row]), 0)


def earned_by(course: Course, day: int, to: InterestTo) -> int:
    """Return the day up to which interest of the current period is owed."""
    row = course.current_row(day)
    # On its first day a period has not begun.
    to_day = to is InterestTo.DAY or day == course.start[row]
    return day if to_day else course.end[row]


def _kept_interest(
    course: Course, earning: Earning, balances: Balances, row: int, until: int
) -> int:
    """
    Return what is earned and unpaid of interest that is not paid with its own row.

    Formula: `round(interest * share earned) - paid early`, where the interest is that
    of the row with which it is paid; or what is to join the principal.
    """
    pays, segment = course.paying_row(row), balances.segment
    share = earning.passed(course.plan_row(row), until)
    joins = earning.joins[course.plan_row(pays)]
    if joins:
        part = course.rounded(joins * share.numerator, share.denominator)
        # What is to join is principal of rows to come, until that is repaid.
        return min(part, int(sum(segment.principal[pays:])))
    early, carried = balances.early[pays], balances.carried[pays]
    planned = segment.interest[pays] + early - carried
    part = carried + course.rounded(planned * share.numerator, share.denominator)
    nearest: int = sorted((0, part - early, segment.interest[pays]))[1]
    return nearest


def bearing_on(course: Course, balances: Balances, day: int) -> int:
    """Return the principal that bears to the end of its period, once all is repaid."""
    row, prepaid = course.current_row(day), balances.prepaid
    if course.loan.servicing.prepayment.interest is InterestTo.DAY:
        return prepaid
    if row == len(course.end) or not course.start[row] < day < balances.due[row]:
        return prepaid
    return int(prepaid + sum(balances.segment.principal[row:]))


def accrued_and_owed(course: Course, balances: Balances, day: int) -> int:
    """
    Return accrued interest with what was carried, less what was paid of it.

    It is owed with `course.paying_row` of the current row.
    """
    row = course.current_row(day)
    if row == len(course.end) or not balances.is_owed:
        return 0
    if course.earning is not None:
        return _kept_interest(course, course.earning, balances, row, day)
    accrued: int = _accrued_interest(course, balances, day) - balances.early[row]
    accrued += balances.carried[row]
    if course.follows_balance:
        return max(int(accrued), 0)
    # Planned interest is the most that a row owes, whatever its principal bears.
    nearest: int = sorted((0, accrued, balances.segment.interest[row]))[1]
    return nearest


def _rebate(course: Course, balances: Balances, found: list[int], day: int) -> None:
    """Take the sum-of-digits rebate off the interest of the last rows."""
    interest = course.schedule.columns()["interest"]
    total, count = sum(interest), len(interest)
    left = sum(1 for start in course.of_plan(course.start) if start >= day)
    unearned, digits = unearned_digits(count, left)
    rebate = course.rounded(total * unearned, digits)
    for row in range(len(found) - 1, -1, -1):
        taken = min(rebate, found[row] - brought_and_owed(course, balances, row))
        found[row] -= taken
        rebate -= taken


def charged_row(course: Course, balances: Balances, day: int) -> int:
    """Return the row that a charge for early repayment is owed with."""
    ahead = course.rows_from(balances.fallen_due(day))
    return ahead[0] if ahead else len(balances.due) - 1


def prepayment_fee(
    course: Course, fee: PrepaymentFee | None, principal: int, day: int
) -> int:
    """Return what the early repayment of so much principal on a day costs."""
    if fee is None or principal <= 0:
        return 0
    fallen_due = sum(1 for due in course.of_plan(course.due) if due <= day)
    if fee.within is not None and fallen_due >= fee.within:
        return 0
    loan = course.loan
    rounded = (fee.rounding or loan.rounding).quotient(loan.digits)
    if fee.amount is not None:
        amount = amount_of(course, fee.amount, principal, rounded)
    else:
        monthly = _monthly_share(course, day)
        amount = (fee.months_of_interest or 0) * rounded(
            principal * monthly.numerator, monthly.denominator
        )
    return max(amount, course.units(fee.least, "prepayment fee"))


def amount_of(
    course: Course,
    amount: Decimal | Fraction,
    base: int,
    rounded: Callable[[int, int], int],
) -> int:
    """Return a flat amount in units, or the rounded share of a base."""
    if isinstance(amount, Fraction):
        return rounded(base * amount.numerator, amount.denominator)
    return course.units(amount, "amount")


_MONTHS = {RateUnit.DAY: Fraction(30), RateUnit.MONTH: Fraction(1)}


def _monthly_share(course: Course, day: int) -> Fraction:
    """Return the contract rate of a month in force: 30 days, or a twelfth of a year."""
    on = date.fromordinal(day)
    rate = [rate for since, rate in rate_path(course.loan, on) if since <= on][-1]
    return rate.value * _MONTHS.get(rate.per, Fraction(1, 12))
