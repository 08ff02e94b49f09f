"""What a newer version of a source does to the records of the one before.

Nothing is deleted: a record that is not in the newer version is marked as vanished, with its
successor where one has its key. What vanished still counts as the last that was heard; what was
replaced does not.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from minka.knowledge.actions.told_before import Hearsay
from minka.knowledge.models import Record, SheetImport
from minka.knowledge.states import ImportState
from minka.methods.pairing import pair_rows

BATCH = 500


def left_behind(sheet_import: SheetImport) -> QuerySet[Record]:
    """Return the records of the version before that this import did not see.

    No person: the worker compares what was confirmed.
    """
    return Record.objects.filter(
        source_id=sheet_import.source_id, sheet=sheet_import.sheet, vanished_at=None
    ).exclude(last_import=sheet_import)


def settle_version(*, sheet_import: SheetImport) -> bool:
    """Mark what vanished and what was replaced; return False if the import was stopped meanwhile.

    Run again after it was cut off, it goes on with what is left.

    No person: the worker does what was confirmed.
    """
    waiting = left_behind(sheet_import).order_by("key", "pk").values_list("key", flat=True)
    keys = list(waiting[:BATCH])
    while keys:  # rows that share a key are settled together
        if not _settle(sheet_import, set(keys)):
            return False
        keys = list(waiting.filter(key__gt=keys[-1])[:BATCH])
    return True


@transaction.atomic
def _settle(sheet_import: SheetImport, keys: Iterable[str]) -> bool:
    mine = SheetImport.objects.select_for_update().filter(
        pk=sheet_import.pk, state=ImportState.RUNNING
    )
    if not mine.exists():
        return False
    gone = list(left_behind(sheet_import).filter(key__in=keys).order_by("pk"))
    heard = Hearsay([one.actor_id for one in gone if one.actor_id])
    pairs = _successors(sheet_import, gone)
    now = timezone.now()
    for one in gone:
        one.vanished_at, one.vanished_in = now, sheet_import
        one.replaced_by_id = pairs.get(one.pk)
    Record.objects.bulk_update(gone, ["vanished_at", "vanished_in", "replaced_by"], batch_size=250)
    mine.update(
        records_changed=F("records_changed") + len(pairs),
        records_vanished=F("records_vanished") + len(gone) - len(pairs),
    )
    heard.settle()
    return True


def _successors(sheet_import: SheetImport, gone: Sequence[Record]) -> dict[int, int]:
    """Return for each record that was replaced the one that took its place."""
    fresh = Record.objects.filter(
        source_id=sheet_import.source_id,
        key__in={one.key for one in gone} - {""},
        first_import=sheet_import,
        predecessors=None,
    ).order_by("pk")
    new: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in fresh.only("key", "values"):
        new[one.key].append((one.pk, str(one.values.get("name", ""))))
    old: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in gone:
        old[one.key].append((one.pk, str(one.values.get("name", ""))))
    return {
        before: after
        for key, rows in old.items()
        if key
        for before, after in pair_rows(rows, new.get(key, []))
    }
