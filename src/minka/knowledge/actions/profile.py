"""The lists of a profile and what describes it: add, change, take out, size, languages, logo."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, NotAllowed, NotFound, TooLarge
from minka.core.files import store_upload
from minka.core.models import User
from minka.knowledge.actions.actors import AlreadyMappedError, refresh_search_words
from minka.knowledge.actions.history import note_changes, voice_of
from minka.knowledge.actions.search_index import index_actors
from minka.knowledge.actions.survivorship import state_fields
from minka.knowledge.models import (
    Actor,
    ActorActivity,
    ActorName,
    Capability,
    Certification,
    Contact,
    Identifier,
    Link,
    Product,
    Site,
)
from minka.knowledge.queries.activities import is_activity
from minka.knowledge.queries.profile import LANGUAGES, described
from minka.knowledge.states import ContactKind, SizeBand
from minka.methods.identifiers import recognise_tax_id
from minka.methods.text import search_key, tidy

LOGO_MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Section:
    """One list of a profile; `most` keeps a page readable."""

    model: type[models.Model]
    fields: tuple[str, ...]
    most: int = 40


SECTIONS: Mapping[str, Section] = {
    "other_names": Section(ActorName, ("text", "kind")),
    "identifiers": Section(Identifier, ("scheme", "value")),
    "activities": Section(ActorActivity, ("code",), 10),
    "products": Section(Product, ("name", "unspsc"), 100),
    "capabilities": Section(Capability, ("theme", "trl", "evidence")),
    "certifications": Section(Certification, ("name", "issuer", "expires_on")),
    "sites": Section(Site, ("kind", "name", "address", "region", "country"), 60),
    "contacts": Section(Contact, ("label", "kind", "value", "visibility"), 30),
    "links": Section(Link, ("label", "url"), 20),
}


@transaction.atomic
def save_entry(
    *, by: User, actor: Actor, section: str, values: Mapping[str, Any], pk: int | None = None
) -> models.Model:
    """Add an entry to a list of the profile, or change the one with `pk`.

    Raises:
        NotAllowed: `by` does not edit the profile.
        NotFound: the actor has no such entry.
        InvalidInput: a value cannot be, the entry is there already, or the list is full.
        AlreadyMappedError: the number belongs to another organisation.
    """
    require(by, "knowledge.actor_change", actor)
    kept = SECTIONS[section]
    rows: Any = kept.model._default_manager.select_for_update().filter(actor=actor)
    if pk is None:
        if rows.count() >= kept.most:
            raise InvalidInput(_("This list is full; take something out first."))
        entry: Any = kept.model(actor=actor)
        before = ""
    else:
        entry = rows.filter(pk=pk).first()
        if entry is None:
            raise NotFound
        if section == "identifiers":
            raise NotAllowed
        before = described(entry)
    for name in kept.fields:
        if name not in values:
            continue
        value = values[name]
        setattr(entry, name, tidy(value) if isinstance(value, str) else value)
    _check(section, entry, by)
    try:
        entry.full_clean()
    except ValidationError as error:
        raise _invalid(error, kept) from error
    entry.save()
    _after(by, actor, section, before, described(entry))
    return entry  # type: ignore[no-any-return]  # of whichever section it is


@transaction.atomic
def remove_entry(*, by: User, actor: Actor, section: str, pk: int) -> None:
    """Take an entry out of a list of the profile; its history stays.

    Raises:
        NotAllowed: `by` does not edit the profile, or a number is not the team's to take out.
        NotFound: the actor has no such entry.
    """
    require(by, "knowledge.actor_change", actor)
    if section == "identifiers":
        require(by, "knowledge.actor_verify", actor)
    entry: Any = SECTIONS[section].model._default_manager.filter(actor=actor, pk=pk).first()
    if entry is None:
        raise NotFound
    before = described(entry)
    entry.delete()
    _after(by, actor, section, before, "")


@transaction.atomic
def describe_actor(*, by: User, actor: Actor, size_band: str, languages: list[str]) -> Actor:
    """Save the size of an organisation and the languages in which it can be written to.

    Raises:
        NotAllowed: `by` does not edit the profile.
        InvalidInput: a value is none that can be chosen.
    """
    require(by, "knowledge.actor_change", actor)
    if size_band and size_band not in SizeBand.values:
        raise InvalidInput(fields={"size_band": _("Choose a size.")})
    if unknown := set(languages) - LANGUAGES.keys():
        raise InvalidInput(fields={"languages": ", ".join(sorted(unknown))})
    current = Actor.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    ordered = [code for code in LANGUAGES if code in languages]
    changes = [
        ("size_band", current.size_band, size_band),
        ("languages", current.languages, ordered),
    ]
    current.size_band, current.languages = size_band, ordered
    current.save(update_fields=["size_band", "languages", "updated_at"])
    note_changes(by=by, actor=current, changes=changes)
    if changes[0][1] != size_band:
        voice = voice_of(by=by, actor=current)
        state_fields(by=by, actor=current, changes={"size_band": size_band}, voice=voice)
    told = {"fields": [name for name, before, after in changes if before != after]}
    record(by=by, verb="knowledge.actor_change", obj=current, data=told)
    return current


@transaction.atomic
def set_logo(*, by: User, actor: Actor, upload: UploadedFile[bytes] | None) -> Actor:
    """Show a logo on the profile, or none.

    Raises:
        NotAllowed: `by` does not edit the profile.
        TooLarge: the picture has more than 1 MB.
        InvalidInput: it is no PNG, JPEG or WebP.
    """
    require(by, "knowledge.actor_change", actor)
    if upload is not None and (upload.size or 0) > LOGO_MAX_BYTES:
        raise TooLarge(fields={"logo": _("A logo can have 1 MB at most.")})
    current = Actor.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    before = current.logo.name if current.logo else ""
    current.logo = store_upload(by=by, upload=upload, kinds=["image"]) if upload else None
    current.save(update_fields=["logo", "updated_at"])
    after = current.logo.name if current.logo else ""
    note_changes(by=by, actor=current, changes=[("logo", before, after)])
    record(by=by, verb="knowledge.logo_change", obj=current)
    return current


def _check(section: str, entry: Any, by: User) -> None:
    """What the fields alone cannot say."""
    if section == "other_names":
        entry.text_key = search_key(entry.text)[:250]
        if not entry.text_key:
            raise InvalidInput(fields={"text": _("Write a name.")})
    elif section == "identifiers":
        _check_identifier(entry, by)
    elif section == "activities" and not is_activity(entry.code):
        raise InvalidInput(fields={"code": _("Choose an activity.")})
    elif section == "products" and entry.unspsc and not _is_unspsc(entry.unspsc):
        raise InvalidInput(fields={"unspsc": _("A UNSPSC code has 8 digits.")})
    elif section == "contacts" and entry.kind == ContactKind.EMAIL:
        _check_email(entry)


def _is_unspsc(code: str) -> bool:
    return len(code) == 8 and code.isascii() and code.isdigit()


def _check_email(entry: Contact) -> None:
    try:
        models.EmailField().clean(entry.value, None)
    except ValidationError as error:
        raise InvalidInput(fields={"value": error.messages[0]}) from error


def _check_identifier(entry: Identifier, by: User) -> None:
    country = entry.scheme.partition(".")[0].upper()
    found = recognise_tax_id(entry.value, country)
    if not found.valid or found.scheme != entry.scheme:
        raise InvalidInput(
            fields={"value": _("This is not a valid tax number; check it digit by digit.")}
        )
    entry.value = found.value
    known = Identifier.objects.filter(scheme=entry.scheme, value=entry.value)
    if (other := known.select_related("actor").first()) and other.actor_id != entry.actor_id:
        error = AlreadyMappedError(other.actor)
        raise InvalidInput(error.message, fields={"value": error.message})
    if (
        not by.is_staff
        and Identifier.objects.filter(actor=entry.actor, scheme=entry.scheme).exists()
    ):
        raise InvalidInput(
            fields={"value": _("It has a number of this country; the cluster team corrects it.")}
        )


def _invalid(error: ValidationError, kept: Section) -> InvalidInput:
    told = error.message_dict
    fields = {name: " ".join(told[name]) for name in kept.fields if name in told}
    if fields:
        return InvalidInput(fields=fields)
    return InvalidInput(_("This is in the list already."))


def _after(by: User, actor: Actor, section: str, before: str, after: str) -> None:
    actor.refresh_from_db()
    refresh_search_words(actor=actor)
    actor.is_remembered = False
    actor.save(update_fields=["search_text", "is_remembered", "updated_at"])
    index_actors(actors=[actor.pk])
    note_changes(by=by, actor=actor, changes=[(section, before, after)])
    record(by=by, verb="knowledge.actor_change", obj=actor, data={"fields": [section]})
