import csv
import io
import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

import loanmath
from loanmath import (
    MONTHLY,
    WEEKENDS,
    BusinessDays,
    CashFlow,
    EqualPrincipal,
    FlatFee,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    Rate,
    Rounding,
    SinglePayment,
    level_payment,
)
from loanmath.errors import (
    InputTypeError,
    InputValueError,
    InvariantError,
    LimitError,
    ScheduleError,
    TermsError,
    UnknownNameError,
)
from loanmath.schedule import resolve as resolve_module
from loanmath.schedule import schedule as schedule_module

BASE = {
    "currency": "CNY",
    "principal": "1000",
    "disbursed": date(2026, 1, 15),
    "every": MONTHLY,
    "rate": Rate("12%/year"),
    "repayment": LevelPayment(3),
}


def plan(**changes):
    return InstallmentLoan(**(BASE | changes)).schedule()


def column(schedule, name):
    return [str(getattr(row, name)) for row in schedule]


# Each method once, by hand.


def test_level_payment():
    schedule = plan()
    assert column(schedule, "payment") == ["340.02", "340.02", "340.03"]
    assert column(schedule, "interest") == ["10.00", "6.70", "3.37"]
    assert column(schedule, "closing") == ["669.98", "336.66", "0.00"]


def test_level_payment_in_whole_units():
    terms = LevelPayment(3, rounding=Rounding("ceiling", unit="1"))
    schedule = plan(repayment=terms)
    assert column(schedule, "payment") == ["341.00", "341.00", "338.04"]
    assert column(schedule, "interest") == ["10.00", "6.69", "3.35"]


def test_level_payment_with_the_residue_first():
    schedule = plan(repayment=LevelPayment(3, residue="first"))
    assert column(schedule, "payment") == ["340.03", "340.02", "340.02"]
    assert column(plan(repayment=LevelPayment(1, residue="first")), "payment") == [
        "1010.00"
    ]


def test_a_residue_first_is_refused_or_planned_as_a_residue_last():
    terms = {"rate": Rate("1000%/year"), "day_count": "ACT/365F", "principal": "10000"}
    for residue in ("first", "last"):
        with pytest.raises(ScheduleError, match="installment 1"):
            plan(repayment=LevelPayment(24, residue=residue), **terms)
    grows = LevelPayment(24, residue="first", shortfall="capitalize")
    payments = column(plan(repayment=grows, **terms), "payment")
    assert len(set(payments[1:-1])) == 1
    assert payments[:2] == ["8257.39", "8257.40"]


def test_no_payment_goes_to_the_borrower():
    level = LevelPayment(
        24, residue="first", rounding=Rounding("up", unit="1"), shortfall="capitalize"
    )
    with pytest.raises(ScheduleError, match="payments of zero or more"):
        plan(principal="62.92", rate=Rate("-50%/year"), repayment=level)
    with pytest.raises(ScheduleError, match="installment 2: got 'a payment of -4'"):
        plan(
            currency="JPY",
            principal="11",
            rate=Rate("-0.5%/year"),
            rounding=Rounding("up", unit="5"),
        )


def test_equal_principal():
    schedule = plan(repayment=EqualPrincipal(3))
    assert column(schedule, "principal") == ["333.33", "333.33", "333.34"]
    assert column(schedule, "interest") == ["10.00", "6.67", "3.33"]
    first = plan(repayment=EqualPrincipal(3, residue="first"))
    assert column(first, "principal") == ["333.34", "333.33", "333.33"]


def test_interest_only():
    schedule = plan(repayment=InterestOnly(3))
    assert column(schedule, "payment") == ["10.00", "10.00", "1010.00"]


