"""Japan: interest and damages for delay, by the amount lent (利息制限法)."""

from datetime import date
from fractions import Fraction

from loanmath.analysis.caps import LendingCap, SimpleLimit
from loanmath.presets.facts import Fact
from loanmath.presets.rate_caps.dated import dated_cap
from loanmath.rates import Rate

__all__ = [
    "DELAY_15",
    "DELAY_18",
    "DELAY_20",
    "DELAY_LENDER_20",
    "DELAY_MULTIPLE",
    "INTEREST_15",
    "INTEREST_18",
    "INTEREST_20",
    "JAPAN",
]

_ACT = "Interest Rate Restriction Act"
_SINCE = date(2010, 6, 18)
_NOTE = (
    "simple interest: amount * rate * days / 365, yen rounded down; the day is the one "
    "that the reform of 2010 took full effect, recalled"
)
_SMALL, _LARGE = "100000", "1000000"
_BOUNDS: dict[str, dict[str, str]] = {
    "20": {"amount_below": _SMALL},
    "18": {"amount_from": _SMALL, "amount_below": _LARGE},
    "15": {"amount_from": _LARGE},
}

DELAY_MULTIPLE: Fact[Fraction] = Fact(
    Fraction(146, 100),
    in_force=_SINCE,
    source=f"{_ACT}, art. 4",
    recalled=True,
    note="of the ceiling on interest",
)
"""How many times the ceiling on interest damages for delay may be."""


def _interest(percent: str) -> Fact[LendingCap]:
    return dated_cap(
        f"interest {percent} %",
        SimpleLimit(f"{percent}%/year", days_in_year=365),
        since=_SINCE,
        source=f"{_ACT}, art. 1",
        recalled=True,
        note=f"fees count as interest; {_NOTE}",
        jurisdiction="JP",
        lenders=["lender", "private"],
        effect="void",
        rule="interest in Japan",
        currency="JPY",
        **_BOUNDS[percent],
    )


def _delay(percent: str) -> Fact[LendingCap]:
    share = DELAY_MULTIPLE.value * Fraction(int(percent), 100)
    return dated_cap(
        f"delay 1.46 x {percent} %",
        SimpleLimit(
            Rate.from_share(share, per="year"),
            days_in_year=365,
            of=["default_interest", "default_fee"],
            overdue=True,
        ),
        since=_SINCE,
        source=f"{_ACT}, art. 4",
        recalled=True,
        note=f"damages for delay, on overdue principal; {_NOTE}",
        jurisdiction="JP",
        lenders=["private"],
        effect="void",
        rule="delay in Japan",
        currency="JPY",
        **_BOUNDS[percent],
    )


INTEREST_20: Fact[LendingCap] = _interest("20")
"""Interest on less than 100,000 yen: at most 20 % a year."""

INTEREST_18: Fact[LendingCap] = _interest("18")
"""Interest on 100,000 yen to less than 1,000,000: at most 18 % a year."""

INTEREST_15: Fact[LendingCap] = _interest("15")
"""Interest on 1,000,000 yen or more: at most 15 % a year."""

DELAY_20: Fact[LendingCap] = _delay("20")
"""Damages for delay on less than 100,000 yen: at most 29.2 % a year."""

DELAY_18: Fact[LendingCap] = _delay("18")
"""Damages for delay on 100,000 yen to less than 1,000,000: at most 26.28 % a year."""

DELAY_15: Fact[LendingCap] = _delay("15")
"""Damages for delay on 1,000,000 yen or more: at most 21.9 % a year."""

DELAY_LENDER_20: Fact[LendingCap] = dated_cap(
    "delay 20 %, lender by trade",
    SimpleLimit(
        "20%/year",
        days_in_year=365,
        of=["default_interest", "default_fee"],
        overdue=True,
    ),
    since=_SINCE,
    source=f"{_ACT}, art. 7",
    recalled=True,
    note=f"500,000 yen for 30 days: 8,219; {_NOTE}",
    jurisdiction="JP",
    lenders=["lender"],
    effect="void",
    rule="delay in Japan",
)
"""Damages for delay of whoever lends by trade: at most 20 % a year."""

JAPAN: tuple[LendingCap, ...] = tuple(
    fact.value
    for fact in (
        INTEREST_20,
        INTEREST_18,
        INTEREST_15,
        DELAY_20,
        DELAY_18,
        DELAY_15,
        DELAY_LENDER_20,
    )
)
"""The ceilings of Japan; lenders: `"lender"` by trade, and `"private"`."""
