import pickle
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count

import pytest
from attrs import evolve

from loanmath import irr, present_value
from loanmath.errors import (
    CurrencyError,
    DateRangeError,
    FlowsError,
    InputTypeError,
    InputValueError,
    LimitError,
    NoSignChangeError,
    NotUniqueError,
    RateOutOfRangeError,
)
from loanmath.schedule import CashFlow
from loanmath.yields import Equation, Sign
from loanmath.yields.flows import read_flows
from loanmath.yields.internal_rate import solve
from loanmath.yields.proposal import proposed_rate
from loanmath.yields.signs import enclosure, proved_sign, sign_at, vanishes

START = date(2020, 1, 1)


def dated(*pairs):
    return [(START + timedelta(days), amount) for days, amount in pairs]


def per_period(*amounts):
    return Equation.netted(enumerate(amounts), 1)


def by_days(*pairs):
    return Equation.netted(pairs, 365)


# --- rates ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flows", "digits", "value"),
    [
        ([-100, 110], 4, "0.1000"),
        ([100, -110], 4, "0.1000"),
        ([-100, 0, 121], 4, "0.1000"),
        ([0, -100, 0, 121], 4, "0.1000"),
        (["-100.00", "50", Decimal("50.00")], 3, "0.000"),
        ([-100, 90], 3, "-0.100"),
        ([-3, 1, 1, 1], 15, "0E-15"),
        (["-1000", "600", "600"], 12, "0.130662386292"),
        ([-300, -300, 200, 500], 4, "0.0720"),
        ([10, 10, 10, -40], 4, "0.1509"),
        (dated((0, -100), (365, 110)), 4, "0.1000"),
        (dated((365, 110), (0, -100)), 4, "0.1000"),
        (dated((0, -100), (0, -20), (365, 132)), 4, "0.1000"),
        (dated((5, 0), (0, -100), (365, 110)), 4, "0.1000"),
        (dated((90, -50), (455, 110), (0, 0), (90, -50)), 4, "0.1000"),
    ],
)
def test_rates(flows, digits, value):
    for given in (flows, tuple(flows), iter(flows)):
        result = irr(given, digits=digits)
        assert str(result.value) == value
        assert result.digits == digits


def test_rates_have_ten_digits_unless_asked():
    assert str(irr([-100, 110]).value) == "0.1000000000"


def test_named_cash_flows_are_dated_flows():
    flows = [CashFlow(START, Decimal(-100)), CashFlow(date(2020, 12, 31), Decimal(110))]
    assert irr(flows, digits=3) == irr(dated((0, -100), (365, 110)), digits=3)


class Shy(tuple):
    __slots__ = ()

    def __iter__(self):
        raise RuntimeError("iter")

    def __len__(self):
        raise RuntimeError("len")


def test_a_subclass_of_tuple_cannot_answer_for_its_fields():
    flows = [Shy(flow) for flow in dated((0, -100), (365, 110))]
    assert irr(flows, digits=3).percent == Decimal("10.0")


