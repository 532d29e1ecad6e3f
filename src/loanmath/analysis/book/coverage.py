"""Non-performing loans of a book, and how far provisions cover them."""

from decimal import Decimal

from loanmath.analysis.book.distribution import Distribution, to_distribution
from loanmath.analysis.book.entries import to_money, to_names_of
from loanmath.analysis.book.measure import Measure

__all__ = ["coverage_ratio", "loan_provision_ratio", "non_performing_ratio"]


def non_performing_ratio(
    spread: Distribution,
    non_performing: tuple[str, ...] | list[str],
    *,
    decimals: int = 2,
) -> Measure:
    """
    Return the share of a book that is non-performing (不良率).

    Formula: `(substandard + doubtful + loss) / all loans`, by whatever classes are
    named.

    Args:
        spread: What is in each class.
        non_performing: The classes that are, by name.
        decimals: Of the percentage where it is printed.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If no class is named, or one twice.
        UnknownNameError: If the book has no such class.

    Example:
        >>> from datetime import date
        >>> book = Distribution(currency="CNY", on=date(2026, 6, 30), rule="all loans",
        ...     amounts={"normal": "985", "substandard": "10", "doubtful": "5"})
        >>> non_performing_ratio(book, ["substandard", "doubtful"]).shown
        '1.50%'

    中文: 不良贷款率. Source: Measures for the Risk Classification of Financial Assets
    of Commercial Banks (CBIRC and PBOC, in force 2023-07-01): the last three classes
    are non-performing.
    """
    bad = _bad(spread, non_performing)
    return Measure(
        name="non-performing ratio",
        numerator=spread.sum_of(*bad),
        counts=" + ".join(bad),
        denominator=spread.total,
        against="all loans",
        on=spread.on,
        unit=spread.currency,
        rule=spread.rule,
        decimals=decimals,
    )


def _bad(spread: Distribution, names: object) -> tuple[str, ...]:
    return to_names_of(names, to_distribution(spread, "spread").names, "non_performing")


def coverage_ratio(
    spread: Distribution,
    provided: str | int | Decimal,
    non_performing: tuple[str, ...] | list[str],
    *,
    decimals: int = 2,
) -> Measure:
    """
    Return how much of the non-performing loans is provided for (拨备覆盖率).

    Formula: `provisions / non-performing loans`.

    Args:
        spread: What is in each class.
        provided: What is set aside, in major units, such as `provision.total`.
        non_performing: The classes that are, by name.
        decimals: Of the percentage where it is printed.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is negative or no class is named.
        UnknownNameError: If the book has no such class.

    Example:
        >>> from datetime import date
        >>> book = Distribution(currency="CNY", on=date(2026, 6, 30), rule="all loans",
        ...     amounts={"normal": "985", "substandard": "15"})
        >>> coverage_ratio(book, "22.50", ["substandard"]).shown
        '150.00%'

    中文: 拨备覆盖率. The standard is `presets.provisioning.CN_COVERAGE_STANDARD`.
    Source: Measures for the Loan Loss Provisions of Commercial Banks (CBRC Order 2011
    No. 4, in force 2012-01-01), recalled, not checked against the text.
    """
    bad = _bad(spread, non_performing)
    return Measure(
        name="provision coverage ratio",
        numerator=to_money(provided, spread.currency, "provided"),
        counts="provisions",
        denominator=spread.sum_of(*bad),
        against=" + ".join(bad),
        on=spread.on,
        unit=spread.currency,
        rule=spread.rule,
        decimals=decimals,
    )


def loan_provision_ratio(
    spread: Distribution, provided: str | int | Decimal, *, decimals: int = 2
) -> Measure:
    """
    Return how much of all loans is set aside (贷款拨备率).

    Formula: `provisions / all loans`.

    Args:
        spread: What is in each class.
        provided: What is set aside, in major units.
        decimals: Of the percentage where it is printed.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is negative.

    Example:
        >>> from datetime import date
        >>> book = Distribution(currency="CNY", on=date(2026, 6, 30), rule="all loans",
        ...     amounts={"normal": "1000"})
        >>> loan_provision_ratio(book, "25").shown
        '2.50%'

    中文: 贷款拨备率 (拨贷比). Source: as of `coverage_ratio`.
    """
    to_distribution(spread, "spread")
    return Measure(
        name="loan provision ratio",
        numerator=to_money(provided, spread.currency, "provided"),
        counts="provisions",
        denominator=spread.total,
        against="all loans",
        on=spread.on,
        unit=spread.currency,
        rule=spread.rule,
        decimals=decimals,
    )
