"""
How time runs between cash flows: one rule for each way that the laws count it.

A rule turns dates, or flows that are evenly spaced, into whole unit-periods and parts
of one, counted from the first flow, and says how many such periods a year has.
"""

from loanmath.yields.timing.coupons import CouponPeriods
from loanmath.yields.timing.elapsed import ActualDays
from loanmath.yields.timing.intervals import BackwardIntervals, ForwardIntervals
from loanmath.yields.timing.periods import PeriodUnit, UnitPeriod
from loanmath.yields.timing.rule import FlowDates, TimeRule, Timing
from loanmath.yields.timing.unit_periods import UnitPeriods
from loanmath.yields.timing.whole_periods import WholePeriods

__all__ = [
    "ActualDays",
    "BackwardIntervals",
    "CouponPeriods",
    "FlowDates",
    "ForwardIntervals",
    "PeriodUnit",
    "TimeRule",
    "Timing",
    "UnitPeriod",
    "UnitPeriods",
    "WholePeriods",
]
