from collections.abc import Sequence
from datetime import date

import pytest

from loanmath import Rate
from loanmath.account import Account, InstallmentPosition
from loanmath.errors import InputTypeError, TermsError, UnknownNameError
from loanmath.events import Charge, Event, Payment
from loanmath.presets.engines import (
    FineractAllocation,
    FineractProduct,
    fineract_like,
)
from loanmath.terms import AllocateBy, Component, FutureRule, InterestTo, Standing

LENT = date(2026, 4, 1)
STANDINGS = ("PAST_DUE", "DUE", "IN_ADVANCE")
PARTS = ("PENALTY", "FEE", "PRINCIPAL", "INTEREST")
RANKS = [f"{standing}_{part}" for standing in STANDINGS for part in PARTS]


def account_of(product: FineractProduct, rate: str, *events: Event) -> Account:
    loan = fineract_like(
        "1000", Rate(rate), 2, currency="USD", disbursed=LENT, product=product
    )
    return Account.open(loan).record(*events)


def rows_of(
    product: FineractProduct, rate: str, on: date, *events: Event
) -> Sequence[InstallmentPosition]:
    return account_of(product, rate, *events).position(on).installments


def paid(amount: str, on: date, kind: str = "payment") -> Payment:
    return Payment(id=f"{kind} {on}", on=on, amount=amount, kind=kind)


def test_ranks_become_slots_with_compound_interest_after_penalty() -> None:
    rule = FineractAllocation(order=RANKS).rule()
    assert rule.order[:3] == (
        (Standing.PAST_DUE, Component.PENALTY),
        (Standing.PAST_DUE, Component.COMPOUND),
        (Standing.PAST_DUE, Component.FEE),
    )
    assert len(rule.order) == 15
    assert rule.by is AllocateBy.INSTALLMENT
    vertical = FineractAllocation(order=RANKS).rule(is_vertical=True)
    assert vertical.by is AllocateBy.COMPONENT


@pytest.mark.parametrize(
    ("name", "future"),
    [
        ("NEXT_INSTALLMENT", FutureRule.NEXT),
        ("LAST_INSTALLMENT", FutureRule.LAST),
        ("NEXT_LAST_INSTALLMENT", FutureRule.NEXT_LAST),
        ("REAMORTIZATION", FutureRule.SPREAD),
    ],
)
def test_future_installments_have_a_rule(name: str, future: FutureRule) -> None:
    rule = FineractAllocation(future_installments=name, order=RANKS).rule()
    assert rule.future is future


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"order": ["PAST_DUE_PENALTY", "LATE_FEE"]}, UnknownNameError),
        ({"order": ["DUE_TAX"]}, UnknownNameError),
        ({"order": "PAST_DUE_PENALTY"}, InputTypeError),
        ({"order": [1]}, InputTypeError),
        ({"order": RANKS, "future_installments": "ALL"}, UnknownNameError),
        ({"order": RANKS, "transaction": 1}, InputTypeError),
    ],
)
def test_an_allocation_is_checked(settings: dict[str, object], error: type) -> None:
    with pytest.raises(error):
        FineractAllocation(**settings)  # type: ignore[arg-type]


def test_ranks_that_leave_something_due_out_are_refused() -> None:
    with pytest.raises(TermsError):
        FineractAllocation(order=RANKS[1:]).rule()


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"strategy": "newest-first"}, UnknownNameError),
        ({"allocations": [RANKS]}, InputTypeError),
        ({"is_vertical": 1}, InputTypeError),
        ({"recalculates_interest": 0}, InputTypeError),
        ({"interest_on_past_due": None}, InputTypeError),
        ({"pre_closure": "TILL_DAWN"}, UnknownNameError),
    ],
)
def test_a_product_is_checked(settings: dict[str, object], error: type) -> None:
    with pytest.raises(error):
        FineractProduct(**settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("strategy", "principal"),
    [
        ("mifos-standard-strategy", "20.00"),
        ("interest-principal-penalties-fees-order-strategy", "30.00"),
    ],
)
def test_a_fixed_order_says_what_is_paid_first(strategy: str, principal: str) -> None:
    letter = Charge(id="c", on=LENT, amount="10", installment=1)
    row, _ = rows_of(
        FineractProduct(strategy=strategy),
        "0%/year",
        date(2026, 5, 1),
        letter,
        paid("30", date(2026, 5, 1)),
    )
    assert str(row.paid.principal) == principal


def test_a_kind_of_transaction_has_a_rule_of_its_own() -> None:
    rules = [
        FineractAllocation(order=RANKS),
        FineractAllocation(
            transaction="GOODWILL_CREDIT",
            future_installments="LAST_INSTALLMENT",
            order=RANKS,
        ),
    ]
    on = date(2026, 4, 10)
    next_row, last_row = rows_of(
        FineractProduct(allocations=rules),
        "0%/year",
        on,
        paid("30", on),
        paid("7", on, "goodwill_credit"),
    )
    assert (str(next_row.paid.total), str(last_row.paid.total)) == ("30.00", "7.00")


def test_without_recalculation_an_early_payoff_owes_all_interest() -> None:
    # 507.51 twice: interest of 10.00, and 5.02 on 502.49.
    account = account_of(FineractProduct(), "12%/year")
    assert str(account.payoff(date(2026, 4, 10))) == "1015.02"


def test_with_recalculation_an_early_installment_bears_interest_to_its_day() -> None:
    # 15 of 30 days cost 5.00; what is left, 497.49, costs 2.49 for the other 15, which
    # the second installment pays on top of its own 4.97.
    product = FineractProduct(recalculates_interest=True)
    on = date(2026, 4, 16)
    first, second = rows_of(product, "12%/year", on, paid("507.51", on))
    assert str(first.paid.interest) == "5.00"
    assert str(first.paid.principal) == "502.51"
    assert first.cleared == on
    assert str(second.owed.interest) == "7.46"
    assert str(second.owed.principal) == "497.49"


@pytest.mark.parametrize(("bears", "interest"), [(True, "7.43"), (False, "5.02")])
def test_past_due_principal_may_bear_interest(*, bears: bool, interest: str) -> None:
    # 15 of 31 days on 497.51 more than the 502.49 of the plan.
    product = FineractProduct(recalculates_interest=True, interest_on_past_due=bears)
    _, second = rows_of(product, "12%/year", date(2026, 5, 16))
    assert str(second.owed.interest) == interest


def test_a_payoff_may_owe_the_interest_of_the_whole_period() -> None:
    product = FineractProduct(
        recalculates_interest=True, pre_closure="TILL_REST_FREQUENCY_DATE"
    )
    assert product.servicing().prepayment.interest is InterestTo.PERIOD
    account = account_of(product, "12%/year")
    assert str(account.payoff(date(2026, 4, 16))) == "1010.00"