def test_single_payment():
    schedule = plan(repayment=SinglePayment(6))
    assert len(schedule) == 1
    assert (schedule[0].start, schedule[0].due) == (
        date(2026, 1, 15),
        date(2026, 7, 15),
    )
    assert column(schedule, "payment") == ["1060.00"]
    dated = plan(
        every=[date(2026, 2, 14)], repayment=SinglePayment(1), day_count="ACT/360"
    )
    assert column(dated, "interest") == ["10.00"]


def test_flat_fees():
    huabei = FlatFee(3, "2.3%", residue="first", fee_rounding="half_even")
    schedule = plan(principal="123.67", rate=None, rounding="down", repayment=huabei)
    assert column(schedule, "payment") == ["42.19", "42.16", "42.16"]
    assert column(schedule, "interest") == ["0.00"] * 3
    bank = plan(principal="100", rate=None, repayment=FlatFee(3, "1%"))
    assert column(bank, "principal") == ["33.33", "33.33", "33.34"]
    assert column(bank, "fee") == ["0.33", "0.33", "0.34"]
    first = plan(
        principal="100", rate=None, repayment=FlatFee(3, "1%", charged="first")
    )
    assert column(first, "fee") == ["1.00", "0.00", "0.00"]
    assert column(first, "payment") == ["34.33", "33.33", "33.34"]
    each = plan(rate=None, repayment=FlatFee(3, "0.6%", fee_for="installment"))
    assert column(each, "fee") == ["6.00"] * 3
    assert each.totals.fee == Decimal("18.00")
    coarse = FlatFee(3, "1%", fee_rounding=Rounding("up", unit="0.5"))
    assert plan(principal="123", rate=None, repayment=coarse).totals.fee == Decimal(
        "1.50"
    )


def test_stated_principal_amounts():
    schedule = plan(repayment=PrincipalAmounts(["0", "400", "600"]))
    assert column(schedule, "payment") == ["10.00", "410.00", "606.00"]


def test_unrounded_contracts_keep_their_digits():
    schedule = plan(
        rounding=Rounding.unrounded(6), principal="100", repayment=LevelPayment(2)
    )
    assert column(schedule, "payment") == ["50.751244", "50.751244"]
    assert column(schedule, "interest") == ["1.000000", "0.502488"]


# Time.


def test_an_odd_first_period_is_charged_by_its_days():
    schedule = plan(rate=Rate("0.04%/day"), first_due=date(2026, 2, 20))
    assert [str(row.due) for row in schedule] == [
        "2026-02-20",
        "2026-03-20",
        "2026-04-20",
    ]
    assert str(schedule[0].interest) == "14.40"  # 36 days


@pytest.mark.parametrize(
    ("head_tail", "interest"),
    [
        ("head", ["31.00", "28.00", "31.00"]),
        ("tail", ["31.00", "28.00", "31.00"]),
        ("both", ["31.00", "28.00", "32.00"]),
        ("neither", ["30.00", "28.00", "31.00"]),
    ],
)
def test_head_and_tail_are_those_of_the_loan(head_tail, interest):
    schedule = plan(
        rate=Rate("0.1%/day"), repayment=InterestOnly(3), head_tail=head_tail
    )
    assert column(schedule, "interest") == interest


def test_head_and_tail_of_one_period():
    terms = {"rate": Rate("0.1%/day"), "repayment": SinglePayment(1)}
    days = {"head": "31.00", "tail": "31.00", "both": "32.00", "neither": "30.00"}
    for head_tail, interest in days.items():
        assert str(plan(head_tail=head_tail, **terms)[0].interest) == interest


def test_days_off_move_the_payment_and_the_interest_or_only_the_payment():
    terms = {"rate": Rate("0.1%/day"), "repayment": InterestOnly(3)}
    moved = plan(business_days=BusinessDays("following", WEEKENDS), **terms)
    assert [str(row.due) for row in moved] == ["2026-02-16", "2026-03-16", "2026-04-15"]
    assert [row.end for row in moved] == [row.due for row in moved]
    assert column(moved, "interest") == ["32.00", "28.00", "30.00"]
    kept = plan(
        business_days=BusinessDays("following", WEEKENDS, interest="unadjusted"),
        **terms,
    )
    assert [row.due for row in kept] == [row.due for row in moved]
    assert [str(row.end) for row in kept] == ["2026-02-15", "2026-03-15", "2026-04-15"]
    assert column(kept, "interest") == ["31.00", "28.00", "31.00"]


