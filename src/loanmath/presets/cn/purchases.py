"""Installments for a flat fee, of a purchase or on a line, as on Huabei (花呗分期)."""

from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from loanmath.doors import to_count, to_date, to_enum
from loanmath.errors import InputTypeError, InputValueError, TermsError
from loanmath.presets.cn.methods import Amount
from loanmath.presets.facts import Fact
from loanmath.recurrence import MONTHLY, add_months
from loanmath.terms import (
    EarlyFee,
    FlatFee,
    InstallmentLoan,
    InstallmentTerms,
    PlanRefund,
)

__all__ = [
    "HUABEI_BORROWER_FEES_2022",
    "HUABEI_CONSUMER_FEES",
    "HUABEI_DATES",
    "HUABEI_MERCHANT_FEES_2022",
    "HuabeiFees",
    "PaidBy",
    "huabei_installments",
    "huabei_like",
]

_MOST_INSTALLMENTS = 1_200

FeeTable: TypeAlias = Fact[tuple[tuple[int, str], ...]]

HUABEI_BORROWER_FEES_2022: FeeTable = Fact(
    ((3, "2.3%"), (6, "4.5%"), (12, "7.5%")),
    in_force=date(2022, 1, 6),
    source="results on Alipay's pages of 2022-01-06, as published with public code "
    "(pudongping/global-pay); opendocs.alipay.com/open/277/105952",
    recalled=False,
    note="list price of the merchant interface where the borrower pays; total fee by "
    "number of installments",
)
"""Total fee by installments, borrower pays, merchant interface of 2022-01."""

HUABEI_MERCHANT_FEES_2022: FeeTable = Fact(
    ((3, "1.8%"), (6, "4.5%"), (12, "7.5%")),
    in_force=date(2022, 1, 6),
    source="Alipay Credit Pay Installment (global.alipay.com/docs/ac/"
    "creditpayinstallment); public code (pudongping/global-pay)",
    recalled=False,
    note="paid by the merchant, so that it is no part of the borrower's plan",
)
"""Total fee by installments, merchant pays, merchant interface of 2022-01."""

HUABEI_CONSUMER_FEES: FeeTable = Fact(
    ((3, "2.5%"), (6, "4.5%"), (9, "6.5%"), (12, "8.8%")),
    in_force=None,
    source="wodefinance.com/Creditcardoverdue/oyyjwfwqjs (3 installments alone)",
    recalled=True,
    note="an older price for consumers; 2.5% for 3 is documented by one secondary "
    "source, the others are recalled",
)
"""Total fee by installments, an older table for consumers (mostly recalled)."""

HUABEI_DATES: Fact[tuple[tuple[int, int], ...]] = Fact(
    ((1, 8), (1, 9), (1, 10), (5, 15), (10, 20)),
    in_force=None,
    source="Alipay Credit Pay Installment (billed on the 1st, paid by the 10th); "
    "wodefinance.com/Creditcardoverdue (due on the 8th, 9th or 10th)",
    recalled=False,
    note="pairs of bill day and due day; (5, 15) and (10, 20) come from the presets of "
    "one bookkeeping program, checked by its author in 2026-09",
)
"""Pairs of bill day and due day."""


class HuabeiFees(Enum):
    """
    Which table a fee is read from.

    `MERCHANT_2022`: `HUABEI_BORROWER_FEES_2022`. `CONSUMER`: `HUABEI_CONSUMER_FEES`.
    """

    MERCHANT_2022 = "merchant_2022"
    CONSUMER = "consumer"


class PaidBy(Enum):
    """Whether the `BORROWER` pays the fee (用户承担), or the `MERCHANT` (商家贴息)."""

    BORROWER = "borrower"
    MERCHANT = "merchant"


_TABLES = {
    HuabeiFees.MERCHANT_2022: HUABEI_BORROWER_FEES_2022,
    HuabeiFees.CONSUMER: HUABEI_CONSUMER_FEES,
}


