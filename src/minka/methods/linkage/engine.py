"""The whole way: records in, organisations out, with the evidence for each decision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import duckdb
import numpy as np

from minka.methods.linkage.blocking import candidate_pairs
from minka.methods.linkage.clustering import Lines, Outcome
from minka.methods.linkage.collecting import uncollected
from minka.methods.linkage.comparisons import COMPARISONS
from minka.methods.linkage.groups import Groups, join_same_tax
from minka.methods.linkage.model import (
    Ints,
    Levels,
    Pairs,
    Scored,
    Weights,
    find_levels,
    load_records,
    score_pairs,
)
from minka.methods.linkage.names import IsPlace
from minka.methods.linkage.pairs import name_codes
from minka.methods.linkage.profiles import Profiles
from minka.methods.linkage.records import Prepared, Record, append, prepare
from minka.methods.linkage.review import Answers, Question, known_groups, questions
from minka.methods.linkage.second_look import Found, Origins
from minka.methods.linkage.settling import Settling
from minka.methods.linkage.verdicts import Verdict, verdicts

_DATABASE_GIB = 3  # what does not fit is kept on disk meanwhile
MARGIN_BITS = 4.0  # open links are listed this far below the band of review
Progress = Callable[[str], None]


def _silent(_step: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Bands:
    """Where the line runs, in bits of the link between two groups: 1 bit is odds of two to one."""

    join_bits: float = 0.4
    review_bits: float = -2.0
    second_bits: float = 0.3  # from here groups are joined at the second look
    least_bits: float = -14.0  # lighter pairs are not kept: they count as that


@dataclass(frozen=True, slots=True)
class Options:
    weights: Weights = field(default_factory=Weights.shipped)
    bands: Bands = field(default_factory=Bands)
    processes: int = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison of two records: what it found, and how many bits for (or against)."""

    comparison: str
    level: str
    bits: float


@dataclass(slots=True)
class Resolution:
    prepared: Prepared
    groups: Groups
    pairs: Scored
    outcome: Outcome
    options: Options
    connection: duckdb.DuckDBPyConnection = field(repr=False)
    settling: Settling = field(repr=False)

    @property
    def tax(self) -> list[str]:
        """Return the trusted tax id of each record, or empty."""
        return self.prepared.tax

    def questions(self) -> list[Question]:
        """Return what to ask a person, the most telling first."""
        return questions(self.appraised(Answers()))

    def appraised(self, answers: Answers) -> Outcome:
        """Return the outcome with each merge as likely as it looks beside all others."""
        return self.settling.appraise(known_groups(self.tax, answers), self.outcome)

    def explain(self, pairs: Sequence[tuple[int, int]]) -> list[list[Evidence]]:
        """Return the evidence about each pair of records, the heaviest first.

        What both records leave unsaid is left out.
        """
        ordered = np.array([sorted(pair) for pair in pairs], dtype=np.int64).reshape(-1, 2)
        left, right = ordered[:, 0], ordered[:, 1]
        codes = name_codes(self.prepared, left, right, processes=1)
        levels = find_levels(Pairs(left, right, codes), self.connection)
        return evidence_of(levels, self.options.weights)

    def verdicts(self) -> list[Verdict]:
        """Return the decision about each record, in order."""
        return verdicts(
            self.groups, self.pairs, self.outcome.open_links,
            tax=self.prepared.tax, review_bits=self.options.bands.review_bits,
        )  # fmt: skip


def evidence_of(levels: Levels, weights: Weights) -> list[list[Evidence]]:
    """Return what speaks for and against each pair, the heaviest first, by the levels found."""
    return [
        sorted(
            (
                Evidence(comparison.key, level.key, weights.of(comparison.key, level.key))
                for comparison, number in zip(COMPARISONS, row, strict=True)
                if not (level := comparison.levels[number]).reference
            ),
            key=lambda evidence: -abs(evidence.bits),
        )
        for row in levels.tolist()
    ]


@uncollected()
def resolve(
    records: Sequence[Record],
    *,
    is_place: IsPlace,
    answers: Answers | None = None,
    options: Options | None = None,
    progress: Progress = _silent,
) -> Resolution:
    """Find out which records are one organisation.

    Args:
        records: of all sources together, cleaned.
        is_place: tells whether a text is the name of a place.
        answers: what people said before; never asked again.
        options: weights, bands and means; the shipped ones unless given.
        progress: called with the name of each step as it begins.
    """
    chosen = options or Options()
    connection = duckdb.connect()
    connection.execute(
        f"set threads = {int(chosen.processes)}; set memory_limit = '{_DATABASE_GIB}GiB'"
    )
    progress("names")
    prepared = prepare(records, is_place=is_place, processes=chosen.processes)
    groups = known_groups(prepared.tax, answers or Answers())
    start = _Start(prepared, groups, connection, first=0)
    return _decide(start, chosen, progress)


@uncollected()
def extend(
    earlier: Resolution,
    records: Sequence[Record],
    *,
    is_place: IsPlace,
    progress: Progress = _silent,
) -> Resolution:
    """Resolve new records against the organisations there are, which stay as they are.

    A new record may join an organisation or bring a new one; it does not take old ones apart nor
    join two of them, except by carrying the tax id of both. Only pairs with a new record are
    compared, with the vocabulary learnt before.
    """
    first = len(earlier.prepared.records)
    prepared = append(earlier.prepared, records, is_place=is_place)
    groups = Groups(prepared.tax)
    for index, label in enumerate(earlier.groups.labels()):
        groups.join(label, index)
    join_same_tax(groups, prepared.tax)
    start = _Start(prepared, groups, earlier.connection, first=first)
    return _decide(start, earlier.options, progress)


@dataclass(frozen=True, slots=True)
class _Start:
    prepared: Prepared
    groups: Groups
    connection: duckdb.DuckDBPyConnection
    first: int  # records before this one were resolved earlier


def _decide(start: _Start, options: Options, progress: Progress) -> Resolution:
    prepared, connection = start.prepared, start.connection
    progress("candidates")
    left, right = candidate_pairs(
        prepared, connection, first=start.first, processes=options.processes
    )
    progress("comparison of names")
    codes = name_codes(prepared, left, right, processes=options.processes)
    progress("scores")
    load_records(prepared, connection)
    pairs = score_pairs(
        Pairs(left, right, codes), options.weights, connection, least_bits=options.bands.least_bits
    )
    progress("groups")
    bands = options.bands
    lines = Lines(bands.join_bits, bands.review_bits - MARGIN_BITS)
    profiles = _profiles(Pairs(left, right, codes), pairs, options.weights, connection)
    origins = Origins(prepared.sources, prepared.repeating)
    found = Found(pairs, profiles, origins, prepared.ranks)
    settling = Settling(found, lines, options.weights.links, bands.second_bits)
    outcome = settling.settle(start.groups)
    return Resolution(prepared, start.groups, pairs, outcome, options, connection, settling)


def _profiles(
    compared: Pairs, scored: Scored, weights: Weights, connection: duckdb.DuckDBPyConnection
) -> Profiles:
    """Return what finds the levels of scored pairs, whose codes are among those compared."""
    size = int(compared.right.max(initial=0)) + 1
    at = np.searchsorted(compared.left * size + compared.right, scored.left * size + scored.right)
    codes = compared.codes[at]

    def find(chosen: Ints) -> Levels:
        pairs = Pairs(scored.left[chosen], scored.right[chosen], codes[chosen])
        return find_levels(pairs, connection)

    return Profiles(weights, find, len(scored.left))
