"""Importing costs nothing that is not used, and touches nothing."""

import subprocess
import sys

PROBE = """
import sys
seen = []
sys.addaudithook(lambda event, args: seen.append((event, args)))
before = set(sys.modules)
import loanmath
loaded = {name for name in sys.modules if name.startswith("loanmath.")}
assert not loaded, loaded
%s
heavy = {"numpy", "pandas", "cattrs", "hypothesis", "holidays", "chinese_calendar"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
opened = [args[0] for event, args in seen if event == "open"]
code = (".py", ".pyc", ".so")
strange = [path for path in opened if isinstance(path, str) and not path.endswith(code)]
strange = [path for path in strange if ".pyc." not in path]
assert not strange, strange
forbidden = ("socket.", "subprocess.", "os.putenv", "os.system", "urllib.")
assert not [event for event, _ in seen if event.startswith(forbidden)]
print("clean")
"""

USE = """
from datetime import date
loan = loanmath.InstallmentLoan(
    currency="CNY", principal="10000", disbursed=date(2026, 1, 15),
    every=loanmath.MONTHLY, rate=loanmath.Rate("0.04%/day"),
    repayment=loanmath.LevelPayment(12))
print(loan.schedule())
"""


def run(code):
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_import_loads_no_room_and_opens_no_file():
    assert run(PROBE % "") == "clean\n"


def test_use_needs_attrs_and_dateutil_only():
    assert run(PROBE % USE).endswith("clean\n")
