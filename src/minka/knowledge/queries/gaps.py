"""Demand against supply: by theme and region, or by step of the value chain and type of actor."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser

from minka.knowledge.models import Actor, Capability, Place, Theme
from minka.knowledge.queries.demand import Need, needs
from minka.knowledge.queries.directory import (
    DirectoryFilter,
    directory,
    remembered,
)
from minka.knowledge.states import ActorKind
from minka.methods.gaps import WHOLE, Cell, Gap, count_needs, count_supply, ranked

# who may answer a need: not those who have it, nor those who regulate or fund
SOLVERS = (
    ActorKind.SUPPLIER,
    ActorKind.UNIVERSITY,
    ActorKind.RESEARCH_CENTRE,
    ActorKind.CENTRE_OF_EXCELLENCE,
    ActorKind.INCUBATOR,
)
CHAIN = "cadena de valor minera"
ACTOR_TYPES = "tipos de actor"
REGIONS_SHOWN = 6
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class GapQuestion:
    """What is asked of the matrix.

    Args:
        by_stage: rows are steps of the value chain and columns types of actor.
        under: address of the concept whose narrower ones are the rows; empty: the broad themes.
        is_detailed: every theme that is asked for is a row of its own.
        enough: how many have to offer something before there is a choice.
        trl: the least readiness of a capability that counts as an offer; 0: any theme counts.
        certifications: only who holds one of them counts.
        verified: only who is verified counts.
        regions: the columns; none: those with needs, then those with most offers.
        public_only: as a stranger would see it, to be shown to others.
    """

    by_stage: bool = False
    under: str = ""
    is_detailed: bool = False
    enough: int = ENOUGH
    trl: int = 0
    certifications: tuple[str, ...] = ()
    verified: bool = False
    regions: tuple[int, ...] = ()
    public_only: bool = False

    def supply_filter(self) -> DirectoryFilter:
        """Return who counts as offering something, as the directory would be asked."""
        return DirectoryFilter(
            kinds=tuple(sorted(SOLVERS)),
            certifications=self.certifications,
            verified=("yes",) if self.verified else (),
        )

    def cell_filter(self, theme: Theme, column: int) -> DirectoryFilter:
        """Return what the directory is asked for the offers of one cell: it lists as many."""
        wanted = replace(self.supply_filter(), themes=(theme.slug,), trl=self.trl)
        if column == WHOLE:
            return wanted
        if self.by_stage:
            return replace(wanted, kinds=(SOLVERS[column - 1],))
        return replace(wanted, regions=(column,))


class Column(NamedTuple):
    """`key` is a region's pk, or the place of a type among `SOLVERS` counted from 1."""

    key: int
    label: str


@dataclass(slots=True)
class GapRow:
    """One theme with its cells in the order of the columns; `whole` is that of all columns."""

    theme: Theme
    whole: Cell
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class GapMatrix:
    """What the page shows. `rows` are those in need, worst first; `unasked` the rest."""

    question: GapQuestion
    columns: list[Column]
    rows: list[GapRow]
    unasked: list[GapRow]
    gaps: list[Gap]
    themes: dict[int, Theme]
    told: dict[str, int]  # how many needs were counted, by who tells of them


def gap_matrix(*, viewer: Any, question: GapQuestion) -> GapMatrix:
    """Return demand against supply as `viewer` may know of them.

    Supply is public and remembered until the map changes; demand is reckoned anew for each viewer.
    """
    themes = {one.pk: one for one in Theme.objects.select_related("broader").order_by("pk")}
    told = _told(viewer, question)
    flat = [one for several in told.values() for one in several]
    rows_of = _rows_of(themes, question, {theme for one in flat for theme in one.themes})
    demand = count_needs(
        (
            {row for theme in one.themes for row in rows_of.get(theme, ())},
            () if question.by_stage else one.regions,
        )
        for one in flat
    )
    supply = count_supply(_offers(viewer, question), rows_of)
    columns = _columns(question, demand, supply)
    if question.by_stage:  # a step needs every type: its need stands in each column
        demand |= {
            (row, column.key): count
            for (row, _whole), count in list(demand.items())
            for column in columns
        }
    gaps = ranked(
        demand, supply, columns=[one.key for one in columns], enough=max(1, question.enough)
    )
    place = {row: number for number, row in reversed(list(enumerate(gap.row for gap in gaps)))}
    asked = {row for row, _column in demand}
    kept = sorted(
        asked | {row for row, _column in supply},
        key=lambda row: (place.get(row, len(gaps)), -demand.get((row, WHOLE), 0),
                         themes[row].label_es),
    )  # fmt: skip

    def shown(row: int) -> GapRow:
        keys = [one.key for one in columns]
        whole, *cells = (
            Cell(demand.get((row, key), 0), supply.get((row, key), 0)) for key in (WHOLE, *keys)
        )
        return GapRow(themes[row], whole, cells)

    return GapMatrix(
        question,
        columns,
        [shown(row) for row in kept if row in asked],
        [shown(row) for row in kept if row not in asked],
        gaps,
        themes,
        {name: len(several) for name, several in told.items()},
    )


