"""How many cents each convention of a contract is worth."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from attrs import evolve

from loanmath.analysis.conventions import Choice, Convention, conventions
from loanmath.analysis.effects import (
    ConventionInForce,
    Effect,
    Refusal,
    Sensitivity,
)
from loanmath.analysis.fee_conventions import fee_conventions, flat_fee_conventions
from loanmath.currency import from_units, from_units_column
from loanmath.errors import (
    CalendarRangeError,
    InputTypeError,
    InputValueError,
    LoanmathError,
    ScheduleError,
    TermsError,
)
from loanmath.schedule import Schedule
from loanmath.terms import FlatFee, InstallmentLoan

__all__ = ["sensitivity"]

_REFUSALS = (TermsError, ScheduleError, InputValueError, CalendarRangeError)


def sensitivity(loan: InstallmentLoan) -> Sensitivity:
    """
    Return what each convention of a loan is worth, in cents.

    For every convention that the terms leave open, or that contracts differ in, each
    plausible alternative is planned in place of the one in force, all else equal: day
    count, head and tail, rounding, residue, month rule, business days (on the loan's
    calendar, or on weekends), broken period, the rounding of a payment that is worked
    out, the day count of a level one, what a rate change moves, the rounding of every
    fee, and when a flat one is charged.

    Args:
        loan: The loan.

    Returns:
        The differences, the largest first; and the alternatives that have no meaning
        for this loan, with the reason.

    Raises:
        InputTypeError: If the loan is not an `InstallmentLoan`.
        LoanmathError: If the loan itself cannot be planned.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal="10000",
        ...     disbursed=date(2026, 1, 15), every="monthly", rate=Rate("12%/year"),
        ...     repayment=LevelPayment(12))
        >>> report = sensitivity(loan)
        >>> [row.interest for row in report.rows if row.instead == "ACT/360"]
        [Decimal('6.53')]
    """
    if type(loan) is not InstallmentLoan:
        raise InputTypeError("loan", got=loan, allowed="InstallmentLoan(...)")
    schedule = loan.schedule()
    in_force: list[ConventionInForce] = []
    effects: list[Effect] = []
    refused: list[Refusal] = []
    for convention in _conventions(loan):
        in_force.append(
            ConventionInForce(convention.name, convention.in_force, convention.agreed)
        )
        found, unfit = _alternatives(schedule, convention)
        effects += found
        refused += unfit
    effects.sort(key=_by_size)
    return Sensitivity(loan, tuple(in_force), tuple(effects), tuple(refused))


def _conventions(loan: InstallmentLoan) -> list[Convention]:
    found = conventions(loan)
    if isinstance(loan.repayment, FlatFee):
        found += flat_fee_conventions(loan.repayment)
    return found + fee_conventions(loan)


def _by_size(effect: Effect) -> tuple[Decimal, Decimal, Decimal, int, int]:
    return (
        effect.total.copy_abs().copy_negate(),
        effect.interest.copy_abs().copy_negate(),
        effect.largest.copy_abs().copy_negate(),
        -effect.changed,
        -effect.moved,
    )


def _alternatives(
    schedule: Schedule, convention: Convention
) -> tuple[list[Effect], list[Refusal]]:
    effects: list[Effect] = []
    refused: list[Refusal] = []
    for choice in convention.choices:
        try:
            other = evolve(schedule.loan, **choice.terms).schedule()
        except _REFUSALS as error:
            refused.append(Refusal(convention.name, choice.name, _reason(error)))
        else:
            effects.append(_effect(schedule, other, convention, choice))
    reasons = {refusal.reason for refusal in refused}
    if not convention.choices:
        reasons = {convention.reason}
    if not effects and len(reasons) == 1:
        refused = [Refusal(convention.name, "any other", reasons.pop())]
    return effects, refused


def _reason(error: LoanmathError) -> str:
    # Without what was got, so that one reason for all alternatives is seen to be one.
    reason = f"{error.what}: {error.allowed}" if error.allowed else str(error)
    return f"{reason}; {error.do}" if error.do else reason


def _effect(
    schedule: Schedule, other: Schedule, convention: Convention, choice: Choice
) -> Effect:
    digits = max(schedule.loan.digits, other.loan.digits)
    before, after = schedule.columns(), other.columns()
    units = [
        [
            unit * int(10 ** (digits - plan.loan.digits))
            for unit in plan.columns()["payment"]
        ]
        for plan in (schedule, other)
    ]
    if len(schedule) == len(other):
        payments = [new - old for old, new in zip(*units, strict=True)]
        moved = sum(
            old != new for old, new in zip(before["due"], after["due"], strict=True)
        )
    else:
        payments = _by_date(before["due"], units[0], after["due"], units[1])
        moved = len(set(before["due"]) ^ set(after["due"]))
    interest = _interest(other, digits) - _interest(schedule, digits)
    return Effect(
        convention.name,
        choice.name,
        from_units(interest, digits),
        from_units(sum(payments), digits),
        from_units_column(payments, digits),
        moved,
    )


def _interest(schedule: Schedule, digits: int) -> int:
    columns = schedule.columns()
    total: int = sum(columns["interest"]) + sum(columns["capitalized"])
    return total * int(10 ** (digits - schedule.loan.digits))


def _by_date(
    before: Sequence[date], old: list[int], after: Sequence[date], new: list[int]
) -> list[int]:
    changes = dict.fromkeys(sorted({*before, *after}), 0)
    for due, units in zip(before, old, strict=True):
        changes[due] -= units
    for due, units in zip(after, new, strict=True):
        changes[due] += units
    return list(changes.values())
