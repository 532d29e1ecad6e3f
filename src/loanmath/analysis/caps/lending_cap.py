"""A ceiling of the law: what it limits, for whom, since when, and with what effect."""

import re
from datetime import date
from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from loanmath.analysis.caps.limits import AnnualLimit, CostLimit, Limit, SimpleLimit
from loanmath.currency import currency_digits, to_units
from loanmath.doors import to_date, to_enum, to_text, to_tuple_of
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    TermsError,
    UnknownNameError,
)
from loanmath.terms.amounts import to_amount

__all__ = ["LegalEffect", "LendingCap", "applicable_caps", "to_lending_caps"]

_LIMITS = (AnnualLimit, SimpleLimit, CostLimit)
_JURISDICTION = re.compile(r"[A-Z]{2}", re.ASCII)


class LegalEffect(Enum):
    """
    What becomes of a cost above a ceiling.

    `NATURAL_OBLIGATION`: a court does not enforce it, and what was paid is not given
    back (自然债务). `VOID`: it is not owed, and what was paid may be asked back.
    `REDUCIBLE`: a court may reduce it where the borrower asks. `FORBIDDEN`: a
    supervisor forbids to offer it.
    """

    NATURAL_OBLIGATION = "natural_obligation"
    VOID = "void"
    REDUCIBLE = "reducible"
    FORBIDDEN = "forbidden"


def _to_name(name: object) -> str:
    text = to_text(name, "name")
    if not text:
        raise InputValueError("name", got=name, allowed="a text that is not empty")
    return text


def _to_limit(limit: object) -> Limit:
    if type(limit) not in _LIMITS:
        raise InputTypeError(
            "limit", got=limit, allowed="AnnualLimit, SimpleLimit or CostLimit"
        )
    return limit  # type: ignore[return-value]


def _to_jurisdiction(code: object) -> str:
    text = to_text(code, "jurisdiction")
    if _JURISDICTION.fullmatch(text) is None:
        raise InputValueError(
            "jurisdiction", got=code, allowed="two capitals of ISO 3166, such as 'CN'"
        )
    return text


def _to_lenders(lenders: object) -> tuple[str, ...]:
    if not isinstance(lenders, (list, tuple)) or not lenders:
        raise InputTypeError("lenders", got=lenders, allowed="a list of lender kinds")
    return tuple(to_text(lender, "lender") for lender in lenders)


def _to_effect(effect: object) -> LegalEffect:
    return to_enum(effect, LegalEffect, "effect")


def _to_rule(rule: object) -> str:
    return to_text(rule, "rule")


def _to_source(source: object) -> str:
    return to_text(source, "source")


def _to_since(day: object) -> date | None:
    return None if day is None else to_date(day, "since")


def _to_until(day: object) -> date | None:
    return None if day is None else to_date(day, "until")


def _to_currency(code: object) -> str | None:
    if code is not None:
        currency_digits(code)  # type: ignore[arg-type]
    return code  # type: ignore[return-value]


def _to_from(amount: object) -> Decimal:
    return to_amount(amount, "amount_from")


def _to_below(amount: object) -> Decimal | None:
    return None if amount is None else to_amount(amount, "amount_below")


