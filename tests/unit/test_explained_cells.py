"""Explanations of single cells, each with its formula and inputs worked out by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import (
    WEEKENDS,
    AddOnInterest,
    BusinessDays,
    EqualPrincipal,
    Fee,
    FlatFee,
    GraduatedPayment,
    Holiday,
    InstallmentLoan,
    InterestPayments,
    LevelPayment,
    Rate,
    Rounding,
    SteppedPayment,
    SteppedRate,
)
from loanmath.errors import LoanmathError
from loanmath.schedule import Explanation

BASE = {
    "currency": "CNY",
    "principal": "1000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("12%/year"),
}


def plan(repayment, **terms):
    return InstallmentLoan(repayment=repayment, **(BASE | terms)).schedule()


def told(schedule, number, column):
    explanation = schedule.explain(number, column)
    return explanation.formula, explanation.inputs


def test_the_first_period_starts_on_disbursement():
    disbursed = date(2026, 1, 15)
    found = told(plan(LevelPayment(3)), 1, "start")
    assert found == ("disbursed", {"disbursed": disbursed})


def test_stated_dates_are_told_row_by_row():
    dates = [date(2026, 2, 1), date(2026, 3, 9), date(2026, 4, 20)]
    schedule = plan(LevelPayment(3), every=dates, day_count="ACT/365F")
    for number, stated in enumerate(dates, start=1):
        for column in ("due", "end"):
            assert told(schedule, number, column) == ("stated", {"stated": stated})


# Two cents in three shares that are rounded up to a cent: one share is left out.


@pytest.mark.parametrize(
    ("residue", "place", "lefts"),
    [("last", 3, {1: "0.02", 2: "0.01"}), ("first", 1, {2: "0.01", 3: "0.02"})],
)
def test_what_is_left_for_a_share(residue, place, lefts):
    schedule = plan(EqualPrincipal(3, residue=residue), principal="0.02", rounding="up")
    shared = {"amount": Decimal("0.02"), "count": 3, "rounding": Rounding("up")}
    formula, inputs = told(schedule, place, "principal")
    assert formula == "amount - others"
    assert inputs == shared | {"others": Decimal("0.02")}
    for number, left in lefts.items():
        formula, inputs = told(schedule, number, "principal")
        assert formula == "min(round(amount / count), left)"
        assert inputs == shared | {"left": Decimal(left)}


def test_what_is_left_of_a_fee():
    # 1 % of 2 yuan is 2 cents, in shares of a cent from the last one on.
    terms = FlatFee(3, "1%", residue="first", fee_rounding="down")
    schedule = plan(terms, principal="2", rate=None, rounding="up")
    formula, inputs = told(schedule, 1, "fee")
    assert formula == "fee_round(amount * fee) - others"
    assert inputs["others"] == Decimal("0.02")
    assert inputs["fee"] == Fraction(1, 100)
    formula, inputs = told(schedule, 2, "fee")
    assert formula == "min(round(fee_round(amount * fee) / count), left)"
    assert inputs["left"] == Decimal("0.01")
    assert told(schedule, 3, "fee")[1]["left"] == Decimal("0.02")


def test_principal_of_a_level_payment():
    # 1000 at 1 % a month in three: 340.02, of which 10.00 is interest at first.
    last = plan(LevelPayment(3))
    formula, inputs = told(last, 1, "principal")
    assert formula == "min(level - interest, opening)"
    assert inputs == {
        "level": Decimal("340.02"),
        "interest": Decimal("10.00"),
        "opening": Decimal("1000.00"),
    }
    first = plan(LevelPayment(3, residue="first"))
    formula, inputs = told(first, 1, "principal")
    assert formula == "opening - next_opening"
    assert inputs == {
        "opening": Decimal("1000.00"),
        "next_opening": Decimal("669.97"),
    }
    assert told(first, 2, "principal")[0] == "min(level - interest, opening)"


def test_payments_with_the_residue_first():
    schedule = plan(LevelPayment(3, residue="first"))
    level = "round(amount * factor / (1 - (1 + factor) ** -count))"
    assert told(schedule, 1, "payment")[0] == "principal + interest + fee"
    assert told(schedule, 2, "payment")[0] == level
    formula, inputs = told(schedule, 3, "payment")
    assert formula == "principal + interest + fee"
    assert inputs == {
        "principal": Decimal("336.65"),
        "interest": Decimal("3.37"),
        "fee": Decimal("0.00"),
    }


def test_a_payment_once_all_is_repaid_is_no_level_payment():
    terms = LevelPayment(4, rounding=Rounding("up", unit="500"))
    schedule = plan(terms, rate=Rate("0%/year"))
    assert [row.payment for row in schedule] == [500, 500, 0, 0]
    assert told(schedule, 1, "payment")[0] == "round(amount / count)"
    assert told(schedule, 3, "payment")[0] == "principal + interest + fee"


def test_a_level_payment_that_another_day_count_sizes():
    schedule = plan(
        LevelPayment(3, sized_by="30E/360"), day_count="ACT/365F", principal="100000"
    )
    # A month is a twelfth of a year for the payment, 31 days for the interest.
    formula, inputs = told(schedule, 1, "principal")
    assert formula == "min(level - interest, opening)"
    assert inputs["level"] == Decimal("34002.21")
    assert inputs["interest"] == Decimal("1019.18")
    assert told(schedule, 1, "payment")[1]["factor"] == Fraction(1, 100)


# Add-on interest: 1 % of 1000 for three months is 30 in all.


def test_interest_by_the_rule_of_78():
    schedule = plan(AddOnInterest(3, earned="rule_of_78"))
    # Of 3 + 2 + 1 digits, so many are earned through a row and before it.
    earned = {1: (3, 0), 2: (5, 3), 3: (6, 5)}
    for number, (through, before) in earned.items():
        inputs = told(schedule, number, "interest")[1]
        assert (inputs["through"], inputs["before"]) == (through, before)
        assert inputs["digits"] == 6
        assert inputs["amount"] == 1000
        assert inputs["factors"] == (Fraction(1, 100),) * 3


@pytest.mark.parametrize(("residue", "place"), [("last", 3), ("first", 1)])
def test_equal_shares_of_add_on_interest(residue, place):
    # 1001 earn 10.01 three times, 30.03, or 10.01 a share: none is odd.
    schedule = plan(AddOnInterest(3, residue=residue), principal="1001")
    for number in (1, 2, 3):
        formula, inputs = told(schedule, number, "interest")
        if number == place:
            assert formula == "round(amount * sum(factors)) - others"
            assert inputs["others"] == Decimal("20.02")
        else:
            assert formula == "share"
            assert inputs["share"] == Decimal("10.01")


# Fees.


def test_tax_on_a_fee():
    fees = [Fee("a", "1%", due="installments", tax="6%")]
    formula, inputs = told(plan(LevelPayment(3), fees=fees), 1, "tax")
    assert formula == "fee_round(fee * tax_share)"
    assert inputs["fee"] == Decimal("10.00")
    assert inputs["tax_share"] == Fraction(6, 100)


def test_tax_on_a_flat_fee():
    fees = [Fee("card", "10", due="installments", tax="6%")]
    formula, inputs = told(plan(LevelPayment(3), fees=fees), 1, "tax")
    assert formula == "fee_round(fee * tax_share)"
    assert inputs["fee"] == Decimal("10.00")


def test_no_tax_is_a_tax_of_zero():
    fees = [Fee("a", "1%", due="installments", tax="0%")]
    schedule = plan(LevelPayment(3), fees=fees)
    assert schedule[0].tax == 0
    assert told(schedule, 1, "tax")[1]["tax_share"] == 0


# Rows of detailed plans.


def test_a_graduated_payment_grows_from_the_first():
    schedule = plan(GraduatedPayment(5, "10%", every=2))
    first = "round(unpaid / grown)"
    for number, step in ((1, 0), (2, 0), (3, 1), (4, 1)):
        formula, inputs = told(schedule, number, "payment")
        assert formula == f"round({first} * (1 + growth) ** step)"
        assert (inputs["growth"], inputs["step"]) == (Fraction(1, 10), step)
        # 1000 at 1 % for five months, and what 1, 1, 1.1, 1.1 and 1.21 grow to.
        assert inputs["unpaid"] == 1000 * Fraction(101, 100) ** 5
        paid = [1, 1, Fraction(11, 10), Fraction(11, 10), Fraction(121, 100)]
        assert inputs["grown"] == sum(
            payment * Fraction(101, 100) ** left
            for payment, left in zip(paid, (4, 3, 2, 1, 0), strict=True)
        )


def test_interest_is_carried_since_the_last_interest_date():
    # Interest is due in February, March and May: April's is carried to May.
    schedule = plan(
        EqualPrincipal(4),
        day_count="ACT/365F",
        interest_payments=InterestPayments(
            [date(2026, 2, 15), date(2026, 3, 15), date(2026, 5, 15)]
        ),
    )
    assert told(schedule, 3, "interest") == ("0", {})
    formula, inputs = told(schedule, 4, "interest")
    assert formula == "round(dot(balances, rates, times))"
    assert inputs["balances"] == (500, 250)
    assert inputs["times"] == (Fraction(31, 365), Fraction(30, 365))
    assert inputs["rates"] == (Fraction(12, 100),) * 2


def test_stated_dates_of_a_detailed_plan_name_their_installment():
    schedule = plan(
        EqualPrincipal(2),
        every=[date(2026, 2, 1), date(2026, 3, 1)],
        day_count="ACT/365F",
        fees=[Fee("letter", "1", due=date(2026, 2, 10))],
    )
    due = [schedule.explain(number, "due") for number in (1, 2, 3)]
    assert [each.formula for each in due] == ["stated"] * 3
    assert [each.rule for each in due] == [
        "A date on which the terms let installment 1 fall due.",
        "A date on which the terms let interest or a fee fall due.",
        "A date on which the terms let installment 2 fall due.",
    ]


def test_a_solved_payment_is_rounded_as_its_term_says():
    whole = Rounding("ceiling", unit="1")
    for repayment in (
        LevelPayment(3, rounding=whole),
        GraduatedPayment(3, "10%", rounding=whole),
        SteppedPayment([(1, "100"), (2, None)], rounding=whole),
    ):
        schedule = plan(repayment, fees=[Fee("letter", "1")])
        formula, inputs = told(schedule, 3, "payment")
        assert formula.startswith("round(")
        assert "unpaid / grown" in formula
        assert inputs["rounding"] == whole


def test_the_first_payment_of_a_detailed_plan_is_solved_too():
    schedule = plan(LevelPayment(3), fees=[Fee("letter", "1", due="installments")])
    for number in (1, 2):
        # The payment of the row holds a fee that the solved one does not.
        formula = told(schedule, number, "payment")[0]
        assert formula == "principal + interest + fee + tax"
    balloon = plan(LevelPayment(3, balloon="100"))
    assert told(balloon, 1, "payment")[0] == "round(unpaid / grown)"
    assert told(balloon, 2, "payment")[0] == "round(unpaid / grown)"


def test_interest_alone_is_no_solved_payment_though_it_is_as_much():
    # With all of it left to the end, a payment is the interest on it.
    schedule = plan(
        LevelPayment(3, balloon="1000"), holidays=[Holiday(2, 1, "principal")]
    )
    assert [row.payment for row in schedule] == [10, 10, 1010]
    assert told(schedule, 1, "payment")[0] == "round(unpaid / grown)"
    assert told(schedule, 2, "payment")[0] == "principal + interest + fee + tax"


def test_a_level_payment_after_a_broken_period():
    schedule = plan(
        LevelPayment(3),
        first_due=date(2026, 3, 1),
        day_count="30E/360",
        broken_period="added",
    )
    # The first is higher by the interest of 16 days; the second is the level payment.
    assert [row.payment for row in schedule][:2] == [
        Decimal("345.35"),
        Decimal("340.02"),
    ]
    formula, inputs = told(schedule, 2, "payment")
    assert formula == "round(unpaid / grown)"
    assert inputs["unpaid"] == 1000 * Fraction(101, 100) ** 3
    assert inputs["grown"] == 1 + Fraction(101, 100) + Fraction(101, 100) ** 2


def test_a_level_payment_after_a_broken_period_whose_rate_changes():
    # The rate falls on January 20, before the broken period ends on February 1: all
    # payments are solved from what the loan opens with, the broken period before them.
    schedule = plan(
        LevelPayment(3),
        first_due=date(2026, 3, 1),
        day_count="ACT/365F",
        broken_period="added",
        rate=SteppedRate(Rate("12%/year"), {date(2026, 1, 20): Rate("6%/year")}),
    )
    formula, inputs = told(schedule, 2, "payment")
    assert formula == "round(unpaid / grown)"
    payment = round(100 * inputs["unpaid"] / inputs["grown"])
    assert schedule[1].payment == Decimal(payment) / 100
    # Nothing is paid of the broken period's interest but what is added to the first.
    growths = [1 + Fraction(6 * days, 36_500) for days in (28, 31, 30)]
    assert inputs["unpaid"] == 1000 * growths[0] * growths[1] * growths[2]


# 0.1 % a day at first, 0.01 % from some day on.


def stepped(day, **options):
    rate = SteppedRate(Rate("36.5%/year"), {day: Rate("3.65%/year")})
    return plan(LevelPayment(4, **options), rate=rate, day_count="ACT/365F")


def growth(old, new):
    return 1 + Fraction(10 * old + new, 10_000)


def test_a_payment_is_solved_from_the_period_in_which_the_rate_changes():
    # Of the 31 days to February 15, 14 bear the new rate.
    schedule = stepped(date(2026, 2, 1))
    unpaid = 1000 * growth(17, 14) * growth(0, 28) * growth(0, 31) * growth(0, 30)
    for number in (1, 2, 3):
        formula, inputs = told(schedule, number, "payment")
        assert formula == "round(unpaid / grown)"
        assert inputs["unpaid"] == unpaid


def test_a_payment_solved_anew_is_so_until_the_rate_changes_again():
    # Of the 28 days to March 15, 23 bear the new rate.
    schedule = stepped(date(2026, 2, 20))
    first = 1000 * growth(31, 0) * growth(28, 0) * growth(31, 0) * growth(30, 0)
    assert told(schedule, 1, "payment")[1]["unpaid"] == first
    opening = Fraction(schedule[1].opening)
    anew = opening * growth(5, 23) * growth(0, 31) * growth(0, 30)
    for number in (2, 3):
        assert told(schedule, number, "payment")[1]["unpaid"] == anew


def test_a_payment_that_stays_is_solved_once():
    schedule = stepped(date(2026, 2, 20), on_rate_change="balance")
    unpaid = 1000 * growth(31, 0) * growth(28, 0) * growth(31, 0) * growth(30, 0)
    for number in (1, 2, 3):
        formula, inputs = told(schedule, number, "payment")
        assert formula == "round(unpaid / grown)"
        assert inputs["unpaid"] == unpaid
    assert schedule[0].payment == schedule[2].payment


def test_a_rate_that_changes_on_a_due_date_bears_nothing_before():
    rate = SteppedRate(Rate("12%/year"), {date(2026, 2, 15): Rate("6%/year")})
    schedule = plan(EqualPrincipal(2), rate=rate, day_count="ACT/365F")
    first, second = told(schedule, 1, "interest")[1], told(schedule, 2, "interest")[1]
    assert first["times"] == (Fraction(31, 365),)
    assert first["rates"] == (Fraction(12, 100),)
    assert second["times"] == (Fraction(28, 365),)
    assert second["rates"] == (Fraction(6, 100),)


# How an explanation prints.


def printed(*pairs, result=Decimal("1.00")):
    told = Explanation(7, "interest", result, "a formula", pairs, "A rule.", "A book")
    head, formula, *inputs, rule, source = str(told).split("\n")
    assert formula == "  = a formula"
    assert rule == "  Rule: A rule."
    assert source == "  Source: A book"
    assert inputs == [line for line in inputs if line.startswith("  ")]
    return [head, *(line.removeprefix("  ") for line in inputs)]


def test_what_an_explanation_prints():
    assert printed() == ["Installment 7, interest: 1.00"]
    assert printed(result=date(2026, 1, 15)) == ["Installment 7, interest: 2026-01-15"]
    assert printed(result=Decimal("0E-8")) == ["Installment 7, interest: 0.00000000"]
    assert printed(
        ("opening", Decimal("0E-8")),
        ("days", 31),
        ("every", "P1M"),
        ("on", date(2026, 2, 15)),
        ("rounding", Rounding("half_even", unit="0.05")),
        ("rate", Fraction(1, 8)),
        ("factor", Fraction(1, 8)),
        ("factors", (Fraction(1, 2), Fraction(1, 3), Fraction(1, 4), Fraction(1, 5))),
    )[1:] == [
        "opening = 0.00000000",
        "days = 31",
        "every = P1M",
        "on = 2026-02-15",
        "rounding = half even, to 0.05",
        "rate = 12.5% (1/8)",
        "factor = 1/8",
        "factors = (1/2, 1/3, 1/4, ...) for 4 periods",
    ]


def test_long_quotients_print_as_decimals():
    trillion = 10**12
    assert printed(
        ("share", Fraction(1, trillion)),
        ("share", Fraction(2, trillion + 1)),
        ("grown", Fraction(10 * trillion + 7, 3 * trillion + 1)),
    )[1:] == [
        "share = 1/1000000000000",
        "share = about 0.000000000001",
        "grown = about 3.333333333334",
    ]


def refused(number, column):
    with pytest.raises(LoanmathError) as caught:
        plan(LevelPayment(3)).explain(number, column)
    return f"{type(caught.value).__name__}: {caught.value}"


def test_what_there_is_no_cell_for_is_refused_by_name():
    assert refused("1", "interest") == "InputTypeError: number: got '1'; allowed: int"
    assert refused(4, "interest") == "LimitError: number: got 4; allowed: 1 to 3"
    assert refused(1, "amount") == (
        "UnknownNameError: column: got 'amount'; allowed: number, start, end, due,"
        " opening, payment, principal, interest, fee, closing, tax, drawn, capitalized"
    )


def test_a_moved_date_in_advance_says_that_it_moved():
    # February 15 and March 15, 2026 are Sundays.
    schedule = plan(
        EqualPrincipal(3),
        day_count="ACT/365F",
        interest_payments=InterestPayments(in_advance=True),
        business_days=BusinessDays("following", WEEKENDS),
    )
    for number, day in ((2, date(2026, 2, 15)), (3, date(2026, 3, 15))):
        formula, inputs = told(schedule, number, "due")
        assert (formula, inputs["unmoved"]) == ("move(unmoved)", day)
