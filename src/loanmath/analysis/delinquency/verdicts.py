"""A class that follows from days past due alone, with its reasons."""

from collections.abc import Sequence
from datetime import date

from attrs import field, frozen

from loanmath.analysis.delinquency.buckets import (
    Bucket,
    BucketScheme,
    to_day_scheme,
    to_days_late,
)
from loanmath.analysis.delinquency.counting import Pause
from loanmath.analysis.delinquency.lateness import AnyAccount, to_day
from loanmath.analysis.delinquency.stages import cures_of
from loanmath.analysis.delinquency.standing import delinquency
from loanmath.doors import to_text
from loanmath.errors import InputTypeError, TermsError
from loanmath.schedule.printed import PrintedRecords
from loanmath.schedule.printing import Table

__all__ = [
    "ClassVerdict",
    "DayClassRule",
    "class_of_days",
    "class_on",
    "days_reason",
    "days_text",
]


@frozen(repr=False)
class ClassVerdict(PrintedRecords):
    """
    The class of a loan, and why it is in it (分类结果).

    Attributes:
        rule: The name of the rule.
        verdict: The class.
        reasons: What was looked at and what followed from it, in words.

    Example:
        >>> print(ClassVerdict("by days", "bad", ("95 days past due: bad (91+)",)))
        by days: bad
        95 days past due: bad (91+)
    """

    rule: str
    verdict: str
    reasons: tuple[str, ...]

    def _table(self) -> Table:
        rows = [[reason] for reason in self.reasons]
        return Table(f"{self.rule}: {self.verdict}", ["Reason"], rows, [], words=(0,))

    def _records(self) -> list[Sequence[object]]:
        rows = [[self.rule, self.verdict, reason] for reason in self.reasons]
        return [["rule", "verdict", "reason"], *rows]

    def __str__(self) -> str:
        return "\n".join([f"{self.rule}: {self.verdict}", *self.reasons])

    def __repr__(self) -> str:
        return f"<ClassVerdict of {self.rule}: {self.verdict}>"


def _to_held(held: object) -> str:
    return to_text(held, "held")


@frozen
class DayClassRule:
    """
    A class by days past due, which may be left only once nothing is overdue.

    Args:
        scheme: The classes, as buckets of days.
        held: The first class that is left only once nothing is past due any more, even
            if the days come down before; left out, the days alone decide.

    Raises:
        InputTypeError: If a value is of the wrong type.
        TermsError: If the scheme counts statements.
        UnknownNameError: If no class has that name.

    Example:
        >>> two = BucketScheme("two", [90], edge="above", names=["good", "bad"])
        >>> DayClassRule(two, held="bad").scheme.name
        'two'
    """

    scheme: BucketScheme = field(converter=to_day_scheme)
    held: str = field(default="", converter=_to_held, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.held:
            self.scheme.named(self.held)


def days_text(days: int) -> str:
    """
    Return a number of days past due in words.

    Example:
        >>> days_text(1)
        '1 day past due'
    """
    return f"{days} day{'' if days == 1 else 's'} past due"


def days_reason(days: int, bucket: Bucket) -> str:
    """
    Return why days past due give a class.

    Example:
        >>> days_reason(1, Bucket(1, "M1", 1, 30))
        '1 day past due: M1 (1-30)'
    """
    return f"{days_text(days)}: {bucket}"


def _to_rule(rule: DayClassRule) -> DayClassRule:
    if type(rule) is not DayClassRule:
        raise InputTypeError("rule", got=rule, allowed="DayClassRule(...)")
    return rule


def class_of_days(
    days: int, rule: DayClassRule, *, worst: int | None = None
) -> ClassVerdict:
    """
    Return the class of a number of days past due.

    Args:
        days: The days past due at the end of the day.
        rule: The rule.
        worst: The most days past due since the account was last without any; left out,
            `days`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If days are out of range.
        TermsError: If the worst is better than now.

    Example:
        >>> two = BucketScheme("two", [90], edge="above", names=["good", "bad"])
        >>> print(class_of_days(40, DayClassRule(two, held="bad"), worst=95))
        two: bad
        40 days past due: good (0-90)
        95 days past due before, and something is still: bad until nothing is

    中文: 按逾期天数分类.
    """
    checked, late = _to_rule(rule), to_days_late(days)
    most = late if worst is None else to_days_late(worst, "worst")
    if most < late:
        raise TermsError("worst", got=most, allowed=f"{late}, the days now, or more")
    scheme = checked.scheme
    now, before = scheme.bucket_of(late), scheme.bucket_of(most)
    reasons = [days_reason(late, now)]
    if checked.held and late and now.number < scheme.named(checked.held).number:
        held = scheme.named(checked.held)
        if before.number >= held.number:
            now = held
            reasons.append(
                f"{days_text(most)} before, and something is still: {held.name} until"
                " nothing is"
            )
    return ClassVerdict(scheme.name, now.name, tuple(reasons))


def class_on(
    account: AnyAccount,
    on: date,
    rule: DayClassRule,
    *,
    pauses: Sequence[Pause] = (),
) -> ClassVerdict:
    """
    Return the class of an account at the end of a day.

    Args:
        account: The account of a loan or of a line.
        on: The day, not before the account.
        rule: The rule.
        pauses: Days that do not count.

    Raises:
        InputTypeError: If a value is of the wrong type.
        DateRangeError: If the day is out of range.

    Example:
        >>> from loanmath.account import Account
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> two = BucketScheme("two", [90], edge="above", names=["good", "bad"])
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(1, "6%"))
        >>> class_on(Account.open(loan), date(2026, 5, 17), DayClassRule(two)).verdict
        'bad'
    """
    checked, day = _to_rule(rule), to_day(account, on)
    late = delinquency(account, day, checked.scheme, pauses=pauses).days_past_due
    _, now = cures_of(account, day, pauses=pauses)
    return class_of_days(
        late, checked, worst=None if now is None else now.days_past_due
    )
