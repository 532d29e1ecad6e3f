"""What a credit report shows of an account: its repayment status month by month."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from attrs import field, frozen

from loanmath.account import Account, Status
from loanmath.analysis.delinquency.buckets import (
    BucketScheme,
    to_day_scheme,
    to_days_late,
)
from loanmath.analysis.delinquency.counting import Pause, Pauses, to_pauses
from loanmath.analysis.delinquency.lateness import (
    AnyAccount,
    Lateness,
    first_day,
    lateness_of,
    to_day,
)
from loanmath.analysis.delinquency.periods import due_days
from loanmath.doors import to_count, to_text
from loanmath.errors import InputTypeError, LimitError, TermsError, UnknownNameError
from loanmath.schedule.printed import PrintedRecords
from loanmath.schedule.printing import Table

__all__ = ["CreditRecord", "MonthStatus", "RecordCodes", "credit_record"]

MOST_MONTHS = 600


def _to_code(code: object) -> str:
    return to_text(code, "code")


def _to_codes(codes: object) -> tuple[str, ...]:
    if not isinstance(codes, (list, tuple)):
        raise InputTypeError("codes", got=codes, allowed="a list of str")
    return tuple(to_text(code, "codes") for code in codes)


@frozen(kw_only=True)
class RecordCodes:
    """
    The codes of a repayment record, each for a month (还款状态代码).

    Args:
        late: Buckets of days past due at the end of the month; the name of each is its
            code, the first that of a month in time.
        nothing_due: Where nothing is late, and nothing was due in the month.
        unopened: Before the account was opened.
        closed: The month in which it was paid off.
        ended: The month in which it ended otherwise: it was written off.
        stated: Codes that no ledger knows, and that may be stated for a month.

    Raises:
        InputTypeError: If a value is of the wrong type.
        TermsError: If two codes are the same.

    Example:
        >>> from loanmath.presets.cn.classes import CREDIT_REPORT
        >>> CREDIT_REPORT.value.late.bucket_of(31).name
        '2'
    """

    late: BucketScheme = field(converter=to_day_scheme)
    nothing_due: str = field(converter=_to_code)
    unopened: str = field(converter=_to_code)
    closed: str = field(converter=_to_code)
    ended: str = field(converter=_to_code)
    stated: tuple[str, ...] = field(default=(), converter=_to_codes)

    def __attrs_post_init__(self) -> None:
        found = [bucket.name for bucket in self.late.buckets]
        found += [self.nothing_due, self.unopened, self.closed, self.ended]
        found += self.stated
        if len(set(found)) != len(found):
            raise TermsError("codes", got=found, allowed="codes that are all different")


class MonthStatus(NamedTuple):
    """
    The repayment status of one month.

    Attributes:
        year: The year.
        month: The month, 1 to 12.
        code: The code.
        days_past_due: The days past due as the month ends; zero before the account was
            opened and in the month in which it ended.

    Example:
        >>> print(MonthStatus(2026, 3, "N", 0))
        2026-03 N
    """

    year: int
    month: int
    code: str
    days_past_due: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02} {self.code}"


@frozen(repr=False)
class CreditRecord(PrintedRecords):
    """
    The repayment record of an account, month by month (还款记录).

    Attributes:
        codes: The codes.
        months: The months, the oldest first. The last is the last that had ended, or
            the one in which the account did.

    Example:
        >>> from loanmath import Account, FlatFee, InstallmentLoan
        >>> from loanmath.presets.cn.classes import CREDIT_REPORT
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> record = credit_record(Account.open(loan), date(2026, 4, 30),
        ...     CREDIT_REPORT.value, months=6)
        >>> print(record)
        Repayment record (还款记录) to 2026-04: //*123, worst 3
        Year  1  2  3  4  5  6  7  8  9  10  11  12
        2025                                  /   /
        2026  *  1  2  3
        >>> record.worst(12), record.times_late(30), record.months_late(30)
        ('3', 1, 2)
    """

    codes: RecordCodes
    months: tuple[MonthStatus, ...]

    def _last(self, months: int) -> tuple[MonthStatus, ...]:
        return self.months[-to_count(months, "months", MOST_MONTHS) :]

    @property
    def line(self) -> str:
        """
        The codes in one line, the oldest month first.

        Example:
            >>> from loanmath.presets.cn.classes import CREDIT_REPORT
            >>> CreditRecord(CREDIT_REPORT.value, (MonthStatus(2026, 3, "N", 0),)).line
            'N'
        """
        return "".join(month.code for month in self.months)

    def worst_days(self, months: int) -> int:
        """
        Return the most days past due at the end of one of the last months.

        Raises:
            InputTypeError: If the number is not an `int`.
            LimitError: If it is out of range, 1 to 600.

        Example:
            >>> from loanmath.presets.cn.classes import CREDIT_REPORT
            >>> CreditRecord(CREDIT_REPORT.value,
            ...     (MonthStatus(2026, 3, "1", 9),)).worst_days(12)
            9
        """
        return max((month.days_past_due for month in self._last(months)), default=0)

    def worst(self, months: int) -> str:
        """
        Return the code of the worst lateness in the last months.

        Codes that are stated count as what the ledger says of their month.

        Raises:
            InputTypeError: If the number is not an `int`.
            LimitError: If it is out of range, 1 to 600.

        Example:
            >>> from loanmath.presets.cn.classes import CREDIT_REPORT
            >>> CreditRecord(CREDIT_REPORT.value,
            ...     (MonthStatus(2026, 3, "1", 9),)).worst(24)
            '1'
        """
        return self.codes.late.bucket_of(self.worst_days(months)).name

    def months_late(self, days: int, months: int = 24) -> int:
        """
        Return at the end of how many of the last months so many days were past due.

        Formula: the number of months with `days_past_due >= days`.

        Raises:
            InputTypeError: If a number is not an `int`.
            LimitError: If it is out of range.

        Example:
            >>> from loanmath.presets.cn.classes import CREDIT_REPORT
            >>> CreditRecord(CREDIT_REPORT.value,
            ...     (MonthStatus(2026, 3, "1", 9),)).months_late(30)
            0
        """
        least = _to_least(days)
        return sum(1 for one in self._last(months) if one.days_past_due >= least)

    def times_late(self, days: int, months: int = 24) -> int:
        """
        Return how many times in the last months so many days came to be past due.

        Formula: the number of months with `days_past_due >= days` whose month before,
        if there is one among them, has fewer; a lateness over several months counts
        once.

        Raises:
            InputTypeError: If a number is not an `int`.
            LimitError: If it is out of range.

        Example:
            >>> from loanmath.presets.cn.classes import CREDIT_REPORT
            >>> days = (31, 61, 0, 35)
            >>> record = CreditRecord(CREDIT_REPORT.value, tuple(
            ...     MonthStatus(2026, month, "2", late)
            ...     for month, late in enumerate(days, start=1)))
            >>> record.times_late(30), record.times_late(60), record.times_late(90)
            (2, 1, 0)
        """
        least = _to_least(days)
        late = [False, *(one.days_past_due >= least for one in self._last(months))]
        return sum(1 for before, now in pairwise(late) if now and not before)

    def _table(self) -> Table:
        caption = "Repayment record (还款记录)"
        if self.months:
            last = self.months[-1]
            caption += f" to {last.year}-{last.month:02}: {self.line}, worst"
            caption += f" {self.worst(MOST_MONTHS)}"
        found = {(one.year, one.month): one.code for one in self.months}
        years = sorted({one.year for one in self.months})
        numbers = range(1, 13)
        rows = [
            [str(year), *(found.get((year, month), "") for month in numbers)]
            for year in years
        ]
        return Table(caption, ["Year", *map(str, numbers)], rows, [], left=(0,))

    def _records(self) -> list[Sequence[object]]:
        return [list(MonthStatus._fields), *self.months]

    def __repr__(self) -> str:
        return f"<CreditRecord of {len(self.months)} months: {self.line}>"


def _to_least(days: object) -> int:
    least = to_days_late(days, "days")
    if not least:
        raise LimitError("days", got=days, allowed="1 or more")
    return least


def credit_record(  # noqa: PLR0913 what a record depends on
    account: AnyAccount,
    on: date,
    codes: RecordCodes,
    *,
    months: int = 24,
    stated: Mapping[tuple[int, int], str] | None = None,
    pauses: Sequence[Pause] = (),
) -> CreditRecord:
    """
    Return the repayment record of an account over the last months that had ended.

    A month is as its last day ends. The month in which the account was paid off or
    written off is the last.

    Args:
        account: The account of a loan or of a line; a line never ends.
        on: The day; its month is the last only where it is the last day of it.
        codes: The codes.
        months: How many months, 1 to 600: 24 and 60 are usual.
        stated: Codes of months that no ledger knows, by (year, month).
        pauses: Days that do not count as past due.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If the number of months is out of range.
        DateRangeError: If the day is out of range.
        UnknownNameError: If a stated code is none of the codes.

    Example:
        >>> from loanmath import LineAccount, Purchase
        >>> from loanmath.presets import cn
        >>> from loanmath.presets.cn.classes import CREDIT_REPORT
        >>> line = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1)).record(
        ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"))
        >>> credit_record(line, date(2026, 6, 15), CREDIT_REPORT.value, months=4).line
        '/*12'

    中文: 征信还款记录.
    """
    day, count = to_day(account, on), to_count(months, "months", MOST_MONTHS)
    if type(codes) is not RecordCodes:
        raise InputTypeError("codes", got=codes, allowed="RecordCodes(...)")
    known, stopped = _to_stated(stated, codes), to_pauses(pauses)
    last = _last_ended(day)
    ended = _ended(account, last)
    last = last if ended is None else ended[0]
    runs = lateness_of(account, day)
    dues = {_index(due) for due in due_days(account, first_day(account), day)}
    found = []
    for number in range(max(last - count + 1, 12), last + 1):
        status = _status(number, codes, runs, stopped)
        if status.code == codes.late.buckets[0].name and number not in dues:
            status = status._replace(code=codes.nothing_due)
        if ended is not None and number == last:
            code = codes.closed if ended[1] else codes.ended
            status = status._replace(code=code, days_past_due=0)
        code = known.get((status.year, status.month), status.code)
        found.append(status._replace(code=code))
    return CreditRecord(codes, tuple(found))


def _to_stated(stated: object, codes: RecordCodes) -> dict[tuple[int, int], str]:
    if stated is None:
        return {}
    if not isinstance(stated, Mapping):
        raise InputTypeError("stated", got=stated, allowed="codes by (year, month)")
    found = {}
    for month, code in stated.items():
        if not isinstance(month, tuple) or [type(one) for one in month] != [int, int]:
            raise InputTypeError("stated", got=month, allowed="(year, month)")
        if to_text(code, "stated") not in codes.stated:
            allowed = ", ".join(codes.stated)
            raise UnknownNameError("stated", got=code, allowed=allowed)
        found[month[0], to_count(month[1], "month", 12)] = code
    return found


def _index(day: date) -> int:
    """Return the number of a month, counted from the year 0."""
    return 12 * day.year + day.month - 1


def _month_end(number: int) -> date:
    year, month = divmod(number, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _last_ended(day: date) -> int:
    number = _index(day)
    return number if day == _month_end(number) else number - 1


def _ended(account: AnyAccount, last: int) -> tuple[int, bool] | None:
    """Return the month in which an account ended, and whether it was paid off."""
    if not isinstance(account, Account):
        return None
    first, found = _index(first_day(account)), None
    for number in range(last, first - 1, -1):
        status = account.position(_month_end(number)).status
        if status not in (Status.CLOSED, Status.WRITTEN_OFF):
            break
        found = number, status is Status.CLOSED
    return found


def _status(
    number: int, codes: RecordCodes, runs: Sequence[Lateness], pauses: Pauses
) -> MonthStatus:
    """Return the status of a month by its last day."""
    year, month = number // 12, number % 12 + 1
    day = _month_end(number).toordinal()
    for run in runs:
        if run.since <= day <= run.until:
            late = run.days_on(day, pauses)
            return MonthStatus(year, month, codes.late.bucket_of(late).name, late)
    return MonthStatus(year, month, codes.unopened, 0)
