"""What a report is made of: plain values that `knowledge/ecosystem.typ` sets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.core.charts import SERIES
from minka.knowledge.queries.directory import DirectoryFilter
from minka.knowledge.states import ActorKind

WIDTH_PT = 482.0  # of the text on the page
HALF_PT = 229.0
Block = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A table of the annex. `align` has one letter per column: l or r."""

    title: str
    head: list[str]
    rows: list[list[str]]
    align: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Edition:
    """Which report is written.

    Args:
        viewer: whose eyes see what is in it: a stranger's, whatever the edition.
        reader: a stranger for anybody; for the board whoever asked, who may see what it adds.
        is_board: what only the board may see goes in.
        wanted: of which organisations the map and the composition are.
        chosen: the same in words; empty for all.
    """

    viewer: Any
    reader: Any
    is_board: bool
    wanted: DirectoryFilter
    chosen: list[tuple[str, str]]
    made_at: datetime

    @property
    def in_english(self) -> bool:
        return (get_language() or "es")[:2] == "en"


@dataclass
class Chapter:
    """One part of the report.

    Args:
        sentences: what the first page says of it.
        figures: (value, what it counts), for the first page.
        pictures: files that blocks name.
    """

    key: str
    title: str
    lead: str = ""
    blocks: list[Block] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    method: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_brief(self) -> bool:
        """Whether all it has to say is why it says nothing."""
        return all(block["kind"] == "note" for block in self.blocks)

    def picture(  # noqa: PLR0913 -- what a picture needs to be understood
        self,
        name: str,
        svg: str,
        *,
        title: str,
        reading: str,
        source: str,
        table: Table | None = None,
        legend: Sequence[tuple[str, str]] = (),
    ) -> Block:
        """Return a picture with its sentence, source and the table behind it."""
        file = f"{self.key}-{name}.svg"
        self.pictures[file] = svg.encode()
        return {
            "kind": "picture",
            "file": file,
            "title": title,
            "reading": reading,
            "source": source,
            "legend": [list(pair) for pair in legend],
            "table": table,
        }


Maker = Callable[[Edition], Chapter]


def text(*paragraphs: str) -> Block:
    """Return paragraphs."""
    return {"kind": "text", "paragraphs": [one for one in paragraphs if one]}


def kind_colors(kinds: Sequence[tuple[str, int]]) -> dict[str, str]:
    """Return a colour for each type, the most frequent first; the rarest share grey."""
    return {kind: SERIES[min(at, len(SERIES) - 1)] for at, (kind, _count) in enumerate(kinds)}


def kind_legend(colors: dict[str, str]) -> list[tuple[str, str]]:
    """Return what the colours of types mean; those in grey are “other types” together."""
    labels = dict(ActorKind.choices)
    grey = [kind for kind, color in colors.items() if color == SERIES[-1]]
    named = [(color, str(labels[kind])) for kind, color in colors.items() if kind not in grey]
    if len(grey) == 1:
        return [*named, (SERIES[-1], str(labels[grey[0]]))]
    return [*named, (SERIES[-1], _("Other types"))] if grey else named


def heading(words: str) -> Block:
    """Return the head of a section."""
    return {"kind": "heading", "words": words}


def note(title: str, *paragraphs: str) -> Block:
    """Return a boxed remark."""
    return {"kind": "note", "title": title, "paragraphs": list(paragraphs)}


def columns(left: Sequence[Block], right: Sequence[Block], *, is_small: bool = False) -> Block:
    """Return two columns side by side."""
    return {"kind": "columns", "left": list(left), "right": list(right), "is_small": is_small}


def list_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, align: str, widths: Sequence[str]
) -> Block:
    """Return a table within the text."""
    return {
        "kind": "table",
        "head": list(head),
        "rows": [list(row) for row in rows],
        "align": align,
        "widths": list(widths),
    }


def long_date(day: date | datetime) -> str:
    """Return `22 de noviembre de 2026`, `22 November 2026`."""
    at = localtime(day).date() if isinstance(day, datetime) else day
    is_english = (get_language() or "es")[:2] == "en"
    return date_format(at, "j F Y" if is_english else r"j \d\e F \d\e Y")


def capital(words: str) -> str:
    """Return a concept as a label: with a capital at its beginning."""
    return words[:1].upper() + words[1:]


def percent(part: float, whole: float, places: int = 0) -> str:
    """Return a share in words: `38 %`."""
    if not whole:
        return "—"
    share = 100 * part / whole
    if not places and 0 < share < 0.5:
        return "<1\u00a0%"
    if not places and 99.5 <= share < 100:
        return ">99\u00a0%"
    return f"{share:.{places}f}\u00a0%"
