"""A still map as SVG: sea, land, shapes, marks and names in the Web Mercator projection.

Pixels, from the upper left corner; the same centre and zoom show the same part of the world as the
moving map of the page does.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from math import log10
from typing import Any

from minka.methods.geography.geojson import AREAS, LINES, rings
from minka.methods.geography.projection import TILE, forward

CLUSTER_PX = 46
OUTSIDE_PX = 200.0


@dataclass(frozen=True, slots=True)
class View:
    """What part of the world is drawn, and how large."""

    longitude: float
    latitude: float
    zoom: float
    width: int = 1200
    height: int = 800

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return the pixel of a position."""
        scale = TILE * 2**self.zoom
        x, y = forward(longitude, latitude)
        x0, y0 = forward(self.longitude, self.latitude)
        return (x - x0) * scale + self.width / 2, (y - y0) * scale + self.height / 2

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Return whether a pixel is in the picture."""
        return -margin <= x <= self.width + margin and -margin <= y <= self.height + margin


@dataclass(slots=True)
class Picture:
    """A picture that grows from the bottom up."""

    view: View
    parts: list[str] = field(default_factory=list)

    def paper(self, color: str) -> None:
        """Fill everything."""
        self.parts.append(
            f'<rect width="{self.view.width}" height="{self.view.height}" fill="{color}"/>'
        )

    def shape(self, geometry: Mapping[str, Any], attributes: str) -> None:
        """Draw an area or a line; what lies wholly outside is left out."""
        kind = geometry["type"]
        if kind not in AREAS | LINES:
            return
        path = []
        for ring in rings(dict(geometry)):
            pixels = [self.view.place(lon, lat) for lon, lat in ring]
            if not self._near(pixels):
                continue
            steps = [f"{x:.1f} {y:.1f}" for x, y in _apart(pixels)]
            path.append("M" + "L".join(steps) + ("Z" if kind in AREAS else ""))
        if path:
            self.parts.append(f'<path d="{"".join(path)}" {attributes}/>')

    def disc(self, longitude: float, latitude: float, radius: float, attributes: str) -> None:
        """Draw a mark, if it is in the picture."""
        x, y = self.view.place(longitude, latitude)
        if self.view.holds(x, y, radius):
            self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {attributes}/>')

    def text(self, x: float, y: float, words: str, attributes: str) -> None:
        """Write at a pixel."""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{escape(words)}</text>')

    def svg(self) -> str:
        """Return the whole."""
        width, height = self.view.width, self.view.height
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
            f' width="{width}" height="{height}">{"".join(self.parts)}</svg>'
        )

    def _near(self, pixels: Sequence[tuple[float, float]]) -> bool:
        xs, ys = [x for x, _y in pixels], [y for _x, y in pixels]
        return (
            max(xs) >= -OUTSIDE_PX
            and min(xs) <= self.view.width + OUTSIDE_PX
            and max(ys) >= -OUTSIDE_PX
            and min(ys) <= self.view.height + OUTSIDE_PX
        )


def _apart(pixels: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Leave out what is within half a pixel of what was drawn before it."""
    kept = list(pixels[:1])
    for x, y in pixels[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= 0.5:
            kept.append((x, y))
    return [*kept, pixels[-1]]


@dataclass(frozen=True, slots=True)
class Group:
    """Points that lie in one square of the picture: middle, number, kind of the first."""

    x: float
    y: float
    count: int
    kind: int

    @property
    def radius(self) -> float:
        """How large the moving map draws such a cluster."""
        return round(13 + 4 * log10(self.count) ** 1.3) if self.count > 1 else 5.0


def grouped(
    view: View, points: Iterable[tuple[float, float, int]], *, square: float = CLUSTER_PX
) -> list[Group]:
    """Gather points (longitude, latitude, kind) by squares, largest group last."""
    squares: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for longitude, latitude, kind in points:
        x, y = view.place(longitude, latitude)
        if not view.holds(x, y):
            continue
        held = squares[int(x // square), int(y // square)]
        held[0] += x
        held[1] += y
        held[2] += 1
        held[3] = held[3] if held[2] > 1 else kind
    groups = [Group(x / n, y / n, int(n), int(kind)) for x, y, n, kind in squares.values()]
    return sorted(groups, key=lambda one: (one.count, one.x, one.y))
