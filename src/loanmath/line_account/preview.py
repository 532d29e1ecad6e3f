"""What an event would do to a line."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from loanmath.errors import EventError
from loanmath.events import Event
from loanmath.line_account.position import LinePosition
from loanmath.line_account.postings import LinePosting
from loanmath.line_account.sentences import explain_line

if TYPE_CHECKING:
    from loanmath.line_account.account import LineAccount

__all__ = ["LinePreview", "LineRevision", "preview_of", "revision_of"]


@frozen(eq=False)
class LinePreview:
    """
    What an event would do to a line; nothing is booked (试算).

    Attributes:
        event: The event.
        before: The position on its day without it.
        after: The position on its day with it.
        added: Postings that there would be, up to the last event.
        removed: Postings that there would not be any more.

    Example:
        >>> from datetime import date
        >>> from loanmath import Payment, Purchase
        >>> from loanmath.line_account import LineAccount
        >>> from loanmath.presets import cn
        >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> account = account.record(
        ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"))
        >>> print(account.preview(
        ...     Payment(id="p1", on=date(2026, 4, 10), amount="1000")))
        Owed on 2026-04-10: CNY 1,000.00 before, CNY 0.00 after
        + On 2026-04-10 CNY 1,000.00 of payment p1 went to principal of purchases.
    """

    event: Event
    before: LinePosition
    after: LinePosition
    added: tuple[LinePosting, ...]
    removed: tuple[LinePosting, ...]

    def __str__(self) -> str:
        currency = self.before.currency
        first = (
            f"Owed on {self.event.on}: {currency} {self.before.owed:,f} before,"
            f" {currency} {self.after.owed:,f} after"
        )
        facts = [first]
        before, after = self.before.next_due, self.after.next_due
        if before != after:
            facts.append(f"Due on {before} before, {after} after")
        return "\n".join([*facts, *_marked(self.removed, self.added)])


@frozen
class LineRevision:
    """
    What a late entry changed in what had been booked (追溯调整).

    Attributes:
        since: The first day on which a posting is not what it was.
        added: Postings that there are now.
        removed: Postings that there are no more.

    Example:
        >>> from datetime import date
        >>> print(LineRevision(date(2026, 4, 10), (), ()))
        Revised from 2026-04-10
    """

    since: date
    added: tuple[LinePosting, ...]
    removed: tuple[LinePosting, ...]

    def __str__(self) -> str:
        first = f"Revised from {self.since}"
        return "\n".join([first, *_marked(self.removed, self.added)])


def _marked(
    removed: Iterable[LinePosting], added: Iterable[LinePosting]
) -> Iterator[str]:
    yield from (f"- {explain_line(posting)}" for posting in removed)
    yield from (f"+ {explain_line(posting)}" for posting in added)


def preview_of(account: "LineAccount", event: Event) -> LinePreview:
    """
    Return what an event would do to a line.

    Args:
        account: The account, which stays as it is.
        event: The event, under an id that is not taken.

    Raises:
        EventError: If it could not be booked, or is recorded already.
        InputTypeError: If it is not an event.
    """
    booked = account.record(event)
    if booked is account:
        raise EventError(
            f"event {event.id}",
            got="recorded already",
            allowed="an event that is not recorded",
        )
    last = booked.events[-1].on
    old, new = account.postings(until=last), booked.postings(until=last)
    return LinePreview(
        event,
        account.position(event.on),
        booked.position(event.on),
        tuple(_beside(new, old)),
        tuple(_beside(old, new)),
    )


def revision_of(before: "LineAccount", after: "LineAccount") -> LineRevision | None:
    """
    Return what changed in the postings of a line; nothing, where none did.

    Args:
        before: The account before something was recorded late.
        after: The account after it.
    """
    last = after.events[-1].on
    old, new = before.postings(until=last), after.postings(until=last)
    added, removed = tuple(_beside(new, old)), tuple(_beside(old, new))
    if not added and not removed:
        return None
    since = min(posting.on for posting in (*added, *removed))
    return LineRevision(since, added, removed)


def _beside(
    postings: Iterable[LinePosting], others: Iterable[LinePosting]
) -> Iterator[LinePosting]:
    """Yield postings that others do not have, or not as often."""
    left = Counter(others)
    for posting in postings:
        if left[posting]:
            left[posting] -= 1
        else:
            yield posting
