"""The business-day term: where a due date moves, and whether interest moves with it."""

from enum import Enum

from attrs import field, frozen

from loanmath.calendars import BusinessDayRule, Calendar, to_calendar
from loanmath.doors import to_enum

__all__ = ["BusinessDays", "InterestDates"]


class InterestDates(Enum):
    """
    Whether interest runs to the moved due date or to the unmoved one.

    `ADJUSTED`: the date moves before interest is calculated, so interest runs to the
    moved date (ACTUS: shift/calculate, `SCF` and its like). `UNADJUSTED`: interest is
    calculated first, to the date before it moves, and only the payment moves (ACTUS:
    calculate/shift, `CSF` and its like).
    """

    ADJUSTED = "adjusted"
    UNADJUSTED = "unadjusted"


def _to_rule(rule: str | BusinessDayRule) -> BusinessDayRule:
    return to_enum(rule, BusinessDayRule, "business-day rule")


def _to_interest_dates(interest: str | InterestDates) -> InterestDates:
    return to_enum(interest, InterestDates, "interest")


def _to_calendar(calendar: Calendar) -> Calendar:
    return to_calendar(calendar, "calendar")


@frozen
class BusinessDays:
    """
    The agreement on due dates that fall on a day off (节假日顺延).

    What is due on the day of disbursement stays there.

    Args:
        rule: A `BusinessDayRule` or its name, such as `"following"` (顺延) or
            `"modified_following"`.
        calendar: Which days are business days. There is no default calendar.
        interest: `"adjusted"` where interest runs to the moved date, `"unadjusted"`
            where only the payment moves.

    Raises:
        UnknownNameError: If a rule or a choice is not known.
        InputTypeError: If the calendar is not one.

    Example:
        >>> from loanmath.calendars import WEEKENDS
        >>> BusinessDays("following", WEEKENDS, interest="unadjusted").rule.value
        'following'

    ACTUS: BDC, business day convention, with its calendar CLDR.
    """

    rule: BusinessDayRule = field(converter=_to_rule)
    calendar: Calendar = field(converter=_to_calendar)
    interest: InterestDates = field(
        default=InterestDates.ADJUSTED, converter=_to_interest_dates
    )
