"""What is to be done with the fields of actors when something that was said of them goes."""

from collections.abc import Iterable
from typing import Any

from minka.knowledge.actions.linkage_memory import forget_rows
from minka.knowledge.actions.survivorship import refresh_actors
from minka.knowledge.models import Actor
from minka.knowledge.queries.survivorship import Told, told_of
from minka.knowledge.states import Origin

EMPTY: dict[str, Any] = {"founded_year": None}
KEPT = frozenset({"name", "kind"})  # an actor has them always


class Hearsay:
    """Remembers what was told of some actors, to take back what nobody tells any more.

    A field is emptied only if a source was its last word, nobody tells anything of it now, and it
    still holds what the source said. Everything else is composed anew by the rules of
    survivorship.
    """

    def __init__(self, actors: Iterable[int]) -> None:
        """Listen, before anything goes."""
        self._actors = sorted(set(actors))
        self._before = told_of(self._actors)

    def settle(self, *, without: Iterable[int] = ()) -> None:
        """Let the fields follow, but for the actors `without`, which are gone.

        The next job of resolution reads the rows of the others again.
        """
        left = sorted(set(self._actors) - set(without))
        after = told_of(left)
        silent = {
            pk: {
                field: told
                for field, told in self._before[pk].items()
                if told.origin == Origin.SOURCE and field not in after[pk] and field not in KEPT
            }
            for pk in left
        }
        emptied = [
            actor
            for actor in Actor.objects.filter(
                pk__in=[pk for pk, fields in silent.items() if fields]
            )
            if _empty(actor, silent[actor.pk])
        ]
        Actor.objects.bulk_update(emptied, WRITTEN, batch_size=100)
        refresh_actors(actors=left)
        forget_rows(actors=left)


WRITTEN = [
    "activity", "description", "website", "email", "phone", "address", "founded_year", "size_band",
    "country",
    "place", "region", "latitude", "longitude", "location_is_exact",
]  # fmt: skip


def _empty(actor: Actor, silent: dict[str, Told]) -> bool:
    changed = False
    for field, told in silent.items():
        if field == "position":
            if [actor.latitude, actor.longitude] == told.value:
                actor.latitude = actor.longitude = None
                actor.location_is_exact = False
                changed = True
        elif field == "region":
            if actor.place_id == told.value:
                actor.place = actor.region = None
                if not actor.location_is_exact:
                    actor.latitude = actor.longitude = None
                changed = True
        elif getattr(actor, field) == told.value:
            setattr(actor, field, EMPTY.get(field, ""))
            changed = True
    return changed
