"""Rows planned anew: their cents, the plan they are held to, and what stood before."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath import WEEKENDS, BusinessDays
from loanmath.account import Account, Arrear, Status
from loanmath.account.history import history_of
from loanmath.errors import EventError
from loanmath.events import (
    Acceleration,
    Charge,
    Chargeback,
    Disbursement,
    InterestPause,
    InterestResume,
    Reversal,
)
from loanmath.rates import Rate
from loanmath.terms import (
    AddOnInterest,
    AmountCap,
    Drawdown,
    EqualPrincipal,
    Fee,
    Holiday,
    InterestOnly,
    LateCharge,
    LevelPayment,
    PenaltyInterest,
    Prepayment,
    PrepaymentFee,
    Servicing,
)
from posting_formulas import worked_out
from serviced import D1, D2, D3, START, after, loan, opened, owed, paid, terms

FREE = {"rate": "0%/day"}
HALF = date(2026, 3, 1)  # 14 of the 28 days of the second period
NOTHING = ["0.00", "0.00"]
# 0.90 a day on 3,000.
BY_DAY = {"rate": Rate("0.03%/day"), "day_count": "ACT/365F"}


def rows(account, day, *numbers):
    position = account.position(day)
    return [owed(position, number)[3:] for number in numbers or (1, 2, 3)]


def fees(account, day):
    return [owed(account.position(day), number)[2] for number in (1, 2, 3)]


def on_balance(*events, prepayment=None, **agreed):
    """Return the account by the day, where interest follows what is owed."""
    words = {} if prepayment is None else {"prepayment": prepayment}
    terms = loan(
        servicing=Servicing(interest_on="balance", **words), **(BY_DAY | agreed)
    )
    return Account.open(terms).record(*events)


# --- fees that are a share of what a row owes ---------------------------------------------


def caring(of, share="1%", **words):
    return Fee("care", share, of=of, due="installments", **words)


FOLLOWING = [
    # Principal of 1,000 is left on two rows, with interest of 10.00 and 5.00.
    (caring("outstanding"), "30.00", ["10.00", "5.00"]),
    (caring("interest", "10%"), "3.00", ["1.00", "0.50"]),
    (caring("installment_principal"), "10.00", ["5.00", "5.00"]),
    (caring("payment"), "10.30", ["5.10", "5.05"]),
    (caring("principal"), "30.00", ["30.00", "30.00"]),
    (caring("interest", "10%", tax="6%"), "3.18", ["1.06", "0.53"]),
    (caring("interest", "10%", every=2), "0.00", ["1.00", "0.00"]),
]


@pytest.mark.parametrize(("fee", "first", "later"), FOLLOWING)
def test_fees_follow_the_rows_that_are_planned_anew(fee, first, later):
    account = Account.open(loan(fees=[fee], **terms(FREE)))
    due = Decimal(2030) + Decimal(first)
    account = account.record(paid(str(due), D1, effect="smaller"))
    assert rows(account, D1) == [
        NOTHING,
        ["10.00", "500.00"],
        ["5.00", "500.00"],
    ]
    assert fees(account, D1) == ["0.00", *later]


@pytest.mark.parametrize(
    ("fee", "due", "later"),
    [
        (caring("interest", "10%"), "1030.69", ["1.26", "0.47"]),
        # What the second period opened with has been.
        (caring("outstanding"), "1057.90", ["20.00", "5.00"]),
    ],
)
def test_what_a_period_opened_with_stays_once_it_has_begun(fee, due, later):
    # Interest of 31 days at 0.03 % is 27.90.
    account = Account.open(loan(fees=[fee], **BY_DAY, servicing=Servicing()))
    account = account.record(paid(due, D1), paid("1000", HALF, "p2", effect="smaller"))
    # 14 days of 2,000 and 14 of 1,000 are 12.60, then 31 of 500 are 4.65.
    assert rows(account, HALF, 2, 3) == [["12.60", "500.00"], ["4.65", "500.00"]]
    assert fees(account, HALF)[1:] == later


def test_a_fee_that_was_paid_is_not_paid_back():
    fee = caring("interest", "10%")
    account = Account.open(loan(fees=[fee], **terms(FREE))).record(
        paid("1033", D1),
        paid("2", D1, "p2", split={"fee": "2"}),
        paid("1000", D1, "p3", effect="smaller"),
    )
    # Of fees of 2.00 and 1.00, now 1.00 and 0.50, the first is paid.
    assert fees(account, D1) == ["0.00", "0.00", "0.50"]
    assert account.position(D1).credit == 0


def test_a_fee_charged_by_hand_stays_on_top_of_one_that_fell():
    fee = caring("interest", "10%")
    account = Account.open(loan(fees=[fee], **terms(FREE))).record(
        Charge(id="c1", on=D1, amount="4", installment=3),
        paid("2033", D1, effect="smaller"),
    )
    assert fees(account, D1) == ["0.00", "1.00", "4.50"]
    # The planned ones are waived with the interest that they are of.
    assert account.payoff(D1) == Decimal("1004.00")


def test_fees_of_rows_that_are_not_planned_by_interest_follow_too():
    agreed = loan(
        repayment=AddOnInterest(3), fees=[caring("outstanding")], **terms(FREE)
    )
    account = Account.open(agreed).record(paid("1500", START, effect="smaller"))
    assert [row[1] for row in rows(account, START)] == ["500.00"] * 3
    assert fees(account, START) == ["15.00", "10.00", "5.00"]


OPENS = {
    "principal": "1000",
    "repayment": EqualPrincipal(6),
    "rate": Rate("1%/month"),
    "fees": [caring("outstanding")],
}


@pytest.mark.parametrize(
    ("effect", "later"),
    [
        # 500 are left, of which 200 are paid in March: 300 open April, 306 May, 104 June.
        ("shorter", ["3.00", "3.06", "1.04", "0.00"]),
        # 506 in the proportions of 200, 202, 202 and 202: 125.55, 126.81 twice, 126.83.
        # 374.45 open April, 380.45 May, 253.64 June, 126.83 July.
        ("smaller", ["3.74", "3.80", "2.54", "1.27"]),
    ],
)
def test_a_period_does_not_open_with_interest_that_joins_as_it_ends(effect, later):
    # April is a holiday: 600 bear 6.00, which joins them.
    rest = Holiday(3, 1, "payment", interest="capitalize")
    account = Account.open(loan(**OPENS, holidays=[rest], **terms(FREE))).record(
        paid("220", D1), paid("300", date(2026, 2, 16), "p2", effect=effect)
    )
    found = account.position(date(2026, 2, 16))
    assert [owed(found, number)[2] for number in (3, 4, 5, 6)] == later
    # March had begun, with 800.
    assert owed(found, 2)[2] == "8.00"


@pytest.mark.parametrize("day", [15, 20])
def test_nor_with_what_is_drawn_in_it(day):
    # 400 more are drawn in April's period, or on its first day: it opens with 666.66.
    drawn = Drawdown(date(2026, 3, day), "400")
    agreed = loan(**OPENS, drawdowns=[drawn], day_count="30/360", **terms(FREE))
    account = Account.open(agreed)
    assert owed(account.position(D1), 3)[2] == "6.67"
    account = account.record(
        paid("186.67", D1), paid("300", date(2026, 2, 16), "p2", effect="shorter")
    )
    assert owed(account.position(date(2026, 2, 16)), 3)[2] == "3.67"


@pytest.mark.parametrize("on", [START, date(2026, 1, 20)])
def test_fees_follow_what_is_drawn(on):
    opens = [caring("outstanding"), Fee("flat", "2", due="installments")]
    account = Account.open(loan(fees=opens), undrawn=True)
    drawn = account.record(Disbursement(id="d1", on=on, amount="1500"))
    # Half of what was agreed is drawn, and the first period opens with that.
    assert fees(drawn, on) == ["17.00", "12.00", "7.00"]
    more = drawn.record(Disbursement(id="d2", on=HALF, amount="1000"))
    # 1,500 when the first opened; 1,000 and, of 1,000 and 1,000 more, 1,000.
    assert fees(more, HALF) == ["17.00", "12.00", "12.00"]


def test_nothing_falls_due_before_the_first_drawing():
    account = Account.open(loan(**BY_DAY), undrawn=True)
    drawn = account.record(Disbursement(id="d1", on=HALF, amount="1500"))
    # 750 on each of two rows: 14 days of 1,500 at 0.03 %, and 31 of 750.
    assert rows(drawn, HALF) == [NOTHING, ["6.30", "750.00"], ["6.98", "750.00"]]
    assert drawn.position(HALF).days_past_due == 0


def test_nothing_is_drawn_once_all_is_due_or_earned():
    account = Account.open(loan(), undrawn=True)
    with pytest.raises(EventError, match="cannot be planned anew"):
        account.record(Disbursement(id="d1", on=D3, amount="1500"))
    # 15 March is a Sunday: the last period ends on it, and is due on Monday.
    weekends = BusinessDays("following", WEEKENDS, interest="unadjusted")
    agreed = loan(repayment=InterestOnly(2), business_days=weekends, **BY_DAY)
    account = Account.open(agreed, undrawn=True)
    account.record(Disbursement(id="d1", on=after(D2, -1), amount="1500"))
    with pytest.raises(EventError, match="cannot be planned anew"):
        account.record(Disbursement(id="d1", on=D2, amount="1500"))


def test_a_fee_that_follows_says_what_it_is_a_share_of():
    fee = caring("interest", "10%", tax="6%", rounding="down")
    account = Account.open(loan(fees=[fee], **terms(FREE)))
    account = account.record(paid("2033.18", D1, effect="smaller"))
    [moved, last] = [
        posting
        for posting in account.postings(D1)
        if (posting.rule, posting.component) == ("replanned", "fee")
    ]
    part = "round(share * base)"
    formula = f"max(owed + fixed + {part} + round(tax * {part}) - planned, 0) - owed"
    assert moved.formula == last.formula == formula
    # From 2.12 to 1.06, and from 1.06 to 0.53.
    assert [str(moved.amount), str(last.amount)] == ["-1.06", "-0.53"]
    assert (worked_out(moved), worked_out(last)) == (moved.amount, last.amount)
    assert str(moved.inputs["base"]) == "10.00"


def test_several_fees_that_follow_are_told_together():
    agreed = [caring("interest", "10%"), caring("outstanding")]
    account = Account.open(loan(fees=agreed, **terms(FREE)))
    account = account.record(paid("2063", D1, effect="smaller"))
    [moved, _] = [
        posting
        for posting in account.postings(D1)
        if (posting.rule, posting.component) == ("replanned", "fee")
    ]
    assert moved.formula == "max(owed + fees - planned, 0) - owed"
    assert (str(moved.inputs["fees"]), str(moved.amount)) == ("11.00", "-11.00")


# --- fees that fall away with their installment, and come back ----------------------------

FLAT = Fee("flat", "0.50", due="installments")
NEXT_DAY = after(START, 1)
UNDONE = Reversal(id="r1", on=NEXT_DAY, of="p1", reversed_as="today")
HALF_BACK = Chargeback(id="c1", on=NEXT_DAY, of="p1", amount="1500")


def test_a_fixed_fee_comes_back_once_a_settlement_is_taken_back_in_part():
    account = on_balance(paid("3000", START), fees=[FLAT, caring("interest", "10%")])
    assert fees(account, START) == ["0.00"] * 3
    account = account.record(HALF_BACK)
    # 30 days of 1,500 that the first row has no payment for, and 28; 31 of 1,000.
    assert rows(account, NEXT_DAY) == [
        NOTHING,
        ["26.10", "500.00"],
        ["9.30", "1000.00"],
    ]
    assert fees(account, NEXT_DAY) == ["0.00", "3.11", "1.43"]
    # Another plan finds them there: 17.40 of 1,000, and 4.65 of 500.
    account = account.record(paid("500", NEXT_DAY, "p2", effect="shorter"))
    assert fees(account, NEXT_DAY) == ["0.00", "2.24", "0.97"]


def test_a_fixed_fee_comes_back_with_the_principal_of_its_installment():
    account = on_balance(paid("1000", START, effect="shorter"), fees=[FLAT])
    assert fees(account, START) == ["0.50", "0.50", "0.00"]
    account = account.record(UNDONE)
    assert fees(account, NEXT_DAY) == ["0.50"] * 3
    account = account.record(paid("500", NEXT_DAY, "p2", effect="shorter"))
    assert fees(account, NEXT_DAY) == ["0.50"] * 3


def test_a_fixed_fee_waits_for_the_new_plan():
    # On the schedule, what is taken back of a settlement plans nothing anew.
    account = Account.open(loan(fees=[FLAT], **terms(FREE)))
    account = account.record(paid("3000", START), HALF_BACK)
    assert rows(account, NEXT_DAY) == [
        NOTHING,
        ["0.00", "500.00"],
        ["0.00", "1000.00"],
    ]
    assert fees(account, NEXT_DAY) == ["0.00"] * 3
    account = account.record(paid("500", NEXT_DAY, "p2", effect="shorter"))
    # 30 of 31 days of a month of 1,000, then months of 1,000 and 500.
    assert rows(account, NEXT_DAY) == [
        ["9.68", "0.00"],
        ["10.00", "500.00"],
        ["5.00", "500.00"],
    ]
    assert fees(account, NEXT_DAY) == ["0.00", "0.50", "0.50"]


def test_a_period_that_began_without_its_fee_goes_on_without_it():
    late = after(D2, 1)
    account = on_balance(paid("1000", START, effect="shorter"), fees=[FLAT])
    account = account.record(Reversal(id="r1", on=late, of="p1", reversed_as="today"))
    assert rows(account, late, 3)[0][1] == "1000.00"
    assert fees(account, late) == ["0.50", "0.50", "0.00"]


def test_a_fee_that_was_paid_is_not_asked_for_once_more():
    account = on_balance(
        paid("0.50", START, "p0", installments=[3]),
        paid("1000", START, effect="shorter"),
        fees=[FLAT],
    )
    assert fees(account, START) == ["0.50", "0.50", "0.00"]
    account = account.record(UNDONE)
    assert rows(account, NEXT_DAY, 3) == [["9.30", "1000.00"]]
    assert fees(account, NEXT_DAY) == ["0.50", "0.50", "0.00"]


# --- cents of the new rows ----------------------------------------------------------------


def test_cents_that_do_not_divide_go_to_the_last_row():
    # 2,500 in three: 833.33, and the cent that is left.
    agreed = loan(repayment=AddOnInterest(3), **terms(FREE))
    account = Account.open(agreed).record(paid("500", START, effect="smaller"))
    principals = [row[1] for row in rows(account, START)]
    assert principals == ["833.33", "833.33", "833.34"]


def test_whole_cents_are_not_rounded_up():
    # 1,500 and 500 at 1 % are 15.00 and 5.00 to the cent.
    agreed = loan(rounding="up", **terms(FREE))
    account = Account.open(agreed).record(
        paid("1030", D1, "p0"), paid("500", D1, effect="shorter")
    )
    assert rows(account, D1, 2, 3) == [["15.00", "1000.00"], ["5.00", "500.00"]]


def test_a_level_payment_of_whole_cents_is_not_rounded_up():
    # 1,360.09 a month on 4,000; after 669.91 more 2,010.00 are left, and 2,010 * 1.0201 /
    # 2.01 are 1,020.10.
    agreed = loan(
        principal="4000", repayment=LevelPayment(3), rounding="up", **terms(FREE)
    )
    account = Account.open(agreed).record(
        paid("1360.09", D1, "p0"), paid("669.91", D1, effect="smaller")
    )
    assert rows(account, D1, 2, 3) == [["20.10", "1000.00"], ["10.10", "1010.00"]]


PRECEDING = {
    **BY_DAY,
    # The first row is due on Friday the 13th; its period ends on Sunday the 15th.
    "business_days": BusinessDays("preceding", WEEKENDS, interest="unadjusted"),
}


@pytest.mark.parametrize("rounding", ["half_up", "up"])
def test_prepayment_on_a_due_date_that_comes_before_its_period_ends(rounding):
    agreed = loan(rounding=rounding, **PRECEDING, **terms(FREE))
    friday = after(D1, -2)
    account = Account.open(agreed).record(
        paid("1027.90", friday, "p0"), paid("500", friday, effect="shorter")
    )
    # 28 days on 1,500 and 31 on 500, both whole cents; the row that is due is left alone.
    assert rows(account, friday) == [NOTHING, ["12.60", "1000.00"], ["4.65", "500.00"]]


def test_a_smaller_level_payment_inside_a_period_pays_what_it_has_earned():
    # 10.05 are earned on 2,009.93; 1,509.93 bear 7.55 more. 1,527.529 * 1.01 / 2.01 are
    # 767.564.
    agreed = loan(repayment=LevelPayment(3), **terms(FREE))
    account = Account.open(agreed).record(
        paid("1020.07", D1, "p0"), paid("500", HALF, effect="smaller")
    )
    assert rows(account, HALF, 2, 3) == [["17.60", "749.96"], ["7.60", "759.97"]]


def test_a_smaller_level_payment_pays_what_was_carried_to_it_too():
    # 1,018.05 ten days in: 9.00 of interest; 1,990.95 bear 12.54 in the other 21 days.
    # Then 1,490.95 * 1.0084 * 1.0093 / 2.0093 are 755.22, of which 12.52 and 12.54 are
    # interest; 760.79 bear 7.08.
    account = on_balance(
        paid("1018.05", after(START, 10), "p0", installments=[1]),
        paid("500", D1, effect="smaller"),
        repayment=LevelPayment(3),
    )
    assert rows(account, D1) == [NOTHING, ["25.06", "730.16"], ["7.08", "760.79"]]


def test_rows_behind_are_no_rows_of_the_new_plan():
    # Behind the first row stand two that were due before the account was opened.
    behind = [
        Arrear(due=after(START, -40), principal="10"),
        Arrear(due=after(START, -9), principal="10"),
    ]
    agreed = loan(**BY_DAY, **terms(FREE))
    account = Account.open(agreed, arrears=behind).record(
        paid("520", after(START, 10), effect="shorter")
    )
    # Ten days on 3,000 are 9.00, 21 on 2,500 are 15.75; then 28 days on 1,500 and 31 on
    # 500.
    assert rows(account, after(START, 10), 3, 4, 5) == [
        ["24.75", "1000.00"],
        ["12.60", "1000.00"],
        ["4.65", "500.00"],
    ]


def test_interest_paid_ahead_counts_towards_what_a_row_keeps():
    # Of 20.00, 10.00 were paid ahead: the row keeps 20.00, and owes 10.00 of it.
    account = opened(
        paid("1030", D1, "p0"),
        paid("10", D1, "p1"),
        paid("500", HALF, "p2", effect="shorter"),
        penalty=FREE,
        prepayment=Prepayment(interest="period"),
    )
    assert rows(account, HALF, 2, 3) == [["10.00", "1000.00"], ["5.00", "500.00"]]


def test_interest_paid_ahead_may_be_more_than_the_row_then_bears():
    # All 20.00 were paid ahead; on 1,500 the row bears 15.00.
    account = opened(
        paid("1050", D1, "p0"), paid("500", D1, "p1", effect="shorter"), penalty=FREE
    )
    assert rows(account, D1, 2, 3) == [["0.00", "1000.00"], ["5.00", "500.00"]]


def test_what_was_carried_to_a_row_is_kept_with_its_period():
    # Row 1 is cleared ten days in: 1,990.95 bear 12.54 in 21 days, and 16.72 in the
    # period that follows, all of which is kept. 502.16 bear 4.67 in the last.
    account = on_balance(
        paid("1018.05", after(START, 10), "p0", installments=[1]),
        paid("500", after(D1, 14), effect="shorter"),
        repayment=LevelPayment(3),
        prepayment=Prepayment(interest="period"),
    )
    assert rows(account, after(D1, 14), 2, 3) == [
        ["29.26", "988.79"],
        ["4.67", "502.16"],
    ]


def test_interest_below_zero_stays_below_zero_in_a_new_plan():
    agreed = loan(rate=Rate("-1%/month"), **terms(FREE))
    account = Account.open(agreed).record(
        paid("970", D1, "p0"), paid("500", D1, effect="shorter")
    )
    assert rows(account, D1, 2, 3) == [["-15.00", "1000.00"], ["-5.00", "500.00"]]


def test_rows_of_one_day_while_principal_is_overdue():
    # All 3,000 bear 0.90 on each of three days, whatever the plan was.
    account = on_balance(every="daily")
    assert rows(account, after(START, 3)) == [["0.90", "1000.00"]] * 3


def test_the_period_that_begins_bears_nothing_of_the_one_that_ended():
    # On its first day, 1,000 are to bear 0.30 on each of its 31 days.
    assert rows(on_balance(), D2, 3) == [["9.30", "1000.00"]]


def test_a_late_charge_is_made_while_overdue_principal_bears():
    charge = LateCharge("late fee", "5", days_late=3)
    agreed = loan(
        servicing=Servicing(interest_on="balance", late_charges=[charge]), **BY_DAY
    )
    account = Account.open(agreed)
    penalty = [owed(account.position(after(D1, day)))[0] for day in (2, 3, 40)]
    assert penalty == ["0.00", "5.00", "5.00"]


# --- what later rules read of a new plan --------------------------------------------------


def charged_late(account, number):
    """Return what a late charge on a row came to, the day after it was due."""
    day = (D1, D2, D3)[number - 1]
    return owed(account.position(after(day, 1)), number)[2]


def test_a_late_charge_on_the_installment_is_on_the_new_one():
    charge = LateCharge(
        "late fee", "10%", of="installment", days_late=1, component="fee"
    )
    account = opened(
        paid("1030", D1, "p0"),
        paid("500", D1, "p1", effect="smaller"),
        penalty=FREE,
        late_charges=[charge],
    )
    # 15.00 and 750.00; then 7.50 and 750.00.
    assert charged_late(account, 2) == "76.50"
    assert charged_late(account, 3) == "75.75"


def test_an_installment_that_was_paid_in_part_before_it_was_due_is_all_it_comes_to():
    # 9.00 of ten days and 91.00 of principal; 2,909 bear 18.33 in the other 21 days.
    charge = LateCharge(
        "late fee", "10%", of="installment", days_late=1, component="fee"
    )
    agreed = loan(
        servicing=Servicing(interest_on="balance", late_charges=[charge]), **BY_DAY
    )
    account = Account.open(agreed).record(paid("100", after(START, 10)))
    assert rows(account, D1, 1) == [["18.33", "909.00"]]
    # A tenth of 27.33 and 1,000.00.
    assert charged_late(account, 1) == "102.73"


def test_a_ceiling_counts_the_interest_of_the_new_plan():
    # 30.00 and 15.00 of interest leave 5.00 of 50.00; 750 bear 0.75 of penalty a day.
    cap = AmountCap("all cost", "50", of=["penalty", "compound", "interest"])
    account = opened(
        paid("1030", D1, "p0"), paid("500", D1, "p1", effect="smaller"), caps=[cap]
    )
    assert owed(account.position(after(D2, 6)), 2)[0] == "4.50"
    assert owed(account.position(after(D2, 7)), 2)[0] == "5.00"


# --- fees of rows that nothing is left for ------------------------------------------------

LETTERS = [Fee("letter", "20", due="installments")]


def with_letters(*events, effect="shorter", amount="1500", on=D1, **servicing):
    """Return the account with a fee of 20.00 a row, its first paid, then prepaid."""
    agreed = loan(fees=LETTERS, **terms(FREE, **servicing))
    return Account.open(agreed).record(
        *events, paid("1050", D1, "p0"), paid(amount, on, "p1", effect=effect)
    )


@pytest.mark.parametrize(
    ("effect", "remaining", "expected"),
    [
        ("shorter", "waived", ["0.00", "20.00", "0.00"]),
        ("shorter", "due", ["0.00", "20.00", "20.00"]),
        # A smaller payment leaves every row in its place.
        ("smaller", "waived", ["0.00", "20.00", "20.00"]),
    ],
)
def test_a_row_that_nothing_is_left_for_has_no_planned_fee(effect, remaining, expected):
    account = with_letters(
        effect=effect, prepayment=Prepayment(remaining_fees=remaining)
    )
    assert fees(account, D1) == expected


def test_a_fee_by_hand_stays_on_a_row_that_nothing_is_left_for():
    charge = Charge(id="c1", on=D1, amount="7", installment=3)
    assert fees(with_letters(charge), D1) == ["0.00", "20.00", "7.00"]


def test_a_row_of_interest_alone_keeps_its_fee():
    agreed = loan(fees=LETTERS, repayment=InterestOnly(3), **terms(FREE))
    account = Account.open(agreed).record(paid("500", START, effect="shorter"))
    assert rows(account, START, 1, 2) == [["25.00", "0.00"]] * 2
    assert fees(account, START) == ["20.00"] * 3


def test_a_row_of_add_on_interest_keeps_its_fee_and_its_interest():
    agreed = loan(fees=LETTERS, repayment=AddOnInterest(3), **terms(FREE))
    account = Account.open(agreed).record(
        paid("1050", D1, "p0"), paid("1500", D1, "p1", effect="shorter")
    )
    assert fees(account, D1) == ["0.00", "20.00", "20.00"]
    assert rows(account, D1, 3) == [["30.00", "0.00"]]


def test_the_fee_of_a_period_that_has_begun_stays():
    # Penalty on the last row holds the account open once all principal is repaid.
    penalty = Charge(id="c1", on=D1, amount="7", component="penalty", installment=3)
    account = with_letters(penalty, amount="2000")
    assert rows(account, D1) == [NOTHING] * 3
    assert fees(account, D1) == ["0.00", "20.00", "0.00"]


def test_a_row_without_its_fee_is_an_installment_of_nothing():
    charge = LateCharge(
        "late fee", "100%", of="installment", days_late=1, component="fee"
    )
    by_hand = Charge(id="c1", on=D1, amount="7", installment=3)
    account = with_letters(by_hand, late_charges=[charge])
    # 20.00, 5.00 and 500.00 beside the fee of 20.00; of the last row 7.00 alone are owed.
    assert charged_late(account, 2) == "545.00"
    assert charged_late(account, 3) == "7.00"


def test_what_early_repayment_costs_comes_on_top_of_a_planned_fee():
    account = with_letters(
        amount="550", effect="next", prepayment=Prepayment(fee=PrepaymentFee("50"))
    )
    row = account.position(D1).installments[1]
    assert row.owed.fee + row.paid.fee == Decimal("70.00")


# --- money in its places ------------------------------------------------------------------


def test_a_prepayment_clears_principal_from_the_last_row_backwards():
    # All but 500 of the first row.
    account = opened(paid("2500", START, effect="shorter"), penalty=FREE)
    found = account.position(START).installments
    assert [str(row.paid.principal) for row in found] == [
        "500.00",
        "1000.00",
        "1000.00",
    ]


def test_prepaid_principal_of_the_next_row_saves_interest_on_the_balance():
    # Half a month on 2,000 and half on 1,500.
    account = opened(
        paid("1030", D1, "p0"),
        paid("500", HALF, effect="next"),
        penalty=FREE,
        interest_on="balance",
    )
    assert rows(account, HALF, 2, 3) == [["17.50", "500.00"], ["10.00", "1000.00"]]


def test_early_money_in_a_pause_leaves_the_pause_as_it_was():
    # Nothing is earned in the pause: all 500 are principal. 1,500 bear half a month.
    pause = InterestPause(id="s1", on=D1)
    account = opened(
        paid("1030", D1, "p0"),
        pause,
        paid("500", after(D1, 5)),
        penalty=FREE,
        interest_on="balance",
    )
    assert rows(account, after(D1, 6), 2, 3) == [
        ["0.00", "500.00"],
        ["0.00", "1000.00"],
    ]
    resumed = account.record(InterestResume(id="s2", on=HALF))
    assert rows(resumed, HALF, 2, 3) == [["7.50", "500.00"], ["10.00", "1000.00"]]


def standstill(account):
    """Return the balances before rows stood still, and while they did."""
    for step in history_of(account).steps:
        for entry in step.entries:
            if entry.name == "standstill":
                return entry.before.balances.segment, entry.after.balances.segment
    raise AssertionError


def test_rows_that_stand_still_owe_what_is_earned_and_all_their_principal():
    before, after_it = standstill(on_balance(paid("100", after(START, 10))))
    assert before.interest == (2790, 1680, 930)
    assert after_it.interest == (900, 0, 0)
    assert after_it.principal == before.principal == (100_000, 100_000, 100_000)


def test_money_for_a_row_that_is_due_leaves_what_is_carried_alone():
    # Row 2 is cleared ten days into its period: 6.03 of 2,009.85, and 1,012.02 of
    # principal. 997.83 bear 5.39 in the other 18 days, and 9.28 in the last period.
    account = on_balance(
        paid("1018.05", D1, "p0"),
        paid("1018.05", after(D1, 10), "p1", installments=[2]),
        Charge(id="c1", on=after(D1, 12), amount="5", installment=1),
        paid("5", after(D1, 12), "p2", installments=[1]),
        repayment=LevelPayment(3),
    )
    assert rows(account, after(D1, 12)) == [NOTHING, NOTHING, ["14.67", "997.83"]]
    told = [
        entry.rule
        for entry in history_of(account).steps[-1].entries
        if entry.event is not None
    ]
    assert told == ["payment"]
    later = account.record(paid("100", after(D2, 10), "p3"))
    # 2.99 of ten days and 5.39; 91.62 are principal. 906.21 bear 5.71 to the end.
    assert rows(later, after(D2, 10), 3) == [["5.71", "906.21"]]


def test_a_chargeback_gives_back_principal_and_never_interest_that_was_not_planned():
    # The new plan is of 15.00; 2,000 would bear 19.29 in 27 of 28 days.
    account = opened(
        paid("1030", D1, "p0"),
        paid("500", D1, "p1", effect="shorter"),
        Chargeback(id="b1", on=after(D1, 1), of="p1", amount="500"),
        penalty=FREE,
    )
    assert account.payoff(after(D2, -1)) == Decimal("2015.00")


def test_penalty_terms_alone_do_not_plan_rows_anew():
    # Interest on the balance is replaced by a penalty of nothing: the plan stays.
    agreed = loan(
        penalty=PenaltyInterest(rate="0%/day"),
        servicing=Servicing(interest_on="balance"),
        **BY_DAY,
    )
    assert rows(Account.open(agreed), D2, 2, 3) == [
        ["16.80", "1000.00"],
        ["9.30", "1000.00"],
    ]


def test_a_payoff_tells_of_the_fees_in_force_that_it_drops():
    # 0.2 % of the 2,000 and 1,000 that rows 2 and 3 open with; after 500 prepaid, of
    # 1,500 and 500; and 0.50 charged by hand on row 3 is not dropped.
    account = Account.open(loan(fees=[caring("outstanding", "0.2%")], **terms(FREE)))
    account = account.record(
        paid("1036", D1, "p0"),
        paid("500", D1, "p1", effect="shorter"),
        Charge(id="c1", on=D1, name="letter", amount="0.50", installment=3),
        paid("1600", after(D1, 1), "p2"),
    )
    told = [
        posting
        for posting in account.postings(after(D1, 1))
        if posting.rule == "payoff" and posting.component == "fee"
    ]
    assert [str(posting.amount) for posting in told] == ["-3.00", "-1.00"]
    assert [worked_out(posting) for posting in told] == [-3, -1]


# --- prepaid principal that bears to the end of its period --------------------------------

TO_THE_END = Prepayment(interest="period")
LATER = after(HALF, 7)  # 21 of the 28 days


def half_repaid(*events, first="1027.90"):
    """Return the account by the day with 500 of 2,000 repaid inside a period."""
    return on_balance(
        paid(first, D1, "p0"),
        paid("500", HALF, "p1", effect="shorter"),
        *events,
        prepayment=TO_THE_END,
    )


def test_what_was_prepaid_bears_on_whatever_else_plans_the_rows_anew():
    # 2,000 bear 0.60 on each of 28 days; then 500 bear 0.15 on each of 31.
    assert rows(half_repaid(), HALF, 2, 3) == [["16.80", "1000.00"], ["4.65", "500.00"]]
    # 100 are owed again, and bear 0.03 on each of six days.
    back = half_repaid(Chargeback(id="c1", on=LATER, of="p0", amount="100"))
    assert rows(back, after(LATER, 6)) == [
        ["0.00", "100.00"],
        ["16.98", "1000.00"],
        ["4.65", "500.00"],
    ]
    # 21 days on 2,000, and then nothing.
    rests = half_repaid(InterestPause(id="i1", on=LATER))
    assert rows(rests, LATER, 2) == [["12.60", "1000.00"]]
    assert rests.position(LATER).accrued == Decimal("12.60")
    for account in (back, rests):
        for posting in account.postings():
            assert worked_out(posting) == posting.amount


def test_a_cent_that_bears_on_is_not_lost_to_another_plan_of_the_day():
    # 24 % by 30E/360 is 1/1500 a day: 5 days on 999.99, 2 on 909.37, 21 on 505.28 are
    # 11.6197, though 0.34 of that were prepaid on the seventh day. 89.26 that are owed
    # again bear nothing yet; of 105.36, they take their part, and 16.10 prepay 504.94.
    account = on_balance(
        paid("110.62", date(2026, 2, 5), "p0"),
        paid("404.43", date(2026, 2, 7), "p1", effect="shorter"),
        Chargeback(id="c1", on=date(2026, 2, 16), of="p0", amount="89.26"),
        paid("105.36", date(2026, 2, 16), "p2", effect="shorter"),
        principal="999.99",
        disbursed=date(2025, 12, 31),
        rate=Rate("24%/year"),
        day_count="30E/360",
        repayment=LevelPayment(2),
        prepayment=TO_THE_END,
    )
    assert rows(account, date(2026, 2, 16), 1, 2) == [NOTHING, ["11.62", "488.84"]]


def test_a_plan_that_counts_what_bears_on_says_so():
    account = half_repaid(Chargeback(id="c1", on=LATER, of="p0", amount="100"))
    moved = account.postings(after(LATER, 1), after(LATER, 6))[-1]
    assert str(moved.amount) == "0.18"
    assert moved.formula == "round(accrued + (balance + prepaid) * growth) - owed"
    assert str(moved.inputs["prepaid"]) == "500.00"


def test_what_bears_on_is_not_earned_by_money_that_comes_ahead_of_time():
    # 14 days on 2,000 are earned, and paid with the principal. The other 14 days, on
    # the 500 that are left and the 500 that bear on, are still to be earned.
    account = half_repaid(paid("1008.40", HALF, "p2", installments=[2]))
    assert rows(account, HALF, 2, 3) == [["4.20", "0.00"], ["4.65", "500.00"]]


def test_principal_that_is_taken_back_bears_by_itself():
    # Seven days after it was prepaid; it bore 0.15 on each of them, and goes on.
    for back in (
        [Reversal(id="r1", on=LATER, of="p1", reversed_as="today")],
        [
            Chargeback(id="c1", on=LATER, of="p1", amount="200"),
            Chargeback(id="c2", on=LATER, of="p1", amount="300"),
        ],
    ):
        account = half_repaid(*back)
        assert rows(account, LATER, 2, 3) == [
            ["16.80", "1000.00"],
            ["9.30", "1000.00"],
        ]
    part = half_repaid(Chargeback(id="c1", on=LATER, of="p1", amount="200"))
    assert rows(part, LATER, 2, 3) == [["16.80", "1000.00"], ["6.51", "700.00"]]


def test_principal_that_is_taken_back_in_a_later_period_bears_from_then_on():
    day = after(D2, 10)
    account = half_repaid(
        paid("1016.80", D2, "p2"),
        Chargeback(id="c1", on=day, of="p1", amount="500"),
    )
    # Ten days on 500, and 21 on 1,000.
    assert rows(account, day, 3) == [["7.80", "1000.00"]]


def test_a_repayment_in_full_that_is_taken_back_bore_to_the_end_too():
    settled = paid("2016.80", HALF, "p1")
    back = Reversal(id="r1", on=LATER, of="p1", reversed_as="today")
    account = on_balance(
        paid("1027.90", D1, "p0"), settled, back, prepayment=TO_THE_END
    )
    assert rows(account, LATER, 2, 3) == [["16.80", "1000.00"], ["9.30", "1000.00"]]
    # All of the 16.80 stays paid where 500 of the principal are taken back.
    part = on_balance(
        paid("1027.90", D1, "p0"),
        settled,
        Chargeback(id="c1", on=LATER, of="p1", amount="500"),
        prepayment=TO_THE_END,
    )
    assert rows(part, LATER, 2, 3) == [NOTHING, ["4.65", "500.00"]]
    # Where it bears to the day, nothing was owed, and nothing accrued, for a week.
    by_day = on_balance(paid("1027.90", D1, "p0"), settled, back)
    assert rows(by_day, LATER, 2) == [["12.60", "1000.00"]]


def test_a_repayment_in_full_as_a_period_begins_bears_nothing_more():
    # Of 28 days on 2,000 and of 31 on 1,000, two are lost.
    for on, row, owed_again in (
        (D1, 2, ["15.60", "1000.00"]),
        (D2, 3, ["8.70", "1000.00"]),
    ):
        account = on_balance(
            paid("1027.90", D1, "p0"),
            paid("1016.80", D2, "p1"),
            paid("2500", on, "p2"),
            Reversal(id="r1", on=after(on, 2), of="p2", reversed_as="today"),
            prepayment=TO_THE_END,
        )
        assert rows(account, after(on, 2), row) == [owed_again]
    # After the last period there is none to bear to the end of.
    late = on_balance(paid("3100", after(D3, 1)), prepayment=TO_THE_END)
    assert late.position(after(D3, 1)).status is Status.CLOSED


def test_on_the_schedule_too_it_bears_as_if_it_had_not_been_prepaid():
    account = opened(
        paid("1030", D1, "p0"),
        paid("500", HALF, "p1", effect="shorter"),
        penalty=FREE,
        prepayment=TO_THE_END,
    )
    # Three quarters of a month on 2,000.
    assert account.position(LATER).accrued == Decimal("15.00")
    called = account.record(Acceleration(id="a1", on=LATER))
    assert rows(called, LATER, 2, 3) == [["15.00", "1000.00"], ["0.00", "500.00"]]
