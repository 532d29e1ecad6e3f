"""Warnings beside a card's minimum payment, with figures worked by hand."""

from decimal import Decimal

import pytest

from loanmath import (
    CreditLine,
    LineAllocation,
    LineInterest,
    LineSegment,
    MinimumPayment,
    Promotion,
    Rate,
)
from loanmath.analysis.disclosure import (
    CardBalance,
    MinimumMonth,
    MinimumWarning,
    NoPayoffWarning,
    NoWarning,
    line_minimum_warning,
    minimum_warning,
)
from loanmath.errors import InputTypeError, LimitError, TermsError, UnknownNameError

TWO_PERCENT = MinimumPayment("2%", least="20", in_full=[])


def warned(*balances, minimum=TWO_PERCENT, **choices):
    return minimum_warning(list(balances), minimum, **choices)


def figures(row):
    return [str(amount) for amount in row[1:]]


# --- month after month --------------------------------------------------------------


def test_months_are_worked_by_hand():
    # 1% a month: 60.00 costs 0.60, then 40.60 costs 0.41, then 21.01 costs 0.21.
    found = warned(CardBalance("60", "12%/year"))
    assert [figures(row) for row in found.rows] == [
        ["60.00", "0.60", "20.00", "40.60"],
        ["40.60", "0.41", "20.00", "21.01"],
        ["21.01", "0.21", "20.00", "1.22"],
        ["1.22", "0.01", "1.23", "0.00"],
    ]
    assert (found.months, found.duration) == (4, "4 months")
    assert (str(found.total), str(found.interest)) == ("61.23", "1.23")


def test_the_lowest_rate_is_paid_first():
    balances = CardBalance("100", "24%/year"), CardBalance("100", "12%/year")
    # 1.00 and 2.00 in the first month; then 81.00 at 1 % and 102.00 at 2 %.
    low = warned(*balances)
    assert figures(low.rows[1]) == ["183.00", "2.85", "20.00", "165.85"]
    # 101.00 at 1 % and 82.00 at 2 %.
    high = warned(*balances, first="highest_rate")
    assert figures(high.rows[1]) == ["183.00", "2.65", "20.00", "165.65"]
    assert warned(*balances, first="oldest") == high
    assert warned(*reversed(balances), first="oldest") == low


def test_a_payment_goes_on_to_the_next_balance():
    found = warned(CardBalance("15", "0%/year"), CardBalance("45", "12%/year"))
    # 5.00 of the first payment reduce 45.45; then 40.45 and 20.85 cost 0.40 and 0.21.
    assert [figures(row)[1:] for row in found.rows] == [
        ["0.45", "20.00", "40.45"],
        ["0.40", "20.00", "20.85"],
        ["0.21", "20.00", "1.06"],
        ["0.01", "1.07", "0.00"],
    ]


def test_interest_in_full_and_a_share():
    # 2.5% a month: 500.00 and 200.00, then 495.00 and 198.00.
    found = warned(
        CardBalance("20000", "2.5%/month"), minimum=MinimumPayment("1%", least="50")
    )
    assert figures(found.rows[0])[1:3] == ["500.00", "700.00"]
    assert figures(found.rows[1])[:3] == ["19800.00", "495.00", "693.00"]


def test_a_minimum_that_covers_interest():
    # 30.00 of interest are more than 2 % of 1,000.00; all that is left is 1,000.00.
    minimum = MinimumPayment("2%", in_full=[], covers_interest=True)
    found = warned(CardBalance("1000", "36%/year"), minimum=minimum)
    assert (str(found.minimum), str(found.interest)) == ("30.00", "30.00")


def test_a_small_balance_is_paid_whole():
    minimum = MinimumPayment("2%", least="20", whole_below="50", in_full=[])
    found = warned(CardBalance("60", "12%/year"), minimum=minimum)
    assert [figures(row)[2] for row in found.rows] == ["20.00", "41.01"]