@pytest.mark.parametrize(
    ("flows", "digits", "value"),
    [
        # The root is a half-unit point: away from zero, decided without a float.
        ([-10_000, 10_505], 3, "0.051"),
        ([-10_000, 10_515], 3, "0.052"),
        ([-10_000, 9_495], 3, "-0.051"),
        ([-1000, 1005], 2, "0.01"),
        ([-1000, 995], 2, "-0.01"),
        ([-1000, 0, "1010.025"], 2, "0.01"),
        (dated((0, -100), (365, "105.05")), 3, "0.051"),
        (dated((0, -100), (730, "110.25")), 1, "0.1"),
        (dated((0, -100), (365, "94.95")), 3, "-0.051"),
        (dated((0, -100), (365, 5), (730, "105.05")), 2, "0.05"),
        # 1 + X = 1.5 ** 5, so that 73 days grow by 1.5: 6.59375 is a tie at 4 digits.
        (dated((0, -2), (73, 3)), 4, "6.5938"),
        (dated((0, -2), (73, 1)), 4, "-0.9688"),
        # Within 10^-30 of a tie, on either side.
        ([-(10**30), 10505 * 10**26 + 1], 3, "0.051"),
        ([-(10**30), 10505 * 10**26 - 1], 3, "0.050"),
        (dated((0, -(10**30)), (365, 10505 * 10**26 + 1)), 3, "0.051"),
        (dated((0, -(10**30)), (365, 10505 * 10**26 - 1)), 3, "0.050"),
        (dated((0, -(10**30)), (365, 9495 * 10**26 + 1)), 3, "-0.050"),
        (dated((0, -(10**30)), (365, 9495 * 10**26 - 1)), 3, "-0.051"),
        # Zero has no sign.
        ([-(10**30), 10**30 - 1], 2, "0.00"),
    ],
)
def test_ties_and_near_ties(flows, digits, value):
    result = irr(flows, digits=digits)
    assert str(result.value) == value
    assert result.certificate.verify()


@pytest.mark.parametrize(
    ("flows", "digits", "value"),
    [
        # The ends of the range are in it.
        ([-100, 1], 15, "-0.990000000000000"),
        ([-100, 1], 2, "-0.99"),
        ([-1, 10_001], 15, "10000.000000000000000"),
        ([-1, 10_001], 1, "10000.0"),
        (dated((0, -100), (365, 1)), 4, "-0.9900"),
        (dated((0, -1), (365, 10_001)), 4, "10000.0000"),
        # From -99 % to -95 % the rate rounds to -100 % at one digit.
        ([-100, 1], 1, "-1.0"),
        ([-100, 4], 1, "-1.0"),
        ([-100, 5], 1, "-1.0"),
        ([-100, 6], 1, "-0.9"),
        (dated((0, -100), (365, 4)), 1, "-1.0"),
        (dated((0, -(10**30)), (365, 10_001 * 10**30 - 1)), 3, "10000.000"),
    ],
)
def test_rates_at_the_ends_of_the_range(flows, digits, value):
    result = irr(flows, digits=digits)
    assert str(result.value) == value
    assert result.certificate.verify()


@pytest.mark.parametrize(
    ("flows", "got"),
    [
        ([-100, "0.99"], "below -99 %"),
        (dated((0, -(10**30)), (365, 10**28 - 1)), "below -99 %"),
        ([-1, "10001.01"], "above 1,000,000 %"),
        (dated((0, -(10**30)), (365, 10_001 * 10**30 + 1)), "above 1,000,000 %"),
        (dated((0, -100), (1, 115)), "above 1,000,000 %"),
        (dated((0, -100), (1, "1")), "below -99 %"),
        ([-1, 0, 0, 10**39], "above 1,000,000 %"),
    ],
)
@pytest.mark.parametrize("digits", [1, 2, 15])
def test_rates_out_of_range(flows, got, digits):
    with pytest.raises(RateOutOfRangeError) as caught:
        irr(flows, digits=digits)
    assert caught.value.got == got


