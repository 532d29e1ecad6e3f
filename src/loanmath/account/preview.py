"""What an event would do, and what a late one did, to every posting."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from attrs import frozen

from loanmath.account.history import history_of
from loanmath.account.position import Position
from loanmath.account.postings import Posting, postings_of
from loanmath.account.sentences import explain
from loanmath.errors import EventError
from loanmath.events import Event

if TYPE_CHECKING:
    from loanmath.account.account import Account

__all__ = ["Preview", "Revision", "preview_of", "revision_of"]


@frozen(eq=False)
class Preview:
    """
    What an event would do to an account; nothing is booked (试算).

    Attributes:
        event: The event.
        before: The position on its day without it.
        after: The position on its day with it.
        added: Postings that there would be, up to the last event.
        removed: Postings that there would not be any more; none, where no later event
            was recorded.

    Example:
        >>> from loanmath.account import Account
        >>> from loanmath.events import Payment
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> seen = preview_of(Account.open(loan),
        ...     Payment(id="p1", on=date(2026, 2, 15), amount="530"))
        >>> seen.before.payoff, seen.after.payoff
        (Decimal('1030.00'), Decimal('500.00'))
        >>> print(seen)
        Payoff on 2026-02-15: CNY 1,030.00 before, CNY 500.00 after
        + On 2026-02-15 CNY 30.00 of payment p1 went to fees of installment 1, which was due that day.
        + On 2026-02-15 CNY 500.00 of payment p1 went to principal of installment 1, which was due that day.
    """  # noqa: E501 a sentence is one line

    event: Event
    before: Position
    after: Position
    added: tuple[Posting, ...]
    removed: tuple[Posting, ...]

    def __str__(self) -> str:
        currency = self.before.currency
        first = (
            f"Payoff on {self.event.on}: {currency} {self.before.payoff:,f} before,"
            f" {currency} {self.after.payoff:,f} after"
        )
        return "\n".join([first, *_marked(self.removed, self.added)])


@frozen
class Revision:
    """
    What a late entry changed in what had been booked (追溯调整).

    Attributes:
        since: The first day on which a posting is not what it was.
        added: Postings that there are now.
        removed: Postings that there are no more.

    Example:
        >>> print(Revision(date(2026, 2, 15), (), ()))
        Revised from 2026-02-15
    """

    since: date
    added: tuple[Posting, ...]
    removed: tuple[Posting, ...]

    def __str__(self) -> str:
        first = f"Revised from {self.since}"
        return "\n".join([first, *_marked(self.removed, self.added)])


def _marked(removed: Sequence[Posting], added: Sequence[Posting]) -> list[str]:
    return [
        *(f"- {explain(posting)}" for posting in removed),
        *(f"+ {explain(posting)}" for posting in added),
    ]


def preview_of(account: "Account", event: Event) -> Preview:
    """
    Return what an event would do to an account.

    Args:
        account: The account, which stays as it is.
        event: The event, under an id that is not taken.

    Raises:
        EventError: If it could not be booked, or is recorded already.
        InputTypeError: If it is not an event.

    Example:
        >>> from loanmath.account import Account
        >>> from loanmath.events import Charge
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> seen = preview_of(Account.open(loan),
        ...     Charge(id="c1", on=date(2026, 2, 1), amount="25"))
        >>> [str(posting.amount) for posting in seen.added], seen.removed
        (['25.00'], ())
    """
    booked = account.record(event)
    if booked is account:
        raise EventError(
            f"event {event.id}",
            got="recorded already",
            allowed="an event that is not recorded",
        )
    added, removed = _changed(account, booked)
    before, after = account.position(event.on), booked.position(event.on)
    return Preview(event, before, after, added, removed)


def revision_of(before: "Account", after: "Account") -> Revision | None:
    """
    Return what changed in the postings of an account; nothing, where none did.

    What is compared ends with the last event before, so that an event that was not
    late is no revision.

    Args:
        before: The account before something was recorded.
        after: The account after it.

    Example:
        >>> from loanmath.account import Account
        >>> from loanmath.events import Payment
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> known = Account.open(loan).record(
        ...     Payment(id="p2", on=date(2026, 2, 20), amount="30"))
        >>> late = Payment(id="p1", on=date(2026, 2, 15), amount="500")
        >>> revision = revision_of(known, known.record(late))
        >>> revision.since, len(revision.removed), len(revision.added)
        (datetime.date(2026, 2, 15), 1, 3)
    """
    last = max((event.on for event in before.events), default=before.loan.disbursed)
    added, removed = _changed(before, after, last)
    if not added and not removed:
        return None
    since = min(posting.on for posting in chain(added, removed))
    return Revision(since, added, removed)


def _changed(
    before: "Account", after: "Account", until: date | None = None
) -> tuple[tuple[Posting, ...], tuple[Posting, ...]]:
    """Return the postings that one account has and another lacks, both ways."""
    # Nights are cut where either has an event, so that only what differs is told.
    days = {event.on.toordinal() for event in (*before.events, *after.events)}
    days.add(before.loan.disbursed.toordinal())
    if until is not None:
        days = {day for day in days if day <= until.toordinal()}
    old, new = _postings(before, days), _postings(after, days)
    return _beyond(new, old), _beyond(old, new)


def _postings(account: "Account", days: set[int]) -> tuple[Posting, ...]:
    history = history_of(account)
    return postings_of(history.cut_at(days))


def _beyond(
    postings: Sequence[Posting], others: Sequence[Posting]
) -> tuple[Posting, ...]:
    """Return the postings that are not among others."""
    known = set(others)
    return tuple(posting for posting in postings if posting not in known)
