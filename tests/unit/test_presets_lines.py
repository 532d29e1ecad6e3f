"""Lines of credit like those of Chinese platforms and banks, kept as accounts."""

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from loanmath import (
    CashAdvance,
    Charge,
    Conversion,
    InstallmentTerms,
    LineAccount,
    Payment,
    PlanSettlement,
    Purchase,
    Refund,
    bill_interest,
)
from loanmath.errors import InputTypeError, TermsError, UnknownNameError
from loanmath.presets import cn

BOUGHT = [(date(2026, 8, 10), "3000"), (date(2026, 8, 20), "2000")]


def account(line, *events):
    return LineAccount.open(line, date(2026, 1, 1)).record(*events)


def buy(on, amount, name="u1"):
    return Purchase(id=name, on=on, amount=amount)


def pay(on, amount, name="p1"):
    return Payment(id=name, on=on, amount=amount)


def interest(kept, year, month):
    """What one bill charges in interest, all segments together."""
    return sum((units for _, units in kept.statement(year, month).interest), Decimal(0))


# --- platforms ----------------------------------------------------------------------


def unpaid(line):
    return bill_interest(line, BOUGHT).total


def test_platforms():
    # 5,000 from 11 to 30 September: billed on the 1st, due on the 10th.
    assert unpaid(cn.huabei_line("20000")) == Decimal("50.00")
    assert unpaid(cn.baitiao_line("20000")) == Decimal("70.00")
    # 3,000 for ten days and 5,000 for 22, then 20 at 1.5 times the rate.
    assert unpaid(cn.fenfu_line("20000")) == Decimal("116.00")


@pytest.mark.parametrize(
    ("line", "total"),
    [(cn.huabei_line, "50.00"), (cn.baitiao_line, "70.00")],
    ids=["huabei", "baitiao"],
)
def test_the_account_of_a_platform_charges_the_same(line, total):
    bought = [buy(on, amount, amount) for on, amount in BOUGHT]
    assert interest(account(line("20000"), *bought), 2026, 10) == Decimal(total)


def test_fenfu_charges_from_the_day_of_use():
    bought = [buy(on, amount, amount) for on, amount in BOUGHT]
    kept = account(cn.fenfu_line("20000"), *bought)
    # 3,000 for 22 days of August, 2,000 for 12: 26.40 and 9.60.
    assert interest(kept, 2026, 9) == Decimal("36.00")
    # Nothing was paid: 5,000 for ten days of September, 20 at 1.5 times the rate.
    assert interest(kept, 2026, 10) == Decimal("80.00")


@pytest.mark.parametrize(
    ("amount", "closing", "least"),
    # Used on 13 August: 19 days to the bill of 1 September.
    [("99", "99.75", "99.75"), ("100", "100.76", "10.76")],
)
def test_a_small_fenfu_bill_is_due_whole(amount, closing, least):
    kept = account(cn.fenfu_line("5000"), buy(date(2026, 8, 13), amount))
    bill = kept.statement(2026, 9)
    assert (str(bill.closing), str(bill.minimum)) == (closing, least)


def test_every_pair_of_days_makes_a_line():
    for line, pairs in (
        (cn.huabei_line, cn.HUABEI_DATES.value),
        (cn.baitiao_line, cn.BAITIAO_DATES.value),
    ):
        for statement_day, due_day in pairs:
            made = line("1000", statement_day=statement_day, due_day=due_day)
            cycle = made.cycle_billed_in(2026, 9)
            assert (cycle.statement.day, cycle.due.day) == (statement_day, due_day)
            assert cycle.grace_days < 20


@pytest.mark.parametrize("pair", cn.BAITIAO_DATES.value)
def test_a_baitiao_bill_is_due_whole_and_bears_from_the_day_after(pair):
    line = cn.baitiao_line("5000", statement_day=pair[0], due_day=pair[1])
    cycle = line.cycle_of(date(2026, 3, 30))
    kept = account(line, buy(date(2026, 3, 30), "1000"))
    bill = kept.statement(cycle.statement.year, cycle.statement.month)
    assert (bill.minimum, bill.due) == (Decimal("1000.00"), cycle.due)
    late = kept.position(date.fromordinal(cycle.due.toordinal() + 4))
    # The three days after the due day, 0.70 each.
    assert (late.accrued, late.days_past_due) == (Decimal("2.10"), 4)