@pytest.mark.parametrize(
    ("flows", "kind"),
    [
        ([], FlowsError),
        ([0, 0], FlowsError),
        (dated((0, 100), (9, 5), (9, -5), (0, -100)), FlowsError),
        (dated((0, -100), (0, 100)), FlowsError),
        (dated((0, -100), (0, 150)), FlowsError),
        (dated((7, 100), (7, 150)), FlowsError),
        ([*dated((0, -100)), 110], FlowsError),
        ([110, *dated((0, -100))], FlowsError),
        ([(START, 1, 2)], FlowsError),
        ([()], FlowsError),
        ([5], NoSignChangeError),
        (dated((0, 5)), NoSignChangeError),
        ([100, 0, 100], NoSignChangeError),
        (dated((0, 5), (9, 7), (9, -7)), NoSignChangeError),
        ([-1, 6, -11, 6], NotUniqueError),
        ([-100, 200, -150], NotUniqueError),
        ([-100, 150, -80, 20], NotUniqueError),
        ([-100, 230, -130], NotUniqueError),
        (dated((0, -100), (365, 230), (730, -132)), NotUniqueError),
        ([1] * 10_001, FlowsError),
        (count(), FlowsError),
        (range(10**9), FlowsError),
        ([10**50, 1], LimitError),
        (["9" * 41, 1], LimitError),
        ([Decimal("1E+41"), 1], LimitError),
        (None, InputTypeError),
        (5, InputTypeError),
        ("-100", InputTypeError),
        (b"12", InputTypeError),
        ({START: 1}, InputTypeError),
        ({-100, 110}, InputTypeError),
        ([-100.0, 110], InputTypeError),
        ([True, 110], InputTypeError),
        ([None, 110], InputTypeError),
        ([["2020-01-01", 5]], InputTypeError),
        ([("2020-01-01", 5)], InputTypeError),
        ([(datetime(2020, 1, 1, tzinfo=UTC), 5)], InputTypeError),
        ([(date(1899, 12, 31), 5)], DateRangeError),
        ([Decimal("Infinity"), 1], InputValueError),
        ([Decimal("sNaN"), 1], InputValueError),
        (["one", 1], InputValueError),
        (["1_0", 1], InputValueError),
        (["１", 1], InputValueError),
        ([".5", 1], InputValueError),
        (["5.", 1], InputValueError),
        (["", 1], InputValueError),
    ],
)
def test_flows_that_have_no_rate(flows, kind):
    with pytest.raises(kind) as caught:
        irr(flows)
    assert type(caught.value) is kind


def test_the_number_of_sign_changes_is_the_evidence():
    with pytest.raises(NotUniqueError, match="got 3; allowed: 1, or running") as caught:
        irr([-1, 6, -11, 6])
    assert caught.value.got == 3


def broken():
    yield -100
    raise KeyError("broken")


def refusing():
    yield -100
    raise CurrencyError("amount")


def test_an_iterator_that_fails_is_refused():
    with pytest.raises(InputTypeError) as caught:
        irr(broken())
    assert isinstance(caught.value.__cause__, KeyError)
    with pytest.raises(CurrencyError):
        irr(refusing())


@pytest.mark.parametrize(
    ("digits", "kind"),
    [(0, LimitError), (16, LimitError), (True, InputTypeError), ("6", InputTypeError)],
)
def test_digits(digits, kind):
    with pytest.raises(kind):
        irr([-1, 2], digits=digits)


@pytest.mark.parametrize(
    ("flows", "value"),
    [
        # Running sums that change sign once: one positive root, whatever is below zero.
        ([-100, 60, -10, 90], "0.170972"),
        ([100, -60, 10, -90], "0.170972"),
        ([-1, 3, -1], "1.618034"),
        (dated((0, -100), (365, 300), (730, -100)), "1.618034"),
        # A root just above zero, and one near the top.
        ([-100, 200, "-99.9999"], "0.001000"),
        ([-1, 9000, -1], "8998.999889"),
    ],
)
def test_the_one_positive_rate(flows, value):
    result = irr(flows, digits=6)
    assert str(result.value) == value
    assert result.certificate.unique == "positive"
    assert result.certificate.verify()
    assert str(result.certificate).endswith("one root above 0 %")


def test_a_positive_rate_that_rounds_to_zero():
    proof = irr([-(10**12), 3 * 10**12, 1 - 2 * 10**12], digits=6).certificate
    assert (proof.unique, proof.rate) == ("positive", 1)
    # In the discount factor the roots are 1 +- 10^-10.
    proof = irr([-(10**20), 2 * 10**20, 1 - 10**20], digits=6).certificate
    assert (str(proof.rate), str(proof.low)) == ("0.000000", "0E-7")
    assert (proof.sign_low, proof.sign_high) == (Sign.POSITIVE, Sign.NEGATIVE)
    assert proof.verify()


# --- what a yield and its certificate say -----------------------------------------


