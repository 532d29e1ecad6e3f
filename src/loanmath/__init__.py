"""
Loan mathematics right to the cent: terms in, a schedule out, every cent explained.

Terms promise, schedules plan. Every public name is here and is loaded when it is first
used, so that `import loanmath` costs nothing that a program does not need.

Example:
    >>> import loanmath
    >>> loanmath.level_payment("10000", loanmath.Rate("1%/month"), 12)
    Decimal('888.49')
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from loanmath.analysis import (
        Agreed,
        ConventionInForce,
        Effect,
        Refusal,
        Sensitivity,
        sensitivity,
    )
    from loanmath.calendars import (
        NONE,
        WEEKENDS,
        BusinessDayRule,
        Calendar,
        HolidayCalendar,
        chinese_calendar,
        holidays_calendar,
    )
    from loanmath.currency import currency_digits
    from loanmath.daycount import DAY_COUNTS, DayCount, HeadTail, day_count
    from loanmath.errors import LoanmathError
    from loanmath.rates import Rate, RateUnit
    from loanmath.recurrence import (
        BIWEEKLY,
        DAILY,
        MONTHLY,
        QUARTERLY,
        SEMIANNUALLY,
        WEEKLY,
        YEARLY,
        Step,
        add_months,
    )
    from loanmath.rounding import Rounding, RoundingMode
    from loanmath.schedule import (
        CashFlow,
        Explanation,
        Installment,
        Schedule,
        Totals,
        level_payment,
    )
    from loanmath.serialization import (
        read_terms,
        terms_document,
        terms_from_document,
        terms_from_text,
    )
    from loanmath.solving import (
        Bracket,
        Solution,
        Unknown,
        solve_for,
    )
    from loanmath.term_sheets import (
        Language,
        Section,
        TermSheet,
        term_sheet,
    )
    from loanmath.terms import (
        AddOnInterest,
        BrokenPeriod,
        BusinessDays,
        Drawdown,
        Earned,
        EqualPrincipal,
        Fee,
        FeeBase,
        FeeDue,
        FeeOf,
        FeePaid,
        FeeTiming,
        FixedPayment,
        FixedPrincipal,
        FlatFee,
        FloatingRate,
        GraduatedPayment,
        Holiday,
        HolidayInterest,
        HolidayOf,
        Index,
        InstallmentLoan,
        InterestDates,
        InterestOnly,
        InterestPayments,
        LevelPayment,
        LoanRate,
        PrincipalAmounts,
        RateChange,
        Repayment,
        Residue,
        RoundedPer,
        Shortfall,
        SinglePayment,
        SteppedPayment,
        SteppedRate,
    )
    from loanmath.yields import Certificate, Yield, irr, present_value

_ROOMS = {
    "analysis": (
        "Agreed",
        "ConventionInForce",
        "Effect",
        "Refusal",
        "Sensitivity",
        "sensitivity",
    ),
    "solving": (
        "Bracket",
        "Solution",
        "Unknown",
        "solve_for",
    ),
    "term_sheets": (
        "Language",
        "Section",
        "TermSheet",
        "term_sheet",
    ),
    "calendars": (
        "NONE",
        "WEEKENDS",
        "BusinessDayRule",
        "Calendar",
        "HolidayCalendar",
        "chinese_calendar",
        "holidays_calendar",
    ),
    "currency": ("currency_digits",),
    "daycount": ("DAY_COUNTS", "DayCount", "HeadTail", "day_count"),
    "errors": ("LoanmathError",),
    "rates": ("Rate", "RateUnit"),
    "recurrence": (
        "BIWEEKLY",
        "DAILY",
        "MONTHLY",
        "QUARTERLY",
        "SEMIANNUALLY",
        "WEEKLY",
        "YEARLY",
        "Step",
        "add_months",
    ),
    "rounding": ("Rounding", "RoundingMode"),
    "schedule": (
        "CashFlow",
        "Explanation",
        "Installment",
        "Schedule",
        "Totals",
        "level_payment",
    ),
    "serialization": (
        "read_terms",
        "terms_document",
        "terms_from_document",
        "terms_from_text",
    ),
    "terms": (
        "AddOnInterest",
        "BrokenPeriod",
        "BusinessDays",
        "Drawdown",
        "Earned",
        "EqualPrincipal",
        "Fee",
        "FeeBase",
        "FeeDue",
        "FeeOf",
        "FeePaid",
        "FeeTiming",
        "FixedPayment",
        "FixedPrincipal",
        "FlatFee",
        "FloatingRate",
        "GraduatedPayment",
        "Holiday",
        "HolidayInterest",
        "HolidayOf",
        "Index",
        "InstallmentLoan",
        "InterestDates",
        "InterestOnly",
        "InterestPayments",
        "LevelPayment",
        "LoanRate",
        "PrincipalAmounts",
        "RateChange",
        "Repayment",
        "Residue",
        "RoundedPer",
        "Shortfall",
        "SinglePayment",
        "SteppedPayment",
        "SteppedRate",
    ),
    "yields": ("Certificate", "Yield", "irr", "present_value"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "BIWEEKLY",
    "DAILY",
    "DAY_COUNTS",
    "MONTHLY",
    "NONE",
    "QUARTERLY",
    "SEMIANNUALLY",
    "WEEKENDS",
    "WEEKLY",
    "YEARLY",
    "AddOnInterest",
    "Agreed",
    "Bracket",
    "BrokenPeriod",
    "BusinessDayRule",
    "BusinessDays",
    "Calendar",
    "CashFlow",
    "Certificate",
    "ConventionInForce",
    "DayCount",
    "Drawdown",
    "Earned",
    "Effect",
    "EqualPrincipal",
    "Explanation",
    "Fee",
    "FeeBase",
    "FeeDue",
    "FeeOf",
    "FeePaid",
    "FeeTiming",
    "FixedPayment",
    "FixedPrincipal",
    "FlatFee",
    "FloatingRate",
    "GraduatedPayment",
    "HeadTail",
    "Holiday",
    "HolidayCalendar",
    "HolidayInterest",
    "HolidayOf",
    "Index",
    "Installment",
    "InstallmentLoan",
    "InterestDates",
    "InterestOnly",
    "InterestPayments",
    "Language",
    "LevelPayment",
    "LoanRate",
    "LoanmathError",
    "PrincipalAmounts",
    "Rate",
    "RateChange",
    "RateUnit",
    "Refusal",
    "Repayment",
    "Residue",
    "RoundedPer",
    "Rounding",
    "RoundingMode",
    "Schedule",
    "Section",
    "Sensitivity",
    "Shortfall",
    "SinglePayment",
    "Solution",
    "Step",
    "SteppedPayment",
    "SteppedRate",
    "TermSheet",
    "Totals",
    "Unknown",
    "Yield",
    "add_months",
    "chinese_calendar",
    "currency_digits",
    "day_count",
    "holidays_calendar",
    "irr",
    "level_payment",
    "present_value",
    "read_terms",
    "sensitivity",
    "solve_for",
    "term_sheet",
    "terms_document",
    "terms_from_document",
    "terms_from_text",
]


def __getattr__(name: str) -> Any:
    room = _ROOM_OF.get(name)
    if room is None:
        message = f"module 'loanmath' has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"loanmath.{room}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
