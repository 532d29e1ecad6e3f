"""Rates that change: stepped by date, or an index plus a spread."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from loanmath.doors import FIRST_DATE, decimal_parts, to_date, to_enum
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.rates import Rate, RateUnit, percentage_text
from loanmath.recurrence import Step, to_dates
from loanmath.terms.amounts import to_share
from loanmath.terms.index import LOWEST_SHARE, Index, dated

__all__ = ["FloatingRate", "LoanRate", "SteppedRate", "to_loan_rate"]

_MOST_FIXING_DAYS = 366

_MOST = Fraction(100)


def _to_initial(rate: Rate) -> Rate:
    return _checked_rate(rate, "initial")


def _to_optional_initial(rate: Rate | None) -> Rate | None:
    return None if rate is None else _checked_rate(rate, "initial")


def _to_next_rate(rate: Rate | None) -> Rate | None:
    return None if rate is None else _checked_rate(rate, "next_rate")


def _checked_rate(rate: object, what: str) -> Rate:
    if type(rate) is not Rate:
        raise InputTypeError(
            what, got=rate, allowed="a Rate", do="write Rate('12%/year')"
        )
    return rate


Changes: TypeAlias = Mapping[date, Rate] | Sequence[tuple[date, Rate]]


def _to_changes(changes: Changes) -> tuple[tuple[date, Rate], ...]:
    return tuple(
        (on, _checked_rate(rate, f"changes {on}"))
        for on, rate in dated(changes, "changes")
    )


@frozen
class SteppedRate:
    """
    A rate that changes on agreed dates (分段利率).

    Args:
        initial: The rate from disbursement.
        changes: The rate from each date on, as a mapping or as pairs.

    Raises:
        InputTypeError: If a rate is not a `Rate`, or a date not a date.
        InputValueError: If a date is stated twice.
        TermsError: If the rates are not all per day, per month or per year.

    Example:
        >>> SteppedRate(Rate("3%/year"), {date(2027, 1, 1): Rate("4%/year")}).per.value
        'year'

    Source: interest by segments, then summed, as bank cores and the People's Bank of
    China's rules have it (Yinfa [1999] 77; recalled).
    """

    initial: Rate = field(converter=_to_initial)
    changes: tuple[tuple[date, Rate], ...] = field(converter=_to_changes)

    def __attrs_post_init__(self) -> None:
        for on, rate in self.changes:
            if rate.per is not self.initial.per:
                raise TermsError(
                    "changes",
                    got=f"{rate} from {on}",
                    allowed=f"a rate per {self.initial.per.value}, as the initial one",
                )

    @property
    def per(self) -> RateUnit:
        """The unit of time of all rates."""
        return self.initial.per

    def __str__(self) -> str:
        parts = [f"{rate} from {on}" for on, rate in self.changes[:3]]
        if len(self.changes) > 3:
            parts.append("...")
        return ", ".join([str(self.initial), *parts])


def _to_index(index: Index) -> Index:
    if type(index) is not Index:
        raise InputTypeError("index", got=index, allowed="an Index")
    return index


def _to_spread(spread: str | Fraction) -> Fraction:
    return to_share(spread, "spread", least=LOWEST_SHARE)


def _to_multiplier(multiplier: str | int | Decimal | Fraction) -> Fraction:
    if type(multiplier) is Fraction:
        factor = multiplier
    elif type(multiplier) is str and "/" in multiplier:
        # A quotient of two numbers, as the exact text of a share is.
        factor = to_share(f"{multiplier}%", "multiplier", least=-_MOST, most=100) * 100
    else:
        coefficient, exponent = decimal_parts(multiplier, "multiplier")
        factor = Fraction(coefficient) * Fraction(10) ** exponent
    if abs(factor) > _MOST or factor.denominator.bit_length() > 128:
        raise LimitError("multiplier", got=multiplier, allowed="-100 to 100")
    return factor


Resets: TypeAlias = relativedelta | Step | str | Sequence[date]


def _to_resets(resets: Resets) -> Step | tuple[date, ...]:
    if isinstance(resets, (list, tuple)):
        return to_dates(resets, "resets")
    return Step.of(resets)


def _to_first_reset(day: date | None) -> date | None:
    return None if day is None else to_date(day, "first_reset")


def _to_floor(floor: str | Fraction | None) -> Fraction | None:
    return None if floor is None else to_share(floor, "floor", least=LOWEST_SHARE)


def _to_cap(cap: str | Fraction | None) -> Fraction | None:
    return None if cap is None else to_share(cap, "cap", least=LOWEST_SHARE, most=100)


def _to_fixing_days(days: int) -> int:
    if type(days) is not int:
        raise InputTypeError("fixing_days", got=days, allowed="int")
    if not 0 <= days <= _MOST_FIXING_DAYS:
        raise LimitError("fixing_days", got=days, allowed=f"0 to {_MOST_FIXING_DAYS}")
    return days


def _to_per(per: str | RateUnit) -> RateUnit:
    return to_enum(per, RateUnit, "per")


@frozen
class FloatingRate:
    """
    An index plus a spread, reset on agreed dates (浮动利率, 如 LPR 加点).

    Formula: `rate = min(max(multiplier * index + spread, floor), cap)`, where the index
    is the latest observation on or before `reset - fixing_days`.

    A plan made ahead of a reset uses the latest observation that the index holds: it is
    a plan at today's index, and says so by its observations.

    Args:
        index: The `Index`.
        spread: What is added, as `"-39bp"` or `"1.2%"`.
        multiplier: What the index is multiplied with, -100 to 100.
        resets: The step between resets (`YEARLY`, `"P3M"`), counted from
            `first_reset`, or the reset dates themselves.
        first_reset: The first reset, where `resets` is a step.
        initial: The rate until the first reset; left out, the formula on disbursement.
        next_rate: The rate of the first reset, where it was agreed in advance.
        floor: The lowest rate.
        cap: The highest rate.
        fixing_days: Calendar days before a reset on which the index is read, 0 to 366.
        per: The unit of time of the index.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If a step has no first reset, or the floor is above the cap.

    Example:
        >>> index = Index("example", {date(2026, 1, 20): "3.5%"})
        >>> rate = FloatingRate(index, "-39bp", resets="yearly",
        ...     first_reset=date(2027, 1, 1))
        >>> str(rate.on(date(2027, 1, 1)))
        '3.11%/year'

    ACTUS: RRMO, RRMLT, RRSP, RRANX, RRCL, RRNXT, RRFIX, RRLC and RRLF.
    """

    index: Index = field(converter=_to_index)
    spread: Fraction = field(default=Fraction(0), converter=_to_spread)
    multiplier: Fraction = field(
        default=Fraction(1), converter=_to_multiplier, kw_only=True
    )
    resets: Step | tuple[date, ...] = field(converter=_to_resets, kw_only=True)
    first_reset: date | None = field(
        default=None, converter=_to_first_reset, kw_only=True
    )
    initial: Rate | None = field(
        default=None, converter=_to_optional_initial, kw_only=True
    )
    next_rate: Rate | None = field(default=None, converter=_to_next_rate, kw_only=True)
    floor: Fraction | None = field(default=None, converter=_to_floor, kw_only=True)
    cap: Fraction | None = field(default=None, converter=_to_cap, kw_only=True)
    fixing_days: int = field(default=0, converter=_to_fixing_days, kw_only=True)
    per: RateUnit = field(default=RateUnit.YEAR, converter=_to_per, kw_only=True)

    def __attrs_post_init__(self) -> None:
        stated = isinstance(self.resets, tuple)
        if stated == (self.first_reset is not None):
            raise TermsError(
                "first_reset",
                got=str(self.first_reset) if self.first_reset else None,
                allowed="the first reset date, exactly where resets is a step",
            )
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            raise TermsError(
                "floor",
                got=percentage_text(self.floor),
                allowed=f"not above the cap, {percentage_text(self.cap)}",
            )
        for name, rate in (("initial", self.initial), ("next_rate", self.next_rate)):
            if rate is not None and rate.per is not self.per:
                raise TermsError(
                    name, got=str(rate), allowed=f"a rate per {self.per.value}"
                )

    @property
    def stated_resets(self) -> tuple[date, ...]:
        """The reset dates, where they are stated."""
        return self.resets if isinstance(self.resets, tuple) else ()

    def on(self, reset: date) -> Rate:
        """
        Return the rate that the formula gives on a reset date.

        Raises:
            InputTypeError: If the reset is not a date.
            DateRangeError: If the index was not observed so early.
            LimitError: If the rate is out of range.

        Example:
            >>> index = Index("example", [(date(2026, 1, 20), "3.5%")])
            >>> str(FloatingRate(index, cap="3%", resets=[]).on(date(2026, 2, 1)))
            '3%/year'
        """
        # One fraction is reduced, instead of one for the product and one for the sum.
        seen, seen_of = self.index.on(self._fixed_on(reset)).as_integer_ratio()
        times, times_of = self.multiplier.as_integer_ratio()
        more, more_of = self.spread.as_integer_ratio()
        value = Fraction(
            times * seen * more_of + more * times_of * seen_of,
            times_of * seen_of * more_of,
        )
        if self.floor is not None:
            value = max(value, self.floor)
        if self.cap is not None:
            value = min(value, self.cap)
        return Rate.from_share(value, self.per)

    def stays_until(self, reset: date) -> date | None:
        """
        Return the first day on which a reset would read a later observation, if any.

        Raises:
            InputTypeError: If the reset is not a date.

        Example:
            >>> index = Index("example", {
            ...     date(2026, 1, 20): "3.5%", date(2026, 3, 20): "3.4%"})
            >>> rate = FloatingRate(index, fixing_days=2, resets=[])
            >>> str(rate.stays_until(date(2026, 3, 21)))
            '2026-03-22'
        """
        later = self.index.next_after(self._fixed_on(reset))
        if later is None or not self.fixing_days:
            return later
        return later + timedelta(self.fixing_days)

    def _fixed_on(self, reset: date) -> date:
        """Return the day on which the index is read for a reset."""
        to_date(reset, "reset")
        if not self.fixing_days:
            return reset
        return max(FIRST_DATE, reset - timedelta(self.fixing_days))

    def __str__(self) -> str:
        text = self.index.name
        if self.multiplier != 1:
            text = f"{self.multiplier} x {text}"
        if not self.spread:
            return text
        sign = "-" if self.spread < 0 else "+"
        return f"{text} {sign} {percentage_text(abs(self.spread))}"


LoanRate: TypeAlias = Rate | SteppedRate | FloatingRate
"""What a loan's rate may be."""


def to_loan_rate(rate: LoanRate | None) -> LoanRate | None:
    """
    Return a rate or a rate plan, refusing everything that is not one.

    Raises:
        InputTypeError: If it is of another type.

    Example:
        >>> to_loan_rate(Rate("12%/year"))
        Rate('12%/year')
    """
    if rate is not None and type(rate) not in (Rate, SteppedRate, FloatingRate):
        raise InputTypeError(
            "rate",
            got=rate,
            allowed="a Rate, SteppedRate or FloatingRate",
            do="write Rate('12%/year')",
        )
    return rate
