"""
What refusals, tables and sentences of a line say, word for word.

The texts are public: whoever changes one sees it here. Run as a program, this file
writes the kept texts anew; read the difference before you keep it.
"""

from pathlib import Path

import pytest

from kept_lines import NOV5
from loanmath import explain_line
from loanmath.errors import LoanmathError
from told_lines import PRINTED_DAYS, REFUSED_ON_LINES, lived_line

TEXTS = Path(__file__).parents[1] / "told"


def refusal(name: str) -> str:
    with pytest.raises(LoanmathError) as caught:
        REFUSED_ON_LINES[name]()
    return f"{name}: {type(caught.value).__name__}: {caught.value}"


def printed() -> list[str]:
    account = lived_line()
    positions = [account.position(day) for day in PRINTED_DAYS]
    bills = account.statements(NOV5)
    postings = account.postings(until=NOV5)
    forms = [
        *map(str, positions),
        positions[-1]._repr_html_(),
        *(form for bill in bills for form in (str(bill), bill.to_markdown())),
        bills[-1].to_html(),
        *map(str, postings),
        *map(explain_line, postings),
        *(explain_line(posting, "zh") for posting in postings),
    ]
    return "\n".join(forms).splitlines()


def kept(file: str) -> list[str]:
    return (TEXTS / file).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", REFUSED_ON_LINES)
def test_refusals_say_what_they_said(name):
    assert refusal(name) in kept("refused_line.txt")


def test_no_other_refusal_is_kept():
    assert len(kept("refused_line.txt")) == len(REFUSED_ON_LINES)


def test_a_line_prints_as_it_did():
    assert printed() == kept("printed_line.txt")


if __name__ == "__main__":
    for file, lines in (
        ("refused_line.txt", list(map(refusal, REFUSED_ON_LINES))),
        ("printed_line.txt", printed()),
    ):
        text = "".join(f"{line}\n" for line in lines)
        (TEXTS / file).write_text(text, encoding="utf-8")
