"""What each event does to the book, for the servicing oracle."""

from datetime import date
from fractions import Fraction

from oracle.servicing_allocation import (
    PAYS_AHEAD,
    Money,
    ahead_last,
    allocate,
    pay_rows,
    pay_split,
    rule_on,
    slots_for,
)
from oracle.servicing_chapters import change_terms
from oracle.servicing_numbers import COMPONENTS, Refused, amount_or_share
from oracle.servicing_payoff import accrued_owed, parts, payoff, settle
from oracle.servicing_recast import (
    StandingStill,
    ahead_principal,
    follow_balance,
    payments_of,
    prepay,
    recast,
    replan,
)
from oracle.servicing_rows import Book, Received
from oracle.servicing_to_come import keep_lent, lent_ahead, to_come

NEEDS_A_CLAIM = ("Payment", "Refund", "Charge", "Waiver", "Disbursement")
NEEDS_A_DEBT = ("Acceleration", "ChargeOff", "WriteOff")


def happen(book: Book, event) -> None:
    kind, day = type(event).__name__, event.on
    if book.written_off is not None and kind in (*NEEDS_A_CLAIM, *NEEDS_A_DEBT):
        raise Refused(f"{kind} after a write-off")
    if book.is_closed and kind in NEEDS_A_DEBT:
        raise Refused(f"{kind} where nothing is owed")
    ahead, rested = payments_of(book.in_advance(day)), book.stopped
    replanned = HANDLERS[kind](book, event, day)
    moved = payments_of(book.in_advance(day)) != ahead
    turns = book.written_off is None and book.stopped != rested
    if turns or (moved and not replanned):
        follow_balance(book, day)


# --- money --------------------------------------------------------------------------------


def pay(book: Book, event, day: date) -> bool:
    """Allocate a payment; whether it has planned the rows in advance anew itself."""
    amount = book.units(event.amount)
    money = Money(book, day, amount)
    credit, replanned, ahead = book.credit, False, ahead_principal(book, day)
    kind = getattr(event, "kind", "refund")
    split, named = getattr(event, "split", ()), getattr(event, "installments", ())
    effect = getattr(event, "effect", None)
    if amount == 0 and not split:
        book.payments[event.id] = Received(amount)
        return False
    rule = rule_on(book, kind, day)
    goes_on = to_come(book, day) and not lent_ahead(book, day)
    whole = not (split or named or goes_on) and amount >= payoff(book, day)
    if whole:
        if not book.is_closed:
            settle(money)
            replanned, ahead = True, 0
    elif not (named or split) and (effect or rule.future.value == "principal"):
        pay_and_prepay(money, event, rule, effect)
        replanned = True
    else:
        pay_installments(money, event, rule)
        replanned = True
    keep_lent(book, ahead, day)
    book.credit = credit + money.left
    if money.left:
        money.cleared.append((None, "credit", money.left))
    book.payments[event.id] = Received(
        amount,
        money.cleared,
        money.dropped,
        money.fee_at,
        money.carried,
        money.forgiven,
        money.bears_on,
        on=day,
    )
    return replanned


def pay_installments(money: Money, event, rule) -> None:
    """Money for rows past due, due, and in advance, which then stand still."""
    rows, slots = money.book.rows, slots_for(event, rule)
    standing = StandingStill(money.book, money.day)
    standing.begin()
    if getattr(event, "installments", ()):
        pay_rows(money, event, rule, slots)
    elif getattr(event, "split", ()):
        pay_split(money, event.split, rows)
    else:
        ahead = rule.future.value if rule.future.value in PAYS_AHEAD else None
        allocate(money, rule, ahead_last(slots), rows, ahead)
    standing.end()


def pay_and_prepay(money: Money, event, rule, effect) -> None:
    slots = slots_for(event, rule)
    allocate(money, rule, ahead_last(slots), money.book.rows, None)
    prepay(money, (effect or money.book.loan.servicing.prepayment.effect).value)


