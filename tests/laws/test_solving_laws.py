"""Laws of a solved term: it is the largest, the nearest, and it proves itself."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from loanmath.errors import LoanmathError, RateOutOfRangeError, ScheduleError
from loanmath.rates import Rate
from loanmath.solving import Unknown, solve_for
from loanmath.terms import InstallmentLoan, LevelPayment
from oracle.planner import DIGITS, annuity, round_to
from strategies import (
    MODES,
    contracts,
    decimal_text,
    loan_of,
    percent_text,
    yearly_rates,
)

CENT = Fraction(1, 100)
counts = st.one_of(st.integers(1, 6), st.integers(1, 60), st.sampled_from((120, 360)))
payments = st.one_of(st.integers(1, 300), st.integers(1, 10**7), st.integers(1, 10**9))
modes = st.sampled_from(MODES)


def level_loan(principal, rate, count, mode="half_up", **repayment):
    return InstallmentLoan(
        currency="CNY",
        principal=decimal_text(principal),
        disbursed=date(2025, 1, 15),
        every="monthly",
        rate=Rate(f"{percent_text(rate)}/year"),
        rounding=mode,
        repayment=LevelPayment(count, shortfall="capitalize", **repayment),
    )


def level(principal, rate, count, mode):
    """The level payment, from its definition; one installment pays the interest."""
    if count == 1:
        return principal + round_to(principal * rate / 12, mode, CENT)
    return round_to(principal / annuity([rate / 12] * count), mode, CENT)


def decimals(value):
    return next(places for places in range(41) if 10**places % value.denominator == 0)


@given(payment=payments, rate=yearly_rates(), count=counts, mode=modes)
def test_the_principal_is_the_largest_one(payment, rate, count, mode):
    payment = payment * CENT
    terms = level_loan(Fraction(1), rate, count, mode)
    try:
        solution = solve_for("principal", terms, payment=decimal_text(payment))
    except ScheduleError:
        assert level(CENT, rate, count, mode) > payment
        return
    value = Fraction(solution.value)
    assert level(value, rate, count, mode) <= payment
    assert level(value + CENT, rate, count, mode) > payment
    assert solution.is_exact == (level(value, rate, count, mode) == payment)
    assert solution.verify()


@given(payment=payments, rate=yearly_rates(), count=st.integers(2, 60))
def test_the_principal_in_closed_form(payment, rate, count):
    """Half up, the payment is at most p where the exact one is below p and a half."""
    # (p + 1/2) * annuity, and the last cent strictly below it
    exact = (payment * CENT + CENT / 2) * annuity([rate / 12] * count)
    assume(exact > CENT)
    expected = (ceil(exact / CENT) - 1) * CENT
    solution = solve_for(
        "principal",
        level_loan(Fraction(1), rate, count),
        payment=decimal_text(payment * CENT),
    )
    assert Fraction(solution.value) == expected


@given(
    units=st.integers(1_000, 10**8),
    percent=st.integers(-1_000, 4_000),
    count=st.integers(2, 60),
    mode=modes,
)
def test_a_rate_is_found_again_from_its_payment(units, percent, count, mode):
    principal, rate = units * CENT, Fraction(percent, 10_000)
    payment = level(principal, rate, count, mode)
    assume(payment > 0)
    terms = level_loan(principal, Fraction(1, 100), count, mode)
    try:
        solution = solve_for("rate", terms, payment=decimal_text(payment), digits=4)
    except RateOutOfRangeError:
        # Only where no rate of the range has more, or less, to pay.
        assert level(principal, Fraction(-99, 100), count, mode) >= payment
        return
    assert solution.is_exact
    assert solution.verify()
    found = solution.value.value
    assert level(principal, found, count, mode) == payment
    # The shortest of all that fit has no more decimals than the one we began with.
    assert decimals(found * 100) <= decimals(rate * 100)
    bracket = solution.bracket
    if bracket.low is not None:
        assert bracket.low.value < rate
        assert level(principal, bracket.low.value, count, mode) < payment
        above = bracket.low.value + Fraction(1, 10**6)
        assert level(principal, above, count, mode) >= payment
    assert bracket.high is not None
    assert rate < bracket.high.value
    below = bracket.high.value - Fraction(1, 10**6)
    assert level(principal, below, count, mode) <= payment
    assert level(principal, bracket.high.value, count, mode) > payment


@given(
    units=st.integers(100, 10**8),
    payment=st.integers(1, 10**8),
    digits=st.integers(0, 6),
)
def test_the_rate_is_the_nearest_on_its_grid(units, payment, digits):
    principal, payment, count = units * CENT, payment * CENT, 12
    terms = level_loan(principal, Fraction(0), count)
    try:
        solution = solve_for(
            "rate", terms, payment=decimal_text(payment), digits=digits
        )
    except RateOutOfRangeError:
        highest = level(principal, Fraction(10_000), count, "half_up")
        lowest = level(principal, Fraction(-99, 100), count, "half_up")
        assert not lowest < payment < highest
        return
    step = Fraction(1, 10 ** (digits + 2))
    found = solution.value.value
    assert (found / step).denominator == 1
    gap = abs(level(principal, found, count, "half_up") - payment)
    for near in (found - step, found + step):
        if Fraction(-99, 100) <= near <= 10_000:
            assert gap <= abs(level(principal, near, count, "half_up") - payment)


@given(
    units=st.integers(100, 10**8),
    rate=st.integers(0, 4_000),
    share=st.integers(1, 400),
)
def test_the_count_is_the_smallest_that_repays(units, rate, share):
    """A walk of its own: pay until nothing is owed, interest first."""
    principal, factor = units * CENT, Fraction(rate, 120_000)
    first = round_to(principal * factor, "half_up", CENT)
    payment = first + max(floor(principal / share / CENT), 1) * CENT
    terms = level_loan(principal, Fraction(rate, 10_000), 1)
    expected, owed = 0, principal
    while owed > 0 and expected <= 1_200:
        interest = round_to(owed * factor, "half_up", CENT)
        expected, last = expected + 1, min(payment, owed + interest)
        owed += interest - last
    try:
        solution = solve_for("count", terms, payment=decimal_text(payment))
    except ScheduleError:
        assert expected > 1_200
        return
    assert solution.value == expected == len(solution.schedule)
    assert Fraction(solution.schedule[-1].payment) == last
    assert solution.verify()


@given(
    units=st.integers(100, 10**8),
    rate=st.integers(0, 4_000),
    count=st.integers(1, 60),
    part=st.integers(0, 120),
)
def test_the_balloon_is_what_a_walk_leaves(units, rate, count, part):
    principal, factor = units * CENT, Fraction(rate, 120_000)
    payment = max(floor(principal * part / 100 / count / CENT), 1) * CENT
    terms = level_loan(principal, Fraction(rate, 10_000), count)
    owed = principal
    for _ in range(count - 1):
        interest = round_to(owed * factor, "half_up", CENT)
        owed += interest - min(payment, owed + interest)
    due = owed + round_to(owed * factor, "half_up", CENT)
    solution = solve_for("balloon", terms, payment=decimal_text(payment))
    assert Fraction(solution.value) == max(due - payment, 0)
    assert solution.verify()


@given(
    units=st.integers(100, 10**6),
    kept=st.integers(1, 100),
    rate=st.integers(0, 4_000),
    more=st.integers(1, 10**5),
    mode=modes,
)
def test_the_count_beside_a_balloon_is_the_smallest(units, kept, rate, more, mode):
    """Every number of installments from one on, by the formula of the annuity."""
    principal, factor = units * CENT, Fraction(rate, 120_000)
    balloon = max(floor(principal * kept / 100 / CENT), 1) * CENT
    payment = (floor(principal * factor / CENT) + more) * CENT
    terms = level_loan(
        principal, Fraction(rate, 10_000), 1, mode, balloon=decimal_text(balloon)
    )

    def beside(count):
        if count == 1:
            return principal + round_to(principal * factor, mode, CENT) - balloon
        last = balloon / (1 + factor) ** count
        return round_to((principal - last) / annuity([factor] * count), mode, CENT)

    expected = next((n for n in range(1, 61) if beside(n) <= payment), None)
    try:
        solution = solve_for("count", terms, payment=decimal_text(payment))
    except ScheduleError:
        assert expected is None
        return
    assert expected in (solution.value, None)
    assert expected is not None or solution.value > 60
    assert solution.is_exact == (beside(solution.value) == payment)
    assert solution.verify()


@given(
    contract=contracts(most=24),
    unknown=st.sampled_from(Unknown),
    payment=payments,
    residue=st.sampled_from(("last", "first")),
)
def test_whatever_the_terms_an_answer_proves_itself(
    contract, unknown, payment, residue
):
    """Every method, day count, unit of rounding, business-day rule and date."""
    terms = loan_of(contract)
    asked = None if unknown is Unknown.PAYMENT else Decimal(payment)
    try:
        if isinstance(terms.repayment, LevelPayment):
            repayment = attrs.evolve(terms.repayment, residue=residue)
            terms = attrs.evolve(terms, repayment=repayment)
        solution = solve_for(unknown, terms, payment=asked, digits=4)
    except LoanmathError:
        return
    assert solution.schedule == solution.loan.schedule()
    assert solution.verify()


@given(contract=contracts(method="level", most=24))
def test_what_was_solved_leads_back_to_the_payment(contract):
    """Payment from principal, principal from payment: the same payment again."""
    # A principal is looked for in whole minor units of the currency.
    assume(contract.principal * 10 ** DIGITS[contract.currency] % 1 == 0)
    terms = loan_of(contract)
    try:
        payment = solve_for("payment", terms).value
        assume(payment > 0)
        solution = solve_for("principal", terms, payment=payment)
    except LoanmathError:
        return
    assert solution.is_exact
    assert solution.value >= terms.principal
    assert solve_for("payment", solution.loan).value == payment
