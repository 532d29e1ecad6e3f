"""
The European Union: what directives on consumer credit and mortgages assume and limit.

`CCD` is Directive 2008/48/EC, its assumptions as Directive 2011/90/EU words them; `MCD`
is Directive 2014/17/EU; `CCD2` is Directive (EU) 2023/2225. Amounts are in euros.
Default is that of banking supervision.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from loanmath.analysis.delinquency import DefaultRule, Materiality
from loanmath.presets.facts import Fact

__all__ = [
    "CCD2_COMPENSATION",
    "CCD2_MOST_CREDIT",
    "CCD2_OPEN_END_MONTHS",
    "CCD2_OVERDRAFT_MONTHS",
    "CCD2_UNKNOWN_LIMIT",
    "CCD_OPEN_END_MONTHS",
    "CCD_OVERDRAFT_MONTHS",
    "CCD_UNKNOWN_LIMIT",
    "DEFAULT_OTHER",
    "DEFAULT_RETAIL",
    "MCD_BRIDGING_MONTHS",
    "MCD_OPEN_END_MONTHS",
    "MCD_OPEN_END_PROPERTY_MONTHS",
    "MCD_OVERDRAFT_MONTHS",
    "MCD_UNKNOWN_LIMIT",
    "MCD_UNKNOWN_PROPERTY_LIMIT",
]

_CCD = "Directive 2008/48/EC, Annex I, part II, as amended by 2011/90/EU"
_MCD = "Directive 2014/17/EU, Annex I, part II"
_CCD2 = "Directive (EU) 2023/2225"
_CCD_SINCE = date(2013, 1, 1)
_MCD_SINCE = date(2016, 3, 21)
_CCD2_SINCE = date(2026, 11, 20)
_DAY = "the figure was seen, the day is recalled"
_NOT_SEEN = "the text was not seen"


def _fact(value: int, since: date, source: str, note: str) -> Fact[int]:
    return Fact(value, in_force=since, source=source, recalled=True, note=note)


CCD_UNKNOWN_LIMIT: Fact[Decimal] = Fact(
    Decimal(1500), in_force=_CCD_SINCE, source=f"{_CCD} (h)", recalled=True, note=_DAY
)
"""The total amount of credit where a ceiling is not known yet."""

CCD_OVERDRAFT_MONTHS: Fact[int] = _fact(3, _CCD_SINCE, f"{_CCD} (d)", _DAY)
"""How long an overdraft lasts where its duration is not known."""

CCD_OPEN_END_MONTHS: Fact[int] = _fact(12, _CCD_SINCE, f"{_CCD} (e)", _DAY)
"""How long open-end credit other than an overdraft is taken to last."""

MCD_UNKNOWN_PROPERTY_LIMIT: Fact[Decimal] = Fact(
    Decimal(170_000),
    in_force=_MCD_SINCE,
    source=_MCD,
    recalled=True,
    note=f"credit for the purchase of property; {_NOT_SEEN}",
)
"""The ceiling that is assumed of mortgage credit where it is not known yet."""

MCD_UNKNOWN_LIMIT: Fact[Decimal] = Fact(
    Decimal(1500),
    in_force=_MCD_SINCE,
    source=_MCD,
    recalled=True,
    note=f"credit not for acquiring property, deferred debit cards, overdrafts; "
    f"{_NOT_SEEN}",
)
"""The same for credit that is not for acquiring property."""

MCD_OPEN_END_PROPERTY_MONTHS: Fact[int] = _fact(
    240, _MCD_SINCE, _MCD, f"credit for acquiring or retaining property; {_NOT_SEEN}"
)
"""How long open-end credit for property is taken to last: 20 years."""

MCD_OPEN_END_MONTHS: Fact[int] = _fact(12, _MCD_SINCE, _MCD, _NOT_SEEN)
"""How long other open-end credit is taken to last."""

MCD_BRIDGING_MONTHS: Fact[int] = _fact(12, _MCD_SINCE, _MCD, _NOT_SEEN)
"""How long a bridging loan is taken to last where its duration is not known."""

MCD_OVERDRAFT_MONTHS: Fact[int] = _fact(3, _MCD_SINCE, _MCD, _NOT_SEEN)
"""How long an overdraft lasts where its duration is not known."""

CCD2_UNKNOWN_LIMIT: Fact[Decimal] = Fact(
    Decimal(1500), in_force=_CCD2_SINCE, source=_CCD2, recalled=True, note=_NOT_SEEN
)
"""The total amount of credit where a ceiling is not known yet."""

CCD2_OVERDRAFT_MONTHS: Fact[int] = _fact(3, _CCD2_SINCE, _CCD2, _NOT_SEEN)
"""How long an overdraft lasts where its duration is not known."""

CCD2_OPEN_END_MONTHS: Fact[int] = _fact(12, _CCD2_SINCE, _CCD2, _NOT_SEEN)
"""How long open-end credit other than an overdraft is taken to last."""

CCD2_MOST_CREDIT: Fact[Decimal] = Fact(
    Decimal(100_000),
    in_force=_CCD2_SINCE,
    source=_CCD2,
    recalled=True,
    note=f"small credits and deferred payments are covered too; {_NOT_SEEN}",
)
"""The largest credit that the directive of 2023 covers."""

CCD2_COMPENSATION: Fact[tuple[Fraction, Fraction]] = Fact(
    (Fraction(1, 100), Fraction(1, 200)),
    in_force=_CCD2_SINCE,
    source=_CCD2,
    recalled=True,
    note="of what is repaid early: with more than a year to go, and with a year or "
    f"less; never above the interest forgone; {_NOT_SEEN}",
)
"""The most that an early repayment may cost."""


def _default(name: str, absolute: int) -> Fact[DefaultRule]:
    return Fact(
        DefaultRule(
            name,
            Materiality(absolute, "1%"),
            days=90,
            edge="above",
            probation_months=3,
            restructured_months=12,
            forborne_months=24,
        ),
        in_force=date(2021, 1, 1),
        source="Regulation (EU) 575/2013, Article 178; Delegated Regulation (EU)"
        " 2018/171; EBA/GL/2016/07",
        recalled=True,
        note="90 days, 1 % and the year of probation after a distressed restructuring"
        " were seen; the amounts, the three months of probation, the two years forborne"
        " after the default, the day and whether 90 days are enough or more are needed"
        " are recalled",
    )


DEFAULT_RETAIL: Fact[DefaultRule] = _default("EBA default, retail", 100)
"""When a retail exposure is in default: more than 90 days above 100 euros and 1 %."""

DEFAULT_OTHER: Fact[DefaultRule] = _default("EBA default, other than retail", 500)
"""The same for other exposures: more than 90 days above 500 euros and 1 %."""
