"""Loans of every kind, whose explanations and refusals are read as text."""

from datetime import date
from typing import Any

from loanmath import (
    WEEKENDS,
    AddOnInterest,
    BusinessDays,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    FloatingRate,
    GraduatedPayment,
    Holiday,
    Index,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    LevelPayment,
    PrincipalAmounts,
    Rate,
    Rounding,
    SinglePayment,
    SteppedPayment,
    SteppedRate,
)

TWO_RATES = SteppedRate(Rate("12%/year"), {date(2026, 4, 1): Rate("6%/year")})
INDEX = Index("index", {date(2025, 1, 1): "3.5%", date(2026, 3, 1): "4%"})
FLOATING = FloatingRate(
    INDEX, "100bp", multiplier="1.5", resets=[date(2026, 3, 20)], cap="6.5%"
)
BY_DAYS = {"day_count": "ACT/365F"}
LATE_START = BY_DAYS | {"first_due": date(2026, 3, 1)}


def loan(**terms: Any) -> InstallmentLoan:
    """10,000 at 12 % a year on 15 January 2026, monthly, unless the terms differ."""
    words = {
        "currency": "CNY",
        "principal": "10000",
        "disbursed": date(2026, 1, 15),
        "every": "monthly",
        "rate": Rate("12%/year"),
        "repayment": LevelPayment(4),
    }
    return InstallmentLoan(**(words | terms))


