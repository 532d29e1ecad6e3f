"""The types of ACTUS contracts, each as the terms of a loan."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from engines.actus_dates import Terms, day_of, is_end_of_month, stepped, to_step
from engines.actus_rates import rates
from engines.actus_terms import (
    Contract,
    Days,
    anchor_of,
    dates_of,
    disbursed,
    horizon,
    loan_of,
    maturity,
    number,
    plain,
    sign,
    to_rate,
)
from engines.cases import CannotSayError, Case
from loanmath import InstallmentLoan, Rate, SinglePayment
from loanmath.errors import DateRangeError
from loanmath.terms import (
    EqualPrincipal,
    FixedPayment,
    FixedPrincipal,
    InterestOnly,
    InterestPayments,
    LevelPayment,
    SteppedPayment,
    SteppedRate,
)

ONE_DAY = timedelta(1)


def _installments(terms: Terms, end: date) -> tuple[dict[str, Any], list[date]]:
    """Return the due dates of principal, as terms and as the dates before the end."""
    days = dates_of(terms, "PrincipalRedemption", end, has_end=False)
    if len(days) < 2:
        return {"every": [*days, end]}, days
    step, _ = to_step(terms["cycleOfPrincipalRedemption"])
    count = len(days) + 1
    regular = stepped(days[0], step, count, end_of_month=is_end_of_month(terms))
    found = {"every": step, "first_due": days[0]}
    return found if regular[-1] == end else {**found, "last_due": end}, days


def _interest(
    terms: Terms, end: date, *, until: date | None = None
) -> tuple[list[date], list[date]]:
    """
    Return interest dates up to a date or the end, and those that are capitalized.

    On the date that capitalization ends interest is capitalized, cycle or not.
    """
    stop = until or end
    days = dates_of(terms, "InterestPayment", stop, has_end=True)
    last = day_of(terms, "capitalizationEndDate")
    if last is not None:
        days = sorted({*days, last})
    days = [day for day in days if disbursed(terms) < day < stop]
    return days, [day for day in days if last is not None and day <= last]


def _interest_term(
    days: list[date], capitalized: list[date]
) -> InterestPayments | None:
    if not days:
        return None
    until = capitalized[-1] if capitalized else None
    return InterestPayments(days, capitalized_until=until)


def _contract(
    case: Case, loan_terms: dict[str, Any], end: date, days: Days, **more: Any
) -> Contract:
    terms = case["terms"]
    rate, resets = rates(case, end)
    loan = loan_of(terms, rate=rate, **loan_terms)
    anchor = anchor_of(terms, "InterestPayment")
    return Contract(
        loan,
        sign(terms),
        number(terms, "nominalInterestRate", "0"),
        resets,
        dues=days.dues(),
        interest_on_disbursement=anchor == loan.disbursed,
        **more,
    )


def bullet(case: Case) -> Contract:
    terms = case["terms"]
    end = maturity(terms)
    days, capitalized = _interest(terms, end)
    found = Days([], days, capitalized)
    if not days or capitalized:
        term = {
            "every": [end],
            "repayment": SinglePayment(1),
            "interest_payments": _interest_term(days, capitalized),
        }
        return _contract(case, term, end, found)
    return _contract(case, _bullet_dates(terms, [*days, end]), end, found)


def _bullet_dates(terms: Terms, days: list[date]) -> dict[str, Any]:
    # Dates of a regular cycle are counted by the library, from the anchor.
    repayment = InterestOnly(len(days))
    cycle, started = terms.get("cycleOfInterestPayment"), disbursed(terms)
    if not cycle or len(days) < 2:
        return {"every": days, "repayment": repayment}
    step, _ = to_step(cycle)
    found: dict[str, Any] = {"every": step, "repayment": repayment}
    counted_from, skipped = days[0], 0
    if anchor_of(terms, "InterestPayment") == started:
        counted_from, skipped = started, 1
    else:
        found["first_due"] = days[0]
    regular = stepped(
        counted_from,
        step,
        len(days) + skipped,
        end_of_month=is_end_of_month(terms),
    )
    if regular[-1] != days[-1]:
        found["last_due"] = days[-1]
    return found


def linear(case: Case) -> Contract:
    terms = case["terms"]
    end = maturity(terms)
    dates, principal = _installments(terms, end)
    interest, capitalized = _interest(terms, end)
    count = len(principal) + 1
    if terms.get("nextPrincipalRedemptionPayment"):
        payment = plain(number(terms, "nextPrincipalRedemptionPayment"))
        repayment: Any = FixedPrincipal(payment, count)
    elif capitalized:
        # The share is of what was lent, whatever joins it later.
        repayment = FixedPrincipal(Fraction(1, count), count)
    else:
        repayment = EqualPrincipal(count)
    # Interest has its own dates even where it is due at the end alone.
    own = _interest_term(interest, capitalized) or InterestPayments([end])
    term = {**dates, "repayment": repayment, "interest_payments": own}
    try:
        return _contract(case, term, end, Days(principal, interest, capitalized))
    except DateRangeError:
        if not capitalized or capitalized[-1] < min([*principal, end]):
            raise
        raise CannotSayError(
            "interest that is capitalized while principal is repaid"
        ) from None


def payments(case: Case) -> Contract:
    terms = case["terms"]
    end = maturity(terms)
    dates, principal = _installments(terms, end)
    # Up to the first installment on its own cycle, from there with every payment.
    first = min([*principal, end])
    interest, capitalized = _interest(terms, end, until=first)
    last = day_of(terms, "capitalizationEndDate")
    if last is not None and last >= first:
        raise CannotSayError("interest that is capitalized while principal is repaid")
    days = Days(principal, [*interest, *principal], capitalized)
    term = {**dates, "interest_payments": _interest_term(interest, capitalized)}
    if not terms.get("nextPrincipalRedemptionPayment"):
        return _solved(case, term, end, days)
    payment = plain(number(terms, "nextPrincipalRedemptionPayment"))
    fixed = FixedPayment(payment, len(principal) + 1, shortfall="capitalize")
    contract = _contract(case, {**term, "repayment": fixed}, end, days)
    if terms["contractType"] == "ANN" and contract.resets:
        return _refixed(contract, payment)
    return contract


def _solved(case: Case, term: dict[str, Any], end: date, days: Days) -> Contract:
    terms, count = case["terms"], len(days.principal) + 1
    if terms["contractType"] != "ANN":
        raise CannotSayError("a fixed payment that is not stated")
    over = _amortized_over(terms, end)
    repayment = LevelPayment(count, shortfall="capitalize", amortized_over=over)
    contract = _contract(case, {**term, "repayment": repayment}, end, days)
    first = min([*days.principal, end])
    fixed = first - ONE_DAY
    at_first = ((fixed, fixed),) if first > contract.loan.disbursed else ()
    return replace(contract, refixes=(*at_first, *_after_resets(contract)))


def _after_resets(contract: Contract) -> tuple[tuple[date, date], ...]:
    return tuple((reset.on, reset.shown) for reset in contract.resets)


def _amortized_over(terms: Terms, end: date) -> int | None:
    """Return the installments that a payment is sized for, where they outlast it."""
    amortized = day_of(terms, "amortizationDate")
    if amortized is None or amortized <= end:
        return None
    dates = dates_of(terms, "PrincipalRedemption", amortized, has_end=False)
    step, _ = to_step(terms["cycleOfPrincipalRedemption"])
    regular = stepped(
        dates[0], step, len(dates) + 1, end_of_month=is_end_of_month(terms)
    )
    if regular[-1] != amortized or end not in regular:
        raise CannotSayError("amortization that ends off the cycle, after maturity")
    return len(dates) + 1


def _refixed(contract: Contract, payment: Decimal) -> Contract:
    """Return a contract whose stated payment is solved anew at every reset."""
    loan, plan = contract.loan, contract.loan
    due = [
        row.end
        for row, kinds in zip(loan.schedule(), contract.dues, strict=False)
        if "PR" in kinds
    ]
    count = len(due) + 1
    stages: list[tuple[int, Decimal | None]] = []
    pay, done = payment, 0
    known: dict[date, Rate] = {}
    for reset in contract.resets:
        paid = sum(day <= reset.on for day in due)
        if paid > done:
            stages.append((paid - done, pay))
            done = paid
        known[reset.on] = to_rate(reset.rate)
        plan = _stepped(loan, contract.initial, known, [*stages, (count - done, None)])
        rows = plan.schedule()
        later = (row for row in rows if row.end > reset.on and row.end in due)
        pay = next((row.payment for row in later), rows[-1].payment)
    return replace(contract, loan=plan, refixes=_after_resets(contract))


def _stepped(
    loan: InstallmentLoan, start: Fraction, known: dict[date, Rate], stages: Any
) -> InstallmentLoan:
    later = {on: rate for on, rate in known.items() if on > loan.disbursed}
    initial = known.get(loan.disbursed, to_rate(start))
    return attrs.evolve(
        loan,
        rate=SteppedRate(initial, later),
        repayment=SteppedPayment(stages, shortfall="capitalize"),
    )


def undated(case: Case) -> Contract:
    """Return a line whose interest joins the principal, up to maturity or the horizon."""
    terms = case["terms"]
    agreed = day_of(terms, "maturityDate")
    end = agreed or horizon(case)
    if end is None:
        raise CannotSayError("neither a maturity nor a horizon")
    days = dates_of(terms, "InterestPayment", end, has_end=agreed is not None)
    days = [day for day in days if day > disbursed(terms)]
    until = day_of(terms, "capitalizationEndDate") or end
    capitalized = [day for day in days if day <= until]
    term = {
        "every": [end],
        "repayment": SinglePayment(1),
        "interest_payments": _interest_term(days, capitalized),
    }
    # Without a maturity, what falls on the horizon is not shown any more.
    before = None if agreed else end
    return _contract(case, term, end, Days([], days, capitalized), before=before)
