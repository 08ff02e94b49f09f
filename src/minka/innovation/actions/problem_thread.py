"""The conversation about a problem between its company and the cluster team."""

from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput
from minka.core.models import User
from minka.innovation.models import Problem, ProblemComment
from minka.innovation.notices.problem_thread import tell_of_comment
from minka.innovation.rules import acts_for_company

COMMENT_MAX = 4000


@transaction.atomic
def comment_problem(*, by: User, problem: Problem, text: str) -> ProblemComment:
    """Say something about a problem to the other side; the ledger knows that, not what.

    Raises:
        NotAllowed: `by` is neither of its company nor of the cluster team, or it is a draft.
        InvalidInput: there are no words, or too many.
    """
    require(by, "innovation.problem_comment", problem)
    words = text.strip()
    if not words:
        raise InvalidInput(fields={"text": _("Write something first.")})
    if len(words) > COMMENT_MAX:
        limit = {"most": COMMENT_MAX}
        raise InvalidInput(fields={"text": _("Write at most %(most)s characters.") % limit})
    made = ProblemComment.objects.create(
        problem=problem, by=by, text=words, from_team=not acts_for_company(by, problem)
    )
    record(by=by, verb="innovation.problem_comment", obj=problem, data={"comment": made.pk})
    tell_of_comment(comment=made)
    return made
