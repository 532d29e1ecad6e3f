"""Lines of credit like those of platforms (花呗, 白条, 分付)."""

from loanmath.presets.cn.methods import Amount
from loanmath.presets.cn.purchases import huabei_installments
from loanmath.presets.facts import Fact
from loanmath.terms import (
    CreditLine,
    InstallmentTerms,
    LineInterest,
    MinimumPayment,
    RepaymentDay,
)

__all__ = [
    "BAITIAO_DATES",
    "BAITIAO_RATE",
    "FENFU_RATE",
    "HUABEI_LINE_RATE",
    "baitiao_line",
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

_HUABEI_INSTALLMENTS = huabei_installments()


def huabei_line(
    limit: Amount,
    *,
    statement_day: int = 1,
    due_day: int = 10,
    repayment_day: str | RepaymentDay = RepaymentDay.OLD,
    installments: InstallmentTerms = _HUABEI_INSTALLMENTS,
) -> CreditLine:
    """
    Return a line like Huabei's: free if the bill is paid, interest by the day after.

    What is carried to the next bill is to be paid with it in full. An installment that
    is overdue bears with its fee.

    Args:
        limit: The limit in yuan.
        statement_day: The bill day; `HUABEI_DATES` has the usual pairs.
        due_day: The due day.
        repayment_day: Whether the day of a repayment bears on the `"reduced"` balance,
            or on the `"old"` one, so that interest is for `paid - due` days.
        installments: What it costs to pay in installments; `huabei_installments` has
            the published tables.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> from datetime import date
        >>> line = huabei_line("5000")
        >>> str(line.interest.rate), line.free_days(date(2026, 8, 1))
        ('0.05%/day', 40)

    Source: `HUABEI_LINE_RATE`, `HUABEI_DATES`; a minimum of 10% of the bill, and what
    is carried in full with the next: en.doing.city/2406/065943cd8fc9ac16. Examples of
    en.4hw.com.cn count the day of repayment. An installment with its fee is the base of
    overdue charges at learnku.com/courses/ecommerce-advance/5.7/overdue-payment.
    """
    return CreditLine(
        currency="CNY",
        limit=limit,
        statement_day=statement_day,
        due_day=due_day,
        interest=LineInterest(
            rate=HUABEI_LINE_RATE.value,
            bears_from="after_due",
            repayment_day=repayment_day,
            bearing=("principal", "fee"),
            posted="payment",
        ),
        minimum=MinimumPayment(
            "10%", in_full=("interest", "fees", "installments", "carried")
        ),
        installments=installments,
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
