"""Refunds of unearned finance charge when a precomputed loan ends early."""

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from attrs import frozen

from loanmath.analysis.accounting.carrying import worth
from loanmath.analysis.accounting.terms import AccountingTerms, to_terms
from loanmath.analysis.measurement import Growth
from loanmath.analysis.stream import StatedRate, read_stream, to_growth
from loanmath.arithmetic import unearned_digits
from loanmath.doors import to_count, to_enum
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.rates import percentage_text
from loanmath.schedule import Schedule
from loanmath.schedule.printed import PrintedRecords, amount_cell
from loanmath.schedule.printing import Table
from loanmath.yields import irr

__all__ = [
    "Refund",
    "RefundMethod",
    "actuarial_refund",
    "earned_share",
    "refund",
    "refund_of",
]

_MAX_COUNT = 1200
_DIGITS = 15


class RefundMethod(Enum):
    """
    How a finance charge is earned over the installments (利息退还方法).

    `RULE_OF_78`: by the sum of the digits, `n, n - 1, ..., 1` (78法则; 78 for twelve).
    `STRAIGHT_LINE`: the same in each. `ACTUARIAL`: at a rate on what is owed, so that
    what is left is worth the payments to come. `AS_PLANNED`: as a schedule says.
    """

    RULE_OF_78 = "rule_of_78"
    STRAIGHT_LINE = "straight_line"
    ACTUARIAL = "actuarial"
    AS_PLANNED = "as_planned"


@frozen
class Refund(PrintedRecords):
    """
    What of a finance charge is given back, and what is kept (未到期利息退还).

    Attributes:
        method: How the charge is earned.
        currency: The currency of the amounts.
        count: How many installments there are.
        after: How many of them have passed.
        charge: The finance charge.
        earned: What of it is kept.
        refund: What is not earned yet.

    Example:
        >>> found = refund("100", 12, 3, "rule_of_78", AccountingTerms("USD"))
        >>> found.refund, found.earned
        (Decimal('57.69'), Decimal('42.31'))
    """

    method: RefundMethod
    currency: str
    count: int
    after: int
    charge: Decimal
    earned: Decimal
    refund: Decimal

    def _lines(self) -> list[tuple[str, Decimal]]:
        return [
            ("Finance charge", self.charge),
            ("Earned", self.earned),
            ("Refund", self.refund),
        ]

    def _table(self) -> Table:
        name = self.method.value.capitalize().replace("_", " ")
        caption = f"{name}, after {self.after} of {self.count} installments"
        rows = [[what, amount_cell(amount)] for what, amount in self._lines()]
        return Table(caption, ["", self.currency], rows, [], words=(0,))

    def _records(self) -> list[Sequence[object]]:
        return [("what", "amount"), *self._lines()]


def earned_share(count: int, after: int, method: RefundMethod | str) -> Fraction:
    """
    Return the share of a finance charge that is earned after k of n installments.

    Formula: `1 - u (u + 1) / (n (n + 1))` by the sum of the digits, where `u = n - k`
    installments are left; `k / n` in a straight line.

    Args:
        count: How many installments there are, 1 to 1,200.
        after: How many have passed, 0 to `count`.
        method: `"rule_of_78"` or `"straight_line"`.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        LimitError: If a number is out of range.
        UnknownNameError: If the method is not known.
        TermsError: If it needs a rate or a schedule.

    Example:
        >>> earned_share(12, 1, "rule_of_78")
        Fraction(2, 13)

    Source: sum of digits, as texts on consumer credit state it; 12/78 after the first
    of twelve installments.
    """
    count, after = _to_place(count, after)
    chosen = to_enum(method, RefundMethod, "method")
    if chosen is RefundMethod.RULE_OF_78:
        return 1 - Fraction(*unearned_digits(count, count - after))
    if chosen is RefundMethod.STRAIGHT_LINE:
        return Fraction(after, count)
    raise TermsError(
        "method",
        got=chosen.value,
        allowed="rule_of_78 or straight_line, which need the number alone",
        do="use actuarial_refund with payments, or refund_of with a schedule",
    )


def refund(
    charge: str | int | Decimal,
    count: int,
    after: int,
    method: RefundMethod | str,
    terms: AccountingTerms,
) -> Refund:
    """
    Return what of a finance charge is refunded after k of n installments (利息退还).

    Formula: `round(charge * (1 - earned_share))`; with u installments left of n, by the
    rule of 78 `charge * u (u + 1) / (n (n + 1))`.

    Args:
        charge: The whole finance charge, zero or above.
        count: How many installments there are, 1 to 1,200.
        after: How many have passed, 0 to `count`.
        method: `"rule_of_78"` or `"straight_line"`.
        terms: Currency and rounding.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If the charge is not a finite number.
        UnknownNameError: If the method is not known.
        CurrencyError: If the charge is finer than the unit of rounding.
        LimitError: If a number is out of range.
        TermsError: If the method needs a rate or a schedule.

    Example:
        >>> refund("100", 12, 3, "rule_of_78", AccountingTerms("USD")).refund
        Decimal('57.69')

    中文: 78法则退息. Source: sum of digits, as texts on consumer credit state it;
    barred in the United States on terms above 61 months, 15 U.S.C. 1615 (recalled).
    """
    unearned = 1 - earned_share(count, after, method)
    units = to_terms(terms).units(charge, "charge")
    if units < 0:
        raise LimitError("charge", got=charge, allowed="zero or above")
    left = terms.quotient(units * unearned.numerator, unearned.denominator)
    chosen = to_enum(method, RefundMethod, "method")
    return _refund(chosen, terms, (count, after), units, left)


