"""Every cent that an account moved by, as postings that explain themselves."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import frozen

from loanmath.account.history import history_of
from loanmath.account.posted.change import Booked, Change, Earlier
from loanmath.account.posted.charges import (
    derive_charge,
    derive_late_charge,
    derive_prepayment_fee,
)
from loanmath.account.posted.lateness import (
    derive_allowed,
    derive_grace,
    derive_lateness,
)
from loanmath.account.posted.money import (
    derive_credit_applied,
    derive_payment,
    derive_payout,
    derive_recovery,
    derive_undone,
)
from loanmath.account.posted.plans import (
    derive_disbursement,
    derive_replanned,
    derive_restored,
    derive_row_added,
    derive_terms_change,
)
from loanmath.account.posted.restructurings import (
    derive_breach,
    derive_restructuring,
)
from loanmath.account.posted.settling import (
    derive_acceleration,
    derive_payoff,
    derive_waiver,
    derive_write_off,
)
from loanmath.currency import from_units
from loanmath.ledger.breaches import BREACHED, told_again
from loanmath.ledger.chapters import RESTRUCTURED, TERMS_CHANGED
from loanmath.ledger.state import ROW_ADDED, Entry
from loanmath.schedule.derivation import Input, Inputs
from loanmath.schedule.printing import input_text

if TYPE_CHECKING:
    from loanmath.account.account import Account

__all__ = ["Posting", "changes_of", "postings_between", "postings_of"]


@frozen
class Posting:
    """
    One amount that was added to or taken off what is owed, and why (分录).

    The formula is an expression over the inputs, in Python's notation: `round(x)` is
    the rounding among the inputs, `min` and `max` are Python's. Whoever evaluates it
    exactly gets the amount.

    Attributes:
        on: The day.
        installment: The installment, from 1; 0 for the account as a whole.
        component: `"penalty"`, `"compound"`, `"fee"`, `"interest"`, `"principal"`;
            `"credit"`, or `"written_off"` for what was given up.
        amount: By how much more is owed, in major units; less, where it is negative.
        currency: The currency of the amount.
        rule: The rule that made it.
        event: The id of the event that made it; empty where the terms did.
        formula: An expression over the inputs that gives the amount exactly.
        pairs: The inputs as (name, value) pairs.
        source: Where the rule comes from.

    Example:
        >>> posting = Posting(date(2026, 3, 1), 1, "fee", Decimal("25.00"), "CNY",
        ...     "charge", "c1", "stated", (("stated", Decimal("25.00")),), "Terms")
        >>> print(posting)
        2026-03-01, installment 1, fee: 25.00
          = stated
          stated = 25.00
          Rule: charge
          Source: Terms
    """

    on: date
    installment: int
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
        where = f"installment {self.installment}" if self.installment else "account"
        return "\n".join(
            [
                f"{self.on}, {where}, {self.component}: {self.amount:f}",
                f"  = {self.formula}",
                *(
                    f"  {name} = {input_text(name, value)}"
                    for name, value in self.pairs
                ),
                f"  Rule: {self.rule}",
                f"  Source: {self.source}",
            ]
        )


_DERIVATIONS: dict[str, Callable[[Booked], Iterator[Change]]] = {
    "lateness": derive_lateness,
    "allowed by a ceiling": derive_allowed,
    "end of grace": derive_grace,
    "late charge": derive_late_charge,
    "credit applied": derive_credit_applied,
    "payment": derive_payment,
    "prepayment fee": derive_prepayment_fee,
    "payoff": derive_payoff,
    "replanned": derive_replanned,
    "plan restored": derive_restored,
    ROW_ADDED: derive_row_added,
    "waiver": derive_waiver,
    "charge": derive_charge,
    "reversal": derive_undone,
    "chargeback": derive_undone,
    "acceleration": derive_acceleration,
    "write-off": derive_write_off,
    "recovery": derive_recovery,
    "payout": derive_payout,
    "disbursement": derive_disbursement,
    TERMS_CHANGED: derive_terms_change,
    RESTRUCTURED: derive_restructuring,
    BREACHED: derive_breach,
}


def postings_of(entries: Sequence[Sequence[Entry]]) -> tuple[Posting, ...]:
    """
    Return the postings of an account, first to last.

    Formula: what is owed of a component of an installment on a day is what it owed on
    the first day, plus its postings up to then.

    Args:
        entries: All that led to a day, in order: how the account opened, the entries of
            each event, and what the terms alone did since the last.
    """
    earlier = Earlier({}, {}, [])
    passed: list[Sequence[Entry]] = []
    found = []
    for part in entries:
        for place, entry in enumerate(part):
            booked = Booked(entry, part[place + 1 :], earlier)
            found += [_posting(booked, change) for change in changes_of(booked)]
        earlier = _noted(earlier, passed, part)
    return tuple(found)


def _noted(
    earlier: Earlier, passed: list[Sequence[Entry]], part: Sequence[Entry]
) -> Earlier:
    """Return what may be come back to, and note what was told."""
    breach = next((entry for entry in part if entry.replayed), None)
    if breach is None:
        passed.append(part)
        earlier.note(part)
        return earlier
    again = told_again(passed, breach)
    passed[:] = again
    earlier = Earlier({}, {}, [])
    for told in again:
        earlier.note(told)
    return earlier


def postings_between(
    account: "Account", since: date, until: date
) -> tuple[Posting, ...]:
    """
    Return the postings of an account from one day to another, both included.

    Raises:
        InputTypeError: If a day is not a `date`.
        DateRangeError: If a day is out of range.

    Example:
        >>> from loanmath.account import Account
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import FlatFee, InstallmentLoan, PenaltyInterest
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(1, "3%"),
        ...     penalty=PenaltyInterest(rate=Rate("0.05%/day")))
        >>> posting, = postings_between(
        ...     Account.open(loan), date(2026, 2, 20), date(2026, 2, 25))
        >>> posting.amount, posting.inputs["days"], posting.inputs["sum_before"]
        (Decimal('3.00'), 6, Fraction(2, 1))
    """
    history = history_of(account)
    first, last = history.days_of(since, until)
    before = {first - 1} if since > account.loan.disbursed else set()
    found = postings_of(history.cut_at({*before, last}))
    return tuple(posting for posting in found if posting.on >= since)


def changes_of(booked: Booked) -> Iterator[Change]:
    """Yield the changes of an entry; there are none where no balance moved."""
    derive = _DERIVATIONS.get(booked.entry.rule)
    if derive is not None:
        yield from derive(booked)


def _posting(booked: Booked, change: Change) -> Posting:
    event, loan = booked.entry.event, booked.course.loan
    return Posting(
        on=date.fromordinal(booked.day),
        installment=change.row + 1,
        component=change.component,
        amount=from_units(change.units, loan.digits),
        currency=loan.currency,
        rule=change.rule,
        event="" if event is None else event.id,
        formula=change.formula,
        pairs=tuple(change.inputs.items()),
        source=change.source,
    )
