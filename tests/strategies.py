"""
Hypothesis strategies for loans, and the bridge from plain parameters to the library.

A strategy draws an `oracle.planner.Contract`, plain values that both sides read.
`loan_of` states the same contract in the library's words. Principals are aimed on
purpose at exact ties of the first interest, of the level payment and of the shares,
and at the nearest amounts beside a tie.
"""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

from loanmath.calendars import WEEKENDS
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.terms import (
    BusinessDays,
    EqualPrincipal,
    FlatFee,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    SinglePayment,
)
from oracle import planner
from oracle.planner import DIGITS, Contract, Rule

METHODS = ("level", "equal", "interest_only", "single", "flat_fee", "amounts")
MODES = ("half_up", "half_even", "up", "down", "floor", "ceiling")
MOST_UNITS = 10**13

# --- from plain parameters to the library's words ---------------------------------


def decimal_text(value: Fraction) -> str:
    """The plain decimal digits of a fraction whose denominator is 2s and 5s."""
    for places in range(41):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            sign = "-" if value < 0 else ""
            whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
            return sign + whole + ("." + part if part else "")
    message = f"{value} has no short decimal text"
    raise ValueError(message)


def percent_text(share: Fraction) -> str:
    percent = share * 100
    if 10**12 % percent.denominator == 0:
        return decimal_text(percent) + "%"
    return f"{percent.numerator}/{percent.denominator}%"


def rounding_of(rule: Rule, contract: Contract) -> Rounding:
    currency_cent = Fraction(1, 10 ** DIGITS[contract.currency])
    if rule.unit < currency_cent:
        return Rounding.unrounded(len(str(rule.unit.denominator)) - 1)
    if rule.unit == currency_cent == contract.cent:
        return Rounding(rule.mode)
    return Rounding(rule.mode, unit=decimal_text(rule.unit))


def repayment_of(contract: Contract) -> Any:
    count = contract.count

    def optional(rule: Rule | None) -> Rounding | None:
        return None if rule is None else rounding_of(rule, contract)

    if contract.method == "level":
        return LevelPayment(
            count,
            residue=contract.residue,
            rounding=optional(contract.payment_rule),
            sized_by=contract.sized_by,
            shortfall=contract.shortfall,
        )
    if contract.method == "equal":
        return EqualPrincipal(count, residue=contract.residue)
    if contract.method == "interest_only":
        return InterestOnly(count)
    if contract.method == "single":
        return SinglePayment(count)
    if contract.method == "amounts":
        return PrincipalAmounts([decimal_text(amount) for amount in contract.amounts])
    return FlatFee(
        count,
        percent_text(contract.fee),
        fee_for=contract.fee_for,
        charged=contract.charged,
        residue=contract.residue,
        fee_rounding=optional(contract.fee_rule),
    )


def loan_of(contract: Contract) -> InstallmentLoan:
    """The same contract, as the library is told it."""
    every: Any = contract.stated_dates
    if not every:
        every = relativedelta(months=contract.months, days=contract.days)
    words: dict[str, Any] = {
        "currency": contract.currency,
        "principal": decimal_text(contract.principal),
        "disbursed": contract.disbursed,
        "every": every,
        "repayment": repayment_of(contract),
        "rounding": rounding_of(contract.rule, contract),
        "first_due": contract.first_due,
        "due_day": contract.due_day,
        "end_of_month": contract.end_of_month,
    }
    if contract.business_rule is not None:
        words["business_days"] = BusinessDays(
            contract.business_rule, WEEKENDS, interest=contract.interest_to
        )
    if contract.method != "flat_fee":
        words["rate"] = Rate(f"{percent_text(contract.rate)}/{contract.rate_per}")
        words["day_count"] = contract.day_count
        words["head_tail"] = contract.head_tail
    return InstallmentLoan(**words)


# --- dates ------------------------------------------------------------------------

MONTH_ENDS = (
    date(2023, 1, 29),
    date(2023, 1, 30),
    date(2023, 1, 31),
    date(2023, 2, 28),
    date(2024, 1, 29),
    date(2024, 1, 30),
    date(2024, 1, 31),
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2023, 4, 30),
    date(2023, 12, 31),
    date(2000, 2, 29),
    date(1999, 11, 30),
    date(2099, 12, 31),
    date(2100, 2, 28),
    date(1901, 1, 31),
)


def disbursements() -> st.SearchStrategy[date]:
    return st.one_of(
        st.sampled_from(MONTH_ENDS), st.dates(date(1901, 1, 1), date(2080, 12, 31))
    )


STEPS = (
    (1, 0),
    (1, 0),
    (1, 0),
    (2, 0),
    (3, 0),
    (6, 0),
    (12, 0),
    (0, 7),
    (0, 14),
    (0, 1),
    (0, 30),
)


