"""
How a loan is repaid: a closed union of methods, each a frozen value.

Every method says how many installments there are and who takes the residue that
rounding leaves. What an installment amounts to is worked out in `loanmath.schedule`.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from loanmath.daycount import DayCount, day_count
from loanmath.doors import decimal_parts, to_count, to_enum
from loanmath.errors import InputTypeError, InputValueError, LimitError
from loanmath.rates import percentage
from loanmath.rounding import Rounding, RoundingMode

__all__ = [
    "MAX_INSTALLMENTS",
    "MAX_INSTALLMENTS_DAILY",
    "EqualPrincipal",
    "FeeBase",
    "FeeTiming",
    "FlatFee",
    "InterestOnly",
    "LevelPayment",
    "PrincipalAmounts",
    "Repayment",
    "Residue",
    "Shortfall",
    "SinglePayment",
]

MAX_INSTALLMENTS = 1_200
"""The most installments of a loan whose step is longer than a day."""

MAX_INSTALLMENTS_DAILY = 36_600
"""The most installments of a loan that is repaid every day."""


class Residue(Enum):
    """Which installment takes what rounding leaves over: the `LAST` or the `FIRST`."""

    LAST = "last"
    FIRST = "first"


class Shortfall(Enum):
    """
    What a level payment below the interest of its period means.

    `REFUSE`: no schedule is planned. `CAPITALIZE`: the unpaid interest joins the
    principal, so the balance grows in that period.
    """

    REFUSE = "refuse"
    CAPITALIZE = "capitalize"


class FeeBase(Enum):
    """Whether a fee percentage is for the whole `PLAN` or for each `INSTALLMENT`."""

    PLAN = "plan"
    INSTALLMENT = "installment"


class FeeTiming(Enum):
    """Whether a fee is `SPREAD` over all installments or due with the `FIRST` one."""

    SPREAD = "spread"
    FIRST = "first"


def _to_count(count: int) -> int:
    return to_count(count, "count", MAX_INSTALLMENTS_DAILY)


def _to_residue(residue: str | Residue) -> Residue:
    return to_enum(residue, Residue, "residue")


def _to_shortfall(shortfall: str | Shortfall) -> Shortfall:
    return to_enum(shortfall, Shortfall, "shortfall")


def _to_optional_rounding(rounding: str | Rounding | None) -> Rounding | None:
    return None if rounding is None else to_rounding(rounding)


def to_rounding(rounding: str | RoundingMode | Rounding) -> Rounding:
    """
    Return a rounding rule, given itself, a mode or a mode's name.

    Raises:
        UnknownNameError: If no mode has that name.
        InputTypeError: If it is of another type.

    Example:
        >>> to_rounding("down").mode.value
        'down'
    """
    if type(rounding) is Rounding:
        return rounding
    if not isinstance(rounding, (str, RoundingMode)):
        raise InputTypeError("rounding", got=rounding, allowed="Rounding or its mode")
    return Rounding(rounding)


def _to_optional_day_count(name: str | DayCount | None) -> DayCount | None:
    return None if name is None else day_count(name)


@frozen
class LevelPayment:
    """
    The same payment in every period, interest and principal together (等额本息).

    Formula: `payment = round(principal / sum_k prod_{j<=k} 1 / (1 + f_j))` with the
    period factors `f_j` = rate x time of period j; with equal factors that is
    `principal * f / (1 - (1 + f)**-count)`. Interest is rounded per period, and
    principal = payment - interest.

    Args:
        count: Installments, 1 to 1,200 (36,600 where they are daily).
        residue: `"last"`: the last installment clears what rounding leaves.
            `"first"`: the first principal is the one after which the last payment
            comes nearest to the level (of two, the one that leaves more owed). The
            last payment takes what then remains, up to half of what a cent grows to
            in the meantime: a cent or two at ordinary rates.
        rounding: The rounding of the payment, where it is not the loan's (for example
            whole yuan: `Rounding("ceiling", unit="1")`).
        sized_by: The day count that the payment is worked out with, where it is not the
            one that interest accrues with: `"30/360 CN"` sizes every monthly payment on
            30 days while interest runs by actual days.
        shortfall: What a payment below the interest of its period means.

    Raises:
        LimitError: If the count is out of range.
        UnknownNameError: If a name is not known.

    Example:
        >>> LevelPayment(12).residue
        <Residue.LAST: 'last'>

    ACTUS: ANN, annuity. Source: the construction with a balancing last payment is
    confirmed to the fen by a published 300-month schedule (580,000 at 5.78 %).
    """

    count: int = field(converter=_to_count)
    residue: Residue = field(default=Residue.LAST, converter=_to_residue, kw_only=True)
    rounding: Rounding | None = field(
        default=None, converter=_to_optional_rounding, kw_only=True
    )
    sized_by: DayCount | None = field(
        default=None, converter=_to_optional_day_count, kw_only=True
    )
    shortfall: Shortfall = field(
        default=Shortfall.REFUSE, converter=_to_shortfall, kw_only=True
    )


@frozen
class EqualPrincipal:
    """
    The same principal in every period, with interest on what is owed (等额本金).

    Formula: `principal = round(amount / count)`, the residue in one installment;
    `interest = round(opening * f_k)`.

    Args:
        count: Installments, 1 to 1,200 (36,600 where they are daily).
        residue: The installment, `"last"` or `"first"`, that takes the residue.

    Raises:
        LimitError: If the count is out of range.
        UnknownNameError: If the residue is not known.

    Example:
        >>> EqualPrincipal(12, residue="first").residue.value
        'first'

    ACTUS: LAM, linear amortizer.
    """

    count: int = field(converter=_to_count)
    residue: Residue = field(default=Residue.LAST, converter=_to_residue, kw_only=True)


@frozen
class InterestOnly:
    """
    Interest in every period, the whole principal with the last one (先息后本).

    Formula: `interest = round(principal * f_k)`.

    Args:
        count: Installments, 1 to 1,200 (36,600 where they are daily).

    Raises:
        LimitError: If the count is out of range.

    Example:
        >>> InterestOnly(12).count
        12

    ACTUS: PAM, principal at maturity, with an interest cycle.
    """

    count: int = field(converter=_to_count)


@frozen
class SinglePayment:
    """
    One repayment at the end, principal and all interest together (到期一次还本付息).

    Formula: `interest = round(principal * rate * time)`, simple over the whole term.

    Args:
        count: Steps of the loan's `every` from disbursement to the repayment, 1 to
            1,200 (36,600 where they are daily).

    Raises:
        LimitError: If the count is out of range.

    Example:
        >>> SinglePayment(6).count
        6

    ACTUS: PAM, principal at maturity, without an interest cycle.
    """

    count: int = field(converter=_to_count)


def _to_fee(fee: str | Fraction) -> Fraction:
    share = fee if type(fee) is Fraction else percentage(fee, "fee")
    if not 0 <= share <= 10:
        raise LimitError("fee", got=fee, allowed="0% to 1,000%")
    return share


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
        residue: The installment, `"last"` or `"first"`, that takes the residues.
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

    count: int = field(converter=_to_count)
    fee: Fraction = field(converter=_to_fee)
    fee_for: FeeBase = field(default=FeeBase.PLAN, converter=_to_base, kw_only=True)
    charged: FeeTiming = field(
        default=FeeTiming.SPREAD, converter=_to_timing, kw_only=True
    )
    residue: Residue = field(default=Residue.LAST, converter=_to_residue, kw_only=True)
    fee_rounding: Rounding | None = field(
        default=None, converter=_to_optional_rounding, kw_only=True
    )


def _to_amounts(amounts: Sequence[str | int | Decimal]) -> tuple[Decimal, ...]:
    if isinstance(amounts, (str, bytes)) or not isinstance(amounts, Sequence):
        raise InputTypeError("amounts", got=amounts, allowed="a list of amounts")
    if not 1 <= len(amounts) <= MAX_INSTALLMENTS_DAILY:
        raise LimitError(
            "amounts",
            got=f"{len(amounts)} amounts",
            allowed=f"1 to {MAX_INSTALLMENTS_DAILY:,} amounts",
        )
    return tuple(
        _to_amount(amount, f"amounts[{number}]")
        for number, amount in enumerate(amounts, start=1)
    )


def _to_amount(amount: object, what: str) -> Decimal:
    coefficient, exponent = decimal_parts(amount, what)
    if coefficient < 0:
        raise InputValueError(what, got=amount, allowed="zero or above")
    return Decimal((0, tuple(map(int, str(coefficient))), exponent))


@frozen
class PrincipalAmounts:
    """
    A stated amount of principal for every installment (不规则还款计划).

    Formula: `interest = round(opening * f_k)`; the amounts sum to the principal.

    Args:
        amounts: The principal of each installment in major units, zero or above; as
            many as there are installments.

    Raises:
        InputTypeError: If the amounts are not a sequence of `str`, `int` or `Decimal`.
        InputValueError: If one is negative.
        LimitError: If there is none, or more than 36,600.

    Example:
        >>> PrincipalAmounts(["100", "0", "250"]).count
        3

    ACTUS: LAX, exotic linear amortizer, with decreasing steps only.
    """

    amounts: tuple[Decimal, ...] = field(converter=_to_amounts)

    @property
    def count(self) -> int:
        """The number of installments."""
        return len(self.amounts)


Repayment: TypeAlias = (
    LevelPayment
    | EqualPrincipal
    | InterestOnly
    | SinglePayment
    | FlatFee
    | PrincipalAmounts
)
"""The closed union of repayment methods."""


def to_repayment(repayment: Repayment) -> Repayment:
    """
    Return a repayment method, refusing everything that is not one.

    Raises:
        InputTypeError: If it is not one of the methods, or a method's class.

    Example:
        >>> to_repayment(LevelPayment(12)).count
        12
    """
    kinds = (
        LevelPayment,
        EqualPrincipal,
        InterestOnly,
        SinglePayment,
        FlatFee,
        PrincipalAmounts,
    )
    if type(repayment) not in kinds:
        raise InputTypeError(
            "repayment",
            got=repayment,
            allowed=", ".join(f"{kind.__name__}(...)" for kind in kinds),
        )
    return repayment
