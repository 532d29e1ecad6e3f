"""
An independent model of a loan with any terms: slow, readable, in `Fraction`s only.

`plan` gives the rows that an agreement promises, `cash_flows` what they move. It shares
no code with the library and no formula: payments are solved by walking the loan.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor

from oracle.agreement import (
    CHARGES,
    Agreement,
    owed_at_start,
    rate_path,
)
from oracle.charges import line_on, with_charges, withheld
from oracle.planner import RefusedError, Rule
from oracle.timeline import Slot, earned, installment_dates, regular_start, slots_of
from oracle.walk import (
    ZERO,
    ByAmount,
    ByPayment,
    ByShares,
    Line,
    Payer,
    Recast,
    State,
    Walk,
    level_shape,
    payment_rule,
    solved,
    split,
    walked,
)

MOST = 1_200


def plan(terms: Agreement) -> list[Line]:
    """The rows that an agreement promises, exact."""
    if withheld(terms) + terms.discount >= terms.principal:
        raise RefusedError("nothing is paid out")
    if terms.method in CHARGES:
        lines = plan_charge(terms)
    elif terms.in_advance:
        lines = plan_in_advance(terms)
    else:
        lines = plan_accrual(terms)
    if any(day >= lines[-1].end for day, _ in terms.drawdowns):
        raise RefusedError("drawn after the last due date")
    lines = with_charges(terms, with_stub(terms, lines))
    return [replace(line, number=at) for at, line in enumerate(lines, start=1)]


# --- methods whose interest accrues -----------------------------------------------------


def follows(terms: Agreement) -> bool:
    """Whether the number of installments follows from the payments."""
    if terms.open_ended or terms.on_rate_change != "term":
        return terms.open_ended
    last = installment_dates(terms, terms.count)[-1]
    return bool(rate_path(terms, last).changes)


def walk_of(terms: Agreement, count: int) -> Walk:
    slots = slots_of(terms, count)
    top = stub_interest(terms) if terms.broken == "added" else ZERO
    return Walk(terms, slots, rate_path(terms, slots[-1].end), top)


def plan_accrual(terms: Agreement) -> list[Line]:
    if not follows(terms):
        return by_method(terms, terms.count)
    for count in (60, MOST):
        try:
            return by_method(terms, count)
        except RefusedError:
            if count == MOST:
                raise
    raise RefusedError("the loan is never repaid")


def by_method(terms: Agreement, count: int) -> list[Line]:
    walk = walk_of(terms, count)
    if terms.pays_interest_first:
        lines = by_payments(walk)
        if any(line.payment < 0 for line in lines if line.pays):
            raise RefusedError("a payment is paid to the borrower")
        if terms.shortfall == "refuse" and any(line.principal < 0 for line in lines):
            raise RefusedError("the payment is less than the interest")
        return lines
    return walked(walk, principal_payer(walk))


def paid_installments(walk: Walk) -> list[int]:
    return [slot.number or 0 for slot in walk.slots if slot.pays]


def principal_payer(walk: Walk) -> Payer:
    terms = walk.terms
    if terms.method == "equal":
        left = len(paid_installments(walk))
        total = owed_at_start(terms) - (terms.balloon or ZERO)
        parts = split(total, left, terms.rule, terms.residue)
        return ByShares(terms, left, parts)
    if terms.method == "fixed_principal":
        amount = terms.amount
        if terms.amount_is_share:
            amount = terms.rule(amount * owed_at_start(terms))
        if amount <= 0:
            raise RefusedError("no principal is repaid")
        return ByAmount(lambda number: amount, terms.open_ended)
    if terms.method == "amounts":
        return ByAmount(lambda number: terms.amounts[number - 1])
    return ByAmount(lambda number: ZERO)


def stub_interest(terms: Agreement) -> Fraction:
    """The rounded interest of the days before the first regular period."""
    start = regular_start(terms)
    if start is None:
        return ZERO
    first = Slot(
        terms.disbursed, start, start, None, False, "due", terms.disbursed, True
    )
    path = rate_path(terms, start)
    return terms.rule(earned(terms, first, path, owed_at_start(terms)))


def by_payments(walk: Walk) -> list[Line]:
    terms = walk.terms
    if terms.method == "level":
        return by_level(walk)
    paying = paying_of(walk)
    return walked(walk, ByPayment(paying, terms.open_ended))


def paying_of(walk: Walk) -> Callable[[int], Fraction]:
    """The payments by number where they are stated, stepped or graduated."""
    terms, state = walk.terms, State(owed_at_start(walk.terms))
    rule = payment_rule(terms)
    if terms.method == "fixed":
        return lambda number: terms.amount
    if terms.method == "graduated":

        def grown(number: int, first: Fraction) -> Fraction:
            return first * (1 + terms.growth) ** ((number - 1) // terms.grows_every)

        start = rule(solved(walk, 0, state, walk.path, grown))
        return lambda number: rule(grown(number, start))
    stated = [payment for count, payment in terms.stages for _ in range(count)]

    def staged(number: int, unknown: Fraction) -> Fraction:
        payment = stated[number - 1]
        return unknown if payment is None else payment

    if None not in stated:
        return lambda number: staged(number, ZERO)
    found = rule(solved(walk, 0, state, walk.path, staged))
    return lambda number: staged(number, found)


# --- level payments ---------------------------------------------------------------------


def exact_level(walk: Walk) -> Fraction:
    """The payment at the first rate for all time, or at all rates that are foreseen."""
    terms = walk.terms
    if terms.amortized_over is not None:
        walk = sizing_walk(walk)
    elif follows(terms):
        walk = walk_of(terms, terms.count)
    foreseen = terms.on_rate_change == "foreseen"
    path = walk.path if foreseen else walk.path.known_before(terms.disbursed)
    return solved(walk, 0, State(owed_at_start(terms)), path, level_shape)


def by_level(walk: Walk) -> list[Line]:
    terms, exact = walk.terms, exact_level(walk)
    level = payment_rule(terms)(exact)
    if walk.path.changes and terms.on_rate_change == "payment":
        return walked(walk, Recast(walk, sizing_walk(walk), level))
    if terms.residue == "first" and len(paid_installments(walk)) > 1:
        return with_first_closing(walk, level, nearest_closing(walk, level))
    if terms.residue == "spread":
        return by_spread(walk, exact)
    if terms.residue == "second_pass":
        level = second_pass(walk, level)
    ends = terms.on_rate_change == "term" and bool(walk.path.changes)
    return walked(walk, ByPayment(lambda number: level, ends))


def sizing_walk(walk: Walk) -> Walk:
    """The walk that payments are solved over, longer where they are amortized so."""
    over = walk.terms.amortized_over
    return walk if over is None else walk_of(walk.terms.but(count=over), over)


def level_lines(walk: Walk, paying: Callable[[int], Fraction]) -> list[Line]:
    return walked(walk, ByPayment(paying))


def last_payment(lines: Sequence[Line], terms: Agreement) -> Fraction:
    """The last payment without the balloon."""
    return lines[-1].payment - (terms.balloon or ZERO)


def with_first_closing(walk: Walk, level: Fraction, closing: Fraction) -> list[Line]:
    payer = ByPayment(lambda number: level, first_closing=closing)
    return walked(walk, payer)


def nearest_closing(walk: Walk, level: Fraction) -> Fraction:
    """
    What the first installment leaves owed where it takes the residue.

    The balance from zero up whose last payment is nearest to the level; of two that are
    equally near, the larger one. A bisection finds the two around the level.
    """
    terms, cent = walk.terms, walk.terms.cent

    def over(units: int) -> Fraction:
        lines = with_first_closing(walk, level, units * cent)
        return last_payment(lines, terms) - level

    low, high = 0, int(owed_at_start(terms) / cent)
    while over(high) < 0:
        high *= 2
    while low < high:
        middle = (low + high) // 2
        if over(middle) < 0:
            low = middle + 1
        else:
            high = middle
    if low > 0 and -over(low - 1) < over(low):
        low -= 1
    # Where all is repaid before the last drawdown, much leaves the same last payment:
    # as much as that lets the first be level then.
    lines = walked(walk, ByPayment(lambda number: level))
    first = next(row for row, slot in enumerate(walk.slots) if slot.pays)
    most = int(lines[first].closing / cent)
    same = over(low)
    while terms.drawdowns and low < most:
        middle = (low + most + 1) // 2
        if over(middle) == same:
            low = middle
        else:
            most = middle - 1
    return low * cent


def by_spread(walk: Walk, exact: Fraction) -> list[Line]:
    """The payment rounded down, the first k of them one unit more."""
    terms, numbers = walk.terms, paid_installments(walk)
    unit = payment_rule(terms).unit
    low = unit * floor(exact / unit)
    best: tuple[Fraction, list[Line]] | None = None
    for more in range(len(numbers)):
        larger = set(numbers[:more])
        lines = level_lines(
            walk,
            lambda number, larger=larger: low + (unit if number in larger else 0),
        )
        distance = abs(last_payment(lines, terms) - low)
        if best is None or distance < best[0]:
            best = distance, lines
    if best is None:
        raise RefusedError("no installment pays")
    return best[1]


def second_pass(walk: Walk, level: Fraction) -> Fraction:
    """The level moved by its share of what the last payment is off by, if better."""
    terms = walk.terms

    def off(payment: Fraction) -> Fraction:
        return last_payment(level_lines(walk, lambda _: payment), terms) - payment

    distance = off(level)
    paid = len(paid_installments(walk))
    if abs(distance) / terms.cent <= paid // 2:
        return level
    moved = level + payment_rule(terms)(distance / paid)
    return moved if abs(off(moved)) < abs(distance) else level


# --- interest in advance, and charges on the original amount ----------------------------


def plan_in_advance(terms: Agreement) -> list[Line]:
    """The interest of every period at its start; the last row pays none."""
    walk = walk_of(terms, MOST if terms.open_ended else terms.count)
    payer, owed, lines = principal_payer(walk), owed_at_start(terms), []

    def interest(index: int) -> Fraction:
        slot = walk.slots[index]
        return terms.rule(earned(terms, slot, walk.path, owed))

    first = line_on(terms.disbursed, owed, interest(0))
    lines.append(replace(first, end=walk.slots[0].end))
    for index, slot in enumerate(walk.slots):
        opening = owed
        principal = payer.principal(slot, owed, ZERO)
        if slot.last and not payer.ends_when_repaid:
            principal = owed
        owed -= principal
        due = interest(index + 1) if owed and not slot.last else ZERO
        is_last = slot.last or (payer.ends_when_repaid and not owed)
        lines.append(
            Line(
                number=0,
                start=slot.end,
                end=slot.end if is_last else walk.slots[index + 1].end,
                due=slot.due,
                opening=opening,
                payment=principal + due,
                principal=principal,
                interest=due,
                fee=ZERO,
                closing=owed,
                installment=slot.number,
            )
        )
        if payer.ends_when_repaid and not owed:
            return lines
    return lines


def plan_charge(terms: Agreement) -> list[Line]:
    """Add-on interest, or a flat fee: shares of totals that are fixed at signing."""
    walk, owed = walk_of(terms, terms.count), owed_at_start(terms)
    fees, interests = [ZERO] * terms.count, [ZERO] * terms.count
    principals = capped(owed, terms.count, terms.rule, terms.residue)
    if terms.method == "flat_fee":
        fees = flat_fees(terms, owed)
    else:
        times = [earned(terms, slot, walk.path, Fraction(1)) for slot in walk.slots]
        total = terms.rule(owed * sum(times, ZERO))
        interests = capped(total, terms.count, terms.rule, terms.residue)
        if terms.earned == "rule_of_78":
            payments = capped(owed + total, terms.count, terms.rule, terms.residue)
            interests = by_digits(total, terms.count, terms.rule)
            principals = [
                payment - interest
                for payment, interest in zip(payments, interests, strict=True)
            ]
    if any(principal < 0 for principal in principals):
        raise RefusedError("the payment is less than the interest")
    lines = []
    for at, slot in enumerate(walk.slots):
        principal, interest, fee = principals[at], interests[at], fees[at]
        lines.append(
            Line(
                number=0,
                start=slot.start,
                end=slot.end,
                due=slot.due,
                opening=owed,
                payment=principal + interest + fee,
                principal=principal,
                interest=interest,
                fee=fee,
                closing=owed - principal,
                installment=slot.number,
            )
        )
        owed -= principal
    return lines


def capped(total: Fraction, count: int, rule: Rule, residue: str) -> list[Fraction]:
    """Shares of which none goes beyond what is left of the total."""
    left, parts = total, []
    for part in split(total, count, rule, residue):
        parts.append(
            part if abs(part) <= abs(left) and len(parts) < count - 1 else left
        )
        left -= parts[-1]
    return parts


def flat_fees(terms: Agreement, owed: Fraction) -> list[Fraction]:
    fee_rule, count = terms.fee_rule or terms.rule, terms.count
    total = fee_rule(owed * terms.fee)
    if terms.fee_for == "installment":
        fees = [total] * count
    else:
        fees = capped(total, count, terms.rule, terms.residue)
    if terms.charged == "first":
        fees = [sum(fees, ZERO)] + [ZERO] * (count - 1)
    return fees


def by_digits(total: Fraction, count: int, rule: Rule) -> list[Fraction]:
    """The rule of 78: shares of n, n - 1, ..., 1 parts, each running total rounded."""
    parts = sum(range(1, count + 1))
    running, seen, found = 0, ZERO, []
    for number in range(count, 0, -1):
        running += number
        until = rule(total * running / parts)
        found.append(until - seen)
        seen = until
    return found


def with_stub(terms: Agreement, lines: Sequence[Line]) -> list[Line]:
    if terms.broken != "at_disbursement":
        return list(lines)
    owed, interest = owed_at_start(terms), stub_interest(terms)
    stub = line_on(terms.disbursed, owed, interest)
    return [replace(stub, end=regular_start(terms) or terms.disbursed), *lines]
