"""China: ceilings of courts and supervisors by kind of lender and date (利率上限)."""

from datetime import date
from typing import Any

from loanmath.analysis.caps import AnnualLimit, IndexMultiple, LendingCap
from loanmath.presets.cn import (
    FOUR_TIMES_LPR,
    LPR_1Y,
    PRIVATE_LENDING_24,
    PRIVATE_LENDING_36,
)
from loanmath.presets.facts import Fact
from loanmath.presets.rate_caps.dated import dated_cap

__all__ = [
    "ASSISTED_LENDING_24",
    "CASH_LOANS_36",
    "CHINA",
    "CONSUMER_FINANCE_20",
    "LICENSED_24",
    "MICRO_LOANS_4_LPR",
    "MICRO_LOANS_24",
    "PRIVATE_4_LPR",
    "PRIVATE_24",
    "PRIVATE_36",
]

_PRIVATE: dict[str, Any] = {
    "jurisdiction": "CN",
    "lenders": ["private"],
    "rule": "private lending in China",
}
_CONVENTION = "no convention of the rate is stated: name one"
_FOUR_LPR = AnnualLimit(IndexMultiple(FOUR_TIMES_LPR.value, LPR_1Y.value))

PRIVATE_24: Fact[LendingCap] = dated_cap(
    "private lending 24 %",
    AnnualLimit(PRIVATE_LENDING_24.value.rate),
    since=date(2015, 9, 1),
    source=PRIVATE_LENDING_24.source,
    effect="natural_obligation",
    note=PRIVATE_LENDING_24.note,
    **_PRIVATE,
)
"""Up to 24 % a year a court enforced interest of private lending, until 2020-08-20."""

PRIVATE_36: Fact[LendingCap] = dated_cap(
    "private lending 36 %",
    AnnualLimit(PRIVATE_LENDING_36.value.rate),
    since=date(2015, 9, 1),
    source=PRIVATE_LENDING_36.source,
    effect="void",
    note=PRIVATE_LENDING_36.note,
    **_PRIVATE,
)
"""Above 36 % a year interest of private lending was void, until 2020-08-20."""

PRIVATE_4_LPR: Fact[LendingCap] = dated_cap(
    "private lending 4 x LPR",
    _FOUR_LPR,
    since=date(2020, 8, 20),
    source=FOUR_TIMES_LPR.source,
    effect="void",
    note=f"{FOUR_TIMES_LPR.note}; of older contracts, what accrues from 2020-08-20 on "
    "falls under it too where suit was filed later (recalled)",
    **_PRIVATE,
)
"""Four times the one-year LPR of the day of the contract, for private lending."""

CASH_LOANS_36: Fact[LendingCap] = dated_cap(
    "cash loans 36 %",
    AnnualLimit("36%/year"),
    since=date(2017, 12, 1),
    source="notice on cash loans of December 2017, as told by China Daily, 2017-12-05",
    jurisdiction="CN",
    lenders=["cash_loan"],
    effect="forbidden",
    note="all costs together; the day of the month is recalled",
)
"""All costs of a cash loan together: at most 36 % a year."""

LICENSED_24: Fact[LendingCap] = dated_cap(
    "licensed lenders 24 %",
    AnnualLimit("24%/year"),
    since=date(2017, 8, 4),
    source="Supreme People's Court, opinion on financial trials of 2017",
    jurisdiction="CN",
    lenders=["bank", "consumer_finance", "micro_loan", "assisted"],
    effect="reducible",
    note=f"interest, penalty and fees together, where the borrower asks; {_CONVENTION}",
)
"""What of a licensed lender's costs is above 24 % a year, a court may cut."""

CONSUMER_FINANCE_20: Fact[LendingCap] = dated_cap(
    "consumer finance 20 %",
    AnnualLimit("20%/year"),
    since=date(2025, 10, 1),
    source="window guidance to consumer finance companies, as told by the press",
    jurisdiction="CN",
    lenders=["consumer_finance"],
    effect="forbidden",
    note=f"about 20 %, new loans; no text was published, and {_CONVENTION}",
)
"""New loans of consumer finance companies: about 20 % a year."""

ASSISTED_LENDING_24: Fact[LendingCap] = dated_cap(
    "assisted lending 24 %",
    AnnualLimit("24%/year"),
    since=date(2025, 10, 1),
    source="notice on banks' internet lending with platforms, in force 2025-10-01",
    jurisdiction="CN",
    lenders=["assisted"],
    effect="forbidden",
    note=f"credit enhancement counts as a cost; {_CONVENTION}; the text was not seen",
)
"""Bank lending that a platform assists: at most 24 % a year, all costs in it."""

_MICRO: dict[str, Any] = {
    "jurisdiction": "CN",
    "lenders": ["micro_loan"],
    "rule": "new loans of micro-loan companies",
    "source": "guideline for micro-loan companies of December 2025, as told by "
    "reportify.ai",
    "effect": "forbidden",
}

MICRO_LOANS_24: Fact[LendingCap] = dated_cap(
    "micro-loan companies 24 %",
    AnnualLimit("24%/year"),
    since=date(2025, 12, 1),
    note=f"new loans; the day of the month is not known; {_CONVENTION}",
    **_MICRO,
)
"""New loans of micro-loan companies: at most 24 % a year, all costs in it."""

MICRO_LOANS_4_LPR: Fact[LendingCap] = dated_cap(
    "micro-loan companies 4 x LPR",
    _FOUR_LPR,
    since=date(2028, 1, 1),
    note="all new loans by the end of 2027, that is from the day after at the latest; "
    f"{_CONVENTION}",
    **_MICRO,
)
"""New loans of micro-loan companies: by the end of 2027, four times the LPR."""

CHINA: tuple[LendingCap, ...] = tuple(
    fact.value
    for fact in (
        PRIVATE_24,
        PRIVATE_36,
        PRIVATE_4_LPR,
        CASH_LOANS_36,
        LICENSED_24,
        CONSUMER_FINANCE_20,
        ASSISTED_LENDING_24,
        MICRO_LOANS_24,
        MICRO_LOANS_4_LPR,
    )
)
"""The ceilings of China; lenders: `"private"`, `"bank"`, `"micro_loan"`, and so on."""
