"""Lines of credit: of platforms, and bank cards by the published conventions."""

from datetime import date
from enum import Enum

from loanmath.doors import to_enum
from loanmath.presets.cn.methods import Amount
from loanmath.presets.facts import Fact
from loanmath.terms import (
    CreditLine,
    DefaultCharge,
    LineInterest,
    MinimumPayment,
)

__all__ = [
    "BAITIAO_DATES",
    "BAITIAO_RATE",
    "CARD_RATE",
    "FENFU_RATE",
    "HUABEI_LINE_RATE",
    "CardConvention",
    "baitiao_line",
    "bank_card",
    "fenfu_line",
    "huabei_line",
]

_PROGRAM = (
    "presets of one open-source bookkeeping program, checked by its author in 2026-09"
)

HUABEI_LINE_RATE: Fact[str] = Fact(
    "0.05%/day",
    in_force=None,
    source="en.doing.city/2406/065943cd8fc9ac16; en.4hw.com.cn/646/36784",
    recalled=False,
    note="of what is unpaid, from the day after the due date; other rates are quoted "
    "for some users",
)
"""What an unpaid Huabei-like bill bears."""

BAITIAO_RATE: Fact[str] = Fact(
    "0.07%/day",
    in_force=None,
    source=_PROGRAM,
    recalled=False,
    note="a default charge by the day, on what is unpaid after the due date",
)
"""What an unpaid Baitiao-like bill is charged."""

BAITIAO_DATES: Fact[tuple[tuple[int, int], ...]] = Fact(
    ((1, 10), (10, 19), (15, 24), (20, 1), (25, 6)),
    in_force=None,
    source=_PROGRAM,
    recalled=False,
    note="pairs of bill day and due day",
)
"""Pairs of bill day and due day of a Baitiao-like line."""

FENFU_RATE: Fact[str] = Fact(
    "0.04%/day",
    in_force=None,
    source=_PROGRAM,
    recalled=False,
    note="about so much, from the day of use; 1.5 times after the due date",
)
"""What a Fenfu-like line bears."""

CARD_RATE: Fact[str] = Fact(
    "0.05%/day",
    in_force=date(2017, 1, 1),
    source="PBOC, Yinfa [2016] 111: 0.035% to 0.05% a day, until the band was removed "
    "on 2021-01-01; bank examples go on to use 0.05%",
    recalled=True,
    note="the day it came into force is recalled; the band is from its text",
)
"""What Chinese bank cards usually bear."""


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


def huabei_line(
    limit: Amount, *, statement_day: int = 1, due_day: int = 10
) -> CreditLine:
    """
    Return a line like Huabei's: free if the bill is paid, interest by the day after.

    Args:
        limit: The limit in yuan.
        statement_day: The bill day; `HUABEI_DATES` has the usual pairs.
        due_day: The due day.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> from datetime import date
        >>> line = huabei_line("5000")
        >>> str(line.interest.rate), line.free_days(date(2026, 8, 1))
        ('0.05%/day', 40)

    Source: `HUABEI_LINE_RATE`, `HUABEI_DATES`; a minimum of 10% of the bill:
    en.doing.city/2406/065943cd8fc9ac16.
    """
    return CreditLine(
        currency="CNY",
        limit=limit,
        statement_day=statement_day,
        due_day=due_day,
        interest=LineInterest(
            rate=HUABEI_LINE_RATE.value, bears_from="after_due", posted="payment"
        ),
        minimum=MinimumPayment(
            "10%", in_full=("interest", "fees", "installments", "carried")
        ),
    )


def baitiao_line(
    limit: Amount, *, statement_day: int = 1, due_day: int = 10
) -> CreditLine:
    """
    Return a line like Baitiao's: no interest, a default charge by the day once overdue.

    Args:
        limit: The limit in yuan.
        statement_day: The bill day; `BAITIAO_DATES` has the usual pairs.
        due_day: The due day.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> str(baitiao_line("5000").interest.rate)
        '0.07%/day'

    Source: `BAITIAO_RATE`, `BAITIAO_DATES`.
    """
    return CreditLine(
        currency="CNY",
        limit=limit,
        statement_day=statement_day,
        due_day=due_day,
        interest=LineInterest(
            rate=BAITIAO_RATE.value, bears_from="after_due", posted="payment"
        ),
    )


def fenfu_line(limit: Amount, *, due_day: int = 10) -> CreditLine:
    """
    Return a line like Fenfu's: interest from the day of use, even if the bill is paid.

    Args:
        limit: The limit in yuan.
        due_day: The due day, 5 to 25 as the source has it; bills are made on the 1st.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> line = fenfu_line("5000")
        >>> str(line.interest.rate), str(line.interest.overdue_multiple)
        ('0.04%/day', '3/2')

    Source: `FENFU_RATE`.
    """
    return CreditLine(
        currency="CNY",
        limit=limit,
        statement_day=1,
        due_day=due_day,
        interest=LineInterest(
            rate=FENFU_RATE.value,
            bears_from="use",
            overdue_multiple="1.5",
            posted="payment",
        ),
        minimum=MinimumPayment("10%", whole_below="100"),
    )


def bank_card(  # noqa: PLR0913 the terms of a contract
    limit: Amount,
    *,
    statement_day: int,
    due_day: int | None = None,
    due_after: int | None = None,
    convention: str | CardConvention = CardConvention.A,
    residual: bool = False,
) -> CreditLine:
    """
    Return a Chinese bank card: free if the bill is paid, else interest from posting.

    Args:
        limit: The limit in yuan.
        statement_day: The statement day.
        due_day: The due day.
        due_after: Or how many days after the statement it is due.
        convention: `"a"`, `"b"` or `"c"`: which days count at both ends.
        residual: Whether only the purchases that were not paid bear (未还部分计息), and
            not the whole bill (全额计息).

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If not exactly one of `due_day` and `due_after` is given.

    Example:
        >>> card = bank_card("20000", statement_day=5, due_day=23, convention="b")
        >>> card.interest.last_day.value
        'included'

    Source: `CARD_RATE`; three days of grace and a tolerance of 10 yuan are usual
    (wodefinance.com/Creditcardoverdue/kycenoduux), and so are a minimum of 10% and a
    default charge of 5% of what is missing of it (fjxejzxpzx, aqinwktqoo there), whose
    floors and caps differ by bank. The conventions are those of published examples of
    banks, which differ by a day at both ends.
    """
    repayment_day, last_day = _DAYS[to_enum(convention, CardConvention, "convention")]
    interest = LineInterest(
        rate=CARD_RATE.value,
        bears_from="posting",
        bears_on="unpaid" if residual else "whole",
        repayment_day=repayment_day,
        last_day=last_day,
        grace_days=3,
        tolerance="10",
    )
    return CreditLine(
        currency="CNY",
        limit=limit,
        statement_day=statement_day,
        due_day=due_day,
        due_after=due_after,
        interest=interest,
        minimum=MinimumPayment("10%"),
        default_charge=DefaultCharge("5%"),
    )
