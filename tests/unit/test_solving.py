import contextlib
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from loanmath.calendars import WEEKENDS, HolidayCalendar
from loanmath.errors import (
    CalendarRangeError,
    InputTypeError,
    LimitError,
    RateOutOfRangeError,
    ScheduleError,
    TermsError,
    UnknownNameError,
)
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.solving import Bracket, Unknown, solve_for
from loanmath.solving.regular import regular_payment
from loanmath.solving.searches import shortest
from loanmath.terms import (
    AddOnInterest,
    BusinessDays,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FlatFee,
    Holiday,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    LevelPayment,
    RateChange,
    SteppedRate,
)

BASE = {
    "currency": "CNY",
    "principal": "10000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("12%/year"),
    "repayment": LevelPayment(12),
}


def loan(**changes):
    return InstallmentLoan(**(BASE | changes))


def amounts(solution, column="payment"):
    return [str(getattr(row, column)) for row in solution.schedule]


# --- principal ----------------------------------------------------------------------


def test_the_largest_principal():
    # 888.495 * (1.01**-1 + ... + 1.01**-12) = 10000.0806..., and 888.485 gives 9999.968.
    solution = solve_for("principal", loan(principal="1"), payment="888.49")
    assert solution.unknown is Unknown.PRINCIPAL
    assert solution.value == solution.loan.principal == Decimal("10000.08")
    assert solution.is_exact
    assert solution.payment == Decimal("888.49")
    assert solution.bracket == Bracket(
        Decimal("9999.96"), Decimal("888.48"), Decimal("10000.09"), Decimal("888.50")
    )
    assert amounts(solution)[:-1] == ["888.49"] * 11
    assert solution.verify()
    assert str(solution.bracket) == "9999.96 has 888.48, 10000.09 has 888.50"
    assert str(solution) == (
        "CNY 10,000.08 is the largest principal whose regular payment, 888.49, is not"
        " above 888.49"
    )
    assert solution._repr_html_() == solution.schedule.to_html()
    assert "schedule" not in repr(solution)


def test_a_payment_that_no_principal_meets():
    terms = LevelPayment(12, rounding=Rounding("half_up", unit="1"))
    solution = solve_for("principal", loan(repayment=terms), payment="888.60")
    # 888.5 is rounded up: 888.5 * 11.2550774... = 10000.136...
    assert solution.value == Decimal("10000.13")
    assert not solution.is_exact
    assert solution.verify()
    assert solution.bracket.low == solution.value
    assert solution.bracket.high_payment == 889


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("ceiling", "10000.02"),
        ("up", "10000.02"),
        ("half_even", "10000.08"),
        ("floor", "10000.13"),
        ("down", "10000.13"),
    ],
)
def test_every_rounding_of_the_payment(mode, expected):
    terms = LevelPayment(12, rounding=Rounding(mode))
    solution = solve_for("principal", loan(repayment=terms), payment="888.49")
    assert solution.value == Decimal(expected)
    assert solution.verify()


def test_a_principal_with_a_balloon():
    # (p - 5000 * 1.01**-12) / annuity = 888.495 at p = 14437.3276...
    terms = LevelPayment(12, balloon="5000")
    solution = solve_for("principal", loan(repayment=terms), payment="888.49")
    assert solution.value == Decimal("14437.32")
    assert solution.schedule[-1].payment > 5888
    # The interest on the balloon alone is 50.00 a month.
    with pytest.raises(ScheduleError, match="smallest principal") as caught:
        solve_for("principal", loan(repayment=terms), payment="49.99")
    assert caught.value.allowed.startswith("at least 50.00")
    whole = solve_for("principal", loan(repayment=terms), payment="50.00")
    assert whole.bracket.low is None
    assert whole.bracket.low_payment is None
    assert str(whole.bracket).startswith("the grid begins, ")
    assert whole.verify()


def test_a_principal_beyond_the_limit():
    with pytest.raises(LimitError, match=r"at most 100,000,000,000\.00"):
        solve_for("principal", loan(), payment="100000000000")


