"""Repayment with a charge on the original amount: a flat fee, or add-on interest."""

from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from loanmath.doors import to_enum
from loanmath.rounding import Rounding
from loanmath.terms.amounts import to_share
from loanmath.terms.conventions import (
    Residue,
    to_installments,
    to_optional_rounding,
    to_share_residue,
)

__all__ = ["AddOnInterest", "Earned", "FeeBase", "FeeTiming", "FlatFee"]


class FeeBase(Enum):
    """Whether a fee percentage is for the whole `PLAN` or for each `INSTALLMENT`."""

    PLAN = "plan"
    INSTALLMENT = "installment"


class FeeTiming(Enum):
    """Whether a fee is `SPREAD` over all installments or due with the `FIRST` one."""

    SPREAD = "spread"
    FIRST = "first"


class Earned(Enum):
    """
    How add-on interest is spread over the installments.

    `LEVEL`: the same in every installment. `BY_TIME`: in every period what its own time
    earns on the original amount. `RULE_OF_78`: in proportion to the installments that
    are left, `n, n - 1, ..., 1` (sum of the digits; 78 for twelve).
    """

    LEVEL = "level"
    BY_TIME = "by_time"
    RULE_OF_78 = "rule_of_78"


def _to_fee(fee: str | Fraction) -> Fraction:
    return to_share(fee, "fee")


def _to_base(base: str | FeeBase) -> FeeBase:
    return to_enum(base, FeeBase, "fee_for")


def _to_timing(timing: str | FeeTiming) -> FeeTiming:
    return to_enum(timing, FeeTiming, "charged")


@frozen
class FlatFee:
    """
    Equal principal and a flat fee on the original amount, no interest (分期手续费).

    Formula: `share = round(amount / count)`; for a fee of the whole plan
    `total = round(amount * fee)` and `fee share = round(total / count)`; for a fee per
    installment `fee share = round(amount * fee)`. Both residues go into the same
    installment. Shares are rounded by the loan's rule, the fee by `fee_rounding`.

    Huabei orders: `FlatFee(n, fee, residue="first", fee_rounding="half_even")` on a
    loan with `rounding="down"`. Bank cards: `residue="last"`, the fee spread or at
    once.

    Args:
        count: Installments, 1 to 1,200 (36,600 where they are daily).
        fee: The fee as a percentage of the amount, such as `"7.5%"`, or an exact share
            as a `Fraction`; 0 % to 1,000 %.
        fee_for: `"plan"` where the percentage is for the whole plan, `"installment"`
            where it is charged for each.
        charged: `"spread"` over all installments, or all with the `"first"` one.
        residue: The installment, `"last"` or `"first"`, that takes the residues;
            `"spread"`: shares are rounded down, the first so many one unit more.
        fee_rounding: The rounding of the percentage itself, where it is not the loan's.

    Raises:
        LimitError: If the count or the fee is out of range.
        InputValueError: If the fee is not a percentage.
        UnknownNameError: If a name is not known.

    Example:
        >>> FlatFee(12, "7.5%", residue="first", fee_rounding="half_even").fee
        Fraction(3, 40)

    Source: Alipay's open platform (Huabei installments: floor shares, half-even total
    fee, remainders in period 1; rates of 2022-01); bank rules as collected from
    issuers' pages (remainder in the last period, fee per period or once).
    """

    count: int = field(converter=to_installments)
    fee: Fraction = field(converter=_to_fee)
    fee_for: FeeBase = field(default=FeeBase.PLAN, converter=_to_base, kw_only=True)
    charged: FeeTiming = field(
        default=FeeTiming.SPREAD, converter=_to_timing, kw_only=True
    )
    residue: Residue = field(
        default=Residue.LAST, converter=to_share_residue, kw_only=True
    )
    fee_rounding: Rounding | None = field(
        default=None, converter=to_optional_rounding, kw_only=True
    )


def _to_earned(earned: str | Earned) -> Earned:
    return to_enum(earned, Earned, "earned")


@frozen
class AddOnInterest:
    """
    Interest on the original amount for the whole term, added on at signing (等本等息).

    Formula: `total = round(amount * sum_k f_k)`, fixed when the loan is made, and
    `payment = (amount + total) / count` in equal shares. Earned level, interest and
    principal are each cut into equal shares. Earned by time, the interest of a period
    is `round(amount * f_k)`, and the total their sum; by the rule of 78, the interest
    of the first k installments is `round(total * S_k / S_n)` with `S_k` the sum of the
    first k of `n, n - 1, ..., 1`. In both, principal is what the payment leaves.

    Args:
        count: Installments, 1 to 1,200 (36,600 where they are daily).
        earned: `"level"`, `"by_time"` or `"rule_of_78"`.
        residue: The installment, `"last"` or `"first"`, that takes the residues;
            `"spread"`: shares are rounded down, the first so many one unit more.

    Raises:
        LimitError: If the count is out of range.
        UnknownNameError: If a name is not known.

    Example:
        >>> AddOnInterest(12, earned="rule_of_78").earned
        <Earned.RULE_OF_78: 'rule_of_78'>

    Source: the add-on and rule-of-78 formulas of texts on consumer credit; in the
    United States the rule of 78 is barred for refunds on terms above 61 months
    (15 USC 1615; recalled, not checked against the text).
    """

    count: int = field(converter=to_installments)
    earned: Earned = field(default=Earned.LEVEL, converter=_to_earned, kw_only=True)
    residue: Residue = field(
        default=Residue.LAST, converter=to_share_residue, kw_only=True
    )
