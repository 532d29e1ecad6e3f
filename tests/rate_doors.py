"""The doors of rates, caps and accounting, for the fuzzing of every door."""

from datetime import date

import loanmath
from loanmath.analysis import accounting, caps, disclosure, tolerances
from loanmath.analysis.accounting import AccountingTerms, PresentValueTest, ValueBasis
from loanmath.analysis.caps import AnnualLimit, CostLimit, CreditCost, SimpleLimit
from loanmath.analysis.duration import duration
from loanmath.presets import rate_caps, uk
from loanmath.presets.tolerances import us_apr_tolerance
from loanmath.yields import (
    RATE_CONVENTIONS,
    US_REG_Z,
    WholePeriods,
    apr,
    flat_cost,
)

__all__ = ["RATE_DOORS"]

LOAN = loanmath.InstallmentLoan(
    currency="CNY",
    principal="10000",
    disbursed=date(2026, 1, 15),
    every=loanmath.MONTHLY,
    rate=loanmath.Rate("1%/month"),
    repayment=loanmath.LevelPayment(3),
)
SCHEDULE = LOAN.schedule()
FLOWS = SCHEDULE.cash_flows()
RATE = apr(FLOWS, US_REG_Z)
TERMS = AccountingTerms("CNY")
EVEN = accounting.effective_interest(["-1000", "600", "600"], TERMS)
DATED = accounting.effective_interest(FLOWS, TERMS)
BASIS = ValueBasis("0.1", TERMS, 0)
TEST = PresentValueTest("test", "10%")
COST = caps.credit_cost(SCHEDULE)
NAMES = [*RATE_CONVENTIONS, "no such convention"]


def _flows(v):
    """Flows of which one value is hostile, one amount apart or dated."""
    flows = list(FLOWS)
    number = v.pick.randrange(len(flows))
    on, amount = flows[number]
    flows[number] = (v(), amount) if v.pick.random() < 0.5 else (on, v())
    return flows


