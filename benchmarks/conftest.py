"""Prints the ratios at the end of a run, where the benchmark's own tables end."""

import platform

import pytest

RATIOS = pytest.StashKey[dict[tuple[str, str], str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Keep the ratios that the tests work out: (line, column) to text."""
    config.stash[RATIOS] = {}


@pytest.fixture
def ratios(request: pytest.FixtureRequest) -> dict[tuple[str, str], str]:
    """The table that is printed in the end, by line and column."""
    return request.config.stash[RATIOS]


def machine() -> str:
    """Return the interpreter and the kind of machine, in general words."""
    return (
        f"{platform.python_implementation()} {platform.python_version()},"
        f" {platform.system()} {platform.machine()}"
    )


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the ratios as a Markdown table."""
    cells = config.stash[RATIOS]
    if not cells:
        return
    lines = list(dict.fromkeys(line for line, _ in cells))
    columns = list(dict.fromkeys(column for _, column in cells))
    table = [["CPU time as a multiple of the bare Decimal loop", *columns]]
    table.append(["---"] + ["--:"] * len(columns))
    table += [
        [line, *(cells.get((line, column), "") for column in columns)] for line in lines
    ]
    terminalreporter.section(f"ratios, {machine()}")
    for row in table:
        terminalreporter.write_line(f"| {' | '.join(row)} |")
