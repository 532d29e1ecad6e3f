"""Plans of level payments: solved, recast where the rate changes, residue placed."""

from bisect import bisect_left
from functools import cache
from itertools import accumulate

from loanmath.arithmetic import Opening, Walk, solved_payment
from loanmath.currency import to_units
from loanmath.rounding import Rounding, RoundingMode
from loanmath.schedule.frame import Frame, frame
from loanmath.schedule.nearest import nearest_amount
from loanmath.schedule.paying import plan_until_repaid
from loanmath.schedule.payment_rows import (
    Planned,
    Question,
    joined,
    level_payments,
    unknown_payment,
    walk_payments,
)
from loanmath.schedule.refusals import check_payments
from loanmath.search import last_where
from loanmath.terms import InstallmentLoan, LevelPayment, RateChange, Residue

__all__ = ["level_question", "plan_level"]

_GUESS_UNIT = 1 << 64


def plan_level(loan: InstallmentLoan, terms: LevelPayment) -> Planned:
    """
    Return the plan of level payments, recast where the rate changes.

    Raises:
        ScheduleError: If a payment does not cover its interest, or is negative.
    """
    found = frame(loan, terms.count)
    changes = len(found.growth.rates) > 1
    if changes and terms.on_rate_change is not RateChange.FORESEEN:
        planned = _changed(found, terms)
    else:
        planned = found, _residue(found, terms)
    check_payments(*planned, terms.shortfall)
    return planned


def _level_rounding(found: Frame, terms: LevelPayment) -> Rounding:
    return terms.rounding or found.loan.rounding


def _balloon(found: Frame, terms: LevelPayment) -> int:
    if terms.balloon is None:
        return 0
    return to_units(terms.balloon, found.loan.digits, "balloon")


def _solved(found: Frame, terms: LevelPayment, rounding: Rounding) -> int:
    """Return the level payment over all rows, at the rates that it foresees."""
    return solved_payment(
        *_first_question(found, terms), rounding.quotient(found.loan.digits)
    )


def _first_question(found: Frame, terms: LevelPayment) -> Question:
    sized, change = _sized(found, terms), None
    if terms.on_rate_change is not RateChange.FORESEEN and len(sized.growth.rates) > 1:
        change = 0
    rows = unknown_payment(sized, change=change)
    if change is not None:
        # What the first period may bring later is not foreseen either.
        growth = sized.growth
        rows.factors[0] = growth.rates[change] * growth.times[0]
        rows.extra[0] = growth.rates[change] * growth.drawn_times[0]
    return Opening(found.loan.principal_units), rows, _balloon(found, terms)


def _next_question(
    sized: Frame, terms: LevelPayment, start: Opening, first: int
) -> Question:
    """Return what is solved from a row on in which the rate changes."""
    change = sized.growth.change[first]
    rows = unknown_payment(sized, first, change)
    if terms.on_rate_change is RateChange.WHOLE_PERIOD:
        rows.factors[0] = sized.growth.rates[change] * sized.growth.times[first]
    return start, rows, _balloon(sized, terms)


def _sized(found: Frame, terms: LevelPayment) -> Frame:
    """Return the rows that a payment is sized over: more of them, or counted anew."""
    if terms.amortized_over is None and terms.sized_by is None:
        return found
    count = terms.amortized_over or terms.count
    return frame(found.loan, count, by=terms.sized_by)


def level_question(
    found: Frame, terms: LevelPayment, openings: dict[int, int], row: int
) -> Question:
    """Return what the payment of a row was solved from, given what rows opened with."""
    recast = terms.on_rate_change in (RateChange.PAYMENT, RateChange.WHOLE_PERIOD)
    change, first = found.growth.change, row
    while first > 0 and change[first - 1] == change[row]:
        first -= 1
    if not recast or change[row] == 0:
        return _first_question(found, terms)
    sized = _sized(found, terms)
    return _next_question(sized, terms, Opening(openings[first]), first)


def _changed(found: Frame, terms: LevelPayment) -> Planned:
    payment = _solved(found, terms, _level_rounding(found, terms))
    match terms.on_rate_change:
        case RateChange.TERM:
            return plan_until_repaid(found.loan, payment)
        case RateChange.BALANCE:
            return found, walk_payments(found, level_payments(found, payment))
        case _:
            return found, _recast(found, terms, payment)


