"""The terms that a command is about, from a file or from standard input."""

import sys

from loanmath.serialization import read_terms
from loanmath.serialization.reading import terms_from_stream
from loanmath.terms import InstallmentLoan

__all__ = ["terms_of"]


def terms_of(file: str) -> InstallmentLoan:
    """
    Return the terms of a loan, from a file or, where that is `-`, standard input.

    Raises:
        TermsFileError: If they cannot be read as terms; it lists every problem.
        OSError: If the file cannot be opened.
    """
    if file == "-":
        return terms_from_stream(sys.stdin.buffer, name="standard input")
    return read_terms(file)
