"""How many actors there are of each value of each facet, were this the only change."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from minka.knowledge.models import Theme
from minka.knowledge.queries.activities import divisions_of, section_codes, section_of
from minka.knowledge.queries.columns import Bits, Columns, bits_of, count_of, flags_of
from minka.knowledge.queries.fitting import AGES, DirectoryFilter
from minka.knowledge.queries.selection import Selection, themes_at

THEMES_SHOWN = 24
PLACES_SHOWN = 24
CERTIFICATIONS_SHOWN = 20
READINESS_SHOWN = (3, 5, 7, 9)


class PlaceCount(NamedTuple):
    """A province, district or city, with the place it lies in where that is not a region."""

    pk: int
    name: str
    within: str
    actors: int


@dataclass(frozen=True, slots=True)
class DirectoryCounts:
    """How many actors there are of each value, were this the only change to the filter."""

    total: int
    kinds: list[tuple[str, int]]
    regions: list[tuple[int, str, int]]
    countries: list[tuple[str, int]]
    sources: list[tuple[int, str, int]]
    located: int
    unlocated: int
    themes: list[tuple[Theme, int]]
    sections: list[tuple[str, int]]
    places: list[PlaceCount] = field(default_factory=list)
    sizes: list[tuple[str, int]] = field(default_factory=list)
    readiness: list[tuple[int, int]] = field(default_factory=list)
    certifications: list[tuple[str, int]] = field(default_factory=list)
    verified: tuple[int, int] = (0, 0)  # yes, no
    claimed: tuple[int, int] = (0, 0)
    fresh: list[tuple[str, int]] = field(default_factory=list)


def count_facets(chosen: Selection) -> DirectoryCounts:
    """Count every facet. No person: `chosen` are of those whom the viewer may know of."""
    all_of, wanted = chosen.columns, chosen.wanted
    located = _yes_no(all_of, "located", chosen)
    sources = all_of.sources.counts(chosen.without("sources"))
    ages = all_of.ages.counts(chosen.without("fresh"))
    return DirectoryCounts(
        total=count_of(chosen.bits),
        kinds=_most_first(all_of.kinds.counts(chosen.without("kinds"))),
        regions=_regions(all_of, chosen.without("regions")),
        countries=_most_first(all_of.countries.counts(chosen.without("countries"))),
        sources=[
            (pk, name, sources[pk]) for pk, name in all_of.source_names.items() if pk in sources
        ],
        located=located[0],
        unlocated=located[1],
        themes=_themes(all_of, chosen.without("themes"), wanted),
        sections=_sections(all_of, chosen.without("sections"), wanted.sections),
        places=_places(all_of, chosen.without("places"), wanted),
        sizes=_most_first(all_of.sizes.counts(chosen.without("sizes"))),
        readiness=_readiness(all_of, chosen.without("themes"), wanted),
        certifications=_certifications(
            all_of, chosen.without("certifications"), wanted.certifications
        ),
        verified=_yes_no(all_of, "verified", chosen),
        claimed=_yes_no(all_of, "claimed", chosen),
        fresh=[(age, ages.get(age, 0)) for age in AGES],
    )


def _most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _yes_no(all_of: Columns, name: str, chosen: Selection) -> tuple[int, int]:
    among = chosen.without(name)
    having = all_of.answers.counts(among, [name]).get(name, 0)
    return having, count_of(among) - having


def _regions(all_of: Columns, among: Bits) -> list[tuple[int, str, int]]:
    counts = all_of.regions.counts(among).items()
    found = [(pk, all_of.place_facts[pk].name, count) for pk, count in counts]
    order = all_of.places_by_name
    return sorted(found, key=lambda one: order[one[0]])


def _places(all_of: Columns, among: Bits, wanted: DirectoryFilter) -> list[PlaceCount]:
    """Return provinces, districts and cities once a region, country or place is chosen."""
    if not (wanted.regions or wanted.countries or wanted.places):
        return []
    facts = all_of.place_facts
    counts: dict[int, int] = defaultdict(int)
    regions = set()
    counted = np.bincount(all_of.places[flags_of(among, all_of.size)])
    for pk, count in ((int(at), int(counted[at])) for at in np.flatnonzero(counted) if at):
        counts[pk] += count
        _name, parent, above = facts[pk]
        if above:  # a district of a province of a region
            counts[parent] += count
            regions.add(above)
        elif parent:
            regions.add(parent)
    found = [
        PlaceCount(pk, facts[pk].name, _within(all_of, pk), count)
        for pk, count in counts.items()
        if pk not in regions and pk not in wanted.regions
        if not facts[pk].above or pk in wanted.places or facts[pk].parent in wanted.places
    ]
    found.sort(key=lambda one: (one.pk not in wanted.places, -one.actors, one.name))
    return found[:PLACES_SHOWN]


def _within(all_of: Columns, place: int) -> str:
    """Return the name of the province of a district; of anything else nothing."""
    fact = all_of.place_facts[place]
    return all_of.place_facts[fact.parent].name if fact.above else ""


def _readiness(all_of: Columns, among: Bits, wanted: DirectoryFilter) -> list[tuple[int, int]]:
    levels = sorted({*READINESS_SHOWN, wanted.trl} - {0})
    counts = all_of.readiness.counts(among, levels)
    if wanted.themes:
        picked = themes_at(all_of, wanted.themes)
        able = all_of.capabilities.fit(np.isin(all_of.capabilities.values, picked))
        for level in levels:
            rows = able.rows[able.beside >= level]
            counts[level] = count_of(bits_of(rows, all_of.size) & among)
    return [(n, counts.get(n, 0)) for n in levels if counts.get(n) or n == wanted.trl]


def _certifications(all_of: Columns, among: Bits, chosen: Sequence[str]) -> list[tuple[str, int]]:
    held = all_of.certifications
    counted = np.bincount(
        held.values[flags_of(among, all_of.size)[held.rows]], minlength=len(all_of.marks)
    )
    pairs = zip(all_of.marks, counted.tolist(), strict=True)
    counts = dict(_most_first({name: count for name, count in pairs if count}))
    shown = {name: counts.get(name, 0) for name in [*chosen, *counts]}
    return list(shown.items())[: max(CERTIFICATIONS_SHOWN, len(chosen))]


def _themes(all_of: Columns, among: Bits, wanted: DirectoryFilter) -> list[tuple[Theme, int]]:
    """Return the concepts at the top and those next to the chosen ones."""
    themes = all_of.theme_facts
    picked, under = set(themes_at(all_of, wanted.themes)), all_of.themes_under
    near = {*picked, *under[0]}
    shown = list(dict.fromkeys([*near, *(one for pk in near for one in under.get(pk, ()))]))
    if wanted.trl:  # with a readiness level it is the capabilities that carry the theme
        able = all_of.capabilities
        able = able.fit((able.beside >= wanted.trl) & flags_of(among, all_of.size)[able.rows])
        totals: dict[int, int] = dict(enumerate(np.bincount(able.values).tolist()))
    else:
        totals = all_of.themes.counts(among, shown)
    counts = [(themes[pk], totals.get(pk, 0)) for pk in shown if totals.get(pk) or pk in picked]
    counts.sort(key=lambda pair: (pair[0].pk not in picked, -pair[1], pair[0].label_es))
    return counts[:THEMES_SHOWN]


def _sections(all_of: Columns, among: Bits, chosen: Sequence[str]) -> list[tuple[str, int]]:
    """Return the sections that somebody works in, and what is in the chosen ones."""
    opened = {section_of(code) for code in chosen}
    shown = []
    for letter in section_codes():
        shown += [letter, *(divisions_of(letter) if letter in opened else ())]
    shown += [code for code in chosen if code not in shown]
    counts = all_of.activities.counts(among, shown)
    return [(code, counts.get(code, 0)) for code in shown if code in counts or code in chosen]
