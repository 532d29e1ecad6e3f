"""The payment that repays a loan over any rows, solved exactly."""

from collections.abc import Iterable, Sequence
from itertools import compress, groupby, islice, repeat
from typing import NamedTuple

from loanmath.arithmetic.level import (
    FILTER_BITS,
    FILTER_FROM,
    enclosed_annuity,
    level_installment,
)
from loanmath.arithmetic.rounded import Rounded
from loanmath.arithmetic.walk import CARRIED, DUE, Opening

__all__ = ["PaymentRows", "equal_rows", "exact_solution", "solved_payment"]


class PaymentRows(NamedTuple):
    """
    The rows that an unknown payment repays a loan over, as columns.

    Attributes:
        factors: Growth numerators, each above `-denominator`.
        drawn: Principal drawn in the row.
        extra: Numerators of other interest of a row: what drawn principal earns in it,
            or what is brought into it.
        treatments: `DUE`, `CARRIED` or `CAPITALIZED`.
        weights: How many times the unknown payment is paid, in parts of
            1 / weight_unit; zero where it is not.
        stated: A stated payment, or `None` where the row has none.
        denominator: Of factors and extras.
        weight_unit: Of weights.
        lengths: How many equal rows in succession each entry stands for, where it is
            not one.
    """

    factors: list[int]
    drawn: Sequence[int]
    extra: list[int]
    treatments: Sequence[int]
    weights: Sequence[int]
    stated: Sequence[int | None]
    denominator: int
    weight_unit: int = 1
    lengths: Sequence[int] | None = None

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.factors) if self.lengths is None else sum(self.lengths)


