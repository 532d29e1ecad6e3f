"""Installments on a line: what a conversion costs, and what ends it early."""

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from loanmath.doors import to_count, to_enum
from loanmath.errors import InputTypeError, InputValueError, TermsError
from loanmath.rounding import Rounding
from loanmath.terms.amounts import to_share
from loanmath.terms.conventions import to_optional_rounding

__all__ = [
    "EarlyFee",
    "FeeBilled",
    "FeeReturn",
    "InstallmentTerms",
    "PlanRefund",
    "PlanResidue",
    "PlanSplit",
]

_MOST_COUNT = 120


class FeeBilled(Enum):
    """Whether the fee is billed with `EACH` installment, or whole with the `FIRST`."""

    EACH = "each"
    FIRST = "first"


class PlanResidue(Enum):
    """Which installment takes what does not divide evenly: the `FIRST` or `LAST`."""

    FIRST = "first"
    LAST = "last"


class PlanSplit(Enum):
    """
    Whether principal and fee are divided `APART`, each for itself, or `TOGETHER`.

    `TOGETHER`: their sum is divided, and the fee of an installment is what principal
    leaves of it; none is below zero.
    """

    APART = "apart"
    TOGETHER = "together"


class EarlyFee(Enum):
    """
    What becomes of fees not yet billed when a plan is settled early.

    `DUE`: all fall due. `WAIVED`: none does. `SHARE`: none does, but a share of the
    principal that is settled is charged.
    """

    DUE = "due"
    WAIVED = "waived"
    SHARE = "share"


class PlanRefund(Enum):
    """
    What a refund of a converted purchase does.

    `SPLIT_ANEW`: the plan ends, and what is left after the refund is split over as many
    installments again. `KEPT`: the plan goes on, and the refund is a credit.
    """

    SPLIT_ANEW = "split_anew"
    KEPT = "kept"


class FeeReturn(Enum):
    """
    What of a fee is returned with a refund.

    `NONE`: nothing. `UNBILLED`: of a whole refund, `installments not yet billed /
    installments * fee`; of a part, `refund / principal * fee`, as far as it is of
    installments not yet billed. `WHOLE`: all of it, once all that was converted was
    refunded; the plan is kept, and its fee billed as before. Of a plan that is over,
    nothing.
    """

    NONE = "none"
    UNBILLED = "unbilled"
    WHOLE = "whole"


def _to_fees(fees: object) -> tuple[tuple[int, Fraction], ...]:
    pairs = list(fees.items()) if isinstance(fees, Mapping) else fees
    if not isinstance(pairs, (list, tuple)) or not pairs:
        raise InputTypeError("fees", got=fees, allowed="fees by installments")
    found = {}
    for pair in pairs:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise InputTypeError("fees", got=pair, allowed="installments, a share")
        count = to_count(pair[0], "installments", _MOST_COUNT)
        found[count] = to_share(pair[1], "fee", most=1)
    if len(found) != len(pairs):
        raise TermsError("fees", got=sorted(found), allowed="every count once")
    return tuple(sorted(found.items()))


def _to_billed(billed: str | FeeBilled) -> FeeBilled:
    return to_enum(billed, FeeBilled, "billed")


def _to_residue(residue: str | PlanResidue) -> PlanResidue:
    return to_enum(residue, PlanResidue, "residue")


def _to_split(split: str | PlanSplit) -> PlanSplit:
    return to_enum(split, PlanSplit, "split")


def _to_early(early: str | EarlyFee) -> EarlyFee:
    return to_enum(early, EarlyFee, "early")


def _to_early_share(share: str | Fraction | None) -> Fraction | None:
    return None if share is None else to_share(share, "early_share", most=1)


def _to_refund(refund: str | PlanRefund) -> PlanRefund:
    return to_enum(refund, PlanRefund, "refund")


def _to_fee_return(returned: str | FeeReturn) -> FeeReturn:
    return to_enum(returned, FeeReturn, "fee_return")


