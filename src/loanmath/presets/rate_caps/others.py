"""Other places: ceilings that are recalled, and none of which was seen in its text."""

from datetime import date

from loanmath.analysis.caps import AnnualLimit, CostLimit, LendingCap, SimpleLimit
from loanmath.presets.facts import Fact
from loanmath.presets.india import OVERDUE_INTEREST
from loanmath.presets.rate_caps.dated import dated_cap
from loanmath.presets.za import IN_DUPLUM

__all__ = [
    "AUSTRALIA_48",
    "BRAZIL_CARDS_100",
    "CANADA_35",
    "HONG_KONG_48",
    "INDIA_NO_PENAL_INTEREST",
    "NEW_ZEALAND_DAILY",
    "NEW_ZEALAND_TOTAL",
    "OTHERS",
    "PHILIPPINES_TOTAL",
    "SINGAPORE_TOTAL",
    "SOUTH_AFRICA_IN_DUPLUM",
]

_NOT_SEEN = "recalled; the text was not seen, and the day is recalled too"

SOUTH_AFRICA_IN_DUPLUM: Fact[LendingCap] = dated_cap(
    "in duplum",
    CostLimit(
        "100%", of=["default_interest", "default_fee"], share_of="owed_at_default"
    ),
    since=date(2007, 6, 1),
    source=IN_DUPLUM.source,
    note="every cost that accrues in default, interest of the contract with it: count "
    f"it as default interest; {IN_DUPLUM.note}",
    jurisdiction="ZA",
    lenders=["credit_provider"],
    effect="void",
)
"""What default costs is at most the principal that was unpaid when it began."""

INDIA_NO_PENAL_INTEREST: Fact[LendingCap] = dated_cap(
    "no penal interest",
    CostLimit("0%", of=["default_interest"]),
    since=date(2024, 4, 1),
    source=OVERDUE_INTEREST.source,
    note="penal interest, rate added for lateness and interest on penal charges; "
    "contract interest goes on and is no part of it; not for cards and trade credit",
    jurisdiction="IN",
    lenders=["regulated"],
    effect="forbidden",
)
"""Lateness costs a penal charge, and no interest on top of the contract's."""

HONG_KONG_48: Fact[LendingCap] = dated_cap(
    "48 % a year",
    AnnualLimit("48%/year"),
    since=date(2022, 12, 30),
    source="Money Lenders Ordinance, cap. 163",
    note=f"effective; above 36 % a court presumes it extortionate; {_NOT_SEEN}",
    jurisdiction="HK",
    lenders=["money_lender"],
    effect="void",
)
"""The effective annual rate of a loan: at most 48 %."""

SINGAPORE_TOTAL: Fact[LendingCap] = dated_cap(
    "total cost",
    CostLimit("100%"),
    since=date(2015, 10, 1),
    source="Moneylenders Rules",
    note="interest and fees of every kind, of the principal; besides, 4 % a month and "
    f"60 dollars a month late; {_NOT_SEEN}",
    jurisdiction="SG",
    lenders=["money_lender"],
    effect="void",
)
"""All that a moneylender's loan costs: at most as much again as was lent."""

NEW_ZEALAND_DAILY: Fact[LendingCap] = dated_cap(
    "0.8 % a day",
    SimpleLimit("0.8%/day", of=["interest", "fee", "default_interest"]),
    since=date(2020, 6, 1),
    source="Credit Contracts and Consumer Finance Act, high-cost contracts",
    note=f"a default fee of at most 30 dollars besides; {_NOT_SEEN}",
    jurisdiction="NZ",
    lenders=["high_cost"],
    effect="void",
)
"""Interest and fees of a high-cost contract: at most 0.8 % a day."""

NEW_ZEALAND_TOTAL: Fact[LendingCap] = dated_cap(
    "total cost",
    CostLimit("100%"),
    since=date(2020, 6, 1),
    source="Credit Contracts and Consumer Finance Act, high-cost contracts",
    note=_NOT_SEEN,
    jurisdiction="NZ",
    lenders=["high_cost"],
    effect="void",
)
"""All that a high-cost contract costs: at most as much again as was lent."""

CANADA_35: Fact[LendingCap] = dated_cap(
    "criminal rate 35 %",
    AnnualLimit("35%/year"),
    since=date(2025, 1, 1),
    source="Criminal Code, s. 347",
    note=f"an APR; payday loans and large commercial loans apart; {_NOT_SEEN}",
    jurisdiction="CA",
    lenders=["any"],
    effect="void",
)
"""The annual rate above which lending is a crime: 35 %."""

AUSTRALIA_48: Fact[LendingCap] = dated_cap(
    "48 % a year",
    AnnualLimit("48%/year"),
    since=date(2013, 7, 1),
    source="National Credit Code, s. 32A",
    note=f"small loans of 20 % and 4 % a month apart; {_NOT_SEEN}",
    jurisdiction="AU",
    lenders=["credit_provider"],
    effect="void",
)
"""The annual cost rate of a loan: at most 48 %."""

BRAZIL_CARDS_100: Fact[LendingCap] = dated_cap(
    "revolving cards 100 %",
    CostLimit("100%"),
    since=date(2024, 1, 3),
    source="Law 14.690 of 2023",
    note=f"interest and charges, of the original debt; {_NOT_SEEN}",
    jurisdiction="BR",
    lenders=["card_revolving"],
    effect="void",
)
"""What a revolving card debt costs: at most as much again as the debt."""

PHILIPPINES_TOTAL: Fact[LendingCap] = dated_cap(
    "total cost",
    CostLimit("100%"),
    since=date(2022, 3, 3),
    source="BSP circular 1133 and SEC memorandum circular 3 of 2022",
    note="small loans; besides, 6 % a month nominal, 15 % a month effective and 5 % a "
    f"month late; {_NOT_SEEN}",
    jurisdiction="PH",
    lenders=["lending_company"],
    effect="forbidden",
)
"""All that a small loan costs: at most as much again as was lent."""

OTHERS: tuple[LendingCap, ...] = tuple(
    fact.value
    for fact in (
        AUSTRALIA_48,
        BRAZIL_CARDS_100,
        CANADA_35,
        HONG_KONG_48,
        INDIA_NO_PENAL_INTEREST,
        NEW_ZEALAND_DAILY,
        NEW_ZEALAND_TOTAL,
        PHILIPPINES_TOTAL,
        SINGAPORE_TOTAL,
        SOUTH_AFRICA_IN_DUPLUM,
    )
)
"""The ceilings of Australia, Brazil, Canada, Hong Kong, India, and others."""
