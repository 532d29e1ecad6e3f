"""What the parties agree on anew: the terms of what is not due yet."""

from datetime import date
from typing import Any

from attrs import field, fields_dict, frozen

from loanmath.daycount import DayCount
from loanmath.doors import to_date
from loanmath.errors import TermsError
from loanmath.events.recorded import Recorded
from loanmath.recurrence import Step, to_dates
from loanmath.terms import LoanRate, PenaltyInterest, Repayment
from loanmath.terms.conventions import to_optional_day_count
from loanmath.terms.methods import to_repayment
from loanmath.terms.rate_plan import to_loan_rate
from loanmath.terms.servicing import to_penalty

__all__ = ["TermsChange"]


def _to_repayment(repayment: Any) -> Any:
    return None if repayment is None else to_repayment(repayment)


def _to_first_due(first_due: object) -> Any:
    return None if first_due is None else to_date(first_due, "first_due")


def _to_every(every: Any) -> Any:
    if isinstance(every, (list, tuple)):
        return to_dates(every, "every")
    return None if every is None else Step.of(every)


@frozen(kw_only=True)
class TermsChange(Recorded):
    """
    New terms for what is not due yet (合同变更): a new chapter of the account.

    From this day on, after its payments, the principal that is not due follows a plan
    of its own, as if paid out on the day. What fell due before stays as it is, and
    contract interest up to the day falls due with the first new installment. Terms that
    are not named stay what they were.

    Args:
        id: The name of the event, unique in its account.
        on: The first day of the new terms.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        rate: The new contract rate.
        first_due: The next due date; later ones follow it step by step.
        repayment: How what is left is repaid; left out, by the same method over the
            installments that are left.
        every: The new step between due dates, or the dates themselves.
        day_count: How time becomes interest.
        penalty: What an overdue installment costs by the day.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If nothing changes.

    Example:
        >>> from loanmath.rates import Rate
        >>> TermsChange(id="t1", on=date(2026, 6, 15), rate=Rate("3.3%/year")).on.month
        6

    Source: China Civil Code, Article 543 (in force 2021-01-01): parties may change a
    contract by agreement; recalled.
    """

    rate: LoanRate | None = field(default=None, converter=to_loan_rate)
    first_due: date | None = field(default=None, converter=_to_first_due)
    repayment: Repayment | None = field(default=None, converter=_to_repayment)
    every: Step | tuple[date, ...] | None = field(default=None, converter=_to_every)
    day_count: DayCount | None = field(default=None, converter=to_optional_day_count)
    penalty: PenaltyInterest | None = field(default=None, converter=to_penalty)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        own = set(fields_dict(TermsChange)) - set(fields_dict(Recorded))
        if all(getattr(self, name) is None for name in own):
            raise TermsError(
                f"event {self.id}",
                got="no new terms",
                allowed=f"at least one of {', '.join(sorted(own))}",
            )
