"""
Every public door under hostile input: only documented errors, and none of them slow.

100,000 calls, shared among the doors by default; `LOANMATH_FUZZ_CALLS` sets how many
each door gets. The values are drawn from a pool that holds what has broken such
libraries: floats, NaN, bools, huge integers, long strings, foreign digits, containers,
dates in the wrong clothes.
"""

import os
import random
import string
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from dateutil import rrule
from dateutil.relativedelta import relativedelta

import loanmath
from book_doors import BOOK_DOORS
from delinquency_doors import DELINQUENCY_DOORS
from detailed_terms import DETAILED
from loanmath import events
from loanmath.account import Account, Arrear
from loanmath.errors import InvariantError, LoanmathError
from loanmath.presets import cn
from loanmath.terms import (
    Allocation,
    AllocationTier,
    AmountCap,
    Compounding,
    DaysPastDue,
    FixedPrincipal,
    GraduatedPayment,
    InDuplum,
    LateCharge,
    PenaltyInterest,
    Prepayment,
    PrepaymentFee,
    RateCap,
    Servicing,
)
from plan_doors import PLAN_DOORS
from rate_doors import RATE_DOORS
from reminder_doors import REMINDER_DOORS

CALLS = 100_000
SLOW = 0.1  # seconds of CPU for one refusal


class Nasty:
    def __eq__(self, other):
        raise RuntimeError("eq")

    def __hash__(self):
        raise RuntimeError("hash")

    def __repr__(self):
        raise RuntimeError("repr")

    def __bool__(self):
        raise RuntimeError("bool")

    def __len__(self):
        raise RuntimeError("len")


class LoudInt(int):
    def __mul__(self, other):
        raise RuntimeError("mul")


POOL = [
    None, True, False, 0, 1, -1, 2, 12, 31, 360, 10**13, 10**14, 10**40, -(10**5000),
    10**6000, LoudInt(5), 0.0, 0.1, -1.5, float("nan"), float("inf"), 1j, b"12", b"",
    bytearray(b"1"), "", " ", "0", "1", "12", "-1", "0.01", "10000", "10000.005", "1e5",
    "NaN", "Infinity", "1_000", "１２", "١٢", "9" * 41, "9" * 100_000, "1" + "0" * 39,
    "\x00", "\ud800", "0.04%/day", "12%/year", "1%/month", "12%", "99999999%/day", "%/day",
    "1/0%/day", "1/3%/month", "0.0000000000001%/day", "-100%/year", "monthly", "weekly",
    "P1M", "P", "P999999999999999999D", "P40000D", "half_up", "HALF_UP", "down", "last",
    "first", "ACT/360", "30E/360", "1/12", "1/1", "ACT/ACT ICMA", "ACT/365L", "BUS/252",
    "CNY", "JPY", "KWD", "XAU", "cny", "7.5%", "1000%", "1001%", "-1%", "head", "both",
    Decimal(0), Decimal("1.5"), Decimal("-0.00"), Decimal("NaN"), Decimal("sNaN"),
    Decimal("Infinity"), Decimal("1E+999999"), Decimal("1E-999999"), Decimal("9" * 2000),
    Fraction(1, 3), Fraction(10**400, 3), [], [1], ["1"] * 3, [None] * 40_000, (), (1, 2),
    {}, {"a": 1}, set(), frozenset(), range(10**9), object(), Nasty(), int, str, Decimal,
    date(1, 1, 1), date(1899, 12, 31), date(1900, 1, 1), date(2024, 2, 29),
    date(2026, 1, 15), date(2026, 1, 31), date(2200, 12, 31), date.max, datetime(2026, 1, 1),
    datetime(2026, 1, 1, tzinfo=UTC), timedelta(1), relativedelta(months=1),
    relativedelta(days=1), relativedelta(), relativedelta(months=-1), relativedelta(hours=1),
    relativedelta(days=10**12), relativedelta(months=1, days=1), [date(2026, 2, 1)],
    [date(2026, 2, 1), date(2026, 1, 1)], (date(2026, 2, 1), date(2026, 3, 1)),
    lambda: None, print, iter([]), Ellipsis, NotImplemented, memoryview(b"1"),
]  # fmt: skip


