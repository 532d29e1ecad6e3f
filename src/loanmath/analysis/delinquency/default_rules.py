"""When a debtor is in default for being late: the rule, and the answer."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from attrs import field, frozen

from loanmath.analysis.delinquency.buckets import Edge, to_days_late
from loanmath.analysis.delinquency.loan_classes import to_small_count
from loanmath.doors import to_enum, to_text
from loanmath.errors import InputTypeError
from loanmath.rates import percentage_text
from loanmath.schedule.printed import PrintedRecords
from loanmath.schedule.printing import Table
from loanmath.terms.amounts import to_amount, to_share

__all__ = ["DefaultRule", "DefaultVerdict", "Exposure", "Materiality"]

Amount: TypeAlias = str | int | Decimal


def _to_absolute(amount: object) -> Decimal:
    return to_amount(amount, "absolute")


def _to_relative(share: object) -> Fraction:
    return to_share(share, "relative", most=1)


@frozen
class Materiality:
    """
    When what is overdue is material: above an amount and above a share (重大性标准).

    Formula: `past_due > absolute and past_due > relative * exposure`.

    Args:
        absolute: The amount in major units.
        relative: The share of the exposure, as `"1%"`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> retail = Materiality("100", "1%")
        >>> retail.exceeded("150", "10000"), retail.exceeded("100", "5000")
        (True, False)
    """

    absolute: Decimal = field(converter=_to_absolute)
    relative: Fraction = field(converter=_to_relative)

    def exceeded(self, past_due: Amount, exposure: Amount) -> bool:
        """
        Return whether an overdue amount is material.

        Raises:
            InputTypeError: If an amount is of the wrong type.
            InputValueError: If it is negative or no finite number.

        Example:
            >>> Materiality("100", "1%").exceeded("150", "15000")
            False
        """
        late = Fraction(to_amount(past_due, "past_due"))
        whole = Fraction(to_amount(exposure, "exposure"))
        return late > self.absolute and late > self.relative * whole

    def __str__(self) -> str:
        return f"above {self.absolute:,f} and {percentage_text(self.relative)}"


def _to_name(name: object) -> str:
    return to_text(name, "name")


def _to_days(days: object) -> int:
    return to_days_late(days, "days")


def _to_edge(edge: object) -> Edge:
    return to_enum(edge, Edge, "edge")


def _to_months(months: object) -> int:
    return to_small_count(months, "months")


@frozen
class DefaultRule:
    """
    When a debtor is in default for being late, and when no longer (违约认定).

    Args:
        name: What the rule is called.
        materiality: When what is overdue is material.
        days: How many days in a row it is material.
        edge: `"above"` where default needs more than so many days, `"from"` where so
            many are enough.
        probation_months: How many months pass after the last material day before the
            debtor is no longer in default.
        restructured_months: The same after a distressed restructuring.
        forborne_months: How many months a restructured debtor that is no longer in
            default stays forborne.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> rule = DefaultRule("retail", Materiality("100", "1%"), days=90,
        ...     edge="above", probation_months=3, restructured_months=12)
        >>> rule.days
        90
    """

    name: str = field(converter=_to_name)
    materiality: Materiality = field()
    days: int = field(converter=_to_days, kw_only=True)
    edge: Edge = field(converter=_to_edge, kw_only=True)
    probation_months: int = field(converter=_to_months, kw_only=True)
    restructured_months: int = field(converter=_to_months, kw_only=True)
    forborne_months: int = field(default=0, converter=_to_months, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if type(self.materiality) is not Materiality:
            raise InputTypeError(
                "materiality", got=self.materiality, allowed="Materiality(...)"
            )

    @property
    def first_day(self) -> int:
        """
        On which material day in a row a debtor is in default.

        Example:
            >>> DefaultRule("retail", Materiality("100", "1%"), days=90, edge="above",
            ...     probation_months=3, restructured_months=12).first_day
            91
        """
        return self.days + (self.edge is Edge.ABOVE) or 1


class Exposure(NamedTuple):
    """
    What is overdue and owed from a day on, until the next such value.

    Attributes:
        since: The first day on which it is so.
        past_due: What is overdue, in major units.
        owed: All that is owed.

    Example:
        >>> Exposure(date(2026, 2, 16), Decimal("500"), Decimal("9000")).owed
        Decimal('9000')
    """

    since: date
    past_due: Decimal
    owed: Decimal


@frozen(repr=False)
class DefaultVerdict(PrintedRecords):
    """
    Whether a debtor is in default on a day, and why.

    Attributes:
        rule: The rule.
        on: The day.
        verdict: `"not in default"`, `"in default"`, or `"in default, on probation"`
            where only the time since the last material day keeps the debtor in it;
            `"not in default, forborne"` for some time after a distressed restructuring.
        days: For how many days in a row, up to the day, what is overdue is material.
        since: The first day of the default, where there is one.
        returns: On probation, the first day on which the debtor is no longer in default
            if nothing is material until then.
        reasons: What was looked at, in words.
        forborne_until: The first day on which the debtor is forborne no more, where a
            default after a distressed restructuring is over.

    Example:
        >>> from loanmath.analysis.delinquency.default import default_on
        >>> rule = DefaultRule("retail", Materiality("100", "1%"), days=90,
        ...     edge="above", probation_months=3, restructured_months=12)
        >>> late = [(date(2026, 1, 1), "500", "9000"), (date(2026, 4, 5), 0, "8500")]
        >>> print(default_on(late, date(2026, 5, 1), rule))
        retail: in default, on probation
        Not material since 2026-04-05, before that for 94 days in a row
        In default since 2026-04-01: above 90 days in a row above 100 and 1%
        No longer in default from 2026-07-05, if nothing is material until then
    """

    rule: DefaultRule
    on: date
    verdict: str
    days: int
    since: date | None
    returns: date | None
    reasons: tuple[str, ...]
    forborne_until: date | None = None

    @property
    def in_default(self) -> bool:
        """
        Whether the debtor is in default, on probation or not.

        Example:
            >>> from loanmath.analysis.delinquency.default import default_on
            >>> rule = DefaultRule("retail", Materiality("100", "1%"), days=90,
            ...     edge="above", probation_months=3, restructured_months=12)
            >>> late = [(date(2026, 1, 1), "500", "9000")]
            >>> days = (date(2026, 3, 31), date(2026, 4, 1))
            >>> [default_on(late, day, rule).in_default for day in days]
            [False, True]
        """
        return self.since is not None

    def _table(self) -> Table:
        rows = [[reason] for reason in self.reasons]
        caption = f"{self.rule.name}: {self.verdict}"
        return Table(caption, ["Reason"], rows, [], words=(0,))

    def _records(self) -> list[Sequence[object]]:
        rows = [[self.rule.name, self.on, self.verdict, one] for one in self.reasons]
        return [["rule", "on", "verdict", "reason"], *rows]

    def __str__(self) -> str:
        return "\n".join([f"{self.rule.name}: {self.verdict}", *self.reasons])

    def __repr__(self) -> str:
        return f"<DefaultVerdict on {self.on}: {self.verdict}>"
