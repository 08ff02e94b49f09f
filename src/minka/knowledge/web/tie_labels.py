"""Ties in words, as one reads them from either end."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.knowledge.models import Actor, Relation
from minka.knowledge.states import RELATION_INWARD, RelationKind, RelationOrigin

SURE = 0.999


@dataclass(frozen=True, slots=True)
class DrawnTie:
    """One tie as a line of a list."""

    pk: int
    tail: Actor
    words: str
    head: Actor
    dates: str
    confidence: str
    told_by: str
    note: str
    is_public: bool
    origin: str


@dataclass(slots=True)
class TieGroup:
    """The ties of one organisation that read the same."""

    words: str
    ties: list[tuple[Actor, DrawnTie]] = field(default_factory=list)


def drawn_ties(ties: Iterable[Relation]) -> list[DrawnTie]:
    """Return ties as lines; they come with their ends and their source."""
    return [drawn_tie(tie) for tie in ties]


def drawn_tie(tie: Relation) -> DrawnTie:
    """Return one tie as a line."""
    return DrawnTie(
        pk=tie.pk,
        tail=tie.tail,
        words=str(RelationKind(tie.kind).label),
        head=tie.head,
        dates=dates_of(tie.starts_on, tie.ends_on),
        confidence="" if tie.confidence > SURE else f"{tie.confidence:.0%}".replace("%", "\u00a0%"),
        told_by=tie.source.name if tie.source else str(RelationOrigin(tie.origin).label),
        note=tie.note,
        is_public=tie.is_public,
        origin=tie.origin,
    )


def grouped_for(actor: Actor, ties: Iterable[Relation]) -> list[TieGroup]:
    """Return the ties of one organisation by what they are to it."""
    groups: dict[str, TieGroup] = {}
    for tie in ties:
        outward = tie.tail_id == actor.pk
        kind = RelationKind(tie.kind)
        words = str(kind.label if outward else RELATION_INWARD[kind])
        group = groups.setdefault(words, TieGroup(words))
        group.ties.append((tie.head if outward else tie.tail, drawn_tie(tie)))
    for group in groups.values():
        group.ties.sort(key=lambda pair: pair[0].name_key)
    return sorted(groups.values(), key=lambda group: (-len(group.ties), group.words))


def dates_of(start: date | None, end: date | None) -> str:
    """Return since and until when, as far as it is known."""
    if start and end:
        return _("%(start)s to %(end)s") % {"start": _short(start), "end": _short(end)}
    if start:
        return _("since %(day)s") % {"day": _short(start)}
    return _("until %(day)s") % {"day": _short(end)} if end else ""


def _short(day: date) -> str:
    text = date_format(day, "j M Y")
    return text.lower() if (get_language() or "es")[:2] == "es" else text
