"""Every term survives a file, and every problem of a file names its key."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from as_toml import toml_text
from detailed_terms import DETAILED, detailed_loan
from loanmath import (
    FloatingRate,
    Index,
    InstallmentLoan,
    InterestPayments,
    LevelPayment,
    Rate,
    SteppedPayment,
    SteppedRate,
    terms_document,
    terms_from_document,
    terms_from_text,
)
from loanmath.errors import TermsFileError

PLAIN = {
    "type": "installment_loan",
    "currency": "CNY",
    "principal": "10000",
    "disbursed": "2026-01-15",
    "every": "monthly",
    "rate": "12%/year",
    "day_count": "ACT/365F",
    "repayment": {"method": "level_payment", "count": 4},
}


@pytest.mark.parametrize("name", DETAILED)
def test_every_term_survives_json(name):
    loan = detailed_loan(name)
    document = terms_document(loan)
    assert terms_from_document(document) == loan
    assert terms_from_text(json.dumps(document), "json") == loan


@pytest.mark.parametrize("name", DETAILED)
def test_every_term_survives_toml(name):
    loan = detailed_loan(name)
    assert terms_from_text(toml_text(terms_document(loan)), "toml") == loan


def test_stated_stages_survive_toml():
    loan = InstallmentLoan(
        currency="CNY",
        principal="1000",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate("12%/year"),
        repayment=SteppedPayment([(1, "600"), (1, Decimal("500.50"))]),
    )
    assert terms_from_text(toml_text(terms_document(loan)), "toml") == loan


def test_terms_in_the_words_of_a_file():
    text = """
        type = "installment_loan"
        currency = "CNY"
        principal = "500000"
        disbursed = 2026-01-15
        every = "monthly"
        day_count = "30/360 CN"
        repayment = {method = "level_payment", count = 360, on_rate_change = "payment"}

        [rate]
        kind = "floating"
        spread = "-39bp"
        resets = "yearly"
        first_reset = 2027-01-01
        [rate.index]
        name = "LPR 5Y"
        [rate.index.observations]
        2025-12-22 = "3.5%"
        2026-01-20 = "3.45%"

        [[fees]]
        name = "guarantee"
        amount = "0.5%"
        due = "installments"
        every = 12

        [[fees]]
        name = "survey"
        amount = 300
        due = 2026-03-01

        [[drawdowns]]
        on = 2026-02-15
        amount = "100000"
    """
    loan = terms_from_text(text, "toml")
    assert loan.rate == FloatingRate(
        Index(
            "LPR 5Y",
            {date(2025, 12, 22): "3.5%", date(2026, 1, 20): "3.45%"},
        ),
        Fraction(-39, 10_000),
        resets="yearly",
        first_reset=date(2027, 1, 1),
    )
    assert [fee.name for fee in loan.fees] == ["guarantee", "survey"]
    assert loan.fees[1].due == date(2026, 3, 1)
    assert loan.drawdowns[0].on == date(2026, 2, 15)


def test_what_was_left_open_is_left_out():
    loan = terms_from_document(PLAIN)
    document = terms_document(loan)
    assert "fees" not in document
    assert "holidays" not in document
    assert "interest_payments" not in document
    unchanging = InstallmentLoan(
        currency="CNY",
        principal="1",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=SteppedRate(Rate("1%/year"), {}),
        repayment=LevelPayment(1),
        interest_payments=InterestPayments(),
    )
    document = terms_document(unchanging)
    assert document["rate"] == {
        "kind": "stepped", "initial": "1%/year", "changes": {},
    }  # fmt: skip
    assert terms_from_document(document) == unchanging


def problems(**changes):
    with pytest.raises(TermsFileError) as caught:
        terms_from_document(PLAIN | changes)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("changes", "starts"),
    [
        ({"rate": {"kind": "magic"}}, ["rate: kind: got 'magic'"]),
        ({"rate": {}}, ["rate: kind: got None"]),
        ({"rate": ["12%/year"]}, ["rate: rate: got"]),
        (
            {"rate": {"kind": "stepped", "initial": "12", "changes": [], "x": 1}},
            ["rate.initial: ", "rate.changes: dates: got []", "rate.x: unknown key"],
        ),
        ({"rate": {"kind": "stepped"}}, ["rate.initial: missing", "rate.changes: missing"]),
        (
            {"rate": {"kind": "stepped", "initial": "3%/year",
                      "changes": {"2026-02-30": "4%/year"}}},
            ["rate.changes[2026-02-30]: date: got '2026-02-30'"],
        ),
        (
            {"rate": {"kind": "stepped", "initial": "3%/year",
                      "changes": {"soon": "4%/year"}}},
            ["rate.changes[soon]: date: got 'soon'"],
        ),
        (
            {"rate": {"kind": "floating", "index": "LPR", "resets": "never",
                      "multiplier": "x", "fixing_days": "2", "first_reset": "soon",
                      "initial": 3, "next_rate": "x", "floor": "0", "cap": "0",
                      "per": "week", "spread": "x"}},
            ["rate.index: index: got 'LPR'", "rate.resets: ", "rate.multiplier: ",
             "rate.fixing_days: ", "rate.first_reset: ", "rate.initial: ",
             "rate.next_rate: ", "rate.floor: ", "rate.cap: ", "rate.per: ",
             "rate.spread: "],
        ),
        (
            {"rate": {"kind": "floating", "resets": ["2027-01-01", 5],
                      "index": {"name": 5, "observations": {}, "colour": "red"}}},
            ["rate.resets: ", "rate.index.name: ", "rate.index.observations: ",
             "rate.index.colour: unknown key"],
        ),
        (
            {"rate": {"kind": "floating", "resets": [],
                      "index": {"name": "x", "observations": ["3%"]}}},
            ["rate.index.observations: dates: got ['3%']"],
        ),
        ({"holidays": {"first": 1}}, ["holidays: holidays: got"]),
        ({"holidays": [5]}, ["holidays"]),
        (
            {"holidays": [{"first": 0, "count": 0, "of": "x", "interest": "x"}]},
            ["first", "count", "of", "interest"],
        ),
        ({"drawdowns": [{"on": "soon", "amount": 0}]}, ["on", "amount"]),
        (
            {"fees": [{"name": 5, "amount": "x", "of": "x", "due": "2026-02-30",
                       "paid": "x", "every": 0, "tax": "x", "rounding": "x", "a": 1}]},
            ["name", "amount", "of", "due", "paid", "every", "tax", "rounding", "a"],
        ),
        ({"fees": [{"name": "a", "amount": 1, "due": "never"}]}, ["due: due: got 'never'"]),
        ({"interest_payments": "monthly"}, ["interest_payments: "]),
        (
            {"interest_payments": {"every": ["2026-02-30"], "first_due": "x",
                                   "in_advance": "no", "capitalized_until": 5}},
            ["interest_payments.every: ", "interest_payments.first_due: ",
             "interest_payments.in_advance: ", "interest_payments.capitalized_until: "],
        ),
        (
            {"discount": "x", "last_due": "x", "first_after": "x", "broken_period": "x",
             "interest_rounded": "x"},
            ["discount: ", "last_due: ", "first_after: ", "broken_period: ",
             "interest_rounded: "],
        ),
        (
            {"repayment": {"method": "stepped_payment", "stages": [[0, "5"]]}},
            ["repayment.stages: stages[1] count"],
        ),
        (
            {"repayment": {"method": "graduated_payment", "count": 0, "growth": "5",
                           "every": 0, "shortfall": "x"}},
            ["repayment.count: ", "repayment.growth: ", "repayment.every: ",
             "repayment.shortfall: "],
        ),
        (
            {"repayment": {"method": "fixed_payment", "payment": 0, "count": "x"}},
            ["repayment.payment: ", "repayment.count: "],
        ),
        (
            {"repayment": {"method": "fixed_principal", "amount": "0%"}},
            ["repayment.amount: "],
        ),
        (
            {"repayment": {"method": "add_on_interest", "count": 3, "earned": "x",
                           "residue": "second_pass"}},
            ["repayment.earned: ", "repayment.residue: "],
        ),
        (
            {"repayment": {"method": "level_payment", "count": 3, "balloon": "x",
                           "amortized_over": "x", "on_rate_change": "x"}},
            ["repayment.balloon: ", "repayment.amortized_over: ",
             "repayment.on_rate_change: "],
        ),
        ({"discount": "10000"}, ["discount: got"]),
        ({"broken_period": "added"}, ["broken_period: got 'added'"]),
    ],
)  # fmt: skip
def test_every_problem_names_its_key(changes, starts):
    found = problems(**changes)
    assert len(found) == len(starts)
    for start in starts:
        # Items of a list may be numbered in the key.
        assert any(
            problem.startswith(start) or f".{start}" in problem for problem in found
        ), (start, found)


@pytest.mark.parametrize("name", ["fees", "drawdowns", "holidays"])
def test_every_bad_item_of_a_list_is_reported(name):
    found = problems(**{name: [{"colour": "red"}, {"weight": 5}]})
    assert any("colour" in problem for problem in found)
    assert any("weight" in problem for problem in found)


def test_every_bad_change_is_reported():
    changes = {"2026-02-30": "4%/year", "2027-01-01": "x"}
    found = problems(rate={"kind": "stepped", "initial": "3%/year", "changes": changes})
    assert any("2026-02-30" in problem for problem in found)
    assert any("2027-01-01" in problem for problem in found)
