"""Plans of level payments: solved, recast where the rate changes, residue placed."""

from bisect import bisect_right
from functools import cache
from operator import floordiv

from loanmath.arithmetic import (
    Opening,
    PaymentRows,
    Rounded,
    Walk,
    level_installment,
    solved_payment,
)
from loanmath.currency import agreed_units
from loanmath.schedule.frame import Frame, frame
from loanmath.schedule.nearest import least_alike, nearest_amount, plan_first
from loanmath.schedule.paying import plan_until_repaid
from loanmath.schedule.payment_rows import (
    Planned,
    Question,
    growing_of,
    joined,
    level_payments,
    unknown_payment,
    walk_payments,
)
from loanmath.schedule.refusals import check_payments
from loanmath.schedule.spread_residue import spread_residue
from loanmath.terms import InstallmentLoan, LevelPayment, RateChange, Residue

__all__ = ["level_question", "plan_level"]

# Looking a member up in its class costs more than comparing with it.
_FIRST, _SPREAD, _SECOND_PASS = Residue.FIRST, Residue.SPREAD, Residue.SECOND_PASS
_FORESEEN = RateChange.FORESEEN


def plan_level(
    loan: InstallmentLoan, terms: LevelPayment, found: Frame | None = None
) -> Planned:
    """
    Return the plan of level payments, recast where the rate changes.

    Args:
        loan: The terms.
        terms: How it is repaid.
        found: The rows of the plan, where they are known.

    Raises:
        ScheduleError: If a payment does not cover its interest, or is negative.
    """
    found = found or frame(loan, terms.count)
    changes = len(found.growth.rates) > 1
    if changes and terms.on_rate_change is not _FORESEEN:
        planned = _changed(found, terms)
    else:
        planned = found, _residue(found, terms)
    check_payments(*planned, terms.shortfall)
    return planned


def _level_rounded(found: Frame, terms: LevelPayment) -> Rounded:
    if terms.rounding is None:
        return found.rounded
    return terms.rounding.quotient(found.loan.digits)


def _balloon(found: Frame, terms: LevelPayment) -> int:
    if terms.balloon is None:
        return 0
    return agreed_units(terms.balloon, found.loan.digits, "balloon")


def _solved(found: Frame, terms: LevelPayment, rounded: Rounded, balloon: int) -> int:
    """Return the level payment over all rows, at the rates that it foresees."""
    sized = _sized(found, terms)
    growth, first, owed = sized.growth, sized.regular_from, found.loan.principal_units
    if len(growth.rates) == 1 and (first == 0 or sized.repays_alike):
        factors = growth.factors[first:] if first else growth.factors
        return level_installment(owed, factors, growth.denominator, rounded, balloon)
    start = Opening(owed)
    return solved_payment(start, _first_rows(sized, terms), balloon, rounded)


def _first_rows(sized: Frame, terms: LevelPayment) -> PaymentRows:
    """Return what the first payment is solved over."""
    change = None
    if terms.on_rate_change is not _FORESEEN and len(sized.growth.rates) > 1:
        change = 0
    rows = unknown_payment(sized, change=change)
    if change is not None:
        # What the first period may bring later is not foreseen either.
        _at_one_rate(rows, sized, change, 0)
    return rows


def _next_rows(sized: Frame, terms: LevelPayment, first: int) -> PaymentRows:
    """Return what a payment is solved over from a row on in which the rate changes."""
    change = sized.growth.change[first]
    rows = unknown_payment(sized, first, change)
    if terms.on_rate_change is RateChange.WHOLE_PERIOD:
        _at_one_rate(rows, sized, change, first)
    return rows


def _at_one_rate(rows: PaymentRows, sized: Frame, change: int, first: int) -> None:
    """Let the first of some rows accrue at one rate alone, in place."""
    growth = sized.growth
    rows.factors[0] = growth.rates[change] * growth.times[first]
    rows.extra[0] = growth.rates[change] * growth.drawn_times[first]


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
    sized, balloon = _sized(found, terms), _balloon(found, terms)
    change, first = found.growth.change, row
    while first > 0 and change[first - 1] == change[row]:
        first -= 1
    if not recast or change[row] == 0:
        start = Opening(found.loan.principal_units)
        return start, _first_rows(sized, terms), balloon
    return Opening(openings[first]), _next_rows(sized, terms, first), balloon


def _changed(found: Frame, terms: LevelPayment) -> Planned:
    rounded, balloon = _level_rounded(found, terms), _balloon(found, terms)
    payment = _solved(found, terms, rounded, balloon)
    match terms.on_rate_change:
        case RateChange.TERM:
            return plan_until_repaid(found.loan, payment)
        case RateChange.BALANCE:
            return found, walk_payments(found, level_payments(found, payment))
        case _:
            return found, _recast(found, terms, payment)


