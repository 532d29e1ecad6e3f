from datetime import date
from decimal import Decimal

import pytest

from loanmath import (
    MONTHLY,
    WEEKENDS,
    WEEKLY,
    HeadTail,
    InterestDates,
    LevelPayment,
    Rate,
    Residue,
)
from loanmath.errors import (
    InputTypeError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from loanmath.presets.engines import (
    ACTUS_ROUNDING,
    FineractProduct,
    actus_business_days,
    fineract_like,
)
from loanmath.terms import AddOnInterest, Holiday

LENT = date(2026, 1, 31)


def payments_of(product: FineractProduct, **changed: object) -> list[str]:
    terms = {
        "principal": "2650",
        "rate": Rate("9%/year"),
        "count": 3,
        "currency": "USD",
        "disbursed": LENT,
        **changed,
    }
    loan = fineract_like(**terms, product=product)  # type: ignore[arg-type]
    return [str(row.payment) for row in loan.schedule()]


def test_actus_rounding_keeps_twenty_decimals() -> None:
    assert ACTUS_ROUNDING.unit == Decimal("1E-20")


@pytest.mark.parametrize(
    ("code", "rule", "interest"),
    [
        ("SCF", "following", InterestDates.ADJUSTED),
        ("SCMF", "modified_following", InterestDates.ADJUSTED),
        ("SCP", "preceding", InterestDates.ADJUSTED),
        ("SCMP", "modified_preceding", InterestDates.ADJUSTED),
        ("CSF", "following", InterestDates.UNADJUSTED),
        ("CSMP", "modified_preceding", InterestDates.UNADJUSTED),
    ],
)
def test_actus_business_days(code: str, rule: str, interest: InterestDates) -> None:
    term = actus_business_days(code, WEEKENDS)
    assert term is not None
    assert (term.rule.value, term.interest) == (rule, interest)
    assert term.calendar is WEEKENDS


@pytest.mark.parametrize("code", ["NOS", "NULL"])
def test_actus_codes_that_shift_nothing(code: str) -> None:
    assert actus_business_days(code, WEEKENDS) is None


@pytest.mark.parametrize("code", ["", "SC", "SCX", "XCF", "F", "scf"])
def test_unknown_actus_codes_are_refused(code: str) -> None:
    with pytest.raises(UnknownNameError, match="SCMF"):
        actus_business_days(code, WEEKENDS)


def test_an_actus_code_is_text() -> None:
    with pytest.raises(InputTypeError):
        actus_business_days(None, WEEKENDS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("month", "year", "every", "name", "head_tail"),
    [
        ("30", "360", MONTHLY, "1/12", HeadTail.HEAD),
        ("30", "365", MONTHLY, "30/365", HeadTail.HEAD),
        ("30", "360", WEEKLY, "ACT/360", HeadTail.HEAD),
        ("actual", "360", MONTHLY, "ACT/360", HeadTail.HEAD),
        ("actual", "364", MONTHLY, "ACT/364", HeadTail.HEAD),
        ("actual", "365", WEEKLY, "ACT/365F", HeadTail.HEAD),
        ("actual", "actual", MONTHLY, "ACT/ACT ISDA", HeadTail.TAIL),
        ("actual", "leap_period", MONTHLY, "ACT/ACT AFB", HeadTail.HEAD),
    ],
)
def test_days_are_counted_by_the_settings(
    month: str, year: str, every: object, name: str, head_tail: HeadTail
) -> None:
    product = FineractProduct(
        every=every,
        days_in_month=month,
        days_in_year=year,
    )
    assert product.counted_by() == (name, head_tail)


def test_a_broken_first_period_counts_its_days() -> None:
    counted = FineractProduct().counted_by(from_disbursement=False)
    assert counted == ("30/360 CN", HeadTail.HEAD)


def test_interest_by_installments_counts_months_alone() -> None:
    by_installment = {"days_in_month": "actual", "interest_by": "installment"}
    monthly = FineractProduct(**by_installment)  # type: ignore[arg-type]
    assert monthly.counted_by()[0] == "1/12"
    weekly = FineractProduct(every="weekly", **by_installment)  # type: ignore[arg-type]
    assert weekly.counted_by()[0] == "ACT/360"


@pytest.mark.parametrize("year", ["364", "actual", "leap_period"])
def test_months_of_30_days_need_a_year_of_360_or_365(year: str) -> None:
    with pytest.raises(TermsError, match="days_in_year"):
        FineractProduct(days_in_year=year).counted_by()


def test_a_month_of_30_days_has_them_whatever_its_dates() -> None:
    loan = fineract_like("36000", Rate("10%/year"), 2, currency="USD", disbursed=LENT)
    first, _ = loan.schedule()
    assert first.due == date(2026, 2, 28)
    assert first.interest == 300


def test_the_year_ends_a_day_early() -> None:
    # 366 x 365: 15 days of the leap year bear 547.50, 16 of the next year 585.60.
    loan = fineract_like(
        "133590",
        Rate("10%/year"),
        1,
        currency="USD",
        disbursed=date(2024, 12, 16),
        product=FineractProduct(days_in_month="actual", days_in_year="actual"),
    )
    assert loan.schedule()[0].interest == Decimal("1133.10")


@pytest.mark.parametrize(
    ("disbursed", "interest"),
    [(date(2024, 2, 10), "290.00"), (date(2024, 3, 10), "310.85")],
)
def test_a_leap_year_may_be_one_for_its_period_alone(
    disbursed: date, interest: str
) -> None:
    # 36,600 at 10 %: 10 a day of 366, and 10.027 a day of 365.
    loan = fineract_like(
        "36600",
        Rate("10%/year"),
        1,
        currency="USD",
        disbursed=disbursed,
        product=FineractProduct(days_in_month="actual", days_in_year="leap_period"),
    )
    assert str(loan.schedule()[0].interest) == interest


def test_ties_go_to_the_even_cent() -> None:
    rate, half = Rate("6%/year"), FineractProduct()
    assert payments_of(half, principal="1", rate=rate, count=1) == ["1.00"]
    assert payments_of(half, principal="3", rate=rate, count=1) == ["3.02"]


def test_the_last_payment_takes_the_rest_of_a_multiple() -> None:
    assert payments_of(FineractProduct(multiple="10")) == ["900.00", "900.00", "889.77"]
    assert payments_of(FineractProduct()) == ["896.62", "896.62", "896.61"]


def test_only_progressive_schedules_have_a_second_pass() -> None:
    method = FineractProduct().repayment(6)
    assert isinstance(method, LevelPayment)
    assert method.residue is Residue.SECOND_PASS
    older = FineractProduct(is_progressive=False).repayment(6)
    assert isinstance(older, LevelPayment)
    assert older.residue is Residue.LAST
    by_day = AddOnInterest(6, earned="by_time")
    assert FineractProduct(is_flat=True).repayment(6) == by_day
    cumulative = FineractProduct(is_flat=True, is_progressive=False)
    assert cumulative.repayment(6) == AddOnInterest(6)
    by_installment = FineractProduct(is_flat=True, interest_by="installment")
    assert by_installment.repayment(6) == AddOnInterest(6)


def test_flat_interest_is_on_the_original_amount() -> None:
    flat = FineractProduct(is_flat=True)
    assert payments_of(flat, principal="1200") == ["409.00", "409.00", "409.00"]


def test_grace_moves_what_is_due() -> None:
    product = FineractProduct(grace_on_principal=3, grace_on_interest=2)
    assert product.holidays() == (
        Holiday(1, 2, "payment", interest="carry"),
        Holiday(3, 1, "principal"),
    )
    paid = payments_of(product, count=5)
    assert paid[:3] == ["0.00", "0.00", "59.62"]
    assert FineractProduct(grace_on_principal=1).holidays() == (
        Holiday(1, 1, "principal"),
    )
    both = FineractProduct(grace_on_principal=2, grace_on_interest=2)
    assert both.holidays() == (Holiday(1, 2, "payment", interest="carry"),)


def test_interest_has_no_more_grace_than_principal() -> None:
    with pytest.raises(TermsError, match="grace_on_interest"):
        FineractProduct(grace_on_interest=1).holidays()


def test_due_dates_may_be_counted_from_submission() -> None:
    loan = fineract_like(
        "1000",
        Rate("12%/year"),
        3,
        currency="USD",
        disbursed=date(2026, 2, 5),
        submitted=LENT,
    )
    assert [row.due.isoformat() for row in loan.schedule()] == [
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
    ]
    weekly = fineract_like(
        "1000",
        Rate("12%/year"),
        2,
        currency="USD",
        disbursed=date(2026, 2, 2),
        product=FineractProduct(every="weekly"),
        submitted=LENT,
    )
    assert [row.due.day for row in weekly.schedule()] == [7, 14]


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"days_in_month": "31"}, UnknownNameError),
        ({"days_in_year": 360}, InputTypeError),
        ({"interest_by": "week"}, UnknownNameError),
        ({"is_flat": 1}, InputTypeError),
        ({"is_progressive": None}, InputTypeError),
        ({"multiple": 1.0}, InputTypeError),
        ({"grace_on_principal": -1}, LimitError),
        ({"grace_on_interest": False}, InputTypeError),
        ({"every": "sometimes"}, UnknownNameError),
    ],
)
def test_settings_are_checked(settings: dict[str, object], error: type) -> None:
    with pytest.raises(error):
        FineractProduct(**settings)  # type: ignore[arg-type]


def test_a_product_is_one() -> None:
    with pytest.raises(InputTypeError, match="product"):
        payments_of("product")  # type: ignore[arg-type]