def take_back(book: Book, event, amount: int | None) -> None:
    """What a payment cleared is owed again, last cleared first, up to an amount."""
    if event.of not in book.payments:
        raise Refused(f"no payment {event.of}")
    received = book.payments[event.of]
    amount = received.amount if amount is None else amount
    if amount > received.amount:
        raise Refused("more than is left of the payment")
    if not amount and received.amount:
        return
    if amount == received.amount:
        if ended_lending(received) and drawn_since(book, received.on, event.on):
            raise Refused("after what was to be drawn")
        take_back_all(book, received)
        book.payments[event.of] = Received(0, is_whole=False)
        return
    if ended_lending(received):
        raise Refused("a part of what ended the lending")
    received.amount -= amount
    received.is_whole = False
    while amount:
        number, part, cleared = received.cleared.pop()
        back = min(amount, cleared)
        if back < cleared:
            received.cleared.append((number, part, cleared - back))
        bear_anew(received, number, part, back)
        owe_again(book, number, part, back)
        amount -= back


def ended_lending(received: Received) -> bool:
    """Whether a settlement ended what was to be drawn, or to join the principal."""
    return (
        sum(amount for _, part, amount in received.dropped if part == "principal") != 0
    )


def drawn_since(book: Book, since: date, day: date) -> bool:
    return any(since < part.on <= day for part in book.loan.drawdowns)


def take_back_all(book: Book, received: Received) -> None:
    """All that is left of a payment; what its settlement dropped comes back with it."""
    cleared = list(enumerate(received.cleared))
    for place, (number, part, amount) in reversed(cleared):
        if place != received.fee_at or not received.is_whole:
            bear_anew(received, number, part, amount)
            owe_again(book, number, part, amount)
    if received.is_whole:
        for number, part, amount in received.dropped:
            owe_again(book, number, part, amount)
            book.row(number).planned[part] += amount
        for row, carried in zip(book.rows, received.carried, strict=False):
            row.carried = carried
        if received.forgiven is not None:
            number, amount = received.forgiven
            book.row(number).planned["interest"] -= amount


def bear_anew(received: Received, number, part: str, back: int) -> None:
    """Prepaid principal that is owed again bears as such, and not for having been prepaid."""
    row = received.bears_on
    if (
        row is not None
        and part == "principal"
        and (number == 0 or number >= row.number)
    ):
        row.prepaid -= back


def owe_again(book: Book, number, part: str, amount: int) -> None:
    if part == "credit":
        if amount > book.credit:
            raise Refused("the credit is spent")
        book.credit -= amount
    elif number == 0:
        book.of_loan[-1].owed[part] += amount
    else:
        book.row(number).owed[part] += amount


def reverse(book: Book, event, day: date) -> bool:
    # Reversals as if never were taken out of the log before it was read.
    if book.written_off is not None:
        raise Refused("written off")
    if event.of in book.reversed:
        raise Refused(f"reversed already: {event.of}")
    book.reversed.add(event.of)
    take_back(book, event, None)
    # What was reversed is no payment any more: nothing of it can be taken back.
    del book.payments[event.of]
    return False


def charge_back(book: Book, event, day: date) -> bool:
    if book.written_off is not None:
        raise Refused("written off")
    take_back(book, event, book.units(event.amount))
    return False


def pay_out(book: Book, event, day: date) -> bool:
    amount = book.units(event.amount)
    if amount > book.credit:
        raise Refused("more than the credit")
    book.credit -= amount
    return False


def recover(book: Book, event, day: date) -> bool:
    amount = book.units(event.amount)
    if book.written_off is None or book.recovered + amount > book.written_off:
        raise Refused("more than was written off")
    book.recovered += amount
    return False


# --- what is owed -------------------------------------------------------------------------


def charge(book: Book, event, day: date) -> bool:
    amount, part = book.units(event.amount), event.component.value
    if event.due is not None:
        row = book.add_row(event.due)
    elif event.installment is not None:
        row = book.row(event.installment)
    else:
        ahead = [row for row in book.rows if row.due >= day]
        row = (ahead or book.rows[-1:])[0]
    row.owed[part] += amount
    book.charged[part] = book.charged.get(part, 0) + amount
    if book.loan.servicing.credit.value == "at_once":
        money = Money(book, day, min(amount, book.credit))
        book.credit -= money.clear(row, part)
        book.from_credit += money.cleared
    return False


def waive(book: Book, event, day: date) -> bool:
    part = event.component.value
    rows = book.rows
    if event.installments:
        rows = [book.row(number) for number in event.installments]
    if part in ("fee", "interest"):
        rows = [row for row in rows if row.due <= day]
    owed = sum(row.owed[part] for row in rows)
    if isinstance(event.amount, Fraction):
        amount = min(owed, amount_or_share(book.loan, event.amount, owed))
        amount = owed if event.amount == 1 else amount
    else:
        amount = book.units(event.amount)
    if amount > owed:
        raise Refused("more than is owed")
    ahead = ahead_principal(book, day)
    for row in rows:
        amount -= row.take(part, amount)
    keep_lent(book, ahead, day)
    return False


