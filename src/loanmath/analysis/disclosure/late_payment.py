"""What a stated lateness would cost: a loan is kept late, and its payments are read."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from attrs import evolve, field, frozen

from loanmath.account import Account
from loanmath.account.postings import Posting
from loanmath.currency import sum_of, to_units
from loanmath.doors import to_count
from loanmath.errors import LimitError
from loanmath.events import Payment
from loanmath.terms import Component, InstallmentLoan, LateCharge

__all__ = ["LatePayments", "Lateness", "late_payments"]

_MOST_ROWS, _MOST_DAYS = 36_600, 3_660


def _to_installment(number: object) -> int:
    return to_count(number, "installment", _MOST_ROWS)


def _to_days(days: object) -> int:
    return to_count(days, "days", _MOST_DAYS)


@frozen
class Lateness:
    """
    A lateness that costs are shown for: an installment is so many days late (逾期情形).

    From its due date on nothing is paid for so many days; then all that is due is, and
    everything after it on time.

    Args:
        installment: The row of the schedule, from 1; not one that is due on the day of
            disbursement.
        days: The days late, 1 to 3,660.

    Raises:
        InputTypeError: If a value is not an `int`.
        LimitError: If a value is out of range.

    Example:
        >>> Lateness(installment=3, days=30).days
        30
    """

    installment: int = field(converter=_to_installment)
    days: int = field(converter=_to_days)


class LatePayments(NamedTuple):
    """
    What is paid under a stated lateness, by cash flow and by what it costs beside plan.

    Attributes:
        flows: All that is paid out and paid, in units of 10^-digits of the loan.
        penalty: Penalty interest.
        compound: Interest on unpaid interest, penalty or compound interest.
        charges: Each late charge, in the order of the terms.
        beyond: Contract interest and fees beyond the plan; below zero where they are
            less, as where the payment of all that is owed closes the account early.

    Example:
        >>> LatePayments._fields[1:3]
        ('penalty', 'compound')
    """

    flows: tuple[tuple[date, int], ...]
    penalty: Decimal
    compound: Decimal
    charges: tuple[Decimal, ...]
    beyond: Decimal


def late_payments(
    loan: InstallmentLoan, lateness: Lateness, more: tuple[LateCharge, ...] = ()
) -> LatePayments:
    """
    Return what is paid where one installment is late.

    Args:
        loan: The loan.
        lateness: Which installment, and how late.
        more: Late charges of others, beside those of the loan.

    Raises:
        LimitError: If there is no such installment.
        DateRangeError: If a day is after 2200.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import InterestOnly, PenaltyInterest
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("0.05%/day"),
        ...     repayment=InterestOnly(2), penalty=PenaltyInterest(multiple="1.5"))
        >>> late_payments(loan, Lateness(2, 10)).penalty
        Decimal('7.50')
    """
    charged = evolve(
        loan,
        servicing=evolve(
            loan.servicing, late_charges=[*loan.servicing.late_charges, *more]
        ),
    )
    account, flows = _kept_late(charged, lateness)
    last = account.events[-1].on
    paid = account.position(last).paid
    made = [
        posting
        for posting in account.postings(until=last)
        if posting.rule == "late charge"
    ]
    digits, totals = loan.digits, loan.schedule().totals
    planned = (totals.interest, totals.fee, totals.tax)
    beyond = [paid.interest, paid.fee, *(part.copy_negate() for part in planned)]
    return LatePayments(
        flows=tuple(flows),
        penalty=_without([paid.penalty], made, Component.PENALTY, digits),
        compound=paid.compound,
        charges=tuple(
            sum_of([p.amount for p in made if p.inputs["name"] == charge.name], digits)
            for charge in charged.servicing.late_charges
        ),
        beyond=_without(beyond, made, Component.FEE, digits),
    )


def _without(
    paid: list[Decimal], made: list[Posting], component: Component, digits: int
) -> Decimal:
    """Return what was paid as a component, less the late charges among it."""
    late = [
        posting.amount.copy_negate()
        for posting in made
        if posting.component == component.value
    ]
    return sum_of([*paid, *late], digits)


def _kept_late(
    loan: InstallmentLoan, lateness: Lateness
) -> tuple[Account, list[tuple[date, int]]]:
    """Return the account of a loan that is paid late, and what is paid, in units."""
    account, flows = Account.open(loan), _paid_out(loan)
    for day in _payment_days(loan, lateness):
        position = account.position(day)
        amount = sum_of([position.overdue.total, position.due.total], loan.digits)
        if amount:
            account = account.record(Payment(id=f"{day}", on=day, amount=amount))
            flows.append((day, to_units(amount, loan.digits, "payment")))
    return account, flows


def _paid_out(loan: InstallmentLoan) -> list[tuple[date, int]]:
    # What is deducted is paid on the day, out of what is lent.
    units = to_units(loan.principal, loan.digits, "principal")
    if loan.discount is not None:
        units -= to_units(loan.discount, loan.digits, "discount")
    drawn = [
        (drawdown.on, -to_units(drawdown.amount, loan.digits, "drawdown"))
        for drawdown in loan.drawdowns
    ]
    return [(loan.disbursed, -units), *drawn]


def _payment_days(loan: InstallmentLoan, lateness: Lateness) -> list[date]:
    dues = loan.schedule().columns()["due"]
    number = lateness.installment
    if number > len(dues) or dues[number - 1] == loan.disbursed:
        first = 1 + sum(1 for due in dues if due == loan.disbursed)
        raise LimitError("installment", got=number, allowed=f"{first} to {len(dues)}")
    since = dues[number - 1]
    until = since + timedelta(lateness.days)
    days = {due for due in dues if not since <= due < until} | {until}
    # What the last day itself bears is paid the day after.
    return sorted({*days, max(days) + timedelta(1)})
