"""Lines over time as drawn by the server: gaps where figures are missing, labels at the ends."""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 360.0, 200.0
LEFT, RIGHT, TOP, BOTTOM = 24.0, 96.0, 12.0, 22.0
LABEL_STEP = 14.0


@dataclass(slots=True)
class Line:
    """One series. `pieces` are the points of polylines, `dots` every known figure."""

    label: str
    number: int
    pieces: list[str] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    label_y: float = 0.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis with its words."""

    at: float
    label: str


@dataclass(slots=True)
class LineChart:
    """What `knowledge/_lines.html` draws; the table of its figures stands beside it."""

    lines: list[Line]
    across: list[Tick]
    up: list[Tick]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    floor: float = HEIGHT - BOTTOM


def line_chart(
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    *,
    words: Sequence[str] | None = None,
) -> LineChart | None:
    """Return a chart from zero up; None where there is nothing to draw.

    Args:
        labels: of the places on the axis, such as years.
        series: label and one figure per place, None where it is missing.
        words: how 0, half and the top are written, told the top by `chart_top`.
    """
    top = chart_top(series)
    if top <= 0 or len(labels) < 2:
        return None
    right, floor = WIDTH - RIGHT, HEIGHT - BOTTOM

    def x(place: int) -> float:
        return round(LEFT + (right - LEFT) * place / (len(labels) - 1), 1)

    def y(value: float) -> float:
        return round(floor - (floor - TOP) * value / top, 1)

    lines = []
    for number, (label, values) in enumerate(series, 1):
        line, piece = Line(label, number), []
        for place, value in enumerate([*values, None]):
            if value is not None:
                piece.append((x(place), y(value)))
                continue
            if piece:
                line.dots += piece
                line.pieces.append(" ".join(f"{one},{other}" for one, other in piece))
                piece = []
        if line.dots:
            line.label_y = line.dots[-1][1] + 4
            lines.append(line)
    _keep_apart(lines)
    every = max(1, -(-len(labels) // 6))
    across = [
        Tick(x(place), label)
        for place, label in enumerate(labels)
        if (len(labels) - 1 - place) % every == 0
    ]
    up = [Tick(y(top * part), text) for part, text in zip((0, 0.5, 1), words or (), strict=False)]
    return LineChart(lines, across, up)


def chart_top(series: Sequence[tuple[str, Sequence[float | None]]]) -> float:
    """Return the upper end of the axis: the next round number above every figure."""
    most = max((value for _l, values in series for value in values if value is not None), default=0)
    if most <= 0:
        return 0.0
    step = 1.0
    while step * 10 <= most:
        step *= 10
    while step > most:
        step /= 10
    return float(next(step * part for part in (1, 2, 4, 5, 6, 8, 10) if step * part >= most))


def _keep_apart(lines: list[Line]) -> None:
    below = float("-inf")
    for line in sorted(lines, key=lambda one: one.label_y):
        line.label_y = round(max(line.label_y, below + LABEL_STEP), 1)
        below = line.label_y
