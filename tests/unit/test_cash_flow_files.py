"""Cash flows in CSV files, every problem named by its line."""

from datetime import date

import pytest

from loanmath import apr, read_cash_flows
from loanmath.errors import FlowsFileError
from loanmath.serialization import cash_flows_from_csv


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("date,amount", "2026-01-15,-100"),
        ("amount, Date", "-100,2026-01-15"),
        ("日期,金额", "2026-01-15, -100 "),
        ("\ufeffon,amount", "2026-01-15,-100"),
    ],
)
def test_dates_and_amounts(header, row):
    assert cash_flows_from_csv(f"{header}\n\n{row}\n") == [(date(2026, 1, 15), "-100")]


def test_amounts_alone():
    assert cash_flows_from_csv("金额\n-100\n110\n") == ["-100", "110"]


def test_a_file(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text("date,amount\n2025-01-15,-100\n2026-01-15,110\n")
    assert str(apr(read_cash_flows(str(path)), "xirr").shown) == "10.00"
    with pytest.raises(FlowsFileError, match=r"must end in \.csv"):
        read_cash_flows(
            tmp_path.joinpath("flows.txt")
            .with_suffix(".csv")
            .rename(tmp_path / "flows.txt")
        )
    with pytest.raises(OSError, match="no-such"):
        read_cash_flows(tmp_path / "no-such.csv")


def problems(text):
    with pytest.raises(FlowsFileError) as caught:
        cash_flows_from_csv(text, name="f.csv")
    return caught.value.problems


def test_every_problem_is_listed_with_its_line():
    text = "date,amount\n2026-02-30,1\n2026-01-15,ten\n\n2026-01-15\n2026-01-16,1\n"
    found = problems(text)
    assert [said.split(":")[0] for said in found] == ["line 2", "line 3", "line 5"]
    assert "'2026-02-30'; allowed: a date such as" in found[0]
    assert "amount" in found[1]
    assert "got 1; allowed: 2 cells" in found[2]


def test_what_is_no_table():
    assert problems("") == ("line 1: no column names",)
    assert problems("date,amount,note\n")[0].startswith("line 1: columns date, amount")
    assert problems("date\n2026-01-15\n")[0].startswith("line 1: columns date;")
    assert problems('date,"amount\n') == ("line 1: not CSV: unexpected end of data",)
    assert "not CSV" in problems('date,amount\n2026-01-15,1\n2026-01-16,"1\n')[-1]


def test_at_most_a_hundred_problems_are_shown():
    found = problems("amount\n" + "x\n" * 130)
    assert len(found) == 101
    assert found[-1] == "and 30 more"