def needs_of_cell(
    *, viewer: Any, question: GapQuestion, theme: Theme, region: int = WHOLE
) -> dict[str, list[Need]]:
    """Return the needs that a cell counts, by who tells of them: as many as it says."""
    under = _subtree({one.pk: one for one in Theme.objects.all()}, theme.pk)
    return {
        name: [
            one
            for one in several
            if one.themes & under and (region == WHOLE or region in one.regions)
        ]
        for name, several in _told(viewer, question).items()
    }


def chain_steps() -> list[Theme]:
    """Return the steps of the value chain. No person: the thesaurus is public."""
    return list(Theme.objects.filter(broader__label_es=CHAIN).order_by("pk"))


def _told(viewer: Any, question: GapQuestion) -> dict[str, list[Need]]:
    return needs(viewer=AnonymousUser() if question.public_only else viewer)


def _rows_of(
    themes: Mapping[int, Theme], question: GapQuestion, asked: Iterable[int]
) -> dict[int, list[int]]:
    """Return the rows that each theme counts in: itself and what it stands under."""
    if question.is_detailed and not question.by_stage:
        inside = frozenset(themes)
        if question.under:
            root = next((pk for pk, one in themes.items() if one.slug == question.under), 0)
            inside = _subtree(themes, root)
        rows = {pk for pk in asked if pk in inside}
    else:
        rows = _broad_rows(themes, question)
    return {
        pk: [above for above in _line_up(themes, pk) if above in rows]
        for pk in themes
    }  # fmt: skip


def _broad_rows(themes: Mapping[int, Theme], question: GapQuestion) -> set[int]:
    def parent(one: Theme) -> Theme | None:
        return themes.get(one.broader_id or 0)

    def is_row(one: Theme) -> bool:
        above = parent(one)
        if question.by_stage:
            return above is not None and above.label_es == CHAIN
        if question.under:
            return above is not None and above.slug == question.under
        return above is not None and above.broader_id is None and above.label_es != ACTOR_TYPES

    rows = {pk for pk, one in themes.items() if is_row(one)}
    if not rows and question.under:  # nothing under it: the concept itself
        rows = {pk for pk, one in themes.items() if one.slug == question.under}
    return rows


def _line_up(themes: Mapping[int, Theme], pk: int) -> list[int]:
    line: list[int] = []
    step: int | None = pk
    while step is not None and step in themes and step not in line:
        line.append(step)
        step = themes[step].broader_id
    return line


def _subtree(themes: Mapping[int, Theme], root: int) -> frozenset[int]:
    return frozenset(pk for pk in themes if root in _line_up(themes, pk))


def _offers(viewer: Any, question: GapQuestion) -> Sequence[tuple[int, int, int]]:
    """Return (actor, theme, column) of whoever counts; two SQL statements, or one remembered."""

    def make() -> list[tuple[int, int, int]]:
        who = directory(viewer=viewer, wanted=question.supply_filter()).order_by()
        if question.by_stage:
            place = {kind.value: number for number, kind in enumerate(SOLVERS, 1)}
            column = {pk: place[kind] for pk, kind in who.values_list("pk", "kind")}
        else:
            column = {pk: region or -1 for pk, region in who.values_list("pk", "region")}
        pairs: Iterable[tuple[int, int]]
        if question.trl:
            able = Capability.objects.filter(trl__gte=question.trl)
            pairs = able.values_list("actor", "theme").iterator()
        else:
            carried = Actor.themes.through._default_manager.all()
            pairs = carried.values_list("actor_id", "theme_id").iterator()
        return [(actor, theme, column[actor]) for actor, theme in pairs if actor in column]

    kind = "stage" if question.by_stage else "region"
    name = f"offers:{kind}:{question.trl}:{question.supply_filter().key}"
    return remembered(viewer=viewer, name=name, make=make)


def _columns(
    question: GapQuestion,
    demand: Mapping[tuple[int, int], int],
    supply: Mapping[tuple[int, int], int],
) -> list[Column]:
    if question.by_stage:
        return [Column(number, str(kind.label)) for number, kind in enumerate(SOLVERS, 1)]
    chosen = list(question.regions)
    if not chosen:
        sums: dict[int, tuple[int, int]] = {}
        for counts, side in ((demand, 0), (supply, 1)):
            for (_row, column), count in counts.items():
                if column != WHOLE:
                    before = sums.get(column, (0, 0))
                    sums[column] = (
                        (before[0] + count, before[1]) if side == 0
                        else (before[0], before[1] + count)
                    )  # fmt: skip
        needed = sum(1 for asks, _offers in sums.values() if asks)
        best = sorted(sums, key=lambda one: (-sums[one][0], -sums[one][1], one))
        chosen = best[: max(REGIONS_SHOWN, needed)]
    names = dict(Place.objects.filter(pk__in=chosen).values_list("pk", "name"))
    return [Column(pk, names[pk]) for pk in chosen if pk in names]
