"""
One table: how fast each library plans a loan, and which loans it gets wrong.

    python benchmarks/peers.py [rounds]

Every library gets the same loan: level monthly payments, interest a twelfth of the
year's, cents, half-up where it lets one choose. Terms are built before the clock
starts; a call returns every row. The peers are installed for this comparison only; one
that is missing is named as not installed.
"""

import platform
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

from floors import decimal_level, integer_level
from judging import CASES, TIMED, Case, Row, judge
from rounds import Timing, interleaved

_PATIENCE_SECONDS = 5
_ROUNDS = 40
_BASE = "bare Decimal loop"


class Peer(NamedTuple):
    """A library: how it takes the terms, plans them, and what its rows say."""

    name: str
    distribution: str | None
    prepare: Callable[[Case], Callable[[], Any]]
    """Builds the terms; the call that it returns plans them, and is what is timed."""
    rows: Callable[[Any, Case], Sequence[Row]]


def _prepare_decimal_loop(case: Case) -> Callable[[], Any]:
    principal, rate = Decimal(case.principal), Decimal(case.percent) / 1200
    return lambda: decimal_level(principal, rate, case.count)


def _decimal_loop_rows(plan: Any, case: Case) -> list[Row]:
    return [Row(*amounts) for _, *amounts in plan]


def _prepare_integer_loop(case: Case) -> Callable[[], Any]:
    cents = int(Decimal(case.principal) * 100)
    above, below = case.growth.as_integer_ratio()
    return lambda: integer_level(cents, above, below, case.count)


def _integer_loop_rows(plan: Any, case: Case) -> list[Row]:
    return [
        Row(*(Decimal(cents).scaleb(-2) for cents in (part + due, part, due, balance)))
        for part, due, balance in zip(*plan, strict=True)
    ]


def _prepare_loanmath(case: Case) -> Callable[[], Any]:
    from loanmath import MONTHLY, InstallmentLoan, LevelPayment, Rate

    loan = InstallmentLoan(
        currency="USD",
        principal=case.principal,
        disbursed=case.start,
        every=MONTHLY,
        rate=Rate(f"{case.percent}%/year"),
        repayment=LevelPayment(case.count),
    )
    return lambda: list(loan.schedule())


def _loanmath_rows(plan: Any, case: Case) -> list[Row]:
    return [
        Row(row.payment, row.principal, row.interest, row.closing, row.due)
        for row in plan
    ]


def _prepare_mortgagemath(case: Case) -> Callable[[], Any]:
    from mortgagemath import LoanParams, PaymentRounding, amortization_schedule

    terms = LoanParams(
        principal=Decimal(case.principal),
        annual_rate=Decimal(case.percent),
        term_months=case.count,
        payment_rounding=PaymentRounding.ROUND_HALF_UP,
    )
    return lambda: amortization_schedule(terms)


def _mortgagemath_rows(plan: Any, case: Case) -> list[Row]:
    return [
        Row(row.payment, row.principal, row.interest, row.balance) for row in plan[1:]
    ]


def _prepare_repaykit(case: Case) -> Callable[[], Any]:
    from repaykit import Loan

    loan = Loan.create(
        amount=Decimal(case.principal),
        annual_rate=Decimal(case.percent) / 100,
        term=f"{case.count} months",
        payment_frequency="monthly",
        method="reducing_balance",
        start_date=case.start,
        currency="USD",
    )
    return loan.schedule


def _repaykit_rows(plan: Any, case: Case) -> list[Row]:
    return [
        Row(
            row.installment,
            row.principal,
            row.profit,
            row.closing_balance,
            row.due_date,
        )
        for row in plan
    ]


def _prepare_pyloan(case: Case) -> Callable[[], Any]:
    from pyloan import pyloan

    loan = pyloan.Loan(
        loan_amount=float(case.principal),
        interest_rate=float(case.percent),
        loan_term=case.count,
        loan_term_period="M",
        start_date=case.start.isoformat(),
        payment_end_of_month=False,
    )
    return loan.get_payment_schedule


def _pyloan_rows(plan: Any, case: Case) -> list[Row]:
    return [
        Row(
            row.payment_amount,
            row.total_principal_amount,
            row.interest_amount,
            row.loan_balance_amount,
            row.date.date(),
        )
        for row in plan[1:]
    ]