@st.composite
def due_terms(draw: st.DrawFn, count: int) -> dict[str, Any]:
    """Disbursement, step, and whatever moves the due dates away from plain steps."""
    disbursed = draw(disbursements())
    kind = draw(st.sampled_from(("plain", "plain", "first", "due_day", "end", "dates")))
    if kind == "dates":
        gaps = draw(st.lists(st.integers(1, 70), min_size=count, max_size=count))
        days = [disbursed]
        for gap in gaps:
            days.append(days[-1] + timedelta(gap))
        return {"disbursed": disbursed, "stated_dates": tuple(days[1:])}
    months, days_step = draw(st.sampled_from(STEPS))
    if count * months > 1_200:
        months = 1
    terms: dict[str, Any] = {
        "disbursed": disbursed,
        "months": months,
        "days": days_step,
    }
    if kind == "first":
        terms["first_due"] = disbursed + timedelta(draw(st.integers(1, 95)))
    elif kind == "due_day" and months:
        terms["due_day"] = draw(st.one_of(st.integers(1, 31), st.integers(28, 31)))
    elif kind == "end" and months:
        terms["end_of_month"] = True
    return terms


# --- money and rates --------------------------------------------------------------

RATES = tuple(
    Fraction(text) / 100
    for text in (
        "0", "0.000000000001", "-0.5", "-0.000000000001", "6", "12", "24", "4.75",
        "1/3", "18.25", "5.78", "36", "100", "1000", "-5", "0.04",
    )
)  # fmt: skip


def yearly_rates() -> st.SearchStrategy[Fraction]:
    drawn = st.integers(-50_000, 400_000).map(lambda n: Fraction(n, 10**6))
    fine = st.integers(-(10**11), 10**13).map(lambda n: Fraction(n, 10**14))
    return st.one_of(st.sampled_from(RATES), drawn, fine)


def quoted_rates() -> st.SearchStrategy[tuple[Fraction, str]]:
    """A share per unit of time that `Rate` can quote, of a realistic size."""

    def per(unit: str) -> st.SearchStrategy[tuple[Fraction, str]]:
        parts = {"year": 1, "month": 12, "day": 365}[unit]
        return yearly_rates().map(
            lambda rate: (Fraction(round(rate / parts * 10**14), 10**14), unit)
        )

    thirds = st.sampled_from(
        (
            (Fraction(1, 300), "month"),
            (Fraction(1, 2400), "day"),
            (Fraction(2, 2100), "day"),
        )
    )
    return st.one_of(per("year"), per("month"), per("day"), thirds)


def rules(currency: str) -> st.SearchStrategy[Rule]:
    """A rounding rule in the currency: to its minor unit, or to something coarser."""
    cent = Fraction(1, 10 ** DIGITS[currency])
    units = st.sampled_from((cent, cent, cent, 5 * cent, 10 * cent, 100 * cent))
    return st.builds(Rule, st.sampled_from(MODES), units)


def unit_counts() -> st.SearchStrategy[int]:
    return st.one_of(
        st.sampled_from((1, 2, 3, 100, MOST_UNITS, MOST_UNITS - 1)),
        st.integers(1, 300),
        st.integers(1_000, 10_000_000),
        st.integers(1, MOST_UNITS),
    )


def counts() -> st.SearchStrategy[int]:
    few = st.integers(1, 6)
    some = st.one_of(st.integers(1, 40), st.sampled_from((24, 36, 60, 120)))
    return st.one_of(few, few, few, some)


def toward_tie(draw: st.DrawFn, contract: Contract) -> Contract:
    """
    Move the principal so that one rounded amount is an exact tie, or next to one.

    With x the amount per cent of principal, in units of the rule, p/q in lowest terms:
    k cents make a tie where k * p = q/2 modulo q, and the nearest amounts beside a tie
    where k * p = (q - 1)/2 or (q + 1)/2.
    """
    per_principal, rule = _aimed_amount(draw, contract)
    ratio = per_principal * contract.cent / rule.unit
    above, below = ratio.numerator, ratio.denominator
    if above == 0 or below == 1:
        return contract
    target = (below + draw(st.sampled_from((0, 0, -1, 1)))) // 2
    units = target * pow(above, -1, below) % below
    units += below * draw(st.integers(0, 1_000))
    most = MOST_UNITS * 10 ** max(0, contract.digits - DIGITS[contract.currency])
    if not 0 < units <= most:
        return contract
    return contract.but(principal=units * contract.cent)


def _aimed_amount(draw: st.DrawFn, contract: Contract) -> tuple[Fraction, Rule]:
    share = Fraction(1, contract.count)
    if contract.method == "flat_fee":
        if draw(st.booleans()):
            return contract.fee, contract.fee_rule or contract.rule
        return share, contract.rule
    if contract.method == "equal" and draw(st.booleans()):
        return share, contract.rule
    try:
        if contract.method == "level" and contract.count <= 5 and draw(st.booleans()):
            sized_by = contract.sized_by or contract.counted_by
            factors = planner.period_factors(contract, sized_by)
            rule = contract.payment_rule or contract.rule
            return 1 / planner.annuity(factors), rule
        return planner.period_factors(contract, contract.counted_by)[0], contract.rule
    except planner.RefusedError:
        return Fraction(0), contract.rule


