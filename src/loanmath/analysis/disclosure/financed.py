"""What a loan finances and what is paid for it, by which fees are finance charges."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from attrs import evolve, field, fields_dict, frozen

from loanmath.currency import from_units, to_units
from loanmath.errors import InputTypeError, TermsError, UnknownNameError
from loanmath.rounding import Rounding
from loanmath.schedule import Schedule
from loanmath.terms import Fee, FeeDue, FeePaid, InstallmentLoan
from loanmath.terms.amounts import to_amount, to_share
from loanmath.terms.fees import fee_rule

__all__ = ["ALL", "Financed", "MortgageInsurance", "financed"]

ALL = "all"
"""All fees are finance charges."""

_DECIMALS = 12
"""So many are kept of what is not rounded."""

Amount: TypeAlias = str | int | Decimal


def _to_amount(amount: Amount) -> Decimal:
    return to_amount(amount, "amount")


def _to_value(amount: Amount) -> Decimal:
    return to_amount(amount, "value", least=1)


def _to_until(share: str | Fraction) -> Fraction:
    return to_share(share, "until", most=1)


@frozen
class MortgageInsurance:
    """
    Insurance of the lender that is charged until enough is repaid (房贷保险).

    Formula: it is charged with every installment before which more than `until * value`
    is owed, by the schedule.

    Args:
        amount: The premium with each installment, in major units.
        value: The value of the property.
        until: The share of the value at which it ends.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> MortgageInsurance("82.35", value="180000").until
        Fraction(39, 50)

    Source: 78 % ends it by law, 12 USC 4902(b); recalled, not checked against the text.
    """

    amount: Decimal = field(converter=_to_amount)
    value: Decimal = field(converter=_to_value, kw_only=True)
    until: Fraction = field(
        default=Fraction(78, 100), converter=_to_until, kw_only=True
    )


class Financed(NamedTuple):
    """
    What is financed and paid, in units of 10^-digits.

    Attributes:
        advances: What is paid out, less what is a prepaid finance charge, by day.
        payments: What is paid for it, by due date.
        interest: All interest, capitalized or not.
        principal: The principal that it is a percentage of.
        digits: Decimals of the unit.
    """

    advances: tuple[tuple[date, int], ...]
    payments: tuple[tuple[date, int], ...]
    interest: int
    principal: int
    digits: int

    def flows(self) -> list[tuple[date, Decimal]]:
        """Return the cash flows, what is paid out negative, in major units."""
        signed = [(on, -units) for on, units in self.advances]
        signed += self.payments
        return [(on, from_units(units, self.digits)) for on, units in signed]


def financed(
    loan: InstallmentLoan,
    finance_charges: str | Iterable[str],
    insurance: MortgageInsurance | None,
    *,
    rounded: bool,
) -> Financed:
    """
    Return what a loan finances, and what is paid for it.

    Args:
        loan: The loan.
        finance_charges: The names of the fees that are finance charges, or `"all"`.
        insurance: Mortgage insurance, or nothing.
        rounded: Whether amounts are rounded as the loan says.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If the loan has no such fee.
        TermsError: If nothing is left to be financed.
    """
    if insurance is not None and type(insurance) is not MortgageInsurance:
        raise InputTypeError(
            "insurance", got=insurance, allowed="MortgageInsurance(...)"
        )
    names = _named(loan, finance_charges)
    terms = loan if rounded else _unrounded(loan)
    charged = [fee for fee in terms.fees if fee.name in names]
    # What is paid at once is no payment, and what joins the principal is repaid.
    kept = [fee for fee in charged if fee.due is not FeeDue.DISBURSEMENT]
    kept += [fee for fee in terms.fees if fee.paid is FeePaid.FINANCED]
    plan = evolve(terms, fees=kept).schedule()
    advances = _advances(plan.loan, _prepaid(terms, charged))
    drawn = sum(units for _, units in advances[1:])
    columns = plan.columns()
    return Financed(
        advances,
        _payments(plan, insurance),
        sum(columns["interest"]) + sum(columns["capitalized"]),
        plan.loan.principal_units + drawn,
        plan.loan.digits,
    )


def _named(loan: InstallmentLoan, names: object) -> set[str]:
    known = {fee.name for fee in loan.fees}
    if names == ALL:
        return known
    if not isinstance(names, (list, tuple, set, frozenset)):
        raise InputTypeError(
            "finance_charges", got=names, allowed="'all', or the names of fees"
        )
    for name in names:
        if name not in known:
            allowed = ", ".join(sorted(known)) or "none: the loan has no fees"
            raise UnknownNameError("finance_charges", got=name, allowed=allowed)
    return set(names)


def _unrounded(loan: InstallmentLoan) -> InstallmentLoan:
    repayment: Any = loan.repayment
    if "rounding" in fields_dict(type(repayment)):
        repayment = evolve(repayment, rounding=None)
    return evolve(loan, rounding=Rounding.unrounded(_DECIMALS), repayment=repayment)


def _prepaid(loan: InstallmentLoan, charged: list[Fee]) -> int:
    """Return the finance charges of the first day, however they are paid."""
    lent = to_units(loan.principal, loan.digits, "principal")
    return sum(
        sum(fee_rule(fee, loan.digits, loan.rounding)(lent))
        for fee in charged
        if fee.due is FeeDue.DISBURSEMENT
    )


def _advances(loan: InstallmentLoan, prepaid: int) -> tuple[tuple[date, int], ...]:
    """Return what is paid out, by day: the first amount less what is kept back."""
    digits = loan.digits
    if loan.discount is not None:
        prepaid += to_units(loan.discount, digits, "discount")
    first = loan.principal_units - prepaid
    if first <= 0:
        raise TermsError(
            "finance charges",
            got=str(from_units(prepaid, digits)),
            allowed=f"below the principal, {loan.principal}",
        )
    drawn = [
        (drawdown.on, to_units(drawdown.amount, digits, "drawdown"))
        for drawdown in loan.drawdowns
    ]
    return ((loan.disbursed, first), *drawn)


def _payments(
    plan: Schedule, insurance: MortgageInsurance | None
) -> tuple[tuple[date, int], ...]:
    columns, digits = plan.columns(), plan.loan.digits
    premium, above = 0, Fraction(0)
    if insurance is not None:
        premium = to_units(insurance.amount, digits, "amount")
        above = insurance.until * to_units(insurance.value, digits, "value")
    rows = zip(columns["due"], columns["payment"], columns["opening"], strict=True)
    return tuple(
        (due, payment + (premium if opening > above else 0))
        for due, payment, opening in rows
    )
