"""The products of Apache Fineract: the loans they make, and how these are kept."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from loanmath.daycount import HeadTail
from loanmath.doors import to_count, to_date, to_enum, to_flag
from loanmath.errors import InputTypeError, TermsError
from loanmath.presets.engines.fineract_allocation import (
    FineractAllocation,
    allocation_of,
    to_allocations,
    to_strategy,
)
from loanmath.presets.engines.fineract_settings import (
    DAY_COUNTS,
    INTEREST_TO,
    DaysInMonth,
    DaysInYear,
    InterestPeriod,
    PreClosure,
)
from loanmath.rates import Rate
from loanmath.recurrence import Step, step_dates
from loanmath.rounding import Rounding
from loanmath.terms import (
    AddOnInterest,
    CreditUse,
    Fee,
    Holiday,
    InstallmentLoan,
    InterestOn,
    LevelPayment,
    PenaltyInterest,
    Prepayment,
    RemainingFees,
    Repayment,
    SameDay,
    Servicing,
    Unearned,
)

__all__ = ["FineractProduct", "fineract_like"]


def _to_every(every: object) -> Step:
    return Step.of(every)


def _to_days_in_month(days: str | DaysInMonth) -> DaysInMonth:
    return to_enum(days, DaysInMonth, "days_in_month")


def _to_days_in_year(days: str | DaysInYear) -> DaysInYear:
    return to_enum(days, DaysInYear, "days_in_year")


def _to_interest_by(period: str | InterestPeriod) -> InterestPeriod:
    return to_enum(period, InterestPeriod, "interest_by")


def _to_is_flat(flag: bool) -> bool:
    return to_flag(flag, "is_flat")


def _to_is_progressive(flag: bool) -> bool:
    return to_flag(flag, "is_progressive")


def _to_multiple(multiple: str | int | Decimal | None) -> Decimal | None:
    return None if multiple is None else Rounding("half_even", multiple).unit


def _to_grace_on_principal(count: int) -> int:
    return _to_grace(count, "grace_on_principal")


def _to_grace_on_interest(count: int) -> int:
    return _to_grace(count, "grace_on_interest")


def _to_grace(count: int, what: str) -> int:
    return 0 if type(count) is int and count == 0 else to_count(count, what, 1_199)


def _to_is_vertical(flag: bool) -> bool:
    return to_flag(flag, "is_vertical")


def _to_recalculates(flag: bool) -> bool:
    return to_flag(flag, "recalculates_interest")


def _to_pre_closure(strategy: str | PreClosure) -> PreClosure:
    return to_enum(strategy, PreClosure, "pre_closure")


def _to_past_due(flag: bool) -> bool:
    return to_flag(flag, "interest_on_past_due")


@frozen(kw_only=True)
class FineractProduct:
    """
    The settings of a loan product as Apache Fineract names them.

    Args:
        every: The step between installments.
        days_in_month: `"30"` or `"actual"`.
        days_in_year: `"360"`, `"364"`, `"365"`, `"actual"`, or `"leap_period"` for 366
            only in a period that holds a 29 February.
        interest_by: `"day"`, or `"installment"`: a period counts its months alone.
        is_flat: Whether interest is on the original amount.
        is_progressive: Whether the schedule is of the progressive kind: the payment is
            solved in a second pass where the last one would differ too much.
        multiple: What installments are rounded to multiples of, in major units; there
            is no second pass then.
        grace_on_principal: First installments without principal.
        grace_on_interest: First installments without interest, which is due with the
            first one after them.
        strategy: The fixed order of payments, where there are no allocations.
        allocations: The order by type of transaction; one is the default.
        is_vertical: Whether a component is cleared over all installments before the
            next one.
        recalculates_interest: Whether interest follows the balance of each day.
        interest_on_past_due: Whether that balance holds principal that is past due.
        pre_closure: To when interest then runs on an early payoff:
            `"TILL_PRE_CLOSE_DATE"` or `"TILL_REST_FREQUENCY_DATE"`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> FineractProduct(days_in_month="actual", days_in_year="365").every
        Step(months=1, days=0)

    Source: conventions of Apache Fineract 1.14.1 as its end-to-end loan scenarios show
    them, recomputed to the cent. 中文: 贷款产品参数.
    """

    every: Step = field(default=Step(months=1), converter=_to_every)
    days_in_month: DaysInMonth = field(
        default=DaysInMonth.THIRTY, converter=_to_days_in_month
    )
    days_in_year: DaysInYear = field(
        default=DaysInYear.D360, converter=_to_days_in_year
    )
    interest_by: InterestPeriod = field(
        default=InterestPeriod.DAY, converter=_to_interest_by
    )
    is_flat: bool = field(default=False, converter=_to_is_flat)
    is_progressive: bool = field(default=True, converter=_to_is_progressive)
    multiple: Decimal | None = field(default=None, converter=_to_multiple)
    grace_on_principal: int = field(default=0, converter=_to_grace_on_principal)
    grace_on_interest: int = field(default=0, converter=_to_grace_on_interest)
    strategy: str = field(default="mifos-standard-strategy", converter=to_strategy)
    allocations: tuple[FineractAllocation, ...] = field(
        default=(), converter=to_allocations
    )
    is_vertical: bool = field(default=False, converter=_to_is_vertical)
    recalculates_interest: bool = field(default=False, converter=_to_recalculates)
    interest_on_past_due: bool = field(default=True, converter=_to_past_due)
    pre_closure: PreClosure = field(default=PreClosure.DATE, converter=_to_pre_closure)

    def servicing(self) -> Servicing:
        """
        Return how an account of the product is kept.

        Formula: money beyond what is due goes where the rule of its transaction says;
        interest and fees of later installments stay owed when all is repaid early,
        unless interest follows the balance. What was overpaid pays a later charge at
        once. Events of one day come in the order of their sequence.

        Raises:
            TermsError: If ranks leave something out.

        Example:
            >>> FineractProduct().servicing().prepayment.unearned
            <Unearned.DUE: 'due'>
        """
        follows = self.recalculates_interest
        return Servicing(
            interest_on=InterestOn.BALANCE if follows else InterestOn.SCHEDULE,
            allocation=allocation_of(
                self.strategy, self.allocations, is_vertical=self.is_vertical
            ),
            prepayment=Prepayment(
                interest=INTEREST_TO[self.pre_closure],
                unearned=Unearned.WAIVED if follows else Unearned.DUE,
                remaining_fees=RemainingFees.DUE,
            ),
            credit=CreditUse.AT_ONCE,
            same_day=SameDay.SEQUENCE,
        )

    def penalty(self) -> PenaltyInterest | None:
        """
        Return what past-due principal bears: nothing, or contract interest alone.

        Example:
            >>> FineractProduct(interest_on_past_due=False).penalty().rate
            Rate('0%/day')
        """
        if self.interest_on_past_due:
            return None
        return PenaltyInterest(rate=Rate("0%/day"))

    def counted_by(self, *, from_disbursement: bool = True) -> tuple[str, HeadTail]:
        """
        Return the day count of the settings, and which end days bear interest.

        Formula: a period of whole months has 30 days each where months have 30,
        whatever its dates, and its actual days have equal parts of its interest; so it
        is where interest is counted by installments. Where years are actual, a period
        over the new year has its days up to 31 December in the old one and the days
        from then on in the new one. Installments that are days or weeks apart count
        actual days.

        Args:
            from_disbursement: Whether due dates are counted from the day of
                disbursement, so that the first period is a whole one.

        Raises:
            TermsError: If no day count stands for the settings.

        Example:
            >>> FineractProduct().counted_by()[0]
            '1/12'
        """
        in_month, in_year = self.days_in_month, self.days_in_year
        if not self.every.months:
            if in_month is DaysInMonth.THIRTY:
                in_month = DaysInMonth.ACTUAL
        elif self.interest_by is InterestPeriod.INSTALLMENT or (
            from_disbursement
            and (in_month, in_year) == (DaysInMonth.THIRTY, DaysInYear.D360)
        ):
            return "1/12", HeadTail.HEAD
        found = DAY_COUNTS.get((in_month, in_year))
        if found is None:
            raise TermsError(
                "days_in_year",
                got=in_year.value,
                allowed="360 or 365, where a month has 30 days",
            )
        return found

    def repayment(self, count: int) -> Repayment:
        """
        Return the repayment method of the settings.

        Formula: the payment is rounded half-even to the cent, or to the multiple, and
        the last installment takes the rest. Flat interest by the day is, in a
        progressive schedule, that of each period's own days.

        Example:
            >>> FineractProduct(multiple="1").repayment(6).residue.value
            'last'
        """
        if self.is_flat:
            by_day = self.interest_by is InterestPeriod.DAY and self.is_progressive
            return AddOnInterest(count, earned="by_time" if by_day else "level")
        if self.multiple is not None:
            return LevelPayment(count, rounding=Rounding("half_even", self.multiple))
        residue = "second_pass" if self.is_progressive else "last"
        return LevelPayment(count, residue=residue)

    def holidays(self) -> tuple[Holiday, ...]:
        """
        Return the first installments on which principal, or nothing at all, is due.

        Raises:
            TermsError: If interest has more grace than principal.

        Example:
            >>> [holiday.last for holiday in FineractProduct(
            ...     grace_on_principal=3, grace_on_interest=1).holidays()]
            [1, 3]
        """
        interest, principal = self.grace_on_interest, self.grace_on_principal
        if interest > principal:
            raise TermsError(
                "grace_on_interest",
                got=interest,
                allowed=f"no more than grace_on_principal, {principal}",
            )
        found = []
        if interest:
            found.append(Holiday(1, interest, "payment", interest="carry"))
        if principal > interest:
            found.append(Holiday(interest + 1, principal - interest, "principal"))
        return tuple(found)


_PRODUCT = FineractProduct()


def fineract_like(  # noqa: PLR0913 a loan, its product and its dates
    principal: str | int | Decimal,
    rate: Rate,
    count: int,
    *,
    currency: str,
    disbursed: date,
    product: FineractProduct = _PRODUCT,
    submitted: date | None = None,
    fees: Sequence[Fee] = (),
) -> InstallmentLoan:
    """
    Return the loan that a Fineract product plans, with how its account is kept.

    Formula: `interest = round(opening * f)`, half-even; the payment is
    `principal * prod (1 + f) / sum of products` with unrounded period factors `f`,
    half-even; see `FineractProduct` for `f`, multiples, grace and the second pass.

    Args:
        principal: The amount disbursed, in major units.
        rate: The rate with its period: a product may quote it per month or per year.
        count: Installments.
        currency: ISO 4217 code.
        disbursed: The day the money is paid out.
        product: The settings of the product.
        submitted: The day that due dates are counted from, where it is not the day of
            disbursement.
        fees: Fees that the plan holds.

    Returns:
        The loan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If the settings contradict each other.

    Example:
        >>> loan = fineract_like("1000", Rate("12%/year"), 2, currency="USD",
        ...     disbursed=date(2026, 1, 31))
        >>> [str(row.payment) for row in loan.schedule()]
        ['507.51', '507.51']

    Source: Apache Fineract 1.14.1, schedules of its end-to-end loan scenarios,
    recomputed to the cent. 中文: 等额本息, 银行家舍入.
    """
    if type(product) is not FineractProduct:
        raise InputTypeError("product", got=product, allowed="a FineractProduct(...)")
    disbursed = to_date(disbursed, "disbursed")
    first_due, due_day = None, None
    if submitted is not None:
        submitted = to_date(submitted, "submitted")
        first_due = _first_due(submitted, product.every)
        due_day = submitted.day if product.every.months else None
    day_count, head_tail = product.counted_by(
        from_disbursement=submitted in (None, disbursed)
    )
    return InstallmentLoan(
        currency=currency,
        principal=principal,
        disbursed=disbursed,
        every=product.every,
        rate=rate,
        repayment=product.repayment(count),
        day_count=day_count,
        head_tail=head_tail,
        rounding=Rounding("half_even"),
        first_due=first_due,
        due_day=due_day,
        holidays=product.holidays(),
        fees=tuple(fees),
        penalty=product.penalty(),
        servicing=product.servicing(),
    )


def _first_due(submitted: date, every: Step) -> date:
    *_, first = step_dates(submitted, every, 2, submitted.day)
    return first
