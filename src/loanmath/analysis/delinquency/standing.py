"""How late an account is on a day: in all, and installment by installment."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from attrs import frozen

from loanmath.account import Account
from loanmath.analysis.delinquency.buckets import Bucket, BucketScheme, Counts
from loanmath.analysis.delinquency.counting import Pause, Pauses, counted, to_pauses
from loanmath.analysis.delinquency.lateness import AnyAccount, to_day
from loanmath.currency import from_units, sum_of, to_units
from loanmath.doors import LAST_DATE
from loanmath.errors import InputTypeError, TermsError
from loanmath.line_account import LineAccount
from loanmath.schedule.printed import PrintedRecords
from loanmath.schedule.printing import Table

__all__ = [
    "Delinquency",
    "LateInstallment",
    "bucket_on",
    "delinquency",
    "statement_days",
    "to_scheme",
]


class LateInstallment(NamedTuple):
    """
    An installment, or the minimum of a bill, that was due and is unpaid (逾期期次).

    Attributes:
        number: The number of the installment; of a line, 1 for the oldest minimum.
        due: Its due date.
        past_due: What is unpaid of it, in major units.
        days_past_due: The days since the due date, as the terms count them.
        bucket: The bucket of those days.

    Example:
        >>> LateInstallment._fields[:3]
        ('number', 'due', 'past_due')
    """

    number: int
    due: date
    past_due: Decimal
    days_past_due: int
    bucket: Bucket


@frozen(repr=False)
class Delinquency(PrintedRecords):
    """
    How late an account is on a day, after its events (逾期状态).

    Attributes:
        on: The day.
        currency: The currency of the amounts.
        scheme: The buckets.
        days_past_due: As the terms count them, less pauses.
        bucket: The bucket of the account.
        oldest: The oldest due date of which something is unpaid and late.
        past_due: All that was due before the day and is unpaid; of a line, what is
            missing of minimums.
        rows: The installments, or minimums, that it consists of, the oldest first.

    Example:
        >>> from loanmath.account import Account
        >>> from loanmath.analysis.delinquency.buckets import M_STAGES
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "6%"))
        >>> print(delinquency(Account.open(loan), date(2026, 3, 20), M_STAGES))
        2026-03-20: M2 (31-60), 33 days past due since 2026-02-15, CNY
        No  Due         Past due  Days late  Bucket
         1  2026-02-15    353.33         33  M2
         2  2026-03-15    353.33          5  M1
            Total         706.66         33  M2
    """

    on: date
    currency: str
    scheme: BucketScheme
    days_past_due: int
    bucket: Bucket
    oldest: date | None
    past_due: Decimal
    rows: tuple[LateInstallment, ...]

    def _table(self) -> Table:
        late = self.days_past_due
        said = (
            f"{self.on}: {self.bucket}, {late} day{'' if late == 1 else 's'} past due"
        )
        if self.oldest is not None:
            said += f" since {self.oldest}"
        rows = [
            [
                str(row.number),
                f"{row.due}",
                f"{row.past_due:,f}",
                str(row.days_past_due),
                row.bucket.name,
            ]
            for row in self.rows
        ]
        total = ["", "Total", f"{self.past_due:,f}", str(late), self.bucket.name]
        header = ["No", "Due", "Past due", "Days late", "Bucket"]
        return Table(f"{said}, {self.currency}", header, rows, total, (1,), (4,))

    def _records(self) -> list[Sequence[object]]:
        header = ["number", "due", "past_due", "days_past_due", "bucket"]
        return [header, *([*row[:4], row.bucket.name] for row in self.rows)]

    def __repr__(self) -> str:
        return (
            f"<Delinquency on {self.on}: {self.bucket.name}, {self.days_past_due} days"
            f" past due, {self.currency} {self.past_due}>"
        )


def to_scheme(scheme: BucketScheme, account: AnyAccount) -> BucketScheme:
    """
    Return a scheme, refusing anything else, and one of statements for a loan.

    Raises:
        InputTypeError: If it is not a `BucketScheme`.
        TermsError: If it counts statements, and the account has none.

    Example:
        >>> from loanmath.analysis.delinquency.buckets import CARD_STAGES
        >>> from loanmath.presets import cn
        >>> line = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> to_scheme(CARD_STAGES, line).name
        'card stages'
    """
    if type(scheme) is not BucketScheme:
        raise InputTypeError("scheme", got=scheme, allowed="BucketScheme(...)")
    if scheme.counts is Counts.STATEMENTS and not isinstance(account, LineAccount):
        raise TermsError(
            "scheme",
            got=scheme.name,
            allowed="a scheme of days, for the account of a loan",
            do="use M_STAGES, or the account of a line",
        )
    return scheme


def statement_days(
    account: AnyAccount, scheme: BucketScheme, until: date
) -> tuple[int, ...]:
    """
    Return the statement days of a line up to a day, where a scheme counts them.

    Example:
        >>> from loanmath.analysis.delinquency.buckets import CARD_STAGES
        >>> from loanmath.presets import cn
        >>> line = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> len(statement_days(line, CARD_STAGES, date(2026, 5, 1)))
        2
    """
    if scheme.counts is Counts.DAYS or not isinstance(account, LineAccount):
        return ()
    # A bill may be cut as the day after its statement day begins.
    seen = min(until + timedelta(1), LAST_DATE)
    found = (bill.cycle.statement for bill in account.statements(seen))
    return tuple(made.toordinal() for made in found if made <= until)


def bucket_on(
    scheme: BucketScheme, days: int, due: int, day: int, statements: Sequence[int]
) -> Bucket:
    """
    Return the bucket of a number of days past due on a day.

    Args:
        scheme: The scheme.
        days: The days past due.
        due: The due date they are counted from, an ordinal.
        day: The day.
        statements: The statement days, where the scheme counts them.

    Example:
        >>> from loanmath.analysis.delinquency.buckets import CARD_STAGES
        >>> bucket_on(CARD_STAGES, 20, 100, 120, [115]).name
        'M1'
    """
    if scheme.counts is Counts.DAYS or not days:
        return scheme.bucket_of(days)
    return scheme.bucket_of(1 + sum(1 for made in statements if due < made <= day))


def delinquency(
    account: AnyAccount,
    on: date,
    scheme: BucketScheme,
    *,
    pauses: Sequence[Pause] = (),
) -> Delinquency:
    """
    Return how late an account is on a day, and each installment of it.

    The due date is day 0, the day after it is the first day past due. Days of grace and
    a tolerance are those of the terms: an installment of which no more is unpaid than
    the tolerance (penalty and compound interest left out) has no days past due. A pause
    of interest does not stop the count; pauses of the count are stated here.

    Formula: `days of the account = the most days of an installment`.

    Args:
        account: The account of a loan or of a line.
        on: The day, not before the account.
        scheme: The buckets.
        pauses: Days that do not count.

    Raises:
        InputTypeError: If a value is of the wrong type.
        DateRangeError: If the day is out of range.
        TermsError: If the scheme counts statements, and the account has none.

    Example:
        >>> from loanmath.analysis.delinquency.buckets import CARD_STAGES
        >>> from loanmath.events import Purchase
        >>> from loanmath.presets import cn
        >>> line = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1)).record(
        ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"))
        >>> late = delinquency(line, date(2026, 5, 1), CARD_STAGES)
        >>> late.days_past_due, late.bucket.name, late.past_due
        (21, 'M1', Decimal('100.00'))

    中文: 逾期天数与逾期阶段.
    """
    day, found = to_day(account, on), to_pauses(pauses)
    cut = to_scheme(scheme, account)
    rows = _rows(account, day, cut, found)
    if isinstance(account, Account):
        digits, currency = account.loan.digits, account.loan.currency
    else:
        digits, currency = account.line.digits, account.line.currency
    late = [row for row in rows if row.days_past_due]
    units = sum(to_units(row.past_due, digits, "past_due") for row in rows)
    return Delinquency(
        on=day,
        currency=currency,
        scheme=cut,
        days_past_due=late[0].days_past_due if late else 0,
        bucket=late[0].bucket if late else cut.bucket_of(0),
        oldest=late[0].due if late else None,
        past_due=from_units(units, digits),
        rows=tuple(rows),
    )


class _Unpaid(NamedTuple):
    """What was due before a day and is unpaid."""

    number: int
    due: date
    past_due: Decimal
    is_late: bool


def _rows(
    account: AnyAccount, on: date, scheme: BucketScheme, pauses: Pauses
) -> list[LateInstallment]:
    day, statements = on.toordinal(), statement_days(account, scheme, on)
    if isinstance(account, LineAccount):
        unpaid, grace = _of_line(account, on)
    else:
        unpaid = _of_loan(account, on)
        grace = account.loan.servicing.days_past_due.grace_days
    found = []
    for row in unpaid:
        due = row.due.toordinal()
        days = counted(due, day, pauses)
        days = days if row.is_late and days > grace else 0
        bucket = bucket_on(scheme, days, due, day, statements)
        found.append(LateInstallment(*row[:3], days, bucket))
    return found


def _of_line(account: LineAccount, on: date) -> tuple[list[_Unpaid], int]:
    """Return the minimums that were missed, and the days of grace."""
    entries = account.entries_until(on.toordinal())
    if not entries:
        return [], 0
    state, digits = entries[-1].after, account.line.digits
    return [
        _Unpaid(
            number, date.fromordinal(due.due), from_units(due.missing, digits), True
        )
        for number, due in enumerate(state.dues, start=1)
        if due.due < on.toordinal()
    ], state.rules.minimum_grace


def _of_loan(account: Account, on: date) -> list[_Unpaid]:
    digits, terms = account.loan.digits, account.loan.servicing.days_past_due
    tolerance = to_units(terms.tolerance, digits, "tolerance")
    found = []
    for row in account.position(on).installments:
        if row.due < on and any(row.owed):
            owed = row.owed
            counting = sum_of((owed.fee, owed.interest, owed.principal), digits)
            is_late = to_units(counting, digits, "owed") > tolerance
            found.append(_Unpaid(row.number, row.due, owed.total, is_late))
    return found
