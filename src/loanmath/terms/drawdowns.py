"""Further amounts that are paid out on dates known in advance."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from loanmath.doors import to_date, to_tuple_of
from loanmath.terms.amounts import to_amount

__all__ = ["Drawdown", "to_drawdowns"]


def _to_on(on: date) -> date:
    return to_date(on, "drawdown")


def _to_amount(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "drawdown", least=1)


@frozen
class Drawdown:
    """
    A further amount that is paid out on a date (分次放款).

    Args:
        on: The date; interest on the amount starts here.
        amount: In major units, above zero.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If the amount is not above zero.

    Example:
        >>> Drawdown(date(2026, 6, 1), "50000").amount
        Decimal('50000')

    ACTUS: PI, principal increase.
    """

    on: date = field(converter=_to_on)
    amount: Decimal = field(converter=_to_amount)


def to_drawdowns(drawdowns: Sequence[Drawdown]) -> tuple[Drawdown, ...]:
    """
    Return drawdowns in order of their dates.

    Raises:
        InputTypeError: If they are not a sequence of `Drawdown`.

    Example:
        >>> june, may = Drawdown(date(2026, 6, 1), 1), Drawdown(date(2026, 5, 1), 2)
        >>> to_drawdowns([june, may])[0]
        Drawdown(on=datetime.date(2026, 5, 1), amount=Decimal('2'))
    """
    found = to_tuple_of(drawdowns, Drawdown, "drawdowns")
    return tuple(sorted(found, key=lambda drawdown: (drawdown.on, drawdown.amount)))
