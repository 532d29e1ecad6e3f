"""Plans that are refused, by the first row that shows why, and defects that are told."""

from datetime import date

import pytest

from loanmath import Fee, FixedPayment, InstallmentLoan, LevelPayment, Rate, Rounding
from loanmath.errors import InvariantError, ScheduleError
from loanmath.schedule import detailed as detailed_module
from loanmath.schedule import resolve as resolve_module

BASE = {
    "currency": "CNY",
    "principal": "3650",
    "disbursed": date(2026, 2, 15),
    "every": "monthly",
    "day_count": "ACT/365F",
    "rate": Rate("10%/year"),
}
KINDS = pytest.mark.parametrize(
    "more",
    [{}, {"fees": [Fee("none", "0", due="installments")]}],
    ids=["plain", "fees"],
)


def refused(**terms):
    with pytest.raises(ScheduleError) as caught:
        InstallmentLoan(**(BASE | terms)).schedule()
    return str(caught.value)


@KINDS
def test_a_payment_that_just_covers_its_interest_is_none_that_falls_short(more):
    # 1.00 a day: the 28 days to March 15 are covered, the 31 to April 15 are not. The
    # payment is 35.22, rounded down to a multiple of 28.
    repayment = LevelPayment(240, rounding=Rounding("floor", unit="28"))
    assert refused(repayment=repayment, **more) == (
        "installment 2: got 'a payment of 28.00 against interest of 31.00';"
        " allowed: a payment that covers the interest of its period;"
        " plan fewer installments, or set shortfall='capitalize'"
    )


@KINDS
def test_a_payment_of_nothing_is_not_below_zero(more):
    # 62.45 % of 4 yen is 2.498 in 365 days and 2.505 in 366: rounded to five yen,
    # nothing and five. So the first payment is zero, and the second below it.
    found = refused(
        currency="JPY",
        principal="4",
        disbursed=date(2027, 1, 15),
        every="yearly",
        rate=Rate("-62.45%/year"),
        rounding=Rounding("half_up", unit="5"),
        repayment=LevelPayment(2, shortfall="capitalize"),
        **more,
    )
    assert found.startswith("installment 2: got 'a payment of -1'; allowed: level")


@KINDS
def test_a_payment_of_nothing_may_repay_with_interest_below_zero(more):
    # 8 yen in two are less than five each: nothing is paid. Interest is a trifle below
    # zero, rounded down to -5: it repays 5 of 8 at first, and 2 more than the other 3.
    found = refused(
        currency="JPY",
        principal="8",
        rate=Rate("-0.0001%/year"),
        rounding=Rounding("floor", unit="5"),
        repayment=LevelPayment(2, shortfall="capitalize"),
        **more,
    )
    assert found.startswith("installment 2: got 'a payment of -2'; allowed: level")


def test_a_broken_period_that_outlasts_the_loan():
    found = refused(
        disbursed=date(2026, 1, 15),
        first_due=date(2026, 3, 1),
        last_due=date(2026, 1, 25),
        broken_period="separate",
        repayment=LevelPayment(1),
    )
    assert found == (
        "broken_period: got 'to 2026-02-01';"
        " allowed: a period that ends before the first installment, 2026-01-25;"
        " state a later last_due, or count the broken period with it"
    )


@KINDS
def test_a_rate_that_eats_all_in_a_period_exactly(more):
    terms = {"every": "P24M", "day_count": "30E/360", "repayment": LevelPayment(2)}
    found = refused(rate=Rate("-50%/year"), **terms, **more)
    assert "leaves something of the balance in every period" in found
    left = InstallmentLoan(**(BASE | terms | more | {"rate": Rate("-49%/year")}))
    # 98 % are eaten in two years.
    assert left.schedule()[0].interest == -3577


def test_defects_are_told_with_what_was_found(monkeypatch):
    loan = InstallmentLoan(repayment=FixedPayment("300", 4), **BASE)
    object.__setattr__(loan, "is_plain", True)
    with pytest.raises(InvariantError) as caught:
        resolve_module.resolve(loan)
    assert str(caught.value).startswith(
        "repayment: got 'FixedPayment'; allowed: a plain method"
    )
    usual = resolve_module.amortize_payments

    def leaves_one(*terms):
        done = usual(*terms)
        return done._replace(closing=[*done.closing[:-1], 1])

    monkeypatch.setattr(resolve_module, "amortize_payments", leaves_one)
    with pytest.raises(InvariantError) as caught:
        InstallmentLoan(repayment=LevelPayment(4), **BASE).schedule()
    assert str(caught.value).startswith("last balance: got 1; allowed: zero")
    usual_plan = detailed_module.plan_detailed

    def leaves_two(loan):
        found, done = usual_plan(loan)
        return found, done._replace(closing=[*done.closing[:-1], 2])

    monkeypatch.setattr(detailed_module, "plan_detailed", leaves_two)
    with pytest.raises(InvariantError) as caught:
        InstallmentLoan(repayment=FixedPayment("300", 14), **BASE).schedule()
    assert str(caught.value).startswith("last balance: got 2; allowed: zero")
