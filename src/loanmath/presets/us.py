"""
The United States: a credit card by Regulation Z and the CARD Act.

Amounts are in dollars. Interest is charged on the average daily balance with new
purchases, for the days of the latest cycle alone, and on no part that was repaid within
the grace period; what is paid beyond the minimum goes to the highest rate first.
"""

from datetime import date
from decimal import Decimal
from typing import TypeAlias

from loanmath.errors import TermsError
from loanmath.presets.facts import Fact
from loanmath.rates import Rate
from loanmath.terms import (
    CreditLine,
    DefaultCharge,
    LineAllocation,
    LineInterest,
    LineSegment,
    MinimumPayment,
    Promotion,
    TransactionFee,
)

__all__ = [
    "ALLOCATION",
    "CASH_FEE",
    "DAYS_TO_PAY",
    "LATE_FEES_2024",
    "LATE_FEES_2025",
    "MINIMUM_FLOOR",
    "PROMOTION_MONTHS",
    "credit_card",
]

Amount: TypeAlias = str | int | Decimal

_NOT_SEEN = "the text was not seen"

ALLOCATION: Fact[LineAllocation] = Fact(
    LineAllocation(first="highest_rate", minimum_first="lowest_rate"),
    in_force=date(2010, 2, 22),
    source="12 CFR 1026.53",
    recalled=True,
    note="beyond the minimum the highest rate first; where the minimum goes is the "
    "issuer's choice, and the lowest rate first as in Appendix M1; the day it took "
    "effect is recalled",
)
"""What a payment pays: the highest rate first, beyond the minimum."""

DAYS_TO_PAY: Fact[int] = Fact(
    21,
    in_force=date(2010, 2, 22),
    source="12 CFR 1026.5(b)(2) and 1026.7(b)(11)",
    recalled=True,
    note="from the statement to the due date, which is the same day of every month; "
    f"{_NOT_SEEN}",
)
"""The least number of days from a statement to its due date."""

LATE_FEES_2024: Fact[tuple[str, str]] = Fact(
    ("30", "41"),
    in_force=date(2024, 1, 1),
    source="12 CFR 1026.52(b)(1)(ii), safe harbor of 2024",
    recalled=True,
    note="of a first time, and of another within the next six cycles, never above the "
    "minimum; a rule of 8 dollars for large issuers of 2024 was vacated in 2025; "
    f"{_NOT_SEEN}",
)
"""Safe harbor for the late fee in 2024."""

LATE_FEES_2025: Fact[tuple[str, str]] = Fact(
    ("32", "43"),
    in_force=date(2025, 1, 1),
    source="12 CFR 1026.52(b)(1)(ii), safe harbor of 2025",
    recalled=True,
    note="of a first time, and of another within the next six cycles, never above the "
    f"minimum; {_NOT_SEEN}",
)
"""Safe harbor for the late fee in 2025."""

MINIMUM_FLOOR: Fact[str] = Fact(
    "20",
    in_force=None,
    source="12 CFR 1026, Appendix M2 (a sample minimum of 2 % or 20 dollars)",
    recalled=True,
    note="the issuer's choice",
)
"""The smallest minimum of a sample card."""

PROMOTION_MONTHS: Fact[int] = Fact(
    6,
    in_force=date(2010, 2, 22),
    source="12 CFR 1026.55(b)(1)",
    recalled=True,
    note=f"a promotional rate may end no sooner; {_NOT_SEEN}",
)
"""How many months a promotional rate holds at least."""

CASH_FEE: Fact[TransactionFee] = Fact(
    TransactionFee("5%", least="10"),
    in_force=None,
    source="",
    recalled=True,
    note="usual; issuers differ",
)
"""What a cash advance usually costs at once."""

# Every date that a due day can make of a statement day, a leap year with them.
_FROM, _CYCLES = date(2023, 1, 1), 48
_BEARING = ("principal", "interest", "fee")