def _recast(found: Frame, terms: LevelPayment, payment: int) -> Walk:
    """Solve the payment anew from each row in which the rate changes."""
    rounded = _level_rounding(found, terms).quotient(found.loan.digits)
    change, sized = found.growth.change, _sized(found, terms)
    whole_period = terms.on_rate_change is RateChange.WHOLE_PERIOD
    start, legs, first, in_force = Opening(found.loan.principal_units), [], 0, 0
    while first < found.size:
        if change[first] != in_force:
            in_force = change[first]
            question = _next_question(sized, terms, start, first)
            payment = solved_payment(*question, rounded)
        stop = next(
            (row for row in range(first, found.size) if change[row] != in_force),
            found.size,
        )
        payments = level_payments(found, payment, first)[: stop - first]
        if whole_period and found.repays[first]:
            payments[0] = payment + _more_interest(found, start, first)
        legs.append(walk_payments(found, payments, start, first))
        start, first = legs[-1].end, stop
    return joined(legs)


def _more_interest(found: Frame, start: Opening, row: int) -> int:
    """Return how much more the interest of a cut row is than at its new rate alone."""
    growth = found.growth
    whole = growth.rates[growth.change[row]] * growth.times[row]
    unit, rounded = growth.denominator, found.rounded
    real = rounded(start.owed * growth.factors[row] + start.accrued, unit)
    return real - rounded(start.owed * whole + start.accrued, unit)


def _residue(found: Frame, terms: LevelPayment) -> Walk:
    rounding = _level_rounding(found, terms)
    if terms.residue is Residue.SPREAD:
        return _spread(found, terms, rounding)
    level = _solved(found, terms, rounding)
    plan = walk_payments(found, level_payments(found, level))
    if terms.residue is Residue.SECOND_PASS:
        return _second_pass(found, terms, level, plan)
    if terms.residue is Residue.FIRST:
        return _first_differs(found, terms, level, plan)
    return plan


def _second_pass(found: Frame, terms: LevelPayment, level: int, plan: Walk) -> Walk:
    count, balloon = sum(found.repays), _balloon(found, terms)
    gap = plan.payment[-1] - balloon - level
    if abs(gap) <= count // 2:
        return plan
    moved = level + _level_rounding(found, terms).quotient(found.loan.digits)(
        gap, count
    )
    second = walk_payments(found, level_payments(found, moved))
    nearer = abs(second.payment[-1] - balloon - moved) < abs(gap)
    return second if nearer else plan


def _spread(found: Frame, terms: LevelPayment, rounding: Rounding) -> Walk:
    """Let the first so many payments be one unit more than the level rounded down."""
    down = Rounding(RoundingMode.FLOOR, rounding.unit)
    unit = rounding.units(found.loan.digits)
    level, balloon = _solved(found, terms, down), _balloon(found, terms)
    paying = [row for row, repays in enumerate(found.repays) if repays]

    @cache
    def plan(more: int) -> Walk:
        payments = level_payments(found, level)
        for row in paying[:more]:
            payments[row] = level + unit
        return walk_payments(found, payments)

    def gap(more: int) -> int:
        return plan(more).payment[-1] - balloon - level

    def missing(more: int) -> int:
        return gap(more) // unit * _GUESS_UNIT

    # A unit more in an early payment never raises the last one: that decides. The guess
    # is mended once, since what is rounded in every row adds up.
    most, growths = len(paying) - 1, _growths(found)
    worth = list(accumulate(growths[row] for row in paying))
    near = min(most, bisect_left(worth, missing(0) + worth[0] // 2))
    step = max(growths[paying[near]], 1)
    near = min(most, max(0, near + (missing(near) + step // 2) // step))
    low = last_where(lambda more: more <= 0 or (more <= most and gap(more) >= 0), near)
    low = max(low, 0)
    return plan(min((low, min(low + 1, most)), key=lambda more: abs(gap(more))))


def _growths(found: Frame) -> list[int]:
    """Return about what one unit paid on each row grows to, in 2^-64 units."""
    grown, growths = _GUESS_UNIT, [_GUESS_UNIT]
    for factor in reversed(found.growth.factors[1:]):
        grown += grown * factor // found.growth.denominator
        growths.append(grown)
    growths.reverse()
    return growths


def _first_differs(found: Frame, terms: LevelPayment, level: int, plan: Walk) -> Walk:
    """Let the first payment be the one after which the last comes nearest to level."""
    balloon = _balloon(found, terms)
    row = found.repays.index(True)
    if row == found.last:
        return plan

    @cache
    def after(first: int) -> Walk:
        payments = level_payments(found, level)
        payments[row] = first
        return walk_payments(found, payments)

    def gap(first: int) -> int:
        return after(first).payment[-1] - balloon - level

    most = plan.opening[row] + plan.interest[row] + sum(found.growth.drawn)
    near = level + gap(level)
    return after(nearest_amount(gap, near, most))
