"""The general oracle, against contracts worked out by hand."""

from datetime import date
from fractions import Fraction

import pytest

from oracle.agreement import (
    Agreement,
    Charge,
    Floating,
    Holiday,
    InterestDates,
    observed,
)
from oracle.charges import cash_flows
from oracle.planner import RefusedError, Rule
from oracle.walk import split
from oracle.walker import by_digits, plan

# 10 % a month by whole months: every period's interest is a tenth of what is owed.
LOAN = Agreement(
    currency="CNY",
    principal=Fraction(300),
    disbursed=date(2025, 1, 15),
    method="level",
    count=3,
    rate=Fraction(1, 10),
    rate_per="month",
)
# 36 % a year on 360 units, by actual days over 360: 0.36 a day.
DAILY = LOAN.but(
    principal=Fraction(360),
    rate=Fraction(36, 100),
    rate_per="year",
    day_count="ACT/360",
)
FREE = LOAN.but(rate=Fraction(0))


def text(amount):
    """An amount of whole cents, with its two decimals."""
    cents = amount * 100
    assert cents.denominator == 1
    return f"{cents.numerator // 100}.{cents.numerator % 100:02}"


def texts(terms, name="payment"):
    return [text(getattr(line, name)) for line in plan(terms)]


def f(text):
    return Fraction(text)


# --- rates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head_tail", "interest"),
    [("head", "16.67"), ("tail", "17.00"), ("both", "17.33"), ("neither", "16.33")],
)
def test_a_rate_that_changes_inside_a_period(head_tail, interest):
    """
    1,000 from 1 to 31 January; 12 %, from the 11th 24 %.

    The head counts 10 days and 20, the tail 9 and 21; both ends 10 and 21, neither
    9 and 20.
    """
    terms = DAILY.but(
        principal=Fraction(1_000),
        disbursed=date(2025, 1, 1),
        method="single",
        count=1,
        months=0,
        days=30,
        rate=f("0.12"),
        changes=((date(2025, 1, 11), f("0.24")),),
        head_tail=head_tail,
    )
    assert texts(terms, "interest") == [interest]


def test_the_formula_of_a_floating_rate():
    index = ((date(2025, 1, 20), f("0.031")), (date(2025, 2, 20), f("0.030")))
    rate = Floating(index, f("-0.001"), f("2"), floor=f("0.0595"), fixing_days=1)
    assert observed(rate, date(2025, 2, 20)) == f("0.061")
    assert observed(rate, date(2025, 2, 21)) == f("0.0595")
    with pytest.raises(RefusedError):
        observed(rate, date(2025, 1, 20))


@pytest.mark.parametrize(
    ("kind", "payments"),
    [
        ("payment", ["100.00", "115.24", "115.24"]),
        ("balance", ["100.00", "100.00", "132.00"]),
        ("term", ["100.00", "100.00", "100.00", "35.20"]),
        ("foreseen", ["109.67", "109.67", "109.66"]),
    ],
)
def test_a_rate_that_rises_after_the_first_payment(kind, payments):
    """
    300 free of interest for a month, and then at 10 % a month.

    200 / (1 / 1.1 + 1 / 1.21) = 115.24; 300 / (1 + 1 / 1.1 + 1 / 1.21) = 109.67.
    """
    changes = ((date(2025, 2, 15), f("0.1")),)
    assert texts(FREE.but(on_rate_change=kind, changes=changes)) == payments


# --- methods ----------------------------------------------------------------------------


def test_a_balloon_and_a_longer_amortization():
    assert texts(FREE.but(balloon=f("120"))) == ["60.00", "60.00", "180.00"]
    assert texts(FREE.but(amortized_over=10)) == ["30.00", "30.00", "240.00"]
    equal = FREE.but(method="equal", balloon=f("120"))
    assert texts(equal) == ["60.00", "60.00", "180.00"]


