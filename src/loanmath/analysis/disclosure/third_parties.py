"""What others than the lender charge for a loan, and who charges which fee."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from loanmath.doors import to_date, to_text, to_tuple_of
from loanmath.errors import (
    InputTypeError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from loanmath.terms import Fee, FeePaid, InstallmentLoan, LateCharge
from loanmath.terms.amounts import to_amount

__all__ = [
    "DatedCharges",
    "ThirdPartyCost",
    "dated_amounts",
    "to_loan",
    "to_payees",
    "to_third_parties",
]


def to_loan(loan: InstallmentLoan) -> InstallmentLoan:
    """
    Return a loan, refusing anything else.

    Raises:
        InputTypeError: If it is not an `InstallmentLoan`.

    Example:
        >>> to_loan("loan")
        Traceback (most recent call last):
        loanmath.errors.InputTypeError: loan: got 'loan'; allowed: InstallmentLoan(...)
    """
    if type(loan) is not InstallmentLoan:
        raise InputTypeError("loan", got=loan, allowed="InstallmentLoan(...)")
    return loan


def dated_amounts(amounts: object, what: str) -> tuple[tuple[date, Decimal], ...]:
    """
    Return (date, amount) pairs by date, each amount above zero.

    Raises:
        InputTypeError: If they are not pairs of a date and an amount.
        LimitError: If an amount is not above zero.

    Example:
        >>> dated_amounts([(date(2026, 1, 15), "30")], "charges")
        ((datetime.date(2026, 1, 15), Decimal('30')),)
    """
    allowed = "a list of (date, amount) tuples"
    if not isinstance(amounts, (list, tuple)):
        raise InputTypeError(what, got=amounts, allowed=allowed)
    found = []
    for pair in amounts:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise InputTypeError(what, got=pair, allowed=allowed)
        found.append((to_date(pair[0], what), to_amount(pair[1], what, least=1)))
    return tuple(sorted(found, key=lambda pair: pair[0]))


def _to_name(name: object) -> str:
    return to_text(name, "name")


def _to_charges(amounts: object) -> tuple[tuple[date, Decimal], ...]:
    found = dated_amounts(amounts, "charges")
    if not found:
        raise LimitError("charges", got="none", allowed="one or more")
    return found


@frozen
class DatedCharges:
    """
    Charges of stated amounts on stated days, such as premiums of an insurance.

    Args:
        name: What they are for.
        amounts: (date, amount) tuples, amounts in major units, above zero.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If an amount is not above zero.

    Example:
        >>> DatedCharges("insurance", [(date(2026, 1, 15), "30")]).amounts
        ((datetime.date(2026, 1, 15), Decimal('30')),)

    中文: 按约定日期收取的费用.
    """

    name: str = field(converter=_to_name)
    amounts: tuple[tuple[date, Decimal], ...] = field(converter=_to_charges)


def _to_payee(payee: object) -> str:
    return to_text(payee, "payee")


@frozen
class ThirdPartyCost:
    """
    What somebody other than the lender charges for the loan (第三方收费).

    Args:
        charge: `Fee`, in the words of the loan's own fees (a flat amount, or a share of
            what is lent or outstanding); `DatedCharges`; or, for being late,
            `LateCharge`.
        payee: Who charges it.

    Raises:
        InputTypeError: If a value is of the wrong type.
        TermsError: If the fee is deducted or financed: then the loan itself holds it.

    Example:
        >>> guarantee = Fee("guarantee", "0.2%", of="outstanding", due="installments")
        >>> ThirdPartyCost(guarantee, payee="Guarantee Co.").charge.name
        'guarantee'
    """

    charge: Fee | DatedCharges | LateCharge = field()
    payee: str = field(converter=_to_payee, kw_only=True)

    def __attrs_post_init__(self) -> None:
        charge = self.charge
        if type(charge) not in (Fee, DatedCharges, LateCharge):
            raise InputTypeError(
                "charge",
                got=charge,
                allowed="Fee(...), DatedCharges(...) or LateCharge(...)",
            )
        if isinstance(charge, Fee) and charge.paid is not FeePaid.SEPARATELY:
            raise TermsError(
                "charge paid",
                got=charge.paid.value,
                allowed="separately, where a third party charges it",
                do="put the fee among those of the loan and name who charges it in"
                " payees",
            )


def to_third_parties(others: object) -> tuple[ThirdPartyCost, ...]:
    """
    Return costs of third parties as a tuple, refusing anything else.

    Raises:
        InputTypeError: If they are not a sequence of `ThirdPartyCost`.

    Example:
        >>> to_third_parties([])
        ()
    """
    return to_tuple_of(others, ThirdPartyCost, "others")


def to_payees(payees: object, loan: InstallmentLoan) -> dict[str, str]:
    """
    Return who charges which fee of a loan, by the fee's name.

    Raises:
        InputTypeError: If it is not a mapping of texts.
        UnknownNameError: If the loan has no such fee or late charge.

    Example:
        >>> from loanmath.terms import FlatFee
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"),
        ...     fees=[Fee("survey", "20")])
        >>> to_payees({"survey": "Surveyor"}, loan)
        {'survey': 'Surveyor'}
    """
    if payees is None:
        return {}
    if not isinstance(payees, Mapping):
        raise InputTypeError("payees", got=payees, allowed="a dict of names by fee")
    names = {fee.name for fee in loan.fees}
    names |= {charge.name for charge in loan.servicing.late_charges}
    for name in payees:
        if name not in names:
            known = ", ".join(sorted(names)) or "none: the loan has no fees"
            raise UnknownNameError("payees", got=name, allowed=known)
    return {name: to_text(payee, "payee") for name, payee in payees.items()}
