"""Postings as sentences that a borrower or a court can read."""

from loanmath.account import sentences_en, sentences_zh
from loanmath.account.facts import Told
from loanmath.account.postings import Posting
from loanmath.doors import to_enum
from loanmath.errors import InputTypeError
from loanmath.term_sheets import Language

__all__ = ["explain"]

_SENTENCES = {
    Language.ENGLISH: sentences_en.sentence,
    Language.CHINESE: sentences_zh.sentence,
}


def explain(posting: Posting, lang: str | Language = "en") -> str:
    """
    Return a posting as one sentence.

    Args:
        posting: The posting.
        lang: The language: `"en"` or `"zh"`.

    Raises:
        InputTypeError: If it is not a `Posting`, or the language is of a wrong type.
        UnknownNameError: If there is no such language.

    Example:
        >>> from datetime import date
        >>> from decimal import Decimal
        >>> from fractions import Fraction
        >>> posting = Posting(date(2026, 3, 1), 1, "penalty", Decimal("2.17"), "CNY",
        ...     "penalty interest", "", "round(base * rate * days)",
        ...     (("base", Decimal("402.74")), ("rate", Fraction(6, 10_000)),
        ...     ("days", 9)), "Terms of the contract")
        >>> print(explain(posting))
        On 2026-03-01 penalty interest of CNY 2.17 was charged on installment 1: CNY 402.74 overdue for 9 days at 0.06% a day.
        >>> print(explain(posting, "zh"))
        2026年3月1日，第1期计收罚息2.17元：逾期402.74元，9天，日利率0.06%。
    """  # noqa: E501 the sentence is one line
    if type(posting) is not Posting:
        raise InputTypeError("posting", got=posting, allowed="Posting(...)")
    said = _SENTENCES[to_enum(lang, Language, "lang")]
    return said(
        Told(
            posting.on,
            posting.installment,
            posting.component,
            posting.amount,
            posting.currency,
            posting.rule,
            posting.event,
            posting.inputs,
        )
    )
