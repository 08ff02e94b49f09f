"""Actors made of records, without a sheet, and a picture of everything about them."""

import itertools
import json

from django.core.serializers import serialize

from minka.knowledge.actions.survivorship import refresh_actors
from minka.knowledge.models import (
    Actor,
    ActorField,
    ActorName,
    Identifier,
    Membership,
    Record,
    SheetImport,
    Source,
)
from minka.methods.text import search_key
from tests.factories import StoredFileFactory, UserFactory

_count = itertools.count(1)


def source_of(name: str) -> SheetImport:
    """Return the import of a source, made when first asked for."""
    source, _new = Source.objects.get_or_create(name=name)
    found = SheetImport.objects.filter(source=source).first()
    return found or SheetImport.objects.create(
        source=source, file=StoredFileFactory(), started_by=UserFactory(is_staff=True)
    )


def recorded(name: str, *, actor=None, source="Padrón", kind="supplier", **values) -> Actor:
    """Return an actor that one more record speaks of."""
    made = actor or Actor.objects.create(name=name, name_key=search_key(name))
    sheet_import, number = source_of(source), next(_count)
    Record.objects.create(
        source=sheet_import.source, first_import=sheet_import, line=number, digest=f"{number:064d}",
        cells=[["name", name]], values={"name": name, **values}, kind=kind, actor=made,
    )  # fmt: skip
    for text in (name, values.get("trade_name")):
        if text and search_key(text) != made.name_key:
            ActorName.objects.get_or_create(
                actor=made, text_key=search_key(text), defaults={"text": text}
            )
    refresh_actors(actors=[made.pk])
    made.refresh_from_db()
    return made


def number(actor: Actor, value: str, scheme: str = "pe.ruc") -> None:
    Identifier.objects.create(actor=actor, scheme=scheme, value=value)
    refresh_actors(actors=[actor.pk])


def everything() -> str:
    """Return all that there is about actors, as text, but for when it was last touched."""
    models = (Actor, ActorField, Identifier, Membership, Record)
    rows = [
        row
        for model in models
        for row in json.loads(serialize("json", model.objects.order_by("pk")))
    ]
    for row in rows:
        for name in ("updated_at", "is_remembered"):  # no more than when, and what was read since
            row["fields"].pop(name, None)
    names = sorted(ActorName.objects.values_list("actor", "text", "text_key", "kind"))
    links = []
    for relation in Actor._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and not relation.many_to_many:
            field = relation.remote_field.name
            model = relation.related_model
            if model._meta.app_label != "knowledge" or model._meta.auto_created:
                links.append(
                    (
                        model._meta.label,
                        sorted(model._base_manager.values_list(f"{field}_id", flat=True)),
                    )
                )
    return json.dumps([rows, names, sorted(links)], sort_keys=True, default=str)
