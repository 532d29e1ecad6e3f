"""Balances of a line at rates of their own: cash, transfers, promotions."""

from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from loanmath.doors import to_count, to_flag, to_text, to_tuple_of
from loanmath.errors import InputTypeError, InputValueError, LimitError, TermsError
from loanmath.rates import Rate, RateUnit, to_rate
from loanmath.rounding import Rounding
from loanmath.terms.amounts import to_amount, to_share
from loanmath.terms.conventions import to_optional_rounding
from loanmath.terms.lines.bearing import BalanceMethod, BearsFrom
from loanmath.terms.lines.interest import LineInterest

__all__ = [
    "INSTALLMENTS",
    "PURCHASES",
    "LineSegment",
    "Promotion",
    "TransactionFee",
    "to_segments",
]

PURCHASES, INSTALLMENTS = "purchases", "installments"
"""The segments that every line has."""

_MOST_MONTHS = 120
_MOST_NAME = 40
_MOST_SEGMENTS = 20


def _to_share(share: str | Fraction) -> Fraction:
    return to_share(share, "share", most=1)


def _to_least(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "least")


def _to_optional_most(amount: str | int | Decimal | None) -> Decimal | None:
    return None if amount is None else to_amount(amount, "most")


def _to_optional_limit(limit: str | int | Decimal | None) -> Decimal | None:
    return None if limit is None else to_amount(limit, "limit", least=1)


def _to_months(months: int) -> int:
    return to_count(months, "months", _MOST_MONTHS)


@frozen
class TransactionFee:
    """
    What drawing on a segment costs at once (取现手续费).

    Formula: `min(most, max(least, round(share * amount)))`.

    Args:
        share: The share of the amount, as `"1%"`.
        least: The smallest fee, in major units.
        most: The largest fee, in major units; left out, there is none.
        rounding: How it is rounded; left out, half up to the minor unit.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If the largest fee is below the smallest.

    Example:
        >>> TransactionFee("1%", least="10").share
        Fraction(1, 100)
    """

    share: Fraction = field(converter=_to_share)
    least: Decimal = field(default=Decimal(0), converter=_to_least, kw_only=True)
    most: Decimal | None = field(
        default=None, converter=_to_optional_most, kw_only=True
    )
    rounding: Rounding | None = field(
        default=None, converter=to_optional_rounding, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if self.most is not None and self.most < self.least:
            raise TermsError(
                "most", got=str(self.most), allowed=f"at least {self.least}"
            )


@frozen(kw_only=True)
class Promotion:
    """
    A rate that holds for some months from the day an amount is posted (优惠期).

    Args:
        months: How long it holds, 1 to 120 months.
        rate: The rate, as `Rate("0%/year")`; with a deferred balance, zero.
        deferred: Whether the interest of these months at the segment's rate is charged
            after all, if any of the amount is left when they are over.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If a deferred balance has a rate.

    Example:
        >>> Promotion(months=6).rate
        Rate('0%/year')

    Source: deferred interest is treated as a rate of zero until the last two cycles
    before it ends: 12 CFR 1026.53(b).
    """

    months: int = field(converter=_to_months)
    rate: Rate = field(default=Rate("0%/year"), converter=to_rate)
    deferred: bool = field(default=False)

    def __attrs_post_init__(self) -> None:
        to_flag(self.deferred, "deferred")
        if self.deferred and self.rate.value:
            raise TermsError(
                "rate", got=str(self.rate), allowed="0%/year, where it is deferred"
            )


def _to_name(name: str) -> str:
    text = to_text(name, "name")
    if not text.isidentifier() or len(text) > _MOST_NAME or text in _TAKEN:
        raise InputValueError(
            "name",
            got=text,
            allowed=f"a word of at most {_MOST_NAME} letters, none of"
            f" {', '.join(_TAKEN)}",
        )
    return text


_TAKEN = (PURCHASES, INSTALLMENTS)


@frozen(kw_only=True)
class LineSegment:
    """
    A balance of a line with a rate of its own (余额分段).

    Args:
        name: What it is called, such as `"cash"` or `"transfers"`.
        interest: What it costs; of a cash advance, with `bears_from="use"`.
        fee: What drawing on it costs at once; left out, nothing.
        limit: The most of it that may be owed, in major units; left out, the line's.
        due_in_full: Whether all of it belongs to the minimum of its first bill.
        promotion: A rate that holds at first; left out, there is none.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If two of the terms have no meaning together.

    Example:
        >>> cash = LineSegment(name="cash", limit="5000", due_in_full=True,
        ...     fee=TransactionFee("1%", least="10"),
        ...     interest=LineInterest(rate="0.05%/day", bears_from="use"))
        >>> cash.fee.least
        Decimal('10')

    Source: no free period for cash advances, and a fee: wodefinance.com/
    Creditcardoverdue; at 100% in the minimum: fjxejzxpzx there.
    """

    name: str = field(converter=_to_name)
    interest: LineInterest = field()
    fee: TransactionFee | None = field(default=None)
    limit: Decimal | None = field(default=None, converter=_to_optional_limit)
    due_in_full: bool = field(default=False)
    promotion: Promotion | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        for name, kind in _PARTS.items():
            part = getattr(self, name)
            if type(part) is not kind and (part is not None or name == "interest"):
                raise InputTypeError(name, got=part, allowed=f"{kind.__name__}(...)")
        to_flag(self.due_in_full, "due_in_full")
        if self.promotion is None:
            return
        if self.promotion.deferred and self.interest.bears_from is not BearsFrom.USE:
            raise TermsError(
                "promotion",
                got="deferred",
                allowed="where interest else bears from use",
            )
        rate = self.promotion.rate
        if (
            rate.value
            and rate.per is not RateUnit.DAY
            and self.interest.days_in_year is None
        ):
            raise TermsError(
                "days_in_year",
                got=None,
                allowed="360, 364, 365 or 366",
                do=f"state it with the interest: {rate} has no daily rate of its own",
            )
        if self.interest.balance is not BalanceMethod.DAILY:
            raise TermsError(
                "promotion",
                got=f"with the balance {self.interest.balance.value!r}",
                allowed="where the balance of each day bears",
            )


_PARTS: dict[str, type] = {
    "interest": LineInterest,
    "fee": TransactionFee,
    "promotion": Promotion,
}


def to_segments(segments: object) -> tuple[LineSegment, ...]:
    """
    Return the segments of a line, refusing anything else.

    Raises:
        InputTypeError: If it is not a list of segments.
        LimitError: If there are more than 20.
        TermsError: If two have one name.
    """
    found = to_tuple_of(segments, LineSegment, "segments")
    if len(found) > _MOST_SEGMENTS:
        raise LimitError(
            "segments", got=len(found), allowed=f"at most {_MOST_SEGMENTS}"
        )
    names = [segment.name for segment in found]
    if len(set(names)) != len(names):
        raise TermsError("segments", got=names, allowed="every name once")
    return found
