"""
Hypothesis strategies for loans with any terms, a family for every new term.

Each draws an `oracle.agreement.Agreement`; `agreement_words.loan_of` states it in the
library's words. Most drawn agreements are valid; where one is refused, both sides must
refuse it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from oracle.agreement import Agreement
from oracle.planner import DIGITS, RefusedError, Rule
from oracle.timeline import installment_dates
from oracle.walk import State, Walk, level_shape, solved
from oracle.walker import walk_of
from strategies import (
    BY_DAYS,
    due_terms,
    one_of_these,
    rules,
)

COUNTS = st.one_of(st.integers(1, 6), st.integers(1, 6), st.integers(1, 40))
SOME_COUNTS = st.one_of(st.integers(3, 8), st.integers(3, 30))
BOOLEANS = st.booleans()
ONE_IN_FOUR = st.integers(0, 3).map(lambda number: number == 3)
CURRENCY = one_of_these("CNY", "CNY", "USD", "JPY", "KWD")
UNITS = st.one_of(
    one_of_these(1, 2, 3, 100, 999, 10**6, 10**11),
    st.integers(1, 300),
    st.integers(1_000, 10_000_000),
    st.integers(10_000, 10**10),
)
YEARLY = st.one_of(
    one_of_these(
        *(
            Fraction(text) / 100
            for text in ("0", "6", "12", "24", "4.75", "18.25", "36", "-0.5", "3")
        )
    ),
    st.integers(-20_000, 300_000).map(lambda n: Fraction(n, 10**6)),
    st.integers(0, 240).map(lambda n: Fraction(n, 1_000)),
)
PER = one_of_these("year", "year", "year", "month", "day")
PARTS = {"year": 1, "month": 12, "day": 365}
HEAD_TAILS = one_of_these("head", "head", "head", "tail", "both", "neither")


def rate_in(draw: st.DrawFn, per: str) -> Fraction:
    return Fraction(round(draw(YEARLY) / PARTS[per] * 10**10), 10**10)


def share_of(draw: st.DrawFn, amount: Fraction, cent: Fraction, most: int = 100) -> Any:
    """A part of an amount in whole cents, at least one."""
    percent = draw(st.integers(1, most))
    return max(cent, amount * percent / 100 // cent * cent)


def money(draw: st.DrawFn) -> dict[str, Any]:
    currency = draw(CURRENCY)
    digits = DIGITS[currency]
    principal = draw(UNITS) * Fraction(1, 10**digits)
    found = {"currency": currency, "principal": principal}
    if draw(st.integers(0, 9)) == 9:
        rule = Rule("half_even", Fraction(1, 10**8))
        return found | {"rule": rule, "digits": 8}
    return found | {"rule": draw(rules(currency)), "digits": digits}


def plain(
    draw: st.DrawFn, method: str, count: int, *, stated: bool = True
) -> Agreement:
    """An agreement of plain terms: dates, money, one rate."""
    dates = due_terms(draw, count)
    while not stated and "stated_dates" in dates:
        dates = {"disbursed": dates["disbursed"], "months": 1, "days": 0}
    per = draw(PER)
    found = dates | money(draw) | {"method": method, "count": count}
    found |= {"rate_per": per, "rate": rate_in(draw, per)}
    regular = dates.get("months") and not dates.get("first_due")
    regular = regular and not dates.get("due_day") and per != "day"
    found["day_count"] = draw(one_of_these(*BY_DAYS))
    if regular and draw(ONE_IN_FOUR):
        found["day_count"] = None
    whole = found["day_count"] is None
    found["head_tail"] = "head" if whole else draw(HEAD_TAILS)
    return with_shortfall(draw, Agreement(**found))


def with_shortfall(draw: st.DrawFn, terms: Agreement) -> Agreement:
    return terms.but(shortfall=draw(one_of_these("refuse", "capitalize")))


def by_days(draw: st.DrawFn, terms: Agreement) -> Agreement:
    """The same with a day count that a period may be cut with."""
    if terms.day_count is None:
        return terms.but(day_count=draw(one_of_these(*BY_DAYS)))
    return terms


def by_parts(draw: st.DrawFn, terms: Agreement) -> Agreement:
    """The same, stating what of whole months the part of one is, or days."""
    if terms.day_count is None and draw(BOOLEANS):
        tail = draw(one_of_these("head", "head", "tail"))
        return terms.but(day_count="1/12", head_tail=tail)
    return by_days(draw, terms)


def day_in(draw: st.DrawFn, terms: Agreement, *, least: int = 1) -> date:
    """A day after disbursement and before the last due date; due dates often."""
    ends = installment_dates(terms, terms.count)
    days = max((ends[-1] - terms.disbursed).days - 1, least)
    inner = [day for day in ends[:-1] if day > terms.disbursed]
    if inner and draw(BOOLEANS):
        return draw(st.sampled_from(inner))
    return terms.disbursed + timedelta(draw(st.integers(least, days)))


def level_of(terms: Agreement) -> Fraction:
    """About what a level payment would be."""
    try:
        level = terms.but(method="level", open_ended=False, residue="last")
        walk = walk_of(level, terms.count)
        start = State(terms.principal)
        return solved(
            Walk(level, walk.slots, walk.path), 0, start, walk.path, level_shape
        )
    except RefusedError:
        return terms.principal / terms.count


# --- methods ------------------------------------------------------------------------------


def leveled(draw: st.DrawFn, count: int) -> Agreement:
    terms = plain(draw, "level", count, stated=False)
    kind = draw(one_of_these("balloon", "longer", "residue", "both"))
    if draw(ONE_IN_FOUR):
        terms = terms.but(payment_rule=draw(rules(terms.currency)))
    if kind in ("balloon", "both"):
        balloon = share_of(draw, terms.principal, terms.cent)
        terms = terms.but(balloon=balloon, rate=abs(terms.rate))
    if kind in ("residue", "both"):
        residue = draw(one_of_these("first", "spread", "second_pass"))
        terms = terms.but(residue=residue, rate=abs(terms.rate))
    if kind == "longer":
        head_tail = "head" if terms.head_tail == "both" else terms.head_tail
        longer = draw(st.integers(count + 1, count + 30))
        terms = terms.but(amortized_over=longer, head_tail=head_tail)
    return terms


def fixed(draw: st.DrawFn, count: int) -> Agreement:
    terms = plain(draw, "fixed", count, stated=False)
    percent = draw(one_of_these(100, 100, 101, 105, 110, 150, 300, 99, 60))
    amount = max(level_of(terms) * percent / 100, terms.cent)
    terms = terms.but(amount=amount // terms.cent * terms.cent)
    return opened(draw, terms, enough=percent > 100)


def fixed_principal(draw: st.DrawFn, count: int) -> Agreement:
    terms = plain(draw, "fixed_principal", count, stated=False)
    if draw(BOOLEANS):
        share = Fraction(draw(st.integers(25, 500)), 1_000)
        return opened(draw, terms.but(amount=share, amount_is_share=True))
    amount = share_of(draw, terms.principal, terms.cent, 60)
    least = terms.principal / 50 // terms.cent * terms.cent
    return opened(draw, terms.but(amount=max(amount, least)))


def opened(draw: st.DrawFn, terms: Agreement, *, enough: bool = True) -> Agreement:
    """Perhaps without a number of installments, where they come to an end."""
    if not enough or draw(BOOLEANS):
        return terms
    head_tail = "head" if terms.head_tail == "both" else terms.head_tail
    return terms.but(open_ended=True, head_tail=head_tail)


def equal(draw: st.DrawFn, count: int) -> Agreement:
    terms = plain(draw, "equal", count)
    terms = terms.but(residue=draw(one_of_these("last", "first", "spread")))
    if draw(BOOLEANS):
        terms = terms.but(balloon=share_of(draw, terms.principal, terms.cent))
    return terms


def graduated(draw: st.DrawFn, count: int) -> Agreement:
    growth = draw(one_of_these("5", "-5", "7.5", "0", "50", "-50", "100", "1/3"))
    terms = plain(draw, "graduated", count).but(growth=Fraction(growth) / 100)
    terms = terms.but(grows_every=draw(one_of_these(1, 2, 3, 12)))
    if draw(ONE_IN_FOUR):
        terms = terms.but(payment_rule=draw(rules(terms.currency)))
    return terms.but(shortfall="capitalize") if draw(BOOLEANS) else terms


def stepped(draw: st.DrawFn, count: int) -> Agreement:
    terms = plain(draw, "stepped", count)
    level, stages, left = level_of(terms), [], count
    while left:
        part = draw(st.integers(1, left))
        percent = draw(one_of_these(100, 101, 95, 80, 120))
        stages.append((part, max(level * percent / 100, Fraction(0)) // terms.cent))
        left -= part
    found = [(part, units * terms.cent) for part, units in stages]
    unknown = draw(st.integers(0, len(found)))
    if unknown < len(found):
        # No stage above the level, so that what is solved is not below zero.
        most = max(level, Fraction(0)) // terms.cent * terms.cent
        found = [(part, min(payment, most)) for part, payment in found]
        found[unknown] = (found[unknown][0], None)
    return terms.but(stages=tuple(found))


def added_on(draw: st.DrawFn, count: int) -> Agreement:
    terms = plain(draw, "add_on", count)
    return terms.but(
        rate=abs(terms.rate),
        earned=draw(one_of_these("level", "rule_of_78")),
        residue=draw(one_of_these("last", "first", "spread")),
    )


def interest_only(draw: st.DrawFn, count: int) -> Agreement:
    return plain(draw, draw(one_of_these("interest_only", "single")), count)


def amounts(draw: st.DrawFn, count: int) -> Agreement:
    terms = plain(draw, "amounts", count)
    left, parts = terms.principal, []
    for _ in range(count - 1):
        part = left * draw(st.integers(0, 60)) / 100 // terms.cent * terms.cent
        parts.append(part)
        left -= part
    return terms.but(amounts=(*parts, left))


METHODS: dict[str, Callable[[st.DrawFn, int], Agreement]] = {
    "level": leveled,
    "fixed": fixed,
    "fixed_principal": fixed_principal,
    "equal": equal,
    "graduated": graduated,
    "stepped": stepped,
    "add_on": added_on,
    "interest_only": interest_only,
    "amounts": amounts,
}
