"""
The United Kingdom: a credit card, early settlement, and the cap on high-cost credit.

Amounts are in pounds. The cap holds for unsecured credit of at most twelve months at an
annual rate of 100 % or more (CONC 5A).
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from loanmath.analysis.accounting import EarlySettlementRule
from loanmath.errors import InputTypeError, LimitError
from loanmath.presets.facts import Fact
from loanmath.rates import Rate
from loanmath.terms import (
    AmountCap,
    CreditLine,
    DefaultCharge,
    LineAllocation,
    LineInterest,
    LineSegment,
    MinimumPayment,
    PenaltyInterest,
    Promotion,
    TransactionFee,
)

__all__ = [
    "CARD_ALLOCATION",
    "CARD_CASH_FEE",
    "CARD_DEFAULT_CHARGE",
    "CARD_FREE_DAYS",
    "CARD_MINIMUM_SHARE",
    "DEFAULT_FEES",
    "DEFAULT_INTEREST",
    "EARLY_SETTLEMENT",
    "INITIAL_COST",
    "PERSISTENT_DEBT_MONTHS",
    "RUNNING_ACCOUNT_INSTALLMENTS",
    "RUNNING_ACCOUNT_LIMIT",
    "RUNNING_ACCOUNT_SECURED_LIMIT",
    "TOTAL_COST",
    "credit_card",
]

Amount: TypeAlias = str | int | Decimal

_SOURCE = "FCA Handbook, CONC 5A; press coverage of FCA CP14/10"
_IN_FORCE = date(2015, 1, 2)
_NOT_SEEN = "the handbook's text was not seen, and the day is recalled"

INITIAL_COST: Fact[Rate] = Fact(
    Rate("0.8%/day"),
    in_force=_IN_FORCE,
    source=_SOURCE,
    recalled=True,
    note=f"simple, on what is outstanding: 24 pounds on 100 for 30 days; {_NOT_SEEN}",
)
"""The highest rate of interest and charges before default."""

DEFAULT_INTEREST: Fact[PenaltyInterest] = Fact(
    PenaltyInterest(multiple="1"),
    in_force=_IN_FORCE,
    source=_SOURCE,
    recalled=True,
    note=f"interest after default at no more than the initial rate; {_NOT_SEEN}",
)
"""The most that a late borrower bears by the day: the contract's own rate."""

EARLY_SETTLEMENT: Fact[EarlySettlementRule] = Fact(
    EarlySettlementRule(
        "early settlement, United Kingdom",
        notice_days=28,
        deferred_months=1,
        above_months=12,
    ),
    in_force=date(2005, 5, 31),
    source="Consumer Credit (Early Settlement) Regulations 2004 (SI 2004/1483)",
    recalled=True,
    note="by a secondary account; it may be 30 days instead of the month; the text was"
    " not seen, and number and day are recalled",
)
"""To which day charges are counted when a borrower settles a loan early on notice."""

DEFAULT_FEES: Fact[AmountCap] = Fact(
    AmountCap("default fees", "15", since=_IN_FORCE),
    in_force=_IN_FORCE,
    source=_SOURCE,
    recalled=True,
    note="15 pounds in all; an AmountCap counts penalty interest too, so where any is "
    f"charged, limit each late charge by its `most` instead; {_NOT_SEEN}",
)
"""The ceiling on all default fees of a loan together."""

TOTAL_COST: Fact[AmountCap] = Fact(
    AmountCap(
        "total cost",
        "100%",
        of=["penalty", "compound", "fee", "interest"],
        since=_IN_FORCE,
    ),
    in_force=_IN_FORCE,
    source=_SOURCE,
    recalled=True,
    note=f"interest, fees and charges in all, of the amount borrowed; {_NOT_SEEN}",
)
"""The ceiling on all that a loan may cost: as much again as was lent."""

_CARD_RULES = "FCA Handbook, CONC 6.7"
_CARDS_SINCE = date(2014, 4, 1)
_DAY_RECALLED = "the text was seen, as of 2024; the day it took effect is recalled"

CARD_ALLOCATION: Fact[LineAllocation] = Fact(
    LineAllocation(first="highest_rate"),
    in_force=_CARDS_SINCE,
    source=_CARD_RULES,
    recalled=True,
    note=f"repayments go to the highest rate first; {_DAY_RECALLED}",
)
"""What a payment on a card pays: the highest rate first."""

CARD_MINIMUM_SHARE: Fact[Fraction] = Fact(
    Fraction(1, 100),
    in_force=_CARDS_SINCE,
    source=_CARD_RULES,
    recalled=True,
    note=f"of what is outstanding, on top of interest and fees; {_DAY_RECALLED}",
)
"""The share of the balance in a card's minimum, on top of interest and fees."""

CARD_FREE_DAYS: Fact[int] = Fact(
    56,
    in_force=None,
    source="",
    recalled=True,
    note="up to so many days: a month of 31, and 25 from the statement to the due date",
)
"""For how long at most a purchase is usually free of interest."""

CARD_DEFAULT_CHARGE: Fact[DefaultCharge] = Fact(
    DefaultCharge("0%", least="12"),
    in_force=date(2006, 4, 5),
    source="Office of Fair Trading, statement on credit card default charges",
    recalled=True,
    note="12 pounds, above which a charge was presumed unfair; the text was not seen",
)
"""The usual charge where less than the minimum is paid."""

