"""The United States: the Military Lending Act's ceiling on the MAPR."""

from datetime import date
from decimal import Decimal

from loanmath.analysis.caps import AnnualLimit, LendingCap
from loanmath.presets.facts import Fact
from loanmath.presets.rate_caps.dated import dated_cap

__all__ = ["MLA_36", "MLA_PARTICIPATION_FEE", "UNITED_STATES"]

_SINCE = date(2015, 10, 3)

MLA_36: Fact[LendingCap] = dated_cap(
    "MAPR 36 %",
    AnnualLimit("36%/year"),
    since=_SINCE,
    source="32 CFR 232.4(b)",
    recalled=True,
    note="credit to covered borrowers; of closed-end credit the APR by Regulation Z "
    "with insurance, debt cancellation, ancillary products, application and "
    "participation fees in it; of open-end credit the quotient of each billing cycle; "
    "complied with from 2016-10-03, by cards from 2017-10-03; the days are recalled",
    jurisdiction="US",
    lenders=["covered_borrower"],
    effect="void",
)
"""The military annual percentage rate: at most 36 %."""

MLA_PARTICIPATION_FEE: Fact[Decimal] = Fact(
    Decimal(100),
    in_force=_SINCE,
    source="32 CFR 232.4(c)(2)(ii)(B)",
    recalled=True,
    note="dollars a year, all that a billing cycle without a balance may be charged; "
    "bona fide fees of cards apart; the text was not seen",
)
"""What participation in a line may cost in a year while it has no balance."""

UNITED_STATES: tuple[LendingCap, ...] = (MLA_36.value,)
"""The ceilings of the United States; lender: `"covered_borrower"`."""
