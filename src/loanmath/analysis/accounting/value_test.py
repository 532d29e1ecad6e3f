"""Whether changed terms change the present value too much: one test, many rules."""

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from loanmath.analysis.accounting.basis import ValueBasis, to_basis
from loanmath.analysis.accounting.carrying import worth
from loanmath.analysis.measurement import Growth
from loanmath.analysis.stream import StatedFlows, Stream, read_stream
from loanmath.currency import from_units
from loanmath.doors import to_enum, to_flag, to_text
from loanmath.errors import FlowsError, InputTypeError
from loanmath.rates import percentage_text
from loanmath.rounding import RoundingMode, divider
from loanmath.schedule.printed import PrintedRecords, amount_cell, percent_cell
from loanmath.schedule.printing import Table
from loanmath.terms.amounts import to_share

__all__ = ["Counted", "PresentValueChange", "PresentValueTest", "present_value_test"]

_RATIO_DIGITS = 6


class Counted(Enum):
    """
    Which change of the present value a test counts.

    `EITHER`: a rise as well as a fall. `FALL`: a fall alone.
    """

    EITHER = "either"
    FALL = "fall"


def _to_name(name: object) -> str:
    return to_text(name, "name")


def _to_threshold(threshold: object) -> Fraction:
    return to_share(threshold, "threshold", most=1)


def _to_counted(counted: object) -> Counted:
    return to_enum(counted, Counted, "counted")


def _to_reached(reached: object) -> bool:
    return to_flag(reached, "reached")


@frozen
class PresentValueTest:
    """
    A rule that judges changed terms by their present value (现值测试).

    Args:
        name: What the rule is called.
        threshold: The share of the old present value, as `"10%"`; 0 to 100 %.
        counted: `"either"` where a rise counts as well, `"fall"` where it does not.
        reached: Whether a change of exactly the threshold meets the test.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If the threshold is not a percentage.
        LimitError: If it is out of range.
        UnknownNameError: If `counted` is not known.

    Example:
        >>> PresentValueTest("10 % test", "10%").threshold
        Fraction(1, 10)
    """

    name: str = field(converter=_to_name)
    threshold: Fraction = field(converter=_to_threshold)
    counted: Counted = field(
        default=Counted.EITHER, converter=_to_counted, kw_only=True
    )
    reached: bool = field(default=True, converter=_to_reached, kw_only=True)


@frozen
class PresentValueChange(PrintedRecords):
    """
    The present values before and after a change of terms, and what a test says.

    Attributes:
        test: The rule.
        basis: The original rate, when both are measured, and how they are rounded.
        old_value: What the remaining old cash flows are worth, rounded.
        new_value: What the new ones are worth, rounded; without fees.
        fees: What the borrower pays for the change, less what he receives.
        ratio: The change as a share of the old value, rounded half-up to six decimals:
            its size where either way counts, else the fall (negative for a rise).
        is_met: Whether the test is met, decided exactly and not from rounded values.

    Example:
        >>> from loanmath.analysis.accounting import AccountingTerms
        >>> test = PresentValueTest("10 % test", "10%")
        >>> basis = ValueBasis("10%", AccountingTerms("EUR"))
        >>> change = present_value_test(["110"], ["99"], test, basis)
        >>> change.ratio, change.is_met
        (Decimal('0.100000'), True)
    """

    test: PresentValueTest
    basis: ValueBasis
    old_value: Decimal
    new_value: Decimal
    fees: Decimal
    ratio: Decimal
    is_met: bool

    def _table(self) -> Table:
        at = self.basis.at
        start = f"period {at}" if isinstance(at, int) else at
        caption = f"{self.test.name} at {start}, at {percent_cell(self.basis.share)}"
        threshold = percentage_text(self.test.threshold)
        bound = f"{threshold} or more" if self.test.reached else f"above {threshold}"
        rows = [
            ["Present value of the old flows", amount_cell(self.old_value)],
            ["Present value of the new flows", amount_cell(self.new_value)],
            ["Fees", amount_cell(self.fees)],
            ["Change", percent_cell(self.ratio)],
            ["Threshold", bound],
            ["Met", "yes" if self.is_met else "no"],
        ]
        return Table(caption, ["", ""], rows, [], words=(0,))

    def _records(self) -> list[Sequence[object]]:
        names = ("old_value", "new_value", "fees", "ratio", "is_met")
        return [names, [getattr(self, name) for name in names]]