NO_RATE = {"rate": None}
LOANS: dict[str, dict[str, Any]] = {
    "level": {},
    "level, first": {"repayment": LevelPayment(4, residue="first")},
    "level, by days": {"day_count": "ACT/360"},
    "level, moved": {
        **BY_DAYS,
        "business_days": BusinessDays("following", WEEKENDS, interest="adjusted"),
    },
    "level, only paid later": {
        **BY_DAYS,
        "business_days": BusinessDays("following", WEEKENDS, interest="unadjusted"),
    },
    "level, rounded": {
        "repayment": LevelPayment(4, rounding=Rounding("ceiling", unit="1"))
    },
    "level, balloon": {"repayment": LevelPayment(4, balloon="5000")},
    "level, longer": {"repayment": LevelPayment(4, amortized_over=12)},
    "level, spread": {"repayment": LevelPayment(4, residue="spread")},
    "level, free": {"rate": Rate("0%/year")},
    "equal": {"repayment": EqualPrincipal(3)},
    "equal, first": {"repayment": EqualPrincipal(3, residue="first")},
    "equal, balloon": {"repayment": EqualPrincipal(3, balloon="1000")},
    "interest only": {"repayment": InterestOnly(3), "rate": Rate("1%/month")},
    "single": {"repayment": SinglePayment(6), "rate": Rate("0.04%/day")},
    "amounts": {"repayment": PrincipalAmounts(["0", "4000", "6000"])},
    "flat fee": {"repayment": FlatFee(3, "5%"), **NO_RATE},
    "flat fee, each": {
        "repayment": FlatFee(3, "1%", fee_for="installment"),
        **NO_RATE,
    },
    "flat fee, at once": {
        "repayment": FlatFee(3, "5%", charged="first", fee_rounding="down"),
        **NO_RATE,
    },
    "flat fee, and another": {
        "repayment": FlatFee(3, "5%"),
        **NO_RATE,
        "fees": [Fee("card", "10", due="installments")],
    },
    "flat fee, spread": {"repayment": FlatFee(3, "5%", residue="spread"), **NO_RATE},
    "stated dates": {**BY_DAYS, "every": [date(2026, 2, n) for n in (1, 9, 20, 28)]},
    "fixed payment": {"repayment": FixedPayment("3000")},
    "fixed principal": {"repayment": FixedPrincipal("30%")},
    "graduated": {"repayment": GraduatedPayment(4, "10%", every=2)},
    "stepped": {"repayment": SteppedPayment([(1, "1000"), (2, None), (1, "3000")])},
    "stepped, stated": {"repayment": SteppedPayment([(1, "1000"), (3, "3000")])},
    "add-on": {"repayment": AddOnInterest(3)},
    "add-on, first": {"repayment": AddOnInterest(3, residue="first")},
    "add-on, by time": {"repayment": AddOnInterest(3, earned="by_time"), **BY_DAYS},
    "add-on, 78": {"repayment": AddOnInterest(3, earned="rule_of_78")},
    "two rates": {"rate": TWO_RATES, **BY_DAYS},
    "two rates, foreseen": {
        "rate": TWO_RATES,
        "repayment": LevelPayment(4, on_rate_change="foreseen"),
        **BY_DAYS,
    },
    "two rates, whole": {
        "rate": TWO_RATES,
        "repayment": LevelPayment(4, on_rate_change="whole_period"),
        "day_count": "30/360 CN",
        "head_tail": "tail",
    },
    "floating": {"rate": FLOATING, **BY_DAYS},
    "by segment": {"rate": TWO_RATES, "interest_rounded": "segment", **BY_DAYS},
    "by day": {"rate": TWO_RATES, "interest_rounded": "day", **BY_DAYS},
    "principal holiday": {"holidays": [Holiday(2, 1, "principal")]},
    "capitalized": {"holidays": [Holiday(1, 2, "payment", interest="capitalize")]},
    "carried": {"holidays": [Holiday(1, 2, "payment", interest="carry")]},
    "waived": {"holidays": [Holiday(2, 1, "interest", interest="waive")]},
    "own interest dates": {
        "repayment": EqualPrincipal(4),
        "interest_payments": InterestPayments("P2M"),
    },
    "capitalized until": {
        "first_due": date(2026, 7, 15),
        "day_count": "30E/360",
        "interest_payments": InterestPayments(
            "quarterly", capitalized_until=date(2026, 4, 15)
        ),
    },
    "in advance": {
        "repayment": EqualPrincipal(3),
        "interest_payments": InterestPayments(in_advance=True),
    },
    "annuity due": {"first_due": date(2026, 1, 15)},
    "broken, separate": {**LATE_START, "broken_period": "separate"},
    "broken, added": {**LATE_START, "broken_period": "added"},
    "broken, added by day": {
        **LATE_START,
        "broken_period": "added",
        "interest_rounded": "day",
    },
    "broken, at disbursement": {**LATE_START, "broken_period": "at_disbursement"},
    "broken, moved": {
        **LATE_START,
        "broken_period": "separate",
        "business_days": BusinessDays("following", WEEKENDS),
    },
    "drawdown": {**BY_DAYS, "drawdowns": [Drawdown(date(2026, 2, 1), "5000")]},
    "equal, drawn": {
        **BY_DAYS,
        "repayment": EqualPrincipal(3),
        "drawdowns": [Drawdown(date(2026, 2, 1), "5000")],
    },
    "fees": {
        "fees": [
            Fee("opening", "1%", tax="6%"),
            Fee("insurance", "50", paid="financed"),
            Fee("guarantee", "0.2%", of="outstanding", due="installments", tax="6%"),
            Fee("letter", "10", due=date(2026, 2, 20)),
        ]
    },
    "two fees at once": {
        "fees": [
            Fee("a", "1", due="installments", tax="6%"),
            Fee("b", "0.1%", of="payment", due="installments", tax="6%"),
            Fee("c", "1%", of="interest", due="installments", rounding="up"),
        ]
    },
    "deducted": {"fees": [Fee("opening", "2%", paid="deducted")], "discount": "10"},
    "unrounded": {"rounding": Rounding.unrounded(8), "repayment": LevelPayment(2)},
}


def phrases(terms: dict[str, Any]) -> set[str]:
    """What explanations of a loan say beside its figures: formula, names, rule."""
    schedule = loan(**terms).schedule()
    told = (
        schedule.explain(row.number, column)
        for row in schedule
        for column in row._fields
    )
    return {
        " | ".join(
            [each.column, each.formula, ", ".join(each.inputs), each.rule, each.source]
        )
        for each in told
    }


