"""Who gets what, and when."""

from loanmath.currency import to_units
from loanmath.daycount import HeadTail
from loanmath.term_sheets.english.words import listed, money
from loanmath.term_sheets.facts import Facts

__all__ = ["payout_lines"]


def payout_lines(known: Facts) -> list[str]:
    """Return what is paid out, what is withheld from it, and what is owed."""
    loan = known.loan
    lines = [f"On {loan.disbursed} you receive {money(known, known.paid_out)}."]
    if known.paid_out != known.principal:
        withheld: list[str] = []
        if known.discount > 0:
            withheld.append(f"{money(known, known.discount)} as a discount")
        if known.deducted:
            withheld.append(f"{money(known, known.deducted)} for fees and taxes")
        if withheld:
            lines.append(
                f"The loan is {money(known, known.principal)}. Withheld from it:"
                f" {listed(withheld)}."
            )
        if known.discount < 0:
            premium = money(known, -known.discount)
            lines.append(f"{premium} of it is a premium on top of the loan.")
        owed = f"You owe {money(known, loan.principal_units)}, not what you receive"
        if known.accrues:
            owed += ", and interest is charged on what you owe"
        lines.append(f"{owed}.")
    if known.financed:
        lines.append(
            f"Fees and taxes of {money(known, known.financed)} are added to the loan:"
            f" you owe {money(known, loan.principal_units)} from the start."
        )
    first = "the day after" if loan.head_tail is HeadTail.TAIL else "that day"
    for drawdown in loan.drawdowns:
        units = to_units(drawdown.amount, loan.digits, "drawdown")
        lines.append(
            f"On {drawdown.on} you receive a further {money(known, units)}, which bears"
            f" interest from {first}."
        )
    return lines
