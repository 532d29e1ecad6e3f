"""Cash flows in a CSV file: dates and amounts, or amounts alone."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from loanmath.doors import decimal_parts, to_text
from loanmath.errors import FlowsFileError, InputValueError, LoanmathError
from loanmath.serialization.csv_rows import csv_rows, numbered
from loanmath.serialization.texts import file_text
from loanmath.yields import Amounts, DatedAmounts

__all__ = ["cash_flows_from_csv", "read_cash_flows"]

_MAX_BYTES = 4_000_000
_NAMES = {"date": "date", "on": "date", "日期": "date"} | dict.fromkeys(
    ("amount", "金额"), "amount"
)


def read_cash_flows(path: str | Path) -> DatedAmounts | Amounts:
    r"""
    Read cash flows from a CSV file: columns `date` and `amount`, or `amount` alone.

    Args:
        path: A file ending in `.csv`, at most 4 MB of UTF-8. The columns may be named
            `日期` and `金额`.

    Returns:
        (date, amount) pairs, or amounts, in the order of the file, for `irr` and `apr`.

    Raises:
        FlowsFileError: If the file cannot be read; it lists the problems of every line.
        OSError: If the file cannot be opened.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "flows.csv"
        >>> _ = path.write_text("date,amount\n2026-01-15,-1000\n2027-01-15,1100\n")
        >>> read_cash_flows(path)[1]
        (datetime.date(2027, 1, 15), '1100')
    """
    path = Path(path)
    text = file_text(path, ("csv",), _MAX_BYTES, FlowsFileError)
    return cash_flows_from_csv(text, name=path.name)


def cash_flows_from_csv(text: str, *, name: str = "flows") -> DatedAmounts | Amounts:
    r"""
    Read cash flows from CSV text; as `read_cash_flows`.

    Args:
        text: A line of column names, then one flow per row.
        name: What to call the text in a refusal.

    Raises:
        FlowsFileError: If it cannot be read; it lists the problems of every line.
        InputTypeError: If it is not a `str`.

    Example:
        >>> cash_flows_from_csv("amount\n-100\n110\n")
        ['-100', '110']
    """
    rows, problems = csv_rows(to_text(text, name))
    if not rows:
        raise FlowsFileError(name, got=numbered(problems or [(1, "no column names")]))
    columns = [_NAMES.get(cell.strip().lower(), "") for cell in rows[0][1]]
    if sorted(columns) not in (["amount"], ["amount", "date"]):
        said = f"columns {', '.join(rows[0][1])}; allowed: date and amount, or amount"
        problems.append((1, said))
        raise FlowsFileError(name, got=numbered(problems))
    flows: list[Any] = []
    for number, cells in rows[1:]:
        try:
            flows.append(_flow(columns, cells))
        except LoanmathError as error:
            problems.append((number, str(error)))
    if problems:
        raise FlowsFileError(name, got=numbered(problems))
    return flows


def _flow(columns: Sequence[str], cells: list[str]) -> Any:
    if len(cells) != len(columns):
        raise InputValueError("row", got=len(cells), allowed=f"{len(columns)} cells")
    named = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
    # Whether it is a number is asked here, where the line is known.
    decimal_parts(named["amount"], "amount")
    if "date" not in named:
        return named["amount"]
    try:
        return date.fromisoformat(named["date"]), named["amount"]
    except ValueError:
        raise InputValueError(
            "date", got=named["date"], allowed="a date such as 2026-01-15"
        ) from None
