"""Which row of a newer list is which row of the older one, among those that share a key."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import TypeVar

from minka.methods.text import search_key

Before = TypeVar("Before")
After = TypeVar("After")


def pair_rows(
    before: Sequence[tuple[Before, str]], after: Sequence[tuple[After, str]]
) -> Iterator[tuple[Before, After]]:
    """Yield pairs of old and new, given each with the name it bears.

    Rows of one name belong together, in the order of the lists. Of those that are left a pair is
    certain only when each list has exactly one.
    """
    waiting: dict[str, deque[After]] = defaultdict(deque)
    for row, name in after:
        waiting[search_key(name)].append(row)
    alone = []
    for old, name in before:
        same = waiting[search_key(name)]
        if same:
            yield old, same.popleft()
        else:
            alone.append(old)
    left = [new for rows in waiting.values() for new in rows]
    if len(alone) == len(left) == 1:
        yield alone[0], left[0]
