from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.weighting import standing

POINTS = st.integers(1, 5).map(float)
WITH_GAPS = st.one_of(st.none(), POINTS)


@st.composite
def tables(draw, point=WITH_GAPS):
    criteria = draw(st.integers(1, 6))
    weights = draw(st.lists(st.integers(1, 100), min_size=criteria, max_size=criteria))
    row = st.lists(point, min_size=criteria, max_size=criteria)
    return draw(st.lists(row, max_size=8)), weights


def test_weights_say_how_much_a_criterion_counts():
    assert standing([[5, 1]], [75, 25]).mean == 4.0


def test_a_criterion_that_nobody_rated_leaves_its_weight_to_the_others():
    result = standing([[4, None], [2, None]], [10, 90])
    assert (result.mean, result.by_criterion) == (3.0, (3.0, None))


def test_nobody_rated_means_no_mean_and_no_spread():
    result = standing([], [50, 50])
    assert (result.mean, result.spread, result.raters) == (None, None, 0)
    assert standing([[None, None]], [50, 50]).raters == 0


def test_one_rater_has_no_spread():
    assert standing([[3, 4]], [1, 1]).spread is None


def test_spread_is_the_deviation_of_the_raters_own_means():
    rows = [[5, 3], [2, 2], [4, 1]]
    assert standing(rows, [1, 1]).spread == pytest.approx(stdev([4, 2, 2.5]))


@given(tables())
def test_mean_lies_between_the_points_that_were_given(table):
    rows, weights = table
    given_points = [point for row in rows for point in row if point is not None]
    result = standing(rows, weights)
    if not given_points:
        assert result.mean is None
    else:
        assert min(given_points) - 1e-9 <= result.mean <= max(given_points) + 1e-9


@given(tables(), st.integers(2, 9))
def test_only_the_ratio_of_the_weights_counts(table, factor):
    rows, weights = table
    once, again = standing(rows, weights), standing(rows, [factor * w for w in weights])
    assert again.mean == (None if once.mean is None else pytest.approx(once.mean))


@given(tables(point=POINTS), st.randoms())
def test_the_order_of_raters_does_not_matter(table, random):
    rows, weights = table
    shuffled = random.sample(rows, len(rows))
    first, second = standing(rows, weights), standing(shuffled, weights)
    assert second.mean == (None if first.mean is None else pytest.approx(first.mean))
    assert second.spread == (None if first.spread is None else pytest.approx(first.spread))


@given(tables(point=POINTS))
def test_with_nothing_missing_the_mean_is_that_of_the_raters_means(table):
    rows, weights = table
    if rows:
        own = [sum(p * w for p, w in zip(r, weights, strict=True)) / sum(weights) for r in rows]
        assert standing(rows, weights).mean == pytest.approx(sum(own) / len(own))


@pytest.mark.parametrize("weights", [[0, 1], [-1, 2], [float("nan"), 1]])
def test_weights_have_to_be_positive(weights):
    with pytest.raises(ValueError, match="positive"):
        standing([[1, 2]], weights)


def test_every_rater_needs_a_place_for_every_criterion():
    with pytest.raises(ValueError, match="2 places"):
        standing([[1]], [1, 1])
