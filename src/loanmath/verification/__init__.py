"""
Published examples that the library reproduces, as data, and what checks them anywhere.

`vectors.json` names for each example its source, how sure its figures are, what goes in
and what was printed; any language can read it. `errata.json` lists every cent that a
release got wrong. `verify` runs the examples on the installed copy.
"""

from loanmath.verification.checking import Checked, Verification, check, verify
from loanmath.verification.data import Erratum, Vector, digest, errata, vectors

__all__ = [
    "Checked",
    "Erratum",
    "Vector",
    "Verification",
    "check",
    "digest",
    "errata",
    "vectors",
    "verify",
]
