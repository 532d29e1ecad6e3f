"""Installments on a line: conversions, what they lower, and their early end."""

from datetime import date

import pytest

from kept_lines import (
    DUE,
    NOV5,
    OCT5,
    SEP5,
    aug,
    buy,
    cash,
    cash_at,
    interest,
    kept,
    line,
    octo,
    owed,
    pay,
    sep,
    split,
)
from loanmath import (
    DefaultCharge,
    EqualPrincipal,
    Fee,
    InstallmentLoan,
    MinimumPayment,
    PlanSettlement,
    Rate,
    Rounding,
)
from loanmath.errors import EventError, InputValueError
from loanmath.terms.lines import InstallmentTerms

DEC5 = date(2026, 12, 5)


def terms(rule=None, *, minimum=None, charge=None, fees=None, **words):
    return line(
        rule,
        minimum=minimum,
        default_charge=charge,
        installments=InstallmentTerms(fees=fees or {3: "2.3%", 12: "8.8%"}, **words),
    )


def refusal(agreed, *events, error=EventError):
    with pytest.raises(error) as caught:
        kept(agreed, *events)
    return str(caught.value)


def installments(account, *days):
    """Principal, fee and interest added by the cuts of days."""
    found = []
    for day in days:
        posted = [
            one for one in account.postings(day, day) if one.rule == "installment"
        ]
        found.append({one.component: str(one.amount) for one in posted})
    return found


# --- the split --------------------------------------------------------------------------------


def test_a_fee_by_installment_with_the_residue_first():
    # 123.67 in three at 2.3 %: 41.23, 41.22, 41.22; 2.84 of a fee: 0.96, 0.94, 0.94.
    account = kept(
        terms(residue="first", rounding="half_even"),
        buy(aug(10), "123.67"),
        split(aug(10), of="u1", count=3),
    )
    assert installments(account, SEP5, OCT5, NOV5, DEC5) == [
        {"principal": "41.23", "fee": "0.96"},
        {"principal": "41.22", "fee": "0.94"},
        {"principal": "41.22", "fee": "0.94"},
        {},
    ]
    position = account.position(aug(10))
    assert (position.owed, str(position.installments)) == (0, "123.67")
    assert account.position(NOV5).installments == 0


def test_the_residue_last():
    # 100 in three: 33.33, 33.33, 33.34; 2.30: 0.76, 0.76, 0.78.
    account = kept(terms(), buy(aug(10), 100), split(aug(10), of="u1", count=3))
    assert installments(account, SEP5, NOV5) == [
        {"principal": "33.33", "fee": "0.76"},
        {"principal": "33.34", "fee": "0.78"},
    ]


def test_a_fee_with_the_first_installment():
    # 10,000 in twelve at 7.2 %: 833.33, and 720 with the first.
    account = kept(
        terms(fees={12: "7.2%"}, billed="first"),
        buy(aug(10), 10000),
        split(aug(10), of="u1", count=12),
    )
    assert installments(account, SEP5, OCT5) == [
        {"principal": "833.33", "fee": "720.00"},
        {"principal": "833.33"},
    ]


@pytest.mark.parametrize(
    ("amount", "fee", "words", "added"),
    [
        # 1,200.00 in three.
        (1000, "20%", {}, [("333.33", "66.67")] * 2 + [("333.34", "66.66")]),
        (
            1000,
            "20%",
            {"residue": "first"},
            [("333.34", "66.66")] + [("333.33", "66.67")] * 2,
        ),
        # 1,000.00 and 7.00, by the yuan: 335, 335 and 337 of 333, 333 and 334.
        (1000, "0.7%", {"rounding": Rounding(unit="1")},
         [("333.00", "2.00")] * 2 + [("334.00", "3.00")]),
        # A fee of 0.01, and 0.05: 0.02 each would leave the last a fee of -0.01.
        ("0.05", "20%", {}, [("0.01", "0.00")] * 2 + [("0.03", "0.01")]),
        ("0.05", "40%", {}, [("0.01", "0.01")] * 2 + [("0.03", "0.00")]),
        (1000, "0%", {}, [("333.33", "0.00")] * 2 + [("333.34", "0.00")]),
    ],
)  # fmt: skip
def test_principal_and_fee_divided_together(amount, fee, words, added):
    agreed = terms(fees={3: fee}, split="together", **words)
    account = kept(agreed, buy(aug(10), amount), split(aug(10), of="u1", count=3))
    found = installments(account, SEP5, OCT5, NOV5)
    assert [(one["principal"], one.get("fee", "0.00")) for one in found] == added


