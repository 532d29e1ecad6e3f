"""What a loan costs, as ceilings see it: principal by the day, and costs by kind."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from attrs import field, frozen

from loanmath.analysis.caps.limits import CostKind
from loanmath.analysis.dated_flows import MOST_DECIMALS
from loanmath.currency import check_limit, currency_digits, from_units, to_units
from loanmath.doors import decimal_parts, to_date
from loanmath.errors import DateRangeError, InputTypeError, LimitError, TermsError
from loanmath.schedule import Schedule
from loanmath.terms.amounts import to_amount
from loanmath.terms.consequences import paid_out_units

__all__ = ["CreditCost", "Steps", "credit_cost"]

Steps: TypeAlias = Sequence[tuple[date, str | int | Decimal]]
"""Amounts with the day that each holds from."""

_MOST_STEPS = 10_000


def _to_steps(steps: object, what: str) -> tuple[tuple[date, Decimal], ...]:
    if not isinstance(steps, (list, tuple)) or any(
        not isinstance(step, tuple) or len(step) != 2 for step in steps
    ):
        raise InputTypeError(what, got=steps, allowed="a list of (date, amount)")
    if len(steps) > _MOST_STEPS:
        raise LimitError(what, got=len(steps), allowed=f"at most {_MOST_STEPS:,}")
    found = tuple((to_date(day, what), to_amount(sum_, what)) for day, sum_ in steps)
    for (before, _), (after, _) in pairwise(found):
        if after <= before:
            raise DateRangeError(what, got=str(after), allowed=f"after {before}")
    if found and found[-1][1]:
        raise TermsError(
            what,
            got=found[-1][1],
            allowed="nothing from the last day on",
            do="end with the day of repayment, or up to which costs count, and 0",
        )
    return found


def _to_outstanding(steps: object) -> tuple[tuple[date, Decimal], ...]:
    found = _to_steps(steps, "outstanding")
    if not any(amount for _, amount in found):
        raise TermsError(
            "outstanding", got=steps, allowed="an amount above zero on some day"
        )
    return found


def _to_overdue(steps: object) -> tuple[tuple[date, Decimal], ...]:
    return _to_steps(steps, "overdue")


def _to_cost(amount: object) -> Decimal:
    return to_amount(amount, "cost")


@frozen
class CreditCost:
    """
    What a loan costs, as ceilings see it: principal by the day, and costs by kind.

    What is taken off the amount paid out for costs was not lent: it is a cost.

    Args:
        currency: The currency of every amount, an ISO 4217 code.
        outstanding: The principal outstanding, as (date, amount): the amount holds from
            that day; the last is 0, on the day that it was repaid or up to which costs
            count. Every rise is an amount lent.
        interest: Interest while the loan performs, in major units.
        fee: Other costs that do not depend on default.
        default_interest: Penalty and compound interest.
        default_fee: Late charges and other fees of default.
        overdue: The overdue principal, as `outstanding`; left out, none was.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount or a date is not allowed.
        DateRangeError: If days are not in order.
        LimitError: If an amount is negative, above 10^13 of the currency's smallest
            unit, or has over 30 decimals.
        TermsError: If nothing was lent, or the last amount is not zero.

    Example:
        >>> lent = [(date(2026, 1, 1), "100"), (date(2026, 1, 31), 0)]
        >>> cost = CreditCost(currency="GBP", outstanding=lent, interest="24")
        >>> cost.lent, cost.total()
        (Decimal('100.00'), Decimal('24.00'))
    """

    currency: str = field(kw_only=True)
    outstanding: tuple[tuple[date, Decimal], ...] = field(
        converter=_to_outstanding, kw_only=True
    )
    interest: Decimal = field(default=Decimal(0), converter=_to_cost, kw_only=True)
    fee: Decimal = field(default=Decimal(0), converter=_to_cost, kw_only=True)
    default_interest: Decimal = field(
        default=Decimal(0), converter=_to_cost, kw_only=True
    )
    default_fee: Decimal = field(default=Decimal(0), converter=_to_cost, kw_only=True)
    overdue: tuple[tuple[date, Decimal], ...] = field(
        default=(), converter=_to_overdue, kw_only=True
    )
    digits: int = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        amounts = [amount for _, amount in (*self.outstanding, *self.overdue)]
        amounts += [self._of(kind) for kind in CostKind]
        minor = currency_digits(self.currency)
        digits = max(minor, *map(_decimals, amounts))
        for amount in amounts:
            check_limit(to_units(amount, digits, "amount"), digits, minor, "amount")
        object.__setattr__(self, "digits", digits)

    def _of(self, kind: CostKind) -> Decimal:
        return {
            CostKind.INTEREST: self.interest,
            CostKind.FEE: self.fee,
            CostKind.DEFAULT_INTEREST: self.default_interest,
            CostKind.DEFAULT_FEE: self.default_fee,
        }[kind]

    @property
    def lent(self) -> Decimal:
        """
        All that was lent: the sum of every rise of what is outstanding.

        Example:
            >>> steps = [(date(2026, 1, 1), 100), (date(2026, 2, 1), 50),
            ...     (date(2026, 3, 1), 80), (date(2026, 4, 1), 0)]
            >>> CreditCost(currency="GBP", outstanding=steps).lent
            Decimal('130.00')
        """
        rises, before = 0, 0
        for _, amount in self.outstanding:
            units = to_units(amount, self.digits, "outstanding")
            rises += max(units - before, 0)
            before = units
        return from_units(rises, self.digits)

    @property
    def owed_at_default(self) -> Decimal:
        """
        The principal outstanding on the first day that some of it was overdue.

        Raises:
            TermsError: If nothing was overdue.

        Example:
            >>> steps = [(date(2026, 1, 1), 100), (date(2026, 3, 1), 0)]
            >>> late = [(date(2026, 2, 1), 40), (date(2026, 3, 1), 0)]
            >>> CreditCost(currency="ZAR", outstanding=steps, overdue=late
            ...     ).owed_at_default
            Decimal('100.00')
        """
        first = next((day for day, amount in self.overdue if amount), None)
        if first is None:
            raise TermsError(
                "overdue",
                got=self.overdue,
                allowed="the overdue principal by day",
                do="state it: the cap is a share of what was owed at default",
            )
        owed = [amount for day, amount in self.outstanding if day <= first]
        return from_units(
            to_units(owed[-1] if owed else 0, self.digits, "outstanding"), self.digits
        )

    def total(self, of: Iterable[CostKind] = tuple(CostKind)) -> Decimal:
        """
        Return the sum of the costs of some kinds; of all by default.

        Example:
            >>> lent = [(date(2026, 1, 1), "100"), (date(2026, 1, 31), 0)]
            >>> cost = CreditCost(currency="GBP", outstanding=lent, interest="20",
            ...     default_fee="15")
            >>> cost.total([CostKind.DEFAULT_FEE])
            Decimal('15.00')
        """
        kinds = set(of)
        return from_units(
            sum(to_units(self._of(kind), self.digits, "cost") for kind in kinds),
            self.digits,
        )

    def amount_days(self, *, overdue: bool = False) -> int:
        """
        Return the sum over days of the principal, in units of 10^-digits.

        Example:
            >>> lent = [(date(2026, 1, 1), "100"), (date(2026, 1, 31), 0)]
            >>> CreditCost(currency="GBP", outstanding=lent).amount_days()
            300000
        """
        steps = self.overdue if overdue else self.outstanding
        return sum(
            to_units(amount, self.digits, "principal") * (until - since).days
            for (since, amount), (until, _) in pairwise(steps)
        )


def _decimals(amount: Decimal) -> int:
    digits = max(-decimal_parts(amount, "amount")[1], 0)
    if digits > MOST_DECIMALS:
        raise LimitError(
            "amount", got=amount, allowed=f"at most {MOST_DECIMALS} decimals"
        )
    return digits


def credit_cost(schedule: Schedule) -> CreditCost:
    """
    Return what a planned loan costs, as ceilings see it.

    Principal is outstanding until the due date of the payment that repays it. Discount
    and fees taken off the amount paid out were not lent, and what was capitalized is
    interest: both are repaid before what was lent.

    Args:
        schedule: The plan.

    Raises:
        InputTypeError: If it is not a `Schedule`.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import InstallmentLoan, SinglePayment
        >>> loan = InstallmentLoan(currency="GBP", principal="100", every="monthly",
        ...     disbursed=date(2026, 4, 1), rate=Rate("0.8%/day"),
        ...     repayment=SinglePayment(1))
        >>> cost = credit_cost(loan.schedule())
        >>> cost.interest, cost.amount_days()
        (Decimal('24.00'), 300000)
    """
    if type(schedule) is not Schedule:
        raise InputTypeError("schedule", got=schedule, allowed="a Schedule")
    loan, columns = schedule.loan, schedule.columns()
    digits, discount = loan.digits, loan.discount or 0
    interest = sum(columns["interest"]) + sum(columns["capitalized"])
    interest += to_units(discount, digits, "discount")
    # Whatever is paid beyond what was received is a cost, financed fees with it.
    flows = sum(to_units(flow.amount, digits, "flow") for flow in schedule.cash_flows())
    return CreditCost(
        currency=loan.currency,
        outstanding=[
            (day, from_units(units, digits)) for day, units in _outstanding(schedule)
        ],
        interest=from_units(interest, digits),
        fee=from_units(flows - interest, digits),
    )


def _outstanding(schedule: Schedule) -> list[tuple[date, int]]:
    loan, columns = schedule.loan, schedule.columns()
    received = paid_out_units(loan)
    # By day: how the balance moves, and what the borrower receives.
    moves: dict[date, list[int]] = {loan.disbursed: [columns["opening"][0], received]}
    for drawdown in loan.drawdowns:
        units = to_units(drawdown.amount, loan.digits, "drawdown")
        move = moves.setdefault(drawdown.on, [0, 0])
        move[0], move[1] = move[0] + units, move[1] + units
    for due, joined, repaid in zip(
        columns["due"], columns["capitalized"], columns["principal"], strict=True
    ):
        moves.setdefault(due, [0, 0])[0] += joined - repaid
    steps: list[tuple[date, int]] = []
    owed = lent = 0
    for day in sorted(moves):
        owed, lent = owed + moves[day][0], lent + moves[day][1]
        steps.append((day, min(owed, lent)))
    return steps
