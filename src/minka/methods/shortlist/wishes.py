"""What is to be chosen, and what is wished of the choice: plain values, checked once."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Share:
    """At least or at most so many of some items: of a company, a theme, a stage."""

    name: str
    members: frozenset[int]
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What the chosen cost together stays within an amount; the unit is the caller's."""

    name: str
    costs: tuple[float, ...]
    at_most: float


@dataclass(frozen=True, slots=True)
class MustHave:
    """An item that has to be among the chosen."""

    name: str
    item: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that may not be among the chosen."""

    name: str
    item: int


@dataclass(frozen=True, slots=True)
class NeverTogether:
    """Items of which one at most is chosen."""

    name: str
    items: frozenset[int]


Constraint: TypeAlias = Share | Budget | MustHave | LeftOut | NeverTogether


@dataclass(frozen=True, slots=True)
class Bonus:
    """Value that two items have together beside their own; negative where they overlap."""

    one: int
    other: int
    value: float


@dataclass(frozen=True, slots=True)
class Wishes:
    """Choose exactly `size` of the items so that their values sum to the most.

    With `fewest`, choose from so many to `size` of them: then a value below zero takes away from
    the whole.

    `values` has shape (items,), in any unit. Items are numbered from 0 in its order. Names of
    constraints are unlike each other: by them a clash and a price are told.

    Raises:
        ValueError: a number makes no sense, an item does not exist, or two names are the same.
    """

    values: tuple[float, ...]
    size: int
    constraints: tuple[Constraint, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    fewest: int | None = None

    def __post_init__(self) -> None:
        _require(self.size >= 1, f"at least one has to be chosen, not {self.size}")
        least = self.size if self.fewest is None else self.fewest
        _require(0 <= least <= self.size, f"from {least} to {self.size} cannot be chosen")
        numbers = [*self.values, *(bonus.value for bonus in self.bonuses)]
        _require(all(map(isfinite, numbers)), "values and bonuses have to be finite numbers")
        names = [constraint.name for constraint in self.constraints]
        _require(len(set(names)) == len(names), "two constraints have the same name")
        for constraint in self.constraints:
            self._check(constraint)
        for bonus in self.bonuses:
            self._check_items((bonus.one, bonus.other))
            _require(bonus.one != bonus.other, "a bonus is of two items")

    def without(self, *names: str) -> "Wishes":
        """Return the same wishes with some constraints lifted."""
        kept = tuple(one for one in self.constraints if one.name not in names)
        return Wishes(self.values, self.size, kept, self.bonuses, self.fewest)

    def value_of(self, chosen: Sequence[int]) -> float:
        """Return what a set of items is worth, bonuses included; whether it is allowed or not."""
        held = frozenset(chosen)
        own = sum(self.values[item] for item in sorted(held))
        return own + sum(b.value for b in self.bonuses if b.one in held and b.other in held)

    def broken_by(self, chosen: Sequence[int]) -> list[str]:
        """Return the names of the constraints that a set of items breaks."""
        held = frozenset(chosen)
        return [one.name for one in self.constraints if _is_broken(one, held)]

    def _check(self, constraint: Constraint) -> None:
        if isinstance(constraint, Share):
            self._check_items(constraint.members)
            most = constraint.at_most
            _require(constraint.at_least >= 0, f"{constraint.name}: less than none")
            _require(most is None or most >= 0, f"{constraint.name}: less than none")
        elif isinstance(constraint, Budget):
            same = len(constraint.costs) == len(self.values)
            _require(same, f"{constraint.name}: one cost per item is needed")
            numbers = (*constraint.costs, constraint.at_most)
            _require(all(map(isfinite, numbers)), f"{constraint.name}: costs have to be finite")
        elif isinstance(constraint, NeverTogether):
            self._check_items(constraint.items)
        else:
            self._check_items((constraint.item,))

    def _check_items(self, items: Sequence[int] | frozenset[int]) -> None:
        known = range(len(self.values))
        _require(all(item in known for item in items), "an item is named that does not exist")


def _is_broken(constraint: Constraint, held: frozenset[int]) -> bool:
    if isinstance(constraint, Share):
        count = len(constraint.members & held)
        most = len(held) if constraint.at_most is None else constraint.at_most
        return not constraint.at_least <= count <= most
    if isinstance(constraint, Budget):
        slack = 1e-9 * max(1.0, abs(constraint.at_most))
        return sum(constraint.costs[item] for item in sorted(held)) > constraint.at_most + slack
    if isinstance(constraint, MustHave):
        return constraint.item not in held
    if isinstance(constraint, LeftOut):
        return constraint.item in held
    return len(constraint.items & held) > 1


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)
