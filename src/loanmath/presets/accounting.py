"""
Thresholds of accounting and prudential standards for changed terms and late payment.

Those for changed terms are tests for
`loanmath.analysis.accounting.present_value_test`. A threshold met is a reason, not the
whole judgment: each standard looks at the kind of change too.
"""

from datetime import date
from fractions import Fraction

from loanmath.analysis.accounting import PresentValueTest
from loanmath.analysis.delinquency import BucketScheme, DayClassRule
from loanmath.presets.facts import Fact

__all__ = [
    "EBA_DIMINISHED_OBLIGATION",
    "IFRS_BACKSTOPS",
    "IFRS_TEN_PERCENT",
    "US_LOAN_TEN_PERCENT",
    "US_TEN_PERCENT",
]

_NOT_SEEN = "recalled, not checked against the text"

IFRS_TEN_PERCENT: Fact[PresentValueTest] = Fact(
    PresentValueTest("10 % test (IFRS 9)", Fraction(1, 10)),
    in_force=date(2018, 1, 1),
    source="IFRS 9, B3.3.6",
    recalled=True,
    note="a liability whose terms change by so much is extinguished; fees count where "
    f"borrower and lender pay them to each other; {_NOT_SEEN}",
)
"""From which change of present value a liability is a new one under IFRS."""

US_TEN_PERCENT: Fact[PresentValueTest] = Fact(
    PresentValueTest("10 % test (ASC 470-50)", Fraction(1, 10)),
    in_force=None,
    source="ASC 470-50-40-10",
    recalled=True,
    note=f"a debtor's modification of so much is an extinguishment; {_NOT_SEEN}",
)
"""From which change of present value a debtor's debt is a new one under US GAAP."""

US_LOAN_TEN_PERCENT: Fact[PresentValueTest] = Fact(
    PresentValueTest("10 % test (ASC 310-20)", Fraction(1, 10)),
    in_force=date(2022, 12, 16),
    source="ASC 310-20-35-9 to 35-11, as amended by ASU 2022-02",
    recalled=True,
    note="a lender's refinancing of so much is more than minor, and with terms as "
    "favorable to him as those of other loans a new loan; for fiscal years after 15 "
    f"December 2022; {_NOT_SEEN}",
)
"""From which change of present value a lender's loan is a new one under US GAAP."""

EBA_DIMINISHED_OBLIGATION: Fact[PresentValueTest] = Fact(
    PresentValueTest(
        "Diminished financial obligation (EBA)",
        Fraction(1, 100),
        counted="fall",
        reached=False,
    ),
    in_force=date(2021, 1, 1),
    source="EBA/GL/2016/07, section 6; kept in EBA/GL/2026/05",
    recalled=True,
    note="a distressed restructuring that loses more is a default; institutions may "
    "set less; that it is kept was seen, the day is recalled",
)
"""Above which fall of present value a distressed restructuring is a default."""

IFRS_BACKSTOPS: Fact[DayClassRule] = Fact(
    DayClassRule(
        BucketScheme(
            "IFRS 9 backstops",
            [30, 90],
            edge="above",
            names=["stage 1", "stage 2", "stage 3"],
        )
    ),
    in_force=date(2018, 1, 1),
    source="IFRS 9, 5.5.11 and B5.5.37",
    recalled=True,
    note="days alone: above 30 the credit risk is presumed to have risen significantly,"
    " and default is presumed no later than 90; both may be rebutted, and other facts"
    f" may put a loan there earlier; above or from 90 differs in practice; {_NOT_SEEN}",
)
"""The stages that days past due are presumed to mean at least."""
