"""The words of the command line: commands and their arguments."""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

__all__ = ["parser"]

# The type has no public name.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001

_UNKNOWNS = ("principal", "payment", "count", "balloon", "rate")
_FILES = ".toml or .json"
_TABLES = ("table", "csv", "json", "markdown", "html")
_ROWS = ("table", "csv", "html")
_SHEETS = ("text", "csv", "markdown", "html")
_FORMS = ("china", "us", "eu", "uk", "india")
_ALL = ("text", "csv", "json", "markdown", "html")


def parser() -> argparse.ArgumentParser:
    """
    Return the parser of the command line, which loads no room.

    Example:
        >>> parser().parse_args(["verify"]).command
        'verify'
    """
    program = argparse.ArgumentParser(
        prog="loanmath", description="Loan mathematics, right to the cent."
    )
    program.add_argument("--version", action="store_true", help="print the version")
    commands = program.add_subparsers(dest="command", metavar="COMMAND")
    schedule = _command(commands, "schedule", "plan a loan and print its schedule")
    _add_format(schedule, _TABLES, "table")
    terms = _command(commands, "term-sheet", "write a loan out in plain words")
    _add_language(terms)
    _add_format(terms, ("text", "markdown"), "text")
    moved = _command(commands, "sensitivity", "show what each convention would move")
    _add_format(moved, _ROWS, "table")
    _add_solve(commands)
    _add_account(commands)
    _add_statement(commands)
    _add_rates(commands)
    _add_cost(commands)
    _add_reconcile(commands)
    _add_book(commands)
    _add_remind(commands)
    _add_restructure(commands)
    _add_verify(commands)
    return program


def _add_solve(commands: Commands) -> None:
    solve = _command(
        commands, "solve", "solve for one unknown of a loan, with the schedule"
    )
    solve.add_argument(
        "unknown",
        metavar="UNKNOWN",
        choices=_UNKNOWNS,
        help=f"{', '.join(_UNKNOWNS[:-1])} or {_UNKNOWNS[-1]}; not read from the file",
    )
    solve.add_argument(
        "--payment",
        metavar="AMOUNT",
        help="the payment of an installment; left out where it is the unknown",
    )
    solve.add_argument(
        "--digits",
        type=int,
        default=6,
        help="decimals of a percent that a rate is searched in (default: 6)",
    )
    _add_format(solve, _TABLES, "table")


