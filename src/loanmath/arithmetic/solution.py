"""The payment that repays a loan over any rows, solved exactly."""

from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

from loanmath.arithmetic.level import FILTER_BITS, level_installment
from loanmath.arithmetic.rounded import Rounded
from loanmath.arithmetic.walk import CARRIED, DUE, Opening

__all__ = ["PaymentRows", "exact_solution", "solved_payment"]


class PaymentRows(NamedTuple):
    """
    The rows that an unknown payment repays a loan over, as columns.

    Attributes:
        factors: Growth numerators, each above `-denominator`.
        drawn: Principal drawn in the row.
        extra: Numerators of the interest that drawn principal earns in its row.
        treatments: `DUE`, `CARRIED` or `CAPITALIZED`.
        weights: How many times the unknown payment is paid, in parts of
            1 / weight_unit; zero where it is not.
        stated: A stated payment, or `None` where the row has none.
        denominator: Of factors and extras.
        weight_unit: Of weights.
    """

    factors: list[int]
    drawn: Sequence[int]
    extra: list[int]
    treatments: Sequence[int]
    weights: Sequence[int]
    stated: Sequence[int | None]
    denominator: int
    weight_unit: int = 1


def solved_payment(
    start: Opening, rows: PaymentRows, balloon: int, rounded: Rounded
) -> int:
    """
    Return the payment after which the unrounded balance ends at the balloon.

    Formula: without rounding, the last balance is linear in the payment `a`, so
    `a = (p * owed + q * accrued + c - balloon) / v`, with the coefficients of
    `last = p * owed + q * accrued + c - v * a` worked out from the last row back; the
    quotient is rounded once, ties exact.

    Args:
        start: What is owed before the first row.
        rows: The rows; the interest of the last one is due.
        balloon: What is to be owed after the last row.
        rounded: The rounding of the payment.

    Returns:
        The payment; negative where draws and stated payments leave it so.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> rows = PaymentRows([1, 1], [0, 0], [0, 0], [DUE, DUE], [0, 1],
        ...     [None, None], 100)
        >>> solved_payment(Opening(10_000), rows, 0, Rounding().quotient(2))
        10100

    中文: 等额本息月供. ACTUS: PRNXT, worked out at PRF.
    """
    if start.accrued == 0 and _is_level(rows):
        factors = rows.factors
        return level_installment(
            start.owed, factors, rows.denominator, rounded, balloon
        )
    if min(rows.factors) >= 0 and CARRIED not in rows.treatments and start.accrued == 0:
        low, high = _enclosed(start, rows, balloon)
        if low[0] >= 0 and low[1] > 0:
            payment = rounded(*low)
            if payment == rounded(*high):
                return payment
    unpaid, grown, _ = exact_solution(start, rows, balloon)
    return rounded(unpaid, grown)


def _is_level(rows: PaymentRows) -> bool:
    count = len(rows.factors)
    return (
        rows.weights.count(rows.weight_unit) == count
        and rows.treatments.count(DUE) == count
        and not any(rows.drawn)
    )


def exact_solution(
    start: Opening, rows: PaymentRows, balloon: int
) -> tuple[int, int, int]:
    """
    Return what is left if nothing is paid, and what payments of 1 grow to, exactly.

    Returns:
        (unpaid, grown, scale): the last balance without the unknown payment, less the
        balloon, is `unpaid / scale`, and payments of 1 take `grown / scale` off it, so
        that the payment is `unpaid / grown`.

    Example:
        >>> rows = PaymentRows([1], [0], [0], [DUE], [1], [None], 100)
        >>> unpaid, grown, scale = exact_solution(Opening(100), rows, 0)
        >>> unpaid / scale, grown / scale
        (101.0, 1.0)
    """
    # Every coefficient is a numerator over `scale`, which each row multiplies.
    unit, scale = rows.denominator, 1
    p, q, c, v = 1, 0, 0, 0
    for factor, drawn, extra, treatment, weight, stated in _backwards(rows):
        if treatment == CARRIED:
            p, q, c, v = (
                p * unit + q * factor,
                q * unit,
                c * unit + p * (drawn - (stated or 0)) * unit + q * extra,
                (v + p * weight) * unit,
            )
        elif treatment == DUE and not weight and stated is None:
            p, q, c, v = p * unit, 0, (c + p * drawn) * unit, v * unit
        else:
            moved = (drawn - (stated or 0)) * unit + extra
            p, q, c, v = (
                p * (unit + factor),
                p * unit,
                c * unit + p * moved,
                (v + p * weight) * unit,
            )
        scale *= unit
    unpaid = (p * start.owed + c - balloon * scale) * unit + q * start.accrued
    return unpaid * rows.weight_unit, v * unit, scale * unit * rows.weight_unit


def _backwards(
    rows: PaymentRows,
) -> "zip[tuple[int, int, int, int, int, int | None]]":
    return zip(*(reversed(column) for column in rows[:6]), strict=True)


_Quotient = tuple[int, int]
_ONE = 1 << FILTER_BITS


def _enclosed(
    start: Opening, rows: PaymentRows, balloon: int
) -> tuple[_Quotient, _Quotient]:
    """Return quotients below and above the exact payment, in fixed point."""
    # As `_exact`, divided by p after every row. Each floor loses less than one unit,
    # and rows without negative growth never enlarge an earlier loss, so every sum is at
    # most as many units below its true value as it has floors.
    unit, count = rows.denominator, len(rows.factors)
    rows = _growing(rows)
    worth = _worth(rows)
    known = _known(rows)
    discount = _ONE
    if balloon:
        for factor in rows.factors:
            discount = discount * unit // (unit + factor)
    low = start.owed * _ONE + known - balloon * (discount + count)
    high = low + balloon * count + count + 1
    return (low, worth + 2 * count), (high, worth)


def _growing(rows: PaymentRows) -> PaymentRows:
    """Return the rows without those whose interest is paid apart from the payment."""
    if 0 not in rows.weights:
        return rows
    kept = [
        treatment != DUE or weight > 0 or stated is not None
        for treatment, weight, stated in zip(
            rows.treatments, rows.weights, rows.stated, strict=True
        )
    ]
    if all(kept):
        return rows
    # What is drawn on a row left out is owed as the next one starts.
    drawn, extra, owed = list(rows.drawn), list(rows.extra), 0
    for index, keeps in enumerate(kept):
        drawn[index] += owed
        extra[index] += owed * rows.factors[index]
        owed = 0 if keeps else drawn[index]
    columns = (rows.factors, drawn, extra, rows.treatments, rows.weights, rows.stated)
    return PaymentRows._make(
        [
            *(list(compress(column, kept)) for column in columns),
            rows.denominator,
            rows.weight_unit,
        ]
    )


def _worth(rows: PaymentRows) -> int:
    unit, value, weighed, fixed = rows.denominator, 0, -1, 0
    for factor, weight in zip(
        reversed(rows.factors), reversed(rows.weights), strict=True
    ):
        if weight != weighed:
            weighed, fixed = weight, (weight << FILTER_BITS) // rows.weight_unit
        value = (value + fixed) * unit // (unit + factor)
    return value


def _known(rows: PaymentRows) -> int:
    if not any(rows.drawn) and rows.stated.count(None) == len(rows.stated):
        return 0
    unit, value = rows.denominator, 0
    for factor, drawn, extra, _, _, stated in _backwards(rows):
        moved = (drawn - (stated or 0)) * unit + extra
        value = (value * unit + (moved << FILTER_BITS)) // (unit + factor)
    return value
