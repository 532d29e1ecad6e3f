"""The unknown of a loan, as `python -m loanmath solve` prints it."""

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from decimal import Decimal
from html import escape
from typing import Any

from loanmath.commands.loans import schedule_document
from loanmath.errors import TermsError
from loanmath.solving import Bracket, Solution, Unknown, solve_for
from loanmath.solving.solution import Value
from loanmath.terms import FixedPayment, InstallmentLoan

__all__ = ["printed_solution"]


def _lines(solution: Solution) -> list[str]:
    lines = [solution.note]
    if solution.unknown is not Unknown.PAYMENT:
        met = "met exactly" if solution.is_exact else "not met exactly"
        lines.append(f"The payment of {solution.payment:,f} is {met}")
    if solution.bracket is not None:
        lines.append(f"Next to it: {solution.bracket}")
    return lines


def _text(solution: Solution) -> str:
    return "\n".join([*_lines(solution), "", str(solution.schedule)])


def _markdown(solution: Solution) -> str:
    parts = ["  \n".join(_lines(solution)), solution.schedule.to_markdown()]
    return "\n\n".join(parts)


def _html(solution: Solution) -> str:
    said = "<br>".join(escape(line) for line in _lines(solution))
    return f"<p>{said}</p>\n{solution.schedule.to_html()}"


def _json(solution: Solution) -> str:
    document = {
        "unknown": solution.unknown.value,
        "value": _plain(solution.value),
        "payment": _plain(solution.payment),
        "is_exact": solution.is_exact,
        "bracket": None if solution.bracket is None else _bracket(solution.bracket),
        "note": solution.note,
        "schedule": schedule_document(solution.schedule),
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _bracket(bracket: Bracket) -> dict[str, Any]:
    return {
        "low": _plain(bracket.low),
        "low_payment": _plain(bracket.low_payment),
        "high": _plain(bracket.high),
        "high_payment": _plain(bracket.high_payment),
    }


def _plain(value: Value | None) -> str | int | None:
    if value is None or isinstance(value, int):
        return value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


_PRINTED: Mapping[str, Callable[[Solution], str]] = {
    "table": _text,
    "csv": lambda solution: solution.schedule.to_csv().rstrip("\n"),
    "json": _json,
    "markdown": _markdown,
    "html": _html,
}


def printed_solution(options: Namespace, loan: InstallmentLoan) -> str:
    """
    Return the unknown of a loan, with the schedule that proves it.

    Args:
        options: `unknown`, its name; `payment`, an amount or nothing; `digits`, the
            decimals of a rate; `format`, `"table"`, `"csv"`, `"json"`, `"markdown"` or
            `"html"`.
        loan: The other terms.

    Raises:
        LoanmathError: If there is no answer.
    """
    unknown, payment = Unknown(options.unknown), options.payment
    is_stated = isinstance(loan.repayment, FixedPayment)
    if payment is None and unknown is not Unknown.PAYMENT and not is_stated:
        raise TermsError(
            "--payment",
            got=None,
            allowed="the payment of an installment, where the terms state none",
            do=f"add --payment AMOUNT: the {unknown.value} follows from it",
        )
    solution = solve_for(unknown, loan, payment=payment, digits=options.digits)
    return _PRINTED[options.format](solution)
