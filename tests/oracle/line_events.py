"""
What each event does to the account of a line of credit, for its oracle.

Readings of the page:

* A drawing is refused where it is more than what is available, its fee apart, or takes
  the segment above its own limit, counted as the line's limit is. `installments` is not
  drawn on. A drawing of nothing costs the least fee too.
* What is missing of the minimum is what is missing of all minimums of bills that were
  cut. A payment up to it is allocated with `minimum_first`, the rest from the start.
* Of a refund, what a purchase's row takes is at most what was not refunded or converted
  of the purchase; the rest is as a payment. A refund of what is no drawing is refused,
  and one of more than what was not refunded of it.
* For bills, and for what is missing of minimums, a refund or waiver counts with what it
  takes from billed rows (of cycles up to the bill's), a payment in full.
* A waiver of more than is owed of the component is refused. A share of it is rounded
  half up. It goes to the oldest cycle first, billed or not, interest earned but not
  charged apart.
* A conversion is of a drawing of any segment, or of billed purchases; of more than is
  there, or of nothing, it is refused. It counts for every bill not yet decided that the
  row is in: as money for being paid in full, but for its minimum, which is made anew, not
  as money too.
* Interest that a payment posts stands in the oldest row that earned it.
* A deferred balance is ranked at no rate until two months before its promotion ends,
  then above all others.
* A deferral is of the last bill, as long as it or its minimum is not decided, and more
  was billed than received. It bears by the new due day where it is free of interest.
* No more is missing of minimums than is owed.
* What is left of a settled plan stands in the open cycle's row of installments. A plan
  that has nothing left cannot be settled.
* A line is closed by a payment alone, not by a refund. Interest that a payment posts is
  an addition of the first day that it is not for: of the day itself, or of the next one
  where the line is closed and the day bears on the old balance.
"""

from fractions import Fraction

from oracle import line_interest
from oracle.line_account import INSTALLMENTS, PURCHASES, Account
from oracle.line_days import DAY, OracleRefusal, Unsupported, months_later
from oracle.line_minimum import arrears_in, minimum_of
from oracle.line_numbers import COMPONENTS, fee_of, rounded, units
from oracle.line_plans import early_fee, plan_of, refund_plan


def happen(account: Account, event) -> None:
    """Apply an event to the account."""
    kind = type(event).__name__
    if kind not in HANDLERS:
        raise Unsupported(f"{kind} on a line")
    HANDLERS[kind](account, event, event.on)


def amount_of(account: Account, event) -> int:
    return units(event.amount, account.digits)


# --- what is added ------------------------------------------------------------------------


def draw(account: Account, event, day) -> None:
    amount = amount_of(account, event)
    segment = account.segments.get(event.segment)
    if segment is None or segment.name == INSTALLMENTS:
        raise OracleRefusal(f"{event.id}: no drawing on {event.segment}")
    check_limits(account, event, segment, amount)
    end = None
    if segment.promotion is not None:
        end = months_later(day, segment.promotion.months)
    row = account.row(segment.name, account.cycle, end)
    account.drawn[event.id] = {
        "amount": amount, "row": row, "refunded": 0, "converted": 0,
    }  # fmt: skip
    account.add(row, "principal", amount, day)
    if segment.fee is not None:
        account.add(row, "fee", fee_of(segment.fee, amount, account.digits), day)


def check_limits(account: Account, event, segment, amount: int) -> None:
    if account.line.over_limit.value == "allowed" or not amount:
        return
    limit = account.limit_on(event.on)
    if account.occupied() + amount - account.credit > limit:
        raise OracleRefusal(f"{event.id}: more than is available")
    if segment.limit is not None:
        rows = account.rows_of(segment.name)
        has_all = account.line.limit_covers.value == "balance"
        of_it = sum(row.total() if has_all else row.owed["principal"] for row in rows)
        of_it += amount - min(amount, account.credit)
        if of_it > units(segment.limit, account.digits):
            raise OracleRefusal(f"{event.id}: more than the limit of {segment.name}")


def charge(account: Account, event, day) -> None:
    if event.installment is not None:
        raise Unsupported(f"{event.id}: an installment of a line")
    row = account.row(PURCHASES, account.cycle)
    account.add(row, event.component.value, amount_of(account, event), day)


# --- money --------------------------------------------------------------------------------


def payoff(account: Account, day) -> int:
    """Everything owed with interest to a day, less the credit, not below zero."""
    return max(account.owed() + earned_to(account, day) - account.credit, 0)


def earned_to(account: Account, day) -> int:
    """What rows that bear have earned and a payment of the day would have to pay."""
    total = 0
    for name, segment in account.segments.items():
        end = line_interest.last_day_of(day, segment)
        total += line_interest.earned(
            segment, account.rows_of(name), end, account.digits, with_deferred=True
        )
    return total


