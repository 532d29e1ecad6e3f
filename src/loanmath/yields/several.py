"""Where the rates lie, when more than one may fit."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import ceil, expm1, floor, log1p

from loanmath.currency import amount_text
from loanmath.errors import NotUniqueError
from loanmath.yields.rate_equation import RateEquation
from loanmath.yields.sign import Sign

__all__ = ["several_rates"]

_POINTS = 120
_SCALE = 10**7
_LOWEST, _HIGHEST = log1p(-0.99), log1p(10_000.0)
_PARTS = 10_000


def several_rates(
    equation: RateEquation, multiple: Fraction, error: NotUniqueError
) -> NotUniqueError:
    """
    Return the error of an equation with several roots, saying between what they lie.

    An interval is named if the value has opposite signs at its ends, both proved, or is
    zero at one, so that a root is in it. Two roots near each other may go unseen.

    Args:
        equation: The equation.
        multiple: How many times the root the rate is.
        error: What `uniqueness` raised.

    Example:
        >>> from loanmath.yields.equation import Equation
        >>> equation = Equation.netted([(0, -100), (1, 230), (2, -132)], 1)
        >>> found = NotUniqueError("sign changes", got=2, allowed="1", do="choose")
        >>> several_rates(equation, Fraction(1), found).do
        'there are rates in 9.99% to 10.01%, 19.99% to 20.01%: choose'
    """
    found = ", ".join(
        f"{_percent(floor(low * multiple * 10_000))} to "
        f"{_percent(ceil(high * multiple * 10_000))}"
        for low, high in _intervals(equation)
    )
    seen = f"there are rates in {found}" if found else "no rate was found"
    return NotUniqueError(
        error.what, got=error.got, allowed=error.allowed, do=f"{seen}: {error.do}"
    )


def _intervals(equation: RateEquation) -> Iterator[tuple[Fraction, Fraction]]:
    width = (_HIGHEST - _LOWEST) / _POINTS
    points = [round(expm1(_LOWEST + width * k) * _SCALE) for k in range(_POINTS + 1)]
    signs = [(point, _sign(equation, point)) for point in points]
    for (below, left), (above, right) in pairwise(signs):
        if right is Sign.ZERO:
            yield Fraction(above, _SCALE), Fraction(above, _SCALE)
        elif left is not Sign.ZERO and left is not right:
            low, high = _narrowed(equation, below, above, left)
            yield Fraction(low, _SCALE), Fraction(high, _SCALE)


def _narrowed(
    equation: RateEquation, low: int, high: int, left: Sign
) -> tuple[int, int]:
    """Return points near each other with a root between them, or at the higher one."""
    while high - low > 1 + (_SCALE + low) // _PARTS:
        middle = (low + high) // 2
        is_left = _sign(equation, middle) is left
        low, high = (middle, high) if is_left else (low, middle)
    return low, high


def _sign(equation: RateEquation, point: int) -> Sign:
    return equation.sign_at(point, _SCALE)[0]


def _percent(hundredths: int) -> str:
    return f"{amount_text(hundredths, 2)}%"
