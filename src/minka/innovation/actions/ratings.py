"""What representatives make of the accepted problems, one criterion at a time."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.models import Problem, Rating, RatingCriterion
from minka.innovation.rules import acts_for_company
from minka.innovation.states import ProblemState

LOWEST, HIGHEST = 1, 5
COMMENT_MAX = 500


@transaction.atomic
def rate_problem(
    *, by: User, problem: Problem, criterion: RatingCriterion, points: int, comment: str = ""
) -> Rating:
    """Give points by one criterion, or change them; possible until the problem is shortlisted.

    A rating by the problem's own company is kept apart, and stays so if the rater leaves it.

    Raises:
        NotAllowed: `by` neither represents a mining company nor is of the cluster team.
        InvalidInput: the points are not from 1 to 5, or the comment is too long.
        WrongState: the problem is not being rated, or the criterion is of another edition.
    """
    require(by, "innovation.problem_rate")
    if not LOWEST <= points <= HIGHEST:
        raise InvalidInput(fields={"points": _("Choose from 1 to 5.")})
    if len(comment) > COMMENT_MAX:
        raise InvalidInput(fields={"comment": _("Write at most 500 characters.")})
    # The lock makes a choice of the shortlist wait, or be seen by us, and a second click too.
    now = Problem.objects.select_for_update().get(pk=problem.pk)
    if now.state != ProblemState.ACCEPTED or criterion.edition_id != now.edition_id:
        raise WrongState(_("This problem is no longer being rated."))
    mine = Rating.objects.filter(problem=now, criterion=criterion, rater=by)
    rating = mine.first() or Rating(problem=now, criterion=criterion, rater=by)
    rating.points, rating.comment = points, comment.strip()
    rating.rated_at, rating.is_own_company = timezone.now(), bool(acts_for_company(by, now))
    rating.save()
    data = {"criterion": criterion.pk, "points": points, "own_company": rating.is_own_company}
    record(by=by, verb="innovation.problem_rate", obj=now, data=data)
    return rating
