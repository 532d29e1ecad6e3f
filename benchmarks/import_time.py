"""
What a program pays before its first schedule, above the bare interpreter.

    python benchmarks/import_time.py [rounds]

Every figure is CPU time of a new interpreter, from its start to the end of the program,
the minimum of many rounds in which all programs run in turn. Compiled code comes from a
cache made for the run, whatever the environment says of caches, as it does in a program
that has run before. The exit status is 1 if numpy was loaded on the way to a schedule.
"""

import os
import platform
import subprocess
import sys
from importlib.util import find_spec
from statistics import median
from tempfile import TemporaryDirectory

_ROUNDS = 21

_TERMS = """
from datetime import date
from loanmath import MONTHLY, InstallmentLoan, LevelPayment, Rate
loan = InstallmentLoan(currency="CNY", principal="10000", disbursed=date(2026, 1, 15),
    every=MONTHLY, rate=Rate("0.04%/day"), repayment=LevelPayment(12))
"""
_BARE = "bare interpreter"
_PROGRAMS = {
    _BARE: "",
    "import attrs": "import attrs",
    "import dateutil.relativedelta": "import dateutil.relativedelta",
    "import loanmath": "import loanmath",
    "level_payment(...)": (
        "from loanmath import Rate, level_payment\n"
        "level_payment('10000', Rate('1%/month'), 12)"
    ),
    "a loan": _TERMS,
    "a loan, planned": _TERMS + "loan.schedule()",
    "a loan, planned and printed": _TERMS + "str(loan.schedule())",
}
_PEERS = ("mortgagemath", "repaykit", "pyloan", "numpy_financial")
_WATCHED = ("attrs", "cattrs", "dateutil", "decimal", "numpy")
# process_time counts from the start of the process, so the interpreter is in it.
_REPORT = """
import sys, time
print(time.process_time(), *sorted(set({watched}) & set(sys.modules)))
"""


def run(program: str, cache: str) -> tuple[float, list[str]]:
    """Run a program in a new interpreter; return its CPU seconds and what it loaded."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", program + "\n" + _REPORT.format(watched=_WATCHED)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    seconds, *loaded = done.stdout.split("\n")[-2].split()
    return float(seconds), loaded


def measured(
    programs: dict[str, str], rounds: int
) -> tuple[dict[str, list[float]], dict[str, list[str]]]:
    """Return the CPU seconds of every round, and the modules loaded, by program."""
    samples: dict[str, list[float]] = {name: [] for name in programs}
    loaded: dict[str, list[str]] = {}
    with TemporaryDirectory() as cache:
        for number in range(rounds + 1):
            for name, program in programs.items():
                seconds, loaded[name] = run(program, cache)
                # The first round compiles.
                if number:
                    samples[name].append(seconds)
    return samples, loaded


def main() -> int:
    """Print the table; return 1 if a schedule needed numpy."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS
    peers = [f"import {name}" for name in _PEERS if find_spec(name)]
    programs = {**_PROGRAMS, **dict(zip(peers, peers, strict=True))}
    samples, loaded = measured(programs, rounds)
    bare_best, bare_middle = min(samples[_BARE]), median(samples[_BARE])
    print(f"Python {platform.python_version()}, {rounds} rounds\n")
    print("| program | CPU ms above the bare interpreter: min (median) | loads |")
    print("| --- | --: | --- |")
    for name, taken in samples.items():
        best, middle = min(taken) - bare_best, median(taken) - bare_middle
        if name == _BARE:
            best, middle = bare_best, bare_middle
        figures = f"{1000 * best:.1f} ({1000 * middle:.1f})"
        print(f"| {name} | {figures} | {', '.join(loaded[name]) or '-'} |")
    guilty = [name for name in _PROGRAMS if "numpy" in loaded[name]]
    print(f"\nnumpy loaded by loanmath: {', '.join(guilty) or 'never'}")
    return 1 if guilty else 0


if __name__ == "__main__":
    raise SystemExit(main())
