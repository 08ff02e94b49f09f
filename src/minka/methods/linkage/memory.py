"""What is kept of rows so that new ones find them again: checksums of keys, and counts of words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from minka.methods.linkage.blocking import block_keys
from minka.methods.linkage.evidence import Names
from minka.methods.linkage.names import IsPlace, Name
from minka.methods.linkage.records import Prepared
from minka.methods.linkage.vocabulary import Vocabulary, weigh_words

Told = tuple[int, int, int]  # key, region, beginning of the name
_HALF = 1 << 31


def checksum(text: str) -> int:
    """Return a number of 32 bits for a text, as databases keep it; 0 for none."""
    return crc32(text.encode()) - _HALF if text else 0


def keys_told(prepared: Prepared, index: int) -> list[Told]:
    """Return the keys of one row, each with its region and the beginning of its name."""
    region = checksum(prepared.regions[index])
    start = checksum(prepared.names[index].main.key[:12])
    own = {*block_keys(prepared, index), *map(name_key, names_of(prepared.names[index]))}
    return [(checksum(key), region, start) for key in own]


def contact_keys(prepared: Prepared) -> dict[int, str]:
    """Return the keys of all contacts, and the contact of each."""
    return {
        checksum(f"{kind}:{value}"): value
        for kind, column in (
            ("e", prepared.emails),
            ("d", prepared.domains),
            ("p", prepared.phones),
        )
        for values in column
        for value in values
    }


def names_of(names: Names) -> tuple[Name, ...]:
    """Return all names of a row."""
    return (names.main, *names.others)


def name_key(name: Name) -> str:
    """Return by what a name is known to have been counted."""
    ranks = " ".join(sorted(name.ranks))
    return "n:" + "|".join((name.key, name.legal, name.branch, ranks, name.letter, str(name.cut)))


@dataclass(frozen=True, slots=True)
class NameRows:
    """How many rows of an actor show a name."""

    name: Name
    key: int
    actor: int
    rows: int


def name_rows(prepared: Prepared, actors: Sequence[int]) -> list[NameRows]:
    """Count the rows of each actor by their names."""
    counted = Counter(
        (name, actor)
        for names, actor in zip(prepared.names, actors, strict=True)
        for name in names_of(names)
    )
    return [
        NameRows(name, checksum(name_key(name)), actor, rows)
        for (name, actor), rows in counted.items()
    ]


def new_counts(
    rows: Iterable[NameRows], known: Iterable[tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """Return in how many more names and rows each word is; the empty word counts the names.

    Args:
        rows: names with the actors that have them.
        known: keys of names that were counted before, with the actors that had them then.
    """
    had = set(known)
    counted = {key for key, _actor in had}
    names: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for one in rows:
        words = {word[:120] for word in one.name.words}
        if one.key not in counted:
            counted.add(one.key)
            names.update(["", *words])
        if (one.key, one.actor) not in had:
            seen.update(dict.fromkeys(words, one.rows))
    return {word: (names[word], seen[word]) for word in {*names, *seen}}


def recalled(
    counts: Mapping[str, tuple[int, int]], branches: Iterable[str], is_place: IsPlace
) -> Vocabulary:
    """Return the vocabulary that counts make; `branches` are texts that may be names of places."""
    found = Vocabulary(names=counts.get("", (0, 0))[0])
    for word, (names, seen) in counts.items():
        if word:
            found.counts[word], found.seen[word] = names, seen
    found.places = {word for word in {*found.counts, *branches} if is_place(word)}
    return weigh_words(found)
