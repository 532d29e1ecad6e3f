"""Principal and rate, searched on their grids."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from loanmath.currency import (
    MAX_MINOR_UNITS,
    amount_text,
    currency_digits,
    from_units,
    to_units,
)
from loanmath.errors import (
    LimitError,
    RateOutOfRangeError,
    ScheduleError,
    TermsError,
)
from loanmath.rates import Rate, RateUnit
from loanmath.solving.grid import Ends, Grid, ends
from loanmath.solving.regular import check_residue, payment_rounding, probe
from loanmath.solving.solution import Bracket, Solution, Unknown
from loanmath.terms import (
    AddOnInterest,
    FlatFee,
    InstallmentLoan,
    LevelPayment,
    Residue,
    RoundedPer,
)

__all__ = ["shortest", "solve_principal", "solve_rate"]

# The range of a `Rate`, by the same days in a year.
_IN_A_YEAR = {RateUnit.DAY: 365, RateUnit.MONTH: 12, RateUnit.YEAR: 1}


def solve_principal(loan: InstallmentLoan, asked: int) -> Solution:
    """
    Return the largest principal whose regular payment is not above the one asked for.

    Args:
        loan: A loan with a regular payment; its principal is ignored.
        asked: The payment, in units of 10^-digits.

    Raises:
        TermsError: If the question has no meaning for these terms.
        ScheduleError: If even the smallest principal needs more.
        LimitError: If the answer is above the largest principal.
    """
    check_residue(loan, Residue.LAST, Residue.FIRST)
    _check_unit(loan)
    digits = currency_digits(loan.currency)
    grid = _principals(loan, digits)
    found = ends(grid, asked, loan.digits)
    value = found.high - 1
    reached = found.payment_at(value)
    asked_text = amount_text(asked, loan.digits)
    if found.high_payment is None:
        raise LimitError(
            "principal",
            got=f"payments of {asked_text}, which repay more",
            allowed=f"at most {amount_text(grid.last, digits)}",
        )
    if reached is None:
        least = amount_text(found.high_payment, loan.digits)
        raise ScheduleError(
            "payment",
            got=asked_text,
            allowed=f"at least {least}, which the smallest principal needs",
        )
    answer = evolve(loan, principal=from_units(value, digits))
    note = (
        f"{loan.currency} {amount_text(value, digits)} is the largest principal whose"
        f" regular payment, {amount_text(reached, loan.digits)}, is not above"
        f" {asked_text}"
    )
    return Solution(
        Unknown.PRINCIPAL,
        from_units(value, digits),
        answer,
        from_units(asked, loan.digits),
        reached == asked,
        _bracket(found, lambda end: from_units(end, digits), loan.digits),
        note,
        answer.schedule(),
    )


def _check_unit(loan: InstallmentLoan) -> None:
    if not isinstance(loan.rate, Rate) or loan.rate.value >= 0:
        return
    minor_units = 10 ** (loan.digits - currency_digits(loan.currency))
    coarse = loan.rounding.units(loan.digits) > minor_units
    if coarse or loan.interest_rounded is not RoundedPer.PERIOD:
        raise TermsError(
            "rate",
            got=str(loan.rate),
            allowed="zero or above, where interest is rounded to more than minor units"
            " or more than once per period",
            do="of a negative one, the payment need not rise with the principal",
        )


def _principals(loan: InstallmentLoan, digits: int) -> Grid:
    stripped, first = probe(loan), 1
    if isinstance(loan.repayment, LevelPayment) and loan.repayment.balloon is not None:
        # A balloon is at most the principal.
        balloon = to_units(loan.repayment.balloon, loan.digits, "balloon")
        first = -(-balloon // int(10 ** (loan.digits - digits)))

    def loan_at(value: int) -> InstallmentLoan:
        return evolve(stripped, principal=from_units(value, digits))

    near = (first, first + MAX_MINOR_UNITS // 10_000)
    return Grid(loan_at, first, MAX_MINOR_UNITS, near, payment_rounding(loan))


def _bracket(
    found: Ends, value_of: Callable[[int], Decimal | Rate], digits: int
) -> Bracket:
    low, high = (
        (None, None)
        if payment is None
        else (value_of(end), from_units(payment, digits))
        for end, payment in (
            (found.low, found.low_payment),
            (found.high, found.high_payment),
        )
    )
    return Bracket(*low, *high)


def solve_rate(loan: InstallmentLoan, asked: int, digits: int) -> Solution:
    """
    Return the rate whose regular payment is the one asked for, or nearest to it.

    Args:
        loan: A loan with a regular payment; of its rate only the unit is taken.
        asked: The payment, in units of 10^-digits of the loan.
        digits: Decimals of a percent.

    Raises:
        TermsError: If the question has no meaning for these terms.
        ScheduleError: If no plan follows from the terms and the answer.
        RateOutOfRangeError: If no allowed rate has that payment.
    """
    per = _unit_of(loan)
    check_residue(loan, Residue.LAST, Residue.FIRST)
    found = ends(_rates(loan, per, digits), asked, loan.digits)
    value, reached = _nearest(found, asked, loan)
    rate = _rate(value, per, digits)
    answer = evolve(loan, rate=rate)
    note = f"{rate} has the regular payment {amount_text(reached, loan.digits)}"
    if reached != asked:
        note += f", the nearest to {amount_text(asked, loan.digits)}"
    return Solution(
        Unknown.RATE,
        rate,
        answer,
        from_units(asked, loan.digits),
        reached == asked,
        _bracket(found, lambda end: _rate(end, per, digits), loan.digits),
        note,
        answer.schedule(),
    )


def _unit_of(loan: InstallmentLoan) -> RateUnit:
    if isinstance(loan.repayment, FlatFee):
        raise TermsError(
            "repayment",
            got="FlatFee",
            allowed="LevelPayment, FixedPayment or AddOnInterest",
            do="a flat fee is no rate: what it costs in a year is what apr says",
        )
    if loan.drawdowns:
        raise TermsError(
            "drawdowns",
            got="stated",
            allowed="only where the rate is known",
            do="with them the payment is not proved to rise with the rate",
        )
    if not isinstance(loan.rate, Rate):
        raise TermsError(
            "rate",
            got=None if loan.rate is None else str(loan.rate),
            allowed="one Rate for the whole term, of the unit that is asked for",
        )
    return loan.rate.per


def _rate(value: int, per: RateUnit, digits: int) -> Rate:
    return Rate.from_share(Fraction(value, int(10 ** (digits + 2))), per)


def _rates(loan: InstallmentLoan, per: RateUnit, digits: int) -> Grid:
    stripped, percent = probe(loan), int(10**digits)

    def loan_at(value: int) -> InstallmentLoan:
        return evolve(stripped, rate=_rate(value, per, digits))

    # The lowest is rounded up to the grid, 1,000,000 % down.
    parts = _IN_A_YEAR[per]
    first, last = -(_most_below(loan) * percent // parts), 1_000_000 * percent // parts
    near = (0, max(1, percent // parts))
    return Grid(loan_at, first, last, near, payment_rounding(loan))


def _most_below(loan: InstallmentLoan) -> int:
    """Return how many percent a year a rate may lie below zero."""
    return 0 if isinstance(loan.repayment, AddOnInterest) else 99


def _nearest(found: Ends, asked: int, loan: InstallmentLoan) -> tuple[int, int]:
    """Return a value of the grid and its payment: the one asked for, or the nearest."""
    if found.high - found.low > 1:
        return shortest(found.low + 1, found.high - 1), asked
    if found.low_payment is None or found.high_payment is None:
        raise RateOutOfRangeError(
            "rate",
            got=f"a payment of {amount_text(asked, loan.digits)}",
            allowed=f"a payment that some rate from {-_most_below(loan)}% to 1,000,000%"
            " a year leads to",
        )
    if asked - found.low_payment <= found.high_payment - asked:
        return found.low, found.low_payment
    return found.high, found.high_payment


def shortest(first: int, last: int) -> int:
    """
    Return the integer of a range with the most zeros at its end.

    Of several, the one nearest to the middle; of two, the lower.

    Example:
        >>> shortest(11_987, 12_046), shortest(-3, 4), shortest(11, 14)
        (12000, 0, 12)
    """
    step = 1
    while -(-first // (10 * step)) <= last // (10 * step) and step < last - first + 1:
        step *= 10
    lowest, highest = -(-first // step), last // step
    middle = -((step - first - last) // (2 * step))
    return step * min(max(middle, lowest), highest)
