"""Names that have nothing special about them, compared by the thousand.

Most candidates share a word, and nothing else is to be told of their main names: no word resembles
another, no cut is to be excused, no place or role is in question. What `evidence` finds for such a
pair is worked out here in columns, for many pairs at once. All other pairs are left to
`evidence.compare_names`; `tests/methods/linkage/test_plain_names.py` holds the two together.
"""

from collections.abc import Callable, Hashable, Sequence
from itertools import chain

import numpy as np

from minka.methods.linkage.alignment import Kind, are_joined_alike
from minka.methods.linkage.evidence import RARITY_BITS, Differ, Names, compare_legal
from minka.methods.linkage.names import Name
from minka.methods.linkage.vocabulary import Vocabulary
from minka.methods.linkage.word_table import Flags, Floats, Ints, WordTable

NOT_PLAIN = -1


class PlainNames:
    """Names laid out in columns; a text is the number it has in its own column, none is 0."""

    def __init__(self, names: Sequence[Names], vocabulary: Vocabulary) -> None:
        mains = [one.main for one in names]
        numbers: dict[str, int] = {}
        for word in chain.from_iterable(name.words for name in mains):
            numbers.setdefault(word, len(numbers))
        self.words = WordTable(list(numbers), vocabulary)
        self.count: Ints = np.array([len(name.words) for name in mains], np.int64)
        self.start: Ints = np.cumsum(self.count) - self.count
        flat = chain.from_iterable(name.words for name in mains)
        self.ids: Ints = np.fromiter(map(numbers.__getitem__, flat), np.int64)
        self.plain: Flags = np.array([_is_plain(name) for name in mains], np.bool_)
        self.cut: Flags = np.array([name.cut for name in mains], np.bool_)
        self.others: Flags = np.array([bool(one.others) for one in names], np.bool_)
        self.weight: Floats = np.array(
            [sum(map(vocabulary.weight, name.words)) for name in mains], np.float64
        )
        self.ordered = _numbered(mains, lambda name: name.words)
        self.sorted = _numbered(mains, lambda name: tuple(sorted(name.words)))
        self.glued = _numbered(mains, lambda name: name.glued)
        self.first = _numbered(mains, lambda name: name.glued[:1])
        self.ranks = _numbered(mains, lambda name: name.ranks)
        self.letter = _numbered(mains, lambda name: name.letter)
        self.place = _numbered(mains, lambda name: name.place)
        self.legal = _numbered(mains, lambda name: name.legal)
        forms = ["", *dict.fromkeys(name.legal for name in mains if name.legal)]
        self.legals: Ints = np.array(
            [[compare_legal(one, other) for other in forms] for one in forms], np.int64
        )

    def codes(self, a: Ints, b: Ints) -> Ints:
        """Return `NameEvidence.code` of the main names of each pair, or `NOT_PLAIN`."""
        found = np.full(len(a), NOT_PLAIN, dtype=np.int64)
        plain = self.plain[a] & self.plain[b]
        whole = (self.glued[a] == self.glued[b]) | (self.sorted[a] == self.sorted[b])
        for chosen, method in ((plain & whole, self._of_whole), (plain & ~whole, self._of_parts)):
            at = np.flatnonzero(chosen)
            if len(at):
                found[at] = method(a[at], b[at])
        return found

    def crossed(self, a: Ints, b: Ints) -> Flags:
        """Tell of which pairs other names have to be compared, or acronyms."""
        single = (self.count[a] == 1) != (self.count[b] == 1)
        found: Flags = self.others[a] | self.others[b] | (single & (self.first[a] == self.first[b]))
        return found

    def _of_whole(self, a: Ints, b: Ints) -> Ints:
        kind = np.where(self.ordered[a] == self.ordered[b], Kind.EXACT, Kind.ORDER)
        longer = np.where(self.count[b] > self.count[a], b, a)
        return self._code(a, b, kind, self.weight[longer], self._numbers_differ(a, b))

    def _of_parts(self, a: Ints, b: Ints) -> Ints:
        rest = _Rest(self, a, b)
        differ = self._numbers_differ(a, b)
        silent = differ == Differ.NOTHING
        differ[silent & (rest.left.role | rest.right.role)] = Differ.ROLE
        places = (self.place[a] != self.place[b]) & (self.place[a] > 0) & (self.place[b] > 0)
        places |= rest.left.place | rest.right.place
        unclear = silent & (places | (rest.left.role & rest.right.role))
        found = self._code(a, b, rest.kinds(), rest.shared, differ)
        found[unclear | rest.related | rest.excused] = NOT_PLAIN
        for at in np.flatnonzero((found != NOT_PLAIN) & rest.as_long).tolist():
            mine, yours = self._spelled(int(a[at])), self._spelled(int(b[at]))
            one = "".join(word for word in mine if word not in yours)
            if are_joined_alike(one, "".join(word for word in yours if word not in mine)):
                found[at] = NOT_PLAIN
        return found

    def excuses(self, short: Ints, left: "_Side", right: "_Side") -> Flags:
        """Tell where the cut of a name may be why it lacks words; see `alignment`."""
        last = self.ids[self.start[short] + self.count[short] - 1]
        found: Flags = self.cut[short] & (right.words > 0)
        found &= (left.words == 0) | (left.only == last)
        return found

    def _spelled(self, name: int) -> list[str]:
        words = self.ids[self.start[name] : self.start[name] + self.count[name]]
        return [self.words.words[word] for word in words.tolist()]

    def _numbers_differ(self, a: Ints, b: Ints) -> Ints:
        found = np.full(len(a), Differ.NOTHING, dtype=np.int64)
        letters = (self.letter[a] != self.letter[b]) & (self.letter[a] > 0) & (self.letter[b] > 0)
        found[letters] = Differ.RANK
        ranks = (self.ranks[a] != self.ranks[b]) & ~(self.cut[a] | self.cut[b])
        found[ranks] = Differ.RANK_ONE_SIDED
        found[ranks & (self.ranks[a] > 0) & (self.ranks[b] > 0)] = Differ.RANK
        return found

    def _code(self, a: Ints, b: Ints, kind: Ints, shared: Floats, differ: Ints) -> Ints:
        kind = np.where(differ == Differ.RANK, np.minimum(kind, int(Kind.PARTIAL)), kind)
        rarity = np.searchsorted(RARITY_BITS, shared, side="right")
        legal = self.legals[self.legal[a], self.legal[b]]
        found: Ints = kind + 100 * rarity + 1_000 * legal + 10_000 * differ
        return found


