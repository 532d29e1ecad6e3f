"""The same terms give the same bytes, whatever surrounds the process or the thread."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import (
    ROUND_05UP,
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Clamped,
    Context,
    FloatOperation,
    Inexact,
    Rounded,
    Subnormal,
    localcontext,
)
from itertools import product
from pathlib import Path

import pytest

import loanmath

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.[tj][os]*"))
ROUNDINGS = (
    ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN,
    ROUND_HALF_UP, ROUND_UP, ROUND_05UP,
)  # fmt: skip
HOSTILE = [
    Context(
        prec=prec,
        rounding=rounding,
        Emin=low,
        Emax=high,
        capitals=0,
        clamp=clamp,
        traps=traps,
    )
    for prec, rounding, (low, high, clamp), traps in product(
        (1, 3, 6, 28, 60),
        ROUNDINGS,
        ((-999999, 999999, 0), (-1, 1, 1)),
        ([], [Inexact, Rounded, Subnormal, Clamped, FloatOperation]),
    )
]


def digest():
    """Everything that a caller can print of every example, in one hash."""
    total = hashlib.sha256()
    for path in EXAMPLES:
        schedule = loanmath.read_terms(path).schedule()
        texts = [
            str(schedule), schedule.to_csv(), schedule.to_markdown(), schedule.to_html(),
            repr(schedule), str(schedule.rows()), str(schedule.columns()),
            str(schedule.by_year()), str(schedule.cash_flows()),
            str(loanmath.terms_document(schedule.loan)),
            str(schedule.explain(1, "payment")), str(schedule.explain(1, "interest")),
            str(loanmath.irr(schedule.cash_flows(), digits=6).percent)
            if schedule.totals.payment > schedule.totals.principal else "",
            str(loanmath.present_value(schedule.cash_flows(), "0.05")),
        ]  # fmt: skip
        total.update("\n".join(texts).encode())
    return total.hexdigest()


@pytest.fixture(scope="module")
def expected():
    return digest()


def test_160_ambient_contexts_change_nothing_and_are_not_changed(expected):
    assert len(HOSTILE) == 160
    for hostile in HOSTILE:
        with localcontext(hostile) as ambient:
            got = digest()
            flags = [flag for flag, raised in ambient.flags.items() if raised]
        assert got == expected, hostile
        assert not flags, hostile


def test_threads_change_nothing(expected):
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def in_context(number):
        with localcontext(HOSTILE[number % len(HOSTILE)]):
            return digest()

    try:
        with ThreadPoolExecutor(8) as threads:
            assert set(threads.map(in_context, range(32))) == {expected}
    finally:
        sys.setswitchinterval(interval)


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (["-O"], {}),
        (["-OO"], {}),
        ([], {"PYTHONHASHSEED": "1"}),
        ([], {"PYTHONHASHSEED": "4242"}),
        ([], {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"}),
        (
            [],
            {
                "TZ": "America/Los_Angeles",
                "LC_ALL": "de_DE.UTF-8",
                "LANG": "zh_CN.UTF-8",
            },
        ),
        (["-X", "int_max_str_digits=640"], {}),
        (["-X", "utf8=0"], {}),
    ],
)
def test_the_process_changes_nothing(options, environment, expected):
    done = subprocess.run(
        [sys.executable, *options, __file__],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == expected


def test_attrs_validators_switched_off_change_nothing(expected):
    from attrs import validators

    validators.set_disabled(True)
    try:
        assert digest() == expected
    finally:
        validators.set_disabled(False)


def test_locale_does_not_matter(expected):
    import locale

    before = locale.setlocale(locale.LC_ALL)
    for name in ("C", "C.UTF-8"):
        locale.setlocale(locale.LC_ALL, name)
        try:
            assert digest() == expected
        finally:
            locale.setlocale(locale.LC_ALL, before)


def test_the_order_of_stated_values_does_not_matter():
    fields = {
        "currency": "CNY", "principal": "10000", "disbursed": date(2026, 1, 15),
        "every": loanmath.MONTHLY, "rate": loanmath.Rate("0.04%/day"),
        "repayment": loanmath.LevelPayment(12),
    }  # fmt: skip
    one = loanmath.InstallmentLoan(**fields)
    other = loanmath.InstallmentLoan(**dict(reversed(fields.items())))
    assert one.schedule() == other.schedule()


if __name__ == "__main__":
    print(digest())
