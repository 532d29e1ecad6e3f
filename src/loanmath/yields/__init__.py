"""
Present value and internal rates of plain cash flows, every digit proved.

Floats propose a rate here; integers, or decimals with a proved bound on their error,
decide each of its digits. The proof is part of the result.
"""

from loanmath.yields.annual_equation import (
    AnnualEquation,
    HasCashFlows,
    annual_equation,
)
from loanmath.yields.annual_rate import AnnualRate, apr
from loanmath.yields.certificate import Certificate, Yield
from loanmath.yields.convention import Accumulation, Quoted, RateConvention
from loanmath.yields.conventions import (
    AU_COMPARISON,
    BR_CET,
    CN_CORPORATE,
    CN_EFFECTIVE,
    CN_SIMPLE,
    ECB_NDER,
    EU_2014_17,
    EU_2023_2225,
    EU_APRC,
    HK_APR,
    ICMA_ANNUAL,
    ICMA_QUARTERLY,
    ICMA_SEMIANNUAL,
    IN_KFS,
    RATE_CONVENTIONS,
    SG_EIR,
    UK_APR,
    US_REG_Z,
    US_RULE,
    XIRR,
)
from loanmath.yields.conversions import (
    continuous_rate,
    discount_rate,
    effective_from_continuous,
    effective_from_discount,
    effective_rate,
    nominal_rate,
)
from loanmath.yields.equation import Equation
from loanmath.yields.flat import FlatCost, flat_cost, flat_from_nominal
from loanmath.yields.flows import Amounts, DatedAmounts
from loanmath.yields.internal_rate import irr
from loanmath.yields.prepayment_speed import (
    conditional_prepayment_rate,
    psa_prepayment_rate,
    single_monthly_mortality,
)
from loanmath.yields.rate_equation import RateEquation
from loanmath.yields.rule_equation import RuleEquation
from loanmath.yields.sign import Sign
from loanmath.yields.timing import (
    ActualDays,
    BackwardIntervals,
    CouponPeriods,
    ForwardIntervals,
    UnitPeriods,
    WholePeriods,
)
from loanmath.yields.unit_period_equation import UnitPeriodEquation
from loanmath.yields.values import present_value

__all__ = [
    "AU_COMPARISON",
    "BR_CET",
    "CN_CORPORATE",
    "CN_EFFECTIVE",
    "CN_SIMPLE",
    "ECB_NDER",
    "EU_2014_17",
    "EU_2023_2225",
    "EU_APRC",
    "HK_APR",
    "ICMA_ANNUAL",
    "ICMA_QUARTERLY",
    "ICMA_SEMIANNUAL",
    "IN_KFS",
    "RATE_CONVENTIONS",
    "SG_EIR",
    "UK_APR",
    "US_REG_Z",
    "US_RULE",
    "XIRR",
    "Accumulation",
    "ActualDays",
    "Amounts",
    "AnnualEquation",
    "AnnualRate",
    "BackwardIntervals",
    "Certificate",
    "CouponPeriods",
    "DatedAmounts",
    "Equation",
    "FlatCost",
    "ForwardIntervals",
    "HasCashFlows",
    "Quoted",
    "RateConvention",
    "RateEquation",
    "RuleEquation",
    "Sign",
    "UnitPeriodEquation",
    "UnitPeriods",
    "WholePeriods",
    "Yield",
    "annual_equation",
    "apr",
    "conditional_prepayment_rate",
    "continuous_rate",
    "discount_rate",
    "effective_from_continuous",
    "effective_from_discount",
    "effective_rate",
    "flat_cost",
    "flat_from_nominal",
    "irr",
    "nominal_rate",
    "present_value",
    "psa_prepayment_rate",
    "single_monthly_mortality",
]
