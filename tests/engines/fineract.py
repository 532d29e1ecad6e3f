"""
Fineract scenarios to loans: the plan alone, as a product makes it at disbursement.

What a product does once installments are unpaid, or with several disbursements, is no
plan; such checks are refused with `CannotSayError`.
"""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from engines.cases import CannotSayError, Case
from loanmath import InstallmentLoan, Rate, Step
from loanmath.presets.engines import FineractProduct, fineract_like

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


class Row(NamedTuple):
    """What a row of a published table states of the plan."""

    date: date
    principal: Decimal
    interest: Decimal
    due: Decimal
    balance: Decimal


def checks(suite: Case) -> dict[str, tuple[Case, Case]]:
    """Return every check of a plan alone, with its scenario, by a name of its own."""
    return {
        f"{scenario['id']}-{check['after']}": (scenario, check)
        for scenario in suite.get("scenarios", [])
        for check in scenario["checks"]
        if check["what"] == "schedule"
        and check.get("level") == 1
        and not check.get("problems")
    }


def published_rows(check: Case) -> list[Row]:
    return [
        Row(
            date.fromisoformat(row["date"]),
            *(
                Decimal(row[name])
                for name in ("principal", "interest", "due", "balance")
            ),
        )
        for row in check["value"]
        if row["number"] is not None
    ]


def planned_rows(loan: InstallmentLoan) -> list[Row]:
    return [
        Row(row.due, row.principal, row.interest, row.payment, row.closing)
        for row in loan.schedule()
    ]


def loan_of(suite: Case, scenario: Case, check: Case) -> InstallmentLoan:
    """
    Return the loan that a check shows the plan of.

    Raises:
        CannotSayError: If a plan is not all that the check shows.
    """
    settings, terms = suite["products"][scenario["product"]], scenario["loan"]
    events = scenario["events"][: check["after"]]
    amount, disbursed = _disbursement(terms, events)
    _refuse(settings, terms, events, check)
    on = date.fromisoformat(terms["submitted_on"])
    return fineract_like(
        amount,
        _rate(terms),
        terms["number_of_repayments"],
        currency="EUR",
        disbursed=disbursed,
        product=_product(settings, terms),
        submitted=on if settings.get("repaymentStartDateType") == _SUBMISSION else None,
    )


def _disbursement(terms: Case, events: list[Case]) -> tuple[str, date]:
    """Return what was paid out and when, or what is expected to be."""
    amount, day = terms["principal"], terms["submitted_on"]
    paid = [event for event in events if event["kind"] == "disburse"]
    if len(paid) > 1 or terms.get("tranches"):
        raise CannotSayError("several disbursements")
    for event in events:
        if event["kind"] == "approve":
            amount = event.get("amount") or amount
            day = event.get("expected_date") or day
    for event in paid:
        amount, day = event["amount"], event["date"]
    return amount, date.fromisoformat(day)


def _refuse(settings: Case, terms: Case, events: list[Case], check: Case) -> None:
    if settings.get("enableDownPayment"):
        raise CannotSayError("a down payment")
    if settings.get("fixedLength"):
        raise CannotSayError("a fixed length that moves the last due date")
    first = published_rows(check)[0].date
    if (
        settings["isInterestRecalculationEnabled"]
        and Decimal(terms["annual_rate_percent"])
        and date.fromisoformat(check["as_of"]) > first
        and not settings.get("disallowInterestCalculationOnPastDue")
        and any(event["kind"] == "disburse" for event in events)
    ):
        raise CannotSayError("interest that runs on past installments that are unpaid")


def _rate(terms: Case) -> Rate:
    # The column is headed as annual; the product says what period it is for.
    percent, period = terms["annual_rate_percent"], terms["rate_period"]
    if not Decimal(percent):
        return Rate("0%/year")
    if period not in ("MONTH", "YEAR"):
        raise CannotSayError(f"a rate per {period}")
    return Rate(f"{percent}%/{period.lower()}")


def _product(settings: Case, terms: Case) -> FineractProduct:
    [(unit, size)] = _UNITS[terms["repay_unit"]].items()
    every = Step(**{unit: size * terms["repay_every"]})
    is_free = not Decimal(terms["annual_rate_percent"])
    by: Any = _BY[terms["interest_calculation_period"]]
    if by == "installment" and not every.months and not is_free:
        raise CannotSayError("interest by installments that are not months apart")
    if terms["amortization"] != "EQUAL_INSTALLMENTS":
        raise CannotSayError(f"amortization by {terms['amortization']}")
    year = _YEAR[settings["daysInYearType"]]
    if settings.get("daysInYearCustomStrategy") == "FEB_29_PERIOD_ONLY":
        year = "leap_period"
    multiple = settings.get("installmentAmountInMultiplesOf")
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
    )
