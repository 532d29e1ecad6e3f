"""Terms that contradict each other are refused, each by name; others go together."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import (
    MONTHLY,
    WEEKENDS,
    AddOnInterest,
    BusinessDays,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FlatFee,
    FloatingRate,
    Holiday,
    Index,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    LevelPayment,
    PrincipalAmounts,
    Rate,
    Rounding,
    SinglePayment,
    SteppedPayment,
    SteppedRate,
)
from loanmath.errors import (
    CurrencyError,
    DateRangeError,
    LimitError,
    TermsError,
)
from loanmath.schedule.frame import frame
from loanmath.terms import FixedPrincipal, GraduatedPayment

BASE = {
    "currency": "CNY",
    "principal": "1000",
    "disbursed": date(2026, 1, 15),
    "every": MONTHLY,
    "rate": Rate("12%/year"),
    "repayment": LevelPayment(4),
    "day_count": "ACT/365F",
}
INDEX = Index("example", {date(2026, 1, 1): "3%"})
CHANGES = {"rate": SteppedRate(Rate("3%/year"), {date(2026, 2, 15): Rate("4%/year")})}
DRAWN = {"drawdowns": [Drawdown(date(2026, 2, 15), "5")]}
RESTS = {"holidays": [Holiday(1, 1, "principal")]}
QUARTERLY = {"interest_payments": InterestPayments("quarterly")}
FLAT = {"repayment": FlatFee(3, "1%"), "rate": None, "day_count": None}
LATE = {"first_due": date(2026, 3, 1)}


def loan(**changes):
    return InstallmentLoan(**(BASE | changes))


def level(**terms):
    return {"repayment": LevelPayment(4, **terms)}


def in_advance(every=None, **changes):
    term = InterestPayments(every, in_advance=True)
    return {"interest_payments": term, "repayment": InterestOnly(3)} | changes


def reset(**terms):
    return {"rate": FloatingRate(INDEX, **terms)}


REFUSED = [
    # Charges on the original amount.
    (FLAT | RESTS, TermsError, "holidays"),
    (FLAT | DRAWN, TermsError, "drawdowns"),
    (FLAT | QUARTERLY, TermsError, "interest_payments"),
    (FLAT | LATE | {"broken_period": "added"}, TermsError, "broken_period"),
    ({"repayment": AddOnInterest(3)} | RESTS, TermsError, "holidays"),
    ({"repayment": AddOnInterest(3)} | CHANGES, TermsError, "follows what is owed"),
    (FLAT | {"interest_rounded": "segment"}, TermsError, "interest_rounded"),
    # Level payments.
    (
        level(amortized_over=9)
        | {"every": [date(2026, month, 1) for month in range(2, 11)]},
        TermsError,
        "every states a step",
    ),
    (level(amortized_over=9, balloon="1"), TermsError, "no balloon"),
    (level(amortized_over=9) | {"last_due": date(2026, 11, 1)}, TermsError, "last_due"),
    (level(residue="first") | CHANGES, TermsError, "residue.*does not change"),
    (level(residue="spread") | CHANGES, TermsError, "residue"),
    (level(sized_by="30E/360") | CHANGES, TermsError, "sized_by"),
    (
        level(sized_by="30E/360", on_rate_change="foreseen") | CHANGES,
        TermsError,
        "sized_by",
    ),
    (level(sized_by="30E/360") | DRAWN, TermsError, "nothing changes between"),
    (level(sized_by="30E/360") | QUARTERLY, TermsError, "nothing changes between"),
    (
        level(on_rate_change="term") | CHANGES | {"last_due": date(2026, 6, 1)},
        TermsError,
        "last_due",
    ),
    (level(on_rate_change="term") | CHANGES | RESTS, TermsError, "holidays"),
    (level(on_rate_change="term", balloon="1") | CHANGES, TermsError, "balloon"),
    (level(on_rate_change="term", amortized_over=5) | CHANGES, TermsError, "amortized"),
    (level(balloon="1000.01"), LimitError, "up to 1000.00"),
    (level(balloon="0.001"), CurrencyError, "balloon"),
    ({"repayment": EqualPrincipal(3, balloon="1001")}, LimitError, "balloon"),
    (
        level(residue="spread")
        | {"rate": Rate("-1%/year"), "rounding": Rounding("down", unit="1")},
        TermsError,
        "residue",
    ),
    # Stated payments.
    (
        {"repayment": FixedPayment("300"), "last_due": date(2026, 9, 1)},
        TermsError,
        "number of installments is stated",
    ),
    (
        {"repayment": FixedPrincipal("300"), "last_due": date(2026, 9, 1)},
        TermsError,
        "number of installments is stated",
    ),
    ({"repayment": FixedPayment("0.001")}, CurrencyError, "payment"),
    ({"repayment": FixedPrincipal("0.001", 3)}, CurrencyError, "amount"),
    ({"repayment": FixedPayment("1", 1201)}, LimitError, "repayment.count"),
    ({"repayment": GraduatedPayment(3, "1%", rounding=Rounding(unit="0.001"))},
     TermsError, "repayment.rounding"),
    ({"repayment": PrincipalAmounts(["600", "400"])} | DRAWN, TermsError, "amounts"),
    # Rates that change.
    (
        {"rate": SteppedRate(Rate("3%/year"), {date(2026, 1, 15): Rate("4%/year")})},
        DateRangeError,
        "rate changes",
    ),
    (reset(resets="monthly", first_reset=date(2026, 1, 15)), DateRangeError, "after"),
    (reset(resets=[date(2026, 1, 14)]), DateRangeError, "after disbursed"),
    (
        CHANGES | {"day_count": None, "due_day": 20, "first_due": date(2026, 2, 20)},
        TermsError,
        "day_count",
    ),
    (
        {"rate": SteppedRate(Rate("3%/year"), {date(2026, 3, 1): Rate("4%/year")}),
         "day_count": None},
        TermsError,
        "got None.*30/360 CN",
    ),
    (CHANGES | {"day_count": "1/1", "head_tail": "tail"}, TermsError, "got '1/1'"),
    (DRAWN | {"day_count": None, "drawdowns": [Drawdown(date(2026, 2, 14), 1)]},
     TermsError, "2026-02-14"),
    ({"interest_rounded": "day", "day_count": "ACT/ACT ISDA"}, TermsError, "every day"),
    # Holidays.
    (RESTS | {"repayment": InterestOnly(3)}, TermsError, "principal is due before"),
    (RESTS | {"repayment": SinglePayment(3)}, TermsError, "every installment pays"),
    (RESTS | {"repayment": PrincipalAmounts(["500", "500"])}, TermsError, "leave the"),
    ({"holidays": [Holiday(3, 2, "principal")]}, TermsError, "the last one is paid"),
    (
        {"holidays": [Holiday(4, 1, "interest", interest="carry")],
         "repayment": EqualPrincipal(4)},
        TermsError,
        "the last one is paid",
    ),
    (
        {"holidays": [Holiday(4, 2, "interest", interest="waive")]},
        TermsError,
        "up to installment 5",
    ),
    # Days that nothing counts.
    (
        {"interest_payments": InterestPayments("monthly", first_due=date(2026, 2, 1)),
         "day_count": None},
        TermsError,
        "interest falls due on 2026-02-01",
    ),
    (
        {"interest_payments": InterestPayments([date(2026, 2, 15), date(2026, 3, 14)]),
         "day_count": None, "repayment": EqualPrincipal(3)},
        TermsError,
        "interest falls due on 2026-03-14",
    ),
    (
        {"interest_payments": InterestPayments("P20D"), "day_count": None},
        TermsError,
        "interest falls due every P20D",
    ),
    ({"every": "weekly", "end_of_month": True}, TermsError, "every counts whole months"),
    (
        {"repayment": AddOnInterest(3), "rate": Rate("-1%/year")},
        TermsError,
        "a rate of zero or more, to add on",
    ),
    (
        {"holidays": [Holiday(1, 1, "interest", interest="carry")]},
        TermsError,
        "apart from interest",
    ),
    # Interest payments.
    (QUARTERLY | {"repayment": InterestOnly(6)}, TermsError, "has its own dates"),
    (
        {"interest_payments": InterestPayments([date(2026, 1, 15)])},
        DateRangeError,
        "interest_payments.every",
    ),
    (
        {"interest_payments": InterestPayments("monthly", first_due=date(2026, 1, 15))},
        DateRangeError,
        "interest_payments.first_due",
    ),
    (
        {"interest_payments": InterestPayments("P7D", capitalized_until=date(2026, 2, 15))},
        DateRangeError,
        "before the first installment, 2026-02-15",
    ),
    (
        {"interest_payments": InterestPayments("P7D", capitalized_until=date(2026, 2, 1)),
         "repayment": PrincipalAmounts(["1000"])},
        TermsError,
        "leave the principal open",
    ),
    (in_advance(repayment=LevelPayment(3)), TermsError, "in_advance"),
    (in_advance(**CHANGES), TermsError, "in_advance"),
    (in_advance(**RESTS, repayment=EqualPrincipal(3)), TermsError, "in_advance"),
    (in_advance(**DRAWN), TermsError, "in the same way"),
    (in_advance(first_due=date(2026, 1, 15)), TermsError, "in the same way"),
    (
        in_advance(every="monthly", repayment=EqualPrincipal(3)),
        TermsError,
        "due with installments",
    ),
    (in_advance(interest_rounded="day"), TermsError, "interest_rounded"),
    # Broken periods.
    ({"broken_period": "separate"}, TermsError, "more than one step"),
    ({"broken_period": "added", "first_due": date(2026, 2, 1)}, TermsError, "one step"),
    (
        {"broken_period": "added", "every": [date(2026, 4, 1)],
         "repayment": EqualPrincipal(1)},
        TermsError,
        "one step",
    ),
    (LATE | QUARTERLY | {"broken_period": "separate"}, TermsError, "pays interest"),
    (
        LATE | {"broken_period": "separate", "repayment": SinglePayment(3)},
        TermsError,
        "pays interest",
    ),
    (
        LATE | {"broken_period": "separate", "drawdowns": [Drawdown(date(2026, 1, 20), 1)]},
        TermsError,
        "nothing is drawn",
    ),
    (LATE | RESTS | {"broken_period": "added"}, TermsError, "installment is paid"),
    # What is paid out.
    ({"drawdowns": [Drawdown(date(2026, 1, 15), 1)]}, DateRangeError, "drawdowns"),
    ({"drawdowns": [Drawdown(date(2026, 5, 15), 1)]}, DateRangeError, "before the last"),
    ({"drawdowns": [Drawdown(date(2026, 2, 1), "0.001")]}, CurrencyError, "drawdown"),
    (
        {"drawdowns": [Drawdown(date(2026, 2, 1), 99_999_999_001)]},
        LimitError,
        "principal",
    ),
    (DRAWN | {"head_tail": "both"}, TermsError, "paid out on one day"),
    (DRAWN | {"head_tail": "neither"}, TermsError, "paid out on one day"),
    ({"discount": "1000"}, LimitError, "less than is lent"),
    ({"discount": "0.001"}, CurrencyError, "discount"),
    ({"fees": [Fee("a", "100%", paid="deducted")]}, LimitError, "less than is lent"),
    ({"fees": [Fee("a", 10**11, paid="financed")]}, LimitError, "fees"),
    # Fees.
    ({"fees": [Fee("a", "1", due=date(2026, 1, 15))]}, DateRangeError, "fee a"),
    ({"fees": [Fee("a", "1", due=date(2026, 5, 16))]}, DateRangeError, "up to the last"),
    ({"fees": [Fee("a", "0.001")]}, CurrencyError, "fee a"),
    (
        {"fees": [Fee("a", "1%", rounding=Rounding(unit="0.001"))]},
        TermsError,
        "fee a rounding",
    ),
    # Dates.
    (LATE | {"first_after": "P20D"}, TermsError, "first_due is left out"),
    ({"last_due": date(2026, 4, 15)}, DateRangeError, "after 2026-04-15"),
    ({"last_due": date(2026, 1, 15), "repayment": EqualPrincipal(1)}, DateRangeError,
     "last_due"),
    ({"last_due": date(2026, 6, 1), "day_count": "1/12"}, TermsError, "last period"),
    (
        {"every": [date(2026, 2, 1)], "repayment": EqualPrincipal(1),
         "first_after": "P1D"},
        TermsError,
        "first_after",
    ),
    (
        {"every": [date(2026, 2, 1)], "repayment": EqualPrincipal(1),
         "last_due": date(2026, 3, 1)},
        TermsError,
        "last_due",
    ),
    ({"disbursed": date(2199, 1, 1), "first_after": "P40000D"}, DateRangeError, "days"),
    ({"every": [], "repayment": FixedPayment("5")}, DateRangeError, "no dates"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "kind", "said"), REFUSED)
def test_terms_that_contradict_each_other(changes, kind, said):
    with pytest.raises(kind, match=said) as caught:
        loan(**changes)
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    "changes",
    [
        level(amortized_over=5),
        level(balloon="1000", shortfall="capitalize"),
        level(on_rate_change="foreseen", residue="first") | CHANGES,
        level(on_rate_change="term") | CHANGES,
        CHANGES | {"day_count": None},
        CHANGES | {"rate": FloatingRate(INDEX, resets=[]), "day_count": "1/12"},
        {"repayment": FixedPayment("300", 3), "last_due": date(2026, 9, 1)},
        {"repayment": FixedPayment("300"), "holidays": [Holiday(2, 1, "principal")]},
        {"holidays": [Holiday(3, 1, "principal")]},
        {"holidays": [Holiday(3, 1, "interest", interest="waive")]},
        {"holidays": [Holiday(3, 2, "interest", interest="waive")]},
        {"rate": FloatingRate(INDEX, resets="yearly", first_reset=date(2027, 1, 1)),
         "day_count": None},
        {"interest_payments": InterestPayments([date(2026, 2, 15), date(2027, 1, 9)]),
         "repayment": EqualPrincipal(3), "day_count": None},
        FLAT | {"last_due": date(2026, 6, 1)},
        {"repayment": EqualPrincipal(3),
         "holidays": [Holiday(1, 1, "interest", interest="carry")]},
        in_advance(),
        LATE | {"broken_period": "separate"} | RESTS,
        LATE | {"broken_period": "at_disbursement"},
        LATE | {"broken_period": "added", "drawdowns": [Drawdown(date(2026, 2, 1), 1)]},
        {"drawdowns": [Drawdown(date(2026, 5, 14), 1)]},
        {"discount": "999.99"},
        {"discount": "-5", "fees": [Fee("a", "1", due=date(2026, 5, 15))]},
        {"fees": [Fee("a", "1", due="installments", every=9)]},
        {"first_due": date(2026, 1, 15), "day_count": None},
        {"last_due": date(2026, 4, 16)},
        {"last_due": date(2026, 1, 16), "repayment": EqualPrincipal(1)},
        {"repayment": SteppedPayment([(1, "50"), (2, None)])} | DRAWN,
        {"business_days": BusinessDays("following", WEEKENDS)} | QUARTERLY,
    ],
)  # fmt: skip
def test_terms_that_go_together(changes):
    assert not loan(**changes).is_plain or changes.get("discount")
    assert loan(**changes).schedule()


def framed(terms):
    """The rows of a plan, and what a unit grows by in each."""
    found = frame(terms, terms.repayment.count)
    unit = found.growth.denominator
    grown = [Fraction(factor, unit) for factor in found.growth.factors]
    return found._replace(loan=None, growth=None, rounded=None), grown


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"day_count": None},
        {"rate": Rate("0.05%/day"), "repayment": FixedPayment("300", 4)},
        {"day_count": None, "rate": None, "repayment": FlatFee(4, "1%")},
        {"every": "P10D", "repayment": level(balloon="5")["repayment"]},
        {"first_due": date(2026, 3, 31), "end_of_month": True},
        {"repayment": SinglePayment(4), "day_count": None, "fees": [Fee("a", "1")]},
        {"repayment": SteppedPayment([(1, "50"), (2, None)]), "discount": "10"},
        {"business_days": BusinessDays("following", WEEKENDS)},
    ],
)
def test_plain_rows_are_those_of_a_plan_that_asks_each(changes):
    terms = loan(**changes)
    assert terms.has_plain_rows
    short = framed(terms)
    object.__setattr__(terms, "has_plain_rows", False)
    assert framed(terms) == short
    assert short[0].is_simple


@pytest.mark.parametrize(
    "changes",
    [
        CHANGES,
        DRAWN,
        RESTS,
        QUARTERLY,
        LATE | {"broken_period": "added"},
        {"interest_rounded": "day"},
        {"first_due": date(2026, 1, 15)},
        {"last_due": date(2026, 6, 1)},
    ],
)
def test_rows_that_are_not_plain(changes):
    terms = loan(**changes)
    assert not terms.has_plain_rows
    assert not terms.is_plain


def test_what_is_owed_at_the_start():
    terms = loan(fees=[Fee("a", "1%", paid="financed", tax="6%"), Fee("b", "7")])
    assert terms.principal == Decimal("1000.00")
    assert terms.principal_units == 101_060
    assert loan().principal_units == 100_000


@pytest.mark.parametrize(
    ("changes", "anchor", "regular_start"),
    [
        ({"first_due": date(2026, 1, 15)}, "2026-01-15", "2025-12-15"),
        ({"first_after": "P20D"}, "2026-02-15", "2026-01-15"),
        ({"first_after": "P5D", "due_day": 20}, "2026-01-20", "2025-12-20"),
        ({"first_after": "P2M", "due_day": 10}, "2026-04-10", "2026-03-10"),
        ({"first_after": "P3D", "every": "P14D"}, "2026-01-18", "2026-01-04"),
        ({"first_after": "P1M", "every": "P14D"}, "2026-02-15", "2026-02-01"),
    ],
)
def test_anchors_of_agreed_first_dates(changes, anchor, regular_start):
    terms = loan(**changes)
    assert (str(terms.anchor), str(terms.regular_start)) == (anchor, regular_start)


def test_stages_finer_than_the_currency():
    with pytest.raises(CurrencyError):
        loan(repayment=SteppedPayment([(1, "0.001"), (1, None)]))


def test_the_last_due_date_of_a_single_payment():
    terms = loan(repayment=SinglePayment(6), last_due=date(2026, 3, 20))
    assert [row.due for row in terms.schedule()] == [date(2026, 3, 20)]


def test_a_single_payment_is_not_due_on_disbursement():
    with pytest.raises(DateRangeError, match="after disbursed"):
        loan(repayment=SinglePayment(1), first_due=date(2026, 1, 15))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"discount": "1000"}, "discount: got '1000.*'; allowed: less than is lent"),
        (
            {"discount": "999", "fees": [Fee("a", "1", paid="deducted")]},
            "'999.* and fees deducted'",
        ),
        ({"fees": [Fee("a", "1000", paid="deducted")]}, "'0 and fees deducted'"),
    ],
)
def test_what_is_withheld_leaves_something(changes, said):
    with pytest.raises(LimitError, match=said):
        loan(**changes)
