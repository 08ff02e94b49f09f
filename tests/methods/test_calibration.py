import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minka.methods.calibration import ASSUMED_NOISE, calibrate
from minka.methods.weighting import standing

NOTHING = np.nan
WEIGHTS = np.array([50.0, 30.0, 20.0])


def plain(points, weights=WEIGHTS):
    """The plain means, as the ranked table reckons them."""
    rows = [
        [[None if np.isnan(p) else float(p) for p in rater] for rater in thing if (~np.isnan(rater)).any()]
        for thing in points
    ]  # fmt: skip
    found = [standing(thing, list(weights)).mean for thing in rows]
    return np.array([np.nan if mean is None else mean for mean in found])


def simulated(seed, *, things=30, raters=8, share=1.0, noise=0.4):
    random = np.random.default_rng(seed)
    worth = random.uniform(1.5, 4.5, things)
    harsh = random.normal(0, 0.6, raters)
    points = worth[:, None, None] + harsh[None, :, None]
    points = points + random.normal(0, noise, (things, raters, 3))
    points[random.random((things, raters)) > share] = NOTHING
    return points, worth, harsh


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 8), st.integers(1, 6))
def test_where_everybody_rated_everything_values_are_the_plain_means(seed, things, raters):
    points = np.random.default_rng(seed).integers(1, 6, (things, raters, 3)).astype(float)
    assert calibrate(points, WEIGHTS).values == pytest.approx(plain(points))


def test_where_no_rater_is_more_severe_values_are_the_plain_means():
    worth = np.array([2.0, 3.0, 4.0, 5.0])
    points = np.repeat(worth[:, None, None], 4, axis=1).repeat(3, axis=2)
    points[0, 1] = points[2, 3] = points[3, :2] = NOTHING
    found = calibrate(points, WEIGHTS)
    assert found.values == pytest.approx(worth)
    assert found.severities == pytest.approx(np.zeros(4))


def test_whoever_only_met_the_severe_raters_is_not_worse_for_it():
    points, worth, harsh = simulated(1, noise=0.1)
    order = np.argsort(harsh)
    points[0, order[4:]] = NOTHING  # rated by the severe half alone
    points[1, order[:4]] = NOTHING
    before, after = plain(points), calibrate(points, WEIGHTS).values
    scale = worth + harsh.mean()
    assert np.abs(after[:2] - scale[:2]).max() < 0.15 < np.abs(before[:2] - scale[:2]).min()


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_simulated_severity_is_recovered_with_honest_errors(share):
    apart, outside = [], 0
    for seed in range(40):
        points, worth, harsh = simulated(seed, share=share)
        found = calibrate(points, WEIGHTS)
        apart.append(np.corrcoef(found.severities, harsh)[0, 1])
        off = (found.values - (worth + harsh.mean())) / found.errors
        outside += int((np.abs(off[~np.isnan(off)]) > 2).sum())
    assert min(apart) > 0.9
    assert 0.02 < outside / (40 * 30) < 0.09  # 4.6 % of normal errors are beyond two


def test_both_variances_are_recovered():
    found = [calibrate(simulated(seed, things=60, raters=20)[0], WEIGHTS) for seed in range(10)]
    noise = 0.4 * np.sqrt((WEIGHTS**2).sum()) / WEIGHTS.sum()
    assert np.mean([one.noise for one in found]) == pytest.approx(noise, rel=0.05)
    assert np.mean([one.severity_spread for one in found]) == pytest.approx(0.6, rel=0.1)


def test_errors_shrink_with_raters_as_those_of_a_mean():
    points, _worth, _harsh = simulated(3, raters=16)
    found = calibrate(points, WEIGHTS)
    assert found.errors == pytest.approx(np.full(30, found.noise / 4))


def test_a_rater_of_one_criterion_is_not_taken_for_a_severe_one():
    points = np.full((2, 2, 3), NOTHING)
    points[:, 0, 0], points[:, 1, 1] = (5, 2), (1, 5)
    found = calibrate(points, WEIGHTS)
    assert found.severities.tolist() == [0, 0]
    assert found.values == pytest.approx(plain(points))


def test_with_too_little_to_tell_noise_is_assumed_and_means_are_plain():
    points = np.array([[[4.0]], [[2.0]]])
    found = calibrate(points, np.array([1.0]))
    assert (found.values.tolist(), found.is_assumed) == ([4.0, 2.0], True)
    assert found.errors.tolist() == [ASSUMED_NOISE, ASSUMED_NOISE]


def test_what_nobody_rated_has_no_value():
    points = np.full((2, 3, 3), NOTHING)
    points[0] = 3
    found = calibrate(points, WEIGHTS)
    assert np.isnan([found.values[1], found.errors[1]]).all()
    assert not np.isnan(found.values[0])
    assert calibrate(np.empty((2, 0, 3)), WEIGHTS).severities.tolist() == []


def test_a_weight_that_is_none_is_refused():
    with pytest.raises(ValueError, match="positive"):
        calibrate(np.ones((1, 1, 2)), np.array([1.0, 0.0]))
    with pytest.raises(ValueError, match="shapes"):
        calibrate(np.ones((1, 1, 2)), np.ones(3))
