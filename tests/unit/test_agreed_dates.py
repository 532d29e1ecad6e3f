"""Plans by their dates: when interest falls due, joins the principal, or is paid in advance."""

from datetime import date
from fractions import Fraction

import pytest

from by_hand import ALL, actual, half_up, level, rows_of, walked, worth
from loanmath import (
    WEEKENDS,
    BusinessDays,
    EqualPrincipal,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    LevelPayment,
    PrincipalAmounts,
    Rate,
    SinglePayment,
)
from loanmath.errors import ScheduleError
from loanmath.terms import FixedPrincipal

BASE = {
    "currency": "CNY",
    "principal": "1000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("12%/year"),
    "day_count": "ACT/365F",
}
MONTH = Fraction(1, 100)


def plan(repayment, **changes):
    return InstallmentLoan(repayment=repayment, **(BASE | changes)).schedule()


def column(schedule, name):
    return [str(getattr(row, name)) for row in schedule]


def days(schedule, name="due"):
    return [str(getattr(row, name))[5:] for row in schedule]


# Interest on dates of its own.


def test_interest_every_month_and_principal_every_quarter():
    schedule = plan(
        EqualPrincipal(2),
        every="quarterly",
        interest_payments=InterestPayments("monthly"),
        day_count="30E/360",
    )
    assert days(schedule) == ["02-15", "03-15", "04-15", "05-15", "06-15", "07-15"]
    assert column(schedule, "interest") == ["10.00"] * 3 + ["5.00"] * 3
    assert [int(row.principal) for row in schedule] == [0, 0, 500, 0, 0, 500]


def test_principal_every_month_and_interest_every_quarter():
    schedule = plan(
        EqualPrincipal(5),
        interest_payments=InterestPayments("quarterly"),
        day_count="30E/360",
    )
    # 10 + 8 + 6 in April, and 4 + 2 on the last due date.
    assert column(schedule, "interest") == ["0.00", "0.00", "24.00", "0.00", "6.00"]
    assert column(schedule, "payment") == [
        "200.00", "200.00", "224.00", "200.00", "206.00",
    ]  # fmt: skip


def test_carried_interest_is_rounded_once():
    # Each month bears 0.004 of a cent less than 0.335; three of them bear 1.00.
    schedule = plan(
        EqualPrincipal(3),
        principal="100.00",
        rate=Rate("4%/year"),
        interest_payments=InterestPayments([date(2026, 4, 15)]),
    )
    exact = 10_000 * actual("0.04", 31)[0]
    exact += 6_667 * actual("0.04", 28)[0] + 3_334 * actual("0.04", 31)[0]
    assert schedule.columns()["interest"] == (0, 0, half_up(exact))


def test_level_payments_pay_interest_between_installments_too():
    schedule = plan(
        LevelPayment(3),
        every="P2M",
        interest_payments=InterestPayments("monthly"),
        day_count="30E/360",
    )
    # What is owed stands still in between, so only every second month is repaid.
    payment = half_up(level(100_000, [MONTH] * 3))
    payments = [None, payment, None, payment, None, ALL]
    assert rows_of(schedule) == walked(100_000, [MONTH] * 6, payments)


def test_interest_dates_that_are_stated():
    dates = [date(2026, 2, 1), date(2026, 3, 15), date(2027, 1, 1)]
    schedule = plan(EqualPrincipal(2), interest_payments=InterestPayments(dates))
    assert days(schedule) == ["02-01", "02-15", "03-15"]
    first = half_up(100_000 * actual("0.12", 17)[0])
    rest = half_up(100_000 * actual("0.12", 14)[0] + 50_000 * actual("0.12", 28)[0])
    assert schedule.columns()["interest"] == (first, 0, rest)