def test_where_the_residue_goes():
    free = FREE.but(principal=f("100"))
    assert texts(free.but(residue="spread")) == ["33.34", "33.33", "33.33"]
    assert split(f("0.05"), 3, Rule("half_up", f("0.01")), "spread") == [
        f("0.02"),
        f("0.02"),
        f("0.01"),
    ]


def test_a_second_pass():
    """1,000 / 7 = 142.86, 143 in whole units: the last is 142 and d = 1 = 100 cents."""
    rule = Rule("down", f("1"))
    terms = FREE.but(principal=f("1000"), count=7, residue="second_pass")
    assert texts(terms.but(payment_rule=rule))[-2:] == ["142.00", "148.00"]
    whole = terms.but(payment_rule=Rule("half_up", f("5")))
    assert texts(whole)[-2:] == ["145.00", "130.00"]
    fine = terms.but(payment_rule=Rule("floor", f("0.25")))
    assert texts(fine)[-2:] == ["142.75", "143.50"]
    ten = terms.but(principal=f("100"), payment_rule=Rule("floor", f("0.1")))
    assert texts(ten)[-2:] == ["14.20", "14.80"]
    moved = terms.but(count=4, principal=f("10"), payment_rule=Rule("up", f("0.1")))
    assert texts(moved) == ["2.50", "2.50", "2.50", "2.50"]


def test_stated_payments():
    fixed = FREE.but(method="fixed", principal=f("250"), amount=f("100"))
    assert texts(fixed.but(open_ended=True)) == ["100.00", "100.00", "50.00"]
    assert texts(fixed.but(count=2)) == ["100.00", "150.00"]
    assert texts(fixed.but(count=4)) == ["100.00", "100.00", "50.00", "0.00"]
    stages = FREE.but(method="stepped", stages=((1, f("140")), (2, None)))
    assert texts(stages) == ["140.00", "80.00", "80.00"]
    growing = FREE.but(method="graduated", growth=f("1"), grows_every=1)
    assert texts(growing.but(principal=f("700"))) == ["100.00", "200.00", "400.00"]
    share = FREE.but(method="fixed_principal", amount=f("0.4"), amount_is_share=True)
    assert texts(share.but(open_ended=True)) == ["120.00", "120.00", "60.00"]


def test_a_payment_below_the_interest():
    fixed = LOAN.but(method="fixed", amount=f("20"))
    with pytest.raises(RefusedError):
        plan(fixed)
    rows = texts(fixed.but(shortfall="capitalize"), "closing")
    assert rows == ["310.00", "321.00", "0.00"]
    with pytest.raises(RefusedError):
        plan(fixed.but(shortfall="capitalize", open_ended=True))


def test_add_on_interest():
    terms = LOAN.but(principal=f("1200"), count=12, rate=f("0.1"), rate_per="year")
    terms = terms.but(method="add_on")
    assert texts(terms) == ["110.00"] * 12
    digits = plan(terms.but(earned="rule_of_78"))
    assert [text(line.interest) for line in digits[:2]] == ["18.46", "16.92"]
    assert by_digits(f("78"), 12, terms.rule) == list(range(12, 0, -1))


# --- holidays ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "interest", "payments"),
    [
        ("principal", None, ["10.00", "110.00"]),
        ("payment", "capitalize", ["0.00", "121.00"]),
        ("payment", "carry", ["0.00", "120.00"]),
        ("payment", "waive", ["0.00", "110.00"]),
        ("interest", "carry", ["50.00", "65.00"]),
        ("interest", "waive", ["50.00", "55.00"]),
    ],
)
def test_a_holiday_of_one_installment(of, interest, payments):
    terms = LOAN.but(method="equal", principal=f("100"), count=2)
    terms = terms.but(holidays=(Holiday(1, 1, of, interest),))
    assert texts(terms) == payments


# --- dates ------------------------------------------------------------------------------


def test_interest_in_advance():
    terms = LOAN.but(method="interest_only", interest=InterestDates(in_advance=True))
    assert texts(terms) == ["30.00", "30.00", "30.00", "300.00"]
    assert plan(terms)[0].due == terms.disbursed


