"""What a profile shows to whom: lists, contacts by their visibility, seals, history."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minka.knowledge.models import (
    Actor,
    Capability,
    Certification,
    Contact,
    Correction,
    FieldChange,
    Link,
    Product,
    Site,
)
from minka.knowledge.queries.actors import is_held
from minka.knowledge.states import (
    CORRECTION_OPEN,
    CorrectionState,
    MembershipState,
    SiteKind,
    Visibility,
)

LANGUAGES: dict[str, str | Promise] = {
    "es": _("Spanish"),
    "qu": _("Quechua"),
    "ay": _("Aymara"),
    "en": _("English"),
    "pt": _("Portuguese"),
    "zh": _("Chinese"),
    "de": _("German"),
    "fr": _("French"),
    "ja": _("Japanese"),
}


def visible_contacts(*, viewer: Any, actor: Actor) -> QuerySet[Contact]:
    """Return the contacts that `viewer`, perhaps a stranger, may see.

    Members see what is for members; what is for the team is seen by it and, so that they can
    keep it right, by those who edit the profile.
    """
    seen = [Visibility.PUBLIC]
    if viewer.is_authenticated:
        if viewer.has_perm("knowledge.membership_view", actor):
            seen.append(Visibility.MEMBERS)
        if viewer.has_perm("knowledge.actor_change", actor):
            seen.append(Visibility.STAFF)
    return Contact.objects.filter(actor=actor, visibility__in=seen).order_by("pk")


def visible_contacts_of(*, viewer: Any, actors: Collection[int]) -> QuerySet[Contact]:
    """Return the contacts of many actors that `viewer`, perhaps a stranger, may see.

    The same as `visible_contacts` of each, in one SQL statement after those for one's own rights.
    """
    found = Contact.objects.filter(actor__in=actors).order_by("actor", "pk")
    if not viewer.is_authenticated:
        return found.filter(visibility=Visibility.PUBLIC)
    if viewer.has_perm("knowledge.membership_view") and viewer.has_perm("knowledge.actor_change"):
        return found
    allowed = Q(visibility=Visibility.PUBLIC)
    own = Q(memberships__user=viewer, memberships__state=MembershipState.ACTIVE)
    for actor in Actor.objects.filter(own | Q(owner=viewer)).distinct():
        seen = [
            visibility
            for visibility, permission in (
                (Visibility.MEMBERS, "knowledge.membership_view"),
                (Visibility.STAFF, "knowledge.actor_change"),
            )
            if viewer.has_perm(permission, actor)
        ]
        allowed |= Q(actor=actor, visibility__in=seen)
    return found.filter(allowed)


def profile_lists(*, viewer: Any, actor: Actor) -> dict[str, list[Any]]:
    """Return the lists of a profile as far as `viewer` may see them, by name.

    One SQL statement for each that holds something, as `actor_for_page` found out: most actors
    come from a sheet and have none.
    """
    lists: dict[str, QuerySet[Any]] = {
        "activities": actor.activities.order_by("code"),
        "products": actor.products.order_by("name", "pk"),
        "capabilities": actor.capabilities.select_related("theme").order_by(
            "-trl", "theme__label_es"
        ),
        "certifications": actor.certifications.order_by("name", "pk"),
        "sites": actor.sites.select_related("region").order_by("kind", "name", "pk"),
        "links": actor.links.order_by("label", "pk"),
        "contacts": visible_contacts(viewer=viewer, actor=actor),
    }
    return {name: list(rows) if is_held(actor, name) else [] for name, rows in lists.items()}


def entries(*, viewer: Any, actor: Actor, section: str) -> QuerySet[Any]:
    """Return the entries of one list of a profile to those who edit it; nothing to others."""
    related: Any = getattr(actor, section)
    found: QuerySet[Any] = related.order_by("pk")
    if not viewer.has_perm("knowledge.actor_change", actor):
        return found.none()
    if section == "capabilities":
        return found.select_related("theme")
    return found.select_related("region") if section == "sites" else found


def history_of(*, viewer: Any, actor: Actor) -> QuerySet[FieldChange]:
    """Return what changed in a profile, newest first, to people who have signed in."""
    found = FieldChange.objects.filter(actor=actor).select_related("by").order_by("-pk")
    return found if viewer.is_authenticated else found.none()


def corrections_of(*, viewer: Any, actor: Actor) -> QuerySet[Correction]:
    """Return proposed corrections, those that wait first: to whoever answers all, else own.

    Those of visitors whose address is not confirmed are for the team alone.
    """
    found = Correction.objects.filter(actor=actor)
    found = found.select_related("proposed_by", "answered_by", "actor")
    if not viewer.is_authenticated:
        return found.none()
    if not viewer.has_perm("knowledge.actor_change", actor):
        found = found.filter(proposed_by=viewer.pk)
    elif not viewer.is_staff:
        found = found.exclude(by_visitor=True, confirmed_at=None)
    return found.order_by(F("answered_at").asc(nulls_first=True), "pk")


def open_corrections(*, viewer: Any) -> QuerySet[Correction]:
    """Return every correction that waits, to the team: confirmed ones first, the oldest first."""
    found = Correction.objects.filter(state__in=CORRECTION_OPEN)
    if not viewer.has_perm("knowledge.corrections_view"):
        return found.none()
    return found.select_related("actor", "proposed_by").order_by("state", "pk")


def correction_by_link(*, viewer: Any, pk: int) -> Correction | None:  # noqa: ARG001 -- by its link
    """Return what the link of a visitor is for; whoever has the link was sent it."""
    found = Correction.objects.filter(by_visitor=True).exclude(email="")
    return found.select_related("actor").filter(pk=pk).first()


def corrections_to_answer(*, viewer: Any) -> QuerySet[Correction]:
    """Return the corrections that wait for `viewer`.

    Those of the profiles that they own or edit; to the team, those of profiles nobody owns.
    """
    waiting = Correction.objects.filter(state=CorrectionState.PROPOSED)
    waiting = waiting.exclude(proposed_by=viewer.pk).select_related("actor", "proposed_by")
    if viewer.is_staff:
        return waiting.filter(actor__owner=None).order_by("pk")
    edited = viewer.memberships.filter(state="active", is_editor=True).values("actor")
    own = waiting.filter(actor__owner=viewer.pk)
    return (own | waiting.filter(actor__in=edited)).order_by("pk")


def is_expired(certification: Certification) -> bool:
    """Whether the day until which it was valid has passed, in the cluster's own calendar."""
    expires_on = certification.expires_on
    return expires_on is not None and expires_on < timezone.localdate()


def described(entry: Any) -> str:
    """Return an entry in a line for the history; of a contact what it is, never where it leads."""
    parts: list[str]
    if isinstance(entry, Contact):
        parts = [entry.label, entry.get_kind_display(), entry.get_visibility_display()]
    elif isinstance(entry, Capability):
        parts = [f"{entry.theme} TRL {entry.trl}", entry.evidence]
    elif isinstance(entry, Certification):
        until = entry.expires_on.isoformat() if entry.expires_on else ""
        parts = [entry.name, entry.issuer, until]
    elif isinstance(entry, Site):
        place = entry.region.name if entry.region else ""
        parts = [str(SiteKind(entry.kind).label), entry.name, entry.address, place]
    elif isinstance(entry, Product):
        parts = [entry.name, entry.unspsc]
    elif isinstance(entry, Link):
        parts = [entry.label, entry.url]
    else:
        parts = [str(entry)]
    return " · ".join(filter(None, parts))
