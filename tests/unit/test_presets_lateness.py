"""Presets of late loans: what rules say, on loans that are late."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import (
    Account,
    Arrear,
    FlatFee,
    InstallmentLoan,
    LateCharge,
    Payment,
    PenaltyInterest,
    Rate,
    RateCap,
    Servicing,
    SinglePayment,
)
from loanmath.errors import DateRangeError, InputTypeError, InputValueError
from loanmath.presets import Fact, cn, india, uk, us, za
from loanmath.terms import Index

LPR = Index("LPR", {date(2020, 8, 20): "3.85%", date(2025, 5, 20): "3.00%"})


def single(currency="CNY", principal="1000", disbursed=date(2026, 1, 15), **terms):
    """A loan repaid at once a month later; a flat fee of nothing where no rate."""
    if "rate" not in terms:
        terms["repayment"] = FlatFee(1, "0%")
    words = {"every": "monthly", "repayment": SinglePayment(1)} | terms
    return InstallmentLoan(
        currency=currency, principal=principal, disbursed=disbursed, **words
    )


@pytest.mark.parametrize(
    ("room", "count", "undated"),
    [
        (uk, 14, {"CARD_CASH_FEE", "CARD_FREE_DAYS"}),
        (za, 1, set()),
        (india, 4, {"CARD_CASH_FEE"}),
        (us, 7, {"CASH_FEE", "MINIMUM_FLOOR"}),
    ],
    ids=["uk", "za", "india", "us"],
)
def test_every_constant_is_recalled_and_says_what(room, count, undated):
    facts = {name: getattr(room, name) for name in room.__all__ if name.isupper()}
    assert len(facts) == count
    for fact in facts.values():
        assert type(fact) is Fact
        assert fact.recalled
        assert fact.note
        assert fact.source or fact.in_force is None
    # What is usual on a market has no day; a rule has one.
    assert {name for name in facts if facts[name].in_force is None} == undated


# --- China --------------------------------------------------------------------------


def test_penalty_interest_is_thirty_to_fifty_percent_more():
    assert cn.PENALTY_MULTIPLES.value == (Fraction(13, 10), Fraction(3, 2))
    penalty = PenaltyInterest(multiple=cn.PENALTY_MULTIPLES.value[1])
    loan = single(rate=Rate("0.04%/day"), penalty=penalty)
    # 1,000.00 * 0.06 % for the nights of 15 to 24 February.
    owed = Account.open(loan).position(date(2026, 2, 25)).overdue
    assert owed.penalty == Decimal("6.00")


@pytest.mark.parametrize(
    ("signed", "rate"),
    [
        (date(2020, 8, 20), "15.4%/year"),
        (date(2025, 5, 19), "15.4%/year"),
        (date(2025, 5, 20), "12%/year"),
    ],
)
def test_four_times_the_lpr_of_the_day_of_the_contract(signed, rate):
    cap = cn.four_times_lpr(LPR, signed, days_in_year=365)
    assert cap == RateCap(f"4 x LPR of {signed}", rate, days_in_year=365)


@pytest.mark.parametrize(
    ("words", "error", "what"),
    [
        ({"index": "LPR"}, InputTypeError, "index"),
        ({"signed": datetime(2021, 1, 1)}, InputTypeError, "signed"),
        ({"signed": date(2020, 8, 19)}, DateRangeError, "signed"),
        ({"days_in_year": None}, None, None),
        ({"days_in_year": 363}, InputValueError, "days_in_year"),
        ({"index": Index("LPR", {date(2021, 1, 20): "3.85%"})}, DateRangeError, None),
    ],
)
def test_four_times_the_lpr_refuses(words, error, what):
    given = {"index": LPR, "signed": date(2020, 9, 1), "days_in_year": 365} | words
    with pytest.raises(error or ValueError) as refusal:
        cn.four_times_lpr(given.pop("index"), given.pop("signed"), **given)
    assert what in (None, refusal.value.what)


@pytest.mark.parametrize(
    ("cap", "owed"),
    [
        # 1,000.00 for 10 days of 365: 6.5753..., 9.8630... and 4.2191...
        (cn.PRIVATE_LENDING_24.value, "6.57"),
        (cn.PRIVATE_LENDING_36.value, "9.86"),
        (cn.four_times_lpr(LPR, date(2021, 1, 4), days_in_year=365), "4.21"),
    ],
)
def test_a_ceiling_cuts_penalty_by_the_day(cap, owed):
    loan = single(
        penalty=PenaltyInterest(rate=Rate("0.1%/day")), servicing=Servicing(caps=[cap])
    )
    late = Account.open(loan).position(date(2026, 2, 25))
    assert str(late.overdue.penalty) == owed
    assert late.overdue.penalty + late.cut_off == Decimal("10.00")


@pytest.mark.parametrize(
    ("days", "cleared"),
    [(90, ("20.00", "50.00", "30.00")), (91, ("0.00", "0.00", "100.00"))],
)
def test_a_card_s_payment_goes_to_principal_from_day_ninety_one(days, cleared):
    book = date(2026, 6, 1)
    loan = single(
        disbursed=book, servicing=Servicing(allocation=cn.CARD_ALLOCATION.value)
    )
    due = date.fromordinal(book.toordinal() - days)
    arrear = Arrear(due=due, principal="1000", interest="50", fee="20")
    account = Account.open(loan, arrears=[arrear]).record(
        Payment(id="p1", on=book, amount="100")
    )
    paid = account.position(book).paid
    assert tuple(str(part) for part in paid[2:]) == cleared


def test_the_civil_code_clears_costs_then_interest_then_principal():
    book = date(2026, 6, 1)
    loan = single(
        disbursed=book, servicing=Servicing(allocation=cn.CIVIL_CODE_ALLOCATION.value)
    )
    arrears = [
        Arrear(due=date(2026, 4, 1), principal="500", interest="30", penalty="4"),
        Arrear(due=date(2026, 5, 1), principal="500", interest="20", fee="10"),
    ]
    account = Account.open(loan, arrears=arrears)
    found = []
    for amount in ("10", "60", "64", "100"):
        paid = account.record(Payment(id="p1", on=book, amount=amount)).position(book)
        found.append([str(part) for part in paid.paid])
    # Costs of both first, then interest of both, then penalty, then principal.
    assert found == [
        ["0.00", "0.00", "10.00", "0.00", "0.00"],
        ["0.00", "0.00", "10.00", "50.00", "0.00"],
        ["4.00", "0.00", "10.00", "50.00", "0.00"],
        ["4.00", "0.00", "10.00", "50.00", "36.00"],
    ]


# --- elsewhere ----------------------------------------------------------------------


def pounds(**terms):
    return single("GBP", "100", rate=uk.INITIAL_COST.value, **terms)


def test_default_fees_end_at_fifteen_pounds():
    letters = [
        LateCharge("first letter", "12"),
        LateCharge("second letter", "12", days_late=10),
    ]
    servicing = Servicing(late_charges=letters, caps=[uk.DEFAULT_FEES.value])
    late = Account.open(pounds(servicing=servicing)).position(date(2026, 2, 25))
    assert (late.overdue.penalty, late.cut_off) == (Decimal("15.00"), Decimal("9.00"))


def test_a_loan_costs_at_most_as_much_again():
    servicing = Servicing(
        late_charges=[LateCharge("default fee", "15")], caps=[uk.TOTAL_COST.value]
    )
    loan = pounds(penalty=uk.DEFAULT_INTEREST.value, servicing=servicing)
    account = Account.open(loan)
    # 31 days at 0.80, 15.00 at once, and 0.80 for each of ten nights.
    soon = account.position(date(2026, 2, 25)).overdue
    assert (soon.interest, soon.penalty) == (Decimal("24.80"), Decimal("23.00"))
    later = account.position(date(2027, 2, 25)).overdue
    assert (later.interest, later.penalty) == (Decimal("24.80"), Decimal("75.20"))


def test_arrear_interest_ends_at_the_unpaid_principal():
    loan = single(
        "ZAR",
        penalty=PenaltyInterest(rate=Rate("1%/day")),
        servicing=Servicing(caps=[za.IN_DUPLUM.value]),
    )
    account = Account.open(loan)
    due = date(2026, 2, 15).toordinal()
    owed = [
        str(account.position(date.fromordinal(due + days)).overdue.penalty)
        for days in (99, 100, 101, 300)
    ]
    assert owed == ["990.00", "1000.00", "1000.00", "1000.00"]


def test_a_penal_charge_bears_no_interest():
    servicing = Servicing(late_charges=[LateCharge("penal charge", "50")])
    loan = single(
        "INR",
        "10000",
        rate=Rate("0.04%/day"),
        penalty=india.OVERDUE_INTEREST.value,
        servicing=servicing,
    )
    owed = Account.open(loan).position(date(2026, 2, 25)).overdue
    # 31 days and 10 more of 4.00 on the principal; the charge stays what it was.
    assert (owed.interest, owed.penalty, owed.compound) == (
        Decimal("164.00"),
        Decimal("50.00"),
        Decimal("0.00"),
    )
