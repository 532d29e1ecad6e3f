"""The doors of measures of a book, for the fuzzing of every door."""

from datetime import date

from loan_books import APRIL, JUNE, MAY, book, loan, spread
from loanmath.account import Account
from loanmath.analysis import book as books
from loanmath.analysis.book import (
    Assumption,
    BookState,
    Inclusion,
    Lending,
    LossPeriod,
    Shift,
    TransitionMatrix,
)
from loanmath.analysis.delinquency import M_STAGES
from loanmath.rates import Rate
from loanmath.terms import EqualPrincipal, InstallmentLoan

__all__ = ["BOOK_DOORS"]

ALL = Inclusion()
BEFORE = book(("a", 100), ("b", 200, 40), on=MAY)
AFTER = book(("a", 90), ("b", 200, 70), ("c", 50))
SPREAD = spread({"M0": 900, "M1": 100})
EARLIER = spread({"M0": 1000, "M1": 50}, on=APRIL)
MOVES = books.migration(BEFORE, AFTER, M_STAGES, by="balance")
CURVES = books.vintages([BEFORE, AFTER], 1, seen="ever", inclusion=ALL)
RATES = books.ProvisionRates(general="1%", specific={"M1": "25%"})
CHAIN = books.RollRateChain({"M0": "5%", "M1": "50%"})
FLOWS = books.flow_rates([EARLIER, SPREAD], average="simple")
MATRIX = TransitionMatrix(
    [BookState("M0", 0), BookState("M1", 1)],
    {"M0": {"M0": "90%", "M1": "10%"}, "M1": {"M0": "50%", "M1": "50%"}},
)
LENDING = Lending(
    currency="CNY", on=JUNE, principal="1200", installments=12, start={"M0": 5}
)
RUN = books.simulate(LENDING, MATRIX, seed=1, months=2)
ACCOUNT = Account.open(
    InstallmentLoan(
        currency="CNY",
        principal="1200",
        every="monthly",
        disbursed=date(2026, 1, 15),
        repayment=EqualPrincipal(3),
        rate=Rate("1%/month"),
    )
)


def _one(v, good):
    """Good arguments of which one is hostile."""
    name, value = v.pick.choice(list(good)), v()
    if name == "progress" and callable(value):
        # What a caller's own function raises is the caller's.
        value = _told
    return good | {name: value}


def _told(done, whole):
    assert 1 <= done <= whole


LOAN = {
    "name": "a",
    "on": JUNE,
    "currency": "CNY",
    "originated": date(2026, 1, 15),
    "disbursed": "100",
    "balance": "50",
    "days_past_due": 3,
    "borrower": "x",
    "overdue": "2",
    "due": "3",
    "written_off": 0,
    "restructured": False,
    "first_due": date(2026, 2, 15),
    "first_cleared": date(2026, 2, 15),
}
RATIO = {"book": AFTER, "days": 30, "by": "loan", "inclusion": ALL, "base": BEFORE}
MEASURE = {
    "name": "a",
    "numerator": 1,
    "counts": "b",
    "denominator": 2,
    "against": "c",
    "on": JUNE,
    "unit": "CNY",
    "rule": "d",
    "decimals": 2,
}
LENT = {
    "currency": "CNY",
    "on": JUNE,
    "principal": "100",
    "installments": 12,
    "start": {"M0": 5},
    "new_loans": 1,
    "seasoned": True,
}
REPORT = {
    "accounts": [("a", ACCOUNT)],
    "on": JUNE,
    "since": MAY,
    "vintage_months": 1,
    "choices": books.BookChoices(),
    "borrowers": {"a": "x"},
    "restructured": ["a"],
    "progress": None,
}
COMPARED = {
    "lending": LENDING,
    "matrix": MATRIX,
    "assumptions": [Assumption("a", [Shift("M0", "M1", "M0", "5%")])],
    "seed": 1,
    "months": 2,
    "missed": 1,
    "inclusion": ALL,
}

