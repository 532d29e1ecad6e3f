"""Default by days on which what is overdue is material, and the way back."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from loanmath.account.history import history_of
from loanmath.analysis.delinquency.default_rules import (
    DefaultRule,
    DefaultVerdict,
    Exposure,
    Materiality,
)
from loanmath.analysis.delinquency.lateness import (
    AnyAccount,
    lateness_of,
    line_states,
    states_on,
    to_day,
)
from loanmath.currency import from_units
from loanmath.doors import to_date
from loanmath.errors import DateRangeError, InputTypeError
from loanmath.ledger.state import AccountState
from loanmath.line_account import LineAccount
from loanmath.recurrence import add_months
from loanmath.terms.amounts import to_amount

__all__ = ["default_of", "default_on", "exposures_of"]

Amounts: TypeAlias = tuple[date, str | int | Decimal, str | int | Decimal]
_DAY = timedelta(1)


class _Run(NamedTuple):
    """Days in a row on which what is overdue is material."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class _Default(NamedTuple):
    """A default: since when, and until when nothing material ends it."""

    since: date
    returns: date
    months: int


def default_on(
    exposures: Sequence[Amounts],
    on: date,
    rule: DefaultRule,
    *,
    restructured: date | None = None,
) -> DefaultVerdict:
    """
    Return whether a debtor is in default on a day.

    Formula: a day is material where what is overdue is above both thresholds. The
    debtor is in default from the material day in a row that is above (or is) the number
    of the rule, until the months of probation have passed since the last material day;
    a day that is material again begins them anew.

    Args:
        exposures: What is overdue and owed, as (day, past due, owed) with ascending
            days: each holds until the next, the last until `on`.
        on: The day.
        rule: The rule.
        restructured: The day of a distressed restructuring that is a default by itself,
            where there was one: the debtor is in default from it, and the longer
            probation counts; after that the debtor is forborne for the months of the
            rule.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is not allowed.
        DateRangeError: If days do not ascend, or a probation ends after the year 2200.

    Example:
        >>> from loanmath.presets.eu import DEFAULT_RETAIL
        >>> late = [(date(2026, 1, 1), "500", "9000")]
        >>> default_on(late, date(2026, 3, 31), DEFAULT_RETAIL.value).verdict
        'not in default'

    中文: 违约认定.
    """
    if type(rule) is not DefaultRule:
        raise InputTypeError("rule", got=rule, allowed="DefaultRule(...)")
    day = to_date(on, "on")
    since = None if restructured is None else to_date(restructured, "restructured")
    steps = [step for step in _checked(exposures) if step.since <= day]
    runs = list(_runs(steps, day, rule.materiality))
    found = _default(runs, rule, since if since is None or since <= day else None)
    if found is not None and day < found.returns:
        return _in_default(rule, day, runs, found, since)
    is_forborne = found is not None and since is not None and since <= day
    ended = found.returns if found is not None and is_forborne else None
    return _not_in_default(rule, day, runs, ended)


def _checked(exposures: object) -> list[Exposure]:
    if not isinstance(exposures, (list, tuple)):
        raise InputTypeError(
            "exposures", got=exposures, allowed="a list of (day, past due, owed)"
        )
    found: list[Exposure] = []
    for one in exposures:
        if not isinstance(one, (list, tuple)) or len(one) != 3:
            raise InputTypeError("exposures", got=one, allowed="(day, past due, owed)")
        since = to_date(one[0], "exposures")
        late, owed = to_amount(one[1], "past_due"), to_amount(one[2], "owed")
        if found and since <= found[-1].since:
            raise DateRangeError(
                "exposures", got=str(since), allowed=f"after {found[-1].since}"
            )
        found.append(Exposure(since, late, owed))
    return found


def _runs(
    steps: Sequence[Exposure], on: date, materiality: Materiality
) -> Iterator[_Run]:
    """Yield the runs of material days up to a day."""
    first: date | None = None
    for step in steps:
        if materiality.exceeded(step.past_due, step.owed):
            first = first or step.since
        elif first is not None:
            yield _Run(first, step.since - _DAY)
            first = None
    if first is not None:
        yield _Run(first, on)


def _default(
    runs: Sequence[_Run], rule: DefaultRule, restructured: date | None
) -> _Default | None:
    """Return the last default that runs and a restructuring give."""
    found: _Default | None = None
    for run in runs:
        if restructured is not None and restructured <= run.last:
            found, restructured = _restructured(found, restructured, rule), None
        found = _after(found, run, rule)
    return found if restructured is None else _restructured(found, restructured, rule)


def _restructured(found: _Default | None, day: date, rule: DefaultRule) -> _Default:
    months = rule.restructured_months
    returns = add_months(day, months)
    if found is None or day >= found.returns:
        return _Default(day, returns, months)
    return _Default(found.since, max(found.returns, returns), months)


def _after(found: _Default | None, run: _Run, rule: DefaultRule) -> _Default | None:
    """Return the default after a run: begun, prolonged, or as it was."""
    enters = run.first + timedelta(rule.first_day - 1)
    if found is not None and run.first < found.returns:
        since = min(found.since, enters) if enters <= run.last else found.since
        returns = add_months(run.last + _DAY, found.months)
        return _Default(since, max(returns, found.returns), found.months)
    if enters > run.last:
        return found
    months = rule.probation_months
    return _Default(enters, add_months(run.last + _DAY, months), months)