@pytest.mark.parametrize(
    ("term", "changes", "expected"),
    [
        (InterestPayments("P20D"), {}, ["02-04", "02-15", "02-24", "03-15"]),
        (
            InterestPayments("monthly", first_due=date(2026, 1, 31)),
            {},
            ["01-31", "02-15", "02-28", "03-15"],
        ),
        (
            InterestPayments("monthly", first_due=date(2026, 2, 28)),
            {"end_of_month": True, "every": "P3M"},
            ["02-28", "03-31", "04-15", "04-30", "05-31", "06-30", "07-15"],
        ),
        (InterestPayments("monthly"), {"due_day": 20}, ["02-20", "03-20"]),
        (
            InterestPayments("monthly"),
            {"due_day": 10, "every": "P2M"},
            # One step after disbursement is 15 February, and the next 10th in March.
            ["03-10", "04-10", "05-10", "06-10"],
        ),
        (InterestPayments("monthly", first_due=date(2027, 1, 1)), {}, ["02-15", "03-15"]),
    ],
)  # fmt: skip
def test_where_interest_dates_fall(term, changes, expected):
    schedule = plan(EqualPrincipal(2), interest_payments=term, **changes)
    assert days(schedule) == expected


def test_an_interest_date_beside_a_single_payment():
    schedule = plan(
        SinglePayment(6),
        interest_payments=InterestPayments("quarterly"),
        day_count="30E/360",
    )
    assert column(schedule, "payment") == ["30.00", "1030.00"]


def test_regular_periods_hold_interest_dates_of_their_own():
    # Half a regular half-year on either side, whatever the days.
    schedule = plan(
        EqualPrincipal(1),
        every="semiannually",
        day_count="ACT/ACT ICMA",
        interest_payments=InterestPayments("quarterly"),
    )
    assert column(schedule, "interest") == ["30.00", "30.00"]
    # 45 of 181 days, then 136 of 181: the regular period ends on 15 July.
    odd = plan(
        EqualPrincipal(1),
        every="semiannually",
        day_count="ACT/ACT ICMA",
        interest_payments=InterestPayments([date(2026, 3, 1)]),
    )
    assert column(odd, "interest") == ["14.92", "45.08"]


def test_stated_principal_on_stated_interest_dates():
    schedule = plan(
        PrincipalAmounts(["400", "0", "600"]),
        interest_payments=InterestPayments("P2M"),
        day_count="30E/360",
    )
    assert column(schedule, "interest") == ["0.00", "16.00", "6.00"]
    fixed = plan(
        FixedPrincipal("400"),
        interest_payments=InterestPayments("P2M"),
        day_count="30E/360",
    )
    assert column(fixed, "interest") == ["0.00", "16.00", "2.00"]


def test_days_off_move_interest_dates():
    schedule = plan(
        EqualPrincipal(2),
        business_days=BusinessDays("following", WEEKENDS),
        interest_payments=InterestPayments([date(2026, 2, 7)]),
    )
    assert days(schedule) == ["02-09", "02-16", "03-16"]
    assert days(schedule, "end") == days(schedule)
    first = half_up(100_000 * actual("0.12", 25)[0])
    assert schedule.columns()["interest"][0] == first
    kept = plan(
        EqualPrincipal(2),
        business_days=BusinessDays("following", WEEKENDS, interest="unadjusted"),
        interest_payments=InterestPayments([date(2026, 2, 7)]),
    )
    assert days(kept) == days(schedule)
    assert days(kept, "end") == ["02-07", "02-15", "03-15"]


# Interest that joins the principal.


def test_interest_joins_the_principal_up_to_a_day():
    schedule = plan(
        LevelPayment(3),
        first_due=date(2026, 10, 15),
        interest_payments=InterestPayments("quarterly", capitalized_until=date(2026, 9, 1)),
        day_count="30E/360",
    )  # fmt: skip
    # 3 % join in April and in July; October, November, December repay.
    assert column(schedule, "capitalized")[:3] == ["30.00", "30.90", "0.00"]
    growths = [3 * MONTH, 3 * MONTH, 3 * MONTH, MONTH, MONTH]
    payment = half_up(100_000 / worth(growths, [0, 0, 1, 1, 1]))
    rules = ["capitalize"] * 2 + ["due"] * 3
    payments = [None, None, payment, payment, ALL]
    assert rows_of(schedule) == walked(100_000, growths, payments, interest=rules)
    assert (
        schedule.totals.capitalized == schedule[0].capitalized + schedule[1].capitalized
    )


