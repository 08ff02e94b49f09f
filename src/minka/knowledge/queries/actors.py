"""One organisation: what the viewer may know of it, and who says so."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from minka.knowledge.models import Actor, ActorName, Identifier, Membership, Record, Theme
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.states import MembershipState


@dataclass(frozen=True, slots=True)
class ActorAccess:
    """What a viewer may see and do beyond the public page."""

    contacts: bool
    cells: bool
    members: bool
    change: bool
    assign: bool
    own: Membership | None


def actor_for_page(*, viewer: Any, public_id: str) -> Actor | None:
    """Return the actor that an id, however old, leads to.

    With its place, names, identifiers and themes: four SQL statements.
    """
    leads_to = Actor.objects.filter(public_id=public_id).values(
        living=Coalesce("merged_into_id", "id")
    )
    return (
        visible_actors(viewer=viewer)
        .select_related("place", "region")
        .prefetch_related(
            Prefetch(
                "other_names",
                ActorName.objects.exclude(text_key=F("actor__name_key")).order_by("pk"),
            ),
            Prefetch("identifiers", Identifier.objects.order_by("scheme", "value")),
            Prefetch("themes", Theme.objects.order_by("label_es")),
        )
        .filter(pk=Subquery(leads_to))
        .first()
    )


def actor_access(*, viewer: Any, actor: Actor) -> ActorAccess:
    """Return what `viewer` may see and do with one actor."""
    if not viewer.is_authenticated:
        return ActorAccess(
            contacts=False, cells=False, members=False, change=False, assign=False, own=None
        )
    live = (MembershipState.REQUESTED, MembershipState.ACTIVE)
    return ActorAccess(
        contacts=True,
        cells=viewer.has_perm("knowledge.record_view", actor),
        members=viewer.has_perm("knowledge.membership_view", actor),
        change=viewer.has_perm("knowledge.actor_change", actor),
        assign=viewer.has_perm("knowledge.membership_assign", actor),
        own=Membership.objects.filter(user=viewer, actor=actor, state__in=live).first(),
    )


def records_of(*, viewer: Any, actor: Actor) -> QuerySet[Record]:
    """Return the rows an actor is made of, newest first; without their cells to strangers."""
    found = actor.records.select_related("source").order_by("-pk")
    if viewer.is_authenticated and viewer.has_perm("knowledge.record_view", actor):
        return found.select_related("source", "first_import__file")
    return found.only("source__name", "created_at", "actor_id")
