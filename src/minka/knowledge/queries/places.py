"""Find places by the keys of their names, a whole sheet at a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from minka.knowledge.models import Place
from minka.knowledge.states import PlaceLevel

ABROAD = (PlaceLevel.CITY, PlaceLevel.STATE)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, the region it lies in, and its name as far up as it is known."""

    place_id: int
    region_id: int | None
    latitude: float | None
    longitude: float | None
    names: tuple[str, ...]


@dataclass(slots=True)
class PlaceIndex:
    """The gazetteer in memory. A name that several places share counts only within its parent."""

    regions: dict[tuple[str, str], int] = field(default_factory=dict)
    parts: dict[tuple[int, str], int] = field(default_factory=dict)
    namesakes: dict[tuple[str, str, str], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    spots: dict[int, Spot] = field(default_factory=dict)
    abroad: dict[str, Spot] = field(default_factory=dict)  # cities by number, regions by code

    def spot(
        self, city: object, country: str, region: str, province: str, district: str
    ) -> Spot | None:
        """Return what lies abroad under this number or code, or else what the keys name."""
        if city:
            return self.abroad.get(str(city))
        return self.find(country, region, province, district)

    def learn(self, places: Iterable[Place]) -> None:
        """Know these cities and regions abroad from now on."""
        for one in places:
            key = str(one.geoname_id or f"{one.country}:{one.geoname_code}")
            names = tuple(dict.fromkeys([one.name, *([one.parent.name] if one.parent else [])]))
            self.abroad[key] = Spot(one.pk, None, one.latitude, one.longitude, names)

    def find(self, country: str, region: str, province: str, district: str) -> Spot | None:
        """Return the smallest place that the keys name with certainty, or None."""
        top = self.regions.get((country, region)) if region else None
        middle = self._part(country, PlaceLevel.PROVINCE, province, top)
        if middle:
            top = self.spots[middle].region_id
        if bottom := self._part(country, PlaceLevel.DISTRICT, district, middle, region=top):
            return self.spots[bottom]
        return self.spots.get(middle or top or 0)

    def _part(
        self, country: str, level: str, key: str, parent: int | None, region: int | None = None
    ) -> int | None:
        if not key:
            return None
        if parent and (found := self.parts.get((parent, key))):
            return found
        within = region or (parent if level == PlaceLevel.PROVINCE else None)
        same = [
            pk
            for pk in self.namesakes.get((country, level, key), [])
            if within is None or self.spots[pk].region_id == within
        ]
        return same[0] if len(same) == 1 else None


def place_index() -> PlaceIndex:
    """Return the whole gazetteer, ready to be asked. Two SQL statements.

    No person: places are public.
    """
    index = PlaceIndex()
    abroad = Place.objects.filter(level__in=ABROAD).select_related("parent")
    index.learn(abroad.order_by("pk"))
    rows = (
        Place.objects.exclude(level__in=ABROAD)
        .order_by("pk")
        .values_list(
            "pk", "parent_id", "country", "level", "name", "name_key", "latitude", "longitude"
        )
    )
    parts = []
    for pk, parent, country, level, name, key, latitude, longitude in rows:
        if level == PlaceLevel.DEPARTMENT:
            index.regions[country, key] = pk
            index.spots[pk] = Spot(pk, pk, latitude, longitude, (name,))
        elif parent:
            parts.append((pk, parent, country, level, name, key, latitude, longitude))
    parts.sort(key=lambda part: part[3] == PlaceLevel.DISTRICT)  # provinces first
    for pk, parent, country, level, name, key, latitude, longitude in parts:
        if above := index.spots.get(parent):
            names = (name, *above.names)
            index.spots[pk] = Spot(pk, above.region_id, latitude, longitude, names)
            index.parts[parent, key] = pk
            index.namesakes[country, level, key].append(pk)
    return index
