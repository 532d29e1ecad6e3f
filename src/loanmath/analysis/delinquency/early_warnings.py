"""Early warnings from the ledger alone: named formulas, and no model."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile
from typing import NamedTuple, TypeAlias

from attrs import frozen

from loanmath.account import Account
from loanmath.analysis.delinquency.lateness import AnyAccount, first_day, to_day
from loanmath.analysis.delinquency.series import (
    bill_outcomes,
    days_late_of_line,
    days_late_of_loan,
    month_ends,
    slope,
    used_and_limit,
)
from loanmath.currency import from_units, to_units
from loanmath.doors import to_count, to_text
from loanmath.errors import UnknownNameError
from loanmath.line_account import LineAccount
from loanmath.rounding import RoundingMode, divide
from loanmath.schedule.printed import PrintedRecords, percent_cell
from loanmath.schedule.printing import Table
from loanmath.terms.amounts import to_amount

__all__ = ["EarlyWarnings", "Indicator", "early_warnings"]

Amount: TypeAlias = str | int | Decimal

_SLOPE = "sum((k - mean_k) * (v_k - mean_v)) / sum((k - mean_k)**2)"


class Indicator(NamedTuple):
    """
    One indicator: a number, its formula, and what went into it (预警指标).

    Attributes:
        name: What it measures.
        value: Its value, exact.
        is_share: Whether it is a share, to be shown in percent.
        formula: How it was computed, in words or as an expression over the inputs.
        inputs: The inputs, as (name, value) pairs.

    Example:
        >>> Indicator("utilization", Fraction(1, 5), True, "used / limit",
        ...     (("used / limit", (Fraction(1, 5),)),)).shown
        '20.00%'
    """

    name: str
    value: Fraction
    is_share: bool
    formula: str
    inputs: tuple[tuple[str, tuple[Fraction | int | Decimal, ...]], ...]

    @property
    def shown(self) -> str:
        """
        Its value for reading: a share in percent, both rounded to two decimals.

        Example:
            >>> Indicator("streak", Fraction(3), False, "bills in a row", ()).shown
            '3'
        """
        if self.is_share:
            return percent_cell(self.value, 2)
        if self.value.denominator == 1:
            return str(self.value.numerator)
        units = divide(
            self.value.numerator * 100, self.value.denominator, RoundingMode.HALF_UP
        )
        return f"{from_units(units, 2):f}"


@frozen(repr=False)
class EarlyWarnings(PrintedRecords):
    """
    Early warnings of an account on a day (早期预警).

    Attributes:
        on: The day.
        indicators: What could be computed.
        absent: What could not, as (name, reason).

    Example:
        >>> from loanmath import Account, FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "6%"))
        >>> print(early_warnings(Account.open(loan), date(2026, 3, 20), income="6000"))
        Early warnings on 2026-03-20
        Indicator             Value  Formula
        installments late   100.00%  late / due
        trend of days late      -28  sum((k - mean_k) * (v_k - mean_v)) / sum((k - mean_k)**2)
        payment to income    17.67%  payment / income
        amount paid late             absent: nothing was paid
    """  # noqa: E501 a line of the table is one line

    on: date
    indicators: tuple[Indicator, ...]
    absent: tuple[tuple[str, str], ...]

    def indicator(self, name: str) -> Indicator:
        """
        Return an indicator by its name.

        Raises:
            InputTypeError: If the name is not a `str`.
            UnknownNameError: If there is none, with the reason where it is absent.

        Example:
            >>> one = Indicator("streak", Fraction(3), False, "bills in a row", ())
            >>> day = date(2026, 3, 20)
            >>> EarlyWarnings(day, (one,), ()).indicator("streak").value
            Fraction(3, 1)
        """
        wanted = to_text(name, "indicator")
        for one in self.indicators:
            if one.name == wanted:
                return one
        reason = dict(self.absent).get(wanted)
        raise UnknownNameError(
            "indicator",
            got=name if reason is None else f"{name}, absent: {reason}",
            allowed=", ".join(one.name for one in self.indicators),
        )

    def _table(self) -> Table:
        rows = [[one.name, one.shown, one.formula] for one in self.indicators]
        rows += [[name, "", f"absent: {reason}"] for name, reason in self.absent]
        header = ["Indicator", "Value", "Formula"]
        return Table(f"Early warnings on {self.on}", header, rows, [], words=(0, 2))

    def _records(self) -> list[Sequence[object]]:
        rows: list[Sequence[object]] = [["indicator", "value", "formula"]]
        rows += [[one.name, str(one.value), one.formula] for one in self.indicators]
        return [*rows, *([name, "", reason] for name, reason in self.absent)]

    def __repr__(self) -> str:
        shown = ", ".join(f"{one.name} {one.shown}" for one in self.indicators)
        return f"<EarlyWarnings on {self.on}: {shown}>"


_Found: TypeAlias = Indicator | tuple[str, str]


def early_warnings(
    account: AnyAccount, on: date, *, months: int = 6, income: Amount | None = None
) -> EarlyWarnings:
    """
    Return early warnings of an account: named formulas over its ledger.

    Of a line: `utilization` (used of the limit), `trend of utilization` (the slope over
    month ends, per month), `minimum-payment streak` (the last bills in a row of which
    the minimum was paid, but not all), `bills missed` (the share whose minimum was not
    paid in time). Of a loan: `amount paid late` (the share of what was paid on
    installments), `installments late`. Of both: `trend of days late` (the slope over
    the last installments or minimums that were due, per installment), and `payment to
    income` (what is overdue, due and due next, or what is missing of minimums, over the
    income).

    Args:
        account: The account of a loan or of a line.
        on: The day, not before the account.
        months: Over how many month ends, bills or installments trends and shares look
            back, 2 to 120.
        income: The income of a month in major units, for the payment to income.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the income is not above zero, or the day is out of range.
        LimitError: If `months` is out of range.

    Example:
        >>> from loanmath import LineAccount, Purchase
        >>> from loanmath.presets import cn
        >>> line = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1)).record(
        ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"),
        ...     Purchase(id="u2", on=date(2026, 4, 3), amount="3000"))
        >>> found = early_warnings(line, date(2026, 4, 30))
        >>> [f"{one.name} {one.shown}" for one in found.indicators]
        ['utilization 80.00%', 'trend of utilization 60.00%', 'minimum-payment streak 0', 'bills missed 100.00%']
    """  # noqa: E501 the list prints as one line
    day = to_day(account, on)
    count = to_count(months, "months", 120)
    if isinstance(account, LineAccount):
        found = list(_of_line(account, day, count))
        late = days_late_of_line(account, day)
    else:
        found = list(_of_loan(account, day, count))
        late = days_late_of_loan(account, day)
    found.append(_trend("trend of days late", late[-count:], is_share=False))
    if income is not None:
        found.append(_payment_to_income(account, day, income))
    return EarlyWarnings(
        day,
        tuple(one for one in found if isinstance(one, Indicator)),
        tuple(one for one in found if not isinstance(one, Indicator)),
    )


def _trend(name: str, values: Sequence[Fraction | int], *, is_share: bool) -> _Found:
    if len(values) < 2:
        return name, f"{len(values)} value{'' if len(values) == 1 else 's'}, not two"
    found = slope([Fraction(value) for value in values])
    return Indicator(name, found, is_share, _SLOPE, (("v", tuple(values)),))


def _share(name: str, part: tuple[str, int], whole: tuple[str, int]) -> Indicator:
    value = Fraction(part[1], whole[1])
    inputs = ((part[0], (part[1],)), (whole[0], (whole[1],)))
    return Indicator(name, value, True, f"{part[0]} / {whole[0]}", inputs)


def _share_of_amounts(
    name: str, part: tuple[str, int], whole: tuple[str, int], digits: int
) -> Indicator:
    """Return a share of amounts, with amounts in major units as inputs."""
    found = _share(name, part, whole)
    amounts = tuple(
        (what, (from_units(units, digits),)) for what, units in (part, whole)
    )
    return found._replace(inputs=amounts)


def _of_line(account: LineAccount, on: date, count: int) -> Iterator[_Found]:
    used, limit = used_and_limit(account, on)
    parts = (("used", used), ("limit", limit))
    yield _share_of_amounts("utilization", *parts, account.line.digits)
    pairs = [
        used_and_limit(account, day)
        for day in month_ends(first_day(account), on, count)
    ]
    shares = [Fraction(used, limit) for used, limit in pairs]
    yield _trend("trend of utilization", shares, is_share=True)
    outcomes = bill_outcomes(account, on)
    streak = sum(1 for _ in takewhile("minimum".__eq__, reversed(outcomes)))
    words = "bills in a row, the last first, of which the minimum was paid and not all"
    inputs = (("bills", (len(outcomes),)),)
    yield Indicator("minimum-payment streak", Fraction(streak), False, words, inputs)
    looked, name = outcomes[-count:], "bills missed"
    missed = ("missed", looked.count("missed"))
    yield (
        _share(name, missed, ("bills", len(looked)))
        if looked
        else (name, "no bill was due")
    )


def _of_loan(account: Account, on: date, count: int) -> Iterator[_Found]:
    digits = account.loan.digits
    rows = [row for row in account.position(on).installments if row.due <= on][-count:]
    paid = sum(to_units(row.paid.total, digits, "paid") for row in rows)
    late = sum(to_units(row.paid_late, digits, "paid_late") for row in rows)
    name = "amount paid late"
    yield (
        _share_of_amounts(name, ("paid_late", late), ("paid", paid), digits)
        if paid
        else (name, "nothing was paid")
    )
    days, name = days_late_of_loan(account, on)[-count:], "installments late"
    were = ("late", sum(1 for one in days if one))
    yield (
        _share(name, were, ("due", len(days))) if days else (name, "nothing was due")
    )


def _payment_to_income(account: AnyAccount, on: date, income: Amount) -> Indicator:
    earned = to_amount(income, "income", least=1)
    if isinstance(account, LineAccount):
        digits, position = account.line.digits, account.position(on)
        payment = to_units(position.minimum, digits, "minimum")
    else:
        digits, owed = account.loan.digits, account.position(on)
        parts = [owed.overdue.total, owed.due.total]
        parts += [] if owed.next_due is None else [owed.next_due.amount]
        payment = sum(to_units(part, digits, "owed") for part in parts)
    whole = to_units(earned, digits, "income")
    return _share_of_amounts(
        "payment to income", ("payment", payment), ("income", whole), digits
    )
