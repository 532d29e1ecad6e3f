"""What a credit report shows of an account, month by month."""

from datetime import date

import pytest

from kept_lines import buy, kept, line, nov, pay
from loanmath import Account, WriteOff
from loanmath.analysis.delinquency import (
    CARD_STAGES,
    BucketScheme,
    CreditRecord,
    MonthStatus,
    Pause,
    RecordCodes,
    credit_record,
)
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from loanmath.presets.cn.classes import CREDIT_REPORT
from refusals import refused
from serviced import D1, D2, D3, after, loan, opened, paid

CODES = CREDIT_REPORT.value
FREE = {"rate": "0%/day"}


def line_of(account, on, **words):
    return credit_record(account, on, CODES, **words).line


def test_a_month_is_as_its_last_day_ends():
    account = Account.open(loan())
    # Late since 15 February: 13 days on 28 February, 44 on 31 March, 74 on 30 April.
    assert line_of(account, date(2026, 4, 30), months=5) == "/*123"
    assert line_of(account, date(2026, 4, 29), months=5) == "//*12"
    assert line_of(account, date(2026, 9, 30), months=6) == "345677"
    assert len(credit_record(account, date(2026, 4, 30), CODES).months) == 24


def test_months_in_time_and_with_nothing_due():
    account = opened(paid("1030", D1, "p1"), paid("1020", D2, "p2"), penalty=FREE)
    assert line_of(account, date(2026, 3, 31), months=3) == "*NN"
    pauses = [Pause(after(D3, 1), date(2026, 6, 5))]
    assert line_of(account, date(2026, 6, 30), months=4, pauses=pauses) == "NN*1"
    assert line_of(account, date(2026, 6, 30), months=4) == "N123"


def test_an_account_that_was_paid_off_ends_in_that_month():
    account = opened(
        paid("1030", D1, "p1"),
        paid("1020", D2, "p2"),
        paid("1010", D3, "p3"),
        penalty=FREE,
    )
    record = credit_record(account, date(2026, 9, 30), CODES, months=4)
    assert record.line == "*NNC"
    assert str(record.months[-1]) == "2026-04 C"
    assert line_of(account, date(2026, 4, 29), months=4) == "/*NN"


def test_an_account_may_end_in_its_first_month():
    account = Account.open(loan())
    account = account.record(
        paid(str(account.payoff(date(2026, 1, 20))), date(2026, 1, 20))
    )
    assert line_of(account, date(2026, 4, 29), months=3) == "//C"


def test_an_account_that_was_written_off_ended():
    account = opened(WriteOff(id="o1", on=after(D1, 60)), penalty=FREE)
    record = credit_record(account, date(2026, 9, 30), CODES, months=4)
    assert record.line == "*12G"
    assert [one.days_past_due for one in record.months] == [0, 13, 44, 0]


def test_a_line_goes_on():
    # Due on 25 September; nothing is billed of August.
    account = kept(line(), buy(date(2026, 8, 10), 500))
    assert line_of(account, date(2026, 12, 31), months=6) == "/*1234"
    account = account.record(pay(date(2026, 9, 20), 500))
    assert line_of(account, date(2026, 12, 31), months=6) == "/*N***"
    assert line_of(account, nov(29), months=1) == "*"


def test_what_no_ledger_knows_may_be_stated():
    account = Account.open(loan())
    stated = {(2026, 3): "D", (2020, 1): "Z"}
    record = credit_record(account, date(2026, 4, 30), CODES, months=4, stated=stated)
    assert record.line == "*1D3"
    assert (record.worst(12), record.worst(2), record.worst_days(1)) == ("3", "3", 74)


@pytest.mark.parametrize(
    ("stated", "error"),
    [
        ([], InputTypeError),
        ({"2026-03": "D"}, InputTypeError),
        ({(2026, "3"): "D"}, InputTypeError),
        ({(2026, 3): 1}, InputTypeError),
        ({(2026, 3): "N"}, UnknownNameError),
        ({(2026, 13): "D"}, LimitError),
    ],
)
def test_a_statement_that_is_none_is_refused(stated, error):
    with refused(error):
        credit_record(Account.open(loan()), date(2026, 4, 30), CODES, stated=stated)


def record_of(*days):
    months = [
        MonthStatus(2025 + number // 12, number % 12 + 1, "N", late)
        for number, late in enumerate(days)
    ]
    return CreditRecord(CODES, tuple(months))


def test_worst_and_times_late():
    record = record_of(0, 95, 125, 0, 35, 65, 10, 40, *[0] * 12, 29, 30)
    assert (record.worst(24), record.worst(12), record.worst(1)) == ("5", "1", "1")
    assert record.worst(15) == "2"
    late = [
        (record.months_late(days), record.times_late(days)) for days in (30, 60, 90)
    ]
    assert late == [(6, 4), (3, 2), (2, 1)]
    assert record.times_late(30, 12) == 1
    # The first month that is looked at has none before it.
    assert record.times_late(30, 20) == 4
    assert record_of().worst(24) == "N"
    assert (record_of().times_late(1), record_of().months_late(1)) == (0, 0)


def test_a_record_prints_by_year():
    record = record_of(*[0] * 11, 31, 61)
    assert str(record).splitlines() == [
        "Repayment record (还款记录) to 2026-01: NNNNNNNNNNNNN, worst 3",
        "Year  1  2  3  4  5  6  7  8  9  10  11  12",
        "2025  N  N  N  N  N  N  N  N  N   N   N   N",
        "2026  N",
    ]
    assert record.to_csv().splitlines()[:2] == [
        "year,month,code,days_past_due",
        "2025,1,N,0",
    ]
    assert repr(record) == "<CreditRecord of 13 months: NNNNNNNNNNNNN>"
    assert str(record_of()).splitlines()[0] == "Repayment record (还款记录)"


@pytest.mark.parametrize(
    ("door", "error"),
    [
        (lambda: credit_record(loan(), D1, CODES), InputTypeError),
        (lambda: credit_record(Account.open(loan()), D1, "N"), InputTypeError),
        (
            lambda: credit_record(Account.open(loan()), D1, CODES, months=0),
            LimitError,
        ),
        (
            lambda: credit_record(Account.open(loan()), date(2026, 1, 1), CODES),
            DateRangeError,
        ),
        (lambda: record_of(1).worst(0), LimitError),
        (lambda: record_of(1).worst_days("1"), InputTypeError),
        (lambda: record_of(1).months_late(0), LimitError),
        (lambda: record_of(1).times_late("1"), InputTypeError),
    ],
)
def test_what_is_no_account_or_number_is_refused(door, error):
    with refused(error):
        door()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"late": CARD_STAGES}, TermsError),
        ({"closed": 1}, InputTypeError),
        ({"closed": "*"}, TermsError),
        ({"stated": "DZ"}, InputTypeError),
        ({"stated": [1]}, InputTypeError),
        ({"stated": ["N"]}, TermsError),
    ],
)
def test_codes_are_different_texts(words, error):
    usual = {
        "late": BucketScheme("a", [0], edge="above", names=["N", "1"]),
        "nothing_due": "*",
        "unopened": "/",
        "closed": "C",
        "ended": "G",
    }
    with refused(error):
        RecordCodes(**(usual | words))
