"""How many positive roots a polynomial has, decided in whole numbers."""

from itertools import accumulate

from loanmath.yields.sign import sign_changes

__all__ = ["has_one_positive_root", "shifted"]

_MOST_HALVINGS = 60


def has_one_positive_root(coefficients: list[int]) -> bool:
    """
    Return whether a polynomial is proved to have one positive root, a simple one.

    The signs of the coefficients change as often as there are positive roots, or more
    often by an even number (Descartes). Where they change more than once, the roots are
    brought between 0 and 1, and that interval is halved until the same rule tells how
    many lie in each part (Vincent, Collins and Akritas). Roots that are closer together
    than 2^-60 of their bound, a double root above all, are not told apart: False.

    Args:
        coefficients: Whole numbers, that of the lowest power first.

    Example:
        >>> has_one_positive_root([-6, 11, -6, 1])  # 1, 2 and 3
        False
        >>> has_one_positive_root([-2, 3, -2, 1])
        True

    Source: G. E. Collins and A. G. Akritas, "Polynomial real root isolation using
    Descarte's rule of signs" (1976); recalled, not checked against the text.
    """
    polynomial = _stripped(coefficients)
    changes = sign_changes(polynomial)
    if changes <= 1:
        return changes == 1
    bits = max(_bound_bits(polynomial), 0)
    return _count(_scaled(polynomial, bits), 0, _MOST_HALVINGS + bits) == 1


def _stripped(coefficients: list[int]) -> list[int]:
    """Return coefficients without zeros at either end: no root moves but that at 0."""
    used = [power for power, value in enumerate(coefficients) if value]
    return coefficients[used[0] : used[-1] + 1] if used else []


def _bound_bits(polynomial: list[int]) -> int:
    """Return bits of a number above every root (Cauchy)."""
    largest = max(abs(value) for value in polynomial[:-1])
    return largest.bit_length() - abs(polynomial[-1]).bit_length() + 2


def _scaled(polynomial: list[int], bits: int) -> list[int]:
    """Return the polynomial in x times 2^bits."""
    return [value << (bits * power) for power, value in enumerate(polynomial)]


def shifted(polynomial: list[int]) -> list[int]:
    """
    Return the polynomial in x + 1.

    Example:
        >>> shifted([0, 0, 1])
        [1, 2, 1]
    """
    column = polynomial[::-1]
    for end in range(len(column), 1, -1):
        column[:end] = accumulate(column[:end])
    return column[::-1]


def _count(polynomial: list[int], found: int, halvings: int) -> int:
    """Return roots found already and those between 0 and 1, or 2 where it is unsure."""
    changes = sign_changes(shifted(polynomial[::-1]))
    if changes <= 1:
        return found + changes
    if halvings == 0:
        return 2
    last = len(polynomial) - 1
    lower = [value << (last - power) for power, value in enumerate(polynomial)]
    upper = shifted(lower)
    while upper[0] == 0:
        # The middle itself is a root, once for each power; both halves leave it out.
        found, upper = found + 1, upper[1:]
    for half in (lower, upper):
        if found <= 1:
            found = _count(half, found, halvings - 1)
    return min(found, 2)