def present_value_test(
    old: StatedFlows,
    new: StatedFlows,
    test: PresentValueTest,
    basis: ValueBasis,
    *,
    fees: str | int | Decimal = 0,
) -> PresentValueChange:
    """
    Return how much new terms change the present value, and what a test says (现值测试).

    Formula: with both values at the original effective rate,
    `ratio = |value(new) + fees - value(old)| / |value(old)|`, or for a test of falls
    `(value(old) - value(new) - fees) / value(old)`.

    The 10 % test of a liability, and the diminished financial obligation of a
    distressed restructuring, are such tests with thresholds of their own.

    Args:
        old: What remained to be paid: amounts one period apart, the first one a period
            after the change, or (date, amount) tuples on its day or later, or a
            schedule's flows after it. Either sign may stand for "paid".
        new: What is to be paid instead, with the same sign.
        test: The rule.
        basis: The original effective rate, when, and how shown values are rounded.
        fees: What the borrower pays the lender for the change, less what he receives
            from him; counted like a payment at once.

    Returns:
        The values, the ratio and whether the test is met; that is decided exactly.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If a number is not finite.
        DateRangeError: If a date is out of range, or before the basis.
        CurrencyError: If the fees are finer than the unit of rounding.
        LimitError: If an amount is too large.
        FlowsError: If there are no flows, dated and undated ones, or the old ones are
            worth nothing.
        TermsError: If a schedule is in another currency.

    Example:
        >>> from loanmath.analysis.accounting import AccountingTerms
        >>> test = PresentValueTest("10 % test", "10%")
        >>> basis = ValueBasis("10%", AccountingTerms("EUR"))
        >>> old, new = ["100", "1100"], ["60", "1060"]
        >>> print(present_value_test(old, new, test, basis, fees="20"))
        10 % test at period 0, at 10.0000%
        <BLANKLINE>
        Present value of the old flows     1,000.00
        Present value of the new flows       930.58
        Fees                                  20.00
        Change                              4.9421%
        Threshold                       10% or more
        Met                                      no

    中文: 现值测试, 10%测试. Source: IFRS 9, B3.3.6 (in force 2018-01-01), ASC 470-50-40
    and 310-20-35, EBA/GL/2016/07 section 6; recalled, not checked against the texts.
    """
    terms = to_basis(basis).terms
    terms.check_currency(old, new)
    if type(test) is not PresentValueTest:
        raise InputTypeError("test", got=test, allowed="PresentValueTest(...)")
    before = read_stream(old, basis.at, "old flows")
    after = read_stream(new, basis.at, "new flows")
    paid, growth = terms.units(fees, "fees"), basis.growth(before)
    streams = (before, after, Stream(before.start, (0,), (paid,), 1, -terms.digits))
    change, base = _compared(streams, growth, test)
    scale = Fraction(10**_RATIO_DIGITS)
    ratio = growth.ratio(change, base, scale, divider(RoundingMode.HALF_UP))
    return PresentValueChange(
        test=test,
        basis=basis,
        old_value=terms.amount(worth(before, growth, terms)),
        new_value=terms.amount(worth(after, growth, terms)),
        fees=terms.amount(paid),
        ratio=from_units(ratio, _RATIO_DIGITS),
        is_met=_is_met(test, growth, change, base),
    )


_Pairs: TypeAlias = list[tuple[int, int]]


def _compared(
    streams: tuple[Stream, Stream, Stream], growth: Growth, test: PresentValueTest
) -> tuple[_Pairs, _Pairs]:
    """Return flows worth the change that counts, and flows worth the old value."""
    exponent = min(stream.exponent for stream in streams)
    old, new, fees = (stream.pairs(exponent) for stream in streams)
    direction = growth.sign(old)
    if not direction:
        raise FlowsError("old flows", got="flows worth nothing", allowed="some value")
    base = _times(old, direction)
    rise = [*_times(new, direction), *fees, *_times(base, -1)]
    falls = test.counted is Counted.FALL or growth.sign(rise) < 0
    return _times(rise, -1 if falls else 1), base


def _times(flows: _Pairs, factor: int) -> _Pairs:
    return [(time, amount * factor) for time, amount in flows]


def _is_met(
    test: PresentValueTest, growth: Growth, change: _Pairs, base: _Pairs
) -> bool:
    above, below = test.threshold.as_integer_ratio()
    excess = growth.sign([*_times(change, below), *_times(base, -above)])
    return excess > 0 or (excess == 0 and test.reached)