def _recast(found: Frame, terms: LevelPayment, payment: int) -> Walk:
    """Solve the payment anew from each row in which the rate changes."""
    rounded, balloon = _level_rounded(found, terms), _balloon(found, terms)
    change, sized = found.growth.change, _sized(found, terms)
    whole_period = terms.on_rate_change is RateChange.WHOLE_PERIOD
    start, legs, first, in_force = Opening(found.loan.principal_units), [], 0, 0
    while first < found.size:
        if change[first] != in_force:
            in_force = change[first]
            rows = _next_rows(sized, terms, first)
            payment = solved_payment(start, rows, balloon, rounded)
        stop = bisect_right(change, in_force, first)
        payments = level_payments(found, payment, first)[: stop - first]
        if whole_period and found.repays[first]:
            payments[0] = payment + _more_interest(found, start, first)
        legs.append(walk_payments(found, payments, start, first))
        start, first = legs[-1].end, stop
    return joined(legs)


def _more_interest(found: Frame, start: Opening, row: int) -> int:
    """Return how much more the interest of a cut row is than at its new rate alone."""
    growth, rounded = found.growth, found.rounded
    rate, unit = growth.rates[growth.change[row]], growth.denominator
    real = start.owed * growth.factors[row] + growth.extra[row]
    alone = rate * (start.owed * growth.times[row] + growth.drawn_times[row])
    return rounded(real + start.accrued, unit) - rounded(alone + start.accrued, unit)


def _residue(found: Frame, terms: LevelPayment) -> Walk:
    if terms.residue is _SPREAD:
        return _spread(found, terms)
    rounded, balloon = _level_rounded(found, terms), _balloon(found, terms)
    level = _solved(found, terms, rounded, balloon)
    payments = level_payments(found, level)
    if terms.residue is _FIRST:
        return _first_differs(found, payments, level, balloon)
    plan = walk_payments(found, payments)
    if terms.residue is _SECOND_PASS:
        return _second_pass(found, plan, level, balloon, rounded)
    return plan


def _second_pass(
    found: Frame, plan: Walk, level: int, balloon: int, rounded: Rounded
) -> Walk:
    """Let the last payment come nearer to all others, by one more level payment."""
    count = found.size if found.is_regular else found.repays.count(True)
    gap = plan.payment[-1] - balloon - level
    if abs(gap) <= count // 2:
        return plan
    moved = level + rounded(gap, count)
    payments = level_payments(found, moved)
    if found.is_simple:
        last = growing_of(found).last_of(found.loan.principal_units, moved)
    else:
        last = walk_payments(found, payments).payment[-1]
    nearer = abs(last - balloon - moved) < abs(gap)
    return walk_payments(found, payments) if nearer else plan


def _spread(found: Frame, terms: LevelPayment) -> Walk:
    """Let the first so many payments be one unit more than the level rounded down."""
    unit = (terms.rounding or found.loan.rounding).units(found.loan.digits)
    balloon = _balloon(found, terms)
    level = _solved(found, terms, floordiv, balloon) // unit * unit
    return spread_residue(found, level, unit, balloon)


def _first_differs(
    found: Frame, payments: list[int | None], level: int, balloon: int
) -> Walk:
    """Let the first payment be the one after which the last comes nearest to level."""
    row, growth = found.repays.index(True), found.growth
    # Below zero, interest rounded per day may change by more than the balance does:
    # then several amounts may be nearest, and where the search begins tells which.
    grows = min(growth.rates) >= 0
    if found.is_simple and grows and found.last:
        owed = found.loan.principal_units
        return plan_first(owed, level, growing_of(found), balloon)
    plan = walk_payments(found, payments)
    if row == found.last:
        return plan
    goal, growing = level + balloon, growing_of(found)
    least = growing.least_owed(goal, level, first=1)

    @cache
    def gap(first: int) -> int:
        planned = payments.copy()
        planned[row] = first
        return walk_payments(found, planned).payment[-1] - goal

    def worth(left: int) -> int:
        """Return about how much more at first takes so much off the last payment."""
        return growing.least_owed(goal + left, level, first=1) - least

    most = plan.opening[row] + plan.interest[row] + sum(growth.drawn)
    left = plan.payment[-1] - goal
    near = level + left
    if grows:
        near = min(level + worth(left), most)
        near += worth(gap(near))
    amount = nearest_amount(gap, near, most)
    if found.loan.drawdowns and grows:
        # All may be repaid before the last drawdown: more changes nothing then.
        amount = least_alike(gap, amount, level)
    payments[row] = amount
    return walk_payments(found, payments)
