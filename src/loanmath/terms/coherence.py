"""Whether the terms of a loan agree with each other; every refusal says why."""

from datetime import date
from typing import TYPE_CHECKING

from loanmath.currency import amount_text, to_units
from loanmath.daycount import DayCount, HeadTail
from loanmath.errors import DateRangeError, LimitError, TermsError
from loanmath.rates import Rate, RateUnit
from loanmath.recurrence import Step, add_months
from loanmath.terms.business_days import InterestDates
from loanmath.terms.consequences import in_range, stated_installments
from loanmath.terms.contradiction import contradiction
from loanmath.terms.conventions import MAX_INSTALLMENTS, Residue
from loanmath.terms.flat_charge import FlatFee
from loanmath.terms.rate_plan import LoanRate
from loanmath.terms.repayment import LevelPayment, PrincipalAmounts, SinglePayment

if TYPE_CHECKING:
    from loanmath.terms.agreement import InstallmentLoan

__all__ = ["check_coherence"]

_MONTH_END = 31
_COUNTS_NO_DAYS = ("1/12", "1/1")
_NEEDS_MONTHS = ("1/12", "ACT/365L", "ACT/ACT ICMA")


def check_coherence(loan: "InstallmentLoan") -> None:
    """
    Refuse terms that contradict each other.

    Raises:
        TermsError: If two terms contradict each other.
        DateRangeError: If a due date is out of order, or after the year 2200.
        LimitError: If there are too many installments.
    """
    _check_dates(loan)
    _check_count(loan)
    _check_rate(loan)
    _check_units(loan)
    _check_residue(loan)
    _check_amounts(loan)


def _check_dates(loan: "InstallmentLoan") -> None:
    every = loan.every
    if isinstance(every, tuple):
        _check_stated_dates(loan, every)
        return
    if loan.due_day is not None and not every.months:
        raise contradiction("due_day", loan.due_day, "every counts whole months")
    if loan.end_of_month and not every.months:
        raise contradiction("end_of_month", True, "every counts whole months")
    if loan.end_of_month and loan.due_day not in (None, _MONTH_END):
        raise contradiction("due_day", loan.due_day, "end_of_month is left out")
    if loan.first_due is not None:
        _check_first_due(loan, loan.first_due)
    count = stated_installments(loan.repayment)
    if count is None:
        return
    # Whatever the count, the last date is reached in one step from the anchor.
    last = _stepped(loan, every, count - 1)
    if loan.last_due is not None:
        before = loan.disbursed
        if count > 1 and not isinstance(loan.repayment, SinglePayment):
            before = _stepped(loan, every, count - 2)
        if loan.last_due <= before:
            raise DateRangeError(
                "last_due", got=loan.last_due, allowed=f"after {before}"
            )
        in_range(max(last, loan.last_due), 0)


def _stepped(loan: "InstallmentLoan", every: Step, steps: int) -> date:
    if every.months:
        return add_months(loan.anchor, every.months * steps, roll_day=loan.roll_day)
    return in_range(loan.anchor, every.days * steps)


def _check_first_due(loan: "InstallmentLoan", first_due: date) -> None:
    if first_due < loan.disbursed:
        raise DateRangeError(
            "first_due",
            got=first_due,
            allowed=f"on disbursement, {loan.disbursed}, or after",
        )
    if loan.first_after is not None:
        raise contradiction("first_after", loan.first_after, "first_due is left out")
    if loan.due_day is not None and first_due != add_months(
        first_due, 0, roll_day=loan.due_day
    ):
        raise contradiction(
            "first_due", first_due, f"it falls on due_day, {loan.due_day}"
        )


def _check_stated_dates(loan: "InstallmentLoan", dates: tuple[date, ...]) -> None:
    count = stated_installments(loan.repayment)
    if count is not None and len(dates) != count:
        raise contradiction(
            "every", f"{len(dates)} dates", f"one date for each of {count} installments"
        )
    if not dates or dates[0] < loan.disbursed:
        raise DateRangeError(
            "every",
            got=dates[0] if dates else "no dates",
            allowed=f"dates on disbursement, {loan.disbursed}, or after",
        )
    for name in ("first_due", "first_after", "last_due", "due_day", "end_of_month"):
        if getattr(loan, name):
            raise contradiction(
                name, getattr(loan, name), "every states a step, not the dates"
            )