def test_the_months_of_a_promotion():
    # Of two months the second bears at the regular 1 % already, or not.
    owed = CardBalance("100", "12%/year", Promotion(months=2))
    regular = [figures(row)[1] for row in warned(owed).rows[:3]]
    assert regular == ["0.00", "0.80", "0.61"]
    promoted = warned(owed, last_month="promotional").rows[:3]
    assert [figures(row)[1] for row in promoted] == ["0.00", "0.00", "0.60"]


def test_a_daily_rate_is_for_365_twelfths_of_a_day():
    # 0.04% * 365 / 12 = 1.21666 %.
    found = warned(CardBalance("600", "0.04%/day"))
    assert figures(found.rows[0])[1] == "7.30"


# --- the payment of 36 months -------------------------------------------------------


def test_the_payment_of_36_months_without_interest():
    found = warned(CardBalance("1000", "0%/year"))
    assert str(found.payment_in_36_months) == "27.78"
    assert str(found.total_in_36_months) == "1000.08"
    assert str(found.saved) == "-0.08"


@pytest.mark.parametrize(
    ("months", "payment"), [(18, "30.42"), (36, "27.78"), (60, "27.78")]
)
def test_a_promotion_counts_for_its_months_of_the_36(months, payment):
    # Of 12 % half counts, 0.5 % a month: 1,000 * 0.005 / (1 - 1.005^-36) = 30.42.
    owed = CardBalance("1000", "12%/year", Promotion(months=months))
    assert str(warned(owed).payment_in_36_months) == payment


# --- what is printed ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "duration", "shown"),
    [
        (23, "23 months", False),
        (24, "2 years", False),
        (29, "2 years", False),
        (30, "3 years", False),
        (41, "3 years", False),
        (42, "4 years", True),
        (314, "26 years", True),
    ],
)
def test_months_below_two_years_then_years(months, duration, shown):
    row = MinimumMonth(1, *[Decimal("1.00")] * 4)
    one = Decimal("1.00")
    found = MinimumWarning("USD", one, one, one, one, (row,) * months)
    assert (found.duration, found.shows_36_months) == (duration, shown)


def test_it_prints():
    found = warned(CardBalance("60", "12%/year"))
    assert str(found) == (
        "Paying only the minimum: USD 60.00 owed\n"
        "Paid each month          Done in  In all  Saved\n"
        "the minimum, now 20.00  4 months   61.23"
    )
    assert repr(found) == "<MinimumWarning: USD 60.00 takes 4 months and 61.23>"
    assert found.to_markdown().splitlines()[2].startswith("| Paid each month |")
    assert found.to_html().startswith('<table class="loanmath">')
    assert found._repr_html_() == found.to_html()
    assert found.to_csv().splitlines()[:2] == [
        "number,opening,interest,paid,closing",
        "1,60.00,0.60,20.00,40.60",
    ]


def test_it_prints_whole_amounts():
    card = [CardBalance("20000", "2.5%/month")]
    minimum = MinimumPayment("1%", least="50")
    found = minimum_warning(card, minimum, currency="HKD", whole_amounts=True)
    assert str(found).splitlines() == [
        "Paying only the minimum: HKD 20,000 owed",
        "Paid each month        Done in  In all   Saved",
        "the minimum, now 700  26 years  67,536",
        "849                    3 years  30,565  36,971",
    ]


def test_yen_have_no_decimals():
    minimum = MinimumPayment("2%", least="2000", in_full=[])
    found = warned(CardBalance("60000", "15%/year"), minimum=minimum, currency="JPY")
    assert figures(found.rows[0]) == ["60000", "750", "2000", "58750"]


# --- no warning, and another --------------------------------------------------------


@pytest.mark.parametrize("amount", ["20", "19.99", "0.01"])
def test_what_the_first_minimum_pays_is_not_warned_of(amount):
    found = warned(CardBalance(amount, "17%/year"))
    assert found == NoWarning(
        "USD",
        Decimal(amount).quantize(Decimal("0.01")),
        "the first minimum is all that is owed",
    )


