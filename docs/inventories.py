"""
Write the intersphinx inventories of the objects that our signatures name.

Run it after adding a name: `python docs/inventories.py`.
"""

# ruff: noqa: INP001

import zlib
from pathlib import Path

_PYTHON = {
    "class": {
        "bool": "library/functions.html#bool",
        "bytes": "library/stdtypes.html#bytes",
        "collections.abc.Callable": "library/collections.abc.html#-",
        "collections.abc.Iterable": "library/collections.abc.html#-",
        "collections.abc.Mapping": "library/collections.abc.html#-",
        "collections.abc.Sequence": "library/collections.abc.html#-",
        # As a type that cannot be loaded when it is documented names it.
        "date": "library/datetime.html#datetime.date",
        "datetime.date": "library/datetime.html#-",
        "datetime.datetime": "library/datetime.html#-",
        "decimal.Decimal": "library/decimal.html#-",
        "dict": "library/stdtypes.html#dict",
        "enum.Enum": "library/enum.html#-",
        "fractions.Fraction": "library/fractions.html#-",
        "int": "library/functions.html#int",
        "list": "library/stdtypes.html#list",
        "object": "library/functions.html#object",
        "pathlib.Path": "library/pathlib.html#-",
        "range": "library/stdtypes.html#range",
        "str": "library/stdtypes.html#str",
        "tuple": "library/stdtypes.html#tuple",
        "typing.NamedTuple": "library/typing.html#-",
        "typing.Protocol": "library/typing.html#-",
    },
    "data": {
        "None": "library/constants.html#None",
        "typing.Any": "library/typing.html#-",
    },
    "exception": dict.fromkeys(
        (
            "ArithmeticError",
            "AssertionError",
            "Exception",
            "ImportError",
            "LookupError",
            "OSError",
            "TypeError",
            "ValueError",
        ),
        "library/exceptions.html#-",
    ),
}
_DATEUTIL = {
    "class": {
        "dateutil.relativedelta.relativedelta": "relativedelta.html#-",
        "relativedelta": "relativedelta.html#dateutil.relativedelta.relativedelta",
        "rrule": "rrule.html#dateutil.rrule.rrule",
    },
}


def _written(project: str, objects: dict[str, dict[str, str]]) -> bytes:
    head = (
        "# Sphinx inventory version 2\n"
        f"# Project: {project}\n"
        "# Version:\n"
        "# The remainder of this file is compressed using zlib.\n"
    )
    lines = [
        f"{name} py:{kind} 1 {place.replace('#-', '#$')} -\n"
        for kind, places in sorted(objects.items())
        for name, place in sorted(places.items())
    ]
    return head.encode() + zlib.compress("".join(lines).encode(), 9)


if __name__ == "__main__":
    here = Path(__file__).parent
    (here / "python.inv").write_bytes(_written("Python", _PYTHON))
    (here / "dateutil.inv").write_bytes(_written("dateutil", _DATEUTIL))
