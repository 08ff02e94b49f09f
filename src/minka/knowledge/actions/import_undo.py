"""Take an import back: its records, and what only they supported.

A chunk is one transaction; cut off and taken up again, it goes on with what is left. The file and
the import stay, so that it can be applied again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import WrongState
from minka.core.jobs import enqueue
from minka.core.models import LedgerEntry, User
from minka.knowledge.actions.import_actors import all_names, numbers_of
from minka.knowledge.actions.search_index import forget_actors
from minka.knowledge.actions.told_before import Hearsay
from minka.knowledge.models import (
    Actor,
    ActorName,
    Identifier,
    Introduction,
    PairQuestion,
    Record,
    ResolutionStep,
    SearchDocument,
    SheetImport,
    Standing,
)
from minka.knowledge.states import IMPORT_REACHED_FROM, NameKind, PairVerdict
from minka.knowledge.states import ImportState as S
from minka.methods.text import search_key

UNDO = "minka.knowledge.tasks.undo_import"
CHUNK = 250
SETTLED = (S.QUEUED, S.RUNNING, S.DONE, S.FAILED, S.CANCELLED, S.UNDOING)
PARTS = (  # what goes with an actor; all else keeps it
    Record, ActorName, Identifier, Standing, Introduction, SearchDocument,
)  # fmt: skip


@transaction.atomic
def undo_import(*, by: User, sheet_import: SheetImport) -> SheetImport:
    """Begin to take an import back, in the background.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it kept nothing, or a later import of the source builds on it.
    """
    require(by, "knowledge.sheet_import")
    if sheet_import.state == S.UNDOING and not sheet_import.error:
        raise WrongState(_("This import is being undone already."))
    if later := later_import(sheet_import):
        raise WrongState(
            _("A later version of this source, of %(date)s, builds on this one. Undo that first.")
            % {"date": later.created_at.date().isoformat()}
        )
    movable = SheetImport.objects.filter(
        pk=sheet_import.pk, state__in=IMPORT_REACHED_FROM[S.UNDOING]
    )
    if not movable.update(state=S.UNDOING, finished_at=None, error=""):
        raise WrongState(_("This import has moved on; reload the page."))
    sheet_import.refresh_from_db()
    enqueue(UNDO, sheet_import.pk)
    record(
        by=by,
        verb="knowledge.import_undo",
        obj=sheet_import,
        data={"source": sheet_import.source.name, "records": sheet_import.records_new},
    )
    return sheet_import


def later_import(sheet_import: SheetImport) -> SheetImport | None:
    """Return a later import of the same sheet of the source that saw rows of this one, if any.

    No person: a rule of the acts above.
    """
    later = SheetImport.objects.filter(
        source=sheet_import.source_id,
        sheet=sheet_import.sheet,
        pk__gt=sheet_import.pk,
        state__in=SETTLED,
    )
    for one in later.order_by("-pk"):
        if one.records_unchanged or one.records_changed or one.records_vanished:
            return one
    return None


def undo_step(*, sheet_import: SheetImport) -> bool:
    """Take back one chunk; return False when there is none left, or somebody else is done.

    No person: the worker does what a person of the team asked for.
    """
    with transaction.atomic():
        mine = SheetImport.objects.select_for_update().filter(pk=sheet_import.pk, state=S.UNDOING)
        if not mine.exists():
            return False
        some = list(Record.objects.filter(first_import=sheet_import).order_by("-pk")[:CHUNK])
        if not some:
            return False
        _take_back(some)
        return True


@transaction.atomic
def finish_undo(*, sheet_import: SheetImport) -> bool:
    """Bring back what had vanished in the import, and close it; return whether it was open.

    No person: the worker does what a person of the team asked for.
    """
    mine = SheetImport.objects.select_for_update().filter(pk=sheet_import.pk, state=S.UNDOING)
    if not mine.exists():
        return False
    _bring_back(Record.objects.filter(vanished_in=sheet_import))
    Record.objects.filter(source=sheet_import.source_id, last_import=sheet_import).update(
        last_import=F("first_import")
    )
    mine.update(
        state=S.UNDONE, rows_done=0, records_new=0, records_unchanged=0, records_changed=0,
        records_vanished=0, rows_with_problems=0, actors_new=0, times_resumed=0,
    )  # fmt: skip
    record(by=None, verb="knowledge.import_undone", obj=sheet_import)
    return True


@transaction.atomic
def fail_undo(*, sheet_import: SheetImport, error: str) -> None:
    """Say why undoing stopped; it can be asked for again and goes on.

    No person: the worker tells what happened to it.
    """
    SheetImport.objects.filter(pk=sheet_import.pk, state=S.UNDOING).update(error=error)


def _take_back(some: Sequence[Record]) -> None:
    replaced = Record.objects.filter(replaced_by__in=some)
    touched = {one.actor_id for one in some if one.actor_id}
    touched |= {pk for pk in replaced.values_list("actor_id", flat=True) if pk}
    list(Actor.objects.select_for_update().filter(pk__in=touched).order_by("pk").values("pk"))
    heard = Hearsay(touched)
    _bring_back(replaced)
    Record.objects.filter(pk__in=[one.pk for one in some]).delete()
    drop_names_and_numbers(some)
    heard.settle(without=_drop_actors(touched))


def _bring_back(records: models.QuerySet[Record]) -> None:
    records.update(vanished_at=None, vanished_in=None, replaced_by=None)


def drop_names_and_numbers(some: Sequence[Record]) -> None:
    """Drop the names and numbers that only these records gave; those of people stay.

    No person: a step of acts that take records back.
    """
    told: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in some:
        if one.actor_id:
            told[one.actor_id].append({**one.values, "source": one.source_id})
    for actor in registered_by_people(told):
        del told[actor]
    left: dict[int, list[dict[str, Any]]] = defaultdict(list)
    still = Record.objects.filter(actor__in=told)
    for owner, values, source in still.values_list("actor_id", "values", "source_id"):
        left[owner or 0].append({**values, "source": source})
    names = {
        (actor, key)
        for actor, values in told.items()
        for key in _names(values) - _names(left[actor])
    }
    numbers = {
        (actor, number)
        for actor, values in told.items()
        for number in _numbers(values) - _numbers(left[actor])
    }
    doomed = ActorName.objects.filter(actor__in=told).exclude(kind=NameKind.FORMER)
    ActorName.objects.filter(
        pk__in=[one.pk for one in doomed if (one.actor_id, one.text_key) in names]
    ).delete()
    held = Identifier.objects.filter(actor__in=told)
    Identifier.objects.filter(
        pk__in=[one.pk for one in held if (one.actor_id, (one.scheme, one.value)) in numbers]
    ).delete()


def _names(rows: Iterable[dict[str, Any]]) -> set[str]:
    return {search_key(name)[:250] for values in rows for name in all_names(values)}


def _numbers(rows: Iterable[dict[str, Any]]) -> set[tuple[str, str]]:
    return {
        number for values in rows for number in numbers_of(values, f"source.{values['source']}")
    }


def registered_by_people(actors: Iterable[int]) -> set[int]:
    """Return those of the actors that a person put on the map.

    No person: a rule of the acts above.
    """
    public = dict(Actor.objects.filter(pk__in=list(actors)).values_list("public_id", "pk"))
    entries = LedgerEntry.objects.filter(
        verb="knowledge.actor_create", subject_id__in=list(public)
    ).values_list("subject_id", flat=True)
    return {public[one] for one in entries}


def _drop_actors(touched: Iterable[int]) -> set[int]:
    """Delete actors that no record speaks of and nothing else needs; return them.

    An actor goes together with those that the system alone had joined to it.
    """
    bare = set(Actor.objects.filter(pk__in=touched, records=None).values_list("pk", flat=True))
    family: dict[int, int] = {pk: pk for pk in bare}
    former = Actor.objects.filter(merged_into__in=bare, records=None)
    family |= {pk: into for pk, into in former.values_list("pk", "merged_into_id") if into}
    needed = registered_by_people(family) | set(_needed(family))
    kept = {family[pk] for pk in needed}
    gone = {pk for pk, head in family.items() if head not in kept}
    ResolutionStep.objects.filter(actor__in=gone, other__in=gone).delete()
    waiting = PairQuestion.objects.filter(state=PairVerdict.WAITING, answers=None)
    (waiting.filter(left__in=gone) | waiting.filter(right__in=gone)).delete()
    forget_actors(actors=gone)
    Actor.objects.filter(pk__in=gone, merged_into__isnull=False).delete()
    Actor.objects.filter(pk__in=gone).delete()
    return gone


def _needed(family: dict[int, int]) -> Iterator[int]:
    """Yield the actors of which somebody said, asked or did something, in any line."""
    for relation in Actor._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        model: Any = relation.related_model
        if model in PARTS or model is Actor:
            continue
        column = relation.remote_field.name  # type: ignore[union-attr]  # only relations are asked for
        rows = model._base_manager.filter(**{f"{column}__in": list(family)})
        if model is ResolutionStep:  # what the system alone did within the family needs nobody
            rows = rows.exclude(by=None, undone_by=None, actor__in=family, other__in=family)
        elif model is PairQuestion:
            rows = rows.exclude(state=PairVerdict.WAITING, answers=None)
        yield from rows.values_list(f"{column}_id", flat=True)
    yield from (
        Actor.objects.filter(merged_into__in=family)
        .exclude(pk__in=family)
        .values_list("merged_into_id", flat=True)
    )
