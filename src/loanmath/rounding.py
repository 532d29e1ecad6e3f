"""
Rounding rules, which are terms of a contract, and the one exact integer division.

A `Rounding` says how an amount becomes a whole number of units (mode) and which unit
that is: the currency's minor unit, a coarser multiple of it, or, for contracts that do
not round, a much finer one.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from loanmath.doors import decimal_parts, to_enum
from loanmath.errors import InputValueError, LimitError

__all__ = ["Rounding", "RoundingMode", "divide", "divider", "offset", "round_all"]


class RoundingMode(Enum):
    """
    How an amount that lies between two units becomes one of them (舍入方式).

    `HALF_UP` takes ties away from zero (四舍五入), `HALF_EVEN` to the even unit
    (四舍六入五成双), `UP` goes away from zero (进一), `DOWN` towards zero (截位),
    `FLOOR` to minus infinity, `CEILING` to plus infinity. The names mean what they
    mean in Python's `decimal` module.
    """

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    UP = "up"
    DOWN = "down"
    FLOOR = "floor"
    CEILING = "ceiling"


def _half_up(numerator: int, denominator: int) -> int:
    # Half of an odd denominator may be cut to a whole: no quotient then ends in a half.
    half = denominator >> 1
    if numerator >= 0:
        return (numerator + half) // denominator
    return -((half - numerator) // denominator)


def _half_even(numerator: int, denominator: int) -> int:
    quotient, rest = divmod(numerator, denominator)
    twice = 2 * rest
    if twice > denominator or (twice == denominator and quotient & 1):
        return quotient + 1
    return quotient


def _up(numerator: int, denominator: int) -> int:
    if numerator < 0:
        return numerator // denominator
    return -(-numerator // denominator)


def _down(numerator: int, denominator: int) -> int:
    if numerator < 0:
        return -(-numerator // denominator)
    return numerator // denominator


def _floor(numerator: int, denominator: int) -> int:
    return numerator // denominator


def _ceiling(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


_DIVIDERS: dict[RoundingMode, Callable[[int, int], int]] = {
    RoundingMode.HALF_UP: _half_up,
    RoundingMode.HALF_EVEN: _half_even,
    RoundingMode.UP: _up,
    RoundingMode.DOWN: _down,
    RoundingMode.FLOOR: _floor,
    RoundingMode.CEILING: _ceiling,
}


def divider(mode: RoundingMode) -> Callable[[int, int], int]:
    """
    Return the exact division that rounds in `mode`, for loops that divide often.

    Example:
        >>> half_up = divider(RoundingMode.HALF_UP)
        >>> half_up(1, 2), half_up(-1, 2), half_up(5, 2)
        (1, -1, 3)
    """
    return _DIVIDERS[mode]


def divide(numerator: int, denominator: int, mode: RoundingMode) -> int:
    """
    Divide two integers exactly and round the quotient to an integer in `mode`.

    Formula: `round(numerator / denominator)`, decided by the integer remainder, so ties
    are exact.

    Args:
        numerator: Any integer.
        denominator: A positive integer.
        mode: The rounding mode.

    Returns:
        The rounded quotient.

    Raises:
        InputValueError: If the denominator is not positive.

    Example:
        >>> [divide(-5, 2, mode) for mode in RoundingMode]
        [-3, -2, -3, -2, -3, -2]
    """
    if denominator <= 0:
        raise InputValueError("denominator", got=denominator, allowed="above zero")
    return _DIVIDERS[mode](numerator, denominator)


_OFFSETS: dict[Callable[[int, int], int], Callable[[int], int]] = {
    _half_up: lambda denominator: denominator >> 1,
    _up: lambda denominator: denominator - 1,
    _down: lambda _: 0,
    _floor: lambda _: 0,
    _ceiling: lambda denominator: denominator - 1,
}


def offset(rounded: Callable[[int, int], int], denominator: int) -> int | None:
    """
    Return what a rounding adds to a numerator from zero on before it divides down.

    Formula: `rounded(n, d) = floor((n + offset) / d)` for `n >= 0`, so that a loop may
    add it, and divide, together with all else that joins a balance.

    Args:
        rounded: A function that `divider` or `Rounding.quotient` returned.
        denominator: A positive integer.

    Returns:
        The offset; `None` where the mode looks at the quotient (half-even), or the unit
        is a multiple of what the numerators count.

    Example:
        >>> [offset(divider(mode), 100) for mode in RoundingMode]
        [50, None, 99, 0, 0, 99]
    """
    found = _OFFSETS.get(rounded)
    return None if found is None else found(denominator)


def round_all(
    amounts: Sequence[int],
    share: int,
    whole: int,
    rounded: Callable[[int, int], int],
) -> list[int]:
    """
    Return a share of each of some amounts, `rounded(amount * share, whole)`.

    Example:
        >>> round_all([1_005_000, 49], 1, 100, divider(RoundingMode.HALF_UP))
        [10050, 0]
    """
    added = offset(rounded, whole)
    if added is None or share < 0 or (amounts and min(amounts) < 0):
        return [rounded(amount * share, whole) for amount in amounts]
    return [(amount * share + added) // whole for amount in amounts]


_MAX_DIGITS = 30


def _to_mode(mode: object) -> RoundingMode:
    return to_enum(mode, RoundingMode, "rounding mode")


def _to_unit(unit: object) -> Decimal | None:
    if unit is None:
        return None
    coefficient, exponent = decimal_parts(unit, "rounding unit")
    if coefficient <= 0:
        raise InputValueError("rounding unit", got=unit, allowed="above zero")
    while coefficient % 10 == 0:
        coefficient, exponent = coefficient // 10, exponent + 1
    if exponent < -_MAX_DIGITS or coefficient * 10 ** max(exponent, 0) > 10**6:
        raise LimitError(
            "rounding unit", got=unit, allowed=f"1E-{_MAX_DIGITS} to 1,000,000"
        )
    return Decimal(f"{coefficient}E{exponent}")


@frozen
class Rounding:
    """
    A rounding rule: the mode, and the unit that amounts are rounded to (舍入规则).

    Args:
        mode: A `RoundingMode` or its name: `"half_up"`, `"half_even"`, `"up"`,
            `"down"`, `"floor"`, `"ceiling"`.
        unit: The unit in major units of currency, as a decimal string: `"1"` for
            whole yuan, `"0.05"` for five cents. `None` is the finest unit that the
            contract keeps: the currency's minor unit, unless nothing is rounded.

    Raises:
        UnknownNameError: If the mode is not known.
        InputValueError: If the unit is not a positive decimal number.
        LimitError: If the unit is above 1,000,000 or finer than 30 decimals.

    Example:
        >>> Rounding("half_even")
        Rounding(mode=<RoundingMode.HALF_EVEN: 'half_even'>, unit=None)
        >>> Rounding("ceiling", unit="1").unit
        Decimal('1')

    Source: The modes are those of the General Decimal Arithmetic specification 1.70
    (M. Cowlishaw, 2009), as in Python's `decimal`.
    """

    mode: RoundingMode = field(
        default=RoundingMode.HALF_UP,
        converter=_to_mode,
    )
    unit: Decimal | None = field(default=None, converter=_to_unit)

    @classmethod
    def unrounded(cls, digits: int = 20) -> "Rounding":
        """
        Return the rule of a contract that does not round: the unit is 10^-digits.

        The arithmetic stays in integers, of that much finer unit, rounded half-even.

        Args:
            digits: Decimals kept, 1 to 30.

        Returns:
            The rule.

        Raises:
            LimitError: If `digits` is not from 1 to 30.

        Example:
            >>> Rounding.unrounded(12).unit
            Decimal('1E-12')
        """
        if type(digits) is not int or not 1 <= digits <= _MAX_DIGITS:
            raise LimitError(
                "digits", got=digits, allowed=f"an int, 1 to {_MAX_DIGITS}"
            )
        return cls(RoundingMode.HALF_EVEN, Decimal(f"1E-{digits}"))

    def digits(self, currency_digits: int) -> int:
        """
        Return the decimals that amounts under this rule need, at least the currency's.

        Args:
            currency_digits: Decimals of the currency's minor unit, 0 to 4.

        Returns:
            The decimals of the finest amount.

        Example:
            >>> Rounding().digits(2), Rounding.unrounded(12).digits(2)
            (2, 12)
        """
        if self.unit is None:
            return currency_digits
        _, exponent = decimal_parts(self.unit, "rounding unit")
        return max(currency_digits, -exponent)

    def quotient(self, digits: int) -> Callable[[int, int], int]:
        """
        Return the function that rounds `numerator / denominator` by this rule.

        Args:
            digits: Decimals of the grid that the numerators count, at least
                `self.digits(...)`.

        Returns:
            A function of a numerator and a positive denominator; its results are
            integers of 10^-digits and multiples of the unit.

        Example:
            >>> to_five_cents = Rounding("half_up", unit="0.05").quotient(2)
            >>> to_five_cents(26, 2), to_five_cents(1273, 100)
            (15, 15)
        """
        divide_exactly = _DIVIDERS[self.mode]
        unit = self.units(digits)
        if unit == 1:
            return divide_exactly
        return lambda numerator, denominator: (
            unit * divide_exactly(numerator, denominator * unit)
        )

    def units(self, digits: int) -> int:
        """
        Return the unit as a multiple of 10^-digits, the grid that integers count.

        Args:
            digits: Decimals of the grid, at least `self.digits(...)`.

        Returns:
            The unit in grid steps; 1 where the unit is the grid itself.

        Raises:
            InputValueError: If the unit is finer than the grid.

        Example:
            >>> Rounding("half_up", unit="0.05").units(2)
            5
        """
        if self.unit is None:
            return 1
        coefficient, exponent = decimal_parts(self.unit, "rounding unit")
        if digits + exponent < 0:
            raise InputValueError(
                "rounding unit",
                got=str(self.unit),
                allowed=f"at most {digits} decimals",
            )
        return coefficient * int(10 ** (digits + exponent))
