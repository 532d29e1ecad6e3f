"""What is still to be paid from a day on, if all is paid when it is due."""

from datetime import date
from decimal import Decimal

from attrs import frozen

from loanmath.account import Account
from loanmath.account.amounts import Amounts, to_amounts
from loanmath.currency import from_units

__all__ = ["Outlook", "outlook_of"]


@frozen
class Outlook:
    """
    What is to be paid from a day on: what is overdue on the day, the rest when due.

    Attributes:
        on: The day.
        flows: Date and amount of every payment, in major units, ascending.
        parts: What they are made of.
        installments: How many due dates are to come after the day.
        ends: The last due date; the day itself where nothing is to come.
        principal: All principal owed.
        days_past_due: As the terms count them.
        payoff: What would settle all on the day.
    """

    on: date
    flows: tuple[tuple[date, Decimal], ...]
    parts: Amounts
    installments: int
    ends: date
    principal: Decimal
    days_past_due: int
    payoff: Decimal

    @property
    def total(self) -> Decimal:
        """All that is to be paid."""
        return self.parts.total

    @property
    def later(self) -> tuple[tuple[date, Decimal], ...]:
        """The payments after the day."""
        return tuple(flow for flow in self.flows if flow[0] > self.on)


def outlook_of(account: Account, on: date) -> Outlook:
    """
    Return what is to be paid from a day on, after its events.

    Example:
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> found = outlook_of(Account.open(loan), date(2026, 2, 20))
        >>> [str(amount) for _, amount in found.flows], found.total
        (['530.00', '530.00'], Decimal('1060.00'))
    """
    position, digits = account.position(on), account.loan.digits
    balances = position._state.balances  # noqa: SLF001 the same in units, row by row
    first, by_day = on.toordinal(), dict[int, int]()
    for due, *owed in zip(balances.due, *balances.segment, strict=True):
        if any(owed):
            day = max(due, first)
            by_day[day] = by_day.get(day, 0) + sum(owed)
    flows = tuple(
        (date.fromordinal(day), from_units(by_day[day], digits))
        for day in sorted(by_day)
    )
    parts = to_amounts(list(map(sum, balances.segment)), digits)
    return Outlook(
        on=on,
        flows=flows,
        parts=parts,
        installments=sum(day > on for day, _ in flows),
        ends=flows[-1][0] if flows else on,
        principal=parts.principal,
        days_past_due=position.days_past_due,
        payoff=position.payoff,
    )
