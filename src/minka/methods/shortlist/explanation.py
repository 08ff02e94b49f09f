"""Why each item is in or out, and what each constraint costs: by solving again without it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from minka.methods.shortlist.solver import Choice, Programme
from minka.methods.shortlist.wishes import Wishes

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Inside:
    """An item that was chosen.

    `margin` is the value that the whole loses without it, so that it stays as long as its own
    falls by less; None where no set without it fulfils the wishes. `instead` would come in.
    """

    item: int
    margin: float | None
    instead: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outside:
    """An item that was not chosen.

    `shortfall` is how much its own value would have to rise for it to come in, which is what the
    whole would lose by taking it now; None where no set with it fulfils the wishes. `replaces`
    would go out. `kept_out_by` names constraints each of which, lifted alone, would let it in.
    """

    item: int
    shortfall: float | None
    replaces: tuple[int, ...]
    kept_out_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """What a constraint costs: the value gained by lifting it alone, and the set there would be."""

    name: str
    value: float
    chosen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    inside: tuple[Inside, ...]
    outside: tuple[Outside, ...]
    prices: tuple[Price, ...]


def explain(
    wishes: Wishes,
    choice: Choice,
    *,
    of: Collection[int] | None = None,
    progress: Progress = lambda _done: None,
) -> Explanation:
    """Say of every item why it is in or out, and of every constraint what it costs.

    Solves once per item and once per constraint: everything said is exact, not a guess from the
    dual solution.

    Args:
        wishes: as they were when the set was chosen.
        choice: the best set under them.
        of: the items to speak of, all of them where none are named.
        progress: called with the number of programmes solved so far.
    """
    counter = _Counter(progress)
    prices = tuple(_price(wishes, choice, one.name, counter) for one in wishes.constraints)
    programme, held = Programme(wishes), frozenset(choice.chosen)
    inside, outside = [], []
    for item in range(len(wishes.values)) if of is None else sorted(of):
        if item in held:
            inside.append(_inside(programme, choice, item))
        else:
            outside.append(_outside(programme, choice, item, prices))
        counter.step()
    return Explanation(tuple(inside), tuple(outside), prices)


class _Counter:
    def __init__(self, progress: Progress) -> None:
        self._progress, self._done = progress, 0

    def step(self) -> None:
        self._done += 1
        self._progress(self._done)


def _price(wishes: Wishes, choice: Choice, name: str, counter: _Counter) -> Price:
    free = Programme(wishes.without(name)).solve()
    counter.step()
    found = free or choice  # a superset of what is allowed holds the choice itself
    return Price(name, max(found.value - choice.value, 0.0), found.chosen)


def _inside(programme: Programme, choice: Choice, item: int) -> Inside:
    other = programme.solve(outside=[item])
    if other is None:
        return Inside(item, None, ())
    instead = tuple(sorted(set(other.chosen) - set(choice.chosen)))
    return Inside(item, max(choice.value - other.value, 0.0), instead)


def _outside(programme: Programme, choice: Choice, item: int, prices: tuple[Price, ...]) -> Outside:
    keeps = tuple(price.name for price in prices if item in price.chosen)
    other = programme.solve(inside=[item])
    if other is None:
        return Outside(item, None, (), keeps or _forbidding(programme.wishes, item))
    replaces = tuple(sorted(set(choice.chosen) - set(other.chosen)))
    return Outside(item, max(choice.value - other.value, 0.0), replaces, keeps)


def _forbidding(wishes: Wishes, item: int) -> tuple[str, ...]:
    """Return the constraints that, lifted alone, would make a set with this item possible."""
    found = []
    for constraint in wishes.constraints:
        free = Programme(wishes.without(constraint.name))
        if free.solve(inside=[item]) is not None:
            found.append(constraint.name)
    return tuple(found)
