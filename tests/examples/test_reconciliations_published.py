"""
Which conventions reproduce schedules and bills that somebody else printed.

Each case leaves the convention open that its source follows, and asks for it back.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from loanmath import (
    MONTHLY,
    EqualPrincipal,
    FlatFee,
    InstallmentLoan,
    LevelPayment,
    LineAccount,
    Payment,
    Purchase,
    Rate,
)
from loanmath.analysis.reconciliation import (
    PrintedBill,
    PrintedBills,
    PrintedRow,
    PrintedSchedule,
    reconcile,
)
from loanmath.presets import cn


def loan(principal, repayment, rate=None, **terms):
    return InstallmentLoan(
        currency="CNY",
        principal=principal,
        disbursed=date(2025, 1, 15),
        every=MONTHLY,
        repayment=repayment,
        rate=None if rate is None else Rate(rate),
        **terms,
    )


def fits(found, **chosen):
    return any(one.holds(**chosen) for match in found.matches for one in match.sets)


def test_cn_082_the_last_installment_clears_a_mortgage_of_300_months():
    """
    CN-082 (high): 580,000 at 5.78 %, 300 months; payment 3,659.34, the last 3,658.90,
    1,097,801.56 in all, interest 517,801.56.

    Source: lnmlw.com/Loanconsultation/coejvodnhq. Half up to the fen, the last
    installment clears. Months of thirty days, however they are counted, fit; days over
    360 or 365 do not, nor does a residue in the first installment.
    """
    terms = loan("580000", LevelPayment(300), "5.78%/year")
    payments = ["3659.34"] * 299 + ["3658.90"]
    # The source has no dates: these are of a loan of 15 January 2025.
    rows = [
        PrintedRow(due=row.due, payment=payment)
        for row, payment in zip(terms.schedule(), payments, strict=True)
    ]
    totals = PrintedRow(payment="1097801.56", interest="517801.56")
    found = reconcile(terms, PrintedSchedule(rows, totals))
    assert found.matches[0].as_agreed
    assert fits(found, day_count="1/12", rounding_mode="half_up", residue="last")
    assert not any(
        fits(found, day_count=name) for name in ("ACT/360", "ACT/365F", "ACT/ACT ISDA")
    )
    assert not fits(found, residue="first")
    assert not fits(found, rounding_mode="down")


def test_cn_084_the_rate_of_a_month_was_cut():
    """
    CN-084 (medium): 20,000 at 4.75 %, equal principal, 12 months: interest 514.54.

    Source: lnmlw.com/Bankloan/sqzbafgruq, at 3.958 per mille a month. The exact rate
    makes it 514.58; the first payment of the source is a whole number, 1,746.
    """
    totals = PrintedRow(interest="514.54")
    printed = PrintedSchedule([PrintedRow()] * 12, totals)
    found = reconcile(loan("20000", EqualPrincipal(12), "4.75%/year"), printed)
    cut = "0.3958%/month, cut to 6 decimals"
    assert fits(found, rate=cut, day_count="1/12", rounding_mode="half_up")
    assert not fits(
        found,
        rate="4.75%/year",
        day_count="1/12",
        rounding_mode="half_up",
        rounding_unit="0.01",
        business_days="dates stay",
    )


@pytest.mark.parametrize(
    ("case", "amount", "count", "fee", "first", "other"),
    [
        ("CN-040a", "123.67", 3, "2.3%", "42.19", "42.16"),
        ("CN-041b", "123.67", 12, "7.5%", "11.18", "11.07"),
        ("CN-041c", "1000", 12, "8.8%", "90.74", "90.66"),
        ("CN-041e", "1000", 9, "6.5%", "118.36", "118.33"),
        ("CN-041g", "3.45", 12, "7.5%", "0.41", "0.30"),
    ],
)
def test_cn_040_and_041_remainders_in_the_first_installment(
    case, amount, count, fee, first, other
):
    """
    CN-040 (high) and CN-041 (medium): Huabei's installments.

    Source: Alipay's pages of 2022-01-06, and its published algorithm. Shares are
    floors, the total fee is half even, both remainders are in the first installment.
    """
    rows = [PrintedRow(payment=first)] + [PrintedRow(payment=other)] * (count - 1)
    found = reconcile(loan(amount, FlatFee(count, fee)), PrintedSchedule(rows))
    assert fits(
        found,
        residue="first",
        rounding_mode="down",
        fee_rounding="half_even",
        fee_charged="spread",
    ), case
    assert not fits(found, residue="last"), case


# --- cards --------------------------------------------------------------------------

BOUNDARIES = {
    "a": {"repayment_day": "old", "last_day": "excluded"},
    "b": {"repayment_day": "reduced", "last_day": "included"},
    "c": {"repayment_day": "reduced", "last_day": "excluded"},
}


def bill(day, interest):
    return PrintedBills([PrintedBill(statement=day, interest=interest)])


def boundaries(found):
    """Which of the three published day boundaries fit."""
    return {name for name, days in BOUNDARIES.items() if fits(found, **days)}


def test_cn_020_the_day_of_repayment_bears_on_the_old_balance():
    """
    CN-020 (high): 10,000 of 31 March, 9,000 repaid on 25 April: 132.50 on 1 May.

    Source: wodefinance.com/Creditcardoverdue/zkaqmrmnpj. Only convention A makes it.
    """
    card = cn.bank_card("20000", statement_day=1, due_day=25, convention="c")
    events = [
        Purchase(id="u1", on=date(2026, 3, 31), amount="10000"),
        Payment(id="p1", on=date(2026, 4, 25), amount="9000"),
    ]
    found = reconcile(card, bill(date(2026, 5, 1), "132.50"), events=events)
    assert boundaries(found) == {"a"}
    assert not found.matches[0].as_agreed


def test_cn_023_the_statement_day_is_included():
    """
    CN-023 (high): 1,000 of 30 March, 100 repaid on 23 April: 17.85 on 5 May.

    Source: wodefinance.com/Creditcardoverdue/djzmbaodnq. Only convention B makes it.
    """
    card = cn.bank_card("20000", statement_day=5, due_day=23, convention="c")
    events = [
        Purchase(id="u1", on=date(2026, 3, 30), amount="1000"),
        Payment(id="p1", on=date(2026, 4, 23), amount="100"),
    ]
    found = reconcile(card, bill(date(2026, 5, 5), "17.85"), events=events)
    assert boundaries(found) == {"b"}


EVENTS = (
    Purchase(id="u1", on=date(2026, 8, 10), amount="3000"),
    Purchase(id="u2", on=date(2026, 8, 20), amount="2000"),
    Payment(id="p1", on=date(2026, 9, 8), amount="2000"),
)
CHARGED = date(2026, 10, 5)
DAYS = {"statement_day": 5, "due_day": 25}


def test_cn_027_the_share_of_the_bill_that_was_not_paid():
    """
    CN-027 (medium): of 5,000 billed 2,000 are paid: 67.20.

    Source: tests of an open-source bookkeeping program, no issuer's document. Three
    fifths bear until the due day, all of it after.
    """
    card = cn.bank_card("20000", **DAYS, convention="c")
    found = reconcile(card, bill(CHARGED, "67.20"), events=EVENTS, doubt=["bears from"])
    assert {choice for one in found.matches[0].sets for choice in one["bears on"]} == {
        "unpaid_share"
    }
    assert fits(
        found, bears_from="posting", bears_on="unpaid_share", last_day="excluded"
    )


def test_cn_030_and_031_interest_from_the_day_after_the_due_day():
    """
    CN-030 (medium): 3,000 for nine days at 0.05 %: 13.50. CN-031: at 0.07 %, 18.90.

    Source: as CN-027. Doubting from when it bears finds it for a card that was taken to
    bear from posting.
    """
    card = cn.bank_card("20000", **DAYS, convention="c")
    for rate, interest in (("0.05%/day", "13.50"), ("0.07%/day", "18.90")):
        terms = evolve(card, interest=evolve(card.interest, rate=rate))
        found = reconcile(
            terms, bill(CHARGED, interest), events=EVENTS, doubt=["bears from"]
        )
        assert found.matched
        assert fits(found, bears_from="after_due")
        assert not fits(found, bears_from="posting")
        stated = reconcile(terms, bill(CHARGED, interest), events=EVENTS)
        assert not stated.matched
        assert stated.nearest[0].first.column == "interest"


def test_cn_032_interest_from_the_day_of_use():
    """
    CN-032 (medium): 0.04 % a day from use, 1.5 times that after the due day: 44.00 on
    the bill of 5 September, and 87.80 in all without a second payment.

    Source: as CN-027. Principal is paid first, and the whole bill is to be paid.
    """
    line = cn.fenfu_line("20000")
    order = ["principal", "penalty", "fee", "interest"]
    line = evolve(
        line,
        **DAYS,
        interest=evolve(line.interest, posted="statement"),
        allocation=evolve(line.allocation, order=order),
        minimum=None,
    )
    printed = PrintedBills(
        [
            PrintedBill(statement=date(2026, 9, 5), interest="44.00"),
            PrintedBill(statement=CHARGED, interest="43.80"),
        ]
    )
    found = reconcile(line, printed, events=EVENTS)
    assert fits(found, repayment_day="reduced", last_day="excluded")
    assert not fits(found, repayment_day="old")
    kept = LineAccount.open(found.matches[0].terms, date(2026, 8, 10)).record(*EVENTS)
    charged = [
        sum(Fraction(amount) for _, amount in one.interest)
        for one in kept.statements(date(2026, 10, 6))
    ]
    assert charged == [Fraction(44), Fraction("43.80")]
    assert sum(charged) == Fraction(Decimal("87.80"))
