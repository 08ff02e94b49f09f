"""Sheets of ties: kept row by row, looked at, taken, taken back. Nothing of a sheet is lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import StoredFile, User
from minka.knowledge.actions.network_jobs import measure_soon
from minka.knowledge.actions.tie_taking import known_ties, take_rows
from minka.knowledge.models import Actor, Relation, Source, TieImport, TieRow
from minka.knowledge.queries.tie_recognition import recognise
from minka.knowledge.states import RelationState
from minka.knowledge.states import TieImportState as S
from minka.knowledge.states import TieRowState as R

BLOCKING = {"kind", "empty", "self"}  # other faults leave a field empty and are shown


@dataclass(slots=True)
class SaidTie:
    """What one row says, before anybody has looked who is meant."""

    line: int
    cells: list[str]
    tail: str = ""
    tail_id: str = ""
    head: str = ""
    head_id: str = ""
    kind: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    confidence: float = 1.0
    source: str = ""
    note: str = ""
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SheetOfTies:
    """A file that was read: its table, what its columns are, and what holds for all of it."""

    file: StoredFile
    sheet: str
    headers: Sequence[str]
    mapping: dict[str, int]
    source_name: str
    default_kind: str = ""
    is_public: bool = True


@transaction.atomic
def open_tie_import(*, by: User, sheet: SheetOfTies, rows: Iterable[SaidTie]) -> TieImport:
    """Keep every row of a sheet and find out whom it means; no tie is made yet.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: the source has no name.
    """
    require(by, "knowledge.ties_import")
    name = " ".join(sheet.source_name.split())[:120]
    if not name:
        raise InvalidInput(fields={"source": _("Say who made the list.")})
    found = TieImport.objects.create(
        source=_source(name),
        file=sheet.file,
        sheet=sheet.sheet[:120],
        headers=list(sheet.headers),
        mapping=sheet.mapping,
        default_kind=sheet.default_kind,
        is_public=sheet.is_public,
        started_by=by,
    )
    _keep(by, found, rows)
    record(by=by, verb="knowledge.ties_check", obj=found, data={"rows": found.rows.count()})
    return found


@transaction.atomic
def map_tie_import(
    *,
    by: User,
    tie_import: TieImport,
    mapping: dict[str, int],
    default_kind: str,
    rows: Iterable[SaidTie],
) -> TieImport:
    """Say what the columns are; the rows are looked at anew.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: its ties were taken already.
    """
    require(by, "knowledge.ties_import")
    _locked(tie_import, S.CHECKED)
    tie_import.mapping, tie_import.default_kind = mapping, default_kind
    tie_import.save(update_fields=["mapping", "default_kind"])
    tie_import.rows.all().delete()
    _keep(by, tie_import, rows)
    record(by=by, verb="knowledge.ties_map", obj=tie_import, data={"mapping": mapping})
    return tie_import


@transaction.atomic
def choose_end(*, by: User, row: TieRow, tail: Actor | None, head: Actor | None) -> TieRow:
    """Say whom a row means; where the sheet was taken already, its tie is taken at once.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: both would be the same organisation.
        WrongState: the row has its tie, or the sheet was taken back.
    """
    require(by, "knowledge.ties_import")
    locked = TieImport.objects.select_for_update().get(pk=row.tie_import_id)
    row.refresh_from_db()
    if locked.state == S.UNDONE or row.state in {R.TAKEN, R.KNOWN}:
        raise WrongState
    row.tail, row.head = tail or row.tail, head or row.head
    if row.tail_id and row.tail_id == row.head_id:
        raise InvalidInput(_("An organisation has no tie with itself. Choose another."))
    row.state = _state(row)
    if row.state == R.READY:
        row.tail_candidates, row.head_candidates = [], []
    row.save()
    ends = {"line": row.line, "tail": _id(row.tail), "head": _id(row.head)}
    record(by=by, verb="knowledge.ties_choose", obj=locked, data=ends)
    if locked.state == S.TAKEN and row.state == R.READY:
        take_rows(tie_import=locked, rows=[row], by=by)
        measure_soon()
    return row


@transaction.atomic
def look_again(*, by: User, tie_import: TieImport) -> int:
    """Look for whom the open rows mean once more; return how many are recognised now.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: the sheet was taken back.
    """
    require(by, "knowledge.ties_import")
    _locked(tie_import, S.CHECKED, S.TAKEN)
    open_rows = list(tie_import.rows.filter(state__in=[R.AMBIGUOUS, R.UNKNOWN]))
    _recognise(by, open_rows, [row.said for row in open_rows])
    TieRow.objects.bulk_update(
        open_rows, ["state", "tail", "head", "tail_candidates", "head_candidates"], batch_size=500
    )
    ready = [row for row in open_rows if row.state == R.READY]
    if ready and tie_import.state == S.TAKEN:
        take_rows(tie_import=tie_import, rows=ready, by=by)
        measure_soon()
    record(by=by, verb="knowledge.ties_choose", obj=tie_import, data={"recognised": len(ready)})
    return len(ready)


@transaction.atomic
def take_ties(*, by: User, tie_import: TieImport) -> int:
    """Make the ties of all recognised rows; return how many are new. The others stay listed.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: somebody took them already.
    """
    require(by, "knowledge.ties_import")
    _locked(tie_import, S.CHECKED)
    tie_import.state, tie_import.taken_at = S.TAKEN, timezone.now()
    tie_import.save(update_fields=["state", "taken_at"])
    ready = list(tie_import.rows.filter(state=R.READY).order_by("line"))
    made = take_rows(tie_import=tie_import, rows=ready, by=by)
    record(by=by, verb="knowledge.ties_take", obj=tie_import, data={"new": made})
    if made:
        measure_soon()
    return made


@transaction.atomic
def undo_ties(*, by: User, tie_import: TieImport) -> int:
    """Withdraw what only this sheet says; return how many ties. Its rows are kept.

    A tie that a later sheet of the same source says too stays, by that one's word.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it was not taken, or was taken back before.
    """
    require(by, "knowledge.ties_import")
    _locked(tie_import, S.TAKEN)
    mine = dict(tie_import.rows.filter(made_it=True).values_list("relation_id", "pk"))
    heirs: dict[int | None, int] = {}
    others = TieRow.objects.filter(relation__in=mine, tie_import__state=S.TAKEN)
    for pk, relation in others.exclude(tie_import=tie_import).values_list("pk", "relation_id"):
        heirs.setdefault(relation, pk)
    TieRow.objects.filter(pk__in=heirs.values()).update(made_it=True, state=R.TAKEN)
    now = timezone.now()
    doomed = [relation for relation in mine if relation not in heirs]
    gone = Relation.objects.filter(pk__in=doomed, state=RelationState.STANDING).update(
        state=RelationState.WITHDRAWN, withdrawn_at=now, updated_at=now
    )
    tie_import.rows.filter(state__in=[R.TAKEN, R.KNOWN]).update(
        state=R.READY, relation=None, made_it=False
    )
    tie_import.state, tie_import.undone_at = S.UNDONE, now
    tie_import.save(update_fields=["state", "undone_at"])
    record(by=by, verb="knowledge.ties_undo", obj=tie_import, data={"withdrawn": gone})
    measure_soon()
    return gone


def _keep(by: User, tie_import: TieImport, rows: Iterable[SaidTie]) -> None:
    said = list(rows)
    kept = [
        TieRow(
            tie_import=tie_import,
            line=one.line,
            cells=one.cells,
            kind=one.kind,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            confidence=one.confidence,
            source_name=one.source,
            note=one.note,
            said=[one.tail, one.tail_id, one.head, one.head_id],
            faults=[list(fault) for fault in one.faults],
        )
        for one in said
    ]
    _recognise(by, kept, [row.said for row in kept])
    known = known_ties(tie_import=tie_import, rows=kept)
    for row in kept:
        if row.state == R.READY and (tie := known(row)):
            row.state, row.relation_id = R.KNOWN, tie
    TieRow.objects.bulk_create(kept, batch_size=500)


def _recognise(by: User, rows: Sequence[TieRow], said: Sequence[Sequence[str]]) -> None:
    tails = recognise(viewer=by, said=[(one[0], one[1]) for one in said])
    heads = recognise(viewer=by, said=[(one[2], one[3]) for one in said])
    for row, tail, head in zip(rows, tails, heads, strict=True):
        row.tail_id = row.tail_id or tail.actor
        row.head_id = row.head_id or head.actor
        row.tail_candidates = [] if row.tail_id else tail.candidates
        row.head_candidates = [] if row.head_id else head.candidates
        if row.tail_id and row.tail_id == row.head_id:
            row.faults = [*row.faults, ["self", ""]]
        row.state = _state(row)


def _state(row: TieRow) -> R:
    if any(code in BLOCKING for code, _cell in row.faults):
        return R.FAULTY
    if row.tail_id and row.head_id:
        return R.READY
    lost = [
        ends for found, ends in (
            (row.tail_id, row.tail_candidates), (row.head_id, row.head_candidates),
        ) if not found
    ]  # fmt: skip
    return R.AMBIGUOUS if all(lost) else R.UNKNOWN


def _source(name: str) -> Source:
    found = Source.objects.filter(name__iexact=name).first()
    return found or Source.objects.create(name=name)


def _locked(tie_import: TieImport, *states: str) -> None:
    found = TieImport.objects.select_for_update().get(pk=tie_import.pk)
    if found.state not in states:
        raise WrongState
    tie_import.refresh_from_db()


def _id(actor: Actor | None) -> str:
    return actor.public_id if actor else ""
