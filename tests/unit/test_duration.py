from datetime import date
from decimal import Decimal

import pytest

from loanmath.analysis.duration import duration
from loanmath.errors import FlowsError, InputTypeError, LimitError


def test_dated_flows_count_in_years():
    # One flow after two years: its time, whatever the rate.
    found = duration([(date(2028, 1, 1), "5")], "10%", at=date(2026, 1, 1), digits=4)
    assert found.macaulay == Decimal("2.0000")
    assert found.modified == Decimal("1.8182")


def test_a_schedule_that_pays_and_draws_may_be_worth_nothing():
    with pytest.raises(FlowsError) as caught:
        duration(["-100", "110"], "10%")
    assert str(caught.value).startswith("flows: got 'flows worth nothing'")


def test_refusals():
    with pytest.raises(InputTypeError):
        duration(["1"], "1%", digits="5")
    with pytest.raises(LimitError):
        duration(["1"], "1%", digits=16)
