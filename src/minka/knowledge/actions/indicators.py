"""Tables of figures: looked at, taken as a new version, taken back. Nothing is deleted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import StoredFile, User
from minka.knowledge.models import IndicatorCell, IndicatorTable, Source
from minka.knowledge.models.indicator import Measure, TableState

BATCH = 2000


class Told(Protocol):
    """One figure as a sheet tells it."""

    @property
    def activity(self) -> str: ...
    @property
    def region(self) -> int | None: ...
    @property
    def year(self) -> int: ...
    @property
    def value(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What is said of a table: what it counts, in which unit, and whose it is."""

    source_name: str
    measure: str
    unit: str
    licence: str
    address: str = ""


@transaction.atomic
def check_table(
    *, by: User, stored: StoredFile, sheet: str, mapping: Mapping[str, str], facts: TableFacts
) -> IndicatorTable:
    """Keep a sheet to be looked at; nothing of it counts until it is taken.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: it is not said what it is and whose.
        Conflict: this very file is in force for this source and measure.
    """
    require(by, "knowledge.indicators_import")
    said = {
        "source_name": " ".join(facts.source_name.split())[:120],
        "unit": " ".join(facts.unit.split())[:60],
        "licence": " ".join(facts.licence.split())[:200],
    }
    faults = {name: _("This is needed.") for name, value in said.items() if not value}
    if facts.measure not in Measure.values:
        faults["measure"] = _("Choose what the table counts.")
    if faults:
        raise InvalidInput(fields=faults)
    source, _is_new = Source.objects.get_or_create(
        name=said["source_name"], defaults={"licence": said["licence"]}
    )
    newest = in_force_of(source=source, measure=facts.measure)
    if newest is not None and newest.file.sha256 == stored.sha256:
        raise Conflict(_("This very file is in force already: nothing was taken."))
    table = IndicatorTable.objects.create(
        source=source, measure=facts.measure, unit=said["unit"], licence=said["licence"],
        address=facts.address, file=stored, sheet=sheet, mapping=dict(mapping), started_by=by,
    )  # fmt: skip
    record(by=by, verb="knowledge.indicators_check", obj=table, data={"file": stored.sha256})
    return table


@transaction.atomic
def map_table(*, by: User, table: IndicatorTable, mapping: Mapping[str, str]) -> IndicatorTable:
    """Say what the columns of a sheet are, while it is looked at.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it was taken.
    """
    require(by, "knowledge.indicators_import")
    waiting = IndicatorTable.objects.filter(pk=table.pk, state=TableState.CHECKED)
    if not waiting.update(mapping=dict(mapping)):
        raise WrongState(_("This table has been taken."))
    table.refresh_from_db()
    return table


@transaction.atomic
def take_table(
    *,
    by: User,
    table: IndicatorTable,
    figures: Iterable[Told],
    faults: Iterable[tuple[int, str, str]] = (),
    faults_count: int = 0,
) -> IndicatorTable:
    """Take the figures of a sheet: from now on it is in force for its source and measure.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it was taken before.
        InvalidInput: it holds no figure.
        Conflict: it says the same as the one in force.
    """
    require(by, "knowledge.indicators_import")
    Source.objects.select_for_update().get(pk=table.source_id)  # versions follow one another
    locked = IndicatorTable.objects.select_for_update().get(pk=table.pk)
    if locked.state != TableState.CHECKED:
        raise WrongState(_("This table has been taken."))
    rows = [
        IndicatorCell(
            table=locked, activity=one.activity, region_id=one.region, year=one.year,
            value=one.value,
        )
        for one in figures
    ]  # fmt: skip
    if not any(row.value is not None for row in rows):
        raise InvalidInput(_("The sheet holds no figure that can be read."))
    newest = in_force_of(source=locked.source, measure=locked.measure)
    if newest is not None and _said(newest.rows.all()) == _said(rows):
        raise Conflict(_("It says the same as the table in force: nothing was taken."))
    IndicatorCell.objects.bulk_create(rows, batch_size=BATCH)
    versions = IndicatorTable.objects.filter(source=locked.source, measure=locked.measure)
    last = versions.order_by("-version").values_list("version", flat=True).first() or 0
    locked.state, locked.taken_at, locked.version = TableState.TAKEN, timezone.now(), last + 1
    locked.cells = len(rows)
    locked.missing = sum(row.value is None for row in rows)
    locked.faults, locked.faults_count = list(faults), faults_count
    locked.save()
    data = {"version": locked.version, "figures": locked.cells, "left_out": faults_count}
    record(by=by, verb="knowledge.indicators_take", obj=locked, data=data)
    return locked


@transaction.atomic
def undo_table(*, by: User, table: IndicatorTable) -> IndicatorTable:
    """Take a table back: the version before it is in force again. Its figures are kept.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it is not in force, or was taken back before.
    """
    require(by, "knowledge.indicators_import")
    Source.objects.select_for_update().get(pk=table.source_id)
    newest = in_force_of(source=table.source, measure=table.measure)
    if newest is None or newest.pk != table.pk:
        raise WrongState(_("Only the table in force can be taken back: the newest goes first."))
    newest.state, newest.undone_at = TableState.UNDONE, timezone.now()
    newest.save(update_fields=["state", "undone_at"])
    record(by=by, verb="knowledge.indicators_undo", obj=newest, data={"version": newest.version})
    return newest


def in_force_of(*, source: Source, measure: str) -> IndicatorTable | None:
    """Return the table in force of a source and measure. No person: whoever calls has the door."""
    taken = IndicatorTable.objects.filter(source=source, measure=measure, state=TableState.TAKEN)
    return taken.select_related("file").order_by("-version").first()


def _said(rows: Iterable[IndicatorCell]) -> set[tuple[str, int | None, int, float | None]]:
    return {(row.activity, row.region_id, row.year, row.value) for row in rows}
