"""How somebody looks at the map: what is drawn, and which part of the world."""

from dataclasses import dataclass
from math import isfinite
from urllib.parse import urlencode

from django.http import QueryDict  # noqa: TID251 -- an address, read; nothing is answered here

from minka.knowledge.queries.density import CELLS_KM
from minka.knowledge.states import BOUNDARY_LEVELS, PlaceLevel

POINTS, HEXAGONS = "points", "hexagons"
SHADED = tuple(str(level.value) for level in BOUNDARY_LEVELS)
VIEWS = (POINTS, HEXAGONS, *SHADED)
LOOK_NAMES = ("view", "cell", "layer", "limits", "at")
USUAL_CELL_KM = 25
NOTHING = "0"  # in an address: chosen on purpose, even if nothing is
LEAST_ZOOM, MOST_ZOOM = 1.0, 16.0
LAYERS_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of the map and how near one is."""

    longitude: float
    latitude: float
    zoom: float


@dataclass(frozen=True, slots=True)
class MapLook:
    """What is drawn.

    Args:
        view: points, hexagons, or the level of the places that are shaded.
        cell: from side to side of a hexagon, in kilometres.
        layers: which of the team's layers lie over it; None: all of them.
        limits: the levels whose boundaries are drawn; None: regions.
        at: where one looks; None is wherever the organisations are.
    """

    view: str = POINTS
    cell: int = USUAL_CELL_KM
    layers: tuple[int, ...] | None = None
    limits: tuple[str, ...] | None = None
    at: Spot | None = None

    def shows_layer(self, pk: int) -> bool:
        """Return whether a layer lies over the map."""
        return self.layers is None or pk in self.layers

    def shows_limits(self, level: str) -> bool:
        """Return whether the boundaries of a level are drawn; those of shaded places always are."""
        usual = (PlaceLevel.DEPARTMENT,)
        return level == self.view or level in (usual if self.limits is None else self.limits)

    @property
    def address(self) -> str:
        """The part of an address that says all this; what is usual is left out."""
        pairs = {
            "view": self.view if self.view != POINTS else "",
            "cell": str(self.cell) if self.view == HEXAGONS and self.cell != USUAL_CELL_KM else "",
            "layer": () if self.layers is None else (NOTHING, *self.layers),
            "limits": () if self.limits is None else (NOTHING, *self.limits),
            "at": (
                f"{self.at.longitude:.4f},{self.at.latitude:.4f},{self.at.zoom:.2f}"
                if self.at
                else ""
            ),
        }
        return urlencode({name: value for name, value in pairs.items() if value}, doseq=True)


def look_from(query: QueryDict) -> MapLook:
    """Read a look from an address; what makes no sense is left out."""
    view, cell = query.get("view", ""), query.get("cell", "")
    layers = {int(text) for text in query.getlist("layer") if text.isdecimal() and len(text) < 10}
    chosen = tuple(sorted(layers - {0}))[:LAYERS_AT_MOST]
    limits = tuple(level for level in SHADED if level in query.getlist("limits"))
    return MapLook(
        view=view if view in VIEWS else POINTS,
        cell=int(cell) if cell in {str(size) for size in CELLS_KM} else USUAL_CELL_KM,
        layers=chosen if "layer" in query else None,
        limits=limits if "limits" in query else None,
        at=_spot(query.get("at", "")),
    )


def _spot(text: str) -> Spot | None:
    try:
        longitude, latitude, zoom = (float(part) for part in text.split(","))
    except ValueError:
        return None
    if not all(map(isfinite, (longitude, latitude, zoom))):
        return None
    if abs(longitude) > 180 or abs(latitude) > 85:
        return None
    near = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
    return Spot(round(longitude, 4), round(latitude, 4), round(near, 2))
