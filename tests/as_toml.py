"""Plain values as TOML writes them, for tests of what a file says."""

import json
from typing import Any

__all__ = ["toml_text"]


def toml_text(document: dict[str, Any]) -> str:
    """Return a document as TOML, one line for every key."""
    return "\n".join(f"{key} = {_value(value)}" for key, value in document.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        cells = ", ".join(
            f"{json.dumps(key)} = {_value(v)}" for key, v in value.items()
        )
        return f"{{{cells}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if value is None:
        raise ValueError("TOML has no word for nothing")
    return json.dumps(value)
