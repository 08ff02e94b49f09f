"""Which wishes cannot be fulfilled together, and how far each would have to give way."""

from dataclasses import dataclass

from minka.methods.shortlist.solver import Programme
from minka.methods.shortlist.wishes import Budget, Constraint, Share, Wishes


@dataclass(frozen=True, slots=True)
class Relief:
    """What one clashing constraint could be set to so that the others can hold; see `reliefs`."""

    name: str
    at_least: int | None = None
    at_most: float | None = None


def clashes(wishes: Wishes) -> list[list[Constraint]]:
    """Return sets of constraints that cannot hold together, none of which shares one with another.

    None of a set could be left out of its clash: without it, the rest of the set can hold. Empty
    where the wishes can be fulfilled, and where even without any constraint there are too few
    items to choose `size` from.

    Source: the deletion filter of Chinneck & Dravnieks (1991), "Locating Minimal Infeasible
        Constraint Sets in Linear Programs", ORSA Journal on Computing 3(2).
    """
    found: list[list[Constraint]] = []
    if len(wishes.values) < wishes.size:
        return found
    left = wishes
    while not _is_feasible(left):
        kept = list(left.constraints)
        for constraint in left.constraints:
            fewer = tuple(one for one in kept if one is not constraint)
            if not _is_feasible(Wishes(wishes.values, wishes.size, fewer, (), wishes.fewest)):
                kept = list(fewer)
        found.append(kept)
        left = left.without(*(one.name for one in kept))
    return found


def reliefs(wishes: Wishes, clashing: list[Constraint]) -> list[Relief]:
    """Return for each constraint of a clash the nearest limit at which the rest of it can hold.

    Other clashes are left aside: the rest of the wishes is not asked.
    """
    rest = Wishes(wishes.values, wishes.size, tuple(clashing), (), wishes.fewest)
    found = (_relief(rest.without(one.name), one) for one in clashing)
    return [relief for relief in found if relief is not None]


def _relief(others: Wishes, constraint: Constraint) -> Relief | None:
    """Return how near the rest of the wishes can come to a share or a budget."""
    if isinstance(constraint, Share):
        few, many = (_reach(others, constraint.members, sign) for sign in (-1.0, 1.0))
        if few is None or many is None:
            return None
        if many < constraint.at_least:
            return Relief(constraint.name, at_least=round(many))
        return Relief(constraint.name, at_most=round(few))
    if isinstance(constraint, Budget):
        cheapest = Programme(_worth(others, [-cost for cost in constraint.costs])).solve()
        return None if cheapest is None else Relief(constraint.name, at_most=-cheapest.value)
    return Relief(constraint.name) if _is_feasible(others) else None


def _reach(others: Wishes, members: frozenset[int], sign: float) -> float | None:
    counted = [sign * (item in members) for item in range(len(others.values))]
    found = Programme(_worth(others, counted)).solve()
    return None if found is None else abs(found.value)


def _worth(wishes: Wishes, values: list[float]) -> Wishes:
    return Wishes(tuple(values), wishes.size, wishes.constraints, (), wishes.fewest)


def _is_feasible(wishes: Wishes) -> bool:
    return Programme(_worth(wishes, [0.0] * len(wishes.values))).solve() is not None
