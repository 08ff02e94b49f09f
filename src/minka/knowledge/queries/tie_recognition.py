"""Which organisation of the map a cell means: by its number, its public id or its name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from minka.knowledge.models import ActorName, Identifier
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.queries.suggest import similar_actors
from minka.methods.identifiers import recognise_tax_id
from minka.methods.legal_forms import name_variants
from minka.methods.text import search_key

BATCH = 400
CANDIDATES = 6
SIMILAR_AT_MOST = 200  # names of one sheet for which like ones are looked for
ID_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a cell means: one, several to choose from (`candidates`), or nobody known."""

    actor: int | None = None
    candidates: list[int] = field(default_factory=list)


def recognise(*, viewer: Any, said: Sequence[tuple[str, str]]) -> list[Meant]:
    """Return whom each (name, number) means, in the same order.

    A number that is known decides; a name decides where only one bears it, with or without its
    legal form. Nothing is guessed: what is only alike becomes a candidate.
    """
    wanted = list(dict.fromkeys(said))
    numbers = _by_number(viewer, wanted)
    names = _by_name(viewer, [name for name, _number in wanted])
    meant: dict[tuple[str, str], Meant] = {}
    looked = 0
    for pair in wanted:
        if pair in numbers:
            meant[pair] = Meant(numbers[pair])
            continue
        found = names.get(pair[0], [])
        if len(found) == 1 and not pair[1]:
            meant[pair] = Meant(found[0])
        elif found:
            meant[pair] = Meant(candidates=found[:CANDIDATES])
        elif looked < SIMILAR_AT_MOST and pair[0]:
            looked += 1
            alike = similar_actors(viewer=viewer, name=pair[0], limit=CANDIDATES)
            meant[pair] = Meant(candidates=[actor.pk for actor in alike])
        else:
            meant[pair] = Meant()
    return [meant[pair] for pair in said]


def _by_number(viewer: Any, said: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return the pairs whose number, or whose name that is one, is known."""
    public: dict[str, list[tuple[str, str]]] = defaultdict(list)
    taxed: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in said:
        for text in filter(None, (pair[1] or pair[0],)):
            if len(text) == ID_LENGTH and text.isalnum() and text == text.lower():
                public[text].append(pair)
            tax = recognise_tax_id(text, "PE")
            if tax.valid:
                taxed[tax.value].append(pair)
    shown = visible_actors(viewer=viewer)
    found: dict[tuple[str, str], int] = {}
    for some in _batches(taxed):
        rows = Identifier.objects.filter(value__in=some, actor__in=shown)
        for value, actor in rows.values_list("value", "actor_id"):
            found.update(dict.fromkeys(taxed[value], actor))
    for some in _batches(public):
        for public_id, pk in shown.filter(public_id__in=some).values_list("public_id", "pk"):
            found.update(dict.fromkeys(public[public_id], pk))
    return found


def _by_name(viewer: Any, names: Iterable[str]) -> dict[str, list[int]]:
    """Return the organisations of each name: of exactly that, else but for the legal form."""
    keys = {name: name_variants(name, "PE") or [search_key(name)] for name in set(names) if name}
    shown = visible_actors(viewer=viewer)
    bearers: dict[str, set[int]] = defaultdict(set)
    for some in _batches({key for several in keys.values() for key in several if key}):
        for key, pk in shown.filter(name_key__in=some).values_list("name_key", "pk"):
            bearers[key].add(pk)
        others = ActorName.objects.filter(text_key__in=some, actor__in=shown)
        for key, pk in others.values_list("text_key", "actor_id"):
            bearers[key].add(pk)
    found = {}
    for name, several in keys.items():
        exact = bearers.get(search_key(name), set())
        alike = {pk for key in several for pk in bearers.get(key, ())}
        found[name] = sorted(exact or alike)
    return found


def _batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
