"""Sets of proposals to fund under a budget, as plain JSON: what goes in, what follows. Pure.

Inputs hold `proposals` (`id`, `challenge`, `organisations`, `cost_usd`), `juries` (by challenge:
`weights`, `items`, `people`, `pairs` of their places, `points` by criterion, `top`), `measure`,
`bar`, `draws`, `seed` and `conditions`; see `wishes_of`.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from minka.methods.ranking.posterior import Posterior, posterior
from minka.methods.ranking.reviews import Floats, Reviews, combine
from minka.methods.shortlist.alternatives import alternatives
from minka.methods.shortlist.clash import clashes
from minka.methods.shortlist.robustness import robustness
from minka.methods.shortlist.solver import Choice, Programme
from minka.methods.shortlist.wishes import (
    Budget,
    Constraint,
    LeftOut,
    MustHave,
    Share,
    Wishes,
)

Json: TypeAlias = dict[str, Any]
QUALITY, PROBABILITY = "quality", "probability"
RUNNERS_UP = 5
_DECIMALS = 6


def wishes_of(inputs: Json, values: Sequence[float]) -> Wishes:
    """Return what is asked for. Constraints have names that a page turns into words.

    Of `inputs["conditions"]`, each part of which may be missing: `budget_usd`; `least`, `most` of
    proposals in all; `per_organisation` and `per_challenge` at most; `inside`, `outside` of ids.
    """
    rows, asked = inputs["proposals"], inputs["conditions"]
    places = {one["id"]: at for at, one in enumerate(rows)}
    constraints: list[Constraint] = []
    if (most := asked.get("budget_usd")) is not None:
        costs = tuple(float(one["cost_usd"] or 0.0) for one in rows)
        constraints.append(Budget("budget", costs, float(most)))
    if (most := asked.get("per_organisation")) is not None:
        constraints += _shares("organisation", [one["organisations"] for one in rows], most)
    if (most := asked.get("per_challenge")) is not None:
        constraints += _shares("challenge", [[one["challenge"]] for one in rows], most)
    constraints += [MustHave(f"in:{one}", places[one]) for one in asked.get("inside", ())]
    constraints += [LeftOut(f"out:{one}", places[one]) for one in asked.get("outside", ())]
    most_of_all = min(asked.get("most") or len(rows), len(rows))
    least = min(asked.get("least") or 0, most_of_all)
    return Wishes(tuple(values), most_of_all, tuple(constraints), (), least)


def funded(inputs: Json) -> Json:
    """Return the best set under the conditions, proven, with the next-best and how firm it is.

    A proposal is worth its quality above `bar`, the posterior mean in points, or the probability
    that it is one of the best of its challenge. Below the bar it takes away from the whole, so that
    money is not spent for the sake of it. Firmness is the share of joint posterior draws of the
    qualities in whose best set a proposal is; of the same inputs it is always the same.
    """
    known = {key: _posterior(jury, inputs) for key, jury in inputs["juries"].items()}
    values, drawn = _values(inputs, known)
    wishes = wishes_of(inputs, values)
    choice = Programme(wishes).solve()
    if choice is None:
        return {"chosen": None, "clashes": [[one.name for one in several]
                                            for several in clashes(wishes)]}  # fmt: skip
    ids = [one["id"] for one in inputs["proposals"]]
    firm = robustness(wishes, choice.chosen, drawn)
    return {
        "chosen": [ids[at] for at in choice.chosen],
        "value": round(choice.value, _DECIMALS),
        "gap": choice.gap,
        "cost_usd": _cost(inputs, choice.chosen),
        "values": {str(pk): round(value, _DECIMALS) for pk, value in zip(ids, values, strict=True)},
        "stays": {str(pk): round(s, 4) for pk, s in zip(ids, firm.stays, strict=True)},
        "same_set": round(firm.same_set, 4),
        "draws": firm.draws,
        "others": _others(inputs, wishes, choice, ids),
    }


def _others(inputs: Json, wishes: Wishes, choice: Choice, ids: list[int]) -> list[Json]:
    return [
        {
            "chosen": [ids[at] for at in one.chosen],
            "loss": round(one.loss, _DECIMALS),
            "comes_in": [ids[at] for at in one.comes_in],
            "goes_out": [ids[at] for at in one.goes_out],
            "cost_usd": _cost(inputs, one.chosen),
        }
        for one in alternatives(wishes, choice, count=RUNNERS_UP)
    ]


def _values(inputs: Json, known: dict[str, Posterior]) -> tuple[list[float], Floats]:
    """Return the value of each proposal, and values drawn: shape (draws, proposals)."""
    rows, bar = inputs["proposals"], float(inputs["bar"])
    values = []
    drawn = np.zeros((inputs["draws"], len(rows)))
    for at, one in enumerate(rows):
        key = str(one["challenge"])
        jury, found = inputs["juries"][key], known[key]
        place = jury["items"].index(one["id"])
        drawn[:, at] = found.quality_draws[place][: inputs["draws"]] - bar
        if inputs["measure"] == PROBABILITY:
            values.append(float(_in_the_top(found, jury["top"])[place].mean()))
            drawn[:, at] = _in_the_top(found, jury["top"])[place][: inputs["draws"]]
        else:
            values.append(float(found.quality[place]) - bar)
    if inputs["measure"] == PROBABILITY:  # among equals of a draw, the better one
        drawn += 1e-3 * _qualities(inputs, known)
    return values, drawn


def _qualities(inputs: Json, known: dict[str, Posterior]) -> Floats:
    columns = []
    for one in inputs["proposals"]:
        jury = inputs["juries"][str(one["challenge"])]
        place = jury["items"].index(one["id"])
        columns.append(known[str(one["challenge"])].quality_draws[place][: inputs["draws"]])
    return np.array(columns).T


def _in_the_top(found: Posterior, top: int) -> Floats:
    places = np.argsort(np.argsort(-found.quality_draws, axis=0, kind="stable"), axis=0)
    inside: Floats = (places < top).astype(np.float64)
    return inside


def _posterior(jury: Json, inputs: Json) -> Posterior:
    weights = np.array(jury["weights"], dtype=np.float64)
    scores = combine(np.array(jury["points"], dtype=np.float64), weights)
    pairs = np.array(jury["pairs"], dtype=np.intp)
    reviews = Reviews(pairs[:, 0], pairs[:, 1], scores, len(jury["items"]), len(jury["people"]))
    return posterior(reviews, seed=inputs["seed"])


def _cost(inputs: Json, chosen: Sequence[int]) -> float:
    rows = inputs["proposals"]
    return round(sum(float(rows[at]["cost_usd"] or 0.0) for at in chosen), 2)


def _shares(kind: str, members: list[list[int]], most: int) -> list[Constraint]:
    found: dict[int, set[int]] = {}
    for place, several in enumerate(members):
        for one in several:
            found.setdefault(one, set()).add(place)
    return [
        Share(f"{kind}:{one}", frozenset(places), at_most=most)
        for one, places in sorted(found.items())
        if len(places) > most
    ]
