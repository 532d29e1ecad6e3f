"""Every convention at its default that could move a cent is named as left open."""

from datetime import date

import pytest

from loanmath.analysis import sensitivity
from loanmath.calendars import WEEKENDS
from loanmath.rates import Rate
from loanmath.recurrence import is_month_end
from loanmath.rounding import Rounding
from loanmath.term_sheets import term_sheet
from loanmath.term_sheets.facts import facts
from loanmath.term_sheets.open_points import OpenPoint, open_points
from loanmath.terms import (
    AddOnInterest,
    BusinessDays,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    FloatingRate,
    GraduatedPayment,
    Holiday,
    Index,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    LevelPayment,
    PrincipalAmounts,
    SinglePayment,
    SteppedPayment,
    SteppedRate,
)
from unnamed_conventions import POINT_OF, unnamed

BASE = {
    "currency": "CNY",
    "principal": "12000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("6%/year"),
    "repayment": LevelPayment(12),
}
STEPPED = SteppedRate(Rate("6%/year"), {date(2026, 4, 20): Rate("9%/year")})
ON_DUE_DAY = SteppedRate(Rate("6%/year"), {date(2026, 4, 15): Rate("9%/year")})
LPR = Index("LPR", {date(2025, 12, 20): "3.5%"})
FLOATING = FloatingRate(LPR, "1%", resets="yearly", first_reset=date(2026, 6, 3))
LONGER = {"first_due": date(2026, 3, 1), "day_count": "ACT/360"}
JANUARY_31 = {"disbursed": date(2026, 1, 31)}

