"""What rules and courts say of late loans: rates, ceilings, and what is paid first."""

from datetime import date
from fractions import Fraction

from loanmath.doors import to_date
from loanmath.errors import DateRangeError, InputTypeError
from loanmath.presets.facts import Fact
from loanmath.rates import Rate
from loanmath.terms import Allocation, AllocationTier, Index, RateCap

__all__ = [
    "CARD_ALLOCATION",
    "CIVIL_CODE_ALLOCATION",
    "FOUR_TIMES_LPR",
    "PENALTY_MULTIPLES",
    "PRIVATE_LENDING_24",
    "PRIVATE_LENDING_36",
    "four_times_lpr",
]

_PRIVATE_LENDING = "Fa Shi [2015] 18, art. 26, as told by tellerreport.com, 2020-08-20"
_REPLACED = date(2020, 8, 20)

PENALTY_MULTIPLES: Fact[tuple[Fraction, Fraction]] = Fact(
    (Fraction(13, 10), Fraction(3, 2)),
    in_force=date(2004, 1, 1),
    source="Yinfa [2003] 251, translated at lnmlw.com/Bankloan/vsoobbydkt",
    recalled=True,
    note="30 % to 50 % on top of the contract rate for what is overdue, until it is "
    "cleared; the text was not seen in the original, and the day it took effect is "
    "recalled",
)
"""The least and the most that penalty interest is, as a multiple of the contract."""

PRIVATE_LENDING_24: Fact[RateCap] = Fact(
    RateCap("24 % a year", "24%/year", days_in_year=365),
    in_force=date(2015, 9, 1),
    source=_PRIVATE_LENDING,
    recalled=True,
    note="up to it a court enforced interest of private lending, until 2020-08-20; the "
    "day it took effect and 365 days in a year are recalled",
)
"""The ceiling up to which courts enforced interest of private lending."""

PRIVATE_LENDING_36: Fact[RateCap] = Fact(
    RateCap("36 % a year", "36%/year", days_in_year=365),
    in_force=date(2015, 9, 1),
    source=_PRIVATE_LENDING,
    recalled=True,
    note="above it an agreement was void, until 2020-08-20; what was paid between 24 % "
    "and 36 % is not given back; the day it took effect and 365 days in a year are "
    "recalled",
)
"""The ceiling above which interest of private lending was void."""

FOUR_TIMES_LPR: Fact[int] = Fact(
    4,
    in_force=_REPLACED,
    source="Supreme People's Court, tellerreport.com, 2020-08-20 (3.85 % makes 15.4 %)",
    recalled=False,
    note="times the LPR of one year when the contract was made; interest, default "
    "charges and other fees count together (recalled); not for licensed lenders",
)
"""How many times the LPR of one year is the ceiling of private lending."""

_INTEREST_FIRST = ["fee", "penalty", "compound", "interest", "principal"]
_PRINCIPAL_FIRST = ["principal", "interest", "compound", "penalty", "fee"]

CARD_ALLOCATION: Fact[Allocation] = Fact(
    Allocation(
        _INTEREST_FIRST, by="component", tiers=[AllocationTier(91, _PRINCIPAL_FIRST)]
    ),
    in_force=date(2011, 1, 13),
    source="Measures for the Supervision of Credit Card Business (CBRC Order 2011 No. "
    "2), art. 57, as told by wodefinance.com/Creditcardoverdue/hbdvxojbun",
    recalled=True,
    note="the switch at 91 days is the source's; the day it took effect, the order "
    "among fees and interest, and component by component are recalled",
)
"""What a card's payment clears: interest and fees first, from day 91 principal."""

CIVIL_CODE_ALLOCATION: Fact[Allocation] = Fact(
    Allocation(["fee", "interest", "compound", "penalty", "principal"], by="component"),
    in_force=date(2021, 1, 1),
    source="Civil Code, art. 561",
    recalled=True,
    note="the costs of realizing the claim, then interest, then principal, unless the "
    "parties agree otherwise; the article ranks no kind of interest before another, "
    "and the order here is ours",
)
"""What a payment clears where nothing was agreed: costs, interest, principal."""


def four_times_lpr(index: Index, signed: date, *, days_in_year: int) -> RateCap:
    """
    Return the ceiling of four times the LPR of the day of the contract (四倍 LPR).

    Formula: `rate = 4 * LPR of one year`, as last published when the contract was made.

    Args:
        index: The LPR of one year by the dates it was published on, your own or
            `LPR_1Y.value`.
        signed: The day of the contract.
        days_in_year: The divisor of the yearly rate: 360, 364, 365 or 366; the rule
            names none.

    Returns:
        The cap.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If the divisor is none of these.
        DateRangeError: If the day is before 2020-08-20, or the index was not published
            so early.

    Example:
        >>> from loanmath.presets.cn import LPR_1Y
        >>> cap = four_times_lpr(LPR_1Y.value, date(2020, 9, 1), days_in_year=365)
        >>> cap.name, cap.rate
        ('4 x LPR 1 year of 2020-09-01', Rate('15.4%/year'))

    Source: Supreme People's Court, 2020-08-20, as told by tellerreport.com of that day:
    3.85 % makes 15.4 %.
    """
    if type(index) is not Index:
        raise InputTypeError("index", got=index, allowed="an Index")
    on = to_date(signed, "signed")
    if on < _REPLACED:
        raise DateRangeError(
            "signed",
            got=str(on),
            allowed=f"on or after {_REPLACED}",
            do="use PRIVATE_LENDING_24 or PRIVATE_LENDING_36",
        )
    return RateCap(
        f"4 x {index.name} of {on}",
        Rate.from_share(FOUR_TIMES_LPR.value * index.on(on), per="year"),
        days_in_year=days_in_year,
    )