def huabei_like(  # noqa: PLR0913 the terms of a contract
    principal: Amount,
    disbursed: date,
    count: int,
    *,
    fee: str | Fraction | None = None,
    fees: str | HuabeiFees = HuabeiFees.MERCHANT_2022,
    paid_by: str | PaidBy = PaidBy.BORROWER,
    due_day: int = 10,
) -> InstallmentLoan:
    """
    Return a purchase in installments with a flat fee, like Huabei's (花呗分期).

    Formula, in fen: `share = floor(principal / count)`,
    `total fee = round_half_even(principal * fee)`, `fee share = floor(total / count)`;
    the first installment takes both remainders.

    The first installment is in the first bill after the purchase is posted: bought from
    1 to 31 August with bill day 1, it is due on 10 September.

    Args:
        principal: The price in yuan.
        disbursed: The day the purchase is posted: on Taobao and Tmall, when receipt is
            confirmed.
        count: Installments; without `fee`, one of the table's.
        fee: The fee of the whole plan as a percentage, where it is not the table's.
        fees: The table: `"merchant_2022"` (3, 6 or 12 installments) or `"consumer"`
            (an older one with 9 as well, mostly recalled).
        paid_by: `"borrower"`, or `"merchant"`: then the plan is principal alone, and
            `HUABEI_MERCHANT_FEES_2022` says what the merchant paid.
        due_day: 8, 9 or 10 (billed on the 1st), 15 (on the 5th) or 20 (on the 10th).

    Returns:
        The loan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed: no fee is known for `count`, or
            nothing falls due on `due_day`.
        TermsError: If a fee is stated that the merchant pays.

    Example:
        >>> loan = huabei_like("123.67", date(2026, 1, 31), 3)
        >>> [f"{row.due} {row.payment}" for row in loan.schedule()]
        ['2026-02-10 42.19', '2026-03-10 42.16', '2026-04-10 42.16']

    Source: Alipay's open platform, and results on its pages of 2022-01-06, which are
    reproduced to the fen. That the first bill takes the first installment follows from
    bill and due day (recalled); other counts and today's prices were not found.
    """
    to_count(count, "count", _MOST_INSTALLMENTS)
    payer = to_enum(paid_by, PaidBy, "paid_by")
    table = _TABLES[to_enum(fees, HuabeiFees, "fees")]
    if payer is PaidBy.MERCHANT:
        if fee is not None:
            raise TermsError("fee", got=fee, allowed="only where the borrower pays")
        fee = "0%"
    return InstallmentLoan(
        currency="CNY",
        principal=principal,
        disbursed=disbursed,
        every=MONTHLY,
        repayment=FlatFee(
            count,
            _fee(table, count) if fee is None else fee,
            residue="first",
            fee_rounding="half_even",
        ),
        rounding="down",
        first_due=_first_due(to_date(disbursed, "disbursed"), due_day),
        due_day=due_day,
    )


def huabei_installments(
    *,
    fees: str | HuabeiFees = HuabeiFees.MERCHANT_2022,
    paid_by: str | PaidBy = PaidBy.BORROWER,
    early: str | EarlyFee = EarlyFee.DUE,
    refund: str | PlanRefund = PlanRefund.SPLIT_ANEW,
) -> InstallmentTerms:
    """
    Return what installments on a line like Huabei's cost (交易分期, 账单分期).

    Formula: that of `huabei_like`.

    Args:
        fees: The table: `"merchant_2022"` or `"consumer"` (older, mostly recalled).
        paid_by: `"borrower"`, or `"merchant"`: then the plan is principal alone.
        early: What becomes of fees not yet billed when a plan is settled early:
            `"due"` or `"waived"`.
        refund: What a refund of a converted purchase does: `"split_anew"` or `"kept"`.

    Raises:
        UnknownNameError: If a name is not known.
        TermsError: If `early` is `"share"`, for which the tables have no share.

    Example:
        >>> huabei_installments().fee(3)
        Fraction(23, 1000)

    Source: `HUABEI_BORROWER_FEES_2022`, `HUABEI_CONSUMER_FEES`. What is charged when a
    plan is settled early, and what a refund does, was not found: both are as usual
    elsewhere (banks; a refund lowers what is not yet due, as told of Baitiao).
    """
    table = _TABLES[to_enum(fees, HuabeiFees, "fees")].value
    if to_enum(paid_by, PaidBy, "paid_by") is PaidBy.MERCHANT:
        table = tuple((count, "0%") for count, _ in table)
    return InstallmentTerms(
        fees=table, residue="first", rounding="half_even", early=early, refund=refund
    )


def _fee(table: FeeTable, count: int) -> str:
    known = dict(table.value)
    if count not in known:
        raise InputValueError(
            "count",
            got=count,
            allowed=", ".join(map(str, known)),
            do="state the fee of the plan for any other number of installments",
        )
    return known[count]


def _first_due(posted: date, due_day: int) -> date:
    if type(due_day) is not int:
        raise InputTypeError("due_day", got=due_day, allowed="int")
    bill_days = {due: bill for bill, due in HUABEI_DATES.value}
    if due_day not in bill_days:
        raise InputValueError(
            "due_day",
            got=due_day,
            allowed=", ".join(map(str, bill_days)),
            do="change another day with attrs.evolve: first_due and due_day",
        )
    # What is posted on the bill day is in the next bill.
    bill = posted.replace(day=bill_days[due_day])
    if bill <= posted:
        bill = add_months(bill, 1)
    return bill.replace(day=due_day)
