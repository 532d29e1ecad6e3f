"""Hypothesis strategies for the terms of a credit line: any that may stand together."""

from typing import Any

from hypothesis import strategies as st

from loanmath import (
    CreditLine,
    DefaultCharge,
    InstallmentTerms,
    LineAllocation,
    LineInterest,
    LineSegment,
    MinimumPayment,
    TransactionFee,
)
from loanmath.calendars import WEEKENDS
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.terms import BusinessDays
from loanmath.terms.lines import Promotion

__all__ = [
    "BOOLEANS",
    "credit_lines",
    "graces",
    "line_interests",
    "major",
    "one_of_these",
]

BOOLEANS = st.booleans()
DIGITS = {"CNY": 2, "JPY": 0, "BHD": 3}
DAYS = (1, 5, 15, 20, 28, 29, 30, 31)
MODES = ("half_up", "half_even", "up", "down", "floor", "ceiling")
PARTS = ("penalty", "fee", "interest", "principal")
# Half a percent of an odd hundred of minor units is a tie.
RATES = ("0.05%/day", "0.1%/day", "0.5%/day", "0%/day", "1/3%/day")
LONG_RATES = ("18%/year", "36%/year", "1.5%/month")


def one_of_these(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


def major(units: int, digits: int) -> str:
    """Minor units as a decimal text of major ones."""
    text = str(units).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}" if digits else text


def rate_terms(draw: st.DrawFn) -> dict[str, Any]:
    """A rate, with the days of a year where it needs them."""
    if draw(one_of_these(True, True, False)):
        return {"rate": draw(one_of_these(*RATES))}
    return {
        "rate": draw(one_of_these(*LONG_RATES)),
        "days_in_year": draw(one_of_these(360, 364, 365, 366)),
    }


def roundings(draw: st.DrawFn, digits: int) -> Rounding | None:
    if draw(BOOLEANS):
        return None
    units = [None, "1", major(10, digits), major(5, digits)]
    return Rounding(draw(one_of_these(*MODES)), unit=draw(one_of_these(*units)))


def bearing_terms(draw: st.DrawFn, bears_from: str) -> dict[str, Any]:
    """What may be agreed beside the day that interest bears from."""
    terms: dict[str, Any] = {"bears_from": bears_from}
    waits = bears_from in ("posting", "statement")
    balances = ["daily"] * 3
    balances += ["average"] if bears_from in ("statement", "use") else []
    balances += ["previous", "adjusted"] if bears_from == "statement" else []
    balance = terms["balance"] = draw(one_of_these(*balances))
    terms["rounded"] = "statement"
    if balance in ("previous", "adjusted"):
        return terms
    terms["repayment_day"] = draw(one_of_these("old", "reduced"))
    if waits:
        terms["bears_on"] = draw(one_of_these("whole", "unpaid_share", "unpaid"))
        terms["free_period"] = draw(one_of_these("kept", "lost"))
        if terms["free_period"] == "lost":
            terms["regained_after"] = draw(one_of_these(1, 1, 2, 3))
    if balance == "daily":
        terms["rounded"] = draw(one_of_these("segment", "period", "statement"))
        if not waits:
            terms["posted"] = draw(one_of_these("statement", "payment"))
        if bears_from == "after_due" and terms["rounded"] != "statement":
            caps = (None, "0%", "0.5%", "1/3%", "2%", "10%", "100%")
            terms["overdue_cap"] = draw(one_of_these(*caps))
        if bears_from == "use":
            terms["overdue_multiple"] = draw(one_of_these("1", "1.5", "2"))
    return terms


