"""The engine that resolves the actors of the map: the trained linkage model.

It takes half a second to load, so only the worker imports it, and only for the job that needs it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import duckdb
import numpy as np

from minka.knowledge.queries.linkage_memory import are_living, not_remembered
from minka.knowledge.queries.profiles import rows_of
from minka.knowledge.sources.linkable import home_of, is_place, of_country, place_key
from minka.knowledge.sources.memory import (
    cuts_of,
    facts_of,
    near_rows,
    remember_rows,
    shared_by_many,
    vocabulary_of,
)
from minka.methods.likeness import Compared, Evidence, Profile
from minka.methods.linkage.blocking import candidate_pairs, load_keys
from minka.methods.linkage.comparisons import COMPARISONS
from minka.methods.linkage.engine import Bands
from minka.methods.linkage.model import (
    Floats,
    Ints,
    Levels,
    Pairs,
    Weights,
    find_levels,
    load_records,
    score_pairs,
)
from minka.methods.linkage.pairs import name_codes
from minka.methods.linkage.profiles import Profiles
from minka.methods.linkage.records import Prepared, Record, prepare

NEAR_BITS = -2.0  # by a pair of so many bits an old row is drawn into the decision
LEAST_BITS = Bands().least_bits
PROCESSES = 2
Explain = Callable[[Sequence[tuple[int, int]]], list[tuple[Evidence, ...]]]
FEW_PAIRS = 20_000
MANY = 5_000  # actors: fewer are read again sooner than remembered
FEW = 0.1  # of all actors: of more new ones, most of the map is near to one


class LinkageEngine:
    """Compares the rows of actors as `minka resolve` compares rows, with the shipped weights.

    Where there are many actors and few new ones, only the rows of those are read that share a key
    with a new row: what was learnt of all the others is remembered (`sources.memory`).
    """

    def __init__(self, *, many: int = MANY, few: float = FEW) -> None:
        """Remember from `many` actors on; read all where more than the share `few` is new."""
        self._many = many
        self._few = few

    def near(self, new: Sequence[Profile]) -> list[int] | None:
        """Return the other actors that these rows of new ones may be near to; None for all."""
        fresh = {row.key for row in new}
        if not are_living(max(self._many, int(len(fresh) / self._few))):
            return None
        late = rows_of([key for key in not_remembered() if key not in fresh])
        rows = [*late, *new]
        facts = facts_of(rows)
        cuts = cuts_of(rows, facts)
        prepared = prepare(_records(rows, cuts), is_place=is_place, processes=PROCESSES)
        remember_rows(prepared, rows, cuts=cuts, facts=facts)
        return sorted(near_rows(prepared, range(len(late), len(rows))) - fresh)

    def compare(self, rows: Sequence[Profile], *, first: int, whole: bool = True) -> Compared:
        """Compare the rows from position `first` on with each other and with those before.

        Old rows that are near to a new one are compared with each other again: whether two
        organisations are one is decided on all pairs between them. If the rows are not the
        `whole` map, what only the whole tells is remembered.
        """
        weights = Weights.shipped()
        keys = np.array([row.key for row in rows], dtype=np.int64)
        comparing = _Comparing(self._prepared(rows, first, whole), keys, duckdb.connect(), weights)
        comparing.connection.execute(f"set threads = {PROCESSES}")
        load_records(comparing.prepared, comparing.connection)
        new = comparing.new(first)
        again = comparing.again(_near(new, keys, first))
        found = new.with_more(again)
        profiles = Profiles(weights, found.levels.__getitem__, len(found.left))
        return Compared(found.left, found.right, found.bits, found.explainer(weights), profiles)

    def _prepared(self, rows: Sequence[Profile], first: int, whole: bool) -> Prepared:
        if whole:
            cuts = cuts_of(rows, {})
            prepared = prepare(_records(rows, cuts), is_place=is_place, processes=PROCESSES)
            if len({row.key for row in rows}) >= self._many:
                _remember(prepared, rows, first, cuts)
            return prepared
        facts = facts_of(rows)
        records = _records(rows, cuts_of(rows, facts))
        prepared = prepare(records, is_place=is_place, vocabulary=vocabulary_of)
        prepared.shared |= shared_by_many(prepared)
        prepared.repeating = [
            facts[row.sheet][1] if row.sheet in facts else told
            for row, told in zip(rows, prepared.repeating, strict=True)
        ]
        return prepared


def _remember(
    prepared: Prepared, rows: Sequence[Profile], first: int, cuts: Mapping[int, int]
) -> None:
    """Remember the new rows of the whole map, and those of it that are not as they were."""
    waiting = {*not_remembered(), *(row.key for row in rows[first:])}
    at = np.array([n for n, row in enumerate(rows) if row.key in waiting], dtype=np.int64)
    some, vocabulary = [rows[number] for number in at.tolist()], prepared.vocabulary
    facts = facts_of(some)
    remember_rows(_some(prepared, at), some, cuts=cuts, facts=facts, vocabulary=vocabulary)


@dataclass(frozen=True, slots=True)
class _Found:
    """Pairs with their bits, and the level that each comparison found."""

    left: Ints
    right: Ints
    bits: Floats
    levels: Levels

    def with_more(self, other: "_Found") -> "_Found":
        return _Found(
            np.concatenate([self.left, other.left]),
            np.concatenate([self.right, other.right]),
            np.concatenate([self.bits, other.bits]),
            np.concatenate([self.levels, other.levels]),
        )

    def explainer(self, weights: Weights) -> Explain:
        """Return what tells the evidence of some of these pairs, of each the heaviest first."""
        size = int(self.right.max(initial=0)) + 1
        packed = self.left * size + self.right
        order = np.argsort(packed)

        def explain(pairs: Sequence[tuple[int, int]]) -> list[tuple[Evidence, ...]]:
            wanted = np.array([min(pair) * size + max(pair) for pair in pairs], dtype=np.int64)
            at = order[np.searchsorted(packed, wanted, sorter=order)]
            return [_evidence(one, weights) for one in self.levels[at]]

        return explain


@dataclass(frozen=True, slots=True)
class _Comparing:
    """The rows of one job, laid down where they are compared; `keys` says whose they are."""

    prepared: Prepared
    keys: Ints
    connection: duckdb.DuckDBPyConnection
    weights: Weights

    def new(self, first: int) -> _Found:
        """Return the pairs with a row from `first` on."""
        if first:
            earlier = replace(self.prepared, records=self.prepared.records[:first])
            load_keys(earlier, self.connection)
        return self._scored(*candidate_pairs(self.prepared, self.connection, first=first))

    def again(self, rows: Ints) -> _Found:
        """Return the pairs among these rows."""
        if not len(rows):
            return self._scored(rows, rows)
        left, right = candidate_pairs(_some(self.prepared, rows), self.connection)
        return self._scored(rows[left], rows[right])

    def _scored(self, left: Ints, right: Ints) -> _Found:
        """Compare these pairs of rows of different actors; leave out those that are far apart.

        Many are left to Splink. For few the same conditions and weights are applied directly:
        Splink takes longer to compose its statement than that takes to run.
        """
        apart = self.keys[left] != self.keys[right]
        left, right = left[apart], right[apart]
        if not len(left):
            none = np.zeros((0, len(COMPARISONS)), dtype=np.int8)
            return _Found(left, right, np.zeros(0), none)
        pairs = Pairs(left, right, self._codes(left, right))
        if len(left) < FEW_PAIRS:
            levels = find_levels(pairs, self.connection)
            bits = _bits(levels, self.weights)
            kept = bits >= LEAST_BITS
            return _Found(left[kept], right[kept], bits[kept], levels[kept])
        scored = score_pairs(pairs, self.weights, self.connection, least_bits=LEAST_BITS)
        size = len(self.keys)
        at = np.searchsorted(left * size + right, scored.left * size + scored.right)
        levels = find_levels(Pairs(scored.left, scored.right, pairs.codes[at]), self.connection)
        return _Found(scored.left, scored.right, scored.bits, levels)

    def _codes(self, left: Ints, right: Ints) -> Ints:
        """Compare the names of these pairs; those of other rows need not be looked at."""
        rows, at = np.unique(np.concatenate([left, right]), return_inverse=True)
        names = [self.prepared.names[row] for row in rows.tolist()]
        some = Prepared([], names=names, vocabulary=self.prepared.vocabulary)
        return name_codes(some, at[: len(left)], at[len(left) :], processes=PROCESSES)


def _bits(levels: Levels, weights: Weights) -> Floats:
    """Return the match weights that levels make, as Splink adds them up."""
    bits = np.full(len(levels), weights.prior_bits)
    for found, one in zip(levels.T, COMPARISONS, strict=True):
        bits += np.array([weights.of(one.key, level.key) for level in one.levels])[found]
    return bits


def _near(scored: _Found, keys: Ints, first: int) -> Ints:
    """Return the old rows of all actors that a new row is near to; none if that is only one."""
    loud = (scored.bits >= NEAR_BITS) & (scored.left < first)
    actors = np.unique(keys[scored.left[loud]])
    if len(actors) < 2:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.isin(keys[:first], actors)).astype(np.int64)


def _some(prepared: Prepared, rows: Ints) -> Prepared:
    """Return some of the rows, as if they were all, with what was learnt of all."""
    chosen = rows.tolist()
    columns: dict[str, Any] = {
        one.name: [getattr(prepared, one.name)[row] for row in chosen]
        for one in fields(prepared)
        if one.name not in ("ranks", "shared", "vocabulary")
    }
    return replace(prepared, **columns, ranks=prepared.ranks[rows])


def _evidence(levels: Levels, weights: Weights) -> tuple[Evidence, ...]:
    found = [
        Evidence(comparison.key, level.key, weights.of(comparison.key, level.key))
        for comparison, number in zip(COMPARISONS, levels.tolist(), strict=True)
        if not (level := comparison.levels[number]).reference
    ]
    return tuple(sorted(found, key=lambda one: -abs(one.bits)))


def _records(rows: Sequence[Profile], cuts: Mapping[int, int]) -> list[Record]:
    found = [_record(number, row, cuts.get(row.sheet, 0)) for number, row in enumerate(rows)]
    return [of_country(record, "") for record in found]


def _record(number: int, row: Profile, cut: int) -> Record:
    return Record(
        key=f"{number:09d}",
        name=row.name,
        other_names=row.other_names,
        tax_id=next(iter(row.tax_ids), ""),
        tax_written=next(iter(row.tax_written), ""),
        emails=row.emails,
        phones=row.phones,
        website=row.website,
        region=place_key(row.region),
        province=place_key(row.province),
        district=place_key(row.place),
        address=row.address,
        activity=row.activity,
        name_cut=bool(cut) and len(row.name) >= cut,
        source=str(row.sheet) if row.sheet else "",
        country=row.country or home_of(row.region),
    )
