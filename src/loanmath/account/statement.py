"""The statement of an account: what was charged and paid between two days."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from loanmath.account.history import history_of
from loanmath.account.lines import lines_of
from loanmath.currency import from_units
from loanmath.schedule.printed import PrintedRecords
from loanmath.schedule.printing import (
    Table,
)

if TYPE_CHECKING:
    from loanmath.account.account import Account

__all__ = ["AccountStatement", "StatementLine", "statement_of"]


class StatementLine(NamedTuple):
    """
    One line of a statement, with amounts in major units.

    Attributes:
        on: The day.
        what: What happened.
        charged: What was added to the balance.
        paid: What was taken off it by money.
        balance: The balance after it.

    Example:
        >>> StatementLine(date(2026, 2, 20), "payment p1", Decimal("0.00"),
        ...     Decimal("500.00"), Decimal("400.41")).paid
        Decimal('500.00')
    """

    on: date
    what: str
    charged: Decimal
    paid: Decimal
    balance: Decimal


@frozen(repr=False)
class AccountStatement(PrintedRecords):
    """
    What happened to an account from one day to another, both included (账户对账单).

    Formula: `balance = principal + interest and fees fallen due + penalty and compound
    interest - credit`, of what is unpaid; every line is `balance = balance before +
    charged - paid`. Interest that is paid before it is due is charged as it is paid.

    Attributes:
        currency: The currency of every amount.
        since: The first day.
        until: The last day.
        opening: The balance as the first day begins.
        lines: What happened, in order.
        closing: The balance as the last day ends.

    Example:
        >>> from loanmath.account import Account
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> print(statement_of(Account.open(loan), loan.disbursed, date(2026, 2, 28)))
        Account in CNY from 2026-01-15 to 2026-02-28
        Date        What                           Charged  Paid   Balance
        2026-01-15  opening balance                                   0.00
        2026-01-15  principal paid out            1,000.00  0.00  1,000.00
        2026-02-15  installment 1 due: fee 30.00     30.00  0.00  1,030.00
        2026-02-28  Total                         1,030.00  0.00  1,030.00
        >>> day, nothing = date(2026, 1, 15), Decimal("0.00")
        >>> AccountStatement("CNY", day, day, nothing, (), nothing, nothing,
        ...     nothing).to_csv().strip()
        'on,what,charged,paid,balance'
    """

    currency: str
    since: date
    until: date
    opening: Decimal
    lines: tuple[StatementLine, ...]
    closing: Decimal
    charged: Decimal
    paid: Decimal

    def _table(self) -> Table:
        first = [f"{self.since}", "opening balance", "", "", f"{self.opening:,f}"]
        rows = [
            [f"{line.on}", line.what, *(f"{amount:,f}" for amount in line[2:])]
            for line in self.lines
        ]
        amounts = (self.charged, self.paid, self.closing)
        total = [f"{self.until}", "Total", *(f"{amount:,f}" for amount in amounts)]
        header = ["Date", "What", "Charged", "Paid", "Balance"]
        caption = f"Account in {self.currency} from {self.since} to {self.until}"
        return Table(caption, header, [first, *rows], total, words=(0, 1))

    def __repr__(self) -> str:
        return (
            f"<AccountStatement from {self.since} to {self.until}: {len(self.lines)}"
            f" lines, {self.currency} {self.opening} to {self.closing}>"
        )

    def _records(self) -> list[Sequence[object]]:
        return [StatementLine._fields, *self.lines]


def statement_of(account: "Account", since: date, until: date) -> AccountStatement:
    """
    Return the statement of an account from one day to another, both included.

    Args:
        account: The account.
        since: The first day, not before the loan.
        until: The last day, not before the first.

    Raises:
        InputTypeError: If a day is not a `date`.
        DateRangeError: If a day is out of range.

    Example:
        >>> from loanmath.account import Account
        >>> from loanmath.events import Payment
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> account = Account.open(loan).record(
        ...     Payment(id="p1", on=date(2026, 2, 15), amount="530"))
        >>> statement = statement_of(account, date(2026, 2, 1), date(2026, 2, 28))
        >>> statement.opening, statement.charged, statement.paid, statement.closing
        (Decimal('1000.00'), Decimal('30.00'), Decimal('530.00'), Decimal('500.00'))
    """
    history = history_of(account)
    first, last = history.days_of(since, until)
    opening, lines = lines_of(history, first, last)
    digits, balance, found = account.loan.digits, opening, []
    for line in lines:
        balance += line.charged - line.paid
        amounts = (line.charged, line.paid, balance)
        found.append(
            StatementLine(
                date.fromordinal(line.day),
                line.what,
                *(from_units(units, digits) for units in amounts),
            )
        )
    return AccountStatement(
        currency=account.loan.currency,
        since=since,
        until=until,
        opening=from_units(opening, digits),
        lines=tuple(found),
        closing=from_units(balance, digits),
        charged=from_units(sum(line.charged for line in lines), digits),
        paid=from_units(sum(line.paid for line in lines), digits),
    )
