"""Events as values: what they hold, and what they refuse."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from loanmath.errors import (
    InputTypeError,
    InputValueError,
    LimitError,
    UnknownNameError,
)
from loanmath.events import (
    HAPPENINGS,
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
from loanmath.events.order import event_order
from loanmath.terms import Component, Happening, PrepaymentEffect, SameDay
from loanmath.terms.concessions import ReAging

DAY = date(2026, 2, 15)
NAMED = {"id": "e1", "on": DAY}
EVENTS = [
    Disbursement(**NAMED, amount="1"),
    Payment(**NAMED, amount="1"),
    Refund(**NAMED, amount="1"),
    Charge(**NAMED, amount="1"),
    Waiver(**NAMED, component="fee", amount="1"),
    Reversal(**NAMED, of="p1"),
    Chargeback(**NAMED, of="p1", amount="1"),
    InterestPause(**NAMED),
    InterestResume(**NAMED),
    Acceleration(**NAMED),
    ChargeOff(**NAMED),
    WriteOff(**NAMED),
    Recovery(**NAMED, amount="1"),
    Payout(**NAMED, amount="1"),
    TermsChange(**NAMED, first_due=date(2026, 3, 20)),
    Restructuring(**NAMED, concessions=[ReAging()]),
    Breach(**NAMED, of="r1"),
    Purchase(**NAMED, amount="1"),
    CashAdvance(**NAMED, amount="1"),
    Transfer(**NAMED, amount="1"),
    Conversion(**NAMED, of="u1", count=3),
    PlanSettlement(**NAMED, of="s1"),
    BillDeferral(**NAMED, until=date(2026, 4, 20)),
    LimitChange(**NAMED, amount="1"),
    CycleChange(**NAMED, statement_day=5, due_day=20),
]
PLAIN = InterestPause


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_every_event_is_frozen_hashable_and_of_one_kind(event):
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event.id = "e2"
    assert hash(event) == hash(attrs.evolve(event))
    assert event.recorded == DAY
    assert happening(event) is HAPPENINGS[type(event)]


def test_there_is_an_event_of_every_kind():
    assert sorted(happening(event).value for event in EVENTS) == sorted(
        kind.value for kind in Happening
    )
    for wrong in ("payment", None, 1, Payment):
        with pytest.raises(InputTypeError, match="loanmath.events"):
            happening(wrong)


def test_an_event_is_ordered_by_day_rank_sequence_and_id():
    payment = Payment(**NAMED, amount="1", sequence=7)
    kinds = [Happening.REFUND, Happening.CHARGE, Happening.PAYMENT]
    assert event_order(kinds, SameDay.KIND)(payment) == (DAY, 2, 7, "e1")
    assert event_order(kinds, SameDay.SEQUENCE)(payment) == (DAY, 7, 2, "e1")


@pytest.mark.parametrize("name", ["a", "x" * 200])
def test_an_id_at_its_limits(name):
    assert PLAIN(id=name, on=DAY).id == name


@pytest.mark.parametrize("name", ["", "x" * 201])
def test_an_id_beyond_its_limits(name):
    with pytest.raises(LimitError, match="1 to 200"):
        PLAIN(id=name, on=DAY)


def test_what_every_event_refuses():
    for wrong in (1, None, b"e1"):
        with pytest.raises(InputTypeError):
            PLAIN(id=wrong, on=DAY)
    for wrong in ("2026-02-15", datetime(2026, 2, 15), None, 20260215):
        with pytest.raises(InputTypeError):
            PLAIN(id="e1", on=wrong)
    with pytest.raises(InputTypeError):
        PLAIN(**NAMED, recorded="2026-02-15")
    with pytest.raises(InputTypeError):
        PLAIN(**NAMED, recorded=datetime(2026, 2, 15))


def test_an_event_may_become_known_on_another_day():
    known = date(2026, 3, 1)
    assert PLAIN(**NAMED, recorded=known).recorded == known
    before = date(2026, 2, 1)
    assert PLAIN(**NAMED, recorded=before).recorded == before


def test_a_sequence_has_its_limits():
    assert [PLAIN(**NAMED, sequence=n).sequence for n in (0, 10**9)] == [0, 10**9]
    for beyond in (-1, 10**9 + 1):
        with pytest.raises(LimitError, match="0 to 1,000,000,000"):
            PLAIN(**NAMED, sequence=beyond)
    for wrong in (True, 1.0, "1", None):
        with pytest.raises(InputTypeError, match="int"):
            PLAIN(**NAMED, sequence=wrong)


@pytest.mark.parametrize(
    "kind", [Disbursement, Payment, Refund, Charge, Recovery, Payout]
)
def test_amounts_are_zero_or_above(kind):
    assert kind(**NAMED, amount="0").amount == 0
    assert kind(**NAMED, amount=Decimal("1.50")).amount == Decimal("1.50")
    with pytest.raises(LimitError, match="zero or above"):
        kind(**NAMED, amount="-0.01")
    for wrong in (1.5, None, True):
        with pytest.raises(InputTypeError):
            kind(**NAMED, amount=wrong)
    with pytest.raises(InputValueError):
        kind(**NAMED, amount="NaN")


def test_what_a_disbursement_withholds():
    assert Disbursement(**NAMED, amount="100", withheld="3").withheld == 3
    with pytest.raises(LimitError):
        Disbursement(**NAMED, amount="100", withheld="-1")


def test_a_payment_may_say_what_it_is_for():
    payment = Payment(
        **NAMED,
        amount="3",
        kind="subsidy",
        installments=[3, 1, 3],
        order=["principal", "interest", "fee", "compound", "penalty"],
        effect="smaller",
        split={"principal": "1", "fee": "2"},
    )
    assert payment.installments == (1, 3)
    assert payment.order[0] is Component.PRINCIPAL
    assert payment.effect is PrepaymentEffect.SMALLER
    # In the order of the components, however it was given.
    assert payment.split == (
        (Component.FEE, Decimal(2)),
        (Component.PRINCIPAL, Decimal(1)),
    )
    pairs = [("fee", "2"), ["principal", "1"]]
    assert Payment(**NAMED, amount="3", split=pairs).split == payment.split


def pay(**words):
    return Payment(**NAMED, amount="1", **words)


def test_what_a_split_refuses():
    for wrong in ("fee", 5, None):
        with pytest.raises(InputTypeError, match="amounts by component"):
            pay(split=wrong)
    for wrong in ([1], ["ab"], [("fee",)], [("fee", "1", "2")]):
        with pytest.raises(InputTypeError, match="a component, an amount"):
            pay(split=wrong)
    with pytest.raises(InputValueError, match="each once"):
        pay(split=[("fee", "1"), (Component.FEE, "2")])
    with pytest.raises(UnknownNameError):
        pay(split={"something": "1"})
    with pytest.raises(LimitError):
        pay(split={"fee": "-1"})
    assert pay(split={}).split == ()


def test_what_an_order_refuses():
    assert pay(order=[]).order == ()
    for wrong in ("penalty", None, {"penalty"}):
        with pytest.raises(InputTypeError, match="list of components"):
            pay(order=wrong)
    with pytest.raises(InputValueError, match="every component once"):
        pay(order=["fee", "fee"])
    with pytest.raises(InputValueError, match="all components, or none"):
        pay(order=["fee"])
    with pytest.raises(InputValueError, match="all components, or none"):
        pay(order=["principal", "interest", "fee", "compound"])
    with pytest.raises(UnknownNameError):
        pay(order=["something"])


def test_what_installments_refuse():
    assert pay(installments=()).installments == ()
    for wrong in ("1", 1, None, {1}):
        with pytest.raises(InputTypeError, match="list of numbers"):
            pay(installments=wrong)
    with pytest.raises(LimitError):
        pay(installments=[0])
    with pytest.raises(InputTypeError):
        pay(installments=["1"])
    with pytest.raises(UnknownNameError):
        pay(effect="longer")
    with pytest.raises(InputTypeError):
        pay(kind=1)


def test_a_charge_is_a_fee_or_a_penalty():
    charge = Charge(**NAMED, amount="1", component="penalty", installment=2)
    assert (charge.component, charge.installment) == (Component.PENALTY, 2)
    plain = Charge(**NAMED, amount="1")
    assert (plain.component, plain.installment, plain.name) == (
        Component.FEE,
        None,
        "charge",
    )
    for component in ("interest", "principal", "compound"):
        with pytest.raises(InputValueError, match="fee or penalty"):
            Charge(**NAMED, amount="1", component=component)
    with pytest.raises(LimitError):
        Charge(**NAMED, amount="1", installment=0)
    with pytest.raises(InputTypeError):
        Charge(**NAMED, amount="1", name=1)


def waive(amount):
    return Waiver(**NAMED, component="penalty", amount=amount)


def test_a_waiver_is_of_an_amount_a_share_or_all():
    assert waive("all").amount == waive("100%").amount == Fraction(1)
    assert waive("50%").amount == Fraction(1, 2)
    assert waive("1").amount == Decimal(1)
    assert waive("0%").amount == 0
    with pytest.raises(LimitError, match="0% to 100%"):
        waive("100.01%")
    with pytest.raises(LimitError):
        waive("-1")
    with pytest.raises(UnknownNameError):
        Waiver(**NAMED, component="something", amount="1")


def test_corrections_name_what_they_correct():
    assert Reversal(**NAMED, of="p1").reversed_as is ReversedAs.NEVER
    assert (
        Reversal(**NAMED, of="p1", reversed_as="today").reversed_as is ReversedAs.TODAY
    )
    with pytest.raises(UnknownNameError):
        Reversal(**NAMED, of="p1", reversed_as="yesterday")
    for wrong in (1, None):
        with pytest.raises(InputTypeError):
            Reversal(**NAMED, of=wrong)
        with pytest.raises(InputTypeError):
            Chargeback(**NAMED, of=wrong, amount="1")


def test_an_acceleration_costs_an_amount_or_a_share():
    assert Acceleration(**NAMED).charge == 0
    assert Acceleration(**NAMED, charge="3%").charge == Fraction(3, 100)
    with pytest.raises(LimitError):
        Acceleration(**NAMED, charge="-1")


def test_a_charge_off_stops_accrual_or_does_not():
    assert ChargeOff(**NAMED).stops_accrual is True
    assert ChargeOff(**NAMED, stops_accrual=False).stops_accrual is False
    with pytest.raises(InputTypeError, match="True or False"):
        ChargeOff(**NAMED, stops_accrual=1)
    assert ChargeOff(**NAMED, drops_unearned=True).drops_unearned is True
    with pytest.raises(InputValueError, match="only where stops_accrual is"):
        ChargeOff(**NAMED, stops_accrual=False, drops_unearned=True)