def _add_account(
    commands: Commands,
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
    _add_format(account, _ALL, "text")


def _add_statement(
    commands: Commands,
) -> None:
    statement = _command(
        commands,
        "statement",
        "print the bill of a line of credit",
        what="a line",
        ending=_FILES,
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
    _add_format(statement, _ALL, "text")


def _add_rates(commands: Commands) -> None:
    rate = _command(
        commands,
        "apr",
        "certify the annual rate of cash flows",
        what="cash flows (.csv), or of terms",
        ending=f".csv, {_FILES}, or - for terms on standard input",
    )
    rate.add_argument(
        "--convention",
        metavar="NAME",
        required=True,
        help="such as us-reg-z, eu-aprc, cn-simple, xirr; a wrong one lists them all",
    )
    rate.add_argument(
        "--every",
        metavar="STEP",
        help="the step between amounts without dates, such as monthly or P2W",
    )
    rate.add_argument(
        "--decimals",
        type=int,
        help="decimals of the percentage (default: those of the convention)",
    )
    _add_format(rate, ("text", "json"), "text")


def _add_cost(commands: Commands) -> None:
    cost = _command(
        commands, "cost", "disclose what a loan costs, all charges included"
    )
    cost.add_argument(
        "--form",
        choices=_FORMS,
        default="china",
        help="whose rules: the cost sheet of China (default), the Truth in Lending box "
        "of the United States, standard information of the European Union, a "
        "representative example of the United Kingdom, key facts of India",
    )
    cost.add_argument(
        "--lender", default="the lender", help="who charges interest, where it is named"
    )
    _add_language(cost)
    _add_format(cost, _SHEETS, "text")


def _add_reconcile(commands: Commands) -> None:
    found = _command(
        commands,
        "reconcile",
        "search the conventions that reproduce a printed schedule or bills",
        ending=_FILES,
    )
    found.epilog = (
        "Exit codes: 0 some conventions reproduce every cell, 1 the input is refused, "
        "2 wrong usage, 3 none do."
    )
    found.add_argument("statement", metavar="STATEMENT", help="what was printed, .csv")
    found.add_argument(
        "--events",
        metavar="EVENTS",
        help="what happened on a line of credit, .csv or .jsonl",
    )
    found.add_argument(
        "--doubt",
        metavar="CONVENTION",
        action="append",
        default=[],
        help="search a convention although the terms state it; may be given again",
    )
    found.add_argument(
        "--ignore",
        metavar="COLUMN",
        action="append",
        default=[],
        help="leave a column of the statement out; may be given again",
    )
    _add_format(found, (*_ROWS, "markdown"), "table")


def _add_book(commands: Commands) -> None:
    purpose = "measure a folder of accounts: overdue ratios, stages, vintages, losses"
    book = commands.add_parser(
        "book",
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}. Terms are in NAME.toml or "
        "NAME.json, what happened in NAME_events.csv or NAME_events.jsonl.",
        epilog="Exit codes: 0 printed, 1 the input is refused, 2 wrong usage.",
    )
    book.add_argument("folder", metavar="DIR", help="the folder")
    book.add_argument(
        "--as-of", metavar="DATE", type=_day, required=True, help="the day"
    )
    book.add_argument(
        "--since", metavar="DATE", type=_day, help="an earlier day, for what moved"
    )
    book.add_argument(
        "--vintages",
        metavar="MONTHS",
        type=int,
        default=0,
        help="at how many month ends vintages are looked at (default: 0)",
    )
    _add_format(book, _SHEETS, "text")


def _add_remind(commands: Commands) -> None:
    remind = _command(
        commands,
        "remind",
        "list the days to remind a borrower on, and what being late would cost",
        what="terms of a loan or a line",
        ending=_FILES,
    )
    remind.add_argument(
        "events", metavar="EVENTS", nargs="?", help="what happened, .csv or .jsonl"
    )
    remind.add_argument(
        "--from", metavar="DATE", dest="since", type=_day, required=True, help="from"
    )
    remind.add_argument(
        "--until", metavar="DATE", type=_day, required=True, help="the last day"
    )
    _add_language(remind)
    _add_format(remind, ("text", "csv", "json", "ical"), "text")


def _add_restructure(commands: Commands) -> None:
    plan = _command(
        commands,
        "restructure",
        "show what a proposed plan would change, old beside new",
    )
    plan.add_argument("events", metavar="EVENTS", help="what happened, .csv or .jsonl")
    plan.add_argument(
        "--on", metavar="DATE", type=_day, required=True, help="the day of the plan"
    )
    plan.add_argument(
        "--plan", metavar="PLAN", required=True, help="the concessions, .toml or .json"
    )
    _add_format(plan, _SHEETS, "text")


def _add_verify(commands: Commands) -> None:
    purpose = "run the published examples on the installed copy"
    verify = commands.add_parser(
        "verify",
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}: version, digest, results.",
        epilog="Exit codes: 0 all came out, 1 the input is refused, 2 wrong usage, "
        "3 an example failed.",
    )
    _add_format(verify, (*_ROWS, "markdown"), "table")


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
    commands: Commands,
    name: str,
    purpose: str,
    what: str = "terms",
    ending: str = f"{_FILES}, or - for standard input",
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}, from a file of {what}.",
        epilog="Exit codes: 0 printed, 1 the input is refused, 2 wrong usage.",
    )
    command.add_argument("file", metavar="FILE", help=f"{what}, {ending}")
    return command


def _add_format(
    command: argparse.ArgumentParser, formats: Sequence[str], default: str
) -> None:
    command.add_argument(
        "--format",
        choices=sorted(formats),
        default=default,
        help=f"what to print (default: {default})",
    )
