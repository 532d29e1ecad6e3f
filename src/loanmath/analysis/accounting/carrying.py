"""The rows of an effective-interest schedule, in integers."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from loanmath.analysis.accounting.terms import AccountingTerms, Leftover, RoundedAt
from loanmath.analysis.measurement import Growth
from loanmath.analysis.stream import Moment, Stream
from loanmath.rounding import RoundingMode, divider

__all__ = ["CarryingRow", "rows_of", "worth"]

# Decimals that carrying amounts keep beside their own where only they are rounded.
_FINER = 20


class CarryingRow(NamedTuple):
    """
    One row of an effective-interest schedule.

    What the holder receives is positive and what is paid out is negative; so the
    carrying amount and the interest of an asset are positive, those of a liability
    negative.

    Attributes:
        at: The date, or the number of the period.
        opening: The carrying amount after the row before.
        interest: Interest at the effective rate, which moves the carrying amount.
        cash_flow: What is received (positive) or paid out.
        closing: `opening + interest - cash_flow`.
        allowance: The loss allowance that interest revenue is net of; zero where it is
            on the gross carrying amount.
        revenue: Interest revenue: `interest`, or that on `opening - allowance`.

    Example:
        >>> amounts = [Decimal(number) for number in (100, 10, 110, 0, 0, 10)]
        >>> CarryingRow(1, *amounts).closing
        Decimal('0')
    """

    at: Moment
    opening: Decimal
    interest: Decimal
    cash_flow: Decimal
    closing: Decimal
    allowance: Decimal
    revenue: Decimal


def worth(stream: Stream, growth: Growth, terms: AccountingTerms) -> int:
    """
    Return the value of cash flows at the start of the stream, in units, rounded.

    Raises:
        LimitError: If it is above 10^13 minor units.

    Example:
        >>> from loanmath.analysis.stream import read_stream
        >>> terms = AccountingTerms("CNY")
        >>> worth(read_stream(["110"], 0), Growth(Fraction(11, 10), 1), terms)
        10000
    """
    scale = Fraction(10) ** (stream.exponent + terms.digits)
    value = growth.value(stream.pairs(), scale, terms.quotient)
    return terms.checked(value, "present value")


def rows_of(
    opening: int, stream: Stream, growth: Growth, terms: AccountingTerms
) -> tuple[tuple[CarryingRow, ...], Decimal]:
    """
    Return the rows from an opening carrying amount on, and what rounding left over.

    Raises:
        CurrencyError: If a cash flow is finer than the unit of rounding.
        LimitError: If an amount is above 10^13 minor units.

    Example:
        >>> from loanmath.analysis.stream import read_stream
        >>> terms = AccountingTerms("CNY")
        >>> growth = Growth(Fraction(11, 10), 1)
        >>> rows, left = rows_of(10000, read_stream(["110"], 0), growth, terms)
        >>> rows[0].interest, left
        (Decimal('10.00'), Decimal('0.00'))
    """
    flows = terms.flows(stream)
    gaps = [after - before for before, after in pairwise((0, *stream.times))]
    if terms.rounded is RoundedAt.INTEREST:
        closings = _accrued(opening, flows, gaps, growth, terms)
    else:
        closings = _discounted(flows, gaps, growth.inverse, terms)
    left = closings[-1]
    if terms.leftover is Leftover.LAST_INTEREST:
        closings[-1] = 0
    rows = []
    for at, flow, closing in zip(stream.moments, flows, closings, strict=True):
        interest = closing - opening + flow
        units = (opening, interest, flow, closing, 0, interest)
        rows.append(CarryingRow(at, *map(terms.amount, units)))
        opening = closing
    return tuple(rows), terms.amount(left)


def _accrued(
    opening: int,
    flows: list[int],
    gaps: list[int],
    growth: Growth,
    terms: AccountingTerms,
) -> list[int]:
    """Return the closings, interest on each rounded opening being rounded."""
    rounded, closings = terms.quotient, []
    for flow, gap in zip(flows, gaps, strict=True):
        opening += growth.interest(opening, gap, rounded) - flow
        closings.append(terms.checked(opening, "carrying amount"))
    return closings


def _discounted(
    flows: list[int],
    gaps: list[int],
    growth: Growth,
    terms: AccountingTerms,
) -> list[int]:
    """Return the closings, each the rounded value of the flows to come."""
    rounded, finer = terms.quotient, divider(RoundingMode.HALF_EVEN)
    scale, value, closings = int(10**_FINER), 0, [0]
    for flow, gap in zip(reversed(flows[1:]), reversed(gaps[1:]), strict=True):
        value += flow * scale
        value += growth.interest(value, gap, finer)
        closings.append(terms.checked(rounded(value, scale), "carrying amount"))
    closings.reverse()
    return closings
