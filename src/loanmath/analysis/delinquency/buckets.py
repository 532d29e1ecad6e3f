"""Buckets: what a number of days past due is called."""

from enum import Enum
from typing import NamedTuple

from attrs import field, frozen

from loanmath.doors import to_enum, to_text
from loanmath.errors import InputTypeError, LimitError, TermsError, UnknownNameError

__all__ = [
    "AGES_BY_30",
    "AGES_FROM_30",
    "CARD_STAGES",
    "MOST_DAYS",
    "M_STAGES",
    "M_STAGES_FROM_30",
    "Bucket",
    "BucketScheme",
    "Counts",
    "Edge",
    "to_day_scheme",
    "to_days_late",
]

MOST_DAYS = 200_000
"""The most days past due that can be asked about."""


class Edge(Enum):
    """
    Which side of an edge the edge itself belongs to.

    `ABOVE`: a bucket begins above its edge (`days > edge`, so that 30 days are in
    1–30). `FROM`: it begins at its edge (`days >= edge`, so that 30 days are in 30–59).
    """

    ABOVE = "above"
    FROM = "from"


class Counts(Enum):
    """
    What a scheme counts.

    `DAYS`: days past due. `STATEMENTS`: of a line, none while nothing is late; else
    one, and one more for each statement day after the oldest due date that was missed.
    """

    DAYS = "days"
    STATEMENTS = "statements"


class Bucket(NamedTuple):
    """
    A range of days past due, with its name (逾期阶段).

    Attributes:
        number: 0 for the first bucket of its scheme.
        name: Its name.
        least: The fewest days in it, or statements where its scheme counts those.
        most: The most in it; of the last bucket, `None`.

    Example:
        >>> print(Bucket(1, "M1", 1, 30))
        M1 (1-30)
    """

    number: int
    name: str
    least: int
    most: int | None

    @property
    def range(self) -> str:
        """
        Its days in words: `"0"`, `"1-30"`, `"181+"`.

        Example:
            >>> Bucket(7, "M7+", 181, None).range
            '181+'
        """
        return _range_text(self.least, self.most)

    def __str__(self) -> str:
        if self.name == self.range:
            return self.name
        return f"{self.name} ({self.range})"


def _range_text(least: int, most: int | None) -> str:
    if most is None:
        return f"{least}+"
    return f"{least}" if least == most else f"{least}-{most}"


def to_days_late(days: object, what: str = "days_past_due") -> int:
    """
    Return a number of days past due, refusing anything else.

    Raises:
        InputTypeError: If it is not an `int`.
        LimitError: If it is negative, or above 200,000.

    Example:
        >>> to_days_late(91)
        91
    """
    if type(days) is not int:
        raise InputTypeError(what, got=days, allowed="int")
    if not 0 <= days <= MOST_DAYS:
        raise LimitError(what, got=days, allowed=f"0 to {MOST_DAYS:,}")
    return days


def _to_name(name: object) -> str:
    return to_text(name, "name")


def _to_edges(edges: object) -> tuple[int, ...]:
    if not isinstance(edges, (list, tuple)):
        raise InputTypeError("edges", got=edges, allowed="a list of days")
    return tuple(to_days_late(edge, "edges") for edge in edges)


def _to_edge(edge: object) -> Edge:
    return to_enum(edge, Edge, "edge")


def _to_counts(counts: object) -> Counts:
    return to_enum(counts, Counts, "counts")


def _to_names(names: object) -> tuple[str, ...]:
    if not isinstance(names, (list, tuple)):
        raise InputTypeError("names", got=names, allowed="a list of str")
    return tuple(to_text(name, "names") for name in names)


