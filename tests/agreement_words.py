"""The bridge from the plain parameters of `oracle.agreement` to the library's words."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from dateutil import rrule
from dateutil.relativedelta import relativedelta

from loanmath.calendars import WEEKENDS
from loanmath.rates import Rate
from loanmath.terms import (
    AddOnInterest,
    BusinessDays,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FixedPrincipal,
    FloatingRate,
    GraduatedPayment,
    Holiday,
    Index,
    InstallmentLoan,
    InterestPayments,
    LevelPayment,
    SteppedPayment,
    SteppedRate,
)
from oracle.agreement import Agreement, Charge, Floating, InterestDates
from oracle.planner import Rule
from strategies import decimal_text, percent_text, repayment_of, rounding_of


def rate_word(share: Fraction, per: str) -> Rate:
    return Rate(f"{percent_text(share)}/{per}")


def optional_text(amount: Fraction | None) -> str | None:
    return None if amount is None else decimal_text(amount)


def optional_share(share: Fraction | None) -> str | None:
    return None if share is None else percent_text(share)


def optional_rule(rule: Rule | None, terms: Agreement) -> Any:
    return None if rule is None else rounding_of(rule, terms)


def method_of(terms: Agreement) -> Any:
    """The repayment method, its new terms stated only where they are agreed."""
    count = None if terms.open_ended else terms.count
    match terms.method:
        case "level":
            return LevelPayment(
                terms.count,
                residue=terms.residue,
                rounding=optional_rule(terms.payment_rule, terms),
                sized_by=terms.sized_by,
                shortfall=terms.shortfall,
                balloon=optional_text(terms.balloon),
                amortized_over=terms.amortized_over,
                on_rate_change=terms.on_rate_change,
            )
        case "equal":
            return EqualPrincipal(
                terms.count,
                residue=terms.residue,
                balloon=optional_text(terms.balloon),
            )
        case "fixed":
            payment = decimal_text(terms.amount)
            return FixedPayment(payment, count, shortfall=terms.shortfall)
        case "fixed_principal":
            text = percent_text if terms.amount_is_share else decimal_text
            return FixedPrincipal(text(terms.amount), count)
        case "graduated" | "stepped":
            return stepped_method_of(terms)
        case "add_on":
            return AddOnInterest(count, earned=terms.earned, residue=terms.residue)
    return repayment_of(terms)


def stepped_method_of(terms: Agreement) -> Any:
    rule = optional_rule(terms.payment_rule, terms)
    if terms.method == "graduated":
        return GraduatedPayment(
            terms.count,
            percent_text(terms.growth),
            every=terms.grows_every,
            rounding=rule,
            shortfall=terms.shortfall,
        )
    stages = [(count, optional_text(payment)) for count, payment in terms.stages]
    return SteppedPayment(stages, rounding=rule, shortfall=terms.shortfall)


def step_of(months: int, days: int) -> relativedelta:
    return relativedelta(months=months, days=days)


def floating_of(floating: Floating, per: str) -> FloatingRate:
    pairs = [(on, percent_text(value)) for on, value in floating.observations]

    def optional_rate(share: Fraction | None) -> Rate | None:
        return None if share is None else rate_word(share, per)

    resets: Any = list(floating.dates)
    if floating.first_reset is not None:
        resets = step_of(floating.months, floating.days)
    return FloatingRate(
        Index("published", pairs),
        percent_text(floating.spread),
        multiplier=floating.multiplier,
        resets=resets,
        first_reset=floating.first_reset,
        initial=optional_rate(floating.initial),
        next_rate=optional_rate(floating.next_rate),
        floor=optional_share(floating.floor),
        cap=optional_share(floating.cap),
        fixing_days=floating.fixing_days,
        per=per,
    )


def rate_of(terms: Agreement) -> Any:
    per = terms.rate_per
    if terms.floating is not None:
        return floating_of(terms.floating, per)
    initial = rate_word(terms.rate, per)
    if terms.changes is None:
        return initial
    changes = [(on, rate_word(rate, per)) for on, rate in terms.changes]
    return SteppedRate(initial, changes)


def interest_payments_of(own: InterestDates) -> InterestPayments:
    every: Any = step_of(own.months, own.days) if own.months or own.days else None
    return InterestPayments(
        list(own.dates) or every,
        first_due=own.first_due,
        in_advance=own.in_advance,
        capitalized_until=own.capitalized_until,
    )


def fee_of(charge: Charge, number: int, terms: Agreement) -> Fee:
    text = percent_text if charge.is_share else decimal_text
    return Fee(
        f"fee {number}",
        text(charge.amount),
        of=charge.of,
        due=charge.due,
        paid=charge.paid,
        every=charge.every,
        tax=optional_share(charge.tax),
        rounding=optional_rule(charge.rule, terms),
    )


RECURRENCES: dict[str, dict[str, Any]] = {
    "third Friday": {"freq": rrule.MONTHLY, "byweekday": rrule.FR(3)},
    "twice a month": {"freq": rrule.MONTHLY, "bymonthday": (1, 15)},
    "last day": {"freq": rrule.MONTHLY, "bymonthday": -1},
}


def every_of(terms: Agreement) -> Any:
    if terms.recurrence is not None:
        start = datetime.combine(terms.disbursed, datetime.min.time())
        return rrule.rrule(dtstart=start, **RECURRENCES[terms.recurrence])
    return list(terms.stated_dates) or step_of(terms.months, terms.days)


def plain_words(terms: Agreement) -> dict[str, Any]:
    words: dict[str, Any] = {
        "currency": terms.currency,
        "principal": decimal_text(terms.principal),
        "disbursed": terms.disbursed,
        "every": every_of(terms),
        "repayment": method_of(terms),
        "rounding": rounding_of(terms.rule, terms),
        "first_due": terms.first_due,
        "due_day": terms.due_day,
        "end_of_month": terms.end_of_month,
    }
    if terms.business_rule is not None:
        words["business_days"] = BusinessDays(
            terms.business_rule, WEEKENDS, interest=terms.interest_to
        )
    if terms.method != "flat_fee":
        words["rate"] = rate_of(terms)
        words["day_count"] = terms.day_count
        words["head_tail"] = terms.head_tail
    return words


def loan_of(terms: Agreement) -> InstallmentLoan:
    """The same agreement, as the library is told it."""
    words = plain_words(terms)
    if terms.first_after is not None:
        words["first_after"] = step_of(*terms.first_after)
    if terms.interest is not None:
        words["interest_payments"] = interest_payments_of(terms.interest)
    return InstallmentLoan(
        **words,
        last_due=terms.last_due,
        broken_period=terms.broken,
        holidays=[
            Holiday(one.first, one.count, one.of, interest=one.interest)
            for one in terms.holidays
        ],
        drawdowns=[Drawdown(on, decimal_text(sum_)) for on, sum_ in terms.drawdowns],
        discount=decimal_text(terms.discount) if terms.discount else None,
        fees=[
            fee_of(charge, number, terms)
            for number, charge in enumerate(terms.charges, start=1)
        ],
    )
