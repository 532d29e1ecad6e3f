"""What lateness costs by the day: penalty interest, and interest on interest."""

from decimal import Decimal
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from loanmath.doors import to_enum, to_flag
from loanmath.errors import InputTypeError, InputValueError, LimitError, TermsError
from loanmath.rates import Rate, to_rate
from loanmath.rounding import Rounding
from loanmath.terms.amounts import to_amount, to_multiple
from loanmath.terms.conventions import to_optional_rounding
from loanmath.terms.servicing.components import Component

__all__ = [
    "Compounded",
    "Compounding",
    "ContractInterest",
    "FirstDay",
    "Grace",
    "PaymentDay",
    "PenaltyBase",
    "PenaltyInterest",
    "PenaltyRounded",
    "to_days",
    "to_penalty",
]

MAX_DAYS = 3_660


class PenaltyBase(Enum):
    """
    What penalty interest is charged on, installment by installment.

    `PRINCIPAL`: the overdue principal. `PRINCIPAL_AND_INTEREST`: the overdue principal
    and contract interest. `INSTALLMENT`: these and overdue fees. After acceleration,
    all of the principal is overdue.
    """

    PRINCIPAL = "overdue_principal"
    PRINCIPAL_AND_INTEREST = "overdue_principal_and_interest"
    INSTALLMENT = "overdue_installment"


class FirstDay(Enum):
    """The first day that an unpaid installment bears penalty: due day or the next."""

    DUE_DAY = "due_day"
    DAY_AFTER = "day_after"


class PaymentDay(Enum):
    """
    Whether a day bears penalty on what is paid that day.

    `NOT_COUNTED`: the day counts on what is left after the payment. `COUNTED`: on what
    was owed before it; the due day itself never does.
    """

    NOT_COUNTED = "not_counted"
    COUNTED = "counted"


class Grace(Enum):
    """
    What days of grace mean for an installment that outlasts them (宽限期).

    `CLIFF`: penalty is charged from the first day after all. `FREE`: the days of grace
    stay free.
    """

    CLIFF = "cliff"
    FREE = "free"


class ContractInterest(Enum):
    """Whether contract interest on overdue principal `CONTINUES` or is `REPLACED`."""

    REPLACED = "replaced"
    CONTINUES = "continues"


class PenaltyRounded(Enum):
    """
    What penalty is rounded for: each `DAY`, each `INSTALLMENT`, or all in `TOTAL`.

    The sums of an installment and of the total are rounded as they grow, so that what
    was charged is always the rounded sum, however time is cut.
    """

    DAY = "day"
    INSTALLMENT = "installment"
    TOTAL = "total"


class Compounded(Enum):
    """When unpaid penalty and compound interest start to bear interest themselves."""

    DAILY = "daily"
    DUE_DATES = "due_dates"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


_COMPOUNDABLE = (Component.INTEREST, Component.PENALTY, Component.COMPOUND)


def _to_of(of: object) -> tuple[Component, ...]:
    if not isinstance(of, (list, tuple)) or not of:
        raise InputTypeError("of", got=of, allowed="a list of component names")
    named = {to_enum(name, Component, "of") for name in of}
    for component in named:
        if component not in _COMPOUNDABLE:
            raise InputValueError(
                "of", got=component.value, allowed="interest, penalty, compound"
            )
    return tuple(component for component in _COMPOUNDABLE if component in named)


def _to_compounded(every: object) -> Compounded:
    return to_enum(every, Compounded, "every")


def to_days(days: object, what: str) -> int:
    """
    Return a number of days from 0 to 3,660.

    Raises:
        InputTypeError: If it is not an `int`.
        LimitError: If it is out of range.

    Example:
        >>> to_days(3, "grace_days")
        3
    """
    if type(days) is not int:
        raise InputTypeError(what, got=days, allowed="int")
    if not 0 <= days <= MAX_DAYS:
        raise LimitError(what, got=days, allowed=f"0 to {MAX_DAYS:,}")
    return days


def _to_day(day: object) -> int:
    if type(day) is not int:
        raise InputTypeError("day", got=day, allowed="int")
    if not 1 <= day <= 28:
        raise LimitError("day", got=day, allowed="1 to 28")
    return day


@frozen
class Compounding:
    """
    Interest on unpaid interest: what of it bears interest, and from when (复利).

    Overdue contract interest bears it from the day it is overdue. Penalty and compound
    interest bear it from the next compounding day on, in the amount then unpaid; what
    is paid of them is taken off the part that bears interest first.

    Args:
        of: The components that bear interest: `"interest"`, `"penalty"` (interest on
            penalty, 罚息的复利), `"compound"` (interest on compound interest).
        every: The compounding days: `"daily"`, `"due_dates"`, or a day of the month
            `"monthly"` or `"quarterly"` (March, June, September, December).
        day: That day of the month, 1 to 28.
        at_contract_rate: Whether the rate is the contract's until the last due date.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a component bears no interest.
        UnknownNameError: If a name is not known.
        LimitError: If the day is out of range.

    Example:
        >>> [part.value for part in Compounding(["penalty", "interest"]).of]
        ['interest', 'penalty']

    Source: Yinfa [1999] 77 art. 20 (compound interest at the contract rate before
    maturity, at the penalty rate after), Yinfa [2003] 251; texts not seen in the
    original. Whether penalty may bear interest is contractual, and courts often refuse.
    """

    of: tuple[Component, ...] = field(converter=_to_of)
    every: Compounded = field(default=Compounded.QUARTERLY, converter=_to_compounded)
    day: int = field(default=21, converter=_to_day, kw_only=True)
    at_contract_rate: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        to_flag(self.at_contract_rate, "at_contract_rate")


def _to_rate(rate: Rate | str | None) -> Rate | None:
    return None if rate is None else to_rate(rate)


