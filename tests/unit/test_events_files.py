"""What happened to an account, read from files: every event, and every bad line."""

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loanmath.errors import EventsFileError, InputTypeError
from loanmath.events import (
    Acceleration,
    BillDeferral,
    Breach,
    CashAdvance,
    Charge,
    Chargeback,
    ChargeOff,
    Conversion,
    CycleChange,
    Disbursement,
    InterestPause,
    InterestResume,
    LimitChange,
    Payment,
    Payout,
    PlanSettlement,
    Purchase,
    Recovery,
    Refund,
    Restructuring,
    Reversal,
    ReversedAs,
    TermsChange,
    Transfer,
    Waiver,
    WriteOff,
    happening,
)
from loanmath.rates import Rate
from loanmath.serialization import (
    events_document,
    events_from_csv,
    events_from_json_lines,
    events_to_json_lines,
    read_events,
    terms_document,
)
from loanmath.terms import FlatFee, InstallmentLoan, LevelPayment
from loanmath.terms.concessions import (
    CONCESSIONS,
    AffordablePayment,
    Capitalization,
    ConditionalForgiveness,
    Deferral,
    Extension,
    Forgiveness,
    FrozenInterest,
    NewDates,
    PlanFee,
    RateCut,
    ReAging,
    Reamortization,
    Settlement,
)
from loanmath.terms.servicing import (
    Component,
    Happening,
    PenaltyInterest,
    PrepaymentEffect,
)

DAY = date(2026, 2, 20)
LATER = date(2026, 2, 23)
ORDER = "principal interest fee compound penalty"

