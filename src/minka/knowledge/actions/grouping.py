"""Groups of actors that grow pair by pair, and what may never be in one."""

from collections import defaultdict
from collections.abc import Mapping

from minka.knowledge.states import PairVerdict


class Grouping:
    """Joins actors unless two tax ids of one country, or two known to differ, would meet."""

    def __init__(
        self,
        tax_ids: Mapping[int, Mapping[str, str]],
        known: Mapping[tuple[int, int], str],
    ) -> None:
        """`tax_ids` of each actor by scheme; `known` what people said of pairs of living ones."""
        self._parent: dict[int, int] = {}
        self._members: dict[int, set[int]] = {}
        self._numbers = {key: dict(numbers) for key, numbers in tax_ids.items()}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for (one, other), verdict in known.items():
            if verdict != PairVerdict.SAME:
                self._apart[one].add(other)
                self._apart[other].add(one)

    def join(self, one: int, other: int) -> bool:
        """Put two into one group; return False if something stands against it."""
        first, second = self._find(one), self._find(other)
        if first == second:
            return True
        mine, yours = self._numbers.get(first, {}), self._numbers.get(second, {})
        if any(yours.get(scheme, value) != value for scheme, value in mine.items()):
            return False
        if len(self._members[first]) < len(self._members[second]):
            first, second = second, first
        if any(self._apart[key] & self._members[first] for key in self._members[second]):
            return False
        self._parent[second] = first
        self._members[first] |= self._members.pop(second)
        self._numbers[first] = mine | yours
        return True

    def groups(self) -> list[set[int]]:
        """Return the groups of more than one."""
        return [members for members in self._members.values() if len(members) > 1]

    def _find(self, key: int) -> int:
        if key not in self._parent:
            self._members.setdefault(key, {key})
        while (above := self._parent.get(key)) is not None:
            key = above
        return key
