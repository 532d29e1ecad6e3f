"""The doors of restructured plans, for the fuzzing of every door."""

from datetime import date

import loanmath
from loanmath.account import Account
from loanmath.presets.cn import restructuring as limits
from loanmath.restructuring import (
    ObservationPeriod,
    Path,
    compare_paths,
    refinance,
    restructure,
)
from loanmath.terms import concessions as terms

__all__ = ["PLAN_DOORS"]

LOAN = loanmath.InstallmentLoan(
    currency="CNY",
    principal="10000",
    disbursed=date(2026, 1, 15),
    every=loanmath.MONTHLY,
    rate=loanmath.Rate("0.04%/day"),
    repayment=loanmath.LevelPayment(6),
    penalty=loanmath.PenaltyInterest(multiple="1.5"),
)
ACCOUNT = Account.open(LOAN)
ON = date(2026, 4, 1)
PLAN = restructure(ACCOUNT, ON, terms.Extension(installments=3))

PLAN_DOORS = {
    "Forgiveness": lambda v: terms.Forgiveness(v(), v()),
    "ConditionalForgiveness": lambda v: terms.ConditionalForgiveness(
        v(), v(), until=v()
    ),
    "Capitalization": lambda v: terms.Capitalization(v()),
    "FrozenInterest": lambda v: terms.FrozenInterest(v(), components=v(), to_come=v()),
    "Extension": lambda v: terms.Extension(installments=v(), months=v()),
    "Deferral": lambda v: terms.Deferral(v(), v()),
    "Reamortization": lambda v: terms.Reamortization(count=v()),
    "RateCut": lambda v: terms.RateCut(v(), until=v()),
    "AffordablePayment": lambda v: terms.AffordablePayment(v()),
    "NewDates": lambda v: terms.NewDates(v(), v()),
    "PlanFee": lambda v: terms.PlanFee(v()),
    "Settlement": lambda v: terms.Settlement(v(), v()),
    "PlanLimit": lambda v: terms.PlanLimit(
        v(), installments=v(), months=v(), extended_months=v()
    ),
    "Proposal": lambda v: terms.Proposal([v()], [v()]),
    "events.Restructuring": lambda v: loanmath.Restructuring(
        id=v(), on=v(), concessions=[v()]
    ),
    "events.Breach": lambda v: loanmath.Breach(id=v(), on=v(), of=v()),
    "restructure": lambda v: restructure(ACCOUNT, v(), v(), limits=[v()], rate=v()),
    "restructure terms": lambda v: restructure(
        ACCOUNT, ON, terms.Extension(installments=v()), limits=v()
    ),
    "Plan.accept": lambda v: PLAN.accept(id=v()),
    "Plan.modification": lambda v: PLAN.modification(carrying=v(), fees=v()),
    "Path": lambda v: Path(v(), v()),
    "compare_paths": lambda v: compare_paths(v(), v(), v()),
    "refinance": lambda v: refinance(v(), v(), id=v()),
    "ObservationPeriod": lambda v: ObservationPeriod(v(), v()).ends(v()),
    "extension_limit": lambda v: limits.extension_limit(v()),
}
