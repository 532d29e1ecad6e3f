"""
The one reader of terms, from TOML and JSON.

Reading is strict: unknown keys, floats and duplicate keys are refused, and every
problem of a file is reported at once, each naming its key. It is built on `cattrs`
(extra `files`).
"""

import tomllib
from pathlib import Path
from typing import Any

from loanmath.errors import LoanmathError, TermsFileError
from loanmath.serialization.forms import structured_terms
from loanmath.serialization.structure import PROBLEMS, problems_of
from loanmath.serialization.texts import FloatText, file_text, json_value
from loanmath.terms import InstallmentLoan

__all__ = ["read_terms", "terms_from_document", "terms_from_text"]

_MAX_BYTES = 4_000_000


def read_terms(path: str | Path) -> InstallmentLoan:
    """
    Read the terms of a loan from a TOML or JSON file.

    Args:
        path: A file ending in `.toml` or `.json`, at most 4 MB of UTF-8.

    Returns:
        The loan.

    Raises:
        TermsFileError: If the file cannot be read as terms; it lists every problem.
        OSError: If the file cannot be opened.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "loan.toml"
        >>> _ = path.write_text('''type = "installment_loan"
        ... currency = "CNY"
        ... principal = "10000"
        ... disbursed = 2026-01-15
        ... every = "monthly"
        ... rate = "0.04%/day"
        ... repayment = {method = "level_payment", count = 12}''')
        >>> read_terms(path).principal
        Decimal('10000.00')
    """
    path = Path(path)
    text = file_text(path, ("toml", "json"), _MAX_BYTES, TermsFileError)
    kind = path.suffix.lower().removeprefix(".")
    return terms_from_text(text, kind, name=path.name)


def terms_from_text(text: str, kind: str, *, name: str = "terms") -> InstallmentLoan:
    """
    Read the terms of a loan from the text of a TOML or JSON document.

    Args:
        text: The document.
        kind: `"toml"` or `"json"`.
        name: What to call the document in an error.

    Raises:
        TermsFileError: If the text is not such a document, or not terms.

    Example:
        >>> terms_from_text('{"type": "installment_loan"}', "json")
        Traceback (most recent call last):
        ...
        loanmath.errors.TermsFileError: terms: 5 problem(s)
          - currency: missing
          - principal: missing
          - disbursed: missing
          - every: missing
          - repayment: missing
    """
    try:
        if kind == "toml":
            document: Any = tomllib.loads(text, parse_float=FloatText)
        else:
            document = json_value(text)
    except RecursionError:
        raise TermsFileError(name, got=["nested too deeply"]) from None
    except (ValueError, LoanmathError) as error:
        raise TermsFileError(name, got=[f"not {kind.upper()}: {error}"]) from None
    return terms_from_document(document, name=name)


def terms_from_document(document: Any, *, name: str = "terms") -> InstallmentLoan:
    """
    Return the loan that a document of plain values describes.

    Args:
        document: A mapping such as a TOML or JSON parser returns; see `terms_document`.
        name: What to call the document in an error.

    Raises:
        TermsFileError: If it does not describe a loan; it lists every problem.

    Example:
        >>> from loanmath.serialization import terms_document
        >>> loan = terms_from_document({"type": "installment_loan", "currency": "CNY",
        ...     "principal": "1000", "disbursed": "2026-01-15", "every": "monthly",
        ...     "repayment": {"method": "flat_fee", "count": 3, "fee": "2.3%"}})
        >>> terms_from_document(terms_document(loan)) == loan
        True
    """
    try:
        return structured_terms(document)
    except PROBLEMS as error:
        raise TermsFileError(name, got=list(problems_of(error))) from None
