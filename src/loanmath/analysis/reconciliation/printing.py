"""A reconciliation as text, Markdown, HTML and CSV."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from loanmath.schedule.printing import (
    Table,
    html_layout,
    loan_line,
    markdown_layout,
    text_layout,
)
from loanmath.terms import InstallmentLoan

if TYPE_CHECKING:
    from loanmath.analysis.reconciliation.answer import (
        ConventionClass,
        ConventionSet,
        NearestConventions,
        Reconciliation,
    )

__all__ = [
    "reconciliation_csv",
    "reconciliation_html",
    "reconciliation_markdown",
    "reconciliation_text",
]

_MOST_SHOWN = 10
_FIELDS: tuple[str, ...] = (
    "status",
    "class",
    "set",
    "convention",
    "choices",
    "cells",
    "total",
    "row",
    "on",
    "column",
    "printed",
    "planned",
    "by",
)


def reconciliation_text(found: "Reconciliation") -> str:
    """Return a reconciliation as text: what was found, and under which conventions."""
    return "\n\n".join(_laid_out(found, text_layout))


def reconciliation_markdown(found: "Reconciliation") -> str:
    """Return a reconciliation as Markdown tables."""
    return "\n\n".join(_laid_out(found, markdown_layout))


def reconciliation_html(found: "Reconciliation") -> str:
    """Return a reconciliation as HTML tables, every cell escaped."""
    return "\n".join(html_layout(table) for table in _tables(found))


def _laid_out(found: "Reconciliation", layout: Callable[[Table], str]) -> Iterator[str]:
    return (layout(table) for table in _tables(found))


def _tables(found: "Reconciliation") -> list[Table]:
    tables = [_summary(found)]
    if found.matches:
        tables += _match_tables(found)
    else:
        tables += _nearest_tables(found)
    rows = [[one.convention, one.choice] for one in found.held]
    if rows:
        tables.append(
            Table("Held as agreed", ["Convention", "Choice"], rows, [], words=(0, 1))
        )
    return tables


def _summary(found: "Reconciliation") -> Table:
    terms = found.terms
    if isinstance(terms, InstallmentLoan):
        caption = loan_line(terms)
    else:
        caption = f"Line of credit (循环额度): {terms.currency} {terms.limit:,f}"
    rows = [
        ["Printed cells", f"{found.cells:,}"],
        ["Combinations of conventions", f"{found.combinations:,}"],
        ["Planned and compared", f"{found.planned:,}"],
        ["Answer", _answer(found)],
    ]
    if not found.complete:
        rows.append(["Left out", "the search stopped before all were compared"])
    return Table(caption, ["Reconciliation", ""], rows, [], words=(0, 1))


def _answer(found: "Reconciliation") -> str:
    if not found.matches:
        return "no conventions reproduce every cell"
    agreed = found.matches[0].as_agreed
    words = "what was agreed does" if agreed else "what was agreed does not"
    count = len(found.matches)
    classes = "1 class" if count == 1 else f"{count:,} classes"
    verb = "reproduces" if count == 1 else "reproduce"
    return f"{classes} of conventions {verb} every cell; {words}"


def _match_tables(found: "Reconciliation") -> Iterator[Table]:
    for number, match in enumerate(found.matches[:_MOST_SHOWN], start=1):
        caption = f"Class {number}"
        if match.as_agreed:
            caption += ", as agreed"
        if found.further is not None:
            further = found.further
            caption += (
                f": {further.column} of {further.where} is {_shown(match.further)}"
            )
        yield _sets_table(found, caption, match.sets)
    rest = len(found.matches) - _MOST_SHOWN
    if rest > 0:
        yield Table("More classes", ["Not shown"], [[f"{rest:,}"]], [], words=(0,))
    if found.further is not None:
        one = found.further
        row = [one.column, one.where, str(one.values)]
        header = ["Ask for the", "Of", "Different values"]
        caption = "What would tell the classes apart"
        yield Table(caption, header, [row], [], words=(0, 1))


def _nearest_tables(found: "Reconciliation") -> Iterator[Table]:
    header = [
        "Nearest",
        "First cell",
        "Of",
        "Printed",
        "Planned",
        "By",
        "Cells",
        "Total",
    ]
    rows = []
    for number, near in enumerate(found.nearest, start=1):
        first = near.first
        cells = [_shown(value) for value in (first.printed, first.planned, first.by)]
        place = [str(number), first.column, first.where]
        rows.append([*place, *cells, str(near.cells), f"{near.total:,f}"])
    yield Table("Cells that differ (no match)", header, rows, [], words=(1, 2))
    for number, near in enumerate(found.nearest, start=1):
        yield _sets_table(found, f"Nearest {number}, no match", near.sets)


def _sets_table(
    found: "Reconciliation", caption: str, sets: "Sequence[ConventionSet]"
) -> Table:
    rows = []
    for number, one in enumerate(sets[:_MOST_SHOWN], start=1):
        rows += [
            [str(number) if len(sets) > 1 else "", name, _choices(chosen, whole)]
            for (name, chosen), (_, whole) in zip(
                one.choices, found.searched, strict=True
            )
        ]
    rest = len(sets) - _MOST_SHOWN
    if rest > 0:
        rows.append(["", f"{rest:,} more sets", ""])
    return Table(caption, ["Set", "Convention", "Choices"], rows, [], words=(0, 1, 2))


def _choices(chosen: tuple[str, ...], whole: tuple[str, ...]) -> str:
    if len(chosen) == len(whole) > 1:
        return f"any of {len(whole)}"
    return " or ".join(chosen)


def _shown(value: Decimal | date | int | None) -> str:
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return f"{value} days" if isinstance(value, int) else str(value)


def reconciliation_csv(found: "Reconciliation") -> str:
    """Return a reconciliation as CSV: one line for each convention of each class."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _FIELDS, restval="", lineterminator="\n")
    writer.writeheader()
    for held in found.held:
        line = {"convention": held.convention, "choices": held.choice}
        writer.writerow({"status": "held", **line})
    for name, choices in found.searched:
        line = {"convention": name, "choices": "; ".join(choices)}
        writer.writerow({"status": "searched", **line})
    for number, match in enumerate(found.matches, start=1):
        writer.writerows(_match_lines(found, number, match))
    for number, near in enumerate(found.nearest, start=1):
        writer.writerows(_near_lines(number, near))
    return text.getvalue()


def _set_lines(
    status: str, number: int, sets: "Sequence[ConventionSet]"
) -> Iterator[dict[str, object]]:
    for place, one in enumerate(sets, start=1):
        for name, chosen in one.choices:
            yield {
                "status": status,
                "class": number,
                "set": place,
                "convention": name,
                "choices": "; ".join(chosen),
            }


def _match_lines(
    found: "Reconciliation", number: int, match: "ConventionClass"
) -> Iterator[dict[str, object]]:
    yield from _set_lines("match", number, match.sets)
    if found.further is not None:
        yield {
            "status": "match",
            "class": number,
            "row": found.further.number,
            "on": found.further.on or "",
            "column": found.further.column,
            "planned": _plain(match.further),
        }


def _near_lines(number: int, near: "NearestConventions") -> Iterator[dict[str, object]]:
    yield from _set_lines("nearest", number, near.sets)
    for one in near.differences:
        yield {
            "status": "nearest",
            "class": number,
            "cells": near.cells,
            "total": f"{near.total:f}",
            "row": one.number,
            "on": one.on or "",
            "column": one.column,
            "printed": _plain(one.printed),
            "planned": _plain(one.planned),
            "by": _plain(one.by),
        }


def _plain(value: Decimal | date | int | None) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
