import json
from datetime import date
from fractions import Fraction

import pytest

from loanmath import (
    MONTHLY,
    NONE,
    WEEKENDS,
    BusinessDays,
    EqualPrincipal,
    FlatFee,
    HolidayCalendar,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    Rate,
    Rounding,
    SinglePayment,
    chinese_calendar,
    day_count,
    holidays_calendar,
    read_terms,
    terms_document,
    terms_from_document,
    terms_from_text,
)
from loanmath.errors import InputValueError, TermsFileError

TOML = """
type = "installment_loan"
currency = "CNY"
principal = "10000"
disbursed = 2026-01-15
every = "monthly"
rate = "0.04%/day"
repayment = { method = "level_payment", count = 12 }
"""

DOCUMENT = {
    "type": "installment_loan",
    "currency": "CNY",
    "principal": "10000",
    "disbursed": "2026-01-15",
    "every": "monthly",
    "rate": "0.04%/day",
    "repayment": {"method": "level_payment", "count": 12},
}

LOAN = InstallmentLoan(
    currency="CNY",
    principal="10000",
    disbursed=date(2026, 1, 15),
    every=MONTHLY,
    rate=Rate("0.04%/day"),
    repayment=LevelPayment(12),
)


def problems(document):
    with pytest.raises(TermsFileError) as caught:
        terms_from_document(document)
    return list(caught.value.problems)


def test_toml_json_and_plain_values_say_the_same():
    assert terms_from_text(TOML, "toml") == LOAN
    assert terms_from_text(json.dumps(DOCUMENT), "json") == LOAN
    assert terms_from_document(DOCUMENT) == LOAN


METHODS = [
    LevelPayment(3, residue="first", rounding=Rounding("up", unit="0.05"),
                 sized_by="30/360 CN", shortfall="capitalize"),
    LevelPayment(3, rounding="down"),
    EqualPrincipal(3, residue="first"),
    InterestOnly(3),
    SinglePayment(3),
    PrincipalAmounts(["1", "2.50", "9996.50"]),
]  # fmt: skip


@pytest.mark.parametrize("repayment", METHODS)
def test_every_method_survives_the_round_trip(repayment):
    loan = InstallmentLoan(
        currency="CNY",
        principal="10000",
        disbursed=date(2026, 1, 31),
        every=MONTHLY,
        rate=Rate("1/3%/month"),
        repayment=repayment,
        day_count="30E/360",
        head_tail="both",
        rounding=Rounding.unrounded(12),
        due_day=31,
        end_of_month=True,
        business_days=BusinessDays(
            "modified_following", WEEKENDS, interest="unadjusted"
        ),
    )
    text = json.dumps(terms_document(loan))
    assert terms_from_text(text, "json") == loan


@pytest.mark.parametrize(
    "fee",
    [FlatFee(3, "7.5%", residue="first", fee_rounding="half_even"),
     FlatFee(3, Fraction(1, 300), fee_for="installment", charged="first")],
)  # fmt: skip
def test_flat_fees_survive_the_round_trip(fee):
    loan = InstallmentLoan(
        currency="JPY",
        principal="100",
        disbursed=date(2026, 1, 31),
        every="P14D",
        repayment=fee,
    )
    assert terms_from_document(terms_document(loan)) == loan


@pytest.mark.parametrize(
    "calendar", [NONE, WEEKENDS, chinese_calendar(), holidays_calendar("US", "NY"),
                 holidays_calendar("GB")]
)  # fmt: skip
def test_calendars_have_names(calendar):
    loan = InstallmentLoan(
        currency="BRL",
        principal="100",
        disbursed=date(2025, 1, 31),
        every=[date(2025, 3, 3), date(2025, 6, 30)],
        rate=Rate("10%/year"),
        repayment=InterestOnly(2),
        day_count=day_count("BUS/252", calendar=calendar),
        business_days=BusinessDays("preceding", calendar),
    )
    document = terms_document(loan)
    assert document["every"] == ["2025-03-03", "2025-06-30"]
    assert terms_from_document(document) == loan


@pytest.mark.parametrize("name", ["mine", "weekends"])
def test_a_calendar_of_ones_own_has_no_name_in_a_file(name):
    own = HolidayCalendar(name, [date(2026, 5, 1)], known_from=date(2026, 1, 1),
                          known_through=date(2026, 12, 31))  # fmt: skip
    loan = InstallmentLoan(
        currency="CNY", principal="1", disbursed=date(2026, 1, 1), every="monthly",
        rate=Rate("0.04%/day"), repayment=InterestOnly(1),
        business_days=BusinessDays("following", own),
    )  # fmt: skip
    with pytest.raises(InputValueError, match="calendar"):
        terms_document(loan)


