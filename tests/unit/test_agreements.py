"""The terms themselves: what they accept, what they make of it, what they refuse."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, FR, HOURLY, MONTHLY, rrule, rruleset

from loanmath import (
    AddOnInterest,
    BrokenPeriod,
    Drawdown,
    Earned,
    EqualPrincipal,
    Fee,
    FeeDue,
    FeeOf,
    FeePaid,
    FixedPayment,
    FlatFee,
    FloatingRate,
    Holiday,
    HolidayInterest,
    HolidayOf,
    Index,
    InstallmentLoan,
    InterestPayments,
    LevelPayment,
    Rate,
    RateChange,
    Residue,
    Rounding,
    Shortfall,
    Step,
    SteppedPayment,
    SteppedRate,
)
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    LoanmathError,
    TermsError,
    UnknownNameError,
)
from loanmath.recurrence_rules import rule_dates, to_rule
from loanmath.terms import FixedPrincipal, GraduatedPayment

DAY = date(2026, 2, 15)
INDEX = Index("example", {date(2026, 1, 1): "3%"})
BASE = {
    "currency": "CNY",
    "principal": "1000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("12%/year"),
    "repayment": EqualPrincipal(3),
}


def floating(**terms):
    return FloatingRate(INDEX, **({"resets": []} | terms))


def holidays(*found):
    return InstallmentLoan(**BASE, holidays=list(found))


REFUSED = [
    # Holidays.
    (lambda: Holiday(0, 1, "principal"), LimitError, "first"),
    (lambda: Holiday(1, 36_601, "principal"), LimitError, "count"),
    (lambda: Holiday(True, 1, "principal"), InputTypeError, "first"),
    (lambda: Holiday(1, 1, "fee"), UnknownNameError, "of"),
    (lambda: Holiday(1, 1, "payment", interest="forget"), UnknownNameError, "interest"),
    (lambda: Holiday(1, 1, "payment"), TermsError, "got None.*capitalize or carry or"),
    (lambda: Holiday(1, 1, "interest"), TermsError, "carry or waive"),
    (
        lambda: Holiday(1, 1, "interest", interest="capitalize"),
        TermsError,
        "got 'capitalize'",
    ),
    (lambda: Holiday(1, 1, "principal", interest="waive"), TermsError, "left out"),
    (lambda: holidays("first"), InputTypeError, r"Holiday\(\.\.\.\)"),
    (
        lambda: holidays(Holiday(1, 1, "principal"), Holiday(1, 1, "principal")),
        TermsError,
        "do not overlap",
    ),
    (
        lambda: InstallmentLoan(**BASE, holidays=Holiday(1, 1, "principal")),
        InputTypeError,
        "a list of Holiday",
    ),
    # Fees.
    (lambda: Fee(5, "1"), InputTypeError, "name"),
    (lambda: Fee("a", 1.0), InputTypeError, "fee amount"),
    (lambda: Fee("a", "-1"), LimitError, "zero or above"),
    (lambda: Fee("a", "1001%"), LimitError, "0% to 1000%"),
    (lambda: Fee("a", "1 %%"), InputValueError, "fee amount"),
    (lambda: Fee("a", "1", of="weight"), UnknownNameError, "of"),
    (lambda: Fee("a", "1", due="never"), UnknownNameError, "due"),
    (lambda: Fee("a", "1", due=datetime(2026, 2, 1)), InputTypeError, "due"),
    (lambda: Fee("a", "1", due=date(1899, 1, 1)), DateRangeError, "due"),
    (lambda: Fee("a", "1", due=5), InputTypeError, "due"),
    (lambda: Fee("a", "1", paid="later"), UnknownNameError, "paid"),
    (lambda: Fee("a", "1", every=0), LimitError, "every"),
    (lambda: Fee("a", "1", tax="201%"), LimitError, "tax"),
    (lambda: Fee("a", "1", rounding="half"), UnknownNameError, "rounding"),
    (lambda: Fee("a", "1", of="payment"), TermsError, "is a percentage"),
    (lambda: Fee("a", "1%", of="payment"), TermsError, "a period has passed"),
    (
        lambda: Fee("a", "1", paid="deducted", due="installments"),
        TermsError,
        "the fee is on disbursement",
    ),
    (lambda: Fee("a", "1", paid="financed", due=DAY), TermsError, "on disbursement"),
    (lambda: Fee("a", "1", every=2), TermsError, "with installments"),
    (lambda: InstallmentLoan(**BASE, fees="a"), InputTypeError, "a list of Fee"),
    (lambda: InstallmentLoan(**BASE, fees=[Fee]), InputTypeError, r"Fee\(\.\.\.\)"),
    # Drawdowns and discounts.
    (lambda: Drawdown("2026-02-15", 1), InputTypeError, "drawdown"),
    (lambda: Drawdown(DAY, 0), LimitError, "above zero"),
    (lambda: Drawdown(DAY, "5%"), InputValueError, "drawdown"),
    (lambda: InstallmentLoan(**BASE, drawdowns=5), InputTypeError, "a list of"),
    (lambda: InstallmentLoan(**BASE, drawdowns=[DAY]), InputTypeError, "Drawdown"),
    (lambda: InstallmentLoan(**BASE, discount="1%"), InputValueError, "discount"),
    # Interest payments.
    (lambda: InterestPayments(5), InputTypeError, "every"),
    (lambda: InterestPayments([DAY, DAY]), DateRangeError, "ascending"),
    (lambda: InterestPayments(first_due=5), InputTypeError, "first_due"),
    (lambda: InterestPayments(first_due=DAY), TermsError, "states a step"),
    (lambda: InterestPayments([DAY], first_due=DAY), TermsError, "states a step"),
    (lambda: InterestPayments(in_advance=1), InputTypeError, "True or False"),
    (lambda: InterestPayments(capitalized_until="x"), InputTypeError, "capitalized"),
    (lambda: InterestPayments(capitalized_until=DAY), TermsError, "falls due before"),
    (
        lambda: InstallmentLoan(**BASE, interest_payments="monthly"),
        InputTypeError,
        r"InterestPayments\(\.\.\.\)",
    ),
    (lambda: InstallmentLoan(**BASE, broken_period="x"), UnknownNameError, "broken"),
    # Methods.
    (lambda: LevelPayment(3, balloon="0"), LimitError, "balloon"),
    (lambda: LevelPayment(3, amortized_over=3), LimitError, "more than the 3"),
    (lambda: LevelPayment(3, on_rate_change="x"), UnknownNameError, "on_rate_change"),
    (lambda: EqualPrincipal(3, residue="second_pass"), UnknownNameError, "'spread'"),
    (lambda: FlatFee(3, "1%", residue="second_pass"), UnknownNameError, "'spread'"),
    (lambda: AddOnInterest(3, earned="early"), UnknownNameError, "earned"),
    (lambda: FixedPayment("0"), LimitError, "payment"),
    (lambda: FixedPayment(1.5), InputTypeError, "payment"),
    (lambda: FixedPayment("1", 0), LimitError, "count"),
    (lambda: FixedPrincipal("0%"), LimitError, "above 0%"),
    (lambda: FixedPrincipal("101%"), LimitError, "0% to 100%"),
    (lambda: FixedPrincipal("0"), LimitError, "above zero"),
    (lambda: FixedPrincipal(None), InputTypeError, "amount"),
    (lambda: GraduatedPayment(3, "-51%"), LimitError, "-50% to 100%"),
    (lambda: GraduatedPayment(3, "101%"), LimitError, "-50% to 100%"),
    (lambda: GraduatedPayment(3, Fraction(1, 2**256)), LimitError, "growth"),
    (lambda: GraduatedPayment(3, "5%", every=1201), LimitError, "every"),
    (lambda: SteppedPayment("12"), InputTypeError, "a list of stages"),
    (lambda: SteppedPayment(5), InputTypeError, "a list of stages"),
    (lambda: SteppedPayment([]), LimitError, "0 stages"),
    (lambda: SteppedPayment([(1, "1")] * 1201), LimitError, "1201 stages"),
    (lambda: SteppedPayment([5]), InputTypeError, r"stages\[1\]"),
    (lambda: SteppedPayment([(1, "1"), (1, "1", 1)]), InputTypeError, r"stages\[2\]"),
    (lambda: SteppedPayment([(0, "1")]), LimitError, r"stages\[1\] count"),
    (lambda: SteppedPayment([(1, "-1")]), LimitError, r"stages\[1\] payment"),
    (lambda: SteppedPayment([(1, None), (2, None)]), TermsError, "2 stages"),
    (lambda: SteppedPayment([(36_600, "1"), (1, "1")]), LimitError, "36,600"),
    # Rates.
    (lambda: SteppedRate("3%/year", {}), InputTypeError, "initial"),
    (lambda: SteppedRate(Rate("3%/year"), {DAY: "4%/year"}), InputTypeError, "2026"),
    (lambda: SteppedRate(Rate("3%/year"), {DAY: Rate("1%/month")}), TermsError, "year"),
    (lambda: SteppedRate(Rate("3%/year"), "x"), InputTypeError, "or pairs"),
    (lambda: SteppedRate(Rate("3%/year"), {1, 2}), InputTypeError, "or pairs"),
    (lambda: SteppedRate(Rate("3%/year"), [DAY]), InputTypeError, r"\(date, value\)"),
    (lambda: SteppedRate(Rate("3%/year"), [(1, 2)]), InputTypeError, "date"),
    (lambda: SteppedRate(Rate("3%/year"), range(40_001)), LimitError, "40,000"),
    (
        lambda: SteppedRate(Rate("3%/year"), [(DAY, Rate("3%/year"))] * 2),
        InputValueError,
        "each date once",
    ),
    (lambda: Index("x", {}), InputValueError, "at least one"),
    (lambda: Index("x", {DAY: 3}), InputTypeError, "observation of 2026-02-15"),
    (lambda: Index("x", {DAY: "-101%"}), LimitError, "observation of 2026-02-15"),
    (lambda: Index(None, {DAY: "3%"}), InputTypeError, "name"),
    (lambda: Index("x", {DAY: "3%"}, source=None), InputTypeError, "source"),
    (lambda: INDEX.on(date(2025, 12, 31)), DateRangeError, "2026-01-01 or later"),
    (lambda: FloatingRate("LPR", resets=[]), InputTypeError, "an Index"),
    (lambda: floating(spread="1"), InputValueError, "spread"),
    (lambda: floating(spread=0.5), InputTypeError, "spread"),
    (lambda: floating(multiplier="101"), LimitError, "-100 to 100"),
    (lambda: floating(multiplier="x"), InputValueError, "multiplier"),
    (lambda: floating(multiplier="1/0"), InputValueError, "multiplier"),
    (lambda: floating(multiplier=Fraction(1, 2**128)), LimitError, "multiplier"),
    (lambda: floating(resets="sometimes"), LoanmathError, "sometimes"),
    (lambda: floating(resets="monthly"), TermsError, "first_reset"),
    (lambda: floating(first_reset=DAY), TermsError, "2026-02-15"),
    (lambda: floating(initial="3%/year"), InputTypeError, "initial"),
    (lambda: floating(next_rate=3), InputTypeError, "next_rate"),
    (lambda: floating(initial=Rate("3%/month")), TermsError, "initial"),
    (lambda: floating(next_rate=Rate("3%/month")), TermsError, "a rate per year"),
    (
        lambda: floating(floor="5%", cap="4%"),
        TermsError,
        "floor: got '5%'; allowed: not above the cap, 4%",
    ),
    (lambda: floating(floor="x"), InputValueError, "floor"),
    (lambda: floating(cap="10001%"), LimitError, "cap"),
    (lambda: floating(fixing_days=-1), LimitError, "0 to 366"),
    (lambda: floating(fixing_days=367), LimitError, "0 to 366"),
    (lambda: floating(fixing_days=True), InputTypeError, "fixing_days"),
    (lambda: floating(per="week"), UnknownNameError, "per"),
    (
        lambda: FloatingRate(
            Index("x", {DAY: Fraction(1, 3**150)}),
            multiplier=Fraction(1, 2**127),
            resets=[],
        ).on(DAY),
        LimitError,
        "rate",
    ),
    # Recurrence rules.
    (lambda: to_rule(rruleset()), InputTypeError, "or an rrule"),
    (lambda: to_rule(None), InputTypeError, "or an rrule"),
    (lambda: to_rule(rrule(HOURLY, dtstart=datetime(2026, 1, 1))), InputValueError, "whole"),
    (
        lambda: to_rule(rrule(DAILY, byhour=3, dtstart=datetime(2026, 1, 1))),
        InputValueError,
        "BYHOUR=3",
    ),
    (lambda: to_rule(rrule(DAILY)), InputValueError, "at midnight"),
    (
        lambda: rule_dates(rrule(DAILY, count=3, dtstart=datetime(2026, 1, 1)), DAY, 3),
        DateRangeError,
        "after 2026-02-15",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("make", "kind", "said"), REFUSED)
def test_what_the_terms_refuse(make, kind, said):
    with pytest.raises(kind, match=said) as caught:
        make()
    assert kind is LoanmathError or type(caught.value) is kind


def test_terms_take_words_or_members():
    assert Holiday(1, 2, HolidayOf.PAYMENT, interest=HolidayInterest.CARRY) == Holiday(
        1, 2, "payment", interest="carry"
    )
    assert Fee("a", "1%", of=FeeOf.PRINCIPAL, due=FeeDue.DISBURSEMENT) == Fee("a", "1%")
    assert Fee("a", 5, paid=FeePaid.FINANCED) == Fee("a", "5", paid="financed")
    assert AddOnInterest(3, earned=Earned.LEVEL) == AddOnInterest(3)
    level = LevelPayment(3, on_rate_change=RateChange.PAYMENT, residue=Residue.SPREAD)
    assert level == LevelPayment(3, residue="spread")
    payment = FixedPayment(Decimal("5.50"), shortfall=Shortfall.CAPITALIZE)
    assert payment == FixedPayment("5.5", shortfall="capitalize")
    loan = InstallmentLoan(**BASE, broken_period=BrokenPeriod.COUNTED)
    assert loan == InstallmentLoan(**BASE)


def test_amounts_and_shares_are_exact():
    assert FixedPrincipal("5%").amount == Fraction(1, 20)
    assert FixedPrincipal(Fraction(1, 3), 3).amount == Fraction(1, 3)
    assert FixedPrincipal("100%").amount == 1
    assert FixedPrincipal(500).amount == Decimal(500)
    assert Fee("a", "30bp").amount == Fraction(3, 1000)
    assert Fee("a", "3‰", tax="6%").tax == Fraction(3, 50)
    assert Fee("a", "0", tax="200%", rounding="up").rounding == Rounding("up")
    assert Drawdown(DAY, "0.01").amount == Decimal("0.01")
    assert GraduatedPayment(3, "-50%").growth == Fraction(-1, 2)
    assert SteppedPayment([[1, 5], (2, None)]).stages == ((1, Decimal(5)), (2, None))
    loan = InstallmentLoan(**BASE, discount="-12.5")
    assert loan.discount == Decimal("-12.5")


def test_lists_are_put_in_order():
    late, early = Drawdown(date(2026, 3, 15), 1), Drawdown(DAY, 2)
    loan = InstallmentLoan(**BASE | {"day_count": "30E/360"}, drawdowns=(late, early))
    assert loan.drawdowns == (early, late)
    rests = (Holiday(2, 1, "principal"), Holiday(1, 1, "principal"))
    assert holidays(*rests).holidays == rests[::-1]
    changes = [(date(2027, 1, 1), Rate("2%/year")), (DAY, Rate("1%/year"))]
    assert SteppedRate(Rate("3%/year"), changes).changes == tuple(changes[::-1])
    assert SteppedRate(Rate("3%/year"), dict(changes)) == SteppedRate(
        Rate("3%/year"), changes
    )


def test_rates_as_text():
    changes = {date(2027, month, 1): Rate(f"{month}%/year") for month in range(1, 5)}
    assert str(SteppedRate(Rate("9%/year"), changes)) == (
        "9%/year, 1%/year from 2027-01-01, 2%/year from 2027-02-01,"
        " 3%/year from 2027-03-01, ..."
    )
    assert str(SteppedRate(Rate("9%/year"), {})) == "9%/year"
    assert str(floating()) == "example"
    assert "observations" not in repr(INDEX)


def test_an_index_holds_until_it_is_observed_again():
    index = Index("x", [(date(2026, 3, 1), "4%"), (date(2026, 1, 1), Fraction(3, 100))])
    assert index.on(date(2026, 2, 28)) == Fraction(3, 100)
    assert index.on(date(2026, 3, 1)) == Fraction(4, 100)
    assert index.observations[0][0] == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("multiplier", "factor"),
    [(2, 2), ("0.5", Fraction(1, 2)), (Decimal("-1.50"), Fraction(-3, 2)),
     ("1/3", Fraction(1, 3)), ("-2/3", Fraction(-2, 3)), (Fraction(5, 7), Fraction(5, 7)),
     ("-100", -100), (Decimal("1E+1"), 10)],
)  # fmt: skip
def test_multipliers_are_exact(multiplier, factor):
    assert floating(multiplier=multiplier).multiplier == factor


def test_resets_are_steps_or_dates():
    assert floating(resets="P3M", first_reset=DAY).resets == Step(3)
    yearly = floating(resets=relativedelta(years=1), first_reset=DAY)
    assert (yearly.resets, yearly.stated_resets) == (Step(12), ())
    assert floating(resets=(DAY,)).stated_resets == (DAY,)
    assert InterestPayments([DAY]).every == (DAY,)
    assert InterestPayments(relativedelta(months=3)).every == Step(3)


def test_a_recurrence_rule_becomes_dates():
    rule = rrule(MONTHLY, byweekday=FR(-1), dtstart=datetime(2026, 1, 1))
    loan = InstallmentLoan(**BASE | {"every": rule, "day_count": "ACT/365F"})
    fridays = (date(2026, 1, 30), date(2026, 2, 27), date(2026, 3, 27))
    assert loan.every == fridays
    stated = InstallmentLoan(**BASE | {"every": fridays, "day_count": "ACT/365F"})
    assert loan == stated
    assert rule_dates(rule, date(2200, 11, 30), 5) == (date(2200, 12, 26),)


@pytest.mark.parametrize(
    "make",
    [
        lambda: InstallmentLoan(**BASE, interest_payments=InterestPayments([])),
        lambda: INDEX.on(None),
        lambda: INDEX.on(datetime(2026, 2, 1)),
        lambda: floating().on("2026-02-15"),
        lambda: floating(fixing_days=3).on(date(1, 1, 1)),
    ],
)
def test_only_documented_errors(make):
    with pytest.raises(LoanmathError):
        make()


def test_a_recurrence_rule_in_a_time_zone():
    from datetime import UTC

    rule = rrule(MONTHLY, dtstart=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(InputValueError):
        InstallmentLoan(**BASE | {"every": rule, "day_count": "ACT/365F"})
