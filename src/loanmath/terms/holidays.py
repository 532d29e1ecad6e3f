"""Installments on which less than usual is due: grace, moratorium, free of interest."""

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from attrs import field, frozen

from loanmath.doors import to_count, to_enum, to_tuple_of
from loanmath.errors import TermsError
from loanmath.terms.conventions import MAX_INSTALLMENTS_DAILY

__all__ = ["Holiday", "HolidayInterest", "HolidayOf", "to_holidays"]


class HolidayOf(Enum):
    """What is not due: the `PRINCIPAL`, the `INTEREST`, or the whole `PAYMENT`."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    PAYMENT = "payment"


class HolidayInterest(Enum):
    """
    What becomes of interest that is not due.

    `CAPITALIZE`: it joins the principal, rounded, on the due date. `CARRY`: it is due
    with the next interest, with the last installment at the latest, and bears none
    itself. `WAIVE`: it never accrues.
    """

    CAPITALIZE = "capitalize"
    CARRY = "carry"
    WAIVE = "waive"


def _to_first(first: int) -> int:
    return to_count(first, "first", MAX_INSTALLMENTS_DAILY)


def _to_count(count: int) -> int:
    return to_count(count, "count", MAX_INSTALLMENTS_DAILY)


def _to_of(of: str | HolidayOf) -> HolidayOf:
    return to_enum(of, HolidayOf, "of")


def _to_interest(interest: str | HolidayInterest | None) -> HolidayInterest | None:
    return None if interest is None else to_enum(interest, HolidayInterest, "interest")


@frozen
class Holiday:
    """
    Installments on which principal, interest or both are not due (宽限期, 延期还款).

    Level and graduated payments are solved over the installments that are paid. The
    last installment is paid; its interest alone may be waived. Where principal is due
    at the end, or its amounts are stated, a holiday is one of interest.

    Args:
        first: The first of them, counted from 1.
        count: How many, one after the other.
        of: What is not due: `"principal"` (只还息), `"interest"`, or the whole
            `"payment"`.
        interest: What becomes of the interest: `"capitalize"`, `"carry"` or `"waive"`;
            to be stated unless only principal is not due. Where principal goes on
            being due, interest is carried or waived (免息期).

    Attributes:
        last: The last of them.

    Raises:
        LimitError: If a number is out of range.
        UnknownNameError: If a name is not known.
        TermsError: If `interest` is missing, or has no meaning.

    Example:
        >>> Holiday(1, 3, "payment", interest="capitalize").last
        3
    """

    first: int = field(converter=_to_first)
    count: int = field(converter=_to_count)
    of: HolidayOf = field(converter=_to_of)
    interest: HolidayInterest | None = field(
        default=None, converter=_to_interest, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        allowed = {
            HolidayOf.PRINCIPAL: (None,),
            HolidayOf.INTEREST: (HolidayInterest.CARRY, HolidayInterest.WAIVE),
            HolidayOf.PAYMENT: tuple(HolidayInterest),
        }[self.of]
        if self.interest not in allowed:
            words = ["left out" if rule is None else rule.value for rule in allowed]
            raise TermsError(
                "holiday interest",
                got=None if self.interest is None else self.interest.value,
                allowed=f"{' or '.join(words)}, where the {self.of.value} is not due",
            )

    @property
    def last(self) -> int:
        """The number of the last installment of the holiday."""
        return self.first + self.count - 1


def to_holidays(holidays: Sequence[Holiday]) -> tuple[Holiday, ...]:
    """
    Return holidays in order, refusing any that overlap.

    Raises:
        InputTypeError: If they are not a sequence of `Holiday`.
        TermsError: If two overlap.

    Example:
        >>> later, sooner = Holiday(7, 1, "principal"), Holiday(1, 2, "principal")
        >>> to_holidays([later, sooner])[0].first
        1
    """
    found = to_tuple_of(holidays, Holiday, "holidays")
    ordered = tuple(sorted(found, key=lambda holiday: holiday.first))
    for one, other in pairwise(ordered):
        if other.first <= one.last:
            raise TermsError(
                "holidays",
                got=f"installments {one.first} to {one.last} and {other.first} on",
                allowed="holidays that do not overlap",
            )
    return ordered
