"""
ACTUS attributes to terms: one installment loan for each plain contract.

A contract that needs a position, a price, an index of scaling or a notice is refused
with `CannotSayError`; so is an attribute that no term holds.
"""

from engines.actus_arrays import exotic
from engines.actus_dates import Terms, day_of
from engines.actus_terms import Contract, disbursed, number
from engines.actus_types import bullet, linear, payments, undated
from engines.cases import CannotSayError, Case

_NEEDS_MORE = {
    "purchaseDate": "a purchase at a price",
    "terminationDate": "a termination at a price",
    "periodCap": "a cap on one change of the rate",
    "periodFloor": "a floor under one change of the rate",
    "gracePeriod": "days of grace",
}


_KINDS = {
    "PAM": bullet,
    "LAM": linear,
    "NAM": payments,
    "ANN": payments,
    "UMP": undated,
    "CLM": undated,
    "LAX": exotic,
}


def contract_of(case: Case) -> Contract:
    """
    Return the contract of a case.

    Raises:
        CannotSayError: If the terms of a loan do not hold it.
    """
    terms = case["terms"]
    _refuse(case, terms)
    kind = terms["contractType"]
    if kind not in _KINDS:
        raise CannotSayError(f"a contract of type {kind}")
    return _KINDS[kind](case)


def _refuse(case: Case, terms: Terms) -> None:
    for name, what in _NEEDS_MORE.items():
        if terms.get(name):
            raise CannotSayError(what)
    if case.get("events_observed"):
        raise CannotSayError("a notice, or another event that is observed")
    if terms.get("scalingEffect") not in (None, "", "OOO", "000"):
        raise CannotSayError("amounts scaled by an index")
    if number(terms, "accruedInterest", "0"):
        raise CannotSayError("interest accrued before disbursement")
    started = disbursed(terms)
    seen = day_of(terms, "statusDate")
    if seen is not None and seen > started:
        raise CannotSayError("a position taken over after disbursement")
    base = terms.get("interestCalculationBase") or "NT"
    compares_amounts = "payoff" in case["compare"]["fields"]
    if base != "NT" and (base != "NTIED" or compares_amounts):
        raise CannotSayError(f"an interest base of its own, {base}")