BOOK_DOORS = {
    "LoanSnapshot": lambda v: books.LoanSnapshot(**_one(v, LOAN)),
    "Book": lambda v: books.Book(v(), v(), v()),
    "Book loans": lambda v: books.Book("CNY", JUNE, [loan("a", 1), v()]),
    "Inclusion": lambda v: Inclusion(written_off=v(), restructured=v(), part=v()),
    "Measure": lambda v: books.Measure(**_one(v, MEASURE)),
    "overdue_ratio": lambda v: books.overdue_ratio(**_one(v, RATIO)),
    "first_payment_default": lambda v: books.first_payment_default(v(), v()),
    "cure_rate": lambda v: books.cure_rate(BEFORE, AFTER, v(), by=v(), inclusion=v()),
    "distribution": lambda v: books.distribution(
        AFTER, M_STAGES, inclusion=ALL, graded=v()
    ),
    "Distribution": lambda v: books.Distribution(
        currency="CNY", on=JUNE, amounts=v(), rule="all", loans=v()
    ),
    "Distribution.amount": lambda v: SPREAD.amount(v()),
    "provision_matrix": lambda v: books.provision_matrix(SPREAD, v()),
    "provision_matrix rates": lambda v: books.provision_matrix(
        SPREAD, {"M0": v(), "M1": v()}
    ),
    "ProvisionRates": lambda v: books.ProvisionRates(
        general=v(), specific={"M1": v()}, leeway=v()
    ),
    "provisions": lambda v: books.provisions(SPREAD, RATES, moved={"M1": v()}),
    "non_performing_ratio": lambda v: books.non_performing_ratio(SPREAD, v()),
    "coverage_ratio": lambda v: books.coverage_ratio(SPREAD, v(), ["M1"], decimals=v()),
    "loan_provision_ratio": lambda v: books.loan_provision_ratio(SPREAD, v()),
    "migration": lambda v: books.migration(BEFORE, AFTER, M_STAGES, by=v(), graded=v()),
    "migration books": lambda v: books.migration(v(), v(), v(), by="loan"),
    "Migration.share": lambda v: MOVES.share(v(), v()),
    "migration_ratio": lambda v: books.migration_ratio(MOVES, v(), to=v()),
    "flow_rates": lambda v: books.flow_rates(v(), average="simple"),
    "flow_rates average": lambda v: books.flow_rates(
        [EARLIER, SPREAD], average=v(), decimals=v()
    ),
    "FlowRates.chain": lambda v: FLOWS.chain(v()),
    "RollRateChain": lambda v: books.RollRateChain(v()),
    "RollRateChain.of_cohort": lambda v: books.RollRateChain.of_cohort(
        {"M0": v(), "M1": v()}, loss=v()
    ),
    "RollRateChain rates": lambda v: books.RollRateChain({"M0": v(), "M1": v()}),
    "RollRateChain.provision": lambda v: CHAIN.provision(
        SPREAD, scaled=v(), rounding=v()
    ),
    "vintages": lambda v: books.vintages(v(), 1, seen=v(), inclusion=v()),
    "vintages days": lambda v: books.vintages([AFTER], v(), seen="ever", inclusion=ALL),
    "Vintages.measure": lambda v: CURVES.measure(v(), v()),
    "months_on_book": lambda v: books.months_on_book(v(), v()),
    "LossPeriod": lambda v: LossPeriod(pd=v(), lgd="50%", ead=v(), at=v()),
    "expected_credit_loss": lambda v: books.expected_credit_loss(
        v(), currency="CNY", rate="1%"
    ),
    "expected_credit_loss terms": lambda v: books.expected_credit_loss(
        [LossPeriod(pd="1%", lgd="50%", ead=100, at=1)],
        currency=v(),
        rate=v(),
        horizon=v(),
    ),
    "pds_from_cumulative": lambda v: books.pds_from_cumulative(v()),
    "pds_from_conditional": lambda v: books.pds_from_conditional([v(), v()]),
    "BookState": lambda v: BookState(v(), v(), restructured=v()),
    "Shift": lambda v: Shift(v(), v(), v(), v()),
    "TransitionMatrix": lambda v: TransitionMatrix(v(), v()),
    "TransitionMatrix rows": lambda v: TransitionMatrix(
        [BookState("M0", 0)], {"M0": {"M0": v(), "paid off": v()}}
    ),
    "TransitionMatrix.share": lambda v: MATRIX.share(v(), v()),
    "TransitionMatrix.shifted": lambda v: MATRIX.shifted(v()),
    "Lending": lambda v: Lending(**_one(v, LENT)),
    "simulate": lambda v: books.simulate(LENDING, MATRIX, seed=v(), months=v()),
    "Simulation.ratio": lambda v: RUN.ratio(v(), missed=v(), inclusion=v()),
    "Assumption": lambda v: Assumption(v(), v(), new_loans=v(), counted=v()),
    "compare_management": lambda v: books.compare_management(**_one(v, COMPARED)),
    "ClassChoices": lambda v: books.ClassChoices(
        scheme=M_STAGES, non_performing=v(), rates=v()
    ),
    "BookChoices": lambda v: books.BookChoices(
        days=v(), scheme=v(), inclusion=v(), vintage_days=v(), first_days=v()
    ),
    "snapshot": lambda v: books.snapshot(
        ACCOUNT, v(), name=v(), borrower=v(), restructured=v()
    ),
    "book_of": lambda v: books.book_of(v(), JUNE),
    "measure_book": lambda v: books.measure_book(**_one(v, REPORT)),
    "report_of": lambda v: books.report_of(v(), before=v(), month_ends=v()),
    "report_of parts": lambda v: books.report_of(AFTER, before=v(), month_ends=v()),
}
