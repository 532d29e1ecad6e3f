import csv
import io

from kept_lines import BOUGHT, OPENED, interest, kept, line, sep
from loanmath import MinimumPayment
from loanmath.account import Account, Arrear
from loanmath.reminders import remind
from reminding import policy
from serviced import D1, START, after, opened

FOUND = remind(opened(), D1, after(D1, 1), policy(0, 1))


def test_text():
    assert str(FOUND).splitlines() == [
        "Reminders from 2026-02-15 to 2026-02-16",
        "On          Hours        Stage        Kind        Of             Due           Amount      Full  Days late  Late 1  Late 7  Late 30",
        "2026-02-15  08:00-22:00  T stage 0    service     installment 1  2026-02-15  1,030.00  1,030.00          0    1.00    7.00    30.00",
        "2026-02-16  08:00-22:00  T+1 stage 1  collection  installment 1  2026-02-15  1,031.00  1,031.00          1    1.00    7.00    30.00",
    ]
    assert repr(FOUND) == "<Reminders from 2026-02-15 to 2026-02-16: 2 reminders>"


def test_csv():
    rows = list(csv.DictReader(io.StringIO(FOUND.to_csv())))
    assert rows[1] == {
        "on": "2026-02-16",
        "opens": "08:00",
        "closes": "22:00",
        "day": "T+1",
        "stage": "stage 1",
        "kind": "collection",
        "channels": "message",
        "reason": "past_due",
        "of": "installment 1",
        "due": "2026-02-15",
        "currency": "CNY",
        "amount": "1031.00",
        "full": "1031.00",
        "days_late": "1",
        "cost_1": "1.00",
        "cost_7": "7.00",
        "cost_30": "30.00",
    }


def test_markdown_and_html():
    assert (
        FOUND.to_markdown().splitlines()[4].startswith("| 2026-02-15 | 08:00-22:00 |")
    )
    assert FOUND._repr_html_() == FOUND.to_html()
    assert FOUND.to_html().count("<tr>") == 3


def test_a_document():
    document = FOUND.document("zh")
    assert (document["since"], document["until"]) == ("2026-02-15", "2026-02-16")
    today, late = document["reminders"]
    assert list(late) == [
        "on", "opens", "closes", "day", "stage", "channels", "kind", "limits", "reason",
        "due", "installments", "statement", "currency", "amount", "full", "days_late",
        "costs", "sentence",
    ]  # fmt: skip
    assert (today["limits"], today["statement"]) == (None, None)
    assert late["limits"] == {"effective": 3, "attempts": 6}
    assert late["installments"] == [1]
    assert late["sentence"].startswith("第1期未还1,031.00元")
    assert late["costs"][1] == {
        "days": 7,
        "on": "2026-02-22",
        "penalty": "7.00",
        "compound": "0.00",
        "fee": "0.00",
        "interest": "0.00",
        "total": "7.00",
        "loses_free_period": False,
    }


def test_a_document_of_a_bill():
    card = line(interest(), minimum=MinimumPayment("10%"))
    found = remind(kept(card, *BOUGHT), OPENED, sep(22), policy(-3))
    (first,) = found.document()["reminders"]
    assert (first["statement"], first["installments"]) == ("2026-09-05", [])
    assert (first["amount"], first["full"]) == ("50.00", "500.00")


def test_costs_that_are_not_known_are_left_out():
    old = Arrear(due=after(START, -6), principal="100")
    account = Account.open(opened().loan, arrears=[old])
    found = remind(account, START, after(START, 1), policy(7))
    assert str(found).splitlines()[2].endswith(" 7")
    assert found.to_csv().splitlines()[1].endswith(",7,,,")
    assert found.document()["reminders"][0]["costs"] == []
