"""What is to be assigned to whom, and within which limits: plain values, checked once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pair = tuple[int, int]  # item, person


@dataclass(frozen=True, slots=True)
class Kind:
    """So many of the people of every item have to be of some people: the technical ones, say."""

    name: str
    people: frozenset[int]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Task:
    """Give each item its people.

    Args:
        fits: shape (items, people): how well a person fits an item, in any unit, the higher the
            better; NaN where the pair is not allowed: a conflict, a language, no common theme.
        needs: shape (items,): how many different people each item has to get.
        most: shape (people,): how many items each person may get.
        least: shape (people,): how many items each person has to get.
        kinds: of people, of which every item that needs anybody has to get some.
        fixed: pairs that have to stay, to solve again around them.

    Raises:
        ValueError: shapes disagree, a number makes no sense, or a fixed pair is not allowed.
    """

    fits: Floats
    needs: tuple[int, ...]
    most: tuple[int, ...]
    least: tuple[int, ...]
    kinds: tuple[Kind, ...] = ()
    fixed: frozenset[Pair] = frozenset()

    def __post_init__(self) -> None:
        items, people = self.fits.shape
        _require(items > 0 and people > 0, "there has to be an item and a person")
        _require(len(self.needs) == items, "one need per item is wanted")
        loads = len(self.most) == len(self.least) == people
        _require(loads, "one highest and one lowest load per person are wanted")
        least = min((*self.needs, *self.least), default=0)
        _require(least >= 0, "needs and loads are not negative")
        bounds = zip(self.least, self.most, strict=True)
        _require(all(low <= high for low, high in bounds), "a lowest load is above the highest")
        _require(not np.isinf(self.fits).any(), "fits have to be finite")
        for kind in self.kinds:
            _require(all(0 <= one < people for one in kind.people), f"{kind.name}: nobody there")
        for item, person in self.fixed:
            inside = 0 <= item < items and 0 <= person < people
            allowed = inside and not np.isnan(self.fits[item, person])
            _require(allowed, "a fixed pair is not allowed")

    @classmethod
    def alike(  # noqa: PLR0913 -- each is one wish
        cls,
        fits: Floats,
        *,
        per_item: int,
        max_load: int,
        min_load: int = 0,
        kinds: tuple[Kind, ...] = (),
        fixed: Iterable[Pair] = (),
    ) -> "Task":
        """Return a task in which every item needs as many, and every person bears the same."""
        items, people = fits.shape
        return cls(
            fits, (per_item,) * items, (max_load,) * people, (min_load,) * people, kinds,
            frozenset(fixed),
        )  # fmt: skip

    @property
    def allowed(self) -> NDArray[np.bool_]:
        """Shape (items, people): True where a pair may be chosen."""
        found: NDArray[np.bool_] = ~np.isnan(self.fits)
        return found

    @property
    def fixed_table(self) -> NDArray[np.intp]:
        """Shape (items, people): 1 where a pair is fixed, else 0."""
        found = np.zeros(self.fits.shape, dtype=np.intp)
        for pair in self.fixed:
            found[pair] = 1
        return found

    def totals(self, pairs: Iterable[Pair]) -> Floats:
        """Return the total fit of each item, shape (items,)."""
        found = np.zeros(len(self.needs))
        for item, person in sorted(pairs):
            found[item] += self.fits[item, person]
        return found

    def worst(self, pairs: Iterable[Pair]) -> float:
        """Return the total fit of the worst-served item that needs anybody; 0 where none does."""
        asked = np.asarray(self.needs) > 0
        return float(self.totals(pairs)[asked].min()) if asked.any() else 0.0

    def broken_by(self, pairs: Sequence[Pair]) -> list[str]:
        """Return what a choice made by hand breaks, in words for the log; empty where nothing."""
        chosen = set(pairs)
        found = [f"pair {p} is chosen twice" for p, n in Counter(pairs).items() if n > 1]
        found += [f"pair {p} is not allowed" for p in sorted(chosen) if np.isnan(self.fits[p])]
        found += [f"pair {p} was fixed" for p in sorted(self.fixed - chosen)]
        got, load = Counter(i for i, _p in chosen), Counter(p for _i, p in chosen)
        found += [f"item {i} has {got[i]} of {n}" for i, n in enumerate(self.needs) if got[i] != n]
        for person, (low, high) in enumerate(zip(self.least, self.most, strict=True)):
            if not low <= load[person] <= high:
                found.append(f"person {person} has {load[person]}, not {low} to {high}")
        for kind in self.kinds:
            of_kind = Counter(i for i, p in chosen if p in kind.people)
            few = [i for i, n in enumerate(self.needs) if n and of_kind[i] < kind.at_least]
            found += [f"item {i} has {of_kind[i]} of kind {kind.name}" for i in few]
        return found


@dataclass(frozen=True, slots=True)
class Assignment:
    """A choice of pairs and what is proven of it.

    Args:
        pairs: in ascending order.
        worst: the total fit of the worst-served item, in the unit of the fits.
        total: the sum of all fits, in the same unit.
        worst_bound: no assignment serves its worst item better than this.
        total_bound: no assignment sums to more than this; with `worst-first`, none of those whose
            worst-served item is served as well as here.
    """

    pairs: tuple[Pair, ...]
    worst: float
    total: float
    worst_bound: float
    total_bound: float

    @property
    def is_proven(self) -> bool:
        """True where nothing better is left to be found."""
        return not (self.worst_gap or self.total_gap)

    @property
    def worst_gap(self) -> float:
        """What the worst-served item could gain at most; 0 where that is proven to be nothing."""
        return _gap(self.worst, self.worst_bound)

    @property
    def total_gap(self) -> float:
        """What the sum could gain at most; 0 where that is proven to be nothing."""
        return _gap(self.total, self.total_bound)


def _gap(value: float, bound: float) -> float:
    gap = bound - value
    return gap if gap > 1e-7 * max(1.0, abs(value)) else 0.0


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)
