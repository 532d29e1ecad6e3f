"""What a cycle of an open-end account costs: its balance, and its rate a year."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias, TypeVar

from attrs import field, frozen

from loanmath.billing.earning import Stretch, average_owed
from loanmath.currency import check_limit, currency_digits, from_units, to_units
from loanmath.doors import to_count, to_date, to_enum, to_tuple_of
from loanmath.errors import DateRangeError, InputTypeError, LimitError, TermsError
from loanmath.rates import Rate, RateUnit, to_rate
from loanmath.rounding import RoundingMode, divide
from loanmath.terms.amounts import to_amount

__all__ = [
    "ChargedTransaction",
    "CycleBalance",
    "CycleRate",
    "OpenEndBalance",
    "balance_of_cycle",
    "cycle_rate",
]

Amount: TypeAlias = str | int | Decimal
Dated: TypeAlias = Sequence[tuple[date, Amount]]
PartT = TypeVar("PartT")

_DAYS_IN_YEAR, _MONTHS_IN_YEAR = 365, 12
_MOST_DAYS, _MOST_CYCLES, _MOST_PARTS = 366, 366, 10_000


class OpenEndBalance(Enum):
    """
    Which balance of a billing cycle bears interest.

    `PREVIOUS`: that of the last bill. `ADJUSTED`: that, less what was paid in the
    cycle. `AVERAGE`: the average of the days, with new purchases.
    `AVERAGE_WITHOUT_NEW`: without them. `ENDING`: that of the last day.
    """

    PREVIOUS = "previous"
    ADJUSTED = "adjusted"
    AVERAGE = "average"
    AVERAGE_WITHOUT_NEW = "average_without_new"
    ENDING = "ending"


_WITH_NEW = (OpenEndBalance.AVERAGE, OpenEndBalance.ENDING)


def balance_of_cycle(  # noqa: PLR0913 what happened in a cycle
    method: str | OpenEndBalance,
    opening: Amount,
    first: date,
    last: date,
    *,
    purchases: Dated = (),
    payments: Dated = (),
    currency: str = "USD",
) -> Decimal:
    """
    Return the balance of a billing cycle that bears interest, in major units.

    Formula: the average is `round(sum of the balances of the days / days)`, the balance
    of a day what the cycle opened with, and new purchases where they count, less what
    was paid, at least zero; a purchase and a payment count from their own day on.

    Args:
        method: `"previous"`, `"adjusted"`, `"average"`, `"average_without_new"` or
            `"ending"`.
        opening: The balance of the last bill, zero or above.
        first: The first day of the cycle.
        last: Its last day, at most 366 days in all.
        purchases: New purchases and cash, as (date, amount) of days in the cycle.
        payments: Payments and credits, likewise.
        currency: ISO 4217 code.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        DateRangeError: If a day is not in the cycle.
        LimitError: If the cycle is too long, or an amount below zero.

    Example:
        >>> bought = [(date(2026, 4, 1), "100"), (date(2026, 4, 16), "200")]
        >>> balance_of_cycle("average", "0", date(2026, 4, 1), date(2026, 4, 30),
        ...     purchases=bought)
        Decimal('200.00')

    Source: 12 CFR 1026.7(a)(5) and 1026.60(g) name the methods. On an account of a
    credit line they are the `balance` of its interest.
    """
    way = to_enum(method, OpenEndBalance, "method")
    digits = currency_digits(currency)
    days = _days_of(first, last)
    owed = _units(opening, digits, "opening")
    bought = _changes(purchases, digits, days, "purchases")
    paid = _changes(payments, digits, days, "payments")
    if way is OpenEndBalance.PREVIOUS:
        return from_units(owed, digits)
    if way is OpenEndBalance.ADJUSTED:
        return from_units(max(owed - sum(paid.values()), 0), digits)
    held = _held(owed, bought if way in _WITH_NEW else {}, paid, days)
    if way is OpenEndBalance.ENDING:
        return from_units(held[-1].owed, digits)
    return from_units(average_owed(held, len(days)), digits)


def _days_of(first: date, last: date) -> range:
    begin, end = to_date(first, "first"), to_date(last, "last")
    if end < begin:
        raise DateRangeError("last", got=str(end), allowed=f"not before {begin}")
    days = range(begin.toordinal(), end.toordinal() + 1)
    if len(days) > _MOST_DAYS:
        raise LimitError("last", got=str(end), allowed=f"at most {_MOST_DAYS} days")
    return days


def _units(amount: object, digits: int, what: str) -> int:
    units = to_units(amount, digits, what)
    if units < 0:
        raise LimitError(what, got=amount, allowed="zero or above")
    return check_limit(units, digits, digits, what)


def _changes(flows: object, digits: int, days: range, what: str) -> dict[int, int]:
    """Return what is added up by day, in units."""
    if not isinstance(flows, (list, tuple)):
        raise InputTypeError(what, got=flows, allowed="a list of (date, amount)")
    if len(flows) > _MOST_PARTS:
        raise LimitError(what, got=len(flows), allowed=f"at most {_MOST_PARTS:,}")
    found: dict[int, int] = {}
    for flow in flows:
        if not isinstance(flow, tuple) or len(flow) != 2:
            raise InputTypeError(what, got=flow, allowed="(date, amount)")
        day = to_date(flow[0], what).toordinal()
        if day not in days:
            raise DateRangeError(what, got=str(flow[0]), allowed="days of the cycle")
        found[day] = found.get(day, 0) + _units(flow[1], digits, what)
    return found


def _held(
    owed: int, bought: dict[int, int], paid: dict[int, int], days: range
) -> list[Stretch]:
    """Return the balances of the days, from one change to the next."""
    cuts = sorted({days.start, days.stop, *bought, *paid})
    found = []
    for start, end in pairwise(cuts):
        owed += bought.get(start, 0) - paid.get(start, 0)
        found.append(Stretch(start, end, max(owed, 0), 0, 1, 1))
    return found


def _to_amount(amount: Amount) -> Decimal:
    return to_amount(amount, "amount")


def _to_charge(amount: Amount) -> Decimal:
    return to_amount(amount, "charge")


def _to_transactions(amount: Amount) -> Decimal:
    return to_amount(amount, "transactions")


@frozen
class CycleBalance:
    """
    A balance that a periodic rate was applied to in a cycle.

    Args:
        amount: The balance, in major units.
        rate: The periodic rate: per day, per month, or a yearly one.
        transactions: The amounts of those transactions in it that were charged for by
            themselves: whole, even where the balance is an average.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> CycleBalance("150", "1.5%/month", transactions="100").periodic
        Rate('18%/year')
    """

    amount: Decimal = field(converter=_to_amount)
    rate: Rate = field(converter=to_rate)
    transactions: Decimal = field(default=Decimal(0), converter=_to_transactions)

    @property
    def periodic(self) -> Rate:
        """The rate times the periods of a year: 365 days, or 12 months."""
        return self.rate.per_year(_DAYS_IN_YEAR)


@frozen
class ChargedTransaction:
    """
    A transaction of a cycle that was charged for by itself, as a cash advance is.

    Args:
        amount: Its amount, in major units.
        charge: What it cost at once.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> ChargedTransaction("100", "3").charge
        Decimal('3')
    """

    amount: Decimal = field(converter=_to_amount)
    charge: Decimal = field(converter=_to_charge)


@frozen
class CycleRate:
    """
    What a billing cycle cost, as a rate a year.

    Attributes:
        currency: The currency of every amount.
        finance_charge: What was charged in all, in major units, to the nearest unit.
        charged_on: The balances and transactions it was charged on, none twice.
        rate: The rate a year, exact.
        rule: `"periodic"`: the periodic rates alone; `"quotient"`: with a charge that
            belongs to no transaction; `"transaction"`: with charges for transactions;
            `"largest periodic"`: the same, where a periodic rate is larger.

    Example:
        >>> print(cycle_rate([CycleBalance("150", "1.5%/month", transactions="100")],
        ...     [ChargedTransaction("100", "3")]))
        USD 5.25 on 150.00: 42.00% a year
    """

    currency: str
    finance_charge: Decimal
    charged_on: Decimal
    rate: Rate
    rule: str

    @property
    def percent(self) -> Decimal:
        """The rate a year in percent, to two decimals, half up."""
        above, below = self.rate.value.as_integer_ratio()
        return from_units(divide(above * 10**4, below, RoundingMode.HALF_UP), 2)

    def __str__(self) -> str:
        return (
            f"{self.currency} {self.finance_charge:,f} on {self.charged_on:,f}:"
            f" {self.percent:,f}% a year"
        )


def cycle_rate(  # noqa: PLR0913 all that a cycle charged
    balances: Sequence[CycleBalance],
    transactions: Sequence[ChargedTransaction] = (),
    *,
    other_charges: Amount = 0,
    days: int | None = None,
    cycles_per_year: int = 12,
    currency: str = "USD",
) -> CycleRate:
    """
    Return what a billing cycle cost as a rate a year (the quotient method).

    Formula: with periodic rates alone, each times its periods in a year, several of
    them weighted by balance. With other charges, `charges / balances * cycles`. With
    charges for transactions, `charges / (transactions + what balances exceed those in
    them by) * cycles`, at least the largest periodic rate a year: no amount counts
    twice. Nothing is rounded before the end.

    Args:
        balances: The balances that periodic rates were applied to.
        transactions: The transactions that were charged for by themselves.
        other_charges: Minimum, fixed and other charges, in major units; not those for
            opening, renewing or continuing the account.
        days: The days of the cycle, which daily rates are charged for.
        cycles_per_year: How many cycles a year has, 1 to 366.
        currency: ISO 4217 code.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If there is nothing to divide by, the days are missing, or balances
            hold more transactions than were charged for.
        LimitError: If the rate is above 1,000,000 %.

    Example:
        >>> balance = CycleBalance("100", "1.5%/month", transactions="100")
        >>> found = cycle_rate([balance], [ChargedTransaction("100", "3")])
        >>> found.finance_charge, found.charged_on, found.percent
        (Decimal('4.50'), Decimal('100.00'), Decimal('54.00'))

    Source: 12 CFR 1026.14(c) and (d), Appendix F, whose examples 1 and 2 are the ones
    above; open-end credit on a dwelling may still use it.
    """
    digits = currency_digits(currency)
    cycles = to_count(cycles_per_year, "cycles_per_year", _MOST_CYCLES)
    owed = _parts(balances, CycleBalance, "balances")
    drawn = _parts(transactions, ChargedTransaction, "transactions")
    charges = _units(other_charges, digits, "other_charges")
    charges += sum(_units(one.charge, digits, "charge") for one in drawn)
    accrued = [
        _units(one.amount, digits, "amount") * _in_a_cycle(one.rate, cycles, days)
        for one in owed
    ]
    charged = sum(accrued, start=Fraction(charges))
    charged_on = _charged_on(owed, drawn, digits)
    share, rule = _periodic(owed), "periodic"
    if drawn or charges:
        share, rule = _quotient(charged, charged_on) * cycles, "quotient"
    if drawn:
        largest = max((one.periodic.value for one in owed), default=Fraction(0))
        share, rule = max((share, "transaction"), (largest, "largest periodic"))
    total = divide(charged.numerator, charged.denominator, RoundingMode.HALF_UP)
    return CycleRate(
        currency,
        from_units(total, digits),
        from_units(charged_on, digits),
        Rate.from_share(share, "year"),
        rule,
    )


def _parts(parts: object, kind: type[PartT], what: str) -> tuple[PartT, ...]:
    found = to_tuple_of(parts, kind, what)
    if len(found) > _MOST_PARTS:
        raise LimitError(what, got=len(found), allowed=f"at most {_MOST_PARTS:,}")
    return found


def _in_a_cycle(rate: Rate, cycles: int, days: int | None) -> Fraction:
    if rate.per is not RateUnit.DAY:
        return rate.per_year().value / cycles
    if days is None:
        raise TermsError(
            "days", got=None, allowed=f"the days of the cycle, for a rate of {rate}"
        )
    return rate.value * to_count(days, "days", _MOST_DAYS)


def _charged_on(
    owed: Sequence[CycleBalance], drawn: Sequence[ChargedTransaction], digits: int
) -> int:
    """Return what was charged on: transactions whole, balances where they exceed."""
    amounts = sum(_units(one.amount, digits, "amount") for one in drawn)
    within, rest = 0, 0
    for one in owed:
        part = _units(one.transactions, digits, "transactions")
        within += part
        rest += max(_units(one.amount, digits, "amount") - part, 0)
    if within > amounts:
        raise TermsError(
            "transactions",
            got=str(from_units(within, digits)),
            allowed=f"at most what was charged for, {from_units(amounts, digits)}",
        )
    return amounts + rest


def _periodic(owed: Sequence[CycleBalance]) -> Fraction:
    """Return the rates a year by balance; by nothing, where nothing is owed."""
    total = sum(Fraction(one.amount) for one in owed)
    if not total:
        return max((one.periodic.value for one in owed), default=Fraction(0))
    return sum(Fraction(one.amount) * one.periodic.value for one in owed) / total


def _quotient(charged: Fraction, charged_on: int) -> Fraction:
    if not charged_on:
        raise TermsError(
            "balances",
            got="nothing that was charged on",
            allowed="a balance or a transaction",
            do="without one there is no rate: state the charge alone",
        )
    return charged / charged_on
