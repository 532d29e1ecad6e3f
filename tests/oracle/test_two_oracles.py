"""The general walk and the plain model agree wherever the plain one has an answer."""

from dataclasses import fields

from hypothesis import given

from oracle import planner, walker
from oracle.agreement import Agreement
from oracle.planner import Contract, RefusedError
from strategies import contracts

NAMES = ("due", "opening", "payment", "principal", "interest", "fee", "closing")


def agreement_of(contract: Contract) -> Agreement:
    return Agreement(
        **{field.name: getattr(contract, field.name) for field in fields(Contract)}
    )


@given(contract=contracts(most=24))
def test_a_plain_contract_has_the_same_rows(contract):
    try:
        expected = planner.plan(contract)
    except RefusedError:
        return
    lines = walker.plan(agreement_of(contract))
    assert [[getattr(line, name) for name in NAMES] for line in lines] == [
        [getattr(row, name) for name in NAMES] for row in expected
    ]
