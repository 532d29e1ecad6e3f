"""ACTUS contracts of type LAX: steps of principal, interest and rate in arrays."""

from datetime import date
from fractions import Fraction
from typing import Any

from engines.actus_dates import (
    Terms,
    business_days,
    cycle_dates,
    day_of,
    is_end_of_month,
    moved,
    to_day,
)
from engines.actus_rates import observed, rates
from engines.actus_terms import (
    Contract,
    Days,
    Reset,
    disbursed,
    loan_of,
    number,
    plain,
    sign,
    to_rate,
)
from engines.cases import CannotSayError, Case
from loanmath.terms import (
    Drawdown,
    InterestPayments,
    PrincipalAmounts,
    SteppedRate,
)

_FAR = date(2150, 1, 1)


def exotic(case: Case) -> Contract:
    """Return the contract of a case with arrays."""
    terms = case["terms"]
    steps, end = _principal(terms)
    interest = [day for day in _interest_dates(terms, end) if day > disbursed(terms)]
    rate, resets = _rates(case, end)
    anchors = terms.get("arrayCycleAnchorDateOfInterestPayment") or []
    repaid = [(day, amount) for day, amount in steps if amount >= 0]
    days = Days([day for day, _ in repaid[:-1]], interest, [])
    loan = loan_of(
        terms,
        rate=rate,
        every=[day for day, _ in repaid],
        repayment=PrincipalAmounts([plain(amount) for _, amount in repaid]),
        drawdowns=[
            Drawdown(day, plain(-amount)) for day, amount in steps if amount < 0
        ],
        interest_payments=InterestPayments(interest or [end]),
    )
    return Contract(
        loan,
        sign(terms),
        number(terms, "nominalInterestRate", "0"),
        resets,
        dues=days.dues(),
        interest_on_disbursement=bool(anchors) and to_day(anchors[0]) == loan.disbursed,
    )


def _segments(terms: Terms, of: str, end: date, *, has_end: bool) -> list[list[date]]:
    """Return the dates of every element of an array, each up to the next anchor."""
    anchors = [to_day(day) for day in terms.get(f"arrayCycleAnchorDateOf{of}") or []]
    cycles = terms.get(f"arrayCycleOf{of}") or [None] * len(anchors)
    found = []
    for index, (anchor, cycle) in enumerate(zip(anchors, cycles, strict=True)):
        is_last = index == len(anchors) - 1
        found.append(
            cycle_dates(
                anchor,
                cycle,
                end if is_last else min(end, anchors[index + 1]),
                end_of_month=is_end_of_month(terms),
                has_end=has_end and is_last,
            )
        )
    return found


def _principal(terms: Terms) -> tuple[list[tuple[date, Fraction]], date]:
    """Return steps of principal, drawn ones below zero, and when the last is due."""
    agreed = day_of(terms, "maturityDate")
    segments = _segments(terms, "PrincipalRedemption", agreed or _FAR, has_end=False)
    payments = terms.get("arrayNextPrincipalRedemptionPayment") or []
    ways = terms.get("arrayIncreaseDecrease") or ["DEC"] * len(payments)
    owed = number(terms, "notionalPrincipal")
    steps: list[tuple[date, Fraction]] = []
    for days, payment, way in zip(segments, payments, ways, strict=True):
        for day in days:
            amount = Fraction(str(payment))
            step = -amount if way == "INC" else min(amount, owed)
            owed -= step
            steps.append((day, step))
            if not owed and agreed is None:
                return steps, day
    if agreed is None:
        raise CannotSayError("arrays that never repay, without a maturity")
    return [*steps, (agreed, owed)], agreed


def _interest_dates(terms: Terms, end: date) -> list[date]:
    segments = _segments(terms, "InterestPayment", end, has_end=True)
    return [day for days in segments for day in days]


def _rates(case: Case, end: date) -> tuple[Any, tuple[Reset, ...]]:
    terms = case["terms"]
    segments = _segments(terms, "RateReset", end, has_end=False)
    if not segments:
        return rates(case, end)
    values = terms.get("arrayRate") or []
    kinds = terms.get("arrayFixedVariable") or ["F"] * len(values)
    multiplier = number(terms, "rateMultiplier", "1")
    found = []
    for days, value, kind in zip(segments, values, kinds, strict=True):
        for day in days:
            on, shown = moved(day, business_days(terms))
            rate = Fraction(str(value))
            if kind == "V":
                rate += multiplier * observed(case).on(on)
            found.append(Reset(on, shown, "RRF" if kind == "F" else "RR", rate))
    changes = {reset.on: to_rate(reset.rate) for reset in found}
    start = to_rate(number(terms, "nominalInterestRate", "0"))
    return SteppedRate(start, changes), tuple(found)