def test_nothing_owed_is_not_warned_of():
    found = warned(CardBalance("0", "17%/year"))
    assert str(found) == ("No minimum payment warning for USD 0.00: nothing is owed")
    assert warned(CardBalance("20.01", "17%/year")).months == 2


def test_a_minimum_that_never_repays():
    found = warned(CardBalance("2000", "24%/year"))
    assert found == NoPayoffWarning(
        currency="USD",
        balance=Decimal("2000.00"),
        month=1,
        minimum=Decimal("40.00"),
        interest=Decimal("40.00"),
        payment_in_36_months=Decimal("78.47"),
        total_in_36_months=Decimal("2824.92"),
    )
    assert str(found).splitlines()[2] == "the minimum, 40.00    never"
    assert found.to_markdown().splitlines()[4] == "| the minimum, 40.00 | never |  |"
    assert found.to_html().splitlines()[0] == '<table class="loanmath">'
    assert found._repr_html_() == found.to_html()
    assert type(warned(CardBalance("2000", "23.9%/year"))) is MinimumWarning


def test_it_may_stop_repaying_when_a_promotion_ends():
    owed = CardBalance("2000", "36%/year", Promotion(months=3))
    assert warned(owed).month == 3
    # At 36 % first, it repays nothing, but that does not last.
    rising = CardBalance("2000", "0%/year", Promotion(months=3, rate="36%/year"))
    assert type(warned(rising)) is MinimumWarning


def test_a_minimum_without_a_floor_never_repays_the_last_cents():
    minimum = MinimumPayment("2%", in_full=[])
    found = warned(CardBalance("1", "0%/year"), minimum=minimum)
    assert (type(found), str(found.minimum)) == (NoPayoffWarning, "0.00")


def test_a_thousand_years_are_too_long():
    minimum = MinimumPayment("0%", least="0.01", in_full=[])
    with pytest.raises(LimitError, match="12,000"):
        warned(CardBalance("121", "0%/year"), minimum=minimum)
    assert warned(CardBalance("120", "0%/year"), minimum=minimum).months == 12_000


# --- from a line --------------------------------------------------------------------

USE = LineInterest(rate="24%/year", bears_from="use", days_in_year=365)
OTHER = LineInterest(rate="12%/year", bears_from="use", days_in_year=360)


def card(**terms):
    usual = {
        "currency": "USD",
        "limit": "5000",
        "statement_day": 5,
        "due_day": 2,
        "interest": LineInterest(
            rate="12%/year", bears_from="posting", days_in_year=365
        ),
        "minimum": TWO_PERCENT,
        "segments": [
            LineSegment(name="cash", interest=USE),
            LineSegment(
                name="transfers",
                interest=OTHER,
                promotion=Promotion(months=6, rate="3.6%/year"),
            ),
        ],
    }
    return CreditLine(**usual | terms)


def test_a_line_is_warned_of_by_its_own_terms():
    owed = {"purchases": "600", "cash": "300"}
    balances = [CardBalance("600", "12%/year"), CardBalance("300", "24%/year")]
    line = card(allocation=LineAllocation(first="highest_rate"))
    assert line_minimum_warning(line, owed) == warned(*balances, first="highest_rate")
    line = card(
        allocation=LineAllocation(first="highest_rate", minimum_first="lowest_rate")
    )
    assert line_minimum_warning(line, owed) == warned(*balances)
    whole = line_minimum_warning(line, owed, whole_amounts=True)
    assert whole.whole_amounts is True


def test_a_promotion_of_a_line():
    # 3.6 % of 360 days are 0.01 % a day.
    first, rate = Rate("0.01%/day"), Rate("1/30%/day")
    owed = {"transfers": "600"}
    for given, left in (({}, 6), ({"transfers": 2}, 2)):
        expected = warned(CardBalance("600", rate, Promotion(months=left, rate=first)))
        assert line_minimum_warning(card(), owed, months_left=given) == expected
    over = line_minimum_warning(card(), owed, months_left={"transfers": 0})
    assert over == warned(CardBalance("600", rate))
    last = line_minimum_warning(card(), owed, last_month="promotional")
    assert last.total < line_minimum_warning(card(), owed).total
    # Months that are left of no promotion are none.
    cash = {"cash": "600"}
    assert line_minimum_warning(
        card(), cash, months_left={"cash": 3}
    ) == line_minimum_warning(card(), cash)


