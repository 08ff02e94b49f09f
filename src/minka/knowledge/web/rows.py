"""The rows of the directory, drawn without a template: 25 of them would take longest of all."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.core.templatetags.assets import icon
from minka.knowledge.models import Actor
from minka.knowledge.queries.countries import country_name
from minka.knowledge.queries.lines import line_facts, numbers_told
from minka.knowledge.states import ActorKind
from minka.knowledge.web.labels import NAMES


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation of the list."""

    public_id: str
    url: str
    name: str
    facts: str
    kind: str
    is_located: bool
    is_claimed: bool
    is_verified: bool


def lines_of(*, viewer: Any, keys: Sequence[int], home: str) -> list[Line]:
    """Say of each actor what tells it from its neighbours; `home` is the country left unsaid.

    Two SQL statements, and one more where numbers of natural persons are among theirs.
    """
    numbers = numbers_told(viewer=viewer, keys=keys, schemes=tuple(NAMES))
    kinds, above = kind_labels(get_language()), _above()
    lines = []
    for one in line_facts(keys):
        scheme, value = numbers.get(one.key, ("", ""))
        at = place_line(one.place, one.region, one.country if one.country != home else "")
        number = f"{NAMES[scheme]} {value}" if scheme else ""
        lines.append(
            Line(
                public_id=one.public_id,
                url=f"{above}{one.public_id}/",  # looked up once: it differs in its end alone
                name=one.name,
                facts=" · ".join(filter(None, [number, at, one.activity])),
                kind=kinds[one.kind],
                is_located=one.is_located,
                is_claimed=one.is_claimed,
                is_verified=one.is_verified,
            )
        )
    return lines


@lru_cache(maxsize=8)
def kind_labels(_language: str | None) -> dict[str, str]:
    """Return what every type of organisation is called in the language that is spoken now."""
    return {kind.value: str(kind.label) for kind in ActorKind}


@cache
def _above() -> str:
    return reverse("knowledge:actor", args=["-"]).removesuffix("-/")


def drawn(lines: Sequence[Line], *, ticked: Container[str]) -> SafeString:
    """Return the items of the list; those `ticked` are."""
    seals = (
        ("is_claimed", icon("badge-check", _("Claimed profile"))),
        ("is_verified", icon("shield-check", _("Verified"))),
        ("is_located", icon("map-pin", _("On the map"))),
    )
    tick = escape(_("Tick"))
    return SafeString("".join(_row(one, seals, tick, ticked) for one in lines))


def _row(line: Line, seals: Sequence[tuple[str, str]], tick: str, ticked: Container[str]) -> str:
    name = escape(line.name)
    checked = " checked" if line.public_id in ticked else ""
    shown = "".join(seal for held, seal in seals if getattr(line, held))
    return (
        '<li class="row"><input type="checkbox" class="row-pick no-print" form="pick" name="actor"'
        f' value="{line.public_id}"{checked} data-tick aria-label="{tick} {name}">'
        f'<div class="row-main"><a class="row-title" href="{line.url}">{name}</a>'
        f'<p class="row-facts">{escape(line.facts)}</p></div>'
        f'<div class="row-side"><span class="muted">{escape(line.kind)}</span>{shown}</div></li>\n'
    )


def place_line(place: str | None, region: str | None, country: str) -> str:
    """Return place and region, and the name of the country if one is given."""
    names = [place, region, country_name(code=country) if country else ""]
    return ", ".join(dict.fromkeys(filter(None, names)))


def where(actor: Actor) -> str:
    """Return where an actor is, in a line; the country only where the region leaves it open."""
    place, region = actor.place, actor.region or (actor.place.parent if actor.place else None)
    return place_line(
        place.name if place else None,
        region.name if region else None,
        actor.country if actor.region is None else "",
    )
