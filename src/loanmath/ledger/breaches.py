"""What a breach puts in the place of a plan: the events told again without it."""

from collections.abc import Sequence
from itertools import takewhile
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
    plan = cast("Breach", breach.event).of

    def began(entry: Entry) -> bool:
        return isinstance(entry.event, Restructuring) and entry.event.id == plan

    place = next(number for number, part in enumerate(parts) if any(map(began, part)))
    before = takewhile(lambda entry: not began(entry), parts[place])
    again = (part.entries for part in breach.replayed)
    return [*map(tuple, parts[:place]), tuple(before), *again]
