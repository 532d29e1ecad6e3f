"""Statements worked out by hand: 6,000 in three equal principals at 1 % a month."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath.account import Account, Arrear
from loanmath.account.statement import StatementLine, statement_of
from loanmath.errors import DateRangeError, EventError, InputTypeError
from loanmath.events import (
    Charge,
    Chargeback,
    Disbursement,
    InterestPause,
    Payment,
    Payout,
    Recovery,
    Reversal,
    Waiver,
    WriteOff,
)
from loanmath.rates import Rate
from loanmath.terms import (
    Allocation,
    AmountCap,
    EqualPrincipal,
    Fee,
    InstallmentLoan,
    LateCharge,
    PenaltyInterest,
    Servicing,
)

DISBURSED = date(2026, 1, 15)
DUE = date(2026, 2, 15)


def loan(**terms):
    found = {
        "currency": "CNY",
        "principal": "6000",
        "disbursed": DISBURSED,
        "every": "monthly",
        "rate": Rate("1%/month"),
        "repayment": EqualPrincipal(3),
        "penalty": PenaltyInterest(rate="0.05%/day"),
    }
    return InstallmentLoan(**(found | terms))


def statement(events, since, until, **terms):
    account = Account.open(loan(**terms)).record(*events)
    return statement_of(account, since, until)


def brief(found):
    return [
        (line.on.isoformat()[5:], line.what, *(str(amount) for amount in line[2:]))
        for line in found.lines
    ]


def paid(amount, on=DUE, name="p1"):
    return Payment(id=name, on=on, amount=amount)


def test_a_loan_from_its_first_day():
    found = statement(
        [paid("1000", on=date(2026, 2, 25))], DISBURSED, date(2026, 3, 17)
    )
    # 10 days of 2,000 are 10.00; 70.00 and 930 of principal are paid; then 20 days of
    # 1,070 are 10.70, and two of 2,000 are 2.00.
    assert brief(found) == [
        ("01-15", "principal paid out", "6000.00", "0.00", "6000.00"),
        ("02-15", "installment 1 due: interest 60.00", "60.00", "0.00", "6060.00"),
        ("02-25", "penalty interest", "10.00", "0.00", "6070.00"),
        ("02-25", "payment p1", "0.00", "1000.00", "5070.00"),
        ("03-15", "penalty interest", "9.63", "0.00", "5079.63"),
        ("03-15", "installment 2 due: interest 40.00", "40.00", "0.00", "5119.63"),
        ("03-17", "penalty interest", "3.07", "0.00", "5122.70"),
    ]
    assert (found.opening, found.closing) == (0, Decimal("5122.70"))
    assert (found.charged, found.paid) == (Decimal("6122.70"), 1000)


def test_a_later_statement_opens_with_what_the_one_before_closed_with():
    events = [paid("1000", on=date(2026, 2, 25))]
    before = statement(events, DISBURSED, date(2026, 2, 19))
    after = statement(events, date(2026, 2, 20), date(2026, 2, 25))
    # Four nights, 15 to 18 February, are 4.00.
    assert before.closing == after.opening == Decimal("6064.00")
    assert brief(after) == [
        ("02-25", "penalty interest", "6.00", "0.00", "6070.00"),
        ("02-25", "payment p1", "0.00", "1000.00", "5070.00"),
    ]


def test_what_an_existing_book_brings_forward():
    arrears = [Arrear(due=date(2026, 1, 10), principal="500", interest="5")]
    account = Account.open(loan(penalty=None), arrears=arrears, credit="20")
    found = statement_of(account, DISBURSED, DUE)
    assert brief(found)[:2] == [
        ("01-15", "brought forward", "485.00", "0.00", "485.00"),
        ("01-15", "principal paid out", "6000.00", "0.00", "6485.00"),
    ]
    # The credit goes to what is behind as installment 2 falls due.
    assert brief(found)[2:] == [
        ("02-15", "installment 2 due: interest 60.00", "60.00", "0.00", "6545.00"),
        ("02-15", "credit of 20.00 applied", "0.00", "0.00", "6545.00"),
    ]


def test_what_was_due_on_the_day_of_the_book_is_brought_forward():
    arrears = [Arrear(due=DISBURSED, principal="500", interest="5")]
    account = Account.open(loan(penalty=None), arrears=arrears)
    found = statement_of(account, DISBURSED, date(2026, 2, 1))
    assert brief(found) == [
        ("01-15", "brought forward", "505.00", "0.00", "505.00"),
        ("01-15", "principal paid out", "6000.00", "0.00", "6505.00"),
    ]


def test_a_pause_keeps_its_first_day_free_where_days_are_counted_ahead():
    terms = PenaltyInterest(rate="0.05%/day", payment_day="counted")
    pause = InterestPause(id="s1", on=date(2026, 2, 20))
    found = statement([pause], DUE, date(2026, 2, 20), penalty=terms)
    # 15 to 19 February.
    assert found.closing == Decimal("6065.00")


def test_interest_paid_before_it_is_due_is_charged_as_it_is_paid():
    found = statement([paid("2100", on=date(2026, 2, 1))], date(2026, 2, 1), DUE)
    # 60.00 and 40.00 of interest, 2,000 of principal.
    assert brief(found) == [
        ("02-01", "payment p1", "100.00", "2100.00", "4000.00"),
    ]


def test_money_that_goes_out_or_is_taken_back_is_paid_less():
    events = [
        paid("2160"),
        Payout(id="y1", on=date(2026, 2, 16), amount="30"),
        Chargeback(id="b1", on=date(2026, 2, 17), of="p1", amount="100"),
        paid("5", on=date(2026, 2, 18), name="p2"),
        Reversal(
            id="x1", on=date(2026, 2, 19), of="p2", reversed_as="today", sequence=1
        ),
        Reversal(id="x2", on=date(2026, 2, 20), of="c1"),
        Charge(id="c1", on=date(2026, 2, 20), amount="9"),
    ]
    terms = {"servicing": Servicing(allocation=Allocation(future="credit"))}
    with pytest.raises(EventError, match="credit to take back"):
        statement(events, DUE, date(2026, 2, 20), penalty=None, **terms)
    events[1] = Payout(id="y1", on=date(2026, 2, 16), amount="0")
    found = statement(events, DUE, date(2026, 2, 20), penalty=None, **terms)
    assert brief(found) == [
        ("02-15", "installment 1 due: interest 60.00", "60.00", "0.00", "6060.00"),
        ("02-15", "payment p1", "0.00", "2160.00", "3900.00"),
        ("02-16", "payout y1", "0.00", "0.00", "3900.00"),
        ("02-17", "chargeback b1 of p1", "0.00", "-100.00", "4000.00"),
        ("02-18", "payment p2", "0.00", "5.00", "3995.00"),
        ("02-19", "reversal x1 of p2", "0.00", "-5.00", "4000.00"),
        ("02-20", "reversal x2 of c1", "0.00", "0.00", "4000.00"),
    ]


def test_charges_waivers_and_losses():
    events = [
        Charge(id="c1", on=date(2026, 2, 16), amount="9", name="letter", installment=1),
        Waiver(id="w1", on=date(2026, 2, 16), component="interest", amount="all"),
        InterestPause(id="s1", on=date(2026, 2, 16)),
        WriteOff(id="o1", on=date(2026, 2, 20)),
        Recovery(id="v1", on=date(2026, 2, 21), amount="100"),
    ]
    found = statement(events, date(2026, 2, 16), date(2026, 3, 20))
    assert brief(found) == [
        ("02-16", "penalty interest", "1.00", "0.00", "6061.00"),
        ("02-16", "interest pause s1", "0.00", "0.00", "6061.00"),
        ("02-16", "charge c1: letter", "9.00", "0.00", "6070.00"),
        ("02-16", "waiver w1: interest", "-60.00", "0.00", "6010.00"),
        ("02-20", "write off o1", "-6010.00", "0.00", "0.00"),
        ("02-21", "recovery v1", "100.00", "100.00", "0.00"),
    ]


def test_lines_by_the_terms():
    servicing = Servicing(
        late_charges=[LateCharge("late fee", "25"), LateCharge("none", "0")],
        caps=[AmountCap("the ceiling", "27.50")],
    )
    fees = [Fee("service", "1", due="installments")]
    found = statement([], DUE, date(2026, 3, 1), servicing=servicing, fees=fees)
    # A day of penalty, the charge of 25.00, and what the ceiling leaves: 1.50.
    assert brief(found) == [
        (
            "02-15",
            "installment 1 due: interest 60.00, fee 1.00",
            "61.00",
            "0.00",
            "6061.00",
        ),
        ("02-16", "penalty interest", "1.00", "0.00", "6062.00"),
        ("02-16", "late fee", "25.00", "0.00", "6087.00"),
        ("02-18", "penalty interest", "1.50", "0.00", "6088.50"),
    ]


def test_several_costs_of_one_night_are_one_line():
    terms = PenaltyInterest(
        rate="0.05%/day", contract_interest="continues", days_in_year=360
    )
    found = statement([], date(2026, 2, 16), date(2026, 2, 25), penalty=terms)
    # Ten days of 1.00, and of 0.666...
    assert brief(found) == [
        (
            "02-25",
            "penalty interest, interest on overdue principal",
            "16.67",
            "0.00",
            "6076.67",
        )
    ]


def test_principal_alone_may_fall_due():
    found = statement([], DUE, DUE, rate=Rate("0%/month"), penalty=None)
    assert brief(found) == [("02-15", "installment 1 due", "0.00", "0.00", "6000.00")]


def test_nothing_falls_due_of_what_is_settled_or_undrawn():
    found = statement([paid("7000")], date(2026, 2, 16), date(2026, 5, 1))
    assert found.lines == ()
    undrawn = Account.open(loan(), undrawn=True)
    assert statement_of(undrawn, DISBURSED, date(2026, 5, 1)).lines == ()
    drawn = undrawn.record(Disbursement(id="d1", on=DISBURSED, amount="6000"))
    assert brief(statement_of(drawn, DISBURSED, date(2026, 2, 1))) == [
        ("01-15", "disbursement d1", "6000.00", "0.00", "6000.00")
    ]


# --- how it prints ------------------------------------------------------------------------


def test_it_prints_as_a_table():
    found = statement([paid("2060")], DUE, date(2026, 2, 28))
    assert str(found).splitlines() == [
        "Account in CNY from 2026-02-15 to 2026-02-28",
        "Date        What                               Charged      Paid   Balance",
        "2026-02-15  opening balance                                       6,000.00",
        "2026-02-15  installment 1 due: interest 60.00    60.00      0.00  6,060.00",
        "2026-02-15  payment p1                            0.00  2,060.00  4,000.00",
        "2026-02-28  Total                                60.00  2,060.00  4,000.00",
    ]
    assert repr(found) == (
        "<AccountStatement from 2026-02-15 to 2026-02-28: 2 lines, CNY 6000.00 to"
        " 4000.00>"
    )


def test_csv_markdown_and_html():
    charge = Charge(
        id="c1", on=DUE, amount="9", name="<a|b>", installment=1, component="penalty"
    )
    found = statement([charge], DUE, DUE)
    assert found.to_csv() == (
        "on,what,charged,paid,balance\n"
        "2026-02-15,installment 1 due: interest 60.00,60.00,0.00,6060.00\n"
        "2026-02-15,charge c1: <a|b>,9.00,0.00,6069.00\n"
    )
    lines = found.to_markdown().splitlines()
    assert lines[3] == "| --- | --- | ---: | ---: | ---: |"
    assert lines[6] == "| 2026-02-15 | charge c1: <a\\|b> | 9.00 | 0.00 | 6,069.00 |"
    assert "charge c1: &lt;a|b&gt;" in found.to_html()
    assert '<td style="text-align: left">2026-02-15</td>' in found.to_html()
    assert found._repr_html_() == found.to_html()


def test_lines_are_values():
    line = StatementLine(DUE, "payment p1", Decimal(0), Decimal(5), Decimal(7))
    assert line._asdict()["balance"] == 7


@pytest.mark.parametrize(
    ("since", "until", "error"),
    [
        (date(2026, 1, 14), DUE, DateRangeError),
        (DUE, DISBURSED, DateRangeError),
        ("2026-02-15", DUE, InputTypeError),
    ],
)
def test_days_are_checked(since, until, error):
    with pytest.raises(error):
        statement([], since, until)
