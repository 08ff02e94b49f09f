"""The living actors as columns: what facets count, pages sort and the map draws.

What a facet may ask for is a row of bits, one for each actor: filters are “and” and “or” of such
rows, and counts are the bits left.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from minka.knowledge.models import Theme
from minka.methods.text import search_key

Numbers = NDArray[np.int64]
Places = NDArray[np.int32]
Degrees = NDArray[np.float64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.uint64]

Value = TypeVar("Value", bound=Hashable)
Made = TypeVar("Made")
WORD = 64
KEPT_AT_MOST = 500


class Bitmaps(Generic[Value]):
    """Which rows have each value of a facet."""

    def __init__(self, values: Sequence[Value], pairs: "Pairs", size: int) -> None:
        """Read it from pairs of a row and the place of its value in `values`."""
        self.values = list(values)
        self._places = {value: place for place, value in enumerate(self.values)}
        order = np.argsort(pairs.values, kind="stable")
        rows = pairs.rows[order]
        ends = np.searchsorted(pairs.values[order], np.arange(len(self.values) + 1))
        self._bits = np.zeros((len(self.values), -(-size // WORD)), dtype=np.uint64)
        for place in range(len(self.values)):
            self._bits[place] = bits_of(rows[ends[place] : ends[place + 1]], size)

    def any_of(self, wanted: Iterable[Value]) -> Bits:
        """Return which rows have one of these values."""
        places = [self._places[one] for one in wanted if one in self._places]
        found: Bits = np.bitwise_or.reduce(self._bits[places], axis=0)
        return found

    def counts(self, among: Bits, values: Iterable[Value] | None = None) -> dict[Value, int]:
        """Return how many of these rows have each value, or each of `values`; no noughts."""
        places = [self._places[one] for one in values or () if one in self._places]
        bits = self._bits if values is None else self._bits[places]
        named = self.values if values is None else [self.values[place] for place in places]
        counts = np.bitwise_count(bits & among).sum(axis=1, dtype=np.int64).tolist()
        return {value: count for value, count in zip(named, counts, strict=True) if count}


class Pairs(NamedTuple):
    """What a row may have several of: rows, what they have, and a number beside each pair."""

    rows: Places
    values: Places
    beside: Places

    def fit(self, flags: Flags) -> "Pairs":
        """Return the pairs that a flag is set for."""
        return Pairs(self.rows[flags], self.values[flags], self.beside[flags])


class PlaceFact(NamedTuple):
    """A place and what it lies in; 0 for nothing."""

    name: str
    parent: int
    above: int


@dataclass(frozen=True)
class Columns:
    """One row per actor, by name. Themes and activities are those above an actor's own, too.

    Args:
        keys: primary keys of the actors.
        answers: who has a position, is verified, is claimed.
        ages: of `fitting.AGES`, as they were when this was read.
        readiness: who has a capability of that level or more.
        capabilities: beside each theme the highest level in it or under it.
        certifications: those valid when this was read; places in `marks`.
    """

    version: str
    keys: Numbers
    kinds: Bitmaps[str]
    countries: Bitmaps[str]
    sizes: Bitmaps[str]
    regions: Bitmaps[int]
    places: Places
    latitudes: Degrees
    longitudes: Degrees
    exact: Flags
    kind_codes: Places
    answers: Bitmaps[str]
    ages: Bitmaps[str]
    themes: Bitmaps[int]
    readiness: Bitmaps[int]
    capabilities: Pairs
    activities: Bitmaps[str]
    certifications: Pairs
    marks: list[str]
    sources: Bitmaps[int]
    theme_facts: dict[int, Theme]
    place_facts: dict[int, PlaceFact]
    source_names: dict[int, str]
    _kept: dict[str, Any] = field(default_factory=dict)

    def kept(self, name: str, make: Callable[[], Made]) -> Made:
        """Return what `make` gave of these columns, kept as long as they are."""
        found: Made | None = self._kept.get(name)
        if found is None:
            while len(self._kept) >= KEPT_AT_MOST:
                self._kept.pop(next(iter(self._kept)), None)
            found = self._kept[name] = make()
        return found

    @property
    def size(self) -> int:
        """How many actors there are."""
        return len(self.keys)

    @cached_property
    def everybody(self) -> Bits:
        """All rows."""
        return bits_of(np.arange(self.size), self.size)

    @cached_property
    def by_key(self) -> Numbers:
        """The rows in the order of their keys."""
        return np.argsort(self.keys)

    @cached_property
    def themes_under(self) -> dict[int, list[int]]:
        """The concepts right under each; under 0 those at the top."""
        under: dict[int, list[int]] = {0: []}
        for pk, one in self.theme_facts.items():
            under.setdefault(one.broader_id or 0, []).append(pk)
        return under

    @cached_property
    def places_by_name(self) -> dict[int, int]:
        """The place of each region among the others by name."""
        names = {pk: search_key(self.place_facts[pk].name) for pk in self.regions.values}
        return {pk: at for at, pk in enumerate(sorted(names, key=lambda pk: names[pk]))}

    def rows_of(self, keys: Iterable[int]) -> Numbers:
        """Return the rows of these actors in the same order; who is not there is left out."""
        return rows_at(self.keys, self.by_key, np.array(list(keys), dtype=np.int64))[0]

    def bits_of(self, keys: Iterable[int]) -> Bits:
        """Return the bits of these actors."""
        return bits_of(self.rows_of(keys), self.size)


def bits_of(rows: Places | Numbers, size: int) -> Bits:
    """Return the bits of these rows."""
    flags = np.zeros(-(-size // WORD) * WORD, dtype=np.bool_)
    flags[rows] = True
    return np.packbits(flags, bitorder="little").view(np.uint64)


def flags_of(bits: Bits, size: int) -> Flags:
    """Return one flag per row."""
    return np.unpackbits(bits.view(np.uint8), count=size, bitorder="little").view(np.bool_)


def count_of(bits: Bits) -> int:
    """Return how many rows there are."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def rows_at(keys: Numbers, order: Numbers, wanted: Numbers) -> tuple[Numbers, Flags]:
    """Return the rows with these keys, and which of those wanted there are."""
    if not len(keys):
        return np.empty(0, dtype=np.int64), np.zeros(len(wanted), dtype=np.bool_)
    at = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)]
    there = keys[at] == wanted
    return at[there], there
