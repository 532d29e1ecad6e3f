"""What the borrower may do before time, and what that costs or saves."""

from decimal import Decimal
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from loanmath.doors import to_count, to_enum
from loanmath.errors import InputTypeError, TermsError
from loanmath.rounding import Rounding
from loanmath.terms.amounts import to_amount, to_amount_or_share
from loanmath.terms.conventions import to_optional_rounding

__all__ = [
    "InterestTo",
    "Prepayment",
    "PrepaymentEffect",
    "PrepaymentFee",
    "RemainingFees",
    "Unearned",
    "to_prepayment",
]


class PrepaymentEffect(Enum):
    """
    What a partial prepayment changes.

    `SHORTER`: payments stay, the term is shorter (缩短期限). `SMALLER`: the term stays,
    payments are smaller (减少月供). `NEXT`: the next principals are paid with it.
    """

    SHORTER = "shorter"
    SMALLER = "smaller"
    NEXT = "next"


class InterestTo(Enum):
    """Whether prepaid principal bears interest to the `DAY`, or its `PERIOD`'s end."""

    DAY = "day"
    PERIOD = "period"


class Unearned(Enum):
    """
    What becomes of the interest of periods to come when all is repaid.

    `WAIVED`: it is not owed. `DUE`: all of it is. `RULE_OF_78`: all of it is, less the
    rebate by the sum of digits of the periods not begun.
    """

    WAIVED = "waived"
    DUE = "due"
    RULE_OF_78 = "rule_of_78"


class RemainingFees(Enum):
    """Whether the fees of installments to come are `WAIVED` or `DUE` on a payoff."""

    WAIVED = "waived"
    DUE = "due"


def _to_amount(amount: object) -> Decimal | Fraction | None:
    return None if amount is None else to_amount_or_share(amount, "fee amount")


def _to_months(months: object) -> int | None:
    return None if months is None else to_count(months, "months_of_interest", 12)


def _to_within(within: object) -> int | None:
    return None if within is None else to_count(within, "within", 1_200)


def _to_least(amount: object) -> Decimal:
    return to_amount(amount, "least")


@frozen
class PrepaymentFee:
    """
    What early repayment costs: an amount, a percentage, or months of interest (违约金).

    Formula: `max(least, round(share * principal prepaid))`, or `max(least, months *
    round(principal prepaid * monthly rate))`, where a month is 30 days of a daily rate
    and a twelfth of a yearly one.

    Args:
        amount: A flat amount, or a percentage of the principal that is prepaid.
        months_of_interest: Or so many months of interest on that principal.
        within: The fee is charged only before this many installments fell due.
        least: The smallest fee, in major units.
        rounding: How it is rounded, where not as the loan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If not exactly one of amount and months is given.

    Example:
        >>> PrepaymentFee("1%").amount
        Fraction(1, 100)
    """

    amount: Decimal | Fraction | None = field(default=None, converter=_to_amount)
    months_of_interest: int | None = field(
        default=None, converter=_to_months, kw_only=True
    )
    within: int | None = field(default=None, converter=_to_within, kw_only=True)
    least: Decimal = field(default=Decimal(0), converter=_to_least, kw_only=True)
    rounding: Rounding | None = field(
        default=None, converter=to_optional_rounding, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if (self.amount is None) == (self.months_of_interest is None):
            raise TermsError(
                "prepayment fee",
                got="both" if self.amount is not None else "neither",
                allowed="exactly one of amount and months_of_interest",
            )


def _to_effect(effect: object) -> PrepaymentEffect:
    return to_enum(effect, PrepaymentEffect, "effect")


def _to_interest(interest: object) -> InterestTo:
    return to_enum(interest, InterestTo, "interest")


def _to_unearned(unearned: object) -> Unearned:
    return to_enum(unearned, Unearned, "unearned")


def _to_remaining(fees: object) -> RemainingFees:
    return to_enum(fees, RemainingFees, "remaining_fees")


@frozen(kw_only=True)
class Prepayment:
    """
    The rules of early repayment, in part and in full (提前还款).

    Args:
        effect: What a partial prepayment changes, unless the payment itself says so:
            `"shorter"`, `"smaller"` or `"next"`.
        interest: Whether prepaid principal bears interest to the `"day"`, or to the
            end of the `"period"` it is prepaid in.
        unearned: What becomes of later interest on a full repayment: `"waived"`,
            `"due"` or `"rule_of_78"`.
        remaining_fees: Whether later fees are then `"waived"` or `"due"`.
        fee: What early repayment costs.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If a name is not known.

    Example:
        >>> Prepayment(effect="smaller").effect.value
        'smaller'

    Source: interest for the time the loan was used, unless agreed otherwise: Civil Code
    of the PRC, art. 677 (in force 2021-01-01). Rule of 78: sum of digits.
    """

    effect: PrepaymentEffect = field(
        default=PrepaymentEffect.SHORTER, converter=_to_effect
    )
    interest: InterestTo = field(default=InterestTo.DAY, converter=_to_interest)
    unearned: Unearned = field(default=Unearned.WAIVED, converter=_to_unearned)
    remaining_fees: RemainingFees = field(
        default=RemainingFees.WAIVED, converter=_to_remaining
    )
    fee: PrepaymentFee | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        if self.fee is not None and type(self.fee) is not PrepaymentFee:
            raise InputTypeError("fee", got=self.fee, allowed="PrepaymentFee(...)")


def to_prepayment(prepayment: Prepayment) -> Prepayment:
    """
    Return the rules of early repayment, refusing anything else.

    Raises:
        InputTypeError: If it is not a `Prepayment`.

    Example:
        >>> to_prepayment(Prepayment()).interest.value
        'day'
    """
    if type(prepayment) is not Prepayment:
        raise InputTypeError("prepayment", got=prepayment, allowed="Prepayment(...)")
    return prepayment
