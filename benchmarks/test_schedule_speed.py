"""
How long a schedule takes, beside the bare loop that knows no dates and no types.

    pytest benchmarks

Terms are built before the clock starts. Nothing here asserts a time: the tables are
for reading, and the first one holds the ratios, measured round by round in this run.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product

import pytest
from floors import (
    decimal_equal_principal,
    decimal_level,
    integer_equal_principal,
    integer_level,
)
from pytest_benchmark.fixture import BenchmarkFixture
from rounds import interleaved

from loanmath import MONTHLY, EqualPrincipal, InstallmentLoan, LevelPayment, Rate

Call = Callable[[], object]

COUNTS = (12, 360)
METHODS = {"level payment": LevelPayment, "equal principal": EqualPrincipal}
LOOPS = {
    "level payment": (decimal_level, integer_level),
    "equal principal": (decimal_equal_principal, integer_equal_principal),
}
MID_MONTH, MONTH_END = date(2026, 1, 15), date(2026, 1, 31)
# Rates low enough that a level payment covers the interest of the longest period.
TIME = {
    "1/12": ("12%/year", None, MID_MONTH),
    "ACT/365F, a rate per day": ("0.03%/day", "ACT/365F", MID_MONTH),
    "30E/360": ("12%/year", "30E/360", MID_MONTH),
    "30E/360, month ends": ("9%/year", "30E/360", MONTH_END),
}
ROWS = "all rows"
READINGS: dict[str, Callable[[InstallmentLoan], object]] = {
    ROWS: lambda loan: list(loan.schedule()),
    "totals": lambda loan: loan.schedule().totals,
    "columns": lambda loan: loan.schedule().columns(),
}
BARE, FLOOR = "bare Decimal loop", "integer-cents loop"
CANDIDATES = [(BARE, ROWS), (FLOOR, ROWS), *product(TIME, READINGS)]


def calls(method: str, count: int) -> dict[tuple[str, str], Call]:
    """Return what is timed, by (line, reading): two loops, and loans built already."""
    in_decimal, in_cents = LOOPS[method]
    principal, rate = Decimal(10_000), Decimal("0.01")
    found: dict[tuple[str, str], Call] = {
        (BARE, ROWS): lambda: in_decimal(principal, rate, count),
        (FLOOR, ROWS): lambda: in_cents(1_000_000, 1, 100, count),
    }
    for day_count, (quoted, named, disbursed) in TIME.items():
        loan = InstallmentLoan(
            currency="CNY",
            principal="10000",
            disbursed=disbursed,
            every=MONTHLY,
            rate=Rate(quoted),
            day_count=named,
            repayment=METHODS[method](count),
        )
        for reading, read in READINGS.items():
            found[day_count, reading] = lambda read=read, loan=loan: read(loan)
    return found


@cache
def measured_ratios(method: str, count: int) -> dict[tuple[str, str], float]:
    """Return the ratio of every candidate to the bare loop, measured interleaved."""
    timings = interleaved(calls(method, count), rounds=100)
    base = timings[BARE, ROWS].best
    return {candidate: timing.best / base for candidate, timing in timings.items()}


@pytest.mark.parametrize(
    ("method", "line", "reading", "count"),
    [
        (method, *candidate, count)
        for method, candidate, count in product(METHODS, CANDIDATES, COUNTS)
    ],
)
def test_speed(
    benchmark: BenchmarkFixture,
    ratios: dict[tuple[str, str], str],
    method: str,
    line: str,
    reading: str,
    count: int,
) -> None:
    benchmark.group = f"{method}, n = {count}"
    benchmark(calls(method, count)[line, reading])
    ratio = measured_ratios(method, count)[line, reading]
    benchmark.extra_info["ratio"] = ratio
    ratios[f"{method}: {line}", f"{reading}, n = {count}"] = f"{ratio:.2f}"
