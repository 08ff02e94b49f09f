"""Summaries of evaluators' points, checked by hand and by their laws."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.scoring import competition_ranks, summarise, told_apart, weighted_mean

POINTS = st.integers(1, 5)


def test_a_criterion_counts_as_much_as_its_share_of_the_weights():
    assert weighted_mean([5, 1], [75, 25]) == 4.0
    assert weighted_mean([5, 1], [3, 1]) == 4.0


@pytest.mark.parametrize("weights", [[1], [0, 0], [2, -1], []])
def test_unusable_weights_are_refused(weights):
    with pytest.raises(ValueError, match="weight"):
        weighted_mean([4, 4], weights)


def test_a_worked_example():
    """Means 4.0, 3.0 and 5.0: spread 1, standard error 1/√3."""
    found = summarise([[5, 1], [3, 3], [5, 5]], [75, 25])
    assert (found.count, found.mean, found.low, found.high) == (3, 4.0, 3.0, 5.0)
    assert found.spread == pytest.approx(1.0)
    assert found.standard_error == pytest.approx(1 / math.sqrt(3))
    assert found.criterion_means == pytest.approx((13 / 3, 3.0))


def test_one_evaluator_says_nothing_of_the_spread():
    found = summarise([[4, 4]], [1, 1])
    assert (found.mean, found.spread, found.standard_error) == (4.0, None, None)


def test_nobody_scored():
    found = summarise([], [1, 1])
    assert (found.count, found.mean, found.criterion_means) == (0, None, (None, None))


@given(
    st.lists(st.tuples(POINTS, POINTS, POINTS), min_size=1, max_size=6),
    st.tuples(*[st.integers(1, 100)] * 3),
    st.integers(2, 9),
)
def test_the_mean_lies_between_the_extremes_and_only_shares_count(rows, weights, factor):
    found = summarise(rows, weights)
    assert found.low - 1e-9 >= 1 or math.isclose(found.low, 1)
    assert found.low - 1e-9 <= found.mean <= found.high + 1e-9
    scaled = summarise(rows, [factor * weight for weight in weights])
    assert math.isclose(scaled.mean, found.mean)


@given(st.lists(st.tuples(POINTS, POINTS), min_size=2, max_size=6))
def test_the_order_of_the_evaluators_does_not_matter(rows):
    one, other = summarise(rows, [60, 40]), summarise(rows[::-1], [60, 40])
    assert math.isclose(one.mean, other.mean)
    assert math.isclose(one.spread, other.spread, abs_tol=1e-9)


def test_equal_means_share_a_place_and_the_next_is_skipped():
    assert competition_ranks([4.2, 4.5, 4.2, None, 3.0]) == [2, 1, 2, None, 4]
    assert competition_ranks([0.1 + 0.2, 0.3]) == [1, 1]


def test_two_means_are_told_apart_only_beyond_twice_their_error():
    high, low = summarise([[5], [5], [4]], [1]), summarise([[2], [1], [2]], [1])
    near = summarise([[5], [4], [4]], [1])
    assert told_apart(high, low) is True
    assert told_apart(high, near) is False
    assert told_apart(high, summarise([[1]], [1])) is None
