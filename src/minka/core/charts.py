"""Pictures of figures as SVG, drawn on the server: for printed documents, and for pages.

One unit is one point on paper, so that texts keep their size where a picture is as wide as its
`width`. Every value stands beside its mark; nothing is told by colour alone. The classes let a
page recolour what paper prints.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log2

INK, MUTED, LINE, SUNKEN, PAPER = "#1e2226", "#565c63", "#ded6ca", "#f1ece4", "#ffffff"
COPPER, VERDIGRIS = "#9a4a17", "#146663"
# safe for colour-blind readers beside each other, each at least 3:1 on white
SERIES = (
    "#9a4a17", "#146663", "#0060a8", "#b8860b", "#a0387c", "#4d7c2a", "#5a4fa3", "#6b6f75",
)  # fmt: skip
STEPS = ("#0d5552", "#2f8480", "#66aca6", "#d6ebe8")  # of one quantity, the most first
FONT = 'font-family="Inter, Inter Variable"'
LETTER = 0.54  # of the size, a letter of Inter is wide on average
TEXT_PT, SMALL_PT = 8.0, 7.0
ROW_PT, TWO_LINES_PT = 17.0, 25.0
GAP_PT = 8.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One quantity. `text` is what stands beside it, `is_marked` draws it in copper."""

    label: str
    value: float
    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A value with the interval it may lie in; a scale of doublings where `log` is asked."""

    label: str
    value: float
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """A point of a network, from -1 to 1 on both axes."""

    x: float
    y: float
    radius: float
    color: str
    label: str = ""


def bar_chart(bars: Sequence[Bar], *, width: float, label_width: float = 150) -> str:
    """Draw quantities as bars from one zero, in the order given."""
    most = max((one.value for one in bars), default=0) or 1
    label_width = _room_for([one.label for one in bars], label_width)
    room = width - label_width - GAP_PT - max((_width(one.text) for one in bars), default=0)
    parts, y = [], 0.0
    for one in bars:
        lines = _lines(one.label, label_width)
        height = TWO_LINES_PT if len(lines) > 1 else ROW_PT
        parts.append(_label(lines, label_width - GAP_PT, y + height / 2))
        length = max(1.0, one.value / most * room) if one.value else 0.0
        color, name = (COPPER, "mark") if one.is_marked else (VERDIGRIS, "bar")
        parts.append(
            f'<rect class="chart-{name}" x="{label_width:.1f}" y="{y + height / 2 - 5:.1f}"'
            f' width="{length:.1f}" height="10" rx="1.5" fill="{color}"/>'
        )
        parts.append(_text(label_width + length + 5, y + height / 2 + 2.9, one.text, weight=600))
        y += height
    parts.insert(0, _rule(label_width, 0, label_width, y))
    return _svg(width, y, parts)


def share_chart(rows: Sequence[tuple[str, Sequence[Part]]], *, width: float) -> str:
    """Draw for each row one whole and its parts, each named above its share."""
    parts: list[str] = []
    y = 0.0
    for title, shares in rows:
        total = sum(one.value for one in shares) or 1
        parts.append(_text(0, y + 9, title, weight=600))
        y += 15
        x = 0.0
        for at, one in enumerate(shares):
            length = one.value / total * width
            color = STEPS[min(at, len(STEPS) - 1)]
            parts.append(
                f'<rect class="chart-step-{at}" x="{x:.1f}" y="{y:.1f}" width="{length:.1f}"'
                f' height="13" fill="{color}" stroke="{PAPER}" stroke-width="0.8"/>'
            )
            x += length
        y += 23
        x = 0.0
        for at, one in enumerate(shares):
            words = f"{one.label} {one.text}"
            if x and x + _width(words, SMALL_PT) + 12 > width:
                x, y = 0.0, y + 12
            color = STEPS[min(at, len(STEPS) - 1)]
            parts.append(
                f'<rect class="chart-step-{at}" x="{x:.1f}" y="{y - 5.5:.1f}" width="7" height="7"'
                f' rx="1" fill="{color}" stroke="{LINE}" stroke-width="0.4"/>'
            )
            parts.append(_text(x + 10, y + 0.6, words, size=SMALL_PT, color=MUTED))
            x += _width(words, SMALL_PT) + 22
        y += 16
    return _svg(width, y - 4 if y else 0, parts)


def change_chart(
    rows: Sequence[tuple[str, float, float, str]], *, width: float, label_width: float = 150
) -> str:
    """Draw (label, before, after, text) as a step from a hollow to a full mark on one scale."""
    most = max((max(one[1], one[2]) for one in rows), default=0) or 1
    label_width = _room_for([one[0] for one in rows], label_width)
    room = width - label_width - 2 * GAP_PT - max((_width(one[3]) for one in rows), default=0)
    parts: list[str] = []
    y = 0.0
    for label, before, after, text in rows:
        lines = _lines(label, label_width)
        height = TWO_LINES_PT if len(lines) > 1 else ROW_PT
        middle = y + height / 2
        one, other = (label_width + 4 + value / most * (room - 8) for value in (before, after))
        parts.append(_rule(label_width, middle, label_width + room, middle))
        parts.append(_label(lines, label_width - GAP_PT, middle))
        parts.append(
            f'<line x1="{one:.1f}" y1="{middle:.1f}" x2="{other:.1f}" y2="{middle:.1f}"'
            f' class="chart-mark" stroke="{COPPER}" stroke-width="2"/>'
            f'<circle cx="{one:.1f}" cy="{middle:.1f}" r="3" fill="{PAPER}" stroke="{COPPER}"'
            f' stroke-width="1.2"/><circle class="chart-mark" cx="{other:.1f}"'
            f' cy="{middle:.1f}" r="3.4" fill="{COPPER}"/>'
        )
        parts.append(_text(label_width + room + GAP_PT, middle + 2.9, text, weight=600))
        y += height
    return _svg(width, y, parts)


def span_chart(
    spans: Sequence[Span],
    *,
    width: float,
    label_width: float = 170,
    ticks: Sequence[tuple[float, str]] = (),
    log: bool = False,
) -> str:
    """Draw values with their intervals on one scale, whose `ticks` are (value, words)."""

    def scaled(value: float) -> float:
        return log2(value) if log else value

    ends = [scaled(value) for value, _words in ticks]
    low, high = min(ends), max(ends)
    label_width = _room_for([one.label for one in spans], label_width) + 6
    room = width - label_width - max((_width(one.text) for one in spans), default=0) - 12

    def place(value: float) -> float:
        at = low if log and value <= 0 else scaled(value)
        return label_width + (min(max(at, low), high) - low) / (high - low) * room

    parts: list[str] = []
    y = 14.0
    for one in spans:
        lines = _lines(one.label, label_width)
        height = TWO_LINES_PT if len(lines) > 1 else ROW_PT
        middle = y + height / 2
        parts.append(_label(lines, label_width - GAP_PT, middle))
        parts.append(
            f'<line class="chart-bar" x1="{place(one.low):.1f}" y1="{middle:.1f}"'
            f' x2="{place(one.high):.1f}" y2="{middle:.1f}" stroke="{VERDIGRIS}"'
            f' stroke-width="4" stroke-opacity="0.35" stroke-linecap="round"/>'
            f'<circle class="chart-bar" cx="{place(one.value):.1f}" cy="{middle:.1f}" r="3.2"'
            f' fill="{VERDIGRIS}"/>'
        )
        parts.append(_text(label_width + room + 12, middle + 2.9, one.text, weight=600))
        y += height
    scale = []
    for value, words in ticks:
        x = place(value)
        scale.append(_rule(x, 12, x, y))
        scale.append(_text(x, 8, words, size=SMALL_PT, color=MUTED, anchor="middle"))
    return _svg(width, y, [*scale, *parts])


def network_chart(
    nodes: Sequence[Node], edges: Sequence[tuple[int, int]], *, width: float, height: float
) -> str:
    """Draw a network: ties as hairlines, nodes in their colours, the labels of a few beside them.

    A label that would lie on an earlier one is left out, so give the most important nodes last.
    """
    spots = _spread(nodes, width, height)
    lines = "".join(
        f"M{spots[a][0]:.1f} {spots[a][1]:.1f}L{spots[b][0]:.1f} {spots[b][1]:.1f}"
        for a, b in edges
    )
    tied = f'fill="none" stroke="{MUTED}" stroke-width="0.35" stroke-opacity="0.38"'
    parts = [f'<path class="chart-tie" d="{lines}" {tied}/>'] if lines else []
    for one, (x, y) in zip(nodes, spots, strict=True):
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}"'
            f' r="{one.radius:.1f}" fill="{one.color}" stroke="{PAPER}"'
            f' stroke-width="0.5"/>'
        )
    taken: list[tuple[float, float, float, float]] = []
    for one, (x, y) in reversed(list(zip(nodes, spots, strict=True))):
        if one.label:
            parts += _beside(one, x, y, width, taken)
    return _svg(width, height, parts)


def _beside(
    node: Node, x: float, y: float, width: float, taken: list[tuple[float, float, float, float]]
) -> list[str]:
    """Write a label where there is room: right, left, above or below; else leave it out."""
    long, away = _width(node.label, SMALL_PT), node.radius + 3
    for start, base in (
        (x + away, y), (x - away - long, y),
        (x - long / 2, y - away - 4), (x - long / 2, y + away + 4),
        (x + away, y - 9), (x + away, y + 9), (x - away - long, y - 9), (x - away - long, y + 9),
    ):  # fmt: skip
        box = (start, base - 5, start + long, base + 5)
        if start < 0 or start + long > width or any(_touch(box, other) for other in taken):
            continue
        taken.append(box)
        halo = f' stroke="{PAPER}" stroke-width="2.4" stroke-linejoin="round"'
        return [
            _text(start, base + 2.5, node.label, size=SMALL_PT, weight=600, color=PAPER, more=halo),
            _text(start, base + 2.5, node.label, size=SMALL_PT, weight=600),
        ]
    return []


def _touch(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _spread(nodes: Sequence[Node], width: float, height: float) -> list[tuple[float, float]]:
    """Return where nodes stand when the whole fills the picture."""
    if not nodes:
        return []
    margin = 14.0
    xs, ys = [one.x for one in nodes], [one.y for one in nodes]
    across, down = (max(xs) - min(xs)) or 1.0, (max(ys) - min(ys)) or 1.0
    return [
        (
            margin + (one.x - min(xs)) / across * (width - 2 * margin),
            margin + (one.y - min(ys)) / down * (height - 2 * margin),
        )
        for one in nodes
    ]


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    height = max(height, 1.0)  # readers refuse a picture without height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height:.1f}"'
        f' width="{width:.1f}" height="{height:.1f}">{"".join(parts)}</svg>'
    )


def _text(  # noqa: PLR0913 -- what a text looks like
    x: float,
    y: float,
    words: str,
    *,
    size: float = TEXT_PT,
    weight: int = 400,
    color: str = INK,
    anchor: str = "start",
    more: str = "",
) -> str:
    return (
        f'<text class="chart-text" x="{x:.1f}" y="{y:.1f}" {FONT} font-size="{size}"'
        f' font-weight="{weight}" fill="{color}" text-anchor="{anchor}"{more}>'
        f"{escape(words)}</text>"
    )


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return (
        f'<line class="chart-rule" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        f' stroke="{LINE}" stroke-width="0.6"/>'
    )


def _label(lines: Sequence[str], x: float, middle: float) -> str:
    top = middle + 2.9 - (len(lines) - 1) * 4.6
    return "".join(_text(x, top + at * 9.2, line, anchor="end") for at, line in enumerate(lines))


def _lines(words: str, width: float) -> list[str]:
    """Break a label into two lines at most."""
    room = int((width - GAP_PT) / (TEXT_PT * LETTER))
    if len(words) <= room:
        return [words]
    head = words[: room + 1].rsplit(" ", 1)[0][:room]
    rest = words[len(head) :].strip()
    return [head, rest if len(rest) <= room else rest[: room - 1].rstrip() + "…"]


def _width(words: str, size: float = TEXT_PT) -> float:
    return len(words) * size * LETTER + size / 2


def _room_for(labels: Sequence[str], most: float) -> float:
    """Return how wide a column of labels has to be, `most` at most."""
    return min(most, max((_width(label) for label in labels), default=0) + 1.5 * GAP_PT)
