"""From the address of a page to what is asked of the directory, and back to its facets."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.core.components import Facet, FacetOption
from minka.knowledge.models import Theme
from minka.knowledge.queries.activities import activity_label, section_codes
from minka.knowledge.queries.countries import country_name
from minka.knowledge.queries.directory import DirectoryCounts, DirectoryFilter
from minka.knowledge.states import ActorKind

WORDS_AT_MOST = 120
CHOSEN_AT_MOST = 12
COUNTRIES_SHOWN = 20
SORTS = ("name", "recent")


def filter_from(query: QueryDict) -> DirectoryFilter:
    """Read a filter from an address; what makes no sense is left out."""
    sort = query.get("sort", "name")
    return DirectoryFilter(
        words=query.get("q", "").strip()[:WORDS_AT_MOST],
        kinds=tuple(sorted(set(query.getlist("kind")) & set(ActorKind.values))),
        regions=_numbers(query.getlist("region")),
        countries=tuple(sorted({code for code in query.getlist("country") if len(code) == 2})),
        sources=_numbers(query.getlist("source")),
        themes=tuple(sorted(set(query.getlist("theme")[:CHOSEN_AT_MOST]) - {""})),
        sections=tuple(sorted(set(query.getlist("activity")) & set(section_codes()))),
        located=tuple(sorted(set(query.getlist("located")) & {"yes", "no"})),
        sort=sort if sort in SORTS else "name",
    )


def directory_facets(wanted: DirectoryFilter, counts: DirectoryCounts) -> list[Facet]:
    """Return the facets beside the directory; a facet with nothing to choose is left out."""
    facets = [
        kind_facet(wanted, counts),
        region_facet(wanted, counts),
        _facet(
            "country",
            _("Country"),
            wanted.countries,
            [(c, country_name(code=c), n) for c, n in counts.countries[:COUNTRIES_SHOWN]],
        ),
        _facet(
            "located",
            _("On the map"),
            wanted.located,
            [
                ("yes", _("With a position"), counts.located),
                ("no", _("Without a position"), counts.unlocated),
            ],
        ),
        _facet(
            "theme",
            _("Theme"),
            wanted.themes,
            [(one.slug, _label(one), count) for one, count in counts.themes],
        ),
        _facet(
            "activity",
            _("Economic activity"),
            wanted.sections,
            [(letter, activity_label(letter), count) for letter, count in counts.sections],
        ),
        _facet("source", _("Source"), wanted.sources, counts.sources),
    ]
    return [facet for facet in facets if facet.options]


def _label(theme: Theme) -> str:
    in_english = (get_language() or "es")[:2] == "en"
    return theme.label_en if in_english else theme.label_es


def kind_facet(wanted: DirectoryFilter, counts: DirectoryCounts) -> Facet:
    """Return the types of organisation, most frequent first."""
    options = [(kind, ActorKind(kind).label, count) for kind, count in counts.kinds]
    return _facet("kind", _("Type of organisation"), wanted.kinds, options, is_open=True)


def region_facet(wanted: DirectoryFilter, counts: DirectoryCounts) -> Facet:
    """Return the regions by name."""
    return _facet("region", _("Region"), wanted.regions, counts.regions, is_open=True)


def _facet(
    name: str,
    label: str,
    chosen: Sequence[Any],
    options: Iterable[tuple[Any, Any, int]],
    *,
    is_open: bool = False,
) -> Facet:
    return Facet(
        name=name,
        label=label,
        open=is_open or bool(chosen),
        options=[
            FacetOption(value=str(value), label=text, count=count, selected=value in chosen)
            for value, text, count in options
        ],
    )


def _numbers(texts: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({int(text) for text in texts if text.isdecimal() and len(text) < 10}))
