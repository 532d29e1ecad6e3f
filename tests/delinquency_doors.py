"""The doors of delinquency, for the fuzzing of every door."""

from datetime import date

import loanmath
from loanmath.account import Account
from loanmath.analysis import delinquency as late
from loanmath.line_account import LineAccount
from loanmath.presets import cn, eu, india
from loanmath.presets.cn.classes import CREDIT_REPORT, FIVE_CLASSES

__all__ = ["DELINQUENCY_DOORS"]

ON = date(2026, 6, 30)
LOAN = loanmath.InstallmentLoan(
    currency="CNY",
    principal="10000",
    disbursed=date(2026, 1, 15),
    every=loanmath.MONTHLY,
    rate=loanmath.Rate("1%/month"),
    repayment=loanmath.LevelPayment(3),
)
ACCOUNT = Account.open(LOAN).record(
    loanmath.Payment(id="p1", on=date(2026, 2, 20), amount="500")
)
# Opened so late that no day of the calendar is centuries of bills away.
LINE = LineAccount.open(cn.huabei_line("5000"), date(2199, 3, 1)).record(
    loanmath.Purchase(id="u1", on=date(2199, 3, 30), amount="1000")
)
SCHEME = late.M_STAGES
HISTORY = late.stage_history(ACCOUNT, date(2026, 1, 15), ON, SCHEME)
RECORD = late.credit_record(ACCOUNT, ON, CREDIT_REPORT.value)
WARNINGS = late.early_warnings(LINE, date(2199, 6, 30))
RULE, CLASSES, CODES = eu.DEFAULT_RETAIL.value, FIVE_CLASSES.value, CREDIT_REPORT.value


def _either(v):
    return v.pick.choice((ACCOUNT, LINE))


DELINQUENCY_DOORS = {
    "days_past_due": lambda v: late.days_past_due(v(), v(), pauses=v()),
    "Pause": lambda v: late.Pause(v(), v()),
    "BucketScheme": lambda v: late.BucketScheme(v(), v(), edge=v(), names=v()),
    "BucketScheme edges": lambda v: late.BucketScheme(
        "a", [v(), v()], edge="above", counts=v()
    ),
    "BucketScheme.bucket_of": lambda v: SCHEME.bucket_of(v()),
    "BucketScheme.named": lambda v: SCHEME.named(v()),
    "delinquency": lambda v: late.delinquency(v(), v(), v(), pauses=v()),
    "delinquency day": lambda v: late.delinquency(_either(v), v(), SCHEME),
    "stage_history": lambda v: late.stage_history(v(), v(), v(), v()),
    "stage_history days": lambda v: late.stage_history(
        _either(v), v(), v(), SCHEME, pauses=[late.Pause(v(), v())]
    ),
    "StageHistory.bucket_on": lambda v: HISTORY.bucket_on(v()),
    "DayClassRule": lambda v: late.DayClassRule(v(), held=v()),
    "class_of_days": lambda v: late.class_of_days(
        v(), india.ASSET_CLASSES.value, worst=v()
    ),
    "class_on": lambda v: late.class_on(_either(v), v(), v()),
    "LoanFacts": lambda v: late.LoanFacts(
        on=ON, days_past_due=v(), before=v(), cleared=v(), restructured=v(), again=v()
    ),
    "LoanFacts counts": lambda v: late.LoanFacts(
        on=v(), days_past_due=0, periods_paid=v(), bad_share=v(), judged=v()
    ),
    "LoanClassRule": lambda v: late.LoanClassRule(
        scheme=v(), bad=v(), watched=v(), technical_days=v()
    ),
    "loan_class": lambda v: late.loan_class(v(), v()),
    "loan_class facts": lambda v: late.loan_class(
        late.LoanFacts(on=ON, days_past_due=0, before=v(), restructured=v()), CLASSES
    ),
    "loan_facts": lambda v: late.loan_facts(
        _either(v), v(), restructured=v(), pauses=v(), judged=v()
    ),
    "Materiality": lambda v: late.Materiality(v(), v()),
    "Materiality.exceeded": lambda v: RULE.materiality.exceeded(v(), v()),
    "DefaultRule": lambda v: late.DefaultRule(
        v(),
        v(),
        days=v(),
        edge=v(),
        probation_months=v(),
        restructured_months=v(),
        forborne_months=v(),
    ),
    "default_on": lambda v: late.default_on(v(), v(), v(), restructured=v()),
    "default_on rows": lambda v: late.default_on(
        [(date(2026, 1, 1), v(), v()), (v(), 1, 2)], ON, RULE
    ),
    "default_on restructured": lambda v: late.default_on(
        [], v(), RULE, restructured=v()
    ),
    "default_of": lambda v: late.default_of(v(), v(), v()),
    "exposures_of": lambda v: late.exposures_of(v(), v()),
    "RecordCodes": lambda v: late.RecordCodes(
        late=SCHEME, nothing_due=v(), unopened=v(), closed=v(), ended=v(), stated=v()
    ),
    "credit_record": lambda v: late.credit_record(
        _either(v), v(), CODES, months=v(), stated=v()
    ),
    "credit_record stated": lambda v: late.credit_record(
        ACCOUNT, ON, CODES, stated={(v.pick.choice((2026, 0)), 3): v()}
    ),
    "CreditRecord.worst": lambda v: RECORD.worst(v()),
    "CreditRecord.times_late": lambda v: RECORD.times_late(v(), v()),
    "CreditRecord.months_late": lambda v: RECORD.months_late(v(), v()),
    "early_warnings": lambda v: late.early_warnings(
        _either(v), v(), months=v(), income=v()
    ),
    "EarlyWarnings.indicator": lambda v: WARNINGS.indicator(v()),
    "PersistentDebt": lambda v: late.PersistentDebt(
        currency=v(), since=v(), until=v(), principal=v()
    ),
    "PersistentDebt amounts": lambda v: (
        late.PersistentDebt(
            currency="GBP", since=ON, until=ON, principal=v(), interest=v(), fees=v()
        ).persists
    ),
    "persistent_debt": lambda v: late.persistent_debt(_either(v), v(), months=v()),
}
