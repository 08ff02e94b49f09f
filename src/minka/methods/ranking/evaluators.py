"""How severe and how consistent each evaluator is, as far as the scores tell."""

from dataclasses import dataclass, replace

import numpy as np

from minka.methods.ranking.posterior import Posterior
from minka.methods.ranking.reviews import Floats, Places, Reviews
from minka.methods.ranking.standing import INTERVAL

_MOST_NUMBERS = 6_000_000  # of draws of people that are held at once
_BORROWED = 4.0  # degrees of freedom that the noise of all lends to that of each


@dataclass(frozen=True, slots=True)
class Evaluators:
    """Shape (people,) each, in points, with intervals of 90 %.

    Args:
        severity, severity_low, severity_high: beside the panel's mean; negative for whoever gives
            less than the others.
        noise, noise_low, noise_high: standard deviation of what they give beside what item and
            severity explain: the lower, the more consistent.
        reviews: how many each gave.
    """

    severity: Floats
    severity_low: Floats
    severity_high: Floats
    noise: Floats
    noise_low: Floats
    noise_high: Floats
    reviews: Places


def evaluators(known: Posterior, reviews: Reviews, *, seed: int = 1) -> Evaluators:
    """Return what the scores tell of those who gave them.

    Severities are drawn jointly with qualities; that of somebody with a single review from what
    the rest says of its item. Noise is assumed alike for all when qualities are estimated; that of
    each is then drawn from their residuals, shrunken to that of all by a scaled inverse χ² prior
    of 4 degrees of freedom: an approximation, which leaves out that qualities would move a little.

    Source: BLUP as in `posterior`; scaled inverse χ², Gelman et al. (2013), "Bayesian Data
        Analysis", section 2.6.
    """
    random = np.random.default_rng(seed)
    known = _fewer(known, reviews.people)
    severity = _severities(known, reviews, random)
    draws = severity.shape[1]
    square = np.zeros((reviews.people, draws))
    for person in range(reviews.people):
        own = reviews.person == person
        left = reviews.score[own, None] - known.quality_draws[reviews.item[own]] - severity[person]
        square[person] = (left**2).sum(axis=0)
    given = np.bincount(reviews.person, minlength=reviews.people)
    lent = _BORROWED * known.noise**2
    noise = np.sqrt((square + lent) / random.chisquare(given[:, None] + _BORROWED, square.shape))
    edge = (1 - INTERVAL) / 2
    mild, loud = (np.quantile(one, [edge, 1 - edge], axis=1) for one in (severity, noise))
    return Evaluators(
        severity.mean(axis=1), mild[0], mild[1], np.median(noise, axis=1), loud[0], loud[1], given
    )


def _fewer(known: Posterior, people: int) -> Posterior:
    """Return every so many draws, where people are very many."""
    step = 1 + len(known.level) * people // _MOST_NUMBERS
    return replace(
        known, level=known.level[::step], noise=known.noise[::step], spread=known.spread[::step],
        harshness=known.harshness[::step], quality_draws=known.quality_draws[:, ::step],
        severity_draws=known.severity_draws[:, ::step],
    )  # fmt: skip


def _severities(known: Posterior, reviews: Reviews, random: np.random.Generator) -> Floats:
    """Return draws of all severities, shape (people, draws)."""
    draws = known.quality_draws.shape[1]
    chance = random.standard_normal((reviews.people, draws))
    severity: Floats = known.harshness * chance  # of those who gave nothing
    severity[known.people] = known.severity_draws
    given = np.bincount(reviews.person, minlength=reviews.people)
    for review in np.flatnonzero(given[reviews.person] == 1):
        person = reviews.person[review]
        beside = reviews.score[review] - known.quality_draws[reviews.item[review]]
        share = known.harshness**2 / (known.harshness**2 + known.noise**2)
        severity[person] = share * beside + known.noise * np.sqrt(share) * chance[person]
    return severity