def test_large_principals_and_fine_contracts():
    fees = [Fee("opening", "1%", paid="financed"), Fee("file", "1", paid="deducted")]
    for currency in ("JPY", "CNY", "KWD"):
        terms = loan(currency=currency, fees=fees)
        solution = solve_for("principal", terms, payment=8 * 10**8)
        assert solution.is_exact
        assert solution.verify()
        rate = solve_for("rate", attrs.evolve(solution.loan), payment=8 * 10**8)
        assert rate.value == Rate("12%/year")
    fine = loan(rounding=Rounding.unrounded(27))
    assert solve_for("rate", fine, payment="888.49", digits=12).verify()


def test_a_principal_with_financed_fees_and_a_discount():
    fees = [Fee("opening", "100", paid="financed"), Fee("file", "5")]
    solution = solve_for("principal", loan(fees=fees, discount="50"), payment="888.49")
    assert solution.value == Decimal("9900.08")
    assert solution.verify()
    assert solution.loan.fees == tuple(fees)
    assert solution.loan.discount == 50
    assert solution.schedule[0].fee == 5


@pytest.mark.parametrize(
    ("changes", "row"),
    [
        ({"first_due": date(2026, 1, 15)}, 0),
        ({"holidays": [Holiday(1, 3, "payment", interest="capitalize")]}, 3),
        ({"holidays": [Holiday(1, 2, "principal")]}, 2),
        ({"holidays": [Holiday(2, 2, "interest", interest="waive")]}, 0),
        ({"broken_period": "separate"}, 1),
        ({"broken_period": "at_disbursement"}, 1),
        ({"broken_period": "added"}, 1),
        ({"drawdowns": [Drawdown(date(2026, 4, 15), "100")]}, 0),
        ({"repayment": LevelPayment(12, residue="first")}, 1),
        ({"repayment": LevelPayment(12, amortized_over=60)}, 0),
        ({"repayment": FixedPayment("1", 12)}, 0),
        ({"business_days": BusinessDays("following", WEEKENDS)}, 0),
    ],
)
def test_where_the_regular_payment_stands(changes, row):
    if "broken_period" in changes:
        changes["first_due"] = date(2026, 3, 10)
    terms = loan(day_count="30/360 CN", **changes)
    solution = solve_for("principal", terms, payment="500")
    assert str(solution.schedule[row].payment) == "500.00"
    assert solution.is_exact
    assert solution.verify()


def test_charges_on_the_original_amount():
    # p / 12 + p * 0.12 / 12 = 0.093333 p
    add_on = loan(repayment=AddOnInterest(12, residue="first"))
    solution = solve_for("principal", add_on, payment="933.33")
    assert solution.is_exact
    assert solution.schedule[1].payment == Decimal("933.33")
    assert Decimal("9999.9") < solution.value < Decimal("10000.1")
    rule_of_78 = loan(repayment=AddOnInterest(12, earned="rule_of_78"))
    rate = solve_for("rate", rule_of_78, payment="933.33")
    assert rate.value == Rate("12%/year")
    assert rate.verify()
    # p / 12 + p * 0.06 / 12
    fee = loan(rate=None, repayment=FlatFee(12, "6%"))
    solution = solve_for("principal", fee, payment="883.33")
    assert solution.schedule[0].payment == Decimal("883.33")
    assert solution.verify()
    assert Decimal("9999.9") < solution.value < Decimal("10000.1")
    # With the fee all at once, the regular payment is principal alone.
    at_once = loan(rate=None, repayment=FlatFee(12, "6%", charged="first"))
    solution = solve_for("principal", at_once, payment="833.33")
    assert solution.value == Decimal("10000.01")
    assert solution.schedule[1].payment == Decimal("833.33")


def test_an_add_on_rate_is_never_below_zero():
    terms = loan(repayment=AddOnInterest(12))
    none = solve_for("rate", terms, payment="833.33")
    assert none.value == Rate("0%/year")
    assert none.is_exact
    with pytest.raises(RateOutOfRangeError, match="some rate from 0% to 1,000,000%"):
        solve_for("rate", terms, payment="833.32")
    with pytest.raises(RateOutOfRangeError, match="some rate from -99% to 1,000,000%"):
        solve_for("rate", loan(repayment=LevelPayment(12)), payment="0.01")


