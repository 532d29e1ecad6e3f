"""Ceilings of the law: which hold, and what they say of totals and simple interest."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import (
    Fee,
    InstallmentLoan,
    LevelPayment,
    Rate,
    SinglePayment,
)
from loanmath.analysis.caps import (
    AnnualLimit,
    CapReport,
    CostKind,
    CostLimit,
    CreditCost,
    IndexMultiple,
    LegalEffect,
    LendingCap,
    SimpleLimit,
    applicable_caps,
    check_cap,
    check_caps,
    check_cycle,
    cost_bands,
    credit_cost,
)
from loanmath.analysis.caps.checks import check_cost, check_simple
from loanmath.errors import (
    CurrencyError,
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from loanmath.terms import Drawdown, Holiday, Index
from loanmath.yields import XIRR

DAY = date(2026, 1, 1)
LPR = Index("LPR", {date(2020, 8, 20): "3.85%", date(2025, 5, 20): "3.00%"})


def cap(limit, name="cap", **terms):
    words = {"jurisdiction": "GB", "lenders": ["payday"], "effect": "void"}
    return LendingCap(name, limit, **words | terms)


def cost(amount="100", days=30, **costs):
    steps = [(DAY, amount), (date.fromordinal(DAY.toordinal() + days), 0)]
    words = {"currency": "GBP", "outstanding": steps}
    return CreditCost(**words | costs)


# --- limits -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "error", "what"),
    [
        (lambda: IndexMultiple("4", "LPR"), InputTypeError, "index"),
        (lambda: IndexMultiple(101, LPR), LimitError, "multiple"),
        (lambda: IndexMultiple(4.0, LPR), InputTypeError, "multiple"),
        (lambda: AnnualLimit("1%/month"), TermsError, "rate"),
        (lambda: AnnualLimit("-1%/year"), LimitError, "rate"),
        (lambda: AnnualLimit(24), InputTypeError, "rate"),
        (lambda: SimpleLimit("20%/year"), TermsError, "days_in_year"),
        (lambda: SimpleLimit(IndexMultiple(4, LPR)), TermsError, "days_in_year"),
        (
            lambda: SimpleLimit("0.8%/day", days_in_year=365),
            TermsError,
            "days_in_year",
        ),
        (
            lambda: SimpleLimit("20%/year", days_in_year=363),
            InputValueError,
            "days_in_year",
        ),
        (lambda: SimpleLimit("0.8%/day", overdue="yes"), InputTypeError, "overdue"),
        (lambda: SimpleLimit("0.8%/day", of=[]), InputTypeError, "of"),
        (lambda: SimpleLimit("0.8%/day", of="fee"), InputTypeError, "of"),
        (lambda: SimpleLimit("0.8%/day", of=["fees"]), UnknownNameError, "of"),
        (lambda: CostLimit("x"), InputValueError, "most"),
        (lambda: CostLimit(15.0), InputTypeError, "most"),
        (lambda: CostLimit("1%", share_of="all"), UnknownNameError, "share_of"),
    ],
)
def test_limits_refuse(make, error, what):
    with pytest.raises(error) as refusal:
        make()
    assert refusal.value.what == what


def test_limits_say_what_they_are():
    late = SimpleLimit("20%/year", days_in_year=365, overdue=True)
    assert str(late) == "20%/year of 365 days, simple, on what is overdue"
    assert str(SimpleLimit("0.8%/day")) == "0.8%/day, simple, on what is outstanding"
    assert str(AnnualLimit(IndexMultiple(4, LPR))) == "4 x LPR"
    assert str(CostLimit("15")) == "15 in all"
    assert str(CostLimit("100%")) == "100% of what was lent"
    assert (
        str(CostLimit("100%", share_of="owed_at_default"))
        == "100% of what was owed at default"
    )
    assert CostLimit("1", of=["fee", "interest", "fee"]).of == (
        CostKind.INTEREST,
        CostKind.FEE,
    )


# --- caps ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "error", "what"),
    [
        ({"name": ""}, InputValueError, "name"),
        ({"limit": "24%/year"}, InputTypeError, "limit"),
        ({"jurisdiction": "gb"}, InputValueError, "jurisdiction"),
        ({"jurisdiction": None}, InputTypeError, "jurisdiction"),
        ({"lenders": "payday"}, InputTypeError, "lenders"),
        ({"lenders": []}, InputTypeError, "lenders"),
        ({"lenders": [1]}, InputTypeError, "lender"),
        ({"effect": "legal"}, UnknownNameError, "effect"),
        ({"since": datetime(2026, 1, 1)}, InputTypeError, "since"),
        ({"since": DAY, "until": DAY}, DateRangeError, "until"),
        ({"currency": "XYZ"}, UnknownNameError, "currency"),
        ({"amount_from": "1"}, TermsError, "currency"),
        ({"amount_below": "1"}, TermsError, "currency"),
        ({"limit": CostLimit("15")}, TermsError, "currency"),
        ({"limit": CostLimit("15.001"), "currency": "GBP"}, CurrencyError, None),
        (
            {"amount_from": "5", "amount_below": "5", "currency": "GBP"},
            TermsError,
            "amount_below",
        ),
        ({"amount_from": "-1", "currency": "GBP"}, LimitError, "amount_from"),
    ],
)
def test_caps_refuse(words, error, what):
    given = {"name": "cap", "limit": AnnualLimit("24%/year")} | words
    with pytest.raises(error) as refusal:
        cap(given.pop("limit"), given.pop("name"), **given)
    assert what in (None, refusal.value.what)


def test_a_cap_says_where_and_when_it_holds():
    made = cap(CostLimit("100%"), since=DAY, until=date(2027, 1, 1))
    assert str(made) == (
        "cap (GB, payday, since 2026-01-01, until 2027-01-01): at most 100% of what was"
        " lent; above it void"
    )
    assert made.rule == "cap"
    assert made.effect is LegalEffect.VOID


def found(caps, **words):
    given = {
        "jurisdiction": "CN",
        "lender": "private",
        "signed": date(2026, 1, 1),
        "amount": "1000",
    }
    return [each.name for each in applicable_caps(caps, **given | words)]


def yearly(name, since=None, **terms):
    words = {"jurisdiction": "CN", "lenders": ["private"], "rule": "rate"}
    return cap(AnnualLimit("24%/year"), name, since=since, **words | terms)


def test_only_the_latest_version_of_a_rule_holds():
    ever = yearly("ever")
    two = [yearly("24", date(2015, 9, 1)), yearly("36", date(2015, 9, 1))]
    newer = yearly("LPR", date(2020, 8, 20), until=date(2030, 1, 1))
    other = yearly("other", date(2019, 1, 1), rule="another")
    caps = (newer, ever, *two, other)
    assert found(caps, signed=date(2015, 8, 31)) == ["ever"]
    assert found(caps, signed=date(2015, 9, 1)) == ["24", "36"]
    assert found(caps, signed=date(2020, 8, 19)) == ["24", "36", "other"]
    assert found(caps, signed=date(2020, 8, 20)) == ["LPR", "other"]
    # What has ended brings back nothing older.
    assert found(caps, signed=date(2030, 1, 1)) == ["other"]


def test_a_cap_holds_for_its_lender_and_amount():
    bounds = {"currency": "CNY"}
    small = yearly("small", amount_below="1000", **bounds)
    large = yearly("large", amount_from="1000", **bounds)
    bank = yearly("bank", DAY, lenders=["bank", "private bank"])
    caps = [small, large, bank]
    assert found(caps, amount="999.99") == ["small"]
    assert found(caps, amount="1000") == ["large"]
    assert found(caps, lender="bank") == ["bank"]
    assert found(caps, lender="bank", signed=date(2025, 12, 31)) == []


@pytest.mark.parametrize(
    ("words", "error", "what"),
    [
        ({"caps": "caps"}, InputTypeError, "caps"),
        ({"caps": [LPR]}, InputTypeError, "caps"),
        ({"caps": []}, UnknownNameError, "jurisdiction"),
        ({"jurisdiction": "JP"}, UnknownNameError, "jurisdiction"),
        ({"lender": "shark"}, UnknownNameError, "lender"),
        ({"signed": "2026-01-01"}, InputTypeError, "signed"),
        ({"amount": 0}, LimitError, "amount"),
    ],
)
def test_what_no_cap_names_is_refused(words, error, what):
    given = {"caps": [yearly("24")]} | words
    with pytest.raises(error) as refusal:
        found(given.pop("caps"), **given)
    assert refusal.value.what == what


# --- costs --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "error", "what"),
    [
        ({"outstanding": "100"}, InputTypeError, "outstanding"),
        ({"outstanding": [DAY]}, InputTypeError, "outstanding"),
        ({"outstanding": []}, TermsError, "outstanding"),
        ({"outstanding": [(DAY, 0)]}, TermsError, "outstanding"),
        ({"outstanding": [(DAY, 100)]}, TermsError, "outstanding"),
        ({"outstanding": [(DAY, 1), (DAY, 0)]}, DateRangeError, "outstanding"),
        ({"outstanding": [(DAY, -1), (DAY, 0)]}, LimitError, "outstanding"),
        ({"outstanding": [(DAY, 1)] * 10_001}, LimitError, "outstanding"),
        ({"overdue": [(DAY, 1)]}, TermsError, "overdue"),
        ({"interest": "-1"}, LimitError, "cost"),
        ({"fee": 1.5}, InputTypeError, "cost"),
        ({"fee": "1." + "1" * 31}, LimitError, "amount"),
        ({"fee": 10**12}, LimitError, "amount"),
        ({"currency": "XYZ"}, UnknownNameError, "currency"),
    ],
)
def test_costs_refuse(words, error, what):
    with pytest.raises(error) as refusal:
        cost(**words)
    assert refusal.value.what == what


def plan(**terms):
    words = {
        "currency": "CNY",
        "principal": "1200",
        "disbursed": date(2026, 1, 15),
        "every": "monthly",
        "rate": Rate("12%/year"),
        "repayment": SinglePayment(2),
    }
    return InstallmentLoan(**words | terms).schedule()


@pytest.mark.parametrize(
    ("terms", "lent", "interest", "fee"),
    [
        # 1,200.00 at 1 % a month for two months.
        ({}, "1200.00", "24.00", "0.00"),
        (
            {"fees": [Fee("f", "5%", due="disbursement", paid="deducted")]},
            "1140.00",
            "24.00",
            "60.00",
        ),
        # Of 1,260.00, what joined the principal is a fee.
        (
            {"fees": [Fee("f", "5%", due="disbursement", paid="financed")]},
            "1200.00",
            "25.20",
            "60.00",
        ),
        ({"discount": "50"}, "1150.00", "74.00", "0.00"),
    ],
)
def test_what_was_not_received_was_not_lent(terms, lent, interest, fee):
    schedule = plan(**terms)
    seen = credit_cost(schedule)
    assert [str(seen.lent), str(seen.interest), str(seen.fee)] == [lent, interest, fee]
    assert seen.total() == sum(flow.amount for flow in schedule.cash_flows())
    days = [(on, str(amount)) for on, amount in seen.outstanding]
    assert days[0] == (date(2026, 1, 15), lent)
    assert days[-1] == (date(2026, 3, 15), "0.00")


def test_principal_by_the_day_follows_drawdowns_and_payments():
    schedule = plan(
        principal="1000",
        repayment=LevelPayment(2),
        day_count="ACT/365F",
        drawdowns=[Drawdown(date(2026, 2, 1), "500")],
    )
    seen = credit_cost(schedule)
    closing = schedule[0].closing
    assert seen.outstanding == (
        (date(2026, 1, 15), Decimal("1000.00")),
        (date(2026, 2, 1), Decimal("1500.00")),
        (date(2026, 2, 15), closing),
        (date(2026, 3, 15), Decimal("0.00")),
    )
    assert seen.lent == Decimal("1500.00")
    units = int(closing * 100)
    assert seen.amount_days() == 100_000 * 17 + 150_000 * 14 + units * 28


def test_capitalized_interest_is_a_cost_and_not_lent():
    schedule = plan(
        principal="1000",
        repayment=LevelPayment(3),
        holidays=[Holiday(1, 1, "payment", interest="capitalize")],
    )
    assert schedule[0].capitalized == Decimal("10.00")
    seen = credit_cost(schedule)
    assert seen.lent == Decimal("1000.00")
    assert seen.total() == sum(flow.amount for flow in schedule.cash_flows())
    # What joined the principal is repaid before what was lent.
    assert seen.outstanding[1] == (date(2026, 2, 15), Decimal("1000.00"))
    assert seen.outstanding[2] == (date(2026, 3, 15), schedule[1].closing)
    with pytest.raises(InputTypeError):
        credit_cost(schedule.loan)


# --- checks -------------------------------------------------------------------------


def test_a_total_is_judged_by_the_kinds_that_count():
    fees = cap(CostLimit("15", of=["default_fee"]), currency="GBP")
    charged = cost(interest="99", default_fee="24")
    check = check_cap(charged, fees)
    assert (check.charged, check.allowed) == (Decimal("24.00"), Decimal("15.00"))
    assert (check.excess, check.within) == (Decimal("9.00"), False)
    assert check.answer == "outside by 9.00"
    assert check_cap(cost(default_fee="15"), fees).answer == "within"
    assert str(check).splitlines()[0] == "cap (at most 15 in all): outside by 9.00"
    total = cap(CostLimit("100%"))
    assert check_cap(charged, total).excess == Decimal("23.00")
    half = cap(CostLimit("50.005%"))
    # 50.005 is cut to the cent.
    assert check_cap(cost(interest="50.01"), half).allowed == Decimal("50.00")
    with pytest.raises(TermsError) as refusal:
        check_cap(cost(currency="EUR"), fees)
    assert refusal.value.what == "currency"


def test_in_duplum_is_a_share_of_what_was_owed_at_default():
    duplum = cap(
        CostLimit(
            "100%", of=["default_interest", "default_fee"], share_of="owed_at_default"
        )
    )
    steps = [(DAY, 1000), (date(2026, 2, 1), 700), (date(2027, 1, 1), 0)]
    late = [(DAY, 0), (date(2026, 3, 1), 300), (date(2027, 1, 1), 0)]
    found = check_cap(
        cost(outstanding=steps, overdue=late, default_interest="700.01"), duplum
    )
    assert (found.allowed, found.excess) == (Decimal("700.00"), Decimal("0.01"))
    before = [(date(2025, 1, 1), 5), (DAY, 0)]
    assert cost(overdue=before).owed_at_default == Decimal("0.00")
    with pytest.raises(TermsError) as refusal:
        check_cap(cost(), duplum)
    assert refusal.value.what == "overdue"


def test_simple_interest_is_counted_by_the_day():
    daily = cap(SimpleLimit("0.8%/day"), "daily")
    check = check_cap(cost(interest="30", default_fee="99"), daily)
    assert (check.allowed, check.excess) == (Decimal("24.00"), Decimal("6.00"))
    assert (check.share, check.limit) == (Fraction(1, 100), Rate("0.8%/day"))
    assert check.points == Decimal("0.200000")
    assert str(check).splitlines() == [
        "daily (at most 0.8%/day, simple, on what is outstanding): outside by 6.00",
        "What                 GBP",
        "Charged            30.00",
        "Allowed            24.00",
        "Excess              6.00",
        "Rate     1.000000% a day",
    ]
    exact = check_cap(cost(interest="24"), daily)
    assert (exact.within, exact.points) == (True, Decimal("0.000000"))
    # One cent too much is not nothing, however small a rate it makes.
    assert check_cap(cost("1000000", 300, interest="2400000.01"), daily).points > 0


def test_a_rate_a_year_or_month_is_divided_as_stated():
    year = cap(SimpleLimit("20%/year", days_in_year=365))
    yen = cost("500000", currency="JPY", interest="8220")
    check = check_cap(yen, year)
    assert (str(check.allowed), str(check.excess)) == ("8219", "1")
    assert check.measure == "20.002000% a year"
    month = cap(SimpleLimit("4%/month", days_in_year=360))
    check = check_cap(cost(interest="5"), month)
    assert (check.allowed, check.share) == (Decimal("4.00"), Fraction(1, 20))


def test_late_interest_is_counted_on_what_is_overdue():
    late = cap(SimpleLimit("0.1%/day", of=["default_interest"], overdue=True))
    steps = [(date(2026, 2, 1), 400), (date(2026, 2, 11), 0)]
    check = check_cap(cost(overdue=steps, default_interest="4"), late)
    assert (check.allowed, check.within) == (Decimal("4.00"), True)
    # Without anything overdue nothing may be charged, and no rate is meant.
    check = check_cap(cost(default_interest="1"), late)
    assert (check.excess, check.share) == (Decimal("1.00"), 0)
    assert check.points == 0


def test_an_index_is_read_on_the_day_of_the_contract():
    lpr = cap(SimpleLimit(IndexMultiple(4, LPR), days_in_year=365), "4 x LPR")
    charged = cost("10000", 365, interest="1500")
    assert check_cap(charged, lpr).allowed == Decimal("1200.00")
    older = check_cap(charged, lpr, signed=date(2024, 1, 1))
    assert older.allowed == Decimal("1540.00")
    assert "4 x LPR of 365 days, simple, on what is outstanding = 15.4%/year" in str(
        older
    )
    with pytest.raises(DateRangeError):
        check_cap(charged, lpr, signed=date(2020, 8, 19))


def test_amounts_finer_than_the_currency_are_judged_as_they_are():
    check = check_cap(cost(interest="24.001"), cap(SimpleLimit("0.8%/day")))
    assert (check.allowed, check.excess) == (Decimal("24.000"), Decimal("0.001"))
    assert cost(amount=Decimal("1E+2")).digits == 2


@pytest.mark.parametrize(
    ("loan", "limit", "words", "error", "what"),
    [
        (cost(), "cap", {}, InputTypeError, "cap"),
        ([(DAY, -1), (DAY, 2)], CostLimit("1%"), {}, InputTypeError, "loan"),
        (None, SimpleLimit("1%/day"), {}, InputTypeError, "loan"),
        (cost(), AnnualLimit("1%/year"), {}, InputTypeError, "loan"),
        (cost(), CostLimit("1%"), {"convention": XIRR}, TermsError, "convention"),
        (cost(), CostLimit("1%"), {"currency": "GBP"}, TermsError, "currency"),
        (cost(), CostLimit("1%"), {"signed": "today"}, InputTypeError, "signed"),
        (plan(), AnnualLimit("1%/year"), {}, TermsError, "convention"),
        (
            plan(),
            AnnualLimit("1%/year"),
            {"convention": XIRR, "currency": "CNY"},
            TermsError,
            "currency",
        ),
        (
            [(DAY, -1)],
            AnnualLimit("1%/year"),
            {"convention": XIRR},
            TermsError,
            "currency",
        ),
    ],
)
def test_checks_refuse(loan, limit, words, error, what):
    judge = limit if isinstance(limit, str) else cap(limit)
    with pytest.raises(error) as refusal:
        check_cap(loan, judge, **words)
    assert refusal.value.what == what


def test_each_check_wants_its_own_limit():
    with pytest.raises(TermsError):
        check_cost(cost(), cap(SimpleLimit("1%/day")))
    with pytest.raises(TermsError):
        check_simple(cost(), cap(CostLimit("1%")))


# --- reports and bands --------------------------------------------------------------


def test_a_report_judges_by_several_caps():
    caps = [
        cap(SimpleLimit("0.8%/day"), "daily", effect="forbidden"),
        cap(CostLimit("100%"), "total | cost"),
    ]
    report = check_caps(cost(interest="30"), caps)
    assert not report.within
    assert str(report).splitlines()[2:] == [
        "daily         1.000000% a day    30.00    24.00    6.00  forbidden",
        "total | cost                     30.00   100.00    0.00  within",
    ]
    assert report.to_csv().splitlines()[1:] == [
        "daily,GB,1.000000% a day,GBP,30.00,24.00,6.00,false,forbidden",
        "total | cost,GB,,GBP,30.00,100.00,0.00,true,void",
    ]
    assert "total \\| cost" in report.to_markdown()
    assert report._repr_html_() == report.to_html()
    assert repr(report) == "<CapReport of 2 ceilings>"
    assert CapReport(()).within
    with pytest.raises(InputTypeError):
        check_caps(cost(), caps[0])


def test_bands_add_up_to_the_cost():
    caps = [
        cap(SimpleLimit("36%/year", days_in_year=360), "36 %", effect="void"),
        cap(
            SimpleLimit("24%/year", days_in_year=360),
            "24 %",
            effect="natural_obligation",
        ),
    ]
    for charged, parts in [
        ("1.50", ["1.50", "0.00", "0.00"]),
        ("2.50", ["2.00", "0.50", "0.00"]),
        ("4.00", ["2.00", "1.00", "1.00"]),
    ]:
        bands = cost_bands(cost(interest=charged), caps)
        assert [str(band.amount) for band in bands.bands] == parts
        assert [band.above for band in bands.bands] == ["", "24 %", "36 %"]
    assert bands.amount(LegalEffect.VOID) == Decimal("1.00")
    assert bands.amount("natural_obligation") == Decimal("1.00")
    assert bands.amount("reducible") == Decimal("0.00")
    assert str(bands).splitlines() == [
        "Cost of 4.00 in bands, in GBP",
        "Status              Above  Amount",
        "protected                    2.00",
        "natural obligation  24 %     1.00",
        "void                36 %     1.00",
        "                    Total    4.00",
    ]
    assert bands.to_csv().splitlines()[1:3] == [
        "protected,,2.00",
        "natural_obligation,24 %,1.00",
    ]
    assert bands.to_markdown().splitlines()[0] == "Cost of 4.00 in bands, in GBP"
    assert bands._repr_html_() == bands.to_html()
    assert repr(bands) == "<CostBands of GBP 4.00>"


def test_bands_are_of_one_cost():
    both = [cap(CostLimit("1%")), cap(CostLimit("1%", of=["fee"]))]
    for caps in (both, []):
        with pytest.raises(TermsError) as refusal:
            cost_bands(cost(interest="1", fee="1"), caps)
        assert refusal.value.what == "caps"


# --- billing cycles -----------------------------------------------------------------

MAPR = cap(AnnualLimit("36%/year"), "MAPR", jurisdiction="US")


def cycle(**words):
    given = {"currency": "USD", "balance": "500", "finance_charge": "10"}
    return check_cycle(MAPR, **given | words)


def test_a_cycle_s_rate_counts_its_fees():
    # 15.00 of 500.00, twelve times: 36 %.
    edge = cycle(fees="3", participation_fee="2")
    assert (edge.share, edge.allowed, edge.within) == (
        Fraction(36, 100),
        Decimal("15.00"),
        True,
    )
    over = cycle(fees="5.01")
    assert (over.excess, over.points) == (Decimal("0.01"), Decimal("0.024000"))
    assert cycle(cycles_per_year=13).allowed == Decimal("13.84")


@pytest.mark.parametrize(
    ("words", "allowed", "excess"),
    [
        ({"participation_fee": "60", "participation_left": "100"}, "100.00", "0.00"),
        ({"participation_fee": "60", "participation_left": "40"}, "40.00", "20.00"),
        (
            {"fees": "1", "participation_fee": "60", "participation_left": "100"},
            "60.00",
            "1.00",
        ),
        ({"finance_charge": "1"}, "0.00", "1.00"),
        ({}, "0.00", "0.00"),
    ],
)
def test_a_cycle_without_a_balance_bears_a_participation_fee_alone(
    words, allowed, excess
):
    check = cycle(**{"balance": 0, "finance_charge": 0} | words)
    assert (str(check.allowed), str(check.excess)) == (allowed, excess)
    assert check.share == 0


@pytest.mark.parametrize(
    ("judge", "words", "error", "what"),
    [
        ("cap", {}, InputTypeError, "cap"),
        (cap(CostLimit("1%")), {}, TermsError, "cap"),
        (cap(AnnualLimit(IndexMultiple(4, LPR))), {}, TermsError, "cap"),
        (MAPR, {"balance": "-1"}, LimitError, "balance"),
        (MAPR, {"balance": 10**12}, LimitError, "balance"),
        (MAPR, {"fees": "0.001"}, CurrencyError, "fees"),
        (MAPR, {"cycles_per_year": 0}, LimitError, "cycles_per_year"),
    ],
)
def test_cycles_refuse(judge, words, error, what):
    given = {"currency": "USD", "balance": "500", "finance_charge": "10"}
    with pytest.raises(error) as refusal:
        check_cycle(judge, **given | words)
    assert refusal.value.what == what
