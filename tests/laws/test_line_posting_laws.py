"""What holds for the postings and bills of every line, whatever happens on it."""

import json
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given

from lines import lines_with_events
from loanmath import LineAccount, explain_line
from loanmath.line_account.document import (
    position_document,
    postings_document,
    statement_document,
)
from posting_formulas import worked_out

PARTS = ("penalty", "fee", "interest", "principal")


def lived(pair):
    """The account of a line, and a day by which more than one bill follows."""
    line, events = pair
    account = LineAccount.open(line, events[0].on).record(*events)
    return account, events[-1].on + timedelta(40)


@given(lines_with_events())
def test_every_formula_gives_its_amount_from_amounts_that_are_none_below_zero(pair):
    account, until = lived(pair)
    for one in account.postings(until=until):
        assert worked_out(one, account.line.digits) == Fraction(one.amount), str(one)
        assert all(
            value >= 0 for value in one.inputs.values() if isinstance(value, Decimal)
        )
        assert explain_line(one)
        assert explain_line(one, "zh")


@given(lines_with_events())
def test_what_is_owed_is_the_sum_of_the_postings(pair):
    account, until = lived(pair)
    sums: Counter[tuple[str, str]] = Counter()
    for one in account.postings(until=until):
        sums[one.segment, one.component] += one.amount
    position = account.position(until)
    assert -sums.pop(("", "credit"), Decimal(0)) == position.credit
    owed = {
        (segment.name, part): getattr(segment, part)
        for segment in position.segments
        for part in PARTS
    }
    assert {key: units for key, units in sums.items() if units} == {
        key: amount for key, amount in owed.items() if amount
    }
    assert sum(sums.values()) == position.owed == position.billed + position.unbilled


@given(lines_with_events())
def test_bills_foot_and_chain(pair):
    account, until = lived(pair)
    opening = Decimal(0)
    for bill in account.statements(until):
        assert bill.opening == opening
        assert bill.closing == opening + sum(item.amount for item in bill.items)
        assert 0 <= bill.minimum <= max(bill.closing, 0)
        assert all(one.charged >= 0 for one in bill.outlook())
        opening = bill.closing


@given(lines_with_events())
def test_documents_are_json(pair):
    account, until = lived(pair)
    for document in (
        position_document(account.position(until)),
        [statement_document(bill) for bill in account.statements(until)],
        postings_document(account.postings(until=until)),
    ):
        assert json.loads(json.dumps(document)) == document
