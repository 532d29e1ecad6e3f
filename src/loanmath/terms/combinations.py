"""Which terms have a meaning together; every refusal says why."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from loanmath.calendars import adjust
from loanmath.currency import check_limit, currency_digits, to_units
from loanmath.daycount import HeadTail
from loanmath.errors import DateRangeError, LimitError, TermsError
from loanmath.rates import Rate, RateUnit
from loanmath.recurrence import add_months
from loanmath.terms.consequences import counts_parts, last_date, paid_out_units
from loanmath.terms.contradiction import contradiction
from loanmath.terms.conventions import RateChange, Residue, RoundedPer
from loanmath.terms.flat_charge import AddOnInterest, FlatFee
from loanmath.terms.holidays import Holiday, HolidayInterest, HolidayOf
from loanmath.terms.interest_combinations import check_interest_payments
from loanmath.terms.interest_payments import BrokenPeriod
from loanmath.terms.methods import Repayment
from loanmath.terms.payments import (
    FixedPayment,
    FixedPrincipal,
    SteppedPayment,
)
from loanmath.terms.plan_kinds import PAYMENTS, pays_in_advance, pays_interest_first
from loanmath.terms.rate_plan import FloatingRate, SteppedRate
from loanmath.terms.repayment import (
    EqualPrincipal,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    SinglePayment,
)

if TYPE_CHECKING:
    from loanmath.terms.agreement import InstallmentLoan

__all__ = ["check_combinations"]

_PRINCIPALS = (EqualPrincipal, FixedPrincipal)
_WAIVE = HolidayInterest.WAIVE
_CHARGES = (FlatFee, AddOnInterest)


def check_combinations(loan: "InstallmentLoan") -> None:
    """
    Refuse terms that have no meaning together.

    Raises:
        TermsError: If two terms contradict each other.
        DateRangeError: If a date is out of order.
        LimitError: If an amount is out of range.
    """
    _check_method(loan)
    _check_rate_plan(loan)
    _check_interest_rounded(loan)
    _check_holidays(loan)
    check_interest_payments(loan)
    _check_broken_period(loan)
    _check_payouts(loan)
    _check_fees(loan)


def _check_method(loan: "InstallmentLoan") -> None:
    repayment = loan.repayment
    if isinstance(repayment, _CHARGES):
        for name in ("holidays", "drawdowns", "interest_payments"):
            if getattr(loan, name):
                raise contradiction(name, "stated", "the charge is on what is owed")
        if loan.broken_period is not BrokenPeriod.COUNTED:
            raise contradiction(
                "broken_period", loan.broken_period.value, "interest accrues"
            )
    if isinstance(repayment, AddOnInterest):
        if type(loan.rate) is not Rate:
            raise contradiction("rate", str(loan.rate), "interest follows what is owed")
        if loan.rate.value < 0:
            raise TermsError(
                "rate",
                got=str(loan.rate),
                allowed="a rate of zero or more, to add on",
            )
    if isinstance(repayment, LevelPayment):
        _check_level(loan, repayment)
    if isinstance(repayment, SinglePayment) and loan.anchor == loan.disbursed:
        raise DateRangeError(
            "first_due", got=loan.anchor, allowed=f"after disbursed, {loan.disbursed}"
        )
    _check_stated_amounts(loan)


def _check_level(loan: "InstallmentLoan", terms: LevelPayment) -> None:
    if terms.amortized_over is not None:
        if isinstance(loan.every, tuple):
            raise contradiction(
                "amortized_over", terms.amortized_over, "every states a step"
            )
        if terms.balloon is not None:
            raise contradiction(
                "amortized_over", terms.amortized_over, "no balloon is stated"
            )
        if loan.last_due is not None:
            raise contradiction(
                "amortized_over", terms.amortized_over, "last_due is left out"
            )
        if terms.residue is not Residue.LAST:
            raise contradiction(
                "residue", terms.residue.value, "the payment repays the loan"
            )
    if type(loan.rate) is not Rate:
        _check_level_rate(loan, terms)
    if terms.sized_by is not None and (loan.drawdowns or loan.interest_payments):
        raise contradiction(
            "sized_by", terms.sized_by.name, "nothing changes between payments"
        )


def _check_level_rate(loan: "InstallmentLoan", terms: LevelPayment) -> None:
    foreseen = terms.on_rate_change is RateChange.FORESEEN
    if terms.residue is not Residue.LAST and not foreseen:
        raise contradiction("residue", terms.residue.value, "the rate does not change")
    if terms.sized_by is not None:
        raise contradiction("sized_by", terms.sized_by.name, "the rate does not change")
    if terms.on_rate_change is RateChange.TERM:
        stated = {
            "last_due": loan.last_due,
            "holidays": loan.holidays,
            "balloon": terms.balloon,
            "amortized_over": terms.amortized_over,
        }
        for name, value in stated.items():
            if value:
                raise contradiction(
                    name, "stated", "a rate change does not move the term"
                )


def _check_stated_amounts(loan: "InstallmentLoan") -> None:
    """Refuse stated amounts that are finer than the loan, and balloons above it."""
    terms = loan.repayment
    match terms:
        case FixedPayment(payment=amount):
            to_units(amount, loan.digits, "payment")
        case FixedPrincipal(amount=Decimal() as amount):
            to_units(amount, loan.digits, "amount")
        case SteppedPayment(stages=stages):
            for number, (_, payment) in enumerate(stages, start=1):
                if payment is not None:
                    to_units(payment, loan.digits, f"stages[{number}]")
        case LevelPayment(balloon=balloon) | EqualPrincipal(balloon=balloon):
            units = 0
            if balloon is not None:
                units = to_units(balloon, loan.digits, "balloon")
            if units > loan.principal_units:
                allowed = f"up to {loan.principal}"
                raise LimitError("balloon", got=balloon, allowed=allowed)
    if (
        isinstance(terms, FixedPayment | FixedPrincipal)
        and terms.count is None
        and loan.last_due is not None
    ):
        raise contradiction(
            "last_due", loan.last_due, "the number of installments is stated"
        )


def _check_interest_rounded(loan: "InstallmentLoan") -> None:
    per = loan.interest_rounded
    if per is RoundedPer.PERIOD:
        return
    if isinstance(loan.repayment, _CHARGES) or pays_in_advance(loan):
        raise contradiction(
            "interest_rounded", per.value, "interest accrues on what is owed"
        )
    if _recasts_whole_periods(loan):
        raise contradiction("interest_rounded", per.value, "no whole period is recast")
    daily = loan.rate is not None and loan.rate.per is RateUnit.DAY
    if per is RoundedPer.DAY and not daily and loan.counted_by.basis is None:
        raise contradiction(
            "interest_rounded",
            per.value,
            "every day of a year is worth the same, as by ACT/365F",
        )


def _recasts_whole_periods(loan: "InstallmentLoan") -> bool:
    terms = loan.repayment
    whole = RateChange.WHOLE_PERIOD
    return isinstance(terms, LevelPayment) and terms.on_rate_change is whole


def _check_rate_plan(loan: "InstallmentLoan") -> None:
    changes = _stated_changes(loan)
    if changes and changes[0] <= loan.disbursed:
        raise DateRangeError(
            "rate changes",
            got=changes[0],
            allowed=f"after disbursed, {loan.disbursed}",
        )
    drawn = [drawdown.on for drawdown in loan.drawdowns]
    if not counts_parts(loan, loan.counted_by):
        last = last_date(loan)
        for day in (*changes, *drawn):
            if last is None or day <= last:
                _check_on_due_day(loan, day)


def _stated_changes(loan: "InstallmentLoan") -> list[date]:
    """Return the dates on which the terms say that the rate changes, but not all."""
    if isinstance(loan.rate, SteppedRate):
        return [on for on, _ in loan.rate.changes]
    if isinstance(loan.rate, FloatingRate):
        first = loan.rate.first_reset
        return list(loan.rate.stated_resets) if first is None else [first]
    return []


def _check_on_due_day(loan: "InstallmentLoan", day: date) -> None:
    on_due_day = add_months(day, 0, roll_day=loan.roll_day) == day
    if not on_due_day or loan.head_tail is not HeadTail.HEAD:
        raise TermsError(
            "day_count",
            got=None if loan.day_count is None else loan.day_count.name,
            allowed=f"{loan.counted_by.name} only where nothing changes in a period",
            do="name a day count, such as '30/360 CN', or '1/12' for shares of the"
            f" actual days: something changes on {day}",
        )


def _check_holidays(loan: "InstallmentLoan") -> None:
    if not loan.holidays:
        return
    for holiday in loan.holidays:
        _check_held(loan.repayment, holiday)
    count, last = loan.repayment.count, loan.holidays[-1]
    if count is None and isinstance(loan.every, tuple):
        count = len(loan.every)
    if count is not None and last.last >= count:
        # Interest that is waived leaves the last payment due.
        waived = last.of is HolidayOf.INTEREST and last.interest is _WAIVE
        if last.last > count or not waived:
            raise contradiction(
                "holidays", f"up to installment {last.last}", "the last one is paid"
            )
    if pays_interest_first(loan) and any(
        holiday.of is HolidayOf.INTEREST and holiday.interest.value == "carry"
        for holiday in loan.holidays
        if holiday.interest is not None
    ):
        raise contradiction(
            "holiday interest", "carry", "principal is planned apart from interest"
        )


def _check_held(repayment: Repayment, holiday: Holiday) -> None:
    """Refuse a holiday from what no installment of the method has."""
    of = holiday.of
    if isinstance(repayment, InterestOnly):
        if of is HolidayOf.PRINCIPAL:
            raise contradiction("holidays", of.value, "principal is due before the end")
    elif isinstance(repayment, PrincipalAmounts):
        if of is not HolidayOf.INTEREST:
            raise contradiction(
                "holidays", of.value, "the terms leave the principal open"
            )
    elif not isinstance(repayment, PAYMENTS + _PRINCIPALS):
        raise contradiction("holidays", "stated", "every installment pays interest")


def _check_broken_period(loan: "InstallmentLoan") -> None:
    broken = loan.broken_period
    if broken is BrokenPeriod.COUNTED:
        return
    if loan.regular_start is None or loan.regular_start <= loan.disbursed:
        raise contradiction(
            "broken_period",
            broken.value,
            "the first due date is more than one step after disbursement",
        )
    if loan.interest_payments is not None or isinstance(loan.repayment, SinglePayment):
        raise contradiction(
            "broken_period", broken.value, "every installment pays interest"
        )
    first = loan.drawdowns[0].on if loan.drawdowns else loan.regular_start
    if first < loan.regular_start:
        raise contradiction("broken_period", broken.value, "nothing is drawn in it")
    added = broken is BrokenPeriod.ADDED
    if added and loan.holidays and loan.holidays[0].first == 1:
        raise contradiction(
            "broken_period", broken.value, "the first installment is paid"
        )


def _check_payouts(loan: "InstallmentLoan") -> None:
    total = loan.principal_units
    for drawdown in loan.drawdowns:
        _check_within(loan, "drawdowns", drawdown.on, may_be_last=False)
        total += to_units(drawdown.amount, loan.digits, "drawdown")
    check_limit(total, loan.digits, currency_digits(loan.currency), "principal")
    if loan.drawdowns and loan.head_tail in (HeadTail.BOTH, HeadTail.NEITHER):
        raise contradiction(
            "head_tail", loan.head_tail.value, "all is paid out on one day"
        )
    if loan.discount is not None:
        _check_amount(loan, loan.discount, "discount")
    if paid_out_units(loan) <= 0:
        withheld = f"{loan.discount or 0}"
        if loan.fees:
            withheld += " and fees deducted"
        allowed = f"less than is lent, {loan.principal}"
        raise LimitError("discount", got=withheld, allowed=allowed)


def _check_amount(loan: "InstallmentLoan", amount: Decimal, what: str) -> None:
    units = to_units(amount, loan.digits, what)
    check_limit(units, loan.digits, currency_digits(loan.currency), what)


def _check_within(
    loan: "InstallmentLoan", what: str, day: date, *, may_be_last: bool
) -> None:
    last, term = last_date(loan), loan.business_days
    if last is not None and term is not None:
        last = max(last, adjust(last, term.rule, term.calendar))
    if day <= loan.disbursed:
        raise DateRangeError(what, got=day, allowed=f"after {loan.disbursed}")
    if last is not None and (day > last or (day == last and not may_be_last)):
        word = "up to" if may_be_last else "before"
        raise DateRangeError(what, got=day, allowed=f"{word} the last due date, {last}")


def _check_fees(loan: "InstallmentLoan") -> None:
    for fee in loan.fees:
        if isinstance(fee.due, date):
            _check_within(loan, f"fee {fee.name}", fee.due, may_be_last=True)
        if isinstance(fee.amount, Decimal):
            _check_amount(loan, fee.amount, f"fee {fee.name}")
        if fee.rounding and fee.rounding.digits(loan.digits) > loan.digits:
            raise contradiction(
                f"fee {fee.name} rounding",
                str(fee.rounding.unit),
                "the loan keeps so many decimals, by its own rounding",
            )
