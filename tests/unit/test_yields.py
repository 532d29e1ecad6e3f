from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import irr, present_value
from loanmath.errors import (
    FlowsError,
    InputTypeError,
    InputValueError,
    InvariantError,
    LimitError,
    NoSignChangeError,
    NotUniqueError,
    RateOutOfRangeError,
)
from loanmath.yields import Equation, Sign, equation
from loanmath.yields.flows import read_flows

START = date(2020, 1, 1)


def dated(*pairs):
    return [(START + timedelta(days), amount) for days, amount in pairs]


@pytest.mark.parametrize(
    ("flows", "digits", "value"),
    [
        ([-100, 110], 4, "0.1000"),
        ([100, -110], 4, "0.1000"),
        ([-100, 0, 121], 4, "0.1000"),
        (["-100.00", "50", Decimal("50.00")], 3, "0.000"),
        ([-100, 90], 3, "-0.100"),
        ([-100, 1], 3, "-0.990"),
        ([-400, 0, 1], 1, "-1.0"),
        ([-1, 10_001], 1, "10000.0"),
        (["-1000"] + ["600"] * 2, 12, "0.130662386292"),
        ([-100_000] + [600] * 600, 9, "0.005814945"),
        (dated((0, -100), (365, 110)), 4, "0.1000"),
        (dated((365, 110), (0, -100)), 4, "0.1000"),
        (dated((0, -100), (0, -20), (365, 132)), 4, "0.1000"),
        (dated((5, 0), (0, -100), (365, 110)), 4, "0.1000"),
    ],
)
def test_rates(flows, digits, value):
    assert str(irr(flows, digits=digits).value) == value
    assert str(irr(iter(flows), digits=digits).value) == value


@pytest.mark.parametrize(
    ("flows", "digits", "value"),
    [
        # Exact ties: the root is a half-unit point, decided without a float.
        ([-10_000, 10_505], 3, "0.051"),
        ([-10_000, 10_515], 3, "0.052"),
        ([-10_000, 9_495], 3, "-0.051"),
        ([-1000, 1000 + 5], 2, "0.01"),
        (dated((0, -100), (365, "105.05")), 3, "0.051"),
        (dated((0, -100), (730, "110.25")), 1, "0.1"),
        (dated((0, -100), (365, "94.95")), 3, "-0.051"),
        # (1 + x) ** (1/5) is rational: a stream whose times are multiples of 73 days.
        (dated((0, -32), (73, 48)), 2, "6.59"),
        # Within 10^-30 of a tie, on either side.
        ([-(10**30), 1_050_500_000_000_000_000_000_000_000_000 + 1], 3, "0.051"),
        ([-(10**30), 1_050_500_000_000_000_000_000_000_000_000 - 1], 3, "0.050"),
        (dated((0, -(10**30)), (365, 1_050_500_000_000_000_000_000_000_000_000 - 1)), 3, "0.050"),
    ],
)  # fmt: skip
def test_ties_and_near_ties(flows, digits, value):
    result = irr(flows, digits=digits)
    assert str(result.value) == value
    assert result.certificate.sign_low is not result.certificate.sign_high


def test_an_exact_tie_says_how_it_was_decided():
    proof = irr([-10_000, 10_505], digits=3).certificate
    assert (proof.sign_low, proof.method_low) == (Sign.ZERO, "exact")
    assert (str(proof.low), str(proof.high)) == ("0.0505", "0.0515")
    near = dated((0, -(10**38)), (1, 10**38 + 1))
    proof = irr(near, digits=15).certificate
    assert proof.unique == "all"
    assert (
        proof.equation == "sum of 2 flows / (1 + rate) ** t = 0, t = actual days / 365"
    )


def test_decimals_decide_what_floats_cannot():
    # The root of these flows is within 1e-33 of 5.05 %, by days that no power matches.
    amount = Decimal(1) * 10**36
    later = int(amount * (Decimal("1.0505").ln() * 100 / 365).exp())
    flows = Equation(read_flows(dated((0, -int(amount)), (100, later))))
    sign, method = flows.sign(Fraction(505, 10_000))
    assert method.startswith("decimal, ")
    assert sign in (Sign.POSITIVE, Sign.NEGATIVE)


