"""The evaluations are released to discussion: from then on averages are shown to the team."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.calls import closed_call
from minka.innovation.models import Assignment, Challenge, Discussion
from minka.innovation.notices.discussions import tell_discussion
from minka.innovation.states import ASSIGNMENT_OPEN, AssignmentState, ProposalState


@transaction.atomic
def open_discussion(*, by: User, challenge: Challenge) -> Discussion:
    """Show the team the averages of a challenge; once, and not taken back.

    Evaluators who have handed in are told that they may change a score, with a reason. It may be
    done while evaluations are missing: how many is kept, and in the ledger.

    Raises:
        NotAllowed: `by` is not of the impartial team.
        WrongState: the call has not closed, decisions are released, or it was opened already.
        InvalidInput: nobody has handed in an evaluation yet.
    """
    require(by, "innovation.discussion_open", challenge)
    closed_call(challenge.pk)
    here = Assignment.objects.filter(
        proposal__challenge=challenge,
        proposal__state=ProposalState.SUBMITTED,
        proposal__ineligible_at__isnull=True,
    )
    if not here.filter(state=AssignmentState.SCORED).exists():
        raise InvalidInput(_("No evaluation was handed in yet; there is nothing to discuss."))
    missing = here.filter(state__in=ASSIGNMENT_OPEN).count()
    try:
        with transaction.atomic():
            made = Discussion.objects.create(challenge=challenge, opened_by=by, missing=missing)
    except IntegrityError:
        raise WrongState(_("The discussion is open already.")) from None
    record(by=by, verb="innovation.discussion_open", obj=challenge, data={"missing": missing})
    tell_discussion(challenge=challenge)
    return made
