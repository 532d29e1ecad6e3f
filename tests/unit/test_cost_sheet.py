"""The sheet of all that a loan costs: its lines, totals, words and tables."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import FlatFee, InstallmentLoan, InterestOnly, LevelPayment, Rate
from loanmath.analysis.disclosure import (
    CostTrigger,
    DatedCharges,
    Lateness,
    ThirdPartyCost,
    cost_sheet,
)
from loanmath.analysis.disclosure.cost_items import penalty_rate
from loanmath.analysis.disclosure.late_payment import late_payments
from loanmath.errors import InputTypeError, LimitError, UnknownNameError
from loanmath.recurrence import Step
from loanmath.terms import (
    AddOnInterest,
    Compounding,
    Fee,
    FloatingRate,
    Holiday,
    Index,
    LateCharge,
    PenaltyInterest,
    Servicing,
    SinglePayment,
    SteppedRate,
)

START = date(2026, 1, 15)


def loan(**terms):
    usual = {
        "currency": "CNY",
        "principal": "1000",
        "disbursed": START,
        "every": "monthly",
        "rate": Rate("12%/year"),
        "repayment": InterestOnly(2),
    }
    return InstallmentLoan(**{**usual, **terms})


DEAR = loan(
    fees=[Fee("service", "10", paid="deducted", tax="6%"), Fee("account", "1")],
    penalty=PenaltyInterest(
        multiple="1.5",
        days_in_year=360,
        compounding=Compounding(["interest", "penalty"]),
    ),
    servicing=Servicing(
        late_charges=[
            LateCharge("late fee", "5%", least="2", most="30"),
            LateCharge("letter", "3", days_late=20, component="fee"),
        ]
    ),
)
OTHERS = [
    ThirdPartyCost(
        Fee("guarantee", "0.2%", of="outstanding", due="installments"), payee="G"
    ),
    ThirdPartyCost(DatedCharges("insurance", [(START, "4")]), payee="I"),
    ThirdPartyCost(LateCharge("recovery", "7"), payee="G"),
]


def test_the_lines_of_a_dear_loan():
    sheet = cost_sheet(
        DEAR, lender="B", others=OTHERS, payees={"account": "A", "letter": "Court"}
    )
    assert [
        (item.name, item.payee, item.timing, item.basis, str(item.amount))
        for item in sheet.items_of("normal")
    ] == [
        ("Interest", "B", "2 times, 2026-02-15 to 2026-03-15",
         "12%/year of what is outstanding", "20.00"),
        ("service", "B", "Withheld, 2026-01-15", "CNY 10 each", "10.00"),
        ("Tax on service", "B", "Withheld, 2026-01-15", "6% of the fee", "0.60"),
        ("account", "A", "Once, 2026-01-15", "CNY 1 each", "1.00"),
        ("guarantee", "G", "2 times, 2026-02-15 to 2026-03-15",
         "0.2% of what is outstanding", "4.00"),
        ("insurance", "I", "Once, 2026-01-15", "Stated amount", "4.00"),
    ]  # fmt: skip
    assert [
        (item.name, item.payee, item.timing, item.basis, item.amount, item.simple)
        for item in sheet.items_of(CostTrigger.DEFAULT)
    ] == [
        ("Penalty interest", "B", "For each day overdue",
         "150% of the contract rate, on overdue principal", None, 18),
        ("Interest on unpaid interest", "B", "For each day overdue",
         "At the penalty rate, on unpaid interest, penalty", None, 18),
        ("late fee", "B", "Once, 1 day(s) after the due date",
         "5% of what is overdue, at least CNY 2, at most CNY 30", None, None),
        ("letter", "Court", "Once, 20 day(s) after the due date", "CNY 3 each",
         None, None),
        ("recovery", "G", "Once, 1 day(s) after the due date", "CNY 7 each", None, None),
    ]  # fmt: skip
    assert (sheet.cost, sheet.late) == (Decimal("39.60"), None)


def test_levels_add_up_and_the_first_is_the_contract_rate():
    sheet = cost_sheet(DEAR, lender="B", others=OTHERS)
    lines = sheet.items_of("normal")
    assert (lines[0].simple, lines[0].effective) == (12, Decimal("12.68"))
    assert sum(line.simple for line in lines) == sheet.simple.shown
    assert sum(line.effective for line in lines) == sheet.effective.shown


def test_the_rates_by_an_independent_bisection():
    sheet = cost_sheet(DEAR, lender="B", others=OTHERS)
    # 1,000 less 10.60, 1 and 4 on the day; 12 and then 1,012 paid.
    received = Fraction("984.40")

    def worth(monthly):
        return 12 / (1 + monthly) + 1012 / (1 + monthly) ** 2 - received

    low, high = Fraction(0), Fraction(1)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if worth(middle) > 0 else (low, middle)
    assert round(low * 1200, 2) == Fraction(sheet.simple.shown)
    assert round(100 * ((1 + low) ** 12 - 1), 2) == Fraction(sheet.effective.shown)


def test_the_total_of_a_stated_lateness():
    sheet = cost_sheet(DEAR, lender="B", others=OTHERS, late=Lateness(3, 30))
    amounts = {item.name: item.amount for item in sheet.items_of("default")}
    # 30 days of 1,000 at 18 % over 360; compound on 10 of interest, rounded as it grows.
    assert amounts["Penalty interest"] == 15
    assert amounts["late fee"] == 30
    assert (amounts["letter"], amounts["recovery"]) == (3, 7)
    more = sum(amounts.values())
    assert sheet.late.cost == sheet.cost + more
    assert sheet.late.lateness == Lateness(3, 30)
    # Unpaid for two months instead of one: 30 days more of the same use of money.
    assert sheet.late.simple.shown < sheet.simple.shown + 40


def test_a_lateness_that_costs_nothing_lowers_the_rate():
    sheet = cost_sheet(loan(), lender="B", late=Lateness(2, 31))
    assert sheet.late.cost == sheet.cost == 20
    assert sheet.late.simple.shown < sheet.simple.shown
    assert sheet.items_of("default") == ()
    assert "None stated" in str(sheet)


def test_interest_that_goes_on_is_beyond_the_plan():
    terms = loan(
        rate=Rate("0.05%/day"),
        repayment=LevelPayment(2),
        servicing=Servicing(interest_on="balance"),
        penalty=PenaltyInterest(
            rate="0.02%/day", contract_interest="continues", days_in_year=365
        ),
    )
    sheet = cost_sheet(terms, lender="B", late=Lateness(1, 20))
    penalty, beyond = sheet.items_of("default")
    assert penalty.basis.endswith("contract interest continues")
    assert (beyond.name, beyond.simple) == ("Interest and fees beyond the plan", None)
    assert sheet.late.cost == sheet.cost + penalty.amount + beyond.amount


def test_an_odd_first_period_counts_days_over_thirty():
    terms = loan(disbursed=date(2026, 1, 5), due_day=15, day_count="30/360")
    sheet = cost_sheet(terms, lender="B")
    assert sheet.simple.convention.name == "China, simple, odd days over 30"
    # 1 1/3 months, then one more: interest of 13.33 and 10 at 1 % a month.
    low, high = Fraction(0), Fraction(1)
    for _ in range(60):
        monthly = (low + high) / 2
        # In thirds of a month, so that every power is a whole one.
        worth = (
            Fraction("13.33") / (1 + monthly) ** 4 + 1010 / (1 + monthly) ** 7 - 1000
        )
        low, high = (monthly, high) if worth > 0 else (low, monthly)
    month = (1 + low) ** 3 - 1
    assert round(1200 * month, 2) == Fraction(sheet.simple.shown)
    assert round(100 * ((1 + month) ** 12 - 1), 2) == Fraction(sheet.effective.shown)
    assert sheet.items[0].simple == sheet.simple.shown


def test_levels_keep_the_unit_period_of_the_whole():
    # Interest alone is paid once, a year from now: 12 %; with a monthly fee the
    # unit-period is the month, in which the same interest is 11.39 %.
    terms = loan(
        repayment=SinglePayment(12), fees=[Fee("account", "1", due="installments")]
    )
    fee = DatedCharges(
        "letter", [(date(2026, month, 15), "1") for month in range(2, 6)]
    )
    sheet = cost_sheet(terms, lender="B", others=[ThirdPartyCost(fee, payee="L")])
    assert sheet.simple.period == "month"
    assert [line.simple > 0 for line in sheet.items] == [True] * 3
    assert sheet.items[0].simple == Decimal("11.39")
    assert cost_sheet(loan(repayment=SinglePayment(12)), lender="B").simple.shown == 12


@pytest.mark.parametrize(
    ("every", "count", "per_year"), [("weekly", 8, 52), (Step(days=10), 8, 36.5)]
)
def test_a_lateness_keeps_the_unit_period_of_the_plan(every, count, per_year):
    terms = loan(rate=Rate("0.05%/day"), every=every, repayment=LevelPayment(count))
    sheet = cost_sheet(terms, lender="B", late=Lateness(count, 3))
    assert sheet.simple.periods_per_year == per_year
    assert sheet.late.simple.periods_per_year == per_year
    assert sheet.late.simple.shown < sheet.simple.shown < sheet.late.simple.shown + 2


def test_only_one_installment_which_is_late():
    found = late_payments(loan(repayment=InterestOnly(1)), Lateness(1, 10))
    assert found.flows == ((START, -100_000), (date(2026, 2, 25), 101_000))


def test_what_the_last_day_bears_is_paid_the_day_after():
    terms = loan(
        repayment=InterestOnly(1),
        penalty=PenaltyInterest(
            rate="0.1%/day", payment_day="counted", first_day="day_after"
        ),
    )
    found = late_payments(terms, Lateness(1, 10))
    assert found.penalty == sum(units for _, units in found.flows) / Decimal(100) - 10
    assert found.penalty == 10


def test_a_discount_and_drawdowns_are_paid_out():
    terms = loan(discount="8")
    assert late_payments(terms, Lateness(1, 1)).flows[0] == (START, -99_200)


@pytest.mark.parametrize(
    ("number", "terms", "allowed"),
    [
        (3, {}, "1 to 2"),
        (1, {"fees": [Fee("file", "1")]}, "2 to 3"),
    ],
)
def test_an_installment_that_cannot_be_late(number, terms, allowed):
    with pytest.raises(LimitError, match=allowed):
        cost_sheet(loan(**terms), lender="B", late=Lateness(number, 5))


@pytest.mark.parametrize(
    ("penalty", "expected"),
    [
        (PenaltyInterest(rate="0.05%/day"), Fraction("0.1825")),
        (PenaltyInterest(rate="0.05%/day", days_in_year=360), Fraction("0.18")),
        (PenaltyInterest(rate="1.5%/month", days_in_year=360), Fraction("0.18")),
        (PenaltyInterest(addition="5%/year", days_in_year=360), Fraction("0.17")),
        (PenaltyInterest(multiple="1.3", days_in_year=360), Fraction("0.156")),
        (PenaltyInterest(multiple="0", days_in_year=360), Fraction(0)),
    ],
)
def test_the_yearly_rate_of_a_penalty(penalty, expected):
    assert penalty_rate(loan(penalty=penalty), penalty) == expected


def test_a_penalty_by_the_days_of_the_loan_s_year():
    penalty = PenaltyInterest(rate="0.05%/day")
    terms = loan(day_count="ACT/360", penalty=penalty)
    assert penalty_rate(terms, penalty) == Fraction("0.18")


def test_how_interest_is_told():
    stepped = SteppedRate(Rate("12%/year"), {date(2026, 2, 15): Rate("6%/year")})
    floating = FloatingRate(
        Index("LPR", {date(2025, 1, 20): "3%"}),
        "1%",
        resets="yearly",
        first_reset=date(2027, 1, 15),
    )
    for terms, english, chinese in (
        (
            loan(rate=stepped),
            "12%/year, 6%/year from 2026-02-15 of what is outstanding",
            "年利率12%, 2026-02-15起年利率6%，按剩余本金计收",
        ),
        (
            loan(rate=floating),
            "LPR + 1% of what is outstanding",
            "LPR + 1%，按剩余本金计收",
        ),
        (
            loan(repayment=AddOnInterest(2)),
            "12%/year of the amount lent, added on",
            "年利率12%，按借款金额一次算定",
        ),
        (loan(rate=None, repayment=FlatFee(2, "6%")), "No interest", "不计利息"),
    ):
        assert cost_sheet(terms, lender="B").items[0].basis == english
        assert cost_sheet(terms, lender="B", lang="zh").items[0].basis == chinese


def test_how_other_costs_are_told():
    terms = loan(
        rate=None,
        repayment=FlatFee(2, "3%", fee_for="installment"),
        fees=[Fee("file", "1%", paid="financed")],
        discount="5",
        penalty=PenaltyInterest(rate="0.05%/day", base="overdue_installment"),
    )
    told = {item.name: item for item in cost_sheet(terms, lender="B").items}
    assert told["Interest"].timing == "Not charged"
    assert told["Installment fee"].basis == "3% of the amount lent, each installment"
    assert told["file"].timing == "Added to the principal, 2026-01-15"
    assert told["file"].basis == "1% of the amount lent"
    assert told["Discount"].basis == "Stated amount"
    assert told["Penalty interest"].basis == "0.05%/day, on the overdue installment"
    whole = loan(rate=None, repayment=FlatFee(2, "6%"))
    assert cost_sheet(whole, lender="B").items[1].basis == "6% of the amount lent"
    added = PenaltyInterest(addition="5%/year", days_in_year=360)
    told = cost_sheet(loan(penalty=added), lender="B").items_of("default")
    assert told[0].basis == "Contract rate + 5%/year, on overdue principal"


def test_interest_that_is_never_due_by_itself():
    terms = loan(
        repayment=LevelPayment(2),
        holidays=[Holiday(1, 1, of="payment", interest="capitalize")],
        rate=SteppedRate(Rate("12%/year"), {date(2026, 2, 15): Rate("0%/year")}),
    )
    (interest,) = cost_sheet(terms, lender="B").items
    assert (interest.timing, interest.amount) == (
        "With the principal that it joins",
        10,
    )
    assert interest.simple > 0


def test_in_chinese():
    sheet = cost_sheet(
        DEAR, lender="银行", others=OTHERS, late=Lateness(3, 30), lang="zh"
    )
    names = [item.name for item in sheet.items]
    assert names[:3] == ["利息", "service", "service的税费"]
    assert names[6:8] == ["罚息", "复利"]
    told = {item.name: (item.timing, item.basis) for item in sheet.items}
    assert told["service"] == ("放款时扣除，2026-01-15", "每次CNY 10")
    assert told["罚息"] == ("逾期期间按日计收", "合同利率的150%，按逾期本金计收")
    assert told["复利"][1] == "按罚息利率，对未付的利息、罚息计收"
    assert told["late fee"][1] == "逾期金额的5%，最低CNY 2，最高CNY 30"
    text = str(sheet)
    assert "正常履约情形下的综合融资成本" in text
    assert "违约情形下另行发生的成本。若第3期逾期30天：成本合计CNY" in text
    assert sheet.to_csv().splitlines()[-2].startswith("normal,合计,,,,39.60,")


def test_the_tables():
    sheet = cost_sheet(DEAR, lender="B<", others=OTHERS, late=Lateness(3, 30))
    text = str(sheet).splitlines()
    assert text[0].startswith("Interest only")
    assert text[2] == "Cost if every payment is made when it is due"
    assert text[3].split()[-4:] == ["Simple", "%/year", "Effective", "%/year"]
    assert text[10].split()[0] == "Total"
    assert text[10].split()[1] == "39.60"
    assert ". If installment 3 is 30 days late: CNY " in text[12]
    csv = sheet.to_csv().splitlines()
    assert csv[0] == "trigger,name,payee,timing,basis,amount,simple,effective"
    assert csv[1].startswith("normal,Interest,B<,")
    assert csv[-1].startswith(f"default,Total,,,,{sheet.late.cost},")
    assert "B&lt;" in sheet.to_html()
    assert sheet._repr_html_() == sheet.to_html()
    assert sheet.to_html().count("<table") == 2
    assert sheet.to_markdown().count("| ---") > 2


def test_without_a_lateness_there_is_one_total():
    sheet = cost_sheet(DEAR, lender="B")
    assert [line.split(",")[1] for line in sheet.to_csv().splitlines()][-1] == "Total"
    assert "\nCost in default, beside that\n" in str(sheet)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"loan": "loan"}, InputTypeError),
        ({"lender": 1}, InputTypeError),
        ({"late": 30}, InputTypeError),
        ({"lang": "fr"}, UnknownNameError),
        ({"others": OTHERS[0]}, InputTypeError),
        ({"payees": {"service": "S"}}, UnknownNameError),
    ],
)
def test_what_is_refused(given, error):
    with pytest.raises(error):
        cost_sheet(**{"loan": loan(), "lender": "B", **given})


@pytest.mark.parametrize(("number", "days"), [(0, 1), (1, 0), (1, 3661)])
def test_a_lateness_out_of_range(number, days):
    with pytest.raises(LimitError):
        Lateness(number, days)
    with pytest.raises(InputTypeError):
        Lateness("1", days)


def test_a_trigger_that_is_unknown():
    with pytest.raises(UnknownNameError):
        cost_sheet(loan(), lender="B").items_of("late")
