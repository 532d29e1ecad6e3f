"""A line of credit whose refusals and tables are read as text."""

from collections.abc import Callable
from typing import Any

from kept_lines import (
    BOUGHT,
    DUE,
    aug,
    back,
    buy,
    cash,
    cash_at,
    interest,
    kept,
    line,
    octo,
    pay,
    sep,
    split,
)
from loanmath import (
    Charge,
    Chargeback,
    CreditLine,
    CycleChange,
    DefaultCharge,
    EqualPrincipal,
    InstallmentLoan,
    InterestPause,
    LineAccount,
    LineSegment,
    MinimumPayment,
    Payment,
    Payout,
    PlanSettlement,
    Rate,
    Reversal,
    SharedLimit,
    TransactionFee,
    Transfer,
    Waiver,
)
from loanmath.terms.lines import InstallmentTerms

TERMS = line(
    interest(),
    segments=[
        cash_at(limit=500, fee=TransactionFee("1%", least=10)),
        LineSegment(name="transfers", interest=interest(bears_from="use")),
    ],
    minimum=MinimumPayment("10%"),
    default_charge=DefaultCharge("5%"),
    installments=InstallmentTerms(fees={3: "3%"}),
)
PLAIN = CreditLine(currency="CNY", limit=500, statement_day=5, due_day=25)
PLAN = split(aug(21), of="u1", count=3)


def on_line(*events: Any) -> LineAccount:
    """Return the account with what was bought, and more."""
    return kept(TERMS, *BOUGHT, *events)


def waived(amount: Any, component: str = "fee", **words: Any) -> Waiver:
    return Waiver(id="w1", on=sep(6), amount=amount, component=component, **words)


def loan(**words: Any) -> InstallmentLoan:
    usual = {
        "currency": "CNY", "principal": "300", "disbursed": aug(20),
        "every": "monthly", "rate": Rate("12%/year"), "repayment": EqualPrincipal(3),
    }  # fmt: skip
    return InstallmentLoan(**(usual | words))


def again(of: str, amount: Any) -> Chargeback:
    return Chargeback(id="b1", on=sep(8), of=of, amount=amount)


def undone(of: str, **words: Any) -> Reversal:
    return Reversal(id="x1", on=sep(8), of=of, **words)


