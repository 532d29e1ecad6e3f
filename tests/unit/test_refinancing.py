"""A debt that a new loan pays off, and the agreement of a card."""

from datetime import date
from decimal import Decimal

from loanmath.account import Account
from loanmath.errors import (
    DateRangeError,
    EventError,
    InputTypeError,
    LimitError,
    TermsError,
)
from loanmath.events import Conversion, Payment, Purchase
from loanmath.line_account import LineAccount
from loanmath.presets import cn
from loanmath.presets.cn.restructuring import card_agreement
from loanmath.restructuring import refinance
from loanmath.terms import InstallmentTerms
from refusals import refused
from serviced import D2, D3, loan, opened, paid

NEW = loan(principal="4000", disbursed=D2)
BOUGHT = date(2026, 1, 10)
DAY = date(2026, 6, 1)


def card():
    """A card whose purchase of 12,000 was never paid."""
    terms = InstallmentTerms(fees={12: "7.2%"})
    line = cn.bank_card("20000", statement_day=5, due_day=23, installments=terms)
    return LineAccount.open(line, date(2026, 1, 5)).record(
        Purchase(id="u1", on=BOUGHT, amount="12000")
    )


def test_a_new_loan_pays_off_the_old():
    done = refinance(opened(), NEW, id="x1")
    assert done.payment == Payment(id="x1", on=D2, amount="3078")
    assert done.paid_out == Decimal("922.00")
    assert done.closed.position(D3).status.value == "closed"
    assert done.new.payoff(D2) == Decimal("4000.00")
    # As if the new loan had never been, with what was paid on it.
    back = done.reinstated(done.new.record(paid("1340", D3)))
    assert back.payoff(D3) == opened(paid("1340", D3)).payoff(D3)


def test_refusals():
    with refused(InputTypeError, match="an Account or a LineAccount"):
        refinance("x", NEW, id="x1")
    with refused(InputTypeError, match="InstallmentLoan"):
        refinance(opened(), "x", id="x1")
    with refused(TermsError, match="at least 3078.00"):
        refinance(opened(), loan(principal="3000", disbursed=D2), id="x1")
    with refused(TermsError, match="currency: got 'EUR'; allowed: CNY"):
        refinance(opened(), loan(currency="EUR", disbursed=D2), id="x1")
    with refused(DateRangeError, match="on or after 2026-04-15"):
        refinance(opened(paid("1", D3)), NEW, id="x1")
    done = refinance(opened(paid("1", D2)), NEW, id="x1")
    with refused(InputTypeError):
        done.reinstated("x")
    with refused(EventError):
        done.reinstated(Account.open(NEW).record(paid("2", D3)))


def test_a_card_under_an_agreement():
    account = card()
    owed = account.payoff(DAY)
    assert owed > 12000
    done = card_agreement(account, DAY, 60, first_due=date(2026, 7, 1), fee="0.2%")
    assert done.paid_out == 0
    assert done.closed.payoff(DAY) == 0
    plan = done.new.loan.schedule()
    assert (len(plan), plan[-1].due) == (60, date(2031, 6, 1))
    assert plan.totals.interest == 0
    assert plan.totals.principal == owed
    fee = (owed * Decimal("0.002")).quantize(Decimal("0.01"))
    assert plan[0].fee == fee
    # Nothing is late while it is performed.
    assert done.new.position(date(2026, 6, 30)).days_past_due == 0
    first = Payment(id="a1", on=date(2026, 7, 1), amount=plan[0].payment)
    back = done.reinstated(done.new.record(first))
    assert back.payoff(DAY) == owed
    later = date(2026, 9, 1)
    assert back.payoff(later) == account.record(first).payoff(later)


def test_agreements_that_are_refused():
    account = card()
    words = {"first_due": date(2026, 7, 1)}
    with refused(LimitError, match="60"):
        card_agreement(account, DAY, 61, **words)
    with refused(InputTypeError, match="LineAccount"):
        card_agreement(opened(), DAY, 12, **words)
    with refused(DateRangeError, match="the last event"):
        card_agreement(account, date(2026, 1, 9), 12, **words)
    bought = Purchase(id="u2", on=date(2026, 1, 11), amount="1200")
    split = account.record(
        bought, Conversion(id="s1", on=date(2026, 1, 12), of="u2", count=12)
    )
    with refused(TermsError, match="record a PlanSettlement"):
        card_agreement(split, DAY, 12, **words)
