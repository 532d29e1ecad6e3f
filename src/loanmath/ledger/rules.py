"""What the terms say about lateness and allocation, as integers and tables."""

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import groupby, pairwise
from math import lcm
from typing import NamedTuple

from attrs import evolve, frozen

from loanmath.currency import to_units
from loanmath.ledger.balances import COMPONENTS
from loanmath.rates import Rate, RateUnit
from loanmath.rounding import offset
from loanmath.schedule import rate_path
from loanmath.terms import (
    AllocateBy,
    Allocation,
    Component,
    ContractInterest,
    FirstDay,
    Grace,
    InstallmentLoan,
    PenaltyBase,
    PenaltyInterest,
    PenaltyRounded,
    Slot,
    Standing,
)
from loanmath.terms.lateness import YEARS, daily_share
from loanmath.terms.replanning import follows_balance

__all__ = ["EVER", "LatenessRule", "Pass", "RatePiece", "lateness_rules", "passes"]

EVER = 10_000_000
"""An ordinal after every day that the library knows."""

PENALTY, COMPOUND, FEE, INTEREST, PRINCIPAL = range(5)

_BASES = {
    PenaltyBase.PRINCIPAL: (PRINCIPAL,),
    PenaltyBase.PRINCIPAL_AND_INTEREST: (INTEREST, PRINCIPAL),
    PenaltyBase.INSTALLMENT: (FEE, INTEREST, PRINCIPAL),
}


class RatePiece(NamedTuple):
    """A daily rate in force from one day until another, as a numerator."""

    since: int
    until: int
    rate: int

    @property
    def is_ever(self) -> bool:
        """Whether it is in force on every day."""
        return self.since == 0 and self.until == EVER


@frozen
class LatenessRule:
    """
    One rule by which an overdue row costs more every day.

    Attributes:
        name: What it is, for explanations.
        target: The component it is owed as, by place.
        base: The components it is charged on, by place.
        capital: Or the part of this capital, 0 or 1, that bears interest.
        pieces: The daily rates in force.
        unit: The denominator of rates and sums.
        rounded: The rounding.
        per: What is rounded: each day, each row's sum, or the sum of all rows.
        first: Days from the due date to the first day that counts.
        held: Days of grace after which the row is charged from the first day, or not.
        tolerance: A base up to this bears nothing.
        after_maturity: Whether no day counts before the last due date in force.
        maturity: And the latest that this may be, whatever else falls due.
    """

    name: str
    target: int
    base: tuple[int, ...]
    capital: int | None
    pieces: tuple[RatePiece, ...]
    unit: int
    rounded: Callable[[int, int], int]
    per: PenaltyRounded
    first: int
    held: int = 0
    tolerance: int = 0
    after_maturity: bool = False
    maturity: int = EVER

    @cached_property
    def added(self) -> int | None:
        """What its rounding adds to sums, none below zero, before it divides down."""
        if min(piece.rate for piece in self.pieces) < 0:
            return None
        return offset(self.rounded, self.unit)

    @cached_property
    def is_steady(self) -> bool:
        """Whether every day costs the same share of the base, unrounded."""
        first, *others = self.pieces
        return not (
            others
            or not first.is_ever
            or self.after_maturity
            or self.per is PenaltyRounded.DAY
        )


def lateness_rules(loan: InstallmentLoan, maturity: int) -> tuple[LatenessRule, ...]:
    """
    Return the rules by which lateness costs by the day.

    Args:
        loan: The terms.
        maturity: The ordinal of the last due date.
    """
    terms = loan.penalty
    rates = _Rates(loan, terms, maturity)
    if terms is None:
        return _after_maturity(loan, rates)
    pieces, unit = rates.scaled(rates.penalty(terms))
    first = int(terms.first_day is FirstDay.DAY_AFTER)
    free = terms.grace_days if terms.grace is Grace.FREE else 0
    penalty = LatenessRule(
        name="penalty interest",
        target=PENALTY,
        base=_BASES[terms.base],
        capital=None,
        pieces=pieces,
        unit=unit,
        rounded=(terms.rounding or loan.rounding).quotient(loan.digits),
        per=terms.rounded,
        first=first + free,
        held=terms.grace_days if terms.grace is Grace.CLIFF else 0,
        tolerance=to_units(terms.tolerance, loan.digits, "tolerance"),
    )
    rules = [penalty]
    if terms.contract_interest is ContractInterest.CONTINUES:
        if follows_balance(loan):
            rules += _after_maturity(loan, rates)
        else:
            rules.append(_continuing(loan, rates, rates.contract()))
    return (*rules, *_compounding(penalty, terms, rates, maturity))


def _continuing(loan: InstallmentLoan, rates: "_Rates", path: "_Path") -> LatenessRule:
    """Return the rule by which overdue principal goes on bearing contract interest."""
    pieces, unit = rates.scaled(path)
    return LatenessRule(
        name="contract interest on overdue principal",
        target=INTEREST,
        base=(PRINCIPAL,),
        capital=None,
        pieces=pieces,
        unit=unit,
        rounded=loan.rounding.quotient(loan.digits),
        per=PenaltyRounded.INSTALLMENT,
        first=0,
    )