def test_interest_on_dates_of_its_own():
    """Twelve months, interest each quarter: 30 a month on 300."""
    own = InterestDates(months=3)
    terms = LOAN.but(method="single", count=12, interest=own)
    assert texts(terms) == ["90.00", "90.00", "90.00", "390.00"]
    until = InterestDates(months=3, capitalized_until=date(2025, 4, 15))
    lines = plan(terms.but(interest=until))
    assert [line.capitalized for line in lines] == [90, 0, 0, 0]
    assert lines[-1].payment == 390 + 117


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("counted", [("2025-02-15", "14.76")]),
        ("separate", [("2025-01-15", "3.60"), ("2025-02-15", "11.16")]),
        ("added", [("2025-02-15", "14.76")]),
        ("at_disbursement", [("2025-01-05", "3.60"), ("2025-02-15", "11.16")]),
    ],
)
def test_a_broken_first_period(kind, rows):
    """10 days before the first regular month, of 31 days."""
    terms = DAILY.but(disbursed=date(2025, 1, 5), first_due=date(2025, 2, 15))
    lines = plan(terms.but(method="interest_only", broken=kind))
    found = [(str(line.due), text(line.interest)) for line in lines]
    assert found[: len(rows)] == rows


def test_an_added_period_leaves_the_level_as_it_is():
    """The level of the loan that starts on 15 January, and 3.60 on top of the first."""
    terms = DAILY.but(disbursed=date(2025, 1, 5), first_due=date(2025, 2, 15))
    regular = plan(DAILY)
    added = plan(terms.but(broken="added"))
    assert added[0].payment == regular[0].payment + f("3.60")
    assert added[1:] == regular[1:]


def test_dates_that_are_not_regular():
    due = LOAN.but(first_due=LOAN.disbursed, due_day=None)
    assert str(plan(due)[0].due) == "2025-01-15"
    assert texts(due.but(rate=f("0"))) == ["100.00"] * 3
    after = LOAN.but(first_after=(0, 45), due_day=20, day_count="30E/360")
    assert str(plan(after)[0].due) == "2025-03-20"
    last = DAILY.but(last_due=date(2025, 5, 1))
    assert str(plan(last)[-1].due) == "2025-05-01"


# --- payouts and fees -------------------------------------------------------------------


def test_a_drawdown_inside_a_period():
    """360 from 15 January, 360 more from 25 January: 10 days of 0.36, 21 of 0.72."""
    terms = DAILY.but(
        method="interest_only", drawdowns=((date(2025, 1, 25), f("360")),)
    )
    lines = plan(terms)
    assert lines[0].interest == f("18.72")
    assert (lines[0].drawn, lines[0].closing) == (360, 720)
    assert lines[-1].principal == 720


def test_equal_shares_are_split_anew_after_a_drawdown():
    terms = FREE.but(
        method="equal", day_count="ACT/360", drawdowns=((date(2025, 2, 1), f("50")),)
    )
    assert texts(terms) == ["116.67", "116.67", "116.66"]


def test_fees():
    charges = (
        Charge(f("0.01"), True, paid="deducted", tax=f("0.06")),
        Charge(f("0.1"), True, of="outstanding", due="installments", every=2),
        Charge(f("5"), due=date(2025, 2, 20)),
    )
    terms = FREE.but(method="equal", charges=charges, discount=f("10"))
    lines = plan(terms)
    assert [line.fee for line in lines] == [3, 0, 5, 20, 0]
    assert [text(line.tax) for line in lines] == ["0.18"] + ["0.00"] * 4
    flows = cash_flows(terms, lines)
    assert flows[0] == (terms.disbursed, -f("286.82"))
    assert [amount for _, amount in flows[1:]] == [100, 5, 120, 100]
    financed = FREE.but(charges=(Charge(f("0.1"), True, paid="financed"),))
    assert texts(financed) == ["110.00"] * 3
