"""How firm a choice is: draws that can be repeated, and shares that mean what they say."""

import numpy as np
import pytest

from minka.methods.shortlist.robustness import Scores, draw_values, robustness
from minka.methods.shortlist.wishes import Share, Wishes

POINTS = np.array([[4.0, 5.0], [4.0, np.nan], [1.0, 2.0]])
WEIGHTS = np.array([3.0, 1.0])


def test_values_leave_the_weight_of_what_is_missing_to_the_rest():
    scores = Scores(POINTS, np.zeros((3, 2)), WEIGHTS)
    assert scores.values().tolist() == [4.25, 4.0, 1.25]


def test_the_same_seed_gives_the_same_draws_to_the_bit():
    scores = Scores(POINTS, np.full((3, 2), 0.3), WEIGHTS)
    one, other = (draw_values(scores, draws=50, seed=7) for _again in range(2))
    assert (one == other).all()
    assert (one != draw_values(scores, draws=50, seed=8)).any()


def test_what_is_known_for_sure_does_not_move():
    scores = Scores(POINTS, np.zeros((3, 2)), WEIGHTS)
    drawn = draw_values(scores, draws=20, concentration=np.inf)
    assert np.allclose(drawn, scores.values())


def test_draws_spread_as_the_errors_say():
    errors = np.full((3, 2), 0.4)
    drawn = draw_values(Scores(POINTS, errors, WEIGHTS), draws=4000, concentration=np.inf)
    expected = 0.4 * np.hypot(0.75, 0.25)  # of a weighted mean of two independent scores
    assert drawn[:, 0].std() == pytest.approx(expected, rel=0.05)
    assert drawn[:, 1].std() == pytest.approx(0.4, rel=0.05)  # its only score has all the weight


def test_shares_are_of_the_sets_that_draws_choose():
    values = np.array([[3.0, 2.0, 1.0], [3.0, 1.0, 2.0], [1.0, 3.0, 2.0], [3.0, 2.0, 1.0]])
    found = robustness(Wishes((3.0, 2.0, 1.0), 2), (0, 1), values)
    assert found.stays == (0.75, 0.75, 0.5)
    assert found.same_set == 0.5
    assert found.sets[0] == ((0, 1), 0.5)


def test_conditions_hold_in_every_draw_and_two_processes_count_alike():
    random = np.random.default_rng(2)
    values = random.normal(3.0, 1.0, (230, 12))
    wishes = Wishes(tuple(values[0].tolist()), 4, (Share("these", frozenset({0, 1, 2}), 2),))
    alone = robustness(wishes, (0, 1, 3, 4), values)
    assert sum(alone.stays[:3]) >= 2.0
    assert sum(alone.stays) == pytest.approx(4.0)
    assert robustness(wishes, (0, 1, 3, 4), values, processes=2) == alone
