"""Plans that do not follow from their terms, refused with the row that shows it."""

from loanmath.arithmetic import Walk
from loanmath.currency import amount_text
from loanmath.errors import ScheduleError
from loanmath.schedule.frame import Frame
from loanmath.terms import Shortfall

__all__ = ["check_payments", "negative_payment", "shortfall"]

# Looking a member up in its class costs more than comparing with it.
_REFUSE = Shortfall.REFUSE


def shortfall(row: int, payment: int, interest: int, digits: int) -> ScheduleError:
    """Return the refusal of a payment that does not cover its interest."""
    return ScheduleError(
        f"installment {row}",
        got=f"a payment of {amount_text(payment, digits)}"
        f" against interest of {amount_text(interest, digits)}",
        allowed="a payment that covers the interest of its period",
        do="plan fewer installments, or set shortfall='capitalize'",
    )


def negative_payment(row: int, payment: int, digits: int) -> ScheduleError:
    """Return the refusal of a payment below zero."""
    return ScheduleError(
        f"installment {row}",
        got=f"a payment of {amount_text(payment, digits)}",
        allowed="level payments of zero or more",
        do="round by smaller units, or let the last installment take the residue",
    )


def check_payments(found: Frame, plan: Walk, rule: Shortfall) -> None:
    """
    Refuse payments below zero, and below the interest unless the terms allow it.

    Raises:
        ScheduleError: For the first such row.
    """
    if rule is not _REFUSE:
        covered = min(plan.payment) >= 0
    else:
        # Where no principal is below zero, only interest below zero makes a payment so.
        earns = min(found.growth.rates) >= 0
        covered = min(plan.principal) >= 0 and (earns or min(plan.payment) >= 0)
    if covered:
        return
    digits = found.loan.digits
    for index, payment in enumerate(plan.payment):
        if plan.principal[index] < 0 and rule is Shortfall.REFUSE:
            raise shortfall(
                found.rows.number[index], payment, plan.interest[index], digits
            )
        if payment < 0 and plan.principal[index] != 0:
            raise negative_payment(found.rows.number[index], payment, digits)
