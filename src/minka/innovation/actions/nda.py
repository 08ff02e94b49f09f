"""Accepting confidentiality with a click, and keeping who opened what."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, NotAllowed, WrongState
from minka.core.models import User
from minka.innovation.actions.followers import follow_by_taking_part
from minka.innovation.models import Challenge, ChallengeDocument, NdaAcceptance, NdaOpening
from minka.innovation.queries.nda import standing_of
from minka.innovation.states import ChallengeState
from minka.knowledge.models import Actor


@transaction.atomic
def accept_nda(*, by: User, challenge: Challenge, actor: Actor, sha256: str) -> NdaAcceptance:
    """Accept the wording in force for an organisation; the ledger keeps who, for whom, what, when.

    `sha256` is the fingerprint of the wording that `by` has read.

    Raises:
        NotAllowed: `by` does not act for `actor`, or it is of another mining company.
        WrongState: there is nothing confidential, or the call has closed.
        Conflict: another wording is in force than the one that was read.
    """
    require(by, "innovation.nda_accept", challenge)
    standing = standing_of(viewer=by, challenge=challenge)
    if challenge.state == ChallengeState.DRAFT or standing.text is None:
        raise WrongState(_("This challenge has no confidential part."))
    if standing.text.sha256 != sha256:
        raise Conflict(_("The agreement was changed meanwhile. Read it again."))
    if standing.acceptance is not None and standing.acceptance.actor_id == actor.pk:
        return standing.acceptance
    if actor not in standing.may_act_for:
        raise NotAllowed(standing.why_not)
    made = NdaAcceptance.objects.create(
        text=standing.text,
        by=by,
        actor=actor,
        at=timezone.now(),
        language=(get_language() or "es")[:2],
    )
    data = {
        "organisation": str(actor.public_id),
        "text": standing.text.number,
        "sha256": sha256,
        "language": made.language,
        "at": made.at.isoformat(),
    }
    record(by=by, verb="innovation.nda_accept", obj=challenge, data=data)
    follow_by_taking_part(by=by, challenge=challenge)
    return made


@transaction.atomic
def open_nda(
    *, by: User, challenge: Challenge, document: ChallengeDocument | None = None
) -> NdaOpening:
    """Let `by` read the confidential part, or a document of it, and keep that they did.

    Raises:
        NotAllowed: they have not accepted the wording in force.
    """
    standing = standing_of(viewer=by, challenge=challenge)
    if not standing.may_read:
        raise NotAllowed
    actor = standing.acceptance.actor if standing.acceptance else None
    return NdaOpening.objects.create(challenge=challenge, document=document, by=by, actor=actor)
