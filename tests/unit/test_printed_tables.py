"""Schedules as text, in bytes."""

from datetime import date

from loanmath import InstallmentLoan, InterestOnly, Rate


def test_lines_of_csv_end_in_a_line_feed():
    loan = InstallmentLoan(
        currency="CNY",
        principal="1000",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate("1%/month"),
        repayment=InterestOnly(2),
    )
    assert loan.schedule().to_csv() == (
        "number,start,end,due,opening,payment,principal,interest,fee,closing,"
        "tax,drawn,capitalized\n"
        "1,2026-01-15,2026-02-15,2026-02-15,1000.00,10.00,0.00,10.00,0.00,1000.00,"
        "0.00,0.00,0.00\n"
        "2,2026-02-15,2026-03-15,2026-03-15,1000.00,1010.00,1000.00,10.00,0.00,0.00,"
        "0.00,0.00,0.00\n"
    )
