"""Whether a loan's costs are within a ceiling on a total or on simple interest."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from loanmath.analysis.caps.costs import CreditCost
from loanmath.analysis.caps.lending_cap import LendingCap
from loanmath.analysis.caps.limits import (
    CostLimit,
    ShareOf,
    SimpleLimit,
    rate_on,
)
from loanmath.currency import from_units, to_units
from loanmath.errors import TermsError
from loanmath.rates import Rate, RateUnit
from loanmath.rounding import RoundingMode, divide
from loanmath.schedule.printing import Table, text_layout

__all__ = ["CostCheck", "QuotientCheck", "check_cost", "check_simple", "points_text"]

POINT_DIGITS = 6
"""Decimals of percentage points."""


@frozen
class CostCheck:
    """
    What a ceiling says of a loan: within, or outside and by how much (是否超限).

    Attributes:
        cap: The ceiling.
        currency: The currency of the amounts.
        charged: The costs that count.
        allowed: The largest sum of them that complies; one cent more does not.

    Example:
        >>> from loanmath.analysis.caps.limits import CostLimit
        >>> cap = LendingCap("default fees", CostLimit("15", of=["default_fee"]),
        ...     jurisdiction="GB", lenders=["payday"], effect="void", currency="GBP")
        >>> check = CostCheck(cap, "GBP", Decimal("24.00"), Decimal("15.00"))
        >>> print(check)
        default fees (at most 15 in all): outside by 9.00
        What       GBP
        Charged  24.00
        Allowed  15.00
        Excess    9.00
    """

    cap: LendingCap
    currency: str
    charged: Decimal
    allowed: Decimal

    @property
    def within(self) -> bool:
        """
        Whether the loan complies.

        Example:
            >>> from loanmath.analysis.caps.limits import CostLimit
            >>> cap = LendingCap("total", CostLimit("100%"), jurisdiction="GB",
            ...     lenders=["payday"], effect="void")
            >>> CostCheck(cap, "GBP", Decimal("9.00"), Decimal("9.00")).within
            True
        """
        return self.charged <= self.allowed

    @property
    def excess(self) -> Decimal:
        """
        What must come off the costs so that they comply; zero where they do.

        Example:
            >>> from loanmath.analysis.caps.limits import CostLimit
            >>> cap = LendingCap("total", CostLimit("100%"), jurisdiction="GB",
            ...     lenders=["payday"], effect="void")
            >>> CostCheck(cap, "GBP", Decimal("9.50"), Decimal("9.00")).excess
            Decimal('0.50')
        """
        charged, allowed, digits = self._units()
        return from_units(max(charged - allowed, 0), digits)

    def _units(self) -> tuple[int, int, int]:
        digits = -int(self.allowed.as_tuple().exponent)
        charged = to_units(self.charged, digits, "charged")
        return charged, to_units(self.allowed, digits, "allowed"), digits

    @property
    def answer(self) -> str:
        """
        The answer in words: `"within"`, or `"outside by"` an amount.

        Example:
            >>> from loanmath.analysis.caps.limits import CostLimit
            >>> cap = LendingCap("total", CostLimit("100%"), jurisdiction="GB",
            ...     lenders=["payday"], effect="void")
            >>> CostCheck(cap, "GBP", Decimal("9.50"), Decimal("9.00")).answer
            'outside by 0.50'
        """
        return "within" if self.within else f"outside by {self.excess:,f}"

    @property
    def measure(self) -> str:
        """
        The rate charged, in words; empty where a total is limited.

        Example:
            >>> from loanmath.analysis.caps.limits import CostLimit
            >>> cap = LendingCap("total", CostLimit("100%"), jurisdiction="GB",
            ...     lenders=["payday"], effect="void")
            >>> CostCheck(cap, "GBP", Decimal("9.50"), Decimal("9.00")).measure
            ''
        """
        return ""

    def _limit_text(self) -> str:
        return str(self.cap.limit)

    def _lines(self) -> list[list[str]]:
        return [
            ["Charged", f"{self.charged:,f}"],
            ["Allowed", f"{self.allowed:,f}"],
            ["Excess", f"{self.excess:,f}"],
        ]

    def __str__(self) -> str:
        caption = f"{self.cap.name} (at most {self._limit_text()}): {self.answer}"
        header = ["What", self.currency]
        return text_layout(Table(caption, header, self._lines(), [], words=(0,)))


@frozen
class QuotientCheck(CostCheck):
    """
    What a ceiling on a quotient says of a loan: costs over the principal of its time.

    Attributes:
        cap: The ceiling.
        currency: The currency of the amounts.
        charged: The costs that count.
        allowed: The largest sum of them that complies; one cent more does not.
        limit: The highest rate for a contract of that day.
        share: The rate charged, as an exact share per unit of the limit's time. Zero
            where there was no principal, and no rate is meant.

    Example:
        >>> cap = LendingCap("0.8 % a day", SimpleLimit("0.8%/day"), jurisdiction="GB",
        ...     lenders=["payday"], effect="void")
        >>> lent = [(date(2026, 1, 1), "100"), (date(2026, 1, 31), 0)]
        >>> check = check_simple(
        ...     CreditCost(currency="GBP", outstanding=lent, interest="30"), cap)
        >>> check.excess, check.points, check.allowed
        (Decimal('6.00'), Decimal('0.200000'), Decimal('24.00'))
    """

    limit: Rate = field(kw_only=True)
    share: Fraction = field(kw_only=True)

    @property
    def points(self) -> Decimal:
        """
        How far the rate is above the limit, in percentage points rounded up; else zero.

        Per day, month or year as the limit is, with six decimals.
        """
        return points_above(self.share, self.limit.value)

    @property
    def measure(self) -> str:
        """
        The rate charged, in words, to six decimals.

        Example:
            >>> cap = LendingCap("0.8 %", SimpleLimit("0.8%/day"), jurisdiction="GB",
            ...     lenders=["payday"], effect="void")
            >>> lent = [(date(2026, 1, 1), "100"), (date(2026, 1, 31), 0)]
            >>> check_simple(
            ...     CreditCost(currency="GBP", outstanding=lent, fee="30"), cap).measure
            '1.000000% a day'
        """
        return f"{points_text(self.share)} a {self.limit.per.value}"

    def _limit_text(self) -> str:
        return limit_text(self.cap, self.limit)

    def _lines(self) -> list[list[str]]:
        return [*super()._lines(), ["Rate", self.measure]]


def limit_text(cap: LendingCap, limit: Rate) -> str:
    """
    Return a limit in words, with its rate where an index gave it.

    Example:
        >>> cap = LendingCap("24 %", SimpleLimit("0.8%/day"), jurisdiction="GB",
        ...     lenders=["payday"], effect="void")
        >>> limit_text(cap, Rate("0.8%/day"))
        '0.8%/day, simple, on what is outstanding'
    """
    rate = getattr(cap.limit, "rate", limit)
    return f"{cap.limit}{'' if rate == limit else f' = {limit}'}"


def points_above(share: Fraction, limit: Fraction) -> Decimal:
    """
    Return how far a share is above a limit, in percentage points rounded up.

    Example:
        >>> points_above(Fraction(25, 100), Fraction(24, 100))
        Decimal('1.000000')
    """
    above = max(share - limit, Fraction(0)) * 100 * 10**POINT_DIGITS
    units = divide(above.numerator, above.denominator, RoundingMode.CEILING)
    return from_units(units, POINT_DIGITS)


def points_text(share: Fraction) -> str:
    """
    Return a share as a percentage of six decimals, for reading.

    Example:
        >>> points_text(Fraction(1, 300))
        '0.333333%'
    """
    percent = share * 100 * 10**POINT_DIGITS
    units = divide(percent.numerator, percent.denominator, RoundingMode.HALF_UP)
    return f"{from_units(units, POINT_DIGITS):f}%"


def check_cost(cost: CreditCost, cap: LendingCap) -> CostCheck:
    """
    Return what a ceiling on a total says of costs.

    Raises:
        TermsError: If the cap limits something else, its amount is in another currency,
            or it is a share of what was owed at default and nothing was overdue.

    Example:
        >>> from loanmath.analysis.caps.limits import CostLimit
        >>> cap = LendingCap("total cost", CostLimit("100%"), jurisdiction="GB",
        ...     lenders=["payday"], effect="void")
        >>> lent = [(date(2026, 1, 1), "100"), (date(2026, 1, 31), 0)]
        >>> cost = CreditCost(currency="GBP", outstanding=lent, interest="100")
        >>> check_cost(cost, cap).within
        True
    """
    limit, digits = cap.limit, cost.digits
    if not isinstance(limit, CostLimit):
        raise TermsError("cap", got=str(cap), allowed="a ceiling on a total")
    if isinstance(limit.most, Decimal):
        if cap.currency != cost.currency:
            raise TermsError("currency", got=cost.currency, allowed=cap.currency or "")
        allowed = to_units(limit.most, digits, "most")
    else:
        lent = limit.share_of is ShareOf.LENT
        base = to_units(cost.lent if lent else cost.owed_at_default, digits, "lent")
        allowed = base * limit.most.numerator // limit.most.denominator
    return CostCheck(
        cap, cost.currency, cost.total(limit.of), from_units(allowed, digits)
    )


def check_simple(
    cost: CreditCost, cap: LendingCap, *, signed: date | None = None
) -> QuotientCheck:
    """
    Return what a ceiling on simple interest says of costs.

    Args:
        cost: Principal by the day, and costs by kind.
        cap: The ceiling.
        signed: The day of the contract; by default the first day of principal.

    Raises:
        TermsError: If the cap limits something else.
        DateRangeError: If the index of the limit was not published so early.

    Example:
        >>> cap = LendingCap("Japan, late", SimpleLimit("20%/year", days_in_year=365),
        ...     jurisdiction="JP", lenders=["any"], effect="void")
        >>> lent = [(date(2026, 1, 1), "500000"), (date(2026, 1, 31), 0)]
        >>> check_simple(CreditCost(currency="JPY", outstanding=lent), cap).allowed
        Decimal('8219')
    """
    limit = cap.limit
    if not isinstance(limit, SimpleLimit):
        raise TermsError("cap", got=str(cap), allowed="a ceiling on simple interest")
    rate = rate_on(limit.rate, cost.outstanding[0][0] if signed is None else signed)
    days = cost.amount_days(overdue=limit.overdue)
    exact = days * rate.per_day(limit.days_in_year).value
    charged = cost.total(limit.of)
    units = to_units(charged, cost.digits, "charged")
    share = Fraction(units, days) if days else Fraction(0)
    share *= _days_in(rate.per, limit.days_in_year or 0)
    allowed = from_units(exact.numerator // exact.denominator, cost.digits)
    return QuotientCheck(cap, cost.currency, charged, allowed, limit=rate, share=share)


def _days_in(unit: RateUnit, year: int) -> Fraction:
    """Return the days of a rate's unit of time."""
    if unit is RateUnit.DAY:
        return Fraction(1)
    return Fraction(year, 12) if unit is RateUnit.MONTH else Fraction(year)
