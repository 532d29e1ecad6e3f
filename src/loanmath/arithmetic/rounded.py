"""What a rounding is to the arithmetic: a numerator and a denominator in, units out."""

from collections.abc import Callable
from typing import TypeAlias

__all__ = ["Rounded"]

Rounded: TypeAlias = Callable[[int, int], int]
