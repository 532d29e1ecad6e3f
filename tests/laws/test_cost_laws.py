"""
Costs that are disclosed add up: to the plan, to what is paid, and to the annual rate.

Agreements come from `agreements`, loans with penalties from `accounts`.
"""

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from hypothesis import assume, event, given
from hypothesis import strategies as st

from accounts import loans
from agreements import agreements, loan_of
from loanmath import InstallmentLoan, LevelPayment, Rate
from loanmath.analysis.disclosure import (
    DatedCharges,
    Lateness,
    ThirdPartyCost,
    charges_at_intervals,
    corporate_cost,
    cost_sheet,
    drawn_within_limits,
    key_facts,
    open_end_in_full,
    open_end_monthly,
    overdraft,
    running_account_summary,
    shortest_first_interval,
    shown_percent,
    standard_information,
    with_interest,
)
from loanmath.analysis.disclosure.late_payment import late_payments
from loanmath.analysis.disclosure.planned_costs import capital_flows, planned_costs
from loanmath.currency import to_units
from loanmath.errors import LimitError, LoanmathError, SolverError
from loanmath.recurrence import add_months
from loanmath.terms import Fee
from loanmath.yields import EU_APRC, apr

START = date(2026, 1, 15)


def planned(terms):
    """The loan of an agreement that can be planned."""
    try:
        loan = loan_of(terms)
        loan.schedule()
    except LoanmathError:
        event("refused")
        assume(False)
        raise
    return loan


def netted(flows):
    found = Counter()
    for on, amount in flows:
        found[on] += amount
    return {on: amount for on, amount in found.items() if amount}


@given(agreements())
def test_every_cent_of_a_plan_is_lent_repaid_or_one_of_its_costs(terms):
    loan = planned(terms)
    costs = planned_costs(loan)
    ours = [*capital_flows(loan), *(flow for cost in costs for flow in cost.flows)]
    plan = loan.schedule().cash_flows()
    theirs = [(on, to_units(amount, loan.digits, "flow")) for on, amount in plan]
    assert netted(ours) == netted(theirs)
    assert sum(cost.amount for cost in costs) == sum(units for _, units in theirs)


def fees():
    shares = st.sampled_from(["0.1%", "0.35%", "2%"])
    due = st.sampled_from(["disbursement", "installments"])
    return st.lists(
        st.builds(
            lambda name, share, due, tax: Fee(name, share, due=due, tax=tax),
            st.sampled_from(["service", "guarantee", "账户管理费"]),
            shares,
            due,
            st.sampled_from([None, "6%"]),
        ),
        max_size=3,
        unique_by=lambda fee: fee.name,
    )


def level_loans():
    return st.builds(
        lambda units, count, rate, day, due, fees: InstallmentLoan(
            currency="CNY",
            principal=Decimal(units).scaleb(-2),
            disbursed=day,
            every="monthly",
            rate=Rate(f"{rate}bp/year"),
            day_count="30/360",
            due_day=due,
            # An odd first period may cost more interest than a payment.
            repayment=LevelPayment(count, shortfall="capitalize"),
            fees=fees,
        ),
        st.integers(100_000, 10**9),
        st.integers(1, 48),
        st.integers(0, 3600),
        st.dates(date(2020, 1, 1), date(2030, 12, 31)),
        st.none() | st.integers(1, 31),
        fees(),
    )


@given(level_loans(), fees())
def test_a_sheet_adds_up_to_the_plan_and_to_its_rates(loan, others):
    third = [ThirdPartyCost(fee, payee="Guarantee Co.") for fee in others]
    sheet = cost_sheet(loan, lender="Bank", others=third)
    lines = sheet.items_of("normal")
    own = sum(amount for _, amount in loan.schedule().cash_flows())
    theirs = sum(line.amount for line in lines if line.payee != "Bank")
    assert sum(line.amount for line in lines) == sheet.cost == own + theirs
    assert sum(line.simple for line in lines) == sheet.simple.shown
    assert sum(line.effective for line in lines) == sheet.effective.shown
    assert all(line.simple >= 0 for line in lines)


@given(loans(), st.integers(1, 6), st.integers(1, 200))
def test_what_a_late_loan_pays_is_its_plan_and_what_lateness_costs(loan, number, days):
    try:
        plan = loan.schedule()
        paid = late_payments(loan, Lateness(number, days))
    except (LimitError, LoanmathError) as error:
        event(type(error).__name__)
        assume(False)
    cost = Decimal(sum(units for _, units in paid.flows)).scaleb(-loan.digits)
    planned = sum(amount for _, amount in plan.cash_flows())
    more = paid.penalty + paid.compound + sum(paid.charges) + paid.beyond
    assert cost == planned + more
    assert paid.penalty >= 0


@given(level_loans(), st.integers(1, 500))
def test_a_charge_more_never_lowers_the_european_rate(loan, units):
    before = standard_information(loan, decimals=6)
    charge = DatedCharges("more", [(loan.disbursed, Decimal(units).scaleb(-2))])
    after = standard_information(
        loan, decimals=6, others=[ThirdPartyCost(charge, payee="Broker")]
    )
    assert after.shown >= before.shown
    assert after.payable == before.payable + Decimal(units).scaleb(-2)
    assert before.payable == before.credit + before.cost
    paid = sum(group.count * group.amount for group in before.installments)
    assert paid == before.payable