def test_one_installment_divided_together_has_all_of_the_fee():
    agreed = terms(fees={1: "10%"}, split="together")
    account = kept(agreed, buy(aug(10), 1000), split(aug(10), of="u1", count=1))
    assert installments(account, SEP5) == [{"principal": "1000.00", "fee": "100.00"}]


def test_two_installments_divided_together_are_alike_where_neither_part_is_even():
    # 101.01 and 1.01 are 102.02: 51.01 each, of which 50.50 and 50.51 are principal.
    agreed = terms(fees={2: "1%"}, split="together")
    account = kept(agreed, buy(aug(10), "101.01"), split(aug(10), of="u1", count=2))
    assert installments(account, SEP5, OCT5) == [
        {"principal": "50.50", "fee": "0.51"},
        {"principal": "50.51", "fee": "0.50"},
    ]


def test_a_fee_of_its_own():
    # 5 % of 300 rather than 2.3 %; without terms too, of a count they do not know.
    events = (buy(aug(10), 300), split(aug(10), of="u1", count=3, fee="5%"))
    for agreed in (terms(), line(interest())):
        account = kept(agreed, *events)
        assert installments(account, SEP5) == [{"principal": "100.00", "fee": "5.00"}]
    free = kept(line(), buy(aug(10), 300), split(aug(10), of="u1", count=2, fee="0%"))
    assert installments(free, OCT5) == [{"principal": "150.00"}]


def test_two_plans_go_on_side_by_side():
    account = kept(
        terms(),
        buy(aug(10), 300),
        buy(sep(10), 600, "u2"),
        split(aug(10), of="u1", count=3, fee="0%"),
        split(sep(10), "s2", of="u2", count=3, fee="0%"),
    )
    assert [str(account.position(day).installments) for day in (SEP5, OCT5, NOV5)] == [
        "200.00", "500.00", "200.00",
    ]  # fmt: skip
    assert owed(account, NOV5, "installments")[3] == "700.00"


# --- a plan that is a loan --------------------------------------------------------------------


def loan(**words):
    usual = {
        "currency": "CNY", "principal": "3000", "disbursed": date(2026, 1, 15),
        "every": "monthly", "rate": Rate("1%/month"), "repayment": EqualPrincipal(3),
    }  # fmt: skip
    return InstallmentLoan(**(usual | words))


def test_a_plan_that_is_a_loan():
    account = kept(line(), buy(aug(10), 3000), split(aug(10), of="u1", plan=loan()))
    assert installments(account, SEP5, OCT5, NOV5) == [
        {"principal": "1000.00", "interest": "30.00"},
        {"principal": "1000.00", "interest": "20.00"},
        {"principal": "1000.00", "interest": "10.00"},
    ]


def test_a_loan_with_fees_and_their_tax():
    fee = Fee("service", "10", due="installments", tax="6%")
    plan = split(aug(10), of="u1", plan=loan(fees=[fee]))
    account = kept(line(), buy(aug(10), 3000), plan)
    assert installments(account, OCT5) == [
        {"principal": "1000.00", "fee": "10.60", "interest": "20.00"}
    ]


def test_a_loan_of_another_amount_or_currency():
    bought = buy(aug(10), 3000)
    other = split(aug(10), of="u1", amount=2999, plan=loan())
    assert refusal(line(), bought, other) == (
        "event s1: got 'a plan of 3000.00'; allowed: a plan of 2,999.00"
    )
    dollars = split(aug(10), of="u1", plan=loan(currency="USD"))
    assert refusal(line(), bought, dollars) == (
        "event s1: got 'USD'; allowed: a plan in CNY"
    )


# --- what is converted ------------------------------------------------------------------------


def test_part_of_a_purchase():
    events = (buy(aug(10), 900), split(aug(10), of="u1", amount=600, count=3, fee="0%"))
    account = kept(terms(), *events)
    assert (account.position(aug(10)).owed, account.position(aug(10)).installments) == (
        300,
        600,
    )
    # What was converted is not there again.
    assert refusal(
        terms(), *events, split(aug(11), "s2", of="u1", amount=301, count=3)
    ) == ("event s2: got '301.00'; allowed: above zero, at most 300.00")
    rest = account.record(split(aug(11), "s2", of="u1", count=3, fee="0%"))
    assert rest.position(aug(11)).installments == 900


