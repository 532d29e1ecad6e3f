"""
The bare loops that everything is measured against: no dates, no checks, no types.

The `Decimal` loop is what a careful programmer writes for one loan; ratios are to it.
The integer loop is the physical floor: exact cents in lists, no `Decimal`, no rows.
"""

from decimal import ROUND_HALF_UP, Decimal

__all__ = [
    "CENT",
    "decimal_equal_principal",
    "decimal_level",
    "integer_equal_principal",
    "integer_level",
]

CENT = Decimal("0.01")
Row = tuple[int, Decimal, Decimal, Decimal, Decimal]
Columns = tuple[list[int], list[int], list[int]]


def decimal_level(principal: Decimal, rate: Decimal, count: int) -> list[Row]:
    """Return (number, payment, principal, interest, balance) of level payments."""
    payment = (principal * rate / (1 - (1 + rate) ** -count)).quantize(
        CENT, ROUND_HALF_UP
    )
    rows = []
    balance = principal
    for number in range(1, count):
        interest = (balance * rate).quantize(CENT, ROUND_HALF_UP)
        part = payment - interest
        balance -= part
        rows.append((number, payment, part, interest, balance))
    interest = (balance * rate).quantize(CENT, ROUND_HALF_UP)
    rows.append((count, balance + interest, balance, interest, balance - balance))
    return rows


def decimal_equal_principal(principal: Decimal, rate: Decimal, count: int) -> list[Row]:
    """Return (number, payment, principal, interest, balance) of equal principals."""
    part = (principal / count).quantize(CENT, ROUND_HALF_UP)
    rows = []
    balance = principal
    for number in range(1, count):
        interest = (balance * rate).quantize(CENT, ROUND_HALF_UP)
        balance -= part
        rows.append((number, part + interest, part, interest, balance))
    interest = (balance * rate).quantize(CENT, ROUND_HALF_UP)
    rows.append((count, balance + interest, balance, interest, balance - balance))
    return rows


def integer_level(principal: int, numerator: int, below: int, count: int) -> Columns:
    """Return (principals, interests, balances) of level payments, in cents."""
    grown, base = (below + numerator) ** count, below**count
    above, under = principal * numerator * grown, below * (grown - base)
    payment = (2 * above + under) // (2 * under)
    twice = 2 * below
    parts, interests, balances = [], [], []
    balance = principal
    for _ in range(count - 1):
        interest = (2 * balance * numerator + below) // twice
        part = payment - interest
        balance -= part
        parts.append(part)
        interests.append(interest)
        balances.append(balance)
    interests.append((2 * balance * numerator + below) // twice)
    parts.append(balance)
    balances.append(0)
    return parts, interests, balances


def integer_equal_principal(
    principal: int, numerator: int, below: int, count: int
) -> Columns:
    """Return (principals, interests, balances) of equal principals, in cents."""
    part = (2 * principal + count) // (2 * count)
    twice = 2 * below
    parts, interests, balances = [], [], []
    balance = principal
    for _ in range(count - 1):
        interests.append((2 * balance * numerator + below) // twice)
        balance -= part
        parts.append(part)
        balances.append(balance)
    interests.append((2 * balance * numerator + below) // twice)
    parts.append(balance)
    balances.append(0)
    return parts, interests, balances
