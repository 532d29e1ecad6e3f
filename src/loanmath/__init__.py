"""
Loan mathematics right to the cent: terms in, a schedule out, every cent explained.

Terms promise, schedules plan. Every public name is here and is loaded when it is first
used, so that `import loanmath` costs nothing that a program does not need.

Example:
    >>> import loanmath
    >>> loanmath.level_payment("10000", loanmath.Rate("1%/month"), 12)
    Decimal('888.49')
"""

from importlib import import_module
from typing import Any

# What the type checkers read is the stub beside this file; a test compares the two.
_ROOMS = {
    "account": """
        Account AccountStatement Amounts Arrear Bridge BridgeItem InstallmentPosition
        NextDue Position Posting Preview Revision StatementLine Status explain
    """,
    "analysis": """
        Agreed ConventionInForce Effect Refusal Sensitivity sensitivity
    """,
    "analysis.accounting": """
        AccountingTerms EffectiveInterest PresentValueTest effective_interest
        present_value_test
    """,
    "analysis.book": """
        Book Inclusion LoanSnapshot RollRateChain book_of compare_management
        distribution expected_credit_loss measure_book migration overdue_ratio simulate
        snapshot vintages
    """,
    "analysis.caps": """
        AnnualLimit CapReport CostLimit CreditCost LendingCap SimpleLimit
        applicable_caps check_cap check_caps cost_bands credit_cost
    """,
    "analysis.delinquency": """
        BucketScheme M_STAGES Pause class_on credit_record default_of delinquency
        early_warnings loan_class loan_facts stage_history
    """,
    "analysis.disclosure": """
        CardBalance ClosingCosts CorporateCost CostSheet DatedCharges KeyFacts Lateness
        MinimumWarning MortgageInsurance NoPayoffWarning NoWarning ReverseMortgage
        StandardInformation ThirdPartyCost TruthInLending balance_of_cycle
        corporate_cost cost_sheet cycle_rate key_facts line_minimum_warning
        minimum_warning representative_example running_account_summary
        standard_information total_annual_loan_cost truth_in_lending
        truth_in_lending_of_flows us_rule_payment
    """,
    "analysis.duration": """
        Duration duration
    """,
    "analysis.reconciliation": """
        PrintedBill PrintedBills PrintedRow PrintedSchedule Reconciliation reconcile
    """,
    "analysis.tolerances": """
        Tolerance ToleranceCheck check_tolerance is_irregular
    """,
    "billing": """
        BillInterest BillSegment bill_interest default_charge minimum_payment
    """,
    "calendars": """
        BusinessDayRule Calendar HolidayCalendar NONE WEEKENDS chinese_calendar
        holidays_calendar
    """,
    "currency": """
        currency_digits
    """,
    "daycount": """
        DAY_COUNTS DayCount HeadTail day_count
    """,
    "errors": """
        LoanmathError
    """,
    "events": """
        Acceleration BillDeferral Breach CashAdvance Charge ChargeOff Chargeback
        Conversion CycleChange Disbursement Event InterestPause InterestResume
        LimitChange Payment Payout PlanSettlement Purchase Recovery Refund Restructuring
        Reversal ReversedAs TermsChange Transfer Waiver WriteOff
    """,
    "line_account": """
        LineAccount LinePosition LinePosting LinePreview LineRevision LineStatement
        Outlook SegmentPosition SharedLimit StatementItem explain_line
    """,
    "rates": """
        Rate RateUnit
    """,
    "recurrence": """
        BIWEEKLY DAILY MONTHLY QUARTERLY SEMIANNUALLY Step WEEKLY YEARLY add_months
    """,
    "restructuring": """
        Comparison Pays Plan compare_paths refinance restructure
    """,
    "rounding": """
        Rounding RoundingMode
    """,
    "schedule": """
        CashFlow Explanation Installment Schedule Totals level_payment
    """,
    "serialization": """
        cash_flows_from_csv events_document events_from_csv events_from_json_lines
        events_to_json_lines line_document line_from_document line_from_text
        read_cash_flows read_events read_line read_statement read_terms
        statement_from_csv terms_document terms_from_document terms_from_text
    """,
    "solving": """
        Bracket Solution Unknown solve_for
    """,
    "term_sheets": """
        Language Section TermSheet term_sheet
    """,
    "terms": """
        AddOnInterest AllocateBy Allocation AllocationTier AmountCap BalanceMethod
        BearsFrom BearsOn BrokenPeriod BusinessDays Cap ChargedPer Component Compounded
        Compounding ContractInterest CreditLine CreditUse Cycle DaysPastDue
        DefaultCharge Drawdown EarlyFee Earned EqualPrincipal Fee FeeBase FeeBilled
        FeeDue FeeOf FeePaid FeeReturn FeeTiming FirstDay FirstPaid FixedPayment
        FixedPrincipal FlatFee FloatingRate FreePeriod FutureRule Grace GraduatedPayment
        Happening Holiday HolidayInterest HolidayOf InDuplum Index InstallmentLoan
        InstallmentTerms InterestDates InterestOn InterestOnly InterestPayments
        InterestPosted InterestTo JoinsCycle LastDay LateCharge LateChargeOf
        LevelPayment LimitCovers LineAllocation LineInterest LineSegment LoanRate
        MinimumItem MinimumPayment OverLimit PaymentDay PenaltyBase PenaltyInterest
        PenaltyRounded PlanRefund PlanResidue PlanSplit Prepayment PrepaymentEffect
        PrepaymentFee PrincipalAmounts Promotion RateCap RateChange RemainingFees
        Repayment RepaymentDay Residue RoundedPer SameDay Servicing ShareOf Shortfall
        SinglePayment Standing SteppedPayment SteppedRate TransactionFee Unearned
    """,
    "terms.concessions": """
        AffordablePayment Capitalization ConditionalForgiveness Deferral Extension
        Forgiveness FrozenInterest NewDates PlanFee RateCut ReAging Reamortization
        Settlement
    """,
    "verification": """
        Erratum Vector Verification errata vectors verify
    """,
    "yields": """
        AU_COMPARISON Accumulation ActualDays AnnualRate BR_CET BackwardIntervals
        CN_CORPORATE CN_EFFECTIVE CN_SIMPLE Certificate CouponPeriods ECB_NDER
        EU_2014_17 EU_2023_2225 EU_APRC FlatCost ForwardIntervals HK_APR ICMA_ANNUAL
        ICMA_QUARTERLY ICMA_SEMIANNUAL IN_KFS Quoted RATE_CONVENTIONS RateConvention
        SG_EIR UK_APR US_REG_Z US_RULE UnitPeriods WholePeriods XIRR Yield apr
        conditional_prepayment_rate continuous_rate discount_rate
        effective_from_continuous effective_from_discount effective_rate flat_cost
        flat_from_nominal irr nominal_rate present_value psa_prepayment_rate
        single_monthly_mortality
    """,
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names.split()}

__all__ = sorted(_ROOM_OF)  # noqa: PLE0605 # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    room = _ROOM_OF.get(name)
    if room is None:
        message = f"module 'loanmath' has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"loanmath.{room}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
