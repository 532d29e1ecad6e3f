"""
Hypothesis strategies for credit lines, and for what happens on one.

`credit_lines` draws lines with any terms; `line_events` draws dated events over some
cycles. Their days are aimed at statements, due days, the ends of grace and of months;
their amounts at the bill, the minimum and what closes the line, and a unit beside each.
`some_event` draws one event of a day after others, for tests that go step by step.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from line_terms import BOOLEANS, credit_lines, graces, major, one_of_these
from loanmath import CreditLine
from loanmath.events import (
    BillDeferral,
    CashAdvance,
    Charge,
    Conversion,
    CycleChange,
    LimitChange,
    Payment,
    Payout,
    PlanSettlement,
    Purchase,
    Refund,
    Reversal,
    Transfer,
    Waiver,
)
from loanmath.rates import Rate
from loanmath.terms import EqualPrincipal, InstallmentLoan
from oracle.line import LineOracle, OracleRefusal, State
from oracle.line_days import in_month

__all__ = [
    "Scene",
    "charge",
    "conversion",
    "credit_lines",
    "cycle_change",
    "deferral",
    "drawing",
    "first_days",
    "limit_change",
    "line_events",
    "lines_with_events",
    "payment",
    "payout",
    "purchase",
    "refund",
    "reversal",
    "settlement",
    "some_event",
    "waiver",
]

CYCLES = (1, 2, 3, 5, 8)
COUNTS = (2, 5, 9, 14, 20, 28)
EDGES = (
    date(2024, 1, 31), date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28),
    date(2026, 4, 30), date(2027, 12, 31), date(2028, 1, 29),
)  # fmt: skip

first_days = st.one_of(
    st.sampled_from(EDGES), st.dates(date(2023, 1, 1), date(2028, 12, 31))
)
"""A day to begin with: ends of months as often as any other."""


# --- amounts ------------------------------------------------------------------------------


def some_units(draw: st.DrawFn, *aims: int) -> int:
    """Nothing, one, a round amount, or one that is aimed at, or beside it."""
    if aims and draw(st.integers(0, 3)):
        aim = draw(one_of_these(*aims))
        return max(aim + draw(one_of_these(0, 0, 0, -1, 1)), 0)
    return draw(
        st.one_of(
            one_of_these(0, 1, 50, 100, 333, 1000, 10_000, 12_345),
            st.integers(1, 200_000),
        )
    )


def payment_aims(line: CreditLine, state: State) -> list[int]:
    """What a payment is aimed at: bills, minimums, what closes, a tolerance beside."""
    aims = [state.total, state.payoff, state.payoff + 1000]
    aims.append(sum(missing for _, missing in state.dues))
    for bill in state.bills[-2:]:
        left = max(bill.balance - bill.received, 0)
        aims += [left, left // 2, max(bill.minimum - bill.received, 0)]
        if line.interest is not None:
            tolerance = int(line.interest.tolerance * 10**line.digits)
            aims.append(max(left - tolerance, 0))
    return aims


# --- one event ----------------------------------------------------------------------------


class Scene:
    """A line, what happened on it, and the day of what happens next."""

    def __init__(
        self,
        line: CreditLine,
        past: Sequence[Any],
        on: date,
        name: str,
        opened: date | None = None,
    ):
        self.line, self.past, self.on, self.name = line, past, on, name
        # A line that was opened by an event stays so, though that never was.
        first = opened or min((event.on for event in past), default=on)
        self.state = LineOracle(line, past, first).on(on)

    def of(self, *kinds: type) -> list[str]:
        return [event.id for event in self.past if type(event) in kinds]

    def make(self, kind: type, **values: Any) -> Any:
        return kind(id=self.name, on=self.on, **values)

    def amount(self, draw: st.DrawFn, *aims: int) -> str:
        return major(some_units(draw, *aims), self.line.digits)


def purchase(draw: st.DrawFn, scene: Scene) -> Any:
    amount = scene.amount(draw, max(scene.state.available, 0), 1000)
    return scene.make(Purchase, amount=amount)


def drawing(draw: st.DrawFn, scene: Scene) -> Any:
    """A drawing on a segment of the line; on cash where it has none, to be refused."""
    names = [segment.name for segment in scene.line.segments] or ["cash"]
    name = draw(st.sampled_from(names))
    amount = scene.amount(draw, max(scene.state.available, 0), 1000)
    kind = Transfer if name == "transfers" else CashAdvance
    return scene.make(kind, amount=amount, segment=name)


def payment(draw: st.DrawFn, scene: Scene) -> Any:
    aims = payment_aims(scene.line, scene.state)
    return scene.make(Payment, amount=scene.amount(draw, *aims))


def refund(draw: st.DrawFn, scene: Scene) -> Any:
    drawn = scene.of(Purchase, CashAdvance, Transfer)
    of = draw(st.sampled_from([None, *drawn]))
    aims = [scene.state.total, 1000]
    aims += [int(e.amount * 10**scene.line.digits) for e in scene.past if e.id == of]
    return scene.make(Refund, amount=scene.amount(draw, *aims), of=of)


def charge(draw: st.DrawFn, scene: Scene) -> Any:
    component = draw(one_of_these("fee", "penalty"))
    return scene.make(Charge, amount=scene.amount(draw, 1000), component=component)


def waiver(draw: st.DrawFn, scene: Scene) -> Any:
    name = draw(one_of_these("penalty", "fee", "interest", "principal"))
    owed = sum(amount for key, amount in scene.state.owed.items() if key[1] == name)
    share = draw(one_of_these("0%", "1/3%", "10%", "50%", "100%"))
    amount = share if draw(BOOLEANS) else scene.amount(draw, owed, owed // 2)
    return scene.make(Waiver, component=name, amount=amount)


def conversion(draw: st.DrawFn, scene: Scene) -> Any:
    """Of a drawing, all of it or a part, or of the bill; by count or as a loan."""
    drawn = scene.of(Purchase, CashAdvance)
    of = draw(st.sampled_from([None, *drawn, *drawn]))
    units = max(scene.state.owed["purchases", "principal"], 1)
    amount: str | None = major(draw(one_of_these(units, units // 2)), scene.line.digits)
    if of is not None and draw(BOOLEANS):
        amount = None
    terms = scene.line.installments
    counts = [] if terms is None else [count for count, _ in terms.fees]
    how = draw(one_of_these("count", "fee", "plan"))
    if how == "plan" and amount is not None and units > 1:
        loan = InstallmentLoan(
            currency=scene.line.currency, principal=amount, disbursed=scene.on,
            every="monthly", rate=Rate("1%/month"),
            repayment=EqualPrincipal(draw(one_of_these(1, 3))),
        )  # fmt: skip
        return scene.make(Conversion, amount=amount, of=of, plan=loan)
    if how == "count" and counts:
        count = draw(st.sampled_from(counts))
        return scene.make(Conversion, amount=amount, of=of, count=count)
    fee = draw(one_of_these("0%", "2.3%", "5%"))
    count = draw(one_of_these(1, 2, 3, 12))
    return scene.make(Conversion, amount=amount, of=of, count=count, fee=fee)


def settlement(draw: st.DrawFn, scene: Scene) -> Any:
    plans = [name for name, left in scene.state.plans.items() if left] or ["none"]
    return scene.make(PlanSettlement, of=draw(st.sampled_from(plans)))


def deferral(draw: st.DrawFn, scene: Scene) -> Any:
    """Of the last bill, to a day about a month after its due day at most."""
    due = scene.state.bills[-1].minimum_due if scene.state.bills else scene.on
    later = draw(one_of_these(1, 1, 9, 20, 28, 29, 30, 31))
    until, free = due + timedelta(later), draw(BOOLEANS)
    return scene.make(BillDeferral, until=until, interest_free=free)


def limit_change(draw: st.DrawFn, scene: Scene) -> Any:
    until = draw(one_of_these(None, 0, 1, 31, 60))
    last = None if until is None else scene.on + timedelta(until)
    amount = major(max(some_units(draw, scene.state.total), 1), scene.line.digits)
    return scene.make(LimitChange, amount=amount, until=last)


def cycle_change(draw: st.DrawFn, scene: Scene) -> Any:
    day = draw(one_of_these(1, 5, 20, 28, 31, scene.on.day))
    if draw(BOOLEANS):
        due = draw(one_of_these(1, 10, 25, 31))
        return scene.make(CycleChange, statement_day=day, due_day=due)
    after = draw(one_of_these(1, 20, 45))
    return scene.make(CycleChange, statement_day=day, due_after=after)


def payout(draw: st.DrawFn, scene: Scene) -> Any:
    return scene.make(Payout, amount=scene.amount(draw, scene.state.credit))


def reversal(draw: st.DrawFn, scene: Scene) -> Any:
    known = [event.id for event in scene.past]
    return scene.make(Reversal, of=draw(st.sampled_from(known or ["none"])))


MAKERS: dict[Callable[[st.DrawFn, Scene], Any], int] = {
    purchase: 7,
    payment: 7,
    drawing: 3,
    refund: 2,
    conversion: 4,
    charge: 1,
    waiver: 1,
    settlement: 1,
    deferral: 2,
    limit_change: 1,
    cycle_change: 1,
    payout: 1,
    reversal: 1,
}
_WEIGHED = [maker for maker, weight in MAKERS.items() for _ in range(weight)]


def some_event(
    draw: st.DrawFn, line: CreditLine, past: Sequence[Any], on: date, name: str
) -> Any:
    """
    An event of a day, after those that are past; it may be one that is refused.

    The past is to be one that the oracle accepts.
    """
    scene = Scene(line, past, on, name)
    # A plan is rare: where there is one, what ends it is not.
    then = (
        [settlement, settlement, refund] * 2 if any(scene.state.plans.values()) else []
    )
    return draw(st.sampled_from(_WEIGHED + then))(draw, scene)


# --- many ---------------------------------------------------------------------------------


def notable_days(line: CreditLine, since: date) -> list[date]:
    """Days of the next cycle at which something turns, and those beside them."""
    cycle = line.cycle_of(since)
    turns = [
        since,
        cycle.statement,
        cycle.due,
        *(cycle.due + timedelta(days) for days in graces(line)),
        in_month(since.year, since.month, 31),
    ]
    beside = [day + timedelta(step) for day in turns for step in (-1, 0, 1)]
    return sorted({day for day in beside if day >= since})


def accepts(line: CreditLine, events: Sequence[Any], on: date) -> bool:
    try:
        LineOracle(line, events, min(event.on for event in events)).account(on)
    except OracleRefusal:
        return False
    return True


@st.composite
def line_events(draw: st.DrawFn, line: CreditLine) -> list[Any]:
    """
    Dated events over one to eight cycles of a line, all of which can be booked.

    They are in the order they were drawn: by day, not by kind.
    """
    day = draw(first_days)
    last = day + timedelta(31 * draw(one_of_these(*CYCLES)))
    events: list[Any] = [Purchase(id="e0", on=day, amount=first_amount(draw, line))]
    for number in range(1, draw(one_of_these(*COUNTS))):
        if draw(BOOLEANS):
            day = draw(st.sampled_from(notable_days(line, day)))
        else:
            day += timedelta(draw(one_of_these(0, 0, 1, 3, 9, 17)))
        if day > last:
            break
        event = some_event(draw, line, events, day, f"e{number}")
        if accepts(line, [*events, event], day):
            events.append(event)
    return events


def first_amount(draw: st.DrawFn, line: CreditLine) -> str:
    """An amount within the limit, the limit itself too."""
    return major(
        min(some_units(draw, line.limit_units, 1000), line.limit_units), line.digits
    )


@st.composite
def lines_with_events(draw: st.DrawFn) -> tuple[CreditLine, list[Any]]:
    """A line with any terms, and what happens on it."""
    line = draw(credit_lines())
    return line, draw(line_events(line))
