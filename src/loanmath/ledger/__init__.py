"""Balances as a pure fold of what happened: integers in, a value out."""

__all__: list[str] = []
