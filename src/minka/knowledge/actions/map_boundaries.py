"""Keep boundaries, say which place each is of, and put a set on the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import WrongState
from minka.core.models import StoredFile, User
from minka.knowledge.models import Boundary, BoundarySet
from minka.knowledge.states import BoundaryState, PlaceLevel

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Shape:
    """One boundary as it comes: what the file says of it, its geometry, where its name goes."""

    properties: dict[str, str]
    geometry: dict[str, Any]
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Naming:
    """What one boundary is called and which place it is of, in the order of the file."""

    name: str
    code: str
    place: int | None


@transaction.atomic
def keep_boundaries(  # noqa: PLR0913 -- what a file brings
    *,
    by: User,
    file: StoredFile,
    country: str,
    level: PlaceLevel,
    origin: tuple[str, str],
    shapes: Sequence[Shape],
) -> BoundarySet:
    """Keep the boundaries of a file as a draft; `origin` is its source and its licence.

    Raises:
        NotAllowed: `by` is not of the cluster team.
    """
    require(by, "knowledge.map_furnish")
    source, licence = origin
    kept = BoundarySet.objects.create(
        country=country, level=level, source=source, licence=licence, file=file, uploaded_by=by
    )
    Boundary.objects.bulk_create(
        (
            Boundary(
                boundary_set=kept,
                position=position,
                properties=one.properties,
                geometry=one.geometry,
                longitude=one.longitude,
                latitude=one.latitude,
            )
            for position, one in enumerate(shapes, start=1)
        ),
        batch_size=AT_ONCE,
    )
    record(
        by=by,
        verb="knowledge.boundaries_upload",
        obj=kept,
        data={"level": level, "country": country, "shapes": len(shapes), "sha256": file.sha256},
    )
    return kept


@transaction.atomic
def name_boundaries(
    *,
    by: User,
    boundary_set: BoundarySet,
    name_property: str,
    codes: tuple[str, str],
    namings: Sequence[Naming],
) -> BoundarySet:
    """Keep what each boundary of a draft is called; `codes` are their property and their scheme.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: the set is on the map already, or was.
    """
    require(by, "knowledge.map_furnish")
    held = _draft(boundary_set)
    held.name_property, (held.code_property, held.code_scheme) = name_property, codes
    held.save(update_fields=["name_property", "code_property", "code_scheme"])
    features = list(Boundary.objects.filter(boundary_set=held).defer("geometry"))
    Boundary.objects.filter(boundary_set=held, place__isnull=False).update(place=None)
    for feature, naming in zip(features, namings, strict=True):
        feature.name, feature.code = naming.name, naming.code
        feature.place_id = naming.place
    Boundary.objects.bulk_update(features, ["name", "code", "place"], batch_size=AT_ONCE)
    record(
        by=by,
        verb="knowledge.boundaries_match",
        obj=held,
        data={
            "name": name_property,
            "code": codes[0],
            "matched": sum(one.place is not None for one in namings),
            "of": len(namings),
        },
    )
    return held


@transaction.atomic
def publish_boundaries(*, by: User, boundary_set: BoundarySet) -> BoundarySet:
    """Put a set on the map in the place of the one of its country and level, which is kept.

    A set that was replaced comes back in the same way.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it is on the map already, or none of its boundaries is of a known place.
    """
    require(by, "knowledge.map_furnish")
    # in one order for everybody, so that two who publish queue
    rivals = BoundarySet.objects.select_for_update().filter(
        country=boundary_set.country, level=boundary_set.level
    )
    held = {one.pk: one for one in rivals.order_by("pk")}
    chosen = held.get(boundary_set.pk)
    if chosen is None or chosen.state == BoundaryState.LIVE:
        raise WrongState
    if not Boundary.objects.filter(boundary_set=chosen, place__isnull=False).exists():
        raise WrongState(
            _("None of these boundaries is of a place we know. Choose another property.")
        )
    replaced = [one for one in held.values() if one.state == BoundaryState.LIVE]
    for one in replaced:
        one.state = BoundaryState.REPLACED
        one.save(update_fields=["state"])
    chosen.state, chosen.published_at = BoundaryState.LIVE, timezone.now()
    chosen.save(update_fields=["state", "published_at"])
    record(
        by=by,
        verb="knowledge.boundaries_publish",
        obj=chosen,
        data={"level": chosen.level, "replaced": [one.pk for one in replaced]},
    )
    return chosen


@transaction.atomic
def discard_boundaries(*, by: User, boundary_set: BoundarySet) -> None:
    """Delete a draft. What has been on the map stays.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: the set is on the map, or was.
    """
    require(by, "knowledge.map_furnish")
    held = _draft(boundary_set)
    record(by=by, verb="knowledge.boundaries_discard", obj=held, data={"source": held.source})
    held.delete()


def _draft(boundary_set: BoundarySet) -> BoundarySet:
    held = BoundarySet.objects.select_for_update().filter(pk=boundary_set.pk).first()
    if held is None or held.state != BoundaryState.DRAFT:
        raise WrongState
    return held
