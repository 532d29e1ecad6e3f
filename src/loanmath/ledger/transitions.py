"""
The common transitions, written once for one account and for many.

Each is a pure function of balances: the nights that pass, a compounding day, a payment
running down the table of slots. No `if` here looks at an amount or a day, except to
skip what would change nothing; what the terms say is looked at freely.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import add
from typing import Any, NamedTuple

from loanmath.ledger.balances import Balances, Segment
from loanmath.ledger.carrier import Amount, Carrier
from loanmath.ledger.rules import LatenessRule, Pass
from loanmath.terms import PenaltyRounded, Standing

__all__ = [
    "Spent",
    "compound",
    "count_day",
    "days_past_due",
    "held_back",
    "pass_nights",
    "pay",
    "posted_growth",
    "rule_base",
    "settled_capital",
    "spend",
]


def pass_nights(
    x: Carrier, balances: Balances, rules: Sequence[LatenessRule], until: Amount
) -> Balances:
    """
    Return the balances as a day begins: every night before it has accrued.

    Formula: for each rule and row, `sum += base * rate * days`, and what is owed grows
    by `round(sum after) - round(sum before)`.
    """
    segment, sums = _accrued(x, balances, rules, until, 0)
    # Where no night passes, a day counted ahead stays counted.
    ahead = balances.ahead * (until == balances.since)
    return balances.counted(segment, sums, until, ahead)


def count_day(
    x: Carrier, balances: Balances, rules: Sequence[LatenessRule]
) -> Balances:
    """Return the balances once the day itself is counted for what is overdue on it."""
    since = balances.since
    # What falls due on the day is not overdue before the next.
    segment, sums = _accrued(x, balances, rules, since + 1, 1)
    return balances.counted(segment, sums, since, 0 * since + 1)


_Sums = tuple[tuple[Amount, ...], ...]


def _accrued(
    x: Carrier,
    balances: Balances,
    rules: Sequence[LatenessRule],
    until: Amount,
    least: int,
) -> tuple[Segment, _Sums]:
    """
    Return what is owed, and the sums, once the nights up to a day have accrued.

    No row is charged earlier than so many days after its due date.
    """
    owed, sums = list(balances.segment), list(balances.sums)
    for number, rule in enumerate(rules):
        sums[number], owed[rule.target] = _grown(
            x, rule, balances, sums[number], owed[rule.target], until, least
        )
    return Segment._make(owed), tuple(sums)


def _grown(  # noqa: PLR0913, PLR0917 a rule, what it grows, and when
    x: Carrier,
    rule: LatenessRule,
    balances: Balances,
    before: tuple[Amount, ...],
    owed: tuple[Amount, ...],
    until: Amount,
    least: int,
) -> tuple[tuple[Amount, ...], tuple[Amount, ...]]:
    """Return the sums of a rule, and a column of what is owed, after the nights."""
    due, held = balances.due, rule.held
    bearing = x.above(_bases(rule, balances, x.until(due, until)), rule.tolerance)
    if not bearing:
        return before, owed
    after = _summed(x, rule, balances, before, bearing, until, max(rule.first, least))
    if rule.per is PenaltyRounded.TOTAL:
        old = held_back(x, rule, before, due, until)
        new = held_back(x, rule, after, due, until)
        growth = posted_growth(x, rule, old, new, bearing)
        return tuple(after), tuple(map(add, owed, growth))
    # Looked up once: this runs for every overdue row of every event.
    column, added, unit = list(owed), rule.added, rule.unit
    rounded = x.rounding(rule.rounded)
    for row, _ in bearing:
        if added is None:
            more = rounded(after[row], unit) - rounded(before[row], unit)
        else:
            more = (after[row] + added) // unit - (before[row] + added) // unit
        if held:
            more = x.where(until > due[row] + held + 1, more, 0)
        column[row] = column[row] + more
    return tuple(after), tuple(column)


def _summed(  # noqa: PLR0913, PLR0917 a rule, what it sums, and when
    x: Carrier,
    rule: LatenessRule,
    balances: Balances,
    before: tuple[Amount, ...],
    bearing: Iterable[tuple[int, Amount]],
    until: Amount,
    delay: int,
) -> list[Amount]:
    """Return the sums of a rule once the bases of rows bore it up to a day."""
    due, since, after = balances.due, balances.since, list(before)
    if not rule.is_steady:
        for row, base in bearing:
            first = _first_day(x, balances, due[row], delay)
            after[row] = before[row] + _growth(x, rule, base, first, until, due[-1])
        return after
    # What was overdue before bears the same nights, whatever its due date.
    overdue, rate = x.all_until(due, since - max(delay - 1, 0)), rule.pieces[0].rate
    share = rate * x.max(until - since - balances.ahead, 0)
    for row, base in bearing:
        if row >= overdue:
            first = _first_day(x, balances, due[row], delay)
            share = rate * x.max(until - first, 0)
        after[row] = before[row] + base * share
    return after


def _first_day(x: Carrier, balances: Balances, due: Amount, delay: int) -> Amount:
    """Return the first day that counts of a row and was not counted yet."""
    since = balances.since
    # A day that was counted ahead, for what was overdue on it, is not again.
    day: Amount = x.max(due + delay, since + (due < since) * balances.ahead)
    return day


def _bases(rule: LatenessRule, balances: Balances, count: int) -> Sequence[Amount]:
    """Return what a rule is charged on, of the first rows, whatever its tolerance."""
    if rule.capital is not None:
        return balances.capital[rule.capital][:count]
    segment = balances.segment
    bases: Sequence[Amount] = segment[rule.base[0]][:count]
    for component in rule.base[1:]:
        bases = list(map(add, bases, segment[component]))
    return bases


def rule_base(rule: LatenessRule, balances: Balances, row: int) -> Amount:
    """Return what a rule charges on a row; zero where that is within the tolerance."""
    base = _bases(rule, balances, row + 1)[row]
    return base * (base > rule.tolerance)


def _growth(  # noqa: PLR0913, PLR0917 a rule on a base, and its days
    x: Carrier,
    rule: LatenessRule,
    base: Amount,
    first: Amount,
    until: Amount,
    maturity: Amount,
) -> Amount:
    """Return what a base grows by, over rates in force one after the other."""
    if rule.after_maturity:
        first = x.max(first, x.min(maturity, rule.maturity))
    total = 0 * base
    for piece in rule.pieces:
        days = x.max(x.min(until, piece.until) - x.max(first, piece.since), 0)
        if rule.per is PenaltyRounded.DAY:
            # Every day is rounded by itself; the sum is of whole units.
            daily = x.rounding(rule.rounded)(base * piece.rate, rule.unit) * rule.unit
        else:
            daily = base * piece.rate
        total = total + daily * days
    return total


def held_back(
    x: Carrier,
    rule: LatenessRule,
    sums: Sequence[Amount],
    due: Sequence[Amount],
    until: Amount,
) -> list[Amount]:
    """Return the sums without those of rows whose days of grace are not over."""
    if not rule.held:
        return list(sums)
    return [
        x.where(until > day + rule.held + 1, total, 0)
        for total, day in zip(sums, due, strict=True)
    ]


def posted_growth(
    x: Carrier,
    rule: LatenessRule,
    before: Sequence[Amount],
    after: Sequence[Amount],
    bearing: Iterable[tuple[int, Amount]],
) -> list[Amount]:
    """
    Return by how much what is posted grows as exact sums grow, row by row.

    Each sum is rounded; or, where the total is, its growth goes to the oldest row that
    bears penalty: no share of it to each row keeps them all above zero.

    Args:
        x: The carrier.
        rule: The rule.
        before: The sums before.
        after: The sums after.
        bearing: Rows in order, each with what the rule charges on it.
    """
    rounded, unit = x.rounding(rule.rounded), rule.unit
    if rule.per is not PenaltyRounded.TOTAL:
        return [
            rounded(new, unit) - rounded(old, unit)
            for old, new in zip(before, after, strict=True)
        ]
    left = rounded(sum(after), unit) - rounded(sum(before), unit)
    growth = [0 * total for total in after]
    for row, base in bearing:
        growth[row] = x.where((base != 0) & (after[row] != 0), left, 0)
        left = left - growth[row]
    return growth


def compound(balances: Balances) -> Balances:
    """Return the balances after a compounding day: what is unpaid bears interest."""
    segment = balances.segment
    return balances._replace(capital=(segment.penalty, segment.compound))


def days_past_due(
    x: Carrier, balances: Balances, day: Amount, tolerance: int
) -> Amount:
    """Return the days since the due date of the oldest row that is not cleared."""
    due, late = balances.due, 0 * day
    _, _, fees, interest, principal = balances.segment
    for row in range(x.until(due, day)):
        is_open = fees[row] + interest[row] + principal[row] > tolerance
        if not x.some(is_open):
            continue
        late = x.max(late, is_open * (day - due[row]))
        if x.every(late):
            break  # Rows ascend: no later one is older.
    return late


class Spent(NamedTuple):
    """What a payment leaves: balances, and the money that found nothing to clear."""

    balances: Balances
    left: Amount


def spend(  # noqa: PLR0913, PLR0917 the money, its table, its day, its rows
    x: Carrier,
    balances: Balances,
    table: Iterable[Pass],
    amount: Amount,
    day: Amount,
    rows_of: Callable[[Standing], Iterable[int]],
) -> Spent:
    """
    Return the balances after an amount ran down the table, and what is left of it.

    Args:
        x: The carrier.
        balances: What is owed.
        table: The passes.
        amount: The money.
        day: The day.
        rows_of: The rows of a standing that may take part, in order.
    """
    owed: list[Any] = list(balances.segment)
    copied: set[int] = set()
    due, left = balances.due, amount
    for standing, components in table:
        if not x.some(left):
            break
        for row in rows_of(standing):
            owing = x.owing(owed, components, row)
            if not owing:
                continue
            here = given = x.reaching(left, standing, due[row], day)
            if not x.some(here):
                continue
            for component in owing:
                if component not in copied:
                    # Of most columns nothing is cleared.
                    owed[component] = list(owed[component])
                    copied.add(component)
                column = owed[component]
                part = column[row]
                taken = x.min(here, part)
                column[row] = part - taken
                here = here - taken
            left = left - given + here
            if not x.some(left):
                break
    segment = Segment._make(map(tuple, owed))
    return Spent(settled_capital(x, balances, segment), left)


def settled_capital(x: Carrier, balances: Balances, segment: Segment) -> Balances:
    """Return the balances with less owed; what is cleared bore interest first."""
    if not balances.capital:
        return balances.with_segment(segment)
    capital = tuple(
        tuple(
            x.max(part - x.max(before - after, 0), 0)
            for part, before, after in zip(column, old, new, strict=True)
        )
        for column, old, new in zip(
            balances.capital, balances.segment[:2], segment[:2], strict=True
        )
    )
    return balances.with_segment(segment)._replace(capital=capital)


def pay(  # noqa: PLR0913, PLR0917 one argument for each thing a payment is
    x: Carrier,
    balances: Balances,
    tiers: Sequence[tuple[int, Sequence[Pass]]],
    amount: Amount,
    day: Amount,
    late: Amount,
    rows_of: Callable[[Standing], Iterable[int]],
) -> Spent:
    """
    Return the balances after a payment on a day, by the order for that lateness.

    A payment is split among the tiers by days past due; all but one part is zero, and
    zero changes nothing. What nothing needs is left.

    Args:
        x: The carrier.
        balances: What is owed.
        tiers: From how many days past due a table holds, ascending from 0.
        amount: The money.
        day: The day.
        late: The days past due on it.
        rows_of: The rows of a standing that may take part, in order.
    """
    if len(tiers) == 1:
        return spend(x, balances, tiers[0][1], amount, day, rows_of)
    left = 0 * amount
    for number, (least, table) in enumerate(tiers):
        most = tiers[number + 1][0] if number + 1 < len(tiers) else None
        holds = late >= least if most is None else (late >= least) & (late < most)
        part = x.where(holds, amount, 0)
        if not x.some(part):
            continue
        balances, rest = spend(x, balances, table, part, day, rows_of)
        left = left + rest
    return Spent(balances, left)