def test_a_certificate_tells_its_proof():
    proof = irr([-10_000, 10_505], digits=3).certificate
    assert (proof.low, proof.high) == (Decimal("0.0505"), Decimal("0.0515"))
    assert (proof.sign_low, proof.method_low) == (Sign.ZERO, "exact")
    assert (proof.sign_high, proof.method_high) == (Sign.NEGATIVE, "float filter")
    assert proof.is_tie
    assert str(proof.exact_root) == "0.0505"
    assert (proof.unique, proof.count) == ("all", 2)
    assert proof.terms == Equation((-2000, 2101), (0, 1), 1)
    assert str(proof) == (
        "0 = sum of amount / (1 + rate) ** (period), over 2 netted cash flows; the value"
        " is zero at 0.0505 (exact) and negative at 0.0515 (float filter); one root above"
        " -100 %"
    )


def test_a_certificate_of_dated_flows():
    flows = dated((0, -100), (100, 50), (100, 60))
    proof = irr(flows, digits=15).certificate
    assert proof.equation == (
        "0 = sum of amount / (1 + rate) ** (days / 365), over 2 netted cash flows"
    )
    assert proof.method_low == proof.method_high == "decimal 34 digits"
    assert not proof.is_tie
    assert proof.exact_root is None


def test_exact_roots():
    rising = irr([-10_000, 9_495], digits=3).certificate
    assert (rising.sign_high, rising.is_tie) == (Sign.ZERO, True)
    assert str(rising.exact_root) == "-0.0505"
    exact = irr([-100, 110], digits=3).certificate
    assert (exact.is_tie, str(exact.exact_root)) == (False, "0.100")
    dates = irr(dated((0, -2), (73, 3)), digits=5).certificate
    assert (dates.is_tie, str(dates.exact_root)) == (False, "6.59375")
    # The ends of the range are no ties; where -1.0 stands for them it is not the root.
    lowest = irr([-100, 1], digits=2).certificate
    assert (lowest.is_tie, str(lowest.exact_root)) == (False, "-0.990")
    coarse = irr([-100, 1], digits=1).certificate
    assert (coarse.is_tie, str(coarse.exact_root)) == (False, "-0.99")
    assert irr([-100, 4], digits=1).certificate.exact_root is None
    highest = irr([-1, 10_001], digits=2).certificate
    assert (highest.is_tie, highest.exact_root) == (False, 10_000)


@pytest.mark.parametrize(
    "changes",
    [
        {"rate": Decimal("0.052")},
        {"rate": Decimal("0.050")},
        {"rate": Decimal("20000.000")},
        {"rate": Decimal("-5.000")},
        {"rate": Decimal("0.0510")},
        {"multiple": Fraction(12)},
        {"sign_low": Sign.POSITIVE},
        {"sign_high": Sign.ZERO},
        {"unique": "positive"},
        {"terms": Equation((-2000, 2102), (0, 1), 1)},
    ],
)
def test_a_false_certificate_does_not_verify(changes):
    proof = irr([-10_000, 10_505], digits=3).certificate
    assert proof.verify()
    assert not evolve(proof, **changes).verify()


def test_a_tie_to_the_wrong_side_does_not_verify():
    proof = irr([-10_000, 10_505], digits=3).certificate
    wrong = evolve(
        proof,
        rate=Decimal("0.050"),
        sign_low=Sign.POSITIVE,
        sign_high=Sign.ZERO,
    )
    assert not wrong.verify()


