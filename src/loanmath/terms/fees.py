"""Fees and charges that the plan holds, with the tax on them."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from loanmath.currency import agreed_units
from loanmath.doors import to_count, to_date, to_enum, to_text, to_tuple_of
from loanmath.rounding import Rounding, round_all
from loanmath.terms.amounts import to_amount_or_share, to_share
from loanmath.terms.contradiction import contradiction
from loanmath.terms.conventions import MAX_INSTALLMENTS_DAILY, to_optional_rounding

__all__ = [
    "Fee",
    "FeeDue",
    "FeeOf",
    "FeePaid",
    "fee_columns",
    "fee_rule",
    "to_fees",
]


class FeeOf(Enum):
    """
    What a fee is a percentage of.

    `PRINCIPAL`: the amount lent. `OUTSTANDING`: what is owed as the period opens.
    `PAYMENT`: principal and interest of the installment. `INTEREST`: its interest.
    `INSTALLMENT_PRINCIPAL`: its principal (当期应还本金).
    """

    PRINCIPAL = "principal"
    OUTSTANDING = "outstanding"
    PAYMENT = "payment"
    INTEREST = "interest"
    INSTALLMENT_PRINCIPAL = "installment_principal"


class FeeDue(Enum):
    """Whether a fee is due on `DISBURSEMENT` or with `INSTALLMENTS`."""

    DISBURSEMENT = "disbursement"
    INSTALLMENTS = "installments"


class FeePaid(Enum):
    """
    How a fee on disbursement is paid.

    `SEPARATELY`: by the borrower, on the day. `DEDUCTED`: withheld from what is paid
    out (砍头费). `FINANCED`: it joins the principal and is repaid with it.
    """

    SEPARATELY = "separately"
    DEDUCTED = "deducted"
    FINANCED = "financed"


def _to_name(name: str) -> str:
    return to_text(name, "name")


def _to_amount(amount: str | int | Decimal | Fraction) -> Decimal | Fraction:
    return to_amount_or_share(amount, "fee amount")


def _to_of(of: str | FeeOf) -> FeeOf:
    return to_enum(of, FeeOf, "of")


def _to_due(due: str | FeeDue | date) -> FeeDue | date:
    if isinstance(due, date):
        return to_date(due, "due")
    return to_enum(due, FeeDue, "due")


def _to_paid(paid: str | FeePaid) -> FeePaid:
    return to_enum(paid, FeePaid, "paid")


def _to_every(every: int) -> int:
    return to_count(every, "every", MAX_INSTALLMENTS_DAILY)


def _to_tax(tax: str | Fraction | None) -> Fraction | None:
    return None if tax is None else to_share(tax, "tax", most=2)


@frozen
class Fee:
    """
    A fee that falls due by plan, whether or not anyone is late (费用).

    Formula: `fee = amount`, or `round(share * base)`; `tax = round(fee * tax)`. Where
    an account plans installments anew, a share of what they owe follows them.

    Args:
        name: What it is for.
        amount: A flat amount in major units, or a percentage of the base, `"1%"`.
        of: The base of a percentage: `"principal"`, `"outstanding"`, `"payment"`,
            `"interest"` or `"installment_principal"`.
        due: `"disbursement"`, `"installments"`, or a date.
        paid: Of a fee on disbursement: `"separately"`, `"deducted"` or `"financed"`.
        every: Of a fee with installments: each so many of them, counted from 1.
        tax: A percentage of the fee on top of it (增值税, GST).
        rounding: The rounding of fee and tax, where it is not the loan's.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If two of them contradict each other.

    Example:
        >>> Fee("guarantee", "0.2%", of="outstanding", due="installments").amount
        Fraction(1, 500)

    ACTUS: FEB, FER, FEANX and FECL.
    """

    name: str = field(converter=_to_name)
    amount: Decimal | Fraction = field(converter=_to_amount)
    of: FeeOf = field(default=FeeOf.PRINCIPAL, converter=_to_of, kw_only=True)
    due: FeeDue | date = field(
        default=FeeDue.DISBURSEMENT, converter=_to_due, kw_only=True
    )
    paid: FeePaid = field(default=FeePaid.SEPARATELY, converter=_to_paid, kw_only=True)
    every: int = field(default=1, converter=_to_every, kw_only=True)
    tax: Fraction | None = field(default=None, converter=_to_tax, kw_only=True)
    rounding: Rounding | None = field(
        default=None, converter=to_optional_rounding, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if self.of is not FeeOf.PRINCIPAL:
            if not self.is_share:
                raise contradiction(
                    "fee of", self.of.value, "the amount is a percentage"
                )
            if self.due is FeeDue.DISBURSEMENT:
                raise contradiction("fee of", self.of.value, "a period has passed")
        if self.paid is not FeePaid.SEPARATELY and self.due is not FeeDue.DISBURSEMENT:
            raise contradiction(
                "fee paid", self.paid.value, "the fee is on disbursement"
            )
        if self.every != 1 and self.due is not FeeDue.INSTALLMENTS:
            raise contradiction("fee every", self.every, "the fee is with installments")

    @property
    def is_share(self) -> bool:
        """Whether the amount is a share of a base."""
        return isinstance(self.amount, Fraction)

    @property
    def is_rounded(self) -> bool:
        """Whether the fee or the tax on it is worked out, and so rounded."""
        return self.is_share or bool(self.tax)


def fee_columns(
    fee: Fee, bases: Sequence[int], digits: int, rounding: Rounding
) -> tuple[list[int], list[int]]:
    """
    Return the fee on each of some bases, and the tax on each, in 10^-digits units.

    Args:
        fee: The fee.
        bases: What a percentage is of, in the same units.
        digits: Decimals of the loan.
        rounding: The loan's rounding, where the fee has none of its own.

    Example:
        >>> fee = Fee("service", "1%", tax="6%")
        >>> fee_columns(fee, [1_005_000, 100], 2, Rounding())
        ([10050, 1], [603, 0])
    """
    rounded = (fee.rounding or rounding).quotient(digits)
    if isinstance(fee.amount, Fraction):
        share, whole = fee.amount.as_integer_ratio()
        units = round_all(bases, share, whole, rounded)
    else:
        units = [agreed_units(fee.amount, digits, f"fee {fee.name}")] * len(bases)
    if not fee.tax:
        return units, [0] * len(units)
    return units, round_all(units, *fee.tax.as_integer_ratio(), rounded)


def fee_rule(
    fee: Fee, digits: int, rounding: Rounding
) -> Callable[[int], tuple[int, int]]:
    """
    Return the function from a base to the fee and the tax on it, in 10^-digits units.

    Args:
        fee: The fee.
        digits: Decimals of the loan.
        rounding: The loan's rounding, where the fee has none of its own.

    Example:
        >>> charge = fee_rule(Fee("service", "1%", tax="6%"), 2, Rounding())
        >>> charge(1_005_000)
        (10050, 603)
    """

    def charge(base: int) -> tuple[int, int]:
        (units,), (tax,) = fee_columns(fee, [base], digits, rounding)
        return units, tax

    return charge


def to_fees(fees: Sequence[Fee]) -> tuple[Fee, ...]:
    """
    Return fees as a tuple, refusing everything that is not one.

    Raises:
        InputTypeError: If they are not a sequence of `Fee`.

    Example:
        >>> to_fees([Fee("opening", "50")])[0].name
        'opening'
    """
    return to_tuple_of(fees, Fee, "fees")
