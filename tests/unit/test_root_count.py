"""One positive root or not, of polynomials made from their roots."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanmath.yields.root_count import has_one_positive_root


def product(*factors):
    """Multiply polynomials, lowest power first."""
    result = [1]
    for factor in factors:
        column = [0] * (len(result) + len(factor) - 1)
        for i, left in enumerate(result):
            for j, right in enumerate(factor):
                column[i + j] += left * right
        result = column
    return result


def root_at(root):
    return [-root.numerator, root.denominator]


@pytest.mark.parametrize(
    ("coefficients", "one"),
    [
        ([], False),
        ([0], False),
        ([5], False),
        ([1, 1], False),
        ([-1, 1], True),
        ([0, 0, -1, 1, 0], True),
        ([1, -2, 1], False),
        ([2, -3, 1], False),
        ([-6, 11, -6, 1], False),
        ([-2, 3, -2, 1], True),
        ([-1, 1, -1, 1], True),
        ([1, -1, 1], False),
    ],
)
def test_by_hand(coefficients, one):
    assert has_one_positive_root(coefficients) is one


def test_the_middle_of_the_interval_is_a_root():
    # The bound of the roots is 8: the first middle is 4, a root.
    polynomial = product([-4, 1], [5, -4, 1])
    assert has_one_positive_root(polynomial)
    assert not has_one_positive_root(product(polynomial, [-1, 1]))
    assert not has_one_positive_root(product(polynomial, [-4, 1]))


def test_roots_as_close_as_rates_may_be():
    near = Fraction(1, 10**6)
    close = product(root_at(Fraction(1, 100)), root_at(Fraction(1, 100) + near))
    assert not has_one_positive_root(close)
    assert has_one_positive_root(product(close, [1, 0, 1], close, [1])) is False


REAL = st.fractions(Fraction(1, 1000), Fraction(1000), max_denominator=1000)
PAIRS = st.tuples(st.integers(-20, 20), st.integers(1, 20))


@given(
    st.lists(REAL, max_size=4, unique=True),
    st.lists(REAL, max_size=3),
    st.lists(PAIRS, max_size=3),
    st.sampled_from([-3, 1, 7]),
)
def test_products_of_known_roots(positive, negative, pairs, factor):
    polynomial = product(
        [factor],
        *(root_at(root) for root in positive),
        *(root_at(-root) for root in negative),
        # x^2 + b x + b^2 / 4 + c with c above zero has no real root.
        *([b * b + 4 * c, 4 * b, 4] for b, c in pairs),
    )
    assert has_one_positive_root(polynomial) is (len(positive) == 1)
