"""The payment of a plan in stages, each of so many equal periods, solved exactly."""

from typing import NamedTuple

from loanmath.arithmetic.level import FILTER_FROM
from loanmath.arithmetic.rounded import Rounded
from loanmath.arithmetic.solution import PaymentRows, equal_rows, solved_payment
from loanmath.arithmetic.walk import DUE, Opening

__all__ = ["Stages", "staged_payment"]


class Stages(NamedTuple):
    """
    Payments that stay for so many installments each, as columns.

    Attributes:
        lengths: How many installments.
        weights: How many times the unknown payment is paid, in parts of
            1 / weight_unit; zero where it is not.
        stated: A stated payment, or `None`.
        weight_unit: Of weights.
    """

    lengths: list[int]
    weights: list[int]
    stated: list[int | None]
    weight_unit: int

    def rows(self, factor: int, denominator: int) -> PaymentRows:
        """Return what the unknown payment is solved over, of equal periods."""
        count = len(self.lengths)
        nothing = [0] * count
        return PaymentRows(
            [factor] * count,
            nothing,
            nothing,
            [DUE] * count,
            self.weights,
            self.stated,
            denominator,
            self.weight_unit,
            self.lengths,
        )


def staged_payment(
    owed: int, stages: Stages, factor: int, denominator: int, rounded: Rounded
) -> int:
    """
    Return the unknown payment of stages that repay what is owed over equal periods.

    Formula: that of `solved_payment`, with one power for all periods of a stage.

    Args:
        owed: What is owed before the first period.
        stages: The payments, of which one at least has a weight.
        factor: The growth numerator of every period, above `-denominator`.
        denominator: Of the factor.
        rounded: The rounding of the payment.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> stages = Stages([1, 1], [0, 1], [5_000, None], 1)
        >>> staged_payment(10_000, stages, 1, 100, Rounding().quotient(2))
        5151

    中文: 分段还款的月供.
    """
    if sum(stages.lengths) >= FILTER_FROM:
        rows = stages.rows(factor, denominator)
        return solved_payment(Opening(owed), rows, 0, rounded)
    paid, scale = 0, 1
    columns = zip(stages.lengths, stages.weights, stages.stated, strict=True)
    for length, weight, stated in columns:
        grown, flat, summed = equal_rows(factor, denominator, length)
        summed *= denominator * scale
        owed = owed * grown - (stated or 0) * summed
        paid = paid * grown + weight * summed
        scale *= flat
    return rounded(owed * stages.weight_unit, paid)
