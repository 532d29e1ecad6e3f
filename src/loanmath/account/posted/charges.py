"""What was charged once: late charges, fees for early repayment, charges by hand."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from loanmath.account.posted.change import EVENT, NAMES, Booked, Change
from loanmath.account.posted.lateness import ceilings
from loanmath.ledger.days import late_charge_amount
from loanmath.ledger.rules import FEE
from loanmath.rates import RateUnit
from loanmath.schedule import rate_path
from loanmath.schedule.derivation import Inputs
from loanmath.terms import LateCharge, LateChargeOf, PrepaymentFee

__all__ = [
    "derive_charge",
    "derive_late_charge",
    "derive_prepayment_fee",
    "prepayment_fee_change",
    "stated_amount",
]


def stated_amount(
    booked: Booked, stated: Decimal | Fraction, base: str, units: int
) -> tuple[str, Inputs]:
    """Return the formula of a flat amount, or of a share of a base, and its inputs."""
    if isinstance(stated, Fraction):
        inputs: Inputs = {"share": stated, base: booked.amount(units)}
        return f"round(share * {base})", inputs | {
            "rounding": booked.course.loan.rounding
        }
    return "amount", {"amount": _rescaled(booked, stated)}


def _rescaled(booked: Booked, stated: Decimal) -> Decimal:
    """Return an amount of the terms with the decimals of the loan."""
    return booked.amount(booked.course.units(stated, "amount"))


def derive_late_charge(booked: Booked) -> Iterator[Change]:
    """Yield a late charge: its amount within its limits, less what a ceiling cut."""
    charge = next(
        charge
        for charge in booked.course.loan.servicing.late_charges
        if charge.name == booked.entry.name
    )
    for moved in booked.moved():
        base = _late_base(booked, charge, moved.row)
        formula, inputs = stated_amount(booked, charge.amount, "base", base)
        inputs["name"] = charge.name
        if "rounding" in inputs and charge.rounding is not None:
            inputs["rounding"] = charge.rounding
        if charge.least:
            formula = f"max(least, {formula})"
            inputs["least"] = _rescaled(booked, charge.least)
        if charge.most is not None:
            formula = f"min(most, {formula})"
            inputs["most"] = _rescaled(booked, charge.most)
        granted = moved.new - moved.old
        cut = _late_amount(booked, charge, moved.row) - granted
        if cut:
            formula += " - cut_off"
            inputs |= {"cut_off": booked.amount(cut), "ceiling": ceilings(booked)}
        yield Change(
            moved.row, NAMES[moved.component], granted, "late charge", formula, inputs
        )


def _late_amount(booked: Booked, charge: LateCharge, row: int) -> int:
    return late_charge_amount(booked.course, booked.entry.before, charge, row)


def _late_base(booked: Booked, charge: LateCharge, row: int) -> int:
    segment = booked.before.segment
    if charge.of is LateChargeOf.PRINCIPAL:
        columns = [segment.principal]
    elif charge.of is LateChargeOf.OVERDUE:
        columns = [segment.fee, segment.interest, segment.principal]
    else:
        columns = list(booked.before.planned)
    return sum(column[row] for column in columns)


def derive_charge(booked: Booked) -> Iterator[Change]:
    """Yield a charge made by hand."""
    for moved in booked.moved():
        units = moved.new - moved.old
        inputs: Inputs = {"stated": booked.amount(units), "name": booked.entry.name}
        yield Change(
            moved.row, NAMES[moved.component], units, "charge", "stated", inputs, EVENT
        )


def derive_prepayment_fee(booked: Booked) -> Iterator[Change]:
    """Yield what a partial early repayment costs."""
    payment = next(entry for entry in booked.later if entry.rule == "payment")
    before, after = payment.before.balances, payment.after.balances
    prepaid = sum(before.segment.principal[booked.fallen_due :]) - sum(
        after.segment.principal[booked.fallen_due :]
    )
    for moved in booked.moved():
        units = moved.new - moved.old
        yield prepayment_fee_change(booked, moved.row, units, prepaid)


def prepayment_fee_change(
    booked: Booked, row: int, units: int, principal: int
) -> Change:
    """Return the change by the charge for repaying so much principal early."""
    fee = booked.course.loan.servicing.prepayment.fee or PrepaymentFee("0")
    rounding = fee.rounding or booked.course.loan.rounding
    inputs: Inputs
    if fee.amount is None:
        formula = "months * round(principal * monthly_rate)"
        inputs = {
            "months": fee.months_of_interest or 0,
            "principal": booked.amount(principal),
            "monthly_rate": _monthly_rate(booked),
            "rounding": rounding,
        }
    else:
        formula, inputs = stated_amount(booked, fee.amount, "principal", principal)
        if "rounding" in inputs:
            inputs["rounding"] = rounding
    if fee.least:
        formula = f"max(least, {formula})"
        inputs["least"] = _rescaled(booked, fee.least)
    return Change(row, NAMES[FEE], units, "prepayment fee", formula, inputs)


def _monthly_rate(booked: Booked) -> Fraction:
    """Return the contract rate of a month in force: 30 days, or a twelfth of a year."""
    on = date.fromordinal(booked.day)
    rate = [rate for since, rate in rate_path(booked.course.loan, on) if since <= on][
        -1
    ]
    if rate.per is RateUnit.DAY:
        return 30 * rate.value
    return rate.value if rate.per is RateUnit.MONTH else rate.value / 12
