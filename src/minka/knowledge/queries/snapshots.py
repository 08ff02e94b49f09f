"""Snapshots: which there are, what goes into one, and what changed between two."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from math import isnan
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from minka.knowledge.models import Actor, NetworkRun, Snapshot, Theme
from minka.knowledge.queries.directory import DirectoryFilter, visible_actors
from minka.knowledge.queries.fitting import valid_certifications
from minka.knowledge.queries.ties import network_of, ties
from minka.knowledge.states import ActorState
from minka.methods.network.mixing import external_internal
from minka.methods.network.structure import structure

CHUNK = 2000
# what the map may be asked of by name, so that two snapshots show how it moved
COUNTED = ("verified", "claimed", "located", "with_themes")
NETWORK = (
    "ties",
    "density",
    "isolated",
    "components",
    "largest",
    "reciprocity",
    "ei",
)
MEASURED = ("modularity", "communities", "highest_core", "articulation", "bridges")


def visible_snapshots(*, viewer: Any) -> QuerySet[Snapshot]:
    """Return the snapshots, newest first, to whoever has signed in."""
    if not viewer.has_perm("knowledge.snapshot_view"):
        return Snapshot.objects.none()
    return Snapshot.objects.select_related("made_by")


def snapshot_rows(figures: dict[str, Any]) -> Iterator[list[Any]]:
    """Yield what a snapshot keeps of the map as a stranger sees it, and fill `figures`.

    No person: a stranger's eyes. Streamed, so that memory does not grow with the map but for the
    ties and the ids of actors.
    """
    stranger = AnonymousUser()
    themes = {one.pk: one for one in Theme.objects.select_related("broader")}
    for one in sorted(themes.values(), key=lambda theme: theme.slug):
        yield [
            "h", one.slug, one.label_es, one.label_en, one.broader.slug if one.broader else ""
        ]  # fmt: skip
    ids: dict[int, str] = {}
    kinds: dict[str, int] = defaultdict(int)
    regions: dict[str, int] = defaultdict(int)
    counted = dict.fromkeys(COUNTED, 0)
    for row in _actors(stranger, {pk: one.slug for pk, one in themes.items()}, ids):
        kinds[row[3]] += 1
        regions[row[5]] += 1
        for name, value in (
            ("verified", row[11]), ("claimed", row[12]), ("located", row[16]),
            ("with_themes", row[13]),
        ):  # fmt: skip
            counted[name] += bool(value)
        yield row
    yield from _merged(ids)
    tied = 0
    for row in _ties(stranger, ids):
        tied += 1
        yield row
    figures |= {
        "actors": len(ids), "ties": tied, "kinds": dict(kinds), "regions": dict(regions), **counted
    }  # fmt: skip
    ids.clear()
    figures["network"] = network_figures()


def network_figures() -> dict[str, Any]:
    """Return the measures of the public network; those of the newest run where it is told."""
    whole = network_of(viewer=AnonymousUser(), wanted=DirectoryFilter())
    told = structure(whole.network, is_directed=whole.is_directed)
    found: dict[str, Any] = {
        "ties": told.ties, "density": told.density, "isolated": told.isolated,
        "components": told.components, "largest": told.largest, "reciprocity": told.reciprocity,
        "ei": external_internal(whole.network, whole.types),
    }  # fmt: skip
    newest = NetworkRun.objects.first()
    if newest is not None:
        found |= {name: newest.figures.get(name) for name in MEASURED}
        found["measured_on"] = newest.on_date.isoformat()
    return {
        name: None if isinstance(value, float) and isnan(value) else value
        for name, value in found.items()
    }


def _actors(viewer: Any, slugs: dict[int, str], ids: dict[int, str]) -> Iterator[list[Any]]:
    rows = (
        visible_actors(viewer=viewer)
        .order_by("public_id")
        .values_list(
            "pk", "public_id", "name", "kind", "country", "region__name", "place__name", "activity",
            "website", "founded_year", "size_band", "verified_at", "claimed_at", "description",
            "latitude", "longitude",
        )
    )  # fmt: skip
    chunk: list[Any] = []
    for row in rows.iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield from _filled(chunk, slugs, ids)
            chunk = []
    yield from _filled(chunk, slugs, ids)


def _filled(chunk: list[Any], slugs: dict[int, str], ids: dict[int, str]) -> Iterator[list[Any]]:
    pks = [row[0] for row in chunk]
    carried: dict[int, list[str]] = defaultdict(list)
    links = Actor.themes.through._default_manager.filter(actor__in=pks)
    for actor, theme in links.values_list("actor_id", "theme_id"):
        if theme in slugs:
            carried[actor].append(slugs[theme])
    held: dict[int, list[str]] = defaultdict(list)
    for actor, name in valid_certifications().filter(actor__in=pks).values_list("actor", "name"):
        held[actor].append(name)
    for pk, public_id, *said, verified, claimed, description, latitude, longitude in chunk:
        ids[pk] = public_id
        plain = ["" if value is None else value for value in said]
        at = None if latitude is None else [round(latitude, 4), round(longitude, 4)]
        digest = hashlib.sha256(description.encode()).hexdigest()[:12] if description else ""
        yield [
            "a", public_id, *plain, verified is not None, claimed is not None,
            sorted(carried[pk]), sorted(set(held[pk])), digest, at,
        ]  # fmt: skip


def _merged(ids: dict[int, str]) -> Iterator[list[Any]]:
    gone = Actor.objects.exclude(state=ActorState.LIVE).filter(merged_into__isnull=False)
    rows = gone.order_by("public_id").values_list("public_id", "merged_into")
    for public_id, into in rows.iterator(chunk_size=CHUNK):
        if into in ids:
            yield ["g", public_id, ids[into]]


def _ties(viewer: Any, ids: dict[int, str]) -> Iterator[list[Any]]:
    """Yield public ties in a fixed order, each once, whoever says it; only between who is there."""
    said = {
        (ids[tail], kind, ids[head], str(starts or ""), str(ends or ""))
        for tail, head, kind, starts, ends in ties(viewer=viewer)
        .order_by()
        .values_list("tail_id", "head_id", "kind", "starts_on", "ends_on")
        .iterator(chunk_size=CHUNK)
        if tail in ids and head in ids
    }
    for one in sorted(said):
        yield ["t", *one]
