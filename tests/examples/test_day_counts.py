"""
Day counts of published examples, each with its source.

`day_counts.json` holds one span per row. A fraction is compared within the tolerance of
the figure as printed; a number of days, exactly.
"""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from loanmath.daycount import day_count

ROWS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("day_counts.json").read_text(encoding="utf-8")
)


def context(row: dict[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if "period" in row:
        first, last = row["period"]
        given["period"] = date.fromisoformat(first), date.fromisoformat(last)
    if "maturity" in row:
        given["maturity"] = date.fromisoformat(row["maturity"])
    return given | {
        name: row[name] for name in ("months", "end_of_month") if name in row
    }


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_published_spans(row):
    convention = day_count(row["day_count"])
    span = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
    if "days" in row:
        assert convention.days(*span, **context(row)) == row["days"], row["source"]
        expected, tolerance = row["days"] / convention.basis, Fraction(0)
    else:
        expected, tolerance = Fraction(row["fraction"]), Fraction(row["tolerance"])
    got = convention.fraction(*span, **context(row))
    assert abs(got - expected) <= tolerance, row["source"]


def test_every_published_family_is_there():
    assert len(ROWS) == 68
    assert all(row["source"] for row in ROWS)


# Long first and last periods of ISDA's memorandum on the ICMA rule, each worked out by
# hand from its notional periods (the memorandum's own figures were not at hand).
@pytest.mark.parametrize(
    ("span", "period", "months", "fraction"),
    [
        pytest.param(
            (date(1999, 2, 1), date(1999, 7, 1)),
            (date(1998, 7, 1), date(1999, 7, 1)),
            12,
            Fraction(150, 365),
            id="short first, annual",
        ),
        pytest.param(
            (date(2002, 8, 15), date(2003, 7, 15)),
            (date(2003, 1, 15), date(2003, 7, 15)),
            6,
            Fraction(153, 184) / 2 + Fraction(1, 2),
            id="long first, semiannual",
        ),
        pytest.param(
            (date(1999, 7, 30), date(2000, 6, 30)),
            (date(1999, 7, 30), date(2000, 1, 30)),
            6,
            Fraction(1, 2) + Fraction(152, 182) / 2,
            id="long last, semiannual",
        ),
        pytest.param(
            (date(1999, 11, 30), date(2000, 4, 30)),
            (date(1999, 11, 30), date(2000, 2, 29)),
            3,
            Fraction(1, 4) + Fraction(61, 91) / 4,
            id="long last, quarterly, anchored on the 30th by the given period",
        ),
    ],
)
def test_odd_periods_around_a_given_period(span, period, months, fraction):
    counted = day_count("ACT/ACT ICMA").fraction(*span, period=period, months=months)
    assert counted == fraction


def test_accumulated_product_with_the_settlement_day_counted():
    # Source: a published Chinese current-account example (accumulated products,
    # 积数计息法): 10000 on 2 January 2007, 3000 out on 3 February, 5000 in on 11 March,
    # settled on 20 March at 0.72 %; the day of settlement bears interest. The days and
    # the product are printed; the interest of 13.84 is recalled.
    actual = day_count("ACT/360")
    days = [
        actual.days(date(2007, 1, 2), date(2007, 2, 3)),
        actual.days(date(2007, 2, 3), date(2007, 3, 11)),
        actual.days(date(2007, 3, 11), date(2007, 3, 20), head_tail="both"),
    ]
    assert days == [32, 36, 10]
    product = sum(b * d for b, d in zip([10_000, 7_000, 12_000], days, strict=True))
    assert product == 692_000
    assert product * Fraction("0.0072") / actual.basis == Fraction("13.84")


def test_the_two_american_rules_differ_by_three_days():
    # Source: the rules themselves, 2006 ISDA Definitions 4.16(f) against 30U/360.
    span = date(2007, 2, 28), date(2007, 8, 31)
    assert day_count("30/360").days(*span) == 183
    assert day_count("30U/360").days(*span) == 180
