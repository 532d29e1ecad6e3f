"""Plans of stated payments: fixed, graduated, or in stages."""

from collections.abc import Sequence
from itertools import accumulate, chain, islice, repeat

from loanmath.arithmetic import (
    Opening,
    Rounded,
    Stages,
    annuity,
    level_installment,
    solved_payment,
    staged_payment,
)
from loanmath.currency import agreed_units
from loanmath.errors import ScheduleError
from loanmath.rates import Rate, RateUnit
from loanmath.schedule.frame import Frame, frame
from loanmath.schedule.lengths import (
    installments_for,
    least_installments,
    payments_about,
)
from loanmath.schedule.payment_rows import (
    Planned,
    Question,
    clearing_number,
    level_payments,
    unknown_rows,
    walk_payments,
)
from loanmath.schedule.refusals import check_payments
from loanmath.terms import (
    FixedPayment,
    GraduatedPayment,
    InstallmentLoan,
    Shortfall,
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


# What an estimate looks ahead for before it asks whether a balance only grows.
_SOME_ROWS = 64
_IN_A_YEAR = {RateUnit.DAY: 365, RateUnit.MONTH: 12, RateUnit.YEAR: 1}


def plan_until_repaid(loan: InstallmentLoan, payment: int) -> Planned:
    """
    Return the plan of a payment that goes on until the loan is repaid.

    Where the last day bears interest as well, the last payment may exceed the others by
    what that day earns.

    Raises:
        ScheduleError: If it never is.
    """
    most, shrunk = installment_limit(loan), False
    count = _guess(loan, payment, most) or _estimate(loan, payment, most)
    while True:
        found = frame(loan, count)
        plan = walk_payments(found, level_payments(found, payment))
        enough = plan.payment[-1] <= payment
        repaid = clearing_number(found, plan) if enough else None
        if repaid == count or (repaid is None and shrunk):
            return found, plan
        if repaid is not None:
            count, shrunk = repaid, True
        elif count >= most:
            raise _never_repaid(count)
        else:
            repaying, growth = found.repays.count(True), found.growth
            left, growing = plan.payment[-1] - payment, growth.factors[-1]
            more = payments_about(left, payment, growing, growth.denominator)
            more = more or repaying
            count = min(installments_for(loan, repaying + more), most)


def _never_repaid(count: int) -> ScheduleError:
    return ScheduleError(
        "payment",
        got=f"not repaid after {count:,} installments",
        allowed="a payment that repays the loan",
        do="raise the payment, or state the number of installments",
    )


def _guess(loan: InstallmentLoan, payment: int, most: int) -> int | None:
    """Return about how many installments a payment needs, as if months were alike."""
    rate, months = loan.rate, loan.regular_months
    if type(rate) is not Rate or not months or loan.drawdowns:
        return None
    share, whole = rate.value.as_integer_ratio()
    growing = _IN_A_YEAR[rate.per] * months * share
    needed = payments_about(loan.principal_units, payment, growing, 12 * whole)
    return needed and min(installments_for(loan, needed), most)


def _estimate(loan: InstallmentLoan, payment: int, most: int) -> int:
    """Return about how many installments a payment needs, as if periods were alike."""
    least = least_installments(loan)
    growth = frame(loan, min(max(2, least), most)).growth
    # The first period may be a day: from the second on they are much alike.
    ahead = chain(growth.factors, repeat(growth.factors[-1]))
    is_steady = loan.rate is None or type(loan.rate) is Rate
    lent = loan.principal_units + sum(growth.drawn)
    owed, needed, unit = lent, 0, growth.denominator
    while owed > 0 and needed < most:
        for factor in islice(ahead, min(_SOME_ROWS, most - needed)):
            owed += owed * factor // unit - payment
            needed += 1
            if owed <= 0:
                break
        # No period of a plain rate is half as long as another: it only grows from here.
        if owed > 2 * lent and is_steady and growth.factors[-1] > 0:
            raise _never_repaid(most)
    return min(max(least, installments_for(loan, needed)), most)


def plan_fixed(loan: InstallmentLoan, terms: FixedPayment) -> Planned:
    """
    Return the plan of a stated payment.

    Raises:
        ScheduleError: If a payment does not cover its interest and the terms do not let
            the balance grow, or if the loan is never repaid.
    """
    payment = agreed_units(terms.payment, loan.digits, "payment")
    if terms.count is None:
        planned = plan_until_repaid(loan, payment)
    else:
        found = frame(loan, terms.count)
        planned = found, walk_payments(found, level_payments(found, payment))
    check_payments(*planned, terms.shortfall)
    return planned


def _question(found: Frame, stages: Stages) -> Question:
    """Return what the unknown payment of stages is solved from."""
    growth = found.growth
    if _are_alike(found):
        rows = stages.rows(growth.factors[0], growth.denominator)
    else:
        weights = _on_rows(found, stages.lengths, stages.weights)
        rows = unknown_rows(found)._replace(
            weights=[weight or 0 for weight in weights],
            stated=_on_rows(found, stages.lengths, stages.stated),
            weight_unit=stages.weight_unit,
        )
    return Opening(found.loan.principal_units), rows, 0


def _are_alike(found: Frame) -> bool:
    """Return whether all rows are regular, and what is owed grows alike in each."""
    factors = found.growth.factors
    return found.is_regular and factors.count(factors[0]) == len(factors)


def _solved(found: Frame, stages: Stages, rounded: Rounded) -> int:
    """Return the unknown payment of stages, one of which is paid."""
    if _are_alike(found):
        owed, growth = found.loan.principal_units, found.growth
        factor, unit = growth.factors[0], growth.denominator
        return staged_payment(owed, stages, factor, unit, rounded)
    return solved_payment(*_question(found, stages), rounded)


def _on_rows(
    found: Frame, lengths: list[int], staged: Sequence[int | None]
) -> list[int | None]:
    """Return what each row has of a value per stage; `None` where it repays not."""
    values: list[int | None] = []
    for value, length in zip(staged, lengths, strict=True):
        values += [value] * length
    if found.is_regular:
        return values
    return [
        values[number - 1] if repays else None
        for number, repays in zip(found.rows.number, found.repays, strict=True)
    ]


def _planned(
    found: Frame,
    lengths: list[int],
    payments: Sequence[int | None],
    rule: Shortfall,
) -> Planned:
    """Return the plan of a payment per stage."""
    plan = walk_payments(found, _on_rows(found, lengths, payments))
    check_payments(found, plan, rule)
    return found, plan


def _graduated(terms: GraduatedPayment) -> Stages:
    """Return the stages of payments that grow, by weights that are exact."""
    lengths, (above, below) = _steps(terms), _growth(terms)
    unit = below ** (len(lengths) - 1)
    steps = repeat(below, len(lengths) - 1)
    weights = accumulate(steps, lambda weight, _: weight // below * above, initial=unit)
    return Stages(lengths, list(weights), [None] * len(lengths), unit)


def _steps(terms: GraduatedPayment) -> list[int]:
    """Return how many installments each step has."""
    full, rest = divmod(terms.count, terms.every)
    return [terms.every] * full + [rest] if rest else [terms.every] * full


def _growth(terms: GraduatedPayment) -> tuple[int, int]:
    """Return what a payment grows to in a step, as a quotient."""
    below = terms.growth.denominator
    return below + terms.growth.numerator, below


def graduated_question(found: Frame, terms: GraduatedPayment) -> Question:
    """Return what the first payment of a graduated plan is solved from."""
    return _question(found, _graduated(terms))


def plan_graduated(loan: InstallmentLoan, terms: GraduatedPayment) -> Planned:
    """
    Return the plan of payments that grow step by step.

    Raises:
        ScheduleError: If a payment does not cover its interest and the terms do not let
            the balance grow.
    """
    found, lengths = frame(loan, terms.count), _steps(terms)
    rounded = (terms.rounding or loan.rounding).quotient(loan.digits)
    payment = _first_step(found, terms, rounded)
    payments, (above, below) = [payment], _growth(terms)
    grown, unit = payment, 1
    for _ in lengths[1:]:
        grown, unit = grown * above, unit * below
        payments.append(rounded(grown, unit))
    return _planned(found, lengths, payments, terms.shortfall)


def _first_step(found: Frame, terms: GraduatedPayment, rounded: Rounded) -> int:
    """Return the payment of the first step."""
    owed, each = found.loan.principal_units, terms.every
    factors, unit = found.growth.factors, found.growth.denominator
    if found.is_regular and each >= terms.count:
        return level_installment(owed, factors, unit, rounded)
    if terms.count % each or not _are_alike(found):
        return _solved(found, _graduated(terms), rounded)
    # Payments of 1 are worth a as a step begins, and those of the next one g w times as
    # much, with w = v^each. The sum over all steps, a (g w)^(k - 1), is a / (g w) times
    # what level payments are worth at an interest of 1 / (g w) - 1.
    above, below = _growth(terms)
    flat, grown = above * unit**each, below * (unit + factors[0]) ** each
    worth, growth = annuity(factors[:each], unit)

    def rounded_first(numerator: int, denominator: int) -> int:
        return rounded(numerator * flat * growth, denominator * grown * worth)

    steps = [grown - flat] * (terms.count // each)
    return level_installment(owed, steps, flat, rounded_first)


def _stepped(terms: SteppedPayment, digits: int) -> Stages:
    """Return the stages of a stepped plan, with weight 1 where none is stated."""
    stages = Stages([], [], [], 1)
    for length, payment in terms.stages:
        stages.lengths.append(length)
        if payment is None:
            stages.weights.append(1)
            stages.stated.append(None)
        else:
            stages.weights.append(0)
            stages.stated.append(agreed_units(payment, digits, "payment"))
    return stages


def stepped_question(found: Frame, terms: SteppedPayment) -> Question:
    """Return what the unknown payment of a stepped plan is solved from."""
    return _question(found, _stepped(terms, found.loan.digits))


def plan_stepped(loan: InstallmentLoan, terms: SteppedPayment) -> Planned:
    """
    Return the plan of payments in stages, one of which may be solved.

    Raises:
        ScheduleError: If a payment does not cover its interest and the terms do not let
            the balance grow.
    """
    stages = _stepped(terms, loan.digits)
    found, payments = frame(loan, sum(stages.lengths)), stages.stated
    if _pays_unknown(found, stages):
        rounded: Rounded = (terms.rounding or loan.rounding).quotient(loan.digits)
        solved = _solved(found, stages, rounded)
        payments = [solved if payment is None else payment for payment in payments]
    return _planned(found, stages.lengths, payments, terms.shortfall)


def _pays_unknown(found: Frame, stages: Stages) -> bool:
    """Return whether any row pays the unknown payment: no stage, or on a holiday."""
    if found.is_regular:
        return 1 in stages.weights
    return 1 in _on_rows(found, stages.lengths, stages.weights)
