"""The payment that repays a loan over any rows, solved exactly."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from loanmath.arithmetic.level import FILTER_BITS, enclosed_annuity, level_installment
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
        if low[0] >= 0 and high[1] > 0:
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
_Bounds = tuple[int, int]
"""Two fixed-point numbers of 128 bits that a true value lies between."""

# From so many equal rows on, a power is worked out sooner than row by row.
_LONG_RUN = 32


def _enclosed(
    start: Opening, rows: PaymentRows, balloon: int
) -> tuple[_Quotient, _Quotient]:
    """Return quotients below and above the exact payment, in fixed point."""
    # The unknown payments are worth, before the first row, what is owed there and the
    # worth of whatever else joins the balance.
    rows, unit = _growing(rows), rows.denominator
    least, most = _present_value(rows.factors, rows.weights, rows.weight_unit, unit)
    low, high = _present_value(rows.factors, _joining(rows, balloon), unit, unit)
    owed = start.owed << FILTER_BITS
    return (owed + low, most), (owed + high, least)


def _growing(rows: PaymentRows) -> PaymentRows:
    """Return the rows with no growth where interest is paid apart from the payment."""
    if 0 not in rows.weights:
        return rows
    factors, extra = list(rows.factors), list(rows.extra)
    paid = zip(rows.treatments, rows.weights, rows.stated, strict=True)
    for row, (treatment, weight, stated) in enumerate(paid):
        if not weight and stated is None and treatment == DUE:
            factors[row] = extra[row] = 0
    return rows._replace(factors=factors, extra=extra)


def _joining(rows: PaymentRows, balloon: int) -> list[int]:
    """Return what joins the balance of every row, apart from the unknown payment."""
    unit, joining = rows.denominator, [0] * len(rows.factors)
    if any(rows.drawn) or rows.stated.count(None) < len(joining):
        joining = [
            (drawn - (stated or 0)) * unit + extra
            for drawn, stated, extra in zip(
                rows.drawn, rows.stated, rows.extra, strict=True
            )
        ]
    joining[-1] -= balloon * unit
    return joining


def _present_value(
    factors: Sequence[int], amounts: Sequence[int], amount_unit: int, denominator: int
) -> _Bounds:
    """Enclose what amounts at the end of every row are worth before the first."""
    if not any(amounts):
        return 0, 0
    backwards = zip(reversed(factors), reversed(amounts), strict=True)
    alike = factors.count(factors[-1])
    if alike >= _LONG_RUN and 4 * alike > 3 * len(factors):
        return _by_runs(backwards, amount_unit, denominator)
    return _by_rows(backwards, amount_unit, denominator)


def _by_rows(
    backwards: Iterable[tuple[int, int]], amount_unit: int, denominator: int
) -> _Bounds:
    # Each row floors twice, and never enlarges an earlier loss, since it grows.
    value, lost, known, fixed = 0, 0, 0, 0
    for factor, amount in backwards:
        if amount != known:
            known, fixed = amount, (amount << FILTER_BITS) // amount_unit
        value = (value + fixed) * denominator // (denominator + factor)
        lost += 2
    return value, value + lost


def _by_runs(
    backwards: Iterable[tuple[int, int]], amount_unit: int, denominator: int
) -> _Bounds:
    low = high = 0
    for (factor, amount), run in groupby(backwards):
        count = len(list(run))
        fixed = (amount << FILTER_BITS) // amount_unit
        if factor and count >= _LONG_RUN:
            below, above, least, most = enclosed_annuity(factor, count, denominator)
            paid = _product((fixed, fixed + 1), (below, above))
            later = _product((low, high), (least, most))
            low, high = paid[0] + later[0], paid[1] + later[1]
        else:
            lost = high - low + 2 * count
            for _ in range(count):
                low = (low + fixed) * denominator // (denominator + factor)
            high = low + lost
    return low, high


def _product(value: _Bounds, positive: _Bounds) -> _Bounds:
    (low, high), (least, most) = value, positive
    return (
        min(low * least, low * most) >> FILTER_BITS,
        (max(high * least, high * most) >> FILTER_BITS) + 1,
    )
