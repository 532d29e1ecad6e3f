"""What the terms of a line say of its purchases as aggregates, and what they cannot."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from loanmath.billing.line_rules import line_rules
from loanmath.billing.rows import PLACES
from loanmath.currency import to_units
from loanmath.errors import TermsError
from loanmath.ledger.carrier import Rule
from loanmath.rates import percentage_text
from loanmath.rounding import Rounding
from loanmath.terms.lines import (
    BalanceMethod,
    BearsFrom,
    BearsOn,
    ChargedPer,
    CreditLine,
    InterestPosted,
    JoinsCycle,
    LastDay,
    LimitCovers,
    LineInterest,
    MinimumItem,
    OverLimit,
    RepaymentDay,
    ShareOf,
)

__all__ = ["AggregateRules", "ChargeRules", "MinimumRules", "Order", "aggregate_rules"]

Order: TypeAlias = tuple[int, ...]
"""Components, first to be paid first."""


class MinimumRules(NamedTuple):
    """
    The least that is to be paid of a bill.

    Attributes:
        share: The share of what is not paid in full, as a numerator.
        unit: Its denominator.
        rounded: How the share is rounded.
        least: The smallest minimum, in units.
        whole_below: A balance below this is to be paid whole.
        of_balance: Whether the share is of the balance.
        covers_interest: Whether the cycle's interest and fees are covered.
        in_full: What is to be paid in full.
    """

    share: int
    unit: int
    rounded: Rule
    least: int
    whole_below: int
    of_balance: bool
    covers_interest: bool
    in_full: frozenset[MinimumItem]


class ChargeRules(NamedTuple):
    """
    What it costs to pay less than a minimum.

    Attributes:
        share: The share of what is missing, as a numerator.
        unit: Its denominator.
        rounded: How it is rounded.
        least: The smallest charge, in units.
        most: The largest, where there is one.
        amounts: Or the charge of a first time, and of another one.
        repeat_within: Within how many bills another time counts as such.
    """

    share: int
    unit: int
    rounded: Rule
    least: int
    most: int | None
    amounts: tuple[int, ...]
    repeat_within: int


class AggregateRules(NamedTuple):
    """
    What the terms of a line say of its purchases, as integers.

    Attributes:
        rate: The daily rate, as a numerator.
        unit: Its denominator.
        rounded: How interest is rounded.
        by_portion: Whether that of each portion is, and not the sum.
        partly: Whether a share bears until the due day of a bill not paid in full.
        bearing: The components that bear.
        has_interest: Whether interest is agreed.
        bears_from: From when they do.
        waits: Whether interest waits for a bill to be decided.
        loses: Whether later purchases lose the free period.
        regained_after: After how many bills paid in full it comes back.
        with_payment: Whether interest is posted with every payment.
        later: The days from a repayment to the first day that bears less.
        included: Whether a statement day counts in the interest of its statement.
        grace: Days after the due day that are in time.
        tolerance: What may be missing of a bill that is paid in full.
        order: Where money goes.
        late_order: Where it goes late; nothing, where that is the same.
        late_from: From how many days past due.
        minimum: The minimum; nothing, where a bill is to be paid whole.
        charge: The charge for paying less; nothing, where there is none.
        whole_covered: Whether the limit covers the balance, and not principal alone.
        refuses: Whether more than the limit is refused.
    """

    rate: int
    unit: int
    rounded: Rule
    by_portion: bool
    partly: bool
    bearing: Order
    has_interest: bool
    bears_from: BearsFrom
    waits: bool
    loses: bool
    regained_after: int
    with_payment: bool
    later: int
    included: int
    grace: int
    tolerance: int
    order: Order
    late_order: Order
    late_from: int
    minimum: MinimumRules | None
    charge: ChargeRules | None
    whole_covered: bool
    refuses: bool


def aggregate_rules(line: CreditLine) -> AggregateRules:
    """
    Return what the terms of a line say of its purchases.

    Raises:
        TermsError: If aggregates cannot hold a term of it.
    """
    for name, got in _refused(line):
        raise TermsError(
            f"{name} of a line as aggregates",
            got=got,
            allowed="what sums by component of the open cycle, the last bill and what"
            " earlier ones left can say",
            do="keep these accounts one by one, by LineAccount",
        )
    rules, interest = line_rules(line), line.interest
    own = rules.segments[0]
    order, late_order, late_from = _orders(line)
    return AggregateRules(
        rate=own.rate,
        unit=rules.unit,
        rounded=own.rounded,
        by_portion=interest is not None and interest.rounded is ChargedPer.PERIOD,
        partly=own.bears_partly,
        bearing=tuple(place for place, bears in enumerate(own.bearing) if bears),
        has_interest=interest is not None,
        bears_from=BearsFrom.POSTING if interest is None else interest.bears_from,
        waits=own.waits,
        loses=own.loses_free_period,
        regained_after=1 if interest is None else interest.regained_after,
        with_payment=interest is not None and interest.posted is InterestPosted.PAYMENT,
        later=own.later,
        included=own.included,
        grace=rules.grace,
        tolerance=rules.tolerance,
        order=order,
        late_order=late_order,
        late_from=late_from,
        minimum=_minimum(line),
        charge=_charge(line),
        whole_covered=line.limit_covers is LimitCovers.BALANCE,
        refuses=line.over_limit is OverLimit.REFUSED,
    )


def _refused(line: CreditLine) -> Iterator[tuple[str, object]]:
    """Yield each term that aggregates cannot hold, and what it is."""
    interest = line.interest
    if line.minimum is not None and line.minimum.grace_days is not None:
        yield "grace_days", f"{line.minimum.grace_days} of the minimum"
    if interest is None:
        return
    if interest.rounded is ChargedPer.SEGMENT:
        yield "rounded", interest.rounded.value
    if interest.balance is not BalanceMethod.DAILY:
        yield "balance", interest.balance.value
    if interest.bears_on is BearsOn.UNPAID:
        yield "bears_on", interest.bears_on.value
    if interest.overdue_cap is not None:
        yield "overdue_cap", percentage_text(interest.overdue_cap)
    if interest.overdue_multiple != 1:
        yield "overdue_multiple", str(interest.overdue_multiple)
    if _bears_over_the_cut(line, interest):
        yield "repayment_day", "'old' beyond a window that closes before its cut"


def _bears_over_the_cut(line: CreditLine, interest: LineInterest) -> bool:
    """Return whether what is paid before a cut may bear after what the cut charges."""
    return (
        line.statement_day_joins is JoinsCycle.CLOSING
        and interest.last_day is LastDay.EXCLUDED
        and interest.repayment_day is RepaymentDay.OLD
    )


def _orders(line: CreditLine) -> tuple[Order, Order, int]:
    """Return where money goes, where it goes late, and from when."""
    allocation = line.allocation
    order = tuple(PLACES[component] for component in allocation.order)
    late = tuple(PLACES[component] for component in allocation.late_order or ())
    if not allocation.late_from:
        # Nothing is past due for less than no days.
        return late or order, (), 0
    return order, late, allocation.late_from


def _minimum(line: CreditLine) -> MinimumRules | None:
    terms = line.minimum
    if terms is None:
        return None
    return MinimumRules(
        share=terms.share.numerator,
        unit=terms.share.denominator,
        rounded=(terms.rounding or Rounding()).quotient(line.digits),
        least=to_units(terms.least, line.digits, "least"),
        whole_below=to_units(terms.whole_below, line.digits, "whole_below"),
        of_balance=terms.share_of is ShareOf.BALANCE,
        covers_interest=terms.covers_interest,
        in_full=frozenset(terms.in_full),
    )


def _charge(line: CreditLine) -> ChargeRules | None:
    terms, digits = line.default_charge, line.digits
    if terms is None:
        return None
    return ChargeRules(
        share=terms.share.numerator,
        unit=terms.share.denominator,
        rounded=(terms.rounding or Rounding()).quotient(digits),
        least=to_units(terms.least, digits, "least"),
        most=None if terms.most is None else to_units(terms.most, digits, "most"),
        amounts=tuple(to_units(amount, digits, "amounts") for amount in terms.amounts),
        repeat_within=terms.repeat_within,
    )