def test_a_first_due_date_that_moves_back_to_disbursement_is_refused():
    with pytest.raises(ScheduleError, match="first_due"):
        plan(
            disbursed=date(2026, 1, 16),
            first_due=date(2026, 1, 18),
            rate=Rate("0.1%/day"),
            business_days=BusinessDays("preceding", WEEKENDS),
        )


@pytest.mark.parametrize(
    ("quote", "day_count", "interest"),
    [
        ("12%/year", "ACT/360", ["10.33", "9.33", "10.33"]),
        ("12%/year", "ACT/365F", ["10.19", "9.21", "10.19"]),
        ("12%/year", "30E/360", ["10.00", "10.00", "10.00"]),
        ("12%/year", "30/360 CN", ["10.00", "10.00", "10.00"]),
        ("12%/year", "ACT/ACT ISDA", ["10.19", "9.21", "10.19"]),
        ("12%/year", "ACT/ACT ICMA", ["10.00", "10.00", "10.00"]),
        ("1%/month", "ACT/365F", ["10.19", "9.21", "10.19"]),
        ("1%/month", "ACT/ACT ISDA", ["10.19", "9.21", "10.19"]),
        ("1%/month", "ACT/ACT ICMA", ["10.00", "10.00", "10.00"]),
        ("0.03%/day", "30E/360", ["9.00", "9.00", "9.00"]),
    ],
)
def test_rates_and_day_counts_together(quote, day_count, interest):
    terms = {"repayment": InterestOnly(3), "day_count": day_count}
    assert column(plan(rate=Rate(quote), **terms), "interest") == interest


@pytest.mark.parametrize(
    ("changes", "interest"),
    [
        ({"disbursed": date(2026, 1, 31)}, ["9.33", "10.67", "10.00"]),
        ({"every": "P14D"}, ["4.67", "4.33", "4.67"]),
        ({"first_due": date(2026, 3, 1)}, ["15.33", "10.00", "10.00"]),
    ],
)
def test_months_of_thirty_days_off_the_beaten_track(changes, interest):
    terms = {"repayment": InterestOnly(3), "day_count": "30E/360"}
    assert column(plan(**terms, **changes), "interest") == interest


def test_days_that_need_their_own_context():
    terms = {"repayment": InterestOnly(2), "disbursed": date(2024, 2, 15)}
    # 29 February bears no interest: 28 and 31 days over 365.
    assert column(plan(day_count="NL/365", **terms), "interest") == ["9.21", "10.19"]
    # A month and five odd days is 35 days of 360.
    odd = plan(day_count="30/360 CN", first_due=date(2024, 3, 20), **terms)
    assert column(odd, "interest") == ["11.67", "10.00"]


def test_a_payment_sized_on_another_day_count():
    schedule = plan(
        principal="10000",
        disbursed=date(2025, 1, 15),
        rate=Rate("0.04%/day"),
        repayment=LevelPayment(12, sized_by="30/360 CN"),
    )
    assert (str(schedule[0].payment), str(schedule[-1].payment)) == ("899.75", "908.22")


# Edges.


def test_tiny_loans_keep_their_rows_and_sums():
    schedule = plan(principal="0.01", repayment=LevelPayment(12))
    assert column(schedule, "payment") == ["0.00"] * 11 + ["0.01"]
    assert len(plan(principal="0.07", repayment=EqualPrincipal(12))) == 12
    assert len(schedule.cash_flows()) == 2