@frozen
class BucketScheme:
    """
    How days past due are cut into buckets (逾期分组): every number is in exactly one.

    Formula: bucket `k` holds the days with `days > edges[k - 1]` (or `>=`, where an
    edge is the first day of its bucket) and not of bucket `k + 1`.

    Args:
        name: What the scheme is called.
        edges: The edges in days, ascending, at most 100; one bucket more than edges.
        edge: `"above"` where a bucket begins above its edge (`>`), `"from"` where it
            begins at it (`>=`).
        names: A name for each bucket, the first for what is below all edges; left out,
            their days.
        counts: `"days"`, or `"statements"` for stages that follow a line's cycles.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If an edge is out of range, or there are too many.
        TermsError: If edges do not ascend, the first leaves no day below it, or names
            do not fit them.
        UnknownNameError: If a name is not known.

    Example:
        >>> scheme = BucketScheme("by month", [0, 30, 60], edge="above")
        >>> [str(bucket) for bucket in scheme.buckets]
        ['0', '1-30', '31-60', '61+']
        >>> scheme.bucket_of(30).name, scheme.bucket_of(31).name
        ('1-30', '31-60')

    Source: both families of edges, 1–30 and 1–29, are in use; sources that write "30+"
    mean 30 days or more, or more than 30.
    """

    name: str = field(converter=_to_name)
    edges: tuple[int, ...] = field(converter=_to_edges)
    edge: Edge = field(converter=_to_edge, kw_only=True)
    names: tuple[str, ...] = field(default=(), converter=_to_names, kw_only=True)
    counts: Counts = field(default=Counts.DAYS, converter=_to_counts, kw_only=True)

    def __attrs_post_init__(self) -> None:
        edges, names = self.edges, self.names
        if not 1 <= len(edges) <= 100:
            raise LimitError("edges", got=len(edges), allowed="1 to 100 edges")
        if sorted(set(edges)) != list(edges):
            raise TermsError("edges", got=edges, allowed="days that ascend")
        if self.edge is Edge.FROM and not edges[0]:
            raise TermsError(
                "edges",
                got=edges,
                allowed="a first bucket that begins on day 1 or later",
                do="leave out the edge 0, or state edge='above'",
            )
        if names and (len(names) != len(edges) + 1 or len(set(names)) != len(names)):
            raise TermsError(
                "names", got=names, allowed=f"{len(edges) + 1} names, all different"
            )

    @property
    def starts(self) -> tuple[int, ...]:
        """
        The fewest days of each bucket.

        Example:
            >>> BucketScheme("by month", [0, 30], edge="above").starts
            (0, 1, 31)
        """
        more = 1 if self.edge is Edge.ABOVE else 0
        return (0, *(edge + more for edge in self.edges))

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """
        All buckets, in order.

        Example:
            >>> BucketScheme("two", [30], edge="from", names=["good", "bad"]).buckets[1]
            Bucket(number=1, name='bad', least=30, most=None)
        """
        starts = self.starts
        ends: list[int | None] = [*(start - 1 for start in starts[1:]), None]
        names = self.names or [
            _range_text(least, most) for least, most in zip(starts, ends, strict=True)
        ]
        return tuple(
            Bucket(number, *rest)
            for number, rest in enumerate(zip(names, starts, ends, strict=True))
        )

    def bucket_of(self, days: int) -> Bucket:
        """
        Return the bucket of a number of days past due.

        Raises:
            InputTypeError: If it is not an `int`.
            LimitError: If it is negative, or above 200,000.

        Example:
            >>> M_STAGES.bucket_of(91).name, M_STAGES_FROM_30.bucket_of(90).name
            ('M4', 'M4')
        """
        late = to_days_late(days)
        number = sum(1 for start in self.starts[1:] if start <= late)
        return self.buckets[number]

    def named(self, name: str) -> Bucket:
        """
        Return a bucket by its name.

        Raises:
            InputTypeError: If the name is not a `str`.
            UnknownNameError: If no bucket has it.

        Example:
            >>> M_STAGES.named("M2").least
            31
        """
        wanted = to_text(name, "bucket")
        for bucket in self.buckets:
            if bucket.name == wanted:
                return bucket
        allowed = ", ".join(bucket.name for bucket in self.buckets)
        raise UnknownNameError("bucket", got=name, allowed=allowed)

    def __str__(self) -> str:
        return f"{self.name}: {', '.join(map(str, self.buckets))}"


_MONTHS = [f"M{number}" for number in range(7)] + ["M7+"]

M_STAGES = BucketScheme(
    "M0 to M7+", [0, 30, 60, 90, 120, 150, 180], edge="above", names=_MONTHS
)
"""
M0 in time, M1 1–30 days, M2 31–60, ... M6 151–180, M7+ above 180.

Source: two articles on vintage and roll rates that agree (hwhale.com/article/247933,
yzsam.com/html/tPkSUO).
"""

M_STAGES_FROM_30 = BucketScheme(
    "M0 to M7+, from 30", [1, 30, 60, 90, 120, 150, 180], edge="from", names=_MONTHS
)
"""
M0 in time, M1 1–29 days, M2 30–59, ... M6 150–179, M7+ 180 or more.

Source: an article on roll rates of one portfolio (laitimes.com).
"""

AGES_BY_30 = BucketScheme("30, 60, 90", [0, 30, 60, 90], edge="above")
"""1–30, 31–60, 61–90 and more than 90 days."""

AGES_FROM_30 = BucketScheme("30+, 60+, 90+", [1, 30, 60, 90], edge="from")
"""1–29, 30–59, 60–89 and 90 days or more."""

CARD_STAGES = BucketScheme(
    "card stages",
    list(range(8)),
    edge="above",
    names=["in time", *_MONTHS],
    counts="statements",
)
"""
Stages of a card that follow its cycles: M0 from the day after the due day until the
next statement day, M1 from that statement day until the one after it, and so on.

Source: one description of dunning stages lets M1 end with the next due day and names no
stage for the days from it to the statement after it; here they are M1.
"""


def to_day_scheme(scheme: BucketScheme) -> BucketScheme:
    """
    Return a scheme of buckets that counts days, refusing anything else.

    Raises:
        InputTypeError: If it is not a `BucketScheme`.
        TermsError: If it counts statements.

    Example:
        >>> to_day_scheme(M_STAGES).name
        'M0 to M7+'
    """
    if type(scheme) is not BucketScheme:
        raise InputTypeError("scheme", got=scheme, allowed="BucketScheme(...)")
    if scheme.counts is not Counts.DAYS:
        raise TermsError(
            "scheme", got=scheme.name, allowed="buckets of days, not of statements"
        )
    return scheme
