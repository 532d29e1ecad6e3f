"""The conventions of fees: how each is rounded, and when a flat fee is charged."""

from attrs import evolve

from loanmath.analysis.conventions import Agreed, Choice, Convention
from loanmath.rounding import Rounding, RoundingMode
from loanmath.terms import Fee, FeeTiming, FlatFee, InstallmentLoan

__all__ = ["fee_conventions", "flat_fee_conventions"]

_MODES = (
    RoundingMode.HALF_UP,
    RoundingMode.HALF_EVEN,
    RoundingMode.UP,
    RoundingMode.DOWN,
)


def flat_fee_conventions(terms: FlatFee) -> list[Convention]:
    """
    Return how a flat fee is rounded and charged, each with every alternative.

    Example:
        >>> [one.in_force for one in flat_fee_conventions(FlatFee(3, "2.3%"))]
        ['as shares', 'spread']
    """
    return [_flat_fee_rounding(terms), _charged(terms)]


def _flat_fee_rounding(terms: FlatFee) -> Convention:
    rules = (None, *map(Rounding, _MODES))
    choices = [
        Choice(
            _rule_name(rule, "as shares"),
            {"repayment": evolve(terms, fee_rounding=rule)},
        )
        for rule in rules
        if rule != terms.fee_rounding
    ]
    in_force = _rule_name(terms.fee_rounding, "as shares")
    agreed = Agreed.DEFAULT if terms.fee_rounding is None else Agreed.STATED
    return Convention("fee rounding", in_force, agreed, choices)


def _rule_name(rule: Rounding | None, usual: str) -> str:
    if rule is None:
        return usual
    unit = "" if rule.unit is None else f" to {rule.unit:f}"
    return rule.mode.value + unit


def _charged(terms: FlatFee) -> Convention:
    choices = [
        Choice(timing.value, {"repayment": evolve(terms, charged=timing)})
        for timing in FeeTiming
        if timing is not terms.charged
    ]
    agreed = Agreed.DEFAULT if terms.charged is FeeTiming.SPREAD else Agreed.STATED
    return Convention("fee charged", terms.charged.value, agreed, choices)


def fee_conventions(loan: InstallmentLoan) -> list[Convention]:
    """
    Return how each fee of a loan is rounded, where anything is.

    Example:
        >>> from datetime import date
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "2.3%"),
        ...     fees=[Fee("service", "1%"), Fee("file", "5")])
        >>> [one.name for one in fee_conventions(loan)]
        ['rounding of fee service']
    """
    return [
        _fee_rounding(loan, number)
        for number, fee in enumerate(loan.fees)
        if fee.is_rounded
    ]


def _fee_rounding(loan: InstallmentLoan, number: int) -> Convention:
    fee = loan.fees[number]
    applied = fee.rounding or loan.rounding
    rules = [Rounding(mode, applied.unit) for mode in _MODES]
    if fee.rounding is not None:
        rules.append(loan.rounding)
    choices = [
        Choice(_rule_name(rule, ""), {"fees": _with_rounding(loan.fees, number, rule)})
        for rule in rules
        if rule != applied
    ]
    in_force = _rule_name(fee.rounding, "as interest")
    agreed = Agreed.DEFAULT if fee.rounding is None else Agreed.STATED
    return Convention(f"rounding of fee {fee.name}", in_force, agreed, choices)


def _with_rounding(
    fees: tuple[Fee, ...], number: int, rule: Rounding
) -> tuple[Fee, ...]:
    changed = evolve(fees[number], rounding=rule)
    return (*fees[:number], changed, *fees[number + 1 :])
