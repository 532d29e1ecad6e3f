"""A credit card by Regulation Z, with every figure worked by hand."""

from datetime import date

import pytest

from loanmath import CashAdvance, LineAccount, Payment, Promotion, Purchase, Transfer
from loanmath.errors import TermsError
from loanmath.presets import us

# 36.5% a year is 0.1% a day: a dollar a day on a thousand.
RATE = "36.5%/year"


def card(**terms):
    """Cycles from the 2nd to the 1st, due on the 26th."""
    usual = {"rate": RATE, "statement_day": 1, "due_day": 26}
    return us.credit_card("20000", **usual | terms)


def account(*events, **terms):
    return LineAccount.open(card(**terms), date(2026, 1, 2)).record(*events)


def buy(month, day, amount):
    return Purchase(id=f"u{month}{day}", on=date(2026, month, day), amount=amount)


def pay(month, day, amount):
    return Payment(id=f"p{month}{day}", on=date(2026, month, day), amount=amount)


def transfer(amount, month=1, day=10):
    return Transfer(id="t1", on=date(2026, month, day), amount=amount)


def interest(kept, month):
    """What one bill charges in interest, by segment."""
    found = kept.statement(2026, month).interest
    return {name: str(amount) for name, amount in found}


# --- the grace period ---------------------------------------------------------------


def test_a_bill_that_is_paid_in_full_is_free():
    kept = account(buy(1, 10, "1000"), buy(2, 10, "300"), pay(2, 26, "1000"))
    assert interest(kept, 3) == {}
    assert kept.statement(2026, 3).free_if_paid


UNPAID = (buy(1, 10, "1000"), buy(2, 10, "300"), pay(2, 20, "900"))


def test_no_interest_on_two_cycles_and_none_on_what_was_repaid_in_time():
    # Of the bill of 1 February, 100.00 is left: it bears for the 28 days of the cycle
    # from 2 February on, none of the 1,000.00 before. 300.00 bears for 20 days.
    # 100 * 28 / 28 + 300 * 20 / 28 = 314.29, for 28 days.
    assert interest(account(*UNPAID), 3) == {"purchases": "8.80"}


def test_what_was_repaid_in_time_is_free_on_other_days_too():
    # The day of the payment makes no difference, if it is within the grace period.
    early = account(*UNPAID[:2], pay(2, 3, "900"))
    assert interest(early, 3) == {"purchases": "8.80"}
    # A day later than that, 1,000.00 bears until then.
    late = account(*UNPAID[:2], pay(2, 27, "900"))
    # 1000 * 25 + 100 * 3 + 300 * 20 = 31300 dollar days.
    assert interest(late, 3) == {"purchases": "31.30"}


@pytest.mark.parametrize(("bills", "charged"), [(1, "7.36"), (2, "9.16")])
def test_the_grace_period_is_regained(bills, charged):
    # The bill of 1 March, 408.80, is paid in full on the 20th: it bore for 18 days of
    # 31, on average 237.37. 100.00 of 15 March is free again, or bore for 18 days: on
    # average 295.43.
    kept = account(
        *UNPAID, buy(3, 15, "100"), pay(3, 20, "408.80"), regained_after=bills
    )
    assert interest(kept, 4) == {"purchases": charged}
    owed = kept.position(date(2026, 3, 31))
    assert owed.has_free_period is (bills == 1)


def test_a_second_bill_in_full_regains_it_too():
    kept = account(
        *UNPAID, buy(3, 15, "100"), pay(3, 20, "408.80"),
        pay(4, 3, "109.16"), buy(4, 3, "500"), regained_after=2,
    )  # fmt: skip
    # 109.16 bore for a day of 30, on average 3.64; 500.00 waits for its bill.
    assert interest(kept, 5) == {"purchases": "0.11"}
    assert kept.position(date(2026, 4, 27)).has_free_period


# --- minimum and late fee -----------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "terms", "least"),
    [
        ("5000", {}, "50.00"),
        ("1000", {}, "20.00"),
        ("1000", {"least": "35"}, "35.00"),
        ("15", {}, "15.00"),
    ],
)
def test_the_minimum_is_one_percent_and_not_below_its_floor(amount, terms, least):
    kept = account(buy(1, 10, amount), **terms)
    assert str(kept.statement(2026, 2).minimum) == least


def test_interest_and_fees_are_in_the_minimum():
    cash = CashAdvance(id="k1", on=date(2026, 1, 12), amount="1000")
    bill = account(cash).statement(2026, 2)
    # 21 days, 12 January to 1 February; the fee of 5% bears too: 1,050 * 21.
    assert (str(bill.closing), str(bill.minimum)) == ("1072.05", "82.77")