def post(account: Account, day, *, closing: bool) -> None:
    """Make owed what was earned: of segments that post with payments, or of all."""
    for name, segment in account.segments.items():
        rule = segment.rule
        if rule is None or (not closing and rule.posted.value == "statement"):
            continue
        end = line_interest.last_day_of(day, segment) if closing else day
        rows = sorted(account.rows_of(name), key=account.place)
        cost = line_interest.earned(
            segment, rows, end, account.digits, with_deferred=closing
        )
        earning = line_interest.earning(segment, rows, end, with_deferred=closing)
        line_interest.charge(segment, rows, end, account.digits, with_deferred=closing)
        segment.closed = segment.closed or closing
        if cost:
            account.add(earning[0], "interest", cost, end)


def pay(account: Account, event, day) -> None:
    if event.split or event.installments or event.order or event.effect is not None:
        raise Unsupported(f"{event.id}: a payment with a rule of its own")
    amount = amount_of(account, event)
    closing = 0 < payoff(account, day) <= amount
    if amount:
        post(account, day, closing=closing)
    allocate(account, amount, day)
    for bill in undecided(account):
        bill.received += amount
    account.receive(amount)
    account.forget_dues()


def allocate(account: Account, amount: int, day) -> list[tuple]:
    """Pay what is owed; what finds nothing is a credit. Returns what rows gave."""
    rule = account.line.allocation
    order, late = rule.order, account.days_past_due(day)
    if rule.late_from is not None and late >= rule.late_from:
        order = rule.late_order
    names = [component.value for component in order]
    first = rule.first.value
    took: list[tuple] = []
    if rule.minimum_first is not None:
        missing = sum(account.missing(due) for due in account.dues)
        part = min(amount, missing)
        minimum_first = rule.minimum_first.value
        rest = spread(account, part, names, minimum_first, day, took)
        amount += rest - part
    account.credit += spread(account, amount, names, first, day, took)
    return took


def spread(account: Account, amount: int, names, first: str, day, took: list) -> int:
    """Pay what is billed, then what is not, component by component; returns the rest."""
    for is_billed in (True, False):
        rows = [r for r in account.rows if (r.cycle < account.cycle) == is_billed]
        rows.sort(key=account.place)
        if first == "highest_rate":
            rows.sort(key=lambda row: -account.rank(row, day))
        elif first == "lowest_rate":
            rows.sort(key=lambda row: account.rank(row, day))
        for name in names:
            for row in rows:
                part = min(amount, row.owed[name])
                if part:
                    account.take(row, name, part, day)
                    took.append((row, part))
                    amount -= part
    return amount


def undecided(account: Account) -> list:
    return [bill for bill in account.bills if bill.outcome is None or bill.is_pending]


def count_taken(account: Account, took: list) -> None:
    """Count what was taken from rows of bills as received on them."""
    for bill in undecided(account):
        bill.received += sum(part for row, part in took if row.cycle <= bill.cycle)
    account.receive(sum(part for row, part in took if row.cycle < account.cycle))
    account.forget_dues()


def refund(account: Account, event, day) -> None:
    amount = amount_of(account, event)
    if event.of is not None and event.of not in account.drawn:
        raise OracleRefusal(f"{event.id}: nothing drawn as {event.of}")
    if event.of is not None:
        drawing = account.drawn[event.of]
        if amount > drawing["amount"] - drawing["refunded"]:
            raise OracleRefusal(f"{event.id}: more than the price of {event.of}")
    if amount:
        post(account, day, closing=False)
    took: list[tuple] = []
    if event.of is not None:
        drawing = account.drawn[event.of]
        row = drawing["row"]
        own = drawing["amount"] - drawing["refunded"] - drawing["converted"]
        part = max(min(amount, own), 0)
        drawing["refunded"] += amount
        principal = min(part, row.owed["principal"])
        if principal:
            account.take(row, "principal", principal, day)
            took.append((row, principal))
        amount -= principal
        # What the row no longer holds of it was paid: it is no part of a plan.
        of_plans = amount - (part - principal)
        for plan in account.plans:
            if plan.purchase == event.of:
                own, lowered, returned = refund_plan(account.line, plan, of_plans)
                of_plans -= own
                amount += returned - lowered
    took += allocate(account, amount, day)
    count_taken(account, took)


def pay_out(account: Account, event, day) -> None:
    amount = amount_of(account, event)
    if amount > account.credit:
        raise OracleRefusal(f"{event.id}: more than the credit")
    account.credit -= amount


