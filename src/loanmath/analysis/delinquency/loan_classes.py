"""The class of a loan by days, by how it rose, and by how it was restructured."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from loanmath.analysis.delinquency.buckets import (
    Bucket,
    BucketScheme,
    to_day_scheme,
    to_days_late,
)
from loanmath.analysis.delinquency.verdicts import (
    ClassVerdict,
    days_reason,
    days_text,
)
from loanmath.doors import to_date, to_flag, to_text
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.rates import percentage_text
from loanmath.recurrence import add_months
from loanmath.terms.amounts import to_share

__all__ = ["LoanClassRule", "LoanFacts", "loan_class", "to_small_count"]


def to_small_count(value: object, what: str, most: int = 1200) -> int:
    """
    Return a count from zero up, refusing anything else.

    Raises:
        InputTypeError: If it is not an `int`.
        LimitError: If it is out of range.

    Example:
        >>> to_small_count(0, "periods")
        0
    """
    if type(value) is not int:
        raise InputTypeError(what, got=value, allowed="int")
    if not 0 <= value <= most:
        raise LimitError(what, got=value, allowed=f"0 to {most:,}")
    return value


def _to_count(value: object) -> int:
    return to_small_count(value, "months, periods or days")


def _to_name(name: object) -> str:
    return to_text(name, "class")


def _to_day(day: object) -> date | None:
    return None if day is None else to_date(day, "day")


def _to_on(day: object) -> date:
    return to_date(day, "on")


def _to_days(days: object) -> int:
    return to_days_late(days)


def _to_flag(flag: object) -> bool:
    return to_flag(flag, "is_technical")


def _to_part(share: object) -> Fraction:
    return to_share(share, "share", most=1)


@frozen(kw_only=True)
class LoanClassRule:
    """
    How loans are classed: by days, and never better than some facts allow (分类规则).

    Args:
        scheme: The classes, as buckets of days, the best first.
        bad: The first class that is non-performing.
        watched: The class that an overdue or restructured loan is in at least.
        technical_days: Up to so many days past due for a technical or operational
            reason count as none.
        upgrade_months: How many months a non-performing loan is paid in order, once its
            arrears are cleared, before it may rise.
        upgrade_periods: How many payment periods in a row; the longer of the two.
        observation_months: How many months a restructured loan is observed at least,
            from the first payment date that was agreed.
        observation_periods: How many payment periods in a row at least.
        bad_share: Above which share of a debtor's debt here that is non-performing all
            of it is.
        overdue_share: Above which share of a debtor's debt everywhere that is overdue
            for more than 90 days all of it is.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a count or share is out of range.
        UnknownNameError: If no class has a name.
        TermsError: If the scheme counts statements.

    Example:
        >>> two = BucketScheme("three", [0, 90], edge="above",
        ...     names=["good", "watched", "bad"])
        >>> LoanClassRule(scheme=two, bad="bad", watched="watched").technical_days
        0
    """

    scheme: BucketScheme = field(converter=to_day_scheme)
    bad: str = field(converter=_to_name)
    watched: str = field(converter=_to_name)
    technical_days: int = field(default=0, converter=_to_count)
    upgrade_months: int = field(default=0, converter=_to_count)
    upgrade_periods: int = field(default=0, converter=_to_count)
    observation_months: int = field(default=0, converter=_to_count)
    observation_periods: int = field(default=0, converter=_to_count)
    bad_share: Fraction = field(default=Fraction(1), converter=_to_part)
    overdue_share: Fraction = field(default=Fraction(1), converter=_to_part)

    def __attrs_post_init__(self) -> None:
        self.scheme.named(self.bad)
        self.scheme.named(self.watched)


@frozen(kw_only=True)
class LoanFacts:
    """
    What is known of a loan on a day, as far as its class depends on it.

    Args:
        on: The day.
        days_past_due: The days past due.
        is_technical: Whether they have a technical or operational reason.
        before: The class it was in before; left out, a performing one.
        cleared: The day on which all arrears were cleared, where they were and nothing
            became overdue since.
        periods_paid: How many payment periods in a row were paid in order since then.
        restructured: The first payment date that a restructuring agreed on, where the
            loan was restructured (of several, the last).
        periods_observed: How many payment periods in a row were paid since then.
        again: Whether it was restructured again while it was observed.
        bad_share: The share of the debtor's debt here that is non-performing; for
            debtors that are no retail customers.
        overdue_share: The share of the debtor's debt everywhere that is overdue for
            more than 90 days; likewise.
        judged: The class that the lender's own judgment finds; the days are floors.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a number is out of range.
        DateRangeError: If a day is out of range.
        TermsError: If facts contradict each other.

    Example:
        >>> LoanFacts(on=date(2026, 6, 30), days_past_due=91).judged
        ''
    """

    on: date = field(converter=_to_on)
    days_past_due: int = field(converter=_to_days)
    is_technical: bool = field(default=False, converter=_to_flag)
    before: str = field(default="", converter=_to_name)
    cleared: date | None = field(default=None, converter=_to_day)
    periods_paid: int = field(default=0, converter=_to_count)
    restructured: date | None = field(default=None, converter=_to_day)
    periods_observed: int = field(default=0, converter=_to_count)
    again: bool = field(default=False, converter=_to_flag)
    bad_share: Fraction = field(default=Fraction(0), converter=_to_part)
    overdue_share: Fraction = field(default=Fraction(0), converter=_to_part)
    judged: str = field(default="", converter=_to_name)

    def __attrs_post_init__(self) -> None:
        if self.cleared is not None:
            if self.days_past_due:
                raise TermsError(
                    "cleared",
                    got=f"{self.cleared}, and {days_text(self.days_past_due)}",
                    allowed="a day only where nothing is past due",
                )
            if self.cleared > self.on:
                raise TermsError(
                    "cleared", got=str(self.cleared), allowed=f"on or before {self.on}"
                )
        if self.again and self.restructured is None:
            raise TermsError(
                "again",
                got=True,
                allowed="the first payment date of the restructuring with it",
            )


def loan_class(facts: LoanFacts, rule: LoanClassRule) -> ClassVerdict:
    """
    Return the class of a loan: the worst that one of its facts asks for.

    Days give a floor: a lender may class lower. What was non-performing rises only when
    its arrears are cleared and it was paid in order for long enough; what was
    restructured is watched for long enough, and non-performing where it was
    restructured again meanwhile.

    Args:
        facts: What is known.
        rule: The rule.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If a class that the facts name is none of the rule's.
        DateRangeError: If a period ends after the year 2200.

    Example:
        >>> from loanmath.presets.cn.classes import FIVE_CLASSES
        >>> late = LoanFacts(on=date(2026, 6, 30), days_past_due=91)
        >>> print(loan_class(late, FIVE_CLASSES.value))
        five classes: substandard
        91 days past due: substandard (91-270)

    中文: 贷款风险分类.
    """
    if type(facts) is not LoanFacts:
        raise InputTypeError("facts", got=facts, allowed="LoanFacts(...)")
    if type(rule) is not LoanClassRule:
        raise InputTypeError("rule", got=rule, allowed="LoanClassRule(...)")
    floors = [_by_days(facts, rule)]
    floors += _not_risen(facts, rule)
    floors += _observed(facts, rule)
    floors += _contagion(facts, rule)
    if facts.judged:
        judged = rule.scheme.named(facts.judged)
        floors.append((judged, f"the lender's own judgment: {judged.name}"))
    worst = max((bucket for bucket, _ in floors), key=_number)
    reasons = tuple(reason for _, reason in floors)
    return ClassVerdict(rule.scheme.name, worst.name, reasons)


def _number(bucket: Bucket) -> int:
    return bucket.number


_Floor = tuple[Bucket, str]


def _by_days(facts: LoanFacts, rule: LoanClassRule) -> _Floor:
    days, scheme = facts.days_past_due, rule.scheme
    if facts.is_technical and 0 < days <= rule.technical_days:
        said = f"{days_text(days)} for a technical reason, at most"
        return scheme.buckets[0], f"{said} {rule.technical_days}: as none"
    bucket = scheme.bucket_of(days)
    return bucket, days_reason(days, bucket)


def _not_risen(facts: LoanFacts, rule: LoanClassRule) -> Iterator[_Floor]:
    """Yield what keeps a loan non-performing that was so before."""
    bad = rule.scheme.named(rule.bad)
    if not facts.before or rule.scheme.named(facts.before).number < bad.number:
        return
    was = f"{facts.before} before"
    if facts.cleared is None:
        yield bad, f"{was}, and arrears are not cleared: {bad.name} at least"
        return
    until = add_months(facts.cleared, rule.upgrade_months)
    was += f", arrears cleared on {facts.cleared}"
    if facts.on < until:
        yield bad, f"{was}: {bad.name} at least until {until}"
    if facts.periods_paid < rule.upgrade_periods:
        paid = f"{facts.periods_paid} of {rule.upgrade_periods} periods paid since"
        yield bad, f"{was}, {paid}: {bad.name} at least"
    if facts.on >= until and facts.periods_paid >= rule.upgrade_periods:
        best = rule.scheme.buckets[0]
        yield best, f"{was}, {facts.periods_paid} periods paid since: it may rise"


def _observed(facts: LoanFacts, rule: LoanClassRule) -> Iterator[_Floor]:
    """Yield what a restructuring keeps a loan in."""
    first = facts.restructured
    if first is None:
        return
    until = add_months(first, rule.observation_months)
    periods = f"{rule.observation_periods} periods (paid: {facts.periods_observed})"
    if facts.on >= until and facts.periods_observed >= rule.observation_periods:
        best = rule.scheme.buckets[0]
        yield best, f"restructured, observed until {until}: its observation is over"
        return
    watched = rule.scheme.named(rule.watched)
    said = f"restructured, observed at least until {until} and for {periods}"
    yield watched, f"{said}: {watched.name} at least"
    if facts.again:
        bad = rule.scheme.named(rule.bad)
        yield bad, f"restructured again while observed: {bad.name} at least"


def _contagion(facts: LoanFacts, rule: LoanClassRule) -> Iterator[_Floor]:
    """Yield what other debts of the debtor do to this one."""
    bad = rule.scheme.named(rule.bad)
    shares = (
        (facts.bad_share, rule.bad_share, "here is non-performing"),
        (facts.overdue_share, rule.overdue_share, "everywhere is over 90 days late"),
    )
    for share, most, what in shares:
        if share > most:
            said = f"{percentage_text(share)} of the debtor's debt {what}, above"
            yield bad, f"{said} {percentage_text(most)}: {bad.name} at least"
