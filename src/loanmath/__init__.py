"""Loan mathematics right to the cent."""