LOANS = {
    "plain": {},
    "monthly rate": {"rate": Rate("1%/month")},
    "daily rate": {"rate": Rate("0.04%/day")},
    "actual days": {"day_count": "ACT/360"},
    "half of the rate": {"day_count": "30/360 CN", "rate": STEPPED},
    "rate on a due day": {"rate": ON_DUE_DAY},
    "floating": {"rate": FLOATING, "day_count": "ACT/365F"},
    "shares of months": {"rate": STEPPED, "day_count": "1/12"},
    "by the leap year": {"day_count": "ACT/ACT ISDA", "rate": STEPPED},
    "term follows": {
        "rate": STEPPED,
        "day_count": "ACT/360",
        "repayment": LevelPayment(12, on_rate_change="term"),
    },
    "longer first period": LONGER,
    "shorter first period": {"first_due": date(2026, 2, 1), "day_count": "ACT/360"},
    "longer, equal principal": {**LONGER, "repayment": EqualPrincipal(6)},
    "longer, added on": {**LONGER, "repayment": AddOnInterest(6)},
    "longer, by time": {**LONGER, "repayment": AddOnInterest(6, earned="by_time")},
    "31 January": JANUARY_31,
    "30 January": {"disbursed": date(2026, 1, 30)},
    "30 January, month ends": {"disbursed": date(2026, 1, 30), "end_of_month": True},
    "31 January, month ends": {**JANUARY_31, "end_of_month": True},
    "28 February": {"disbursed": date(2026, 2, 28)},
    "30 April": {"disbursed": date(2026, 4, 30), "day_count": "ACT/360"},
    "single from 31 January": {**JANUARY_31, "repayment": SinglePayment(2)},
    "single to February": {**JANUARY_31, "repayment": SinglePayment(1)},
    "single, first due": {
        "repayment": SinglePayment(2),
        "first_due": date(2026, 3, 1),
        "day_count": "ACT/360",
    },
    "single, quarterly": {
        "repayment": SinglePayment(6),
        "day_count": "ACT/360",
        "interest_payments": InterestPayments("quarterly"),
    },
    "single, in advance": {
        "repayment": SinglePayment(6),
        "interest_payments": InterestPayments(in_advance=True),
    },
    "interest dates from 31 January": {
        **JANUARY_31,
        "repayment": EqualPrincipal(3),
        "every": "quarterly",
        "day_count": "ACT/360",
        "first_due": date(2026, 4, 15),
        "interest_payments": InterestPayments("monthly"),
    },
    "interest dates from 28 February": {
        "disbursed": date(2026, 2, 28),
        "repayment": EqualPrincipal(2),
        "every": "yearly",
        "day_count": "ACT/360",
        "first_due": date(2027, 2, 15),
        "interest_payments": InterestPayments("quarterly"),
    },
    "interest dates on day 30": {
        "disbursed": date(2026, 1, 31),
        "due_day": 30,
        "repayment": EqualPrincipal(2),
        "every": "P6M",
        "day_count": "ACT/360",
        "interest_payments": InterestPayments("monthly"),
    },
    "interest by weeks": {
        "repayment": EqualPrincipal(2),
        "day_count": "ACT/360",
        "interest_payments": InterestPayments("weekly"),
    },
    "weekly": {"every": "weekly", "day_count": "ACT/360"},
    "stated dates": {
        "every": [date(2026, 3, 1), date(2026, 5, 1)],
        "repayment": LevelPayment(2),
        "day_count": "ACT/360",
    },
    "last date of its own": {
        **JANUARY_31,
        "repayment": LevelPayment(2),
        "last_due": date(2026, 4, 7),
        "day_count": "ACT/360",
    },
    "drawn later": {
        "day_count": "ACT/360",
        "drawdowns": [Drawdown(date(2026, 3, 1), "6000")],
    },
    "drawn later, ISDA": {
        "day_count": "ACT/ACT ISDA",
        "repayment": EqualPrincipal(4),
        "drawdowns": [Drawdown(date(2026, 3, 1), "6000")],
    },
    "holiday": {"holidays": [Holiday(2, 1, "payment", interest="capitalize")]},
    "carried interest": {"holidays": [Holiday(2, 1, "payment", interest="carry")]},
    "interest by the quarter": {
        "repayment": EqualPrincipal(6),
        "interest_payments": InterestPayments("quarterly"),
    },
    "fees": {"fees": [Fee("f", "5", due="installments")]},
    "fee of a day": {"fees": [Fee("f", "5", due=date(2026, 3, 1))], **JANUARY_31},
    "spread": {"repayment": LevelPayment(7, residue="spread")},
    "first": {"repayment": LevelPayment(7, residue="first")},
    "balloon": {"repayment": LevelPayment(7, balloon="2000"), "day_count": "ACT/360"},
    "stated rounding of the payment": {
        "repayment": LevelPayment(7, rounding=Rounding("up", "1"))
    },
    "stated place": {"interest_rounded": "day", "day_count": "ACT/360"},
    "stated days of the payment": {
        "repayment": LevelPayment(7, sized_by="1/12"),
        "day_count": "ACT/360",
    },
    "interest only": {"repayment": InterestOnly(3), "day_count": "ACT/365F"},
    "fixed payment": {"repayment": FixedPayment("900"), **JANUARY_31},
    "fixed principal": {"repayment": FixedPrincipal("5%", 3)},
    "graduated": {"repayment": GraduatedPayment(6, "5%", every=2)},
    "stepped": {"repayment": SteppedPayment([(2, "500"), (4, None)])},
    "stated principal": {"repayment": PrincipalAmounts(["6000", "6000"])},
    "flat fee": {"rate": None, "repayment": FlatFee(7, "3%")},
    "days off": {
        "day_count": "ACT/360",
        "business_days": BusinessDays("following", WEEKENDS),
    },
    "annuity due": {"first_due": date(2026, 1, 15)},
    "yen": {"currency": "JPY", "rounding": "down"},
}


def loan(**changes):
    return InstallmentLoan(**(BASE | changes))


def points_of(**changes):
    return open_points(facts(loan(**changes)))


