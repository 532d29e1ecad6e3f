"""
The conventions for annual rates that laws and markets publish, as constants.

A law that changes adds a constant here; none is ever edited. Where the equation is seen
in a text or in its printed examples, the constant says so; what was recalled is marked.
"""

from datetime import date
from fractions import Fraction
from typing import Final

from attrs import evolve

from loanmath.errors import InputTypeError, UnknownNameError
from loanmath.yields.convention import Accumulation, Quoted, RateConvention
from loanmath.yields.timing import (
    ActualDays,
    BackwardIntervals,
    CouponPeriods,
    ForwardIntervals,
    UnitPeriods,
    WholePeriods,
)

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
    "to_convention",
]

US_REG_Z: Final = RateConvention(
    "US Regulation Z",
    UnitPeriods(),
    quoted=Quoted.NOMINAL,
    accumulation=Accumulation.SIMPLE_PARTS,
    in_force=date(1982, 4, 1),
    source="12 CFR 1026, Appendix J",
    recalled=False,
    chinese="美国真实信贷法年利率 (APR)",
    note="the general equation and its fractions are seen in the examples of (c); the "
    "choice of the unit-period, (b)(4), and the date are recalled",
)
"""The actuarial method of Regulation Z: unit-periods, and simple interest in parts."""

US_RULE: Final = evolve(
    US_REG_Z,
    name="United States Rule",
    accumulation=Accumulation.WHEN_PAID,
    recalled=True,
    source="12 CFR 1026.22(a)(1)",
    chinese="美国规则",
    note="interest is counted when a payment is made; what a payment does not cover is "
    "kept apart and bears none; recalled but for one derived example",
)
"""The United States Rule: no interest on unpaid interest."""

EU_APRC: Final = RateConvention(
    "EU APRC",
    BackwardIntervals(),
    quoted=Quoted.EFFECTIVE,
    decimals=1,
    in_force=date(2010, 6, 11),
    source="Directive 2008/48/EC, Annex I; SWD(2012) 128, section 4.1.1",
    recalled=False,
    chinese="欧盟年费用百分率 (APRC)",
    note="Directive 2011/90/EU changed its assumptions, not its equation; one decimal "
    "at least; the date is that of national application, recalled",
)
"""The annual percentage rate of charge of consumer credit in the European Union."""

EU_2014_17: Final = evolve(
    EU_APRC,
    name="EU APRC, mortgages",
    in_force=date(2016, 3, 21),
    source="Directive 2014/17/EU, Annex I",
    note="the same equation; whole periods are not mixed, seen in part; the date is "
    "recalled",
)
"""The same of credit for residential property."""

EU_2023_2225: Final = evolve(
    EU_APRC,
    name="EU APRC, 2023",
    in_force=date(2026, 11, 20),
    source="Directive (EU) 2023/2225, Annex III",
    recalled=True,
    note="the same equation, recalled, not checked against the text",
)
"""The same under the directive that replaces 2008/48/EC."""

UK_APR: Final = RateConvention(
    "UK APR",
    ForwardIntervals(),
    quoted=Quoted.EFFECTIVE,
    decimals=1,
    in_force=date(2014, 4, 1),
    source="Financial Conduct Authority, CONC App 1.2",
    chinese="英国年费用百分率 (APR)",
    note="a published reading that counts periods forward; the handbook's text was not "
    "seen",
)
"""The annual percentage rate of the United Kingdom."""

CN_SIMPLE: Final = RateConvention(
    "China, simple",
    WholePeriods(),
    quoted=Quoted.NOMINAL,
    in_force=date(2021, 3, 12),
    source="People's Bank of China, Announcement [2021] No. 3, and its example",
    recalled=False,
    chinese="年化利率 (单利)",
    note="12 times the monthly rate; what the market calls IRR is often this one; the "
    "date is recalled",
)
"""The simple annual rate of China: periods times the periodic rate."""

CN_EFFECTIVE: Final = evolve(
    CN_SIMPLE,
    name="China, compound (IRR)",
    quoted=Quoted.EFFECTIVE,
    chinese="年化利率 (复利, 内部收益率)",
    note="what the announcement calls the internal rate of return is compounded to a "
    "year; the date is recalled",
)
"""The compound annual rate of China, "IRR" in the central bank's example."""

CN_CORPORATE: Final = RateConvention(
    "China, comprehensive financing cost of enterprises",
    UnitPeriods(),
    quoted=Quoted.NOMINAL,
    accumulation=Accumulation.SIMPLE_PARTS,
    in_force=date(2025, 9, 1),
    source="published account of the pilot rule on enterprises' financing costs",
    chinese="企业综合融资成本",
    note="whole periods compounded and parts by simple interest; the periods are "
    "counted as in Regulation Z, since no account says how; the date is the pilot's",
)
"""The rate of one fee of a corporate loan, to be added to the others."""

