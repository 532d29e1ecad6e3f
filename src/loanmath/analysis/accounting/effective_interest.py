"""Amortized cost by the effective-interest method."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from loanmath.analysis.accounting.basis import ValueBasis
from loanmath.analysis.accounting.carrying import CarryingRow, rows_of, worth
from loanmath.analysis.accounting.terms import AccountingTerms, RoundedAt, to_terms
from loanmath.analysis.measurement import Growth
from loanmath.analysis.stream import (
    Moment,
    StatedFlows,
    Stream,
    place,
    read_stream,
    to_growth,
)
from loanmath.currency import sum_of
from loanmath.errors import (
    DateRangeError,
    FlowsError,
    InputTypeError,
    LimitError,
)
from loanmath.schedule.printed import (
    PrintedRecords,
    amount_cell,
    percent_cell,
)
from loanmath.schedule.printing import Table
from loanmath.yields import Yield, irr

__all__ = [
    "EffectiveInterest",
    "added",
    "effective_interest",
    "rate_of",
    "scheduled",
    "to_schedule",
]

_DIGITS = 15


@frozen
class EffectiveInterest(PrintedRecords):
    """
    An effective-interest schedule (实际利率法).

    It prints as a table, and shows itself as HTML in notebooks.

    Attributes:
        terms: Currency and rounding.
        start: The date, or the number of the period, of initial recognition.
        initial: The carrying amount then: positive for an asset, negative for a
            liability.
        eir: The effective rate: certified, or a share that was stated.
        per: What it is for: `"period"` or `"year"`.
        rows: One for each date or period of a cash flow.
        difference: What rounding left over after the last row, before that row's
            interest took it.

    Example:
        >>> flows = ["-995", "59", "59", "59", "59", "1309"]
        >>> note = effective_interest(flows, AccountingTerms("EUR"), costs="5")
        >>> note.eir.percent, note.interest
        (Decimal('9.9953186689069'), Decimal('545.00'))
    """

    terms: AccountingTerms
    start: Moment
    initial: Decimal
    eir: Yield | Fraction
    per: str
    rows: tuple[CarryingRow, ...] = field(repr=False)
    difference: Decimal

    @property
    def interest(self) -> Decimal:
        """The interest of all rows: all cash flows less the initial carrying amount."""
        return sum_of((row.interest for row in self.rows), self.terms.digits)

    @property
    def revenue(self) -> Decimal:
        """The interest revenue of all rows."""
        return sum_of((row.revenue for row in self.rows), self.terms.digits)

    @property
    def growth(self) -> Growth:
        """What one becomes at the effective rate, and in how many units of time."""
        return Growth(to_growth(self.eir), 1 if self.per == "period" else 365)

    def basis(self, at: Moment) -> ValueBasis:
        """
        Return the basis of present values at the effective rate on a moment.

        Raises:
            InputTypeError: If the moment is neither a date nor a number.
            DateRangeError: If the date is out of range.
            LimitError: If the number is out of range.

        Example:
            >>> loan = effective_interest(["-100", "110"], AccountingTerms("EUR"))
            >>> loan.basis(0).present_value(["110"])
            Decimal('100.00')
        """
        return ValueBasis(self.eir, self.terms, at)

    def carrying(self, at: Moment) -> Decimal:
        """
        Return the carrying amount at the end of a day or a period (账面余额).

        Between two dates it is that after the earlier one with interest until then.

        Args:
            at: A date, or the number of a period, from the start to the last row.

        Raises:
            InputTypeError: If it is of another type than those of the rows.
            DateRangeError: If a date is outside the schedule.
            LimitError: If a number is outside the schedule.

        Example:
            >>> note = effective_interest(["-100", "10", "110"], AccountingTerms("EUR"))
            >>> note.carrying(1)
            Decimal('100.00')
        """
        row, after = self._last_row(at), self.terms.units(self.initial, "initial")
        since = self.start if row < 0 else self.rows[row].at
        if row >= 0:
            after = self.terms.units(self.rows[row].closing, "closing")
        if since == at:
            return self.terms.amount(after)
        to_come = [(later.at, later.cash_flow) for later in self.rows[row + 1 :]]
        growth = self.growth
        if self.terms.rounded is RoundedAt.CARRYING:
            stream = read_stream(to_come, at)
            return self.terms.amount(worth(stream, growth, self.terms))
        days = place(at) - place(since)
        interest = growth.interest(after, days, self.terms.quotient)
        return self.terms.amount(after + interest)

    def _last_row(self, at: Moment) -> int:
        """Return the index of the last row up to a moment, or -1 before the first."""
        if type(at) is not type(self.start):
            allowed = "a date" if self.per == "year" else "the number of a period"
            raise InputTypeError("at", got=at, allowed=allowed)
        places, last = [place(row.at) for row in self.rows], self.rows[-1].at
        if not place(self.start) <= place(at) <= places[-1]:
            error = DateRangeError if self.per == "year" else LimitError
            raise error("at", got=at, allowed=f"{self.start} to {last}")
        return bisect_right(places, place(at)) - 1

    def _table(self) -> Table:
        allowed = any(row.allowance for row in self.rows)
        amounts = ["opening", "interest", "cash_flow", "closing"]
        amounts += ["allowance", "revenue"] if allowed else []
        rows = [
            [str(row.at), *(amount_cell(getattr(row, name)) for name in amounts)]
            for row in self.rows
        ]
        flows = sum_of((row.cash_flow for row in self.rows), self.terms.digits)
        total = ["Total", "", amount_cell(self.interest), amount_cell(flows), ""]
        total += ["", amount_cell(self.revenue)] if allowed else []
        header = ["Date" if self.per == "year" else "Period"]
        header += [name.capitalize().replace("_", " ") for name in amounts]
        return Table(self._caption(), header, rows, total, left=(0,))

    def _caption(self) -> str:
        share = self.eir.value if isinstance(self.eir, Yield) else self.eir
        start = self.start if self.per == "year" else f"period {self.start}"
        return (
            f"Effective interest (实际利率法): {self.terms.currency}"
            f" {amount_cell(self.initial)} from {start} at {percent_cell(share)}"
            f" a {self.per}"
        )

    def _records(self) -> list[Sequence[object]]:
        return [CarryingRow._fields, *self.rows]


def effective_interest(
    flows: StatedFlows,
    terms: AccountingTerms,
    *,
    costs: str | int | Decimal = 0,
    fees: str | int | Decimal = 0,
) -> EffectiveInterest:
    """
    Return the effective-interest schedule of cash flows (实际利率法).

    Formula: the initial carrying amount is the amount paid out first, plus transaction
    costs, less integral fees received; the effective rate X makes it the value of the
    later flows, `sum of flow / (1 + X) ** t`, where t is the number of periods, or
    actual days over 365; then in each row
    `interest = round(opening * ((1 + X) ** time - 1))` and
    `closing = opening + interest - flow`, unless the terms round the carrying amount.

    What a row is rounded by grows at the rate until the last row: `difference` says to
    how much. At hundreds of percent over many rows that may outweigh the amounts
    themselves; terms with `rounded="carrying"` leave nothing over.

    An asset begins with a negative flow and is carried as a positive amount; a
    liability the other way round. A flow of zero makes a row on its date, such as the
    end of a reporting period. A purchased or originated credit-impaired asset (POCI) is
    carried at the credit-adjusted rate where `flows` are those expected.

    Args:
        flows: A schedule, amounts one period apart, the first at the start, or (date,
            amount) tuples; what is received is positive, what is paid out negative.
        terms: Currency and rounding.
        costs: Transaction costs paid at the start, zero or above.
        fees: Integral fees received at the start, zero or above; not what a schedule
            has deducted from the amount paid out, which its flows show already.

    Returns:
        The schedule, with the certificate of its rate.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If an amount is not a finite number.
        DateRangeError: If a date is out of range.
        CurrencyError: If an amount is finer than the unit of rounding.
        LimitError: If an amount is too large, or costs or fees are negative.
        FlowsError: If there are too few flows, or nothing is paid at the start.
        TermsError: If a schedule is in another currency.
        SolverError: If no single rate fits.

    Example:
        >>> note = effective_interest(
        ...     ["-995", "59", "59", "59", "59", "1309"],
        ...     AccountingTerms("EUR", rounded="carrying"), costs="5")
        >>> [str(row.closing) for row in note.rows]
        ['1040.95', '1086.00', '1135.55', '1190.05', '0.00']

    中文: 实际利率法. ACTUS: none (nominal value accrues at the contract rate).

    Source: IFRS 9 appendix A, 5.4.1, B5.4.1-B5.4.4 (in force 2018-01-01), recalled, not
    checked against the text; ASC 310-20-35-18, recalled; 企业会计准则第22号 (2017).
    """
    to_terms(terms).check_currency(flows)
    stream = read_stream(flows)
    units = terms.flows(stream)
    opening = added(terms, -units[0], costs, fees)
    if not opening or len(units) == 1:
        raise FlowsError(
            "flows",
            got="one time of cash flows" if opening else "nothing at the start",
            allowed="an amount at the start, and later cash flows",
        )
    later = stream._replace(times=stream.times[1:], amounts=stream.amounts[1:])
    return scheduled(opening, later, rate_of(opening, later, terms), terms)


def scheduled(
    opening: int, stream: Stream, eir: Yield | Fraction, terms: AccountingTerms
) -> EffectiveInterest:
    """Return the schedule of flows to come, from an opening amount in units."""
    growth = Growth(to_growth(eir), stream.unit)
    rows, left = rows_of(opening, stream, growth, terms)
    return EffectiveInterest(
        terms=terms,
        start=stream.start,
        initial=terms.amount(opening),
        eir=eir,
        per="period" if stream.unit == 1 else "year",
        rows=rows,
        difference=left,
    )


def rate_of(opening: int, stream: Stream, terms: AccountingTerms) -> Yield:
    """
    Return the certified rate at which flows to come are worth an opening amount.

    Raises:
        SolverError: If no single rate fits.
    """
    advance = terms.amount(-opening)
    amounts = [terms.amount(units) for units in terms.flows(stream)]
    if stream.unit == 1:
        # Amounts one period apart: their numbers leave no gap.
        return irr([advance, *amounts], digits=_DIGITS)
    dates = [on for on in (stream.start, *stream.moments) if isinstance(on, date)]
    return irr(zip(dates, [advance, *amounts], strict=True), digits=_DIGITS)


def added(terms: AccountingTerms, units: int, costs: object, fees: object) -> int:
    """
    Return a carrying amount in units with costs added and fees received taken off.

    Raises:
        InputTypeError: If costs or fees are of the wrong type.
        InputValueError: If they are not finite numbers.
        CurrencyError: If they are finer than a unit.
        LimitError: If they are negative, or the sum is too large.
    """
    for what, amount, sign in (("costs", costs, 1), ("fees", fees, -1)):
        found = terms.units(amount, what)
        if found < 0:
            raise LimitError(what, got=amount, allowed="zero or above")
        units += sign * found
    return terms.checked(units, "carrying amount")


def to_schedule(schedule: object) -> EffectiveInterest:
    """
    Return an effective-interest schedule.

    Raises:
        InputTypeError: If it is something else.
    """
    if type(schedule) is not EffectiveInterest:
        raise InputTypeError(
            "schedule", got=schedule, allowed="EffectiveInterest, of effective_interest"
        )
    return schedule