@pytest.mark.parametrize("changes", LOANS.values(), ids=LOANS)
def test_every_convention_that_could_move_a_cent_is_named(changes):
    assert unnamed(loan(**changes)) == []


def test_the_law_looks_at_every_convention():
    seen = set[str]()
    for changes in LOANS.values():
        found = sensitivity(loan(**changes))
        seen |= {known.convention for known in found.in_force}
    assert seen == set(POINT_OF)


@pytest.mark.parametrize(
    ("name", "short", "ends"),
    [
        ("plain", False, False),
        ("31 January", True, False),
        ("30 January", True, False),
        ("30 January, month ends", True, False),
        ("31 January, month ends", False, False),
        ("28 February", False, True),
        ("30 April", True, True),
        ("single from 31 January", False, False),
        ("single to February", True, False),
        ("interest dates from 31 January", True, False),
        ("interest dates from 28 February", False, True),
        ("interest dates on day 30", True, False),
        ("interest by weeks", False, False),
        ("weekly", False, False),
        ("last date of its own", True, False),
        ("fixed payment", True, False),
        ("fee of a day", True, False),
    ],
)
def test_months_without_the_day_and_month_ends(name, short, ends):
    changes = LOANS[name]
    named = points_of(**changes)
    assert (OpenPoint.SHORT_MONTHS in named) is short
    assert (OpenPoint.MONTH_ENDS in named) is ends
    days = [row.due for row in loan(**changes).schedule()]
    assert not short or any(is_month_end(day) and day.day < 31 for day in days)
    assert not ends or not all(is_month_end(day) for day in days)


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("longer first period", True),
        ("shorter first period", True),
        ("longer, equal principal", True),
        ("longer, added on", False),
        ("longer, by time", False),
        ("single, first due", False),
        ("interest dates from 31 January", False),
        ("plain", False),
    ],
)
def test_an_odd_first_period_is_open_where_interest_pays_for_it(name, named):
    assert (OpenPoint.FIRST_PERIOD in points_of(**LOANS[name])) is named


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("rate on a due day", True),
        ("floating", True),
        ("term follows", False),
        ("plain", False),
    ],
)
def test_what_a_rate_change_moves(name, named):
    assert (OpenPoint.RATE_CHANGE in points_of(**LOANS[name])) is named
    terms = loan(**LOANS[name])
    english, chinese = (term_sheet(terms, lang).left_open for lang in ("en", "zh"))
    said = "What a change of the rate moves need not have been agreed"
    assert any(line.startswith(said) for line in english) is named
    assert (
        any(line.startswith("利率调整后如何还款可能未约定") for line in chinese)
        is named
    )


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("actual days", True),
        ("plain", False),
        ("drawn later", False),
        ("stated days of the payment", False),
        ("floating", False),
        ("interest only", False),
    ],
)
def test_what_the_payment_is_worked_out_by(name, named):
    assert (OpenPoint.SIZED_BY in points_of(**LOANS[name])) is named


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("actual days", True),
        ("daily rate", True),
        ("drawn later, ISDA", True),
        ("by the leap year", True),
        ("shares of months", True),
        ("carried interest", True),
        ("interest by the quarter", True),
        ("holiday", False),
        ("rate on a due day", False),
        ("plain", False),
        ("stated place", False),
        ("single, in advance", False),
        ("flat fee", False),
        ("longer, added on", False),
    ],
)
def test_how_often_interest_is_rounded(name, named):
    assert (OpenPoint.ROUNDING_PLACE in points_of(**LOANS[name])) is named


@pytest.mark.parametrize(
    ("repayment", "named"),
    [
        (LevelPayment(7), True),
        (LevelPayment(7, rounding="up"), False),
        (GraduatedPayment(6, "5%"), True),
        (GraduatedPayment(6, "5%", rounding="up"), False),
        (SteppedPayment([(2, "500"), (4, None)]), True),
        (SteppedPayment([(2, "500"), (4, None)], rounding="up"), False),
        (SteppedPayment([(2, "500"), (4, "3000")]), False),
        (EqualPrincipal(7), False),
    ],
)
def test_how_the_payment_is_rounded(repayment, named):
    assert (OpenPoint.PAYMENT_ROUNDING in points_of(repayment=repayment)) is named


