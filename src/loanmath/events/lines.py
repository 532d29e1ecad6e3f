"""What happens on a line of credit alone: drawing on it, and changes of its terms."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from loanmath.doors import to_count, to_date, to_flag, to_text
from loanmath.errors import EventError, InputTypeError, TermsError
from loanmath.events.recorded import Recorded, to_amount, to_of
from loanmath.terms import InstallmentLoan
from loanmath.terms.amounts import to_amount as exact_amount
from loanmath.terms.amounts import to_share

__all__ = [
    "BillDeferral",
    "CashAdvance",
    "Conversion",
    "CycleChange",
    "Drawing",
    "LimitChange",
    "PlanSettlement",
    "Purchase",
    "Transfer",
]

_MOST_COUNT = 120
_MOST_DAY = 31
_MOST_DAYS_TO_PAY = 100


def _to_bought(bought: object) -> date | None:
    return None if bought is None else to_date(bought, "bought")


def _to_segment(segment: object) -> str:
    return to_text(segment, "segment")


def _to_name(name: object) -> str:
    return to_text(name, "name")


def _to_optional_amount(amount: object) -> Decimal | None:
    return None if amount is None else to_amount(amount)


def _to_optional_of(of: object) -> str | None:
    return None if of is None else to_of(of)


def _to_count(count: object) -> int | None:
    return None if count is None else to_count(count, "count", _MOST_COUNT)


def _to_fee(fee: object) -> Fraction | None:
    return None if fee is None else to_share(fee, "fee", most=1)


def _to_limit(amount: object) -> Decimal:
    return exact_amount(amount, "amount", least=1)


def _to_until(until: object) -> date | None:
    return None if until is None else to_date(until, "until")


def _to_last(until: object) -> date:
    return to_date(until, "until")


def _to_interest_free(interest_free: object) -> bool:
    return to_flag(interest_free, "interest_free")


def _to_statement_day(day: object) -> int:
    return to_count(day, "statement_day", _MOST_DAY)


def _to_due_day(day: object) -> int | None:
    return None if day is None else to_count(day, "due_day", _MOST_DAY)


def _to_days(days: object) -> int | None:
    return None if days is None else to_count(days, "due_after", _MOST_DAYS_TO_PAY)


@frozen(kw_only=True)
class Drawing(Recorded):
    """
    What every use of a line has.

    Args:
        id: The name of the event, unique in its account.
        on: The posting date (入账日): cycles and interest go by it.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        amount: The amount, in major units.
        segment: The balance it belongs to.
        bought: The day of the transaction, where it was before; goods that are paid for
            once received are posted on that day.
        name: Where or what for.

    Raises:
        EventError: If the transaction is after its posting.

    Example:
        >>> Drawing(id="u1", on=date(2026, 3, 5), amount="120").segment
        'purchases'
    """

    amount: Decimal = field(converter=to_amount)
    segment: str = field(default="purchases", converter=_to_segment)
    bought: date | None = field(default=None, converter=_to_bought)
    name: str = field(default="", converter=_to_name)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.bought is not None and self.bought > self.on:
            raise EventError(
                f"event {self.id}",
                got=f"bought on {self.bought}",
                allowed=f"on or before {self.on}, when it is posted",
            )


@frozen(kw_only=True)
class Purchase(Drawing):
    """
    Something bought on a line (消费).

    Args:
        id: The name of the event, unique in its account.
        on: The posting date (入账日): cycles and interest go by it.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        amount: The price, in major units.
        segment: The balance it belongs to.
        bought: The day of the transaction, where it was before.
        name: Where or what for.

    Example:
        >>> Purchase(id="u1", on=date(2026, 3, 5), amount="120", name="books").name
        'books'
    """


@frozen(kw_only=True)
class CashAdvance(Drawing):
    """
    Cash drawn on a line (取现).

    Args:
        id: The name of the event, unique in its account.
        on: The posting date.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        amount: The cash, in major units.
        segment: The balance it belongs to.
        bought: The day of the transaction, where it was before.
        name: Where or what for.

    Example:
        >>> CashAdvance(id="k1", on=date(2026, 3, 5), amount="500").segment
        'cash'
    """

    segment: str = field(default="cash", converter=_to_segment)


@frozen(kw_only=True)
class Transfer(Drawing):
    """
    A debt elsewhere that a line takes over (余额代偿).

    Args:
        id: The name of the event, unique in its account.
        on: The posting date.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        amount: The debt, in major units.
        segment: The balance it belongs to.
        bought: The day of the transaction, where it was before.
        name: Where from.

    Example:
        >>> Transfer(id="t1", on=date(2026, 3, 5), amount="2000").segment
        'transfers'
    """

    segment: str = field(default="transfers", converter=_to_segment)


@frozen(kw_only=True)
class Conversion(Recorded):
    """
    A purchase, or part of the last bill, turned into installments (分期).

    Args:
        id: The name of the event, unique in its account; the plan goes by it.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        amount: What of it, in major units; left out, all that is left of the purchase.
        of: The id of the purchase; left out, the purchases of the last bill, the oldest
            first.
        count: The number of installments, at the fee that the line's terms say.
        fee: The fee of the whole plan as a share of the amount, where agreed otherwise.
        plan: Or the plan as a loan of the amount: its installments are billed one by
            one; its dates are not used.

    Raises:
        TermsError: If not exactly one of `count` and `plan` is given.

    Example:
        >>> Conversion(id="s1", on=date(2026, 3, 5), of="u1", count=12).count
        12
    """

    amount: Decimal | None = field(default=None, converter=_to_optional_amount)
    of: str | None = field(default=None, converter=_to_optional_of)
    count: int | None = field(default=None, converter=_to_count)
    fee: Fraction | None = field(default=None, converter=_to_fee)
    plan: InstallmentLoan | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.plan is not None and type(self.plan) is not InstallmentLoan:
            raise InputTypeError("plan", got=self.plan, allowed="InstallmentLoan(...)")
        if (self.count is None) == (self.plan is None):
            raise TermsError(
                f"event {self.id}",
                got="neither count nor plan" if self.plan is None else "both",
                allowed="exactly one of count and plan",
            )
        if self.fee is not None and self.plan is not None:
            raise TermsError(
                f"event {self.id}", got="a fee with a plan", allowed="a fee with count"
            )
        if self.amount is None and self.of is None:
            raise TermsError(
                f"event {self.id}", got="neither amount nor of", allowed="one of them"
            )


@frozen(kw_only=True)
class PlanSettlement(Recorded):
    """
    What is left of a plan of installments falls due at once (提前结清分期).

    Args:
        id: The name of the event, unique in its account.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        of: The id of the conversion.

    Example:
        >>> PlanSettlement(id="e1", on=date(2026, 6, 1), of="s1").of
        's1'
    """

    of: str = field(converter=to_of)


@frozen(kw_only=True)
class BillDeferral(Recorded):
    """
    The last bill is due on a later day, by agreement (延期还款).

    Its minimum is due on the new day. Until then nothing of it is late: no default
    charge, no overdue rate, no days past due. Its free period ends as it would have,
    and the rest bears from then on as agreed, unless the deferral is free of interest.
    A fee for it is a `Charge`.

    Args:
        id: The name of the event, unique in its account.
        on: The day it is agreed, before the bill is decided or deferred already.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        until: The new due day: after the old one, not after that of the next bill.
        interest_free: Whether the free period lasts until then too.

    Example:
        >>> agreed = BillDeferral(id="d1", on=date(2026, 4, 8), until=date(2026, 5, 10))
        >>> agreed.interest_free
        False
    """

    until: date = field(converter=_to_last)
    interest_free: bool = field(default=False, converter=_to_interest_free)


@frozen(kw_only=True)
class LimitChange(Recorded):
    """
    Another limit (调整额度), for good or until a day (临时额度).

    Args:
        id: The name of the event, unique in its account.
        on: The first day it holds.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        amount: The limit, in major units, above zero.
        until: The last day it holds; left out, it holds for good.

    Raises:
        EventError: If it ends before it begins.

    Example:
        >>> LimitChange(id="l1", on=date(2026, 3, 5), amount="30000",
        ...     until=date(2026, 4, 4)).until.day
        4
    """

    amount: Decimal = field(converter=_to_limit)
    until: date | None = field(default=None, converter=_to_until)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.until is not None and self.until < self.on:
            raise EventError(
                f"event {self.id}",
                got=f"until {self.until}",
                allowed=f"on or after {self.on}",
            )


@frozen(kw_only=True)
class CycleChange(Recorded):
    """
    Other billing days (调整账单日): the open cycle ends on the first new statement day.

    Args:
        id: The name of the event, unique in its account.
        on: The day it is agreed.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        statement_day: The day of the month on which a bill is made, 1 to 31.
        due_day: The day of the month on which it is due, 1 to 31.
        due_after: Or how many days after the statement it is due, 1 to 100.

    Raises:
        TermsError: If not exactly one of `due_day` and `due_after` is given.

    Example:
        >>> CycleChange(id="y1", on=date(2026, 3, 5), statement_day=20,
        ...     due_day=8).statement_day
        20
    """

    statement_day: int = field(converter=_to_statement_day)
    due_day: int | None = field(default=None, converter=_to_due_day)
    due_after: int | None = field(default=None, converter=_to_days)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if (self.due_day is None) == (self.due_after is None):
            raise TermsError(
                f"event {self.id}",
                got="neither" if self.due_day is None else "both",
                allowed="exactly one of due_day and due_after",
            )
