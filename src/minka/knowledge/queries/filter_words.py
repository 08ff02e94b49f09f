"""What a filter asks for, as people say it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.knowledge.models import Place, Source, Theme
from minka.knowledge.queries.activities import activity_label
from minka.knowledge.queries.countries import country_name
from minka.knowledge.queries.fitting import DirectoryFilter
from minka.knowledge.states import ActorKind, SizeBand

Words = list[tuple[str, str]]


def filter_words(filters: Sequence[DirectoryFilter]) -> list[Words]:
    """Return each filter as pairs of facet and what is chosen of it. At most three SQL statements.

    No person: names of places, sources and themes are public.
    """
    english = (get_language() or "es")[:2] == "en"
    places = _named(Place, {pk for one in filters for pk in (*one.regions, *one.places)})
    sources = _named(Source, {pk for one in filters for pk in one.sources})
    slugs = {slug for one in filters for slug in one.themes}
    themes = {
        theme.slug: theme.label_en if english else theme.label_es
        for theme in (Theme.objects.filter(slug__in=slugs) if slugs else ())
    }
    return [_words(one, places, sources, themes) for one in filters]


def in_a_line(words: Words) -> str:
    """Return what is chosen, without the names of the facets."""
    return " · ".join(text for _label, text in words) or _("All organisations")


def _words(
    wanted: DirectoryFilter, places: dict[Any, str], sources: dict[Any, str], themes: dict[str, str]
) -> Words:
    def known(names: dict[Any, str]) -> Callable[[Any], str]:
        return lambda key: names.get(key) or _("no longer known")

    verified = {"yes": _("Verified"), "no": _("Not verified")}
    claimed = {"yes": _("Claimed profile"), "no": _("Not claimed")}
    located = {"yes": _("With a position"), "no": _("Without a position")}
    ages = {
        "6": _("In the last 6 months"),
        "12": _("In the last 12 months"),
        "older": _("Longer ago"),
        "never": _("Never"),
    }
    chosen: list[tuple[str, Iterable[Any], Callable[[Any], str]]] = [
        (_("Words"), [wanted.words] if wanted.words else [], lambda text: f"“{text}”"),
        (_("Type of organisation"), wanted.kinds, lambda kind: str(ActorKind(kind).label)),
        (_("Country"), wanted.countries, lambda code: country_name(code=code)),
        (_("Region"), wanted.regions, known(places)),
        (_("Province, district or city"), wanted.places, known(places)),
        (_("Theme"), wanted.themes, known(themes)),
        (
            _("Readiness of a capability"),
            [wanted.trl] if wanted.trl else [],
            lambda level: _("TRL %(level)s or more") % {"level": level},
        ),
        (_("Economic activity"), wanted.sections, activity_label),
        (_("Size"), wanted.sizes, lambda band: str(SizeBand(band).label)),
        (_("Certification"), wanted.certifications, str),
        (_("Verified by the cluster team"), wanted.verified, verified.__getitem__),
        (_("Claimed by the organisation"), wanted.claimed, claimed.__getitem__),
        (_("Profile confirmed"), wanted.fresh, ages.__getitem__),
        (_("On the map"), wanted.located, located.__getitem__),
        (_("Source"), wanted.sources, known(sources)),
        (_("Part of the map"), [wanted.box] if wanted.box else [], _box_words),
    ]
    return [
        (label, ", ".join(say(value) for value in values))
        for label, values, say in chosen
        if values
    ]


def _box_words(box: Any) -> str:
    west, south, east, north = (f"{degrees:.2f}°" for degrees in box)
    return _("from %(west)s to %(east)s, from %(south)s to %(north)s") % {
        "west": west, "east": east, "south": south, "north": north,
    }  # fmt: skip


def _named(model: Any, keys: set[int]) -> dict[int, str]:
    return dict(model.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}
