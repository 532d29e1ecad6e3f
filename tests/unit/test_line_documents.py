"""What a line answers as documents, which JSON keeps as they are."""

import json

import pytest

from kept_lines import (
    BOUGHT,
    DUE,
    NOV5,
    OCT5,
    SEP5,
    aug,
    buy,
    interest,
    kept,
    line,
    pay,
    sep,
)
from loanmath.errors import UnknownNameError
from loanmath.line_account.document import (
    position_document,
    postings_document,
    statement_document,
)

ACCOUNT = kept(line(interest()), *BOUGHT, pay(DUE, 400))


def as_json(document):
    assert json.loads(json.dumps(document)) == document
    return document


def test_a_position():
    # 26.00 less 10 days of 400 to 4 October: 22.00; 100 of September are missing.
    assert as_json(position_document(ACCOUNT.position(OCT5))) == {
        "on": "2026-10-05",
        "currency": "CNY",
        "owed": "122.00",
        "billed": "122.00",
        "unbilled": "0.00",
        "installments": "0.00",
        "credit": "0.00",
        "accrued": "0.00",
        "payoff": "122.00",
        "minimum": "122.00",
        "arrears": "100.00",
        "cut_off": "0.00",
        "limit": "20000.00",
        "available": "19900.00",
        "days_past_due": 10,
        "next_due": "2026-10-25",
        "next_statement": "2026-11-05",
        "has_free_period": True,
        "segments": [
            {
                "name": "purchases",
                "penalty": "0.00",
                "fee": "0.00",
                "interest": "22.00",
                "principal": "100.00",
            }
        ],
    }
    assert position_document(ACCOUNT.position(aug(10)))["next_due"] is None


def test_a_bill():
    assert as_json(statement_document(ACCOUNT.statement(2026, 10))) == {
        "currency": "CNY",
        "start": "2026-09-05",
        "end": "2026-10-05",
        "statement": "2026-10-05",
        "due": "2026-10-25",
        "opening": "500.00",
        "items": [
            {
                "on": "2026-09-25",
                "what": "payment",
                "name": "",
                "event": "p1",
                "amount": "-400.00",
            },
            {
                "on": "2026-10-05",
                "what": "interest",
                "name": "purchases",
                "event": "",
                "amount": "22.00",
            },
        ],
        "closing": "122.00",
        "minimum": "122.00",
        "interest": {"purchases": "22.00"},
        "rates": {"purchases": "73/200"},
        "free_if_paid": False,
        "minimum_missed": True,
        # 100 bear to 24 October, 20 days; or to 4 November, 31.
        "outlook": [
            {"paid": "in full", "amount": "122.00", "charged": "2.00"},
            {"paid": "minimum", "amount": "122.00", "charged": "2.00"},
            {"paid": "nothing", "amount": "0.00", "charged": "3.10"},
        ],
    }


def test_postings_with_their_sentences():
    *_, drawn, paid, charged = as_json(postings_document(ACCOUNT.postings(until=OCT5)))
    assert drawn["sentence"].startswith("On 2026-08-20 CNY 200.00 was added to")
    assert (paid["event"], paid["inputs"]) == ("p1", {"paid": "400.00"})
    assert charged == {
        "on": "2026-10-05",
        "segment": "purchases",
        "component": "interest",
        "amount": "22.00",
        "currency": "CNY",
        "rule": "interest",
        "event": "",
        "formula": "round(owed_1 * rate_1 * days_1) + round(owed_2 * rate_2 * days_2)"
        " + round(owed_3 * rate_3 * days_3)",
        "inputs": {
            "owed_1": "300.00",
            "rate_1": "1/1000",
            "days_1": "10",
            "from_1": "2026-08-10",
            "owed_2": "500.00",
            "rate_2": "1/1000",
            "days_2": "36",
            "from_2": "2026-08-20",
            "owed_3": "100.00",
            "rate_3": "1/1000",
            "days_3": "10",
            "from_3": "2026-09-25",
            "rounding": "half up, to the minor unit",
        },
        "source": "Terms of the line: interest",
        "sentence": charged["sentence"],
    }
    [first, *_] = postings_document(ACCOUNT.postings(until=NOV5), "zh")
    assert first["sentence"] == "2026年8月10日，入账u1：消费本金增加300.00元。"
    with pytest.raises(UnknownNameError):
        postings_document(ACCOUNT.postings(), "fr")


def test_amounts_of_a_currency_without_cents():
    account = kept(line(currency="JPY"), buy(aug(10), 300))
    assert position_document(account.position(SEP5))["owed"] == "300"
    assert statement_document(account.statement(2026, 9))["closing"] == "300"
    assert postings_document(account.postings(until=sep(6)))[0]["amount"] == "300"
