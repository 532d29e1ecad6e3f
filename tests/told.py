"""Loans of every kind, whose explanations and refusals are read as text."""

from collections.abc import Callable
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
from loanmath.account import Account, Arrear
from loanmath.events import (
    Acceleration,
    Charge,
    Chargeback,
    ChargeOff,
    Disbursement,
    InterestPause,
    InterestResume,
    Payment,
    Payout,
    Recovery,
    Reversal,
    Waiver,
    WriteOff,
)
from loanmath.terms import (
    Allocation,
    AllocationTier,
    AmountCap,
    Compounding,
    DaysPastDue,
    InDuplum,
    LateCharge,
    PenaltyInterest,
    Prepayment,
    PrepaymentFee,
    RateCap,
    Servicing,
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


def serviced(*events: Any, **servicing: Any) -> Account:
    """Return the account of the loan, with penalty and what happened to it."""
    terms = {
        "penalty": PenaltyInterest(rate="0.05%/day"),
        "servicing": Servicing(**servicing),
    }
    return Account.open(loan(**terms)).record(*events)


DUE, LATE = date(2026, 2, 15), date(2026, 3, 1)
PARTS = ["penalty", "compound", "fee", "interest", "principal"]


def paid(amount: str, on: date = DUE, **words: Any) -> Payment:
    return Payment(id="p1", on=on, amount=amount, **words)


def undone(of: str, on: date = LATE, name: str = "x1", **words: Any) -> Reversal:
    return Reversal(id=name, on=on, of=of, **words)


def late(**words: Any) -> PenaltyInterest:
    return PenaltyInterest(rate="0.05%/day", **words)


GONE = WriteOff(id="o1", on=LATE)
OFF = ChargeOff(id="o1", on=LATE)
ALL_AT_ONCE = Acceleration(id="a1", on=LATE)
PAUSED = InterestPause(id="s1", on=DUE)

REFUSED_TERMS: dict[str, Callable[[], object]] = {
    "penalty without a rate": PenaltyInterest,
    "penalty by two rates": lambda: late(multiple="1.5"),
    "penalty at a negative multiple": lambda: PenaltyInterest(multiple="-1"),
    "penalty by an unknown base": lambda: late(base="principle"),
    "penalty with too much grace": lambda: late(grace_days=3_661),
    "penalty by a year of 400 days": lambda: late(days_in_year=400),
    "penalty without days of a year": lambda: loan(penalty=PenaltyInterest(multiple=2)),
    "penalty on a contract without a rate": lambda: loan(
        penalty=PenaltyInterest(multiple=2), rate=None, repayment=FlatFee(3, "1%")
    ),
    "interest charged twice": lambda: loan(
        penalty=late(base="overdue_installment", compounding=Compounding(["interest"]))
    ),
    "compounding of fees": lambda: Compounding(["fee"]),
    "compounding on the 31st": lambda: Compounding(["penalty"], "monthly", day=31),
    "a late charge on the due day": lambda: LateCharge("late", "5%", days_late=0),
    "a late charge as interest": lambda: LateCharge("late", "5%", component="interest"),
    "a late charge above its most": lambda: LateCharge(
        "late", "1", least="2", most="1"
    ),
    "two late charges of one name": lambda: Servicing(
        late_charges=[LateCharge("late", "1"), LateCharge("late", "2")]
    ),
    "a cap on principal": lambda: AmountCap("cap", "1", PARTS),
    "a cap on fees alone": lambda: AmountCap("cap", "1", ["fee"]),
    "a cap below zero": lambda: RateCap("cap", "-1%/day"),
    "a cap without days of a year": lambda: RateCap("cap", "24%/year"),
    "a cap that ends before it starts": lambda: InDuplum(since=LATE, until=DUE),
    "something else as a cap": lambda: Servicing(caps=["24%/year"]),
    "an order that leaves fees out": lambda: Allocation(["interest", "principal"]),
    "an order that names a slot twice": lambda: Allocation([*PARTS, "fee"]),
    "an order half by standing": lambda: Allocation([*PARTS, "due.fee"]),
    "two tiers from one day": lambda: Allocation(
        tiers=[AllocationTier(9, PARTS), AllocationTier(9, PARTS)]
    ),
    "a kind without a rule": lambda: Allocation(kinds={"refund": "last"}),
    "an unknown future": lambda: Allocation(future="later"),
    "a prepayment fee of nothing": PrepaymentFee,
    "a prepayment fee of two kinds": lambda: PrepaymentFee("1%", months_of_interest=1),
    "a prepayment without a name": lambda: Prepayment(effect="longer"),
    "days past due by a text": lambda: Servicing(days_past_due="3"),
    "days past due, too many": lambda: DaysPastDue(grace_days=-1),
    "an order of the day with a kind twice": lambda: Servicing(
        day_order=["payment", "payment"]
    ),
}

REFUSED_EVENTS: dict[str, Callable[[], object]] = {
    "no id": lambda: Payment(id="", on=DUE, amount="1"),
    "a text for a day": lambda: Payment(id="p1", on="2026-02-15", amount="1"),
    "a float for an amount": lambda: Payment(id="p1", on=DUE, amount=1.5),
    "a negative amount": lambda: paid("-1"),
    "an order of some components": lambda: paid("1", order=["fee"]),
    "a split of one component twice": lambda: paid("1", split=[("fee", 1), ("fee", 1)]),
    "a charge of interest": lambda: Charge(
        id="c1", on=DUE, amount="1", component="interest"
    ),
    "a waiver above all": lambda: Waiver(
        id="w1", on=DUE, component="fee", amount="101%"
    ),
    "an arrear after the book": lambda: Account.open(
        loan(), arrears=[Arrear(due=DUE, principal="1")]
    ),
    "no event": lambda: serviced("payment"),
    "before the loan": lambda: serviced(paid("1", date(2026, 1, 14))),
    "before a disbursement": lambda: Account.open(loan(), undrawn=True).record(
        paid("1")
    ),
    "one id for two events": lambda: serviced(paid("1"), paid("2")),
    "an amount finer than the loan": lambda: serviced(paid("0.001")),
    "a split that does not add up": lambda: serviced(paid("9", split={"fee": "1"})),
    "a split above what is owed": lambda: serviced(paid("1", split={"fee": "1"})),
    "an installment that is not there": lambda: serviced(paid("1", installments=[5])),
    "a waiver above what is owed": lambda: serviced(
        Waiver(id="w1", on=LATE, component="penalty", amount="100")
    ),
    "paused twice": lambda: serviced(PAUSED, InterestPause(id="s2", on=LATE)),
    "resumed without a pause": lambda: serviced(InterestResume(id="s2", on=LATE)),
    "accelerated twice": lambda: serviced(
        ALL_AT_ONCE, Acceleration(id="a2", on=date(2026, 3, 2))
    ),
    "accelerated when all is due": lambda: serviced(
        Acceleration(id="a1", on=date(2026, 5, 15))
    ),
    "charged off twice": lambda: serviced(OFF, ChargeOff(id="o2", on=LATE)),
    "a write-off of nothing": lambda: serviced(paid("10000", date(2026, 1, 15)), GONE),
    "a payment after a write-off": lambda: serviced(GONE, paid("1", date(2026, 3, 2))),
    "more recovered than lost": lambda: serviced(
        GONE, Recovery(id="v1", on=LATE, amount="99999")
    ),
    "more paid out than there is": lambda: serviced(
        Payout(id="y1", on=LATE, amount="1")
    ),
    "more drawn than agreed": lambda: serviced(
        Disbursement(id="d1", on=LATE, amount="1")
    ),
    "a reversal of nothing": lambda: serviced(undone("p9")),
    "a reversal of itself": lambda: serviced(undone("x1")),
    "two reversals of one payment": lambda: serviced(
        paid("1"), undone("p1"), undone("p1", name="x2")
    ),
    "a chargeback of a charge": lambda: serviced(
        Charge(id="c1", on=DUE, amount="1"),
        Chargeback(id="b1", on=LATE, of="c1", amount="1"),
    ),
    "a chargeback above the payment": lambda: serviced(
        paid("1"), Chargeback(id="b1", on=LATE, of="p1", amount="2")
    ),
    "credit that is gone": lambda: serviced(
        paid("3000"),
        Payout(id="y1", on=DUE, amount="10"),
        undone("p1", reversed_as="today"),
        allocation=Allocation(future="credit"),
    ),
    "a position before the loan": lambda: serviced().position(date(2026, 1, 14)),
    "a statement that ends before it starts": lambda: serviced().statement(LATE, DUE),
}


def lived() -> Account:
    """Return an account to print: paid late, waived, charged, and in arrears again."""
    return serviced(
        Charge(id="c1", on=date(2026, 2, 20), amount="12.50", name="letter"),
        paid("2600", date(2026, 2, 25)),
        Waiver(id="w1", on=date(2026, 3, 25), component="penalty", amount="50%"),
    )
