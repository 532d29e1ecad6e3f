"""The example of the reference page on portfolios, which shows this very code."""

import pytest


def test_a_book_of_three_loans():
    pytest.importorskip("numpy", reason="the extra 'portfolio' is not installed")
    # A book of three loans
    from datetime import date

    from loanmath import InstallmentLoan, LevelPayment, Rate
    from loanmath.events import Payment
    from loanmath.ledger.course import course
    from loanmath.portfolio import Columns, lower, packed, policy_of, run, seen_on
    from loanmath.terms import PenaltyInterest

    courses = [
        course(
            InstallmentLoan(
                currency="CNY",
                principal=principal,
                disbursed=date(2026, 1, 15),
                every="monthly",
                rate=Rate("0.04%/day"),
                repayment=LevelPayment(12),
                penalty=PenaltyInterest(multiple="1.5"),
            )
        )
        for principal in ("10000", "20000", "30000")
    ]
    paid = [Payment(id="p1", on=date(2026, 2, 20), amount="500")]
    events = [paid, paid, []]

    x = Columns()
    opening = [found.opening for found in courses]
    policy, balances = policy_of(courses), lower(x, opening)
    balances = run(x, policy, balances, packed(x, courses, opening, events))
    day = x.column([date(2026, 3, 1).toordinal()] * 3)
    owed = seen_on(x, policy, balances, day)
    # The first as in the example of `Account`: 2.17 of penalty on 1 March.
    assert int(owed.segment.penalty[0][0]) == 217
