"""Pairs that were asked about follow the actors they are about."""

from collections.abc import Sequence

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, Least

from minka.knowledge.models import Actor, PairQuestion

BATCH = 5000


def follow_pairs(*, actors: Sequence[int]) -> None:
    """Let every pair that one of these actors was in be of what both are now.

    No person: a consequence of the acts of `identity`. One SQL statement per 5,000 actors.
    """
    left, right = _now("left_id"), _now("right_id")
    for start in range(0, len(actors), BATCH):
        some = actors[start : start + BATCH]
        PairQuestion.objects.filter(Q(now_low__in=some) | Q(now_high__in=some)).update(
            now_low=Least(left, right), now_high=Greatest(left, right)
        )


def _now(column: str) -> Subquery:
    actor = Actor.objects.filter(pk=OuterRef(column))
    return Subquery(actor.values(now=Coalesce("merged_into_id", "pk"))[:1])
