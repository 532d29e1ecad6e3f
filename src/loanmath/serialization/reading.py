"""
The one reader of terms, from TOML and JSON.

Reading is strict: unknown keys, floats and duplicate keys are refused, and every
problem of a file is reported at once, each naming its key. It is built on `cattrs`
(extra `files`).
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import attrs

from loanmath.daycount import DayCount, day_count
from loanmath.errors import (
    InputTypeError,
    InputValueError,
    LoanmathError,
    MissingExtraError,
    TermsFileError,
    UnknownNameError,
)
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.serialization.parts import PartError, each
from loanmath.serialization.words import KINDS, METHODS, RATES, calendar_named
from loanmath.terms import (
    BusinessDays,
    Drawdown,
    Fee,
    Holiday,
    Index,
    InstallmentLoan,
    InterestPayments,
)

try:
    from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError
    from cattrs.gen import make_dict_structure_fn, override
except ImportError as error:  # pragma: no cover - needs an environment without cattrs
    raise MissingExtraError(
        "reading files of terms",
        got="no cattrs",
        allowed="the extra 'files'",
        do="pip install 'loanmath[files]'",
    ) from error

__all__ = ["read_terms", "terms_from_document", "terms_from_text"]

_MAX_BYTES = 4_000_000
_PROBLEMS = (ClassValidationError, LoanmathError)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@attrs.frozen
class _FloatText:
    """A float of a file, kept as text so that its key can be named in the refusal."""

    text: str

    def __repr__(self) -> str:
        return f"the float {self.text}, which is not exact (put it in quotes)"


def read_terms(path: str | Path) -> InstallmentLoan:
    """
    Read the terms of a loan from a TOML or JSON file.

    Args:
        path: A file ending in `.toml` or `.json`, at most 4 MB of UTF-8.

    Returns:
        The loan.

    Raises:
        TermsFileError: If the file cannot be read as terms; it lists every problem.
        OSError: If the file cannot be opened.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "loan.toml"
        >>> _ = path.write_text('''type = "installment_loan"
        ... currency = "CNY"
        ... principal = "10000"
        ... disbursed = 2026-01-15
        ... every = "monthly"
        ... rate = "0.04%/day"
        ... repayment = {method = "level_payment", count = 12}''')
        >>> read_terms(path).principal
        Decimal('10000.00')
    """
    path = Path(path)
    with path.open("rb") as file:
        content = file.read(_MAX_BYTES + 1)
    kind = path.suffix.lower().removeprefix(".")
    if kind not in ("toml", "json"):
        raise TermsFileError(path.name, got=["the name must end in .toml or .json"])
    if len(content) > _MAX_BYTES:
        raise TermsFileError(path.name, got=[f"larger than {_MAX_BYTES:,} bytes"])
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TermsFileError(path.name, got=[f"not UTF-8: {error}"]) from None
    return terms_from_text(text, kind, name=path.name)


def terms_from_text(text: str, kind: str, *, name: str = "terms") -> InstallmentLoan:
    """
    Read the terms of a loan from the text of a TOML or JSON document.

    Args:
        text: The document.
        kind: `"toml"` or `"json"`.
        name: What to call the document in an error.

    Raises:
        TermsFileError: If the text is not such a document, or not terms.

    Example:
        >>> terms_from_text('{"type": "installment_loan"}', "json")
        Traceback (most recent call last):
        ...
        loanmath.errors.TermsFileError: terms: 5 problem(s)
          - currency: missing
          - principal: missing
          - disbursed: missing
          - every: missing
          - repayment: missing
    """
    try:
        if kind == "toml":
            document: Any = tomllib.loads(text, parse_float=_FloatText)
        else:
            document = json.loads(
                text,
                parse_float=_FloatText,
                parse_constant=_FloatText,
                object_pairs_hook=_no_duplicates,
            )
    except RecursionError:
        raise TermsFileError(name, got=["nested too deeply"]) from None
    except (ValueError, LoanmathError) as error:
        raise TermsFileError(name, got=[f"not {kind.upper()}: {error}"]) from None
    return terms_from_document(document, name=name)


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for key, value in pairs:
        if key in document:
            raise InputValueError("keys", got=key, allowed="each key once")
        document[key] = value
    return document


def terms_from_document(document: Any, *, name: str = "terms") -> InstallmentLoan:
    """
    Return the loan that a document of plain values describes.

    Args:
        document: A mapping such as a TOML or JSON parser returns; see `terms_document`.
        name: What to call the document in an error.

    Raises:
        TermsFileError: If it does not describe a loan; it lists every problem.

    Example:
        >>> from loanmath.serialization import terms_document
        >>> loan = terms_from_document({"type": "installment_loan", "currency": "CNY",
        ...     "principal": "1000", "disbursed": "2026-01-15", "every": "monthly",
        ...     "repayment": {"method": "flat_fee", "count": 3, "fee": "2.3%"}})
        >>> terms_from_document(terms_document(loan)) == loan
        True
    """
    try:
        kind, rest = _tagged(document, "type", KINDS)
        loan: InstallmentLoan = _CONVERTER.structure(rest, kind)
    except ClassValidationError as error:
        raise TermsFileError(name, got=list(_problems(error, ""))) from None
    except LoanmathError as error:
        raise TermsFileError(name, got=[str(error)]) from None
    return loan


def _tagged(document: Any, tag: str, kinds: Mapping[str, type]) -> tuple[type, Any]:
    if not isinstance(document, dict):
        raise InputTypeError(tag, got=document, allowed=f"a table with the key {tag!r}")
    name = document.get(tag)
    if not isinstance(name, str) or name not in kinds:
        raise UnknownNameError(tag, got=name, allowed=", ".join(kinds))
    return kinds[name], {key: value for key, value in document.items() if key != tag}


def _problems(error: BaseException, path: str) -> Iterator[str]:
    if isinstance(error, PartError):
        for place, inner in error.problems:
            yield from _problems(inner, f"{path}[{place}]")
        return
    if not isinstance(error, ClassValidationError):
        yield f"{path}: {_said(error)}"
        return
    noted, others = error.group_exceptions()
    for inner, note in noted:
        yield from _problems(inner, f"{path}.{note.name}" if path else note.name)
    for inner in others:
        if isinstance(inner, ForbiddenExtraKeysError):
            for key in sorted(map(str, inner.extra_fields)):
                yield f"{path}.{key}: unknown key" if path else f"{key}: unknown key"
        else:
            yield f"{path}: {_said(inner)}" if path else _said(inner)


def _said(error: BaseException) -> str:
    return "missing" if isinstance(error, KeyError) else str(error)


def _date(raw: Any) -> Any:
    if not isinstance(raw, str):
        return raw
    if _ISO_DATE.fullmatch(raw) is None:
        raise InputValueError("date", got=raw, allowed="an ISO date, as '2026-01-15'")
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise InputValueError(
            "date", got=raw, allowed=f"a real date ({error})"
        ) from None


def _every(raw: Any) -> Any:
    return [_date(day) for day in raw] if isinstance(raw, list) else raw


def _quote(raw: Any) -> Rate:
    return Rate(raw)


def _rate(raw: Any) -> Any:
    if not isinstance(raw, dict):
        return Rate(raw)
    kind, rest = _tagged(raw, "kind", RATES)
    return _CONVERTER.structure(rest, kind)


def _by_date(raw: Any, form: Callable[[Any], Any]) -> Any:
    # The keys of a TOML or JSON table are text: ISO dates.
    if not isinstance(raw, dict):
        raise InputTypeError("dates", got=raw, allowed="a table of ISO dates")
    return dict(
        each(raw.items(), lambda day, value: (_date(day), form(value)), _PROBLEMS)
    )


def _changes(raw: Any) -> Any:
    return _by_date(raw, Rate)


def _observations(raw: Any) -> Any:
    return _by_date(raw, lambda value: value)


def _due(raw: Any) -> Any:
    is_date = isinstance(raw, str) and _ISO_DATE.fullmatch(raw) is not None
    return _date(raw) if is_date else raw


def _day_count(raw: Any) -> DayCount:
    if isinstance(raw, dict) and set(raw) == {"name", "calendar"}:
        return day_count(raw["name"], calendar=calendar_named(raw["calendar"]))
    if isinstance(raw, dict):
        raise InputValueError(
            "day count", got=sorted(raw), allowed="a name, or {name, calendar}"
        )
    return day_count(raw)


def _rounding(raw: Any) -> Any:
    return _CONVERTER.structure(raw, Rounding) if isinstance(raw, dict) else raw


def _repayment(raw: Any) -> Any:
    kind, rest = _tagged(raw, "method", METHODS)
    return _CONVERTER.structure(rest, kind)


def _one(kind: type, what: str) -> Callable[[Any], Any]:
    def structure(raw: Any) -> Any:
        if not isinstance(raw, dict):
            raise InputTypeError(what, got=raw, allowed="a table")
        return _CONVERTER.structure(raw, kind)

    return structure


def _many(kind: type, what: str) -> Callable[[Any], Any]:
    one = _one(kind, what)

    def structure(raw: Any) -> Any:
        if not isinstance(raw, list):
            raise InputTypeError(what, got=raw, allowed="a list of tables")
        return each(enumerate(raw, start=1), lambda _, item: one(item), _PROBLEMS)

    return structure


# What a field looks like in a file, where that is not what its class accepts.
_FORMS: dict[str, Callable[[Any], Any]] = {
    "disbursed": _date,
    "first_due": _date,
    "last_due": _date,
    "first_reset": _date,
    "capitalized_until": _date,
    "on": _date,
    "due": _due,
    "every": _every,
    "resets": _every,
    "rate": _rate,
    "initial": _quote,
    "next_rate": _quote,
    "changes": _changes,
    "index": _one(Index, "index"),
    "observations": _observations,
    "interest_payments": _one(InterestPayments, "interest_payments"),
    "holidays": _many(Holiday, "holidays"),
    "drawdowns": _many(Drawdown, "drawdowns"),
    "fees": _many(Fee, "fees"),
    "calendar": calendar_named,
    "day_count": _day_count,
    "sized_by": _day_count,
    "rounding": _rounding,
    "fee_rounding": _rounding,
    "repayment": _repayment,
    "business_days": _one(BusinessDays, "business_days"),
}


def _field_hook(field: "attrs.Attribute[Any]") -> Callable[[Any, Any], Any]:
    # Each field goes through its class's own converter here, so that the errors of all
    # fields are found, where the class itself would stop at the first.
    form, convert = _FORMS.get(field.name), field.converter

    def structure(raw: Any, _: Any) -> Any:
        value = form(raw) if form is not None else raw
        return convert(value) if callable(convert) else value

    return structure


_VALUES = (
    InstallmentLoan,
    BusinessDays,
    Drawdown,
    Fee,
    Holiday,
    Index,
    InterestPayments,
    Rounding,
)


def _strict_converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind in (*_VALUES, *METHODS.values(), *RATES.values()):
        overrides: dict[str, Any] = {
            field.name: override(struct_hook=_field_hook(field))
            for field in attrs.fields(kind)
            if field.init
        }
        structure: Callable[[Any, Any], Any] = make_dict_structure_fn(
            kind, converter, **overrides
        )
        converter.register_structure_hook(kind, structure)
    return converter


_CONVERTER = _strict_converter()
