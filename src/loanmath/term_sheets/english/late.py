"""What being late costs, and what it costs at the most."""

from datetime import date
from fractions import Fraction
from typing import assert_never

from loanmath.currency import to_units
from loanmath.rates import Rate
from loanmath.term_sheets.english.words import (
    COMPONENTS,
    UNITS,
    amount_words,
    listed,
    money,
    plain_rate,
    points,
    rounding_words,
    times,
)
from loanmath.term_sheets.facts import (
    Facts,
    counts_every_day,
    number_text,
    penalty_year,
)
from loanmath.terms import (
    AmountCap,
    Cap,
    Component,
    Compounded,
    Compounding,
    ContractInterest,
    DaysPastDue,
    FirstDay,
    Grace,
    InDuplum,
    LateCharge,
    LateChargeOf,
    PaymentDay,
    PenaltyBase,
    PenaltyInterest,
    PenaltyRounded,
    RateCap,
)
from loanmath.terms.replanning import follows_balance

__all__ = ["LATE_BASES", "PENALTY_BASES", "late_lines"]

PENALTY_BASES = {
    PenaltyBase.PRINCIPAL: "overdue principal",
    PenaltyBase.PRINCIPAL_AND_INTEREST: "overdue principal and interest",
    PenaltyBase.INSTALLMENT: "the overdue installment",
}
LATE_BASES = {
    LateChargeOf.OVERDUE: "what is overdue",
    LateChargeOf.PRINCIPAL: "the overdue principal",
    LateChargeOf.INSTALLMENT: "the installment",
}
_FIRST = {
    FirstDay.DUE_DAY: "It starts with the due day",
    FirstDay.DAY_AFTER: "It starts with the day after the due day",
}
_PAYMENT = {
    PaymentDay.NOT_COUNTED: "the day on which you pay does not count.",
    PaymentDay.COUNTED: "the day on which you pay, if late, counts too.",
}
_CONTRACT = {
    ContractInterest.REPLACED: "On overdue principal it takes the place of the"
    " contract's own interest.",
    ContractInterest.CONTINUES: "The contract's own interest on overdue principal goes"
    " on beside it.",
}
_GOES_ON = {
    True: "Overdue principal goes on bearing the contract's own interest.",
    False: "Overdue principal goes on bearing the contract's own interest until the"
    " last due date.",
}
_ROUNDED = {
    PenaltyRounded.DAY: "for every single day",
    PenaltyRounded.INSTALLMENT: "as the sum of each installment",
    PenaltyRounded.TOTAL: "as the sum of all installments",
}
_COMPOUNDED = {
    Compounded.DAILY: "from the next day on",
    Compounded.DUE_DATES: "from the next due date on",
    Compounded.MONTHLY: "from the next day {} of a month on",
    Compounded.QUARTERLY: "from the next day {} of March, June, September or December"
    " on",
}


def late_lines(known: Facts) -> list[str]:
    """Return penalty interest, the charges made once, and their ceilings."""
    penalty, terms = known.loan.penalty, known.loan.servicing
    if penalty is not None:
        lines = _penalty(known, penalty)
        if not terms.late_charges:
            lines.append("These terms state no other charge for being late.")
    elif terms.late_charges:
        lines = ["There is no penalty interest by the day."]
    else:
        lines = ["These terms state no penalty interest and no charge for being late."]
    if penalty is None and follows_balance(known.loan):
        lines.append(_GOES_ON[counts_every_day(known.loan)])
    lines += [_charge(known, charge) for charge in terms.late_charges]
    lines += [_cap(known, cap) for cap in terms.caps]
    return lines + _days_past_due(known, terms.days_past_due)


def _penalty(known: Facts, terms: PenaltyInterest) -> list[str]:
    lines = [
        (
            f"Penalty interest is charged on {PENALTY_BASES[terms.base]}, at"
            f" {_penalty_rate(known, terms)}, for every day until it is paid."
        ),
        f"{_FIRST[terms.first_day]}; {_PAYMENT[terms.payment_day]}",
    ]
    if terms.grace_days:
        lines.append(_grace(terms))
    if terms.tolerance:
        units = to_units(terms.tolerance, known.loan.digits, "tolerance")
        lines.append(
            "None is charged on an installment where what it would be charged on is no"
            f" more than {money(known, units)}."
        )
    if known.loan.rate is not None:
        lines.append(_CONTRACT[terms.contract_interest])
    words = rounding_words(known, terms.rounding or known.loan.rounding)
    lines.append(f"Penalty interest is rounded {words}, {_ROUNDED[terms.rounded]}.")
    if terms.compounding is not None:
        lines.append(_compounding(terms.compounding))
    return lines