# Interest below zero, rounded down to five yen, takes back more than is owed.
NEGATIVE: dict[str, Any] = {
    "currency": "JPY",
    "principal": "3",
    "rate": Rate("-0.0001%/year"),
    "rounding": Rounding("floor", unit="5"),
    "repayment": LevelPayment(2, shortfall="capitalize"),
}
REFUSED: dict[str, dict[str, Any]] = {
    "too many installments": {"repayment": FixedPayment("100")},
    "too small a principal": {"repayment": FixedPrincipal("1")},
    "a share that rounds to nothing": {
        "repayment": FixedPrincipal("0.000001%"),
        "rounding": "down",
    },
    "a payment below interest": {"repayment": FixedPayment("99", 12)},
    "a level payment below interest": {
        "repayment": LevelPayment(12, rounding=Rounding("floor", unit="1000"))
    },
    "a negative payment": NEGATIVE,
    "a detailed negative payment": {
        **NEGATIVE,
        "repayment": LevelPayment(2, shortfall="capitalize", residue="second_pass"),
    },
    "due before disbursement": {
        **BY_DAYS,
        "disbursed": date(2026, 1, 16),
        "first_due": date(2026, 1, 17),
        "business_days": BusinessDays("preceding", WEEKENDS),
    },
    "due before disbursement, detailed": {
        **BY_DAYS,
        "disbursed": date(2026, 1, 16),
        "first_due": date(2026, 1, 17),
        "business_days": BusinessDays("preceding", WEEKENDS),
        "fees": [Fee("a", "1")],
    },
    "everything eaten": {"rate": Rate("-99%/year"), "every": "P24M", **BY_DAYS},
    "everything eaten, detailed": {
        "rate": SteppedRate(Rate("-99%/year"), {}),
        "every": "P24M",
        **BY_DAYS,
    },
    "too few dates": {
        **BY_DAYS,
        "every": [date(2026, 2, 1), date(2026, 3, 1)],
        "repayment": FixedPayment("500"),
    },
    "more repaid than drawn": {
        **BY_DAYS,
        "repayment": PrincipalAmounts(["12000", "3000"]),
        "drawdowns": [Drawdown(date(2026, 2, 20), "5000")],
    },
    "a cut month": {
        "rate": FloatingRate(
            INDEX, resets="P10D", first_reset=date(2026, 2, 15), spread="1%"
        ),
        "repayment": LevelPayment(4),
    },
    "a fee too late": {
        "repayment": FixedPayment("5000"),
        "fees": [Fee("late", "1", due=date(2030, 1, 1))],
    },
    "a drawdown too late": {
        **BY_DAYS,
        "repayment": LevelPayment(1),
        "drawdowns": [Drawdown(date(2026, 2, 14), "1")],
        "business_days": BusinessDays("preceding", WEEKENDS),
    },
    "the rule of 78 above its payment": {
        "rate": Rate("1000%/year"),
        "repayment": AddOnInterest(3, earned="rule_of_78"),
    },
    "add-on below zero": {"rate": Rate("-1%/year"), "repayment": AddOnInterest(3)},
}

PRINTED = ("level", "fees", "capitalized", "flat fee", "stated dates", "drawdown")

LEVEL_PAYMENTS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "digits": (("1", Rate("1%/month"), 12), {"digits": 5}),
    "digits of another type": (("1", Rate("1%/month"), 12), {"digits": "2"}),
    "no principal": (("0", Rate("1%/month"), 12), {}),
    "too much principal": (("1e20", Rate("1%/month"), 12), {}),
    "far too much": (("100000000000000", Rate("1%/month"), 12), {}),
    "no rate": (("1", "12%", 12), {}),
    "a rate per day": (("1", Rate("0.04%/day"), 12), {}),
    "weeks": (("1", Rate("1%/month"), 12), {"every": "weekly"}),
    "all eaten": (("1", Rate("-8%/month"), 12), {"every": "P13M"}),
    "no payments": (("1", Rate("1%/month"), 0), {}),
}
