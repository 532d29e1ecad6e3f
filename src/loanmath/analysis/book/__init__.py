"""Measures of a book of accounts."""

__all__: list[str] = []
