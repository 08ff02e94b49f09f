"""Where each item stands: quality, interval, probability of the top, expected place, tie band."""

from dataclasses import dataclass

import numpy as np

from minka.methods.ranking.posterior import DRAWS, Posterior, posterior
from minka.methods.ranking.reviews import Floats, Places, Reviews

INTERVAL = 0.90
APART = 0.90


@dataclass(frozen=True, slots=True)
class Standing:
    """Shape (items,) each, in the order of the items.

    Args:
        quality: posterior mean, in points.
        low, high: quality lies in between with a probability of 90 %, 5 % on either side.
        probability_top: that the item is one of the k best.
        expected_rank: mean place, 1 for the best.
        band: 1 for the best. Items are taken by quality; a band begins with an item and goes on
            for as long as the probability that its first one is better than the next is below
            90 %: the first that it can be told apart from begins another. Within a band the
            order should not be relied on.
        reviews: how many scored the item.
        order: places of the items, the best first; equal ones as they came.
    """

    quality: Floats
    low: Floats
    high: Floats
    probability_top: Floats
    expected_rank: Floats
    band: Places
    reviews: Places
    order: Places


def rank(reviews: Reviews, *, top: int, draws: int = DRAWS, seed: int = 1) -> Standing:
    """Rank items by what a jury scored, with what is not known; see `posterior`.

    Raises:
        ValueError: `top` is less than one.
    """
    return standing(posterior(reviews, draws=draws, seed=seed), reviews, top=top)


def standing(known: Posterior, reviews: Reviews, *, top: int) -> Standing:
    """Return where items stand by joint draws of their qualities.

    Raises:
        ValueError: `top` is less than one.
    Source: expected ranks from joint draws, Laird & Louis (1989), "Empirical Bayes Ranking
        Methods", Journal of Educational Statistics 14(1); why intervals of their own do not tell
        two apart, Goldstein & Spiegelhalter (1996), "League Tables and Their Limitations",
        JRSS A 159(3); probability of the top, Lin, Louis, Paddock & Ridgeway (2006), "Loss
        Function Based Ranking in Two-Stage, Hierarchical Models", Bayesian Analysis 1(4).
    """
    if top < 1:
        raise ValueError(f"the top has at least one place, not {top}")
    drawn = known.quality_draws
    items, draws = drawn.shape
    places = np.empty((items, draws), dtype=np.int32)
    ranked = np.argsort(-drawn, axis=0, kind="stable")
    np.put_along_axis(places, ranked, np.arange(1, items + 1, dtype=np.int32)[:, None], axis=0)
    edge = (1 - INTERVAL) / 2
    low, high = np.quantile(drawn, [edge, 1 - edge], axis=1)
    order = np.argsort(-np.round(known.quality, 9), kind="stable")
    return Standing(
        quality=known.quality,
        low=low,
        high=high,
        probability_top=(places <= top).mean(axis=1),
        expected_rank=places.mean(axis=1),
        band=_bands(drawn, order),
        reviews=reviews.counts,
        order=order,
    )


def chances(known: Posterior, *, most: int) -> Floats:
    """Return the probability of each item to be among the best 1, 2 … `most`.

    Shape (items, min(most, items)). The column k − 1 is `Standing.probability_top` for k.
    """
    drawn = known.quality_draws
    items, draws = drawn.shape
    found = np.empty((items, min(most, items)))
    places = np.empty((items, draws), dtype=np.int32)
    ranked = np.argsort(-drawn, axis=0, kind="stable")
    np.put_along_axis(places, ranked, np.arange(items, dtype=np.int32)[:, None], axis=0)
    for item in range(items):
        counts = np.bincount(places[item], minlength=items)
        found[item] = (counts.cumsum() / draws)[: found.shape[1]]
    return found


def _bands(drawn: Floats, order: Places) -> Places:
    band = np.ones(len(drawn), dtype=np.intp)
    number, first = 1, None
    for item in order:
        if first is None:
            first = item
        elif (drawn[first] > drawn[item]).mean() >= APART:
            number, first = number + 1, item
        band[item] = number
    return band
