"""Loans of banks and car lenders, by whole months of 30 days (银行贷款, 车贷)."""

from datetime import date
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from loanmath.daycount import DayCount
from loanmath.presets.cn.methods import Amount, Method, first_days_on_top, repayment_by
from loanmath.recurrence import MONTHLY, Step
from loanmath.terms import Fee, InstallmentLoan, LevelPayment, LoanRate
from loanmath.terms.amounts import to_amount

__all__ = ["auto_loan", "bank_loan"]


def bank_loan(  # noqa: PLR0913 the terms of a contract
    principal: Amount,
    disbursed: date,
    count: int,
    rate: LoanRate,
    *,
    method: str | Method = Method.LEVEL,
    every: relativedelta | Step | str = MONTHLY,
    due_day: int | None = None,
    day_count: str | DayCount = "30/360 CN",
) -> InstallmentLoan:
    """
    Return a loan as Chinese banks plan it (银行贷款, 逐笔计息).

    Formula: `interest = round(opening * yearly rate * days / 360)` with 30 days for
    every whole month from date to date and actual days for odd ones; payment and
    interest are rounded half up to the fen, and the last installment clears what is
    left.

    Args:
        principal: The amount lent in yuan.
        disbursed: The day the money is paid out; it bears interest, the day of
            repayment does not.
        count: Installments; for a single payment, the steps to maturity.
        rate: The rate, or a rate that changes: interest is then counted by segments.
        method: `"level"`, `"equal_principal"`, `"interest_only"` or `"single"`.
        every: The step between installments.
        due_day: The day of the month on which installments fall due; the first is then
            at least one step after disbursement.
            Interest of days before the first regular period is due on top of the first
            payment (recalled).
        day_count: Another day count, such as `"ACT/360"`.

    Returns:
        The loan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If two values contradict each other.

    Example:
        >>> from loanmath.rates import Rate
        >>> loan = bank_loan("580000", date(2026, 1, 20), 300, Rate("5.78%/year"))
        >>> rows = loan.schedule()
        >>> str(rows[0].payment), str(rows[-1].payment), str(rows.totals.payment)
        ('3659.34', '3658.90', '1097801.56')

    Source: whole months of 30 days and odd days as they are, the year of 360, the
    first day counted and the last not: lnmlw.com/Loanconsultation/dhjyktijgf. Rounding
    and balancing last payment: a published schedule of 300 months, reproduced to the
    fen. `"ACT/360"` for the same loans is recalled.
    """
    loan = InstallmentLoan(
        currency="CNY",
        principal=principal,
        disbursed=disbursed,
        every=every,
        rate=rate,
        day_count=day_count,
        repayment=repayment_by(method, count),
        due_day=due_day,
    )
    return first_days_on_top(loan)


def auto_loan(  # noqa: PLR0913 the terms of a contract
    principal: Amount,
    disbursed: date,
    count: int,
    rate: LoanRate,
    *,
    balloon: Amount | None = None,
    subsidy: Amount | None = None,
    financed_fee: Amount | Fraction | None = None,
    due_day: int | None = None,
) -> InstallmentLoan:
    """
    Return a car loan in equal installments, with or without a balloon (车贷, 尾款).

    Formula: as `bank_loan`; a balloon stays until the last installment and is paid on
    top of it. Where maker or dealer pays the interest, the borrower's rate is zero and
    installments are `round(principal / count)`.

    Args:
        principal: The amount lent in yuan, before a financed fee.
        disbursed: The day the dealer is paid.
        count: Monthly installments.
        rate: The borrower's rate; `Rate("0%/year")` where the interest is paid for
            the borrower.
        balloon: Principal that is paid with the last installment on top of it, in yuan.
        subsidy: What maker or dealer gives so that the rate is low (贴息), in yuan. It
            is withheld from what the dealer is paid, so that the cash flows are the
            lender's; leave it out to see the borrower's.
        financed_fee: A fee that joins the principal (金融服务费), in yuan or as a
            percentage of the principal.
        due_day: The day of the month on which installments fall due; the first is then
            at least a month after disbursement.
            Interest of days before the first regular period is due on top of the first
            payment (recalled).

    Returns:
        The loan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If two values contradict each other.

    Example:
        >>> from loanmath.rates import Rate
        >>> loan = auto_loan("38500", date(2012, 1, 15), 24, Rate("0%/year"))
        >>> rows = loan.schedule()
        >>> str(rows[0].payment), str(rows[2].closing)
        ('1604.17', '33687.49')

    Source: installments of 24 times 1,604.17 on 38,500, three of them 4,812.51 and
    33,687.49 left: a civil judgment, car finance company against borrowers, 2012. That
    months count 30 days, that a subsidy is withheld and how a balloon and a financed
    fee enter are recalled, not checked against a contract.
    """
    fees = []
    if financed_fee is not None:
        fees.append(Fee("financial service", financed_fee, paid="financed"))
    loan = InstallmentLoan(
        currency="CNY",
        principal=principal,
        disbursed=disbursed,
        every=MONTHLY,
        rate=rate,
        day_count="30/360 CN",
        repayment=LevelPayment(count, balloon=balloon),
        due_day=due_day,
        discount=None if subsidy is None else to_amount(subsidy, "subsidy"),
        fees=fees,
    )
    return first_days_on_top(loan)
