"""
What a rate of return costs, each of six decimals proved, beside libraries of floats.

    python benchmarks/rates.py [rounds]

A loan of 10,000 at 12 % in level monthly payments, as dates and amounts: 13, 37 and 361
flows, once with amounts as `Decimal` and once as whole cents. The measure is
`pyxirr.xirr` of the same objects in the same run, which is checked to find the same six
decimals but proves none. The peers are installed for this comparison only; one that is
missing is named as not installed.
"""

import platform
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

from rounds import Timing, interleaved

from loanmath import irr
from loanmath.yields import CN_SIMPLE, EU_APRC, US_REG_Z, XIRR, apr

_ROUNDS, _SLOW_ROUNDS, _DIGITS = 40, 3, 6
PAYMENTS = {12: 88849, 36: 33214, 360: 10286}
KINDS = ("Decimal", "int")
Call = Callable[[], Any]


class Flows(NamedTuple):
    """The flows of one loan: their days, and their amounts in three forms."""

    days: list[date]
    amounts: dict[str, list[Any]]

    def pairs(self, kind: str) -> list[tuple[date, Any]]:
        return list(zip(self.days, self.amounts[kind], strict=True))


def flows_of(count: int) -> Flows:
    """Return the flows of a loan of so many monthly payments."""
    days = [date(2026 + k // 12, k % 12 + 1, 15) for k in range(count + 1)]
    cents = [-1_000_000] + [PAYMENTS[count]] * count
    amounts: dict[str, list[Any]] = {
        "Decimal": [Decimal(f"{amount // 100}.{amount % 100:02}") for amount in cents],
        "int": cents,
        "float": [amount / 100 for amount in cents],
    }
    return Flows(days, amounts)


def ours(flows: Flows) -> dict[str, Call]:
    """Return each way to ask this library, reading the value at the end."""
    calls: dict[str, Call] = {}
    for kind in KINDS:
        pairs = flows.pairs(kind)
        calls[f"irr, {kind}"] = lambda pairs=pairs: irr(pairs, digits=_DIGITS).value
        for rule in (XIRR, CN_SIMPLE, US_REG_Z, EU_APRC):
            calls[f"apr, {rule.name}, {kind}"] = lambda pairs=pairs, rule=rule: (
                apr(pairs, rule, digits=_DIGITS).value
            )
    return calls


def theirs(flows: Flows) -> dict[str, Call]:
    """Return the calls of the libraries that are installed."""
    calls: dict[str, Call] = {}
    try:
        import pyxirr

        for kind, amounts in flows.amounts.items():
            calls[f"pyxirr.xirr, {kind}"] = lambda amounts=amounts: pyxirr.xirr(
                flows.days, amounts
            )
    except ImportError:
        pass
    try:
        import numpy as np
        from scipy.optimize import brentq

        values = np.array(flows.amounts["float"])
        years = np.array([(day - flows.days[0]).days / 365 for day in flows.days])
        calls["scipy brentq over numpy, float"] = lambda: brentq(
            lambda rate: float((values * (1 + rate) ** -years).sum()),
            -0.5,
            10,
            xtol=1e-9,
        )
    except ImportError:
        pass
    return calls


def slow(flows: Flows) -> dict[str, Call]:
    """Return the peer that finds all roots of a polynomial, a second for 361 flows."""
    try:
        import numpy_financial
    except ImportError:
        return {}
    return {
        "numpy-financial irr (periods), float": lambda: numpy_financial.irr(
            flows.amounts["float"]
        )
    }


def check(calls: dict[str, Call]) -> None:
    """Refuse to time rates that differ."""
    shown = {
        f"{call():.{_DIGITS}f}"
        for name, call in calls.items()
        if name.startswith(("irr", "apr, XIRR", "pyxirr", "scipy"))
    }
    if len(shown) != 1:
        raise SystemExit(f"rates differ: {sorted(shown)}")


def measured(count: int, rounds: int) -> dict[str, Timing]:
    """Return the timing of every candidate for one loan."""
    flows = flows_of(count)
    # Each of ours runs beside a peer, so that none always comes after the same one.
    calls = theirs(flows) | ours(flows)
    check(calls)
    slowest = interleaved(slow(flows), _SLOW_ROUNDS, 0.001)
    return interleaved(calls, rounds) | slowest


def _cells(name: str, found: dict[str, Timing]) -> list[str]:
    best = found[name].best
    kind = name.rsplit(", ", 1)[1]
    ratios = []
    for peer in dict.fromkeys((kind, "float")):
        base = found.get(f"pyxirr.xirr, {peer}")
        ratios.append(f"{best / base.best:.1f}" if base else "")
    return [f"{best * 1e6:,.1f}", ratios[0], ratios[-1]]


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS
    tables = {count: measured(count, rounds) for count in PAYMENTS}
    print(f"{platform.python_implementation()} {platform.python_version()},", end=" ")
    print(", ".join(map(_installed, ("pyxirr", "scipy", "numpy-financial"))))
    heads = [
        f"{count + 1} flows, µs | × pyxirr | × pyxirr of floats" for count in tables
    ]
    print(f"| rate, by the form of amounts | {' | '.join(heads)} |")
    print("| --- |" + " --: | --: | --: |" * len(tables))
    for name in tables[min(tables)]:
        cells = [cell for found in tables.values() for cell in _cells(name, found)]
        print(f"| {name} | {' | '.join(cells)} |")


def _installed(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} not installed"


if __name__ == "__main__":
    main()
