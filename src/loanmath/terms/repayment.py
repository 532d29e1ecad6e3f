"""
How a loan is repaid, where the terms leave the payment to be worked out.

Every method says how many installments there are and who takes the residue that
rounding leaves. What an installment amounts to is worked out in `loanmath.schedule`.
"""

from collections.abc import Sequence
from decimal import Decimal

from attrs import field, frozen

from loanmath.daycount import DayCount
from loanmath.errors import InputTypeError, LimitError
from loanmath.rounding import Rounding
from loanmath.terms.amounts import to_amount
from loanmath.terms.conventions import (
    MAX_INSTALLMENTS_DAILY,
    RateChange,
    Residue,
    Shortfall,
    to_installments,
    to_optional_day_count,
    to_optional_installments,
    to_optional_rounding,
    to_rate_change,
    to_residue,
    to_share_residue,
    to_shortfall,
)

__all__ = [
    "EqualPrincipal",
    "InterestOnly",
    "LevelPayment",
    "PrincipalAmounts",
    "SinglePayment",
]


def _to_balloon(balloon: str | int | Decimal | None) -> Decimal | None:
    return None if balloon is None else to_amount(balloon, "balloon", least=1)


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
            comes nearest to the level (of two, the one that leaves more owed; where all
            is repaid before a drawdown, the one nearest to the level). The last payment
            takes what then remains, up to half of what a cent grows to in the meantime:
            a cent or two at ordinary rates. `"spread"`: the payment is rounded down,
            and the first so many are one unit more, as many as bring the last payment
            nearest to it. `"second_pass"`: see `Residue`.
        rounding: The rounding of the payment, where it is not the loan's (for example
            whole yuan: `Rounding("ceiling", unit="1")`).
        sized_by: The day count that the payment is worked out with, where it is not the
            one that interest accrues with: `"30/360 CN"` sizes every monthly payment on
            30 days while interest runs by actual days.
        shortfall: What a payment below the interest of its period means.
        balloon: Principal that stays until the last installment and is paid on top of
            it (尾款): `payment = round((principal - balloon * v) / annuity)` with `v` =
            the product of all `1 / (1 + f_j)`.
        amortized_over: Installments that the payment is sized for, where they are more
            than `count`; the last of the `count` installments clears what is left.
        on_rate_change: What a change of the rate changes: the `"payment"`, the
            `"term"`, the last `"balance"`, or nothing that was not `"foreseen"`.

    Raises:
        LimitError: If the count, the balloon or the longer term is out of range.
        UnknownNameError: If a name is not known.

    Example:
        >>> LevelPayment(12).residue
        <Residue.LAST: 'last'>

    ACTUS: ANN, annuity. Source: the construction with a balancing last payment is
    confirmed to the fen by a published 300-month schedule (580,000 at 5.78 %).
    """

    count: int = field(converter=to_installments)
    residue: Residue = field(default=Residue.LAST, converter=to_residue, kw_only=True)
    rounding: Rounding | None = field(
        default=None, converter=to_optional_rounding, kw_only=True
    )
    sized_by: DayCount | None = field(
        default=None, converter=to_optional_day_count, kw_only=True
    )
    shortfall: Shortfall = field(
        default=Shortfall.REFUSE, converter=to_shortfall, kw_only=True
    )
    balloon: Decimal | None = field(default=None, converter=_to_balloon, kw_only=True)
    amortized_over: int | None = field(
        default=None, converter=to_optional_installments, kw_only=True
    )
    on_rate_change: RateChange = field(
        default=RateChange.PAYMENT, converter=to_rate_change, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if self.amortized_over is not None and self.amortized_over <= self.count:
            raise LimitError(
                "amortized_over",
                got=self.amortized_over,
                allowed=f"more than the {self.count} installments",
            )


@frozen
class EqualPrincipal:
    """
    The same principal in every period, with interest on what is owed (等额本金).

    Formula: `principal = round((amount - balloon) / count)`, the residue in one
    installment; `interest = round(opening * f_k)`. Where principal is drawn or interest
    is capitalized on the way, the shares that are left are worked out anew.

    Args:
        count: Installments, 1 to 1,200 (36,600 where they are daily).
        residue: The installment, `"last"` or `"first"`, that takes the residue;
            `"spread"`: shares are rounded down, the first so many one unit more.
        balloon: Principal that is paid with the last installment on top of its share.

    Raises:
        LimitError: If the count or the balloon is out of range.
        UnknownNameError: If the residue is not known, or is for level payments only.

    Example:
        >>> EqualPrincipal(12, residue="first").residue.value
        'first'

    ACTUS: LAM, linear amortizer.
    """

    count: int = field(converter=to_installments)
    residue: Residue = field(
        default=Residue.LAST, converter=to_share_residue, kw_only=True
    )
    balloon: Decimal | None = field(default=None, converter=_to_balloon, kw_only=True)


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

    count: int = field(converter=to_installments)


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

    count: int = field(converter=to_installments)


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
        to_amount(amount, f"amounts[{number}]")
        for number, amount in enumerate(amounts, start=1)
    )


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
