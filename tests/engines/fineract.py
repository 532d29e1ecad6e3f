"""
Fineract scenarios to loans: the settings of a product, and the plan they make.

What no term of the library holds is refused with `CannotSayError`.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve

from engines.cases import CannotSayError, Case
from engines.fineract_reschedules import rescheduled
from loanmath import InstallmentLoan, Rate, Step
from loanmath.presets.engines import (
    FineractAllocation,
    FineractProduct,
    fineract_like,
)
from loanmath.terms import Fee, FeeOf, LateCharge

_MONTH = {"DAYS30": "30", "ACTUAL": "actual"}
_YEAR = {
    "DAYS360": "360",
    "DAYS364": "364",
    "DAYS365": "365",
    "ACTUAL": "actual",
}
_UNITS = {
    "DAYS": {"days": 1},
    "WEEKS": {"days": 7},
    "MONTHS": {"months": 1},
    "YEARS": {"months": 12},
}
_BY = {"DAILY": "day", "SAME_AS_REPAYMENT_PERIOD": "installment"}
_SUBMISSION = 2


_FIXED_ORDERS = {
    "PENALTIES_FEES_INTEREST_PRINCIPAL_ORDER": "mifos-standard-strategy",
    "DUE_PENALTY_INTEREST_PRINCIPAL_FEE_IN_ADVANCE_PENALTY_INTEREST_PRINCIPAL_FEE": (
        "due-penalty-interest-principal-fee-in-advance-penalty-interest-principal-fee"
        "-strategy"
    ),
    "PRINCIPAL_INTEREST_PENALTIES_FEES_ORDER": (
        "principal-interest-penalties-fees-order-strategy"
    ),
    "INTEREST_PRINCIPAL_PENALTIES_FEES_ORDER": (
        "interest-principal-penalties-fees-order-strategy"
    ),
}


def loan_of(
    suite: Case, scenario: Case, events: list[Case], amount: str, day: date
) -> InstallmentLoan:
    """
    Return the loan of a scenario, with an amount paid out on a day.

    Raises:
        CannotSayError: If the terms hold no such loan.
    """
    settings, terms = suite["products"][scenario["product"]], scenario["loan"]
    if settings.get("fixedLength"):
        raise CannotSayError("a fixed length that moves the last due date")
    on = date.fromisoformat(terms["submitted_on"])
    from_submission = settings.get("repaymentStartDateType") == _SUBMISSION
    rules = _allocations(scenario, settings, events)
    product = _product(settings, terms, events, rules)
    loan = fineract_like(
        amount,
        _rate(terms),
        terms["number_of_repayments"],
        currency="EUR",
        disbursed=day,
        product=product,
        submitted=on if from_submission else None,
        fees=_fees(suite, settings, events),
    )
    late = _late_charges(suite, settings)
    loan = evolve(loan, servicing=evolve(loan.servicing, late_charges=late))
    return rescheduled(loan, product.every, events)


def _rate(terms: Case) -> Rate:
    # The column is headed as annual; the product says what period it is for.
    percent, period = terms["annual_rate_percent"], terms["rate_period"]
    if not Decimal(percent):
        return Rate("0%/year")
    if period not in ("MONTH", "YEAR"):
        raise CannotSayError(f"a rate per {period}")
    return Rate(f"{percent}%/{period.lower()}")


def _allocations(
    scenario: Case, settings: Case, events: list[Case]
) -> list[FineractAllocation]:
    """Return the rules by transaction, as the product had them at the application."""
    if scenario["loan"]["payment_strategy"] in _FIXED_ORDERS:
        return []
    rules = {rule["transaction"]: rule for rule in settings["paymentAllocation"]}
    for event in events:
        if event["kind"] == "create":
            break
        if event["kind"] == "set_allocation_rule":
            if event["product"] != scenario["product"]:
                continue
            name = event["transaction"]
            rule = rules.get(name, rules["DEFAULT"])
            rules[name] = {
                **rule,
                "transaction": name,
                "future_installments": event["rule"],
            }
    return [FineractAllocation(**rule) for rule in rules.values()]


_FEES_OF: dict[str, FeeOf] = {
    "PERCENTAGE_AMOUNT": FeeOf.INSTALLMENT_PRINCIPAL,
    "PERCENTAGE_INTEREST": FeeOf.INTEREST,
    "PERCENTAGE_LOAN_AMOUNT_PLUS_INTEREST": FeeOf.PAYMENT,
}


def _fees(suite: Case, settings: Case, events: list[Case]) -> list[Fee]:
    known = {charge["key"]: charge for charge in suite["charges"]}
    charges = [known[key] for key in settings.get("charges") or []]
    charges += [
        {**known[event["charge"]], "amount": event["amount"]}
        for event in events
        if event["kind"] == "add_installment_charge"
    ]
    return [_fee(charge) for charge in charges if charge["time"] == "INSTALLMENT_FEE"]


def _late_charges(suite: Case, settings: Case) -> list[LateCharge]:
    charged = settings.get("charges") or []
    return [
        LateCharge(charge["name"], f"{charge['amount']}%", of="overdue_principal")
        for charge in suite["charges"]
        if charge["key"] in charged
        and charge["time"] == "OVERDUE_FEES"
        and charge["calculation"] == "PERCENTAGE_AMOUNT"
    ]


def _fee(charge: Case) -> Fee:
    how = charge["calculation"]
    if how == "FLAT":
        return Fee(charge["name"], str(charge["amount"]), due="installments")
    if how not in _FEES_OF:
        raise CannotSayError(f"an installment fee that is {how}")
    amount = f"{charge['amount']}%"
    return Fee(charge["name"], amount, of=_FEES_OF[how], due="installments")


def _product(
    settings: Case,
    terms: Case,
    events: list[Case],
    allocations: list[FineractAllocation],
) -> FineractProduct:
    [(unit, size)] = _UNITS[terms["repay_unit"]].items()
    every = Step(**{unit: size * terms["repay_every"]})
    is_free = not Decimal(terms["annual_rate_percent"]) and not any(
        "new_interest_rate" in event for event in events
    )
    # Without interest it does not matter how days are counted.
    by: Any = "day" if is_free else _BY[terms["interest_calculation_period"]]
    if by == "installment" and not every.months:
        raise CannotSayError("interest by installments that are not months apart")
    if terms["amortization"] != "EQUAL_INSTALLMENTS":
        raise CannotSayError(f"amortization by {terms['amortization']}")
    year = _YEAR[settings["daysInYearType"]]
    if settings.get("daysInYearCustomStrategy") == "FEB_29_PERIOD_ONLY":
        year = "leap_period"
    multiple = settings.get("installmentAmountInMultiplesOf")
    strategy = _FIXED_ORDERS.get(terms["payment_strategy"], "mifos-standard-strategy")
    return FineractProduct(
        every=every,
        days_in_month=_MONTH[settings["daysInMonthType"]],
        days_in_year=year,
        interest_by=by,
        # Without interest both kinds are the same, but for what is rounded.
        is_flat=terms["interest_type"] == "FLAT" and not is_free,
        is_progressive=settings.get("loanScheduleType") == "PROGRESSIVE",
        multiple=multiple or None,
        grace_on_principal=terms.get("grace_on_principal") or 0,
        grace_on_interest=terms.get("effective_grace_on_interest") or 0,
        strategy=strategy,
        allocations=allocations,
        is_vertical=settings.get("loanScheduleProcessingType") == "VERTICAL",
        recalculates_interest=settings["isInterestRecalculationEnabled"]
        and not is_free,
        pre_closure=settings.get(
            "preClosureInterestCalculationStrategy", "TILL_PRE_CLOSE_DATE"
        ),
        interest_on_past_due=not settings.get("disallowInterestCalculationOnPastDue"),
    )
