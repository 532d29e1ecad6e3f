"""The conventions as data: the rule of each, its names, and where it is from."""

from collections.abc import Callable
from fractions import Fraction
from typing import TypedDict

from attrs import frozen

from loanmath.daycount.actual import (
    actual_days,
    afb_years,
    business_days_counted,
    days_without_leap_days,
    icma_years,
    isda_years,
    leap_aware_years,
    leap_day_years,
)
from loanmath.daycount.span import Span
from loanmath.daycount.thirty import (
    ThirtyRule,
    bond_basis,
    eurobond,
    eurobond_isda,
    eurobond_plus,
    exact_months,
    months_and_days,
    psa,
    thirty_days,
    us_end_of_month,
)
from loanmath.errors import DayCountError

__all__ = ["AMBIGUOUS", "CONVENTIONS", "Convention"]


@frozen(kw_only=True)
class Convention:
    """
    One day count: how it counts days, what a year is to it, and what it is called.

    Attributes:
        days: Counts the days of a span; `None` where the convention counts none.
        year: The days in a year where that is one number, or the rule for years.
        thirty: The rule for the two days of a convention with months of thirty days.
        thirty_through: Up to this day of the month, a month from date to date has 30
            days whatever the calendar says; 0 where it has not.
    """

    name: str
    chinese: str
    source: str
    days: Callable[[Span], int] | None = None
    year: Fraction | Callable[[Span], Fraction]
    isda: str | None = None
    actus: str | None = None
    aliases: tuple[str, ...] = ()
    thirty: ThirtyRule | None = None
    thirty_through: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it is found by."""
        given = (self.name, self.isda, self.actus, self.chinese, *self.aliases)
        return tuple(name for name in given if name is not None)

    @property
    def basis(self) -> Fraction | None:
        """The days in a year where that is one number."""
        # `isinstance(..., Fraction)` asks the abstract numbers and takes three times as
        # long as all else that a plan needs of a day count.
        return None if callable(self.year) else self.year

    def days_of(self, span: Span) -> int:
        """Return the days of a span, or refuse."""
        if self.days is None:
            raise DayCountError(
                "days",
                got=self.name,
                allowed="a day count that counts days, such as 30E/360 or ACT/365F",
                do="name another day count: a rate per day needs one",
            )
        return self.days(span)

    def years_of(self, span: Span) -> Fraction:
        """Return the fraction of a year of a span, or refuse."""
        if self.days is None and span.extra_days:
            raise DayCountError(
                "head_tail",
                got=span.head_tail.value,
                allowed="'head' or 'tail'",
                do=f"{self.name} counts no days, so no day can be added or left out",
            )
        if span.is_empty:
            return Fraction(0)
        if isinstance(self.year, Fraction):
            return self.days_of(span) / self.year
        return self.year(span)


class _Thirty(TypedDict):
    days: Callable[[Span], int]
    thirty: ThirtyRule
    thirty_through: int


def _months_over_twelve(span: Span) -> Fraction:
    return Fraction(exact_months(span), 12)


def _one(_: Span) -> Fraction:
    return Fraction(1)


def _thirty(rule: ThirtyRule) -> _Thirty:
    # The rules concern the 28th and later days of a month.
    return {"days": thirty_days(rule), "thirty": rule, "thirty_through": 27}


def _isda(section: str) -> str:
    return (
        f"2006 ISDA Definitions, section 4.16({section}), in force for trades from 2006"
        " (recalled, not checked against the text)"
    )


_MARKET = "market practice, as OpenGamma Strata computes it (no primary text seen)"
_CHINA = (
    "interest rules of the People's Bank of China: a month is 30 days, a year 12 months"
    " or 360 days (recalled, not checked against the text)"
)

CONVENTIONS: tuple[Convention, ...] = (
    Convention(
        name="ACT/360",
        days=actual_days,
        year=Fraction(360),
        isda="Actual/360",
        actus="A360",
        chinese="实际天数/360",
        source=_isda("e"),
    ),
    Convention(
        name="ACT/364",
        days=actual_days,
        year=Fraction(364),
        chinese="实际天数/364",
        aliases=("A364",),
        source=_MARKET,
    ),
    Convention(
        name="ACT/365F",
        days=actual_days,
        year=Fraction(365),
        isda="Actual/365 (Fixed)",
        actus="A365",
        chinese="实际天数/365 (固定)",
        aliases=("ACT/365", "A365F"),
        source=_isda("d"),
    ),
    Convention(
        name="ACT/365.25",
        days=actual_days,
        year=Fraction(1461, 4),
        chinese="实际天数/365.25",
        aliases=("A365.25",),
        source=_MARKET,
    ),
    Convention(
        name="ACT/365L",
        days=actual_days,
        year=leap_aware_years,
        isda="Actual/365L",
        chinese="实际天数/365L (闰年366)",
        aliases=("ACT/365 Leap", "A365L"),
        source=_MARKET,
    ),
    Convention(
        name="ACT/365A",
        days=actual_days,
        year=leap_day_years,
        chinese="实际天数/365A (含2月29日为366)",
        aliases=("ACT/365 Actual", "A365A"),
        source=_MARKET + "; the leap-year option of Apache Fineract 1.14.1 that takes a"
        " year of 366 days for periods that hold a 29 February",
    ),
    Convention(
        name="NL/365",
        days=days_without_leap_days,
        year=Fraction(365),
        chinese="实际天数/365 (2月29日不计息)",
        aliases=("ACT/365 NL", "ACT/365 No Leap", "No Leap/365"),
        source=_MARKET,
    ),
    Convention(
        name="ACT/ACT ISDA",
        days=actual_days,
        year=isda_years,
        isda="Actual/Actual (ISDA)",
        actus="AA",
        chinese="实际天数/实际天数 (按公历年度)",
        aliases=("A/A ISDA",),
        source=_isda("b"),
    ),
    Convention(
        name="ACT/ACT ICMA",
        days=actual_days,
        year=icma_years,
        isda="Actual/Actual (ICMA)",
        chinese="实际天数/实际天数 (按付息周期)",
        aliases=("ACT/ACT ISMA", "ACT/ACT Bond", "ISMA-99", "A/A Bond"),
        source="ICMA Rule 251, and ISDA's memorandum on EMU and market conventions of"
        " 1998 for odd periods (recalled, not checked against the text)",
    ),
    Convention(
        name="ACT/ACT AFB",
        days=actual_days,
        year=afb_years,
        chinese="实际天数/实际天数 (AFB)",
        aliases=("ACT/ACT Euro", "A/A AFB"),
        source="Association Française des Banques, 1994, with the 29th of February as"
        " OpenGamma Strata reads it; ISDA's note reads it otherwise",
    ),
    Convention(
        name="30/360",
        **_thirty(bond_basis),
        year=Fraction(360),
        isda="30/360",
        chinese="30/360 (债券基准)",
        aliases=("Bond Basis", "30/360 Bond Basis", "360/360", "30A/360"),
        source=_isda("f"),
    ),
    Convention(
        name="30U/360",
        **_thirty(us_end_of_month),
        year=Fraction(360),
        chinese="30U/360 (美国月末规则)",
        aliases=("30U/360 EOM", "30/360 US EOM", "30/360 SIA"),
        source=_MARKET,
    ),
    Convention(
        name="30/360 PSA",
        **_thirty(psa),
        year=Fraction(360),
        chinese="30/360 (PSA)",
        source=_MARKET,
    ),
    Convention(
        name="30E/360",
        **_thirty(eurobond),
        year=Fraction(360),
        isda="30E/360",
        actus="30E360",
        chinese="30E/360 (欧洲债券基准)",
        aliases=("Eurobond Basis", "30/360 European", "30/360 Eurobond", "30S/360"),
        source=_isda("g"),
    ),
    Convention(
        name="30E/360 ISDA",
        **_thirty(eurobond_isda),
        year=Fraction(360),
        isda="30E/360 (ISDA)",
        actus="30E360ISDA",
        chinese="30E/360 (ISDA)",
        aliases=("30/360 German", "German 30/360"),
        source=_isda("h"),
    ),
    Convention(
        name="30E+/360",
        **_thirty(eurobond_plus),
        year=Fraction(360),
        chinese="30E+/360",
        source=_MARKET,
    ),
    Convention(
        name="30/365",
        **_thirty(eurobond),
        year=Fraction(365),
        chinese="30/365",
        aliases=("30E/365",),
        source="ISO 20022 code A002; its days are counted here as 30E/360 does"
        " (recalled, not checked against the text)",
    ),
    Convention(
        name="1/12",
        year=_months_over_twelve,
        chinese="整月/12",
        aliases=("Monthly", "月/12", "按月", "按月计息"),
        source=_CHINA,
    ),
    Convention(
        name="1/1",
        year=_one,
        isda="1/1",
        chinese="1/1 (整期计息)",
        aliases=("One",),
        source=_isda("a"),
    ),
    Convention(
        name="BUS/252",
        days=business_days_counted,
        year=Fraction(252),
        chinese="工作日/252",
        aliases=("Business/252", "BD/252"),
        source="Brazilian market practice (recalled, not checked against a text)",
    ),
    Convention(
        name="30/360 CN",
        days=months_and_days,
        # A regular period counts by its months, whatever day they start on.
        thirty_through=31,
        year=Fraction(360),
        chinese="30/360 (对年对月对日)",
        aliases=("30/360 中国", "30/360 China", "对年对月对日", "整月30天/360"),
        source="practice of Chinese banks for loans by item: whole months of 30 days by"
        " date anniversary, odd days actual; " + _CHINA,
    ),
)

# Names that different texts give to different rules, with what each may mean.
AMBIGUOUS: dict[str, tuple[str, ...]] = {
    "ACT/ACT": ("ACT/ACT ISDA", "ACT/ACT ICMA", "ACT/ACT AFB"),
    "30/360 US": ("30/360", "30U/360"),
    "30/360 ISDA": ("30/360", "30E/360 ISDA"),
    "30/360 ICMA": ("30/360", "30E/360"),
    "30/360 ISMA": ("30/360", "30E/360"),
}
