"""Concessions as values: what they accept, and what they refuse."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from loanmath.errors import (
    InputTypeError,
    InputValueError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from loanmath.events import Restructuring
from loanmath.rates import Rate
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
    PlanLimit,
    RateCut,
    ReAging,
    Reamortization,
    Settlement,
    to_concessions,
)
from refusals import refused

DAY = date(2026, 6, 1)
ALL = [
    Forgiveness("penalty"), ConditionalForgiveness("fee", "5"), Capitalization(),
    ReAging(), FrozenInterest("last"), Extension(months=1), Deferral(1),
    Reamortization(), RateCut(Rate("0%/day")), AffordablePayment("1"), NewDates(DAY),
    PlanFee("1%"), Settlement("1", DAY),
]  # fmt: skip


@pytest.mark.parametrize("concession", ALL, ids=lambda one: type(one).__name__)
def test_a_concession_is_frozen_hashable_and_equal_to_its_like(concession):
    assert concession == attrs.evolve(concession)
    assert hash(concession) == hash(attrs.evolve(concession))
    assert to_concessions([concession]) == (concession,)


def test_all_kinds_are_listed():
    assert {type(concession) for concession in ALL} == set(CONCESSIONS)


def test_a_settlement_gives_up_what_is_not_to_be_paid_or_comes_first():
    for parts in (
        [FrozenInterest("forgiven"), Settlement("1", DAY)],
        [Settlement("1", DAY), FrozenInterest("last")],
        [FrozenInterest("last"), ReAging()],
    ):
        assert to_concessions(parts) == tuple(parts)


def test_amounts_shares_and_all_of_it():
    assert Forgiveness("interest").amount == Fraction(1)
    assert Forgiveness("interest", "all") == Forgiveness("interest", "100%")
    assert Forgiveness("interest", "12.5").amount == Decimal("12.5")
    assert Deferral(2, "both") == Deferral(2, "payment")


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: Forgiveness("gift"), UnknownNameError),
        (lambda: Forgiveness("penalty", "101%"), LimitError),
        (lambda: Forgiveness("penalty", "-1"), LimitError),
        (lambda: Forgiveness("penalty", 0.5), InputTypeError),
        (lambda: ConditionalForgiveness("fee", until="soon"), InputTypeError),
        (
            lambda: to_concessions([FrozenInterest("last"), Settlement("1", DAY)]),
            TermsError,
        ),
        (
            lambda: to_concessions(
                [ReAging(), FrozenInterest("equal"), ReAging(), Settlement("1", DAY)]
            ),
            TermsError,
        ),
        (lambda: Capitalization([]), InputValueError),
        (lambda: Capitalization("interest"), InputTypeError),
        (lambda: Capitalization(5), InputTypeError),
        (lambda: Capitalization(["fee", "fee"]), InputValueError),
        (lambda: FrozenInterest("never"), UnknownNameError),
        (lambda: FrozenInterest("last", components=["principal"]), InputValueError),
        (lambda: FrozenInterest("last", to_come=1), InputTypeError),
        (lambda: FrozenInterest("forgiven", to_come=True), TermsError),
        (lambda: FrozenInterest("last", components=["fee"], to_come=True), TermsError),
        (Extension, TermsError),
        (lambda: Extension(installments=1, months=1), TermsError),
        (lambda: Extension(installments=0), LimitError),
        (lambda: Extension(months=0), LimitError),
        (lambda: Deferral(0), LimitError),
        (lambda: Deferral(1, "all"), UnknownNameError),
        (lambda: Reamortization(count="3"), InputTypeError),
        (lambda: RateCut(None), TermsError),
        (lambda: RateCut("0%/day"), InputTypeError),
        (lambda: RateCut(Rate("0%/day"), until=5), InputTypeError),
        (lambda: AffordablePayment("0"), LimitError),
        (NewDates, TermsError),
        (lambda: NewDates("2026-07-01"), InputTypeError),
        (lambda: PlanFee("0%"), LimitError),
        (lambda: PlanFee("101%"), LimitError),
        (lambda: PlanLimit("none"), TermsError),
        (lambda: PlanLimit(5, installments=1), InputTypeError),
        (lambda: PlanLimit("x", months=0), LimitError),
        (lambda: to_concessions([]), TermsError),
        (lambda: to_concessions([ReAging()] * 101), TermsError),
        (lambda: to_concessions(ReAging()), InputTypeError),
        (lambda: to_concessions([ReAging]), InputTypeError),
        (lambda: Restructuring(id="r", on=DAY, concessions=["gift"]), InputTypeError),
    ],
)  # fmt: skip
def test_what_has_no_meaning_is_refused(make, kind):
    with refused(kind):
        make()
