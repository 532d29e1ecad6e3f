from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from dateutil.relativedelta import relativedelta

from loanmath import (
    MONTHLY,
    WEEKENDS,
    WEEKLY,
    BusinessDays,
    EqualPrincipal,
    FlatFee,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    Rate,
    Residue,
    Rounding,
    Shortfall,
    SinglePayment,
    Step,
)
from loanmath.errors import (
    CurrencyError,
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    LoanmathError,
    TermsError,
    UnknownNameError,
)
from loanmath.terms.conventions import to_rounding
from loanmath.terms.methods import to_repayment

BASE = {
    "currency": "CNY",
    "principal": "10000",
    "disbursed": date(2026, 1, 15),
    "every": MONTHLY,
    "rate": Rate("12%/year"),
    "repayment": LevelPayment(12),
}


def loan(**changes):
    return InstallmentLoan(**(BASE | changes))


def test_amounts_are_normalized_to_the_currency():
    for principal in ("10000", "10000.00", 10000, Decimal("1E+4"), Decimal("10000.0")):
        assert str(loan(principal=principal).principal) == "10000.00"
        assert loan(principal=principal) == loan()
        assert hash(loan(principal=principal)) == hash(loan())
    assert str(loan(currency="JPY").principal) == "10000"
    assert str(loan(rounding=Rounding.unrounded(4)).principal) == "10000.0000"


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"currency": "RMB"}, UnknownNameError),
        ({"currency": "XAU"}, CurrencyError),
        ({"currency": None}, InputTypeError),
        ({"principal": 10000.0}, InputTypeError),
        ({"principal": True}, InputTypeError),
        ({"principal": Decimal("NaN")}, InputValueError),
        ({"principal": Decimal("Infinity")}, InputValueError),
        ({"principal": "0"}, LimitError),
        ({"principal": "-1"}, LimitError),
        ({"principal": "0.001"}, CurrencyError),
        ({"principal": "100000000000.01"}, LimitError),
        ({"principal": "10000000000001", "currency": "JPY"}, LimitError),
        ({"disbursed": datetime(2026, 1, 15)}, InputTypeError),
        ({"disbursed": "2026-01-15"}, InputTypeError),
        ({"disbursed": date(1899, 12, 31)}, DateRangeError),
        ({"disbursed": date(2200, 12, 31)}, DateRangeError),
        ({"disbursed": date(2199, 12, 31), "every": "P40000D"}, DateRangeError),
        ({"disbursed": date(2199, 12, 31), "repayment": LevelPayment(13)}, DateRangeError),
        ({"every": "P366D", "repayment": LevelPayment(1200), "day_count": "ACT/360"}, DateRangeError),
        ({"every": "P40000D", "repayment": LevelPayment(1200), "day_count": "ACT/360"}, DateRangeError),
        ({"every": 30}, InputTypeError),
        ({"every": relativedelta(hours=1)}, InputValueError),
        ({"every": [date(2026, 2, 1)]}, TermsError),
        ({"every": []}, TermsError),
        ({"every": [date(2026, 1, 14)], "repayment": LevelPayment(1)}, DateRangeError),
        ({"every": [date(2026, 2, 15), date(2026, 2, 1)]}, DateRangeError),
        ({"rate": "12%/year"}, InputTypeError),
        ({"rate": None}, TermsError),
        ({"repayment": 12}, InputTypeError),
        ({"repayment": LevelPayment}, InputTypeError),
        ({"day_count": "ACT/361"}, UnknownNameError),
        ({"day_count": 360}, InputTypeError),
        ({"head_tail": "tails"}, UnknownNameError),
        ({"head_tail": "both"}, TermsError),
        ({"head_tail": "neither"}, TermsError),
        ({"rounding": "half"}, UnknownNameError),
        ({"rounding": 2}, InputTypeError),
        ({"first_due": date(2026, 1, 14)}, DateRangeError),
        ({"first_due": "2026-02-15"}, InputTypeError),
        ({"first_due": date(2026, 3, 1)}, TermsError),
        ({"first_due": date(2026, 2, 20), "due_day": 21, "day_count": "ACT/360"}, TermsError),
        ({"due_day": 0}, LimitError),
        ({"due_day": 32}, LimitError),
        ({"due_day": True}, InputTypeError),
        ({"due_day": "20"}, InputTypeError),
        ({"due_day": 20}, TermsError),
        ({"due_day": 20, "end_of_month": True, "day_count": "ACT/360"}, TermsError),
        ({"due_day": 20, "every": WEEKLY, "day_count": "ACT/360"}, TermsError),
        ({"end_of_month": 1}, InputTypeError),
        ({"business_days": "following"}, InputTypeError),
        ({"business_days": BusinessDays("following", WEEKENDS)}, TermsError),
        ({"every": WEEKLY}, TermsError),
        ({"every": WEEKLY, "day_count": "1/12"}, TermsError),
        ({"every": WEEKLY, "day_count": "ACT/ACT ICMA"}, TermsError),
        ({"every": WEEKLY, "day_count": "ACT/365L"}, TermsError),
        ({"rate": Rate("0.04%/day"), "day_count": "1/12"}, TermsError),
        ({"rate": Rate("0.04%/day"), "day_count": "1/1"}, TermsError),
        ({"rate": Rate("0.04%/day"), "repayment": LevelPayment(12, sized_by="1/12")}, TermsError),
        ({"repayment": LevelPayment(1201)}, LimitError),
        ({"repayment": FlatFee(12, "5%")}, TermsError),
        ({"repayment": FlatFee(12, "5%"), "rate": None, "day_count": "1/12"}, TermsError),
        ({"repayment": LevelPayment(3, rounding=Rounding(unit="0.001"))}, TermsError),
        ({"repayment": FlatFee(3, "1%", fee_rounding=Rounding.unrounded(3)), "rate": None}, TermsError),
        ({"repayment": PrincipalAmounts(["9999.99"])}, TermsError),
        ({"repayment": PrincipalAmounts(["9999.999", "0.001"])}, CurrencyError),
        ({"repayment": PrincipalAmounts([Decimal("1E+40")])}, TermsError),
    ],
)  # fmt: skip
def test_terms_that_contradict_each_other_are_refused(changes, kind):
    with pytest.raises(kind) as caught:
        loan(**changes)
    assert type(caught.value) is kind