def test_an_answer_that_its_own_terms_refuse():
    # The first period is so long that the payment does not cover its interest.
    terms = loan(first_due=date(2030, 1, 15), day_count="30/360 CN")
    level = attrs.evolve(terms, repayment=LevelPayment(360))
    with pytest.raises(ScheduleError, match="covers the interest"):
        solve_for("principal", level, payment="100")


# --- payment ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "repayment",
    [
        LevelPayment(12),
        LevelPayment(12, residue="first"),
        LevelPayment(12, residue="second_pass"),
        FixedPayment("1", 12),
    ],
)
def test_the_regular_payment(repayment):
    solution = solve_for("payment", loan(repayment=repayment))
    assert solution.value == solution.payment == Decimal("888.49")
    assert solution.is_exact
    assert solution.bracket is None
    assert solution.verify()
    assert str(solution) == "CNY 888.49 is the regular payment"


def test_the_payment_is_the_unknown():
    with pytest.raises(TermsError, match="it is the unknown"):
        solve_for("payment", loan(), payment="888.49")


# --- count --------------------------------------------------------------------------


def test_the_number_of_installments():
    solution = solve_for("count", loan(repayment=FixedPayment("888.49", 3)))
    assert solution.value == len(solution.schedule) == 12
    assert solution.schedule[-1].payment == Decimal("888.47")
    assert str(solution) == "12 installments of CNY 888.49, the last of CNY 888.47"
    assert solution.verify()


def test_the_count_leaves_rows_of_fees_and_interest_out():
    terms = loan(
        fees=[Fee("file", "50")],
        broken_period="separate",
        first_due=date(2026, 3, 1),
        day_count="30/360 CN",
    )
    solution = solve_for("count", terms, payment="888.49")
    assert solution.value == 12
    assert len(solution.schedule) == 14
    assert solution.verify()


def test_a_payment_that_never_repays():
    with pytest.raises(ScheduleError, match="repays the loan within 1,200") as caught:
        solve_for("count", loan(), payment="99.99")
    assert (caught.value.what, caught.value.got) == ("payment", "99.99")
    assert "state the number" not in str(caught.value)


def test_a_count_of_payments_that_do_not_cover_an_installment():
    # The first period is so long that the payment does not cover its interest.
    terms = loan(first_due=date(2026, 12, 15), day_count="30/360 CN")
    with pytest.raises(ScheduleError, match="against interest"):
        solve_for("count", terms, payment="900")


def test_one_installment_that_is_less_than_the_payment():
    solution = solve_for("count", loan(), payment="20000")
    assert (solution.value, solution.is_exact) == (1, False)
    assert str(solution) == "1 installment of CNY 10,100.00"
    assert solution.verify()
    assert solve_for("count", loan(), payment="10100").is_exact
    assert not attrs.evolve(solution, is_exact=True).verify()


def test_installments_of_which_none_is_the_payment():
    drawn = [Drawdown(date(2026, 3, 1), "500")]
    terms = loan(drawdowns=drawn, day_count="30/360 CN")
    solution = solve_for("count", terms, payment="20000")
    # 500 * 0.12 * 14 / 360 = 2.33
    assert str(solution) == (
        "2 installments of less than CNY 20,000.00, the last of CNY 502.33"
    )
    assert not solution.is_exact
    assert solution.verify()


# --- count beside a balloon ---------------------------------------------------------


def fewest_by_force(terms, payment, first=1):
    for count in range(first, 60):
        level = attrs.evolve(terms.repayment, count=count)
        found = solve_for("payment", attrs.evolve(terms, repayment=level))
        if found.value <= Decimal(payment):
            return count
    return None


def test_the_fewest_installments_beside_a_balloon():
    # (10000 - 5000 * 1.01**-n) * 0.01 / (1 - 1.01**-n): 501.27 of 11, 468.18 of 12.
    terms = loan(repayment=LevelPayment(1, balloon="5000"))
    solution = solve_for("count", terms, payment="500")
    assert solution.value == solution.loan.repayment.count == len(solution.schedule)
    assert solution.value == fewest_by_force(terms, "500")
    assert solution.schedule[0].payment <= 500
    assert solution.schedule[-1].payment > 5000
    assert not solution.is_exact
    assert solution.payment == 500
    assert solution.verify()
    reached = solution.schedule[0].payment
    assert str(solution) == (
        f"{solution.value} installments of CNY {reached} beside a balloon of CNY"
        " 5,000.00: the fewest whose payment is not above 500.00"
    )
    exact = solve_for("count", terms, payment=reached)
    assert (exact.value, exact.is_exact) == (solution.value, True)
    assert exact.verify()


