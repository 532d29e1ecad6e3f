"""The conventions of ACTUS contracts."""

from loanmath.calendars import Calendar
from loanmath.errors import InputTypeError, UnknownNameError
from loanmath.rounding import Rounding
from loanmath.terms import BusinessDays

__all__ = ["ACTUS_ROUNDING", "actus_business_days"]

ACTUS_ROUNDING = Rounding.unrounded(20)
"""
The rounding of a contract by ACTUS: none, to twenty decimals.

Source: the ACTUS reference tests of 2021-05-31 carry unrounded amounts; they are
reproduced at 1E-9.
"""

_ACTUS_RULES = {
    "F": "following",
    "MF": "modified_following",
    "P": "preceding",
    "MP": "modified_preceding",
}
_ACTUS_ORDERS = {"SC": "adjusted", "CS": "unadjusted"}


def actus_business_days(code: str, calendar: Calendar) -> BusinessDays | None:
    """
    Return the business-day term that an ACTUS code stands for.

    Formula: `SC..` shifts the date, then calculates interest to it; `CS..` calculates
    first. `F` following, `MF` modified following, `P` preceding, `MP` modified
    preceding. `NOS` and `NULL` shift nothing.

    Args:
        code: The code, such as `"SCMF"`.
        calendar: Which days are business days.

    Returns:
        The term; nothing for a code that shifts nothing.

    Raises:
        InputTypeError: If the code is not a `str`, or the calendar is none.
        UnknownNameError: If there is no such code.

    Example:
        >>> from loanmath.calendars import WEEKENDS
        >>> actus_business_days("CSMF", WEEKENDS).rule.value
        'modified_following'

    Source: ACTUS data dictionary, business day convention (BDC), with the behavior of
    the reference tests of 2021-05-31. 中文: 节假日顺延规则.
    """
    if type(code) is not str:
        raise InputTypeError("code", got=code, allowed="str")
    if code in ("NOS", "NULL"):
        return None
    order, rule = _ACTUS_ORDERS.get(code[:2]), _ACTUS_RULES.get(code[2:])
    if order is None or rule is None:
        known = [start + end for start in _ACTUS_ORDERS for end in _ACTUS_RULES]
        raise UnknownNameError(
            "code", got=code, allowed=", ".join([*known, "NOS", "NULL"])
        )
    return BusinessDays(rule, calendar, interest=order)
