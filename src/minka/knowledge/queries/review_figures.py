"""How far the review has come, and how good the resolution is, from samples and answers."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery, Sum

from minka.core.models import User
from minka.knowledge.models import PairAnswer, PairQuestion, ResolutionStep
from minka.knowledge.queries.questions import queue, visible_questions
from minka.knowledge.states import AuditBand, StepKind
from minka.knowledge.states import PairVerdict as V
from minka.methods.audit import Share, Stratum, kappa, recall, wilson


@dataclass(frozen=True, slots=True)
class ReviewFigures:
    """Counts, agreement between reviewers, and estimates of the resolution.

    Args:
        answers: how many pairs have each verdict.
        read_twice: how many pairs two people read; `agreed` of those; `kappa` beyond chance.
        precision: of what was joined by itself, from a random sample of it.
        recall: of what is one organisation, how much is joined, by itself or by a person; what
            still waits to be read is not counted.
    """

    waiting: int
    answered: int
    answers: dict[str, int]
    joined_alone: int
    undone: int
    read_twice: int
    agreed: int
    kappa: float | None
    precision: Share | None
    recall: Share | None


def review_figures(*, viewer: User) -> ReviewFigures:
    """Return the figures of the review to the cluster team."""
    asked = visible_questions(viewer=viewer)
    answers = dict(
        asked.exclude(state=V.WAITING).order_by().values_list("state").annotate(Count("pk"))
    )
    alone = ResolutionStep.objects.filter(kind=StepKind.MERGE, by=None)
    joined, undone = alone.count(), alone.filter(undone_at__isnull=False).count()
    twice = _read_twice()
    sampled = _sampled(viewer)
    inside = sampled.get(AuditBand.JOINED, (0, 0))
    outside = sampled.get(AuditBand.APART, (0, 0))
    state = queue(viewer=viewer, size=0)
    by_people = answers.get(V.SAME, 0)
    sample = visible_questions(viewer=viewer).filter(audit=AuditBand.APART)
    apart = sample.aggregate(pairs=Sum("stands_for"))["pairs"] or 0
    return ReviewFigures(
        waiting=state.waiting,
        answered=state.answered,
        answers=answers,
        joined_alone=joined,
        undone=undone,
        read_twice=len(twice),
        agreed=sum(one == other for one, other in twice),
        kappa=kappa(twice),
        precision=wilson(*inside),
        recall=recall(Stratum(joined + by_people, *inside), [Stratum(round(apart), *outside)]),
    )


def _read_twice() -> list[tuple[str, str]]:
    """Return the two verdicts of each pair that was read twice."""
    answers = PairAnswer.objects.filter(question=OuterRef("pk")).order_by("pk").values("verdict")
    rows = (
        PairQuestion.objects.filter(asked_twice=True)
        .annotate(one=Subquery(answers[:1]), other=Subquery(answers[1:2]))
        .filter(other__isnull=False)
        .order_by()
        .values_list("one", "other")
        .annotate(Count("pk"))
    )
    return [(one, other) for one, other, count in rows for _time in range(count)]


def _sampled(viewer: User) -> dict[str, tuple[int, int]]:
    """Return for each sample how many of those answered are the same, and how many there are."""
    found: dict[str, tuple[int, int]] = {}
    rows = (
        visible_questions(viewer=viewer)
        .exclude(audit=AuditBand.NONE)
        .filter(state__in=[V.SAME, V.DIFFERENT])
        .order_by()
        .values_list("audit", "state")
        .annotate(Count("pk"))
    )
    for audit, state, count in rows:
        same, looked_at = found.get(audit, (0, 0))
        found[audit] = (same + count * (state == V.SAME), looked_at + count)
    return found