def test_nothing_cannot_be_converted():
    assert refusal(
        terms(), buy(aug(10), 900), split(aug(10), of="u1", amount=0, count=3)
    ) == ("event s1: got '0.00'; allowed: above zero, at most 900.00")
    paid = (buy(aug(10), 900), pay(aug(11), 900), split(aug(12), of="u1", count=3))
    assert refusal(terms(), *paid) == (
        "event s1: got '0.00'; allowed: above zero, at most 0.00"
    )


def test_not_more_of_a_purchase_than_is_owed_of_its_row():
    # 800 of 900 are paid: 100 are left to convert.
    events = (buy(aug(10), 900), pay(aug(11), 800))
    account = kept(terms(), *events, split(aug(12), of="u1", count=3, fee="0%"))
    assert account.position(aug(12)).installments == 100


def test_cash_may_be_converted():
    agreed = line(segments=[cash_at()])
    account = kept(
        agreed, cash(aug(10), 300), split(aug(20), of="k1", count=3, fee="0%")
    )
    # 10 days of 300 are charged, then nothing.
    assert owed(account, SEP5, "cash") == ["0.00", "0.00", "3.00", "0.00"]


def test_only_a_use_of_the_line_is_converted():
    events = (buy(aug(10), 900), pay(aug(11), 1), split(aug(12), of="p1", count=3))
    assert refusal(terms(), *events) == (
        "event s1: got 'p1'; allowed: the id of a purchase, cash advance or transfer"
        " before it"
    )


def test_a_count_that_the_terms_do_not_know():
    events = (buy(aug(10), 900), split(aug(10), of="u1", count=6))
    assert refusal(terms(), *events, error=InputValueError) == (
        "installments: got 6; allowed: 3, 12"
    )
    assert refusal(line(), *events) == (
        "event s1: got 'no fee'; allowed: a fee, or a plan: the line says nothing of"
        " installments"
    )


def test_of_a_bill_what_was_billed_alone():
    # 500 billed, 400 not.
    events = (buy(aug(10), 500), buy(sep(6), 400, "u2"))
    assert refusal(terms(), *events, split(sep(10), amount=501, count=3)) == (
        "event s1: got '501.00'; allowed: above zero, at most 500.00"
    )
    account = kept(terms(), *events, split(sep(10), amount=500, count=3))
    assert (account.position(sep(10)).billed, account.position(sep(10)).unbilled) == (
        0,
        400,
    )


# --- what it lowers ---------------------------------------------------------------------------

TENTH = MinimumPayment("10%")


def test_a_conversion_of_a_bill_counts_as_money():
    # 600 of 1,000: a tenth of 400 is due, and 400 pay the bill.
    agreed = terms(interest(), minimum=TENTH)
    events = (buy(aug(10), 1000), split(sep(10), amount=600, count=3))
    account = kept(agreed, *events)
    assert (account.position(SEP5).minimum, account.position(sep(10)).minimum) == (
        100,
        40,
    )
    assert owed(account.record(pay(DUE, 400)), NOV5)[2] == "0.00"
    # 1,000 for 31 days, 400 for 15, and 360 for 10: 31.00 + 6.00 + 3.60.
    assert owed(account.record(pay(DUE, 40)), OCT5)[2] == "40.60"


def test_the_lower_minimum_is_what_is_missed():
    agreed = terms(interest(), minimum=TENTH, charge=DefaultCharge("5%", least=9))
    events = (buy(aug(10), 1000), split(sep(10), amount=600, count=3))
    assert owed(kept(agreed, *events, pay(DUE, 40)), sep(26))[0] == "0.00"
    assert owed(kept(agreed, *events, pay(DUE, 39)), sep(26))[0] == "9.00"


def test_a_conversion_of_the_whole_bill_leaves_nothing_due():
    agreed = terms(interest(), minimum=TENTH)
    account = kept(agreed, buy(aug(10), 1000), split(sep(10), amount=1000, count=3))
    assert account.position(sep(10)).minimum == 0
    assert account.position(sep(26)).days_past_due == 0
    assert owed(account, NOV5)[2] == "0.00"


