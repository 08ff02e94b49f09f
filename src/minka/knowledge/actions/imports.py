"""The life of an import: a sheet is offered, its columns are confirmed, its rows are kept.

The rows themselves are kept by `actions.import_rows`, a chunk at a time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, F, When
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.jobs import enqueue
from minka.core.models import StoredFile, User
from minka.knowledge.models import SheetImport, Source, Wave
from minka.knowledge.states import IMPORT_REACHED_FROM, ActorKind
from minka.knowledge.states import ImportState as S

RUN = "minka.knowledge.tasks.run_import"
RESOLVE = "minka.knowledge.tasks.resolve_import"
NAMING = frozenset({"name", "trade_name", "other_names"})


@dataclass(frozen=True, slots=True)
class OfferedSheet:
    """A sheet of an uploaded file; `name` is empty for a text table, `mapping` a first guess."""

    name: str
    row_count: int
    mapping: Mapping[str, str]
    learnt: frozenset[str] = frozenset()  # columns that people corrected in other sheets


@transaction.atomic
def register_sheets(
    *, by: User, source_name: str, licence: str, file: StoredFile, sheets: Sequence[OfferedSheet]
) -> list[SheetImport]:
    """Open one import per sheet, each waiting for its columns to be confirmed.

    The columns of the last import of the same source with the same headers are taken over.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: the source has no name.
    """
    require(by, "knowledge.sheet_import")
    name = " ".join(source_name.split())[:120]
    if not name:
        raise InvalidInput(fields={"source_name": _("Say where the sheet comes from.")})
    source = Source.objects.filter(name__iexact=name).first()
    if source is not None and Wave.objects.filter(source=source).exists():
        raise InvalidInput(
            fields={"source_name": _("These are the answers to a survey. Give the sheet a name.")}
        )
    if source is None:
        source, _new = Source.objects.get_or_create(
            name=name, defaults={"licence": licence.strip()[:200]}
        )
    earlier = list(SheetImport.objects.filter(source=source).exclude(state=S.UPLOADED)[:50])
    opened = []
    for sheet in sheets:
        last = next((one for one in earlier if one.mapping.keys() == sheet.mapping.keys()), None)
        sheet_import = SheetImport.objects.create(
            source=source,
            file=file,
            sheet=sheet.name[:120],
            rows_total=sheet.row_count,
            mapping=last.mapping if last else dict(sheet.mapping),
            mapping_origin=dict.fromkeys(sheet.mapping, "last_time")
            if last
            else dict.fromkeys(sheet.learnt, "learnt"),
            default_kind=last.default_kind if last else "",
            country=last.country if last else "PE",
            started_by=by,
        )
        opened.append(sheet_import)
    return opened


@transaction.atomic
def confirm_import(  # noqa: PLR0913 -- the facts of the form
    *,
    by: User,
    sheet_import: SheetImport,
    mapping: Mapping[str, str],
    default_kind: str = "",
    country: str = "PE",
    is_new_version: bool = False,
) -> SheetImport:
    """Settle what the columns mean and hand the sheet to the background.

    `is_new_version` says that the sheet is the whole list again: what it does not hold any more
    will be marked as vanished. Otherwise its rows come in addition to those known of the source.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: no column holds a name, or the kind or the country is not known.
        WrongState: it was confirmed or discarded before.
    """
    require(by, "knowledge.sheet_import")
    if not NAMING.intersection(mapping.values()):
        raise InvalidInput(_("Say which column holds the name of the organisation."))
    if default_kind and default_kind not in ActorKind.values:
        raise InvalidInput(fields={"default_kind": _("Choose a type of organisation.")})
    if len(country) != 2:
        raise InvalidInput(fields={"country": _("Choose a country.")})
    if sheet_import.state != S.UPLOADED:
        raise WrongState(_("The columns of this import were confirmed before."))
    _move(
        sheet_import,
        S.QUEUED,
        mapping=dict(mapping),
        corrections={
            column: field
            for column, field in mapping.items()
            if field and field != sheet_import.mapping.get(column)
        },
        default_kind=default_kind,
        country=country,
        is_new_version=is_new_version,
    )
    enqueue(RUN, sheet_import.pk)
    record(
        by=by,
        verb="knowledge.import_confirm",
        obj=sheet_import,
        data={
            "source": sheet_import.source.name,
            "rows": sheet_import.rows_total,
            "is_new_version": is_new_version,
        },
    )
    return sheet_import


@transaction.atomic
def retry_import(*, by: User, sheet_import: SheetImport) -> SheetImport:
    """Go on where an import stopped or was cancelled, or apply again one that was undone.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it has not stopped.
    """
    require(by, "knowledge.sheet_import")
    if sheet_import.state not in (S.FAILED, S.CANCELLED, S.UNDONE):
        raise WrongState(_("This import has not stopped; there is nothing to retry."))
    _move(sheet_import, S.QUEUED, error="")
    enqueue(RUN, sheet_import.pk)
    record(by=by, verb="knowledge.import_retry", obj=sheet_import)
    return sheet_import


@transaction.atomic
def cancel_import(*, by: User, sheet_import: SheetImport) -> SheetImport:
    """Stop an import that waits or runs; the rows kept so far stay, and it can go on later.

    The worker notices before the next chunk: each is kept only while the import is running.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it is neither waiting nor running.
    """
    require(by, "knowledge.sheet_import")
    _move(sheet_import, S.CANCELLED)
    sheet_import.refresh_from_db(fields=["rows_done"])
    record(
        by=by,
        verb="knowledge.import_cancel",
        obj=sheet_import,
        data={"rows_done": sheet_import.rows_done},
    )
    return sheet_import


@transaction.atomic
def discard_import(*, by: User, sheet_import: SheetImport) -> SheetImport:
    """Put an import aside; rows that it kept before it stopped stay in the map.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it is at work, finished or discarded.
    """
    require(by, "knowledge.sheet_import")
    _move(sheet_import, S.DISCARDED)
    record(by=by, verb="knowledge.import_discard", obj=sheet_import)
    return sheet_import


@transaction.atomic
def begin_import(*, import_id: int) -> SheetImport | None:
    """Take an import up, or take it up again; None when there is nothing left to do.

    No person: the worker does what was confirmed.
    """
    movable = SheetImport.objects.filter(pk=import_id, state__in=IMPORT_REACHED_FROM[S.RUNNING])
    cut_off = Case(When(state=S.RUNNING, then=1), default=0)
    if not movable.update(state=S.RUNNING, error="", times_resumed=F("times_resumed") + cut_off):
        return None
    return SheetImport.objects.select_related("source", "file").get(pk=import_id)


@transaction.atomic
def finish_import(*, sheet_import: SheetImport) -> None:
    """Close an import whose rows are all kept.

    No person: the worker does what was confirmed.
    """
    movable = SheetImport.objects.filter(pk=sheet_import.pk, state=S.RUNNING)
    if not movable.update(state=S.DONE, finished_at=timezone.now()):
        return
    sheet_import.refresh_from_db()
    enqueue(RESOLVE, sheet_import.pk)
    record(
        by=None,
        verb="knowledge.import_finish",
        obj=sheet_import,
        data={
            "rows": sheet_import.rows_done,
            "records_new": sheet_import.records_new,
            "records_unchanged": sheet_import.records_unchanged,
            "records_changed": sheet_import.records_changed,
            "records_vanished": sheet_import.records_vanished,
            "actors_new": sheet_import.actors_new,
        },
    )


@transaction.atomic
def fail_import(*, sheet_import: SheetImport, error: str) -> None:
    """Stop an import and say why, in words for the person who started it.

    No person: the worker tells what happened to it.
    """
    movable = SheetImport.objects.filter(
        pk=sheet_import.pk, state__in=IMPORT_REACHED_FROM[S.FAILED]
    )
    if movable.update(state=S.FAILED, error=error):
        record(by=None, verb="knowledge.import_fail", obj=sheet_import, data={"error": error})


def _move(sheet_import: SheetImport, target: S, **fields: object) -> None:
    """Compare-and-swap the state: when two people click at once, one gets WrongState."""
    movable = SheetImport.objects.filter(pk=sheet_import.pk, state__in=IMPORT_REACHED_FROM[target])
    if not movable.update(state=target, **fields):
        raise WrongState(_("This import has moved on; reload the page."))
    sheet_import.refresh_from_db(fields=["state", *fields])
