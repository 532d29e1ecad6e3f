"""Whether a loan's annual rate is within a ceiling, and what would comply."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from attrs import field, frozen

from loanmath.analysis.caps.checks import (
    POINT_DIGITS,
    CostCheck,
    limit_text,
    points_above,
)
from loanmath.analysis.caps.lending_cap import LendingCap
from loanmath.analysis.caps.limits import AnnualLimit, rate_on
from loanmath.analysis.dated_flows import net_by_day
from loanmath.currency import (
    MAX_MINOR_UNITS,
    check_limit,
    currency_digits,
    from_units,
    to_units,
)
from loanmath.errors import FlowsError, TermsError
from loanmath.rates import Rate
from loanmath.search import last_where
from loanmath.yields import (
    AnnualEquation,
    AnnualRate,
    DatedAmounts,
    RateConvention,
    annual_equation,
    apr,
)

__all__ = ["AnnualCheck", "check_annual"]

_STEPS = 8


@frozen
class AnnualCheck(CostCheck):
    """
    What a ceiling on the annual rate says of a loan, and what would comply.

    The rate is compared without rounding it: the sign of the value of the flows at the
    ceiling decides, and proves, each answer.

    Attributes:
        cap: The ceiling.
        currency: The currency of the amounts.
        charged: All that is paid less all that is lent.
        allowed: The largest such cost that complies where the last payment takes the
            difference, and those before it where it is not enough; with one cent more
            the loan does not comply. The last payment never takes more than 10^13 of
            the currency's smallest unit.
        limit: The highest rate for a contract of that day.
        rate: The certified annual rate, by the convention asked for.
        level_payment: The largest amount that, paid on every payment's day, complies.
        advance: What was paid out on the first day.
        least_advance: The least that, paid out on the first day, complies with the
            payments as they are: how high a fee taken off there may be.

    Example:
        >>> from loanmath.yields import XIRR
        >>> cap = LendingCap("24 %", AnnualLimit("24%/year"), jurisdiction="CN",
        ...     lenders=["bank"], effect="reducible")
        >>> flows = [(date(2025, 1, 1), -1000), (date(2026, 1, 1), 1300)]
        >>> print(check_annual(flows, cap, XIRR, currency="CNY"))
        24 % (at most 24%/year): outside by 60.00
        What                  CNY
        Charged            300.00
        Allowed            240.00
        Excess              60.00
        Level payment    1,240.00
        First advance    1,000.00
        Least advance    1,048.39
        Rate           30.000000%
    """

    limit: Rate = field(kw_only=True)
    rate: AnnualRate = field(kw_only=True)
    level_payment: Decimal = field(kw_only=True)
    advance: Decimal = field(kw_only=True)
    least_advance: Decimal = field(kw_only=True)

    @property
    def points(self) -> Decimal:
        """
        The percentage points above the limit, rounded up to six decimals; else zero.

        Example:
            >>> from loanmath.yields import XIRR
            >>> cap = LendingCap("24 %", AnnualLimit("24%/year"), jurisdiction="CN",
            ...     lenders=["bank"], effect="reducible")
            >>> flows = [(date(2025, 1, 1), -1000), (date(2026, 1, 1), 1300)]
            >>> check_annual(flows, cap, XIRR, currency="CNY").points
            Decimal('6.000000')
        """
        if self.within:
            return from_units(0, POINT_DIGITS)
        above = points_above(Fraction(self.rate.value), self.limit.value)
        return max(above, from_units(1, POINT_DIGITS))

    @property
    def excess_at_start(self) -> Decimal:
        """
        By how much more the first advance would have to be to comply; else zero.

        Example:
            >>> from loanmath.yields import XIRR
            >>> cap = LendingCap("24 %", AnnualLimit("24%/year"), jurisdiction="CN",
            ...     lenders=["bank"], effect="reducible")
            >>> flows = [(date(2025, 1, 1), -1000), (date(2026, 1, 1), 1300)]
            >>> check_annual(flows, cap, XIRR, currency="CNY").excess_at_start
            Decimal('48.39')
        """
        digits = -int(self.advance.as_tuple().exponent)
        least, advance = (
            to_units(amount, digits, "advance")
            for amount in (self.least_advance, self.advance)
        )
        return from_units(max(least - advance, 0), digits)

    @property
    def measure(self) -> str:
        """
        The rate charged, in words.

        Example:
            >>> from loanmath.yields import XIRR
            >>> cap = LendingCap("24 %", AnnualLimit("24%/year"), jurisdiction="CN",
            ...     lenders=["bank"], effect="reducible")
            >>> flows = [(date(2025, 1, 1), -1000), (date(2026, 1, 1), 1300)]
            >>> check_annual(flows, cap, XIRR, currency="CNY").measure
            '30.000000%'
        """
        return f"{self.rate.percent:f}%"

    def _limit_text(self) -> str:
        return limit_text(self.cap, self.limit)

    def _lines(self) -> list[list[str]]:
        return [
            *super()._lines(),
            ["Level payment", f"{self.level_payment:,f}"],
            ["First advance", f"{self.advance:,f}"],
            ["Least advance", f"{self.least_advance:,f}"],
            ["Rate", self.measure],
        ]


class _Loan(NamedTuple):
    """The flows of a loan by day, in units, with what its rate is judged by."""

    flows: dict[date, int]
    convention: RateConvention | str
    limit: Rate
    largest: int
    """The largest amount that a contract may state, in the unit of the flows."""

    def paid(self) -> list[date]:
        """Return the days on which money is paid back, in order."""
        return [day for day, amount in self.flows.items() if amount > 0]

    def complies(self, flows: dict[date, int]) -> bool:
        """
        Return whether the rate of flows is at most the limit.

        The value has the sign of what comes last on the left of its one root, so that
        it has another one, or none, at a limit that is not below the root.
        """
        if sum(flows.values()) <= 0:
            # No rate above zero, and no limit is below it.
            return True
        return self._terms(flows).sign_at(self.limit.value).value <= 0

    def value(self, flows: dict[date, int]) -> Fraction:
        """Return what flows are worth at the limit, or a guess where no rate fits."""
        total = sum(flows.values())
        return (
            self._terms(flows).value(self.limit.value) if total > 0 else Fraction(total)
        )

    def _terms(self, flows: dict[date, int]) -> AnnualEquation:
        return annual_equation(list(flows.items()), self.convention)

    def rate(self, flows: dict[date, int], digits: int) -> AnnualRate:
        """Return the annual rate of flows."""
        return apr(list(flows.items()), self.convention, digits=digits)


def check_annual(
    flows: DatedAmounts,
    cap: LendingCap,
    convention: RateConvention | str,
    *,
    currency: str,
    signed: date | None = None,
) -> AnnualCheck:
    """
    Return what a ceiling on the annual rate says of cash flows.

    Args:
        flows: A list of (date, amount), what is paid out negative.
        cap: The ceiling.
        convention: How the rate is measured, such as `CN_SIMPLE`.
        currency: The currency of the amounts: its smallest unit is what "complies to
            the cent" means.
        signed: The day of the contract; by default the first day.

    Raises:
        TermsError: If the cap limits something else.
        LimitError: If an amount is above 10^13 of the currency's smallest unit, or has
            over 30 decimals.
        FlowsError: If the flows are not those of a loan, the convention does not cover
            them, or no cut of the payments after the last advance makes them comply.
        SolverError: If no one rate fits.
        DateRangeError: If the index of the limit was not published so early.

    Example:
        >>> from loanmath.yields import CN_SIMPLE
        >>> cap = LendingCap("15.4 %", AnnualLimit("15.4%/year"), jurisdiction="CN",
        ...     lenders=["private"], effect="void")
        >>> flows = [(date(2026, 1, 15), -1000), (date(2026, 2, 15), "1012.84")]
        >>> check = check_annual(flows, cap, CN_SIMPLE, currency="CNY")
        >>> check.answer, check.allowed
        ('outside by 0.01', Decimal('12.83'))
    """
    if not isinstance(cap.limit, AnnualLimit):
        raise TermsError("cap", got=str(cap), allowed="a ceiling on the annual rate")
    minor = currency_digits(currency)
    netted, finest = net_by_day(flows)
    digits = max(minor, finest)
    units = {
        day: check_limit(amount * int(10 ** (digits - finest)), digits, minor, "flow")
        for day, amount in netted.items()
    }
    first = next(iter(units))
    limit = rate_on(cap.limit.rate, first if signed is None else signed)
    largest = MAX_MINOR_UNITS * int(10 ** (digits - minor))
    loan = _Loan(units, convention, limit, largest)
    rate = loan.rate(units, POINT_DIGITS + 2)
    charged = sum(units.values())
    return AnnualCheck(
        cap,
        currency,
        from_units(charged, digits),
        from_units(charged + _most_more(loan), digits),
        limit=limit,
        rate=rate,
        level_payment=from_units(_most_level(loan), digits),
        advance=from_units(-units[first], digits),
        least_advance=from_units(_least_advance(loan, first), digits),
    )


def _most_more(loan: _Loan) -> int:
    """Return how much more the last payment may be; below zero, what must come off."""
    days = loan.paid()
    last_advance = max(day for day, amount in loan.flows.items() if amount < 0)
    after = sum(loan.flows[day] for day in days if day > last_advance)
    found = _most(loan, lambda more: _moved(loan, more), -after, 0)
    if found == -after and sum(loan.flows.values()) > after:
        raise FlowsError(
            "flows",
            got="payments before the last advance that alone exceed the cap",
            allowed="flows that comply where later payments are cut",
        )
    return found


def _moved(loan: _Loan, more: int) -> dict[date, int]:
    """Return the flows with their last payments raised, or cut from the end."""
    flows = dict(loan.flows)
    for day in reversed(loan.paid()):
        moved = max(more, -flows[day])
        flows[day] += moved
        more -= moved
    return {day: amount for day, amount in flows.items() if amount}


def _most_level(loan: _Loan) -> int:
    days = set(loan.paid())

    def level(payment: int) -> dict[date, int]:
        return {
            day: payment if day in days else amount
            for day, amount in loan.flows.items()
        }

    lent = -sum(amount for amount in loan.flows.values() if amount < 0)
    return _most(loan, level, 0, lent // len(days) + 1)


def _least_advance(loan: _Loan, first: date) -> int:
    # The most that still fails, plus one; nothing paid out at all is no loan.
    def paid_out(advance: int) -> dict[date, int]:
        return {**loan.flows, first: -advance}

    near = _near(loan, paid_out, 0, -loan.flows[first])
    fails = last_where(
        lambda advance: advance <= 0 or not loan.complies(paid_out(advance)), near
    )
    return fails + 1


Change: TypeAlias = Callable[[int], dict[date, int]]
"""The flows that a number of units makes."""


def _most(loan: _Loan, change: Change, lowest: int, start: int) -> int:
    """Return the largest number with which the flows comply."""

    def holds(number: int) -> bool:
        return number <= lowest or (
            # No contract may state more, and a high rate over decades allows anything.
            number <= loan.largest and loan.complies(change(number))
        )

    return last_where(holds, _near(loan, change, lowest, start))


def _near(loan: _Loan, change: Change, lowest: int, start: int) -> int:
    """Return a number near the one where the flows are worth nothing at the limit."""
    at = max(start, lowest + 1)
    for _ in range(_STEPS):
        here = loan.value(change(at))
        slope = loan.value(change(at + 1)) - here
        if not slope:
            break
        moved = -here / slope
        at = min(max(at + int(moved), lowest + 1), loan.largest)
        if abs(moved) < 1:
            break
    return at
