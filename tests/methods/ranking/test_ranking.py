"""The model against brute force, simulated juries with known truth, and designs with holes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minka.methods.ranking.agreement import intraclass, krippendorff_alpha
from minka.methods.ranking.evaluators import evaluators
from minka.methods.ranking.jury import Jury, Ratios
from minka.methods.ranking.posterior import posterior
from minka.methods.ranking.reviews import Reviews, combine
from minka.methods.ranking.standing import rank

QUALITY, SEVERITY, NOISE = 1.278, 0.240, 1.268  # variances measured at NIPS 2014


def jury_of(rows, items=None, people=None):
    item, person, score = (np.array(column) for column in zip(*rows, strict=True))
    return Reviews(
        item, person, score.astype(float), items or item.max() + 1, people or person.max() + 1
    )


def simulated(seed, *, items=40, people=12, each=(3, 6), severity=SEVERITY):
    random = np.random.default_rng(seed)
    quality = 5 + random.normal(0, QUALITY**0.5, items)
    harsh = random.normal(0, severity**0.5, people)
    eager = random.dirichlet(np.full(people, 2.0))
    rows = [
        (item, person, quality[item] + harsh[person] + random.normal(0, NOISE**0.5))
        for item in range(items)
        for person in random.choice(people, random.integers(each[0], each[1] + 1), False, eager)
    ]
    return jury_of(rows, items, people), quality, harsh


def by_matrices(reviews, ratios):
    """The same by the covariance of all scores written out."""
    y, count = reviews.score, len(reviews.score)
    z = np.eye(reviews.items)[reviews.item], np.eye(reviews.people)[reviews.person]
    inner = ratios.quality**2 * z[0] @ z[0].T + ratios.severity**2 * z[1] @ z[1].T + np.eye(count)
    inverse = np.linalg.inv(inner)
    level = inverse.sum(axis=0) @ y / inverse.sum()
    left = y - level
    quality = ratios.quality**2 * z[0].T @ inverse @ left
    evidence = np.linalg.slogdet(inner)[1] + np.log(inverse.sum())
    rounding = Jury(reviews).rounding
    evidence += max(count - 1, 1) * np.log(left @ inverse @ left + rounding)
    return level + quality, -evidence / 2


@settings(max_examples=40)
@given(
    st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 6), st.floats(0, 3), st.floats(0, 3)
)
def test_the_equations_say_what_the_whole_covariance_says(seed, items, people, spread, harsh):
    random = np.random.default_rng(seed)
    cells = np.argwhere(random.random((items, people)) < 0.6)
    if not len(cells):
        cells = np.array([[0, 0]])
    reviews = Reviews(cells[:, 0], cells[:, 1], random.normal(3, 1, len(cells)), items, people)
    ratios = Ratios(spread, harsh)
    fitted = Jury(reviews).fit(ratios)
    quality, evidence = by_matrices(reviews, ratios)
    assert fitted.level + fitted.quality == pytest.approx(quality, abs=1e-8)
    assert fitted.evidence == pytest.approx(evidence, abs=1e-7)


def test_draws_have_the_means_and_the_covariance_of_the_equations():
    reviews, _quality, _harsh = simulated(3, items=6, people=4, each=(2, 3))
    ratios = Ratios(1.0, 0.6)
    jury = Jury(reviews)
    fitted = jury.fit(ratios)
    level, noise, quality, _people = jury.draw(fitted, np.random.default_rng(0), 40_000)
    z = np.eye(6)[reviews.item], np.eye(reviews.people)[reviews.person]
    both = np.hstack([np.ones((len(z[0]), 1)), *z])
    prior = np.diag([0.0] + [1 / ratios.quality**2] * 6 + [1 / ratios.severity**2] * reviews.people)
    covariance = np.linalg.inv(both.T @ both + prior)
    turn = np.hstack([np.ones((6, 1)), np.eye(6)])
    expected = turn @ covariance[:7, :7] @ turn.T
    drawn = (level + quality) / noise
    drawn = drawn - ((fitted.level + fitted.quality)[:, None] / noise)
    assert np.cov(drawn) == pytest.approx(expected, abs=0.02)
    assert (level + quality).mean(axis=1) == pytest.approx(fitted.level + fitted.quality, abs=0.03)


def test_intervals_hold_and_the_order_is_nearer_the_truth_than_that_of_plain_means():
    inside, gained = [], []
    for seed in range(6):
        reviews, quality, _harsh = simulated(seed)
        found = rank(reviews, top=8, draws=400)
        inside.append(((found.low <= quality) & (quality <= found.high)).mean())
        ours, plain = (
            np.corrcoef(_places(one), _places(quality))[0, 1]
            for one in (found.quality, reviews.means)
        )
        gained.append(ours - plain)
    assert 0.83 < np.mean(inside) < 0.97
    assert np.mean(gained) > 0


def test_whoever_only_met_the_severe_is_not_worse_for_it():
    rows = [
        (item, person, 3.0 + 0.1 * (item % 3) - (person % 2) * 2)
        for item in range(20)
        for person in range(6)
    ]
    rows = [
        row
        for row in rows
        if not (row[0] == 0 and row[1] % 2 == 0) and not (row[0] == 3 and row[1] % 2)
    ]
    found = rank(jury_of(rows), top=5, draws=400)
    assert found.quality[0] == pytest.approx(found.quality[3], abs=0.1)


def test_probabilities_and_places_are_of_joint_draws():
    reviews, _quality, _harsh = simulated(5, items=20)
    found = rank(reviews, top=4, draws=500)
    assert found.probability_top.sum() == pytest.approx(4)
    assert found.expected_rank.sum() == pytest.approx(20 * 21 / 2)
    assert (np.diff(found.quality[found.order]) <= 1e-9).all()
    assert (np.diff(found.band[found.order]) >= 0).all()
    assert rank(reviews, top=40, draws=100).probability_top == pytest.approx(np.ones(20))


def test_what_the_scores_separate_is_in_bands_of_its_own():
    random = np.random.default_rng(0)
    rows = [
        (item, person, (item // 5) * 10 + random.normal())
        for item in range(10)
        for person in range(6)
    ]
    found = rank(jury_of(rows), top=5, draws=400)
    assert set(found.band[:5]).isdisjoint(found.band[5:])
    again = rank(jury_of(rows), top=5, draws=400)
    assert (again.low == found.low).all()


@pytest.mark.parametrize(
    "rows",
    [
        [(0, 0, 3.0)],
        [(item, 0, float(item)) for item in range(5)],
        [(item, person, 3.0) for item in range(4) for person in range(3)],
        [(item, item, float(item % 2)) for item in range(6)],
        [(0, 0, 1.0), (0, 1, 2.0), (1, 2, 3.0), (1, 3, 5.0)],
    ],
    ids=["one review", "one evaluator", "constant", "a review each", "apart"],
)
def test_poor_designs_are_ranked_with_finite_numbers(rows):
    reviews = jury_of(rows, items=max(row[0] for row in rows) + 2)  # one that nobody scored
    found = rank(reviews, top=2, draws=300)
    assert np.isfinite([found.quality, found.low, found.high, found.expected_rank]).all()
    assert (found.low <= found.high).all()
    assert found.reviews[-1] == 0


def test_many_people_take_the_quick_way_to_about_the_same(monkeypatch):
    reviews, _quality, _harsh = simulated(2, items=60, people=20)
    slow = posterior(reviews, draws=600)
    monkeypatch.setattr("minka.methods.ranking.posterior._LARGE", 5)
    quick = posterior(reviews, draws=600)
    assert quick.quality == pytest.approx(slow.quality, abs=0.15)


def test_severity_and_consistency_are_told_with_their_uncertainty():
    reviews, _quality, harsh = simulated(4, items=80, people=10, severity=1.0)
    wild = reviews.person == 0
    noisy = reviews.score + wild * np.random.default_rng(1).normal(0, 4, len(wild))
    told = evaluators(
        posterior(Reviews(reviews.item, reviews.person, noisy, 80, 10), draws=500), reviews
    )
    assert np.corrcoef(told.severity[1:], harsh[1:])[0, 1] > 0.8
    inside = (told.severity_low <= harsh) & (harsh <= told.severity_high)
    assert inside[1:].mean() > 0.6
    plain = evaluators(posterior(reviews, draws=500), reviews)
    assert (plain.noise_low <= plain.noise).all()
    assert plain.reviews.sum() == len(reviews.score)
    lone = Reviews(reviews.item, np.arange(len(wild)), reviews.score, 80, len(wild))
    assert np.isfinite(evaluators(posterior(lone, draws=100), lone).severity).all()


def test_agreement_is_that_of_the_variances():
    reviews, _quality, _harsh = simulated(1, items=300, people=30)
    known = posterior(reviews, draws=400)
    one, three = intraclass(known), intraclass(known, reviews_each=3)
    assert one.low < QUALITY / (QUALITY + SEVERITY + NOISE) < one.high
    assert three.value > one.value
    alpha = krippendorff_alpha(reviews)
    assert alpha.low < alpha.value < alpha.high
    assert alpha.value == pytest.approx(one.value, abs=0.08)


def test_krippendorffs_alpha_is_that_of_his_example():
    # Krippendorff (2011), section C: 12 units, 4 observers, interval alpha = 0.849
    nan = np.nan
    table = np.array([
        [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
        [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan],
    ])  # fmt: skip
    person, item = np.nonzero(~np.isnan(table))
    reviews = Reviews(item, person, table[person, item], 12, 4)
    assert krippendorff_alpha(reviews).value == pytest.approx(0.849, abs=5e-4)
    same = jury_of([(0, 0, 1.0), (0, 1, 1.0)])
    assert np.isnan(krippendorff_alpha(same).value)
    assert np.isnan(krippendorff_alpha(jury_of([(0, 0, 1.0)])).value)


def test_criteria_are_weighed_and_a_missing_one_does_not_move_the_level():
    weights = np.array([3.0, 1.0])
    assert combine(np.array([[4.0, 2.0]]), weights) == pytest.approx([3.5])
    points = np.array([[4.0, 2.0], [5.0, 3.0], [3.0, np.nan], [np.nan, np.nan]])
    found = combine(points, weights)
    assert found[:3] == pytest.approx([3.5, 4.5, 2.5])  # the second is always two points lower
    assert np.isnan(found[3])
    with pytest.raises(ValueError, match="positive"):
        combine(points, np.array([1.0, 0.0]))


@pytest.mark.parametrize("rows", [[(0, 0, 1.0), (0, 0, 2.0)], [(0, 0, np.inf)], [(-1, 0, 1.0)]])
def test_reviews_that_make_no_sense_are_refused(rows):
    with pytest.raises(ValueError, match=r"\w"):
        jury_of(rows, items=1, people=1)


def _places(values):
    return np.argsort(np.argsort(values))
