"""A restructured plan as a value: worked out, compared, and booked by nobody yet."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

from attrs import evolve, field, frozen

from loanmath.account import Account
from loanmath.account.amounts import Amounts, to_amounts
from loanmath.account.history import history_of
from loanmath.analysis.accounting import (
    AccountingTerms,
    PresentValueChange,
    PresentValueTest,
    Remeasurement,
    ValueBasis,
    present_value_test,
    remeasure,
)
from loanmath.currency import from_units, sum_of
from loanmath.doors import to_date
from loanmath.errors import (
    DateRangeError,
    EventError,
    InputTypeError,
    TermsError,
)
from loanmath.events import Restructuring
from loanmath.ledger.restructuring import forgiven
from loanmath.ledger.rules import INTEREST
from loanmath.ledger.state import Entry
from loanmath.restructuring.comparison import Comparison, comparison_of
from loanmath.restructuring.limits import check_limits
from loanmath.restructuring.outlook import Outlook, outlook_of
from loanmath.restructuring.remedies import with_remedy
from loanmath.schedule import Schedule
from loanmath.schedule.rows import CashFlow
from loanmath.terms.concessions import (
    Concession,
    PlanLimit,
    to_concessions,
    to_limits,
)
from loanmath.yields import RateConvention, Yield, irr

__all__ = ["Plan", "restructure"]


@frozen(slots=False, eq=False, repr=False)
class Plan:
    """
    A restructured plan beside what it replaces; nothing is booked (重组方案).

    Attributes:
        before: The account as it is.
        after: The account as it would be.
        event: What would be recorded.
        old: What is to be paid from the day on without the plan: the overdue on the
            day, the rest when due.
        new: What is to be paid with it.
        forgiven: What is forgiven, by component, now or while the plan is performed.
        interest_forgone: Interest that is not to be paid any more, forgiven or not
            borne; negative, where longer time bears more. What was capitalized or
            frozen is paid.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import EqualPrincipal, InstallmentLoan
        >>> from loanmath.terms.concessions import Extension
        >>> loan = InstallmentLoan(currency="CNY", principal="1200", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("1%/month"),
        ...     repayment=EqualPrincipal(4))
        >>> plan = restructure(Account.open(loan), date(2026, 1, 15),
        ...     Extension(months=2))
        >>> plan.new.installments, plan.old.total, plan.new.total
        (6, Decimal('1230.00'), Decimal('1242.00'))
        >>> account = plan.before.record(plan.accept(id="r1"))
    """

    before: Account
    after: Account
    event: Restructuring
    old: Outlook
    new: Outlook
    forgiven: Amounts
    interest_forgone: Decimal
    _rate: Yield | None = field(alias="rate")

    @property
    def on(self) -> date:
        """The first day of the plan."""
        return self.event.on

    def accept(self, *, id: str) -> Restructuring:  # noqa: A002 as events call it
        """
        Return the event that books the plan when it is recorded.

        Raises:
            InputTypeError: If the id is not a `str`.
            LimitError: If it is empty or too long.
        """
        return evolve(self.event, id=id)

    @property
    def schedule(self) -> Schedule:
        """
        The new schedule of the principal alone.

        What was carried or frozen into the plan, and principal that is paid later for
        it, is in the rows of `after.position(on)`.
        """
        return self.after.loan_on(self.on).schedule()

    @cached_property
    def rate(self) -> Yield:
        """
        The original effective rate a year: stated, or that of the loan as agreed.

        Raises:
            SolverError: If the loan has no single rate.
        """
        return self._rate or irr(self.before.loan.schedule().cash_flows())

    @property
    def basis(self) -> ValueBasis:
        """The original effective rate, the day of the plan, and the loan's rounding."""
        loan = self.before.loan
        terms = AccountingTerms(loan.currency, rounding=loan.rounding)
        return ValueBasis(self.rate, terms, self.on)

    @property
    def old_value(self) -> Decimal:
        """What the old payments are worth on the day at the original rate (现值)."""
        return self._value(self.old)

    @property
    def new_value(self) -> Decimal:
        """What the new payments are worth on the day at the original rate."""
        return self._value(self.new)

    def _value(self, outlook: Outlook) -> Decimal:
        if not outlook.flows:
            return outlook.total
        return self.basis.present_value(outlook.flows)

    @property
    def loss(self) -> Decimal:
        """
        What the lender loses by the plan (重组损失); negative, a gain.

        Formula: `old value - new value`, both at the original effective rate.
        """
        values = self.old_value, self.new_value.copy_negate()
        return sum_of(values, self.before.loan.digits)

    def modification(
        self,
        *,
        carrying: str | int | Decimal | None = None,
        costs: str | int | Decimal = 0,
        fees: str | int | Decimal = 0,
    ) -> Remeasurement:
        """
        Return what the plan does to the lender's carrying amount (合同修改).

        Args:
            carrying: The gross carrying amount before; left out, what the old payments
                are worth at the original rate.
            costs: Transaction costs paid, zero or above.
            fees: Fees received, zero or above.

        Raises:
            LoanmathError: As `loanmath.analysis.accounting.remeasure` says, such as
                where nothing is to be paid any more.

        Source: IFRS 9, 5.4.3 (in force 2018-01-01), recalled.
        """
        before = self.old_value if carrying is None else carrying
        return remeasure(before, self.new.flows, self.basis, costs=costs, fees=fees)

    def test(
        self, test: PresentValueTest, *, fees: str | int | Decimal = 0
    ) -> PresentValueChange:
        """
        Return whether the plan changes the present value as much as a rule says.

        Args:
            test: The rule, such as `presets.accounting.IFRS_TEN_PERCENT.value`.
            fees: What the borrower pays the lender for the plan, less what he receives.

        Raises:
            FlowsError: If nothing is to be paid any more.
            LoanmathError: As `loanmath.analysis.accounting.present_value_test` says.
        """
        old, new = self.old.flows, self.new.flows
        return present_value_test(old, new, test, self.basis, fees=fees)

    def cash_flows(self, *, planned: bool = True) -> tuple[CashFlow, ...]:
        """
        Return all money of the loan: what moved so far, and what is to be paid.

        Args:
            planned: Whether by the plan, or without it.
        """
        account, outlook = (
            (self.after, self.new) if planned else (self.before, self.old)
        )
        position = account.position(self.on)
        left = position.payoff or position.credit.copy_negate()
        moved = [*account.cash_flows(self.on), CashFlow(self.on, left.copy_negate())]
        flows = [*moved, *(CashFlow(on, amount) for on, amount in outlook.flows)]
        return tuple(flow for flow in flows if flow.amount)

    def compare(
        self, *tests: PresentValueTest, convention: RateConvention | None = None
    ) -> Comparison:
        """
        Return old beside new: payments, term, cost, value, loss, tests, annual rate.

        Args:
            tests: Rules for the present value, as those of `presets.accounting`.
            convention: How the annual rate is stated; left out, the effective rate by
                actual days over 365.

        Raises:
            InputTypeError: If an argument is of the wrong type.
            LoanmathError: If the loan has no original rate; state it then.
        """
        return comparison_of(self, tests, convention)

    def __repr__(self) -> str:
        return (
            f"<Plan of {self.on}: {self.new.installments} installments to"
            f" {self.new.ends}, {self.before.loan.currency} {self.new.total}>"
        )


