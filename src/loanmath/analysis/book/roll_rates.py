"""Flow rates from bucket to bucket, and the loss at the end of their chain."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from attrs import field, frozen

from loanmath.analysis.book.distribution import Distribution, to_distribution
from loanmath.analysis.book.entries import (
    NamedAmounts,
    NamedShares,
    to_named,
    to_probability,
    to_rate_share,
)
from loanmath.analysis.book.measure import percent_text, to_decimals
from loanmath.analysis.book.printing import BookPrinted
from loanmath.analysis.book.provisions import Provision, provision_matrix
from loanmath.doors import to_enum
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    TermsError,
)
from loanmath.rounding import Rounding
from loanmath.schedule.printing import Table
from loanmath.terms.amounts import to_amount
from loanmath.yields.shares import Share, rounded

__all__ = ["Averaged", "FlowRates", "FlowStep", "RollRateChain", "flow_rates"]

_CENTS = Rounding()


class Averaged(Enum):
    """
    How the flow rates of several steps become one.

    `SIMPLE`: the mean of the rates, each step alike. `POOLED`: all that arrived over
    all that was there, so that large months count for more.
    """

    SIMPLE = "simple"
    POOLED = "pooled"


class FlowStep(NamedTuple):
    """
    What flowed between two dates (流量), for each bucket but the last.

    Attributes:
        since: The earlier date.
        until: The later date.
        there: What was in each bucket on the earlier date.
        arrived: What is in the next bucket on the later date.

    Example:
        >>> step = FlowStep(date(2026, 5, 31), date(2026, 6, 30), (Decimal(1000),),
        ...     (Decimal(50),))
        >>> step.rate(0), step.shown
        (Fraction(1, 20), ['5.00%'])
    """

    since: date
    until: date
    there: tuple[Decimal, ...]
    arrived: tuple[Decimal, ...]

    def rate(self, place: int) -> Fraction:
        """
        Return the flow rate out of a bucket, by its place.

        Raises:
            InputValueError: If nothing was in the bucket.
        """
        if not self.there[place]:
            raise InputValueError(
                f"flow rate of bucket {place}",
                got=f"nothing in it on {self.since}",
                allowed="a bucket in which something was",
                do="leave out the date, or state average='pooled'",
            )
        return Fraction(self.arrived[place]) / Fraction(self.there[place])

    @property
    def shown(self) -> list[str]:
        """The rates as text; `"no base"` where nothing was in a bucket."""
        return [
            percent_text(self.rate(place)) if there else "no base"
            for place, there in enumerate(self.there)
        ]


@frozen(repr=False)
class FlowRates(BookPrinted):
    """
    Flow rates of several months, and their averages (滚动率, 迁徙率).

    Attributes:
        names: The buckets, from the best to the worst.
        steps: The rates of each step, in order.
        averages: The average rate of each bucket but the last, as (name, rate).
        averaged: How they were averaged.

    Example:
        >>> def book(month, good, late, lost):
        ...     return Distribution(currency="CNY", on=date(2026, month, 28),
        ...         amounts={"M0": good, "M1": late, "loss": lost}, rule="all loans")
        >>> books = [book(4, 1000, 0, 0), book(5, 1000, 50, 0), book(6, 1000, 30, 20)]
        >>> print(flow_rates(books[1:], average="simple"))
        Flow rates
        From 2026-05-28 to  M0 to M1  M1 to loss
        2026-06-28             3.00%      40.00%
        Average, simple        3.00%      40.00%
    """

    names: tuple[str, ...]
    steps: tuple[FlowStep, ...]
    averages: tuple[tuple[str, Fraction], ...]
    averaged: Averaged

    def chain(self, loss: Share) -> "RollRateChain":
        """
        Return the chain of the averages.

        Args:
            loss: The share of the last bucket that is lost in the end.

        Raises:
            LimitError: If it is not from 0 to 100 %.
        """
        lost = to_probability(loss, "loss")
        return RollRateChain((*self.averages, (self.names[-1], lost)))

    def _tables(self) -> list[Table]:
        header = [f"From {self.steps[0].since} to"]
        header += [f"{name} to {worse}" for name, worse in pairwise(self.names)]
        rows = [[str(step.until), *step.shown] for step in self.steps]
        total = [f"Average, {self.averaged.value}"]
        total += [percent_text(rate) for _, rate in self.averages]
        return [Table("Flow rates", header, rows, total, words=(0,))]

    def __repr__(self) -> str:
        return f"<FlowRates of {len(self.steps)} steps over {len(self.names)} buckets>"


def _to_rates(rates: NamedShares) -> tuple[tuple[str, Fraction], ...]:
    return to_named(rates, "flow rate", to_rate_share)


@frozen(repr=False)
class RollRateChain(BookPrinted):
    """
    Flow rates in a chain, and what of each bucket is lost at its end (滚动率链).

    Formula: `loss rate of a bucket = its flow rate * loss rate of the next bucket`; of
    the last, its own rate.

    Args:
        rates: The flow rate of each bucket to the next one, from the best to the worst;
            of the last, the share that is lost.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a rate is negative, or nothing is named.

    Example:
        >>> chain = RollRateChain({"M0": "5%", "M1": "50%", "M2": "80%"})
        >>> dict(chain.loss_rates)["M0"]
        Fraction(1, 50)
        >>> print(chain)
        Roll-rate chain
        Bucket    Flow      Loss
        M0       5.00%   2.0000%
        M1      50.00%  40.0000%
        M2      80.00%  80.0000%

    中文: 滚动率模型. Source: an industry method, recalled; loss as the product of
    average flow rates along the chain.
    """

    rates: tuple[tuple[str, Fraction], ...] = field(converter=_to_rates)

    @classmethod
    def of_cohort(cls, outstanding: NamedAmounts, *, loss: Share) -> "RollRateChain":
        """
        Return the chain of what was once lent or sold, as it ran off.

        Formula: `flow rate = outstanding in the next bucket / in this one`.

        Args:
            outstanding: What of it was still unpaid when it came to each bucket, from
                the first, which holds all of it, to the last.
            loss: The share of the last bucket that is lost in the end.

        Raises:
            InputTypeError: If a value is of the wrong type.
            InputValueError: If nothing came to a bucket that others follow.
            LimitError: If the loss is not from 0 to 100 %.
            TermsError: If more comes to a bucket than was in the one before.

        Example:
            >>> sales = {"in time": 100000, "1-30": 50000, "31+": 2000}
            >>> dict(RollRateChain.of_cohort(sales, loss="100%").loss_rates)["1-30"]
            Fraction(1, 25)
        """
        amounts = to_named(outstanding, "outstanding", to_amount)
        rates = {}
        for (name, there), (worse, arrived) in pairwise(amounts):
            if arrived > there:
                raise TermsError(
                    f"outstanding {worse}",
                    got=str(arrived),
                    allowed=f"at most {there}, what was in {name}",
                )
            if not there:
                raise InputValueError(
                    f"outstanding {name}", got="0", allowed="more than nothing"
                )
            rates[name] = Fraction(arrived) / Fraction(there)
        return cls({**rates, amounts[-1][0]: to_probability(loss, "loss")})

    @property
    def loss_rates(self) -> tuple[tuple[str, Fraction], ...]:
        """What of each bucket is lost, as (name, exact share)."""
        found: list[tuple[str, Fraction]] = []
        lost = Fraction(1)
        for name, rate in reversed(self.rates):
            lost *= rate
            found.append((name, lost))
        return tuple(reversed(found))

    def provision(
        self,
        spread: Distribution,
        *,
        scaled: Share = 1,
        rounding: Rounding = _CENTS,
    ) -> Provision:
        """
        Return what is set aside for a book by the chain.

        Formula: `sum of round(balance * loss rate * scaled)`.

        Args:
            spread: What is in each of the chain's buckets.
            scaled: By what the loss rates are multiplied: a loss given default, an
                outlook.
            rounding: How each line is rounded; left out, half-up to the minor unit.

        Raises:
            InputTypeError: If a value is of the wrong type.
            LimitError: If a loss rate is above 100 %.
            TermsError: If the buckets are not those of the chain.

        Example:
            >>> chain = RollRateChain({"M0": "5%", "M1": "50%"})
            >>> book = Distribution(currency="CNY", on=date(2026, 6, 30), rule="all",
            ...     amounts={"M0": "1000", "M1": "100"})
            >>> chain.provision(book).total
            Decimal('75.00')
        """
        factor = to_rate_share(scaled, "scaled")
        rates = {name: rate * factor for name, rate in self.loss_rates}
        return provision_matrix(spread, rates, rounding=rounding)

    def _tables(self) -> list[Table]:
        rows = [
            [name, percent_text(rate), percent_text(lost, 4)]
            for (name, rate), (_, lost) in zip(self.rates, self.loss_rates, strict=True)
        ]
        header = ["Bucket", "Flow", "Loss"]
        return [Table("Roll-rate chain", header, rows, [], words=(0,))]

    def __repr__(self) -> str:
        return f"<RollRateChain over {len(self.rates)} buckets>"


def flow_rates(
    spreads: Sequence[Distribution],
    *,
    average: Averaged | str,
    decimals: int | None = None,
) -> FlowRates:
    """
    Return what of each bucket is in the next one a step later (滚动率).

    Formula: `flow of M_i at t = balance in M_(i+1) at t / balance in M_i at t - 1`.

    Args:
        spreads: The same buckets on at least two dates, usually month ends, in order.
        average: `"simple"` or `"pooled"`.
        decimals: Where published averages are rounded before they are multiplied: the
            decimals of the percentage. Left out, they stay exact.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If there are fewer than two dates, or nothing was in a bucket
            that a rate is asked of.
        TermsError: If the buckets or the currencies differ.
        DateRangeError: If the dates do not ascend.

    Example:
        >>> books = [Distribution(currency="CNY", on=date(2026, month, 28),
        ...     amounts={"M0": 1000, "M1": late}, rule="all loans")
        ...     for month, late in ((4, 0), (5, 40), (6, 60))]
        >>> flow_rates(books, average="simple").averages
        (('M0', Fraction(1, 20)),)

    中文: 滚动率. Source: an industry method (balance of the worse bucket over that of
    the better one a month before).
    """
    steps = _steps(spreads)
    kind = to_enum(average, Averaged, "average")
    names = to_distribution(spreads[0]).names
    averages = []
    for place, name in enumerate(names[:-1]):
        if kind is Averaged.SIMPLE:
            rates = [step.rate(place) for step in steps]
            rate = sum(rates, Fraction(0)) / len(rates)
        else:
            rate = _pooled(steps, place)
        if decimals is not None:
            rate = Fraction(rounded(rate, to_decimals(decimals) + 2))
        averages.append((name, rate))
    return FlowRates(names, steps, tuple(averages), kind)


def _steps(spreads: object) -> tuple[FlowStep, ...]:
    if type(spreads) not in (list, tuple):
        raise InputTypeError("spreads", got=spreads, allowed="a list of Distribution")
    given: Sequence[object] = spreads  # type: ignore[assignment]
    found = [to_distribution(spread, "spreads") for spread in given]
    if len(found) < 2:
        raise InputValueError("spreads", got=len(found), allowed="at least two dates")
    steps = []
    for earlier, later in pairwise(found):
        if (earlier.names, earlier.currency) != (later.names, later.currency):
            raise TermsError(
                f"spread of {later.on}",
                got=f"{later.currency}: {', '.join(later.names)}",
                allowed=f"{earlier.currency}: {', '.join(earlier.names)}",
            )
        if earlier.on >= later.on:
            raise DateRangeError(
                "on", got=str(later.on), allowed=f"later than {earlier.on}"
            )
        there = tuple(amount for _, amount in earlier.amounts[:-1])
        arrived = tuple(amount for _, amount in later.amounts[1:])
        steps.append(FlowStep(earlier.on, later.on, there, arrived))
    return tuple(steps)


def _pooled(steps: tuple[FlowStep, ...], place: int) -> Fraction:
    there = sum(Fraction(step.there[place]) for step in steps)
    if not there:
        raise InputValueError(
            f"flow rate of bucket {place}",
            got="nothing in it on any date",
            allowed="a bucket in which something was",
        )
    return sum(Fraction(step.arrived[place]) for step in steps) / there
