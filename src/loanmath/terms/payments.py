"""Repayment by stated payments: fixed, stepped, graduated, or a fixed principal."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from loanmath.doors import to_count
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.rounding import Rounding
from loanmath.terms.amounts import is_percentage, to_amount, to_share
from loanmath.terms.conventions import (
    MAX_INSTALLMENTS,
    MAX_INSTALLMENTS_DAILY,
    Shortfall,
    to_installments,
    to_optional_installments,
    to_optional_rounding,
    to_shortfall,
)

__all__ = ["FixedPayment", "FixedPrincipal", "GraduatedPayment", "SteppedPayment"]


_MOST_GROWTH_BITS = 64


def _to_payment(payment: str | int | Decimal) -> Decimal:
    return to_amount(payment, "payment", least=1)


@frozen
class FixedPayment:
    """
    A stated payment in every period, interest first; the term may follow (固定还款额).

    Formula: `principal = min(payment - interest, opening)`; the last installment clears
    what is left.

    Args:
        payment: The payment of an installment in major units, above zero.
        count: Installments, 1 to 1,200 (36,600 where they are daily); the last takes
            whatever is left, and installments after repayment are zero. Left out, the
            term follows: as many installments as it takes, the last the smaller one.
        shortfall: What a payment below the interest of its period means. Only where
            the terms say `"capitalize"` may the balance grow.

    Raises:
        LimitError: If the payment or the count is out of range.
        UnknownNameError: If the shortfall is not known.

    Example:
        >>> FixedPayment("888.49").payment
        Decimal('888.49')

    ACTUS: NAM, negative amortizer, and ANN with a stated PRNXT.
    """

    payment: Decimal = field(converter=_to_payment)
    count: int | None = field(default=None, converter=to_optional_installments)
    shortfall: Shortfall = field(
        default=Shortfall.REFUSE, converter=to_shortfall, kw_only=True
    )


def _to_principal(amount: str | int | Decimal | Fraction) -> Decimal | Fraction:
    if not is_percentage(amount):
        return to_amount(amount, "amount", least=1)
    share = to_share(amount, "amount", most=1)
    if not share:
        raise LimitError("amount", got=amount, allowed="above 0%")
    return share


@frozen
class FixedPrincipal:
    """
    A stated amount or share of principal in every period, with interest on top.

    Formula: `principal = min(amount, opening)`, or `min(round(share * principal of the
    loan), opening)`; the last installment clears what is left.

    Args:
        amount: The principal of an installment in major units, above zero, or a
            percentage of the loan, such as `"5%"`.
        count: Installments, 1 to 1,200 (36,600 where they are daily); the last takes
            whatever is left. Left out, the term follows.

    Raises:
        InputValueError: If the amount is neither a number nor a percentage.
        LimitError: If the amount or the count is out of range.

    Example:
        >>> FixedPrincipal("500").amount, FixedPrincipal("5%", 12).amount
        (Decimal('500'), Fraction(1, 20))

    中文: 定额还本. ACTUS: LAM, linear amortizer, with PRNXT.
    """

    amount: Decimal | Fraction = field(converter=_to_principal)
    count: int | None = field(default=None, converter=to_optional_installments)


def _to_growth(growth: str | Fraction) -> Fraction:
    share = to_share(growth, "growth", least=Fraction(-1, 2), most=1)
    if share.denominator.bit_length() > _MOST_GROWTH_BITS:
        raise LimitError("growth", got=growth, allowed="at most 64 bits below the line")
    return share


def _to_step(every: int) -> int:
    return to_count(every, "every", MAX_INSTALLMENTS)


@frozen
class GraduatedPayment:
    """
    A payment that grows by a fixed percentage at every step (递增还款).

    Formula: `payment of step j = round(first * (1 + growth) ** j)`, where installment k
    is in step `(k - 1) // every`, and `first` is the rounded solution of
    `amount = sum_k payment_k * prod_{j<=k} 1 / (1 + f_j)`. The last installment clears
    what is left.

    Args:
        count: Installments, 1 to 1,200 (36,600 where they are daily).
        growth: The growth of a step as a percentage, -50 % to 100 %.
        every: Installments of a step, 1 to 1,200.
        rounding: The rounding of the payments, where it is not the loan's.
        shortfall: What a payment below the interest of its period means: early
            payments of a long loan often do not cover it.

    Raises:
        LimitError: If a number is out of range.
        InputValueError: If the growth is not a percentage.

    Example:
        >>> GraduatedPayment(360, "7.5%", shortfall="capitalize").every
        12

    Source: graduated payment mortgages as texts on real estate finance describe them
    (recalled).
    """

    count: int = field(converter=to_installments)
    growth: Fraction = field(converter=_to_growth)
    every: int = field(default=12, converter=_to_step, kw_only=True)
    rounding: Rounding | None = field(
        default=None, converter=to_optional_rounding, kw_only=True
    )
    shortfall: Shortfall = field(
        default=Shortfall.REFUSE, converter=to_shortfall, kw_only=True
    )


def _to_stages(
    stages: Sequence[tuple[int, str | int | Decimal | None]],
) -> tuple[tuple[int, Decimal | None], ...]:
    if isinstance(stages, (str, bytes)) or not isinstance(stages, Sequence):
        raise InputTypeError("stages", got=stages, allowed="a list of stages")
    if not 1 <= len(stages) <= MAX_INSTALLMENTS:
        raise LimitError(
            "stages", got=f"{len(stages)} stages", allowed=f"1 to {MAX_INSTALLMENTS:,}"
        )
    return tuple(_to_stage(stage, n) for n, stage in enumerate(stages, start=1))


def _to_stage(stage: object, number: int) -> tuple[int, Decimal | None]:
    what = f"stages[{number}]"
    if not isinstance(stage, (tuple, list)) or len(stage) != 2:
        raise InputTypeError(what, got=stage, allowed="(count, payment or None)")
    count, payment = stage
    return (
        to_count(count, f"{what} count", MAX_INSTALLMENTS_DAILY),
        _to_stage_payment(payment, f"{what} payment"),
    )


def _to_stage_payment(payment: object, what: str) -> Decimal | None:
    if payment is None or (type(payment) is str and payment == "solved"):
        return None
    return to_amount(payment, what)


@frozen
class SteppedPayment:
    """
    Payments in stages: so many installments of one amount, then of another (分段还款).

    Formula: `principal = payment - interest`; the payment of the one stage that states
    none is solved so that the loan is repaid. The last installment clears what is left.

    Args:
        stages: Pairs of installments and payment in major units, in order; at most one
            payment is `None`, or in a file `"solved"`, to be solved.
        rounding: The rounding of the solved payment, where it is not the loan's.
        shortfall: What a payment below the interest of its period means.

    Attributes:
        count: Installments of all stages together.

    Raises:
        InputTypeError: If the stages are not pairs.
        LimitError: If a number is out of range.
        TermsError: If more than one payment is to be solved.

    Example:
        >>> SteppedPayment([(12, "500"), (24, None)]).count
        36
    """

    stages: tuple[tuple[int, Decimal | None], ...] = field(converter=_to_stages)
    rounding: Rounding | None = field(
        default=None, converter=to_optional_rounding, kw_only=True
    )
    shortfall: Shortfall = field(
        default=Shortfall.REFUSE, converter=to_shortfall, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        unknown = [payment for _, payment in self.stages].count(None)
        if unknown > 1:
            raise TermsError(
                "stages",
                got=f"{unknown} stages without a payment",
                allowed="at most one payment to be solved",
            )
        to_count(self.count, "stages", MAX_INSTALLMENTS_DAILY)

    @property
    def count(self) -> int:
        """The number of installments."""
        return sum(count for count, _ in self.stages)

    @property
    def is_solved(self) -> bool:
        """Whether the payment of a stage is solved."""
        return any(payment is None for _, payment in self.stages)
