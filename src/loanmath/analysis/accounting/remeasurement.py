"""Carrying amounts measured anew: revised estimates, modifications, floating rates."""

from collections.abc import Sequence
from decimal import Decimal

from attrs import field, frozen

from loanmath.analysis.accounting.basis import ValueBasis, to_basis
from loanmath.analysis.accounting.carrying import worth
from loanmath.analysis.accounting.effective_interest import (
    EffectiveInterest,
    added,
    rate_of,
    scheduled,
    to_schedule,
)
from loanmath.analysis.stream import Moment, StatedFlows, read_stream
from loanmath.currency import sum_of
from loanmath.errors import FlowsError
from loanmath.schedule.printed import PrintedRecords, amount_cell, percent_cell
from loanmath.schedule.printing import Table

__all__ = ["Remeasurement", "modify", "reestimate", "remeasure", "revise"]


@frozen
class Remeasurement(PrintedRecords):
    """
    A carrying amount measured anew, and what that does to profit or loss (重新计量).

    Amounts of an asset are positive, those of a liability negative.

    Attributes:
        basis: The original rate, when, and how amounts are rounded.
        before: The carrying amount until then.
        present_value: What the new cash flows are worth at the original rate.
        costs: Transaction costs, which the carrying amount takes in.
        fees: Fees received, which it takes off.
        schedule: The schedule that goes on; at the original rate, or where there are
            costs or fees at the rate that spreads them.

    Example:
        >>> from loanmath.analysis.accounting import AccountingTerms
        >>> basis = ValueBasis("10%", AccountingTerms("EUR"), 2)
        >>> change = remeasure("1086", ["684", "30", "655"], basis)
        >>> change.present_value, change.gain
        (Decimal('1138.72'), Decimal('52.72'))
    """

    basis: ValueBasis
    before: Decimal
    present_value: Decimal
    costs: Decimal
    fees: Decimal
    schedule: EffectiveInterest = field(repr=False)

    @property
    def gain(self) -> Decimal:
        """What goes to profit (positive) or loss (negative) at once."""
        digits = self.schedule.terms.digits
        return sum_of([self.present_value, self.before.copy_negate()], digits)

    @property
    def after(self) -> Decimal:
        """The carrying amount that goes on: the present value, costs and fees in it."""
        return self.schedule.initial

    def _lines(self) -> list[tuple[str, Decimal]]:
        return [
            ("Carrying amount before", self.before),
            ("Present value at the original rate", self.present_value),
            ("Gain" if self.gain >= 0 else "Loss", self.gain),
            ("Transaction costs", self.costs),
            ("Fees received", self.fees),
            ("Carrying amount after", self.after),
        ]

    def _table(self) -> Table:
        basis, per = self.basis, self.schedule.per
        at = basis.at if per == "year" else f"period {basis.at}"
        rate = percent_cell(basis.share)
        caption = f"Measured anew (重新计量) at {at}, at {rate} a {per}"
        rows = [[what, amount_cell(amount)] for what, amount in self._lines()]
        header = ["", self.schedule.terms.currency]
        return Table(caption, header, rows, [], words=(0,))

    def _records(self) -> list[Sequence[object]]:
        return [("what", "amount"), *self._lines()]


def remeasure(
    carrying: str | int | Decimal,
    flows: StatedFlows,
    basis: ValueBasis,
    *,
    costs: str | int | Decimal = 0,
    fees: str | int | Decimal = 0,
) -> Remeasurement:
    """
    Return a carrying amount measured anew from plain cash flows and a rate (重新计量).

    Formula: `present value = round(sum of flow / (1 + rate) ** t)`, `gain = present
    value - carrying`, `after = present value + costs - fees`. The schedule goes on at
    that rate, or where costs and fees differ at the rate at which the flows are worth
    `after`.

    Args:
        carrying: The carrying amount before; negative for a liability.
        flows: What is to come: amounts one period apart, the first one a period later,
            or (date, amount) tuples on the day of the basis or later, or a schedule's
            flows after it.
        basis: The original effective rate, when, and how amounts are rounded.
        costs: Transaction costs paid now, zero or above.
        fees: Fees received now, zero or above.

    Returns:
        The amounts, and the schedule that goes on.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If a number is not finite.
        DateRangeError: If a date is out of range, or before the basis.
        CurrencyError: If an amount is finer than the unit of rounding.
        LimitError: If an amount is too large, or costs or fees are negative.
        FlowsError: If there are no flows, dated and undated ones, or flows worth
            nothing.
        TermsError: If a schedule is in another currency.
        SolverError: If costs or fees leave no single rate.

    Example:
        >>> from loanmath.analysis.accounting import AccountingTerms
        >>> basis = ValueBasis("10%", AccountingTerms("EUR"))
        >>> change = remeasure("1000", ["50", "1000"], basis)
        >>> print(change)
        Measured anew (重新计量) at period 0, at 10.0000% a period
                                                 EUR
        Carrying amount before              1,000.00
        Present value at the original rate    871.90
        Loss                                 -128.10
        Transaction costs                       0.00
        Fees received                           0.00
        Carrying amount after                 871.90

    中文: 重新计量, 修改利得或损失. Source: IFRS 9, 5.4.3 and B5.4.6 (in force
    2018-01-01), recalled, not checked against the text.
    """
    terms = to_basis(basis).terms
    terms.check_currency(flows)
    stream = read_stream(flows, basis.at)
    before = terms.units(carrying, "carrying amount")
    value = worth(stream, basis.growth(stream), terms)
    after = added(terms, value, costs, fees)
    if not after:
        raise FlowsError(
            "flows", got="flows worth nothing", allowed="flows of some value"
        )
    rate = basis.rate if after == value else rate_of(after, stream, terms)
    return Remeasurement(
        basis=basis,
        before=terms.amount(before),
        present_value=terms.amount(value),
        costs=terms.amount(terms.units(costs, "costs")),
        fees=terms.amount(terms.units(fees, "fees")),
        schedule=scheduled(after, stream, rate, terms),
    )