def restructure(
    account: Account,
    on: date,
    *concessions: Concession,
    limits: Sequence[PlanLimit] = (),
    rate: Yield | None = None,
) -> Plan:
    """
    Return the plan that some concessions make of an account (债务重组方案).

    They are applied in their order to what is owed on the day, after its events; what
    is left is planned anew. The account stays as it is.

    Args:
        account: The account.
        on: The first day of the plan, not before the last event.
        concessions: What is conceded, in its order.
        limits: Named limits that the plan is to keep.
        rate: The original effective rate a year; left out, that of the loan as agreed.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        DateRangeError: If the day is before the last event.
        EventError: If no plan follows: too much is forgiven, or nothing is left, or the
            payment does not repay it; it says what would do.
        TermsError: If nothing is conceded, or a limit is exceeded.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import EqualPrincipal, InstallmentLoan
        >>> from loanmath.terms.concessions import RateCut
        >>> loan = InstallmentLoan(currency="CNY", principal="1200", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("1%/month"),
        ...     repayment=EqualPrincipal(4))
        >>> plan = restructure(Account.open(loan), date(2026, 2, 15),
        ...     RateCut(Rate("0.5%/month")))
        >>> plan.old.total - plan.new.total, plan.loss
        (Decimal('9.00'), Decimal('8.86'))

    中文: 债务重组.

    Source: China Civil Code, Article 543 (in force 2021-01-01), recalled.
    """
    day = _to_day(account, on)
    if rate is not None and type(rate) is not Yield:
        raise InputTypeError("rate", got=rate, allowed="a Yield, as irr(...)")
    conceded, limited = to_concessions(concessions), to_limits(limits)
    event = Restructuring(id=_free_id(account), on=day, concessions=conceded)
    try:
        after = account.record(event)
        new = outlook_of(after, day)
        check_limits(account.loan.schedule()[-1].due, new, limited)
    except (EventError, TermsError) as error:
        raise with_remedy(account, event, limited, error) from error
    old, entry = outlook_of(account, day), _entry_of(after, event)
    return Plan(
        before=account,
        after=after,
        event=event,
        old=old,
        new=new,
        forgiven=to_amounts(forgiven(entry), account.loan.digits),
        interest_forgone=_forgone(old, new, entry, account.loan.digits),
        rate=rate,
    )


def _to_day(account: object, on: object) -> date:
    if type(account) is not Account:
        raise InputTypeError("account", got=account, allowed="an Account")
    day = to_date(on, "on")
    last = max((event.on for event in account.events), default=account.loan.disbursed)
    if day < last:
        raise DateRangeError(
            "on", got=str(day), allowed=f"on or after {last}, the last event"
        )
    return day


def _entry_of(account: Account, event: Restructuring) -> Entry:
    steps = history_of(account).steps
    step = next(step for step in reversed(steps) if step.event is event)
    return next(entry for entry in step.entries if entry.event is event)


def _forgone(old: Outlook, new: Outlook, entry: Entry, digits: int) -> Decimal:
    """Return the interest that is not to be paid; what became principal is paid."""
    moved = sum(
        move.units
        for move in entry.moves
        if move.component == INTEREST and move.what == "capitalized"
    )
    paid = new.parts.interest, from_units(moved, digits)
    return sum_of([old.parts.interest, *(part.copy_negate() for part in paid)], digits)


def _free_id(account: Account) -> str:
    taken = {event.id for event in account.events}
    names = ("plan", *(f"plan {number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
