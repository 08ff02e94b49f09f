"""The plain fields of a profile: what they are called, how a value is read and written."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.errors import InvalidInput
from minka.knowledge.models import Actor, Place
from minka.knowledge.queries.countries import country_choices, country_name
from minka.knowledge.states import ActorKind, PlaceLevel, SizeBand

FIRST_YEAR = 1500

# what anybody may propose to correct, in the order of the page
CORRECTABLE: Mapping[str, str | Promise] = {
    "name": gettext_lazy("Legal name"),
    "kind": gettext_lazy("Type of organisation"),
    "activity": gettext_lazy("Activity"),
    "description": gettext_lazy("What it does"),
    "region": gettext_lazy("Region"),
    "country": gettext_lazy("Country"),
    "address": gettext_lazy("Address"),
    "website": gettext_lazy("Website"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Telephone"),
    "founded_year": gettext_lazy("Founded in"),
}
# of these only people who have signed in see what they hold
HIDDEN_FROM_VISITORS = frozenset({"address", "email", "phone"})
LABELS: Mapping[str, str | Promise] = {
    **CORRECTABLE,
    "size_band": gettext_lazy("Size"),
    "languages": gettext_lazy("Languages"),
    "logo": gettext_lazy("Logo"),
    "themes": gettext_lazy("Themes"),
    "other_names": gettext_lazy("Other names"),
    "identifiers": gettext_lazy("Numbers"),
    "activities": gettext_lazy("Economic activities"),
    "products": gettext_lazy("Products and services"),
    "capabilities": gettext_lazy("Capabilities"),
    "certifications": gettext_lazy("Certifications"),
    "sites": gettext_lazy("Places"),
    "contacts": gettext_lazy("Contacts"),
    "links": gettext_lazy("Links"),
}
LENGTHS = {"description": 4000, "phone": 60, "country": 2, "founded_year": 4}


def field_label(field: str) -> str:
    """Return what people call a field."""
    return str(LABELS.get(field, field))


def shown(field: str, value: Any) -> str:
    """Return a value as it is kept in the history: codes stay codes, so that any language reads."""
    if value is None or value == "":
        return ""
    if field == "region" and isinstance(value, Place):
        return value.name
    if isinstance(value, list | tuple | set):
        return ", ".join(str(one) for one in value)
    return str(value)


def told(field: str, text: str) -> str:
    """Return what `shown` kept, in the reader's words."""
    if field == "kind" and text in ActorKind.values:
        return str(ActorKind(text).label)
    if field == "size_band" and text in SizeBand.values:
        return str(SizeBand(text).label)
    if field == "country" and text:
        return country_name(code=text)
    return text


def value_from(field: str, text: str) -> Any:
    """Return the value of a field that `text` stands for.

    Raises:
        InvalidInput: it stands for none.
    """
    text = text.strip()
    if len(text) > LENGTHS.get(field, 250):
        raise InvalidInput(fields={"after": _("This is too long.")})
    if field == "name" and not text:
        raise InvalidInput(fields={"after": _("Write the name of the organisation.")})
    if field == "kind" and text not in ActorKind.values:
        raise InvalidInput(fields={"after": _("Choose a type of organisation.")})
    if field == "country" and text and text not in dict(country_choices()):
        raise InvalidInput(fields={"after": _("Choose a country.")})
    if field == "region":
        return _region(text)
    if field == "founded_year":
        return _year(text)
    if text and field in {"email", "website"}:
        _check(field, text)
    return text


def choices_of(*, viewer: Any, field: str) -> list[tuple[str, str]]:  # noqa: ARG001 -- the same for all
    """Return what a field can be chosen from, empty for a field that is written."""
    if field == "kind":
        return [(value, str(label)) for value, label in ActorKind.choices]
    if field == "country":
        return [("", "—"), *((code, str(name)) for code, name in country_choices())]
    if field == "region":
        regions = Place.objects.filter(level=PlaceLevel.DEPARTMENT).order_by("name_key")
        return [("", "—"), *((name, name) for name in regions.values_list("name", flat=True))]
    return []


def current_text(actor: Actor, field: str) -> str:
    """Return what the actor's field holds now, as `shown` gives it."""
    return shown(field, getattr(actor, field))


def _region(text: str) -> Place | None:
    if not text:
        return None
    region = Place.objects.filter(level=PlaceLevel.DEPARTMENT, name=text).first()
    if region is None:
        raise InvalidInput(fields={"after": _("Choose a region.")})
    return region


def _year(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= timezone.localdate().year:
        raise InvalidInput(fields={"after": _("Write a year, for example 1998.")})
    return int(text)


def _check(field: str, text: str) -> None:
    try:
        if field == "email":
            validate_email(text)
        else:
            URLValidator(["http", "https"])(text)
    except ValidationError as error:
        raise InvalidInput(fields={"after": error.messages[0]}) from error
