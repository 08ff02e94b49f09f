"""From recognised rows to ties, each once per source."""

from collections.abc import Callable, Sequence

from minka.core.models import User
from minka.knowledge.models import Relation, Source, TieImport, TieRow
from minka.knowledge.states import RELATION_BOTH_WAYS, RelationOrigin, RelationState
from minka.knowledge.states import TieRowState as R

Key = tuple[int, int, str, int]


def known_ties(*, tie_import: TieImport, rows: Sequence[TieRow]) -> Callable[[TieRow], int | None]:
    """Return a function that says which standing tie of its source a row repeats.

    No person: a step of the acts of `tie_imports`.
    """
    names = {row.source_name.casefold() for row in rows if row.source_name}
    sources = {
        name.casefold(): pk
        for name, pk in Source.objects.values_list("name", "pk")
        if name.casefold() in names
    }
    known = _standing({tie_import.source_id, *sources.values()})

    def find(row: TieRow) -> int | None:
        source = sources.get(row.source_name.casefold(), 0)
        return known.get(_key(row, source if row.source_name else tie_import.source_id))

    return find


def take_rows(*, tie_import: TieImport, rows: Sequence[TieRow], by: User) -> int:
    """Make a tie of each row that has none of its source yet; return how many are new.

    No person: a step of the acts of `tie_imports`, which have asked.
    """
    sources = _sources(tie_import, rows)
    known = _standing(set(sources.values()))
    fresh: dict[Key, Relation] = {}
    for row in rows:
        key = _key(row, sources[row.source_name])
        if key not in known and key not in fresh:
            fresh[key] = Relation(
                tail_id=key[0],
                head_id=key[1],
                kind=row.kind,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                confidence=row.confidence,
                note=row.note,
                is_public=tie_import.is_public,
                origin=RelationOrigin.IMPORTED,
                source_id=key[3],
                stated_by=by,
            )
    made = Relation.objects.bulk_create(fresh.values(), batch_size=500)
    new = dict(zip(fresh, (tie.pk for tie in made), strict=True))
    for row in rows:
        key = _key(row, sources[row.source_name])
        first = new.pop(key, None)  # the first row of several that say the same makes the tie
        row.made_it = first is not None
        row.state = R.TAKEN if row.made_it else R.KNOWN
        row.relation_id = first or known.get(key)
        known.setdefault(key, row.relation_id or 0)
    TieRow.objects.bulk_update(rows, ["state", "relation", "made_it"], batch_size=500)
    return len(made)


def _sources(tie_import: TieImport, rows: Sequence[TieRow]) -> dict[str, int]:
    """Return the source of each name that rows give; no name means that of the sheet."""
    by_key = {name.casefold(): pk for name, pk in Source.objects.values_list("name", "pk")}
    found = {"": tie_import.source_id}
    for name in dict.fromkeys(row.source_name for row in rows if row.source_name):
        key = name.casefold()
        if key not in by_key:
            by_key[key] = Source.objects.create(name=name).pk
        found[name] = by_key[key]
    return found


def _standing(sources: set[int]) -> dict[Key, int]:
    rows = Relation.objects.filter(source__in=sources, state=RelationState.STANDING)
    found: dict[Key, int] = {}
    for pk, tail, head, kind, source in rows.values_list(
        "pk", "tail_id", "head_id", "kind", "source_id"
    ):
        found[_ordered(tail, head, kind, source or 0)] = pk
    return found


def _key(row: TieRow, source: int) -> Key:
    return _ordered(row.tail_id or 0, row.head_id or 0, row.kind, source)


def _ordered(tail: int, head: int, kind: str, source: int) -> Key:
    if kind in RELATION_BOTH_WAYS and tail > head:
        tail, head = head, tail
    return tail, head, kind, source
