"""
Mainland China: plans and lines like those of platforms and banks, and ceilings.

Amounts are in yuan. Each function is "like" a product as its sources describe it and
claims nothing about a company's current terms.
"""

from loanmath.presets.cn.bank import auto_loan, bank_loan
from loanmath.presets.cn.cards import (
    CARD_CASH_FEE,
    CARD_LINE_ALLOCATION,
    CARD_RATE,
    CardConvention,
    bank_card,
)
from loanmath.presets.cn.cash_loans import (
    JIEBEI_RATES,
    WEILIDAI_COUNTS,
    WEILIDAI_RATE,
    XIAOMI_COUNT,
    XIAOMI_RATE,
    MonthLength,
    jiebei_like,
    weilidai_like,
    xiaomi_like,
)
from loanmath.presets.cn.collection import (
    COLLECTION_HOURS,
    DAILY_ATTEMPTS,
    DAILY_EFFECTIVE_CONTACTS,
    REMINDER_POLICY,
    REMINDER_STAGES,
)
from loanmath.presets.cn.lateness import (
    CARD_ALLOCATION,
    CIVIL_CODE_ALLOCATION,
    FOUR_TIMES_LPR,
    PENALTY_MULTIPLES,
    PRIVATE_LENDING_24,
    PRIVATE_LENDING_36,
    four_times_lpr,
)
from loanmath.presets.cn.lines import (
    BAITIAO_DATES,
    BAITIAO_RATE,
    FENFU_RATE,
    HUABEI_LINE_RATE,
    baitiao_line,
    fenfu_line,
    huabei_line,
)
from loanmath.presets.cn.lpr import (
    LPR_1Y,
    LPR_5Y,
    LPR_OF_CONVERSION,
    Repricing,
    lpr_mortgage,
    points_over_lpr,
)
from loanmath.presets.cn.methods import Method
from loanmath.presets.cn.purchases import (
    HUABEI_BORROWER_FEES_2022,
    HUABEI_CONSUMER_FEES,
    HUABEI_DATES,
    HUABEI_MERCHANT_FEES_2022,
    HuabeiFees,
    PaidBy,
    huabei_installments,
    huabei_like,
)

__all__ = [
    "BAITIAO_DATES",
    "BAITIAO_RATE",
    "CARD_ALLOCATION",
    "CARD_CASH_FEE",
    "CARD_LINE_ALLOCATION",
    "CARD_RATE",
    "CIVIL_CODE_ALLOCATION",
    "COLLECTION_HOURS",
    "DAILY_ATTEMPTS",
    "DAILY_EFFECTIVE_CONTACTS",
    "FENFU_RATE",
    "FOUR_TIMES_LPR",
    "HUABEI_BORROWER_FEES_2022",
    "HUABEI_CONSUMER_FEES",
    "HUABEI_DATES",
    "HUABEI_LINE_RATE",
    "HUABEI_MERCHANT_FEES_2022",
    "JIEBEI_RATES",
    "LPR_1Y",
    "LPR_5Y",
    "LPR_OF_CONVERSION",
    "PENALTY_MULTIPLES",
    "PRIVATE_LENDING_24",
    "PRIVATE_LENDING_36",
    "REMINDER_POLICY",
    "REMINDER_STAGES",
    "WEILIDAI_COUNTS",
    "WEILIDAI_RATE",
    "XIAOMI_COUNT",
    "XIAOMI_RATE",
    "CardConvention",
    "HuabeiFees",
    "Method",
    "MonthLength",
    "PaidBy",
    "Repricing",
    "auto_loan",
    "baitiao_line",
    "bank_card",
    "bank_loan",
    "fenfu_line",
    "four_times_lpr",
    "huabei_installments",
    "huabei_like",
    "huabei_line",
    "jiebei_like",
    "lpr_mortgage",
    "points_over_lpr",
    "weilidai_like",
    "xiaomi_like",
]
