"""Read the columns of the living actors, once for every version of the map in a process.

What hangs on an actor and does not change it (a theme that moves in the thesaurus, a place that
gets another name, a certification that
runs out) shows within `READ_AGAIN_S`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock
from time import monotonic
from typing import Any

import numpy as np
from django.db.models import Model, Q, QuerySet

from minka.knowledge.models import (
    Actor,
    ActorActivity,
    Capability,
    Place,
    Record,
    Source,
    Theme,
)
from minka.knowledge.queries.activities import codes_above
from minka.knowledge.queries.columns import (
    Bitmaps,
    Columns,
    Pairs,
    PlaceFact,
    Value,
    rows_at,
)
from minka.knowledge.queries.fitting import AGES, age_conditions, valid_certifications
from minka.knowledge.states import ActorKind

READ_AGAIN_S = 600
READ = (
    "pk", "kind", "country", "size_band", "region_id", "place_id", "latitude", "longitude",
    "location_is_exact",
)  # fmt: skip

ANSWERS = {"located": "latitude", "verified": "verified_at", "claimed": "claimed_at"}
LEVELS = tuple(range(1, 10))

_held: tuple[Columns, float] | None = None
_reading = Lock()


def columns_of(actors: Callable[[], QuerySet[Actor]], *, version: str) -> Columns:
    """Return all that `actors` gives as columns. No person: the map is public.

    Sixteen SQL statements where the process does not hold this version yet, else none.
    """
    global _held  # noqa: PLW0603 -- one for the process
    with _reading:  # of two who need it one reads, and the other finds it
        if _held and _held[0].version == version and monotonic() < _held[1]:
            return _held[0]
        found = _read(actors(), version)
        if found.size:  # nobody yet: the next question may be put to another database
            _held = (found, monotonic() + READ_AGAIN_S)
        return found


class _Rows:
    """Where each actor stands, and what is read of them in terms of that."""

    def __init__(self, keys: Sequence[int]) -> None:
        self.keys = np.array(keys, dtype=np.int64)
        self.order = np.argsort(self.keys)

    def of(self, values: Sequence[Value], having: Sequence[Any]) -> Bitmaps[Value]:
        """Which rows have each value, from the rows of each."""
        every = np.concatenate([np.empty(0, dtype=np.int32), *having]).astype(np.int32)
        places = np.repeat(np.arange(len(having), dtype=np.int32), [len(one) for one in having])
        return Bitmaps(values, Pairs(every, places, places), len(self.keys))

    def bitmaps(self, column: Sequence[Any], **left_out: Any) -> Bitmaps[Any]:
        """Which rows have each value of a column, but for the value `nothing`."""
        places: dict[Any, int] = {}
        codes = np.array([places.setdefault(one, len(places)) for one in column], dtype=np.int32)
        values = [one for one in places if one not in left_out.values()]
        return self.of(values, [np.flatnonzero(codes == places[one]) for one in values])

    def conditions(self, actors: QuerySet[Actor], wanted: Mapping[str, Q]) -> Bitmaps[str]:
        """Which rows meet each condition. A statement for each."""
        having = [
            actors.filter(condition).order_by().values_list("pk", flat=True)
            for condition in wanted.values()
        ]
        keys = [np.array(list(found), dtype=np.int64) for found in having]
        return self.of(list(wanted), [rows_at(self.keys, self.order, one)[0] for one in keys])

    def several(self, pairs: Pairs, values: Iterable[int]) -> Bitmaps[int]:
        """Which rows have each value, from pairs of rows and values."""
        known = np.array(sorted(values), dtype=np.int64)
        at, there = rows_at(known, np.arange(len(known)), pairs.values.astype(np.int64))
        held = pairs.fit(there)._replace(values=at.astype(np.int32))
        return Bitmaps(known.tolist(), held, len(self.keys))

    def pairs(self, rows: Iterable[tuple[int, ...]]) -> Pairs:
        """Pairs of an actor and a value, with a number beside them where there are three."""
        read = np.array(list(rows), dtype=np.int64).reshape(-1, 3)
        at, there = rows_at(self.keys, self.order, read[:, 0])
        return Pairs(*(part.astype(np.int32) for part in (at, read[there, 1], read[there, 2])))


def _read(actors: QuerySet[Actor], version: str) -> Columns:
    told = _turned(actors.order_by("name_key", "pk").values_list(*READ))
    rows = _Rows(told[0])
    themes = {one.pk: one for one in Theme.objects.all()}
    above = _themes_above(themes)
    source_names = dict(Source.objects.order_by("name").values_list("pk", "name"))
    carried = _listed(Actor.themes.through, "theme_id")
    able = _widened(
        rows.pairs(Capability.objects.order_by().values_list("actor_id", "theme_id", "trl")), above
    )
    marks, certifications = _certifications(rows)
    codes = list(ActorKind.values)
    return Columns(
        version=version,
        keys=rows.keys,
        kinds=rows.bitmaps(told[1]),
        countries=rows.bitmaps(told[2], nothing=""),
        sizes=rows.bitmaps(told[3], nothing=""),
        regions=rows.bitmaps(told[4], nothing=None),
        places=np.array([key or 0 for key in told[5]], dtype=np.int32),
        latitudes=np.array(told[6], dtype=np.float64),
        longitudes=np.array(told[7], dtype=np.float64),
        exact=np.array(told[8], dtype=np.bool_),
        kind_codes=np.array([codes.index(kind) for kind in told[1]], dtype=np.int32),
        answers=rows.conditions(
            actors, {name: Q(**{f"{column}__isnull": False}) for name, column in ANSWERS.items()}
        ),
        ages=rows.conditions(actors, {age: age_conditions()[age] for age in AGES}),
        themes=rows.several(_widened(rows.pairs(carried), above), dict.fromkeys(themes)),
        readiness=_readiness(rows, able),
        capabilities=able,
        activities=_activities(rows),
        certifications=certifications,
        marks=marks,
        sources=rows.several(rows.pairs(_listed(Record, "source_id", distinct=True)), source_names),
        theme_facts=themes,
        place_facts=_places(),
        source_names=source_names,
    )


def _turned(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return list(zip(*rows, strict=True)) or [()] * len(READ)


def _listed(model: type[Model], value: str, *, distinct: bool = False) -> Iterable[tuple[int, ...]]:
    found = model._default_manager.filter(actor__isnull=False).order_by()
    pairs = found.values_list("actor_id", value)
    return ((actor, one, 0) for actor, one in (pairs.distinct() if distinct else pairs))


def _readiness(rows: "_Rows", able: Pairs) -> Bitmaps[int]:
    best = np.zeros(len(rows.keys), dtype=np.int32)
    np.maximum.at(best, able.rows, able.beside)
    having = [np.flatnonzero(best >= level) for level in LEVELS]
    return rows.of(LEVELS, having)


def _activities(rows: "_Rows") -> Bitmaps[str]:
    read = list(ActorActivity.objects.order_by().values_list("actor_id", "code"))
    above = {code: codes_above(code) for _actor, code in read}
    codes = sorted({one for ones in above.values() for one in ones})
    place = {code: at for at, code in enumerate(codes)}
    pairs = rows.pairs((actor, place[code], 0) for actor, code in read)
    wide = {place[code]: [place[one] for one in ones] for code, ones in above.items()}
    return Bitmaps(codes, _widened(pairs, wide), len(rows.keys))


def _certifications(rows: "_Rows") -> tuple[list[str], Pairs]:
    places: dict[str, int] = {}
    valid = valid_certifications().order_by().values_list("actor_id", "name").distinct()
    pairs = rows.pairs((actor, places.setdefault(name, len(places)), 0) for actor, name in valid)
    return list(places), pairs


def _themes_above(themes: Mapping[int, Theme]) -> dict[int, list[int]]:
    """Return every concept with itself and all that it stands under."""
    found: dict[int, list[int]] = {}
    for pk in themes:
        found[pk], at = [], themes.get(pk)
        while at is not None and at.pk not in found[pk]:
            found[pk].append(at.pk)
            at = themes.get(at.broader_id or 0)
    return found


def _places() -> dict[int, PlaceFact]:
    read = Place.objects.order_by().values_list("pk", "name", "parent_id")
    parents = {pk: parent or 0 for pk, _name, parent in read}
    return {
        pk: PlaceFact(name, parent or 0, parents.get(parent or 0, 0)) for pk, name, parent in read
    }


def _widened(pairs: Pairs, above: Mapping[int, Sequence[int]]) -> Pairs:
    """Return every pair with those for what is above its value, each once, the highest beside."""
    known = np.array(sorted(above), dtype=np.int64)
    if not len(known) or not len(pairs.rows):
        return Pairs(*(np.empty(0, dtype=np.int32) for _column in pairs))
    counts = np.array([len(above[one]) for one in known.tolist()])
    flat = np.array([one for value in known.tolist() for one in above[value]], dtype=np.int32)
    starts = np.r_[0, np.cumsum(counts)[:-1]]
    at, there = rows_at(known, np.arange(len(known)), pairs.values.astype(np.int64))
    pairs = pairs.fit(there)
    times = counts[at]
    step = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    rows, beside = np.repeat(pairs.rows, times), np.repeat(pairs.beside, times)
    values = flat[np.repeat(starts[at], times) + step]
    order = np.lexsort((-beside, values, rows))
    rows, values, beside = rows[order], values[order], beside[order]
    first = np.r_[True, (rows[1:] != rows[:-1]) | (values[1:] != values[:-1])]
    return Pairs(rows[first], values[first], beside[first])
