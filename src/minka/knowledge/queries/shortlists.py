"""Lists of organisations: one's own, those shared with the team, those one has a link to."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from minka.knowledge.models import Actor, Shortlist, ShortlistEntry
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.states import ActorState

COUNTED = Count("entries", filter=Q(entries__actor__state=ActorState.LIVE))


@dataclass(frozen=True, slots=True)
class Listed:
    """One organisation of a list, with the notes on it and on what was joined to it."""

    entry: ShortlistEntry
    actor: Actor
    notes: tuple[str, ...]


def visible_shortlists(*, viewer: Any) -> QuerySet[Shortlist]:
    """Return one's own and, for the cluster team, those shared with it; with `listed`."""
    found = Shortlist.objects.select_related("owner").annotate(listed=COUNTED)
    if not viewer.is_authenticated:
        return found.none()
    whose = Q(owner=viewer)
    return found.filter(whose | Q(for_team=True) if viewer.is_staff else whose)


def own_shortlists(*, viewer: Any) -> QuerySet[Shortlist]:
    """Return the lists that `viewer` keeps, the one changed last first; with `listed`."""
    return visible_shortlists(viewer=viewer).filter(owner=viewer.pk)


def shortlist_by_link(*, viewer: Any, token: str) -> Shortlist | None:  # noqa: ARG001 -- by its link
    """Return the list that a link leads to; whoever has the link was given it."""
    found = Shortlist.objects.select_related("owner").annotate(listed=COUNTED)
    return found.filter(token=token, owner__is_active=True).first() if token else None


def listed_actors(*, viewer: Any, shortlist: Shortlist) -> list[Listed]:
    """Return the organisations of a list in its order. Two SQL statements.

    The caller has found the list through `visible_shortlists` or by its link.
    """
    entries = list(ShortlistEntry.objects.filter(shortlist=shortlist).order_by("position", "pk"))
    keys = [entry.actor_id for entry in entries]
    former = Q(state=ActorState.MERGED, listed__shortlist=shortlist)
    actors = {
        actor.pk: actor
        for actor in Actor.objects.filter(Q(pk__in=visible_actors(viewer=viewer)) | former)
        .filter(pk__in=keys)
        .select_related("region", "place")
    }
    notes: dict[int, list[str]] = defaultdict(list)
    for entry in entries:
        actor = actors.get(entry.actor_id)
        if actor is not None and entry.note:
            notes[actor.merged_into_id or actor.pk].append(entry.note)
    return [
        Listed(entry, actor, tuple(notes[actor.pk]))
        for entry in entries
        if (actor := actors.get(entry.actor_id)) and actor.state == ActorState.LIVE
    ]


def shortlist_ids(*, viewer: Any, shortlist: Shortlist) -> list[int]:
    """Return the living organisations of a list in its order. One SQL statement."""
    found = ShortlistEntry.objects.filter(
        shortlist=shortlist, actor__in=visible_actors(viewer=viewer)
    )
    return list(found.order_by("position", "pk").values_list("actor", flat=True))
