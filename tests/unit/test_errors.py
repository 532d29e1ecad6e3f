import copy
import pickle

import pytest

from loanmath import errors
from loanmath.errors import InputTypeError, LoanmathError, TermsFileError

LEAVES = [getattr(errors, name) for name in errors.__all__]


def test_message_says_what_got_allowed_and_what_to_do():
    error = InputTypeError(
        "rate", got=0.12, allowed="a Rate", do="write Rate('12%/year')"
    )
    assert str(error) == "rate: got 0.12; allowed: a Rate; write Rate('12%/year')"
    assert (error.what, error.got, error.allowed) == ("rate", 0.12, "a Rate")
    assert error.do == "write Rate('12%/year')"


def test_message_without_allowed_or_do():
    assert str(LoanmathError("x", got=1)) == "x: got 1"


@pytest.mark.parametrize("kind", LEAVES)
def test_every_error_survives_pickle_and_copy(kind):
    error = kind("x", got=("a", "b"), allowed="c", do="d")
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(twin) is kind
        assert str(twin) == str(error)
        assert (twin.what, twin.got, twin.allowed, twin.do) == (
            "x",
            ("a", "b"),
            "c",
            "d",
        )


@pytest.mark.parametrize("kind", LEAVES)
def test_every_error_is_also_a_builtin_exception(kind):
    assert issubclass(kind, LoanmathError)
    builtin = [base for base in kind.__mro__ if base.__module__ == "builtins"]
    assert kind is LoanmathError or builtin[0] in (
        ValueError, TypeError, LookupError, ImportError, ArithmeticError, AssertionError
    )  # fmt: skip


def test_a_file_error_lists_its_problems():
    error = TermsFileError("loan.toml", got=["a: missing", "b: unknown key"])
    assert error.problems == ("a: missing", "b: unknown key")
    assert str(error) == "loan.toml: 2 problem(s)\n  - a: missing\n  - b: unknown key"
    assert TermsFileError("loan.toml").problems == ()


class Hostile:
    def __repr__(self):
        raise RuntimeError


def test_hostile_and_huge_values_are_shown_shortly():
    assert str(LoanmathError("x", got=Hostile())) == "x: got a Hostile"
    assert str(LoanmathError("x", got=10**5000)) == "x: got an int of 16610 bits"
    assert str(LoanmathError("x", got="9" * 10**6)).endswith("'... (1000000 long)")
    assert str(LoanmathError("x", got=[1] * 10**6)) == "x: got [1, 1, 1, 1, 1, 1, ...]"
    assert len(str(LoanmathError("x", got={1j: "a" * 99}))) < 90
