"""Making a challenge public."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.ceremony import put_key_in_force
from minka.innovation.actions.challenge_versions import keep_version, put_agreement_in_force
from minka.innovation.actions.challenges import free_slug_for
from minka.innovation.actions.problems import move_problem
from minka.innovation.models import Challenge
from minka.innovation.notices.problems import tell_company
from minka.innovation.queries.challenges_checklist import missing_to_publish
from minka.innovation.states import CHALLENGE_REACHED_FROM, ChallengeState, ProblemState


@transaction.atomic
def publish_challenge(*, by: User, challenge: Challenge) -> Challenge:
    """Make the challenge public; its problems become challenged and their companies are told.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: something is missing, an approval perhaps; `fields` says what.
        WrongState: it is public already, or one of its problems left the shortlist.
    """
    require(by, "innovation.challenge_publish")
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if challenge.state not in CHALLENGE_REACHED_FROM[ChallengeState.PUBLISHED]:
        raise WrongState(_("This challenge is public already."))
    if missing := missing_to_publish(challenge):
        raise InvalidInput(_("This is still missing before it can be published."), fields=missing)
    Challenge.objects.filter(pk=challenge.pk).update(
        state=ChallengeState.PUBLISHED,
        published_at=timezone.now(),
        slug=free_slug_for(challenge),
    )
    challenge = Challenge.objects.select_related("call").get(pk=challenge.pk)
    for problem in challenge.problems.select_related("company").order_by("pk"):
        move_problem(
            by=by,
            problem=problem,
            target=ProblemState.CHALLENGED,
            data={"challenge": challenge.slug},
        )
        tell_company(problem=problem, but=by)
    put_key_in_force(by=by, challenge=challenge)
    first = keep_version(challenge=challenge, by=by)
    put_agreement_in_force(challenge)
    call = challenge.call
    record(
        by=by,
        verb="innovation.challenge_publish",
        obj=challenge,
        data={
            "slug": challenge.slug,
            "opens_at": call.opens_at.isoformat(),
            "closes_at": call.closes_at.isoformat(),
            "names_company": challenge.names_company,
            "sha256": first.sha256,
            "weights": [c.weight for c in challenge.criteria.order_by("position")],
        },
    )
    return challenge
