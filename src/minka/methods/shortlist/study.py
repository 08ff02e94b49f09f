"""A study of a shortlist as plain JSON: what goes in, what follows from it, always the same. Pure.

Inputs hold `size`, `seed`, `draws`, `concentration`, `criteria` (`weight`), `problems` (`id`,
`value`, `error`, `by_criterion`, `company`, `partners`, `stage`, `themes`, `pilot_usd`),
`suppliers` (how many there are of a theme) and `conditions`; see `wishes_of`. Problems are named by
their ids throughout.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from minka.methods.shortlist.alternatives import alternatives, overrule
from minka.methods.shortlist.explanation import explain
from minka.methods.shortlist.robustness import Floats, Scores, draw_values, robustness
from minka.methods.shortlist.solver import Choice, Programme
from minka.methods.shortlist.wishes import (
    Bonus,
    Budget,
    Constraint,
    LeftOut,
    MustHave,
    NeverTogether,
    Share,
    Wishes,
)

Json: TypeAlias = dict[str, Any]
Progress = Callable[[int], None]
KINDS = ("company", "theme", "stage")
EXPLAINED = 60  # of those left out, the most valued, where there are very many
_VERY_MANY = 150
_DECIMALS = 6


def canonical(told: Any) -> str:
    """Return the one way to write a JSON value, for comparing and fingerprints."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(told: Any) -> str:
    """Return the SHA-256 of a JSON value."""
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def wishes_of(inputs: Json) -> Wishes:
    """Return what inputs ask for. Constraints have names that `condition_of` reads.

    Of `inputs["conditions"]`, each part of which may be missing: `each` maps a kind to `[least,
    most]` for every company, theme or stage; `named` holds `[kind, id, least, most]` and goes
    before it; `budget_usd`; `inside` and `outside` hold ids; `apart` pairs of ids; `bonuses` `[id,
    id, value]`; `suppliers_per_challenge` makes a theme's number of suppliers the limit.
    """
    problems, asked = inputs["problems"], inputs["conditions"]
    places = {one["id"]: at for at, one in enumerate(problems)}
    constraints = [*_shares(problems, asked), *_capacity(inputs)]
    if (most := asked.get("budget_usd")) is not None:
        costs = tuple(float(one["pilot_usd"] or 0.0) for one in problems)
        constraints.append(Budget("budget", costs, float(most)))
    constraints += [MustHave(f"in:{one}", places[one]) for one in asked.get("inside", ())]
    constraints += [LeftOut(f"out:{one}", places[one]) for one in asked.get("outside", ())]
    for pair in asked.get("apart", ()):
        name = ":".join(["apart", *map(str, pair)])
        constraints.append(NeverTogether(name, frozenset(places[one] for one in pair)))
    bonuses = tuple(
        Bonus(places[one], places[other], float(value))
        for one, other, value in asked.get("bonuses", ())
    )
    values = tuple(float(one["value"]) for one in problems)
    return Wishes(values, inputs["size"], tuple(constraints), bonuses)


def solved(inputs: Json) -> Json | None:
    """Return the best set with all that explains it, or None where no set is allowed.

    Of very many problems those left out with the most value are explained, and all that are in.
    """
    wishes = wishes_of(inputs)
    choice = Programme(wishes).solve()
    if choice is None:
        return None
    ids = [one["id"] for one in inputs["problems"]]

    def named(items: Sequence[int]) -> list[int]:
        return [ids[item] for item in items]

    told = explain(wishes, choice, of=_explained(wishes, choice))
    found = {
        "chosen": named(choice.chosen),
        "value": choice.value,
        "gap": choice.gap,
        "free_value": _free_value(wishes, choice),
        "inside": [
            {"id": ids[one.item], "margin": one.margin, "instead": named(one.instead)}
            for one in told.inside
        ],
        "outside": [
            {
                "id": ids[one.item],
                "shortfall": one.shortfall,
                "replaces": named(one.replaces),
                "kept_out_by": list(one.kept_out_by),
            }
            for one in told.outside
        ],
        "prices": [
            {"name": one.name, "value": one.value, "chosen": named(one.chosen)}
            for one in told.prices
        ],
        "alternatives": [
            {
                "chosen": named(one.chosen),
                "value": one.value,
                "loss": one.loss,
                "comes_in": named(one.comes_in),
                "goes_out": named(one.goes_out),
            }
            for one in alternatives(wishes, choice)
        ],
    }
    return dict(_tidy(found))


def drawn(inputs: Json, result: Json, *, progress: Progress = lambda _done: None) -> Json:
    """Return how firm the set is: in what share of draws each problem is in the best one.

    A value is drawn normally around the calibrated one by its standard error, weights from a
    Dirichlet distribution around the given ones.
    """
    wishes, problems = wishes_of(inputs), inputs["problems"]
    places = {one["id"]: at for at, one in enumerate(problems)}
    chosen = [places[one] for one in result["chosen"]]
    found = robustness(wishes, chosen, _draws(inputs), progress=progress)
    told = {
        "stays": dict(
            zip((str(one["id"]) for one in problems), found.stays, strict=True)
        ),
        "same_set": found.same_set,
        "sets": [
            {"chosen": [problems[item]["id"] for item in one], "share": share}
            for one, share in found.sets
        ],
        "draws": found.draws,
    }  # fmt: skip
    return dict(_tidy(told))