CARD_CASH_FEE: Fact[TransactionFee] = Fact(
    TransactionFee("3%", least="3"),
    in_force=None,
    source="",
    recalled=True,
    note="usual; lenders differ",
)
"""What a cash advance usually costs at once."""

_ADVERTISING = "FCA Handbook, CONC 3.5 and App 1"
_AS_REPORTED = "the figure was seen, the text was not; the day is recalled"

RUNNING_ACCOUNT_LIMIT: Fact[Decimal] = Fact(
    Decimal(1200),
    in_force=_CARDS_SINCE,
    source=_ADVERTISING,
    recalled=True,
    note=f"drawn in full at once; {_AS_REPORTED}",
)
"""The limit that an advertisement for a card takes where none is known."""

RUNNING_ACCOUNT_SECURED_LIMIT: Fact[Decimal] = Fact(
    Decimal(1500),
    in_force=_CARDS_SINCE,
    source=_ADVERTISING,
    recalled=True,
    note=f"drawn in full at once; {_AS_REPORTED}",
)
"""The same for running-account credit that is secured."""

RUNNING_ACCOUNT_INSTALLMENTS: Fact[int] = Fact(
    12,
    in_force=_CARDS_SINCE,
    source=_ADVERTISING,
    recalled=True,
    note=f"monthly, from one month on; {_AS_REPORTED}",
)
"""The equal installments that it is repaid in."""

_LONGEST_MONTH, _MOST_DAYS_TO_PAY = 31, 100
_BEARING = ("principal", "interest", "fee")

PERSISTENT_DEBT_MONTHS: Fact[tuple[int, int, int]] = Fact(
    (18, 27, 36),
    in_force=date(2018, 3, 1),
    source="FCA Handbook, CONC 6.7",
    recalled=True,
    note="a credit card debt persists where over 18 months more was paid in interest,"
    " fees and charges than of principal; the lender writes again after 27 and acts"
    " after 36; the text was not seen",
)
"""After how many months of persistent debt the lender of a card must act."""


def credit_card(  # noqa: PLR0913 the terms of a contract
    limit: Amount,
    *,
    rate: Rate | str,
    statement_day: int,
    free_days: int = CARD_FREE_DAYS.value,
    cash_rate: Rate | str | None = None,
    transfers: Promotion | None = None,
    least: Amount = "5",
) -> CreditLine:
    """
    Return a British credit card: up to 56 days free, the highest rate paid first.

    A bill that is not paid in full costs interest from the day of each purchase, and
    takes the free period from later ones. Cash has none.

    Formula: `minimum = interest + fees + 1% of the balance`, at least `least`.

    Args:
        limit: The limit in pounds.
        rate: The yearly rate of purchases.
        statement_day: The statement day.
        free_days: The longest free period, counted as it is advertised: 31 days and
            those from the statement to the due date, 32 to 131.
        cash_rate: The yearly rate of cash; left out, that of purchases.
        transfers: A promotion for balances taken over; left out, there is no such
            segment.
        least: The smallest minimum in pounds.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> card = credit_card("3000", rate="24.9%/year", statement_day=12)
        >>> card.due_after, card.free_days(date(2026, 1, 12))
        (25, 56)

    Source: `CARD_MINIMUM_SHARE`, `CARD_ALLOCATION`, `CARD_FREE_DAYS`,
    `CARD_DEFAULT_CHARGE`, `CARD_CASH_FEE`. From when interest counts, that it bears
    interest, 365 days in every year and the smallest minimum are recalled.
    """
    segments = [
        LineSegment(
            name="cash",
            interest=_card_interest(
                rate if cash_rate is None else cash_rate, "use", "kept"
            ),
            fee=CARD_CASH_FEE.value,
        )
    ]
    if transfers is not None:
        segments.append(
            LineSegment(
                name="transfers",
                interest=_card_interest(rate, "use", "kept"),
                promotion=transfers,
            )
        )
    return CreditLine(
        currency="GBP",
        limit=limit,
        statement_day=statement_day,
        due_after=_days_to_pay(free_days),
        interest=_card_interest(rate, "posting", "lost"),
        minimum=MinimumPayment(
            CARD_MINIMUM_SHARE.value, least=least, share_of="balance"
        ),
        default_charge=CARD_DEFAULT_CHARGE.value,
        segments=segments,
        allocation=CARD_ALLOCATION.value,
    )


def _days_to_pay(free_days: int) -> int:
    if type(free_days) is not int:
        raise InputTypeError("free_days", got=free_days, allowed="int")
    least, most = _LONGEST_MONTH + 1, _LONGEST_MONTH + _MOST_DAYS_TO_PAY
    if not least <= free_days <= most:
        raise LimitError("free_days", got=free_days, allowed=f"{least} to {most}")
    return free_days - _LONGEST_MONTH


def _card_interest(rate: Rate | str, bears_from: str, free_period: str) -> LineInterest:
    return LineInterest(
        rate=rate,
        bears_from=bears_from,
        days_in_year=365,
        rounded="statement",
        free_period=free_period,
        bearing=_BEARING,
    )
