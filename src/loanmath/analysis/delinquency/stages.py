"""The stages an account went through, and the days on which it was late no more."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from attrs import frozen

from loanmath.analysis.delinquency.buckets import Bucket, BucketScheme, Counts
from loanmath.analysis.delinquency.counting import Pause, Pauses, to_pauses
from loanmath.analysis.delinquency.lateness import (
    AnyAccount,
    Lateness,
    lateness_of,
    to_day,
)
from loanmath.analysis.delinquency.standing import (
    bucket_on,
    statement_days,
    to_scheme,
)
from loanmath.doors import to_date
from loanmath.errors import DateRangeError
from loanmath.schedule.printed import PrintedRecords
from loanmath.schedule.printing import Table

__all__ = ["Cure", "Stage", "StageHistory", "cures_of", "stage_history"]


class Stage(NamedTuple):
    """
    Days in a row on which an account is in one bucket.

    Attributes:
        since: The first day.
        until: The last.
        bucket: The bucket.
        days_past_due: The most days past due in it.

    Example:
        >>> Stage(date(2026, 2, 16), date(2026, 3, 17), Bucket(1, "M1", 1, 30),
        ...     30).bucket.name
        'M1'
    """

    since: date
    until: date
    bucket: Bucket
    days_past_due: int


class Cure(NamedTuple):
    """
    The end of a lateness: nothing is past due any more (逾期结清).

    Attributes:
        since: The first day past due.
        on: The first day without.
        days_past_due: The most days past due in between.

    Example:
        >>> Cure(date(2026, 2, 16), date(2026, 3, 20), 32).on.day
        20
    """

    since: date
    on: date
    days_past_due: int


@frozen(repr=False)
class StageHistory(PrintedRecords):
    """
    The stages of an account from one day to another, without gap or overlap (阶段迁移).

    Attributes:
        scheme: The buckets.
        since: The first day.
        until: The last day.
        stages: The stages, in order.
        cures: The days on which the account was late no more.

    Example:
        >>> from loanmath import Account, FlatFee, InstallmentLoan, Payment
        >>> from loanmath.analysis.delinquency.buckets import M_STAGES
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(1, "6%"))
        >>> account = Account.open(loan).record(
        ...     Payment(id="p1", on=date(2026, 3, 31), amount="1060"))
        >>> first, last = date(2026, 1, 15), date(2026, 4, 30)
        >>> print(stage_history(account, first, last, M_STAGES))
        Stages from 2026-01-15 to 2026-04-30, 1 cure
        From        To          Bucket  Most days late
        2026-01-15  2026-02-15  M0                   0
        2026-02-16  2026-03-17  M1                  30
        2026-03-18  2026-03-30  M2                  43
        2026-03-31  2026-04-30  M0                   0
    """

    scheme: BucketScheme
    since: date
    until: date
    stages: tuple[Stage, ...]
    cures: tuple[Cure, ...]

    def bucket_on(self, day: date) -> Bucket:
        """
        Return the bucket of a day.

        Raises:
            InputTypeError: If the day is not a `date`.
            DateRangeError: If it is outside the history.

        Example:
            >>> from loanmath.analysis.delinquency.buckets import M_STAGES
            >>> day = date(2026, 1, 15)
            >>> stage = Stage(day, day, M_STAGES.bucket_of(0), 0)
            >>> StageHistory(M_STAGES, day, day, (stage,), ()).bucket_on(day).name
            'M0'
        """
        on = to_date(day, "day")
        for stage in self.stages:
            if stage.since <= on <= stage.until:
                return stage.bucket
        raise DateRangeError(
            "day", got=str(day), allowed=f"{self.since} to {self.until}"
        )

    @property
    def worst(self) -> Bucket:
        """
        The worst bucket.

        Example:
            >>> from loanmath.analysis.delinquency.buckets import M_STAGES
            >>> day = date(2026, 1, 15)
            >>> stage = Stage(day, day, M_STAGES.bucket_of(40), 40)
            >>> StageHistory(M_STAGES, day, day, (stage,), ()).worst.name
            'M2'
        """
        return max((stage.bucket for stage in self.stages), key=_number)

    def _table(self) -> Table:
        count = len(self.cures)
        caption = (
            f"Stages from {self.since} to {self.until}, {count} cure"
            f"{'' if count == 1 else 's'}"
        )
        rows = [
            [f"{one.since}", f"{one.until}", one.bucket.name, str(one.days_past_due)]
            for one in self.stages
        ]
        header = ["From", "To", "Bucket", "Most days late"]
        return Table(caption, header, rows, [], words=(0, 1, 2))

    def _records(self) -> list[Sequence[object]]:
        header = ["since", "until", "bucket", "days_past_due"]
        rows = [
            [one.since, one.until, one.bucket.name, one.days_past_due]
            for one in self.stages
        ]
        return [header, *rows]

    def __repr__(self) -> str:
        return (
            f"<StageHistory from {self.since} to {self.until}: {len(self.stages)}"
            f" stages, {len(self.cures)} cures>"
        )


def _number(bucket: Bucket) -> int:
    return bucket.number


def stage_history(
    account: AnyAccount,
    since: date,
    until: date,
    scheme: BucketScheme,
    *,
    pauses: Sequence[Pause] = (),
) -> StageHistory:
    """
    Return the stages of an account from one day to another.

    Each day is as `delinquency` sees it, after its events. Only events, due dates, what
    the terms do and edges can change a bucket: no other day is looked at.

    Args:
        account: The account of a loan or of a line.
        since: The first day, not before the account.
        until: The last day; after the last event, as if nothing more happened.
        scheme: The buckets.
        pauses: Days that do not count.

    Raises:
        InputTypeError: If a value is of the wrong type.
        DateRangeError: If a day is out of range, or they are in the wrong order.
        TermsError: If the scheme counts statements, and the account has none.

    Example:
        >>> from loanmath.analysis.delinquency.buckets import AGES_FROM_30
        >>> from loanmath.account import Account
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(1, "6%"))
        >>> history = stage_history(Account.open(loan), date(2026, 2, 1),
        ...     date(2026, 3, 31), AGES_FROM_30)
        >>> [f"{one.since}: {one.bucket}" for one in history.stages]
        ['2026-02-01: 0', '2026-02-16: 1-29', '2026-03-17: 30-59']

    中文: 逾期阶段变动.
    """
    first, last = to_day(account, since, "since"), to_day(account, until, "until")
    if last < first:
        raise DateRangeError("until", got=str(until), allowed=f"on or after {since}")
    cut, stopped = to_scheme(scheme, account), to_pauses(pauses)
    runs = lateness_of(account, last)
    statements = statement_days(account, cut, last)
    stages = _joined(_stages(runs, cut, stopped, statements), first)
    cures = tuple(cure for cure in _cures(runs, stopped) if cure.on >= first)
    return StageHistory(cut, first, last, tuple(stages), cures)


def _stages(
    runs: Iterable[Lateness],
    scheme: BucketScheme,
    pauses: Pauses,
    statements: Sequence[int],
) -> Iterator[Stage]:
    counts_days = scheme.counts is Counts.DAYS
    starts = scheme.starts[1:] if counts_days else (1,)
    for run in runs:
        days = {*run.first_days(starts, pauses)}
        days |= {made for made in statements if run.since < made <= run.until}
        ordered = sorted(days)
        ends = [*(day - 1 for day in ordered[1:]), run.until]
        for day, end in zip(ordered, ends, strict=True):
            late, most = run.days_on(day, pauses), run.days_on(end, pauses)
            bucket = bucket_on(scheme, late, run.oldest or 0, day, statements)
            yield Stage(date.fromordinal(day), date.fromordinal(end), bucket, most)


def _joined(stages: Iterable[Stage], first: date) -> list[Stage]:
    """Return the stages from a day on, neighbors of one bucket joined."""
    found: list[Stage] = []
    for stage in stages:
        if stage.until < first:
            continue
        since = max(stage.since, first)
        if found and found[-1].bucket == stage.bucket:
            before = found.pop()
            most = max(before.days_past_due, stage.days_past_due)
            found.append(Stage(before.since, stage.until, stage.bucket, most))
        else:
            found.append(stage._replace(since=since))
    return found


def _cures(runs: Iterable[Lateness], pauses: Pauses) -> Iterator[Cure]:
    since, most = 0, 0
    for run in runs:
        for day in run.first_days((1,), pauses):
            late = run.days_on(day, pauses)
            if late and not most:
                since = day
            if not late and most:
                yield Cure(date.fromordinal(since), date.fromordinal(day), most)
                most = 0
        most = max(most, run.days_on(run.until, pauses))


def cures_of(
    account: AnyAccount, until: date, *, pauses: Sequence[Pause] = ()
) -> tuple[tuple[Cure, ...], Cure | None]:
    """
    Return the cures of an account up to a day, and the lateness that goes on then.

    Of the lateness that goes on, `on` is the day itself.

    Example:
        >>> from loanmath.account import Account
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(1, "6%"))
        >>> cures, now = cures_of(Account.open(loan), date(2026, 2, 20))
        >>> cures, now.days_past_due
        ((), 5)
    """
    last, stopped = to_day(account, until, "until"), to_pauses(pauses)
    runs = lateness_of(account, last)
    # A day after the last on which nothing is late ends what goes on.
    end = last.toordinal() + 1
    found = [*_cures([*runs, Lateness(end, end, None, 0)], stopped)]
    if found and found[-1].on.toordinal() == end:
        return tuple(found[:-1]), found[-1]._replace(on=last)
    return tuple(found), None
