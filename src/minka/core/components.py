"""Plain values that the components draw. A view fills them; a template tag shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


class Tone(StrEnum):
    """Colour of a state; always shown with an icon and a word."""

    NEUTRAL = "neutral"
    OK = "ok"
    WARN = "warn"
    DANGER = "danger"
    INFO = "info"
    ACTIVE = "active"


class StepState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    NEXT = "next"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Step:
    """One step of a process: where it is, who must act and by when."""

    label: Text
    state: StepState = StepState.NEXT
    who: Text = ""
    at: datetime | None = None
    due: datetime | None = None
    note: Text = ""


@dataclass(frozen=True)
class FacetOption:
    value: str
    label: Text
    count: int | None = None
    selected: bool = False


@dataclass(frozen=True)
class Facet:
    """A group of checkboxes beside a list. `name` is the query parameter."""

    name: str
    label: Text
    options: Sequence[FacetOption]
    open: bool = True


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart; `value` in the unit that the chart names."""

    label: Text
    value: float
    url: str = ""
    note: Text = ""


@dataclass(frozen=True)
class HistoryItem:
    """Who did or said what, and when."""

    at: datetime
    text: Text
    who: Text = ""
    url: str = ""
    detail: Text = ""


@dataclass(frozen=True)
class Tab:
    label: Text
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Figure:
    """A number that decides something: never bare."""

    value: Any
    unit: Text
    sentence: Text
    period: Text = ""
    source: Text = ""
    url: str = field(default="")
