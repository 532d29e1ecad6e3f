"""Provisions of a book: matrices of rates, general and specific, and their coverage."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from attrs import field, frozen

from loanmath.analysis.book.distribution import Distribution, to_distribution
from loanmath.analysis.book.entries import (
    NamedShares,
    to_named,
    to_names_of,
    to_probability,
)
from loanmath.analysis.book.measure import percent_text
from loanmath.analysis.book.printing import BookPrinted
from loanmath.currency import currency_digits, from_units, sum_of
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.rates import percentage_text
from loanmath.rounding import Rounding
from loanmath.schedule.printing import Table
from loanmath.yields.shares import Share, to_share

__all__ = [
    "Provision",
    "ProvisionRates",
    "ProvisionRow",
    "provision_matrix",
    "provisions",
    "to_rounding",
]

_MOST_SHOWN = 10
_CENTS = Rounding()


class ProvisionRow(NamedTuple):
    """
    What is set aside for one bucket or class, in major units.

    Attributes:
        name: The bucket.
        amount: What is in it.
        rate: The exact share that is set aside.
        allowance: `amount * rate`, rounded.

    Example:
        >>> ProvisionRow("M1", Decimal(100), Fraction(1, 10), Decimal(10)).name
        'M1'
    """

    name: str
    amount: Decimal
    rate: Fraction
    allowance: Decimal


@frozen(repr=False)
class Provision(BookPrinted):
    """
    What is set aside for a book (准备金), line by line.

    Attributes:
        currency: The currency of the amounts.
        on: The date.
        title: What kind of provision it is.
        rows: One line for each bucket or class.

    Example:
        >>> book = Distribution(currency="CNY", on=date(2026, 6, 30), rule="all loans",
        ...     amounts={"M0": "900", "M1": "100"})
        >>> print(provision_matrix(book, {"M0": "1%", "M1": "10%"}))
        Provision matrix on 2026-06-30, in CNY
        Bucket  Amount  Rate  Allowance
        M0      900.00    1%       9.00
        M1      100.00   10%      10.00
        Total                     19.00
    """

    currency: str
    on: date
    title: str
    rows: tuple[ProvisionRow, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the lines, each rounded by itself."""
        return sum_of(
            (row.allowance for row in self.rows), currency_digits(self.currency)
        )

    def _tables(self) -> list[Table]:
        rows = [
            [row.name, f"{row.amount:,f}", _rate_text(row.rate), f"{row.allowance:,f}"]
            for row in self.rows
        ]
        header = ["Bucket", "Amount", "Rate", "Allowance"]
        total = ["Total", "", "", f"{self.total:,f}"]
        caption = f"{self.title} on {self.on}, in {self.currency}"
        return [Table(caption, header, rows, total, words=(0,))]

    def __repr__(self) -> str:
        return f"<Provision on {self.on}: {self.currency} {self.total}>"


def _rate_text(rate: Fraction) -> str:
    # The exact text of a quotient is a fraction or has digits that tell nothing.
    exact = percentage_text(rate)
    if "/" in exact or len(exact) > _MOST_SHOWN:
        return f"~{percent_text(rate, 4)}"
    return exact


def provision_matrix(
    spread: Distribution,
    rates: NamedShares,
    *,
    rounding: Rounding = _CENTS,
) -> Provision:
    """
    Return what is set aside at a rate for each bucket (准备金矩阵).

    Formula: `allowance = round(amount * rate)` of each bucket.

    Args:
        spread: What is in each bucket.
        rates: A share from 0 to 100 % for each bucket by its name; every bucket has
            one, `"0%"` where nothing is set aside.
        rounding: How each line is rounded; left out, half-up to the minor unit.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the unit of rounding is finer than the currency.
        LimitError: If a rate is out of range.
        TermsError: If the rates are not of exactly these buckets.

    Example:
        >>> book = Distribution(currency="EUR", on=date(2026, 6, 30), rule="gross",
        ...     amounts={"current": "15000000", "1-30": "7500000"})
        >>> provision_matrix(book, {"current": "0.3%", "1-30": "1.6%"}).total
        Decimal('165000.00')

    Source: IFRS 9, B5.5.35 and Illustrative Example 12 (in force 2018-01-01),
    recalled, not checked against the text.
    """
    to_distribution(spread, "spread")
    found = dict(to_named(rates, "rate", to_probability))
    check_names(spread, found)
    lines = ((name, amount, found[name]) for name, amount in spread.amounts)
    rows = _rows(spread, lines, to_rounding(rounding))
    return Provision(spread.currency, spread.on, "Provision matrix", rows)


def to_rounding(rounding: object) -> Rounding:
    """
    Return a rounding rule, refusing everything else.

    Example:
        >>> to_rounding(Rounding(unit="1")).unit
        Decimal('1')
    """
    if type(rounding) is not Rounding:
        raise InputTypeError("rounding", got=rounding, allowed="Rounding(...)")
    return rounding