# One event of every kind: as it is held, its row, and its line of JSON.
CASES = [
    (
        Disbursement(id="d1", on=DAY, amount="5000", withheld="100"),
        {"kind": "disbursement", "amount": "5000", "withheld": "100"},
        {"event": "disbursement", "amount": 5000, "withheld": "100"},
    ),
    (
        Payment(id="d1", on=DAY, amount="500.00"),
        {"kind": "payment", "amount": "500.00"},
        {"event": "payment", "amount": "500.00"},
    ),
    (
        Payment(
            id="d1", on=DAY, recorded=LATER, sequence=2, amount=100, kind="card",
            split={"interest": "10", "principal": "90"}, installments=[2, 1],
            order=ORDER.split(), effect="smaller",
        ),
        {"kind": "payment", "recorded": "2026-02-23", "sequence": "2",
         "amount": "100", "payment_kind": "card",
         "split": "interest=10 principal=90", "installments": "2 1", "order": ORDER,
         "effect": "smaller"},
        {"event": "payment", "recorded": "2026-02-23", "sequence": 2, "amount": "100",
         "kind": "card", "split": {"principal": 90, "interest": "10"},
         "installments": [1, 2], "order": ORDER.split(), "effect": "smaller"},
    ),
    (
        Refund(id="d1", on=DAY, amount="9.90"),
        {"kind": "refund", "amount": "9.90"},
        {"event": "refund", "amount": "9.90"},
    ),
    (
        Charge(id="d1", on=DAY, amount="25", name='催收, "letter"',
               component="penalty", installment=3),
        {"kind": "charge", "amount": "25", "name": '催收, "letter"',
         "component": "penalty", "installment": "3"},
        {"event": "charge", "amount": "25", "name": '催收, "letter"',
         "component": "penalty", "installment": 3},
    ),
    (
        Waiver(id="d1", on=DAY, component="penalty", amount="50%", installments=[1]),
        {"kind": "waiver", "component": "penalty", "amount": "50%",
         "installments": "1"},
        {"event": "waiver", "component": "penalty", "amount": "50%",
         "installments": [1]},
    ),
    (
        Waiver(id="d1", on=DAY, component="fee", amount=Fraction(1)),
        {"kind": "waiver", "component": "fee", "amount": "all"},
        {"event": "waiver", "component": "fee", "amount": "all"},
    ),
    (
        Reversal(id="d1", on=DAY, of="p1", reversed_as=ReversedAs.TODAY),
        {"kind": "reversal", "of": "p1", "reversed_as": "today"},
        {"event": "reversal", "of": "p1", "reversed_as": "today"},
    ),
    (
        Chargeback(id="d1", on=DAY, of="p1", amount="50"),
        {"kind": "chargeback", "of": "p1", "amount": "50"},
        {"event": "chargeback", "of": "p1", "amount": "50"},
    ),
    (InterestPause(id="d1", on=DAY), {"kind": "interest_pause"},
     {"event": "interest_pause"}),
    (InterestResume(id="d1", on=DAY), {"kind": "interest_resume"},
     {"event": "interest_resume"}),
    (
        Acceleration(id="d1", on=DAY, charge="3%"),
        {"kind": "acceleration", "charge": "3%"},
        {"event": "acceleration", "charge": "3%"},
    ),
    (
        ChargeOff(id="d1", on=DAY, stops_accrual=False),
        {"kind": "charge_off", "stops_accrual": "FALSE"},
        {"event": "charge_off", "stops_accrual": False},
    ),
    (
        ChargeOff(id="d1", on=DAY),
        {"kind": "charge_off", "stops_accrual": "true"},
        {"event": "charge_off", "stops_accrual": True},
    ),
    (
        ChargeOff(id="d1", on=DAY, drops_unearned=True),
        {"kind": "charge_off", "drops_unearned": "TRUE"},
        {"event": "charge_off", "drops_unearned": True},
    ),
    (WriteOff(id="d1", on=DAY), {"kind": "write_off"}, {"event": "write_off"}),
    (
        Recovery(id="d1", on=DAY, amount="200"),
        {"kind": "recovery", "amount": "200"},
        {"event": "recovery", "amount": "200"},
    ),
    (
        Payout(id="d1", on=DAY, amount="12.50"),
        {"kind": "payout", "amount": "12.50"},
        {"event": "payout", "amount": "12.50"},
    ),
    (
        Breach(id="d1", on=DAY, of="r1"),
        {"kind": "breach", "of": "r1"},
        {"event": "breach", "of": "r1"},
    ),
    (
        TermsChange(id="d1", on=DAY, recorded=LATER, rate=Rate("3.3%/year"),
                    first_due=LATER),
        {"kind": "terms_change", "recorded": "2026-02-23", "rate": "3.3%/year",
         "first_due": "2026-02-23"},
        {"event": "terms_change", "recorded": "2026-02-23", "rate": "3.3%/year",
         "first_due": "2026-02-23"},
    ),
    (
        Refund(id="d1", on=DAY, amount="9.90", of="u1"),
        {"kind": "refund", "amount": "9.90", "of": "u1"},
        {"event": "refund", "amount": "9.90", "of": "u1"},
    ),
    (
        Purchase(id="d1", on=DAY, amount="120"),
        {"kind": "purchase", "amount": "120"},
        {"event": "purchase", "amount": 120},
    ),
    (
        Purchase(id="d1", on=DAY, amount="120.50", segment="travel", name="旅行, far",
                 bought=date(2026, 2, 18)),
        {"kind": "purchase", "amount": "120.50", "segment": "travel",
         "name": "旅行, far", "bought": "2026-02-18"},
        {"event": "purchase", "amount": "120.50", "segment": "travel",
         "name": "旅行, far", "bought": "2026-02-18"},
    ),
    (
        CashAdvance(id="d1", on=DAY, amount="500", segment="cash"),
        {"kind": "cash_advance", "amount": "500"},
        {"event": "cash_advance", "amount": "500", "segment": "cash"},
    ),
    (
        Transfer(id="d1", on=DAY, recorded=LATER, amount="2000", segment="transfers"),
        {"kind": "transfer", "recorded": "2026-02-23", "amount": "2000"},
        {"event": "transfer", "recorded": "2026-02-23", "amount": "2000"},
    ),
    (
        Conversion(id="d1", on=DAY, of="u1", count=12),
        {"kind": "conversion", "of": "u1", "count": "12"},
        {"event": "conversion", "of": "u1", "count": 12},
    ),
    (
        Conversion(id="d1", on=DAY, amount="600", count=3, fee="2.3%"),
        {"kind": "conversion", "amount": "600", "count": "3", "fee": "2.3%"},
        {"event": "conversion", "amount": "600", "count": 3, "fee": "2.3%"},
    ),
    (
        PlanSettlement(id="d1", on=DAY, of="s1"),
        {"kind": "plan_settlement", "of": "s1"},
        {"event": "plan_settlement", "of": "s1"},
    ),
    (
        BillDeferral(id="d1", on=DAY, until=LATER),
        {"kind": "bill_deferral", "until": "2026-02-23"},
        {"event": "bill_deferral", "until": "2026-02-23"},
    ),
    (
        BillDeferral(id="d1", on=DAY, until=LATER, interest_free=True),
        {"kind": "bill_deferral", "until": "2026-02-23", "interest_free": "TRUE"},
        {"event": "bill_deferral", "until": "2026-02-23", "interest_free": True},
    ),
    (
        LimitChange(id="d1", on=DAY, amount="30000", until=LATER),
        {"kind": "limit_change", "amount": "30000", "until": "2026-02-23"},
        {"event": "limit_change", "amount": "30000", "until": "2026-02-23"},
    ),
    (
        CycleChange(id="d1", on=DAY, statement_day=20, due_day=8),
        {"kind": "cycle_change", "statement_day": "20", "due_day": "8"},
        {"event": "cycle_change", "statement_day": 20, "due_day": 8},
    ),
    (
        CycleChange(id="d1", on=DAY, statement_day=31, due_after=18),
        {"kind": "cycle_change", "statement_day": "31", "due_after": "18"},
        {"event": "cycle_change", "statement_day": 31, "due_after": 18},
    ),
]  # fmt: skip


