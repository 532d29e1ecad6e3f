"""
What supervisors set for provisions, coverage and migration of a book of loans.

They are measures of `loanmath.analysis.book`: rates to provide at, and standards to put
a ratio beside.
"""

from datetime import date
from fractions import Fraction

from loanmath.analysis.book import ProvisionRates
from loanmath.presets.facts import Fact

__all__ = [
    "CN_COVERAGE_STANDARD",
    "CN_LOAN_PROVISION_STANDARD",
    "CN_MIGRATION_LIMITS",
    "CN_PROVISION_RATES",
]

_NOT_SEEN = "recalled, not checked against the text"
_STANDARDS = (
    "Measures for the Loan Loss Provisions of Commercial Banks (CBRC Order 2011 No. 4)"
)

CN_PROVISION_RATES: Fact[ProvisionRates] = Fact(
    ProvisionRates(
        general="1%",
        specific={
            "special mention": "2%",
            "substandard": "25%",
            "doubtful": "50%",
            "loss": "100%",
        },
        leeway={"substandard": "20%", "doubtful": "20%"},
    ),
    in_force=date(2002, 1, 1),
    source="Guidance on Provisioning for Loan Losses of Banks (PBOC, 2002), as told by "
    "secondary sources",
    recalled=False,
    note="the general provision is at least 1 % of loans at the end of the year; "
    "specific rates of substandard and doubtful loans may be moved by 20 % of "
    f"themselves; the day it took effect is {_NOT_SEEN}",
)
"""The general provision, and the specific ones of the five classes."""

CN_COVERAGE_STANDARD: Fact[tuple[Fraction, Fraction]] = Fact(
    (Fraction(12, 10), Fraction(15, 10)),
    in_force=date(2018, 2, 28),
    source=f"{_STANDARDS}; Yinjianfa [2018] 7",
    recalled=True,
    note="provisions over non-performing loans: 150 % since 2012, and since the stated "
    f"day from 120 % to 150 %, as the supervisor sets it; {_NOT_SEEN}",
)
"""The least and the most that a supervisor asks as provision coverage ratio."""

CN_LOAN_PROVISION_STANDARD: Fact[tuple[Fraction, Fraction]] = Fact(
    (Fraction(15, 1000), Fraction(25, 1000)),
    in_force=date(2018, 2, 28),
    source=f"{_STANDARDS}; Yinjianfa [2018] 7",
    recalled=True,
    note="provisions over all loans: 2.5 % since 2012, and since the stated day from "
    f"1.5 % to 2.5 %, as the supervisor sets it; {_NOT_SEEN}",
)
"""The least and the most that a supervisor asks as loan provision ratio."""

CN_MIGRATION_LIMITS: Fact[tuple[tuple[str, Fraction], ...]] = Fact(
    (
        ("normal", Fraction(5, 1000)),
        ("special mention", Fraction(15, 1000)),
        ("substandard", Fraction(3, 100)),
        ("doubtful", Fraction(40, 100)),
    ),
    in_force=date(2006, 1, 1),
    source="Core Indicators for the Risk Supervision of Commercial Banks (CBRC, 2005), "
    "as told by a secondary source",
    recalled=True,
    note=f"reference limits of the migration ratio of each class; {_NOT_SEEN}",
)
"""Up to which a migration ratio is within the reference limits, by class."""
