"""Plans of stated or equal principal, with interest on what is owed."""

from decimal import Decimal
from itertools import pairwise
from operator import add

from loanmath.arithmetic import (
    ALL,
    CAPITALIZED,
    DUE,
    Opening,
    Walk,
    amortize_principals,
    distribute,
    spread,
)
from loanmath.currency import agreed_units, amount_text
from loanmath.errors import ScheduleError
from loanmath.schedule.frame import Frame, frame
from loanmath.schedule.lengths import (
    installments_for,
    least_installments,
)
from loanmath.schedule.payment_rows import (
    Planned,
    clearing_number,
    joined,
    walk_rows,
)
from loanmath.terms import (
    EqualPrincipal,
    FixedPrincipal,
    InstallmentLoan,
    InterestOnly,
    PrincipalAmounts,
    Residue,
    SinglePayment,
)
from loanmath.terms.consequences import installment_limit
from loanmath.terms.plan_kinds import pays_in_advance

__all__ = ["equal_shares", "plan_equal", "plan_fixed_principal", "plan_principals"]


# Looking a member up in its class costs more than comparing with it.
_FIRST, _SPREAD = Residue.FIRST, Residue.SPREAD


def equal_shares(
    total: int, count: int, residue: Residue, loan: InstallmentLoan
) -> list[int]:
    """
    Return equal shares of an amount, rounded by the loan's rule, residue in its place.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> loan = InstallmentLoan(currency="CNY", principal=100, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=EqualPrincipal(3),
        ...     rate=Rate("0%/day"))
        >>> equal_shares(10_000, 3, Residue.SPREAD, loan)
        [3334, 3333, 3333]
    """
    if residue is _SPREAD:
        return spread(total, count, loan.rounding.units(loan.digits))
    share = loan.rounding.quotient(loan.digits)(total, count)
    return distribute(total, count, share, first=residue is _FIRST)


def _walked(
    found: Frame, principals: list[int], start: Opening | None = None, first: int = 0
) -> Walk:
    growth, units = found.growth, found.loan.principal_units
    if pays_in_advance(found.loan):
        return _in_advance(found, principals)
    if start is None and len(principals) == found.size and _is_plain(found):
        last = units - sum(principals[:-1])
        if last >= 0:
            stated = [*principals[:-1], last]
            return amortize_principals(
                units, stated, growth.factors, growth.denominator, found.rounded
            )
    begin = start or Opening(units)
    return walk_rows(found, [None] * len(principals), principals, begin, first)


def _is_plain(found: Frame) -> bool:
    """Return whether interest is due on every row, on what is owed as it starts."""
    return found.is_simple or not (
        found.pieces is not None
        or any(found.growth.drawn)
        or found.treatments.count(DUE) < found.size
    )


def _in_advance(found: Frame, principals: list[int]) -> Walk:
    """Charge each period's interest at its start, on what is owed after the payment."""
    owed = found.loan.principal_units
    opening, payable, closing = [owed], [0], [owed]
    for planned in principals:
        opening.append(owed)
        payable.append(owed if planned == ALL else min(planned, owed))
        owed -= payable[-1]
        closing.append(owed)
    unit, rounded = found.growth.denominator, found.rounded
    interest = [
        rounded(left * factor, unit)
        for left, factor in zip(closing, [*found.growth.factors, 0], strict=True)
    ]
    payment = list(map(add, payable, interest))
    unused = [0] * len(payment)
    return Walk(opening, payment, payable, interest, unused, closing, 0)


def _placed(found: Frame, shares: list[int], first: int = 0) -> list[int]:
    """Return the shares on the rows that repay; the last row takes what is left."""
    if found.regular_from <= first:
        placed = shares + [0] * (found.size - first - len(shares))
    else:
        left = iter(shares)
        placed = [next(left, 0) if repays else 0 for repays in found.repays[first:]]
    placed[-1] = ALL
    return placed


def plan_principals(
    loan: InstallmentLoan, terms: InterestOnly | SinglePayment | PrincipalAmounts
) -> Planned:
    """
    Return a plan whose principal is stated, or falls due at the end.

    Raises:
        ScheduleError: If more principal falls due than is owed.
    """
    found = frame(loan, terms.count)
    shares: list[int] = []
    if isinstance(terms, PrincipalAmounts):
        shares = [
            agreed_units(amount, loan.digits, "amounts")
            for amount in terms.amounts[:-1]
        ]
    principals = _placed(found, shares)
    plan = _walked(found, principals)
    _check_owed(found, principals, plan)
    return found, plan


