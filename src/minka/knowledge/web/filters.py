"""The facets beside a list, and what is chosen of them, in words."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from minka.core.components import Facet, FacetOption
from minka.knowledge.models import Theme
from minka.knowledge.queries.activities import activity_label
from minka.knowledge.queries.countries import country_name
from minka.knowledge.queries.directory import DirectoryCounts, DirectoryFilter
from minka.knowledge.queries.filter_address import address_of, filter_at, filter_from
from minka.knowledge.queries.filter_words import filter_words
from minka.knowledge.states import ActorKind, SizeBand

__all__ = [
    "address_of",
    "directory_facets",
    "filter_at",
    "filter_from",
    "kind_facet",
    "region_facet",
]

COUNTRIES_SHOWN = 20
AGE_WORDS: dict[str, str | Promise] = {
    "6": gettext_lazy("In the last 6 months"),
    "12": gettext_lazy("In the last 12 months"),
    "older": gettext_lazy("Longer ago"),
    "never": gettext_lazy("Never"),
}


def directory_facets(wanted: DirectoryFilter, counts: DirectoryCounts) -> list[Facet]:
    """Return the facets beside the directory; a facet with nothing to choose is left out."""
    facets = [
        kind_facet(wanted, counts),
        region_facet(wanted, counts),
        _facet(
            "place",
            _("Province, district or city"),
            wanted.places,
            [(p.pk, f"{p.within} · {p.name}" if p.within else p.name, p.actors)
             for p in counts.places],
            is_open=True,
        ),
        _facet(
            "country",
            _("Country"),
            wanted.countries,
            [(c, country_name(code=c), n) for c, n in counts.countries[:COUNTRIES_SHOWN]],
        ),
        *_about_what_it_does(wanted, counts),
        *_about_trust(wanted, counts),
        _yes_no(
            "located",
            _("On the map"),
            wanted.located,
            (_("With a position"), _("Without a position")),
            (counts.located, counts.unlocated),
        ),
        _facet("source", _("Source"), wanted.sources, counts.sources),
    ]  # fmt: skip
    return [facet for facet in facets if facet.options]


def _about_what_it_does(wanted: DirectoryFilter, counts: DirectoryCounts) -> list[Facet]:
    sizes = dict(counts.sizes)
    return [
        _facet(
            "theme",
            _("Theme"),
            wanted.themes,
            [(one.slug, theme_label(one), count) for one, count in counts.themes],
        ),
        _facet(
            "trl",
            _("Readiness of a capability"),
            (wanted.trl,),
            [(n, _("TRL %(level)s or more") % {"level": n}, count)
             for n, count in counts.readiness],
        ),
        _facet(
            "activity",
            _("Economic activity"),
            wanted.sections,
            [(code, activity_label(code), count) for code, count in counts.sections],
        ),
        _facet(
            "size",
            _("Size"),
            wanted.sizes,
            [(band.value, band.label, sizes[band]) for band in SizeBand if band in sizes],
        ),
    ]  # fmt: skip


def _about_trust(wanted: DirectoryFilter, counts: DirectoryCounts) -> list[Facet]:
    return [
        _facet(
            "certification",
            _("Certification"),
            wanted.certifications,
            [(name, name, count) for name, count in counts.certifications],
        ),
        _yes_no(
            "verified",
            _("Verified by the cluster team"),
            wanted.verified,
            (_("Verified"), _("Not verified")),
            counts.verified,
        ),
        _yes_no(
            "claimed",
            _("Claimed by the organisation"),
            wanted.claimed,
            (_("Claimed profile"), _("Not claimed")),
            counts.claimed,
        ),
        _facet(
            "fresh",
            _("Profile confirmed"),
            wanted.fresh,
            [(age, AGE_WORDS[age], n) for age, n in counts.fresh if n or age in wanted.fresh],
        ),
    ]


def theme_label(theme: Theme) -> str:
    """Return the label of a concept in the language of the page."""
    in_english = (get_language() or "es")[:2] == "en"
    return theme.label_en if in_english else theme.label_es


def kind_facet(wanted: DirectoryFilter, counts: DirectoryCounts) -> Facet:
    """Return the types of organisation, most frequent first."""
    options = [(kind, ActorKind(kind).label, count) for kind, count in counts.kinds]
    return _facet("kind", _("Type of organisation"), wanted.kinds, options, is_open=True)


def region_facet(wanted: DirectoryFilter, counts: DirectoryCounts) -> Facet:
    """Return the regions by name."""
    return _facet("region", _("Region"), wanted.regions, counts.regions, is_open=True)


def _yes_no(
    name: str,
    label: str,
    chosen: Sequence[str],
    words: tuple[str, str],
    counts: tuple[int, int],
) -> Facet:
    return _facet(name, label, chosen, zip(("yes", "no"), words, counts, strict=True))


def _facet(
    name: str,
    label: str,
    chosen: Sequence[Any],
    options: Iterable[tuple[Any, Any, int]],
    *,
    is_open: bool = False,
) -> Facet:
    shown = list(options)
    missing = set(chosen) - {value for value, _text, _count in shown} - {0}
    if missing:  # chosen, and nothing is left of it: it stays until somebody takes it off
        shown += [(value, _name_of(name, value), 0) for value in chosen if value in missing]
    return Facet(
        name=name,
        label=label,
        open=is_open or any(chosen),
        options=[
            FacetOption(value=str(value), label=text, count=count, selected=value in chosen)
            for value, text, count in shown
        ],
    )


def _name_of(facet: str, value: Any) -> str:
    ((_label, text),) = filter_words([filter_at(f"{facet}={quote(str(value))}")])[0] or [("", "")]
    return text or str(value)
