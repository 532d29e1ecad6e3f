"""Finding a convention by any of its names."""

import unicodedata

from loanmath.daycount.table import AMBIGUOUS, CONVENTIONS, Convention
from loanmath.doors import to_text
from loanmath.errors import LimitError, UnknownNameError

__all__ = ["convention_named", "name_key"]

_MAX_NAME = 64
_SEPARATORS = str.maketrans("", "", " \t\n._-/()")


def name_key(name: str) -> str:
    """
    Return what two spellings of one name have in common.

    Case, full width, spaces and separators are left out; "actual" and 实际天数 are ACT.

    Example:
        >>> name_key("Actual/365 (Fixed)"), name_key("实际/365")
        ('act365fixed', 'act365')
    """
    key = unicodedata.normalize("NFKC", name).casefold().translate(_SEPARATORS)
    for word in ("actual", "实际天数", "实际"):
        key = key.replace(word, "act")
    return key


_BY_KEY = {
    name_key(name): convention
    for convention in CONVENTIONS
    for name in convention.names
}
_MEANINGS = {name_key(name): meanings for name, meanings in AMBIGUOUS.items()}


def convention_named(name: object) -> Convention:
    """
    Return the convention of a name, in any dialect and spelling.

    Raises:
        InputTypeError: If the name is not a `str`.
        LimitError: If it has more than 64 characters.
        UnknownNameError: If no convention has that name, or several have.

    Example:
        >>> convention_named("Eurobond basis").name
        '30E/360'
    """
    text = to_text(name, "day count")
    if len(text) > _MAX_NAME:
        raise LimitError(
            "day count", got=text, allowed=f"a name of at most {_MAX_NAME} characters"
        )
    key = name_key(text)
    if key in _MEANINGS:
        raise UnknownNameError(
            "day count",
            got=text,
            allowed=" or ".join(_MEANINGS[key]),
            do="this name is used for each of them: say which one is meant",
        )
    if key not in _BY_KEY:
        names = ", ".join(convention.name for convention in CONVENTIONS)
        raise UnknownNameError("day count", got=text, allowed=names)
    return _BY_KEY[key]