def csv_text(rows):
    """Rows under all the columns that any of them has."""
    text = io.StringIO()
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize(("event", "row", "line"), CASES)
def test_every_kind_of_event(event, row, line):
    named = {"id": "d1", "on": "2026-02-20"}
    assert events_from_csv(csv_text([row | named])) == (event,)
    assert events_from_json_lines(json.dumps(line | named)) == (event,)
    assert events_from_json_lines(events_to_json_lines([event])) == (event,)


def test_every_happening_has_its_event():
    kinds = {row["kind"]: happening(event) for event, row, _ in CASES}
    # Concessions are tables, which CSV has no cell for.
    kinds |= {"restructuring": Happening.RESTRUCTURING}
    assert kinds == {kind.value: kind for kind in Happening}


CONCEDED = [
    (Forgiveness("penalty", "50%"),
     {"kind": "forgiveness", "component": "penalty", "amount": "50%"}),
    (ConditionalForgiveness("fee", "12.50", until=date(2027, 1, 1)),
     {"kind": "conditional_forgiveness", "component": "fee", "amount": "12.50",
      "until": "2027-01-01"}),
    (Capitalization(), {"kind": "capitalization"}),
    (Capitalization(["interest"]),
     {"kind": "capitalization", "components": ["interest"]}),
    (ReAging(), {"kind": "re_aging"}),
    (FrozenInterest("pro_rata"), {"kind": "frozen_interest", "paid": "pro_rata"}),
    (FrozenInterest("last", components=["fee"]),
     {"kind": "frozen_interest", "paid": "last", "components": ["fee"]}),
    (FrozenInterest("within"), {"kind": "frozen_interest", "paid": "within"}),
    (FrozenInterest("equal", to_come=True),
     {"kind": "frozen_interest", "paid": "equal", "to_come": True}),
    (Extension(months=6), {"kind": "extension", "months": 6}),
    (Deferral(3, "principal"),
     {"kind": "deferral", "installments": 3, "of": "principal"}),
    (Reamortization(), {"kind": "reamortization"}),
    (RateCut(Rate("0.03%/day"), until=date(2027, 1, 1)),
     {"kind": "rate_cut", "rate": "0.03%/day", "until": "2027-01-01"}),
    (AffordablePayment("300"), {"kind": "affordable_payment", "amount": "300"}),
    (NewDates(date(2026, 7, 15), "monthly"),
     {"kind": "new_dates", "first_due": "2026-07-15", "every": "P1M"}),
    (NewDates(every=[date(2026, 7, 15)]),
     {"kind": "new_dates", "every": ["2026-07-15"]}),
    (PlanFee("0.3%"), {"kind": "plan_fee", "share": "0.3%"}),
    (Settlement("8000", date(2026, 7, 1)),
     {"kind": "settlement", "amount": "8000", "by": "2026-07-01"}),
]  # fmt: skip


@pytest.mark.parametrize(("concession", "table"), CONCEDED)
def test_a_concession_is_a_table_of_its_kind(concession, table):
    event = Restructuring(id="r1", on=DAY, concessions=[concession])
    line = {
        "event": "restructuring", "id": "r1", "on": "2026-02-20",
        "concessions": [table],
    }  # fmt: skip
    assert events_document([event]) == [line]
    assert events_from_json_lines(json.dumps(line)) == (event,)


def test_every_kind_of_concession_is_written():
    assert {type(concession) for concession, _ in CONCEDED} == set(CONCESSIONS)


def test_a_wrong_concession_is_named_by_its_place():
    line = {
        "event": "restructuring", "id": "r1", "on": "2026-02-20",
        "concessions": [{"kind": "re_aging"}, {"kind": "gift"}],
    }  # fmt: skip
    with pytest.raises(EventsFileError, match=r"concessions\[2\]: kind: got 'gift'"):
        events_from_json_lines(json.dumps(line))


PLAN = {
    "type": "installment_loan", "currency": "CNY", "principal": "600.00",
    "disbursed": "2026-02-20", "every": "monthly",
    "repayment": {"method": "flat_fee", "count": 3, "fee": "2.3%"},
}  # fmt: skip


