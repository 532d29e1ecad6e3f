"""How amounts are rounded, and who takes what rounding leaves."""

from typing import assert_never

from loanmath.term_sheets.chinese.words import rounding_words, unit_words
from loanmath.term_sheets.facts import Facts
from loanmath.terms import (
    AddOnInterest,
    Earned,
    EqualPrincipal,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    GraduatedPayment,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    Repayment,
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
        case FlatFee(residue=Residue.SPREAD):
            lines = []
        case FlatFee():
            lines = [f"各期本金{words}。"]
        case AddOnInterest():
            lines = [_added_on(loan.repayment, words)]
        case _:
            lines = [f"利息{words}，{_PLACES[loan.interest_rounded]}。"]
    payment = getattr(loan.repayment, "rounding", None)
    if payment is not None and not _is_spread(loan.repayment):
        lines.append(f"每期还款额{rounding_words(known, payment)}。")
    fee = getattr(loan.repayment, "fee_rounding", None)
    if fee is not None:
        lines.append(f"手续费{rounding_words(known, fee)}。")
    return lines + _residue(known)


def _added_on(terms: AddOnInterest, words: str) -> str:
    what = "全程利息"
    if terms.earned is Earned.BY_TIME:
        what = "各期利息"
    return f"{what}{words}。" if _is_spread(terms) else f"{what}和各期金额均{words}。"


def _is_spread(terms: Repayment) -> bool:
    # What is spread is rounded down, whatever the mode.
    return getattr(terms, "residue", None) is Residue.SPREAD


def _residue(known: Facts) -> list[str]:
    terms = known.loan.repayment
    match terms:
        case LevelPayment(residue=Residue.SPREAD):
            return [_spread(known, terms)]
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


def _spread(known: Facts, terms: LevelPayment) -> str:
    unit = unit_words(known, terms.rounding or known.loan.rounding)
    return f"还款额向下取整到{unit}，尾差由前若干期各多还{unit}承担，最后一期还清余额。"


# What is spread names its unit.
_LEVEL = {
    Residue.LAST: "尾差由最后一期承担。",
    Residue.FIRST: "尾差由首期承担，使最后一期尽可能接近其他各期。",
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