def _check_count(loan: "InstallmentLoan") -> None:
    daily = isinstance(loan.every, Step) and loan.every.is_daily
    count = stated_installments(loan.repayment)
    if not daily and count is not None and count > MAX_INSTALLMENTS:
        raise LimitError(
            "repayment.count",
            got=count,
            allowed=f"1 to {MAX_INSTALLMENTS:,}",
            do="only a loan repaid every day may have more",
        )


def _check_rate(loan: "InstallmentLoan") -> None:
    if isinstance(loan.repayment, FlatFee):
        for name in ("rate", "day_count"):
            if getattr(loan, name) is not None:
                raise contradiction(
                    name, getattr(loan, name), "it is left out: a flat fee is no rate"
                )
        return
    if loan.rate is None:
        raise TermsError(
            "rate",
            got=None,
            allowed="a Rate, for every method but FlatFee",
            do="write Rate('0%/year') for a loan free of interest",
        )
    _check_day_count(loan, loan.counted_by, loan.rate)
    if isinstance(loan.repayment, LevelPayment) and loan.repayment.sized_by:
        _check_day_count(loan, loan.repayment.sized_by, loan.rate)


def _check_day_count(
    loan: "InstallmentLoan", counted: DayCount, rate: LoanRate
) -> None:
    step = loan.every
    whole_months = isinstance(step, Step) and step.months > 0
    if counted.name in _COUNTS_NO_DAYS:
        if rate.per is RateUnit.DAY:
            raise contradiction(
                "day_count", counted.name, f"the rate is not per day, as {rate} is"
            )
        if loan.head_tail in (HeadTail.BOTH, HeadTail.NEITHER):
            raise contradiction(
                "head_tail", loan.head_tail.value, f"{counted.name} counts days"
            )
    if counted.name in _NEEDS_MONTHS and not whole_months:
        raise _needs_day_count(loan, counted, "every counts whole months")
    if counted.name == "1/12":
        in_advance = loan.anchor == loan.disbursed
        if loan.regular_start != loan.disbursed and not in_advance:
            raise _needs_day_count(loan, counted, "the first period is one step long")
        if loan.last_due is not None:
            raise _needs_day_count(loan, counted, "the last period is one step long")
        if loan.business_days and loan.business_days.interest is InterestDates.ADJUSTED:
            raise _needs_day_count(loan, counted, "interest runs to unmoved dates")


def _needs_day_count(
    loan: "InstallmentLoan", counted: DayCount, unless: str
) -> TermsError:
    return TermsError(
        "day_count",
        got=None if loan.day_count is None else counted.name,
        allowed=f"{counted.name} only where {unless}",
        do="name a day count that counts days, such as '30E/360' or 'ACT/365F'",
    )


def _check_units(loan: "InstallmentLoan") -> None:
    for name in ("rounding", "fee_rounding"):
        rule = getattr(loan.repayment, name, None)
        if rule is not None and rule.digits(loan.digits) > loan.digits:
            raise contradiction(
                f"repayment.{name}",
                str(rule.unit),
                f"the loan keeps more than {loan.digits} decimals, by its own rounding",
            )


def _check_residue(loan: "InstallmentLoan") -> None:
    # Negative interest rounded to a coarse unit may take more from a larger balance
    # than that is larger by, and no payment is the nearest one any more.
    residue = getattr(loan.repayment, "residue", None)
    if (
        isinstance(loan.repayment, LevelPayment)
        and residue in (Residue.FIRST, Residue.SPREAD)
        and type(loan.rate) is Rate
        and loan.rate.value < 0
        and loan.rounding.units(loan.digits) > 1
    ):
        raise contradiction(
            "repayment.residue",
            residue.value,
            "the rate is not negative, or interest is rounded to the minor unit",
        )


def _check_amounts(loan: "InstallmentLoan") -> None:
    if not isinstance(loan.repayment, PrincipalAmounts):
        return
    total = sum(
        to_units(amount, loan.digits, f"amounts[{number}]")
        for number, amount in enumerate(loan.repayment.amounts, start=1)
    )
    lent = loan.principal_units + sum(
        to_units(drawdown.amount, loan.digits, "drawdown")
        for drawdown in loan.drawdowns
    )
    if total != lent:
        raise contradiction(
            "repayment.amounts",
            amount_text(total, loan.digits) if total < 10**60 else "a larger sum",
            f"they sum to {amount_text(lent, loan.digits)}, which is lent",
        )