def test_a_plan_of_a_conversion_looks_as_in_a_file_of_terms():
    plan = InstallmentLoan(
        currency="CNY", principal="600", disbursed=DAY, every="monthly",
        repayment=FlatFee(3, "2.3%"),
    )  # fmt: skip
    event = Conversion(id="s1", on=DAY, recorded=LATER, of="u1", plan=plan)
    line = {
        "event": "conversion", "id": "s1", "on": "2026-02-20",
        "recorded": "2026-02-23", "of": "u1", "plan": PLAN,
    }  # fmt: skip
    assert events_from_json_lines(json.dumps(line)) == (event,)
    (written,) = events_document([event])
    assert written.pop("plan") == terms_document(plan)
    assert written == {key: line[key] for key in line if key != "plan"}
    assert events_from_json_lines(events_to_json_lines([event])) == (event,)
    row = "kind,id,on,of,plan\nconversion,s1,2026-02-20,u1,x\n"
    assert "columns: got ['plan']" in problems(events_from_csv, row)[0]


def test_rows_of_all_kinds_share_one_header():
    rows = [
        row | {"id": f"e{number}", "on": "2026-02-20"}
        for number, (_, row, _) in enumerate(CASES)
    ]
    assert events_from_csv(csv_text(rows)) == tuple(
        attrs.evolve(event, id=f"e{number}")
        for number, (event, _, _) in enumerate(CASES)
    )


def test_what_is_written():
    events = [
        Payment(
            id="p1", on=DAY, recorded=LATER, sequence=1, amount="100.00", kind="card",
            split={"interest": "10", "principal": "90.5"}, installments=[2, 1],
            order=ORDER.split(), effect=PrepaymentEffect.NEXT,
        ),
        Payment(id="p2", on=DAY, recorded=DAY, amount=7, split={}),
        Waiver(id="w1", on=DAY, component=Component.FEE, amount="all"),
        Waiver(id="w2", on=DAY, component=Component.FEE, amount=Fraction(1, 3)),
        ChargeOff(id="o1", on=DAY),
        ChargeOff(id="o2", on=DAY, stops_accrual=False),
    ]  # fmt: skip
    assert events_document(events) == [
        {"event": "payment", "id": "p1", "on": "2026-02-20", "recorded": "2026-02-23",
         "sequence": 1, "amount": "100.00", "kind": "card",
         "split": {"interest": "10", "principal": "90.5"}, "installments": [1, 2],
         "order": ORDER.split(), "effect": "next"},
        {"event": "payment", "id": "p2", "on": "2026-02-20", "amount": "7"},
        {"event": "waiver", "id": "w1", "on": "2026-02-20", "component": "fee",
         "amount": "100%"},
        {"event": "waiver", "id": "w2", "on": "2026-02-20", "component": "fee",
         "amount": "100/3%"},
        {"event": "charge_off", "id": "o1", "on": "2026-02-20"},
        {"event": "charge_off", "id": "o2", "on": "2026-02-20", "stops_accrual": False},
    ]  # fmt: skip
    text = events_to_json_lines(events)
    assert [json.loads(line) for line in text.splitlines()] == events_document(events)
    assert events_from_json_lines(text) == tuple(events)


def test_nothing_is_written_of_what_is_no_event():
    assert events_to_json_lines([]) == ""
    with pytest.raises(InputTypeError):
        events_document(["payment"])


def problems(read, text):
    with pytest.raises(EventsFileError) as caught:
        read(text)
    return list(caught.value.problems)


