"""
Ceilings on what loans may cost, by country, kind of lender and date of the contract.

Each is a `Fact` whose value is a `LendingCap`; the tuples, such as `CHINA`, are what
`applicable_caps` chooses from. A later version of a rule is another constant.
"""

from loanmath.analysis.caps import LendingCap
from loanmath.presets.rate_caps.china import (
    ASSISTED_LENDING_24,
    CASH_LOANS_36,
    CHINA,
    CONSUMER_FINANCE_20,
    LICENSED_24,
    MICRO_LOANS_4_LPR,
    MICRO_LOANS_24,
    PRIVATE_4_LPR,
    PRIVATE_24,
    PRIVATE_36,
)
from loanmath.presets.rate_caps.indonesia import (
    CONSUMPTIVE_2024,
    CONSUMPTIVE_2025,
    CONSUMPTIVE_2026,
    INDONESIA,
    LATE_CONSUMPTIVE_2024,
    LATE_CONSUMPTIVE_2025,
    LATE_CONSUMPTIVE_2026,
    LATE_PRODUCTIVE_2024,
    LATE_PRODUCTIVE_2026,
    PRODUCTIVE_2024,
    PRODUCTIVE_2026,
    TOTAL_2024,
)
from loanmath.presets.rate_caps.japan import (
    DELAY_15,
    DELAY_18,
    DELAY_20,
    DELAY_LENDER_20,
    DELAY_MULTIPLE,
    INTEREST_15,
    INTEREST_18,
    INTEREST_20,
    JAPAN,
)
from loanmath.presets.rate_caps.others import (
    AUSTRALIA_48,
    BRAZIL_CARDS_100,
    CANADA_35,
    HONG_KONG_48,
    INDIA_NO_PENAL_INTEREST,
    NEW_ZEALAND_DAILY,
    NEW_ZEALAND_TOTAL,
    OTHERS,
    PHILIPPINES_TOTAL,
    SINGAPORE_TOTAL,
    SOUTH_AFRICA_IN_DUPLUM,
)
from loanmath.presets.rate_caps.united_kingdom import (
    UK_DEFAULT_FEES,
    UK_INITIAL_COST,
    UK_TOTAL_COST,
    UNITED_KINGDOM,
)
from loanmath.presets.rate_caps.united_states import (
    MLA_36,
    MLA_PARTICIPATION_FEE,
    UNITED_STATES,
)

__all__ = [
    "ALL",
    "ASSISTED_LENDING_24",
    "AUSTRALIA_48",
    "BRAZIL_CARDS_100",
    "CANADA_35",
    "CASH_LOANS_36",
    "CHINA",
    "CONSUMER_FINANCE_20",
    "CONSUMPTIVE_2024",
    "CONSUMPTIVE_2025",
    "CONSUMPTIVE_2026",
    "DELAY_15",
    "DELAY_18",
    "DELAY_20",
    "DELAY_LENDER_20",
    "DELAY_MULTIPLE",
    "HONG_KONG_48",
    "INDIA_NO_PENAL_INTEREST",
    "INDONESIA",
    "INTEREST_15",
    "INTEREST_18",
    "INTEREST_20",
    "JAPAN",
    "LATE_CONSUMPTIVE_2024",
    "LATE_CONSUMPTIVE_2025",
    "LATE_CONSUMPTIVE_2026",
    "LATE_PRODUCTIVE_2024",
    "LATE_PRODUCTIVE_2026",
    "LICENSED_24",
    "MICRO_LOANS_4_LPR",
    "MICRO_LOANS_24",
    "MLA_36",
    "MLA_PARTICIPATION_FEE",
    "NEW_ZEALAND_DAILY",
    "NEW_ZEALAND_TOTAL",
    "OTHERS",
    "PHILIPPINES_TOTAL",
    "PRIVATE_4_LPR",
    "PRIVATE_24",
    "PRIVATE_36",
    "PRODUCTIVE_2024",
    "PRODUCTIVE_2026",
    "SINGAPORE_TOTAL",
    "SOUTH_AFRICA_IN_DUPLUM",
    "TOTAL_2024",
    "UK_DEFAULT_FEES",
    "UK_INITIAL_COST",
    "UK_TOTAL_COST",
    "UNITED_KINGDOM",
    "UNITED_STATES",
]

ALL: tuple[LendingCap, ...] = (
    *CHINA,
    *INDONESIA,
    *JAPAN,
    *OTHERS,
    *UNITED_KINGDOM,
    *UNITED_STATES,
)
"""Every ceiling that is known here, of all places."""
