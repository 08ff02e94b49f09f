"""Where the ids of actors lead, and what resolution has done to them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from minka.knowledge.models import Actor, Identifier, Membership, PairQuestion, ResolutionStep
from minka.knowledge.states import ActorState, MembershipState, PairVerdict, StepKind
from minka.methods.identifiers import SCHEMES

BATCH = 5000


def living_actor(*, viewer: Any, public_id: str) -> Actor | None:  # noqa: ARG001 -- the map is public
    """Return the actor that an id, however old, leads to. One SQL statement."""
    found = Actor.objects.select_related("merged_into").filter(public_id=public_id).first()
    return found and (found.merged_into or found)


def resolution_steps(*, viewer: Any) -> QuerySet[ResolutionStep]:
    """Return every step of resolution; nothing to who may not resolve."""
    found = ResolutionStep.objects.select_related("actor", "other")
    return found if viewer.has_perm("knowledge.actor_resolve") else found.none()


def steps_of(*, viewer: Any, actor: Actor) -> QuerySet[ResolutionStep]:
    """Return what resolution did to an actor, newest first; nothing to who may not resolve."""
    found = resolution_steps(viewer=viewer).filter(Q(actor=actor) | Q(other=actor))
    return found.select_related("actor", "other", "by").order_by("-pk")


def blocking_step(*, step: ResolutionStep) -> ResolutionStep | None:
    """Return the newest later step that has to be undone before this one, if there is any."""
    both = [step.actor_id, step.other_id]
    return (
        ResolutionStep.objects.filter(Q(actor__in=both) | Q(other__in=both))
        .filter(pk__gt=step.pk, undone_at=None)
        .order_by("-pk")
        .first()
    )


def former_self(*, actor: Actor, records: Sequence[int]) -> ResolutionStep | None:
    """Return the merge that brought exactly these records, if the one that went can come back."""
    merges = ResolutionStep.objects.filter(
        actor=actor, kind=StepKind.MERGE, undone_at=None, other__merged_into=actor
    )
    for step in merges.select_related("other").order_by("-pk"):
        brought = step.data["relations"].get("knowledge.record.actor", [])
        if set(records) == set(brought):
            return step
    return None


def tax_ids_of(*, actors: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return the tax id of each actor by its scheme. One SQL statement per 5,000 actors."""
    found: dict[int, dict[str, str]] = {}
    keys = list(actors)
    for start in range(0, len(keys), BATCH):
        rows = Identifier.objects.filter(actor__in=keys[start : start + BATCH], scheme__in=SCHEMES)
        for actor, scheme, value in rows.values_list("actor_id", "scheme", "value"):
            found.setdefault(actor, {})[scheme] = value
    return found


def lead_now(*, actors: Iterable[int]) -> dict[int, int]:
    """Return for each actor the living one that it is now."""
    found: dict[int, int] = {}
    keys = list(actors)
    for start in range(0, len(keys), BATCH):
        rows = Actor.objects.filter(pk__in=keys[start : start + BATCH])
        found.update({pk: into or pk for pk, into in rows.values_list("pk", "merged_into_id")})
    return found


def in_order_of_standing(*, actors: Iterable[int]) -> list[int]:
    """Return living actors, the one that should stay when they are joined first.

    Who has people stays, then who has a tax id, then who has more records, then the older one.
    Three SQL statements per 5,000 actors.
    """
    keys = list(actors)
    found: list[tuple[int, int]] = []
    people: set[int] = set()
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        living = Actor.objects.filter(pk__in=some, state=ActorState.LIVE)
        found += living.values_list("pk", "record_count")
        active = Membership.objects.filter(actor__in=some, state=MembershipState.ACTIVE)
        people.update(active.values_list("actor_id", flat=True))
    numbers = {actor: len(held) for actor, held in tax_ids_of(actors=keys).items()}
    ranked = sorted(found, key=lambda r: (r[0] not in people, -numbers.get(r[0], 0), -r[1], r[0]))
    return [row[0] for row in ranked]


def pairs_known(*, actors: Iterable[int]) -> dict[tuple[int, int], str]:
    """Return what people said of pairs of these living actors; “different” outweighs the rest.

    One SQL statement per 5,000 actors.
    """
    known: dict[tuple[int, int], str] = {}
    for low, high, state in _pairs(actors, PairQuestion.objects.exclude(state=PairVerdict.WAITING)):
        if known.get((low, high)) != PairVerdict.DIFFERENT:
            known[low, high] = state
    return known


def pairs_asked(*, actors: Iterable[int]) -> set[tuple[int, int]]:
    """Return of which pairs of these living actors people were asked, answered or not.

    One SQL statement per 5,000 actors.
    """
    return {(low, high) for low, high, _state in _pairs(actors, PairQuestion.objects.all())}


def _pairs(
    actors: Iterable[int], questions: QuerySet[PairQuestion]
) -> Iterator[tuple[int, int, str]]:
    keys = set(actors)
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        rows = questions.filter(now_low__in=ordered[start : start + BATCH])
        for low, high, state in rows.values_list("now_low_id", "now_high_id", "state"):
            if low != high and high in keys:
                yield low, high, state
