"""The command line: `python -m loanmath schedule FILE`."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from loanmath.currency import amount_text
from loanmath.errors import LoanmathError

if TYPE_CHECKING:
    from loanmath.schedule import Schedule

__all__ = ["main"]

_BAD_INPUT = 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="loanmath", description="Loan mathematics, right to the cent."
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    schedule = commands.add_parser(
        "schedule",
        help="plan a loan and print its schedule",
        description="Plan a loan from a file of terms and print its schedule.",
        epilog="Exit codes: 0 printed, 1 the terms are refused, 2 wrong usage.",
    )
    schedule.add_argument("file", metavar="FILE", help="terms, .toml or .json")
    schedule.add_argument(
        "--format",
        choices=sorted(_FORMATS),
        default="table",
        help="what to print (default: table)",
    )
    return parser


def schedule_json(schedule: "Schedule") -> str:
    """
    Return a schedule as JSON: terms, installments and totals, amounts as strings.

    Example:
        >>> from datetime import date
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "2.3%"))
        >>> json.loads(schedule_json(loan.schedule()))["totals"]["fee"]
        '23.00'
    """
    from loanmath.serialization import terms_document  # noqa: PLC0415 optional extra

    columns = schedule.columns()
    amounts = {
        name: [
            amount_text(units, schedule.loan.digits, separator="")
            for units in columns[name]
        ]
        for name in list(columns)[4:]
    }
    installments = [
        {"number": number, "due": due.isoformat()}
        | {name: column[number - 1] for name, column in amounts.items()}
        for number, due in enumerate(columns["due"], start=1)
    ]
    document = {
        "terms": terms_document(schedule.loan),
        "installments": installments,
        "totals": {
            name: f"{sum_:f}" for name, sum_ in schedule.totals._asdict().items()
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


_FORMATS: dict[str, Callable[["Schedule"], str]] = {
    "table": str,
    "csv": lambda schedule: schedule.to_csv().rstrip("\n"),
    "json": schedule_json,
    "markdown": lambda schedule: schedule.to_markdown(),
    "html": lambda schedule: schedule.to_html(),
}


def _print_schedule(file: str, form: str) -> None:
    from loanmath.serialization import read_terms  # noqa: PLC0415 optional extra

    print(_FORMATS[form](read_terms(file).schedule()))


def _print_version() -> None:
    from importlib.metadata import version  # noqa: PLC0415 it costs 40 ms

    print(f"loanmath {version('loanmath')}")


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line.

    Args:
        arguments: The words after the program's name; those of the process by default.

    Returns:
        0 if all went well, 1 if the input was refused (the reason is on stderr). Wrong
        usage leaves with 2, as `argparse` does.

    Example:
        >>> main(["schedule", "no-such-file.toml"])
        1
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.version:
        _print_version()
        return 0
    if options.command is None:
        parser.print_usage(sys.stderr)
        return 2
    try:
        _print_schedule(options.file, options.format)
    except BrokenPipeError:
        # Whoever reads the output has seen enough, as `head` does: no error.
        return 0
    except (LoanmathError, OSError) as error:
        print(f"loanmath: {error}", file=sys.stderr)
        return _BAD_INPUT
    return 0


if __name__ == "__main__":
    sys.exit(main())