def test_costly_exact_signs_come_last(monkeypatch):
    monkeypatch.setattr(equation, "MAX_EXACT_BITS", 0)
    monkeypatch.setattr(equation, "_LAST_DIGITS", 68)
    flows = Equation(read_flows([-100, 110]))
    assert flows.sign(Fraction(1, 10)) == (Sign.ZERO, "exact")
    near = Equation(read_flows([-(10**30), 11 * 10**29 + 1]))
    assert near.sign(Fraction(1, 10)) == (Sign.POSITIVE, "decimal, 34 digits")


def test_what_no_digits_decide_is_a_defect(monkeypatch):
    monkeypatch.setattr(equation, "_LAST_DIGITS", 17)
    flows = Equation(read_flows(dated((0, -(10**30)), (100, 10**30 + 1))))
    with pytest.raises(InvariantError, match="sign of the value"):
        flows.sign(Fraction(1, 10**32))


def test_floats_that_would_overflow_are_not_asked():
    huge = Equation(
        read_flows([-(10**39), Decimal("1E-40"), "1E40".replace("E40", "0" * 38)])
    )
    assert huge.sign(Fraction(0))[1] == "float filter"
    wide = [Decimal("-1E+40"), Decimal("1E-40"), Decimal("9E+40")]
    assert Equation(read_flows(wide)).sign(Fraction(0))[1] == "float filter"
    big = equation.Flows([-(1 << 901), 1 << 902], [0, 1], 1, Fraction(1))
    assert Equation(big).sign(Fraction(0)) == (Sign.POSITIVE, "exact")


@pytest.mark.parametrize(
    ("flows", "kind"),
    [
        ([], FlowsError),
        ([0, 0], FlowsError),
        ([5], FlowsError),
        ([100, 100], NoSignChangeError),
        ([-1, 6, -11, 6], NotUniqueError),
        ([-100, 200, -150], NotUniqueError),
        (dated((0, -100), (365, 230), (730, -132)), NotUniqueError),
        (dated((0, -100), (1, 115)), RateOutOfRangeError),
        (dated((0, -100), (0, 100)), FlowsError),
        (dated((0, -100), (0, 150)), FlowsError),
        ([-100, "0.99"], RateOutOfRangeError),
        ([-1, 10_002], RateOutOfRangeError),
        ([-100, 150, -80, 20], NotUniqueError),
        ([1] * 10_001, FlowsError),
        ([*dated((0, -100)), 110], FlowsError),
        ([(START, 1, 2)], FlowsError),
        (None, InputTypeError),
        (5, InputTypeError),
        ("-100", InputTypeError),
        ({START: 1}, InputTypeError),
        ([-100.0, 110], InputTypeError),
        ([True, 110], InputTypeError),
        ([["2020-01-01", 5]], InputTypeError),
        ([("2020-01-01", 5)], InputTypeError),
        ([(datetime(2020, 1, 1), 5)], InputTypeError),
        ([Decimal("Infinity"), 1], InputValueError),
        (["one", 1], InputValueError),
        ([10**41, 1], LimitError),
    ],
)
def test_flows_that_have_no_rate(flows, kind):
    with pytest.raises(kind) as caught:
        irr(flows)
    assert type(caught.value) is kind


def test_norstrom_finds_the_one_positive_rate():
    # Three changes of sign, but the running sum changes once: one positive root.
    result = irr([-100, 60, -10, 90], digits=6)
    assert result.certificate.unique == "positive"
    growth = Fraction(1) + Fraction(result.value)
    value = -100 + 60 / growth - 10 / growth**2 + 90 / growth**3
    assert abs(value) < Fraction(1, 10**3)


@pytest.mark.parametrize(
    ("digits", "kind"),
    [(0, LimitError), (16, LimitError), (True, InputTypeError), ("6", InputTypeError)],
)
def test_digits(digits, kind):
    with pytest.raises(kind):
        irr([-1, 2], digits=digits)


def test_a_yield_prints_and_annualizes():
    monthly = irr(["-1000"] + ["341"] * 3, digits=6)
    assert str(monthly) == "1.1456% a period"
    assert monthly.percent == Decimal("1.1456")
    assert monthly.simple_annual(12) == Decimal("0.137472")
    assert str(irr([-100, 90], digits=3).simple_annual(12)) == "-1.200"
    yearly = irr(dated((0, -100), (365, 110)), digits=4)
    assert str(yearly) == "10.00% a year"
    with pytest.raises(InputValueError, match="yearly already"):
        yearly.simple_annual(12)
    with pytest.raises(InputTypeError):
        monthly.simple_annual(12.0)
    for number in (0, 367):
        with pytest.raises(LimitError):
            monthly.simple_annual(number)


