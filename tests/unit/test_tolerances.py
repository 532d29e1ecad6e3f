"""Tolerances of disclosure: within, or outside by how much."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from loanmath.analysis.tolerances import Tolerance, check_tolerance, is_irregular
from loanmath.errors import FlowsError, InputTypeError, InputValueError, LimitError
from loanmath.recurrence import add_months

APR = Tolerance("APR", above="0.125", below="0.125", decimals=3)
BAND = Tolerance("band", above="1", below="0.1")
MORTGAGE = Tolerance("mortgage", above=None, below="100")
OVER = Tolerance("over", above="5", below=None)


@pytest.mark.parametrize(
    ("rule", "disclosed", "exact", "answer", "edge"),
    [
        (APR, "10.125", "9.999601286", "within", True),
        (APR, "10.126", "9.999601286", "outside by 0.001", False),
        (APR, "9.875", "10", "within", True),
        (APR, "9.8749", "10", "outside by 0.0001", False),
        # Half up: 9.9995 becomes 10.000.
        (APR, "10.125", "9.9995", "within", True),
        (APR, "10.125", "9.99949", "outside by 0.001", False),
        (BAND, "10.7", "9.7", "within", True),
        (BAND, "10.71", "9.7", "outside by 0.01", False),
        (BAND, "9.6", "9.7", "within", True),
        (BAND, "9.5", "9.7", "outside by 0.1", False),
        (BAND, "9.7", "9.7", "within", False),
        (MORTGAGE, "100000", "1", "within", False),
        (MORTGAGE, "900", "1000", "within", True),
        (MORTGAGE, "899.99", "1000", "outside by 0.01", False),
        (OVER, "0", "1000", "within", False),
        (OVER, 1005, Decimal(1000), "within", True),
        (OVER, 1006, 1000, "outside by 1", False),
        # Across zero.
        (BAND, "-0.1", "0", "within", True),
        (Tolerance("none", above=0, below=0), "1.0", "1.00", "within", True),
    ],
)
def test_the_edge_is_within(rule, disclosed, exact, answer, edge):
    check = check_tolerance(disclosed, exact, rule)
    assert check.answer == answer
    assert check.within is (answer == "within")
    assert check.on_the_edge is edge


def test_the_difference_is_what_was_disclosed_less_what_is_exact():
    check = check_tolerance("9.6", "9.71", BAND)
    assert (check.difference, check.outside_by) == (Decimal("-0.11"), Decimal("0.01"))
    assert str(check) == ("band (+1, -0.1): disclosed 9.6, exact 9.71: outside by 0.01")
    free = Tolerance("free", above=None, below=None)
    assert str(free) == "free (+any, -any)"
    assert str(check_tolerance(Decimal("1E+3"), 1, OVER).difference) == "999"


@pytest.mark.parametrize(
    ("make", "error", "what"),
    [
        (lambda: Tolerance(1, above=1, below=1), InputTypeError, "name"),
        (lambda: Tolerance("x", above="-1", below=1), LimitError, "above"),
        (lambda: Tolerance("x", above=1, below=0.1), InputTypeError, "below"),
        (
            lambda: Tolerance("x", above=1, below=1, decimals="3"),
            InputTypeError,
            "decimals",
        ),
        (
            lambda: Tolerance("x", above=1, below=1, decimals=13),
            LimitError,
            "decimals",
        ),
        (lambda: check_tolerance(9.7, "9.7", BAND), InputTypeError, "disclosed"),
        (lambda: check_tolerance("9.7", 9.7, BAND), InputTypeError, "exact"),
        (lambda: check_tolerance("1." + "1" * 31, 1, BAND), LimitError, "disclosed"),
        (lambda: check_tolerance("9.7%", "9.7", BAND), InputValueError, "disclosed"),
        (lambda: check_tolerance("9.7", "9.7", "band"), InputTypeError, "tolerance"),
    ],
)
def test_tolerances_refuse(make, error, what):
    with pytest.raises(error) as refusal:
        make()
    assert refusal.value.what == what


# --- regular and irregular ----------------------------------------------------------

DAY = date(2026, 1, 31)


def loan(days, amounts=None):
    return [
        (DAY, -1000),
        *zip(days, amounts or [300] * len(days), strict=True),
    ]


def months(first, count, step=1):
    return [add_months(first, step * number, roll_day=31) for number in range(count)]


def every(days, first, count):
    return [first + timedelta(days * number) for number in range(count)]


@pytest.mark.parametrize(
    ("flows", "irregular"),
    [
        # Month ends, and an odd first period.
        (loan(months(date(2026, 2, 28), 5)), False),
        (loan(months(date(2026, 4, 30), 5)), False),
        (loan(months(date(2026, 3, 31), 5, 3)), False),
        (loan(every(14, date(2026, 2, 20), 9)), False),
        # The 1st and the 16th of each month.
        (
            loan([date(2026, month, day) for month in (3, 4, 5) for day in (1, 16)]),
            False,
        ),
        (loan([date(2026, 3, 1), date(2026, 3, 16), date(2026, 5, 1)]), True),
        # Odd first and last payments.
        (loan(months(date(2026, 2, 28), 4), [10, 300, 300, 999]), False),
        (loan(months(date(2026, 2, 28), 5), [300, 300, 301, 300, 300]), True),
        (loan([date(2026, 3, 1)]), False),
        (loan([date(2026, 3, 1), date(2026, 9, 1)], [1, 2000]), False),
        # A month is left out; a day of the month moves.
        (loan([date(2026, m, 15) for m in (3, 4, 6, 7)]), True),
        (loan([date(2026, 3, 15), date(2026, 4, 16), date(2026, 5, 15)]), True),
        # Two advances, and one that is paid out in two parts on a day.
        ([*loan([date(2026, 3, 1)]), (date(2026, 2, 5), -1)], True),
        ([*loan([date(2026, 3, 1)]), (DAY, -1)], False),
    ],
)
def test_what_is_irregular(flows, irregular):
    assert is_irregular(flows) is irregular


@pytest.mark.parametrize(
    ("flows", "error"),
    [
        ([-1000, 1100], FlowsError),
        ([(DAY, -1000)], FlowsError),
        ([(DAY, 1000), (date(2026, 3, 1), -1000)], FlowsError),
        ([(DAY, 0)], FlowsError),
        ([], FlowsError),
        ("flows", InputTypeError),
        ([(DAY, -1.5), (date(2026, 3, 1), 2)], InputTypeError),
    ],
)
def test_flows_that_are_no_loan_are_neither(flows, error):
    with pytest.raises(error):
        is_irregular(flows)