def test_a_negative_rate_pays_interest_to_the_borrower():
    schedule = plan(rate=Rate("-0.5%/year"), repayment=LevelPayment(12))
    assert str(schedule[0].interest) == "-0.42"
    assert schedule.totals.interest < 0
    with pytest.raises(ScheduleError, match="leaves something"):
        plan(rate=Rate("-99%/year"), every="P60M", repayment=LevelPayment(2))


def test_a_payment_below_the_interest():
    terms = {"rate": Rate("60%/year"), "day_count": "ACT/365F"}
    with pytest.raises(ScheduleError, match="installment 1: got 'a payment of"):
        plan(repayment=LevelPayment(360), **terms)
    grows = plan(repayment=LevelPayment(360, shortfall="capitalize"), **terms)
    assert grows[0].principal < 0
    assert str(grows[-1].closing) == "0.00"
    assert grows.totals.principal == Decimal("1000.00")


def test_a_broken_plan_is_reported_as_a_defect(monkeypatch):
    def broken(*args):
        return resolve_module.Walk([1], [1], [1], [0], [0], [1], 0)

    monkeypatch.setattr(resolve_module, "amortize_payments", broken)
    with pytest.raises(InvariantError, match="last balance"):
        plan(repayment=LevelPayment(1))


# The value.


def test_rows_columns_and_items_agree():
    schedule = plan()
    rows = schedule.rows()
    assert (
        rows == tuple(schedule) == schedule[:] == tuple(schedule[k] for k in range(3))
    )
    assert schedule[-1] == rows[-1]
    assert len(schedule) == 3
    columns = schedule.columns()
    assert list(columns) == list(rows[0]._fields)
    assert columns["number"] == (1, 2, 3)
    assert columns["interest"] == (1000, 670, 337)
    for index in (3, -4):
        with pytest.raises(IndexError):
            schedule[index]


def test_totals_by_year_and_cash_flows():
    schedule = plan(disbursed=date(2026, 11, 15))
    assert [str(sum_) for sum_ in schedule.totals] == [
        "1020.07",
        "1000.00",
        "20.07",
        "0.00",
        "0.00",
        "0.00",
    ]
    years = schedule.by_year()
    assert list(years) == [2026, 2027]
    assert str(years[2026].payment) == "340.02"
    assert str(years[2027].payment) == "680.05"
    assert schedule.cash_flows()[:2] == (
        CashFlow(date(2026, 11, 15), Decimal("-1000.00")),
        CashFlow(date(2026, 12, 15), Decimal("340.02")),
    )
    assert sum(flow.amount for flow in schedule.cash_flows()) == Decimal("20.07")


def test_a_schedule_is_a_frozen_value():
    schedule = plan()
    assert schedule == plan()
    assert hash(schedule) == hash(plan())
    assert schedule != plan(principal="1001")
    assert pickle.loads(pickle.dumps(schedule)) == schedule
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        schedule.loan = None
    assert repr(schedule) == "<Schedule of 3 installments: CNY 1020.07 to 2026-04-15>"
    assert schedule_module.plan(schedule.loan) == schedule


def test_text():
    assert str(plan(repayment=FlatFee(2, "5%"), rate=None)) == (
        "Installments with a flat fee (分期手续费): CNY 1,000.00 on 2026-01-15, monthly\n"
        "No  Due          Opening   Payment  Principal    Fee  Closing\n"
        " 1  2026-02-15  1,000.00    525.00     500.00  25.00   500.00\n"
        " 2  2026-03-15    500.00    525.00     500.00  25.00     0.00\n"
        "    Total                 1,050.00   1,000.00  50.00"
    ).replace("Principal    Fee", "Principal  Interest    Fee").replace(
        "500.00  25.00", "500.00      0.00  25.00"
    ).replace("1,000.00  50.00", "1,000.00      0.00  50.00")
    daily = plan(every="P10D", rate=Rate("0.04%/day"), day_count="ACT/360")
    assert "at 0.04%/day (ACT/360), every P10D" in str(daily)
    dated = plan(
        every=[date(2026, 3, 1)], rate=Rate("0.04%/day"), repayment=SinglePayment(1)
    )
    assert "(actual days), on stated dates" in str(dated)


