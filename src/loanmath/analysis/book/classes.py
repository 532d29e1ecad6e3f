"""The measures of a book by class: non-performing loans, provisions, migration."""

from collections.abc import Sequence
from typing import TypeAlias

from attrs import field, frozen

from loanmath.analysis.book.buckets import names_of
from loanmath.analysis.book.coverage import (
    coverage_ratio,
    loan_provision_ratio,
    non_performing_ratio,
)
from loanmath.analysis.book.distribution import Distribution, distribution
from loanmath.analysis.book.entries import to_names_of
from loanmath.analysis.book.inclusion import Inclusion
from loanmath.analysis.book.loans import Book
from loanmath.analysis.book.measure import Measure
from loanmath.analysis.book.migration import migration, migration_ratio
from loanmath.analysis.book.provisions import Provision, ProvisionRates, provisions
from loanmath.analysis.delinquency.buckets import BucketScheme, to_day_scheme
from loanmath.errors import InputTypeError

__all__ = ["ClassChoices", "ClassParts", "class_measures"]

ClassParts: TypeAlias = tuple[Distribution | Provision, ...]


def _to_bad(names: Sequence[str]) -> tuple[str, ...]:
    if type(names) not in (list, tuple):
        raise InputTypeError("non_performing", got=names, allowed="a list of names")
    return tuple(names)


def _to_rates(rates: object) -> ProvisionRates | None:
    if rates is not None and type(rates) is not ProvisionRates:
        raise InputTypeError("rates", got=rates, allowed="ProvisionRates(...), or None")
    return rates


@frozen(kw_only=True)
class ClassChoices:
    """
    The classes that a report measures a book by (风险分类).

    Args:
        scheme: The classes by days past due, from the best to the worst.
        non_performing: Those that are non-performing, by name.
        rates: What is set aside for each; left out, provisions are not measured.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If no class is non-performing, or one is named twice.
        TermsError: If the scheme counts statements.
        UnknownNameError: If a class is not one of the scheme.

    Example:
        >>> from loanmath.presets.cn.classes import FIVE_CLASSES
        >>> bad = ["substandard", "doubtful", "loss"]
        >>> ClassChoices(scheme=FIVE_CLASSES.value.scheme, non_performing=bad).rates
    """

    scheme: BucketScheme = field(converter=to_day_scheme)
    non_performing: tuple[str, ...] = field(converter=_to_bad)
    rates: ProvisionRates | None = field(default=None, converter=_to_rates)

    def __attrs_post_init__(self) -> None:
        to_names_of(self.non_performing, names_of(self.scheme), "non_performing")


def class_measures(
    book: Book, before: Book | None, choices: ClassChoices, inclusion: Inclusion
) -> tuple[ClassParts, list[Measure]]:
    """
    Return a book by class, what is set aside for it, and the ratios of both.

    Example:
        >>> from datetime import date
        >>> from loanmath.presets.cn.classes import FIVE_CLASSES
        >>> choices = ClassChoices(scheme=FIVE_CLASSES.value.scheme,
        ...     non_performing=["loss"])
        >>> empty = Book("CNY", date(2026, 6, 30), [])
        >>> parts, ratios = class_measures(empty, None, choices, Inclusion())
        >>> [one.name for one in ratios]
        ['non-performing ratio']
    """
    bad = choices.non_performing
    spread = distribution(book, choices.scheme, inclusion=inclusion)
    parts: ClassParts = (spread,)
    measures = [non_performing_ratio(spread, bad)]
    if choices.rates is not None:
        provision = provisions(spread, choices.rates)
        parts = (spread, provision)
        measures.append(coverage_ratio(spread, provision.total, bad))
        measures.append(loan_provision_ratio(spread, provision.total))
    if before is not None:
        moves = migration(before, book, choices.scheme, by="balance")
        measures += [migration_ratio(moves, [name]) for name in moves.names[:-1]]
    return parts, measures