@st.composite
def line_interests(
    draw: st.DrawFn,
    digits: int,
    bears_from: tuple[str, ...] = ("posting", "statement", "after_due", "use"),
    joins: str = "next",
) -> LineInterest:
    """Any terms of interest that may stand together, on a line of such days."""
    terms = bearing_terms(draw, draw(one_of_these(*bears_from)))
    terms |= rate_terms(draw)
    last_day = draw(one_of_these("included", "excluded"))
    if terms["balance"] in ("previous", "adjusted"):
        last_day = "included" if joins == "closing" else "excluded"
    others = [name for name in PARTS[:3] if draw(one_of_these(False, False, True))]
    return LineInterest(
        **terms,
        last_day=last_day,
        grace_days=draw(one_of_these(0, 0, 1, 3, 20)),
        tolerance=major(draw(one_of_these(0, 0, 1, 1000)), digits),
        rounding=roundings(draw, digits),
        bearing=["principal", *others],
    )


def promotions(draw: st.DrawFn, rule: LineInterest) -> Promotion | None:
    if rule.balance.value != "daily" or draw(BOOLEANS):
        return None
    months = draw(one_of_these(1, 2, 3, 6))
    if rule.bears_from.value == "use" and draw(BOOLEANS):
        return Promotion(months=months, deferred=True)
    return Promotion(
        months=months, rate=Rate(draw(one_of_these("0%/day", "0.01%/day")))
    )


def fees(draw: st.DrawFn, digits: int) -> TransactionFee | None:
    if draw(BOOLEANS):
        return None
    least = draw(one_of_these(0, 1, 1000))
    most = draw(one_of_these(None, least, 5000))
    return TransactionFee(
        draw(one_of_these("0%", "1%", "2.5%", "1/3%")),
        least=major(least, digits),
        most=None if most is None else major(most, digits),
        rounding=roundings(draw, digits),
    )


def segments(draw: st.DrawFn, digits: int, joins: str) -> list[LineSegment]:
    found = []
    for name in draw(
        one_of_these((), ("cash",), ("transfers",), ("transfers", "cash"))
    ):
        often_use = ("use", "use", "posting", "statement", "after_due")
        rule = draw(line_interests(digits, often_use, joins))
        limit = draw(one_of_these(None, None, 1, 50_000))
        found.append(
            LineSegment(
                name=name,
                interest=rule,
                fee=fees(draw, digits),
                limit=None if limit is None else major(limit, digits),
                due_in_full=draw(BOOLEANS),
                promotion=promotions(draw, rule),
            )
        )
    return found


def graces(line: CreditLine) -> tuple[int, int]:
    """The days after its due day in which a bill is in time, and its minimum."""
    of_bill = 0 if line.interest is None else line.interest.grace_days
    own = None if line.minimum is None else line.minimum.grace_days
    return of_bill, of_bill if own is None else own


def minimums(draw: st.DrawFn, digits: int, least: int) -> MinimumPayment | None:
    """A minimum that is in time for no fewer days than its bill is."""
    if draw(one_of_these(True, False, False, False)):
        return None
    items = (
        "interest", "fees", "arrears", "over_limit", "installments", "carried",
        "newly_over_limit",
    )  # fmt: skip
    usual = draw(BOOLEANS)
    named = items[:5] if usual else [item for item in items if draw(BOOLEANS)]
    return MinimumPayment(
        draw(one_of_these("0%", "5%", "10%", "1/3%", "100%")),
        least=major(draw(one_of_these(0, 1, 2000)), digits),
        whole_below=major(draw(one_of_these(0, 1, 10_000)), digits),
        rounding=roundings(draw, digits),
        in_full=list(named),
        share_of=draw(one_of_these("principal", "principal", "balance")),
        covers_interest=draw(BOOLEANS),
        grace_days=draw(one_of_these(None, None, least, least + 3, 40)),
    )


