"""From terms to integer columns: one function per repayment method."""

from operator import add

from loanmath.arithmetic import (
    Growing,
    Rounded,
    Walk,
    amortize_payments,
    amortize_principals,
    distribute,
    level_installment,
)
from loanmath.currency import agreed_units
from loanmath.errors import InvariantError
from loanmath.schedule.columns import Columns
from loanmath.schedule.detailed import resolve_detailed
from loanmath.schedule.flat import flat_fees
from loanmath.schedule.nearest import plan_first
from loanmath.schedule.periods import Growth, Periods, growth, resolve_periods
from loanmath.schedule.refusals import negative_payment, shortfall
from loanmath.terms import (
    EqualPrincipal,
    FlatFee,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    Repayment,
    Residue,
    Shortfall,
    SinglePayment,
)

__all__ = ["level_payment_units", "resolve", "resolve_plain"]

# Looking a member up in its class costs more than comparing with it.
_FIRST, _REFUSE = Residue.FIRST, Shortfall.REFUSE


def resolve(loan: InstallmentLoan) -> Columns:
    """
    Return the columns that the terms agree on.

    Raises:
        ScheduleError: If no plan follows from the terms.
        DayCountError: If the day count has no meaning for a period.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> loan = InstallmentLoan(currency="CNY", principal=3, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=EqualPrincipal(2),
        ...     rate=Rate("1%/month"))
        >>> resolve(loan).payment
        (153, 152)
    """
    if not loan.is_plain:
        return resolve_detailed(loan)
    periods = resolve_periods(loan)
    return resolve_plain(loan, periods, growth(loan, periods, loan.counted_by))


def resolve_plain(loan: InstallmentLoan, periods: Periods, grown: Growth) -> Columns:
    """
    Return the columns of plain terms on periods and growth that are known.

    Raises:
        ScheduleError: If no plan follows from the terms.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> loan = InstallmentLoan(currency="CNY", principal=3, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=EqualPrincipal(2),
        ...     rate=Rate("1%/month"))
        >>> periods = resolve_periods(loan)
        >>> resolve_plain(loan, periods, Growth([1, 1], 100)) == resolve(loan)
        True
    """
    repayment = loan.repayment
    if isinstance(repayment, LevelPayment):
        return _columns(periods, _level(loan, repayment, periods, grown))
    rounded = loan.rounding.quotient(loan.digits)
    principals = _principals(loan, repayment, len(periods.end), rounded)
    plan = amortize_principals(loan.principal_units, principals, *grown, rounded)
    if isinstance(repayment, FlatFee):
        fees = flat_fees(loan, repayment)
        payments = list(map(add, plan.payment, fees))
        return _columns(periods, plan._replace(payment=payments), fees)
    return _columns(periods, plan)


def _columns(periods: Periods, plan: Walk, fees: list[int] | None = None) -> Columns:
    if plan.closing[-1] != 0:
        raise InvariantError("last balance", got=plan.closing[-1], allowed="zero")
    end = tuple(periods.end)
    nothing = (0,) * len(end)
    return Columns(
        tuple(periods.start),
        end,
        end if periods.due is periods.end else tuple(periods.due),
        tuple(plan.opening),
        tuple(plan.payment),
        tuple(plan.principal),
        tuple(plan.interest),
        nothing if fees is None else tuple(fees),
        tuple(plan.closing),
        nothing,
        nothing,
        nothing,
    )


def _principals(
    loan: InstallmentLoan,
    repayment: Repayment,
    count: int,
    rounded: Rounded,
) -> list[int]:
    units = loan.principal_units
    match repayment:
        case EqualPrincipal(residue=residue) | FlatFee(residue=residue):
            share = rounded(units, count)
            return distribute(units, count, share, first=residue is Residue.FIRST)
        case InterestOnly() | SinglePayment():
            return [0] * (count - 1) + [units]
        case PrincipalAmounts(amounts=amounts):
            return [agreed_units(amount, loan.digits, "amounts") for amount in amounts]
        case _:
            raise InvariantError(
                "repayment", got=type(repayment).__name__, allowed="a plain method"
            )


def _level(
    loan: InstallmentLoan, terms: LevelPayment, periods: Periods, grown: Growth
) -> Walk:
    units, rounded = loan.principal_units, loan.rounding.quotient(loan.digits)
    if terms.sized_by is None and terms.rounding is None:
        payment = level_installment(units, *grown, rounded)
    else:
        payment = level_payment_units(loan, terms, periods, grown)
    payments = [payment] * len(periods.end)
    if terms.residue is _FIRST and len(payments) > 1:
        plan = plan_first(units, payment, Growing.of(*grown, rounded))
    else:
        plan = amortize_payments(units, payments, *grown, rounded)
    if terms.shortfall is _REFUSE and min(plan.principal) < 0:
        row = next(k for k, principal in enumerate(plan.principal) if principal < 0)
        raise shortfall(row + 1, plan.payment[row], plan.interest[row], loan.digits)
    if min(plan.payment) < 0:
        row = next(k for k, payment in enumerate(plan.payment) if payment < 0)
        raise negative_payment(row + 1, plan.payment[row], loan.digits)
    return plan


def level_payment_units(
    loan: InstallmentLoan, terms: LevelPayment, periods: Periods, grown: Growth
) -> int:
    """Return the level payment of the terms, in units of 10^-digits."""
    if terms.sized_by is not None:
        grown = growth(loan, periods, terms.sized_by)
    rounded = (terms.rounding or loan.rounding).quotient(loan.digits)
    return level_installment(loan.principal_units, *grown, rounded)