def _after_maturity(loan: InstallmentLoan, rates: "_Rates") -> tuple[LatenessRule, ...]:
    """Return the same from the last due date on, where periods bear until then."""
    rate = loan.rate
    if rate is None or not (follows_balance(loan) and rates.is_daily(rate.per)):
        return ()
    rule = _continuing(loan, rates, rates.contract())
    return (evolve(rule, after_maturity=True),)


def _compounding(
    penalty: LatenessRule, terms: PenaltyInterest, rates: "_Rates", maturity: int
) -> Iterable[LatenessRule]:
    if terms.compounding is None:
        return
    found = rates.penalty(terms)
    if terms.compounding.at_contract_rate:
        found = [
            *_between(rates.contract(), 0, maturity),
            *_between(found, maturity, EVER),
        ]
    pieces, unit = rates.scaled(found)
    common = evolve(
        penalty, target=COMPOUND, pieces=pieces, unit=unit, base=(), tolerance=0
    )
    for component in terms.compounding.of:
        name = f"compound interest on {component.value}"
        if component is Component.INTEREST:
            yield evolve(common, name=name, base=(INTEREST,))
        else:
            yield evolve(common, name=name, capital=COMPONENTS.index(component))


_Path = list[tuple[int, int, Fraction]]


def _between(path: _Path, since: int, until: int) -> _Path:
    return [
        (max(start, since), min(stop, until), rate)
        for start, stop, rate in path
        if max(start, since) < min(stop, until)
    ]


class _Rates:
    """Daily rates by date, exact."""

    def __init__(
        self, loan: InstallmentLoan, terms: PenaltyInterest | None, maturity: int
    ) -> None:
        # An index is known up to maturity; its last rate holds from then on.
        self._end = date.fromordinal(maturity)
        self._loan = loan
        self._year = None if terms is None else terms.days_in_year

    def is_daily(self, per: RateUnit) -> bool:
        """Return whether a rate per so much is worth something by the day."""
        year = self._year or self._loan.counted_by.basis
        return per is RateUnit.DAY or year in YEARS

    def _daily(self, rate: Rate) -> Fraction:
        return daily_share(rate, self._year, self._loan)

    def contract(self) -> _Path:
        loan = self._loan
        if type(loan.rate) is Rate:
            return [(0, EVER, self._daily(loan.rate))]
        path = rate_path(loan, self._end)
        days = [0, *(on.toordinal() for on, _ in path[1:]), EVER]
        return [
            (since, until, self._daily(rate))
            for (since, until), (_, rate) in zip(pairwise(days), path, strict=True)
        ]

    def penalty(self, terms: PenaltyInterest) -> _Path:
        if terms.rate is not None:
            return [(0, EVER, self._daily(terms.rate))]
        more, times = Fraction(0), Fraction(1)
        if terms.addition is not None:
            more = self._daily(terms.addition)
        else:
            times = terms.multiple or Fraction(0)
        return [
            (since, until, times * rate + more)
            for since, until, rate in self.contract()
        ]

    @staticmethod
    def scaled(path: _Path) -> tuple[tuple[RatePiece, ...], int]:
        unit = lcm(*(rate.denominator for _, _, rate in path))
        return tuple(
            RatePiece(since, until, int(rate * unit)) for since, until, rate in path
        ), unit


class Pass(NamedTuple):
    """A stretch of the table: rows of a standing, in order, cleared of components."""

    standing: Standing
    components: tuple[int, ...]


def passes(
    allocation: Allocation, order: tuple[Component, ...] = ()
) -> tuple[Pass, ...]:
    """
    Return the passes over the rows that an allocation stands for.

    Args:
        allocation: The table.
        order: The order of components that the payer designated, where one did.

    Example:
        >>> [len(part.components) for part in passes(Allocation())]
        [5, 5, 5]
        >>> len(passes(Allocation(by="component")))
        15
    """
    slots = allocation.order
    if all(standing is not Standing.IN_ADVANCE for standing, _ in slots):
        # Money ahead of time then goes in the order of what is due.
        due = [part for standing, part in slots if standing is Standing.DUE]
        slots = (*slots, *((Standing.IN_ADVANCE, part) for part in due))
    if order:
        slots = tuple((standing, part) for standing in Standing for part in order)
    if allocation.by is AllocateBy.COMPONENT:
        return tuple(
            Pass(standing, (COMPONENTS.index(part),)) for standing, part in slots
        )
    return tuple(
        Pass(standing, tuple(COMPONENTS.index(part) for _, part in run))
        for standing, run in groupby(slots, key=_standing)
    )


def _standing(slot: Slot) -> Standing:
    return slot[0]