def test_a_yield_prints_and_annualizes():
    monthly = irr(["-1000"] + ["341"] * 3, digits=6)
    assert (str(monthly), monthly.per) == ("1.1456% a period", "period")
    assert str(monthly.percent) == "1.1456"
    assert str(monthly.simple_annual(12)) == "0.137472"
    assert str(monthly.simple_annual(periods_per_year=1)) == "0.011456"
    assert str(irr([-100, 90], digits=3).simple_annual(12)) == "-1.200"
    yearly = irr(dated((0, -100), (365, 110)), digits=4)
    assert (str(yearly), yearly.per) == ("10.00% a year", "year")
    assert str(irr([-100, 190], digits=2).percent) == "90"
    assert str(irr([-100, 190], digits=1).percent) == "90"
    assert str(irr([-100, 4], digits=1)) == "-100% a period"
    assert str(irr([-100, 100], digits=10)) == "0.00000000% a period"
    assert str(irr([-(10**9), 10**9 + 1], digits=12)) == "0.0000001000% a period"
    assert str(irr([-1, 10_001], digits=3)) == "1000000.0% a period"


def test_effective_annual_rates():
    monthly = irr([-100, 101], digits=4)
    assert str(monthly.effective_annual(12)) == "0.1268"
    assert str(monthly.effective_annual(12, digits=15)) == "0.126825030131970"
    assert str(monthly.effective_annual(1)) == "0.0100"
    # (1 + 0.5)^2 - 1 = 1.25 and (1 - 0.5)^2 - 1 = -0.75: ties go away from zero.
    assert str(irr([-2, 3], digits=1).effective_annual(2)) == "1.3"
    assert str(irr([-2, 1], digits=1).effective_annual(2)) == "-0.8"
    assert str(irr([-100, 1], digits=1).effective_annual(2)) == "-1.0"
    assert str(irr([-1, 100], digits=2).effective_annual(2)) == "9999.00"
    with pytest.raises(LimitError, match="at most 1,000,000 %"):
        irr([-1, 101], digits=2).effective_annual(2)


@pytest.mark.parametrize("method", ["simple_annual", "effective_annual"])
@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (12.0, InputTypeError),
        (True, InputTypeError),
        (0, LimitError),
        (367, LimitError),
    ],
)
def test_periods_in_a_year_are_checked(method, number, kind):
    with pytest.raises(kind):
        getattr(irr([-100, 101]), method)(number)


@pytest.mark.parametrize("method", ["simple_annual", "effective_annual"])
def test_a_yearly_rate_is_not_annualized(method):
    yearly = irr(dated((0, -100), (365, 110)))
    with pytest.raises(InputValueError, match="a rate per period"):
        getattr(yearly, method)(12)


def test_digits_of_the_effective_rate_are_checked():
    with pytest.raises(LimitError):
        irr([-100, 101]).effective_annual(12, digits=16)


def test_yields_are_values():
    one, same = irr([-100, 110]), irr([100, -110][::-1][::-1])
    assert one.value == same.value
    assert one == irr(["-100.0", "110.00"])
    assert pickle.loads(pickle.dumps(one)) == one
    assert hash(one) == hash(irr([-200, 220]))


# --- signs ------------------------------------------------------------------------


def test_the_float_filter_comes_first():
    assert sign_at(per_period(-100, 110), 5, 100) == (Sign.POSITIVE, "float filter")
    assert sign_at(per_period(-100, 110), 15, 100) == (Sign.NEGATIVE, "float filter")
    assert sign_at(per_period(-100, 110), -5, 100) == (Sign.POSITIVE, "float filter")


def test_long_times_do_not_overflow_the_filter():
    # 0.01 ** -10,000 is 10^20,000; counted from the other end nothing is large.
    far = Equation.netted([(0, -1), (5000, -1), (10_000, 1)], 1)
    assert sign_at(far, -99, 100) == (Sign.POSITIVE, "float filter")
    assert sign_at(far, 10_000, 1) == (Sign.NEGATIVE, "float filter")


def test_amounts_beyond_floats_are_decided_without_them():
    big = per_period(-(10**400), 11 * 10**399 + 1)
    assert big.weights == ()
    assert sign_at(big, 1, 10) == (Sign.POSITIVE, "exact")
    with pytest.raises(LimitError, match="2\\^440"):
        solve(big, 4)
    assert per_period(-(2**440), 1).weights
    assert not per_period(-(2**441), 1).weights


