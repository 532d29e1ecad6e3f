"""
The equation of value that every rate solves, in integers.

`F(X) = sum over k of amounts[k] / (1 + X) ** (times[k] / unit)`, with whole amounts and
times; a rate of return is an X above -1 (-100 %) where F is zero.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate
from math import gcd, hypot
from typing import Self

from attrs import Factory, field, frozen

from loanmath.errors import NotUniqueError
from loanmath.yields.proposal import proposed_rate
from loanmath.yields.sign import Sign, changes_or_refuse, sign_changes
from loanmath.yields.signs import enclosure, proved_sign, sign_at

__all__ = ["Equation", "weights_of"]

# Amounts up to 2^440 never overflow a sum, and times the largest float that underflows,
# 2^-1022, they are nothing beside one whole amount.
_MAX_WEIGHT = 2.0**440


@frozen
class Equation:
    """
    The value of cash flows as a function of the rate, in integers.

    Make it with `Equation.netted`, which puts flows in order and nets each time.

    Attributes:
        amounts: What is paid (one sign) and received (the other), none zero.
        times: When, ascending, the first one 0; in units of `1 / unit`.
        unit: How many units of time the rate is for: 1 where times are whole periods,
            365 where they are days and the rate is yearly.
        weights: The amounts as floats, for proposals and filters only; empty where a
            float cannot hold them.
        common: What the amounts were divided by; equations that differ in nothing else
            are equal.

    Example:
        >>> Equation.netted([(365, 110), (0, -60), (0, -40)], 365).amounts
        (-10, 11)
    """

    amounts: tuple[int, ...]
    times: tuple[int, ...]
    unit: int
    common: int = field(default=1, eq=False, repr=False)
    weights: tuple[float, ...] = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda made: weights_of(made.amounts), takes_self=True),
    )

    @classmethod
    def netted(cls, flows: Iterable[tuple[int, int]], unit: int) -> Self:
        """
        Return the equation of (time, amount) pairs in any order.

        Amounts at one time are added up and zeros left out; time starts at the first
        flow left, and the amounts are divided by what they have in common. None of this
        moves a root.

        Example:
            >>> Equation.netted([(2, 5), (1, 3), (2, -5), (4, 6)], 1).times
            (0, 3)
        """
        sums: dict[int, int] = {}
        for time, amount in flows:
            sums[time] = sums.get(time, 0) + amount
        times = sorted(sums)
        return cls.ordered(times, [sums[time] for time in times], unit)

    @classmethod
    def ordered(cls, times: Sequence[int], amounts: Sequence[int], unit: int) -> Self:
        """
        Return the equation of amounts whose times ascend, no two of them alike.

        Example:
            >>> Equation.ordered([1, 2, 4], [3, 0, 6], 1).amounts
            (1, 2)
        """
        if 0 in amounts:
            times = [
                time for time, amount in zip(times, amounts, strict=True) if amount
            ]
            amounts = [amount for amount in amounts if amount]
        common = gcd(*amounts)
        if common > 1:
            amounts = [amount // common for amount in amounts]
        if times and times[0]:
            first = times[0]
            times = [time - first for time in times]
        return cls(tuple(amounts), tuple(times), unit, common or 1)

    @property
    def count(self) -> int:
        """
        How many flows were left after netting each time.

        Example:
            >>> Equation.netted(enumerate([-1, 6, 0, 6]), 1).count
            3
        """
        return len(self.times)

    def sign_changes(self) -> int:
        """
        Return how often the amounts change sign in the order of time.

        Example:
            >>> Equation.netted(enumerate([-1, 6, -11, 6]), 1).sign_changes()
            3
        """
        return sign_changes(self.amounts)

    def proposed_rate(self, digits: int, positive: bool) -> float:
        """
        Return a float near the root, good to `digits` decimals where floats reach.

        Example:
            >>> equation = Equation.netted([(0, -100), (1, 110)], 1)
            >>> round(equation.proposed_rate(10, False), 9)
            0.1
        """
        return proposed_rate(self, digits, positive)

    def sign_at(self, above: int, below: int) -> tuple[Sign, str]:
        """
        Return the sign of the value at the rate `above / below`, and what decided it.

        Example:
            >>> Equation.netted([(0, -100), (1, 110)], 1).sign_at(5, 100)
            (<Sign.POSITIVE: 1>, 'float filter')
        """
        return sign_at(self, above, below)

    def proved_sign(self, above: int, below: int) -> tuple[Sign, str]:
        """
        Return what `sign_at` returns, decided without a float.

        Example:
            >>> Equation.netted([(0, -100), (1, 110)], 1).proved_sign(1, 10)
            (<Sign.ZERO: 0>, 'exact')
        """
        return proved_sign(self, above, below)

    def value(self, rate: Fraction) -> Fraction:
        """
        Return the value of the amounts at a rate, good to some thirty digits.

        Example:
            >>> float(Equation.netted([(0, -100), (1, 120)], 1).value(Fraction(1, 4)))
            -0.2
        """
        return Fraction(enclosure(self, 1 + rate, 40)[0])

    def uniqueness(self) -> str:
        """
        Return what proves that there is one root, and where.

        The number of roots above -1 is at most the number of sign changes, and has its
        parity (Descartes' rule, for real exponents). Where the running sums change sign
        once and do not end at zero, exactly one root is positive (Norstrom): the value
        is the force of interest times the Laplace transform of the running sum, which
        changes sign no more often than the sum does.

        Returns:
            `"all"`: one root above -100 %; `"positive"`: one root above zero, and
            nothing is said about negative ones.

        Raises:
            NoSignChangeError: If all amounts have one sign.
            NotUniqueError: If neither is the case; `got` is the number of changes.

        Example:
            >>> Equation.netted(enumerate([-100, 60, -10, 90]), 1).uniqueness()
            'positive'

        Source: C. J. Norstrom, "A sufficient condition for a unique nonnegative
        internal rate of return", Journal of Financial and Quantitative Analysis 7
        (1972); recalled, not checked against the text.
        """
        changes = changes_or_refuse(self.amounts)
        if changes == 1:
            return "all"
        sums = list(accumulate(self.amounts))
        if sums[-1] and sign_changes(sums) == 1:
            return "positive"
        raise NotUniqueError(
            "sign changes of the cash flows",
            got=changes,
            allowed="1, or running sums that change sign once and do not end at zero",
            do="ask for the present value at a rate of your own",
        )

    def __str__(self) -> str:
        time = {1: "period", 365: "days / 365"}.get(self.unit, f"time / {self.unit}")
        return (
            f"0 = sum of amount / (1 + rate) ** ({time}), over {len(self.times)} "
            "netted cash flows"
        )


def weights_of(amounts: Sequence[int]) -> tuple[float, ...]:
    """
    Return amounts as floats, or nothing where they are too large for sums of floats.

    Example:
        >>> weights_of((-100, 110)), weights_of((2**441, -1))
        ((-100.0, 110.0), ())
    """
    try:
        weights = tuple(map(float, amounts))
    except OverflowError:
        return ()
    return weights if hypot(*weights) <= _MAX_WEIGHT else ()