KEYS = (
    "type",
    "currency",
    "principal",
    "every",
    "rate",
    "day_count",
    "repayment.method",
)


def _loans(pick):
    fields = {
        "currency": "CNY",
        "principal": "10000",
        "disbursed": date(2026, 1, 15),
        "every": loanmath.MONTHLY,
        "rate": loanmath.Rate("0.04%/day"),
        "repayment": loanmath.LevelPayment(12),
    }
    optional = (
        "day_count", "head_tail", "rounding", "first_due", "due_day", "end_of_month",
        "business_days",
    )  # fmt: skip
    for _ in range(pick.choice((1, 1, 1, 2, 3))):
        name = pick.choice((*fields, *optional))
        fields[name] = _value(pick)
    return loanmath.InstallmentLoan(**fields).schedule()


def _agreements(pick):
    """A loan with any terms: fields of several cases, and now and then of the pool."""
    names = pick.sample(sorted(DETAILED), pick.choice((1, 2, 2, 3)))
    fields = {"repayment": loanmath.LevelPayment(4)} | {
        name: getattr(PLAIN, name)
        for name in ("currency", "principal", "disbursed", "every", "rate")
    }
    for name in names:
        fields |= DETAILED[name]
    if pick.random() < 0.4:
        fields[pick.choice(AGREED)] = _value(pick)
    loan = loanmath.InstallmentLoan(**fields)
    row = pick.choice(loan.schedule().rows())
    if pick.random() < 0.5:
        loan.schedule().explain(row.number, pick.choice(row._fields))
    if pick.random() < 0.1:
        assert loanmath.terms_from_document(loanmath.terms_document(loan)) == loan


def _value(pick):
    if pick.random() < 0.85:
        return pick.choice(POOL)
    alphabet = string.printable + "%‰/日月年０１"
    return "".join(pick.choices(alphabet, k=pick.randrange(12)))


SCHEDULE = loanmath.InstallmentLoan(
    currency="CNY",
    principal="10000",
    disbursed=date(2026, 1, 15),
    every=loanmath.MONTHLY,
    rate=loanmath.Rate("0.04%/day"),
    repayment=loanmath.LevelPayment(3),
).schedule()

PLAIN = SCHEDULE.loan
AGREED = (
    "rate", "repayment", "first_after", "last_due", "broken_period", "interest_payments",
    "holidays", "drawdowns", "discount", "fees", "interest_rounded", "first_due",
)  # fmt: skip
LINE = loanmath.CreditLine(
    currency="CNY",
    limit=1,
    statement_day=5,
    due_day=23,
    interest=loanmath.LineInterest(rate="0.05%/day", bears_from="posting"),
    minimum=loanmath.MinimumPayment("10%"),
    default_charge=loanmath.DefaultCharge("5%"),
)
INDEX = loanmath.Index("example", {date(2026, 1, 1): "3%"})
FLOATING = loanmath.FloatingRate(INDEX, resets=[], fixing_days=2)