def test_whole_periods_are_decided_by_integers():
    assert proved_sign(per_period(-100, 110), 10, 100) == (Sign.ZERO, "exact")
    assert proved_sign(per_period(-100, 0, 110), 10, 100) == (Sign.NEGATIVE, "exact")
    assert proved_sign(per_period(-100, 110), 0, 1) == (Sign.POSITIVE, "exact")
    assert proved_sign(per_period(-100, 110), -1, 2) == (Sign.POSITIVE, "exact")


def test_very_long_streams_are_decided_by_decimals():
    flows = [-10_000] + [503] * 9_998 + [10_503]
    assert proved_sign(per_period(*flows), 503, 10_000) == (Sign.ZERO, "exact")
    flows[-1] += 1
    sign, method = proved_sign(per_period(*flows), 503, 10_000)
    # The odd unit is worth 10^-213.
    assert (sign, method) == (Sign.POSITIVE, "decimal 272 digits")


def test_decimals_decide_what_nothing_else_can():
    # The root is within 1e-33 of 5.05 %, on days that make it irrational.
    later = int((Decimal("1.0505").ln() * 100 / 365).exp() * 10**27) * 10**9
    near = by_days((0, -(10**36)), (100, later))
    assert proved_sign(near, 505, 10_000) == (Sign.NEGATIVE, "decimal 34 digits")
    exact = by_days((0, -1), (365, 10**35), (730, 1 - 10**35))
    sign, method = proved_sign(exact, 1, 10**40)
    assert (sign, method) == (Sign.POSITIVE, "decimal 68 digits")


@pytest.mark.parametrize(
    ("equation", "growth", "zero"),
    [
        (per_period(-1, 1), Fraction(1), True),
        (per_period(-1, 2), Fraction(1), False),
        (per_period(-100, 110), Fraction(11, 10), True),
        (per_period(-100, 0, 121), Fraction(11, 10), True),
        (per_period(-100, 0, 121), Fraction(12, 10), False),
        (per_period(-100, 50), Fraction(1, 2), True),
        (per_period(-100, 50), Fraction(1, 3), False),
        (per_period(-100, 300, -200), Fraction(2), True),
        (per_period(-100, 300, -201), Fraction(2), False),
        # Far apart flows, with and without a fraction; a balance of nothing between.
        (Equation.netted([(0, -1), (9000, 1)], 1), Fraction(2), False),
        (Equation.netted([(0, -1), (9000, 1)], 1), Fraction(3, 2), False),
        (
            Equation.netted([(0, -1), (1, 2), (9000, -1), (9001, 2)], 1),
            Fraction(2),
            True,
        ),
        # Divisible once and not twice; divisible and too large.
        (Equation.netted([(0, -2), (2, 5)], 1), Fraction(3, 2), False),
        (Equation.netted([(0, -4), (2, 8)], 1), Fraction(3, 2), False),
        (Equation.netted([(0, -4), (2, 9)], 1), Fraction(3, 2), True),
        (Equation.netted([(0, -8), (3, 9)], 1), Fraction(3, 2), False),
        # Days: only flows a whole number of years apart can cancel ...
        (by_days((0, -100), (365, 110)), Fraction(11, 10), True),
        (by_days((0, -100), (366, 110)), Fraction(11, 10), False),
        (by_days((0, -100), (10, -50), (365, 110), (375, 55)), Fraction(11, 10), True),
        (by_days((0, -100), (10, -50), (365, 110), (375, 54)), Fraction(11, 10), False),
        # ... unless the growth is a power with an exponent that divides 365.
        (by_days((0, -2), (73, 3)), Fraction(3, 2) ** 5, True),
        (by_days((0, -4), (146, 9)), Fraction(3, 2) ** 5, True),
        (by_days((0, -2), (5, 3)), Fraction(3, 2) ** 73, True),
        (by_days((0, -2), (1, 3)), Fraction(3, 2) ** 365, True),
        (by_days((0, -2), (1, 3)), Fraction(3, 2) ** 73, False),
        (by_days((0, -2), (73, 3)), Fraction(3**5, 2), False),
        (by_days((0, -2), (73, 1)), Fraction(1, 32), True),
        (Equation.netted([(0, -4), (6, 9)], 12), Fraction(81, 16), True),
        (Equation.netted([(0, -2), (4, 1)], 12), Fraction(1, 8), True),
        (Equation.netted([(0, -2), (3, 3)], 7), Fraction(3, 2) ** 7, False),
        (Equation.netted([(0, -8), (3, 27)], 7), Fraction(3, 2) ** 7, True),
    ],
)
def test_exact_zeros(equation, growth, zero):
    assert vanishes(equation, growth) is zero


