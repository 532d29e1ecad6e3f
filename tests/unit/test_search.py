import pytest

from loanmath.search import last_where


@pytest.mark.parametrize("near", [-1000, -1, 0, 6, 7, 8, 9, 1000])
@pytest.mark.parametrize("last", [-5, 0, 7])
def test_the_last_place_is_found_from_anywhere(near, last):
    asked = []

    def holds(number):
        asked.append(number)
        return number <= last

    assert last_where(holds, near) == last
    assert len(asked) < 30


def test_a_good_guess_costs_two_questions():
    asked = []

    def holds(number):
        asked.append(number)
        return number <= 7

    assert last_where(holds, 7) == 7
    assert asked == [7, 8]
