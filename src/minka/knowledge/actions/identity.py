"""One organisation, one actor: join two, take one apart, undo either; ids hold for ever."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.bulk import write_all
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.knowledge.actions import identity_moves as moves
from minka.knowledge.actions.identity_split import take_out
from minka.knowledge.actions.linkage_memory import forget_rows
from minka.knowledge.actions.pairs import follow_pairs
from minka.knowledge.actions.search_index import index_actors
from minka.knowledge.actions.survey_moves import (
    reconcile_responses,
    restore_responses,
    with_responses,
)
from minka.knowledge.actions.survivorship import PLAIN, refresh_actors
from minka.knowledge.models import Actor, PairQuestion, Record, ResolutionStep
from minka.knowledge.queries.identity import blocking_step, tax_ids_of
from minka.knowledge.signals import actors_merged, actors_merging, merge_undone
from minka.knowledge.states import ActorKind, ActorState, PairVerdict, StepKind

PLACED = ("place_id", "region_id", "latitude", "longitude", "location_is_exact")


class TwoTaxIdsError(WrongState):
    """Two valid tax ids of one country are two organisations, whatever else they share."""

    code = "two_tax_ids"


@transaction.atomic
def merge_actors(*, by: User, keep: Actor, gone: Actor, reason: str = "") -> ResolutionStep:
    """Join two actors: everything of `gone` follows to `keep`, and its id leads there for ever.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: both are the same.
        WrongState: one of them is not alive any more.
        TwoTaxIdsError: each has a valid tax id of the same country.
        DoubledError: both have something of which there may be only one.
    """
    require(by, "knowledge.actor_resolve")
    if keep.pk == gone.pk:
        raise InvalidInput(_("Choose two different organisations."))
    (step,) = join(pairs=[(keep.pk, gone.pk)], by=by, reason=reason)
    record(
        by=by,
        verb="knowledge.actors_merge",
        obj=step.actor,
        data={"gone": step.other.public_id, "step": step.pk},
    )
    return step


def join(
    *,
    pairs: Sequence[tuple[int, int]],
    by: User | None,
    reason: str = "",
    probabilities: Sequence[float] = (),
) -> list[ResolutionStep]:
    """Join many at once, the second of each pair to the first; for acts that write the ledger.

    Inside the caller's transaction. `by` is None when the system does it.

    Raises:
        WrongState, TwoTaxIdsError, DoubledError: as `merge_actors`.
    """
    locked = list(
        Actor.objects.select_for_update()
        .filter(pk__in={pk for pair in pairs for pk in pair})
        .order_by("pk")
    )
    actors = {actor.pk: actor for actor in locked}
    both = [(actors[keep], actors[gone]) for keep, gone in pairs]
    _check(both)
    prefetch_related_objects(locked, "claims")  # whoever reconciles asks for them pair by pair
    for keep, gone in both if actors_merging.has_listeners(Actor) else []:
        actors_merging.send(Actor, keep=keep, gone=gone)
    images = {keep.pk: _image(keep) for keep, _gone in both}
    turned = _turn(both)
    relations, names = moves.move_relations(both), moves.move_names(both)
    peopled = moves.with_people([gone.pk for _keep, gone in both])
    answered = with_responses([gone.pk for _keep, gone in both])
    data: list[dict[str, Any]] = []
    for (keep, gone), moved, named in zip(both, relations, names, strict=True):
        people = moves.reconcile_memberships(keep, gone) if gone.pk in peopled else {}
        _fill(keep, gone)
        data.append({"relations": moved, "names": named, "memberships": people})
        if gone.pk in answered:
            data[-1]["responses"] = reconcile_responses(keep, gone)
    kept = {keep.pk: keep for keep, _gone in both}
    filled = [keep for keep in kept.values() if _image(keep) != images[keep.pk]]
    write_all(filled, [*PLAIN, *(name.removesuffix("_id") for name in PLACED)])
    refresh_actors(actors=list(kept))
    index_actors(actors=[gone.pk for _keep, gone in both])
    follow_pairs(actors=[gone.pk for _keep, gone in both])
    fresh = Actor.objects.in_bulk(kept)
    steps = []
    for number, ((keep, gone), pieces) in enumerate(zip(both, data, strict=True)):
        before, after = images.pop(keep.pk, {}), _image(fresh[keep.pk])
        pieces["fields"] = {n: [v, after[n]] for n, v in before.items() if v != after[n]}
        pieces["turned"] = turned.get(gone.pk, [])
        steps.append(
            ResolutionStep(
                kind=StepKind.MERGE,
                actor=fresh[keep.pk],
                other=gone,
                by=by,
                reason=reason[:500],
                probability=probabilities[number] if probabilities else None,
                data=pieces,
            )
        )
    ResolutionStep.objects.bulk_create(steps, batch_size=100)
    for step in steps if actors_merged.has_listeners(Actor) else []:
        actors_merged.send(Actor, keep=step.actor, gone=step.other, step=step)
    return steps


@transaction.atomic
def split_actor(
    *, by: User, actor: Actor, records: Sequence[Record], reason: str = ""
) -> ResolutionStep:
    """Take records out of an actor: what they alone say goes with them.

    They go to the actor that they were before a merge, if exactly they came with it, or else to a
    new one. People, problems, proposals stay where they are.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: no record is named, or none would stay.
        WrongState: one of the records is not, or not any more, of this actor.
    """
    require(by, "knowledge.actor_resolve")
    target, data = take_out(actor=actor, records=[one.pk for one in records])
    follow_pairs(actors=[actor.pk, target.pk])
    refresh_actors(actors=[actor.pk, target.pk])
    forget_rows(actors=[actor.pk, target.pk])
    actor.refresh_from_db()
    target.refresh_from_db()
    data["question"] = know_apart(by=by, one=actor, other=target)
    step = ResolutionStep.objects.create(
        kind=StepKind.SPLIT, actor=actor, other=target, by=by, reason=reason[:500], data=data
    )
    record(
        by=by,
        verb="knowledge.actor_split",
        obj=actor,
        data={"into": target.public_id, "records": len(records), "step": step.pk},
    )
    return step


@transaction.atomic
def undo_resolution(*, by: User, step: ResolutionStep, forget: bool = False) -> ResolutionStep:
    """Undo a merge or a split. What has come since stays where it came.

    That the two are different is remembered, unless `forget`: a slip of the hand says nothing.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it was undone before, or a later step has to be undone first.
        TwoTaxIdsError, DoubledError: what was taken apart has become two organisations.
    """
    require(by, "knowledge.actor_resolve")
    open_ones = ResolutionStep.objects.filter(pk=step.pk, undone_at=None)
    if not open_ones.update(undone_at=timezone.now(), undone_by=by):
        raise WrongState(_("This was undone before."))
    step.refresh_from_db()
    if later := blocking_step(step=step):
        raise WrongState(
            _("Undo what came later first: “%(name)s”, %(what)s.")
            % {"name": later.other.name, "what": later.get_kind_display()}
        )
    if step.kind == StepKind.MERGE:
        _part(step)
        if not forget:
            know_apart(by=by, one=step.actor, other=step.other)
    else:
        PairQuestion.objects.filter(pk=step.data["question"]).delete()
        (again,) = join(pairs=[(step.actor_id, step.other_id)], by=by, reason=_("Undone"))
        ResolutionStep.objects.filter(pk=again.pk).update(
            undone_at=step.undone_at, undone_by=by
        )  # it is the undoing itself, and no step to go back over
    record(by=by, verb="knowledge.resolution_undo", obj=step.actor, data={"step": step.pk})
    return step


def know_apart(*, by: User, one: Actor, other: Actor) -> int:
    """Remember that two actors differ: nothing joins them again; return the key of the pair."""
    left, right = sorted((one.pk, other.pk))
    known, _new = PairQuestion.objects.update_or_create(
        left_id=left,
        right_id=right,
        defaults={
            "state": PairVerdict.DIFFERENT,
            "answered_by": by,
            "answered_at": timezone.now(),
        },
        create_defaults={
            "now_low_id": left,
            "now_high_id": right,
            "probability": 0,
            "state": PairVerdict.DIFFERENT,
            "answered_by": by,
            "answered_at": timezone.now(),
        },
    )
    return known.pk


def _check(pairs: Sequence[tuple[Actor, Actor]]) -> None:
    numbers = tax_ids_of(actors=[actor.pk for pair in pairs for actor in pair])
    for keep, gone in pairs:
        if ActorState.MERGED in (keep.state, gone.state):
            raise WrongState(_("One of them was joined to another meanwhile; reload the page."))
        own = numbers.setdefault(keep.pk, {})
        for scheme, value in numbers.get(gone.pk, {}).items():
            if own.setdefault(scheme, value) != value:
                raise TwoTaxIdsError(
                    _("Each has a valid tax number of its own (%(one)s, %(other)s): they are two.")
                    % {"one": own[scheme], "other": value}
                )


def _image(actor: Actor) -> dict[str, Any]:
    return {name: getattr(actor, name) for name in (*PLAIN, *PLACED)}


def _fill(keep: Actor, gone: Actor) -> None:
    """Complete what nobody says of the one that stays; whoever does say it is heard afterwards."""
    for name in PLAIN:
        value = getattr(keep, name)
        if not value or (name == "kind" and value == ActorKind.OTHER):
            setattr(keep, name, getattr(gone, name) or value)
    if keep.place_id is None and keep.latitude is None:
        for name in PLACED:
            setattr(keep, name, getattr(gone, name))


def _turn(pairs: Sequence[tuple[Actor, Actor]]) -> dict[int, list[int]]:
    """Let the ids of those that go, and all that led to them, lead to those that stay."""
    turned: dict[int, list[int]] = defaultdict(list)
    older = Actor.objects.filter(merged_into__in=[gone.pk for _keep, gone in pairs])
    for pk, into in older.order_by("pk").values_list("pk", "merged_into_id"):
        turned[into or 0].append(pk)
    for keep, gone in pairs:
        gone.state, gone.merged_into = ActorState.MERGED, keep
    write_all([gone for _keep, gone in pairs], ["state", "merged_into"])
    if turned:
        older.update(merged_into=moves.led_to("merged_into_id"))
    return turned


def _part(step: ResolutionStep) -> None:
    keep, gone, data = step.actor, step.other, step.data
    Actor.objects.select_for_update().filter(pk__in=[keep.pk, gone.pk]).order_by("pk").count()
    Actor.objects.filter(pk=gone.pk).update(state=ActorState.LIVE, merged_into=None)
    Actor.objects.filter(pk__in=data["turned"], merged_into=keep).update(merged_into=gone)
    moves.move_back(data["relations"], here=keep.pk, back=gone.pk)
    moves.give_names_back(data["names"], here=keep.pk, back=gone.pk)
    moves.restore_memberships(data["memberships"])
    restore_responses(data.get("responses", {}))
    keep.refresh_from_db()
    for name, (before, after) in data["fields"].items():
        if getattr(keep, name) == after:
            setattr(keep, name, before)
    keep.save()
    moves.follow_numbers(here=keep, back=gone, since=step.at)
    follow_pairs(actors=[keep.pk, gone.pk])
    refresh_actors(actors=[keep.pk, gone.pk])
    forget_rows(actors=[keep.pk, gone.pk])
    for actor in (keep, gone):
        actor.refresh_from_db()
    merge_undone.send(Actor, keep=keep, gone=gone, step=step)