@pytest.mark.parametrize("name", ["first_due", "due_day", "end_of_month"])
def test_stated_dates_leave_nothing_to_a_step(name):
    dates = [date(2026, 3, 1), date(2026, 5, 1)]
    stated = {"every": dates, "repayment": LevelPayment(2), "day_count": "ACT/360"}
    assert loan(**stated).every == tuple(dates)
    value = {"first_due": date(2026, 3, 1), "due_day": 1, "end_of_month": True}[name]
    with pytest.raises(TermsError, match=name):
        loan(**stated, **{name: value})


def test_the_limits_themselves_are_allowed():
    assert loan(principal="0.01").principal_units == 1
    assert loan(principal="100000000000").principal_units == 10**13
    assert loan(repayment=LevelPayment(1200)).repayment.count == 1200
    daily = loan(every="daily", repayment=LevelPayment(36_600), rate=Rate("0%/day"))
    assert daily.repayment.count == 36_600
    assert loan(disbursed=date(2199, 12, 31)).anchor == date(2200, 1, 31)
    with pytest.raises(LimitError):
        LevelPayment(36_601)


def test_the_rate_decides_a_day_count_left_open():
    assert loan().counted_by.name == "1/12"
    assert loan(rate=Rate("1%/month")).counted_by.name == "1/12"
    assert loan(rate=Rate("0.04%/day")).counted_by.name == "ACT/365F"
    assert loan(day_count="30E/360").counted_by.name == "30E/360"


@pytest.mark.parametrize(
    ("changes", "anchor", "regular_start", "roll_day"),
    [
        ({}, "2026-02-15", "2026-01-15", 15),
        ({"disbursed": date(2026, 1, 31)}, "2026-02-28", "2026-01-31", 31),
        ({"disbursed": date(2024, 2, 29)}, "2024-03-29", "2024-02-29", 29),
        ({"disbursed": date(2026, 2, 28), "end_of_month": True}, "2026-03-31", "2026-02-28", 31),
        ({"disbursed": date(2026, 2, 27), "end_of_month": True}, "2026-03-27", "2026-02-27", 27),
        ({"first_due": date(2026, 3, 1)}, "2026-03-01", "2026-02-01", 1),
        ({"due_day": 20}, "2026-02-20", "2026-01-20", 20),
        ({"due_day": 10}, "2026-03-10", "2026-02-10", 10),
        ({"due_day": 15}, "2026-02-15", "2026-01-15", 15),
        ({"due_day": 31}, "2026-02-28", "2026-01-31", 31),
        ({"disbursed": date(2026, 2, 28), "due_day": 31}, "2026-03-31", "2026-02-28", 31),
        ({"first_due": date(2026, 2, 28), "due_day": 30}, "2026-02-28", "2026-01-30", 30),
        ({"every": WEEKLY}, "2026-01-22", "2026-01-15", 15),
        ({"every": WEEKLY, "first_due": date(2026, 2, 2)}, "2026-02-02", "2026-01-26", 2),
    ],
)  # fmt: skip
def test_anchors(changes, anchor, regular_start, roll_day):
    terms = loan(**({"day_count": "ACT/360"} | changes))
    assert str(terms.anchor) == anchor
    assert str(terms.regular_start) == regular_start
    assert terms.roll_day == roll_day


