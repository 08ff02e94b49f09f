"""The pairs that wait for a person, in the order in which they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from minka.core.models import User
from minka.knowledge.models import PairAnswer, PairQuestion
from minka.knowledge.states import AuditBand
from minka.knowledge.states import PairVerdict as V

MANY = 1000
ON_RAIL_S = 30

_rail: tuple[int, float] | None = None  # how many wait, and until when that is said


@dataclass(frozen=True, slots=True)
class Queue:
    """The pairs to show now, and how far the work has come.

    Args:
        shown: the next pair and those after it.
        waiting: how many wait, as `waiting_count` says; `answered` how many are answered.
    """

    shown: Sequence[PairQuestion]
    waiting: int
    answered: int


def visible_questions(*, viewer: User) -> QuerySet[PairQuestion]:
    """Return all pairs that were ever asked, to the cluster team; nothing to anybody else."""
    found = PairQuestion.objects.all()
    return found if viewer.has_perm("knowledge.actor_resolve") else found.none()


def queue(*, viewer: User, start: int = 0, size: int = 2) -> Queue:
    """Return the pairs from position `start` on: the most telling first, then second readings.

    A pair whose answer follows from others is not asked. Seven SQL statements at most.
    """
    first, second = waiting_questions(viewer=viewer), _second_readings(viewer)
    count, again = waiting_count(viewer=viewer), second.count()
    shown = list(first[start : start + size])
    behind = max(0, start - count)
    if len(shown) < size:
        shown += second[behind : behind + size - len(shown)]
    answered = visible_questions(viewer=viewer).exclude(state=V.WAITING).count()
    return Queue(shown, count + again, answered)


def waiting_count(*, viewer: User) -> int:
    """Return how many pairs wait for a first answer. Two SQL statements at most.

    From a thousand on, those whose answer follows from others are counted, too: it is quicker.
    """
    if not viewer.has_perm("knowledge.actor_resolve"):
        return 0
    count = waiting_questions(viewer=viewer)[:MANY].count()
    if count >= MANY:
        count = PairQuestion.objects.filter(state=V.WAITING).count()
    global _rail  # noqa: PLW0603 -- one for the process
    _rail = (count, monotonic() + ON_RAIL_S)
    return count


def waiting_on_rail(*, viewer: User) -> int:
    """Return how many pairs wait, as this process counted it last, in the last half minute.

    The page of the pairs counts them anew each time, and so does the page of what waits.
    """
    if _rail and monotonic() < _rail[1] and viewer.has_perm("knowledge.actor_resolve"):
        return _rail[0]
    return waiting_count(viewer=viewer)


def forget_rail() -> None:
    """Count anew for the next page. No person: housekeeping."""
    global _rail  # noqa: PLW0603 -- as above
    _rail = None


def waiting_questions(*, viewer: User) -> QuerySet[PairQuestion]:
    """Return the pairs that wait for a first answer, first those that settle most.

    How much that is was worked out when they were asked (`actions.asking`), as
    `methods.linkage.review` does it: the answer about two actors of many rows settles many pairs.
    Of the questions about the same two, as they are now, the likeliest is asked, unless one was
    answered. What is one by now waits only to be looked at.
    """
    same = PairQuestion.objects.filter(now_low=OuterRef("now_low"), now_high=OuterRef("now_high"))
    before = ~Q(state=V.WAITING) | Q(probability__gt=OuterRef("probability"))
    before |= Q(probability=OuterRef("probability"), pk__lt=OuterRef("pk"))
    apart = ~Q(now_low=F("now_high"))
    return (
        visible_questions(viewer=viewer)
        .filter(state=V.WAITING)
        .filter((apart & ~Exists(same.filter(before))) | (~apart & Q(audit=AuditBand.JOINED)))
        .order_by("-gain", "pk")
    )


def _second_readings(viewer: User) -> QuerySet[PairQuestion]:
    """Return the pairs that one other person read and somebody else is to read, too."""
    answers = PairAnswer.objects.filter(question=OuterRef("pk"))
    return (
        visible_questions(viewer=viewer)
        .filter(asked_twice=True)
        .exclude(state=V.WAITING)
        .annotate(readers=Count("answers"))
        .filter(readers=1)
        .exclude(Exists(answers.filter(by=viewer)))
        .order_by("pk")
    )


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