@frozen
class LendingCap:
    """
    A ceiling that law or a supervisor puts on what a loan may cost (利率或费用上限).

    Args:
        name: What it is called, such as `"4 x LPR"`.
        limit: What it limits, an `AnnualLimit`, `SimpleLimit` or `CostLimit`.
        jurisdiction: Two capitals of ISO 3166, such as `"CN"`.
        lenders: The kinds of lender or credit that it holds for, such as `["private"]`.
        effect: What becomes of a cost above it, of `LegalEffect`.
        rule: The rule that it is a version of: of one rule, for one kind of lender,
            only what came last before the contract holds. By default its name.
        since: The first contract date that it holds for; left out, any.
        until: The first contract date that it no longer holds for; left out, none.
        currency: The currency of its amounts; needed where it has any.
        amount_from: The smallest amount lent that it holds for.
        amount_below: The smallest amount that it no longer holds for; left out, none.
        source: The rule that states it.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        DateRangeError: If `until` is not after `since`.
        TermsError: If an amount has no currency, or bounds of amounts contradict.

    Example:
        >>> cap = LendingCap("36 %", AnnualLimit("36%/year"), jurisdiction="CN",
        ...     lenders=["private"], effect="void", since=date(2015, 9, 1))
        >>> print(cap)
        36 % (CN, private, since 2015-09-01): at most 36%/year; above it void
    """

    name: str = field(converter=_to_name)
    limit: Limit = field(converter=_to_limit)
    jurisdiction: str = field(converter=_to_jurisdiction, kw_only=True)
    lenders: tuple[str, ...] = field(converter=_to_lenders, kw_only=True)
    effect: LegalEffect = field(converter=_to_effect, kw_only=True)
    rule: str = field(default="", converter=_to_rule, kw_only=True)
    since: date | None = field(default=None, converter=_to_since, kw_only=True)
    until: date | None = field(default=None, converter=_to_until, kw_only=True)
    currency: str | None = field(default=None, converter=_to_currency, kw_only=True)
    amount_from: Decimal = field(default=Decimal(0), converter=_to_from, kw_only=True)
    amount_below: Decimal | None = field(
        default=None, converter=_to_below, kw_only=True
    )
    source: str = field(default="", converter=_to_source, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.rule:
            object.__setattr__(self, "rule", self.name)
        since, until = self.since, self.until
        if since is not None and until is not None and until <= since:
            raise DateRangeError("until", got=str(until), allowed=f"after {since}")
        below = self.amount_below
        if below is not None and below <= self.amount_from:
            raise TermsError(
                "amount_below", got=below, allowed=f"above {self.amount_from}"
            )
        self._check_currency()

    def _check_currency(self) -> None:
        amounts = [
            amount
            for amount in (self.amount_from, self.amount_below)
            if amount is not None and amount
        ]
        if isinstance(self.limit, CostLimit) and isinstance(self.limit.most, Decimal):
            amounts.append(self.limit.most)
        if amounts and self.currency is None:
            raise TermsError(
                "currency",
                got=None,
                allowed="the currency of the cap's amounts, such as 'GBP'",
            )
        for amount in amounts:
            to_units(amount, currency_digits(self.currency or ""), "amount of the cap")

    def __str__(self) -> str:
        days = [
            f"{word} {day}"
            for word, day in (("since", self.since), ("until", self.until))
            if day is not None
        ]
        where = ", ".join([self.jurisdiction, *self.lenders, *days])
        effect = self.effect.value.replace("_", " ")
        return f"{self.name} ({where}): at most {self.limit}; above it {effect}"

    def holds_for(self, amount: Decimal) -> bool:
        """
        Return whether an amount lent is within the cap's bounds of amounts.

        Example:
            >>> cap = LendingCap("18 %", AnnualLimit("18%/year"), jurisdiction="JP",
            ...     lenders=["any"], effect="void", currency="JPY",
            ...     amount_from="100000", amount_below="1000000")
            >>> cap.holds_for(Decimal(99_999)), cap.holds_for(Decimal(100_000))
            (False, True)
        """
        below = self.amount_below
        return amount >= self.amount_from and (below is None or amount < below)


def to_lending_caps(caps: object) -> tuple[LendingCap, ...]:
    """
    Return caps of the law, refusing anything else.

    Raises:
        InputTypeError: If they are not a sequence of `LendingCap`.

    Example:
        >>> to_lending_caps([])
        ()
    """
    return to_tuple_of(caps, LendingCap, "caps")


def applicable_caps(
    caps: tuple[LendingCap, ...] | list[LendingCap],
    *,
    jurisdiction: str,
    lender: str,
    signed: date,
    amount: str | int | Decimal,
) -> tuple[LendingCap, ...]:
    """
    Return the caps that hold for a contract, in the order given.

    Of each rule, for the kind of lender, the versions with the latest `since` on or
    before the contract hold; where they have ended, none does. So a later version never
    edits an earlier one.

    Args:
        caps: The caps of any places and times, as presets give them.
        jurisdiction: Two capitals of ISO 3166.
        lender: The kind of lender or credit.
        signed: The day of the contract.
        amount: The amount lent, in the currency of the caps' amounts.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is not allowed.
        UnknownNameError: If no cap names the jurisdiction, or the kind of lender there.

    Example:
        >>> place = {"jurisdiction": "CN", "lenders": ["private"], "rule": "private"}
        >>> older = LendingCap("36 %", AnnualLimit("36%/year"), effect="void",
        ...     since=date(2015, 9, 1), **place)
        >>> newer = LendingCap("15.4 %", AnnualLimit("15.4%/year"), effect="void",
        ...     since=date(2020, 8, 20), **place)
        >>> found = applicable_caps([older, newer], jurisdiction="CN",
        ...     lender="private", signed=date(2020, 8, 19), amount="10000")
        >>> [cap.name for cap in found]
        ['36 %']
    """
    on, lent = to_date(signed, "signed"), to_amount(amount, "amount", least=1)
    named = _named(to_lending_caps(caps), jurisdiction, lender)
    started = [cap for cap in named if cap.since is None or cap.since <= on]
    latest: dict[str, date] = {}
    for cap in started:
        since = cap.since or date.min
        latest[cap.rule] = max(since, latest.get(cap.rule, since))
    return tuple(
        cap
        for cap in started
        if (cap.since or date.min) == latest[cap.rule]
        and (cap.until is None or on < cap.until)
        and cap.holds_for(lent)
    )


def _named(
    caps: tuple[LendingCap, ...], jurisdiction: str, lender: str
) -> list[LendingCap]:
    """Return the caps of a place and a kind of lender; a name none has is refused."""
    place, kind = to_text(jurisdiction, "jurisdiction"), to_text(lender, "lender")
    there = [cap for cap in caps if cap.jurisdiction == place]
    if not there:
        places = ", ".join(sorted({cap.jurisdiction for cap in caps}))
        raise UnknownNameError("jurisdiction", got=place, allowed=places or "no caps")
    found = [cap for cap in there if kind in cap.lenders]
    if not found:
        kinds = ", ".join(sorted({name for cap in there for name in cap.lenders}))
        raise UnknownNameError("lender", got=kind, allowed=kinds)
    return found