def test_markdown_csv_and_html():
    schedule = plan()
    lines = schedule.to_markdown().splitlines()
    assert lines[2].split("|")[2].strip() == "Due"
    assert len(lines) == 2 + 2 + 3 + 1
    rows = list(csv.reader(io.StringIO(schedule.to_csv())))
    assert rows[0] == list(schedule[0]._fields)
    assert rows[1] == [str(cell) for cell in schedule[0]]
    html = schedule.to_html()
    assert html == schedule._repr_html_()
    assert html.count("<tr>") == 5
    assert "<td" in html
    assert "1,000.00" in html


def test_html_is_escaped(monkeypatch):
    monkeypatch.setattr(
        "loanmath.schedule.printing.loan_line", lambda loan: "<img onerror='x'>\"&"
    )
    html = plan().to_html()
    assert "<img" not in html
    assert "&lt;img onerror=&#x27;x&#x27;&gt;&quot;&amp;" in html


# Explanations.


def test_every_cell_of_every_method_can_be_explained():
    for terms in (
        {"repayment": LevelPayment(3)},
        {"repayment": LevelPayment(3, residue="first")},
        {"repayment": LevelPayment(3), "rate": Rate("0%/year")},
        {
            "repayment": LevelPayment(3),
            "rate": Rate("1%/month"),
            "day_count": "ACT/ACT ISDA",
        },
        {"repayment": EqualPrincipal(3)},
        {"repayment": EqualPrincipal(3), "day_count": "30E/360"},
        {"repayment": EqualPrincipal(3, residue="first")},
        {"repayment": InterestOnly(3)},
        {"repayment": SinglePayment(3)},
        {"repayment": FlatFee(3, "5%"), "rate": None},
        {"repayment": FlatFee(3, "5%", charged="first"), "rate": None},
        {"repayment": LevelPayment(2, residue="first")},
        {"repayment": FlatFee(3, "5%", fee_for="installment"), "rate": None},
        {"repayment": PrincipalAmounts(["1", "2", "997"])},
    ):
        schedule = plan(**terms)
        for row in schedule:
            for name in row._fields:
                explanation = schedule.explain(row.number, name)
                assert explanation.result == getattr(row, name)
                assert explanation.column == name
                text = str(explanation)
                assert text.startswith(f"Installment {row.number}, {name}: ")
                assert "Rule: " in text
                assert "Source: " in text


def test_an_explanation_is_a_value():
    schedule = plan(rate=Rate("0.04%/day"))
    explanation = schedule.explain(2, "interest")
    assert explanation == plan(rate=Rate("0.04%/day")).explain(2, "interest")
    assert explanation.inputs["days"] == 28
    assert explanation.inputs["rate"] == Fraction(1, 2500)
    assert "rate = 0.04% (1/2500)" in str(explanation)
    assert "rounding = half up, to the minor unit" in str(explanation)
    hash(explanation)


def test_explained_units_and_factors_print():
    coarse = plan(rounding=Rounding("down", unit="0.05"), rate=Rate("0.1%/day"))
    assert "rounding = down, to 0.05" in str(coarse.explain(1, "interest"))
    assert "for 3 periods" in str(coarse.explain(1, "payment"))


