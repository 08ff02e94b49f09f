"""Add layers to the map, change what is said of them, switch them on and off."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import WrongState
from minka.core.models import StoredFile, User
from minka.knowledge.models import MapLayer

FIELDS = ("name_es", "name_en", "category", "source", "licence")


@transaction.atomic
def add_layer(
    *, by: User, file: StoredFile, content: Mapping[str, Any], told: Mapping[str, str]
) -> MapLayer:
    """Put a layer on the map; `told` are its names, its category, its source and its licence.

    Raises:
        NotAllowed: `by` is not of the cluster team.
    """
    require(by, "knowledge.map_furnish")
    layer = MapLayer.objects.create(
        **{name: told.get(name, "").strip() for name in FIELDS},
        content=dict(content),
        feature_count=len(content["features"]),
        file=file,
        added_by=by,
    )
    record(
        by=by,
        verb="knowledge.layer_add",
        obj=layer,
        data={"name": layer.name_es, "category": layer.category, "sha256": file.sha256},
    )
    return layer


@transaction.atomic
def change_layer(*, by: User, layer: MapLayer, told: Mapping[str, str]) -> MapLayer:
    """Say something else of a layer.

    Raises:
        NotAllowed: `by` is not of the cluster team.
    """
    require(by, "knowledge.map_furnish")
    held = MapLayer.objects.select_for_update().defer("content").get(pk=layer.pk)
    changed = [
        name for name in FIELDS if name in told and told[name].strip() != getattr(held, name)
    ]
    if not changed:
        return held
    for name in changed:
        setattr(held, name, told[name].strip())
    held.save(update_fields=[*changed, "changed_at"])
    record(
        by=by,
        verb="knowledge.layer_change",
        obj=held,
        data={name: getattr(held, name) for name in changed},
    )
    return held


@transaction.atomic
def switch_layer(*, by: User, layer: MapLayer, on: bool) -> MapLayer:
    """Show a layer to everybody, or to nobody.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it is so already.
    """
    require(by, "knowledge.map_furnish")
    held = MapLayer.objects.select_for_update().defer("content").get(pk=layer.pk)
    if held.is_shown == on:
        raise WrongState
    held.is_shown = on
    held.save(update_fields=["is_shown", "changed_at"])
    verb = "knowledge.layer_show" if on else "knowledge.layer_hide"
    record(by=by, verb=verb, obj=held, data={"name": held.name_es})
    return held
