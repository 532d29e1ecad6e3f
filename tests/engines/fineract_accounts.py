"""Fineract scenarios to accounts: what was disbursed, charged, paid and undone."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from attrs import evolve

from engines.cases import CannotSayError, Case
from engines.fineract import loan_of
from engines.fineract_plans import ANEW, conceded
from loanmath.account import Account, Arrear, InstallmentPosition
from loanmath.errors import EventError
from loanmath.events import (
    Acceleration,
    Charge,
    Chargeback,
    ChargeOff,
    Disbursement,
    InterestPause,
    Payment,
    Payout,
    Restructuring,
    Reversal,
    Waiver,
)
from loanmath.terms import Component

# What happens to the books of the lender, or only lets time pass.
_NO_EVENT = (
    "create",
    "approve",
    "end_of_day",
    "job",
    "set_option",
    "set_allocation_rule",
    "add_installment_charge",
    # A charge on disbursement is paid out of it and is part of no installment.
    "define_charge",
    "plan_tranche",
    # What was agreed anew is in the terms, and what happened is replayed over them.
    "reschedule",
)
_METHODS = {"AUTOPAY": "payment", "DOWN_PAYMENT": "down_payment"}


def _kind(transaction: str) -> str:
    """Return the kind of payment that a type of transaction is."""
    kind = transaction.lower()
    return "payment" if kind == "repayment" else kind


class Paid(NamedTuple):
    """What was paid out, and when."""

    on: date
    amount: str


class TakenBack(NamedTuple):
    """What was taken back of a payment, and its row before: for the engine still so."""

    on: date
    row: InstallmentPosition
    interest: Decimal
    principal: Decimal


class Told(NamedTuple):
    """An account with what it was told so far."""

    account: Account
    transactions: tuple[tuple[str, date, str], ...] = ()
    charges: tuple[Charge, ...] = ()
    waived: Component | None = None
    due_at_once: date | None = None
    ended_on: date | None = None
    due_later: Decimal | None = None
    taken_back: tuple[TakenBack, ...] = ()

    def with_transaction(self, kind: str, on: date, name: str) -> "Told":
        return self._replace(transactions=(*self.transactions, (kind, on, name)))


def told(suite: Case, scenario: Case, check: Case) -> Told:
    """
    Return the account of a scenario, as far as a check lets it go.

    Raises:
        CannotSayError: If no term or event of the library says what happened.
    """
    events = scenario["events"][: check["after"]]
    state = _opened(suite, scenario, events)
    for number, event in sorted(enumerate(events), key=_Place(events)):
        if event["kind"] not in _NO_EVENT:
            state = _happened(suite, scenario, state, event, f"e{number}")
    return state


class _Place:
    """Where an event is told: what was paid out before a new plan, before that plan."""

    def __init__(self, events: list[Case]) -> None:
        self._plans = [
            (number, event["as_of"])
            for number, event in enumerate(events)
            if event["kind"] in ANEW
        ]

    def __call__(self, numbered: tuple[int, Case]) -> tuple[int, int]:
        number, event = numbered
        if event["kind"] != "disburse":
            return number, 1
        later = (plan for plan, on in self._plans if event["date"] <= on)
        return min([number, *later]), 0


def disbursements(scenario: Case, events: list[Case]) -> list[Paid]:
    """Return what was paid out; before anything was, what is expected to be."""
    found = []
    for event in events:
        if event["kind"] == "disburse":
            found.append(Paid(date.fromisoformat(event["date"]), event["amount"]))
    if found:
        return found
    tranches = scenario["loan"].get("tranches")
    if tranches:
        return [
            Paid(date.fromisoformat(part["expected_date"]), part["amount"])
            for part in tranches
        ]
    amount, day = scenario["loan"]["principal"], scenario["loan"]["submitted_on"]
    for event in events:
        if event["kind"] == "approve":
            amount = event.get("amount") or amount
            day = event.get("expected_date") or day
    return [Paid(date.fromisoformat(day), amount)]


def down_payment(suite: Case, scenario: Case, amount: str) -> Decimal:
    """Return what is due at once of an amount that is paid out."""
    settings = suite["products"][scenario["product"]]
    if not settings.get("enableDownPayment"):
        return Decimal(0)
    share = Decimal(settings["disbursedAmountPercentageForDownPayment"])
    return (Decimal(amount) * share / 100).quantize(Decimal("0.01"))


def _opened(suite: Case, scenario: Case, events: list[Case]) -> Told:
    paid = disbursements(scenario, events)
    first = paid[0]
    due = down_payment(suite, scenario, first.amount)
    whole = sum(Decimal(part.amount) for part in paid)
    in_parts = len(paid) > 1
    at_once = Decimal(0) if in_parts else due
    loan = loan_of(suite, scenario, events, str(whole - at_once), first.on)
    if str(loan.day_count) == "1/12" and any(one["kind"] in ANEW for one in events):
        # A period that is cut counts days, of the month that it lies in.
        steps = {one.get("frequency_type", "MONTHS") for one in events}
        by = "ACT/ACT ICMA" if steps == {"MONTHS"} else "30E/360"
        loan = evolve(loan, day_count=by)
    settings = suite["products"][scenario["product"]]
    # A cumulative schedule is planned anew from its first day, and payments replayed.
    if in_parts and settings.get("loanScheduleType") == "PROGRESSIVE":
        return Told(Account.open(loan, undrawn=True))
    if not due:
        return Told(Account.open(loan))
    if in_parts:
        later = (down_payment(suite, scenario, part.amount) for part in paid[1:])
        return Told(Account.open(loan, undrawn=True), due_later=sum(later, Decimal(0)))
    return Told(Account.open(loan, arrears=[Arrear(due=first.on, principal=due)]))


def _happened(suite: Case, scenario: Case, state: Told, event: Case, name: str) -> Told:
    on = date.fromisoformat(event.get("date") or event["as_of"])
    match event["kind"]:
        case "disburse":
            return _disbursed(suite, scenario, state, event, name)
        case "repayment":
            kind, amount = _METHODS[event["method"]], event["amount"]
            try:
                return _paid(state, kind, on, amount, name)
            except EventError:
                # What is entered late may leave nothing for a plan: that is undone.
                entered = date.fromisoformat(event["as_of"])
                state = _plan_undone(state, entered, name)
                return _paid(state, kind, on, amount, name)
        case "transaction":
            return _paid(state, _kind(event["type"]), on, event["amount"], name)
        case "pay_off":
            amount = str(state.account.payoff(on))
            return _paid(state, "payment", on, amount, name)
        case "adjust_charge":
            return _paid(state, "charge_adjustment", on, event["amount"], name)
        case "add_charge":
            return _charged(suite, state, event, name)
        case "waive_charge":
            return _waived(state, on, name)
        case "undo_transaction":
            return _undone(state, event, name)
        case "undo_last_disbursement":
            found = [one for one in state.transactions if one[0] == "disbursement"]
            undo = Reversal(id=name, on=on, of=found[-1][-1], sequence=_place(name))
            return state._replace(account=state.account.record(undo))
        case "undo_disbursement":
            # What was paid out is planned again, and nothing has been paid.
            return _unpaid(state, on, name)
        case "chargeback":
            return _charged_back(state, event, on, name)
        case "pause_interest":
            return _paused(state, event, name)
        case "charge_off":
            return _charged_off(suite, scenario, state, on, name)
        case "re_age" | "re_amortize":
            return _planned_anew(state, event, on, name)
        case "undo_re_age":
            return _plan_undone(state, on, name)
        case "undo_charge_off":
            done = [one[-1] for one in state.transactions if one[0] == "charge_off"]
            undo = Reversal(id=name, on=on, of=done[-1], sequence=_place(name))
            return state._replace(account=state.account.record(undo))
        case "credit_balance_refund":
            refund = Payout(
                id=name, on=on, amount=event["amount"], sequence=_place(name)
            )
            return state._replace(account=state.account.record(refund))
        case kind:
            raise CannotSayError(f"an event: {kind}")


def _place(name: str) -> int:
    """Return the number of the step of a scenario that an event is named after."""
    return int(name.removeprefix("e").split("-")[0])


def _disbursed(
    suite: Case, scenario: Case, state: Told, event: Case, name: str
) -> Told:
    on = date.fromisoformat(event["date"])
    settings = suite["products"][scenario["product"]]
    state = state.with_transaction("disbursement", on, name)
    due = down_payment(suite, scenario, event["amount"])
    if state.account.undrawn:
        amount = Decimal(event["amount"])
        if state.due_later is not None:
            whole = state.account.loan.principal
            amount = due if state.account.events else whole - state.due_later
        drawn = Disbursement(
            id=name, on=on, amount=amount, down_payment=due, sequence=_place(name)
        )
        state = state._replace(account=state.account.record(drawn))
    if due and settings.get("enableAutoRepaymentForDownPayment"):
        state = _paid(state, "down_payment", on, str(due), f"{name}-down")
    return state


def _paid(state: Told, kind: str, on: date, amount: str, name: str) -> Told:
    place = _place(name)
    payment = Payment(id=name, on=on, amount=amount, kind=kind, sequence=place)
    told = state.with_transaction(kind, on, name)
    return told._replace(account=state.account.record(payment))


def _charged_back(state: Told, event: Case, on: date, name: str) -> Told:
    paid = [one[-1] for one in state.transactions if one[0] in _METHODS.values()]
    back = Chargeback(
        id=name, on=on, of=paid[-1], amount=event["amount"], sequence=_place(name)
    )
    account = state.account.record(back)
    rows = zip(
        state.account.position(on).installments,
        account.position(on).installments,
        strict=True,
    )
    taken = tuple(
        TakenBack(
            on,
            before,
            before.paid.interest - after.paid.interest,
            before.paid.principal - after.paid.principal,
        )
        for before, after in rows
        if before.paid != after.paid
    )
    return state._replace(account=account, taken_back=(*state.taken_back, *taken))


def _charged(suite: Case, state: Told, event: Case, name: str) -> Told:
    [charge] = [one for one in suite["charges"] if one["key"] == event["charge"]]
    if charge["calculation"] != "FLAT":
        raise CannotSayError(f"a charge that is {charge['calculation']}")
    amount = event["amount"]
    if amount == "product default":
        amount = str(charge["amount"])
    due = date.fromisoformat(event["date"])
    entered = date.fromisoformat(event["as_of"])
    # A payment entered later for a day in between finds the charge there.
    on = min(due, entered)
    recorded = Charge(
        id=name,
        on=on,
        recorded=entered,
        amount=amount,
        name=charge["name"],
        component="penalty" if charge["penalty"] else "fee",
        sequence=_place(name),
        **_due(state.account, due, on),
    )
    account = state.account.record(recorded)
    return state._replace(account=account, charges=(*state.charges, recorded))


def _due(account: Account, day: date, on: date) -> dict[str, Any]:
    """Return when a charge falls due: with the row of its period, or on its day."""
    ahead = [row.due for row in account.loan.schedule() if row.due >= day]
    if not ahead:
        return {"due": day}
    rows = account.position(on).installments
    return {"installment": max(row.number for row in rows if row.due == ahead[0])}


def _waived(state: Told, on: date, name: str) -> Told:
    charge = state.charges[-1]
    row = charge.installment
    if row is None:
        rows = state.account.position(on).installments
        row = max(one.number for one in rows if one.due == charge.due)
    waiver = Waiver(
        id=name,
        # A charge that is past due is waived as of its day.
        on=min(charge.on, on),
        recorded=on,
        component=charge.component,
        amount=str(charge.amount),
        installments=[row],
        sequence=_place(name),
    )
    account = state.account.record(waiver)
    return state._replace(account=account, waived=charge.component)


def _unpaid(state: Told, on: date, name: str) -> Told:
    undone = [
        Reversal(id=f"{name}-{paid}", on=on, of=paid, sequence=_place(name))
        for kind, _, paid in state.transactions
        if kind != "disbursement"
    ]
    return state._replace(account=state.account.record(*undone))


def _undone(state: Told, event: Case, name: str) -> Told:
    on = date.fromisoformat(event["date"])
    kind = _kind(event.get("of", "").replace(" ", "_"))
    of_kind = [one for one in state.transactions if kind in ("", one[0])]
    # The day is that of the transaction, or else of its undoing.
    found = [one for one in of_kind if one[1] == on] or of_kind
    reversal = Reversal(
        id=name,
        on=date.fromisoformat(event["as_of"]),
        of=found[int(event["ordinal"]) - 1][-1],
        sequence=_place(name),
    )
    return state._replace(account=state.account.record(reversal))


def _charged_off(suite: Case, scenario: Case, state: Told, on: date, name: str) -> Told:
    behavior = suite["products"][scenario["product"]].get("chargeOffBehaviour")
    place = _place(name)
    stops = behavior == "ZERO_INTEREST"
    off = ChargeOff(
        id=name, on=on, sequence=place, stops_accrual=stops, drops_unearned=stops
    )
    if behavior == "ACCELERATE_MATURITY":
        due = Acceleration(id=f"{name}-due", on=on, sequence=place)
        state = state._replace(account=state.account.record(due), due_at_once=on)
    account = state.account.record(off)
    return state.with_transaction("charge_off", on, name)._replace(account=account)


def _planned_anew(state: Told, event: Case, on: date, name: str) -> Told:
    """Return the account with what is left spread over its dates, or over others."""
    rows = state.account.position(on).installments
    first = date.fromisoformat(event.get("start_date", date.max.isoformat()))
    # What is to be due already is agreed on as of the due date before.
    behind = [row.due for row in rows if row.due < first]
    since = on if on < first else behind[-1] if behind else on
    plan = Restructuring(
        id=name,
        on=since,
        recorded=on,
        concessions=conceded(event),
        sequence=_place(name),
    )
    # A period that is cut becomes an installment of its own.
    is_cut = event["kind"] == "re_age" and since < rows[-1].due
    told = state.with_transaction(event["kind"], on, name)
    account = state.account.record(plan)
    return told._replace(account=account, ended_on=min(on, first) if is_cut else None)


def _plan_undone(state: Told, on: date, name: str) -> Told:
    plan = [one[-1] for one in state.transactions if one[0] in ANEW][-1]
    undo = Reversal(id=f"{name}-undo", on=on, of=plan, sequence=_place(name))
    return state._replace(account=state.account.record(undo), ended_on=None)


def _paused(state: Told, event: Case, name: str) -> Told:
    # A day that is interest's is the one that ends a span.
    start = date.fromisoformat(event["start_date"]) - timedelta(days=1)
    end = date.fromisoformat(event["end_date"])
    known = date.fromisoformat(event["as_of"])
    pause = InterestPause(
        id=name,
        on=min(known, start),
        recorded=known,
        since=start,
        until=end,
        sequence=_place(name),
    )
    return state._replace(account=state.account.record(pause))