class _Side:
    """What is left over of the names on one side: which words tell, of roles and of places."""

    def __init__(self, words: WordTable, pair: Ints, left: Ints, count: int) -> None:
        def any_of(flags: Flags) -> Flags:
            found: Flags = np.bincount(pair[flags], minlength=count) > 0
            return found

        self.words: Ints = np.bincount(pair, minlength=count)
        self.tells = any_of(~words.common[left])
        self.role = any_of(words.role[left])
        self.place = any_of(words.place[left])
        self.size: Ints = np.bincount(pair, words.size[left], count).astype(np.int64)
        self.only: Ints = np.where(self.words == 1, np.bincount(pair, left, count), -1)


class _Rest:
    """What two names have in common word by word, and what is left over on each side."""

    def __init__(self, names: PlainNames, a: Ints, b: Ints) -> None:
        words, count = names.words, len(a)
        mine, yours = names.count[a], names.count[b]
        pair, within = _spread(mine * yours)
        at_left, at_right = within // yours[pair], within % yours[pair]
        one = names.ids[names.start[a][pair] + at_left]
        other = names.ids[names.start[b][pair] + at_right]
        same = one == other
        left_starts, right_starts = np.cumsum(mine) - mine, np.cumsum(yours) - yours
        in_left, in_right = left_starts[pair] + at_left, right_starts[pair] + at_right
        left_over, right_over = _others(mine, in_left[same]), _others(yours, in_right[same])
        shared = np.bincount(pair[same], words.weight[one[same]], count)
        self.shared: Floats = shared.astype(np.float64)
        self.tells: Flags = np.bincount(pair[same & ~words.common[one]], minlength=count) > 0
        self.left = _side(names, a, left_over)
        self.right = _side(names, b, right_over)
        crossed = np.flatnonzero(left_over[in_left] & right_over[in_right])
        related = crossed[words.related(one[crossed], other[crossed])]
        self.related: Flags = np.bincount(pair[related], minlength=count) > 0
        near = np.abs(self.left.size - self.right.size) <= 1
        several = (self.left.words > 1) | (self.right.words > 1)
        self.excused: Flags = names.excuses(a, self.left, self.right)
        self.excused |= names.excuses(b, self.right, self.left)
        self.as_long: Flags = near & several & (self.left.words > 0) & (self.right.words > 0)

    def kinds(self) -> Ints:
        """Return how names stand to each other of which no two words are related."""
        tells = self.left.tells | self.right.tells
        both = (self.left.words > 0) & (self.right.words > 0)
        loose = np.where(tells, np.where(both, Kind.PARTIAL, Kind.LESS), Kind.LESS_TRADE)
        loose = np.where(~tells & both, Kind.OTHER_TRADE, loose)
        fillers = np.where(tells | both, Kind.DIFFERENT, Kind.LESS)
        found: Ints = np.where(self.tells, loose, fillers).astype(np.int64)
        return found


def _spread(counts: Ints) -> tuple[Ints, Ints]:
    """Return for as many places as there are in all whose they are, and their number there."""
    owner = np.repeat(np.arange(len(counts)), counts)
    return owner, np.arange(len(owner)) - (np.cumsum(counts) - counts)[owner]


def _others(counts: Ints, taken: Ints) -> Flags:
    found = np.ones(int(counts.sum()), np.bool_)
    found[taken] = False
    return found


def _side(names: PlainNames, chosen: Ints, over: Flags) -> _Side:
    owner, within = _spread(names.count[chosen])
    words = names.ids[names.start[chosen][owner[over]] + within[over]]
    return _Side(names.words, owner[over], words, len(chosen))


def _is_plain(name: Name) -> bool:
    return bool(name.words) and len(set(name.words)) == len(name.words)


def _numbered(names: Sequence[Name], read: Callable[[Name], Hashable]) -> Ints:
    """Number what names have; what says nothing is 0."""
    known: dict[Hashable, int] = {}
    return np.array(
        [known.setdefault(said, len(known) + 1) if (said := read(name)) else 0 for name in names],
        np.int64,
    )
