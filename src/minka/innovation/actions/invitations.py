"""Inviting organisations to answer a challenge, each address once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.jobs import enqueue
from minka.core.models import User
from minka.innovation.models import Challenge, SolverInvitation
from minka.innovation.queries.solvers import address_of
from minka.innovation.states import CallPhase, ChallengeState
from minka.knowledge.models import Actor

SEND = "minka.innovation.tasks.send_solver_invitation"
MAX_ATTEMPTS = 8
NOTE_MAX = 1000


@dataclass(frozen=True)
class Outsider:
    """An organisation that is not on the map yet, as somebody wrote it."""

    organisation: str
    email: str
    language: str = "es"


@transaction.atomic
def invite_solvers(
    *, by: User, challenge: Challenge, actors: Iterable[Actor], note: str = ""
) -> list[SolverInvitation]:
    """Invite organisations of the map; those invited before, or without an address, are left out.

    Returns:
        The invitations that are new; their letters are queued in the same transaction.

    Raises:
        NotAllowed: `by` does not prepare challenges.
        InvalidInput: the note is too long.
        WrongState: the challenge does not take answers, now or soon.
    """
    _begin(by, challenge, note)
    known = challenge.solver_invitations.values_list("email", "actor_id")
    addresses = {email.lower() for email, _actor in known}
    invited = {actor for _email, actor in known}
    made = []
    for actor in actors:
        email = address_of(actor)
        if not email or actor.pk in invited or email.lower() in addresses:
            continue
        addresses.add(email.lower())
        language = actor.owner.language if actor.owner else "es"
        whom = Outsider(actor.name, email, language)
        made.append(_invite(by, challenge, whom, note, actor=actor))
    return made


@transaction.atomic
def invite_outsider(
    *, by: User, challenge: Challenge, whom: Outsider, note: str = ""
) -> SolverInvitation:
    """Invite an organisation that is not on the map.

    Raises:
        NotAllowed: `by` does not prepare challenges.
        InvalidInput: a field cannot be used, or this address is invited already.
        WrongState: the challenge does not take answers, now or soon.
    """
    _begin(by, challenge, note)
    wrong = {}
    if not whom.organisation.strip():
        wrong["organisation"] = _("Write the name of the organisation.")
    try:
        validate_email(whom.email)
    except ValidationError:
        wrong["email"] = _("Write an e-mail address, such as name@company.com.")
    else:
        if challenge.solver_invitations.filter(email__iexact=whom.email).exists():
            wrong["email"] = _("This address is invited to the challenge already.")
    if wrong:
        raise InvalidInput(fields=wrong)
    return _invite(by, challenge, whom, note)


@transaction.atomic
def open_invitation(*, invitation: SolverInvitation) -> SolverInvitation:
    """Note that its page was opened, the first time.

    No person: the personal link says for whom it is.
    """
    first = SolverInvitation.objects.filter(pk=invitation.pk, opened_at__isnull=True)
    first.update(opened_at=timezone.now())
    invitation.refresh_from_db()
    return invitation


@transaction.atomic
def decline_invitation(*, invitation: SolverInvitation, reason: str) -> SolverInvitation:
    """Note that the organisation will not answer, with its reason if it gives one; once.

    No person: the personal link says for whom it is.

    Raises:
        WrongState: it was declined before.
    """
    open_invitation(invitation=invitation)
    standing = SolverInvitation.objects.filter(pk=invitation.pk, declined_at__isnull=True)
    if not standing.update(declined_at=timezone.now(), decline_reason=reason.strip()[:NOTE_MAX]):
        raise WrongState(_("This invitation was declined before."))
    invitation.refresh_from_db()
    return invitation


@transaction.atomic
def letter_to_send(*, invitation_id: int) -> SolverInvitation | None:
    """Take a letter in hand, once; None when somebody has.

    No person: the job that sends it calls this.
    """
    waiting = SolverInvitation.objects.filter(
        pk=invitation_id, sent_at__isnull=True, failed_at__isnull=True
    )
    found = waiting.select_related("challenge__call").first()
    if found is None or not waiting.update(sent_at=timezone.now()):
        return None
    return found


@transaction.atomic
def letter_not_sent(*, invitation_id: int, attempt: int) -> None:
    """Put a letter back that the mail server did not take, and try again later, eight times.

    No person: the job that could not send it calls this.
    """
    mine = SolverInvitation.objects.filter(pk=invitation_id)
    if attempt >= MAX_ATTEMPTS:
        mine.update(sent_at=None, failed_at=timezone.now())
        return
    mine.update(sent_at=None)
    enqueue(SEND, invitation_id, attempt + 1, wait=timedelta(minutes=2**attempt))


def _begin(by: User, challenge: Challenge, note: str) -> None:
    require(by, "innovation.challenge_write")
    locked = Challenge.objects.select_for_update().get(pk=challenge.pk)
    call = getattr(locked, "call", None)
    takes = call is not None and call.phase in {CallPhase.UPCOMING, CallPhase.OPEN}
    if locked.state != ChallengeState.PUBLISHED or not takes:
        raise WrongState(_("Invitations are sent while a published call is open or opens soon."))
    if len(note) > NOTE_MAX:
        raise InvalidInput(fields={"note": _("Write the note in at most 1000 characters.")})


def _invite(
    by: User, challenge: Challenge, whom: Outsider, note: str, *, actor: Actor | None = None
) -> SolverInvitation:
    made = SolverInvitation.objects.create(
        challenge=challenge,
        actor=actor,
        organisation=whom.organisation.strip(),
        email=whom.email,
        language=whom.language if whom.language in {"es", "en"} else (get_language() or "es")[:2],
        note=note.strip(),
        invited_by=by,
    )
    data = {"challenge": challenge.slug, "actor": actor.public_id if actor else ""}
    record(by=by, verb="innovation.solver_invite", obj=made, data=data)
    enqueue(SEND, made.pk, 1)
    return made