def _prepare_numpy_financial(case: Case) -> Callable[[], Any]:
    import numpy as np
    import numpy_financial

    principal, rate = float(case.principal), float(case.percent) / 1200

    def plan() -> list[tuple[float, float, float]]:
        numbers = np.arange(1, case.count + 1)
        interest = -numpy_financial.ipmt(rate, numbers, case.count, principal)
        part = -numpy_financial.ppmt(rate, numbers, case.count, principal)
        balance = principal - part.cumsum()
        return list(
            zip(part.tolist(), interest.tolist(), balance.tolist(), strict=True)
        )

    return plan


def _numpy_financial_rows(plan: Any, case: Case) -> list[Row]:
    # It leaves rounding to its caller, who prints two decimals.
    def printed(amount: float) -> str:
        return f"{amount + 0.0:.2f}"

    return [
        Row(printed(part + interest), *map(printed, (part, interest, balance)))
        for part, interest, balance in plan
    ]


PEERS = (
    Peer(_BASE, None, _prepare_decimal_loop, _decimal_loop_rows),
    Peer("integer-cents loop", None, _prepare_integer_loop, _integer_loop_rows),
    Peer("loanmath", "loanmath", _prepare_loanmath, _loanmath_rows),
    Peer("mortgagemath", "mortgagemath", _prepare_mortgagemath, _mortgagemath_rows),
    Peer("repaykit", "repaykit", _prepare_repaykit, _repaykit_rows),
    Peer("pyloan", "pyloan", _prepare_pyloan, _pyloan_rows),
    Peer(
        "numpy-financial",
        "numpy-financial",
        _prepare_numpy_financial,
        _numpy_financial_rows,
    ),
)


class NoAnswerError(Exception):
    """A library did not answer in time."""


@contextmanager
def _patience(seconds: int) -> Iterator[None]:
    def give_up(number: int, frame: object) -> None:
        raise NoAnswerError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def verdict(peer: Peer, case: Case) -> str:
    """Return what the judge says of a library's rows, or the exception it raised."""
    try:
        with _patience(_PATIENCE_SECONDS):
            rows = peer.rows(peer.prepare(case)(), case)
    except NoAnswerError:
        return f"no answer in {_PATIENCE_SECONDS} s"
    except Exception as refusal:
        return type(refusal).__name__
    return judge(case, rows)


def installed_version(peer: Peer) -> str | None:
    """Return a library's version, "" for a loop of this folder, `None` if missing."""
    if peer.distribution is None:
        return ""
    try:
        return version(peer.distribution)
    except PackageNotFoundError:
        return None


def table(rounds: int = _ROUNDS) -> str:
    """Return the whole comparison as a Markdown table."""
    versions = {peer.name: installed_version(peer) for peer in PEERS}
    present = [peer for peer in PEERS if versions[peer.name] is not None]
    timings = {
        count: interleaved({peer.name: peer.prepare(case) for peer in present}, rounds)
        for count, case in TIMED.items()
    }
    headings = ["library", "version"]
    headings += [f"n = {count}, µs: min (median)" for count in TIMED]
    headings += [f"ratio, n = {count}" for count in TIMED]
    headings += [case.label for case in CASES]
    lines = [headings, ["---"] * len(headings)]
    for peer in PEERS:
        if peer not in present:
            lines.append([peer.name, "not installed"] + [""] * (len(headings) - 2))
            continue
        line = [peer.name, versions[peer.name] or "-"]
        line += [_microseconds(timings[count][peer.name]) for count in TIMED]
        line += [
            f"{timings[count][peer.name].best / timings[count][_BASE].best:.2f}"
            for count in TIMED
        ]
        lines.append(line + [verdict(peer, case) for case in CASES])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _microseconds(timing: Timing) -> str:
    best, middle = (
        f"{1e6 * seconds:,.{1 if seconds < 1e-4 else 0}f}" for seconds in timing
    )
    return f"{best} ({middle})"


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS
    print(
        f"{platform.python_implementation()} {platform.python_version()},"
        f" {platform.system()} {platform.machine()}, {rounds} rounds\n"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        print(table(rounds))


if __name__ == "__main__":
    main()
