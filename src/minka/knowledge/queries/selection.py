"""Which of all actors a filter finds, reckoned over columns instead of by the database."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from minka.knowledge.queries.columns import Bits, Columns, Numbers, bits_of, flags_of
from minka.knowledge.queries.fitting import YES_NO, Box, DirectoryFilter

FACETS = ("kinds", "countries", "sizes", "regions", "sources")  # named alike in columns and filter
ANSWERED = ("located", "verified", "claimed")


class Words(NamedTuple):
    """What words find: the keys of the nearest, best first, and who fits."""

    nearest: Sequence[int]
    bits: Bits


class Selection:
    """The actors that fit a filter, and `words` what its words find, if it has words.

    No person: `columns` are those of actors whom the viewer may know of.
    """

    def __init__(
        self, columns: Columns, wanted: DirectoryFilter, *, words: Words | None = None
    ) -> None:
        """Reckon each part of the filter once."""
        self.columns, self.wanted = columns, wanted
        self._parts = _parts(columns, wanted)
        if words:
            self._parts["words"] = words.bits
        self._nearest = words.nearest if words else ()
        self.bits = self._all_but(())

    def without(self, *names: str) -> Bits:
        """Return who fits but for these parts of the filter."""
        return self._all_but(names) if set(names) & set(self._parts) else self.bits

    def _all_but(self, names: Sequence[str]) -> Bits:
        found = self.columns.everybody
        for name, part in self._parts.items():
            if name not in names:
                found = found & part
        return found

    @property
    def rows(self) -> Numbers:
        """The rows of those who fit, by name."""
        return np.flatnonzero(flags_of(self.bits, self.columns.size))

    @property
    def keys(self) -> Numbers:
        """The keys of those who fit, in the order asked for."""
        columns, rows = self.columns, self.rows
        if self.wanted.sort == "recent":
            return np.sort(columns.keys[rows])[::-1]
        if self.wanted.sort == "best" and self._nearest:
            nearest = columns.rows_of(self._nearest)
            nearest = nearest[flags_of(self.bits, columns.size)[nearest]]
            rows = np.r_[nearest, rows[~np.isin(rows, nearest)]]
        return columns.keys[rows]


def _parts(columns: Columns, wanted: DirectoryFilter) -> dict[str, Bits]:
    parts: dict[str, Bits] = {}
    for name in FACETS:
        if values := getattr(wanted, name):
            parts[name] = getattr(columns, name).any_of(values)
    for name in ANSWERED:
        answers = set(getattr(wanted, name)) & set(YES_NO)
        if len(answers) == 1:
            having = columns.answers.any_of([name])
            parts[name] = having if "yes" in answers else columns.everybody & ~having
    if wanted.fresh:
        parts["fresh"] = columns.ages.any_of(wanted.fresh)
    if wanted.places:
        parts["places"] = _in_places(columns, wanted.places)
    if wanted.box:
        parts["box"] = _inside(columns, wanted.box)
    return parts | _lists(columns, wanted)


def _lists(columns: Columns, wanted: DirectoryFilter) -> dict[str, Bits]:
    """What an actor may have several of."""
    parts: dict[str, Bits] = {}
    if wanted.sections:
        parts["sections"] = columns.activities.any_of(wanted.sections)
    if wanted.certifications:
        marks = [at for at, name in enumerate(columns.marks) if name in wanted.certifications]
        held = columns.certifications
        parts["certifications"] = bits_of(held.rows[np.isin(held.values, marks)], columns.size)
    if wanted.themes or wanted.trl:
        parts["themes"] = _bearing(columns, wanted)
    return parts


def _in_places(columns: Columns, places: Sequence[int]) -> Bits:
    facts = columns.place_facts.items()
    inside = [pk for pk, fact in facts if {pk, fact.parent, fact.above} & set(places)]
    return bits_of(np.flatnonzero(np.isin(columns.places, inside)), columns.size)


def _inside(columns: Columns, box: Box) -> Bits:
    east, north = columns.longitudes, columns.latitudes
    with np.errstate(invalid="ignore"):
        after, before = east >= box.west, east <= box.east
        between = after | before if box.west > box.east else after & before
        inside = between & (north >= box.south) & (north <= box.north)
    return bits_of(np.flatnonzero(inside), columns.size)


def _bearing(columns: Columns, wanted: DirectoryFilter) -> Bits:
    """Who has the themes or, with a readiness level, a capability of that level in them."""
    picked = themes_at(columns, wanted.themes)
    if not wanted.trl:
        return columns.themes.any_of(picked)
    if not wanted.themes:
        return columns.readiness.any_of([wanted.trl])
    able = columns.capabilities
    fit = (able.beside >= wanted.trl) & np.isin(able.values, picked)
    return bits_of(able.rows[fit], columns.size)


def themes_at(columns: Columns, slugs: Sequence[str]) -> list[int]:
    """Return the concepts with these addresses. No person: a thesaurus that everybody reads."""
    return [pk for pk, one in columns.theme_facts.items() if one.slug in slugs]


def rows_as(keys: Sequence[int], rows: Iterable[Any]) -> list[Any]:
    """Return `rows`, whose first value is a key, in the order of `keys`; the missing left out."""
    by_key = {row[0]: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]