@pytest.mark.parametrize(("repayment_day", "total"), [("reduced", 4), ("old", 5)])
def test_the_day_of_a_huabei_repayment(repayment_day, total):
    line = cn.huabei_line("5000", repayment_day=repayment_day)
    kept = account(line, buy(date(2026, 3, 30), "500"))
    # Due on 10 April and paid on the 15th.
    owed = kept.payoff(date(2026, 4, 15)) - 500
    assert owed == total * Decimal("0.25")


def test_a_huabei_plan_that_the_merchant_pays_is_principal_alone():
    terms = cn.huabei_installments(paid_by="merchant")
    assert terms.fees == ((3, 0), (6, 0), (12, 0))
    kept = account(
        cn.huabei_line("5000", installments=terms),
        buy(date(2026, 3, 5), "1000"),
        Conversion(id="s1", on=date(2026, 3, 5), of="u1", count=3),
    )
    bills = [kept.statement(2026, month) for month in (4, 5, 6)]
    assert [str(bill.total("installment")) for bill in bills] == [
        "333.34",
        "333.33",
        "333.33",
    ]


@pytest.mark.parametrize(("early", "fee"), [("due", "15.32"), ("waived", "0.00")])
def test_a_huabei_plan_that_is_settled_early(early, fee):
    # 23.00 of fee in three: 7.68 with the first, and 7.66 twice.
    kept = account(
        cn.huabei_line("5000", installments=cn.huabei_installments(early=early)),
        buy(date(2026, 3, 5), "1000"),
        Conversion(id="s1", on=date(2026, 3, 5), of="u1", count=3),
        pay(date(2026, 4, 10), "341.02"),
        PlanSettlement(id="e1", on=date(2026, 4, 11), of="s1"),
    )
    left = kept.position(date(2026, 4, 11)).segment("installments")
    assert (str(left.principal), str(left.fee)) == ("666.66", fee)


def test_one_of_two_purchases_in_installments():
    kept = account(
        cn.huabei_line("5000"),
        buy(date(2026, 3, 5), "500"),
        buy(date(2026, 3, 6), "600", "u2"),
        Conversion(id="s1", on=date(2026, 3, 7), of="u1", count=3),
    )
    after = kept.position(date(2026, 3, 7))
    assert (after.installments, after.owed) == (500, 600)


def test_an_overdue_huabei_installment_bears_with_its_fee():
    kept = account(
        cn.huabei_line("5000"),
        buy(date(2026, 3, 5), "1000"),
        Conversion(id="s1", on=date(2026, 3, 5), of="u1", count=3),
    )
    # 341.02 for the twenty days from 11 April.
    assert kept.statement(2026, 5).interest == (("installments", Decimal("3.41")),)


def test_a_refund_of_a_huabei_plan():
    events = [
        buy(date(2026, 3, 5), "1000"),
        Conversion(id="s1", on=date(2026, 3, 5), of="u1", count=3),
        Refund(id="r1", on=date(2026, 3, 20), of="u1", amount="400"),
    ]
    # 600 in three, and 13.80 of fee.
    split = account(cn.huabei_line("5000"), *events)
    assert split.statement(2026, 4).closing == Decimal("204.60")
    terms = cn.huabei_installments(refund="kept")
    whole = account(cn.huabei_line("5000", installments=terms), *events)
    assert whole.position(date(2026, 3, 20)).credit == 400
    assert whole.statement(2026, 4).total("installment") == Decimal("341.02")


def test_refused_huabei_terms():
    with pytest.raises(UnknownNameError, match="fees"):
        cn.huabei_installments(fees="bank")
    with pytest.raises(UnknownNameError, match="paid_by"):
        cn.huabei_installments(paid_by="bank")
    with pytest.raises(TermsError, match="early_share"):
        cn.huabei_installments(early="share")


# --- cards --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("convention", "total"), [("a", "17.45"), ("b", "17.85"), ("c", "17.40")]
)
def test_cards_by_each_convention(convention, total):
    # 1,000 from 30 March, 900 from 23 April or the day after, to 4 or 5 May.
    card = cn.bank_card("20000", statement_day=5, due_day=23, convention=convention)
    owed = bill_interest(
        card, [(date(2026, 3, 30), "1000")], [(date(2026, 4, 23), "100")]
    )
    assert owed.total == Decimal(total)
    kept = account(card, buy(date(2026, 3, 30), "1000"), pay(date(2026, 4, 23), "100"))
    assert interest(kept, 2026, 5) == Decimal(total)


