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
from loanmath.account import Account, explain
from loanmath.line_account import LineAccount, explain_line
from loanmath.terms import (
    AmountCap,
    Compounding,
    LateCharge,
    PenaltyInterest,
    Prepayment,
    PrepaymentFee,
    Servicing,
)

DIRECTORY = Path(__file__).parents[2] / "examples"
CARD = DIRECTORY / "bank_card.toml"
EXAMPLES = sorted(path for path in DIRECTORY.glob("*.[tj][os]*") if path != CARD)
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


LOAN = loanmath.InstallmentLoan(
    currency="CNY",
    principal="10000",
    disbursed=date(2026, 1, 15),
    every="weekly",
    rate=loanmath.Rate("0.04%/day"),
    repayment=loanmath.LevelPayment(3),
    penalty=PenaltyInterest(
        multiple="1.5",
        grace_days=2,
        rounded="total",
        compounding=Compounding(["interest", "penalty", "compound"], "monthly", day=1),
    ),
    servicing=Servicing(
        interest_on="balance",
        late_charges=[LateCharge("late", "5%", least="10")],
        caps=[AmountCap("most", "10%", ["penalty", "compound", "fee"])],
        prepayment=Prepayment(effect="smaller", fee=PrepaymentFee("1%")),
    ),
)
FIRST, LAST = date(2026, 1, 15), date(2026, 2, 12)


def stream():
    """Events of an account, in no particular order."""
    january = date(2026, 1, 1).replace
    events = loanmath.events
    return [
        events.Reversal(id="x1", on=january(day=31), of="p2", reversed_as="today"),
        events.Payment(id="p1", on=january(day=22), amount="1000.01"),
        events.Payment(id="p2", on=january(day=26), amount="3000", effect="smaller"),
        events.Charge(id="c1", on=january(day=26), amount="12.34"),
        events.Waiver(id="w1", on=january(day=31), component="penalty", amount="33%"),
        events.InterestPause(id="s1", on=january(day=27)),
        events.InterestResume(id="s2", on=january(day=29)),
        events.Chargeback(id="b1", on=january(day=24), of="p1", amount="500"),
        events.TermsChange(
            id="t1", on=january(day=30), rate=loanmath.Rate("0.03%/day")
        ),
        events.Acceleration(id="a1", on=january(day=31), charge="3%"),
    ]


def account_texts(events):
    """Everything that a caller can print of an account."""
    account = Account.open(LOAN).record(*events)
    position, postings = account.position(LAST), account.postings()
    return [
        repr(account), str(position), position.to_csv(), position.to_html(),
        repr(position), str(position.installments), str(account.payoff(LAST)),
        str(account.statement(FIRST, LAST)), str(account.bridge(FIRST, LAST)),
        *map(str, postings), *map(explain, postings),
        *(explain(posting, "zh") for posting in postings),
        loanmath.events_to_json_lines(account.events),
    ]  # fmt: skip


def line_texts():
    """What a caller can print of some months of a credit line."""
    line = loanmath.read_line(CARD)
    happened = loanmath.read_events(DIRECTORY / "bank_card_year.csv")
    account = LineAccount.open(line, date(2025, 11, 7)).record(*happened)
    position, bill = account.position(date(2026, 6, 20)), account.statement(2026, 6)
    return [
        repr(account), str(position), repr(position), str(position.segments),
        str([one.total for one in position.segments]), str(bill), bill.to_html(),
        bill.to_markdown(), repr(bill), str(bill.total("purchase")), str(bill.items),
        *map(str, bill.postings()), *map(explain_line, bill.postings()),
        str(loanmath.line_document(line)),
    ]  # fmt: skip


def digest():
    """Everything that a caller can print of every example, in one hash."""
    total = hashlib.sha256("\n".join(account_texts(stream())).encode())
    total.update("\n".join(line_texts()).encode())
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


def test_the_order_in_which_events_are_entered_does_not_matter():
    events = stream()
    expected = account_texts(events)
    for turn in range(0, len(events), 2):
        turned = [*events[turn:], *events[:turn]]
        assert account_texts(turned) == account_texts(turned[::-1]) == expected
    # One by one, and each of them twice; what needs another event comes after it.
    account = Account.open(LOAN)
    for event in sorted(events, key=lambda event: hasattr(event, "of")):
        account = account.record(event).record(event)
    assert account == Account.open(LOAN).record(*events)
    assert account.position(LAST).to_csv() == expected[2]


if __name__ == "__main__":
    print(digest())
