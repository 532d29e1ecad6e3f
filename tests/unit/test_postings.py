"""Postings worked out by hand: 6,000 lent in three equal principals at 1 % a month."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath.account import Account
from loanmath.account.postings import Posting, postings_between
from loanmath.account.sentences import explain
from loanmath.errors import DateRangeError, InputTypeError, UnknownNameError
from loanmath.events import (
    Acceleration,
    Charge,
    Chargeback,
    Disbursement,
    InterestPause,
    Payment,
    Payout,
    Recovery,
    Refund,
    Reversal,
    Waiver,
    WriteOff,
)
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.schedule.printing import input_text
from loanmath.terms import (
    AddOnInterest,
    Allocation,
    AmountCap,
    Compounding,
    EqualPrincipal,
    Fee,
    InstallmentLoan,
    LateCharge,
    LevelPayment,
    PenaltyInterest,
    Prepayment,
    PrepaymentFee,
    Servicing,
    SinglePayment,
    SteppedRate,
)
from posting_formulas import worked_out

DISBURSED = date(2026, 1, 15)
DUE = date(2026, 2, 15)
HALF_A_THOUSANDTH = "0.05%/day"


def loan(penalty=None, servicing=None, **terms):
    found = {
        "currency": "CNY",
        "principal": "6000",
        "disbursed": DISBURSED,
        "every": "monthly",
        "rate": Rate("1%/month"),
        "repayment": EqualPrincipal(3),
        "penalty": None if penalty is None else PenaltyInterest(**penalty),
        "servicing": Servicing(**(servicing or {})),
    }
    return InstallmentLoan(**(found | terms))


def booked(events=(), **terms):
    return Account.open(loan(**terms)).record(*events)


def postings(account, until, since=DISBURSED):
    """The postings, each worked out from its formula."""
    found = postings_between(account, since, until)
    for posting in found:
        assert worked_out(posting) == Fraction(posting.amount), str(posting)
        assert explain(posting)
        assert explain(posting, "zh")
    return found


def brief(found):
    return [
        (posting.rule, posting.installment, posting.component, str(posting.amount))
        for posting in found
    ]


def paid(amount, on=DUE, name="p1", **terms):
    return Payment(id=name, on=on, amount=amount, **terms)


LATE = {"penalty": {"rate": HALF_A_THOUSANDTH}}


# --- lateness by the day ------------------------------------------------------------------


def test_thirty_days_of_penalty_on_two_thousand():
    account = booked(**LATE)
    first, second = postings(account, date(2026, 3, 17))
    assert first == Posting(
        on=date(2026, 3, 17),
        installment=1,
        component="penalty",
        amount=Decimal("30.00"),
        currency="CNY",
        rule="penalty interest",
        event="",
        formula="round(sum_before + base * rate * days) - round(sum_before)",
        pairs=(
            ("base", Decimal("2000.00")),
            ("rate", Fraction(1, 2000)),
            ("days", 30),
            ("rounding", Rounding()),
            ("sum_before", Fraction(0)),
        ),
        source="Terms of the contract",
    )
    assert (second.installment, second.amount) == (2, Decimal("2.00"))
    assert explain(first) == (
        "On 2026-03-17 penalty interest of CNY 30.00 was charged on installment 1:"
        " CNY 2,000.00 overdue for 30 days at 0.05% a day."
    )
    assert explain(first, "zh") == (
        "2026年3月17日，第1期计收罚息30.00元：逾期2,000.00元，30天，日利率0.05%。"
    )
    assert str(first).splitlines() == [
        "2026-03-17, installment 1, penalty: 30.00",
        "  = round(sum_before + base * rate * days) - round(sum_before)",
        "  base = 2000.00",
        "  rate = 0.05% (1/2000)",
        "  days = 30",
        "  rounding = half up, to the minor unit",
        "  sum_before = 0",
        "  Rule: penalty interest",
        "  Source: Terms of the contract",
    ]


def single(amount, **terms):
    return booked(principal=amount, repayment=SinglePayment(1), **terms)


def test_a_rounded_sum_is_posted_by_what_it_grows():
    # 1,234.56 at 0.05 % is 0.61728 a day: 0.62, then 1.23 in all.
    account = single("1234.56", **LATE)
    (one,) = postings(account, date(2026, 2, 16))
    assert one.amount == Decimal("0.62")
    (other,) = postings(account, date(2026, 2, 17), since=date(2026, 2, 17))
    assert other.amount == Decimal("0.61")
    assert other.inputs["sum_before"] == Fraction("0.61728")


def test_each_day_is_rounded_by_itself():
    account = single("1234.56", penalty={"rate": HALF_A_THOUSANDTH, "rounded": "day"})
    (posting,) = postings(account, date(2026, 2, 18))
    assert posting.amount == Decimal("1.86")
    assert posting.formula == "days * round(base * rate)"
    assert posting.inputs["days"] == 3


WEEKLY = {
    "principal": "20.16",
    "every": "weekly",
    "rate": Rate("0%/day"),
    "repayment": EqualPrincipal(2),
    "penalty": {
        "rate": HALF_A_THOUSANDTH,
        "rounded": "total",
        "rounding": Rounding("up"),
    },
}
FRIDAY, SATURDAY = date(2026, 1, 30), date(2026, 1, 31)


def test_the_total_is_rounded():
    # 10.08 bears 0.00504 a day. Rounded up in all, the second row's first day adds
    # nothing: 0.04032 and 0.04536 are both 0.05.
    account = booked(**WEEKLY)
    assert account.position(FRIDAY).overdue.penalty == Decimal("0.05")
    (posting,) = postings(account, SATURDAY, since=SATURDAY)
    # The day after, both rows are at 0.05544: one more cent, on the oldest row.
    assert brief([posting]) == [("penalty interest", 1, "penalty", "0.01")]
    assert posting.inputs["sum_before"] == Fraction("0.04536")
    assert posting.inputs["other_rows"] == Fraction("0.00504")
    assert explain(posting) == (
        "On 2026-01-31 penalty interest of CNY 0.01 was charged on installment 1:"
        " CNY 10.08 overdue for 1 day at 0.05% a day, rounded in total with the other"
        " installments."
    )
    assert explain(posting, "zh").endswith("日利率0.05%，与其他各期合计舍入。")


def test_a_row_that_is_paid_still_counts_in_the_total():
    # The second row is paid and its 0.00504 stays; with 0.04536 it is 0.0504: 0.06.
    account = booked([paid("10.08", on=FRIDAY, installments=[2])], **WEEKLY)
    (posting,) = postings(account, SATURDAY, since=SATURDAY)
    assert brief([posting]) == [("penalty interest", 1, "penalty", "0.01")]
    assert posting.inputs["sum_before"] == Fraction("0.04536")
    assert posting.inputs["other_rows"] == 0
    assert explain(posting).endswith("for 1 day at 0.05% a day.")


def test_days_of_grace_are_charged_once_they_are_over():
    account = booked(penalty={"rate": HALF_A_THOUSANDTH, "grace_days": 3})
    assert postings(account, date(2026, 2, 18)) == ()
    found = postings(account, date(2026, 2, 21))
    # 15 to 18 February, on the 19th; then the 19th and 20th.
    assert brief(found) == [
        ("penalty interest", 1, "penalty", "4.00"),
        ("penalty interest", 1, "penalty", "2.00"),
    ]
    assert found[0].formula == "round(held_back)"
    assert explain(found[0]).endswith(
        "installment 1: it outlasted the 3 days of grace."
    )
    assert explain(found[0], "zh").endswith("：3天宽限期届满仍未还清。")


def test_grace_of_a_rounded_total():
    account = booked(
        penalty={"rate": HALF_A_THOUSANDTH, "grace_days": 1, "rounded": "total"}
    )
    (posting,) = postings(account, date(2026, 2, 17))
    assert posting.amount == Decimal("2.00")
    assert posting.inputs["held_back"] == 2


def test_a_rate_that_changes_has_a_term_for_each_rate():
    stepped = SteppedRate(Rate("36.5%/year"), {date(2026, 2, 25): Rate("18.25%/year")})
    account = booked(rate=stepped, day_count="ACT/365F", penalty={"multiple": "1"})
    (posting,) = postings(account, date(2026, 3, 2))
    # Ten days at 0.1 %, then five at 0.05 %, of 2,000.
    assert posting.amount == Decimal("25.00")
    assert "base * rate_1 * days_1 + base * rate_2 * days_2" in posting.formula
    assert "for 10 days at 0.1% a day and for 5 days at 0.05% a day" in explain(posting)
    assert "10天，日利率0.1%，5天，日利率0.05%" in explain(posting, "zh")
    (later,) = postings(account, date(2026, 3, 4), since=date(2026, 3, 3))
    assert (later.inputs["rate"], later.inputs["days"]) == (Fraction(1, 2000), 2)


def test_interest_on_interest():
    account = booked(
        penalty={
            "rate": HALF_A_THOUSANDTH,
            "compounding": Compounding(["interest", "penalty"], "monthly", day=21),
        }
    )
    found = {
        posting.rule: posting
        for posting in postings(account, date(2026, 3, 3), since=date(2026, 2, 21))
    }
    # Six days of penalty, 6.00, bear it from the 21st on for ten days.
    compound = found["compound interest on penalty"]
    assert (compound.amount, compound.inputs["base"]) == (Decimal("0.03"), 6)
    assert found["compound interest on interest"].inputs["base"] == 60
    assert "CNY 60.00 unpaid for 10 days" in explain(
        found["compound interest on interest"]
    )


def test_contract_interest_may_continue_beside_the_penalty():
    account = booked(
        penalty={
            "rate": HALF_A_THOUSANDTH,
            "contract_interest": "continues",
            "days_in_year": 360,
        }
    )
    found = postings(account, date(2026, 2, 25))
    # 12 % over 360 is a thirtieth of a percent a day: 6.666... in ten days.
    assert brief(found) == [
        ("penalty interest", 1, "penalty", "10.00"),
        ("contract interest on overdue principal", 1, "interest", "6.67"),
    ]


def test_contract_interest_is_rounded_as_the_loan():
    account = booked(
        penalty={
            "rate": HALF_A_THOUSANDTH,
            "contract_interest": "continues",
            "days_in_year": 360,
            "rounding": Rounding("up"),
        },
    )
    # Two days of 0.666... are 1.33, not 1.34.
    found = postings(account, date(2026, 2, 17))
    assert brief(found)[1][3] == "1.33"


def test_a_day_that_is_counted_before_its_events_is_not_counted_again():
    account = booked(
        [Charge(id="c1", on=date(2026, 2, 20), amount="9")],
        penalty={"rate": HALF_A_THOUSANDTH, "payment_day": "counted"},
    )
    found = [p for p in postings(account, date(2026, 2, 25)) if not p.event]
    # 15 to 19 February and the 20th; then 21 to 24 and the 25th.
    assert [p.inputs["days"] for p in found] == [5, 1, 4, 1]


def capped(cap, **terms):
    return booked(**LATE, servicing={"caps": [cap]}, **terms)


def test_what_a_ceiling_cuts_off_is_named():
    found = postings(capped(AmountCap("the ceiling", "4.50")), date(2026, 2, 25))
    assert [str(posting.amount) for posting in found] == [*4 * ["1.00"], "0.50"]
    assert found[-1].formula.endswith(" - cut_off")
    assert found[-1].inputs["cut_off"] == Decimal("0.50")
    assert explain(found[-1]).endswith(
        "; a further CNY 0.50 was cut off by the ceiling the ceiling."
    )
    assert explain(found[-1], "zh").endswith(
        "；超过上限（the ceiling）的0.50元未予计收。"
    )


def test_what_was_cut_off_is_charged_once_it_is_allowed():
    cap = AmountCap("the ceiling", "4.50", until=date(2026, 2, 21))
    # The night of the 20th is the last under it: 0.50 and 1.00 wait by then.
    found = postings(capped(cap), date(2026, 2, 22), since=date(2026, 2, 22))
    assert sorted(brief(found)) == [
        ("allowed by a ceiling", 1, "penalty", "1.50"),
        ("penalty interest", 1, "penalty", "1.00"),
    ]
    (allowed,) = [posting for posting in found if posting.rule[0] == "a"]
    assert explain(allowed) == (
        "On 2026-02-22 CNY 1.50 of penalty that the ceiling the ceiling had cut off was"
        " charged on installment 1, now that it allows it."
    )


def test_a_ceiling_leaves_contract_interest_alone():
    account = booked(
        penalty={
            "rate": HALF_A_THOUSANDTH,
            "contract_interest": "continues",
            "days_in_year": 360,
        },
        servicing={"caps": [AmountCap("the ceiling", "0", since=date(2026, 2, 17))]},
    )
    found = postings(account, date(2026, 2, 18))
    assert brief(found) == [
        ("penalty interest", 1, "penalty", "1.00"),
        ("contract interest on overdue principal", 1, "interest", "0.67"),
        ("penalty interest", 1, "penalty", "1.00"),
        ("contract interest on overdue principal", 1, "interest", "0.66"),
        ("contract interest on overdue principal", 1, "interest", "0.67"),
    ]


def test_only_ceilings_in_force_are_named():
    caps = [
        AmountCap("old", "100", until=date(2026, 2, 16)),
        AmountCap("new", "1.50", since=date(2026, 2, 16)),
    ]
    found = postings(booked(**LATE, servicing={"caps": caps}), date(2026, 2, 20))
    assert brief(found) == [
        ("penalty interest", 1, "penalty", "1.00"),
        ("penalty interest", 1, "penalty", "0.50"),
    ]
    assert found[1].inputs["ceiling"] == "new"


def test_a_ceiling_cuts_the_last_rows_first():
    # 28 days of row 1 are 28.00; the next day both rows bear 1.00, and 29.50 is all.
    account = capped(AmountCap("the ceiling", "29.50"))
    found = postings(account, date(2026, 3, 20), since=date(2026, 3, 16))
    assert brief(found) == [
        ("penalty interest", 1, "penalty", "1.00"),
        ("penalty interest", 2, "penalty", "0.50"),
    ]


# --- charges ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charge", "amount", "words"),
    [
        # 5 % of 2,060 is 103.
        (LateCharge("late fee", "5%"), "103.00", "5% of CNY 2,060.00"),
        (
            LateCharge("late fee", "5%", of="overdue_principal", most="50"),
            "50.00",
            "5% of CNY 2,000.00, at most CNY 50.00",
        ),
        (
            LateCharge("late fee", "0.1%", of="installment", least="10"),
            "10.00",
            "0.1% of CNY 2,060.00, at least CNY 10.00",
        ),
        (LateCharge("late fee", "25", component="fee"), "25.00", "as agreed"),
        (
            LateCharge("late fee", "0.0253%", rounding=Rounding("up", unit="0.5")),
            "1.00",
            "0.0253% of CNY 2,060.00",
        ),
    ],
)
def test_late_charges(charge, amount, words):
    account = booked(servicing={"late_charges": [charge]})
    (posting,) = postings(account, date(2026, 2, 20))
    assert (posting.on, str(posting.amount)) == (date(2026, 2, 16), amount)
    assert explain(posting) == (
        f"On 2026-02-16 the charge late fee of CNY {amount} was made on installment 1,"
        f" which was late: {words}."
    )
    assert "收取“late fee”" in explain(posting, "zh")


def test_a_late_charge_is_cut_by_a_ceiling():
    account = booked(
        servicing={
            "late_charges": [LateCharge("late fee", "25")],
            "caps": [AmountCap("the ceiling", "20")],
        }
    )
    (posting,) = postings(account, date(2026, 2, 20))
    assert posting.amount == 20
    assert posting.inputs["cut_off"] == 5


def test_charges_and_waivers_by_hand():
    account = booked(
        [
            Charge(id="c1", on=date(2026, 2, 20), amount="25", name="letter"),
            Waiver(id="w1", on=date(2026, 2, 25), component="penalty", amount="50%"),
            Waiver(id="w2", on=date(2026, 2, 26), component="interest", amount="10"),
        ],
        **LATE,
    )
    found = [
        posting for posting in postings(account, date(2026, 2, 26)) if posting.event
    ]
    assert brief(found) == [
        ("charge", 2, "fee", "25.00"),
        ("waiver", 1, "penalty", "-5.00"),
        ("waiver", 1, "interest", "-10.00"),
    ]
    assert found[1].formula == "-min(round(share * owed_in_all) - waived, owed)"
    assert explain(found[0]) == (
        "On 2026-02-20 CNY 25.00 was charged on installment 2: letter."
    )
    assert explain(found[1], "zh") == "2026年2月25日，减免第1期罚息5.00元。"


def test_a_waiver_of_principal_may_be_of_stated_installments():
    events = [
        Waiver(
            id="w1", on=DUE, component="principal", amount="2500", installments=[1, 3]
        )
    ]
    found = postings(booked(events), DUE)
    assert brief(found) == [
        ("waiver", 1, "principal", "-2000.00"),
        ("waiver", 3, "principal", "-500.00"),
    ]
    assert found[1].inputs["waived"] == 2000


# --- money --------------------------------------------------------------------------------


def test_a_payment_runs_down_the_table():
    account = booked([paid("100", on=date(2026, 2, 20))], **LATE)
    found = [
        posting for posting in postings(account, date(2026, 2, 20)) if posting.event
    ]
    assert brief(found) == [
        ("payment", 1, "penalty", "-5.00"),
        ("payment", 1, "interest", "-60.00"),
        ("payment", 1, "principal", "-35.00"),
    ]
    assert [posting.inputs["slot"] for posting in found] == [
        "past_due.penalty",
        "past_due.interest",
        "past_due.principal",
    ]
    assert [posting.inputs["money"] for posting in found] == [100, 95, 35]
    assert explain(found[0]) == (
        "On 2026-02-20 CNY 5.00 of payment p1 went to penalty of installment 1, which"
        " was past due."
    )


@pytest.mark.parametrize(
    ("terms", "rows"),
    [
        ({"future": "next"}, [(2, "interest", 40), (2, "principal", 460)]),
        ({"future": "last"}, [(3, "interest", 20), (3, "principal", 480)]),
        # 2,040 of the next, then the last ones backwards.
        ({"future": "next_last"}, [(2, "interest", 40), (2, "principal", 460)]),
        (
            {"future": "spread"},
            [
                (2, "interest", 40),
                (2, "principal", 210),
                (3, "interest", 20),
                (3, "principal", 230),
            ],
        ),
        ({"future": "credit"}, [(0, "credit", 500)]),
    ],
)
def test_money_in_advance(terms, rows):
    account = booked([paid("2560")], servicing={"allocation": Allocation(**terms)})
    found = postings(account, DUE)
    assert [(p.installment, p.component, -p.amount) for p in found[2:]] == rows


def test_next_then_last_reaches_the_last_row():
    account = booked(
        [paid("4500")], servicing={"allocation": Allocation(future="next_last")}
    )
    found = postings(account, DUE)
    assert brief(found)[-2:] == [
        ("payment", 3, "interest", "-20.00"),
        ("payment", 3, "principal", "-380.00"),
    ]


def test_what_the_payer_designates_is_the_source():
    order = ["principal", "interest", "fee", "penalty", "compound"]
    events = [
        paid("2010", order=order),
        paid("30", name="p2", split={"interest": "10", "principal": "20"}),
        paid("200", name="p3", installments=[3]),
        Refund(id="r1", on=DUE, amount="10"),
    ]
    found = postings(booked(events), DUE)
    assert [
        (p.event, *row[1:]) for p, row in zip(found, brief(found), strict=True)
    ] == [
        ("r1", 1, "interest", "-10.00"),
        ("p1", 1, "principal", "-2000.00"),
        ("p1", 1, "interest", "-10.00"),
        ("p2", 1, "interest", "-10.00"),
        ("p2", 2, "principal", "-20.00"),
        ("p3", 3, "interest", "-20.00"),
        ("p3", 3, "principal", "-180.00"),
    ]
    assert {p.source for p in found if p.event != "r1"} == {"The payer's designation"}


@pytest.mark.parametrize("future", ["principal", "credit"])
def test_money_for_an_installment_is_no_prepayment(future):
    account = booked(
        [paid("200", installments=[3])],
        servicing={"allocation": Allocation(future=future)},
    )
    assert brief(postings(account, DUE))[0] == ("payment", 3, "interest", "-20.00")


def test_credit_clears_what_falls_due():
    account = booked(
        [paid("2160"), Payout(id="y1", on=date(2026, 2, 20), amount="30")],
        servicing={"allocation": Allocation(future="credit")},
    )
    found = postings(account, date(2026, 3, 15), since=date(2026, 2, 16))
    assert brief(found) == [
        ("payout", 0, "credit", "30.00"),
        ("credit applied", 2, "interest", "-40.00"),
        ("credit applied", 2, "principal", "-30.00"),
        ("credit applied", 0, "credit", "70.00"),
    ]
    assert explain(found[0], "zh") == "2026年2月20日，退还溢缴款30.00元。"
    assert explain(found[1]).endswith(
        "of the credit went to interest of installment 2, which was due that day."
    )


def test_credit_that_pays_a_charge_at_once_is_told_of_the_charge():
    on = date(2026, 2, 20)
    account = booked(
        [paid("2160"), Charge(id="c1", on=on, amount="25", name="letter")],
        servicing={"allocation": Allocation(future="credit"), "credit": "at_once"},
    )
    found = postings(account, on, since=on)
    assert brief(found) == [
        ("charge", 2, "fee", "25.00"),
        ("credit applied", 2, "fee", "-25.00"),
        ("credit applied", 0, "credit", "25.00"),
    ]
    assert found[1].formula == "-min(credit, charge)"
    assert [str(found[1].inputs[name]) for name in ("credit", "charge")] == [
        "100.00",
        "25.00",
    ]
    assert {posting.event for posting in found} == {"c1"}
    assert explain(found[1]).endswith(
        "of the credit went to fees of installment 2, which was not yet due."
    )
    # The fee is not due, and paid already: the credit that is left is smaller by it.
    [line] = account.statement(on, on).lines
    assert (str(line.charged), str(line.paid)) == ("25.00", "0.00")


def test_credit_that_is_applied_to_nothing_posts_nothing():
    account = booked(
        [
            paid("2160"),
            Waiver(id="w1", on=date(2026, 2, 16), component="principal", amount="4000"),
            Waiver(
                id="w2",
                on=date(2026, 3, 15),
                component="interest",
                amount="all",
                installments=[2],
            ),
            Payout(id="y1", on=date(2026, 3, 15), amount="0"),
        ],
        servicing={"allocation": Allocation(future="credit")},
        rate=Rate("0%/month"),
        principal="6160",
    )
    assert "credit applied" in {p.rule for p in postings(account, date(2026, 4, 16))}


PREPAID = {
    "allocation": Allocation(future="principal"),
    "prepayment": Prepayment(fee=PrepaymentFee("1%")),
}


def test_a_prepayment_has_its_fee_and_a_new_plan():
    found = postings(booked([paid("3070")], servicing=PREPAID), DUE)
    # 1,010 beyond 2,060 is 1,000 of the last principal and 1 % of it.
    assert brief(found) == [
        ("prepayment fee", 2, "fee", "10.00"),
        ("payment", 1, "interest", "-60.00"),
        ("payment", 1, "principal", "-2000.00"),
        ("payment", 2, "fee", "-10.00"),
        ("payment", 3, "principal", "-1000.00"),
        ("replanned", 2, "interest", "-10.00"),
        ("replanned", 3, "interest", "-10.00"),
    ]
    assert found[0].inputs["principal"] == 1000
    assert explain(found[0]) == (
        "On 2026-02-15 early repayment cost CNY 10.00: 1% of CNY 1,000.00."
    )
    assert found[5].inputs["balance"] == 3000
    assert found[5].inputs["growth"] == Fraction(1, 100)
    assert explain(found[5]) == (
        "On 2026-02-15 the interest of installment 2 fell by CNY 10.00 in the new plan,"
        " on a balance of CNY 3,000.00."
    )


@pytest.mark.parametrize(
    ("fee", "rate", "amount", "words"),
    [
        # A month of 1 % of 1,000, twice; of 0.05 % a day, 30 days: 15.
        (
            PrepaymentFee(months_of_interest=2),
            "1%/month",
            "20.00",
            "2 months of interest at 1% on CNY 1,000.00",
        ),
        (
            PrepaymentFee(months_of_interest=1, least="30"),
            "0.05%/day",
            "30.00",
            "1 month of interest at 1.5% on CNY 1,000.00, at least CNY 30.00",
        ),
        (
            PrepaymentFee(months_of_interest=1),
            "12%/year",
            "10.00",
            "1 month of interest at 1% on CNY 1,000.00",
        ),
        (PrepaymentFee("12"), "1%/month", "12.00", "as agreed"),
        (
            PrepaymentFee("0.05%", rounding=Rounding("up", unit="1")),
            "1%/month",
            "1.00",
            "0.05% of CNY 1,000.00",
        ),
    ],
)
def test_fees_of_early_repayment(fee, rate, amount, words):
    terms = {
        "rate": Rate(rate),
        "repayment": SinglePayment(1),
        "principal": "2000",
        "servicing": PREPAID | {"prepayment": Prepayment(fee=fee)},
    }
    if rate == "12%/year":
        terms["day_count"] = "1/12"
    account = booked([paid(Decimal(1000) + Decimal(amount), on=DISBURSED)], **terms)
    found = [p for p in postings(account, DISBURSED) if p.rule == "prepayment fee"]
    assert [str(p.amount) for p in found] == [amount]
    assert explain(found[0]).endswith(f"cost CNY {amount}: {words}.")
    assert "提前还款收费" in explain(found[0], "zh")


def test_a_level_plan_keeps_its_payment_or_its_term():
    terms = {"repayment": LevelPayment(3), "principal": "3000"}
    # 3,000 at 1 % in three: 1,020.07 each; 2,009.93 is left after the first.
    shorter = booked([paid("2020.07")], servicing=PREPAID | NO_FEE, **terms)
    found = postings(shorter, DUE)
    # On 1,009.93 there is 10.10 of interest; the payment covers the rest in one go.
    assert brief(found)[-5:] == [
        ("payment", 3, "principal", "-1000.00"),
        ("replanned", 2, "interest", "-10.00"),
        ("replanned", 2, "principal", "9.96"),
        ("replanned", 3, "interest", "-10.10"),
        ("replanned", 3, "principal", "-9.96"),
    ]
    assert found[-3].inputs["payment"] == Decimal("1020.03")
    smaller = booked(
        [paid("2020.07", effect="smaller")], servicing=PREPAID | NO_FEE, **terms
    )
    # 1,009.93 in two at 1 %: 512.55 each, by a / (1 - 1.01^-2) * 0.01.
    rows = smaller.position(DUE).installments
    assert [row.owed.total for row in rows[1:]] == [
        Decimal("512.55"),
        Decimal("512.55"),
    ]
    assert postings(smaller, DUE)


NO_FEE = {"prepayment": Prepayment()}


def test_next_principals_are_prepaid_in_their_order():
    account = booked([paid("3060", effect="next")], servicing=PREPAID | NO_FEE)
    assert brief(postings(account, DUE))[2:] == [
        ("payment", 2, "principal", "-1000.00")
    ]


def test_a_prepayment_before_anything_is_due_counts_the_days_of_the_period():
    # 15 of 31 days at 1 % of 6,000 have accrued: 29.03...; then 16 on 5,000.
    account = booked([paid("1000", on=date(2026, 1, 30))], servicing=PREPAID | NO_FEE)
    found = postings(account, date(2026, 1, 30))
    interest = next(p for p in found if p.rule == "replanned" and p.installment == 1)
    assert interest.inputs["accrued"] == Fraction(6000 * 15, 3100)
    assert interest.inputs["growth"] == Fraction(16, 3100)
    assert interest.amount == Decimal("54.84") - 60


def test_interest_may_follow_the_balance():
    account = booked(
        [
            paid("1000", on=date(2026, 1, 30)),
            InterestPause(id="s1", on=date(2026, 2, 10)),
        ],
        servicing={"interest_on": "balance"},
    )
    found = postings(account, date(2026, 2, 10))
    assert {p.rule for p in found} == {"payment", "replanned"}
    paused = [p for p in found if p.event == "s1"]
    assert {p.inputs["growth"] for p in paused} == {0}


def test_rows_that_are_not_replanned_keep_their_interest():
    account = booked(
        [paid("1000", on=date(2026, 1, 30), effect="smaller")],
        repayment=AddOnInterest(3),
    )
    found = postings(account, date(2026, 1, 30))
    assert {(p.rule, p.component) for p in found} == {
        ("payment", "principal"),
        ("replanned", "principal"),
    }
    assert explain(found[-1]).endswith(" in the new plan.")


def test_a_payment_may_clear_interest_of_a_row_that_is_planned_anew():
    account = booked(
        [
            paid("30", on=date(2026, 1, 20), split={"interest": "30"}),
            paid("1000", on=date(2026, 1, 30), name="p2"),
        ],
        servicing=PREPAID | NO_FEE,
    )
    found = postings(account, date(2026, 1, 30))
    early = [p for p in found if "paid_early" in p.inputs]
    assert [p.inputs["paid_early"] for p in early] == [30]


# --- settling -----------------------------------------------------------------------------


def settled(on=date(2026, 3, 1), amount="5000", **terms):
    account = booked([paid("2060"), paid(amount, on=on, name="p2")], **terms)
    return [p for p in postings(account, on) if p.event == "p2"]


def test_a_payoff_drops_what_is_not_earned():
    found = settled()
    # 14 of 28 days of 40.00 are earned: 20.00 is not, nor is the 20.00 of row 3.
    assert brief(found) == [
        ("payoff", 3, "interest", "-20.00"),
        ("payoff", 2, "interest", "-20.00"),
        ("payment", 2, "interest", "-20.00"),
        ("payment", 2, "principal", "-2000.00"),
        ("payment", 3, "principal", "-2000.00"),
        ("payment", 0, "credit", "-980.00"),
    ]
    assert found[1].inputs["accrued"] == 20
    assert explain(found[0]) == (
        "On 2026-03-01 CNY 20.00 of interest of installment 3 was not owed any more, as"
        " the loan was repaid early."
    )
    assert explain(found[2]).endswith("installment 2, as all was settled.")
    assert explain(found[5]).endswith("found nothing to clear and was kept as credit.")


def test_a_payoff_may_cost_the_period_and_a_fee():
    terms = Prepayment(interest="period", fee=PrepaymentFee("1%"))
    fees = [Fee("service", "1", due="installments")]
    account = booked(
        [paid("2061"), paid("5000", on=date(2026, 3, 1), name="p2")],
        servicing={"prepayment": terms},
        fees=fees,
    )
    found = [p for p in postings(account, date(2026, 3, 1)) if p.rule != "payment"]
    assert brief(found) == [
        ("payoff", 3, "interest", "-20.00"),
        ("payoff", 2, "fee", "-1.00"),
        ("payoff", 3, "fee", "-1.00"),
        ("prepayment fee", 2, "fee", "40.00"),
    ]


def test_a_payoff_on_the_first_day_of_a_period_costs_none_of_it():
    found = settled(on=DUE, servicing={"prepayment": Prepayment(interest="period")})
    assert brief(found)[:2] == [
        ("payoff", 3, "interest", "-20.00"),
        ("payoff", 2, "interest", "-40.00"),
    ]


def test_the_rule_of_78_on_a_payoff():
    # 120.00 in all, three rows, one not begun: 120 * 1 * 2 / (3 * 4) = 20.00.
    found = settled(servicing={"prepayment": Prepayment(unearned="rule_of_78")})
    assert brief(found)[0] == ("payoff", 3, "interest", "-20.00")
    # Two rows not begun on the due date: 120 * 2 * 3 / 12 = 60.00, 20 and then 40.
    found = settled(on=DUE, servicing={"prepayment": Prepayment(unearned="rule_of_78")})
    assert brief(found)[:2] == [
        ("payoff", 3, "interest", "-20.00"),
        ("payoff", 2, "interest", "-40.00"),
    ]
    assert found[1].inputs["rebated"] == 20


def test_add_on_interest_is_earned_by_the_day():
    # 60.00 a row; half of the second row's 28 days.
    found = settled(repayment=AddOnInterest(3))
    assert brief(found)[1] == ("payoff", 2, "interest", "-30.00")
    assert found[1].inputs["days"] == 14


def test_acceleration():
    account = booked(
        [Acceleration(id="a1", on=date(2026, 3, 1), charge="3%")],
        fees=[Fee("service", "1", due="installments")],
    )
    found = postings(account, date(2026, 3, 1))
    assert brief(found) == [
        ("acceleration", 2, "interest", "-20.00"),
        ("acceleration", 3, "interest", "-20.00"),
        ("acceleration", 2, "fee", "-1.00"),
        ("acceleration", 3, "fee", "-1.00"),
        ("acceleration charge", 3, "fee", "120.00"),
    ]
    assert explain(found[-1]) == (
        "On 2026-03-01 acceleration cost CNY 120.00: 3% of CNY 4,000.00."
    )
    assert "加速到期" in explain(found[0], "zh")


def test_a_charge_as_large_as_the_fee_it_drops_is_told():
    account = booked(
        [Acceleration(id="a1", on=DUE, charge="1")],
        fees=[Fee("service", "1", due="installments")],
    )
    found = [p for p in postings(account, DUE) if p.component == "fee"]
    assert brief(found) == [
        ("acceleration", 2, "fee", "-1.00"),
        ("acceleration", 3, "fee", "-1.00"),
        ("acceleration charge", 3, "fee", "1.00"),
    ]


def test_acceleration_without_a_charge():
    found = postings(booked([Acceleration(id="a1", on=DUE)]), DUE)
    assert brief(found) == [
        ("acceleration", 2, "interest", "-40.00"),
        ("acceleration", 3, "interest", "-20.00"),
    ]


def test_a_charge_for_acceleration_beside_no_fees():
    found = postings(booked([Acceleration(id="a1", on=DUE, charge="5")]), DUE)
    assert brief(found)[-1] == ("acceleration charge", 3, "fee", "5.00")
    assert explain(found[-1]).endswith("acceleration cost CNY 5.00: as agreed.")


def test_fees_may_stay_due_on_a_payoff():
    account = booked(
        [paid("2061"), paid("5000", on=date(2026, 3, 1), name="p2")],
        servicing={
            "prepayment": Prepayment(remaining_fees="due", fee=PrepaymentFee("5"))
        },
        fees=[Fee("service", "1", due="installments")],
    )
    found = [p for p in postings(account, date(2026, 3, 1)) if p.component == "fee"]
    assert brief(found)[1] == ("prepayment fee", 2, "fee", "5.00")
    assert "payoff" not in {p.rule for p in found}


def test_a_write_off_of_interest_that_is_not_earned_loses_nothing():
    events = [
        Waiver(id="w1", on=DISBURSED, component="principal", amount="all"),
        WriteOff(id="o1", on=DISBURSED),
    ]
    found = postings(booked(events), DISBURSED)
    assert [p.component for p in found if p.event == "o1"] == 3 * ["interest"]


def test_a_prepayment_after_the_last_due_date_is_a_payment():
    account = booked([paid("100", on=date(2026, 5, 1))], servicing=PREPAID)
    assert brief(postings(account, date(2026, 5, 1))) == [
        ("payment", 1, "interest", "-60.00"),
        ("payment", 1, "principal", "-40.00"),
    ]


def test_write_off_and_recovery():
    account = booked(
        [
            WriteOff(id="o1", on=date(2026, 3, 1)),
            Recovery(id="v1", on=date(2026, 4, 1), amount="100"),
            Recovery(id="v2", on=date(2026, 4, 2), amount="0"),
        ]
    )
    found = postings(account, date(2026, 4, 2))
    assert len(found) == 8
    # 6,000 of principal, 60.00 overdue and 20.00 accrued.
    assert brief(found)[-2:] == [
        ("write-off", 0, "written_off", "6080.00"),
        ("recovery", 0, "written_off", "-100.00"),
    ]
    assert explain(found[-2]) == "On 2026-03-01 CNY 6,080.00 was written off in all."
    assert explain(found[0]).endswith("was not owed any more, by the write-off.")
    assert explain(found[-1], "zh") == "2026年4月1日，收回已核销款项100.00元。"


def test_what_is_taken_back_is_owed_again():
    account = booked(
        [
            paid("2160"),
            Chargeback(id="b1", on=date(2026, 2, 16), of="p1", amount="150"),
            Reversal(id="x0", on=date(2026, 2, 16), of="p2"),
            paid("5", name="p2", on=date(2026, 2, 16)),
        ],
        servicing={"allocation": Allocation(future="credit")},
    )
    found = postings(account, date(2026, 2, 16), since=date(2026, 2, 16))
    assert brief(found) == [
        ("chargeback", 0, "credit", "100.00"),
        ("chargeback", 1, "principal", "50.00"),
    ]
    assert explain(found[0]) == (
        "On 2026-02-16 CNY 100.00 was taken off the credit, as payment p1 was charged"
        " back."
    )


def test_a_payment_reversed_today():
    account = booked(
        [
            paid("100"),
            Reversal(id="x1", on=date(2026, 2, 20), of="p1", reversed_as="today"),
        ]
    )
    found = postings(account, date(2026, 2, 20), since=date(2026, 2, 20))
    assert brief(found) == [
        ("reversal", 1, "principal", "40.00"),
        ("reversal", 1, "interest", "60.00"),
    ]
    assert [p.inputs["rest"] for p in found] == [100, 60]


def test_a_payment_may_be_taken_back_in_parts():
    events = [
        paid("100"),
        Chargeback(id="b1", on=date(2026, 2, 16), of="p1", amount="30"),
        Chargeback(id="b2", on=date(2026, 2, 17), of="p1", amount="50"),
    ]
    found = postings(booked(events), date(2026, 2, 17), since=date(2026, 2, 16))
    # 40.00 of principal was cleared last: 30.00 of it comes back, then 10.00.
    assert brief(found) == [
        ("chargeback", 1, "principal", "30.00"),
        ("chargeback", 1, "principal", "10.00"),
        ("chargeback", 1, "interest", "40.00"),
    ]
    assert found[1].inputs["cleared"] == 10


def test_credit_is_taken_back_first_and_in_parts():
    events = [
        paid("2160"),
        Chargeback(id="b1", on=date(2026, 2, 16), of="p1", amount="30"),
        Chargeback(id="b2", on=date(2026, 2, 17), of="p1", amount="90"),
    ]
    account = booked(events, servicing={"allocation": Allocation(future="credit")})
    found = postings(account, date(2026, 2, 17), since=date(2026, 2, 16))
    assert brief(found) == [
        ("chargeback", 0, "credit", "30.00"),
        ("chargeback", 0, "credit", "70.00"),
        ("chargeback", 1, "principal", "20.00"),
    ]
    assert found[1].inputs["credited"] == 70


def test_a_settlement_taken_back_gives_back_the_credit_and_drops_its_fee():
    events = [
        paid("2160"),
        paid("4000", on=date(2026, 2, 16), name="p2"),
        Reversal(id="x1", on=date(2026, 2, 16), of="p2", reversed_as="today"),
    ]
    servicing = {
        "allocation": Allocation(future="credit"),
        "prepayment": Prepayment(fee=PrepaymentFee("20")),
        "day_order": ["payment", "reversal"],
    }
    account = booked(events, servicing=servicing)
    found = [p for p in postings(account, date(2026, 2, 16)) if p.event == "x1"]
    # 4,021.43 was owed: a day of 28 of 40.00, and 20.00; 21.43 came out of the credit.
    credit = found[0]
    assert brief([credit]) == [("reversal", 0, "credit", "-21.43")]
    assert explain(credit) == (
        "On 2026-02-16 CNY 21.43 was given back to the credit, as payment p2 was"
        " reversed."
    )
    assert explain(credit, "zh").endswith("退回溢缴款21.43元。")
    dropped = [p for p in found if p.rule == "plan restored" and p.component == "fee"]
    assert brief(dropped) == [("plan restored", 2, "fee", "-20.00")]
    assert "was not owed any more, as the payment that settled" in explain(dropped[0])
    assert "取消第2期费用" in explain(dropped[0], "zh")


def test_a_settlement_taken_back_restores_the_plan():
    events = [
        paid("6060"),
        Reversal(id="x1", on=date(2026, 2, 16), of="p1", reversed_as="today"),
    ]
    found = postings(booked(events), date(2026, 2, 16), since=date(2026, 2, 16))
    restored = [p for p in found if p.rule == "plan restored"]
    assert brief(restored) == [
        ("plan restored", 2, "interest", "40.00"),
        ("plan restored", 3, "interest", "20.00"),
    ]
    assert explain(restored[0]) == (
        "On 2026-02-16 CNY 40.00 of interest of installment 2 was owed again, as the"
        " payment that settled all was taken back."
    )
    assert sum(p.amount for p in found) == 6120


def test_credit_that_is_used_to_settle():
    account = booked(
        [paid("2160"), paid("3900", on=date(2026, 2, 15), name="p2", sequence=1)],
        servicing={"allocation": Allocation(future="credit")},
    )
    found = postings(account, DUE)
    credit = [p for p in found if p.component == "credit"]
    assert [str(p.amount) for p in credit] == ["-100.00", "100.00"]
    assert explain(credit[1]) == (
        "On 2026-02-15 CNY 100.00 of the credit was used with payment p2."
    )
    assert explain(credit[1], "zh") == "2026年2月15日，随还款p2使用溢缴款100.00元。"


# --- paying out ---------------------------------------------------------------------------


def drawn(*events):
    return Account.open(loan(), undrawn=True).record(*events)


def test_all_is_drawn_as_agreed():
    found = postings(
        drawn(Disbursement(id="d1", on=DISBURSED, amount="6000")), DISBURSED
    )
    assert [p.amount for p in found] == [60, 2000, 40, 2000, 20, 2000]
    assert {p.formula for p in found} == {"planned"}
    assert explain(found[1]) == (
        "On 2026-01-15 the principal of installment 1 grew by CNY 2,000.00, as d1 was"
        " paid out."
    )


def test_a_part_is_drawn_and_then_the_rest():
    account = drawn(
        Disbursement(id="d1", on=DISBURSED, amount="3000"),
        Disbursement(id="d2", on=DUE, amount="2000"),
    )
    found = postings(account, DISBURSED)
    assert [p.amount for p in found] == [30, 1000, 20, 1000, 10, 1000]
    # 2,000 more over the two rows to come: 2,000 each, at 1 % of 4,000 and 2,000.
    found = postings(account, DUE, since=DUE)
    assert [p.amount for p in found] == [20, 1000, 10, 1000]
    assert "放款d2" in explain(found[0], "zh")


# --- doors --------------------------------------------------------------------------------


def test_what_is_refused():
    account = booked(**LATE)
    with pytest.raises(DateRangeError, match="since"):
        postings_between(account, date(2026, 1, 1), DUE)
    with pytest.raises(DateRangeError, match="until"):
        postings_between(account, DUE, DISBURSED)
    with pytest.raises(InputTypeError, match="posting"):
        explain("a posting")
    (posting,) = postings(account, date(2026, 2, 16))
    with pytest.raises(UnknownNameError, match="lang"):
        explain(posting, "fr")


def test_another_currency_is_named():
    account = booked(currency="USD", **LATE)
    (posting,) = postings(account, date(2026, 2, 16))
    assert "USD 1.00" in explain(posting, "zh")
    assert "for 1 day at" in explain(posting)


def test_inputs_as_text():
    assert input_text("sum_before", Fraction(1, 3)) == "1/3"
    assert input_text("sum_before", Fraction(10**12, 3 * 10**12 + 1)) == (
        "about 0.333333333333"
    )
    assert input_text("rounding", Rounding("up", unit="0.05")) == "up, to 0.05"
    assert input_text("base", Decimal("0E-8")) == "0.00000000"


@pytest.mark.parametrize(
    ("interest", "on", "formula"),
    [
        ("period", date(2026, 1, 16), "onward - owed"),
        ("period", date(2026, 1, 22), "max(carried - paid_early, 0) - owed"),
        (
            "day",
            date(2026, 1, 26),
            "max(round(accrued) + carried - paid_early, 0) - owed",
        ),
    ],
)
def test_a_full_repayment_after_an_installment_that_was_cleared_early(
    interest, on, formula
):
    # 49.74 of the 100.00 stay for a week in which row 1 is paid already: R(0.174) = 0.17
    # goes on to row 2.
    terms = InstallmentLoan(
        currency="CNY",
        principal="100",
        disbursed=date(2026, 1, 15),
        every="weekly",
        rate=Rate("0.05%/day"),
        repayment=LevelPayment(2),
        servicing=Servicing(
            interest_on="balance", prepayment=Prepayment(interest=interest)
        ),
    )
    account = Account.open(terms).record(
        Payment(id="p1", on=date(2026, 1, 15), amount="50.26")
    )
    account = account.record(Payment(id="p2", on=on, amount=account.payoff(on)))
    assert account.position(on).status.value == "closed"
    told = {
        posting.formula: posting
        for posting in account.postings(on, on)
        if posting.component == "interest" and posting.rule == "payoff"
    }
    assert formula in told
    for posting in told.values():
        assert worked_out(posting, 2) == Fraction(posting.amount)
