"""Details of late, early and partial payments that terms leave at what is usual."""

from enum import Enum

from loanmath.term_sheets.facts import has_later_fees, saves_interest
from loanmath.terms import (
    AllocateBy,
    Allocation,
    ContractInterest,
    CreditUse,
    FirstDay,
    FutureRule,
    InstallmentLoan,
    InterestOn,
    InterestTo,
    PaymentDay,
    PenaltyBase,
    PenaltyRounded,
    PrepaymentEffect,
    RemainingFees,
    Unearned,
)
from loanmath.terms.replanning import can_be_replanned

__all__ = [
    "Detail",
    "early_details",
    "order_details",
    "penalty_details",
]


class Detail(Enum):
    """What terms of late, early and partial payments may leave open, in order."""

    PENALTY_BASE = "penalty base"
    FIRST_DAY = "first day of penalty"
    PAYMENT_DAY = "payment day"
    GRACE = "grace"
    CONTRACT_INTEREST = "contract interest"
    PENALTY_ROUNDED = "penalty rounded"
    EFFECT = "effect"
    INTEREST_TO = "interest to"
    UNEARNED = "unearned"
    REMAINING_FEES = "remaining fees"
    EARLY_FEE = "early fee"
    INTEREST_ON = "interest on"
    ORDER = "order"
    BY = "by"
    FUTURE = "future"
    CREDIT = "credit"


def penalty_details(loan: InstallmentLoan) -> tuple[Detail, ...]:
    """
    Return the details of penalty interest that are left at what is usual.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import InterestOnly, PenaltyInterest
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("0.05%/day"),
        ...     repayment=InterestOnly(3), penalty=PenaltyInterest(multiple="1.5"))
        >>> penalty_details(loan)[0].value
        'penalty base'
    """
    terms = loan.penalty
    if terms is None:
        return ()
    replaced = terms.contract_interest is ContractInterest.REPLACED
    return _those(
        (Detail.PENALTY_BASE, terms.base is PenaltyBase.PRINCIPAL),
        (Detail.FIRST_DAY, terms.first_day is FirstDay.DUE_DAY),
        (Detail.PAYMENT_DAY, terms.payment_day is PaymentDay.NOT_COUNTED),
        (Detail.GRACE, terms.grace_days == 0),
        (Detail.CONTRACT_INTEREST, replaced and loan.rate is not None),
        (Detail.PENALTY_ROUNDED, terms.rounded is PenaltyRounded.INSTALLMENT),
    )


def early_details(loan: InstallmentLoan) -> tuple[Detail, ...]:
    """
    Return the details of early repayment that are left at what is usual.

    Example:
        >>> from datetime import date
        >>> from loanmath.terms import FlatFee
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "1%"))
        >>> [detail.value for detail in early_details(loan)]
        ['effect', 'remaining fees', 'early fee']
    """
    terms, has_rate = loan.servicing.prepayment, loan.rate is not None
    on_schedule = loan.servicing.interest_on is InterestOn.SCHEDULE
    waived = terms.unearned is Unearned.WAIVED
    counts_to = has_rate and (waived or saves_interest(loan))
    waives_fees = terms.remaining_fees is RemainingFees.WAIVED
    return _those(
        (Detail.EFFECT, terms.effect is PrepaymentEffect.SHORTER),
        (Detail.INTEREST_TO, counts_to and terms.interest is InterestTo.DAY),
        (Detail.UNEARNED, has_rate and waived),
        (Detail.REMAINING_FEES, has_later_fees(loan) and waives_fees),
        (Detail.EARLY_FEE, terms.fee is None),
        (Detail.INTEREST_ON, can_be_replanned(loan) and on_schedule),
    )


def order_details(loan: InstallmentLoan) -> tuple[Detail, ...]:
    """
    Return the details of where a payment goes that are left at what is usual.

    Example:
        >>> from datetime import date
        >>> from loanmath.terms import FlatFee
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "1%"))
        >>> [detail.value for detail in order_details(loan)]
        ['order', 'by', 'future', 'credit']
    """
    terms = loan.servicing.allocation
    return _those(
        (Detail.ORDER, terms.order == Allocation().order),
        (Detail.BY, terms.by is AllocateBy.INSTALLMENT),
        (Detail.FUTURE, terms.future is FutureRule.NEXT),
        (Detail.CREDIT, loan.servicing.credit is CreditUse.APPLIED),
    )


def _those(*details: tuple[Detail, bool]) -> tuple[Detail, ...]:
    return tuple(detail for detail, is_usual in details if is_usual)