def test_a_line_without_interest_or_minimum():
    free = line_minimum_warning(card(interest=None, segments=[]), {"purchases": "60"})
    assert (free.months, str(free.total)) == (3, "60.00")
    whole = line_minimum_warning(card(minimum=None), {"purchases": "60", "cash": "1.5"})
    assert whole == NoWarning("USD", Decimal("61.50"), "every bill is due in full")


def test_what_a_line_cannot_be_asked():
    with pytest.raises(InputTypeError, match="CreditLine"):
        line_minimum_warning("card", {})
    with pytest.raises(InputTypeError, match="balances"):
        line_minimum_warning(card(), [("purchases", "5")])
    with pytest.raises(InputTypeError, match="months_left"):
        line_minimum_warning(card(), {"cash": "5"}, months_left=3)
    with pytest.raises(InputTypeError, match="months_left"):
        line_minimum_warning(
            card(), {"transfers": "5"}, months_left={"transfers": False}
        )
    with pytest.raises(UnknownNameError, match="purchases, cash, transfers"):
        line_minimum_warning(card(), {"loan": "5"})
    with pytest.raises(UnknownNameError, match="none"):
        line_minimum_warning(card(segments=[]), {}, months_left={"cash": 1})
    with pytest.raises(LimitError, match="balances"):
        line_minimum_warning(card(), {})
    in_full = LineSegment(name="cash", interest=USE, due_in_full=True)
    with pytest.raises(TermsError, match="in full"):
        line_minimum_warning(card(segments=[in_full]), {"cash": "5"})


# --- what is refused ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("balances", "choices", "error", "text"),
    [
        ("card", {}, InputTypeError, "a list of CardBalance"),
        (["card"], {}, InputTypeError, "CardBalance"),
        ([], {}, LimitError, "1 to 21"),
        ([CardBalance(1, "1%/year")] * 22, {}, LimitError, "1 to 21"),
        ([CardBalance("0.001", "1%/year")], {}, ValueError, "2 decimals"),
        ([CardBalance("1", "1%/year")], {"first": "any"}, UnknownNameError, "first"),
        (
            [CardBalance("1", "1%/year")],
            {"last_month": 1},
            InputTypeError,
            "last_month",
        ),
        ([CardBalance("1", "1%/year")], {"whole_amounts": 1}, InputTypeError, "whole"),
        ([CardBalance("1", "1%/year")], {"currency": "?"}, UnknownNameError, "ISO"),
    ],
)
def test_what_is_refused(balances, choices, error, text):
    with pytest.raises(error, match=text):
        minimum_warning(balances, TWO_PERCENT, **choices)


def test_terms_that_are_refused():
    with pytest.raises(InputTypeError, match="MinimumPayment"):
        minimum_warning([CardBalance("1", "1%/year")], "2%")
    with pytest.raises(TermsError, match="second bill"):
        warned(
            CardBalance("1", "1%/year"),
            minimum=MinimumPayment("2%", in_full=["carried"]),
        )
    with pytest.raises(InputTypeError, match="Promotion"):
        CardBalance("1", "1%/year", 6)
    with pytest.raises(TermsError, match="deferred"):
        CardBalance("1", "1%/year", Promotion(months=6, deferred=True))
    for rate, promotion in (
        ("-1%/year", None),
        ("1%/year", Promotion(months=6, rate="-1%/year")),
    ):
        with pytest.raises(LimitError, match="zero or above"):
            CardBalance("1", rate, promotion)
    with pytest.raises(LimitError, match="amount"):
        CardBalance("-1", "1%/year")
