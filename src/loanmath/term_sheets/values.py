"""A term sheet as a value: sections of sentences, and what is left open."""

import html
import re
from collections.abc import Iterable
from enum import Enum

from attrs import field, frozen

from loanmath.terms import InstallmentLoan

__all__ = ["Language", "Section", "TermSheet"]


class Language(Enum):
    """The language of a term sheet: `ENGLISH` (`"en"`) or `CHINESE` (`"zh"`, 简体)."""

    ENGLISH = "en"
    CHINESE = "zh"


def _to_lines(lines: Iterable[str]) -> tuple[str, ...]:
    # A name may hold line breaks, which would start a line of its own.
    return tuple(" ".join(line.split()) for line in lines)


@frozen
class Section:
    """
    A part of a term sheet.

    Attributes:
        title: Its heading.
        lines: Its statements, one sentence or a few each.

    Example:
        >>> Section("Fees", ("There are no fees.",)).title
        'Fees'
    """

    title: str
    lines: tuple[str, ...] = field(converter=_to_lines)


@frozen
class TermSheet:
    """
    An agreement in plain words (合同要点). It prints as plain text.

    Attributes:
        loan: The terms.
        lang: The language.
        title: The heading.
        sections: What is agreed.
        left_open: What the terms leave open, one sentence or a few each.
        left_open_title: The heading of what is left open.

    Example:
        >>> from datetime import date
        >>> from loanmath.term_sheets import term_sheet
        >>> from loanmath.terms import FlatFee
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "2.3%"))
        >>> term_sheet(loan).sections[0].lines
        ('On 2026-01-15 you receive CNY 1,000.00.',)
    """

    loan: InstallmentLoan
    lang: Language
    title: str
    sections: tuple[Section, ...]
    left_open: tuple[str, ...]
    left_open_title: str

    @property
    def _all(self) -> tuple[Section, ...]:
        return (*self.sections, Section(self.left_open_title, self.left_open))

    def __str__(self) -> str:
        lines = [self.title]
        for number, section in enumerate(self._all, start=1):
            lines += ["", f"{number}. {section.title}"]
            lines += [f"   - {line}" for line in section.lines]
        return "\n".join(lines)

    def to_markdown(self) -> str:
        """
        Return the sheet as Markdown.

        Example:
            >>> from datetime import date
            >>> from loanmath.term_sheets import term_sheet
            >>> from loanmath.terms import FlatFee
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     repayment=FlatFee(3, "2.3%"))
            >>> term_sheet(loan, lang="zh").to_markdown().splitlines()[:3]
            ['# 借款合同要点', '', '## 放款']
        """
        lines = [f"# {self.title}"]
        for section in self._all:
            lines += ["", f"## {section.title}", ""]
            lines += [f"- {_escaped(line)}" for line in section.lines]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        parts = [f"<h3>{html.escape(self.title)}</h3>"]
        for section in self._all:
            items = "".join(f"<li>{html.escape(line)}</li>" for line in section.lines)
            parts.append(f"<h4>{html.escape(section.title)}</h4><ul>{items}</ul>")
        return "\n".join(parts)


# Names of fees, charges, ceilings and indexes are the caller's text.
_SIGNS = re.compile(r"([\\`*_<>\[\]#|~&])")
_OPENS_LIST = re.compile(r"^([0-9]*)([-+=.)])")


def _escaped(line: str) -> str:
    return _OPENS_LIST.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", line))
