"""What holds for every disclosure in the United States."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, example, given, reject
from hypothesis import strategies as st

from loanmath import (
    Fee,
    InstallmentLoan,
    LevelPayment,
    MinimumPayment,
    Promotion,
    Rate,
)
from loanmath.analysis.disclosure import (
    CardBalance,
    ChargedTransaction,
    CycleBalance,
    MinimumWarning,
    NoPayoffWarning,
    ReverseMortgage,
    cycle_rate,
    minimum_warning,
    total_annual_loan_cost,
    truth_in_lending,
    us_rule_payment,
)
from loanmath.errors import LimitError

cents = st.integers(1, 2_000_000)
basis_points = st.integers(0, 4_000)


def amount(units):
    return Decimal(units).scaleb(-2)


def yearly(points):
    return Rate.from_share(Fraction(points, 10_000), "year")


def nearest(exact):
    """Half up, of what is not negative."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


# --- minimum payments ---------------------------------------------------------------

balances = st.lists(
    st.tuples(cents, basis_points, st.integers(0, 24), st.integers(0, 2_000)),
    min_size=1,
    max_size=4,
)
minimums = st.tuples(st.integers(100, 2_000), st.integers(0, 5_000), st.booleans())


def told(owed, minimum, **choices):
    """The warning of cents, basis points, months and basis points of a promotion."""
    try:
        return warned(owed, minimum, **choices)
    except LimitError:
        # A minimum a trace above the interest takes more than a thousand years.
        reject()


def warned(owed, minimum, **choices):
    share, least, in_full = minimum
    return minimum_warning(
        [
            CardBalance(
                amount(units),
                yearly(rate),
                Promotion(months=months, rate=yearly(first)) if months else None,
            )
            for units, rate, months, first in owed
        ],
        MinimumPayment(
            Fraction(share, 10_000),
            least=amount(least),
            in_full=["interest"] if in_full else [],
        ),
        **choices,
    )


def by_hand(owed, minimum, *, included, most):
    """Months and cents of the loop of Appendix M2, in Fractions; -1, where it stops."""
    share, least, in_full = minimum
    left = [units for units, *_ in owed]
    month = paid = 0
    while sum(left) and month < most:
        month += 1
        rates = []
        for _, rate, months, first in owed:
            promoted = month <= months if included else month < months
            rates.append(Fraction(first if promoted else rate, 120_000))
        grown = [nearest(x * (1 + r)) for x, r in zip(left, rates, strict=True)]
        interest = sum(grown) - sum(left)
        pays = nearest(Fraction(share, 10_000) * sum(left))
        pays = min(max(pays + in_full * interest, least), sum(grown))
        paid += pays
        for place in sorted(range(len(left)), key=lambda place: rates[place]):
            part = min(pays, grown[place])
            grown[place] -= part
            pays -= part
        left = grown
    return month, paid, sum(left)


@given(balances, minimums, st.booleans())
def test_the_loop_is_that_of_appendix_m2(owed, minimum, included):
    choice = "promotional" if included else "regular"
    found = told(owed, minimum, last_month=choice)
    assume(isinstance(found, MinimumWarning))
    months, paid, left = by_hand(owed, minimum, included=included, most=12_000)
    assert (found.months, found.total, left) == (months, amount(paid), 0)


@given(balances, minimums)
def test_what_is_paid_is_what_was_owed_and_interest(owed, minimum):
    found = told(owed, minimum)
    assume(isinstance(found, MinimumWarning))
    assert found.balance == amount(sum(units for units, *_ in owed))
    assert found.rows[0].opening == found.balance
    assert sum(row.interest for row in found.rows) == found.interest
    assert sum(row.paid for row in found.rows) == found.balance + found.interest
    for row, after in zip(found.rows, found.rows[1:], strict=False):
        assert row.closing == after.opening == row.opening + row.interest - row.paid
    assert found.rows[-1].closing == 0


@given(cents, basis_points, minimums, st.integers(0, 500), st.integers(0, 1_000))
def test_of_one_balance_months_fall_when_the_minimum_rises(
    units, rate, minimum, more_share, more_least
):
    # What a month leaves does not fall where more is owed as it begins: of one balance.
    share, least, in_full = minimum
    owed = [(units, rate, 0, 0)]
    found = told(owed, minimum)
    assume(isinstance(found, MinimumWarning))
    more = told(owed, (share + more_share, least + more_least, in_full))
    assert not isinstance(more, NoPayoffWarning)
    if isinstance(more, MinimumWarning):
        assert more.months <= found.months
        assert more.total <= found.total + amount(more.months)


