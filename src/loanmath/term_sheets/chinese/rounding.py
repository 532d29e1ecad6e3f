"""How amounts are rounded, and who takes what rounding leaves."""

from typing import assert_never

from loanmath.term_sheets.chinese.words import rounding_words
from loanmath.term_sheets.facts import Facts
from loanmath.terms import (
    AddOnInterest,
    EqualPrincipal,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    GraduatedPayment,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    Residue,
    RoundedPer,
    SinglePayment,
    SteppedPayment,
)

__all__ = ["rounding_lines"]

_PLACES = {
    RoundedPer.PERIOD: "每期取整一次",
    RoundedPer.SEGMENT: "期内利率或本金变动时分段取整",
    RoundedPer.DAY: "按日取整后乘以天数",
}


def rounding_lines(known: Facts) -> list[str]:
    """Return the rounding of interest, of payments and of fees, and the residue."""
    loan = known.loan
    words = rounding_words(known, loan.rounding)
    match loan.repayment:
        case FlatFee():
            lines = [f"各期本金{words}。"]
        case AddOnInterest():
            lines = [f"全程利息和各期金额均{words}。"]
        case _:
            lines = [f"利息{words}，{_PLACES[loan.interest_rounded]}。"]
    payment = getattr(loan.repayment, "rounding", None)
    if payment is not None:
        lines.append(f"每期还款额{rounding_words(known, payment)}。")
    fee = getattr(loan.repayment, "fee_rounding", None)
    if fee is not None:
        lines.append(f"手续费{rounding_words(known, fee)}。")
    return lines + _residue(known)


def _residue(known: Facts) -> list[str]:
    terms = known.loan.repayment
    match terms:
        case LevelPayment(residue=residue):
            return [_LEVEL[residue]]
        case EqualPrincipal(residue=residue) | FlatFee(residue=residue):
            return [_SHARES[residue]]
        case AddOnInterest(residue=residue):
            return [_SHARES[residue]]
        case FixedPayment() | FixedPrincipal() | GraduatedPayment() | SteppedPayment():
            return ["尾差由最后一期承担。"]
        case InterestOnly() | SinglePayment() | PrincipalAmounts():
            return ["各期金额不是平均分摊所得，不产生尾差。"]
        case _:
            assert_never(terms)


_LEVEL = {
    Residue.LAST: "尾差由最后一期承担。",
    Residue.FIRST: "尾差由首期承担，使最后一期尽可能接近其他各期。",
    Residue.SPREAD: "还款额向下取整，尾差由前若干期各多还一个最小单位承担。",
    Residue.SECOND_PASS: (
        "最后一期相差较大时，先微调各期还款额以缩小差额，余下尾差由最后一期承担。"
    ),
}
# Shares know no second pass.
_SHARES = {
    Residue.LAST: "分摊产生的尾差由最后一期承担。",
    Residue.FIRST: "分摊产生的尾差由首期承担。",
    Residue.SPREAD: "各期向下取整，尾差由前若干期各多还一个最小单位承担。",
}
