"""At which rate, when, and how rounded present values are measured."""

from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from loanmath.analysis.accounting.carrying import worth
from loanmath.analysis.accounting.terms import AccountingTerms, to_terms
from loanmath.analysis.measurement import Growth
from loanmath.analysis.stream import (
    Moment,
    StatedFlows,
    Stream,
    read_stream,
    to_growth,
    to_moment,
)
from loanmath.errors import InputTypeError
from loanmath.yields import Yield

__all__ = ["ValueBasis", "to_basis"]


def _to_rate(rate: object) -> Yield | Fraction:
    return rate if type(rate) is Yield else to_growth(rate) - 1


@frozen
class ValueBasis:
    """
    At which rate, when, and how rounded present values are measured (现值口径).

    Args:
        rate: The original effective rate: a yield, a share (`"0.1"`), or a percentage
            (`"10%"`); per period, or effective per year for dated flows.
        terms: Currency and rounding.
        at: When: a date for dated flows, else the number of the period.

    Raises:
        InputTypeError: If an argument is of the wrong type (`float` is refused).
        InputValueError: If the rate is not a finite number.
        DateRangeError: If the date is out of range.
        LimitError: If the rate or the number of the period is out of range.

    Example:
        >>> basis = ValueBasis("10%", AccountingTerms("EUR"))
        >>> basis.present_value(["110", "121"])
        Decimal('200.00')
    """

    rate: Yield | Fraction = field(converter=_to_rate)
    terms: AccountingTerms = field(converter=to_terms)
    at: Moment = field(default=0, converter=to_moment)

    @property
    def share(self) -> Fraction:
        """The rate as an exact share."""
        return to_growth(self.rate) - 1

    def growth(self, stream: Stream) -> Growth:
        """Return what one becomes, in the stream's units of time."""
        return Growth(to_growth(self.rate), stream.unit)

    def present_value(self, flows: StatedFlows) -> Decimal:
        """
        Return what cash flows to come are worth (现值).

        Formula: `round(sum of flow / (1 + rate) ** t)`, where t is the number of
        periods, or actual days over 365.

        Args:
            flows: Amounts one period apart, the first one a period later, or (date,
                amount) tuples on `at` or later, or a schedule's flows after it.

        Raises:
            InputTypeError: If the flows or a part of them are of another type.
            InputValueError: If an amount is not a finite number.
            DateRangeError: If a date is out of range, or before `at`.
            FlowsError: If there are none or too many, or dated and undated ones.
            LimitError: If an amount is too large.
            TermsError: If a schedule is in another currency.

        Example:
            >>> from datetime import date
            >>> day = date(2026, 1, 1)
            >>> basis = ValueBasis("0.1", AccountingTerms("EUR"), day)
            >>> basis.present_value([(day, "50"), (date(2027, 1, 1), "55")])
            Decimal('100.00')
        """
        stream = read_stream(flows, self.at)
        self.terms.check_currency(flows)
        return self.terms.amount(worth(stream, self.growth(stream), self.terms))


def to_basis(basis: object) -> ValueBasis:
    """
    Return a basis of present values.

    Raises:
        InputTypeError: If it is something else.
    """
    if type(basis) is not ValueBasis:
        raise InputTypeError("basis", got=basis, allowed="ValueBasis(...)")
    return basis