RATE_DOORS = {
    "apr": lambda v: apr(v(), v()),
    "apr flows": lambda v: apr(_flows(v), v.pick.choice(NAMES)),
    "apr even": lambda v: apr([v(), v(), "5"], v.pick.choice(NAMES), every=v()),
    "annual_equation": lambda v: loanmath.yields.annual_equation(v(), v(), every=v()),
    "apr digits": lambda v: apr(FLOWS, US_REG_Z, digits=v()),
    "AnnualRate.at": lambda v: RATE.at(v()),
    "AnnualRate.net_value": lambda v: RATE.net_value(v()),
    "RateConvention": lambda v: loanmath.RateConvention(
        v(), WholePeriods(), quoted=v(), accumulation=v(), decimals=v()
    ),
    "RateConvention facts": lambda v: loanmath.RateConvention(
        "a", v(), quoted="nominal", in_force=v(), source=v(), recalled=v()
    ),
    "WholePeriods": lambda v: WholePeriods(v()),
    "CouponPeriods": lambda v: loanmath.CouponPeriods(v()),
    "effective_rate": lambda v: loanmath.effective_rate(v(), v(), digits=v()),
    "nominal_rate": lambda v: loanmath.nominal_rate(v(), v(), digits=v()),
    "discount_rate": lambda v: loanmath.discount_rate(v(), v(), digits=v()),
    "effective_from_discount": lambda v: loanmath.effective_from_discount(v(), v()),
    "continuous_rate": lambda v: loanmath.continuous_rate(v(), digits=v()),
    "effective_from_continuous": lambda v: loanmath.effective_from_continuous(v()),
    "single_monthly_mortality": lambda v: loanmath.single_monthly_mortality(
        v(), digits=v()
    ),
    "conditional_prepayment_rate": lambda v: loanmath.conditional_prepayment_rate(v()),
    "psa_prepayment_rate": lambda v: loanmath.psa_prepayment_rate(v(), v()),
    "flat_cost": lambda v: flat_cost(v(), v(), every=v(), digits=v()),
    "flat_from_nominal": lambda v: loanmath.flat_from_nominal(v(), v(), every=v()),
    "cash_flows_from_csv": lambda v: loanmath.cash_flows_from_csv(v()),
    "AccountingTerms": lambda v: AccountingTerms(
        v(), rounding=v(), rounded=v(), leftover=v()
    ),
    "effective_interest": lambda v: accounting.effective_interest(
        v(), TERMS, costs=v(), fees=v()
    ),
    "effective_interest flows": lambda v: accounting.effective_interest(
        _flows(v), TERMS
    ),
    "EffectiveInterest.carrying": lambda v: (EVEN.carrying(v()), DATED.carrying(v())),
    "EffectiveInterest.basis": lambda v: EVEN.basis(v()),
    "ValueBasis": lambda v: ValueBasis(v(), v(), v()),
    "ValueBasis.present_value": lambda v: BASIS.present_value(v()),
    "remeasure": lambda v: accounting.remeasure(v(), v(), BASIS, costs=v(), fees=v()),
    "revise": lambda v: accounting.revise(EVEN, v(), v()),
    "modify": lambda v: accounting.modify(DATED, v(), v(), costs=v(), fees=v()),
    "reestimate": lambda v: accounting.reestimate(EVEN, v(), v()),
    "net_of_allowance": lambda v: accounting.net_of_allowance(EVEN, [(v(), v())]),
    "PresentValueTest": lambda v: PresentValueTest(v(), v(), counted=v(), reached=v()),
    "present_value_test": lambda v: accounting.present_value_test(
        v(), v(), TEST, BASIS, fees=v()
    ),
    "refund": lambda v: accounting.refund(v(), v(), v(), v(), TERMS),
    "actuarial_refund": lambda v: accounting.actuarial_refund(
        v(), v(), v(), TERMS, rate=v()
    ),
    "EarlySettlementRule": lambda v: accounting.EarlySettlementRule(
        v(), notice_days=v(), deferred_months=v(), above_months=v()
    ),
    "early_settlement": lambda v: accounting.early_settlement(
        v(), v(), uk.EARLY_SETTLEMENT.value, rate=v()
    ),
    "refund_of": lambda v: accounting.refund_of(v(), v(), v()),
    "earned_share": lambda v: accounting.earned_share(v(), v(), v()),
    "duration": lambda v: duration(v(), v(), at=v(), digits=v()),
    "IndexMultiple": lambda v: caps.IndexMultiple(v(), v()),
    "AnnualLimit": lambda v: AnnualLimit(v()),
    "SimpleLimit": lambda v: SimpleLimit(v(), days_in_year=v(), of=v(), overdue=v()),
    "CostLimit": lambda v: CostLimit(v(), of=v(), share_of=v()),
    "CreditCost": lambda v: CreditCost(
        currency="CNY", outstanding=v(), interest=v(), fee=v(), overdue=v()
    ),
    "CreditCost steps": lambda v: CreditCost(
        currency=v(), outstanding=[(v(), v()), (v(), 0)], default_fee=v()
    ),
    "credit_cost": lambda v: caps.credit_cost(v()),
    "applicable_caps": lambda v: caps.applicable_caps(
        rate_caps.ALL, jurisdiction=v(), lender=v(), signed=v(), amount=v()
    ),
    "check_cap": lambda v: caps.check_cap(COST, v(), convention=v()),
    "check_cap limits": lambda v: caps.check_cap(
        SCHEDULE, v.pick.choice(rate_caps.ALL), convention=v()
    ),
    "cost_bands": lambda v: caps.cost_bands(SCHEDULE, v(), convention=v(), signed=v()),
    "check_cycle": lambda v: caps.check_cycle(
        rate_caps.ALL[0],
        currency="CNY",
        balance=v(),
        finance_charge=v(),
        fees=v(),
        cycles_per_year=v(),
    ),
    "Tolerance": lambda v: tolerances.Tolerance(v(), above=v(), below=v()),
    "check_tolerance": lambda v: tolerances.check_tolerance(v(), v(), v()),
    "is_irregular": lambda v: tolerances.is_irregular(v()),
    "truth_in_lending": lambda v: disclosure.truth_in_lending(
        LOAN, finance_charges=v(), rounded=v(), insurance=v(), closing=v()
    ),
    "truth_in_lending loan": lambda v: disclosure.truth_in_lending(v()),
    "truth_in_lending_of_flows": lambda v: disclosure.truth_in_lending_of_flows(
        _flows(v), currency=v()
    ),
    "MortgageInsurance": lambda v: disclosure.MortgageInsurance(
        v(), value=v(), until=v()
    ),
    "CardBalance": lambda v: disclosure.CardBalance(v(), v(), v()),
    "minimum_warning": lambda v: disclosure.minimum_warning(
        v(), v(), currency=v(), first=v(), last_month=v(), whole_amounts=v()
    ),
    "minimum_warning balances": lambda v: disclosure.minimum_warning(
        [disclosure.CardBalance("500", loanmath.Rate("18%/year"))],
        loanmath.MinimumPayment("2%", least=20),
        currency="USD",
        first=v(),
        last_month=v(),
        whole_amounts=v(),
    ),
    "drawn_at_once": lambda v: disclosure.drawn_at_once(v(), v()),
    "drawn_within_limits": lambda v: disclosure.drawn_within_limits(
        v(), v(), v(), currency=v()
    ),
    "highest_rate": lambda v: disclosure.highest_rate(v(), v()),
    "borrowing_rate": lambda v: disclosure.borrowing_rate(v(), v(), v(), others=v()),
    "overdraft": lambda v: disclosure.overdraft(v(), v(), v(), months=v(), every=v()),
    "open_end_monthly": lambda v: disclosure.open_end_monthly(
        v(), v(), v(), months=v()
    ),
    "open_end_in_full": lambda v: disclosure.open_end_in_full(
        v(), v(), v(), months=v(), every=v()
    ),
    "with_interest": lambda v: disclosure.with_interest(v(), v(), v()),
    "charges_at_intervals": lambda v: disclosure.charges_at_intervals(
        v(), v(), currency="EUR"
    ),
    "earliest_and_lowest": lambda v: disclosure.earliest_and_lowest(v(), v()),
    "shortest_first_interval": lambda v: disclosure.shortest_first_interval(
        v(), v(), cut_off=v()
    ),
    "shown_percent": lambda v: disclosure.shown_percent(v(), v()),
    "DatedCharges": lambda v: disclosure.DatedCharges(v(), v()),
    "DatedCharges dates": lambda v: disclosure.DatedCharges("a", [(v(), v())]),
    "ThirdPartyCost": lambda v: disclosure.ThirdPartyCost(v(), payee=v()),
    "Lateness": lambda v: disclosure.Lateness(v(), v()),
    "cost_sheet": lambda v: disclosure.cost_sheet(
        LOAN, lender=v(), others=v(), payees=v(), late=v(), lang=v()
    ),
    "standard_information": lambda v: disclosure.standard_information(
        LOAN, others=v(), decimals=v(), convention=v()
    ),
    "representative_example": lambda v: disclosure.representative_example(
        LOAN, others=v()
    ),
    "running_account_summary": lambda v: disclosure.running_account_summary(
        v(), v(), rate=v(), months=v(), currency=v(), charges=v(), equal=v()
    ),
    "key_facts": lambda v: disclosure.key_facts(LOAN, lender=v(), rounded=v()),
    "corporate_cost": lambda v: disclosure.corporate_cost(
        LOAN, lender=v(), borne_by_lender=v(), days_in_year=v()
    ),
    "CycleBalance": lambda v: disclosure.CycleBalance(v(), v(), v()),
    "ChargedTransaction": lambda v: disclosure.ChargedTransaction(v(), v()),
    "cycle_rate": lambda v: disclosure.cycle_rate(
        v(), v(), other_charges=v(), days=v(), cycles_per_year=v(), currency="USD"
    ),
    "balance_of_cycle": lambda v: disclosure.balance_of_cycle(
        v(), v(), v(), v(), purchases=v(), payments=v(), currency="USD"
    ),
    "us_rule_payment": lambda v: disclosure.us_rule_payment(v()),
    "ReverseMortgage": lambda v: disclosure.ReverseMortgage(
        rate=v(),
        value=v(),
        lump_sum=v(),
        monthly_advance=v(),
        costs=v(),
        currency="USD",
    ),
    "us_apr_tolerance": lambda v: us_apr_tolerance(v()),
}
