"""The pairs that wait for a person, in the order in which they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from minka.core.models import User
from minka.knowledge.models import PairQuestion
from minka.knowledge.queries.identity import pairs_known
from minka.knowledge.states import AuditBand
from minka.knowledge.states import PairVerdict as V


@dataclass(frozen=True, slots=True)
class Queue:
    """The pairs to show now, and how far the work has come.

    Args:
        shown: the next pair and those after it.
        waiting: how many wait; `answered` how many are answered.
    """

    shown: Sequence[PairQuestion]
    waiting: int
    answered: int


def visible_questions(*, viewer: User) -> QuerySet[PairQuestion]:
    """Return all pairs that were ever asked, to the cluster team; nothing to anybody else."""
    found = PairQuestion.objects.all()
    return found if viewer.has_perm("knowledge.actor_resolve") else found.none()


def queue(*, viewer: User, start: int = 0, size: int = 2) -> Queue:
    """Return the pairs from position `start` on: the likeliest first, then second readings.

    A pair whose answer follows from others is not asked. Five SQL statements.
    """
    keys = _open_keys(viewer) if viewer.has_perm("knowledge.actor_resolve") else []
    second = list(
        visible_questions(viewer=viewer)
        .filter(asked_twice=True)
        .exclude(state=V.WAITING)
        .annotate(readers=Count("answers"))
        .filter(readers=1)
        .exclude(answers__by=viewer)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    keys += second
    chosen = keys[start : start + size]
    found = visible_questions(viewer=viewer).in_bulk(chosen)
    answered = visible_questions(viewer=viewer).exclude(state=V.WAITING).count()
    return Queue([found[key] for key in chosen if key in found], len(keys), answered)


def _open_keys(viewer: User) -> list[int]:
    known = pairs_known()
    asked: set[tuple[int, int]] = set()
    keys = []
    rows = (
        visible_questions(viewer=viewer)
        .filter(state=V.WAITING)
        .order_by("-probability", "pk")
        .values_list(
            "pk", "left_id", "left__merged_into_id", "right_id", "right__merged_into_id", "audit"
        )
    )
    for pk, left, left_now, right, right_now, audit in rows:
        one, other = sorted((left_now or left, right_now or right))
        pair = (one, other)
        if pair[0] == pair[1] and audit != AuditBand.JOINED:
            continue
        if pair in asked or (pair[0] != pair[1] and pair in known):
            continue
        if pair[0] != pair[1]:
            asked.add(pair)
        keys.append(pk)
    return keys


def acceptable(*, viewer: User, probability: float) -> QuerySet[PairQuestion]:
    """Return the waiting pairs that are accepted together from a probability on, riskiest last.

    Pairs of a sample are not among them: they are there to be looked at.
    """
    return (
        visible_questions(viewer=viewer)
        .filter(state=V.WAITING, probability__gte=probability)
        .filter(audit=AuditBand.NONE)
        .order_by("-probability", "pk")
    )
