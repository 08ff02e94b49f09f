"""The communities of a reckoning, under the numbers that they went by before, and their marks."""

from collections.abc import Hashable, Sequence
from datetime import date

from django.db.models import Max

from minka.knowledge.models import Actor, Community, Place, Standing, Theme
from minka.methods.network.graph import Integers
from minka.methods.network.groups import follow_groups, telling_marks

SMALLEST = 3  # of two, nothing can be told but that they have a tie

Mark = list[str]


def name_communities(*, ids: Sequence[int], groups: Integers, on: date) -> dict[int, int]:
    """Keep the communities and return the pk of each group's; those too small have none.

    No person: a step of the reckoning.
    """
    sizes = {int(group): int((groups == group).sum()) for group in set(groups.tolist())}
    large = {group for group, size in sizes.items() if group >= 0 and size >= SMALLEST}
    known = Community.objects.in_bulk()
    numbers = {pk: one.number for pk, one in known.items()}
    before: dict[Hashable, int] = {
        actor: numbers[pk]
        for actor, pk in Standing.objects.values_list("actor_id", "community_id")
        if pk is not None
    }
    now: dict[Hashable, int] = {
        pk: int(group) if int(group) in large else -1
        for pk, group in zip(ids, groups.tolist(), strict=True)
    }
    highest = Community.objects.aggregate(at=Max("number"))["at"] or 0
    lasting = follow_groups(before, now, first_free=highest + 1)
    marks = _marks(ids, groups, large)
    by_number = {one.number: one for one in known.values()}
    kept: dict[int, int] = {}
    for group in sorted(large):
        number = lasting[group]
        one = by_number.get(number) or Community(number=number, first_seen=on)
        one.marks, one.size = marks.get(group, []), sizes[group]
        one.last_seen = max(on, one.first_seen)
        one.save()
        kept[group] = one.pk
    Community.objects.exclude(pk__in=kept.values()).update(size=0)
    return kept


def _marks(ids: Sequence[int], groups: Integers, large: set[int]) -> dict[int, list[Mark]]:
    """Return what tells each group from the others: themes first, else regions, two at most."""
    grouped = {pk for pk, group in zip(ids, groups.tolist(), strict=True) if group in large}
    bearing: dict[int, list[str]] = {pk: [] for pk in grouped}
    links = Actor.themes.through._default_manager.values_list("actor_id", "theme_id")
    for actor, theme in links:
        if actor in bearing:
            bearing[actor].append(f"theme:{theme}")
    placed = Actor.objects.filter(region__isnull=False).values_list("pk", "region_id")
    for actor, region in placed:
        if actor in bearing:
            bearing[actor].append(f"region:{region}")
    told = telling_marks(groups, [bearing.get(pk, []) for pk in ids])
    return _worded({group: told.get(group, []) for group in large})


def _worded(told: dict[int, list[str]]) -> dict[int, list[Mark]]:
    wanted = [mark.split(":") for marks in told.values() for mark in marks]
    themes = Theme.objects.in_bulk([int(pk) for kind, pk in wanted if kind == "theme"])
    regions = Place.objects.in_bulk([int(pk) for kind, pk in wanted if kind == "region"])

    def worded(mark: str) -> Mark:
        kind, pk = mark.split(":")
        if kind == "theme":
            theme = themes[int(pk)]
            return ["theme", theme.slug, theme.label_es, theme.label_en]
        place = regions[int(pk)]
        return ["region", pk, place.name, place.name]

    return {group: [worded(mark) for mark in marks] for group, marks in told.items()}