def _penalty_rate(known: Facts, terms: PenaltyInterest) -> str:
    contract, more = known.loan.rate, terms.addition
    if terms.rate is not None:
        words = plain_rate(terms.rate.value, terms.rate.per)
    elif more is not None:
        words = f"the contract rate plus {points(more.value)} {UNITS[more.per]}"
    else:
        share = terms.multiple or Fraction(0)
        words = f"{number_text(share)} times the contract rate"
        if isinstance(contract, Rate):
            words += f", that is {plain_rate(share * contract.value, contract.per)}"
    return words + _a_day(penalty_year(known.loan, terms))


def _a_day(year: int | None) -> str:
    return "" if year is None else f" (a day being 1/{year} of a year)"


def _grace(terms: PenaltyInterest) -> str:
    days = times(terms.grace_days, "day")
    if terms.grace is Grace.FREE:
        return f"The first {days} bear none."
    return (
        f"Whoever pays within {days} after the due date owes none; after that it is"
        " owed for these days too."
    )


def _compounding(terms: Compounding) -> str:
    rate = "the penalty rate"
    if terms.at_contract_rate:
        rate = "the contract rate until the last due date and at the penalty rate then"
    parts = listed([COMPONENTS[part] for part in terms.of])
    words = f"Unpaid {parts} bears interest too, at {rate}"
    later = [COMPONENTS[part] for part in terms.of if part is not Component.INTEREST]
    if later:
        when = _COMPOUNDED[terms.every].format(terms.day)
        words += f"; {listed(later)} {when}"
    return f"{words}."


def _charge(known: Facts, charge: LateCharge) -> str:
    amount = amount_words(known, charge.amount, LATE_BASES[charge.of])
    digits = known.loan.digits
    if charge.least:
        amount += f", at least {money(known, to_units(charge.least, digits, 'least'))}"
    if charge.most is not None:
        amount += f", at most {money(known, to_units(charge.most, digits, 'most'))}"
    late = times(charge.days_late, "day")
    words = f"{charge.name}: {amount}, once for an installment that is {late} late"
    if charge.tolerance:
        units = to_units(charge.tolerance, digits, "tolerance")
        words += f" with more than {money(known, units)} overdue"
    if charge.rounding is not None:
        words += f", rounded {rounding_words(known, charge.rounding)}"
    return f"{words}."


def _cap(known: Facts, cap: Cap) -> str:
    match cap:
        case RateCap(rate=rate):
            what = "all that lateness ever costs is at most"
            what += f" {plain_rate(rate.value, rate.per)} on overdue principal"
            what += _a_day(cap.days_in_year)
        case AmountCap(most=most, of=of):
            parts = listed([COMPONENTS[part] for part in of])
            limit = amount_words(known, most, "the amount lent")
            what = f"{parts}, with every charge for being late, are together at most"
            what += f" {limit}"
        case InDuplum():
            what = "unpaid overdue interest, penalty and compound interest together are"
            what += " at most the unpaid principal"
        case _:
            assert_never(cap)
    return f"Ceiling ({cap.name}): {what}{_in_force(cap.since, cap.until)}."


def _in_force(since: date | None, until: date | None) -> str:
    words = ""
    if since is not None:
        words += f", from {since} on"
    if until is not None:
        words += f", until {until}"
    return words


def _days_past_due(known: Facts, terms: DaysPastDue) -> list[str]:
    lines: list[str] = []
    if terms.grace_days:
        days = times(terms.grace_days, "day")
        lines.append(f"Up to {days} past due count as none; after that all count.")
    if terms.tolerance:
        units = to_units(terms.tolerance, known.loan.digits, "tolerance")
        lines.append(
            f"An overdue amount up to {money(known, units)} does not count as late."
        )
    return lines