def revise(
    schedule: EffectiveInterest, at: Moment, flows: StatedFlows
) -> Remeasurement:
    """
    Return what a revised estimate of cash flows does to a carrying amount (修订估计).

    The carrying amount becomes the present value of the revised flows at the original
    effective rate; the difference goes to profit or loss at once.

    Args:
        schedule: The schedule until then.
        at: The date, or the number of the period; a cash flow on it is received.
        flows: What is to come after it, as for `remeasure`.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        LoanmathError: As `EffectiveInterest.carrying` and `remeasure` say.

    Example:
        >>> from loanmath.analysis.accounting import AccountingTerms, effective_interest
        >>> terms = AccountingTerms("EUR")
        >>> flows = ["-995", "59", "59", "59", "59", "1309"]
        >>> note = effective_interest(flows, terms, costs="5")
        >>> change = revise(note, 2, ["684", "30", "655"])
        >>> change.before, change.after, change.gain
        (Decimal('1086.00'), Decimal('1138.81'), Decimal('52.81'))

    中文: 修订现金流量估计. Source: IFRS 9, B5.4.6 (in force 2018-01-01), recalled.
    """
    return modify(schedule, at, flows)


def modify(
    schedule: EffectiveInterest,
    at: Moment,
    flows: StatedFlows,
    *,
    costs: str | int | Decimal = 0,
    fees: str | int | Decimal = 0,
) -> Remeasurement:
    """
    Return what a modification that is no derecognition does (合同修改).

    The gross carrying amount becomes the present value of the modified flows at the
    original rate, the difference is a modification gain or loss, and costs and fees
    join the carrying amount and are spread over what is left of the term.

    Args:
        schedule: The schedule until then.
        at: The date, or the number of the period; a cash flow on it is received.
        flows: What is to come after it, as for `remeasure`.
        costs: Transaction costs paid, zero or above.
        fees: Fees received, zero or above.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        LoanmathError: As `EffectiveInterest.carrying` and `remeasure` say.

    Example:
        >>> from loanmath.analysis.accounting import AccountingTerms, effective_interest
        >>> loan = effective_interest(["-100", "10", "110"], AccountingTerms("EUR"))
        >>> change = modify(loan, 1, ["5", "105"], fees="2")
        >>> change.gain, change.after, change.schedule.interest
        (Decimal('-8.68'), Decimal('89.32'), Decimal('20.68'))

    中文: 合同修改. Source: IFRS 9, 5.4.3 and, for a liability, B3.3.6A (in force
    2018-01-01), recalled, not checked against the text.
    """
    before = to_schedule(schedule).carrying(at)
    return remeasure(before, flows, schedule.basis(at), costs=costs, fees=fees)


def reestimate(
    schedule: EffectiveInterest, at: Moment, flows: StatedFlows
) -> EffectiveInterest:
    """
    Return the schedule that goes on at a new effective rate, as floating rates do.

    The carrying amount stays; the new rate is the one at which the flows are worth it.

    Args:
        schedule: The schedule until then.
        at: The date, or the number of the period; a cash flow on it is received.
        flows: What is to come after it at the new market rate, as for `remeasure`.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        LoanmathError: As `EffectiveInterest.carrying` and `effective_interest` say.

    Example:
        >>> from loanmath.analysis.accounting import AccountingTerms, effective_interest
        >>> loan = effective_interest(["-100", "10", "110"], AccountingTerms("EUR"))
        >>> reestimate(loan, 1, ["112"]).eir.percent
        Decimal('12.0000000000000')

    中文: 重新估计实际利率. Source: IFRS 9, B5.4.5 (in force 2018-01-01), recalled, not
    checked against the text.
    """
    opening = to_schedule(schedule).carrying(at)
    terms = schedule.terms
    terms.check_currency(flows)
    stream = read_stream(flows, at)
    units = terms.units(opening, "carrying amount")
    return scheduled(units, stream, rate_of(units, stream, terms), terms)
