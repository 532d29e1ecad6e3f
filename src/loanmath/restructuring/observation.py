"""How long a restructured loan is watched before its class may rise."""

from collections.abc import Sequence
from datetime import date

from attrs import field, frozen

from loanmath.doors import to_count, to_date
from loanmath.errors import InputTypeError, TermsError
from loanmath.recurrence import add_months

__all__ = ["ObservationPeriod"]

_MOST = 1_200


def _to_count(count: object) -> int:
    return to_count(count, "observation", _MOST)


@frozen
class ObservationPeriod:
    """
    The least time that a restructured loan is watched (重组资产观察期).

    Formula: it ends on the later of the first agreed due date plus the months, and the
    due date that completes the repayment periods.

    Args:
        months: Months from the first agreed due date.
        periods: Consecutive repayment periods that are paid.

    Raises:
        InputTypeError: If a number is of the wrong type.
        LimitError: If it is out of range.

    Example:
        >>> watched = ObservationPeriod(months=12, periods=2)
        >>> str(watched.ends([date(2026, 7, 15), date(2027, 1, 15), date(2027, 7, 20)]))
        '2027-07-20'
    """

    months: int = field(converter=_to_count)
    periods: int = field(converter=_to_count)

    def ends(self, dues: Sequence[date]) -> date:
        """
        Return the day on which the period ends, if every due date is kept.

        Args:
            dues: The due dates of the plan, ascending; the first begins the period, and
                each further one completes a repayment period.

        Raises:
            InputTypeError: If they are no dates.
            DateRangeError: If one is out of range.
            TermsError: If there are none, or fewer than the periods need.
        """
        if not isinstance(dues, (list, tuple)):
            raise InputTypeError("dues", got=dues, allowed="a list of dates")
        days = [to_date(day, "dues") for day in dues]
        if len(days) <= self.periods:
            raise TermsError(
                "dues",
                got=f"{len(days)} due dates",
                allowed=f"at least {self.periods + 1}: a plan that is over before the"
                " period ends with it",
            )
        return max(add_months(days[0], self.months), days[self.periods])
