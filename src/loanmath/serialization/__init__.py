"""
Terms and events in files: the one strict reader of each, and the way back.

Reading is strict: unknown keys, floats and duplicate keys are refused, and every
problem of a file is reported at once, each naming its key or line. It is built on
`cattrs` (extra `files`).
"""

from loanmath.serialization.events import (
    events_from_csv,
    events_from_json_lines,
    read_events,
)
from loanmath.serialization.events_json import events_document, events_to_json_lines
from loanmath.serialization.flows import cash_flows_from_csv, read_cash_flows
from loanmath.serialization.reading import (
    line_from_document,
    line_from_text,
    read_line,
    read_plan,
    read_terms,
    terms_from_document,
    terms_from_text,
)
from loanmath.serialization.statements import read_statement, statement_from_csv
from loanmath.serialization.writing import line_document, terms_document

__all__ = [
    "cash_flows_from_csv",
    "events_document",
    "events_from_csv",
    "events_from_json_lines",
    "events_to_json_lines",
    "line_document",
    "line_from_document",
    "line_from_text",
    "read_cash_flows",
    "read_events",
    "read_line",
    "read_plan",
    "read_statement",
    "read_terms",
    "statement_from_csv",
    "terms_document",
    "terms_from_document",
    "terms_from_text",
]
