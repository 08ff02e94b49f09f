"""One organisation: what the viewer may know of it, and who says so."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Exists,
    Model,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from minka.knowledge.models import (
    Actor,
    ActorActivity,
    ActorName,
    Capability,
    Certification,
    Claim,
    Contact,
    Identifier,
    Link,
    Membership,
    Product,
    Record,
    Relation,
    ResolutionStep,
    Site,
    Theme,
)
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.states import MembershipState

# what an actor may hold or not, each with the column that leads to it
HELD: dict[str, tuple[type[Model], str]] = {
    "other_names": (ActorName, "actor"),
    "identifiers": (Identifier, "actor"),
    "themes": (Actor.themes.through, "actor"),
    "ties_out": (Relation, "tail"),
    "ties_in": (Relation, "head"),
    "steps": (ResolutionStep, "actor"),
    "steps_as_other": (ResolutionStep, "other"),
    "activities": (ActorActivity, "actor"),
    "products": (Product, "actor"),
    "capabilities": (Capability, "actor"),
    "certifications": (Certification, "actor"),
    "sites": (Site, "actor"),
    "links": (Link, "actor"),
    "contacts": (Contact, "actor"),
    "members": (Membership, "actor"),
    "claims": (Claim, "actor"),
}


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

    With its place, names, identifiers and themes: four SQL statements at most, and one for most
    actors, which have none of these. What else it has is said by `has_…` (see `HELD`), so that
    nobody asks for what is not there.
    """
    leads_to = Actor.objects.filter(public_id=public_id).values(
        living=Coalesce("merged_into_id", "id")
    )
    flags = {
        f"has_{name}": Exists(model._base_manager.filter(**{column: OuterRef("pk")}))
        for name, (model, column) in HELD.items()
    }
    found = visible_actors(viewer=viewer).select_related("place__parent", "region")
    actor = found.annotate(**flags).filter(pk=Subquery(leads_to)).first()
    if actor is not None:
        parts: dict[str, QuerySet[Any]] = {
            "other_names": ActorName.objects.exclude(text_key=actor.name_key).order_by("pk"),
            "identifiers": Identifier.objects.order_by("scheme", "value"),
            "themes": Theme.objects.order_by("label_es"),
        }
        prefetch_related_objects(
            [actor],
            *[
                Prefetch(name, rows if is_held(actor, name) else rows.none())
                for name, rows in parts.items()
            ],
        )
    return actor


def is_held(actor: Actor, name: str) -> bool:
    """Whether an actor may have something of a name of `HELD`; True where nobody looked."""
    return bool(getattr(actor, f"has_{name}", True))


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
        own=Membership.objects.filter(user=viewer, actor=actor, state__in=live).first()
        if is_held(actor, "members")
        else None,
    )


def records_of(*, viewer: Any, actor: Actor) -> QuerySet[Record]:
    """Return the rows an actor is made of, newest first; without their cells to strangers."""
    found = actor.records.select_related("source").order_by("-pk")
    if viewer.is_authenticated and viewer.has_perm("knowledge.record_view", actor):
        return found.select_related("source", "first_import__file")
    return found.only("source__name", "created_at", "actor_id")
