"""A hundred thousand made-up organisations, written in seconds: `python -m tests.bench.crowd 100000`.

Types, regions, places, themes, activities, sizes, certifications and sources are as uneven as
those of a country; the same count gives the same organisations on every machine.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

import numpy as np

SEED = 4
TRADES = (
    "Bombas", "Chancado", "Soldadura", "Relaves", "Geomecánica", "Voladura", "Transporte",
    "Laboratorio", "Hidráulica", "Automatización", "Topografía", "Campamentos", "Reactivos",
)  # fmt: skip
MARKS = ("ISO 9001", "ISO 14001", "ISO 45001", "ISO 50001", "Trinorma")
CODES = ("0729", "0990", "2511", "2822", "3312", "4220", "4923", "6201", "7110", "7120", "8030")
BATCH = 5_000


def many_actors(count: int) -> None:
    """Write `count` organisations with all that facets count. The database is ready for use."""
    from django.db import transaction

    from minka.knowledge.models import Actor, ActorActivity, Capability, Certification, Theme
    from minka.knowledge.sources.reference import ensure_reference_data

    ensure_reference_data()
    chance = np.random.default_rng(SEED)
    with transaction.atomic():
        _write(Actor, _actors(chance, count))
        keys = list(
            Actor.objects.filter(public_id__startswith="m")
            .order_by("pk")
            .values_list("pk", flat=True)
        )[-count:]
        themes = list(Theme.objects.order_by("pk").values_list("pk", flat=True))
        carried = set(zip(_some(chance, keys, 2), _some(chance, themes, 2, count), strict=True))
        bearing = Actor.themes.through
        _write(bearing, (bearing(actor_id=a, theme_id=t) for a, t in sorted(carried)))
        working = set(zip(_some(chance, keys, 1), _some(chance, CODES, 1, count), strict=True))
        _write(ActorActivity, (ActorActivity(actor_id=a, code=c) for a, c in sorted(working)))
        able = set(zip(keys[::5], _some(chance, themes, 1, len(keys[::5])), strict=True))
        _write(
            Capability,
            (Capability(actor_id=a, theme_id=t, trl=1 + (a * 7 + t) % 9) for a, t in sorted(able)),
        )
        marked = zip(keys[::8], _some(chance, MARKS, 1, len(keys[::8])), strict=True)
        _write(Certification, (Certification(actor_id=a, name=name) for a, name in marked))
        _tell(keys)


def _actors(chance: Any, count: int) -> Iterator[Any]:
    from django.utils import timezone

    from minka.knowledge.models import Actor, Place
    from minka.knowledge.states import ActorKind, SizeBand
    from minka.methods.text import search_key

    spots = list(
        Place.objects.filter(latitude__isnull=False, parent__parent__isnull=False)
        .order_by("pk")
        .values_list("pk", "parent__parent", "latitude", "longitude", "name")
    )
    fame = chance.pareto(1.1, len(spots)) + 0.02
    at = chance.choice(len(spots), count, p=fame / fame.sum())
    kinds = _some(chance, ActorKind.values, 1, count)
    sizes = _some(chance, SizeBand.values, 1, count)
    away = chance.normal(0, 0.03, (count, 2))
    now = timezone.now()
    for n in range(count):
        pk, region, latitude, longitude, place = spots[at[n]]
        trade = TRADES[(n * 7 + at[n]) % len(TRADES)]
        name = f"{trade} {place} {n} S.A.C."
        key = search_key(name)
        yield Actor(
            public_id=f"m{n:07d}",
            name=name,
            name_key=key,
            search_text=key,
            kind=kinds[n],
            description=f"{trade} para la minería en {place}.",
            activity=f"Servicios de {trade.lower()}",
            place_id=pk,
            region_id=region,
            country="PE",
            latitude=latitude + away[n][0] if n % 20 else None,
            longitude=longitude + away[n][1] if n % 20 else None,
            location_is_exact=True,
            size_band=sizes[n] if n % 3 else "",
            verified_at=now if n % 11 == 0 else None,
            confirmed_at=now - timedelta(days=n % 700) if n % 4 == 0 else None,
            record_count=1,
        )


def _tell(keys: Sequence[int]) -> None:
    """Let every organisation stand in a list or two."""
    from minka.knowledge.models import Record, Source
    from minka.knowledge.states import ActorKind

    lists = [Source.objects.create(name=f"Padrón {number}") for number in range(1, 9)]
    told = ((n, key, n % 8) for n, key in enumerate(keys))
    again = ((n, key, (n * 3 + 1) % 8) for n, key in enumerate(keys) if n % 4 == 0)
    for rows, times in ((told, 1), (again, 2)):
        _write(
            Record,
            (
                Record(
                    source=lists[at],
                    line=n + 2,
                    digest=f"{times}-{n}",
                    key=f"{times}-{n}",
                    kind=ActorKind.SUPPLIER,
                    actor_id=key,
                )
                for n, key, at in rows
            ),
        )


def _some(chance: Any, values: Sequence[Any], times: int, count: int | None = None) -> list[Any]:
    """Return each value `times` over or, with `count`, so many of them by chance, some rare."""
    if count is None:
        return [value for _time in range(times) for value in values]
    weights = 1 / (1 + np.arange(len(values)))
    drawn = chance.choice(len(values), times * count, p=weights / weights.sum())
    return [values[at] for at in drawn]


def _write(model: Any, rows: Iterator[Any]) -> None:
    while batch := list(islice(rows, BATCH)):
        model._default_manager.bulk_create(batch, batch_size=BATCH)


if __name__ == "__main__":
    from minka.cli import start_django

    start_django()
    many_actors(int(sys.argv[1]))
