"""What a loan costs, as `python -m loanmath cost` discloses it."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from loanmath.analysis.disclosure import (
    cost_sheet,
    key_facts,
    representative_example,
    standard_information,
    truth_in_lending,
)
from loanmath.commands.answer import Answer
from loanmath.commands.terms_read import terms_of
from loanmath.terms import InstallmentLoan

__all__ = ["answer"]

_FORMS: Mapping[str, Callable[[InstallmentLoan, str, str], Any]] = {
    "china": lambda loan, lender, lang: cost_sheet(loan, lender=lender, lang=lang),
    "us": lambda loan, *_: truth_in_lending(loan),
    "eu": lambda loan, *_: standard_information(loan),
    "uk": lambda loan, *_: representative_example(loan),
    "india": lambda loan, lender, _: key_facts(loan, lender=lender),
}
_PRINTED: Mapping[str, Callable[[Any], str]] = {
    "text": str,
    "csv": lambda found: str(found.to_csv()).rstrip("\n"),
    "markdown": lambda found: str(found.to_markdown()),
    "html": lambda found: str(found.to_html()),
}


def answer(options: Namespace) -> Answer:
    """Return what the loan in a file costs, in the form of a country's rules."""
    loan = terms_of(options.file)
    found = _FORMS[options.form](loan, options.lender, options.lang)
    return Answer(_PRINTED[options.format](found))
