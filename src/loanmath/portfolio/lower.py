"""The balances of many accounts as columns, and each account's balances again."""

from collections.abc import Sequence
from typing import Any

from loanmath.errors import InputValueError, LimitError
from loanmath.ledger.balances import Balances, Segment
from loanmath.ledger.rules import LatenessRule
from loanmath.portfolio.columns import MOST, Columns
from loanmath.portfolio.policy import Policy

__all__ = ["check_bounds", "lower", "raised"]


def lower(x: Columns, accounts: Sequence[Balances]) -> Balances:
    """
    Return the balances of many accounts as one, each amount a column.

    Contract interest that accrued inside a period is not carried: no payoff can be
    quoted from columns.

    Raises:
        InputValueError: If accounts differ in their number of rows, or one owes less
            than nothing.
        LimitError: If an amount does not fit.
    """
    counts = sorted({len(balances.due) for balances in accounts})
    if len(counts) != 1:
        raise InputValueError(
            "rows of accounts",
            got=counts,
            allowed="the same number for all",
            do="group the accounts by their number of rows",
        )
    for number, balances in enumerate(accounts):
        _check(number, balances)

    def columns(rows: Sequence[Sequence[int]]) -> tuple[Any, ...]:
        return tuple(map(x.column, zip(*rows, strict=True)))

    first = accounts[0]
    segments = (
        columns([account.segment[place] for account in accounts])
        for place in range(len(first.segment))
    )
    return first._replace(
        segments=(Segment._make(segments),),
        credit=x.column([account.credit for account in accounts]),
        due=columns([account.due for account in accounts]),
        since=x.column([account.since for account in accounts]),
        ahead=x.column([account.ahead for account in accounts]),
        sums=tuple(
            columns([account.sums[rule] for account in accounts])
            for rule in range(len(first.sums))
        ),
        capital=tuple(
            columns([account.capital[part] for account in accounts])
            for part in range(len(first.capital))
        ),
        planned=((), (), ()),
        early=(),
        accrued=0,
        prepaid=0,
        accrued_to=0,
    )


def _check(number: int, balances: Balances) -> None:
    got = ""
    if min(map(min, balances.segment)) < 0:
        got = "a row that owes less than nothing"
    elif balances.rests:
        got = "accrual that rests"
    if got:
        raise InputValueError(
            f"account {number}",
            got=got,
            allowed="rows that owe zero or more, and accrue",
            do="keep this account by itself, by Account",
        )


def raised(balances: Balances) -> tuple[Balances, ...]:
    """
    Return the balances of each account by itself, in order.

    They lack what columns do not carry: `planned`, `early` and `accrued`.
    """

    def account(number: int) -> Balances:
        def entries(columns: Sequence[Any]) -> tuple[int, ...]:
            return tuple(int(column[number]) for column in columns)

        credit, since, ahead = entries(
            (balances.credit, balances.since, balances.ahead)
        )
        return balances._replace(
            segments=(Segment._make(map(entries, balances.segment)),),
            credit=credit,
            due=entries(balances.due),
            since=since,
            ahead=ahead,
            sums=tuple(map(entries, balances.sums)),
            capital=tuple(map(entries, balances.capital)),
        )

    return tuple(map(account, range(len(balances.since))))


def check_bounds(
    policy: Policy, balances: Balances, charges: Sequence[int], until: int
) -> None:
    """
    Refuse what may not fit 64 bits: no product may exceed 2^62, were nothing paid.

    Formula: the most that a row owes of each component, with all charges, grows every
    day by every rule, rounded up; what it comes to, times the denominator of the rates
    or the number of rows, is at most 2^62, with the sums that came about so far.

    Args:
        policy: The policy.
        balances: What is owed, in columns.
        charges: The most that is charged to an account, by component.
        until: The last day.

    Raises:
        LimitError: If it may not fit.
    """
    most = [
        more + max(_largest(column) for column in rows)
        for more, rows in zip(charges, balances.segment, strict=True)
    ]
    so_far = max(
        (_largest(column) for sums in balances.sums for column in sums), default=0
    )
    scale = max(len(balances.due), *(rule.unit for rule in policy.rules), 1)
    for _ in range(int(balances.since.min()), until + 1):
        if so_far + sum(most) * scale > MOST:
            break
        # Capital is a part of the penalty or the compound interest that is owed.
        daily = [_daily(rule, most) for rule in policy.rules]
        for rule, more in zip(policy.rules, daily, strict=True):
            most[rule.target] += more
    if so_far + sum(most) * scale > MOST:
        raise LimitError(
            "amounts of accounts in columns",
            got=f"{sum(most)} units or more owed by a row, in parts of 1/{scale}",
            allowed="at most 2^62 such parts, with all lateness until the last event",
            do="keep these accounts one by one, by Account",
        )


def _largest(column: Any) -> int:
    return int(abs(column).max())


def _daily(rule: LatenessRule, most: Sequence[int]) -> int:
    """Return at least what a rule adds in a day: rounded up, and once more."""
    rate = max(abs(piece.rate) for piece in rule.pieces)
    base = rule.base if rule.capital is None else (rule.capital,)
    return sum(most[component] for component in base) * rate // rule.unit + 2
