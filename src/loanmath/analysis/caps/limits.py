"""What a ceiling limits: a yearly rate, simple interest by the day, or a total."""

from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from loanmath.doors import to_date, to_enum, to_flag
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.rates import Rate, RateUnit, percentage_text, to_rate
from loanmath.terms import Index
from loanmath.terms.amounts import to_amount_or_share, to_multiple
from loanmath.terms.servicing.penalty import to_days_in_year

__all__ = [
    "AnnualLimit",
    "CostKind",
    "CostLimit",
    "IndexMultiple",
    "Limit",
    "ShareOf",
    "SimpleLimit",
    "rate_on",
]


class CostKind(Enum):
    """
    What a borrower is charged for, as ceilings tell costs apart (费用类别).

    `INTEREST`: interest while the loan is performing. `FEE`: every other cost that does
    not depend on default. `DEFAULT_INTEREST`: penalty and compound interest.
    `DEFAULT_FEE`: late charges and other fees of default.
    """

    INTEREST = "interest"
    FEE = "fee"
    DEFAULT_INTEREST = "default_interest"
    DEFAULT_FEE = "default_fee"


_NORMAL = (CostKind.INTEREST, CostKind.FEE)


class ShareOf(Enum):
    """
    What a ceiling on a total is a share of.

    `LENT`: all that was paid out. `OWED_AT_DEFAULT`: the principal that was unpaid when
    the first payment was late.
    """

    LENT = "lent"
    OWED_AT_DEFAULT = "owed_at_default"


def _to_index(index: object) -> Index:
    if type(index) is not Index:
        raise InputTypeError("index", got=index, allowed="an Index")
    return index


def _to_multiple(multiple: object) -> Fraction:
    return to_multiple(multiple, "multiple", 0, 100)


def _to_of(of: object) -> tuple[CostKind, ...]:
    if not isinstance(of, (list, tuple)) or not of:
        raise InputTypeError("of", got=of, allowed="a list of kinds of cost")
    named = {to_enum(name, CostKind, "of") for name in of}
    return tuple(kind for kind in CostKind if kind in named)


def _to_most(most: object) -> Decimal | Fraction:
    return to_amount_or_share(most, "most")


def _to_share_of(share_of: object) -> ShareOf:
    return to_enum(share_of, ShareOf, "share_of")


@frozen
class IndexMultiple:
    """
    A ceiling that follows an index: so many times what was published (四倍 LPR).

    Formula: `rate = multiple * index`, as last published on the day of the contract.

    Args:
        multiple: How many times, 0 to 100.
        index: The index by the dates it was published on.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the multiple is not a finite number, or out of range.

    Example:
        >>> lpr = Index("LPR 1 year", {date(2020, 8, 20): "3.85%"})
        >>> IndexMultiple(4, lpr).on(date(2020, 9, 1))
        Rate('15.4%/year')
    """

    multiple: Fraction = field(converter=_to_multiple)
    index: Index = field(converter=_to_index)

    def on(self, signed: date) -> Rate:
        """
        Return the ceiling of a contract made on a day.

        Raises:
            InputTypeError: If the day is not a date.
            DateRangeError: If nothing was published so early.

        Example:
            >>> lpr = Index("LPR 1 year", {date(2025, 5, 20): "3.00%"})
            >>> IndexMultiple("4", lpr).on(date(2026, 1, 15))
            Rate('12%/year')
        """
        value = self.multiple * self.index.on(to_date(signed, "signed"))
        return Rate.from_share(value, per="year")

    def __str__(self) -> str:
        return f"{self.multiple} x {self.index.name}"


def _to_capped(rate: object) -> Rate | IndexMultiple:
    if type(rate) is IndexMultiple:
        return rate
    capped = to_rate(rate)  # type: ignore[arg-type]
    if capped.value < 0:
        raise LimitError("rate", got=str(capped), allowed="zero or above")
    return capped


