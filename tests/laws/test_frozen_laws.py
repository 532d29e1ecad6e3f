"""Frozen interest in a plan: all of it is paid, where it was said, and payments agree."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from operator import add
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from loanmath.account import Account, Arrear
from loanmath.events import Restructuring
from loanmath.rates import Rate
from loanmath.terms import InstallmentLoan, LevelPayment
from loanmath.terms.concessions import FrozenInterest, RateCut, ReAging
from oracle.frozen import level_with, rounded

START = date(2026, 1, 15)


class Owing(NamedTuple):
    """A level loan that begins with interest from before it, in units."""

    principal: int
    interest: int
    penalty: int
    points: int
    count: int

    @property
    def monthly(self) -> Fraction:
        """What a month bears."""
        return Fraction(self.points, 10_000)

    @property
    def loan(self) -> InstallmentLoan:
        """The loan."""
        return InstallmentLoan(
            currency="CNY",
            principal=Decimal(self.principal).scaleb(-2),
            disbursed=START,
            every="monthly",
            rate=Rate(f"{Decimal(self.points).scaleb(-2)}%/month"),
            repayment=LevelPayment(self.count),
        )

    def planned(self, how: str) -> list[tuple[int, int, int]]:
        """Fee, interest and principal of each installment of the plan."""
        behind = Arrear(
            due=START - timedelta(1),
            interest=Decimal(self.interest).scaleb(-2),
            penalty=Decimal(self.penalty).scaleb(-2),
        )
        plan = Restructuring(
            id="r1", on=START, concessions=[FrozenInterest(how), ReAging()]
        )
        account = Account.open(self.loan, arrears=[behind]).record(plan)
        rows = account.position(START).installments[1:]
        return [
            (
                int(row.owed.fee * 100),
                int(row.owed.interest * 100),
                int(row.owed.principal * 100),
            )
            for row in rows
        ]

    def brought(self, rows: list[tuple[int, int, int]]) -> list[int]:
        """What of each interest is none of its period."""
        found, owed = [], self.principal
        for _, interest, principal in rows:
            found.append(interest - rounded(owed * self.monthly))
            owed -= principal
        assert owed == 0
        return found


owings = st.builds(
    Owing,
    st.integers(10_000, 10_000_000),
    st.integers(1, 5_000_000),
    st.integers(0, 1_000_000),
    st.integers(0, 500),
    st.integers(1, 40),
)


def check_level(owing: Owing, rows: list[tuple[int, int, int]]) -> list[int]:
    """Return what is frozen on each installment, once payments are found level."""
    brought, fees = owing.brought(rows), [row[0] for row in rows]
    assert min(brought) >= 0
    assert sum(brought) == owing.interest
    assert sum(fees) == owing.penalty
    frozen = list(map(add, brought, fees))
    exact = level_with(owing.principal, [owing.monthly] * owing.count, frozen)
    for row in rows[:-1]:
        assert sum(row) == rounded(exact)
    return frozen


@given(owings)
def test_level_payments_go_to_what_is_frozen_before_principal(owing):
    rows = owing.planned("within")
    frozen = check_level(owing, rows)
    brought = owing.brought(rows)
    for row, (_, _, principal) in enumerate(rows):
        assert not (principal and any(frozen[row + 1 :]))
        assert not (brought[row] and any(fee for fee, _, _ in rows[row + 1 :]))


@given(owings)
def test_equal_shares_are_within_level_payments(owing):
    rows = owing.planned("equal")
    check_level(owing, rows)
    fees, others = [row[0] for row in rows], owing.count - 1
    for whole, parts in ((owing.interest, owing.brought(rows)), (owing.penalty, fees)):
        share = rounded(Fraction(whole, owing.count))
        if share * others <= whole:
            assert parts[:-1] == [share] * others


@given(owings, st.sampled_from(["last", "pro_rata"]))
def test_other_shares_are_beside_level_payments(owing, how):
    rows = owing.planned(how)
    brought = owing.brought(rows)
    assert sum(brought) == owing.interest
    assert sum(row[0] for row in rows) == owing.penalty
    exact = level_with(owing.principal, [owing.monthly] * owing.count, [0] * len(rows))
    for (_, interest, principal), part in [*zip(rows, brought, strict=True)][:-1]:
        assert interest + principal - part == rounded(exact)


@given(owings, st.sampled_from(["last", "pro_rata", "equal", "within"]))
def test_interest_to_come_is_all_that_a_plan_without_interest_has(owing, how):
    loan = owing.loan
    account = Account.open(loan)
    frozen = FrozenInterest(how, to_come=True)
    plan = Restructuring(
        id="r1", on=START, concessions=[frozen, RateCut(Rate("0%/month"))]
    )
    after = account.record(plan).position(START)
    planned = loan.schedule().totals.interest
    assert sum(row.owed.interest for row in after.installments) == planned
    assert after.payoff == loan.principal + planned
