"""Ceilings on what a loan may cost: which hold, whether it complies, and what would."""
