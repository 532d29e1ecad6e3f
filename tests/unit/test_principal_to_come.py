"""What is lent so far, where rows hold principal that is to come."""

from datetime import date
from decimal import Decimal, localcontext

from loanmath import (
    Account,
    Drawdown,
    EqualPrincipal,
    Holiday,
    InstallmentLoan,
    LevelPayment,
    Payment,
    Rate,
)

LENT = date(2026, 1, 15)


def loan(**terms):
    given = {
        "currency": "CNY",
        "principal": "1000",
        "disbursed": LENT,
        "every": "monthly",
        "rate": Rate("1%/month"),
        "repayment": EqualPrincipal(3),
    }
    return InstallmentLoan(**(given | terms))


TRANCHES = loan(drawdowns=[Drawdown(date(2026, 2, 15), "500")])


def told(account, day):
    position = account.position(day)
    return str(position.outstanding), str(position.drawn)


def test_a_drawing_is_outstanding_from_its_day():
    account = Account.open(TRANCHES)
    assert told(account, date(2026, 1, 20)) == ("1000.00", "1000.00")
    # A third and a month's interest fell due, and 500.00 was drawn.
    assert told(account, date(2026, 2, 15)) == ("1510.00", "1500.00")


def test_nothing_is_outstanding_before_anything_is_drawn():
    account = Account.open(TRANCHES, undrawn=True)
    assert told(account, date(2026, 1, 20)) == ("0.00", "0.00")


def test_interest_that_is_to_join_the_principal_is_not_lent_yet():
    held = loan(
        repayment=LevelPayment(3),
        holidays=[Holiday(1, 1, "payment", interest="capitalize")],
    )
    account = Account.open(held)
    assert told(account, date(2026, 1, 20))[0] == "1000.00"
    assert told(account, date(2026, 2, 15))[0] == "1010.00"


def test_sums_do_not_depend_on_the_decimal_context():
    account = Account.open(TRANCHES).record(
        Payment(id="p1", on=date(2026, 2, 15), amount="510.00")
    )
    with localcontext(prec=2):
        paid = account.position(date(2026, 2, 15)).paid
    # Two months' interest, 10.00 and 11.67, and principal with the rest.
    assert (paid.interest, paid.principal) == (Decimal("21.67"), Decimal("488.33"))
