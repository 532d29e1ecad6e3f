"""What a breach puts in the place of a plan: the events told again without it."""

from collections.abc import Iterator, Sequence
from typing import cast

from loanmath.events import Breach, Restructuring
from loanmath.ledger.state import Entry

__all__ = ["BREACHED", "Told", "told_again"]

BREACHED = "breach"

Told = Sequence[Sequence[Entry]]
"""All that led to a day, part by part."""


def told_again(parts: Told, breach: Entry) -> list[tuple[Entry, ...]]:
    """
    Return what a breach makes of all that was told before it.

    Args:
        parts: How the account opened, and what each event and the nights did.
        breach: The entry of the breach.
    """
    event = cast("Breach", breach.event)
    again = (part.entries for part in breach.replayed)
    return [*_before(parts, event.of), *again]


def _before(parts: Told, plan: str) -> Iterator[tuple[Entry, ...]]:
    """Yield parts up to the entry that began a plan, without it."""
    for part in parts:
        for place, entry in enumerate(part):
            if isinstance(entry.event, Restructuring) and entry.event.id == plan:
                yield tuple(part[:place])
                return
        yield tuple(part)