def actuarial_refund(
    amount: str | int | Decimal,
    payments: Sequence[str | int | Decimal],
    after: int,
    terms: AccountingTerms,
    *,
    rate: StatedRate | None = None,
) -> Refund:
    """
    Return the refund that leaves what is owed at a rate: the actuarial method (精算法).

    Formula: `sum of the payments left - round(their value at the rate)`, one period
    apart; the finance charge is all payments less the amount financed.

    Args:
        amount: The amount financed, above zero.
        payments: All payments, one period apart, the first a period after the loan.
        after: How many of them have passed, 0 to all.
        terms: Currency and rounding.
        rate: The contract rate per period: a yield, a share, or a percentage; by
            default the certified rate that the payments yield on the amount.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If a number is not finite.
        CurrencyError: If an amount is finer than the unit of rounding.
        LimitError: If a number is out of range.
        FlowsError: If there are no payments, or dated ones.
        TermsError: If the payments are below the amount, or the rate does not fit them:
            the refund would not lie between zero and the charge.
        SolverError: If no single rate fits.

    Example:
        >>> payments = ["340.02", "340.02", "340.03"]
        >>> found = actuarial_refund("1000", payments, 1, AccountingTerms("USD"))
        >>> found.charge, found.earned, found.refund
        (Decimal('20.07'), Decimal('10.00'), Decimal('10.07'))

    中文: 精算法退息. Source: the actuarial method of Regulation Z; the least refund on
    terms above 61 months, 15 U.S.C. 1615 (recalled, not checked against the text).
    """
    to_terms(terms)
    stream = read_stream(payments, 0, "payments")
    count, after = _to_place(len(stream.times), after)
    units, advance = terms.flows(stream), terms.units(amount, "amount")
    charge = sum(units) - advance
    if advance <= 0 or charge < 0:
        raise TermsError(
            "amount",
            got=amount,
            allowed=f"above zero, at most {terms.amount(sum(units))}, what is paid",
        )
    if rate is None:
        rate = irr([terms.amount(-advance), *map(terms.amount, units)], digits=_DIGITS)
    growth, left = Growth(to_growth(rate), stream.unit), 0
    if after < count:
        to_come = read_stream([terms.amount(paid) for paid in units[after:]], 0)
        left = sum(units[after:]) - worth(to_come, growth, terms)
    unit = terms.rounding.units(terms.digits)
    # Payments are rounded: at the start that alone may leave a unit for each of them.
    if not 0 <= left <= charge + count * unit:
        raise TermsError(
            "rate",
            got=percentage_text(growth.factor - 1),
            allowed="one that the payments yield on the amount",
        )
    left = min(left, charge)
    return _refund(RefundMethod.ACTUARIAL, terms, (count, after), charge, left)


def refund_of(schedule: Schedule, after: int, method: RefundMethod | str) -> Refund:
    """
    Return what of a schedule's interest is refunded after k of its installments.

    Args:
        schedule: The schedule; its interest is the charge, capitalized interest not.
        after: How many installments have passed, 0 to all.
        method: `"as_planned"`, where rows have earned their own interest;
            `"rule_of_78"` or `"straight_line"`.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        UnknownNameError: If the method is not known.
        LimitError: If the number is out of range.
        TermsError: If the method is the actuarial one, which `actuarial_refund` has.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import AddOnInterest, InstallmentLoan
        >>> loan = InstallmentLoan(currency="USD", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("12%/year"),
        ...     repayment=AddOnInterest(12, earned="rule_of_78"))
        >>> refund_of(loan.schedule(), 3, "as_planned").refund
        Decimal('69.23')
    """
    if type(schedule) is not Schedule:
        raise InputTypeError("schedule", got=schedule, allowed="Schedule")
    loan = schedule.loan
    terms = AccountingTerms(loan.currency, rounding=loan.rounding)
    interest = schedule.columns()["interest"]
    count, after = _to_place(len(interest), after)
    chosen = to_enum(method, RefundMethod, "method")
    if chosen is RefundMethod.AS_PLANNED:
        left = sum(interest[after:])
        return _refund(chosen, terms, (count, after), sum(interest), left)
    charge = terms.amount(sum(interest))
    return refund(charge, count, after, chosen, terms)


def _to_place(count: object, after: object) -> tuple[int, int]:
    known = to_count(count, "count", _MAX_COUNT)
    if type(after) is not int:
        raise InputTypeError("after", got=after, allowed="int")
    if not 0 <= after <= known:
        raise LimitError("after", got=after, allowed=f"0 to {known:,}")
    return known, after


def _refund(
    method: RefundMethod,
    terms: AccountingTerms,
    place: tuple[int, int],
    charge: int,
    left: int,
) -> Refund:
    amounts = map(terms.amount, (charge, charge - left, left))
    return Refund(method, terms.currency, *place, *amounts)