def accelerate(book: Book, event, day: date) -> bool:
    rows = book.in_advance(day)
    principal = ahead_principal(book, day)
    if principal == 0:
        raise Refused("nothing to accelerate")
    if to_come(book, day):
        raise Refused("more is to come")
    for row in rows:
        settled = row.planned["interest"] - row.owed["interest"]
        begun = row.start <= day or book.is_bundled
        row.owed["interest"] = accrued_owed(book, row, day) if begun else 0
        row.planned["interest"] = row.owed["interest"] + settled
        row.owed["fee"], row.planned["fee"] = row.fee_by_hand, 0
        row.due = day
    book.accelerated = day
    rows[-1].owed["fee"] += amount_or_share(book.loan, event.charge, principal)
    return True


def disburse(book: Book, event, day: date) -> bool:
    """Principal is drawn: the agreed plan, or the rows in advance planned for it."""
    amount = book.units(event.amount)
    if book.drawn + amount > book.loan.principal_units:
        raise Refused("more than was lent")
    rows, first = book.planned_ahead(day), book.drawn == 0
    if amount == 0:
        return False
    at_once = amount_or_share(book.loan, event.down_payment, amount)
    if at_once > amount:
        raise Refused("more at once than is paid out")
    current = book.current(day)
    if at_once and current is not None and current.due <= day:
        raise Refused("inside what has fallen due")
    book.drawn += amount
    whole = book.drawn == book.loan.principal_units and not at_once
    if first and day == book.loan.disbursed and whole:
        for row in book.of_loan:
            row.owed.update(row.agreed)
            row.planned = dict(row.agreed)
        return True
    if not book.is_recast or not rows:
        raise Refused("drawn in full as the loan begins, or not at all")
    left = ahead_principal(book, day) + amount - at_once
    if first:
        for row in rows:
            row.owed.update(row.agreed)
            row.planned = dict(row.agreed)
    recast(book, day, "smaller", left, first=first)
    if at_once:
        row = book.add_row(day)
        row.owed["principal"] = row.planned["principal"] = at_once
    return True


def write_off(book: Book, event, day: date) -> bool:
    book.written_off = sum(parts(book, day, claim=True).values())
    for row in book.rows:
        row.owed = dict.fromkeys(COMPONENTS, 0)
    book.stopped, book.backlog = True, []
    return True


def charge_off(book: Book, event, day: date) -> bool:
    if book.charged_off:
        raise Refused("charged off already")
    if event.drops_unearned and not book.is_recast:
        raise Refused("interest that keeps to its plan")
    book.charged_off = True
    book.stopped = book.stopped or event.stops_accrual
    book.drops = event.drops_unearned
    rows = book.planned_ahead(day)
    if book.drops and rows and not book.follows:
        replan(book, day, rows, payments_of(rows))
    return True


def pause(book: Book, event, day: date) -> bool:
    first, end = event.since or day, event.until or date.max
    for since, until in book.pauses:
        if max(first, since) < min(end, until):
            raise Refused("paused already")
    book.pauses.append((first, end))
    return plan_without_pauses(book, day)


def resume(book: Book, event, day: date) -> bool:
    if not book.is_paused(day):
        raise Refused("not paused")
    [pause] = [(since, until) for since, until in book.pauses if since <= day < until]
    book.pauses.remove(pause)
    if pause[0] < day:
        book.pauses.append((pause[0], day))
    return plan_without_pauses(book, day)


def plan_without_pauses(book: Book, day: date) -> bool:
    if book.written_off is None:
        follow_balance(book, day)
    return True


HANDLERS = {
    "Disbursement": disburse,
    "Payment": pay,
    "Refund": pay,
    "Charge": charge,
    "Waiver": waive,
    "Reversal": reverse,
    "Chargeback": charge_back,
    "InterestPause": pause,
    "InterestResume": resume,
    "Acceleration": accelerate,
    "ChargeOff": charge_off,
    "WriteOff": write_off,
    "Recovery": recover,
    "Payout": pay_out,
    "TermsChange": change_terms,
}
