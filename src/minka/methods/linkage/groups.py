"""Which records are one organisation, and which cannot be."""

from collections import defaultdict
from collections.abc import Sequence


class Groups:
    """Disjoint sets of records, each with the trusted tax ids of its members.

    Source: Tarjan (1975), union by size with path halving; the constraint as in Wagstaff et al.
    (2001), "Constrained K-means Clustering": two ids of one country cannot be linked.
    """

    def __init__(self, tax: Sequence[str]) -> None:
        self._parent = list(range(len(tax)))
        self._size = [1] * len(tax)
        self._tax: list[dict[str, str] | None] = [
            dict([one.split(":", 1)]) if one else None for one in tax
        ]
        self._apart: dict[int, set[int]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._parent)

    def find(self, record: int) -> int:
        parent = self._parent
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    def size(self, record: int) -> int:
        return self._size[self.find(record)]

    def contradict(self, one: int, other: int) -> bool:
        """Tell whether two groups hold different ids of one country, or were told apart."""
        a, b = self.find(one), self.find(other)
        if b in self._apart.get(a, ()):
            return True
        mine, yours = self._tax[a], self._tax[b]
        if not mine or not yours:
            return False
        return any(yours.get(scheme, number) != number for scheme, number in mine.items())

    def keep_apart(self, one: int, other: int) -> None:
        """Remember that somebody said that two records are two organisations."""
        a, b = self.find(one), self.find(other)
        if a == b:
            raise ValueError("they are one group already")
        self._apart[a].add(b)
        self._apart[b].add(a)

    def join(self, one: int, other: int) -> bool:
        """Join two groups unless something forbids it; tell whether they are one now."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return True
        if self.contradict(a, b):
            return False
        if self._size[a] < self._size[b]:
            a, b = b, a
        self._parent[b] = a
        self._size[a] += self._size[b]
        if theirs := self._tax[b]:
            self._tax[a] = {**(self._tax[a] or {}), **theirs}
        for foe in self._apart.pop(b, ()):
            self._apart[foe].discard(b)
            self._apart[foe].add(a)
            self._apart[a].add(foe)
        return True

    def tax(self, record: int) -> str:
        """Return an id of a record's group as `scheme:number`, or empty."""
        known = self._tax[self.find(record)] or {}
        return next((f"{scheme}:{number}" for scheme, number in known.items()), "")

    def labels(self) -> list[int]:
        """Return for each record the first record of its group."""
        first: dict[int, int] = {}
        return [first.setdefault(self.find(i), i) for i in range(len(self._parent))]


def join_same_tax(groups: Groups, tax: Sequence[str]) -> None:
    """Records with one trusted tax id are one organisation."""
    first: dict[str, int] = {}
    for index, one in enumerate(tax):
        if one and (before := first.setdefault(one, index)) != index:
            groups.join(before, index)
