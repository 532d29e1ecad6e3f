"""Loans whose terms need more than a plain plan: one for every term, by name."""

from datetime import date

from loanmath import (
    MONTHLY,
    WEEKENDS,
    AddOnInterest,
    BusinessDays,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FlatFee,
    FloatingRate,
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
from loanmath.terms import FixedPrincipal, GraduatedPayment

__all__ = ["DETAILED", "detailed_loan"]

_BASE = {
    "currency": "CNY",
    "principal": "10000",
    "disbursed": date(2026, 1, 15),
    "every": MONTHLY,
    "rate": Rate("12%/year"),
    "repayment": LevelPayment(4),
}
_DAYS = {"day_count": "ACT/365F"}
_LATE = _DAYS | {"first_due": date(2026, 3, 1)}
_DRAWN = _DAYS | {
    "drawdowns": [Drawdown(date(2026, 2, 1), "5000"), Drawdown(date(2026, 3, 15), 99)]
}
_INDEX = Index(
    "example", {date(2026, 1, 1): "3%", date(2026, 3, 1): "4.35%"}, source="a website"
)
_STEPPED = SteppedRate(
    Rate("12%/year"), {date(2026, 2, 1): Rate("6%/year"), date(2026, 3, 15): Rate("1/3%/year")}
)  # fmt: skip
_ADVANCE = {"interest_payments": InterestPayments(in_advance=True)}


def _rests(*terms, **options):
    return {"holidays": [Holiday(*terms, **options)]}


DETAILED = {
    "balloon": {"repayment": LevelPayment(4, balloon="3000")},
    "longer": {"repayment": LevelPayment(4, amortized_over=9)},
    "spread": {"repayment": LevelPayment(7, residue="spread")},
    "second pass": {"repayment": LevelPayment(7, residue="second_pass")},
    "first and balloon": {"repayment": LevelPayment(4, residue="first", balloon=1)},
    "sized by": {"repayment": LevelPayment(4, sized_by="30/360 CN", balloon=1)} | _DAYS,
    "at the start": {"first_due": date(2026, 1, 15)},
    "stepped rate": {"rate": _STEPPED} | _DAYS,
    "stepped daily rate": {
        "rate": SteppedRate(Rate("0.04%/day"), [(date(2026, 2, 20), Rate("0.05%/day"))])
    },
    "monthly rate": {
        "rate": SteppedRate(
            Rate("1%/month"), [(date(2026, 2, 20), Rate("0.5%/month"))]
        ),
        "day_count": "30/360 CN",
    },
    "stepped, whole months": {"rate": _STEPPED, "day_count": "1/12"},
    "drawn, whole months": _DRAWN
    | {"day_count": "1/12", "interest_rounded": "segment"},
    "foreseen": _DAYS
    | {"rate": _STEPPED, "repayment": LevelPayment(4, on_rate_change="foreseen")},
    "whole period": _DAYS
    | {"rate": _STEPPED, "repayment": LevelPayment(4, on_rate_change="whole_period")},
    "term": _DAYS
    | {"rate": _STEPPED, "repayment": LevelPayment(4, on_rate_change="term")},
    "balance": _DAYS
    | {"rate": _STEPPED, "repayment": LevelPayment(4, on_rate_change="balance")},
    "tail": {"rate": _STEPPED, "head_tail": "tail"} | _DAYS,
    "both": {"rate": _STEPPED, "head_tail": "both"} | _DAYS,
    "floating": _DAYS
    | {
        "rate": FloatingRate(
            _INDEX,
            "-39bp",
            multiplier="1/3",
            resets="P30D",
            first_reset=date(2026, 2, 20),
            initial=Rate("5%/year"),
            next_rate=Rate("6%/year"),
            floor="0.1%",
            cap="15%",
            fixing_days=2,
        )
    },
    "stated resets": _DAYS
    | {"rate": FloatingRate(_INDEX, resets=[date(2026, 3, 2), date(2026, 4, 1)])},
    "never reset": {"rate": FloatingRate(_INDEX, resets=[], multiplier=2)},
    "index per day": {
        "rate": FloatingRate(
            Index("o/n", {date(2026, 1, 1): "0.01%"}), resets=[], per="day"
        )
    },
    "fixed payment": {"repayment": FixedPayment("3000.50")},
    "fixed payment, count": {
        "repayment": FixedPayment("50", 3, shortfall="capitalize")
    },
    "fixed principal": {"repayment": FixedPrincipal("2700")},
    "fixed share": {"repayment": FixedPrincipal("33.3%", 3)},
    "graduated": {"repayment": GraduatedPayment(5, "-7.5%", every=2, rounding="up")},
    "graduated, rounded": {
        "repayment": GraduatedPayment(5, "1/3%", every=1, rounding=Rounding(unit="5"))
    },
    "stages": {"repayment": SteppedPayment([(1, "1000"), (2, None), (1, "2000.50")])},
    "add-on": {"repayment": AddOnInterest(4)},
    "add-on first": {"repayment": AddOnInterest(7, residue="first")},
    "add-on spread": {"repayment": AddOnInterest(7, residue="spread")} | _DAYS,
    "rule of 78": {"repayment": AddOnInterest(4, earned="rule_of_78")},
    "by time": {"repayment": AddOnInterest(4, earned="by_time")} | _DAYS,
    "add-on, fees": {"repayment": AddOnInterest(4), "fees": [Fee("a", "1%", tax="6%")]},
    "equal, spread": {"repayment": EqualPrincipal(7, residue="spread")},
    "equal, balloon": {"repayment": EqualPrincipal(3, balloon="500.50")},
    "flat fee, spread": {
        "repayment": FlatFee(3, "2.3%", residue="spread"),
        "rate": None,
    },
    "flat fee, stamp": {
        "repayment": FlatFee(3, "2.3%"),
        "rate": None,
        "fees": [Fee("stamp", "1", tax="6%")],
    },
    "rest of principal": _rests(2, 1, "principal"),
    "rest capitalized": _rests(1, 2, "payment", interest="capitalize"),
    "rest carried": _rests(2, 2, "payment", interest="carry"),
    "rest waived": _rests(2, 1, "payment", interest="waive"),
    "free of interest": _rests(1, 2, "interest", interest="waive"),
    "interest carried": _rests(1, 2, "interest", interest="carry")
    | {"repayment": EqualPrincipal(4)},
    "two rests": {
        "holidays": [
            Holiday(3, 1, "payment", interest="carry"),
            Holiday(1, 2, "payment", interest="waive"),
        ]
    },
    "interest between": _DAYS
    | {"every": "P2M", "interest_payments": InterestPayments("monthly")},
    "interest later": {
        "repayment": EqualPrincipal(5),
        "interest_payments": InterestPayments("quarterly", first_due=date(2026, 4, 15)),
        "day_count": "30E/360",
    },
    "stated interest dates": _DAYS
    | {
        "repayment": FixedPrincipal("2500"),
        "interest_payments": InterestPayments([date(2026, 2, 1), date(2026, 3, 15)]),
    },
    "capitalized": _DAYS
    | {
        "first_due": date(2026, 9, 15),
        "interest_payments": InterestPayments(
            "quarterly", capitalized_until=date(2026, 8, 1)
        ),
    },
    "in advance": _ADVANCE | {"repayment": InterestOnly(3)},
    "single in advance": _ADVANCE | {"repayment": SinglePayment(3)},
    "equal in advance": _ADVANCE | _DAYS | {"repayment": EqualPrincipal(3)},
    "amounts in advance": _ADVANCE
    | {"repayment": PrincipalAmounts(["4000", "0", "6000"])},
    "separate": _LATE | {"broken_period": "separate"},
    "added": _LATE | {"broken_period": "added"},
    "at disbursement": _LATE | {"broken_period": "at_disbursement"},
    "drawn": _DRAWN,
    "drawn, equal": _DRAWN | {"repayment": EqualPrincipal(4)},
    "drawn, single": _DRAWN | {"repayment": SinglePayment(4)},
    "drawn, stepped": _DRAWN | {"rate": _STEPPED},
    "drawn, separate": {
        "first_due": date(2026, 3, 1),
        "day_count": "ACT/360",
        "broken_period": "separate",
        "drawdowns": [Drawdown(date(2026, 2, 1), "5000.01")],
    },
    "discount": {"discount": "-25.50", "fees": [Fee("a", "1%", paid="deducted")]},
    "fees": {
        "fees": [
            Fee("a", "1%", tax="6%"),
            Fee("b", "50", paid="financed", tax="3%"),
            Fee("c", "0.155%", of="outstanding", due="installments", tax="6%"),
            Fee("d", "10", due=date(2026, 2, 20)),
        ]
    },
    "fee of the payment": {
        "fees": [
            Fee("a", "1%", of="payment", due="installments", every=2, rounding="down")
        ]
    },
    "fee of the interest": {
        "fees": [Fee("a", "1%", of="interest", due=date(2026, 3, 15), tax="1/3%")]
    },
    "fee of the installment's principal": {
        "fees": [Fee("a", "1.5%", of="installment_principal", due="installments")]
    },
    "fee of the principal": {
        "fees": [Fee("a", "1%", due="installments", rounding=Rounding("up", unit="1"))]
    },
    "last due": _DAYS | {"last_due": date(2026, 5, 30)},
    "first after": _DAYS
    | {
        "first_after": "P20D",
        "due_day": 10,
        "repayment": LevelPayment(4, balloon="1"),
    },
    "days off": _DAYS
    | {
        "business_days": BusinessDays("following", WEEKENDS),
        "interest_payments": InterestPayments("P2M"),
        "repayment": EqualPrincipal(4),
    },
    "days off, unadjusted": _DAYS
    | {
        "business_days": BusinessDays("following", WEEKENDS, interest="unadjusted"),
        "last_due": date(2026, 5, 30),
    },
    "per segment": _DRAWN | {"rate": _STEPPED, "interest_rounded": "segment"},
    "added, per day": _LATE
    | {
        "broken_period": "added",
        "rate": Rate("0.0333%/day"),
        "interest_rounded": "day",
    },
    "per day": _DRAWN | {"rate": Rate("0.0333%/day"), "interest_rounded": "day"},
    "unrounded": {"rounding": Rounding.unrounded(8), "repayment": FixedPayment("4000")},
    "negative": {
        "rate": Rate("-0.6%/year"),
        "repayment": LevelPayment(4, balloon="5000"),
    },
}


def detailed_loan(name: str) -> InstallmentLoan:
    """Return the loan with that name."""
    return InstallmentLoan(**(_BASE | DETAILED[name]))
