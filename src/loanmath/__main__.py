"""The command line: `python -m loanmath schedule FILE`, and what else it answers."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from loanmath.currency import amount_text
from loanmath.errors import LoanmathError

if TYPE_CHECKING:
    from loanmath.account import Account, Position
    from loanmath.account.postings import Posting
    from loanmath.account.statement import AccountStatement
    from loanmath.analysis import Sensitivity
    from loanmath.schedule import Schedule
    from loanmath.term_sheets import TermSheet
    from loanmath.terms import InstallmentLoan

__all__ = ["main"]

_BAD_INPUT = 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="loanmath", description="Loan mathematics, right to the cent."
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    schedule = _command(commands, "schedule", "plan a loan and print its schedule")
    _add_format(schedule, _FORMATS, "table")
    terms = _command(commands, "term-sheet", "write a loan out in plain words")
    _add_language(terms)
    _add_format(terms, _SHEETS, "text")
    moved = _command(commands, "sensitivity", "show what each convention would move")
    _add_format(moved, _EFFECTS, "table")
    solve = _command(commands, "solve", "solve for one unknown of a loan")
    solve.add_argument(
        "unknown",
        metavar="UNKNOWN",
        help="principal, payment, count, balloon or rate; not read from the file",
    )
    solve.add_argument(
        "--payment", help="the payment of an installment, if it is known"
    )
    _add_account(commands)
    _add_statement(commands)
    return parser


def _add_account(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    account = _command(commands, "account", "say what is owed on a day, and why")
    account.add_argument(
        "events", metavar="EVENTS", help="what happened, .csv or .jsonl"
    )
    account.add_argument(
        "--as-of", metavar="DATE", type=_day, required=True, help="the day"
    )
    account.add_argument(
        "--statement-from",
        metavar="DATE",
        type=_day,
        help="add the statement from this day on",
    )
    account.add_argument(
        "--explain", action="store_true", help="add a sentence for every posting"
    )
    _add_language(account)
    _add_format(account, _ACCOUNTS, "text")


def _add_statement(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    statement = _command(
        commands, "statement", "print the bill of a line of credit", what="a line"
    )
    statement.add_argument(
        "events", metavar="EVENTS", help="what happened, .csv or .jsonl"
    )
    statement.add_argument(
        "--cycle",
        metavar="MONTH",
        type=_month,
        required=True,
        help="the month in which the bill is made, as 2026-10",
    )
    statement.add_argument(
        "--explain", action="store_true", help="add a sentence for every posting"
    )
    _add_language(statement)
    _add_format(statement, _BILLS, "text")


# Known here as well, so that asking for help loads no room.
_BILLS: dict[str, None] = dict.fromkeys(["text", "csv", "json", "markdown", "html"])


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        message = f"{text!r} is not a month such as 2026-10"
        raise argparse.ArgumentTypeError(message) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is not a date such as 2026-03-01"
        raise argparse.ArgumentTypeError(message) from None


def _add_language(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--lang", choices=("en", "zh"), default="en", help="language (default: en)"
    )


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    purpose: str,
    what: str = "terms",
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}, from a file of {what}.",
        epilog="Exit codes: 0 printed, 1 the input is refused, 2 wrong usage.",
    )
    command.add_argument("file", metavar="FILE", help=f"{what}, .toml or .json")
    return command


def _add_format(
    command: argparse.ArgumentParser, formats: Mapping[str, object], default: str
) -> None:
    command.add_argument(
        "--format",
        choices=sorted(formats),
        default=default,
        help=f"what to print (default: {default})",
    )


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


_SHEETS: dict[str, Callable[["TermSheet"], str]] = {
    "text": str,
    "markdown": lambda sheet: sheet.to_markdown(),
}
_EFFECTS: dict[str, Callable[["Sensitivity"], str]] = {
    "table": str,
    "csv": lambda effects: effects.to_csv().rstrip("\n"),
    "html": lambda effects: effects.to_html(),
}


class _Told(NamedTuple):
    """What is told of an account: what is owed, and what was asked for beside it."""

    position: "Position"
    statement: "AccountStatement | None"
    postings: "tuple[Posting, ...]"
    lang: str


def _account_text(told: _Told) -> str:
    from loanmath.account.position_printing import position_text  # noqa: PLC0415

    parts = [position_text(told.position)]
    if told.statement is not None:
        parts.append(str(told.statement))
    if told.postings:
        parts.append("\n".join(_sentences(told)))
    return "\n\n".join(parts)


def _account_csv(told: _Told) -> str:
    from loanmath.account.position_printing import position_csv  # noqa: PLC0415

    if told.statement is not None:
        return told.statement.to_csv().rstrip("\n")
    return position_csv(told.position).rstrip("\n")


def _account_markdown(told: _Told) -> str:
    from loanmath.account.position_printing import position_markdown  # noqa: PLC0415

    parts = [position_markdown(told.position)]
    if told.statement is not None:
        parts.append(told.statement.to_markdown())
    if told.postings:
        parts.append("\n".join(f"- {said}" for said in _sentences(told)))
    return "\n\n".join(parts)


def _account_html(told: _Told) -> str:
    from html import escape  # noqa: PLC0415

    from loanmath.account.position_printing import position_html  # noqa: PLC0415

    parts = [position_html(told.position)]
    if told.statement is not None:
        parts.append(told.statement.to_html())
    if told.postings:
        said = "".join(f"<li>{escape(words)}</li>" for words in _sentences(told))
        parts.append(f"<ul>{said}</ul>")
    return "\n".join(parts)


def _sentences(told: _Told) -> list[str]:
    from loanmath.account.sentences import explain  # noqa: PLC0415

    return [explain(posting, told.lang) for posting in told.postings]


def _account_json(told: _Told) -> str:
    from loanmath.account.document import (  # noqa: PLC0415
        position_document,
        postings_document,
        statement_document,
    )

    document: dict[str, object] = {"position": position_document(told.position)}
    if told.statement is not None:
        document["statement"] = statement_document(told.statement)
    if told.postings:
        document["postings"] = postings_document(told.postings, told.lang)
    return json.dumps(document, ensure_ascii=False, indent=2)


_ACCOUNTS: dict[str, Callable[[_Told], str]] = {
    "text": _account_text,
    "csv": _account_csv,
    "json": _account_json,
    "markdown": _account_markdown,
    "html": _account_html,
}


def _told(options: argparse.Namespace, account: "Account") -> _Told:
    from loanmath.account.postings import postings_between  # noqa: PLC0415
    from loanmath.account.statement import statement_of  # noqa: PLC0415

    until, since = options.as_of, options.statement_from
    statement = None if since is None else statement_of(account, since, until)
    postings: tuple[Posting, ...] = ()
    if options.explain:
        first = account.loan.disbursed if since is None else since
        postings = postings_between(account, first, until)
    return _Told(account.position(until), statement, postings, options.lang)


def _account(options: argparse.Namespace, loan: "InstallmentLoan") -> str:
    """Return what is owed on a day; an account with a disbursement opens undrawn."""
    from loanmath.account import Account  # noqa: PLC0415
    from loanmath.events import Disbursement  # noqa: PLC0415
    from loanmath.serialization import read_events  # noqa: PLC0415 optional extra

    events = read_events(options.events)
    undrawn = any(isinstance(event, Disbursement) for event in events)
    account = Account.open(loan, undrawn=undrawn).record(*events)
    return _ACCOUNTS[options.format](_told(options, account))


def _statement(options: argparse.Namespace) -> str:
    """Return the bill of a line."""
    from loanmath.commands.lines import (  # noqa: PLC0415 optional extra
        printed_statement,
        read_account,
    )

    return printed_statement(
        read_account(options.file, options.events),
        options.cycle,
        options.format,
        explained=options.explain,
        lang=options.lang,
    )


def _answer(options: argparse.Namespace) -> str:
    """Return what a command prints; each loads only the rooms that it needs."""
    if options.command == "statement":
        return _statement(options)
    from loanmath.serialization import read_terms  # noqa: PLC0415 optional extra

    loan = read_terms(options.file)
    if options.command == "schedule":
        return _FORMATS[options.format](loan.schedule())
    if options.command == "account":
        return _account(options, loan)
    if options.command == "term-sheet":
        from loanmath.term_sheets import term_sheet  # noqa: PLC0415

        return _SHEETS[options.format](term_sheet(loan, options.lang))
    if options.command == "sensitivity":
        from loanmath.analysis import sensitivity  # noqa: PLC0415

        return _EFFECTS[options.format](sensitivity(loan))
    from loanmath.solving import solve_for  # noqa: PLC0415

    return str(solve_for(options.unknown, loan, payment=options.payment))


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
        print(_answer(options))
    except BrokenPipeError:
        # Whoever reads the output has seen enough, as `head` does: no error.
        return 0
    except (LoanmathError, OSError) as error:
        print(f"loanmath: {error}", file=sys.stderr)
        return _BAD_INPUT
    return 0


if __name__ == "__main__":
    sys.exit(main())
