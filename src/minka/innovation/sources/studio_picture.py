"""The choice in one picture: problems by value with their intervals, and how firm each is."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from minka.core.charts import COPPER, FONT, INK, LINE, MUTED, PAPER, SUNKEN, VERDIGRIS

ROW, TOP, TEXT, SMALL = 18.0, 26.0, 8.2, 7.2
LOWEST, HIGHEST = 1.0, 5.0
LETTER = 0.55  # of the size, a letter is wide on average


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One row; `share` is None until there are draws.

    The interval is of two errors on either side, unless `low` and `high` say otherwise.
    """

    code: str
    title: str
    value: float
    error: float
    is_chosen: bool
    share: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def interval(self) -> tuple[float, float]:
        """From where to where the value may lie."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        return self.value - 2 * self.error, self.value + 2 * self.error


@dataclass(frozen=True, slots=True)
class PictureWords:
    """What stands in the picture, in the reader's language."""

    value: str
    firmness: str
    scale: tuple[str, ...] = ("1", "2", "3", "4", "5")


def choice_picture(
    rows: Sequence[PictureRow], words: PictureWords, *, width: float, titles: float = 0.38
) -> str:
    """Draw the rows in the order given; what is chosen is filled and has a full mark.

    Nothing is told by colour alone: what is out is hollow. Intervals are of two standard errors.
    """
    drawn_shares = any(row.share is not None for row in rows)
    left = width * titles
    right = width * 0.17 if drawn_shares else 26.0
    scale = _Scale(left, width - right - (34.0 if drawn_shares else 0.0))
    parts = _frame(rows, words, scale, width, drawn_shares=drawn_shares)
    for at, row in enumerate(rows):
        middle = TOP + at * ROW + ROW / 2
        parts += _row(row, scale, middle, left)
        if row.share is not None:
            parts += _share(row, middle, width - right, right)
    height = TOP + len(rows) * ROW + 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height:.1f}"'
        f' width="{width:.1f}" height="{height:.1f}" class="choicechart" aria-hidden="true"'
        f' focusable="false">{"".join(parts)}</svg>'
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    left: float
    right: float

    def at(self, value: float) -> float:
        held = min(max(value, LOWEST), HIGHEST)
        return self.left + (held - LOWEST) / (HIGHEST - LOWEST) * (self.right - self.left)


def _frame(
    rows: Sequence[PictureRow],
    words: PictureWords,
    scale: _Scale,
    width: float,
    *,
    drawn_shares: bool,
) -> list[str]:
    bottom = TOP + len(rows) * ROW
    parts = [_text(scale.left, 9, words.value, kind="muted", weight=600)]
    for value, label in enumerate(words.scale, start=1):
        x = scale.at(value)
        parts.append(_line(x, TOP - 4, x, bottom, kind="rule", stroke=LINE, thick=0.6))
        parts.append(_text(x, TOP - 7, label, kind="muted", size=SMALL, anchor="middle"))
    if drawn_shares:
        parts.append(_text(width, 9, words.firmness, kind="muted", weight=600, anchor="end"))
    last = max((at for at, row in enumerate(rows) if row.is_chosen), default=None)
    if last is not None and all(row.is_chosen for row in rows[: last + 1]):
        y = TOP + (last + 1) * ROW  # without conditions the choice is the top: draw the line
        parts.append(_line(0, y, width, y, kind="cut", stroke=COPPER, thick=0.8))
    return parts


def _row(row: PictureRow, scale: _Scale, middle: float, left: float) -> list[str]:
    base, centre = middle + 2.9, scale.at(row.value)
    weight = 600 if row.is_chosen else 400
    room = int((left - 46) / (TEXT * LETTER))
    title = row.title if len(row.title) <= room else row.title[: room - 1].rstrip() + "…"
    low, high = (scale.at(end) for end in row.interval)
    color, kind = (COPPER, "in") if row.is_chosen else (SUNKEN, "out")
    edge = "" if row.is_chosen else f' stroke="{MUTED}" stroke-width="0.6"'
    return [
        _mark(row, middle),
        _text(12, base, row.code, weight=weight),
        _text(40, base, title, weight=weight, kind="text" if row.is_chosen else "muted"),
        _bar(kind, scale.left, centre - scale.left, middle, 9, f'fill="{color}"{edge}'),
        _line(low, middle, high, middle, kind="halo", stroke=PAPER, thick=3.2),
        _line(low, middle, high, middle, kind="ink", stroke=INK, thick=1.1),
        _line(low, middle - 2.6, low, middle + 2.6, kind="ink", stroke=INK, thick=1.1),
        _line(high, middle - 2.6, high, middle + 2.6, kind="ink", stroke=INK, thick=1.1),
    ]


def _mark(row: PictureRow, middle: float) -> str:
    if row.is_chosen:
        return f'<circle class="choice-in" cx="4.5" cy="{middle:.1f}" r="3.2" fill="{COPPER}"/>'
    return (
        f'<circle class="choice-out" cx="4.5" cy="{middle:.1f}" r="2.9" fill="{PAPER}"'
        f' stroke="{MUTED}" stroke-width="0.8"/>'
    )


def _share(row: PictureRow, middle: float, x: float, room: float) -> list[str]:
    share = row.share or 0.0
    bar = room - 30
    percent = f"{share:.0%}".replace("%", "\u00a0%")
    return [
        _bar("all", x, bar, middle, 6, f'fill="{SUNKEN}"'),
        _bar("share", x, bar * share, middle, 6, f'fill="{VERDIGRIS}"'),
        _text(x + room, middle + 2.9, percent, weight=600, anchor="end"),
    ]


def _bar(  # noqa: PLR0913, PLR0917 -- where a bar stands and what it looks like
    kind: str, x: float, width: float, middle: float, height: float, look: str
) -> str:
    return (
        f'<rect class="choice-{kind}" x="{x:.1f}" y="{middle - height / 2:.1f}"'
        f' width="{max(width, 0.5):.1f}" height="{height:.1f}" rx="1.5" {look}/>'
    )


def _text(  # noqa: PLR0913 -- what a text looks like
    x: float,
    y: float,
    words: str,
    *,
    size: float = TEXT,
    weight: int = 400,
    kind: str = "text",
    anchor: str = "start",
) -> str:
    color = MUTED if kind == "muted" else INK
    return (
        f'<text class="choice-{kind}" x="{x:.1f}" y="{y:.1f}" {FONT} font-size="{size}"'
        f' font-weight="{weight}" fill="{color}" text-anchor="{anchor}">{escape(words)}</text>'
    )


def _line(  # noqa: PLR0913 -- where a line goes and what it looks like
    x1: float, y1: float, x2: float, y2: float, *, kind: str, stroke: str, thick: float
) -> str:
    return (
        f'<line class="choice-{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        f' stroke="{stroke}" stroke-width="{thick}"/>'
    )
