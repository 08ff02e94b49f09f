"""Why nobody can be assigned within the limits: which items and people clash, and what would do."""

from dataclasses import dataclass, replace

import numpy as np

from minka.methods.assignment.relaxation import Left, Relaxation, endless
from minka.methods.assignment.task import Task

_COUNTS = 1e-6


@dataclass(frozen=True, slots=True)
class TooFew:
    """Items that fewer people may be given to than they need, by themselves.

    `kind` is the name of the kind of which there are too few, or empty for people of any kind.
    """

    items: tuple[int, ...]
    has: tuple[int, ...]
    needs: tuple[int, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Overfixed:
    """Items and people with more fixed pairs than they may have."""

    items: tuple[int, ...]
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Crowded:
    """Items that need more together than the people who may have them can bear.

    `kinds` are the kinds of people that some of them need. `missing` of what the items need cannot
    be given. `max_load` is the lowest load for everybody with which it can; None where no load
    would do.
    """

    items: tuple[int, ...]
    people: tuple[int, ...]
    kinds: tuple[str, ...]
    needs: int
    capacity: int
    missing: int
    max_load: int | None


@dataclass(frozen=True, slots=True)
class Idle:
    """People who cannot all be given as many items as they have to get.

    `min_load` is the highest that everybody can get; the limits are else met.
    """

    people: tuple[int, ...]
    needs: int
    min_load: int


Clash = TooFew | Overfixed | Crowded | Idle


def clashes(task: Task, *, left: Left = endless) -> list[Clash]:
    """Say which limits cannot hold together; empty where they can.

    What an item lacks by itself is told first, of all items; whether the loads clash, too, is then
    asked with those items at what they can have. `left` tells how many seconds there are left.

    Raises:
        OutOfTime: there was no time to say.
    Source: what clashes is read off the prices of the relaxation that misses the limits least, as
        in Hall (1935), "On Representatives of Subsets", and Gale (1957), "A Theorem on Flows in
        Networks": some items need more than all who may have them can bear.
    """
    found: list[Clash] = [*_too_few(task), *_overfixed(task)]
    if any(isinstance(one, Overfixed) for one in found):
        return found
    eased = _eased(task)
    free = replace(eased, least=(0,) * len(task.least))
    crowded = _crowded(free, left)
    if crowded is not None:
        return [*found, crowded]
    idle = _idle(eased, left)
    return [*found, *([idle] if idle else [])]


def _too_few(task: Task) -> list[TooFew]:
    needs = np.array(task.needs)
    kinds = [("", needs, task.allowed)]
    for kind in task.kinds:
        inside = np.zeros(task.fits.shape[1], dtype=bool)
        inside[list(kind.people)] = True
        kinds.append((kind.name, np.where(needs > 0, kind.at_least, 0), task.allowed & inside))
    found = []
    for name, wanted, allowed in kinds:
        has = allowed.sum(axis=1)
        few = np.flatnonzero(has < wanted)
        if len(few):
            counts = [tuple(one[few].tolist()) for one in (has, wanted)]
            found.append(TooFew(tuple(few.tolist()), counts[0], counts[1], name))
    return found


def _overfixed(task: Task) -> list[Overfixed]:
    given = task.fixed_table
    items = np.flatnonzero(given.sum(axis=1) > task.needs)
    people = np.flatnonzero(given.sum(axis=0) > task.most)
    if not len(items) and not len(people):
        return []
    return [Overfixed(tuple(items.tolist()), tuple(people.tolist()))]


def _eased(task: Task) -> Task:
    """Return the task with every item at what it can have by itself."""
    has = task.allowed.sum(axis=1).tolist()
    needs = tuple(min(need, most) for need, most in zip(task.needs, has, strict=True))
    few = {one.kind for one in _too_few(task)}
    kinds = tuple(kind for kind in task.kinds if kind.name not in few)
    return replace(task, needs=needs, kinds=kinds)


def _crowded(task: Task, left: Left) -> Crowded | None:
    missed = Relaxation(task, left).shortfall(None)
    if missed.value <= _COUNTS:
        return None
    asking, kinds = np.abs(missed.item_prices) > _COUNTS, np.abs(missed.kind_prices) > _COUNTS
    people = np.flatnonzero(np.abs(missed.load_prices) > _COUNTS)
    needs = sum(task.needs[item] for item in np.flatnonzero(asking))
    needs += sum(
        int(one.sum()) * kind.at_least for kind, one in zip(task.kinds, kinds, strict=True)
    )
    return Crowded(
        tuple(np.flatnonzero(asking | kinds.any(axis=0)).tolist()), tuple(people.tolist()),
        tuple(kind.name for kind, one in zip(task.kinds, kinds, strict=True) if one.any()), needs,
        capacity=sum(task.most[one] for one in people),
        missing=int(np.ceil(missed.value - _COUNTS)),
        max_load=_lowest_load(task, left),
    )  # fmt: skip


def _lowest_load(task: Task, left: Left) -> int | None:
    """Return the lowest load for everybody that would do: raised where it is lower now."""
    low, high = min(task.most, default=0), len(task.needs)
    if not _holds(replace(task, most=tuple(max(one, high) for one in task.most)), left):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if _holds(replace(task, most=tuple(max(one, middle) for one in task.most)), left):
            high = middle
        else:
            low = middle
    return high


def _idle(task: Task, left: Left) -> Idle | None:
    missed = Relaxation(task, left).shortfall(None)
    if missed.value <= _COUNTS:
        return None
    people = np.flatnonzero(np.abs(missed.least_prices) > _COUNTS)
    low, high = 0, max(task.least)
    while high - low > 1:
        middle = (low + high) // 2
        if _holds(replace(task, least=tuple(min(one, middle) for one in task.least)), left):
            low = middle
        else:
            high = middle
    needs = sum(task.least[person] for person in people)
    return Idle(tuple(people.tolist()), needs, low)


def _holds(task: Task, left: Left) -> bool:
    return Relaxation(task, left).shortfall(None).value <= _COUNTS
