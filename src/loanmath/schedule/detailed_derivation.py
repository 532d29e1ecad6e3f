"""Derivations of the cells of a detailed plan, column by column."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from loanmath.currency import from_units, to_units
from loanmath.rates import percentage_text
from loanmath.recurrence import Step
from loanmath.schedule.accrual_derivation import derive_accrued, derive_capitalized
from loanmath.schedule.charges import charged_rows, fee_bases
from loanmath.schedule.derivation import Cell, Derivation, Inputs, derive_regular
from loanmath.schedule.detailed import Detail, detail
from loanmath.schedule.draft import DraftRow
from loanmath.schedule.solved_derivation import derive_solved
from loanmath.terms import (
    EqualPrincipal,
    Fee,
    FixedPayment,
    FlatFee,
    GraduatedPayment,
    InstallmentLoan,
    LevelPayment,
    SinglePayment,
    SteppedPayment,
)
from loanmath.terms.fees import fee_rule
from loanmath.terms.plan_kinds import pays_in_advance, pays_interest_first

__all__ = ["derive_detailed"]

_PLANNED = {
    LevelPayment: "The level payment, which repays what is owed with interest.",
    FixedPayment: "The payment that the terms state.",
    GraduatedPayment: "The first payment, grown by the agreed percentage at each step.",
    SteppedPayment: "The payment of the stage.",
}


def derive_detailed(cell: Cell, column: str) -> Derivation:
    """Return where a cell of a detailed plan comes from."""
    return _DERIVATIONS[column](cell, detail(cell.loan))


def _number(cell: Cell, _: Detail) -> Derivation:
    return Derivation("number", {"number": cell.row + 1}, "Rows count from 1.")


def _start(cell: Cell, found: Detail) -> Derivation:
    row = found.rows[cell.row]
    if row.start == row.end:
        return Derivation("end", {"end": row.end}, "The row covers no time.")
    if row.start == cell.loan.disbursed:
        disbursed: Inputs = {"disbursed": row.start}
        return Derivation("disbursed", disbursed, "Interest starts on disbursement.")
    return Derivation(
        "previous_end", {"previous_end": row.start}, "A period starts where one ended."
    )


def _end(cell: Cell, found: Detail) -> Derivation:
    row, loan = found.rows[cell.row], cell.loan
    if not pays_in_advance(loan):
        if row.end == row.due:
            return _due(cell, found)
    elif _is_regular(row.end, loan):
        # In advance, a row ends where the next installment is due.
        number = row.frame_row + 1 or row.number
        if number and found.frame.rows.unmoved[number - 1] == row.end:
            return _counted(loan, number)
    return Derivation("stated", {"stated": row.end}, "Interest runs to this date.")


def _due(cell: Cell, found: Detail) -> Derivation:
    row, loan = found.rows[cell.row], cell.loan
    if row.due == loan.disbursed:
        return Derivation(
            "disbursed", {"disbursed": row.due}, "Due on the day of disbursement."
        )
    unmoved = _unmoved(row, found)
    if loan.business_days is not None and unmoved != row.due:
        term = loan.business_days
        return Derivation(
            "move(unmoved)",
            {
                "unmoved": unmoved,
                "rule": term.rule.value,
                "calendar": term.calendar.name,
            },
            "A due date on a day off moves to a business day.",
        )
    if row.number and _is_regular(row.due, loan):
        return _counted(loan, row.number)
    number = f"installment {row.number}" if row.number else "interest or a fee"
    rule = f"A date on which the terms let {number} fall due."
    return Derivation("stated", {"stated": row.due}, rule)


def _is_regular(day: date, loan: InstallmentLoan) -> bool:
    """Return whether the date of an installment is counted from the anchor."""
    return isinstance(loan.every, Step) and day != loan.last_due


def _counted(loan: InstallmentLoan, number: int) -> Derivation:
    """Return where the regular date of an installment comes from."""
    if isinstance(loan.repayment, SinglePayment):
        number = loan.repayment.count
    return derive_regular(loan, number - 1)


def _unmoved(row: DraftRow, found: Detail) -> date:
    """Return the date that was moved to a due date, which may be another row's."""
    dates, due = found.frame.rows, row.due
    # In advance, a row is due where the one before ends.
    place = row.number - 1 if pays_in_advance(found.frame.loan) else row.frame_row
    if place >= 0 and dates.due[place] == due:
        return dates.unmoved[place]
    return dates.unmoved[dates.due.index(due)] if due in dates.due else due


def _opening(cell: Cell, _: Detail) -> Derivation:
    if cell.row:
        return Derivation(
            "previous_closing",
            {"previous_closing": cell.amount("closing", cell.row - 1)},
            "A period opens with what the one before left owed.",
        )
    financed = cell.loan.principal_units - _lent(cell)
    return Derivation(
        "amount + financed",
        {
            "amount": cell.loan.principal,
            "financed": from_units(financed, cell.loan.digits),
        },
        "The loan opens with the amount lent and the fees financed with it.",
    )


def _lent(cell: Cell) -> int:
    return to_units(cell.loan.principal, cell.loan.digits, "principal")


