"""The repository's own rules, each with a case that breaks it."""

import ast
import importlib
import re
from pathlib import Path

import attrs
import pytest

import loanmath
from loanmath import errors

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "loanmath").rglob("*.py"))
MAX_LINES, MAX_FUNCTION = 400, 40
# Where floats may propose: nothing that is booked comes out of these rooms undecided.
FLOATS = {"yields"}


def parse(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def body_lines(function):
    """Lines of a function without its docstring."""
    first = function.body[0]
    skipped = 0
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        skipped = first.end_lineno - first.lineno + 1
    return function.end_lineno - function.lineno + 1 - skipped


def long_functions(tree):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, kinds) and body_lines(node) > MAX_FUNCTION
    ]


def floats(tree):
    """Float literals, calls of `float` and true divisions of a tree."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) is float:
            found.append(node.lineno)
        if isinstance(node, ast.Name) and node.id == "float":
            found.append(node.lineno)
    return found


def asserts(tree):
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)]


def clock_reads(tree):
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
    ]


def attrs_validators(tree):
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "validator"
    ]


def test_each_rule_finds_the_case_that_breaks_it():
    body = "\n    ".join(["x = 1"] * (MAX_FUNCTION + 1))
    assert long_functions(ast.parse(f"def f():\n    {body}")) == ["f"]
    assert (
        long_functions(ast.parse('def f():\n    """\n' + "\n" * 60 + '    """')) == []
    )
    assert floats(ast.parse("x = 0.5\ny = float(x)\nz = 1")) == [1, 2]
    assert asserts(ast.parse("assert x")) == [1]
    assert clock_reads(ast.parse("date.today()\ndatetime.now()")) == [1, 2]
    assert attrs_validators(ast.parse("field(validator=positive)")) == [1]
    assert uncapped("a" * 3 + "\n" * 500) is True
    assert undocumented(ast.parse("def f(): ...\nclass C: ...\ndef _g(): ...")) == [
        "f",
        "C",
    ]


def uncapped(text):
    return text.count("\n") > MAX_LINES


def undocumented(tree):
    kinds = (ast.FunctionDef, ast.ClassDef)
    return [
        node.name
        for node in tree.body
        if isinstance(node, kinds)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_sizes_and_forbidden_words(path):
    text, tree = path.read_text(encoding="utf-8"), parse(path)
    assert not uncapped(text)
    assert not long_functions(tree)
    assert not asserts(tree), "python -O strips assert: raise InvariantError"
    assert not clock_reads(tree), "the caller names every date"
    assert not attrs_validators(tree), "attrs validators can be switched off"
    assert not undocumented(tree)
    if not FLOATS & set(path.relative_to(ROOT).with_suffix("").parts):
        allowed = {"errors", "doors"}  # they name the type that they refuse
        if path.stem not in allowed:
            assert not floats(tree)


def public_modules():
    for path in SOURCES:
        if path.stem != "__main__":
            parts = path.relative_to(ROOT / "src").with_suffix("").parts
            yield importlib.import_module(".".join(parts).removesuffix(".__init__"))


def stub_names(text):
    """The names that a stub exports, each with the room it comes from."""
    return {
        alias.asname: node.module.removeprefix("loanmath.")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_the_stub_has_the_names_that_are_loaded():
    stub = (ROOT / "src/loanmath/__init__.pyi").read_text(encoding="utf-8")
    assert stub_names(stub) == loanmath._ROOM_OF
    assert stub_names("from loanmath.a import B as B") == {"B": "a"}


def test_every_public_name_is_listed_and_sorted():
    assert set(loanmath.__all__) == set(loanmath._ROOM_OF)
    for name, room in loanmath._ROOM_OF.items():
        assert name in importlib.import_module(f"loanmath.{room}").__all__
    for module in public_modules():
        for name in module.__all__:
            assert hasattr(module, name)


def documented_callables():
    for name in loanmath.__all__:
        thing = getattr(loanmath, name)
        if callable(thing) and type(thing).__module__ in {"builtins", "enum"}:
            yield name, thing
        if isinstance(thing, type) or type(thing).__name__ == "function":
            yield name, thing


@pytest.mark.parametrize(
    ("name", "thing"), sorted(set(documented_callables()), key=lambda p: p[0])
)
def test_public_docstrings_have_an_example_that_runs(name, thing):
    text = thing.__doc__ or ""
    assert text.strip(), name
    enum_or_error = isinstance(thing, type) and issubclass(thing, (Exception,))
    is_enum = type(thing).__name__ == "EnumType"
    if not enum_or_error and not is_enum:
        assert ">>> " in text or "Example" in text, f"{name} has no example"


def test_every_error_class_is_raised_somewhere():
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    tests = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")
    )
    bases = {"LoanmathError", "SolverError"}
    for name in set(errors.__all__) - bases:
        assert len(re.findall(rf"\b{name}\b", sources)) > 2, f"{name} is never raised"
        assert re.search(rf"\b{name}\b", tests), f"{name} is never tested"


def frozen_classes():
    for module in public_modules():
        for name in module.__all__:
            thing = getattr(module, name)
            if isinstance(thing, type) and attrs.has(thing):
                yield thing


def test_public_values_are_frozen_and_hold_no_mutable_fields():
    classes = set(frozen_classes())
    assert len(classes) > 10
    for kind in classes:
        assert kind.__setattr__ is not object.__setattr__, kind
        for field in attrs.fields(kind):
            assert not str(field.type).startswith(("list", "dict", "set")), (
                kind,
                field,
            )


def test_the_repository_speaks_of_the_library_alone():
    forbidden = re.compile(
        r"/work/|/tmp/|/root/|\.library|shared/domain", re.IGNORECASE
    )
    suffixes = {".py", ".md", ".toml", ".json", ".cfg", ".txt"}
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if (
            parts[0].startswith(".")
            or parts[0] in {"build", "dist"}
            or "_build" in parts
        ):
            continue
        if path.suffix in suffixes and path != Path(__file__):
            assert not forbidden.search(path.read_text(encoding="utf-8")), path
