"""What the parts of a line say together: amounts of its currency, and its days."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from loanmath.currency import check_limit, to_units
from loanmath.errors import TermsError
from loanmath.terms.lines.bearing import BalanceMethod, LastDay
from loanmath.terms.lines.cycles import JoinsCycle
from loanmath.terms.lines.interest import LineInterest

if TYPE_CHECKING:
    from loanmath.terms.lines.credit_line import CreditLine

__all__ = ["check_line"]

_OF_LAST_BILL = (BalanceMethod.PREVIOUS, BalanceMethod.ADJUSTED)


def check_line(line: "CreditLine", digits: int) -> None:
    """
    Refuse parts of a line that have no meaning together.

    Args:
        line: The line.
        digits: Decimals of its currency.

    Raises:
        LimitError: If an amount is finer than the currency, or too large.
        TermsError: If the balance of the last bill bears, and that bill is not cut on
            the day on which its interest begins; or if a minimum is late before its
            bill is.
    """
    _check_grace(line)
    for what, amount in _amounts(line):
        if amount is not None:
            check_limit(to_units(amount, digits, what), digits, digits, what)
    for interest in (line.interest, *(one.interest for one in line.segments)):
        if interest is not None:
            _check_days(line, interest)


def _check_grace(line: "CreditLine") -> None:
    own = None if line.minimum is None else line.minimum.grace_days
    least = 0 if line.interest is None else line.interest.grace_days
    if own is not None and own < least:
        raise TermsError(
            "minimum.grace_days",
            got=own,
            allowed=f"at least {least}, in which the whole bill is in time",
        )


def _amounts(line: "CreditLine") -> Iterator[tuple[str, Decimal | None]]:
    if line.interest is not None:
        yield "tolerance", line.interest.tolerance
    if line.minimum is not None:
        yield "least", line.minimum.least
        yield "whole_below", line.minimum.whole_below
    if line.default_charge is not None:
        yield "least", line.default_charge.least
        yield "most", line.default_charge.most
        yield from (("amounts", amount) for amount in line.default_charge.amounts)
    for segment in line.segments:
        yield "limit", segment.limit
        yield "tolerance", segment.interest.tolerance
        if segment.fee is not None:
            yield "least", segment.fee.least
            yield "most", segment.fee.most


def _check_days(line: "CreditLine", interest: LineInterest) -> None:
    """Refuse a balance of the last bill where its statement day is in both cycles."""
    closing = line.statement_day_joins is JoinsCycle.CLOSING
    included = interest.last_day is LastDay.INCLUDED
    if interest.balance in _OF_LAST_BILL and closing is not included:
        raise TermsError(
            "last_day",
            got=interest.last_day.value,
            allowed=f"{'included' if closing else 'excluded'!r}, with the balance"
            f" {interest.balance.value!r} and this statement_day_joins",
        )