HEADER = "kind,id,on,amount,split,installments,order,stops_accrual,sequence,installment"
BAD_ROWS = [
    (",p1,2026-02-20,5,,,,,,", ["kind: got None; allowed: disbursement, payment"]),
    ("sale,p1,2026-02-20,5,,,,,,", ["kind: got 'sale'"]),
    ("payment,,,,,,,,,", ["id: missing", "on: missing", "amount: missing"]),
    ("payment,p1,20.02.2026,5,,,,,,", ["on: date: got '20.02.2026'"]),
    ('payment,p1,2026-02-20,"5,000",,,,,,', ["amount: amount: got '5,000'"]),
    ("payment,p1,2026-02-20,1e3,,,,,,", ["amount: amount: got '1e3'"]),
    ("payment,p1,2026-02-20,-5,,,,,,", ["amount: amount: got '-5'"]),
    ("payment,p1,2026-02-20,5,interest,,,,,", ["split: split: got 'interest'"]),
    ("payment,p1,2026-02-20,5,fee=1=2,,,,,", ["split: split: got 'fee=1=2'"]),
    ("payment,p1,2026-02-20,5,tax=1,,,,,", ["split: split: got 'tax'"]),
    ("payment,p1,2026-02-20,5,fee=x,,,,,", ["split: split: got 'x'"]),
    ("payment,p1,2026-02-20,5,fee=1 fee=2,,,,,", ["split: split: got 'fee'"]),
    ("payment,p1,2026-02-20,5,,1 x,,,,", ["installments: installment: got 'x'"]),
    ("payment,p1,2026-02-20,5,,0,,,,", ["installments: installment: got 0"]),
    ("payment,p1,2026-02-20,5,,,fee,,,", ["order: order: got ["]),
    ("payment,p1,2026-02-20,5,,,,,1.5,", ["sequence: sequence: got '1.5'"]),
    ("payment,p1,2026-02-20,5,,,,,-1,", ["sequence: sequence: got -1"]),
    ("payment,p1,2026-02-20,5,,,,," + "9" * 19 + ",", ["sequence: sequence: got '9"]),
    ("charge_off,p1,2026-02-20,,,,,yes,,", ["stops_accrual: cell: got 'yes'"]),
    ("cycle_change,y1,2026-02-20,,,,,,,", ["statement_day: missing"]),
    (
        "conversion,s1,2026-02-20,x,,1,,,,",
        ["amount: amount: got 'x'", "installments: not for this kind of event"],
    ),
    (
        "refund,p1,2026-02-20,5,fee=1,1,,,,2",
        ["installment: not for this kind of event",
         "installments: not for this kind of event",
         "split: not for this kind of event"],
    ),
    ("payment,p1,2026-02-20,5", ["row: got 4; allowed: 10 cells"]),
    ("payment,p1,2026-02-20,5,,,,,,,", ["row: got 11; allowed: 10 cells"]),
    (
        "payment,p1,2026-02-31,x,y,,,,,1",
        ["on: ", "amount: ", "split: ", "installment: not for this kind of event"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("row", "starts"), BAD_ROWS)
def test_problems_of_one_row(row, starts):
    found = problems(events_from_csv, f"{HEADER}\n{row}\n")
    assert len(found) == len(starts), found
    for problem, start in zip(found, starts, strict=True):
        assert problem.startswith(f"line 2: {start}")


BAD_LINES = [
    ("{", ["JSON: got 'Expecting property name enclosed in double quotes (column 2)"]),
    ("9" * 5000, ["JSON: got 'Exceeds the limit"]),
    ("[" * 100_000, ["JSON: got 'nested too deeply'"]),
    ('{"event": "payment", "event": "refund"}', ["keys: got 'event'"]),
    ("5", ["event: got 5; allowed: a table with the key 'event'"]),
    ("[]", ["event: got []"]),
    ("{}", ["event: got None; allowed: disbursement, payment"]),
    ('{"event": ["payment"]}', ["event: got ['payment']"]),
    ('{"event": "payment"}', ["id: missing", "on: missing", "amount: missing"]),
    (
        '{"event": "payout", "id": 5, "on": 20260220, "amount": 5.0, "of": "p1"}',
        ["id: id: got 5", "on: on: got 20260220",
         "amount: amount: got the float 5.0, which is not exact",
         "of: not for this kind of event"],
    ),
    ('{"event": "refund", "id": "r", "on": "2026-02-20", "amount": "5", "of": 7}',
     ["of: of: got 7"]),
    (
        ('{"event": "purchase", "id": "u", "on": "2026-02-20", "amount": 0.5,'
         ' "segment": 1, "bought": "2026-02-30", "name": 5, "of": "x"}'),
        ["amount: amount: got the float 0.5", "segment: segment: got 1",
         "bought: date: got '2026-02-30'", "name: name: got 5",
         "of: not for this kind of event"],
    ),
    (
        ('{"event": "purchase", "id": "u", "on": "2026-02-20", "amount": "5",'
         ' "bought": "2026-02-21"}'),
        ["event u: got 'bought on 2026-02-21'; allowed: on or before 2026-02-20"],
    ),
    (
        ('{"event": "conversion", "id": "s", "on": "2026-02-20", "amount": 0.5,'
         ' "of": 1, "count": 121, "fee": "x", "plan": 5}'),
        ["amount: amount: got the float 0.5", "of: of: got 1",
         "count: count: got 121; allowed: 1 to 120", "fee: fee: got 'x'",
         "plan: type: got 5; allowed: a table with the key 'type'"],
    ),
    (
        ('{"event": "conversion", "id": "s", "on": "2026-02-20", "of": "u", "plan":'
         ' {"type": "installment_loan", "currency": "CNY", "principal": "600",'
         ' "disbursed": "2026-02-20", "every": "monthly", "colour": "red",'
         ' "repayment": {"method": "flat_fee", "count": 3}}}'),
        ["plan.repayment.fee: missing", "plan.colour: unknown key"],
    ),
    (
        ('{"event": "conversion", "id": "s", "on": "2026-02-20", "of": "u",'
         ' "plan": {"type": "credit_line"}}'),
        ["plan: type: got 'credit_line'; allowed: installment_loan"],
    ),
    (
        '{"event": "conversion", "id": "s", "on": "2026-02-20", "of": "u"}',
        ["event s: got 'neither count nor plan'"],
    ),
    ('{"event": "plan_settlement", "id": "e", "on": "2026-02-20"}', ["of: missing"]),
    (
        ('{"event": "limit_change", "id": "l", "on": "2026-02-20", "amount": 0,'
         ' "until": 5}'),
        ["amount: amount: got 0; allowed: above zero", "until: until: got 5"],
    ),
    (
        ('{"event": "cycle_change", "id": "y", "on": "2026-02-20",'
         ' "statement_day": null, "due_day": "8", "due_after": 101}'),
        ["statement_day: statement_day: got None", "due_day: due_day: got '8'",
         "due_after: due_after: got 101; allowed: 1 to 100"],
    ),
    (
        ('{"event": "terms_change", "id": "t", "on": "2026-02-20",'
         ' "recorded": "2026-02-30", "penalty": {"rate": "1%/day", "colour": 1}}'),
        ["recorded: date: got '2026-02-30'", "penalty.colour: unknown key"],
    ),
    ('{"event": "payout", "id": "", "on": "2026-02-20", "amount": NaN}',
     ["id: id: got ''", "amount: amount: got the float NaN"]),
    ('{"event": "waiver", "id": "w", "on": "2026-02-20", "amount": 0.5}',
     ["component: missing", "amount: amount: got the float 0.5"]),
    (
        ('{"event": "payment", "id": "p", "on": "2026-02-20", "amount": true,'
         ' "split": {"fee": 1.5}, "installments": "1", "order": "fee", "effect": 1,'
         ' "kind": 2, "sequence": "1", "recorded": "soon"}'),
        ["recorded: date: got 'soon'", "sequence: sequence: got '1'",
         "amount: amount: got True", "kind: kind: got 2",
         "split: split: got the float 1.5", "installments: installments: got '1'",
         "order: order: got 'fee'", "effect: effect: got 1"],
    ),
    (
        ('{"event": "charge", "id": "c", "on": "2026-02-20", "amount": 1,'
         ' "component": "interest"}'),
        ["component: got 'interest'; allowed: fee or penalty"],
    ),
    ('{"event": "charge_off", "id": "c", "on": "2026-02-20", "stops_accrual": "true"}',
     ["stops_accrual: event: got 'true'"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "starts"), BAD_LINES)
def test_problems_of_one_line(line, starts):
    found = problems(events_from_json_lines, line)
    assert len(found) == len(starts), found
    for problem, start in zip(found, starts, strict=True):
        assert problem.startswith(f"line 1: {start}")


def test_null_is_what_is_left_out_where_that_is_allowed():
    line = '{"event": "payment", "id": "p", "on": "2026-02-20", "amount": 1, "effect": null}'
    assert events_from_json_lines(line) == (Payment(id="p", on=DAY, amount=1),)


def test_all_bad_lines_at_once_with_their_numbers():
    text = (
        'kind,id,on,amount,name\r\n'
        '\r\n'
        'payment,p1,2026-02-20,5,\r\n'
        ',,,,\r\n'
        'charge,c1,2026-02-20,x,"two\r\nlines"\r\n'
        'payment,p2,2026-02-30,5,\r\n'
    )  # fmt: skip
    found = problems(events_from_csv, text)
    assert [problem.split(": ")[:2] for problem in found] == [
        ["line 5", "amount"],
        ["line 7", "on"],
    ]
    lines = '\n{"event": "payment"\n \t\r\n{"event": "sale"}\n'
    found = problems(events_from_json_lines, lines)
    assert [problem.split(": ")[:2] for problem in found] == [
        ["line 2", "JSON"],
        ["line 4", "event"],
    ]


@pytest.mark.parametrize("read", [events_from_csv, events_from_json_lines])
def test_a_hundred_problems_are_shown_and_the_rest_counted(read):
    start = "kind,id\n" if read is events_from_csv else "\n"
    shown = problems(read, start + "x,y\n" * 100)
    assert len(shown) == 100
    assert shown[-1].startswith("line 101: ")
    cut = problems(read, start + "x,y\n" * 1_101)
    assert cut[:100] == shown
    assert cut[100:] == ["and 1,001 more"]


def test_names_of_columns():
    text = "kind,id,on,amount,colour,id,\npayment,p1,2026-02-30,5,red,p2,\n"
    found = problems(events_from_csv, text)
    assert found[0].startswith("line 1: columns: got ['colour', '']; allowed: kind, id")
    assert found[1] == "line 1: columns: got ['id']; allowed: each once"
    assert found[2].startswith("line 2: on: date: got '2026-02-30'")
    assert len(found) == 3
    assert problems(events_from_csv, "payment,p1\n") == [
        problem.replace("['colour', '']", "['payment', 'p1']") for problem in found[:1]
    ]
    assert problems(events_from_csv, "\n,,\n") == ["line 1: no line of column names"]


def test_every_field_of_an_event_has_its_column():
    text = problems(events_from_csv, "x\n")[0].split("allowed: ")[1]
    assert sorted(text.split(", ")) == sorted(
        ["kind", "id", "on", "recorded", "sequence", "amount", "withheld",
         "payment_kind", "split", "installments", "order", "effect", "name",
         "component", "installment", "of", "reversed_as", "charge", "stops_accrual",
         "drops_unearned", "rate", "first_due", "every", "day_count", "segment", "bought",
         "count", "fee", "down_payment", "due", "since", "until", "interest_free", "statement_day", "due_day",
         "due_after"]
    )  # fmt: skip


def test_what_is_no_csv():
    good, bad = "payment,p1,2026-02-20,x\n", 'payment,"p2"2,2026-02-20,5\n'
    found = problems(events_from_csv, "kind,id,on,amount\n" + good + bad + good)
    assert [problem.split(": ")[:2] for problem in found] == [
        ["line 2", "amount"],
        ["line 3", "not CSV"],
    ]
    assert problems(events_from_csv, 'kind,"id') == [
        "line 1: not CSV: unexpected end of data"
    ]


def test_a_mark_in_front_of_the_text_is_no_part_of_it():
    text = "\ufeffkind,id,on,amount\npayment,p1,2026-02-20,5\n"
    assert events_from_csv(text) == (Payment(id="p1", on=DAY, amount=5),)


def test_an_event_twice_is_one_and_two_of_one_id_are_a_problem():
    one = Payment(id="p1", on=DAY, amount="5.00")
    other = Refund(id="p1", on=DAY, amount="5.00")
    pause = InterestPause(id="s1", on=DAY)
    text = events_to_json_lines([one, pause, one])
    assert events_from_json_lines(text) == (one, pause)
    text = events_to_json_lines([one, pause, one, other, attrs.evolve(one, sequence=1)])
    said = "id: got 'p1'; allowed: one event of that id: that in line 1 is another"
    assert problems(events_from_json_lines, text) == [
        f"line 4: {said}",
        f"line 5: {said}",
    ]


def test_no_events_are_no_problem():
    assert events_from_json_lines("") == events_from_json_lines("\n \n") == ()
    assert events_from_csv("kind,id,on\n") == ()


def test_a_hundred_thousand_events_and_no_more(monkeypatch):
    row = "interest_pause,s1,2026-02-20\n"
    monkeypatch.setattr("loanmath.serialization.events._MAX_EVENTS", 3)
    assert len(events_from_csv("kind,id,on\n" + row * 3)) == 1
    found = problems(events_from_csv, "kind,id,on\n" + row * 5 + "bad,,\n")
    assert found == ["line 5: more than 3 events"]
    monkeypatch.undo()
    found = problems(events_from_csv, "kind,id\n" + "x,y\n" * 100_001)
    assert found[100] == "and 99,901 more"
    lines = problems(events_from_json_lines, "x\n" * 100_002)
    assert lines[100] == "and 99,901 more"


def test_files(tmp_path):
    event = Payment(id="p1", on=DAY, amount="5")
    (tmp_path / "a.CSV").write_text(
        "\ufeffkind,id,on,amount\r\npayment,p1,2026-02-20,5\r\n",
        encoding="utf-8",
        newline="",
    )
    (tmp_path / "a.jsonl").write_text(events_to_json_lines([event]), encoding="utf-8")
    assert read_events(tmp_path / "a.CSV") == read_events(str(tmp_path / "a.CSV"))
    assert read_events(tmp_path / "a.CSV") == (event,)
    assert read_events(tmp_path / "a.jsonl") == (event,)
    with pytest.raises(FileNotFoundError):
        read_events(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.json", b"", "the name must end in .csv or .jsonl"),
        ("a.csv", b"kind\xff", "not UTF-8"),
        ("a.jsonl", b" " * 40_000_001, "larger than 40,000,000 bytes"),
        ("a.csv", b"", "line 1: no line of column names"),
        ("a.jsonl", b"x", "line 1: JSON: got 'Expecting value (column 1)'"),
    ],
)
def test_bad_files(tmp_path, name, content, problem):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EventsFileError) as caught:
        read_events(tmp_path / name)
    assert caught.value.what == name
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith(problem)


# Small strategies: every field takes every kind of value at some time.
amounts = st.decimals(0, 10**9, places=2) | st.integers(0, 10**9).map(Decimal)
shares = st.fractions(0, 1, max_denominator=1_000_000) | st.integers(0, 40).map(
    lambda halved: Fraction(1, 2**halved)
)
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
numbers = st.lists(st.integers(1, 1_200), max_size=3)
components = st.sampled_from(Component)
dates = st.dates(date(2000, 1, 1), date(2100, 1, 1))
drawings = {
    "amount": amounts,
    "segment": texts,
    "bought": st.none() | st.dates(date(1950, 1, 1), date(2000, 1, 1)),
    "name": texts,
}

FIELDS = {
    Disbursement: {"amount": amounts, "withheld": amounts},
    Payment: {
        "amount": amounts,
        "kind": texts,
        "split": st.dictionaries(components, amounts),
        "installments": numbers,
        "order": st.just(()) | st.permutations(list(Component)),
        "effect": st.none() | st.sampled_from(PrepaymentEffect),
    },
    Refund: {"amount": amounts, "of": st.none() | texts},
    Charge: {
        "amount": amounts,
        "name": texts,
        "component": st.sampled_from([Component.FEE, Component.PENALTY]),
        "installment": st.none() | st.integers(1, 1_200),
    },
    Waiver: {
        "component": components,
        "amount": amounts | shares,
        "installments": numbers,
    },
    Reversal: {"of": texts, "reversed_as": st.sampled_from(ReversedAs)},
    Chargeback: {"of": texts, "amount": amounts},
    InterestPause: {},
    InterestResume: {},
    Acceleration: {"charge": amounts | shares},
    ChargeOff: {"stops_accrual": st.booleans()},
    WriteOff: {},
    Recovery: {"amount": amounts},
    Payout: {"amount": amounts},
    Purchase: drawings,
    CashAdvance: drawings,
    Transfer: drawings,
    Conversion: {
        "amount": amounts,
        "of": st.none() | texts,
        "count": st.integers(1, 120),
        "fee": st.none() | shares,
    },
    PlanSettlement: {"of": texts},
    BillDeferral: {
        "until": st.dates(date(2100, 1, 1), date(2200, 1, 1)),
        "interest_free": st.booleans(),
    },
    LimitChange: {
        "amount": amounts.map(lambda amount: amount + 1),
        "until": st.none() | st.dates(date(2100, 1, 1), date(2200, 1, 1)),
    },
    CycleChange: {
        "statement_day": st.integers(1, 31),
        "due_day": st.integers(1, 31),
    },
}


@st.composite
def events(draw):
    kind = draw(st.sampled_from(list(FIELDS)))
    on = draw(dates)
    return kind(
        id=draw(texts),
        on=on,
        recorded=draw(st.none() | st.integers(0, 90).map(lambda n: on + timedelta(n))),
        sequence=draw(st.integers(0, 10**9)),
        **{name: draw(values) for name, values in FIELDS[kind].items()},
    )


many = st.lists(events(), max_size=5, unique_by=lambda event: event.id)


@settings(deadline=None)
@given(many)
def test_whatever_happened_survives_lines_of_json(events):
    assert events_from_json_lines(events_to_json_lines(events)) == tuple(events)


plans = st.builds(
    InstallmentLoan,
    currency=st.sampled_from(["CNY", "JPY"]),
    principal=st.integers(1, 10**9),
    disbursed=dates,
    every=st.sampled_from(["monthly", "P10D"]),
    rate=st.just(Rate("0.04%/day")),
    repayment=st.builds(LevelPayment, st.integers(1, 120)),
    rounding=st.sampled_from(["half_up", "down"]),
)
agreed = st.builds(
    TermsChange,
    id=texts,
    on=dates,
    recorded=st.none() | dates,
    rate=st.just(Rate("3.3%/year")),
    first_due=st.none() | dates,
    repayment=st.none() | st.builds(LevelPayment, st.integers(1, 120)),
    every=st.sampled_from([None, "monthly", [date(2101, 1, 1), date(2101, 5, 1)]]),
    day_count=st.sampled_from([None, "ACT/360"]),
    penalty=st.sampled_from([None, PenaltyInterest(multiple=Fraction(4, 3))]),
)
converted = st.builds(
    Conversion,
    id=texts,
    on=dates,
    recorded=st.none() | dates,
    amount=st.none() | amounts,
    of=texts,
    plan=plans,
)


@settings(deadline=None)
@given(agreed | converted)
def test_whatever_was_agreed_survives_lines_of_json(event):
    assert events_from_json_lines(events_to_json_lines([event])) == (event,)


def cell(name, value):
    if name == "split":
        return " ".join(f"{part}={amount}" for part, amount in value.items())
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)


@settings(deadline=None)
@given(many)
def test_whatever_happened_survives_csv(events):
    rows = []
    for document in events_document(events):
        row = {name: cell(name, value) for name, value in document.items()}
        if "kind" in row:
            row["payment_kind"] = row.pop("kind")
        rows.append(row | {"kind": row.pop("event")})
    text = csv_text(rows) if rows else "kind\n"
    assert events_from_csv(text) == tuple(events)
