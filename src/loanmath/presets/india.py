"""
India: penal charges, not penal interest; and a credit card, for which that is not so.

Since the circular of 18 August 2023, breach of terms costs a charge and no rate on top:
penal interest, additions to the rate, and interest on penal charges are not allowed.
Interest at the contract rate goes on, and may compound.
"""

from datetime import date
from decimal import Decimal
from typing import TypeAlias

from loanmath.analysis.delinquency import BucketScheme, DayClassRule
from loanmath.presets.facts import Fact
from loanmath.rates import Rate
from loanmath.terms import (
    CreditLine,
    DefaultCharge,
    LineInterest,
    LineSegment,
    MinimumPayment,
    PenaltyInterest,
    TransactionFee,
)

__all__ = [
    "ASSET_CLASSES",
    "CARD_CASH_FEE",
    "CARD_DAYS_LATE",
    "OVERDUE_INTEREST",
    "credit_card",
]

Amount: TypeAlias = str | int | Decimal

OVERDUE_INTEREST: Fact[PenaltyInterest] = Fact(
    PenaltyInterest(rate="0%/day", contract_interest="continues"),
    in_force=date(2024, 4, 1),
    source="Reserve Bank of India, Fair Lending Practice: Penal Charges in Loan "
    "Accounts, 2023-08-18",
    recalled=True,
    note="contract interest on overdue principal and nothing on top of it; a penal "
    "charge is a LateCharge of the contract, fair and the same for all, and bears "
    "no interest; not for credit cards and trade credit; new loans from 2024-04-01, to "
    "which the first day was moved (recalled)",
)
"""What an overdue installment bears by the day: the contract's own interest."""

CARD_DAYS_LATE: Fact[int] = Fact(
    3,
    in_force=date(2022, 7, 1),
    source="Reserve Bank of India, Master Direction on credit and debit cards",
    recalled=True,
    note="an account is past due, and a late charge may be made, only after more than "
    "so many days; the text was not seen",
)
"""How many days after the due date the minimum of a card is in time."""

CARD_CASH_FEE: Fact[TransactionFee] = Fact(
    TransactionFee("2.5%", least="500"),
    in_force=None,
    source="",
    recalled=True,
    note="usual; banks differ",
)
"""What a cash advance usually costs at once."""

ASSET_CLASSES: Fact[DayClassRule] = Fact(
    DayClassRule(
        BucketScheme(
            "asset classes (India)",
            [0, 30, 60, 90],
            edge="above",
            names=["standard", "SMA-0", "SMA-1", "SMA-2", "NPA"],
        ),
        held="NPA",
    ),
    in_force=date(2021, 11, 12),
    source="Reserve Bank of India, Prudential norms on income recognition, asset"
    " classification and provisioning: clarifications, 2021-11-12",
    recalled=True,
    note="counted as the day ends; NPA is left only once all arrears of interest and"
    " principal are paid; not for overdrafts, which are judged by how long they are out"
    " of order; the text was not seen",
)
"""Special mention accounts by days past due, and NPA above 90 days."""


def credit_card(  # noqa: PLR0913 the terms of a contract
    limit: Amount,
    *,
    rate: Rate | str,
    statement_day: int,
    due_after: int = 20,
    share: str = "5%",
    late_charge: DefaultCharge | None = None,
) -> CreditLine:
    """
    Return an Indian credit card: interest from the day of purchase, both ends counted.

    A bill that is not paid in full costs interest from the day of each purchase, and
    takes the free period from later ones. Cash has none. The minimum never leaves
    interest and fees of the cycle unpaid, and principal alone bears.

    Formula: `interest = round(amount * monthly rate * 12 / 365 * days)`.

    Args:
        limit: The limit in rupees.
        rate: The monthly rate, as `"3.35%/month"`.
        statement_day: The statement day, which counts.
        due_after: How many days after the statement a bill is due.
        share: The share of principal in the minimum, as `"5%"`.
        late_charge: What it costs to pay less than the minimum; left out, nothing.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> card = credit_card("50000", rate="3.35%/month", statement_day=22)
        >>> card.interest.daily
        Fraction(201, 182500)

    Source: illustrations in the most important terms of an Indian card: 3.35 % a month
    on 500 for 39 days, 15 December to 22 January, is 21.48; grace that is lost makes
    new purchases bear too, and cash bears from its day. `CARD_DAYS_LATE`, in which a
    minimum is in time: the free period has no such days. Minimum and days to pay are
    recalled.
    """
    return CreditLine(
        currency="INR",
        limit=limit,
        statement_day=statement_day,
        due_after=due_after,
        statement_day_joins="closing",
        interest=_card_interest(rate, "posting", "lost"),
        minimum=MinimumPayment(
            share, covers_interest=True, grace_days=CARD_DAYS_LATE.value
        ),
        default_charge=late_charge,
        segments=[
            LineSegment(
                name="cash",
                interest=_card_interest(rate, "use", "kept"),
                fee=CARD_CASH_FEE.value,
            )
        ],
    )


def _card_interest(rate: Rate | str, bears_from: str, free_period: str) -> LineInterest:
    return LineInterest(
        rate=rate,
        bears_from=bears_from,
        days_in_year=365,
        repayment_day="old",
        last_day="included",
        free_period=free_period,
    )