def credit_card(  # noqa: PLR0913 the terms of a contract
    limit: Amount,
    *,
    rate: Rate | str,
    statement_day: int,
    due_day: int,
    cash_rate: Rate | str | None = None,
    transfers: Promotion | None = None,
    regained_after: int = 1,
    least: Amount = MINIMUM_FLOOR.value,
    late_fees: tuple[str, str] = LATE_FEES_2025.value,
) -> CreditLine:
    """
    Return a credit card as the CARD Act allows it: no interest on two cycles.

    A bill that is not paid in full costs interest from its statement on, on what was
    not paid of it, and takes the grace period from later purchases. A cash advance has
    no grace period.

    Formula: `interest = round(average daily balance * rate / 365 * days)`,
    `minimum = interest + fees + 1% of the balance`, at least `least`.

    Args:
        limit: The limit in dollars.
        rate: The yearly rate of purchases.
        statement_day: The closing date of the cycle, which belongs to it.
        due_day: The due day, at least 21 days after each statement.
        cash_rate: The yearly rate of cash; left out, that of purchases.
        transfers: A promotion of at least six months for balances taken over, deferred
            or not; left out, there is no such segment.
        regained_after: After how many bills in a row that were paid in full the grace
            period comes back.
        least: The smallest minimum in dollars.
        late_fees: The late fee of a first time, and of another within six cycles.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If a bill is due too soon, or a promotion is too short.

    Example:
        >>> card = credit_card("5000", rate="24.99%/year", statement_day=5, due_day=2,
        ...     transfers=Promotion(months=12, deferred=True))
        >>> card.allocation.first.value, card.interest.balance.value
        ('highest_rate', 'average')

    Source: `ALLOCATION`, `DAYS_TO_PAY`, `PROMOTION_MONTHS`, `CASH_FEE`; no interest for
    days before the latest cycle and none on what was repaid in the grace period: 12 CFR
    1026.54. Rules leave to the issuer what a card here does as is usual (recalled):
    interest and fees bear once they are charged, 1% of the balance in the minimum, 365
    days in every year, and when the grace period comes back.
    """
    return _checked(
        CreditLine(
            currency="USD",
            limit=limit,
            statement_day=statement_day,
            due_day=due_day,
            statement_day_joins="closing",
            interest=_purchases(rate, regained_after),
            minimum=MinimumPayment("1%", least=least, share_of="balance"),
            default_charge=DefaultCharge("0%", amounts=late_fees, repeat_within=6),
            segments=[
                _cash(rate if cash_rate is None else cash_rate),
                *([] if transfers is None else [_transfers(rate, transfers)]),
            ],
            allocation=ALLOCATION.value,
        )
    )


def _purchases(rate: Rate | str, regained_after: int) -> LineInterest:
    return LineInterest(
        rate=rate,
        bears_from="statement",
        bears_on="unpaid",
        last_day="included",
        days_in_year=365,
        rounded="statement",
        free_period="lost",
        regained_after=regained_after,
        bearing=_BEARING,
        balance="average",
    )


def _cash(rate: Rate | str) -> LineSegment:
    return LineSegment(
        name="cash", interest=_from_use(rate, "average"), fee=CASH_FEE.value
    )


def _from_use(rate: Rate | str, balance: str) -> LineInterest:
    return LineInterest(
        rate=rate,
        bears_from="use",
        last_day="included",
        days_in_year=365,
        rounded="statement",
        bearing=_BEARING,
        balance=balance,
    )


def _transfers(rate: Rate | str, promotion: Promotion) -> LineSegment:
    # A promotion ends within a cycle, so that the balance of each day bears.
    segment = LineSegment(
        name="transfers", interest=_from_use(rate, "daily"), promotion=promotion
    )
    least = PROMOTION_MONTHS.value
    if promotion.months < least:
        raise TermsError(
            "transfers", got=f"{promotion.months} months", allowed=f"at least {least}"
        )
    return segment


def _checked(line: CreditLine) -> CreditLine:
    least = DAYS_TO_PAY.value
    shortest = min(line.cycles(_FROM, _CYCLES), key=lambda cycle: cycle.grace_days)
    if shortest.grace_days < least:
        raise TermsError(
            "due_day",
            got=f"{shortest.grace_days} days after the statement of"
            f" {shortest.statement}",
            allowed=f"at least {least} days after every statement",
        )
    return line
