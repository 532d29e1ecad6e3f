"""How near a disclosed figure must be to the exact one, as dated amounts."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from loanmath.analysis.tolerances import Tolerance, is_irregular
from loanmath.currency import from_units, to_units
from loanmath.doors import to_count, to_flag
from loanmath.presets.facts import Fact
from loanmath.terms.amounts import to_amount
from loanmath.yields import DatedAmounts

__all__ = [
    "FINANCE_CHARGE_THRESHOLD",
    "UK_APR",
    "US_APR_IRREGULAR",
    "US_APR_REGULAR",
    "US_FINANCE_CHARGE",
    "US_FINANCE_CHARGE_MORTGAGE",
    "US_FINANCE_CHARGE_SMALL",
    "US_FIRST_PERIODS",
    "US_RESCISSION",
    "US_RESCISSION_FORECLOSURE",
    "US_RESCISSION_REFINANCING",
    "us_apr_tolerance",
    "us_finance_charge_tolerance",
    "us_first_period_tolerance",
    "us_rescission_tolerance",
]

Amount = str | int | Decimal

_CREDIT_RULES = "12 CFR 1026.22(a)"
_SINCE_1026 = date(2011, 12, 30)
_NOT_SEEN = "the text was not seen; the day is that of the Bureau's Regulation Z"

US_APR_REGULAR: Fact[Tolerance] = Fact(
    Tolerance("US APR, regular", above="0.125", below="0.125", decimals=3),
    in_force=_SINCE_1026,
    source=f"{_CREDIT_RULES}(2)",
    recalled=True,
    note="1/8 point, the edge within; that the exact rate is rounded to three decimals "
    f"first is what tools do, the rule does not say it; {_NOT_SEEN}",
)
"""The APR of a regular transaction: within 1/8 of a percentage point."""

US_APR_IRREGULAR: Fact[Tolerance] = Fact(
    Tolerance("US APR, irregular", above="0.25", below="0.25", decimals=3),
    in_force=_SINCE_1026,
    source=f"{_CREDIT_RULES}(3)",
    recalled=True,
    note="1/4 point: several advances, or payments irregular in time or amount; "
    f"rounded as that of a regular one; {_NOT_SEEN}",
)
"""The APR of an irregular transaction: within 1/4 of a percentage point."""

FINANCE_CHARGE_THRESHOLD: Fact[Decimal] = Fact(
    Decimal(1000),
    in_force=_SINCE_1026,
    source="12 CFR 1026.18(d)(2)",
    recalled=True,
    note=f"dollars of amount financed, the bound itself with them; {_NOT_SEEN}",
)
"""Up to what amount financed the smaller tolerance of the finance charge holds."""

US_FINANCE_CHARGE_SMALL: Fact[Tolerance] = Fact(
    Tolerance("US finance charge, at most 1,000 financed", above="5", below="5"),
    in_force=_SINCE_1026,
    source="12 CFR 1026.18(d)(2)",
    recalled=True,
    note=_NOT_SEEN,
)
"""The finance charge where at most 1,000 dollars are financed: within 5 dollars."""

US_FINANCE_CHARGE: Fact[Tolerance] = Fact(
    Tolerance("US finance charge", above="10", below="10"),
    in_force=_SINCE_1026,
    source="12 CFR 1026.18(d)(2)",
    recalled=True,
    note=_NOT_SEEN,
)
"""The finance charge where more than 1,000 dollars are financed: within 10 dollars."""

US_FINANCE_CHARGE_MORTGAGE: Fact[Tolerance] = Fact(
    Tolerance("US finance charge, mortgage", above=None, below="100"),
    in_force=_SINCE_1026,
    source="12 CFR 1026.18(d)(1)",
    recalled=True,
    note="an APR that results from a finance charge within it is accurate too; "
    f"{_NOT_SEEN}",
)
"""The finance charge of a mortgage: understated by 100 dollars at most."""

US_RESCISSION: Fact[tuple[Fraction, Decimal]] = Fact(
    (Fraction(5, 1000), Decimal(100)),
    in_force=_SINCE_1026,
    source="12 CFR 1026.23(g)(1)",
    recalled=True,
    note=f"a share of the face amount, and the least in dollars; {_NOT_SEEN}",
)
"""By how much a finance charge may be understated without a right to rescind."""

US_RESCISSION_REFINANCING: Fact[tuple[Fraction, Decimal]] = Fact(
    (Fraction(1, 100), Decimal(100)),
    in_force=_SINCE_1026,
    source="12 CFR 1026.23(g)(2)",
    recalled=True,
    note=f"a refinancing by another creditor without a new advance; {_NOT_SEEN}",
)
"""The same, where a loan is refinanced by another creditor without a new advance."""

US_RESCISSION_FORECLOSURE: Fact[Decimal] = Fact(
    Decimal(35),
    in_force=_SINCE_1026,
    source="12 CFR 1026.23(h)(2)",
    recalled=True,
    note=_NOT_SEEN,
)
"""The same in dollars, once foreclosure has begun."""

US_FIRST_PERIODS: Fact[tuple[tuple[int, int | None, int], ...]] = Fact(
    ((12, 6, 13), (120, 11, 21), (0, None, 32)),
    in_force=_SINCE_1026,
    source="12 CFR 1026.17(c)(4)",
    recalled=True,
    note="a term below so many months, and by how many days a first period may be "
    "shorter and longer than a regular one; the last is for all longer terms; "
    f"{_NOT_SEEN}",
)
"""How odd a first period may be and still be treated as a regular one."""

UK_APR: Fact[Tolerance] = Fact(
    Tolerance("UK APR", above="1", below="0.1"),
    in_force=date(2014, 4, 1),
    source="FCA Handbook, CONC App 1.2",
    recalled=True,
    note="an APR is shown to one decimal; the band was seen, the day is recalled",
)
"""A disclosed APR: at most 1 above and at most 0.1 below the exact one."""


def us_apr_tolerance(flows: DatedAmounts) -> Tolerance:
    """
    Return the tolerance of a disclosed APR: 1/8 point, or 1/4 where it is irregular.

    Args:
        flows: As for `is_irregular`.

    Raises:
        FlowsError: If the flows are not those of a loan.
        InputTypeError: If a value is of the wrong type.

    Example:
        >>> lent = [(date(2026, 1, 15), -300), (date(2026, 2, 15), 310)]
        >>> us_apr_tolerance(lent).name
        'US APR, regular'

    Source: `US_APR_REGULAR`, `US_APR_IRREGULAR`.
    """
    irregular = is_irregular(flows)
    return (US_APR_IRREGULAR if irregular else US_APR_REGULAR).value


def us_finance_charge_tolerance(amount_financed: Amount) -> Tolerance:
    """
    Return the tolerance of a finance charge that no mortgage has: 5 or 10 dollars.

    Args:
        amount_financed: The amount financed in dollars.

    Raises:
        InputTypeError: If it is of the wrong type.
        InputValueError: If it is not a finite number, or negative.

    Example:
        >>> us_finance_charge_tolerance("1000").above
        Decimal('5')

    Source: `US_FINANCE_CHARGE_SMALL`, `US_FINANCE_CHARGE`, `FINANCE_CHARGE_THRESHOLD`.
    """
    financed = to_amount(amount_financed, "amount_financed")
    small = financed <= FINANCE_CHARGE_THRESHOLD.value
    return (US_FINANCE_CHARGE_SMALL if small else US_FINANCE_CHARGE).value


def us_rescission_tolerance(
    face: Amount, *, refinancing: bool = False, foreclosure: bool = False
) -> Tolerance:
    """
    Return by how much a finance charge may be understated without a right to rescind.

    Formula: `max(0.5% of the face amount, 100)`; 1 % of a refinancing; 35 dollars once
    foreclosure has begun. It may be overstated by any amount.

    Args:
        face: The face amount of the note in dollars, with at most two decimals.
        refinancing: Whether another creditor refinances without a new advance.
        foreclosure: Whether foreclosure has begun.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the face amount is not allowed.

    Example:
        >>> us_rescission_tolerance("162000").below
        Decimal('810.00')

    Source: `US_RESCISSION`, `US_RESCISSION_REFINANCING`, `US_RESCISSION_FORECLOSURE`.
    """
    for name, given in (("refinancing", refinancing), ("foreclosure", foreclosure)):
        to_flag(given, name)
    cents = to_units(to_amount(face, "face"), 2, "face")
    fact = US_RESCISSION_REFINANCING if refinancing else US_RESCISSION
    share, least = fact.value
    # Finance charges are in cents, so what is finer than a cent decides nothing.
    below = max(from_units(int(cents * share), 2), least)
    if foreclosure:
        below = US_RESCISSION_FORECLOSURE.value
    return Tolerance("US finance charge, rescission", above=None, below=below)


def us_first_period_tolerance(term_in_months: int) -> Tolerance:
    """
    Return by how many days a first period may be odd and pass as a regular one.

    Compare the days of the first period, as what is disclosed, with those of a regular
    period.

    Args:
        term_in_months: The term of the loan in months, 1 to 1,200.

    Raises:
        InputTypeError: If it is not an `int`.
        LimitError: If it is out of range.

    Example:
        >>> from loanmath.analysis.tolerances import check_tolerance
        >>> check_tolerance(45, 31, us_first_period_tolerance(11)).answer
        'outside by 1'

    Source: `US_FIRST_PERIODS`.
    """
    months = to_count(term_in_months, "term_in_months", 1200)
    *bounded, longest = US_FIRST_PERIODS.value
    _, shorter, longer = next((row for row in bounded if months < row[0]), longest)
    return Tolerance("US first period, in days", above=longer, below=shorter)