def test_one_installment_beside_a_balloon():
    terms = loan(repayment=LevelPayment(12, balloon="9000"))
    solution = solve_for("count", terms, payment="1100")
    # 10000 and one month of interest, less 9000
    assert (solution.value, solution.is_exact) == (1, True)
    assert str(solution).startswith("1 installment of CNY 1,100.00 beside a balloon")
    assert amounts(solution) == ["10100.00"]
    assert solution.verify()


@pytest.mark.parametrize("payment", ["1500", "880", "350", "150.5", "100.30", "95.40"])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"day_count": "ACT/360"},
        {
            "day_count": "ACT/360",
            "repayment": LevelPayment(5, balloon="9999.90", shortfall="capitalize"),
        },
        {"repayment": LevelPayment(5, balloon="8000", rounding=Rounding("up", "1"))},
        {"repayment": LevelPayment(5, balloon="8000", residue="first")},
        {
            "day_count": "ACT/360",
            "repayment": LevelPayment(5, balloon="8000", sized_by="30/360 CN"),
        },
        {
            "day_count": "ACT/365F",
            "repayment": LevelPayment(5, balloon="8000", sized_by="1/12"),
            "interest_rounded": "day",
        },
        {
            "day_count": "30/360 CN",
            "holidays": [Holiday(1, 3, "payment", interest="capitalize")],
        },
        {"day_count": "30/360 CN", "holidays": [Holiday(2, 3, "principal")]},
        {
            "day_count": "ACT/360",
            "first_due": date(2026, 3, 10),
            "broken_period": "separate",
        },
    ],
)
def test_the_fewest_installments_by_force(changes, payment):
    terms = loan(**{"repayment": LevelPayment(5, balloon="8000")} | changes)
    first = 1 + max((holiday.last for holiday in terms.holidays), default=0)
    expected = fewest_by_force(terms, payment, first)
    if expected is None:
        with contextlib.suppress(ScheduleError):
            assert solve_for("count", terms, payment=payment).value >= 60
        return
    solution = solve_for("count", terms, payment=payment)
    assert solution.value == expected
    assert solution.verify()


def test_a_count_beside_a_balloon_that_its_own_terms_refuse():
    # Two payments of 98.41 suffice, but the interest of 31 days is 103.33.
    terms = loan(day_count="ACT/360", repayment=LevelPayment(5, balloon="9999.90"))
    with pytest.raises(ScheduleError, match=r"98\.41 against interest of 103\.33"):
        solve_for("count", terms, payment="100.30")


def test_no_number_of_installments_beside_a_balloon():
    terms = loan(repayment=LevelPayment(12, balloon="5000"))
    with pytest.raises(ScheduleError, match="a balloon of CNY 5,000.00 within 1,200"):
        solve_for("count", terms, payment="99.99")


def test_a_count_beside_a_balloon_at_rates_that_change():
    rate = SteppedRate(Rate("12%/year"), {date(2026, 4, 15): Rate("24%/year")})
    foreseen = LevelPayment(3, balloon="5000", on_rate_change="foreseen")
    terms = loan(rate=rate, day_count="30/360 CN", repayment=foreseen)
    solution = solve_for("count", terms, payment="900")
    assert solution.value == fewest_by_force(terms, "900")
    assert solution.verify()
    balance = attrs.evolve(foreseen, on_rate_change="balance")
    with pytest.raises(TermsError, match="one payment holds throughout"):
        solve_for("count", attrs.evolve(terms, repayment=balance), payment="900")


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"every": [date(2026, 2, 15), date(2026, 5, 15)]}, "every"),
        ({"last_due": date(2026, 3, 20)}, "last_due"),
        ({"drawdowns": [Drawdown(date(2026, 2, 20), "100")]}, "drawdowns"),
    ],
)
def test_no_count_beside_a_balloon_where_more_is_stated(changes, what):
    terms = loan(
        day_count="30/360 CN", repayment=LevelPayment(2, balloon="5000"), **changes
    )
    with pytest.raises(TermsError, match="beside a balloon are counted") as caught:
        solve_for("count", terms, payment="900")
    assert caught.value.what == what


