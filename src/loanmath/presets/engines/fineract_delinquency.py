"""How the test suite of Apache Fineract cuts days past due into ranges."""

from loanmath.analysis.delinquency import BucketScheme

__all__ = ["FINERACT_RANGES"]

FINERACT_RANGES = BucketScheme(
    "Fineract ranges", [0, 3, 30, 60, 90, 120, 150, 180, 240], edge="above"
)
"""1–3 and 4–30 days, in steps of 30 up to 180, 181–240 and more."""