# --- whole contracts --------------------------------------------------------------


def day_counts(terms: dict[str, Any], rate_per: str) -> st.SearchStrategy[str | None]:
    counted: list[str | None] = ["ACT/360", "ACT/365F", "30E/360", "ACT/ACT ISDA"]
    regular = terms.get("months") and not terms.get("days")
    if rate_per == "day":
        counted.append(None)
    elif regular and not terms.get("first_due") and not terms.get("due_day"):
        counted += [None, None, "1/12"]
    return st.sampled_from(counted)


BUSINESS_RULES = (
    "following",
    "modified_following",
    "preceding",
    "modified_preceding",
)


def counts_whole_months(terms: dict[str, Any]) -> bool:
    """Whether interest is by whole months, which no day is counted for."""
    if terms["method"] == "flat_fee" or terms["rate_per"] == "day":
        return False
    return terms["day_count"] in (None, "1/12")


def head_tails(terms: dict[str, Any]) -> st.SearchStrategy[str]:
    """Which ends count; the two odd ones only where days are counted at all."""
    rules = ("head", "head", "tail", "both", "neither")
    return st.sampled_from(rules[:3] if counts_whole_months(terms) else rules)


@st.composite
def contracts(
    draw: st.DrawFn,
    method: str | None = None,
    residue: str | None = None,
    most: int = 120,
) -> Contract:
    """Any contract that the terms allow, or one of a given method."""
    method = method or draw(st.sampled_from(METHODS))
    count = draw(counts().filter(lambda count: count <= most))
    currency = draw(st.sampled_from(tuple(DIGITS)))
    digits = DIGITS[currency]
    rule = draw(rules(currency))
    if draw(st.integers(0, 7)) == 0:
        digits = draw(st.sampled_from((8, 12, 15)))
        rule = Rule("half_even", Fraction(1, 10**digits))
    terms = draw(due_terms(count))
    terms |= {"currency": currency, "method": method, "count": count}
    terms |= {"rule": rule, "digits": digits}
    if method != "flat_fee":
        terms["rate"], terms["rate_per"] = draw(quoted_rates())
        terms["day_count"] = draw(day_counts(terms, terms["rate_per"]))
        terms["head_tail"] = draw(head_tails(terms))
    if draw(st.integers(0, 3)) == 0:
        terms["business_rule"] = draw(st.sampled_from(BUSINESS_RULES))
        terms["interest_to"] = draw(st.sampled_from(("adjusted", "unadjusted")))
        if counts_whole_months(terms):
            terms["interest_to"] = "unadjusted"
    cent = Fraction(1, 10 ** DIGITS[currency])
    terms["principal"] = draw(unit_counts()) * cent
    terms |= draw(method_terms(method, terms, residue))
    contract = Contract(**terms)
    if draw(st.booleans()):
        contract = toward_tie(draw, contract)
    if method == "amounts":
        contract = contract.but(amounts=draw(cut(contract)))
    return contract


@st.composite
def method_terms(
    draw: st.DrawFn, method: str, terms: dict[str, Any], residue: str | None
) -> dict[str, Any]:
    currency = terms["currency"]
    residue = residue or draw(st.sampled_from(("last", "first")))
    if method == "equal":
        return {"residue": residue}
    if method == "flat_fee":
        percent = st.integers(0, 20_000).map(lambda n: Fraction(n, 10**5))
        return {
            "residue": residue,
            "fee": draw(
                st.one_of(percent, st.sampled_from((Fraction(0), Fraction(1, 30))))
            ),
            "fee_for": draw(st.sampled_from(("plan", "installment"))),
            "charged": draw(st.sampled_from(("spread", "first"))),
            "fee_rule": draw(st.none() | rules(currency)),
        }
    if method == "level":
        sized = day_counts(terms, terms["rate_per"])
        moves = "business_rule" in terms and terms["interest_to"] == "adjusted"
        if moves or terms["head_tail"] in ("both", "neither"):
            sized = sized.filter(lambda name: name != "1/12")
        return {
            "residue": residue,
            "payment_rule": draw(st.none() | st.none() | rules(currency)),
            "sized_by": draw(st.none() | st.none() | sized),
            "shortfall": draw(st.sampled_from(("refuse", "capitalize"))),
        }
    return {}


@st.composite
def cut(draw: st.DrawFn, contract: Contract) -> tuple[Fraction, ...]:
    """The principal cut into as many amounts as there are installments, some zero."""
    total, count = int(contract.principal / contract.cent), contract.count
    points = st.lists(st.integers(0, total), min_size=count - 1, max_size=count - 1)
    marks = [0, *sorted(draw(points)), total]
    return tuple((high - low) * contract.cent for low, high in pairwise(marks))
