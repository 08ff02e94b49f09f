"""Groups of places that tell roughly where somebody stands, and nobody's exact place. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

LEAST = 3  # in a group: of fewer, whoever knows the others would know the place
MOST = 4  # groups


@dataclass(frozen=True, slots=True)
class Group:
    """Where one stands: `number` of `groups`, 1 the best, with `size` in it."""

    number: int
    groups: int
    size: int


def position_groups(bands: Sequence[int], *, least: int = LEAST, most: int = MOST) -> list[Group]:
    """Return the group of each item; the items come best first.

    Ties are never split: those that the data do not separate are in one group. A group is closed
    when it has enough, and a last one that is too small joins the one before. One group alone
    says only that everybody is in it.

    Args:
        bands: the tie band of each item, which does not fall from one item to the next.
        least: the fewest of a group.
        most: how many groups there are at most.
    """
    enough = max(least, -(-len(bands) // most))
    sizes: list[int] = []
    open_size = 0
    for _band, several in groupby(bands):
        open_size += len(list(several))
        if open_size >= enough:
            sizes.append(open_size)
            open_size = 0
    if open_size:
        if sizes:
            sizes[-1] += open_size
        else:
            sizes.append(open_size)
    return [
        Group(number, len(sizes), size)
        for number, size in enumerate(sizes, start=1)
        for _one in range(size)
    ]
