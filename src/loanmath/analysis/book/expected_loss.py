"""Expected credit loss: probabilities, losses given default, exposures, discount."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from loanmath.analysis.book.entries import to_currency, to_probability
from loanmath.analysis.book.measure import percent_text
from loanmath.analysis.book.printing import BookPrinted
from loanmath.currency import currency_digits
from loanmath.doors import to_tuple_of
from loanmath.errors import InputTypeError, InputValueError, LimitError, TermsError
from loanmath.schedule.printing import Table
from loanmath.terms.amounts import to_amount
from loanmath.yields.shares import Share, rounded, to_share

__all__ = [
    "ExpectedLoss",
    "LossPeriod",
    "expected_credit_loss",
    "pds_from_conditional",
    "pds_from_cumulative",
]

_MAX_PERIODS = 600


def _to_pd(share: Share) -> Fraction:
    return to_probability(share, "pd")


def _to_lgd(share: Share) -> Fraction:
    return to_probability(share, "lgd")


def _to_ead(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "ead")


def _to_at(at: object) -> int:
    if type(at) is not int:
        raise InputTypeError("at", got=at, allowed="int, in whole periods")
    if not 0 <= at <= _MAX_PERIODS:
        raise LimitError("at", got=at, allowed=f"0 to {_MAX_PERIODS}")
    return at


@frozen(kw_only=True)
class LossPeriod:
    """
    What default in one period would cost (违约损失).

    Args:
        pd: The marginal probability of default in the period, seen from today.
        lgd: The share of the exposure that is lost (违约损失率).
        ead: The exposure at default in major units (违约风险暴露).
        at: When the loss is counted, in whole periods from today; 0 is not discounted.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not a number, or is out of range.

    Example:
        >>> LossPeriod(pd="0.5%", lgd="25%", ead="1000000", at=0).loss
        Fraction(1250, 1)
    """

    pd: Fraction = field(converter=_to_pd)
    lgd: Fraction = field(converter=_to_lgd)
    ead: Decimal = field(converter=_to_ead)
    at: int = field(converter=_to_at)

    @property
    def loss(self) -> Fraction:
        """The exact expected loss, not discounted, in major units."""
        return self.pd * self.lgd * Fraction(self.ead)


@frozen(repr=False)
class ExpectedLoss(BookPrinted):
    """
    Expected credit loss (预期信用损失), period by period.

    Attributes:
        currency: The currency of the amounts.
        rate: The effective interest rate of one period, exact.
        periods: The periods that are counted.
        horizon: The last of them, in periods from today; `None` over the whole life.

    Example:
        >>> loss = expected_credit_loss([
        ...     LossPeriod(pd="1%", lgd="40%", ead="1000", at=1),
        ...     LossPeriod(pd="2%", lgd="40%", ead="500", at=2)],
        ...     currency="CNY", rate="10%")
        >>> print(loss)
        Expected credit loss over the whole life, in CNY
        At        PD     LGD       EAD  Loss  Discounted
        1      1.00%  40.00%  1,000.00  4.00        3.64
        2      2.00%  40.00%    500.00  4.00        3.31
        Total                                       6.94
    """

    currency: str
    rate: Fraction
    periods: tuple[LossPeriod, ...]
    horizon: int | None

    @property
    def exact(self) -> Fraction:
        """The exact sum in major units."""
        return sum((self.discounted(one) for one in self.periods), Fraction(0))

    @property
    def total(self) -> Decimal:
        """
        The sum, rounded once, half-up, to the minor unit.

        The lines are shown rounded too, so that they may miss it by a cent.
        """
        return rounded(self.exact, currency_digits(self.currency))

    def discounted(self, period: LossPeriod) -> Fraction:
        """Return the exact present value of the loss of a period."""
        return period.loss / (1 + self.rate) ** period.at

    def _tables(self) -> list[Table]:
        digits = currency_digits(self.currency)
        rows = [
            [
                str(one.at),
                percent_text(one.pd),
                percent_text(one.lgd),
                f"{rounded(Fraction(one.ead), digits):,f}",
                f"{rounded(one.loss, digits):,f}",
                f"{rounded(self.discounted(one), digits):,f}",
            ]
            for one in self.periods
        ]
        over = "the whole life"
        if self.horizon is not None:
            over = f"{self.horizon} periods"
        header = ["At", "PD", "LGD", "EAD", "Loss", "Discounted"]
        total = ["Total", "", "", "", "", f"{self.total:,f}"]
        caption = f"Expected credit loss over {over}, in {self.currency}"
        return [Table(caption, header, rows, total, words=(0,))]

    def __repr__(self) -> str:
        return f"<ExpectedLoss of {self.currency} {self.total}>"


def expected_credit_loss(
    periods: Sequence[LossPeriod],
    *,
    currency: str,
    rate: Share,
    horizon: int | None = None,
) -> ExpectedLoss:
    """
    Return an expected credit loss, of a number of periods or of the whole life.

    Formula: `ECL = sum of pd * lgd * ead / (1 + rate) ** at`.

    Args:
        periods: The periods, in order of time.
        currency: The currency of the exposures.
        rate: The effective interest rate of one period: where periods are months, of a
            month.
        horizon: The last period that is counted: 12 where periods are months gives the
            12-month loss of stage 1; left out, the lifetime loss of stages 2 and 3.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If there are more than 600 periods, or a number is out of range.
        InputValueError: If there are none.
        TermsError: If the periods are not in order, or default is more than certain.

    Example:
        >>> new = [LossPeriod(pd="0.5%", lgd="25%", ead="1000000", at=0)]
        >>> expected_credit_loss(new, currency="EUR", rate=0, horizon=12).total
        Decimal('1250.00')

    中文: 预期信用损失 (12 个月, 整个存续期). Source: IFRS 9, 5.5.17 and Illustrative
    Example 8 (in force 2018-01-01), recalled, not checked against the text.
    """
    to_currency(currency)
    found = _to_periods(periods)
    last = _MAX_PERIODS if horizon is None else _to_at(horizon)
    counted = tuple(one for one in found if one.at <= last)
    per_period = to_share(rate, "rate")
    return ExpectedLoss(currency, per_period, counted, horizon)


def _to_periods(periods: object) -> tuple[LossPeriod, ...]:
    found = to_tuple_of(periods, LossPeriod, "periods")
    if not found:
        raise InputValueError("periods", got=periods, allowed="at least one")
    if len(found) > _MAX_PERIODS:
        raise LimitError("periods", got=len(found), allowed=f"at most {_MAX_PERIODS}")
    ats = [one.at for one in found]
    if ats != sorted(set(ats)):
        raise TermsError("at", got=ats, allowed="periods in order of time, each once")
    certain = sum((one.pd for one in found), Fraction(0))
    if certain > 1:
        raise TermsError(
            "pd",
            got=percent_text(certain),
            allowed="at most 100% in all",
            do="marginal probabilities add up; use pds_from_conditional for others",
        )
    return tuple(found)


def pds_from_cumulative(shares: Sequence[Share]) -> tuple[Fraction, ...]:
    """
    Return marginal probabilities, given the probability of default by each period.

    Formula: `pd_t = cumulative_t - cumulative_(t - 1)`.

    Raises:
        InputTypeError: If they are not a list of shares.
        LimitError: If one is not from 0 to 100 %.
        TermsError: If they fall.

    Example:
        >>> pds_from_cumulative(["1%", "3%"])
        (Fraction(1, 100), Fraction(1, 50))

    中文: 边际违约概率. Source: the definition.
    """
    found, before = [], Fraction(0)
    for share in _to_shares(shares):
        if share < before:
            raise TermsError(
                "cumulative pd",
                got=percent_text(share),
                allowed=f"at least {percent_text(before)}, that of the period before",
            )
        found.append(share - before)
        before = share
    return tuple(found)


def pds_from_conditional(shares: Sequence[Share]) -> tuple[Fraction, ...]:
    """
    Return marginal probabilities, given those of default in a period once it is reached.

    Formula: `pd_t = h_t * (1 - h_1) * ... * (1 - h_(t - 1))`.

    Raises:
        InputTypeError: If they are not a list of shares.
        LimitError: If one is not from 0 to 100 %.

    Example:
        >>> pds_from_conditional(["10%", "10%"])
        (Fraction(1, 10), Fraction(9, 100))

    中文: 条件违约概率. Source: the definition.
    """  # noqa: E501 the sentence is one line
    found, left = [], Fraction(1)
    for share in _to_shares(shares):
        found.append(left * share)
        left *= 1 - share
    return tuple(found)


def _to_shares(shares: object) -> list[Fraction]:
    if type(shares) not in (list, tuple):
        raise InputTypeError("shares", got=shares, allowed="a list of shares")
    given: Sequence[object] = shares  # type: ignore[assignment]
    if len(given) > _MAX_PERIODS:
        raise LimitError("shares", got=len(given), allowed=f"at most {_MAX_PERIODS}")
    return [to_probability(share, "pd") for share in given]