@pytest.mark.parametrize(
    ("flows", "rate", "digits", "value"),
    [
        (["-1000", "600", "600"], "0.1", 2, "41.32"),
        ([100], "0.5", 0, "100"),
        ([0, 110], "0.1", 2, "100.00"),
        ([0, 0, -121], Fraction(1, 10), 2, "-100.00"),
        ([0, "0.11"], "0.1", 0, "0"),
        ([0, "0.55"], "0.1", 0, "0"),  # half a unit goes to even
        ([0, "1.65"], "0.1", 0, "2"),
        (dated((0, -100), (365, 110)), "0.1", 2, "0.00"),
        (dated((0, 0), (365, 110)), "0.1", 2, "100.00"),
        (dated((0, 0), (100, 100)), "0.1", 10, "97.4225601904"),
        (dated((0, 0), (100, 100)), "-0.5", 2, "120.91"),
        ([0, 100], "-0.99", 2, "10000.00"),
        ([0, 100], 10_000, 6, "0.009999"),
    ],
)
def test_present_values(flows, rate, digits, value):
    assert str(present_value(flows, rate, digits=digits)) == value


def test_a_present_value_too_long_for_fractions(monkeypatch):
    monkeypatch.setattr("loanmath.yields.values.MAX_EXACT_BITS", 0)
    assert present_value(["-1000", "600", "600"], "0.1") == Decimal("41.32")


@pytest.mark.parametrize(
    ("rate", "digits", "kind"),
    [
        ("-0.991", 2, RateOutOfRangeError),
        ("10000.1", 2, RateOutOfRangeError),
        (0.1, 2, InputTypeError),
        (None, 2, InputTypeError),
        (Fraction(1, 3**200), 2, LimitError),
        ("0.1", 16, LimitError),
        ("0.1", True, LimitError),
        ("0.1", -1, LimitError),
    ],
)
def test_values_that_are_refused(rate, digits, kind):
    with pytest.raises(kind):
        present_value([1, 2], rate, digits=digits)


def test_values_that_are_rational_are_found_exactly():
    # 1.5 ** 5: the fifth root of the growth is rational, as day 73 of 365 needs.
    fifth = Equation(read_flows(dated((0, -32), (73, 48))))
    assert fifth.sign(Fraction(3, 2) ** 5 - 1) == (Sign.ZERO, "exact")
    assert fifth.exact_value(Fraction(3, 2)) is None
    # Two flows of one residue class that do not cancel leave the value irrational.
    alike = Equation(read_flows(dated((0, -100), (1, 50), (366, 50))))
    assert alike.exact_value(Fraction(11, 10)) is None
    late = Equation(read_flows(dated((0, 0), (1, 100), (366, -110))))
    assert late.exact_value(Fraction(11, 10)) == 0


def test_at_a_rate_of_zero_all_times_are_alike():
    flows = Equation(read_flows(dated((0, -100), (100, 100))))
    assert flows.sign(Fraction(0)) == (Sign.ZERO, "exact")
    halves = dated((0, "0.001"), (1, "0.004"))
    assert str(present_value(halves, 0)) == "0.00"
    assert str(present_value(halves, "0.000000001", digits=3)) == "0.005"


def test_fifteen_digits_of_large_rates_are_right_though_floats_hold_sixteen():
    for paid, received in (
        (7, 54_321),
        (7, 54_323),
        (3, 29_999),
        (11, 100_003),
        (13, 99_991),
    ):
        exact = (Fraction(received, paid) - 1) * 10**15
        units = irr([-paid, received], digits=15).value.scaleb(15)
        assert abs(Fraction(units) - exact) <= Fraction(1, 2)


def test_present_values_of_huge_amounts_keep_their_last_digit():
    value = present_value(dated((0, 0), (100, 10**39)), "0.1", digits=15)
    longer = present_value(dated((0, 0), (100, 10**39)), "0.1", digits=14)
    assert abs(Fraction(value) - Fraction(longer)) <= Fraction(1, 10**14)
    assert str(value).startswith("97422560190432")
