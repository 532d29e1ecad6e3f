"""What happens on a credit line: what its events take and refuse, word for word."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from loanmath import CreditLine, FlatFee, InstallmentLoan
from loanmath.errors import (
    DateRangeError,
    EventError,
    InputTypeError,
    InputValueError,
    LimitError,
    TermsError,
)
from loanmath.events import (
    CashAdvance,
    Conversion,
    CycleChange,
    Drawing,
    LimitChange,
    PlanSettlement,
    Purchase,
    Refund,
    Transfer,
)

DAY = date(2026, 3, 5)
NAMED = {"id": "e1", "on": DAY}
BEFORE, AFTER = date(2026, 3, 4), date(2026, 3, 6)
NO_DATE = (
    "allowed: datetime.date; name the business date yourself: a datetime has a zone or"
    " lacks one"
)
PLAN = InstallmentLoan(
    currency="CNY", principal="600", disbursed=DAY, every="monthly",
    repayment=FlatFee(3, "2.3%"),
)  # fmt: skip
LINE = CreditLine(currency="CNY", limit="1", statement_day=5, due_day=23)


def bought(**words):
    return Purchase(**NAMED | {"amount": "120"} | words)


def converted(**words):
    return Conversion(**NAMED | {"of": "u1", "count": 12} | words)


def limited(**words):
    return LimitChange(**NAMED | {"amount": "30000"} | words)


def cycled(**words):
    return CycleChange(**NAMED | {"statement_day": 20, "due_day": 8} | words)


REFUSED = [
    (
        lambda: bought(amount="-0.01"),
        LimitError,
        "amount: got '-0.01'; allowed: zero or above",
    ),
    (lambda: bought(amount=None), InputTypeError, "amount: got None; allowed: str, int or Decimal"),
    (lambda: bought(segment=1), InputTypeError, "segment: got 1; allowed: str"),
    (lambda: bought(segment=None), InputTypeError, "segment: got None; allowed: str"),
    (lambda: bought(name=1), InputTypeError, "name: got 1; allowed: str"),
    (lambda: bought(name=None), InputTypeError, "name: got None; allowed: str"),
    (
        lambda: bought(bought="2026-03-04"),
        InputTypeError,
        f"bought: got '2026-03-04'; {NO_DATE}",
    ),
    (
        lambda: bought(bought=date(1899, 12, 31)),
        DateRangeError,
        "bought: got datetime.date(1899, 12, 31); allowed: 1900-01-01 to 2200-12-31",
    ),
    (
        lambda: bought(bought=AFTER),
        EventError,
        "event e1: got 'bought on 2026-03-06'; allowed: on or before 2026-03-05, when it is posted",
    ),
    (lambda: Refund(**NAMED, amount=1, of=5), InputTypeError, "of: got 5; allowed: str"),
    (lambda: converted(amount="x"), InputValueError, "amount: got 'x'; allowed: a number in plain digits, such as '1234.50'; leave out spaces, separators, symbols and exponents"),
    (lambda: converted(amount="-1"), LimitError, "amount: got '-1'; allowed: zero or above"),
    (lambda: converted(of=5), InputTypeError, "of: got 5; allowed: str"),
    (lambda: converted(count=0), LimitError, "count: got 0; allowed: 1 to 120"),
    (lambda: converted(count=121), LimitError, "count: got 121; allowed: 1 to 120"),
    (lambda: converted(count="3"), InputTypeError, "count: got '3'; allowed: int"),
    (lambda: converted(count=True), InputTypeError, "count: got True; allowed: int"),
    (lambda: converted(fee="101%"), LimitError, "fee: got '101%'; allowed: 0% to 100%"),
    (
        lambda: converted(fee="5"),
        InputValueError,
        "fee: got '5'; allowed: a percentage with its sign, such as '7.5%'",
    ),
    (
        lambda: converted(count=None, plan="plan"),
        InputTypeError,
        "plan: got 'plan'; allowed: InstallmentLoan(...)",
    ),
    (
        lambda: converted(count=None),
        TermsError,
        "event e1: got 'neither count nor plan'; allowed: exactly one of count and plan",
    ),
    (
        lambda: converted(plan=PLAN),
        TermsError,
        "event e1: got 'both'; allowed: exactly one of count and plan",
    ),
    (
        lambda: converted(count=None, plan=PLAN, fee="1%"),
        TermsError,
        "event e1: got 'a fee with a plan'; allowed: a fee with count",
    ),
    (
        lambda: converted(of=None),
        TermsError,
        "event e1: got 'neither amount nor of'; allowed: one of them",
    ),
    (lambda: PlanSettlement(**NAMED, of=5), InputTypeError, "of: got 5; allowed: str"),
    (lambda: PlanSettlement(**NAMED, of=None), InputTypeError, "of: got None; allowed: str"),
    (lambda: limited(amount="0"), LimitError, "amount: got '0'; allowed: above zero"),
    (lambda: limited(amount=True), InputTypeError, "amount: got True; allowed: str, int or Decimal"),
    (
        lambda: limited(until=datetime(2026, 3, 6)),
        InputTypeError,
        f"until: got datetime.datetime(2026, 3, 6, 0, 0); {NO_DATE}",
    ),
    (
        lambda: limited(until=BEFORE),
        EventError,
        "event e1: got 'until 2026-03-04'; allowed: on or after 2026-03-05",
    ),
    *(
        (lambda day=day: cycled(statement_day=day), InputTypeError, f"statement_day: got {day!r}; allowed: int")
        for day in (None, "20", True, 20.0)
    ),
    (
        lambda: cycled(statement_day=0),
        LimitError,
        "statement_day: got 0; allowed: 1 to 31",
    ),
    (
        lambda: cycled(statement_day=32),
        LimitError,
        "statement_day: got 32; allowed: 1 to 31",
    ),
    (lambda: cycled(due_day=32), LimitError, "due_day: got 32; allowed: 1 to 31"),
    (lambda: cycled(due_day=0), LimitError, "due_day: got 0; allowed: 1 to 31"),
    (
        lambda: cycled(due_day=None, due_after=101),
        LimitError,
        "due_after: got 101; allowed: 1 to 100",
    ),
    (
        lambda: cycled(due_day=None, due_after=0),
        LimitError,
        "due_after: got 0; allowed: 1 to 100",
    ),
    (
        lambda: cycled(due_day=None),
        TermsError,
        "event e1: got 'neither'; allowed: exactly one of due_day and due_after",
    ),
    (
        lambda: cycled(due_after=18),
        TermsError,
        "event e1: got 'both'; allowed: exactly one of due_day and due_after",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("make", "kind", "said"), REFUSED)
def test_what_is_refused_and_what_is_said(make, kind, said):
    with pytest.raises(kind) as caught:
        make()
    assert type(caught.value) is kind
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("kind", "balance"),
    [
        (Drawing, "purchases"),
        (Purchase, "purchases"),
        (CashAdvance, "cash"),
        (Transfer, "transfers"),
    ],
)
def test_every_drawing_has_its_balance(kind, balance):
    drawn = kind(**NAMED, amount="1.50")
    assert (drawn.segment, drawn.name, drawn.bought) == (balance, "", None)
    assert drawn.amount == Decimal("1.50")
    named = kind(**NAMED, amount=0, segment="gold", name="金店", bought=DAY)
    assert (named.segment, named.name, named.bought) == ("gold", "金店", DAY)
    assert kind(**NAMED, amount=1, bought=BEFORE).bought == BEFORE


def test_a_conversion_is_of_a_purchase_or_an_amount():
    whole = converted(fee=Fraction(1))
    assert (whole.amount, whole.of, whole.count, whole.fee) == (None, "u1", 12, 1)
    part = converted(amount="60.00", count=120)
    assert (part.amount, part.of) == (Decimal("60.00"), "u1")
    of_the_bill = converted(of=None, amount=600, count=None, plan=PLAN)
    assert (of_the_bill.of, of_the_bill.plan) == (None, PLAN)
    assert hash(of_the_bill) == hash(attrs.evolve(of_the_bill))
    with pytest.raises(InputTypeError):
        converted(count=None, plan=LINE)


def test_a_limit_may_be_for_a_time():
    assert limited().until is None
    # For that one day.
    assert limited(amount="0.01", until=DAY).until == DAY


def test_billing_days_at_their_limits():
    assert (cycled(statement_day=1).statement_day, cycled().due_after) == (1, None)
    assert cycled(statement_day=31, due_day=1).due_day == 1
    assert cycled(due_day=31).due_day == 31
    assert cycled(due_day=None, due_after=1).due_after == 1
    assert cycled(due_day=None, due_after=100).due_after == 100
