"""A measure of a book: a quotient that says what stands above and below."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from loanmath.analysis.book.entries import to_name
from loanmath.analysis.book.printing import BookPrinted
from loanmath.doors import to_date
from loanmath.errors import InputTypeError, InputValueError, LimitError
from loanmath.schedule.printing import Table
from loanmath.terms.amounts import to_amount
from loanmath.yields.shares import rounded

__all__ = ["Measure", "measures_tables", "percent_text", "to_decimals"]

_MAX_DECIMALS = 12


def to_decimals(decimals: object) -> int:
    """
    Return how many decimals a percentage is shown with, 0 to 12.

    Raises:
        InputTypeError: If it is not an `int`.
        LimitError: If it is out of range.

    Example:
        >>> to_decimals(2)
        2
    """
    if type(decimals) is not int:
        raise InputTypeError("decimals", got=decimals, allowed="int")
    if not 0 <= decimals <= _MAX_DECIMALS:
        raise LimitError("decimals", got=decimals, allowed=f"0 to {_MAX_DECIMALS}")
    return decimals


def percent_text(share: Fraction, decimals: int = 2) -> str:
    """
    Return a share as a percentage with so many decimals, half-up.

    Example:
        >>> percent_text(Fraction(1, 3))
        '33.33%'
    """
    return f"{rounded(share * 100, decimals):,f}%"


def _to_above(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "numerator")


def _to_below(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "denominator")


def _to_text(text: str) -> str:
    return to_name(text, "words of a measure")


@frozen(kw_only=True, repr=False)
class Measure(BookPrinted):
    """
    A quotient of a book on a date that says what it divides (指标).

    Formula: `ratio = numerator / denominator`.

    Args:
        name: What it is called, such as `"overdue ratio by balance, 30+"`.
        numerator: What is above, in major units, or a count.
        counts: What the numerator is, in words.
        denominator: What is below.
        against: What the denominator is, in words.
        on: The date.
        unit: The currency, or what is counted: `"loans"`, `"borrowers"`.
        rule: What is in and what is out.
        decimals: Of the percentage where it is printed; the ratio itself is exact.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is negative or a text is empty.

    Example:
        >>> bad = Measure(name="non-performing ratio", numerator="15", counts="NPL",
        ...     denominator="1000", against="all loans", on=date(2026, 6, 30),
        ...     unit="CNY", rule="write-offs out")
        >>> bad.ratio, bad.percent
        (Fraction(3, 200), Decimal('1.50'))
    """

    name: str = field(converter=_to_text)
    numerator: Decimal = field(converter=_to_above)
    counts: str = field(converter=_to_text)
    denominator: Decimal = field(converter=_to_below)
    against: str = field(converter=_to_text)
    on: date
    unit: str = field(converter=_to_text)
    rule: str = field(converter=_to_text)
    decimals: int = field(default=2, converter=to_decimals)

    def __attrs_post_init__(self) -> None:
        to_date(self.on, "on")

    @property
    def has_ratio(self) -> bool:
        """Whether there is anything to divide by."""
        return bool(self.denominator)

    @property
    def ratio(self) -> Fraction:
        """
        The exact quotient.

        Raises:
            InputValueError: If the denominator is zero; `has_ratio` says so before.
        """
        if not self.has_ratio:
            raise InputValueError(
                self.name,
                got=str(self.denominator),
                allowed=f"more than nothing: {self.against}",
            )
        return Fraction(self.numerator) / Fraction(self.denominator)

    @property
    def percent(self) -> Decimal:
        """The ratio as a percentage with the stated decimals, half-up."""
        return rounded(self.ratio * 100, self.decimals)

    @property
    def shown(self) -> str:
        """The percentage as text; `"no base"` where there is nothing to divide by."""
        return percent_text(self.ratio, self.decimals) if self.has_ratio else "no base"

    def _tables(self) -> list[Table]:
        caption = f"{self.name} on {self.on}: {self.shown} ({self.rule})"
        rows = [
            ["Numerator", self.counts, f"{self.numerator:,f}"],
            ["Denominator", self.against, f"{self.denominator:,f}"],
        ]
        return [Table(caption, ["Part", "What", self.unit], rows, [], words=(0, 1))]

    def __repr__(self) -> str:
        return f"<Measure {self.name} on {self.on}: {self.shown}>"


def measures_tables(caption: str, measures: tuple[Measure, ...]) -> list[Table]:
    """
    Return measures as a table, one line each, and a table of what each counts.

    Example:
        >>> [table.header[0] for table in measures_tables("Measures", ())]
        ['Measure', 'Measure']
    """
    header = ["Measure", "Ratio", "Numerator", "Denominator", "Unit", "Date"]
    ratios = [
        [
            one.name,
            one.shown,
            f"{one.numerator:,f}",
            f"{one.denominator:,f}",
            one.unit,
            str(one.on),
        ]
        for one in measures
    ]
    counted = [
        [one.name, f"{one.counts} / {one.against}", one.rule] for one in measures
    ]
    return [
        Table(caption, header, ratios, [], words=(0, 4, 5)),
        Table(
            "What is counted",
            ["Measure", "Numerator / denominator", "Rule"],
            counted,
            [],
            words=(0, 1, 2),
        ),
    ]