def check_names(spread: Distribution, found: Mapping[str, object]) -> None:
    """
    Refuse rates that are not those of the buckets of a distribution.

    Raises:
        TermsError: If one is missing, or of no bucket.

    Example:
        >>> check_names(Distribution(currency="CNY", on=date(2026, 6, 30), rule="all",
        ...     amounts={"M0": 1}), {"M0": 0})
    """
    if set(found) != set(spread.names):
        raise TermsError(
            "rates",
            got=", ".join(found),
            allowed=f"one for each of {', '.join(spread.names)}",
        )


def _rows(
    spread: Distribution,
    lines: Iterable[tuple[str, Decimal, Fraction]],
    rounding: Rounding,
) -> tuple[ProvisionRow, ...]:
    digits = currency_digits(spread.currency)
    quotient = rounding.quotient(digits)
    rows = []
    for name, amount, rate in lines:
        exact = Fraction(amount) * rate * 10**digits
        units = quotient(exact.numerator, exact.denominator)
        rows.append(ProvisionRow(name, amount, rate, from_units(units, digits)))
    return tuple(rows)


def _to_general(rate: Share) -> Fraction:
    return to_probability(rate, "general")


def _to_specific(rates: NamedShares) -> tuple[tuple[str, Fraction], ...]:
    return to_named(rates, "specific", to_probability)


def _to_leeway(rates: NamedShares) -> tuple[tuple[str, Fraction], ...]:
    if type(rates) is tuple and not rates:
        return ()
    return to_named(rates, "leeway", to_probability)


@frozen(kw_only=True)
class ProvisionRates:
    """
    Rates of a general provision and of specific ones by class (计提比例).

    Args:
        general: The share of all loans that is set aside in general.
        specific: The share of each class that is set aside besides; a class that is not
            named has none.
        leeway: By how much of itself a specific rate may be moved, by class.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a share is not a number.
        LimitError: If one is above 100 %.
        TermsError: If a leeway is of a class without a specific rate.

    Example:
        >>> ProvisionRates(general="1%", specific={"doubtful": "50%"}).general
        Fraction(1, 100)
    """

    general: Fraction = field(converter=_to_general)
    specific: tuple[tuple[str, Fraction], ...] = field(converter=_to_specific)
    leeway: tuple[tuple[str, Fraction], ...] = field(default=(), converter=_to_leeway)

    def __attrs_post_init__(self) -> None:
        known = dict(self.specific)
        for name, _ in self.leeway:
            if name not in known:
                raise TermsError(
                    "leeway", got=name, allowed=f"one of {', '.join(known)}"
                )

    def rate(self, name: str, moved: Fraction = Fraction(0)) -> Fraction:
        """
        Return the specific rate of a class, moved by a share of itself.

        Raises:
            LimitError: If it is moved by more than its leeway.
        """
        most = dict(self.leeway).get(name, Fraction(0))
        if abs(moved) > most:
            raise LimitError(
                f"moved {name}",
                got=percentage_text(moved),
                allowed=f"at most {percentage_text(most)} either way",
            )
        return dict(self.specific).get(name, Fraction(0)) * (1 + moved)


def provisions(
    spread: Distribution,
    rates: ProvisionRates,
    *,
    moved: Mapping[str, Share] | None = None,
) -> Provision:
    """
    Return the general provision of a book and the specific one of each class.

    Formula: `general = round(rate * all loans)`; `specific = round(rate * (1 + moved) *
    amount)` of each class with a rate, half-up to the minor unit.

    Args:
        spread: What is in each class.
        rates: The rates, such as `presets.provisioning.CN_PROVISION_RATES`.
        moved: By what share of itself the rate of a class is moved, within its leeway:
            `{"substandard": "-20%"}`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a rate is moved by more than its leeway.
        TermsError: If a specific rate is of a class that the book does not have.

    Example:
        >>> rates = ProvisionRates(general="1%", specific={"substandard": "25%"},
        ...     leeway={"substandard": "20%"})
        >>> book = Distribution(currency="CNY", on=date(2026, 6, 30), rule="all loans",
        ...     amounts={"normal": "960", "substandard": "40"})
        >>> provisions(book, rates).total
        Decimal('20.00')
        >>> provisions(book, rates, moved={"substandard": "-20%"}).total
        Decimal('18.00')

    中文: 一般准备与专项准备. Source: Guidance on provisioning for loan losses (PBOC,
    2002); the secondary sources seen state the rates, not the text.
    """
    to_distribution(spread, "spread")
    if type(rates) is not ProvisionRates:
        raise InputTypeError("rates", got=rates, allowed="ProvisionRates(...)")
    for name, _ in rates.specific:
        if name not in spread.names:
            raise TermsError(
                "specific", got=name, allowed=f"one of {', '.join(spread.names)}"
            )
    moves = {} if moved is None else dict(to_named(moved, "moved", _to_moved))
    if moves:
        to_names_of(list(moves), spread.names, "moved")
    known = dict(rates.specific)
    lines = [("general, all loans", spread.total, rates.general)]
    lines += [
        (name, spread.amount(name), rates.rate(name, moves.get(name, Fraction(0))))
        for name in spread.names
        if name in known or name in moves
    ]
    return Provision(
        spread.currency,
        spread.on,
        "General and specific provisions",
        _rows(spread, lines, _CENTS),
    )


def _to_moved(share: object, what: str) -> Fraction:
    return to_share(share, what, lowest=Fraction(-1))
