"""Which rows of a sheet look like organisations that are on the map already."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from minka.knowledge.models import Actor, ActorName, Identifier
from minka.knowledge.queries.directory import visible_actors
from minka.methods.legal_forms import name_variants

BATCH = 400
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a row says of who it speaks of; `region` is a place, 0 where it says nothing."""

    line: int
    name: str
    scheme: str
    number: str
    region: int
    country: str


@dataclass(frozen=True, slots=True)
class Twin:
    """A row and the organisation that it looks like."""

    line: int
    name: str
    actor: Actor
    by_number: bool


@dataclass(slots=True)
class Likeness:
    """How many rows look like an organisation of the map, and the first of them."""

    by_number: int = 0
    by_name: int = 0
    examples: list[Twin] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.by_number + self.by_name


@dataclass(frozen=True, slots=True)
class _Known:
    actor: int
    region: int
    country: str


def already_here(*, viewer: Any, candidates: Sequence[Candidate]) -> Likeness:
    """Tell which candidates are likely on the map: by their number, else by name and place.

    Names count without their legal form. Another tax number of the same country says that they
    are two, whatever they are called; so do two regions.
    """
    held = _by_number(viewer, candidates)
    rest = [one for one in candidates if (one.scheme, one.number) not in held]
    named = dict(_by_name(viewer, rest))
    twins = [
        (one.line, one.name, held.get((one.scheme, one.number)) or named.get(one.line, 0))
        for one in candidates
    ]
    found = Likeness(by_number=len(candidates) - len(rest), by_name=len(named))
    shown = [twin for twin in twins if twin[2]][:SHOWN]
    actors = (
        visible_actors(viewer=viewer)
        .select_related("region")
        .in_bulk([actor for _line, _name, actor in shown])
    )
    found.examples = [
        Twin(line, name, actors[actor], by_number=line not in named)
        for line, name, actor in shown
        if actor in actors
    ]
    return found


def _by_number(viewer: Any, candidates: Iterable[Candidate]) -> dict[tuple[str, str], int]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for one in candidates:
        if one.number:
            wanted[one.scheme].add(one.number)
    shown = visible_actors(viewer=viewer)
    return {
        (scheme, value): actor
        for scheme, numbers in wanted.items()
        for some in _batches(numbers)
        for value, actor in Identifier.objects.filter(
            scheme=scheme, value__in=some, actor__in=shown
        ).values_list("value", "actor_id")
    }


def _by_name(viewer: Any, candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Yield the line of each candidate and the actor of that name and place."""
    keys = {one.line: name_variants(one.name, one.country) for one in candidates}
    known: dict[str, list[_Known]] = defaultdict(list)
    shown = visible_actors(viewer=viewer)
    for some in _batches({key for several in keys.values() for key in several}):
        for pk, key, region, country in shown.filter(name_key__in=some).values_list(
            "pk", "name_key", "region_id", "country"
        ):
            known[key].append(_Known(pk, region or 0, country))
        for pk, key, region, country in ActorName.objects.filter(
            text_key__in=some, actor__in=shown
        ).values_list("actor_id", "text_key", "actor__region_id", "actor__country"):
            known[key].append(_Known(pk, region or 0, country))
    schemes = _schemes_of({one.actor for several in known.values() for one in several})
    for one in candidates:
        for other in (known_one for key in keys[one.line] for known_one in known.get(key, [])):
            if one.number and one.scheme in schemes[other.actor]:
                continue
            if one.region and other.region and one.region != other.region:
                continue
            if other.country and other.country != one.country:
                continue
            yield one.line, other.actor
            break


def _schemes_of(actors: Iterable[int]) -> dict[int, set[str]]:
    schemes: dict[int, set[str]] = defaultdict(set)
    for some in _batches(actors):
        for actor, scheme in Identifier.objects.filter(actor__in=some).values_list(
            "actor_id", "scheme"
        ):
            schemes[actor].add(scheme)
    return schemes


def _batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
