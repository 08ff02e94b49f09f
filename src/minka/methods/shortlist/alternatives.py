"""The next-best sets, and what it costs to overrule the best one."""

from dataclasses import dataclass

from minka.methods.shortlist.solver import Choice, Programme
from minka.methods.shortlist.wishes import Wishes


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another set: what it is worth less than the best one, and how the two differ."""

    chosen: tuple[int, ...]
    value: float
    loss: float
    comes_in: tuple[int, ...]
    goes_out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overruling:
    """A set that people want instead: what it costs, and which of their wishes it breaks."""

    value: float
    loss: float
    broken: tuple[str, ...]


def alternatives(wishes: Wishes, choice: Choice, *, count: int = 5) -> list[Alternative]:
    """Return the next-best allowed sets, the best first; fewer where there are no more.

    Source: each set found is cut off and the programme solved again, after Balas & Jeroslow
        (1972), "Canonical Cuts on the Unit Hypercube", SIAM J. Appl. Math. 23(1).
    """
    programme = Programme(wishes)
    known = [choice.chosen]
    found: list[Alternative] = []
    while len(found) < count and (other := programme.solve(unlike=known)) is not None:
        known.append(other.chosen)
        found.append(_beside(choice, other))
    return found


def overrule(wishes: Wishes, choice: Choice, wanted: tuple[int, ...]) -> Overruling:
    """Return what choosing `wanted` instead of the best set would cost.

    The loss is negative where the wanted set is worth more because it breaks constraints, or has
    another size.
    """
    value = wishes.value_of(wanted)
    return Overruling(value, choice.value - value, tuple(wishes.broken_by(wanted)))


def _beside(best: Choice, other: Choice) -> Alternative:
    mine, yours = frozenset(best.chosen), frozenset(other.chosen)
    return Alternative(
        other.chosen,
        other.value,
        max(best.value - other.value, 0.0),
        comes_in=tuple(sorted(yours - mine)),
        goes_out=tuple(sorted(mine - yours)),
    )
