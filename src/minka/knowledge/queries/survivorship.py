"""What is told of actors, field by field, and whose word counts: survivorship.

The organisation's own word comes first, then the team's, then the sources in their order; of one
source the newest sheet, and in a sheet the first row. What sources say is read from their records
each time, so that it can never differ from them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from minka.knowledge.models import ActorField, Place, Record, SheetImport, Source
from minka.knowledge.states import ActorKind, NameKind, Origin, SizeBand

TEXTS = {"name": 250, "activity": 250, "website": 250, "email": 254, "address": 250}
FIELDS = (
    "name", "kind", "activity", "description", "website", "email", "phone", "address",
    "founded_year", "size_band", "country", "region", "position",
)  # fmt: skip
STRENGTH = {Origin.CLAIM: 0, Origin.STAFF: 1, Origin.SOURCE: 2}
BATCH = 500


@dataclass(frozen=True, slots=True)
class Told:
    """A value, who says so and since when.

    Args:
        value: plain; of `region` the key of a place, of `position` latitude and longitude.
        who: the source or the person; `record` is the row when a source says so.
    """

    value: Any
    origin: Origin
    who: str
    since: datetime
    record: int | None = None


def sources_in_order(*, viewer: Any) -> QuerySet[Source]:
    """Return the sources, the one that is believed first on top; to the cluster team only."""
    found = Source.objects.order_by("rank", "pk")
    return found if viewer.has_perm("knowledge.source_order") else found.none()


def told_of(actors: Sequence[int]) -> dict[int, dict[str, Told]]:
    """Return for each actor what holds of it and who says so. Four statements per 500 actors."""
    told: dict[int, dict[str, Told]] = {actor: {} for actor in actors}
    for start in range(0, len(actors), BATCH):
        some = actors[start : start + BATCH]
        for one in _statements(some):
            told[one.actor_id].setdefault(
                one.field,
                Told(one.value, Origin(one.origin), one.by.get_full_name(), one.since),
            )
        for actor, records in _records(some).items():
            _hear(told[actor], records)
    return told


def places_of(told: Iterable[Mapping[str, Told]]) -> dict[int, Place]:
    """Return the places that are told of, with their parents as far as the region."""
    wanted = {fields["region"].value for fields in told if "region" in fields}
    found = Place.objects.select_related("parent__parent").in_bulk(
        [pk for pk in wanted if isinstance(pk, int)]
    )
    return dict(found)


def _statements(actors: Sequence[int]) -> list[ActorField]:
    found = ActorField.objects.filter(actor__in=actors).select_related("by")
    return sorted(found, key=lambda one: (STRENGTH[Origin(one.origin)], one.pk))


def _records(actors: Sequence[int]) -> dict[int, list[Record]]:
    """Return the records of each actor, the most believed first."""
    found: dict[int, list[Record]] = defaultdict(list)
    heard = Record.objects.filter(actor__in=actors, replaced_by=None)
    if len(actors) == 1:  # of one actor, a join costs less than two statements more
        told = list(heard.select_related("source", "first_import").defer("cells", "problems"))
        return {actors[0]: sorted(told, key=_most_believed)}
    told = list(
        heard.only(
            "actor_id", "values", "kind", "place_id", "created_at", "vanished_at",
            "first_import_id", "source_id",
        )
    )  # fmt: skip
    sources = Source.objects.in_bulk({record.source_id for record in told})
    sheets = SheetImport.objects.in_bulk({record.first_import_id for record in told} - {None})
    for record in told:  # few sources tell many records
        record.source = sources[record.source_id]
        record.first_import = sheets.get(record.first_import_id or 0)
        found[record.actor_id or 0].append(record)
    for records in found.values():
        records.sort(key=_most_believed)
    return found


def _most_believed(record: Record) -> tuple[bool, int, int, int, int]:
    return (
        record.vanished_at is not None,  # what its source no longer says comes last
        record.source.rank,
        record.source_id,
        -(record.first_import_id or 0),
        record.pk,
    )


def _hear(told: dict[str, Told], records: Sequence[Record]) -> None:
    for record in records:
        for field, value in record_values(record):
            if field not in told:
                told[field] = Told(
                    value, Origin.SOURCE, record.source.name, record.created_at, record.pk
                )
    kind = told.get("kind")
    if kind and kind.origin == Origin.SOURCE and kind.value == ActorKind.OTHER:
        for record in records:  # “other” is no word against one that knows
            if record.kind and record.kind != ActorKind.OTHER:
                told["kind"] = Told(
                    record.kind, Origin.SOURCE, record.source.name, record.created_at, record.pk
                )
                break


def record_values(record: Record) -> Iterator[tuple[str, Any]]:
    """Yield the fields of which a record says something."""
    values = record.values
    yield from _written(values)
    if country := first_text(values, "country") or _country_of_sheet(record):
        yield "country", country
    if record.kind:
        yield "kind", record.kind
    if record.place_id:
        yield "region", record.place_id
    latitude, longitude = values.get("latitude"), values.get("longitude")
    if latitude is not None and longitude is not None:
        yield "position", [latitude, longitude]


def _written(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what stands in the cells themselves."""
    for field, length in TEXTS.items():
        text = first_text(values, field)
        if text and (len(text) <= length or field != "website"):
            yield field, text[:length]
    if text := first_text(values, "description"):
        yield "description", text
    if phones := joined(values.get("phone"), 60):
        yield "phone", phones
    if (year := first_text(values, "founded")[:4]).isdigit():
        yield "founded_year", int(year)
    if (size := first_text(values, "size_band")) in SizeBand.values:
        yield "size_band", size


def _country_of_sheet(record: Record) -> str:
    """Return where the organisations of a sheet are; an answer to a survey says only itself."""
    return record.first_import.country if record.first_import else ""


def first_text(values: Mapping[str, Any], name: str) -> str:
    """Return the value of a field, or the first of several."""
    value = values.get(name) or ""
    return str(value[0] if isinstance(value, list) and value else value or "")


def joined(values: Any, length: int) -> str:
    """Join as many values as fit."""
    text = ""
    for value in values or []:
        longer = f"{text} / {value}" if text else value
        if len(longer) <= length:
            text = longer
    return text


def record_names(record: Record) -> Iterator[tuple[str, NameKind]]:
    """Yield the names that a record gives, each with its kind."""
    values = record.values
    for name, kind in (
        ("name", NameKind.ALIAS), ("trade_name", NameKind.TRADE), ("acronym", NameKind.ACRONYM)
    ):  # fmt: skip
        if text := first_text(values, name):
            yield text, kind
    for text in values.get("other_names") or []:
        yield str(text), NameKind.ALIAS


def record_numbers(record: Record) -> set[str]:
    """Return the values of the identifiers that a record may have brought."""
    texts = [first_text(record.values, name) for name in ("tax_id", "external_id")]
    return {form for text in texts if text for form in (text, text.rpartition("/")[2].lower())}
