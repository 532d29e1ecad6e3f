"""Random books: accounts of one policy, each with its own dates, amounts and events."""

from datetime import date, timedelta
from decimal import Decimal

from loanmath.account import Account, Arrear
from loanmath.errors import EventError
from loanmath.events import Charge, Payment, Waiver
from loanmath.rates import Rate
from loanmath.terms import (
    Allocation,
    AllocationTier,
    Component,
    Compounding,
    DaysPastDue,
    EqualPrincipal,
    Fee,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    PenaltyInterest,
    Servicing,
)

PARTS = [part.value for part in Component]
# 0.5 % a day of a multiple of 100 cents ends in half a cent, or in none.
RATES = ("0.05%/day", "0.5%/day", "0.033%/day", "0%/day")
CENTS = (100, 9_900, 120_000, 1_234_567, 10**9, 6 * 10**12)


def order(rng):
    parts = rng.sample(PARTS, 5)
    kind = rng.choice(["all", "all", "due only", "table"])
    if kind == "all":
        return parts
    slots = [f"{standing}.{part}" for standing in ("past_due", "due") for part in parts]
    if kind == "table":
        ahead = [f"in_advance.{part}" for part in rng.sample(PARTS, rng.randint(1, 5))]
        slots = [*slots, *ahead]
        rng.shuffle(slots)
    return slots


def allocation(rng):
    days = rng.choice([(), (91,), (91, 181), (1, 31)])
    return Allocation(
        order(rng),
        rng.choice(["installment", "component"]),
        rng.choice(["next", "credit"]),
        tiers=[AllocationTier(day, order(rng)) for day in days],
    )


def penalty(rng):
    base = rng.choice(
        [
            "overdue_principal",
            "overdue_principal",
            "overdue_principal_and_interest",
            "overdue_installment",
        ]
    )
    parts = ["penalty", "compound"] + ["interest"] * (base == "overdue_principal")
    # Nothing else may be charged on interest that grows daily.
    continues = base == "overdue_principal" and rng.random() < 0.4
    parts = parts[:2] if continues else parts
    compounding = Compounding(
        rng.sample(parts, rng.randint(1, len(parts))), "due_dates"
    )
    priced = rng.choice(
        [{"rate": rng.choice(RATES)}, {"multiple": "1.5"}, {"addition": "0.01%/day"}]
    )
    return PenaltyInterest(
        **priced,
        base=base,
        first_day=rng.choice(["due_day", "day_after"]),
        payment_day=rng.choice(["not_counted", "counted"]),
        grace_days=rng.choice([0, 0, 3]),
        grace="free",
        tolerance=rng.choice(["0", "0", "0.01", "50"]),
        contract_interest="continues" if continues else "replaced",
        rounded=rng.choice(["installment", "day"]),
        compounding=rng.choice([None, compounding]),
    )


def policy(rng):
    """Return the terms that all accounts of a book share."""
    return {
        "currency": "CNY",
        "rate": Rate(rng.choice(RATES)),
        "penalty": rng.choice([None, penalty(rng), penalty(rng), penalty(rng)]),
        "servicing": Servicing(
            allocation=allocation(rng),
            credit=rng.choice(["applied", "applied", "kept"]),
            days_past_due=DaysPastDue(
                grace_days=rng.choice([0, 0, 3]), tolerance=rng.choice(["0", "0", "1"])
            ),
        ),
    }


def account(rng, shared, count, behind):
    """Return an account of a policy, its principal and dates its own."""
    method = rng.choice([LevelPayment, EqualPrincipal, InterestOnly])
    disbursed = date(2023, rng.randint(1, 12), rng.choice([1, 15, 31 - 3]))
    loan = InstallmentLoan(
        principal=Decimal(rng.choice(CENTS)).scaleb(-2),
        disbursed=disbursed,
        every=rng.choice(["weekly", "monthly"]),
        repayment=method(count),
        fees=rng.choice([(), [Fee("service", "0.50", due="installments")]]),
        **shared,
    )
    arrears = [
        Arrear(
            due=disbursed - timedelta(rng.choice([0, 1, 30, 100])),
            **{part: Decimal(rng.choice([0, 1, 5_000])).scaleb(-2) for part in PARTS},
        )
        for _ in range(behind)
    ]
    return Account.open(loan, arrears=arrears, credit=rng.choice(["0", "0", "7.31"]))


def happened(rng, opened, most):
    """Return the account with events that columns can hold."""
    rows = list(opened.loan.schedule())
    days = {opened.loan.disbursed + timedelta(rng.randint(0, 400))}
    for row in rows:
        days |= {row.due + timedelta(near) for near in (-3, -1, 0, 1, 2, 3, 4, 40)}
    days |= {rows[-1].due + timedelta(late) for late in (91, 92, 181, 400)}
    days = [day for day in days if day >= opened.loan.disbursed]
    chosen = sorted(rng.choices(sorted(days), k=rng.randint(0, most)))
    for number, day in enumerate(chosen):
        event = one_event(rng, f"e{number}", day, rows)
        try:
            recorded = opened.record(event)
        except EventError:
            continue
        if not may_settle_early(recorded):
            opened = recorded
    return opened


def one_event(rng, name, day, rows):
    due = rng.choice(rows).payment
    cents = rng.choice([0, 1, int(due * 100), int(due * 50), int(due * 150)])
    amount = Decimal(cents).scaleb(-2)
    kind = rng.choice(["payment"] * 4 + ["charge", "waiver"])
    if kind == "payment":
        return Payment(id=name, on=day, amount=amount)
    if kind == "charge":
        return Charge(
            id=name,
            on=day,
            amount=min(amount, Decimal(25)),
            component=rng.choice(["fee", "penalty"]),
            installment=rng.choice([None, rng.randint(1, len(rows))]),
        )
    return Waiver(
        id=name,
        on=day,
        component=rng.choice(PARTS),
        amount=rng.choice([Decimal(0), Decimal("0.01"), amount]),
    )


def may_settle_early(account):
    """Whether a payment reached what an early payoff is at least, before the last day."""
    return any(_may_settle(account, step) for step in account._steps)


def _may_settle(account, step):
    due, day = account._course.due, step.event.on.toordinal()
    if not isinstance(step.event, Payment) or day >= due[-1] or not step.event.amount:
        return False
    paid = next(one for one in step.entries if one.rule in ("payoff", "payment"))
    owed, credit = paid.before.balances.segment, paid.before.balances.credit
    now = sum(on <= day for on in due)
    least = sum(map(sum, (owed.penalty, owed.compound, owed.principal)))
    least += sum(owed.fee[:now]) + sum(owed.interest[:now])
    return any(map(any, owed)) and int(step.event.amount * 100) + credit >= least


def book(rng, accounts=12, most=7):
    """Return accounts of one policy and one number of rows, with events."""
    shared, count, behind = policy(rng), rng.randint(1, 5), rng.choice([0, 0, 1])
    return [
        happened(rng, account(rng, shared, count, behind), most)
        for _ in range(accounts)
    ]
