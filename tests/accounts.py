"""
Hypothesis strategies for accounts: terms of servicing, loans, and what happens to them.

Loans are small (one to six installments, up to 100,000 units) and dates and amounts lie
where rules change: month ends, leap days, due dates and the days around them, the ends
of grace, single units, exact dues and their halves.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from loanmath import events as ev
from loanmath.errors import LoanmathError
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.terms import (
    AddOnInterest,
    EqualPrincipal,
    Fee,
    FlatFee,
    Holiday,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
)
from loanmath.terms import servicing as terms

__all__ = [
    "Case",
    "Opened",
    "OwedBefore",
    "accounts",
    "allocations",
    "caps",
    "cases",
    "days_that_matter",
    "event_streams",
    "late_charges",
    "loans",
    "others",
    "payments",
    "penalties",
    "prepayments",
    "servicings",
]


@dataclass(frozen=True)
class OwedBefore:
    """An installment of an existing book that was due before the account opens."""

    due: date
    principal: Decimal = Decimal(0)
    interest: Decimal = Decimal(0)
    fee: Decimal = Decimal(0)
    penalty: Decimal = Decimal(0)
    compound: Decimal = Decimal(0)


@dataclass(frozen=True)
class Opened:
    loan: InstallmentLoan
    arrears: tuple[OwedBefore, ...] = ()
    credit: Decimal = Decimal(0)


@dataclass(frozen=True)
class Case:
    account: Opened
    events: tuple[Any, ...]
    until: date


def one_of(*values: Any) -> st.SearchStrategy:
    return st.sampled_from(values)


def rarely(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(st.none(), st.none(), st.none(), strategy)


def cents(units: int) -> Decimal:
    return Decimal(units).scaleb(-2)


# --- terms of servicing -------------------------------------------------------------------

ROUNDINGS = one_of(
    None,
    None,
    Rounding("half_even"),
    Rounding("up"),
    Rounding("down"),
    Rounding("half_up", unit="0.05"),
)
PENALTY_RATES = one_of("0.05%/day", "0%/day", "0.5%/day", "18%/year", "1.5%/month")
SOME_DAYS = one_of(0, 0, 0, 1, 2, 3, 10)
TOLERANCES = one_of("0", "0", "0", "0.01", "1", "50")


@st.composite
def compoundings(draw, base: str):
    parts = ["penalty", "compound"]
    if base == "overdue_principal":
        parts.append("interest")
    return terms.Compounding(
        draw(st.lists(st.sampled_from(parts), min_size=1, unique=True)),
        draw(one_of("daily", "due_dates", "monthly", "quarterly")),
        day=draw(one_of(1, 15, 21, 28)),
        at_contract_rate=draw(st.booleans()),
    )


@st.composite
def penalties(draw, *, has_rate: bool = True):
    base = draw(one_of(*(base.value for base in terms.PenaltyBase)))
    rates: list[dict[str, Any]] = [{"rate": draw(PENALTY_RATES)}]
    if has_rate:
        rates.append({"multiple": draw(one_of("1.5", "1", "0", "0.5"))})
        rates.append({"addition": draw(PENALTY_RATES)})
    return terms.PenaltyInterest(
        **draw(st.sampled_from(rates)),
        base=base,
        first_day=draw(one_of("due_day", "day_after")),
        payment_day=draw(one_of("not_counted", "not_counted", "counted")),
        grace_days=draw(SOME_DAYS),
        grace=draw(one_of("cliff", "free")),
        tolerance=draw(TOLERANCES),
        contract_interest=draw(one_of("replaced", "replaced", "continues")),
        days_in_year=draw(one_of(360, 365)),
        rounded=draw(one_of("installment", "installment", "day", "total")),
        rounding=draw(ROUNDINGS),
        compounding=draw(rarely(compoundings(base))),
    )


COMPONENTS = ("penalty", "compound", "fee", "interest", "principal")
FUTURES = one_of("next", "last", "next_last", "spread", "principal", "credit")


@st.composite
def orders(draw):
    order = list(draw(st.permutations(COMPONENTS)))
    kind = draw(one_of("all", "all", "table", "ahead_first", "due_only"))
    if kind == "all":
        return order
    slots = [f"{standing}.{part}" for standing in ("past_due", "due") for part in order]
    if kind == "due_only":
        return slots
    ahead = [f"in_advance.{part}" for part in draw(st.permutations(COMPONENTS))]
    if kind == "ahead_first":
        return ahead[: draw(st.integers(1, 5))] + slots
    return list(draw(st.permutations(slots + ahead)))


@st.composite
def allocations(draw, *, plain: bool = False):
    tiers, kinds = [], {}
    if not plain:
        tiers = [
            terms.AllocationTier(days, draw(orders()))
            for days in draw(
                st.lists(one_of(1, 2, 30, 31, 91), max_size=2, unique=True)
            )
        ]
        if draw(st.booleans()):
            kinds = {"refund": draw(allocations(plain=True))}
    return terms.Allocation(
        draw(orders()),
        draw(one_of("installment", "component")),
        draw(FUTURES),
        tiers=tiers,
        kinds=kinds,
    )


CHARGED = one_of("5", "0.01", "5%", "33.335%", "0%")


@st.composite
def late_charges(draw, name: str = "late"):
    least = draw(one_of("0", "0", "1"))
    return terms.LateCharge(
        name,
        draw(CHARGED),
        of=draw(one_of("overdue", "overdue_principal", "installment")),
        days_late=draw(one_of(1, 1, 2, 4, 30)),
        least=least,
        most=draw(one_of(None, None, "2", "20")),
        tolerance=draw(TOLERANCES),
        component=draw(one_of("penalty", "penalty", "fee")),
        rounding=draw(ROUNDINGS),
    )


@st.composite
def caps(draw, since: date):
    days = {
        "since": draw(one_of(None, None, since + timedelta(20))),
        "until": draw(one_of(None, None, since + timedelta(50))),
    }
    kind = draw(one_of("rate", "amount", "amount", "duplum"))
    if kind == "rate":
        rate, year = draw(
            one_of(("0.05%/day", None), ("24%/year", 360), ("1%/month", 365))
        )
        return terms.RateCap("highest rate", rate, days_in_year=year, **days)
    if kind == "amount":
        most = draw(one_of("0", "0.05", "3", "15", "5%", "100%"))
        more = draw(st.lists(st.sampled_from(["fee", "interest"]), unique=True))
        of = ["penalty", "compound", *more]
        return terms.AmountCap("most of all", most, of, **days)
    return terms.InDuplum(**days)


@st.composite
def prepayments(draw):
    fee = None
    if draw(st.booleans()):
        found = {
            "within": draw(one_of(None, None, 1, 3)),
            "least": draw(one_of("0", "0", "0.50")),
            "rounding": draw(ROUNDINGS),
        }
        months = draw(one_of(None, None, 1, 3))
        amount = draw(one_of("3", "1%", "2.5%", "0")) if months is None else None
        fee = terms.PrepaymentFee(amount, months_of_interest=months, **found)
    return terms.Prepayment(
        effect=draw(one_of("shorter", "smaller", "next")),
        interest=draw(one_of("day", "day", "period")),
        unearned=draw(one_of("waived", "waived", "due", "rule_of_78")),
        remaining_fees=draw(one_of("waived", "due")),
        fee=fee,
    )


@st.composite
def servicings(draw, since: date, *, on_balance: bool = True):
    interest_on = draw(one_of("schedule", "balance")) if on_balance else "schedule"
    prepayment = draw(prepayments())
    charges = draw(st.lists(late_charges(), max_size=1))
    if charges and draw(st.booleans()):
        charges.append(draw(late_charges("reminder")))
    return terms.Servicing(
        interest_on=interest_on,
        allocation=draw(allocations()),
        prepayment=prepayment,
        late_charges=charges,
        caps=draw(st.one_of(st.just([]), st.lists(caps(since), max_size=2))),
        days_past_due=terms.DaysPastDue(
            grace_days=draw(SOME_DAYS), tolerance=draw(TOLERANCES)
        ),
        credit=draw(one_of("applied", "applied", "at_once", "kept")),
        day_order=draw(one_of((), (), ("payment", "charge"), ("waiver", "payment"))),
        same_day=draw(one_of("kind", "kind", "sequence")),
    )


# --- loans --------------------------------------------------------------------------------

STARTS = one_of(
    date(2026, 1, 15),
    date(2024, 1, 31),
    date(2024, 2, 29),
    date(2023, 11, 30),
    date(2025, 12, 31),
    date(2026, 2, 28),
)
PRINCIPALS = st.one_of(
    one_of(1, 2, 100, 10_000, 99_999, 100_000), st.integers(1, 100_000)
)
RATES_AND_COUNTS = (
    ("0.05%/day", None),
    ("0%/day", None),
    ("1%/month", "1/12"),
    ("12%/year", "1/12"),
    ("12%/year", "ACT/365F"),
    ("7.3%/year", "ACT/360"),
    ("24%/year", "30E/360"),
    ("0%/year", "ACT/365F"),
    ("1.5%/month", "30E/360"),
)
ROUNDED = one_of(
    Rounding(), Rounding(), Rounding("half_even"), Rounding("down"), Rounding("up")
)


def methods(name: str, count: int) -> Any:
    return {
        "level": LevelPayment,
        "equal": EqualPrincipal,
        "interest_only": InterestOnly,
        "add_on": AddOnInterest,
    }[name](count)


@st.composite
def holidays(draw, count: int):
    first = draw(st.integers(1, count - 1))
    of, interest = draw(
        one_of(("principal", None), ("payment", "carry"), ("payment", "waive"))
    )
    last = draw(st.integers(first, count - 1))
    return Holiday(first, last - first + 1, of, interest=interest)


FEES_OF = ("outstanding", "payment", "interest", "installment_principal")


@st.composite
def fees(draw):
    """A flat fee with every installment, shares of what an installment owes, or both."""
    flat = Fee("service", "0.50", due="installments")
    shares = [
        Fee(
            f"care {number}",
            draw(one_of("1.5%", "0.2%", "10%")),
            of=draw(one_of(*FEES_OF)),
            due="installments",
            every=draw(one_of(1, 1, 2)),
            tax=draw(one_of(None, None, "6%")),
            rounding=draw(ROUNDINGS),
        )
        for number in range(draw(one_of(0, 1, 1, 2)))
    ]
    return [flat, *shares] if draw(st.booleans()) or not shares else shares


@st.composite
def loans(draw):
    """A small loan whose plan exists, with terms of servicing."""
    name = draw(
        one_of("level", "level", "equal", "interest_only", "add_on", "flat_fee")
    )
    count, disbursed = draw(st.integers(1, 6)), draw(STARTS)
    every = draw(one_of("weekly", "monthly"))
    found: dict[str, Any] = {}
    if name == "flat_fee":
        fee = draw(one_of("7.5%", "0%", "1%"))
        found["repayment"] = FlatFee(count, fee)
    else:
        options = [o for o in RATES_AND_COUNTS if every == "monthly" or o[1] != "1/12"]
        rate, day_count = draw(st.sampled_from(options))
        found["rate"], found["day_count"] = Rate(rate), day_count
        found["repayment"] = methods(name, count)
    if draw(st.booleans()) and name != "flat_fee":
        found["fees"] = draw(fees())
    has_rate = name != "flat_fee"
    penalty = draw(st.one_of(st.none(), *3 * [penalties(has_rate=has_rate)]))
    on_balance = name != "add_on"
    if name in ("level", "equal") and count > 1 and draw(one_of(False, False, True)):
        found["holidays"] = [draw(holidays(count))]
    try:
        loan = InstallmentLoan(
            currency="CNY",
            principal=cents(draw(PRINCIPALS)),
            disbursed=disbursed,
            every=every,
            rounding=draw(ROUNDED),
            penalty=penalty,
            servicing=draw(servicings(disbursed, on_balance=on_balance)),
            **found,
        )
        loan.schedule()
    except LoanmathError:
        assume(False)
    return loan


AMOUNTS = st.one_of(one_of(0, 0, 1, 100), st.integers(0, 20_000)).map(cents)


@st.composite
def accounts(draw):
    loan = draw(loans())
    arrears = []
    if draw(one_of(False, False, True)):
        for days in sorted(
            draw(st.lists(one_of(0, 1, 5, 40), max_size=2)), reverse=True
        ):
            amounts = {part: draw(AMOUNTS) for part in COMPONENTS}
            arrears.append(OwedBefore(loan.disbursed - timedelta(days), **amounts))
    credit = draw(st.one_of(st.just(Decimal(0)), st.just(Decimal(0)), AMOUNTS))
    return Opened(loan, tuple(arrears), credit)


# --- events -------------------------------------------------------------------------------


def days_that_matter(loan: InstallmentLoan) -> list[date]:
    """Due dates, the days around them, ends of grace, and days within periods."""
    grace = loan.penalty.grace_days if loan.penalty else 0
    found = set()
    for row in loan.schedule():
        near = (-3, -1, 0, 1, 2, grace, grace + 1, grace + 2, 12, 31)
        found |= {row.due + timedelta(days) for days in near}
        found |= {row.start, row.start + timedelta(1)}
    found.add(loan.schedule()[-1].due + timedelta(91))
    return sorted(day for day in found if day >= loan.disbursed)


def amounts_that_matter(account: Opened) -> st.SearchStrategy[Decimal]:
    rows = list(account.loan.schedule())
    dues = [row.payment for row in rows] + [row.principal for row in rows]
    halves = [due.quantize(Decimal("0.01")) / 2 for due in dues]
    whole = sum(row.payment for row in rows)
    fixed = [Decimal(0), Decimal("0.01"), whole, whole / 2, 2 * whole]
    exact = [
        amount.quantize(Decimal("0.01"), rounding="ROUND_DOWN")
        for amount in dues + halves + fixed
    ]
    top = max(1, int(whole * 100))
    return st.one_of(st.sampled_from(exact), st.integers(0, top).map(cents))


@st.composite
def payments(draw, account: Opened, **named):
    amount = draw(amounts_that_matter(account))
    kind = draw(one_of(*6 * ["plain"], "order", "effect", "rows", "split", "refund"))
    if kind == "refund":
        return ev.Refund(amount=amount, **named)
    found: dict[str, Any] = {}
    count = len(account.loan.schedule()) + len(account.arrears)
    if kind == "order":
        found["order"] = draw(st.permutations(COMPONENTS))
    if kind == "effect":
        found["effect"] = draw(one_of("shorter", "smaller", "next"))
    if kind == "rows":
        found["installments"] = draw(
            st.lists(st.integers(1, count), min_size=1, max_size=3)
        )
    if kind == "split":
        principal = draw(st.integers(0, int(amount * 100)))
        rest = int(amount * 100) - principal
        other = draw(one_of("interest", "fee", "penalty"))
        found["split"] = {"principal": cents(principal), other: cents(rest)}
    return ev.Payment(amount=amount, **found, **named)


OTHERS = (
    *2 * ["charge"],
    *2 * ["waiver"],
    *3 * ["reversal"],
    *2 * ["chargeback"],
    *2 * ["pause"],
    *2 * ["resume"],
    "acceleration",
    "charge_off",
    "write_off",
    "recovery",
    *2 * ["payout"],
    *2 * ["terms_change"],
)


@st.composite
def new_terms(draw, loan: InstallmentLoan, **named):
    """Terms for what is not due: most of them can be booked on most days."""
    found: dict[str, Any] = {
        "rate": draw(one_of(None, "0.02%/day", "0%/day", "10%/year")),
        "day_count": draw(one_of("ACT/365F", "ACT/365F", "30E/360", None)),
    }
    if found["rate"] is not None:
        found["rate"] = Rate(found["rate"])
    later = [day for day in days_that_matter(loan) if day > named["on"]]
    if later and draw(st.booleans()):
        found["first_due"] = draw(st.sampled_from(later))
    if draw(st.booleans()):
        name = draw(one_of("level", "equal", "interest_only"))
        found["repayment"] = methods(name, draw(st.integers(1, 5)))
    if draw(one_of(False, False, True)):
        found["penalty"] = draw(penalties())
    if not any(value is not None for value in found.values()):
        found["rate"] = Rate("0.03%/day")
    return ev.TermsChange(**found, **named)


@st.composite
def pauses(draw, loan: InstallmentLoan, **named):
    """A pause from its day on or a later one, to an agreed day or one that is not."""
    first, found = named["on"], {}
    later = [day for day in days_that_matter(loan) if day > first]
    if later and draw(st.booleans()):
        first = found["since"] = draw(st.sampled_from(later))
    later = [day for day in later if day > first]
    if later and draw(st.booleans()):
        found["until"] = draw(st.sampled_from(later))
    return ev.InterestPause(**found, **named)


@st.composite
def due_dates(draw, loan: InstallmentLoan, row: int | None, on):
    """When a charge is due: with an installment, or on a day of its own."""
    days = [day for day in days_that_matter(loan) if day >= on]
    if not days or draw(st.booleans()):
        return {"installment": row}
    return {"due": draw(st.sampled_from(days))}


@st.composite
def others(draw, account: Opened, received: list[str], **named):
    kind = draw(st.sampled_from(OTHERS))
    amount = draw(amounts_that_matter(account))
    if kind in ("reversal", "chargeback") and not received:
        kind = "charge"
    count = len(account.loan.schedule()) + len(account.arrears)
    row = draw(st.one_of(st.none(), st.integers(1, count)))
    rows = () if row is None else (row,)
    part = draw(st.sampled_from(COMPONENTS))
    share = draw(one_of("all", "50%", "33.3%", amount, Decimal("0.01")))
    made: dict[str, Any] = {
        "charge": lambda: ev.Charge(
            amount=min(amount, Decimal(25)),
            component=draw(one_of("fee", "penalty")),
            **draw(due_dates(account.loan, row, named["on"])),
            **named,
        ),
        "waiver": lambda: ev.Waiver(
            component=part, amount=share, installments=rows, **named
        ),
        "reversal": lambda: ev.Reversal(
            of=draw(st.sampled_from(received)),
            reversed_as=draw(one_of("never", "today")),
            **named,
        ),
        "chargeback": lambda: ev.Chargeback(
            of=draw(st.sampled_from(received)), amount=amount, **named
        ),
        "pause": lambda: draw(pauses(account.loan, **named)),
        "resume": lambda: ev.InterestResume(**named),
        "acceleration": lambda: ev.Acceleration(
            charge=draw(one_of("0", "3%", "5")), **named
        ),
        "charge_off": lambda: ev.ChargeOff(
            stops_accrual=(stops := draw(st.booleans())),
            drops_unearned=stops and draw(st.booleans()),
            **named,
        ),
        "write_off": lambda: ev.WriteOff(**named),
        "recovery": lambda: ev.Recovery(amount=amount, **named),
        "payout": lambda: ev.Payout(amount=amount, **named),
        "terms_change": lambda: draw(new_terms(account.loan, **named)),
    }
    return made[kind]()


@st.composite
def event_streams(draw, account: Opened, most: int = 7, *, only_payments: bool = False):
    """Events in the order of their days; many can be booked, some must be refused."""
    days = days_that_matter(account.loan)
    found: list[Any] = []
    received: list[str] = []
    for number, day in enumerate(
        sorted(draw(st.lists(st.sampled_from(days), max_size=most)))
    ):
        named = {
            "id": f"e{number}",
            "on": day,
            "recorded": day + timedelta(draw(one_of(0, 0, 1, 40))),
            "sequence": draw(one_of(0, 0, 0, 1, 2)),
        }
        if only_payments or draw(one_of(True, True, False)):
            found.append(draw(payments(account, **named)))
            received.append(named["id"])
        else:
            found.append(draw(others(account, received, **named)))
    return tuple(found)


@st.composite
def cases(draw, *, only_payments: bool = False, most: int = 7):
    account = draw(accounts())
    events = draw(event_streams(account, most, only_payments=only_payments))
    last = max([event.on for event in events], default=account.loan.disbursed)
    after = draw(one_of(0, 0, 1, 2, 9, 35))
    until = max(last, account.loan.disbursed) + timedelta(after)
    return Case(account, events, until)