def _closing(cell: Cell, _: Detail) -> Derivation:
    names = ("opening", "drawn", "capitalized", "principal")
    return Derivation(
        "opening + drawn + capitalized - principal",
        {name: cell.amount(name) for name in names},
        "What is owed afterwards.",
    )


def _payment(cell: Cell, found: Detail) -> Derivation:
    solved = derive_solved(cell, found)
    if solved is not None:
        return solved
    names = ("principal", "interest", "fee", "tax")
    return Derivation(
        "principal + interest + fee + tax",
        {name: cell.amount(name) for name in names},
        "A payment is the sum of its parts.",
    )


def _drawn(cell: Cell, _: Detail) -> Derivation:
    drawn = cell.amount("drawn")
    if not drawn:
        return Derivation("0", {}, "Nothing is paid out in this period.")
    return Derivation("stated", {"stated": drawn}, "The terms state every drawdown.")


def _principal(cell: Cell, found: Detail) -> Derivation:
    row = found.rows[cell.row]
    if not row.principal:
        return Derivation("0", {}, "No principal falls due on this row.")
    owed = row.opening + row.drawn + row.capitalized
    if row.principal == owed:
        names = ("opening", "drawn", "capitalized")
        return Derivation(
            "opening + drawn + capitalized",
            {name: cell.amount(name) for name in names},
            "Whatever is left is cleared.",
        )
    if pays_interest_first(cell.loan):
        return _from_payment(cell, found)
    if isinstance(cell.loan.repayment, EqualPrincipal | FlatFee):
        rule = "An equal share of what is owed, over the installments left."
    else:
        rule = "The principal that the terms plan for this row."
    return Derivation("share", {"share": cell.amount("principal")}, rule)


def _from_payment(cell: Cell, found: Detail) -> Derivation:
    row = found.rows[cell.row]
    planned = from_units(row.principal + row.interest, cell.loan.digits)
    rule = _PLANNED[type(cell.loan.repayment)]
    return Derivation(
        "planned - interest",
        {"planned": planned, "interest": cell.amount("interest")},
        f"{rule} Interest comes out of it first.",
    )


def _fee(cell: Cell, found: Detail) -> Derivation:
    if isinstance(cell.loan.repayment, FlatFee) and not cell.loan.fees:
        return Derivation(
            "share", {"share": cell.amount("fee")}, "A share of the flat fee."
        )
    return _charge(cell, found, taxed=False)


def _tax(cell: Cell, found: Detail) -> Derivation:
    return _charge(cell, found, taxed=True)


def _charge(cell: Cell, found: Detail, *, taxed: bool) -> Derivation:
    loan = cell.loan
    due = [
        fee
        for fee in loan.fees
        if cell.row in charged_rows(fee, found.draft, loan.disbursed)
    ]
    due = [fee for fee in due if not taxed or fee.tax is not None]
    if not due and not isinstance(loan.repayment, FlatFee):
        return Derivation("0", {}, f"No {'tax' if taxed else 'fee'} falls due.")
    if len(due) != 1 or isinstance(loan.repayment, FlatFee):
        inputs: Inputs = {"parts": (Fraction(cell.amount("tax" if taxed else "fee")),)}
        named = ", ".join(fee.name for fee in due)
        return Derivation("sum(parts)", inputs, f"The sum of what falls due: {named}.")
    return _tax_of(cell, found, due[0]) if taxed else _fee_of(cell, found, due[0])


def _fee_of(cell: Cell, found: Detail, fee: Fee) -> Derivation:
    loan = cell.loan
    if not isinstance(fee.amount, Fraction):
        return Derivation("stated", {"stated": fee.amount}, f"{fee.name}, flat.")
    (base,) = fee_bases(fee, found.draft, [cell.row], loan)
    of = fee.of.value.replace("_", " ")
    return Derivation(
        "fee_round(base * share)",
        {
            "base": from_units(base, loan.digits),
            "share": fee.amount,
            "fee_rounding": fee.rounding or loan.rounding,
        },
        f"{fee.name}: {percentage_text(fee.amount)} of the {of}.",
    )


def _tax_of(cell: Cell, found: Detail, fee: Fee) -> Derivation:
    loan = cell.loan
    (base,) = fee_bases(fee, found.draft, [cell.row], loan)
    units, _ = fee_rule(fee, loan.digits, loan.rounding)(base)
    return Derivation(
        "fee_round(fee * tax_share)",
        {
            "fee": from_units(units, loan.digits),
            "tax_share": fee.tax or Fraction(0),
            "fee_rounding": fee.rounding or loan.rounding,
        },
        f"Tax on {fee.name}.",
    )


_DERIVATIONS: dict[str, Callable[[Cell, Detail], Derivation]] = {
    "number": _number,
    "start": _start,
    "end": _end,
    "due": _due,
    "opening": _opening,
    "payment": _payment,
    "principal": _principal,
    "interest": derive_accrued,
    "fee": _fee,
    "closing": _closing,
    "tax": _tax,
    "drawn": _drawn,
    "capitalized": derive_capitalized,
}