SERVICED = loanmath.InstallmentLoan(
    currency="CNY",
    principal="10000",
    disbursed=date(2026, 1, 15),
    every=loanmath.MONTHLY,
    rate=loanmath.Rate("0.04%/day"),
    repayment=loanmath.LevelPayment(3),
    penalty=PenaltyInterest(multiple="1.5", compounding=Compounding(["interest"])),
    servicing=Servicing(late_charges=[LateCharge("late", "5%")]),
)
CAPS = Servicing(caps=[RateCap("cap", "24%/year", days_in_year=365), InDuplum()])
CAPPED = Account.open(attrs.evolve(SERVICED, servicing=CAPS))
ACCOUNT = Account.open(SERVICED).record(
    events.Payment(id="p1", on=date(2026, 2, 20), amount="500"),
    events.Charge(id="c1", on=date(2026, 3, 1), amount="5"),
)
BILLED = loanmath.LineAccount.open(
    cn.bank_card("20000", statement_day=5, due_day=23), date(2026, 3, 6)
).record(events.Purchase(id="u1", on=date(2026, 3, 27), amount="1000"))
NAMED = {"id": "e1", "on": date(2026, 3, 15)}
HEADER = "kind,id,on,amount,of,component\n"
WORDS = (
    "payment", "charge", "waiver", "reversal", "chargeback", "2026-02-20", "2026-02-30",
    "p1", "e1", "500", "50%", "penalty", "all", "{", "}", '{"kind": "payment"}', "null",
)  # fmt: skip
EVENTS = [
    events.Disbursement, events.Payment, events.Refund, events.Charge, events.Waiver,
    events.Reversal, events.Chargeback, events.InterestPause, events.InterestResume,
    events.Acceleration, events.ChargeOff, events.WriteOff, events.Recovery,
    events.Payout, events.TermsChange,
]  # fmt: skip


def _event_of(kind):
    """Return a door for one kind of event: any of its fields hostile."""
    names = [field.name for field in kind.__attrs_attrs__]
    day = NAMED["on"]
    needed = {"amount": "1", "of": "p1", "component": "fee", "first_due": day}
    needed["until"] = day
    fields = {name: needed[name] for name in names if name in needed}
    optional = [name for name in names if name not in ("id", "on")]

    def door(v):
        pick = v.pick
        if pick.random() < 0.3:
            return kind(id=v(), on=v(), **fields)
        return kind(**(NAMED | fields | {pick.choice(optional): v()}))

    return door


def _deferred(v):
    """A bill of a line under any deferral: every refusal is typed."""
    pick, day = v.pick, date(2026, 3, 28)
    late = BILLED.record(
        events.BillDeferral(
            id="d1",
            on=day + timedelta(pick.randrange(40)),
            until=day + timedelta(pick.randrange(80)),
            interest_free=pick.choice((True, False)),
        ),
        *pick.choice(([], [events.Reversal(id="x1", on=day, of="d1")])),
    )
    return str(late.statement(2026, 4)), late.position(day + timedelta(90))


def _lived(pick):
    """An account under any events: every refusal is typed, and books nothing."""
    account = CAPPED if pick.random() < 0.1 else ACCOUNT
    for number in range(pick.choice((1, 2, 3))):
        account = account.record(_some_event(pick, f"e{number}"))
    day = date(2026, 1, 15) + timedelta(pick.randrange(-5, 120))
    return account.position(day)


def _some_event(pick, name):
    kind = pick.choice(EVENTS)
    words = {"id": name, "on": date(2026, 1, 10) + timedelta(pick.randrange(100))}
    for field in kind.__attrs_attrs__:
        if field.name == "amount":
            words["amount"] = pick.choice(("0", "0.01", "500", "10000", "10260.86"))
        elif field.name == "of":
            words["of"] = pick.choice(("p1", "c1", "e0", "e1", "e2", "x"))
        elif field.name == "component":
            words["component"] = pick.choice(("penalty", "fee"))
        elif field.name in CHOICES and pick.random() < 0.2:
            words[field.name] = pick.choice(CHOICES[field.name])
    if kind is events.TermsChange:
        words |= {name: pick.choice(NEW_TERMS[name]) for name in NEW_TERMS}
    return kind(**words)


