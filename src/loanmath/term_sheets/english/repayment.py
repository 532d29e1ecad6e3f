"""How much comes back, and when."""

from typing import assert_never

from loanmath.currency import to_units
from loanmath.rates import Rate, percentage_text
from loanmath.term_sheets.english.words import (
    DAY_COUNTS,
    amount_words,
    money,
    numbered,
    owed_words,
    times,
)
from loanmath.term_sheets.facts import MOST_NAMED, Facts, Run
from loanmath.terms import (
    AddOnInterest,
    Earned,
    EqualPrincipal,
    FeeBase,
    FeeTiming,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    GraduatedPayment,
    Holiday,
    HolidayInterest,
    HolidayOf,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    RateChange,
    Shortfall,
    SinglePayment,
    SteppedPayment,
)

__all__ = ["repayment_lines"]


def repayment_lines(known: Facts) -> list[str]:
    """Return the method, the payments, their sums, and what changes them."""
    lines = [*_method(known), *_payments(known), _total(known)]
    capitalized = known.sums[5]
    if capitalized:
        lines.append(
            f"{money(known, capitalized)} of that principal is interest that joins the"
            " loan on the way."
        )
    lines += [_holiday(holiday) for holiday in known.loan.holidays]
    repayment = known.loan.repayment
    if getattr(repayment, "shortfall", None) is Shortfall.CAPITALIZE:
        lines.append(
            "Where an installment does not cover its interest, the rest of the interest"
            " is added to what you owe."
        )
    return lines


def _method(known: Facts) -> list[str]:  # noqa: C901, PLR0911 a case per method
    terms = known.loan.repayment
    match terms:
        case LevelPayment():
            return _level(known, terms)
        case EqualPrincipal():
            return _equal_principal(known, terms)
        case InterestOnly(count=count):
            return [_interest_only(known, count)]
        case SinglePayment():
            return [_single(known)]
        case FixedPayment() | FixedPrincipal():
            return _fixed(known, terms)
        case GraduatedPayment():
            return [_graduated(terms)]
        case SteppedPayment():
            return _stepped(known, terms)
        case PrincipalAmounts():
            return [_amounts(known, terms), _interest_beside(known)]
        case FlatFee():
            return [_flat_fee(known, terms)]
        case AddOnInterest():
            return _add_on(terms)
        case _:
            assert_never(terms)


def _interest_only(known: Facts, count: int) -> str:
    if known.is_in_advance:
        return (
            f"{times(count, 'installment')} of interest alone, each for the period that"
            " begins; the whole principal is due as the last period ends."
        )
    first = f"{times(count, 'installment')} of interest alone"
    return f"{first}; the whole principal is due with the last."


def _single(known: Facts) -> str:
    if known.is_in_advance:
        return "You repay the principal once, at the end; interest is paid in advance."
    if known.pays_interest_before:
        return "You repay the principal once, at the end; interest is paid before, too."
    return "You repay once, at the end: principal and all interest together."


def _interest_beside(known: Facts) -> str:
    words = "Interest on what you still owe is due"
    if known.is_in_advance:
        return f"{words} in advance."
    if known.has_interest_dates:
        return f"{words} on dates of its own."
    return f"{words} on top."


def _amounts(known: Facts, terms: PrincipalAmounts) -> str:
    count = times(terms.count, "installment")
    named = [
        money(known, to_units(amount, known.loan.digits, "amount"))
        for amount in terms.amounts[:MOST_NAMED]
    ]
    if terms.count > MOST_NAMED:
        return (
            f"{count}, each repaying an agreed principal: {', '.join(named)} and so on,"
            " as the schedule lists them."
        )
    return f"{count}, repaying this principal in turn: {', '.join(named)}."


def _level(known: Facts, terms: LevelPayment) -> list[str]:
    lines = [_level_count(known, terms)]
    if terms.balloon is not None:
        lines.append(_balloon(known, terms))
    if terms.amortized_over is not None:
        lines.append(
            f"The installment is worked out as if there were {terms.amortized_over};"
            f" the last of the {terms.count} repays everything that is left."
        )
    if terms.sized_by is not None:
        by = DAY_COUNTS[terms.sized_by.name]
        lines.append(f"The size of the installment is worked out by {by}.")
    if known.loan.rate is not None and not isinstance(known.loan.rate, Rate):
        lines.append(_RATE_CHANGES[terms.on_rate_change])
    if known.loan.drawdowns:
        lines.append("It takes into account what is paid out later, from the start.")
    return lines


def _level_count(known: Facts, terms: LevelPayment) -> str:
    count, change = times(terms.count, "installment"), terms.on_rate_change
    if isinstance(known.loan.rate, Rate):
        return f"{count} of the same amount, interest and principal together."
    if change is RateChange.TERM:
        return (
            "Installments of the same amount, interest and principal together, until"
            f" the loan is repaid: {terms.count} at the first rate,"
            f" {len(known.schedule)} as planned here."
        )
    if change in (RateChange.PAYMENT, RateChange.WHOLE_PERIOD):
        count += ", while the rate stays the same,"
    return f"{count} of the same amount, interest and principal together."


def _balloon(known: Facts, terms: LevelPayment | EqualPrincipal) -> str:
    units = to_units(terms.balloon or 0, known.loan.digits, "balloon")
    return f"{money(known, units)} of principal is due on top of the last installment."