def overruled(inputs: Json, result: Json, wanted: Sequence[int]) -> Json:
    """Return what choosing `wanted` instead costs: its value, the loss, and what it breaks."""
    wishes, ids = wishes_of(inputs), [one["id"] for one in inputs["problems"]]
    places = {one: at for at, one in enumerate(ids)}
    best = Choice(tuple(places[one] for one in result["chosen"]), result["value"], 0.0)
    found = overrule(wishes, best, tuple(sorted(places[one] for one in wanted)))
    told = {
        "value": found.value,
        "loss": found.loss,
        "broken": list(found.broken),
        "size": len(set(wanted)),
        "comes_in": sorted(set(wanted) - set(result["chosen"])),
        "goes_out": sorted(set(result["chosen"]) - set(wanted)),
    }
    return dict(_tidy(told))


def members_of(problems: Sequence[Json], kind: str) -> dict[int, frozenset[int]]:
    """Return the places of the problems of each company, theme or stage."""
    found: dict[int, set[int]] = {}
    for at, one in enumerate(problems):
        told = one["themes"] if kind == "theme" else [one[kind]]
        if kind == "company":  # one that several companies joined is of all of them
            told = [*told, *one.get("partners", ())]
        for value in told:
            if value is not None:
                found.setdefault(value["id"], set()).add(at)
    return {value: frozenset(places) for value, places in sorted(found.items())}


def _shares(problems: Sequence[Json], asked: Json) -> Iterator[Constraint]:
    """Yield the limits, the least and the most apart so that each has its own price."""
    named = {(kind, one): (least, most) for kind, one, least, most in asked.get("named", ())}
    for kind in KINDS:
        for value, members in members_of(problems, kind).items():
            limits = asked.get("each", {}).get(kind, (None, None))
            own = named.get((kind, value), (None, None))
            least, most = (
                mine if mine is not None else all_ for mine, all_ in zip(own, limits, strict=True)
            )
            if least:
                yield Share(f"{kind}:{value}:least:{least}", members, at_least=least)
            if most is not None:
                yield Share(f"{kind}:{value}:most:{most}", members, at_most=most)


def _capacity(inputs: Json) -> Iterator[Constraint]:
    """Yield what the suppliers of a theme can answer, where more problems than that bear it."""
    each = inputs["conditions"].get("suppliers_per_challenge")
    if not each:
        return
    for theme, members in members_of(inputs["problems"], "theme").items():
        count = inputs["suppliers"].get(str(theme), 0)
        most = count // each
        if most < min(len(members), inputs["size"]):
            yield Share(f"capacity:{theme}:{count}:{most}", members, at_most=most)


def _free_value(wishes: Wishes, choice: Choice) -> float:
    """Return what could be had if there were no conditions at all."""
    found = Programme(Wishes(wishes.values, wishes.size, (), wishes.bonuses)).solve()
    return choice.value if found is None else max(found.value, choice.value)


def _explained(wishes: Wishes, choice: Choice) -> frozenset[int] | None:
    if len(wishes.values) <= _VERY_MANY:
        return None
    held = frozenset(choice.chosen)
    rest = (item for item in range(len(wishes.values)) if item not in held)
    near = sorted(rest, key=lambda item: (-wishes.values[item], item))[:EXPLAINED]
    return held | frozenset(near)


def _draws(inputs: Json) -> Floats:
    problems = inputs["problems"]
    points = np.array(
        [[np.nan if p is None else p for p in one["by_criterion"]] for one in problems],
        dtype=np.float64,
    )
    weights = np.array([one["weight"] for one in inputs["criteria"]], dtype=np.float64)
    scores = Scores(points, np.zeros_like(points), weights)
    moved = draw_values(
        scores,
        draws=inputs["draws"],
        seed=inputs["seed"],
        concentration=inputs["concentration"],
    )
    values = np.array([one["value"] for one in problems], dtype=np.float64)
    errors = np.array([one["error"] for one in problems], dtype=np.float64)
    random = np.random.default_rng([inputs["seed"], 1])
    found: Floats = (
        values + (moved - scores.values()) + errors * random.standard_normal(moved.shape)
    )
    return found


def _tidy(told: Any) -> Any:
    """Round what was reckoned, so that no database writes it in another way."""
    if isinstance(told, float):
        return round(told, _DECIMALS) + 0.0
    if isinstance(told, Mapping):
        return {name: _tidy(one) for name, one in told.items()}
    return [_tidy(one) for one in told] if isinstance(told, list) else told