@given(balances, minimums)
def test_36_payments_repay_at_the_average_rate(owed, minimum):
    found = told(owed, minimum)
    assume(isinstance(found, (MinimumWarning, NoPayoffWarning)))
    total = sum(units for units, *_ in owed)
    rate = Fraction(0)
    for units, regular, months, first in owed:
        part = Fraction(min(months, 36), 36)
        blended = part * first + (1 - part) * regular
        rate += Fraction(units, total) * blended / 120_000
    payment = int(found.payment_in_36_months.scaleb(2))

    def left(paid):
        owed = Fraction(total)
        for _ in range(36):
            owed = owed * (1 + rate) - paid
        return owed

    half = Fraction(1, 2)
    assert left(payment - half) >= 0 > left(payment + half)


# --- open-end rates -----------------------------------------------------------------

cycle_balances = st.lists(st.tuples(cents, basis_points), min_size=1, max_size=4)


@given(cycle_balances)
def test_without_other_charges_the_quotient_is_the_periodic_rate(owed):
    found = cycle_rate([CycleBalance(amount(u), yearly(r)) for u, r in owed])
    charged = sum(Fraction(u, 12) * Fraction(r, 10_000) for u, r in owed)
    assert found.rate.value == charged / sum(u for u, _ in owed) * 12
    if len({rate for _, rate in owed}) == 1:
        assert found.rate == yearly(owed[0][1])


@given(cycle_balances, cents, st.integers(0, 500), st.integers(1, 500))
def test_a_higher_charge_is_a_higher_rate_and_never_below_the_periodic(
    owed, drawn, charge, more
):
    assume(drawn > 100)
    carried = [CycleBalance(amount(u), yearly(r)) for u, r in owed]

    def rate(charged):
        one = ChargedTransaction(amount(drawn), amount(charged))
        return cycle_rate(carried, [one]).rate.value

    assert max(yearly(r).value for _, r in owed) <= rate(charge) <= rate(charge + more)


# --- closed-end boxes ---------------------------------------------------------------


@given(
    st.integers(10_000, 10_000_000),
    st.integers(0, 3_000),
    st.integers(1, 48),
    st.integers(1, 2_000),
    st.sampled_from(["separately", "deducted", "financed"]),
    st.booleans(),
)
def test_the_finance_charge_is_interest_and_the_fees_that_are(
    principal, rate, count, fee, paid, is_charge
):
    loan = InstallmentLoan(
        currency="USD",
        principal=amount(principal),
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=yearly(rate),
        repayment=LevelPayment(count),
        fees=[Fee("points", amount(fee), paid=paid)],
    )
    charges = ["points"] if is_charge else []
    assume(rate or is_charge)
    box = truth_in_lending(loan, finance_charges=charges)
    interest = loan.schedule().totals.interest
    assert box.finance_charge == interest + (amount(fee) if is_charge else 0)
    assert box.amount_financed + box.finance_charge == box.total_of_payments
    paid_in_all = sum(line.payments * line.amount for line in box.lines)
    assert paid_in_all == box.total_of_payments
    assert sum(line.payments for line in box.lines) == count


@given(
    st.integers(100_000, 10_000_000),
    st.integers(1, 6_000),
    st.integers(1, 36),
    st.integers(1, 12),
)
@example(100_000, 4_800, 30, 6)
def test_by_the_united_states_rule_no_more_is_paid(principal, rate, count, months):
    first = date(2026 + (months // 12), months % 12 + 1, 15)
    loan = InstallmentLoan(
        currency="USD",
        principal=amount(principal),
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=yearly(rate),
        day_count="30E/360",
        first_due=first,
        repayment=LevelPayment(count, shortfall="capitalize"),
    )
    actuarial = loan.schedule()[0]
    payment = us_rule_payment(loan)
    if count == 1 or actuarial.interest <= actuarial.payment:
        # Of a single payment the plan takes what is owed.
        assert abs(payment - actuarial.payment) <= (amount(1) if count == 1 else 0)
    else:
        assert payment <= actuarial.payment


@given(st.integers(1, 1_200), st.integers(0, 1_000), st.integers(1, 20))
def test_without_costs_a_reverse_mortgage_costs_its_rate(rate, monthly, years):
    home = ReverseMortgage(
        rate=yearly(rate), value=10**10, lump_sum=100_000, monthly_advance=monthly
    )
    found = total_annual_loan_cost(home, years)
    assert abs(found.rate.value - Decimal(rate).scaleb(-4)) <= Decimal("0.0000002")
