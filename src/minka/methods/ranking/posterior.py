"""Quality and severity with all that is not known, the spreads of quality and severity included."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from minka.methods.ranking.jury import Fitted, Jury, Ratios
from minka.methods.ranking.reviews import Floats, Places, Reviews

# Medians of the priors of the ratios to the noise, each a half-Cauchy distribution. Qualities
# differ about as much as one reviewer's noise, severities half as much: NIPS 2014 measured
# variances of 1.278 (quality), 0.240 (severity) and 1.268 (noise).
QUALITY_RATIO = 1.0
SEVERITY_RATIO = 0.5
NO_SEVERITY = 0.5  # prior probability that nobody is more severe than another
DRAWS = 4_000
_MOST_NUMBERS = 6_000_000  # of draws of items that are held at once
_FEWEST_DRAWS = 500
_COARSE, _FINE, _LINE = 10, 12, 24
_LIKELY = 8.0  # natural logarithm below the highest from which ratios no longer count
_LARGE = 400  # unknowns from which every solution counts
_STEPS = (-1.5, 0.0, 1.5)  # standard deviations


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is known after the scores.

    Args:
        quality: shape (items,), in points: posterior means, the level included.
        severity: shape (people,), in points: posterior means; negative for whoever gives less.
        level, noise, spread, harshness: shape (draws,), in points: mean of all items, and standard
            deviations of noise, quality and severity.
        quality_draws: shape (items, draws), in points, drawn jointly.
        severity_draws: shape (people, draws), likewise; people in the order of `people`.
        people: those with severities; people of a single review are not among them.
    """

    quality: Floats
    severity: Floats
    level: Floats
    noise: Floats
    spread: Floats
    harshness: Floats
    quality_draws: Floats
    severity_draws: Floats
    people: Places