@given(level_loans())
def test_a_fee_of_a_company_s_loan_never_lowers_its_cost(loan):
    try:
        cost = corporate_cost(loan, lender="Bank")
    except SolverError as error:
        event(type(error).__name__)
        assume(False)
    assert cost.total == cost.rate + sum(fee.percent for fee in cost.fees)
    assert all(fee.percent >= 0 for fee in cost.fees)
    names = [fee.name for fee in loan.fees]
    borne = corporate_cost(loan, lender="Bank", borne_by_lender=names)
    assert borne.total == borne.rate == cost.rate


@given(level_loans(), st.booleans())
def test_key_facts_add_up(loan, rounded):
    facts = key_facts(loan, lender="Bank", rounded=rounded)
    charged = sum(charge.amount for charge in facts.charges)
    assert facts.payable == facts.sanctioned + facts.interest + charged
    assert facts.net_disbursed <= facts.sanctioned
    if rounded:
        cost = sum(amount for _, amount in loan.schedule().cash_flows())
        assert facts.payable == facts.sanctioned + cost


@given(
    st.integers(1, 10**9),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.lists(st.integers(0, 100), max_size=8),
)
def test_assumed_drawdowns_are_all_of_the_limit_and_never_above_a_month_s(
    units, start, shares
):
    limit = Decimal(units).scaleb(-2)
    limits = [f"{share}%" for share in sorted(shares)]
    flows = drawn_within_limits(limit, start, limits, currency="EUR")
    assert -sum(flow.amount for flow in flows) == limit
    drawn = dict(
        zip([on for on, _ in flows], accumulate(-f.amount for f in flows), strict=True)
    )
    for month, share in enumerate(sorted(shares)):
        on = add_months(start, month)
        by_then = max([0, *(most for day, most in drawn.items() if day <= on)])
        assert by_then * 100 <= limit * share
        # And no later than it could be: less than a cent of the limit is left.
        assert by_then * 100 + 100 * Decimal("0.01") > limit * share


@given(
    st.integers(1, 10**7),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(0, 5000),
    st.integers(1, 24),
)
def test_open_end_credit_without_charges_costs_its_monthly_rate(
    units, start, points, months
):
    # From the 31st to the end of a shorter month, alone, is an interval of days.
    assume(months > 1 or start.day <= 28)
    limit, rate = Decimal(units), Rate(f"{points}bp/year")
    growth = (1 + Fraction(points, 120_000)) ** 12 - 1
    flows = open_end_monthly(limit, start, rate, months=months)
    assert len(flows) == months + 1
    found = Fraction(apr(flows, EU_APRC, digits=6).value)
    # Ten decimals of interest leave a part of a millionth.
    assert abs(found - growth) <= Fraction(1, 10**6)


@given(
    st.integers(1, 10**7),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(1, 40),
    st.integers(1, 40),
)
def test_without_interest_assumed_flows_return_what_was_drawn(
    units, start, months, every
):
    limit = Decimal(units).scaleb(-2)
    for flows in (
        open_end_monthly(limit, start, "0%/year", months=months),
        open_end_in_full(limit, start, "0%/year", months=months, every=every),
        overdraft(limit, start, "0%/year", months=months, every=every),
    ):
        assert sum(flow.amount for flow in flows) == 0
    # Counted back, a day that February lacks is no whole month: SWD(2012) 128.
    start = start.replace(day=min(start.day, 28))
    whole = with_interest(
        [(start, limit)], [(add_months(start, months), limit)], "12%/year"
    )
    assert whole[-1].amount == limit * (100 + months) / 100


@given(
    st.dates(date(1990, 1, 1), date(2150, 1, 1)),
    st.integers(1, 31),
    st.none() | st.integers(1, 31),
)
def test_no_drawdown_is_nearer_to_its_first_payment(since, due, cut_off):
    found = shortest_first_interval(since, due, cut_off=cut_off)
    assert found.days == (found.paid - found.drawn).days >= 1
    assert found.paid.day == due or found.paid.day >= 28
    for day in range(400):
        drawn = date.fromordinal(since.toordinal() + day)
        later = 1 if cut_off is None or drawn.day <= cut_off else 2
        paid = add_months(drawn, later, roll_day=due)
        if cut_off is None and add_months(drawn, 0, roll_day=due) > drawn:
            paid = add_months(drawn, 0, roll_day=due)
        assert (paid - drawn).days >= found.days


@given(st.integers(1, 10**8), st.integers(1, 60))
def test_a_charge_in_parts_is_all_of_the_charge(units, count):
    days = [add_months(START, month) for month in range(1, count + 1)]
    total = Decimal(units).scaleb(-2)
    flows = charges_at_intervals(total, days, currency="EUR")
    assert sum(flow.amount for flow in flows) == total
    assert len({flow.amount for flow in flows[:-1]}) <= 1


@given(st.integers(0, 10**7), st.integers(1, 8))
def test_a_rate_is_shown_within_half_a_digit(units, decimals):
    percent = Decimal(units).scaleb(-5)
    shown = shown_percent(percent, decimals)
    step = Decimal(1).scaleb(-decimals)
    assert -step / 2 < shown - percent <= step / 2
    assert shown.as_tuple().exponent == -decimals


@given(
    st.integers(1, 10**6), st.integers(0, 4000), st.sampled_from(["capital", "payment"])
)
def test_without_charges_a_card_costs_its_rate_however_it_is_repaid(
    units, points, equal
):
    summary = running_account_summary(
        Decimal(units).scaleb(-2) + 100,
        START,
        rate=f"{points}bp/year",
        months=12,
        currency="GBP",
        equal=equal,
    )
    growth = (1 + Fraction(points, 120_000)) ** 12 - 1
    assert abs(Fraction(summary.apr.percent) - 100 * growth) < Fraction(1, 10**4)
    assert summary.payable == summary.limit + summary.cost
