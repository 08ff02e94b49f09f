"""Choosing from so many to so many: values below zero stay out unless they are needed."""

from itertools import chain, combinations

import pytest

from minka.methods.shortlist.alternatives import alternatives
from minka.methods.shortlist.solver import choose
from minka.methods.shortlist.wishes import Budget, Wishes

VALUES = (2.0, 1.5, 1.0, -0.5)
COSTS = (90.0, 50.0, 40.0, 10.0)


def allowed(most_cost, least, most):
    sets = chain.from_iterable(combinations(range(4), size) for size in range(least, most + 1))
    return [one for one in sets if sum(COSTS[at] for at in one) <= most_cost]


@pytest.mark.parametrize("least", [0, 1, 2, 3])
@pytest.mark.parametrize("most_cost", [60.0, 100.0, 130.0, 1000.0])
def test_the_best_set_of_any_size_and_the_next_best_are_those_of_trying_all(least, most_cost):
    wishes = Wishes(VALUES, 4, (Budget("budget", COSTS, most_cost),), (), least)
    every = sorted(
        (sum(VALUES[at] for at in one) for one in allowed(most_cost, least, 4)), reverse=True
    )
    found = choose(wishes)
    if not every:
        assert found is None
        return
    assert found is not None
    assert found.value == pytest.approx(every[0])
    others = [one.value for one in alternatives(wishes, found, count=4)]
    assert others == pytest.approx(every[1 : len(others) + 1])


def test_a_least_above_the_most_makes_no_sense():
    with pytest.raises(ValueError, match="cannot be chosen"):
        Wishes(VALUES, 2, (), (), 3)
