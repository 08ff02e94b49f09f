"""How many suppliers the map has of a theme: what can be answered at all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from minka.knowledge.models import Actor, Theme
from minka.knowledge.states import ActorKind, ActorState


def suppliers_by_theme(themes: Iterable[int]) -> dict[int, int]:
    """Return for each theme how many suppliers bear it or a narrower one; two SQL statements."""
    wanted = set(themes)
    broader = dict(Theme.objects.values_list("pk", "broader_id"))
    above = {theme: _above(theme, broader) & wanted for theme in broader}
    borne = Actor.themes.through.objects.filter(
        actor__state=ActorState.LIVE, actor__kind=ActorKind.SUPPLIER
    ).values_list("actor_id", "theme_id")
    found: dict[int, set[int]] = defaultdict(set)
    for actor, theme in borne:
        for one in above.get(theme, ()):
            found[one].add(actor)
    return {theme: len(found[theme]) for theme in sorted(wanted)}


def _above(theme: int, broader: Mapping[int, int | None]) -> set[int]:
    """Return a theme and all that are broader than it."""
    found: set[int] = set()
    at: int | None = theme
    while at is not None and at not in found:
        found.add(at)
        at = broader.get(at)
    return found
