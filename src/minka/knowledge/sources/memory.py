"""What the engine remembers of the rows of actors, and which of them new rows may be near to.

Two jobs on one map remember one after the other, each its own rows; what both count is added up by
the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from minka.knowledge.actions.linkage_memory import remember
from minka.knowledge.queries.linkage_memory import (
    actors_near,
    holders,
    sheet_facts,
    sizes,
    word_counts,
)
from minka.knowledge.sources.linkable import cut_length, is_place
from minka.methods.likeness import Profile
from minka.methods.linkage.blocking import BLOCK_LIMIT
from minka.methods.linkage.memory import (
    contact_keys,
    keys_told,
    name_rows,
    names_of,
    new_counts,
    recalled,
)
from minka.methods.linkage.provenance import SELDOM
from minka.methods.linkage.records import MANY_NAMES, Prepared
from minka.methods.linkage.vocabulary import FREQUENT, Vocabulary
from minka.methods.linkage.words import COMMON

Facts = dict[int, tuple[int, str]]  # of a sheet: where its names are cut, how often it repeats


def facts_of(rows: Sequence[Profile]) -> Facts:
    """Return what is known of the sheets of these rows; nothing of sheets never remembered."""
    return sheet_facts({row.sheet for row in rows if row.sheet})


def cuts_of(rows: Sequence[Profile], facts: Mapping[int, tuple[int, str]]) -> dict[int, int]:
    """Return where each sheet cuts its names: as remembered, or as these rows tell."""
    names: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.sheet and row.sheet not in facts:
            names[row.sheet].append(row.name)
    found = {sheet: cut for sheet, (cut, _repeating) in facts.items()}
    return found | {sheet: cut_length(some) for sheet, some in names.items()}


def remember_rows(
    prepared: Prepared,
    rows: Sequence[Profile],
    *,
    cuts: Mapping[int, int],
    facts: Facts,
    vocabulary: Vocabulary | None = None,
) -> None:
    """Remember these rows, whose actors are all of them; what was remembered before stays.

    Args:
        prepared: the rows, taken apart.
        rows: the rows.
        cuts: where their sheets cut names off.
        facts: of their sheets, as far as they were known.
        vocabulary: of all rows there are; what is remembered, if it is not given.
    """
    actors = [row.key for row in rows]
    counted = name_rows(prepared, actors)
    more = new_counts(counted, holders({one.key for one in counted}))
    if vocabulary is None:
        vocabulary = _vocabulary(prepared, more)
    prepared.vocabulary = vocabulary
    repeating = dict(zip((row.sheet for row in rows), prepared.repeating, strict=True))
    remember(
        actors=sorted(set(actors)),
        keys={
            (*told, actor)
            for index, actor in enumerate(actors)
            for told in keys_told(prepared, index)
        },
        words=more,
        sheets={
            sheet: (cuts.get(sheet, 0), repeating.get(sheet) or SELDOM)
            for sheet in {row.sheet for row in rows if row.sheet} - facts.keys()
        },
    )


def near_rows(prepared: Prepared, chosen: Iterable[int]) -> set[int]:
    """Return the actors that share a key with the chosen ones of these rows."""
    wanted = {told for index in chosen for told in keys_told(prepared, index)}
    return actors_near(wanted, limit=BLOCK_LIMIT)


def vocabulary_of(prepared: Prepared) -> Vocabulary:
    """Return what is remembered of the words of these rows."""
    return _vocabulary(prepared, {})


def shared_by_many(prepared: Prepared) -> set[str]:
    """Return the contacts of these rows that more rows have than those at hand."""
    contacts = contact_keys(prepared)
    return {contacts[key] for key, size in sizes(contacts).items() if size > MANY_NAMES}


def _vocabulary(prepared: Prepared, more: Mapping[str, tuple[int, int]]) -> Vocabulary:
    words = {
        word for names in prepared.names for name in names_of(names) for word in name.words
    } | COMMON
    counts = word_counts(words, frequent=FREQUENT)
    for word, (names, seen) in more.items():
        before = counts.get(word, (0, 0))
        counts[word] = before[0] + names, before[1] + seen
    branches = (names.main.branch for names in prepared.names if names.main.branch)
    return recalled(counts, branches, is_place)
