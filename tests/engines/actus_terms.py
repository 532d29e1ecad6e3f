"""What every ACTUS contract states, and the dates that follow from it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from engines.actus_dates import (
    Terms,
    business_days,
    calendar_of,
    cycle_dates,
    day_of,
    is_end_of_month,
    stepped,
    to_day,
    to_step,
)
from engines.cases import CannotSayError, Case
from loanmath import DayCount, InstallmentLoan, Rate, Step, day_count
from loanmath.presets.engines import ACTUS_ROUNDING


@dataclass(frozen=True)
class Reset:
    """A change of the rate: from when, where shown, as what, to which rate."""

    on: date
    shown: date
    kind: str
    rate: Fraction


class Days(NamedTuple):
    """The dates before maturity on which something is due, before they move."""

    principal: list[date]
    interest: list[date]
    capitalized: list[date]

    def dues(self) -> tuple[tuple[str, ...], ...]:
        """Return what is due on each of the dates, in their order."""
        found = []
        for day in sorted({*self.principal, *self.interest}):
            principal = ("PR",) if day in self.principal else ()
            kind = "IPCI" if day in self.capitalized else "IP"
            interest = (kind,) if day in self.interest else ()
            found.append((*principal, *interest))
        return tuple(found)


@dataclass(frozen=True)
class Contract:
    """A loan and what its schedule does not show."""

    loan: InstallmentLoan
    sign: int
    initial: Fraction
    resets: tuple[Reset, ...] = ()
    refixes: tuple[tuple[date, date], ...] = ()
    dues: tuple[tuple[str, ...], ...] = ()
    before: date | None = None
    interest_on_disbursement: bool = False


def number(terms: Terms, name: str, default: str | None = None) -> Fraction:
    value = terms.get(name)
    if value in (None, ""):
        if default is None:
            raise CannotSayError(f"{name} is left out")
        value = default
    return Fraction(str(value))


def disbursed(terms: Terms) -> date:
    found = day_of(terms, "initialExchangeDate")
    if found is None:
        raise CannotSayError("a contract without a day of disbursement")
    return found


def sign(terms: Terms) -> int:
    role = terms.get("contractRole", "RPA")
    if role not in ("RPA", "RPL"):
        raise CannotSayError(f"a role {role}")
    return 1 if role == "RPA" else -1


def plain(value: Fraction) -> Decimal:
    """Return an amount as terms take it: all its decimals, of which it has 20."""
    scaled = value * 10**20
    if scaled.denominator != 1:
        raise CannotSayError(f"an amount of more than 20 decimals, {value}")
    # As text: the context of `decimal` must not round what a contract states.
    return Decimal(f"{scaled.numerator}E-20")


def to_rate(share: Fraction) -> Rate:
    return Rate.from_share(share, "year")


def loan_of(terms: Terms, **more: Any) -> InstallmentLoan:
    """Return a loan of what every type of contract states, and what is its own."""
    by_step = isinstance(more["every"], Step)
    discount = -number(terms, "premiumDiscountAtIED", "0")
    return InstallmentLoan(
        currency=terms["currency"],
        principal=plain(number(terms, "notionalPrincipal")),
        disbursed=disbursed(terms),
        day_count=counted_by(terms),
        end_of_month=by_step and is_end_of_month(terms),
        business_days=business_days(terms),
        rounding=ACTUS_ROUNDING,
        discount=plain(discount) if discount else None,
        **more,
    )


def counted_by(terms: Terms) -> DayCount:
    """Return the day count; most are found by their ACTUS code."""
    code = terms["dayCountConvention"]
    if code == "28E336":
        raise CannotSayError("a year of 336 days")
    if code == "B252":
        return day_count("BUS/252", calendar=calendar_of(terms))
    return day_count(code)


def anchor_of(terms: Terms, of: str) -> date | None:
    """Return where a cycle starts: its anchor, or one cycle after disbursement."""
    anchor = day_of(terms, f"cycleAnchorDateOf{of}")
    cycle = terms.get(f"cycleOf{of}")
    if anchor is None and cycle:
        step, _ = to_step(cycle)
        _, anchor = stepped(
            disbursed(terms), step, 2, end_of_month=is_end_of_month(terms)
        )
    if anchor is not None and of != "RateReset" and anchor < disbursed(terms):
        raise CannotSayError("a cycle that starts before disbursement")
    return anchor


def dates_of(terms: Terms, of: str, end: date, *, has_end: bool) -> list[date]:
    anchor = anchor_of(terms, of)
    if anchor is None:
        return []
    return cycle_dates(
        anchor,
        terms.get(f"cycleOf{of}"),
        end,
        end_of_month=is_end_of_month(terms),
        has_end=has_end,
    )


def maturity(terms: Terms) -> date:
    """Return the last due date: agreed, the end of amortization, or what follows."""
    agreed = day_of(terms, "maturityDate") or day_of(terms, "amortizationDate")
    if agreed is not None:
        return agreed
    if not terms.get("cycleOfPrincipalRedemption"):
        raise CannotSayError("a maturity that nothing states")
    first = anchor_of(terms, "PrincipalRedemption")
    assert first is not None
    step, _ = to_step(terms["cycleOfPrincipalRedemption"])
    count = _cycles_to_maturity(terms, first, step.months, step.days)
    *_, last = stepped(first, step, count + 1, end_of_month=is_end_of_month(terms))
    return last


def _cycles_to_maturity(terms: Terms, first: date, months: int, days: int) -> int:
    owed = number(terms, "notionalPrincipal")
    payment = number(terms, "nextPrincipalRedemptionPayment")
    if terms["contractType"] == "LAM":
        return -int(-owed // payment) - 1
    *_, second = stepped(
        first, Step(months=months, days=days), 2, end_of_month=is_end_of_month(terms)
    )
    year = counted_by(terms).fraction(first, second)
    repaid = payment - owed * year * number(terms, "nominalInterestRate")
    if repaid <= 0:
        raise CannotSayError("a payment that never repays, without a maturity")
    return -int(-owed // repaid)


def horizon(case: Case) -> date | None:
    """
    Return the date up to which events are shown, where one is stated.

    A horizon before the last published row says nothing: the day after that row does.
    """
    stated = day_of(case, "horizon")
    rows = case["expected"]
    if stated is None or not rows:
        return stated
    last = to_day(rows[-1]["time"])
    return stated if last <= stated else last + timedelta(1)
