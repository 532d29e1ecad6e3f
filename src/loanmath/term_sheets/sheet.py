"""The door: a loan in, its term sheet out."""

from loanmath.doors import to_enum
from loanmath.errors import InputTypeError
from loanmath.term_sheets import chinese, english
from loanmath.term_sheets.facts import facts
from loanmath.term_sheets.values import Language, TermSheet
from loanmath.terms import InstallmentLoan

__all__ = ["term_sheet"]

_SHEETS = {Language.ENGLISH: english.sheet, Language.CHINESE: chinese.sheet}


def term_sheet(loan: InstallmentLoan, lang: str | Language = "en") -> TermSheet:
    """
    Return an agreement in plain words: what a borrower should know before signing.

    Who gets what and when, what is paid back and when, how interest is counted, how
    amounts are rounded and who takes what rounding leaves, what happens on days off,
    every fee; and then whatever the terms leave open.

    Args:
        loan: The terms.
        lang: `"en"` or `"zh"` (简体中文).

    Returns:
        The sheet; it prints as plain text.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        UnknownNameError: If the language is not known.
        LoanmathError: If no schedule can be planned from the terms.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal="10000",
        ...     disbursed=date(2026, 1, 15), every="monthly", rate=Rate("1%/month"),
        ...     repayment=LevelPayment(12))
        >>> for line in term_sheet(loan).sections[1].lines[:3]:
        ...     print(line)
        12 installments of the same amount, interest and principal together.
        11 payments of CNY 888.49 each, from 2026-02-15 to 2026-12-15.
        1 payment of CNY 888.47 on 2027-01-15.
        >>> print(term_sheet(loan, lang="zh").sections[1].lines[0])
        等额本息：共12期，每期还款额相同，包含本金和利息。

    中文: 借款合同要点说明.
    """
    if type(loan) is not InstallmentLoan:
        raise InputTypeError("loan", got=loan, allowed="InstallmentLoan(...)")
    language = to_enum(lang, Language, "lang")
    return _SHEETS[language](facts(loan))
