"""Books of accounts: what each of them is on a date."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypedDict

from loanmath.account import Account
from loanmath.analysis.book.entries import to_name, to_named
from loanmath.analysis.book.loans import Book, LoanSnapshot, Progress
from loanmath.analysis.delinquency.lateness import AnyAccount, first_day
from loanmath.currency import currency_digits, from_units, sum_of
from loanmath.doors import to_date, to_flag
from loanmath.errors import InputTypeError, InputValueError, UnknownNameError
from loanmath.events.cash_flows import money_moved
from loanmath.line_account import LineAccount
from loanmath.yields.shares import rounded

__all__ = [
    "AnyAccount",
    "NamedAccounts",
    "book_of",
    "check_callable",
    "snapshot",
    "to_accounts",
]

NamedAccounts = Iterable[tuple[str, AnyAccount]]


def snapshot(
    account: AnyAccount,
    on: date,
    *,
    name: str,
    borrower: str = "",
    restructured: bool = False,
) -> LoanSnapshot:
    """
    Return an account as it stands at the end of a date (时点快照).

    The balance is principal alone, due or not, of a line with installments to come.
    What a line is past due by is what is missing of its minimums; how much of that is
    principal, and what ever fell due, a line does not say.

    Args:
        account: The account.
        on: The date, not before the account.
        name: What the account is called in its book.
        borrower: Who owes it; left out, a borrower of its own.
        restructured: Whether its terms were eased because the borrower could not pay;
            a change of terms alone does not say so.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the name is empty.
        DateRangeError: If the date is before the account.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import EqualPrincipal, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1200", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("12%/year"),
        ...     repayment=EqualPrincipal(12))
        >>> seen = snapshot(Account.open(loan), date(2026, 4, 30), name="a")
        >>> seen.balance, seen.days_past_due, seen.overdue_principal, seen.overdue
        (Decimal('1200.00'), 74, Decimal('300.00'), Decimal('333.00'))
    """
    if isinstance(account, LineAccount):
        found = _of_line(account, to_date(on, "on"))
    elif isinstance(account, Account):
        found = _of_loan(account, to_date(on, "on"))
    else:
        raise InputTypeError(
            "account", got=account, allowed="Account(...) or LineAccount(...)"
        )
    to_name(name, "name")
    to_flag(restructured, "restructured")
    return LoanSnapshot(
        on=on, name=name, borrower=borrower, restructured=restructured, **found
    )


class _Looked(TypedDict):
    """What an account tells of itself."""

    currency: str
    originated: date
    disbursed: Decimal
    balance: Decimal
    days_past_due: int
    overdue_principal: Decimal | None
    overdue: Decimal
    due: Decimal | None
    written_off: Decimal
    first_due: date | None
    first_cleared: date | None


def _of_loan(account: Account, on: date) -> _Looked:
    owed = account.position(on)
    digits = currency_digits(owed.currency)

    def money(*amounts: Decimal) -> Decimal:
        # Terms that do not round keep amounts finer than the currency.
        return rounded(sum(map(Fraction, amounts), Fraction(0)), digits)

    principal = [part.principal for part in (owed.overdue, owed.due, owed.in_advance)]
    fallen = [row for row in owed.installments if row.due <= on]
    first = owed.installments[0] if owed.drawn or account.arrears else None
    return {
        "currency": owed.currency,
        "originated": account.loan.disbursed,
        "disbursed": money(owed.drawn),
        "balance": money(*principal),
        "days_past_due": owed.days_past_due,
        "overdue_principal": money(owed.overdue.principal),
        "overdue": money(owed.overdue.total),
        "due": money(*(part.total for row in fallen for part in (row.owed, row.paid))),
        "written_off": money(owed.written_off),
        "first_due": first.due if first else None,
        "first_cleared": first.cleared if first else None,
    }


def _of_line(account: LineAccount, on: date) -> _Looked:
    owed = account.position(on)
    digits = account.line.digits
    drawn = -sum(
        units for _, units in money_moved(account.events, on, digits) if units < 0
    )
    principal = [segment.principal for segment in owed.segments]
    return {
        "currency": owed.currency,
        "originated": account.opened,
        "disbursed": from_units(drawn, digits),
        "balance": sum_of([*principal, owed.installments], digits),
        "days_past_due": owed.days_past_due,
        "overdue_principal": None,
        "overdue": owed.arrears,
        "due": None,
        "written_off": Decimal(0),
        "first_due": None,
        "first_cleared": None,
    }


def to_accounts(accounts: NamedAccounts) -> tuple[tuple[str, AnyAccount], ...]:
    """
    Return (name, account) pairs, at least one.

    Raises:
        InputTypeError: If they are not such pairs.
        InputValueError: If there is none.

    Example:
        >>> from loanmath.presets import cn
        >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> len(to_accounts([("a", account)]))
        1
    """
    allowed = "(name, account) pairs"
    if isinstance(accounts, (str, bytes)) or not isinstance(accounts, Iterable):
        raise InputTypeError("accounts", got=accounts, allowed=allowed)
    found = []
    for pair in accounts:
        # Checked one by one: what comes may never end.
        if type(pair) is not tuple or len(pair) != 2:
            raise InputTypeError("accounts", got=pair, allowed=allowed)
        to_name(pair[0], "name of an account")
        if not isinstance(pair[1], (Account, LineAccount)):
            raise InputTypeError(
                f"account {pair[0]}",
                got=pair[1],
                allowed="Account(...) or LineAccount(...)",
            )
        found.append(pair)
    if not found:
        raise InputValueError("accounts", got=found, allowed="at least one")
    return tuple(found)


def book_of(
    accounts: NamedAccounts,
    on: date,
    *,
    borrowers: Mapping[str, str] | None = None,
    restructured: Sequence[str] = (),
    progress: Progress | None = None,
) -> Book:
    """
    Return the book of many accounts on a date; those not yet open are not in it.

    Args:
        accounts: (name, account) pairs, each name once, of one currency.
        on: The date.
        borrowers: Who owes an account, by its name; one that is not named has a
            borrower of its own.
        restructured: The names of the accounts that count as restructured.
        progress: Called with how many accounts are done, and how many there are.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If there is no account.
        TermsError: If a name stands twice, or accounts are of two currencies.
        UnknownNameError: If a borrower or a restructuring is of no account.

    Example:
        >>> from loanmath.presets import cn
        >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> book_of([("a", account)], date(2026, 3, 31))
        <Book of 1 loan on 2026-03-31>
    """
    found = to_accounts(accounts)
    day = to_date(on, "on")
    owners = {} if borrowers is None else dict(to_named(borrowers, "borrower", to_name))
    eased = _to_restructured(restructured)
    check_callable(progress)
    names = {name for name, _ in found}
    for name in (*owners, *eased):
        if name not in names:
            raise UnknownNameError("account", got=name, allowed="one of the accounts")
    loans = []
    for count, (name, account) in enumerate(found, start=1):
        if first_day(account) <= day:
            loans.append(
                snapshot(
                    account,
                    day,
                    name=name,
                    borrower=owners.get(name, ""),
                    restructured=name in eased,
                )
            )
        if progress is not None:
            progress(count, len(found))
    return Book(_currency(found[0][1]), day, loans)


def check_callable(progress: object) -> None:
    """
    Refuse a progress that cannot be called.

    Example:
        >>> check_callable(None)
    """
    if progress is not None and not callable(progress):
        raise InputTypeError("progress", got=progress, allowed="a function, or None")


def _currency(account: AnyAccount) -> str:
    if isinstance(account, LineAccount):
        return account.line.currency
    return account.loan.currency


def _to_restructured(names: object) -> frozenset[str]:
    if not isinstance(names, (list, tuple)):
        raise InputTypeError(
            "restructured", got=names, allowed="a list of names of accounts"
        )
    return frozenset(to_name(name, "restructured") for name in names)
