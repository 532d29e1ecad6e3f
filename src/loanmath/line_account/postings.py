"""Every cent that a line moved by, as postings that explain themselves."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from loanmath.billing.deciding import REPEATED
from loanmath.billing.line_rules import SegmentRule
from loanmath.billing.line_state import Bill, LineEntry, LineState
from loanmath.billing.rows import FEE, INTEREST, PENALTY, PRINCIPAL
from loanmath.billing.uses import Drawn
from loanmath.currency import from_units
from loanmath.errors import DateRangeError
from loanmath.rounding import Rounding
from loanmath.schedule.derivation import Input, Inputs
from loanmath.schedule.printing import input_text
from loanmath.terms.lines import (
    ChargedPer,
    DefaultCharge,
    LineInterest,
    TransactionFee,
)

if TYPE_CHECKING:
    from loanmath.line_account.account import LineAccount

__all__ = ["LinePosting", "postings_between", "postings_of"]

_COMPONENTS = {
    PENALTY: "penalty",
    FEE: "fee",
    INTEREST: "interest",
    PRINCIPAL: "principal",
}
CREDIT = "credit"


@frozen
class LinePosting:
    """
    One amount that was added to or taken off what is owed on a line, and why (分录).

    The formula is an expression over the inputs, in Python's notation: `round(x)` is
    the rounding among the inputs, `min` and `max` are Python's. Whoever evaluates it
    exactly gets the amount.

    Attributes:
        on: The day.
        segment: The segment; empty for the credit.
        component: `"penalty"`, `"fee"`, `"interest"`, `"principal"` or `"credit"`.
        amount: By how much more is owed, in major units; less, where it is negative. Of
            the credit, by how much less there is.
        currency: The currency of the amount.
        rule: The rule that made it.
        event: The id of the event that made it; empty where the terms did.
        formula: An expression over the inputs that gives the amount exactly.
        pairs: The inputs as (name, value) pairs.
        source: Where the rule comes from.

    Example:
        >>> posting = LinePosting(date(2026, 3, 1), "purchases", "fee",
        ...     Decimal("25.00"), "CNY", "charge", "c1", "stated",
        ...     (("stated", Decimal("25.00")),), "Event")
        >>> print(posting)
        2026-03-01, purchases, fee: 25.00
          = stated
          stated = 25.00
          Rule: charge
          Source: Event
    """

    on: date
    segment: str
    component: str
    amount: Decimal
    currency: str
    rule: str
    event: str
    formula: str
    pairs: tuple[tuple[str, Input], ...]
    source: str

    @property
    def inputs(self) -> Inputs:
        """The inputs by name, a new dictionary each time."""
        return dict(self.pairs)

    def __str__(self) -> str:
        where = f"{self.segment}, {self.component}" if self.segment else self.component
        return "\n".join(
            [
                f"{self.on}, {where}: {self.amount:f}",
                f"  = {self.formula}",
                *(
                    f"  {name} = {input_text(name, value)}"
                    for name, value in self.pairs
                ),
                f"  Rule: {self.rule}",
                f"  Source: {self.source}",
            ]
        )


def postings_between(
    account: "LineAccount", first: int, last: int
) -> tuple[LinePosting, ...]:
    """
    Return the postings of an account from one day to another, both included.

    Formula: what is owed of a component of a segment is the sum of its postings.

    Args:
        account: The account.
        first: The first day, an ordinal.
        last: The last day.

    Raises:
        DateRangeError: If the last day is before the first.
    """
    if last < first:
        raise DateRangeError(
            "until",
            got=str(date.fromordinal(last)),
            allowed=f"on or after {date.fromordinal(first)}",
        )
    return postings_of(
        [entry for entry in account.entries_until(last) if entry.day >= first]
    )


def postings_of(entries: Iterable[LineEntry]) -> tuple[LinePosting, ...]:
    """Return the postings of entries, in their order."""
    return tuple(posting for entry in entries for posting in _postings(entry))


def _postings(entry: LineEntry) -> Iterator[LinePosting]:
    before, after = _owed(entry.before), _owed(entry.after)
    for key in sorted(before.keys() | after.keys()):
        units = after.get(key, 0) - before.get(key, 0)
        if units:
            yield _posting(entry, key, units)


def _owed(state: LineState) -> dict[tuple[int, int], int]:
    """Return what is owed by segment and component; the credit under no segment."""
    found = {(-1, 0): -state.credit}
    for row in state.rows:
        for component, units in enumerate(row.owed):
            key = row.segment, component
            found[key] = found.get(key, 0) + units
    return found


def _posting(entry: LineEntry, key: tuple[int, int], units: int) -> LinePosting:
    state, (place, component) = entry.after, key
    digits = state.line.digits
    amount = from_units(units, digits)
    name = "" if place < 0 else state.rules.segments[place].name
    named = _COMPONENTS[component] if place >= 0 else CREDIT
    formula, inputs, source = _derived(entry, named, units)
    return LinePosting(
        on=date.fromordinal(entry.day),
        segment=name,
        component=named,
        amount=amount,
        currency=state.line.currency,
        rule=entry.rule,
        event="" if entry.event is None else entry.event.id,
        formula=formula,
        pairs=tuple(inputs.items()),
        source=source,
    )


def _derived(entry: LineEntry, component: str, units: int) -> tuple[str, Inputs, str]:
    """Return the formula of a posting, its inputs, and its source."""
    used = 0 if component == CREDIT else _credit_used(entry, component)
    formula, inputs, source = _added(entry, component, units + used)
    if used:
        amount = from_units(used, entry.after.line.digits)
        return f"{formula} - credit_used", inputs | {"credit_used": amount}, source
    return formula, inputs, source


def _credit_used(entry: LineEntry, component: str) -> int:
    """Return what a credit paid of what was added to a component."""
    used = max(entry.before.credit - entry.after.credit, 0)
    if entry.rule not in ("installment", "plan settled"):
        return used
    # A credit pays what is added as it is added: principal, fee, interest.
    of_principal = min(used, entry.before.planned - entry.after.planned)
    if component == "principal":
        return of_principal
    if component == "fee":
        # What had been paid whole would have no posting.
        return used - of_principal
    fee = next(plan.fees[0] for plan in entry.before.plans if plan.name == entry.name)
    return max(used - of_principal - fee, 0)


def _added(entry: LineEntry, component: str, units: int) -> tuple[str, Inputs, str]:
    digits, event, bill = entry.after.line.digits, entry.event, entry.bill
    amount = from_units(abs(units), digits)
    sign = "" if units > 0 else "-"
    if component == CREDIT:
        return f"{sign}changed", {"changed": amount}, "Terms of the line: credit"
    if entry.rule == "interest":
        formula, inputs = _interest(entry)
        return formula, inputs, "Terms of the line: interest"
    charge, fee = entry.after.line.default_charge, _fee_of(entry)
    if entry.rule == "default charge" and charge is not None and bill is not None:
        formula, inputs = _default_charge(entry, charge, bill)
        return formula, inputs, "Terms of the line: default charge"
    if entry.rule == "transaction fee" and fee is not None and isinstance(event, Drawn):
        formula, inputs = _bounded("amount", {"amount": event.amount}, fee)
        return formula, inputs, "Terms of the line: transaction fee"
    if entry.rule in ("payment", "refund"):
        return "-paid", {"paid": amount}, "Terms of the line: allocation"
    source = "Terms of the line" if event is None else "Event"
    return f"{sign}stated", {"stated": amount}, source


def _segment(entry: LineEntry) -> SegmentRule | None:
    segments = entry.after.rules.segments
    return next((one for one in segments if one.name == entry.name), None)


def _fee_of(entry: LineEntry) -> TransactionFee | None:
    rule = _segment(entry)
    return None if rule is None or rule.terms is None else rule.terms.fee


def _interest(entry: LineEntry) -> tuple[str, Inputs]:
    """Return the sum of what bore, rounded as the terms say."""
    state, rule = entry.after, _segment(entry)
    interest = None if rule is None else rule.interest
    inputs: Inputs = {}
    rows, number = [], 0
    for row in entry.stretches:
        parts = []
        for one in row:
            number += 1
            inputs[f"owed_{number}"] = from_units(one.owed, state.line.digits)
            inputs[f"rate_{number}"] = Fraction(one.rate, state.rules.unit)
            inputs[f"days_{number}"] = one.end - one.start
            inputs[f"from_{number}"] = date.fromordinal(one.start)
            part = f"owed_{number} * rate_{number} * days_{number}"
            if (one.share, one.whole) != (1, 1):
                inputs[f"share_{number}"] = Fraction(one.share, one.whole)
                part += f" * share_{number}"
            parts.append(part)
        rows.append(parts)
    rounding = None if interest is None else interest.rounding
    inputs["rounding"] = rounding or Rounding()
    formula = _rounded_sum(interest, rows)
    if not entry.cut or interest is None or interest.overdue_cap is None:
        return formula, inputs
    inputs["cut_off"] = from_units(entry.cut, state.line.digits)
    inputs["ceiling"] = interest.overdue_cap
    return f"{formula} - cut_off", inputs


def _rounded_sum(interest: LineInterest | None, rows: list[list[str]]) -> str:
    per = ChargedPer.SEGMENT if interest is None else interest.rounded
    match per:
        case ChargedPer.SEGMENT:
            return " + ".join(f"round({part})" for row in rows for part in row)
        case ChargedPer.PERIOD:
            return " + ".join(f"round({' + '.join(row)})" for row in rows)
        case _:
            return f"round({' + '.join(part for row in rows for part in row)})"


def _default_charge(
    entry: LineEntry, charge: DefaultCharge, bill: Bill
) -> tuple[str, Inputs]:
    digits = entry.after.line.digits
    inputs: Inputs = {"minimum": from_units(bill.minimum, digits)}
    if charge.amounts:
        stated = charge.amounts[-1 if entry.name == REPEATED else 0]
        return "min(stated, minimum)", {"stated": stated} | inputs
    inputs["received"] = from_units(bill.received - bill.converted, digits)
    return _bounded("(minimum - received)", inputs, charge)


def _bounded(
    base: str, inputs: Inputs, terms: DefaultCharge | TransactionFee
) -> tuple[str, Inputs]:
    """Return a share of a base, rounded, not below one amount and not above another."""
    inputs = inputs | {
        "rate_share": terms.share,
        "least": terms.least,
        "rounding": terms.rounding or Rounding(),
    }
    formula = f"max(least, round(rate_share * {base}))"
    if terms.most is None:
        return formula, inputs
    return f"min(most, {formula})", inputs | {"most": terms.most}