def _not_in_default(
    rule: DefaultRule, on: date, runs: Sequence[_Run], ended: date | None
) -> DefaultVerdict:
    """Return the verdict; a default after a restructuring may have ended on a day."""
    last, days = _last_run(runs, on)
    needed = f"{rule.edge.value} {rule.days} days in a row {rule.materiality}"
    reasons = [_material_reason(last, days), f"In default only {needed}"]
    until = None if ended is None else add_months(ended, rule.forborne_months)
    if until is None or on >= until:
        return DefaultVerdict(
            rule, on, "not in default", days, None, None, tuple(reasons)
        )
    reasons.append(
        f"Forborne until {until}, {rule.forborne_months} months after"
        f" {ended}, the end of the default"
    )
    return DefaultVerdict(
        rule, on, "not in default, forborne", days, None, None, tuple(reasons), until
    )


def _last_run(runs: Sequence[_Run], on: date) -> tuple[_Run | None, int]:
    """Return the last run, and for how many days it has lasted on a day."""
    last = runs[-1] if runs else None
    return last, last.days if last is not None and last.last == on else 0


def _in_default(
    rule: DefaultRule,
    on: date,
    runs: Sequence[_Run],
    current: _Default,
    restructured: date | None,
) -> DefaultVerdict:
    last, days = _last_run(runs, on)
    reasons = [_material_reason(last, days)]
    reasons.append(
        f"In default since {current.since}: {_cause(rule, current, restructured)}"
    )
    if days:
        return DefaultVerdict(
            rule, on, "in default", days, current.since, None, tuple(reasons)
        )
    reasons.append(
        f"No longer in default from {current.returns},"
        " if nothing is material until then"
    )
    verdict = "in default, on probation"
    return DefaultVerdict(
        rule, on, verdict, days, current.since, current.returns, tuple(reasons)
    )


def _material_reason(last: _Run | None, days: int) -> str:
    if last is None:
        return "What is overdue was never material"
    if days:
        return f"Material since {last.first}, for {days} days in a row"
    since = last.last + _DAY
    return f"Not material since {since}, before that for {last.days} days in a row"


def _cause(rule: DefaultRule, current: _Default, restructured: date | None) -> str:
    if restructured == current.since:
        return "a distressed restructuring"
    return f"{rule.edge.value} {rule.days} days in a row {rule.materiality}"


def exposures_of(account: AnyAccount, until: date) -> tuple[Exposure, ...]:
    """
    Return what is overdue and owed on an account, day by day while anything is overdue.

    Args:
        account: The account of a loan or of a line.
        until: The last day, not before the account.

    Returns:
        What is overdue is all that was due before the day and is unpaid (of a line,
        what is missing of minimums); what is owed is that with all that is due on the
        day and all principal.

    Raises:
        InputTypeError: If a value is of the wrong type.
        DateRangeError: If the day is out of range.

    Example:
        >>> from loanmath import Account, FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> late = exposures_of(Account.open(loan), date(2026, 2, 16))[-1]
        >>> late.past_due, late.owed
        (Decimal('530.00'), Decimal('1030.00'))
    """
    last = to_day(account, until, "until")
    runs = lateness_of(account, last)
    if isinstance(account, LineAccount):
        return tuple(_of_line(account, last))
    days = {run.since for run in runs}
    for run in runs:
        if run.oldest is not None:
            days |= set(range(run.since, run.until + 1))
    digits = account.loan.digits
    return tuple(
        Exposure(date.fromordinal(day), *_of_state(state, day, digits))
        for day, state in states_on(history_of(account), days)
    )


def _of_state(state: AccountState, day: int, digits: int) -> tuple[Decimal, Decimal]:
    balances = state.balances
    past, now = balances.fallen_due(day - 1), balances.fallen_due(day)
    overdue = sum(sum(column[:past]) for column in balances.segment)
    due = sum(sum(column[past:now]) for column in balances.segment)
    owed = overdue + due + sum(balances.segment.principal[now:])
    return from_units(overdue, digits), from_units(owed, digits)


def _of_line(account: LineAccount, until: date) -> Iterator[Exposure]:
    digits = account.line.digits
    for day, state in line_states(account, until.toordinal()):
        late = sum(due.missing for due in state.dues if due.due < day)
        yield Exposure(
            date.fromordinal(day),
            from_units(late, digits),
            from_units(state.owed, digits),
        )


def default_of(
    account: AnyAccount,
    on: date,
    rule: DefaultRule,
    *,
    restructured: date | None = None,
) -> DefaultVerdict:
    """
    Return whether the debtor of one account is in default on a day.

    What is overdue is looked at on every day while anything is, penalty included.

    Args:
        account: The account of a loan or of a line.
        on: The day, not before the account.
        rule: The rule; its amount is in the account's currency.
        restructured: As for `default_on`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        DateRangeError: If a day is out of range.

    Example:
        >>> from loanmath.presets.eu import DEFAULT_RETAIL
        >>> from loanmath import Account, FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="EUR", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> found = default_of(Account.open(loan), date(2026, 5, 17),
        ...     DEFAULT_RETAIL.value)
        >>> found.days, found.verdict
        (91, 'in default')
    """
    day = to_day(account, on)
    return default_on(exposures_of(account, day), day, rule, restructured=restructured)
