"""
Hypothesis strategies for loans with any terms: a family for every new term.

Each draws an `oracle.agreement.Agreement`; `loan_of` states it in the library's words.
Most drawn agreements are valid; where one is refused, both sides must refuse it.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

from agreement_methods import (
    BOOLEANS,
    COUNTS,
    METHODS,
    ONE_IN_FOUR,
    SOME_COUNTS,
    by_days,
    by_parts,
    day_in,
    plain,
    rate_in,
    share_of,
)
from agreement_words import loan_of
from oracle.agreement import Agreement, Charge, Floating, Holiday, InterestDates
from oracle.timeline import installment_dates, regular_start
from strategies import BUSINESS_RULES, one_of_these, rules

__all__ = ["FAMILIES", "agreements", "loan_of"]

ACCRUING = ("level", "fixed", "fixed_principal", "equal", "graduated", "stepped")
PRINCIPALS = ("fixed_principal", "equal", "interest_only", "amounts")
DRAWN = ("level", "equal", "fixed", "fixed_principal", "graduated", "interest_only")


def some_method(draw: st.DrawFn, names: tuple[str, ...], count: int) -> Agreement:
    """An agreement of one of the methods, plain more often than not."""
    name = draw(one_of_these(*names))
    if name in ("level", "equal") and draw(BOOLEANS):
        return plain(draw, name, count, stated=False)
    return METHODS[name](draw, count)


# --- rates --------------------------------------------------------------------------------


def changing(draw: st.DrawFn) -> Agreement:
    count = draw(SOME_COUNTS)
    terms = by_parts(draw, some_method(draw, (*ACCRUING, "interest_only"), count))
    if terms.method == "level":
        kind = draw(one_of_these("payment", "payment", "term", "balance", "foreseen"))
        terms = terms.but(on_rate_change=kind, payment_rule=None)
        if kind != "foreseen":
            terms = terms.but(residue="last")
        if kind == "term":
            terms = terms.but(balloon=None, amortized_over=None, head_tail="head")
    if draw(BOOLEANS):
        days = {day_in(draw, terms) for _ in range(draw(st.integers(0, 4)))}
        changes = [(day, rate_in(draw, terms.rate_per)) for day in sorted(days)]
        if terms.residue != "last":
            changes = [(day, abs(rate)) for day, rate in changes]
        return terms.but(changes=tuple(changes))
    return floating(draw, terms.but(residue="last"))


EARLIEST = date(1900, 1, 1)
INDEX = st.integers(-100, 800).map(lambda n: Fraction(n, 10_000))
SPREADS = one_of_these("0", "-0.39", "0.6", "1.2", "-5").map(
    lambda text: Fraction(text) / 100
)
LIMITS = one_of_these(None, "0", "3", "4.2")
RESET_STEPS = one_of_these((12, 0), (3, 0), (1, 0), (0, 30), (0, 91))


def floating(draw: st.DrawFn, terms: Agreement) -> Agreement:
    days = draw(st.lists(st.integers(-400, 2_000), min_size=1, max_size=6, unique=True))
    observed = {-401: draw(INDEX)}
    observed |= {day: draw(INDEX) for day in days}
    per, start = terms.rate_per, max(terms.disbursed, EARLIEST + timedelta(401))
    parts = {"year": 1, "month": 12, "day": 365}[per]
    pairs = tuple(
        (start + timedelta(day), round(value / parts, 8))
        for day, value in sorted(observed.items())
    )
    low, high = (
        None if text is None else Fraction(text) / 100 / parts
        for text in (draw(LIMITS), draw(LIMITS))
    )
    if low is not None and high is not None and low > high:
        low, high = high, low
    found = {
        "observations": pairs,
        "spread": round(draw(SPREADS) / parts, 8),
        "multiplier": draw(one_of_these(1, 1, 1, Fraction("1.1"), Fraction(-1, 2))),
        "floor": None if low is None else round(low, 8),
        "cap": None if high is None else round(high, 8),
        "fixing_days": draw(one_of_these(0, 0, 1, 2, 30)),
    }
    if draw(BOOLEANS):
        found["initial"] = rate_in(draw, per)
    if draw(ONE_IN_FOUR):
        found["next_rate"] = rate_in(draw, per)
    if draw(BOOLEANS):
        some = {day_in(draw, terms) for _ in range(draw(st.integers(0, 4)))}
        return terms.but(floating=Floating(dates=tuple(sorted(some)), **found))
    months, step = draw(RESET_STEPS)
    first = day_in(draw, terms)
    found |= {"months": months, "days": step, "first_reset": first}
    return terms.but(floating=Floating(**found))


# --- holidays -----------------------------------------------------------------------------

HOLIDAYS = one_of_these(
    ("principal", None),
    ("payment", "capitalize"),
    ("payment", "carry"),
    ("payment", "waive"),
    ("interest", "waive"),
    ("interest", "carry"),
)


def with_holidays(draw: st.DrawFn, terms: Agreement) -> Agreement:
    found, first = [], 1
    while len(found) < 3:
        first += draw(one_of_these(0, 0, 1, 2, 5))
        count = draw(st.integers(1, 4))
        if first + count > terms.count + (not terms.open_ended):
            break
        of, interest = draw(HOLIDAYS)
        if terms.method == "interest_only" and of == "principal":
            of, interest = "payment", "capitalize"
        if terms.method == "amounts" and of != "interest":
            of, interest = "interest", "carry"
        if first + count > terms.count:
            # The last installment may be free of interest, but must be paid.
            of, interest = "interest", "waive"
        known = not (terms.pays_interest_first or terms.open_ended)
        if not known and (of, interest) == ("interest", "carry"):
            interest = "waive"
        found.append(Holiday(first, count, of, interest))
        first += count
    return terms.but(holidays=tuple(found))


def holidays(draw: st.DrawFn) -> Agreement:
    names = (*ACCRUING, "amounts", "interest_only")
    terms = some_method(draw, names, draw(SOME_COUNTS))
    if terms.method == "single":
        terms = terms.but(method="interest_only")
    return with_holidays(draw, terms.but(amortized_over=None))


# --- interest dates -----------------------------------------------------------------------


# Whether months between own dates of interest on the 29th to 31st are whole months of
# 30 days is a question that no agreement here asks.
def without_month_ends(terms: Agreement) -> Agreement:
    if terms.counted_by == "30/360 CN":
        return terms.but(day_count="30E/360")
    return terms


INTEREST_STEPS = one_of_these((1, 0), (3, 0), (2, 0), (0, 30), (0, 91))


def interest_dates(draw: st.DrawFn) -> Agreement:
    names = (*ACCRUING, "amounts", "interest_only")
    terms = by_days(draw, some_method(draw, names, draw(st.integers(1, 12))))
    terms = without_month_ends(terms.but(due_day=None, end_of_month=False))
    if terms.method == "interest_only":
        terms = terms.but(method="single")
    if draw(BOOLEANS):
        days = {day_in(draw, terms) for _ in range(draw(st.integers(1, 5)))}
        return terms.but(interest=InterestDates(dates=tuple(sorted(days))))
    months, step = draw(INTEREST_STEPS)
    first = day_in(draw, terms) if draw(BOOLEANS) else None
    return terms.but(interest=InterestDates(months, step, first_due=first))


def capitalized(draw: st.DrawFn) -> Agreement:
    """Interest that joins the principal before the first installment is due."""
    terms = by_days(draw, some_method(draw, ACCRUING, draw(st.integers(1, 10))))
    pushed = terms.disbursed + relativedelta(months=draw(st.integers(2, 30)))
    terms = terms.but(first_due=pushed, due_day=None, stated_dates=())
    terms = without_month_ends(terms.but(rate=abs(terms.rate)))
    months, step = (terms.months, terms.days)
    terms = terms if months or step else terms.but(months=1)
    days = draw(st.integers(1, (pushed - terms.disbursed).days - 1))
    own = draw(INTEREST_STEPS)
    until = terms.disbursed + timedelta(days)
    return terms.but(
        end_of_month=False, interest=InterestDates(*own, capitalized_until=until)
    )


def in_advance(draw: st.DrawFn) -> Agreement:
    terms = some_method(draw, PRINCIPALS, draw(COUNTS))
    return terms.but(interest=InterestDates(in_advance=True))


# --- dates --------------------------------------------------------------------------------


def broken(draw: st.DrawFn) -> Agreement:
    """A first due date more than one step after disbursement."""
    names = (*ACCRUING, "amounts")
    terms = by_days(draw, some_method(draw, names, draw(COUNTS)))
    months, days = (terms.months, terms.days) if terms.months or terms.days else (1, 0)
    odd = draw(st.integers(1, 40))
    first = terms.disbursed + relativedelta(months=months, days=days + odd)
    terms = terms.but(months=months, days=days, stated_dates=(), due_day=None)
    kind = draw(one_of_these("separate", "added", "at_disbursement"))
    terms = terms.but(first_due=first, end_of_month=False, broken=kind)
    start = regular_start(terms)
    return terms if start and start > terms.disbursed else terms.but(broken="counted")


def odd_dates(draw: st.DrawFn) -> Agreement:
    """A first date by least time, a last date of its own, or due dates at starts."""
    names = (*ACCRUING, "amounts", "interest_only")
    terms = by_days(draw, some_method(draw, names, draw(COUNTS)))
    kind = draw(one_of_these("first_after", "last_due", "due", "both"))
    if terms.stated_dates:
        terms = terms.but(stated_dates=(), months=1)
    if kind in ("first_after", "both"):
        after = draw(one_of_these((2, 0), (0, 15), (0, 45), (6, 0), (0, 1), (0, 31)))
        terms = terms.but(first_due=None, first_after=after)
    if kind in ("last_due", "both") and not terms.amortized_over:
        dates = installment_dates(terms, terms.count)
        before = dates[-2] if len(dates) > 1 else terms.disbursed
        last = before + timedelta(draw(st.integers(1, 80)))
        terms = terms.but(last_due=last, open_ended=False)
    if kind == "due" and terms.count > 1 and terms.method != "single":
        head_tail = "tail" if terms.head_tail == "tail" else "head"
        terms = terms.but(first_due=terms.disbursed, due_day=None, head_tail=head_tail)
    return terms


def third_friday(year: int, month: int) -> date:
    return date(year, month, 15 + (4 - date(year, month, 1).weekday()) % 7)


MONTHLY_DAYS: dict[str, Callable[[int, int], list[date]]] = {
    "third Friday": lambda year, month: [third_friday(year, month)],
    "twice a month": lambda year, month: [date(year, month, 1), date(year, month, 15)],
    "last day": lambda year, month: [date(year, month, monthrange(year, month)[1])],
}


def recurring(draw: st.DrawFn) -> Agreement:
    """Due dates by a rule of recurrence: the first so many after disbursement."""
    names = ("level", "equal", "fixed", "graduated", "stepped", "interest_only")
    terms = by_days(draw, some_method(draw, names, draw(COUNTS)))
    rule = draw(one_of_these(*MONTHLY_DAYS))
    days: list[date] = []
    month = terms.disbursed.replace(day=1)
    while len(days) < terms.count:
        found = MONTHLY_DAYS[rule](month.year, month.month)
        days += [day for day in found if day > terms.disbursed]
        month += relativedelta(months=1)
    return terms.but(
        recurrence=rule,
        stated_dates=tuple(days[: terms.count]),
        first_due=None,
        due_day=None,
        end_of_month=False,
        open_ended=False,
        amortized_over=None,
    )


# --- payouts and fees ---------------------------------------------------------------------


def drawn(draw: st.DrawFn) -> Agreement:
    if draw(ONE_IN_FOUR):
        terms = changing(draw)
        terms = terms if terms.method in DRAWN else terms.but(method="interest_only")
    else:
        terms = by_parts(draw, some_method(draw, DRAWN, draw(SOME_COUNTS)))
    tail = terms.head_tail if terms.head_tail in ("head", "tail") else "head"
    terms = terms.but(head_tail=tail)
    if terms.principal > 100 * terms.cent and draw(ONE_IN_FOUR):
        terms = terms.but(discount=share_of(draw, terms.principal / 2, terms.cent))
    some = [
        (day_in(draw, terms), share_of(draw, terms.principal, terms.cent))
        for _ in range(draw(st.integers(1, 3)))
    ]
    return terms.but(drawdowns=tuple(some))


def charge(draw: st.DrawFn, terms: Agreement) -> Charge:
    due: Any = draw(one_of_these("disbursement", "installments", "date"))
    found: dict[str, Any] = {"due": day_in(draw, terms) if due == "date" else due}
    found["is_share"] = draw(BOOLEANS)
    if due == "disbursement":
        found["paid"] = draw(one_of_these("separately", "deducted", "financed"))
    elif found["is_share"]:
        of_the_row = ("payment", "interest", "installment_principal")
        found["of"] = draw(one_of_these("principal", "outstanding", *of_the_row))
        if due == "date" and found["of"] in of_the_row:
            ends = installment_dates(terms, terms.count)
            found["due"] = draw(st.sampled_from(ends))
    if due == "installments":
        found["every"] = draw(one_of_these(1, 1, 2, 3, 12))
    amount = Fraction(draw(st.integers(0, 500)), 10_000)
    if not found["is_share"]:
        amount = draw(st.integers(0, 5_000)) * terms.cent
    tax = draw(one_of_these(None, Fraction(6, 100), Fraction(1, 8), Fraction(1, 3)))
    rule = draw(rules(terms.currency)) if draw(ONE_IN_FOUR) else None
    return Charge(amount, tax=tax, rule=rule, **found)


def charges(draw: st.DrawFn) -> Agreement:
    names = (*ACCRUING, "add_on", "interest_only")
    terms = some_method(draw, names, draw(COUNTS)).but(open_ended=False)
    if terms.method == "single":
        terms = terms.but(method="interest_only")
    count = draw(st.integers(1, 4))
    return terms.but(charges=tuple(charge(draw, terms) for _ in range(count)))


def moved(draw: st.DrawFn) -> Agreement:
    """Due dates on business days, together with the other methods."""
    terms = by_days(draw, some_method(draw, (*ACCRUING, "add_on"), draw(SOME_COUNTS)))
    if terms.days == 1 and terms.head_tail == "both":
        # Days off make several rows end on one day; which of them counts it is open.
        terms = terms.but(head_tail="head")
    return terms.but(
        business_rule=draw(one_of_these(*BUSINESS_RULES)),
        interest_to=draw(one_of_these("adjusted", "unadjusted")),
    )


# --- families -----------------------------------------------------------------------------

FAMILIES: dict[str, Callable[[st.DrawFn], Agreement]] = {
    "changing rates": changing,
    "holidays": holidays,
    "interest dates": interest_dates,
    "capitalized interest": capitalized,
    "interest in advance": in_advance,
    "broken periods": broken,
    "odd dates": odd_dates,
    "recurring dates": recurring,
    "drawdowns": drawn,
    "charges": charges,
    "business days": moved,
}


@st.composite
def agreements(draw: st.DrawFn, family: str | None = None) -> Agreement:
    """Any agreement of a family, or of a method."""
    name = family or draw(one_of_these(*METHODS, *FAMILIES))
    if name in METHODS:
        return METHODS[name](draw, draw(COUNTS))
    return FAMILIES[name](draw)
