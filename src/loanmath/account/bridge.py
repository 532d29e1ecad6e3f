"""The bridge: why the payoff of one day is not that of another."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from loanmath.account.history import history_of
from loanmath.account.posted.change import CREDIT, NAMES
from loanmath.currency import from_units, to_units
from loanmath.errors import InvariantError
from loanmath.ledger.chapters import RESTRUCTURED
from loanmath.ledger.restructuring import forgiven
from loanmath.ledger.settlement import payoff
from loanmath.ledger.state import AccountState, Entry
from loanmath.schedule.printing import Table, html_layout, text_layout

if TYPE_CHECKING:
    from loanmath.account.account import Account

__all__ = ["Bridge", "BridgeItem", "bridge_of"]

_PAID = ("payment", "credit applied", "reversal", "chargeback", "payout")


class BridgeItem(NamedTuple):
    """
    What moved one component of the payoff, in major units.

    Attributes:
        component: `"penalty"`, `"compound"`, `"fee"`, `"interest"`, `"principal"`, or
            `"credit"`.
        charged: What was added by the terms and by hand, as time passed.
        paid: What money cleared; of the credit, what money added to it.
        waived: What was given up.
        other: What an event moved besides, such as interest no longer unearned.

    Example:
        >>> BridgeItem("penalty", Decimal("2.17"), Decimal("0.00"), Decimal("0.00"),
        ...     Decimal("0.00")).charged
        Decimal('2.17')
    """

    component: str
    charged: Decimal
    paid: Decimal
    waived: Decimal
    other: Decimal


@frozen(repr=False)
class Bridge:
    """
    How the payoff of one day became that of another (结清金额变动表).

    Formula: `closing = opening + charged - paid - waived + other`, over all components.

    Attributes:
        currency: The currency of every amount.
        since: The day of the first payoff, after its events.
        until: The day of the second.
        opening: The first payoff.
        items: What moved it, by component.
        closing: The second payoff.

    Raises:
        InvariantError: If the items do not lead from the one to the other.

    Example:
        >>> nothing = Decimal("0.00")
        >>> print(Bridge("CNY", date(2026, 2, 1), date(2026, 3, 1), Decimal("50.00"),
        ...     (BridgeItem("fee", Decimal("5.00"), nothing, nothing, nothing),),
        ...     Decimal("55.00")))
        Payoff in CNY from 2026-02-01 to 2026-03-01
                    Charged  Paid  Waived  Other  Payoff
        2026-02-01                                 50.00
        fee            5.00  0.00    0.00   0.00
        2026-03-01     5.00  0.00    0.00   0.00   55.00
    """

    currency: str
    since: date
    until: date
    opening: Decimal
    items: tuple[BridgeItem, ...]
    closing: Decimal

    def __attrs_post_init__(self) -> None:
        charged, paid, waived, other = self._totals()
        found = self._units(self.opening) + charged - paid - waived + other
        if found != self._units(self.closing):
            raise InvariantError(
                "bridge",
                got=str(from_units(found, self._digits)),
                allowed=str(self.closing),
            )

    @property
    def _digits(self) -> int:
        return -int(self.opening.as_tuple().exponent)

    def _units(self, amount: Decimal) -> int:
        return to_units(amount, self._digits, "bridge")

    def _totals(self) -> tuple[int, int, int, int]:
        columns = [
            sum(self._units(getattr(item, name)) for item in self.items)
            for name in BridgeItem._fields[1:]
        ]
        return columns[0], columns[1], columns[2], columns[3]

    def _table(self) -> Table:
        rows = [[f"{self.since}", "", "", "", "", f"{self.opening:,f}"]]
        rows += [
            [item.component, *(f"{amount:,f}" for amount in item[1:]), ""]
            for item in self.items
        ]
        sums = (f"{from_units(units, self._digits):,f}" for units in self._totals())
        total = [f"{self.until}", *sums, f"{self.closing:,f}"]
        header = ["", "Charged", "Paid", "Waived", "Other", "Payoff"]
        caption = f"Payoff in {self.currency} from {self.since} to {self.until}"
        return Table(caption, header, rows, total, words=(0,))

    def __str__(self) -> str:
        return text_layout(self._table())

    def __repr__(self) -> str:
        return (
            f"<Bridge from {self.currency} {self.opening} on {self.since} to"
            f" {self.closing} on {self.until}>"
        )

    def _repr_html_(self) -> str:
        return html_layout(self._table())


def bridge_of(account: "Account", since: date, until: date) -> Bridge:
    """
    Return how the payoff of one day became that of another.

    Args:
        account: The account.
        since: The first day, not before the loan; its events are over.
        until: The second day, not before the first.

    Raises:
        InputTypeError: If a day is not a `date`.
        DateRangeError: If a day is out of range.

    Example:
        >>> from loanmath.account import Account
        >>> from loanmath.events import Payment
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> account = Account.open(loan).record(
        ...     Payment(id="p1", on=date(2026, 2, 15), amount="530"))
        >>> print(bridge_of(account, date(2026, 2, 1), date(2026, 2, 28)))
        Payoff in CNY from 2026-02-01 to 2026-02-28
                    Charged    Paid  Waived  Other    Payoff
        2026-02-01                                  1,000.00
        fee           30.00   30.00    0.00   0.00
        principal      0.00  500.00    0.00   0.00
        2026-02-28    30.00  530.00    0.00   0.00    500.00
    """
    history = history_of(account)
    first, last = history.days_of(since, until)
    digits = account.loan.digits
    entries = list(chain(*history.cut_at({first, last})))
    before = [entry for entry in entries if entry.day <= first]
    state = before[-1].after
    tally = _Tally(_parts(state, first))
    for entry in entries[len(before) :]:
        tally.add(entry)
    opening = sum(_parts(state, first))
    final = entries[-1].after
    closing = payoff(final.course, final.balances, last).amount
    return Bridge(
        account.loan.currency,
        since,
        until,
        from_units(opening, digits),
        tuple(tally.items(digits)),
        from_units(closing, digits),
    )


def _parts(state: AccountState, day: int) -> list[int]:
    """Return the components of the payoff on a day, and the credit that it uses."""
    balances = state.balances
    segment = balances.segment
    now = balances.fallen_due(day)
    quote = payoff(state.course, balances, day)
    found = [
        sum(segment.penalty),
        sum(segment.compound),
        sum(segment.fee[:now]) + quote.fees + quote.charge,
        sum(segment.interest[:now]) + quote.interest,
        sum(segment.principal[:now]) + quote.principal,
    ]
    return [*found, quote.amount - sum(found)]


class _Tally:
    """What moved each component so far, in units."""

    def __init__(self, parts: Sequence[int]) -> None:
        self._parts = list(parts)
        self._charged, self._paid, self._waived, self._other = (
            [0] * len(self._parts) for _ in range(4)
        )

    def add(self, entry: Entry) -> None:
        """Add what an entry moved, and what the days before it did."""
        before = _parts(entry.before, entry.day)
        after = _parts(entry.after, entry.day)
        paid, waived = _moved(entry, _PAID), _waived(entry)
        by_event = entry.event is not None and entry.rule != "charge"
        for place, (old, new) in enumerate(zip(before, after, strict=True)):
            self._charged[place] += old - self._parts[place]
            self._paid[place] += paid[place]
            self._waived[place] += waived[place]
            rest = new - old + paid[place] + waived[place]
            (self._other if by_event else self._charged)[place] += rest
        self._parts = after

    def items(self, digits: int) -> Iterator[BridgeItem]:
        """Yield the components that moved."""
        columns = (self._charged, self._paid, self._waived, self._other)
        for name, *units in zip((*NAMES, CREDIT), *columns, strict=True):
            if any(units):
                amounts = (from_units(part, digits) for part in units)
                yield BridgeItem(name, *amounts)


def _waived(entry: Entry) -> list[int]:
    """Return what an entry gave up of each component."""
    if entry.rule == RESTRUCTURED:
        return [*forgiven(entry), 0]
    return _moved(entry, ("waiver",))


def _moved(entry: Entry, rules: Sequence[str]) -> list[int]:
    """Return by how much less is owed of each component, where a rule is among some."""
    if entry.rule not in rules:
        return [0] * (len(NAMES) + 1)
    before, after = entry.before.balances, entry.after.balances
    less = [
        sum(old) - sum(new)
        for old, new in zip(before.segment, after.segment, strict=True)
    ]
    return [*less, after.credit - before.credit]
