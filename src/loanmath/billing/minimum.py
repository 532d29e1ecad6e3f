"""The minimum of a bill, and the charge for paying less."""

from decimal import Decimal

from loanmath.billing.line_units import checked_line, line_units, share_units
from loanmath.currency import agreed_units, from_units
from loanmath.errors import TermsError
from loanmath.terms.lines import CreditLine, DefaultCharge, MinimumPayment

__all__ = [
    "default_charge",
    "is_repeated",
    "minimum_of",
    "minimum_payment",
    "missed_charge",
]


def minimum_payment(
    line: CreditLine,
    purchases: str | int | Decimal,
    in_full: str | int | Decimal = 0,
) -> Decimal:
    """
    Return the least that is to be paid of a bill, in major units.

    Formula: `min(balance, max(least, round(share * purchases) + in full))`, and the
    whole balance where it is below `whole_below`; `balance = purchases + in full`.

    Args:
        line: The line, with its minimum.
        purchases: The unpaid purchases within the limit.
        in_full: What is to be paid in full: interest, fees, cash, installments, what is
            over the limit, and what was missing of the last minimum.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is not allowed.
        TermsError: If the line has no minimum.

    Example:
        >>> from loanmath.terms.lines import MinimumPayment
        >>> line = CreditLine(currency="CNY", limit="5000", statement_day=1, due_day=10,
        ...     minimum=MinimumPayment("10%"))
        >>> minimum_payment(line, "1000"), minimum_payment(line, "900", "13.50")
        (Decimal('100.00'), Decimal('103.50'))

    中文: 最低还款额.
    """
    rule = checked_line(line).minimum
    if rule is None:
        raise TermsError("line", got="no minimum", allowed="a line that has one")
    bought = line_units(line, purchases, "purchases")
    whole = line_units(line, in_full, "in_full")
    least = minimum_of(rule, line.digits, bought, whole, bought + whole)
    return from_units(least, line.digits)


def minimum_of(
    rule: MinimumPayment, digits: int, shared: int, in_full: int, balance: int
) -> int:
    """
    Return the least that is to be paid of a bill, in units.

    Args:
        rule: The terms of the minimum.
        digits: Decimals of the unit.
        shared: What the share is of.
        in_full: What is to be paid in full.
        balance: All that is owed.
    """
    if balance < agreed_units(rule.whole_below, digits, "whole_below"):
        return max(balance, 0)
    share = share_units(rule.share, shared, digits, rule.rounding)
    least = agreed_units(rule.least, digits, "least")
    return max(min(balance, max(least, share + in_full)), 0)


def default_charge(
    line: CreditLine, minimum: str | int | Decimal, paid: str | int | Decimal
) -> Decimal:
    """
    Return what it costs to have paid less than the minimum when it was due.

    Formula: `min(most, max(least, round(share * (minimum - paid))))`; nothing where the
    minimum was paid.

    Args:
        line: The line, with its default charge.
        minimum: The minimum of the bill.
        paid: What was paid by the due date.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is not allowed.
        TermsError: If the line has no default charge.

    Example:
        >>> from loanmath.terms.lines import DefaultCharge
        >>> line = CreditLine(currency="CNY", limit="5000", statement_day=1, due_day=10,
        ...     default_charge=DefaultCharge("5%"))
        >>> default_charge(line, "200", "100"), default_charge(line, "200", "200")
        (Decimal('5.00'), Decimal('0.00'))

    中文: 违约金.
    """
    if checked_line(line).default_charge is None:
        raise TermsError("line", got="no default charge", allowed="a line that has one")
    least = line_units(line, minimum, "minimum")
    received = line_units(line, paid, "paid")
    return from_units(missed_charge(line, least, received, 0), line.digits)


def is_repeated(rule: DefaultCharge, since: int) -> bool:
    """Return whether a minimum is missed soon after another, so many bills ago."""
    return bool(since) and since <= rule.repeat_within


def missed_charge(line: CreditLine, minimum: int, paid: int, since: int) -> int:
    """
    Return what it costs to have paid less than a minimum, in units.

    Args:
        line: The line.
        minimum: The minimum.
        paid: What was paid of the bill in time.
        since: How many bills ago one was missed before; nothing, where none was.
    """
    rule = line.default_charge
    if rule is None or paid >= minimum:
        return 0
    if rule.amounts:
        place = -1 if is_repeated(rule, since) else 0
        amount = agreed_units(rule.amounts[place], line.digits, "amounts")
        return min(amount, minimum)
    charge = share_units(rule.share, minimum - paid, line.digits, rule.rounding)
    charge = max(charge, agreed_units(rule.least, line.digits, "least"))
    if rule.most is not None:
        charge = min(charge, agreed_units(rule.most, line.digits, "most"))
    return charge
