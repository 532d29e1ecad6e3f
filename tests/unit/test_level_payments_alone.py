"""The least and the most that a level payment without dates may be asked for."""

from decimal import Decimal

import pytest

from loanmath import Rate, level_payment
from loanmath.errors import LimitError, ScheduleError


@pytest.mark.parametrize("digits", range(5))
def test_currencies_have_up_to_four_decimals(digits):
    # Two payments of a principal of 3 without interest are 1.5 each.
    payment = level_payment("3", Rate("0%/month"), 2, digits=digits)
    assert payment == (Decimal("1.5") if digits else 2)
    assert -payment.as_tuple().exponent == digits


def test_the_least_principal_is_a_cent():
    assert level_payment("0.01", Rate("1%/month"), 1) == Decimal("0.01")
    with pytest.raises(LimitError, match="above zero"):
        level_payment("0", Rate("1%/month"), 1)
    with pytest.raises(LimitError, match="above zero"):
        level_payment("-0.01", Rate("1%/month"), 1)


def test_a_rate_that_eats_exactly_everything_is_refused():
    with pytest.raises(ScheduleError, match="above -100% in a period"):
        level_payment("100", Rate("-50%/year"), 2, every="P24M")
    # At -49 % a year, 100 shrink to 2 in two years of simple interest.
    assert level_payment("100", Rate("-49%/year"), 1, every="P24M") == 2
