"""Limits of Chinese law for restructured plans, as dated constants."""

from datetime import date

from loanmath.doors import to_count
from loanmath.errors import InputTypeError
from loanmath.line_account import LineAccount
from loanmath.presets.facts import Fact
from loanmath.rates import Rate
from loanmath.restructuring import ObservationPeriod, Refinancing, refinance
from loanmath.restructuring.limits import months_between
from loanmath.restructuring.refinancing import owed_on
from loanmath.terms import Fee, InstallmentLoan, LevelPayment
from loanmath.terms.concessions import PlanLimit

__all__ = [
    "ARTICLE_70",
    "LONG_EXTENSION",
    "LONG_FROM_MONTHS",
    "MEDIUM_EXTENSION_SHARE",
    "OBSERVATION",
    "SECOND_RESTRUCTURING",
    "SHORT_TO_MONTHS",
    "card_agreement",
    "extension_limit",
]

_CARDS = "Measures on Bank Card Business of Commercial Banks (CBRC Order 2011 No. 2)"
_GENERAL = "General Rules of Loans (PBOC, 1996), Article 12"
_CLASSES = "Measures on Risk Classification of Financial Assets (2023)"

ARTICLE_70: Fact[PlanLimit] = Fact(
    PlanLimit("Article 70", installments=60, months=60),
    in_force=date(2011, 1, 13),
    source=f"{_CARDS}, Article 70",
    recalled=True,
    note="the term of five years was seen; the day in force is recalled. A personalized"
    " agreement presupposes that the debt exceeds the ability to repay, and that the"
    " holder is willing to",
)
"""The most that a personalized installment agreement of a bank card may take."""

SHORT_TO_MONTHS: Fact[int] = Fact(
    12,
    in_force=date(1996, 8, 1),
    source="General Rules of Loans (PBOC, 1996), Article 8",
    recalled=True,
    note="loans of up to a year are short",
)
"""The longest term of a short loan, in months."""

LONG_FROM_MONTHS: Fact[int] = Fact(
    60,
    in_force=date(1996, 8, 1),
    source="General Rules of Loans (PBOC, 1996), Article 8",
    recalled=True,
    note="loans of more than five years are long, those between are medium",
)
"""The longest term of a medium loan, in months."""

MEDIUM_EXTENSION_SHARE: Fact[tuple[int, int]] = Fact(
    (1, 2),
    in_force=date(1996, 8, 1),
    source=_GENERAL,
    recalled=False,
    note="a medium loan is extended by up to half its term in all, a short one by up to"
    " its whole term; the day in force is recalled",
)
"""The share of its term by which a medium loan may be extended."""

LONG_EXTENSION: Fact[int] = Fact(
    36,
    in_force=date(1996, 8, 1),
    source=_GENERAL,
    recalled=False,
    note="three years in all; the day in force is recalled",
)
"""The months by which a long loan may be extended."""

OBSERVATION: Fact[ObservationPeriod] = Fact(
    ObservationPeriod(months=12, periods=2),
    in_force=date(2023, 7, 1),
    source=_CLASSES,
    recalled=False,
    note="from the first agreed repayment date, at least two consecutive repayment"
    " periods and not less than a year",
)
"""The least time that a restructured asset is watched."""

SECOND_RESTRUCTURING: Fact[str] = Fact(
    "substandard",
    in_force=date(2023, 7, 1),
    source=_CLASSES,
    recalled=True,
    note="restructured again within the observation period it is at best in this class,"
    " and the period begins anew",
)
"""The best class of an asset that is restructured again while it is watched."""


def extension_limit(loan: InstallmentLoan) -> PlanLimit:
    """
    Return by how much a loan may be extended, all extensions together (展期上限).

    Formula: up to its own term where that is at most a year, half of it at most five
    years, and three years beyond.

    Args:
        loan: The loan as first agreed.

    Raises:
        InputTypeError: If it is no loan.
        ScheduleError: If no plan follows from it.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal="10000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("0.04%/day"),
        ...     repayment=LevelPayment(24))
        >>> extension_limit(loan).extended_months
        12

    Source: General Rules of Loans (PBOC, 1996), Articles 8 and 12; the classes of terms
    are recalled.
    """
    if type(loan) is not InstallmentLoan:
        raise InputTypeError("loan", got=loan, allowed="InstallmentLoan(...)")
    term = months_between(loan.disbursed, loan.schedule()[-1].due)
    above, below = MEDIUM_EXTENSION_SHARE.value
    if term <= SHORT_TO_MONTHS.value:
        most = term
    elif term <= LONG_FROM_MONTHS.value:
        most = term * above // below
    else:
        most = LONG_EXTENSION.value
    return PlanLimit("General Rules of Loans", extended_months=most)


def card_agreement(  # noqa: PLR0913 what such an agreement states
    card: LineAccount,
    on: date,
    count: int,
    *,
    first_due: date,
    fee: str | None = None,
    id: str = "agreement",  # noqa: A002 as events call it
) -> Refinancing:
    """
    Return the personalized installment agreement of a card (个性化分期还款协议).

    All that is owed on the day becomes the principal of a loan without interest, in
    equal monthly installments; the agreement may cost a share of it each month. The
    card is paid off by it. On a breach `Refinancing.reinstated` gives the card back,
    with what was paid.

    Args:
        card: The account of the card.
        on: The day of the agreement, not before the last event.
        count: Installments, 1 to 60.
        first_due: The first due date, after the day.
        fee: What each installment costs, as a percentage of the principal.
        id: The name of the payment that closes the card.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If a value is not allowed.
        DateRangeError: If the day is before the last event.
        TermsError: If installments of the card are to come.

    Example:
        >>> from loanmath.events import Purchase
        >>> from loanmath.presets import cn
        >>> line = cn.bank_card("20000", statement_day=5, due_day=23)
        >>> card = LineAccount.open(line, date(2026, 1, 5)).record(
        ...     Purchase(id="u1", on=date(2026, 1, 10), amount="12000"))
        >>> agreed = card_agreement(card, date(2026, 1, 20), 60,
        ...     first_due=date(2026, 2, 20))
        >>> agreed.new.loan.schedule()[0].payment
        Decimal('200.00')

    Source: Measures on Bank Card Business of Commercial Banks (CBRC Order 2011 No. 2),
    Article 70: at most five years; whether interest and fees go on is agreed; recalled.
    """
    if type(card) is not LineAccount:
        raise InputTypeError("card", got=card, allowed="a LineAccount")
    most = ARTICLE_70.value.installments or 0
    fees = [] if fee is None else [Fee("agreement", fee, due="installments")]
    loan = InstallmentLoan(
        currency=card.line.currency,
        principal=owed_on(card, on),
        disbursed=on,
        first_due=first_due,
        every="monthly",
        rate=Rate("0%/day"),
        repayment=LevelPayment(to_count(count, "count", most)),
        fees=fees,
    )
    return refinance(card, loan, id=id)
