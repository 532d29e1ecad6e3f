"""Early warnings of a ledger, and persistent debt."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from kept_lines import buy, interest, kept, line, nov, octo, pay, sep
from loanmath import (
    Account,
    Chargeback,
    Fee,
    LineAccount,
    MinimumPayment,
    Payment,
    Purchase,
)
from loanmath.analysis.delinquency import (
    EarlyWarnings,
    Indicator,
    PersistentDebt,
    early_warnings,
    persistent_debt,
)
from loanmath.analysis.delinquency.series import (
    bill_outcomes,
    days_late_of_line,
    days_late_of_loan,
    month_ends,
    slope,
)
from loanmath.errors import (
    CurrencyError,
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    UnknownNameError,
)
from refusals import refused
from serviced import D1, D2, D3, START, after, loan, opened, paid

FREE = {"rate": "0%/day"}


# --- series -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 1], 0),
        ([0, 3], 3),
        ([1, 2, 3, 4], 1),
        # Deviations -1, 0, 1 of k, and 2, -1, -1 of v: -3 / 2.
        ([5, 2, 2], Fraction(-3, 2)),
    ],
)
def test_a_slope_is_that_of_least_squares(values, expected):
    assert slope([Fraction(value) for value in values]) == expected


def test_month_ends_are_those_that_ended():
    first = date(2026, 1, 31)
    found = month_ends(first, date(2026, 4, 30), 9)
    assert [str(day) for day in found] == [
        "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30",
    ]  # fmt: skip
    assert month_ends(first, date(2026, 4, 29), 1) == [date(2026, 3, 31)]
    assert month_ends(date(2026, 4, 2), date(2026, 4, 29), 3) == []


def test_days_late_of_installments():
    account = opened(
        paid("1030", after(D1, 12), "p1"), paid("1020", after(D2, -1), "p2"),
        penalty=FREE,
    )  # fmt: skip
    assert days_late_of_loan(account, after(D3, 9)) == [12, 0, 9]
    assert days_late_of_loan(account, after(D1, -1)) == []


def test_days_late_of_minimums_and_what_bills_were_paid():
    # Bills of 5 September, 5 October and 5 November, due on the 25th.
    least = MinimumPayment("10%")
    account = kept(
        line(minimum=least),
        buy(date(2026, 8, 10), 500),
        pay(sep(28), 50, "p1"),
        pay(octo(20), 45, "p2"),
    )
    assert days_late_of_line(account, octo(24)) == [3]
    assert days_late_of_line(account, octo(26)) == [3, 0]
    assert bill_outcomes(account, octo(26)) == ["missed", "minimum"]
    # 405 are left on the bill of 5 November, of which 40.50 are due.
    assert days_late_of_line(account, nov(27)) == [3, 0, 2]
    account = account.record(pay(nov(20), 405, "p3"))
    assert bill_outcomes(account, nov(26)) == ["missed", "minimum", "in full"]
    assert bill_outcomes(account, date(2027, 3, 1))[3:] == []


# --- warnings -----------------------------------------------------------------------


def shown(found):
    return {one.name: one.shown for one in found.indicators}


def test_warnings_of_a_loan():
    account = opened(
        paid("1030", after(D1, 12), "p1"), paid("510", after(D2, 0), "p2"), penalty=FREE
    )
    found = early_warnings(account, after(D2, 5), income="5000")
    assert shown(found) == {
        # 1,030 of 1,540.
        "amount paid late": "66.88%",
        "installments late": "100.00%",
        "trend of days late": "-7",
        # 510 overdue and 1,010 due next, of 5,000.
        "payment to income": "30.40%",
    }
    assert found.indicator("amount paid late").inputs == (
        ("paid_late", (Decimal("1030.00"),)), ("paid", (Decimal("1540.00"),)),
    )  # fmt: skip
    assert found.indicator("trend of days late").inputs == (("v", (12, 5)),)
    # What is due on the day is among what was due.
    assert shown(early_warnings(account, D2))["amount paid late"] == "66.88%"
    last = early_warnings(account, after(D2, 5), months=2).indicator(
        "installments late"
    )
    assert (last.value, last.formula) == (1, "late / due")
    closed = account.record(paid("1520", after(D2, 6), "p3"))
    assert (
        early_warnings(closed, D3, income="5000").indicator("payment to income").value
        == 0
    )


def test_what_cannot_be_computed_says_why():
    found = early_warnings(Account.open(loan()), START)
    assert found.indicators == ()
    assert found.absent == (
        ("amount paid late", "nothing was paid"),
        ("installments late", "nothing was due"),
        ("trend of days late", "0 values, not two"),
    )
    with refused(UnknownNameError) as refusal:
        found.indicator("amount paid late")
    assert refusal.value.got == "amount paid late, absent: nothing was paid"
    with refused(UnknownNameError):
        found.indicator("score")
    with refused(InputTypeError):
        found.indicator(1)
    one = early_warnings(Account.open(loan()), D1)
    assert dict(one.absent)["trend of days late"] == "1 value, not two"


def test_warnings_of_a_line():
    account = kept(
        line(minimum=MinimumPayment("10%")),
        buy(date(2026, 8, 10), 5000),
        pay(sep(20), 500, "p1"),
        buy(octo(1), 3000, "u2"),
        pay(octo(20), 750, "p2"),
    )
    found = early_warnings(account, octo(31), income="10000")
    # 6,750 of 20,000; at month ends 5,000, 4,500 and 6,750: slope 875 a month.
    assert shown(found) == {
        "utilization": "33.75%",
        "trend of utilization": "4.38%",
        "minimum-payment streak": "2",
        "bills missed": "0.00%",
        "trend of days late": "0",
        "payment to income": "0.00%",
    }
    assert found.indicator("trend of utilization").value == Fraction(875, 20_000)
    assert found.indicator("utilization").inputs == (
        ("used", (Decimal("6750.00"),)), ("limit", (Decimal("20000.00"),)),
    )  # fmt: skip
    late = early_warnings(account, date(2026, 11, 26), income="10000")
    # The bill of 5 November is 6,750, and its minimum of 675 is missed.
    assert (shown(late)["minimum-payment streak"], shown(late)["bills missed"]) == (
        "0", "33.33%",
    )  # fmt: skip
    assert shown(late)["payment to income"] == "6.75%"
    short = early_warnings(account, date(2026, 11, 26), months=2)
    assert shown(short)["bills missed"] == "50.00%"


def test_warnings_of_a_new_line():
    new = LineAccount.open(line(), date(2026, 8, 5))
    found = early_warnings(new, date(2026, 8, 20))
    assert shown(found) == {"utilization": "0.00%", "minimum-payment streak": "0"}
    assert dict(found.absent)["bills missed"] == "no bill was due"


def test_warnings_print_as_a_table():
    one = Indicator("days", Fraction(7, 3), False, "a formula", ())
    found = EarlyWarnings(START, (one,), (("other", "a reason"),))
    assert str(found).splitlines()[2:] == [
        "days        2.33  a formula",
        "other             absent: a reason",
    ]
    assert found.to_csv().splitlines() == [
        "indicator,value,formula", "days,7/3,a formula", "other,,a reason",
    ]  # fmt: skip
    assert repr(found) == "<EarlyWarnings on 2026-01-15: days 2.33>"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"months": 0}, LimitError),
        ({"months": 121}, LimitError),
        ({"months": "6"}, InputTypeError),
        ({"income": 0}, LimitError),
        ({"income": 1.5}, InputTypeError),
        ({"income": "x"}, InputValueError),
        ({"income": "0.001"}, CurrencyError),
    ],
)
def test_what_is_no_month_or_income_is_refused(words, error):
    with refused(error):
        early_warnings(Account.open(loan()), D1, **words)
    with refused(InputTypeError):
        early_warnings(1, D1)


# --- persistent debt ----------------------------------------------------------------


def debt(**words):
    usual = {"currency": "GBP", "since": D1, "until": D2, "principal": "100"}
    return PersistentDebt(**(usual | words))


def test_a_debt_persists_where_more_is_paid_for_it_than_off_it():
    assert debt(interest="60", fees="30", charges="10").persists is False
    found = debt(interest="60", fees="30", charges="10.01")
    assert (found.persists, found.costs, found.excess) == (
        True, Decimal("100.01"), Decimal("0.01"),
    )  # fmt: skip
    assert debt().excess == Decimal("-100.00")
    assert repr(found) == "<PersistentDebt to 2026-03-15: persists, 0.01>"
    assert repr(debt()) == ("<PersistentDebt to 2026-03-15: does not persist, -100.00>")
    assert str(debt()).splitlines()[0] == (
        "Persistent debt (GBP, 2026-02-15 to 2026-03-15): no"
    )
    assert found.to_csv().splitlines()[-1] == "More than off it,0.01"
    assert debt(principal="0.001").excess == Decimal("-0.001")


def test_the_debt_of_a_loan():
    # Interest of 30 and principal of 1,000 are paid, penalty of 1.00 a day before it.
    account = opened(paid("1035", after(D1, 5)))
    found = persistent_debt(account, D2, months=1)
    assert (found.since, found.until) == (after(D1, 1), D2)
    assert (found.principal, found.interest, found.charges) == (
        Decimal("1000.00"), Decimal("30.00"), Decimal("5.00"),
    )  # fmt: skip
    assert persistent_debt(account, D3, months=1).principal == 0


def test_fees_that_are_paid_keep_a_debt_alive_too():
    known = loan(fees=[Fee("service", "10", due="installments")])
    account = Account.open(known).record(paid("1040", D1))
    found = persistent_debt(account, D2, months=2)
    assert (found.fees, found.costs) == (Decimal("10.00"), Decimal("40.00"))


def test_the_debt_of_a_line():
    # 0.1 % a day of 500 from posting: 26 days to 5 September are 13.00.
    least = MinimumPayment("10%")
    account = kept(
        line(interest(), minimum=least),
        buy(date(2026, 8, 10), 500),
        pay(sep(28), 50, "p1"),
        pay(octo(20), 45, "p2"),
    )
    found = persistent_debt(account, nov(5), months=3)
    paid_in_all = sum((found.principal, found.interest, found.fees, found.charges))
    assert paid_in_all == 95
    account = account.record(Chargeback(id="b1", on=octo(21), of="p2", amount="45"))
    back = persistent_debt(account, nov(5), months=3)
    assert back.principal == found.principal - 45
    usual = persistent_debt(
        LineAccount.open(line(), date(2024, 1, 1)).record(
            Purchase(id="u1", on=date(2024, 1, 2), amount="10"),
            Payment(id="p1", on=date(2024, 2, 2), amount="10"),
        ),
        date(2025, 12, 31),
    )
    assert (usual.since, usual.principal) == (date(2024, 7, 1), 0)


@pytest.mark.parametrize(
    ("door", "error"),
    [
        (lambda: debt(currency="XXY"), UnknownNameError),
        (lambda: debt(currency=1), InputTypeError),
        (lambda: debt(since="x"), InputTypeError),
        (lambda: debt(until=START), DateRangeError),
        (lambda: debt(principal=1.5), InputTypeError),
        (lambda: debt(interest="x"), InputValueError),
        (lambda: persistent_debt(Account.open(loan()), D2), DateRangeError),
        (lambda: persistent_debt(Account.open(loan()), D2, months=0), LimitError),
        (lambda: persistent_debt(loan(), D2), InputTypeError),
    ],
)
def test_what_is_no_debt_is_refused(door, error):
    with refused(error):
        door()