IN_KFS: Final = RateConvention(
    "India, key facts statement",
    WholePeriods(),
    quoted=Quoted.NOMINAL,
    in_force=date(2024, 10, 1),
    source="Reserve Bank of India, circular of 15 April 2024, annex B",
    chinese="印度关键信息表年利率",
    note="called effective there, yet its figures are 12 times the monthly rate; the "
    "figures are recalled",
)
"""The annual rate of an Indian key facts statement, on the net amount paid out."""

HK_APR: Final = RateConvention(
    "Hong Kong, net present value",
    WholePeriods(),
    quoted=Quoted.EFFECTIVE,
    source="printed rates of Hong Kong lenders",
    chinese="香港实际年利率",
    note="equal months; some banks count days, as XIRR does",
)
"""The annualized percentage rate of Hong Kong."""

SG_EIR: Final = RateConvention(
    "Singapore, effective interest rate",
    WholePeriods(),
    quoted=Quoted.NOMINAL,
    source="printed rates of Singapore lenders",
    chinese="新加坡实际利率 (EIR)",
    note="12 times the monthly rate in spite of its name; some banks cut the digits",
)
"""What Singapore's banks print beside a flat rate."""

BR_CET: Final = RateConvention(
    "Brazil, total effective cost",
    ActualDays(),
    quoted=Quoted.EFFECTIVE,
    in_force=date(2008, 3, 3),
    source="Conselho Monetario Nacional, resolution 3,517 of 2007",
    chinese="巴西总有效成本 (CET)",
    note="the equation is seen in the central bank's account; document and date are "
    "recalled",
)
"""The custo efetivo total of Brazil."""

AU_COMPARISON: Final = RateConvention(
    "Australia, comparison rate",
    WholePeriods(Fraction("52.18")),
    quoted=Quoted.NOMINAL,
    source="National Credit Code, comparison rates",
    chinese="澳大利亚比较利率",
    note="12, 26.09 or 52.18 periods a year; the section is not known here",
)
"""The comparison rate of Australia."""

XIRR: Final = RateConvention(
    "XIRR",
    ActualDays(),
    quoted=Quoted.EFFECTIVE,
    source="the documented equation of spreadsheets",
    recalled=False,
    chinese="内部收益率 (实际天数/365)",
)
"""The effective yearly rate by actual days over 365."""

ECB_NDER: Final = RateConvention(
    "ECB narrowly defined effective rate",
    ActualDays(),
    quoted=Quoted.EFFECTIVE,
    source="European Central Bank, statistics on interest rates (MIR)",
    chinese="欧央行狭义实际利率",
    note="leave charges other than interest out of the flows; recalled",
)
"""The yearly rate of interest alone, by actual days over 365."""

ICMA_ANNUAL: Final = RateConvention(
    "ICMA yield, annual",
    CouponPeriods(1),
    quoted=Quoted.EFFECTIVE,
    source="ICMA Rule 803",
    chinese="ICMA 年收益率",
    note="recalled, not checked against the text",
)
"""The yield of a bond that is compounded once a year."""

ICMA_SEMIANNUAL: Final = evolve(
    ICMA_ANNUAL,
    name="ICMA yield, semiannual",
    timing=CouponPeriods(2),
    quoted=Quoted.NOMINAL,
)
"""The yield of a bond that is compounded twice a year, quoted as twice its half."""

ICMA_QUARTERLY: Final = evolve(
    ICMA_SEMIANNUAL, name="ICMA yield, quarterly", timing=CouponPeriods(4)
)
"""The yield of a bond that is compounded four times a year, quoted as four quarters."""

RATE_CONVENTIONS: Final = {
    "us-reg-z": US_REG_Z,
    "us-rule": US_RULE,
    "eu-aprc": EU_APRC,
    "eu-2014-17": EU_2014_17,
    "eu-2023-2225": EU_2023_2225,
    "uk-apr": UK_APR,
    "cn-simple": CN_SIMPLE,
    "cn-effective": CN_EFFECTIVE,
    "cn-corporate": CN_CORPORATE,
    "in-kfs": IN_KFS,
    "hk-apr": HK_APR,
    "sg-eir": SG_EIR,
    "br-cet": BR_CET,
    "au-comparison": AU_COMPARISON,
    "xirr": XIRR,
    "ecb-nder": ECB_NDER,
    "icma-annual": ICMA_ANNUAL,
    "icma-semiannual": ICMA_SEMIANNUAL,
    "icma-quarterly": ICMA_QUARTERLY,
}
"""Every convention by its name in files and on the command line."""


def to_convention(convention: object) -> RateConvention:
    """
    Return a convention, or the one of a name such as `"us-reg-z"`.

    Raises:
        UnknownNameError: If no convention has the name.
        InputTypeError: If it is neither.

    Example:
        >>> to_convention("xirr").name
        'XIRR'
    """
    if type(convention) is RateConvention:
        return convention
    if type(convention) is not str:
        raise InputTypeError(
            "convention", got=convention, allowed="a RateConvention or its name"
        )
    if convention not in RATE_CONVENTIONS:
        raise UnknownNameError(
            "convention", got=convention, allowed=", ".join(RATE_CONVENTIONS)
        )
    return RATE_CONVENTIONS[convention]