REFUSED_ON_LINES: dict[str, Callable[[], object]] = {
    "no line": lambda: LineAccount.open("line", aug(5)),  # type: ignore[arg-type]
    "no event": lambda: on_line("payment"),
    "before the line": lambda: on_line(buy(aug(4), 1, "u9")),
    "one id for two events": lambda: on_line(buy(aug(10), 1)),
    "an amount finer than the line": lambda: on_line(pay(sep(6), "0.001")),
    "more than the limit": lambda: on_line(buy(sep(6), "19500.01", "u9")),
    "more than the limit, by what is late": lambda: kept(
        PLAIN, buy(aug(20), 400)
    ).record(buy(aug(10), 200, "u0")),
    "more than the limit of cash": lambda: on_line(cash(sep(6), "500.01")),
    "a segment that is not there": lambda: kept(
        PLAIN, Transfer(id="t1", on=sep(6), amount=1)
    ),
    "a purchase of installments": lambda: on_line(
        buy(sep(6), 1, "u9", segment="installments")
    ),
    "a payment with an order": lambda: on_line(
        Payment(id="p1", on=sep(6), amount=1, effect="smaller")
    ),
    "a refund of a payment": lambda: on_line(pay(sep(6), 1), back(sep(7), 1, "p1")),
    "a refund above the price": lambda: on_line(back(sep(6), 301, "u1")),
    "a conversion of nothing": lambda: on_line(
        split(sep(6), of="u1", amount=0, count=3)
    ),
    "a conversion above the purchase": lambda: on_line(
        split(sep(6), of="u1", amount=301, count=3)
    ),
    "a conversion above the bill": lambda: on_line(split(sep(6), amount=501, count=3)),
    "a conversion of what was converted": lambda: on_line(
        PLAN, split(sep(6), "s2", of="u1", count=3)
    ),
    "a conversion of a payment": lambda: on_line(
        pay(sep(6), 1), split(sep(7), of="p1", count=3)
    ),
    "a count without a fee": lambda: on_line(split(sep(6), of="u1", count=6)),
    "a count on a line without terms": lambda: kept(
        PLAIN, buy(aug(10), 300), split(sep(6), of="u1", count=3)
    ),
    "a plan of another amount": lambda: on_line(
        split(sep(6), of="u1", plan=loan(principal="299"))
    ),
    "a plan in another currency": lambda: on_line(
        split(sep(6), of="u1", plan=loan(currency="USD"))
    ),
    "a settlement of no plan": lambda: on_line(
        PlanSettlement(id="e1", on=sep(6), of="s9")
    ),
    "a chargeback above the payment": lambda: on_line(pay(sep(6), 9), again("p1", 10)),
    "a chargeback of a purchase": lambda: on_line(again("u1", 1)),
    "a reversal of nothing": lambda: on_line(undone("p9")),
    "two reversals of one payment": lambda: on_line(
        pay(sep(6), 9),
        undone("p1", reversed_as="today"),
        Reversal(id="x2", on=sep(9), of="p1", reversed_as="today"),
    ),
    "a charge reversed from today": lambda: on_line(
        Charge(id="c1", on=sep(6), amount=1), undone("c1", reversed_as="today")
    ),
    "a purchase that never was, but was converted": lambda: on_line(PLAN, undone("u1")),
    "a charge of an installment": lambda: on_line(
        Charge(id="c1", on=sep(6), amount=1, installment=1)
    ),
    "a waiver of an installment": lambda: on_line(waived(1, installments=[1])),
    "a waiver of compound interest": lambda: on_line(waived(1, "compound")),
    "a waiver above what is owed": lambda: on_line(waived("500.01", "principal")),
    "more paid out than there is": lambda: on_line(
        Payout(id="o1", on=sep(6), amount=1)
    ),
    "days that put a bill before another": lambda: on_line(
        CycleChange(id="y1", on=sep(10), statement_day=12, due_after=5)
    ),
    "a pause of interest": lambda: on_line(InterestPause(id="i1", on=sep(6))),
    "a preview of what is recorded": lambda: on_line().preview(BOUGHT[0]),
    "a position before the line": lambda: on_line().position(aug(4)),
    "postings that end before they start": lambda: on_line().postings(sep(6), sep(5)),
    "a month without a bill": lambda: on_line().statement(2026, 7),
    "a month with two bills": lambda: on_line(
        CycleChange(id="y1", on=sep(10), statement_day=20, due_day=8)
    ).statement(2026, 9),
    "no month": lambda: on_line().statement(2026, 13),
    "no year": lambda: on_line().statement(1900, 9),
    "a limit shared with another currency": lambda: SharedLimit("USD", 1).available(
        [on_line()], sep(6)
    ),
}


def lived_line() -> LineAccount:
    """Return an account to print: drawn on, converted, in arrears, closed, a credit."""
    return on_line(
        cash(aug(10), 200),
        Transfer(id="t1", on=aug(12), amount=100),
        PLAN,
        Charge(id="c1", on=aug(24), amount="12.50", name="letter"),
        pay(sep(10), 100),
        back(sep(12), 50, "u2"),
        waived("10%"),
        buy(sep(14), "66.66", "u4", name="books | pens"),
        PlanSettlement(id="e1", on=octo(10), of="s1"),
        pay(octo(20), 900, "p2"),
        Payout(id="o1", on=octo(21), amount=1),
        buy(octo(22), 30, "u5"),
    )


PRINTED_DAYS = (aug(25), DUE, sep(28), octo(12), octo(20))
