"""
The equation of the United States Rule: interest is counted when a payment is made.

A payment covers accrued interest first, then the balance; interest that it does not
cover is kept apart and bears none. Where payments always cover it, the root is that of
the general equation with simple interest between payments.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import gcd
from typing import Self, TypeVar

from attrs import field, frozen

from loanmath.errors import NoSignChangeError
from loanmath.yields.equation import Equation
from loanmath.yields.sign import Sign, sign_of

__all__ = ["RuleEquation"]

_BISECTIONS = 80

NumberT = TypeVar("NumberT", float, Fraction)


@frozen
class RuleEquation:
    """
    What is left of a debt under the United States Rule, as a function of the rate.

    Make it with `RuleEquation.netted`.

    Attributes:
        amounts: Advances (the sign of the first) and payments (the other), none zero.
        times: When, ascending, the first one 0; in units of `1 / unit`.
        unit: How many units of time the rate is for.
        common: What the amounts were divided by.
        weights: The amounts as floats; empty where a float cannot hold them.

    Example:
        >>> equation = RuleEquation.netted([(0, -100), (1, 60), (2, 60)], 1)
        >>> equation.sign_at(10, 100)[0].name, equation.sign_at(14, 100)[0].name
        ('POSITIVE', 'NEGATIVE')

    Source: 12 CFR 1026 (Regulation Z), Appendix J (a)(1) and comment 22(a)(1); Story v.
    Livingston (1839); recalled, not checked against the texts.
    """

    amounts: tuple[int, ...]
    times: tuple[int, ...]
    unit: int
    common: int = field(default=1, eq=False, repr=False)
    weights: tuple[float, ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        weights = Equation(self.amounts, self.times, self.unit).weights
        object.__setattr__(self, "weights", weights)

    @classmethod
    def netted(cls, flows: Iterable[tuple[int, int]], unit: int) -> Self:
        """
        Return the equation of (time, amount) pairs in any order, each time netted.

        Example:
            >>> RuleEquation.netted([(1, 110), (0, -100)], 1).amounts
            (-10, 11)
        """
        sums: dict[int, int] = {}
        for time, amount in flows:
            sums[time] = sums.get(time, 0) + amount
        times = sorted(time for time, amount in sums.items() if amount)
        common = gcd(*(sums[time] for time in times)) or 1
        amounts = tuple(sums[time] // common for time in times)
        return cls(amounts, tuple(times), unit, common)

    @property
    def count(self) -> int:
        """
        How many flows were left after netting each time.

        Example:
            >>> RuleEquation.netted([(1, 110), (0, -100)], 1).count
            2
        """
        return len(self.times)

    def uniqueness(self) -> str:
        """
        Return where the one root is: above zero.

        Neither the balance nor the unpaid interest falls where the rate rises, and
        their sum rises once a balance has borne interest (what is overpaid bears none),
        so what is left at the end passes zero once; it does so above a rate of zero
        only if more is paid than was advanced.

        Raises:
            NoSignChangeError: If no more is paid than was advanced: no rate above zero
                fits.

        Example:
            >>> RuleEquation.netted([(0, -100), (1, 110)], 1).uniqueness()
            'positive'
        """
        first, left = self.amounts[0], sum(self.amounts)
        if left == 0 or (left > 0) is (first > 0):
            raise NoSignChangeError(
                "cash flows",
                got="no more paid than advanced",
                allowed="payments that add up to more than the advances",
            )
        return "positive"

    def proposed_rate(self, digits: int, positive: bool) -> float:  # noqa: ARG002
        """
        Return a float near the root, by halving.

        Example:
            >>> equation = RuleEquation.netted([(0, -100), (1, 110)], 1)
            >>> round(equation.proposed_rate(6, True), 9)
            0.1
        """
        low, high = 0.0, 1.0
        while self._left(high, self.weights) < 0 and high < 10_000:
            low, high = high, 2 * high
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2
            if self._left(middle, self.weights) < 0:
                low = middle
            else:
                high = middle
        return high

    def sign_at(self, above: int, below: int) -> tuple[Sign, str]:
        """
        Return the sign of what was overpaid at the rate `above / below`, exactly.

        Example:
            >>> RuleEquation.netted([(0, -100), (1, 110)], 1).sign_at(1, 10)
            (<Sign.ZERO: 0>, 'exact')
        """
        return self.proved_sign(above, below)

    def proved_sign(self, above: int, below: int) -> tuple[Sign, str]:
        """
        Return what `sign_at` returns.

        Example:
            >>> RuleEquation.netted([(0, -100), (1, 110)], 1).proved_sign(1, 20)
            (<Sign.POSITIVE: 1>, 'exact')
        """
        return sign_of(self.value(Fraction(above, below)).numerator), "exact"

    def value(self, rate: Fraction) -> Fraction:
        """
        Return what was overpaid at the end at a rate, exactly.

        Example:
            >>> RuleEquation.netted([(0, -100), (1, 120)], 1).value(Fraction(1, 4))
            Fraction(-1, 4)
        """
        left = self._left(rate, [Fraction(amount) for amount in self.amounts])
        return left if self.amounts[0] > 0 else -left

    def _left(self, rate: NumberT, amounts: Iterable[NumberT]) -> NumberT:
        """Return balance and unpaid interest after the last flow."""
        balance = interest = rate * 0
        for years, amount in self._steps(amounts):
            if balance > 0:
                interest += balance * rate * years / self.unit
            if amount > 0:
                balance += amount
            else:
                covered = min(interest, -amount)
                interest -= covered
                balance += amount + covered
        return balance + interest

    def _steps(self, amounts: Iterable[NumberT]) -> Iterator[tuple[int, NumberT]]:
        """Yield the time since the flow before, and the amount, advances above zero."""
        before, sign = self.times[0], 1 if self.amounts[0] > 0 else -1
        for time, amount in zip(self.times, amounts, strict=True):
            yield time - before, sign * amount
            before = time

    def __str__(self) -> str:
        return (
            "0 = balance and unpaid interest after the last payment, by the United "
            f"States Rule, over {self.count} netted cash flows"
        )
