"""What each convention of a contract moves, as a value that prints as tables."""

import csv
import html
import io
from collections.abc import Iterable
from decimal import Decimal

from attrs import field, frozen

from loanmath.analysis.conventions import Agreed
from loanmath.schedule.printing import loan_line
from loanmath.terms import InstallmentLoan

__all__ = ["ConventionInForce", "Effect", "Refusal", "Sensitivity"]


@frozen
class ConventionInForce:
    """
    A convention as the terms have it.

    Attributes:
        convention: Its name.
        choice: What is in force.
        agreed: Whether it was stated, is a default, or was left open.

    Example:
        >>> ConventionInForce("day count", "1/12", Agreed.OPEN).agreed.value
        'left open'
    """

    convention: str
    choice: str
    agreed: Agreed


@frozen
class Effect:
    """
    What would change under an alternative to a convention in force.

    Attributes:
        convention: The name of the convention.
        instead: The alternative.
        interest: The change of total interest in major units, capitalized interest
            included.
        total: The change of what is paid in total, fees and taxes included.
        payments: The change of what is due in each row; by due date where the
            alternative has another number of rows.
        moved: How many due dates move, or come or go.

    Example:
        >>> effect = Effect("day count", "ACT/360", Decimal("0.03"),
        ...     Decimal("0.03"), (Decimal("-0.01"), Decimal("0.04")), 0)
        >>> effect.largest, effect.changed
        (Decimal('0.04'), 2)
    """

    convention: str
    instead: str
    interest: Decimal
    total: Decimal
    payments: tuple[Decimal, ...]
    moved: int

    @property
    def largest(self) -> Decimal:
        """The largest single change, with its sign; of two, the earlier."""
        return max(self.payments, key=_size)

    @property
    def changed(self) -> int:
        """How many payments change."""
        return sum(1 for payment in self.payments if payment)


def _size(amount: Decimal) -> Decimal:
    # `abs` would round to the ambient context's precision.
    return amount.copy_abs()


@frozen
class Refusal:
    """
    An alternative that has no meaning for the loan.

    Attributes:
        convention: The name of the convention.
        instead: The alternative; `"any other"` where all are refused for one reason.
        reason: Why it has none.

    Example:
        >>> Refusal("residue", "any other", "nothing is left to place").instead
        'any other'
    """

    convention: str
    instead: str
    reason: str


@frozen
class Sensitivity:
    """
    How a loan's cents depend on each convention (计息惯例敏感性).

    It prints as a table, and shows itself as HTML in notebooks.

    Attributes:
        loan: The loan.
        in_force: Every convention as the terms have it.
        rows: Every alternative that can be planned, by the size of its effect: on what
            is paid in total, then on interest, then on a single payment, then by
            payments and dates changed.
        refused: The alternatives that have no meaning for this loan.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import InterestOnly
        >>> loan = InstallmentLoan(currency="CNY", principal="1000",
        ...     disbursed=date(2026, 1, 15), every="monthly",
        ...     rate=Rate("12%/year"), repayment=InterestOnly(2))
        >>> from loanmath.analysis import sensitivity
        >>> first = sensitivity(loan).rows[0]
        >>> first.convention, first.instead, first.interest
        ('day count', 'ACT/365F', Decimal('-0.60'))
    """

    loan: InstallmentLoan
    in_force: tuple[ConventionInForce, ...]
    rows: tuple[Effect, ...] = field(repr=False)
    refused: tuple[Refusal, ...] = field(repr=False)

    def __str__(self) -> str:
        parts = [loan_line(self.loan)]
        parts += [_text_table(table) for table in self._tables()]
        return "\n\n".join(parts)

    def _tables(self) -> list[list[list[str]]]:
        in_force = [["Convention", "In force", "Agreed"]]
        in_force += [
            [row.convention, row.choice, row.agreed.value] for row in self.in_force
        ]
        names = ("Interest", "Total", "Payments", "Largest", "Dates")
        effects = [["Convention", "Instead", *names]]
        effects += [
            [
                row.convention,
                row.instead,
                _signed(row.interest),
                _signed(row.total),
                f"{row.changed} of {len(row.payments)}",
                _signed(row.largest),
                str(row.moved),
            ]
            for row in self.rows
        ]
        refused = [["Convention", "Instead", "No meaning for this loan"]]
        refused += [[row.convention, row.instead, row.reason] for row in self.refused]
        return [in_force, effects, refused]

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_html(self) -> str:
        """
        Return the tables as HTML, every text escaped.

        Example:
            >>> from datetime import date
            >>> from loanmath.terms import FlatFee
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     repayment=FlatFee(3, "2.3%"))
            >>> from loanmath.analysis import sensitivity
            >>> sensitivity(loan).to_html()[:24]
            '<table class="loanmath">'
        """
        return "\n".join(_html_table(table) for table in self._tables())

    def to_csv(self) -> str:
        """
        Return one line for each convention and alternative, amounts as plain numbers.

        Example:
            >>> from datetime import date
            >>> from loanmath.terms import FlatFee
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     repayment=FlatFee(3, "2.3%"))
            >>> from loanmath.analysis import sensitivity
            >>> print(sensitivity(loan).to_csv().splitlines()[0])
            status,convention,choice,interest,total,payments,changed,largest,moved,reason
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        names = "interest,total,payments,changed,largest,moved"
        writer.writerow(["status", "convention", "choice", *names.split(","), "reason"])
        nothing = [""] * 6
        for known in self.in_force:
            line = [known.agreed.value, known.convention, known.choice, *nothing, ""]
            writer.writerow(line)
        for row in self.rows:
            counts = [len(row.payments), row.changed, f"{row.largest:f}", row.moved]
            sums = [f"{row.interest:f}", f"{row.total:f}"]
            line = ["alternative", row.convention, row.instead, *sums]
            writer.writerow([*line, *counts, ""])
        for refusal in self.refused:
            line = ["refused", refusal.convention, refusal.instead, *nothing]
            writer.writerow([*line, refusal.reason])
        return text.getvalue()


def _signed(amount: Decimal) -> str:
    return f"{amount:+,f}" if amount else f"{amount:,f}"


def _text_table(lines: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    # Words to the left, numbers to the right.
    words = 2 if len(widths) > 3 else 3
    return "\n".join(
        "  ".join(
            cell.ljust(width) if index < words else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _html_table(lines: list[list[str]]) -> str:
    header, *rows = lines
    body = "".join(_html_row(row, "td") for row in rows)
    return (
        f'<table class="loanmath"><thead>{_html_row(header, "th")}</thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _html_row(cells: Iterable[str], tag: str) -> str:
    row = "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells)
    return f"<tr>{row}</tr>"
