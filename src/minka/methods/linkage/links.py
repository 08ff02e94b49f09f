"""What links two groups: a pair of their records, or what several pairs say together."""

from array import array
from dataclasses import dataclass
from operator import add

import numpy as np
from numpy.typing import NDArray

from minka.methods.linkage.profiles import Profile, Profiles, total

# A link of two groups is made of its best pair, of the mean of all pairs, and of what the groups
# say thing by thing (`profiles`), in these shares; without profiles the mean has their share, too.
LONE_SHARE = 0.3
PROFILE_SHARE = 0.4
MEAN_SHARE = 1 - LONE_SHARE - PROFILE_SHARE
CLIP_BITS = 8.0
_SILENT: Profile = array("d", (0.0, 1.0))


@dataclass(slots=True)
class _Several:
    """The sum and number of the bits of several pairs, and the best of them."""

    total: float
    count: int
    best: float
    pair: int
    profile: Profile
    best_name: float


class Links:
    """All links by their numbers: a pair that is alone, as most are, keeps its own number.

    `bits` holds those of each link, none too loud.
    """

    def __init__(self, bits: NDArray[np.float64], profiles: Profiles | None) -> None:
        clipped = np.clip(bits, -CLIP_BITS, CLIP_BITS)
        self.bits = array("d", clipped.tobytes())
        self._profiles = profiles
        self._pairs = len(clipped)
        self._several: dict[int, _Several] = {}

    def pair(self, link: int) -> int:
        """Return the pair that speaks loudest in a link."""
        return link if link < self._pairs else self._several[link].pair

    def add(self, link: int, more: int) -> int:
        """Return the link that two links of the same two groups make; neither is used again."""
        if link < self._pairs:
            one = self._alone(link)
            link = len(self.bits)
            self.bits.append(0.0)
            self._several[link] = one
        else:
            one = self._several[link]
        other = self._alone(more) if more < self._pairs else self._several.pop(more)
        one.total += other.total
        one.count += other.count
        if other.best > one.best:
            one.best, one.pair = other.best, other.pair
        whole = mean = one.total / one.count
        if self._profiles:
            one.profile = array("d", map(add, one.profile, other.profile))
            one.best_name = max(one.best_name, other.best_name)
            whole = total(one.profile, one.best_name, self._profiles.prior_bits)
            whole = min(max(whole, -CLIP_BITS), CLIP_BITS)
        self.bits[link] = LONE_SHARE * one.best + PROFILE_SHARE * whole + MEAN_SHARE * mean
        return link

    def _alone(self, pair: int) -> _Several:
        weight = self.bits[pair]
        profile = self._profiles.of(pair) if self._profiles else _SILENT
        return _Several(weight, 1, weight, pair, profile, profile[0])