def _to_multiple(multiple: object) -> Fraction | None:
    return None if multiple is None else to_multiple(multiple, "multiple", 0, 100)


def _to_base(base: object) -> PenaltyBase:
    return to_enum(base, PenaltyBase, "base")


def _to_first_day(first_day: object) -> FirstDay:
    return to_enum(first_day, FirstDay, "first_day")


def _to_payment_day(payment_day: object) -> PaymentDay:
    return to_enum(payment_day, PaymentDay, "payment_day")


def _to_grace_days(days: object) -> int:
    return to_days(days, "grace_days")


def _to_grace(grace: object) -> Grace:
    return to_enum(grace, Grace, "grace")


def _to_tolerance(tolerance: str | int | Decimal) -> Decimal:
    return to_amount(tolerance, "tolerance")


def _to_contract_interest(rule: object) -> ContractInterest:
    return to_enum(rule, ContractInterest, "contract_interest")


def to_days_in_year(days: object) -> int | None:
    """
    Return the days of a year that rates are divided by, where they are stated.

    Raises:
        InputTypeError: If they are not an `int`.
        InputValueError: If they are not 360, 364, 365 or 366.

    Example:
        >>> to_days_in_year(360)
        360
    """
    if days is None:
        return None
    if type(days) is not int:
        raise InputTypeError("days_in_year", got=days, allowed="int")
    if days not in (360, 364, 365, 366):
        raise InputValueError("days_in_year", got=days, allowed="360, 364, 365 or 366")
    return days


def _to_rounded(rounded: object) -> PenaltyRounded:
    return to_enum(rounded, PenaltyRounded, "rounded")


@frozen(kw_only=True)
class PenaltyInterest:
    """
    Interest on what is overdue, for every day until it is paid (罚息, 逾期利息).

    Formula: the penalty of an installment is `round(sum over days of base * rate)`.
    The first day that counts is the due day or the next; a day counts where the base is
    unpaid at its end (or at its start, where the payment day counts).

    Args:
        rate: The penalty rate itself, such as `Rate("0.05%/day")`.
        multiple: Or the penalty rate as a multiple of the contract rate, `"1.5"`.
        addition: Or what is added to the contract rate, `Rate("5%/year")`.
        base: `"overdue_principal"`, `"overdue_principal_and_interest"` or
            `"overdue_installment"`.
        first_day: `"due_day"` (a loan due on the 8th and paid on the 10th bears two
            days) or `"day_after"`.
        payment_day: `"not_counted"` or `"counted"`.
        grace_days: Days after the due date within which payment is still on time.
        grace: Whether an installment that outlasts them bears penalty for them:
            `"cliff"` or `"free"`.
        tolerance: An overdue amount up to this, in major units, bears none.
        contract_interest: Whether contract interest on overdue principal is
            `"replaced"` by the penalty or `"continues"` beside it.
        days_in_year: The days of the year that a yearly rate is divided by: 360, 364,
            365 or 366; a monthly rate counts as a twelfth of a year. Left open, the
            divisor of the loan's day count.
        rounded: What the rounding applies to: `"installment"`, `"day"` or `"total"`.
        rounding: How penalty is rounded, where not as the loan.
        compounding: Which unpaid interest bears interest at this rate.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If not exactly one of rate, multiple and addition is given.

    Example:
        >>> PenaltyInterest(multiple="1.5").multiple
        Fraction(3, 2)

    Source: contract rate plus 30 % to 50 %, from the day of being overdue until all is
    paid: Yinfa [2003] 251 (in force 2004-01-01, recalled). ACTUS: PYRT, PYTP.
    """

    rate: Rate | None = field(default=None, converter=_to_rate)
    multiple: Fraction | None = field(default=None, converter=_to_multiple)
    addition: Rate | None = field(default=None, converter=_to_rate)
    base: PenaltyBase = field(default=PenaltyBase.PRINCIPAL, converter=_to_base)
    first_day: FirstDay = field(default=FirstDay.DUE_DAY, converter=_to_first_day)
    payment_day: PaymentDay = field(
        default=PaymentDay.NOT_COUNTED, converter=_to_payment_day
    )
    grace_days: int = field(default=0, converter=_to_grace_days)
    grace: Grace = field(default=Grace.CLIFF, converter=_to_grace)
    tolerance: Decimal = field(default=Decimal(0), converter=_to_tolerance)
    contract_interest: ContractInterest = field(
        default=ContractInterest.REPLACED, converter=_to_contract_interest
    )
    days_in_year: int | None = field(default=None, converter=to_days_in_year)
    rounded: PenaltyRounded = field(
        default=PenaltyRounded.INSTALLMENT, converter=_to_rounded
    )
    rounding: Rounding | None = field(default=None, converter=to_optional_rounding)
    compounding: Compounding | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        if self.compounding is not None and type(self.compounding) is not Compounding:
            raise InputTypeError(
                "compounding", got=self.compounding, allowed="Compounding(...)"
            )
        given = [
            name
            for name in ("rate", "multiple", "addition")
            if getattr(self, name) is not None
        ]
        if len(given) != 1:
            raise TermsError(
                "penalty",
                got=" and ".join(given) or "no rate",
                allowed="exactly one of rate, multiple, addition",
            )


def to_penalty(penalty: PenaltyInterest | None) -> PenaltyInterest | None:
    """
    Return the penalty of a loan, refusing anything else.

    Raises:
        InputTypeError: If it is not a `PenaltyInterest`.

    Example:
        >>> to_penalty(None) is None
        True
    """
    if penalty is not None and type(penalty) is not PenaltyInterest:
        raise InputTypeError("penalty", got=penalty, allowed="PenaltyInterest(...)")
    return penalty
