"""Hypothesis profiles (`fast`, or by environment variable), and a fixture for ledgers."""

import os

import pytest
from hypothesis import HealthCheck, settings

_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("fast", max_examples=60, **_COMMON)
settings.register_profile("ci", max_examples=300, derandomize=True, **_COMMON)
settings.register_profile("deep", max_examples=20_000, **_COMMON)
settings.register_profile(
    "mutation", max_examples=25, derandomize=True, database=None, **_COMMON
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


@pytest.fixture(params=["at once", "in steps"])
def either_way(request, monkeypatch):
    """Have a test run twice: with payments that go at once, and with all in steps."""
    if request.param == "in steps":
        monkeypatch.setattr(
            "loanmath.ledger.fold.paid_at_once", lambda state, event: ()
        )
