"""Rows of a CSV text, each with the number of its first line."""

import csv
import io

__all__ = ["csv_rows", "numbered"]

_MAX_PROBLEMS = 100


def csv_rows(
    text: str,
) -> tuple[list[tuple[int, list[str]]], list[tuple[int, str]]]:
    r"""
    Return rows that are not empty, and what keeps the text from being CSV.

    Example:
        >>> csv_rows("date,amount\n\n2026-01-15,-100\n")
        ([(1, ['date', 'amount']), (3, ['2026-01-15', '-100'])], [])
    """
    # Spreadsheets mark a text as UTF-8 with a character in front of it.
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    reader = csv.reader(lines, strict=True)
    rows: list[tuple[int, list[str]]] = []
    number = 1
    try:
        for cells in reader:
            if any(cells):
                rows.append((number, cells))
            # A cell in quotes may hold line breaks.
            number = reader.line_num + 1
    except csv.Error as error:
        return rows, [(number, f"not CSV: {error}")]
    return rows, []


def numbered(problems: list[tuple[int, str]]) -> list[str]:
    """
    Return problems in the order of their lines, at most a hundred of them.

    Example:
        >>> numbered([(3, "no date"), (1, "no amount")])
        ['line 1: no amount', 'line 3: no date']
    """
    # The problems of the text as a whole came before those of its lines.
    ordered = sorted(problems, key=lambda problem: problem[0])
    shown = [f"line {number}: {said}" for number, said in ordered[:_MAX_PROBLEMS]]
    if len(ordered) > _MAX_PROBLEMS:
        shown.append(f"and {len(ordered) - _MAX_PROBLEMS:,} more")
    return shown