def rate_on(rate: Rate | IndexMultiple, signed: date) -> Rate:
    """
    Return the rate that a ceiling has for a contract made on a day.

    Example:
        >>> rate_on(Rate("24%/year"), date(2026, 1, 15))
        Rate('24%/year')
    """
    return rate.on(signed) if isinstance(rate, IndexMultiple) else rate


@frozen
class AnnualLimit:
    """
    A ceiling on the annual rate of all costs, by a convention (综合年化利率上限).

    Formula: `annual rate of the cash flows <= rate`, by the convention that the check
    names, and no digit rounded.

    Args:
        rate: The highest yearly rate, a `Rate` or its text, or an `IndexMultiple`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If the rate is not a yearly one.

    Example:
        >>> AnnualLimit("24%/year").rate
        Rate('24%/year')
    """

    rate: Rate | IndexMultiple = field(converter=_to_capped)

    def __attrs_post_init__(self) -> None:
        if isinstance(self.rate, Rate) and self.rate.per is not RateUnit.YEAR:
            raise TermsError("rate", got=str(self.rate), allowed="a rate per year")

    def __str__(self) -> str:
        return str(self.rate)


@frozen
class SimpleLimit:
    """
    A ceiling on costs as simple interest, by the day (单利日息上限).

    Formula: `costs <= floor(sum over days of principal * rate)`; a monthly rate is a
    twelfth of a yearly one, and a yearly one is divided by `days_in_year`. Nothing
    compounds.

    Args:
        rate: The highest rate, a `Rate` or its text, or an `IndexMultiple`.
        days_in_year: The divisor of a monthly or yearly rate.
        of: The kinds of cost that count, of `CostKind`; interest and fees by default.
        overdue: Whether the principal that counts is the overdue one. Otherwise it is
            all that is outstanding.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If the divisor is missing, or stated of a daily rate.

    Example:
        >>> SimpleLimit("0.8%/day").of
        (<CostKind.INTEREST: 'interest'>, <CostKind.FEE: 'fee'>)
    """

    rate: Rate | IndexMultiple = field(converter=_to_capped)
    days_in_year: int | None = field(
        default=None, converter=to_days_in_year, kw_only=True
    )
    of: tuple[CostKind, ...] = field(default=_NORMAL, converter=_to_of, kw_only=True)
    overdue: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        to_flag(self.overdue, "overdue")
        daily = isinstance(self.rate, Rate) and self.rate.per is RateUnit.DAY
        if daily is not (self.days_in_year is None):
            raise TermsError(
                "days_in_year",
                got=self.days_in_year,
                allowed="with a rate per month or year, and only with one",
            )

    def __str__(self) -> str:
        by = f" of {self.days_in_year} days" if self.days_in_year else ""
        on = "overdue" if self.overdue else "outstanding"
        return f"{self.rate}{by}, simple, on what is {on}"


@frozen
class CostLimit:
    """
    A ceiling on a total, as an amount or a share of what was lent (总成本上限).

    Formula: `costs <= most`, or `costs <= floor(share * principal)`.

    Args:
        most: The ceiling in major units of the cap's currency, or a percentage.
        of: The kinds of cost that count, of `CostKind`; all by default.
        share_of: What a percentage is of, a `ShareOf`: all that was lent, or what was
            owed when the borrower fell late (in duplum).

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> CostLimit("15", of=["default_fee"]).most, CostLimit("100%").most
        (Decimal('15'), Fraction(1, 1))
    """

    most: Decimal | Fraction = field(converter=_to_most)
    of: tuple[CostKind, ...] = field(
        default=tuple(CostKind), converter=_to_of, kw_only=True
    )
    share_of: ShareOf = field(
        default=ShareOf.LENT, converter=_to_share_of, kw_only=True
    )

    def __str__(self) -> str:
        if isinstance(self.most, Decimal):
            return f"{self.most:,f} in all"
        return f"{percentage_text(self.most)} of what was {_WORDS[self.share_of]}"


_WORDS = {ShareOf.LENT: "lent", ShareOf.OWED_AT_DEFAULT: "owed at default"}

Limit: TypeAlias = AnnualLimit | SimpleLimit | CostLimit