def default_charges(draw: st.DrawFn, digits: int) -> DefaultCharge | None:
    kind = draw(one_of_these(None, "share", "amounts"))
    if kind is None:
        return None
    if kind == "amounts":
        amounts = draw(one_of_these((3000,), (3000, 4100), (0, 1)))
        return DefaultCharge(
            "0%",
            amounts=[major(amount, digits) for amount in amounts],
            repeat_within=draw(one_of_these(1, 2, 6)),
        )
    least = draw(one_of_these(0, 500))
    most = draw(one_of_these(None, least, 50_000))
    return DefaultCharge(
        draw(one_of_these("0%", "5%", "0.5%")),
        least=major(least, digits),
        most=None if most is None else major(most, digits),
        rounding=roundings(draw, digits),
    )


def installment_terms(draw: st.DrawFn, digits: int) -> InstallmentTerms | None:
    if draw(one_of_these(True, False, False)):
        return None
    billed = draw(one_of_these("each", "first"))
    early = draw(one_of_these("due", "waived", "share"))
    refund = draw(one_of_these("split_anew", "kept"))
    returns = ["none", *(["unbilled"] if billed == "first" else [])]
    returns += ["whole"] if refund == "kept" else []
    return InstallmentTerms(
        fees={1: "0%", 3: "2.3%", 12: "7.5%"},
        billed=billed,
        residue=draw(one_of_these("first", "last")),
        rounding=roundings(draw, digits),
        early=early,
        early_share=draw(one_of_these("0%", "3%")) if early == "share" else None,
        split=draw(one_of_these("apart", "together")) if billed == "each" else "apart",
        refund=refund,
        fee_return=draw(one_of_these(*returns)),
    )


def allocations(draw: st.DrawFn) -> LineAllocation:
    places = ("oldest", "oldest", "highest_rate", "lowest_rate")
    terms: dict[str, Any] = {"first": draw(one_of_these(*places))}
    if draw(BOOLEANS):
        terms["minimum_first"] = draw(one_of_these(*places))
    if draw(BOOLEANS):
        terms["order"] = draw(st.permutations(PARTS))
    if draw(BOOLEANS):
        terms["late_order"] = draw(st.permutations(PARTS))
        terms["late_from"] = draw(one_of_these(1, 31, 91))
    return LineAllocation(**terms)


def day_terms(draw: st.DrawFn) -> dict[str, Any]:
    """Statement and due days, and the order of a day's events."""
    terms: dict[str, Any] = {
        "statement_day": draw(one_of_these(*DAYS)),
        "statement_day_joins": draw(one_of_these("next", "closing")),
        "same_day": draw(one_of_these("kind", "kind", "sequence")),
    }
    if draw(one_of_these(True, True, False)):
        terms["due_day"] = draw(one_of_these(*DAYS, 10, 25))
    else:
        terms["due_after"] = draw(one_of_these(1, 20, 25, 31, 45, 65))
    if draw(one_of_these(False, False, True)):
        terms["business_days"] = BusinessDays("following", WEEKENDS)
    if draw(one_of_these(False, False, True)):
        terms["day_order"] = ["payment", "refund", "purchase"]
    return terms


@st.composite
def credit_lines(draw: st.DrawFn) -> CreditLine:
    """Lines with any terms; a part is left out about as often as another."""
    currency = draw(one_of_these("CNY", "CNY", "CNY", "JPY", "BHD"))
    digits = DIGITS[currency]
    has_interest = draw(one_of_these(True, True, True, True, False))
    days = day_terms(draw)
    joins = days["statement_day_joins"]
    interest = draw(line_interests(digits, joins=joins)) if has_interest else None
    return CreditLine(
        currency=currency,
        limit=major(draw(one_of_these(100_000, 500_000, 2_000_000, 10**9)), digits),
        **days,
        interest=interest,
        minimum=minimums(draw, digits, interest.grace_days if interest else 0),
        default_charge=default_charges(draw, digits),
        segments=segments(draw, digits, joins),
        installments=installment_terms(draw, digits),
        allocation=allocations(draw),
        over_limit=draw(one_of_these("refused", "refused", "allowed")),
        limit_covers=draw(one_of_these("principal", "balance")),
    )