def test_verification_of_a_count_beside_a_balloon():
    terms = loan(repayment=LevelPayment(12, balloon="5000"))
    solution = solve_for("count", terms, payment="500")
    more = attrs.evolve(terms.repayment, count=solution.value + 1)
    longer = attrs.evolve(terms, repayment=more)
    for wrong in (
        {"value": solution.value + 1},
        {"payment": Decimal(100)},
        {"is_exact": True},
        {"value": more.count, "loan": longer, "schedule": longer.schedule()},
    ):
        assert not attrs.evolve(solution, **wrong).verify()


@pytest.mark.parametrize("repayment", [AddOnInterest(12), FlatFee(12, "6%")])
def test_no_count_for_charges_on_the_original_amount(repayment):
    rate = None if isinstance(repayment, FlatFee) else Rate("12%/year")
    with pytest.raises(TermsError, match="stated count"):
        solve_for("count", loan(repayment=repayment, rate=rate), payment="900")


# --- balloon ------------------------------------------------------------------------


def test_the_balloon():
    solution = solve_for("balloon", loan(repayment=LevelPayment(3)), payment="100")
    # 100 is the interest alone: all of the principal is left.
    assert solution.value == Decimal("10000.00")
    assert amounts(solution) == ["100.00", "100.00", "10100.00"]
    assert solution.verify()
    assert str(solution) == (
        "CNY 10,000.00 is due with the last installment on top of it"
    )


@pytest.mark.parametrize("payment", ["888.49", "5000"])
def test_no_balloon_is_left(payment):
    solution = solve_for("balloon", loan(), payment=payment)
    assert str(solution.value) == "0.00"
    assert solution.is_exact
    assert solution.verify()
    assert str(solution).startswith("nothing is left: the payments of CNY")


def test_no_balloon_is_left_of_less_than_the_payment():
    solution = solve_for("balloon", loan(), payment="20000")
    assert not solution.is_exact
    assert solution.verify()
    assert not attrs.evolve(solution, is_exact=True).verify()
    assert str(solution) == (
        "nothing is left: payments of less than CNY 20,000.00 repay the loan"
    )


def test_a_payment_below_the_interest():
    with pytest.raises(ScheduleError, match=r"interest of 100\.00"):
        solve_for("balloon", loan(), payment="99.99")
    grows = loan(repayment=LevelPayment(2, shortfall="capitalize"))
    # 10000 + 100 - 50 = 10050, with interest 10150.50, less the payment of 50
    assert solve_for("balloon", grows, payment="50").value == Decimal("10100.50")


# --- rate ---------------------------------------------------------------------------


def test_the_rate():
    solution = solve_for("rate", loan(rate=Rate("1%/year")), payment="888.49")
    assert solution.value == solution.loan.rate == Rate("12%/year")
    assert solution.is_exact
    assert solution.verify()
    assert solution.bracket.low_payment == Decimal("888.48")
    assert solution.bracket.high_payment == Decimal("888.50")
    assert str(solution) == "12%/year has the regular payment 888.49"
    assert "%/year has 888.48" in str(solution.bracket)


def test_the_rate_keeps_its_unit():
    monthly = solve_for("rate", loan(rate=Rate("0%/month")), payment="888.49")
    assert monthly.value == Rate("1%/month")
    daily = loan(rate=Rate("0.01%/day"), principal="1000", repayment=LevelPayment(1))
    # One period of 31 days: 1000 * 31 * 0.04 % = 12.40
    assert solve_for("rate", daily, payment="1012.40").value == Rate("0.04%/day")