@pytest.mark.parametrize(
    ("earned", "named"), [("level", True), ("by_time", False), ("rule_of_78", False)]
)
def test_how_added_interest_is_earned(earned, named):
    repayment = AddOnInterest(6, earned=earned)
    assert (OpenPoint.EARNED in points_of(repayment=repayment)) is named


def test_a_stepped_rate_leaves_four_more_things_open():
    english = term_sheet(
        loan(repayment=LevelPayment(24), rate=STEPPED, day_count="ACT/365F")
    ).left_open
    for start in (
        "What a change of the rate moves",
        "How often interest is rounded",
        "How the installment is rounded",
    ):
        assert any(line.startswith(start) for line in english)
    constant = term_sheet(
        loan(repayment=LevelPayment(24), day_count="ACT/365F")
    ).left_open
    assert any(line.startswith("What the installment is worked") for line in constant)


def test_nothing_is_open_that_is_stated_at_another_value():
    stated = loan(
        day_count="ACT/360",
        head_tail="tail",
        rounding="half_even",
        interest_rounded="day",
        business_days=BusinessDays("following", WEEKENDS, interest="unadjusted"),
        repayment=LevelPayment(
            12, residue="first", rounding=Rounding("up"), sized_by="1/12"
        ),
    )
    named = open_points(facts(stated))
    assert named == (
        OpenPoint.LATE,
        OpenPoint.ACCELERATION,
        OpenPoint.EARLY,
        OpenPoint.ORDER,
        OpenPoint.YEARLY_COST,
    )


@pytest.mark.parametrize(
    ("changes", "charged", "rounded"),
    [
        ({"repayment": FlatFee(3, "1%"), "rate": None}, True, True),
        (
            {
                "repayment": FlatFee(3, "1%", charged="first", fee_rounding="up"),
                "rate": None,
            },
            False,
            False,
        ),
        ({"fees": [Fee("a", "1%")]}, False, True),
        ({"fees": [Fee("a", "1", tax="6%")]}, False, True),
        ({"fees": [Fee("a", "1"), Fee("b", "1%", rounding="up")]}, False, False),
    ],
)
def test_when_and_how_fees_are_charged_may_be_open(changes, charged, rounded):
    points = open_points(facts(InstallmentLoan(**(BASE | changes))))
    assert (OpenPoint.FEE_CHARGED in points) is charged
    assert (OpenPoint.FEE_ROUNDING in points) is rounded


def test_an_interest_date_that_an_installment_falls_on_may_keep_month_ends():
    # Interest every three months from 29 February: 29 May, or 31 May.
    loan = InstallmentLoan(
        **BASE
        | {
            "disbursed": date(2024, 2, 29),
            "first_due": date(2024, 4, 29),
            "day_count": "ACT/360",
            "repayment": LevelPayment(3),
            "interest_payments": InterestPayments("quarterly"),
        }
    )
    assert OpenPoint.MONTH_ENDS in open_points(facts(loan))
    assert unnamed(loan) == []


@pytest.mark.parametrize(("last", "named"), [(20, True), (15, False), (10, False)])
def test_an_only_installment_may_have_a_broken_period_before_it(last, named):
    # Regular periods of a month would start on 15 February.
    loan = InstallmentLoan(
        **BASE
        | {
            "disbursed": date(2026, 1, 10),
            "first_due": date(2026, 3, 15),
            "last_due": date(2026, 2, last),
            "day_count": "ACT/365F",
            "repayment": LevelPayment(1),
        }
    )
    assert (OpenPoint.FIRST_PERIOD in open_points(facts(loan))) is named
    assert unnamed(loan) == []
