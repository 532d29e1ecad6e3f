"""From plain values to frozen ones: every problem is found, each with its key."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

import attrs

from loanmath.errors import (
    InputTypeError,
    InputValueError,
    LoanmathError,
    MissingExtraError,
    UnknownNameError,
)
from loanmath.serialization.parts import PartError

try:
    from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError
    from cattrs.gen import make_dict_structure_fn, override
except ImportError as error:  # pragma: no cover - needs an environment without cattrs
    raise MissingExtraError(
        "reading files",
        got="no cattrs",
        allowed="the extra 'files'",
        do="pip install 'loanmath[files]'",
    ) from error

__all__ = [
    "ISO_DATE",
    "PROBLEMS",
    "Form",
    "iso_date",
    "problems_of",
    "strict_converter",
    "tagged",
]

PROBLEMS = (ClassValidationError, LoanmathError)
"""What structuring raises where a value is refused."""

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

Form: TypeAlias = Callable[[Any], Any]
"""From what a field looks like in a file to what its class accepts."""


def strict_converter(
    kinds: Iterable[type],
    form_of: Callable[[type, str], Form | None],
    *,
    renamed: Mapping[str, str] | None = None,
) -> Converter:
    """
    Return a converter that refuses unknown keys and finds the problems of all fields.

    Args:
        kinds: The classes that it makes.
        form_of: The form of a field, given its class and name; `None` where its class
            accepts what is in the file.
        renamed: Names in the file by the name of the field, where they differ.
    """
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    names = renamed or {}
    for kind in kinds:
        overrides: dict[str, Any] = {
            field.name: override(
                struct_hook=_field_hook(field, form_of(kind, field.name)),
                rename=names.get(field.name),
            )
            for field in attrs.fields(kind)
            if field.init
        }
        structure: Callable[[Any, Any], Any] = make_dict_structure_fn(
            kind, converter, **overrides
        )
        converter.register_structure_hook(kind, structure)
    return converter


def _field_hook(
    field: "attrs.Attribute[Any]", form: Form | None
) -> Callable[[Any, Any], Any]:
    # Each field goes through its class's own converter here, so that the errors of all
    # fields are found, where the class itself would stop at the first.
    convert = field.converter

    def structure(raw: Any, _: Any) -> Any:
        value = form(raw) if form is not None else raw
        return convert(value) if callable(convert) else value

    return structure


def tagged(document: Any, tag: str, kinds: Mapping[str, type]) -> tuple[type, Any]:
    """Return the class that a table names under a key, and the rest of the table."""
    if not isinstance(document, dict):
        raise InputTypeError(tag, got=document, allowed=f"a table with the key {tag!r}")
    name = document.get(tag)
    if not isinstance(name, str) or name not in kinds:
        raise UnknownNameError(tag, got=name, allowed=", ".join(kinds))
    return kinds[name], {key: value for key, value in document.items() if key != tag}


def problems_of(
    error: BaseException, path: str = "", *, unknown: str = "unknown key"
) -> Iterator[str]:
    """
    Yield the problems that an error holds, each with the path of its key.

    Args:
        error: What was raised.
        path: The key that it is about.
        unknown: What to say of a key that is unknown, but for those of inner tables.
    """
    if isinstance(error, PartError):
        for place, inner in error.problems:
            yield from problems_of(inner, f"{path}[{place}]")
        return
    if not isinstance(error, ClassValidationError):
        yield f"{path}: {_said(error)}" if path else _said(error)
        return
    noted, others = error.group_exceptions()
    for inner, note in noted:
        place = f"{path}.{note.name}" if path else note.name
        yield from problems_of(inner, place)
    for inner in others:
        if isinstance(inner, ForbiddenExtraKeysError):
            for key in sorted(map(str, inner.extra_fields)):
                yield f"{path}.{key}: {unknown}" if path else f"{key}: {unknown}"
        else:
            yield f"{path}: {_said(inner)}" if path else _said(inner)


def _said(error: BaseException) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return "missing" if isinstance(error, KeyError) else str(error)


def iso_date(raw: Any) -> Any:
    """Return the date that an ISO text says; what is no text is left as it is."""
    if not isinstance(raw, str):
        return raw
    if ISO_DATE.fullmatch(raw) is None:
        raise InputValueError("date", got=raw, allowed="an ISO date, as '2026-01-15'")
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise InputValueError(
            "date", got=raw, allowed=f"a real date ({error})"
        ) from None
