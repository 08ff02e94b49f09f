"""The Web Mercator projection (EPSG:3857, on the sphere), in units of one world width.

Source: Snyder, *Map Projections: A Working Manual*, USGS Professional Paper 1395 (1987), pp. 38-47;
the square world with north up is that of every web map.
"""

from math import atan, degrees, exp, log, pi, radians, sinh, tan
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MOST_NORTH = degrees(atan(sinh(pi)))  # 85.05…: where the world becomes a square
TILE = 512  # pixels of the world at zoom 0, as MapLibre counts
EARTH_KM = 40_075.016_686


def forward(longitude: float, latitude: float) -> tuple[float, float]:
    """Return x (0 west … 1 east) and y (0 north … 1 south)."""
    held = min(max(latitude, -MOST_NORTH), MOST_NORTH)
    return (
        longitude / 360 + 0.5,
        0.5 - log(tan(pi / 4 + radians(held) / 2)) / (2 * pi),
    )


def backward(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude in degrees."""
    return (x - 0.5) * 360, degrees(2 * atan(exp((0.5 - y) * 2 * pi)) - pi / 2)


def forward_all(longitudes: Any, latitudes: Any) -> tuple[Array, Array]:
    """Project many positions at once."""
    held = np.clip(np.asarray(latitudes, dtype=np.float64), -MOST_NORTH, MOST_NORTH)
    x = np.asarray(longitudes, dtype=np.float64) / 360 + 0.5
    y = 0.5 - np.log(np.tan(np.pi / 4 + np.radians(held) / 2)) / (2 * np.pi)
    return x, y


def zoom_to_fit(
    box: tuple[float, float, float, float], *, width: int, height: int, padding: int
) -> tuple[float, float, float]:
    """Return centre longitude, centre latitude and zoom that show the box in so many pixels."""
    west, south, east, north = box
    left, top = forward(west, north)
    right, bottom = forward(east, south)
    across = max(right - left, 1e-9) * TILE / max(width - 2 * padding, 1)
    down = max(bottom - top, 1e-9) * TILE / max(height - 2 * padding, 1)
    longitude, latitude = backward((left + right) / 2, (top + bottom) / 2)
    return longitude, latitude, -log(max(across, down)) / log(2)
