"""What a late entry on a line says it changed."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath import CreditLine, LineAccount, LineInterest, Payment, Purchase
from loanmath.errors import TermsError
from loanmath.presets import cn

BOUGHT = Purchase(id="u1", on=date(2026, 3, 30), amount="1000")
PAID = Payment(id="p2", on=date(2026, 4, 20), amount="600")


def kept(*events):
    return LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1)).record(*events)


def test_what_comes_in_order_revises_nothing():
    assert kept(BOUGHT, PAID).revision is None
    assert kept(BOUGHT).record(PAID).revision is None


def test_a_late_payment_says_what_it_changed():
    # Without it 1,000.00 bears from 11 to 19 April: 4.50, paid first. With 400.00 on the
    # due day 600.00 does: 2.70.
    late = Payment(id="p1", on=date(2026, 4, 10), amount="400")
    revised = kept(BOUGHT, PAID).record(late).revision
    assert revised.since == date(2026, 4, 10)
    assert [str(one.amount) for one in revised.removed] == ["4.50", "-4.50", "-595.50"]
    assert [str(one.amount) for one in revised.added] == [
        "-400.00", "2.70", "-2.70", "-597.30",
    ]  # fmt: skip
    lines = str(revised).splitlines()
    assert lines[0] == "Revised from 2026-04-10"
    assert [line[0] for line in lines[1:]] == ["-"] * 3 + ["+"] * 4


def test_a_late_event_that_changes_no_posting_revises_nothing():
    nothing = Payment(id="p0", on=date(2026, 3, 31), amount="0")
    account = kept(BOUGHT, PAID).record(nothing)
    assert account.revision is None
    assert account.position(PAID.on).owed == kept(BOUGHT, PAID).position(PAID.on).owed


@pytest.mark.parametrize(
    ("joins", "last_day"), [("closing", "included"), ("next", "excluded")]
)
def test_the_balance_of_the_last_bill_begins_where_that_bill_is_cut(joins, last_day):
    def line(day):
        return CreditLine(
            currency="CNY",
            limit="5000",
            statement_day=5,
            due_day=25,
            statement_day_joins=joins,
            interest=LineInterest(
                rate="0.05%/day",
                bears_from="statement",
                balance="previous",
                rounded="statement",
                last_day=day,
            ),
        )

    assert line(last_day).limit == Decimal(5000)
    other = "excluded" if last_day == "included" else "included"
    with pytest.raises(TermsError) as caught:
        line(other)
    assert str(caught.value) == (
        f"last_day: got '{other}'; allowed: '{last_day}', with the balance 'previous'"
        " and this statement_day_joins"
    )