@pytest.mark.parametrize(
    ("payment", "expected", "reached"),
    [("1000", "35%/year", "999.63"), ("1003", "36%/year", "1,004.62")],
)
def test_the_nearest_rate_of_a_coarse_grid(payment, expected, reached):
    solution = solve_for("rate", loan(), payment=payment, digits=0)
    assert solution.value == Rate(expected)
    assert not solution.is_exact
    assert str(solution).endswith(f"{reached}, the nearest to {Decimal(payment):,.2f}")
    assert solution.bracket.low == Rate("35%/year")
    assert solution.bracket.high == Rate("36%/year")
    assert solution.verify()


def test_rates_at_and_below_zero():
    assert solve_for("rate", loan(), payment="833.33").value == Rate("0%/year")
    negative = solve_for("rate", loan(), payment="800")
    assert negative.value == Rate("-7.47%/year")
    assert negative.verify()
    assert negative.schedule.totals.interest < 0


def test_a_rate_where_low_ones_have_no_plan():
    # Two years of -50 % a year or less leave nothing to repay.
    terms = loan(every="P24M", repayment=LevelPayment(3))
    solution = solve_for("rate", terms, payment="1000")
    assert solution.verify()
    assert solution.value.value < 0
    with pytest.raises(RateOutOfRangeError):
        solve_for("rate", terms, payment="0.01", digits=0)


@pytest.mark.parametrize("payment", ["0.01", "100000000"])
def test_no_allowed_rate_has_the_payment(payment):
    with pytest.raises(RateOutOfRangeError, match="some rate from -99%"):
        solve_for("rate", loan(), payment=payment)


def test_the_unrounded_rate():
    terms = loan(rounding=Rounding.unrounded(12))
    solution = solve_for("rate", terms, payment="888.487886783417")
    assert solution.value == Rate("12%/year")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (5, 5, 5),
        (-5, -5, -5),
        (11_987, 12_046, 12_000),
        (1, 9, 5),
        (1, 8, 4),
        (-8, -1, -5),
        (-3, 4, 0),
        (95, 105, 100),
        (11, 34, 20),
        (11, 44, 30),
        (0, 0, 0),
    ],
)
def test_the_shortest_number_of_a_range(first, last, expected):
    assert shortest(first, last) == expected


# --- questions without a meaning ----------------------------------------------------


@pytest.mark.parametrize(
    ("unknown", "changes", "match"),
    [
        ("principal", {"repayment": EqualPrincipal(12)}, "one of them repays all"),
        ("principal", {"repayment": InterestOnly(12)}, "one of them repays all"),
        ("count", {"repayment": EqualPrincipal(12)}, "one payment is regular"),
        ("principal", {"repayment": FixedPayment("500")}, "number of installments"),
        ("principal", {"repayment": LevelPayment(12, residue="spread")}, "residue"),
        ("rate", {"repayment": LevelPayment(12, residue="second_pass")}, "residue"),
        ("principal", {"interest_payments": InterestPayments("monthly")}, "interest"),
        ("count", {"interest_payments": InterestPayments("monthly")}, "interest"),
        ("rate", {"drawdowns": [Drawdown(date(2026, 4, 15), "100")]}, "not proved"),
        ("rate", {"rate": None, "repayment": FlatFee(12, "6%")}, "is no rate"),
        (
            "rate",
            {
                "rate": SteppedRate(
                    Rate("1%/year"), {date(2026, 5, 15): Rate("2%/year")}
                )
            },
            "one Rate",
        ),
    ],
)
def test_questions_without_a_meaning(unknown, changes, match):
    changes = {"day_count": None if "rate" in changes else "30/360 CN"} | changes
    with pytest.raises(TermsError, match=match):
        solve_for(unknown, loan(**changes), payment="900")


def test_no_count_of_a_longer_term():
    repayment = LevelPayment(12, amortized_over=60)
    with pytest.raises(TermsError, match="left out"):
        solve_for("count", loan(repayment=repayment), payment="900")
    assert solve_for("balloon", loan(repayment=repayment), payment="500").value > 0


def test_a_balloon_of_the_terms_is_ignored_where_it_is_asked_for():
    stated = loan(repayment=LevelPayment(12, balloon="500"))
    asked = solve_for("balloon", stated, payment="500")
    assert asked.value == solve_for("balloon", loan(), payment="500").value


