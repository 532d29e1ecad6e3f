"""What is left of a loan while concessions change it, one after the other."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from attrs import evolve, frozen

from loanmath.errors import TermsError
from loanmath.recurrence import Step, step_dates
from loanmath.terms.agreement import InstallmentLoan
from loanmath.terms.fees import Fee
from loanmath.terms.holidays import Holiday
from loanmath.terms.methods import Repayment
from loanmath.terms.remainder import (
    Cut,
    later_fees,
    later_holidays,
    remaining_repayment,
)
from loanmath.terms.repayment import (
    EqualPrincipal,
    InterestOnly,
    LevelPayment,
    SinglePayment,
)

__all__ = ["Left"]

_COUNTED = (LevelPayment, EqualPrincipal, InterestOnly, SinglePayment)


@frozen
class Left:
    """
    The terms of what is left, as far as the concessions so far changed them.

    Attributes:
        loan: The terms so far.
        on: The day.
        first_due: The next due date, or the last one where none is to come.
        fees_after: The day up to which fees on dates of their own are owed already.
        done: How many installments lie behind.
        before: How many were to come.
        count: How many are to come now; `None` where the term follows the payment.
        method: How what is left is repaid, where it changed.
        holidays: Installments on which less is due, counted from the next one.
        words: The other terms that change, by the names of the loan's fields.
        fees: Fees of the plan itself, beside those that are left.

    Example:
        >>> from loanmath.rates import Rate
        >>> loan = InstallmentLoan(currency="CNY", principal="1200", every="monthly",
        ...     disbursed=date(2026, 1, 31), rate=Rate("0.04%/day"),
        ...     repayment=EqualPrincipal(12))
        >>> on = date(2026, 3, 10)
        >>> left = Left.of(loan, on, Cut(2, date(2026, 3, 31), on), 11)
        >>> left.longer(6, "extension").count
        17
    """

    loan: InstallmentLoan
    on: date
    first_due: date
    fees_after: date
    done: int
    before: int
    count: int | None
    method: Repayment | None
    holidays: tuple[Holiday, ...]
    words: Mapping[str, Any]
    fees: tuple[Fee, ...] = ()

    @classmethod
    def of(cls, loan: InstallmentLoan, on: date, cut: Cut, before: int) -> "Left":
        """
        Return what is left on a day, with all terms as they were.

        Args:
            loan: The terms so far.
            on: The day.
            cut: Where the plan is cut.
            before: How many installments are to come.
        """
        done = cut.number - 1
        holidays = tuple(later_holidays(loan.holidays, done))
        return cls(
            loan=loan,
            on=on,
            first_due=cut.first_due,
            fees_after=cut.fees_after,
            done=done,
            before=before,
            count=before,
            method=None,
            holidays=holidays,
            words={},
        )

    @property
    def every(self) -> Step | tuple[date, ...]:
        """The step between due dates, or the dates themselves."""
        found: Step | tuple[date, ...] = self.words.get("every", self.loan.every)
        return found

    @property
    def repayment(self) -> Repayment:
        """How what is left is repaid, unless that changed."""
        return self.method or self.loan.repayment

    def changed(self, **words: object) -> "Left":
        """Return the same with other terms, by the names of the loan's fields."""
        return evolve(self, words={**self.words, **words})

    def longer(self, installments: int, what: str) -> "Left":
        """
        Return the same with so many more installments.

        Raises:
            TermsError: If the due dates are stated, or the method has no term of its
                own to lengthen.
        """
        if isinstance(self.every, tuple):
            raise TermsError(
                what,
                got="stated due dates",
                allowed="loans with a step between due dates",
                do="state NewDates(...) first",
            )
        if self.count is None or not isinstance(self.repayment, _COUNTED):
            raise TermsError(
                what,
                got=type(self.repayment).__name__,
                allowed=", ".join(kind.__name__ for kind in _COUNTED),
                do="state Reamortization(...) first",
            )
        # A last due date of its own was that of the shorter term.
        return evolve(self.changed(last_due=None), count=self.count + installments)

    def later(self, installments: int) -> "Left":
        """Return the same with due dates so many steps later, where there is a step."""
        every = cast("Step", self.every)
        first = self.words.get("first_due", self.first_due)
        roll_day = self.loan.roll_day if every.months else None
        days = step_dates(first, every, installments + 1, roll_day or first.day)
        return self.changed(first_due=days[-1], due_day=roll_day)

    def stated(self) -> dict[str, Any]:
        """
        Return the terms that differ from those that are left by themselves.

        Raises:
            TermsError: If no installment is left to repay with.
        """
        words = dict(self.words)
        if self.fees:
            words["fees"] = [*later_fees(self.loan, self.fees_after), *self.fees]
        if self.holidays != tuple(later_holidays(self.loan.holidays, self.done)):
            words["holidays"] = self.holidays
        if self.method is not None or self.count != self.before or not self.before:
            words["repayment"] = self._method()
        return words

    def _method(self) -> Repayment:
        method = self.repayment
        if self.count == 0:
            raise TermsError(
                "repayment",
                got="no installment that is not due",
                allowed="a plan with installments to come",
                do="state Extension(installments=...) or Reamortization(count=...)",
            )
        if self.count is None or not isinstance(method, _COUNTED):
            return method if self.method else remaining_repayment(method, self.done)
        if not isinstance(method, LevelPayment) or method.amortized_over is None:
            return evolve(method, count=self.count)
        behind = self.done if self.method is None else 0
        longer = method.amortized_over - behind
        over = longer if longer > self.count else None
        return evolve(method, count=self.count, amortized_over=over)
