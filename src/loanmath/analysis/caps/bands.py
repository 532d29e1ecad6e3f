"""The cost of a loan in bands between ceilings: what is owed, and what is not."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from attrs import frozen

from loanmath.analysis.caps.lending_cap import LegalEffect, LendingCap
from loanmath.analysis.caps.report import Judged, check_caps
from loanmath.currency import from_units, to_units
from loanmath.errors import TermsError
from loanmath.schedule.printed import PrintedRecords
from loanmath.schedule.printing import (
    Table,
)
from loanmath.yields import RateConvention

__all__ = ["CostBand", "CostBands", "cost_bands"]

PROTECTED = "protected"


class CostBand(NamedTuple):
    """
    A part of a loan's cost between two ceilings.

    Attributes:
        status: `"protected"` below the first ceiling; then the effect of the ceiling
            that it lies above, such as `"natural_obligation"` or `"void"`.
        above: The name of that ceiling; empty below the first.
        amount: How much of the cost lies in it, in major units.

    Example:
        >>> CostBand("void", "36 %", Decimal("12.50")).amount
        Decimal('12.50')
    """

    status: str
    above: str
    amount: Decimal


@frozen(repr=False)
class CostBands(PrintedRecords):
    """
    The cost of a loan in bands between ceilings (受保护、自然债务与无效部分).

    It prints as a table, and shows itself as HTML in notebooks.

    Attributes:
        currency: The currency of the amounts.
        charged: The cost: the sum of the bands.
        bands: From the lowest to the highest.

    Example:
        >>> from loanmath.analysis.caps.limits import AnnualLimit
        >>> from loanmath.yields import XIRR
        >>> terms = {"jurisdiction": "CN", "lenders": ["private"], "rule": "bands"}
        >>> caps = [
        ...     LendingCap("24 %", AnnualLimit("24%/year"),
        ...         effect="natural_obligation", **terms),
        ...     LendingCap("36 %", AnnualLimit("36%/year"), effect="void", **terms)]
        >>> flows = [(date(2018, 1, 1), -1000), (date(2019, 1, 1), 1400)]
        >>> print(cost_bands(flows, caps, convention=XIRR, currency="CNY"))
        Cost of 400.00 in bands, in CNY
        Status              Above  Amount
        protected                  240.00
        natural obligation  24 %   120.00
        void                36 %    40.00
                            Total  400.00
        >>> CostBands("CNY", Decimal("0.00"), ()).to_csv().strip()
        'status,above,amount'
    """

    currency: str
    charged: Decimal
    bands: tuple[CostBand, ...]

    def amount(self, status: str | LegalEffect) -> Decimal:
        """
        Return how much of the cost has a status; zero where no band has it.

        Args:
            status: `"protected"`, or an effect of `LegalEffect` or its name.

        Example:
            >>> bands = CostBands("CNY", Decimal("9.00"),
            ...     (CostBand("protected", "", Decimal("9.00")),))
            >>> bands.amount("protected"), bands.amount("void")
            (Decimal('9.00'), Decimal('0.00'))
        """
        name = status.value if isinstance(status, LegalEffect) else status
        digits = -int(self.charged.as_tuple().exponent)
        return from_units(
            sum(
                to_units(band.amount, digits, "amount")
                for band in self.bands
                if band.status == name
            ),
            digits,
        )

    def _table(self) -> Table:
        rows = [
            [band.status.replace("_", " "), band.above, f"{band.amount:,f}"]
            for band in self.bands
        ]
        return Table(
            f"Cost of {self.charged:,f} in bands, in {self.currency}",
            ["Status", "Above", "Amount"],
            rows,
            ["", "Total", f"{self.charged:,f}"],
            words=(0, 1),
        )

    def __repr__(self) -> str:
        return f"<CostBands of {self.currency} {self.charged}>"

    def _records(self) -> list[Sequence[object]]:
        return [CostBand._fields, *self.bands]


def cost_bands(
    loan: Judged,
    caps: tuple[LendingCap, ...] | list[LendingCap],
    *,
    convention: RateConvention | str | None = None,
    currency: str | None = None,
    signed: date | None = None,
) -> CostBands:
    """
    Return a loan's cost in the bands that ceilings cut it into.

    Formula: below the first ceiling lies `min(cost, allowed)`; between two of them,
    what the higher allows and the lower does not; above the last, the rest. Of a
    ceiling on the annual rate, what is allowed is what complies where the last payments
    are cut.

    Args:
        loan: As for `check_cap`.
        caps: Ceilings on the same costs, in any order.
        convention: As for `check_cap`.
        currency: As for `check_cap`.
        signed: As for `check_cap`.

    Returns:
        The bands; they add up to the cost.

    Raises:
        TermsError: If there are no caps, or they count different costs.
        LoanmathError: As for `check_cap`.

    Example:
        >>> from loanmath.analysis.caps.limits import AnnualLimit
        >>> from loanmath.yields import XIRR
        >>> cap = LendingCap("24 %", AnnualLimit("24%/year"), jurisdiction="CN",
        ...     lenders=["private"], effect="natural_obligation")
        >>> flows = [(date(2018, 1, 1), -1000), (date(2019, 1, 1), 1300)]
        >>> bands = cost_bands(flows, [cap], convention=XIRR, currency="CNY")
        >>> bands.amount("protected"), bands.amount("natural_obligation")
        (Decimal('240.00'), Decimal('60.00'))

    中文: 受保护、自然债务、无效.

    Source: the two bands of private lending in China, Fa Shi [2015] 18, art. 26, as
    told by tellerreport.com, 2020-08-20.
    """
    checks = check_caps(
        loan, caps, convention=convention, currency=currency, signed=signed
    ).checks
    if len({check.charged for check in checks}) != 1:
        raise TermsError(
            "caps",
            got=[cap.name for cap in caps],
            allowed="one cap or more, all on the same costs",
        )
    charged = checks[0].charged
    digits = -int(charged.as_tuple().exponent)
    total = to_units(charged, digits, "charged")
    bands, below, status, above = [], 0, PROTECTED, ""
    for check in sorted(checks, key=lambda check: check.allowed):
        reached = min(max(to_units(check.allowed, digits, "allowed"), below), total)
        bands.append(CostBand(status, above, from_units(reached - below, digits)))
        below, status, above = reached, check.cap.effect.value, check.cap.name
    bands.append(CostBand(status, above, from_units(total - below, digits)))
    return CostBands(checks[0].currency, charged, tuple(bands))
