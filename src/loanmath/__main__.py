"""The command line: `python -m loanmath schedule FILE`, and what else it answers."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module

from loanmath.commands.answer import Answer
from loanmath.commands.parser import parser
from loanmath.errors import LoanmathError

__all__ = ["main"]

_BAD_INPUT = 1


_MODULES = {
    "apr": "rates",
    "book": "book",
    "cost": "costs",
    "reconcile": "reconcile",
    "remind": "reminders",
    "verify": "verification",
}
"""Where a command is answered that does not begin with the terms of a loan."""


def _answer(options: Namespace) -> Answer:
    """Return what a command prints; each loads only the rooms that it needs."""
    if options.command in _MODULES:
        module = import_module(f"loanmath.commands.{_MODULES[options.command]}")
        found: Answer = module.answer(options)
        return found
    if options.command == "statement":
        return _statement(options)
    return Answer(_of_loan(options))


def _statement(options: Namespace) -> Answer:
    """Return the bill of a line."""
    from loanmath.commands.lines import (  # noqa: PLC0415 optional extra
        printed_statement,
        read_account,
    )

    return Answer(
        printed_statement(
            read_account(options.file, options.events),
            options.cycle,
            options.format,
            explained=options.explain,
            lang=options.lang,
        )
    )


def _of_loan(options: Namespace) -> str:
    """Return what a command says of the terms of a loan."""
    from loanmath.commands.loans import EFFECTS, SCHEDULES, SHEETS  # noqa: PLC0415
    from loanmath.commands.terms_read import terms_of  # noqa: PLC0415 optional extra

    loan = terms_of(options.file)
    match options.command:
        case "schedule":
            return SCHEDULES[options.format](loan.schedule())
        case "account":
            from loanmath.commands.accounts import printed_account  # noqa: PLC0415

            return printed_account(options, loan)
        case "restructure":
            from loanmath.commands.restructurings import printed_plan  # noqa: PLC0415

            return printed_plan(options, loan)
        case "term-sheet":
            from loanmath.term_sheets import term_sheet  # noqa: PLC0415

            return SHEETS[options.format](term_sheet(loan, options.lang))
        case "sensitivity":
            from loanmath.analysis import sensitivity  # noqa: PLC0415

            return EFFECTS[options.format](sensitivity(loan))
    from loanmath.commands.solutions import printed_solution  # noqa: PLC0415

    return printed_solution(options, loan)


def _print_version() -> None:
    from importlib.metadata import version  # noqa: PLC0415 it costs 40 ms

    print(f"loanmath {version('loanmath')}")


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line.

    Args:
        arguments: The words after the program's name; those of the process by default.

    Returns:
        0 if all went well, 1 if the input was refused (the reason is on stderr), 3 if
        what was to be confirmed was not. Wrong usage leaves with 2, as `argparse` does.

    Example:
        >>> main(["schedule", "no-such-file.toml"])
        1
    """
    words = parser()
    options = words.parse_args(arguments)
    if options.version:
        _print_version()
        return 0
    if options.command is None:
        words.print_usage(sys.stderr)
        return 2
    try:
        answer = _answer(options)
        print(answer.text)
    except BrokenPipeError:
        # Whoever reads the output has seen enough, as `head` does: no error.
        return 0
    except (LoanmathError, OSError) as error:
        print(f"loanmath: {error}", file=sys.stderr)
        return _BAD_INPUT
    return answer.code


if __name__ == "__main__":
    sys.exit(main())
