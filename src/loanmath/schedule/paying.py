"""Plans of stated payments: fixed, graduated, or in stages."""

from itertools import chain, repeat
from operator import mul

from loanmath.arithmetic import Opening, Rounded, Walk, solved_payment
from loanmath.currency import to_units
from loanmath.errors import ScheduleError
from loanmath.rates import Rate
from loanmath.schedule.frame import Frame, frame
from loanmath.schedule.lengths import (
    installments_for,
    least_installments,
)
from loanmath.schedule.payment_rows import (
    Planned,
    Question,
    level_payments,
    unknown_payment,
    walk_payments,
)
from loanmath.schedule.refusals import check_payments
from loanmath.terms import (
    FixedPayment,
    GraduatedPayment,
    InstallmentLoan,
    SteppedPayment,
)
from loanmath.terms.consequences import installment_limit

__all__ = [
    "graduated_question",
    "plan_fixed",
    "plan_graduated",
    "plan_stepped",
    "plan_until_repaid",
    "stepped_question",
]


def plan_until_repaid(loan: InstallmentLoan, payment: int) -> Planned:
    """
    Return the plan of a payment that goes on until the loan is repaid.

    Where the last day bears interest as well, the last payment may exceed the others by
    what that day earns.

    Raises:
        ScheduleError: If it never is.
    """
    most, shrunk = installment_limit(loan), False
    count = _estimate(loan, payment)
    while True:
        found = frame(loan, count)
        plan = walk_payments(found, level_payments(found, payment))
        repaid = _repaid_after(found, plan, payment)
        if repaid == count or (repaid is None and shrunk):
            return found, plan
        if repaid is not None:
            count, shrunk = repaid, True
        elif count >= most:
            raise _never_repaid(count)
        else:
            count = min(installments_for(loan, 2 * sum(found.repays)), most)


def _never_repaid(count: int) -> ScheduleError:
    return ScheduleError(
        "payment",
        got=f"not repaid after {count:,} installments",
        allowed="a payment that repays the loan",
        do="raise the payment, or state the number of installments",
    )


def _estimate(loan: InstallmentLoan, payment: int) -> int:
    """Return about how many installments a payment needs, as if periods were alike."""
    most = installment_limit(loan)
    least = least_installments(loan)
    growth = frame(loan, min(max(2, least), most)).growth
    # The first period may be a day: from the second on they are much alike.
    ahead = chain(growth.factors, repeat(growth.factors[-1]))
    is_steady = loan.rate is None or type(loan.rate) is Rate
    lent = loan.principal_units + sum(growth.drawn)
    owed, needed = lent, 0
    while owed > 0 and needed < most:
        factor = next(ahead)
        owed += owed * factor // growth.denominator - payment
        needed += 1
        # No period of a plain rate is half as long as another: it only grows from here.
        if owed > 2 * lent and is_steady and factor > 0:
            raise _never_repaid(most)
    return min(max(least, installments_for(loan, needed)), most)


def _repaid_after(found: Frame, plan: Walk, payment: int) -> int | None:
    """Return the installments that repay the loan, or nothing if more are needed."""
    if plan.payment[-1] > payment:
        return None
    drawn = [row for row, amount in enumerate(found.growth.drawn) if amount]
    row = drawn[-1] if drawn else 0
    while plan.closing[row] or not found.repays[row]:
        row += 1
    return found.rows.number[row]


def plan_fixed(loan: InstallmentLoan, terms: FixedPayment) -> Planned:
    """
    Return the plan of a stated payment.

    Raises:
        ScheduleError: If a payment does not cover its interest and the terms do not let
            the balance grow, or if the loan is never repaid.
    """
    payment = to_units(terms.payment, loan.digits, "payment")
    if terms.count is None:
        planned = plan_until_repaid(loan, payment)
    else:
        found = frame(loan, terms.count)
        planned = found, walk_payments(found, level_payments(found, payment))
    check_payments(*planned, terms.shortfall)
    return planned


def graduated_question(found: Frame, terms: GraduatedPayment) -> Question:
    """Return what the first payment of a graduated plan is solved from."""
    below = terms.growth.denominator
    above = below + terms.growth.numerator
    steps = _steps(found, terms)
    power = steps[-1]
    weight_of = [above**step * below ** (power - step) for step in range(power + 1)]
    weights = [weight_of[step] for step in steps]
    if not found.is_simple:
        weights = list(map(mul, weights, found.repays))
    rows = unknown_payment(found)._replace(weights=weights, weight_unit=below**power)
    return Opening(found.loan.principal_units), rows, 0


def _steps(found: Frame, terms: GraduatedPayment) -> list[int]:
    if found.is_simple:
        return [row // terms.every for row in range(found.size)]
    return [max(number - 1, 0) // terms.every for number in found.rows.number]


def plan_graduated(loan: InstallmentLoan, terms: GraduatedPayment) -> Planned:
    """
    Return the plan of payments that grow step by step.

    Raises:
        ScheduleError: If a payment does not cover its interest and the terms do not let
            the balance grow.
    """
    found = frame(loan, terms.count)
    rounded = (terms.rounding or loan.rounding).quotient(loan.digits)
    first = solved_payment(*graduated_question(found, terms), rounded)
    below = terms.growth.denominator
    above = below + terms.growth.numerator
    steps = _steps(found, terms)
    payment_of = [
        rounded(first * above**step, below**step) for step in range(steps[-1] + 1)
    ]
    payments: list[int | None] = [payment_of[step] for step in steps]
    if not found.is_simple:
        payments = [
            payment if repays else None
            for payment, repays in zip(payments, found.repays, strict=True)
        ]
    plan = walk_payments(found, payments)
    check_payments(found, plan, terms.shortfall)
    return found, plan


def _stated(found: Frame, terms: SteppedPayment) -> tuple[list[int | None], list[int]]:
    """Return the payment that each row states, and 1 where it is to be solved."""
    payments: list[int | None] = []
    weights: list[int] = []
    for count, payment in terms.stages:
        if payment is None:
            payments += [None] * count
            weights += [1] * count
        else:
            payments += [to_units(payment, found.loan.digits, "payment")] * count
            weights += [0] * count
    if found.is_simple:
        return payments, weights
    rows = list(zip(found.rows.number, found.repays, strict=True))
    return (
        [payments[number - 1] if repays else None for number, repays in rows],
        [weights[number - 1] if repays else 0 for number, repays in rows],
    )


def stepped_question(found: Frame, terms: SteppedPayment) -> Question:
    """Return what the unknown payment of a stepped plan is solved from."""
    return _question_of(found, *_stated(found, terms))


def _question_of(
    found: Frame, payments: list[int | None], weights: list[int]
) -> Question:
    rows = unknown_payment(found)._replace(weights=weights, stated=payments)
    return Opening(found.loan.principal_units), rows, 0


def plan_stepped(loan: InstallmentLoan, terms: SteppedPayment) -> Planned:
    """
    Return the plan of payments in stages, one of which may be solved.

    Raises:
        ScheduleError: If a payment does not cover its interest and the terms do not let
            the balance grow.
    """
    found = frame(loan, terms.count)
    payments, weights = _stated(found, terms)
    if any(weights):
        rounded: Rounded = (terms.rounding or loan.rounding).quotient(loan.digits)
        solved = solved_payment(*_question_of(found, payments, weights), rounded)
        payments = [
            solved if weight else payment
            for weight, payment in zip(weights, payments, strict=True)
        ]
    plan = walk_payments(found, payments)
    check_payments(found, plan, terms.shortfall)
    return found, plan