def test_explained_dates():
    schedule = plan(
        rate=Rate("0.1%/day"),
        business_days=BusinessDays("following", WEEKENDS, interest="unadjusted"),
    )
    due = schedule.explain(1, "due")
    assert (due.formula, due.inputs["unmoved"]) == ("move(unmoved)", date(2026, 2, 15))
    assert schedule.explain(1, "end").formula == "anchor + steps * every"
    assert schedule.explain(3, "due").inputs["steps"] == 2
    moved = plan(
        rate=Rate("0.1%/day"), business_days=BusinessDays("following", WEEKENDS)
    )
    assert moved.explain(1, "end").formula == "move(unmoved)"
    assert moved.explain(2, "start").inputs == {"previous_end": date(2026, 2, 16)}
    single = plan(repayment=SinglePayment(6))
    assert single.explain(1, "due").inputs["steps"] == 5
    dated = plan(
        every=[date(2026, 3, 1)], rate=Rate("0%/day"), repayment=SinglePayment(1)
    )
    assert dated.explain(1, "due").formula == "stated"


def test_what_cannot_be_explained():
    schedule = plan()
    for number in (0, 4, -1):
        with pytest.raises(LimitError, match="1 to 3"):
            schedule.explain(number, "interest")
    for number in (True, "1", 1.0):
        with pytest.raises(InputTypeError):
            schedule.explain(number, "interest")
    for name in ("amount", "", None, 3, []):
        with pytest.raises(UnknownNameError, match="opening, payment"):
            schedule.explain(1, name)


# The payment alone.


def test_level_payment_without_dates():
    assert level_payment("10000", Rate("1%/month"), 12) == Decimal("888.49")
    assert level_payment("10000", Rate("12%/year"), 12) == Decimal("888.49")
    assert level_payment("10000", Rate("0%/year"), 12) == Decimal("833.33")
    assert level_payment("10000", Rate("12%/year"), 4, every="quarterly") == Decimal(
        "2690.27"
    )
    assert str(level_payment("10000", Rate("1%/month"), 12, digits=0)) == "888"
    assert (
        str(level_payment("10000", Rate("1%/month"), 12, rounding="ceiling", digits=0))
        == "889"
    )
    exact = level_payment("1", Rate("1%/month"), 1, rounding=Rounding.unrounded(6))
    assert str(exact) == "1.010000"


@pytest.mark.parametrize(
    ("mode", "payment"),
    [("half_up", "1.01"), ("half_even", "1.00"), ("up", "1.01"), ("down", "1.00"),
     ("floor", "1.00"), ("ceiling", "1.01")],
)  # fmt: skip
def test_the_textbook_tie(mode, payment):
    assert str(level_payment("1.00", Rate("0.5%/month"), 1, rounding=mode)) == payment


@pytest.mark.parametrize(
    ("arguments", "options", "kind"),
    [
        (("0", Rate("1%/month"), 12), {}, LimitError),
        (("0.001", Rate("1%/month"), 12), {}, InputValueError),
        (("1E", Rate("1%/month"), 12), {}, InputValueError),
        (("100000000000.01", Rate("1%/month"), 12), {}, LimitError),
        ((1.0, Rate("1%/month"), 12), {}, InputTypeError),
        (("1", "1%/month", 12), {}, InputTypeError),
        (("1", Rate("1%/day"), 12), {}, TermsError),
        (("1", Rate("1%/month"), 12), {"every": "weekly"}, TermsError),
        (("1", Rate("-8%/month"), 12), {"every": "P24M"}, ScheduleError),
        (("1", Rate("1%/month"), 0), {}, LimitError),
        (("1", Rate("1%/month"), 1201), {}, LimitError),
        (("1", Rate("1%/month"), 12), {"digits": 5}, LimitError),
        (("1", Rate("1%/month"), 12), {"digits": True}, LimitError),
    ],
)
def test_level_payment_refuses(arguments, options, kind):
    with pytest.raises(kind):
        level_payment(*arguments, **options)


def test_names_are_loaded_when_used():
    for name in loanmath.__all__:
        assert getattr(loanmath, name) is not None
    assert set(loanmath.__all__) <= set(dir(loanmath))
    with pytest.raises(AttributeError, match="no attribute 'Loan'"):
        loanmath.Loan
