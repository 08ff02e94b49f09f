"""Find places by the keys of their names, a whole sheet at a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from minka.knowledge.models import Place
from minka.knowledge.states import PlaceLevel


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
    cities: dict[int, Spot] = field(default_factory=dict)  # outside Peru, by number

    def spot(
        self, city: object, country: str, region: str, province: str, district: str
    ) -> Spot | None:
        """Return the city with this number, or else what the keys name."""
        if city:
            return self.cities.get(int(str(city)))
        return self.find(country, region, province, district)

    def learn(self, cities: Iterable[Place]) -> None:
        """Know these cities from now on."""
        for one in cities:
            if one.geoname_id:
                self.cities[one.geoname_id] = Spot(
                    one.pk, None, one.latitude, one.longitude, (one.name,)
                )

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
    index.learn(Place.objects.filter(level=PlaceLevel.CITY).order_by("pk"))
    rows = (
        Place.objects.exclude(level=PlaceLevel.CITY)
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
