"""
The common transitions, written once for one account and for many.

Each is a pure function of balances: the nights that pass, a compounding day, a payment
running down the table of slots. No `if` here looks at an amount or a day, except to
skip what would change nothing; what the terms say is looked at freely.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import add
from typing import NamedTuple

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
    return balances._replace(segments=(segment,), sums=sums, since=until, ahead=ahead)


def count_day(
    x: Carrier, balances: Balances, rules: Sequence[LatenessRule]
) -> Balances:
    """Return the balances once the day itself is counted for what is overdue on it."""
    since = balances.since
    # What falls due on the day is not overdue before the next.
    segment, sums = _accrued(x, balances, rules, since + 1, 1)
    return balances._replace(segments=(segment,), sums=sums, ahead=0 * since + 1)


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
    due, since, ahead = balances.due, balances.since, balances.ahead
    owed, sums = list(balances.segment), list(balances.sums)
    overdue = x.until(due, until)
    for number, rule in enumerate(rules):
        bases = _bases(x, rule, balances, overdue)
        before, after = sums[number], list(sums[number])
        delay = max(rule.first, least)
        for row, base in enumerate(bases):
            if not x.some(base):
                continue
            # A day that was counted ahead, for what was overdue on it, is not again.
            first = x.max(due[row] + delay, since + (due[row] < since) * ahead)
            if rule.after_maturity:
                first = x.max(first, due[-1])
            after[row] = after[row] + _growth(x, rule, base, first, until)
        sums[number] = tuple(after)
        owed[rule.target] = _with_posted(
            x, rule, owed[rule.target], before, after, due, until, bases
        )
    return Segment._make(owed), tuple(sums)


def _bases(
    x: Carrier, rule: LatenessRule, balances: Balances, count: int
) -> Sequence[Amount]:
    """Return what a rule charges on the first rows; zero within the tolerance."""
    if rule.capital is not None:
        return balances.capital[rule.capital][:count]
    segment, tolerance = balances.segment, rule.tolerance
    bases: Iterable[Amount] = segment[rule.base[0]][:count]
    for component in rule.base[1:]:
        bases = map(add, bases, segment[component])
    return [x.where(base > tolerance, base, 0) for base in bases]


def rule_base(x: Carrier, rule: LatenessRule, balances: Balances, row: int) -> Amount:
    """Return what a rule charges on a row; zero where that is within the tolerance."""
    return _bases(x, rule, balances, row + 1)[row]


def _growth(
    x: Carrier, rule: LatenessRule, base: Amount, first: Amount, until: Amount
) -> Amount:
    if rule.pieces[0].is_ever:
        return _grown(x, rule, base, rule.pieces[0].rate, x.max(until - first, 0))
    total = 0 * base
    for piece in rule.pieces:
        days = x.max(x.min(until, piece.until) - x.max(first, piece.since), 0)
        total = total + _grown(x, rule, base, piece.rate, days)
    return total


def _grown(
    x: Carrier, rule: LatenessRule, base: Amount, rate: int, days: Amount
) -> Amount:
    if rule.per is PenaltyRounded.DAY:
        # Every day is rounded by itself; the sum is of whole units.
        return x.rounded(rule.rounded, base * rate, rule.unit) * days * rule.unit
    return base * days * rate


def _with_posted(  # noqa: PLR0913, PLR0917 two sums, and when they are posted
    x: Carrier,
    rule: LatenessRule,
    owed: Sequence[Amount],
    before: Sequence[Amount],
    after: Sequence[Amount],
    due: Sequence[Amount],
    until: Amount,
    bases: Sequence[Amount],
) -> tuple[Amount, ...]:
    """Return a column of what is owed, with what rows that bear penalty come to."""
    column = list(owed)
    if rule.per is PenaltyRounded.TOTAL:
        old, new = (held_back(x, rule, sums, due, until) for sums in (before, after))
        return tuple(map(add, column, posted_growth(x, rule, old, new, bases)))
    rounded, unit = rule.rounded, rule.unit
    for row, base in enumerate(bases):
        if not x.some(base):
            continue
        old, new = before[row], after[row]
        more = x.rounded(rounded, new, unit) - x.rounded(rounded, old, unit)
        if rule.held:
            more = x.where(until > due[row] + rule.held + 1, more, 0)
        column[row] = column[row] + more
    return tuple(column)


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
    bases: Sequence[Amount],
) -> list[Amount]:
    """
    Return by how much what is posted grows as exact sums grow, row by row.

    Each sum is rounded; or, where the total is, its growth goes to the oldest row that
    bears penalty: no share of it to each row keeps them all above zero.
    """
    rounded, unit = rule.rounded, rule.unit
    if rule.per is not PenaltyRounded.TOTAL:
        return [
            x.rounded(rounded, new, unit) - x.rounded(rounded, old, unit)
            for old, new in zip(before, after, strict=True)
        ]
    left = x.rounded(rounded, sum(after), unit) - x.rounded(rounded, sum(before), unit)
    growth = [0 * total for total in after]
    for row, base in enumerate(bases):
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
    segment, due = balances.segment, balances.due
    oldest = day
    for row in range(x.until(due, day)):
        owed = segment.fee[row] + segment.interest[row] + segment.principal[row]
        oldest = x.min(oldest, x.where(owed > tolerance, due[row], day))
        if x.every(day - oldest):
            break  # Rows ascend: no later one is older.
    return day - oldest


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
    owed = [list(column) for column in balances.segment]
    due, left = balances.due, amount
    for standing, components in table:
        if not x.some(left):
            break
        columns = [owed[component] for component in components]
        for row in rows_of(standing):
            if not x.some(left):
                break
            here = x.where(x.stands(standing, due[row], day), left, 0)
            if not x.some(here):
                continue
            left = left - here
            for column in columns:
                part = column[row]
                if not x.some(part):
                    continue
                taken = x.min(here, part)
                column[row] = part - taken
                here = here - taken
            left = left + here
    segment = Segment._make(map(tuple, owed))
    return Spent(settled_capital(x, balances, segment), left)


def settled_capital(x: Carrier, balances: Balances, segment: Segment) -> Balances:
    """Return the balances with less owed; what is cleared bore interest first."""
    capital = list(balances.capital)
    for component, column in enumerate(capital):
        old, new = balances.segment[component], segment[component]
        if any(map(x.some, column)):
            capital[component] = tuple(
                x.max(part - x.max(before - after, 0), 0)
                for part, before, after in zip(column, old, new, strict=True)
            )
    return balances._replace(segments=(segment,), capital=(capital[0], capital[1]))


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
