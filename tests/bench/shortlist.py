"""The shortlist solver beside choosing by score from the top, on random instances; and its times."""

from statistics import median
from time import perf_counter

import numpy as np

from minka.methods.shortlist.solver import choose
from minka.methods.shortlist.wishes import Bonus, Budget, Constraint, NeverTogether, Share, Wishes
from tests.bench.figures import Figures

INSTANCES = 200
TIMED = {34: (8, 1.0), 200: (20, 30.0), 1000: (50, 30.0)}  # items: how many to choose, seconds
SEED = 2026
_NOTHING_LOST = 1e-9


def measure_shortlist(figures: Figures) -> None:
    """Add how often choosing from the top is worse or impossible, and how long the proof takes."""
    random = np.random.default_rng(SEED)
    gaps, worse, stuck, below, solved = [0.0], 0, 0, 0, 0
    losses = []
    for number in range(INSTANCES):
        wishes = instance(random, items=int(random.integers(20, 60)), size=8, bonuses=number % 2)
        choice = choose(wishes)
        if choice is None:
            continue
        solved += 1
        gaps.append(choice.gap)
        taken = from_the_top(wishes)
        if taken is None:
            stuck += 1
            continue
        loss = choice.value - wishes.value_of(taken)
        below += loss < -_NOTHING_LOST
        worse += loss > _NOTHING_LOST
        losses.append(loss / abs(choice.value))
    figures.add("shortlist.instances", solved)
    figures.add("shortlist.below_greedy", below, equals=0)
    figures.add("shortlist.gap", max(gaps), at_most=_NOTHING_LOST)
    figures.add("shortlist.greedy_impossible", stuck / solved)
    figures.add("shortlist.greedy_worse", worse / solved)
    figures.add("shortlist.greedy_loss_median", median(losses))
    for items, (size, seconds) in TIMED.items():
        figures.add(f"shortlist.seconds_{items}", _slowest(items, size), at_most=seconds)


def _slowest(items: int, size: int) -> float:
    random = np.random.default_rng(SEED + items)
    slowest = 0.0
    for _again in range(5):
        wishes = instance(random, items=items, size=size, bonuses=1)
        begin = perf_counter()
        choose(wishes)
        slowest = max(slowest, perf_counter() - begin)
    return slowest


def instance(random: np.random.Generator, *, items: int, size: int, bonuses: int) -> Wishes:
    """Make up problems of companies, themes and stages with pilots that cost money."""
    values = random.normal(3.2, 0.6, items)
    company, theme = random.integers(0, 6, items), random.integers(0, 8, items)
    costs = random.lognormal(11.0, 0.6, items)
    shares = [
        Share(
            f"company {c}", frozenset(np.flatnonzero(company == c).tolist()), int(c < 2), size // 2
        )
        for c in range(6)
        if (company == c).any()
    ]
    shares += [
        Share(f"theme {t}", frozenset(np.flatnonzero(theme == t).tolist()), 0, max(2, size // 4))
        for t in range(8)
    ]
    pairs = random.choice(items, (6, 2), replace=False)
    apart = [
        NeverTogether(f"apart {n}", frozenset(pair.tolist())) for n, pair in enumerate(pairs[:3])
    ]
    together = tuple(Bonus(int(a), int(b), 0.3) for a, b in pairs[3:]) if bonuses else ()
    budget = Budget("pilots", tuple(costs.tolist()), float(np.median(costs) * size))
    return Wishes(tuple(values.tolist()), size, (*shares, budget, *apart), together)


def from_the_top(wishes: Wishes) -> tuple[int, ...] | None:
    """Take items by their own value as long as nothing speaks against it; None where that fails.

    What has to be there comes first: the best of every share with a minimum. So would a person.
    """
    limits = Wishes(wishes.values, wishes.size, tuple(map(_only_limits, wishes.constraints)))
    ranked = sorted(range(len(wishes.values)), key=lambda item: -wishes.values[item])
    taken: list[int] = []
    minima = [one for one in wishes.constraints if isinstance(one, Share) and one.at_least]
    for share in minima:
        missing = share.at_least - len(share.members.intersection(taken))
        _take(taken, [item for item in ranked if item in share.members], limits, missing)
    _take(taken, ranked, limits, wishes.size - len(taken))
    complete = len(taken) == wishes.size and not wishes.broken_by(taken)
    return tuple(sorted(taken)) if complete else None


def _take(taken: list[int], ranked: list[int], limits: Wishes, count: int) -> None:
    for item in ranked:
        if count > 0 and item not in taken and not limits.broken_by([*taken, item]):
            taken.append(item)
            count -= 1


def _only_limits(constraint: Constraint) -> Constraint:
    if isinstance(constraint, Share):
        return Share(constraint.name, constraint.members, 0, constraint.at_most)
    return constraint
