"""Take organisations along: who took what is in the ledger; large files are made by a job."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from minka.core.access import require
from minka.core.audit import record
from minka.core.jobs import enqueue
from minka.core.models import StoredFile, User
from minka.knowledge.models import DirectoryExport, Shortlist
from minka.knowledge.notices.searches import tell_export_done
from minka.knowledge.states import ExportState

MAKE = "minka.knowledge.tasks.make_export"
EXPIRE = "minka.knowledge.tasks.expire_export"
KEPT = timedelta(days=30)
VERB = "knowledge.directory_export"


@transaction.atomic
def note_export(
    *, by: User | None, kind: str, address: str, rows: int, shortlist: Shortlist | None = None
) -> None:
    """Keep in the ledger that somebody, perhaps a stranger, takes organisations along now."""
    export = DirectoryExport(format=kind)
    record(by=by, verb=VERB, obj=export, data=_facts(kind, address, rows, shortlist))


@transaction.atomic
def queue_export(
    *, by: User, kind: str, address: str, rows: int, shortlist: Shortlist | None = None
) -> DirectoryExport:
    """Have a file made in the background; a notice tells when it is there.

    Raises:
        NotAllowed: `by` has not signed in.
    """
    require(by, "knowledge.export_queue")
    export = DirectoryExport.objects.create(
        by=by,
        format=kind,
        address=address,
        rows=rows,
        shortlist=shortlist,
        language=(get_language() or "es")[:2],
    )
    record(by=by, verb=VERB, obj=export, data=_facts(kind, address, rows, shortlist))
    enqueue(MAKE, export.pk)
    return export


@transaction.atomic
def finish_export(  # noqa: PLR0913 -- the facts of the file
    *, export_id: int, content: File[Any], name: str, media_type: str, sha256: str, rows: int
) -> str:
    """Keep the file that was made and tell who asked for it, once.

    No person: the job that made it calls this.
    """
    waiting = DirectoryExport.objects.select_for_update().filter(
        pk=export_id, state=ExportState.QUEUED
    )
    export = waiting.select_related("by").first()
    if export is None:
        return "made before"
    stored = StoredFile(
        name=name,
        media_type=media_type,
        size_bytes=content.size,
        sha256=sha256,
        uploaded_by=export.by,
    )
    stored.content.save(name, content, save=True)
    export.state, export.file, export.rows = ExportState.READY, stored, rows
    export.finished_at = timezone.now()
    export.save(update_fields=["state", "file", "rows", "finished_at"])
    tell_export_done(export=export)
    enqueue(EXPIRE, export.pk, wait=KEPT)
    return "made"


@transaction.atomic
def fail_export(*, export_id: int) -> str:
    """Say that a file could not be made.

    No person: the job that could not make it calls this.
    """
    waiting = DirectoryExport.objects.filter(pk=export_id, state=ExportState.QUEUED)
    if waiting.update(state=ExportState.FAILED, finished_at=timezone.now()):
        tell_export_done(export=DirectoryExport.objects.select_related("by").get(pk=export_id))
    return "failed"


@transaction.atomic
def expire_export(*, export_id: int) -> str:
    """Delete the bytes of a file after its time.

    No person: the job of its last day.
    """
    kept = DirectoryExport.objects.filter(pk=export_id, state=ExportState.READY)
    export = kept.select_related("file").first()
    if export is None:
        return "gone before"
    stored = export.file
    export.state, export.file = ExportState.EXPIRED, None
    export.save(update_fields=["state", "file"])
    if stored is not None:
        stored.content.delete(save=False)
        stored.delete()
    return "gone"


def _facts(kind: str, address: str, rows: int, shortlist: Shortlist | None) -> Mapping[str, Any]:
    listed = {"shortlist": str(shortlist.public_id)} if shortlist else {}
    return {"format": kind, "address": address, "organisations": rows, **listed}
