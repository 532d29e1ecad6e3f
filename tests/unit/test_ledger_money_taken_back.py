"""Money that is taken back: out of which credit and rows, and in what order."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath.account import Account, Status
from loanmath.events import Chargeback, Reversal
from loanmath.rates import Rate
from loanmath.terms import (
    Allocation,
    EqualPrincipal,
    Fee,
    LevelPayment,
    Prepayment,
    PrepaymentFee,
    Servicing,
)
from serviced import D1, START, after, loan, opened, owed, paid, terms

FREE = {"rate": "0%/day"}
HALF = date(2026, 3, 1)  # 14 of the 28 days of the second period
NOTHING = ["0.00", "0.00"]
NEXT_DAY = after(D1, 1)


def rows(account, day, *numbers):
    position = account.position(day)
    return [owed(position, number)[3:] for number in numbers or (1, 2, 3)]


def taken_back(amount, on=NEXT_DAY, name="b1"):
    return Chargeback(id=name, on=on, of="p1", amount=amount)


def reversed_today(on=NEXT_DAY):
    return Reversal(id="x1", on=on, of="p1", reversed_as="today")


def test_a_second_chargeback_finds_what_the_first_one_left():
    # 50.00 of credit and 30.00 of principal, then the 1,000.00 that are left.
    account = opened(
        paid("1080", D1),
        taken_back("80"),
        taken_back("1000", after(D1, 2), "b2"),
        penalty=FREE,
        allocation=Allocation(future="credit"),
    )
    assert rows(account, after(D1, 2), 1) == [["30.00", "1000.00"]]
    assert account.position(after(D1, 2)).credit == 0


# 10 of 31 days of 30.00 are 9.68.
SETTLED = paid("3009.68", after(START, 10))


def test_a_settlement_taken_back_in_parts_is_owed_as_it_was_paid():
    # What the settlement left out comes back with the whole of it alone.
    account = opened(
        SETTLED,
        taken_back("1000", after(START, 11)),
        taken_back("2009.68", after(START, 12), "b2"),
        penalty=FREE,
    )
    assert rows(account, after(START, 12)) == [
        ["9.68", "1000.00"],
        ["0.00", "1000.00"],
        ["0.00", "1000.00"],
    ]


def test_nothing_taken_back_is_nothing_that_happened():
    # The settlement used 10.00 of credit up, and gives them back with the whole alone.
    account = opened(
        paid("10", START, "p0"),
        paid("2999.68", after(START, 10)),
        taken_back("0", after(START, 11)),
        penalty=FREE,
        allocation=Allocation(future="credit"),
    )
    closed = account.position(after(START, 11))
    assert (closed.status, closed.credit) == (Status.CLOSED, 0)
    back = account.record(reversed_today(after(START, 12)))
    assert rows(back, after(START, 12)) == [
        ["30.00", "1000.00"],
        ["20.00", "1000.00"],
        ["10.00", "1000.00"],
    ]
    assert back.position(after(START, 12)).credit == Decimal("10.00")


def test_fractions_of_penalty_end_with_the_debt():
    # Half a cent a day: the first day is rounded up and paid. After the reversal the
    # first half cent is rounded up again, and the second adds nothing.
    account = opened(
        paid("3030.72", NEXT_DAY),
        reversed_today(after(D1, 2)),
        penalty={"rate": "0.0005%/day"},
    )
    days = [after(D1, number) for number in (1, 2, 3, 4, 5)]
    penalty = [owed(account.position(day))[0] for day in days]
    assert penalty == ["0.00", "0.01", "0.02", "0.02", "0.03"]


def test_interest_paid_ahead_and_taken_back_in_part():
    # Of 20.00, 15.00 were paid ahead and 5.00 came back: 10.00 are owed, 10.00 paid,
    # and half of the period, 10.00, is earned.
    account = opened(
        paid("1045", D1), taken_back("5"), penalty=FREE, prepayment=Prepayment()
    )
    assert rows(account, NEXT_DAY, 2) == [["10.00", "1000.00"]]
    assert account.payoff(HALF) == Decimal("2000.00")


def test_a_settlement_that_comes_back_brings_what_was_carried():
    # Row 1 is cleared ten days in; 1,990.95 bear 12.54 in the other 21 days, carried to
    # row 2. On its first day all is settled, and on the next the bank takes it back,
    # of which 27 of 28 days are left: 16.13. It pays 1,018.05 as before.
    agreed = loan(
        rate=Rate("0.03%/day"),
        day_count="ACT/365F",
        repayment=LevelPayment(3),
        servicing=Servicing(interest_on="balance"),
    )
    account = Account.open(agreed).record(
        paid("1018.05", after(START, 10), "p0", installments=[1]),
        paid("2003.49", D1),
        reversed_today(),
    )
    assert rows(account, NEXT_DAY) == [
        NOTHING,
        ["28.67", "989.38"],
        ["9.31", "1001.57"],
    ]
    # The night in between bore nothing; the next one bears 0.60.
    assert account.payoff(NEXT_DAY) == Decimal("2003.49")
    assert account.payoff(after(D1, 2)) == Decimal("2004.09")


def test_what_was_carried_ends_with_a_settlement_that_comes_back_in_part():
    # As before, but the last principal comes back alone: of 1,990.95, what the second
    # payment of 1,018.05 leaves with 12.54 of interest in it. It bears 7.98 in 27 days of
    # the second period, whose row is cleared, and 9.16 in the third.
    agreed = loan(
        rate=Rate("0.03%/day"),
        day_count="ACT/365F",
        repayment=LevelPayment(3),
        servicing=Servicing(interest_on="balance"),
    )
    account = Account.open(agreed).record(
        paid("1018.05", after(START, 10), "p0", installments=[1]),
        paid("2003.49", D1),
        taken_back("985.44"),
    )
    assert rows(account, NEXT_DAY) == [NOTHING, NOTHING, ["17.14", "985.44"]]


def test_what_early_repayment_cost_comes_back_and_is_not_owed():
    # 1,050.00 are due, 2,000.00 in advance with 40.00 of planned fees, and 50.00 for it.
    agreed = loan(
        fees=[Fee("letter", "20", due="installments")],
        **terms(
            FREE,
            prepayment=Prepayment(remaining_fees="due", fee=PrepaymentFee("50")),
        ),
    )
    account = Account.open(agreed).record(paid("3140", D1), reversed_today())
    position = account.position(NEXT_DAY)
    fees = [owed(position, number)[2] for number in (1, 2, 3)]
    assert (fees, position.credit) == (["20.00"] * 3, 0)


def test_credit_that_was_there_before_is_not_what_a_payment_left():
    # 10.00 and 20.00 are credit; of the 30.00 taken back, 20.00 were this payment's.
    account = opened(
        paid("10", START, "p0"),
        paid("1050", D1),
        taken_back("30"),
        penalty=FREE,
        allocation=Allocation(future="credit"),
        credit="kept",
    )
    assert rows(account, NEXT_DAY, 1) == [["0.00", "10.00"]]
    assert account.position(NEXT_DAY).credit == Decimal("10.00")


# --- the order in which money was spent ---------------------------------------------------


def charged_back(payment, amount, **allocation):
    return opened(
        payment,
        taken_back(amount),
        penalty=FREE,
        allocation=Allocation(**allocation),
    )


def test_the_payer_s_order_is_the_order_of_what_comes_back():
    # Principal first: the 10.00 of interest were cleared last.
    order = ["principal", "interest", "fee", "compound", "penalty"]
    account = charged_back(paid("1010", D1, order=order), "5")
    assert rows(account, NEXT_DAY, 1) == [["25.00", "0.00"]]


def test_the_order_of_a_kind_of_payment_is_the_order_of_what_comes_back():
    parts = ("principal", "interest", "fee", "compound", "penalty")
    order = [f"{when}.{part}" for when in ("past_due", "due") for part in parts]
    kinds = {"subsidy": Allocation(order=order)}
    account = charged_back(paid("1010", D1, kind="subsidy"), "5", kinds=kinds)
    assert rows(account, NEXT_DAY, 1) == [["25.00", "0.00"]]
    # A payment of another kind clears interest first.
    account = charged_back(paid("1010", D1), "5", kinds=kinds)
    assert rows(account, NEXT_DAY, 1) == [["0.00", "25.00"]]


@pytest.mark.parametrize(
    "allocation",
    [{"future": "last"}, {"kinds": {"subsidy": Allocation(future="last")}}],
)
def test_what_was_cleared_from_the_last_row_on_comes_back_from_the_earliest(allocation):
    # 1,500 are left: all of row 3, then 490.00 of row 2, of which 20.00 are interest.
    account = charged_back(paid("2530", D1, kind="subsidy"), "500", **allocation)
    assert rows(account, NEXT_DAY) == [
        NOTHING,
        ["20.00", "1000.00"],
        ["0.00", "10.00"],
    ]


@pytest.mark.parametrize(
    ("words", "allocation"),
    [
        ({"effect": "smaller"}, {}),
        ({}, {"future": "principal"}),
        ({"kind": "s"}, {"kinds": {"s": Allocation(future="principal")}}),
        # Of the payer's effect and the one of the terms, the payer's holds.
        ({"effect": "smaller"}, {"future": "principal"}),
    ],
)
def test_prepaid_principal_comes_back_where_the_new_plan_took_it(words, allocation):
    # 500 less are 250 less on either row; 300 come back from the last row on.
    effect = "next" if "effect" in words else "smaller"
    account = opened(
        paid("1530", D1, **words),
        taken_back("300"),
        penalty=FREE,
        allocation=Allocation(**allocation),
        prepayment=Prepayment(effect=effect),
    )
    principals = [row[1] for row in rows(account, NEXT_DAY)]
    assert principals == ["0.00", "800.00", "1000.00"]


def test_a_payment_and_what_it_prepaid_come_back_together():
    account = opened(paid("1530", D1, effect="smaller"), reversed_today(), penalty=FREE)
    # On the schedule the interest of the new plan stays.
    assert rows(account, NEXT_DAY) == [
        ["30.00", "1000.00"],
        ["15.00", "1000.00"],
        ["7.50", "1000.00"],
    ]


def test_prepaid_principal_of_two_rows_comes_back_from_the_last():
    # Four rows of 750: all of the last and 250 of the third were prepaid.
    agreed = loan(repayment=EqualPrincipal(4), **terms(FREE))
    account = Account.open(agreed).record(
        paid("1780", D1, effect="shorter"), taken_back("800")
    )
    principals = [row[1] for row in rows(account, NEXT_DAY, 1, 2, 3, 4)]
    assert principals == ["0.00", "750.00", "550.00", "750.00"]


@pytest.mark.parametrize(
    ("amount", "first"),
    [("500", ["0.00", "0.00"]), ("1268.84", ["30.00", "738.84"])],
)
def test_prepaid_principal_of_a_level_loan_comes_back_on_the_last_row(amount, first):
    # Of 768.84, 738.84 are principal. 1,761.16 are left after 500 more: 751.23, 758.74
    # and 251.19, more than before in the first two.
    agreed = loan(repayment=LevelPayment(4), **terms(FREE))
    account = Account.open(agreed).record(
        paid("1268.84", D1, effect="shorter"), taken_back(amount)
    )
    assert rows(account, NEXT_DAY, 1, 2, 3, 4) == [
        first,
        ["17.61", "751.23"],
        ["10.10", "758.74"],
        ["2.51", "751.19"],
    ]


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"installments": [2]},
        {"installments": [2], "effect": "shorter"},
        {"split": {"principal": "500"}},
    ],
)
def test_money_for_a_row_comes_back_on_it_whatever_was_planned_after_it(words):
    # Of 2,009.93, 500 are paid: 504.97 of row 2 and 1,004.96 of row 3 are left, which
    # pay 520.07 and 1,015.01. The 500 come back on row 2. One day of 28 bore on
    # 1,509.93 and 27 will on 2,009.93: 19.92, so that row 2 pays 1,020.07 again.
    agreed = loan(
        repayment=LevelPayment(3),
        **terms(FREE, interest_on="balance", prepayment=Prepayment(effect="shorter")),
    )
    account = Account.open(agreed).record(
        paid("1020.07", D1, "p0"), paid("500", D1, **words), reversed_today()
    )
    assert rows(account, NEXT_DAY) == [
        NOTHING,
        ["19.92", "1000.15"],
        ["10.10", "1009.78"],
    ]
