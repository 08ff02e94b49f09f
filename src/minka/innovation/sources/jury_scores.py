"""A sheet of scores by item and person, and by criterion where there are several."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.innovation.sources.items import to_number
from minka.innovation.sources.long_tables import Line, names_of, read_lines, refuse_twice
from minka.methods.ranking.reviews import Reviews, combine

ITEM, PERSON, SCORE, CRITERION, WEIGHT = "item", "person", "score", "criterion", "weight"


@dataclass(frozen=True, slots=True)
class JuryScores:
    """Items and people in the order in which they first appear, and their reviews."""

    items: tuple[str, ...]
    people: tuple[str, ...]
    reviews: Reviews


def read_jury_scores(path: Path, weights: Mapping[str, float]) -> JuryScores:
    """Read scores, one line each; an empty score was not given.

    Args:
        path: a sheet with the columns item, person, score and perhaps criterion.
        weights: of the criteria; where none are given they count the same.

    Raises:
        InvalidInput: it is no such table, a pair is there twice, a criterion has no weight; the
            line is named where there is one.
    """
    lines = read_lines(path, (ITEM, PERSON, SCORE), (CRITERION,))
    items, people = names_of(lines, ITEM), names_of(lines, PERSON)
    many = CRITERION in lines[0].cells
    if weights and not many:
        raise InvalidInput(_("Weights were given, but there is no column “criterion”."))
    refuse_twice(lines, (ITEM, PERSON, CRITERION) if many else (ITEM, PERSON))
    names = names_of(lines, CRITERION) if many else ("",)
    shares = np.array([_weight(name, weights) for name in names])
    _check_weights(names, weights)
    if not (shares > 0).any():
        raise InvalidInput(_("No criterion has a weight above zero."))
    places = {name: place for place, name in enumerate(items)}, {n: p for p, n in enumerate(people)}
    table: dict[tuple[int, int], list[float]] = {}
    for line in lines:
        key = (places[0][line.text(ITEM)], places[1][line.text(PERSON)])
        row = table.setdefault(key, [np.nan] * len(names))
        row[names.index(line.text(CRITERION)) if many else 0] = _score(line)
    points = np.array(list(table.values()))[:, shares > 0]
    scores = combine(points, shares[shares > 0])
    said = ~np.isnan(scores)
    pairs = np.array(list(table), dtype=np.intp)[said]
    if not len(pairs):
        raise InvalidInput(_("No line has a score."))
    reviews = Reviews(pairs[:, 0], pairs[:, 1], scores[said], len(items), len(people))
    return JuryScores(items, people, reviews)


def read_weights(text: str | None) -> dict[str, float]:
    """Read weights written as `criterion=weight,…`, or a sheet criterion, weight.

    Raises:
        InvalidInput: something else is written, or a weight is negative.
    """
    if text is None:
        return {}
    if "=" not in text and Path(text).is_file():
        lines = read_lines(Path(text), (CRITERION, WEIGHT))
        refuse_twice(lines, (CRITERION,))
        written = [(line.text(CRITERION), line.text(WEIGHT)) for line in lines]
    else:
        written = []
        for part in filter(str.strip, text.split(",")):
            name, _equals, amount = part.rpartition("=")
            written.append((name.strip(), amount.strip()))
    found: dict[str, float] = {}
    for name, amount in written:
        weight = to_number(amount)
        if not name or name in found or weight is None or weight < 0:
            raise InvalidInput(
                _("“%(text)s” is not a weight. Write criterion=40, each criterion once.")
                % {"text": f"{name}={amount}"}
            )
        found[name] = weight
    return found


def _weight(name: str, weights: Mapping[str, float]) -> float:
    if weights and name not in weights:
        raise InvalidInput(_("The criterion “%(name)s” has no weight.") % {"name": name})
    return weights[name] if weights else 1.0


def _check_weights(names: tuple[str, ...], weights: Mapping[str, float]) -> None:
    for name in weights:
        if name not in names:
            raise InvalidInput(_("No line has the criterion “%(name)s”.") % {"name": name})


def _score(line: Line) -> float:
    value = line.value(SCORE)
    return np.nan if value is None else value
