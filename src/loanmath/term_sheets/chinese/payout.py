"""Who gets what, and when."""

from loanmath.currency import to_units
from loanmath.daycount import HeadTail
from loanmath.term_sheets.chinese.words import day_words, money
from loanmath.term_sheets.facts import Facts

__all__ = ["payout_lines"]


def payout_lines(known: Facts) -> list[str]:
    """Return what is paid out, what is withheld from it, and what is owed."""
    loan = known.loan
    lines = [
        f"{day_words(loan.disbursed)}放款，借款人实收{money(known, known.paid_out)}。"
    ]
    if known.paid_out != known.principal:
        withheld: list[str] = []
        if known.discount > 0:
            withheld.append(f"放款时预扣{money(known, known.discount)}")
        if known.deducted:
            withheld.append(f"放款时扣除费用及税{money(known, known.deducted)}")
        if withheld:
            lines.append(
                f"借款金额为{money(known, known.principal)}，{'，'.join(withheld)}。"
            )
        if known.discount < 0:
            lines.append(f"其中{money(known, -known.discount)}为借款金额之外的溢价。")
        owed = money(known, loan.principal_units)
        words = f"应还本金为{owed}，而非实收金额"
        if known.accrues:
            words += "；利息按应还本金计收"
        lines.append(f"{words}。")
    if known.financed:
        lines.append(
            f"费用及税{money(known, known.financed)}计入本金，放款当日的应还本金为"
            f"{money(known, loan.principal_units)}。"
        )
    first = "次日" if loan.head_tail is HeadTail.TAIL else "当日"
    for drawdown in loan.drawdowns:
        units = to_units(drawdown.amount, loan.digits, "drawdown")
        lines.append(
            f"{day_words(drawdown.on)}再放款{money(known, units)}，自{first}起计息。"
        )
    return lines
