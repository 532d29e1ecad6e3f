"""
The level-payment cases that every library plans, and a judge that reads the rows.

The judge works in `Fraction`s and shares no code with any library under test. Rows are
judged as printed: an amount is what its text says, so a `float` counts as whole cents
where Python prints it so.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

__all__ = ["CASES", "TIMED", "Case", "Row", "judge"]


_ORDINARY_START = date(2026, 1, 15)


class Case(NamedTuple):
    """A loan repaid by level monthly payments, interest a twelfth of the year's."""

    label: str
    principal: str
    percent: str
    count: int
    start: date = _ORDINARY_START

    @property
    def growth(self) -> Fraction:
        """The interest factor of one period."""
        return Fraction(self.percent) / 1200

    def due(self, number: int) -> date:
        """The due date of an installment: whole months from the start."""
        return self.start + relativedelta(months=number)


class Row(NamedTuple):
    """What a library printed for one installment; `due` where it prints dates."""

    payment: object
    principal: object
    interest: object
    balance: object
    due: date | None = None


class _Cents(NamedTuple):
    payment: Fraction
    principal: Fraction
    interest: Fraction
    balance: Fraction


CASES = (
    Case("10,000 @12 % x12", "10000", "12", 12),
    Case("0 %, 1,000 x3", "1000", "0", 3),
    Case("-0.5 % x12", "10000", "-0.5", 12),
    Case("0.01 x12", "0.01", "12", 12),
    Case("1000 % x360", "10000", "1000", 360),
    Case("rate 1e-12, 120,000 x360", "120000", "0.0000000001", 360),
    Case("12,345,678,901.23 x360", "12345678901.23", "6", 360),
    Case("101 @6 % x12", "101", "6", 12),
    Case("31 Jan 2023 x14", "10000", "12", 14, date(2023, 1, 31)),
    Case("29 Feb 2024 x24", "24000", "6", 24, date(2024, 2, 29)),
    Case("12,000 @9.99 % 1 y", "12000", "9.99", 12),
    Case("250,000 @6.5 % 30 y", "250000", "6.5", 360),
    Case("150 @24 % 30 y", "150", "24", 360),
)
TIMED = {
    count: Case(f"10,000 @12 % x{count}", "10000", "12", count) for count in (12, 360)
}


def judge(case: Case, rows: Sequence[Row]) -> str:
    """Return "ok", or the two first things that are wrong with the rows."""
    try:
        cents = [_Cents(*map(_cents, row[:4])) for row in rows]
    except ValueError:
        return "not numbers"
    complaints = (complaint(case, cents) for complaint in _COMPLAINTS)
    found = [text for text in complaints if text]
    late = sum(
        row.due is not None and row.due != case.due(number)
        for number, row in enumerate(rows, start=1)
    )
    if late:
        found.append(f"{_rows(late)} on another date")
    if not found and rows[0].due is None and case.start != _ORDINARY_START:
        return "ok, without dates"
    return "; ".join(found[:2]) or "ok"


_LONGEST = 10**15


def _cents(amount: object) -> Fraction:
    return 100 * Fraction(str(amount))


def _money(cents: Fraction) -> str:
    if abs(cents) > _LONGEST:
        return f"{float(cents / 100):.3g}"
    if cents.denominator == 1:
        return f"{Decimal(cents.numerator).scaleb(-2):f}"
    return repr(float(cents / 100))


def _rows(number: int) -> str:
    return f"{number} row" if number == 1 else f"{number} rows"


def _nearest(cents: Fraction) -> set[int]:
    """Return the amount rounded half up and half even: two values on some ties."""
    half_up = floor(abs(cents) + Fraction(1, 2))
    return {half_up if cents >= 0 else -half_up, round(cents)}


def _level(case: Case) -> set[int]:
    cents, growth = _cents(case.principal), case.growth
    if growth == 0:
        return _nearest(cents / case.count)
    return _nearest(cents * growth / (1 - (1 + growth) ** -case.count))


def _wrong_count(case: Case, rows: list[_Cents]) -> str:
    return "" if len(rows) == case.count else _rows(len(rows))


def _wrong_payment(case: Case, rows: list[_Cents]) -> str:
    right = _level(case)
    if not rows or rows[0].payment in right:
        return ""
    return f"pays {_money(rows[0].payment)}, not {_money(Fraction(min(right)))}"


def _unlevel(_: Case, rows: list[_Cents]) -> str:
    odd = sum(row.payment != rows[0].payment for row in rows[:-1])
    return f"{_rows(odd)} not level" if odd else ""


def _dust(_: Case, rows: list[_Cents]) -> str:
    for row in rows:
        for amount in row:
            if amount.denominator != 1:
                return f"prints {_money(amount)}"
    return ""


def _wrong_sum(case: Case, rows: list[_Cents]) -> str:
    total = sum((row.principal for row in rows), Fraction(0))
    if total == _cents(case.principal):
        return ""
    return f"principal sums to {_money(total)}"


def _residue(_: Case, rows: list[_Cents]) -> str:
    return f"{_money(rows[-1].balance)} left" if rows and rows[-1].balance else ""


def _not_adding(_: Case, rows: list[_Cents]) -> str:
    wrong = sum(row.principal + row.interest != row.payment for row in rows)
    return f"{_rows(wrong)} not adding up" if wrong else ""


def _wrong_interest(case: Case, rows: list[_Cents]) -> str:
    owed = [_cents(case.principal), *(row.balance for row in rows)]
    wrong = sum(
        row.interest not in _nearest(opening * case.growth)
        for opening, row in zip(owed, rows, strict=False)
    )
    return f"interest off in {_rows(wrong)}" if wrong else ""


_COMPLAINTS: tuple[Callable[[Case, list[_Cents]], str], ...] = (
    _wrong_count,
    _wrong_payment,
    _dust,
    _wrong_sum,
    _residue,
    _not_adding,
    _unlevel,
    _wrong_interest,
)
