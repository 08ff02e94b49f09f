"""The rows of a sheet of ties in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minka.knowledge.models import Actor, TieRow
from minka.knowledge.states import RelationKind
from minka.knowledge.web.tie_labels import dates_of

ROLE_LABELS: dict[str, str | Promise] = {
    "tail": _("First organisation: name"),
    "tail_id": _("First organisation: tax number or code"),
    "kind": _("Kind of tie"),
    "head": _("Second organisation: name"),
    "head_id": _("Second organisation: tax number or code"),
    "since": _("Since"),
    "until": _("Until"),
    "confidence": _("How sure it is"),
    "source": _("Source of the row"),
    "note": _("Note"),
}
FAULTS: dict[str, str | Promise] = {
    "kind": _("“%(cell)s” is no kind of tie that is known here."),
    "no_kind": _("The row does not say what kind of tie it is."),
    "empty": _("One of the two organisations is missing."),
    "self": _("Both names mean the same organisation."),
    "date": _("“%(cell)s” could not be read as a date; it is left empty."),
    "order": _("The tie would end before it begins (%(cell)s); the end is left empty."),
    "confidence": _("“%(cell)s” does not say how sure it is; it is taken as sure."),
}


@dataclass(slots=True)
class DrawnEnd:
    """One end of a row: what the cells say, and whom they mean."""

    name: str  # of the field in the form
    said: str
    actor: Actor | None
    candidates: list[Actor] = field(default_factory=list)


@dataclass(slots=True)
class DrawnRow:
    """One row as a line of the list."""

    pk: int
    line: int
    tail: DrawnEnd
    words: str
    head: DrawnEnd
    dates: str
    faults: list[str]
    cells: list[str]

    @property
    def can_choose(self) -> bool:
        """Whether somebody could say whom the row means."""
        return bool(self.tail.candidates or self.head.candidates)


def drawn_rows(rows: Iterable[TieRow], actors: Mapping[int, Actor]) -> list[DrawnRow]:
    """Return rows as lines; `actors` are their candidates by pk."""
    return [
        DrawnRow(
            pk=row.pk,
            line=row.line,
            tail=_end("tail", row.said[:2], row.tail, row.tail_candidates, actors),
            words=str(RelationKind(row.kind).label) if row.kind else "",
            head=_end("head", row.said[2:], row.head, row.head_candidates, actors),
            dates=dates_of(row.starts_on, row.ends_on),
            faults=[_fault(code, cell) for code, cell in row.faults],
            cells=[cell for cell in row.cells if cell],
        )
        for row in rows
    ]


def _end(
    name: str,
    said: list[str],
    actor: Actor | None,
    candidates: list[int],
    actors: Mapping[int, Actor],
) -> DrawnEnd:
    text = " · ".join(filter(None, said))
    known = [actors[pk] for pk in candidates if pk in actors]
    return DrawnEnd(name, text, actor, [] if actor else known)


def _fault(code: str, cell: str) -> str:
    if code == "kind" and not cell:
        code = "no_kind"
    return str(FAULTS[code]) % {"cell": cell}
