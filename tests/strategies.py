"""
Hypothesis strategies for loans, and the bridge from plain parameters to the library.

A strategy draws an `oracle.planner.Contract`, plain values that both sides read.
`loan_of` states the same contract in the library's words. Principals are aimed on
purpose at exact ties of the first interest, of the level payment and of the shares,
and at the nearest amounts beside a tie.
"""

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import accumulate, cycle, islice
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


def one_of_these(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


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


@cache
def disbursements() -> st.SearchStrategy[date]:
    days = st.dates(date(1901, 1, 1), date(2080, 12, 31))
    return st.one_of(st.sampled_from(MONTH_ENDS), days)


STEPS = one_of_these(
    (1, 0), (1, 0), (1, 0), (2, 0), (3, 0), (6, 0), (12, 0),
    (0, 7), (0, 14), (0, 1), (0, 30),
)  # fmt: skip
DUE_KINDS = one_of_these("plain", "plain", "first", "due_day", "end", "dates")
GAPS = st.lists(st.integers(1, 70), min_size=1, max_size=5)
FIRST_GAPS = st.integers(1, 95)
DUE_DAYS = st.one_of(st.integers(1, 31), st.integers(28, 31))


def due_terms(draw: st.DrawFn, count: int) -> dict[str, Any]:
    """Disbursement, step, and whatever moves the due dates away from plain steps."""
    disbursed, kind = draw(disbursements()), draw(DUE_KINDS)
    if kind == "dates":
        gaps = islice(cycle(draw(GAPS)), count)
        days = [disbursed + timedelta(days) for days in accumulate(gaps)]
        return {"disbursed": disbursed, "stated_dates": tuple(days)}
    months, days_step = draw(STEPS)
    if count * months > 1_200:
        months = 1
    terms: dict[str, Any] = {"disbursed": disbursed}
    terms |= {"months": months, "days": days_step}
    if kind == "first":
        terms["first_due"] = disbursed + timedelta(draw(FIRST_GAPS))
    elif kind == "due_day" and months:
        terms["due_day"] = draw(DUE_DAYS)
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


@cache
def yearly_rates() -> st.SearchStrategy[Fraction]:
    drawn = st.integers(-50_000, 400_000).map(lambda n: Fraction(n, 10**6))
    fine = st.integers(-(10**11), 10**13).map(lambda n: Fraction(n, 10**14))
    return st.one_of(st.sampled_from(RATES), drawn, fine)


@cache
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
            (Fraction(1, 10**14), "month"),
            (Fraction(1, 10**14), "day"),
        )
    )
    return st.one_of(per("year"), per("month"), per("day"), thirds)


@cache
def rules(currency: str) -> st.SearchStrategy[Rule]:
    """A rounding rule in the currency: to its minor unit, or to something coarser."""
    cent = Fraction(1, 10 ** DIGITS[currency])
    units = st.sampled_from((cent, cent, cent, 5 * cent, 10 * cent, 100 * cent))
    return st.builds(Rule, st.sampled_from(MODES), units)


@cache
def unit_counts() -> st.SearchStrategy[int]:
    return st.one_of(
        st.sampled_from((1, 2, 3, 100, MOST_UNITS, MOST_UNITS - 1)),
        st.integers(1, 300),
        st.integers(1_000, 10_000_000),
        st.integers(1, MOST_UNITS),
    )


@cache
def counts(most: int = 120) -> st.SearchStrategy[int]:
    few = st.integers(1, 6)
    long = tuple(count for count in (24, 36, 60, 120) if count <= most)
    some = st.one_of(st.integers(1, min(40, most)), st.sampled_from(long))
    return st.one_of(few, few, few, some)


BESIDE_A_TIE = one_of_these(0, 0, -1, 1)
REPEATS = st.integers(0, 1_000)


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
    target = (below + draw(BESIDE_A_TIE)) // 2
    units = target * pow(above, -1, below) % below
    units += below * draw(REPEATS)
    most = MOST_UNITS * 10 ** max(0, contract.digits - DIGITS[contract.currency])
    if not 0 < units <= most:
        return contract
    return contract.but(principal=units * contract.cent)


def _aimed_amount(draw: st.DrawFn, contract: Contract) -> tuple[Fraction, Rule]:
    share = Fraction(1, contract.count)
    if contract.method == "flat_fee":
        if draw(BOOLEANS):
            return contract.fee, contract.fee_rule or contract.rule
        return share, contract.rule
    if contract.method == "equal" and draw(BOOLEANS):
        return share, contract.rule
    try:
        if contract.method == "level" and contract.count <= 5 and draw(BOOLEANS):
            sized_by = contract.sized_by or contract.counted_by
            factors = planner.period_factors(contract, sized_by)
            rule = contract.payment_rule or contract.rule
            return 1 / planner.annuity(factors), rule
        return planner.period_factors(contract, contract.counted_by)[0], contract.rule
    except planner.RefusedError:
        return Fraction(0), contract.rule


# --- whole contracts --------------------------------------------------------------


BY_DAYS = ("ACT/360", "ACT/365F", "30E/360", "ACT/ACT ISDA", "30/360 CN")
DAILY_RATE_COUNTS = one_of_these(None, *BY_DAYS)
DAY_COUNTS = one_of_these(*BY_DAYS)
MONTH_COUNTS = one_of_these(None, None, "1/12", *BY_DAYS)


