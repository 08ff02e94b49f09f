"""Merge what two people wrote from the same beginning, where it does not clash.

Texts are merged by paragraphs, lists by their items, dictionaries by their keys. What both changed
in the same place is a clash, and nothing is guessed.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class Merged:
    """What came out; where it is not clean, `value` is what was there (theirs)."""

    value: Any
    is_clean: bool = True


def merge(base: Any, mine: Any, theirs: Any) -> Merged:
    """Return what both wants come to.

    Plain values clash when both changed them; texts, lists and dictionaries are looked into.
    """
    if mine in (base, theirs):
        return Merged(theirs)
    if theirs == base:
        return Merged(mine)
    if all(isinstance(one, str) for one in (base, mine, theirs)):
        found = merge_sequences(*(one.split("\n") for one in (base, mine, theirs)))
        return Merged(theirs, is_clean=False) if found is None else Merged("\n".join(found))
    if all(isinstance(one, list) for one in (base, mine, theirs)):
        return _merge_lists(base, mine, theirs)
    if all(isinstance(one, dict) for one in (base, mine, theirs)):
        return _merge_mappings(base, mine, theirs)
    return Merged(theirs, is_clean=False)


def merge_sequences(base: Sequence[T], mine: Sequence[T], theirs: Sequence[T]) -> list[T] | None:
    """Return the items with the changes of both; None where both changed the same place."""
    found: list[T] = []
    for is_same, b, m, t in _stretches(base, mine, theirs):
        one, two, three = list(base[b]), list(mine[m]), list(theirs[t])
        if is_same or three in (one, two):
            found += two
        elif two == one:
            found += three
        else:
            return None
    return found


def _stretches(
    base: Sequence[Hashable], mine: Sequence[Hashable], theirs: Sequence[Hashable]
) -> Iterator[tuple[bool, slice, slice, slice]]:
    """Yield what is the same in all three, and what lies between, in turns."""
    in_mine, in_theirs = _places(base, mine), _places(base, theirs)
    b = m = t = 0
    position = 0
    while position < len(base):
        if position in in_mine and position in in_theirs:
            here_m, here_t = in_mine[position], in_theirs[position]
            yield False, slice(b, position), slice(m, here_m), slice(t, here_t)
            yield (
                True,
                slice(position, position + 1),
                slice(here_m, here_m + 1),
                slice(here_t, here_t + 1),
            )
            b, m, t = position + 1, here_m + 1, here_t + 1
        position += 1
    yield False, slice(b, len(base)), slice(m, len(mine)), slice(t, len(theirs))


def _places(base: Sequence[Hashable], other: Sequence[Hashable]) -> dict[int, int]:
    """Return where each item of the beginning that is kept stands in the other."""
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def _merge_lists(base: list[Any], mine: list[Any], theirs: list[Any]) -> Merged:
    if len(base) == len(mine) == len(theirs):  # no line came or went: each one by itself
        lines = [merge(*three) for three in zip(base, mine, theirs, strict=True)]
        if all(one.is_clean for one in lines):
            return Merged([one.value for one in lines])
        return Merged(theirs, is_clean=False)
    keyed = [[_key(item) for item in several] for several in (base, mine, theirs)]
    by_key = {_key(item): item for item in (*base, *mine, *theirs)}
    found = merge_sequences(*keyed)
    if found is None:
        return Merged(theirs, is_clean=False)
    return Merged([by_key[key] for key in found])


def _merge_mappings(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> Merged:
    names = dict.fromkeys((*theirs, *mine, *base))
    found = {n: merge(base.get(n, ""), mine.get(n, ""), theirs.get(n, "")) for n in names}
    if not all(one.is_clean for one in found.values()):
        return Merged(theirs, is_clean=False)
    return Merged({name: one.value for name, one in found.items()})


def _key(item: Any) -> Hashable:
    return repr(sorted(item.items())) if isinstance(item, dict) else repr(item)
