"""Reminders as sentences that a borrower can read."""

from loanmath.doors import to_enum
from loanmath.errors import InputTypeError
from loanmath.reminders import sentences_en, sentences_zh
from loanmath.reminders.reminder import Reminder
from loanmath.term_sheets import Language

__all__ = ["explain_reminder", "title_of"]

_SENTENCES = {
    Language.ENGLISH: sentences_en.sentence,
    Language.CHINESE: sentences_zh.sentence,
}
_TITLES = {Language.ENGLISH: sentences_en.title, Language.CHINESE: sentences_zh.title}


def explain_reminder(reminder: Reminder, lang: str | Language = "en") -> str:
    """
    Return a reminder as sentences: what is due, and what being late would cost.

    Args:
        reminder: The reminder.
        lang: The language: `"en"` or `"zh"`.

    Raises:
        InputTypeError: If it is not a `Reminder`, or the language is of a wrong type.
        UnknownNameError: If there is no such language.

    Example:
        >>> from datetime import date
        >>> from loanmath import InstallmentLoan, LevelPayment, PenaltyInterest, Rate
        >>> from loanmath.presets import cn
        >>> from loanmath.reminders import remind
        >>> loan = InstallmentLoan(currency="CNY", principal="10000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("0.04%/day"),
        ...     repayment=LevelPayment(12), penalty=PenaltyInterest(multiple="1.5"))
        >>> first, *_ = remind(loan.schedule(), date(2026, 2, 12), date(2026, 2, 15),
        ...     cn.REMINDER_POLICY.value).rows
        >>> print(explain_reminder(first))
        Installment 1, CNY 900.41, falls due on 2026-02-15, in 3 days. Being late costs CNY 0.47 after 1 day, CNY 3.26 after 7 days, CNY 13.98 after 30 days.
        >>> print(explain_reminder(first, "zh"))
        第1期应还900.41元，将于2026年2月15日到期，还有3天。若逾期未还：逾期1天多付0.47元，逾期7天多付3.26元，逾期30天多付13.98元。
    """  # noqa: E501 the sentences are one line
    return _SENTENCES[to_enum(lang, Language, "lang")](_checked(reminder))


def title_of(reminder: Reminder, lang: str | Language = "en") -> str:
    """
    Return what a reminder is of, as the title of a calendar's entry.

    Raises:
        InputTypeError: If it is not a `Reminder`, or the language is of a wrong type.
        UnknownNameError: If there is no such language.
    """
    return _TITLES[to_enum(lang, Language, "lang")](_checked(reminder))


def _checked(reminder: object) -> Reminder:
    if type(reminder) is not Reminder:
        raise InputTypeError("reminder", got=reminder, allowed="Reminder(...)")
    return reminder