@pytest.mark.parametrize("unknown", ["principal", "payment"])
@pytest.mark.parametrize(
    "changes",
    [
        {"rate": None, "repayment": FlatFee(12, "7.5%", residue="spread")},
        {"repayment": AddOnInterest(12, residue="spread")},
    ],
)
def test_shares_of_which_some_are_a_cent_more_are_no_regular_payment(changes, unknown):
    asked = None if unknown == "payment" else "90"
    with pytest.raises(TermsError, match="allowed: 'last' or 'first';") as caught:
        solve_for(unknown, loan(**changes), payment=asked)
    assert (caught.value.what, caught.value.got) == ("residue", "spread")


def test_no_rate_of_shares_of_which_some_are_a_cent_more():
    terms = loan(repayment=AddOnInterest(12, residue="spread"))
    with pytest.raises(TermsError, match="residue"):
        solve_for("rate", terms, payment="900")


# --- a broken period ----------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("residue", ["last", "first"])
def test_a_broken_period_does_not_move_the_regular_payment(count, residue):
    terms = loan(
        principal="1000000",
        repayment=LevelPayment(count, residue=residue),
        rate=Rate("0.5%/year"),
        day_count="ACT/360",
        disbursed=date(2026, 1, 5),
        first_due=date(2026, 2, 20),
        broken_period="at_disbursement",
    )
    payment = solve_for("payment", terms).value
    principal = solve_for("principal", terms, payment=payment)
    rate = solve_for("rate", terms, payment=payment)
    if count == 2:
        assert payment == Decimal("500312.52")
    for broken in ("added", "separate"):
        other = attrs.evolve(terms, broken_period=broken)
        assert solve_for("payment", other).value == payment
        found = solve_for("principal", other, payment=payment)
        assert (found.value, found.bracket) == (principal.value, principal.bracket)
        assert found.verify()
        found = solve_for("rate", other, payment=payment)
        assert (found.value, found.bracket) == (rate.value, rate.bracket)
        assert found.verify()


def test_one_installment_beside_a_balloon_and_its_principal():
    terms = loan(repayment=LevelPayment(1, balloon="5000"))
    assert solve_for("payment", terms).value == Decimal("5100.00")
    assert solve_for("principal", terms, payment="5100").value == Decimal("10000.00")


def test_negative_interest_rounded_by_the_day_has_no_largest_principal():
    terms = loan(rate=Rate("-1%/year"), day_count="ACT/365F", interest_rounded="day")
    with pytest.raises(TermsError, match="more than once per period"):
        solve_for("principal", terms, payment="800")


@pytest.mark.parametrize("change", RateChange)
def test_a_payment_that_moves_with_the_rate_is_not_one_payment(change):
    rate = SteppedRate(Rate("12%/year"), {date(2026, 4, 15): Rate("24%/year")})
    terms = loan(
        rate=rate,
        day_count="30/360 CN",
        repayment=LevelPayment(3, on_rate_change=change),
    )
    if change in (RateChange.PAYMENT, RateChange.WHOLE_PERIOD):
        with pytest.raises(TermsError, match="the payment stays the same"):
            solve_for("balloon", terms, payment="100")
    else:
        # 10000 at 1 % a month; the change comes after the last installment.
        solution = solve_for("balloon", terms, payment="100")
        assert solution.value == Decimal("10000.00")


def test_spread_payments_are_refused_even_for_the_payment():
    with pytest.raises(TermsError, match="'last' or 'first' or 'second_pass'"):
        solve_for("payment", loan(repayment=LevelPayment(12, residue="spread")))


def test_terms_that_have_no_plan_at_any_value():
    short = HolidayCalendar("short", [date(2026, 2, 17)])
    days = BusinessDays("following", short, interest="unadjusted")
    terms = loan(business_days=days)
    for unknown in ("principal", "rate", "count", "balloon"):
        with pytest.raises(CalendarRangeError):
            solve_for(unknown, terms, payment="900")


def test_a_rate_that_eats_the_loan_has_no_principal():
    terms = loan(every="P24M", rate=Rate("-60%/year"))
    with pytest.raises(ScheduleError):
        solve_for("principal", terms, payment="900")