def test_a_card_that_charges_what_was_not_paid():
    card = cn.bank_card("20000", statement_day=5, due_after=18, residual=True)
    owed = bill_interest(
        card, [(date(2026, 3, 30), "1000")], [(date(2026, 4, 23), "900")]
    )
    # 100 from 30 March to 4 May.
    assert (owed.total, owed.segments[0].days) == (Decimal("1.80"), 36)
    kept = account(card, buy(date(2026, 3, 30), "1000"), pay(date(2026, 4, 23), "900"))
    assert interest(kept, 2026, 5) == Decimal("1.80")
    almost = [(date(2026, 4, 26), "990")]
    assert bill_interest(card, [(date(2026, 3, 30), "1000")], almost).total == 0
    with pytest.raises(UnknownNameError, match="convention"):
        cn.bank_card("20000", statement_day=5, due_after=18, convention="d")
    with pytest.raises(InputTypeError, match="residual"):
        cn.bank_card("20000", statement_day=5, due_after=18, residual="yes")


CARD = cn.bank_card("20000", statement_day=5, due_day=23, convention="c")


@pytest.mark.parametrize(("amount", "fee"), [("500", "10.00"), ("2000", "20.00")])
def test_cash_costs_a_fee_at_once(amount, fee):
    kept = account(CARD, CashAdvance(id="k1", on=date(2026, 3, 10), amount=amount))
    owed = kept.position(date(2026, 3, 10)).segment("cash")
    assert (owed.fee, owed.principal) == (Decimal(fee), Decimal(amount))


def test_cash_has_no_free_period_and_is_in_the_minimum():
    kept = account(
        CARD,
        CashAdvance(id="k1", on=date(2026, 3, 10), amount="2000"),
        buy(date(2026, 3, 12), "1000"),
    )
    bill = kept.statement(2026, 4)
    # 2,000 from 10 March to 4 April; the fee bears nothing.
    assert bill.interest == (("cash", Decimal("26.00")),)
    # A tenth of the purchase; cash, fee and interest in full.
    assert bill.minimum == Decimal("2146.00")


def test_interest_of_a_card_bears_and_its_charges_do_not():
    kept = account(CARD, buy(date(2026, 3, 30), "1000"))
    # 36 days to 4 May; then 31 days of 1,000.00, and of the interest of 18.00.
    assert interest(kept, 2026, 5) == Decimal("18.00")
    assert kept.statement(2026, 5).total("default charge") == Decimal("5.00")
    assert interest(kept, 2026, 6) == Decimal("15.78")


@pytest.mark.parametrize(
    ("free_period", "total"), [("kept", "18.00"), ("lost", "18.35")]
)
def test_the_free_period_of_later_purchases(free_period, total):
    card = cn.bank_card(
        "20000", statement_day=5, due_day=23, convention="c", free_period=free_period
    )
    later = buy(date(2026, 4, 28), "100", "u2")
    kept = account(card, buy(date(2026, 3, 30), "1000"), later)
    # 1,000 for 36 days; 100 for seven, from 28 April.
    assert interest(kept, 2026, 5) == Decimal(total)


@pytest.mark.parametrize(
    ("day", "fee", "principal"), [(22, "0.00", "960.00"), (23, "40.00", "900.00")]
)
def test_from_the_91st_day_principal_is_paid_first(day, fee, principal):
    # Interest is left out: the bill of 5 April is 90 days past due on 22 July.
    card = evolve(CARD, interest=None, default_charge=None)
    kept = account(
        card,
        buy(date(2026, 3, 30), "1000"),
        Charge(id="c1", on=date(2026, 3, 30), amount="40", name="card"),
        pay(date(2026, 7, day), "80" if day == 22 else "100"),
    )
    owed = kept.position(date(2026, 7, day)).segment("purchases")
    assert (str(owed.fee), str(owed.principal)) == (fee, principal)


def test_installments_of_a_card_put_what_is_left_over_last():
    terms = InstallmentTerms(fees={3: "2.16%"})
    card = cn.bank_card("20000", statement_day=5, due_day=23, installments=terms)
    bill = Conversion(id="s1", on=date(2026, 4, 6), amount="1000", count=3)
    kept = account(card, buy(date(2026, 3, 30), "1000"), bill)
    # 333.33 twice and 333.34, with 7.20 of fee each; the bill itself is paid by it.
    paid = [kept.statement(2026, month).total("installment") for month in (5, 6, 7)]
    assert [str(amount) for amount in paid] == ["340.53", "340.53", "340.54"]
    assert interest(kept, 2026, 5) == 0