def solved_payment(
    start: Opening, rows: PaymentRows, balloon: int, rounded: Rounded
) -> int:
    """
    Return the payment after which the unrounded balance ends at the balloon.

    Formula: without rounding, the last balance is linear in the payment `a`, so
    `a = (unpaid - balloon) / grown`, where `unpaid` is what is owed at the end if it
    is not paid, and `grown` what payments of 1 have grown to by then, both carried
    through the rows as `walk` does it; the quotient is rounded once, ties exact.

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
        if rows.lengths is not None:
            factors = []
            for factor, length in zip(rows.factors, rows.lengths, strict=True):
                factors += [factor] * length
        return level_installment(
            start.owed, factors, rows.denominator, rounded, balloon
        )
    if start.accrued == 0 and rows.size >= FILTER_FROM and _is_growing(rows):
        low, high = _enclosed(start, rows, balloon)
        if low[0] >= 0 and high[1] > 0:
            payment = rounded(*low)
            if payment == rounded(*high):
                return payment
    unpaid, grown, _ = exact_solution(start, rows, balloon)
    return rounded(unpaid, grown)


def _is_level(rows: PaymentRows) -> bool:
    count, weight = len(rows.factors), rows.weights[0]
    return (
        weight == rows.weight_unit
        and rows.weights.count(weight) == count
        and rows.treatments.count(DUE) == count
        and not any(rows.drawn)
        and not any(rows.extra)
    )


def _is_growing(rows: PaymentRows) -> bool:
    if min(rows.factors) < 0:
        return False
    all_due = rows.treatments.count(DUE) == len(rows.treatments)
    return all_due or CARRIED not in rows.treatments


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
    # What is owed, and what payments of 1 have grown to, are numerators over `scale`,
    # and what has accrued on either is one over `scale` times the unit.
    unit, scale = rows.denominator, 1
    owed, accrued, paid, earned = start.owed, start.accrued, 0, 0
    lengths = rows.lengths or repeat(1, len(rows.factors))
    for factor, drawn, extra, treatment, weight, stated, length in zip(
        *rows[:6], lengths, strict=True
    ):
        joining, each = drawn - (stated or 0), unit + factor
        if treatment == CARRIED:
            for _ in range(length):
                accrued += owed * factor + extra * scale
                earned += paid * factor
                owed += joining * scale
                paid += weight * scale
        elif treatment == DUE and not weight and stated is None:
            owed, accrued, earned = owed + drawn * length * scale, 0, 0
        elif length == 1:
            owed = owed * each + accrued + (joining * unit + extra) * scale
            paid = paid * each + earned + weight * unit * scale
            accrued, earned, scale = 0, 0, scale * unit
        else:
            grown, flat, summed = equal_rows(factor, unit, length)
            first, summed = grown // each, summed * scale
            owed = owed * grown + accrued * first + (joining * unit + extra) * summed
            paid = paid * grown + earned * first + weight * unit * summed
            accrued, earned, scale = 0, 0, scale * flat
    unpaid = owed - balloon * scale
    return unpaid * rows.weight_unit, paid, scale * rows.weight_unit


def equal_rows(factor: int, denominator: int, count: int) -> tuple[int, int, int]:
    """
    Return what so many equal rows make of a balance, and of a payment in each.

    Returns:
        (grown, flat, summed): a balance grows by `grown / flat`, and payments of 1 come
        to `summed * denominator / flat` after the last.

    Example:
        >>> equal_rows(1, 10, 2)
        (121, 100, 21)
    """
    # Of k rows, the payment of the first grows by (d + factor)^(k - 1), that of the
    # second by d (d + factor)^(k - 2), and so on to that of the last, by d^(k - 1).
    grown, flat = (denominator + factor) ** count, denominator**count
    if factor:
        return grown, flat, (grown - flat) // factor
    return grown, flat, count * flat // denominator


_Quotient = tuple[int, int]
_Bounds = tuple[int, int]
"""Two fixed-point numbers of 128 bits that a true value lies between."""

_Enclosures = dict[tuple[int, int], tuple[int, int, int, int]]
"""What `enclosed_annuity` returned for a factor and a number of equal rows."""

_Run = tuple[int, int, int]
"""The factor of equal rows, the amount at the end of each, and how many there are."""

# From so many equal rows on, a power is worked out sooner than row by row.
_LONG_RUN = 8


class _Amounts(NamedTuple):
    """Amounts at the end of the first rows, and one more at the end of all."""

    each: Sequence[int]
    unit: int
    last: int = 0


def _enclosed(
    start: Opening, rows: PaymentRows, balloon: int
) -> tuple[_Quotient, _Quotient]:
    """Return quotients below and above the exact payment, in fixed point."""
    # The unknown payments are worth, before the first row, what is owed there and the
    # worth of whatever else joins the balance.
    rows = _growing(rows)
    known: _Enclosures = {}
    paid = _Amounts(rows.weights, rows.weight_unit)
    least, most = _present_value(rows, paid, known)
    low, high = _present_value(rows, _joining(rows, balloon), known)
    owed = start.owed << FILTER_BITS
    return (owed + low, most), (owed + high, least)


def _growing(rows: PaymentRows) -> PaymentRows:
    """Return the rows with no growth where interest is paid apart from the payment."""
    if all(rows.weights):
        return rows
    factors, extra, row = list(rows.factors), list(rows.extra), -1
    for _ in range(rows.weights.count(0)):
        row = rows.weights.index(0, row + 1)
        if rows.stated[row] is None and rows.treatments[row] == DUE:
            factors[row] = extra[row] = 0
    return rows._replace(factors=factors, extra=extra)


def _joining(rows: PaymentRows, balloon: int) -> _Amounts:
    """Return what joins the balance apart from the unknown payment."""
    unit, stop = rows.denominator, len(rows.factors)
    if not balloon:
        stop = max(
            _through_last(rows.drawn, 0),
            _through_last(rows.stated, None),
            _through_last(rows.extra, 0),
        )
    joining = [
        (drawn - (stated or 0)) * unit + extra
        for drawn, stated, extra in zip(
            rows.drawn[:stop], rows.stated[:stop], rows.extra[:stop], strict=True
        )
    ]
    return _Amounts(joining, unit, -balloon)


def _through_last(column: Sequence[int | None], nothing: int | None) -> int:
    """Return how many rows there are up to the last that holds anything."""
    if column.count(nothing) == len(column):
        return 0
    return next(compress(range(len(column), 0, -1), reversed(column)), 0)


def _present_value(rows: PaymentRows, amounts: _Amounts, known: _Enclosures) -> _Bounds:
    """Enclose what amounts at the end of rows are worth before the first."""
    factors = rows.factors[: len(amounts.each)]
    alike = factors.count(factors[-1]) if factors else 0
    if rows.lengths is not None:
        runs = list(zip(factors, amounts.each, rows.lengths, strict=False))
    elif alike >= _LONG_RUN and 4 * alike > 3 * len(factors):
        pairs = groupby(zip(factors, amounts.each, strict=True))
        runs = [(*pair, len(list(run))) for pair, run in pairs]
    else:
        return _by_rows(factors, amounts, rows.denominator)
    runs.reverse()
    return _by_runs(runs, amounts, rows.denominator, known)


def _by_rows(factors: Sequence[int], amounts: _Amounts, denominator: int) -> _Bounds:
    # Each row floors twice, and never enlarges an earlier loss, since it grows.
    value, backwards = amounts.last << FILTER_BITS, reversed(factors)
    for amount, count in _alike(amounts.each):
        fixed = (amount << FILTER_BITS) // amounts.unit
        for factor in islice(backwards, count):
            value = (value + fixed) * denominator // (denominator + factor)
    return value, value + 2 * len(factors)


def _alike(amounts: Sequence[int]) -> list[tuple[int, int]]:
    """Return amounts from the last to the first, and how many in succession are so."""
    if amounts and amounts.count(amounts[0]) == len(amounts):
        return [(amounts[0], len(amounts))]
    return [(amount, len(list(run))) for amount, run in groupby(reversed(amounts))]


def _by_runs(
    runs: Iterable[_Run],
    amounts: _Amounts,
    denominator: int,
    known: _Enclosures,
) -> _Bounds:
    low = high = amounts.last << FILTER_BITS
    unit = amounts.unit
    for factor, amount, count in runs:
        fixed = (amount << FILTER_BITS) // unit
        if not factor:
            low, high = low + fixed * count, high + (fixed + 1) * count
        elif count >= _LONG_RUN:
            bounds = known.get((factor, count))
            if bounds is None:
                bounds = enclosed_annuity(factor, count, denominator)
                known[factor, count] = bounds
            below, above, least, most = bounds
            if fixed < 0:
                below, above = above, below
            smallest = fixed * below + low * (most if low < 0 else least)
            largest = (fixed + 1) * above + high * (least if high < 0 else most)
            low, high = smallest >> FILTER_BITS, (largest >> FILTER_BITS) + 1
        else:
            lost = high - low + 2 * count
            for _ in range(count):
                low = (low + fixed) * denominator // (denominator + factor)
            high = low + lost
    return low, high
