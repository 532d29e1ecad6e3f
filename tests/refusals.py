"""
Refusals, word for word: what a test provokes says what was kept of it.

The texts are public: whoever changes one sees it in `told/refused_rooms.txt`. With
`KEEP_REFUSALS=1` in the environment, new texts are added there; read the difference,
and take out what nothing says any more.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

__all__ = ["refused"]

TEXTS = Path(__file__).parent / "told" / "refused_rooms.txt"
_ADDRESS = re.compile(r"0x[0-9a-f]+")


@contextmanager
def refused(kind: Any, match: str | None = None) -> Iterator[Any]:
    """Expect an error of a kind, whose text is known."""
    with pytest.raises(kind, match=match) as caught:
        yield caught
    text = f"{type(caught.value).__name__}: {caught.value}"
    said = _ADDRESS.sub("0x", text).replace("\n", " / ")
    known = set(TEXTS.read_text(encoding="utf-8").splitlines())
    if os.environ.get("KEEP_REFUSALS") and said not in known:
        kept = "\n".join(sorted({*known, said}))
        TEXTS.write_text(f"{kept}\n", encoding="utf-8")
        return
    assert said in known
