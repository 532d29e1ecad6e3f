"""
Day counts: how many days, and which exact fraction of a year, lie between two dates.

Every convention is a row of one table (its rule, its names in the dialects of the
field, its source); `day_count` finds it by any of these names.
"""

from loanmath.daycount.convention import DAY_COUNTS, DayCount, day_count
from loanmath.daycount.span import HeadTail, Span

__all__ = ["DAY_COUNTS", "DayCount", "HeadTail", "Span", "day_count"]
