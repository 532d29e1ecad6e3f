"""What is left of an agreement from a day on, as an agreement of its own."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from attrs import evolve

from loanmath.currency import from_units, to_units
from loanmath.errors import TermsError
from loanmath.terms.agreement import InstallmentLoan
from loanmath.terms.fees import Fee, FeeDue, FeeOf, fee_rule
from loanmath.terms.holidays import Holiday
from loanmath.terms.interest_payments import BrokenPeriod
from loanmath.terms.methods import Repayment
from loanmath.terms.payments import FixedPayment, FixedPrincipal, SteppedPayment
from loanmath.terms.repayment import (
    EqualPrincipal,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    SinglePayment,
)

__all__ = [
    "Cut",
    "later_fees",
    "later_holidays",
    "remaining_loan",
    "remaining_repayment",
]


class Cut(NamedTuple):
    """
    Where a plan is cut.

    Attributes:
        number: The number of the next installment.
        first_due: Its due date before any business-day rule.
        fees_after: The day up to which fees on dates of their own are owed already.
    """

    number: int
    first_due: date
    fees_after: date


def remaining_loan(
    loan: InstallmentLoan,
    on: date,
    owed: Decimal,
    cut: Cut,
    changed: Mapping[str, Any],
) -> InstallmentLoan:
    """
    Return the loan that what is not due becomes on a day, with some terms changed.

    What only concerned the payout is left out: discount, fees on it, first periods.
    Numbers of installments count from the next one.

    Args:
        loan: The terms so far.
        on: The day, as if the loan were paid out on it.
        owed: The principal that is not due, in major units.
        cut: Where the plan is cut.
        changed: The terms that change, by the names of the loan's fields.

    Raises:
        InputValueError: If a value is not allowed.
        TermsError: If terms contradict each other, or what is left does not follow.

    Example:
        >>> from loanmath.rates import Rate
        >>> loan = InstallmentLoan(currency="CNY", principal="1200", every="monthly",
        ...     disbursed=date(2026, 1, 31), rate=Rate("0.04%/day"),
        ...     repayment=EqualPrincipal(12))
        >>> on = date(2026, 3, 10)
        >>> left = remaining_loan(loan, on, Decimal(1100),
        ...     Cut(2, date(2026, 3, 31), on), {"rate": Rate("0.03%/day")})
        >>> left.repayment.count, [str(row.due) for row in left.schedule()][:2]
        (11, ['2026-03-31', '2026-04-30'])
    """
    first_due, done = cut.first_due, cut.number - 1
    if loan.interest_payments is not None:
        raise TermsError(
            "terms that change",
            got="interest that falls due on dates of its own",
            allowed="loans whose interest falls due with each installment",
        )
    words: dict[str, Any] = {
        "principal": owed,
        "disbursed": on,
        "first_after": None,
        "broken_period": BrokenPeriod.COUNTED,
        "discount": None,
        "holidays": later_holidays(loan.holidays, done),
        "drawdowns": [drawn for drawn in loan.drawdowns if drawn.on >= on],
        "fees": later_fees(loan, cut.fees_after),
        **_dates(loan, first_due, changed),
        **changed,
    }
    if "repayment" not in changed:
        words["repayment"] = remaining_repayment(loan.repayment, done)
    fee = loan.servicing.prepayment.fee
    if fee is not None and fee.within is not None:
        # Installments count from the first of the loan, which had `done` of them.
        left = fee.within - done
        later = evolve(fee, within=left) if left > 0 else None
        prepayment = evolve(loan.servicing.prepayment, fee=later)
        words["servicing"] = evolve(loan.servicing, prepayment=prepayment)
    return evolve(loan, **words)


def _dates(
    loan: InstallmentLoan, first_due: date, changed: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the terms that give the due dates from the next one on."""
    if "every" in changed or "first_due" in changed:
        if isinstance(loan.every, tuple) and "every" not in changed:
            raise TermsError(
                "first_due",
                got=str(changed["first_due"]),
                allowed="every, the new dates, where due dates are stated",
            )
        first = None if isinstance(changed.get("every"), (list, tuple)) else first_due
        return {"first_due": first, "due_day": None, "last_due": None}
    if isinstance(loan.every, tuple):
        return {"every": loan.every[loan.every.index(first_due) :]}
    last = loan.last_due
    monthly = loan.every.months > 0 and first_due != last
    return {
        "first_due": first_due,
        "due_day": loan.roll_day if monthly else None,
        "end_of_month": False,
        "last_due": None if last == first_due else last,
    }


def remaining_repayment(repayment: Repayment, done: int) -> Repayment:
    """
    Return the method over the installments that are left.

    Raises:
        TermsError: If what is left does not follow from the method.

    Example:
        >>> remaining_repayment(EqualPrincipal(12), 5).count
        7
    """
    match repayment:
        case LevelPayment():
            over = repayment.amortized_over
            return evolve(
                repayment,
                count=repayment.count - done,
                amortized_over=None if over is None else over - done,
            )
        case EqualPrincipal() | InterestOnly():
            return evolve(repayment, count=repayment.count - done)
        case FixedPayment() | FixedPrincipal():
            count = repayment.count
            return evolve(repayment, count=None if count is None else count - done)
        case SinglePayment():
            # Its one due date is the next one, whatever the steps to it were.
            return SinglePayment(1)
        case PrincipalAmounts():
            return PrincipalAmounts(repayment.amounts[done:])
        case SteppedPayment():
            return evolve(repayment, stages=_later_stages(repayment, done))
        case _:
            raise TermsError(
                "repayment",
                got=type(repayment).__name__,
                allowed="how what is left is repaid, stated with the new terms",
            )


def _later_stages(
    repayment: SteppedPayment, done: int
) -> list[tuple[int, Decimal | None]]:
    found = []
    for count, payment in repayment.stages:
        left = count - done
        done = max(-left, 0)
        if left > 0:
            found.append((left, payment))
    return found


def later_holidays(holidays: tuple[Holiday, ...], done: int) -> list[Holiday]:
    """
    Return holidays to come, counted from the next installment.

    Example:
        >>> later_holidays((Holiday(2, 3, "principal"),), 3)[0].last
        1
    """
    return [
        evolve(
            holiday,
            first=max(holiday.first - done, 1),
            count=holiday.last - max(holiday.first - 1, done),
        )
        for holiday in holidays
        if holiday.last > done
    ]


def later_fees(loan: InstallmentLoan, on: date) -> list[Fee]:
    """
    Return the fees to come; a share of the amount lent stays what it was.

    Example:
        >>> from loanmath.rates import Rate
        >>> loan = InstallmentLoan(currency="CNY", principal="1200", every="monthly",
        ...     disbursed=date(2026, 1, 31), rate=Rate("0.04%/day"),
        ...     repayment=EqualPrincipal(12), fees=[Fee("opening", "10")])
        >>> later_fees(loan, date(2026, 3, 1))
        []
    """
    found = []
    for fee in loan.fees:
        if fee.due is FeeDue.DISBURSEMENT or (
            isinstance(fee.due, date) and fee.due <= on
        ):
            continue
        if fee.of is FeeOf.PRINCIPAL and not isinstance(fee.amount, Decimal):
            lent = to_units(loan.principal, loan.digits, "principal")
            units, _ = fee_rule(fee, loan.digits, loan.rounding)(lent)
            found.append(evolve(fee, amount=from_units(units, loan.digits)))
            continue
        found.append(fee)
    return found