def _check_owed(found: Frame, principals: list[int], plan: Walk) -> None:
    # In advance, a row before the first holds interest alone.
    offset = len(plan.principal) - len(principals)
    for index, planned in enumerate(principals[:-1]):
        if plan.principal[index + offset] < planned:
            raise ScheduleError(
                f"installment {found.rows.number[index]}",
                got=f"principal of {amount_text(planned, found.loan.digits)}",
                allowed="no more than is owed then",
                do="draw earlier, or repay later",
            )


def plan_equal(loan: InstallmentLoan, terms: EqualPrincipal) -> Planned:
    """
    Return a plan of equal shares, worked out anew where something joined the balance.

    Formula: `share = round((owed - balloon) / installments left)`.
    """
    found = frame(loan, terms.count)
    balloon = 0
    if terms.balloon is not None:
        balloon = agreed_units(terms.balloon, loan.digits, "balloon")
    growing = _growing_rows(found)
    if not growing:
        shares = equal_shares(
            loan.principal_units - balloon,
            found.repays.count(True),
            terms.residue,
            loan,
        )
        return found, _walked(found, _placed(found, shares))
    breaks = sorted({0, *growing, found.size})
    start = Opening(loan.principal_units)
    legs: list[Walk] = []
    principals: list[int] = []
    for first, stop in pairwise(breaks):
        drawn = found.growth.drawn[first]
        # Where nothing joined the balance, the shares stay what they were.
        if drawn or not legs or legs[-1].capitalized[-1]:
            count = sum(found.repays[first:])
            owed = max(start.owed + drawn - balloon, 0)
            shares = equal_shares(owed, count, terms.residue, loan)
            principals = _placed(found, shares, first)
        leg, principals = principals[: stop - first], principals[stop - first :]
        legs.append(_walked(found, leg, start, first))
        start = legs[-1].end
    return found, joined(legs)


def _growing_rows(found: Frame) -> list[int]:
    """Return the rows in which more is drawn, and those after one that capitalizes."""
    if not found.loan.drawdowns and CAPITALIZED not in found.treatments:
        return []
    drawn = [row for row, amount in enumerate(found.growth.drawn) if amount]
    return drawn + [
        row + 1
        for row, treatment in enumerate(found.treatments)
        if treatment == CAPITALIZED
    ]


def plan_fixed_principal(loan: InstallmentLoan, terms: FixedPrincipal) -> Planned:
    """
    Return a plan of a stated amount of principal; the last installment clears the rest.

    Raises:
        ScheduleError: If the loan is never repaid.
    """
    amount = _fixed_amount(loan, terms)
    if terms.count is not None:
        found = frame(loan, terms.count)
        return found, _fixed(found, amount)
    most, needed = installment_limit(loan), -(-loan.principal_units // amount)
    count = min(most, max(least_installments(loan), installments_for(loan, needed)))
    while True:
        found = frame(loan, count)
        plan = _fixed(found, amount)
        if plan.principal[-1] <= amount and found.repays[-1]:
            if CAPITALIZED not in found.treatments:
                return found, plan
            # Interest below zero that joined the principal has repaid some of it.
            needed = clearing_number(found, plan) or count
            if needed == count:
                return found, plan
            count = needed
            continue
        if count >= most:
            raise ScheduleError(
                "amount",
                got=f"not repaid after {count:,} installments",
                allowed="an amount that repays the loan",
                do="raise the amount, or state the number of installments",
            )
        repaying = found.repays.count(True) - -(plan.principal[-1] - amount) // amount
        count = min(most, installments_for(loan, repaying))


def _fixed_amount(loan: InstallmentLoan, terms: FixedPrincipal) -> int:
    if isinstance(terms.amount, Decimal):
        return agreed_units(terms.amount, loan.digits, "amount")
    share = terms.amount
    units = loan.rounding.quotient(loan.digits)(
        loan.principal_units * share.numerator, share.denominator
    )
    if units <= 0:
        raise ScheduleError(
            "amount",
            got=f"{amount_text(units, loan.digits)} after rounding",
            allowed="above zero",
            do="raise the share, or round by smaller units",
        )
    return units


def _fixed(found: Frame, amount: int) -> Walk:
    return _walked(found, _placed(found, [amount] * found.size))
