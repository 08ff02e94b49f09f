"""Density of points in hexagons.

Hexagons hold their points nearer to their centre than squares do, and have no direction of their
own: Carr, Littlefield, Nicholson and Littlefield, "Scatterplot matrix techniques for large N",
*Journal of the American Statistical Association* 82 (1987), 424-436. The hexagon of a point is
found by rounding its cube coordinates, as in Her, "Geometric transformations on the hexagonal
grid", *IEEE Transactions on Image Processing* 4 (1995), 1213-1222.

The grid lies in the Mercator plane, so that the hexagons look alike; `size_km` is their distance
from side to side at the latitude `at_latitude`, and they are smaller on the ground towards a pole.
"""

from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt

import numpy as np
from numpy.typing import ArrayLike

from minka.methods.geography.projection import EARTH_KM, backward, forward_all


@dataclass(frozen=True, slots=True)
class Hexagon:
    """One cell of the grid: column and row (axial), its centre, its corners and what is in it."""

    column: int
    row: int
    longitude: float
    latitude: float
    ring: tuple[tuple[float, float], ...]
    count: int


def hexagons(
    longitudes: ArrayLike,
    latitudes: ArrayLike,
    *,
    size_km: float,
    at_latitude: float = 0.0,
) -> list[Hexagon]:
    """Return the cells that hold points, fullest first. O(n log n).

    Raises:
        ValueError: the size is not positive.
    """
    if size_km <= 0:
        raise ValueError("A hexagon has a size.")
    radius = size_km / EARTH_KM / cos(radians(at_latitude)) / sqrt(3)  # centre to corner
    x, y = forward_all(longitudes, latitudes)
    if not x.size:
        return []
    q = (sqrt(3) / 3 * x - y / 3) / radius
    r = (2 / 3 * y) / radius
    columns, rows = _rounded(q, r)
    cells, counts = np.unique(np.stack([columns, rows]), axis=1, return_counts=True)
    found = [
        _cell(int(column), int(row), int(count), radius)
        for column, row, count in zip(*cells.tolist(), counts.tolist(), strict=True)
    ]
    return sorted(found, key=lambda cell: (-cell.count, cell.column, cell.row))


def _rounded(q: np.ndarray, r: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Round cube coordinates; the one that moved most gives way, so that their sum stays zero."""
    s = -q - r
    nearest_q, nearest_r, nearest_s = np.rint(q), np.rint(r), np.rint(s)
    off_q, off_r, off_s = abs(nearest_q - q), abs(nearest_r - r), abs(nearest_s - s)
    fix_q = (off_q > off_r) & (off_q > off_s)
    fix_r = ~fix_q & (off_r > off_s)
    nearest_q = np.where(fix_q, -nearest_r - nearest_s, nearest_q)
    nearest_r = np.where(fix_r, -nearest_q - nearest_s, nearest_r)
    return nearest_q.astype(np.int64), nearest_r.astype(np.int64)


def _cell(column: int, row: int, count: int, radius: float) -> Hexagon:
    x = radius * sqrt(3) * (column + row / 2)
    y = radius * 3 / 2 * row
    corners = [
        backward(
            x + radius * cos(pi / 180 * (60 * n - 30)), y + radius * sin(pi / 180 * (60 * n - 30))
        )
        for n in range(6)
    ]
    ring = tuple((round(a, 5), round(b, 5)) for a, b in [*corners, corners[0]])
    longitude, latitude = backward(x, y)
    return Hexagon(column, row, round(longitude, 5), round(latitude, 5), ring, count)
