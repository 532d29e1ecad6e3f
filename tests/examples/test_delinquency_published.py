"""Published statements on days past due, buckets and classes, each with its source."""

from datetime import date

import pytest

from loanmath import Account, FlatFee, InstallmentLoan, Payment
from loanmath.analysis.delinquency import (
    M_STAGES,
    M_STAGES_FROM_30,
    LoanFacts,
    days_past_due,
    loan_class,
    stage_history,
)
from loanmath.presets import eu
from loanmath.presets.cn.classes import CREDIT_REPORT, FIVE_CLASSES
from loanmath.presets.engines import FINERACT_RANGES


# CN-121: hwhale.com/article/247933 and yzsam.com/html/tPkSUO, two sources that agree:
# due on the 8th and paid on the 10th is two days; the first day is the one after.
def test_days_past_due_are_paid_less_due():
    assert days_past_due(date(2026, 3, 8), date(2026, 3, 10)) == 2
    assert days_past_due(date(2026, 3, 8), date(2026, 3, 9)) == 1
    assert days_past_due(date(2026, 3, 8), date(2026, 3, 8)) == 0
    loan = InstallmentLoan(
        currency="CNY",
        principal="1000",
        disbursed=date(2026, 2, 8),
        every="monthly",
        repayment=FlatFee(1, "1%"),
    )
    account = Account.open(loan).record(
        Payment(id="p1", on=date(2026, 3, 10), amount="1010")
    )
    history = stage_history(account, date(2026, 3, 8), date(2026, 3, 11), M_STAGES)
    assert [(one.since.day, one.bucket.name) for one in history.stages] == [
        (8, "M0"),
        (9, "M1"),
        (10, "M0"),
    ]


# The same sources: M0 current, M1 1-30, M2 31-60, M3 61-90, M4 91-120, M5 121-150, M6
# 151-180, M7+ above 180.
@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("M0", 0, 0),
        ("M1", 1, 30),
        ("M2", 31, 60),
        ("M3", 61, 90),
        ("M4", 91, 120),
        ("M5", 121, 150),
        ("M6", 151, 180),
        ("M7+", 181, None),
    ],
)
def test_stages_by_thirty_days(name, least, most):
    bucket = M_STAGES.named(name)
    assert (bucket.least, bucket.most) == (least, most)


# CN-125: laitimes.com on roll rates, medium confidence: M1 = 1-29, M2 = 30-59, M3 =
# 60-89 and on, M7 = 180 or more.
@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("M1", 1, 29), ("M2", 30, 59), ("M3", 60, 89), ("M7+", 180, None)],
)
def test_stages_from_thirty_days(name, least, most):
    bucket = M_STAGES_FROM_30.named(name)
    assert (bucket.least, bucket.most) == (least, most)


# CN-122: the Measures of 2023 as chinabankingnews.com (2023-02-14), kwm.com and
# mondaq.com report them: any overdue, above 90, above 270, above 360 days.
@pytest.mark.parametrize(
    ("days", "verdict"),
    [
        (0, "normal"),
        (1, "special mention"),
        (90, "special mention"),
        (91, "substandard"),
        (271, "doubtful"),
        (361, "loss"),
    ],
)
def test_the_five_classes_by_days(days, verdict):
    facts = LoanFacts(on=date(2026, 6, 30), days_past_due=days)
    assert loan_class(facts, FIVE_CLASSES.value).verdict == verdict


# The same reports: above 10 % of a debtor's debt at the bank non-performing, or above 20
# % of it everywhere more than 90 days overdue, and all of it is non-performing.
@pytest.mark.parametrize("share", ["bad_share", "overdue_share"])
def test_debts_of_a_debtor_that_is_no_retail_customer(share):
    edge = {"bad_share": "10%", "overdue_share": "20%"}[share]
    for given, verdict in ((edge, "normal"), (f"{edge[:2]}.1%", "substandard")):
        facts = LoanFacts(on=date(2026, 6, 30), days_past_due=0, **{share: given})
        assert loan_class(facts, FIVE_CLASSES.value).verdict == verdict


# EBA/GL/2016/07 and Regulation 2018/171: 90 days and 1 % seen, 100 and 500 recalled.
@pytest.mark.parametrize(
    ("fact", "past_due", "exposure", "material"),
    [
        (eu.DEFAULT_RETAIL, "101", "10000", True),
        (eu.DEFAULT_RETAIL, "100", "5000", False),
        (eu.DEFAULT_RETAIL, "101", "10100", False),
        (eu.DEFAULT_OTHER, "101", "10000", False),
        (eu.DEFAULT_OTHER, "501", "50000", True),
    ],
)
def test_what_is_overdue_is_material_above_both(fact, past_due, exposure, material):
    assert fact.value.materiality.exceeded(past_due, exposure) is material


# Recalled, no text at hand: what the digits of a credit report stand for.
def test_the_digits_of_a_credit_report():
    late = CREDIT_REPORT.value.late
    found = [late.bucket_of(days).name for days in (0, 1, 30, 31, 90, 91, 180, 181)]
    assert found == ["N", "1", "1", "2", "3", "4", "6", "7"]


# Ranges of the tests of Apache Fineract: 1-3, 4-30, 31-60 and on, above 240.
def test_the_ranges_of_an_engine():
    assert [bucket.range for bucket in FINERACT_RANGES.buckets] == [
        "0",
        "1-3",
        "4-30",
        "31-60",
        "61-90",
        "91-120",
        "121-150",
        "151-180",
        "181-240",
        "241+",
    ]
