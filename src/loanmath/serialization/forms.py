"""The forms of terms in a file, where a field looks unlike what its class accepts."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeVar

from loanmath.daycount import DayCount, day_count
from loanmath.errors import InputTypeError, InputValueError, UnknownNameError
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.serialization.parts import each
from loanmath.serialization.structure import (
    ISO_DATE,
    PROBLEMS,
    Form,
    iso_date,
    strict_converter,
    tagged,
)
from loanmath.serialization.words import (
    CAPS,
    CONCEDED,
    KINDS,
    METHODS,
    RATES,
    WORDS,
    calendar_named,
)
from loanmath.terms import (
    BusinessDays,
    CreditLine,
    DefaultCharge,
    Drawdown,
    Fee,
    Holiday,
    Index,
    InstallmentLoan,
    InstallmentTerms,
    InterestPayments,
    LineAllocation,
    LineInterest,
    LineSegment,
    MinimumPayment,
    Promotion,
    TransactionFee,
)
from loanmath.terms.amounts import to_share
from loanmath.terms.concessions import PlanLimit, Proposal, Settlement
from loanmath.terms.servicing import (
    Allocation,
    AllocationTier,
    Compounding,
    DaysPastDue,
    LateCharge,
    PenaltyInterest,
    Prepayment,
    PrepaymentFee,
    RateCap,
    Servicing,
)

__all__ = ["form_of", "structured_proposal", "structured_terms"]

TermsT = TypeVar("TermsT", InstallmentLoan, CreditLine)

_COUNT = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
_QUOTIENT = re.compile(r"[0-9]{1,40}/[1-9][0-9]{0,39}", re.ASCII)


_READERS = {
    InstallmentLoan: "read_terms, terms_from_text or terms_from_document, on the"
    " command line with schedule or account",
    CreditLine: "read_line, line_from_text or line_from_document, on the command line"
    " with statement, remind or reconcile",
}


def structured_terms(document: Any, kind: type[TermsT]) -> TermsT:
    """Return the loan or the line that a document describes, or raise."""
    found, rest = tagged(document, "type", KINDS)
    if found is not kind:
        raise UnknownNameError(
            "type",
            got=WORDS[found],
            allowed=WORDS[kind],
            do=f"read it with {_READERS[found]}",
        )
    return _CONVERTER.structure(rest, kind)


def structured_proposal(document: Any) -> Proposal:
    """Return the plan that a document proposes, or raise."""
    if not isinstance(document, dict):
        raise InputTypeError("plan", got=document, allowed="a table of concessions")
    proposal: Proposal = _CONVERTER.structure(document, Proposal)
    return proposal


def _of_kind(raw: Any, tag: str, kinds: Mapping[str, type]) -> Any:
    kind, rest = tagged(raw, tag, kinds)
    return _CONVERTER.structure(rest, kind)


def _every(raw: Any) -> Any:
    return [iso_date(day) for day in raw] if isinstance(raw, list) else raw


def _quote(raw: Any) -> Rate:
    return Rate(raw)


def _rate(raw: Any) -> Any:
    return _of_kind(raw, "kind", RATES) if isinstance(raw, dict) else Rate(raw)


def _multiple(raw: Any) -> Any:
    # A third has no decimals: it is written as a quotient.
    is_quotient = isinstance(raw, str) and _QUOTIENT.fullmatch(raw) is not None
    return Fraction(raw) if is_quotient else raw


def _by_date(raw: Any, form: Form) -> Any:
    # The keys of a TOML or JSON table are text: ISO dates.
    if not isinstance(raw, dict):
        raise InputTypeError("dates", got=raw, allowed="a table of ISO dates")
    return dict(
        each(raw.items(), lambda day, value: (iso_date(day), form(value)), PROBLEMS)
    )


def _fees(raw: Any) -> Any:
    if not isinstance(raw, dict):
        raise InputTypeError("fees", got=raw, allowed="a table by installments")
    return dict(
        each(
            raw.items(),
            lambda count, fee: (_count(count), to_share(fee, "fee", most=1)),
            PROBLEMS,
        )
    )


def _count(key: Any) -> int:
    # The keys of a TOML or JSON table are text, whatever they count.
    if not isinstance(key, str) or _COUNT.fullmatch(key) is None:
        raise InputValueError(
            "installments", got=key, allowed="a whole number, as '12'"
        )
    return int(key)


def _plan(raw: Any) -> InstallmentLoan:
    return structured_terms(raw, InstallmentLoan)


def _changes(raw: Any) -> Any:
    return _by_date(raw, Rate)


def _observations(raw: Any) -> Any:
    return _by_date(raw, lambda value: value)


def _due(raw: Any) -> Any:
    is_date = isinstance(raw, str) and ISO_DATE.fullmatch(raw) is not None
    return iso_date(raw) if is_date else raw


def _day_count(raw: Any) -> DayCount:
    if isinstance(raw, dict) and set(raw) == {"name", "calendar"}:
        return day_count(raw["name"], calendar=calendar_named(raw["calendar"]))
    if isinstance(raw, dict):
        raise InputValueError(
            "day count", got=sorted(raw), allowed="a name, or {name, calendar}"
        )
    return day_count(raw)


def _rounding(raw: Any) -> Any:
    return _CONVERTER.structure(raw, Rounding) if isinstance(raw, dict) else raw


def _repayment(raw: Any) -> Any:
    return _of_kind(raw, "method", METHODS)


def _cap(raw: Any) -> Any:
    return _of_kind(raw, "kind", CAPS)


def _concession(raw: Any) -> Any:
    return _of_kind(raw, "kind", CONCEDED)


def _one(kind: type, what: str) -> Form:
    def structure(raw: Any) -> Any:
        if not isinstance(raw, dict):
            raise InputTypeError(what, got=raw, allowed="a table")
        return _CONVERTER.structure(raw, kind)

    return structure


def _many(one: Form, what: str) -> Form:
    def structure(raw: Any) -> Any:
        if not isinstance(raw, list):
            raise InputTypeError(what, got=raw, allowed="a list of tables")
        return each(enumerate(raw, start=1), lambda _, item: one(item), PROBLEMS)

    return structure


def _kinds(raw: Any) -> Any:
    if not isinstance(raw, dict):
        raise InputTypeError("kinds", got=raw, allowed="a table by kind of payment")
    one = _one(Allocation, "kinds")
    return dict(each(raw.items(), lambda kind, rule: (kind, one(rule)), PROBLEMS))


_FORMS: dict[str, Form] = {
    "disbursed": iso_date,
    "first_due": iso_date,
    "last_due": iso_date,
    "first_reset": iso_date,
    "capitalized_until": iso_date,
    "on": iso_date,
    "since": iso_date,
    "until": iso_date,
    "due": _due,
    "every": _every,
    "resets": _every,
    "rate": _rate,
    "initial": _quote,
    "next_rate": _quote,
    "multiple": _multiple,
    "overdue_multiple": _multiple,
    "changes": _changes,
    "index": _one(Index, "index"),
    "observations": _observations,
    "interest_payments": _one(InterestPayments, "interest_payments"),
    "holidays": _many(_one(Holiday, "holidays"), "holidays"),
    "drawdowns": _many(_one(Drawdown, "drawdowns"), "drawdowns"),
    "fees": _many(_one(Fee, "fees"), "fees"),
    "calendar": calendar_named,
    "day_count": _day_count,
    "sized_by": _day_count,
    "rounding": _rounding,
    "fee_rounding": _rounding,
    "repayment": _repayment,
    "business_days": _one(BusinessDays, "business_days"),
    "penalty": _one(PenaltyInterest, "penalty"),
    "compounding": _one(Compounding, "compounding"),
    "servicing": _one(Servicing, "servicing"),
    "allocation": _one(Allocation, "allocation"),
    "tiers": _many(_one(AllocationTier, "tiers"), "tiers"),
    "kinds": _kinds,
    "prepayment": _one(Prepayment, "prepayment"),
    "late_charges": _many(_one(LateCharge, "late_charges"), "late_charges"),
    "caps": _many(_cap, "caps"),
    "days_past_due": _one(DaysPastDue, "days_past_due"),
    "plan": _plan,
    "concessions": _many(_concession, "concessions"),
    "limits": _many(_one(PlanLimit, "limits"), "limits"),
    "minimum": _one(MinimumPayment, "minimum"),
    "default_charge": _one(DefaultCharge, "default_charge"),
    "segments": _many(_one(LineSegment, "segments"), "segments"),
    "promotion": _one(Promotion, "promotion"),
}

# Where a word means something else in one class than in the others.
_OWN_FORMS: dict[tuple[type, str], Form] = {
    (PenaltyInterest, "rate"): _quote,
    (RateCap, "rate"): _quote,
    (Prepayment, "fee"): _one(PrepaymentFee, "fee"),
    (CreditLine, "interest"): _one(LineInterest, "interest"),
    (CreditLine, "installments"): _one(InstallmentTerms, "installments"),
    (CreditLine, "allocation"): _one(LineAllocation, "allocation"),
    (LineSegment, "interest"): _one(LineInterest, "interest"),
    (LineSegment, "fee"): _one(TransactionFee, "fee"),
    (LineInterest, "rate"): _quote,
    (Promotion, "rate"): _quote,
    (InstallmentTerms, "fees"): _fees,
    (Settlement, "by"): iso_date,
}


def form_of(kind: type, name: str) -> Form | None:
    """Return the form of a field; nothing where its class accepts what a file has."""
    return _OWN_FORMS.get((kind, name)) or _FORMS.get(name)


_CONVERTER = strict_converter(
    (
        InstallmentLoan,
        BusinessDays,
        Drawdown,
        Fee,
        Holiday,
        Index,
        InterestPayments,
        Rounding,
        PenaltyInterest,
        Compounding,
        Servicing,
        Allocation,
        AllocationTier,
        Prepayment,
        PrepaymentFee,
        LateCharge,
        DaysPastDue,
        CreditLine,
        LineInterest,
        MinimumPayment,
        DefaultCharge,
        LineSegment,
        TransactionFee,
        Promotion,
        InstallmentTerms,
        LineAllocation,
        *METHODS.values(),
        *RATES.values(),
        *CAPS.values(),
        *CONCEDED.values(),
        PlanLimit,
        Proposal,
    ),
    form_of,
)