def test_a_payment_that_no_rate_moves():
    # Paid back on the day it is paid out: every rate has this payment.
    terms = loan(repayment=LevelPayment(1), first_due=date(2026, 1, 15))
    solution = solve_for("rate", terms, payment="10000", digits=2)
    assert solution.value == Rate("0%/year")
    assert solution.verify()
    assert solution.bracket == Bracket(None, None, None, None)
    with pytest.raises(RateOutOfRangeError):
        solve_for("rate", terms, payment="10001", digits=2)


def test_doors():
    with pytest.raises(UnknownNameError):
        solve_for("interest", loan(), payment="900")
    with pytest.raises(InputTypeError, match="loan"):
        solve_for("rate", "loan", payment="900")
    with pytest.raises(InputTypeError):
        solve_for("rate", loan(), payment=900.0)
    with pytest.raises(TermsError, match="the regular payment"):
        solve_for("rate", loan())
    for payment in ("0", "-1", 10**12):
        with pytest.raises(LimitError):
            solve_for("rate", loan(), payment=payment)
    for digits in (-1, 13, True, 1.0):
        with pytest.raises(LimitError, match="digits"):
            solve_for("rate", loan(), payment="900", digits=digits)


def test_verification_finds_what_does_not_hold():
    solution = solve_for("principal", loan(), payment="888.49")
    other = solve_for("principal", loan(), payment="500")
    bracket = solution.bracket
    for wrong in (
        {"schedule": other.schedule},
        {"bracket": None},
        {"bracket": other.bracket},
        {"is_exact": False},
        {"bracket": attrs.evolve(bracket, low_payment=Decimal("888.47"))},
        {"bracket": attrs.evolve(bracket, low=None, low_payment=Decimal("888.48"))},
        {"payment": Decimal("888.50"), "is_exact": False},
    ):
        assert not attrs.evolve(solution, **wrong).verify()
    for unknown in ("count", "balloon"):
        found = solve_for(unknown, loan(), payment="500")
        assert not attrs.evolve(found, value=found.value + 1).verify()
        assert not attrs.evolve(found, value=Rate("1%/year")).verify()
    found = solve_for("payment", loan())
    assert not attrs.evolve(found, value=Decimal(1)).verify()


def test_few_schedules_are_planned(monkeypatch):
    from loanmath.schedule import schedule as module

    planned, resolve = [], module.resolve
    monkeypatch.setattr(
        module, "resolve", lambda terms: planned.append(1) or resolve(terms)
    )
    for payment in ("0.01", "888.49", "90000", "7000000"):
        for unknown in ("principal", "rate"):
            planned.clear()
            with contextlib.suppress(RateOutOfRangeError):
                solve_for(unknown, loan(), payment=payment, digits=12)
            assert 0 < len(planned) <= 60


def test_the_bracket_at_the_end_of_the_grid():
    bracket = Bracket(Decimal("1.00"), Decimal("0.09"), None, None)
    assert str(bracket) == "1.00 has 0.09, the grid ends"


def test_a_regular_payment_needs_a_count():
    from loanmath.errors import InvariantError

    with pytest.raises(InvariantError):
        regular_payment(loan(repayment=FixedPayment("500")))


def test_a_single_paid_installment():
    terms = loan(repayment=LevelPayment(3), holidays=[Holiday(1, 2, "principal")])
    solution = solve_for("principal", terms, payment="101.00")
    assert solution.value == Decimal("100.00")
    assert Fraction(solution.schedule[-1].payment) == 101


def test_a_negative_rate_and_a_coarse_unit_have_no_largest_principal():
    # Of 50 yen, 2.50 are a tie and are rounded to none: 50 are paid; of 51, 46.
    terms = InstallmentLoan(
        currency="JPY",
        principal="50",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate("-60%/year"),
        day_count="30E/360",
        repayment=LevelPayment(1),
        rounding=Rounding("half_even", unit="5"),
    )
    paid = {
        principal: attrs.evolve(terms, principal=principal).schedule()[0].payment
        for principal in ("46", "50", "51")
    }
    assert paid == {"46": Decimal(46), "50": Decimal(50), "51": Decimal(46)}
    with pytest.raises(TermsError, match="need not rise with the principal"):
        solve_for("principal", terms, payment="46")
