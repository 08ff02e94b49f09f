"""What reviewers do: answer a pair, take the answer back, accept many at once."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.knowledge.actions.grouping import Grouping
from minka.knowledge.actions.identity import join, undo_resolution
from minka.knowledge.models import PairAnswer, PairQuestion, ResolutionStep
from minka.knowledge.queries.identity import (
    in_order_of_standing,
    lead_now,
    pairs_known,
    tax_ids_of,
)
from minka.knowledge.queries.questions import acceptable
from minka.knowledge.states import PairVerdict as V
from minka.knowledge.states import StepKind


@transaction.atomic
def answer_pair(*, by: User, question: PairQuestion, verdict: str) -> PairQuestion:
    """Say whether two are one organisation; “the same” joins them.

    The second reader of a pair changes nothing: the answer only measures how far people agree.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: the verdict is none.
        WrongState: they answered it before.
        TwoTaxIdsError, DoubledError: they cannot be joined.
    """
    require(by, "knowledge.actor_resolve")
    if verdict not in {V.SAME, V.DIFFERENT, V.UNSURE}:
        raise InvalidInput(_("Choose one of the answers."))
    question = PairQuestion.objects.select_for_update().get(pk=question.pk)
    if question.answers.filter(by=by).exists():
        raise WrongState(_("You have answered this pair before."))
    PairAnswer.objects.create(question=question, by=by, verdict=verdict)
    if question.state == V.WAITING:
        _settle(by, question, verdict)
    return question


def _settle(by: User, question: PairQuestion, verdict: str) -> None:
    question.state, question.answered_by, question.answered_at = verdict, by, timezone.now()
    now = lead_now(actors=[question.left_id, question.right_id])
    both = (now[question.left_id], now[question.right_id])
    if verdict == V.SAME and both[0] != both[1]:
        keep, gone = in_order_of_standing(actors=both)
        (question.step,) = join(
            pairs=[(keep, gone)], by=by, reason=_("Review"), probabilities=[question.probability]
        )
    elif verdict == V.DIFFERENT and both[0] == both[1]:
        _part_again(by, question)
    question.save()
    record(
        by=by,
        verb="knowledge.pair_answer",
        obj=question,
        data={"verdict": verdict, "step": question.step_id},
    )


def _part_again(by: User, question: PairQuestion) -> None:
    """Undo the merge that joined a pair of the sample, if it was the last of both."""
    step = (
        ResolutionStep.objects.filter(
            kind=StepKind.MERGE, undone_at=None, other__in=[question.left_id, question.right_id]
        )
        .order_by("-pk")
        .first()
    )
    if step is None:
        return
    try:
        with transaction.atomic():
            undo_resolution(by=by, step=step, forget=True)
    except WrongState:  # more was joined since: the rows are taken out on the actor's page
        return


@transaction.atomic
def take_back(*, by: User) -> PairQuestion:
    """Take one's last answer back, with what it did, and return the pair, which waits again.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: there is none, or what came later stands on it.
    """
    require(by, "knowledge.actor_resolve")
    answer = (
        PairAnswer.objects.select_for_update(of=("self",))
        .filter(by=by)
        .select_related("question__step")
        .order_by("-pk")
        .first()
    )
    if answer is None:
        raise WrongState(_("There is no answer of yours to take back."))
    question = answer.question
    answer.delete()
    if question.answered_by_id != by.pk:
        return question  # a second reading: it changed nothing
    if question.step is not None and question.step.undone_at is None:
        undo_resolution(by=by, step=question.step, forget=True)
    question.state, question.answered_by, question.answered_at = V.WAITING, None, None
    question.step = None
    question.save()
    record(by=by, verb="knowledge.pair_take_back", obj=question)
    return question


@transaction.atomic
def accept_above(*, by: User, probability: float) -> tuple[int, int]:
    """Answer “the same” to all waiting pairs from a probability on.

    Returns how many were joined, and how many still wait because something stands against them.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: the probability is below one half, where most would be wrong.
    """
    require(by, "knowledge.actor_resolve")
    if not 0.5 <= probability <= 1:
        raise InvalidInput(_("Choose a probability between 50 % and 100 %."))
    found = list(acceptable(viewer=by, probability=probability))
    now = lead_now(actors={key for one in found for key in (one.left_id, one.right_id)})
    living = set(now.values())
    grouping = Grouping(tax_ids_of(actors=living), pairs_known(actors=living))
    accepted = [one for one in found if grouping.join(now[one.left_id], now[one.right_id])]
    steps = _join_groups(by, grouping.groups())
    moment = timezone.now()
    for one in accepted:
        one.state, one.answered_by, one.answered_at = V.SAME, by, moment
    PairQuestion.objects.bulk_update(accepted, ["state", "answered_by", "answered_at"], 200)
    if accepted:
        record(
            by=by,
            verb="knowledge.pairs_accept",
            obj=accepted[0],
            data={"from": probability, "pairs": len(accepted), "joined": len(steps)},
        )
    return len(accepted), len(found) - len(accepted)


def _join_groups(by: User, groups: Sequence[set[int]]) -> list[ResolutionStep]:
    order = in_order_of_standing(actors=[key for group in groups for key in group])
    rank = {key: place for place, key in enumerate(order)}
    merges = []
    for group in groups:
        alive = sorted(group, key=rank.__getitem__)
        merges += [(alive[0], gone) for gone in alive[1:]]
    return join(pairs=merges, by=by, reason=_("Accepted together")) if merges else []