_RATE_CHANGES = {
    RateChange.PAYMENT: "When the rate changes, the installment is worked out anew,"
    " over the installments that are left and at the new rate.",
    RateChange.WHOLE_PERIOD: "When the rate changes, the installment is worked out"
    " anew, as if the new rate had held for the whole period in which it changes; the"
    " installment of that period differs by what its interest differs.",
    RateChange.TERM: "When the rate changes, the installment stays the same, and you"
    " pay more or fewer of them.",
    RateChange.BALANCE: "When the rate changes, the installments and their number stay"
    " the same; the last one takes the difference.",
    RateChange.FORESEEN: "The installment is worked out over all rates agreed here, so"
    " that it stays the same when the rate changes.",
}


def _equal_principal(known: Facts, terms: EqualPrincipal) -> list[str]:
    count = times(terms.count, "installment")
    lines = [
        f"{count}, each repaying the same share of principal.",
        _interest_beside(known),
    ]
    if terms.balloon is not None:
        lines.append(_balloon(known, terms))
    if known.loan.drawdowns or known.sums[5]:
        lines.append(
            "Where more is paid out or interest joins the loan on the way, the shares"
            " that are left are worked out anew."
        )
    return lines


def _fixed(known: Facts, terms: FixedPayment | FixedPrincipal) -> list[str]:
    lines: list[str] = []
    if isinstance(terms, FixedPayment):
        units = to_units(terms.payment, known.loan.digits, "payment")
        words = f"You pay {money(known, units)} in every installment, interest first"
    else:
        amount = amount_words(known, terms.amount, owed_words(known))
        words = f"Every installment repays {amount}"
        lines.append(_interest_beside(known))
    if terms.count is None:
        end = ", until the loan is repaid; the last installment clears it"
    else:
        end = f"; the last of {times(terms.count, 'installment')} clears the loan"
    return [f"{words}{end}.", *lines]


def _graduated(terms: GraduatedPayment) -> str:
    change = "grow" if terms.growth >= 0 else "fall"
    by = percentage_text(abs(terms.growth))
    every = times(terms.every, "installment")
    count = times(terms.count, "installment")
    return (
        f"{count} that {change} by {by} after every {every}; the last clears the loan."
    )


def _stepped(known: Facts, terms: SteppedPayment) -> list[str]:
    lines, first = [f"{times(terms.count, 'installment')} in stages."], 1
    for count, payment in terms.stages:
        amount = "the same amount, which repays the loan,"
        if payment is not None:
            amount = money(known, to_units(payment, known.loan.digits, "payment"))
        lines.append(f"{numbered(first, first + count - 1)}: {amount} each.")
        first += count
    return [*lines, "The last installment clears the loan."]


_FEE_FOR = {FeeBase.PLAN: "the whole plan", FeeBase.INSTALLMENT: "each installment"}
_CHARGED = {
    FeeTiming.SPREAD: "due in equal shares with the installments",
    FeeTiming.FIRST: "all of it due with the first installment",
}
_EARNED = {
    Earned.LEVEL: "Every installment holds the same interest.",
    Earned.BY_TIME: "Every installment holds what its own days earn on the whole loan.",
    Earned.RULE_OF_78: "Early installments hold more interest than late ones (rule of"
    " 78), so that less principal has been repaid than equal shares would repay.",
}


def _flat_fee(known: Facts, terms: FlatFee) -> str:
    fee = f"a fee of {percentage_text(terms.fee)} of {owed_words(known)} for"
    count = times(terms.count, "installment")
    return (
        f"{count} of equal principal. In place of interest there is {fee}"
        f" {_FEE_FOR[terms.fee_for]}, {_CHARGED[terms.charged]}."
    )


def _add_on(terms: AddOnInterest) -> list[str]:
    count = times(terms.count, "equal installment")
    return [
        "Interest is worked out once, on the whole loan for the whole term.",
        f"Principal and interest are paid in {count}.",
        _EARNED[terms.earned],
    ]


def _payments(known: Facts) -> list[str]:
    if known.runs:
        return [_run(known, run) for run in known.runs]
    amounts = [units for _, units in known.payments]
    return [
        (
            f"{times(len(known.payments), 'payment')} from {known.payments[0][0]} to"
            f" {known.payments[-1][0]}, each from {money(known, min(amounts))} to"
            f" {money(known, max(amounts))}; the schedule lists them."
        )
    ]


def _run(known: Facts, run: Run) -> str:
    amount = money(known, run.units)
    if run.units == 0:
        amount = "nothing"
    if run.times == 1:
        what = "Nothing is due" if run.units == 0 else f"1 payment of {amount}"
        return f"{what} on {run.first}."
    what = f"{run.times} payments of {amount} each"
    if run.units == 0:
        what = f"Nothing is due on {run.times} dates"
    return f"{what}, from {run.first} to {run.last}."


def _total(known: Facts) -> str:
    _, principal, interest, fee, tax, _ = known.sums
    fee += tax - known.deducted
    parts = [
        f"{money(known, units)} {name}"
        for units, name in (
            (principal, "principal"),
            (interest, "interest"),
            (fee, "fees and taxes"),
        )
        if units
    ]
    total = money(known, principal + interest + fee)
    return f"Altogether you pay {total}: {', '.join(parts)}."


_HOLIDAYS = {
    HolidayOf.PRINCIPAL: "no principal is due, interest is as usual",
    HolidayOf.INTEREST: "principal is due, no interest",
    HolidayOf.PAYMENT: "neither principal nor interest is due",
}
_HOLIDAY_INTEREST = {
    None: "",
    HolidayInterest.CAPITALIZE: "; the interest is added to what you owe",
    HolidayInterest.CARRY: "; the interest is due later, and bears none itself",
    HolidayInterest.WAIVE: "; no interest is charged for that time",
}


def _holiday(holiday: Holiday) -> str:
    which = numbered(holiday.first, holiday.last).lower()
    words = _HOLIDAYS[holiday.of] + _HOLIDAY_INTEREST[holiday.interest]
    return f"Exception for {which}: {words}."
