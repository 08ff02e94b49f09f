"""Points that an evaluator changes after the discussion: both values are kept, the last counts."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.evaluation_checks import reason_of
from minka.innovation.actions.evaluations import SCALE, check_evaluator
from minka.innovation.models import Assignment, Discussion, Score, ScoreChange
from minka.innovation.states import AssignmentState

SHORTEST = 20  # characters: less explains nothing


@transaction.atomic
def change_score(  # noqa: PLR0913 -- a change is its parts
    *, by: User, assignment: Assignment, score: Score, revision: int, points: int, why: str
) -> ScoreChange:
    """Give other points by one criterion, once the evaluations are under discussion.

    Raises:
        NotAllowed: it is somebody else's evaluation, or a conflict appeared.
        WrongState: there is no discussion, it was not handed in, or decisions are released.
        InvalidInput: the points are the same or off the scale, or it is not said why.
        Conflict: another window changed something since `revision`.
    """
    check_evaluator(by=by, assignment=assignment)
    current = Assignment.objects.select_for_update().get(pk=assignment.pk)
    discussed = Discussion.objects.filter(challenge=assignment.proposal.challenge_id)
    if current.state != AssignmentState.SCORED or not discussed.exists():
        raise WrongState(_("Scores are changed only while they are under discussion."))
    if current.revision != revision:
        raise Conflict(
            _("These scores were saved in another window before. Please read them again.")
        )
    known = Score.objects.get(pk=score.pk, assignment=current)
    if points not in SCALE or known.points is None or points == known.points:
        raise InvalidInput(fields={"points": _("Choose other points, from 1 to 5.")})
    words = reason_of(why, least=SHORTEST, field="why")
    change = ScoreChange.objects.create(
        score=known, points_before=known.points, points_after=points,
        reason_before=known.reason, why=words,
    )  # fmt: skip
    known.points, known.saved_at = points, timezone.now()
    known.save(update_fields=["points", "saved_at"])
    Assignment.objects.filter(pk=current.pk).update(revision=F("revision") + 1)
    assignment.refresh_from_db(fields=["revision"])
    record(by=by, verb="innovation.evaluation_change", obj=assignment)
    return change