@frozen(kw_only=True)
class InstallmentTerms:
    """
    What it costs to pay a purchase or a bill in installments (账单分期, 消费分期).

    Formula: principal and fee are each split evenly, down to the rounding's unit; the
    residue of both goes to one installment. Split together, the sum of both is, and
    `fee = installment - principal`.

    Args:
        fees: The fee of the whole plan as a share of the amount, by the number of
            installments, as `{3: "2.3%", 12: "7.5%"}`; `"0%"` where the merchant pays.
        billed: Whether the fee is billed with `"each"` installment or whole with the
            `"first"`.
        residue: Which installment takes what does not divide: `"first"` or `"last"`.
        split: Whether principal and fee are divided `"apart"`, each for itself, or
            `"together"`, so that installments are even.
        rounding: How the fee of the plan is rounded; left out, half up to the minor
            unit.
        early: What becomes of fees not yet billed when a plan is settled early:
            `"due"`, `"waived"` or `"share"`.
        early_share: The share of the settled principal that is then charged.
        refund: What a refund of a converted purchase does: `"split_anew"` or `"kept"`.
        fee_return: What of a fee comes back with it: `"none"`, `"unbilled"` or
            `"whole"`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If two of the terms have no meaning together.

    Example:
        >>> InstallmentTerms(fees={3: "2.3%", 12: "7.5%"}).fee(12)
        Fraction(3, 40)

    Source: the families of published bank rules: fees due at once (CCB, CMB, Hua Xia),
    waived (ABC), 3% of what is settled (SPDB); refunds split anew (Ping An, CIB, CMB)
    or credited (ABC, CEB, CGB, CMBC, BOC, which give the whole fee back with a whole
    refund: wwpfw.com/xinyongqiataoxian/15282); fee return of Hua Xia.
    """

    fees: tuple[tuple[int, Fraction], ...] = field(converter=_to_fees)
    billed: FeeBilled = field(default=FeeBilled.EACH, converter=_to_billed)
    residue: PlanResidue = field(default=PlanResidue.LAST, converter=_to_residue)
    rounding: Rounding | None = field(default=None, converter=to_optional_rounding)
    split: PlanSplit = field(default=PlanSplit.APART, converter=_to_split)
    early: EarlyFee = field(default=EarlyFee.DUE, converter=_to_early)
    early_share: Fraction | None = field(default=None, converter=_to_early_share)
    refund: PlanRefund = field(default=PlanRefund.KEPT, converter=_to_refund)
    fee_return: FeeReturn = field(default=FeeReturn.NONE, converter=_to_fee_return)

    def __attrs_post_init__(self) -> None:
        if (self.early is EarlyFee.SHARE) != (self.early_share is not None):
            raise TermsError(
                "early_share",
                got=None if self.early_share is None else str(self.early_share),
                allowed="a share where early is 'share', and only there",
            )
        billed_at_once = self.billed is FeeBilled.FIRST
        if self.fee_return is FeeReturn.UNBILLED and not billed_at_once:
            raise TermsError(
                "fee_return",
                got=self.fee_return.value,
                allowed="'none', where the fee is billed with each installment",
            )
        kept = self.refund is PlanRefund.KEPT
        if self.fee_return is FeeReturn.WHOLE and not kept:
            raise TermsError(
                "fee_return",
                got=self.fee_return.value,
                allowed="'none' or 'unbilled', where a refund ends the plan",
            )
        if self.split is PlanSplit.TOGETHER and billed_at_once:
            raise TermsError(
                "split",
                got=self.split.value,
                allowed="'apart', where the fee is billed whole",
            )

    def fee(self, count: int) -> Fraction:
        """
        Return the fee of a plan as a share of its amount.

        Args:
            count: The number of installments.

        Raises:
            InputTypeError: If it is not an `int`.
            InputValueError: If there is no plan of so many installments.

        Example:
            >>> InstallmentTerms(fees={3: "2.3%"}).fee(3)
            Fraction(23, 1000)
        """
        found = dict(self.fees).get(to_count(count, "installments", _MOST_COUNT))
        if found is None:
            known = ", ".join(str(number) for number, _ in self.fees)
            raise InputValueError("installments", got=count, allowed=known)
        return found