def test_a_first_period_may_start_with_the_first_day_of_all():
    first, due = date(1900, 1, 1), date(1900, 1, 20)
    for every in ("monthly", "P30D"):
        terms = loan(disbursed=first, first_due=due, every=every, day_count="ACT/360")
        assert terms.regular_start < first
        assert terms.schedule()[0].due == due


def test_stated_dates_have_no_regular_start():
    terms = loan(
        every=[date(2026, 3, 1)], repayment=SinglePayment(1), day_count="ACT/360"
    )
    assert (terms.regular_start, terms.anchor) == (None, date(2026, 3, 1))


def test_steps_and_words_are_the_same_terms():
    assert loan(every="monthly") == loan(every=Step(1)) == loan(every="P1M") == loan()


def test_terms_are_frozen_values():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        loan().principal = Decimal(1)
    changed = attrs.evolve(loan(), principal="5")
    assert changed == loan(principal="5")
    assert changed.principal_units == 500


def test_switching_validators_off_protects_nothing_less():
    attrs.validators.set_disabled(True)
    try:
        with pytest.raises(LoanmathError):
            loan(principal="-1")
        with pytest.raises(LoanmathError):
            LevelPayment(0)
    finally:
        attrs.validators.set_disabled(False)


def test_methods_and_their_choices():
    level = LevelPayment(
        12, residue="first", rounding="up", sized_by="30E/360", shortfall="capitalize"
    )
    assert (level.residue, level.shortfall) == (Residue.FIRST, Shortfall.CAPITALIZE)
    assert level.rounding == Rounding("up")
    assert level.sized_by.name == "30E/360"
    assert LevelPayment(1, rounding=Rounding(unit="1")).rounding.unit == 1
    assert PrincipalAmounts(["1", 2, Decimal("0.5")]).count == 3
    assert FlatFee(3, Fraction(1, 40)) == FlatFee(3, "2.5%")


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: LevelPayment(0), LimitError),
        (lambda: LevelPayment(1.0), InputTypeError),
        (lambda: LevelPayment(True), InputTypeError),
        (lambda: LevelPayment(3, residue="middle"), UnknownNameError),
        (lambda: LevelPayment(3, shortfall="ignore"), UnknownNameError),
        (lambda: LevelPayment(3, sized_by="ACT/361"), UnknownNameError),
        (lambda: EqualPrincipal(-1), LimitError),
        (lambda: InterestOnly("3"), InputTypeError),
        (lambda: SinglePayment(None), InputTypeError),
        (lambda: FlatFee(3, "-1%"), LimitError),
        (lambda: FlatFee(3, "1001%"), LimitError),
        (lambda: FlatFee(3, 0.05), InputTypeError),
        (lambda: FlatFee(3, "5%", fee_for="year"), UnknownNameError),
        (lambda: FlatFee(3, "5%", charged="never"), UnknownNameError),
        (lambda: PrincipalAmounts([]), LimitError),
        (lambda: PrincipalAmounts(["-1"]), InputValueError),
        (lambda: PrincipalAmounts([1.0]), InputTypeError),
        (lambda: PrincipalAmounts("100"), InputTypeError),
        (lambda: PrincipalAmounts(7), InputTypeError),
        (lambda: PrincipalAmounts({"1", "2"}), InputTypeError),
        (lambda: PrincipalAmounts(range(10**9)), LimitError),
        (lambda: BusinessDays("backwards", WEEKENDS), UnknownNameError),
        (lambda: BusinessDays("following", "weekends"), InputTypeError),
        (lambda: BusinessDays("following", type(WEEKENDS)), InputTypeError),
        (
            lambda: BusinessDays("following", WEEKENDS, interest="both"),
            UnknownNameError,
        ),
        (lambda: to_rounding(None), InputTypeError),
        (lambda: to_repayment(FlatFee), InputTypeError),
    ],
)
def test_choices_that_do_not_exist(make, kind):
    with pytest.raises(kind):
        make()


def test_fees_at_their_limits():
    assert FlatFee(3, "0%").fee == 0
    assert FlatFee(3, "1000%").fee == 10
