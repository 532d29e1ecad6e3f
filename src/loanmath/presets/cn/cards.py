"""Bank cards of mainland China, by the conventions of published examples."""

from datetime import date
from enum import Enum

from loanmath.doors import to_enum, to_flag
from loanmath.presets.cn.methods import Amount
from loanmath.presets.facts import Fact
from loanmath.terms import (
    CreditLine,
    DefaultCharge,
    FreePeriod,
    InstallmentTerms,
    LineAllocation,
    LineInterest,
    LineSegment,
    MinimumPayment,
    TransactionFee,
)

__all__ = [
    "CARD_CASH_FEE",
    "CARD_LINE_ALLOCATION",
    "CARD_RATE",
    "CardConvention",
    "bank_card",
]

CARD_RATE: Fact[str] = Fact(
    "0.05%/day",
    in_force=date(2017, 1, 1),
    source="PBOC, Yinfa [2016] 111: 0.035% to 0.05% a day, until the band was removed "
    "on 2021-01-01; bank examples go on to use 0.05%",
    recalled=True,
    note="the day it came into force is recalled; the band is from its text",
)
"""What Chinese bank cards usually bear."""

CARD_CASH_FEE: Fact[TransactionFee] = Fact(
    TransactionFee("1%", least="10"),
    in_force=None,
    source="",
    recalled=True,
    note="usual; banks differ in the share, the floor and a cap",
)
"""What drawing cash on a Chinese bank card usually costs at once."""

CARD_LINE_ALLOCATION: Fact[LineAllocation] = Fact(
    LineAllocation(
        late_from=91, late_order=["principal", "interest", "penalty", "fee"]
    ),
    in_force=date(2011, 1, 13),
    source="Measures for the Supervision of Credit Card Business (CBRC Order 2011 No. "
    "2), art. 57, as told by wodefinance.com/Creditcardoverdue/hbdvxojbun",
    recalled=True,
    note="the switch between day 90 and day 91 is the source's; the day it took "
    "effect, the order among fees and interest, and the oldest bill first are recalled",
)
"""What a payment on a card pays: interest and fees first, from day 91 principal."""


class CardConvention(Enum):
    """
    How published bank examples treat the days at both ends.

    `A`: the day of repayment bears on the old balance, the statement day is left out.
    `B`: on the reduced balance, the statement day counts. `C`: on the reduced balance,
    the statement day is left out.
    """

    A = "a"
    B = "b"
    C = "c"


_DAYS = {
    CardConvention.A: ("old", "excluded"),
    CardConvention.B: ("reduced", "included"),
    CardConvention.C: ("reduced", "excluded"),
}
# What was charged bears from the next statement on; default charge and fees never do.
_BEARING = ("principal", "interest")


def bank_card(  # noqa: PLR0913 the terms of a contract
    limit: Amount,
    *,
    statement_day: int,
    due_day: int | None = None,
    due_after: int | None = None,
    convention: str | CardConvention = CardConvention.A,
    residual: bool = False,
    free_period: str | FreePeriod = FreePeriod.KEPT,
    installments: InstallmentTerms | None = None,
) -> CreditLine:
    """
    Return a Chinese bank card: free if the bill is paid, else interest from posting.

    Cash has no free period, costs `CARD_CASH_FEE` and is in its first minimum in full.
    Interest is compounded monthly; the default charge and fees bear none.

    Args:
        limit: The limit in yuan.
        statement_day: The statement day.
        due_day: The due day.
        due_after: Or how many days after the statement it is due.
        convention: `"a"`, `"b"` or `"c"`: which days count at both ends.
        residual: Whether only the purchases that were not paid bear (未还部分计息), and
            not the whole bill (全额计息).
        free_period: Whether later purchases keep theirs while a bill is not paid in
            full: `"kept"` or `"lost"`. That banks take it away is recalled.
        installments: What it costs to pay a purchase or a bill in installments; left
            out, a conversion brings its own fee or plan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If not exactly one of `due_day` and `due_after` is given.

    Example:
        >>> card = bank_card("20000", statement_day=5, due_day=23, convention="b",
        ...     installments=InstallmentTerms(fees={3: "2.16%", 12: "8.64%"}))
        >>> card.interest.last_day.value, card.allocation.late_from
        ('included', 91)
        >>> [segment.name for segment in card.segments]
        ['cash']

    Source: `CARD_RATE`, `CARD_LINE_ALLOCATION`; three days of grace and a tolerance of
    10 yuan are usual (wodefinance.com/Creditcardoverdue/kycenoduux), and so are a
    minimum of 10% with cash in full and a default charge of 5% of what is missing of it
    (fjxejzxpzx, aqinwktqoo there), whose floors and caps differ by bank. Compounded
    monthly: the same pages (tcirocrfvw); no interest on default charge and fees: Yinfa
    [2016] 111. The conventions are those of published examples of banks, which differ
    by a day at both ends. A bank puts what does not divide of installments on the last.
    """
    days = _DAYS[to_enum(convention, CardConvention, "convention")]
    to_flag(residual, "residual")
    return CreditLine(
        currency="CNY",
        limit=limit,
        statement_day=statement_day,
        due_day=due_day,
        due_after=due_after,
        interest=_purchases(days, residual, free_period),
        minimum=MinimumPayment("10%"),
        default_charge=DefaultCharge("5%"),
        segments=[_cash(days)],
        installments=installments,
        allocation=CARD_LINE_ALLOCATION.value,
    )


def _purchases(
    days: tuple[str, str], residual: bool, free_period: str | FreePeriod
) -> LineInterest:
    repayment_day, last_day = days
    return LineInterest(
        rate=CARD_RATE.value,
        bears_from="posting",
        bears_on="unpaid" if residual else "whole",
        repayment_day=repayment_day,
        last_day=last_day,
        grace_days=3,
        tolerance="10",
        free_period=free_period,
        bearing=_BEARING,
    )


def _cash(days: tuple[str, str]) -> LineSegment:
    repayment_day, last_day = days
    interest = LineInterest(
        rate=CARD_RATE.value,
        bears_from="use",
        repayment_day=repayment_day,
        last_day=last_day,
        bearing=_BEARING,
    )
    return LineSegment(
        name="cash", interest=interest, fee=CARD_CASH_FEE.value, due_in_full=True
    )
