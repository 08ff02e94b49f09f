"""The rail: each line registers its pages when its app is ready, so that core imports no line."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Line(StrEnum):
    """Sections of the rail, in the order in which they are shown."""

    HOME = "home"
    KNOWLEDGE = "knowledge"
    GOVERNANCE = "governance"
    INNOVATION = "innovation"
    COOPERATION = "cooperation"
    COMPETITIVENESS = "competitiveness"
    MINE = "mine"
    TEAM = "team"


RANK: dict[str, int] = {line: position for position, line in enumerate(Line)}
LINE_LABELS: dict[Line, str | Promise] = {
    Line.HOME: "",
    Line.KNOWLEDGE: _("Knowledge"),
    Line.GOVERNANCE: _("Governance"),
    Line.INNOVATION: _("Innovation"),
    Line.COOPERATION: _("Cooperation"),
    Line.COMPETITIVENESS: _("Competitiveness"),
    Line.MINE: _("For me"),
    Line.TEAM: _("Cluster team"),
}


def anyone(user: Any) -> bool:  # noqa: ARG001 -- the signature of `visible`
    return True


def signed_in(user: Any) -> bool:
    return bool(user.is_authenticated)


def staff_only(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_staff)


@dataclass(frozen=True)
class Entry:
    """One page of the rail.

    Args:
        icon: a name of the sprite (frontend/icons.json).
        visible: who sees it; takes request.user, which may be anonymous; asks the database nothing.
        count: a number beside the label (unread, waiting); 0 shows nothing.
        bar: also on the bottom bar of a phone (three at most, besides home).
        order: position inside its section.
    """

    line: Line | str
    label: str | Promise
    url_name: str
    icon: str
    visible: Callable[[Any], bool] = field(default=signed_in)
    count: Callable[[Any], int] | None = None
    bar: bool = False
    order: int = 50


@dataclass(frozen=True)
class RailItem:
    """An entry as one viewer sees it on one page; equal items are drawn once and kept."""

    line: Line
    label: str
    icon: str
    url: str
    bar: bool
    current: bool
    count: int


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Add a page to the rail; call it in `AppConfig.ready()`. Registering twice changes nothing."""
    _entries[entry.url_name] = entry
    label_of.cache_clear()


def entries() -> list[Entry]:
    """Return every registered page in the order of the rail."""
    return sorted(_entries.values(), key=lambda e: (RANK[e.line], e.order, e.url_name))


@lru_cache(1024)
def label_of(url_name: str, _language: str | None) -> str:
    """Return what a page is called in the language that is spoken now."""
    return str(_entries[url_name].label)
