"""
Terms in files: the one strict reader of TOML and JSON, and the way back.

Reading is strict: unknown keys, floats and duplicate keys are refused, and every
problem of a file is reported at once, each naming its key. It is built on `cattrs`
(extra `files`).
"""

from loanmath.serialization.reading import (
    read_terms,
    terms_from_document,
    terms_from_text,
)
from loanmath.serialization.writing import terms_document

__all__ = ["read_terms", "terms_document", "terms_from_document", "terms_from_text"]
