"""What people do to organisations: register their own, keep a profile up to date."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput
from minka.core.models import User
from minka.knowledge.actions.history import note_changes, voice_of
from minka.knowledge.actions.search_index import index_actors
from minka.knowledge.actions.survivorship import state_fields
from minka.knowledge.models import Actor, ActorName, Identifier, Membership, Place, Theme
from minka.knowledge.rules import forget_roles
from minka.knowledge.states import (
    ActorKind,
    MemberRole,
    MembershipState,
    NameKind,
    PlaceLevel,
    Voice,
)
from minka.methods.identifiers import recognise_tax_id
from minka.methods.text import search_key

EDITABLE = frozenset({
    "name", "kind", "description", "activity", "website", "email", "phone", "address",
    "founded_year", "region", "country",
})  # fmt: skip


class AlreadyMappedError(Conflict):
    """An organisation with this tax number is in the map: join it instead."""

    code = "already_mapped"

    def __init__(self, actor: Actor) -> None:
        """Carry the organisation that is there."""
        self.actor = actor
        message = _("%(name)s is already in the map with this tax number.") % {"name": actor.name}
        super().__init__(message, fields={"tax_id": message})


@transaction.atomic
def create_organisation(  # noqa: PLR0913 -- the facts of the form
    *,
    by: User,
    name: str,
    kind: str,
    region: Place | None,
    tax_id: str = "",
    country: str = "PE",
    is_person: bool = False,
) -> Actor:
    """Put an organisation on the map; whoever does becomes its first member.

    Raises:
        NotAllowed: `by` is not signed in.
        InvalidInput: the name is empty, the kind unknown or the tax number wrong.
        AlreadyMappedError: the tax number belongs to an organisation of the map.
    """
    require(by, "knowledge.actor_create")
    name = " ".join(name.split())[:250]
    if not name:
        raise InvalidInput(fields={"name": _("Write the name of the organisation.")})
    if kind not in ActorKind.values:
        raise InvalidInput(fields={"kind": _("Choose a type of organisation.")})
    found = recognise_tax_id(tax_id, country)
    if tax_id.strip() and not found.valid:
        raise InvalidInput(
            fields={"tax_id": _("This is not a valid tax number; check it digit by digit.")}
        )
    if found.valid and (
        known := Identifier.objects.filter(scheme=found.scheme, value=found.value)
        .select_related("actor")
        .first()
    ):
        raise AlreadyMappedError(known.actor)
    actor = Actor(name=name, name_key=search_key(name)[:250], kind=kind, country=country)
    _place_in(actor, region)
    actor.add_search_words([name, found.value if found.valid else ""])
    actor.add_search_words([region.name] if region else [])
    actor.save(force_insert=True)
    said = {"name": name, "kind": kind, "country": country} | ({"region": region} if region else {})
    state_fields(by=by, actor=actor, changes=said, voice=Voice.PERSON)
    if found.valid:
        Identifier.objects.create(actor=actor, scheme=found.scheme, value=found.value)
    Membership.objects.create(
        user=by,
        actor=actor,
        role=MemberRole.MEMBER,
        state=MembershipState.ACTIVE,
        answered_by=by,
        answered_at=timezone.now(),
    )
    forget_roles(by)
    index_actors(actors=[actor.pk])
    # the name of a person is in no entry: those cannot be forgotten
    told = {"kind": kind} if is_person else {"name": name, "kind": kind}
    record(by=by, verb="knowledge.actor_create", obj=actor, data=told)
    return actor


@transaction.atomic
def create_own_entry(*, by: User) -> Actor:
    """Put a person on the map under their own name, for whom nobody else speaks.

    Raises:
        NotAllowed: `by` is not signed in.
        InvalidInput: the account has no name.
    """
    return create_organisation(
        by=by, name=by.full_name, kind=ActorKind.OTHER, region=None, is_person=True
    )


@transaction.atomic
def change_actor(  # noqa: PLR0913 -- the facts of the form and whose they are
    *,
    by: User,
    actor: Actor,
    changes: dict[str, Any],
    themes: Iterable[Theme] | None = None,
    version: str = "",
    voice: str = "",
    why: str = "",
) -> Actor:
    """Save what a member or the team says of an organisation; a former name is still found.

    `changes` holds values of EDITABLE fields; `version` is the `updated_at` (ISO) that the person
    started from, empty to skip the check. `voice` and `why` go to the history of the fields.

    Raises:
        NotAllowed: `by` is neither a member nor of the team.
        Conflict: somebody else saved meanwhile.
        InvalidInput: the name is empty.
        ValueError: a field cannot be changed this way.
    """
    require(by, "knowledge.actor_change", actor)
    if unknown := changes.keys() - EDITABLE:
        raise ValueError(f"not editable: {sorted(unknown)}")
    current = Actor.objects.select_for_update().get(pk=actor.pk)
    if version and current.updated_at.isoformat() != version:
        raise Conflict(_("Somebody else changed this profile while you were writing."))
    if not str(changes.get("name", current.name)).strip():
        raise InvalidInput(fields={"name": _("Write the name of the organisation.")})
    changed = sorted(name for name, value in changes.items() if getattr(current, name) != value)
    former = current.name
    noted = [(name, getattr(current, name), changes[name]) for name in changed]
    for name in changed:
        if name == "region":
            _place_in(current, changes[name])
        else:
            setattr(current, name, changes[name])
    if "name" in changed:
        current.name_key = search_key(current.name)[:250]
        _remember_name(current, former)
    if themes is not None:
        noted.append(("themes", *_set_themes(current, themes)))
    note_changes(by=by, actor=current, changes=noted, voice=voice, why=why)
    state_fields(
        by=by,
        actor=current,
        changes={name: changes[name] for name in changed},
        voice=voice or voice_of(by=by, actor=current),
    )
    refresh_search_words(actor=current)
    current.is_remembered = False
    current.save()
    index_actors(actors=[current.pk])
    record(by=by, verb="knowledge.actor_change", obj=current, data={"fields": changed})
    return current


def refresh_search_words(*, actor: Actor) -> None:
    """Compose anew what the actor is found by; the caller saves.

    No person: a consequence of other acts.
    """
    places = [place.name for place in (actor.place, actor.region) if place]
    actor.search_text = ""
    actor.add_search_words(
        [
            actor.name,
            *actor.other_names.order_by("pk").values_list("text", flat=True),
            *actor.identifiers.order_by("pk").values_list("value", flat=True),
            *actor.products.order_by("pk").values_list("name", flat=True),
            actor.activity,
            actor.description,
            *places,
        ]
    )


def _set_themes(actor: Actor, themes: Iterable[Theme]) -> tuple[list[str], list[str]]:
    """Set the themes and return their labels before and after."""
    before = sorted(actor.themes.values_list("label_es", flat=True))
    wanted = list(themes)
    actor.themes.set(wanted)
    return before, sorted(theme.label_es for theme in wanted)


def _remember_name(actor: Actor, former: str) -> None:
    key = search_key(former)[:250]
    if key and key != actor.name_key:
        ActorName.objects.get_or_create(
            actor=actor, text_key=key, defaults={"text": former, "kind": NameKind.FORMER}
        )


def _place_in(actor: Actor, region: Place | None) -> None:
    """Put the actor in a region; a position that was only estimated moves along."""
    if region is not None and region.level != PlaceLevel.DEPARTMENT:
        raise InvalidInput(fields={"region": _("Choose a region.")})
    actor.region = actor.place = region
    if not actor.location_is_exact:
        actor.latitude = region.latitude if region else None
        actor.longitude = region.longitude if region else None