def test_an_enclosure_holds_the_value():
    equation = per_period(-100, 60, 55)
    assert equation.amounts == (-20, 12, 11)
    exact = -20 + Fraction(12 * 100, 107) + Fraction(11 * 100**2, 107**2)
    for digits in (10, 34, 68):
        value, bound = enclosure(equation, Fraction(107, 100), digits)
        assert abs(Fraction(value) - exact) <= Fraction(bound)
        assert bound < Decimal(1).scaleb(6 - digits)


def test_equations_are_netted_in_order():
    equation = Equation.netted([(9, 4), (5, -8), (9, 2), (7, 1), (7, -1)], 365)
    assert (equation.amounts, equation.times) == ((-4, 3), (0, 4))
    assert equation == Equation((-4, 3), (0, 4), 365)
    assert Equation.netted([], 1).times == ()
    assert equation.sign_changes() == 1


def test_amounts_of_any_scale_are_exact():
    read = read_flows(["1.50", 2, Decimal("-0.003"), Decimal("1E+2"), "0"])
    assert read == ([1500, 2000, -3, 100_000, 0], [0, 1, 2, 3, 4], 1, -3, None, True)
    read = read_flows(dated((3, "0.5"), (0, "-7")))
    assert read == ([5, -70], [3, 0], 365, -1, START, False)


# --- proposals --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("equation", "positive", "rate"),
    [
        (per_period(-100, 110), False, 0.1),
        (per_period(-100, 0, 121), False, 0.1),
        (per_period(-100, 1), False, -0.99),
        (per_period(-1, 10_001), False, 10_000),
        (per_period(-1000, 1), False, -0.99),
        (per_period(-1, 10**9), False, 10_000),
        (per_period(-100, 60, -10, 90), True, 0.170972),
        (per_period(-1, 9000, -1), True, 8998.9998888889),
        (Equation.netted([(0, -1), (9999, 2)], 1), False, 2 ** (1 / 9999) - 1),
        (Equation.netted([(0, -1), (1, -(10**30)), (9999, 10**30)], 1), False, 0),
    ],
)
def test_proposals_are_close(equation, positive, rate):
    assert abs(proposed_rate(equation, 10, positive) - rate) < 1e-8 * (1 + abs(rate))


@pytest.mark.parametrize("proposal", [-7.0, -0.99, -0.5, 0.0, 0.1, 0.1004, 55.0, 1e9])
def test_any_proposal_leads_to_the_same_rate(proposal, monkeypatch):
    monkeypatch.setattr(
        "loanmath.yields.equation.proposed_rate", lambda *args: proposal
    )
    for digits in (1, 3, 6, 15):
        assert irr([-100, 110], digits=digits).value == Decimal("0.1")
        assert irr([-100, 1], digits=digits).certificate.verify()
        assert irr([-1, 10_001], digits=digits).value == 10_000
        assert irr([-1, 3, -1], digits=digits).certificate.verify()


def test_a_proposal_of_many_steps():
    # The variance of time differs so much between the sides that Newton's steps leave
    # the bracket, and bisection goes on.
    amounts = [(0, -1), (1, -(10**12)), (2, 10**12), (400, 10**3)]
    equation = Equation.netted(amounts, 1)
    assert solve(equation, 8).verify()