def test_equal_shares_of_what_interest_has_grown_to():
    schedule = plan(
        EqualPrincipal(2, balloon="100"),
        first_due=date(2026, 4, 15),
        interest_payments=InterestPayments("monthly", capitalized_until=date(2026, 3, 15)),
        day_count="30E/360",
    )  # fmt: skip
    assert column(schedule, "capitalized") == ["10.00", "10.10", "0.00", "0.00"]
    # (1020.10 - 100) / 2 = 460.05, and the last takes what is left.
    assert column(schedule, "principal")[2:] == ["460.05", "560.05"]


def test_interest_joins_a_single_payment():
    schedule = plan(
        SinglePayment(1),
        every="P12M",
        interest_payments=InterestPayments("quarterly", capitalized_until=date(2026, 12, 31)),
        day_count="30E/360",
    )  # fmt: skip
    assert column(schedule, "opening") == ["1000.00", "1030.00", "1060.90", "1092.73"]
    assert str(schedule[-1].payment) == "1125.51"


def test_a_single_payment_has_no_installment_before():
    schedule = plan(
        SinglePayment(12),
        interest_payments=InterestPayments("quarterly", capitalized_until=date(2026, 12, 31)),
        day_count="30E/360",
    )  # fmt: skip
    assert str(schedule[-1].payment) == "1125.51"


# Interest in advance.


def in_advance(repayment, **changes):
    return plan(
        repayment,
        interest_payments=InterestPayments(in_advance=True),
        **({"day_count": "30E/360"} | changes),
    )


@pytest.mark.parametrize(
    ("repayment", "principal", "interest"),
    [
        (InterestOnly(3), [0, 0, 0, 1000], [10, 10, 10, 0]),
        (SinglePayment(6), [0, 1000], [60, 0]),
        (EqualPrincipal(4), [0, 250, 250, 250, 250], [10, 7.5, 5, 2.5, 0]),
        (EqualPrincipal(2, balloon="500"), [0, 250, 750], [10, 7.5, 0]),
        (FixedPrincipal("400"), [0, 400, 400, 200], [10, 6, 2, 0]),
        (FixedPrincipal("400", 2), [0, 400, 600], [10, 6, 0]),
        (PrincipalAmounts(["300", "0", "700"]), [0, 300, 0, 700], [10, 7, 7, 0]),
    ],
)
def test_interest_at_the_start_of_each_period(repayment, principal, interest):
    schedule = in_advance(repayment)
    assert schedule[0].due == date(2026, 1, 15)
    assert [float(row.principal) for row in schedule] == principal
    assert [float(row.interest) for row in schedule] == interest
    assert schedule[-1].start == schedule[-1].end == schedule[-1].due


def test_a_fixed_principal_in_advance_never_repays_more_than_is_owed():
    schedule = in_advance(FixedPrincipal("600", 4))
    assert column(schedule, "principal") == ["0.00", "600.00", "400.00", "0.00", "0.00"]
    assert column(schedule, "closing")[2:] == ["0.00"] * 3


def test_interest_in_advance_moves_with_days_off():
    schedule = in_advance(
        InterestOnly(2),
        business_days=BusinessDays("following", WEEKENDS),
        day_count="ACT/365F",
    )
    assert days(schedule) == ["01-15", "02-16", "03-16"]
    expected = [half_up(100_000 * growth) for growth in actual("0.12", 32, 28)]
    assert schedule.columns()["interest"] == (*expected, 0)


def test_dates_that_no_plan_follows_from():
    off = BusinessDays("preceding", WEEKENDS)
    with pytest.raises(ScheduleError, match="first_due"):
        plan(
            EqualPrincipal(1),
            disbursed=date(2026, 1, 16),
            business_days=off,
            interest_payments=InterestPayments([date(2026, 1, 18)]),
        )
