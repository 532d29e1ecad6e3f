"""Mainland China: the five classes of loans, and what a credit report shows."""

from datetime import date

from loanmath.analysis.delinquency import BucketScheme, LoanClassRule, RecordCodes
from loanmath.presets.facts import Fact

__all__ = ["CREDIT_REPORT", "FIVE_CLASSES"]

FIVE_CLASSES: Fact[LoanClassRule] = Fact(
    LoanClassRule(
        scheme=BucketScheme(
            "five classes",
            [0, 90, 270, 360],
            edge="above",
            names=["normal", "special mention", "substandard", "doubtful", "loss"],
        ),
        bad="substandard",
        watched="special mention",
        technical_days=7,
        upgrade_months=6,
        upgrade_periods=2,
        observation_months=12,
        observation_periods=2,
        bad_share="10%",
        overdue_share="20%",
    ),
    in_force=date(2023, 7, 1),
    source="Measures for the Risk Classification of Financial Assets of Commercial"
    " Banks (商业银行金融资产风险分类办法), 2023",
    recalled=True,
    note="days, shares and the observation of a year and two periods were seen; the 7"
    " days of technical delay, the conditions of a rise and the second restructuring"
    " are recalled; loans from before may follow until 2025-12-31; the two shares are"
    " for debtors that are no retail customers; the days are floors",
)
"""The classes 正常, 关注, 次级, 可疑 and 损失."""

CREDIT_REPORT: Fact[RecordCodes] = Fact(
    RecordCodes(
        late=BucketScheme(
            "credit report",
            [0, 30, 60, 90, 120, 150, 180],
            edge="above",
            names=["N", "1", "2", "3", "4", "5", "6", "7"],
        ),
        nothing_due="*",
        unopened="/",
        closed="C",
        ended="G",
        stated=["D", "Z", "#"],
    ),
    in_force=None,
    source="",
    recalled=True,
    note="N in time, 1 to 7 by days past due in steps of 30, * nothing to pay in the"
    " month, / not yet opened, C paid off, G ended otherwise, D paid by a guarantor, Z"
    " settled in kind, # not known; reports of the first generation counted the"
    " minimums that a card missed instead of days",
)
"""The codes of the monthly repayment status in a credit report (征信报告还款状态)."""
