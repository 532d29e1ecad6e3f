"""Which rate is in force when, read from the terms."""

from datetime import date

from loanmath import FloatingRate, Index, InstallmentLoan, LevelPayment, Rate
from loanmath.schedule.rate_path import rate_path

INDEX = Index(
    "index",
    {
        date(2026, 1, 1): "1%",
        date(2026, 2, 1): "2%",
        date(2026, 3, 1): "3%",
        date(2026, 4, 1): "4%",
        date(2026, 5, 1): "5%",
    },
)


def path(end, **terms):
    loan = InstallmentLoan(
        currency="CNY",
        principal="1000",
        disbursed=date(2026, 1, 15),
        every="monthly",
        day_count="ACT/365F",
        rate=FloatingRate(INDEX, **terms),
        repayment=LevelPayment(12),
    )
    return [(str(on), str(rate)) for on, rate in rate_path(loan, end)]


FIRST = ("2026-01-15", "1%/year")


def test_a_stated_reset_counts_up_to_the_last_day():
    resets = [date(2026, 2, 10), date(2026, 3, 10), date(2026, 4, 10)]
    assert path(date(2026, 3, 10), resets=resets) == [
        FIRST,
        ("2026-02-10", "2%/year"),
        ("2026-03-10", "3%/year"),
    ]


def test_resets_by_steps_count_from_the_first_one():
    def monthly(end):
        return path(end, resets="monthly", first_reset=date(2026, 1, 31))

    # On January 31 the index is still that of disbursement: no change.
    until_march = [FIRST, ("2026-02-28", "2%/year"), ("2026-03-31", "3%/year")]
    assert monthly(date(2026, 4, 29)) == until_march
    until_april = [*until_march, ("2026-04-30", "4%/year")]
    assert monthly(date(2026, 4, 30)) == until_april
    assert monthly(date(2026, 5, 30)) == until_april


def test_resets_by_days_count_from_the_first_one():
    found = path(date(2026, 5, 1), resets="P30D", first_reset=date(2026, 1, 31))
    # January 31, March 2, April 1, May 1.
    assert found == [
        FIRST,
        ("2026-03-02", "3%/year"),
        ("2026-04-01", "4%/year"),
        ("2026-05-01", "5%/year"),
    ]


def test_a_rate_agreed_in_advance_is_that_of_the_first_reset_alone():
    found = path(
        date(2026, 3, 10),
        resets=[date(2026, 2, 10), date(2026, 3, 10)],
        next_rate=Rate("9%/year"),
    )
    assert found == [FIRST, ("2026-02-10", "9%/year"), ("2026-03-10", "3%/year")]
