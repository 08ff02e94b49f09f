"""The engine that resolves the actors of the map: the trained linkage model."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import duckdb
import numpy as np

from minka.knowledge.sources.linkable import is_place
from minka.methods.likeness import Engine, Evidence, Expectation, Profile, ScoredPair
from minka.methods.linkage.blocking import candidate_pairs, load_keys
from minka.methods.linkage.comparisons import COMPARISONS
from minka.methods.linkage.model import (
    Levels,
    Pairs,
    Weights,
    find_levels,
    load_records,
    probability,
    score_pairs,
)
from minka.methods.linkage.pairs import name_codes
from minka.methods.linkage.records import Record, prepare

LEAST_BITS = -6.0  # lighter pairs are of no use to anybody, not even to a sample
PROCESSES = 2


def engine() -> Engine:
    """Return the engine of this installation."""
    return LinkageEngine()


class LinkageEngine:
    """Compares actors as `minka resolve` compares rows, with the weights that are shipped."""

    def score(self, new: Sequence[Profile], existing: Sequence[Profile]) -> Iterator[ScoredPair]:
        """Return pairs with at least one new organisation, ordered by their position."""
        if not new:
            return
        everybody = [*existing, *new]
        prepared = prepare([_record(one) for one in everybody], is_place=is_place)
        connection, weights = duckdb.connect(), Weights.shipped()
        if existing:
            load_keys(replace(prepared, records=prepared.records[: len(existing)]), connection)
        left, right = candidate_pairs(prepared, connection, first=len(existing))
        codes = name_codes(prepared, left, right, processes=PROCESSES)
        load_records(prepared, connection)
        scored = score_pairs(Pairs(left, right, codes), weights, connection, least_bits=LEAST_BITS)
        if not len(scored.left):
            return
        codes = name_codes(prepared, scored.left, scored.right, processes=PROCESSES)
        levels = find_levels(Pairs(scored.left, scored.right, codes), connection)
        chances = probability(scored.bits)
        for number in range(len(scored.left)):
            one, other = everybody[scored.left[number]].key, everybody[scored.right[number]].key
            yield ScoredPair(
                min(one, other),
                max(one, other),
                float(chances[number]),
                _evidence(levels[number : number + 1], weights),
            )

    def expectations(self) -> Sequence[Expectation]:
        """Return what was measured on seven made-up member lists, 3,000 rows in all."""
        return EXPECTED


EXPECTED = (
    Expectation(0.50, 0.952, 0.843),
    Expectation(0.70, 0.969, 0.794),
    Expectation(0.80, 0.977, 0.742),
    Expectation(0.85, 0.980, 0.716),
    Expectation(0.90, 0.990, 0.640),
    Expectation(0.95, 0.997, 0.537),
    Expectation(0.97, 0.997, 0.474),
    Expectation(0.99, 0.999, 0.340),
)


def _evidence(levels: Levels, weights: Weights) -> tuple[Evidence, ...]:
    found = [
        Evidence(comparison.key, level.key, weights.of(comparison.key, level.key))
        for comparison, number in zip(COMPARISONS, np.ravel(levels).tolist(), strict=True)
        if not (level := comparison.levels[number]).reference
    ]
    return tuple(sorted(found, key=lambda one: -abs(one.bits)))


def _record(profile: Profile) -> Record:
    return Record(
        key=str(profile.key),
        name=profile.name,
        other_names=profile.other_names,
        tax_id=next(iter(profile.tax_ids), ""),
        tax_written=next(iter(profile.tax_written), ""),
        emails=profile.emails,
        phones=profile.phones,
        website=profile.website,
        region=profile.region,
        district=profile.place if profile.place != profile.region else "",
        address=profile.address,
        activity=profile.activity,
    )