def test_all_problems_at_once_each_naming_its_key():
    document = DOCUMENT | {
        "currency": "RMB",
        "principal": 10000.5,
        "disbursed": "2026-02-30",
        "every": ["2026-02-15", 5],
        "rate": "12",
        "colour": "red",
        "day_count": {"name": "BUS/252"},
        "rounding": {"mode": "half_up", "units": 5},
        "business_days": {"rule": "sideways", "calendar": "moon"},
        "repayment": {"method": "level_payment", "count": 0, "residu": "last"},
    }
    found = problems(document)
    starts = [problem.split(":")[0] for problem in found]
    assert sorted(starts) == sorted(
        ["currency", "principal", "disbursed", "every", "rate", "day_count",
         "rounding.units", "business_days.rule", "business_days.calendar",
         "repayment.count", "repayment.residu", "colour"]
    )  # fmt: skip
    assert "colour: unknown key" in found


@pytest.mark.parametrize(
    ("change", "start"),
    [
        ({"type": "loan"}, "type: got 'loan'"),
        ({"type": None}, "type: got None"),
        ({"repayment": {"method": "magic"}}, "repayment: method: got 'magic'"),
        ({"repayment": 5}, "repayment: method: got 5"),
        ({"repayment": {"method": "flat_fee", "count": 3}}, "repayment.fee: missing"),
        (
            {"business_days": "following"},
            "business_days: business_days: got 'following'",
        ),
        (
            {"business_days": {"rule": "following", "calendar": 5}},
            "business_days.calendar: ",
        ),
        ({"disbursed": "15.01.2026"}, "disbursed: date: got '15.01.2026'"),
        ({"disbursed": 20260115}, "disbursed: disbursed: got 20260115"),
        ({"rate": None}, "rate: rate: got None"),
        ({"day_count": ["ACT/360"]}, "day_count: "),
        ({"principal": None}, "principal: principal: got None"),
    ],
)
def test_problems_of_one_key(change, start):
    assert [problem.startswith(start) for problem in problems(DOCUMENT | change)] == [
        True
    ]


def test_contradictions_between_keys_are_problems_of_the_file():
    assert problems(DOCUMENT | {"day_count": "1/12"})[0].startswith(
        "day_count: got '1/12'"
    )


@pytest.mark.parametrize("document", [None, 5, [], "x", {}])
def test_what_is_no_document(document):
    assert problems(document)[0].startswith("type: got ")


@pytest.mark.parametrize(
    ("text", "kind", "problem"),
    [
        (
            TOML.replace('"10000"', "10000.00"),
            "toml",
            "the float 10000.00, which is not exact",
        ),
        (TOML.replace('"10000"', "nan"), "toml", "the float nan"),
        (json.dumps(DOCUMENT).replace('"10000"', "1e4"), "json", "the float 1e4"),
        (json.dumps(DOCUMENT).replace('"10000"', "NaN"), "json", "the float NaN"),
        (
            TOML.replace("2026-01-15", "2026-01-15T00:00:00"),
            "toml",
            "datetime.datetime",
        ),
        ("x = ", "toml", "not TOML"),
        ("{", "json", "not JSON"),
        ('{"type": 1, "type": 2}', "json", "not JSON: keys: got 'type'"),
        ("[" * 100_000, "json", "nested too deeply"),
        ("9" * 5000, "json", "not JSON"),
        (TOML + "\ncurrency = 'CNY'", "toml", "not TOML"),
    ],
)
def test_bad_texts(text, kind, problem):
    with pytest.raises(TermsFileError) as caught:
        terms_from_text(text, kind)
    assert problem in str(caught.value)


def test_a_whole_number_is_an_exact_amount():
    assert terms_from_text(TOML.replace('"10000"', "10000"), "toml") == LOAN


def test_files(tmp_path):
    path = tmp_path / "loan.TOML"
    path.write_text(TOML, encoding="utf-8")
    assert read_terms(path) == read_terms(str(path)) == LOAN
    (tmp_path / "loan.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    assert read_terms(tmp_path / "loan.json") == LOAN
    with pytest.raises(FileNotFoundError):
        read_terms(tmp_path / "none.toml")
    (tmp_path / "loan.yaml").write_text("")
    with pytest.raises(TermsFileError, match=r"\.toml or \.json"):
        read_terms(tmp_path / "loan.yaml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(TermsFileError, match="not UTF-8"):
        read_terms(tmp_path / "bytes.toml")
    (tmp_path / "large.json").write_bytes(b" " * 4_000_001)
    with pytest.raises(TermsFileError, match="larger than"):
        read_terms(tmp_path / "large.json")