def test_a_conversion_of_what_is_in_full_lowers_the_minimum_by_all_of_it():
    # Without a minimum all of the bill is due; cash that is due in full too.
    account = kept(terms(), buy(aug(10), 1000), split(sep(10), amount=600, count=3))
    assert account.position(sep(10)).minimum == 400
    agreed = line(segments=[cash_at(due_in_full=True)], minimum=TENTH)
    events = (
        cash(aug(10), 1000),
        split(sep(10), of="k1", amount=600, count=3, fee="0%"),
    )
    # 1,026 were due; 400 and 26.00 of interest are. With 1,000 of purchases, and a
    # tenth of them, too.
    assert kept(agreed, *events).position(sep(10)).minimum == 426
    both = kept(agreed, buy(aug(10), 1000), *events)
    assert both.position(SEP5).minimum == 1126
    assert both.position(sep(10)).minimum == 526


def test_a_conversion_of_what_is_not_billed_lowers_no_bill():
    agreed = terms(interest(), minimum=TENTH)
    events = (
        buy(aug(10), 1000),
        buy(sep(6), 600, "u2"),
        split(sep(10), of="u2", count=3),
    )
    assert kept(agreed, *events).position(sep(10)).minimum == 100


def test_a_conversion_over_two_bills_takes_the_oldest_first():
    # Due 40 days on: bills of 5 September and 5 October, 500 each, are both open.
    agreed = line(interest(), due_after=40, minimum=TENTH)
    events = (buy(aug(10), 500), buy(sep(10), 500, "u2"))
    whole = split(octo(6), amount=700, count=3, fee="0%")
    account = kept(agreed, *events, whole)
    # 50 of the first and a tenth of 1,000, with the arrears in it, were due: 50 + 100.
    assert account.position(OCT5).minimum == 150
    # The first is gone; of the second 300 are left: 30.
    assert account.position(octo(6)).minimum == 30


def test_a_conversion_of_less_than_the_first_bill_leaves_the_second():
    agreed = line(interest(), due_after=40, minimum=TENTH)
    events = (buy(aug(10), 500), buy(sep(10), 500, "u2"))
    account = kept(agreed, *events, split(octo(6), amount=300, count=3, fee="0%"))
    # A tenth of 200 of the first, 20; of the second a tenth of 700 of its own, not of
    # 1,000.
    assert account.position(octo(6)).minimum == 90


# --- what is added bears ----------------------------------------------------------------------


def test_installments_bear_as_purchases_do():
    # 300 added on 5 September wait for the bill of that day: not paid, from the 5th to
    # 4 October 30 days 9.00.
    account = kept(
        terms(interest()), buy(aug(10), 900), split(aug(10), of="u1", count=3, fee="0%")
    )
    assert owed(account, OCT5, "installments")[2] == "9.00"
    # Paid in time it costs nothing; the next, added on 5 October, 31 days.
    paid = account.record(pay(DUE, 300))
    found = [owed(paid, day, "installments")[2] for day in (OCT5, NOV5)]
    assert found == ["0.00", "9.30"]


# --- an early end -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("early", "fee"),
    [
        ({}, "138.00"),
        ({"early": "waived"}, "46.00"),
        ({"early": "share", "early_share": "3%"}, "126.00"),
    ],
)
def test_a_plan_settled_early(early, fee):
    # 4,000 in three at 3.45 %: 46 each; 2,666.67 are left after the first, 3 % are 80.
    events = (
        buy(aug(10), 4000),
        split(aug(10), of="u1", count=3),
        PlanSettlement(id="e1", on=sep(10), of="s1"),
    )
    account = kept(terms(fees={3: "3.45%"}, **early), *events)
    assert owed(account, sep(10), "installments") == ["0.00", fee, "0.00", "4000.00"]
    assert account.position(sep(10)).installments == 0


def test_a_plan_is_settled_once():
    events = (
        buy(aug(10), 300),
        split(aug(10), of="u1", count=3),
        PlanSettlement(id="e1", on=sep(10), of="s1"),
    )
    assert refusal(terms(), *events, PlanSettlement(id="e2", on=sep(11), of="s1")) == (
        "event e2: got 's1'; allowed: the id of a plan that goes on"
    )
    # Without terms fees fall due, and without fees nothing does.
    free = (events[0], split(aug(10), of="u1", count=3, fee="3%"), events[2])
    assert owed(kept(line(), *free), sep(10), "installments")[1] == "9.00"
