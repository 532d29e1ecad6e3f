"""What of a line bears interest, from when, and how it is charged: the words."""

from enum import Enum

__all__ = [
    "BalanceMethod",
    "BearsFrom",
    "BearsOn",
    "ChargedPer",
    "FreePeriod",
    "InterestPosted",
    "LastDay",
    "RepaymentDay",
]


class BearsFrom(Enum):
    """
    From when a purchase bears interest.

    `POSTING`: from the day it is posted, if its bill is not paid in full; `STATEMENT`:
    then too, but from the cycle after its own (no two-cycle interest); `AFTER_DUE`:
    from the day after its bill was due, on what is unpaid then; `USE`: from the day it
    is posted, whether or not the bill is paid: there is no free period.
    """

    POSTING = "posting"
    STATEMENT = "statement"
    AFTER_DUE = "after_due"
    USE = "use"


class BearsOn(Enum):
    """
    What bears interest up to the due date, where a bill is not paid in full.

    `WHOLE`: all that is owed each day (全额计息). `UNPAID_SHARE`: of it, the share of
    the bill that was unpaid when due. `UNPAID`: the purchases that were unpaid then,
    the oldest paid first (未还部分计息).
    """

    WHOLE = "whole"
    UNPAID_SHARE = "unpaid_share"
    UNPAID = "unpaid"


class RepaymentDay(Enum):
    """Whether the day of a repayment bears on the `OLD` or the `REDUCED` balance."""

    OLD = "old"
    REDUCED = "reduced"


class LastDay(Enum):
    """Whether the day that interest is billed on is `INCLUDED` in it, or `EXCLUDED`."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


class ChargedPer(Enum):
    """
    What interest is rounded by.

    `SEGMENT`: each stretch of days on one balance. `PERIOD`: the sum of these for one
    bill's purchases. `STATEMENT`: the sum of all bills.
    """

    SEGMENT = "segment"
    PERIOD = "period"
    STATEMENT = "statement"


class FreePeriod(Enum):
    """
    What becomes of later purchases while a bill is not paid in full.

    `KEPT`: each bill decides for itself. `LOST`: later purchases bear from the day they
    are posted, until bills are paid in full again.
    """

    KEPT = "kept"
    LOST = "lost"


class InterestPosted(Enum):
    """
    When interest becomes owed.

    `STATEMENT`: with the next bill. `PAYMENT`: then, and whenever money comes.
    """

    STATEMENT = "statement"
    PAYMENT = "payment"


class BalanceMethod(Enum):
    """
    Which balance bears over a cycle.

    `DAILY`: that of each day. `AVERAGE`: their average, rounded, on every day.
    `PREVIOUS`: that of the last bill. `ADJUSTED`: that, less what was paid since.
    """

    DAILY = "daily"
    AVERAGE = "average"
    PREVIOUS = "previous"
    ADJUSTED = "adjusted"
