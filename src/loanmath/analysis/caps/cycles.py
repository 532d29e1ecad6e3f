"""The military annual percentage rate of a billing cycle, and its ceiling."""

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from loanmath.analysis.caps.checks import QuotientCheck
from loanmath.analysis.caps.lending_cap import LendingCap
from loanmath.analysis.caps.limits import AnnualLimit
from loanmath.currency import check_limit, currency_digits, from_units, to_units
from loanmath.doors import to_count
from loanmath.errors import InputTypeError, TermsError
from loanmath.rates import Rate
from loanmath.terms.amounts import to_amount

__all__ = ["check_cycle"]

Amount: TypeAlias = str | int | Decimal


def check_cycle(  # noqa: PLR0913 what a cycle was charged
    cap: LendingCap,
    *,
    currency: str,
    balance: Amount,
    finance_charge: Amount,
    fees: Amount = 0,
    participation_fee: Amount = 0,
    participation_left: Amount = 0,
    cycles_per_year: int = 12,
) -> QuotientCheck:
    """
    Return what a ceiling on the yearly rate says of one billing cycle (MAPR).

    Formula: `rate = (finance charge + fees + participation fee) / balance * cycles per
    year`, exact; the costs that comply are `floor(balance * rate of the cap / cycles
    per year)`. In a cycle without a balance no rate is meant: nothing may be charged
    but what is left of the participation fee of the year.

    Args:
        cap: A cap whose limit is an `AnnualLimit` of a stated rate, such as the 36 % of
            the Military Lending Act.
        currency: The currency of every amount, an ISO 4217 code.
        balance: The balance that the periodic rate was applied to, in major units.
        finance_charge: The finance charge of the cycle.
        fees: What counts besides: credit insurance, debt cancellation, ancillary
            products, application fees. Leave out bona fide fees of a card.
        participation_fee: The participation fee charged in the cycle.
        participation_left: How much of such a fee may still be charged in the year.
        cycles_per_year: 1 to 366; 12 for monthly ones.

    Returns:
        The check; its `share` is the rate of the cycle, zero without a balance.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is not allowed.
        TermsError: If the cap limits no stated yearly rate.

    Example:
        >>> cap = LendingCap("MAPR 36 %", AnnualLimit("36%/year"), jurisdiction="US",
        ...     lenders=["covered_borrower"], effect="void")
        >>> check = check_cycle(cap, currency="USD", balance="500",
        ...     finance_charge="10", fees="6.50")
        >>> check.share, check.allowed, check.answer
        (Fraction(99, 250), Decimal('15.00'), 'outside by 1.50')

    Source: 32 CFR 232.4(c)(2)(ii), with the quotient of 12 CFR 1026.14(c) and (d);
    recalled, not checked against the text. No official example was found.
    """
    rate = _yearly(cap)
    to_count(cycles_per_year, "cycles_per_year", 366)
    digits = currency_digits(currency)
    owed, charge, other, joining, left = _units(
        digits,
        balance=balance,
        finance_charge=finance_charge,
        fees=fees,
        participation_fee=participation_fee,
        participation_left=participation_left,
    )
    other += charge
    charged = other + joining
    share = Fraction(charged * cycles_per_year, owed) if owed else Fraction(0)
    allowed = _floor(owed * rate.value / cycles_per_year)
    if not owed:
        # Where something else is charged, it must go, and the fee stays what it is.
        allowed = min(joining, left) if other else left
    return QuotientCheck(
        cap,
        currency,
        from_units(charged, digits),
        from_units(allowed, digits),
        limit=rate,
        share=share,
    )


def _units(digits: int, **named: Amount) -> list[int]:
    return [
        check_limit(
            to_units(to_amount(amount, name), digits, name), digits, digits, name
        )
        for name, amount in named.items()
    ]


def _floor(exact: Fraction) -> int:
    return exact.numerator // exact.denominator


def _yearly(cap: LendingCap) -> Rate:
    if type(cap) is not LendingCap:
        raise InputTypeError("cap", got=cap, allowed="a LendingCap")
    if isinstance(cap.limit, AnnualLimit) and isinstance(cap.limit.rate, Rate):
        return cap.limit.rate
    raise TermsError("cap", got=str(cap), allowed="a ceiling on a stated yearly rate")
