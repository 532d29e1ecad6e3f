"""Amortized cost, every figure worked by hand; amounts in euro unless they say."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import InstallmentLoan, InterestOnly, Rate, Rounding
from loanmath.analysis.accounting import (
    AccountingTerms,
    PresentValueTest,
    ValueBasis,
    effective_interest,
    modify,
    net_of_allowance,
    present_value_test,
    reestimate,
    remeasure,
    revise,
)
from loanmath.analysis.stream import read_stream, to_growth
from loanmath.errors import (
    CurrencyError,
    DateRangeError,
    FlowsError,
    InputTypeError,
    LimitError,
    NoSignChangeError,
    TermsError,
    UnknownNameError,
)
from loanmath.schedule.printed import percent_cell

EUR = AccountingTerms("EUR")
SHOWN = AccountingTerms("EUR", leftover="shown")
CARRYING = AccountingTerms("EUR", rounded="carrying")
DAY = date(2026, 1, 1)
NOTE = ["-995", "59", "59", "59", "59", "1309"]


def column(schedule, name):
    return [str(getattr(row, name)) for row in schedule.rows]


def loan(**terms):
    usual = {
        "currency": "EUR",
        "principal": "1000",
        "disbursed": DAY,
        "every": "yearly",
        "rate": Rate("10%/year"),
        "repayment": InterestOnly(2),
    }
    return InstallmentLoan(**usual | terms).schedule()


# --- the schedule -----------------------------------------------------------------


def test_interest_on_rounded_carrying_amounts():
    # 10 % of 100.00, 60.00: 10.00, 6.00; the second payment clears.
    found = effective_interest(["-100", "50", "66"], EUR)
    assert found.eir.percent == 10
    assert column(found, "interest") == ["10.00", "6.00"]
    assert column(found, "closing") == ["60.00", "0.00"]
    assert (found.start, found.initial, found.per) == (0, Decimal("100.00"), "period")
    assert found.difference == 0
    assert [row.at for row in found.rows] == [1, 2]


def test_what_rounding_leaves_goes_into_the_last_interest_or_is_shown():
    # Whole euros at 10.0656 %: 10.07 is 10, then 6.04 is 6 on 60, 64 is paid from 66.
    whole = Rounding(unit="1")
    flows = ["-100", "50", "33", "36"]
    last = effective_interest(flows, AccountingTerms("EUR", rounding=whole))
    shown = effective_interest(
        flows, AccountingTerms("EUR", rounding=whole, leftover="shown")
    )
    assert shown.rows[:-1] == last.rows[:-1]
    assert shown.rows[-1].closing == shown.difference == last.difference
    assert last.rows[-1].closing == 0
    assert last.interest == 19
    taken = shown.rows[-1].interest - shown.difference
    assert last.rows[-1].interest == taken


def test_costs_raise_and_fees_lower_the_carrying_amount():
    assert (
        effective_interest(["-95", "110"], EUR, costs="8", fees="3").eir.percent == 10
    )
    # Of a liability too, which is negative: costs paid lower what is carried.
    debt = effective_interest(["105", "-110"], EUR, costs="8", fees="3")
    assert debt.initial == Decimal("-100.00")
    assert column(debt, "interest") == ["-10.00"]
    assert column(debt, "cash_flow") == ["-110.00"]


def test_dates_count_actual_days_over_365():
    # 73 days are a fifth of a year: 1.61051 ** (1 / 5) is 1.1.
    flows = [(DAY, "-100"), (date(2026, 3, 15), "0"), (date(2027, 1, 1), "161.051")]
    fine = AccountingTerms("EUR", rounding=Rounding(unit="0.001"))
    found = effective_interest(flows, fine)
    assert found.per == "year"
    assert column(found, "interest") == ["10.000", "51.051"]
    assert [row.at for row in found.rows] == [date(2026, 3, 15), date(2027, 1, 1)]


def test_flows_of_one_day_are_one_row():
    flows = [(DAY, "-60"), (DAY, "-40"), (date(2027, 1, 1), 60), (date(2027, 1, 1), 50)]
    found = effective_interest(flows, EUR)
    assert found.initial == 100
    assert column(found, "cash_flow") == ["110.00"]


def test_a_schedule_gives_its_flows():
    found = effective_interest(loan(), EUR)
    assert found.start == DAY
    assert column(found, "interest") == ["100.00", "100.00"]


def test_carrying_amounts_rounded_alone():
    # 1,000 / 1,041 / 1,086 / 1,136 / 1,190 to whole units, from exact values.
    whole = AccountingTerms("EUR", rounding=Rounding(unit="1"), rounded="carrying")
    found = effective_interest(NOTE, whole, costs="5")
    assert column(found, "closing") == [
        "1041.00",
        "1086.00",
        "1136.00",
        "1190.00",
        "0.00",
    ]
    assert column(found, "interest") == [
        "100.00",
        "104.00",
        "109.00",
        "113.00",
        "119.00",
    ]


def test_the_carrying_amount_on_any_day():
    flows = [(DAY, "-1000"), (date(2026, 3, 15), "100"), (date(2027, 1, 1), "1464.1")]
    for terms in (EUR, CARRYING):
        found = effective_interest(flows, terms)
        assert found.carrying(DAY) == 1000
        assert found.carrying(date(2026, 3, 15)) == found.rows[0].closing
        assert found.carrying(date(2027, 1, 1)) == 0
        day = date(2026, 5, 27)
        between = effective_interest([*flows, (day, 0)], terms).rows[1]
        assert between.at == day
        assert found.carrying(day) == between.closing
        # Before the first cash flow too.
        early = effective_interest([*flows, (date(2026, 2, 1), 0)], terms).rows[0]
        assert found.carrying(date(2026, 2, 1)) == early.closing


def test_moments_outside_a_schedule():
    dated = effective_interest([(DAY, -100), (date(2027, 1, 1), 110)], EUR)
    plain = effective_interest(["-100", "110"], EUR)
    with pytest.raises(DateRangeError) as caught:
        dated.carrying(date(2027, 1, 2))
    assert caught.value.allowed == "2026-01-01 to 2027-01-01"
    with pytest.raises(LimitError) as caught:
        plain.carrying(-1)
    assert caught.value.allowed == "0 to 1"
    with pytest.raises(InputTypeError) as caught:
        dated.carrying(1)
    assert caught.value.allowed == "a date"
    with pytest.raises(InputTypeError) as caught:
        plain.carrying(DAY)
    assert caught.value.allowed == "the number of a period"


@pytest.mark.parametrize(
    ("flows", "terms", "extra", "error"),
    [
        (["-100"], EUR, {}, FlowsError),
        (["-100", "110"], EUR, {"fees": "100"}, FlowsError),
        (["-100", "110"], EUR, {"fees": "-1"}, LimitError),
        (["-100", "110"], EUR, {"costs": 0.5}, InputTypeError),
        (["-100", "110.001"], EUR, {}, CurrencyError),
        (["-100", "-110"], EUR, {}, NoSignChangeError),
        (["-100", "110"], "EUR", {}, InputTypeError),
        ("-100", EUR, {}, InputTypeError),
        (iter(["-100", "110"]), EUR, {}, InputTypeError),
        ([], EUR, {}, FlowsError),
        (["-1" + "0" * 20, "1"], EUR, {}, LimitError),
        (loan(), AccountingTerms("CNY"), {}, TermsError),
    ],
)
def test_what_no_schedule_can_be_made_of(flows, terms, extra, error):
    with pytest.raises(error):
        effective_interest(flows, terms, **extra)


@pytest.mark.parametrize(
    ("terms", "error"),
    [
        ({"currency": "eur"}, UnknownNameError),
        ({"currency": "EUR", "rounding": "half_up"}, InputTypeError),
        ({"currency": "EUR", "rounded": "never"}, UnknownNameError),
        ({"currency": "EUR", "leftover": "first"}, UnknownNameError),
    ],
)
def test_refused_terms(terms, error):
    with pytest.raises(error):
        AccountingTerms(**terms)


# --- stage 3 ----------------------------------------------------------------------


def test_revenue_on_the_net_amount_while_there_is_an_allowance():
    flows = ["-1000", "100", "100", "100", "1100"]
    found = effective_interest(flows, EUR)
    net = net_of_allowance(found, [(1, "400"), (3, 0)])
    assert column(net, "revenue") == ["100.00", "60.00", "60.00", "100.00"]
    assert column(net, "allowance") == ["0.00", "400.00", "400.00", "0.00"]
    # The gross carrying amount goes on as it did.
    assert column(net, "closing") == column(found, "closing")
    assert (net.revenue, found.revenue) == (320, 400)
    assert net_of_allowance(net, []) == found


def test_revenue_of_days():
    flows = [(DAY, "-100"), (date(2026, 3, 15), "0"), (date(2027, 1, 1), "161.051")]
    fine = AccountingTerms("EUR", rounding=Rounding(unit="0.001"))
    net = net_of_allowance(effective_interest(flows, fine), [(DAY, "50")])
    # 1.1 ** 4 - 1 is 46.41 % of the 110 - 50 that are left.
    assert column(net, "revenue") == ["5.000", "27.846"]


def test_refused_allowances():
    found = effective_interest(["-1000", "600", "600"], EUR)
    for allowances, error in (
        ({1: "5"}, InputTypeError),
        ([["1", "5"]], InputTypeError),
        ([(1, "5", 2)], InputTypeError),
        ([(DAY, "5")], InputTypeError),
        ([(1, "5"), (1, "6")], DateRangeError),
        ([(1, "-5")], LimitError),
        ([(0, "1000.01")], LimitError),
        ([(0, "1")] * 10_001, LimitError),
    ):
        with pytest.raises(error):
            net_of_allowance(found, allowances)
    with pytest.raises(InputTypeError):
        net_of_allowance("schedule", [])


# --- measured anew ----------------------------------------------------------------


def test_a_revised_estimate():
    found = effective_interest(["-100", "10", "10", "110"], EUR)
    change = revise(found, 1, ["121"])
    assert (change.before, change.present_value, change.gain) == (100, 110, 10)
    assert (change.after, change.costs, change.fees) == (110, 0, 0)
    goes_on = change.schedule
    assert goes_on.eir == found.eir
    assert [row.at for row in goes_on.rows] == [2]
    assert column(goes_on, "interest") == ["11.00"]


def test_a_modification_with_costs_and_fees():
    # 107 is worth 97.27 at 10 %; 1 and 3 leave 95.27, which earns 11.73 until 107.
    found = effective_interest(["-100", "10", "110"], EUR)
    change = modify(found, 1, ["107"], costs="1", fees="3")
    assert (change.gain, change.after) == (Decimal("-2.73"), Decimal("95.27"))
    assert column(change.schedule, "interest") == ["11.73"]
    assert change.schedule.eir.percent > 12


def test_a_liability_gains_where_it_falls():
    found = effective_interest(["100", "-10", "-110"], EUR)
    change = revise(found, 1, ["-88"])
    assert (change.before, change.after, change.gain) == (-100, -80, 20)


def test_a_payment_on_the_day_of_the_change():
    day = date(2027, 1, 1)
    basis = ValueBasis("10%", EUR, day)
    change = remeasure("100", [(day, "20"), (date(2028, 1, 1), "88")], basis)
    assert (change.present_value, change.gain) == (100, 0)
    assert column(change.schedule, "interest") == ["0.00", "8.00"]
    # With costs the rate that spreads them counts that payment at once: 90 to 88.
    spread = remeasure(
        "100", [(day, "20"), (date(2028, 1, 1), "88")], basis, costs="10"
    )
    assert spread.schedule.eir.percent == Decimal("-2.2222222222222")


def test_a_floating_rate_is_estimated_anew():
    found = effective_interest(loan(), EUR)
    day = date(2027, 1, 1)
    goes_on = reestimate(found, day, [(date(2028, 1, 1), "1120")])
    assert goes_on.eir.percent == 12
    assert (goes_on.start, goes_on.initial) == (day, 1000)
    # The schedule's own flows after the day change nothing.
    assert reestimate(found, day, loan()).eir.percent == 10


def test_refused_remeasurements():
    found = effective_interest(["-100", "10", "110"], EUR)
    basis = ValueBasis("10%", EUR)
    for call, error in (
        (lambda: revise("schedule", 1, ["1"]), InputTypeError),
        (lambda: reestimate("schedule", 1, ["1"]), InputTypeError),
        (lambda: revise(found, 1, []), FlowsError),
        (lambda: remeasure("100", ["0"], basis), FlowsError),
        (lambda: remeasure("100", ["1"], "10%"), InputTypeError),
        (lambda: remeasure("100", [(DAY, "1")], basis), FlowsError),
        (lambda: remeasure("100", loan(), ValueBasis("1%", AccountingTerms("CNY"), DAY)), TermsError),
        (lambda: ValueBasis(0.1, EUR), InputTypeError),
        (lambda: ValueBasis("-100%", EUR), LimitError),
        (lambda: ValueBasis("10%", "EUR"), InputTypeError),
        (lambda: ValueBasis("10%", EUR, True), InputTypeError),
        (lambda: ValueBasis("10%", EUR, -1), LimitError),
        (lambda: ValueBasis("10%", EUR, date(1800, 1, 1)), DateRangeError),
    ):  # fmt: skip
        with pytest.raises(error):
            call()


def test_flows_before_the_day():
    with pytest.raises(DateRangeError) as caught:
        read_stream([(date(2025, 12, 31), "1")], DAY, "new flows")
    assert str(caught.value) == (
        "date in new flows: got datetime.date(2025, 12, 31); allowed: 2026-01-01 or later"
    )


def test_rates_in_three_ways():
    found = effective_interest(["-100", "110"], EUR)
    assert to_growth(found.eir) == to_growth(Fraction(1, 10)) == Fraction(11, 10)
    assert ValueBasis(found.eir, EUR).share == Fraction(1, 10)
    with pytest.raises(LimitError):
        to_growth(Fraction(1, 1 << 300))


# --- tests by present value -------------------------------------------------------

TEN = PresentValueTest("ten", "10%")
FALL = PresentValueTest("fall", "1%", counted="fall", reached=False)


@pytest.mark.parametrize(
    ("new", "fees", "ratio", "is_met"),
    [
        ("90", 0, "0.100000", True),
        ("90.0000001", 0, "0.100000", False),
        ("110", 0, "0.100000", True),
        ("88", 2, "0.100000", True),
        ("92", -2, "0.100000", True),
        ("100", 0, "0.000000", False),
        ("95", 0, "0.050000", False),
    ],
)
def test_a_test_of_either_way(new, fees, ratio, is_met):
    basis = ValueBasis(0, EUR)
    found = present_value_test(["100"], [new], TEN, basis, fees=fees)
    assert (str(found.ratio), found.is_met) == (ratio, is_met)
    paid = present_value_test(["-100"], [f"-{new}"], TEN, basis, fees=fees)
    assert (paid.ratio, paid.is_met) == (found.ratio, is_met)


@pytest.mark.parametrize(
    ("new", "ratio", "is_met"),
    [
        ("99", "0.010000", False),
        ("98.99", "0.010100", True),
        ("150", "-0.500000", False),
    ],
)
def test_a_test_of_falls(new, ratio, is_met):
    for sign in ("", "-"):
        found = present_value_test(
            [f"{sign}100"], [f"{sign}{new}"], FALL, ValueBasis(0, EUR)
        )
        assert (str(found.ratio), found.is_met) == (ratio, is_met)


def test_values_on_dates():
    basis = ValueBasis("10%", EUR, DAY)
    old, new = [(date(2027, 1, 1), "110")], [(date(2028, 1, 1), "110")]
    found = present_value_test(old, new, TEN, basis)
    # A year later: 1 - 1 / 1.1.
    assert (found.old_value, found.new_value) == (100, Decimal("90.91"))
    assert found.ratio == Decimal("0.090909")


def test_refused_tests():
    basis = ValueBasis("10%", EUR)
    for call, error in (
        (lambda: present_value_test(["1"], ["1"], "10%", basis), InputTypeError),
        (lambda: present_value_test(["1"], ["1"], TEN, "10%"), InputTypeError),
        (lambda: present_value_test(["0"], ["1"], TEN, basis), FlowsError),
        (lambda: present_value_test(loan(), ["1"], TEN, ValueBasis("1%", AccountingTerms("CNY"), DAY)), TermsError),
        (lambda: PresentValueTest(1, "10%"), InputTypeError),
        (lambda: PresentValueTest("ten", "101%"), LimitError),
        (lambda: PresentValueTest("ten", "10%", counted="rise"), UnknownNameError),
        (lambda: PresentValueTest("ten", "10%", reached=1), InputTypeError),
    ):  # fmt: skip
        with pytest.raises(error):
            call()


# --- printed ----------------------------------------------------------------------


def test_a_printed_schedule():
    found = effective_interest(["-1000", "600", "600"], EUR)
    assert str(found).splitlines() == [
        "Effective interest (实际利率法): EUR 1,000.00 from period 0 at 13.0662% a period",
        "Period   Opening  Interest  Cash flow  Closing",
        "1       1,000.00    130.66     600.00   530.66",
        "2         530.66     69.34     600.00     0.00",
        "Total               200.00   1,200.00",
    ]
    assert found.to_csv().splitlines() == [
        "at,opening,interest,cash_flow,closing,allowance,revenue",
        "1,1000.00,130.66,600.00,530.66,0.00,130.66",
        "2,530.66,69.34,600.00,0.00,0.00,69.34",
    ]
    assert found.to_markdown().splitlines()[2].startswith("| Period | Opening |")
    assert found.to_html() == found._repr_html_()


def test_a_printed_schedule_of_dates_with_an_allowance():
    found = effective_interest(loan(), EUR)
    net = net_of_allowance(found, [(date(2027, 1, 1), "100")])
    assert str(net).splitlines() == [
        "Effective interest (实际利率法): EUR 1,000.00 from 2026-01-01 at 10.0000% a year",
        "Date         Opening  Interest  Cash flow   Closing  Allowance  Revenue",
        "2027-01-01  1,000.00    100.00     100.00  1,000.00       0.00   100.00",
        "2028-01-01  1,000.00    100.00   1,100.00      0.00     100.00    90.00",
        "Total                   200.00   1,200.00                        190.00",
    ]


def test_a_printed_remeasurement():
    day = date(2027, 1, 1)
    change = modify(effective_interest(loan(), EUR), day, [(date(2028, 1, 1), "1122")])
    assert str(change).splitlines() == [
        "Measured anew (重新计量) at 2027-01-01, at 10.0000% a year",
        "                                         EUR",
        "Carrying amount before              1,000.00",
        "Present value at the original rate  1,020.00",
        "Gain                                   20.00",
        "Transaction costs                       0.00",
        "Fees received                           0.00",
        "Carrying amount after               1,020.00",
    ]
    assert change.to_csv().splitlines()[3] == "Gain,20.00"
    # What goes on at a rate that was stated says it too.
    plain = remeasure("100", ["110"], ValueBasis("10%", EUR, 3)).schedule
    assert "from period 3 at 10.0000% a period" in str(plain)


def test_a_printed_test():
    found = present_value_test(["100"], ["98.5"], FALL, ValueBasis(0, EUR, 2))
    assert str(found).splitlines()[0] == "fall at period 2, at 0.0000%"
    assert str(found).splitlines()[-2:] == [
        "Threshold                       above 1%",
        "Met                                  yes",
    ]
    assert found.to_csv() == (
        "old_value,new_value,fees,ratio,is_met\n100.00,98.50,0.00,0.015000,True\n"
    )
    dated = present_value_test(
        [(DAY, "1")], [(DAY, "1")], TEN, ValueBasis("10%", EUR, DAY)
    )
    assert str(dated).splitlines()[0] == "ten at 2026-01-01, at 10.0000%"
    assert str(dated).endswith("no")


def test_percentages():
    assert percent_cell(Fraction(-1, 3), 2) == "-33.33%"
