"""What is not owed any more when all falls due, is repaid or is given up."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from loanmath.account.posted.change import (
    ACCOUNT,
    EVENT,
    LOST,
    NAMES,
    Booked,
    Change,
    Moved,
)
from loanmath.account.posted.charges import prepayment_fee_change, stated_amount
from loanmath.ledger.earning import Earning
from loanmath.ledger.rules import FEE, INTEREST, PRINCIPAL
from loanmath.ledger.settlement import (
    amount_of,
    brought_and_owed,
    carried_onward,
    charged_row,
    claim,
    earned_by,
    payoff,
)
from loanmath.schedule.derivation import Inputs
from loanmath.terms import InterestTo, Unearned

if TYPE_CHECKING:
    from loanmath.events import Acceleration, Waiver

__all__ = [
    "derive_acceleration",
    "derive_payoff",
    "derive_waiver",
    "derive_write_off",
]


def derive_payoff(booked: Booked) -> Iterator[Change]:
    """Yield what a full repayment leaves unearned, and what it costs."""
    course, rule = booked.course, booked.entry.rule
    rebated = 0
    for moved in reversed([one for one in booked.moved() if one.component == INTEREST]):
        terms = course.loan.servicing.prepayment
        if terms.unearned is Unearned.RULE_OF_78:
            yield _rebate(booked, moved, rebated)
            rebated += moved.old - moved.new
        elif moved.row == course.paying_row(course.current_row(booked.day)):
            formula, inputs = _current(booked, moved.row, terms.interest)
            inputs["owed"] = booked.amount(moved.old)
            yield _interest(moved, rule, f"{formula} - owed", inputs)
        else:
            yield _unearned(booked, moved)
    if course.to_come(booked.day):
        yield from _not_lent(booked)
    else:
        yield from _payments_kept(booked)
    quote = payoff(course, booked.before, booked.day)
    row = charged_row(booked.course, booked.before, booked.day)
    yield from _fees_dropped(booked, row, quote.charge)
    if quote.charge:
        yield prepayment_fee_change(booked, row, quote.charge, quote.principal)


def _payments_kept(booked: Booked) -> Iterator[Change]:
    """Yield principal of rows that keep their payments with less interest in them."""
    before, after = booked.before.segment, booked.after.segment
    for moved in booked.moved():
        if moved.component != PRINCIPAL:
            continue
        row, formula = moved.row, "balance - owed"
        inputs: Inputs = {
            "balance": booked.amount(sum(after.principal[row:])),
            "owed": booked.amount(moved.old),
        }
        if row < len(after.principal) - 1:
            payment = before.principal[row] + before.interest[row]
            inputs["payment"] = booked.amount(payment)
            inputs["interest"] = booked.amount(after.interest[row])
            formula = "min(max(payment - interest, 0), balance) - owed"
        units = moved.new - moved.old
        yield Change(row, NAMES[PRINCIPAL], units, "replanned", formula, inputs)


def _not_lent(booked: Booked) -> Iterator[Change]:
    """Yield principal of the last rows that is not drawn, or not joined, any more."""
    dropped, to_come = 0, booked.course.to_come(booked.day)
    for moved in reversed(
        [one for one in booked.moved() if one.component == PRINCIPAL]
    ):
        inputs: Inputs = {
            "to_come": booked.amount(to_come),
            "dropped": booked.amount(dropped),
            "owed": booked.amount(moved.old),
        }
        units, formula = moved.new - moved.old, "-min(to_come - dropped, owed)"
        yield Change(moved.row, NAMES[PRINCIPAL], units, "payoff", formula, inputs)
        dropped -= units


def _current(booked: Booked, row: int, to: InterestTo) -> tuple[str, Inputs]:
    """Return the formula of what is owed for the current period on a full repayment."""
    course, before = booked.course, booked.before
    if course.earning is not None:
        return _kept(booked, course.earning, row, to)
    if to is InterestTo.DAY:
        formula, inputs = _accrued(booked, row)
        follows = course.follows_balance
        return formula if follows else f"min({formula}, owed)", inputs
    if booked.day == course.start[row]:
        begun: Inputs = {
            "carried": booked.amount(before.carried[row]),
            "paid_early": booked.amount(before.early[row]),
        }
        return "max(carried - paid_early, 0)", begun
    # The row was cleared ahead of time: the rest of its period is with the next one.
    onward = carried_onward(course, before, row)
    return "onward", {"onward": booked.amount(onward)}


def _kept(
    booked: Booked, earning: Earning, row: int, to: InterestTo
) -> tuple[str, Inputs]:
    """Return the formula of interest that is paid with a row, or is to join there."""
    course, before = booked.course, booked.before
    place = course.plan_row(row)
    share = earning.passed(place, earned_by(course, booked.day, to))
    inputs: Inputs = {"share": share, "rounding": course.loan.rounding}
    if earning.joins[place]:
        inputs["joins"] = booked.amount(earning.joins[place])
        inputs["principal"] = booked.amount(sum(before.segment.principal[row:]))
        return "min(round(joins * share), principal)", inputs
    carried, early = before.carried[row], before.early[row]
    planned = before.segment.interest[row] + early - carried
    inputs["planned"] = booked.amount(planned)
    earned = f"round(planned * share){_from_before(booked, row, inputs)}"
    inputs["paid_early"] = booked.amount(early)
    return f"min(max({earned} - paid_early, 0), owed)", inputs


def _from_before(booked: Booked, row: int, inputs: Inputs) -> str:
    """Return how a formula goes on where a row pays interest of earlier periods."""
    if not booked.before.carried[row]:
        return ""
    inputs["carried"] = booked.amount(booked.before.carried[row])
    return " + carried"


def _unearned(booked: Booked, moved: Moved) -> Change:
    """Return the interest of a later period: dropped, but for what is from before."""
    inputs: Inputs = {"owed": booked.amount(moved.old)}
    formula, row = "-owed", moved.row
    if moved.new:
        inputs["carried"] = booked.amount(booked.course.brought[row])
        inputs["paid_early"] = booked.amount(booked.before.early[row])
        formula = "carried - paid_early - owed"
    return _interest(moved, booked.entry.rule, formula, inputs)


def _interest(moved: Moved, rule: str, formula: str, inputs: Inputs) -> Change:
    return Change(
        moved.row, NAMES[INTEREST], moved.new - moved.old, rule, formula, inputs
    )


def _rebate(booked: Booked, moved: Moved, rebated: int) -> Change:
    course, interest = booked.course, booked.course.schedule.columns()["interest"]
    kept = brought_and_owed(course, booked.before, moved.row)
    inputs: Inputs = {
        "interest": booked.amount(sum(interest)),
        "left": sum(1 for start in course.of_plan(course.start) if start >= booked.day),
        "count": len(interest),
        "rebated": booked.amount(rebated),
        "owed": booked.amount(moved.old - kept),
        "rounding": course.loan.rounding,
    }
    formula = (
        "-min(round(interest * left * (left + 1) / (count * (count + 1))) - rebated,"
        " owed)"
    )
    return _interest(moved, "payoff", formula, inputs)


def _accrued(booked: Booked, row: int) -> tuple[str, Inputs]:
    """Return the formula of accrued and unpaid interest of the current row."""
    course, before = booked.course, booked.before
    growth = course.growth
    inputs: Inputs = {
        "paid_early": booked.amount(before.early[row]),
        "rounding": course.loan.rounding,
    }
    if growth.replans:
        scale = growth.unit * growth.whole(course.plan_row(row))
        numerator = before.accrued if booked.day >= course.start[row] else 0
        inputs["accrued"] = booked.exact(numerator, scale)
        earned = f"round(accrued){_from_before(booked, row, inputs)}"
        return f"max({earned} - paid_early, 0)", inputs
    planned = before.segment.interest[row] + before.early[row] - before.carried[row]
    inputs |= {
        "planned": booked.amount(planned),
        "days": max(booked.day - course.start[row], 0),
        "period": course.end[row] - course.start[row] or 1,
    }
    earned = f"round(planned * days / period){_from_before(booked, row, inputs)}"
    return f"max({earned} - paid_early, 0)", inputs


def _fees_dropped(booked: Booked, charged_on: int, charge: int) -> Iterator[Change]:
    """Yield planned fees that are not owed any more, beside a charge on one row."""
    planned = booked.before.planned[0]
    fees = zip(booked.before.segment.fee, booked.after.segment.fee, strict=True)
    for row, (old, new) in enumerate(fees):
        kept = new - (charge if row == charged_on else 0)
        if kept != old:
            inputs: Inputs = {
                "planned": booked.amount(planned[row]),
                "owed": booked.amount(old),
            }
            formula, rule = "max(owed - planned, 0) - owed", booked.entry.rule
            yield Change(row, NAMES[FEE], kept - old, rule, formula, inputs)


def derive_acceleration(booked: Booked) -> Iterator[Change]:
    """Yield interest and fees of later periods that are dropped, and the charge."""
    event, rule = cast("Acceleration", booked.entry.event), booked.entry.rule
    for moved in booked.moved():
        if moved.component != INTEREST:
            continue
        current = booked.course.current_row(booked.day)
        if moved.row == booked.course.paying_row(current):
            formula, inputs = _current(booked, moved.row, InterestTo.DAY)
            inputs["owed"] = booked.amount(moved.old)
            yield _interest(moved, rule, f"{formula} - owed", inputs)
        else:
            yield _unearned(booked, moved)
    last = len(booked.before.due) - 1
    principal = sum(booked.before.segment.principal[booked.fallen_due :])
    rounded = booked.course.rounded
    charge = amount_of(booked.course, event.charge, principal, rounded)
    yield from _fees_dropped(booked, last, charge)
    if charge:
        formula, inputs = stated_amount(booked, event.charge, "principal", principal)
        yield Change(
            last, NAMES[FEE], charge, "acceleration charge", formula, inputs, EVENT
        )


def derive_waiver(booked: Booked) -> Iterator[Change]:
    """Yield what was given up, row by row."""
    event = cast("Waiver", booked.entry.event)
    moves, waived = list(booked.moved()), 0
    component = NAMES.index(event.component.value)
    column = booked.before.segment[component]
    rows = [number - 1 for number in event.installments] or list(range(len(column)))
    if component in (FEE, INTEREST):
        rows = [row for row in rows if row < booked.fallen_due]
    owed = sum(column[row] for row in rows)
    amount, stated = stated_amount(booked, event.amount, "owed_in_all", owed)
    for moved in moves:
        units = moved.old - moved.new
        inputs = stated | {
            "waived": booked.amount(waived),
            "owed": booked.amount(moved.old),
        }
        yield Change(
            moved.row,
            NAMES[component],
            -units,
            "waiver",
            f"-min({amount} - waived, owed)",
            inputs,
            EVENT,
        )
        waived += units


def derive_write_off(booked: Booked) -> Iterator[Change]:
    """Yield that nothing is owed any more, and what was lost."""
    rule = booked.entry.rule
    for moved in booked.moved():
        inputs: Inputs = {"owed": booked.amount(moved.old)}
        yield Change(
            moved.row, NAMES[moved.component], -moved.old, rule, "-owed", inputs, EVENT
        )
    quote = claim(booked.course, booked.before, booked.day)
    inputs = {
        "overdue": booked.amount(quote.overdue),
        "principal": booked.amount(quote.principal),
        "interest": booked.amount(quote.interest),
        "fees": booked.amount(quote.fees),
    }
    lost = booked.entry.after.written_off or 0
    formula = "overdue + principal + interest + fees"
    if lost:
        yield Change(ACCOUNT, LOST, lost, rule, formula, inputs, EVENT)