@pytest.mark.parametrize(
    ("fees", "first", "again"),
    [(us.LATE_FEES_2024, "30.00", "41.00"), (us.LATE_FEES_2025, "32.00", "43.00")],
    ids=["2024", "2025"],
)
def test_the_late_fee_by_the_year(fees, first, again):
    kept = account(buy(1, 10, "5000"), late_fees=fees.value)
    charged = [kept.statement(2026, m).total("default charge") for m in (3, 4)]
    assert [str(amount) for amount in charged] == [first, again]


def test_the_late_fee_is_never_above_the_minimum():
    kept = account(buy(1, 10, "1000"))
    assert str(kept.statement(2026, 3).total("default charge")) == "20.00"
    assert kept.line.default_charge.repeat_within == 6


# --- where payments go --------------------------------------------------------------


def test_beyond_the_minimum_the_highest_rate_first():
    kept = account(
        buy(1, 10, "200"), transfer("800"), pay(2, 10, "120"),
        transfers=Promotion(months=12),
    )  # fmt: skip
    # 20.00 of the minimum to the promotion, 100.00 to purchases.
    owed = kept.position(date(2026, 2, 10))
    assert str(owed.segment("transfers").principal) == "780.00"
    assert str(owed.segment("purchases").principal) == "100.00"


def test_cash_may_have_a_higher_rate():
    cash = CashAdvance(id="k1", on=date(2026, 1, 12), amount="100")
    kept = account(cash, buy(1, 12, "100"), pay(1, 12, "60"), cash_rate="73%/year")
    owed = kept.position(date(2026, 1, 12))
    # The fee of 10.00 first, then cash.
    assert str(owed.segment("cash").total) == "50.00"
    assert str(owed.segment("purchases").total) == "100.00"
    # 50.00 for 21 days at 0.2% a day.
    assert interest(kept, 2) == {"cash": "2.10"}


# --- transfers ----------------------------------------------------------------------


def test_a_promotion_ends():
    kept = account(transfer("1000"), transfers=Promotion(months=6))
    assert interest(kept, 7) == {}
    # From 10 July to 1 August.
    assert interest(kept, 8) == {"transfers": "23.00"}


def test_deferred_interest_is_charged_for_all_days_after_all():
    deferred = Promotion(months=6, deferred=True)
    kept = account(transfer("1000"), transfers=deferred)
    assert interest(kept, 7) == {}
    # From 10 January to 1 August.
    assert interest(kept, 8) == {"transfers": "204.00"}


def test_deferred_interest_is_forgone_where_the_balance_is_paid():
    deferred = Promotion(months=6, deferred=True)
    kept = account(transfer("1000"), pay(2, 20, "1000"), transfers=deferred)
    assert interest(kept, 8) == {}
    assert kept.position(date(2026, 8, 3)).owed == 0


def test_the_last_two_cycles_of_a_deferred_balance_are_paid_first():
    kept = account(
        transfer("1000"),
        *(pay(month, 20, "20") for month in (2, 3, 4)),
        buy(4, 10, "500"),
        pay(5, 20, "325.51"),
        transfers=Promotion(months=6, deferred=True),
    )
    before = kept.position(date(2026, 5, 19))
    assert str(before.segment("transfers").principal) == "940.00"
    # 500.00 for 22 days, the grace period being lost: 11.00; 1% of 1,451.00 more.
    assert str(before.minimum) == "25.51"
    after = kept.position(date(2026, 5, 20))
    # The rest of the minimum goes to the lowest rate, now purchases: 14.51.
    assert str(after.segment("purchases").principal) == "485.49"
    assert str(after.segment("transfers").principal) == "640.00"


# --- refusals -----------------------------------------------------------------------


def test_a_bill_is_due_at_least_21_days_after_every_statement():
    assert card(statement_day=10, due_day=3).due_day == 3
    # 11 February to 3 March.
    with pytest.raises(TermsError, match="20 days after the statement of 2023-02-11"):
        card(statement_day=11, due_day=3)
    with pytest.raises(TermsError, match="due_day"):
        card(statement_day=5, due_day=25)


def test_a_promotion_holds_for_six_months():
    with pytest.raises(TermsError, match="5 months"):
        card(transfers=Promotion(months=5))


# --- days on which a window opens ---------------------------------------------------


def test_the_day_after_a_statement():
    kept = account(buy(1, 10, "1000"))
    assert kept.payoff(date(2026, 2, 2)) == 1000


def test_the_day_that_it_is_paid_off():
    kept = account(buy(1, 10, "1000"), pay(2, 10, "1000"))
    assert kept.position(date(2026, 2, 10)).owed == 0