CHOICES = {
    "split": [{"interest": "500"}, {"fee": "0.01"}, {"principal": "10000"}],
    "installments": [[1], [2, 3], [4]],
    "effect": ["shorter", "smaller", "next"],
    "reversed_as": ["today", "never"],
}
NEW_TERMS = {
    "rate": [loanmath.Rate("0%/day"), loanmath.Rate("1%/day"), FLOATING],
    "first_due": [None, date(2026, 3, 1), date(2026, 12, 31)],
    "repayment": [None, loanmath.LevelPayment(1), loanmath.SinglePayment(2)],
    "every": [None, "weekly", [date(2026, 3, 1), date(2026, 4, 1)]],
    "penalty": [None, PenaltyInterest(rate=loanmath.Rate("1%/day"))],
}


def _lines(v):
    pick = v.pick
    return [",".join(pick.choices(WORDS, k=pick.randrange(1, 7))) for _ in range(2)]


class _Values:
    """Draws a hostile value when called."""

    def __init__(self, pick):
        self.pick = pick

    def __call__(self):
        return _value(self.pick)


DOORS = {
    "Rate": lambda v: loanmath.Rate(v()),
    "Rate.from_share": lambda v: loanmath.Rate.from_share(v(), v()),
    "Rate.per_year": lambda v: loanmath.Rate("0.04%/day").per_year(v()),
    "Rounding": lambda v: loanmath.Rounding(v(), v()),
    "Rounding.unrounded": lambda v: loanmath.Rounding.unrounded(v()),
    "Step": lambda v: loanmath.Step(v(), v()),
    "Step.of": lambda v: loanmath.Step.of(v()),
    "currency_digits": lambda v: loanmath.currency_digits(v()),
    "day_count": lambda v: loanmath.day_count(v(), calendar=v()),
    "fraction": lambda v: loanmath.day_count("ACT/ACT ICMA").fraction(
        v(), v(), period=v(), months=v()
    ),
    "days": lambda v: loanmath.day_count("30E/360 ISDA").days(v(), v(), maturity=v()),
    "LevelPayment": lambda v: loanmath.LevelPayment(
        v(), residue=v(), rounding=v(), sized_by=v(), shortfall=v()
    ),
    "LevelPayment.count": lambda v: loanmath.LevelPayment(v()),
    "EqualPrincipal": lambda v: loanmath.EqualPrincipal(v(), residue=v()),
    "InterestOnly": lambda v: loanmath.InterestOnly(v()),
    "SinglePayment": lambda v: loanmath.SinglePayment(v()),
    "FlatFee": lambda v: loanmath.FlatFee(3, v(), fee_for=v(), charged=v()),
    "PrincipalAmounts": lambda v: loanmath.PrincipalAmounts(v()),
    "LevelPayment terms": lambda v: loanmath.LevelPayment(
        12, balloon=v(), amortized_over=v(), on_rate_change=v()
    ),
    "FixedPayment": lambda v: loanmath.FixedPayment(v(), v(), shortfall=v()),
    "FixedPrincipal": lambda v: FixedPrincipal(v(), v()),
    "GraduatedPayment": lambda v: GraduatedPayment(v(), v(), every=v()),
    "SteppedPayment": lambda v: loanmath.SteppedPayment(v()),
    "SteppedPayment stages": lambda v: loanmath.SteppedPayment([(v(), v()), v()]),
    "AddOnInterest": lambda v: loanmath.AddOnInterest(v(), earned=v(), residue=v()),
    "SteppedRate": lambda v: loanmath.SteppedRate(v(), v()),
    "SteppedRate changes": lambda v: loanmath.SteppedRate(
        loanmath.Rate("3%/year"), [(v(), v()), v()]
    ),
    "Index": lambda v: loanmath.Index(v(), v(), v()),
    "Index observations": lambda v: loanmath.Index("x", [(v(), v())]),
    "Index.on": lambda v: INDEX.on(v()),
    "FloatingRate": lambda v: loanmath.FloatingRate(v(), v(), resets=v()),
    "FloatingRate terms": lambda v: loanmath.FloatingRate(
        INDEX, v(), multiplier=v(), resets=[], floor=v(), cap=v(), fixing_days=v()
    ),
    "FloatingRate resets": lambda v: loanmath.FloatingRate(
        INDEX, resets=v(), first_reset=v(), initial=v(), next_rate=v(), per=v()
    ),
    "FloatingRate.on": lambda v: FLOATING.on(v()),
    "Fee": lambda v: loanmath.Fee(v(), v(), of=v(), due=v(), paid=v(), every=v()),
    "Fee amount": lambda v: loanmath.Fee("a", v(), tax=v(), rounding=v()),
    "Holiday": lambda v: loanmath.Holiday(v(), v(), v(), interest=v()),
    "Holiday interest": lambda v: loanmath.Holiday(1, 1, "payment", interest=v()),
    "Drawdown": lambda v: loanmath.Drawdown(v(), v()),
    "InterestPayments": lambda v: loanmath.InterestPayments(
        v(), first_due=v(), in_advance=v(), capitalized_until=v()
    ),
    "InterestPayments every": lambda v: loanmath.InstallmentLoan(
        currency="CNY",
        principal="1000",
        disbursed=date(2026, 1, 15),
        every="monthly",
        day_count="ACT/365F",
        rate=PLAIN.rate,
        repayment=loanmath.EqualPrincipal(3),
        interest_payments=loanmath.InterestPayments(v()),
    ).schedule(),
    "CreditLine": lambda v: loanmath.CreditLine(
        currency="CNY",
        limit=v(),
        statement_day=v(),
        due_day=v(),
        statement_day_joins=v(),
        business_days=v(),
    ),
    "CreditLine days": lambda v: loanmath.CreditLine(
        currency="CNY", limit=1, statement_day=5, due_after=v()
    ).free_days(v(), inclusive=v()),
    "LineInterest": lambda v: loanmath.LineInterest(
        rate=v(),
        bears_from="use",
        repayment_day=v(),
        last_day=v(),
        days_in_year=v(),
        overdue_multiple=v(),
        overdue_cap=v(),
        grace_days=v(),
        tolerance=v(),
        rounded=v(),
        rounding=v(),
    ),
    "LineInterest words": lambda v: loanmath.LineInterest(
        rate="0.05%/day", bears_from=v(), bears_on=v(), rounding=v()
    ),
    "bill_interest": lambda v: loanmath.bill_interest(LINE, v(), v(), until=v()),
    "bill_interest flows": lambda v: loanmath.bill_interest(
        LINE, [(date(2026, 8, 10), v())], [(v(), v())]
    ),
    "MinimumPayment": lambda v: loanmath.MinimumPayment(
        v(), least=v(), whole_below=v(), rounding=v()
    ),
    "DefaultCharge": lambda v: loanmath.DefaultCharge(
        v(), least=v(), most=v(), rounding=v()
    ),
    "minimum_payment": lambda v: loanmath.minimum_payment(LINE, v(), v()),
    "default_charge": lambda v: loanmath.default_charge(LINE, v(), v()),
    "CreditLine cycles": lambda v: (
        LINE.cycle_of(v()),
        LINE.cycle_billed_in(v(), v()),
        LINE.cycles(v(), v()),
    ),
    "BusinessDays": lambda v: loanmath.BusinessDays(v(), v(), interest=v()),
    "HolidayCalendar": lambda v: loanmath.HolidayCalendar(
        v(), v(), working_weekends=v(), known_from=v(), known_through=v()
    ),
    "level_payment": lambda v: loanmath.level_payment(v(), v(), v(), every=v()),
    "level_payment digits": lambda v: loanmath.level_payment(
        v(), loanmath.Rate("1%/month"), 12, digits=v()
    ),
    "irr": lambda v: loanmath.irr(v()),
    "irr flows": lambda v: loanmath.irr([v(), v(), v()]),
    "irr dated": lambda v: loanmath.irr([(v(), v()), (v(), v())], digits=v()),
    "present_value": lambda v: loanmath.present_value([v(), v()], v()),
    "terms_from_document": lambda v: loanmath.terms_from_document(v()),
    "terms_from_text": lambda v: loanmath.terms_from_text(
        "\n".join(f"{key} = {text!r}" for key in KEYS if type(text := v()) is str),
        "toml",
    ),
    "explain": lambda v: SCHEDULE.explain(v(), v()),
    "PenaltyInterest": lambda v: PenaltyInterest(rate=v(), multiple=v(), addition=v()),
    "PenaltyInterest names": lambda v: PenaltyInterest(
        multiple=1, base=v(), first_day=v(), payment_day=v(), grace=v(), rounded=v()
    ),
    "PenaltyInterest numbers": lambda v: PenaltyInterest(
        multiple=v(), grace_days=v(), tolerance=v(), days_in_year=v()
    ),
    "PenaltyInterest parts": lambda v: PenaltyInterest(
        multiple=1, contract_interest=v(), rounding=v(), compounding=v()
    ),
    "Compounding": lambda v: Compounding(v(), v(), day=v(), at_contract_rate=v()),
    "Compounding of": lambda v: Compounding([v(), "penalty"]),
    "LateCharge": lambda v: LateCharge(v(), v(), of=v(), days_late=v()),
    "LateCharge amounts": lambda v: LateCharge(
        "late", v(), least=v(), most=v(), tolerance=v(), component=v(), rounding=v()
    ),
    "RateCap": lambda v: RateCap(v(), v(), days_in_year=v(), since=v(), until=v()),
    "RateCap days": lambda v: RateCap("cap", "0.05%/day", since=v(), until=v()),
    "AmountCap": lambda v: AmountCap(v(), v(), v(), since=v(), until=v()),
    "AmountCap of": lambda v: AmountCap("cap", "1", ["penalty", "compound", v()]),
    "InDuplum": lambda v: InDuplum(v(), since=v(), until=v()),
    "Allocation": lambda v: Allocation(v(), by=v(), future=v()),
    "Allocation slots": lambda v: Allocation([v(), (v(), v())]),
    "Allocation tables": lambda v: Allocation(tiers=v(), kinds=v()),
    "Allocation kinds": lambda v: Allocation(kinds=[(v(), Allocation()), v()]),
    "AllocationTier": lambda v: AllocationTier(v(), v()),
    "Prepayment": lambda v: Prepayment(
        effect=v(), interest=v(), unearned=v(), remaining_fees=v(), fee=v()
    ),
    "PrepaymentFee": lambda v: PrepaymentFee(v(), months_of_interest=v()),
    "PrepaymentFee terms": lambda v: PrepaymentFee(
        v(), within=v(), least=v(), rounding=v()
    ),
    "DaysPastDue": lambda v: DaysPastDue(grace_days=v(), tolerance=v()),
    "Servicing": lambda v: Servicing(
        interest_on=v(), credit=v(), day_order=v(), same_day=v()
    ),
    "Servicing parts": lambda v: Servicing(
        allocation=v(), prepayment=v(), late_charges=v(), caps=v(), days_past_due=v()
    ),
    "Servicing lists": lambda v: Servicing(
        late_charges=[v()], caps=[v()], day_order=[v()]
    ),
    "Arrear": lambda v: Arrear(due=v(), principal=v(), interest=v(), penalty=v()),
    **{
        f"events.{kind.__name__}": _event_of(kind)
        for kind in (*EVENTS, events.BillDeferral)
    },
    "LineAccount.record": _deferred,
    "Account.open": lambda v: Account.open(v(), arrears=v(), credit=v(), undrawn=v()),
    "Account.open credit": lambda v: Account.open(SERVICED, credit=v()),
    "Account.open arrears": lambda v: Account.open(
        SERVICED, arrears=[Arrear(due=date(2026, 1, 1), principal=v()), v()]
    ),
    "Account.record": lambda v: ACCOUNT.record(v(), v()),
    "Account.record payment": lambda v: ACCOUNT.record(
        events.Payment(id="e1", on=v(), amount=v())
    ),
    "Account.position": lambda v: ACCOUNT.position(v()),
    "Account.payoff": lambda v: ACCOUNT.payoff(v()),
    "Account.statement": lambda v: ACCOUNT.statement(v(), v()),
    "Account.bridge": lambda v: ACCOUNT.bridge(v(), v()),
    "Account.preview": lambda v: ACCOUNT.preview(v()),
    "Account.postings": lambda v: ACCOUNT.postings(v(), v()),
    "Account.as_known_on": lambda v: ACCOUNT.as_known_on(v()),
    "events_from_csv": lambda v: loanmath.events_from_csv(v()),
    "events_from_csv lines": lambda v: loanmath.events_from_csv(
        HEADER + "\n".join(_lines(v))
    ),
    "events_from_json_lines": lambda v: loanmath.events_from_json_lines(v()),
    **RATE_DOORS,
    **DELINQUENCY_DOORS,
    **BOOK_DOORS,
    **REMINDER_DOORS,
    **PLAN_DOORS,
    "events_from_json_lines lines": lambda v: loanmath.events_from_json_lines(
        "\n".join(_lines(v))
    ),
}


