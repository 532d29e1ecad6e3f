"""
The one reader of terms, of loans and of credit lines, from TOML and JSON.

Reading is strict: unknown keys, floats and duplicate keys are refused, and every
problem of a file is reported at once, each naming its key. It is built on `cattrs`
(extra `files`).
"""

import tomllib
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from loanmath.errors import LoanmathError, TermsFileError
from loanmath.serialization.forms import structured_proposal, structured_terms
from loanmath.serialization.structure import PROBLEMS, problems_of
from loanmath.serialization.texts import (
    FloatText,
    content_text,
    file_text,
    json_value,
)
from loanmath.terms import CreditLine, InstallmentLoan
from loanmath.terms.concessions import Proposal

__all__ = [
    "line_from_document",
    "line_from_text",
    "read_line",
    "read_plan",
    "read_terms",
    "terms_from_document",
    "terms_from_stream",
    "terms_from_text",
]

_MAX_BYTES = 4_000_000

TermsT = TypeVar("TermsT", InstallmentLoan, CreditLine)


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
    return _of_path(Path(path), InstallmentLoan)


def read_line(path: str | Path) -> CreditLine:
    """
    Read the terms of a credit line from a TOML or JSON file.

    Args:
        path: A file ending in `.toml` or `.json`, at most 4 MB of UTF-8.

    Returns:
        The line.

    Raises:
        TermsFileError: If the file cannot be read as a credit line; it lists every
            problem.
        OSError: If the file cannot be opened.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "card.toml"
        >>> _ = path.write_text('''type = "credit_line"
        ... currency = "CNY"
        ... limit = "20000"
        ... statement_day = 5
        ... due_day = 23
        ... interest = {rate = "0.05%/day", bears_from = "posting"}''')
        >>> read_line(path).interest.rate
        Rate('0.05%/day')
    """
    return _of_path(Path(path), CreditLine)


def read_plan(path: str | Path) -> Proposal:
    """
    Read a plan that is proposed from a TOML or JSON file.

    Args:
        path: A file ending in `.toml` or `.json`, at most 4 MB of UTF-8: a list of
            tables `concessions`, each with its `kind`, and maybe one of `limits`.

    Raises:
        TermsFileError: If the file cannot be read as a plan; it lists every problem.
        OSError: If the file cannot be opened.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "plan.toml"
        >>> _ = path.write_text('''[[concessions]]
        ... kind = "re_aging"
        ... [[concessions]]
        ... kind = "extension"
        ... months = 6''')
        >>> read_plan(path).concessions[1].months
        6
    """
    file = Path(path)
    text = file_text(file, ("toml", "json"), _MAX_BYTES, TermsFileError)
    kind = file.suffix.lower().removeprefix(".")
    document = _document(text, kind, file.name)
    try:
        return structured_proposal(document)
    except PROBLEMS as error:
        raise TermsFileError(file.name, got=list(problems_of(error))) from None


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
    return _of_document(_document(text, kind, name), name, InstallmentLoan)


def terms_from_stream(stream: BinaryIO, *, name: str) -> InstallmentLoan:
    """
    Read the terms of a loan from a stream, such as standard input.

    Args:
        stream: At most 4 MB of UTF-8: JSON if it begins with a brace, otherwise TOML.
        name: What to call the document in an error.

    Raises:
        TermsFileError: If it cannot be read as terms; it lists every problem.

    Example:
        >>> import io
        >>> terms_from_stream(io.BytesIO(b"rate = 0.5"), name="standard input")
        Traceback (most recent call last):
        ...
        loanmath.errors.TermsFileError: standard input: 1 problem(s)
          - type: got None; allowed: installment_loan, credit_line
    """
    content = stream.read(_MAX_BYTES + 1)
    text = content_text(content, name, _MAX_BYTES, TermsFileError)
    kind = "json" if text.lstrip().startswith("{") else "toml"
    return terms_from_text(text, kind, name=name)


def line_from_text(text: str, kind: str, *, name: str = "line") -> CreditLine:
    """
    Read the terms of a credit line from the text of a TOML or JSON document.

    Args:
        text: The document.
        kind: `"toml"` or `"json"`.
        name: What to call the document in an error.

    Raises:
        TermsFileError: If the text is not such a document, or not a credit line.

    Example:
        >>> line_from_text('''type = "credit_line"
        ... currency = "CNY"
        ... limit = 0.5''', "toml")
        Traceback (most recent call last):
        ...
        loanmath.errors.TermsFileError: line: 2 problem(s)
          - limit: limit: got the float 0.5, which is not exact (put it in quotes); allowed: str, int or Decimal
          - statement_day: missing
    """  # noqa: E501 the message is one line
    return _of_document(_document(text, kind, name), name, CreditLine)


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
    return _of_document(document, name, InstallmentLoan)


def line_from_document(document: Any, *, name: str = "line") -> CreditLine:
    """
    Return the credit line that a document of plain values describes.

    Args:
        document: A mapping such as a TOML or JSON parser returns; see `line_document`.
        name: What to call the document in an error.

    Raises:
        TermsFileError: If it does not describe a credit line; it lists every problem.

    Example:
        >>> from loanmath.serialization import line_document
        >>> line = line_from_document({"type": "credit_line", "currency": "CNY",
        ...     "limit": "5000", "statement_day": 1, "due_after": 9,
        ...     "installments": {"fees": {"3": "2.3%", "12": "7.5%"}}})
        >>> line_from_document(line_document(line)) == line
        True
    """
    return _of_document(document, name, CreditLine)


def _of_path(path: Path, terms: type[TermsT]) -> TermsT:
    text = file_text(path, ("toml", "json"), _MAX_BYTES, TermsFileError)
    kind = path.suffix.lower().removeprefix(".")
    return _of_document(_document(text, kind, path.name), path.name, terms)


def _document(text: str, kind: str, name: str) -> Any:
    try:
        if kind == "toml":
            return tomllib.loads(text, parse_float=FloatText)
        return json_value(text)
    except RecursionError:
        raise TermsFileError(name, got=["nested too deeply"]) from None
    except (ValueError, LoanmathError) as error:
        raise TermsFileError(name, got=[f"not {kind.upper()}: {error}"]) from None


def _of_document(document: Any, name: str, terms: type[TermsT]) -> TermsT:
    try:
        return structured_terms(document, terms)
    except PROBLEMS as error:
        raise TermsFileError(name, got=list(problems_of(error))) from None