def day_counts(terms: dict[str, Any], rate_per: str) -> st.SearchStrategy[str | None]:
    if rate_per == "day":
        return DAILY_RATE_COUNTS
    regular = terms.get("months") and not terms.get("days")
    if regular and not terms.get("first_due") and not terms.get("due_day"):
        return MONTH_COUNTS
    return DAY_COUNTS


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


HEAD_TAILS = one_of_these("head", "head", "tail", "both", "neither")
COUNTED_ONCE = one_of_these("head", "head", "tail")
BOOLEANS = st.booleans()
ONE_IN_EIGHT = st.integers(0, 7).map(lambda number: number == 7)
ONE_IN_FOUR = st.integers(0, 3).map(lambda number: number == 3)
METHOD = one_of_these(*METHODS)
CURRENCY = one_of_these(*DIGITS)
UNROUNDED_DIGITS = one_of_these(8, 12, 15)
BUSINESS_RULE = one_of_these(*BUSINESS_RULES)
INTEREST_TO = one_of_these("adjusted", "unadjusted")
RESIDUE = one_of_these("last", "first")
SHORTFALL = one_of_these("refuse", "capitalize")
FEES = st.one_of(
    st.integers(0, 20_000).map(lambda number: Fraction(number, 10**5)),
    one_of_these(Fraction(0), Fraction(1, 30)),
)
FEE_FOR = one_of_these("plan", "installment")
CHARGED = one_of_these("spread", "first")
WEIGHTS = st.lists(st.integers(0, 5), min_size=1, max_size=6)


@st.composite
def contracts(
    draw: st.DrawFn,
    method: str | None = None,
    residue: str | None = None,
    most: int = 120,
) -> Contract:
    """Any contract that the terms allow, or one of a given method."""
    method = method or draw(METHOD)
    count, currency = draw(counts(most)), draw(CURRENCY)
    terms = due_terms(draw, count) | {"method": method, "count": count}
    terms |= money_terms(draw, currency)
    if method != "flat_fee":
        terms["rate"], terms["rate_per"] = draw(quoted_rates())
        terms["day_count"] = draw(day_counts(terms, terms["rate_per"]))
        whole_months = counts_whole_months(terms)
        terms["head_tail"] = draw(COUNTED_ONCE if whole_months else HEAD_TAILS)
    if draw(ONE_IN_FOUR):
        terms["business_rule"] = draw(BUSINESS_RULE)
        terms["interest_to"] = draw(INTEREST_TO)
        if counts_whole_months(terms):
            terms["interest_to"] = "unadjusted"
    terms |= method_terms(draw, terms, residue)
    if method == "level" and terms["residue"] == "first" and is_coarse(terms):
        terms["rate"] = abs(terms["rate"])
    contract = Contract(**terms)
    if draw(BOOLEANS):
        contract = toward_tie(draw, contract)
    if method == "amounts":
        contract = contract.but(amounts=cut(contract, draw(WEIGHTS)))
    return contract


def is_coarse(terms: dict[str, Any]) -> bool:
    """Whether interest is rounded to more than the finest amount that is kept."""
    return terms["rule"].unit > Fraction(1, 10 ** terms["digits"])


def money_terms(draw: st.DrawFn, currency: str) -> dict[str, Any]:
    digits = DIGITS[currency]
    principal = draw(unit_counts()) * Fraction(1, 10**digits)
    terms = {"currency": currency, "principal": principal}
    if draw(ONE_IN_EIGHT):
        digits = draw(UNROUNDED_DIGITS)
        rule = Rule("half_even", Fraction(1, 10**digits))
        return terms | {"rule": rule, "digits": digits}
    return terms | {"rule": draw(rules(currency)), "digits": digits}


def method_terms(
    draw: st.DrawFn, terms: dict[str, Any], residue: str | None
) -> dict[str, Any]:
    method, currency = terms["method"], terms["currency"]
    if method not in ("equal", "flat_fee", "level"):
        return {}
    found: dict[str, Any] = {"residue": residue or draw(RESIDUE)}
    if method == "flat_fee":
        found |= {"fee": draw(FEES), "fee_for": draw(FEE_FOR), "charged": draw(CHARGED)}
        if draw(BOOLEANS):
            found["fee_rule"] = draw(rules(currency))
    if method == "level":
        found["shortfall"] = draw(SHORTFALL)
        if draw(ONE_IN_FOUR):
            found["payment_rule"] = draw(rules(currency))
        if draw(ONE_IN_FOUR):
            found["sized_by"] = draw(day_counts(terms, terms["rate_per"]))
        moves = "business_rule" in terms and terms["interest_to"] == "adjusted"
        odd_ends = terms["head_tail"] in ("both", "neither")
        if found.get("sized_by") == "1/12" and (moves or odd_ends):
            del found["sized_by"]
    return found


def cut(contract: Contract, weights: list[int]) -> tuple[Fraction, ...]:
    """The principal cut by repeating weights, some zero; the last takes the rest."""
    total = int(contract.principal / contract.cent)
    spread = list(islice(cycle(weights), contract.count))
    parts = [total * weight // max(sum(spread), 1) for weight in spread[:-1]]
    return tuple(part * contract.cent for part in (*parts, total - sum(parts)))