LOANS = {"InstallmentLoan": _loans, "agreements": _agreements, "accounts": _lived}
# Doors through which a built-in error still escapes.
OPEN = {"Index.on", "FloatingRate.on", "InterestPayments every"}


def _call(door, seed):
    pick = random.Random(seed)
    if door in LOANS:
        return LOANS[door](pick)
    return DOORS[door](_Values(pick))


@pytest.mark.parametrize("door", [*LOANS, *DOORS])
def test_only_documented_errors_and_none_slow(door):
    calls = int(
        os.environ.get("LOANMATH_FUZZ_CALLS", CALLS // (len(DOORS) + len(LOANS)) + 1)
    )
    if door == "accounts" or door.startswith("Account."):
        # A call folds a history or prints one: a thousand times the work of a value.
        calls = calls // 20 + 1
    slowest, slowest_seed, refused = 0.0, 0, 0
    for seed in range(calls):
        start = time.thread_time()
        try:
            _call(door, seed)
        except InvariantError:
            raise  # a defect, not a refusal
        except LoanmathError:
            refused += 1
            spent = time.thread_time() - start
            if spent > slowest:
                slowest, slowest_seed = spent, seed
    assert refused > calls // 20
    if slowest > SLOW:  # once more, in case the machine was asleep
        start = time.thread_time()
        with pytest.raises(LoanmathError):
            _call(door, slowest_seed)
        assert time.thread_time() - start < SLOW, f"seed {slowest_seed}"


MIDNIGHT = datetime(2026, 1, 1)
NEVER = {"bymonth": 2, "bymonthday": 30, "dtstart": MIDNIGHT}


@pytest.mark.parametrize("frequency", [rrule.YEARLY, rrule.MONTHLY])
def test_a_rule_that_never_recurs_is_refused_quickly(frequency):
    start = time.thread_time()
    with pytest.raises(LoanmathError):
        loanmath.InstallmentLoan(
            currency="CNY",
            principal="1000",
            disbursed=date(2026, 1, 15),
            every=rrule.rrule(frequency, **NEVER),
            day_count="ACT/365F",
            rate=PLAIN.rate,
            repayment=loanmath.LevelPayment(3),
        )
    assert time.thread_time() - start < SLOW


def test_a_payment_that_never_repays_is_refused_quickly():
    loan = loanmath.InstallmentLoan(
        currency="CNY",
        principal="1000",
        disbursed=date(2026, 1, 15),
        every="daily",
        rate=loanmath.Rate("100%/day"),
        repayment=loanmath.FixedPayment("0.01"),
    )
    start = time.thread_time()
    with pytest.raises(LoanmathError):
        loan.schedule()
    assert time.thread_time() - start < SLOW