# --- present values ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("flows", "rate", "digits", "value"),
    [
        (["-1000", "600", "600"], "0.1", 2, "41.32"),
        ([100], "0.5", 0, "100"),
        ([0, 110], "0.1", 2, "100.00"),
        ([0, 110], Decimal("0.1"), 2, "100.00"),
        ([0, 0, -121], Fraction(1, 10), 2, "-100.00"),
        ([5, -5], 0, 2, "0.00"),
        ([0, 0], "0.1", 2, "0.00"),
        # Half a unit goes to even, exactly.
        ([0, "0.55"], "0.1", 0, "0"),
        ([0, "1.65"], "0.1", 0, "2"),
        ([0, "-0.55"], "0.1", 0, "0"),
        ([0, "-1.65"], "0.1", 0, "-2"),
        ([0, "0.549999999999999999999999999999999999999"], "0.1", 0, "0"),
        ([0, "0.550000000000000000000000000000000000001"], "0.1", 0, "1"),
        ([0, "1.649999999999999999999999999999999999999"], "0.1", 0, "1"),
        (["0.005", 0, 0, 1, "-1.05"], "0.05", 2, "0.00"),
        (["0.015", 0, 0, 1, "-1.05"], "0.05", 2, "0.02"),
        (["0.5"], "0.1", 0, "0"),
        (["1.5"], "0.1", 0, "2"),
        # Dated; the first date is where the value is, also where nothing is paid on it.
        (dated((0, -100), (365, 110)), "0.1", 2, "0.00"),
        (dated((365, 110), (0, 0)), "0.1", 2, "100.00"),
        (dated((365, 110)), "0.1", 2, "110.00"),
        (dated((0, 0), (100, 100)), "0.1", 10, "97.4225601904"),
        (dated((0, 0), (100, 100)), "-0.5", 2, "120.91"),
        # A tie that needs the exact test: the later flows cancel, the first one is half.
        (dated((0, "0.005"), (100, 1), (465, "-1.1")), "0.1", 2, "0.00"),
        (dated((0, "0.015"), (100, 1), (465, "-1.1")), "0.1", 2, "0.02"),
        (dated((0, "0.005"), (100, 1), (465, "-1.0999999999999999999999999999999999999")), "0.1", 2, "0.01"),
        ([0, 100], "-0.99", 2, "10000.00"),
        ([0, 100], 10_000, 6, "0.009999"),
        ([0] * 9_999 + [1], 10_000, 15, "0E-15"),
        ([0] * 50 + [1], "-0.99", 0, "1" + "0" * 100),
        ([Decimal("1E+40")] * 3, 0, 2, "3" + "0" * 40 + ".00"),
    ],
)  # fmt: skip
def test_present_values(flows, rate, digits, value):
    assert str(present_value(flows, rate, digits=digits)) == value


def test_present_values_have_two_digits_unless_asked():
    assert str(present_value([1], "0.1")) == "1.00"


@pytest.mark.parametrize(
    ("flows", "rate", "digits", "kind"),
    [
        ([1, 2], "-0.991", 2, LimitError),
        ([1, 2], "10000.1", 2, LimitError),
        ([1, 2], 0.1, 2, InputTypeError),
        ([1, 2], None, 2, InputTypeError),
        ([1, 2], "10%", 2, InputValueError),
        ([1, 2], Fraction(1, 3**200), 2, LimitError),
        ([1, 2], "0.1", 16, LimitError),
        ([1, 2], "0.1", -1, LimitError),
        ([1, 2], "0.1", True, InputTypeError),
        ([], "0.1", 2, FlowsError),
        ([1, (START, 1)], "0.1", 2, FlowsError),
        ([0] * 51 + [1], "-0.99", 2, LimitError),
        ([1] * 10_000, "-0.99", 2, LimitError),
    ],
)
def test_values_that_are_refused(flows, rate, digits, kind):
    with pytest.raises(kind) as caught:
        present_value(flows, rate, digits=digits)
    assert type(caught.value) is kind
