"""The published examples run on the installed copy, with what each one gave."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from importlib.metadata import version

from attrs import frozen

from loanmath.currency import amount_text
from loanmath.rounding import RoundingMode, divide
from loanmath.schedule.printed import PrintedRecords
from loanmath.schedule.printing import Table
from loanmath.verification.computing import COMPUTED, Figure
from loanmath.verification.data import Vector, digest, vectors
from loanmath.yields import AnnualRate

__all__ = ["Checked", "Verification", "check", "verify"]

# Enough for every printed rate; digits beyond are only cut off.
_CUT_FROM = 10


@frozen
class Checked:
    """
    An example, and what the library gave for it.

    Attributes:
        vector: The example.
        got: What the library gave, by name, with the printed decimals.

    Example:
        >>> check(vectors()[0]).passed
        True
    """

    vector: Vector
    got: Mapping[str, str]

    @property
    def passed(self) -> bool:
        """
        Whether every printed figure came out.

        Example:
            >>> Checked(vectors()[0], {}).passed
            False
        """
        return dict(self.got) == dict(self.vector.expected)


@frozen(repr=False)
class Verification(PrintedRecords):
    """
    What the installed copy gives for every published example (自检报告).

    Attributes:
        version: The version of the library.
        digest: The SHA-256 digest of the file of examples.
        results: Every example, with what came out.

    Example:
        >>> verify(vectors()[:2]).passed
        True
        >>> verify(vectors()[:1]).to_csv().splitlines()[0]
        'id,passed,figure,printed,got,confidence,source'
    """

    version: str
    digest: str
    results: tuple[Checked, ...]

    @property
    def passed(self) -> bool:
        """
        Whether every figure of every example came out.

        Example:
            >>> Verification("0", "0", (Checked(vectors()[0], {}),)).passed
            False
        """
        return all(result.passed for result in self.results)

    def _table(self) -> Table:
        rows = [
            [example.id, _said(result), example.confidence, example.source]
            for result in self.results
            for example in (result.vector,)
        ]
        failed = sum(not result.passed for result in self.results)
        header = ["Example", "Result", "Confidence", "Source"]
        total = [f"{len(self.results)} examples", f"{failed} failed", "", ""]
        caption = f"loanmath {self.version}, examples {self.digest}"
        return Table(caption, header, rows, total, words=(0, 1, 2, 3))

    def __repr__(self) -> str:
        return f"<Verification of {self.version}: {len(self.results)} examples>"

    def _records(self) -> list[Sequence[object]]:
        names = ["id", "passed", "figure", "printed", "got", "confidence", "source"]
        lines: list[Sequence[object]] = [names]
        for result in self.results:
            example = result.vector
            for name, printed in example.expected.items():
                got = result.got.get(name, "")
                passed = str(got == printed).lower()
                cells = (example.id, passed, name, printed, got)
                lines.append([*cells, example.confidence, example.source])
        return lines


def _said(result: Checked) -> str:
    if result.passed:
        return "ok"
    printed, got = _figures(result.vector.expected), _figures(result.got)
    return f"FAILED: printed {printed}; got {got}"


def _figures(figures: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {figure}" for name, figure in figures.items())


def check(vector: Vector) -> Checked:
    """
    Return what the library gives for an example, at the printed decimals.

    A figure is rounded half-up to the decimals that its source printed, or cut where
    the source cuts.

    Raises:
        MissingExtraError: If the example has terms, and the extra `files` is missing.

    Example:
        >>> check(vectors()[0]).got == dict(vectors()[0].expected)
        True
    """
    compute = COMPUTED[vector.kind]
    return Checked(
        vector,
        {
            name: _printed(compute(vector.inputs, name), _decimals(text), vector.cut)
            for name, text in vector.expected.items()
        },
    )


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _printed(figure: Figure, decimals: int, cut: bool) -> str:
    if isinstance(figure, AnnualRate):
        figure = figure.at(_CUT_FROM if cut else decimals)
    scaled = Fraction(figure) * 10**decimals
    mode = RoundingMode.DOWN if cut else RoundingMode.HALF_UP
    units = divide(scaled.numerator, scaled.denominator, mode)
    return amount_text(units, decimals, separator="")


def verify(
    examples: tuple[Vector, ...] | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Verification:
    """
    Return what the installed copy gives for published examples.

    Args:
        examples: The examples; all that are shipped, if left out.
        progress: Called after each with how many are done, of how many.

    Raises:
        MissingExtraError: If the extra `files` is missing.

    Example:
        >>> verify().passed
        True
    """
    chosen = vectors() if examples is None else examples
    results = []
    for number, example in enumerate(chosen, start=1):
        results.append(check(example))
        if progress is not None:
            progress(number, len(chosen))
    return Verification(version("loanmath"), digest(), tuple(results))