def waive(account: Account, event, day) -> None:
    if event.installments:
        raise Unsupported(f"{event.id}: installments of a line")
    name = event.component.value
    if name not in COMPONENTS:
        raise OracleRefusal(f"{event.id}: no {name} on a line")
    owed = sum(row.owed[name] for row in account.rows)
    if isinstance(event.amount, Fraction):
        amount = rounded(event.amount * owed, None, account.digits)
    else:
        amount = amount_of(account, event)
    if amount > owed:
        raise OracleRefusal(f"{event.id}: more {name} than is owed")
    took = []
    for row in sorted(account.rows, key=account.place):
        part = min(amount, row.owed[name])
        if part:
            account.take(row, name, part, day)
            took.append((row, part))
            amount -= part
    count_taken(account, took)


# --- installments -------------------------------------------------------------------------


def convert(account: Account, event, day) -> None:
    rows, most = convertible(account, event)
    amount = most if event.amount is None else amount_of(account, event)
    if not 0 < amount <= most:
        raise OracleRefusal(f"{event.id}: {amount} of {most} to convert")
    account.plans.append(plan_of(account.line, event, amount))
    if event.of is not None:
        account.drawn[event.of]["converted"] += amount
    for row in rows:
        part = min(amount, row.owed["principal"])
        if part:
            account.take(row, "principal", part, day)
            count_converted(account, row, part)
            amount -= part
    account.forget_dues()
    account.forget_dues()


def convertible(account: Account, event) -> tuple[list, int]:
    """The rows that a conversion takes principal out of, and the most it may take."""
    if event.of is None:
        rows = [r for r in account.rows_of(PURCHASES) if r.cycle < account.cycle]
        rows.sort(key=account.place)
        return rows, sum(row.owed["principal"] for row in rows)
    if event.of not in account.drawn:
        raise OracleRefusal(f"{event.id}: nothing drawn as {event.of}")
    drawing = account.drawn[event.of]
    own = drawing["amount"] - drawing["refunded"] - drawing["converted"]
    row = drawing["row"]
    return [row], min(own, row.owed["principal"])


def count_converted(account: Account, row, amount: int) -> None:
    for bill in undecided(account):
        if row.cycle > bill.cycle:
            continue
        bill.received += amount
        key = (row.segment, row.cycle == bill.cycle)
        bill.converted[key] = bill.converted.get(key, 0) + amount
        bill.minimum = min(bill.minimum, minimum_of(account.line, bill))
        for due in account.dues:
            if due["bill"] is bill:
                due["amount"] = max(bill.minimum - arrears_in(account.line, bill), 0)


def settle(account: Account, event, day) -> None:
    plans = [plan for plan in account.plans if plan.name == event.of and plan.left]
    if not plans:
        raise OracleRefusal(f"{event.id}: no plan {event.of} has anything left")
    plan = plans[0]
    fee, principal = early_fee(account.line, plan), plan.principal_left()
    plan.left = []
    row = account.row(INSTALLMENTS, account.cycle)
    account.add(row, "principal", principal, day)
    account.add(row, "fee", fee, day)


def defer(account: Account, event, day) -> None:
    bills = undecided(account)
    if not bills or bills[-1].balance - bills[-1].received <= 0:
        raise OracleRefusal(f"{event.id}: nothing of a bill to defer")
    bill = bills[-1]
    if not bill.minimum_due < event.until <= account.days.due(account.statement):
        raise OracleRefusal(f"{event.id}: no deferral until {event.until}")
    if event.interest_free and bill.is_pending:
        raise OracleRefusal(f"{event.id}: it bears interest already")
    bill.deferred = event.until
    if event.interest_free:
        bill.last_in_time += event.until - bill.due
        bill.due = event.until
    for due in account.dues:
        if due["bill"] is bill:
            due["due"] = event.until


# --- terms --------------------------------------------------------------------------------


def change_limit(account: Account, event, day) -> None:
    account.limits.append((amount_of(account, event), event.until))


def change_cycle(account: Account, event, day) -> None:
    days = account.days
    days.statement_day = event.statement_day
    days.due_day, days.due_after = event.due_day, event.due_after
    account.statement = days.statement_from(day + DAY)
    due = days.due(account.statement)
    if any(due <= bill.minimum_due for bill in undecided(account)):
        raise OracleRefusal(f"{event.id}: a bill due before the one before it")


def nothing(account: Account, event, day) -> None:
    """A reversal: what it reverses is not among the events."""


HANDLERS = {
    "Purchase": draw,
    "CashAdvance": draw,
    "Transfer": draw,
    "Payment": pay,
    "Refund": refund,
    "Charge": charge,
    "Waiver": waive,
    "Conversion": convert,
    "PlanSettlement": settle,
    "BillDeferral": defer,
    "LimitChange": change_limit,
    "CycleChange": change_cycle,
    "Payout": pay_out,
    "Reversal": nothing,
}
