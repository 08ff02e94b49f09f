"""Up to five organisations side by side."""

from collections.abc import Sequence
from typing import Any

from django.db.models.functions import Coalesce

from minka.knowledge.models import Actor
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.queries.portraits import Portrait, portraits

COMPARED_AT_MOST = 5
CHOSEN_AT_MOST = 100


def compared(*, viewer: Any, public_ids: Sequence[str]) -> list[Portrait]:
    """Return the organisations that the ids, however old, lead to: each once, in this order.

    A constant number of SQL statements.
    """
    ids = _living(public_ids)
    return list(portraits(viewer=viewer, ids=ids[:COMPARED_AT_MOST]))


def chosen_actors(*, viewer: Any, public_ids: Sequence[str]) -> list[Actor]:
    """Return the living organisations of these ids, in their order. Two SQL statements."""
    ids = _living(public_ids)
    actors = visible_actors(viewer=viewer).select_related("region").in_bulk(ids)
    return [actors[pk] for pk in ids if pk in actors]


def _living(public_ids: Sequence[str]) -> list[int]:
    asked = list(dict.fromkeys(public_ids))[:CHOSEN_AT_MOST]
    rows = Actor.objects.filter(public_id__in=asked).annotate(
        living=Coalesce("merged_into_id", "id")
    )
    living = dict(rows.values_list("public_id", "living"))
    return list(dict.fromkeys(living[one] for one in asked if one in living))
