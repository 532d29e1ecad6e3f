"""The rate of an ACTUS contract: fixed, or reset from observed rates."""

from datetime import date
from fractions import Fraction
from typing import Any

from engines.actus_dates import Terms, business_days, moved, stepped, to_step
from engines.actus_terms import Reset, dates_of, disbursed, number, to_rate
from engines.cases import CannotSayError, Case
from loanmath.terms import FloatingRate, Index, SteppedRate


def rates(case: Case, end: date) -> tuple[Any, tuple[Reset, ...]]:
    """Return the rate of a contract, and its resets before the end, as they show."""
    terms = case["terms"]
    start = number(terms, "nominalInterestRate", "0")
    days = dates_of(terms, "RateReset", end, has_end=False)
    started, term = disbursed(terms), business_days(terms)
    pairs = [moved(day, term) for day in days]
    dates = [on for on, _ in pairs if on >= started]
    if not dates:
        return to_rate(start), ()
    preset = terms.get("nextResetRate")
    if not case["observed"].get(terms.get("marketObjectCodeOfRateReset")):
        return _preset_alone(case, preset, pairs)
    later = [on for on in dates if on > started]
    floating = _floating(case, later, end, start, preset)
    resets = []
    for on, shown in pairs:
        if on >= started:
            is_preset = bool(preset) and not resets
            rate = Fraction(preset) if is_preset else floating.on(on).value
            resets.append(Reset(on, shown, "RRF" if is_preset else "RR", rate))
    if resets[0].on == started:
        floating = _floating(case, later, end, resets[0].rate, None)
    return floating, tuple(resets)


def _preset_alone(
    case: Case, preset: str | None, pairs: list[tuple[date, date]]
) -> Any:
    if not preset or len(pairs) > 1:
        raise CannotSayError("resets without an observed rate")
    [(on, shown)] = pairs
    start = number(case["terms"], "nominalInterestRate", "0")
    stepped_rate = SteppedRate(to_rate(start), {on: to_rate(Fraction(preset))})
    return stepped_rate, (Reset(on, shown, "RRF", Fraction(preset)),)


def observed(case: Case) -> Index:
    """Return the index that a contract resets to, with its observations."""
    code = case["terms"]["marketObjectCodeOfRateReset"]
    pairs = {
        date.fromisoformat(time[:10]): Fraction(str(value))
        for time, value in case["observed"][code]
    }
    return Index(code, pairs)


def _floating(
    case: Case, resets: list[date], end: date, start: Fraction, preset: str | None
) -> FloatingRate:
    terms = case["terms"]
    floor, cap = terms.get("lifeFloor"), terms.get("lifeCap")
    return FloatingRate(
        observed(case),
        number(terms, "rateSpread", "0"),
        multiplier=number(terms, "rateMultiplier", "1"),
        initial=to_rate(start),
        next_rate=to_rate(Fraction(preset)) if preset else None,
        floor=Fraction(floor) if floor else None,
        cap=Fraction(cap) if cap else None,
        **_reset_dates(terms, resets, end),
    )


def _reset_dates(terms: Terms, resets: list[date], end: date) -> dict[str, Any]:
    # A step where it says the same dates: then the library counts them itself.
    cycle = terms.get("cycleOfRateReset")
    if cycle and len(resets) > 1:
        step, _ = to_step(cycle)
        *same, after = stepped(resets[0], step, len(resets) + 1, end_of_month=False)
        if same == resets and after >= end:
            return {"resets": step, "first_reset": resets[0]}
    return {"resets": resets}
