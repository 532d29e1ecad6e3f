"""
Loans worked out in fractions, for what unit tests expect; shares no code with `src/`.

Amounts are whole cents (or another unit), growths of periods are `Fraction`s, and
everything is rounded half up, away from zero.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

ALL = 10**30
"""A payment or a principal that clears whatever is owed."""


class Row(NamedTuple):
    payment: int
    principal: int
    interest: int
    capitalized: int
    closing: int


def half_up(value: Fraction | int) -> int:
    """Round to a whole number, ties away from zero."""
    value = Fraction(value)
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return whole if value >= 0 else -whole


def worth(growths: Sequence[Fraction], payments: Sequence[Fraction | int]) -> Fraction:
    """Return the present value of a payment at the end of each period."""
    value, discount = Fraction(0), Fraction(1)
    for growth, payment in zip(growths, payments, strict=True):
        discount /= 1 + growth
        value += payment * discount
    return value


def level(owed: int, growths: Sequence[Fraction], balloon: int = 0) -> Fraction:
    """Return the exact level payment that leaves a balloon at the end."""
    count = len(growths)
    rest = owed - worth(growths, [0] * (count - 1) + [balloon])
    return rest / worth(growths, [1] * count)


def walked(
    owed: int,
    growths: Sequence[Fraction],
    payments: Sequence[int | None] = (),
    *,
    principals: Sequence[int] = (),
    interest: Sequence[str] = (),
) -> list[Row]:
    """
    Carry a balance through periods.

    `payments` are what interest comes out of (`None`: interest alone), `principals`
    come on top of interest; `interest` says for each period whether it is `"due"`,
    `"carry"`-ied or `"capitalize"`-d.
    """
    rows, accrued = [], Fraction(0)
    for index, growth in enumerate(growths):
        accrued += owed * growth
        rule = interest[index] if interest else "due"
        moved = 0 if rule == "carry" else half_up(accrued)
        accrued = accrued if rule == "carry" else Fraction(0)
        due, joins = (moved, 0) if rule == "due" else (0, moved)
        owed += joins
        if principals:
            principal = principals[index]
        elif payments[index] is None:
            principal = 0
        else:
            principal = payments[index] - due
        principal = min(principal, owed)
        owed -= principal
        rows.append(Row(principal + due, principal, due, joins, owed))
    return rows


def rows_of(schedule) -> list[Row]:
    """Return the same columns of a schedule, fees left out of the payment."""
    columns = schedule.columns()
    paid = map(sum, zip(columns["principal"], columns["interest"], strict=True))
    names = ("principal", "interest", "capitalized", "closing")
    return [
        Row(*cells)
        for cells in zip(paid, *(columns[name] for name in names), strict=True)
    ]


def actual(rate: str, *days: int) -> list[Fraction]:
    """Return the growths of periods of so many days at a yearly rate, over 365."""
    return [Fraction(rate) * number / 365 for number in days]