def posterior(reviews: Reviews, *, draws: int = DRAWS, seed: int = 1) -> Posterior:
    """Estimate qualities and severities jointly, with the spreads integrated out.

    The restricted likelihood of the two ratios (spread of quality and of severity to noise) is
    evaluated on a grid that is narrowed to where it counts; the noise is integrated out exactly.
    That there is no severity at all has a prior probability of its own, so that where there is
    none the plain order is not disturbed (Bayesian model averaging).
    Means are those of all grid points by their weight. Draws are joint: ratios, then noise, then
    level, severities and qualities with the covariance of the equations.

    Args:
        reviews: any design: cells may be missing, items may have one review or none.
        draws: how many; fewer are made of very many items.
        seed: the same one gives the same draws.

    Source: restricted maximum likelihood integrated over, Harville (1974), Biometrika 61(2);
        half-Cauchy priors of spreads, Gelman (2006), "Prior Distributions for Variance
        Parameters in Hierarchical Models", Bayesian Analysis 1(3); the grid as in Rue, Martino &
        Chopin (2009), JRSS B 71(2); the variances, Lawrence & Cortes, "The NIPS Experiment"
        (2014); Hoeting, Madigan, Raftery & Volinsky (1999), "Bayesian Model Averaging: A
        Tutorial", Statistical Science 14(4).
    """
    jury = Jury(reviews)
    count = int(np.clip(_MOST_NUMBERS // max(reviews.items, 1), min(_FEWEST_DRAWS, draws), draws))
    fits, weights = _explore(jury)
    random = np.random.default_rng(seed)
    shares = _allot(weights, count, random)
    parts, ratios = [], []
    for fitted, share in zip(fits, shares, strict=True):
        if share:
            parts.append(jury.draw(fitted, random, int(share)))
            ratios += [(fitted.ratios.quality, fitted.ratios.severity)] * int(share)
    level, noise = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    quality, severity = (np.hstack([part[place] for part in parts]) for place in (2, 3))
    drawn = np.array(ratios)
    return Posterior(
        quality=sum((w * (f.level + f.quality) for f, w in zip(fits, weights, strict=True)),
                    start=np.zeros(reviews.items)),
        severity=sum((w * f.severity for f, w in zip(fits, weights, strict=True)),
                     start=np.zeros(len(jury.people))),
        level=level, noise=noise, spread=noise * drawn[:, 0], harshness=noise * drawn[:, 1],
        quality_draws=quality + level, severity_draws=severity, people=jury.people,
    )  # fmt: skip


def _ratios(place: Floats) -> Ratios:
    """Return the ratios at a place of the unit square, on which their prior is even."""
    turned = np.tan(np.pi / 2 * np.clip(place, 1e-6, 1 - 1e-6))
    return Ratios(QUALITY_RATIO * float(turned[0]), SEVERITY_RATIO * float(turned[1]))


def _explore(jury: Jury) -> tuple[list[Fitted], Floats]:
    """Return solutions at the ratios that count, and their weights, which sum to 1."""
    if jury.size > _LARGE:
        fits = _around_the_top(jury)
        masses = np.array([one.evidence for one in fits])
    else:
        fits, area = _on_a_grid(jury)
        alone, width = _on_a_line(jury)
        evidence = np.array([one.evidence for one in fits]) + np.log(area * (1 - NO_SEVERITY))
        spike = np.array([one.evidence for one in alone]) + np.log(width * NO_SEVERITY)
        fits, masses = [*fits, *alone], np.concatenate([evidence, spike])
    likely = masses > masses.max() - _LIKELY
    weights = np.exp(masses[likely] - masses.max())
    kept = [one for one, is_likely in zip(fits, likely, strict=True) if is_likely]
    return kept, weights / weights.sum()


def _on_a_line(jury: Jury) -> tuple[list[Fitted], float]:
    """Evaluate ratios of quality without any severity; also return the width of a cell."""
    low, high = 0.0, 1.0
    while True:
        step = (high - low) / _LINE
        places = low + step * (np.arange(_LINE) + 0.5)
        fits = [jury.fit(Ratios(_ratios(np.array((u, 0.5))).quality, 0.0)) for u in places]
        evidence = np.array([one.evidence for one in fits])
        inside = places[evidence > evidence.max() - _LIKELY]
        narrow_low, narrow_high = max(inside.min() - step, 0.0), min(inside.max() + step, 1.0)
        if narrow_high - narrow_low > 0.5 * (high - low):
            return fits, step
        low, high = narrow_low, narrow_high


def _on_a_grid(jury: Jury) -> tuple[list[Fitted], float]:
    """Evaluate a grid on the whole square, then finer ones where the likelihood is.

    Also returns the area of a cell of the last grid.
    """
    low, high = np.zeros(2), np.ones(2)
    size = _COARSE
    while True:
        step = (high - low) / size
        axes = [low[k] + step[k] * (np.arange(size) + 0.5) for k in (0, 1)]
        places = [np.array((u, v)) for u in axes[0] for v in axes[1]]
        fits = [jury.fit(_ratios(place)) for place in places]
        evidence = np.array([one.evidence for one in fits])
        inside = np.array(places)[evidence > evidence.max() - _LIKELY]
        narrow_low = np.maximum(inside.min(axis=0) - step, 0.0)
        narrow_high = np.minimum(inside.max(axis=0) + step, 1.0)
        if ((narrow_high - narrow_low) > 0.5 * (high - low)).all() and size == _FINE:
            return fits, float(step.prod())
        low, high, size = narrow_low, narrow_high, _FINE


def _around_the_top(jury: Jury) -> list[Fitted]:
    """Evaluate a few points about the maximum, at which the likelihood of much data is normal.

    Found on the logarithms of the ratios, which is where it is most nearly so.
    """

    def badness(place: Floats) -> float:
        return -jury.fit(Ratios(*np.exp(np.clip(place, -9, 9)).tolist())).evidence

    start = np.log([QUALITY_RATIO, SEVERITY_RATIO])
    top = minimize(
        badness, start, method="Nelder-Mead",
        options={"xatol": 0.02, "fatol": 0.02, "maxfev": 40, "initial_simplex":
                 start + np.array([[0.0, 0.0], [0.4, 0.0], [0.0, 0.4]])},
    ).x  # fmt: skip
    here = badness(top)
    widths = []
    for axis in np.eye(2):
        bend = (badness(top + 0.1 * axis) + badness(top - 0.1 * axis) - 2 * here) / 0.01
        widths.append(1 / np.sqrt(max(bend, 4.0)))
    moves = [np.array((u * widths[0], v * widths[1])) for u in _STEPS for v in _STEPS]
    return [jury.fit(Ratios(*np.exp(np.clip(top + move, -9, 9)).tolist())) for move in moves]


def _allot(weights: Floats, count: int, random: np.random.Generator) -> Places:
    """Share draws out by weight, each at one place of an even comb (systematic resampling)."""
    edges = np.cumsum(weights) * count
    comb = random.random() + np.arange(count)
    places = np.minimum(np.searchsorted(edges, comb), len(weights) - 1)
    return np.bincount(places, minlength=len(weights))
