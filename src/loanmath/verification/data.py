"""The files of published examples and of errata."""

import json
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from typing import Any

from attrs import field, frozen

__all__ = ["Erratum", "Vector", "digest", "errata", "vectors"]

_VECTORS, _ERRATA = "vectors.json", "errata.json"


@frozen
class Vector:
    """
    A published example (公开算例).

    Attributes:
        id: Its name.
        kind: What is computed: `"annual_rate"`, `"interval"`, `"day_count"`,
            `"schedule"`, `"account"` or `"bill"`.
        source: Who published it.
        confidence: `"high"` or `"medium"`, the figures were seen in a published text;
            `"memory"`, they were recalled; `"derived"`, they follow from a published
            rule.
        inputs: What goes in.
        expected: What was printed, by name, each with its own decimals.
        cut: Whether the source cuts digits instead of rounding them.

    Example:
        >>> vectors()[0].kind
        'annual_rate'
    """

    id: str
    kind: str
    source: str
    confidence: str
    inputs: Mapping[str, Any] = field(repr=False)
    expected: Mapping[str, str]
    cut: bool = False


@frozen
class Erratum:
    """
    A cent that a release got wrong (勘误).

    Attributes:
        versions: The releases that have it.
        corrected_in: The release that has it no more.
        what: What was wrong, with the figures before and after, and the source.

    Example:
        >>> Erratum("0.1.0", "0.1.1", "interest of 29 February: 1.00 for 1.01").versions
        '0.1.0'
    """

    versions: str
    corrected_in: str
    what: str


def vectors() -> tuple[Vector, ...]:
    """
    Return the published examples that the library reproduces, in the order of the file.

    Example:
        >>> len(vectors()) > 100
        True
    """
    document = json.loads(_text(_VECTORS))
    return tuple(Vector(**example) for example in document["vectors"])


def errata() -> tuple[Erratum, ...]:
    """
    Return every cent that a release got wrong, the latest first.

    Example:
        >>> errata()
        ()
    """
    return tuple(Erratum(**entry) for entry in json.loads(_text(_ERRATA))["errata"])


def digest() -> str:
    """
    Return the SHA-256 digest of the file of examples, in hexadecimal digits.

    Example:
        >>> len(digest())
        64
    """
    return sha256(_text(_VECTORS).encode()).hexdigest()


def _text(name: str) -> str:
    return files("loanmath.verification").joinpath(name).read_text(encoding="utf-8")
